#: reduce_memory_usage
import numpy as np
import pandas as pd

def reduce_mem_usage(df, verbose=True):
    start = df.memory_usage().sum() / 1024 ** 2
    for col in df.columns:
        kind = df[col].dtype
        if kind != object and str(kind) != "str":
            low, high = df[col].min(), df[col].max()
            if str(kind)[:3] == "int" and low > np.iinfo(np.int16).min and high < np.iinfo(np.int16).max:
                df[col] = df[col].astype(np.int16)
            elif str(kind)[:5] == "float":
                df[col] = df[col].astype(np.float32)
    end = df.memory_usage().sum() / 1024 ** 2
    if verbose:
        print(f"Memory went from {start:.2f} MB to {end:.2f} MB")
    return df
#> reduce_mem_usage(pd.DataFrame({"a": [1, 2], "b": [0.5, 1.5]}))

#: missing_value_table
import pandas as pd

def missing_values_table(df):
    total = df.isnull().sum()
    percent = 100 * total / len(df)
    table = pd.concat([total, percent], axis=1)
    table = table.rename(columns={0: "Missing", 1: "Percent"})
    return table[table["Percent"] > 0].sort_values("Percent", ascending=False).round(1)
#> missing_values_table(pd.DataFrame({"a": [1, None], "b": [1, 2]}))

#: encode_object_columns
import pandas as pd
from sklearn.preprocessing import LabelEncoder

def encode_columns(df, columns):
    encoders = {}
    for column in columns:
        le = LabelEncoder()
        df[column] = le.fit_transform(df[column].astype(str))
        encoders[column] = le
    return encoders
#> encode_columns(pd.DataFrame({"c": ["x", "y"], "n": [1, 2]}), ["c"])

#: encode_on_copy
import pandas as pd
from sklearn.preprocessing import OrdinalEncoder

def encoded(df, columns):
    out = df.copy()
    out[columns] = OrdinalEncoder().fit_transform(out[columns])
    return out
#> encoded(pd.DataFrame({"c": ["x", "y"], "n": [1, 2]}), ["c"])

#: pca_scatter
import matplotlib.pyplot as plt
import numpy as np
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

def plot_pca(X, y):
    Z = PCA(n_components=2, svd_solver="full").fit_transform(StandardScaler().fit_transform(X))
    fig, ax = plt.subplots(figsize=(4, 3))
    for label in np.unique(y):
        mask = y == label
        ax.scatter(Z[mask, 0], Z[mask, 1], label=str(label))
    ax.legend()
    ax.set_xlabel("PC1")
    return fig
#> plot_pca(np.array([[1.0, 2, 3], [2, 1, 0], [3, 3, 1], [0, 1, 1]]), np.array([0, 1, 0, 1]))

#: explained_variance_only
import numpy as np
from sklearn.decomposition import PCA

def n_components_for(X, share=0.9):
    pca = PCA(svd_solver="full").fit(X)
    cumulative = np.cumsum(pca.explained_variance_ratio_)
    return int(np.searchsorted(cumulative, share) + 1)
#> n_components_for(np.array([[1.0, 2, 3], [2, 1, 0], [3, 3, 1], [0, 1, 1]]))

#: roc_curve_figure
import matplotlib.pyplot as plt
from sklearn.metrics import auc, roc_curve

def plot_roc(y_true, scores, path=None):
    fpr, tpr, _ = roc_curve(y_true, scores)
    plt.plot(fpr, tpr, label=f"AUC = {auc(fpr, tpr):.2f}")
    plt.plot([0, 1], [0, 1], "k--")
    plt.xlabel("False positive rate")
    plt.legend(loc="lower right")
    if path is not None:
        plt.savefig(path)
    plt.show()
#> plot_roc([0, 1, 1], [0.1, 0.4, 0.8], "roc.png")

#: confusion_rates
import numpy as np
from sklearn.metrics import confusion_matrix

def rates(y_true, y_pred):
    tn, fp, fn, tp = confusion_matrix(y_true, y_pred).ravel()
    return {"tpr": tp / (tp + fn), "fpr": fp / (fp + tn)}
#> rates([0, 1, 1, 0], [0, 1, 0, 1])

#: evaluate_and_print
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, classification_report

def evaluate(model, X_test, y_test, name="model"):
    pred = model.predict(X_test)
    acc = accuracy_score(y_test, pred)
    print(f"{name}: {acc:.3f}")
    print(classification_report(y_test, pred, zero_division=0))
    return acc
#> evaluate(LogisticRegression().fit([[0.0], [1.0]], [0, 1]), [[0.0], [1.0]], [0, 1])

#: collect_model_scores
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB

def compare(X, y):
    results = {}
    for name, model in {"lr": LogisticRegression(), "nb": GaussianNB()}.items():
        model.fit(X, y)
        results[name] = model.score(X, y)
    return max(results, key=results.get), results
#> compare([[0.0], [1.0], [0.1], [0.9]], [0, 1, 0, 1])

#: fit_every_given_model
from sklearn.linear_model import LogisticRegression

def fit_all(models, X, y):
    return {name: model.fit(X, y).score(X, y) for name, model in models.items()}
#> fit_all({"lr": LogisticRegression()}, [[0.0], [1.0], [0.1], [0.9]], [0, 1, 0, 1])

#: cross_val_predictions
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_predict

def out_of_fold(X, y):
    return cross_val_predict(Ridge(alpha=0.5), X, y, cv=2)
#> out_of_fold([[0.0], [1.0], [2.0], [3.0]], [0, 1, 2, 3])

#: permutation_importance_seeded
import numpy as np
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression

def importances(X, y, seed=0):
    model = LinearRegression().fit(X, y)
    result = permutation_importance(model, X, y, n_repeats=2, random_state=seed)
    return result.importances_mean.argsort()[::-1]
#> importances(np.array([[0.0, 1], [1, 0], [2, 2]]), [0, 1, 2])

#: column_transformer_made
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

def build_pipeline(numeric, categorical):
    pre = ColumnTransformer([
        ("num", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numeric),
        ("cat", OneHotEncoder(handle_unknown="ignore"), categorical),
    ])
    return Pipeline([("pre", pre), ("clf", LogisticRegression(max_iter=200))])
#> build_pipeline(["a"], ["b"])

#: impute_by_group
import pandas as pd

def impute(df, group, column):
    df[column] = df.groupby(group)[column].transform(lambda s: s.fillna(s.median()))
    return df
#> impute(pd.DataFrame({"g": ["x", "x"], "v": [1.0, None]}), "g", "v")

#: impute_many_with_medians
import pandas as pd

def fill_numeric(train, test):
    medians = train.median(numeric_only=True)
    return train.fillna(medians), test.fillna(medians)
#> fill_numeric(pd.DataFrame({"a": [1.0, None]}), pd.DataFrame({"a": [None, 2.0]}))

#: align_train_test_columns
import pandas as pd

def align(train, test):
    train, test = train.align(test, join="left", axis=1, fill_value=0)
    test = test[train.columns]
    test["source"] = "test"
    return train, test
#> align(pd.DataFrame({"a": [1], "b": [1]}), pd.DataFrame({"a": [2]}))

#: add_ratio_features
import numpy as np
import pandas as pd

def add_ratios(df, pairs):
    for top, bottom in pairs:
        df[f"{top}_per_{bottom}"] = np.where(df[bottom] != 0, df[top] / df[bottom].replace(0, np.nan), 0)
    return df
#> add_ratios(pd.DataFrame({"a": [1.0], "b": [2.0]}), [("a", "b")])

#: cap_outliers_loop
import pandas as pd

def cap_outliers(data, columns, k=1.5):
    data = data.copy()
    for c in columns:
        q1, q3 = data[c].quantile([0.25, 0.75])
        iqr = q3 - q1
        data.loc[data[c] > q3 + k * iqr, c] = q3 + k * iqr
        data.loc[data[c] < q1 - k * iqr, c] = q1 - k * iqr
    return data
#> cap_outliers(pd.DataFrame({"a": [1.0, 2, 3, 100]}), ["a"])

#: one_hot_and_drop
import pandas as pd

def one_hot(df, column):
    dummies = pd.get_dummies(df[column], prefix=column)
    df = pd.concat([df, dummies], axis=1)
    df.drop(column, axis=1, inplace=True)
    return df
#> one_hot(pd.DataFrame({"c": ["x", "y"], "n": [1, 2]}), "c")

#: rare_categories_replaced
import pandas as pd

def lump_rare(s, threshold=2):
    counts = s.value_counts()
    rare = counts[counts < threshold].index
    return s.where(~s.isin(rare), "Other")
#> lump_rare(pd.Series(["a", "a", "b"]))

#: date_parts_added
import pandas as pd

def add_date_parts(df, column, drop=True):
    df[column] = pd.to_datetime(df[column])
    for part in ("year", "month", "dayofweek"):
        df[f"{column}_{part}"] = getattr(df[column].dt, part)
    if drop:
        df.drop(columns=column, inplace=True)
#> add_date_parts(pd.DataFrame({"d": ["2020-01-01"]}), "d")

#: rolling_statistics
import pandas as pd

def rolling_features(series, windows=(2, 3)):
    features = pd.DataFrame(index=series.index)
    for w in windows:
        features[f"mean_{w}"] = series.rolling(w).mean()
        features[f"std_{w}"] = series.rolling(w).std()
    features["lag_1"] = series.shift(1)
    return features.dropna()
#> rolling_features(pd.Series([1.0, 2, 3, 4]))

#: lagged_supervised
import numpy as np

def make_windows(values, size):
    X, y = [], []
    for i in range(len(values) - size):
        X.append(values[i:i + size])
        y.append(values[i + size])
    return np.array(X), np.array(y)
#> make_windows(np.arange(6.0), 2)

#: resample_hourly_to_daily
import pandas as pd

def daily(df):
    df = df.set_index("time")
    out = df.resample("D").agg({"load": ["mean", "max"]})
    out.columns = ["_".join(c) for c in out.columns]
    return out.reset_index()
#> daily(pd.DataFrame({"time": pd.date_range("2020-01-01", periods=3, freq="h"), "load": [1.0, 2, 3]}))

#: pivot_and_heatmap
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

def heatmap(df, ax=None):
    table = df.pivot_table(index="d", columns="h", values="v", aggfunc="mean")
    ax = sns.heatmap(table, ax=ax, cmap="viridis")
    ax.set_title("load")
    return ax
#> heatmap(pd.DataFrame({"d": [1, 1], "h": [0, 1], "v": [1.0, 2.0]}), plt.figure().add_subplot())
#> heatmap(pd.DataFrame({"d": [1, 1], "h": [0, 1], "v": [1.0, 2.0]}))

#: subplots_per_column
import matplotlib.pyplot as plt
import pandas as pd

def histograms(df, bins=5):
    columns = df.select_dtypes("number").columns
    fig, axes = plt.subplots(1, len(columns), squeeze=False)
    for ax, column in zip(axes.ravel(), columns):
        ax.hist(df[column].dropna(), bins=bins)
        ax.set_title(column)
    fig.tight_layout()
    plt.close(fig)
    return fig
#> histograms(pd.DataFrame({"a": [1.0, 2], "b": [2.0, 3]}))

#: annotate_bars
import matplotlib.pyplot as plt

def label_bars(ax, fmt="{:.0f}"):
    for patch in ax.patches:
        height = patch.get_height()
        ax.annotate(fmt.format(height), (patch.get_x() + patch.get_width() / 2, height), ha="center")
#> label_bars(plt.figure().add_subplot().bar([0, 1], [1, 2])[0].axes)

#: save_and_close
import os
import matplotlib.pyplot as plt

def save_fig(name, folder="figures", dpi=50, tight=True):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name + ".png")
    print("Saving figure", name)
    if tight:
        plt.tight_layout()
    plt.savefig(path, dpi=dpi)
    plt.close()
#> save_fig("one")

#: training_history_plot
import matplotlib.pyplot as plt

def plot_history(history, metric="loss"):
    fig = plt.figure()
    epochs = range(1, len(history[metric]) + 1)
    plt.plot(epochs, history[metric], "b-", label="train")
    if f"val_{metric}" in history:
        plt.plot(epochs, history[f"val_{metric}"], "r-", label="validation")
    plt.legend()
    return fig
#> plot_history({"loss": [1.0, 0.5], "val_loss": [1.0, 0.7]})

#: early_stopping_class
class EarlyStopping:
    def __init__(self, patience=3, delta=0.0):
        self.patience = patience
        self.delta = delta
        self.best = None
        self.counter = 0
        self.stop = False

    def __call__(self, loss):
        if self.best is None or loss < self.best - self.delta:
            self.best = loss
            self.counter = 0
        else:
            self.counter += 1
            if self.counter >= self.patience:
                self.stop = True

def run(losses, stopper):
    for epoch, loss in enumerate(losses):
        stopper(loss)
        if stopper.stop:
            return epoch
    return len(losses)
#> run([1.0, 0.9, 0.95, 0.95, 0.97], EarlyStopping())

#: average_meter
class AverageMeter:
    def __init__(self):
        self.reset()

    def reset(self):
        self.sum = 0
        self.count = 0

    def update(self, value, n=1):
        self.sum += value * n
        self.count += n

    @property
    def avg(self):
        return self.sum / max(1, self.count)

def mean_loss(batches):
    meter = AverageMeter()
    for loss, n in batches:
        meter.update(loss, n)
    return meter.avg
#> mean_loss([(0.5, 2), (1.0, 1)])

#: batch_generator_shuffled
import numpy as np

def iterate_batches(X, y, size, shuffle=False):
    order = np.arange(len(X))
    if shuffle:
        np.random.shuffle(order)
    for start in range(0, len(X), size):
        rows = order[start:start + size]
        yield X[rows], y[rows]

def first_batch(X, y):
    return next(iterate_batches(X, y, 2, shuffle=True))
#> first_batch(np.arange(4.0), np.arange(4))

#: batch_generator_ordered
import numpy as np

def chunks(values, size):
    for start in range(0, len(values), size):
        yield values[start:start + size]

def chunk_means(values):
    return [chunk.mean() for chunk in chunks(values, 2)]
#> chunk_means(np.arange(4.0))

#: seed_everything
import os
import random
import numpy as np

def seed_everything(seed=42):
    random.seed(seed)
    os.environ["PYTHONHASHSEED"] = str(seed)
    np.random.seed(seed)
#> seed_everything()

#: logistic_regression_by_hand
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def fit_logistic(X, y, lr=0.1, epochs=5):
    w = np.zeros(X.shape[1])
    b = 0.0
    losses = []
    for _ in range(epochs):
        p = sigmoid(X @ w + b)
        error = p - y
        w -= lr * X.T @ error / len(y)
        b -= lr * error.mean()
        losses.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
    return w, b, losses
#> fit_logistic(np.array([[0.0], [1.0]]), np.array([0, 1]))

#: matrix_factorisation_given
import numpy as np

def sgd_step(P, Q, ratings, lr=0.01, reg=0.1):
    for u, i, r in ratings:
        error = r - P[u] @ Q[i]
        pu = P[u].copy()
        P[u] += lr * (error * Q[i] - reg * P[u])
        Q[i] += lr * (error * pu - reg * Q[i])
    return P, Q
#> sgd_step(np.ones((2, 2)), np.ones((2, 2)), [(0, 1, 3.0)])

#: knn_by_hand
import numpy as np
from collections import Counter

def knn_predict(X, y, point, k=3):
    distances = np.sqrt(((X - point) ** 2).sum(axis=1))
    nearest = np.argsort(distances)[:k]
    return Counter(y[nearest].tolist()).most_common(1)[0][0]
#> knn_predict(np.array([[0.0], [1.0], [2.0]]), np.array([0, 0, 1]), np.array([0.2]), 2)

#: kmeans_by_hand
import numpy as np

def kmeans(X, k, rng, iterations=3):
    centers = X[rng.choice(len(X), k, replace=False)]
    for _ in range(iterations):
        labels = ((X[:, None] - centers[None]) ** 2).sum(-1).argmin(1)
        for j in range(k):
            if (labels == j).any():
                centers[j] = X[labels == j].mean(axis=0)
    return centers, labels
#> kmeans(np.array([[0.0], [1.0], [5.0]]), 2, np.random.default_rng(0))

#: decision_stump
import numpy as np

def best_split(x, y):
    best = (np.inf, None)
    for threshold in np.unique(x)[:-1]:
        left, right = y[x <= threshold], y[x > threshold]
        score = len(left) * left.var() + len(right) * right.var()
        if score < best[0]:
            best = (score, threshold)
    return best[1]
#> best_split(np.array([1.0, 2, 3]), np.array([0.0, 0, 1]))

#: sir_simulation
import numpy as np
from scipy.integrate import odeint

def sir(y, t, beta, gamma):
    s, i, r = y
    return -beta * s * i, beta * s * i - gamma * i, gamma * i

def simulate(beta=0.3, gamma=0.1, days=5):
    t = np.linspace(0, days, days + 1)
    return odeint(sir, [0.99, 0.01, 0.0], t, args=(beta, gamma))
#> simulate()

#: game_of_life_step
import numpy as np

def step(board):
    n = sum(np.roll(np.roll(board, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
    return ((n == 3) | (board & (n == 2))).astype(int)
#> step(np.eye(4, dtype=int))

#: queue_simulation
import heapq
import random

def simulate(n, seed):
    rng = random.Random(seed)
    events = []
    clock = 0.0
    for customer in range(n):
        clock += rng.expovariate(1.0)
        heapq.heappush(events, (clock, customer))
    served = []
    while events:
        served.append(heapq.heappop(events)[1])
    return served
#> simulate(3, 1)

#: ab_test_summary
import numpy as np
from scipy import stats

def ab_test(a, b, alpha=0.05):
    p_pool = (sum(a) + sum(b)) / (len(a) + len(b))
    se = np.sqrt(p_pool * (1 - p_pool) * (1 / len(a) + 1 / len(b)))
    z = (np.mean(b) - np.mean(a)) / se
    p = 2 * (1 - stats.norm.cdf(abs(z)))
    return {"z": z, "p": p, "significant": p < alpha}
#> ab_test([0, 1, 1, 0], [1, 1, 1, 0])

#: bootstrap_rng_parameter_optional
import numpy as np

def bootstrap_mean(x, n=10, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    means = np.empty(n)
    for i in range(n):
        means[i] = rng.choice(x, len(x)).mean()
    return np.percentile(means, [2.5, 97.5])
#> bootstrap_mean(np.arange(5.0), 3, np.random.default_rng(1))
#> bootstrap_mean(np.arange(5.0), 3)

#: haversine
from math import asin, cos, radians, sin, sqrt

def haversine(lat1, lon1, lat2, lon2):
    lat1, lon1, lat2, lon2 = map(radians, (lat1, lon1, lat2, lon2))
    a = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 6371 * 2 * asin(sqrt(a))
#> haversine(0.0, 0.0, 1.0, 1.0)

#: tokenise_and_count
import re
import string
from collections import Counter

STOP = {"the", "a"}

def word_counts(documents):
    counts = Counter()
    for text in documents:
        text = text.lower().translate(str.maketrans("", "", string.punctuation))
        counts.update(w for w in re.split(r"\s+", text) if w and w not in STOP)
    return counts.most_common(5)
#> word_counts(["The cat, a dog.", "cat"])

#: build_vocabulary_given
def add_to_vocab(vocab, tokens):
    for token in tokens:
        vocab.setdefault(token, len(vocab))
    return [vocab[t] for t in tokens]
#> add_to_vocab({}, ["a", "b", "a"])

#: tfidf_by_hand
import math
from collections import defaultdict

def tfidf(docs):
    df = defaultdict(int)
    for doc in docs:
        for word in set(doc):
            df[word] += 1
    n = len(docs)
    return [{w: doc.count(w) / len(doc) * math.log(n / df[w]) for w in doc} for doc in docs]
#> tfidf([["a", "b"], ["a"]])

#: ngrams_zip
def ngrams(tokens, n=2):
    return list(zip(*(tokens[i:] for i in range(n))))
#> ngrams(["a", "b", "c"])

#: topic_model_fitted
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import CountVectorizer

def topics(texts, k=1):
    vec = CountVectorizer()
    X = vec.fit_transform(texts)
    nmf = NMF(n_components=k, init="nndsvd", random_state=0, max_iter=5000).fit(X)
    words = vec.get_feature_names_out()
    return [[words[i] for i in row.argsort()[-2:]] for row in nmf.components_]
#> topics(["cat dog", "cat bird"])

#: parse_log_lines
import re
from datetime import datetime

PATTERN = re.compile(r"(?P<when>\S+) (?P<level>\w+) (?P<message>.*)")

def parse_log(lines):
    records = []
    for line in lines:
        m = PATTERN.match(line)
        if m is None:
            continue
        record = m.groupdict()
        record["when"] = datetime.fromisoformat(record["when"])
        records.append(record)
    return records
#> parse_log(["2020-01-01 INFO hello", ""])

#: read_json_lines
import json

def read_jsonl(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]
#> read_jsonl("data.json")

#: append_json_line
import json

def append_result(path, **fields):
    with open(path, "a") as f:
        f.write(json.dumps(fields, sort_keys=True) + "\n")
#> append_result("results.jsonl", a=1)

#: cached_computation_pickle
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
#> cached("a.pkl", lambda: 3)
#> cached("a.pkl", lambda: 3)

#: load_config_with_defaults
import json

DEFAULTS = {"lr": 0.1, "layers": [8]}

def load_config(path=None, **overrides):
    config = dict(DEFAULTS)
    if path:
        with open(path) as f:
            config.update(json.load(f))
    config.update(overrides)
    return config
#> load_config("data.json", lr=0.2)

#: deep_merge
def deep_merge(base, extra):
    merged = dict(base)
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = deep_merge(merged[key], value)
        else:
            merged[key] = value
    return merged
#> deep_merge({"a": {"x": 1}}, {"a": {"y": 2}})

#: deep_update_in_place
def deep_update(base, extra):
    for key, value in extra.items():
        if isinstance(value, dict):
            base[key] = deep_update(base.get(key, {}), value)
        else:
            base[key] = value
    return base
#> deep_update({"a": {"x": 1}}, {"a": {"y": 2}})

#: flatten_record
def flatten(record, parent="", sep="."):
    items = {}
    for key, value in record.items():
        name = f"{parent}{sep}{key}" if parent else key
        if isinstance(value, dict):
            items.update(flatten(value, name, sep))
        else:
            items[name] = value
    return items
#> flatten({"a": {"b": 1}, "c": 2})

#: tree_depth_and_leaves
def leaves(node, found=None):
    if found is None:
        found = []
    if not node.get("children"):
        found.append(node["name"])
    for child in node.get("children", []):
        leaves(child, found)
    return found
#> leaves({"name": "r", "children": [{"name": "a"}]})

#: split_dataset_folders
import os
import shutil

def split_files(folder, train_share=0.5):
    names = sorted(os.listdir(folder))
    cut = int(len(names) * train_share)
    for part, chosen in (("train", names[:cut]), ("test", names[cut:])):
        os.makedirs(os.path.join(part), exist_ok=True)
        for name in chosen:
            shutil.copy(os.path.join(folder, name), os.path.join(part, name))
    return cut
#> split_files(".")

#: latest_file
from pathlib import Path

def latest(folder, pattern="*.csv"):
    files = sorted(Path(folder).glob(pattern), key=lambda p: p.stat().st_mtime)
    return files[-1] if files else None
#> latest(".")

#: download_if_missing
import os
import urllib.request

def fetch(url, path):
    if not os.path.isfile(path):
        urllib.request.urlretrieve(url, path)
    return path
#> fetch("http://127.0.0.1:9/x.csv", "x.csv")

#: read_all_csv_tagged
import glob
import os
import pandas as pd

def read_folder(folder):
    frames = []
    for path in sorted(glob.glob(os.path.join(folder, "*.csv"))):
        frame = pd.read_csv(path)
        frame["source"] = os.path.basename(path)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)
#> read_folder(".")

#: query_to_frame
import sqlite3
import pandas as pd

def customers(path, country):
    conn = sqlite3.connect(path)
    try:
        conn.execute("create table if not exists c (name text, country text)")
        return pd.read_sql_query("select * from c where country = ?", conn, params=(country,))
    finally:
        conn.close()
#> customers("shop.db", "NO")

#: write_report_text
def write_report(metrics, path):
    lines = ["# Report", ""]
    lines += [f"- {k}: {v:.2f}" for k, v in metrics.items()]
    with open(path, "w") as out:
        out.write("\n".join(lines))
    return len(lines)
#> write_report({"a": 1.0}, "r.md")

#: timer_context
import time
from contextlib import contextmanager

@contextmanager
def timer(label):
    start = time.perf_counter()
    yield
    print(f"{label}: {time.perf_counter() - start:.3f}s")

def timed_sum(values):
    with timer("sum"):
        return sum(values)
#> timed_sum([1, 2])

#: logger_setup
import logging

def get_logger(name, level=logging.INFO):
    logger = logging.getLogger(name)
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
    logger.setLevel(level)
    return logger
#> get_logger("fresh")

#: eda_overview
import pandas as pd

def overview(df, n=2):
    print("Shape:", df.shape)
    print(df.head(n))
    print(df.dtypes)
    print(df.describe(include="all").T)
    df.info()
#> overview(pd.DataFrame({"a": [1, 2]}))

#: correlated_columns
import numpy as np
import pandas as pd

def drop_correlated(df, threshold=0.9):
    corr = df.corr().abs()
    upper = corr.where(np.triu(np.ones(corr.shape), k=1).astype(bool))
    to_drop = [c for c in upper.columns if any(upper[c] > threshold)]
    return df.drop(columns=to_drop), to_drop
#> drop_correlated(pd.DataFrame({"a": [1.0, 2, 3], "b": [2.0, 4, 6]}))

#: vif_table
import pandas as pd
from statsmodels.stats.outliers_influence import variance_inflation_factor

def vif(df):
    table = pd.DataFrame()
    table["feature"] = df.columns
    table["vif"] = [variance_inflation_factor(df.values, i) for i in range(df.shape[1])]
    return table
#> vif(pd.DataFrame({"a": [1.0, 2, 3], "b": [2.0, 1, 6]}))

#: seasonal_parts
import numpy as np
import pandas as pd
from statsmodels.tsa.seasonal import seasonal_decompose

def deseasonalised(series, period):
    parts = seasonal_decompose(series, period=period)
    return series - parts.seasonal
#> deseasonalised(pd.Series(np.arange(12.0)), 3)

#: image_normalised_given
import numpy as np

def normalise(img):
    img = img.astype("float32")
    img -= img.mean()
    img /= img.std() + 1e-8
    return img
#> normalise(np.arange(4).reshape(2, 2))

#: image_border_zeroed
import numpy as np

def mask_border(img, width=1):
    img[:width] = 0
    img[-width:] = 0
    img[:, :width] = 0
    img[:, -width:] = 0
#> mask_border(np.ones((4, 4)))

#: convolve_by_hand
import numpy as np

def convolve(img, kernel):
    h, w = kernel.shape
    out = np.zeros((img.shape[0] - h + 1, img.shape[1] - w + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (img[i:i + h, j:j + w] * kernel).sum()
    return out
#> convolve(np.ones((3, 3)), np.ones((2, 2)))

#: market_backtest
import pandas as pd

def backtest(prices, short=2, long=3):
    signals = pd.DataFrame({"price": prices})
    signals["short"] = prices.rolling(short).mean()
    signals["long"] = prices.rolling(long).mean()
    signals["position"] = (signals["short"] > signals["long"]).astype(int)
    returns = prices.pct_change() * signals["position"].shift(1)
    return (1 + returns.fillna(0)).prod() - 1
#> backtest(pd.Series([1.0, 2, 3, 2, 4]))

#: retry_with_backoff
import time

def with_retry(function, attempts=2, wait=0.0):
    for attempt in range(attempts):
        try:
            return function()
        except ValueError as error:
            print(f"attempt {attempt} failed: {error}")
            time.sleep(wait)
    return None
#> with_retry(lambda: int("x"))

#: config_dataclass
from dataclasses import asdict, dataclass, field, replace

@dataclass
class Config:
    lr: float = 0.1
    tags: list = field(default_factory=list)

def variants(config, rates):
    return [asdict(replace(config, lr=rate)) for rate in rates]
#> variants(Config(), [0.1, 0.2])

#: validate_frame_or_raise
import pandas as pd

def validate(df, required):
    missing = set(required) - set(df.columns)
    if missing:
        raise ValueError(f"missing: {sorted(missing)}")
    if df.duplicated().any():
        df = df.drop_duplicates()
    return df
#> validate(pd.DataFrame({"a": [1, 1]}), ["a"])

#: score_rows_with_rules
def apply_rules(rows, rules):
    for row in rows:
        for name, rule in rules.items():
            row[name] = rule(row)
    return rows
#> apply_rules([{"x": 2}], {"double": lambda r: 2 * r["x"]})
