#: loc_mask_assign
import numpy as np
import pandas as pd

def cap_outliers(df, col, limit):
    mask = df[col] > limit
    df.loc[mask, col] = limit
    return mask.sum()
#> cap_outliers(pd.DataFrame({"a": [1, 9]}), "a", 5)

#: loc_read
import pandas as pd

def pick(df, col, limit):
    sub = df.loc[df[col] > limit, [col]]
    return sub.reset_index(drop=True)
#> pick(pd.DataFrame({"a": [1, 9]}), "a", 5)

#: assign_chain
import numpy as np
import pandas as pd

def tidy(raw):
    return (
        raw.rename(columns=str.lower)
        .assign(ratio=lambda d: d["a"] / d["b"])
        .query("ratio > 0")
        .sort_values("ratio")
        .drop(columns="b")
    )
#> tidy(pd.DataFrame({"A": [1.0, 2.0], "B": [2.0, 2.0]}))

#: drop_inplace_flag
import pandas as pd

def prune(table, cols, inplace=False):
    return table.drop(columns=cols, inplace=inplace)
#> prune(pd.DataFrame({"a": [1], "b": [2]}), ["a"], inplace=True)

#: fillna_column_assign
import pandas as pd

def impute(data, columns):
    for c in columns:
        data[c] = data[c].fillna(data[c].median())
    return data
#> impute(pd.DataFrame({"a": [1.0, None]}), ["a"])

#: fillna_copy_first
import pandas as pd

def impute(data, columns):
    data = data.copy()
    for c in columns:
        data[c] = data[c].fillna(data[c].median())
    return data
#> impute(pd.DataFrame({"a": [1.0, None]}), ["a"])

#: pop_target
import pandas as pd

def split_xy(df, target):
    y = df.pop(target)
    return df, y
#> split_xy(pd.DataFrame({"a": [1], "y": [0]}), "y")

#: pop_target_copy
import pandas as pd

def split_xy(df, target):
    X = df.copy()
    return X, X.pop(target)
#> split_xy(pd.DataFrame({"a": [1], "y": [0]}), "y")

#: groupby_apply_callback
import pandas as pd

def zscore_by(df, key, col):
    def scale(s):
        return (s - s.mean()) / s.std()
    return df.groupby(key)[col].transform(scale)
#> zscore_by(pd.DataFrame({"k": [1, 1], "a": [1.0, 2.0]}), "k", "a")

#: apply_row_prints
import pandas as pd

def show_rows(df):
    df.apply(lambda r: print(r["a"]), axis=1)
#> show_rows(pd.DataFrame({"a": [1, 2]}))

#: apply_named_pure
import pandas as pd

def grade(x):
    return "A" if x > 90 else "B"

def add_grade(df):
    return df.assign(grade=df["score"].map(grade))
#> add_grade(pd.DataFrame({"score": [95, 20]}))

#: apply_collects
import pandas as pd

def collect_names(df, out):
    df["name"].apply(out.append)
#> collect_names(pd.DataFrame({"name": ["a"]}), [])

#: concat_frames
import pandas as pd

def stack(frames, label="source"):
    parts = []
    for name, f in frames.items():
        f = f.copy()
        f[label] = name
        parts.append(f)
    return pd.concat(parts, ignore_index=True)
#> stack({"x": pd.DataFrame({"a": [1]})})

#: concat_frames_labelled_in_place
import pandas as pd

def stack(frames, label="source"):
    for name, f in frames.items():
        f[label] = name
    return pd.concat(frames.values())
#> stack({"x": pd.DataFrame({"a": [1]})})

#: set_index_names
import pandas as pd

def name_axes(df):
    df.index.name = "id"
    df.columns.name = "field"
    return df
#> name_axes(pd.DataFrame({"a": [1]}))

#: to_datetime_parts
import pandas as pd

def date_parts(s):
    d = pd.to_datetime(s)
    return pd.DataFrame({"y": d.dt.year, "m": d.dt.month})
#> date_parts(pd.Series(["2020-01-01"]))

#: iterrows_edit
import pandas as pd

def fix(df):
    for i, row in df.iterrows():
        if row["a"] < 0:
            df.at[i, "a"] = 0
    return df
#> fix(pd.DataFrame({"a": [-1, 2]}))

#: iterrows_accumulate
import pandas as pd

def totals(df):
    acc = {}
    for _, row in df.iterrows():
        acc[row["k"]] = acc.get(row["k"], 0) + row["v"]
    return acc
#> totals(pd.DataFrame({"k": ["a", "a"], "v": [1, 2]}))

#: pipe_steps
import pandas as pd

def drop_empty(df):
    return df.dropna(how="all")

def add_total(df):
    df["total"] = df.sum(axis=1)
    return df

def run(df):
    return df.pipe(drop_empty).pipe(add_total)
#> run(pd.DataFrame({"a": [1.0, 2.0]}))

#: pipe_first_mutates
import pandas as pd

def add_total(df):
    df["total"] = df.sum(axis=1)
    return df

def run(df):
    return df.pipe(add_total).dropna()
#> run(pd.DataFrame({"a": [1.0, 2.0]}))

#: read_csv_buffer
import io
import pandas as pd

def parse(text, sep=","):
    return pd.read_csv(io.StringIO(text), sep=sep)
#> parse("a,b\n1,2\n")

#: read_csv_path
import pandas as pd

def load(path, **options):
    df = pd.read_csv(path, **options)
    return df.columns.tolist()
#> load("data.csv")

#: to_csv_text
import pandas as pd

def as_text(df):
    return df.to_csv(index=False)
#> as_text(pd.DataFrame({"a": [1]}))

#: to_csv_optional_path
import pandas as pd

def export(df, path=None):
    return df.to_csv(path, index=False)
#> export(pd.DataFrame({"a": [1]}), "o.csv")

#: array_view_write
import numpy as np

def zero_border(img):
    for edge in (img[0], img[-1], img[:, 0], img[:, -1]):
        edge[...] = 0
    return img
#> zero_border(np.ones((3, 3)))

#: array_fancy_copy
import numpy as np

def pick_and_scale(x, idx):
    y = x[idx]
    y *= 2
    return y
#> pick_and_scale(np.arange(4.0), [0, 1])

#: array_reshape_view
import numpy as np

def mark_first(grid):
    flat = grid.reshape(-1)
    flat[0] = -1
    return flat
#> mark_first(np.ones((2, 2)))

#: array_flatten_copy
import numpy as np

def mark_first(grid):
    flat = grid.flatten()
    flat[0] = -1
    return flat
#> mark_first(np.ones((2, 2)))

#: out_parameter
import numpy as np

def relu_into(x, buffer):
    return np.maximum(x, 0, out=buffer)
#> relu_into(np.array([-1.0, 1.0]), np.zeros(2))

#: out_own
import numpy as np

def relu(x):
    y = np.empty_like(x)
    np.maximum(x, 0, out=y)
    return y
#> relu(np.array([-1.0, 1.0]))

#: fill_diagonal
import numpy as np

def no_self(adj):
    np.fill_diagonal(adj, 0)
    return adj.sum(axis=1)
#> no_self(np.ones((2, 2)))

#: asarray_maybe_view
import numpy as np

def clip_neg(values):
    arr = np.asarray(values)
    arr[arr < 0] = 0
    return arr
#> clip_neg(np.array([-1.0, 2.0]))

#: array_makes_copy
import numpy as np

def clip_neg(values):
    arr = np.array(values, dtype=float)
    arr[arr < 0] = 0
    return arr
#> clip_neg(np.array([-1.0, 2.0]))

#: gradient_descent
import numpy as np

def descend(X, y, w, lr=0.1, steps=3):
    for _ in range(steps):
        grad = X.T @ (X @ w - y) / len(y)
        w = w - lr * grad
    return w
#> descend(np.eye(2), np.ones(2), np.zeros(2))

#: gradient_descent_in_place
import numpy as np

def descend(X, y, w, lr=0.1, steps=3):
    for _ in range(steps):
        w -= lr * X.T @ (X @ w - y) / len(y)
    return w
#> descend(np.eye(2), np.ones(2), np.zeros(2))

#: legacy_shuffle
import numpy as np

def shuffled(x):
    x = x.copy()
    np.random.shuffle(x)
    return x
#> shuffled(np.arange(3))

#: generator_shuffle_given
import numpy as np

def shuffle_both(a, b, rng):
    order = rng.permutation(len(a))
    return a[order], b[order]
#> shuffle_both(np.arange(3), np.arange(3), np.random.default_rng(0))

#: check_random_state
import numpy as np
from sklearn.utils import check_random_state

def sample(n, random_state=0):
    rng = check_random_state(random_state)
    return rng.normal(size=n)
#> sample(2)

#: seed_everything
import os
import random
import numpy as np

def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    os.environ["PYTHONHASHSEED"] = str(seed)
#> seed_everything(1)

#: fit_transform_given
from sklearn.preprocessing import StandardScaler

def scale(scaler, train, test):
    return scaler.fit_transform(train), scaler.transform(test)
#> scale(StandardScaler(), [[1.0], [2.0]], [[1.0]])

#: fit_new_model
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error

def baseline(X, y):
    model = LinearRegression()
    model.fit(X, y)
    return model, mean_squared_error(y, model.predict(X))
#> baseline(np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: predict_only
import numpy as np
from sklearn.linear_model import LinearRegression

def evaluate(model, X, y):
    pred = model.predict(X)
    return float(np.mean((pred - y) ** 2))
#> evaluate(LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0]), np.array([[1.0]]), np.array([1.0]))

#: partial_fit_stream
import numpy as np
from sklearn.linear_model import SGDClassifier

def stream(clf, batches, classes):
    for X, y in batches:
        clf.partial_fit(X, y, classes=classes)
    return clf
#> stream(SGDClassifier(random_state=0), [(np.ones((2, 1)), np.array([0, 1]))], [0, 1])

#: clone_then_fit
from sklearn.base import clone
from sklearn.tree import DecisionTreeClassifier
import numpy as np

def fit_folds(estimator, folds):
    fitted = []
    for X, y in folds:
        m = clone(estimator)
        m.fit(X, y)
        fitted.append(m)
    return fitted
#> fit_folds(DecisionTreeClassifier(random_state=0), [(np.ones((2, 1)), np.array([0, 1]))])

#: set_params_given
from sklearn.svm import SVC

def tune(model, **params):
    model.set_params(**params)
    return model.get_params()["C"]
#> tune(SVC(), C=2.0)

#: split_seeded
from sklearn.model_selection import train_test_split
import numpy as np

def holdout(X, y, seed=0):
    a, b, c, d = train_test_split(X, y, test_size=0.5, random_state=seed)
    return a, b, c, d
#> holdout(np.arange(4), np.arange(4))

#: split_unseeded
from sklearn.model_selection import train_test_split
import numpy as np

def holdout(X, y):
    return train_test_split(X, y, test_size=0.5)
#> holdout(np.arange(4), np.arange(4))

#: axes_given
import matplotlib.pyplot as plt

def draw_residuals(ax, y, pred):
    ax.scatter(pred, y - pred, s=4)
    ax.axhline(0, color="k")
    ax.set(xlabel="fitted", ylabel="residual")
#> draw_residuals(plt.figure().add_subplot(), __import__("numpy").arange(3.0), __import__("numpy").ones(3))

#: axes_optional
import matplotlib.pyplot as plt

def bars(counts, ax=None):
    if ax is None:
        _, ax = plt.subplots()
    ax.bar(list(counts), list(counts.values()))
    return ax
#> bars({"a": 1})
#> bars({"a": 1}, plt.figure().add_subplot())

#: figure_saved
import matplotlib.pyplot as plt

def save_line(y, path):
    fig, ax = plt.subplots()
    ax.plot(y)
    fig.savefig(path)
    plt.close(fig)
#> save_line([1, 2], "x.png")

#: verbose_flag
def iterate(f, x, tol=1e-3, verbose=False):
    for k in range(100):
        new = f(x)
        if verbose:
            print(k, new)
        if abs(new - x) < tol:
            break
        x = new
    return x
#> iterate(lambda v: v / 2, 1.0, verbose=True)

#: callback_optional
def fit_loop(steps, callback=None):
    history = []
    for s in range(steps):
        loss = 1 / (1 + s)
        history.append(loss)
        if callback:
            callback(s, loss)
    return history
#> fit_loop(2)
