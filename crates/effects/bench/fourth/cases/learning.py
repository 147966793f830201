#: fit_and_report
import numpy as np
from sklearn.linear_model import LogisticRegression

def fit(X, y, C=1.0):
    model = LogisticRegression(C=C, max_iter=200)
    model.fit(X, y)
    print("accuracy", model.score(X, y))
    return model
#> fit(np.array([[0.0], [1.0]]), np.array([0, 1]))

#: warm_start_given_model
import numpy as np
from sklearn.linear_model import SGDClassifier

def more(model, X, y):
    model.partial_fit(X, y, classes=np.array([0, 1]))
    return model.coef_.copy()
#> more(SGDClassifier(random_state=0), np.array([[0.0], [1.0]]), np.array([0, 1]))

#: transform_only
def apply(scaler, X):
    return scaler.transform(X)
#> apply(__import__("sklearn.preprocessing").preprocessing.StandardScaler().fit([[1.0], [2.0]]), [[1.0]])

#: fit_transform_given
def apply(scaler, X):
    return scaler.fit_transform(X)
#> apply(__import__("sklearn.preprocessing").preprocessing.StandardScaler(), [[1.0], [2.0]])

#: clone_in_folds
import numpy as np
from sklearn.base import clone
from sklearn.model_selection import KFold

def folds(model, X, y, k=2):
    scores = []
    for train, test in KFold(k).split(X):
        fold_model = clone(model)
        fold_model.fit(X[train], y[train])
        scores.append(fold_model.score(X[test], y[test]))
    return np.mean(scores)
#> folds(__import__("sklearn.linear_model").linear_model.LinearRegression(), np.arange(8.0).reshape(4, 2), np.arange(4.0))

#: shuffled_kfold_unseeded
import numpy as np
from sklearn.model_selection import KFold

def split(X):
    return list(KFold(2, shuffle=True).split(X))
#> split(np.arange(4))

#: pipeline_from_columns
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

def preprocessor(numeric, categorical):
    return ColumnTransformer([
        ("num", Pipeline([("i", SimpleImputer()), ("s", StandardScaler())]), numeric),
        ("cat", OneHotEncoder(handle_unknown="ignore"), categorical),
    ])

def transform(df, numeric, categorical):
    return preprocessor(numeric, categorical).fit_transform(df)
#> transform(pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}), ["a"], ["b"])

#: random_forest_importances
import numpy as np
from sklearn.ensemble import RandomForestClassifier

def importances(X, y, names, random_state=42):
    model = RandomForestClassifier(n_estimators=3, random_state=random_state).fit(X, y)
    return sorted(zip(names, model.feature_importances_), key=lambda p: -p[1])
#> importances(np.arange(8.0).reshape(4, 2), [0, 1, 0, 1], ["a", "b"])

#: train_test_seed_parameter
import numpy as np
from sklearn.model_selection import train_test_split

def split(X, y, seed=None):
    return train_test_split(X, y, test_size=0.5, random_state=seed)
#> split(np.arange(4), np.arange(4))

#: scaler_in_place_copy_false
import numpy as np
from sklearn.preprocessing import StandardScaler

def scale(X):
    scaler = StandardScaler(copy=False)
    return scaler.fit_transform(X)
#> scale(np.array([[1.0], [2.0]]))

#: grid_search_seeded
import numpy as np
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeClassifier

def tune(X, y):
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": [1, 2]}, cv=2)
    search.fit(X, y)
    return search.best_params_, search.best_score_
#> tune(np.arange(8.0).reshape(4, 2), [0, 1, 0, 1])

#: elbow_curve
import numpy as np
from sklearn.cluster import KMeans

def elbow(X, ks):
    inertias = []
    for k in ks:
        km = KMeans(n_clusters=k, random_state=0, n_init=1)
        km.fit(X)
        inertias.append(km.inertia_)
    return inertias
#> elbow(np.arange(8.0).reshape(4, 2), [1, 2])

#: text_model
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

def text_model(texts, labels):
    model = make_pipeline(TfidfVectorizer(), MultinomialNB())
    return model.fit(texts, labels)
#> text_model(["a good", "bad one"], [1, 0])

#: own_estimator
from sklearn.base import BaseEstimator, TransformerMixin
import numpy as np

class Clipper(BaseEstimator, TransformerMixin):
    def __init__(self, q=0.1):
        self.q = q

    def fit(self, X, y=None):
        self.low_, self.high_ = np.quantile(X, [self.q, 1 - self.q])
        return self

    def transform(self, X):
        return np.clip(X, self.low_, self.high_)

def clip(X):
    return Clipper().fit_transform(X)
#> clip(np.arange(4.0))

#: own_estimator_fitted
from sklearn.base import BaseEstimator

class Mean(BaseEstimator):
    def fit(self, X, y):
        self.mean_ = sum(y) / len(y)
        return self

    def predict(self, X):
        return [self.mean_ for _ in X]

def train(model, X, y):
    return model.fit(X, y).predict(X)
#> train(Mean(), [1], [2])

#: roc_figure
import matplotlib.pyplot as plt
from sklearn.metrics import auc, roc_curve

def roc(y, score):
    fpr, tpr, _ = roc_curve(y, score)
    fig, ax = plt.subplots()
    ax.plot(fpr, tpr, label=f"{auc(fpr, tpr):.2f}")
    ax.legend()
    return fig
#> roc([0, 1], [0.1, 0.9])

#: axes_optional
import matplotlib.pyplot as plt

def hist(values, ax=None):
    if ax is None:
        ax = plt.gca()
    ax.hist(values, bins=3)
    return ax
#> hist([1, 2])
#> hist([1, 2], plt.figure().add_subplot())

#: grid_of_axes
import matplotlib.pyplot as plt

def draw(axes, columns):
    for ax, (name, values) in zip(axes, columns.items()):
        ax.plot(values)
        ax.set_title(name)
#> draw([plt.figure().add_subplot()], {"a": [1, 2]})

#: figure_saved_closed
import matplotlib.pyplot as plt

def save(values, path):
    plt.figure(figsize=(3, 2))
    plt.bar(range(len(values)), values)
    plt.savefig(path)
    plt.close()
#> save([1, 2], "f.png")

#: ols_params
import numpy as np
import statsmodels.api as sm

def slope(x, y):
    X = sm.add_constant(x)
    return sm.OLS(y, X).fit().params[1]
#> slope(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 2.5]))

#: arima_forecast
import numpy as np
from statsmodels.tsa.arima.model import ARIMA

def forecast(series, steps):
    fit = ARIMA(series, order=(1, 0, 0)).fit()
    return fit.forecast(steps)
#> forecast(np.array([1.0, 2.0, 1.5, 2.2, 1.9, 2.4]), 2)

#: seed_everything
import os
import random
import numpy as np

def seed_everything(seed=42):
    random.seed(seed)
    np.random.seed(seed)
    os.environ["PYTHONHASHSEED"] = str(seed)
#> seed_everything()

#: predictions_in_dict
def ensemble(models, X):
    predictions = {name: model.predict(X) for name, model in models.items()}
    return sum(predictions.values()) / len(predictions)
#> ensemble({"a": __import__("sklearn.linear_model").linear_model.LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0])}, [[1.0]])

#: models_fitted_in_dict
def fit_all(models, X, y):
    for name, model in models.items():
        model.fit(X, y)
    return models
#> fit_all({"a": __import__("sklearn.linear_model").linear_model.LinearRegression()}, [[1.0], [2.0]], [1.0, 2.0])

#: set_params_in_loop
import numpy as np

def depth_scores(model, X, y, depths):
    return [model.set_params(max_depth=d).fit(X, y).score(X, y) for d in depths]
#> depth_scores(__import__("sklearn.tree").tree.DecisionTreeClassifier(random_state=0), np.arange(4).reshape(-1, 1), [0, 1, 0, 1], [1])

#: early_stopping_class
class EarlyStopping:
    def __init__(self, patience=2):
        self.patience = patience
        self.best = float("inf")
        self.bad = 0

    def step(self, loss):
        if loss < self.best:
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        return self.bad > self.patience

def fit(losses, stopper):
    for epoch, loss in enumerate(losses):
        if stopper.step(loss):
            break
    return epoch
#> fit([1.0, 2.0], EarlyStopping())
