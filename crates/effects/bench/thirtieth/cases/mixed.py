#: label_smoothing_list
def smooth(values, k=2):
    out = values[:]
    for i in range(k, len(values)):
        out[i] = sum(values[i - k:i + 1]) / (k + 1)
    return out
#> smooth([1.0, 2.0, 3.0])

#: basket_pairs
from collections import Counter
from itertools import combinations

def frequent_pairs(baskets, minimum=1):
    pairs = Counter()
    for basket in baskets:
        pairs.update(combinations(sorted(set(basket)), 2))
    return {p: n for p, n in pairs.items() if n >= minimum}
#> frequent_pairs([["a", "b"], ["b", "a", "c"]])

#: churn_flag_assign
import pandas as pd

def flag_churn(customers, days=90):
    customers["churned"] = customers["last_seen"] > days
    customers.loc[customers["orders"] == 0, "churned"] = True
    return customers
#> flag_churn(pd.DataFrame({"last_seen": [10, 100], "orders": [0, 1]}))

#: churn_flag_chain
import pandas as pd

def flag_churn(customers, days=90):
    return (
        customers
        .assign(churned=lambda d: d["last_seen"] > days)
        .query("orders > 0")
        .sort_values("last_seen")
    )
#> flag_churn(pd.DataFrame({"last_seen": [10, 100], "orders": [0, 1]}))

#: rename_columns_setter
import pandas as pd

def snake_columns(df):
    df.columns = df.columns.str.lower().str.replace(" ", "_")
    return df
#> snake_columns(pd.DataFrame({"A b": [1]}))

#: rename_columns_after_copy
import pandas as pd

def snake_columns(df):
    df = df.copy()
    df.columns = [c.lower() for c in df.columns]
    df.index.name = "row"
    return df
#> snake_columns(pd.DataFrame({"A b": [1]}))

#: drop_rows_inplace_kw
import pandas as pd

def remove_missing(df, columns, inplace=False):
    return df.dropna(subset=columns, inplace=inplace)
#> remove_missing(pd.DataFrame({"a": [1.0, None]}), ["a"])
#> remove_missing(pd.DataFrame({"a": [1.0, None]}), ["a"], inplace=True)

#: series_replace_mask
import pandas as pd

def clean_ages(ages):
    ages = ages.copy()
    ages[ages < 0] = ages.median()
    ages.loc[ages > 120] = 120
    return ages.astype(int)
#> clean_ages(pd.Series([5.0, -1.0, 200.0]))

#: series_replace_mask_given
import pandas as pd

def clean_ages(ages):
    ages[ages < 0] = 0
    return ages
#> clean_ages(pd.Series([5.0, -1.0, 200.0]))

#: groupby_loop_dict
import pandas as pd

def per_shop(df):
    result = {}
    for shop, part in df.groupby("shop"):
        part = part.sort_values("day")
        part["total"] = part["sales"].cumsum()
        result[shop] = part["total"].iloc[-1]
    return result
#> per_shop(pd.DataFrame({"shop": ["x", "x", "y"], "day": [1, 2, 1], "sales": [1, 2, 3]}))

#: groupby_loop_written_directly
import pandas as pd

def numbered(df):
    parts = []
    for _, part in df.groupby("shop"):
        part["n"] = range(len(part))
        parts.append(part)
    return pd.concat(parts)
#> numbered(pd.DataFrame({"shop": ["x", "x", "y"], "sales": [1, 2, 3]}))

#: merge_lookup_fill
import pandas as pd

def add_region(orders, regions):
    merged = orders.merge(regions, on="city", how="left")
    merged["region"] = merged["region"].fillna("unknown")
    merged.drop(columns=["city"], inplace=True)
    return merged
#> add_region(pd.DataFrame({"city": ["a", "b"]}), pd.DataFrame({"city": ["a"], "region": ["N"]}))

#: set_values_with_at
import pandas as pd

def bump_prices(prices, factor):
    for i in prices.index:
        prices.at[i, "price"] = prices.at[i, "price"] * factor
#> bump_prices(pd.DataFrame({"price": [1.0, 2.0]}), 2)

#: pop_columns_to_dict
import pandas as pd

def split_target(frame, target):
    y = frame.pop(target)
    return frame, y
#> split_target(pd.DataFrame({"a": [1], "y": [0]}), "y")

#: memory_frame_report
import pandas as pd

def report(df, path=None):
    text = df.describe().to_string()
    if path:
        with open(path, "w") as handle:
            handle.write(text)
    else:
        print(text)
#> report(pd.DataFrame({"a": [1, 2]}))
#> report(pd.DataFrame({"a": [1, 2]}), "r.txt")

#: standardise_with_stats
import numpy as np

def standardise(X, mean=None, std=None):
    if mean is None:
        mean, std = X.mean(axis=0), X.std(axis=0)
    std[std == 0] = 1
    return (X - mean) / std, mean, std
#> standardise(np.array([[1.0, 2.0], [3.0, 2.0]]))
#> standardise(np.array([[1.0, 2.0]]), np.zeros(2), np.array([0.0, 1.0]))

#: add_bias_column
import numpy as np

def with_bias(X):
    X = np.hstack([np.ones((X.shape[0], 1)), X])
    X[:, 0] *= 0.5
    return X
#> with_bias(np.zeros((2, 2)))

#: normalise_rows_given
import numpy as np

def normalise_rows(M):
    for row in M:
        row /= row.sum()
    return M
#> normalise_rows(np.ones((2, 2)))

#: normalise_rows_keepdims
import numpy as np

def normalise_rows(M):
    totals = M.sum(axis=1, keepdims=True)
    totals[totals == 0] = 1
    return M / totals
#> normalise_rows(np.ones((2, 2)))

#: clip_gradients
import numpy as np

def clip_gradients(grads, limit):
    norm = np.sqrt(sum((g ** 2).sum() for g in grads.values()))
    if norm > limit:
        for name in grads:
            grads[name] *= limit / norm
    return norm
#> clip_gradients({"w": np.ones(3)}, 0.5)

#: adam_update_state
import numpy as np

class Adam:
    def __init__(self, lr=0.1):
        self.lr = lr
        self.m = {}
        self.t = 0

    def step(self, params, grads):
        self.t += 1
        for k in params:
            self.m[k] = 0.9 * self.m.get(k, 0) + 0.1 * grads[k]
            params[k] -= self.lr * self.m[k]

def train(params, grads, steps=2):
    optimiser = Adam()
    for _ in range(steps):
        optimiser.step(params, grads)
    return params
#> train({"w": np.ones(2)}, {"w": np.ones(2)})

#: forward_pass
import numpy as np

def relu(z):
    return np.maximum(z, 0)

def forward(x, layers):
    activations = [x]
    for W, b in layers:
        activations.append(relu(activations[-1] @ W + b))
    return activations
#> forward(np.ones((1, 2)), [(np.ones((2, 2)), np.zeros(2))])

#: dropout_mask_rng
import numpy as np

def dropout(x, rate, rng):
    mask = rng.random(x.shape) > rate
    x = x * mask
    x /= 1 - rate
    return x
#> dropout(np.ones(4), 0.5, np.random.default_rng(0))

#: random_split_global
import random

def split(items, share=0.5):
    items = list(items)
    random.shuffle(items)
    cut = int(len(items) * share)
    return items[:cut], items[cut:]
#> split([1, 2, 3, 4])

#: random_state_instance_default
import random

def sample_rows(rows, n, rng=random):
    return rng.sample(rows, n)
#> sample_rows([1, 2, 3], 2)

#: histogram_counts_loop
import numpy as np

def histogram(values, edges):
    counts = np.zeros(len(edges) - 1, dtype=int)
    for v in values:
        i = np.searchsorted(edges, v, side="right") - 1
        if 0 <= i < len(counts):
            counts[i] += 1
    return counts
#> histogram([0.5, 1.5], [0, 1, 2])

#: flood_fill_recursive
def fill(grid, r, c, old, new):
    if r < 0 or c < 0 or r >= len(grid) or c >= len(grid[0]) or grid[r][c] != old:
        return
    grid[r][c] = new
    for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        fill(grid, r + dr, c + dc, old, new)
#> fill([[0, 0], [1, 0]], 0, 0, 0, 2)

#: shortest_path_heap
import heapq

def dijkstra(graph, source):
    distance = {source: 0}
    queue = [(0, source)]
    while queue:
        d, node = heapq.heappop(queue)
        for other, w in graph.get(node, {}).items():
            if d + w < distance.get(other, float("inf")):
                distance[other] = d + w
                heapq.heappush(queue, (d + w, other))
    return distance
#> dijkstra({"a": {"b": 1}, "b": {"c": 2}}, "a")

#: union_find_compression
def find(parent, x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x

def components(n, edges):
    parent = list(range(n))
    for a, b in edges:
        parent[find(parent, a)] = find(parent, b)
    return len({find(parent, i) for i in range(n)})
#> components(3, [(0, 1)])

#: memo_dict_argument
def ways(n, memo=None):
    memo = {} if memo is None else memo
    if n in memo:
        return memo[n]
    memo[n] = 1 if n < 2 else ways(n - 1, memo) + ways(n - 2, memo)
    return memo[n]
#> ways(4)
#> ways(4, {})

#: kfold_scores_by_hand
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import KFold

def cv_scores(X, y, k=2, seed=0):
    scores = []
    for train, test in KFold(k, shuffle=True, random_state=seed).split(X):
        model = LinearRegression().fit(X[train], y[train])
        scores.append(np.mean((model.predict(X[test]) - y[test]) ** 2))
    return float(np.mean(scores))
#> cv_scores(np.arange(8.0).reshape(-1, 2), np.arange(4.0))

#: stacked_features
import numpy as np
from sklearn.base import clone
from sklearn.linear_model import LinearRegression

def stack(models, X, y):
    fitted = [clone(m).fit(X, y) for m in models]
    return np.column_stack([m.predict(X) for m in fitted])
#> stack([LinearRegression()], np.arange(4.0).reshape(-1, 1), np.arange(4.0))

#: threshold_model_class
import numpy as np

class ThresholdModel:
    def fit(self, x, y):
        self.threshold_ = (x[y == 0].mean() + x[y == 1].mean()) / 2
        return self

    def predict(self, x):
        return (x > self.threshold_).astype(int)

def fit_and_score(x, y):
    model = ThresholdModel().fit(x, y)
    return (model.predict(x) == y).mean()
#> fit_and_score(np.array([0.0, 1.0]), np.array([0, 1]))

#: scaler_reused
from sklearn.preprocessing import MinMaxScaler

def scale_both(train, test):
    scaler = MinMaxScaler()
    return scaler.fit_transform(train), scaler.transform(test)
#> scale_both([[0.0], [1.0]], [[0.5]])

#: scaler_given_refit
from sklearn.preprocessing import MinMaxScaler

def rescale(scaler, batch):
    scaler.partial_fit(batch)
    return scaler.transform(batch)
#> rescale(MinMaxScaler(), [[0.0], [1.0]])

#: random_search_seeded
from sklearn.linear_model import Ridge
from sklearn.model_selection import RandomizedSearchCV

def tune(X, y):
    search = RandomizedSearchCV(Ridge(), {"alpha": [0.1, 1.0]}, n_iter=1, cv=2, random_state=0)
    search.fit(X, y)
    return search.best_params_
#> tune([[0.0], [1.0], [2.0], [3.0]], [0, 1, 2, 3])

#: random_search_unseeded
from sklearn.linear_model import Ridge
from sklearn.model_selection import RandomizedSearchCV

def tune(X, y):
    search = RandomizedSearchCV(Ridge(), {"alpha": [0.1, 1.0]}, n_iter=1, cv=2)
    search.fit(X, y)
    return search.best_params_
#> tune([[0.0], [1.0], [2.0], [3.0]], [0, 1, 2, 3])

#: line_chart_saved
import matplotlib.pyplot as plt

def chart(xs, ys, path):
    fig, ax = plt.subplots()
    ax.plot(xs, ys, marker="o")
    ax.set(title="t", xlabel="x")
    ax.grid(True)
    fig.savefig(path, bbox_inches="tight")
    plt.close(fig)
#> chart([1, 2], [3, 4], "c.png")

#: bar_chart_optional_axis
import matplotlib.pyplot as plt

def bars(counts, ax=None, **kwargs):
    if ax is None:
        _, ax = plt.subplots()
    ax.bar(list(counts), list(counts.values()), **kwargs)
    return ax
#> bars({"a": 1})
#> bars({"a": 1}, plt.figure().add_subplot())

#: legend_texts_shrunk
import matplotlib.pyplot as plt

def shrink_legend(ax):
    legend = ax.legend()
    for text in legend.get_texts():
        text.set_fontsize(6)
#> shrink_legend(plt.figure().add_subplot().plot([1, 2], label="a")[0].axes)

#: current_axes_labelled
import matplotlib.pyplot as plt

def finish(title):
    plt.title(title)
    plt.xticks(rotation=45)
    plt.tight_layout()
#> finish("a")

#: pickle_to_bytes
import pickle

def clone_by_pickle(obj):
    return pickle.loads(pickle.dumps(obj))
#> clone_by_pickle([1, {"a": 2}])

#: json_round_trip
import json

def plain(obj):
    return json.loads(json.dumps(obj, default=str))
#> plain({"a": [1, 2]})

#: json_settings_updated
import json

def remember(path, key, value):
    with open(path) as f:
        data = json.load(f)
    data[key] = value
    with open(path, "w") as f:
        json.dump(data, f, indent=2)
    return data
#> remember("data.json", "b", 2)

#: sqlite_upsert
import sqlite3

def database():
    conn = sqlite3.connect(":memory:")
    conn.execute("create table t (a primary key, b)")
    return conn

def upsert(conn, rows):
    with conn:
        conn.executemany("insert or replace into t values (?, ?)", rows)
    return conn.total_changes
#> upsert(database(), [(1, 2)])

#: sqlite_in_memory_summary
import sqlite3

def summarise(rows):
    conn = sqlite3.connect(":memory:")
    conn.execute("create table t (k text, v real)")
    conn.executemany("insert into t values (?, ?)", rows)
    result = conn.execute("select k, sum(v) from t group by k").fetchall()
    conn.close()
    return result
#> summarise([("a", 1.0)])

#: csv_rewritten
import csv

def add_total(source, target):
    with open(source, newline="") as f, open(target, "w", newline="") as out:
        reader = csv.DictReader(f)
        writer = csv.DictWriter(out, [*reader.fieldnames, "total"])
        writer.writeheader()
        for row in reader:
            row["total"] = int(row["a"]) + int(row["b"])
            writer.writerow(row)
#> add_total("data.csv", "out.csv")

#: log_and_continue
import logging

log = logging.getLogger(__name__)

def parse_all(texts):
    values = []
    for text in texts:
        try:
            values.append(float(text))
        except ValueError:
            log.warning("bad value %r", text)
    return values
#> parse_all(["1", "x"])

#: path_with_suffixes
from pathlib import Path

def outputs(path):
    path = Path(path)
    return [path.with_suffix(s) for s in (".csv", ".json")], path.stem, path.parent / "x"
#> outputs("a/b.txt")

#: path_cleanup
from pathlib import Path

def clean(folder, keep):
    for path in Path(folder).iterdir():
        if path.suffix == ".txt" and path.name not in keep:
            path.unlink()
#> clean(".", ["settings.ini"])

#: wall_clock_stamp
from datetime import datetime, timedelta

def expires(days, now=None):
    now = now or datetime.now()
    return now + timedelta(days=days)
#> expires(3)

#: money_rounded
from decimal import ROUND_HALF_UP, Decimal

def to_cents(values):
    return [int((Decimal(str(v)) * 100).quantize(Decimal("1"), ROUND_HALF_UP)) for v in values]
#> to_cents([1.005, 2.5])

#: topological_order
from graphlib import TopologicalSorter

def order(dependencies):
    return list(TopologicalSorter(dependencies).static_order())
#> order({"b": {"a"}})

#: config_parser_read
import configparser

def option(path, section, name):
    parser = configparser.ConfigParser()
    parser.read(path)
    return parser.getint(section, name)
#> option("settings.ini", "a", "b")

#: env_flag
import os

def is_debug():
    return os.environ.get("DEBUG", "0") == "1"
#> is_debug()

#: progress_printed_every
def process(rows, every=2):
    done = []
    for i, row in enumerate(rows):
        done.append(row * 2)
        if i % every == 0:
            print(f"\r{i}/{len(rows)}", end="", flush=True)
    print()
    return done
#> process([1, 2, 3])

#: streamed_sum_from_file
def total(path):
    with open(path) as lines:
        next(lines)
        return sum(int(line.split(",")[0]) for line in lines)
#> total("data.csv")

#: rows_given_sorted_by
from operator import itemgetter

def ranking(rows):
    rows.sort(key=itemgetter("score"), reverse=True)
    for place, row in enumerate(rows, 1):
        row["place"] = place
    return rows
#> ranking([{"score": 1}, {"score": 2}])

#: rows_copied_sorted_by
from operator import itemgetter

def ranking(rows):
    ranked = sorted(({**row} for row in rows), key=itemgetter("score"))
    for place, row in enumerate(ranked, 1):
        row["place"] = place
    return ranked
#> ranking([{"score": 1}, {"score": 2}])

#: slice_assigned
def rotate(values, k):
    values[:] = values[k:] + values[:k]
#> rotate([1, 2, 3], 1)

#: slice_rebound
def rotate(values, k):
    values = values[k:] + values[:k]
    values.append(0)
    return values
#> rotate([1, 2, 3], 1)

#: dict_items_deleted
def prune(scores, minimum):
    for name in [n for n, s in scores.items() if s < minimum]:
        del scores[name]
    return scores
#> prune({"a": 1, "b": 5}, 3)

#: dict_comprehension_filter
def prune(scores, minimum):
    scores = {n: s for n, s in scores.items() if s >= minimum}
    scores["min"] = minimum
    return scores
#> prune({"a": 1, "b": 5}, 3)

#: set_operations_given
def seen_new(seen, items):
    fresh = [i for i in items if i not in seen]
    seen |= set(fresh)
    return fresh
#> seen_new({1}, [1, 2])

#: set_operations_new
def seen_new(seen, items):
    seen = seen | set(items)
    seen.add(0)
    return seen
#> seen_new({1}, [1, 2])

#: inner_function_default_list
def collect(values):
    def add(value, bucket=[]):
        bucket.append(value)
        return bucket
    for v in values:
        out = add(v)
    return out
#> collect([1, 2])

#: partial_application_sorted
from functools import partial

by_size = partial(sorted, key=len)

def shortest(words):
    return by_size(words)[0]
#> shortest(["aa", "b"])

#: cached_property_report
from functools import cached_property

class Report:
    def __init__(self, rows):
        self.rows = rows

    @cached_property
    def total(self):
        print("computing")
        return sum(self.rows)

def show(rows):
    report = Report(rows)
    return report.total + report.total
#> show([1, 2])

#: exit_stack_files_read
from contextlib import ExitStack

def read_all(paths):
    with ExitStack() as stack:
        files = [stack.enter_context(open(p)) for p in paths]
        return [f.readline() for f in files]
#> read_all(["notes.txt", "data.csv"])

#: suppressed_removal
import contextlib
import os

def forget(path):
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
#> forget("notes.txt")

#: redirected_output_returned
import contextlib
import io

def captured(n):
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        for i in range(n):
            print(i)
    return buffer.getvalue()
#> captured(2)

#: total_ordering_sorted
from functools import total_ordering

@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(".")))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

def newest(texts):
    return max(Version(t) for t in texts).parts
#> newest(["1.2", "1.10"])

#: frozen_dataclass_replaced
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class Point:
    x: float
    y: float

def shifted(points, dx):
    return [replace(p, x=p.x + dx) for p in points]
#> shifted([Point(1, 2)], 3)

#: dataclass_list_field_given
from dataclasses import dataclass, field

@dataclass
class Order:
    lines: list = field(default_factory=list)

    def add(self, line):
        self.lines.append(line)

def fill(order, lines):
    for line in lines:
        order.add(line)
    return order
#> fill(Order(), ["a"])

#: dunder_getitem_view
class Window:
    def __init__(self, data, start):
        self.data, self.start = data, start

    def __setitem__(self, i, value):
        self.data[self.start + i] = value

    def __getitem__(self, i):
        return self.data[self.start + i]

def patch(data):
    window = Window(data, 1)
    window[0] = 9
    return window[1]
#> patch([1, 2, 3])

#: dunder_iter_counts
class Counted:
    def __init__(self, items):
        self.items = items
        self.reads = 0

    def __iter__(self):
        self.reads += 1
        return iter(self.items)

def scan(items):
    counted = Counted(items)
    for it in counted:
        pass
    return counted.reads
#> scan([1, 2])

#: dunder_iter_counts_given
class Counted:
    def __init__(self, items):
        self.items = items
        self.reads = 0

    def __iter__(self):
        self.reads += 1
        return iter(self.items)

def scan(counted):
    return sum(1 for _ in counted)
#> scan(Counted([1, 2]))

#: class_level_cache_reset
class Loader:
    cache = {}

    @classmethod
    def load(cls, name):
        if name not in cls.cache:
            cls.cache[name] = name.upper()
        return cls.cache[name]

    @staticmethod
    def clean(text):
        return text.strip()

def label(name):
    return Loader.load(Loader.clean(name))
#> label(" a ")

#: static_method_only
class Loader:
    cache = {}

    @classmethod
    def load(cls, name):
        cls.cache[name] = name
        return name

    @staticmethod
    def clean(text):
        return text.strip()

def label(name):
    return Loader.clean(name).title()
#> label(" a ")

#: observer_list_notified
class Subject:
    def __init__(self):
        self.observers = []

    def attach(self, f):
        self.observers.append(f)

    def notify(self, event):
        for f in self.observers:
            f(event)

def run(events):
    seen = []
    subject = Subject()
    subject.attach(seen.append)
    for e in events:
        subject.notify(e)
    return seen
#> run([1])

#: generator_infinite_taken
from itertools import count, islice, takewhile

def squares_below(limit):
    squares = (n * n for n in count(1))
    first = list(islice(squares, 2))
    return first + list(takewhile(lambda s: s < limit, squares))
#> squares_below(30)

#: generator_reads_file_lazily
def rows(path):
    with open(path) as f:
        for line in f:
            yield line.split(",")

def header(path):
    return next(rows(path))
#> header("data.csv")

#: generator_made_not_run
def rows(path):
    with open(path) as f:
        yield from f

def pipeline(path):
    return (line.strip() for line in rows(path))
#> pipeline("data.csv")

#: zip_longest_consumed
from itertools import zip_longest

def pairs(left, right):
    return [a or b for a, b in zip_longest(left, right)]
#> pairs(iter([1]), [2, 3])

#: map_with_side_effect_unused
def touch(rows):
    map(lambda row: row.append(0), rows)
    return rows
#> touch([[1]])

#: any_stops_early
def has_negative(batches):
    return any(x < 0 for batch in batches for x in batch)
#> has_negative([[1, -1], [2]])

#: alias_of_column_values
import pandas as pd

def double_column(df, name):
    values = df[name].to_numpy()
    values *= 2
    return df
#> double_column(pd.DataFrame({"a": [1, 2]}), "a")

#: alias_of_column_copy
import pandas as pd

def double_column(df, name):
    values = df[name].to_numpy(copy=True)
    values *= 2
    return values
#> double_column(pd.DataFrame({"a": [1, 2]}), "a")

#: alias_via_setdefault
def group(pairs):
    groups = {}
    for key, value in pairs:
        members = groups.setdefault(key, [])
        members.append(value)
    return groups
#> group([("a", 1)])

#: alias_via_dict_get
def add_tag(index, key, tag):
    tags = index.get(key)
    if tags is not None:
        tags.append(tag)
    return index
#> add_tag({"a": []}, "a", "x")

#: alias_in_namedtuple
from collections import namedtuple

Box = namedtuple("Box", "items size")

def enlarge(items):
    box = Box(items, len(items))
    box.items.append(0)
    return box._replace(size=box.size + 1)
#> enlarge([1])

#: alias_default_dict_of_lists
from collections import defaultdict

def bucket(values, size):
    buckets = defaultdict(list)
    for v in values:
        buckets[v // size].append(v)
    return dict(buckets)
#> bucket([1, 5, 9], 4)

#: nested_list_of_given_rows
def transpose(rows):
    columns = [list(c) for c in zip(*rows)]
    columns[0][0] = None
    return columns
#> transpose([[1, 2], [3, 4]])

#: stack_of_views
import numpy as np

def blank_corners(a):
    corners = [a[0, :1], a[0, -1:], a[-1, :1], a[-1, -1:]]
    for corner in corners:
        corner[...] = 0
    return a.sum()
#> blank_corners(np.ones((3, 3)))

#: where_returns_indices
import numpy as np

def zero_negatives(a):
    rows = np.where(a < 0)[0]
    a[rows] = 0
    return len(rows)
#> zero_negatives(np.array([1.0, -1.0]))

#: nan_filled_out_of_place
import numpy as np

def fill_nan(a, value=0.0):
    a = np.where(np.isnan(a), value, a)
    a[0] = value
    return a
#> fill_nan(np.array([1.0, np.nan]))

#: broadcast_to_copy
import numpy as np

def grid(row, n):
    tiled = np.tile(row, (n, 1))
    tiled[0] = 0
    return tiled
#> grid(np.arange(3), 2)

#: ufunc_out_given
import numpy as np

def accumulate(total, x):
    np.add(total, x, out=total)
    np.multiply(x, 2)
    return total
#> accumulate(np.zeros(2), np.ones(2))

#: verbose_flag_via_attribute
class Solver:
    def __init__(self, verbose=False):
        self.verbose = verbose
        self.steps = 0

    def step(self, x):
        self.steps += 1
        if self.verbose:
            print("step", self.steps)
        return x / 2

def solve(x):
    solver = Solver()
    while x > 1:
        x = solver.step(x)
    return x
#> solve(5.0)

#: guard_clause_returns_early
def push(stack, item, limit=None):
    if limit is not None and len(stack) >= limit:
        return False
    stack.append(item)
    return True
#> push([], 1)
#> push([1], 1, 1)

#: try_else_finally
def convert(text, errors):
    try:
        value = int(text)
    except ValueError as e:
        errors.append(str(e))
        value = None
    else:
        value += 1
    finally:
        print("done")
    return value
#> convert("x", [])
#> convert("1", [])

#: exec_free_expression
import ast

def parse_literal(text):
    return ast.literal_eval(text)
#> parse_literal("[1, 2]")

#: global_list_extended
HISTORY = []

def record(*events):
    HISTORY.extend(events)
    return len(HISTORY)
#> record(1, 2)

#: global_shadowed_by_parameter
HISTORY = []

def record(HISTORY, event):
    HISTORY = HISTORY + [event]
    return HISTORY
#> record([], 1)

#: nested_closure_returns_setter
def accessor(store, key):
    def get():
        return store[key]
    def put(value):
        store[key] = value
    return get, put

def swap(store):
    get, put = accessor(store, "a")
    old = get()
    put(old + 1)
    return old
#> swap({"a": 1})

#: thread_pool_pure
from concurrent.futures import ThreadPoolExecutor

def squares(values):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda v: v * v, values))
#> squares([1, 2])
