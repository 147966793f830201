#: winsorize
import numpy as np

def winsorize(x, share=0.05):
    lo, hi = np.quantile(x, [share, 1 - share])
    x[x < lo] = lo
    x[x > hi] = hi
    return x
#> winsorize(np.arange(30.0))

#: lagged_features
import pandas as pd

def make_lags(data, col, n):
    result = data[[col]]
    for k in range(1, n + 1):
        result = result.assign(**{f"lag_{k}": data[col].shift(k)})
    return result.dropna()
#> make_lags(pd.DataFrame({"v": [1.0, 2.0, 3.0]}), "v", 1)

#: chained_filter_warning
import pandas as pd

def flag_late(orders):
    late = orders.loc[orders["days"] > 3].copy()
    late["flag"] = "late"
    orders["checked"] = True
    return late
#> flag_late(pd.DataFrame({"days": [1, 5]}))

#: multi_assign_tuple
def split_name(people):
    people[["first", "last"]] = people["name"].str.split(" ", n=1, expand=True)
    return people.drop(columns="name")
#> split_name(__import__("pandas").DataFrame({"name": ["a b", "c d"]}))

#: append_rows
import pandas as pd

def append_row(table, row):
    table.loc[len(table)] = row
    return table
#> append_row(pd.DataFrame({"a": [1], "b": [2]}), [3, 4])

#: concat_list_of_frames
import pandas as pd

def combine(frames):
    frames.append(pd.DataFrame({"a": [0]}))
    return pd.concat(frames)
#> combine([pd.DataFrame({"a": [1]})])

#: dict_of_frames
def rename_all(tables, mapping):
    return {k: t.rename(columns=mapping) for k, t in tables.items()}
#> rename_all({"x": __import__("pandas").DataFrame({"a": [1]})}, {"a": "b"})

#: dict_of_frames_inplace
def rename_all(tables, mapping):
    for t in tables.values():
        t.rename(columns=mapping, inplace=True)
#> rename_all({"x": __import__("pandas").DataFrame({"a": [1]})}, {"a": "b"})

#: cumulative_inplace
import numpy as np

def prefix_sums(a):
    for i in range(1, len(a)):
        a[i] += a[i - 1]
    return a
#> prefix_sums(np.array([1, 2, 3]))

#: augmented_element_of_local
import numpy as np

def histogram(values, bins):
    counts = np.zeros(bins, dtype=int)
    for v in values:
        counts[int(v) % bins] += 1
    return counts
#> histogram([1, 2, 3], 2)

#: array_default_augmented
import numpy as np

def offset(a, by=1.0):
    b = a
    b += by
    return b
#> offset(np.zeros(2))

#: array_abs_new
import numpy as np

def distances(points, center):
    diff = points - center
    diff **= 2
    return np.sqrt(diff.sum(axis=1))
#> distances(np.ones((2, 2)), np.zeros(2))

#: put_and_take
import numpy as np

def scatter_add(target, idx, values):
    np.add.at(target, idx, values)
#> scatter_add(np.zeros(3), [0, 0], [1.0, 2.0])

#: resized_copy
import numpy as np

def pad(a, n):
    out = np.pad(a, (0, n))
    out[-1] = 5
    return out
#> pad(np.ones(2), 1)

#: setflags_frozen
def freeze(a):
    a.setflags(write=False)
    return a
#> freeze(__import__("numpy").ones(2))

#: matrix_solve
import numpy as np

def ridge(X, y, lam):
    d = X.shape[1]
    A = X.T @ X
    A[np.diag_indices(d)] += lam
    return np.linalg.solve(A, X.T @ y)
#> ridge(np.eye(2), np.ones(2), 0.1)

#: epsilon_greedy
import random

class Bandit:
    def __init__(self, arms, eps=0.1):
        self.values = [0.0] * arms
        self.eps = eps

    def pick(self):
        if random.random() < self.eps:
            return random.randrange(len(self.values))
        return self.values.index(max(self.values))
#> Bandit(3).pick()

#: seeded_bandit
import random

class Bandit:
    def __init__(self, arms, seed):
        self.rng = random.Random(seed)
        self.values = [0.0] * arms

    def pull(self, arm):
        reward = self.rng.gauss(0, 1)
        self.values[arm] += 0.1 * (reward - self.values[arm])
        return reward
#> Bandit(2, 1).pull(0)

#: early_stopping
class EarlyStopping:
    def __init__(self, patience=2):
        self.patience = patience
        self.best = None
        self.bad = 0

    def update(self, loss):
        if self.best is None or loss < self.best:
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        return self.bad >= self.patience

def should_stop(stopper, losses):
    return any(stopper.update(l) for l in losses)
#> should_stop(EarlyStopping(), [1.0, 2.0])

#: metric_tracker
from collections import defaultdict

class Tracker:
    def __init__(self):
        self.history = defaultdict(list)

    def log(self, **metrics):
        for k, v in metrics.items():
            self.history[k].append(v)

def train(epochs):
    tracker = Tracker()
    for e in range(epochs):
        tracker.log(loss=1 / (e + 1))
    return dict(tracker.history)
#> train(2)

#: data_loader_iter
import numpy as np

class Loader:
    def __init__(self, X, batch):
        self.X, self.batch = X, batch

    def __iter__(self):
        for i in range(0, len(self.X), self.batch):
            yield self.X[i:i + self.batch]

def total(X):
    return sum(b.sum() for b in Loader(X, 2))
#> total(np.ones(5))

#: data_loader_scales_batch
import numpy as np

class Loader:
    def __init__(self, X, batch):
        self.X, self.batch = X, batch

    def __iter__(self):
        for i in range(0, len(self.X), self.batch):
            yield self.X[i:i + self.batch]

def scale(X):
    for b in Loader(X, 2):
        b *= 2
#> scale(np.ones(5))

#: stack_undo
class Editor:
    def __init__(self, text=""):
        self.text = text
        self.undo_stack = []

    def write(self, more):
        self.undo_stack.append(self.text)
        self.text += more
        return self

    def undo(self):
        if self.undo_stack:
            self.text = self.undo_stack.pop()

def session():
    e = Editor()
    e.write("a").write("b")
    e.undo()
    return e.text
#> session()

#: abstract_base
from abc import ABC, abstractmethod

class Store(ABC):
    @abstractmethod
    def put(self, key, value): ...

class Memory(Store):
    def __init__(self):
        self.items = {}

    def put(self, key, value):
        self.items[key] = value

def fill(store, n):
    for i in range(n):
        store.put(i, i * i)
#> fill(Memory(), 2)

#: namedtuple_replace
from collections import namedtuple

Point = namedtuple("Point", "x y")

def move(p, dx):
    return p._replace(x=p.x + dx)
#> move(Point(1, 2), 3)

#: dataclass_default_factory_shared
from dataclasses import dataclass, field

@dataclass
class Team:
    name: str
    members: list = field(default_factory=list)

def merge(a, b):
    team = Team(a.name + b.name, a.members)
    team.members.extend(b.members)
    return team
#> merge(Team("x", ["p"]), Team("y", ["q"]))

#: dataclass_post_init
from dataclasses import dataclass

@dataclass
class Box:
    w: float
    h: float

    def __post_init__(self):
        self.area = self.w * self.h

def total_area(sizes):
    return sum(Box(w, h).area for w, h in sizes)
#> total_area([(1, 2)])

#: eq_hash_set
class Tag:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return self.name == other.name

    def __hash__(self):
        return hash(self.name)

def unique(tags):
    return sorted({t for t in tags}, key=lambda t: t.name)
#> unique([Tag("a"), Tag("a")])

#: monkeypatch_method
class Greeter:
    def hello(self):
        return "hi"

def patch():
    Greeter.hello = lambda self: "patched"
#> patch()

#: module_constant_changed
LIMITS = {"low": 1, "high": 10}

def widen(factor):
    LIMITS["high"] *= factor
    return LIMITS["high"]
#> widen(2)

#: module_constant_copied
LIMITS = {"low": 1, "high": 10}

def widened(factor):
    limits = dict(LIMITS)
    limits["high"] *= factor
    return limits
#> widened(2)

#: alias_of_global
CACHE = []

def remember(x):
    store = CACHE
    store.append(x)
    return len(store)
#> remember(1)

#: globals_written
def define(name, value):
    globals()[name] = value
#> define("zeta", 1)

#: function_attribute
def visits():
    visits.count = getattr(visits, "count", 0) + 1
    return visits.count
#> visits()

#: nonlocal_accumulator_returned
def accumulator(start):
    total = start
    def add(x):
        nonlocal total
        total += x
        return total
    add(1)
    return add(2)
#> accumulator(0)

#: callback_with_default
def walk(tree, visit=print):
    visit(tree["name"])
    for child in tree.get("children", ()):
        walk(child, visit)
#> walk({"name": "a"})

#: callback_given_list_append
def walk(tree, visit):
    visit(tree["name"])
    for child in tree.get("children", ()):
        walk(child, visit)

def names(tree):
    out = []
    walk(tree, out.append)
    return out
#> names({"name": "a", "children": [{"name": "b"}]})

#: sorted_with_side_effect_key
def ranked(items, seen):
    def key(x):
        seen.append(x)
        return -x
    return sorted(items, key=key)
#> ranked([1, 2], [])

#: filter_lazy
def pending(items, log):
    return filter(lambda x: log.append(x) or x > 1, items)
#> pending([1, 2], [])

#: any_shortcircuit
def first_bad(items, bad):
    return any(bad.append(x) is None for x in items if x < 0)
#> first_bad([1, -1], [])

#: decorator_with_state
def limited(n):
    def decorate(f):
        used = []
        def inner(*args):
            if len(used) >= n:
                raise RuntimeError("limit")
            used.append(args)
            return f(*args)
        return inner
    return decorate

@limited(3)
def ping(x):
    return x
#> ping(1)

#: decorator_copies_argument
import copy
import functools

def safe(f):
    @functools.wraps(f)
    def inner(data):
        return f(copy.deepcopy(data))
    return inner

@safe
def add_total(data):
    data["total"] = sum(data["values"])
    return data
#> add_total({"values": [1, 2]})

#: decorator_writes_file
import functools

def audited(path):
    def decorate(f):
        @functools.wraps(f)
        def inner(*args):
            with open(path, "a") as log:
                log.write(f.__name__ + "\n")
            return f(*args)
        return inner
    return decorate

@audited("audit.log")
def pay(amount):
    return amount * 1.2
#> pay(3)

#: context_chdir
import os
from contextlib import contextmanager

@contextmanager
def inside(folder):
    old = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(old)

def list_inside(folder):
    with inside(folder):
        return sorted(os.listdir("."))
#> list_inside(".")

#: context_env
import os
from contextlib import contextmanager

@contextmanager
def env(name, value):
    os.environ[name] = value
    yield
    del os.environ[name]

def shout(f):
    with env("MODE", "loud"):
        return os.environ["MODE"]
#> shout(None)

#: context_swallows
class Ignore:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return kind is KeyError

def pick(d, key, out):
    with Ignore():
        out.append(d[key])
    return out
#> pick({}, "a", [])
#> pick({"a": 1}, "a", [])

#: context_swallows_rebinding
class Ignore:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return True

def clean(rows, key):
    with Ignore():
        rows[key]
        rows = list(rows)
    rows.append(0)
    return rows
#> clean([1], 5)

#: suppress_renamed
from contextlib import suppress as ignore

def clean(rows, key):
    with ignore(IndexError):
        rows[key]
        rows = list(rows)
    rows.append(0)
    return rows
#> clean([1], 5)

#: exit_stack_variable
from contextlib import ExitStack, suppress

def clean(rows, key):
    stack = ExitStack()
    stack.enter_context(suppress(IndexError))
    with stack:
        rows[key]
        rows = list(rows)
    rows.append(0)
    return rows
#> clean([1], 5)

#: try_partial_copy
def clean(rows, key):
    try:
        rows[key]
        rows = list(rows)
    except IndexError:
        pass
    rows.append(0)
    return rows
#> clean([1], 5)

#: while_else_write
def poll(values, path):
    i = 0
    while i < len(values):
        if values[i] < 0:
            break
        i += 1
    else:
        with open(path, "w") as f:
            f.write("ok")
    return i
#> poll([1], "s.txt")
#> poll([-1], "s.txt")

#: async_for_feed
import asyncio

async def ticks(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i

async def collect(n):
    return [i async for i in ticks(n)]

def run(n):
    return asyncio.run(collect(n))
#> run(2)

#: async_lock_state
import asyncio

class Counter:
    def __init__(self):
        self.value = 0

    async def bump(self, lock):
        async with lock:
            self.value += 1

def bump_all(counter):
    async def main():
        lock = asyncio.Lock()
        await asyncio.gather(counter.bump(lock), counter.bump(lock))
    asyncio.run(main())
#> bump_all(Counter())

#: awaitable_object
import asyncio

class Delayed:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        print("waiting")
        yield from asyncio.sleep(0).__await__()
        return self.value

def run(x):
    async def main():
        return await Delayed(x)
    return asyncio.run(main())
#> run(1)

#: task_created
import asyncio

async def work(out, x):
    out.append(x)

def run(out):
    async def main():
        task = asyncio.create_task(work(out, 1))
        await task
    asyncio.run(main())
#> run([])

#: json_lines_append
import json

def append_record(path, record):
    record = dict(record, version=1)
    with open(path, "a", encoding="utf-8") as f:
        f.write(json.dumps(record) + "\n")
#> append_record("log.jsonl", {"a": 1})

#: pathlib_walk_sizes
from pathlib import Path

def sizes(root):
    return {p.name: p.stat().st_size for p in Path(root).iterdir() if p.is_file()}
#> sizes(".")

#: pathlib_rename
from pathlib import Path

def retire(path):
    p = Path(path)
    return p.rename(p.with_suffix(".old"))
#> retire("notes.txt")

#: csv_update_in_place
import csv

def double_column(path, name):
    with open(path, newline="") as f:
        rows = list(csv.DictReader(f))
    for row in rows:
        row[name] = str(int(row[name]) * 2)
    with open(path, "w", newline="") as f:
        writer = csv.DictWriter(f, fieldnames=rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
#> double_column("data.csv", "a")

#: sqlite_context
import sqlite3

class Repo:
    def __init__(self, path):
        self.con = sqlite3.connect(path)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.con.close()

    def count(self):
        return self.con.execute("select count(*) from sqlite_master").fetchone()[0]

def count_tables(path):
    with Repo(path) as repo:
        return repo.count()
#> count_tables("t.db")

#: logging_child_level
import logging

def make_logger(name, verbose):
    log = logging.getLogger(name)
    log.setLevel(logging.DEBUG if verbose else logging.INFO)
    return log
#> make_logger("child", True)

#: time_format
import time

def label(seconds):
    return time.strftime("%H:%M:%S", time.gmtime(seconds))
#> label(10)

#: random_state_passed_on
from sklearn.utils import check_random_state

def draw(n, random_state=None):
    rng = check_random_state(random_state)
    return rng.randint(0, 10, size=n)
#> draw(2, 3)
#> draw(2)

#: pipeline_factory
from sklearn.pipeline import Pipeline
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression

def build(strategy, C=1.0):
    return Pipeline([("fill", SimpleImputer(strategy=strategy)), ("clf", LogisticRegression(C=C))])
#> build("mean")

#: calibrated_threshold
import numpy as np

def best_threshold(model, X, y):
    scores = model.decision_function(X)
    cuts = np.unique(scores)
    accuracy = [((scores >= c) == y).mean() for c in cuts]
    return cuts[int(np.argmax(accuracy))]
#> best_threshold(__import__("sklearn.linear_model").linear_model.LogisticRegression().fit([[0.0], [1.0]], [0, 1]), [[0.0], [1.0]], np.array([0, 1]))

#: twin_axes
import matplotlib.pyplot as plt

def plot_two(x, a, b):
    fig, ax = plt.subplots()
    ax.plot(x, a)
    other = ax.twinx()
    other.plot(x, b, color="red")
    return fig
#> plot_two([1, 2], [1, 2], [2, 1])

#: ax_default_gca
import matplotlib.pyplot as plt

def scatter(x, y, ax=None):
    if ax is None:
        _, ax = plt.subplots()
    ax.scatter(x, y)
    return ax
#> scatter([1], [2])
#> scatter([1], [2], plt.subplots()[1])

#: requests_mocked
class FakeResponse:
    status_code = 200
    def json(self):
        return {"ok": True}

class FakeSession:
    def get(self, url, timeout=None):
        return FakeResponse()

def check_health(session, base):
    r = session.get(base + "/health", timeout=1)
    return r.status_code == 200 and r.json()["ok"]
#> check_health(FakeSession(), "http://x")

#: retry_with_backoff
import time

def retry(action, tries=2, delay=0.0):
    for attempt in range(tries):
        try:
            return action()
        except ValueError:
            time.sleep(delay * 2 ** attempt)
    raise RuntimeError("gave up")
#> retry(lambda: 1)
#> retry(lambda: int("x"))
