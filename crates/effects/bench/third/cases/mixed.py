#: winsorize
import numpy as np

def winsorize(values, share=0.05):
    low, high = np.quantile(values, [share, 1 - share])
    return np.clip(values, low, high)
#> winsorize(np.arange(10.0))

#: rename_in_place
import pandas as pd

def rename(data, mapping):
    data.rename(columns=mapping, inplace=True)
#> rename(pd.DataFrame({"a": [1]}), {"a": "b"})

#: log_transform
import numpy as np
import pandas as pd

def log_columns(data, names):
    result = data.copy()
    for name in names:
        result[name] = np.log1p(result[name])
    return result
#> log_columns(pd.DataFrame({"a": [1.0]}), ["a"])

#: lag_features_on_input
import pandas as pd

def lags(data, column, n):
    for k in range(1, n + 1):
        data[f"{column}_lag{k}"] = data[column].shift(k)
    return data.dropna()
#> lags(pd.DataFrame({"v": [1, 2, 3]}), "v", 1)

#: outliers_removed
def without_outliers(data, column):
    q1, q3 = data[column].quantile(0.25), data[column].quantile(0.75)
    inside = data[column].between(q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1))
    return data[inside]
#> without_outliers(__import__("pandas").DataFrame({"v": [1, 2, 3]}), "v")

#: memory_reduced
import numpy as np

def shrink(frame):
    for column in frame.columns:
        if frame[column].dtype == "int64":
            frame[column] = frame[column].astype(np.int32)
    return frame
#> shrink(__import__("pandas").DataFrame({"a": [1]}))

#: confusion_counts
def confusion(actual, predicted):
    counts = {"tp": 0, "fp": 0, "fn": 0, "tn": 0}
    for a, p in zip(actual, predicted):
        if p:
            counts["tp" if a else "fp"] += 1
        else:
            counts["fn" if a else "tn"] += 1
    return counts
#> confusion([1, 0], [1, 1])

#: one_epoch
def epoch(batches, weights, rate):
    for x, y in batches:
        error = sum(w * xi for w, xi in zip(weights, x)) - y
        for i, xi in enumerate(x):
            weights[i] -= rate * error * xi
#> epoch([((1.0, 2.0), 1.0)], [0.0, 0.0], 0.1)

#: vocabulary_built
from collections import Counter

def vocabulary(texts, size):
    counter = Counter()
    for text in texts:
        counter.update(text.lower().split())
    return {word: i for i, (word, _) in enumerate(counter.most_common(size))}
#> vocabulary(["a b a"], 2)

#: tokens_filtered_in_place
def clean(tokens, stop):
    tokens[:] = [t for t in tokens if t not in stop]
#> clean(["a", "b"], {"a"})

#: progress_printed
def process(items, verbose=True):
    done = []
    for i, item in enumerate(items):
        done.append(item * 2)
        if verbose and i % 100 == 0:
            print(f"{i}/{len(items)}")
    return done
#> process([1])

#: checkpoint_saved
import json
import os

def checkpoint(state, folder):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "state.json")
    with open(path, "w") as f:
        json.dump(state, f)
    return path
#> checkpoint({"a": 1}, "ck")

#: experiment_id
import uuid
from datetime import datetime

def new_id(prefix):
    return f"{prefix}_{datetime.now().isoformat()}_{uuid.uuid4().hex[:4]}"
#> new_id("a")

#: nested_state_machine
class Machine:
    def __init__(self):
        self.state = "idle"
        self.trace = []

    def go(self, event):
        self.trace.append((self.state, event))
        self.state = {"start": "busy", "stop": "idle"}.get(event, self.state)

def drive(machine, events):
    for event in events:
        machine.go(event)
    return machine.state
#> drive(Machine(), ["start"])

#: builder_local
class Query:
    def __init__(self):
        self.parts = []

    def where(self, text):
        self.parts.append(text)
        return self

    def sql(self):
        return " and ".join(self.parts)

def build(filters):
    query = Query()
    for key, value in filters.items():
        query.where(f"{key} = {value!r}")
    return query.sql()
#> build({"a": 1})

#: registry_decorator_with_name
HANDLERS = {}

def handles(kind):
    def register(function):
        HANDLERS[kind] = function
        return function
    return register

@handles("double")
def double(x):
    return 2 * x

def dispatch(kind, x):
    return HANDLERS[kind](x)
#> dispatch("double", 2)

#: retry_decorator
import functools
import time

def retry(times):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except ValueError:
                    time.sleep(0)
        return wrapper
    return decorate

@retry(2)
def parse(text):
    return int(text)
#> parse("x")

#: locked_counter
import threading

lock = threading.Lock()
total = 0

def add(n):
    global total
    with lock:
        total += n
#> add(2)

#: weak_cache_of_results
_results = {}

def expensive(key, compute=len):
    if key in _results:
        return _results[key]
    value = compute(key)
    _results[key] = value
    return value
#> expensive("abc")

#: yields_and_closes
def rows(path):
    handle = open(path)
    try:
        for line in handle:
            yield line
    finally:
        handle.close()

def first(path):
    return next(rows(path))
#> first("notes.txt")

#: chunks_of_iterator
from itertools import islice

def chunk(iterator, n):
    return list(islice(iterator, n))
#> chunk(iter([1, 2, 3]), 2)

#: tuple_key_sort
def arrange(records):
    records.sort(key=lambda r: (r["group"], -r["score"]))
    return records[0]
#> arrange([{"group": 1, "score": 2}, {"group": 0, "score": 1}])

#: matrix_in_place_transpose
def transpose(matrix):
    n = len(matrix)
    for i in range(n):
        for j in range(i + 1, n):
            matrix[i][j], matrix[j][i] = matrix[j][i], matrix[i][j]
#> transpose([[1, 2], [3, 4]])

#: matrix_transposed_new
def transposed(matrix):
    return [list(row) for row in zip(*matrix)]
#> transposed([[1, 2], [3, 4]])

#: running_statistics
class Running:
    def __init__(self):
        self.n = 0
        self.mean = 0.0

    def push(self, x):
        self.n += 1
        self.mean += (x - self.mean) / self.n

def average(values):
    running = Running()
    for value in values:
        running.push(value)
    return running.mean
#> average([1, 2])

#: environment_switch
import os

def endpoint():
    if os.getenv("STAGE") == "prod":
        return "https://api.example.com"
    return "http://localhost"
#> endpoint()

#: temporary_environment
import os
from contextlib import contextmanager

@contextmanager
def setting(name, value):
    old = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if old is None:
            del os.environ[name]
        else:
            os.environ[name] = old

def run(name):
    with setting(name, "1"):
        return len(name)
#> run("SOME_FLAG")

#: figure_returned
import matplotlib.pyplot as plt

def chart(values, title):
    fig, ax = plt.subplots()
    ax.plot(values)
    ax.set_title(title)
    return fig
#> chart([1, 2], "t")

#: axes_styled
def style(ax, title):
    ax.set_title(title)
    ax.grid(True)
    ax.legend(["a"])
#> style(__import__("matplotlib.pyplot").pyplot.subplots()[1], "t")

#: seeds_and_samples
import random

def lottery(names, seed):
    random.seed(seed)
    return random.sample(names, 1)
#> lottery(["a", "b"], 1)

#: monte_carlo
import numpy as np

def pi(n, rng=None):
    rng = rng or np.random.default_rng(0)
    points = rng.random((n, 2))
    return 4 * np.mean((points ** 2).sum(axis=1) < 1)
#> pi(10)

#: bootstrap_mean
import numpy as np

def bootstrap(sample, n):
    means = np.empty(n)
    for i in range(n):
        means[i] = np.random.choice(sample, size=len(sample)).mean()
    return np.percentile(means, [2.5, 97.5])
#> bootstrap(np.arange(5.0), 3)

#: imputer_fitted_on_train
from sklearn.impute import SimpleImputer
import numpy as np

def impute(train, test):
    imputer = SimpleImputer(strategy="mean")
    return imputer.fit_transform(train), imputer.transform(test)
#> impute(np.array([[1.0], [np.nan]]), np.array([[np.nan]]))

#: best_model_kept
from sklearn.tree import DecisionTreeClassifier
import numpy as np

def best_depth(X, y, depths):
    best, score = None, -1.0
    for depth in depths:
        model = DecisionTreeClassifier(max_depth=depth, random_state=0).fit(X, y)
        if model.score(X, y) > score:
            best, score = model, model.score(X, y)
    return best
#> best_depth(np.array([[0.0], [1.0]]), np.array([0, 1]), [1, 2])

#: partial_fit_on_argument
from sklearn.linear_model import SGDClassifier
import numpy as np

def stream(model, chunks):
    for X, y in chunks:
        model.partial_fit(X, y, classes=[0, 1])
    return model
#> stream(SGDClassifier(random_state=0), [(np.array([[0.0], [1.0]]), np.array([0, 1]))])

#: sqlite_lookup
import sqlite3

def names(path, limit):
    with sqlite3.connect(path) as db:
        return [row[0] for row in db.execute("select ? limit ?", ("a", limit))]
#> names(":memory:", 1)

#: table_from_json_text
import json

def parse(text):
    return {row["id"]: row for row in json.loads(text)}
#> parse('[{"id": 1}]')

#: merge_settings_deep
def merge(base, extra):
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            merge(base[key], value)
        else:
            base[key] = value
    return base
#> merge({"a": {"b": 1}}, {"a": {"c": 2}})

#: diff_of_dicts
def changed(old, new):
    return {k: (old.get(k), new[k]) for k in new if old.get(k) != new[k]}
#> changed({"a": 1}, {"a": 2})

#: stack_machine
def evaluate(tokens):
    stack = []
    for token in tokens:
        if token == "+":
            b, a = stack.pop(), stack.pop()
            stack.append(a + b)
        else:
            stack.append(float(token))
    return stack[0]
#> evaluate(["1", "2", "+"])

#: graph_search
from collections import deque

def reachable(graph, start):
    seen, queue = {start}, deque([start])
    while queue:
        for nxt in graph[queue.popleft()]:
            if nxt not in seen:
                seen.add(nxt)
                queue.append(nxt)
    return seen
#> reachable({1: [2], 2: []}, 1)

#: topological_order_consuming
def order(graph):
    done = []
    while graph:
        free = [n for n, deps in graph.items() if not deps]
        for n in free:
            del graph[n]
            for deps in graph.values():
                deps.discard(n)
        done += free
    return done
#> order({1: set(), 2: {1}})

#: memo_argument
def fib(n, memo=None):
    memo = {} if memo is None else memo
    if n < 2:
        return n
    if n not in memo:
        memo[n] = fib(n - 1, memo) + fib(n - 2, memo)
    return memo[n]
#> fib(5)
#> fib(5, {})

#: user_input
def ask(question):
    answer = input(question + " ")
    return answer.strip() or "nothing"
#> ask("who?")

#: slugs
import re

def slug(title):
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
#> slug("A b")

#: dataclass_updated_by_loop
from dataclasses import dataclass

@dataclass
class Item:
    price: float

def discount(items, share):
    for item in items:
        item.price *= 1 - share
#> discount([Item(1.0)], 0.1)

#: property_cached_by_hand
class Matrix:
    def __init__(self, rows):
        self.rows = rows
        self._sum = None

    @property
    def total(self):
        if self._sum is None:
            self._sum = sum(map(sum, self.rows))
        return self._sum

def mean(matrix, n):
    return matrix.total / n
#> mean(Matrix([[1]]), 1)

#: counter_object_called
class Ids:
    def __init__(self):
        self.next = 0

    def __call__(self):
        self.next += 1
        return self.next

def label(names, ids):
    return {name: ids() for name in names}
#> label(["a"], Ids())
