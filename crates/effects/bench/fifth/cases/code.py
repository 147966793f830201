#: nested_default_dicts
from collections import defaultdict

def tree():
    return defaultdict(tree)

def put(root, path, value):
    node = root
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
#> put(tree(), ["a", "b"], 1)

#: zip_dict_update
def update_all(target, keys, values):
    target.update(zip(keys, values))
    return target
#> update_all({}, ["a"], [1])

#: accumulate_with_plus_on_list_argument
def extend_with(base, extra):
    base += extra
    return base
#> extend_with([1], [2])

#: accumulate_with_plus_on_int_argument
def total_with(base, extra):
    base += extra
    return base
#> total_with(1, 2)

#: list_plus_rebinds
def extended(base, extra):
    base = base + extra
    base.append(0)
    return base
#> extended([1], [2])

#: sorted_then_mutated
def ranked(scores):
    order = sorted(scores, key=lambda s: -s[1])
    order[0] = ("winner", order[0][1])
    return order
#> ranked([("a", 1), ("b", 2)])

#: sort_records_in_place_by_method
def arrange(records, key):
    records.sort(key=lambda r: r[key], reverse=True)
    for rank, record in enumerate(records, 1):
        record["rank"] = rank
#> arrange([{"v": 1}, {"v": 2}], "v")

#: matrix_rows_rotated
def rotate(rows):
    rows.append(rows.pop(0))
    return rows
#> rotate([1, 2])

#: memo_dict_default
def fact(n, memo={}):
    if n < 2:
        return 1
    if n not in memo:
        memo[n] = n * fact(n - 1)
    return memo[n]
#> fact(4)

#: memo_dict_given
def fact(n, memo=None):
    memo = {} if memo is None else memo
    if n < 2:
        return 1
    if n not in memo:
        memo[n] = n * fact(n - 1, memo)
    return memo[n]
#> fact(4)
#> fact(4, {})

#: flags_by_class_attribute
class Settings:
    debug = False

def enable():
    Settings.debug = True
#> enable()

#: instance_shadowing_class_attribute
class Counter:
    total = 0

    def add(self, n):
        self.total += n
        return self.total

def bump(counter):
    return counter.add(2)
#> bump(Counter())

#: singleton_instance
class Registry:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.items = {}
        return cls._instance

def register(name, value):
    Registry().items[name] = value
#> register("a", 1)

#: property_with_setter_logging
class Temperature:
    def __init__(self, c):
        self._c = c

    @property
    def fahrenheit(self):
        return self._c * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value):
        print("set", value)
        self._c = (value - 32) * 5 / 9

def warm(t):
    t.fahrenheit += 1
    return t.fahrenheit
#> warm(Temperature(1))

#: operators_overloaded
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

def move(position, step):
    new = position + step
    new += step
    return new
#> move(Vector(0, 0), Vector(1, 1))

#: operators_in_place_on_argument
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

def move(position, step):
    position += step
    return position
#> move(Vector(0, 0), Vector(1, 1))

#: iterator_class_consumed
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

def drain(countdown):
    return list(countdown)
#> drain(Countdown(2))

#: context_class_timing
import time

class Timer:
    def __enter__(self):
        self.start = time.time()
        return self

    def __exit__(self, *exc):
        self.elapsed = time.time() - self.start
        return False

def timed(f_values):
    with Timer() as t:
        total = sum(f_values)
    return total, t.elapsed
#> timed([1])

#: context_function_chdir
import contextlib
import os

@contextlib.contextmanager
def inside(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)

def names(folder):
    with inside(folder):
        return sorted(os.listdir("."))
#> names(".")

#: decorator_with_arguments_retry
import functools

def retry(times):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return f(*args, **kwargs)
                except ValueError:
                    if attempt == times - 1:
                        raise

        return wrapper

    return decorate

@retry(2)
def parse(text):
    return int(text)
#> parse("1")

#: decorator_registering_function
HANDLERS = {}

def handles(kind):
    def decorate(f):
        HANDLERS[kind] = f
        return f

    return decorate

@handles("a")
def on_a(payload):
    payload["seen"] = True
    return payload

def dispatch(kind, payload):
    return HANDLERS[kind](payload)
#> dispatch("a", {})

#: cached_function_result_list
import functools

@functools.lru_cache(maxsize=None)
def primes(n):
    return [p for p in range(2, n) if all(p % d for d in range(2, p))]

def first(n):
    return primes(n)[0]
#> first(10)

#: cached_result_changed
import functools

@functools.lru_cache(maxsize=None)
def table():
    return {}

def remember(key, value):
    table()[key] = value
#> remember("a", 1)

#: closure_keeps_list
def make_collector():
    items = []

    def collect(item):
        items.append(item)
        return len(items)

    return collect

collect = make_collector()
#> collect(1)

#: closure_from_parameter
def make_adder(items):
    def add(item):
        items.append(item)

    return add

def fill(items):
    add = make_adder(items)
    add(1)
    return items
#> fill([])

#: lambda_changing_argument
def touch(d):
    setter = lambda key: d.__setitem__(key, 1)
    setter("a")
#> touch({})

#: reduce_with_operator
import functools
import operator

def product(xs):
    return functools.reduce(operator.mul, xs, 1)
#> product([2, 3])

#: itemgetter_sort
import operator

def by_score(rows):
    return sorted(rows, key=operator.itemgetter("score"), reverse=True)
#> by_score([{"score": 1}])

#: partial_print
import functools

warn = functools.partial(print, "warning:")

def check(x):
    if x < 0:
        warn(x)
    return x
#> check(-1)

#: star_args_forwarded
def log_call(name, *args, sep=" "):
    print(name, *args, sep=sep)

def run(*args):
    log_call("run", *args)
#> run(1, 2)

#: kwargs_popped
def build(**options):
    size = options.pop("size", 3)
    return {"size": size, **options}
#> build(size=2, color="x")

#: kwargs_of_dict_not_changed
def build(options):
    return dict(**options, extra=1)
#> build({"a": 1})

#: unpack_first_and_change
def bump(pairs):
    first, *rest = pairs
    first[1] += 1
    rest.append(None)
    return first
#> bump([["a", 1], ["b", 2]])

#: walrus_in_while
def read_blocks(stream, size=2):
    blocks = []
    while block := stream.read(size):
        blocks.append(block)
    return blocks
#> read_blocks(__import__("io").StringIO("abc"))

#: match_on_events
def apply(state, event):
    match event:
        case {"type": "set", "key": key, "value": value}:
            state[key] = value
        case {"type": "clear"}:
            state.clear()
        case _:
            raise ValueError(event)
    return state
#> apply({}, {"type": "set", "key": "a", "value": 1})

#: try_else_finally_log
def load(path, log):
    try:
        f = open(path)
    except FileNotFoundError:
        log.append("missing")
        return None
    else:
        with f:
            return f.read()
    finally:
        log.append("done")
#> load("notes.txt", [])

#: exception_group_of_checks
def check_all(value, checks):
    errors = []
    for name, low, high in checks:
        if not low <= value <= high:
            errors.append(name)
    if errors:
        raise ValueError(", ".join(errors))
    return value
#> check_all(1, [("a", 0, 2)])

#: global_swap
STATE = {"mode": "train"}

def with_mode(mode, values):
    before = STATE["mode"]
    STATE["mode"] = mode
    try:
        return [v + 1 for v in values]
    finally:
        STATE["mode"] = before

def set_mode(mode):
    STATE["mode"] = mode
#> set_mode("eval")

#: global_rebound
LEVEL = 1

def raise_level(by=1):
    global LEVEL
    LEVEL = LEVEL + by
    return LEVEL
#> raise_level()

#: module_constant_copied
DEFAULTS = {"lr": 0.1}

def configured(**changes):
    config = DEFAULTS.copy()
    config.update(changes)
    return config
#> configured(lr=1)

#: module_constant_updated
DEFAULTS = {"lr": 0.1}

def configured(**changes):
    config = DEFAULTS
    config.update(changes)
    return config
#> configured(lr=1)

#: generator_send_state
def averager():
    total, n = 0.0, 0
    while True:
        x = yield (total / n if n else 0.0)
        total += x
        n += 1

def averages(xs):
    gen = averager()
    next(gen)
    return [gen.send(x) for x in xs]
#> averages([1.0, 2.0])

#: generator_argument_drained
def batches(source, n):
    batch = []
    for item in source:
        batch.append(item)
        if len(batch) == n:
            yield batch
            batch = []
    if batch:
        yield batch

def count(source, n):
    return sum(1 for _ in batches(source, n))
#> count(iter([1, 2, 3]), 2)

#: any_short_circuit
def has_negative(stream):
    return any(x < 0 for x in stream)
#> has_negative(iter([1, -1]))

#: dataclass_ordering
from dataclasses import dataclass

@dataclass(order=True)
class Job:
    priority: int
    name: str = ""

def next_job(jobs):
    return min(jobs)
#> next_job([Job(1), Job(0)])

#: heap_of_jobs
import heapq

def schedule(queue, priority, name):
    heapq.heappush(queue, (priority, name))
    return heapq.nsmallest(1, queue)
#> schedule([], 1, "a")

#: counter_subtracted
from collections import Counter

def spend(stock: Counter, used):
    stock.subtract(used)
    return +stock
#> spend(Counter(a=2), {"a": 1})

#: deque_rotated_local
from collections import deque

def rotated(items, n):
    d = deque(items)
    d.rotate(n)
    return list(d)
#> rotated([1, 2], 1)

#: set_pop_loop
def consume(pending):
    order = []
    while pending:
        order.append(pending.pop())
    return order
#> consume({1, 2})

#: frozen_set_ops
def jaccard(a, b):
    a, b = set(a), set(b)
    return len(a & b) / len(a | b)
#> jaccard([1], [1, 2])

#: bytes_and_struct
import struct

def header(kind, size):
    return struct.pack("<HI", kind, size)
#> header(1, 2)

#: enum_from_text
from enum import Enum

class Mode(Enum):
    FAST = "fast"
    SLOW = "slow"

def mode(text):
    return Mode(text.strip().lower())
#> mode("fast")

#: weak_type_checks
def size(x):
    if isinstance(x, str):
        return len(x.split())
    if isinstance(x, dict):
        return len(x)
    if hasattr(x, "shape"):
        return x.shape[0]
    return 1
#> size("a b")

#: attribute_by_name_set
def configure(obj, **values):
    for name, value in values.items():
        setattr(obj, name, value)
    return obj
#> configure(type("A", (), {})(), x=1)

#: object_dict_copied
def as_dict(obj):
    return {k: v for k, v in vars(obj).items() if not k.startswith("_")}
#> as_dict(__import__("types").SimpleNamespace(a=1))

#: chain_of_methods_on_text
def slug(title):
    return "-".join(title.lower().strip().replace("_", " ").split())
#> slug("A b")

#: dunder_missing
class Grid(dict):
    def __missing__(self, key):
        self[key] = value = [0, 0]
        return value

def cell(grid, key):
    return grid[key]
#> cell(Grid(), "a")
