#: cleaned_survey
import numpy as np
import pandas as pd

def cleaned(survey, low=0, high=100):
    out = survey.replace({-99: np.nan})
    num = out.select_dtypes("number")
    out[num.columns] = num.clip(low, high)
    out = out.dropna(how="all")
    out.index = range(len(out))
    return out
#> cleaned(pd.DataFrame({"a": [1, -99]}))

#: balance_classes
import numpy as np
import pandas as pd

def balanced(df, target, seed=0):
    rng = np.random.default_rng(seed)
    n = df[target].value_counts().min()
    parts = []
    for _, g in df.groupby(target):
        pick = rng.choice(g.index, n, replace=False)
        parts.append(g.loc[pick])
    both = pd.concat(parts)
    both["weight"] = 1.0
    return both
#> balanced(pd.DataFrame({"a": [1, 2], "t": [0, 1]}), "t")

#: target_encoded
def target_encoded(train, test, col, y):
    means = train.groupby(col)[y].mean()
    prior = train[y].mean()
    test = test.copy()
    test[col + "_te"] = test[col].map(means).fillna(prior)
    return test
#> target_encoded(__import__("pandas").DataFrame({"c": ["a"], "y": [1]}), __import__("pandas").DataFrame({"c": ["a"]}), "c", "y")

#: target_encoded_both
def target_encoded(train, test, col, y):
    means = train.groupby(col)[y].mean()
    for d in (train, test):
        d[col + "_te"] = d[col].map(means)
#> target_encoded(__import__("pandas").DataFrame({"c": ["a"], "y": [1]}), __import__("pandas").DataFrame({"c": ["a"]}), "c", "y")

#: cut_periods
def periods(s, gap):
    new = s.diff() > gap
    new.iloc[0] = True
    ids = new.cumsum()
    ids -= 1
    return ids
#> periods(__import__("pandas").Series([1, 2, 9]), 3)

#: top_terms
import numpy as np

def top_terms(vectorizer, matrix, n=2):
    names = vectorizer.get_feature_names_out()
    weight = np.asarray(matrix.sum(axis=0)).ravel()
    order = weight.argsort()[::-1][:n]
    return [(names[i], weight[i]) for i in order]
#> top_terms(vectorizer=(lambda v: v.fit(["a cat", "the cat"]))(__import__("sklearn.feature_extraction.text").feature_extraction.text.CountVectorizer()), matrix=__import__("scipy.sparse").sparse.csr_matrix([[1, 1], [0, 1]]))

#: roc_points
import numpy as np

def roc(y, score):
    order = np.argsort(-score)
    y = y[order]
    tpr, fpr = np.cumsum(y) / y.sum(), np.cumsum(1 - y) / (1 - y).sum()
    tpr[-1] = fpr[-1] = 1.0
    return fpr, tpr
#> roc(np.array([0, 1]), np.array([0.2, 0.8]))

#: lift_table
import pandas as pd

def lift(y, p, bins=2):
    t = pd.DataFrame({"y": y, "p": p})
    t["bin"] = pd.qcut(t["p"], bins, labels=False)
    g = t.groupby("bin").agg(n=("y", "size"), rate=("y", "mean"))
    g["lift"] = g["rate"] / t["y"].mean()
    g.sort_index(ascending=False, inplace=True)
    return g
#> lift([0, 1], [0.1, 0.9])

#: residual_frame
import pandas as pd

def residuals(model, X, y):
    r = pd.Series(y - model.predict(X), name="r")
    r[r.abs() < 1e-9] = 0
    return r.describe()
#> residuals(__import__("sklearn.linear_model").linear_model.LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0]), [[1.0]], __import__("numpy").array([1.0]))

#: coef_table
import pandas as pd

def coef_table(model, names):
    t = pd.DataFrame({"name": names, "coef": model.coef_})
    t["abs"] = t["coef"].abs()
    t.sort_values("abs", ascending=False, inplace=True)
    return t.drop(columns="abs")
#> coef_table(__import__("sklearn.linear_model").linear_model.LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0]), ["a"])

#: coef_zeroed
def prune(model, limit):
    w = model.coef_
    w[abs(w) < limit] = 0
    return model
#> prune(__import__("sklearn.linear_model").linear_model.LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0]), 5)

#: params_grid
from itertools import product

def grid(space):
    keys = sorted(space)
    out = []
    for values in product(*(space[k] for k in keys)):
        params = dict(zip(keys, values))
        params["id"] = len(out)
        out.append(params)
    return out
#> grid({"a": [1, 2]})

#: early_stopping
def best_epoch(losses, patience=2):
    best, wait, at = float("inf"), 0, 0
    for i, loss in enumerate(losses):
        if loss < best:
            best, wait, at = loss, 0, i
        else:
            wait += 1
            if wait >= patience:
                break
    return at
#> best_epoch([3, 1, 2, 2])

#: minibatches
import numpy as np

def minibatches(X, y, size, seed=0):
    idx = np.random.default_rng(seed).permutation(len(X))
    for i in range(0, len(X), size):
        pick = idx[i : i + size]
        yield X[pick], y[pick]

def epoch(X, y, size):
    total = 0.0
    for xb, yb in minibatches(X, y, size):
        xb *= 2
        total += (xb.sum() - yb).sum()
    return total
#> epoch(np.ones((2, 1)), np.ones(2), 1)

#: layer_forward
import numpy as np

class Dense:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        z = x @ self.w
        z += self.b
        return np.maximum(z, 0)

def run(layers, x):
    for layer in layers:
        x = layer.forward(x)
    return x
#> run([Dense(np.ones((2, 2)), np.ones(2))], np.ones((1, 2)))

#: layer_cached
import numpy as np

class Dense:
    def __init__(self, w):
        self.w = w
        self.x = None

    def forward(self, x):
        self.x = x
        return x @ self.w

def run(layers, x):
    for layer in layers:
        x = layer.forward(x)
    return x
#> run([Dense(np.ones((2, 2)))], np.ones((1, 2)))

#: optimizer_class
import numpy as np

class SGD:
    def __init__(self, lr):
        self.lr = lr

    def step(self, params, grads):
        return [p - self.lr * g for p, g in zip(params, grads)]

def train(params, grads, n=2):
    opt = SGD(0.1)
    for _ in range(n):
        params = opt.step(params, grads)
    params.append(None)
    return params
#> train([np.ones(2)], [np.ones(2)])

#: optimizer_in_place
import numpy as np

class SGD:
    def __init__(self, lr):
        self.lr = lr

    def step(self, params, grads):
        for p, g in zip(params, grads):
            p -= self.lr * g

def train(params, grads):
    SGD(0.1).step(params, grads)
#> train([np.ones(2)], [np.ones(2)])

#: scaler_class
import numpy as np

class Scaler:
    def fit(self, X):
        self.mean_ = X.mean(axis=0)
        self.std_ = X.std(axis=0)
        self.std_[self.std_ == 0] = 1
        return self

    def transform(self, X):
        return (X - self.mean_) / self.std_

def scaled(X):
    return Scaler().fit(X).transform(X)
#> scaled(np.ones((2, 2)))

#: confusion_manual
def confusion(y, p, labels):
    m = [[0] * len(labels) for _ in labels]
    at = {l: i for i, l in enumerate(labels)}
    for a, b in zip(y, p):
        m[at[a]][at[b]] += 1
    return m
#> confusion([0], [1], [0, 1])

#: weighted_vote
def vote(ballots, weights):
    tally = {}
    for b, w in zip(ballots, weights):
        tally[b] = tally.get(b, 0) + w
    best = max(tally, key=tally.get)
    tally.pop(best)
    return best, tally
#> vote(["a", "b"], [1, 2])

#: elo_updates
def elo(ratings, games, k=32):
    ratings = dict(ratings)
    for a, b, won in games:
        e = 1 / (1 + 10 ** ((ratings[b] - ratings[a]) / 400))
        ratings[a] += k * (won - e)
        ratings[b] -= k * (won - e)
    return ratings
#> elo({"a": 1000, "b": 1000}, [("a", "b", 1)])

#: elo_in_place
def elo(ratings, games, k=32):
    for a, b, won in games:
        e = 1 / (1 + 10 ** ((ratings[b] - ratings[a]) / 400))
        ratings[a] += k * (won - e)
        ratings[b] -= k * (won - e)
#> elo({"a": 1000, "b": 1000}, [("a", "b", 1)])

#: inventory_after
def after(stock, orders):
    left = stock.copy()
    missing = []
    for item, n in orders:
        if left.get(item, 0) < n:
            missing.append(item)
            continue
        left[item] -= n
        if not left[item]:
            del left[item]
    return left, missing
#> after({"a": 1}, [("a", 1), ("b", 1)])

#: schedule_rooms
def rooms(meetings):
    busy = []
    for start, end in sorted(meetings):
        for r in busy:
            if r[-1][1] <= start:
                r.append((start, end))
                break
        else:
            busy.append([(start, end)])
    return busy
#> rooms([(1, 2), (2, 3)])

#: ledger_balances
def balances(entries):
    out = {}
    for e in entries:
        acc = out.setdefault(e["account"], {"in": 0, "out": 0})
        side = "in" if e["amount"] > 0 else "out"
        acc[side] += abs(e["amount"])
    return out
#> balances([{"account": "a", "amount": 2}])

#: undo_log_replayed
def replay(doc, log):
    doc = list(doc)
    for op, at, val in log:
        if op == "ins":
            doc.insert(at, val)
        elif op == "del":
            doc.pop(at)
        else:
            doc[at] = val
    return doc
#> replay(["a"], [("ins", 0, "b")])

#: diff_dicts
def diff(old, new):
    added = {k: new[k] for k in new.keys() - old.keys()}
    removed = set(old) - set(new)
    changed = {k: (old[k], new[k]) for k in old.keys() & new.keys() if old[k] != new[k]}
    removed.discard("_id")
    changed.pop("_rev", None)
    return added, sorted(removed), changed
#> diff({"a": 1}, {"b": 2})

#: table_columns_sorted
def sorted_columns(table):
    cols = {k: list(v) for k, v in table.items()}
    for v in cols.values():
        v.sort()
    return cols
#> sorted_columns({"a": [2, 1]})

#: table_columns_sorted_shared
def sorted_columns(table):
    cols = {k: v for k, v in table.items()}
    for v in cols.values():
        v.sort()
    return cols
#> sorted_columns({"a": [2, 1]})

#: matrix_transposed_copy
def transposed(m):
    out = [[None] * len(m) for _ in m[0]]
    for i, row in enumerate(m):
        for j, v in enumerate(row):
            out[j][i] = v
    return out
#> transposed([[1, 2]])

#: grid_paths
def paths(grid):
    rows, cols = len(grid), len(grid[0])
    ways = [[0] * cols for _ in range(rows)]
    ways[0][0] = 1
    for r in range(rows):
        for c in range(cols):
            if grid[r][c]:
                ways[r][c] = 0
                continue
            if r:
                ways[r][c] += ways[r - 1][c]
            if c:
                ways[r][c] += ways[r][c - 1]
    return ways[-1][-1]
#> paths([[0, 0], [0, 0]])

#: sudoku_candidates
def candidates(board, r, c):
    free = set(range(1, 5))
    free -= set(board[r])
    free -= {row[c] for row in board}
    free.discard(0)
    return free
#> candidates([[1, 0], [0, 2]], 0, 1)

#: sudoku_solved
def solve(board):
    board = [row[:] for row in board]
    def go():
        for r in range(len(board)):
            for c in range(len(board)):
                if board[r][c] == 0:
                    for v in (1, 2):
                        if v not in board[r] and all(row[c] != v for row in board):
                            board[r][c] = v
                            if go():
                                return True
                            board[r][c] = 0
                    return False
        return True
    go()
    return board
#> solve([[1, 0], [0, 1]])

#: ascii_canvas
def draw(shapes, w, h):
    canvas = [[" "] * w for _ in range(h)]
    for x, y, ch in shapes:
        canvas[y][x] = ch
    return "\n".join("".join(r).rstrip() for r in canvas)
#> draw([(0, 0, "*")], 2, 2)

#: caesar
def caesar(text, k):
    out = ""
    for ch in text:
        if ch.isalpha():
            base = ord("a") if ch.islower() else ord("A")
            ch = chr((ord(ch) - base + k) % 26 + base)
        out += ch
    return out
#> caesar("ab", 1)

#: roman_numerals
def roman(n):
    out = []
    for v, s in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= v:
            out.append(s)
            n -= v
    return "".join(out)
#> roman(14)

#: collatz
def collatz(n):
    seq = [n]
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        seq.append(n)
    return seq
#> collatz(3)

#: bisect_root
def root(f, lo, hi, steps=20):
    for _ in range(steps):
        mid = (lo + hi) / 2
        if f(lo) * f(mid) <= 0:
            hi = mid
        else:
            lo = mid
    return (lo + hi) / 2
#> root(lambda x: x - 1, 0.0, 3.0)

#: euler_integrate
def euler(f, y0, t0, t1, n=4):
    h = (t1 - t0) / n
    t, y, path = t0, y0, [(t0, y0)]
    for _ in range(n):
        y = y + h * f(t, y)
        t += h
        path.append((t, y))
    return path
#> euler(lambda t, y: y, 1.0, 0.0, 1.0)

#: compound_interest
def growth(principal, rate, years):
    out = []
    for _ in range(years):
        principal *= 1 + rate
        out.append(round(principal, 2))
    return out
#> growth(100.0, 0.1, 2)

#: amortised
def schedule(loan, rate, payment):
    rows = []
    while loan > 0.01:
        interest = loan * rate
        loan += interest - payment
        rows.append((interest, max(loan, 0)))
    return rows
#> schedule(100.0, 0.1, 60.0)
