#: conditional_print
def step(x, verbose=False):
    y = x * 2
    if verbose:
        print(y)
    return y
#> step(1, True)

#: repr_formatting
def describe(d):
    lines = [f"{k!r:>10}: {v:.2f}" for k, v in sorted(d.items())]
    return "\n".join(lines)
#> describe({"a": 1.0})

#: print_to_buffer
import io

def table(rows):
    buf = io.StringIO()
    for r in rows:
        print(*r, sep="|", file=buf)
    return buf.getvalue()
#> table([(1, 2)])

#: redirected_stdout
import contextlib
import io

def captured(fn):
    buf = io.StringIO()
    with contextlib.redirect_stdout(buf):
        fn()
    return buf.getvalue()
#> captured(lambda: None)

#: logger_info
import logging

logger = logging.getLogger(__name__)

def load(n):
    logger.info("loading %d", n)
    return list(range(n))
#> load(2)

#: logger_only_level_check
import logging

log = logging.getLogger("x")

def is_chatty():
    return log.isEnabledFor(logging.DEBUG) and log.name != "root"
#> is_chatty()

#: read_path_text
from pathlib import Path

def words(path):
    return Path(path).read_text().split()
#> words("notes.txt")

#: path_arithmetic
from pathlib import Path

def target_for(path, out):
    p = Path(path)
    return str(Path(out) / p.with_suffix(".parquet").name)
#> target_for("a/b.csv", "out")

#: path_join_os
import os

def cache_name(root, key):
    base, ext = os.path.splitext(os.path.basename(key))
    return os.path.join(root, f"{base}-{len(key)}{ext}")
#> cache_name("r", "x/y.csv")

#: write_json
import json

def save(obj, path):
    with open(path, "w") as f:
        json.dump(obj, f)
#> save({"a": 1}, "out.json")

#: json_roundtrip
import json

def clone(obj):
    new = json.loads(json.dumps(obj))
    new["cloned"] = True
    return new
#> clone({"a": 1})

#: write_to_given_handle
def emit(rows, handle):
    for r in rows:
        handle.write(",".join(map(str, r)) + "\n")
#> emit([(1, 2)], __import__("io").StringIO())

#: gzip_buffer
import gzip
import io

def pack(data):
    buf = io.BytesIO()
    with gzip.open(buf, "wb") as f:
        f.write(data)
    return buf.getvalue()
#> pack(b"abc")

#: zip_buffer
import io
import zipfile

def bundle(files):
    buf = io.BytesIO()
    with zipfile.ZipFile(buf, "w") as z:
        for name, text in files.items():
            z.writestr(name, text)
    return len(buf.getvalue())
#> bundle({"a": "b"})

#: csv_reader_lines
import csv

def parse(lines):
    rows = list(csv.DictReader(lines))
    for r in rows:
        r["n"] = int(r["n"])
    return rows
#> parse(["n,a", "1,x"])

#: exists_check
import os

def need(path):
    return not os.path.exists(path)
#> need("notes.txt")

#: temp_file
import tempfile

def scratch(text):
    with tempfile.TemporaryFile("w+") as f:
        f.write(text)
        f.seek(0)
        return f.read()
#> scratch("a")

#: env_get
import os

def level():
    return os.environ.get("LEVEL", "INFO").upper()
#> level()

#: env_set
import os

def quiet():
    os.environ["VERBOSE"] = "0"
#> quiet()

#: env_given
def level(environ):
    environ = dict(environ)
    environ.setdefault("LEVEL", "INFO")
    return environ["LEVEL"]
#> level({"A": "b"})

#: clock_now
from datetime import datetime, timedelta

def tomorrow():
    return datetime.now() + timedelta(days=1)
#> tomorrow()

#: date_math
from datetime import date, timedelta

def next_monday(d):
    d = d + timedelta(days=(7 - d.weekday()) % 7 or 7)
    return d.isoformat()
#> next_monday(__import__("datetime").date(2020, 1, 1))

#: strptime_pure
from datetime import datetime

def parse_when(s, fmts=("%Y-%m-%d", "%d/%m/%Y")):
    for f in fmts:
        try:
            return datetime.strptime(s, f)
        except ValueError:
            continue
    return None
#> parse_when("01/02/2020")

#: seeded_random
import random

def sample(xs, seed):
    r = random.Random(seed)
    xs = list(xs)
    r.shuffle(xs)
    return xs[: r.randint(1, 2)]
#> sample([1, 2, 3], 0)

#: global_random
import random

def jitter(x):
    return x + random.uniform(-1, 1)
#> jitter(1)

#: seed_and_draw
import numpy as np

def noise(n):
    np.random.seed(0)
    return np.random.normal(size=n)
#> noise(2)

#: generator_given
import numpy as np

def bootstrap(x, rng):
    idx = rng.integers(0, len(x), len(x))
    return x[idx].mean()
#> bootstrap(np.arange(3.0), np.random.default_rng(1))

#: generator_optional
import numpy as np

def bootstrap(x, rng=None):
    rng = np.random.default_rng(0) if rng is None else rng
    return rng.choice(x, len(x)).mean()
#> bootstrap(np.arange(3.0))
#> bootstrap(np.arange(3.0), np.random.default_rng(1))

#: warn_once
import warnings

def ratio(a, b):
    if b == 0:
        warnings.warn("zero")
        return 0.0
    return a / b
#> ratio(1, 0)

#: warnings_ignored_inside
import warnings

def safe_mean(xs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return sum(xs) / max(len(xs), 1)
#> safe_mean([1])

#: errstate
import numpy as np

def safe_log(x):
    with np.errstate(divide="ignore"):
        y = np.log(x)
    y[~np.isfinite(y)] = 0
    return y
#> safe_log(np.array([0.0, 1.0]))

#: regex_sub_callback
import re

def bump(text):
    return re.sub(r"\d+", lambda m: str(int(m.group()) + 1), text)
#> bump("a1")

#: hash_of_text
import hashlib

def digest(parts):
    h = hashlib.sha256()
    for p in parts:
        h.update(p.encode())
    return h.hexdigest()
#> digest(["a"])

#: sqlite_memory
import sqlite3

def query(rows):
    con = sqlite3.connect(":memory:")
    con.execute("create table t (a)")
    con.executemany("insert into t values (?)", rows)
    return con.execute("select sum(a) from t").fetchone()[0]
#> query([(1,), (2,)])

#: subprocess_run
import subprocess

def version(cmd):
    return subprocess.run([cmd, "--version"], capture_output=True, text=True).stdout
#> version("python3")

#: eval_expression
def compute(expr, names):
    return eval(expr, {}, dict(names))
#> compute("a + 1", {"a": 1})

#: literal_eval
import ast

def parse_value(text):
    v = ast.literal_eval(text)
    if isinstance(v, list):
        v.append(None)
    return v
#> parse_value("[1]")

#: sys_path
import sys

def enable(folder):
    if folder not in sys.path:
        sys.path.insert(0, folder)
#> enable("/nowhere")

#: sys_exit_conditional
import sys

def main(argv):
    if not argv:
        sys.exit(2)
    return argv[0]
#> main(["a"])
#> main([])
