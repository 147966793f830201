#: portfolio_rebalance
class Portfolio:
    def __init__(self, weights):
        self.weights = dict(weights)
        self.trades = []

    def rebalance(self, target):
        for k, w in target.weights.items():
            delta = w - self.weights.get(k, 0.0)
            if delta:
                self.trades.append((k, delta))
            self.weights[k] = w
        return self

def track(mine, index):
    return mine.rebalance(index).trades
#> track(Portfolio({"a": 0.5}), Portfolio({"a": 0.7}))

#: polynomial_multiply
class Poly:
    def __init__(self, coefs):
        self.coefs = list(coefs)

    def __mul__(self, other):
        out = Poly([0] * (len(self.coefs) + len(other.coefs) - 1))
        for i, a in enumerate(self.coefs):
            for j, b in enumerate(other.coefs):
                out.coefs[i + j] += a * b
        return out

def square(p):
    return p * p
#> square(Poly([1, 2]))

#: graph_union
class Graph:
    def __init__(self):
        self.adj = {}

    def add_edge(self, u, v):
        self.adj.setdefault(u, set()).add(v)
        self.adj.setdefault(v, set()).add(u)

    def union(self, other):
        g = Graph()
        for src in (self, other):
            for u, vs in src.adj.items():
                for v in vs:
                    g.add_edge(u, v)
        return g

def joined_size(a, b):
    return len(a.union(b).adj)
#> joined_size(Graph(), Graph())

#: graph_bfs
from collections import deque

class Graph:
    def __init__(self, edges):
        self.adj = {}
        for u, v in edges:
            self.adj.setdefault(u, []).append(v)

    def bfs(self, start):
        seen, queue = {start}, deque([start])
        order = []
        while queue:
            u = queue.popleft()
            order.append(u)
            for v in self.adj.get(u, []):
                if v not in seen:
                    seen.add(v)
                    queue.append(v)
        return order

def reachable(graph, start):
    return set(graph.bfs(start))
#> reachable(Graph([(1, 2)]), 1)

#: board_copy_and_play
import copy

class Board:
    def __init__(self, n=3):
        self.cells = [[" "] * n for _ in range(n)]

    def play(self, r, c, who):
        self.cells[r][c] = who
        return self

    def clone(self):
        return copy.deepcopy(self)

def try_move(board, r, c):
    return board.clone().play(r, c, "x").cells
#> try_move(Board(), 0, 0)

#: board_shallow_copy
import copy

class Board:
    def __init__(self, n=3):
        self.cells = [[" "] * n for _ in range(n)]

    def play(self, r, c, who):
        self.cells[r][c] = who
        return self

def try_move(board, r, c):
    other = copy.copy(board)
    other.play(r, c, "x")
    return other
#> try_move(Board(), 0, 0)

#: state_machine
class Light:
    ORDER = ["red", "green", "amber"]

    def __init__(self):
        self.at = 0

    def step(self):
        self.at = (self.at + 1) % len(self.ORDER)
        return self.ORDER[self.at]

def cycle(light, n):
    return [light.step() for _ in range(n)]
#> cycle(Light(), 2)

#: order_totals
from dataclasses import dataclass

@dataclass
class Line:
    sku: str
    qty: int
    price: float

    @property
    def total(self):
        return self.qty * self.price

def invoice(lines):
    lines = sorted(lines, key=lambda l: l.total, reverse=True)
    return {l.sku: l.total for l in lines}
#> invoice([Line("a", 1, 2.0)])

#: apply_discount
from dataclasses import dataclass

@dataclass
class Line:
    sku: str
    qty: int
    price: float

def apply_discount(lines, pct):
    for line in lines:
        if line.qty > 1:
            line.price *= 1 - pct
    return lines
#> apply_discount([Line("a", 2, 2.0)], 0.1)

#: discounted_copies
from dataclasses import dataclass, replace

@dataclass
class Line:
    sku: str
    qty: int
    price: float

def discounted(lines, pct):
    return [replace(line, price=line.price * (1 - pct)) for line in lines]
#> discounted([Line("a", 2, 2.0)], 0.1)

#: two_accounts_history_called
class Account:
    def __init__(self):
        self.history = [1]
        self.total = 0

    def deposit(self, x):
        self.total += x
        self.history.append(x)

def mirror(source: Account, target: Account):
    for x in list(source.history):
        target.deposit(x)
    return target.total
#> mirror(Account(), Account())

#: matrix_transpose_new
class Grid:
    def __init__(self, rows):
        self.rows = rows

    def transposed(self):
        return Grid([list(c) for c in zip(*self.rows)])

def flip(grid):
    t = grid.transposed()
    t.rows[0][0] = 0
    return t
#> flip(Grid([[1, 2]]))

#: grid_shares_rows
class Grid:
    def __init__(self, rows):
        self.rows = rows

    def reversed(self):
        return Grid(self.rows[::-1])

def flip(grid):
    t = grid.reversed()
    t.rows[0][0] = 0
    return t
#> flip(Grid([[1, 2], [3, 4]]))

#: priority_merge
import heapq

def merge_sorted(a, b):
    return list(heapq.merge(a, b))
#> merge_sorted([1], [2])

#: two_pointers_consume
def merge_sorted(a, b):
    out = []
    while a and b:
        out.append(a.pop(0) if a[0] <= b[0] else b.pop(0))
    return out + a + b
#> merge_sorted([1, 3], [2, 4])

#: quicksort_in_place
def quicksort(xs, lo=0, hi=None):
    hi = len(xs) - 1 if hi is None else hi
    if lo < hi:
        p = xs[hi]
        i = lo
        for j in range(lo, hi):
            if xs[j] < p:
                xs[i], xs[j] = xs[j], xs[i]
                i += 1
        xs[i], xs[hi] = xs[hi], xs[i]
        quicksort(xs, lo, i - 1)
        quicksort(xs, i + 1, hi)
    return xs
#> quicksort([3, 1, 2])

#: quicksort_new
def quicksort(xs):
    if len(xs) < 2:
        return xs
    p, *rest = xs
    return quicksort([x for x in rest if x < p]) + [p] + quicksort([x for x in rest if x >= p])
#> quicksort([3, 1, 2])

#: knapsack_table
def knapsack(items, cap):
    best = [0] * (cap + 1)
    for w, v in items:
        for c in range(cap, w - 1, -1):
            best[c] = max(best[c], best[c - w] + v)
    return best[cap]
#> knapsack([(1, 2)], 3)

#: sieve
def primes(n):
    flags = [True] * (n + 1)
    flags[0:2] = [False, False]
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]:
            flags[i * i :: i] = [False] * len(flags[i * i :: i])
    return [i for i, f in enumerate(flags) if f]
#> primes(10)

#: rotate_list
def rotate(xs, k):
    k %= len(xs)
    xs[:] = xs[-k:] + xs[:-k]
#> rotate([1, 2, 3], 1)

#: rotated_list
def rotated(xs, k):
    k %= len(xs)
    xs = xs[-k:] + xs[:-k]
    xs[0] = None
    return xs
#> rotated([1, 2, 3], 1)

#: union_find
def find(parent, x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x

def components(n, edges):
    parent = list(range(n))
    for a, b in edges:
        parent[find(parent, a)] = find(parent, b)
    return len({find(parent, i) for i in range(n)})
#> components(3, [(0, 1)])

#: union_find_given
def find(parent, x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x

def connect(parent, a, b):
    parent[find(parent, a)] = find(parent, b)
#> connect([0, 1, 2], 0, 1)

#: nested_defaults
def ensure_section(cfg, *path):
    node = cfg
    for p in path:
        node = node.setdefault(p, {})
    return node
#> ensure_section({}, "a", "b")

#: nested_get
def get_path(cfg, *path, default=None):
    node = cfg
    for p in path:
        if not isinstance(node, dict) or p not in node:
            return default
        node = node[p]
    return node
#> get_path({"a": {"b": 1}}, "a", "b")

#: deep_merge_new
def deep_merge(a, b):
    out = dict(a)
    for k, v in b.items():
        if isinstance(v, dict) and isinstance(out.get(k), dict):
            out[k] = deep_merge(out[k], v)
        else:
            out[k] = v
    return out
#> deep_merge({"a": {"x": 1}}, {"a": {"y": 2}})

#: deep_merge_in_place
def deep_merge(a, b):
    for k, v in b.items():
        if isinstance(v, dict) and isinstance(a.get(k), dict):
            deep_merge(a[k], v)
        else:
            a[k] = v
    return a
#> deep_merge({"a": {"x": 1}}, {"a": {"y": 2}})

#: prune_none
def prune(d):
    return {k: prune(v) if isinstance(v, dict) else v for k, v in d.items() if v is not None}
#> prune({"a": None, "b": {"c": None}})

#: prune_none_in_place
def prune(d):
    for k in list(d):
        if d[k] is None:
            del d[k]
        elif isinstance(d[k], dict):
            prune(d[k])
#> prune({"a": None, "b": {"c": None}})

#: counter_subtract
from collections import Counter

def missing(need, have):
    need = Counter(need)
    need.subtract(Counter(have))
    return +need
#> missing("aab", "ab")

#: counter_given
from collections import Counter

def use(stock: Counter, items):
    stock.subtract(items)
    return stock["a"]
#> use(Counter("aab"), "ab")

#: chainmap_write
from collections import ChainMap

def override(defaults, key, value):
    view = ChainMap({}, defaults)
    view[key] = value
    return dict(view)
#> override({"a": 1}, "a", 2)

#: chainmap_first
from collections import ChainMap

def override(user, defaults, key, value):
    view = ChainMap(user, defaults)
    view[key] = value
    return view[key]
#> override({}, {"a": 1}, "a", 2)

#: memoryview_write
def zero(buf: bytearray):
    view = memoryview(buf)
    view[0] = 0
    return len(view)
#> zero(bytearray(b"ab"))

#: array_module
from array import array

def scaled(xs, k):
    a = array("d", xs)
    for i in range(len(a)):
        a[i] *= k
    return a
#> scaled([1.0], 2)

#: fromkeys_shared
def rows(keys):
    table = dict.fromkeys(keys, [])
    table[keys[0]].append(1)
    return table
#> rows(["a", "b"])

#: multiply_list_shared
def grid(n):
    g = [[0] * n] * n
    g[0][0] = 1
    return g
#> grid(2)

#: multiply_given_row
def grid(row, n):
    g = [row] * n
    g[0][0] = 1
    return g
#> grid([0], 2)

#: zip_longest_rows
from itertools import zip_longest

def pad(a, b):
    return [x + y for x, y in zip_longest(a, b, fillvalue=0)]
#> pad([1], [2, 3])

#: islice_list
from itertools import islice

def chunks(xs, n):
    it = iter(xs)
    out = []
    while True:
        part = list(islice(it, n))
        if not part:
            return out
        part.reverse()
        out.append(part)
#> chunks([1, 2, 3], 2)

#: accumulate_totals
from itertools import accumulate

def running(xs):
    totals = list(accumulate(xs))
    totals.insert(0, 0)
    return totals
#> running([1, 2])

#: try_else
def parse_all(texts, errors):
    out = []
    for t in texts:
        try:
            v = float(t)
        except ValueError as e:
            errors.append(str(e))
        else:
            out.append(v)
    return out
#> parse_all(["1", "x"], [])

#: custom_exception_state
class Failed(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code

def attempt(codes):
    seen = []
    for c in codes:
        try:
            if c:
                raise Failed(c)
        except Failed as f:
            seen.append(f.code)
    return seen
#> attempt([0, 1])

#: while_walrus
def read_blocks(f):
    n = 0
    while chunk := f.read(2):
        n += len(chunk)
    return n
#> read_blocks(__import__("io").StringIO("abc"))

#: stringio_local
import io

def count_lines(text):
    f = io.StringIO(text)
    f.readline()
    return sum(1 for _ in f)
#> count_lines("a\nb\n")
