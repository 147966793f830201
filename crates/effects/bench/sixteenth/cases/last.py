#: running_stats_class
class Running:
    def __init__(self):
        self.n, self.mean, self.m2 = 0, 0.0, 0.0

    def push(self, x):
        self.n += 1
        d = x - self.mean
        self.mean += d / self.n
        self.m2 += d * (x - self.mean)
        return self

    @property
    def variance(self):
        return self.m2 / self.n if self.n else float("nan")

def variance(xs):
    r = Running()
    for x in xs:
        r.push(x)
    return r.variance
#> variance([1.0, 2.0])

#: running_stats_given
class Running:
    def __init__(self):
        self.n, self.mean = 0, 0.0

    def push(self, x):
        self.n += 1
        self.mean += (x - self.mean) / self.n

def consume(stats, values):
    for v in values:
        stats.push(v)
    return stats.mean
#> consume(Running(), [1.0])

#: cart_total
def cart_total(items, discount=None):
    total = 0
    for item in items:
        price = item["price"] * item.get("qty", 1)
        total += price
    if discount:
        total *= 1 - discount
    return round(total, 2)
#> cart_total([{"price": 2.0}], 0.1)

#: apply_discount_items
def apply_discount(items, rate):
    for item in items:
        item["price"] *= 1 - rate
    return items
#> apply_discount([{"price": 2.0}], 0.5)

#: apply_discount_new
def apply_discount(items, rate):
    return [{**item, "price": item["price"] * (1 - rate)} for item in items]
#> apply_discount([{"price": 2.0}], 0.5)

#: normalise_record
def normalise(rec):
    rec = {k.lower(): v for k, v in rec.items()}
    rec["name"] = rec.get("name", "").title()
    return rec
#> normalise({"Name": "a"})

#: pop_default_record
def split_name(rec):
    first, _, last = rec.pop("name", "").partition(" ")
    rec.update(first=first, last=last)
    return rec
#> split_name({"name": "A B"})

#: accumulate_nested
def by_year(rows):
    out = {}
    for r in rows:
        bucket = out.setdefault(r["year"], {"n": 0, "rows": []})
        bucket["n"] += 1
        bucket["rows"].append(r)
    return out
#> by_year([{"year": 1}])

#: inverted_index
def invert(docs):
    index = {}
    for i, doc in enumerate(docs):
        for w in doc.split():
            index.setdefault(w, set()).add(i)
    return index
#> invert(["a b"])

#: matrix_add
def add(a, b):
    return [[x + y for x, y in zip(r, s)] for r, s in zip(a, b)]
#> add([[1]], [[2]])

#: matrix_scale_in_place
def scale(m, k):
    for i in range(len(m)):
        for j in range(len(m[i])):
            m[i][j] *= k
#> scale([[1]], 2)

#: matrix_row_replaced
def scale_row(m, i, k):
    m[i] = [x * k for x in m[i]]
    return m
#> scale_row([[1]], 0, 2)

#: sieve
def primes(n):
    flags = [True] * (n + 1)
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]:
            flags[i * i::i] = [False] * len(flags[i * i::i])
    return [i for i in range(2, n + 1) if flags[i]]
#> primes(10)

#: reverse_in_place
def reverse(xs):
    i, j = 0, len(xs) - 1
    while i < j:
        xs[i], xs[j] = xs[j], xs[i]
        i, j = i + 1, j - 1
#> reverse([1, 2])

#: rotate_new
def rotate(xs, k):
    k %= len(xs)
    return xs[k:] + xs[:k]
#> rotate([1, 2, 3], 1)

#: rotate_deque
def rotate(q, k):
    q.rotate(k)
    return q[0]
#> rotate(__import__("collections").deque([1, 2, 3]), 1)

#: window_pairs
def pairwise(xs):
    prev = None
    for x in xs:
        if prev is not None:
            yield prev, x
        prev = x

def diffs(xs):
    return [b - a for a, b in pairwise(xs)]
#> diffs([1, 3])

#: batch_lists
def batches(xs, n):
    batch = []
    for x in xs:
        batch.append(x)
        if len(batch) == n:
            yield batch
            batch = []
    if batch:
        yield batch

def count(xs, n):
    return sum(1 for _ in batches(xs, n))
#> count([1, 2, 3], 2)

#: tokenizer_vocab
class Tokenizer:
    def __init__(self):
        self.vocab = {}

    def fit(self, texts):
        for t in texts:
            for w in t.split():
                self.vocab.setdefault(w, len(self.vocab))
        return self

    def encode(self, text):
        return [self.vocab[w] for w in text.split() if w in self.vocab]

def encode_all(tok, texts):
    return [tok.encode(t) for t in texts]
#> encode_all(Tokenizer().fit(["a"]), ["a"])

#: tokenizer_fit_given
class Tokenizer:
    def __init__(self):
        self.vocab = {}

    def fit(self, texts):
        for t in texts:
            for w in t.split():
                self.vocab.setdefault(w, len(self.vocab))
        return self

def prepare(tok, texts):
    tok.fit(texts)
    return len(tok.vocab)
#> prepare(Tokenizer(), ["a b"])

#: early_stopping
class EarlyStopping:
    def __init__(self, patience=2):
        self.patience, self.best, self.bad = patience, None, 0

    def __call__(self, loss):
        if self.best is None or loss < self.best:
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        return self.bad >= self.patience

def epochs_until(losses, stopper):
    for i, l in enumerate(losses):
        if stopper(l):
            return i
    return len(losses)
#> epochs_until([1, 2, 3], EarlyStopping())

#: scheduler_list
def warmup(optimizer, step, total):
    for group in optimizer.param_groups:
        group["lr"] = group["base_lr"] * min(1, step / total)
#> warmup(__import__("types").SimpleNamespace(param_groups=[{"lr": 0.0, "base_lr": 1.0}]), 1, 2)

#: metrics_log
def log_metrics(history, **metrics):
    for k, v in metrics.items():
        history.setdefault(k, []).append(float(v))
    return history
#> log_metrics({}, loss=1)

#: best_params
def best(results, metric="score", largest=True):
    pick = max if largest else min
    return pick(results, key=lambda r: r[metric])["params"]
#> best([{"score": 1, "params": {}}])

#: frame_report_print
def report(df):
    print(df.describe().to_string())
    print("missing:", df.isna().sum().sum())
#> report(__import__("pandas").DataFrame({"a": [1.0]}))

#: frame_encode_map
def encode(df, col):
    codes = {v: i for i, v in enumerate(sorted(df[col].unique()))}
    df[col] = df[col].map(codes)
    return codes
#> encode(__import__("pandas").DataFrame({"a": ["x"]}), "a")

#: frame_encode_assign
def encode(df, col):
    codes = {v: i for i, v in enumerate(sorted(df[col].unique()))}
    return df.assign(**{col: df[col].map(codes)}), codes
#> encode(__import__("pandas").DataFrame({"a": ["x"]}), "a")

#: frames_alignment
def align(train, test):
    missing = [c for c in train.columns if c not in test.columns]
    for c in missing:
        test[c] = 0
    return test[train.columns]
#> align(__import__("pandas").DataFrame({"a": [1], "b": [2]}), __import__("pandas").DataFrame({"a": [1]}))

#: frame_drop_reassign
def drop_constant(df):
    for c in df.columns:
        if df[c].nunique() == 1:
            df = df.drop(columns=c)
    return df
#> drop_constant(__import__("pandas").DataFrame({"a": [1, 1], "b": [1, 2]}))

#: frame_drop_inplace
def drop_constant(df):
    for c in list(df.columns):
        if df[c].nunique() == 1:
            df.drop(columns=c, inplace=True)
#> drop_constant(__import__("pandas").DataFrame({"a": [1, 1], "b": [1, 2]}))

#: array_param_clip_out
def clip_(x, low, high):
    return x.clip(low, high, out=x)
#> clip_(__import__("numpy").array([1.0, 9.0]), 0, 5)

#: array_stats_dict
def stats(x):
    return {"mean": x.mean(), "std": x.std(), "q": sorted(x.tolist())[len(x) // 2]}
#> stats(__import__("numpy").array([1.0, 9.0]))

#: env_or_file_token
import os
from pathlib import Path

def token(path="~/.token"):
    value = os.getenv("TOKEN")
    if value:
        return value
    p = Path(path)
    return p.read_text().strip() if p.exists() else None
#> token("notes.txt")

#: safe_write_atomic
import os

def write_atomic(path, text):
    tmp = f"{path}.tmp"
    with open(tmp, "w") as f:
        f.write(text)
    os.replace(tmp, path)
#> write_atomic("x.txt", "a")

#: jsonl_reader
import json

def read_jsonl(path):
    with open(path) as f:
        return [json.loads(l) for l in f if l.strip()]
#> read_jsonl("data.json")

#: cache_on_disk
import os
import pickle

def cached(path, compute):
    if os.path.exists(path):
        with open(path, "rb") as f:
            return pickle.load(f)
    value = compute()
    with open(path, "wb") as f:
        pickle.dump(value, f)
    return value
#> cached("c.pkl", dict)
#> cached("c.pkl", dict)
