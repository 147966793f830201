#: generator_function_not_run
def numbers(n):
    print("start")
    for i in range(n):
        yield i

def f(n):
    return numbers(n)
#> f(2)

#: generator_function_run
def numbers(n):
    print("start")
    for i in range(n):
        yield i

def f(n):
    return list(numbers(n))
#> f(2)

#: generator_mutates_when_run
def drain(xs):
    while xs:
        yield xs.pop()

def f(xs):
    return sum(drain(xs))
#> f([1, 2])

#: generator_expression_pure
def f(xs):
    return sum(x * x for x in xs)
#> f([1, 2])

#: generator_expression_prints
def f(xs):
    return list(print(x) for x in xs)
#> f([1])

#: generator_yields_parameter
def pairs(rows):
    for row in rows:
        yield row

def f(rows):
    for row in pairs(rows):
        row.append(1)
#> f([[1]])

#: generator_reads_file
def lines(path):
    with open(path) as handle:
        for line in handle:
            yield line.strip()

def f(path):
    return [line for line in lines(path) if line]
#> f("notes.txt")

#: yield_from
def inner():
    print("x")
    yield 1

def outer():
    yield from inner()

def f():
    return list(outer())
#> f()

#: next_uses_iterator_up
def f(it):
    return next(it)
#> f(iter([1, 2]))

#: loop_uses_iterator_up
def f(it):
    total = 0
    for x in it:
        total += x
    return total
#> f(iter([1, 2]))

#: list_uses_generator_up
def f(gen):
    return list(gen)
#> f((x for x in [1, 2]))

#: islice_uses_some
from itertools import islice

def f(it):
    return list(islice(it, 1))
#> f(iter([1, 2]))

#: zip_uses_iterator_up
def f(it):
    return dict(zip(it, it))
#> f(iter([1, 2, 3, 4]))

#: enumerate_of_list_reads
def f(xs):
    return {i: x for i, x in enumerate(xs)}
#> f(["a"])

#: iterator_of_own_list
def f(xs):
    it = iter(xs)
    first = next(it)
    return first, list(it)
#> f([1, 2])

#: file_handle_read
def f(handle):
    return handle.read()
#> f(open("notes.txt"))

#: string_buffer_written
import io

def f(buffer):
    buffer.write("x")
#> f(io.StringIO())

#: string_buffer_own
import io

def f(text):
    buffer = io.StringIO()
    buffer.write(text)
    return buffer.getvalue()
#> f("a")

#: csv_writer_to_buffer
import csv
import io

def f(rows):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
#> f([[1, 2]])

#: contextmanager_function
from contextlib import contextmanager

@contextmanager
def section(name):
    print("begin", name)
    yield
    print("end", name)

def f(name):
    with section(name):
        return 1
#> f("a")

#: contextmanager_yields_resource
from contextlib import contextmanager

@contextmanager
def opened(path):
    handle = open(path)
    try:
        yield handle
    finally:
        handle.close()

def f(path):
    with opened(path) as handle:
        return handle.read()
#> f("notes.txt")

#: contextlib_suppress
from contextlib import suppress

def f(d):
    with suppress(KeyError):
        return d["missing"]
#> f({})

#: redirect_stdout
import contextlib
import io

def f(x):
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        print(x)
    return buffer.getvalue()
#> f(1)

#: exit_stack
import contextlib

def f(paths):
    with contextlib.ExitStack() as stack:
        handles = [stack.enter_context(open(path)) for path in paths]
        return [handle.read() for handle in handles]
#> f(["notes.txt"])

#: verbose_flag_off
def f(x, verbose=False):
    if verbose:
        print(x)
    return x
#> f(1)
#> f(1, verbose=True)

#: debug_constant_branch
DEBUG = True

def f(x):
    if DEBUG:
        print("debug", x)
    return x
#> f(1)

#: save_if_path
def f(xs, path=None):
    if path is not None:
        with open(path, "w") as handle:
            handle.write(str(xs))
    return xs
#> f([1], "out.txt")
#> f([1])

#: try_read_except_default
def f(path):
    try:
        with open(path) as handle:
            return handle.read()
    except FileNotFoundError:
        return ""
#> f("notes.txt")

#: effect_only_in_except
def f(d):
    try:
        return d["a"]
    except KeyError as error:
        print("missing", error)
#> f({})

#: effect_only_in_finally
def f(x):
    try:
        return 1 / x
    finally:
        print("done")
#> f(1)

#: effect_only_in_else
def f(xs):
    for x in xs:
        if x == 0:
            break
    else:
        print("no zero")
#> f([1])

#: effect_in_while_test
def f(queue):
    total = 0
    while (item := queue.pop()) is not None:
        total += item
    return total
#> f([None, 1, 2])

#: effect_in_conditional_expression
def f(x):
    return print(x) if x else 0
#> f(1)

#: effect_in_boolean_operator
def f(x):
    return x and print(x)
#> f(1)

#: effect_in_default_of_get
def load():
    print("loading")
    return 1

def f(d):
    return d.get("a", load())
#> f({"a": 2})

#: effect_in_comprehension_condition
def f(xs):
    return [x for x in xs if print(x) is None]
#> f([1])

#: effect_in_f_string
def f(xs):
    return f"{xs.pop()}"
#> f([1])

#: effect_in_slice
def f(xs, ys):
    return ys[xs.pop():]
#> f([1], [1, 2])

#: effect_in_keyword_argument
def f(xs):
    return dict(a=xs.pop())
#> f([1])

#: effect_in_star_argument
def f(xs):
    return max(*[xs.pop(), 3])
#> f([1])

#: effect_in_decorator_argument
def named(name):
    print(name)
    return lambda fn: fn

def f():
    @named("inner")
    def inner():
        return 1
    return inner()
#> f()

#: effect_in_default_of_inner
def f(xs):
    def inner(x=xs.pop()):
        return x
    return inner
#> f([1])

#: effect_in_class_body
def f():
    class Inner:
        print("body")
        x = 1
    return Inner.x
#> f()

#: effect_in_assert_message
def f(x):
    assert x, print("bad")
    return x
#> f(0)

#: effect_in_return_of_lambda_never_called
def f():
    return lambda: print("never")
#> f()

#: effect_in_match_guard
def f(x):
    match x:
        case int() if print(x) is None:
            return 1
        case _:
            return 0
#> f(1)

#: effect_in_nested_call_arguments
def f(xs):
    return len(str(xs.pop()))
#> f([1])

#: effect_in_subscript_target
def f(xs, d):
    d[xs.pop()] = 1
    return d
#> f([1], {})

#: unreachable_after_return
def f(xs):
    return len(xs)
    xs.append(1)
#> f([])

#: exception_carries_list
def f(xs):
    try:
        raise ValueError(xs)
    except ValueError as error:
        error.args[0].append(1)
#> f([])

#: async_function
import asyncio

async def step(xs):
    xs.append(1)
    return len(xs)

def f(xs):
    return asyncio.run(step(xs))
#> f([])

#: async_function_never_awaited_by_caller
async def step(xs):
    return len(xs)

async def work(xs):
    return await step(xs) + 1

def f(xs):
    coroutine = work(xs)
    coroutine.close()
#> f([])

#: loop_carried_alias
def f(groups):
    previous = []
    for group in groups:
        previous.append(0)
        previous = group
#> f([[1], [2]])

#: loop_accumulates_into_local
def f(xs):
    out = []
    for x in xs:
        out.append(x)
    out.sort()
    return out
#> f([2, 1])

#: loop_alias_second_round
def f(a, b):
    x = []
    for _ in range(2):
        x.append(1)
        x = a
    return b
#> f([], [])

#: nested_loops
def f(grid):
    total = 0
    for row in grid:
        for cell in row:
            total += cell
    return total
#> f([[1], [2]])

#: nested_loops_write
def f(grid):
    for i in range(len(grid)):
        for j in range(len(grid[i])):
            grid[i][j] = 0
#> f([[1], [2]])

#: two_iterators
from itertools import tee

def f(xs):
    a, b = tee(xs)
    next(b)
    return list(zip(a, b))
#> f([1, 2, 3])

#: groupby_iteration
from itertools import groupby

def f(rows):
    return {key: list(group) for key, group in groupby(sorted(rows), key=lambda r: r[0])}
#> f([("a", 1), ("b", 2)])

#: product_loops
from itertools import product

def f(grid):
    return [dict(zip(grid, values)) for values in product(*grid.values())]
#> f({"a": [1, 2], "b": [3]})

#: sentinel_iter
def f(xs):
    return list(iter(xs.pop, 0))
#> f([0, 1, 2])

#: exits
import sys

def f(code):
    if code:
        sys.exit(code)
    return 0
#> f(1)
#> f(0)

#: raises_system_exit
def f(message):
    raise SystemExit(message)
#> f("bye")
