#: impute_by_group
import pandas as pd

def impute_by_group(df: pd.DataFrame, group: str, cols: list) -> pd.DataFrame:
    """Fill missing values with the group's median."""
    out = df.copy()
    for c in cols:
        out[c] = out[c].fillna(out.groupby(group)[c].transform("median"))
    return out
#> impute_by_group(pd.DataFrame({"g": [1, 1], "v": [1.0, None]}), "g", ["v"])

#: impute_inplace_on_column_chain
import pandas as pd

def impute(df):
    med = df["v"].median()
    df["v"].fillna(med, inplace=True)
    return med
#> impute(pd.DataFrame({"v": [1.0, None]}))

#: loc_conditional_bonus
def add_bonus(staff, threshold=10):
    staff.loc[staff["sales"] > threshold, "bonus"] = 100
    staff.loc[staff["sales"] <= threshold, "bonus"] = 0
#> add_bonus(__import__("pandas").DataFrame({"sales": [5, 20]}))

#: where_keeps_original
import numpy as np
import pandas as pd

def flag_outliers(frame, col, z=3.0):
    mu, sd = frame[col].mean(), frame[col].std()
    score = (frame[col] - mu).abs() / sd
    return frame.assign(outlier=np.where(score > z, 1, 0))
#> flag_outliers(pd.DataFrame({"v": [1.0, 2.0]}), "v")

#: slice_then_setitem
def tail_sum(prices, n):
    tail = prices[-n:]
    tail[0] = 0
    return sum(tail)
#> tail_sum([1, 2, 3], 2)

#: array_slice_then_setitem
import numpy as np

def tail_sum(prices: np.ndarray, n: int) -> float:
    tail = prices[-n:]
    tail[0] = 0
    return float(np.sum(tail))
#> tail_sum(np.array([1.0, 2.0, 3.0]), 2)

#: reshape_view_noise
import numpy as np

def add_noise(img, sigma, seed):
    rng = np.random.default_rng(seed)
    flat = img.reshape(-1)
    flat += rng.normal(0, sigma, flat.shape)
    return img
#> add_noise(np.zeros((2, 2)), 0.1, 0)

#: astype_breaks_alias
import numpy as np

def to_unit(img):
    x = img.astype("float32")
    x /= 255.0
    return x
#> to_unit(np.zeros((2, 2), dtype="uint8"))

#: asarray_keeps_alias
import numpy as np

def to_unit(img):
    x = np.asarray(img)
    x /= 255.0
    return x
#> to_unit(np.ones((2, 2)))

#: out_keyword
import numpy as np

def relu(x, buffer=None):
    if buffer is None:
        buffer = np.empty_like(x)
    np.maximum(x, 0, out=buffer)
    return buffer
#> relu(np.array([-1.0]), np.array([2.0]))

#: out_into_itself
import numpy as np

def softplus(x):
    np.exp(x, out=x)
    np.log1p(x, out=x)
    return x
#> softplus(np.array([1.0]))

#: put_and_fill_diagonal
import numpy as np

def no_self_loops(adj, value=0):
    np.fill_diagonal(adj, value)
    return adj.sum(axis=0)
#> no_self_loops(np.ones((2, 2)))

#: einsum_pure
import numpy as np

def attention(q, k, v):
    scores = np.einsum("id,jd->ij", q, k) / np.sqrt(q.shape[1])
    scores -= scores.max(axis=1, keepdims=True)
    w = np.exp(scores)
    w /= w.sum(axis=1, keepdims=True)
    return w @ v
#> attention(np.ones((2, 2)), np.ones((2, 2)), np.ones((2, 2)))

#: kmeans_by_hand
import numpy as np

def kmeans(X, k, iters=3, seed=0):
    rng = np.random.RandomState(seed)
    centers = X[rng.choice(len(X), k, replace=False)]
    for _ in range(iters):
        d = ((X[:, None] - centers[None]) ** 2).sum(-1)
        lab = d.argmin(1)
        for j in range(k):
            if (lab == j).any():
                centers[j] = X[lab == j].mean(0)
    return centers, lab
#> kmeans(np.arange(8.0).reshape(4, 2), 2)

#: gradient_step_in_place
import numpy as np

def sgd_step(params, grads, lr=0.1):
    for p, g in zip(params, grads):
        p -= lr * g
#> sgd_step([np.ones(2)], [np.ones(2)])

#: gradient_step_scalars
def sgd_step(params: dict, grads: dict, lr: float = 0.1) -> dict:
    return {name: value - lr * grads[name] for name, value in params.items()}
#> sgd_step({"w": 1.0}, {"w": 1.0})

#: adam_state
import math

class Adam:
    def __init__(self, lr=0.1):
        self.lr, self.t, self.m = lr, 0, {}

    def step(self, params, grads):
        self.t += 1
        for k, g in grads.items():
            self.m[k] = 0.9 * self.m.get(k, 0.0) + 0.1 * g
            params[k] -= self.lr * self.m[k] / math.sqrt(self.t)
#> Adam().step({"w": 1.0}, {"w": 0.5})

#: early_stop_method
class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.best, self.bad = patience, None, 0

    def __call__(self, loss):
        if self.best is None or loss < self.best:
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        return self.bad >= self.patience

def train(losses, stopper):
    for i, loss in enumerate(losses):
        if stopper(loss):
            return i
    return len(losses)
#> train([3, 2, 1], EarlyStopping(1))

#: confusion_counts
from collections import Counter

def confusion(y_true, y_pred):
    counts = Counter(zip(y_true, y_pred))
    labels = sorted(set(y_true) | set(y_pred))
    return [[counts[(a, b)] for b in labels] for a in labels]
#> confusion([0, 1], [1, 1])

#: vocabulary_update_counter
from collections import Counter

def update_vocab(vocab, docs):
    for doc in docs:
        vocab.update(doc.lower().split())
    return vocab.most_common(2)
#> update_vocab(Counter(), ["a b a"])

#: deque_window
from collections import deque

def moving_average(xs, n):
    window, total, out = deque(maxlen=n), 0.0, []
    for x in xs:
        if len(window) == n:
            total -= window[0]
        window.append(x)
        total += x
        out.append(total / len(window))
    return out
#> moving_average([1, 2, 3], 2)

#: heap_scheduler
import heapq

def run_next(queue, now):
    while queue and queue[0][0] <= now:
        when, name = heapq.heappop(queue)
        yield name

def drain(queue, now):
    return list(run_next(queue, now))
#> drain([(1, "a")], 2)

#: bisect_insert
import bisect

def add_score(board, score, limit=10):
    bisect.insort(board, score)
    del board[limit:]
    return board[-1]
#> add_score([1, 3], 2)

#: defaultdict_of_lists
from collections import defaultdict

def group(rows, key):
    out = defaultdict(list)
    for r in rows:
        out[r[key]].append(r)
    return dict(out)
#> group([{"a": 1}], "a")

#: defaultdict_given_lookup
from collections import defaultdict

def peek(index: defaultdict, key):
    return len(index[key])
#> peek(defaultdict(list), "a")

#: chained_assignment_shared
def make_grid(n):
    row = [0] * n
    grid = [row] * n
    grid[0][0] = 1
    return grid
#> make_grid(2)

#: swap_columns_nested
def swap(table, i, j):
    for row in table:
        row[i], row[j] = row[j], row[i]
#> swap([[1, 2]], 0, 1)

#: tuple_contains_list
def append_to_pair(pair, x):
    name, values = pair
    values.append(x)
    return name
#> append_to_pair(("a", [1]), 2)

#: star_args_mutated
def extend_all(*lists, value=None):
    for xs in lists:
        xs.append(value)
#> extend_all([1], [2], value=3)

#: kwargs_are_copies
def with_defaults(**options):
    options.setdefault("depth", 3)
    options["seed"] = 1
    return options
#> with_defaults(depth=1)

#: dict_options_pop
def build(options):
    depth = options.pop("depth", 3)
    return {"depth": depth, **options}
#> build({"depth": 2})

#: try_finally_cleanup
import os

def with_temp(text):
    path = "scratch.txt"
    try:
        with open(path, "w") as f:
            f.write(text)
        return os.path.getsize(path)
    finally:
        os.remove(path)
#> with_temp("abc")

#: tempfile_roundtrip
import json
import tempfile
from pathlib import Path

def roundtrip(obj):
    with tempfile.TemporaryDirectory() as d:
        p = Path(d) / "x.json"
        p.write_text(json.dumps(obj))
        return json.loads(p.read_text())
#> roundtrip({"a": 1})

#: pickle_to_bytes
import pickle

def size_of(obj):
    return len(pickle.dumps(obj))
#> size_of([1, 2])

#: pickle_load_file
import pickle

def save_and_load(model, path="m.pkl"):
    with open(path, "wb") as f:
        pickle.dump(model, f)
    with open(path, "rb") as f:
        return pickle.load(f)
#> save_and_load({"a": 1})

#: gzip_lines
import gzip

def count_lines(path):
    with gzip.open(path, "rt") as f:
        return sum(1 for _ in f)

def compress(src, dst):
    with open(src, "rb") as a, gzip.open(dst, "wb") as b:
        b.write(a.read())
    return count_lines(dst)
#> compress("notes.txt", "n.gz")

#: configparser_text
import configparser

def parse_ini(text):
    cp = configparser.ConfigParser()
    cp.read_string(text)
    return {s: dict(cp[s]) for s in cp.sections()}
#> parse_ini("[a]\nb = 1\n")

#: configparser_file
import configparser

def get(path, section, key, fallback=None):
    cp = configparser.ConfigParser()
    cp.read(path)
    return cp.get(section, key, fallback=fallback)
#> get("settings.ini", "a", "b")

#: argparse_defaults
import argparse

def parse(argv):
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=3)
    p.add_argument("--tag", action="append", default=[])
    ns = p.parse_args(argv)
    ns.tag.append("x")
    return ns
#> parse(["--n", "4"])

#: uuid_and_hash
import hashlib
import uuid

def key_for(name):
    h = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{h}-{uuid.uuid4().hex[:4]}"
#> key_for("a")

#: hash_updates_given
import hashlib

def feed(digest, chunks):
    for c in chunks:
        digest.update(c)
    return digest.hexdigest()
#> feed(hashlib.md5(), [b"a"])

#: struct_and_bytes
import struct

def pack(points):
    buf = bytearray()
    for x, y in points:
        buf += struct.pack("<ff", x, y)
    return bytes(buf)
#> pack([(1.0, 2.0)])

#: bytearray_given
def xor_in_place(buf: bytearray, key: int) -> bytearray:
    for i in range(len(buf)):
        buf[i] ^= key
    return buf
#> xor_in_place(bytearray(b"ab"), 3)

#: memoryview_writes
def blank(buf, start, stop):
    view = memoryview(buf)[start:stop]
    view[:] = b"\x00" * (stop - start)
#> blank(bytearray(b"abcd"), 1, 3)

#: print_to_stderr
import sys

def complain(msg, level=1):
    if level > 0:
        print("warning:", msg, file=sys.stderr)
    return level
#> complain("x")

#: print_into_buffer
import io

def table(rows):
    out = io.StringIO()
    for r in rows:
        print(*r, sep="\t", file=out)
    return out.getvalue()
#> table([(1, 2)])

#: pprint_returns_text
from pprint import pformat

def show(obj):
    return pformat(obj, width=20)
#> show({"a": [1, 2]})

#: input_confirm
def confirm(question):
    return input(question + " [y/n] ").strip().lower() == "y"
#> confirm("ok?")

#: signal_free_timeout
import time

def wait_until(check, limit=0.01):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if check():
            return True
    return False

def ready():
    return wait_until(lambda: True)
#> ready()

#: random_walk_numpy_global
import numpy as np

def walk(n):
    steps = np.random.choice([-1, 1], size=n)
    return np.cumsum(steps)
#> walk(5)

#: seed_then_draw
import numpy as np

def reproducible(n):
    np.random.seed(7)
    return np.random.rand(n)
#> reproducible(2)

#: split_without_state
from sklearn.model_selection import train_test_split

def split(X, y, frac=0.5):
    return train_test_split(X, y, test_size=frac)
#> split([[1], [2], [3], [4]], [0, 1, 0, 1])

#: split_with_state
from sklearn.model_selection import KFold

def folds(X, n=2, seed=1):
    kf = KFold(n_splits=n, shuffle=True, random_state=seed)
    return [test.tolist() for _, test in kf.split(X)]
#> folds([[1], [2]])

#: forest_without_seed
from sklearn.ensemble import RandomForestClassifier

def fit_forest(X, y, trees=3):
    clf = RandomForestClassifier(n_estimators=trees)
    clf.fit(X, y)
    return clf.predict(X)
#> fit_forest([[0], [1]], [0, 1])

#: custom_transformer_fit
from sklearn.base import BaseEstimator, TransformerMixin
import numpy as np

class Clipper(BaseEstimator, TransformerMixin):
    def __init__(self, q=0.1):
        self.q = q

    def fit(self, X, y=None):
        self.low_ = np.quantile(X, self.q, axis=0)
        return self

    def transform(self, X):
        return np.maximum(X, self.low_)

def prepare(clipper, X):
    return clipper.fit_transform(X)
#> prepare(Clipper(), np.array([[1.0], [2.0]]))

#: sparse_matrix_set
from scipy.sparse import lil_matrix

def mark(m, cells):
    for i, j in cells:
        m[i, j] = 1
    return m.tocsr()
#> mark(lil_matrix((2, 2)), [(0, 1)])

#: scipy_minimize_closure
from scipy.optimize import minimize
import numpy as np

def fit_line(x, y):
    trace = []
    def loss(p):
        trace.append(p.copy())
        return float(np.sum((p[0] * x + p[1] - y) ** 2))
    res = minimize(loss, [0.0, 0.0])
    return res.x, len(trace)
#> fit_line(np.array([0.0, 1.0]), np.array([1.0, 3.0]))

#: enum_flag_state
from enum import Enum, auto

class State(Enum):
    IDLE = auto()
    BUSY = auto()

class Machine:
    def __init__(self):
        self.state = State.IDLE
        self.log = []

    def fire(self):
        self.state = State.BUSY if self.state is State.IDLE else State.IDLE
        self.log.append(self.state)
        return self.state

def pulse(m, n):
    return [m.fire() for _ in range(n)]
#> pulse(Machine(), 2)

#: contextmanager_restores_attr
from contextlib import contextmanager

@contextmanager
def temporarily(obj, name, value):
    old = getattr(obj, name)
    setattr(obj, name, value)
    try:
        yield obj
    finally:
        setattr(obj, name, old)

class Settings:
    debug = False

    def __init__(self):
        self.level = 1

def run(settings):
    with temporarily(settings, "level", 5) as s:
        return s.level * 2
#> run(Settings())
