#: fit_given_model
from sklearn.linear_model import LinearRegression
import numpy as np

def train(model, X, y):
    model.fit(X, y)
    return model.score(X, y)
#> train(LinearRegression(), np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))

#: fit_own_model
from sklearn.linear_model import LogisticRegression
import numpy as np

def train(X, y, C=1.0):
    clf = LogisticRegression(C=C, max_iter=200)
    clf.fit(X, y)
    return clf
#> train(np.array([[0.0], [1.0]]), np.array([0, 1]))

#: predict_only
from sklearn.linear_model import LinearRegression
import numpy as np

def predict(model, X):
    return model.predict(X).round(2)
#> predict(LinearRegression().fit(np.array([[1.0], [2.0]]), [1, 2]), np.array([[3.0]]))

#: forest_with_seed_argument
from sklearn.ensemble import RandomForestClassifier
import numpy as np

def forest(X, y, seed=0):
    return RandomForestClassifier(n_estimators=3, random_state=seed).fit(X, y)
#> forest(np.array([[0.0], [1.0]]), np.array([0, 1]))

#: forest_without_seed
from sklearn.ensemble import RandomForestRegressor
import numpy as np

def forest(X, y):
    model = RandomForestRegressor(n_estimators=3)
    model.fit(X, y)
    return model.predict(X)
#> forest(np.array([[0.0], [1.0]]), np.array([0, 1]))

#: split_and_scale
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
import numpy as np

def prepare(X, y):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=0)
    scaler = StandardScaler()
    return scaler.fit_transform(X_train), scaler.transform(X_test), y_train, y_test
#> prepare(np.arange(8.0).reshape(4, 2), np.arange(4))

#: split_unseeded
from sklearn.model_selection import train_test_split
import numpy as np

def halves(X):
    return train_test_split(X, test_size=0.5)
#> halves(np.arange(4))

#: scaler_argument_fitted
from sklearn.preprocessing import MinMaxScaler
import numpy as np

def rescale(scaler: MinMaxScaler, X):
    return scaler.fit_transform(X)
#> rescale(MinMaxScaler(), np.arange(4.0).reshape(2, 2))

#: pipeline_built_and_scored
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
import numpy as np

def score(X, y):
    pipe = Pipeline([("scale", StandardScaler()), ("model", Ridge())])
    pipe.fit(X, y)
    return pipe.score(X, y)
#> score(np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: cross_validated
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, cross_val_score
import numpy as np

def evaluate(X, y, folds=2):
    cv = KFold(n_splits=folds, shuffle=True, random_state=1)
    return cross_val_score(Ridge(), X, y, cv=cv).mean()
#> evaluate(np.arange(8.0).reshape(8, 1), np.arange(8.0))

#: metrics_dict
from sklearn.metrics import accuracy_score, f1_score

def evaluate(y_true, y_pred):
    return {"accuracy": accuracy_score(y_true, y_pred), "f1": f1_score(y_true, y_pred)}
#> evaluate([0, 1], [0, 1])

#: report_printed
from sklearn.metrics import classification_report

def report(y_true, y_pred):
    print(classification_report(y_true, y_pred))
#> report([0, 1], [0, 1])

#: clone_and_fit
from sklearn.base import clone
from sklearn.linear_model import Ridge
import numpy as np

def refit(model, X, y):
    fresh = clone(model)
    fresh.fit(X, y)
    return fresh
#> refit(Ridge(), np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: models_compared
from sklearn.linear_model import LinearRegression, Ridge
import numpy as np

def compare(X, y):
    results = {}
    for name, model in {"ols": LinearRegression(), "ridge": Ridge()}.items():
        model.fit(X, y)
        results[name] = model.score(X, y)
    return results
#> compare(np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: kmeans_unseeded
from sklearn.cluster import KMeans
import numpy as np

def cluster(X, k):
    return KMeans(n_clusters=k, n_init=1).fit_predict(X)
#> cluster(np.arange(4.0).reshape(4, 1), 2)

#: plot_line
import matplotlib.pyplot as plt

def draw(xs):
    plt.plot(xs)
    plt.title("a")
#> draw([1, 2])

#: plot_on_given_axes
import matplotlib.pyplot as plt

def draw(ax, xs):
    ax.plot(xs)
    ax.set_xlabel("x")
    return ax
#> draw(plt.subplots()[1], [1, 2])

#: plot_saved_and_closed
import matplotlib.pyplot as plt

def save(xs, path):
    fig, ax = plt.subplots()
    ax.hist(xs)
    fig.savefig(path)
    plt.close(fig)
#> save([1, 2], "a.png")

#: plot_shown
import matplotlib.pyplot as plt

def show(xs):
    plt.hist(xs)
    plt.show()
#> show([1, 2])

#: plot_style
import matplotlib.pyplot as plt

def dark():
    plt.style.use("dark_background")
#> dark()

#: rc_param_set
import matplotlib as mpl

def bigger(size):
    mpl.rcParams["font.size"] = size
#> bigger(20)

#: seaborn_heat
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

def heat(df):
    sns.heatmap(df.corr())
#> heat(pd.DataFrame({"a": [1, 2], "b": [2, 1]}))

#: frame_plotted
import matplotlib.pyplot as plt
import pandas as pd

def draw(df: pd.DataFrame):
    df.plot(kind="bar")
    df["a"].hist()
#> draw(pd.DataFrame({"a": [1, 2]}))

#: scipy_ttest
from scipy import stats

def differs(a, b, alpha=0.05):
    return stats.ttest_ind(a, b).pvalue < alpha
#> differs([1, 2, 3], [4, 5, 6])

#: scipy_minimised
from scipy.optimize import minimize

def fit(xs, ys):
    def loss(p):
        return sum((p[0] * x - y) ** 2 for x, y in zip(xs, ys))
    return minimize(loss, [0.0]).x
#> fit([1, 2], [2, 4])

#: ols_summary
import statsmodels.api as sm
import numpy as np

def ols(y, x):
    result = sm.OLS(y, sm.add_constant(x)).fit()
    return result.params
#> ols(np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.0, 3.0]))

#: tuning_grid
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeRegressor
import numpy as np

def tune(X, y):
    search = GridSearchCV(DecisionTreeRegressor(random_state=0), {"max_depth": [1, 2]}, cv=2)
    search.fit(X, y)
    return search.best_params_
#> tune(np.arange(8.0).reshape(8, 1), np.arange(8.0))

#: target_popped
import pandas as pd

def split(df: pd.DataFrame, target: str):
    y = df.pop(target)
    return df, y
#> split(pd.DataFrame({"a": [1], "y": [0]}), "y")

#: one_hot_on_new
import pandas as pd

def dummies(df, columns):
    for column in columns:
        encoded = pd.get_dummies(df[column], prefix=column)
        df = pd.concat([df.drop(columns=column), encoded], axis=1)
    return df
#> dummies(pd.DataFrame({"a": ["x", "y"]}), ["a"])

#: early_stopping_history
def train(step, epochs, patience):
    best, waited, history = float("inf"), 0, []
    for epoch in range(epochs):
        loss = step(epoch)
        history.append(loss)
        if loss < best:
            best, waited = loss, 0
        else:
            waited += 1
            if waited >= patience:
                break
    return history
#> train(lambda e: 1.0 / (e + 1), 3, 2)

#: batches
def batches(items, size):
    for start in range(0, len(items), size):
        yield items[start : start + size]

def count(items, size):
    return len(list(batches(items, size)))
#> count([1, 2, 3], 2)

#: graph_argument_grown
import networkx as nx

def link(graph, pairs):
    graph.add_edges_from(pairs)
    return nx.number_connected_components(graph)
#> link(nx.Graph(), [(1, 2)])

#: xgboost_trained
import xgboost as xgb
import numpy as np

def train(X, y):
    model = xgb.XGBRegressor(n_estimators=2, random_state=0)
    model.fit(X, y)
    return model.predict(X)
#> train(np.arange(8.0).reshape(8, 1), np.arange(8.0))
