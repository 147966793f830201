#: fit_predict
from sklearn.linear_model import LinearRegression

def baseline(X, y):
    m = LinearRegression()
    m.fit(X, y)
    return m.predict(X)
#> baseline([[1.0], [2.0]], [1.0, 2.0])

#: fit_given_model
def train(model, X, y):
    model.fit(X, y)
    return model.score(X, y)
#> train(__import__("sklearn.linear_model").linear_model.LinearRegression(), [[1.0], [2.0]], [1.0, 2.0])

#: clone_then_fit
from sklearn.base import clone

def fit_fresh(model, X, y):
    fresh = clone(model)
    return fresh.fit(X, y)
#> fit_fresh(__import__("sklearn.linear_model").linear_model.LinearRegression(), [[1.0], [2.0]], [1.0, 2.0])

#: scale_train_test
from sklearn.preprocessing import StandardScaler

def scaled(train, test):
    sc = StandardScaler()
    train = sc.fit_transform(train)
    test = sc.transform(test)
    train[0] = 0
    return train, test
#> scaled([[1.0], [2.0]], [[1.0]])

#: transform_given
def encode(enc, col):
    out = enc.transform(col)
    return out.tolist()
#> encode(__import__("sklearn.preprocessing").preprocessing.LabelEncoder().fit(["a"]), ["a"])

#: set_params_given
def slower(model):
    return model.set_params(alpha=10.0)
#> slower(__import__("sklearn.linear_model").linear_model.Ridge())

#: get_params_changed
def grid_of(model):
    params = model.get_params()
    params["alpha"] = [0.1, 1.0]
    params.pop("copy_X", None)
    return params
#> grid_of(__import__("sklearn.linear_model").linear_model.Ridge())

#: cross_val
from sklearn.model_selection import cross_val_score
from sklearn.linear_model import Ridge

def cv(X, y):
    return cross_val_score(Ridge(), X, y, cv=2).mean()
#> cv([[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 3.0, 4.0])

#: forest_seeded
from sklearn.ensemble import RandomForestClassifier

def importances(X, y):
    m = RandomForestClassifier(n_estimators=2, random_state=0).fit(X, y)
    order = m.feature_importances_.argsort()[::-1]
    order[0] = 0
    return order
#> importances([[1.0], [2.0]], [0, 1])

#: forest_unseeded
from sklearn.ensemble import RandomForestClassifier

def train(X, y):
    return RandomForestClassifier(n_estimators=2).fit(X, y)
#> train([[1.0], [2.0]], [0, 1])

#: split_seeded
from sklearn.model_selection import train_test_split

def holdout(df):
    a, b = train_test_split(df, test_size=0.5, random_state=1)
    a = a.copy()
    a["part"] = "train"
    return a, b
#> holdout(__import__("pandas").DataFrame({"a": [1, 2]}))

#: best_of_models
def best(models, X, y):
    scores = {}
    for name, m in models.items():
        scores[name] = m.fit(X, y).score(X, y)
    return max(scores, key=scores.get)
#> best({"a": __import__("sklearn.linear_model").linear_model.Ridge()}, [[1.0], [2.0]], [1.0, 2.0])

#: custom_estimator
from sklearn.base import BaseEstimator, TransformerMixin

class Clipper(BaseEstimator, TransformerMixin):
    def __init__(self, q=0.9):
        self.q = q

    def fit(self, X, y=None):
        self.limit_ = X.quantile(self.q)
        return self

    def transform(self, X):
        X = X.copy()
        X[X > self.limit_] = self.limit_
        return X

def clipped(s):
    return Clipper().fit(s).transform(s)
#> clipped(__import__("pandas").Series([1.0, 2.0]))

#: plot_on_given_axes
def draw(ax, xs, ys):
    ax.plot(xs, ys)
    ax.set_title("t")
    return ax
#> draw(__import__("matplotlib.pyplot").pyplot.subplots()[1], [1], [2])

#: plot_new_figure
import matplotlib.pyplot as plt

def draw(xs):
    fig, ax = plt.subplots()
    ax.hist(xs)
    return fig
#> draw([1, 2])

#: read_axes_limits
def mid(ax):
    lo, hi = ax.get_xlim()
    return (lo + hi) / 2
#> mid([(a.get_xlim(), a)[1] for a in [__import__("matplotlib.pyplot").pyplot.subplots()[1]]][0])

#: save_figure
import matplotlib.pyplot as plt

def export(xs, path):
    fig, ax = plt.subplots()
    ax.plot(xs)
    fig.savefig(path)
    plt.close(fig)
#> export([1, 2], "x.png")

#: scipy_minimize
from scipy.optimize import minimize

def solve(target):
    calls = []
    def loss(p):
        calls.append(1)
        return float(((p - target) ** 2).sum())
    r = minimize(loss, [0.0])
    return r.x, len(calls)
#> solve(2.0)

#: networkx_copy
import networkx as nx

def without(g, node):
    h = g.copy()
    h.remove_node(node)
    return nx.number_connected_components(h)
#> without(nx.path_graph(3), 1)

#: networkx_weighted
import networkx as nx

def weigh(g):
    for u, v, d in g.edges(data=True):
        d["weight"] = 1.0
    return g
#> weigh(nx.path_graph(3))

#: confusion_counts
from collections import Counter

def confusion(y, p):
    c = Counter(zip(y, p))
    c.update({(0, 0): 0})
    return c.most_common(1)
#> confusion([1], [1])

#: kfold_indices
from sklearn.model_selection import KFold
import numpy as np

def oof(X, y, model):
    pred = np.zeros(len(y))
    for tr, va in KFold(2).split(X):
        pred[va] = model.fit(X[tr], y[tr]).predict(X[va])
    return pred
#> oof(np.arange(8.0).reshape(4, 2), np.arange(4.0), __import__("sklearn.linear_model").linear_model.Ridge())
