#: read_json
import json

def read_config(path):
    with open(path) as f:
        cfg = json.load(f)
    cfg.setdefault("debug", False)
    return cfg
#> read_config("data.json")

#: write_json
import json
from pathlib import Path

def write_results(results, folder):
    out = Path(folder) / "results.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results, indent=2, sort_keys=True))
    return out
#> write_results({"a": 1}, "res")

#: json_roundtrip_memory
import json

def deep_clone(d):
    c = json.loads(json.dumps(d))
    c["cloned"] = True
    return c
#> deep_clone({"a": [1]})

#: csv_writer_memory
import csv
import io

def to_csv(rows):
    buf = io.StringIO()
    w = csv.writer(buf)
    w.writerow(["a", "b"])
    for r in rows:
        w.writerow(r)
    return buf.getvalue()
#> to_csv([(1, 2)])

#: csv_reader
import csv

def column(path, name):
    with open(path, newline="") as f:
        return [row[name] for row in csv.DictReader(f)]
#> column("data.csv", "a")

#: csv_appender
import csv

def append_row(path, row):
    with open(path, "a", newline="") as f:
        csv.writer(f).writerow(row)
#> append_row("data.csv", [5, 6])

#: glob_files
from pathlib import Path

def list_csv(folder):
    return sorted(p.stem for p in Path(folder).glob("*.csv"))
#> list_csv(".")

#: pure_path_arithmetic
from pathlib import Path

def output_path(inp, out_dir):
    p = Path(inp)
    return Path(out_dir) / p.with_suffix(".parquet").name
#> output_path("a/b.csv", "out")

#: os_path_join
import os

def split_name(path):
    base = os.path.basename(path)
    stem, ext = os.path.splitext(base)
    return os.path.join("out", stem + "_clean" + ext)
#> split_name("a/b.csv")

#: exists_guard
import os

def ensure(folder):
    if not os.path.exists(folder):
        os.makedirs(folder)
    return folder
#> ensure("new")

#: sqlite_memory
import sqlite3

def totals(rows):
    con = sqlite3.connect(":memory:")
    con.execute("create table t (k text, v real)")
    con.executemany("insert into t values (?, ?)", rows)
    out = con.execute("select k, sum(v) from t group by k").fetchall()
    con.close()
    return out
#> totals([("a", 1.0), ("a", 2.0)])

#: sqlite_given
import sqlite3

def insert_user(conn, name):
    cur = conn.cursor()
    cur.execute("create table if not exists u (n text)")
    cur.execute("insert into u values (?)", (name,))
    conn.commit()
    return cur.lastrowid
#> insert_user(sqlite3.connect(":memory:"), "bob")

#: sql_to_frame
import sqlite3
import pandas as pd

def query(path, sql):
    with sqlite3.connect(path) as con:
        return pd.read_sql_query(sql, con)
#> query("x.db", "select 1 as a")

#: module_logger
import logging

logger = logging.getLogger(__name__)

def divide(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        logger.warning("division by zero: %s", a)
        return None
#> divide(1, 0)
#> divide(1, 2)

#: basic_config
import logging

def setup_logging(level="INFO"):
    logging.basicConfig(level=level, format="%(message)s")
    return logging.getLogger("app")
#> setup_logging()

#: logger_parameter
import logging

def note(items, log=None):
    for it in items:
        if log:
            log.info("item %s", it)
    return len(items)
#> note([1], logging.getLogger("q"))
#> note([1])

#: env_get
import os

def settings():
    return {"key": os.environ.get("API_KEY", ""), "debug": os.getenv("DEBUG") == "1"}
#> settings()

#: env_set
import os

def limit_threads(n):
    os.environ["OMP_NUM_THREADS"] = str(n)
    os.environ.setdefault("MKL_NUM_THREADS", str(n))
#> limit_threads(1)

#: env_given_mapping
def api_key(env):
    key = env.get("API_KEY")
    if key is None:
        raise KeyError("API_KEY")
    return key
#> api_key({"API_KEY": "x"})

#: timed_block
import time

def timed(n):
    t0 = time.perf_counter()
    total = sum(range(n))
    return total, time.perf_counter() - t0
#> timed(10)

#: parse_dates
from datetime import datetime, timedelta

def month_ends(days):
    out = []
    for d in days:
        dt = datetime.strptime(d, "%Y-%m-%d")
        nxt = dt.replace(day=28) + timedelta(days=4)
        out.append((nxt - timedelta(days=nxt.day)).strftime("%d.%m."))
    return out
#> month_ends(["2024-02-03"])

#: stamped_name
from datetime import datetime

def run_name(prefix):
    return f"{prefix}_{datetime.now():%Y%m%d}"
#> run_name("exp")

#: random_local
import random

def sample_ids(ids, k, seed=3):
    rnd = random.Random(seed)
    pool = list(ids)
    rnd.shuffle(pool)
    return pool[:k]
#> sample_ids([1, 2, 3], 2)

#: random_global
import random

def pick(names):
    random.shuffle(names)
    return names[0]
#> pick(list("abcdefghijklmnop"))

#: random_sample_global
import random

def pick(names, k=1):
    return random.sample(names, k)
#> pick(["a", "b"])

#: subprocess_output
import subprocess
import sys

def version():
    r = subprocess.run([sys.executable, "--version"], capture_output=True, text=True)
    return r.stdout.strip()
#> version()

#: fetch_json
import requests

def fetch(url, retries=1):
    for _ in range(retries):
        try:
            r = requests.get(url, timeout=0.2)
            r.raise_for_status()
            return r.json()
        except requests.RequestException as e:
            print("failed", type(e).__name__)
    return None
#> fetch("http://127.0.0.1:9/a")

#: build_request
import requests

def prepare(url, params):
    req = requests.Request("GET", url, params=params)
    prepared = req.prepare()
    return prepared.url
#> prepare("http://example.com/", {"q": "a"})

#: url_parts
from urllib.parse import parse_qs, urlencode, urlparse

def normalise(url):
    parts = urlparse(url)
    query = parse_qs(parts.query)
    query.pop("utm_source", None)
    return parts._replace(query=urlencode(query, doseq=True)).geturl()
#> normalise("http://e.com/?a=1&utm_source=x")

#: tempdir_work
import tempfile
from pathlib import Path

def count_after_write(text):
    with tempfile.TemporaryDirectory() as d:
        p = Path(d) / "t.txt"
        p.write_text(text)
        return len(p.read_text())
#> count_after_write("abc")

#: regex_log_parse
import re
from collections import Counter

PATTERN = re.compile(r"(?P<level>[A-Z]+): (?P<msg>.*)")

def levels(lines):
    counts = Counter()
    for line in lines:
        m = PATTERN.match(line)
        if m:
            counts[m["level"]] += 1
    return counts.most_common()
#> levels(["INFO: a", "x"])

#: config_parser
import configparser

def read_ini(path):
    cp = configparser.ConfigParser()
    cp.read(path)
    cp["a"]["b"] = "2"
    return {s: dict(cp[s]) for s in cp.sections()}
#> read_ini("settings.ini")

#: yaml_text
import yaml

def merged(base, text):
    extra = yaml.safe_load(text)
    return {**base, **extra}
#> merged({"a": 1}, "b: 2")

#: argparse_defaults
import argparse

def parse(argv):
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=1)
    return p.parse_args(argv)
#> parse(["--n", "2"])

#: hash_file
import hashlib

def digest(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        for block in iter(lambda: f.read(4096), b""):
            h.update(block)
    return h.hexdigest()
#> digest("notes.txt")

#: warn_deprecated
import warnings

def old_mean(xs):
    warnings.warn("use statistics.mean", DeprecationWarning, stacklevel=2)
    return sum(xs) / len(xs)
#> old_mean([1, 2])

#: silence_warnings
import warnings
import numpy as np

def quiet_log(x):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.log(x)
#> quiet_log(np.array([1.0]))

#: tqdm_loop
from tqdm import tqdm

def total(xs):
    s = 0
    for x in tqdm(xs, disable=True):
        s += x
    return s
#> total([1, 2])

#: stderr_print
import sys

def complain(msg):
    print("error:", msg, file=sys.stderr)
    return False
#> complain("x")

#: print_to_buffer
import io

def report(rows):
    out = io.StringIO()
    for k, v in rows:
        print(f"{k:>5}: {v}", file=out)
    return out.getvalue()
#> report([("a", 1)])

#: redirect
import contextlib
import io

def captured(f):
    buf = io.StringIO()
    with contextlib.redirect_stdout(buf):
        f()
    return buf.getvalue()
#> captured(lambda: None)

#: exit_if_bad
import sys

def check(n):
    if n < 0:
        print("negative")
        sys.exit(2)
    return n
#> check(1)
#> check(-1)
