#: method_sets_attribute
class Model:
    def __init__(self):
        self.n = 0

    def fit(self, xs):
        self.n = len(xs)
        return self

m = Model()
#> m.fit([1])

#: method_reads
class Model:
    def __init__(self, weight):
        self.weight = weight

    def predict(self, xs):
        return [x * self.weight for x in xs]

m = Model(2)
#> m.predict([1])

#: method_appends_to_attribute
class Log:
    def __init__(self):
        self.rows = []

    def add(self, row):
        self.rows.append(row)

m = Log()
#> m.add({"a": 1})

#: method_mutates_argument
class Cleaner:
    def run(self, rows):
        rows.clear()

m = Cleaner()
#> m.run([1])

#: attribute_aliases_argument
class Box:
    def __init__(self, items):
        self.items = items

def f(items):
    box = Box(items)
    box.items.append(1)
#> f([])

#: attribute_copies_argument
class Box:
    def __init__(self, items):
        self.items = list(items)

    def push(self, x):
        self.items.append(x)

def f(items):
    box = Box(items)
    box.push(1)
    return box.items
#> f([])

#: class_state_shared
class Counter:
    total = 0

    def bump(self):
        Counter.total += 1

m = Counter()
#> m.bump()

#: class_state_by_type
class Counter:
    total = 0

    def bump(self):
        type(self).total += 1

m = Counter()
#> m.bump()

#: class_list_shared
class Registry:
    names = []

    def add(self, name):
        self.names.append(name)

m = Registry()
#> m.add("a")

#: class_method_state
class Registry:
    names = []

    @classmethod
    def add(cls, name):
        cls.names.append(name)

def f(name):
    Registry.add(name)
#> f("a")

#: static_method_pure
class Tools:
    @staticmethod
    def double(x):
        return x * 2

def f(x):
    return Tools.double(x)
#> f(1)

#: property_pure
class Circle:
    def __init__(self, r):
        self.r = r

    @property
    def area(self):
        return 3.14 * self.r ** 2

def f(circle):
    return circle.area
#> f(Circle(1))

#: property_caches
class Data:
    def __init__(self):
        self._value = None

    @property
    def value(self):
        if self._value is None:
            self._value = 42
        return self._value

def f(data):
    return data.value
#> f(Data())

#: property_reads_file
class Data:
    @property
    def text(self):
        with open("notes.txt") as handle:
            return handle.read()

def f(data):
    return data.text
#> f(Data())

#: property_setter
class Thermostat:
    def __init__(self):
        self._t = 0

    @property
    def t(self):
        return self._t

    @t.setter
    def t(self, value):
        print("set", value)
        self._t = value

def f(thermostat):
    thermostat.t = 20
#> f(Thermostat())

#: cached_property
from functools import cached_property

class Data:
    @cached_property
    def rows(self):
        return [1, 2]

def f(data):
    return len(data.rows)
#> f(Data())

#: dunder_add_pure
class Vector:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return Vector(self.x + other.x)

def f(a, b):
    return (a + b).x
#> f(Vector(1), Vector(2))

#: dunder_add_mutates
class Bag:
    def __init__(self):
        self.items = []

    def __add__(self, item):
        self.items.append(item)
        return self

def f(bag):
    return bag + 1
#> f(Bag())

#: dunder_mul_prints
class Loud:
    def __mul__(self, other):
        print("mul")
        return other

def f(loud):
    return loud * 3
#> f(Loud())

#: dunder_sub_only_add_prints
class Half:
    def __add__(self, other):
        print("add")
        return other

    def __sub__(self, other):
        return other

def f(half):
    return half - 3
#> f(Half())

#: dunder_iadd
class Bag:
    def __init__(self):
        self.items = []

    def __iadd__(self, item):
        self.items.append(item)
        return self

def f(bag):
    bag += 1
    return bag
#> f(Bag())

#: dunder_add_used_by_augmented
class Vector:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return Vector(self.x + other)

def f(v):
    v += 1
    return v.x
#> f(Vector(1))

#: dunder_getitem_counts
class Table:
    def __init__(self):
        self.reads = 0

    def __getitem__(self, key):
        self.reads += 1
        return key

def f(table):
    return table["a"]
#> f(Table())

#: dunder_setitem_other_object
class View:
    def __init__(self, base):
        self.base = base

    def __setitem__(self, key, value):
        self.base[key] = value

def f(d):
    view = View(d)
    view["a"] = 1
#> f({})

#: dunder_len_prints
class Loud:
    def __len__(self):
        print("len")
        return 1

def f(loud):
    return len(loud)
#> f(Loud())

#: dunder_bool_prints
class Loud:
    def __bool__(self):
        print("bool")
        return True

def f(loud):
    if loud:
        return 1
    return 0
#> f(Loud())

#: dunder_str_counts
class Item:
    def __init__(self):
        self.shown = 0

    def __str__(self):
        self.shown += 1
        return "item"

def f(item):
    return str(item)
#> f(Item())

#: dunder_str_by_f_string
class Item:
    def __init__(self):
        self.shown = 0

    def __str__(self):
        self.shown += 1
        return "item"

def f(item):
    return f"<{item}>"
#> f(Item())

#: dunder_repr_by_print
class Item:
    def __repr__(self):
        return "item"

def f(item):
    print(item)
#> f(Item())

#: dunder_eq_logs
events = []

class Key:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        events.append("eq")
        return self.n == other.n

def f(a, b):
    return a == b
#> f(Key(1), Key(1))

#: dunder_lt_by_sorted
events = []

class Key:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        events.append("lt")
        return self.n < other.n

def f(keys):
    return sorted(keys)
#> f([Key(2), Key(1)])

#: dunder_contains
class Basket:
    def __init__(self):
        self.asked = []

    def __contains__(self, item):
        self.asked.append(item)
        return False

def f(basket):
    return "a" in basket
#> f(Basket())

#: dunder_call_state
class Step:
    def __init__(self):
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        return x

def f(step):
    return step(1)
#> f(Step())

#: dunder_iter_fresh
class Numbers:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return iter(range(self.n))

def f(numbers):
    return sum(numbers)
#> f(Numbers(3))

#: dunder_iter_generator_with_effect
class Numbers:
    def __iter__(self):
        print("start")
        yield 1

def f(numbers):
    return [n for n in numbers]
#> f(Numbers())

#: dunder_next_state
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

def f(countdown):
    return list(countdown)
#> f(Countdown(2))

#: dunder_getattr
class Lazy:
    def __init__(self):
        self.asked = []

    def __getattr__(self, name):
        self.asked.append(name)
        return 1

def f(lazy):
    return lazy.anything
#> f(Lazy())

#: dunder_setattr
class Guarded:
    def __setattr__(self, name, value):
        print("set", name)
        object.__setattr__(self, name, value)

def f(guarded):
    guarded.x = 1
#> f(Guarded())

#: dunder_del_item
class Store:
    def __init__(self):
        self.gone = []

    def __delitem__(self, key):
        self.gone.append(key)

def f(store):
    del store["a"]
#> f(Store())

#: dunder_enter_exit
class Session:
    def __enter__(self):
        print("open")
        return self

    def __exit__(self, *exc):
        print("close")

def f():
    with Session():
        return 1
#> f()

#: context_manager_sets_state
class Flag:
    def __init__(self):
        self.on = False
        self.times = 0

    def __enter__(self):
        self.times += 1
        return self

    def __exit__(self, *exc):
        return False

def f(flag):
    with flag as it:
        return it.on
#> f(Flag())

#: context_manager_returns_other
class Lease:
    def __init__(self, pool):
        self.pool = pool

    def __enter__(self):
        return self.pool

    def __exit__(self, *exc):
        pass

def f(pool):
    with Lease(pool) as items:
        items.append(1)
#> f([])

#: inherited_method_mutates
class Base:
    def __init__(self):
        self.log = []

    def note(self, x):
        self.log.append(x)

class Child(Base):
    pass

def f(child):
    child.note(1)
#> f(Child())

#: overridden_method_is_pure
class Base:
    def run(self, x):
        print(x)

class Child(Base):
    def run(self, x):
        return x

def f(child):
    return child.run(1)
#> f(Child())

#: super_call
class Base:
    def run(self, xs):
        xs.append(1)

class Child(Base):
    def run(self, xs):
        super().run(xs)
        return len(xs)

def f(child, xs):
    return child.run(xs)
#> f(Child(), [])

#: super_init
class Base:
    def __init__(self, rows):
        self.rows = rows

class Child(Base):
    def __init__(self, rows):
        super().__init__(rows)
        self.n = 0

def f(rows):
    child = Child(rows)
    child.rows.append(1)
    return child.n
#> f([])

#: template_method
class Base:
    def run(self, x):
        return self.step(x)

    def step(self, x):
        raise NotImplementedError

class Child(Base):
    def step(self, x):
        print(x)
        return x

def f(child):
    return child.run(1)
#> f(Child())

#: dataclass_mutated
from dataclasses import dataclass, field

@dataclass
class Config:
    n: int = 1
    tags: list = field(default_factory=list)

def f(config):
    config.n = 2
#> f(Config())

#: dataclass_list_mutated
from dataclasses import dataclass, field

@dataclass
class Config:
    n: int = 1
    tags: list = field(default_factory=list)

def f(config):
    config.tags.append("a")
#> f(Config())

#: dataclass_replace
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class Config:
    n: int = 1

def f(config):
    return replace(config, n=2)
#> f(Config())

#: dataclass_fresh
from dataclasses import dataclass, field

@dataclass
class Result:
    rows: list = field(default_factory=list)

def f(xs):
    result = Result()
    for x in xs:
        result.rows.append(x)
    return result
#> f([1])

#: dataclass_post_init_prints
from dataclasses import dataclass

@dataclass
class Job:
    name: str

    def __post_init__(self):
        print("made", self.name)

def f(name):
    return Job(name)
#> f("a")

#: enum_lookup
from enum import Enum

class Colour(Enum):
    RED = 1
    BLUE = 2

def f(name):
    return Colour[name].value, Colour(1).name
#> f("RED")

#: fluent_builder
class Query:
    def __init__(self):
        self.parts = []

    def where(self, part):
        self.parts.append(part)
        return self

    def text(self):
        return " and ".join(self.parts)

def f():
    return Query().where("a").where("b").text()
#> f()

#: fluent_on_argument
class Query:
    def __init__(self):
        self.parts = []

    def where(self, part):
        self.parts.append(part)
        return self

def f(query):
    return query.where("a").where("b")
#> f(Query())

#: setattr_builtin
class Thing:
    pass

def f(thing, name):
    setattr(thing, name, 1)
#> f(Thing(), "x")

#: getattr_builtin
class Thing:
    x = 1

def f(thing, name):
    return getattr(thing, name, None)
#> f(Thing(), "x")

#: dict_of_object_update
class Thing:
    pass

def f(thing):
    thing.__dict__.update(x=1)
#> f(Thing())

#: vars_of_object
class Thing:
    def __init__(self):
        self.x = 1

def f(thing):
    return dict(vars(thing))
#> f(Thing())

#: delete_attribute
class Thing:
    def __init__(self):
        self.x = 1

def f(thing):
    del thing.x
#> f(Thing())

#: slots_object
class Point:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x

def f(point):
    point.x += 1
#> f(Point(1))

#: list_subclass
class Stack(list):
    def push(self, x):
        self.append(x)

def f(stack):
    stack.push(1)
#> f(Stack())

#: dict_subclass_reads
class Options(dict):
    def name(self):
        return self.get("name", "none")

def f(options):
    return options.name()
#> f(Options(name="a"))

#: object_graph
class Node:
    def __init__(self, value):
        self.value = value
        self.children = []

def f(root):
    child = Node(1)
    root.children.append(child)
    return child
#> f(Node(0))

#: object_graph_walk
class Node:
    def __init__(self, value, children=()):
        self.value = value
        self.children = list(children)

def total(node):
    return node.value + sum(total(child) for child in node.children)

def f(root):
    return total(root)
#> f(Node(1, [Node(2)]))

#: factory_classmethod
class Shape:
    def __init__(self, n):
        self.n = n

    @classmethod
    def square(cls):
        return cls(4)

def f():
    return Shape.square().n
#> f()

#: abstract_base
from abc import ABC, abstractmethod

class Reader(ABC):
    @abstractmethod
    def read(self): ...

class FileReader(Reader):
    def read(self):
        return open("notes.txt").read()

def f(reader):
    return reader.read()
#> f(FileReader())

#: descriptor
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner):
        return instance.__dict__.get(self.name, 0)

    def __set__(self, instance, value):
        print("check", value)
        instance.__dict__[self.name] = value

class Account:
    balance = Positive()

def f(account):
    account.balance = 3
#> f(Account())

#: transformer_style
class Scaler:
    def fit(self, xs):
        self.mean_ = sum(xs) / len(xs)
        return self

    def transform(self, xs):
        return [x - self.mean_ for x in xs]

    def fit_transform(self, xs):
        return self.fit(xs).transform(xs)

def f(scaler, xs):
    return scaler.fit_transform(xs)
#> f(Scaler(), [1.0, 2.0])

#: local_transformer
class Scaler:
    def fit(self, xs):
        self.mean_ = sum(xs) / len(xs)
        return self

    def transform(self, xs):
        return [x - self.mean_ for x in xs]

def f(xs):
    return Scaler().fit(xs).transform(xs)
#> f([1.0, 2.0])

#: monkey_patch_instance
class Thing:
    def run(self):
        return 1

def f(thing):
    thing.run = lambda: 2
    return thing.run()
#> f(Thing())

#: monkey_patch_class
class Thing:
    def run(self):
        return 1

def f():
    Thing.run = lambda self: 2
#> f()

#: observer
class Subject:
    def __init__(self):
        self.watchers = []

    def watch(self, fn):
        self.watchers.append(fn)

    def fire(self, x):
        for fn in self.watchers:
            fn(x)

def f(out):
    subject = Subject()
    subject.watch(out.append)
    subject.fire(1)
#> f([])
