#: clean_prices
import pandas as pd

def clean_prices(df):
    df["price"] = df["price"].str.replace("$", "", regex=False).astype(float)
    df = df[df["price"] > 0]
    df = df.sort_values("price").reset_index(drop=True)
    return df
#> clean_prices(pd.DataFrame({"price": ["$1.0", "$0.0"]}))

#: feature_matrix
import numpy as np
import pandas as pd

def feature_matrix(df, features, target="y"):
    X = df[features].to_numpy(dtype=float)
    y = df[target].to_numpy()
    X = np.hstack([np.ones((len(X), 1)), X])
    return X, y
#> feature_matrix(pd.DataFrame({"a": [1, 2], "y": [0, 1]}), ["a"])

#: encode_inplace
def encode(df, col, mapping):
    df[col].replace(mapping)
    df[col] = df[col].map(mapping)
#> encode(__import__("pandas").DataFrame({"c": ["x", "y"]}), "c", {"x": 0, "y": 1})

#: replace_result_dropped
def encode(df, col, mapping):
    df[col].map(mapping)
    df.dropna()
    return df
#> encode(__import__("pandas").DataFrame({"c": ["x", "y"]}), "c", {"x": 0, "y": 1})

#: pivot_and_plot
import matplotlib.pyplot as plt
import pandas as pd

def heat(df, path):
    table = df.pivot_table(index="a", columns="b", values="v", aggfunc="sum").fillna(0)
    plt.figure()
    plt.imshow(table.values)
    plt.colorbar()
    plt.savefig(path)
    plt.close()
#> heat(pd.DataFrame({"a": [1, 2], "b": [1, 2], "v": [3, 4]}), "h.png")

#: df_plot_method
def quick_plot(df):
    ax = df.plot(x="a", y="b", title="t")
    ax.set_ylabel("b")
    return ax
#> quick_plot(__import__("pandas").DataFrame({"a": [1, 2], "b": [3, 4]}))

#: to_numpy_view_write
def zero_first(df):
    values = df["a"].to_numpy(copy=True)
    values[0] = 0
    return values
#> zero_first(__import__("pandas").DataFrame({"a": [1, 2]}))

#: index_rename
def name_index(df, name):
    df.index.name = name
    return df
#> name_index(__import__("pandas").DataFrame({"a": [1, 2]}), "id")

#: stack_frames_loop
import pandas as pd

def load_many(paths):
    out = None
    for p in paths:
        part = pd.read_csv(p)
        part["source"] = p
        out = part if out is None else pd.concat([out, part])
    return out
#> load_many(["data.csv"])

#: read_or_empty
import pandas as pd

def read_or_empty(path):
    try:
        return pd.read_csv(path)
    except FileNotFoundError:
        print("missing", path)
        return pd.DataFrame()
#> read_or_empty("data.csv")
#> read_or_empty("none.csv")

#: chunk_sum
import pandas as pd

def total(path, col):
    s = 0
    for chunk in pd.read_csv(path, chunksize=1):
        s += chunk[col].sum()
    return s
#> total("data.csv", "a")

#: merge_indicator
import pandas as pd

def missing_keys(a, b, on):
    m = a.merge(b, on=on, how="left", indicator=True)
    return m.loc[m["_merge"] == "left_only", on].tolist()
#> missing_keys(pd.DataFrame({"k": [1, 2]}), pd.DataFrame({"k": [1]}), "k")

#: numpy_random_choice_legacy
import numpy as np

def bootstrap_ci(x, n=10):
    means = np.array([np.random.choice(x, len(x)).mean() for _ in range(n)])
    return np.percentile(means, [5, 95])
#> bootstrap_ci(np.arange(5.0))

#: noise_added
import numpy as np

def add_noise(signal, sigma, rng):
    signal += rng.normal(0, sigma, signal.shape)
    return signal
#> add_noise(np.zeros(3), 1.0, np.random.default_rng(0))

#: noise_new
import numpy as np

def noisy(signal, sigma, seed=0):
    rng = np.random.default_rng(seed)
    return signal + rng.normal(0, sigma, size=len(signal))
#> noisy(np.zeros(3), 1.0)

#: swap_rows
def swap_rows(m, i, j):
    m[[i, j]] = m[[j, i]]
#> swap_rows(__import__("numpy").eye(2), 0, 1)

#: standardize_loop
import numpy as np

def standardize(X):
    X = X.astype(float)
    for j in range(X.shape[1]):
        X[:, j] = (X[:, j] - X[:, j].mean()) / (X[:, j].std() or 1)
    return X
#> standardize(np.array([[1, 2], [3, 4]]))

#: standardize_loop_inplace
def standardize(X):
    for j in range(X.shape[1]):
        X[:, j] -= X[:, j].mean()
    return X
#> standardize(__import__("numpy").array([[1.0, 2.0], [3.0, 4.0]]))

#: perceptron
import numpy as np

class Perceptron:
    def __init__(self, lr=0.1, epochs=2):
        self.lr, self.epochs = lr, epochs

    def fit(self, X, y):
        self.w_ = np.zeros(X.shape[1])
        for _ in range(self.epochs):
            for xi, t in zip(X, y):
                self.w_ += self.lr * (t - self.predict(xi)) * xi
        return self

    def predict(self, x):
        return int(x @ self.w_ > 0)

def train(X, y):
    return Perceptron().fit(X, y).w_
#> train(np.eye(2), [0, 1])

#: pca_by_hand
import numpy as np

def pca(X, k):
    Xc = X - X.mean(axis=0)
    cov = Xc.T @ Xc / (len(X) - 1)
    vals, vecs = np.linalg.eigh(cov)
    order = np.argsort(vals)[::-1][:k]
    return Xc @ vecs[:, order]
#> pca(np.arange(6.0).reshape(3, 2), 1)

#: scaler_state
from sklearn.preprocessing import MinMaxScaler

def scale_columns(df, cols):
    scaler = MinMaxScaler()
    df[cols] = scaler.fit_transform(df[cols])
    return scaler
#> scale_columns(__import__("pandas").DataFrame({"a": [1.0, 2.0]}), ["a"])

#: label_encoder_loop
from sklearn.preprocessing import LabelEncoder

def encode_all(df):
    encoders = {}
    for col in df.select_dtypes(exclude="number").columns:
        enc = LabelEncoder()
        df[col] = enc.fit_transform(df[col])
        encoders[col] = enc
    return encoders
#> encode_all(__import__("pandas").DataFrame({"a": ["x", "y"]}))

#: kfold_scores
from sklearn.model_selection import KFold
from sklearn.linear_model import LinearRegression
import numpy as np

def kfold_r2(X, y, n=2):
    out = []
    for tr, te in KFold(n, shuffle=True, random_state=0).split(X):
        m = LinearRegression().fit(X[tr], y[tr])
        out.append(m.score(X[te], y[te]))
    return np.mean(out)
#> kfold_r2(np.arange(8.0).reshape(-1, 1), np.arange(8.0))

#: warm_start_model
def continue_training(model, batches):
    for X, y in batches:
        model.partial_fit(X, y)
    return model
#> continue_training(__import__("sklearn.linear_model").linear_model.SGDRegressor(random_state=0), [([[0.0], [1.0]], [0.0, 1.0])])

#: save_report
import json
import os
from datetime import date

def save_report(metrics, folder="reports"):
    os.makedirs(folder, exist_ok=True)
    metrics["date"] = date.today().isoformat()
    path = os.path.join(folder, "metrics.json")
    with open(path, "w") as f:
        json.dump(metrics, f)
    return path
#> save_report({"r2": 0.5})

#: config_merged
import json

DEFAULTS = {"lr": 0.1, "layers": [8, 8]}

def load_config(path, overrides=None):
    config = dict(DEFAULTS)
    with open(path) as f:
        config.update(json.load(f))
    if overrides:
        config.update(overrides)
    return config
#> load_config("data.json")

#: config_shared_list
DEFAULTS = {"lr": 0.1, "layers": [8, 8]}

def deeper():
    config = dict(DEFAULTS)
    config["layers"].append(8)
    return config
#> deeper()

#: env_or_argument
import os

def token(value=None):
    return value or os.environ["HOME"]
#> token()
#> token("x")

#: verbose_logger
import logging

log = logging.getLogger("etl")

class Step:
    def __init__(self, name):
        self.name = name

    def run(self, rows):
        log.info("running %s on %d rows", self.name, len(rows))
        return [self.apply(r) for r in rows]

    def apply(self, row):
        return row

class Upper(Step):
    def apply(self, row):
        return row.upper()

def execute(rows):
    return Upper("upper").run(rows)
#> execute(["a"])

#: mixin_counts
class CountMixin:
    def count(self):
        self.n = getattr(self, "n", 0) + 1

class Reader(CountMixin):
    def read(self, lines):
        for _ in lines:
            self.count()
        return self.n

def read_all(lines):
    return Reader().read(lines)
#> read_all(["a"])

#: static_and_class
class Temperature:
    unit = "C"

    @staticmethod
    def to_f(c):
        return c * 9 / 5 + 32

    @classmethod
    def use(cls, unit):
        cls.unit = unit

def switch(unit):
    Temperature.use(unit)
    return Temperature.unit
#> switch("F")

#: observer
class Subject:
    def __init__(self):
        self._observers = []

    def attach(self, fn):
        self._observers.append(fn)

    def notify(self, value):
        for fn in self._observers:
            fn(value)

def watch(values):
    seen = []
    s = Subject()
    s.attach(seen.append)
    s.attach(print)
    for v in values:
        s.notify(v)
    return seen
#> watch([1])

#: iterator_class
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n

def exhaust(c):
    return list(c)
#> exhaust(Countdown(3))

#: len_bool_pure
class Bag:
    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __contains__(self, x):
        return x in self.items

def has(items, x):
    b = Bag(items)
    return bool(b) and x in b
#> has([1], 1)

#: operator_overload_new
class Vec:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

def total(vs):
    acc = Vec(0, 0)
    for v in vs:
        acc += v
    return acc.x, acc.y
#> total([Vec(1, 2)])

#: weak_copy_of_self
import copy

class Settings:
    def __init__(self):
        self.tags = []

    def with_tag(self, tag):
        new = copy.copy(self)
        new.tags.append(tag)
        return new
#> Settings().with_tag("a")

#: deepcopy_of_self
import copy

class Settings:
    def __init__(self):
        self.tags = []

    def with_tag(self, tag):
        new = copy.deepcopy(self)
        new.tags.append(tag)
        return new
#> Settings().with_tag("a")

#: setdefault_append
def index_words(words, index):
    for w in words:
        index.setdefault(w[0], []).append(w)
    return index
#> index_words(["ab"], {})

#: del_slice
def trim(history, n):
    del history[:-n]
    return history
#> trim([1, 2, 3], 1)

#: slice_assign_copy
def trim(history, n):
    history = history[-n:]
    history[0] = None
    return history
#> trim([1, 2, 3], 1)

#: unpack_swap
def sort_pair(p):
    p[0], p[1] = min(p), max(p)
    return p
#> sort_pair([2, 1])

#: nested_comprehension_side_effect
def flatten(groups, out):
    [out.append(x) for g in groups for x in g]
#> flatten([[1]], [])

#: reduce_accumulate
from functools import reduce

def merge_all(dicts):
    return reduce(lambda a, b: {**a, **b}, dicts, {})
#> merge_all([{"a": 1}, {"b": 2}])

#: reduce_mutates_first
from functools import reduce

def merge_all(dicts):
    return reduce(lambda a, b: a.update(b) or a, dicts)
#> merge_all([{"a": 1}, {"b": 2}])

#: zip_longest_pad
from itertools import zip_longest

def columns(rows):
    return [list(c) for c in zip_longest(*rows, fillvalue=None)]
#> columns([[1], [1, 2]])

#: islice_consumes
from itertools import islice

def header(lines, n):
    return list(islice(lines, n))
#> header(iter(["a", "b"]), 1)

#: groupby_sorted
from itertools import groupby

def runs(values):
    return [(k, len(list(g))) for k, g in groupby(values)]
#> runs([1, 1, 2])

#: generator_pipeline
def parse(lines):
    for line in lines:
        yield line.strip().split(",")

def numbers(rows):
    for row in rows:
        yield [float(x) for x in row]

def load(path):
    with open(path) as f:
        next(f)
        return list(numbers(parse(f)))
#> load("data.csv")

#: lazy_writer
def write_lines(lines, path):
    with open(path, "w") as f:
        for line in lines:
            f.write(line)
            yield line

def prepare(lines, path):
    return write_lines(lines, path)
#> prepare(["a"], "o.txt")

#: context_timer_prints
import time
from contextlib import contextmanager

@contextmanager
def timer(label):
    t = time.perf_counter()
    yield
    print(label, time.perf_counter() - t)

def work(n):
    with timer("work"):
        return sum(range(n))
#> work(3)

#: context_db
import sqlite3
from contextlib import contextmanager

@contextmanager
def connection(path):
    con = sqlite3.connect(path)
    try:
        yield con
        con.commit()
    finally:
        con.close()

def add_user(path, name):
    with connection(path) as con:
        con.execute("create table if not exists u (n text)")
        con.execute("insert into u values (?)", (name,))
#> add_user("u.db", "x")

#: conditional_import_json
def dumps(data, pretty=False):
    if pretty:
        from pprint import pformat
        return pformat(data)
    import json
    return json.dumps(data)
#> dumps({})
#> dumps({}, True)

#: conditional_global
_model = None

def get_model(path):
    global _model
    if _model is None:
        with open(path) as f:
            _model = f.read()
    return _model
#> get_model("notes.txt")

#: assert_only
def check_positive(values):
    assert all(v > 0 for v in values), "negative"
    return values
#> check_positive([1])

#: raise_with_print
def check_columns(columns, needed):
    missing = set(needed) - set(columns)
    if missing:
        print("missing:", missing)
        raise KeyError(sorted(missing))
    return True
#> check_columns(["a"], ["b"])
#> check_columns(["a"], ["a"])

#: recursive_dir_size
import os

def dir_size(path):
    total = 0
    for entry in os.scandir(path):
        total += dir_size(entry.path) if entry.is_dir() else entry.stat().st_size
    return total
#> dir_size(".")

#: lambda_default_capture
def scheduler(tasks):
    queue = []
    for t in tasks:
        queue.append(lambda t=t: t["done"].append(True))
    for job in queue:
        job()
#> scheduler([{"done": []}])

#: setattr_from_dict
class Model:
    pass

def hydrate(payload):
    m = Model()
    for k, v in payload.items():
        setattr(m, k, v)
    m.tags.append("new")
    return m
#> hydrate({"tags": []})

#: print_to_buffer
import io

def table_text(rows):
    out = io.StringIO()
    for r in rows:
        print(*r, sep="\t", file=out)
    return out.getvalue()
#> table_text([(1, 2)])

#: mock_patch_used
from unittest import mock
import random

def fixed_draw():
    with mock.patch("random.random", return_value=0.5):
        return random.random()
#> fixed_draw()

#: webhook
import requests

def notify(url, message, dry_run=False):
    payload = {"text": message}
    if dry_run:
        return payload
    return requests.post(url, json=payload, timeout=0.2).ok
#> notify("http://127.0.0.1:9/", "x", dry_run=True)
#> notify("http://127.0.0.1:9/", "x")
