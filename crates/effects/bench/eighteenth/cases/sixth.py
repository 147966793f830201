#: view_of_view
def poke(a):
    b = a[1:]
    c = b[::2]
    c[0] = 5
    return a
#> poke(__import__("numpy").zeros(5))

#: list_slice_no_view
def poke(a):
    b = a[1:]
    b[0] = 5
    return b
#> poke([0, 0, 0])

#: stored_view_in_dict
import numpy as np

def parts(a):
    table = {"head": a[:2], "tail": a[2:].copy()}
    table["tail"][0] = 1
    return table
#> parts(np.zeros(4))

#: stored_view_written
import numpy as np

def parts(a):
    table = {"head": a[:2], "tail": a[2:].copy()}
    table["head"][0] = 1
    return table
#> parts(np.zeros(4))

#: attribute_holds_frame
class Cleaner:
    def __init__(self, df):
        self.df = df

    def drop_empty(self):
        self.df.dropna(inplace=True)
        return self

    def lower(self):
        self.df.columns = [c.lower() for c in self.df.columns]
        return self

def clean(df):
    return Cleaner(df).drop_empty().lower().df
#> clean(__import__("pandas").DataFrame({"A": [1.0, None]}))

#: attribute_holds_copy
class Cleaner:
    def __init__(self, df):
        self.df = df.copy()

    def drop_empty(self):
        self.df.dropna(inplace=True)
        return self

def clean(df):
    return Cleaner(df).drop_empty().df
#> clean(__import__("pandas").DataFrame({"A": [1.0, None]}))

#: attribute_rebound_to_new
class Cleaner:
    def __init__(self, df):
        self.df = df

    def drop_empty(self):
        self.df = self.df.dropna()
        self.df["n"] = 1
        return self

def clean(df):
    return Cleaner(df).drop_empty().df
#> clean(__import__("pandas").DataFrame({"A": [1.0, None]}))

#: two_attributes_apart
class Pair:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def push(self, x):
        self.left.append(x)

def add(left, right, x):
    Pair(left, right).push(x)
#> add([], [], 1)

#: method_given_container
class Store:
    def __init__(self):
        self.rows = [1]

    def add_to(self, rows):
        rows.extend(self.rows)

def flush(store, rows):
    store.add_to(rows)
#> flush(Store(), [])

#: object_in_object
class Engine:
    def __init__(self):
        self.on = False

class Car:
    def __init__(self, engine):
        self.engine = engine

    def start(self):
        self.engine.on = True

def drive(engine):
    car = Car(engine)
    car.start()
    return car
#> drive(Engine())

#: observer_callbacks
class Subject:
    def __init__(self):
        self.listeners = []

    def notify(self, value):
        for listener in self.listeners:
            listener(value)

def watch(values, sink):
    s = Subject()
    s.listeners.append(sink.append)
    for v in values:
        s.notify(v)
#> watch([1], [])

#: command_table
def inc(state):
    state["n"] += 1

def reset(state):
    state["n"] = 0

COMMANDS = {"inc": inc, "reset": reset}

def execute(state, name):
    COMMANDS[name](state)
#> execute({"n": 1}, "inc")

#: command_table_pure
import math

OPS = {"sqrt": math.sqrt, "sq": lambda x: x * x}

def compute(name, x):
    return OPS[name](x)
#> compute("sq", 2)

#: function_attribute_cache
def slow(n):
    cache = slow.cache
    if n not in cache:
        cache[n] = n * n
    return cache[n]

slow.cache = {}
#> slow(3)

#: closure_cell_shared
def make_counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc

counter = make_counter()

def tick():
    return counter()
#> tick()

#: closure_list_capture
def adders(xs):
    fns = []
    for x in xs:
        fns.append(lambda y, x=x: x + y)
    return [f(1) for f in fns]
#> adders([1, 2])

#: lambda_default_mutation
def run(items):
    add = lambda x, acc=items: acc.append(x)
    add(3)
#> run([])

#: inner_function_param_shadow
def outer(xs):
    def inner(xs):
        xs = list(xs)
        xs.append(1)
        return xs
    return inner(xs)
#> outer([])

#: comprehension_side_effect
def fill(xs, out):
    [out.append(x) for x in xs if x]
#> fill([1, 0], [])

#: dict_comp_pops
def take(keys, d):
    return {k: d.pop(k) for k in keys if k in d}
#> take(["a"], {"a": 1})

#: setdefault_nested
def count(tree, path):
    node = tree
    for p in path:
        node = node.setdefault(p, {})
    node["n"] = node.get("n", 0) + 1
#> count({}, ["a", "b"])

#: nested_get_no_write
def lookup(tree, path):
    node = tree
    for p in path:
        node = node.get(p, {})
    return node
#> lookup({"a": {}}, ["a", "b"])

#: default_factory_nested
from collections import defaultdict

def graph(edges):
    g = defaultdict(lambda: defaultdict(int))
    for a, b in edges:
        g[a][b] += 1
    return g
#> graph([(1, 2)])

#: popitem_lru
from collections import OrderedDict

def put(cache, key, value, size=2):
    cache[key] = value
    if len(cache) > size:
        cache.popitem(last=False)
#> put(OrderedDict(a=1, b=2), "c", 3)

#: counter_most_common
from collections import Counter

def top(words, n=1):
    return Counter(words).most_common(n)
#> top(["a", "a"])

#: deque_window
from collections import deque

def moving(xs, k):
    w = deque(maxlen=k)
    out = []
    for x in xs:
        w.append(x)
        out.append(sum(w) / len(w))
    return out
#> moving([1, 2, 3], 2)

#: deque_given_popleft
def bfs(queue, graph):
    seen = set()
    while queue:
        n = queue.popleft()
        if n in seen:
            continue
        seen.add(n)
        queue.extend(graph.get(n, []))
    return seen
#> bfs(__import__("collections").deque([1]), {1: [2]})

#: heap_from_copy
import heapq

def smallest(xs, k):
    h = list(xs)
    heapq.heapify(h)
    return [heapq.heappop(h) for _ in range(k)]
#> smallest([3, 1], 1)

#: heap_given
import heapq

def pop_task(tasks):
    return heapq.heappop(tasks)
#> pop_task([1, 2])

#: priority_merge
import heapq

def merged(a, b):
    return list(heapq.merge(a, b))
#> merged([1], [2])

#: bisect_pure
import bisect

def grade(score, cuts=(60, 80), names="CBA"):
    return names[bisect.bisect(cuts, score)]
#> grade(70)

#: random_shuffle_index
import random

def folds(n, k, seed):
    idx = list(range(n))
    random.Random(seed).shuffle(idx)
    return [idx[i::k] for i in range(k)]
#> folds(4, 2, 0)

#: random_state_saved
import random

def peek():
    state = random.getstate()
    x = random.random()
    random.setstate(state)
    return x
#> peek()

#: np_random_legacy_seeded_context
import contextlib
import numpy as np

@contextlib.contextmanager
def seeded(seed):
    state = np.random.get_state()
    np.random.seed(seed)
    try:
        yield
    finally:
        np.random.set_state(state)

def sample(n):
    with seeded(0):
        return np.random.rand(n)
#> sample(2)

#: suppress_keyerror
from contextlib import suppress

def forget(d, key):
    with suppress(KeyError):
        del d[key]
#> forget({"a": 1}, "a")

#: exitstack_files
from contextlib import ExitStack

def first_lines(paths):
    with ExitStack() as stack:
        files = [stack.enter_context(open(p)) for p in paths]
        return [f.readline() for f in files]
#> first_lines(["notes.txt"])

#: nullcontext_choice
from contextlib import nullcontext

def dump(text, path=None):
    with (open(path, "w") if path else nullcontext()) as f:
        if f:
            f.write(text)
    return text
#> dump("a", "o.txt")
#> dump("a")

#: redirect_stdout_capture
import io
from contextlib import redirect_stdout

def captured(fn, *args):
    buf = io.StringIO()
    with redirect_stdout(buf):
        fn(*args)
    return buf.getvalue()
#> captured(print, "a")

#: context_class_swaps_stdout
import io
import sys

class Capture:
    def __enter__(self):
        self.old = sys.stdout
        sys.stdout = self.buf = io.StringIO()
        return self.buf

    def __exit__(self, *exc):
        sys.stdout = self.old

def quiet(x):
    with Capture() as buf:
        y = x + 1
    return y
#> quiet(1)

#: environ_patched
import os

def with_env(key, value, fn):
    old = os.environ.get(key)
    os.environ[key] = value
    try:
        return fn()
    finally:
        if old is None:
            del os.environ[key]
        else:
            os.environ[key] = old
#> with_env("ZZ", "1", lambda: 1)

#: mock_patch_object
from unittest import mock

class Api:
    def call(self):
        return 1

def fake(api):
    with mock.patch.object(api, "call", return_value=2):
        return api.call()
#> fake(Api())

#: monkeypatch_attribute
class Api:
    def call(self):
        return 1

def stub(api):
    api.call = lambda: 2
    return api
#> stub(Api())

#: class_patched
class Api:
    def call(self):
        return 1

def stub():
    Api.call = lambda self: 2
#> stub()

#: enum_members
from enum import Enum

class Color(Enum):
    RED = 1
    BLUE = 2

def names():
    return [c.name for c in Color]
#> names()

#: namedtuple_made
from collections import namedtuple

Point = namedtuple("Point", "x y")

def shift(p, dx):
    return p._replace(x=p.x + dx)
#> shift(Point(1, 2), 1)

#: typed_dict_update
from typing import TypedDict

class Row(TypedDict):
    n: int

def bump(row: Row) -> None:
    row["n"] += 1
#> bump({"n": 1})

#: dataclass_frozen_replace
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class P:
    x: int = 0

def moved(p: P) -> P:
    return replace(p, x=p.x + 1)
#> moved(P())

#: dataclass_field_list
from dataclasses import dataclass, field

@dataclass
class Bag:
    items: list = field(default_factory=list)

    def add(self, x):
        self.items.append(x)

def fill(n):
    b = Bag()
    for i in range(n):
        b.add(i)
    return b
#> fill(2)

#: dataclass_shares_argument
from dataclasses import dataclass

@dataclass
class Bag:
    items: list

def fill(items):
    b = Bag(items)
    b.items.append(1)
    return b
#> fill([])

#: abstract_property
class Base:
    @property
    def names(self):
        return []

class Loaded(Base):
    def __init__(self, path):
        self.path = path

    @property
    def names(self):
        with open(self.path) as f:
            return f.read().split()

def count(b):
    return len(b.names)
#> count(Loaded("notes.txt"))

#: eq_dunder_logs
class Tracked:
    def __init__(self, v, log):
        self.v, self.log = v, log

    def __eq__(self, other):
        self.log.append("eq")
        return self.v == other.v

def same(a, b):
    return a == b
#> same(Tracked(1, []), Tracked(1, []))

#: lt_dunder_sorting
class Task:
    compared = 0

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Task.compared += 1
        return self.n < other.n

def ordered(ns):
    return sorted(Task(n) for n in ns)
#> ordered([2, 1])

#: str_dunder_prints
class Loud:
    def __str__(self):
        print("asked")
        return "loud"

def label(x):
    return f"<{x}>"
#> label(Loud())

#: del_item_dunder
class Reg:
    def __init__(self):
        self.d = {"a": 1}
        self.gone = []

    def __delitem__(self, k):
        self.gone.append(k)
        del self.d[k]

def drop(reg, k):
    del reg[k]
#> drop(Reg(), "a")

#: context_generator_class_method
from contextlib import contextmanager

class Db:
    def __init__(self):
        self.log = []

    @contextmanager
    def tx(self):
        self.log.append("begin")
        yield self
        self.log.append("commit")

def work(db):
    with db.tx() as t:
        return t is db
#> work(Db())

#: static_method_mutates
class U:
    @staticmethod
    def push(xs, x):
        xs.append(x)

def go(xs):
    U.push(xs, 1)
#> go([])

#: bound_method_passed
class Acc:
    def __init__(self):
        self.xs = []

    def add(self, x):
        self.xs.append(x)

def feed(acc, values):
    f = acc.add
    for v in values:
        f(v)
#> feed(Acc(), [1])

#: map_bound_method
class Acc:
    def __init__(self):
        self.xs = []

    def add(self, x):
        self.xs.append(x)
        return x

def feed(acc, values):
    return list(map(acc.add, values))
#> feed(Acc(), [1])

#: sorted_by_bound_pure
class Ranker:
    def __init__(self, order):
        self.order = order

    def key(self, x):
        return self.order.index(x)

def rank(r, xs):
    return sorted(xs, key=r.key)
#> rank(Ranker([2, 1]), [1, 2])

#: filter_predicate_counts
def keep(xs, stats):
    def ok(x):
        stats["n"] = stats.get("n", 0) + 1
        return x > 0
    return [x for x in filter(ok, xs)]
#> keep([1, -1], {})

#: min_key_side_effect
def lowest(rows, seen):
    return min(rows, key=lambda r: seen.append(r) or r)
#> lowest([2, 1], [])

#: max_default_pure
def best(scores):
    return max(scores.items(), key=lambda kv: kv[1], default=(None, 0))[0]
#> best({"a": 1})

#: accumulate_lambda
from itertools import accumulate

def running(xs):
    return list(accumulate(xs, lambda a, b: a * 0.5 + b))
#> running([1.0, 2.0])

#: starmap_pure
from itertools import starmap

def powers(pairs):
    return list(starmap(pow, pairs))
#> powers([(2, 3)])

#: chain_consumes_both
from itertools import chain

def joined(a, b):
    return list(chain(a, b))
#> joined(iter([1]), iter([2]))

#: generator_arg_summed
def mean(values):
    total = n = 0
    for v in values:
        total += v
        n += 1
    return total / n
#> mean(iter([1, 2]))

#: dropwhile_partial
from itertools import dropwhile

def body(lines):
    return list(dropwhile(lambda l: l.startswith("#"), lines))
#> body(iter(["# a", "b"]))

#: peekable_helper
def first_or(it, default=None):
    return next(iter(it), default)
#> first_or([1])

#: unpack_iterator
def two(it):
    a, b, *_ = it
    return a + b
#> two(iter([1, 2, 3]))

#: in_operator_consumes
def has(it, x):
    return x in it
#> has(iter([1, 2]), 1)

#: file_context_returned_lines
def lines(path):
    with open(path) as f:
        return (l.strip() for l in f.readlines())
#> lines("notes.txt")

#: lazy_reader_not_started
def read(path):
    def rows():
        with open(path) as f:
            for line in f:
                yield line
    return rows
#> read("notes.txt")

#: lazy_reader_first
def first(path):
    def rows():
        with open(path) as f:
            for line in f:
                yield line
    return next(rows())
#> first("notes.txt")

#: yield_from_mutates
def drain(stack):
    while stack:
        yield stack.pop()

def total(stack):
    return sum(drain(stack))
#> total([1, 2])

#: async_def_not_awaited
async def push(xs):
    xs.append(1)

def make(xs):
    c = push(xs)
    c.close()
#> make([])

#: async_run_sleep
import asyncio

async def nap(log):
    await asyncio.sleep(0)
    log.append("up")

def main(log):
    asyncio.run(nap(log))
#> main([])

#: thread_pool_submit
from concurrent.futures import ThreadPoolExecutor

def put(d, k):
    d[k] = 1

def run(d, keys):
    with ThreadPoolExecutor(1) as ex:
        futures = [ex.submit(put, d, k) for k in keys]
    return len(futures)
#> run({}, ["a"])

#: timer_deadline
import time

def until(deadline):
    return max(0.0, deadline - time.monotonic())
#> until(0.0)

#: strftime_given
import time

def day(t):
    return time.strftime("%Y", time.gmtime(t))
#> day(0)

#: isoformat_parse
from datetime import datetime

def parse(s):
    return datetime.fromisoformat(s).replace(tzinfo=None)
#> parse("2020-01-01")

#: uuid_from_name
import uuid

def stable(name):
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))
#> stable("a")

#: secrets_choice
import secrets

def pick(xs):
    return secrets.choice(xs)
#> pick([1, 2])

#: os_urandom
import os

def salt(n):
    return os.urandom(n)
#> salt(4)

#: popen_communicate
import subprocess
import sys

def run(code):
    p = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    return p.communicate()[0]
#> run("print(1)")

#: os_system
import os

def clear():
    return os.system("true")
#> clear()

#: shlex_quote
import shlex

def cmd(args):
    return " ".join(map(shlex.quote, args))
#> cmd(["a b"])
