#: account_deposit
class Account:
    def __init__(self, balance=0):
        self.balance = balance

    def deposit(self, amount):
        self.balance += amount
        return self.balance

account = Account()
#> account.deposit(5)

#: account_as_argument
class Account:
    def __init__(self, balance=0):
        self.balance = balance

    def deposit(self, amount):
        self.balance += amount

def pay(account, amount):
    account.deposit(amount)
#> pay(Account(), 5)

#: account_reads
class Account:
    def __init__(self, balance=0):
        self.balance = balance

    def available(self):
        return max(self.balance, 0)

def check(account: Account):
    return account.available() > 1
#> check(Account(5))

#: local_instance
class Stack:
    def __init__(self):
        self.items = []

    def push(self, x):
        self.items.append(x)

    def pop(self):
        return self.items.pop()

def reverse(xs):
    stack = Stack()
    for x in xs:
        stack.push(x)
    return [stack.pop() for _ in xs]
#> reverse([1, 2])

#: class_level_list
class Plugin:
    registered = []

    def __init__(self, name):
        self.name = name
        Plugin.registered.append(name)

def make(name):
    return Plugin(name)
#> make("a")

#: class_counter
class Widget:
    made = 0

    def __init__(self):
        type(self).made += 1

def build(n):
    return [Widget() for _ in range(n)]
#> build(2)

#: property_computed
class Circle:
    def __init__(self, r):
        self.r = r

    @property
    def area(self):
        return 3.14 * self.r ** 2

def total(circles):
    return sum(c.area for c in circles)
#> total([Circle(1)])

#: property_lazy_load
class Data:
    def __init__(self, path):
        self.path = path
        self._rows = None

    @property
    def rows(self):
        if self._rows is None:
            with open(self.path) as handle:
                self._rows = handle.readlines()
        return self._rows

def size(data: Data):
    return len(data.rows)
#> size(Data("notes.txt"))

#: setter_validates
class Person:
    def __init__(self, age):
        self._age = age

    @property
    def age(self):
        return self._age

    @age.setter
    def age(self, value):
        if value < 0:
            raise ValueError("age")
        self._age = value

def birthday(person: Person):
    person.age = person.age + 1
#> birthday(Person(1))

#: dataclass_default_factory
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
    return basket
#> fill(["a"])

#: dataclass_field_changed
from dataclasses import dataclass

@dataclass
class Point:
    x: float
    y: float

def move(p: Point, dx: float):
    p.x += dx
    return p
#> move(Point(0, 0), 1.0)

#: dataclass_frozen_replaced
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class Point:
    x: float
    y: float

def moved(p, dx):
    return replace(p, x=p.x + dx)
#> moved(Point(0, 0), 1.0)

#: namedtuple_built
from collections import namedtuple

Point = namedtuple("Point", "x y")

def mirrored(p):
    return Point(-p.x, p.y)
#> mirrored(Point(1, 2))

#: dunder_getitem_pure
class Series:
    def __init__(self, values):
        self.values = values

    def __getitem__(self, i):
        return self.values[i]

    def __len__(self):
        return len(self.values)

def last(series):
    return series[len(series) - 1]
#> last(Series([1, 2]))

#: dunder_setitem_logs
import logging

logger = logging.getLogger(__name__)

class Table:
    def __init__(self):
        self.cells = {}

    def __setitem__(self, key, value):
        logger.warning("set %s", key)
        self.cells[key] = value

def put(table: Table):
    table["a"] = 1
#> put(Table())

#: dunder_iter_own
class Bag:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)

def total(bag: Bag):
    return sum(x for x in bag)
#> total(Bag([1]))

#: dunder_enter_exit_file
class Writer:
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.handle = open(self.path, "w")
        return self

    def __exit__(self, *args):
        self.handle.close()

    def line(self, text):
        self.handle.write(text + "\n")

def save(path, lines):
    with Writer(path) as writer:
        for line in lines:
            writer.line(line)
#> save("a.txt", ["x"])

#: dunder_call_pure
class Scaler:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        return x * self.factor

def double(xs):
    scale = Scaler(2)
    return [scale(x) for x in xs]
#> double([1])

#: inheritance_super_mutates
class Base:
    def __init__(self):
        self.log = []

    def run(self, x):
        self.log.append(x)
        return x

class Child(Base):
    def run(self, x):
        return super().run(x) * 2

def use(child: Child):
    return child.run(2)
#> use(Child())

#: abstract_template
from abc import ABC, abstractmethod

class Step(ABC):
    def run(self, x):
        return self.compute(x) + 1

    @abstractmethod
    def compute(self, x):
        ...

class Printing(Step):
    def compute(self, x):
        print(x)
        return x

def use(x):
    return Printing().run(x)
#> use(1)

#: custom_transformer_fit
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

class Centre(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.mean_ = np.mean(X, axis=0)
        return self

    def transform(self, X):
        return X - self.mean_

def centred(X):
    return Centre().fit_transform(X)
#> centred(np.ones((2, 2)))

#: transformer_mutates_its_input
from sklearn.base import BaseEstimator, TransformerMixin
import pandas as pd

class AddColumn(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        return self

    def transform(self, X):
        X["new"] = 1
        return X

def run(X):
    return AddColumn().transform(X)
#> run(pd.DataFrame({"a": [1]}))

#: linked_list_walk
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def values(node):
    out = []
    while node:
        out.append(node.value)
        node = node.next
    return out
#> values(Node(1, Node(2)))

#: linked_list_reversed
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def reverse(node):
    previous = None
    while node:
        node.next, previous, node = previous, node, node.next
    return previous
#> reverse(Node(1, Node(2)))

#: observer_list
class Subject:
    def __init__(self):
        self.listeners = []

    def subscribe(self, listener):
        self.listeners.append(listener)

    def notify(self, value):
        for listener in self.listeners:
            listener(value)

def f(values):
    seen = []
    subject = Subject()
    subject.subscribe(seen.append)
    for value in values:
        subject.notify(value)
    return seen
#> f([1])

#: slots_attribute
class Cell:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

def bump(cell):
    cell.value += 1
#> bump(Cell(1))

#: class_method_factory
class Config:
    def __init__(self, values):
        self.values = values

    @classmethod
    def load(cls, path):
        with open(path) as handle:
            return cls(dict(line.strip().split("=") for line in handle if "=" in line))

def names(path):
    return sorted(Config.load(path).values)
#> names("settings.ini")

#: static_helper
class Maths:
    @staticmethod
    def mean(xs):
        return sum(xs) / len(xs)

def centre(xs):
    m = Maths.mean(xs)
    return [x - m for x in xs]
#> centre([1, 2])

#: enum_members
from enum import Enum

class Colour(Enum):
    RED = 1
    BLUE = 2

def names():
    return [c.name for c in Colour]
#> names()

#: instance_dict_update
class Options:
    pass

def apply(options, values):
    options.__dict__.update(values)
#> apply(Options(), {"a": 1})

#: attribute_list_shared
class Model:
    def __init__(self, layers):
        self.layers = layers

def grow(layers):
    model = Model(layers)
    model.layers.append("dense")
    return model
#> grow([])

#: attribute_list_copied
class Model:
    def __init__(self, layers):
        self.layers = list(layers)

def grow(layers):
    model = Model(layers)
    model.layers.append("dense")
    return model
#> grow([])

#: method_stored_as_callback
class Meter:
    def __init__(self):
        self.total = 0

    def add(self, x):
        self.total += x

def measure(meter: Meter, xs):
    add = meter.add
    for x in xs:
        add(x)
#> measure(Meter(), [1])

#: comparable_objects
from functools import total_ordering

@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

def latest(texts):
    return max(Version(t) for t in texts).parts
#> latest(["1.2", "1.10"])

#: hook_by_getattr
class Config:
    def __init__(self, values):
        self._values = values

    def __getattr__(self, name):
        return self._values[name]

def rate(config: Config):
    return config.rate * 2
#> rate(Config({"rate": 1}))

#: training_loop_state
class Trainer:
    def __init__(self, lr=0.1):
        self.lr = lr
        self.history = []

    def fit(self, xs):
        w = 0.0
        for x in xs:
            w -= self.lr * x
            self.history.append(w)
        return w

trainer = Trainer()
#> trainer.fit([1.0])
