#: pure_arithmetic
def f(a, b=2):
    return (a + b) ** 2 / 3
#> f(1)

#: mutable_default_kept
def f(x, seen=[]):
    seen.append(x)
    return len(seen)
#> f(1)

#: mutable_default_read_only
def f(x, known=[1, 2]):
    return x in known
#> f(1)

#: mutable_default_not_used_by_call
def f(x, seen=[]):
    seen.append(x)
    return seen
#> f(1, [])
#> f(1)

#: global_counter
count = 0

def f():
    global count
    count += 1
    return count
#> f()

#: global_read_only
LIMIT = 3

def f(x):
    return min(x, LIMIT)
#> f(5)

#: module_cache
cache = {}

def f(n):
    if n not in cache:
        cache[n] = n * n
    return cache[n]
#> f(3)

#: module_list_through_helper
events = []

def note(name):
    events.append(name)

def f(x):
    note("f")
    return x
#> f(1)

#: module_list_through_alias
events = []

def f(x):
    log = events
    log.append(x)
#> f(1)

#: local_shadows_global
events = []

def f(x):
    events = []
    events.append(x)
    return events
#> f(1)

#: nonlocal_counter_inside
def f(xs):
    total = 0

    def add(x):
        nonlocal total
        total += x

    for x in xs:
        add(x)
    return total
#> f([1, 2])

#: closure_that_keeps_state
def make():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n

    return step

f = make()
#> f()

#: closure_that_keeps_list
def make():
    seen = []

    def note(x):
        seen.append(x)
        return len(seen)

    return note

f = make()
#> f(1)

#: closure_reads_only
def make(factor):
    def scale(x):
        return x * factor

    return scale

f = make(3)
#> f(2)

#: closure_over_parameter
def f(xs):
    def push(x):
        xs.append(x)

    push(1)
#> f([])

#: closure_defined_not_called
def f(xs):
    def push(x):
        xs.append(x)

    return len(xs)
#> f([])

#: lambda_mutates_captured
def f(xs):
    add = lambda x: xs.append(x)
    add(1)
#> f([])

#: late_binding_closure
def f(xs):
    def push():
        target.append(1)

    target = xs
    push()
#> f([])

#: callback_parameter_pure
def apply(fn, x):
    return fn(x)

def f(x):
    return apply(lambda v: v + 1, x)
#> f(1)

#: callback_parameter_prints
def apply(fn, x):
    return fn(x)

def f(x):
    return apply(print, x)
#> f(1)

#: callback_mutates
def apply(fn, x):
    return fn(x)

def f(xs):
    apply(lambda v: v.append(1), xs)
#> f([])

#: bound_method_as_callback
def f(xs, ys):
    for y in ys:
        (xs.append)(y)
#> f([], [1])

#: bound_method_in_variable
def f(xs, y):
    push = xs.append
    push(y)
#> f([], 1)

#: map_with_bound_method
def f(xs, ys):
    list(map(xs.append, ys))
#> f([], [1])

#: map_not_consumed
def f(xs, ys):
    return map(xs.append, ys)
#> f([], [1])

#: sorted_with_printing_key
def loud(x):
    print(x)
    return x

def f(xs):
    return sorted(xs, key=loud)
#> f([2, 1])

#: reduce_with_lambda
from functools import reduce

def f(xs):
    return reduce(lambda a, b: a * b, xs, 1)
#> f([1, 2, 3])

#: reduce_that_mutates_accumulator
from functools import reduce

def put(acc, x):
    acc.append(x)
    return acc

def f(xs, out):
    return reduce(put, xs, out)
#> f([1, 2], [])

#: partial_of_writer
from functools import partial

def push(xs, x):
    xs.append(x)

def f(xs):
    add = partial(push, xs)
    add(1)
#> f([])

#: partial_of_pure
from functools import partial

def power(base, exponent):
    return base ** exponent

def f(x):
    return partial(power, exponent=2)(x)
#> f(3)

#: decorator_transparent
import functools

def twice(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        fn(*args, **kwargs)
        return fn(*args, **kwargs)
    return inner

@twice
def f(xs):
    xs.append(1)
#> f([])

#: decorator_logs
import functools

def logged(fn):
    @functools.wraps(fn)
    def inner(*args):
        print("calling", fn.__name__)
        return fn(*args)
    return inner

@logged
def f(x):
    return x + 1
#> f(1)

#: decorator_with_argument
import functools

def tagged(label):
    def wrap(fn):
        @functools.wraps(fn)
        def inner(*args):
            print(label)
            return fn(*args)
        return inner
    return wrap

@tagged("start")
def f(x):
    return x * 2
#> f(1)

#: decorator_registers
registry = {}

def register(fn):
    registry[fn.__name__] = fn
    return fn

@register
def f(x):
    return x + 1
#> f(1)

#: decorator_counts_calls
import functools

def counted(fn):
    @functools.wraps(fn)
    def inner(*args):
        inner.calls += 1
        return fn(*args)
    inner.calls = 0
    return inner

@counted
def f(x):
    return x
#> f(1)

#: two_decorated_functions
import functools

def logged(fn):
    @functools.wraps(fn)
    def inner(*args):
        print("in")
        return fn(*args)
    return inner

@logged
def helper(x):
    return x + 1

@logged
def f(x):
    return helper(x) + 1
#> f(1)

#: lru_cache_of_pure
from functools import lru_cache

@lru_cache(maxsize=None)
def square(x):
    return x * x

def f(x):
    return square(x) + 1
#> f(2)

#: recursion_pure
def f(n):
    return 1 if n < 2 else n * f(n - 1)
#> f(4)

#: recursion_fibonacci
def f(n):
    if n < 2:
        return n
    return f(n - 1) + f(n - 2)
#> f(5)

#: recursion_collects_into_argument
def f(tree, out):
    out.append(tree["value"])
    for child in tree["children"]:
        f(child, out)
    return out
#> f({"value": 1, "children": [{"value": 2, "children": []}]}, [])

#: recursion_reads_tree
def f(tree):
    return tree["value"] + sum(f(child) for child in tree["children"])
#> f({"value": 1, "children": [{"value": 2, "children": []}]})

#: recursion_prints
def f(n):
    if n:
        print(n)
        f(n - 1)
#> f(2)

#: recursion_builds_new_lists
def f(xs):
    if len(xs) < 2:
        return xs
    pivot = xs[0]
    return f([x for x in xs[1:] if x < pivot]) + [pivot] + f([x for x in xs[1:] if x >= pivot])
#> f([3, 1, 2])

#: mutual_recursion
def even(n):
    return True if n == 0 else odd(n - 1)

def odd(n):
    return False if n == 0 else even(n - 1)

def f(n):
    return even(n)
#> f(4)

#: mutual_recursion_that_mutates
def left(n, xs):
    xs.append(n)
    if n:
        right(n - 1, xs)

def right(n, ys):
    if n:
        left(n - 1, ys)

def f(items):
    right(4, items)
#> f([])

#: inner_function_shadows_global_helper
def helper(xs):
    xs.append(1)

def f(xs):
    def helper(ys):
        return len(ys)

    return helper(xs)
#> f([])

#: default_computed_once
import time

def f(x, start=time.time()):
    return x + start
#> f(1)

#: function_attribute
def f(x):
    f.last = x
    return x
f.last = 0
#> f(1)

#: function_attribute_read
def f(x):
    return x + f.offset
f.offset = 2
#> f(1)

#: dispatch_table
def add(a, b):
    return a + b

def mul(a, b):
    return a * b

OPERATIONS = {"add": add, "mul": mul}

def f(name, a, b):
    return OPERATIONS[name](a, b)
#> f("add", 1, 2)

#: dispatch_table_with_effect
def show(x):
    print(x)

def keep(x):
    return x

ACTIONS = {"show": show, "keep": keep}

def f(name, x):
    return ACTIONS[name](x)
#> f("show", 1)
#> f("keep", 1)

#: list_of_steps
def double(xs):
    return [x * 2 for x in xs]

def total(xs):
    return sum(xs)

def f(xs):
    value = xs
    for step in [double, total]:
        value = step(value)
    return value
#> f([1, 2])

#: compose
def compose(*steps):
    def run(value):
        for step in steps:
            value = step(value)
        return value
    return run

def f(x):
    return compose(abs, float, str)(x)
#> f(-1)

#: function_returned_from_function_with_effect
def pick(loud):
    def quiet_one(x):
        return x

    def loud_one(x):
        print(x)
        return x

    return loud_one if loud else quiet_one

def f(x, loud):
    return pick(loud)(x)
#> f(1, True)
#> f(1, False)

#: argument_is_function
def f(fn, xs):
    return [fn(x) for x in xs]
#> f(abs, [1, -1])

#: argument_is_printing_function
def f(fn, xs):
    for x in xs:
        fn(x)
#> f(print, [1])

#: keyword_only_default
def f(xs, *, inplace=False):
    target = xs if inplace else list(xs)
    target.append(1)
    return target
#> f([], inplace=True)
#> f([])

#: positional_only
def f(a, b, /, c):
    b.append(c)
    return a
#> f(1, [], 2)

#: variadic_sum
def f(*numbers, scale=1):
    return sum(numbers) * scale
#> f(1, 2, scale=3)

#: global_set_in_helper
state = {"n": 0}

def bump():
    state["n"] += 1

def f(x):
    bump()
    return x
#> f(1)

#: conditional_definition
import sys

if sys.version_info >= (3, 0):
    def name(x):
        return x.upper()
else:
    def name(x):
        print(x)
        return x

def f(x):
    return name(x)
#> f("a")

#: try_import_fallback
try:
    import ujson_that_is_not_there as json
except ImportError:
    import json

def f(d):
    return json.dumps(d)
#> f({"a": 1})

#: assert_only
def f(x):
    assert x > 0, "positive"
    return x
#> f(1)

#: raises_value_error
def f(x):
    if x < 0:
        raise ValueError(f"negative: {x}")
    return x ** 0.5
#> f(4)
#> f(-4)

#: while_true_break
def f(n):
    while True:
        n -= 1
        if n < 0:
            break
    return n
#> f(3)

#: nested_comprehension
def f(rows):
    return {i: [x for x in row if x] for i, row in enumerate(rows)}
#> f([[0, 1], [2]])

#: chained_comparison
def f(a, b, c):
    return a < b < c and not (a == c)
#> f(1, 2, 3)

#: f_string
def f(name, value):
    return f"{name!r}: {value:.2f} {'x' * 3}"
#> f("a", 1.5)

#: lambda_default_argument
def f(n):
    fns = [lambda x, i=i: x + i for i in range(n)]
    return [fn(1) for fn in fns]
#> f(2)

#: immediately_invoked_lambda
def f(xs):
    return (lambda ys: [y + 1 for y in ys])(xs)
#> f([1])

#: any_all_generators
def f(xs):
    return any(x > 1 for x in xs) and all(x > 0 for x in xs)
#> f([1, 2])

#: itertools_pipeline
import itertools

def f(xs):
    return list(itertools.accumulate(itertools.chain(xs, [1])))
#> f([1, 2])

#: operator_itemgetter
import operator

def f(rows):
    return sorted(rows, key=operator.itemgetter("n"))
#> f([{"n": 2}, {"n": 1}])

#: single_dispatch
from functools import singledispatch

@singledispatch
def show(x):
    return str(x)

@show.register
def _(x: int):
    print("int", x)
    return str(x)

show(0)

def f(x):
    return show(x)
#> f(1)

#: star_import_free_math
import math

def f(angle):
    return math.sin(angle) + math.sqrt(abs(angle)) + math.pi
#> f(1.0)

#: statistics_module
import statistics

def f(xs):
    return statistics.mean(xs), statistics.stdev(xs)
#> f([1.0, 2.0, 4.0])

#: regex
import re

PATTERN = re.compile(r"(\w+)@(\w+)")

def f(text):
    found = PATTERN.search(text)
    return found.group(1) if found else re.sub(r"\s+", " ", text)
#> f("me@home")
#> f("a  b")

#: json_round_trip
import json

def f(d):
    return json.loads(json.dumps(d, sort_keys=True))
#> f({"a": 1})

#: hashing
import hashlib

def f(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
#> f("a")

#: date_parsing
from datetime import datetime, timedelta

def f(text):
    day = datetime.strptime(text, "%Y-%m-%d")
    return (day + timedelta(days=1)).strftime("%d/%m/%Y")
#> f("2020-01-31")

#: decimal_and_fraction
from decimal import Decimal
from fractions import Fraction

def f(x):
    return Decimal(x).quantize(Decimal("0.01")), Fraction(x)
#> f("1.234")

#: textwrap_and_string
import string
import textwrap

def f(text):
    return textwrap.fill(text.translate(str.maketrans("", "", string.punctuation)), 10)
#> f("hello, world")

#: pathlib_is_pure_without_io
from pathlib import Path

def f(folder, name):
    path = Path(folder) / name
    return path.with_suffix(".csv").name, path.parent, str(path)
#> f("a", "b.txt")

#: os_path_is_pure
import os

def f(folder, name):
    return os.path.join(folder, os.path.basename(name)), os.path.splitext(name)[1]
#> f("a", "b/c.txt")
