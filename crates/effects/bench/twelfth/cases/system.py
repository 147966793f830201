#: json_roundtrip
import json
from pathlib import Path

def bump_version(path):
    p = Path(path)
    data = json.loads(p.read_text())
    data["a"] += 1
    p.write_text(json.dumps(data))
    return data["a"]
#> bump_version("data.json")

#: json_string_only
import json

def clone(data):
    return json.loads(json.dumps(data, default=str))
#> clone({"a": 1})

#: json_dump_handle
import json

def write_lines(rows, fh):
    for r in rows:
        json.dump(r, fh)
        fh.write("\n")
#> write_lines([{"a": 1}], open("x.jsonl", "w"))

#: pickle_to_file
import pickle

def save(obj, path):
    with open(path, "wb") as f:
        pickle.dump(obj, f)
#> save([1], "x.pkl")

#: pickle_bytes
import hashlib
import pickle

def fingerprint(obj):
    return hashlib.md5(pickle.dumps(obj)).hexdigest()
#> fingerprint([1])

#: open_mode_parameter
def touch(path, mode="w"):
    with open(path, mode) as f:
        return f.name
#> touch("x.txt")

#: open_append_log
import time

def append_log(path, message):
    stamp = time.strftime("%H:%M")
    with open(path, "a") as f:
        f.write(f"{stamp} {message}\n")
#> append_log("l.txt", "m")

#: csv_reader_rows
import csv

def load_rows(path):
    with open(path, newline="") as f:
        return [dict(r) for r in csv.DictReader(f)]
#> load_rows("data.csv")

#: csv_in_memory
import csv
import io

def to_csv(rows):
    buf = io.StringIO()
    w = csv.writer(buf)
    w.writerows(rows)
    return buf.getvalue()
#> to_csv([[1, 2]])

#: sqlite_memory
import sqlite3

def count_rows(rows):
    con = sqlite3.connect(":memory:")
    con.execute("create table t (a)")
    con.executemany("insert into t values (?)", rows)
    n = con.execute("select count(*) from t").fetchone()[0]
    con.close()
    return n
#> count_rows([(1,), (2,)])

#: sqlite_given_cursor
import sqlite3

def top(con, n):
    cur = con.cursor()
    cur.execute("select ? as a", (n,))
    return cur.fetchall()
#> top(sqlite3.connect(":memory:"), 1)

#: path_parts_only
from pathlib import Path

def derive(path, suffix=".parquet"):
    p = Path(path)
    return p.parent / "out" / (p.stem + suffix)
#> derive("a/b.csv")

#: path_glob
from pathlib import Path

def list_csv(folder="."):
    return sorted(p.name for p in Path(folder).glob("*.csv"))
#> list_csv()

#: makedirs_join
import os

def prepare(root, name):
    out = os.path.join(root, name)
    os.makedirs(out, exist_ok=True)
    return out
#> prepare("r", "n")

#: tempfile_use
import os
import tempfile

def scratch(text):
    with tempfile.NamedTemporaryFile("w+", suffix=".txt") as f:
        f.write(text)
        f.seek(0)
        return f.read()
#> scratch("a")

#: shutil_copy_tree
import shutil

def backup(path):
    return shutil.copy(path, path + ".bak")
#> backup("notes.txt")

#: run_command
import subprocess

def run(cmd):
    res = subprocess.run(cmd, capture_output=True, text=True, check=False)
    return res.stdout.strip()
#> run(["echo", "a"])

#: env_default
import os

def home(default="/tmp"):
    return os.environ.get("APP_HOME", default)
#> home()

#: env_context
import os

def with_flag(value):
    old = os.environ.get("FLAG")
    os.environ["FLAG"] = value
    try:
        return os.getenv("FLAG")
    finally:
        if old is None:
            del os.environ["FLAG"]
        else:
            os.environ["FLAG"] = old
#> with_flag("1")

#: logger_module
import logging

logger = logging.getLogger(__name__)

def safe_div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        logger.exception("bad division")
        return float("nan")
#> safe_div(1, 0)

#: logger_given
def validate(rows, log):
    bad = [r for r in rows if r is None]
    if bad:
        log.warning("%d bad rows", len(bad))
    return len(rows) - len(bad)
#> validate([None], __import__("logging").getLogger("a"))

#: warn_deprecated
import warnings

def old_name(x):
    warnings.warn("use new_name", DeprecationWarning)
    return x
#> old_name(1)

#: decorator_timer
import time
from functools import wraps

def timed(fn):
    @wraps(fn)
    def inner(*args, **kwargs):
        t0 = time.time()
        result = fn(*args, **kwargs)
        print(f"{fn.__name__}: {time.time() - t0:.2f}s")
        return result
    return inner

@timed
def heavy(n):
    return sum(i * i for i in range(n))
#> heavy(10)

#: decorator_retry_pure
from functools import wraps

def retry(times):
    def deco(fn):
        @wraps(fn)
        def inner(*a, **k):
            for attempt in range(times):
                try:
                    return fn(*a, **k)
                except ValueError:
                    if attempt == times - 1:
                        raise
        return inner
    return deco

@retry(3)
def parse(text):
    return int(text)
#> parse("3")

#: decorator_copies_argument
from functools import wraps
import pandas as pd

def on_copy(fn):
    @wraps(fn)
    def inner(df, *args, **kwargs):
        return fn(df.copy(), *args, **kwargs)
    return inner

@on_copy
def add_flag(df, name):
    df[name] = True
    return df
#> add_flag(pd.DataFrame({"a": [1]}), "f")

#: memo_decorator_own
def memoize(fn):
    cache = {}
    def inner(n):
        if n not in cache:
            cache[n] = fn(n)
        return cache[n]
    return inner

@memoize
def square(n):
    return n * n
#> square(2)

#: partial_applied
from functools import partial

def scale(x, factor, offset=0):
    return x * factor + offset

def scale_all(xs):
    double = partial(scale, factor=2)
    return list(map(double, xs))
#> scale_all([1, 2])

#: partial_print
from functools import partial
import sys

def report(errors):
    err = partial(print, file=sys.stderr)
    for e in errors:
        err(e)
#> report(["a"])

#: reduce_merge_pure
from functools import reduce

def merge_all(dicts):
    return reduce(lambda a, b: {**a, **b}, dicts, {})
#> merge_all([{"a": 1}, {"b": 2}])

#: reduce_merge_first
from functools import reduce

def merge_all(dicts):
    def step(a, b):
        a.update(b)
        return a
    return reduce(step, dicts)
#> merge_all([{"a": 1}, {"b": 2}])

#: map_lazy_effects
def announce(names):
    greetings = map(lambda n: print("hi", n), names)
    return sum(1 for _ in greetings)
#> announce(["a"])

#: map_lazy_never_run
def prepared(names):
    return map(str.upper, names)
#> prepared(["a"])

#: key_function_counts
def rank(words, counts):
    def key(w):
        counts[w] = counts.get(w, 0) + 1
        return -len(w)
    return sorted(words, key=key)
#> rank(["a", "bb"], {})

#: apply_function_parameter
def transform(rows, fn):
    return [fn(r) for r in rows]
#> transform([1, 2], lambda r: r + 1)

#: dispatch_table
import math

OPS = {"sqrt": math.sqrt, "log": math.log, "neg": lambda v: -v}

def compute(op, value):
    return OPS[op](value)
#> compute("sqrt", 4.0)

#: dispatch_table_effects
def _save(x):
    with open("o.txt", "w") as f:
        f.write(str(x))

def _show(x):
    print(x)

ACTIONS = {"save": _save, "show": _show}

def act(name, x):
    ACTIONS[name](x)
#> act("save", 1)
#> act("show", 1)

#: strategy_object
class Sum:
    def combine(self, a, b):
        return a + b

class Log:
    def combine(self, a, b):
        print(a, b)
        return a

def fold(xs, strategy):
    out = xs[0]
    for x in xs[1:]:
        out = strategy.combine(out, x)
    return out
#> fold([1, 2], Sum())
#> fold([1, 2], Log())

#: sys_path_insert
import sys

def allow(folder):
    if folder not in sys.path:
        sys.path.insert(0, folder)
#> allow("lib")

#: sys_exit_code
import sys

def main(argv=None):
    args = argv or []
    if "--help" in args:
        sys.stdout.write("usage\n")
        return sys.exit(0)
    return len(args)
#> main(["--help"])

#: uuid_name
import uuid

def unique(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:6]}"
#> unique("a")

#: uuid_deterministic
import uuid

def stable(prefix, key):
    return f"{prefix}-{uuid.uuid5(uuid.NAMESPACE_DNS, key)}"
#> stable("a", "b")

#: datetime_now
from datetime import datetime, timedelta

def deadline(days):
    return datetime.now() + timedelta(days=days)
#> deadline(2)

#: datetime_parse
from datetime import datetime

def age(birth, today):
    b = datetime.strptime(birth, "%Y-%m-%d")
    return (today - b).days // 365
#> age("2000-01-01", __import__("datetime").datetime(2020, 1, 1))

#: queue_drain
from collections import deque

def bfs(graph, start):
    seen, queue = {start}, deque([start])
    while queue:
        node = queue.popleft()
        for n in graph[node]:
            if n not in seen:
                seen.add(n)
                queue.append(n)
    return seen
#> bfs({1: [2], 2: []}, 1)

#: topo_consumes_graph
def topo(graph):
    order = []
    while graph:
        free = [n for n, deps in graph.items() if not deps]
        for n in free:
            del graph[n]
            order.append(n)
        for deps in graph.values():
            deps.difference_update(free)
    return order
#> topo({"a": set(), "b": {"a"}})

#: heap_push_given
import heapq

def push_top(heap, item, limit=2):
    heapq.heappush(heap, item)
    if len(heap) > limit:
        return heapq.heappop(heap)
    return None
#> push_top([1, 2], 3)

#: heap_nlargest
import heapq

def top(xs, n):
    return heapq.nlargest(n, xs)
#> top([1, 3, 2], 2)

#: bytearray_xor
def mask(data, key):
    for i in range(len(data)):
        data[i] ^= key
    return bytes(data)
#> mask(bytearray(b"ab"), 1)

#: str_methods_only
import re

def slug(text):
    text = re.sub(r"[^\w\s-]", "", text.lower())
    return "-".join(text.split())
#> slug("A b!")

#: setattr_loop
def configure(obj, settings):
    for k, v in settings.items():
        setattr(obj, k, v)
    return obj
#> configure(type("C", (), {})(), {"a": 1})

#: del_attribute
def strip(obj, names):
    for n in names:
        if hasattr(obj, n):
            delattr(obj, n)
#> strip(__import__("types").SimpleNamespace(a=1), ["a"])

#: exec_text
def run_text(code):
    scope = {}
    exec(code, scope)
    return scope.get("x")
#> run_text("x = 1")

#: literal_eval
import ast

def parse(text):
    return ast.literal_eval(text)
#> parse("[1]")
