#: default_list_grows
def remember(x, seen=[]):
    seen.append(x)
    return len(seen)
#> remember(1)

#: default_list_read
def allowed(x, names=["a", "b"]):
    names = names + [x]
    names.append("z")
    return names
#> allowed("q")

#: default_none_made
def collect(x, into=None):
    into = [] if into is None else list(into)
    into.append(x)
    return into
#> collect(1)
#> collect(1, [2])

#: default_none_shared
def collect(x, into=None):
    if into is None:
        into = []
    into.append(x)
    return into
#> collect(1, [2])

#: default_dict_copied
def options(overrides, base={"a": 1}):
    merged = dict(base)
    merged.update(overrides)
    merged.pop("debug", None)
    return merged
#> options({"b": 2})

#: counter_closure
def make_counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step

def three():
    c = make_counter()
    c()
    c()
    return c()
#> three()

#: closure_over_parameter
def add_all(items, target):
    def put(x):
        target.append(x)
    for it in items:
        put(it)
#> add_all([1], [])

#: closure_over_local
def doubled(items):
    out = []
    def put(x):
        out.append(2 * x)
    for it in items:
        put(it)
    return out
#> doubled([1])

#: closure_never_called
def planner(state):
    def commit():
        state["done"] = True
        print("done")
    return commit
#> planner({})

#: memo_dict_local
def fib(n):
    memo = {0: 0, 1: 1}
    def go(k):
        if k not in memo:
            memo[k] = go(k - 1) + go(k - 2)
        return memo[k]
    return go(n)
#> fib(5)

#: memo_dict_global
CACHE = {}

def slow_square(n):
    if n not in CACHE:
        CACHE[n] = n * n
    return CACHE[n]
#> slow_square(5)

#: global_name_shadowed
total = 0

def add(values):
    total = 0
    for v in values:
        total += v
    return total
#> add([1, 2])

#: global_declared
total = 0

def add(values):
    global total
    for v in values:
        total += v
    return total
#> add([1, 2])

#: lru_cached
from functools import lru_cache

@lru_cache(maxsize=None)
def paths(r, c):
    if r == 0 or c == 0:
        return 1
    return paths(r - 1, c) + paths(r, c - 1)
#> paths(2, 2)

#: callback_called
def each(items, fn):
    for it in items:
        fn(it)

def gather(items):
    out = []
    each(items, out.append)
    return out
#> gather([1, 2])

#: callback_into_argument
def each(items, fn):
    for it in items:
        fn(it)

def gather(items, sink):
    each(items, sink.append)
#> gather([1, 2], [])

#: timed_decorator
import functools
import time

def timed(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        t0 = time.perf_counter()
        try:
            return fn(*args, **kwargs)
        finally:
            inner.last = time.perf_counter() - t0
    return inner

@timed
def mean(xs):
    return sum(xs) / len(xs)
#> mean([1, 2])

#: validating_decorator
import functools

def non_empty(fn):
    @functools.wraps(fn)
    def inner(xs, *rest):
        if not xs:
            raise ValueError("empty")
        return fn(list(xs), *rest)
    return inner

@non_empty
def largest(xs, k):
    xs.sort(reverse=True)
    return xs[:k]
#> largest([1, 2], 1)

#: registry_decorator
HANDLERS = {}

def register(name):
    def deco(fn):
        HANDLERS[name] = fn
        return fn
    return deco

@register("inc")
def inc(x):
    return x + 1
#> inc(1)

#: partial_bound
from functools import partial

def scale(x, by):
    return [v * by for v in x]

double = partial(scale, by=2)

def apply_double(xs):
    r = double(xs)
    r.append(0)
    return r
#> apply_double([1])

#: partial_of_append
from functools import partial

def put(box, x):
    box.append(x)

def fill(box, n):
    add = partial(put, box)
    for i in range(n):
        add(i)
#> fill([], 2)

#: reduce_merge_fresh
from functools import reduce

def merged(dicts):
    return reduce(lambda a, b: {**a, **b}, dicts, {})
#> merged([{"a": 1}, {"b": 2}])

#: reduce_update_first
from functools import reduce

def merged(dicts):
    def join(a, b):
        a.update(b)
        return a
    return reduce(join, dicts)
#> merged([{"a": 1}, {"b": 2}])

#: reduce_update_initial
from functools import reduce

def merged(dicts):
    def join(a, b):
        a.update(b)
        return a
    return reduce(join, dicts, {})
#> merged([{"a": 1}, {"b": 2}])

#: kwargs_popped
def configure(**kwargs):
    verbose = kwargs.pop("verbose", False)
    kwargs["level"] = 1 if verbose else 0
    return kwargs
#> configure(verbose=True)

#: kwargs_inner_changed
def configure(**kwargs):
    tags = kwargs.get("tags", [])
    tags = tags + ["x"]
    tags.append("y")
    return tags
#> configure(tags=["a"])

#: args_sorted
def spread(*values):
    values = list(values)
    values.sort()
    return values[-1] - values.pop(0)
#> spread(3, 1)

#: setdefault_in_argument
def index(words, table):
    for i, w in enumerate(words):
        table.setdefault(w[0], []).append(i)
    return table
#> index(["ab", "ac"], {})

#: setdefault_local_group
def group(pairs):
    g = {}
    for k, v in pairs:
        g.setdefault(k, set()).add(v)
    return {k: sorted(v) for k, v in g.items()}
#> group([("a", 1)])

#: generator_lazy
def running(xs):
    t = 0
    for x in xs:
        t += x
        yield t

def last_total(xs):
    return list(running(xs))[-1]
#> last_total([1, 2])

#: generator_drains
def evens(queue):
    while queue:
        x = queue.pop()
        if x % 2 == 0:
            yield x

def first_even(queue):
    return next(evens(queue), None)
#> first_even([2, 3])

#: generator_expression_consumed
def any_long(lines):
    it = (len(l) for l in lines)
    return any(n > 3 for n in it)
#> any_long(["abc", "abcd"])

#: iterator_advanced
def header(it):
    first = next(it)
    return first.upper()
#> header(iter(["a", "b"]))

#: iterator_of_list
def header(rows):
    it = iter(rows)
    first = next(it)
    rest = [r for r in it]
    return first, rest
#> header(["a", "b"])

#: context_manager_restores
from contextlib import contextmanager

SETTINGS = {"debug": False}

@contextmanager
def debug():
    old = SETTINGS["debug"]
    SETTINGS["debug"] = True
    try:
        yield
    finally:
        SETTINGS["debug"] = old

def run(x):
    with debug():
        return x + 1
#> run(1)

#: context_manager_class_log
class Section:
    def __init__(self, sink, name):
        self.sink = sink
        self.name = name

    def __enter__(self):
        self.sink.append("<" + self.name)
        return self

    def __exit__(self, *exc):
        self.sink.append(">" + self.name)

def render(sink):
    with Section(sink, "a"):
        pass
#> render([])

#: context_manager_local_sink
class Section:
    def __init__(self, sink, name):
        self.sink = sink
        self.name = name

    def __enter__(self):
        self.sink.append("<" + self.name)
        return self

    def __exit__(self, *exc):
        self.sink.append(">" + self.name)

def render(names):
    sink = []
    for n in names:
        with Section(sink, n):
            sink.append(n)
    return "".join(sink)
#> render(["a"])

#: property_pure
class Box:
    def __init__(self, w, h):
        self.w = w
        self.h = h

    @property
    def area(self):
        return self.w * self.h

def total_area(boxes):
    return sum(b.area for b in boxes)
#> total_area([Box(1, 2)])

#: property_caches
class Stats:
    def __init__(self, values):
        self.values = values
        self._mean = None

    @property
    def mean(self):
        if self._mean is None:
            self._mean = sum(self.values) / len(self.values)
        return self._mean

def spread(stats):
    return max(stats.values) - stats.mean
#> spread(Stats([1, 2]))

#: property_setter_prints
class Temp:
    def __init__(self):
        self._c = 0

    @property
    def c(self):
        return self._c

    @c.setter
    def c(self, v):
        print("set", v)
        self._c = v

def heat(t, by):
    t.c += by
#> heat(Temp(), 3)

#: dunder_add_fresh
class Vec:
    def __init__(self, xs):
        self.xs = list(xs)

    def __add__(self, other):
        return Vec(a + b for a, b in zip(self.xs, other.xs))

def add_up(vectors):
    total = vectors[0]
    for v in vectors[1:]:
        total = total + v
    total.xs.append(0) if len(vectors) > 1 else None
    return total.xs
#> add_up([Vec([1]), Vec([2])])

#: dunder_iadd_in_place
class Vec:
    def __init__(self, xs):
        self.xs = list(xs)

    def __iadd__(self, other):
        for i, b in enumerate(other.xs):
            self.xs[i] += b
        return self

def add_up(vectors):
    total = vectors[0]
    for v in vectors[1:]:
        total += v
    return total.xs
#> add_up([Vec([1]), Vec([2])])

#: dunder_call_counts
class Model:
    def __init__(self, k):
        self.k = k
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        return x * self.k

def predict(model, xs):
    return [model(x) for x in xs]
#> predict(Model(2), [1])

#: dunder_getattr_pure
class Record:
    def __init__(self, data):
        self.__dict__["data"] = data

    def __getattr__(self, name):
        return self.data[name]

def full(r):
    return r.first + " " + r.last
#> full(Record({"first": "a", "last": "b"}))

#: class_attribute_counted
class Job:
    made = 0

    def __init__(self, name):
        Job.made += 1
        self.name = name

def jobs(names):
    return [Job(n) for n in names]
#> jobs(["a"])

#: class_attribute_shadowed
class Job:
    retries = 3

    def __init__(self, name):
        self.name = name

def lenient(name):
    j = Job(name)
    j.retries += 2
    return j.retries
#> lenient("a")

#: class_list_shared
class Bag:
    items = []

    def add(self, x):
        self.items.append(x)

def fill(n):
    b = Bag()
    for i in range(n):
        b.add(i)
    return len(b.items)
#> fill(2)

#: two_objects_one_changed
class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

def transfer(src, dst, amount):
    fee = Account("fees")
    fee.balance += 1
    dst.balance += amount - fee.balance
    return src.balance
#> transfer(Account("a"), Account("b"), 10)

#: builder_returns_self
class Query:
    def __init__(self):
        self.parts = []

    def where(self, c):
        self.parts.append(c)
        return self

def build(conds):
    q = Query()
    for c in conds:
        q = q.where(c)
    return " and ".join(q.parts)
#> build(["a"])

#: returned_alias_changed
def longest(a, b):
    return a if len(a) > len(b) else b

def mark(a, b):
    longest(a, b).append("!")
#> mark([1, 2], [3])
#> mark([1], [3, 4])

#: returned_fresh_changed
def joined(a, b):
    return a + b

def mark(a, b):
    out = joined(a, b)
    out.append("!")
    return out
#> mark([1, 2], [3])

#: rebound_in_loop
def flatten(tree):
    out = []
    todo = [tree]
    while todo:
        tree = todo.pop()
        if isinstance(tree, list):
            todo.extend(tree)
        else:
            out.append(tree)
    return out
#> flatten([1, [2, [3]]])

#: isinstance_list_narrowed
def as_list(x):
    if isinstance(x, str):
        return x.split(",")
    return list(x)

def names(x):
    out = as_list(x)
    out.append("end")
    return out
#> names("a,b")
#> names(["a"])

#: early_return_before_change
def normalise(d, strict):
    if strict:
        return dict(d)
    d["ok"] = True
    return d
#> normalise({}, True)
#> normalise({}, False)

#: raise_then_change
def first_word(parts):
    try:
        return parts[0].split()[0]
    except IndexError:
        return ""
    finally:
        parts = None
#> first_word(["a b"])

#: try_except_counter
def to_floats(texts):
    bad = 0
    out = []
    for t in texts:
        try:
            out.append(float(t))
        except ValueError:
            bad += 1
    return out, bad
#> to_floats(["1", "x"])

#: swapped_alias
def merge(a, b):
    if len(a) < len(b):
        a, b = b, a
    for x in b:
        a.append(x)
    return a
#> merge([1, 2], [3])
#> merge([1], [3, 4])

#: walrus_pop
def drain(stack):
    out = []
    while stack and (top := stack.pop()) is not None:
        out.append(top)
    return out
#> drain([1, 2])

#: match_on_shape
def area(shape):
    match shape:
        case {"kind": "circle", "r": r}:
            return 3 * r * r
        case [w, h]:
            return w * h
        case _:
            return 0
#> area([1, 2])

#: dataclass_replace
from dataclasses import dataclass, replace, field

@dataclass
class Config:
    name: str
    tags: list = field(default_factory=list)

def variant(cfg, name):
    new = replace(cfg, name=name, tags=list(cfg.tags))
    new.tags.append("variant")
    return new
#> variant(Config("a"), "b")

#: dataclass_replace_shared
from dataclasses import dataclass, replace, field

@dataclass
class Config:
    name: str
    tags: list = field(default_factory=list)

def variant(cfg, name):
    new = replace(cfg, name=name)
    new.tags.append("variant")
    return new
#> variant(Config("a"), "b")

#: deep_copied_tree
import copy

def pruned(tree):
    tree = copy.deepcopy(tree)
    for child in tree["children"]:
        child["children"] = []
    return tree
#> pruned({"children": [{"children": [1]}]})

#: shallow_copied_tree
import copy

def pruned(tree):
    tree = copy.copy(tree)
    for child in tree["children"]:
        child["children"] = []
    return tree
#> pruned({"children": [{"children": [1]}]})

#: slots_sorted_key
def by_priority(tasks):
    order = {"high": 0, "low": 1}
    ranked = sorted(tasks, key=lambda t: order.get(t["p"], 9))
    ranked.reverse()
    return ranked
#> by_priority([{"p": "low"}, {"p": "high"}])

#: heap_local
import heapq

def smallest(values, k):
    heap = list(values)
    heapq.heapify(heap)
    return [heapq.heappop(heap) for _ in range(k)]
#> smallest([3, 1, 2], 2)

#: heap_argument
import heapq

def smallest(values, k):
    heapq.heapify(values)
    return [heapq.heappop(values) for _ in range(k)]
#> smallest([3, 1, 2], 2)

#: dijkstra
import heapq
from collections import defaultdict

def shortest(graph, start):
    dist = defaultdict(lambda: float("inf"))
    dist[start] = 0
    queue = [(0, start)]
    while queue:
        d, node = heapq.heappop(queue)
        if d > dist[node]:
            continue
        for nxt, w in graph.get(node, {}).items():
            if d + w < dist[nxt]:
                dist[nxt] = d + w
                heapq.heappush(queue, (dist[nxt], nxt))
    return dict(dist)
#> shortest({"a": {"b": 1}, "b": {}}, "a")
