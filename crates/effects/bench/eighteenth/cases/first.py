#: impute_by_group
import pandas as pd

def impute_by_group(df, key, col):
    df[col] = df.groupby(key)[col].transform(lambda s: s.fillna(s.median()))
    return df
#> impute_by_group(pd.DataFrame({"k": [1, 1], "v": [1.0, None]}), "k", "v")

#: winsorize_copy
import numpy as np

def winsorize(series, lower=0.05, upper=0.95):
    lo, hi = series.quantile([lower, upper])
    clipped = series.copy()
    clipped[clipped < lo] = lo
    clipped[clipped > hi] = hi
    return clipped
#> winsorize(__import__("pandas").Series([1.0, 2.0, 100.0]))

#: winsorize_given
def winsorize(values, lo, hi):
    values[values < lo] = lo
    values[values > hi] = hi
#> winsorize(__import__("numpy").array([1.0, 50.0]), 2, 10)

#: rename_columns_on_copy
def tidy_names(frame):
    out = frame.copy()
    out.columns = [c.strip().lower().replace(" ", "_") for c in out.columns]
    return out
#> tidy_names(__import__("pandas").DataFrame({" A b": [1]}))

#: rename_columns_given
def tidy_names(frame):
    frame.columns = frame.columns.str.lower()
    return frame
#> tidy_names(__import__("pandas").DataFrame({"A": [1]}))

#: sort_inplace_assigned
def order(x):
    x = x.sort_values("a", inplace=True)
    return x
#> order(__import__("pandas").DataFrame({"a": [2, 1]}))

#: sort_assigned
def order(x):
    x = x.sort_values("a")
    x.reset_index(drop=True, inplace=True)
    return x
#> order(__import__("pandas").DataFrame({"a": [2, 1]}))

#: conditional_inplace
def clean(df, inplace=False):
    if not inplace:
        df = df.copy()
    df.dropna(inplace=True)
    return df
#> clean(__import__("pandas").DataFrame({"a": [2.0, None]}), inplace=True)

#: slice_then_set
def flag_first(df, n):
    head = df.iloc[:n].copy()
    head["flag"] = True
    return head
#> flag_first(__import__("pandas").DataFrame({"a": [2.0, 3.0]}), 1)

#: loc_boolean_write
def cap(df, col, limit):
    df.loc[df[col] > limit, col] = limit
#> cap(__import__("pandas").DataFrame({"a": [2.0, 30.0]}), "a", 10)

#: assign_chain
def featurise(df):
    return (
        df.assign(ratio=lambda d: d["a"] / d["b"])
        .query("ratio > 0")
        .drop(columns="b")
    )
#> featurise(__import__("pandas").DataFrame({"a": [2.0], "b": [1.0]}))

#: pop_target
def split_target(df, target="y"):
    y = df.pop(target)
    return df, y
#> split_target(__import__("pandas").DataFrame({"y": [2.0], "b": [1.0]}))

#: insert_id
def with_id(df):
    df.insert(0, "id", range(len(df)))
    return df
#> with_id(__import__("pandas").DataFrame({"b": [1.0]}))

#: update_from
def merge_updates(base, patch):
    base.update(patch)
    return base
#> merge_updates(__import__("pandas").DataFrame({"b": [1.0]}), __import__("pandas").DataFrame({"b": [2.0]}))

#: eval_inplace
def add_total(df):
    df.eval("total = a + b", inplace=True)
#> add_total(__import__("pandas").DataFrame({"a": [1], "b": [1.0]}))

#: eval_new
def add_total(df):
    df = df.eval("total = a + b")
    df["half"] = df["total"] / 2
    return df
#> add_total(__import__("pandas").DataFrame({"a": [1], "b": [1.0]}))

#: groupby_apply_sets_column
def rank_within(df):
    def ranked(g):
        g = g.copy()
        g["r"] = g["v"].rank()
        return g
    return df.groupby("k", group_keys=False)[["v"]].apply(ranked)
#> rank_within(__import__("pandas").DataFrame({"k": [1, 1], "v": [1.0, 2.0]}))

#: iterrows_write_back
def square_rows(df):
    for i, row in df.iterrows():
        df.at[i, "sq"] = row["a"] ** 2
    return df
#> square_rows(__import__("pandas").DataFrame({"a": [1.0, 2.0]}))

#: itertuples_collect
def to_records(df):
    seen = []
    for row in df.itertuples(index=False):
        seen.append(row._asdict())
    return seen
#> to_records(__import__("pandas").DataFrame({"a": [1.0, 2.0]}))

#: set_index_new
def by_date(df):
    df = df.set_index("d").sort_index()
    df.index.name = "when"
    return df
#> by_date(__import__("pandas").DataFrame({"d": [2, 1], "v": [1, 2]}))

#: values_view_write
def zero_first(s):
    raw = s.values
    raw[0] = 0
    return s
#> zero_first(__import__("pandas").Series([1.0, 2.0]))

#: to_numpy_copy_write
def zero_first(s):
    raw = s.to_numpy(copy=True)
    raw[0] = 0
    return raw
#> zero_first(__import__("pandas").Series([1.0, 2.0]))

#: normalise_rows_inplace
def normalise(X):
    X /= X.sum(axis=1, keepdims=True)
    return X
#> normalise(__import__("numpy").array([[1.0, 3.0]]))

#: normalise_rows_new
def normalise(X):
    X = X / X.sum(axis=1, keepdims=True)
    X *= 100
    return X
#> normalise(__import__("numpy").array([[1.0, 3.0]]))

#: diagonal_fill
import numpy as np

def no_self_loops(adj):
    np.fill_diagonal(adj, 0)
    return adj
#> no_self_loops(np.ones((2, 2)))

#: ravel_view
def set_flat(a):
    flat = a.ravel()
    flat[0] = 9
    return a
#> set_flat(__import__("numpy").zeros((2, 2)))

#: flatten_copy
def set_flat(a):
    flat = a.flatten()
    flat[0] = 9
    return flat
#> set_flat(__import__("numpy").zeros((2, 2)))

#: transpose_view
def set_col(a):
    a.T[0] = 7
#> set_col(__import__("numpy").zeros((2, 3)))

#: ufunc_out
import numpy as np

def relu_into(x, buf):
    np.maximum(x, 0, out=buf)
    return buf
#> relu_into(np.array([-1.0, 2.0]), np.zeros(2))

#: add_at
import numpy as np

def histogram(counts, idx):
    np.add.at(counts, idx, 1)
    return counts
#> histogram(np.zeros(3), np.array([0, 0, 2]))

#: bincount_pure
import numpy as np

def histogram(idx, n):
    counts = np.bincount(idx, minlength=n)
    counts[0] = 0
    return counts
#> histogram(np.array([0, 0, 2]), 4)

#: setflags_readonly
def freeze(a):
    a.setflags(write=False)
    return a
#> freeze(__import__("numpy").zeros(2))

#: structured_field
def reset_weights(rec):
    rec["w"] = 1.0
    return rec
#> reset_weights(__import__("numpy").zeros(2, dtype=[("w", "f8"), ("n", "i4")]))

#: asarray_alias
import numpy as np

def centre(x):
    x = np.asarray(x, dtype=float)
    x -= x.mean()
    return x
#> centre(np.array([1.0, 2.0]))

#: array_copy
import numpy as np

def centre(x):
    x = np.array(x, dtype=float)
    x -= x.mean()
    return x
#> centre(np.array([1.0, 2.0]))

#: shuffle_given
import numpy as np

def mix(x):
    np.random.shuffle(x)
    return x
#> mix(np.arange(20))

#: permutation_new
import numpy as np

def mix(x, rng):
    return rng.permutation(x)
#> mix(np.arange(20), np.random.default_rng(0))

#: generator_made_with_seed
import numpy as np

def noise(n, seed=42):
    rng = np.random.default_rng(seed)
    return rng.normal(size=n)
#> noise(3)

#: generator_default_none
import numpy as np

def noise(n, rng=None):
    rng = rng or np.random.default_rng()
    return rng.normal(size=n)
#> noise(3)

#: int_iadd
def total(values, start=0):
    for v in values:
        start += v
    return start
#> total([1, 2])

#: list_iadd
def extend(items, more):
    items += more
    return len(items)
#> extend([1], [2])

#: list_plus
def extend(items, more):
    items = items + more
    items.append(0)
    return items
#> extend([1], [2])

#: tuple_iadd
def grow(t):
    t += (1,)
    return t
#> grow((1, 2))

#: string_iadd_loop
def join(parts, sep=""):
    out = ""
    for p in parts:
        out += p + sep
    return out
#> join(["a", "b"])

#: nested_list_alias
def mark(board, r, c, who):
    row = board[r]
    row[c] = who
    return board
#> mark([[0, 0], [0, 0]], 0, 1, "x")

#: shallow_copy_inner
def reset(config):
    new = dict(config)
    new["opts"]["n"] = 0
    return new
#> reset({"opts": {"n": 1}})

#: deepcopy_inner
import copy

def reset(config):
    new = copy.deepcopy(config)
    new["opts"]["n"] = 0
    return new
#> reset({"opts": {"n": 1}})

#: list_multiplication_alias
def grid(n):
    rows = [[0] * n for _ in range(n)]
    rows[0][0] = 1
    return rows
#> grid(2)

#: container_holds_given
def bundle(a, b):
    pair = [a, b]
    pair[0].append(1)
    return pair
#> bundle([], [])

#: attribute_holds_given
class Box:
    def __init__(self, items):
        self.items = items

def push(items):
    b = Box(items)
    b.items.append(1)
    return b
#> push([])

#: attribute_copies_given
class Box:
    def __init__(self, items):
        self.items = list(items)

def push(items):
    b = Box(items)
    b.items.append(1)
    return b
#> push([])

#: returned_receiver
class Query:
    def __init__(self):
        self.parts = []

    def where(self, cond):
        self.parts.append(cond)
        return self

def narrow(q, limit):
    return q.where("a > 1").where(f"b < {limit}")
#> narrow(Query(), 3)

#: property_setter
class Account:
    def __init__(self):
        self._balance = 0

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        if value < 0:
            raise ValueError("negative")
        self._balance = value

def deposit(acc, amount):
    acc.balance += amount
#> deposit(Account(), 3)

#: cached_property_fills
from functools import cached_property

class Data:
    def __init__(self, xs):
        self.xs = xs

    @cached_property
    def total(self):
        return sum(self.xs)

def report(d):
    return d.total
#> report(Data([1, 2]))

#: descriptor_set
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return getattr(obj, self.name)

    def __set__(self, obj, value):
        setattr(obj, self.name, abs(value))

class Item:
    price = Positive()

    def __init__(self, price):
        self.price = price

def discount(item):
    item.price = item.price * 0.9
#> discount(Item(10))

#: getitem_counts
class Counting:
    def __init__(self, data):
        self.data = data
        self.reads = 0

    def __getitem__(self, key):
        self.reads += 1
        return self.data[key]

def lookup(c, key):
    return c[key]
#> lookup(Counting({"a": 1}), "a")

#: iadd_dunder
class Bag:
    def __init__(self):
        self.items = []

    def __iadd__(self, other):
        self.items.append(other)
        return self

def put(bag, x):
    bag += x
    return bag
#> put(Bag(), 3)

#: add_dunder
class Bag:
    def __init__(self, items=()):
        self.items = list(items)

    def __add__(self, other):
        return Bag(self.items + [other])

def put(bag, x):
    bag += x
    return bag
#> put(Bag(), 3)

#: enter_exit_changes
class Timer:
    def __init__(self):
        self.n = 0

    def __enter__(self):
        self.n += 1
        return self

    def __exit__(self, *exc):
        return False

def timed(t, xs):
    with t:
        return sum(xs)
#> timed(Timer(), [1])

#: call_dunder
class Accumulator:
    def __init__(self):
        self.total = 0

    def __call__(self, x):
        self.total += x
        return self.total

def feed(acc, xs):
    return [acc(x) for x in xs]
#> feed(Accumulator(), [1, 2])

#: super_init_appends
class Base:
    registry = []

    def __init__(self, name):
        self.name = name
        Base.registry.append(name)

class Child(Base):
    def __init__(self, name):
        super().__init__(name.upper())

def make(name):
    return Child(name)
#> make("a")

#: class_counter
class Job:
    count = 0

    def __init__(self):
        type(self).count += 1

def spawn(n):
    return [Job() for _ in range(n)]
#> spawn(2)

#: closure_nonlocal_pure
def counter_total(n):
    total = 0

    def add(k):
        nonlocal total
        total += k

    for i in range(n):
        add(i)
    return total
#> counter_total(4)

#: closure_over_given
def make_logger(lines):
    def log(msg):
        lines.append(msg)
    log("start")
    return log
#> make_logger([])

#: closure_not_called
def make_logger(lines):
    def log(msg):
        lines.append(msg)
    return log
#> make_logger([])

#: default_mutable
def collect(x, seen=[]):
    seen.append(x)
    return seen
#> collect(1)

#: default_none_fresh
def collect(x, seen=None):
    if seen is None:
        seen = []
    seen.append(x)
    return seen
#> collect(1, [])

#: kwargs_changed
def configure(**options):
    options.setdefault("n", 1)
    return options
#> configure(a=2)

#: args_first_changed
def push_all(*lists):
    for l in lists:
        l.append(0)
#> push_all([], [])

#: partial_appends
from functools import partial

def gather(xs, out):
    add = partial(list.append, out)
    for x in xs:
        add(x)
#> gather([1], [])

#: reduce_merges
from functools import reduce

def merge(dicts):
    return reduce(lambda a, b: {**a, **b}, dicts, {})
#> merge([{"a": 1}, {"b": 2}])

#: reduce_update_first
from functools import reduce

def merge(dicts):
    def join(a, b):
        a.update(b)
        return a
    return reduce(join, dicts)
#> merge([{"a": 1}, {"b": 2}])

#: map_lazy_unused
def prepare(lists):
    m = map(lambda l: l.append(1), lists)
    return m
#> prepare([[]])

#: map_consumed
def prepare(lists):
    list(map(lambda l: l.append(1), lists))
#> prepare([[]])

#: sort_key_side_effect
def order(xs, seen):
    def key(x):
        seen.append(x)
        return -x
    return sorted(xs, key=key)
#> order([1, 2], [])

#: decorator_counts
import functools

def counted(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return fn(*args, **kwargs)
    wrapper.calls = 0
    return wrapper

@counted
def area(w, h):
    return w * h
#> area(2, 3)

#: contextmanager_restores
import contextlib
import os

@contextlib.contextmanager
def inside(folder):
    old = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(old)

def listing(folder):
    with inside(folder):
        return sorted(os.listdir("."))
#> listing(".")

#: contextmanager_restores_argument
import contextlib

@contextlib.contextmanager
def swapped(d, key, value):
    old = d[key]
    d[key] = value
    try:
        yield d
    finally:
        d[key] = old

def with_n(d):
    with swapped(d, "n", 3) as x:
        return x["n"] * 2
#> with_n({"n": 1})

#: lru_cache_fills
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
#> fib(5)

#: generator_unconsumed
def lines_of(paths):
    for p in paths:
        with open(p) as f:
            yield from f

def reader(paths):
    return lines_of(paths)
#> reader(["notes.txt"])

#: generator_consumed
def lines_of(paths):
    for p in paths:
        with open(p) as f:
            yield from f

def count(paths):
    return sum(1 for _ in lines_of(paths))
#> count(["notes.txt"])

#: next_consumes
def header(rows):
    first = next(rows)
    return first
#> header(iter([[1], [2]]))

#: islice_consumes
from itertools import islice

def take(it, n):
    return list(islice(it, n))
#> take(iter([1, 2, 3]), 2)

#: enumerate_list_only
def positions(xs, wanted):
    return [i for i, x in enumerate(xs) if x == wanted]
#> positions([1, 2, 1], 1)

#: defaultdict_lookup_inserts
from collections import defaultdict

def touch(index, key):
    return len(index[key])
#> touch(defaultdict(list), "a")

#: defaultdict_get
def peek(index, key):
    return index.get(key, 0)
#> peek(__import__("collections").defaultdict(int), "a")

#: ordered_move
def touch_lru(cache, key):
    cache.move_to_end(key)
    return cache[key]
#> touch_lru(__import__("collections").OrderedDict(a=1, b=2), "a")

#: chainmap_write
from collections import ChainMap

def override(defaults, user):
    merged = ChainMap(user, defaults)
    merged["debug"] = True
    return merged
#> override({}, {})

#: counter_subtract
from collections import Counter

def consume(stock, order):
    stock.subtract(order)
    return stock
#> consume(Counter("aab"), Counter("a"))

#: counter_minus
from collections import Counter

def remaining(stock, order):
    return stock - order
#> remaining(Counter("aab"), Counter("a"))

#: insort_given
import bisect

def keep_sorted(xs, x):
    bisect.insort(xs, x)
#> keep_sorted([1, 3], 2)

#: heappushpop
import heapq

def top_k(stream, k):
    heap = []
    for x in stream:
        if len(heap) < k:
            heapq.heappush(heap, x)
        else:
            heapq.heappushpop(heap, x)
    return sorted(heap, reverse=True)
#> top_k([3, 1, 2], 2)

#: deque_rotate
def spin(d, n):
    d.rotate(n)
    return list(d)
#> spin(__import__("collections").deque([1, 2, 3]), 1)

#: replace_dataclass
from dataclasses import dataclass, replace

@dataclass
class Config:
    lr: float = 0.1
    tags: list = None

def faster(cfg):
    return replace(cfg, lr=cfg.lr * 2)
#> faster(Config())

#: replace_shares_list
from dataclasses import dataclass, replace, field

@dataclass
class Config:
    lr: float = 0.1
    tags: list = field(default_factory=list)

def tagged(cfg, tag):
    new = replace(cfg, lr=1.0)
    new.tags.append(tag)
    return new
#> tagged(Config(), "x")
