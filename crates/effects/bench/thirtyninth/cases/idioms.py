#: bin_ages
import pandas as pd

def bin_ages(people, edges=(0, 18, 65, 120)):
    labels = [f"{a}-{b}" for a, b in zip(edges, edges[1:])]
    labels[-1] = f"{edges[-2]}+"
    return pd.cut(people["age"], bins=list(edges), labels=labels)
#> bin_ages(pd.DataFrame({"age": [3, 70]}))

#: encode_targets
def encode_targets(labels):
    classes = sorted(set(labels))
    lookup = {c: i for i, c in enumerate(classes)}
    lookup["?"] = -1
    return [lookup[l] for l in labels], classes
#> encode_targets(["b", "a"])

#: rolling_features
def rolling_features(ts, windows):
    out = ts.to_frame("y")
    for w in windows:
        out[f"mean_{w}"] = ts.rolling(w).mean()
        out[f"lag_{w}"] = ts.shift(w)
    out.dropna(inplace=True)
    return out
#> rolling_features(__import__("pandas").Series([1.0, 2.0, 3.0]), [1])

#: frame_with_mapped_column
def recode(df, col, mapping):
    mapping = {**mapping, "": "missing"}
    values = df[col].map(mapping)
    values[values.isna()] = "other"
    return df.assign(**{col: values})
#> recode(__import__("pandas").DataFrame({"c": ["a", ""]}), "c", {"a": "b"})

#: values_attribute
def center_values(df):
    m = df.to_numpy(copy=True)
    m -= m.mean(axis=0)
    return m
#> center_values(__import__("pandas").DataFrame({"c": [1.0, 2.0]}))

#: where_column
import numpy as np

def label_rows(df):
    kind = np.where(df["x"] > 0, "pos", "neg")
    kind[0] = "first"
    df = df[["x"]].copy()
    df["kind"] = kind
    return df
#> label_rows(__import__("pandas").DataFrame({"x": [1.0, -2.0]}))

#: iloc_write
def blank_last(df):
    df.iloc[-1, 0] = None
    return len(df)
#> blank_last(__import__("pandas").DataFrame({"x": ["a", "b"]}))

#: agg_to_dict
def summary(df, by):
    agg = df.groupby(by).agg(["mean", "max"])
    agg.columns = ["_".join(c) for c in agg.columns]
    result = agg.to_dict("index")
    result["n"] = len(df)
    return result
#> summary(__import__("pandas").DataFrame({"k": ["a", "b"], "x": [1, 2]}), "k")

#: melt_and_pivot
def wide_to_wide(df, idc):
    long = df.melt(id_vars=idc)
    long["value"] = long["value"].astype(float)
    wide = long.pivot(index=idc, columns="variable", values="value")
    wide.columns = wide.columns.str.upper()
    return wide
#> wide_to_wide(__import__("pandas").DataFrame({"k": ["a", "b"], "x": [1, 2]}), "k")

#: concat_list_of_parts
import pandas as pd

def gather(parts):
    frames = []
    for i, p in enumerate(parts):
        q = p.assign(part=i)
        q.index = range(len(q))
        frames.append(q)
    return pd.concat(frames, ignore_index=True)
#> gather([pd.DataFrame({"x": [1, 2]})])

#: concat_list_of_marked
import pandas as pd

def gather(parts):
    for i, p in enumerate(parts):
        p["part"] = i
    return pd.concat(parts, ignore_index=True)
#> gather([pd.DataFrame({"x": [1, 2]})])

#: series_sort_in_place
def ranked(scores):
    scores.sort_values(ascending=False, inplace=True)
    return scores.index[0]
#> ranked(__import__("pandas").Series([1, 2]))

#: missing_report
def missing_report(df):
    n = df.isna().sum()
    n = n[n > 0].sort_values(ascending=False)
    n.name = "missing"
    report = n.to_frame()
    report["share"] = report["missing"] / len(df)
    return report
#> missing_report(__import__("pandas").DataFrame({"x": [1, None]}))

#: json_lines_to_frame
import json
import pandas as pd

def from_lines(text):
    records = []
    for line in text.splitlines():
        r = json.loads(line)
        r["ok"] = r.pop("status", None) == "ok"
        records.append(r)
    return pd.DataFrame.from_records(records)
#> from_lines('{"status": "ok"}')

#: column_stats_printed
def show_stats(df):
    for c in df:
        print(c, df[c].mean())
#> show_stats(__import__("pandas").DataFrame({"x": [1, 2]}))

#: head_displayed_as_text
def preview(df, n=5):
    text = df.head(n).to_string()
    return text.splitlines()
#> preview(__import__("pandas").DataFrame({"x": [1, 2]}))

#: info_printed
def preview(df):
    df.info()
#> preview(__import__("pandas").DataFrame({"x": [1, 2]}))

#: info_to_buffer
import io

def info_text(df):
    out = io.StringIO()
    df.info(buf=out)
    return out.getvalue()
#> info_text(__import__("pandas").DataFrame({"x": [1, 2]}))

#: one_hot
import numpy as np

def one_hot(y, k):
    out = np.zeros((len(y), k))
    out[np.arange(len(y)), y] = 1
    return out
#> one_hot(np.array([0, 1]), 2)

#: softmax_rows
import numpy as np

def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=1, keepdims=True)
    return z
#> softmax(np.ones((2, 2)))

#: softmax_in_place
import numpy as np

def softmax_(z):
    z -= z.max(axis=1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=1, keepdims=True)
#> softmax_(np.ones((2, 2)))

#: life_step
import numpy as np

def life(board):
    n = sum(np.roll(board, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
    new = board.copy()
    new[(n < 2) | (n > 3)] = 0
    new[n == 3] = 1
    return new
#> life(np.eye(3))

#: random_walk_given
import numpy as np

def walk(n, rng, start=None):
    pos = np.zeros(2) if start is None else np.array(start, dtype=float)
    for _ in range(n):
        pos += rng.normal(size=2)
    return pos
#> walk(3, np.random.default_rng(0), [1.0, 2.0])

#: monte_carlo_pi
import numpy as np

def pi(n, seed=42):
    rng = np.random.RandomState(seed)
    x, y = rng.rand(2, n)
    return 4 * ((x * x + y * y) < 1).mean()
#> pi(10)

#: kmeans_lloyd
import numpy as np

def kmeans(X, centers, rounds=2):
    centers = centers.copy()
    for _ in range(rounds):
        who = ((X[:, None] - centers) ** 2).sum(-1).argmin(1)
        for k in range(len(centers)):
            if (who == k).any():
                centers[k] = X[who == k].mean(0)
    return centers, who
#> kmeans(np.arange(8.0).reshape(4, 2), np.arange(4.0).reshape(2, 2))

#: kmeans_given_centers
import numpy as np

def kmeans(X, centers, rounds=2):
    for _ in range(rounds):
        who = ((X[:, None] - centers) ** 2).sum(-1).argmin(1)
        for k in range(len(centers)):
            if (who == k).any():
                centers[k] = X[who == k].mean(0)
    return who
#> kmeans(np.arange(8.0).reshape(4, 2), np.arange(4.0).reshape(2, 2))

#: ema_filter
def ema(xs, alpha=0.5):
    if not xs:
        return []
    out = [xs[0]]
    for x in xs[1:]:
        out.append(alpha * x + (1 - alpha) * out[-1])
    return out
#> ema([1.0, 2.0])

#: cumulative_in_place
def prefix_sums(a):
    for i in range(1, len(a)):
        a[i] += a[i - 1]
    return a
#> prefix_sums([1, 2])

#: tokenize_count
import re
from collections import Counter

def top_words(text, stop=frozenset({"the"}), n=2):
    words = re.findall(r"\w+", text.lower())
    counts = Counter(w for w in words if w not in stop)
    for w in list(counts):
        if len(w) < 2:
            del counts[w]
    return counts.most_common(n)
#> top_words("The cat a the dog")

#: tfidf_fit
from sklearn.feature_extraction.text import TfidfVectorizer

def similarity(docs):
    m = TfidfVectorizer().fit_transform(docs)
    s = (m @ m.T).toarray()
    s[s < 0.1] = 0
    return s
#> similarity(["a cat", "the cat"])

#: pipeline_built
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression

def make(extra=None):
    steps = [("scale", StandardScaler())]
    if extra is not None:
        steps.append(extra)
    steps.append(("clf", LogisticRegression()))
    return Pipeline(steps)
#> make()

#: grid_search_given
from sklearn.model_selection import GridSearchCV

def tune(est, X, y):
    gs = GridSearchCV(est, {"alpha": [0.1, 1.0]}, cv=2)
    gs.fit(X, y)
    return gs.best_params_
#> tune(__import__("sklearn.linear_model").linear_model.Ridge(), [[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 3.0, 4.0])

#: partial_fit_given
def stream(model, batches):
    for X, y in batches:
        model.partial_fit(X, y)
    return model
#> stream(__import__("sklearn.linear_model").linear_model.SGDRegressor(random_state=0), [([[1.0], [2.0]], [1.0, 2.0])])

#: threshold_predictions
def decide(model, X, t=0.5):
    p = model.predict_proba(X)[:, 1]
    p[p < t] = 0
    return p > 0
#> decide(__import__("sklearn.linear_model").linear_model.LogisticRegression().fit([[1.0], [2.0]], [0, 1]), [[1.0], [2.0]])

#: drop_weights
def without_intercept(model):
    coef = model.coef_.copy()
    coef /= abs(coef).max()
    return dict(zip(model.feature_names_in_, coef))
#> without_intercept(__import__("sklearn.linear_model").linear_model.LinearRegression().fit(__import__("pandas").DataFrame({"a": [1.0, 2.0]}), [1.0, 2.0]))

#: subplots_loop
import matplotlib.pyplot as plt

def panels(series):
    fig, axes = plt.subplots(1, len(series))
    for ax, (name, s) in zip(axes, series.items()):
        ax.plot(s)
        ax.set_ylabel(name)
    fig.tight_layout()
    return fig
#> panels({"a": [1], "b": [2]})

#: style_axes_list
def clean(axes):
    for ax in axes:
        ax.spines["top"].set_visible(False)
        ax.grid(True)
#> clean([__import__("matplotlib.pyplot").pyplot.subplots()[1]])

#: colours_for
import matplotlib.pyplot as plt

def colours(n):
    cmap = plt.get_cmap("viridis")
    cols = [cmap(i / max(n - 1, 1)) for i in range(n)]
    cols.reverse()
    return cols
#> colours(3)

#: optional_axes
import matplotlib.pyplot as plt

def bar(values, ax=None):
    ax = ax or plt.gca()
    ax.bar(range(len(values)), values)
    return ax
#> bar([1, 2])
#> bar([1, 2], plt.subplots()[1])

#: interpolate_scipy
from scipy.interpolate import interp1d

def on_grid(x, y, grid):
    f = interp1d(x, y, fill_value="extrapolate")
    v = f(grid)
    v[0] = y[0]
    return v
#> on_grid([1.0, 2.0], [1.0, 4.0], [1.0, 1.5])

#: sparse_build
from scipy.sparse import lil_matrix

def adjacency(edges, n):
    m = lil_matrix((n, n))
    for a, b in edges:
        m[a, b] = 1
    return m.tocsr()
#> adjacency([(0, 1)], 2)

#: read_many_csv
from pathlib import Path
import pandas as pd

def load_all(folder):
    frames = {p.stem: pd.read_csv(p) for p in sorted(Path(folder).glob("*.csv"))}
    for name, f in frames.items():
        f["source"] = name
    return pd.concat(frames.values())
#> load_all(".")

#: excel_like_writer
def export(tables, path):
    for name, t in tables.items():
        t.to_csv(path / f"{name}.csv")
#> export({"a": __import__("pandas").DataFrame({"x": [1]})}, __import__("pathlib").Path("."))

#: np_save_buffer
import io
import numpy as np

def as_bytes(a):
    b = io.BytesIO()
    np.save(b, a)
    b.seek(0)
    return b.read()
#> as_bytes(np.ones(2))

#: np_save_path
import numpy as np

def keep(a, name):
    np.save(name, a)
    return name + ".npy"
#> keep(np.ones(2), "x")

#: pickle_bytes
import pickle

def size_of(obj):
    return len(pickle.dumps(obj))
#> size_of({"a": 1})
