#: rebind_then_append
def collect(items, extra):
    items = items + [extra]
    items.append(0)
    return items
#> collect([1], 2)

#: plus_equals_list_alias
def grow(items, extra):
    other = items
    other += [extra]
    return len(other)
#> grow([1], 2)

#: plus_equals_number
def bump(total, by):
    start = total
    total += by
    return total - start
#> bump(3, 1)

#: plus_equals_tuple
def extend_key(key, part):
    key += (part,)
    return key
#> extend_key((1, 2), 3)

#: plus_equals_array_annotated
import numpy as np

def shift(values: np.ndarray, by: float) -> np.ndarray:
    values += by
    return values
#> shift(np.zeros(3), 1.0)

#: plus_equals_series_column
import pandas as pd

def discount(df, rate):
    prices = df["price"].copy()
    prices *= 1 - rate
    return prices
#> discount(pd.DataFrame({"price": [1.0, 2.0]}), 0.5)

#: bubble_sort_swaps
def bubble(a):
    n = len(a)
    for i in range(n):
        for j in range(n - i - 1):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a
#> bubble([3, 1, 2])

#: merge_sort_new
def merge_sort(a):
    if len(a) < 2:
        return a
    mid = len(a) // 2
    left, right = merge_sort(a[:mid]), merge_sort(a[mid:])
    out = []
    while left and right:
        out.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return out + left + right
#> merge_sort([3, 1, 2])

#: sorted_copy
def ranked(rows, key):
    best = sorted(rows, key=lambda r: r[key], reverse=True)
    best[0] = dict(best[0], winner=True)
    return best
#> ranked([{"a": 1}, {"a": 2}], "a")

#: sort_slice_copy
def median(xs):
    ys = xs[:]
    ys.sort()
    mid = len(ys) // 2
    return ys[mid]
#> median([3, 1, 2])

#: sort_given_key
def order(rows):
    rows.sort(key=len)
    return rows[0]
#> order(["aa", "b"])

#: inner_lists_shared
def zero_rows(matrix):
    copy = list(matrix)
    for row in copy:
        for i in range(len(row)):
            row[i] = 0
    return copy
#> zero_rows([[1, 2], [3]])

#: inner_lists_copied
def zero_rows(matrix):
    out = [row[:] for row in matrix]
    for row in out:
        for i, _ in enumerate(row):
            row[i] = 0
    return out
#> zero_rows([[1, 2], [3]])

#: dict_of_lists_default
def index_by(words, table=None):
    table = {} if table is None else table
    for w in words:
        table.setdefault(w[0], []).append(w)
    return table
#> index_by(["a", "ab"])
#> index_by(["a"], {})

#: update_in_loop
def merge_configs(base, *overrides):
    merged = dict(base)
    for o in overrides:
        merged.update(o)
    return merged
#> merge_configs({"a": 1}, {"b": 2})

#: deep_merge_into
def deep_update(target, source):
    for k, v in source.items():
        if isinstance(v, dict) and isinstance(target.get(k), dict):
            deep_update(target[k], v)
        else:
            target[k] = v
    return target
#> deep_update({"a": {"b": 1}}, {"a": {"c": 2}})

#: deep_merge_new
from copy import deepcopy

def deep_merge(a, b):
    out = deepcopy(a)
    for k, v in b.items():
        if k in out and isinstance(out[k], dict):
            out[k] = deep_merge(out[k], v)
        else:
            out[k] = v
    return out
#> deep_merge({"a": {"b": 1}}, {"a": {"c": 2}})

#: pop_kwargs
def configure(**kwargs):
    size = kwargs.pop("size", 10)
    return size, kwargs
#> configure(size=1, a=2)

#: pop_options
def split_options(options):
    known = {k: options.pop(k) for k in ("a", "b") if k in options}
    return known, options
#> split_options({"a": 1, "c": 2})

#: counter_closure
def make_counter(start=0):
    count = start
    def step():
        nonlocal count
        count += 1
        return count
    return step
#> make_counter()

#: counter_called
def make_counter():
    count = 0
    def step(by=1):
        nonlocal count
        count += by
        return count
    return step

tick = make_counter()

def advance():
    return tick() + tick()
#> advance()

#: running_mean_closure
def running_mean(values):
    total = n = 0
    def push(x):
        nonlocal total, n
        total += x
        n += 1
        return total / n
    return [push(v) for v in values]
#> running_mean([1, 2])

#: globals_counter
CALLS = 0

def tracked(x):
    global CALLS
    CALLS += 1
    return x * 2
#> tracked(1)

#: globals_dict
_REGISTRY = {}

def register(name):
    def wrap(fn):
        _REGISTRY[name] = fn
        return fn
    return wrap

def handlers():
    return sorted(_REGISTRY)
#> handlers()

#: registry_decorated_call
_REGISTRY = {}

def register(fn):
    _REGISTRY[fn.__name__] = fn
    return fn

@register
def double(x):
    return 2 * x
#> double(2)

#: registry_register_itself
_REGISTRY = {}

def register(fn):
    _REGISTRY[fn.__name__] = fn
    return fn
#> register(len)

#: lru_cached
from functools import lru_cache

@lru_cache(maxsize=None)
def ways(n):
    return 1 if n < 2 else ways(n - 1) + ways(n - 2)
#> ways(5)

#: mutable_default_seen
def remember(x, seen=[]):
    seen.append(x)
    return list(seen)
#> remember(1)

#: mutable_default_unmutated
def lookup(x, table={"a": 1}):
    return table.get(x, 0)
#> lookup("a")

#: property_pure
class Circle:
    def __init__(self, r):
        self.r = r

    @property
    def area(self):
        return 3.14 * self.r ** 2

def total_area(circles):
    return sum(c.area for c in circles)
#> total_area([Circle(1), Circle(2)])

#: property_setter_changes
class Celsius:
    def __init__(self, t):
        self._t = t

    @property
    def kelvin(self):
        return self._t + 273.15

    @kelvin.setter
    def kelvin(self, value):
        self._t = value - 273.15

def warm(c, by):
    c.kelvin += by
#> warm(Celsius(1.0), 2)

#: lazy_property
class Loader:
    def __init__(self, rows):
        self.rows = rows
        self._stats = None

    @property
    def stats(self):
        if self._stats is None:
            self._stats = (min(self.rows), max(self.rows))
        return self._stats

def span(loader):
    lo, hi = loader.stats
    return hi - lo
#> span(Loader([1, 2]))

#: descriptor_validated
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return getattr(obj, self.name)

    def __set__(self, obj, value):
        if value <= 0:
            raise ValueError(value)
        setattr(obj, self.name, value)

class Box:
    width = Positive()

    def __init__(self, width):
        self.width = width

def widen(box, by):
    box.width = box.width + by
    return box.width
#> widen(Box(1), 2)

#: dataclass_replace
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class Params:
    lr: float
    steps: int

def halve(p):
    return replace(p, lr=p.lr / 2)
#> halve(Params(0.1, 3))

#: dataclass_field_append
from dataclasses import dataclass, field

@dataclass
class Run:
    name: str
    losses: list = field(default_factory=list)

    def log(self, loss):
        self.losses.append(loss)
        return self

def train(run, n):
    for i in range(n):
        run.log(1 / (i + 1))
    return run.losses[-1]
#> train(Run("a"), 2)

#: fluent_builder
class Query:
    def __init__(self):
        self.parts = []

    def where(self, c):
        self.parts.append(c)
        return self

    def build(self):
        return " AND ".join(self.parts)

def active(min_age):
    return Query().where("active").where(f"age > {min_age}").build()
#> active(3)

#: fluent_builder_given
class Query:
    def __init__(self):
        self.parts = []

    def where(self, c):
        self.parts.append(c)
        return self

def restrict(query, c):
    return query.where(c)
#> restrict(Query(), "a")

#: class_attribute_count
class Node:
    made = 0

    def __init__(self, value):
        Node.made += 1
        self.value = value

def leaf(value):
    return Node(value)
#> leaf(1)

#: class_shared_list
class Bag:
    items = []

    def add(self, x):
        self.items.append(x)

def put(bag, x):
    bag.add(x)
#> put(Bag(), 1)

#: iadd_dunder
class Money:
    def __init__(self, cents):
        self.cents = cents

    def __iadd__(self, other):
        self.cents += other.cents
        return self

    def __add__(self, other):
        return Money(self.cents + other.cents)

def pay(a, b):
    a += b
    return a
#> pay(Money(1), Money(2))

#: add_dunder
class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        return Money(self.cents + other.cents)

def pay(a: "Money", b: "Money"):
    a += b
    return a
#> pay(Money(1), Money(2))

#: getitem_counts
class Lazy:
    def __init__(self, data):
        self.data = data
        self.hits = 0

    def __getitem__(self, i):
        self.hits += 1
        return self.data[i]

    def __len__(self):
        return len(self.data)

def first(lazy: Lazy):
    return lazy[0] if len(lazy) else None
#> first(Lazy([1]))

#: context_manager_restores
from contextlib import contextmanager

@contextmanager
def attribute(obj, name, value):
    old = getattr(obj, name)
    setattr(obj, name, value)
    try:
        yield obj
    finally:
        setattr(obj, name, old)

class Conf:
    verbose = False

def run_with(conf, value):
    with attribute(conf, "level", value) as c:
        return c.level
#> run_with(type("C", (), {"level": 1})(), 2)

#: context_manager_timer_prints
import time
from contextlib import contextmanager

@contextmanager
def timer(label):
    t = time.perf_counter()
    yield
    print(label, time.perf_counter() - t)

def timed_sum(xs):
    with timer("sum"):
        return sum(xs)
#> timed_sum([1, 2])

#: context_class_list
class Collect:
    def __enter__(self):
        self.items = []
        return self.items

    def __exit__(self, *exc):
        return False

def evens(xs):
    with Collect() as found:
        for x in xs:
            if x % 2 == 0:
                found.append(x)
    return found
#> evens([1, 2])

#: generator_consumes_iterator
def take(iterator, n):
    out = []
    for _ in range(n):
        try:
            out.append(next(iterator))
        except StopIteration:
            break
    return out
#> take(iter([1, 2, 3]), 2)

#: chunks_of
from itertools import islice

def chunks(iterable, size):
    it = iter(iterable)
    while batch := list(islice(it, size)):
        yield batch
#> chunks([1, 2, 3], 2)

#: generator_send
def averager():
    total, count, avg = 0.0, 0, None
    while True:
        x = yield avg
        total += x
        count += 1
        avg = total / count

def averages(xs):
    gen = averager()
    next(gen)
    return [gen.send(x) for x in xs]
#> averages([1, 2])

#: visitor_tree
class Tree:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

def walk(node, visit):
    if node is None:
        return
    walk(node.left, visit)
    visit(node.value)
    walk(node.right, visit)

def flatten(tree):
    out = []
    walk(tree, out.append)
    return out
#> flatten(Tree(2, Tree(1)))

#: insert_tree
class Tree:
    def __init__(self, value):
        self.value, self.left, self.right = value, None, None

def insert(root, value):
    if root is None:
        return Tree(value)
    if value < root.value:
        root.left = insert(root.left, value)
    else:
        root.right = insert(root.right, value)
    return root
#> insert(Tree(2), 1)

#: linked_list_reverse
class Link:
    def __init__(self, v, nxt=None):
        self.v, self.next = v, nxt

def reverse(head):
    prev = None
    while head:
        head.next, prev, head = prev, head, head.next
    return prev
#> reverse(Link(1, Link(2)))

#: linked_list_length
class Link:
    def __init__(self, v, nxt=None):
        self.v, self.next = v, nxt

def length(head):
    n = 0
    node = head
    while node is not None:
        n += 1
        node = node.next
    return n
#> length(Link(1, Link(2)))
