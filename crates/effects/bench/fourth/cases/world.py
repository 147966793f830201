#: run_command_text
import subprocess

def version(tool):
    return subprocess.run([tool, "--version"], capture_output=True, text=True).stdout.strip()
#> version("true")

#: path_parent_made_and_written
from pathlib import Path

def save(text, path):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path.stat().st_size
#> save("a", "x/y.txt")

#: file_read_by_lines_with
def longest(path):
    with open(path) as f:
        return max((line.rstrip() for line in f), key=len)
#> longest("notes.txt")

#: file_mode_depends_on_flag
def log(path, text, append=False):
    with open(path, "a" if append else "w") as f:
        f.write(text)
#> log("l.txt", "x")

#: print_to_open_file
def table(rows, path):
    with open(path, "w", encoding="utf-8") as out:
        print("a", "b", sep=",", file=out)
        for row in rows:
            print(*row, sep=",", file=out)
#> table([(1, 2)], "t.csv")

#: print_to_given_stream
import io

def table(rows, out):
    for row in rows:
        print(*row, file=out)
#> table([(1, 2)], io.StringIO())

#: print_to_stream_or_stdout
import sys

def say(text, stream=None):
    print(text, file=stream or sys.stdout)
#> say("x")
#> say("x", __import__("io").StringIO())

#: logger_of_module
import logging

logger = logging.getLogger(__name__)

def divide(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        logger.exception("cannot divide")
        return None
#> divide(1, 0)

#: handler_added
import logging

def setup(logger, level="INFO"):
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    logger.setLevel(level)
    return logger
#> setup(logging.getLogger("x.y"))

#: timing_context
import time
from contextlib import contextmanager

@contextmanager
def timed(label, times):
    start = time.perf_counter()
    yield
    times[label] = time.perf_counter() - start

def work(times):
    with timed("sum", times):
        return sum(range(10))
#> work({})

#: environment_with_default
import os

DEBUG = os.environ.get("DEBUG", "0") == "1"

def level():
    return 10 if DEBUG else int(os.getenv("LEVEL", 20))
#> level()

#: flag_read_at_import_only
import os

DEBUG = os.environ.get("DEBUG", "0") == "1"

def level():
    return 10 if DEBUG else 20
#> level()

#: pickle_cache_on_disk
import os
import pickle

def cached(path, make):
    if os.path.exists(path):
        with open(path, "rb") as f:
            return pickle.load(f)
    value = make()
    with open(path, "wb") as f:
        pickle.dump(value, f)
    return value
#> cached("c.pkl", lambda: 3)
#> cached("c.pkl", lambda: 3)

#: csv_rows_dicts
import csv

def load(path):
    with open(path, newline="") as f:
        return [dict(row) for row in csv.DictReader(f)]
#> load("data.csv")

#: csv_text_parsed
import csv
import io

def parse(text):
    return list(csv.reader(io.StringIO(text)))
#> parse("a,b\n1,2")

#: json_lines_appended
import json

def append(record, path="events.jsonl"):
    with open(path, "a") as f:
        f.write(json.dumps(record, sort_keys=True) + "\n")
#> append({"a": 1})

#: temporary_file_cleaned
import os
import tempfile

def through_file(text):
    fd, path = tempfile.mkstemp()
    try:
        with os.fdopen(fd, "w") as f:
            f.write(text)
        with open(path) as f:
            return f.read()
    finally:
        os.remove(path)
#> through_file("a")

#: copy_tree_then_remove
import shutil
from pathlib import Path

def back_up(folder):
    target = Path(folder).with_suffix(".bak")
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(folder, target)
    return target
#> back_up(__import__("os").makedirs("d", exist_ok=True) or "d")
#> back_up("d")

#: threads_append
import threading

def run_all(jobs):
    results = []
    lock = threading.Lock()

    def run(job):
        value = job()
        with lock:
            results.append(value)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)
#> run_all([lambda: 1, lambda: 2])

#: executor_map
from concurrent.futures import ThreadPoolExecutor

def squares(xs):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda x: x * x, xs))
#> squares([1, 2])

#: requests_with_retry
import time
import requests

def fetch(url, tries=2):
    for attempt in range(tries):
        try:
            response = requests.get(url, timeout=0.1)
            response.raise_for_status()
            return response.json()
        except requests.RequestException:
            time.sleep(0)
    return None
#> fetch("http://127.0.0.1:9/")

#: sqlite_insert_commit
import sqlite3

def add(connection, name):
    cursor = connection.cursor()
    cursor.execute("create table if not exists t (name text)")
    cursor.execute("insert into t values (?)", (name,))
    connection.commit()
    return cursor.lastrowid
#> add(sqlite3.connect(":memory:"), "x")

#: yaml_dumped_to_text
import yaml

def dump(settings):
    return yaml.safe_dump(settings, sort_keys=False)
#> dump({"a": 1})

#: yaml_written
import yaml

def dump(settings, path):
    with open(path, "w") as f:
        yaml.dump(settings, f)
#> dump({"a": 1}, "s.yaml")

#: tqdm_loop_quiet
from tqdm import tqdm

def total(xs):
    result = 0
    for x in tqdm(xs, disable=True):
        result += x
    return result
#> total([1, 2])

#: warnings_caught_all
import warnings

def quiet(f):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return f()
#> quiet(lambda: 1)

#: exit_code
import sys

def finish(ok):
    if not ok:
        print("failed", file=sys.stderr)
        sys.exit(2)
    return 0
#> finish(False)

#: date_of_today_default
from datetime import date, timedelta

def since(days, today=None):
    today = today or date.today()
    return today - timedelta(days=days)
#> since(3)

#: date_given
from datetime import date, timedelta

def since(days, today: date):
    return (today - timedelta(days=days)).strftime("%Y-%m-%d")
#> since(3, date(2024, 1, 4))

#: file_stamp_name
import datetime as dt

def name(prefix):
    return f"{prefix}_{dt.datetime.now():%Y%m%d}.csv"
#> name("a")

#: glob_and_read
from pathlib import Path

def words(folder):
    return {p.stem: len(p.read_text().split()) for p in sorted(Path(folder).glob("*.txt"))}
#> words(".")

#: os_walk_suffixes
import os
from collections import Counter

def suffixes(root):
    counter = Counter()
    for folder, _, files in os.walk(root):
        counter.update(os.path.splitext(name)[1] for name in files)
    return counter
#> suffixes(".")
