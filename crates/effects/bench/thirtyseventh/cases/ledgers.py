#: ledger_totals
from collections import defaultdict

class Ledger:
    def __init__(self):
        self.entries = defaultdict(list)

    def post(self, account, amount):
        self.entries[account].append(amount)

    def balance(self, account):
        return sum(self.entries.get(account, []))

def close_books(ledger, accounts):
    return {a: ledger.balance(a) for a in accounts}
#> close_books(Ledger(), ["a"])

#: ledger_import
from collections import defaultdict

class Ledger:
    def __init__(self):
        self.entries = defaultdict(list)

    def post(self, account, amount):
        self.entries[account].append(amount)

def import_rows(ledger, rows):
    for account, amount in rows:
        ledger.post(account, float(amount))
    return ledger
#> import_rows(Ledger(), [("a", "1")])

#: ledger_merge_new
from collections import defaultdict

class Ledger:
    def __init__(self):
        self.entries = defaultdict(list)

    def post(self, account, amount):
        self.entries[account].append(amount)

    @classmethod
    def combined(cls, *ledgers):
        out = cls()
        for l in ledgers:
            for a, amounts in l.entries.items():
                for x in amounts:
                    out.post(a, x)
        return out

def total(a, b):
    return len(Ledger.combined(a, b).entries)
#> total(Ledger(), Ledger())

#: text_pipeline
import re

class Normalizer:
    def __init__(self, *steps):
        self.steps = steps

    def __call__(self, text):
        for s in self.steps:
            text = s(text)
        return text

def normalise(texts):
    n = Normalizer(str.lower, str.strip, lambda t: re.sub(r"\s+", " ", t))
    return [n(t) for t in texts]
#> normalise([" A  b"])

#: history_undo
class Editor:
    def __init__(self, text=""):
        self.text = text
        self.undo_stack = []

    def type(self, s):
        self.undo_stack.append(self.text)
        self.text += s

    def undo(self):
        if self.undo_stack:
            self.text = self.undo_stack.pop()

def edit(parts):
    e = Editor()
    for p in parts:
        e.type(p)
    e.undo()
    return e.text
#> edit(["a", "b"])

#: neighbours_grid
class Cell:
    def __init__(self, x, y):
        self.x, self.y = x, y
        self.neighbours = []

def wire(cells):
    for a in cells:
        for b in cells:
            if a is not b and abs(a.x - b.x) <= 1:
                a.neighbours.append(b)
    return cells
#> wire([Cell(0, 0), Cell(1, 0)])

#: weights_average
import numpy as np

class Model:
    def __init__(self, w):
        self.w = np.asarray(w, dtype=float)

def average(models):
    out = Model(np.zeros(2))
    for m in models:
        out.w += m.w
    out.w /= len(models)
    return out
#> average([Model([1, 2]), Model([3, 4])])

#: weights_ema
import numpy as np

class Model:
    def __init__(self, w):
        self.w = np.array(w, dtype=float)

def ema(target, source, decay):
    target.w *= decay
    target.w += (1 - decay) * source.w
#> ema(Model([1, 2]), Model([3, 4]), 0.9)

#: simulation_step
import random

class Walker:
    def __init__(self, rng):
        self.rng = rng
        self.x = 0
        self.path = [0]

    def step(self):
        self.x += self.rng.choice([-1, 1])
        self.path.append(self.x)

def simulate(n, seed=0):
    w = Walker(random.Random(seed))
    for _ in range(n):
        w.step()
    return w.path
#> simulate(3)

#: pairwise_distance_objects
import math

class P:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def dist(self, o):
        return math.hypot(self.x - o.x, self.y - o.y)

def nearest(points):
    best = None
    for i, a in enumerate(points):
        for b in points[i + 1:]:
            d = a.dist(b)
            if best is None or d < best[0]:
                best = (d, a, b)
    return best[0]
#> nearest([P(0, 0), P(1, 1)])

#: cache_result_on_self
class Stats:
    def __init__(self, xs):
        self.xs = xs
        self._cache = {}

    def mean(self):
        if "mean" not in self._cache:
            self._cache["mean"] = sum(self.xs) / len(self.xs)
        return self._cache["mean"]

def z(stats, x):
    return x - stats.mean()
#> z(Stats([1, 2]), 3)

#: frames_registry
import pandas as pd

class Tables:
    def __init__(self):
        self.frames = {}

    def add(self, name, df):
        self.frames[name] = df.copy()
        return self

    def tag(self):
        for name, f in self.frames.items():
            f["table"] = name
        return pd.concat(self.frames.values())

def union(a, b):
    return Tables().add("a", a).add("b", b).tag()
#> union(pd.DataFrame({"x": [1]}), pd.DataFrame({"x": [2]}))

#: frames_registry_shared
import pandas as pd

class Tables:
    def __init__(self):
        self.frames = {}

    def add(self, name, df):
        self.frames[name] = df
        return self

    def tag(self):
        for name, f in self.frames.items():
            f["table"] = name
        return pd.concat(self.frames.values())

def union(a, b):
    return Tables().add("a", a).add("b", b).tag()
#> union(pd.DataFrame({"x": [1]}), pd.DataFrame({"x": [2]}))

#: scheduler_heap
import heapq

class Scheduler:
    def __init__(self):
        self.events = []

    def at(self, t, f):
        heapq.heappush(self.events, (t, len(self.events), f))

    def run(self):
        while self.events:
            t, _, f = heapq.heappop(self.events)
            f(t)

def trace(times):
    seen = []
    s = Scheduler()
    for t in times:
        s.at(t, seen.append)
    s.run()
    return seen
#> trace([2, 1])

#: config_layers
class Config:
    def __init__(self, base=None, **values):
        self.base = base
        self.values = values

    def __getitem__(self, k):
        if k in self.values:
            return self.values[k]
        if self.base is not None:
            return self.base[k]
        raise KeyError(k)

    def child(self, **values):
        return Config(self, **values)

def lookup(cfg, k):
    return cfg.child(debug=True)[k]
#> lookup(Config(a=1), "a")

#: bag_equality
class Bag:
    def __init__(self, items):
        self.items = list(items)

    def __eq__(self, other):
        return sorted(self.items) == sorted(other.items)

def same(a, b):
    return a == b
#> same(Bag([1]), Bag([1]))

#: bag_equality_sorts
class Bag:
    def __init__(self, items):
        self.items = list(items)

    def __eq__(self, other):
        self.items.sort()
        other.items.sort()
        return self.items == other.items

def same(a, b):
    return a == b
#> same(Bag([2, 1]), Bag([2, 1]))
