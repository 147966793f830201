#: mutable_default
def collect(x, into=[]):
    into.append(x)
    return into
#> collect(1)

#: mutable_default_given
def collect(x, into=None):
    if into is None:
        into = []
    into.append(x)
    return into
#> collect(1)
#> collect(1, [])

#: sorted_vs_sort
def ranks(xs):
    ys = sorted(xs, reverse=True)
    ys.sort()
    return ys
#> ranks([2, 1])

#: list_aug_alias
def extend(xs, ys):
    zs = xs
    zs += ys
    return zs
#> extend([1], [2])

#: tuple_aug
def extend(xs, ys):
    zs = tuple(xs)
    zs += tuple(ys)
    return zs
#> extend([1], [2])

#: counter_global
count = 0

def tick():
    global count
    count += 1
    return count
#> tick()

#: counter_closure
def make_counter():
    n = 0
    def tick():
        nonlocal n
        n += 1
        return n
    return tick
#> make_counter()

#: use_of_closure_counter
def make_counter():
    n = 0
    def tick():
        nonlocal n
        n += 1
        return n
    return tick

def count_to(k):
    tick = make_counter()
    return [tick() for _ in range(k)]
#> count_to(3)

#: class_counter
class Job:
    made = 0

    def __init__(self, name):
        self.name = name
        Job.made += 1

def new_job(name):
    return Job(name)
#> new_job("a")

#: property_with_cache
class Circle:
    def __init__(self, r):
        self.r = r
        self._area = None

    @property
    def area(self):
        if self._area is None:
            self._area = 3.14 * self.r ** 2
        return self._area

def total_area(circles):
    return sum(c.area for c in circles)
#> total_area([Circle(1), Circle(2)])

#: property_setter
class Temp:
    def __init__(self):
        self._c = 0

    @property
    def c(self):
        return self._c

    @c.setter
    def c(self, value):
        self._c = value

def heat(t):
    t.c = t.c + 1
#> heat(Temp())

#: property_pure
class Box:
    def __init__(self, w, h):
        self.w, self.h = w, h

    @property
    def size(self):
        return self.w * self.h

def largest(boxes):
    return max(boxes, key=lambda b: b.size)
#> largest([Box(1, 2), Box(2, 2)])

#: lru_cached
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
#> fib(5)

#: decorator_printing
import functools

def traced(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        print("calling", fn.__name__)
        return fn(*args, **kwargs)
    return inner

@traced
def add(a, b):
    return a + b

def run(a, b):
    return add(a, b)
#> run(1, 2)

#: decorator_registering
handlers = {}

def register(name):
    def wrap(fn):
        handlers[name] = fn
        return fn
    return wrap

def setup():
    @register("double")
    def double(x):
        return 2 * x
    return sorted(handlers)
#> setup()

#: generator_not_run
def lines(path):
    with open(path) as handle:
        for line in handle:
            yield line.strip()

def lazily(path):
    return lines(path)
#> lazily("notes.txt")

#: generator_run
def lines(path):
    with open(path) as handle:
        for line in handle:
            yield line.strip()

def longest(path):
    return max(lines(path), key=len)
#> longest("notes.txt")

#: generator_consumes
def first_n(source, n):
    out = []
    for item in source:
        out.append(item)
        if len(out) == n:
            break
    return out
#> first_n(iter([1, 2, 3]), 2)

#: context_manager_class
class Timer:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.append("in")
        return self

    def __exit__(self, *exc):
        self.log.append("out")
        return False

def work(log):
    with Timer(log):
        return 1
#> work([])

#: context_manager_function
from contextlib import contextmanager

@contextmanager
def section(title):
    print("<", title)
    yield
    print(">", title)

def work(x):
    with section("a"):
        return x + 1
#> work(1)

#: callback_given_list
def each(items, fn):
    for item in items:
        fn(item)

def doubled(items):
    out = []
    each(items, lambda x: out.append(2 * x))
    return out
#> doubled([1])

#: callback_bound_method
def each(items, fn):
    for item in items:
        fn(item)

def push_all(items, sink):
    each(items, sink.append)
#> push_all([1], [])

#: dataclass_field
from dataclasses import dataclass, field

@dataclass
class Basket:
    items: list = field(default_factory=list)

    def add(self, item):
        self.items.append(item)
        return self

def fill(names):
    basket = Basket()
    for name in names:
        basket.add(name)
    return basket.items
#> fill(["a"])

#: dataclass_given
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class Config:
    lr: float = 0.1
    steps: int = 3

def faster(config):
    return replace(config, lr=config.lr * 2)
#> faster(Config())

#: enum_members
from enum import Enum

class Level(Enum):
    LOW = 1
    HIGH = 2

def parse_level(name):
    try:
        return Level[name.upper()]
    except KeyError:
        return Level.LOW
#> parse_level("high")
#> parse_level("x")

#: dict_update_merge
def merged(defaults, given):
    result = dict(defaults)
    result.update(given)
    return {**result, "n": len(result)}
#> merged({"a": 1}, {"b": 2})

#: nested_dict_shallow
def configure(base, lr):
    config = dict(base)
    config["optim"]["lr"] = lr
    return config
#> configure({"optim": {"lr": 1}}, 2)

#: setdefault_group
def group(pairs):
    groups = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
#> group([("a", 1)])

#: defaultdict_read
from collections import defaultdict

def lookup(index, key):
    return index[key]
#> lookup(defaultdict(list), "a")

#: counter_most_common
from collections import Counter

def top(words, k):
    counts = Counter(words)
    counts.subtract(["a"])
    return counts.most_common(k)
#> top(["a", "b", "b"], 1)

#: deque_rotate
from collections import deque

def rotate(queue, n):
    queue.rotate(n)
    return queue.popleft()
#> rotate(deque([1, 2, 3]), 1)

#: heap_operations
import heapq

def smallest(items, k):
    heap = list(items)
    heapq.heapify(heap)
    return [heapq.heappop(heap) for _ in range(k)]
#> smallest([3, 1, 2], 2)

#: heap_given
import heapq

def push(queue, item):
    heapq.heappush(queue, item)
    return queue[0]
#> push([], 1)

#: conditional_effect
def report(values, verbose=False):
    total = sum(values)
    if verbose:
        print("total", total)
    return total
#> report([1])
#> report([1], verbose=True)

#: recursion_flatten
def flatten(nested, out=None):
    out = [] if out is None else out
    for item in nested:
        if isinstance(item, list):
            flatten(item, out)
        else:
            out.append(item)
    return out
#> flatten([1, [2]])
#> flatten([1, [2]], [])

#: exec_text
def evaluate(text, x):
    return eval(text, {"x": x})
#> evaluate("x + 1", 1)

#: setattr_on_object
class Options:
    pass

def apply(options, **values):
    for key, value in values.items():
        setattr(options, key, value)
    return options
#> apply(Options(), a=1)

#: monkeypatch_module
import math

def patch():
    math.tau2 = 6.28
#> patch()

#: itertools_chain_groupby
from itertools import chain, groupby

def runs(*lists):
    return [(k, len(list(g))) for k, g in groupby(chain.from_iterable(lists))]
#> runs([1, 1], [2])

#: tee_of_iterator
from itertools import tee

def pairs(items):
    a, b = tee(items)
    next(b, None)
    return list(zip(a, b))
#> pairs([1, 2, 3])

#: exception_logged
import logging

def safe(fn, *args):
    try:
        return fn(*args)
    except ValueError as error:
        logging.error("failed: %s", error)
        return None
#> safe(int, "x")
#> safe(int, "1")

#: operator_overload
class Money:
    def __init__(self, n):
        self.n = n

    def __iadd__(self, other):
        self.n += other.n
        return self

    def __add__(self, other):
        return Money(self.n + other.n)

def total(a, b):
    c = a + b
    c += b
    return c
#> total(Money(1), Money(2))

#: operator_overload_in_place
class Money:
    def __init__(self, n):
        self.n = n

    def __iadd__(self, other):
        self.n += other.n
        return self

def deposit(account, amount):
    account += amount
    return account
#> deposit(Money(1), Money(2))

#: partial_print
from functools import partial

def shout(words):
    say = partial(print, end="!\n")
    for word in words:
        say(word.upper())
#> shout(["a"])

#: reduce_into
from functools import reduce

def joined(parts, into):
    return reduce(lambda acc, p: acc.extend(p) or acc, parts, into)
#> joined([[1], [2]], [])

#: zip_mutate_pairs
def scale(rows, factors):
    for row, factor in zip(rows, factors):
        row["v"] *= factor
#> scale([{"v": 1}], [2])

#: comprehension_mutating_calls
def drain(stacks):
    return [stack.pop() for stack in stacks if stack]
#> drain([[1], [2, 3]])

#: slots_and_descriptor
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, kind=None):
        return getattr(obj, self.name)

    def __set__(self, obj, value):
        if value < 0:
            raise ValueError(value)
        setattr(obj, self.name, value)

class Item:
    price = Positive()

    def __init__(self, price):
        self.price = price

def reprice(item, price):
    item.price = price
    return item
#> reprice(Item(1), 2)

#: iterator_class
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n

def total(countdown):
    return sum(countdown)
#> total(Countdown(3))

#: singleton_registry
class Registry:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

def registry():
    return Registry()
#> registry()
