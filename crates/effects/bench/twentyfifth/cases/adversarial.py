#: shared_row_default
def grid(n):
    rows = [[0] * n] * n
    rows[0][0] = 1
    return rows
#> grid(2)

#: alias_in_list_comprehension
def heads(groups):
    firsts = [group[0] for group in groups]
    firsts[0]["seen"] = True
    return len(firsts)
#> heads([[{}]])

#: conditional_alias_copy
def clean(rows, copy=True):
    work = rows.copy() if copy else rows
    work.append(None)
    return work
#> clean([1])
#> clean([1], copy=False)

#: reassigned_before_change
def clean(rows):
    rows = [dict(row) for row in rows]
    rows[0]["x"] = 1
    rows.pop()
    return rows
#> clean([{}])

#: half_reassigned
def clean(rows, fresh):
    if fresh:
        rows = []
    rows.append(1)
    return rows
#> clean([], False)
#> clean([], True)

#: tuple_unpack_star_alias
def take(first, *rest):
    head, *tail = rest
    tail[0].append(first)
    return head
#> take(1, [], [])

#: nested_function_param_shadow
def outer(items):
    def inner(items):
        items.append(1)
        return items
    return inner([])
#> outer([])

#: nested_function_param_alias
def outer(items):
    def inner(target):
        target.append(1)
    inner(items)
    return items
#> outer([])

#: lambda_default_captures
def actions(queue):
    jobs = [lambda q=queue, n=n: q.append(n) for n in range(2)]
    for job in jobs:
        job()
#> actions([])

#: lambda_table_never_called
def table(queue):
    return {"push": lambda x: queue.append(x), "show": lambda: print(queue)}
#> table([])

#: dispatch_table_called
def apply(state, op):
    ops = {"inc": lambda s: s.update(n=s["n"] + 1), "noop": lambda s: None}
    ops[op](state)
#> apply({"n": 1}, "inc")

#: reduce_accumulates
from functools import reduce

def merge(dicts):
    return reduce(lambda a, b: {**a, **b}, dicts, {})
#> merge([{"a": 1}, {"b": 2}])

#: reduce_in_place
from functools import reduce

def merge(dicts):
    return reduce(lambda a, b: a.update(b) or a, dicts)
#> merge([{"a": 1}, {"b": 2}])

#: sort_key_pure
def order(rows):
    rows.sort(key=lambda r: (r["a"], -r["b"]))
    return rows[0]
#> order([{"a": 1, "b": 2}, {"a": 0, "b": 1}])

#: sorted_reverse_pure
def order(rows):
    out = sorted(rows, reverse=True)
    out.reverse()
    return out
#> order([1, 2])

#: enumerate_zip_rows
def number(rows, labels):
    for i, (row, label) in enumerate(zip(rows, labels)):
        row.append((i, label))
#> number([[]], ["a"])

#: decorator_with_arguments
import functools

def repeat(times):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for _ in range(times):
                result = function(*args, **kwargs)
            return result
        return wrapper
    return decorate

@repeat(2)
def shout(text):
    print(text.upper())
    return text
#> shout("a")

#: decorator_counts_calls
def counted(function):
    def wrapper(*args):
        wrapper.calls += 1
        return function(*args)
    wrapper.calls = 0
    return wrapper

@counted
def double(x):
    return 2 * x
#> double(2)

#: decorator_class
class Memo:
    def __init__(self, function):
        self.function = function
        self.cache = {}

    def __call__(self, x):
        if x not in self.cache:
            self.cache[x] = self.function(x)
        return self.cache[x]

@Memo
def square(x):
    return x * x

def use(x):
    return square(x)
#> use(2)

#: contextmanager_class_suppresses
class Ignore:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return kind is KeyError

def lookup(table, key):
    with Ignore():
        return table[key]
    table["missing"] = key
#> lookup({}, "a")
#> lookup({"a": 1}, "a")

#: contextlib_suppress_then_changes
import contextlib

def remove(table, key):
    with contextlib.suppress(KeyError):
        raise KeyError(key)
    table.clear()
#> remove({"a": 1}, "a")

#: exit_stack_callback
from contextlib import ExitStack

def work(log):
    with ExitStack() as stack:
        stack.callback(log.append, "done")
        return len(log)
#> work([])

#: redirect_in_helper
import contextlib
import io

def quietly(function, *args):
    with contextlib.redirect_stdout(io.StringIO()):
        return function(*args)

def noisy(x):
    print("noisy", x)
    return x

def use(x):
    return quietly(noisy, x)
#> use(1)

#: redirect_stderr_only
import contextlib
import io

def use(x):
    with contextlib.redirect_stderr(io.StringIO()):
        print(x)
#> use(1)

#: redirect_to_given
import contextlib
import io

def use(x, buffer):
    with contextlib.redirect_stdout(buffer):
        print(x)
#> use(1, io.StringIO())

#: instance_attributes_apart
class Split:
    def __init__(self, train, test):
        self.train = train
        self.test = test

    def shrink(self):
        self.train.pop()
        return len(self.test)

def use(train, test):
    return Split(train, test).shrink()
#> use([1], [2])

#: instance_attributes_swapped
class Split:
    def __init__(self, train, test):
        self.train = train
        self.test = test

    def swap(self):
        self.train, self.test = self.test, self.train
        self.train.pop()

def use(train, test):
    Split(train, test).swap()
#> use([1], [2])

#: inherited_attribute
class Base:
    def __init__(self, rows):
        self.rows = rows

    def reset(self):
        self.rows = []

class Loud(Base):
    def add(self, row):
        self.reset()
        self.rows.append(row)
        print("added", row)

def use(rows):
    Loud(rows).add(1)
#> use([])

#: property_pure
class Circle:
    def __init__(self, r):
        self._r = r

    @property
    def area(self):
        return 3.14 * self._r ** 2

def total(circles):
    return sum(c.area for c in circles)
#> total([Circle(1), Circle(2)])

#: cached_property_kept
from functools import cached_property

class Data:
    def __init__(self, rows):
        self.rows = rows

    @cached_property
    def total(self):
        return sum(self.rows)

def use(data):
    return data.total
#> use(Data([1]))

#: class_method_factory
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    @classmethod
    def parse(cls, text):
        return cls(*map(int, text.split(",")))

def norm(text):
    p = Point.parse(text)
    p.x -= 1
    return p.x ** 2 + p.y ** 2
#> norm("1,2")

#: operator_add_new
class Vec:
    def __init__(self, xs):
        self.xs = xs

    def __add__(self, other):
        return Vec([a + b for a, b in zip(self.xs, other.xs)])

def add(a, b):
    a += b
    a.xs.append(0)
    return a
#> add(Vec([1]), Vec([2]))

#: operator_iadd_self
class Vec:
    def __init__(self, xs):
        self.xs = xs

    def __iadd__(self, other):
        self.xs.extend(other.xs)
        return self

def add(a, b):
    a += b
    return a
#> add(Vec([1]), Vec([2]))

#: iterator_class_state
class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n

def drain(count):
    return list(count)
#> drain(Count(2))

#: iterator_class_generator
class Bag:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        for item in self.items:
            yield item

def collect(bag):
    return [x for x in bag]
#> collect(Bag([1]))

#: contains_dunder_logs
class Seen:
    def __init__(self):
        self.asked = []

    def __contains__(self, item):
        self.asked.append(item)
        return False

def check(seen, item):
    return item in seen
#> check(Seen(), 1)

#: generator_send
def averager(log):
    total = 0
    while True:
        value = yield total
        log.append(value)
        total += value

def run(log):
    gen = averager(log)
    next(gen)
    return gen.send(2)
#> run([])

#: generator_return_delegated
def inner(out):
    out.append(1)
    yield 1

def outer(out):
    yield from inner(out)

def lazy(out):
    return outer(out)
#> lazy([])

#: generator_first_only
def produce(log):
    log.append("start")
    yield 1
    log.append("end")

def first(log):
    return next(produce(log))
#> first([])

#: async_forgotten_await
async def send(messages):
    print("sending", len(messages))
    messages.clear()

async def main(messages):
    send(messages)
    return len(messages)

def run(messages):
    import asyncio
    return asyncio.run(main(messages))
#> run([1])

#: async_task_awaited
import asyncio

async def send(messages):
    messages.clear()

async def main(messages):
    task = asyncio.create_task(send(messages))
    await task

def run(messages):
    asyncio.run(main(messages))
#> run([1])

#: async_generator_consumed
import asyncio

async def ticks(out):
    for i in range(2):
        out.append(i)
        yield i

async def main(out):
    return [x async for x in ticks(out)]

def run(out):
    return asyncio.run(main(out))
#> run([])

#: getattr_default_method
def close_all(things):
    for thing in things:
        closer = getattr(thing, "clear", None)
        if closer is not None:
            closer()
#> close_all([[1], {2: 3}])

#: attrgetter_itemgetter
from operator import attrgetter, itemgetter

def longest(rows):
    return max(rows, key=itemgetter("n"))["name"]
#> longest([{"n": 1, "name": "a"}])

#: np_copyto_given
import numpy as np

def paste(target, source):
    np.copyto(target, source)
    return target.sum()
#> paste(np.zeros(2), np.ones(2))

#: np_where_new
import numpy as np

def clip(a):
    b = np.where(a < 0, 0, a)
    b[0] = 5
    return b
#> clip(np.array([-1.0, 2.0]))

#: np_atleast_view
import numpy as np

def mark(a):
    b = np.atleast_2d(a)
    b[0, 0] = 7
    return b.shape
#> mark(np.zeros(2))

#: np_broadcast_swapaxes
import numpy as np

def mark(a):
    a.swapaxes(0, 1)[0] += 1
    return a
#> mark(np.zeros((2, 2)))

#: np_add_at
import numpy as np

def histogram(counts, idx):
    np.add.at(counts, idx, 1)
    return counts
#> histogram(np.zeros(3), np.array([0, 0, 2]))

#: np_astype_copy
import numpy as np

def as_int(a):
    b = a.astype(int)
    b += 1
    return b
#> as_int(np.zeros(2))

#: np_squeeze_concat
import numpy as np

def joined(a, b):
    c = np.concatenate([a, b])
    c *= 2
    return c.squeeze()
#> joined(np.zeros(2), np.ones(2))

#: df_values_written
import pandas as pd

def zero(df):
    arr = df.to_numpy(copy=True)
    arr[0, 0] = 0
    return arr
#> zero(pd.DataFrame({"a": [1.0], "b": [2.0]}))

#: df_insert_update
import pandas as pd

def extend(df, other):
    df.insert(0, "k", range(len(df)))
    df.update(other)
    return None
#> extend(pd.DataFrame({"a": [1.0]}), pd.DataFrame({"a": [2.0]}))

#: df_assign_chain
import pandas as pd

def features(df):
    out = (df.assign(b=lambda d: d["a"] * 2)
             .rename(columns=str.upper)
             .query("A > 0"))
    out["C"] = 1
    return out
#> features(pd.DataFrame({"a": [1, 2]}))

#: df_groupby_apply_print
import pandas as pd

def report(df):
    for name, group in df.groupby("k"):
        group = group.sort_values("v")
        print(name, group["v"].iloc[0])
#> report(pd.DataFrame({"k": [1, 1], "v": [2, 1]}))

#: series_inplace_option
import pandas as pd

def fill(s, inplace):
    return s.fillna(0, inplace=inplace)
#> fill(pd.Series([None, 1.0]), True)

#: df_drop_returned
import pandas as pd

def slim(df):
    df = df.drop(columns=["a"])
    df["c"] = 1
    df.index.name = "i"
    return df
#> slim(pd.DataFrame({"a": [1], "b": [2]}))

#: weak_dict_store
import weakref

class Key:
    pass

def remember(cache, key):
    cache[key] = 1
    return len(cache)
#> remember(weakref.WeakKeyDictionary(), Key())

#: chained_dict_setdefault
def index(rows):
    tree = {}
    for row in rows:
        tree.setdefault(row["a"], {}).setdefault(row["b"], []).append(row)
    for a in tree.values():
        for rows_of in a.values():
            rows_of[0]["first"] = True
    return tree
#> index([{"a": 1, "b": 2}])

#: exception_attribute
class Stop(Exception):
    def __init__(self, state):
        self.state = state

def risky(state):
    raise Stop(state)

def run(state):
    try:
        risky(state)
    except Stop as stop:
        stop.state.append(1)
#> run([])

#: global_cache_dict
_CACHE = {}

def cached(key, make):
    if key not in _CACHE:
        _CACHE[key] = make(key)
    return _CACHE[key]
#> cached(1, str)

#: global_constant_read
LIMITS = {"low": 0, "high": 10}

def clamp(x):
    return max(LIMITS["low"], min(LIMITS["high"], x))
#> clamp(11)
