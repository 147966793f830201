#: typed_normalise
from typing import Dict, Iterable, List, Optional, Sequence, Tuple, Union
import numpy as np
import numpy.typing as npt

def normalise(weights: Dict[str, float]) -> Dict[str, float]:
    total = sum(weights.values()) or 1.0
    for k in weights:
        weights[k] /= total
    return weights
#> normalise({"a": 1.0, "b": 3.0})

#: typed_array_inplace
import numpy.typing as npt
import numpy as np

def centre(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    x -= x.mean(axis=0)
    return x
#> centre(np.array([1.0, 2.0]))

#: typed_array_like
from numpy.typing import ArrayLike
import numpy as np

def zscore(x: ArrayLike) -> np.ndarray:
    x = np.array(x, dtype=float)
    x -= x.mean()
    x /= x.std()
    return x
#> zscore([1.0, 2.0])

#: typed_iterable_sum
from typing import Iterable

def spread(values: Iterable[float]) -> float:
    vals = list(values)
    vals.sort()
    return vals[-1] - vals[0]
#> spread([3.0, 1.0])

#: typed_sequence_of_dicts
from collections.abc import Sequence, MutableMapping

def stamp(rows: Sequence[MutableMapping], run: str) -> int:
    for row in rows:
        row["run"] = run
    return len(rows)
#> stamp([{"a": 1}], "x")

#: typed_union_path
from pathlib import Path
from typing import Union

def count_lines(path: Union[str, Path]) -> int:
    with open(path) as fh:
        return len(fh.readlines())
#> count_lines("notes.txt")

#: typed_textio
from typing import TextIO
import io

def emit(rows: list, out: TextIO) -> None:
    for r in rows:
        out.write(",".join(map(str, r)) + "\n")

def as_text(rows: list) -> str:
    buf = io.StringIO()
    emit(rows, buf)
    return buf.getvalue()
#> as_text([(1, 2)])

#: typed_callable_apply
from typing import Callable, List, TypeVar

T = TypeVar("T")

def retry(n: int, action: Callable[[], T]) -> T:
    last = None
    for _ in range(n):
        try:
            return action()
        except ValueError as e:
            last = e
    raise last

def load(text: str) -> int:
    return retry(2, lambda: int(text))
#> load("3")

#: typed_literal_mode
from typing import Literal
import pandas as pd

def fill(df: pd.DataFrame, how: Literal["zero", "mean"] = "zero") -> pd.DataFrame:
    df = df.copy()
    if how == "zero":
        return df.fillna(0)
    for c in df:
        df[c] = df[c].fillna(df[c].mean())
    return df
#> fill(pd.DataFrame({"a": [1.0, None]}), "mean")

#: typed_optional_rng
from typing import Optional
import numpy as np

def jitter(x: np.ndarray, rng: Optional[np.random.Generator] = None) -> np.ndarray:
    rng = rng or np.random.default_rng(0)
    return x + rng.normal(size=x.shape)
#> jitter(np.ones(2), np.random.default_rng(1))

#: typed_any_model
from typing import Any

def refit(model: Any, X, y) -> Any:
    model.fit(X, y)
    return model
#> refit(__import__("sklearn.linear_model", fromlist=["x"]).LinearRegression(), [[1.0], [2.0]], [1.0, 2.0])

#: typed_protocol
from typing import Protocol

class Sink(Protocol):
    def put(self, item: str) -> None: ...

class ListSink:
    def __init__(self):
        self.items = []

    def put(self, item: str) -> None:
        self.items.append(item)

def drain(words: list, sink: Sink) -> None:
    for w in words:
        sink.put(w.upper())
#> drain(["a"], ListSink())

#: typed_generator
from typing import Iterator

def chunks(xs: list, n: int) -> Iterator[list]:
    for i in range(0, len(xs), n):
        yield xs[i:i + n]

def first_of_each(xs: list, n: int) -> list:
    out = []
    for c in chunks(xs, n):
        c[0] = -c[0]
        out.append(c[0])
    return out
#> first_of_each([1, 2, 3], 2)

#: typed_typeddict
from typing import TypedDict

class Row(TypedDict):
    name: str
    score: float

def boost(row: Row, by: float) -> Row:
    row["score"] += by
    return row
#> boost({"name": "a", "score": 1.0}, 1.0)

#: typed_namedtuple_class
from typing import NamedTuple, List

class Span(NamedTuple):
    start: int
    labels: List[str]

def tag(span: Span, label: str) -> Span:
    span.labels.append(label)
    return span
#> tag(Span(0, []), "x")

#: typed_defaultdict_arg
from typing import DefaultDict, List
from collections import defaultdict

def add_edge(graph: DefaultDict[str, List[str]], a: str, b: str) -> None:
    graph[a].append(b)
    graph[b].append(a)
#> add_edge(defaultdict(list), "a", "b")

#: typed_deque_push
from collections import deque
from typing import Deque

def smooth(history: Deque[float], x: float, n: int = 3) -> float:
    history.append(x)
    while len(history) > n:
        history.popleft()
    return sum(history) / len(history)
#> smooth(deque(), 1.0)

#: typed_set_ops
from typing import Set

def merge(a: Set[int], b: Set[int]) -> Set[int]:
    c = a | b
    c.discard(0)
    a &= b
    return c
#> merge({1, 2}, {2})

#: typed_datetime
from datetime import date, datetime, timedelta

def bucket(ts: datetime, minutes: int = 15) -> datetime:
    ts -= timedelta(minutes=ts.minute % minutes, seconds=ts.second)
    return ts.replace(microsecond=0)
#> bucket(datetime(2020, 1, 1, 10, 7))

#: typed_logger
import logging
from logging import Logger

def done(log: Logger, n: int) -> bool:
    log.info("done %d", n)
    return n > 0
#> done(logging.getLogger("q"), 1)

#: bank_transfer
class Account:
    def __init__(self, balance: float = 0.0):
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        self.balance += amount
        self.history.append(("in", amount))

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("insufficient")
        self.balance -= amount
        self.history.append(("out", amount))

def transfer(src: Account, dst: Account, amount: float) -> None:
    src.withdraw(amount)
    dst.deposit(amount)
#> transfer(Account(5.0), Account(), 2.0)

#: bank_report_readonly
class Account:
    def __init__(self, balance=0.0):
        self.balance = balance

def totals(accounts):
    by = {}
    for a in accounts:
        key = "rich" if a.balance > 10 else "poor"
        by.setdefault(key, []).append(a)
    return {k: sum(a.balance for a in v) for k, v in by.items()}
#> totals([Account(5.0)])

#: inventory_nested
def restock(inventory, order):
    for sku, qty in order.items():
        slot = inventory.get(sku)
        if slot is None:
            inventory[sku] = {"qty": qty, "log": []}
        else:
            slot["qty"] += qty
            slot["log"].append(qty)
#> restock({"a": {"qty": 1, "log": []}}, {"a": 2})

#: inventory_view
def low_stock(inventory, limit):
    low = {sku: slot["qty"] for sku, slot in inventory.items() if slot["qty"] < limit}
    low.pop("misc", None)
    return sorted(low)
#> low_stock({"a": {"qty": 1}}, 3)

#: graph_bfs
from collections import deque

def bfs(graph, start):
    seen, queue = {start}, deque([start])
    order = []
    while queue:
        node = queue.popleft()
        order.append(node)
        for nb in graph[node]:
            if nb not in seen:
                seen.add(nb)
                queue.append(nb)
    return order
#> bfs({"a": ["b"], "b": []}, "a")

#: graph_remove_edges
def cut(graph, a, b):
    graph[a].remove(b)
    graph[b].remove(a)
    return graph
#> cut({"a": ["b"], "b": ["a"]}, "a", "b")

#: matrix_transpose_inplace
def transpose(m):
    n = len(m)
    for i in range(n):
        for j in range(i + 1, n):
            m[i][j], m[j][i] = m[j][i], m[i][j]
    return m
#> transpose([[1, 2], [3, 4]])

#: matrix_zip_transpose
def transpose(m):
    return [list(col) for col in zip(*m)]
#> transpose([[1, 2], [3, 4]])

#: text_word_index
def index_words(lines):
    idx = {}
    for n, line in enumerate(lines, 1):
        for w in line.lower().split():
            w = w.strip(".,")
            if w not in idx:
                idx[w] = []
            idx[w].append(n)
    return idx
#> index_words(["A b."])

#: text_stream_counts
def vowels(stream):
    counts = dict.fromkeys("aeiou", 0)
    for ch in stream.read():
        if ch in counts:
            counts[ch] += 1
    return counts
#> vowels(__import__("io").StringIO("abe"))

#: event_bus_class
class Bus:
    def __init__(self):
        self._subs = {}

    def on(self, name, fn):
        self._subs.setdefault(name, []).append(fn)

    def emit(self, name, *args):
        return [fn(*args) for fn in self._subs.get(name, [])]

def wire(bus, log):
    bus.on("x", log.append)
    bus.emit("x", 1)
#> wire(Bus(), [])

#: observer_local
class Bus:
    def __init__(self):
        self._subs = {}

    def on(self, name, fn):
        self._subs.setdefault(name, []).append(fn)

    def emit(self, name, *args):
        return [fn(*args) for fn in self._subs.get(name, [])]

def count_events(names):
    seen = []
    bus = Bus()
    bus.on("e", seen.append)
    for n in names:
        bus.emit("e", n)
    return len(seen)
#> count_events(["a"])

#: linked_list_append
class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next

def append(head, value):
    node = head
    while node.next is not None:
        node = node.next
    node.next = Node(value)
    return head
#> append(Node(1), 2)

#: linked_list_sum
class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next

def total(head):
    s = 0
    while head:
        s += head.value
        head = head.next
    return s
#> total(Node(1, Node(2)))

#: tree_insert
class Tree:
    def __init__(self, key):
        self.key, self.left, self.right = key, None, None

    def insert(self, key):
        side = "left" if key < self.key else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Tree(key))
        else:
            child.insert(key)

def build(keys):
    root = Tree(keys[0])
    for k in keys[1:]:
        root.insert(k)
    return root

def extend(tree, keys):
    for k in keys:
        tree.insert(k)
#> extend(build([2, 1]), [3])

#: simulation_step
import random

class Walker:
    def __init__(self, x=0):
        self.x = x

    def step(self, rng):
        self.x += rng.choice([-1, 1])

def simulate(walkers, steps, seed):
    rng = random.Random(seed)
    for _ in range(steps):
        for w in walkers:
            w.step(rng)
    return [w.x for w in walkers]
#> simulate([Walker()], 3, 1)

#: simulation_new_objects
import random

def simulate(n, steps, seed):
    rng = random.Random(seed)
    xs = [0] * n
    for _ in range(steps):
        xs = [x + rng.choice([-1, 1]) for x in xs]
    return xs
#> simulate(2, 3, 1)

#: metrics_registry_global
_METRICS = {}

def metric(name):
    def wrap(fn):
        _METRICS[name] = fn
        return fn
    return wrap

@metric("mae")
def mae(y, p):
    return sum(abs(a - b) for a, b in zip(y, p)) / len(y)

def evaluate(y, p):
    return {name: fn(y, p) for name, fn in _METRICS.items()}
#> evaluate([1], [2])

#: config_merge_deep
def deep_merge(base, extra):
    for k, v in extra.items():
        if isinstance(v, dict) and isinstance(base.get(k), dict):
            deep_merge(base[k], v)
        else:
            base[k] = v
    return base
#> deep_merge({"a": {"b": 1}}, {"a": {"c": 2}})

#: config_merge_new
def merged(base, extra):
    out = dict(base)
    for k, v in extra.items():
        if isinstance(v, dict) and isinstance(base.get(k), dict):
            out[k] = merged(base[k], v)
        else:
            out[k] = v
    return out
#> merged({"a": {"b": 1}}, {"a": {"c": 2}})

#: quantile_bins_frame
import pandas as pd

def bin_column(df, col, q=2):
    df[col + "_bin"], edges = pd.qcut(df[col], q, retbins=True, labels=False)
    return edges
#> bin_column(pd.DataFrame({"a": [1, 2, 3]}), "a")

#: rolling_features
def add_rolling(df, cols, windows=(2, 3)):
    feats = {}
    for c in cols:
        for w in windows:
            feats[f"{c}_{w}"] = df[c].rolling(w).mean()
    return df.assign(**feats)
#> add_rolling(__import__("pandas").DataFrame({"a": [1, 2, 3]}), ["a"])

#: lag_inplace
def add_lags(df, col, n):
    for k in range(1, n + 1):
        df[f"{col}_lag{k}"] = df[col].shift(k)
    df.dropna(inplace=True)
    return df.shape
#> add_lags(__import__("pandas").DataFrame({"a": [1, 2, 3]}), "a", 1)

#: timezone_index
def localise(df, tz):
    df.index = df.index.tz_localize("UTC").tz_convert(tz)
    return df
#> localise(__import__("pandas").DataFrame({"a": [1]}, index=__import__("pandas").to_datetime(["2020-01-01"])), "Europe/Paris")

#: category_cast
def to_categories(df, cols):
    for c in cols:
        df[c] = df[c].astype("category").cat.codes
    return {c: df[c].max() for c in cols}
#> to_categories(__import__("pandas").DataFrame({"a": ["x", "y"]}), ["a"])

#: mask_where_inplace
def censor(s, limit):
    s.mask(s > limit, limit, inplace=True)
    return s.max()
#> censor(__import__("pandas").Series([1, 9]), 5)

#: frame_update
def patch(df, other):
    df.update(other)
    return df
#> patch(__import__("pandas").DataFrame({"a": [1.0, 2.0]}), __import__("pandas").DataFrame({"a": [5.0]}))

#: combine_first_new
def patch(df, other):
    return df.combine_first(other)
#> patch(__import__("pandas").DataFrame({"a": [1.0, None]}), __import__("pandas").DataFrame({"a": [5.0, 2.0]}))

#: groups_to_dict_then_change
def split(df, key):
    parts = {k: g for k, g in df.groupby(key)}
    for k, g in parts.items():
        g["share"] = g["v"] / g["v"].sum()
    return parts
#> split(__import__("pandas").DataFrame({"k": [1, 1], "v": [1.0, 3.0]}), "k")

#: numpy_dot_out_loop
import numpy as np

def power_iteration(A, v, n=3):
    w = np.empty_like(v)
    for _ in range(n):
        np.dot(A, v, out=w)
        v = w / np.linalg.norm(w)
    return v
#> power_iteration(np.eye(2), np.array([1.0, 2.0]))

#: numpy_game_of_life
import numpy as np

def life(grid):
    n = sum(np.roll(np.roll(grid, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1)) - grid
    new = ((n == 3) | ((grid == 1) & (n == 2))).astype(int)
    return new
#> life(np.eye(3, dtype=int))

#: numpy_in_place_threshold
import numpy as np

def binarise(img, t):
    img[img < t] = 0
    img[img >= t] = 1
    return img.astype(bool)
#> binarise(np.array([0.2, 0.8]), 0.5)

#: numpy_split_views
import numpy as np

def scale_halves(x):
    a, b = np.split(x, 2)
    a *= 2
    b *= 3
    return x
#> scale_halves(np.ones(4))

#: numpy_meshgrid_new
import numpy as np

def surface(xs, ys):
    X, Y = np.meshgrid(xs, ys)
    X **= 2
    return X + Y
#> surface(np.array([1.0, 2.0]), np.array([3.0]))

#: numpy_atleast_view
import numpy as np

def first_row(x):
    m = np.atleast_2d(x)
    m[0] = 0
    return m
#> first_row(np.array([[1.0, 2.0]]))

#: numpy_concat_copies
import numpy as np

def pad(x, n):
    y = np.concatenate([np.zeros(n), x])
    y[n] = -1
    return y
#> pad(np.array([1.0]), 2)

#: numpy_squeeze_ravel_flatten
import numpy as np

def demo(x):
    y = np.squeeze(x)
    y += 1
    return y
#> demo(np.ones((1, 3)))

#: numpy_clip_copy_then_inplace
import numpy as np

def soft(x, lo, hi):
    y = np.clip(x, lo, hi)
    y -= lo
    return y / (hi - lo)
#> soft(np.array([1.0, 5.0]), 0, 2)

#: numpy_where_then_write
import numpy as np

def fix(x):
    bad, = np.where(np.isnan(x))
    for i in bad:
        x[i] = 0 if i == 0 else x[i - 1]
    return len(bad)
#> fix(np.array([1.0, np.nan]))
