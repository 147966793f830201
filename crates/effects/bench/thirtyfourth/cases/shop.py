#: account_transfer
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.log = []

    def pay(self, amount, to):
        self.balance -= amount
        to.balance += amount
        self.log.append(("out", amount))

def settle(a: Account, b: Account, amount):
    a.pay(amount, b)
    return a.balance
#> settle(Account("x", 5), Account("y"), 2)

#: inventory_merge
class Inventory:
    def __init__(self, stock=None):
        self.stock = dict(stock or {})

    def merged(self, other):
        result = Inventory(self.stock)
        for k, v in other.stock.items():
            result.stock[k] = result.stock.get(k, 0) + v
        return result

def combine(first, second):
    return first.merged(second).stock
#> combine(Inventory({"a": 1}), Inventory({"a": 2}))

#: matrix_class_add
class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)])

    def __iadd__(self, other):
        for r, s in zip(self.rows, other.rows):
            for j, v in enumerate(s):
                r[j] += v
        return self

def accumulate(total: Matrix, part: Matrix):
    total += part
    return total
#> accumulate(Matrix([[1]]), Matrix([[2]]))

#: matrix_class_sum
class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)])

def accumulate(total: Matrix, part: Matrix):
    total = total + part
    total.rows[0][0] = 0
    return total
#> accumulate(Matrix([[1]]), Matrix([[2]]))

#: linked_list_push
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def push_back(head, value):
    node = head
    while node.next is not None:
        node = node.next
    node.next = Node(value)
    return head
#> push_back(Node(1), 2)

#: linked_list_prepend
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def prepend(head, value):
    return Node(value, head)
#> prepend(Node(1), 2)

#: linked_list_to_list
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def to_list(head):
    out = []
    while head:
        out.append(head.value)
        head = head.next
    return out
#> to_list(Node(1, Node(2)))

#: linked_list_reverse
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def reverse(head):
    prev = None
    while head:
        head.next, prev, head = prev, head, head.next
    return prev
#> reverse(Node(1, Node(2)))

#: tree_insert
class Tree:
    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None

def insert(root, key):
    if root is None:
        return Tree(key)
    if key < root.key:
        root.left = insert(root.left, key)
    else:
        root.right = insert(root.right, key)
    return root
#> insert(Tree(3), 1)

#: tree_depth
class Tree:
    def __init__(self, key, left=None, right=None):
        self.key = key
        self.left = left
        self.right = right

def depth(root):
    if root is None:
        return 0
    return 1 + max(depth(root.left), depth(root.right))
#> depth(Tree(1, Tree(2)))

#: stack_context
class Stack:
    def __init__(self):
        self.items = []

    def __enter__(self):
        self.items.append("open")
        return self.items

    def __exit__(self, *exc):
        self.items.pop()
        return False

def use():
    s = Stack()
    with s as items:
        items.append(1)
    return len(s.items)
#> use()

#: timer_context
import time

class Timer:
    def __enter__(self):
        self.start = time.perf_counter()
        return self

    def __exit__(self, *exc):
        self.elapsed = time.perf_counter() - self.start

def timed_sum(xs):
    with Timer() as t:
        s = sum(xs)
    return s, t.elapsed
#> timed_sum([1, 2])

#: observer_list
class Subject:
    def __init__(self):
        self.listeners = []

    def attach(self, f):
        self.listeners.append(f)

    def notify(self, value):
        for f in self.listeners:
            f(value)

def record_events(values):
    seen = []
    s = Subject()
    s.attach(seen.append)
    for v in values:
        s.notify(v)
    return seen
#> record_events([1, 2])

#: event_bus_global
HANDLERS = {}

def on(name):
    def deco(f):
        HANDLERS.setdefault(name, []).append(f)
        return f
    return deco

def subscribe(name, f):
    on(name)(f)
    return len(HANDLERS[name])
#> subscribe("a", print)

#: singleton_new
class Settings:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.values = {}
        return cls._instance

def set_option(key, value):
    Settings().values[key] = value
#> set_option("a", 1)

#: class_counter
class Job:
    count = 0

    def __init__(self, name):
        self.name = name
        Job.count += 1

def create(name):
    return Job(name)
#> create("a")

#: instance_counter_shadow
class Job:
    count = 0

    def bump(self):
        self.count += 1
        return self.count

def bump_fresh():
    return Job().bump()
#> bump_fresh()

#: classmethod_factory
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    @classmethod
    def parse(cls, text):
        x, y = text.split(",")
        return cls(float(x), float(y))

    def scaled(self, k):
        return Point(self.x * k, self.y * k)

def read_point(text, k):
    return Point.parse(text).scaled(k)
#> read_point("1,2", 3)

#: dataclass_defaults
from dataclasses import dataclass, field

@dataclass
class Report:
    title: str
    lines: list = field(default_factory=list)

    def add(self, line):
        self.lines.append(line)
        return self

def build(title, lines):
    r = Report(title)
    for l in lines:
        r.add(l)
    return "\n".join(r.lines)
#> build("t", ["a"])

#: dataclass_shared_list
from dataclasses import dataclass

@dataclass
class Report:
    title: str
    lines: list

def build(title, lines):
    r = Report(title, lines)
    r.lines.append("end")
    return r
#> build("t", ["a"])

#: dataclass_asdict
from dataclasses import asdict, dataclass, field

@dataclass
class Run:
    name: str
    metrics: dict = field(default_factory=dict)

def export(run):
    d = asdict(run)
    d["metrics"]["n"] = len(d["metrics"])
    return d
#> export(Run("a", {"x": 1}))

#: dataclass_vars
from dataclasses import dataclass, field

@dataclass
class Run:
    name: str
    metrics: dict = field(default_factory=dict)

def export(run):
    d = vars(run)
    d["name"] = run.name.upper()
    return d
#> export(Run("a", {"x": 1}))

#: slots_update
class Particle:
    __slots__ = ("x", "v")

    def __init__(self, x, v):
        self.x = x
        self.v = v

def advance(particles, dt):
    for p in particles:
        p.x += p.v * dt
#> advance([Particle(0.0, 1.0)], 0.1)

#: slots_new_list
class Particle:
    __slots__ = ("x", "v")

    def __init__(self, x, v):
        self.x = x
        self.v = v

def advanced(particles, dt):
    return [Particle(p.x + p.v * dt, p.v) for p in particles]
#> advanced([Particle(0.0, 1.0)], 0.1)

#: iterator_class
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n

def drain(c):
    return [x for x in c]
#> drain(Countdown(2))

#: iterable_class
class Range3:
    def __iter__(self):
        yield 1
        yield 2
        yield 3

def total(r):
    return sum(r)
#> total(Range3())

#: getitem_logs
class Audit:
    def __init__(self, data):
        self.data = data
        self.reads = []

    def __getitem__(self, k):
        self.reads.append(k)
        return self.data[k]

def pick(audit, keys):
    return [audit[k] for k in keys]
#> pick(Audit({"a": 1}), ["a"])

#: contains_pure
class Allowed:
    def __init__(self, names):
        self.names = set(names)

    def __contains__(self, name):
        return name.lower() in self.names

def filter_allowed(allowed, names):
    return [n for n in names if n in allowed]
#> filter_allowed(Allowed(["a"]), ["A", "b"])

#: call_with_state
class RunningMean:
    def __init__(self):
        self.n = 0
        self.mean = 0.0

    def __call__(self, x):
        self.n += 1
        self.mean += (x - self.mean) / self.n
        return self.mean

def means(xs):
    rm = RunningMean()
    return [rm(x) for x in xs]
#> means([1, 2])

#: call_with_state_given
class RunningMean:
    def __init__(self):
        self.n = 0
        self.mean = 0.0

    def __call__(self, x):
        self.n += 1
        self.mean += (x - self.mean) / self.n
        return self.mean

def feed(rm: RunningMean, xs):
    for x in xs:
        rm(x)
    return rm.mean
#> feed(RunningMean(), [1, 2])

#: mixin_super
class Base:
    def __init__(self):
        self.tags = []

    def tag(self, t):
        self.tags.append(t)

class Loud(Base):
    def tag(self, t):
        super().tag(t.upper())

def tag_all(obj, tags):
    for t in tags:
        obj.tag(t)
#> tag_all(Loud(), ["a"])

#: template_method
class Step:
    def run(self, data):
        return self.transform(list(data))

    def transform(self, data):
        return data

class Sort(Step):
    def transform(self, data):
        data.sort()
        return data

def run_sort(data):
    return Sort().run(data)
#> run_sort([2, 1])

#: delegation
class Buffer:
    def __init__(self):
        self.parts = []

    def write(self, s):
        self.parts.append(s)

class Tee:
    def __init__(self, *sinks):
        self.sinks = sinks

    def write(self, s):
        for k in self.sinks:
            k.write(s)

def tee_line(a: Buffer, b: Buffer, line):
    Tee(a, b).write(line)
#> tee_line(Buffer(), Buffer(), "x")

#: lazy_attribute
class Dataset:
    def __init__(self, rows):
        self.rows = rows

    def __getattr__(self, name):
        if name == "size":
            self.size = len(self.rows)
            return self.size
        raise AttributeError(name)

def size_of(ds):
    return ds.size
#> size_of(Dataset([1]))

#: eq_hash_pure
class Key:
    def __init__(self, a):
        self.a = a

    def __eq__(self, o):
        return self.a == o.a

    def __hash__(self):
        return hash(self.a)

def unique(keys):
    return list({k: None for k in keys})
#> unique([Key(1), Key(1)])

#: priority_queue
import heapq

class Queue:
    def __init__(self):
        self._heap = []
        self._n = 0

    def push(self, item, p):
        heapq.heappush(self._heap, (p, self._n, item))
        self._n += 1

    def pop(self):
        return heapq.heappop(self._heap)[2]

def schedule(jobs):
    q = Queue()
    for name, p in jobs.items():
        q.push(name, p)
    return [q.pop() for _ in range(len(jobs))]
#> schedule({"a": 2, "b": 1})

#: lru_by_hand
from collections import OrderedDict

class LRU:
    def __init__(self, n):
        self.n = n
        self.d = OrderedDict()

    def get(self, k, make):
        if k in self.d:
            self.d.move_to_end(k)
            return self.d[k]
        self.d[k] = make(k)
        if len(self.d) > self.n:
            self.d.popitem(last=False)
        return self.d[k]

def squares(xs):
    cache = LRU(2)
    return [cache.get(x, lambda k: k * k) for x in xs]
#> squares([1, 2, 1])

#: typed_dict_copy
from typing import TypedDict

class Row(TypedDict):
    name: str
    n: int

def bumped(row: Row) -> Row:
    new: Row = {**row}
    new["n"] += 1
    return new
#> bumped({"name": "a", "n": 1})

#: namedtuple_with_list
from typing import NamedTuple

class Batch(NamedTuple):
    ids: list
    size: int

def extend_batch(batch, ids):
    batch.ids.extend(ids)
    return batch._replace(size=len(batch.ids))
#> extend_batch(Batch([1], 1), [2])
