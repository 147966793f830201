#: object_graph_back_reference
class Node:
    def __init__(self, name, parent=None):
        self.name = name
        self.children = []
        self.parent = parent
        if parent is not None:
            parent.children.append(self)

def add_child(root, name):
    return Node(name, root)
#> add_child(Node("r"), "c")

#: tree_walk_collect
class Node:
    def __init__(self, value, kids=()):
        self.value = value
        self.kids = list(kids)

def flatten(node):
    found = [node.value]
    for kid in node.kids:
        found.extend(flatten(kid))
    return found
#> flatten(Node(1, [Node(2)]))

#: tree_walk_scale
class Node:
    def __init__(self, value, kids=()):
        self.value = value
        self.kids = list(kids)

def scale(node, by):
    node.value *= by
    for kid in node.kids:
        scale(kid, by)
#> scale(Node(1, [Node(2)]), 3)

#: memo_argument_default
def count_paths(r, c, memo=None):
    memo = {} if memo is None else memo
    if r == 0 or c == 0:
        return 1
    if (r, c) not in memo:
        memo[r, c] = count_paths(r - 1, c, memo) + count_paths(r, c - 1, memo)
    return memo[r, c]
#> count_paths(2, 2)
#> count_paths(2, 2, {})

#: dispatch_table
def _add(stack):
    stack.append(stack.pop() + stack.pop())

def _dup(stack):
    stack.append(stack[-1])

OPS = {"+": _add, "dup": _dup}

def run(program, stack):
    for op in program:
        OPS[op](stack) if op in OPS else stack.append(int(op))
    return stack
#> run(["1", "dup", "+"], [])

#: observer_lambda_bound
class Model:
    def __init__(self):
        self.watchers = []
        self.value = 0
    def set(self, value):
        self.value = value
        for watch in self.watchers:
            watch(value)

def track(history):
    model = Model()
    model.watchers.append(lambda v: history.append(v))
    model.set(3)
    return model.value
#> track([])

#: method_table_by_name
class Robot:
    def __init__(self):
        self.log = []
    def do_walk(self):
        self.log.append("walk")
    def do_stop(self):
        return None

def command(robot, word):
    return getattr(robot, "do_" + word)()
#> command(Robot(), "walk")

#: singledispatch_effects
from functools import singledispatch

@singledispatch
def render(value):
    return str(value)

@render.register
def _(value: list):
    value.reverse()
    return ",".join(map(str, value))

def show(value):
    return render(value)
#> show([1, 2])

#: wrapped_retry_decorator
import functools

def retry(times):
    def wrap(fn):
        @functools.wraps(fn)
        def inner(*args, **kwargs):
            for attempt in range(times):
                try:
                    return fn(*args, **kwargs)
                except ValueError as error:
                    print("retry", attempt, error)
            raise RuntimeError("gave up")
        return inner
    return wrap

@retry(2)
def parse(items, text):
    items.append(int(text))
    return items
#> parse([], "1")
#> parse([], "x")

#: class_registry_subclass
class Plugin:
    known = {}
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Plugin.known[cls.__name__] = cls

def declare(name):
    return type(name, (Plugin,), {})
#> declare("P")

#: slots_and_update
class Cell:
    __slots__ = ("value", "seen")
    def __init__(self, value):
        self.value, self.seen = value, 0

def peek(cell):
    cell.seen += 1
    return cell.value
#> peek(Cell(1))

#: property_setter_chain
class Account:
    def __init__(self, owner, history):
        self._owner = owner
        self.history = history
    @property
    def owner(self):
        return self._owner
    @owner.setter
    def owner(self, name):
        self.history.append(self._owner)
        self._owner = name

def transfer(account, name):
    account.owner = name
#> transfer(Account("a", []), "b")

#: two_objects_one_shared
class Box:
    def __init__(self, items, label):
        self.items = items
        self.label = label

def relabel(items, labels):
    box = Box(items, labels)
    box.label.append("new")
    return len(box.items)
#> relabel([1], [])

#: named_tuple_fields
from typing import NamedTuple

class Split(NamedTuple):
    train: list
    test: list

def move_one(train, test):
    split = Split(train, test)
    split.test.append(split.train[0])
    return split
#> move_one([1], [])

#: dataclass_post_init
from dataclasses import dataclass, field

@dataclass
class Run:
    name: str
    metrics: dict = field(default_factory=dict)
    def __post_init__(self):
        self.metrics["started"] = 1

def start(name, metrics):
    return Run(name, metrics)
#> start("r", {})

#: dataclass_asdict_changes
from dataclasses import dataclass, asdict, field

@dataclass
class Conf:
    layers: list = field(default_factory=list)

def export(conf):
    data = asdict(conf)
    data["layers"].append(1)
    return data
#> export(Conf([3]))

#: enum_members
from enum import Enum

class Colour(Enum):
    RED = 1
    BLUE = 2

def names(values):
    return [Colour(v).name for v in values]
#> names([1, 2])

#: swap_in_nested
def transpose_in_place(m):
    for i in range(len(m)):
        for j in range(i):
            m[i][j], m[j][i] = m[j][i], m[i][j]
#> transpose_in_place([[1, 2], [3, 4]])

#: slice_assignment_star
def rotate_left(xs):
    first, *rest = xs
    xs[:] = rest + [first]
#> rotate_left([1, 2, 3])

#: list_multiplication_shares
def make_rows(n, proto):
    rows = [proto] * n
    rows[0].append("x")
    return rows
#> make_rows(2, [])

#: nested_comprehension_copies
def cleaned(matrix):
    fresh = [row[:] for row in matrix]
    fresh[0][0] = None
    return fresh
#> cleaned([[1, 2]])

#: copy_constructor_shallow
def with_extra(orders):
    copied = list(orders)
    copied.append({"id": 9})
    copied[0]["seen"] = True
    return copied
#> with_extra([{"id": 1}])

#: dict_views_live
def prune(counts, floor):
    for key in [k for k, v in counts.items() if v < floor]:
        del counts[key]
    return counts.keys()
#> prune({"a": 1, "b": 5}, 2)

#: chainmap_writes_first
from collections import ChainMap

def override(defaults, user):
    merged = ChainMap(user, defaults)
    merged["debug"] = True
    return merged["level"]
#> override({"level": 1}, {})

#: ordered_dict_move
from collections import OrderedDict

def touch(cache, key, size=2):
    cache.move_to_end(key)
    while len(cache) > size:
        cache.popitem(last=False)
#> touch(OrderedDict(a=1, b=2, c=3), "a")

#: counter_subtract
from collections import Counter

def spend(wallet, cost):
    left = Counter(wallet)
    left.subtract(cost)
    return +left
#> spend({"a": 3}, {"a": 1})

#: deque_window
from collections import deque

def moving_max(values, k):
    window = deque(maxlen=k)
    out = []
    for v in values:
        window.append(v)
        out.append(max(window))
    return out
#> moving_max([1, 3, 2], 2)

#: heapify_copy
import heapq

def k_smallest(values, k):
    heap = values[:]
    heapq.heapify(heap)
    return [heapq.heappop(heap) for _ in range(k)]
#> k_smallest([3, 1, 2], 2)

#: generator_state_shared
def ids(prefix, used):
    n = 0
    while True:
        n += 1
        used.add(n)
        yield f"{prefix}{n}"

def take_two(used):
    source = ids("a", used)
    return next(source), next(source)
#> take_two(set())

#: generator_returned_lazily
def squares(xs, log):
    for x in xs:
        log.append(x)
        yield x * x

def pipeline(xs, log):
    return (s + 1 for s in squares(xs, log))
#> pipeline([1], [])

#: yield_from_delegation
def leaves(tree):
    if isinstance(tree, list):
        for branch in tree:
            yield from leaves(branch)
    else:
        yield tree

def total(tree):
    return sum(leaves(tree))
#> total([1, [2]])

#: exit_stack_files
from contextlib import ExitStack

def merge_files(paths):
    with ExitStack() as stack:
        handles = [stack.enter_context(open(p)) for p in paths]
        return [h.readline() for h in handles]
#> merge_files(["notes.txt"])

#: suppress_and_pop
from contextlib import suppress

def discard(d, key):
    with suppress(KeyError):
        d.pop(key)
#> discard({"a": 1}, "a")

#: context_swaps_attribute
from contextlib import contextmanager

class Net:
    training = True

@contextmanager
def evaluating(net):
    was = net.training
    net.training = False
    try:
        yield net
    finally:
        net.training = was

def accuracy(net):
    with evaluating(net) as n:
        return int(n.training)
#> accuracy(Net())

#: nonlocal_two_levels
def build():
    hits = []
    def outer():
        def inner(x):
            hits.append(x)
            return len(hits)
        return inner
    return outer()

count = build()

def hit(x):
    return count(x)
#> hit(1)

#: late_bound_closures
def make_adders(bag):
    return [lambda x, i=i: bag.append(x + i) for i in range(3)]

def use(bag):
    adders = make_adders(bag)
    adders[1](10)
    return bag
#> use([])

#: comprehension_scope_leak
def last_seen(items):
    if any((found := item) > 1 for item in items):
        return found
    return None
#> last_seen([1, 2])

#: chained_assignment_alias
def two_names(xs):
    a = b = xs
    b += [1]
    return a
#> two_names([0])

#: conditional_copy
def normalise(d, copy=True):
    d = dict(d) if copy else d
    d["k"] = 1
    return d
#> normalise({}, copy=False)

#: args_tuple_of_lists
def broadcast(value, *targets, where=None):
    for target in targets:
        target.insert(0, value)
    if where is not None:
        where["last"] = value
#> broadcast(1, [], where={})

#: kwargs_values_mutated
def append_all(value, **lists):
    for xs in lists.values():
        xs.append(value)
#> append_all(1, a=[])

#: exception_carries_object
class Stop(Exception):
    def __init__(self, payload):
        self.payload = payload

def raise_it(payload):
    raise Stop(payload)

def guard(items):
    try:
        raise_it(items)
    except Stop as stop:
        stop.payload.append("handled")
#> guard([])

#: sort_key_and_reverse_in_place
def rank(players, by):
    players.sort(key=lambda p: p[by], reverse=True)
    return players[0]
#> rank([{"s": 1}, {"s": 2}], "s")

#: bytearray_extend
def frame_message(buffer, payload):
    buffer.extend(len(payload).to_bytes(2, "big"))
    buffer += payload
    return bytes(buffer)
#> frame_message(bytearray(), b"ab")

#: array_module
from array import array

def push(samples, value):
    samples.append(value)
    view = memoryview(samples)
    view[0] = 7
    return len(samples)
#> push(array("i", [1]), 2)

#: weak_cache
import functools

@functools.cache
def table(n):
    return [i for i in range(n)]

def grow(n):
    rows = table(n)
    rows.append(n)
    return rows
#> grow(2)

#: module_constant_mutated_via_alias
DEFAULTS = {"depth": 1, "tags": []}

def settings(**kw):
    current = DEFAULTS
    current.update(kw)
    return current
#> settings(depth=2)

#: module_constant_copied_shallow
DEFAULTS = {"depth": 1, "tags": []}

def settings(tag):
    current = dict(DEFAULTS)
    current["tags"].append(tag)
    return current
#> settings("x")

#: module_constant_copied
DEFAULTS = {"depth": 1, "tags": []}

def settings(**kw):
    return {**DEFAULTS, **kw}
#> settings(depth=2)

#: sys_path_and_modules
import sys

def expose(folder):
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return sys.modules.get("json") is not None
#> expose("/nowhere")

#: json_default_callback
import json

def dump(value, unknown):
    def fallback(obj):
        unknown.append(type(obj).__name__)
        return None
    return json.dumps(value, default=fallback)
#> dump({"a": {1}}, [])

#: re_sub_callback
import re

def mask(text, found):
    return re.sub(r"\d+", lambda m: found.append(m.group()) or "#", text)
#> mask("a1", [])

#: min_key_callback
def nearest(points, origin, asked):
    def distance(p):
        asked[0] += 1
        return abs(p - origin)
    return min(points, key=distance)
#> nearest([1, 5], 4, [0])

#: threads_join
import threading

def parallel_fill(out, n):
    workers = [threading.Thread(target=out.append, args=(i,)) for i in range(n)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
#> parallel_fill([], 2)

#: queue_drain
import queue

def drain(q):
    out = []
    while not q.empty():
        out.append(q.get_nowait())
    return out
#> drain((lambda q: (q.put(1), q)[1])(queue.Queue()))

#: operator_iadd_function
import operator

def total_into(xs, ys):
    return operator.iadd(xs, ys)
#> total_into([1], [2])

#: zip_star_transpose
def columns(rows):
    cols = [list(c) for c in zip(*rows)]
    cols[0].append(0)
    return cols
#> columns([[1, 2], [3, 4]])
