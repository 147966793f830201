#: matrix_transpose
def transpose(rows):
    return [list(col) for col in zip(*rows)]
#> transpose([[1, 2], [3, 4]])

#: rotate_in_place
def rotate(matrix):
    matrix.reverse()
    for i in range(len(matrix)):
        for j in range(i):
            matrix[i][j], matrix[j][i] = matrix[j][i], matrix[i][j]
#> rotate([[1, 2], [3, 4]])

#: list_multiplied_alias
def grid_with_mark(n):
    grid = [[0] * n] * n
    grid[0][0] = 1
    return grid
#> grid_with_mark(2)

#: remove_while_iterating
def drop_empty(lines):
    for line in lines[:]:
        if not line.strip():
            lines.remove(line)
    return lines
#> drop_empty(["a", " "])

#: sorted_copy_of_attribute
class Library:
    def __init__(self, books):
        self.books = books

    def titles(self):
        return sorted(b["title"] for b in self.books)

    def add(self, book):
        self.books.append(book)

def restock(library, books):
    for b in books:
        library.add(b)
    return library.titles()
#> restock(Library([]), [{"title": "x"}])

#: shared_list_in_object
class Stack:
    def __init__(self, items):
        self.items = items

    def push(self, x):
        self.items.append(x)

def push_one(items):
    s = Stack(items)
    s.push(1)
    return len(items)
#> push_one([])

#: copied_list_in_object
class Stack:
    def __init__(self, items):
        self.items = list(items)

    def push(self, x):
        self.items.append(x)

def push_one(items):
    s = Stack(items)
    s.push(1)
    return len(items)
#> push_one([])

#: singleton
class Settings:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.values = {}
        return cls._instance

def configure(key, value):
    Settings().values[key] = value
#> configure("a", 1)

#: classmethod_registry
class Plugin:
    registry = {}

    @classmethod
    def register(cls, name, factory):
        cls.registry[name] = factory
        return factory
#> Plugin.register("csv", dict)

#: subclass_hook
class Shape:
    known = []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Shape.known.append(cls.__name__)

def make_square():
    class Square(Shape):
        sides = 4
    return Square.sides
#> make_square()

#: descriptor_logs
class Logged:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return getattr(obj, self.name)

    def __set__(self, obj, value):
        print(self.name, "=", value)
        setattr(obj, self.name, value)

class Point:
    x = Logged()

def move(point, dx):
    point.x = dx
#> move(Point(), 3)

#: property_setter_changes
class Temp:
    def __init__(self):
        self._c = 0
        self.changes = 0

    @property
    def f(self):
        return self._c * 9 / 5 + 32

    @f.setter
    def f(self, value):
        self._c = (value - 32) * 5 / 9
        self.changes += 1

def heat(temp):
    temp.f = 100
    return temp.f
#> heat(Temp())

#: call_operator
class Accumulator:
    def __init__(self):
        self.total = 0

    def __call__(self, x):
        self.total += x
        return self.total

def run(acc, values):
    return [acc(v) for v in values]
#> run(Accumulator(), [1, 2])

#: getitem_caches
class Lazy(dict):
    def __missing__(self, key):
        self[key] = key * 2
        return self[key]

def lookup(table, keys):
    return [table[k] for k in keys]
#> lookup(Lazy(), [1, 2])

#: contextlib_closing
import contextlib

def read_first(path):
    with contextlib.closing(open(path)) as f:
        return f.readline()
#> read_first("notes.txt")

#: suppress_remove
import contextlib
import os

def forget(path):
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
#> forget("notes.txt")

#: exit_stack
from contextlib import ExitStack

def concat(paths, out):
    with ExitStack() as stack:
        sink = stack.enter_context(open(out, "w"))
        for p in paths:
            source = stack.enter_context(open(p))
            sink.write(source.read())
#> concat(["notes.txt"], "all.txt")

#: transaction
from contextlib import contextmanager
import copy

@contextmanager
def transaction(store):
    backup = copy.deepcopy(store)
    try:
        yield store
    except Exception:
        store.clear()
        store.update(backup)
        raise

def transfer(accounts, a, b, amount):
    with transaction(accounts):
        accounts[a] -= amount
        accounts[b] += amount
#> transfer({"x": 5, "y": 0}, "x", "y", 2)

#: generator_send
def running_mean():
    total, n, mean = 0.0, 0, None
    while True:
        x = yield mean
        total += x
        n += 1
        mean = total / n

def means(values):
    g = running_mean()
    next(g)
    return [g.send(v) for v in values]
#> means([1, 2, 3])

#: generator_never_run
def log_all(items):
    for item in items:
        print(item)
        yield item

def prepare(items):
    pending = log_all(items)
    return pending is not None
#> prepare([1])

#: yield_from_files
def lines_of(paths):
    for p in paths:
        with open(p) as f:
            yield from f

def longest(paths):
    return max(lines_of(paths), key=len)
#> longest(["notes.txt"])

#: dict_dispatch
def start(state):
    state["on"] = True

def stop(state):
    state["on"] = False

ACTIONS = {"start": start, "stop": stop}

def handle(command, state):
    ACTIONS[command](state)
#> handle("start", {})

#: callbacks_stored
class Button:
    def __init__(self):
        self.handlers = []

    def on_click(self, f):
        self.handlers.append(f)

    def click(self):
        for h in self.handlers:
            h()

def press(messages):
    b = Button()
    b.on_click(lambda: messages.append("clicked"))
    b.click()
#> press([])

#: late_binding
def make_writers(log):
    return [lambda x, i=i: log.append((i, x)) for i in range(2)]

def write_all(log, x):
    for w in make_writers(log):
        w(x)
#> write_all([], 1)

#: memoize_decorator
def memoize(f):
    cache = {}
    def inner(*args):
        if args not in cache:
            cache[args] = f(*args)
        return cache[args]
    return inner

@memoize
def square(x):
    return x * x
#> square(3)

#: validate_decorator
def positive(f):
    def inner(x):
        if x < 0:
            raise ValueError(x)
        return f(x)
    return inner

@positive
def root(x):
    return x ** 0.5
#> root(4)

#: counting_decorator
import functools

CALLS = {}

def counted(f):
    @functools.wraps(f)
    def inner(*a, **k):
        CALLS[f.__name__] = CALLS.get(f.__name__, 0) + 1
        return f(*a, **k)
    return inner

@counted
def greet(name):
    return "hi " + name
#> greet("x")

#: default_evaluated_once
from datetime import datetime

def stamp(message, when=datetime(2024, 1, 1)):
    return f"{when.isoformat()} {message}"
#> stamp("a")

#: optional_logger
import logging

def divide(a, b, logger=None):
    try:
        return a / b
    except ZeroDivisionError:
        (logger or logging.getLogger("x")).error("division by zero")
        return None
#> divide(1, 0)
#> divide(1, 2)

#: optional_rng
import random

def choose(items, rng=None):
    rng = rng or random
    return rng.choice(items)
#> choose([1, 2])

#: debug_flag_global
DEBUG = False

def compute(x):
    if DEBUG:
        print("computing", x)
    return x + 1
#> compute(1)

#: early_return
def save_if_new(path, text, known):
    if path in known:
        return False
    known.add(path)
    with open(path, "w") as f:
        f.write(text)
    return True
#> save_if_new("n.txt", "x", set())
#> save_if_new("n.txt", "x", {"n.txt"})

#: nested_functions_return
def compose(*functions):
    def run(x):
        for f in functions:
            x = f(x)
        return x
    return run

def shout(text):
    return compose(str.strip, str.upper)(text)
#> shout(" a ")

#: dict_views
def rename_keys(d, mapping):
    for old, new in mapping.items():
        if old in d:
            d[new] = d.pop(old)
    return d
#> rename_keys({"a": 1}, {"a": "b"})

#: merge_dicts
def merged(a, b):
    out = {**a}
    for k, v in b.items():
        if isinstance(v, dict) and isinstance(out.get(k), dict):
            out[k] = merged(out[k], v)
        else:
            out[k] = v
    return out
#> merged({"a": {"x": 1}}, {"a": {"y": 2}})

#: merge_into
def merge_into(a, b):
    for k, v in b.items():
        if isinstance(v, dict):
            merge_into(a.setdefault(k, {}), v)
        else:
            a[k] = v
#> merge_into({"a": {"x": 1}}, {"a": {"y": 2}})

#: permutations_backtrack
def subsets(items):
    out, current = [], []
    def visit(i):
        if i == len(items):
            out.append(current[:])
            return
        visit(i + 1)
        current.append(items[i])
        visit(i + 1)
        current.pop()
    visit(0)
    return out
#> subsets([1, 2])

#: linked_list_reverse
class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next

def reverse(head):
    prev = None
    while head:
        head.next, prev, head = prev, head, head.next
    return prev
#> reverse(Node(1, Node(2)))

#: linked_list_length
class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next

def length(head):
    n = 0
    while head:
        n += 1
        head = head.next
    return n
#> length(Node(1, Node(2)))

#: slots_and_enum
from enum import Enum

class Color(Enum):
    RED = 1
    BLUE = 2

def paint(wall, color):
    wall["color"] = Color(color).name
    return wall
#> paint({}, 1)

#: file_line_count
import sys

def main(argv):
    if not argv:
        print("usage: count FILE", file=sys.stderr)
        return 2
    with open(argv[0]) as f:
        print(sum(1 for _ in f))
    return 0
#> main(["notes.txt"])
#> main([])

#: shutil_backup
import shutil
from pathlib import Path

def backup(path):
    target = Path(path).with_suffix(".bak")
    shutil.copy(path, target)
    return target
#> backup("notes.txt")

#: zip_archive
import zipfile

def pack(paths, out):
    with zipfile.ZipFile(out, "w") as z:
        for p in paths:
            z.write(p)
#> pack(["notes.txt"], "o.zip")

#: gzip_text
import gzip

def compress(text):
    return gzip.compress(text.encode(), mtime=0)
#> compress("a")

#: urlopen
from urllib.request import urlopen

def download(url):
    with urlopen(url, timeout=0.2) as r:
        return r.read()
#> download("http://127.0.0.1:9/")

#: socket_port
import socket

def is_open(host, port):
    s = socket.socket()
    s.settimeout(0.1)
    try:
        s.connect((host, port))
        return True
    except OSError:
        return False
    finally:
        s.close()
#> is_open("127.0.0.1", 9)

#: thread_target
import threading

def run_in_thread(results):
    t = threading.Thread(target=results.append, args=(1,))
    t.start()
    t.join()
#> run_in_thread([])

#: lock_guard
import threading

lock = threading.Lock()
total = 0

def add(n):
    global total
    with lock:
        total += n
#> add(2)

#: queue_drained
import queue

def drain(q):
    out = []
    while not q.empty():
        out.append(q.get())
    return out

def filled():
    q = queue.Queue()
    q.put(1)
    return q
#> drain(filled())

#: async_context
import asyncio

class Session:
    async def __aenter__(self):
        print("open")
        return self

    async def __aexit__(self, *exc):
        print("close")

async def use():
    async with Session() as s:
        return 1

def run():
    return asyncio.run(use())
#> run()

#: coroutine_not_awaited
async def notify(log):
    log.append("x")

def schedule(log):
    job = notify(log)
    job.close()
    return True
#> schedule([])

#: signal_handler
import signal

def on_interrupt(handler):
    old = signal.signal(signal.SIGINT, handler)
    return old
#> on_interrupt(signal.SIG_IGN)

#: timed_block
import time

def slow_sum(values, log):
    start = time.monotonic()
    total = sum(values)
    log.append(time.monotonic() - start)
    return total
#> slow_sum([1], [])

#: decimal_precision
from decimal import Decimal, getcontext

def precise(a, b):
    getcontext().prec = 50
    return Decimal(a) / Decimal(b)
#> precise(1, 3)

#: locale_free_format
def money(x):
    return f"{x:,.2f}"
#> money(1234.5)

#: struct_pack_into
import struct

def put_header(buffer, size):
    struct.pack_into("<I", buffer, 0, size)
#> put_header(bytearray(8), 5)

#: bytes_joined
def frame_packet(payload):
    header = bytearray(2)
    header[0] = len(payload)
    return bytes(header) + payload
#> frame_packet(b"abc")

#: bisect_insert
import bisect

def add_sorted(xs, x):
    bisect.insort(xs, x)
#> add_sorted([1, 3], 2)

#: chainmap_set
from collections import ChainMap

def override(base, key, value):
    layered = ChainMap({}, base)
    layered[key] = value
    return dict(layered)
#> override({"a": 1}, "a", 2)

#: ordered_move
from collections import OrderedDict

class LRU:
    def __init__(self, size):
        self.size = size
        self.data = OrderedDict()

    def get(self, key):
        if key not in self.data:
            return None
        self.data.move_to_end(key)
        return self.data[key]

def filled():
    cache = LRU(2)
    cache.data.update(a=1, b=2)
    return cache
#> filled().get("a")

#: xml_edit
import xml.etree.ElementTree as ET

def add_child(root, tag):
    child = ET.SubElement(root, tag)
    child.text = "x"
    return child
#> add_child(__import__("xml.etree.ElementTree").etree.ElementTree.Element("r"), "c")

#: yaml_text
import yaml

def as_yaml(config):
    return yaml.safe_dump(config, sort_keys=True)
#> as_yaml({"a": 1})

#: logger_handlers
import logging

def quiet(logger):
    logger.setLevel(logging.ERROR)
    logger.handlers.clear()
    return logger
#> quiet(logging.getLogger("quiet"))
