#: normalise_columns
def normalise_columns(df):
    cols = {c: c.strip().lower().replace(" ", "_") for c in df.columns}
    df = df.rename(columns=cols)
    df.columns.name = None
    for c in df.select_dtypes("object"):
        df[c] = df[c].str.strip()
    return df
#> normalise_columns(__import__("pandas").DataFrame({"A b": ["x "]}))

#: outliers_removed
def outliers_removed(df, cols, k=1.5):
    keep = None
    for c in cols:
        q1, q3 = df[c].quantile([0.25, 0.75])
        ok = df[c].between(q1 - k * (q3 - q1), q3 + k * (q3 - q1))
        keep = ok if keep is None else keep & ok
    df = df[keep].reset_index(drop=True)
    df["clean"] = True
    return df
#> outliers_removed(__import__("pandas").DataFrame({"a": [1.0, 2.0, 3.0]}), ["a"])

#: train_valid_masks
import numpy as np

def train_valid(df, frac=0.5, seed=0):
    rng = np.random.default_rng(seed)
    idx = np.arange(len(df))
    rng.shuffle(idx)
    cut = int(len(idx) * frac)
    train, valid = df.iloc[idx[:cut]].copy(), df.iloc[idx[cut:]].copy()
    train["set"], valid["set"] = "train", "valid"
    return train, valid
#> train_valid(__import__("pandas").DataFrame({"a": [1, 2]}))

#: pivot_filled
def pivot_filled(df, rows, cols, vals):
    table = df.pivot_table(index=rows, columns=cols, values=vals, aggfunc="sum")
    table = table.fillna(0)
    table.loc["total"] = table.sum()
    table["total"] = table.sum(axis=1)
    return table
#> pivot_filled(__import__("pandas").DataFrame({"r": ["a"], "c": ["x"], "v": [1]}), "r", "c", "v")

#: describe_as_dict
def describe(df):
    stats = df.describe().to_dict()
    for name, column in stats.items():
        column["range"] = column["max"] - column["min"]
        column.pop("count")
    return stats
#> describe(__import__("pandas").DataFrame({"a": [1.0, 2.0]}))

#: map_with_default
def mapped(s, table, default="?"):
    out = s.map(table)
    out[out.isna()] = default
    return out
#> mapped(__import__("pandas").Series(["a", "b"]), {"a": "x"})

#: value_list_extended
def unique_values(df, col, extra):
    vals = df[col].unique().tolist()
    vals += extra
    vals.sort()
    return vals
#> unique_values(__import__("pandas").DataFrame({"a": ["b", "a"]}), "a", ["c"])

#: where_numpy_filled
import numpy as np

def filled(x, value=0.0):
    bad = ~np.isfinite(x)
    y = np.where(bad, value, x)
    y[0] = value
    return y, bad.sum()
#> filled(np.array([1.0, np.nan]))

#: histogram_counts
import numpy as np

def counts(x, bins=3):
    h, edges = np.histogram(x, bins=bins)
    h = h.astype(float)
    h /= h.sum()
    edges[-1] += 1e-9
    return h, edges
#> counts(np.array([1.0, 2.0]))

#: pad_sequences
import numpy as np

def pad(seqs, length):
    out = np.zeros((len(seqs), length), dtype=int)
    for i, s in enumerate(seqs):
        s = s[:length]
        out[i, : len(s)] = s
    return out
#> pad([[1, 2, 3], [4]], 2)

#: convolve_rows
import numpy as np

def smooth_rows(m, k=3):
    kernel = np.ones(k) / k
    rows = [np.convolve(r, kernel, mode="same") for r in m]
    rows[0] *= 2
    return np.array(rows)
#> smooth_rows(np.ones((2, 4)))

#: distance_matrix
import numpy as np

def nearest(points):
    d = ((points[:, None, :] - points[None, :, :]) ** 2).sum(-1) ** 0.5
    d[np.diag_indices(len(d))] = np.inf
    return d.argmin(1)
#> nearest(np.array([[0.0, 0.0], [1.0, 1.0]]))

#: einsum_scaled
import numpy as np

def gram(x, weights=None):
    g = np.einsum("ij,kj->ik", x, x)
    if weights is not None:
        g *= weights
    g += np.eye(len(g)) * 1e-6
    return g
#> gram(np.ones((2, 2)))

#: meshgrid_field
import numpy as np

def field(xs, ys):
    gx, gy = np.meshgrid(xs, ys)
    z = np.sin(gx) * np.cos(gy)
    z[z < 0] = 0
    gx += 1
    return z, gx
#> field(np.arange(2.0), np.arange(2.0))

#: cumulative_returns
import numpy as np

def drawdown(returns):
    wealth = np.cumprod(1 + returns)
    peak = np.maximum.accumulate(wealth)
    dd = wealth / peak - 1
    dd[0] = 0
    return dd.min()
#> drawdown(np.array([0.1, -0.1]))

#: matrix_row_normalised
import numpy as np

def row_normalise(m):
    s = m.sum(axis=1, keepdims=True)
    s[s == 0] = 1
    return m / s
#> row_normalise(np.ones((2, 2)))

#: parse_records
def parse_records(text, sep=";"):
    records = []
    for line in text.strip().split("\n"):
        parts = line.split(sep)
        key = parts.pop(0)
        parts.reverse()
        records.append((key, parts))
    return dict(records)
#> parse_records("a;1;2")

#: word_ngrams
def ngrams(words, n=2):
    words = ["<s>"] * (n - 1) + words
    words.append("</s>")
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
#> ngrams(["a", "b"])

#: invert_index
from collections import defaultdict

def invert(docs):
    index = defaultdict(set)
    for i, doc in enumerate(docs):
        for w in doc.split():
            index[w].add(i)
    return {w: sorted(ids) for w, ids in index.items()}
#> invert(["a b", "b"])

#: transpose_dicts
def transpose(table):
    out = {}
    for r, row in table.items():
        for c, v in row.items():
            out.setdefault(c, {})[r] = v
    return out
#> transpose({"a": {"x": 1}})

#: nested_update_copy
def with_option(config, path, value):
    config = dict(config)
    *parents, last = path.split(".")
    here = config
    for p in parents:
        here[p] = dict(here.get(p, {}))
        here = here[p]
    here[last] = value
    return config
#> with_option({"a": {"b": 1}}, "a.b", 2)

#: topological_order
def order(graph):
    degree = {n: 0 for n in graph}
    for n in graph:
        for m in graph[n]:
            degree[m] += 1
    ready = [n for n, d in degree.items() if d == 0]
    out = []
    while ready:
        n = ready.pop()
        out.append(n)
        for m in graph[n]:
            degree[m] -= 1
            if degree[m] == 0:
                ready.append(m)
    return out
#> order({"a": ["b"], "b": []})

#: union_find_local
def components(n, edges):
    parent = list(range(n))
    def find(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x
    for a, b in edges:
        parent[find(a)] = find(b)
    return len({find(i) for i in range(n)})
#> components(3, [(0, 1)])

#: knapsack_table
def knapsack(items, cap):
    best = [0] * (cap + 1)
    for w, v in items:
        for c in range(cap, w - 1, -1):
            best[c] = max(best[c], best[c - w] + v)
    return best[-1]
#> knapsack([(1, 2)], 3)

#: sieve
def primes(n):
    flags = bytearray([1]) * (n + 1)
    flags[0:2] = b"\0\0"
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]:
            flags[i * i :: i] = bytes(len(flags[i * i :: i]))
    return [i for i, f in enumerate(flags) if f]
#> primes(10)

#: string_permutation
def scrambled(word, key):
    letters = list(word)
    for i, k in enumerate(key):
        j = k % len(letters)
        letters[i], letters[j] = letters[j], letters[i]
    return "".join(letters)
#> scrambled("abc", [1, 2])

#: merge_sorted
def merge(a, b):
    a, b = list(a), list(b)
    out = []
    while a and b:
        out.append(a.pop(0) if a[0] <= b[0] else b.pop(0))
    out.extend(a or b)
    return out
#> merge([1, 3], [2])

#: merge_sort
def merge_sort(xs):
    if len(xs) < 2:
        return xs
    mid = len(xs) // 2
    left, right = merge_sort(xs[:mid]), merge_sort(xs[mid:])
    out = []
    while left and right:
        out.append(left.pop(0) if left[0] < right[0] else right.pop(0))
    return out + left + right
#> merge_sort([3, 1, 2])

#: quicksort_in_place
def quicksort(xs, lo=0, hi=None):
    if hi is None:
        hi = len(xs) - 1
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
#> quicksort([3, 1, 2])

#: rotate_matrix
def rotated(m):
    m = [list(r) for r in zip(*m[::-1])]
    m[0][0] = None
    return m
#> rotated([[1, 2], [3, 4]])

#: spiral_order
def spiral(m):
    m = [row[:] for row in m]
    out = []
    while m:
        out += m.pop(0)
        m = [list(r) for r in zip(*m)][::-1]
    return out
#> spiral([[1, 2], [3, 4]])

#: spiral_order_given
def spiral(m):
    out = []
    while m:
        out += m.pop(0)
        m = [list(r) for r in zip(*m)][::-1]
    return out
#> spiral([[1, 2], [3, 4]])

#: group_anagrams
def anagrams(words):
    groups = {}
    for w in words:
        k = "".join(sorted(w))
        groups[k] = groups.get(k, []) + [w]
    for g in groups.values():
        g.sort()
    return list(groups.values())
#> anagrams(["ab", "ba"])

#: interval_merge
def merged(intervals):
    out = []
    for lo, hi in sorted(intervals):
        if out and lo <= out[-1][1]:
            out[-1][1] = max(out[-1][1], hi)
        else:
            out.append([lo, hi])
    return out
#> merged([(1, 3), (2, 4)])

#: interval_merge_shared
def merged(intervals):
    out = []
    for iv in sorted(intervals):
        if out and iv[0] <= out[-1][1]:
            out[-1][1] = max(out[-1][1], iv[1])
        else:
            out.append(iv)
    return out
#> merged([[1, 3], [2, 4]])

#: json_config_defaults
import json

def parse_config(text, defaults=None):
    cfg = dict(defaults or {})
    cfg.update(json.loads(text))
    cfg.setdefault("verbose", False)
    return cfg
#> parse_config('{"a": 1}', {"b": 2})

#: query_string
from urllib.parse import parse_qs, urlencode, urlsplit

def with_page(url, page):
    parts = urlsplit(url)
    q = parse_qs(parts.query)
    q["page"] = [str(page)]
    return parts._replace(query=urlencode(q, doseq=True)).geturl()
#> with_page("http://a.b/?x=1", 2)

#: dataclass_totals
from dataclasses import dataclass

@dataclass
class Line:
    name: str
    qty: int
    price: float

    def total(self):
        return self.qty * self.price

def invoice(lines):
    rows = [Line(*l) for l in lines]
    rows[0].qty += 1
    return sum(r.total() for r in rows)
#> invoice([("a", 1, 2.0)])

#: dataclass_discounted
from dataclasses import dataclass

@dataclass
class Line:
    name: str
    price: float

def discount(lines, rate):
    for l in lines:
        l.price *= 1 - rate
    return sum(l.price for l in lines)
#> discount([Line("a", 2.0)], 0.1)

#: money_add
class Money:
    def __init__(self, amount, cur):
        self.amount, self.cur = amount, cur

    def __add__(self, other):
        if self.cur != other.cur:
            raise ValueError(self.cur)
        return Money(self.amount + other.amount, self.cur)

    __radd__ = lambda self, other: self if other == 0 else self + other

    def __repr__(self):
        return f"{self.amount} {self.cur}"

def total(wallet):
    s = sum(wallet)
    return repr(s)
#> total([Money(1, "eur"), Money(2, "eur")])

#: matrix_class_product
class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    def __matmul__(self, other):
        cols = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in cols] for r in self.rows])

    def __setitem__(self, ij, v):
        self.rows[ij[0]][ij[1]] = v

def cleared_square(m):
    s = m @ m
    s[0, 0] = 0
    return s.rows
#> cleared_square(Matrix([[1, 2], [3, 4]]))

#: state_machine
class Machine:
    table = {("idle", "start"): "run", ("run", "stop"): "idle"}

    def __init__(self):
        self.state = "idle"

    def feed(self, event):
        self.state = self.table.get((self.state, event), self.state)
        return self

def final(events):
    m = Machine()
    for e in events:
        m.feed(e)
    return m.state
#> final(["start"])

#: tokenizer_class
class Tokens:
    def __init__(self, text):
        self.items = text.split()
        self.pos = 0

    def peek(self):
        return self.items[self.pos] if self.pos < len(self.items) else None

    def take(self):
        t = self.peek()
        self.pos += 1
        return t

def evaluate(text):
    toks = Tokens(text)
    total = int(toks.take())
    while toks.peek() is not None:
        op, n = toks.take(), int(toks.take())
        total = total + n if op == "+" else total - n
    return total
#> evaluate("1 + 2")

#: tokenizer_given
class Tokens:
    def __init__(self, text):
        self.items = text.split()
        self.pos = 0

    def take(self):
        self.pos += 1
        return self.items[self.pos - 1]

def first_two(toks):
    return toks.take(), toks.take()
#> first_two(Tokens("a b"))

#: accumulate_scan
from itertools import accumulate

def running_max(xs):
    out = list(accumulate(xs, max))
    out.append(out[-1])
    return out
#> running_max([1, 3, 2])

#: chain_flat
from itertools import chain

def flat(groups):
    out = list(chain.from_iterable(groups))
    out.sort()
    return out
#> flat([[2], [1]])

#: compose_functions
def compose(*fns):
    def run(x):
        for f in fns:
            x = f(x)
        return x
    return run

def cleaned(names):
    clean = compose(str.strip, str.lower)
    return [clean(n) for n in names]
#> cleaned([" A"])

#: currying_closure
def power_of(n):
    def inner(x):
        return x ** n
    return inner

def squares(xs):
    sq = power_of(2)
    xs = [sq(x) for x in xs]
    xs.append(0)
    return xs
#> squares([1, 2])

#: bytes_padding
def padded(data, n):
    data += b"\0" * (n - len(data))
    return data
#> padded(b"a", 3)

#: namedtuple_fields_apart
from collections import namedtuple

Split = namedtuple("Split", ["train", "test"])

def move(train, test):
    s = Split(train, list(test))
    s.test.append(s.train[0])
    return s
#> move([1], [2])

#: counter_difference
from collections import Counter

def missing(a, b):
    left = Counter(a)
    left.subtract(b)
    return sorted(left.elements())
#> missing("abc", "a")

#: deque_rotated
from collections import deque

def rotated(xs, k):
    d = deque(xs)
    d.rotate(k)
    d.appendleft(None)
    return list(d)
#> rotated([1, 2], 1)

#: set_of_frozen
def power_set(items):
    out = [set()]
    for x in items:
        out += [s | {x} for s in out]
    for s in out:
        s.discard(None)
    return out
#> power_set([1, 2])

#: model_scores_table
from sklearn.metrics import accuracy_score, f1_score

def scores(y, preds):
    table = {}
    for name, p in preds.items():
        table[name] = {"acc": accuracy_score(y, p), "f1": f1_score(y, p)}
        table[name]["mean"] = sum(table[name].values()) / 2
    return table
#> scores([0, 1], {"a": [0, 1]})

#: feature_importance_series
import pandas as pd

def importance(model, names):
    s = pd.Series(model.feature_importances_, index=names)
    s.sort_values(ascending=False, inplace=True)
    s /= s.max()
    return s
#> importance(__import__("sklearn.tree").tree.DecisionTreeClassifier().fit([[1.0], [2.0]], [0, 1]), ["a"])

#: predictions_frame
import pandas as pd

def predictions(model, X):
    out = pd.DataFrame(X).copy()
    out["pred"] = model.predict(X)
    out.loc[out["pred"] > 1, "pred"] = 1
    return out
#> predictions(__import__("sklearn.linear_model").linear_model.LinearRegression().fit([[1.0], [2.0]], [0, 1]), [[1.0], [3.0]])

#: scaled_copy
from sklearn.preprocessing import MinMaxScaler

def scaled(df, cols):
    df = df.copy()
    df[cols] = MinMaxScaler().fit_transform(df[cols])
    return df
#> scaled(__import__("pandas").DataFrame({"a": [1.0, 2.0]}), ["a"])

#: scaled_given
from sklearn.preprocessing import MinMaxScaler

def scaled(df, cols):
    df[cols] = MinMaxScaler().fit_transform(df[cols])
    return df
#> scaled(__import__("pandas").DataFrame({"a": [1.0, 2.0]}), ["a"])

#: confusion_normalised
from sklearn.metrics import confusion_matrix

def rates(y, p):
    cm = confusion_matrix(y, p).astype(float)
    cm /= cm.sum(axis=1, keepdims=True)
    return cm
#> rates([0, 1], [0, 1])

#: figure_in_memory
import io
import matplotlib.pyplot as plt

def png(xs):
    fig, ax = plt.subplots()
    ax.plot(xs)
    buf = io.BytesIO()
    fig.savefig(buf, format="png")
    plt.close(fig)
    return buf.getvalue()
#> png([1, 2])

#: style_only
def style(ax, title=None):
    ax.tick_params(labelsize=8)
    if title:
        ax.set_title(title)
#> style(__import__("matplotlib.pyplot").pyplot.subplots()[1], "a")

#: log_level_name
import logging

def level_of(verbosity):
    level = {0: logging.WARNING, 1: logging.INFO}.get(verbosity, logging.DEBUG)
    return logging.getLevelName(level)
#> level_of(1)

#: message_formatting
import traceback

def explained(fn, x):
    try:
        return fn(x)
    except Exception as e:
        return "".join(traceback.format_exception_only(type(e), e)).strip()
#> explained(int, "x")

#: elapsed_between
import time

def elapsed(t0, t1=None):
    t1 = time.time() if t1 is None else t1
    return t1 - t0
#> elapsed(1.0)
#> elapsed(1.0, 2.0)

#: formatted_duration
import time

def formatted(seconds):
    return time.strftime("%H:%M:%S", time.gmtime(seconds))
#> formatted(10)

#: path_parts
from pathlib import PurePosixPath

def renamed(path, suffix):
    p = PurePosixPath(path)
    parts = list(p.parts)
    parts[-1] = p.stem + suffix
    return str(PurePosixPath(*parts))
#> renamed("a/b.txt", ".md")

#: env_overlay
import os

def child_env(extra):
    env = os.environ.copy()
    env.update(extra)
    env.pop("PATH", None)
    return sorted(env)
#> child_env({"A": "b"})

#: csv_text_written
import csv
import io

def to_csv(rows, header):
    out = io.StringIO()
    w = csv.writer(out)
    w.writerow(header)
    w.writerows(rows)
    return out.getvalue()
#> to_csv([[1, 2]], ["a", "b"])

#: template_rendered
def render(template, **values):
    values.setdefault("title", "untitled")
    for k, v in values.items():
        template = template.replace("{" + k + "}", str(v))
    return template
#> render("{title} {x}", x=1)

#: seeded_choice
import random

def pick(xs, seed):
    r = random.Random(seed)
    pool = list(xs)
    out = []
    while pool and len(out) < 2:
        out.append(pool.pop(r.randrange(len(pool))))
    return out
#> pick([1, 2, 3], 0)

#: regex_groups
import re

PATTERN = re.compile(r"(?P<k>\w+)=(?P<v>\w+)")

def pairs(text):
    out = {}
    for m in PATTERN.finditer(text):
        d = m.groupdict()
        out[d.pop("k")] = d["v"]
    return out
#> pairs("a=1 b=2")

#: xml_parsed
import xml.etree.ElementTree as ET

def texts(xml):
    root = ET.fromstring(xml)
    for node in root:
        node.text = (node.text or "").strip()
    return [n.text for n in root]
#> texts("<a><b> x </b></a>")

#: date_range_list
from datetime import date, timedelta

def days(start, n):
    out = []
    while len(out) < n:
        out.append(start)
        start += timedelta(days=1)
    return out
#> days(date(2020, 1, 1), 2)

#: decimal_sum
from decimal import Decimal

def total(prices):
    s = Decimal(0)
    for p in prices:
        s += Decimal(str(p))
    return s.quantize(Decimal("0.01"))
#> total([1.1])

#: fraction_mean
from fractions import Fraction

def mean(xs):
    t = Fraction(0)
    for x in xs:
        t += x
    t /= len(xs)
    return t
#> mean([1, 2])

#: ordered_columns
def ordered(df, first):
    rest = [c for c in df.columns if c not in first]
    first = list(first)
    first.extend(rest)
    df = df[first]
    df = df.sort_index(axis=0)
    return df
#> ordered(__import__("pandas").DataFrame({"a": [1], "b": [2]}), ["b"])

#: chunked
def chunked(xs, n):
    xs = iter(list(xs))
    out, cur = [], []
    for x in xs:
        cur.append(x)
        if len(cur) == n:
            out.append(cur)
            cur = []
    if cur:
        out.append(cur)
    return out
#> chunked([1, 2, 3], 2)
