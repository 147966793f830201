#: attention_scores

import numpy as np

def attention(q, k, v, mask=None):
    scores = q @ k.T / np.sqrt(q.shape[-1])
    if mask is not None:
        scores[~mask] = -1e9
    w = np.exp(scores - scores.max(-1, keepdims=True))
    w /= w.sum(-1, keepdims=True)
    return w @ v
#> attention(np.ones((2, 2)), np.ones((2, 2)), np.ones((2, 2)), np.eye(2, dtype=bool))

#: backprop_accumulates

class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other))

def backward(value):
    value.grad = 1.0
    a, b = value.parents
    a.grad += b.data * value.grad
    b.grad += a.data * value.grad
#> backward(Value(2) * Value(3))

#: replay_buffer

import random
from collections import deque

class Replay:
    def __init__(self, size, seed=None):
        self.items = deque(maxlen=size)
        self.rng = random.Random(seed)

    def push(self, item):
        self.items.append(item)

    def sample(self, n):
        return self.rng.sample(list(self.items), n)

def store(buffer, transitions):
    for t in transitions:
        buffer.push(t)
#> store(Replay(2, 0), [1])

#: replay_buffer_sampled

import random
from collections import deque

class Replay:
    def __init__(self, items, seed=0):
        self.items = deque(items)
        self.rng = random.Random(seed)

    def sample(self, n):
        return self.rng.sample(list(self.items), n)

def draw(buffer, n):
    return buffer.sample(n)
#> draw(Replay([1, 2]), 1)

#: q_learning_step

def update(q, state, action, reward, nxt, alpha=0.1, gamma=0.9):
    best = max(q.get((nxt, a), 0.0) for a in (0, 1))
    old = q.get((state, action), 0.0)
    q[(state, action)] = old + alpha * (reward + gamma * best - old)
    return q[(state, action)]
#> update({}, 0, 1, 1.0, 0)

#: epsilon_greedy

import random

def act(q, state, actions, eps):
    if random.random() < eps:
        return random.choice(actions)
    return max(actions, key=lambda a: q.get((state, a), 0.0))
#> act({}, 0, [0, 1], 0.5)

#: tokenizer_vocab_grows

class Vocab:
    def __init__(self):
        self.index = {}

    def __getitem__(self, token):
        return self.index.setdefault(token, len(self.index))

def encode(vocab, tokens):
    return [vocab[t] for t in tokens]
#> encode(Vocab(), ['a'])

#: ngrams_zip

def ngrams(tokens, n):
    return list(zip(*(tokens[i:] for i in range(n))))
#> ngrams(['a', 'b'], 2)

#: levenshtein

def distance(a, b):
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (x != y)))
        previous = current
    return previous[-1]
#> distance('ab', 'b')

#: stopwords_removed_in_place

def remove_stopwords(docs, stop):
    for i, doc in enumerate(docs):
        docs[i] = [w for w in doc if w not in stop]
#> remove_stopwords([['a']], {'a'})

#: heap_dijkstra

import heapq

def shortest(graph, source):
    dist = {source: 0}
    heap = [(0, source)]
    while heap:
        d, u = heapq.heappop(heap)
        if d > dist.get(u, float("inf")):
            continue
        for v, w in graph[u].items():
            if d + w < dist.get(v, float("inf")):
                dist[v] = d + w
                heapq.heappush(heap, (dist[v], v))
    return dist
#> shortest({'a': {'b': 1}, 'b': {}}, 'a')

#: union_find

def find(parent, x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x
#> find([0, 0, 1], 2)

#: quick_sort_in_place

def quick(a, lo=0, hi=None):
    hi = len(a) - 1 if hi is None else hi
    if lo < hi:
        p, i = a[hi], lo
        for j in range(lo, hi):
            if a[j] <= p:
                a[i], a[j] = a[j], a[i]
                i += 1
        a[i], a[hi] = a[hi], a[i]
        quick(a, lo, i - 1)
        quick(a, i + 1, hi)
#> quick([3, 1, 2])

#: merge_sort_new

def merge_sort(a):
    if len(a) <= 1:
        return list(a)
    m = len(a) // 2
    left, right = merge_sort(a[:m]), merge_sort(a[m:])
    out = []
    while left and right:
        out.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return out + left + right
#> merge_sort([3, 1, 2])

#: permutations_backtracking

def permutations(items, current=None, out=None):
    current = [] if current is None else current
    out = [] if out is None else out
    if len(current) == len(items):
        out.append(current[:])
        return out
    for item in items:
        if item not in current:
            current.append(item)
            permutations(items, current, out)
            current.pop()
    return out
#> permutations([1, 2])
#> permutations([1, 2], [], [])

#: matrix_spiral_consumes

def spiral(matrix):
    out = []
    while matrix:
        out.extend(matrix.pop(0))
        matrix[:] = [list(r) for r in zip(*matrix)][::-1]
    return out
#> spiral([[1, 2], [3, 4]])

#: interval_merge

def merge(intervals):
    merged = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged
#> merge([[1, 3], [2, 4]])

#: interval_merge_aliasing

def merge(intervals):
    intervals = sorted(intervals)
    merged = [intervals[0]]
    for item in intervals[1:]:
        if item[0] <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], item[1])
        else:
            merged.append(item)
    return merged
#> merge([[1, 3], [2, 4]])

#: config_inheritance

import copy

def override(config, **changes):
    new = copy.copy(config)
    new["layers"].append(changes)
    return new
#> override({'layers': []}, a=1)

#: config_deep_override

import copy

def override(config, **changes):
    new = copy.deepcopy(config)
    new["layers"].append(changes)
    return new
#> override({'layers': []}, a=1)

#: throttled_calls

import time

class Throttle:
    def __init__(self, seconds):
        self.seconds = seconds
        self.last = 0.0

    def wait(self):
        delta = self.seconds - (time.monotonic() - self.last)
        if delta > 0:
            time.sleep(delta)
        self.last = time.monotonic()

def fetch_all(items, throttle):
    out = []
    for item in items:
        throttle.wait()
        out.append(item)
    return out
#> fetch_all([1], Throttle(0))

#: circuit_breaker

class Breaker:
    def __init__(self, limit=2):
        self.failures = 0
        self.limit = limit

    def __call__(self, f, *args):
        if self.failures >= self.limit:
            raise RuntimeError("open")
        try:
            return f(*args)
        except Exception:
            self.failures += 1
            raise

def parse(breaker, text):
    return breaker(int, text)
#> parse(Breaker(), 'x')

#: pipeline_of_functions

def strip(rows):
    return [r.strip() for r in rows]

def drop_empty(rows):
    return [r for r in rows if r]

STEPS = (strip, drop_empty)

def run(rows):
    for step in STEPS:
        rows = step(rows)
    return rows
#> run(['a ', ''])

#: pipeline_with_side_effect

def strip(rows):
    return [r.strip() for r in rows]

def announce(rows):
    print(len(rows))
    return rows

STEPS = {"strip": strip, "announce": announce}

def run(rows, names):
    for name in names:
        rows = STEPS[name](rows)
    return rows
#> run(['a '], ['strip', 'announce'])

#: schema_checked

def validate(record, schema):
    errors = {}
    for field, kind in schema.items():
        if field not in record:
            errors[field] = "missing"
        elif not isinstance(record[field], kind):
            errors[field] = f"not {kind.__name__}"
    return errors
#> validate({'a': 1}, {'a': int, 'b': str})

#: schema_defaults_filled

def fill(record, defaults):
    for field, value in defaults.items():
        record.setdefault(field, value)
    return record
#> fill({}, {'a': 1})

#: stream_to_stream

def upper(source, target):
    for line in source:
        target.write(line.upper())
#> upper(__import__('io').StringIO('a'), __import__('io').StringIO())

#: args_namespace_changed

def normalise(args):
    args.lr = float(args.lr)
    if not args.out.endswith(".csv"):
        args.out += ".csv"
    return args
#> normalise(__import__('types').SimpleNamespace(lr='1', out='a'))

#: metrics_logged_list

import logging

logger = logging.getLogger(__name__)

class Meter:
    def __init__(self, name):
        self.name = name
        self.values = []

    def update(self, v):
        self.values.append(v)

    @property
    def mean(self):
        return sum(self.values) / max(len(self.values), 1)

def epoch(losses, meter):
    for loss in losses:
        meter.update(loss)
    logger.info("%s: %.3f", meter.name, meter.mean)
    return meter.mean
#> epoch([1.0], Meter('loss'))

#: scheduler_pure

import math

def cosine(step, total, lr=0.1, warmup=0):
    if step < warmup:
        return lr * step / max(1, warmup)
    progress = (step - warmup) / max(1, total - warmup)
    return 0.5 * lr * (1 + math.cos(math.pi * progress))
#> cosine(1, 10)

#: samples_with_replacement_seeded

import numpy as np

def bootstrap(data, n=5, seed=0):
    rs = np.random.RandomState(seed)
    return np.array([rs.choice(data, len(data)).mean() for _ in range(n)])
#> bootstrap([1.0, 2.0])

#: scipy_stats_random

from scipy import stats

def simulate(n):
    return stats.norm(loc=1).rvs(n).mean()
#> simulate(3)

#: isolation_flags

from sklearn.ensemble import IsolationForest

def outliers(X):
    return IsolationForest(n_estimators=3).fit_predict(X)
#> outliers([[1.0], [2.0], [9.0]])

#: tsne_seeded

from sklearn.manifold import MDS

def embed(X):
    return MDS(n_components=1, random_state=0, n_init=1).fit_transform(X)
#> embed([[1.0], [2.0], [9.0]])

#: permutation_importance_unseeded

from sklearn.inspection import permutation_importance

def importance(model, X, y):
    return permutation_importance(model, X, y, n_repeats=2).importances_mean
#> importance(__import__('sklearn.linear_model').linear_model.LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0]), [[1.0], [2.0]], [1.0, 2.0])

#: calibrated_threshold

import numpy as np
from sklearn.metrics import f1_score

def best_threshold(y, p):
    grid = np.linspace(0.1, 0.9, 5)
    scores = [f1_score(y, p >= t, zero_division=0) for t in grid]
    return grid[int(np.argmax(scores))]
#> best_threshold(np.array([0, 1]), np.array([0.2, 0.8]))

#: decompose_plot

import matplotlib.pyplot as plt
from statsmodels.tsa.seasonal import seasonal_decompose

def decompose(series, period):
    result = seasonal_decompose(series, period=period)
    result.plot()
    return result.trend
#> decompose([1.0, 2.0, 1.0, 2.0, 1.0, 2.0], 2)

#: adf_reported

from statsmodels.tsa.stattools import adfuller

def stationary(series, alpha=0.05):
    stat, p, *_ = adfuller(series)
    print(f"ADF {stat:.2f}, p={p:.3f}")
    return p < alpha
#> stationary([1.0, 2.0, 1.5, 2.2, 1.9, 2.4, 1.1, 2.0, 1.3, 2.1])

#: image_saved_by_pyplot

import matplotlib.pyplot as plt

def save_image(path, image):
    plt.imsave(path, image, cmap="gray")
#> save_image('i.png', [[0, 1], [1, 0]])

#: colour_cycle

import itertools

def assign(names, colours=("r", "g")):
    cycle = itertools.cycle(colours)
    return {n: next(cycle) for n in names}
#> assign(['a', 'b', 'c'])

#: count_from_shared_counter

import itertools

_ids = itertools.count(1)

def new_id(prefix):
    return f"{prefix}{next(_ids)}"
#> new_id('a')

#: batched_iterator_given

import itertools

def batched(it, n):
    while batch := tuple(itertools.islice(it, n)):
        yield batch

def first_two(it):
    g = batched(it, 2)
    return next(g)
#> first_two(iter([1, 2, 3]))
