#: namespace_verbose
from argparse import Namespace

def summarise(args, rows):
    total = sum(r["amount"] for r in rows)
    if args.verbose:
        print(f"total over {len(rows)} rows: {total}")
    return total
#> summarise(Namespace(verbose=True), [{"amount": 1}])
#> summarise(Namespace(verbose=False), [{"amount": 1}])

#: namespace_made_quiet
from types import SimpleNamespace

cfg = SimpleNamespace(rounds=2, debug=False)

def iterate(x):
    for _ in range(cfg.rounds):
        x = x / 2 + 1
        if cfg.debug:
            print(x)
    return x
#> iterate(3.0)

#: trainer_with_config
from dataclasses import dataclass, field

@dataclass
class TrainConfig:
    lr: float = 0.1
    steps: int = 3
    checkpoint: bool = False
    path: str = "ckpt.txt"

@dataclass
class Trainer:
    config: TrainConfig = field(default_factory=TrainConfig)
    losses: list = field(default_factory=list)

    def step(self, w):
        grad = 2 * (w - 3)
        self.losses.append((w - 3) ** 2)
        return w - self.config.lr * grad

    def fit(self, w=0.0):
        for i in range(self.config.steps):
            w = self.step(w)
            if self.config.checkpoint:
                with open(self.config.path, "w") as f:
                    f.write(str(w))
        return w

def quick_fit():
    return Trainer(TrainConfig(steps=2)).fit()
#> quick_fit()

#: trainer_checkpointing
from dataclasses import dataclass

@dataclass
class TrainConfig:
    lr: float = 0.1
    checkpoint: bool = False
    path: str = "ckpt.txt"

class Trainer:
    def __init__(self, config):
        self.config = config
        self.history = []

    def fit(self, w=0.0):
        w -= self.config.lr * 2 * (w - 3)
        self.history.append(w)
        if self.config.checkpoint:
            with open(self.config.path, "w") as f:
                f.write(str(w))
        return w

def careful_fit(config):
    trainer = Trainer(config)
    trainer.fit()
    return trainer.history
#> careful_fit(TrainConfig(checkpoint=True))
#> careful_fit(TrainConfig())

#: trainer_fit_method
class Perceptron:
    def __init__(self, size, lr=1.0):
        self.weights = [0.0] * size
        self.bias = 0.0
        self.lr = lr

    def decide(self, x):
        return 1 if sum(w * v for w, v in zip(self.weights, x)) + self.bias > 0 else 0

    def fit(self, X, y, epochs=2):
        for _ in range(epochs):
            for x, target in zip(X, y):
                delta = self.lr * (target - self.decide(x))
                self.weights = [w + delta * v for w, v in zip(self.weights, x)]
                self.bias += delta
        return self

def accuracy(model, X, y):
    return sum(model.decide(x) == t for x, t in zip(X, y)) / len(y)
#> accuracy(Perceptron(1).fit([[0.0], [1.0]], [0, 1]), [[0.0]], [0])

#: early_stopping_callback
class EarlyStopping:
    def __init__(self, patience=1):
        self.patience = patience
        self.best = None
        self.bad = 0

    def __call__(self, loss):
        if self.best is None or loss < self.best:
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        return self.bad > self.patience

def run(losses, stop):
    for i, loss in enumerate(losses):
        if stop(loss):
            return i
    return len(losses)
#> run([3, 2, 2, 2, 2], EarlyStopping())

#: early_stopping_inside
class EarlyStopping:
    def __init__(self, patience=1):
        self.patience = patience
        self.best = None
        self.bad = 0

    def __call__(self, loss):
        if self.best is None or loss < self.best:
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        return self.bad > self.patience

def run(losses):
    stop = EarlyStopping(patience=0)
    return next((i for i, loss in enumerate(losses) if stop(loss)), None)
#> run([3, 2, 2, 2, 2])

#: eda_overview
import pandas as pd

def overview(df, n=2):
    print(df.shape)
    print(df.head(n))
    df.info()
    return df.describe(include="all").T
#> overview(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}))

#: eda_missing_table
import pandas as pd

def missing_table(df):
    missing = df.isna().sum()
    share = 100 * missing / len(df)
    table = pd.concat([missing, share], axis=1, keys=["n", "%"])
    return table[table["n"] > 0].sort_values("%", ascending=False).round(1)
#> missing_table(pd.DataFrame({"a": [1, None], "b": [1, 2]}))

#: memory_reduction
import numpy as np
import pandas as pd

def shrink(df, verbose=True):
    before = df.memory_usage().sum()
    for col in df.columns:
        if pd.api.types.is_integer_dtype(df[col]):
            df[col] = pd.to_numeric(df[col], downcast="integer")
        elif df[col].dtype == np.float64:
            df[col] = df[col].astype(np.float32)
    after = df.memory_usage().sum()
    if verbose:
        print(f"{before} -> {after}")
    return df
#> shrink(pd.DataFrame({"a": [1, 2], "b": [1.0, 2.0]}))
#> shrink(pd.DataFrame({"a": [1, 2], "b": [1.0, 2.0]}), verbose=False)

#: loc_on_filtered
import pandas as pd

def mark(df):
    young = df.loc[df["age"] < 30]
    young = young.assign(group="young")
    young.loc[young["age"] < 18, "group"] = "minor"
    return young["group"].value_counts().to_dict()
#> mark(pd.DataFrame({"age": [10, 20, 40]}))

#: insert_and_pop_column
import pandas as pd

def move_first(df, col):
    df.insert(0, col, df.pop(col))
#> move_first(pd.DataFrame({"a": [1], "b": [2]}), "b")

#: columns_renamed_on_argument
import pandas as pd

def snake(df):
    df.columns = [c.lower().replace(" ", "_") for c in df.columns]
    return df.columns.tolist()
#> snake(pd.DataFrame({"A b": [1]}))

#: index_reset_returned
import pandas as pd

def ordered(df, by):
    df = df.sort_values(by)
    df.index = range(len(df))
    df["rank"] = df.index + 1
    return df
#> ordered(pd.DataFrame({"a": [2, 1]}), "a")

#: dates_and_resample
import pandas as pd

def monthly(df, date="date", value="value"):
    df = df.assign(**{date: pd.to_datetime(df[date])}).set_index(date)
    return df[value].resample("MS").sum().rename("total").reset_index()
#> monthly(pd.DataFrame({"date": ["2024-01-03", "2024-02-01"], "value": [1, 2]}))

#: crosstab_and_heatmap
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

def association(df, a, b, ax=None):
    table = pd.crosstab(df[a], df[b], normalize="index")
    ax = ax or plt.gca()
    sns.heatmap(table, annot=True, ax=ax)
    ax.set_title(f"{a} / {b}")
    return table
#> association(pd.DataFrame({"a": [0, 1], "b": [1, 1]}), "a", "b")

#: figure_grid_saved
import matplotlib.pyplot as plt

def panels(series, path):
    fig, axes = plt.subplots(1, len(series), squeeze=False)
    for ax, (name, values) in zip(axes.flat, series.items()):
        ax.hist(values, bins=3)
        ax.set(title=name, xlabel="value")
    fig.tight_layout()
    fig.savefig(path)
    plt.close(fig)
#> panels({"a": [1, 2], "b": [2, 3]}, "p.png")

#: one_hot_by_hand
import numpy as np

def one_hot(labels, n=None):
    labels = np.asarray(labels)
    n = n or labels.max() + 1
    out = np.zeros((labels.size, n))
    out[np.arange(labels.size), labels] = 1
    return out
#> one_hot([0, 2])

#: train_test_by_hand
import numpy as np

def split(X, y, share=0.5):
    order = np.random.permutation(len(X))
    cut = int(len(X) * share)
    train, test = order[:cut], order[cut:]
    return X[train], X[test], y[train], y[test]
#> split(np.arange(4), np.arange(4))

#: gradient_descent_in_place
import numpy as np

def descend(theta, X, y, lr=0.1, steps=2):
    for _ in range(steps):
        gradient = X.T @ (X @ theta - y) / len(y)
        theta -= lr * gradient
    return theta
#> descend(np.zeros(1), np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))

#: gradient_descent_copy
import numpy as np

def descend(theta, X, y, lr=0.1, steps=2):
    theta = np.array(theta, dtype=float)
    for _ in range(steps):
        theta -= lr * (X.T @ (X @ theta - y)) / len(y)
    return theta
#> descend(np.zeros(1), np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))

#: transpose_view_written
import numpy as np

def lower_to_upper(m):
    i, j = np.tril_indices(len(m), -1)
    m.T[i, j] = m[i, j]
    return m
#> lower_to_upper(np.array([[1.0, 2.0], [3.0, 4.0]]))

#: sort_along_axis
import numpy as np

def medians(samples):
    samples.sort(axis=0)
    return samples[len(samples) // 2]
#> medians(np.array([[3.0], [1.0], [2.0]]))

#: np_copyto_and_putmask
import numpy as np

def patch(target, source, where):
    np.copyto(target, source, where=where)
    np.putmask(target, target < 0, 0)
    return target.sum()
#> patch(np.array([1.0, -1.0]), np.array([5.0, 5.0]), np.array([True, False]))

#: kmeans_pipeline
import numpy as np
from sklearn.cluster import KMeans
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

def segments(X, k=2):
    pipe = make_pipeline(MinMaxScaler(), KMeans(n_clusters=k, n_init=1, random_state=0))
    return pipe.fit_predict(X)
#> segments(np.array([[0.0], [1.0], [5.0]]))

#: calibrated_given_model
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, RocCurveDisplay

def auc(model, X, y):
    if not hasattr(model, "classes_"):
        model.fit(X, y)
    return roc_auc_score(y, model.predict_proba(X)[:, 1])
#> auc(LogisticRegression(), np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1]))

#: permutation_scores
import numpy as np
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression

def ranking(X, y):
    model = LinearRegression().fit(X, y)
    result = permutation_importance(model, X, y, n_repeats=2, random_state=1)
    return np.argsort(result.importances_mean)[::-1].tolist()
#> ranking(np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 1.0]]), np.array([0.0, 1.0, 2.0]))

#: set_params_given
from sklearn.neighbors import KNeighborsClassifier

def with_k(model, k):
    return model.set_params(n_neighbors=k)
#> with_k(KNeighborsClassifier(), 3)

#: arima_like_forecast
import numpy as np
import statsmodels.api as sm

def autoregress(y, lags=1):
    X = sm.add_constant(np.column_stack([y[:-lags]]))
    fit = sm.OLS(y[lags:], X).fit()
    return float(fit.predict([1.0, y[-1]])[0])
#> autoregress(np.array([1.0, 2.0, 3.0, 4.1]))

#: interp_and_integrate
import numpy as np
from scipy import integrate, interpolate

def area(x, y):
    spline = interpolate.CubicSpline(x, y)
    total, _ = integrate.quad(spline, x[0], x[-1])
    return total
#> area(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 4.0]))

#: download_with_cache
import json
from pathlib import Path
import requests

def cached_json(url, cache):
    path = Path(cache)
    if path.exists():
        return json.loads(path.read_text())
    return requests.get(url, timeout=0.1).json()
#> cached_json("http://127.0.0.1:9/", "data.json")
#> cached_json("http://127.0.0.1:9/", "none.json")

#: json_lines_written
import json

def dump_lines(records, path, *, append=False):
    with open(path, "a" if append else "w") as out:
        out.writelines(json.dumps(r) + "\n" for r in records)
    return len(records)
#> dump_lines([{"a": 1}], "x.jsonl")

#: zip_of_texts
import io
import zipfile

def pack(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()
#> pack({"a.txt": "x"})

#: temp_csv_path
import os
import tempfile
import pandas as pd

def spool(df):
    fd, path = tempfile.mkstemp(suffix=".csv")
    os.close(fd)
    df.to_csv(path, index=False)
    rows = sum(1 for _ in open(path))
    os.unlink(path)
    return rows
#> spool(pd.DataFrame({"a": [1]}))

#: configparser_text
import configparser

def section(path, name):
    parser = configparser.ConfigParser()
    parser.read(path)
    return dict(parser[name])
#> section("settings.ini", "a")

#: logging_configured
import logging

def setup(level="INFO"):
    logging.basicConfig(level=level, format="%(message)s")
    log = logging.getLogger("pipeline")
    log.setLevel(level)
    log.info("ready")
    return log
#> setup()

#: warn_once_flag
import warnings

class Reader:
    warned = False

    def read(self, value):
        if value < 0 and not Reader.warned:
            warnings.warn("negative")
            Reader.warned = True
        return abs(value)

def read_all(values):
    reader = Reader()
    return [reader.read(v) for v in values]
#> read_all([1, -1])

#: sqlite_context
import sqlite3

def count(path, table):
    with sqlite3.connect(path) as connection:
        connection.execute(f"create table if not exists {table} (a)")
        return connection.execute(f"select count(*) from {table}").fetchone()
#> count("db.sqlite", "t")

#: sa_orm_defined
from sqlalchemy import String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, configure_mappers, mapped_column

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))

configure_mappers()

def names(url="sqlite://"):
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(User(name="a"))
        session.commit()
        return session.scalars(select(User.name)).all()
#> names()

#: pipeline_of_callables
def compose(*steps):
    def run(value):
        for step in steps:
            value = step(value)
        return value
    return run

def drop_first(xs):
    del xs[0]
    return xs

def total(xs):
    return sum(xs)

def process(xs):
    return compose(drop_first, total)(xs)
#> process([1, 2])

#: pipeline_pure_steps
def compose(*steps):
    def run(value):
        for step in steps:
            value = step(value)
        return value
    return run

def process(text):
    clean = compose(str.strip, str.lower, lambda t: t.replace("-", " "))
    return clean(text).split()
#> process(" A-b ")

#: strategy_objects
from abc import ABC, abstractmethod

class Sink(ABC):
    @abstractmethod
    def put(self, item): ...

class ListSink(Sink):
    def __init__(self):
        self.items = []

    def put(self, item):
        self.items.append(item)

class PrintSink(Sink):
    def put(self, item):
        print(item)

def send(items, sink):
    for item in items:
        sink.put(item)
#> send([1], ListSink())
#> send([1], PrintSink())

#: strategy_chosen_inside
class ListSink:
    def __init__(self):
        self.items = []

    def put(self, item):
        self.items.append(item)

class PrintSink:
    def put(self, item):
        print(item)

def gather(items):
    sinks = {"list": ListSink, "print": PrintSink}
    sink = sinks["list"]()
    for item in items:
        sink.put(item)
    return sink.items
#> gather([1])

#: visitor_walks_tree
class Visitor:
    def visit(self, node):
        method = getattr(self, "visit_" + node["kind"], self.generic)
        return method(node)

    def generic(self, node):
        return [self.visit(child) for child in node.get("children", [])]

class Renamer(Visitor):
    def visit_leaf(self, node):
        node["name"] = node["name"].upper()
        return node["name"]

def rename(tree):
    return Renamer().visit(tree)
#> rename({"kind": "root", "children": [{"kind": "leaf", "name": "a"}]})

#: linked_list_append
class Node:
    __slots__ = ("value", "next")

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

#: linked_list_reversed_copy
class Node:
    __slots__ = ("value", "next")

    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def reversed_copy(head):
    result = None
    node = head
    while node is not None:
        result = Node(node.value, result)
        node = node.next
    return result
#> reversed_copy(Node(1, Node(2)))

#: undo_stack
class Document:
    def __init__(self):
        self.text = ""
        self._undo = []

    def write(self, text):
        self._undo.append(self.text)
        self.text += text

    def undo(self):
        if self._undo:
            self.text = self._undo.pop()

def draft(words):
    doc = Document()
    for w in words:
        doc.write(w)
    doc.undo()
    return doc.text
#> draft(["a", "b"])

#: iterator_class_consumed
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

def total(counter):
    return sum(counter)
#> total(Countdown(3))

#: iterator_class_fresh
class Repeat:
    def __init__(self, items, times):
        self.items, self.times = items, times

    def __iter__(self):
        for _ in range(self.times):
            yield from self.items

def total(repeat):
    return sum(repeat)
#> total(Repeat([1, 2], 2))

#: typed_dict_update
from typing import TypedDict

class Row(TypedDict, total=False):
    name: str
    score: float

def normalise(row: Row, top: float) -> Row:
    row["score"] = row.get("score", 0.0) / top
    return row
#> normalise({"name": "a", "score": 2.0}, 4.0)

#: dict_merge_operators
def merged(base, extra):
    result = base | extra
    result |= {"merged": True}
    return result
#> merged({"a": 1}, {"b": 2})

#: dict_merge_in_place
def merge(base, extra):
    base |= extra
    return base
#> merge({"a": 1}, {"b": 2})

#: counter_subtract
from collections import Counter

def remaining(stock, sold):
    left = Counter(stock)
    left.subtract(sold)
    return +left
#> remaining({"a": 2}, {"a": 1})

#: literal_mode_dispatch
from typing import Literal

def write(text: str, mode: Literal["print", "file", "none"] = "none") -> int:
    if mode == "print":
        print(text)
    elif mode == "file":
        with open("out.txt", "w") as f:
            f.write(text)
    return len(text)

def quiet_length(texts):
    return [write(t, mode="none") for t in texts]
#> quiet_length(["a"])

#: kwargs_pop_verbose
def outer(values, **options):
    verbose = options.pop("verbose", False)
    result = [v * options.get("factor", 2) for v in values]
    if verbose:
        print(result)
    return result

def silent(values):
    return outer(values, factor=3)
#> silent([1])

#: try_import_optional
def backend():
    try:
        import not_there_at_all as lib
    except ImportError:
        lib = None
    return "fast" if lib else "slow"
#> backend()

#: thread_pool_map
from concurrent.futures import ThreadPoolExecutor

def lengths(texts):
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(len, texts))
#> lengths(["a", "bb"])

#: exit_stack_files
from contextlib import ExitStack

def first_lines(paths):
    with ExitStack() as stack:
        files = [stack.enter_context(open(p)) for p in paths]
        return [f.readline() for f in files]
#> first_lines(["notes.txt"])

#: weighted_choice_seeded
import random

def draw(items, weights, seed=None):
    rng = random.Random(0 if seed is None else seed)
    return rng.choices(items, weights=weights, k=2)
#> draw(["a", "b"], [1, 2])

#: post_init_derives
from dataclasses import dataclass, field

@dataclass
class Stats:
    values: list
    mean: float = field(init=False)

    def __post_init__(self):
        self.values.sort()
        self.mean = sum(self.values) / len(self.values)

def describe(values):
    return Stats(values).mean
#> describe([2, 1])

#: getattr_dynamic_method
class Frame:
    def __init__(self, rows):
        self.rows = rows

    def head(self):
        return self.rows[:1]

    def clear(self):
        self.rows.clear()

def call(frame, name):
    return getattr(frame, name)()
#> call(Frame([1, 2]), "clear")
#> call(Frame([1, 2]), "head")

#: lambda_sort_key_counts
def ranked(words, calls):
    return sorted(words, key=lambda w: (calls.append(w), len(w))[1])
#> ranked(["bb", "a"], [])

#: conditional_expression_target
def route(item, good, bad):
    target = good if item["ok"] else bad
    target.append(item)
    return len(target)
#> route({"ok": True}, [], [])
#> route({"ok": False}, [], [])
