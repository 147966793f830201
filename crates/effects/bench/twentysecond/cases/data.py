#: explode_and_count
import pandas as pd

def tag_counts(df):
    tags = df["tags"].str.split(",").explode().str.strip()
    return tags.value_counts().to_dict()
#> tag_counts(pd.DataFrame({"tags": ["a, b", "b"]}))

#: get_dummies_concat
import pandas as pd

def one_hot(df, columns):
    dummies = pd.get_dummies(df[columns])
    df = pd.concat([df.drop(columns=columns), dummies], axis=1)
    df.columns = df.columns.str.lower()
    return df
#> one_hot(pd.DataFrame({"K": ["x", "y"], "N": [1, 2]}), ["K"])

#: iloc_setter_through_alias
import pandas as pd

def blank_first(frames):
    first = frames[0]
    first.iloc[0, 0] = 0
    return len(frames)
#> blank_first([pd.DataFrame({"a": [5]})])

#: drop_inplace_on_copy
import pandas as pd

def compact(df):
    df = df.copy()
    df.drop(columns=["junk"], inplace=True)
    df.dropna(inplace=True)
    df.reset_index(drop=True, inplace=True)
    return df
#> compact(pd.DataFrame({"junk": [1, 2], "n": [1.0, None]}))

#: drop_inplace_after_rebinding
import pandas as pd

def compact(df):
    df.drop(columns=["junk"], inplace=True)
    df = df.copy()
    df["n"] = 0
    return df
#> compact(pd.DataFrame({"junk": [1, 2], "n": [1.0, None]}))

#: mask_assign_series
import pandas as pd

def non_negative(series):
    series[series < 0] = 0
    return series
#> non_negative(pd.Series([-1, 1]))

#: series_clip
import pandas as pd

def non_negative(series):
    series = series.clip(lower=0)
    series.name = "clipped"
    return series
#> non_negative(pd.Series([-1, 1]))

#: rolling_agg_loop
import pandas as pd

def features(df, windows):
    out = {}
    for w in windows:
        out[f"mean_{w}"] = df["v"].rolling(w).mean()
    return pd.DataFrame(out)
#> features(pd.DataFrame({"v": [1, 2, 3]}), [2])

#: index_name_set
import pandas as pd

def named(df):
    df.index.name = "row"
    return df
#> named(pd.DataFrame({"v": [1, 2, 3]}))

#: groups_listed
import pandas as pd

def parts(df, key):
    return {name: part.sort_values("v") for name, part in df.groupby(key)}
#> parts(pd.DataFrame({"k": [1, 2], "v": [2, 1]}), "k")

#: setitem_via_dict_attribute
import pandas as pd

class Store:
    def __init__(self):
        self.tables = {}

    def put(self, name, df):
        self.tables[name] = df

    def mark(self, name):
        self.tables[name]["marked"] = True

def run(df):
    store = Store()
    store.put("a", df)
    store.mark("a")
    return store
#> run(pd.DataFrame({"k": [1, 2]}))

#: store_copy_marked
import pandas as pd

class Store:
    def __init__(self):
        self.tables = {}

    def put(self, name, df):
        self.tables[name] = df.copy()

    def mark(self, name):
        self.tables[name]["marked"] = True

def run(df):
    store = Store()
    store.put("a", df)
    store.mark("a")
    return store
#> run(pd.DataFrame({"k": [1, 2]}))

#: cut_and_map
import pandas as pd

def banded(df, edges, names):
    mapping = dict(enumerate(names))
    codes = pd.cut(df["x"], bins=edges, labels=False)
    return df.assign(band=codes.map(mapping))
#> banded(pd.DataFrame({"x": [1, 5]}), [0, 3, 6], ["lo", "hi"])

#: read_many_files
from pathlib import Path
import pandas as pd

def load_all(folder):
    frames = [pd.read_csv(p).assign(source=p.stem) for p in sorted(Path(folder).glob("*.csv"))]
    return pd.concat(frames, ignore_index=True)
#> load_all(".")

#: report_written
import pandas as pd

def report(df, path):
    with open(path, "w") as out:
        out.write("# Report\n")
        df.describe().to_csv(out)
    return path
#> report(pd.DataFrame({"x": [1, 5]}), "r.csv")

#: buffer_given
import io
import pandas as pd

def append_csv(df, buffer):
    df.to_csv(buffer, header=False, index=False)
    buffer.seek(0)
    return buffer.read()
#> append_csv(pd.DataFrame({"x": [1, 5]}), io.StringIO())

#: validated
import pandas as pd

def validated(df, required):
    missing = set(required) - set(df.columns)
    if missing:
        raise KeyError(f"missing {sorted(missing)}")
    assert not df.empty, "no rows"
    return df[list(required)]
#> validated(pd.DataFrame({"x": [1, 5]}), ["x"])
#> validated(pd.DataFrame({"x": [1, 5]}), ["y"])

#: strided_windows
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

def smoothed(a, width):
    windows = sliding_window_view(a, width)
    return windows.mean(axis=-1)
#> smoothed(np.arange(5.0), 2)

#: split_views_written
import numpy as np

def zero_first_half(a):
    left, right = np.split(a, 2)
    left[:] = 0
    return right
#> zero_first_half(np.ones(4))

#: list_of_rows_view
import numpy as np

def normalise_rows(m):
    for row in m:
        row /= row.sum()
    return m
#> normalise_rows(np.ones((2, 2)))

#: list_of_rows_rebound
import numpy as np

def normalise_rows(m):
    rows = []
    for row in m:
        row = row / row.sum()
        rows.append(row)
    return np.array(rows)
#> normalise_rows(np.ones((2, 2)))

#: meshgrid_surface
import numpy as np

def surface(n):
    xs = np.linspace(-1, 1, n)
    X, Y = np.meshgrid(xs, xs)
    Z = np.exp(-X ** 2 - Y ** 2)
    Z[Z < 0.5] = 0
    return Z
#> surface(3)

#: ufunc_at_given
import numpy as np

def accumulate(bins, idx, weights):
    np.add.at(bins, idx, weights)
#> accumulate(np.zeros(2), np.array([0, 0]), np.ones(2))

#: conditional_copy
import numpy as np

def standardise(x, copy=True):
    if copy:
        x = x.copy()
    x -= x.mean()
    return x
#> standardise(np.arange(3.0))
#> standardise(np.arange(3.0), copy=False)

#: monte_carlo
import numpy as np

def estimate_pi(n, rng=None):
    rng = rng or np.random.default_rng(0)
    points = rng.random((n, 2))
    return 4 * np.mean((points ** 2).sum(axis=1) < 1)
#> estimate_pi(10)
#> estimate_pi(10, np.random.default_rng(3))

#: bootstrap_global
import numpy as np

def bootstrap(xs, n=10):
    means = [np.random.choice(xs, size=len(xs)).mean() for _ in range(n)]
    return np.percentile(means, [2.5, 97.5])
#> bootstrap(np.arange(5.0))

#: matrix_solved
import numpy as np

def solve(A, b):
    L = np.linalg.cholesky(A)
    y = np.linalg.solve(L, b)
    return np.linalg.solve(L.T, y)
#> solve(np.eye(2), np.ones(2))

#: resized_array
import numpy as np

def grown(a):
    b = np.resize(a, 6)
    b[0] = 1
    return np.append(b, 3)
#> grown(np.arange(3))

#: write_protected
import numpy as np

def freeze(a):
    a.setflags(write=False)
    return a
#> freeze(np.arange(3))

#: model_dict_loop
import numpy as np
from sklearn.linear_model import LinearRegression, Ridge

def compare(models, X, y):
    scores = {}
    for name, model in models.items():
        model.fit(X, y)
        scores[name] = model.score(X, y)
    return scores
#> compare({"a": LinearRegression(), "b": Ridge()}, np.arange(3.0).reshape(-1, 1), np.arange(3.0))

#: kfold_manual
import numpy as np
from sklearn.base import clone
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold

def cv_scores(model, X, y, seed=0):
    scores = []
    for train, test in KFold(2, shuffle=True, random_state=seed).split(X):
        fitted = clone(model).fit(X[train], y[train])
        scores.append(fitted.score(X[test], y[test]))
    return np.mean(scores)
#> cv_scores(Ridge(), np.arange(4.0).reshape(-1, 1), np.arange(4.0))

#: grid_search_best
import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV

def best_alpha(X, y, grid):
    search = GridSearchCV(Ridge(), {"alpha": grid}, cv=2)
    search.fit(X, y)
    return search.best_params_["alpha"]
#> best_alpha(np.arange(4.0).reshape(-1, 1), np.arange(4.0), [0.1, 1.0])

#: partial_fit_stream
import numpy as np
from sklearn.linear_model import SGDRegressor

def online(model, batches):
    for X, y in batches:
        model.partial_fit(X, y)
    return model.coef_.copy()
#> online(SGDRegressor(random_state=0), [(np.ones((2, 1)), np.ones(2))])

#: coef_attribute_overwritten
import numpy as np
from sklearn.linear_model import LinearRegression

def prune(model, eps):
    model.coef_[abs(model.coef_) < eps] = 0
    return model
#> prune(LinearRegression().fit(np.arange(3.0).reshape(-1, 1), np.arange(3.0)), 5)

#: predict_only
import numpy as np
from sklearn.linear_model import LinearRegression

def residuals(model, X, y):
    return y - model.predict(X)
#> residuals(LinearRegression().fit(np.arange(3.0).reshape(-1, 1), np.arange(3.0)), np.arange(3.0).reshape(-1, 1), np.arange(3.0))

#: two_panels_returned
import matplotlib.pyplot as plt

def panels(xs, ys):
    fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3))
    left.scatter(xs, ys)
    right.hist(ys)
    for ax in (left, right):
        ax.grid(True)
    fig.tight_layout()
    return fig
#> panels([1, 2], [3, 4])

#: axes_optional
import matplotlib.pyplot as plt

def draw(xs, ax=None):
    if ax is None:
        ax = plt.gca()
    ax.plot(xs)
    return ax
#> draw([1, 2])
#> draw([1, 2], plt.subplots()[1])

#: close_all_figures
import matplotlib.pyplot as plt

def scratch(xs):
    fig, ax = plt.subplots()
    ax.plot(xs)
    plt.close("all")
    return len(xs)
#> scratch([1, 2])

#: figure_closed_after_save
import matplotlib.pyplot as plt

def save_all(series, folder):
    paths = []
    for name, values in series.items():
        fig, ax = plt.subplots()
        ax.plot(values, label=name)
        ax.legend()
        path = f"{folder}/{name}.png"
        fig.savefig(path)
        plt.close(fig)
        paths.append(path)
    return paths
#> save_all({"a": [1, 2]}, ".")

#: label_given
import matplotlib.pyplot as plt

def title_of(label):
    label.set_text("x")
    return label.get_text()
#> title_of(plt.subplots()[1].title)
