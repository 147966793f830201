#: memoize_decorator
import functools

def memoize(f):
    cache = {}
    @functools.wraps(f)
    def inner(*args):
        if args not in cache:
            cache[args] = f(*args)
        return cache[args]
    return inner

@memoize
def slow_add(a, b):
    return a + b
#> slow_add(1, 2)

#: count_calls_decorator
import functools

def counted(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        inner.calls += 1
        return f(*args, **kwargs)
    inner.calls = 0
    return inner

@counted
def half(x):
    return x / 2
#> half(4)

#: validate_decorator
import functools

def positive(f):
    @functools.wraps(f)
    def inner(x):
        if x < 0:
            raise ValueError(x)
        return f(x)
    return inner

@positive
def root(x):
    return x ** 0.5
#> root(4)

#: timing_decorator
import functools
import time

def timed(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        t0 = time.time()
        result = f(*args, **kwargs)
        inner.last = time.time() - t0
        return result
    return inner

@timed
def total(xs):
    return sum(xs)
#> total([1])

#: class_decorator
def with_repr(cls):
    cls.__repr__ = lambda self: f"<{cls.__name__}>"
    return cls

@with_repr
class Thing:
    pass

def show_thing():
    return repr(Thing())
#> show_thing()

#: class_based_decorator
class suppress_errors:
    def __init__(self, f):
        self.f = f
        self.errors = []

    def __call__(self, *args):
        try:
            return self.f(*args)
        except Exception as e:
            self.errors.append(e)
            return None

@suppress_errors
def invert(x):
    return 1 / x

def safe_invert(x):
    return invert(x)
#> safe_invert(2)
#> safe_invert(0)

#: accumulator_closure
def make_adder():
    total = [0]
    def add(x):
        total[0] += x
        return total[0]
    return add

adder = make_adder()

def add_to_total(x):
    return adder(x)
#> add_to_total(2)

#: accumulator_local
def make_adder():
    total = 0
    def add(x):
        nonlocal total
        total += x
        return total
    return add

def sum_via_closure(xs):
    add = make_adder()
    out = 0
    for x in xs:
        out = add(x)
    return out
#> sum_via_closure([1, 2])

#: late_binding
def make_funcs(n):
    funcs = []
    for i in range(n):
        funcs.append(lambda x, i=i: x + i)
    return [f(10) for f in funcs]
#> make_funcs(2)

#: compose
from functools import reduce

def compose(*fs):
    return lambda x: reduce(lambda acc, f: f(acc), fs, x)

def clean(word):
    return compose(str.strip, str.lower, len)(word)
#> clean(" Ab ")

#: callback_default_print
def process(items, on_item=print):
    for it in items:
        on_item(it)
#> process([1])

#: callback_with_buffer
def process(items, on_item):
    for it in items:
        on_item(it)

def gather(items):
    out = []
    process(items, lambda it: out.append(it * 2))
    return out
#> gather([1])

#: callback_mutates_items
def for_each(rows, fn):
    for r in rows:
        fn(r)
    return rows

def flag_all(rows):
    def flag(r):
        r["flag"] = True
    return for_each(rows, flag)
#> flag_all([{}])

#: sort_key_closure
def sort_by(records, field):
    return sorted(records, key=lambda r: r[field])
#> sort_by([{"a": 2}, {"a": 1}], "a")

#: key_with_side_effect
def sort_and_trace(xs):
    trace = []
    def key(x):
        trace.append(x)
        return -x
    xs = sorted(xs, key=key)
    return xs, trace
#> sort_and_trace([1, 2])

#: sort_with_key_in_place
def sort_names(names, order):
    rank = {n: i for i, n in enumerate(order)}
    names.sort(key=lambda n: rank.get(n, 99))
#> sort_names(["a", "b"], ["b", "a"])

#: reduce_into_dict
from functools import reduce

def count(words):
    def step(acc, w):
        acc[w] = acc.get(w, 0) + 1
        return acc
    return reduce(step, words, {})
#> count(["a", "a"])

#: reduce_into_first
from functools import reduce

def merge_all(dicts):
    return reduce(lambda a, b: a.update(b) or a, dicts)
#> merge_all([{"a": 1}, {"b": 2}])

#: filter_map_chain
def evens_squared(xs):
    return list(map(lambda x: x * x, filter(lambda x: x % 2 == 0, xs)))
#> evens_squared([1, 2])

#: generator_send
def averager():
    total, n, mean = 0.0, 0, None
    while True:
        x = yield mean
        total += x
        n += 1
        mean = total / n

def running(xs):
    g = averager()
    next(g)
    return [g.send(x) for x in xs]
#> running([1, 2])

#: generator_pipeline
def read(lines):
    for l in lines:
        yield l.strip()

def drop_empty(lines):
    return (l for l in lines if l)

def clean_lines(lines):
    return list(drop_empty(read(lines)))
#> clean_lines([" a ", ""])

#: generator_file_lazy
def lines_of(path):
    with open(path) as f:
        for line in f:
            yield line.rstrip()

def open_lazily(path):
    return lines_of(path)
#> open_lazily("notes.txt")

#: generator_file_eager
def lines_of(path):
    with open(path) as f:
        for line in f:
            yield line.rstrip()

def first_line(path):
    for line in lines_of(path):
        return line
#> first_line("notes.txt")

#: yield_from_changes
def takes(queue):
    while queue:
        yield queue.pop(0)

def both(a, b):
    yield from takes(a)
    yield from takes(b)

def drain_two(a, b):
    return list(both(a, b))
#> drain_two([1], [2])

#: generator_expression_unused
def prepare(items):
    gen = (items.pop() for _ in range(len(items)))
    return type(gen).__name__
#> prepare([1])

#: comprehension_pops
def reversed_by_pop(items):
    return [items.pop() for _ in range(len(items))]
#> reversed_by_pop([1, 2])

#: contextmanager_temp_change
from contextlib import contextmanager

@contextmanager
def patched(d, **new):
    old = dict(d)
    d.update(new)
    try:
        yield d
    finally:
        d.clear()
        d.update(old)

def with_patch(config):
    with patched(config, debug=True) as c:
        return c["debug"]
#> with_patch({"debug": False})

#: contextmanager_opens
from contextlib import contextmanager

@contextmanager
def reader(path):
    f = open(path)
    try:
        yield f
    finally:
        f.close()

def head(path):
    with reader(path) as f:
        return f.readline()
#> head("notes.txt")

#: contextmanager_prints
from contextlib import contextmanager

@contextmanager
def section(title):
    print("==", title)
    yield
    print("--")

def report(x):
    with section("r"):
        y = x * 2
    return y
#> report(2)

#: exitstack_closes
from contextlib import ExitStack

def lengths(paths):
    with ExitStack() as stack:
        files = [stack.enter_context(open(p)) for p in paths]
        return [len(f.read()) for f in files]
#> lengths(["notes.txt"])

#: suppress_remove
import os
from contextlib import suppress

def delete(path):
    with suppress(FileNotFoundError):
        os.remove(path)
#> delete("notes.txt")

#: nullcontext_choice
from contextlib import nullcontext

def load(source):
    cm = open(source) if isinstance(source, str) else nullcontext(source)
    with cm as f:
        return f.read()
#> load("notes.txt")

#: partial_with_list
from functools import partial

def record(store, x):
    store.append(x)

def collect(xs):
    store = []
    rec = partial(record, store)
    for x in xs:
        rec(x)
    return store
#> collect([1])

#: partial_given_list
from functools import partial

def record(store, x):
    store.append(x)

def collect(store, xs):
    rec = partial(record, store)
    list(map(rec, xs))
#> collect([], [1])

#: method_reference
def uniq(xs):
    seen = set()
    add = seen.add
    out = []
    push = out.append
    for x in xs:
        if x not in seen:
            add(x)
            push(x)
    return out
#> uniq([1, 1])

#: method_reference_given
def fill(target, xs):
    push = target.append
    for x in xs:
        push(x)
#> fill([], [1])

#: getattr_method
def call_all(obj, names):
    return [getattr(obj, n)() for n in names]
#> call_all("Ab", ["lower", "upper"])

#: operator_functions
import operator

def totals(rows):
    get = operator.itemgetter("amount")
    return sum(map(get, rows))
#> totals([{"amount": 1}])

#: operator_setitem
import operator

def put(d, k, v):
    operator.setitem(d, k, v)
#> put({}, "a", 1)

#: nonlocal_flag
def search(tree, wanted):
    found = False
    def visit(node):
        nonlocal found
        if node["v"] == wanted:
            found = True
        for c in node["kids"]:
            visit(c)
    visit(tree)
    return found
#> search({"v": 1, "kids": []}, 1)

#: inner_changes_outer_argument
def dedupe(xs):
    def drop(i):
        del xs[i]
    i = len(xs) - 1
    while i > 0:
        if xs[i] == xs[i - 1]:
            drop(i)
        i -= 1
#> dedupe([1, 1, 2])

#: dict_dispatch_methods
class Calc:
    def __init__(self):
        self.acc = 0
        self.ops = {"add": self.add, "mul": self.mul}

    def add(self, x):
        self.acc += x

    def mul(self, x):
        self.acc *= x

def run(ops):
    c = Calc()
    for name, x in ops:
        c.ops[name](x)
    return c.acc
#> run([("add", 2), ("mul", 3)])

#: singledispatch
from functools import singledispatch

@singledispatch
def size(x):
    return 1

@size.register
def _(x: list):
    return len(x)

def total_size(xs):
    return sum(size(x) for x in xs)
#> total_size([1, [1, 2]])

#: retry_local
import time

def flaky_fetch(fetch, attempts=2):
    for i in range(attempts):
        try:
            return fetch()
        except OSError:
            time.sleep(0)
    return None
#> flaky_fetch(lambda: 1)

#: recursion_with_memo
def paths(n, memo=None):
    memo = {} if memo is None else memo
    if n < 2:
        return 1
    if n not in memo:
        memo[n] = paths(n - 1, memo) + paths(n - 2, memo)
    return memo[n]
#> paths(4)
#> paths(4, {})

#: permute_in_place
def permutations(xs, i=0):
    if i == len(xs):
        return [tuple(xs)]
    out = []
    for j in range(i, len(xs)):
        xs[i], xs[j] = xs[j], xs[i]
        out.extend(permutations(xs, i + 1))
        xs[i], xs[j] = xs[j], xs[i]
    return out
#> permutations([1, 2])
