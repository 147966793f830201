#: own_decorator_logs_calls
calls = []

def traced(fn):
    def inner(*a):
        calls.append(fn.__name__)
        return fn(*a)
    return inner

@traced
def double(x):
    return x * 2
#> double(2)

#: decorator_with_argument_repeats
import functools

def repeat(times):
    def wrap(fn):
        @functools.wraps(fn)
        def inner(*args, **kw):
            for _ in range(times):
                out = fn(*args, **kw)
            return out
        return inner
    return wrap

@repeat(2)
def add_row(rows, row):
    rows.append(row)
    return rows
#> add_row([], 1)

#: decorator_copies_frame
from functools import wraps

def pure(fn):
    @wraps(fn)
    def inner(df, *args, **kwargs):
        return fn(df.copy(), *args, **kwargs)
    return inner

@pure
def mark(df, name):
    df[name] = 1
    return df
#> mark(__import__("pandas").DataFrame({"a": [1]}), "b")

#: decorator_retries
import time
from functools import wraps

def retry(n):
    def deco(fn):
        @wraps(fn)
        def inner(*a, **k):
            for i in range(n):
                try:
                    return fn(*a, **k)
                except ValueError:
                    time.sleep(0)
            raise RuntimeError("gave up")
        return inner
    return deco

@retry(3)
def parse(text):
    return int(text)
#> parse("a")

#: decorator_registers
HANDLERS = {}

def handler(name):
    def deco(fn):
        HANDLERS[name] = fn
        return fn
    return deco

@handler("double")
def double(x):
    return 2 * x

def dispatch(name, x):
    return HANDLERS[name](x)
#> dispatch("double", 3)

#: setattr_dunder_counts
class Watched:
    def __init__(self):
        object.__setattr__(self, "changes", 0)

    def __setattr__(self, name, value):
        object.__setattr__(self, "changes", self.changes + 1)
        object.__setattr__(self, name, value)

def update(w, **values):
    for k, v in values.items():
        setattr(w, k, v)
#> update(Watched(), a=1)

#: getattr_dunder_loads
class Lazy:
    def __init__(self, path):
        self.path = path

    def __getattr__(self, name):
        if name == "text":
            self.text = open(self.path).read()
            return self.text
        raise AttributeError(name)

def length(lazy):
    return len(lazy.text)
#> length(Lazy("notes.txt"))

#: contains_dunder_caches
class Vocabulary:
    def __init__(self, words):
        self.words = set(words)
        self.misses = []

    def __contains__(self, word):
        if word not in self.words:
            self.misses.append(word)
            return False
        return True

def known(vocab, tokens):
    return [t for t in tokens if t in vocab]
#> known(Vocabulary(["a"]), ["a", "b"])

#: iter_dunder_stateful
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n

def drain(c):
    return sum(c)
#> drain(Countdown(3))

#: iter_dunder_fresh
class Numbers:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return iter(range(self.n))

def total(c):
    return sum(c)
#> total(Numbers(3))

#: len_and_bool
class Basket:
    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

def is_empty(b):
    return not b
#> is_empty(Basket([]))

#: missing_inserts
class Default(dict):
    def __missing__(self, key):
        self[key] = value = []
        return value

def bucket(d, key):
    return d[key]
#> bucket(Default(), "a")

#: dict_subclass_counts
class Counted(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        self.n = getattr(self, "n", 0) + 1

def put(d, k, v):
    d[k] = v
#> put(Counted(), "a", 1)

#: singleton_new
class Config:
    _one = None

    def __new__(cls):
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one

def get():
    return Config()
#> get()

#: classmethod_factory
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    @classmethod
    def origin(cls):
        return cls(0, 0)

def start():
    p = Point.origin()
    p.x = 5
    return p
#> start()

#: classmethod_counts
class Ids:
    last = 0

    @classmethod
    def next(cls):
        cls.last += 1
        return cls.last

def new_id():
    return Ids.next()
#> new_id()

#: post_init_sorts
from dataclasses import dataclass

@dataclass
class Series:
    values: list

    def __post_init__(self):
        self.values.sort()

def build(values):
    return Series(values)
#> build([2, 1])

#: mixin_order
class A:
    def act(self, log):
        log.append("a")

class B(A):
    def act(self, log):
        super().act(log)

class C(A):
    def act(self, log):
        return len(log)

class D(B, C):
    pass

def run(log):
    return D().act(log)
#> run([])

#: overridden_pure
class Base:
    def step(self, xs):
        xs.append(1)

class Quiet(Base):
    def step(self, xs):
        return xs + [1]

def go(xs):
    return Quiet().step(xs)
#> go([])

#: template_method
class Report:
    def run(self, out):
        self.header(out)
        return out

    def header(self, out):
        raise NotImplementedError

class Text(Report):
    def header(self, out):
        out.append("text")

def render(out):
    return Text().run(out)
#> render([])

#: abstract_writer
from abc import ABC, abstractmethod

class Sink(ABC):
    @abstractmethod
    def put(self, x): ...

class FileSink(Sink):
    def __init__(self, path):
        self.path = path

    def put(self, x):
        with open(self.path, "a") as f:
            f.write(str(x))

def drain(sink, xs):
    for x in xs:
        sink.put(x)
#> drain(FileSink("o.txt"), [1])

#: slots_written
class Node:
    __slots__ = ("value", "next")

    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def push(head, value):
    return Node(value, head)
#> push(Node(1), 2)

#: linked_list_append
class Node:
    def __init__(self, value):
        self.value = value
        self.next = None

def append(head, value):
    cur = head
    while cur.next is not None:
        cur = cur.next
    cur.next = Node(value)
#> append(Node(1), 2)

#: linked_list_reverse
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def reverse(head):
    prev = None
    while head:
        head.next, prev, head = prev, head, head.next
    return prev
#> reverse(Node(1, Node(2)))

#: operator_setitem
import operator

def assign(d, k, v):
    operator.setitem(d, k, v)
#> assign({}, "a", 1)

#: operator_iadd
import operator

def merge(a, b):
    return operator.iadd(a, b)
#> merge([1], [2])

#: vars_update
class Options:
    pass

def fill(o, values):
    vars(o).update(values)
#> fill(Options(), {"a": 1})

#: dunder_dict_write
class Options:
    pass

def fill(o, k, v):
    o.__dict__[k] = v
#> fill(Options(), "a", 1)

#: setattr_loop_copy
import copy

class Options:
    a = 0

def with_values(o, **values):
    new = copy.copy(o)
    for k, v in values.items():
        setattr(new, k, v)
    return new
#> with_values(Options(), a=1)

#: globals_write
def export(name, value):
    globals()[name] = value
#> export("x", 1)

#: exec_code
def run(code):
    scope = {}
    exec(code, scope)
    return scope["x"]
#> run("x = 1")

#: walrus_pop
def drain(stack):
    out = []
    while stack and (x := stack.pop()):
        out.append(x)
    return out
#> drain([1, 2])

#: star_unpack_head
def rest(xs):
    first, *others = xs
    others.append(first)
    return others
#> rest([1, 2])

#: slice_assign
def replace_all(xs, ys):
    xs[:] = ys
#> replace_all([1], [2, 3])

#: slice_delete
def keep_head(xs, n):
    del xs[n:]
    return xs
#> keep_head([1, 2, 3], 1)

#: filter_in_place
def drop_falsy(xs):
    for x in list(xs):
        if not x:
            xs.remove(x)
#> drop_falsy([0, 1])

#: rebind_filter
def drop_falsy(xs):
    xs = [x for x in xs if x]
    xs.sort()
    return xs
#> drop_falsy([0, 1])

#: dict_ior
def merged(a, b):
    a |= b
    return a
#> merged({"a": 1}, {"b": 2})

#: dict_or
def merged(a, b):
    c = a | b
    c["n"] = 1
    return c
#> merged({"a": 1}, {"b": 2})

#: set_update_operator
def include(seen, new):
    seen |= set(new)
    return seen
#> include({1}, [2])

#: set_difference_new
def missing(wanted, have):
    diff = wanted - have
    diff.add(0)
    return diff
#> missing({1}, {2})

#: dict_setdefault_append
def index(pairs):
    out = {}
    for k, v in pairs:
        out.setdefault(k, []).append(v)
    return out
#> index([("a", 1)])

#: dict_values_mutated
def reset_counts(table):
    for entry in table.values():
        entry["n"] = 0
#> reset_counts({"a": {"n": 1}})

#: dict_comprehension_same_inner
def trimmed(table):
    out = {k: v for k, v in table.items()}
    for v in out.values():
        v.pop()
    return out
#> trimmed({"a": [1, 2]})

#: tuple_inner_list
def push(pair, x):
    pair[1].append(x)
#> push((1, []), 2)

#: swap_elements
def swap(xs, i, j):
    xs[i], xs[j] = xs[j], xs[i]
#> swap([1, 2], 0, 1)

#: bubble_sorted_copy
def bubble(xs):
    a = xs[:]
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a
#> bubble([2, 1])

#: alias_then_rebound
def grow(xs):
    ys = xs
    ys = ys + [1]
    ys.append(2)
    return ys
#> grow([0])

#: conditional_alias
def pick_and_push(a, b, flag):
    target = a if flag else b
    target.append(1)
#> pick_and_push([], [], True)
#> pick_and_push([], [], False)

#: or_default_alias
def push(xs=None):
    xs = xs or []
    xs.append(1)
    return xs
#> push([5])

#: helper_mutates_alias
def _fill(target, n):
    target.extend(range(n))

def fill_first(lists, n):
    head = lists[0]
    _fill(head, n)
#> fill_first([[]], 2)

#: helper_returns_param
def same(x):
    return x

def push(xs):
    same(xs).append(1)
#> push([])

#: helper_returns_part
def inner(cfg):
    return cfg["opts"]

def set_opt(cfg, k, v):
    inner(cfg)[k] = v
#> set_opt({"opts": {}}, "a", 1)

#: helper_returns_copy
def fresh(cfg):
    return {**cfg, "opts": dict(cfg["opts"])}

def set_opt(cfg, k, v):
    new = fresh(cfg)
    new["opts"][k] = v
    return new
#> set_opt({"opts": {}}, "a", 1)

#: recursion_flatten
def flatten(x, out=None):
    if out is None:
        out = []
    for y in x:
        if isinstance(y, list):
            flatten(y, out)
        else:
            out.append(y)
    return out
#> flatten([1, [2]], [])

#: recursion_mutates_tree
def increment(node):
    node["n"] += 1
    for child in node.get("children", []):
        increment(child)
#> increment({"n": 1, "children": [{"n": 1}]})

#: recursion_copies_tree
def incremented(node):
    return {"n": node["n"] + 1, "children": [incremented(c) for c in node.get("children", [])]}
#> incremented({"n": 1, "children": [{"n": 1}]})

#: generator_send
def averager():
    total, n = 0.0, 0
    avg = None
    while True:
        x = yield avg
        total += x
        n += 1
        avg = total / n

def mean(xs):
    g = averager()
    next(g)
    for x in xs:
        m = g.send(x)
    return m
#> mean([1, 2])

#: tee_and_drop
from itertools import tee

def pairs(it):
    a, b = tee(it)
    next(b, None)
    return list(zip(a, b))
#> pairs([1, 2, 3])

#: iter_sentinel_reads
def blocks(fh, n):
    return list(iter(lambda: fh.read(n), ""))
#> blocks(__import__("io").StringIO("abc"), 2)

#: zip_longest_pure
from itertools import zip_longest

def rows(a, b):
    return [x or y for x, y in zip_longest(a, b)]
#> rows([1], [2, 3])

#: groupby_pure
from itertools import groupby

def runs(xs):
    return [(k, len(list(g))) for k, g in groupby(sorted(xs))]
#> runs([1, 1, 2])

#: reversed_list_changed
def bump(items):
    for it in reversed(items):
        it["seen"] = True
#> bump([{}])

#: enumerate_write
def cumulate(xs):
    for i, x in enumerate(xs):
        if i:
            xs[i] = xs[i - 1] + x
#> cumulate([1, 2])

#: zip_writes_both
def swap_tags(a, b):
    for x, y in zip(a, b):
        x["t"], y["t"] = y["t"], x["t"]
#> swap_tags([{"t": 1}], [{"t": 2}])

#: any_generator_short
def has_negative(rows):
    return any(v < 0 for row in rows for v in row)
#> has_negative([[1, -1]])

#: async_gather_mutates
import asyncio

async def work(x, out):
    out[x] = x * x

def run(xs, out):
    async def main():
        await asyncio.gather(*(work(x, out) for x in xs))
    asyncio.run(main())
#> run([1, 2], {})

#: executor_map_prints
from concurrent.futures import ThreadPoolExecutor

def show(x):
    print(x)
    return x

def run(xs):
    with ThreadPoolExecutor(2) as ex:
        return list(ex.map(show, xs))
#> run([1])

#: lock_given
import threading

def add(lock, totals, key, n):
    with lock:
        totals[key] = totals.get(key, 0) + n
#> add(threading.Lock(), {}, "a", 1)

#: queue_roundtrip
import queue

def through(xs):
    q = queue.Queue()
    for x in xs:
        q.put(x)
    out = []
    while not q.empty():
        out.append(q.get())
    return out
#> through([1])

#: configparser_read
import configparser

def setting(path):
    cp = configparser.ConfigParser()
    cp.read(path)
    return cp["a"]["b"]
#> setting("settings.ini")

#: configparser_string
import configparser

def setting(text):
    cp = configparser.ConfigParser()
    cp.read_string(text)
    return cp["a"]["b"]
#> setting("[a]\nb=1\n")

#: argparse_list
import argparse

def parse(argv):
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=1)
    return p.parse_args(argv).n
#> parse(["--n", "2"])

#: gzip_write
import gzip

def compress(path, text):
    with gzip.open(path, "wt") as f:
        f.write(text)
#> compress("a.gz", "x")

#: gzip_bytes
import gzip

def squeeze(data):
    return gzip.decompress(gzip.compress(data))
#> squeeze(b"a")

#: walk_files
import os

def sizes(root):
    out = {}
    for folder, _, files in os.walk(root):
        for f in files:
            out[f] = os.path.getsize(os.path.join(folder, f))
    return out
#> sizes(".")

#: mkdtemp_rmtree
import shutil
import tempfile

def scratch(fn):
    d = tempfile.mkdtemp()
    try:
        return fn(d)
    finally:
        shutil.rmtree(d)
#> scratch(len)

#: path_rglob
from pathlib import Path

def stems(folder):
    return sorted(p.stem for p in Path(folder).rglob("*.csv"))
#> stems(".")

#: path_write_bytes
def store(path, data):
    path.write_bytes(data)
#> store(__import__("pathlib").Path("b.bin"), b"a")

#: stdin_read
import sys

def numbers():
    return [int(x) for x in sys.stdin.read().split()]
#> numbers()

#: argv_read
import sys

def script():
    return sys.argv[0]
#> script()

#: getpass_user
import os

def pid():
    return os.getpid()
#> pid()

#: signal_handler
import signal

def ignore_term():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
#> ignore_term()

#: recursion_limit
import sys

def deepen(n):
    sys.setrecursionlimit(n)
#> deepen(5000)

#: decimal_precision
from decimal import getcontext, Decimal

def third(prec):
    getcontext().prec = prec
    return Decimal(1) / 3
#> third(5)

#: locale_free_format
def money(x):
    return f"{x:,.2f}".replace(",", " ")
#> money(1234.5)

#: regex_sub_callback
import re

def mask(text, found):
    def note(m):
        found.append(m.group())
        return "*"
    return re.sub(r"\d+", note, text)
#> mask("a1", [])

#: string_methods
def slug(title):
    out = []
    for ch in title.lower():
        out.append(ch if ch.isalnum() else "-")
    return "".join(out)
#> slug("A b")

#: memoryview_write
def poke(buf):
    view = memoryview(buf)
    view[0] = 1
#> poke(bytearray(2))

#: bytearray_extend
def frame(buf, data):
    buf.extend(data)
    return bytes(buf)
#> frame(bytearray(), b"a")

#: array_module
from array import array

def push(a, x):
    a.append(x)
#> push(array("i", [1]), 2)

#: struct_pack
import struct

def header(n):
    return struct.pack("<I", n)
#> header(3)

#: date_arithmetic
from datetime import date, timedelta

def last_monday(d):
    return d - timedelta(days=d.weekday())
#> last_monday(date(2020, 1, 1))

#: date_today
from datetime import date

def age(born):
    return (date.today() - born).days // 365
#> age(date(2000, 1, 1))

#: random_seed_and_draw
import random

def sample(xs, k, seed=None):
    random.seed(seed)
    return random.sample(xs, k)
#> sample([1, 2, 3], 2, seed=1)

#: weakref_cache
import weakref

class Item:
    pass

def remember(cache, key, item):
    cache[key] = item
#> remember(weakref.WeakValueDictionary(), "a", Item())
