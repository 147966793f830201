#: read_and_summarise
import pandas as pd

def summarise(path):
    df = pd.read_csv(path)
    return df.describe().T[["mean", "std"]]
#> summarise("data.csv")

#: loc_assign_given
import pandas as pd

def flag(df, limit):
    df.loc[df["a"] > limit, "high"] = True
    return df
#> flag(pd.DataFrame({"a": [1, 5]}), 2)

#: loc_assign_copy
import pandas as pd

def flag(df, limit):
    out = df.copy()
    out.loc[out["a"] > limit, "high"] = True
    return out
#> flag(pd.DataFrame({"a": [1, 5]}), 2)

#: assign_method_chain
import pandas as pd

def ratios(df):
    return df.assign(r=lambda d: d["a"] / d["b"]).sort_values("r")
#> ratios(pd.DataFrame({"a": [1, 5], "b": [2, 2]}))

#: fillna_inplace_column_subset
import pandas as pd

def fill(df):
    df = df[["a", "b"]]
    df = df.fillna(df.mean())
    return df
#> fill(pd.DataFrame({"a": [1.0, None], "b": [2.0, 2.0]}))

#: fillna_inplace_given
import pandas as pd

def fill(df, value=0):
    df.fillna(value, inplace=True)
#> fill(pd.DataFrame({"a": [1.0, None]}))

#: pop_target_column
import pandas as pd

def split_target(df, target):
    y = df.pop(target)
    return df, y
#> split_target(pd.DataFrame({"a": [1], "y": [0]}), "y")

#: drop_target_column
import pandas as pd

def split_target(df, target):
    return df.drop(columns=[target]), df[target]
#> split_target(pd.DataFrame({"a": [1], "y": [0]}), "y")

#: insert_column
import pandas as pd

def with_id(df):
    df.insert(0, "id", range(len(df)))
    return df
#> with_id(pd.DataFrame({"a": [1, 2]}))

#: set_index_name_on_result
import pandas as pd

def by_key(df):
    out = df.groupby("k").sum()
    out.index.name = "key"
    out.columns = ["total"]
    return out
#> by_key(pd.DataFrame({"k": [1, 1], "v": [2, 3]}))

#: set_index_name_on_given
import pandas as pd

def label(df):
    df.index.name = "row"
    return df
#> label(pd.DataFrame({"a": [1]}))

#: columns_renamed_on_reset
import pandas as pd

def counts(s):
    out = s.value_counts().reset_index()
    out.columns = ["value", "n"]
    return out
#> counts(pd.Series(["a", "a", "b"]))

#: to_csv_path
import pandas as pd

def export(df, path):
    df.to_csv(path, index=False)
#> export(pd.DataFrame({"a": [1]}), "out.csv")

#: to_csv_text
import pandas as pd

def as_text(df):
    return df.to_csv(index=False)
#> as_text(pd.DataFrame({"a": [1]}))

#: to_csv_handle
import pandas as pd

def export(df, handle):
    df.to_csv(handle, index=False)
#> export(pd.DataFrame({"a": [1]}), open("out.csv", "w"))

#: to_csv_string_buffer
import io
import pandas as pd

def as_text(df):
    buffer = io.StringIO()
    df.to_csv(buffer)
    return buffer.getvalue()
#> as_text(pd.DataFrame({"a": [1]}))

#: to_json_optional
import pandas as pd

def export(df, path=None):
    return df.to_json(path, orient="records")
#> export(pd.DataFrame({"a": [1]}))

#: read_csv_from_text
import io
import pandas as pd

def parse(text):
    return pd.read_csv(io.StringIO(text), sep=";")
#> parse("a;b\n1;2\n")

#: apply_row_function
import pandas as pd

def distances(df):
    def norm(row):
        return (row["x"] ** 2 + row["y"] ** 2) ** 0.5
    return df.apply(norm, axis=1)
#> distances(pd.DataFrame({"x": [3.0], "y": [4.0]}))

#: groupby_apply_with_print
import pandas as pd

def report(df):
    for name, group in df.groupby("k"):
        print(name, group["v"].mean())
#> report(pd.DataFrame({"k": [1, 1], "v": [2, 3]}))

#: groupby_transform_column
import pandas as pd

def normalise(df):
    df["z"] = df.groupby("k")["v"].transform(lambda s: (s - s.mean()) / s.std())
    return df
#> normalise(pd.DataFrame({"k": [1, 1], "v": [2.0, 3.0]}))

#: concat_parts
import pandas as pd

def stack(parts):
    frames = []
    for name, part in parts.items():
        part = part.copy()
        part["source"] = name
        frames.append(part)
    return pd.concat(frames, ignore_index=True)
#> stack({"a": pd.DataFrame({"x": [1]})})

#: concat_parts_tagged_in_place
import pandas as pd

def stack(parts):
    for name, part in parts.items():
        part["source"] = name
    return pd.concat(parts.values(), ignore_index=True)
#> stack({"a": pd.DataFrame({"x": [1]})})

#: merge_and_fill
import pandas as pd

def enrich(orders, customers):
    out = orders.merge(customers, on="id", how="left")
    out["name"] = out["name"].fillna("?")
    return out
#> enrich(pd.DataFrame({"id": [1, 2]}), pd.DataFrame({"id": [1], "name": ["a"]}))

#: datetime_features
import pandas as pd

def add_dates(df, column):
    when = pd.to_datetime(df[column])
    df[column + "_year"] = when.dt.year
    df[column + "_dow"] = when.dt.dayofweek
    return df
#> add_dates(pd.DataFrame({"d": ["2024-01-01"]}), "d")

#: dummies_and_join
import pandas as pd

def encode(df, column):
    dummies = pd.get_dummies(df[column], prefix=column)
    return pd.concat([df.drop(column, axis=1), dummies], axis=1)
#> encode(pd.DataFrame({"c": ["x", "y"], "n": [1, 2]}), "c")

#: query_and_eval
import pandas as pd

def select(df):
    df = df.query("a > 1")
    return df.eval("c = a * 2")
#> select(pd.DataFrame({"a": [1, 2]}))

#: eval_inplace
import pandas as pd

def add_product(df):
    df.eval("c = a * 2", inplace=True)
#> add_product(pd.DataFrame({"a": [1, 2]}))

#: update_frame
import pandas as pd

def overlay(base, newer):
    base.update(newer)
    return base
#> overlay(pd.DataFrame({"a": [1.0, 2.0]}), pd.DataFrame({"a": [9.0]}))

#: series_map_dict
import pandas as pd

def recode(s, mapping):
    return s.map(mapping).astype("category").cat.codes
#> recode(pd.Series(["a", "b"]), {"a": "x", "b": "y"})

#: iterrows_collect
import pandas as pd

def pairs(df):
    out = []
    for i, row in df.iterrows():
        out.append((i, row["a"]))
    return out
#> pairs(pd.DataFrame({"a": [1, 2]}))

#: sample_unseeded
import pandas as pd

def subset(df, n):
    return df.sample(n)
#> subset(pd.DataFrame({"a": [1, 2]}), 1)

#: sample_seeded
import pandas as pd

def subset(df, n, seed=42):
    return df.sample(n=n, random_state=seed)
#> subset(pd.DataFrame({"a": [1, 2]}), 1)

#: values_written
import pandas as pd
import numpy as np

def clip(df):
    arr = df.to_numpy(copy=True)
    np.clip(arr, 0, 1, out=arr)
    return pd.DataFrame(arr, columns=df.columns)
#> clip(pd.DataFrame({"a": [1.0, 2.0]}))

#: clip_out_given
import numpy as np

def clip(arr):
    np.clip(arr, 0, 1, out=arr)
    return arr
#> clip(np.array([-1.0, 2.0]))

#: standardise_columns
import numpy as np

def standardise(X):
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[std == 0] = 1
    return (X - mean) / std
#> standardise(np.arange(6.0).reshape(3, 2))

#: standardise_in_place
import numpy as np

def standardise(X):
    X -= X.mean(axis=0)
    X /= X.std(axis=0)
    return X
#> standardise(np.arange(6.0).reshape(3, 2))

#: fill_diagonal
import numpy as np

def laplacian(A):
    L = -A.astype(float)
    np.fill_diagonal(L, A.sum(axis=1))
    return L
#> laplacian(np.ones((2, 2)))

#: fill_diagonal_given
import numpy as np

def no_loops(A):
    np.fill_diagonal(A, 0)
    return A
#> no_loops(np.ones((2, 2)))

#: nan_to_zero_mask
import numpy as np

def zero_nan(a):
    a[np.isnan(a)] = 0
    return a
#> zero_nan(np.array([1.0, np.nan]))

#: where_new_array
import numpy as np

def relu(a):
    return np.where(a > 0, a, 0)
#> relu(np.array([1.0, -1.0]))

#: reshape_view_written
import numpy as np

def zero_first(a):
    flat = a.reshape(-1)
    flat[0] = 0
    return flat
#> zero_first(np.ones((2, 2)))

#: ravel_flatten_copy
import numpy as np

def zero_first(a):
    flat = a.flatten()
    flat[0] = 0
    return flat
#> zero_first(np.ones((2, 2)))

#: transposed_view
import numpy as np

def zero_column(a):
    a.T[0] = 0
    return a
#> zero_column(np.ones((2, 2)))

#: random_walk_rng
import numpy as np

def walk(n, rng):
    steps = rng.choice([-1, 1], size=n)
    return steps.cumsum()
#> walk(3, np.random.default_rng(0))

#: random_walk_global
import numpy as np

def walk(n):
    return np.random.choice([-1, 1], size=n).cumsum()
#> walk(3)

#: random_walk_local_seed
import numpy as np

def walk(n, seed=0):
    rng = np.random.default_rng(seed)
    return rng.choice([-1, 1], size=n).cumsum()
#> walk(3)

#: shuffle_given
import random

def deal(cards, n):
    random.shuffle(cards)
    return cards[:n]
#> deal([1, 2, 3], 2)

#: shuffle_sampled
import random

def deal(cards, n, seed):
    rng = random.Random(seed)
    return rng.sample(cards, n)
#> deal([1, 2, 3], 2, 0)

#: save_arrays
import numpy as np

def save(path, **arrays):
    np.savez(path, **arrays)
    return path
#> save("x.npz", a=np.ones(2))

#: load_arrays
import numpy as np

def round_trip(a, path):
    np.save(path, a)
    return np.load(path)
#> round_trip(np.ones(2), "a.npy")

#: memmap_written
import numpy as np

def scratch(path, n):
    m = np.memmap(path, dtype="float64", mode="w+", shape=(n,))
    m[:] = 1.0
    m.flush()
    return float(m.sum())
#> scratch("m.dat", 3)

#: train_test_fit
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

def fit(X, y):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=0, stratify=y)
    model = LogisticRegression().fit(X_train, y_train)
    return model.score(X_test, y_test)
#> fit(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: train_test_unseeded
import numpy as np
from sklearn.model_selection import train_test_split

def halves(X):
    a, b = train_test_split(X, test_size=0.5)
    return a, b
#> halves(np.arange(8.0).reshape(-1, 1))

#: fit_given_model
import numpy as np
from sklearn.linear_model import Ridge

def refit(model, X, y):
    model.fit(X, y)
    return model.predict(X)
#> refit(Ridge(), np.arange(4.0).reshape(-1, 1), np.arange(4.0))

#: scaler_on_frame_columns
import pandas as pd
from sklearn.preprocessing import StandardScaler

def scale(df, columns):
    scaler = StandardScaler()
    df[columns] = scaler.fit_transform(df[columns])
    return df, scaler
#> scale(pd.DataFrame({"a": [1.0, 2.0]}), ["a"])

#: pipeline_cv
import numpy as np
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

def accuracy(X, y):
    model = make_pipeline(StandardScaler(), SVC(C=2.0))
    scores = cross_val_score(model, X, y, cv=2)
    print(f"accuracy: {scores.mean():.2f}")
    return scores
#> accuracy(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: kmeans_labels
import pandas as pd
from sklearn.cluster import KMeans

def cluster(df, k, seed=0):
    km = KMeans(n_clusters=k, n_init=1, random_state=seed)
    df = df.assign(cluster=km.fit_predict(df))
    return df
#> cluster(pd.DataFrame({"a": [1.0, 2.0, 9.0]}), 2)

#: forest_importances
import numpy as np
from sklearn.ensemble import RandomForestClassifier

def importances(X, y, names):
    forest = RandomForestClassifier(n_estimators=3)
    forest.fit(X, y)
    return sorted(zip(forest.feature_importances_, names), reverse=True)
#> importances(np.arange(8.0).reshape(4, 2), np.array([0, 1, 0, 1]), ["a", "b"])

#: set_params_given
from sklearn.linear_model import Ridge

def tune(model, alpha):
    return model.set_params(alpha=alpha)
#> tune(Ridge(), 2.0)

#: vectorise_texts
from sklearn.feature_extraction.text import CountVectorizer

def vocabulary(texts):
    vectoriser = CountVectorizer(min_df=1)
    vectoriser.fit(texts)
    return vectoriser.get_feature_names_out().tolist()
#> vocabulary(["a bb", "bb cc"])

#: plot_histogram
import matplotlib.pyplot as plt

def histogram(values, bins=10):
    plt.hist(values, bins=bins)
    plt.title("values")
    plt.show()
#> histogram([1, 2, 2])

#: plot_on_axes
import matplotlib.pyplot as plt

def trend(ax, x, y):
    ax.plot(x, y, "o-")
    ax.set_xlabel("time")
    ax.legend(["y"])
    return ax
#> trend(plt.subplots()[1], [1, 2], [3, 4])

#: plot_object_interface
from matplotlib.figure import Figure

def draw(x, y, path):
    fig = Figure()
    ax = fig.subplots()
    ax.bar(x, y)
    fig.savefig(path)
#> draw([1, 2], [3, 4], "bars.png")

#: plot_frame_grid
import matplotlib.pyplot as plt
import pandas as pd

def grid(df):
    fig, axes = plt.subplots(1, len(df.columns))
    for ax, name in zip(axes.flat, df.columns):
        df[name].plot(ax=ax)
        ax.set_title(name)
    fig.tight_layout()
    return fig
#> grid(pd.DataFrame({"a": [1, 2], "b": [3, 4]}))

#: style_context
import matplotlib.pyplot as plt

def styled(values):
    with plt.style.context("ggplot"):
        fig, ax = plt.subplots()
        ax.plot(values)
    return fig
#> styled([1, 2])

#: path_read_lines
from pathlib import Path

def lines(path):
    return Path(path).read_text().splitlines()
#> lines("notes.txt")

#: path_pure_parts
from pathlib import Path

def output_for(path, suffix=".out"):
    p = Path(path)
    return str(p.with_suffix(suffix).name), p.parent / "results"
#> output_for("a/b.txt")

#: path_glob_sizes
from pathlib import Path

def sizes(folder):
    return {p.name: p.stat().st_size for p in Path(folder).glob("*.csv")}
#> sizes(".")

#: path_mkdir_write
from pathlib import Path

def save(folder, name, text):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name
#> save("out", "a.txt", "x")

#: json_update_file
import json

def bump(path):
    with open(path, "r+") as f:
        data = json.load(f)
        data["a"] += 1
        f.seek(0)
        json.dump(data, f)
        f.truncate()
#> bump("data.json")

#: json_dumps_only
import json

def compact(record):
    return json.dumps(record, sort_keys=True, separators=(",", ":"))
#> compact({"b": 1, "a": 2})

#: json_if_exists
import json
import os

def settings(path="settings.json"):
    if os.path.exists(path):
        with open(path) as f:
            return json.load(f)
    return {}
#> settings()

#: csv_dictreader_total
import csv

def total(path, column):
    with open(path, newline="") as f:
        return sum(float(row[column]) for row in csv.DictReader(f))
#> total("data.csv", "a")

#: csv_writer_handle
import csv

def dump(rows, handle):
    writer = csv.writer(handle)
    writer.writerow(["a", "b"])
    writer.writerows(rows)
#> dump([[1, 2]], open("o.csv", "w"))

#: csv_writer_string
import csv
import io

def to_text(rows):
    out = io.StringIO()
    csv.DictWriter(out, fieldnames=list(rows[0])).writerows(rows)
    return out.getvalue()
#> to_text([{"a": 1}])

#: sqlite_insert_rows
import sqlite3

def store(path, rows):
    with sqlite3.connect(path) as con:
        con.execute("create table if not exists t (a, b)")
        con.executemany("insert into t values (?, ?)", rows)
    con.close()
#> store("x.db", [(1, 2)])

#: sqlite_query_given
import sqlite3

def names(con):
    return [row[0] for row in con.execute("select name from sqlite_master")]
#> names(sqlite3.connect(":memory:"))

#: sqlite_to_frame
import sqlite3
import pandas as pd

def table(con, query):
    return pd.read_sql_query(query, con)
#> table(sqlite3.connect(":memory:"), "select 1 as a")

#: logging_module_logger
import logging

log = logging.getLogger(__name__)

def process(items):
    log.debug("processing %d items", len(items))
    return [item for item in items if item]
#> process([1, 0])

#: logging_configured
import logging

def setup(level=logging.INFO):
    logger = logging.getLogger("pipeline")
    logger.setLevel(level)
    if not logger.handlers:
        logger.addHandler(logging.StreamHandler())
    return logger
#> setup()

#: logging_given_logger
import logging

def convert(values, logger=None):
    logger = logger or logging.getLogger("convert")
    out = []
    for value in values:
        try:
            out.append(float(value))
        except ValueError:
            logger.error("bad value %s", value)
    return out
#> convert(["1", "x"])

#: requests_session_prepared
import requests

def prepare(url, token):
    session = requests.Session()
    session.headers.update({"Authorization": f"Bearer {token}"})
    return session
#> prepare("http://localhost", "t")

#: requests_get_failing
import requests

def fetch(url):
    try:
        response = requests.get(url, timeout=1)
        return response.json()
    except requests.RequestException:
        return None
#> fetch("http://127.0.0.1:9/")

#: timed_computation
import time

def timed(n):
    start = time.time()
    total = sum(i * i for i in range(n))
    return total, time.time() - start
#> timed(10)

#: timestamped_name
from datetime import datetime

def run_name(prefix):
    return f"{prefix}_{datetime.now():%Y%m%d}"
#> run_name("exp")

#: date_arithmetic
from datetime import date, timedelta

def deadline(start, days=7):
    return date.fromisoformat(start) + timedelta(days=days)
#> deadline("2024-01-01")

#: environment_key
import os

def api_key():
    key = os.getenv("API_KEY")
    if key is None:
        return "none"
    return key
#> api_key()

#: subprocess_version
import subprocess
import sys

def version():
    result = subprocess.run([sys.executable, "--version"], capture_output=True, text=True)
    return result.stdout.strip()
#> version()

#: counter_most_common
from collections import Counter

def top_words(text, n=3):
    counts = Counter(text.lower().split())
    counts.pop("the", None)
    return counts.most_common(n)
#> top_words("the cat the dog")

#: defaultdict_index
from collections import defaultdict

def index(rows, key):
    out = defaultdict(list)
    for row in rows:
        out[row[key]].append(row)
    return dict(out)
#> index([{"k": 1, "v": 2}], "k")

#: deque_window
from collections import deque

def moving(values, n):
    window = deque(maxlen=n)
    out = []
    for value in values:
        window.append(value)
        out.append(sum(window) / len(window))
    return out
#> moving([1, 2, 3], 2)

#: deque_given_rotated
from collections import deque

def next_turn(players):
    players.rotate(-1)
    return players[0]
#> next_turn(deque(["a", "b"]))

#: pickle_round_trip
import pickle

def save(obj, path):
    with open(path, "wb") as f:
        pickle.dump(obj, f)
#> save({"a": 1}, "o.pkl")

#: joblib_model_saved
import joblib
import numpy as np
from sklearn.linear_model import LinearRegression

def train_and_save(X, y, path):
    model = LinearRegression()
    model.fit(X, y)
    joblib.dump(model, path)
    return path
#> train_and_save(np.arange(3.0).reshape(-1, 1), np.arange(3.0), "m.joblib")

#: yaml_config_text
import yaml

def settings(text, overrides):
    config = yaml.safe_load(text)
    config.update(overrides)
    return config
#> settings("a: 1", {"b": 2})

#: tempfile_written
import os
import tempfile

def scratch(text):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as f:
        f.write(text)
    os.unlink(f.name)
#> scratch("x")

#: scipy_curve_fit
import numpy as np
from scipy.optimize import curve_fit

def fit_line(x, y):
    def line(x, a, b):
        return a * x + b
    params, _ = curve_fit(line, x, y)
    return params
#> fit_line(np.arange(5.0), np.arange(5.0) * 2)

#: scipy_t_test
from scipy import stats

def significant(a, b, alpha=0.05):
    t, p = stats.ttest_ind(a, b, equal_var=False)
    return bool(p < alpha)
#> significant([1.0, 2.0, 3.0], [2.0, 3.0, 4.0])

#: seaborn_heatmap
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

def correlation(df):
    ax = sns.heatmap(df.corr(), annot=True)
    ax.set_title("correlation")
    return ax
#> correlation(pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]}))

#: bootstrap_interval
import numpy as np

def interval(values, n=100, seed=1):
    rng = np.random.default_rng(seed)
    means = np.empty(n)
    for i in range(n):
        means[i] = rng.choice(values, len(values)).mean()
    return np.percentile(means, [2.5, 97.5])
#> interval(np.arange(4.0))

#: gradient_descent
import numpy as np

def descend(X, y, lr=0.1, steps=3):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w -= lr * X.T @ (X @ w - y) / len(y)
    return w
#> descend(np.ones((2, 1)), np.ones(2))

#: gradient_descent_given_weights
import numpy as np

def descend(w, X, y, lr=0.1):
    gradient = X.T @ (X @ w - y) / len(y)
    w -= lr * gradient
    return np.abs(gradient).max()
#> descend(np.zeros(1), np.ones((2, 1)), np.ones(2))

#: progress_loop
from tqdm import tqdm

def squares(values):
    out = []
    for value in tqdm(values):
        out.append(value ** 2)
    return out
#> squares([1, 2])

#: progress_loop_disabled
from tqdm import tqdm

def squares(values, quiet=True):
    return [value ** 2 for value in tqdm(values, disable=quiet)]
#> squares([1, 2])
