#: normalise_columns
import pandas as pd

def normalise_columns(frame):
    """Lower-case and underscore all column names."""
    frame = frame.copy()
    frame.columns = frame.columns.str.strip().str.lower().str.replace(" ", "_")
    return frame
#> normalise_columns(pd.DataFrame({"A b": [1]}))

#: normalise_columns_in_place
import pandas as pd

def normalise_columns(frame):
    """Lower-case and underscore all column names, in place."""
    frame.columns = [c.strip().lower().replace(" ", "_") for c in frame.columns]
#> normalise_columns(pd.DataFrame({"A b": [1]}))

#: load_or_default
import json
from pathlib import Path

def load_settings(path="settings.json", default=None):
    p = Path(path)
    if p.exists():
        return json.loads(p.read_text())
    return default or {}
#> load_settings()
#> load_settings("data.json")

#: score_models
import numpy as np
from sklearn.linear_model import Lasso, Ridge
from sklearn.model_selection import cross_val_score

def score_models(X, y):
    results = {}
    for name, model in {"ridge": Ridge(), "lasso": Lasso(alpha=0.1)}.items():
        results[name] = cross_val_score(model, X, y, cv=2).mean()
    return max(results, key=results.get), results
#> score_models(np.arange(8.0).reshape(8, 1), np.arange(8.0))

#: bootstrap_ci_seed
import numpy as np

def bootstrap_ci(x, n=10, seed=0):
    rng = np.random.default_rng(seed)
    means = np.array([rng.choice(x, len(x)).mean() for _ in range(n)])
    return np.percentile(means, [2.5, 97.5])
#> bootstrap_ci(np.arange(5.0))

#: mc_pi_global
import random

def estimate_pi(n):
    inside = 0
    for _ in range(n):
        x, y = random.random(), random.random()
        inside += x * x + y * y <= 1
    return 4 * inside / n
#> estimate_pi(10)

#: rolling_features
import pandas as pd

def rolling_features(df, cols, windows=(2, 3)):
    out = df.copy()
    for c in cols:
        for w in windows:
            out[f"{c}_mean_{w}"] = out[c].rolling(w).mean()
    return out.dropna()
#> rolling_features(pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0]}), ["a"])

#: lag_in_place
import pandas as pd

def add_lags(df, col, lags):
    for lag in lags:
        df[f"{col}_lag{lag}"] = df[col].shift(lag)
#> add_lags(pd.DataFrame({"a": [1.0, 2.0]}), "a", [1])

#: top_words
from collections import Counter
import re

def top_words(docs, n=3, stop=frozenset()):
    counts = Counter()
    for doc in docs:
        counts.update(w for w in re.findall(r"[a-z]+", doc.lower()) if w not in stop)
    return counts.most_common(n)
#> top_words(["a b a"])

#: tfidf_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

def tfidf(docs):
    vec = TfidfVectorizer()
    X = vec.fit_transform(docs)
    return X.toarray(), vec.get_feature_names_out()
#> tfidf(["one two", "two"])

#: vectorizer_given
from sklearn.feature_extraction.text import CountVectorizer

def encode(vectorizer, docs, train=False):
    if train:
        vectorizer.fit(docs)
    return vectorizer.transform(docs)
#> encode(CountVectorizer(), ["a1 b1"], train=True)

#: haversine
import numpy as np

def haversine(lat1, lon1, lat2, lon2):
    lat1, lon1, lat2, lon2 = map(np.radians, (lat1, lon1, lat2, lon2))
    d = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * np.arcsin(np.sqrt(d))
#> haversine(1.0, 2.0, 3.0, 4.0)

#: parse_log
import re
from datetime import datetime

PATTERN = re.compile(r"(?P<ip>\S+) \[(?P<ts>[^\]]+)\] (?P<status>\d+)")

def parse_log(line):
    m = PATTERN.match(line)
    if m is None:
        return None
    d = m.groupdict()
    d["ts"] = datetime.strptime(d["ts"], "%Y-%m-%d")
    d["status"] = int(d["status"])
    return d
#> parse_log("1.1.1.1 [2024-01-01] 200")

#: parse_log_file
import re

def statuses(path, bad):
    total = 0
    with open(path) as fh:
        for line in fh:
            if "e" not in line:
                bad.append(line)
                continue
            total += 1
    return total
#> statuses("notes.txt", [])

#: describe_to_markdown
import pandas as pd

def to_markdown(df):
    lines = ["| col | mean |", "|---|---|"]
    for c in df.select_dtypes("number"):
        lines.append(f"| {c} | {df[c].mean():.2f} |")
    return "\n".join(lines)
#> to_markdown(pd.DataFrame({"a": [1]}))

#: print_table
import pandas as pd

def report(df):
    for name, grp in df.groupby("k"):
        print(name, grp["v"].sum())
#> report(pd.DataFrame({"k": ["a"], "v": [1]}))

#: knn_predict
import numpy as np

def knn(train_x, train_y, x, k=1):
    d = ((train_x - x) ** 2).sum(axis=1)
    idx = d.argsort()[:k]
    values, counts = np.unique(train_y[idx], return_counts=True)
    return values[counts.argmax()]
#> knn(np.ones((2, 2)), np.array([0, 1]), np.ones(2))

#: kmeans_lloyd
import numpy as np

def lloyd(X, centers, iters=2):
    for _ in range(iters):
        labels = ((X[:, None] - centers[None]) ** 2).sum(-1).argmin(1)
        for j in range(len(centers)):
            if (labels == j).any():
                centers[j] = X[labels == j].mean(0)
    return centers, labels
#> lloyd(np.arange(8.0).reshape(4, 2), np.array([[0.0, 1.0], [6.0, 7.0]]))

#: kmeans_lloyd_new_centers
import numpy as np

def lloyd(X, centers, iters=2):
    for _ in range(iters):
        labels = ((X[:, None] - centers[None]) ** 2).sum(-1).argmin(1)
        centers = np.array([X[labels == j].mean(0) for j in range(len(centers))])
    return centers, labels
#> lloyd(np.arange(8.0).reshape(4, 2), np.array([[0.0, 1.0], [6.0, 7.0]]))

#: sgd_matrix_factorisation
import numpy as np

def factorise(ratings, P, Q, lr=0.01):
    for u, i, r in ratings:
        e = r - P[u] @ Q[i]
        P[u] += lr * e * Q[i]
        Q[i] += lr * e * P[u]
    return P, Q
#> factorise([(0, 0, 1.0)], np.ones((1, 2)), np.ones((1, 2)))

#: ab_test
from scipy import stats

def ab_test(a, b, alpha=0.05):
    t, p = stats.ttest_ind(a, b, equal_var=False)
    return {"t": t, "p": p, "significant": p < alpha}
#> ab_test([1, 2, 3], [2, 3, 4])

#: permutation_test_global
import numpy as np

def permutation_test(a, b, n=5):
    pooled = np.concatenate([a, b])
    diff = a.mean() - b.mean()
    count = 0
    for _ in range(n):
        np.random.shuffle(pooled)
        count += pooled[:len(a)].mean() - pooled[len(a):].mean() >= diff
    return count / n
#> permutation_test(np.arange(3.0), np.arange(3.0))

#: linprog_plan
from scipy.optimize import linprog

def plan(costs, limits):
    res = linprog([-c for c in costs], A_ub=[[1] * len(costs)], b_ub=[sum(limits)], bounds=[(0, l) for l in limits])
    return res.x
#> plan([1, 2], [3, 4])

#: minimise_with_history
from scipy.optimize import minimize

def fit(f, x0, history):
    def callback(xk):
        history.append(xk.copy())
    return minimize(f, x0, callback=callback).x
#> fit(lambda x: (x[0] - 1) ** 2, [0.0], [])

#: edit_distance_table
def edit(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        table[i][0] = i
    for j in range(len(b) + 1):
        table[0][j] = j
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
    return table[-1][-1]
#> edit("a", "b")

#: memo_default_dict
def fib(n, memo={}):
    if n in memo:
        return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
#> fib(5)

#: memo_given
def fib(n, memo):
    if n < 2:
        return n
    if n not in memo:
        memo[n] = fib(n - 1, memo) + fib(n - 2, memo)
    return memo[n]
#> fib(5, {})

#: game_of_life
import numpy as np

def life(board):
    n = sum(np.roll(np.roll(board, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
    return ((n == 3) | (board & (n == 2))).astype(int)
#> life(np.eye(3, dtype=int))

#: sir_model
def sir(s, i, r, beta, gamma, steps):
    history = [(s, i, r)]
    for _ in range(steps):
        new = beta * s * i
        rec = gamma * i
        s, i, r = s - new, i + new - rec, r + rec
        history.append((s, i, r))
    return history
#> sir(0.9, 0.1, 0.0, 0.3, 0.1, 2)

#: queue_simulation
import heapq
import random

def simulate(n, rate):
    rng = random.Random(1)
    events = []
    for i in range(n):
        heapq.heappush(events, (rng.expovariate(rate), i))
    order = []
    while events:
        order.append(heapq.heappop(events)[1])
    return order
#> simulate(3, 1.0)

#: inventory_update
class Inventory:
    def __init__(self):
        self.stock = {}
        self.log = []

    def receive(self, sku, qty):
        self.stock[sku] = self.stock.get(sku, 0) + qty
        self.log.append(("in", sku, qty))

    def ship(self, sku, qty):
        if self.stock.get(sku, 0) < qty:
            raise ValueError("short")
        self.stock[sku] -= qty
        self.log.append(("out", sku, qty))

def process(inventory, orders):
    done = 0
    for sku, qty in orders:
        try:
            inventory.ship(sku, qty)
            done += 1
        except ValueError:
            continue
    return done
#> process((lambda i: (i.receive("a", 2), i)[1])(Inventory()), [("a", 1)])

#: inventory_total
class Inventory:
    def __init__(self):
        self.stock = {"a": 1}

    def total(self):
        return sum(self.stock.values())

def total(inventories):
    return sum(i.total() for i in inventories)
#> total([Inventory()])

#: iterator_class_countdown
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1

def collect(n):
    return list(Countdown(n))
#> collect(3)

#: iterator_class_given
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1

def collect(countdown):
    return [x for x in countdown]
#> collect(Countdown(3))

#: vector_class_operators
class Vec:
    def __init__(self, *xs):
        self.xs = list(xs)

    def __add__(self, other):
        return Vec(*(a + b for a, b in zip(self.xs, other.xs)))

    def __imul__(self, k):
        self.xs = [x * k for x in self.xs]
        return self

def combine(u, v):
    w = u + v
    w *= 2
    return w
#> combine(Vec(1), Vec(2))

#: vector_class_scaled
class Vec:
    def __init__(self, *xs):
        self.xs = list(xs)

    def __imul__(self, k):
        self.xs = [x * k for x in self.xs]
        return self

def scaled(u, k):
    u *= k
    return u
#> scaled(Vec(1), 2)

#: bank_transfer
class Account:
    def __init__(self, balance=0):
        self.balance = balance

def transfer(src, dst, amount):
    if src.balance < amount:
        return False
    src.balance -= amount
    dst.balance += amount
    return True
#> transfer(Account(5), Account(), 3)

#: descriptor_cached
class cached:
    def __init__(self, fn):
        self.fn = fn
        self.name = fn.__name__

    def __get__(self, obj, owner):
        value = self.fn(obj)
        obj.__dict__[self.name] = value
        return value

class Data:
    def __init__(self, xs):
        self.xs = xs

    @cached
    def total(self):
        return sum(self.xs)

def read(data: Data):
    return data.total
#> read(Data([1]))

#: singleton_registry
class Registry:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.items = {}
        return cls._instance

def register(name, value):
    Registry().items[name] = value
#> register("a", 1)

#: plugin_decorator
HANDLERS = {}

def handler(name):
    def deco(fn):
        HANDLERS[name] = fn
        return fn
    return deco

@handler("sum")
def add(xs):
    return sum(xs)

def dispatch(name, xs):
    return HANDLERS[name](xs)
#> dispatch("sum", [1])

#: retry_decorator_logging
import functools
import logging

def retry(times):
    def deco(fn):
        @functools.wraps(fn)
        def inner(*args, **kwargs):
            for attempt in range(times):
                try:
                    return fn(*args, **kwargs)
                except ValueError:
                    logging.warning("attempt %d failed", attempt)
        return inner
    return deco

@retry(2)
def parse(text):
    return int(text)
#> parse("x")

#: validate_decorator_pure
import functools

def positive(fn):
    @functools.wraps(fn)
    def inner(x):
        if x < 0:
            raise ValueError(x)
        return fn(x)
    return inner

@positive
def root(x):
    return x ** 0.5
#> root(4)

#: context_collects
from contextlib import contextmanager

@contextmanager
def collecting(sink):
    buffer = []
    yield buffer
    sink.extend(buffer)

def gather(sink, values):
    with collecting(sink) as buf:
        for v in values:
            buf.append(v)
#> gather([], [1])

#: context_lock_dict
class Locked:
    def __init__(self):
        self.held = False
        self.data = {}

    def __enter__(self):
        self.held = True
        return self.data

    def __exit__(self, *exc):
        self.held = False
        return False

def put(store, k, v):
    with store as data:
        data[k] = v
#> put(Locked(), 1, 2)

#: generator_moving_average
def moving_average(values, n):
    window = []
    for v in values:
        window.append(v)
        if len(window) > n:
            window.pop(0)
        yield sum(window) / len(window)

def smooth(values):
    return list(moving_average(values, 2))
#> smooth([1, 2, 3])

#: generator_dedupe_shared_seen
def dedupe(items, seen):
    for item in items:
        if item not in seen:
            seen.add(item)
            yield item

def new_items(items, seen):
    return [i for i in dedupe(items, seen)]
#> new_items([1, 1], set())

#: coroutine_average
def averager():
    total, n, avg = 0, 0, None
    while True:
        x = yield avg
        total += x
        n += 1
        avg = total / n

def averages(xs):
    gen = averager()
    next(gen)
    return [gen.send(x) for x in xs]
#> averages([1, 2])

#: closure_bank
def account(balance):
    def deposit(x):
        nonlocal balance
        balance += x
        return balance
    return deposit

def total(amounts):
    deposit = account(0)
    for a in amounts:
        last = deposit(a)
    return last
#> total([1, 2])

#: closure_over_list_argument
def tracker(log):
    return lambda msg: log.append(msg)

def work(log):
    note = tracker(log)
    note("start")
    return 1
#> work([])
