#: stack_class_pop
class Stack:
    def __init__(self, items=None):
        self._items = list(items or [])

    def push(self, item):
        self._items.append(item)

    def pop(self):
        return self._items.pop()

    def __len__(self):
        return len(self._items)

def last(stack):
    return stack.pop() if len(stack) else None
#> last(Stack([1]))

#: stack_class_peek
class Stack:
    def __init__(self, items=None):
        self._items = list(items or [])

    @property
    def top(self):
        return self._items[-1]

def top(stack):
    return stack.top
#> top(Stack([1]))

#: account_transfer_two_objects
class Account:
    def __init__(self, balance):
        self.balance = balance

def transfer(source, target, amount):
    if source.balance < amount:
        raise ValueError("no money")
    source.balance -= amount
    target.balance += amount
#> transfer(Account(2), Account(0), 1)

#: immutable_point
from typing import NamedTuple

class Point(NamedTuple):
    x: float
    y: float

    def moved(self, dx):
        return self._replace(x=self.x + dx)

def shift(points, dx):
    return [p.moved(dx) for p in points]
#> shift([Point(0, 0)], 1)

#: matrix_class_getitem
class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    def __getitem__(self, at):
        i, j = at
        return self.rows[i][j]

    def __setitem__(self, at, value):
        i, j = at
        self.rows[i][j] = value

def trace(m, n):
    return sum(m[i, i] for i in range(n))

def clear_diagonal(m, n):
    for i in range(n):
        m[i, i] = 0
#> clear_diagonal(Matrix([[1]]), 1)

#: matrix_class_trace
class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    def __getitem__(self, at):
        i, j = at
        return self.rows[i][j]

def trace(m, n):
    return sum(m[i, i] for i in range(n))
#> trace(Matrix([[1]]), 1)

#: event_bus_emit
class Bus:
    def __init__(self):
        self.handlers = {}

    def on(self, name, handler):
        self.handlers.setdefault(name, []).append(handler)

def subscribe(bus, name, log):
    bus.on(name, log.append)
#> subscribe(Bus(), "a", [])

#: mixin_logging
class LogMixin:
    def log(self, text):
        self.messages.append(text)

class Job(LogMixin):
    def __init__(self):
        self.messages = []

    def run(self, x):
        self.log(f"run {x}")
        return x * 2

def execute(job, x):
    return job.run(x)
#> execute(Job(), 1)

#: abstract_strategy
from abc import ABC, abstractmethod

class Loss(ABC):
    @abstractmethod
    def __call__(self, a, b): ...

class Squared(Loss):
    def __call__(self, a, b):
        return (a - b) ** 2

class Absolute(Loss):
    def __call__(self, a, b):
        return abs(a - b)

def total(loss, pairs):
    return sum(loss(a, b) for a, b in pairs)
#> total(Squared(), [(1, 2)])

#: class_with_cache_attribute
class Embedder:
    def __init__(self):
        self.cache = {}

    def embed(self, word):
        if word not in self.cache:
            self.cache[word] = [ord(c) for c in word]
        return self.cache[word]

def vector(embedder, text):
    return [embedder.embed(w) for w in text.split()]
#> vector(Embedder(), "a b")

#: local_embedder
class Embedder:
    def __init__(self):
        self.cache = {}

    def embed(self, word):
        if word not in self.cache:
            self.cache[word] = [ord(c) for c in word]
        return self.cache[word]

def vector(text):
    embedder = Embedder()
    return [embedder.embed(w) for w in text.split()]
#> vector("a b")

#: file_backed_store
import json
import os

class Store:
    def __init__(self, path):
        self.path = path

    def load(self):
        if not os.path.exists(self.path):
            return {}
        with open(self.path) as f:
            return json.load(f)

    def save(self, data):
        with open(self.path, "w") as f:
            json.dump(data, f)

def remember(store, key, value):
    data = store.load()
    data[key] = value
    store.save(data)
#> remember(Store("s.json"), "a", 1)
#> remember(Store("s.json"), "a", 1)

#: context_transaction
class Transaction:
    def __init__(self, state):
        self.state = state

    def __enter__(self):
        self.backup = dict(self.state)
        return self.state

    def __exit__(self, kind, error, trace):
        if kind is not None:
            self.state.clear()
            self.state.update(self.backup)
        return False

def set_key(state, key, value):
    with Transaction(state) as s:
        s[key] = value
#> set_key({}, "a", 1)

#: iterable_class_fresh
class Range2:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        i = 0
        while i < self.n:
            yield i
            i += 2

def total(r):
    return sum(r)
#> total(Range2(5))

#: class_attribute_list_shared
class Tracker:
    seen = []

    def track(self, x):
        self.seen.append(x)

def run(x):
    Tracker().track(x)
#> run(1)

#: instance_list_own
class Tracker:
    def __init__(self):
        self.seen = []

    def track(self, x):
        self.seen.append(x)
        return self

def run(x):
    return Tracker().track(x).seen
#> run(1)

#: node_appended_child
class Node:
    def __init__(self, name):
        self.name = name
        self.children = []

    def add(self, child):
        self.children.append(child)
        return child

def build(root, names):
    node = root
    for name in names:
        node = node.add(Node(name))
    return root
#> build(Node("r"), ["a"])

#: tree_depth
class Node:
    def __init__(self, children=()):
        self.children = list(children)

def depth(node):
    return 1 + max((depth(c) for c in node.children), default=0)
#> depth(Node([Node()]))

#: tree_marked
class Node:
    def __init__(self, children=()):
        self.children = list(children)
        self.seen = False

def mark(node):
    node.seen = True
    for child in node.children:
        mark(child)
#> mark(Node([Node()]))

#: lazy_property_computed
class Data:
    def __init__(self, xs):
        self.xs = xs
        self._mean = None

    @property
    def mean(self):
        if self._mean is None:
            self._mean = sum(self.xs) / len(self.xs)
        return self._mean

def above(data):
    return [x for x in data.xs if x > data.mean]
#> above(Data([1, 2]))

#: del_attribute
class Box:
    def __init__(self):
        self.value = 1

def empty(box):
    del box.value
#> empty(Box())

#: getattr_default
def option(config, name, default=None):
    return getattr(config, name, default)
#> option(__import__("types").SimpleNamespace(a=1), "a")

#: dataclass_asdict_changed
from dataclasses import asdict, dataclass, field

@dataclass
class Config:
    name: str = "x"
    tags: list = field(default_factory=list)

def export(config):
    data = asdict(config)
    data["tags"].append("exported")
    return data
#> export(Config())

#: dataclass_shared_list
from dataclasses import dataclass, field

@dataclass
class Config:
    tags: list = field(default_factory=list)

def tag(config, name):
    tags = config.tags
    tags.append(name)
    return tags
#> tag(Config(), "a")

#: metaclass_registry
class Meta(type):
    registry = {}

    def __new__(mcls, name, bases, namespace):
        cls = super().__new__(mcls, name, bases, namespace)
        mcls.registry[name] = cls
        return cls

class Base(metaclass=Meta):
    pass

def names():
    return sorted(Meta.registry)
#> names()

#: operator_call_counts
class Poly:
    def __init__(self, *coefficients):
        self.coefficients = coefficients
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        return sum(c * x**i for i, c in enumerate(self.coefficients))

def sample(poly, xs):
    return [poly(x) for x in xs]
#> sample(Poly(1, 2), [1])

#: comparison_total
import functools

@functools.total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(".")))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

def newest(versions):
    return max(versions)
#> newest([Version("1.0"), Version("1.1")])
