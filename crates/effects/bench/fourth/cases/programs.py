#: iterator_passed_to_sum
def total(numbers):
    return sum(numbers)
#> total(iter([1, 2]))

#: default_list_grows
def add(item, seen=[]):
    seen.append(item)
    return len(seen)
#> add(1)

#: default_list_copied
def add(item, seen=()):
    seen = list(seen)
    seen.append(item)
    return seen
#> add(1)

#: setdefault_group
def group(pairs):
    out = {}
    for key, value in pairs:
        out.setdefault(key, []).append(value)
    return out
#> group([("a", 1)])

#: setdefault_into_given
def index(table, key, value):
    table.setdefault(key, set()).add(value)
#> index({}, "a", 1)

#: set_ior_given
def learn(known, words):
    known |= set(words)
    return known
#> learn({"a"}, ["b"])

#: set_or_given
def learn(known, words):
    known = known | set(words)
    return known
#> learn({"a"}, ["b"])

#: dict_ior_local
def options(base, **extra):
    merged = dict(base)
    merged |= extra
    return merged
#> options({"a": 1}, b=2)

#: move_to_end_cache
from collections import OrderedDict

def touch(cache: OrderedDict, key, size=2):
    if key in cache:
        cache.move_to_end(key)
    else:
        cache[key] = len(cache)
        if len(cache) > size:
            cache.popitem(last=False)
    return cache[key]
#> touch(OrderedDict(a=1, b=2), "a")

#: lru_class
from collections import OrderedDict

class Lru:
    def __init__(self, size):
        self.size = size
        self.data = OrderedDict()

    def get(self, key, default=None):
        if key not in self.data:
            return default
        self.data.move_to_end(key)
        return self.data[key]

    def put(self, key, value):
        self.data[key] = value
        while len(self.data) > self.size:
            self.data.popitem(last=False)

def lookup(lru, key):
    return lru.get(key)
#> lookup((lambda l: (l.put("a", 1), l.put("b", 2), l)[2])(Lru(2)), "a")

#: insort_given
import bisect

def insert(sorted_list, value):
    bisect.insort(sorted_list, value)
    return bisect.bisect_left(sorted_list, value)
#> insert([1, 3], 2)

#: heap_merge
import heapq

def merge(lists):
    heap = [(items[0], i, 0) for i, items in enumerate(lists) if items]
    heapq.heapify(heap)
    out = []
    while heap:
        value, i, j = heapq.heappop(heap)
        out.append(value)
        if j + 1 < len(lists[i]):
            heapq.heappush(heap, (lists[i][j + 1], i, j + 1))
    return out
#> merge([[1, 3], [2]])

#: window_deque
from collections import deque

def windows(xs, n):
    window = deque(maxlen=n)
    for x in xs:
        window.append(x)
        if len(window) == n:
            yield tuple(window)

def spans(xs, n):
    return [w[-1] - w[0] for w in windows(xs, n)]
#> spans([1, 2, 4], 2)

#: memo_decorator_own
import functools

def memo(f):
    cache = {}

    @functools.wraps(f)
    def wrapper(*args):
        if args not in cache:
            cache[args] = f(*args)
        return cache[args]

    return wrapper

@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
#> fib(5)

#: decorator_printing
import functools

def trace(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        print("->", f.__name__)
        return f(*args, **kwargs)

    return wrapper

@trace
def add(a, b):
    return a + b
#> add(1, 2)

#: decorator_class
class CountCalls:
    def __init__(self, f):
        self.f = f
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.f(*args)

@CountCalls
def double(x):
    return 2 * x

def use(x):
    return double(x)
#> use(2)

#: nonlocal_in_inner
def count_matches(items, test):
    count = 0

    def visit(item):
        nonlocal count
        if test(item):
            count += 1

    for item in items:
        visit(item)
    return count
#> count_matches([1, 2], lambda x: x > 1)

#: setattr_dunder_records
class Recorded:
    def __init__(self):
        object.__setattr__(self, "log", [])

    def __setattr__(self, name, value):
        self.log.append(name)
        object.__setattr__(self, name, value)

def touch(thing):
    thing.x = 1
#> touch(Recorded())

#: getitem_lazy_loads
class Lazy:
    def __init__(self, path):
        self.path = path
        self.data = None

    def __getitem__(self, key):
        if self.data is None:
            with open(self.path) as f:
                self.data = f.read().split()
        return self.data[key]

def first(lazy):
    return lazy[0]
#> first(Lazy("notes.txt"))

#: descriptor_positive
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return getattr(obj, self.name)

    def __set__(self, obj, value):
        if value <= 0:
            raise ValueError(value)
        setattr(obj, self.name, value)

class Box:
    width = Positive()

    def __init__(self, width):
        self.width = width

def widen(box, by):
    box.width = box.width + by
    return box.width
#> widen(Box(1), 2)

#: class_registry_by_init_subclass
class Plugin:
    registry = {}

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        Plugin.registry[cls.__name__] = cls

class Csv(Plugin):
    def run(self):
        return "csv"

def run(name):
    return Plugin.registry[name]().run()
#> run("Csv")

#: instances_counted
class Node:
    count = 0

    def __init__(self, value):
        self.value = value
        Node.count += 1

def make(value):
    return Node(value)
#> make(1)

#: frozen_dataclass_replaced
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class Config:
    lr: float = 0.1
    epochs: int = 1

def halve(config):
    return replace(config, lr=config.lr / 2)
#> halve(Config())

#: dataclass_field_list_shared
from dataclasses import dataclass, field

@dataclass
class Run:
    name: str
    metrics: list = field(default_factory=list)

    def log(self, value):
        self.metrics.append(value)

def train(run, losses):
    for loss in losses:
        run.log(loss)
    return min(run.metrics)
#> train(Run("a"), [1.0, 0.5])

#: generator_not_started
def numbers(path):
    with open(path) as f:
        for line in f:
            yield len(line)

def prepare(path):
    return numbers(path)
#> prepare("notes.txt")

#: generator_arguments_filtered
def evens(xs):
    return filter(lambda x: x % 2 == 0, xs)
#> evens([1, 2])

#: tee_consumes
import itertools

def pairs(iterable):
    a, b = itertools.tee(iterable)
    next(b, None)
    return list(zip(a, b))
#> pairs(iter([1, 2, 3]))

#: chunked_by_islice
import itertools

def first_batch(stream, n):
    return list(itertools.islice(stream, n))
#> first_batch(iter([1, 2, 3]), 2)

#: groupby_sorted
import itertools

def by_length(words):
    words = sorted(words, key=len)
    return {n: list(group) for n, group in itertools.groupby(words, key=len)}
#> by_length(["a", "bb"])

#: reduce_dicts
import functools

def merged(dicts):
    return functools.reduce(lambda a, b: {**a, **b}, dicts, {})
#> merged([{"a": 1}, {"b": 2}])

#: callback_on_progress
def process(items, on_progress=None):
    done = 0
    for item in items:
        done += item
        if on_progress:
            on_progress(done)
    return done
#> process([1, 2])

#: callback_printing_passed
def each(items, action):
    for item in items:
        action(item)

def show(items):
    each(items, print)
#> show([1])

#: method_chain_returning_self
class Pipe:
    def __init__(self):
        self.steps = []

    def add(self, f):
        self.steps.append(f)
        return self

    def __call__(self, x):
        for step in self.steps:
            x = step(x)
        return x

def build():
    return Pipe().add(abs).add(str)

def use(x):
    return build()(x)
#> use(-2)

#: finally_restores
class Model:
    def __init__(self):
        self.training = True

    def eval(self):
        self.training = False
        return self

    def train(self):
        self.training = True
        return self

def evaluate(model, xs):
    model.eval()
    try:
        return [x * 2 for x in xs]
    finally:
        model.train()

def freeze(model):
    model.eval()
    return model
#> freeze(Model())

#: recursion_on_nested_lists
def scale(tree, by):
    for i, item in enumerate(tree):
        if isinstance(item, list):
            scale(item, by)
        else:
            tree[i] = item * by
#> scale([1, [2]], 3)

#: deep_set_by_path
def put(config, path, value):
    *parents, last = path.split(".")
    node = config
    for key in parents:
        node = node.setdefault(key, {})
    node[last] = value
    return config
#> put({}, "a.b", 1)

#: deep_get_by_path
def get(config, path, default=None):
    node = config
    for key in path.split("."):
        if not isinstance(node, dict) or key not in node:
            return default
        node = node[key]
    return node
#> get({"a": {"b": 1}}, "a.b")

#: exception_translated
class Missing(Exception):
    def __init__(self, key):
        super().__init__(f"no {key}")
        self.key = key

def need(table, key):
    try:
        return table[key]
    except KeyError as error:
        raise Missing(key) from error
#> need({}, "a")

#: regex_callback_counts
import re

def censor(text, words):
    hits = []

    def star(match):
        hits.append(match.group())
        return "*" * len(match.group())

    return re.sub("|".join(map(re.escape, words)), star, text), hits
#> censor("a bad", ["bad"])

#: tokens_and_tfidf
import math
from collections import Counter

def tfidf(documents):
    counts = [Counter(d.lower().split()) for d in documents]
    seen = Counter()
    for c in counts:
        seen.update(c.keys())
    n = len(documents)
    return [{w: f * math.log(n / seen[w]) for w, f in c.items()} for c in counts]
#> tfidf(["a b", "a"])
