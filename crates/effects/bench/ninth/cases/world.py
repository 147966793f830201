#: home_folder
from pathlib import Path

def cache_dir():
    return Path.home() / ".cache"
#> cache_dir()

#: cwd_joined
import os

def here(name):
    return os.path.join(os.getcwd(), name)
#> here("a")

#: which_tool
import shutil

def has_git():
    return shutil.which("git") is not None
#> has_git()

#: stat_size
import os

def size(path):
    return os.stat(path).st_size
#> size("notes.txt")

#: scandir_sizes
import os

def biggest(folder):
    with os.scandir(folder) as it:
        return max((e.name for e in it if e.is_file()), default=None)
#> biggest(".")

#: zip_written
import zipfile

def archive(names, target):
    with zipfile.ZipFile(target, "w") as z:
        for n in names:
            z.write(n)
#> archive(["notes.txt"], "o.zip")

#: zip_in_memory
import io
import zipfile

def archive(texts):
    buf = io.BytesIO()
    with zipfile.ZipFile(buf, "w") as z:
        for name, text in texts.items():
            z.writestr(name, text)
    return buf.getvalue()
#> archive({"a": "b"})

#: csv_reader_dicts
import csv

def load(path):
    with open(path, newline="") as f:
        return [dict(r) for r in csv.DictReader(f)]
#> load("data.csv")

#: csv_text_only
import csv
import io

def dumps(rows):
    out = io.StringIO()
    w = csv.DictWriter(out, fieldnames=["a"])
    w.writeheader()
    w.writerows(rows)
    return out.getvalue()
#> dumps([{"a": 1}])

#: shelve_counter
import shelve

def bump(path, key):
    with shelve.open(path) as db:
        db[key] = db.get(key, 0) + 1
        return db[key]
#> bump("s", "a")

#: redirect_print
import contextlib
import io

def captured(fn):
    buf = io.StringIO()
    with contextlib.redirect_stdout(buf):
        print("x")
    return buf.getvalue()
#> captured(None)

#: file_logger
import logging

def make_logger(path):
    logger = logging.getLogger("file")
    handler = logging.FileHandler(path)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.info("ready")
    return logger
#> make_logger("x.log")

#: log_exception
import logging

def safe_div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        logging.exception("bad")
        return float("nan")
#> safe_div(1, 0)

#: warnings_silenced
import warnings

def quiet():
    warnings.filterwarnings("ignore", category=FutureWarning)
#> quiet()

#: warnings_silenced_locally
import warnings
import numpy as np

def mean(a):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.nanmean(a)
#> mean([1.0])

#: os_system_call
import os

def clear():
    os.system("true")
#> clear()

#: popen_lines
import subprocess

def lines(cmd):
    p = subprocess.Popen(cmd, stdout=subprocess.PIPE, text=True)
    out, _ = p.communicate()
    return out.splitlines()
#> lines(["echo", "a"])

#: monotonic_deadline
import time

def wait_until(pred, timeout=0.01):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if pred():
            return True
        time.sleep(0.001)
    return False
#> wait_until(lambda: False)

#: random_mixed
import random

def noise(n):
    return [random.gauss(0, 1) for _ in range(n)]
#> noise(2)

#: random_state_arg_none
from sklearn.model_selection import KFold

def folds(n, seed=None):
    return KFold(n_splits=n, shuffle=True, random_state=seed)
#> folds(2)

#: kmeans_seed
from sklearn.cluster import KMeans
import numpy as np

def labels(X, k):
    return KMeans(n_clusters=k, n_init=1, random_state=0).fit_predict(X)
#> labels(np.arange(6.0).reshape(6, 1), 2)

#: scipy_rvs
from scipy import stats

def draws(n):
    return stats.norm.rvs(size=n)
#> draws(2)

#: scipy_rvs_seeded
from scipy import stats

def draws(n):
    return stats.norm(0, 1).rvs(size=n, random_state=1)
#> draws(2)

#: sys_argv_default
import sys

def parse(argv=None):
    argv = sys.argv[1:] if argv is None else argv
    return dict(a.split("=") for a in argv)
#> parse()

#: argparse_parse
import argparse

def options(argv):
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=1)
    return p.parse_args(argv)
#> options([])

#: yaml_config
import yaml

def load(path):
    with open(path) as f:
        return yaml.safe_load(f)
#> load("data.json")

#: joblib_parallel
from joblib import Parallel, delayed

def squares(n):
    return Parallel(n_jobs=1)(delayed(pow)(i, 2) for i in range(n))
#> squares(3)

#: thread_pool_map
from concurrent.futures import ThreadPoolExecutor

def lengths(texts):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(len, texts))
#> lengths(["a"])

#: requests_session_headers
import requests

def session(token):
    s = requests.Session()
    s.headers["Authorization"] = token
    s.headers.update({"a": "b"})
    return s
#> session("t")

#: httpx_get
import httpx

def ping(url):
    try:
        return httpx.get(url, timeout=0.2).status_code
    except httpx.HTTPError:
        return None
#> ping("http://127.0.0.1:9/")

#: sqlalchemy_engine
from sqlalchemy import create_engine, text

def count(url):
    engine = create_engine(url)
    with engine.connect() as con:
        return con.execute(text("select 1")).scalar()
#> count("sqlite://")

#: seaborn_to_axes
import matplotlib.pyplot as plt
import seaborn as sns

def box(df, ax):
    sns.boxplot(data=df, x="k", y="v", ax=ax)
    ax.set_title("t")
    return ax
#> box(__import__("pandas").DataFrame({"k": ["a", "b"], "v": [1, 2]}), __import__("matplotlib.figure").figure.Figure().subplots())

#: plt_show_only
import matplotlib.pyplot as plt

def show(x):
    plt.plot(x)
    plt.show()
#> show([1])

#: pil_image_saved
from PIL import Image
import numpy as np

def save(arr, path):
    Image.fromarray(arr).resize((2, 2)).save(path)
#> save(np.zeros((4, 4), dtype="uint8"), "i.png")

#: polars_lazy
import polars as pl

def agg(df):
    return df.lazy().filter(pl.col("a") > 1).group_by("a").len().collect()
#> agg(pl.DataFrame({"a": [1, 2]}))

#: xgb_fit_seeded
import numpy as np
import xgboost as xgb

def booster(X, y):
    d = xgb.DMatrix(X, label=y)
    return xgb.train({"max_depth": 2, "seed": 1, "nthread": 1}, d, num_boost_round=2)
#> booster(np.arange(8.0).reshape(8, 1), np.array([0, 1] * 4))

#: nltk_tokens
from nltk.tokenize import RegexpTokenizer
from nltk.stem import PorterStemmer

def stems(text):
    stem = PorterStemmer().stem
    return [stem(t) for t in RegexpTokenizer(r"\w+").tokenize(text)]
#> stems("running dogs")

#: getpass_user
import getpass

def who():
    return getpass.getuser()
#> who()

#: hostname
import socket

def host():
    return socket.gethostname()
#> host()

#: sys_modules_check
import sys

def on_windows():
    return sys.platform.startswith("win")
#> on_windows()

#: touch_and_stat
from pathlib import Path

def ensure(path):
    p = Path(path)
    if not p.exists():
        p.touch()
    return p
#> ensure("new.txt")

#: atomic_replace
import json
import os

def save(obj, path):
    tmp = path + ".tmp"
    with open(tmp, "w") as f:
        json.dump(obj, f)
    os.replace(tmp, path)
#> save({}, "o.json")
