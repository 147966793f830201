#: environ_get_default
import os

def data_home():
    return os.path.join(os.getenv("DATA_HOME", "/tmp"), "raw")
#> data_home()

#: environ_setdefault
import os

def limit_threads(n):
    os.environ.setdefault("OMP_NUM_THREADS_X", str(n))
    os.environ["MKL_X"] = str(n)
#> limit_threads(2)

#: environ_copy_changed
import os

def child_env(**extra):
    env = dict(os.environ)
    env.update(extra)
    return len(env)
#> child_env(A="1")

#: logging_named
import logging

log = logging.getLogger("app.train")

def fit_epoch(losses):
    mean = sum(losses) / len(losses)
    log.debug("mean %.3f", mean)
    if mean > 10:
        log.exception("diverged")
    return mean
#> fit_epoch([1.0, 2.0])

#: logging_handler_added
import logging, io

def attach(name):
    logger = logging.getLogger(name)
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler(io.StringIO()))
    return logger
#> attach("fresh.logger")

#: warnings_catch
import warnings

def quiet_divide(a, b):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return a / b
#> quiet_divide(1.0, 2.0)

#: warnings_filter_global
import warnings

def hush(category=DeprecationWarning):
    warnings.filterwarnings("ignore", category=category, message="never seen")
#> hush()

#: subprocess_output
import subprocess, sys

def version():
    done = subprocess.run([sys.executable, "-c", "pass"], capture_output=True, text=True, check=False)
    return done.returncode
#> version()

#: sqlite_memory
import sqlite3

def total(rows):
    con = sqlite3.connect(":memory:")
    con.execute("create table t (v)")
    con.executemany("insert into t values (?)", [(r,) for r in rows])
    (value,) = con.execute("select sum(v) from t").fetchone()
    con.close()
    return value
#> total([1, 2])

#: uuid_and_clock
import uuid
from datetime import datetime, timezone

def run_id(prefix):
    return f"{prefix}-{datetime.now(timezone.utc):%Y%m%d}-{uuid.uuid4().hex[:6]}"
#> run_id("r")

#: uuid5_is_pure
import uuid, hashlib

def stable_id(text):
    return uuid.uuid5(uuid.NAMESPACE_URL, text).hex + hashlib.md5(text.encode()).hexdigest()
#> stable_id("a")

#: date_arithmetic
from datetime import date, timedelta

def business_days(start, n):
    days, current = [], start
    while len(days) < n:
        if current.weekday() < 5:
            days.append(current)
        current += timedelta(days=1)
    return days
#> business_days(date(2024, 1, 1), 3)

#: timed_call
import time

def timed(fn, *args):
    begin = time.perf_counter()
    result = fn(*args)
    return result, time.perf_counter() - begin
#> timed(sorted, [3, 1])

#: requests_fake_session
class FakeSession:
    def __init__(self):
        self.calls = []
    def get(self, url, params=None):
        self.calls.append((url, params))
        return {"status": 200}

def fetch_all(session, urls):
    return [session.get(u, params={"p": 1})["status"] for u in urls]
#> fetch_all(FakeSession(), ["a", "b"])

#: alias_via_dict_values
def zero_all(groups):
    for members in groups.values():
        members[0] = 0
#> zero_all({"a": [1], "b": [2]})

#: alias_via_zip
def add_names(rows, names):
    for row, name in zip(rows, names):
        row["name"] = name
    return len(names)
#> add_names([{}, {}], ["x", "y"])

#: alias_via_enumerate_new_items
def numbered(rows):
    return [dict(row, i=i) for i, row in enumerate(rows, start=1)]
#> numbered([{}, {}])

#: alias_via_setdefault
def group_into(index, items):
    for key, value in items:
        index.setdefault(key, []).append(value)
#> group_into({}, [("a", 1)])

#: setdefault_given_list
def share_default(table, fallback):
    table = dict(table)
    table.setdefault("k", fallback).append(1)
    return table
#> share_default({}, [])
#> share_default({"k": [0]}, [])

#: alias_via_namedtuple
from collections import namedtuple

Pair = namedtuple("Pair", "left right")

def fill(left, right):
    pair = Pair(left, right)
    pair.left.append(1)
    return pair._replace(right=None)
#> fill([], [])

#: alias_returned_by_helper
def longest(a, b):
    return a if len(a) >= len(b) else b

def trim(a, b):
    longest(a, b).pop()
#> trim([1, 2], [3])
#> trim([1], [3, 4])

#: alias_via_default
REGISTRY = []

def register(item, where=REGISTRY):
    where.append(item)
    return item
#> register(1)

#: mutable_default
def remember(x, seen={}):
    if x in seen:
        return seen[x]
    seen[x] = x * x
    return seen[x]
#> remember(3)

#: closure_counter
def make_counter():
    count = 0
    def tick():
        nonlocal count
        count += 1
        return count
    return tick

counter = make_counter()

def next_id():
    return "id%d" % counter()
#> next_id()

#: closure_local_only
def count_vowels(text):
    total = 0
    def see(ch):
        nonlocal total
        if ch in "aeiou":
            total += 1
    for ch in text:
        see(ch)
    return total
#> count_vowels("banana")

#: lazy_map_never_consumed
def lazily(items, sink):
    pending = map(sink.append, items)
    return bool(pending)
#> lazily([1, 2], [])

#: lazy_map_consumed_by_list
def eagerly(items, sink):
    list(map(sink.append, items))
    return sink
#> eagerly([1, 2], [])

#: filter_lazy_any
def first_large(items, seen):
    def test(v):
        seen.add(v)
        return v > 1
    return next(filter(test, items), None)
#> first_large([1, 2], set())

#: reduce_into_first
from functools import reduce

def merge_all(dicts):
    return reduce(lambda acc, d: acc.update(d) or acc, dicts)
#> merge_all([{"a": 1}, {"b": 2}])

#: reduce_into_fresh
from functools import reduce

def merged(dicts):
    return reduce(lambda acc, d: {**acc, **d}, dicts, {})
#> merged([{"a": 1}, {"b": 2}])

#: partial_bound_list
from functools import partial

def collect(values):
    out = []
    push = partial(out.extend)
    push(values)
    return out
#> collect([1])

#: partial_of_print
from functools import partial
import sys

warn = partial(print, "WARN", file=sys.stderr)

def check(x):
    if x < 0:
        warn("negative", x)
    return abs(x)
#> check(-1)

#: callback_stored
class Bus:
    def __init__(self):
        self.handlers = {}
    def on(self, name, handler):
        self.handlers.setdefault(name, []).append(handler)
    def emit(self, name, *args):
        for handler in self.handlers.get(name, ()):
            handler(*args)

def wire(bus, box):
    bus.on("x", box.append)
    bus.emit("x", 1)
#> wire(Bus(), [])

#: decorator_logging_calls
import functools

CALLS = []

def recorded(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        CALLS.append(fn.__name__)
        return fn(*args, **kwargs)
    return inner

@recorded
def double(x):
    return 2 * x
#> double(2)

#: decorator_copying_argument
import copy

def isolated(fn):
    def inner(value):
        return fn(copy.deepcopy(value))
    return inner

@isolated
def drain(values):
    values.clear()
    return values
#> drain([1, 2])

#: class_attribute_state
class Account:
    opened = 0
    def __init__(self, owner):
        self.owner = owner
        type(self).opened += 1

def open_account(name):
    return Account(name).owner
#> open_account("x")

#: property_with_cache
class Lazy:
    def __init__(self, n):
        self.n = n
        self._squares = None
    @property
    def squares(self):
        if self._squares is None:
            self._squares = [i * i for i in range(self.n)]
        return self._squares

def total_squares(lazy):
    return sum(lazy.squares)
#> total_squares(Lazy(3))

#: descriptor_validates
class Positive:
    def __set_name__(self, owner, name):
        self.key = "_" + name
    def __get__(self, obj, owner=None):
        return getattr(obj, self.key)
    def __set__(self, obj, value):
        if value <= 0:
            raise ValueError("positive")
        setattr(obj, self.key, value)

class Box:
    width = Positive()
    def __init__(self, width):
        self.width = width

def widen(box, by):
    box.width = box.width + by
#> widen(Box(1), 2)

#: getattr_dunder_counts
class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "target", target)
    def __getattr__(self, name):
        return getattr(self.target, name)
    def __setattr__(self, name, value):
        setattr(self.target, name, value)

class Config:
    debug = False

def enable(config):
    Proxy(config).debug = True
#> enable(Config())

#: setitem_dunder_logs
class Table:
    def __init__(self):
        self.cells = {}
        self.journal = []
    def __setitem__(self, key, value):
        self.journal.append(key)
        self.cells[key] = value
    def __getitem__(self, key):
        return self.cells[key]

def fill_table(rows):
    table = Table()
    for i, row in enumerate(rows):
        table[i] = row
    return table[0]
#> fill_table([[1], [2]])

#: iadd_dunder
class Bag:
    def __init__(self, items=()):
        self.items = list(items)
    def __iadd__(self, other):
        self.items.append(other)
        return self
    def __add__(self, other):
        return Bag([*self.items, other])

def put(bag, thing):
    bag += thing
    return bag + thing
#> put(Bag(), 1)

#: context_manager_class_prints
class Section:
    def __init__(self, title):
        self.title = title
    def __enter__(self):
        print("begin", self.title)
        return self
    def __exit__(self, *exc):
        print("end", self.title)
        return False

def compute(values):
    with Section("sum"):
        return sum(values)
#> compute([1, 2])

#: contextlib_restores_list
from contextlib import contextmanager

@contextmanager
def pushed(stack, item):
    stack.append(item)
    try:
        yield stack
    finally:
        stack.pop()

def depth_with(stack, item):
    with pushed(stack, item) as s:
        return len(s)
#> depth_with([1], 2)

#: generator_not_run
def announcing(items):
    for item in items:
        print(item)
        yield item

def prepared(items):
    stream = announcing(items)
    return type(stream).__name__
#> prepared([1, 2])

#: generator_run_by_sum
def announcing(items):
    for item in items:
        print(item)
        yield item

def prepared(items):
    return sum(announcing(items))
#> prepared([1, 2])

#: generator_send
def averager():
    total, n = 0.0, 0
    value = yield None
    while True:
        total, n = total + value, n + 1
        value = yield total / n

def running(values):
    gen = averager()
    next(gen)
    return [gen.send(v) for v in values]
#> running([1.0, 2.0])

#: async_run
import asyncio

async def work(i, out):
    await asyncio.sleep(0)
    out.append(i)

def run_all(n):
    out = []
    async def main():
        await asyncio.gather(*(work(i, out) for i in range(n)))
    asyncio.run(main())
    return out
#> run_all(2)

#: coroutine_never_awaited
async def write_it(path):
    with open(path, "w") as f:
        f.write("x")

def schedule(path):
    job = write_it(path)
    job.close()
    return path
#> schedule("x.txt")

#: exception_path_only
def strict_get(d, key):
    try:
        return d[key]
    except KeyError:
        print("missing", key)
        raise
#> strict_get({}, "a")

#: finally_changes
def with_flag(state):
    state["busy"] = True
    try:
        return len(state)
    finally:
        del state["busy"]
        state["runs"] = state.get("runs", 0) + 1
#> with_flag({})

#: global_rebound
TOTAL = 0

def add_sale(amount):
    global TOTAL
    TOTAL += amount
    return TOTAL
#> add_sale(2)

#: star_args_elements
def clear_each(*lists):
    for one in lists:
        one.clear()
#> clear_each([1], [2])

#: star_kwargs_fresh
def with_defaults(**options):
    options.setdefault("depth", 3)
    options.pop("verbose", None)
    return options
#> with_defaults(verbose=1)

#: walrus_pop
def drain_stack(stack):
    out = []
    while stack and (top := stack.pop()) is not None:
        out.append(top)
    return out
#> drain_stack([1, 2])

#: match_statement
def apply_command(state, command):
    match command:
        case {"op": "add", "key": key, "value": value}:
            state[key] = value
        case {"op": "del", "key": key}:
            state.pop(key, None)
        case ["log", *words]:
            print(*words)
        case _:
            raise ValueError(command)
#> apply_command({}, {"op": "add", "key": "a", "value": 1})
#> apply_command({}, ["log", "x"])

#: comprehension_with_effect
def unique(values):
    seen = set()
    return [v for v in values if not (v in seen or seen.add(v))]
#> unique([1, 1, 2])

#: del_slice
def keep_tail(items, n):
    del items[:-n]
    return items
#> keep_tail([1, 2, 3], 1)

#: dataclass_replace
from dataclasses import dataclass, field, replace

@dataclass(frozen=True)
class Params:
    rate: float = 0.1
    tags: list = field(default_factory=list)

def tuned(params, rate):
    new = replace(params, rate=rate)
    new.tags.append("tuned")
    return new
#> tuned(Params(), 0.2)

#: copy_vs_deepcopy
import copy

def twins(config):
    a, b = copy.copy(config), copy.deepcopy(config)
    a["n"] = 1
    b["inner"].append(2)
    return a, b
#> twins({"inner": []})

#: iterator_consumed_twice
def mean_and_max(values):
    it = iter(values)
    first = next(it)
    return first, max(it, default=first)
#> mean_and_max([1, 2])
#> mean_and_max(iter([1, 2]))

#: heap_and_bisect
import heapq, bisect

def schedule(queue, order, job):
    heapq.heappush(queue, job)
    bisect.insort(order, job)
    return heapq.nsmallest(1, queue), bisect.bisect(order, job)
#> schedule([], [], 3)

#: defaultdict_read_inserts
from collections import defaultdict, Counter

def lookup(index, key):
    counts = Counter()
    return index[key], counts[key]
#> lookup(defaultdict(list), "a")

#: deque_rotate
from collections import deque

def rotate(items, k):
    ring = deque(items)
    ring.rotate(k)
    return list(ring)
#> rotate([1, 2, 3], 1)

#: memoryview_write
def scrub(buffer):
    view = memoryview(buffer)
    view[0:2] = b"\0\0"
    return len(view)
#> scrub(bytearray(b"abcd"))

#: tee_consumes
from itertools import tee, chain, islice

def pairs(iterable):
    a, b = tee(iterable)
    next(b, None)
    return list(zip(a, b))
#> pairs(iter([1, 2, 3]))

#: operator_setitem
import operator

def assign(target, key, value):
    operator.setitem(target, key, value)
    return operator.itemgetter(key)(target)
#> assign({}, "a", 1)

#: getattr_method_name
def call_method(obj, value):
    getattr(obj, "append")(value)
#> call_method([], 1)

#: exec_string
def define(source, name):
    scope = {}
    exec(source, scope)
    return scope[name]
#> define("x = 1", "x")

#: monkeypatch_module
import math

def patch(value):
    math.tau_approx = value
    return math.floor(value)
#> patch(6.28)

#: lru_cache_function
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
#> fib(5)

#: sorted_key_effect
def order_by_call(items, trace):
    def key(item):
        trace.append(item)
        return -item
    return sorted(items, key=key)
#> order_by_call([1, 2], [])

#: sort_attribute_of_argument
class Deck:
    def __init__(self):
        self.cards = [3, 1]

def tidy(deck):
    deck.cards.sort()
    return deck.cards
#> tidy(Deck())

#: sorted_attribute_of_argument
class Deck:
    def __init__(self):
        self.cards = [3, 1]

def tidy(deck):
    cards = sorted(deck.cards)
    cards.append(0)
    return cards
#> tidy(Deck())
