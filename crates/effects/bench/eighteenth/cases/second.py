#: open_mode_given
def touch(path, mode="r"):
    with open(path, mode) as f:
        return f.name
#> touch("new.txt", "w")

#: open_append
def log_line(path, text):
    with open(path, "a", encoding="utf-8") as f:
        f.write(text + "\n")
#> log_line("notes.txt", "x")

#: open_read_plus
def bump_counter(path):
    with open(path, "r+") as f:
        n = len(f.read())
        f.seek(0)
        f.write(str(n))
    return n
#> bump_counter("notes.txt")

#: pathlib_read_json
import json
from pathlib import Path

def load_settings(folder):
    return json.loads((Path(folder) / "data.json").read_text())
#> load_settings(".")

#: pathlib_join_only
from pathlib import Path

def target(folder, stem):
    return Path(folder).joinpath(stem).with_suffix(".csv")
#> target(".", "a")

#: pathlib_exists_else_write
from pathlib import Path

def ensure_file(path):
    p = Path(path)
    if not p.exists():
        p.write_text("new")
    return p
#> ensure_file("fresh.txt")

#: pathlib_unlink
from pathlib import Path

def remove(path):
    Path(path).unlink(missing_ok=True)
#> remove("notes.txt")

#: read_csv_path
import pandas as pd

def load(path):
    return pd.read_csv(path)
#> load("data.csv")

#: read_csv_buffer
import io
import pandas as pd

def parse(text):
    return pd.read_csv(io.StringIO(text))
#> parse("a,b\n1,2\n")

#: to_csv_string
def dump(df):
    return df.to_csv(index=False)
#> dump(__import__("pandas").DataFrame({"a": [1]}))

#: to_csv_path
def dump(df, path):
    df.to_csv(path, index=False)
#> dump(__import__("pandas").DataFrame({"a": [1]}), "out.csv")

#: to_csv_buffer
import io

def dump(df):
    buf = io.StringIO()
    df.to_csv(buf, index=False)
    return buf.getvalue()
#> dump(__import__("pandas").DataFrame({"a": [1]}))

#: to_json_or_path
def dump(df, path=None):
    return df.to_json(path)
#> dump(__import__("pandas").DataFrame({"a": [1]}))

#: np_save_load
import numpy as np

def cache(path, arr):
    np.save(path, arr)
    return np.load(path)
#> cache("a.npy", np.ones(2))

#: np_loadtxt
import numpy as np

def numbers(path):
    return np.loadtxt(path, delimiter=",", skiprows=1)
#> numbers("data.csv")

#: pickle_dumps
import pickle

def blob(obj):
    return pickle.dumps(obj)
#> blob([1])

#: pickle_roundtrip_file
import pickle

def save(obj, path):
    with open(path, "wb") as fh:
        pickle.dump(obj, fh, protocol=pickle.HIGHEST_PROTOCOL)
#> save([1], "o.pkl")

#: joblib_dump
import joblib

def persist(model, path):
    joblib.dump(model, path)
    return path
#> persist({"a": 1}, "m.joblib")

#: csv_writer_given_file
import csv

def write_rows(fh, rows):
    w = csv.writer(fh)
    w.writerows(rows)
#> write_rows(__import__("io").StringIO(), [[1, 2]])

#: csv_dictreader_path
import csv

def read_rows(path):
    with open(path, newline="") as fh:
        return list(csv.DictReader(fh))
#> read_rows("data.csv")

#: json_dump_given_file
import json

def write(obj, fh):
    json.dump(obj, fh)
#> write({"a": 1}, __import__("io").StringIO())

#: yaml_load_file
import yaml

def config(path):
    with open(path) as f:
        return yaml.safe_load(f)
#> config("data.json")

#: zip_write
import zipfile

def pack(names, out):
    with zipfile.ZipFile(out, "w") as z:
        for n in names:
            z.write(n)
    return out
#> pack(["notes.txt"], "o.zip")

#: zip_names_in_memory
import io
import zipfile

def names_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return z.namelist()
#> names_of((lambda b: (__import__("zipfile").ZipFile(b, "w").close(), b.getvalue())[1])(__import__("io").BytesIO()))

#: tempfile_roundtrip
import tempfile

def via_temp(text):
    with tempfile.NamedTemporaryFile("w+", suffix=".txt") as f:
        f.write(text)
        f.flush()
        f.seek(0)
        return f.read()
#> via_temp("a")

#: shutil_copy
import shutil

def backup(path):
    return shutil.copy(path, path + ".bak")
#> backup("notes.txt")

#: glob_files
import glob

def csvs(folder):
    return sorted(glob.glob(folder + "/*.csv"))
#> csvs(".")

#: os_path_join
import os

def where(folder, name):
    return os.path.join(folder, os.path.basename(name))
#> where("a", "b/c")

#: os_path_exists
import os

def have(path):
    return os.path.exists(path)
#> have("notes.txt")

#: os_remove_if
import os

def clear(path):
    if os.path.isfile(path):
        os.remove(path)
#> clear("notes.txt")

#: sqlite_memory
import sqlite3

def count(rows):
    con = sqlite3.connect(":memory:")
    con.execute("create table t (a)")
    con.executemany("insert into t values (?)", [(r,) for r in rows])
    n = con.execute("select count(*) from t").fetchone()[0]
    con.close()
    return n
#> count([1, 2])

#: sqlite_given_cursor
def insert(cur, name):
    cur.execute("insert into t values (?)", (name,))
    return cur.lastrowid
#> insert((lambda c: (c.execute("create table t (a)"), c.cursor())[1])(__import__("sqlite3").connect(":memory:")), "a")

#: read_sql
import pandas as pd
import sqlite3

def table():
    con = sqlite3.connect(":memory:")
    pd.DataFrame({"a": [1]}).to_sql("t", con, index=False)
    return pd.read_sql("select * from t", con)
#> table()

#: environ_get
import os

def home(default="/"):
    return os.environ.get("HOME", default)
#> home()

#: environ_setdefault
import os

def threads(n):
    os.environ["OMP_NUM_THREADS"] = str(n)
#> threads(2)

#: subprocess_run_list
import subprocess
import sys

def version():
    out = subprocess.run([sys.executable, "--version"], capture_output=True, text=True)
    return out.stdout
#> version()

#: time_perf
import time

def timed(fn, *args):
    t0 = time.perf_counter()
    result = fn(*args)
    return result, time.perf_counter() - t0
#> timed(sum, [1])

#: sleep_between
import time

def poll(fn, tries=1, wait=0.0):
    for _ in range(tries):
        if fn():
            return True
        time.sleep(wait)
    return False
#> poll(lambda: False)

#: datetime_given
from datetime import datetime, timedelta

def window(end, days=7):
    return end - timedelta(days=days), end
#> window(datetime(2020, 1, 1))

#: datetime_default_now
from datetime import datetime

def stamp(when=None):
    when = when or datetime.now()
    return when.isoformat()
#> stamp()

#: timestamp_now_pandas
import pandas as pd

def age_days(df):
    df["age"] = (pd.Timestamp("2021-01-01") - df["d"]).dt.days
    return df
#> age_days(pd.DataFrame({"d": pd.to_datetime(["2020-01-01"])}))

#: uuid_new
import uuid

def run_id(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:6]}"
#> run_id("a")

#: hashlib_pure
import hashlib

def key(text):
    return hashlib.md5(text.encode()).hexdigest()
#> key("a")

#: hash_update_given
def feed(h, text):
    h.update(text.encode())
    return h.hexdigest()
#> feed(__import__("hashlib").sha256(), "a")

#: print_conditional
def fit(x, verbose=False):
    if verbose:
        print("fitting", x)
    return x
#> fit(1, verbose=True)

#: print_to_file
def note(msg, stream):
    print(msg, file=stream)
#> note("a", __import__("io").StringIO())

#: stderr_write
import sys

def warn(msg):
    sys.stderr.write(msg + "\n")
#> warn("a")

#: input_ask
def ask(question):
    return input(question).strip() or "no"
#> ask("ok?")

#: logging_module
import logging

logger = logging.getLogger("app")

def step(n):
    logger.info("step %d", n)
    return n + 1
#> step(1)

#: logging_basic_config
import logging

def setup(level="INFO"):
    logging.basicConfig(level=level, format="%(message)s")
#> setup()

#: warnings_filter
import warnings

def quiet():
    warnings.filterwarnings("ignore", category=DeprecationWarning)
#> quiet()

#: warnings_catch
import warnings

def quietly(fn):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fn()
#> quietly(lambda: 1)

#: warnings_warn
import warnings

def check(x):
    if x < 0:
        warnings.warn("negative", UserWarning, stacklevel=2)
    return abs(x)
#> check(-1)

#: pd_option
import pandas as pd

def wide():
    pd.set_option("display.width", 200)
#> wide()

#: pd_option_context
import pandas as pd

def shown(df):
    with pd.option_context("display.max_rows", 5):
        return repr(df)
#> shown(pd.DataFrame({"a": [1]}))

#: np_errstate
import numpy as np

def safe_log(x):
    with np.errstate(divide="ignore"):
        return np.log(x)
#> safe_log(np.array([0.0, 1.0]))

#: np_seterr
import numpy as np

def silence():
    return np.seterr(all="ignore")
#> silence()

#: np_seed
import numpy as np

def reproducible(seed=0):
    np.random.seed(seed)
    return np.random.rand(2)
#> reproducible()

#: random_choice
import random

def pick(xs):
    return random.choice(xs)
#> pick([1, 2])

#: random_instance
import random

def pick(xs, seed):
    r = random.Random(seed)
    return r.choice(xs)
#> pick([1, 2], 3)

#: random_shuffle_copy
import random

def mixed(xs):
    xs = list(xs)
    random.shuffle(xs)
    return xs
#> mixed([1, 2, 3])

#: sys_path_append
import sys

def add_path(p):
    if p not in sys.path:
        sys.path.append(p)
#> add_path("/nowhere")

#: module_cache_dict
_CACHE = {}

def cached(key, make):
    if key not in _CACHE:
        _CACHE[key] = make(key)
    return _CACHE[key]
#> cached("a", len)

#: global_counter
n_calls = 0

def tick():
    global n_calls
    n_calls += 1
    return n_calls
#> tick()

#: exit_on_bad
import sys

def main(argv):
    if not argv:
        sys.exit("usage")
    return argv[0]
#> main([])

#: plt_figure
import matplotlib.pyplot as plt

def line(xs):
    plt.plot(xs)
    plt.title("x")
#> line([1, 2])

#: axes_given
def line(ax, xs):
    ax.plot(xs)
    ax.set_title("x")
    return ax
#> line(__import__("matplotlib.figure", fromlist=["x"]).Figure().subplots(), [1, 2])

#: axes_or_new
import matplotlib.pyplot as plt

def line(xs, ax=None):
    if ax is None:
        fig, ax = plt.subplots()
    ax.plot(xs)
    return ax
#> line([1, 2])

#: savefig_close
import matplotlib.pyplot as plt

def save(xs, path):
    fig, ax = plt.subplots()
    ax.bar(range(len(xs)), xs)
    fig.savefig(path)
    plt.close(fig)
#> save([1, 2], "p.png")

#: rc_update
import matplotlib.pyplot as plt

def style():
    plt.rcParams.update({"font.size": 12})
#> style()

#: rf_no_seed
from sklearn.ensemble import RandomForestClassifier

def train(X, y):
    clf = RandomForestClassifier(n_estimators=3)
    clf.fit(X, y)
    return clf.predict(X)
#> train([[0.0], [1.0], [2.0]], [0, 1, 1])

#: rf_seeded
from sklearn.ensemble import RandomForestClassifier

def train(X, y, seed=0):
    return RandomForestClassifier(n_estimators=3, random_state=seed).fit(X, y)
#> train([[0.0], [1.0], [2.0]], [0, 1, 1])

#: scaler_given_fit
def scale(scaler, X):
    return scaler.fit_transform(X)
#> scale(__import__("sklearn.preprocessing", fromlist=["x"]).StandardScaler(), [[1.0], [2.0]])

#: scaler_given_transform
def scale(scaler, X):
    return scaler.transform(X)
#> scale(__import__("sklearn.preprocessing", fromlist=["x"]).StandardScaler().fit([[1.0], [2.0]]), [[1.0], [2.0]])

#: cv_given_model
from sklearn.model_selection import cross_val_score

def evaluate(model, X, y):
    return cross_val_score(model, X, y, cv=2).mean()
#> evaluate(__import__("sklearn.linear_model", fromlist=["x"]).LinearRegression(), [[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 3.0, 4.0])

#: clone_then_fit
from sklearn.base import clone

def refit(model, X, y):
    m = clone(model)
    return m.fit(X, y)
#> refit(__import__("sklearn.linear_model", fromlist=["x"]).LinearRegression(), [[1.0], [2.0]], [1.0, 2.0])

#: set_params_given
def tune(model, alpha):
    model.set_params(alpha=alpha)
    return model
#> tune(__import__("sklearn.linear_model", fromlist=["x"]).Ridge(), 2.0)

#: partial_fit_batches
def stream(model, batches):
    for X, y in batches:
        model.partial_fit(X, y, classes=[0, 1])
    return model
#> stream(__import__("sklearn.naive_bayes", fromlist=["x"]).GaussianNB(), [([[0.0], [1.0]], [0, 1])])

#: pipeline_fit_local
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression

def build(X, y):
    pipe = make_pipeline(StandardScaler(), LogisticRegression())
    pipe.fit(X, y)
    return pipe.score(X, y)
#> build([[0.0], [1.0]], [0, 1])

#: pipeline_fit_given_step
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

def build(model, X, y):
    pipe = Pipeline([("s", StandardScaler()), ("m", model)])
    return pipe.fit(X, y)
#> build(__import__("sklearn.linear_model", fromlist=["x"]).LinearRegression(), [[1.0], [2.0]], [1.0, 2.0])

#: grid_search_given
from sklearn.model_selection import GridSearchCV

def search(model, grid, X, y):
    gs = GridSearchCV(model, grid, cv=2)
    gs.fit(X, y)
    return gs.best_params_
#> search(__import__("sklearn.linear_model", fromlist=["x"]).Ridge(), {"alpha": [0.1, 1.0]}, [[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 3.0, 4.0])

#: split_no_seed
from sklearn.model_selection import train_test_split

def split(X, y):
    return train_test_split(X, y, test_size=0.5)
#> split([1, 2, 3, 4], [1, 2, 3, 4])

#: split_seeded
from sklearn.model_selection import train_test_split

def split(X, y, seed):
    return train_test_split(X, y, test_size=0.5, random_state=seed)
#> split([1, 2, 3, 4], [1, 2, 3, 4], 1)

#: minimise_callback
from scipy.optimize import minimize

def fit_curve(x0, trace):
    return minimize(lambda p: (p[0] - 1) ** 2, x0, callback=lambda xk: trace.append(float(xk[0]))).x
#> fit_curve([0.0], [])

#: stats_rvs
from scipy import stats

def draw(n):
    return stats.norm.rvs(size=n)
#> draw(3)

#: stats_rvs_seeded
from scipy import stats

def draw(n):
    return stats.norm.rvs(size=n, random_state=1)
#> draw(3)

#: ols_summary
import statsmodels.api as sm

def coefficients(X, y):
    return sm.OLS(y, sm.add_constant(X)).fit().params
#> coefficients(__import__("numpy").array([1.0, 2.0, 4.0]), __import__("numpy").array([1.0, 2.0, 3.0]))

#: thread_appends
import threading

def run(xs, out):
    ts = [threading.Thread(target=out.append, args=(x,)) for x in xs]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
#> run([1, 2], [])

#: try_finally_restores
import os

def at(folder, fn):
    old = os.getcwd()
    try:
        os.chdir(folder)
        return fn()
    finally:
        os.chdir(old)
#> at(".", lambda: 1)

#: exception_mutates
def safe_get(d, key):
    try:
        return d[key]
    except KeyError:
        d[key] = None
        return None
#> safe_get({}, "a")

#: match_writes
def apply(op, state):
    match op:
        case {"set": key, "to": value}:
            state[key] = value
        case {"clear": True}:
            state.clear()
#> apply({"set": "a", "to": 1}, {})
