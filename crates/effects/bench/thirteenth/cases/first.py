#: pad_sequences
def pad(seqs, length, value=0):
    out = []
    for s in seqs:
        s = s + [value] * (length - len(s))
        out.append(s[:length])
    return out
#> pad([[1], [1, 2, 3]], 2)

#: pad_in_place
def pad(seqs, length, value=0):
    for s in seqs:
        while len(s) < length:
            s.append(value)
#> pad([[1]], 2)

#: transpose_lists
def transpose(m):
    return [list(r) for r in zip(*m)]
#> transpose([[1, 2], [3, 4]])

#: rotate_matrix
def rotate(m):
    n = len(m)
    for i in range(n // 2):
        for j in range(i, n - i - 1):
            m[i][j], m[j][n - 1 - i] = m[j][n - 1 - i], m[i][j]
#> rotate([[1, 2], [3, 4]])

#: dedupe_keep_order
def dedupe(xs):
    seen = set()
    return [x for x in xs if not (x in seen or seen.add(x))]
#> dedupe([1, 1, 2])

#: remove_while_copying
def drop_none(d):
    for k in list(d):
        if d[k] is None:
            del d[k]
    return d
#> drop_none({"a": None})

#: drop_none_new
def drop_none(d):
    return {k: v for k, v in d.items() if v is not None}
#> drop_none({"a": None})

#: nested_get
def dig(obj, path, default=None):
    for p in path.split("."):
        if isinstance(obj, dict):
            obj = obj.get(p, default)
        else:
            obj = getattr(obj, p, default)
    return obj
#> dig({"a": {"b": 1}}, "a.b")

#: nested_set
def put(obj, path, value):
    *parents, last = path.split(".")
    for p in parents:
        obj = obj.setdefault(p, {})
    obj[last] = value
#> put({}, "a.b", 1)

#: flatten_rec
def flatten(xs):
    for x in xs:
        if isinstance(x, list):
            yield from flatten(x)
        else:
            yield x
#> flatten([1, [2]])

#: flatten_list
def flatten(xs, out=None):
    if out is None:
        out = []
    for x in xs:
        if isinstance(x, list):
            flatten(x, out)
        else:
            out.append(x)
    return out
#> flatten([1, [2]])
#> flatten([1, [2]], [])

#: quicksort_inplace
def quicksort(a, lo=0, hi=None):
    if hi is None:
        hi = len(a) - 1
    if lo < hi:
        p, i = a[hi], lo
        for j in range(lo, hi):
            if a[j] < p:
                a[i], a[j] = a[j], a[i]
                i += 1
        a[i], a[hi] = a[hi], a[i]
        quicksort(a, lo, i - 1)
        quicksort(a, i + 1, hi)
#> quicksort([3, 1, 2])

#: quicksort_new
def quicksort(a):
    if len(a) <= 1:
        return a
    pivot, *rest = a
    left = [x for x in rest if x < pivot]
    right = [x for x in rest if x >= pivot]
    return quicksort(left) + [pivot] + quicksort(right)
#> quicksort([3, 1, 2])

#: binary_search
def search(xs, target):
    lo, hi = 0, len(xs)
    while lo < hi:
        mid = (lo + hi) // 2
        if xs[mid] < target:
            lo = mid + 1
        else:
            hi = mid
    return lo
#> search([1, 2, 3], 2)

#: insort_given
import bisect

def insert_sorted(xs, x):
    bisect.insort(xs, x)
    return xs.index(x)
#> insert_sorted([1, 3], 2)

#: lcs_table
def lcs(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            table[i][j] = table[i - 1][j - 1] + 1 if x == y else max(table[i - 1][j], table[i][j - 1])
    return table[-1][-1]
#> lcs("abc", "ac")

#: knapsack_memo_dict
def knap(i, cap, items, memo):
    if i == len(items) or cap <= 0:
        return 0
    if (i, cap) not in memo:
        w, v = items[i]
        best = knap(i + 1, cap, items, memo)
        if w <= cap:
            best = max(best, v + knap(i + 1, cap - w, items, memo))
        memo[i, cap] = best
    return memo[i, cap]
#> knap(0, 3, [(1, 2)], {})

#: dijkstra
import heapq

def dijkstra(graph, source):
    dist = {source: 0}
    heap = [(0, source)]
    while heap:
        d, u = heapq.heappop(heap)
        if d > dist.get(u, float("inf")):
            continue
        for v, w in graph.get(u, {}).items():
            nd = d + w
            if nd < dist.get(v, float("inf")):
                dist[v] = nd
                heapq.heappush(heap, (nd, v))
    return dist
#> dijkstra({"a": {"b": 1}}, "a")

#: union_find
class DSU:
    def __init__(self, n):
        self.parent = list(range(n))

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def union(self, a, b):
        self.parent[self.find(a)] = self.find(b)

def components(n, edges):
    dsu = DSU(n)
    for a, b in edges:
        dsu.union(a, b)
    return len({dsu.find(i) for i in range(n)})
#> components(3, [(0, 1)])

#: union_find_given
class DSU:
    def __init__(self, n):
        self.parent = list(range(n))

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def union(self, a, b):
        self.parent[self.find(a)] = self.find(b)

def link_all(dsu, edges):
    for a, b in edges:
        dsu.union(a, b)
#> link_all(DSU(3), [(0, 1), (1, 2)])

#: trie_insert
class Trie:
    def __init__(self):
        self.children = {}
        self.end = False

    def insert(self, word):
        node = self
        for ch in word:
            node = node.children.setdefault(ch, Trie())
        node.end = True

    def has(self, word):
        node = self
        for ch in word:
            if ch not in node.children:
                return False
            node = node.children[ch]
        return node.end

def build(words):
    t = Trie()
    for w in words:
        t.insert(w)
    return t
#> build(["ab"])

#: trie_lookup
class Trie:
    def __init__(self):
        self.children = {}
        self.end = False

    def has(self, word):
        node = self
        for ch in word:
            if ch not in node.children:
                return False
            node = node.children[ch]
        return node.end

def known(trie, words):
    return [w for w in words if trie.has(w)]
#> known(Trie(), ["a"])

#: lru_own
from collections import OrderedDict

class LRU:
    def __init__(self, size):
        self.size = size
        self.data = OrderedDict()

    def get(self, key):
        if key not in self.data:
            return None
        self.data.move_to_end(key)
        return self.data[key]

    def put(self, key, value):
        self.data[key] = value
        if len(self.data) > self.size:
            self.data.popitem(last=False)

def warm(cache, keys, fn):
    for k in keys:
        cache.put(k, k * 2)
    return cache.get(keys[0])
#> warm(LRU(2), [1, 2], None)

#: bank_account
class Account:
    def __init__(self, balance=0):
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount")
        self.balance += amount
        self.history.append(amount)

    def can_pay(self, amount):
        return self.balance >= amount

def transfer(source, target, amount):
    if not source.can_pay(amount):
        return False
    source.balance -= amount
    target.deposit(amount)
    return True
#> transfer(Account(10), Account(), 5)

#: account_report
class Account:
    def __init__(self, balance=0):
        self.balance = balance

    def __repr__(self):
        return f"Account({self.balance})"

def report(accounts):
    return ", ".join(repr(a) for a in sorted(accounts, key=lambda a: a.balance))
#> report([Account(1)])

#: observer_notify
class Subject:
    def __init__(self):
        self.listeners = []

    def subscribe(self, fn):
        self.listeners.append(fn)

    def emit(self, event):
        for fn in self.listeners:
            fn(event)

def run(events):
    seen = []
    s = Subject()
    s.subscribe(seen.append)
    for e in events:
        s.emit(e)
    return seen
#> run([1])

#: state_machine
class Machine:
    transitions = {"idle": "busy", "busy": "idle"}

    def __init__(self):
        self.state = "idle"

    def step(self):
        self.state = self.transitions[self.state]
        return self.state

def cycle(machine, n):
    return [machine.step() for _ in range(n)]
#> cycle(Machine(), 3)

#: iterator_class
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n

def total(counter):
    return sum(counter)
#> total(Countdown(3))

#: iterable_class_fresh
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        n = self.n
        while n:
            n -= 1
            yield n

def total(counter: Countdown) -> int:
    return sum(counter)
#> total(Countdown(3))

#: comparison_dunders
from functools import total_ordering

@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

def latest(versions):
    return max(versions)
#> latest([Version("1.2"), Version("1.3")])

#: call_dunder_counts
class Counter:
    def __init__(self):
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        return x

def apply_all(fn: Counter, xs):
    return [fn(x) for x in xs]
#> apply_all(Counter(), [1])

#: bool_dunder_logs
import logging

class Flag:
    def __bool__(self):
        logging.getLogger("flag").debug("asked")
        return True

def check(flag: Flag):
    return "yes" if flag else "no"
#> check(Flag())

#: contains_dunder
class Span:
    def __init__(self, lo, hi):
        self.lo, self.hi = lo, hi

    def __contains__(self, x):
        return self.lo <= x < self.hi

def inside(span, xs):
    return [x for x in xs if x in span]
#> inside(Span(0, 2), [1, 5])

#: getattr_dynamic
class Proxy:
    def __init__(self, target):
        self._target = target

    def __getattr__(self, name):
        return getattr(self._target, name)

def size(proxy):
    return proxy.count("a")
#> size(Proxy("aa"))

#: setitem_dunder
class Grid:
    def __init__(self, w, h):
        self.cells = [[0] * w for _ in range(h)]

    def __getitem__(self, pos):
        x, y = pos
        return self.cells[y][x]

    def __setitem__(self, pos, value):
        x, y = pos
        self.cells[y][x] = value

def bump(grid, x, y):
    grid[x, y] += 1
    return grid[x, y]
#> bump(Grid(2, 2), 0, 1)

#: staticmethod_pure
class Geometry:
    @staticmethod
    def hypot(a, b):
        return (a * a + b * b) ** 0.5

    @classmethod
    def unit(cls):
        return cls.hypot(1, 1)

def diag(a):
    return Geometry.hypot(a, a) + Geometry.unit()
#> diag(1)

#: singleton_class
class Config:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

def config():
    return Config()
#> config()

#: abstract_template
from abc import ABC, abstractmethod

class Step(ABC):
    @abstractmethod
    def run(self, x): ...

    def __call__(self, x):
        return self.run(x)

class Double(Step):
    def run(self, x):
        return x * 2

class Echo(Step):
    def run(self, x):
        print(x)
        return x

def pipeline(x, steps):
    for s in steps:
        x = s(x)
    return x
#> pipeline(1, [Double(), Echo()])

#: namedtuple_replace
from collections import namedtuple

Point = namedtuple("Point", "x y")

def move(p, dx):
    q = p._replace(x=p.x + dx)
    return q
#> move(Point(0, 0), 1)

#: enum_lookup
from enum import Enum

class Color(Enum):
    RED = 1
    BLUE = 2

def name_of(value):
    return Color(value).name.lower()
#> name_of(1)

#: counter_most_common
from collections import Counter

def mode(xs):
    c = Counter(xs)
    c.subtract([xs[0]])
    return c.most_common(1)[0][0]
#> mode([1, 2, 2])

#: counter_given_update
from collections import Counter

def tally(counter, words):
    counter.update(words)
    return counter.total() if hasattr(counter, "total") else sum(counter.values())
#> tally(Counter(), ["a"])

#: defaultdict_group
from collections import defaultdict

def group(rows, key):
    out = defaultdict(list)
    for r in rows:
        out[r[key]].append(r)
    return dict(out)
#> group([{"a": 1}], "a")

#: group_then_edit
from collections import defaultdict

def rank(rows, key):
    out = defaultdict(list)
    for r in rows:
        out[r[key]].append(r)
    for members in out.values():
        for i, m in enumerate(members):
            m["rank"] = i
    return out
#> rank([{"a": 1}], "a")

#: deque_window
from collections import deque

def moving(xs, n):
    window = deque(maxlen=n)
    out = []
    for x in xs:
        window.append(x)
        out.append(sum(window) / len(window))
    return out
#> moving([1, 2, 3], 2)

#: itertools_groupby
from itertools import groupby

def runs(xs):
    return [(k, len(list(g))) for k, g in groupby(xs)]
#> runs("aab")

#: zip_longest_default
from itertools import zip_longest

def interleave(a, b):
    return [x for pair in zip_longest(a, b) for x in pair if x is not None]
#> interleave([1], [2, 3])

#: walrus_reader
import io

def blocks(fh, size=2):
    out = []
    while chunk := fh.read(size):
        out.append(chunk)
    return out
#> blocks(io.StringIO("abc"))

#: match_statement
def area(shape):
    match shape:
        case {"kind": "circle", "r": r}:
            return 3 * r * r
        case {"kind": "rect", "w": w, "h": h}:
            return w * h
        case _:
            raise ValueError(shape)
#> area({"kind": "rect", "w": 1, "h": 2})

#: try_finally_counter
def guarded(fn, stats):
    stats["calls"] = stats.get("calls", 0) + 1
    try:
        return fn()
    except Exception as e:
        stats["errors"] = str(e)
        return None
    finally:
        stats["done"] = True
#> guarded(lambda: 1, {})

#: while_pop_stack
def eval_rpn(tokens):
    stack = []
    for t in tokens:
        if t in "+*":
            b, a = stack.pop(), stack.pop()
            stack.append(a + b if t == "+" else a * b)
        else:
            stack.append(int(t))
    return stack.pop()
#> eval_rpn(["1", "2", "+"])

#: tokens_consumed
def parse_list(tokens):
    out = []
    while tokens:
        t = tokens.pop(0)
        if t == "(":
            out.append(parse_list(tokens))
        elif t == ")":
            return out
        else:
            out.append(t)
    return out
#> parse_list(["(", "a", ")"])

#: string_builder
def caesar(text, k):
    out = ""
    for c in text:
        out += chr((ord(c) - 97 + k) % 26 + 97) if c.islower() else c
    return out
#> caesar("ab", 1)

#: list_of_lists_trap
def grid(w, h, fill):
    row = [fill] * w
    return [row] * h
#> grid(2, 2, [0])

#: class_default_dict_shared
class Model:
    defaults = {"lr": 0.1}

    def __init__(self, **kw):
        self.params = self.defaults
        self.params.update(kw)

def make(lr):
    return Model(lr=lr).params
#> make(0.5)

#: class_default_dict_copied
class Model:
    defaults = {"lr": 0.1}

    def __init__(self, **kw):
        self.params = {**self.defaults, **kw}

def make(lr):
    return Model(lr=lr).params
#> make(0.5)
