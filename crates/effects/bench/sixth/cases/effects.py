#: config_from_env_and_file
import json
import os

def config():
    path = os.environ.get("CONFIG", "data.json")
    with open(path) as f:
        return json.load(f)
#> config()

#: touch_marker
from pathlib import Path

def done(folder):
    Path(folder, "_SUCCESS").touch()
#> done(".")

#: lines_filtered_to_file
def keep(source, target, word):
    with open(source) as a:
        lines = [l for l in a if word in l]
    with open(target, "w") as b:
        b.writelines(lines)
    return len(lines)
#> keep("notes.txt", "k.txt", "o")

#: append_if_missing
def add_line(path, line):
    with open(path, "r+") as f:
        if line not in f.read().splitlines():
            f.write(line + "\n")
#> add_line("notes.txt", "three")

#: pickle_bytes_copy
import pickle

def clone(obj):
    return pickle.loads(pickle.dumps(obj))
#> clone({"a": 1})

#: yaml_text_loaded
import yaml

def settings(text):
    return {**{"lr": 0.1}, **(yaml.safe_load(text) or {})}
#> settings("lr: 1")

#: stopwatch_list
import time

def timed(f, times):
    start = time.perf_counter()
    result = sum(f)
    times.append(time.perf_counter() - start)
    return result
#> timed([1], [])

#: date_range_list
from datetime import date, timedelta

def days(start: date, n: int):
    return [(start + timedelta(days=i)).isoformat() for i in range(n)]
#> days(date(2024, 1, 1), 2)

#: timezone_now
from datetime import datetime, timezone

def stamp():
    return datetime.now(timezone.utc).isoformat()
#> stamp()

#: random_password
import secrets
import string

def password(n=8):
    return "".join(secrets.choice(string.ascii_letters) for _ in range(n))
#> password()

#: random_split_in_place
import random

def split(items, share=0.5):
    random.shuffle(items)
    cut = int(len(items) * share)
    return items[:cut], items[cut:]
#> split(list(range(20)))

#: random_split_seeded_copy
import random

def split(items, share=0.5, seed=0):
    items = sorted(items)
    random.Random(seed).shuffle(items)
    cut = int(len(items) * share)
    return items[:cut], items[cut:]
#> split(list(range(20)))

#: random_module_seed_default
import random

def sample(items, k, seed=None):
    if seed is not None:
        random.seed(seed)
    return random.sample(items, k)
#> sample([1, 2], 1, 3)

#: sys_path_appended
import sys

def use(folder):
    if folder not in sys.path:
        sys.path.append(folder)
#> use("/nowhere")

#: argv_parsed
import argparse

def parse(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1)
    return parser.parse_args(argv)
#> parse(["--n", "2"])

#: environment_restored
import os
from contextlib import contextmanager

@contextmanager
def environ(**values):
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)

def run():
    with environ(A="1"):
        return os.environ["A"]
#> run()

#: logging_to_file
import logging

def setup(path):
    handler = logging.FileHandler(path)
    logger = logging.getLogger("job")
    logger.addHandler(handler)
    logger.warning("start")
    handler.close()
    logger.removeHandler(handler)
#> setup("job.log")

#: print_table
def show(rows, headers):
    widths = [max(len(str(r[i])) for r in [headers, *rows]) for i in range(len(headers))]
    for row in [headers, *rows]:
        print("  ".join(str(c).ljust(w) for c, w in zip(row, widths)))
#> show([(1, 2)], ("a", "b"))

#: table_text
def show(rows, headers):
    widths = [max(len(str(r[i])) for r in [headers, *rows]) for i in range(len(headers))]
    return "\n".join("  ".join(str(c).ljust(w) for c, w in zip(row, widths)) for row in [headers, *rows])
#> show([(1, 2)], ("a", "b"))

#: pprint_text
from pprint import pformat, pprint

def show(data, quiet=False):
    if quiet:
        return pformat(data)
    pprint(data)
#> show({"a": 1})

#: threads_with_queue
import queue
import threading

def run(items):
    todo, done = queue.Queue(), []
    for item in items:
        todo.put(item)

    def worker():
        while not todo.empty():
            done.append(todo.get() * 2)

    t = threading.Thread(target=worker)
    t.start()
    t.join()
    return done
#> run([1])

#: pool_of_processes_avoided
from concurrent.futures import ThreadPoolExecutor, as_completed

def lengths(texts):
    with ThreadPoolExecutor(max_workers=2) as pool:
        futures = {pool.submit(len, t): t for t in texts}
        return {futures[f]: f.result() for f in as_completed(futures)}
#> lengths(["a"])

#: async_chain
import asyncio

async def double(x):
    await asyncio.sleep(0)
    return 2 * x

async def both(a, b):
    return await asyncio.gather(double(a), double(b))

def run(a, b):
    return asyncio.run(both(a, b))
#> run(1, 2)

#: sqlite_table_created
import sqlite3

def create(path, rows):
    with sqlite3.connect(path) as con:
        con.execute("create table if not exists t (a int)")
        con.executemany("insert into t values (?)", [(r,) for r in rows])
#> create("a.db", [1])

#: frame_to_database
import pandas as pd

def load(con, query):
    return pd.read_sql_query(query, con)
#> load(__import__("sqlite3").connect(":memory:"), "select 1 a")

#: session_get_json
import requests

def users(session: requests.Session, base):
    try:
        return session.get(f"{base}/users", timeout=1).json()
    except requests.RequestException:
        return []
#> users(requests.Session(), "http://127.0.0.1:9")

#: response_parsed_only
def names(response):
    return [u["name"].title() for u in response.json()["users"]]
#> names(type("R", (), {"json": lambda self: {"users": [{"name": "a"}]}})())

#: html_regex
import re

LINK = re.compile(r'href="([^"]+)"')

def links(html):
    return [m.group(1) for m in LINK.finditer(html)]
#> links('<a href="x">')

#: counter_words_file
from collections import Counter

def words(path, n=1):
    with open(path) as f:
        return Counter(w for line in f for w in line.split()).most_common(n)
#> words("notes.txt")

#: csv_written_dictwriter
import csv

def write(rows, path):
    with open(path, "w", newline="") as f:
        writer = csv.DictWriter(f, fieldnames=rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
#> write([{"a": 1}], "o.csv")

#: buffer_written_by_csv
import csv

def write_all(buffer, rows):
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow(row)
    return len(rows)
#> write_all(__import__("io").StringIO(), [(1, 2)])

#: temp_dir_work
import tempfile
from pathlib import Path

def roundtrip(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(text)
        return path.read_text()
#> roundtrip("a")

#: cleanup_old_files
import os

def clean(folder, suffix):
    removed = []
    for name in os.listdir(folder):
        if name.endswith(suffix):
            os.unlink(os.path.join(folder, name))
            removed.append(name)
    return removed
#> clean(".", ".ini")

#: plot_two_lines_labelled
import matplotlib.pyplot as plt

def compare(a, b, labels=("a", "b")):
    plt.plot(a, label=labels[0])
    plt.plot(b, label=labels[1])
    plt.legend()
    plt.show()
#> compare([1, 2], [2, 1])

#: axes_from_figure_argument
def decorate(fig, title):
    fig.suptitle(title)
    for ax in fig.axes:
        ax.grid(True)
    return fig
#> decorate(__import__("matplotlib.pyplot").pyplot.figure(), "t")

#: heatmap_on_given_axes
import seaborn as sns

def heat(corr, ax):
    sns.heatmap(corr, annot=True, ax=ax, cbar=False)
    ax.set_title("corr")
#> heat([[1.0]], __import__("matplotlib.pyplot").pyplot.figure().add_subplot())

#: early_return_no_write
def save_if(data, path=None):
    if path is None:
        return data
    with open(path, "w") as f:
        f.write(str(data))
    return data
#> save_if(1)
#> save_if(1, "x.txt")

#: warn_once_global
import warnings

_warned = set()

def warn_once(text):
    if text in _warned:
        return
    _warned.add(text)
    warnings.warn(text)
#> warn_once("a")
