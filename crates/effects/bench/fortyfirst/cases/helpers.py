#: load_and_clean
import pandas as pd

def load_and_clean(path, drop=()):
    df = pd.read_csv(path)
    df = df.drop(columns=[c for c in drop if c in df])
    df.columns = [c.upper() for c in df.columns]
    df.drop_duplicates(inplace=True)
    return df
#> load_and_clean("data.csv", ["a"])

#: fill_by_group
def fill_by_group(df, by, col):
    means = df.groupby(by)[col].transform("mean")
    df[col] = df[col].fillna(means)
#> fill_by_group(__import__("pandas").DataFrame({"g": [1, 1], "x": [1.0, None]}), "g", "x")

#: lagged
def lagged(series, lags):
    cols = {f"lag{k}": series.shift(k) for k in lags}
    frame = series.to_frame().assign(**cols)
    frame = frame.dropna()
    frame.index.name = "t"
    return frame
#> lagged(__import__("pandas").Series([1.0, 2.0, 3.0], name="y"), [1])

#: category_codes
def category_codes(df, cols):
    books = {}
    for c in cols:
        df[c] = df[c].astype("category")
        books[c] = dict(enumerate(df[c].cat.categories))
        df[c] = df[c].cat.codes
    return books
#> category_codes(__import__("pandas").DataFrame({"g": ["a", "b"]}), ["g"])

#: category_codes_copy
def category_codes(df, cols):
    out, books = df.copy(), {}
    for c in cols:
        cat = out[c].astype("category")
        books[c] = dict(enumerate(cat.cat.categories))
        out[c] = cat.cat.codes
    return out, books
#> category_codes(__import__("pandas").DataFrame({"g": ["a", "b"]}), ["g"])

#: mask_method
def hide_small(df, limit):
    shown = df.mask(df < limit, 0)
    shown["total"] = shown.sum(axis=1)
    return shown
#> hide_small(__import__("pandas").DataFrame({"a": [1, 5]}), 3)

#: index_sorted_view
def by_date(df, col="date"):
    df = df.set_index(col)
    df.sort_index(inplace=True)
    df.index = df.index.astype(str)
    return df
#> by_date(__import__("pandas").DataFrame({"date": ["b", "a"], "v": [1, 2]}))

#: explode_tags
def tag_counts(df):
    tags = df["tags"].str.split(",").explode().str.strip()
    tags = tags[tags != ""]
    counts = tags.value_counts()
    counts.index.name = "tag"
    return counts.reset_index()
#> tag_counts(__import__("pandas").DataFrame({"tags": ["a, b", "a"]}))

#: items_loop_print
def show(df):
    for name, col in df.items():
        print(name, col.dtype)
#> show(__import__("pandas").DataFrame({"a": [1]}))

#: attrs_set
def annotate(df, source):
    df.attrs["source"] = source
    return df
#> annotate(__import__("pandas").DataFrame({"a": [1]}), "x")

#: concat_accumulated
import pandas as pd

def grow(rows):
    df = pd.DataFrame(columns=["k", "v"])
    for k, v in rows:
        df.loc[len(df)] = [k, v]
    return df
#> grow([("a", 1)])

#: melt_inplace_false
def long(df, keep):
    m = df.melt(id_vars=keep)
    m.rename(columns={"value": "v"}, inplace=True)
    m["v"] *= 2
    return m
#> long(__import__("pandas").DataFrame({"k": ["a"], "x": [1]}), ["k"])

#: percentile_rank
def ranked(df, col):
    r = df[col].rank(pct=True)
    r.name = col + "_rank"
    r.iloc[0] = 1.0
    return df.join(r)
#> ranked(__import__("pandas").DataFrame({"x": [1, 2]}), "x")

#: series_update
def patch(s, other):
    s.update(other)
#> patch(__import__("pandas").Series([1, 2]), __import__("pandas").Series([5]))

#: series_iadd_local
def shifted(df, col, by):
    s = df[col].copy()
    s += by
    return s.tolist()
#> shifted(__import__("pandas").DataFrame({"x": [1, 2]}), "x", 1)

#: frame_mul_assign
def scale(df, k):
    df *= k
    return df
#> scale(__import__("pandas").DataFrame({"x": [1, 2]}), 2)

#: frame_mul_rebind
def scale(df, k):
    df = df * k
    df += 1
    return df
#> scale(__import__("pandas").DataFrame({"x": [1, 2]}), 2)

#: zscore_columns
import numpy as np

def zscore(X, eps=1e-9):
    mu, sd = X.mean(axis=0), X.std(axis=0)
    sd[sd < eps] = 1.0
    mu += 0.0
    return (X - mu) / sd
#> zscore(np.ones((2, 2)))

#: add_bias
import numpy as np

def add_bias(X):
    X = np.hstack([np.ones((len(X), 1)), X])
    X[:, 0] *= 2
    return X
#> add_bias(np.ones((2, 2)))

#: clip_in_place
import numpy as np

def clip_in_place(x, lo, hi):
    np.clip(x, lo, hi, out=x)
#> clip_in_place(np.array([1.0, 9.0]), 0, 2)

#: copyto_target
import numpy as np

def fill_from(dst, src):
    np.copyto(dst, src)
    src = src + 1
    src[0] = 9
    return src
#> fill_from(np.zeros(2), np.ones(2))

#: put_values
import numpy as np

def put(a, idx, v):
    np.put(a, idx, v)
    return a.sum()
#> put(np.zeros(2), [0], 1)

#: squeeze_view
import numpy as np

def first_zero(a):
    b = np.squeeze(a)
    b[0] = 0
    return b
#> first_zero(np.ones((1, 2)))

#: broadcast_copy
import numpy as np

def tiled(row, n):
    t = np.tile(row, (n, 1))
    t[0, 0] = -1
    r = np.repeat(row, 2)
    r[0] = -2
    return t, r
#> tiled(np.ones(2), 2)

#: cumsum_out
import numpy as np

def cumulative(a):
    b = np.cumsum(a)
    b -= b[0]
    c = a.cumsum(out=np.empty_like(a))
    c[0] = 7
    return b, c
#> cumulative(np.ones(2))

#: sort_function_copy
import numpy as np

def top_k(a, k):
    s = np.sort(a)[::-1]
    s[k:] = 0
    return s
#> top_k(np.array([1.0, 3.0, 2.0]), 1)

#: argsort_order
import numpy as np

def order_by(a, keys):
    order = np.argsort(keys)
    order = order[::-1]
    order.sort()
    return a[order]
#> order_by(np.array([1.0, 3.0]), np.array([2, 1]))

#: list_of_arrays_scaled
import numpy as np

def scaled(arrays, k):
    arrays = [a * k for a in arrays]
    for a in arrays:
        a += 1
    return arrays
#> scaled([np.ones(2)], 2)

#: list_of_arrays_in_place
import numpy as np

def scaled(arrays, k):
    for a in arrays:
        a *= k
    return arrays
#> scaled([np.ones(2)], 2)

#: dict_of_arrays_momentum
import numpy as np

def step(params, grads, state=None, lr=0.1):
    state = {k: np.zeros_like(v) for k, v in params.items()} if state is None else state
    new = {}
    for k in params:
        v = 0.9 * state[k] + grads[k]
        new[k] = params[k] - lr * v
    return new
#> step({"w": np.ones(2)}, {"w": np.ones(2)})

#: dict_of_arrays_sgd
import numpy as np

def step(params, grads, lr=0.1):
    for k in params:
        params[k] -= lr * grads[k]
#> step({"w": np.ones(2)}, {"w": np.ones(2)})

#: early_return_logging
import logging

log = logging.getLogger(__name__)

def safe_div(a, b):
    if b == 0:
        log.warning("zero")
        return None
    return a / b
#> safe_div(1, 0)
#> safe_div(1, 2)

#: logger_given
def run(jobs, logger):
    done = []
    for j in jobs:
        logger.info("job %s", j)
        done.append(j)
    return done
#> run([1], __import__("logging").getLogger("q"))

#: print_file_stderr
import sys

def warn(msg):
    print(msg, file=sys.stderr)
#> warn("a")

#: pprint_text
from pprint import pformat

def shown(obj):
    text = pformat(obj, width=40)
    lines = text.split("\n")
    lines.insert(0, "#")
    return lines
#> shown({"a": 1})

#: append_to_log_file
def note(path, text):
    with open(path, "a") as f:
        print(text, file=f)
#> note("log.txt", "a")

#: path_write_text
from pathlib import Path

def save_report(folder, name, lines):
    out = Path(folder) / f"{name}.md"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(lines))
    return out
#> save_report("r", "a", ["x"])

#: read_config_cached
import json

_CACHE = {}

def config(path):
    if path not in _CACHE:
        with open(path) as f:
            _CACHE[path] = json.load(f)
    return _CACHE[path]
#> config("data.json")

#: tmp_dir_roundtrip
import os
import tempfile

def roundtrip(text):
    with tempfile.TemporaryDirectory() as d:
        p = os.path.join(d, "a.txt")
        with open(p, "w") as f:
            f.write(text)
        with open(p) as f:
            return f.read()
#> roundtrip("a")

#: glob_sizes
import glob
import os

def sizes(pattern):
    return {os.path.basename(p): os.path.getsize(p) for p in glob.glob(pattern)}
#> sizes("*.csv")

#: remove_if_there
import os

def remove(path):
    if os.path.exists(path):
        os.remove(path)
        return True
    return False
#> remove("notes.txt")

#: shuffle_global
import random

def shuffled(xs):
    xs = xs[:]
    random.shuffle(xs)
    return xs
#> shuffled([1, 2, 3])

#: shuffle_global_argument
import random

def deal(deck, n):
    random.shuffle(deck)
    return [deck.pop() for _ in range(n)]
#> deal([1, 2, 3], 1)

#: sample_frame_seeded
def sampled(df, n, seed=3):
    s = df.sample(n, random_state=seed)
    s["picked"] = True
    return s
#> sampled(__import__("pandas").DataFrame({"x": [1, 2]}), 1)

#: sample_frame_unseeded
def sampled(df, n):
    return df.sample(n).reset_index(drop=True)
#> sampled(__import__("pandas").DataFrame({"x": [1, 2]}), 1)

#: rng_spawned
import numpy as np

def streams(seed, n):
    ss = np.random.SeedSequence(seed)
    rngs = [np.random.default_rng(s) for s in ss.spawn(n)]
    return [r.random() for r in rngs]
#> streams(1, 2)

#: sleep_backoff
import time

def retry(fn, n=2):
    for i in range(n):
        try:
            return fn()
        except ValueError:
            time.sleep(0)
#> retry(lambda: 1)
#> retry(lambda: int("x"))

#: timestamped_name
from datetime import datetime

def run_name(prefix, now=None):
    now = now or datetime.now()
    return f"{prefix}-{now:%Y%m%d}"
#> run_name("a")
#> run_name("a", datetime(2020, 1, 1))

#: figure_two_axes
import matplotlib.pyplot as plt

def compare(a, b):
    fig, (l, r) = plt.subplots(1, 2)
    l.plot(a)
    r.plot(b)
    fig.suptitle("x")
    return fig
#> compare([1], [2])

#: axes_limits_shared
def same_limits(axes):
    lo = min(ax.get_ylim()[0] for ax in axes)
    hi = max(ax.get_ylim()[1] for ax in axes)
    for ax in axes:
        ax.set_ylim(lo, hi)
#> same_limits([__import__("matplotlib.pyplot").pyplot.subplots()[1]])

#: pyplot_show
import matplotlib.pyplot as plt

def show_hist(x):
    plt.hist(x)
    plt.title("h")
    plt.show()
#> show_hist([1, 2])

#: fit_scores_dict
def score_all(models, X, y):
    return {n: m.fit(X, y).score(X, y) for n, m in models.items()}
#> score_all({"r": __import__("sklearn.linear_model").linear_model.Ridge()}, [[1.0], [2.0]], [1.0, 2.0])

#: fit_factory
def cv_scores(make, folds):
    out = []
    for (X, y), (Xt, yt) in folds:
        model = make()
        model.fit(X, y)
        out.append(model.score(Xt, yt))
    return out
#> cv_scores(__import__("sklearn.linear_model").linear_model.Ridge, [(([[1.0], [2.0]], [1.0, 2.0]), ([[1.0], [2.0]], [1.0, 2.0]))])

#: pipeline_params
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import Ridge

def build(alpha):
    pipe = make_pipeline(StandardScaler(), Ridge())
    pipe.set_params(ridge__alpha=alpha)
    return pipe
#> build(2.0)

#: ensemble_average
import numpy as np

def blend(models, X, weights=None):
    preds = [m.predict(X) for m in models]
    w = np.ones(len(preds)) if weights is None else np.asarray(weights, dtype=float)
    w = w / w.sum()
    total = np.zeros(len(X))
    for wi, p in zip(w, preds):
        total += wi * p
    return total
#> blend([__import__("sklearn.linear_model").linear_model.LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0])], [[1.0]], [2.0])

#: threshold_search
import numpy as np

def best_threshold(y, p):
    best, at = -1.0, None
    for t in np.linspace(0, 1, 5):
        hit = (p >= t).astype(int)
        hit[p > 0.99] = 1
        acc = (hit == y).mean()
        if acc > best:
            best, at = acc, t
    return at
#> best_threshold(np.array([0, 1]), np.array([0.2, 0.8]))
