#: mutable_default_accumulates
def remember(x, history=[]):
    history.append(x)
    return history
#> remember(1)

#: default_dict_read
def lookup(key, table={"a": 1}):
    return table.get(key)
#> lookup("a")

#: global_counter_incremented
calls = 0

def tick():
    global calls
    calls += 1
    return calls
#> tick()

#: global_list_appended
log = []

def note(message):
    log.append(message)
#> note("a")

#: global_constant_read
RATES = {"eur": 1.1}

def convert(amount, currency):
    return amount * RATES[currency]
#> convert(2, "eur")

#: global_cache_dict
_cache = {}

def square(n):
    if n not in _cache:
        _cache[n] = n * n
    return _cache[n]
#> square(3)

#: shadowing_parameter
log = []

def note(log, message):
    log.append(message)
#> note([], "a")

#: closure_counter
def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step

def f():
    step = counter()
    step()
    return step()
#> f()

#: closure_changes_parameter
def collector(target):
    def add(x):
        target.append(x)
    for i in range(3):
        add(i)
#> collector([])

#: returned_closure_unused
def collector(target):
    def add(x):
        target.append(x)
    return add
#> collector([])

#: callback_parameter
def apply_all(functions, value):
    for function in functions:
        value = function(value)
    return value
#> apply_all([abs, float], -1)

#: decorator_timing
import functools
import time

def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = function(*args, **kwargs)
        print(function.__name__, time.perf_counter() - start)
        return result
    return wrapper

@timed
def work(n):
    return n * 2
#> work(2)

#: decorator_memoises
def memo(function):
    known = {}
    def wrapper(n):
        if n not in known:
            known[n] = function(n)
        return known[n]
    return wrapper

@memo
def double(n):
    return n * 2
#> double(2)

#: decorator_registers_only
registry = {}

def register(function):
    registry[function.__name__] = function
    return function

@register
def plain(n):
    return n + 1
#> plain(2)

#: decorator_checks_arguments
import functools

def positive(function):
    @functools.wraps(function)
    def wrapper(x):
        if x < 0:
            raise ValueError("negative")
        return function(x)
    return wrapper

@positive
def root(x):
    return x ** 0.5
#> root(4)

#: lru_cached
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
#> fib(5)

#: partial_applied
from functools import partial

def scale(factor, values):
    return [factor * v for v in values]

def doubled(values):
    double = partial(scale, 2)
    return double(values)
#> doubled([1])

#: partial_mutates
from functools import partial

def put(target, key, value):
    target[key] = value

def fill(table):
    setter = partial(put, table)
    setter("a", 1)
#> fill({})

#: setattr_on_argument
def configure(obj, **options):
    for name, value in options.items():
        setattr(obj, name, value)
#> configure(type("C", (), {})(), a=1)

#: getattr_on_argument
def read(obj, names):
    return [getattr(obj, name, None) for name in names]
#> read(type("C", (), {"a": 1})(), ["a"])

#: kwargs_changed
def build(**kwargs):
    kwargs.pop("debug", None)
    kwargs["done"] = True
    return kwargs
#> build(debug=1)

#: kwargs_value_changed
def extend(**lists):
    for items in lists.values():
        items.append(0)
#> extend(a=[1])

#: args_element_changed
def clear_all(*containers):
    for container in containers:
        container.clear()
#> clear_all([1], {"a": 1})

#: conditional_write
def save(text, path=None):
    if path is not None:
        with open(path, "w") as handle:
            handle.write(text)
    return len(text)
#> save("a", "a.txt")
#> save("a")

#: verbose_flag
def train(data, verbose=False):
    total = 0
    for i, x in enumerate(data):
        total += x
        if verbose:
            print(i, total)
    return total
#> train([1], verbose=True)
#> train([1])

#: try_finally_resets
def attempt(state):
    state["busy"] = True
    try:
        return 1 / state["n"]
    except ZeroDivisionError:
        return None
    finally:
        state["busy"] = False
#> attempt({"n": 0, "busy": None})

#: generator_lazy
def squares(xs):
    for x in xs:
        yield x * x
#> squares([1])

#: generator_consumed_with_print
def noisy(xs):
    for x in xs:
        print(x)
        yield x

def total(xs):
    return sum(noisy(xs))
#> total([1])

#: generator_pipeline
def parse(lines):
    return (line.split(",") for line in lines)

def numbers(lines):
    return [[int(cell) for cell in row] for row in parse(lines)]
#> numbers(["1,2"])

#: send_to_generator
def averager():
    total, count = 0, 0
    value = yield
    while True:
        total += value
        count += 1
        value = yield total / count

def f(values):
    avg = averager()
    next(avg)
    return [avg.send(v) for v in values]
#> f([1, 2])

#: context_manager_function
from contextlib import contextmanager

@contextmanager
def temporarily(mapping, key, value):
    old = mapping.get(key)
    mapping[key] = value
    yield
    mapping[key] = old

def f(mapping):
    with temporarily(mapping, "new", 2):
        return mapping["new"]
#> f({})

#: context_manager_timer
import time
from contextlib import contextmanager

@contextmanager
def timer(label):
    start = time.time()
    yield
    print(label, time.time() - start)

def f(n):
    with timer("loop"):
        return sum(range(n))
#> f(3)

#: file_handle_parameter_read
def parse(handle):
    return [line.strip().split(",") for line in handle]
#> parse(open("data.csv"))

#: file_handle_parameter_written
def dump(rows, handle):
    for row in rows:
        handle.write(",".join(map(str, row)) + "\n")
#> dump([[1]], open("out.csv", "w"))

#: string_io_parameter
import io

def dump(rows, buffer: io.StringIO):
    for row in rows:
        buffer.write(str(row))
#> dump([1], io.StringIO())

#: string_io_local
import io

def render(rows):
    buffer = io.StringIO()
    for row in rows:
        print(row, file=buffer)
    return buffer.getvalue()
#> render([1])

#: recursion_on_tree
def insert(node, value):
    side = "left" if value < node["value"] else "right"
    if node.get(side) is None:
        node[side] = {"value": value}
    else:
        insert(node[side], value)
#> insert({"value": 3}, 1)

#: recursion_pure_sum
def depth(node):
    if node is None:
        return 0
    return 1 + max(depth(node.get("left")), depth(node.get("right")))
#> depth({"left": None, "right": {"left": None, "right": None}})

#: match_statement
def area(shape):
    match shape:
        case {"kind": "circle", "r": r}:
            return 3.14 * r * r
        case {"kind": "box", "sides": [a, b]}:
            return a * b
        case _:
            raise ValueError(shape)
#> area({"kind": "circle", "r": 1})

#: match_mutates_capture
def bump(message):
    match message:
        case {"items": items}:
            items.append(1)
#> bump({"items": []})

#: walrus_in_comprehension
def large(xs, f=abs):
    return [y for x in xs if (y := f(x)) > 1]
#> large([-2, 1])

#: lambda_sorted_key_state
def order(xs, seen):
    return sorted(xs, key=lambda x: seen.append(x) or x)
#> order([2, 1], [])

#: map_with_method
def lower(words):
    return list(map(str.lower, words))
#> lower(["A"])

#: map_mutating_consumed
def feed(xs, sink):
    list(map(sink.append, xs))
#> feed([1], [])

#: dispatch_by_dict
def add(a, b):
    return a + b

def show(a, b):
    print(a, b)

ACTIONS = {"add": add, "show": show}

def run(name, a, b):
    return ACTIONS[name](a, b)
#> run("add", 1, 2)
#> run("show", 1, 2)

#: assertion_only
def check(x):
    assert x > 0, f"bad value {x}"
    return x
#> check(1)

#: exits_when_bad
import sys

def require(ok):
    if not ok:
        sys.exit(1)
#> require(False)

#: docstring_typed
def total(df, column):
    """Sum a column.

    Args:
        df (pandas.DataFrame): the table.
        column (str): which one.

    Returns:
        float: the sum.
    """
    return df[column].sum()
#> total(__import__("pandas").DataFrame({"a": [1]}), "a")

#: numpy_docstring_typed
import numpy as np

def shift(values, by):
    """Shift values.

    Parameters
    ----------
    values : numpy.ndarray
        What to shift.
    by : float
        How far.
    """
    values += by
    return values
#> shift(np.ones(2), 1.0)

#: nested_helper_prints
def outer(n):
    def inner(k):
        print("k", k)
    for k in range(n):
        inner(k)
#> outer(2)

#: helper_defined_not_called
def outer(n):
    def inner(k):
        print("k", k)
    return n + 1
#> outer(2)

#: async_gather
import asyncio

async def fetch(n):
    await asyncio.sleep(0)
    return n

def run(ns):
    async def main():
        return await asyncio.gather(*(fetch(n) for n in ns))
    return asyncio.run(main())
#> run([1, 2])

#: function_attribute_counter
def hit():
    hit.count = getattr(hit, "count", 0) + 1
    return hit.count
#> hit()

#: type_checked_branches
def to_list(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, (list, tuple)):
        return list(value)
    return [value]
#> to_list("a")

#: isinstance_then_mutates
def add(value, item):
    if isinstance(value, list):
        value.append(item)
    elif isinstance(value, set):
        value.add(item)
    return value
#> add([], 1)

#: none_default_replaced
def collect(x, into=None):
    if into is None:
        into = []
    into.append(x)
    return into
#> collect(1)
#> collect(1, [])

#: exec_code
def run(source):
    scope = {}
    exec(source, scope)
    return scope["x"]
#> run("x = 1")

#: star_expression_call
def power(base, exponent):
    return base ** exponent

def f(pair):
    return power(*pair)
#> f((2, 3))

#: early_return_before_effect
def maybe(x, path):
    return x
    open(path, "w").write("never")
#> maybe(1, "a")

#: loop_else_effect
def find(xs, wanted):
    for x in xs:
        if x == wanted:
            break
    else:
        print("not found")
#> find([1], 2)
