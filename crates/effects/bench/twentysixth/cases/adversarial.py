#: debug_constant_false
DEBUG = False

def step(x):
    if DEBUG:
        print("x is", x)
    return x + 1
#> step(1)

#: debug_constant_true
VERBOSE = True

def step(x):
    if VERBOSE:
        print("x is", x)
    return x + 1
#> step(1)

#: debug_constant_changed
DEBUG = False

def enable():
    global DEBUG
    DEBUG = True

def step(x):
    enable()
    if DEBUG:
        print("x is", x)
    return x
#> step(1)

#: debug_constant_not
QUIET = True

def step(x, log):
    if not QUIET:
        log.append(x)
    while not QUIET:
        print("never")
    return x
#> step(1, [])

#: debug_constant_and
TRACE = False
LEVEL = 3

def step(x, log):
    if TRACE and LEVEL > 2:
        log.append(x)
    message = f"{x}" if LEVEL < 2 else None
    if LEVEL == 0:
        print(message)
    return x
#> step(1, [])

#: debug_constant_short_circuit
DEBUG = 0

def step(x):
    DEBUG and print("x is", x)
    return x
#> step(1)

#: debug_config_dict
CONFIG = {"verbose": False, "path": "out.txt"}

def step(x):
    if CONFIG["verbose"]:
        print("x is", x)
    return x
#> step(1)

#: debug_class_constant
class Settings:
    DEBUG = False
    PATH = None

def step(x):
    if Settings.DEBUG:
        print("x is", x)
    if Settings.PATH is not None:
        open(Settings.PATH, "w").close()
    return x
#> step(1)

#: constant_path_none
OUTPUT = None

def finish(rows):
    if OUTPUT:
        with open(OUTPUT, "w") as handle:
            handle.write(str(rows))
    return len(rows)
#> finish([1])

#: type_checking_guard
from typing import TYPE_CHECKING

def load(x):
    if TYPE_CHECKING:
        print("never")
    if __debug__:
        return x
    print("optimised")
#> load(1)

#: thread_built_not_started
import threading

def plan(out):
    workers = [threading.Thread(target=out.append, args=(i,)) for i in range(2)]
    return len(workers)
#> plan([])

#: thread_started_in_loop
import threading

def run(out):
    workers = [threading.Thread(target=out.append, args=(i,)) for i in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(workers)
#> run([])

#: thread_subclass_run
import threading

class Worker(threading.Thread):
    def __init__(self, out):
        super().__init__()
        self.out = out

    def run(self):
        self.out.append(1)

def work(out):
    worker = Worker(out)
    worker.start()
    worker.join()
#> work([])

#: timer_cancelled
import threading

def later(out):
    timer = threading.Timer(60, out.append, [1])
    timer.daemon = True
    return timer.interval
#> later([])

#: executor_map_results
from concurrent.futures import ThreadPoolExecutor

def fetch(names, seen):
    def one(name):
        seen.add(name)
        return len(name)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, names))
#> fetch(["a"], set())

#: executor_submit_bound
from concurrent.futures import ThreadPoolExecutor

def fetch(store):
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(store.update, {"a": 1})
    return future.result()
#> fetch({})

#: two_instances_apart
class Box:
    def __init__(self, items):
        self.items = items

    def put(self, x):
        self.items.append(x)

def use(a, b):
    first, second = Box(a), Box(b)
    first.put(1)
    return len(second.items)
#> use([], [])

#: two_instances_one_copy
class Box:
    def __init__(self, items):
        self.items = items

    def put(self, x):
        self.items.append(x)
        return self

def use(a):
    kept, work = Box(a), Box(list(a))
    work.put(1)
    return len(kept.items)
#> use([])

#: operator_sub_new
class Money:
    def __init__(self, parts):
        self.parts = parts

    def __sub__(self, other):
        return Money([a - b for a, b in zip(self.parts, other.parts)])

    def __neg__(self):
        return Money([-p for p in self.parts])

def change(paid, price):
    rest = paid - price
    rest.parts.reverse()
    return -rest
#> change(Money([2]), Money([1]))

#: operator_or_returns_self
class Flags:
    def __init__(self):
        self.names = set()

    def __or__(self, name):
        self.names.add(name)
        return self

def tag(flags):
    return flags | "a" | "b"
#> tag(Flags())

#: operator_reflected
class Loud:
    def __init__(self, log):
        self.log = log

    def __radd__(self, other):
        self.log.append(other)
        return other

def total(start, loud):
    return start + loud
#> total(1, Loud([]))

#: operator_matmul_pure
class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows])

def square(m):
    return (m @ m).rows
#> square(Matrix([[1]]))

#: comparison_counts
class Counted:
    made = 0

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        Counted.made += 1
        return self.value < other.value

def order(values):
    return [it.value for it in sorted(Counted(v) for v in values)]
#> order([2, 1])

#: hash_logs
class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        print("hashed")
        return hash(self.name)

    def __eq__(self, other):
        return self.name == other.name

def index(keys):
    return {key: key.name for key in keys}
#> index([Key("a")])

#: bool_dunder_effect
class Lazy:
    def __init__(self):
        self.asked = 0

    def __bool__(self):
        self.asked += 1
        return True

def choose(lazy, a, b):
    return a if lazy else b
#> choose(Lazy(), 1, 2)

#: format_dunder_effect
class Shown:
    def __init__(self):
        self.log = []

    def __format__(self, spec):
        self.log.append(spec)
        return "x"

def text(shown):
    return f"{shown:>3}"
#> text(Shown())

#: str_dunder_pure
class Point:
    def __init__(self, x):
        self.x = x

    def __str__(self):
        return f"({self.x})"

    def __repr__(self):
        return f"Point({self.x})"

def text(points):
    return ", ".join(str(p) for p in points) + repr(points)
#> text([Point(1)])

#: enter_returns_other
class Session:
    def __init__(self, store):
        self.store = store

    def __enter__(self):
        return self.store

    def __exit__(self, *details):
        return False

def work(store):
    with Session(store) as inner:
        inner["x"] = 1
#> work({})

#: exit_commits
class Transaction:
    def __init__(self, target):
        self.target = target
        self.pending = []

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.target.extend(self.pending)

def work(target):
    with Transaction(target) as t:
        t.pending.append(1)
#> work([])

#: exit_only_own
class Span:
    def __init__(self):
        self.events = []

    def __enter__(self):
        self.events.append("in")
        return self

    def __exit__(self, *details):
        self.events.append("out")

def work(x):
    with Span() as span:
        y = x * 2
    return y, len(span.events)
#> work(1)

#: closing_given
from contextlib import closing
import io

def first(handle):
    with closing(handle) as h:
        return h.readline()
#> first(io.StringIO("a\nb"))
#> first(open("notes.txt"))

#: nullcontext_or_file
import contextlib

def lines(path=None, default=()):
    with (open(path) if path else contextlib.nullcontext(default)) as source:
        return list(source)
#> lines("notes.txt")
#> lines()

#: contextmanager_mutates_after
from contextlib import contextmanager

@contextmanager
def tracked(log):
    log.append("start")
    try:
        yield
    finally:
        log.append("stop")

def work(x, log):
    with tracked(log):
        return x * 2
#> work(1, [])

#: contextmanager_as_decorator
from contextlib import ContextDecorator

class announced(ContextDecorator):
    def __enter__(self):
        print("start")
        return self

    def __exit__(self, *details):
        return False

@announced()
def work(x):
    return x + 1
#> work(1)

#: attribute_temporarily_changed
from contextlib import contextmanager

@contextmanager
def override(target, **values):
    old = {key: getattr(target, key) for key in values}
    for key, value in values.items():
        setattr(target, key, value)
    try:
        yield target
    finally:
        for key, value in old.items():
            setattr(target, key, value)

class Options:
    def __init__(self):
        self.size = 1

def work(options):
    with override(options, size=3):
        return options.size * 2
#> work(Options())

#: generator_closed_early
def numbers(log):
    try:
        yield 1
        yield 2
    finally:
        log.append("closed")

def first(log):
    gen = numbers(log)
    value = next(gen)
    gen.close()
    return value
#> first([])

#: generator_zip_consumed
def ticks(log):
    for i in range(3):
        log.append(i)
        yield i

def pairs(names, log):
    return dict(zip(names, ticks(log)))
#> pairs(["a"], [])

#: generator_in_attribute
class Source:
    def __init__(self, rows):
        self.stream = (row.strip() for row in rows)

    def take(self):
        return next(self.stream)

def read(rows):
    source = Source(rows)
    return source.take()
#> read(["a "])

#: generator_passed_unread
def noisy():
    print("hello")
    yield 1

def wrap(gen):
    return {"gen": gen}

def build():
    return wrap(noisy())
#> build()

#: iterator_islice_given
from itertools import islice

def batch(stream, n):
    return list(islice(stream, n))
#> batch(iter([1, 2, 3]), 2)

#: iterator_from_list_islice
from itertools import islice

def batch(rows, n):
    stream = iter(rows)
    return [list(islice(stream, n)), next(stream, None)]
#> batch([1, 2, 3], 2)

#: filter_lazy_effect
def keep(rows, log):
    return filter(lambda r: log.append(r) or True, rows)
#> keep([1], [])

#: filter_consumed_effect
def keep(rows, log):
    return tuple(filter(lambda r: log.append(r) or True, rows))
#> keep([1], [])

#: map_in_for
def bump(rows):
    for _ in map(lambda row: row.update(n=1), rows):
        pass
#> bump([{}])

#: starmap_effect
from itertools import starmap

def store(pairs, table):
    list(starmap(table.__setitem__, pairs))
#> store([("a", 1)], {})

#: accumulate_in_place
from itertools import accumulate

def running(sets):
    return list(accumulate(sets, lambda a, b: a | b))
#> running([{1}, {2}])

#: accumulate_mutating
from itertools import accumulate

def running(sets):
    def join(a, b):
        a.update(b)
        return a
    return len(list(accumulate(sets, join)))
#> running([{1}, {2}])

#: augmented_set_attribute
class Seen:
    def __init__(self, names):
        self.names = names

    def note(self, more):
        self.names |= more

def use(names):
    Seen(names).note({"x"})
#> use(set())

#: augmented_set_rebound
class Seen:
    def __init__(self, names):
        self.names = names

    def note(self, more):
        self.names = self.names | more

def use(names):
    Seen(names).note({"x"})
#> use(set())

#: augmented_in_subscript
def bump(table, key, extra):
    table[key] += extra
    return table
#> bump({"a": [1]}, "a", [2])

#: augmented_inner_number
def bump(counts):
    total = 0
    for value in counts.values():
        value += 1
        total += value
    return total
#> bump({"a": 1})

#: augmented_inner_list
def bump(groups):
    for group in groups.values():
        group += [1]
#> bump({"a": [1]})

#: augmented_array_alias
import numpy as np

def shifted(a):
    b = a
    b = b + 1
    b -= 2
    return b
#> shifted(np.zeros(2))

#: augmented_array_in_loop
import numpy as np

def iterate(a, n):
    x = a
    for _ in range(n):
        x *= 0.5
    return x
#> iterate(np.ones(2), 2)

#: augmented_array_power
import numpy as np

def rms(a):
    squares = a ** 2
    squares /= squares.size
    a = a.astype(float, copy=True)
    a **= 2
    return np.sqrt(squares.sum())
#> rms(np.ones(2))

#: array_row_unpacked
import numpy as np

def zero_rows(matrix):
    first, *rest = matrix
    for row in rest:
        row[:] = 0
    return first.sum()
#> zero_rows(np.ones((2, 2)))

#: array_iterated_scalars
import numpy as np

def total(vector):
    out = 0.0
    for value in vector:
        value *= 2
        out += value
    return out
#> total(np.ones(2))

#: array_flat_assigned
import numpy as np

def flood(a, value):
    a.flat = value
    return a.size
#> flood(np.ones(2), 0)

#: array_imag_part
import numpy as np

def real_only(z):
    z.imag = 0
    return z.real
#> real_only(np.array([1 + 2j]))

#: array_partition_method
import numpy as np

def kth(a, k):
    b = np.partition(a, k)
    a.partition(k)
    return b[k]
#> kth(np.array([3.0, 1.0, 2.0]), 1)

#: array_resized_shape
import numpy as np

def as_column(a):
    a.shape = (-1, 1)
    return a
#> as_column(np.ones(2))

#: array_through_memoryview
import numpy as np

def patch(a):
    view = memoryview(a)
    view[0] = 5.0
    return len(view)
#> patch(np.zeros(2))

#: array_frombuffer
import numpy as np

def patch(raw):
    a = np.frombuffer(raw, dtype=np.uint8)
    a[0] = 7
    return a.sum()
#> patch(bytearray(b"ab"))

#: array_stack_then_write
import numpy as np

def stacked(a, b):
    out = np.stack([a, b])
    out[0] = 0
    np.vstack((a, b))[0] = 1
    return out
#> stacked(np.ones(2), np.ones(2))

#: frame_columns_extended
import pandas as pd

def names(df):
    columns = list(df.columns)
    columns.append("z")
    return df.reindex(columns=columns)
#> names(pd.DataFrame({"a": [1]}))

#: frame_in_tuple_written
import pandas as pd

def prepare(pair):
    train, test = pair
    for part in (train, test):
        part["n"] = range(len(part))
    return pair
#> prepare((pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]})))

#: frame_list_rebound
import pandas as pd

def prepare(frames):
    out = []
    for df in frames:
        df = df.assign(n=1)
        df["m"] = 2
        out.append(df)
    return out
#> prepare([pd.DataFrame({"a": [1]})])

#: frame_conditional_copy
import pandas as pd

def scaled(df, copy=False):
    if copy:
        df = df.copy()
    df["a"] *= 2
    return df
#> scaled(pd.DataFrame({"a": [1]}))
#> scaled(pd.DataFrame({"a": [1]}), copy=True)

#: frame_loc_returned_alias
import pandas as pd

def pick(df):
    return df

def write(df):
    pick(df).loc[0, "a"] = 9
#> write(pd.DataFrame({"a": [1]}))

#: frame_loc_of_copy_chain
import pandas as pd

def write(df):
    df.head(1).copy().loc[0, "a"] = 9
    out = df.query("a > 0").reset_index(drop=True)
    out.at[0, "a"] = 8
    return out
#> write(pd.DataFrame({"a": [1]}))

#: frame_closure_written
import pandas as pd

def clean(df):
    def drop(name):
        df.drop(columns=name, inplace=True)
    for name in ["b"]:
        drop(name)
    return df.shape
#> clean(pd.DataFrame({"a": [1], "b": [2]}))

#: frame_method_stored
import pandas as pd

def clean(df):
    drop = df.drop
    out = drop(columns="b")
    insert = df.insert
    insert(0, "c", 1)
    return out
#> clean(pd.DataFrame({"a": [1], "b": [2]}))

#: frame_step_list
import pandas as pd

def add(df):
    df["c"] = 1
    return df

def keep(df):
    return df[["a"]]

def run(df):
    for step in (keep, add):
        df = step(df)
    return df
#> run(pd.DataFrame({"a": [1], "b": [2]}))

#: sort_method_aliased
def order(rows):
    f = rows.sort
    f(reverse=True)
    return rows
#> order([1, 2])

#: sort_of_keys
def order(table):
    keys = list(table)
    keys.sort(key=table.get)
    return keys
#> order({"a": 1})

#: sort_via_class
def order(rows):
    list.sort(rows)
    return rows[0]
#> order([2, 1])

#: sort_key_closure_counts
def order(rows):
    calls = 0
    def key(row):
        nonlocal calls
        calls += 1
        return row
    return sorted(rows, key=key), calls
#> order([2, 1])

#: callback_table_called
def apply(steps, data):
    for name, step in steps.items():
        data = step(data)
    return data

def run(values):
    return apply({"sort": sorted, "rev": lambda v: v[::-1]}, values)
#> run([2, 1])

#: callback_default_printer
def walk(rows, visit=print):
    for row in rows:
        visit(row)
#> walk([1])

#: callback_optional_none
def walk(rows, visit=None):
    for row in rows:
        if visit is not None:
            visit(row)
    return len(rows)

def count(rows):
    return walk(rows)
#> count([1])

#: callback_registered_called
class Signal:
    def __init__(self):
        self.handlers = []

    def connect(self, handler):
        self.handlers.append(handler)

    def emit(self, value):
        for handler in self.handlers:
            handler(value)

def run(out):
    signal = Signal()
    signal.connect(out.append)
    signal.emit(1)
#> run([])

#: callback_registered_silent
class Signal:
    def __init__(self):
        self.handlers = []

    def connect(self, handler):
        self.handlers.append(handler)

def run(out):
    signal = Signal()
    signal.connect(out.append)
    return len(signal.handlers)
#> run([])

#: decorator_optional_arguments
import functools

def logged(function=None, *, prefix="call"):
    if function is None:
        return functools.partial(logged, prefix=prefix)
    @functools.wraps(function)
    def wrapper(*args):
        print(prefix, function.__name__)
        return function(*args)
    return wrapper

@logged(prefix="now")
def add(a, b):
    return a + b
#> add(1, 2)

#: decorator_discards_function
def disabled(function):
    def nothing(*args, **kwargs):
        return None
    return nothing

@disabled
def wipe(rows):
    rows.clear()
    print("wiped")
#> wipe([1])

#: decorator_stacked
import functools

def twice(function):
    @functools.wraps(function)
    def wrapper(x):
        return function(function(x))
    return wrapper

def noted(function):
    history = []
    @functools.wraps(function)
    def wrapper(x):
        history.append(x)
        return function(x)
    return wrapper

@twice
@noted
def half(x):
    return x / 2
#> half(4)

#: decorator_class_method
class check:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        return lambda *args: self.function(instance, *args)

class Stack:
    def __init__(self):
        self.items = []

    @check
    def push(self, x):
        self.items.append(x)

def use(stack):
    stack.push(1)
#> use(Stack())

#: descriptor_set_stores
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        return getattr(instance, self.name)

    def __set__(self, instance, value):
        if value < 0:
            raise ValueError(value)
        setattr(instance, self.name, value)

class Account:
    balance = Positive()

    def __init__(self, balance):
        self.balance = balance

def deposit(account, amount):
    account.balance += amount
    return account.balance
#> deposit(Account(1), 2)

#: closure_pair_shares
def make(initial):
    state = list(initial)
    def push(x):
        state.append(x)
    def peek():
        return state[-1]
    return push, peek

def use(initial):
    push, peek = make(initial)
    push(3)
    return peek()
#> use([1])

#: closure_pair_shares_given
def make(state):
    def push(x):
        state.append(x)
    def peek():
        return state[-1]
    return push, peek

def use(state):
    push, peek = make(state)
    push(3)
    return peek()
#> use([1])

#: closure_only_peek
def make(state):
    def push(x):
        state.append(x)
    def peek():
        return state[-1]
    return push, peek

def use(state):
    _, peek = make(state)
    return peek()
#> use([1])

#: closure_rebinds_after
def run(items):
    def add():
        items.append(1)
    items = []
    add()
    return items
#> run([5])

#: closure_method_escape
class Button:
    def __init__(self):
        self.on_click = None

def wire(button, log):
    button.on_click = lambda: log.append("clicked")
    return button
#> wire(Button(), [])

#: closure_clicked
class Button:
    def __init__(self):
        self.on_click = None

def wire(button, log):
    button.on_click = lambda: log.append("clicked")
    button.on_click()
#> wire(Button(), [])

#: class_registry_metaclass
class Registered(type):
    known = {}

    def __new__(meta, name, bases, body):
        made = super().__new__(meta, name, bases, body)
        meta.known[name] = made
        return made

def declare(name):
    return Registered(name, (), {})
#> declare("A")

#: class_counter_through_self
class Ticket:
    last = 0

    def __init__(self):
        self.last += 1
        self.number = self.last

def issue():
    return Ticket().number
#> issue()

#: class_counter_through_type
class Ticket:
    last = 0

    def __init__(self):
        type(self).last += 1
        self.number = type(self).last

def issue():
    return Ticket().number
#> issue()

#: class_default_list_replaced
class Plan:
    steps = []

    def __init__(self, steps=None):
        if steps:
            self.steps = list(steps)

    def add(self, step):
        self.steps = self.steps + [step]
        return self

def build(step):
    return Plan().add(step).steps
#> build("a")

#: slots_instance_changed
class Pair:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a, b

def swap(pair):
    pair.a, pair.b = pair.b, pair.a
    return pair
#> swap(Pair(1, 2))

#: builder_fluent_given
class Query:
    def __init__(self):
        self.parts = []

    def where(self, text):
        self.parts.append(text)
        return self

def only_new(query):
    return query.where("a > 1").where("b < 2")
#> only_new(Query())

#: builder_fluent_immutable
class Query:
    def __init__(self, parts=()):
        self.parts = tuple(parts)

    def where(self, text):
        return Query(self.parts + (text,))

def only_new(query):
    return query.where("a > 1").where("b < 2")
#> only_new(Query())

#: composition_delegates
class Engine:
    def __init__(self):
        self.runs = 0

    def start(self):
        self.runs += 1

class Car:
    def __init__(self, engine):
        self.engine = engine

    def drive(self):
        self.engine.start()

def trip(engine):
    car = Car(engine)
    car.drive()
    return car
#> trip(Engine())

#: visitor_by_getattr
class Visitor:
    def __init__(self):
        self.seen = []

    def visit_int(self, node):
        self.seen.append(node)

    def visit_str(self, node):
        return node.upper()

    def visit(self, node):
        return getattr(self, "visit_" + type(node).__name__)(node)

def walk(nodes):
    visitor = Visitor()
    for node in nodes:
        visitor.visit(node)
    return visitor.seen
#> walk([1, "a"])

#: state_kept_in_default_object
def remember(x, _state={"last": None}):
    previous = _state["last"]
    _state["last"] = x
    return previous
#> remember(1)
#> remember(1, {"last": 0})

#: state_on_function
def tick():
    tick.count = getattr(tick, "count", 0) + 1
    return tick.count
#> tick()

#: globals_read_only
RATES = {"eur": 1.1}

def convert(amount, currency):
    return amount * globals()["RATES"][currency]
#> convert(1, "eur")

#: module_iterator_shared
import itertools

_ids = itertools.count()

def new_id(prefix):
    return f"{prefix}-{next(_ids)}"
#> new_id("a")

#: module_random_instance
import random

_rng = random.Random(0)

def pick(items):
    return _rng.choice(items)
#> pick([1, 2])

#: conditional_effect_default
def export(rows, path=None):
    text = "\n".join(map(str, rows))
    if path is not None:
        with open(path, "w") as f:
            f.write(text)
    return text
#> export([1], "x.txt")

#: conditional_effect_caller
def export(rows, path=None):
    text = "\n".join(map(str, rows))
    if path is not None:
        with open(path, "w") as f:
            f.write(text)
    return text

def preview(rows):
    return export(rows[:1])
#> preview([1])

#: conditional_by_type
def normalise(value):
    if isinstance(value, dict):
        value.pop("tmp", None)
    elif isinstance(value, list):
        value.sort()
    else:
        value = str(value).strip()
    return value
#> normalise({"tmp": 1})
#> normalise([2, 1])

#: match_class_effect
def handle(event, log):
    match event:
        case {"type": "add", "value": value}:
            log.append(value)
        case {"type": "print"}:
            print(log)
        case _:
            return None
#> handle({"type": "add", "value": 1}, [])
#> handle({"type": "print"}, [])

#: while_else_effect
def find(rows, wanted):
    i = 0
    while i < len(rows):
        if rows[i] == wanted:
            break
        i += 1
    else:
        rows.append(wanted)
    return i
#> find([1], 2)

#: try_else_effect
def convert(text, errors):
    try:
        value = int(text)
    except ValueError as error:
        errors.append(str(error))
    else:
        print(value)
#> convert("x", [])
#> convert("1", [])

#: swallowed_before_effect
def run(rows):
    try:
        raise KeyError("x")
        rows.clear()
    except KeyError:
        return None
#> run([1])

#: lambda_returns_alias
def first_of(rows):
    get = lambda: rows[0]
    get()["x"] = 1
#> first_of([{}])

#: chained_comparison_walrus
def drain(stack):
    total = 0
    while stack and (top := stack.pop()) > 0:
        total += top
    return total
#> drain([1, 2])

#: star_expression_new_list
def joined(a, b):
    both = [*a, *b]
    both.sort()
    table = {**{"a": a}, "b": b}
    table.pop("a")
    return both, table
#> joined([2], [1])

#: exchange_through_tuple_list
def rotate(grid):
    for i in range(len(grid)):
        for j in range(i):
            grid[i][j], grid[j][i] = grid[j][i], grid[i][j]
    return grid
#> rotate([[1, 2], [3, 4]])

#: copy_module_shallow_items
import copy

def reset(config):
    local = copy.copy(config)
    local["paths"].clear()
    local["name"] = "x"
    return local
#> reset({"paths": [1], "name": "a"})

#: json_copy_deep
import json

def reset(config):
    local = json.loads(json.dumps(config))
    local["paths"].clear()
    return local
#> reset({"paths": [1]})

#: userdict_subclass_logs
from collections import UserDict

class Noted(UserDict):
    def __setitem__(self, key, value):
        print("set", key)
        super().__setitem__(key, value)

def store(noted):
    noted["a"] = 1
#> store(Noted())

#: dict_missing_hook
class Counting(dict):
    def __missing__(self, key):
        self[key] = 0
        return 0

def read(table, key):
    return table[key]
#> read(Counting(), "a")

#: chainmap_front
from collections import ChainMap

def overlay(defaults, given):
    merged = ChainMap({}, given, defaults)
    merged["x"] = 1
    return merged["x"]
#> overlay({}, {})

#: chainmap_writes_first
from collections import ChainMap

def overlay(given, defaults):
    merged = ChainMap(given, defaults)
    merged["x"] = 1
    return dict(merged)
#> overlay({}, {})

#: partial_method_bound
from functools import partialmethod

class Lamp:
    def __init__(self):
        self.state = "off"

    def switch(self, state):
        self.state = state

    on = partialmethod(switch, "on")

def light(lamp):
    lamp.on()
#> light(Lamp())

#: single_dispatch_method
from functools import singledispatch

@singledispatch
def clear(x):
    return x

@clear.register
def _(x: list):
    x.clear()
    return x

clear([0])

def wipe(value):
    return clear(value)
#> wipe([1])

#: exec_in_own_namespace
def compute(expression, values):
    scope = dict(values)
    exec("result = " + expression, {}, scope)
    return scope["result"]
#> compute("a + 1", {"a": 1})

#: ast_literal_only
import ast

def parse(text):
    return ast.literal_eval(text)
#> parse("[1, 2]")

#: warnings_recorded
import warnings

def quiet(function, x):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        value = function(x)
    return value, len(seen)
#> quiet(abs, -1)

#: stdout_captured_by_swap
import io
import sys

def captured(x):
    old = sys.stdout
    sys.stdout = buffer = io.StringIO()
    try:
        print(x)
    finally:
        sys.stdout = old
    return buffer.getvalue()
#> captured(1)

#: random_state_restored
import random

def draw(seed):
    state = random.getstate()
    random.seed(seed)
    value = random.random()
    random.setstate(state)
    return value
#> draw(1)

#: dataclass_field_factory
from dataclasses import dataclass, field

@dataclass
class Run:
    name: str
    log: list = field(default_factory=list)

def start(name):
    run = Run(name)
    run.log.append("start")
    return run
#> start("a")

#: dataclass_given_nested
from dataclasses import dataclass

@dataclass
class Layer:
    weights: list

@dataclass
class Net:
    layers: list

def decay(net, rate):
    for layer in net.layers:
        layer.weights = [w * rate for w in layer.weights]
#> decay(Net([Layer([1.0])]), 0.5)

#: namedtuple_inner_array
from collections import namedtuple
import numpy as np

State = namedtuple("State", "position velocity")

def advance(state, dt):
    state.position[:] += state.velocity * dt
    return state._replace(velocity=state.velocity * 0.9)
#> advance(State(np.zeros(2), np.ones(2)), 0.1)

#: property_returns_inner
class Frame:
    def __init__(self, rows):
        self._rows = rows

    @property
    def rows(self):
        return self._rows

    @property
    def safe(self):
        return list(self._rows)

def use(frame):
    frame.safe.append(1)
    return len(frame.rows)
#> use(Frame([]))

#: property_inner_changed
class Frame:
    def __init__(self, rows):
        self._rows = rows

    @property
    def rows(self):
        return self._rows

def use(frame):
    frame.rows.append(1)
#> use(Frame([]))
