#: fit_given_model
import numpy as np
from sklearn.linear_model import LinearRegression

def train(model, X, y):
    model.fit(X, y)
    return model.score(X, y)
#> train(LinearRegression(), np.arange(3.0).reshape(-1, 1), np.arange(3.0))

#: fit_own_model
import numpy as np
from sklearn.linear_model import LinearRegression

def train(X, y):
    model = LinearRegression()
    model.fit(X, y)
    return model
#> train(np.arange(3.0).reshape(-1, 1), np.arange(3.0))

#: clone_then_fit
import numpy as np
from sklearn.base import clone
from sklearn.linear_model import Ridge

def train(model, X, y):
    return clone(model).fit(X, y).coef_
#> train(Ridge(), np.arange(3.0).reshape(-1, 1), np.arange(3.0))

#: scaler_fit_transform
import numpy as np
from sklearn.preprocessing import StandardScaler

def scale(scaler, train, test):
    a = scaler.fit_transform(train)
    b = scaler.transform(test)
    return a, b
#> scale(StandardScaler(), np.arange(4.0).reshape(-1, 1), np.arange(2.0).reshape(-1, 1))

#: split_seeded
import numpy as np
from sklearn.model_selection import train_test_split

def split(X, y):
    return train_test_split(X, y, test_size=0.5, random_state=0)
#> split(np.arange(8.0).reshape(-1, 1), np.arange(8.0))

#: split_unseeded
import numpy as np
from sklearn.model_selection import train_test_split

def split(X, y):
    return train_test_split(X, y, test_size=0.5)
#> split(np.arange(8.0).reshape(-1, 1), np.arange(8.0))

#: pipeline_cv
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

def evaluate(X, y):
    pipe = make_pipeline(StandardScaler(), LogisticRegression())
    return cross_val_score(pipe, X, y, cv=2).mean()
#> evaluate(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: set_params_of_model
from sklearn.linear_model import Ridge

def tune(model, alpha):
    model.set_params(alpha=alpha)
    return model.get_params()["alpha"]
#> tune(Ridge(), 2.0)

#: forest_unseeded
import numpy as np
from sklearn.ensemble import RandomForestClassifier

def importances(X, y):
    forest = RandomForestClassifier(n_estimators=3)
    forest.fit(X, y)
    return forest.feature_importances_
#> importances(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: forest_seeded
import numpy as np
from sklearn.ensemble import RandomForestClassifier

def importances(X, y, seed=1):
    forest = RandomForestClassifier(n_estimators=3, random_state=seed)
    forest.fit(X, y)
    return forest.feature_importances_
#> importances(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: encoder_in_loop
import pandas as pd
from sklearn.preprocessing import LabelEncoder

def encode(df, columns):
    encoders = {}
    for column in columns:
        encoders[column] = LabelEncoder()
        df[column] = encoders[column].fit_transform(df[column])
    return encoders
#> encode(pd.DataFrame({"a": ["x", "y"]}), ["a"])

#: dump_model
import joblib
import numpy as np
from sklearn.linear_model import LinearRegression

def train_and_save(X, y, path):
    model = LinearRegression().fit(X, y)
    joblib.dump(model, path)
    print("saved", path)
    return model
#> train_and_save(np.arange(3.0).reshape(-1, 1), np.arange(3.0), "m.joblib")

#: own_transformer
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

class Centre(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.mean_ = X.mean(axis=0)
        return self

    def transform(self, X):
        return X - self.mean_

def centred(X):
    return Centre().fit(X).transform(X)
#> centred(np.arange(4.0).reshape(-1, 1))

#: own_transformer_in_place
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

class Centre(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.mean_ = X.mean(axis=0)
        return self

    def transform(self, X):
        X -= self.mean_
        return X

def centred(X):
    step = Centre()
    return step.fit_transform(X)
#> centred(np.arange(4.0).reshape(-1, 1))

#: plot_and_save
import matplotlib.pyplot as plt

def save_line(xs, path):
    plt.figure()
    plt.plot(xs)
    plt.savefig(path)
    plt.close()
#> save_line([1, 2], "a.png")

#: plot_on_axes
import matplotlib.pyplot as plt

def draw(ax, xs):
    ax.plot(xs)
    ax.set_title("line")
    return ax
#> draw(plt.subplots()[1], [1, 2])

#: plot_left_open
import matplotlib.pyplot as plt

def draw(xs):
    plt.plot(xs)
    plt.title("line")
#> draw([1, 2])

#: figure_to_bytes
import io
import matplotlib.pyplot as plt

def as_png(xs):
    fig, ax = plt.subplots()
    ax.bar(range(len(xs)), xs)
    sink = io.BytesIO()
    fig.savefig(sink, format="png")
    plt.close(fig)
    return sink.getvalue()
#> as_png([1, 2])

#: rcparams
import matplotlib.pyplot as plt

def style():
    plt.rcParams["figure.figsize"] = (9, 3)
#> style()

#: rc_context
import matplotlib.pyplot as plt

def with_style(xs):
    with plt.rc_context({"lines.linewidth": 4}):
        fig, ax = plt.subplots()
        ax.plot(xs)
    plt.close(fig)
    return len(xs)
#> with_style([1, 2])

#: show_figure
import matplotlib.pyplot as plt

def look(xs):
    plt.hist(xs)
    plt.show()
#> look([1, 2])
