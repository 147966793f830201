#: titanic_titles
import pandas as pd

def extract_titles(df):
    titles = df["Name"].str.extract(r" ([A-Za-z]+)\.", expand=False)
    titles = titles.replace(["Mlle", "Ms"], "Miss")
    rare = titles.value_counts()[lambda s: s < 2].index
    titles[titles.isin(rare)] = "Rare"
    return titles
#> extract_titles(pd.DataFrame({"Name": ["A, Mr. B", "C, Mr. D", "E, Dr. F"]}))

#: interaction_terms
from itertools import combinations

import pandas as pd

def add_interactions(X, cols):
    X = X.copy()
    for a, b in combinations(cols, 2):
        X[f"{a}*{b}"] = X[a] * X[b]
    return X
#> add_interactions(pd.DataFrame({"a": [1], "b": [2]}), ["a", "b"])

#: target_encode
import pandas as pd

def target_encode(train, test, col, target, smoothing=10):
    prior = train[target].mean()
    stats = train.groupby(col)[target].agg(["mean", "count"])
    w = stats["count"] / (stats["count"] + smoothing)
    enc = w * stats["mean"] + (1 - w) * prior
    test[col + "_te"] = test[col].map(enc).fillna(prior)
    return train[col].map(enc)
#> target_encode(pd.DataFrame({"c": ["a", "b"], "t": [1, 0]}), pd.DataFrame({"c": ["a"]}), "c", "t")

#: reduce_categories
import pandas as pd

def lump(s: pd.Series, top=2):
    keep = s.value_counts().nlargest(top).index
    return s.where(s.isin(keep), other="other")
#> lump(pd.Series(["a", "a", "b", "c"]))

#: resample_sales
import pandas as pd

def weekly(sales):
    sales = sales.copy()
    sales["date"] = pd.to_datetime(sales["date"])
    weekly = sales.resample("W", on="date")["amount"].sum()
    weekly.name = "weekly"
    return weekly.to_frame().assign(change=lambda d: d["weekly"].pct_change())
#> weekly(pd.DataFrame({"date": ["2024-01-01", "2024-01-09"], "amount": [1, 2]}))

#: index_sorted_in_place
import pandas as pd

def order(df):
    df.sort_index(inplace=True)
    df.index = df.index.astype(str)
    return df.index.tolist()
#> order(pd.DataFrame({"a": [1, 2]}, index=[2, 1]))

#: drop_duplicates_not_in_place
import pandas as pd

def dedupe(df, keys):
    before = len(df)
    df = df.drop_duplicates(subset=keys, keep="last")
    print("removed", before - len(df))
    df = df.reset_index(drop=True)
    df.loc[:, "dedup"] = True
    return df
#> dedupe(pd.DataFrame({"a": [1, 1]}), ["a"])

#: iloc_write
import pandas as pd

def first_to_zero(df):
    df.iloc[0, :] = 0
#> first_to_zero(pd.DataFrame({"a": [1, 2]}))

#: loc_slice_copy
import pandas as pd

def tail_table(df, n):
    part = df.loc[df.index[-n:]].copy()
    part["seen"] = True
    part.index = range(len(part))
    return part
#> tail_table(pd.DataFrame({"a": [1, 2]}), 1)

#: columns_loop_strip
import pandas as pd

def strip_all(df):
    for c in df.select_dtypes("object"):
        df[c] = df[c].str.strip()
    return df
#> strip_all(pd.DataFrame({"a": [" x"], "b": [1]}))

#: strip_all_functional
import pandas as pd

def strip_all(df):
    return df.apply(lambda c: c.str.strip() if c.dtype == "object" else c)
#> strip_all(pd.DataFrame({"a": [" x"], "b": [1]}))

#: series_to_list_changed
import pandas as pd

def names(df):
    values = df["name"].tolist()
    values.append("total")
    return values
#> names(pd.DataFrame({"name": ["a"]}))

#: dict_of_frames
import pandas as pd

def by_group(df, key):
    groups = {k: g.drop(columns=key) for k, g in df.groupby(key)}
    for g in groups.values():
        g["n"] = len(g)
    return groups
#> by_group(pd.DataFrame({"k": [1, 2], "v": [3, 4]}), "k")

#: crosstab_percent
import pandas as pd

def shares(a, b):
    tab = pd.crosstab(a, b, normalize="index")
    tab *= 100
    return tab.round(1)
#> shares(pd.Series([1, 1, 2], name="a"), pd.Series([0, 1, 1], name="b"))

#: correlation_pairs
import numpy as np
import pandas as pd

def high_corr(df, limit=0.9):
    corr = df.corr().abs()
    upper = corr.where(np.triu(np.ones(corr.shape), k=1).astype(bool))
    drop = [c for c in upper.columns if any(upper[c] > limit)]
    return df.drop(drop, axis=1), drop
#> high_corr(pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.1]}))

#: time_features_on_argument
import pandas as pd

def add_time_features(df, col="ts"):
    ts = pd.to_datetime(df[col])
    df["hour"] = ts.dt.hour
    df["dow"] = ts.dt.dayofweek
    df.drop(col, axis=1, inplace=True)
#> add_time_features(pd.DataFrame({"ts": ["2024-01-01"]}))

#: balance_classes
import pandas as pd

def undersample(df, label):
    n = df[label].value_counts().min()
    parts = [g.sample(n, random_state=1) for _, g in df.groupby(label)]
    return pd.concat(parts).sample(frac=1, random_state=1)
#> undersample(pd.DataFrame({"x": [1, 2, 3], "y": [0, 0, 1]}), "y")

#: split_by_date
import pandas as pd

def split(df, cutoff):
    train = df[df["date"] < cutoff]
    test = df[df["date"] >= cutoff]
    train = train.drop(columns="date")
    test = test.drop(columns="date")
    return train, test
#> split(pd.DataFrame({"date": ["a", "b"], "x": [1, 2]}), "b")

#: excel_like_report
import io
import pandas as pd

def html_report(df):
    buf = io.StringIO()
    df.describe().to_html(buf)
    return buf.getvalue()
#> html_report(pd.DataFrame({"a": [1, 2]}))

#: info_to_buffer
import io
import pandas as pd

def info_text(df):
    buf = io.StringIO()
    df.info(buf=buf)
    return buf.getvalue()
#> info_text(pd.DataFrame({"a": [1, 2]}))

#: pandas_option_context
import pandas as pd

def wide_print(df):
    with pd.option_context("display.max_columns", None):
        print(df)
#> wide_print(pd.DataFrame({"a": [1, 2]}))

#: pandas_option_set
import pandas as pd

def wide_print(df):
    pd.set_option("display.max_rows", 500)
    print(df.head())
#> wide_print(pd.DataFrame({"a": [1, 2]}))

#: read_many
from pathlib import Path

import pandas as pd

def read_all(folder, pattern="*.csv"):
    frames = []
    for p in sorted(Path(folder).glob(pattern)):
        frame = pd.read_csv(p)
        frame["file"] = p.name
        frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
#> read_all(".")

#: parquet_cache
import os

import pandas as pd

def cached(path, build):
    if os.path.exists(path):
        return pd.read_csv(path)
    df = build()
    df.to_csv(path, index=False)
    return df
#> cached("data.csv", lambda: pd.DataFrame({"a": [1]}))
#> cached("new.csv", lambda: pd.DataFrame({"a": [1]}))

#: sql_roundtrip
import sqlite3

import pandas as pd

def store(df, table):
    con = sqlite3.connect(":memory:")
    df.to_sql(table, con, index=False)
    n = pd.read_sql(f"select count(*) as n from {table}", con)["n"].iloc[0]
    con.close()
    return int(n)
#> store(pd.DataFrame({"a": [1, 2]}), "t")

#: to_dict_records_changed
import pandas as pd

def records(df):
    rows = df.to_dict("records")
    for r in rows:
        r["id"] = id(r) % 2
    return rows
#> records(pd.DataFrame({"a": [1, 2]}))

#: scaler_params
import numpy as np
from sklearn.preprocessing import StandardScaler

def zscore(train, test):
    sc = StandardScaler().fit(train)
    scaled = [sc.transform(a) for a in (train, test)]
    scaled[0][0, 0] = 0.0
    return scaled
#> zscore(np.array([[0.0], [2.0]]), np.array([[1.0]]))

#: scaler_in_place
import numpy as np
from sklearn.preprocessing import StandardScaler

def zscore_(X):
    sc = StandardScaler(copy=False)
    return sc.fit_transform(X)
#> zscore_(np.array([[0.0], [2.0]]))

#: threshold_predictions
import numpy as np

def to_labels(proba, threshold=0.5):
    labels = (proba >= threshold).astype(int)
    labels[proba == threshold] = 0
    return labels
#> to_labels(np.array([0.5, 0.7]))

#: best_threshold
import numpy as np
from sklearn.metrics import f1_score

def best_threshold(y, proba):
    best, best_t = -1.0, 0.0
    for t in np.linspace(0.1, 0.9, 5):
        f = f1_score(y, proba > t, zero_division=0)
        if f > best:
            best, best_t = f, t
    print(f"best {best:.2f} at {best_t:.2f}")
    return best_t
#> best_threshold(np.array([0, 1]), np.array([0.2, 0.8]))

#: model_zoo
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.tree import DecisionTreeClassifier

def compare(X, y):
    models = {"lr": LogisticRegression(), "nb": GaussianNB(), "dt": DecisionTreeClassifier(random_state=0)}
    scores = {}
    for name, m in models.items():
        m.fit(X, y)
        scores[name] = m.score(X, y)
    return max(scores, key=scores.get), scores
#> compare([[0.0], [1.0]], [0, 1])

#: models_given
from sklearn.linear_model import LinearRegression

def fit_each(models, X, y):
    for m in models:
        m.fit(X, y)
    return [m.score(X, y) for m in models]
#> fit_each([LinearRegression()], [[0.0], [1.0]], [0.0, 1.0])

#: predict_only
import numpy as np
from sklearn.linear_model import LinearRegression

def residuals(model, X, y):
    pred = model.predict(X)
    res = y - pred
    res -= res.mean()
    return res
#> residuals(LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0]), np.array([[0.0], [1.0]]), np.array([0.0, 1.0]))

#: early_stopping_loop
import numpy as np

def train(X, y, patience=2, lr=0.1):
    w = np.zeros(X.shape[1])
    best, wait, best_w = np.inf, 0, w.copy()
    for epoch in range(50):
        g = X.T @ (X @ w - y) / len(y)
        w -= lr * g
        loss = ((X @ w - y) ** 2).mean()
        if loss < best - 1e-6:
            best, wait, best_w = loss, 0, w.copy()
        else:
            wait += 1
            if wait >= patience:
                break
    return best_w, best
#> train(np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))

#: perceptron_in_place
import numpy as np

def perceptron_step(w, x, y):
    if y * (w @ x) <= 0:
        w += y * x
    return w
#> perceptron_step(np.zeros(2), np.array([1.0, 2.0]), 1)

#: perceptron_pure
import numpy as np

def perceptron_step(w, x, y):
    if y * (w @ x) <= 0:
        w = w + y * x
    return w
#> perceptron_step(np.zeros(2), np.array([1.0, 2.0]), 1)

#: monte_carlo_pi
import numpy as np

def estimate_pi(n, rng=None):
    rng = np.random.default_rng(0) if rng is None else rng
    pts = rng.random((n, 2))
    return 4 * ((pts ** 2).sum(axis=1) <= 1).mean()
#> estimate_pi(10)
#> estimate_pi(10, np.random.default_rng(1))

#: kmeans_by_hand
import numpy as np

def kmeans(X, k, iters=5, seed=0):
    rng = np.random.default_rng(seed)
    centers = X[rng.choice(len(X), k, replace=False)]
    for _ in range(iters):
        d = ((X[:, None] - centers[None]) ** 2).sum(-1)
        lab = d.argmin(1)
        for j in range(k):
            if (lab == j).any():
                centers[j] = X[lab == j].mean(0)
    return centers, lab
#> kmeans(np.array([[0.0], [1.0], [9.0]]), 2)

#: conv1d
import numpy as np

def smooth(signal, kernel):
    kernel = np.asarray(kernel, dtype=float)
    kernel = kernel / kernel.sum()
    return np.convolve(signal, kernel, mode="same")
#> smooth(np.array([1.0, 2.0, 3.0]), [1, 1])

#: normalise_kernel_in_place
import numpy as np

def smooth(signal, kernel):
    kernel /= kernel.sum()
    return np.convolve(signal, kernel, mode="same")
#> smooth(np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0]))

#: image_threshold
import numpy as np

def binarise(img, t=128):
    out = np.zeros_like(img)
    out[img > t] = 255
    return out
#> binarise(np.array([[10, 200]]))

#: image_threshold_in_place
import numpy as np

def binarise(img, t=128):
    img[img > t] = 255
    img[img <= t] = 0
    return img
#> binarise(np.array([[10, 200]]))

#: image_channel_view
import numpy as np

def drop_red(img):
    red = img[..., 0]
    red[:] = 0
    return img
#> drop_red(np.ones((2, 2, 3)))

#: sliding_windows
import numpy as np

def windows(x, n):
    out = np.empty((len(x) - n + 1, n))
    for i in range(len(out)):
        out[i] = x[i:i + n]
    return out
#> windows(np.arange(4.0), 2)

#: outer_loop_matrix
import numpy as np

def game_of_life(grid):
    new = grid.copy()
    n, m = grid.shape
    for i in range(n):
        for j in range(m):
            s = grid[max(i - 1, 0):i + 2, max(j - 1, 0):j + 2].sum() - grid[i, j]
            new[i, j] = 1 if s == 3 or (s == 2 and grid[i, j]) else 0
    return new
#> game_of_life(np.array([[1, 1], [1, 0]]))

#: swap_buffers
import numpy as np

def diffuse(u, steps):
    v = np.empty_like(u)
    for _ in range(steps):
        v[1:-1] = 0.5 * (u[:-2] + u[2:])
        v[0], v[-1] = u[0], u[-1]
        u, v = v, u
    return u
#> diffuse(np.array([0.0, 1.0, 0.0]), 2)

#: diffuse_with_copy
import numpy as np

def diffuse(u, steps):
    u = u.copy()
    v = u.copy()
    for _ in range(steps):
        v[1:-1] = 0.5 * (u[:-2] + u[2:])
        u, v = v, u
    return u
#> diffuse(np.array([0.0, 1.0, 0.0]), 2)

#: unique_inverse
import numpy as np

def group_means(keys, values):
    uniq, inv = np.unique(keys, return_inverse=True)
    sums = np.bincount(inv, weights=values)
    sums /= np.bincount(inv)
    return dict(zip(uniq.tolist(), sums.tolist()))
#> group_means(np.array([1, 1, 2]), np.array([1.0, 3.0, 5.0]))

#: linalg_solve
import numpy as np

def ridge(X, y, lam):
    A = X.T @ X
    A[np.diag_indices_from(A)] += lam
    return np.linalg.solve(A, X.T @ y)
#> ridge(np.array([[1.0], [2.0]]), np.array([1.0, 2.0]), 0.1)

#: diag_view
import numpy as np

def regularise(A, lam):
    A.flat[:: A.shape[0] + 1] += lam
    return np.linalg.inv(A)
#> regularise(np.eye(2), 1.0)

#: struct_array
import numpy as np

def make_table(names, ages):
    t = np.zeros(len(names), dtype=[("name", "U10"), ("age", int)])
    t["name"] = names
    t["age"] = ages
    t.sort(order="age")
    return t
#> make_table(["a", "b"], [2, 1])

#: masked_stats
import numpy as np

def masked_mean(x, bad):
    m = np.ma.masked_where(bad, x)
    return float(m.mean())
#> masked_mean(np.array([1.0, 2.0]), np.array([False, True]))

#: kde_plot
import matplotlib.pyplot as plt
import numpy as np
from scipy.stats import gaussian_kde

def plot_density(samples, path):
    xs = np.linspace(min(samples), max(samples), 20)
    ys = gaussian_kde(samples)(xs)
    fig, ax = plt.subplots()
    ax.plot(xs, ys)
    ax.fill_between(xs, ys, alpha=0.3)
    fig.savefig(path, dpi=50)
    plt.close(fig)
    return ys.max()
#> plot_density([1.0, 2.0, 4.0], "k.png")

#: figure_returned
import matplotlib.pyplot as plt

def two_panels(a, b):
    fig, axes = plt.subplots(1, 2)
    for ax, data in zip(axes, (a, b)):
        ax.hist(data)
        ax.set_xlim(0, 10)
    return fig
#> two_panels([1, 2], [3])

#: annotate_axes
import matplotlib.pyplot as plt

def annotate(ax, points):
    for x, y, text in points:
        ax.annotate(text, (x, y))
    return ax.get_title()
#> annotate(plt.subplots()[1], [(0, 0, "a")])

#: fft_peak
import numpy as np
from scipy import fft

def peak_frequency(signal, rate):
    spec = np.abs(fft.rfft(signal - signal.mean()))
    spec[0] = 0
    freqs = fft.rfftfreq(len(signal), 1 / rate)
    return freqs[spec.argmax()]
#> peak_frequency(np.array([0.0, 1.0, 0.0, -1.0]), 4)

#: ode_solve
import numpy as np
from scipy.integrate import solve_ivp

def simulate(beta, gamma, y0, days):
    def rhs(t, y):
        s, i, r = y
        return [-beta * s * i, beta * s * i - gamma * i, gamma * i]
    sol = solve_ivp(rhs, (0, days), y0, t_eval=np.arange(days))
    return sol.y[1].max()
#> simulate(0.3, 0.1, [0.9, 0.1, 0.0], 5)

#: distribution_fit
import numpy as np
from scipy import stats

def fit_and_test(x):
    mu, sigma = stats.norm.fit(x)
    ks = stats.kstest(x, "norm", args=(mu, sigma))
    return mu, sigma, ks.pvalue
#> fit_and_test(np.array([1.0, 2.0, 3.0]))

#: rvs_global
from scipy import stats

def simulate(n):
    return stats.norm.rvs(size=n)
#> simulate(3)

#: rvs_seeded
from scipy import stats

def simulate(n):
    return stats.norm.rvs(size=n, random_state=0)
#> simulate(3)

#: word_count
import re
from collections import Counter

def top_words(text, stop, n=3):
    words = re.findall(r"[a-z']+", text.lower())
    counts = Counter(w for w in words if w not in stop)
    for w in list(counts):
        if counts[w] < 1:
            del counts[w]
    return counts.most_common(n)
#> top_words("A a b", {"b"})

#: json_lines
import json

def load_jsonl(path):
    rows = []
    with open(path) as f:
        for line in f:
            line = line.strip()
            if line:
                rows.append(json.loads(line))
    return rows
#> load_jsonl("data.json")

#: write_markdown
from pathlib import Path

def write_report(path, sections):
    parts = ["# Report"]
    for title, body in sections.items():
        parts.append(f"## {title}\n{body}")
    Path(path).write_text("\n\n".join(parts), encoding="utf-8")
    return len(parts)
#> write_report("r.md", {"a": "b"})

#: log_metrics
import logging

log = logging.getLogger("train")

def log_metrics(epoch, metrics):
    msg = " ".join(f"{k}={v:.3f}" for k, v in sorted(metrics.items()))
    log.info("epoch %d %s", epoch, msg)
    return msg
#> log_metrics(1, {"loss": 0.5})

#: progress_bar
import sys

def progress(i, n, width=10):
    done = int(width * i / n)
    sys.stdout.write("\r[" + "#" * done + "." * (width - done) + "]")
    sys.stdout.flush()
#> progress(1, 2)

#: set_seed_everywhere
import os
import random

import numpy as np

def set_seed(seed):
    random.seed(seed)
    np.random.seed(seed)
    os.environ["PYTHONHASHSEED"] = str(seed)
#> set_seed(1)

#: networkx_rank
import networkx as nx

def rank(edges):
    g = nx.Graph()
    g.add_edges_from(edges)
    pr = nx.pagerank(g)
    return sorted(pr, key=pr.get, reverse=True)
#> rank([(1, 2), (2, 3)])

#: networkx_given
import networkx as nx

def prune(g, k):
    low = [n for n, d in g.degree() if d < k]
    g.remove_nodes_from(low)
    return g.number_of_nodes()
#> prune(nx.path_graph(4), 2)

#: networkx_copy
import networkx as nx

def pruned(g, k):
    h = g.copy()
    h.remove_nodes_from([n for n, d in g.degree() if d < k])
    return h
#> pruned(nx.path_graph(4), 2)
