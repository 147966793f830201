#: write_text_via_helper
from pathlib import Path

def _ensure(p: Path) -> Path:
    p.parent.mkdir(parents=True, exist_ok=True)
    return p

def save_summary(stats: dict, out: str) -> None:
    target = _ensure(Path(out))
    target.write_text("\n".join(f"{k}={v}" for k, v in stats.items()))
#> save_summary({"a": 1}, "x/y.txt")

#: aliased_imports
from numpy import random as npr

def bootstrap(xs, n):
    return [npr.choice(xs) for _ in range(n)]
#> bootstrap([1, 2], 2)

#: environ_alias
from os import environ as env

def debug_enabled():
    return env.get("DEBUG") == "1"
#> debug_enabled()

#: method_reference_print
def shout(words):
    say = print
    for w in words:
        say(w.upper())
#> shout(["a"])

#: clock_in_default_branch
from datetime import datetime

def stamp(record, when=None):
    record = dict(record)
    record["at"] = (when or datetime.utcnow()).isoformat()
    return record
#> stamp({})

#: log_via_self
import logging

class Trainer:
    def __init__(self, lr):
        self.lr = lr
        self.logger = logging.getLogger("trainer")

    def step(self, loss):
        self.logger.info("loss %.3f", loss)
        return loss * self.lr

def one_step(trainer, loss):
    return trainer.step(loss)
#> one_step(Trainer(0.1), 1.0)

#: append_row_to_csv
import csv
import os

def append_result(path, row):
    new = not os.path.exists(path)
    with open(path, "a", newline="") as f:
        w = csv.DictWriter(f, fieldnames=sorted(row))
        if new:
            w.writeheader()
        w.writerow(row)
#> append_result("r.csv", {"a": 1})

#: read_lines_generator_consumed
def rows(path):
    with open(path) as f:
        for line in f:
            yield line.rstrip("\n").split(",")

def header(path):
    return next(rows(path))
#> header("data.csv")

#: rows_generator_only
def rows(path):
    with open(path) as f:
        for line in f:
            yield line
#> rows("data.csv")

#: http_post_json
import json
import urllib.request

def notify(url, payload):
    req = urllib.request.Request(url, data=json.dumps(payload).encode(), headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(req, timeout=0.5) as resp:
            return resp.status
    except OSError:
        return None
#> notify("http://127.0.0.1:9/", {})

#: requests_session_method
import requests

class Client:
    def __init__(self, base):
        self.base = base
        self.session = requests.Session()

    def get(self, path):
        return self.session.get(self.base + path, timeout=0.5)

def ping(client):
    try:
        return client.get("/health").ok
    except requests.ConnectionError:
        return False
#> ping(Client("http://127.0.0.1:9"))

#: shell_true
import subprocess

def git_hash():
    out = subprocess.check_output("echo abc", shell=True)
    return out.decode().strip()
#> git_hash()

#: exit_on_missing
import os
import sys

def require(path):
    if not os.path.isfile(path):
        print(f"missing {path}")
        sys.exit(2)
    return path
#> require("nope")
#> require("notes.txt")

#: raise_systemexit_argparse
import argparse

def cli(argv):
    parser = argparse.ArgumentParser(prog="x")
    parser.add_argument("n", type=int)
    args = parser.parse_args(argv)
    return args.n
#> cli(["3"])

#: pprint_config
from pprint import pprint

def show(cfg):
    pprint(cfg, width=40)
    return cfg
#> show({"a": 1})

#: logging_lazy_debug
import logging

LOG = logging.getLogger("x")

def divide(a, b):
    if b == 0:
        LOG.warning("division by zero: %s / %s", a, b)
        return None
    return a / b
#> divide(1, 0)

#: plot_confusion
import matplotlib.pyplot as plt
import numpy as np

def plot_confusion(cm, classes):
    fig, ax = plt.subplots()
    im = ax.imshow(cm, cmap="Blues")
    ax.set_xticks(np.arange(len(classes)))
    ax.set_xticklabels(classes)
    for i in range(cm.shape[0]):
        for j in range(cm.shape[1]):
            ax.text(j, i, cm[i, j])
    fig.colorbar(im)
    return ax
#> plot_confusion(np.eye(2), ["a", "b"])

#: plot_learning_curve_and_save
import os
import matplotlib.pyplot as plt

def plot_history(history, folder):
    os.makedirs(folder, exist_ok=True)
    for name, values in history.items():
        fig = plt.figure()
        plt.plot(values)
        plt.title(name)
        fig.savefig(os.path.join(folder, f"{name}.png"))
        plt.close(fig)
#> plot_history({"loss": [1, 2]}, "figs")

#: df_plot_returned
import pandas as pd

def trend(df):
    ax = df["y"].rolling(2).mean().plot(title="t")
    ax.set_ylabel("y")
    return ax
#> trend(pd.DataFrame({"y": [1, 2, 3]}))

#: np_errstate_local
import numpy as np

def safe_log(x):
    with np.errstate(divide="ignore"):
        return np.where(x > 0, np.log(x), 0.0)
#> safe_log(np.array([1.0, 0.0]))

#: np_seterr_global
import numpy as np

def quiet_numpy():
    return np.seterr(all="ignore")
#> quiet_numpy()

#: random_seed_given_rng
import random

def draw(names, k, seed=None):
    rng = random.Random(seed)
    return rng.sample(names, k)
#> draw(["a", "b"], 1, 3)
#> draw(["a", "b"], 1)

#: random_choice_weighted
from random import choices, seed

def simulate(n):
    seed(1)
    return choices("HT", k=n)
#> simulate(3)

#: sklearn_pipeline_unseeded_mlp
import numpy as np
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

def fit_sgd(X, y):
    clf = make_pipeline(StandardScaler(), SGDClassifier(max_iter=5, tol=None))
    return clf.fit(X, y)
#> fit_sgd(np.arange(8.0).reshape(8, 1), np.array([0, 1] * 4))

#: kfold_loop_unseeded
import numpy as np
from sklearn.model_selection import KFold
from sklearn.linear_model import Ridge

def cv(X, y):
    scores = []
    for train, test in KFold(2, shuffle=True).split(X):
        scores.append(Ridge().fit(X[train], y[train]).score(X[test], y[test]))
    return float(np.mean(scores))
#> cv(np.arange(8.0).reshape(8, 1), np.arange(8.0))

#: uuid_namespace
import uuid

def stable_id(name):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))
#> stable_id("a")

#: hash_file
import hashlib

def sha(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        while chunk := f.read(8192):
            h.update(chunk)
    return h.hexdigest()
#> sha("notes.txt")

#: gzip_json
import gzip
import json

def dump(obj, path):
    with gzip.open(path, "wt") as f:
        json.dump(obj, f)
#> dump({}, "a.json.gz")

#: tempfile_named
import os
import tempfile

def stash(text):
    fd, path = tempfile.mkstemp(suffix=".txt")
    with os.fdopen(fd, "w") as f:
        f.write(text)
    return path
#> stash("a")

#: sqlite_class
import sqlite3

class Store:
    def __init__(self, path=":memory:"):
        self.con = sqlite3.connect(path)
        self.con.execute("create table if not exists kv (k text primary key, v text)")

    def put(self, k, v):
        with self.con:
            self.con.execute("insert or replace into kv values (?, ?)", (k, v))

def remember(store, k, v):
    store.put(k, v)
#> remember(Store(), "a", "b")

#: cursor_fetch
import sqlite3

def names(cur):
    cur.execute("select name from sqlite_master")
    return [r[0] for r in cur.fetchall()]
#> names(sqlite3.connect(":memory:").cursor())

#: df_to_sql
import sqlite3
import pandas as pd

def store(df, path):
    con = sqlite3.connect(path)
    try:
        df.to_sql("t", con, if_exists="replace", index=False)
    finally:
        con.close()
#> store(pd.DataFrame({"a": [1]}), "z.db")

#: environment_roundtrip
import os

class EnvVar:
    def __init__(self, name, value):
        self.name, self.value = name, value

    def __enter__(self):
        self.old = os.environ.get(self.name)
        os.environ[self.name] = self.value

    def __exit__(self, *exc):
        if self.old is None:
            del os.environ[self.name]
        else:
            os.environ[self.name] = self.old

def with_flag(fn):
    with EnvVar("FLAG", "1"):
        return 1
#> with_flag(None)

#: pandas_display_option
import pandas as pd

def widen():
    pd.set_option("display.width", 200)
    pd.set_option("display.max_columns", None)
#> widen()

#: sys_path_hack
import sys
from pathlib import Path

def add_src(root):
    src = str(Path(root) / "src")
    if src not in sys.path:
        sys.path.insert(0, src)
#> add_src("/nowhere")

#: warnings_error_mode
import warnings

def strict():
    warnings.simplefilter("error")
#> strict()

#: recursion_depth
import sys

def deep(n):
    sys.setrecursionlimit(max(n, sys.getrecursionlimit()))
    return n
#> deep(5000)

#: sleep_backoff
import time

def backoff(n, base=0.0):
    for i in range(n):
        time.sleep(base * 2 ** i)
    return n
#> backoff(1)

#: perf_decorated_method
import functools
import time

def timed(store):
    def deco(fn):
        @functools.wraps(fn)
        def inner(*a, **k):
            t = time.perf_counter()
            r = fn(*a, **k)
            store.append(time.perf_counter() - t)
            return r
        return inner
    return deco

TIMES = []

@timed(TIMES)
def add(a, b):
    return a + b
#> add(1, 2)

#: cached_function_lru
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
#> fib(5)

#: joblib_memory_free_hash
import joblib

def fingerprint(obj):
    return joblib.hash(obj)
#> fingerprint([1])

#: image_bytes
import io
from PIL import Image

def thumb(data, size):
    img = Image.open(io.BytesIO(data))
    img.thumbnail(size)
    out = io.BytesIO()
    img.save(out, format="PNG")
    return out.getvalue()
#> thumb(__import__("base64").b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), (1, 1))

#: excel_in_memory_csv
import io
import pandas as pd

def to_bytes(df):
    buf = io.BytesIO()
    df.to_csv(buf, index=False)
    return buf.getvalue()
#> to_bytes(pd.DataFrame({"a": [1]}))

#: logging_handler_stream
import io
import logging

def log_to_buffer(msg):
    buf = io.StringIO()
    logger = logging.getLogger("buf")
    handler = logging.StreamHandler(buf)
    logger.addHandler(handler)
    try:
        logger.warning(msg)
    finally:
        logger.removeHandler(handler)
    return buf.getvalue()
#> log_to_buffer("a")
