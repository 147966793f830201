#: impute_with_median
def impute(data, columns):
    for c in columns:
        median = data[c].median()
        data[c] = data[c].fillna(median)
    return data
#> impute(__import__("pandas").DataFrame({"a": [1.0, None, 3.0]}), ["a"])

#: one_hot
import pandas as pd

def one_hot(frame, col):
    dummies = pd.get_dummies(frame[col], prefix=col)
    frame = pd.concat([frame, dummies], axis=1)
    del frame[col]
    return frame
#> one_hot(pd.DataFrame({"c": ["x", "y"], "n": [1, 2]}), "c")

#: delete_column
def remove(frame, col):
    del frame[col]
#> remove(__import__("pandas").DataFrame({"c": ["x", "y"], "n": [1, 2]}), "c")

#: normalise_numeric
def normalise(df):
    numeric = df.select_dtypes("number")
    scaled = (numeric - numeric.mean()) / numeric.std()
    scaled.columns = [f"{c}_z" for c in scaled.columns]
    return df.join(scaled)
#> normalise(__import__("pandas").DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}))

#: update_frame
def patch(base, changes):
    base.update(changes)
    return base
#> patch(__import__("pandas").DataFrame({"a": [1.0, 2.0]}), __import__("pandas").DataFrame({"a": [9.0]}))

#: set_index_inplace
def index_by(df, key):
    df.set_index(key, inplace=True)
    return df.index.is_unique
#> index_by(__import__("pandas").DataFrame({"k": [1, 2], "v": [3, 4]}), "k")

#: dates_parsed
import pandas as pd

def add_dates(df, col):
    df[col] = pd.to_datetime(df[col])
    df["month"] = df[col].dt.month
    return df.groupby("month").size()
#> add_dates(pd.DataFrame({"d": ["2024-01-02", "2024-02-03"]}), "d")

#: iloc_cell
def set_corner(table, value):
    table.iloc[0, 0] = value
#> set_corner(__import__("pandas").DataFrame({"a": [1, 2]}), 9)

#: query_and_report
def report(df, limit):
    few = df.query("n > @limit")
    print(few.describe())
    return few.shape[0]
#> report(__import__("pandas").DataFrame({"n": [1, 5, 7]}), 2)

#: column_list_changed
def feature_names(df, target):
    names = df.columns.tolist()
    names.remove(target)
    return names
#> feature_names(__import__("pandas").DataFrame({"n": [1], "y": [2]}), "y")

#: values_shared
import pandas as pd

def as_series(arr):
    s = pd.Series(arr.copy(), name="x")
    s[s < 0] = 0
    return s
#> as_series(__import__("numpy").array([-1.0, 2.0]))

#: series_clip
def cut(series, low, high):
    series = series.clip(low, high)
    series.iloc[0] = low
    return series
#> cut(__import__("pandas").Series([1.0, 9.0]), 2, 5)

#: excel_style_summary
import os
import pandas as pd

def summarise_files(folder, out):
    rows = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".csv"):
            df = pd.read_csv(os.path.join(folder, name))
            rows.append({"file": name, "rows": len(df)})
    result = pd.DataFrame(rows)
    result.to_json(out, orient="records")
    return result
#> summarise_files(".", "s.json")

#: groupby_loop
def totals(df):
    out = {}
    for key, part in df.groupby("k"):
        part = part.sort_values("v")
        out[key] = part["v"].cumsum().iloc[-1]
    return out
#> totals(__import__("pandas").DataFrame({"k": ["a", "a"], "v": [1, 2]}))

#: apply_rowwise
def grade(row):
    return "A" if row["score"] > 80 else "B"

def add_grades(df):
    df["grade"] = df.apply(grade, axis=1)
    return df["grade"].value_counts()
#> add_grades(__import__("pandas").DataFrame({"score": [90, 10]}))

#: stats_printer
class Profiler:
    def __init__(self, df):
        self.df = df
        self.report = []

    def missing(self):
        counts = self.df.isna().sum()
        self.report.append(counts)
        return self

    def show(self):
        for part in self.report:
            print(part)

def profile(df):
    Profiler(df).missing().show()
#> profile(__import__("pandas").DataFrame({"a": [1, None]}))

#: frame_in_object
class Cleaner:
    def __init__(self, df):
        self.df = df

    def lower(self):
        self.df.columns = self.df.columns.str.lower()
        return self

def clean(df):
    return Cleaner(df).lower().df
#> clean(__import__("pandas").DataFrame({"A": [1]}))

#: frame_copy_in_object
class Cleaner:
    def __init__(self, df):
        self.df = df.copy()

    def lower(self):
        self.df.columns = self.df.columns.str.lower()
        return self

def clean(df):
    return Cleaner(df).lower().df
#> clean(__import__("pandas").DataFrame({"A": [1]}))

#: softmax
import numpy as np

def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=1, keepdims=True)
    return z
#> softmax(np.ones((2, 2)))

#: relu_inplace
import numpy as np

def relu(z):
    np.maximum(z, 0, out=z)
    return z
#> relu(np.array([-1.0, 1.0]))

#: transpose_view
def zero_first_column(m):
    m.T[0] = 0
#> zero_first_column(__import__("numpy").ones((2, 2)))

#: fancy_copy
def picked(m, rows):
    part = m[rows]
    part += 10
    return part
#> picked(__import__("numpy").ones((3, 2)), [0, 2])

#: reshape_view
def stamp(grid):
    flat = grid.reshape(-1)
    flat[::2] = -1
#> stamp(__import__("numpy").zeros((2, 2)))

#: where_new
import numpy as np

def replace_nan(a, value=0.0):
    return np.where(np.isnan(a), value, a)
#> replace_nan(np.array([1.0, np.nan]))

#: nan_to_num_inplace
import numpy as np

def replace_nan(a):
    np.nan_to_num(a, copy=False)
    return a
#> replace_nan(np.array([1.0, np.nan]))

#: fill_diagonal
import numpy as np

def no_self_loops(adjacency):
    np.fill_diagonal(adjacency, 0)
    return adjacency.sum()
#> no_self_loops(np.ones((2, 2)))

#: power_iteration
import numpy as np

def dominant(m, steps=5):
    v = np.ones(m.shape[0])
    for _ in range(steps):
        v = m @ v
        v /= np.linalg.norm(v)
    return v
#> dominant(np.eye(2))

#: game_of_life
import numpy as np

def step(board):
    new = board.copy()
    for i in range(board.shape[0]):
        for j in range(board.shape[1]):
            block = board[max(i - 1, 0):i + 2, max(j - 1, 0):j + 2]
            n = block.sum() - board[i, j]
            new[i, j] = 1 if n == 3 or (board[i, j] and n == 2) else 0
    return new
#> step(np.zeros((3, 3), dtype=int))

#: monte_carlo_pi
import numpy as np

def estimate_pi(n, seed=None):
    rng = np.random.default_rng(seed)
    points = rng.random((n, 2))
    return 4 * (np.hypot(points[:, 0], points[:, 1]) < 1).mean()
#> estimate_pi(10)
#> estimate_pi(10, 3)

#: kmeans_by_hand
import numpy as np

def kmeans(points, k, iters=3, seed=0):
    rng = np.random.RandomState(seed)
    centers = points[rng.choice(len(points), k, replace=False)]
    for _ in range(iters):
        labels = np.argmin(((points[:, None] - centers) ** 2).sum(-1), axis=1)
        for j in range(k):
            if (labels == j).any():
                centers[j] = points[labels == j].mean(axis=0)
    return centers, labels
#> kmeans(np.arange(8.0).reshape(4, 2), 2)

#: adam_state
import numpy as np

class Adam:
    def __init__(self, lr=0.1):
        self.lr = lr
        self.t = 0
        self.m = None

    def step(self, params, grads):
        if self.m is None:
            self.m = np.zeros_like(params)
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * grads
        params -= self.lr * self.m
#> Adam().step(np.ones(2), np.ones(2))

#: train_loop
def train(model, batches, optimizer, log):
    for x, y in batches:
        loss = model.loss(x, y)
        optimizer.step(model)
        log.append(loss)
    return log[-1]

class Model:
    w = 0.0
    def loss(self, x, y):
        return (self.w * x - y) ** 2

class Optimizer:
    def step(self, model):
        model.w += 0.1
#> train(Model(), [(1, 2)], Optimizer(), [])

#: compare_models
from sklearn.linear_model import LinearRegression
from sklearn.dummy import DummyRegressor
from sklearn.metrics import mean_squared_error

def compare(X, y):
    scores = {}
    for name, model in {"linear": LinearRegression(), "mean": DummyRegressor()}.items():
        model.fit(X, y)
        scores[name] = mean_squared_error(y, model.predict(X))
    return scores
#> compare([[0.0], [1.0]], [0.0, 1.0])

#: compare_given_models
def compare(models, X, y):
    scores = {}
    for name, model in models.items():
        model.fit(X, y)
        scores[name] = model.score(X, y)
    return max(scores, key=scores.get)
#> compare({"l": __import__("sklearn.linear_model").linear_model.LinearRegression()}, [[0.0], [1.0], [2.0]], [0.0, 1.0, 2.0])

#: cloned_model
from sklearn.base import clone

def refit(model, X, y):
    fresh = clone(model)
    return fresh.fit(X, y)
#> refit(__import__("sklearn.linear_model").linear_model.LinearRegression(), [[0.0], [1.0]], [0.0, 1.0])

#: vectorizer_vocabulary
from sklearn.feature_extraction.text import CountVectorizer

def vocabulary(docs, top):
    cv = CountVectorizer()
    counts = cv.fit_transform(docs).sum(axis=0).A1
    words = cv.get_feature_names_out()
    return sorted(zip(counts, words), reverse=True)[:top]
#> vocabulary(["a bb", "bb cc"], 2)

#: set_params
def tune(model, **params):
    model.set_params(**params)
    return model
#> tune(__import__("sklearn.linear_model").linear_model.Ridge(), alpha=2.0)

#: grid_search
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier

def best_k(X, y, ks):
    search = GridSearchCV(KNeighborsClassifier(), {"n_neighbors": ks}, cv=2)
    search.fit(X, y)
    return search.best_params_["n_neighbors"]
#> best_k([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1], [1])

#: two_panels
import matplotlib.pyplot as plt

def panels(left, right, path=None):
    fig, axes = plt.subplots(1, 2)
    for ax, values in zip(axes, (left, right)):
        ax.plot(values)
        ax.grid(True)
    fig.tight_layout()
    if path:
        fig.savefig(path)
    return fig
#> panels([1, 2], [3, 4])
#> panels([1, 2], [3, 4], "p.png")

#: annotate_bars
import matplotlib.pyplot as plt

def annotate_bars(ax, bars):
    for bar in bars:
        ax.text(bar.get_x(), bar.get_height(), str(bar.get_height()))

ax = plt.subplots()[1]
#> annotate_bars(ax, [plt.Rectangle((0, 0), 1, 2)])

#: style_context
import matplotlib.pyplot as plt

def themed(values):
    with plt.style.context("ggplot"):
        fig, ax = plt.subplots()
        ax.scatter(values, values)
    plt.close(fig)
    return len(values)
#> themed([1, 2])

#: networkx_weights
def scale_weights(G, k):
    for u, v, d in G.edges(data=True):
        d["weight"] = d.get("weight", 1) * k
    return G
#> scale_weights(__import__("networkx").path_graph(3), 2)

#: scipy_minimise
from scipy.optimize import minimize

def fit_curve(xs, ys):
    history = []
    def loss(p):
        value = sum((p[0] * x + p[1] - y) ** 2 for x, y in zip(xs, ys))
        history.append(value)
        return value
    result = minimize(loss, [0.0, 0.0], method="Nelder-Mead", options={"maxiter": 5})
    return result.x, history
#> fit_curve([1, 2], [2, 4])
