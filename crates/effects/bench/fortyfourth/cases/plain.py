#: list_sort
def top_three(scores):
    scores.sort(reverse=True)
    return scores[:3]
#> top_three([1, 4, 2, 3])

#: list_sorted
def top_three(scores):
    scores = sorted(scores, reverse=True)
    scores.append(0)
    return scores[:3]
#> top_three([1, 4, 2, 3])

#: list_iadd
def extend_with(items, more):
    items += more
    return items
#> extend_with([1], [2])

#: list_add
def extend_with(items, more):
    items = items + more
    items.append(None)
    return items
#> extend_with([1], [2])

#: tuple_iadd
def extend_with(items, more):
    items += more
    return items
#> extend_with((1,), (2,))

#: mutable_default
def collect(item, seen=[]):
    seen.append(item)
    return seen
#> collect(1)

#: mutable_default_given
def collect(item, seen=[]):
    seen.append(item)
    return seen
#> collect(1, [2])
#> collect(1)

#: none_default
def collect(item, seen=None):
    if seen is None:
        seen = []
    seen.append(item)
    return seen
#> collect(1)
#> collect(1, [2])

#: cache_default
def fib(n, cache={}):
    if n < 2:
        return n
    if n not in cache:
        cache[n] = fib(n - 1) + fib(n - 2)
    return cache[n]
#> fib(5)

#: nested_alias
def add_tag(record, tag):
    tags = record["meta"]["tags"]
    tags.append(tag)
#> add_tag({"meta": {"tags": []}}, "x")

#: shallow_copy_nested
def add_tag(record, tag):
    new = dict(record)
    new["tags"].append(tag)
    return new
#> add_tag({"tags": []}, "x")

#: deep_copy
import copy

def add_tag(record, tag):
    new = copy.deepcopy(record)
    new["tags"].append(tag)
    return new
#> add_tag({"tags": []}, "x")

#: swap_alias
def swap_and_clear(a, b):
    a, b = b, a
    a.clear()
    return b
#> swap_and_clear([1], [2])

#: ternary_alias
def add_to_longer(a, b, item):
    target = a if len(a) >= len(b) else b
    target.append(item)
#> add_to_longer([1, 2], [1], 0)
#> add_to_longer([1], [1, 2], 0)

#: global_counter
count = 0

def tick():
    global count
    count += 1
    return count
#> tick()

#: global_registry
REGISTRY = {}

def register(name, function):
    REGISTRY[name] = function
    return function
#> register("len", len)

#: local_shadow
results = []

def compute(n):
    results = []
    for i in range(n):
        results.append(i * i)
    return results
#> compute(3)

#: closure_counter
def make_counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
#> make_counter()

#: closure_called
def count_words(words):
    total = 0
    def visit(word):
        nonlocal total
        total += len(word)
    for w in words:
        visit(w)
    return total
#> count_words(["a", "bc"])

#: closure_over_argument
def make_adder(store):
    def add(x):
        store.append(x)
    return add

def fill(store):
    add = make_adder(store)
    add(1)
    add(2)
#> fill([])

#: callback_called
def for_each(items, callback):
    for item in items:
        callback(item)
#> for_each([1, 2], print)

#: callback_append
def gather(items):
    out = []
    list(map(out.append, items))
    return out
#> gather([1, 2])

#: apply_key
def order(people, key):
    people.sort(key=key)
    return people[0]
#> order([{"n": 2}, {"n": 1}], lambda p: p["n"])

#: decorator_logs
import functools

def traced(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        print("calling", f.__name__)
        return f(*args, **kwargs)
    return wrapper

@traced
def add(a, b):
    return a + b
#> add(1, 2)

#: decorator_timed
import functools
import time

def timed(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = f(*args, **kwargs)
        wrapper.elapsed = time.perf_counter() - start
        return result
    return wrapper

@timed
def total(values):
    return sum(values)
#> total([1, 2])

#: decorator_plain
import functools

def double(f):
    @functools.wraps(f)
    def wrapper(*args):
        return 2 * f(*args)
    return wrapper

@double
def area(w, h):
    return w * h
#> area(2, 3)

#: lru_cached
from functools import lru_cache

@lru_cache(maxsize=None)
def steps(n):
    return 1 if n <= 1 else steps(n - 1) + steps(n - 2)
#> steps(6)

#: retry_decorator
import functools
import time

def retry(times):
    def decorate(f):
        @functools.wraps(f)
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return f(*args, **kwargs)
                except ValueError:
                    time.sleep(0)
        return wrapper
    return decorate

@retry(2)
def parse(text):
    return int(text)
#> parse("3")
#> parse("x")

#: class_counter
class Account:
    opened = 0

    def __init__(self, owner):
        self.owner = owner
        self.balance = 0
        Account.opened += 1

    def deposit(self, amount):
        self.balance += amount
        return self.balance
#> Account("a").deposit(3)

#: class_attribute_changed
class Tracker:
    events = []

    def record(self, event):
        self.events.append(event)
#> Tracker().record("x")

#: property_read
class Circle:
    def __init__(self, r):
        self.r = r

    @property
    def area(self):
        return 3.14 * self.r ** 2

def largest(circles):
    return max(circles, key=lambda c: c.area)
#> largest([Circle(1), Circle(2)])

#: property_cached_by_hand
class Stats:
    def __init__(self, values):
        self.values = values
        self._mean = None

    @property
    def mean(self):
        if self._mean is None:
            self._mean = sum(self.values) / len(self.values)
        return self._mean

def describe(stats):
    return f"mean={stats.mean}"
#> describe(Stats([1, 2]))

#: dataclass_updated
from dataclasses import dataclass, field

@dataclass
class Cart:
    items: list = field(default_factory=list)
    total: float = 0.0

def add_item(cart, name, price):
    cart.items.append(name)
    cart.total += price
#> add_item(Cart(), "pen", 2.0)

#: dataclass_replaced
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class Config:
    rate: float
    name: str = "x"

def faster(config):
    return replace(config, rate=config.rate * 2)
#> faster(Config(1.0))

#: setattr_used
class Options:
    pass

def update(options, **values):
    for key, value in values.items():
        setattr(options, key, value)
    return options
#> update(Options(), a=1)

#: dunder_setitem
class Grid:
    def __init__(self):
        self.cells = {}

    def __setitem__(self, key, value):
        self.cells[key] = value

    def __getitem__(self, key):
        return self.cells.get(key, 0)

def paint(grid, points):
    for p in points:
        grid[p] = grid[p] + 1
#> paint(Grid(), [(0, 0)])

#: dunder_iadd
class Bag:
    def __init__(self, items):
        self.items = items

    def __iadd__(self, item):
        self.items.append(item)
        return self

def put(bag, item):
    bag += item
    return bag
#> put(Bag([]), 1)

#: inherited_state
class Base:
    def __init__(self):
        self.log = []

    def note(self, text):
        self.log.append(text)

class Child(Base):
    def work(self):
        self.note("work")
        return len(self.log)

def run(worker):
    return worker.work()
#> run(Child())

#: builder_local
class Query:
    def __init__(self):
        self.parts = []

    def where(self, text):
        self.parts.append(text)
        return self

    def text(self):
        return " and ".join(self.parts)

def find(name, age):
    return Query().where(f"name={name}").where(f"age>{age}").text()
#> find("a", 3)

#: generator_reads
def read_lines(path):
    with open(path) as handle:
        for line in handle:
            yield line.strip()

def count_lines(path):
    return sum(1 for _ in read_lines(path))
#> count_lines("notes.txt")

#: generator_consumes
def take(iterator, n):
    return [next(iterator) for _ in range(n)]
#> take(iter([1, 2, 3]), 2)

#: generator_pure
def windows(values, size):
    for i in range(len(values) - size + 1):
        yield values[i:i + size]

def moving_average(values, size):
    return [sum(w) / size for w in windows(values, size)]
#> moving_average([1, 2, 3], 2)

#: generator_mutates
def drain(queue):
    while queue:
        yield queue.pop(0)

def process_all(queue):
    return [item * 2 for item in drain(queue)]
#> process_all([1, 2])

#: context_manager_class
class Timer:
    def __enter__(self):
        import time
        self.start = time.time()
        return self

    def __exit__(self, *exc):
        import time
        self.seconds = time.time() - self.start
        return False

def measure(values):
    with Timer() as t:
        result = sum(values)
    return result
#> measure([1, 2])

#: context_manager_temporary
from contextlib import contextmanager

@contextmanager
def swapped(d, key, value):
    old = d.get(key)
    d[key] = value
    try:
        yield d
    finally:
        d[key] = old

def with_debug(settings):
    with swapped(settings, "debug", True) as s:
        return dict(s)
#> with_debug({})

#: context_manager_prints
from contextlib import contextmanager

@contextmanager
def section(name):
    print("==", name)
    yield
    print("-- done")

def summarize(values):
    with section("summary"):
        return sum(values)
#> summarize([1])

#: conditional_write
def maybe_save(data, path=None):
    text = ",".join(map(str, data))
    if path is not None:
        with open(path, "w") as f:
            f.write(text)
    return text
#> maybe_save([1])
#> maybe_save([1], "o.txt")

#: conditional_print
def solve(x, verbose=False):
    y = x ** 2
    if verbose:
        print("y =", y)
    return y
#> solve(2)
#> solve(2, verbose=True)

#: conditional_mutation
def dedupe(items, in_place=True):
    if not in_place:
        items = list(items)
    seen = set()
    i = 0
    while i < len(items):
        if items[i] in seen:
            del items[i]
        else:
            seen.add(items[i])
            i += 1
    return items
#> dedupe([1, 1, 2])
#> dedupe([1, 1, 2], False)

#: try_finally
def locked_update(state, value):
    state["locked"] = True
    try:
        state["value"] = 1 / value
    except ZeroDivisionError:
        state["value"] = None
    finally:
        state["locked"] = False
#> locked_update({}, 0)

#: match_command
def apply_command(stack, command):
    match command:
        case ["push", x]:
            stack.append(x)
        case ["pop"]:
            stack.pop()
        case _:
            raise ValueError(command)
#> apply_command([], ["push", 1])
#> apply_command([1], ["pop"])

#: recursion_tree
def count_nodes(tree):
    return 1 + sum(count_nodes(c) for c in tree.get("children", []))
#> count_nodes({"children": [{}]})

#: recursion_mutates
def prune(tree):
    tree["children"] = [c for c in tree.get("children", []) if c.get("keep")]
    for c in tree["children"]:
        prune(c)
#> prune({"children": [{"keep": 1}, {}]})

#: walrus_alias
def push(stack, item):
    if (s := stack) is not None:
        s.append(item)
#> push([], 1)

#: kwargs_changed
def with_defaults(**options):
    options.setdefault("color", "red")
    options.update(size=1)
    return options
#> with_defaults(a=1)

#: args_list_changed
def add_everywhere(value, *lists):
    for l in lists:
        l.append(value)
#> add_everywhere(1, [2], [3])

#: star_unpack_copy
def without_first(items):
    first, *rest = items
    rest.reverse()
    return rest
#> without_first([1, 2, 3])

#: dict_comprehension
def invert(mapping):
    return {v: k for k, v in mapping.items()}
#> invert({"a": 1})

#: defaultdict_groups
from collections import defaultdict

def group_by(items, key):
    groups = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(groups)
#> group_by(["a", "bb"], len)

#: heap_local
import heapq

def shortest(graph, start):
    dist = {start: 0}
    heap = [(0, start)]
    while heap:
        d, node = heapq.heappop(heap)
        for other, cost in graph.get(node, {}).items():
            if d + cost < dist.get(other, float("inf")):
                dist[other] = d + cost
                heapq.heappush(heap, (d + cost, other))
    return dist
#> shortest({"a": {"b": 1}}, "a")

#: heap_given
import heapq

def push_pop(heap, item):
    heapq.heapify(heap)
    return heapq.heappushpop(heap, item)
#> push_pop([3, 1], 2)

#: deque_rotated
from collections import deque

def rotated(items, n):
    d = deque(items)
    d.rotate(n)
    return list(d)
#> rotated([1, 2, 3], 1)

#: counter_updated
from collections import Counter

def tally(counter, words):
    counter.update(w.lower() for w in words)
    return counter.most_common(1)
#> tally(Counter(), ["A"])

#: bubble_sort
def bubble_sort(items):
    n = len(items)
    for i in range(n):
        for j in range(n - i - 1):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items
#> bubble_sort([3, 1, 2])

#: number_augmented
def compound(amount, rate, years):
    for _ in range(years):
        amount *= 1 + rate
    return amount
#> compound(100, 0.1, 2)

#: string_augmented
def banner(text, width):
    while len(text) < width:
        text += "*"
    return text
#> banner("a", 3)

#: partial_method
from functools import partial

def send_all(log, names):
    add = partial(log.append)
    for n in names:
        add(n)
#> send_all([], ["a"])

#: method_bound
def collect_even(values, into):
    push = into.append
    for v in values:
        if v % 2 == 0:
            push(v)
#> collect_even([1, 2], [])
