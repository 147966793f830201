#: view_then_add
import numpy as np

def center_rows(matrix):
    flat = matrix.ravel()
    flat -= flat.mean()
    return matrix.shape
#> center_rows(np.arange(4.0).reshape(2, 2))

#: flatten_then_add
import numpy as np

def center_rows(matrix):
    flat = matrix.flatten()
    flat -= flat.mean()
    return flat
#> center_rows(np.arange(4.0).reshape(2, 2))

#: asarray_alias
import numpy as np

def zero_first(values):
    array = np.asarray(values)
    array[0] = 0
    return array
#> zero_first(np.ones(2))

#: array_copies
import numpy as np

def zero_first(values):
    array = np.array(values)
    array[0] = 0
    return array
#> zero_first(np.ones(2))

#: reshape_transpose_chain
import numpy as np

def fill_corner(a):
    a.reshape(2, 2).T[0, 1] = 9
#> fill_corner(np.zeros(4))

#: view_dtype
import numpy as np

def flip_bits(a):
    bits = a.view(np.uint8)
    bits[...] = 0
    return bits.size
#> flip_bits(np.ones(2))

#: out_parameter
import numpy as np

def double(a, result):
    np.multiply(a, 2, out=result)
    return a.sum()
#> double(np.ones(2), np.zeros(2))

#: out_own
import numpy as np

def double(a):
    result = np.empty_like(a)
    np.add(a, a, out=result)
    return result
#> double(np.ones(2))

#: augmented_number
def bump(a, n):
    a += n
    return a
#> bump(1, 2)

#: augmented_array_typed
import numpy as np

def bump(a: np.ndarray, n: float) -> np.ndarray:
    a += n
    return a
#> bump(np.ones(2), 2.0)

#: fancy_index_copy
import numpy as np

def top(a, idx):
    part = a[[0, 1]]
    part[0] = -1
    return part
#> top(np.ones(3), [0])

#: slice_view
import numpy as np

def head(a: np.ndarray):
    part = a[:2]
    part[0] = -1
    return part
#> head(np.ones(3))

#: boolean_mask_write
import numpy as np

def clip_negative(a):
    mask = a < 0
    a[mask] = 0
    return int(mask.sum())
#> clip_negative(np.array([-1.0, 1.0]))

#: fill_diagonal
import numpy as np

def without_self(similarity):
    np.fill_diagonal(similarity, 0)
    return similarity.max()
#> without_self(np.ones((2, 2)))

#: np_sort_vs_method
import numpy as np

def medians(a, b):
    a = np.sort(a)
    b.sort()
    return a[len(a) // 2], b[len(b) // 2]
#> medians(np.array([2.0, 1.0, 0.0]), np.array([2.0, 1.0, 0.0]))

#: loc_on_filtered
import pandas as pd

def flag(df):
    sub = df[df["a"] > 1]
    sub = sub.copy()
    sub.loc[:, "flag"] = True
    return sub
#> flag(pd.DataFrame({"a": [1, 2]}))

#: loc_on_given
import pandas as pd

def flag(df):
    same = df
    same.loc[same["a"] > 1, "a"] = 0
    return len(df)
#> flag(pd.DataFrame({"a": [1, 2]}))

#: inplace_by_kwargs
import pandas as pd

def tidy(df, **options):
    return df.dropna(**options)
#> tidy(pd.DataFrame({"a": [1, None]}), inplace=True)

#: inplace_by_parameter
import pandas as pd

def tidy(df, inplace=False):
    out = df.drop_duplicates(inplace=inplace)
    return df if inplace else out
#> tidy(pd.DataFrame({"a": [1, 1]}), inplace=True)
#> tidy(pd.DataFrame({"a": [1, 1]}))

#: inplace_false_const
import pandas as pd

OPTIONS = {"inplace": False}

def tidy(df):
    return df.sort_values("a", **OPTIONS)
#> tidy(pd.DataFrame({"a": [2, 1]}))

#: iterrows_copy
import pandas as pd

def shout(df):
    names = []
    for _, row in df.iterrows():
        row["name"] = row["name"].upper()
        names.append(row["name"])
    return names
#> shout(pd.DataFrame({"name": ["a"], "n": [1]}))

#: callback_mutates
def each(items, function):
    for item in items:
        function(item)

def tag(rows):
    each(rows, lambda row: row.setdefault("tag", None))
    return len(rows)
#> tag([{}])

#: callback_prints
def each(items, function):
    return [function(item) for item in items]

def show(rows):
    return each(rows, print)
#> show([1])

#: callback_lazy_map
def show(rows):
    return map(print, rows)
#> show([1])

#: callback_map_consumed
def show(rows):
    return list(map(print, rows))
#> show([1])

#: generator_not_consumed
def announce(rows):
    for row in rows:
        print(row)
        yield row

def prepare(rows):
    return announce(rows)
#> prepare([1])

#: generator_consumed
def announce(rows):
    for row in rows:
        print(row)
        yield row

def prepare(rows):
    return sum(announce(rows))
#> prepare([1])

#: generator_expression_lazy
def clear_all(rows):
    return (row.clear() for row in rows)
#> clear_all([{}, {1: 2}])

#: any_consumes
def clear_all(rows):
    return any(row.clear() for row in rows)
#> clear_all([{2: 3}, {1: 2}])

#: decorator_logs
import functools

def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("calling", function.__name__)
        return function(*args, **kwargs)
    return wrapper

@traced
def add(a, b):
    return a + b
#> add(1, 2)

#: decorator_plain
import functools

def checked(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError("nothing given")
        return function(*args, **kwargs)
    return wrapper

@checked
def push(items, value):
    items.append(value)
    return items
#> push([], 1)

#: decorator_copies
import copy
import functools

def pure(function):
    @functools.wraps(function)
    def wrapper(data, *rest):
        return function(copy.deepcopy(data), *rest)
    return wrapper

@pure
def push(data, value):
    data.append(value)
    return data
#> push([], 1)

#: lru_cached
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
#> fib(5)

#: registering_decorator
HANDLERS = {}

def handler(name):
    def register(function):
        HANDLERS[name] = function
        return function
    return register

@handler("x")
def on_x(event):
    return event["kind"]

def dispatch(event):
    return HANDLERS[event["kind"]](event)
#> dispatch({"kind": "x"})

#: closure_counter
def make_counter():
    count = 0
    def step():
        nonlocal count
        count += 1
        return count
    return step

def three():
    step = make_counter()
    return [step() for _ in range(3)]
#> three()

#: closure_over_parameter
def collect(target):
    def add(x):
        target.append(x)
        return add
    return add

def gather(results):
    collect(results)(1)(2)
#> gather([])

#: closure_never_called
def prepare(target):
    def later():
        target.clear()
        print("cleared")
    return later
#> prepare([1])

#: class_attribute_counter
class Node:
    made = 0

    def __init__(self, value):
        Node.made += 1
        self.value = value

def build(values):
    return [Node(v) for v in values]
#> build([1, 2])

#: class_attribute_shared_list
class Basket:
    items = []

    def put(self, item):
        self.items.append(item)
        return self

def fill(names):
    basket = Basket()
    for name in names:
        basket.put(name)
    return len(basket.items)
#> fill(["a"])

#: instance_list_not_shared
class Basket:
    def __init__(self):
        self.items = []

    def put(self, item):
        self.items.append(item)
        return self

def fill(names):
    basket = Basket()
    for name in names:
        basket.put(name)
    return basket.items
#> fill(["a"])

#: two_attributes
class Job:
    def __init__(self, inputs):
        self.inputs = inputs
        self.results = []

    def run(self):
        for value in self.inputs:
            self.results.append(value * 2)
        return self.results

def work(inputs):
    return Job(inputs).run()
#> work([1, 2])

#: two_attributes_other
class Job:
    def __init__(self, inputs, results):
        self.inputs = inputs
        self.results = results

    def run(self):
        while self.inputs:
            self.results.append(self.inputs.pop())

def work(inputs):
    results = []
    Job(inputs, results).run()
    return results
#> work([1, 2])

#: attribute_copied
class Job:
    def __init__(self, inputs):
        self.inputs = list(inputs)

    def run(self):
        out = []
        while self.inputs:
            out.append(self.inputs.pop())
        return out

def work(inputs):
    return Job(inputs).run()
#> work([1, 2])

#: property_with_effect
class Sensor:
    def __init__(self):
        self.reads = []

    @property
    def value(self):
        self.reads.append(1)
        return len(self.reads)

def poll(sensor):
    return sensor.value + sensor.value
#> poll(Sensor())

#: property_setter
class Celsius:
    def __init__(self, degrees):
        self._degrees = degrees

    @property
    def degrees(self):
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        print("set to", value)
        self._degrees = value

def warm(thing):
    thing.degrees = thing.degrees + 1
#> warm(Celsius(1))

#: context_manager_prints
from contextlib import contextmanager

@contextmanager
def section(name):
    print("begin", name)
    try:
        yield name
    finally:
        print("end", name)

def work(x):
    with section("work"):
        return x + 1
#> work(1)

#: context_manager_restores
from contextlib import contextmanager

@contextmanager
def pushed(stack, value):
    stack.append(value)
    try:
        yield stack
    finally:
        stack.pop()

def depth(stack):
    with pushed(stack, 1) as s:
        s.append(2)
        return len(s)
#> depth([])

#: context_manager_class
class Recording:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, *details):
        self.log.append("exit")
        return False

def work(log):
    with Recording(log):
        pass
#> work([])

#: exit_stack_files
from contextlib import ExitStack

def first_lines(paths):
    with ExitStack() as stack:
        files = [stack.enter_context(open(path)) for path in paths]
        return [f.readline() for f in files]
#> first_lines(["notes.txt"])

#: redirected_to_buffer
import contextlib
import io

def captured(function, *args):
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        print("inside")
    return buffer.getvalue()
#> captured(len, "a")

#: redirected_then_prints
import contextlib
import io

def captured(values):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        for value in values:
            print(value)
    text = out.getvalue()
    print(text)
    return text
#> captured([1])

#: print_to_file_parameter
import io

def dump(rows, file):
    for row in rows:
        print(row, file=file)
#> dump([1], io.StringIO())

#: print_to_buffer
import io

def render(rows):
    out = io.StringIO()
    print("header", file=out)
    for row in rows:
        print(row, file=out, sep=",")
    return out.getvalue()
#> render([1])

#: stdout_write
import sys

def progress(done, total):
    sys.stdout.write(f"\r{done}/{total}")
    sys.stdout.flush()
#> progress(1, 2)

#: stdout_replaced
import io
import sys

def captured(text):
    old = sys.stdout
    sys.stdout = io.StringIO()
    try:
        print(text)
        return sys.stdout.getvalue()
    finally:
        sys.stdout = old
#> captured("a")

#: default_mutable
def remember(value, seen=[]):
    seen.append(value)
    return len(seen)
#> remember(1)
#> remember(1, [])

#: default_none
def remember(value, seen=None):
    seen = [] if seen is None else seen
    seen.append(value)
    return seen
#> remember(1)
#> remember(1, [])

#: partial_print
from functools import partial

def warn_all(messages):
    say = partial(print, "warning:")
    for message in messages:
        say(message)
#> warn_all(["a"])

#: partial_append
from functools import partial

def push(target, value):
    target.append(value)

def fill(target, values):
    add = partial(push, target)
    for value in values:
        add(value)
#> fill([], [1])

#: getattr_method
def call(target, name, *args):
    return getattr(target, name)(*args)

def add_one(items):
    call(items, "append", 1)
    return items
#> add_one([])

#: getattr_literal
def longest(words):
    upper = getattr(words[0], "upper")
    return upper()
#> longest(["a"])

#: setattr_loop
class Config:
    pass

def configure(config, **values):
    for key, value in values.items():
        setattr(config, key, value)
    return config
#> configure(Config(), a=1)

#: vars_update
class Config:
    pass

def configure(config, values):
    vars(config).update(values)
#> configure(Config(), {"a": 1})

#: operator_setitem
import operator

def put(mapping, key, value):
    operator.setitem(mapping, key, value)
    return operator.itemgetter(key)(mapping)
#> put({}, "a", 1)

#: operator_iadd
import operator

def extend(items, more):
    return operator.iadd(items, more)
#> extend([1], [2])

#: operator_methodcaller
import operator

def pop_all(stacks):
    return list(map(operator.methodcaller("pop"), stacks))
#> pop_all([[1], [2]])

#: dunder_setitem
class Grid:
    def __init__(self):
        self.cells = {}

    def __setitem__(self, key, value):
        self.cells[key] = value

    def __getitem__(self, key):
        return self.cells.get(key, 0)

def paint(grid, points):
    for point in points:
        grid[point] += 1
#> paint(Grid(), [(0, 0)])

#: dunder_iadd_returns_new
class Money:
    def __init__(self, amount):
        self.amount = amount

    def __iadd__(self, other):
        return Money(self.amount + other)

def pay(money, n):
    money += n
    return money.amount
#> pay(Money(1), 2)

#: dunder_len_prints
class Loud:
    def __len__(self):
        print("len asked")
        return 1

def size(thing: Loud):
    return len(thing)
#> size(Loud())

#: dunder_call
class Accumulator:
    def __init__(self):
        self.total = 0

    def __call__(self, x):
        self.total += x
        return self.total

def run(values):
    acc = Accumulator()
    return [acc(v) for v in values]
#> run([1, 2])

#: dunder_call_given
class Accumulator:
    def __init__(self):
        self.total = 0

    def __call__(self, x):
        self.total += x
        return self.total

def run(acc: Accumulator, values):
    for v in values:
        acc(v)
#> run(Accumulator(), [1, 2])

#: dunder_getattr
class Proxy:
    def __init__(self, target):
        self._target = target

    def __getattr__(self, name):
        return getattr(self._target, name)

def add(items):
    Proxy(items).append(1)
#> add([])

#: dunder_del_item
class Bag(dict):
    def __delitem__(self, key):
        print("removed", key)
        super().__delitem__(key)

def drop(bag: Bag, key):
    del bag[key]
#> drop(Bag(a=1), "a")

#: coroutine_not_awaited
async def save(items):
    items.append(1)
    print("saved")

def schedule(items):
    job = save(items)
    job.close()
    return items
#> schedule([])

#: coroutine_run
import asyncio

async def save(items):
    items.append(1)
    print("saved")

def schedule(items):
    asyncio.run(save(items))
#> schedule([])

#: coroutine_gathered
import asyncio

async def one(x, out):
    out.append(x)
    return x

async def many(xs, out):
    return await asyncio.gather(*(one(x, out) for x in xs))

def collect(xs, out):
    return asyncio.run(many(xs, out))
#> collect([1, 2], [])

#: dict_update_given
def merge(base, extra):
    base.update(extra)
    return base
#> merge({}, {"a": 1})

#: dict_or_new
def merge(base, extra):
    out = base | extra
    out["z"] = 1
    return out
#> merge({}, {"a": 1})

#: dict_or_in_place
def merge(base, extra):
    base |= extra
#> merge({}, {"a": 1})

#: setdefault_group
def group(pairs):
    groups = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
#> group([("a", 1)])

#: setdefault_given_value
def attach(groups, key, bucket):
    groups.setdefault(key, bucket).append(1)
    return groups
#> attach({}, "a", [])

#: nested_get_alias
def touch(config):
    section = config.get("section", {})
    section["seen"] = True
    return config
#> touch({"section": {}})

#: sorted_copy_items_changed
def rank(rows):
    ordered = sorted(rows, key=lambda r: r["score"])
    for i, row in enumerate(ordered):
        row["rank"] = i
    return ordered
#> rank([{"score": 2}, {"score": 1}])

#: sorted_copy_sort
def rank(rows):
    ordered = rows[:]
    ordered.sort(reverse=True)
    return ordered
#> rank([1, 2])

#: zip_lazy_pairs_changed
def pair_up(names, boxes):
    for name, box in zip(names, boxes):
        box["name"] = name
#> pair_up(["a"], [{}])

#: filter_copy
def keep(rows, minimum):
    kept = [dict(r) for r in filter(lambda r: r["n"] >= minimum, rows)]
    for r in kept:
        r["kept"] = True
    return kept
#> keep([{"n": 1}], 0)

#: star_args_first_changed
def first_extended(*lists):
    head, *rest = lists
    for other in rest:
        head.extend(other)
    return head
#> first_extended([1], [2])

#: star_kwargs_copy
def with_default(**options):
    options["a"] = 1
    options.pop("b", None)
    return options

def call(options):
    return with_default(**options)
#> call({"b": 2})

#: raise_before_effect
def guarded(items):
    raise NotImplementedError("use other()")
    items.append(1)
    print("never")
#> guarded([])

#: return_before_effect
def guarded(items, verbose=False):
    if True:
        return len(items)
    print(items)
#> guarded([])

#: never_true_condition
DEBUG = False

def compute(x):
    if DEBUG:
        print("x is", x)
    return x * 2
#> compute(1)

#: conditional_mutation
def normalise(items, inplace=True):
    target = items if inplace else list(items)
    target.sort()
    return target
#> normalise([2, 1])
#> normalise([2, 1], inplace=False)

#: del_key
def drop(mapping, keys):
    for key in keys:
        if key in mapping:
            del mapping[key]
#> drop({"a": 1}, ["a"])

#: del_name
def forget(items):
    del items
    items = []
    items.append(1)
    return items
#> forget([])

#: heapq_push
import heapq

def schedule(queue, job):
    heapq.heappush(queue, job)
    return queue[0]
#> schedule([], 1)

#: heapq_own
import heapq

def k_smallest(values, k):
    heap = list(values)
    heapq.heapify(heap)
    return [heapq.heappop(heap) for _ in range(k)]
#> k_smallest([3, 1, 2], 2)

#: bisect_insort
import bisect

def insert(values, x):
    bisect.insort(values, x)
    return bisect.bisect_left(values, x)
#> insert([1, 3], 2)

#: shuffle_copy
import random

def shuffled(values):
    out = list(values)
    random.Random(0).shuffle(out)
    return out
#> shuffled([1, 2, 3])

#: shuffle_given
import random

def shuffled(values):
    random.shuffle(values)
    return values
#> shuffled(list(range(30)))

#: dataclass_replace
from dataclasses import dataclass, replace

@dataclass
class Point:
    x: int
    y: int

def moved(point, dx):
    new = replace(point, x=point.x + dx)
    new.y = 0
    return new
#> moved(Point(1, 2), 1)

#: dataclass_shared_list
from dataclasses import dataclass, field, replace

@dataclass
class Order:
    lines: list = field(default_factory=list)

def with_line(order, line):
    new = replace(order)
    new.lines.append(line)
    return new
#> with_line(Order([1]), 2)

#: weakref_alias
import weakref

class Node:
    def __init__(self):
        self.children = []

def adopt(node):
    ref = weakref.ref(node)
    ref().children.append(1)
#> adopt(Node())

#: alias_chain_tuple
def juggle(a, b):
    pair = (a, b)
    second = pair[1]
    box = {"x": second}
    box["x"].append(1)
    return pair
#> juggle([], [])

#: returned_parameter_changed
def choose(a, b):
    return a if len(a) > len(b) else b

def extend_longer(a, b):
    choose(a, b).append(0)
#> extend_longer([1], [])
#> extend_longer([], [1])

#: recursion_mutates
def flatten(tree, out):
    for item in tree:
        if isinstance(item, list):
            flatten(item, out)
        else:
            out.append(item)
    return out
#> flatten([1, [2]], [])

#: recursion_default_out
def flatten(tree, out=None):
    if out is None:
        out = []
    for item in tree:
        if isinstance(item, list):
            flatten(item, out)
        else:
            out.append(item)
    return out

def flat(tree):
    return flatten(tree)
#> flat([1, [2]])

#: mutual_recursion_prints
def even(n):
    print(n)
    return True if n == 0 else odd(n - 1)

def odd(n):
    return False if n == 0 else even(n - 1)
#> odd(3)

#: global_rebound
total = 0

def add(x):
    global total
    total += x
    return total
#> add(1)

#: global_shadowed
total = []

def add(x):
    total = []
    total.append(x)
    return total
#> add(1)

#: loop_variable_alias
def clean(table):
    for row in table:
        for i, cell in enumerate(row):
            row[i] = cell.strip()
    return table
#> clean([[" a"]])

#: comprehension_side_effect
def drain(queue):
    return [queue.pop(0) for _ in range(len(queue))]
#> drain([1, 2])

#: walrus_pop
def drain(stack):
    out = []
    while stack and (top := stack.pop()):
        out.append(top)
    return out
#> drain([1, 2])

#: match_statement
def apply(state, command):
    match command:
        case ("set", key, value):
            state[key] = value
        case ("show",):
            print(state)
        case _:
            pass
#> apply({}, ("set", "a", 1))
#> apply({}, ("show",))

#: iterator_consumed
def first_two(iterator):
    return next(iterator), next(iterator)
#> first_two(iter([1, 2, 3]))

#: itertools_chain_changed
from itertools import chain

def mark_all(left, right):
    for item in chain(left, right):
        item.append(0)
#> mark_all([[]], [[]])

#: deepcopy_nested
import copy

def mark(config):
    local = copy.deepcopy(config)
    local["a"]["b"] = 1
    return local
#> mark({"a": {}})

#: shallow_copy_nested
import copy

def mark(config):
    local = copy.copy(config)
    local["a"]["b"] = 1
    local["c"] = 2
    return local
#> mark({"a": {}})

#: string_io_given
import io

def append_line(buffer, line):
    buffer.write(line + "\n")
    return buffer
#> append_line(io.StringIO(), "a")

#: bytes_join_list
def build(parts):
    out = bytearray()
    for part in parts:
        out += part
    return bytes(out)
#> build([b"a"])

#: method_bound_saved
def gather(items, values):
    add = items.append
    for value in values:
        add(value)
#> gather([], [1])

#: method_of_class_called
def gather(items, values):
    for value in values:
        list.append(items, value)
#> gather([], [1])

#: super_init_chain
class Base:
    registry = []

    def __init__(self, name):
        self.name = name
        Base.registry.append(self)

class Child(Base):
    def __init__(self, name, age):
        super().__init__(name)
        self.age = age

def make(name):
    return Child(name, 1)
#> make("a")

#: init_subclass_hook
class Plugin:
    plugins = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Plugin.plugins[cls.__name__] = cls

def define():
    class Mine(Plugin):
        pass
    return Mine
#> define()

#: singleton_new
class Settings:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

def get():
    return Settings()
#> get()

#: exception_logged
import logging

def safe_div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        logging.exception("division")
        return None
#> safe_div(1, 0)

#: warnings_warn
import warnings

def old(x):
    warnings.warn("use new()", DeprecationWarning, stacklevel=2)
    return x
#> old(1)

#: warnings_suppressed
import warnings

def quiet(values):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return sum(values) / len(values)
#> quiet([1])

#: sys_exit_guard
import sys

def main(argv):
    if not argv:
        print("usage", file=sys.stderr)
        sys.exit(2)
    return argv[0]
#> main([])

#: numpy_print_options
import numpy as np

def compact():
    np.set_printoptions(precision=2)
#> compact()

#: exec_string
def evaluate(code, scope):
    exec(code, {}, scope)
    return scope
#> evaluate("x = 1", {})
