#: save_model_joblib_dir
import os
import joblib

def save_model(model, directory):
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, "model.joblib")
    joblib.dump(model, path)
    return path
#> save_model({"a": 1}, "models")

#: path_open_append
from pathlib import Path
from datetime import datetime

def log_line(path: Path, message: str) -> None:
    stamp = datetime.now().isoformat()
    with path.open("a", encoding="utf8") as fh:
        fh.write(f"{stamp} {message}\n")
#> log_line(Path("run.log"), "hello")

#: copy_if_newer
import os
import shutil

def copy_if_newer(src, dst):
    if not os.path.exists(dst) or os.path.getmtime(src) > os.path.getmtime(dst):
        shutil.copy2(src, dst)
        return True
    return False
#> copy_if_newer("notes.txt", "b.txt")

#: run_script
import subprocess
import sys

def run_script(args):
    result = subprocess.run([sys.executable, "-c", "pass", *args], capture_output=True, text=True)
    if result.returncode != 0:
        raise RuntimeError(result.stderr)
    return result.stdout
#> run_script([])

#: timed_block
import time
from contextlib import contextmanager

@contextmanager
def timer(label, results):
    start = time.perf_counter()
    try:
        yield
    finally:
        results[label] = time.perf_counter() - start

def work(n, results):
    with timer("sum", results):
        total = sum(range(n))
    return total
#> work(10, {})

#: unseeded_shuffle_list
import random

def shuffle_deck(deck):
    random.shuffle(deck)
    return deck
#> shuffle_deck([1, 2, 3, 4, 5, 6, 7])

#: np_random_rows
import numpy as np

def sample_rows(X, n):
    idx = np.random.choice(len(X), size=n, replace=False)
    return X[idx]
#> sample_rows(np.ones((5, 2)), 2)

#: seed_then_split
import random
import numpy as np

def set_seed(seed=42):
    random.seed(seed)
    np.random.seed(seed)
#> set_seed()

#: env_config
import os

def db_url():
    host = os.environ.get("DB_HOST", "localhost")
    port = int(os.getenv("DB_PORT", 5432))
    return f"postgres://{host}:{port}"
#> db_url()

#: set_threads_env
import os

def limit_threads(n):
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(n)
#> limit_threads(1)

#: sqlite_upsert_with
import sqlite3

def upsert(path, rows):
    with sqlite3.connect(path) as con:
        con.execute("create table if not exists t (id integer primary key, v text)")
        con.executemany("insert or replace into t values (?, ?)", rows)
        con.commit()
#> upsert("a.db", [(1, "x")])

#: read_sql_query_df
import sqlite3
import pandas as pd

def load_table(con, table):
    return pd.read_sql_query(f"select * from {table}", con)
#> load_table(sqlite3.connect(":memory:"), "sqlite_master")

#: log_dataframe_shape
import logging
import pandas as pd

log = logging.getLogger("pipeline")

def log_shape(df: pd.DataFrame) -> pd.DataFrame:
    log.info("shape %s", df.shape)
    return df
#> log_shape(pd.DataFrame({"a": [1]}))

#: warn_missing
import warnings
import pandas as pd

def check_missing(df):
    n = int(df.isna().sum().sum())
    if n:
        warnings.warn(f"{n} missing", stacklevel=2)
    return n
#> check_missing(pd.DataFrame({"a": [1, None]}))

#: progress_print_every
def train(epochs, every=2):
    losses = []
    for epoch in range(epochs):
        losses.append(1 / (epoch + 1))
        if epoch % every == 0:
            print(f"epoch {epoch}: {losses[-1]:.3f}")
    return losses
#> train(3)

#: stdout_write_flush
import sys

def progress(i, n):
    sys.stdout.write(f"\r{i}/{n}")
    sys.stdout.flush()
#> progress(1, 2)

#: stderr_print
import sys

def fail(message):
    print(message, file=sys.stderr)
    sys.exit(1)
#> fail("x")

#: plot_hist_save
import matplotlib.pyplot as plt

def plot_hist(values, path):
    plt.figure(figsize=(4, 3))
    plt.hist(values, bins=5)
    plt.title("Histogram")
    plt.tight_layout()
    plt.savefig(path)
    plt.close()
#> plot_hist([1, 2, 3], "h.png")

#: subplots_return_fig
import matplotlib.pyplot as plt

def two_panels(a, b):
    fig, (left, right) = plt.subplots(1, 2)
    left.plot(a)
    right.bar(range(len(b)), b)
    return fig
#> two_panels([1, 2], [1, 2])

#: ax_given_or_gca
import matplotlib.pyplot as plt

def draw_line(x, y, ax=None):
    if ax is None:
        ax = plt.gca()
    ax.plot(x, y)
    return ax
#> draw_line([1], [2])

#: style_sheet
import matplotlib.pyplot as plt
import pandas as pd

def notebook_style():
    plt.rcParams["figure.figsize"] = (10, 4)
    pd.options.display.max_rows = 20
#> notebook_style()

#: glob_concat
import glob
import pandas as pd

def load_all(pattern):
    frames = [pd.read_csv(f) for f in sorted(glob.glob(pattern))]
    return pd.concat(frames, ignore_index=True)
#> load_all("*.csv")

#: excel_like_json_out
import pandas as pd

def export(df, path):
    df.to_json(path, orient="records", lines=True)
#> export(pd.DataFrame({"a": [1]}), "o.jsonl")

#: np_savez_compressed
import numpy as np

def save_arrays(path, **arrays):
    np.savez_compressed(path, **arrays)
#> save_arrays("o.npz", a=np.ones(2))

#: pickle_cache_helper
import os
import pickle

def cached(path, compute):
    if os.path.isfile(path):
        with open(path, "rb") as f:
            return pickle.load(f)
    value = compute()
    with open(path, "wb") as f:
        pickle.dump(value, f)
    return value
#> cached("c.pkl", lambda: 1)
#> cached("c.pkl", lambda: 1)

#: unlink_missing
from pathlib import Path

def clean(folder):
    removed = 0
    for p in Path(folder).iterdir():
        if p.suffix == ".txt":
            p.unlink()
            removed += 1
    return removed
#> clean(".")

#: tempdir_work
import tempfile
from pathlib import Path

def roundtrip(text):
    with tempfile.TemporaryDirectory() as tmp:
        p = Path(tmp) / "a.txt"
        p.write_text(text)
        return p.read_text()
#> roundtrip("x")

#: socket_port_check
import socket

def is_open(host, port):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.settimeout(0.2)
    try:
        return s.connect_ex((host, port)) == 0
    finally:
        s.close()
#> is_open("127.0.0.1", 9)

#: urlopen_json
import json
from urllib.request import urlopen
from urllib.error import URLError

def fetch(url):
    try:
        with urlopen(url, timeout=1) as r:
            return json.load(r)
    except URLError:
        return None
#> fetch("http://127.0.0.1:9/")

#: retry_sleep
import time

def retry(fn, attempts=2, delay=0.0):
    for i in range(attempts):
        try:
            return fn()
        except ValueError:
            time.sleep(delay)
    return None
#> retry(lambda: int("x"))

#: today_partition
from datetime import date

def partition(prefix):
    return f"{prefix}/dt={date.today():%Y-%m-%d}"
#> partition("a")

#: uuid_run_id
import uuid

def run_id(prefix="run"):
    return f"{prefix}-{uuid.uuid4().hex[:8]}"
#> run_id()

#: secrets_pick
import secrets

def pick_winner(names):
    return secrets.choice(names)
#> pick_winner(["a", "b"])

#: tqdm_apply
from tqdm import tqdm

def lengths(texts):
    out = []
    for t in tqdm(texts):
        out.append(len(t))
    return out
#> lengths(["a"])

#: fit_forest_no_seed
from sklearn.ensemble import RandomForestClassifier
import numpy as np

def fit_forest(X, y):
    model = RandomForestClassifier(n_estimators=3)
    model.fit(X, y)
    return model
#> fit_forest(np.arange(8.0).reshape(8, 1), np.array([0, 1] * 4))

#: print_report
from sklearn.metrics import classification_report, confusion_matrix

def report(y, p):
    print(classification_report(y, p, zero_division=0))
    return confusion_matrix(y, p)
#> report([0, 1], [0, 1])

#: df_info_head
import pandas as pd

def overview(df):
    df.info()
    return df.describe()
#> overview(pd.DataFrame({"a": [1]}))

#: df_sample_shuffle
import pandas as pd

def shuffle(df):
    return df.sample(frac=1).reset_index(drop=True)
#> shuffle(pd.DataFrame({"a": range(9)}))

#: chdir_context
import os
from contextlib import contextmanager

@contextmanager
def cd(path):
    old = os.getcwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(old)

def listing(path):
    with cd(path):
        return os.listdir(".")
#> listing(".")

#: eval_expression_text
def evaluate(expr, x):
    return eval(expr, {"x": x})
#> evaluate("x + 1", 1)

#: basic_logging_config
import logging

def setup_logging(level="INFO"):
    logging.basicConfig(level=level, format="%(message)s", force=True)
    return logging.getLogger("app")
#> setup_logging()
