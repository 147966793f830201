#: write_text_with_open
def save(path, lines):
    with open(path, "w") as handle:
        for line in lines:
            handle.write(line + "\n")
#> save("x.txt", ["a"])

#: print_to_file
def save(path, lines):
    with open(path, "a") as handle:
        print(*lines, sep="\n", file=handle)
#> save("x.txt", ["a"])

#: print_to_buffer
import io

def render(lines):
    out = io.StringIO()
    for line in lines:
        print(line, file=out)
    return out.getvalue()
#> render(["a"])

#: print_to_stderr
import sys

def complain(message):
    print(message, file=sys.stderr)
#> complain("x")

#: stdout_write
import sys

def progress(i, n):
    sys.stdout.write(f"\r{i}/{n}")
    sys.stdout.flush()
#> progress(1, 2)

#: redirected_print
import contextlib
import io

def captured(fn):
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        fn()
    return buffer.getvalue()
#> captured(lambda: print("x"))

#: ask_user
def confirm(question):
    answer = input(question + " [y/n] ")
    return answer.strip().lower() == "y"
#> confirm("ok?")

#: ensure_folder
import os

def ensure(path):
    if not os.path.exists(path):
        os.makedirs(path)
    return path
#> ensure("out/deep")

#: path_parts_only
from pathlib import Path

def target_of(path, suffix):
    path = Path(path)
    return path.with_suffix(suffix).name, path.parent / "new"
#> target_of("a/b.csv", ".txt")

#: path_write_text
from pathlib import Path

def dump(folder, name, text):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
#> dump("out", "a.txt", "x")

#: glob_files
from pathlib import Path

def csv_files(folder):
    return sorted(p.name for p in Path(folder).glob("*.csv"))
#> csv_files(".")

#: walk_sizes
import os

def sizes(folder):
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            found[name] = os.path.getsize(os.path.join(root, name))
    return found
#> sizes(".")

#: copy_file
import shutil

def backup(path):
    return shutil.copy(path, path + ".bak")
#> backup("notes.txt")

#: remove_quietly
import contextlib
import os

def remove(path):
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
#> remove("notes.txt")

#: temp_file
import os
import tempfile

def scratch(text):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as handle:
        handle.write(text)
    os.unlink(handle.name)
    return len(text)
#> scratch("abc")

#: run_command
import subprocess

def version():
    done = subprocess.run(["echo", "1"], capture_output=True, text=True, check=True)
    return done.stdout.strip()
#> version()

#: env_default
import os

def is_debug():
    return os.environ.get("DEBUG", "0") == "1"
#> is_debug()

#: env_set
import os

def use_cpu():
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
#> use_cpu()

#: env_set_restored
import os

def with_env(key, value, fn):
    old = os.environ.get(key)
    os.environ[key] = value
    try:
        return fn()
    finally:
        if old is None:
            del os.environ[key]
        else:
            os.environ[key] = old
#> with_env("SOME_KEY", "1", lambda: 1)

#: change_folder
import os

def inside(folder):
    os.chdir(folder)
    return os.listdir(".")
#> inside("/tmp")

#: log_info
import logging

logger = logging.getLogger(__name__)

def step(x):
    logger.info("got %s", x)
    return x + 1
#> step(1)

#: log_level
import logging

def verbose():
    logging.getLogger("app").setLevel(logging.DEBUG)
#> verbose()

#: warn_user
import warnings

def ratio(a, b):
    if b == 0:
        warnings.warn("zero", RuntimeWarning)
        return 0.0
    return a / b
#> ratio(1, 0)
#> ratio(1, 1)

#: warnings_ignored_here
import warnings

def quiet(fn):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fn()
#> quiet(lambda: 1)

#: warnings_ignored_for_good
import warnings

def quiet():
    warnings.filterwarnings("ignore", category=UserWarning)
#> quiet()

#: timed_call
import time

def timed(fn, *args):
    start = time.perf_counter()
    result = fn(*args)
    return result, time.perf_counter() - start
#> timed(max, 1, 2)

#: stamp
from datetime import datetime

def stamp(prefix):
    return f"{prefix}_{datetime.now():%Y%m%d}"
#> stamp("x")

#: fixed_dates
from datetime import date, timedelta

def days(start, n):
    return [start + timedelta(days=i) for i in range(n)]
#> days(date(2024, 1, 1), 2)

#: csv_reader
import csv

def rows_of(path):
    with open(path, newline="") as handle:
        return list(csv.DictReader(handle))
#> rows_of("data.csv")

#: csv_writer_buffer
import csv
import io

def as_csv(rows):
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(["a", "b"])
    writer.writerows(rows)
    return sink.getvalue()
#> as_csv([[1, 2]])

#: json_file
import json

def bump(path):
    with open(path) as handle:
        data = json.load(handle)
    data["a"] += 1
    with open(path, "w") as handle:
        json.dump(data, handle)
    return data
#> bump("data.json")

#: json_text
import json

def pretty(data):
    return json.dumps(data, indent=2, sort_keys=True)
#> pretty({"a": 1})

#: pickle_bytes
import pickle

def deep(value):
    return pickle.loads(pickle.dumps(value))
#> deep([1])

#: sqlite_memory
import sqlite3

def total(rows):
    with sqlite3.connect(":memory:") as db:
        db.execute("create table t (n integer)")
        db.executemany("insert into t values (?)", [(r,) for r in rows])
        return db.execute("select sum(n) from t").fetchone()[0]
#> total([1, 2])

#: random_choice_local
import random

def pick(items, seed):
    return random.Random(seed).choice(items)
#> pick([1, 2], 3)

#: random_shuffle_copy
import random

def shuffled(items):
    items = list(items)
    random.shuffle(items)
    return items
#> shuffled([1, 2, 3, 4, 5, 6])

#: exit_on_error
import sys

def main(ok):
    if not ok:
        print("failed", file=sys.stderr)
        sys.exit(1)
    return 0
#> main(True)
#> main(False)

#: thread_appends
import threading

def gather(tasks):
    results = []
    threads = [threading.Thread(target=lambda t=t: results.append(t())) for t in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
#> gather([lambda: 1, lambda: 2])

#: executor_map
from concurrent.futures import ThreadPoolExecutor

def squares(xs):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda x: x * x, xs))
#> squares([1, 2])

#: gzip_text
import gzip

def pack(path, text):
    with gzip.open(path, "wt") as handle:
        handle.write(text)
#> pack("a.gz", "x")

#: os_open_read
import os

def head(path):
    fd = os.open(path, os.O_RDONLY)
    try:
        return os.read(fd, 3)
    finally:
        os.close(fd)
#> head("notes.txt")
