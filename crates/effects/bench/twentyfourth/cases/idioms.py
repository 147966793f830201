#: monthly_revenue
import pandas as pd

def monthly_revenue(orders):
    orders = orders.assign(month=orders["day"].dt.to_period("M").astype(str))
    return orders.groupby("month", as_index=False)["price"].sum()
#> monthly_revenue(pd.DataFrame({"day": pd.to_datetime(["2024-01-02", "2024-02-03"]), "price": [1.0, 2.0]}))

#: add_month_in_place
import pandas as pd

def add_month(orders):
    orders["month"] = orders["day"].dt.month
    return orders.pivot_table(index="month", values="price", aggfunc="mean")
#> add_month(pd.DataFrame({"day": pd.to_datetime(["2024-01-02", "2024-02-03"]), "price": [1.0, 2.0]}))

#: winsorize_columns
import numpy as np
import pandas as pd

def winsorize(frame, columns, lower=0.05, upper=0.95):
    out = frame.copy()
    for name in columns:
        lo, hi = out[name].quantile([lower, upper])
        out[name] = out[name].clip(lo, hi)
    return out
#> winsorize(pd.DataFrame({"a": np.arange(5.0)}), ["a"])

#: winsorize_given
import numpy as np
import pandas as pd

def winsorize(frame, columns, lower=0.05, upper=0.95):
    for name in columns:
        lo, hi = frame[name].quantile([lower, upper])
        frame.loc[frame[name] < lo, name] = lo
        frame.loc[frame[name] > hi, name] = hi
    print(f"clipped {len(columns)} columns")
#> winsorize(pd.DataFrame({"a": np.arange(5.0)}), ["a"])

#: read_many_csv
from pathlib import Path
import pandas as pd

def read_all(folder, pattern="*.csv"):
    parts = []
    for path in sorted(Path(folder).glob(pattern)):
        part = pd.read_csv(path)
        part["source"] = path.stem
        parts.append(part)
    return pd.concat(parts, ignore_index=True)
#> read_all(".")

#: csv_dict_report
import csv

def totals(path):
    result = {}
    with open(path, newline="") as handle:
        for row in csv.DictReader(handle):
            result[row["a"]] = result.get(row["a"], 0) + int(row["b"])
    return result
#> totals("data.csv")

#: csv_to_buffer
import csv
import io

def to_csv_text(rows, fields):
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=fields)
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()
#> to_csv_text([{"a": 1}], ["a"])

#: frame_to_buffer
import io
import pandas as pd

def roundtrip(frame):
    buffer = io.BytesIO()
    frame.to_csv(buffer, index=False)
    buffer.seek(0)
    return pd.read_csv(buffer)
#> roundtrip(pd.DataFrame({"a": [1, 2]}))

#: frame_to_string_csv
import pandas as pd

def as_text(frame):
    return frame.to_csv(index=False) + frame.to_json()
#> as_text(pd.DataFrame({"a": [1, 2]}))

#: json_cache
import json
import os

def cached(path, compute):
    if os.path.exists(path):
        with open(path) as f:
            return json.load(f)
    value = compute()
    with open(path, "w") as f:
        json.dump(value, f)
    return value
#> cached("x.json", lambda: {"a": 1})
#> cached("data.json", lambda: {"a": 1})

#: pickle_model
import pickle

def save_model(model, path):
    with open(path, "wb") as f:
        pickle.dump(model, f, protocol=pickle.HIGHEST_PROTOCOL)
    return path
#> save_model({"w": 1}, "m.pkl")

#: pickle_copy
import pickle

def deep(model):
    return pickle.loads(pickle.dumps(model))
#> deep({"w": 1})

#: sqlite_insert
import sqlite3

def store(rows, path="out.db"):
    conn = sqlite3.connect(path)
    try:
        cur = conn.cursor()
        cur.execute("create table if not exists t (a integer, b text)")
        cur.executemany("insert into t values (?, ?)", rows)
        conn.commit()
        return cur.rowcount
    finally:
        conn.close()
#> store([(1, "a"), (2, "b")])

#: sqlite_frame
import sqlite3
import pandas as pd

def query(frame, sql):
    with sqlite3.connect(":memory:") as conn:
        frame.to_sql("t", conn, index=False)
        return pd.read_sql_query(sql, conn)
#> query(pd.DataFrame({"a": [1, 2]}), "select sum(a) s from t")

#: standard_scaler_class
import numpy as np

class Scaler:
    def __init__(self, with_mean=True):
        self.with_mean = with_mean

    def fit(self, X, y=None):
        self.mean_ = X.mean(axis=0)
        self.scale_ = X.std(axis=0)
        return self

    def transform(self, X):
        out = X - self.mean_ if self.with_mean else X.copy()
        out /= self.scale_
        return out

    def fit_transform(self, X, y=None):
        return self.fit(X, y).transform(X)

def scale(X):
    return Scaler().fit_transform(X)
#> scale(np.array([[1.0, 2.0], [3.0, 5.0]]))

#: scaler_fit_method
import numpy as np

class MinMax:
    def fit(self, X):
        self.low, self.high = X.min(0), X.max(0)
        return self

    def transform(self, X):
        return (X - self.low) / (self.high - self.low)
#> MinMax().fit(np.array([[1.0, 2.0], [3.0, 5.0]]))

#: scaler_in_place_transform
import numpy as np

class InPlace:
    def fit(self, X):
        self.low, self.high = X.min(0), X.max(0)
        return self

    def transform(self, X):
        X -= self.low
        X /= self.high - self.low
        return X

def normalise(X):
    return InPlace().fit(X).transform(X)
#> normalise(np.array([[1.0, 2.0], [3.0, 5.0]]))

#: train_forest
import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

def train(X, y, seed=0):
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=seed)
    model = RandomForestClassifier(n_estimators=2, random_state=seed)
    model.fit(X_train, y_train)
    return model, model.score(X_test, y_test)
#> train(np.arange(16.0).reshape(8, 2), np.array([0, 1] * 4))

#: train_forest_unseeded
import numpy as np
from sklearn.ensemble import RandomForestClassifier

def train(X, y, **options):
    model = RandomForestClassifier(n_estimators=2, **options)
    model.fit(X, y)
    print(model.score(X, y))
    return model
#> train(np.arange(16.0).reshape(8, 2), np.array([0, 1] * 4))

#: fit_given_model
import numpy as np
from sklearn.linear_model import LinearRegression

def residuals(model, X, y):
    model.fit(X, y)
    return y - model.predict(X)
#> residuals(LinearRegression(), np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))

#: fit_clone
import numpy as np
from sklearn.base import clone
from sklearn.linear_model import Ridge

def fit_all(model, alphas, X, y):
    fitted = {}
    for alpha in alphas:
        one = clone(model).set_params(alpha=alpha)
        fitted[alpha] = one.fit(X, y)
    return fitted
#> fit_all(Ridge(), [0.1, 1.0], np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))

#: cross_val
import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_score, KFold

def evaluate(X, y, splits=2):
    cv = KFold(splits, shuffle=True, random_state=1)
    scores = cross_val_score(Ridge(), X, y, cv=cv)
    return scores.mean(), scores.std()
#> evaluate(np.arange(8.0).reshape(4, 2), np.arange(4.0))

#: pipeline_made
import numpy as np
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression

def classify(X, y, Z):
    pipe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=50))
    pipe.fit(X, y)
    return pipe.predict_proba(Z)[:, 1]
#> classify(np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0, 0, 1, 1]), np.array([[1.5]]))

#: plot_and_save
import matplotlib.pyplot as plt

def plot_history(history, path):
    fig, ax = plt.subplots(figsize=(4, 3))
    for name, values in history.items():
        ax.plot(values, label=name)
    ax.legend()
    fig.tight_layout()
    fig.savefig(path)
    plt.close(fig)
#> plot_history({"loss": [1, 2]}, "x.png")

#: plot_on_axis
import matplotlib.pyplot as plt

def annotate(ax, points):
    for x, y in points:
        ax.annotate(f"{x}", (x, y))
    ax.set_title("points")
    return ax
#> annotate(plt.figure().add_subplot(), [(1, 2)])

#: plot_current
import matplotlib.pyplot as plt

def show_bars(counts):
    plt.figure()
    plt.bar(list(counts), list(counts.values()))
    plt.xticks(rotation=45)
    plt.show()
#> show_bars({"a": 1})

#: figure_without_pyplot
from matplotlib.figure import Figure
import io

def png(values):
    fig = Figure()
    ax = fig.subplots()
    ax.plot(values)
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png")
    return buffer.getvalue()
#> png([1, 2])

#: logger_module
import logging

logger = logging.getLogger(__name__)

def drop_missing(frame, column):
    before = len(frame)
    frame = frame.dropna(subset=[column])
    logger.info("dropped %d rows", before - len(frame))
    return frame
#> drop_missing(__import__("pandas").DataFrame({"a": [1, None]}), "a")

#: logger_configured
import logging

def setup(level="INFO"):
    log = logging.getLogger("app")
    log.setLevel(level)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(handler)
    return log
#> setup()

#: random_walk
import random

def walk(steps, rng=None):
    rng = rng or random.Random(3)
    position = 0
    path = [position]
    for _ in range(steps):
        position += rng.choice((-1, 1))
        path.append(position)
    return path
#> walk(3)
#> walk(3, random.Random(1))

#: random_global
import random

def sample_rows(rows, k):
    random.seed(42)
    picked = random.sample(rows, k)
    random.shuffle(picked)
    return picked
#> sample_rows([1, 2, 3], 2)

#: numpy_generator_given
import numpy as np

def jitter(values, rng):
    return values + rng.normal(0, 0.1, size=len(values))
#> jitter(np.zeros(3), np.random.default_rng(0))

#: numpy_generator_seeded
import numpy as np

def bootstrap(values, n=10, seed=0):
    rng = np.random.default_rng(seed)
    means = [rng.choice(values, size=len(values)).mean() for _ in range(n)]
    return np.percentile(means, [2.5, 97.5])
#> bootstrap(np.arange(4.0))

#: permute_in_place
import numpy as np

def permute(values):
    np.random.shuffle(values)
    return values[:2]
#> permute(np.arange(5))

#: timed_call
import time

def timed(function, *args):
    start = time.perf_counter()
    result = function(*args)
    elapsed = time.perf_counter() - start
    print(f"{elapsed:.2f}s")
    return result
#> timed(sum, [1, 2])

#: parse_dates_only
from datetime import datetime, timedelta

def next_days(text, n):
    day = datetime.strptime(text, "%Y-%m-%d")
    return [(day + timedelta(days=i)).strftime("%d.%m.%Y") for i in range(n)]
#> next_days("2024-01-02", 2)

#: age_today
from datetime import date

def age(born):
    today = date.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
#> age(date(2000, 1, 1))

#: env_settings
import os

def settings(prefix="APP_"):
    return {key[len(prefix):].lower(): value for key, value in os.environ.items() if key.startswith(prefix)}
#> settings()

#: env_default
import os

def database_url(default="sqlite://"):
    return os.getenv("DATABASE_URL", default)
#> database_url()

#: env_set_default
import os

def quiet(level="3"):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", level)
    os.environ["OMP_NUM_THREADS"] = "1"
#> quiet()

#: path_arithmetic
from pathlib import Path

def output_path(source, suffix=".parquet"):
    source = Path(source)
    return source.with_name(source.stem + "_clean").with_suffix(suffix)
#> output_path("a/b.csv")

#: ensure_folder
from pathlib import Path

def prepare(root, names):
    made = []
    for name in names:
        folder = Path(root) / name
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            made.append(folder)
    return made
#> prepare(".", ["x", "y"])

#: text_lines
from pathlib import Path

def word_counts(path):
    counts = {}
    for word in Path(path).read_text(encoding="utf-8").split():
        counts[word] = counts.get(word, 0) + 1
    return counts
#> word_counts("notes.txt")

#: api_client_session
class Client:
    def __init__(self, session, base="http://x"):
        self.session = session
        self.base = base
        self.calls = 0

    def get(self, path, **params):
        self.calls += 1
        return self.session.get(f"{self.base}/{path}", params=params)

class FakeSession:
    def get(self, url, params=None):
        return {"url": url, "params": params}

def fetch_pages(client, n):
    return [client.get("items", page=i) for i in range(n)]
#> fetch_pages(Client(FakeSession()), 2)

#: retry_wrapper
import time

def retry(function, tries=3, delay=0.0):
    for attempt in range(tries):
        try:
            return function()
        except ValueError as error:
            print("attempt", attempt, error)
            time.sleep(delay)
    return None
#> retry(lambda: int("x"))

#: url_open_text
from urllib.request import urlopen

def fetch(url):
    with urlopen(url, timeout=0.2) as response:
        return response.read().decode()
#> fetch("http://127.0.0.1:9/")

#: url_built
from urllib.parse import urlencode, urljoin

def build(base, path, **query):
    return urljoin(base, path) + "?" + urlencode(sorted(query.items()))
#> build("http://x/", "a", b=1)

#: one_hot
import pandas as pd

def one_hot(frame, columns):
    dummies = pd.get_dummies(frame[columns], drop_first=True)
    return frame.drop(columns=columns).join(dummies)
#> one_hot(pd.DataFrame({"a": ["x", "y"], "b": [1, 2]}), ["a"])

#: rename_in_place
import pandas as pd

def tidy_columns(frame):
    frame.columns = [c.strip().lower() for c in frame.columns]
    frame.rename(columns={"x": "y"}, inplace=True)
    return frame
#> tidy_columns(pd.DataFrame({" X": [1]}))

#: fillna_grouped
import pandas as pd

def impute(frame, by, column):
    frame = frame.copy()
    frame[column] = frame[column].fillna(frame.groupby(by)[column].transform("median"))
    return frame
#> impute(pd.DataFrame({"k": [1, 1], "v": [1.0, None]}), "k", "v")

#: apply_rowwise
import pandas as pd

def label(frame):
    def kind(row):
        if row["a"] > 1:
            return "big"
        return "small"
    frame["kind"] = frame.apply(kind, axis=1)
    return frame["kind"].value_counts()
#> label(pd.DataFrame({"a": [1, 2]}))

#: corr_heatmap
import seaborn as sns
import matplotlib.pyplot as plt
import pandas as pd

def heatmap(frame):
    corr = frame.corr(numeric_only=True)
    ax = sns.heatmap(corr, annot=True)
    ax.set_title("correlation")
    return ax
#> heatmap(pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 4]}))

#: describe_print
import pandas as pd

def overview(frame):
    frame.info()
    print(frame.describe().T)
    display_rows = frame.head(3)
    return display_rows
#> overview(pd.DataFrame({"a": [1, 2]}))

#: info_to_buffer
import io
import pandas as pd

def overview(frame):
    buffer = io.StringIO()
    frame.info(buf=buffer)
    return buffer.getvalue()
#> overview(pd.DataFrame({"a": [1, 2]}))

#: gradient_descent
import numpy as np

def descend(X, y, rate=0.01, steps=10):
    w = np.zeros(X.shape[1])
    history = []
    for _ in range(steps):
        error = X @ w - y
        w -= rate * (X.T @ error) / len(y)
        history.append(float((error ** 2).mean()))
    return w, history
#> descend(np.ones((2, 2)), np.ones(2))

#: moving_average
import numpy as np

def moving_average(x, n=3):
    c = np.cumsum(np.insert(x, 0, 0))
    return (c[n:] - c[:-n]) / n
#> moving_average(np.arange(6.0))

#: clean_text_regex
import re
from collections import Counter

WORD = re.compile(r"[a-z]+")

def top_words(texts, n=2):
    counter = Counter()
    for text in texts:
        counter.update(WORD.findall(text.lower()))
    return counter.most_common(n)
#> top_words(["a b", "b"])

#: zip_archive
import zipfile

def pack(paths, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, arcname=path.upper())
    return target
#> pack(["notes.txt"], "out.zip")

#: zip_in_memory
import io
import zipfile

def pack(texts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return buffer.getvalue()
#> pack({"a": "b"})

#: gzip_lines
import gzip

def save_lines(lines, path):
    with gzip.open(path, "wt") as f:
        f.writelines(f"{line}\n" for line in lines)
#> save_lines(["a"], "x.gz")

#: config_parsed
import configparser

def load_settings(path):
    parser = configparser.ConfigParser()
    parser.read(path)
    return {section: dict(parser[section]) for section in parser.sections()}
#> load_settings("settings.ini")

#: argparse_list
import argparse

def parse(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1)
    parser.add_argument("names", nargs="*")
    args = parser.parse_args(argv)
    args.names.append("end")
    return args
#> parse(["--n", "2", "a"])

#: shell_command
import subprocess

def git_hash():
    done = subprocess.run(["echo", "abc"], capture_output=True, text=True, check=False)
    return done.stdout.strip()
#> git_hash()

#: np_save_load
import numpy as np

def persist(array, path):
    np.savez_compressed(path, data=array)
    with np.load(path) as archive:
        return archive["data"]
#> persist(np.ones(2), "x.npz")

#: temp_file_lines
import os
import tempfile

def count_through_file(lines):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.txt")
        with open(path, "w") as f:
            f.write("\n".join(lines))
        with open(path) as f:
            return sum(1 for _ in f)
#> count_through_file(["a", "b"])

#: thread_pool_map
from concurrent.futures import ThreadPoolExecutor

def squares(values):
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda x: x * x, values))
#> squares([1, 2])

#: thread_pool_collects
from concurrent.futures import ThreadPoolExecutor

def collect(values, out):
    def work(x):
        out.append(x * x)
    with ThreadPoolExecutor(max_workers=2) as pool:
        for value in values:
            pool.submit(work, value)
    return len(out)
#> collect([1, 2], [])

#: merge_and_flag
import pandas as pd

def unmatched(left, right, on):
    both = left.merge(right, on=on, how="left", indicator=True)
    both["missing"] = both.pop("_merge") == "left_only"
    return both[both["missing"]].reset_index(drop=True)
#> unmatched(pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [1]}), "a")

#: pop_target
import pandas as pd

def split_target(frame, target):
    y = frame.pop(target)
    return frame, y
#> split_target(pd.DataFrame({"a": [1, 2], "y": [0, 1]}), "y")

#: excel_like_writer
import json

class Report:
    def __init__(self, title):
        self.title = title
        self.sections = []

    def add(self, heading, body):
        self.sections.append({"heading": heading, "body": body})
        return self

    def render(self):
        return json.dumps({"title": self.title, "sections": self.sections}, indent=2)

    def save(self, path):
        with open(path, "w") as f:
            f.write(self.render())

def make_report(rows, path):
    report = Report("r")
    for heading, body in rows:
        report.add(heading, body)
    report.save(path)
    return report.render()
#> make_report([("a", "b")], "r.json")
