#: append_row_to_log
import csv
from datetime import datetime

def log_metric(path, name, value):
    with open(path, "a", newline="") as f:
        csv.writer(f).writerow([datetime.now().isoformat(), name, value])
#> log_metric("metrics.csv", "acc", 0.5)

#: clean_and_return_same
import pandas as pd

def clean(df):
    df.columns = [c.strip().lower().replace(" ", "_") for c in df.columns]
    df["name"] = df["name"].str.title()
    return df
#> clean(pd.DataFrame({"Name ": ["a"]}))

#: clean_chain
import pandas as pd

def clean(df):
    return (
        df.rename(columns=lambda c: c.strip().lower())
        .drop_duplicates()
        .assign(total=lambda d: d["a"] + d["b"])
        .loc[lambda d: d["total"] > 1]
        .reset_index(drop=True)
    )
#> clean(pd.DataFrame({"A ": [1, 2], "b": [3, 4]}))

#: impute_loop_at
import pandas as pd

def fill(df, value):
    for i in df.index:
        if pd.isna(df.at[i, "a"]):
            df.at[i, "a"] = value
#> fill(pd.DataFrame({"a": [1.0, None]}), 0.0)

#: iloc_slice_copy_write
import pandas as pd

def first_rows(df, n):
    part = df.iloc[:n].copy()
    part.iloc[0, 0] = -1
    return part
#> first_rows(pd.DataFrame({"a": [1.0, 2.0]}), 1)

#: masked_assign_series
import pandas as pd

def cap(s, limit):
    s[s > limit] = limit
    return s
#> cap(pd.Series([1.0, 5.0]), 2.0)

#: where_series_new
import pandas as pd

def cap(s, limit):
    s = s.where(s <= limit, limit)
    s[0] = 0
    return s
#> cap(pd.Series([1.0, 5.0]), 2.0)

#: weights_update_in_place
import numpy as np

def sgd(weights, grads, lr=0.1):
    for w, g in zip(weights, grads):
        w -= lr * g
#> sgd([np.ones(2)], [np.ones(2)])

#: weights_update_new
import numpy as np

def sgd(weights, grads, lr=0.1):
    return [w - lr * g for w, g in zip(weights, grads)]
#> sgd([np.ones(2)], [np.ones(2)])

#: weights_rebound_in_dict
import numpy as np

def sgd(params, grads, lr=0.1):
    for key in params:
        params[key] = params[key] - lr * grads[key]
    return params
#> sgd({"w": np.ones(2)}, {"w": np.ones(2)})

#: moving_average_loop
import numpy as np

def ema(values, alpha):
    out = np.zeros_like(values)
    out[0] = values[0]
    for i in range(1, len(values)):
        out[i] = alpha * values[i] + (1 - alpha) * out[i - 1]
    return out
#> ema(np.arange(3.0), 0.5)

#: game_of_life
import numpy as np

def step(board):
    neighbours = sum(np.roll(np.roll(board, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
    new = board.copy()
    new[(board == 1) & ((neighbours < 2) | (neighbours > 3))] = 0
    new[(board == 0) & (neighbours == 3)] = 1
    return new
#> step(np.eye(3, dtype=int))

#: shuffle_together
import numpy as np

def shuffle(X, y, seed):
    rng = np.random.RandomState(seed)
    order = rng.permutation(len(X))
    return X[order], y[order]
#> shuffle(np.arange(3), np.arange(3), 0)

#: shuffle_in_place_global
import random

def deal(deck, n):
    random.shuffle(deck)
    return [deck.pop() for _ in range(n)]
#> deal([1, 2, 3], 2)

#: noisy_default_rng_argument
import numpy as np

def noisy(x, rng=None):
    rng = rng or np.random.default_rng(0)
    return x + rng.normal(size=x.shape)
#> noisy(np.zeros(2))
#> noisy(np.zeros(2), np.random.default_rng(1))

#: seed_everything
import random
import numpy as np

def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
#> seed_everything(1)

#: train_loop_prints
import numpy as np
from sklearn.linear_model import SGDRegressor

def train(X, y, epochs=2):
    model = SGDRegressor(random_state=0)
    for epoch in range(epochs):
        model.partial_fit(X, y)
        print(f"epoch {epoch}: {model.score(X, y):.3f}")
    return model
#> train(np.arange(4.0).reshape(-1, 1), np.arange(4.0))

#: evaluate_given_model
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error, r2_score

def evaluate(model, X, y):
    said = model.predict(X)
    return {"mae": mean_absolute_error(y, said), "r2": r2_score(y, said)}
#> evaluate(LinearRegression().fit(np.arange(4.0).reshape(-1, 1), np.arange(4.0)), np.arange(4.0).reshape(-1, 1), np.arange(4.0))

#: cross_validate_scores
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score

def scores(X, y):
    folds = StratifiedKFold(n_splits=2, shuffle=True, random_state=0)
    return cross_val_score(LogisticRegression(), X, y, cv=folds).mean()
#> scores(np.arange(8.0).reshape(-1, 1), np.array([0, 0, 0, 0, 1, 1, 1, 1]))

#: pca_plot_saved
import matplotlib.pyplot as plt
import numpy as np
from sklearn.decomposition import PCA

def plot_pca(X, path):
    Z = PCA(n_components=2).fit_transform(X)
    plt.figure()
    plt.scatter(Z[:, 0], Z[:, 1])
    plt.savefig(path)
    plt.close()
    return Z.shape
#> plot_pca(np.arange(12.0).reshape(4, 3), "pca.png")

#: plot_on_optional_axes
import matplotlib.pyplot as plt

def plot_line(x, y, ax=None):
    if ax is None:
        ax = plt.gca()
    ax.plot(x, y)
    return ax
#> plot_line([1, 2], [1, 2])
#> plot_line([1, 2], [1, 2], plt.figure().add_subplot())

#: save_and_load_json
import json

def round_trip(data, path):
    with open(path, "w") as f:
        json.dump(data, f)
    with open(path) as f:
        return json.load(f)
#> round_trip({"a": 1}, "x.json")

#: walk_folder_sizes
import os

def sizes(folder):
    out = {}
    for root, _, files in os.walk(folder):
        for name in files:
            out[name] = os.path.getsize(os.path.join(root, name))
    return out
#> sizes(".")

#: env_with_default
import os

def database_url(default="sqlite://"):
    return os.environ.get("DATABASE_URL", default)
#> database_url()

#: env_set
import os

def configure(threads):
    os.environ["OMP_NUM_THREADS"] = str(threads)
#> configure(2)

#: timer_prints
import time

def timed(function, *args):
    start = time.perf_counter()
    result = function(*args)
    print(f"{time.perf_counter() - start:.3f}s")
    return result
#> timed(sum, [1, 2])

#: timer_context
import time
from contextlib import contextmanager

@contextmanager
def timer(store, name):
    start = time.time()
    yield
    store[name] = time.time() - start

def work(store):
    with timer(store, "sum"):
        return sum(range(10))
#> work({})

#: timer_class_context
import time

class Timer:
    def __enter__(self):
        self.start = time.perf_counter()
        return self

    def __exit__(self, *args):
        self.elapsed = time.perf_counter() - self.start

def measure(function):
    with Timer() as t:
        function()
    return t.elapsed
#> measure(list)

#: retry_decorator
import functools
import time

def retry(times):
    def decorate(f):
        @functools.wraps(f)
        def inner(*args, **kwargs):
            for attempt in range(times):
                try:
                    return f(*args, **kwargs)
                except ValueError:
                    time.sleep(0)
            raise RuntimeError("failed")
        return inner
    return decorate

@retry(2)
def parse(text):
    return int(text)
#> parse("1")
#> parse("x")

#: memo_decorator_dict
def memoize(f):
    cache = {}
    def inner(x):
        if x not in cache:
            cache[x] = f(x)
        return cache[x]
    return inner

@memoize
def square(x):
    return x * x
#> square(3)

#: count_calls_class
class CountCalls:
    def __init__(self, f):
        self.f = f
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.f(*args)

@CountCalls
def double(x):
    return 2 * x

def use(x):
    return double(x)
#> use(2)

#: register_decorator_at_definition
REGISTRY = []

def register(f):
    REGISTRY.append(f)
    return f

@register
def step(x):
    return x + 1
#> step(1)

#: type_check_decorator
import functools

def typed(*types):
    def decorate(f):
        @functools.wraps(f)
        def inner(*args):
            for value, kind in zip(args, types):
                if not isinstance(value, kind):
                    raise TypeError(value)
            return f(*args)
        return inner
    return decorate

@typed(list, int)
def put(items, x):
    items.append(x)
#> put([], 1)

#: make_adder
def make_adder(n):
    def add(x):
        return x + n
    return add

def use(x):
    return make_adder(2)(x)
#> use(1)

#: make_logger_closure
def make_logger(prefix):
    lines = []
    def log(text):
        lines.append(prefix + text)
        return len(lines)
    return log

def use():
    log = make_logger("> ")
    log("a")
    return log("b")
#> use()

#: accumulator_returned
def accumulator(start):
    total = start
    def add(x):
        nonlocal total
        total += x
        return total
    return add

TOTAL = accumulator(0)

def record(x):
    return TOTAL(x)
#> record(2)

#: event_handlers_dict
class Events:
    def __init__(self):
        self.handlers = {}

    def on(self, name, handler):
        self.handlers.setdefault(name, []).append(handler)

    def fire(self, name, *args):
        for handler in self.handlers.get(name, []):
            handler(*args)

def run(events, value):
    events.fire("x", value)
#> run((lambda e: (e.on("x", print), e)[1])(Events()), 1)

#: observer_list_local
class Subject:
    def __init__(self):
        self._observers = []

    def attach(self, observer):
        self._observers.append(observer)

    def notify(self, value):
        for observer in self._observers:
            observer.update(value)

class Recorder:
    def __init__(self):
        self.seen = []

    def update(self, value):
        self.seen.append(value)

def run(recorder):
    subject = Subject()
    subject.attach(recorder)
    subject.notify(3)
#> run(Recorder())

#: bank_account
class Account:
    def __init__(self, balance=0):
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        self.balance += amount
        self.history.append(amount)

def transfer(source, target, amount):
    source.balance -= amount
    target.deposit(amount)
#> transfer(Account(5), Account(), 2)

#: bank_account_local
class Account:
    def __init__(self, balance=0):
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        self.balance += amount
        self.history.append(amount)

def simulate(amounts):
    account = Account()
    for amount in amounts:
        account.deposit(amount)
    return account.balance
#> simulate([1, 2])

#: stack_class_given
class Stack:
    def __init__(self):
        self._items = []

    def push(self, x):
        self._items.append(x)
        return self

    def peek(self):
        return self._items[-1]

    @property
    def size(self):
        return len(self._items)

def top(stack):
    return stack.peek() if stack.size else None
#> top(Stack().push(1))

#: linked_list_append
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def append(head, value):
    node = head
    while node.next is not None:
        node = node.next
    node.next = Node(value)
    return head
#> append(Node(1, Node(2)), 3)

#: linked_list_length
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def length(head):
    count, node = 0, head
    while node:
        count += 1
        node = node.next
    return count
#> length(Node(1, Node(2)))

#: tree_insert_recursive
class Tree:
    def __init__(self, value):
        self.value = value
        self.left = self.right = None

    def insert(self, value):
        side = "left" if value < self.value else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Tree(value))
        else:
            child.insert(value)

def build(values):
    root = Tree(values[0])
    for v in values[1:]:
        root.insert(v)
    return root
#> build([2, 1, 3])

#: inherited_class_counter
class Base:
    instances = 0

    def __init__(self):
        type(self).instances += 1

class Child(Base):
    pass

def make():
    return Child()
#> make()

#: config_singleton_read
class Config:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.values = {"a": 1}
        return cls._instance

def setting(name):
    return Config().values[name]
#> setting("a")

#: generator_reads_lines
def lines(path):
    with open(path) as f:
        for line in f:
            yield line.strip()

def count(path):
    return sum(1 for _ in lines(path))
#> count("notes.txt")

#: generator_lines_unread
def lines(path):
    with open(path) as f:
        for line in f:
            yield line.strip()

def source(path):
    return lines(path)
#> source("notes.txt")

#: generator_pipeline_mutates
def clean(rows):
    for row in rows:
        row["name"] = row["name"].strip()
        yield row

def total(rows):
    return len(list(clean(rows)))
#> total([{"name": " a"}])

#: generator_pipeline_copies
def clean(rows):
    for row in rows:
        row = dict(row)
        row["name"] = row["name"].strip()
        yield row

def total(rows):
    return len(list(clean(rows)))
#> total([{"name": " a"}])

#: batches_generator
def batches(items, size):
    for start in range(0, len(items), size):
        yield items[start : start + size]

def first_batch(items):
    return next(batches(items, 2))
#> first_batch([1, 2, 3])

#: peekable_iterator
class Peekable:
    def __init__(self, source):
        self.source = iter(source)
        self.ahead = []

    def peek(self):
        if not self.ahead:
            self.ahead.append(next(self.source))
        return self.ahead[0]

def first(peekable):
    return peekable.peek()
#> first(Peekable([1, 2]))

#: sort_records_in_place
def rank(records):
    records.sort(key=lambda r: r["score"], reverse=True)
    for i, record in enumerate(records, 1):
        record["rank"] = i
#> rank([{"score": 1}, {"score": 2}])

#: sort_copy_records_ranked
def rank(records):
    ordered = sorted(records, key=lambda r: r["score"], reverse=True)
    return [{**record, "rank": i} for i, record in enumerate(ordered, 1)]
#> rank([{"score": 1}, {"score": 2}])

#: sort_slice_of_list
def median(values):
    ordered = values[:]
    ordered.sort()
    return ordered[len(ordered) // 2]
#> median([3, 1, 2])

#: list_alias_plus_equal
def extend(a, b):
    c = a
    c += b
    return c
#> extend([1], [2])

#: list_alias_plus
def extend(a, b):
    c = a
    c = c + b
    return c
#> extend([1], [2])

#: matrix_alias_rows
def double_first_row(matrix):
    row = matrix[0]
    for i in range(len(row)):
        row[i] *= 2
    return matrix
#> double_first_row([[1, 2], [3, 4]])

#: dict_of_lists_alias
def add_tag(index, key, tag):
    tags = index.get(key, [])
    tags.append(tag)
    return tags
#> add_tag({"a": []}, "a", "x")

#: default_argument_list
def collect(x, out=[]):
    out.append(x)
    return out
#> collect(1)
#> collect(1, [2])

#: conditional_save
def report(rows, save=False, path="report.txt"):
    text = "\n".join(map(str, rows))
    if save:
        with open(path, "w") as f:
            f.write(text)
    return text
#> report([1], save=True)

#: verbose_flag_given
def fit(xs, verbose=0):
    total = 0
    for i, x in enumerate(xs):
        total += x
        if verbose > 1:
            print(i, total)
    return total
#> fit([1], verbose=2)

#: verbose_flag_caller_off
def fit(xs, verbose=0):
    total = 0
    for i, x in enumerate(xs):
        total += x
        if verbose:
            print(i, total)
    return total

def fit_quietly(xs):
    return fit(xs, verbose=0)
#> fit_quietly([1])

#: dry_run_constant
DRY_RUN = True

def delete(paths, log):
    for path in paths:
        if DRY_RUN:
            log.append(path)
        else:
            import os
            os.remove(path)
#> delete(["a"], [])

#: early_return_guard
def publish(rows, channel=None):
    if channel is None:
        return len(rows)
    channel.extend(rows)
    print("published", len(rows))

def count(rows):
    return publish(rows)
#> count([1])

#: assert_only
def check(df_like):
    assert len(df_like) > 0, "empty"
    return True
#> check([1])

#: warn_if_missing
import warnings

def check(columns, wanted):
    missing = set(wanted) - set(columns)
    if missing:
        warnings.warn(f"missing {sorted(missing)}")
    return not missing
#> check(["a"], ["b"])

#: logger_module
import logging

logger = logging.getLogger(__name__)

def load(rows):
    logger.info("%d rows", len(rows))
    return list(rows)
#> load([1])

#: exception_handler_prints
def safe_divide(a, b):
    try:
        return a / b
    except ZeroDivisionError as error:
        print("error:", error)
        return None
#> safe_divide(1, 0)

#: map_filter_reduce
from functools import reduce

def total(words):
    return reduce(lambda n, w: n + len(w), filter(str.isalpha, map(str.strip, words)), 0)
#> total([" a ", "1"])

#: apply_with_external_list
import pandas as pd

def collect(df, errors):
    def parse(value):
        try:
            return float(value)
        except ValueError:
            errors.append(value)
            return None
    df = df.copy()
    df["v"] = df["v"].map(parse)
    return df
#> collect(pd.DataFrame({"v": ["1", "x"]}), [])

#: pipe_functions_list
import pandas as pd

def drop_missing(df):
    return df.dropna()

def add_ratio(df):
    df = df.copy()
    df["r"] = df["a"] / df["b"]
    return df

def run(df):
    for step in [drop_missing, add_ratio]:
        df = step(df)
    return df
#> run(pd.DataFrame({"a": [1.0, None], "b": [2.0, 1.0]}))

#: partial_configured
from functools import partial

def scale(values, factor, out=None):
    result = [v * factor for v in values]
    if out is not None:
        out.extend(result)
    return result

double = partial(scale, factor=2)

def use(values):
    return double(values)
#> use([1])

#: subprocess_version
import subprocess

def version():
    return subprocess.run(["true"], capture_output=True).returncode
#> version()

#: sqlite_insert_given
import sqlite3

def insert(connection, rows):
    cursor = connection.cursor()
    cursor.execute("create table if not exists t (a integer)")
    cursor.executemany("insert into t values (?)", rows)
    connection.commit()
#> insert(__import__("sqlite3").connect(":memory:"), [(1,)])

#: pickle_cache
import os
import pickle

def cached(path, make):
    if os.path.exists(path):
        with open(path, "rb") as f:
            return pickle.load(f)
    value = make()
    with open(path, "wb") as f:
        pickle.dump(value, f)
    return value
#> cached("v.pkl", list)
#> cached("v.pkl", list)

#: deque_window
from collections import deque

def averages(stream, size):
    window = deque(maxlen=size)
    for value in stream:
        window.append(value)
        yield sum(window) / len(window)

def last(values):
    return list(averages(values, 2))[-1]
#> last([1, 2, 3])

#: heap_tasks
import heapq

def schedule(tasks):
    done = []
    while tasks:
        priority, name = heapq.heappop(tasks)
        done.append(name)
    return done
#> schedule([(1, "a"), (2, "b")])

#: set_difference_update
def remaining(all_items, done):
    all_items.difference_update(done)
    return all_items
#> remaining({1, 2}, {1})

#: counter_merge
from collections import Counter

def merge(counts, words):
    counts.update(words)
    return counts.most_common(1)
#> merge(Counter(), ["a"])

#: string_translate
def normalise(text, table):
    return text.translate(str.maketrans(table)).casefold().split()
#> normalise("A-b", {"-": " "})

#: date_features_given
import pandas as pd

def add_dates(df, column):
    stamps = pd.to_datetime(df[column])
    df[f"{column}_year"] = stamps.dt.year
    df.drop(columns=[column], inplace=True)
#> add_dates(pd.DataFrame({"d": ["2024-01-01"]}), "d")

#: train_test_columns
import pandas as pd

def split_xy(df, target):
    y = df.pop(target)
    return df, y
#> split_xy(pd.DataFrame({"a": [1], "t": [0]}), "t")

#: scaler_pair
import numpy as np
from sklearn.preprocessing import StandardScaler

def scale(train, test):
    scaler = StandardScaler().fit(train)
    return scaler.transform(train), scaler.transform(test)
#> scale(np.arange(4.0).reshape(2, 2), np.arange(4.0).reshape(2, 2))

#: normalise_rows_given
import numpy as np

def normalise(X):
    X /= np.linalg.norm(X, axis=1, keepdims=True)
    return X
#> normalise(np.ones((2, 2)))

#: np_clip_out
import numpy as np

def clip(X, low, high):
    np.clip(X, low, high, out=X)
#> clip(np.arange(3.0), 0.5, 1.5)

#: view_then_sort
import numpy as np

def sort_columns(X):
    for j in range(X.shape[1]):
        X[:, j].sort()
    return X
#> sort_columns(np.array([[2.0, 1.0], [1.0, 3.0]]))
