#: kwargs_inplace_variable
import pandas as pd

def tidy(df):
    kw = {"inplace": True}
    df.sort_values("a", **kw)
    return df
#> tidy(pd.DataFrame({"a": [2, 1]}))

#: kwargs_inplace_false_variable
import pandas as pd

def tidy(df):
    kw = dict(inplace=False, ascending=False)
    return df.sort_values("a", **kw)
#> tidy(pd.DataFrame({"a": [2, 1]}))

#: kwargs_inplace_module_constant
import pandas as pd

OPTIONS = {"columns": {"a": "b"}, "inplace": True}

def renamed(df):
    df.rename(**OPTIONS)
    return df.columns[0]
#> renamed(pd.DataFrame({"a": [2, 1]}))

#: kwargs_forwarded_caller
import pandas as pd

def drop_missing(df, **kwargs):
    return df.dropna(**kwargs)

def prepare(df):
    return drop_missing(df, subset=["a"])
#> prepare(pd.DataFrame({"a": [2.0, None]}))

#: partialmethod_adds
from functools import partialmethod

class Cart:
    def __init__(self):
        self.items = []

    def put(self, name, count):
        self.items.extend([name] * count)

    put_one = partialmethod(put, count=1)

def fill(cart):
    cart.put_one("apple")
    return len(cart.items)
#> fill(Cart())

#: partialmethod_prints
from functools import partialmethod

class Reporter:
    def say(self, level, text):
        print(f"[{level}] {text}")

    warn = partialmethod(say, "WARN")

def check(reporter, value):
    if value < 0:
        reporter.warn("negative")
    return value
#> check(Reporter(), -1)

#: alias_then_rebind
def extend_safe(items, more):
    result = items
    result = result + more
    result.append(0)
    return result
#> extend_safe([1], [2])

#: alias_through_two_names
def add_marker(rows):
    first = rows
    second = first
    second.append("end")
    return len(first)
#> add_marker(["a"])

#: alias_tuple_swap
def rotate(a, b):
    a, b = b, a
    a.append(1)
    return a, b
#> rotate([1], [2])

#: alias_conditional_expression
def pick(primary, fallback):
    target = primary if primary else fallback
    target.append("x")
    return target
#> pick([], [1])
#> pick([1], [])

#: alias_or_default
def collect(value, out=None):
    out = out or []
    out.append(value)
    return out
#> collect(1)

#: alias_or_given
def collect(value, out=None):
    if out is None:
        out = []
    out.append(value)
    return out
#> collect(1, [0])

#: alias_in_dict_literal
def store(values):
    box = {"values": values, "n": len(values)}
    box["values"].append(99)
    box["n"] = 0
    return box
#> store([1, 2])

#: alias_attribute_of_local_object
class Box:
    def __init__(self, content):
        self.content = content

def wrap(values):
    box = Box(values)
    box.content.append(1)
    return box
#> wrap([1])

#: alias_attribute_copied
class Box:
    def __init__(self, content):
        self.content = list(content)

def wrap(values):
    box = Box(values)
    box.content.append(1)
    return box
#> wrap([1])

#: alias_nested_list_copy
def bump(grid):
    rows = [row[:] for row in grid]
    for row in rows:
        row[0] += 1
    return rows
#> bump([[1, 2], [3, 4]])

#: alias_nested_list_shallow
def bump(grid):
    rows = grid[:]
    for row in rows:
        row[0] += 1
    return rows
#> bump([[1, 2], [3, 4]])

#: alias_multiplied_list
def fill(row):
    grid = [row] * 3
    grid[0][0] = 5
    return grid
#> fill([0, 0])

#: alias_zip_dict
def merge(names, lists):
    table = dict(zip(names, lists))
    for name in names:
        table[name].append(name)
    return table
#> merge(["a", "b"], [[], []])

#: alias_enumerate_rows
def number(rows):
    for i, row in enumerate(rows):
        row["id"] = i
    return rows
#> number([{"x": 1}, {"x": 2}])

#: alias_enumerate_scalars
def number(values):
    out = []
    for i, value in enumerate(values):
        value += i
        out.append(value)
    return out
#> number([1, 2, 3])

#: augmented_on_int
def count_up(n):
    n += 1
    n *= 2
    return n
#> count_up(3)

#: augmented_on_array
import numpy as np

def shift(a):
    a += 1
    return a
#> shift(np.zeros(3))

#: augmented_on_array_copy
import numpy as np

def shift(a):
    b = np.array(a)
    b += 1
    return b
#> shift(np.zeros(3))

#: augmented_on_asarray
import numpy as np

def shift(a):
    b = np.asarray(a)
    b += 1
    return b
#> shift(np.zeros(3))

#: augmented_on_slice_view
import numpy as np

def scale_tail(a, k):
    tail = a[k:]
    tail *= 10
    return a.sum()
#> scale_tail(np.arange(5.0), 2)

#: augmented_on_fancy_copy
import numpy as np

def scale_some(a, rows):
    part = a[rows]
    part *= 10
    return part
#> scale_some(np.arange(5.0), [0, 1])

#: augmented_list_plus
def join(a, b):
    a += b
    return a
#> join([1], [2])

#: augmented_tuple_plus
def join(a, b):
    a += b
    return a
#> join((1,), (2,))

#: augmented_string
def join(parts, sep=","):
    text = ""
    for part in parts:
        text += part + sep
    return text
#> join(["a", "b"])

#: augmented_dict_or
def merged(a, b):
    a |= b
    return a
#> merged({"x": 1}, {"y": 2})

#: dict_or_new
def merged(a, b):
    c = a | b
    c["z"] = 1
    return c
#> merged({"x": 1}, {"y": 2})

#: sort_on_sorted_copy
def ranked(values):
    values = sorted(values)
    values.reverse()
    return values
#> ranked([1, 3, 2])

#: sort_attribute
class Table:
    def __init__(self, rows):
        self.rows = rows

    def order(self):
        self.rows.sort()
        return self

def top(table):
    return table.order().rows[0]
#> top(Table([3, 1]))

#: sort_series_local
import pandas as pd

def biggest(df):
    s = df["a"].sort_values(ascending=False)
    s.iloc[0] = 0
    return s
#> biggest(pd.DataFrame({"a": [1, 2]}))

#: sort_with_key_mutating
def order(items):
    seen = []
    items.sort(key=lambda it: (seen.append(it), it)[1])
    return seen
#> order([2, 1])

#: callback_given_list_append
def each(values, callback):
    for value in values:
        callback(value)

def gather(values):
    out = []
    each(values, out.append)
    return out
#> gather([1, 2])

#: callback_given_param_append
def each(values, callback):
    for value in values:
        callback(value)

def gather(values, out):
    each(values, out.append)
    return len(out)
#> gather([1, 2], [])

#: callback_prints
def apply_all(functions, value):
    return [f(value) for f in functions]

def run(value):
    return apply_all([str, print, len], value)
#> run("abc")

#: callback_stored_not_called
class Button:
    def __init__(self, on_click):
        self.on_click = on_click

def make(log):
    return Button(lambda: log.append("clicked"))
#> make([])

#: callback_stored_and_fired
class Button:
    def __init__(self, on_click):
        self.on_click = on_click

    def click(self):
        self.on_click()

def press(log):
    button = Button(lambda: log.append("clicked"))
    button.click()
#> press([])

#: callback_in_reduce
from functools import reduce

def total(values, trace):
    def add(a, b):
        trace.append((a, b))
        return a + b
    return reduce(add, values, 0)
#> total([1, 2], [])

#: callback_sorted_pure
def by_length(words):
    return sorted(words, key=len, reverse=True)
#> by_length(["a", "bbb"])

#: decorator_logging_calls
import functools
import logging

logger = logging.getLogger("app")

def logged(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        logger.info("calling %s", f.__name__)
        return f(*args, **kwargs)
    return inner

@logged
def area(w, h):
    return w * h
#> area(2, 3)

#: decorator_disabled_by_flag
import functools

TRACE = False

def traced(f):
    if not TRACE:
        return f
    @functools.wraps(f)
    def inner(*args):
        print(f.__name__, args)
        return f(*args)
    return inner

@traced
def area(w, h):
    return w * h
#> area(2, 3)

#: decorator_flag_argument_false
import functools

def traced(enabled):
    def decorate(f):
        @functools.wraps(f)
        def inner(*args):
            if enabled:
                print(f.__name__, args)
            return f(*args)
        return inner
    return decorate

@traced(False)
def area(w, h):
    return w * h
#> area(2, 3)

#: decorator_copies_argument
import copy
import functools

def protect(f):
    @functools.wraps(f)
    def inner(data, *args):
        return f(copy.deepcopy(data), *args)
    return inner

@protect
def add_total(data):
    data["total"] = sum(data["x"])
    data["x"].clear()
    return data
#> add_total({"x": [1, 2]})

#: decorator_counts_calls
def counted(f):
    def inner(*args):
        inner.calls += 1
        return f(*args)
    inner.calls = 0
    return inner

@counted
def double(x):
    return 2 * x
#> double(2)

#: decorator_lru_cache
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
#> fib(10)

#: closure_on_dead_branch
def build(values, verbose=False):
    if verbose:
        def note(x):
            print("got", x)
    else:
        def note(x):
            return None
    for value in values:
        note(value)
    return len(values)
#> build([1, 2])

#: closure_lambda_on_dead_branch
DEBUG = False

report = print if DEBUG else (lambda *args: None)

def compute(x):
    report("x =", x)
    return x ** 2
#> compute(3)

#: closure_debug_dunder
def checked(x):
    if not __debug__:
        print("optimised")
    return x
#> checked(1)

#: closure_counter_nonlocal
def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step

def three():
    step = counter()
    return step() + step() + step()
#> three()

#: closure_over_parameter_list
def recorder(history):
    def record(value):
        history.append(value)
        return value
    return record

def run(history):
    record = recorder(history)
    record(1)
    return record(2)
#> run([])

#: closure_over_loop_variable
def make(values):
    makers = []
    for value in values:
        makers.append(lambda k, value=value: value * k)
    return [m(2) for m in makers]
#> make([1, 2])

#: closure_late_binding_mutates
def make(rows):
    actions = [lambda: row.append(0) for row in rows]
    actions[0]()
    return len(actions)
#> make([[1], [2]])

#: class_shared_list
class Basket:
    items = []

    def add(self, item):
        self.items.append(item)
        return self

def use():
    return len(Basket().add(1).add(2).items)
#> use()

#: class_instance_list
class Basket:
    def __init__(self):
        self.items = []

    def add(self, item):
        self.items.append(item)
        return self

def use():
    return len(Basket().add(1).add(2).items)
#> use()

#: class_counter_total
class Account:
    opened = 0

    def __init__(self, balance):
        self.balance = balance
        Account.opened += 1

def open_account(amount):
    return Account(amount).balance
#> open_account(10)

#: class_property_cached
class Circle:
    def __init__(self, r):
        self.r = r
        self._area = None

    @property
    def area(self):
        if self._area is None:
            self._area = 3.14 * self.r ** 2
        return self._area

def compare(a, b):
    return a.area > b.area
#> compare(Circle(1), Circle(2))

#: class_setattr_dynamic
class Config:
    pass

def configure(config, options):
    for name, value in options.items():
        setattr(config, name, value)
    return config
#> configure(Config(), {"a": 1})

#: class_vars_update
class Config:
    def __init__(self):
        self.a = 0

def configure(config, **options):
    vars(config).update(options)
    return config.a
#> configure(Config(), a=2)

#: class_inherited_override_silent
class Base:
    def run(self, x):
        self.report(x)
        return x

    def report(self, x):
        print("base", x)

class Quiet(Base):
    def report(self, x):
        pass

def go(x):
    return Quiet().run(x)
#> go(1)

#: class_init_writes_file
class Log:
    def __init__(self, path):
        self.handle = open(path, "w")

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.handle.close()

    def line(self, text):
        self.handle.write(text + "\n")

def save(rows, path):
    with Log(path) as log:
        for row in rows:
            log.line(str(row))
#> save([1, 2], "out.log")

#: generator_never_started
def produce(path):
    print("opening")
    with open(path) as handle:
        yield from handle

def prepare(path):
    return produce(path)
#> prepare("notes.txt")

#: generator_first_only
def produce(path):
    with open(path) as handle:
        for line in handle:
            yield line.strip()
    print("done")

def first(path):
    return next(produce(path))
#> first("notes.txt")

#: generator_send_accumulates
def averager():
    total, n, mean = 0.0, 0, None
    while True:
        value = yield mean
        total += value
        n += 1
        mean = total / n

def run(values):
    average = averager()
    next(average)
    return [average.send(v) for v in values]
#> run([1.0, 2.0])

#: generator_pops_given
def drain(queue):
    while queue:
        yield queue.pop()

def consume(queue):
    return list(drain(queue))
#> consume([1, 2])

#: generator_expression_lazy
def lazy(rows, seen):
    pending = (seen.append(row) for row in rows)
    return pending
#> lazy([1], [])

#: generator_expression_any
def has_negative(rows, seen):
    return any(seen.append(row) or row < 0 for row in rows)
#> has_negative([1, -1], [])

#: context_restores_cwd
import os
from contextlib import contextmanager

@contextmanager
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

#: context_suppress_effect
from contextlib import suppress

def remove_first(items, value):
    with suppress(ValueError):
        items.remove(value)
    return items
#> remove_first([1, 2], 1)

#: context_redirect_stdout
import io
from contextlib import redirect_stdout

def captured(text):
    buffer = io.StringIO()
    with redirect_stdout(buffer):
        print(text)
    return buffer.getvalue()
#> captured("hi")

#: context_exitstack_callbacks
from contextlib import ExitStack

def run(log):
    with ExitStack() as stack:
        stack.callback(log.append, "closed")
        return len(log)
#> run([])

#: conditional_default_false
def load(path, verbose=False):
    with open(path) as handle:
        text = handle.read()
    if verbose:
        print(len(text))
    return text
#> load("notes.txt")

#: conditional_literal_true
def load(path, verbose=False):
    with open(path) as handle:
        text = handle.read()
    if verbose:
        print(len(text))
    return text
#> load("notes.txt", verbose=True)

#: conditional_mode_string
def save(text, mode="memory"):
    if mode == "disk":
        with open("out.txt", "w") as handle:
            handle.write(text)
    elif mode == "screen":
        print(text)
    return len(text)
#> save("x")

#: conditional_mode_dispatch
def to_disk(text):
    with open("out.txt", "w") as handle:
        handle.write(text)

def to_screen(text):
    print(text)

SINKS = {"disk": to_disk, "screen": to_screen}

def save(text, mode="screen"):
    SINKS[mode](text)
#> save("x")

#: conditional_isinstance_array
import numpy as np

def doubled(x):
    if isinstance(x, list):
        x.append(0)
        x = np.array(x)
    x = x * 2
    return x
#> doubled([1.0])

#: conditional_while_counter
def shrink(items, limit):
    while len(items) > limit:
        items.pop()
    return items
#> shrink([1, 2, 3], 1)

#: conditional_early_return
def update(cache, key, compute):
    if key in cache:
        return cache[key]
    cache[key] = compute(key)
    return cache[key]
#> update({}, "a", len)

#: conditional_try_except_log
import logging

def parse(text):
    try:
        return int(text)
    except ValueError:
        logging.warning("cannot parse %r", text)
        return None
#> parse("x")

#: conditional_none_guard
def annotate(record, tags=None):
    if tags is not None:
        record["tags"] = tags
    return record
#> annotate({"a": 1})

#: conditional_assert_message
def check(values):
    assert len(values) > 0, print("empty")
    return values[0]
#> check([1])

#: global_counter
COUNT = 0

def tick():
    global COUNT
    COUNT += 1
    return COUNT
#> tick()

#: global_shadowed
ITEMS = [1]

def local_items():
    ITEMS = []
    ITEMS.append(2)
    return ITEMS
#> local_items()

#: global_list_through_function
CACHE = {}

def cache():
    return CACHE

def remember(key, value):
    cache()[key] = value
#> remember("a", 1)

#: default_mutable_grows
def append_to(value, bag=[]):
    bag.append(value)
    return bag
#> append_to(1)

#: delete_items
def strip(record):
    for key in [k for k in record if k.startswith("_")]:
        del record[key]
    return record
#> strip({"_a": 1, "b": 2})

#: delete_local_name
def forget(record):
    copy = dict(record)
    del copy["a"]
    del record
    return copy
#> forget({"a": 1})

#: star_args_mutated
def push(*stacks):
    for stack in stacks:
        stack.append(0)

def both(a, b):
    push(a, b)
    return a + b
#> both([], [])

#: kwargs_changed_locally
def build(**options):
    options.setdefault("n", 1)
    options.pop("debug", None)
    return options
#> build(debug=True)

#: getattr_method_name
def call(items, name, *args):
    return getattr(items, name)(*args)

def add(items):
    return call(items, "append", 3)
#> add([1])

#: operator_setitem
import operator

def put(table, key):
    operator.setitem(table, key, 1)
    return table
#> put({}, "a")

#: setdefault_nested_append
def group(pairs):
    out = {}
    for key, value in pairs:
        out.setdefault(key, []).append(value)
    return out
#> group([("a", 1), ("a", 2)])

#: setdefault_given
def group(out, pairs):
    for key, value in pairs:
        out.setdefault(key, []).append(value)
#> group({}, [("a", 1)])

#: pop_from_copy
def last(items):
    stack = list(items)
    while stack:
        item = stack.pop()
    return item
#> last([1, 2])

#: walrus_alias
def shift(queue):
    if (q := queue):
        q.pop(0)
    return queue
#> shift([1, 2])

#: match_dict_case
def handle(event, state):
    match event:
        case {"type": "add", "value": value}:
            state.append(value)
        case {"type": "show"}:
            print(state)
        case _:
            pass
    return state
#> handle({"type": "add", "value": 1}, [])

#: unpack_star_rest
def tail(items):
    head, *rest = items
    rest.append(head)
    return rest
#> tail([1, 2, 3])

#: recursion_fills
def walk(tree, out):
    out.append(tree["name"])
    for child in tree.get("children", []):
        walk(child, out)
    return out
#> walk({"name": "a", "children": [{"name": "b"}]}, [])

#: recursion_pure
def flatten(tree):
    out = []
    for item in tree:
        if isinstance(item, list):
            out.extend(flatten(item))
        else:
            out.append(item)
    return out
#> flatten([1, [2, [3]]])
