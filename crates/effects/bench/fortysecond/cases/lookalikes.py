#: longest_run
def longest_run(flags):
    best = cur = 0
    for f in flags:
        cur = cur + 1 if f else 0
        best = max(best, cur)
    return best
#> longest_run([1, 0, 1, 1])

#: balanced_brackets
def balanced(text):
    pairs, stack = {")": "(", "]": "["}, []
    for ch in text:
        if ch in pairs.values():
            stack.append(ch)
        elif ch in pairs and (not stack or stack.pop() != pairs[ch]):
            return False
    return not stack
#> balanced("([])")

#: matrix_minor
def minor(m, i, j):
    rows = m[:i] + m[i + 1 :]
    return [r[:j] + r[j + 1 :] for r in rows]

def det(m):
    if len(m) == 1:
        return m[0][0]
    total = 0
    for j, v in enumerate(m[0]):
        total += (-1) ** j * v * det(minor(m, 0, j))
    return total
#> det([[1, 2], [3, 4]])

#: gauss_elimination
def solve(a, b):
    n = len(a)
    a = [row[:] + [b[i]] for i, row in enumerate(a)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[p] = a[p], a[i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            for c in range(i, n + 1):
                a[r][c] -= f * a[i][c]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (a[i][n] - sum(a[i][c] * x[c] for c in range(i + 1, n))) / a[i][i]
    return x
#> solve([[2.0, 0.0], [0.0, 4.0]], [2.0, 8.0])

#: flood_fill_copy
def filled(grid, r, c, new):
    grid = [row[:] for row in grid]
    old, todo = grid[r][c], [(r, c)]
    while todo:
        i, j = todo.pop()
        if 0 <= i < len(grid) and 0 <= j < len(grid[0]) and grid[i][j] == old != new:
            grid[i][j] = new
            todo += [(i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)]
    return grid
#> filled([[0, 0], [1, 0]], 0, 0, 2)

#: bfs_levels
from collections import deque

def levels(graph, root):
    seen, q, out = {root: 0}, deque([root]), {}
    while q:
        n = q.popleft()
        out.setdefault(seen[n], []).append(n)
        for m in graph.get(n, ()):
            if m not in seen:
                seen[m] = seen[n] + 1
                q.append(m)
    return out
#> levels({"a": ["b"]}, "a")

#: dfs_recursive_inner
def reachable(graph, root):
    seen = set()
    def visit(n):
        if n in seen:
            return
        seen.add(n)
        for m in graph.get(n, []):
            visit(m)
    visit(root)
    return seen
#> reachable({"a": ["b"]}, "a")

#: floyd_warshall
def all_pairs(weights, n):
    d = [[float("inf")] * n for _ in range(n)]
    for i in range(n):
        d[i][i] = 0
    for (a, b), w in weights.items():
        d[a][b] = min(d[a][b], w)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if d[i][k] + d[k][j] < d[i][j]:
                    d[i][j] = d[i][k] + d[k][j]
    return d
#> all_pairs({(0, 1): 2}, 2)

#: edit_distance
def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        prev, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            prev, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, prev + (x != y))
    return row[-1]
#> distance("ab", "ac")

#: permutations_backtrack
def arrangements(items):
    out, cur, used = [], [], set()
    def go():
        if len(cur) == len(items):
            out.append(tuple(cur))
            return
        for i, x in enumerate(items):
            if i not in used:
                used.add(i)
                cur.append(x)
                go()
                cur.pop()
                used.remove(i)
    go()
    return out
#> arrangements([1, 2])

#: trie_built
def completions(words, prefix):
    trie = {}
    for w in words:
        node = trie
        for ch in w:
            node = node.setdefault(ch, {})
        node["$"] = w
    node = trie
    for ch in prefix:
        if ch not in node:
            return []
        node = node[ch]
    out, todo = [], [node]
    while todo:
        n = todo.pop()
        for k, v in n.items():
            out.append(v) if k == "$" else todo.append(v)
    return sorted(out)
#> completions(["ab", "ac"], "a")

#: huffman_codes
import heapq

def codes(text):
    heap = [[n, [ch, ""]] for ch, n in {c: text.count(c) for c in text}.items()]
    heapq.heapify(heap)
    while len(heap) > 1:
        lo, hi = heapq.heappop(heap), heapq.heappop(heap)
        for pair in lo[1:]:
            pair[1] = "0" + pair[1]
        for pair in hi[1:]:
            pair[1] = "1" + pair[1]
        heapq.heappush(heap, [lo[0] + hi[0]] + lo[1:] + hi[1:])
    return {ch: c for ch, c in heap[0][1:]}
#> codes("aab")

#: k_nearest
import heapq

def nearest(points, q, k):
    best = []
    for p in points:
        d = sum((a - b) ** 2 for a, b in zip(p, q))
        heapq.heappush(best, (-d, p))
        if len(best) > k:
            heapq.heappop(best)
    best.sort(reverse=True)
    return [p for _, p in best]
#> nearest([(0, 0), (5, 5)], (1, 1), 1)

#: moving_stats
def moving_stats(xs, n):
    window, out = [], []
    for x in xs:
        window.append(x)
        if len(window) > n:
            window.pop(0)
        out.append((min(window), max(window)))
    return out
#> moving_stats([1, 3, 2], 2)

#: parse_ini_like
def parse(text):
    cfg, section = {}, None
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("["):
            section = cfg.setdefault(line.strip("[]"), {})
        elif "=" in line and section is not None:
            k, v = line.split("=", 1)
            section[k.strip()] = v.strip()
    return cfg
#> parse("[a]\nb = 1")

#: flatten_json
def flatten(obj, sep="."):
    out = {}
    def walk(x, path):
        if isinstance(x, dict):
            for k, v in x.items():
                walk(v, path + [str(k)])
        elif isinstance(x, list):
            for i, v in enumerate(x):
                walk(v, path + [str(i)])
        else:
            out[sep.join(path)] = x
    walk(obj, [])
    return out
#> flatten({"a": [1, {"b": 2}]})

#: deep_merge
def deep_merge(a, b):
    out = dict(a)
    for k, v in b.items():
        if isinstance(v, dict) and isinstance(out.get(k), dict):
            out[k] = deep_merge(out[k], v)
        else:
            out[k] = v
    return out
#> deep_merge({"a": {"b": 1}}, {"a": {"c": 2}})

#: group_and_sort
def grouped(records, key):
    groups = {}
    for r in records:
        groups.setdefault(r[key], []).append(r)
    for g in groups.values():
        g.sort(key=lambda r: r["n"])
    return groups
#> grouped([{"k": 1, "n": 2}, {"k": 1, "n": 1}], "k")

#: records_enriched
def enriched(records, lookup):
    out = []
    for r in records:
        r = {**r, "label": lookup.get(r["id"], "?")}
        r["id"] = str(r["id"])
        out.append(r)
    return out
#> enriched([{"id": 1}], {1: "a"})

#: records_enriched_in_place
def enriched(records, lookup):
    for r in records:
        r["label"] = lookup.get(r["id"], "?")
    return records
#> enriched([{"id": 1}], {1: "a"})

#: join_rows
def joined(left, right, on):
    by_key = {}
    for r in right:
        by_key.setdefault(r[on], []).append(r)
    out = []
    for l in left:
        for r in by_key.get(l[on], [{}]):
            row = dict(r)
            row.update(l)
            out.append(row)
    return out
#> joined([{"k": 1}], [{"k": 1, "v": 2}], "k")

#: pivot_rows
from collections import defaultdict

def pivot(rows):
    table = defaultdict(dict)
    for r, c, v in rows:
        table[r][c] = table[r].get(c, 0) + v
    for cells in table.values():
        cells["sum"] = sum(cells.values())
    return dict(table)
#> pivot([("a", "x", 1)])

#: histogram_lines
def bars(counts, width=10):
    top = max(counts.values())
    lines = []
    for k, n in sorted(counts.items()):
        bar = "#" * int(width * n / top)
        bar += "." * (width - len(bar))
        lines.append(f"{k} {bar}")
    return lines
#> bars({"a": 2})

#: justified_text
def wrap(words, width):
    lines, cur = [], []
    for w in words:
        if cur and len(" ".join(cur + [w])) > width:
            lines.append(" ".join(cur))
            cur = []
        cur.append(w)
    lines.append(" ".join(cur))
    return lines
#> wrap(["a", "bb"], 2)

#: run_length
def rle(xs):
    out = []
    for x in xs:
        if out and out[-1][0] == x:
            out[-1][1] += 1
        else:
            out.append([x, 1])
    return [tuple(p) for p in out]
#> rle("aab")

#: polynomial_eval
def poly(coefs, x):
    total = 0
    for c in reversed(coefs):
        total *= x
        total += c
    return total
#> poly([1, 2], 3)

#: base_convert
def to_base(n, base):
    digits = []
    while n:
        n, d = divmod(n, base)
        digits.append(d)
    digits.reverse()
    return digits or [0]
#> to_base(10, 2)

#: prime_factors
def factors(n):
    out, p = {}, 2
    while n > 1:
        while n % p == 0:
            out[p] = out.get(p, 0) + 1
            n //= p
        p += 1
    return out
#> factors(12)

#: newton_sqrt
def sqrt(x, steps=5):
    guess = x
    for _ in range(steps):
        guess -= (guess * guess - x) / (2 * guess)
    return guess
#> sqrt(2.0)

#: linear_fit
def fit_line(xs, ys):
    n = len(xs)
    mx, my = sum(xs) / n, sum(ys) / n
    sxx = sxy = 0.0
    for x, y in zip(xs, ys):
        x -= mx
        y -= my
        sxx += x * x
        sxy += x * y
    return sxy / sxx, my - sxy / sxx * mx
#> fit_line([1, 2], [2, 4])

#: simulate_queue
def simulate(arrivals, service):
    free_at, waits = 0.0, []
    for t, s in zip(arrivals, service):
        start = max(t, free_at)
        waits.append(start - t)
        free_at = start + s
    return sum(waits) / len(waits)
#> simulate([0, 1], [2, 2])

#: markov_chain
import random

def babble(pairs, n, seed):
    table = {}
    for a, b in pairs:
        table.setdefault(a, []).append(b)
    rng = random.Random(seed)
    word = rng.choice(sorted(table))
    out = [word]
    for _ in range(n):
        word = rng.choice(table.get(word, [out[0]]))
        out.append(word)
    return out
#> babble([("a", "b"), ("b", "a")], 3, 0)

#: reservoir_sample
import random

def reservoir(stream, k, rng=None):
    rng = rng or random.Random(7)
    kept = []
    for i, x in enumerate(stream):
        if i < k:
            kept.append(x)
        else:
            j = rng.randint(0, i)
            if j < k:
                kept[j] = x
    return kept
#> reservoir([1, 2, 3], 2)

#: bootstrap_ci
import numpy as np

def ci(x, n=10, seed=0):
    rng = np.random.default_rng(seed)
    means = np.array([rng.choice(x, len(x)).mean() for _ in range(n)])
    means.sort()
    return means[0], means[-1]
#> ci(np.array([1.0, 2.0]))

#: one_step_em
import numpy as np

def em_step(x, mu, sigma, w):
    dens = w * np.exp(-((x[:, None] - mu) ** 2) / (2 * sigma**2)) / sigma
    resp = dens / dens.sum(axis=1, keepdims=True)
    nk = resp.sum(axis=0)
    mu = (resp * x[:, None]).sum(axis=0) / nk
    sigma = np.sqrt((resp * (x[:, None] - mu) ** 2).sum(axis=0) / nk)
    sigma[sigma < 1e-3] = 1e-3
    return mu, sigma, nk / len(x)
#> em_step(np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.array([1.0, 1.0]), np.array([0.5, 0.5]))

#: power_iteration
import numpy as np

def leading(a, steps=5):
    v = np.ones(a.shape[0])
    for _ in range(steps):
        v = a @ v
        v /= np.linalg.norm(v)
    return v @ a @ v, v
#> leading(np.eye(2))

#: pagerank
import numpy as np

def pagerank(adj, d=0.85, steps=3):
    n = len(adj)
    m = adj / np.maximum(adj.sum(axis=0), 1)
    r = np.full(n, 1 / n)
    for _ in range(steps):
        r = d * m @ r
        r += (1 - d) / n
    return r / r.sum()
#> pagerank(np.ones((2, 2)))

#: jacobi_solver
import numpy as np

def jacobi(A, b, x0=None, steps=3):
    x = np.zeros_like(b) if x0 is None else x0.copy()
    D = np.diag(A)
    R = A - np.diagflat(D)
    for _ in range(steps):
        x = (b - R @ x) / D
    x[np.abs(x) < 1e-12] = 0
    return x
#> jacobi(np.eye(2) * 2, np.ones(2))

#: knn_impute
import numpy as np

def impute(X):
    out = X.copy()
    for i, j in zip(*np.where(np.isnan(X))):
        col = X[:, j]
        out[i, j] = np.nanmean(col)
    return out
#> impute(np.array([[1.0, np.nan], [2.0, 3.0]]))

#: image_blurred
import numpy as np

def blur(img):
    p = np.pad(img, 1, mode="edge")
    out = np.zeros(img.shape)
    for di in range(3):
        for dj in range(3):
            out += p[di : di + img.shape[0], dj : dj + img.shape[1]]
    return out / 9
#> blur(np.ones((2, 2)))

#: image_thresholded_view
import numpy as np

def darken(img, box, k):
    r0, r1, c0, c1 = box
    patch = img[r0:r1, c0:c1]
    patch *= k
    return img
#> darken(np.ones((3, 3)), (0, 2, 0, 2), 0.5)

#: image_patch_copy
import numpy as np

def darkened(img, box, k):
    r0, r1, c0, c1 = box
    patch = img[r0:r1, c0:c1] * k
    patch[0] = 0
    return patch
#> darkened(np.ones((3, 3)), (0, 2, 0, 2), 0.5)

#: chunk_means
import numpy as np

def chunk_means(x, n):
    parts = np.array_split(x, n)
    means = [p.mean() for p in parts]
    means.sort()
    return means
#> chunk_means(np.arange(4.0), 2)

#: masked_columns
def useful_columns(df, limit=0.5):
    share = df.isna().mean()
    share[share > limit] = None
    keep = share.dropna().index.tolist()
    keep.append("id") if "id" not in keep else None
    return keep
#> useful_columns(__import__("pandas").DataFrame({"a": [1, None]}))

#: group_ranks
def group_top(df, by, col, n=1):
    parts = []
    for key, g in df.groupby(by):
        g = g.nlargest(n, col)
        g["group"] = key
        parts.append(g.reset_index(drop=True))
    return parts
#> group_top(__import__("pandas").DataFrame({"k": ["a", "a"], "v": [1, 2]}), "k", "v")

#: column_pairs
def correlations(df, limit=0.5):
    c = df.corr().abs()
    out = []
    for i, a in enumerate(c.columns):
        for b in c.columns[i + 1 :]:
            if c.loc[a, b] > limit:
                out.append((a, b, c.loc[a, b]))
    out.sort(key=lambda t: -t[2])
    return out
#> correlations(__import__("pandas").DataFrame({"a": [1, 2], "b": [2, 4]}))

#: month_table
def month_table(df):
    t = df.assign(month=df["date"].dt.month).groupby("month")["v"].agg(["sum", "count"])
    t.columns = ["total", "n"]
    t["mean"] = t.total / t.n
    t.loc[13] = t.sum()
    return t
#> month_table(__import__("pandas").DataFrame({"date": __import__("pandas").to_datetime(["2020-01-01"]), "v": [1.0]}))

#: string_columns_split
def split_names(df):
    parts = df["name"].str.split(" ", expand=True)
    parts.columns = ["first", "last"]
    parts["first"] = parts["first"].str.title()
    return df.drop(columns="name").join(parts)
#> split_names(__import__("pandas").DataFrame({"name": ["a b"]}))

#: frame_from_counter
from collections import Counter
import pandas as pd

def frequency(words):
    c = Counter(words)
    c.pop("", None)
    df = pd.DataFrame(c.most_common(), columns=["word", "n"])
    df["share"] = df["n"] / df["n"].sum()
    return df
#> frequency(["a", "b", "a"])

#: settings_overlay
from types import SimpleNamespace

def overlay(base, **changes):
    ns = SimpleNamespace(**vars(base))
    for k, v in changes.items():
        setattr(ns, k, v)
    return ns
#> overlay(SimpleNamespace(a=1), b=2)

#: visitor_dispatch
class Eval:
    def visit(self, node):
        return getattr(self, "visit_" + node[0])(*node[1:])

    def visit_num(self, n):
        return n

    def visit_add(self, a, b):
        return self.visit(a) + self.visit(b)

def calc(tree):
    return Eval().visit(tree)
#> calc(("add", ("num", 1), ("num", 2)))

#: priority_class
import heapq

class PQ:
    def __init__(self):
        self._h = []
        self._n = 0

    def push(self, item, prio):
        heapq.heappush(self._h, (prio, self._n, item))
        self._n += 1

    def pop(self):
        return heapq.heappop(self._h)[-1]

    def __len__(self):
        return len(self._h)

def by_priority(tasks):
    q = PQ()
    for name, prio in tasks:
        q.push(name, prio)
    return [q.pop() for _ in range(len(q))]
#> by_priority([("a", 2), ("b", 1)])

#: event_log_local
class Log:
    def __init__(self):
        self.events = []

    def __call__(self, name, **data):
        self.events.append({"name": name, **data})

    def names(self):
        return [e["name"] for e in self.events]

def traced(xs):
    log = Log()
    for x in xs:
        log("item", value=x)
    return log.names()
#> traced([1])

#: vector_class_ops
class V:
    def __init__(self, *xs):
        self.xs = xs

    def __add__(self, o):
        return V(*(a + b for a, b in zip(self.xs, o.xs)))

    def __mul__(self, k):
        return V(*(a * k for a in self.xs))

    __rmul__ = __mul__

    def __iter__(self):
        return iter(self.xs)

def lerp(a, b, t):
    c = (1 - t) * a + t * b
    c.xs = tuple(round(x, 3) for x in c)
    return list(c)
#> lerp(V(0, 0), V(1, 1), 0.5)

#: grid_class_step
class World:
    def __init__(self, cells):
        self.cells = set(cells)

    def neighbours(self, c):
        x, y = c
        return {(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} - {c}

    def step(self):
        counts = {}
        for c in self.cells:
            for n in self.neighbours(c):
                counts[n] = counts.get(n, 0) + 1
        return World(c for c, n in counts.items() if n == 3 or (n == 2 and c in self.cells))

def after(cells, n):
    w = World(cells)
    for _ in range(n):
        w = w.step()
    return sorted(w.cells)
#> after([(0, 0), (0, 1), (0, 2)], 1)

#: pipeline_of_steps
class Step:
    def __init__(self, fn):
        self.fn = fn

    def __rshift__(self, other):
        return Step(lambda x: other.fn(self.fn(x)))

def cleaned(rows):
    p = Step(lambda xs: [x.strip() for x in xs]) >> Step(lambda xs: sorted(set(xs)))
    out = p.fn(rows)
    out.append("end")
    return out
#> cleaned([" a"])

#: lazy_property_local
class Doc:
    def __init__(self, text):
        self.text = text
        self._words = None

    @property
    def words(self):
        if self._words is None:
            self._words = self.text.split()
        return self._words

def shared_words(a, b):
    x, y = Doc(a), Doc(b)
    return sorted(set(x.words) & set(y.words))
#> shared_words("a b", "b c")

#: generator_pipeline
def numbers(lines):
    for line in lines:
        line = line.strip()
        if line:
            yield float(line)

def scaled(values, k):
    for v in values:
        v *= k
        yield v

def total(lines, k):
    return sum(scaled(numbers(lines), k))
#> total(["1", "2"], 2)

#: coroutine_average
def averager():
    n, t, avg = 0, 0.0, None
    while True:
        x = yield avg
        n += 1
        t += x
        avg = t / n

def averages(xs):
    c = averager()
    next(c)
    return [c.send(x) for x in xs]
#> averages([1, 2])
