#: operator_setitem
import operator

def put(d, k, v):
    operator.setitem(d, k, v)
#> put({}, 1, 2)

#: operator_iadd
import operator

def extend(a, b):
    return operator.iadd(a, b)
#> extend([1], [2])

#: partial_of_append
from functools import partial

def fill(target, values):
    push = partial(list.append, target)
    for v in values:
        push(v)
#> fill([], [1])

#: unbound_method_call
def add_all(target, values):
    list.extend(target, values)
#> add_all([], [1])

#: map_lazy_unconsumed
def lazy(items):
    return map(lambda d: d.update(x=1), items)
#> lazy([{}])

#: map_consumed_by_list
def eager(items):
    return list(map(lambda d: d.setdefault("x", 1), items))
#> eager([{}])

#: filter_with_seen
def dedupe(items, seen):
    return list(filter(lambda x: not (x in seen or seen.add(x)), items))
#> dedupe([1, 1], set())

#: exit_stack_callback
from contextlib import ExitStack

def guarded(log):
    with ExitStack() as stack:
        stack.callback(log.append, "closed")
        log_size = len(log)
    return log_size
#> guarded([])

#: closing_connection
import sqlite3
from contextlib import closing

def tables(path):
    with closing(sqlite3.connect(path)) as con:
        return con.execute("select name from sqlite_master").fetchall()
#> tables("x.db")

#: atexit_registration
import atexit

def at_end(fn):
    return atexit.register(fn)
#> at_end(int)

#: signal_handler
import signal

def ignore_interrupt():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
#> ignore_interrupt()

#: decorator_logging_args
import functools
import logging

def traced(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        logging.debug("call %s", fn.__name__)
        return fn(*args, **kwargs)
    return inner

@traced
def area(w, h):
    return w * h
#> area(1, 2)

#: decorator_timer_print
import time

def timeit(fn):
    def wrapped(*a, **k):
        t0 = time.time()
        out = fn(*a, **k)
        print(f"{fn.__name__}: {time.time() - t0:.2f}s")
        return out
    return wrapped

@timeit
def slow_sum(n):
    return sum(range(n))
#> slow_sum(3)

#: decorator_keeps_mutation
def checked(fn):
    def wrapper(items, *rest):
        assert items is not None
        return fn(items, *rest)
    return wrapper

@checked
def push(items, x):
    items.append(x)
#> push([], 1)

#: decorator_copies_argument
import copy
import functools

def pure(fn):
    @functools.wraps(fn)
    def wrapper(data):
        return fn(copy.deepcopy(data))
    return wrapper

@pure
def drop_first(data):
    data.pop(0)
    return data
#> drop_first([1, 2])

#: class_decorated_counting
class CountCalls:
    def __init__(self, fn):
        self.fn = fn
        self.count = 0

    def __call__(self, *args):
        self.count += 1
        return self.fn(*args)

@CountCalls
def square(x):
    return x * x
#> square.__call__(2)

#: class_registry
class Registry:
    items = {}

    @classmethod
    def register(cls, name, value):
        cls.items[name] = value
        return value

def add_model(name, model):
    return Registry.register(name, model)
#> add_model("a", 1)

#: class_constant_shadowed_on_instance
class Settings:
    verbose = False

def loud():
    s = Settings()
    s.verbose = True
    return s
#> loud()

#: method_returns_inner_list
class Bag:
    def __init__(self):
        self._items = [1]

    def items(self):
        return self._items

def extend(bag, x):
    bag.items().append(x)
#> extend(Bag(), 1)

#: method_returns_copy
class Bag:
    def __init__(self):
        self._items = [1]

    def items(self):
        return list(self._items)

def extended(bag, x):
    items = bag.items()
    items.append(x)
    return items
#> extended(Bag(), 1)

#: strategy_object
class Clip:
    def __init__(self, lo, hi):
        self.lo, self.hi = lo, hi

    def __call__(self, values):
        return [min(max(v, self.lo), self.hi) for v in values]

def run(values, step=Clip(0, 1)):
    return step(values)
#> run([2, 3])

#: fluent_pipeline
class Pipeline:
    def __init__(self):
        self.steps = []

    def add(self, fn):
        self.steps.append(fn)
        return self

    def run(self, x):
        for s in self.steps:
            x = s(x)
        return x

def process(x):
    return Pipeline().add(abs).add(lambda v: v + 1).run(x)
#> process(-1)

#: iterator_protocol_given
class Stream:
    def __init__(self, data):
        self.data = data
        self.pos = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.pos >= len(self.data):
            raise StopIteration
        self.pos += 1
        return self.data[self.pos - 1]

def first_two(stream):
    return [next(stream), next(stream)]
#> first_two(Stream([1, 2, 3]))

#: chained_generators
def read(lines):
    for line in lines:
        yield line.strip()

def parse(lines):
    for line in read(lines):
        if line:
            yield int(line)

def total(lines):
    return sum(parse(lines))
#> total(["1", "", "2"])

#: generator_closing_logs
import logging

def source(n):
    try:
        yield from range(n)
    finally:
        logging.info("done")

def drain(n):
    return list(source(n))
#> drain(2)

#: generator_created_only
import logging

def source(n):
    logging.info("start")
    yield n

def make(n):
    return source(n)
#> make(2)

#: enter_opens_file
class Reader:
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.f = open(self.path)
        return self.f

    def __exit__(self, *a):
        self.f.close()

def first(path):
    with Reader(path) as f:
        return f.readline()
#> first("notes.txt")

#: dunder_getitem_caches
class Lazy(dict):
    def __missing__(self, key):
        self[key] = len(key)
        return self[key]

def size(lazy, key):
    return lazy[key]
#> size(Lazy(), "ab")

#: namedtuple_field_list
from collections import namedtuple

State = namedtuple("State", "steps score")

def advance(state):
    state.steps.append(1)
    return state._replace(score=state.score + 1)
#> advance(State([], 0))

#: frozen_with_mutable
from dataclasses import dataclass

@dataclass(frozen=True)
class Run:
    metrics: dict

def log_metric(run: Run, k, v):
    run.metrics[k] = v
#> log_metric(Run({}), "a", 1)

#: hasattr_cached
def length(obj):
    if not hasattr(obj, "_len"):
        obj._len = len(obj.data)
    return obj._len

class Box:
    def __init__(self):
        self.data = [1]
#> length(Box())

#: exception_in_mutation
def safe_pop(items):
    try:
        return items.pop()
    except IndexError:
        return None
#> safe_pop([1])

#: try_remove
def remove_key(d, k):
    try:
        del d[k]
    except KeyError:
        pass
    return d
#> remove_key({"a": 1}, "a")

#: walrus_alias
def add(d):
    if (inner := d.get("inner")) is not None:
        inner.append(1)
    return d
#> add({"inner": []})

#: ternary_alias
def push(a, b, left):
    target = a if left else b
    target.append(1)
#> push([], [], True)
#> push([], [], False)

#: star_unpack_list_alias
def clear_rest(rows):
    head, *rest = rows
    rest.clear()
    return head
#> clear_rest([1, 2])

#: zip_pairs_write
def merge_into(targets, extras):
    for t, e in zip(targets, extras):
        t.update(e)
#> merge_into([{}], [{"a": 1}])

#: nested_function_list_default
def collect(x, acc=None):
    acc = [] if acc is None else acc
    acc.append(x)
    return acc
#> collect(1)
#> collect(1, [])

#: global_dict_alias
STATE = {"n": 0}

def bump():
    s = STATE
    s["n"] += 1
    return s["n"]
#> bump()

#: global_constant_copied
DEFAULTS = {"lr": 0.1}

def config(**kw):
    c = DEFAULTS.copy()
    c.update(kw)
    return c
#> config(lr=1)

#: module_attribute_patch
import math

def patch_pi():
    math.tau = 6.28
    return math.tau
#> patch_pi()
