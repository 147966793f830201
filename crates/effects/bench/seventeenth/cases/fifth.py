#: session_headers
import requests

def authorised(session: requests.Session, token: str) -> requests.Session:
    session.headers.update({"Authorization": f"Bearer {token}"})
    return session
#> authorised(requests.Session(), "x")

#: prepared_request
import requests

def build(url, **params):
    req = requests.Request("GET", url, params=params)
    return req.prepare().url
#> build("http://example.org", a=1)

#: response_like_parsing
def parse_items(resp):
    body = resp.json()
    body["items"].sort(key=lambda i: i["id"])
    return [i["id"] for i in body["items"]]
#> parse_items(type("R", (), {"json": lambda self: {"items": [{"id": 2}, {"id": 1}]}})())

#: url_parts
from urllib.parse import urlencode, urlsplit, parse_qs

def with_page(url, page):
    parts = urlsplit(url)
    q = parse_qs(parts.query)
    q["page"] = [str(page)]
    return parts._replace(query=urlencode(q, doseq=True)).geturl()
#> with_page("http://a.b/?x=1", 2)

#: thread_workers_shared_list
import threading

def fan_out(items, results):
    def work(x):
        results.append(x * 2)
    ts = [threading.Thread(target=work, args=(x,)) for x in items]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    return sum(results)
#> fan_out([1, 2], [])

#: executor_map_pure
from concurrent.futures import ThreadPoolExecutor

def square(x):
    return x * x

def squares(xs, workers=2):
    with ThreadPoolExecutor(workers) as ex:
        return list(ex.map(square, xs))
#> squares([1, 2])

#: executor_submit_mutates
from concurrent.futures import ThreadPoolExecutor

def fill(table, keys):
    def put(k):
        table[k] = len(k)
    with ThreadPoolExecutor(2) as ex:
        futures = [ex.submit(put, k) for k in keys]
    return [f.result() for f in futures]
#> fill({}, ["a", "bb"])

#: queue_producer
import queue

def produce(q: queue.Queue, n: int):
    for i in range(n):
        q.put(i)
    return q.qsize()
#> produce(queue.Queue(), 2)

#: event_set
import threading

def signal(ev: threading.Event, names):
    if names:
        ev.set()
    return ev.is_set()
#> signal(threading.Event(), [1])

#: asyncio_gather
import asyncio

async def double(x):
    return x * 2

def run(xs):
    async def main():
        return await asyncio.gather(*(double(x) for x in xs))
    return asyncio.run(main())
#> run([1, 2])

#: asyncio_appends
import asyncio

def run(xs, out):
    async def push(x):
        await asyncio.sleep(0)
        out.append(x)
    async def main():
        for x in xs:
            await push(x)
    asyncio.run(main())
#> run([1], [])

#: subprocess_popen_pipe
import subprocess
import sys

def python_version():
    p = subprocess.Popen([sys.executable, "-V"], stdout=subprocess.PIPE)
    out, _ = p.communicate()
    return out.decode().split()[-1]
#> python_version()

#: shlex_only
import shlex

def command(cmd, extra):
    args = shlex.split(cmd)
    args.extend(extra)
    return " ".join(map(shlex.quote, args))
#> command("ls -l", ["a b"])

#: os_walk_sizes
import os

def total_size(root):
    total = 0
    for folder, _, files in os.walk(root):
        for f in files:
            total += os.stat(os.path.join(folder, f)).st_size
    return total
#> total_size(".")

#: shutil_backup
import shutil
from pathlib import Path

def backup(path):
    src = Path(path)
    dst = src.with_name(src.name + ".bak")
    if src.exists():
        shutil.copy2(src, dst)
    return dst
#> backup("notes.txt")

#: makedirs_if_needed
import os

def ensure(folder):
    os.makedirs(folder, exist_ok=True)
    return os.path.abspath(folder)
#> ensure("a/b")

#: path_methods_mix
from pathlib import Path

def newest(folder):
    files = [p for p in Path(folder).iterdir() if p.is_file()]
    return max(files, key=lambda p: p.stat().st_mtime).name
#> newest(".")

#: path_open_write_lines
from pathlib import Path

def write_lines(path, lines):
    with Path(path).open("w", encoding="utf-8") as fh:
        fh.writelines(l + "\n" for l in lines)
#> write_lines("x.txt", ["a"])

#: file_seek_tail
def last_line(path):
    with open(path, "rb") as f:
        f.seek(-4, 2)
        return f.readline().decode()
#> last_line("notes.txt")

#: json_lines_append
import json

def append_record(path, rec):
    rec = dict(rec, ok=True)
    with open(path, "a") as f:
        f.write(json.dumps(rec) + "\n")
    return rec
#> append_record("log.jsonl", {"a": 1})

#: sqlite_query_file
import sqlite3

def query(path, sql, args=()):
    con = sqlite3.connect(path)
    try:
        cur = con.execute(sql, args)
        return cur.fetchall()
    finally:
        con.close()
#> query("x.db", "select 1")

#: sqlite_row_factory
import sqlite3

def as_dicts(conn):
    conn.row_factory = sqlite3.Row
    return [dict(r) for r in conn.execute("select 1 as a")]
#> as_dicts(sqlite3.connect(":memory:"))

#: pandas_to_sql
import pandas as pd

def store(df, conn):
    df.to_sql("t", conn, index=False, if_exists="replace")
    return pd.read_sql("select count(*) n from t", conn)["n"][0]
#> store(pd.DataFrame({"a": [1]}), __import__("sqlite3").connect(":memory:"))

#: shelve_counter
import shelve

def bump(path, key):
    with shelve.open(path) as db:
        db[key] = db.get(key, 0) + 1
        return db[key]
#> bump("s", "a")

#: datetime_parse_format
from datetime import datetime, timedelta

def week_start(text):
    d = datetime.strptime(text, "%Y-%m-%d")
    return (d - timedelta(days=d.weekday())).strftime("%d.%m.%Y")
#> week_start("2020-01-01")

#: datetime_now_label
from datetime import datetime

def run_name(prefix="run"):
    return f"{prefix}_{datetime.now():%Y%m%d}"
#> run_name()

#: calendar_months
import calendar

def month_ends(year):
    return [calendar.monthrange(year, m)[1] for m in range(1, 13)]
#> month_ends(2020)

#: logging_handler_config
import logging

def get_logger(name, level="INFO"):
    log = logging.getLogger(name)
    log.setLevel(level)
    if not log.handlers:
        log.addHandler(logging.StreamHandler())
    return log
#> get_logger("jobs.nightly")

#: logger_parameter
def report(logger, stats):
    for k, v in sorted(stats.items()):
        logger.info("%s=%s", k, v)
#> report(__import__("logging").getLogger("q"), {"a": 1})

#: warnings_once
import warnings

def deprecated(value):
    warnings.warn("old", DeprecationWarning, stacklevel=2)
    return value
#> deprecated(1)

#: environ_set
import os

def use_gpu(index):
    os.environ["CUDA_VISIBLE_DEVICES"] = str(index)
#> use_gpu(0)

#: environ_copy
import os

def child_env(extra):
    env = dict(os.environ)
    env.update(extra)
    return env
#> child_env({"A": "1"})

#: getenv_typed
import os

def workers(default=4):
    raw = os.getenv("WORKERS")
    return int(raw) if raw else default
#> workers()

#: sys_exit_on_error
import sys

def main(args):
    if not args:
        print("usage: x FILE")
        sys.exit(2)
    return 0
#> main([])

#: raise_only
def check_positive(x, name="x"):
    if x <= 0:
        raise ValueError(f"{name} must be positive, got {x}")
    return x
#> check_positive(1)

#: assert_columns
def require(df, cols):
    missing = set(cols) - set(df.columns)
    assert not missing, f"missing {sorted(missing)}"
    return df[list(cols)]
#> require(__import__("pandas").DataFrame({"a": [1]}), ["a"])

#: itertools_cycle_take
from itertools import cycle, islice

def round_robin(names, n):
    return list(islice(cycle(names), n))
#> round_robin(["a", "b"], 3)

#: itertools_tee_given
from itertools import tee

def pairs(it):
    a, b = tee(it)
    next(b, None)
    return list(zip(a, b))
#> pairs(iter([1, 2, 3]))

#: accumulate_custom
from itertools import accumulate

def drawdown(prices):
    peaks = list(accumulate(prices, max))
    return [p / m - 1 for p, m in zip(prices, peaks)]
#> drawdown([1.0, 2.0, 1.5])

#: chain_from_iterable_sorted
from itertools import chain

def all_tags(posts):
    return sorted(set(chain.from_iterable(p.get("tags", []) for p in posts)))
#> all_tags([{"tags": ["a"]}])

#: product_grid
from itertools import product

def grid(space):
    keys = sorted(space)
    return [dict(zip(keys, vals)) for vals in product(*(space[k] for k in keys))]
#> grid({"a": [1, 2], "b": [3]})

#: functools_cache_module
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def ratio(n):
    return fib(n) / fib(n - 1)
#> ratio(6)

#: memo_dict_given
def fib(n, memo):
    if n < 2:
        return n
    if n not in memo:
        memo[n] = fib(n - 1, memo) + fib(n - 2, memo)
    return memo[n]
#> fib(5, {})

#: total_ordering_sort
from functools import total_ordering

@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

def latest(texts):
    return max(Version(t) for t in texts).parts
#> latest(["1.2", "1.10"])

#: operator_itemgetter_setitem
import operator

def put(d, key, value):
    operator.setitem(d, key, value)
    return operator.itemgetter(key)(d)
#> put({}, "a", 1)

#: heap_of_given_copy
import heapq

def smallest(xs, k):
    h = list(xs)
    heapq.heapify(h)
    return [heapq.heappop(h) for _ in range(min(k, len(h)))]
#> smallest([3, 1, 2], 2)

#: string_template
from string import Template

def fill(text, **values):
    return Template(text).safe_substitute(values)
#> fill("$a b", a=1)

#: textwrap_table
import textwrap

def box(text, width=10):
    lines = textwrap.wrap(text, width)
    lines.insert(0, "-" * width)
    lines.append("-" * width)
    return "\n".join(lines)
#> box("hello world")

#: difflib_ratio
import difflib

def closest(word, words):
    hits = difflib.get_close_matches(word, words, n=1)
    return hits[0] if hits else None
#> closest("appl", ["apple"])

#: statistics_summary
import statistics as st

def summary(xs):
    return {"mean": st.mean(xs), "median": st.median(xs), "sd": st.stdev(xs)}
#> summary([1, 2, 3])

#: decimal_context_local
from decimal import Decimal, localcontext

def third(prec):
    with localcontext() as ctx:
        ctx.prec = prec
        return Decimal(1) / Decimal(3)
#> third(5)

#: random_instance_given
def pick(rng, items, k):
    chosen = rng.sample(items, k)
    rng.shuffle(chosen)
    return chosen
#> pick(__import__("random").Random(1), [1, 2, 3], 2)

#: secrets_token
import secrets

def token():
    return secrets.token_hex(4)
#> token()

#: copy_dataclass_asdict
from dataclasses import dataclass, asdict, field

@dataclass
class Run:
    name: str
    metrics: dict = field(default_factory=dict)

def export(run):
    d = asdict(run)
    d["metrics"]["extra"] = 1
    return d
#> export(Run("a", {"x": 1}))

#: dataclass_method_updates
from dataclasses import dataclass, field

@dataclass
class History:
    values: list = field(default_factory=list)
    best: float = float("inf")

    def update(self, v):
        self.values.append(v)
        self.best = min(self.best, v)
        return self.best

def track(h, losses):
    return [h.update(l) for l in losses]
#> track(History(), [1.0])

#: namedtuple_replace
from collections import namedtuple

Point = namedtuple("Point", "x y")

def shift(p, dx):
    return p._replace(x=p.x + dx)
#> shift(Point(1, 2), 1)

#: ordered_dict_lru
from collections import OrderedDict

class LRU:
    def __init__(self, size):
        self.size, self.data = size, OrderedDict()

    def get(self, k):
        self.data.move_to_end(k)
        return self.data[k]

    def put(self, k, v):
        self.data[k] = v
        if len(self.data) > self.size:
            self.data.popitem(last=False)

def warm(cache, pairs):
    for k, v in pairs:
        cache.put(k, v)
    return cache.get(pairs[-1][0])
#> warm(LRU(1), [("a", 1), ("b", 2)])

#: abc_strategy
from abc import ABC, abstractmethod

class Strategy(ABC):
    @abstractmethod
    def signal(self, prices): ...

class Momentum(Strategy):
    def __init__(self):
        self.seen = 0

    def signal(self, prices):
        self.seen += 1
        return prices[-1] > prices[0]

def run(strategy, series):
    return [strategy.signal(p) for p in series]
#> run(Momentum(), [[1, 2]])

#: getattr_proxy
class Proxy:
    def __init__(self, target):
        self._target = target

    def __getattr__(self, name):
        return getattr(self._target, name)

def push(proxy, x):
    proxy.append(x)
    return proxy
#> push(Proxy([]), 1)
