#: alias_through_dict
def mark(items):
    view = {"items": items}
    view["items"].append("x")
    return view
#> mark([])

#: alias_through_tuple
def mark(items):
    pair = (items, 1)
    pair[0].append("x")
    return pair
#> mark([])

#: alias_through_default_dict_copy
def mark(config):
    local = {**config}
    local["seen"] = True
    local["tags"].append("x")
    return local
#> mark({"tags": []})

#: alias_returned_helper
def same(x):
    return x

def mark(items):
    same(items).append(1)
#> mark([])

#: copy_returned_helper
def fresh(x):
    return list(x)

def mark(items):
    out = fresh(items)
    out.append(1)
    return out
#> mark([])

#: alias_in_closure
def make_adder(target):
    def add(x):
        target.append(x)
    return add

def mark(items):
    add = make_adder(items)
    add(1)
    return len(items)
#> mark([])

#: alias_via_star_args
def push(*lists):
    for one in lists:
        one.append(0)

def mark(a, b):
    push(a, b)
#> mark([], [])

#: kwargs_alias
def push(**named):
    named["a"].append(0)
    named["extra"] = 1

def mark(a):
    push(a=a)
#> mark([])

#: swap_then_change
def mark(a, b):
    a, b = b, a
    a.append(1)
    return b
#> mark([], [])

#: loop_rebinding
def mark(rows):
    for row in rows:
        row = dict(row)
        row["seen"] = True
    return rows
#> mark([{}])

#: nested_comprehension_new
def transpose(rows):
    cols = [list(col) for col in zip(*rows)]
    cols[0][0] = None
    return cols
#> transpose([[1, 2], [3, 4]])

#: slice_copy_nested
def mark(rows):
    part = rows[:]
    part[0].append(1)
    part.append([])
    return part
#> mark([[]])

#: sorted_in_place_key_effect
def ordered(items):
    calls = []
    items.sort(key=lambda it: calls.append(it) or it)
    return calls
#> ordered([2, 1])

#: reverse_iterator
def backwards(items):
    out = []
    for it in reversed(items):
        out.append(it)
    return out
#> backwards([2, 1])

#: del_slice
def trim(items, n):
    del items[n:]
    return items
#> trim([1, 2, 3], 1)

#: set_operators
def update(seen, new):
    seen |= new
    both = seen & new
    both.add("x")
    return both
#> update({1}, {2})

#: set_methods_new
def update(seen, new):
    seen = seen.union(new)
    seen.discard(1)
    return seen
#> update({1}, {2})

#: dict_views_alias
def bump(counts):
    for key in counts.keys():
        counts[key] += 1
    return dict(sorted(counts.items()))
#> bump({"a": 1})

#: fromkeys_shared
def table(keys):
    t = dict.fromkeys(keys, [])
    t[keys[0]].append(1)
    return t
#> table(["a", "b"])

#: string_methods
def slug(text):
    text = text.strip().lower()
    text.replace(" ", "-")
    return "-".join(text.split())
#> slug(" A b ")

#: bytearray_changed
def zero(buffer):
    view = memoryview(buffer)
    view[0] = 0
    return bytes(view)
#> zero(bytearray(b"abc"))

#: deque_bounded
from collections import deque

def tail(lines, n):
    window = deque(maxlen=n)
    for line in lines:
        window.append(line)
    return list(window)
#> tail(["a", "b"], 1)

#: ordered_dict_move
from collections import OrderedDict

def touch(cache, key):
    cache.move_to_end(key)
    return next(iter(cache))
#> touch(OrderedDict(a=1, b=2), "a")

#: lru_by_hand
class LRU:
    def __init__(self, size):
        self.size, self.data = size, {}

    def get(self, key):
        if key in self.data:
            self.data[key] = self.data.pop(key)
            return self.data[key]
        return None

    def put(self, key, value):
        self.data[key] = value
        return self

def lookup(cache, key):
    return cache.get(key)
#> lookup(LRU(2).put("a", 1).put("b", 2), "a")

#: static_and_class_methods
class Shape:
    registry = {}

    @classmethod
    def register(cls, name):
        cls.registry[name] = cls
        return cls

    @staticmethod
    def area(w, h):
        return w * h

def use(name):
    Shape.register(name)
    return Shape.area(1, 2)
#> use("a")

#: static_method_only
class Shape:
    registry = {}

    @staticmethod
    def area(w, h):
        return w * h

def use():
    return Shape.area(1, 2)
#> use()

#: abstract_strategy
from abc import ABC, abstractmethod

class Step(ABC):
    @abstractmethod
    def run(self, data): ...

class Append(Step):
    def run(self, data):
        data.append(1)
        return data

class Copy(Step):
    def run(self, data):
        return [*data, 1]

def process(data):
    return Copy().run(data)
#> process([])

#: abstract_strategy_given
from abc import ABC, abstractmethod

class Step(ABC):
    @abstractmethod
    def run(self, data): ...

class Append(Step):
    def run(self, data):
        data.append(1)
        return data

class Copy(Step):
    def run(self, data):
        return [*data, 1]

def process(step: Step, data):
    return step.run(data)
#> process(Copy(), [])
#> process(Append(), [])

#: frozen_dataclass_post_init
from dataclasses import dataclass

@dataclass(frozen=True)
class Window:
    low: float
    high: float

    def __post_init__(self):
        if self.low > self.high:
            raise ValueError("bad window")

    def contains(self, x):
        return self.low <= x <= self.high

def inside(xs, low, high):
    window = Window(low, high)
    return [x for x in xs if window.contains(x)]
#> inside([1, 5], 0, 2)

#: dataclass_mutated
from dataclasses import dataclass, field

@dataclass
class Account:
    owner: str
    balance: float = 0.0
    history: list = field(default_factory=list)

    def deposit(self, amount):
        self.balance += amount
        self.history.append(amount)

def pay(accounts, amount):
    for account in accounts:
        account.deposit(amount)
    return sum(a.balance for a in accounts)
#> pay([Account("a")], 5)

#: enum_auto_iteration
from enum import Enum, auto

class Color(Enum):
    RED = auto()
    BLUE = auto()

def names():
    return [c.name.lower() for c in Color]
#> names()

#: custom_exception_carries
class Invalid(Exception):
    def __init__(self, field, message):
        super().__init__(message)
        self.field = field

def check(record):
    if "id" not in record:
        raise Invalid("id", "missing")
    return True
#> check({"id": 1})
#> check({})

#: try_finally_cleanup
import os

def with_marker(path, fn):
    open(path, "w").close()
    try:
        return len(path)
    finally:
        os.remove(path)
#> with_marker("m.txt", None)

#: nested_functions_recursive
def permutations(items):
    out = []
    def walk(chosen, rest):
        if not rest:
            out.append(chosen)
            return
        for i, it in enumerate(rest):
            walk(chosen + [it], rest[:i] + rest[i + 1:])
    walk([], list(items))
    return out
#> permutations([1, 2])

#: global_list_read
LIMITS = [1, 2, 3]

def above(x):
    return [l for l in LIMITS if l < x]
#> above(2)

#: global_list_copied_changed
LIMITS = [1, 2, 3]

def widened(x):
    limits = LIMITS.copy()
    limits.append(x)
    return limits
#> widened(2)

#: global_list_aliased_changed
LIMITS = [1, 2, 3]

def widen(x):
    limits = LIMITS
    limits.append(x)
    return limits
#> widen(2)

#: global_config_dict
CONFIG = {"verbose": False}

def configure(**options):
    CONFIG.update(options)
    return dict(CONFIG)
#> configure(verbose=True)

#: global_flag_swapped
_debug = False

def toggle():
    global _debug
    _debug = not _debug
    return _debug
#> toggle()

#: global_shadowed
total = 0

def add_up(xs):
    total = 0
    for x in xs:
        total += x
    return total
#> add_up([1])

#: cache_decorator_of_library
from functools import cache

@cache
def load_words():
    with open("notes.txt") as f:
        return f.read().split()

def count():
    return len(load_words())
#> count()

#: decorator_counting
import functools

def counted(fn):
    @functools.wraps(fn)
    def wrapper(*args):
        wrapper.calls += 1
        return fn(*args)
    wrapper.calls = 0
    return wrapper

@counted
def double(x):
    return 2 * x

def run(x):
    return double(x)
#> run(1)

#: decorator_copying_arguments
import copy
import functools

def isolated(fn):
    @functools.wraps(fn)
    def wrapper(data):
        return fn(copy.deepcopy(data))
    return wrapper

@isolated
def clear(data):
    data.clear()
    return data

def run(data):
    return clear(data)
#> run([1])

#: context_manager_with_result
from contextlib import contextmanager

@contextmanager
def opened(path):
    handle = open(path)
    try:
        yield handle
    finally:
        handle.close()

def first(path):
    with opened(path) as handle:
        return handle.readline()
#> first("notes.txt")

#: log_collected
import logging

class ListHandler(logging.Handler):
    def __init__(self, sink):
        super().__init__()
        self.sink = sink

    def emit(self, record):
        self.sink.append(record.getMessage())

def handler_for(sink):
    return ListHandler(sink)
#> handler_for([])

#: logging_exception
import logging

log = logging.getLogger("jobs")

def guarded(value):
    try:
        return 1 / value
    except ZeroDivisionError:
        log.exception("division")
        return None
#> guarded(0)
#> guarded(1)

#: warnings_as_errors
import warnings

def strict(fn):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return float("1")
#> strict(None)

#: elapsed_monotonic
import time

def wait_for(check, limit):
    start = time.monotonic()
    while time.monotonic() - start < limit:
        if check:
            return True
    return False
#> wait_for(True, 1)

#: date_range
import datetime as dt

def month_ends(year):
    return [dt.date(year, m, 1) - dt.timedelta(days=1) for m in range(2, 13)]
#> month_ends(2024)

#: timestamped_file_name
import datetime as dt
from pathlib import Path

def log_path(folder):
    return Path(folder) / f"{dt.date.today().isoformat()}.log"
#> log_path("logs")

#: env_required
import os

def token(name="API_TOKEN"):
    try:
        return os.environ[name]
    except KeyError:
        raise RuntimeError(f"set {name}") from None
#> token("PATH")
#> token("NOT_THERE_AT_ALL")

#: env_popped
import os

def forget(name):
    return os.environ.pop(name, None)
#> forget("SOME_NAME_X")
#> forget("HOME")

#: shutil_tree
import shutil

def archive(folder, target):
    shutil.copytree(folder, target)
    shutil.rmtree(target)
#> archive(".", "copy-of-it")

#: touch_and_stat
from pathlib import Path

def touch(path):
    p = Path(path)
    p.touch()
    return p.stat().st_size
#> touch("t.txt")

#: read_bytes_magic
from pathlib import Path

def is_png(path):
    return Path(path).read_bytes()[:4] == b"\x89PNG"
#> is_png("notes.txt")

#: path_pure_computing
from pathlib import Path, PurePosixPath

def normalise(path):
    p = PurePosixPath(path)
    return str(p.parent / (p.stem + ".txt")), Path(path).suffix
#> normalise("a/b.csv")

#: tempdir_made
import os
import tempfile

def scratch():
    folder = tempfile.mkdtemp()
    os.rmdir(folder)
    return folder
#> scratch()

#: subprocess_popen
import subprocess

def pipe(text):
    p = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    out, _ = p.communicate(text)
    return out
#> pipe(b"x")

#: json_to_handle
import json

def dump(rows, handle):
    for row in rows:
        handle.write(json.dumps(row) + "\n")
#> dump([{"a": 1}], open("o.json", "w"))

#: csv_sniffed_string
import csv
import io

def parse(text):
    reader = csv.reader(io.StringIO(text))
    header = next(reader)
    return [dict(zip(header, row)) for row in reader]
#> parse("a,b\n1,2\n")

#: sqlite_given
import sqlite3

def insert(db, rows):
    db.executemany("insert into t values (?)", rows)
    db.commit()
    return db.total_changes
#> insert((lambda d: (d.execute("create table t (n)"), d)[1])(sqlite3.connect(":memory:")), [(1,)])

#: sqlite_row_factory
import sqlite3

def rows(db, query):
    db.row_factory = sqlite3.Row
    return [dict(r) for r in db.execute(query)]
#> rows(sqlite3.connect(":memory:"), "select 1 as a")

#: pickle_to_file
import pickle

def save(obj, path):
    with open(path, "wb") as f:
        pickle.dump(obj, f)
#> save([1], "o.pkl")

#: random_sample_python
import random

def deal(deck, n):
    random.seed(7)
    hand = random.sample(deck, n)
    for card in hand:
        deck.remove(card)
    return hand
#> deal([1, 2, 3], 2)

#: random_local_shuffle
import random

def shuffled(deck, rng=random.Random(3)):
    deck = list(deck)
    rng.shuffle(deck)
    return deck
#> shuffled([1, 2, 3])

#: stdin_piped
import sys

def read_all():
    return sys.stdin.read().split()
#> read_all()

#: print_flush_default
def banner(text, out=None):
    print("=" * len(text), file=out)
    print(text, file=out)
#> banner("x")
#> banner("x", __import__("io").StringIO())

#: stderr_logged_counter
import sys

errors = 0

def fail(message):
    global errors
    errors += 1
    sys.stderr.write(message + "\n")
#> fail("x")

#: future_result
from concurrent.futures import ThreadPoolExecutor, as_completed

def lengths(words):
    with ThreadPoolExecutor() as pool:
        futures = {pool.submit(len, w): w for w in words}
        return {futures[f]: f.result() for f in as_completed(futures)}
#> lengths(["a", "bb"])

#: executor_writes
from concurrent.futures import ThreadPoolExecutor

def dump_all(texts):
    def one(item):
        name, text = item
        with open(name, "w") as f:
            f.write(text)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, texts.items()))
#> dump_all({"a.txt": "x"})

#: asyncio_gather
import asyncio

async def double(x):
    await asyncio.sleep(0)
    return 2 * x

async def both(a, b):
    return await asyncio.gather(double(a), double(b))

def run(a, b):
    return asyncio.run(both(a, b))
#> run(1, 2)

#: itertools_cycle_state
from itertools import cycle, islice

def colours(n):
    palette = cycle(["r", "g"])
    return list(islice(palette, n))
#> colours(3)

#: iterator_given_next
def header_and_rest(rows):
    rows = iter(rows)
    header = next(rows, None)
    return header, sum(1 for _ in rows)
#> header_and_rest(["a", "b"])

#: zip_longest_pure
from itertools import zip_longest

def interleave(a, b):
    return [x for pair in zip_longest(a, b) for x in pair if x is not None]
#> interleave([1], [2, 3])

#: operator_getters
from operator import attrgetter, itemgetter

def by_age(people):
    people.sort(key=itemgetter("age"))
    return [itemgetter("name")(p) for p in people]
#> by_age([{"name": "a", "age": 2}, {"name": "b", "age": 1}])

#: weak_references
import weakref

class Node:
    pass

def track(registry, node):
    registry[id(node)] = weakref.ref(node)
    return registry[id(node)]() is node
#> track({}, Node())
