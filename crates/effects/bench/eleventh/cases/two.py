#: write_parquet_like
import pickle
import pandas as pd

def persist(df, path):
    with open(path, "wb") as f:
        pickle.dump(df.to_dict("list"), f)
    return path
#> persist(pd.DataFrame({"a": [1]}), "d.pkl")

#: copy_tree
import shutil

def snapshot(src, dst):
    return shutil.copytree(src, dst)
#> snapshot(".", "copy_of")

#: rm_if_exists
import os

def rm(path):
    try:
        os.remove(path)
    except FileNotFoundError:
        pass
#> rm("notes.txt")

#: newest_file
import glob
import os

def newest(pattern):
    files = glob.glob(pattern)
    return max(files, key=os.path.getmtime) if files else None
#> newest("*.txt")

#: count_lines
def count_lines(path):
    return sum(1 for _ in open(path))
#> count_lines("notes.txt")

#: chunked_reader
import pandas as pd

def total(path, col):
    return sum(chunk[col].sum() for chunk in pd.read_csv(path, chunksize=1))
#> total("data.csv", "a")

#: read_json_lines
import json

def read_jsonl(path):
    with open(path) as f:
        return [json.loads(line) for line in f]
#> read_jsonl("data.json")

#: np_save_load_roundtrip
import numpy as np

def roundtrip(a, path):
    np.save(path, a)
    return np.load(path)
#> roundtrip(np.ones(2), "a.npy")

#: numpy_savetxt_buffer
import io
import numpy as np

def text_of(a):
    buf = io.StringIO()
    np.savetxt(buf, a)
    return buf.getvalue()
#> text_of(np.ones(2))

#: loadtxt_lines
import numpy as np

def parse(lines):
    return np.loadtxt(lines, delimiter=",")
#> parse(["1,2", "3,4"])

#: configparser_write
import configparser

def write_config(values, path):
    cp = configparser.ConfigParser()
    cp["main"] = values
    with open(path, "w") as f:
        cp.write(f)
#> write_config({"a": "1"}, "c.ini")

#: yaml_dump_text
import yaml

def to_yaml(cfg):
    return yaml.safe_dump(cfg, sort_keys=True)
#> to_yaml({"a": 1})

#: dotted_get_env
import os

def setting(name, default=None, cast=str):
    raw = os.environ.get(name.upper(), default)
    return cast(raw) if raw is not None else None
#> setting("x", "1", int)

#: user_home_config
import os

def config_path():
    return os.path.join(os.path.expanduser("~"), ".app.cfg")
#> config_path()

#: run_and_check
import subprocess

def run(*cmd):
    return subprocess.run(cmd, check=True, capture_output=True).stdout
#> run("echo", "a")

#: time_call
import time

def timed(fn, *args):
    start = time.time()
    result = fn(*args)
    return result, time.time() - start
#> timed(len, [1])

#: date_range_from_today
from datetime import date, timedelta

def last_days(n):
    today = date.today()
    return [today - timedelta(days=i) for i in range(n)]
#> last_days(2)

#: date_range_given
import pandas as pd

def business_days(start, n):
    return pd.bdate_range(start, periods=n).strftime("%Y-%m-%d").tolist()
#> business_days("2024-01-01", 2)

#: token_hex
import secrets

def token():
    return secrets.token_hex(4)
#> token()

#: random_password_rng
import random
import string

def password(n, rng=None):
    rng = rng or random
    return "".join(rng.choice(string.ascii_letters) for _ in range(n))
#> password(3)

#: init_seed_dict
import random
import numpy as np

def seeds(n):
    ss = np.random.SeedSequence(5)
    return [np.random.default_rng(s).integers(10) for s in ss.spawn(n)]
#> seeds(2)

#: legacy_rand_seeded_local
import numpy as np

def mask(shape, p):
    return np.random.RandomState(7).rand(*shape) < p
#> mask((2, 2), 0.5)

#: sample_weights_frame
import pandas as pd

def draw(df, n):
    return df.sample(n=n, weights="w", random_state=1)
#> draw(pd.DataFrame({"w": [1, 2]}), 1)

#: isolation_forest_seed
import numpy as np
from sklearn.ensemble import IsolationForest

def outliers(X, seed=0):
    return IsolationForest(n_estimators=5, random_state=seed).fit_predict(X)
#> outliers(np.arange(8.0).reshape(8, 1))

#: tsne_no_seed
import numpy as np
from sklearn.decomposition import TruncatedSVD

def project(X):
    return TruncatedSVD(n_components=1).fit_transform(X)
#> project(np.arange(8.0).reshape(4, 2))

#: print_end_flush
def dots(n):
    for _ in range(n):
        print(".", end="", flush=True)
    print()
#> dots(2)

#: verbose_off_default
def run(xs, verbose=False):
    out = []
    for x in xs:
        if verbose:
            print("processing", x)
        out.append(x + 1)
    return out
#> run([1])
#> run([1], verbose=True)

#: logger_child
import logging

def get_child(name):
    log = logging.getLogger("app").getChild(name)
    log.debug("ready")
    return log
#> get_child("x")

#: logger_null
import logging

def library_logger(name):
    logger = logging.getLogger(name)
    logger.addHandler(logging.NullHandler())
    return logger
#> library_logger("lib")

#: plot_two_axes
import matplotlib.pyplot as plt

def twin(x, a, b):
    fig, ax1 = plt.subplots()
    ax2 = ax1.twinx()
    ax1.plot(x, a)
    ax2.plot(x, b)
    return fig, (ax1, ax2)
#> twin([1], [1], [2])

#: plot_on_axes_list
def draw_all(axes, series):
    for ax, s in zip(axes, series):
        ax.plot(s)
        ax.grid(True)
#> draw_all([__import__("matplotlib.figure").figure.Figure().subplots()], [[1]])

#: hist_saved_bytes
import io
import matplotlib.pyplot as plt

def hist_png(x):
    fig, ax = plt.subplots()
    ax.hist(x)
    buf = io.BytesIO()
    fig.savefig(buf)
    plt.close(fig)
    return buf.getvalue()
#> hist_png([1, 2])

#: sns_countplot
import pandas as pd
import seaborn as sns

def counts(df):
    return sns.countplot(data=df, x="k")
#> counts(pd.DataFrame({"k": ["a", "b"]}))

#: show_image
import matplotlib.pyplot as plt

def show(img):
    plt.imshow(img)
    plt.axis("off")
    plt.show()
#> show([[1, 2]])

#: sqlite_read_frame
import sqlite3
import pandas as pd

def load(path, query):
    with sqlite3.connect(path) as con:
        return pd.read_sql(query, con)
#> load("q.db", "select 1 as a")

#: sqlite_given_cursor_insert
def insert(cur, rows):
    cur.execute("create table if not exists t (a)")
    cur.executemany("insert into t values (?)", rows)
#> insert(__import__("sqlite3").connect(":memory:").cursor(), [(1,)])

#: requests_json
import requests

def fetch_json(url, session=None):
    get = (session or requests).get
    try:
        r = get(url, timeout=0.3)
        r.raise_for_status()
        return r.json()
    except requests.RequestException:
        return {}
#> fetch_json("http://127.0.0.1:9/")

#: build_url
from urllib.parse import urlencode, urljoin

def build(base, path, **params):
    return f"{urljoin(base, path)}?{urlencode(params)}"
#> build("http://a/", "b", c=1)

#: pandas_pipeline_logging
import logging
import pandas as pd

log = logging.getLogger(__name__)

def step(fn):
    def inner(df, *a, **k):
        out = fn(df, *a, **k)
        log.info("%s: %s", fn.__name__, out.shape)
        return out
    return inner

@step
def drop_na(df):
    return df.dropna()

@step
def add_one(df, col):
    return df.assign(**{col: df[col] + 1})

def pipeline(df):
    return df.pipe(drop_na).pipe(add_one, "a")
#> pipeline(pd.DataFrame({"a": [1.0, None]}))

#: frame_setitem_on_filtered
import pandas as pd

def high(df, t):
    out = df[df["x"] > t]
    out["flag"] = True
    return out
#> high(pd.DataFrame({"x": [1, 5]}), 2)

#: loc_on_slice_alias
import pandas as pd

def clear(df):
    col = df["x"]
    df.loc[df["x"] < 0, "x"] = 0
    return col
#> clear(pd.DataFrame({"x": [-1, 1]}))

#: swap_columns
import pandas as pd

def swap(df, a, b):
    df[[a, b]] = df[[b, a]].values
    return df
#> swap(pd.DataFrame({"a": [1], "b": [2]}), "a", "b")

#: index_inplace_flag
import pandas as pd

def prepare(df, copy=True):
    if copy:
        df = df.copy()
    df.sort_values("x", inplace=True)
    df.reset_index(drop=True, inplace=True)
    return df
#> prepare(pd.DataFrame({"x": [2, 1]}))
#> prepare(pd.DataFrame({"x": [2, 1]}), copy=False)

#: series_replace_inplace_col
import pandas as pd

def yes_no(df, col):
    df[col] = df[col].map({"yes": 1, "no": 0}).astype(int)
    return df[col]
#> yes_no(pd.DataFrame({"a": ["yes", "no"]}), "a")

#: one_hot_concat
import pandas as pd

def one_hot(df, col):
    dummies = pd.get_dummies(df[col], prefix=col)
    return pd.concat([df.drop(columns=[col]), dummies], axis=1)
#> one_hot(pd.DataFrame({"a": ["x", "y"]}), "a")

#: dict_of_lists_to_frame
import pandas as pd

def table(records):
    cols = {}
    for r in records:
        for k, v in r.items():
            cols.setdefault(k, []).append(v)
    return pd.DataFrame(cols)
#> table([{"a": 1}])

#: nested_list_flatten_sort
def flat_sorted(nested):
    flat = [x for row in nested for x in row]
    flat.sort()
    return flat
#> flat_sorted([[2], [1]])

#: sort_each_row
def sort_rows(nested):
    for row in nested:
        row.sort()
    return nested
#> sort_rows([[2, 1]])

#: args_sorted
def order(*values):
    values = list(values)
    values.sort()
    return values
#> order(2, 1)

#: dict_pop_default
def take(options, name, default=None):
    return options.pop(name, default)
#> take({"a": 1}, "a")

#: dict_get_default
def peek(options, name, default=None):
    return options.get(name, default)
#> peek({"a": 1}, "a")

#: list_remove_all
def without(xs, bad):
    while bad in xs:
        xs.remove(bad)
    return xs
#> without([1, 2, 1], 1)

#: slice_del
def trim(xs, n):
    del xs[n:]
    return xs
#> trim([1, 2], 1)

#: inplace_matrix_scale
def scale(matrix, k):
    for i, row in enumerate(matrix):
        for j, v in enumerate(row):
            matrix[i][j] = v * k
    return matrix
#> scale([[1]], 2)

#: np_array_2d_row_alias
import numpy as np

def zero_row(m, i):
    row = m[i]
    row[:] = 0
    return m
#> zero_row(np.ones((2, 2)), 0)

#: np_masked_copy
import numpy as np

def positive(m):
    p = m[m > 0]
    p *= 2
    return p
#> positive(np.array([1.0, -1.0]))

#: np_inplace_sort_returned
import numpy as np

def ranks(a):
    a.sort()
    return np.searchsorted(a, a)
#> ranks(np.array([2.0, 1.0]))

#: np_random_perm_rows
import numpy as np

def shuffle_xy(X, y, rng):
    p = rng.permutation(len(X))
    return X[p], y[p]
#> shuffle_xy(np.ones((2, 1)), np.ones(2), np.random.default_rng(0))

#: cumulative_in_place
import numpy as np

def accumulate(a):
    np.cumsum(a, out=a)
    return a
#> accumulate(np.ones(3))
