#: default_list_memo
def remember(x, seen=[]):
    seen.append(x)
    return len(seen)
#> remember(1)

#: default_list_copied
def extend_with(x, base=[]):
    result = base + [x]
    result.append(x)
    return result
#> extend_with(1)

#: plus_equals_list_alias
def collect(items, extra):
    out = items
    out += extra
    return out
#> collect([1], [2])

#: plus_rebinds_list
def collect(items, extra):
    out = items
    out = out + extra
    out.append(0)
    return out
#> collect([1], [2])

#: swap_in_tuple
def rotate(pair):
    a, b = pair
    a, b = b, a
    return [a, b]
#> rotate([[1], [2]])

#: nested_element_changed
def rename_all(people, mapping):
    for p in people:
        p["name"] = mapping.get(p["name"], p["name"])
    return people
#> rename_all([{"name": "a"}], {"a": "b"})

#: nested_element_replaced
def rename_all(people, mapping):
    return [{**p, "name": mapping.get(p["name"], p["name"])} for p in people]
#> rename_all([{"name": "a"}], {"a": "b"})

#: list_of_copies
import copy

def normalised(rows):
    rows = [dict(r) for r in rows]
    for r in rows:
        r["v"] = r["v"] / 2
    return rows
#> normalised([{"v": 1}])

#: shallow_copy_outer_only
import copy

def without_last(rows):
    c = copy.copy(rows)
    c.pop()
    return c
#> without_last([[1], [2]])

#: shallow_copy_inner_changed
def bump(rows):
    c = rows[:]
    c[0][0] += 1
    return c
#> bump([[1], [2]])

#: sorted_not_sort
def median(xs):
    xs = sorted(xs)
    n = len(xs)
    return xs[n // 2] if n % 2 else (xs[n // 2 - 1] + xs[n // 2]) / 2
#> median([3, 1, 2])

#: sort_by_key_in_place
def ranking(players):
    players.sort(key=lambda p: -p[1])
    return [name for name, _ in players]
#> ranking([("a", 1), ("b", 2)])

#: dict_union
def defaults(options):
    options = {"a": 1} | options
    options["b"] = 2
    return options
#> defaults({"a": 2})

#: dict_union_in_place
def defaults(options):
    options |= {"b": 2}
    return options
#> defaults({"a": 2})

#: set_in_place
def prune(seen, bad):
    seen -= bad
    return len(seen)
#> prune({1, 2}, {2})

#: set_operator_new
def prune(seen, bad):
    seen = seen - bad
    seen.add(0)
    return seen
#> prune({1, 2}, {2})

#: walrus_alias
def push(stack, x):
    if (top := stack) is not None:
        top.append(x)
    return len(stack)
#> push([], 1)

#: conditional_copy
def tidy(d, inplace=False):
    target = d if inplace else dict(d)
    target["tidy"] = True
    return target
#> tidy({}, True)
#> tidy({})

#: always_copy_flag
def tidy(d):
    return _tidy(d, inplace=False)

def _tidy(d, inplace):
    target = d if inplace else dict(d)
    target["tidy"] = True
    return target
#> tidy({})

#: early_return_before_change
def drain(queue, dry_run=True):
    if dry_run:
        return list(queue)
    out = []
    while queue:
        out.append(queue.pop())
    return out
#> drain([1], dry_run=False)
#> drain([1])

#: closure_counter
def make_counter():
    n = 0
    def bump():
        nonlocal n
        n += 1
        return n
    return bump

def count_twice():
    c = make_counter()
    c()
    return c()
#> count_twice()

#: closure_over_argument
def appender(target):
    def add(x):
        target.append(x)
        return target
    return add

def fill(xs):
    add = appender(xs)
    for i in range(2):
        add(i)
#> fill([])

#: closure_not_called
def appender(target):
    def add(x):
        target.append(x)
    return add
#> appender([])

#: global_counter
CALLS = 0

def tracked(x):
    global CALLS
    CALLS += 1
    return x * 2
#> tracked(1)

#: global_shadowed
TOTAL = []

def total(xs):
    TOTAL = []
    for x in xs:
        TOTAL.append(x)
    return sum(TOTAL)
#> total([1])

#: global_cache_dict
_CACHE = {}

def slow_square(x):
    if x not in _CACHE:
        _CACHE[x] = x * x
    return _CACHE[x]
#> slow_square(3)

#: lru_cached
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
#> fib(5)

#: decorator_logs
import functools

def logged(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        print("calling", f.__name__)
        return f(*args, **kwargs)
    return inner

@logged
def area(w, h):
    return w * h
#> area(2, 3)

#: decorator_copies_argument
import functools

def on_copy(f):
    @functools.wraps(f)
    def inner(d, *args):
        return f(dict(d), *args)
    return inner

@on_copy
def put(d, k, v):
    d[k] = v
    return d
#> put({}, "a", 1)

#: decorator_registers
REGISTRY = {}

def register(f):
    REGISTRY[f.__name__] = f
    return f

@register
def double(x):
    return 2 * x
#> double(2)

#: decorator_with_argument
import functools
import time

def retry(times):
    def deco(f):
        @functools.wraps(f)
        def inner(*a, **k):
            for i in range(times):
                try:
                    return f(*a, **k)
                except ValueError:
                    time.sleep(0)
            return None
        return inner
    return deco

@retry(2)
def parse(s):
    return int(s)
#> parse("1")
#> parse("x")

#: generator_not_started
def numbers(xs):
    while xs:
        yield xs.pop()

def lazy(xs):
    g = numbers(xs)
    return g
#> lazy([1, 2])

#: generator_started
def numbers(xs):
    while xs:
        yield xs.pop()

def eager(xs):
    return list(numbers(xs))
#> eager([1, 2])

#: generator_with_print
def chatty(n):
    for i in range(n):
        print("giving", i)
        yield i

def total(n):
    return sum(chatty(n))
#> total(2)

#: consumes_iterator
def first_two(it):
    return next(it), next(it)
#> first_two(iter([1, 2, 3]))

#: iterates_list
def first_two(xs):
    it = iter(xs)
    return next(it), next(it)
#> first_two([1, 2, 3])

#: context_manager_restores
from contextlib import contextmanager

STATE = {"level": 0}

@contextmanager
def raised():
    STATE["level"] += 1
    try:
        yield STATE["level"]
    finally:
        STATE["level"] -= 1

def peek():
    with raised() as level:
        return level * 10
#> peek()

#: context_manager_on_argument
class locked:
    def __init__(self, flags):
        self.flags = flags

    def __enter__(self):
        self.flags["locked"] = True
        return self

    def __exit__(self, *exc):
        return False

def work(flags):
    with locked(flags):
        return len(flags)
#> work({})

#: class_attribute_shared
class Pool:
    members = []

    def join(self, m):
        self.members.append(m)
        return len(self.members)

def enlist(name):
    return Pool().join(name)
#> enlist("a")

#: instance_attribute_fresh
class Pool:
    def __init__(self):
        self.members = []

    def join(self, m):
        self.members.append(m)
        return len(self.members)

def enlist(name):
    return Pool().join(name)
#> enlist("a")

#: instance_keeps_argument
class Basket:
    def __init__(self, items):
        self.items = items

    def add(self, x):
        self.items.append(x)

def shop(items):
    b = Basket(items)
    b.add("tea")
    return b
#> shop([])

#: instance_copies_argument
class Basket:
    def __init__(self, items):
        self.items = list(items)

    def add(self, x):
        self.items.append(x)

def shop(items):
    b = Basket(items)
    b.add("tea")
    return b
#> shop([])

#: fluent_self
class Query:
    def __init__(self):
        self.parts = []

    def where(self, c):
        self.parts.append(c)
        return self

    def text(self):
        return " and ".join(self.parts)

def build(names):
    q = Query()
    for n in names:
        q = q.where(n + " > 0")
    return q.text()
#> build(["a"])

#: immutable_fluent
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class Config:
    lr: float = 0.1
    tags: tuple = ()

def tuned(cfg):
    cfg = replace(cfg, lr=cfg.lr / 2)
    return replace(cfg, tags=cfg.tags + ("tuned",))
#> tuned(Config())

#: property_computes
class Circle:
    def __init__(self, r):
        self.r = r

    @property
    def area(self):
        return 3 * self.r ** 2

def total_area(circles):
    return sum(c.area for c in circles)
#> total_area([Circle(1)])

#: property_caches
class Data:
    def __init__(self, xs):
        self.xs = xs
        self._mean = None

    @property
    def mean(self):
        if self._mean is None:
            self._mean = sum(self.xs) / len(self.xs)
        return self._mean

def centred(data):
    return [x - data.mean for x in data.xs]
#> centred(Data([1, 2]))

#: setter_validates
class Account:
    def __init__(self):
        self._balance = 0

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, v):
        if v < 0:
            raise ValueError("negative")
        self._balance = v

def deposit(account, amount):
    account.balance += amount
    return account.balance
#> deposit(Account(), 5)

#: operator_iadd_new
class Vec:
    def __init__(self, x):
        self.x = x

    def __add__(self, o):
        return Vec(self.x + o.x)

def shift(v, w):
    v += w
    return v.x
#> shift(Vec(1), Vec(2))

#: operator_iadd_mutates
class Vec:
    def __init__(self, x):
        self.x = x

    def __iadd__(self, o):
        self.x += o.x
        return self

def shift(v: Vec, w: Vec):
    v += w
    return v.x
#> shift(Vec(1), Vec(2))

#: callback_changes
def each(xs, f):
    for x in xs:
        f(x)

def copy_into(src, dst):
    each(src, dst.append)
    return dst
#> copy_into([1], [])

#: callback_pure
def apply_all(fs, x):
    for f in fs:
        x = f(x)
    return x

def slug(text):
    return apply_all([str.strip, str.lower, lambda s: s.replace(" ", "-")], text)
#> slug(" A b ")

#: dispatch_table
OPS = {"add": lambda a, b: a + b, "mul": lambda a, b: a * b}

def compute(op, a, b):
    return OPS[op](a, b)
#> compute("add", 1, 2)

#: dispatch_with_effect
import sys

def _show(x):
    print(x)

def _quiet(x):
    pass

HANDLERS = {"show": _show, "quiet": _quiet}

def handle(kind, x):
    HANDLERS.get(kind, _quiet)(x)
#> handle("show", 1)
#> handle("other", 1)

#: partial_binds
from functools import partial

def scaled_by(k, xs):
    f = partial(lambda k, x: k * x, k)
    return list(map(f, xs))
#> scaled_by(2, [1, 2])

#: map_lazy_effect
def announce(xs):
    lines = map(print, xs)
    return lines
#> announce([1])

#: map_forced_effect
def announce(xs):
    for _ in map(print, xs):
        pass
#> announce([1])

#: setattr_dynamic
def configure(obj, **options):
    for key, value in options.items():
        setattr(obj, key, value)
    return obj
#> configure(type("O", (), {})(), a=1)

#: kwargs_changed
def plot_options(**kw):
    kw.setdefault("color", "red")
    kw.pop("label", None)
    return kw
#> plot_options(label="a")

#: args_tuple_elements
def reset(*lists):
    for l in lists:
        l.clear()
#> reset([1], [2])

#: star_copy
def tail(xs):
    first, *rest = xs
    rest.append(first)
    return rest
#> tail([1, 2, 3])

#: try_finally_write
def guarded(log, f):
    try:
        return f()
    except Exception:
        return None
    finally:
        log.append("done")
#> guarded([], lambda: 1)

#: recursion_accumulates
def walk(tree, out=None):
    if out is None:
        out = []
    out.append(tree["v"])
    for child in tree.get("children", []):
        walk(child, out)
    return out
#> walk({"v": 1, "children": [{"v": 2}]})

#: flatten_recursive
def flatten(d, prefix=""):
    items = {}
    for k, v in d.items():
        key = f"{prefix}{k}"
        if isinstance(v, dict):
            items.update(flatten(v, key + "."))
        else:
            items[key] = v
    return items
#> flatten({"a": {"b": 1}})

#: deque_window
from collections import deque

def smooth(xs, n=2):
    window = deque(maxlen=n)
    out = []
    for x in xs:
        window.append(x)
        out.append(sum(window) / len(window))
    return out
#> smooth([1, 2, 3])

#: defaultdict_grouping
from collections import defaultdict

def by_length(words):
    groups = defaultdict(list)
    for w in words:
        groups[len(w)].append(w)
    return dict(groups)
#> by_length(["a", "bb"])

#: defaultdict_lookup_changes
from collections import defaultdict

def lookup(index: defaultdict, key):
    return len(index[key])
#> lookup(defaultdict(list), "a")

#: heap_on_argument
import heapq

def smallest(heap, n):
    heapq.heapify(heap)
    return [heapq.heappop(heap) for _ in range(n)]
#> smallest([3, 1, 2], 2)

#: heap_on_copy
import heapq

def smallest(xs, n):
    heap = list(xs)
    heapq.heapify(heap)
    return [heapq.heappop(heap) for _ in range(n)]
#> smallest([3, 1, 2], 2)

#: nsmallest
import heapq

def smallest(xs, n):
    return heapq.nsmallest(n, xs)
#> smallest([3, 1, 2], 2)

#: del_slice
def truncate(xs, n):
    del xs[n:]
    return xs
#> truncate([1, 2, 3], 1)

#: del_name
def drop(xs):
    ys = xs[1:]
    del xs
    return ys
#> drop([1, 2])

#: enumerate_replace
def square_all(xs):
    for i, x in enumerate(xs):
        xs[i] = x * x
#> square_all([1, 2])

#: loop_variable_rebound
def upper_all(names):
    for n in names:
        n = n.upper()
    return names
#> upper_all(["a"])

#: zip_dict
def invert(d):
    inv = dict(zip(d.values(), d.keys()))
    inv.pop(None, None)
    return inv
#> invert({"a": 1})

#: match_statement
def step(state, event):
    match event:
        case {"type": "add", "item": item}:
            return [*state, item]
        case {"type": "clear"}:
            state.clear()
            return state
        case _:
            return state
#> step([1], {"type": "add", "item": 2})
#> step([1], {"type": "clear"})

#: monkeypatch
import math

def patch():
    old = math.floor
    math.floor = lambda x: 0
    return old
#> patch()

#: eval_expression
def evaluate(expr, x):
    return eval(expr, {"x": x})
#> evaluate("x + 1", 1)

#: function_attribute
def visit():
    visit.count += 1
    return visit.count

visit.count = 0
#> visit()

#: bytes_immutable
def pad(data, n):
    data += b"\0" * n
    return data
#> pad(b"a", 2)

#: bytearray_mutates
def pad(data: bytearray, n):
    data += b"\0" * n
    return data
#> pad(bytearray(b"a"), 2)

#: tuple_holding_list
def mark(pair):
    pair[1].append("x")
    return pair
#> mark((1, []))

#: namedtuple_replace
from collections import namedtuple

Point = namedtuple("Point", "x y tags")

def moved(p, dx):
    q = p._replace(x=p.x + dx)
    return q
#> moved(Point(1, 2, []), 1)

#: string_builder
def table(rows):
    text = ""
    for r in rows:
        line = []
        for c in r:
            line.append(str(c))
        text += ",".join(line) + "\n"
    return text
#> table([[1, 2]])

#: itertools_groups
import itertools

def runs(xs):
    out = []
    for key, group in itertools.groupby(xs):
        g = list(group)
        g.reverse()
        out.append((key, len(g)))
    return out
#> runs([1, 1, 2])

#: thread_pool
from concurrent.futures import ThreadPoolExecutor

def squares(xs):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda x: x * x, xs))
#> squares([1, 2])

#: enum_members
from enum import Enum

class Level(Enum):
    LOW = 1
    HIGH = 2

def names():
    return [l.name.lower() for l in Level]
#> names()

#: weak_alias_through_dict
def tweak(cfg):
    section = cfg["model"]
    section["lr"] = 0.1
    return cfg["model"]["lr"]
#> tweak({"model": {}})

#: deepcopy_section
import copy

def tweak(cfg):
    section = copy.deepcopy(cfg["model"])
    section["lr"] = 0.1
    return section
#> tweak({"model": {}})

#: comprehension_side_effect
def seen_filter(xs):
    seen = set()
    return [x for x in xs if not (x in seen or seen.add(x))]
#> seen_filter([1, 1])

#: abstract_strategy
from abc import ABC, abstractmethod

class Strategy(ABC):
    @abstractmethod
    def price(self, cart):
        ...

class Plain(Strategy):
    def price(self, cart):
        return sum(cart.values())

class Discount(Strategy):
    def price(self, cart):
        cart = dict(cart)
        cart["discount"] = -1
        return sum(cart.values())

def checkout(cart, strategy):
    return strategy.price(cart)
#> checkout({"a": 3}, Plain())
#> checkout({"a": 3}, Discount())
