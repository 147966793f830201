#: partial_prints
from functools import partial

def note(prefix, value, sink=None):
    if sink is None:
        print(prefix, value)
    else:
        sink.append((prefix, value))
    return value

def traced_sum(values):
    say = partial(note, "got")
    return sum(say(v) for v in values)
#> traced_sum([1, 2])

#: partial_with_sink
from functools import partial

def note(prefix, value, sink=None):
    if sink is None:
        print(prefix, value)
    else:
        sink.append((prefix, value))
    return value

def collected(values, into):
    keep = partial(note, "got", sink=into)
    return list(map(keep, values))
#> collected([1, 2], [])

#: reduce_into_first
from functools import reduce

def union_all(sets):
    return reduce(lambda acc, s: acc.update(s) or acc, sets, set())
#> union_all([{1}, {2}])

#: reduce_without_start
from functools import reduce

def merge_all(dicts):
    def absorb(acc, d):
        acc.update(d)
        return acc
    return reduce(absorb, dicts)
#> merge_all([{"a": 1}, {"b": 2}])

#: singledispatch_show
from functools import singledispatch

@singledispatch
def show(value):
    return repr(value)

@show.register
def _(value: list):
    print("list of", len(value))
    return "list"

@show.register(dict)
def _(value):
    value.setdefault("seen", True)
    return "dict"

def show_all(values):
    return [show(v) for v in values]
#> show_all([1, [2], {"k": 3}])

#: singledispatch_pure
from functools import singledispatch

@singledispatch
def size(value):
    return 1

@size.register
def _(value: str):
    return len(value)

def sizes(values):
    return [size(v) for v in values]
#> sizes([1, "abc"])

#: dispatch_table
def push(stack, arg):
    stack.append(arg)

def pop(stack, arg):
    stack.pop()

def peek(stack, arg):
    return stack[-1]

OPS = {"push": push, "pop": pop, "peek": peek}

def execute(program, stack):
    out = []
    for op, arg in program:
        out.append(OPS[op](stack, arg))
    return out
#> execute([("push", 1), ("peek", None), ("push", 2), ("pop", None)], [])

#: dispatch_table_chosen
def to_screen(text):
    print(text)

def to_nowhere(text):
    return None

SINKS = {"screen": to_screen, "none": to_nowhere}

def emit(text):
    return SINKS["none"](text)
#> emit("x")

#: callbacks_registered
class Bus:
    def __init__(self):
        self.handlers = {}

    def on(self, event, handler):
        self.handlers.setdefault(event, []).append(handler)

    def fire(self, event, *args):
        for handler in self.handlers.get(event, ()):
            handler(*args)

def simulate(n):
    bus, seen = Bus(), []
    bus.on("tick", seen.append)
    bus.on("tick", lambda i: print("tick", i))
    for i in range(n):
        bus.fire("tick", i)
    return seen
#> simulate(2)

#: callback_mutates_given
class Bus:
    def __init__(self):
        self.handlers = []

    def on(self, handler):
        self.handlers.append(handler)

    def fire(self, item):
        return [h(item) for h in self.handlers]

def wire(log, items):
    bus = Bus()
    bus.on(log.append)
    for item in items:
        bus.fire(item)
#> wire([], [1, 2])

#: setitem_class
class Grid:
    def __init__(self, width):
        self.cells = {}
        self.width = width

    def __setitem__(self, at, value):
        x, y = at
        self.cells[y * self.width + x] = value

    def __getitem__(self, at):
        x, y = at
        return self.cells.get(y * self.width + x, 0)

def paint(grid, points):
    for x, y in points:
        grid[x, y] = grid[x, y] + 1
#> paint(Grid(4), [(1, 1), (1, 1)])

#: getitem_counts
class Counting:
    def __init__(self, items):
        self.items = items
        self.reads = 0

    def __getitem__(self, key):
        self.reads += 1
        return self.items[key]

def first_two(c):
    return c[0] + c[1]
#> first_two(Counting([1, 2]))

#: iadd_in_place_class
class Bag:
    def __init__(self, items=()):
        self.items = list(items)

    def __iadd__(self, other):
        self.items.extend(other)
        return self

    def __add__(self, other):
        return Bag([*self.items, *other])

def stuff(bag, more):
    same = bag
    same += more
    return len(same.items)
#> stuff(Bag([1]), [2])

#: add_makes_new
class Bag:
    def __init__(self, items=()):
        self.items = list(items)

    def __add__(self, other):
        return Bag([*self.items, *other])

def stuff(bag, more):
    same = bag
    same += more
    same.items.append(0)
    return len(same.items)
#> stuff(Bag([1]), [2])

#: slots_point
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def moved(self, dx):
        return Point(self.x + dx, self.y)

    def move(self, dx):
        self.x += dx

def walk(p, steps):
    q = p.moved(1)
    for s in steps:
        q.move(s)
    return q.x
#> walk(Point(0, 0), [1, 2])

#: slots_point_moved
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def move(self, dx):
        self.x += dx
        return self

def walk(p, steps):
    q = p.move(1)
    for s in steps:
        q = q.move(s)
    return q.x
#> walk(Point(0, 0), [1, 2])

#: descriptor_validates
class Positive:
    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, obj, owner=None):
        return getattr(obj, self.slot)

    def __set__(self, obj, value):
        if value <= 0:
            raise ValueError(f"{self.slot} must be positive")
        setattr(obj, self.slot, value)

class Order:
    amount = Positive()

    def __init__(self, amount):
        self.amount = amount

def double(order):
    order.amount = order.amount * 2
#> double(Order(2))

#: descriptor_prints
class Loud:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, owner=None):
        print("read", self.name)
        return obj.__dict__[self.name]

    def __set__(self, obj, value):
        obj.__dict__[self.name] = value

class Box:
    value = Loud()

    def __init__(self, value):
        self.value = value

def peek(box):
    return box.value + 1
#> peek(Box(1))

#: property_caches
class Series:
    def __init__(self, xs):
        self.xs = xs
        self._mean = None

    @property
    def mean(self):
        if self._mean is None:
            self._mean = sum(self.xs) / len(self.xs)
        return self._mean

def spread(s):
    return [x - s.mean for x in s.xs]
#> spread(Series([1.0, 2.0]))

#: property_setter_writes
class Doc:
    def __init__(self, path):
        self.path = path

    @property
    def text(self):
        with open(self.path) as f:
            return f.read()

    @text.setter
    def text(self, value):
        with open(self.path, "w") as f:
            f.write(value)

def shout(doc):
    doc.text = doc.text.upper()
#> shout(Doc("notes.txt"))

#: cached_property_reads
from functools import cached_property

class Corpus:
    def __init__(self, path):
        self.path = path

    @cached_property
    def lines(self):
        return open(self.path).read().splitlines()

def count(corpus):
    return len(corpus.lines)
#> count(Corpus("notes.txt"))

#: operator_setitem
import operator

def assign_all(target, pairs):
    for key, value in pairs:
        operator.setitem(target, key, value)
#> assign_all({}, [("a", 1)])

#: operator_iconcat
import operator

def flatten_into(acc, lists):
    for part in lists:
        acc = operator.iconcat(acc, part)
    return acc
#> flatten_into([], [[1], [2]])

#: operator_getters
from operator import attrgetter, itemgetter, methodcaller

def ranked(rows):
    key = itemgetter("score")
    upper = methodcaller("upper")
    return [upper(r["name"]) for r in sorted(rows, key=key)]
#> ranked([{"name": "b", "score": 2}, {"name": "a", "score": 1}])

#: methodcaller_mutates
from operator import methodcaller

def drop_last(stacks):
    take = methodcaller("pop")
    return [take(s) for s in stacks]
#> drop_last([[1, 2], [3]])

#: setattr_loop
class Config:
    pass

def configure(config, **options):
    for name, value in options.items():
        setattr(config, name, value)
    return config
#> configure(Config(), a=1, b=2)

#: setattr_on_new
class Config:
    def __init__(self, base):
        self.base = base

def derived(config, **options):
    new = Config(config.base)
    for name, value in options.items():
        setattr(new, name, value)
    return new
#> derived(Config(1), a=2)

#: vars_update
class State:
    def __init__(self):
        self.a = 0

def restore(state, saved):
    vars(state).update(saved)
#> restore(State(), {"a": 5})

#: nonlocal_counter
def numbered(items):
    n = 0

    def label(item):
        nonlocal n
        n += 1
        return f"{n}. {item}"

    return [label(i) for i in items]
#> numbered(["a", "b"])

#: closure_factory_state
def make_counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step

counter = make_counter()

def advance(times):
    for _ in range(times):
        counter()
    return times
#> advance(2)

#: closure_local_state
def make_counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step

def count_words(text):
    step = make_counter()
    for _ in text.split():
        step()
    return step(0)
#> count_words("a b c")

#: closure_over_argument
def remember(into):
    def add(item):
        into.append(item)
        return len(into)
    return add

def fill(box, items):
    add = remember(box)
    return [add(i) for i in items]
#> fill([], [1, 2])

#: default_argument_memory
def seen_before(item, memory=[]):
    known = item in memory
    memory.append(item)
    return known
#> seen_before(1)

#: default_dict_memo
def fib(n, memo={0: 0, 1: 1}):
    if n not in memo:
        memo[n] = fib(n - 1) + fib(n - 2)
    return memo[n]
#> fib(5)

#: lru_cache_pure
from functools import lru_cache

@lru_cache(maxsize=None)
def paths(r, c):
    return 1 if 0 in (r, c) else paths(r - 1, c) + paths(r, c - 1)

def grid_paths(n):
    return paths(n, n)
#> grid_paths(3)

#: generator_prints_when_run
def loud(items):
    for item in items:
        print("at", item)
        yield item

def lazy(items):
    return loud(items)
#> lazy([1, 2])

#: generator_consumed
def loud(items):
    for item in items:
        print("at", item)
        yield item

def eager(items):
    return sorted(loud(items))
#> eager([2, 1])

#: generator_send
def averager():
    total, n, mean = 0.0, 0, None
    while True:
        value = yield mean
        total += value
        n += 1
        mean = total / n

def running(values):
    g = averager()
    next(g)
    return [g.send(v) for v in values]
#> running([1, 2])

#: generator_advances_iterator
from itertools import islice

def take_batch(stream, n):
    return list(islice(stream, n))
#> take_batch(iter([1, 2, 3]), 2)

#: itertools_groupby_pure
from itertools import accumulate, chain, groupby

def runs(words):
    grouped = [(k, len(list(g))) for k, g in groupby(sorted(words))]
    totals = list(accumulate(n for _, n in grouped))
    return list(chain(grouped, totals))
#> runs(["a", "b", "a"])

#: tee_then_consume
from itertools import tee

def pairs(it):
    a, b = tee(it)
    next(b, None)
    return list(zip(a, b))
#> pairs(iter([1, 2, 3]))

#: zip_longest_map_pop
def drain(queue):
    return [x for x in iter(lambda: queue.pop() if queue else None, None)]
#> drain([1, 2])

#: contextmanager_timer
import time
from contextlib import contextmanager

@contextmanager
def timed(name, out):
    start = time.perf_counter()
    try:
        yield
    finally:
        out[name] = time.perf_counter() - start

def work(n):
    times = {}
    with timed("sum", times):
        total = sum(range(n))
    return total, sorted(times)
#> work(5)

#: context_class_closes
class Transaction:
    def __init__(self, store):
        self.store = store
        self.pending = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        if kind is None:
            self.store.update(self.pending)
        return False

    def put(self, k, v):
        self.pending[k] = v

def save(store, items):
    with Transaction(store) as t:
        for k, v in items:
            t.put(k, v)
#> save({}, [("a", 1)])

#: suppress_unlink
import os
from contextlib import suppress

def remove_quietly(path):
    with suppress(FileNotFoundError):
        os.remove(path)
#> remove_quietly("gone.txt")
#> remove_quietly("notes.txt")

#: redirect_stdout_buffer
import io
from contextlib import redirect_stdout

def captured(f):
    buffer = io.StringIO()
    with redirect_stdout(buffer):
        f()
    return buffer.getvalue()
#> captured(lambda: print("x"))

#: buffer_or_file
import io

def dump(rows, handle=None):
    handle = handle or io.StringIO()
    for row in rows:
        handle.write(",".join(map(str, row)) + "\n")
    return handle
#> dump([(1, 2)])
#> dump([(1, 2)], io.StringIO())

#: csv_writer_in_memory
import csv
import io

def to_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=sorted(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
#> to_csv([{"a": 1}])

#: csv_writer_given_handle
import csv
import io

def append_rows(handle, rows):
    writer = csv.writer(handle, lineterminator="\n")
    for row in rows:
        writer.writerow(row)
#> append_rows(io.StringIO(), [[1, 2]])

#: print_to_buffer
import io

def banner(title):
    out = io.StringIO()
    print("=" * len(title), title, sep="\n", file=out)
    return out.getvalue()
#> banner("x")

#: sorted_vs_sort
def top(values, n, in_place=False):
    if in_place:
        values.sort(reverse=True)
        return values[:n]
    return sorted(values, reverse=True)[:n]
#> top([1, 3, 2], 2)
#> top([1, 3, 2], 2, in_place=True)

#: chained_assignment_shares
def split(words):
    short = long = []
    for w in words:
        (short if len(w) < 3 else long).append(w)
    words[:] = short
    return long
#> split(["a", "abcd"])

#: walrus_alias
def extend_if(rows, extra):
    if (last := rows[-1]) is not None:
        last.extend(extra)
    return last
#> extend_if([[1], [2]], [3])

#: star_args_mutated
def append_all(value, *lists):
    for one in lists:
        one.append(value)
    return lists
#> append_all(1, [], [])

#: kwargs_are_new
def with_defaults(**options):
    options.setdefault("depth", 3)
    options["seen"] = True
    return options
#> with_defaults(a=1)

#: kwargs_value_mutated
def tag_all(tag, **groups):
    for members in groups.values():
        members.add(tag)
#> tag_all("x", a={1}, b=set())

#: unpacked_call_passes_alias
def fill(target, n):
    target.extend(range(n))

def spread(options):
    fill(*options["args"])
    return options
#> spread({"args": [[], 2]})

#: finally_restores
import os

def in_folder(folder, f):
    before = os.getcwd()
    os.chdir(folder)
    try:
        return f()
    finally:
        os.chdir(before)
#> in_folder("..", lambda: 1)

#: raise_then_report
def parse_all(texts, strict=False):
    good, bad = [], []
    for t in texts:
        try:
            good.append(int(t))
        except ValueError as error:
            if strict:
                raise
            bad.append(str(error))
    if bad:
        print(f"{len(bad)} bad values")
    return good
#> parse_all(["1", "x"])
#> parse_all(["1", "x"], strict=True)

#: enum_decides
from enum import Enum

class Mode(Enum):
    DRY = "dry"
    REAL = "real"

def sync(rows, path, mode):
    text = "\n".join(rows)
    if mode is Mode.REAL:
        with open(path, "w") as f:
            f.write(text)
    return len(text)
#> sync(["a"], "o.txt", Mode.DRY)
#> sync(["a"], "o.txt", Mode.REAL)

#: enum_flag_members
from enum import Flag, auto

class Part(Flag):
    HEAD = auto()
    BODY = auto()
    ALL = HEAD | BODY

def render(parts, page):
    out = []
    if Part.HEAD in parts:
        out.append(page["title"])
    if parts & Part.BODY:
        out += page["body"]
    return out
#> render(Part.ALL, {"title": "t", "body": ["b"]})

#: dict_option_decides
def summarise(values, options):
    mean = sum(values) / len(values)
    if options.get("echo"):
        print(mean)
    if options.pop("reset", False):
        values.clear()
    return mean
#> summarise([1, 2], {"echo": True})
#> summarise([1, 2], {"reset": True})

#: kwarg_forwarded_file
def say(*words, **options):
    print(*words, **options)

def report(values, stream):
    say("sum", sum(values), file=stream)
#> report([1], __import__("io").StringIO())

#: decorator_counts
import functools

def counted(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        inner.calls += 1
        return f(*args, **kwargs)
    inner.calls = 0
    return inner

@counted
def area(w, h):
    return w * h

def areas(rows):
    return [area(w, h) for w, h in rows]
#> areas([(1, 2)])

#: decorator_with_arguments
import functools

def retry(times):
    def wrap(f):
        @functools.wraps(f)
        def inner(*args):
            for _ in range(times - 1):
                try:
                    return f(*args)
                except ValueError:
                    continue
            return f(*args)
        return inner
    return wrap

@retry(3)
def parse(text):
    return int(text)
#> parse("4")

#: decorator_logs
import functools
import logging

def logged(f):
    @functools.wraps(f)
    def inner(*args):
        logging.getLogger("calls").debug("%s%r", f.__name__, args)
        return f(*args)
    return inner

@logged
def scale(xs, k):
    return [x * k for x in xs]

def twice(xs):
    return scale(xs, 2)
#> twice([1])

#: registry_decorator
REGISTRY = {}

def register(name):
    def wrap(f):
        REGISTRY[name] = f
        return f
    return wrap

@register("mean")
def mean(xs):
    return sum(xs) / len(xs)

@register("drop")
def drop(xs):
    del xs[0]
    return xs

def compute(name, xs):
    return REGISTRY[name](xs)
#> compute("mean", [1, 2])
#> compute("drop", [1, 2])

#: class_state_ids
class Node:
    made = 0

    def __init__(self, value):
        Node.made += 1
        self.id = Node.made
        self.value = value

def chain(values):
    return [Node(v).id for v in values]
#> chain([1, 2])

#: class_list_shared
class Team:
    members = []

    def add(self, name):
        self.members.append(name)
        return self

def hire(names):
    team = Team()
    for n in names:
        team.add(n)
    return len(team.members)
#> hire(["a"])

#: instance_hides_class_list
class Team:
    members = ()

    def add(self, name):
        self.members = [*self.members, name]
        return self

def hire(names):
    team = Team()
    for n in names:
        team.add(n)
    return len(team.members)
#> hire(["a"])

#: inherited_hook
class Step:
    def run(self, data):
        data = self.before(data)
        return self.apply(data)

    def before(self, data):
        return data

    def apply(self, data):
        raise NotImplementedError

class Double(Step):
    def apply(self, data):
        return [d * 2 for d in data]

class InPlaceSort(Double):
    def before(self, data):
        data.sort()
        return data

def run(step, data):
    return step.run(data)
#> run(Double(), [2, 1])
#> run(InPlaceSort(), [2, 1])

#: super_init_keeps_argument
class Base:
    def __init__(self, items):
        self.items = items

class Stack(Base):
    def __init__(self, items, limit):
        super().__init__(items)
        self.limit = limit

    def push(self, item):
        if len(self.items) < self.limit:
            self.items.append(item)

def push_all(items, more):
    stack = Stack(items, 10)
    for m in more:
        stack.push(m)
    return stack.limit
#> push_all([], [1])

#: dataclass_field_alias
from dataclasses import dataclass, field

@dataclass
class Cart:
    lines: list = field(default_factory=list)
    total: float = 0.0

    def add(self, name, price):
        self.lines.append(name)
        self.total += price

def checkout(cart, items):
    for name, price in items:
        cart.add(name, price)
    return round(cart.total, 2)
#> checkout(Cart(), [("a", 1.5)])

#: namedtuple_replace
from collections import namedtuple

Pose = namedtuple("Pose", "x y trail")

def step(pose, dx):
    moved = pose._replace(x=pose.x + dx)
    moved.trail.append(moved.x)
    return moved
#> step(Pose(0, 0, []), 1)

#: copy_shallow_then_nested
import copy

def relabel(tree, name):
    twin = copy.copy(tree)
    twin["name"] = name
    twin["children"].append(name)
    return twin
#> relabel({"name": "a", "children": []}, "b")

#: deepcopy_then_nested
import copy

def relabel(tree, name):
    twin = copy.deepcopy(tree)
    twin["name"] = name
    twin["children"].append(name)
    return twin
#> relabel({"name": "a", "children": []}, "b")

#: global_cache_lookup
_CACHE = {}

def slow_square(n):
    try:
        return _CACHE[n]
    except KeyError:
        return _CACHE.setdefault(n, n * n)
#> slow_square(3)

#: memoryview_slices
def stamp(buffer, offset, mark):
    view = memoryview(buffer)[offset:]
    view[: len(mark)] = mark
    return bytes(buffer)
#> stamp(bytearray(b"....."), 2, b"ab")

#: exit_on_error
import sys

def must_have(path, names):
    missing = [n for n in names if n not in path]
    if missing:
        print("missing:", *missing, file=sys.stderr)
        sys.exit(2)
    return True
#> must_have("abc", ["z"])

#: environ_fallback
import os

def data_home(name="data"):
    return os.path.join(os.environ.get("DATA_HOME", os.path.expanduser("~")), name)
#> data_home()

#: metaclass_call_registers
class Registry(type):
    known = []

    def __new__(mcs, name, bases, ns):
        cls = super().__new__(mcs, name, bases, ns)
        Registry.known.append(name)
        return cls

class Plugin(metaclass=Registry):
    def run(self):
        return 1

def make(name):
    return type(Plugin)(name, (Plugin,), {})
#> make("Extra")

#: init_subclass_registers
class Plugin:
    kinds = {}

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        Plugin.kinds[cls.__name__] = cls

def define(size):
    class Local(Plugin):
        SIZE = size
    return Local.SIZE
#> define(3)

#: match_statement_effects
def handle(command, state):
    match command:
        case {"op": "set", "key": key, "value": value}:
            state[key] = value
        case {"op": "show"}:
            print(state)
        case [first, *rest]:
            handle(first, state)
            for r in rest:
                handle(r, state)
        case _:
            raise ValueError(command)
#> handle([{"op": "set", "key": "a", "value": 1}, {"op": "show"}], {})

#: heap_in_place
import heapq

def push_bounded(heap, item, size):
    if len(heap) < size:
        heapq.heappush(heap, item)
        return None
    return heapq.heappushpop(heap, item)
#> push_bounded([], 1, 3)

#: bisect_insort_copy
import bisect

def inserted(ordered, item):
    result = list(ordered)
    bisect.insort(result, item)
    return result
#> inserted([1, 3], 2)

#: deque_rotated
from collections import deque

def rotate_players(players, times):
    line = deque(players, maxlen=10)
    line.rotate(times)
    line.appendleft("dealer")
    return list(line)
#> rotate_players(["a", "b"], 1)

#: chainmap_first_written
from collections import ChainMap

def override(user, defaults):
    settings = ChainMap(user, defaults)
    settings["debug"] = True
    return settings["debug"]
#> override({}, {"debug": False})

#: function_attribute
def tick():
    tick.count = getattr(tick, "count", 0) + 1
    return tick.count
#> tick()

#: bool_short_circuit
def push_new(seen, item):
    return item not in seen and not seen.append(item)
#> push_new([], 1)

#: comprehension_side_effect
def unique(items):
    seen = set()
    return [i for i in items if not (i in seen or seen.add(i))]
#> unique([1, 1, 2])

#: string_format_calls_dunder
class Money:
    shown = 0

    def __init__(self, n):
        self.n = n

    def __format__(self, spec):
        Money.shown += 1
        return f"{self.n:{spec or '.2f'}} EUR"

def bill(amounts):
    return ", ".join(f"{a}" for a in amounts)
#> bill([Money(1), Money(2)])

#: eq_prints
class Probe:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        print("compare", self.v)
        return self.v == other.v

    def __hash__(self):
        return hash(self.v)

def has(items, probe):
    return probe in items
#> has([Probe(1)], Probe(2))

#: del_slice_view_items
def forget(history, keep):
    while len(history) > keep:
        history.popitem()
    for key in list(history.keys()):
        if history[key] is None:
            del history[key]
#> forget({"a": None, "b": 2, "c": 3}, 2)

#: lambda_default_binding
def make_adders(box):
    return [lambda x, i=i: x + i for i in box]

def apply_all(box, x):
    return [f(x) for f in make_adders(box)]
#> apply_all([1, 2], 10)

#: exec_text
def calc(expression, names):
    return eval(expression, {"__builtins__": {}}, names)
#> calc("a + 1", {"a": 1})
