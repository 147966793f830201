#: write_json
import json

def save(data, path):
    with open(path, "w") as f:
        json.dump(data, f, indent=2)
#> save({"a": 1}, "x.json")

#: json_text
import json

def to_text(data):
    return json.dumps(data, sort_keys=True)
#> to_text({"a": 1})

#: load_json_default
import json
from pathlib import Path

def load(path, default=None):
    p = Path(path)
    if not p.exists():
        return default
    return json.loads(p.read_text())
#> load("data.json")

#: csv_rows
import csv

def read_rows(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))
#> read_rows("data.csv")

#: csv_writer
import csv

def write_rows(path, rows):
    with open(path, "w", newline="") as f:
        writer = csv.writer(f)
        writer.writerows(rows)
    return len(rows)
#> write_rows("o.csv", [[1, 2]])

#: csv_to_buffer
import csv
import io

def rows_to_text(rows):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
#> rows_to_text([[1, 2]])

#: write_to_handle
def write_header(handle, names):
    handle.write(",".join(names) + "\n")
#> write_header(open("o.csv", "w"), ["a"])

#: make_folder
import os

def ensure(path):
    os.makedirs(path, exist_ok=True)
    return os.path.abspath(path)
#> ensure("sub/deep")

#: path_only
from pathlib import Path

def output_name(path, suffix):
    p = Path(path)
    return str(p.with_name(p.stem + suffix + p.suffix))
#> output_name("a/b.csv", "_clean")

#: delete_old
import os

def remove_all(folder, ending):
    for name in os.listdir(folder):
        if name.endswith(ending):
            os.remove(os.path.join(folder, name))
#> remove_all(".", ".ini")

#: environment_read
import os

def database_url():
    return os.environ.get("DATABASE_URL", "sqlite://")
#> database_url()

#: environment_write
import os

def set_threads(n):
    os.environ["OMP_NUM_THREADS"] = str(n)
#> set_threads(2)

#: module_logger
import logging

logger = logging.getLogger(__name__)

def validate(record):
    if "id" not in record:
        logger.warning("no id in %s", record)
        return False
    return True
#> validate({})
#> validate({"id": 1})

#: logging_configured
import logging

def setup(level="INFO"):
    logging.basicConfig(level=level)
    return logging.getLogger("app")
#> setup()

#: warns
import warnings

def old_name(x):
    warnings.warn("use new_name", DeprecationWarning)
    return x
#> old_name(1)

#: random_choice
import random

def pick(items):
    return random.choice(items)
#> pick([1, 2])

#: random_instance
import random

def pick(items, seed):
    rng = random.Random(seed)
    copied = list(items)
    rng.shuffle(copied)
    return copied[0]
#> pick([1, 2], 1)

#: random_shuffle_given
import random

def shuffle_deck(deck):
    random.shuffle(deck)
    return deck
#> shuffle_deck([1, 2, 3, 4, 5, 6, 7, 8])

#: random_seeded
import random

def fixed(seed):
    random.seed(seed)
    return random.random()
#> fixed(3)

#: timestamp
from datetime import datetime

def stamp(message):
    return f"{datetime.now():%Y-%m-%d} {message}"
#> stamp("x")

#: date_arithmetic
from datetime import date, timedelta

def week_later(text):
    return date.fromisoformat(text) + timedelta(days=7)
#> week_later("2024-01-01")

#: sleep_and_poll
import time

def wait_for(check, tries):
    for _ in range(tries):
        if check():
            return True
        time.sleep(0)
    return False
#> wait_for(lambda: False, 2)

#: subprocess_run
import subprocess

def list_true():
    return subprocess.run(["true"], capture_output=True, check=False).returncode
#> list_true()

#: exits
import sys

def fail(message):
    print(message, file=sys.stderr)
    sys.exit(1)
#> fail("no")

#: eval_used
def calculate(expression):
    return eval(expression, {})
#> calculate("1 + 1")

#: sqlite_insert
import sqlite3

def store(path, rows):
    con = sqlite3.connect(path)
    con.execute("create table if not exists t (a, b)")
    con.executemany("insert into t values (?, ?)", rows)
    con.commit()
    con.close()
#> store("x.db", [(1, 2)])

#: sqlite_query
def fetch(con, low):
    cursor = con.execute("select ? + 1", (low,))
    return cursor.fetchone()[0]
#> fetch(__import__("sqlite3").connect(":memory:"), 1)

#: sql_to_frame
import pandas as pd
import sqlite3

def frame_of(path):
    with sqlite3.connect(path) as con:
        return pd.read_sql("select 1 as a", con)
#> frame_of(":memory:")

#: requests_get
import requests

def fetch_json(url):
    response = requests.get(url, timeout=0.2)
    response.raise_for_status()
    return response.json()
#> fetch_json("http://127.0.0.1:9/x")

#: requests_session
import requests

def post_all(url, rows):
    with requests.Session() as session:
        for row in rows:
            session.post(url, json=row, timeout=0.2)
#> post_all("http://127.0.0.1:9/x", [{"a": 1}])

#: client_given
def load_user(client, user_id):
    response = client.get(f"/users/{user_id}")
    if response["status"] != 200:
        return None
    return response["body"]

class FakeClient:
    def __init__(self):
        self.calls = []

    def get(self, path):
        self.calls.append(path)
        return {"status": 200, "body": {}}
#> load_user(FakeClient(), 3)

#: async_gather
import asyncio

async def double(x):
    await asyncio.sleep(0)
    return 2 * x

def run_all(values):
    async def main():
        return await asyncio.gather(*(double(v) for v in values))
    return asyncio.run(main())
#> run_all([1, 2])

#: async_queue
import asyncio

async def produce(items, out):
    for item in items:
        out.append(item)

def collect(items, out):
    asyncio.run(produce(items, out))
#> collect([1], [])

#: threads
from concurrent.futures import ThreadPoolExecutor

def lengths(words):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(len, words))
#> lengths(["a", "bb"])

#: tempfile_used
import tempfile
import os

def roundtrip(text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.txt")
        with open(path, "w") as f:
            f.write(text)
        with open(path) as f:
            return f.read()
#> roundtrip("x")

#: append_log_file
from datetime import datetime

def log_line(path, text):
    with open(path, "a") as f:
        print(datetime.now().isoformat(), text, file=f)
#> log_line("log.txt", "x")

#: pickle_roundtrip
import pickle

def clone(obj):
    return pickle.loads(pickle.dumps(obj))
#> clone([1])

#: regex_parse
import re

PATTERN = re.compile(r"(\w+)=(\d+)")

def parse_pairs(text):
    return {m.group(1): int(m.group(2)) for m in PATTERN.finditer(text)}
#> parse_pairs("a=1 b=2")

#: argparse_given
import argparse

def parse(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1)
    return parser.parse_args(argv)
#> parse(["--n", "2"])

#: config_parsed
import configparser

def read_settings(path):
    config = configparser.ConfigParser()
    config.read(path)
    return {s: dict(config[s]) for s in config.sections()}
#> read_settings("settings.ini")

#: itertools_pairs
from itertools import combinations

def pair_sums(values):
    return [a + b for a, b in combinations(sorted(values), 2)]
#> pair_sums([3, 1, 2])

#: hash_file
import hashlib

def digest(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        for chunk in iter(lambda: f.read(1024), b""):
            h.update(chunk)
    return h.hexdigest()
#> digest("notes.txt")

#: input_asked
def ask(question):
    answer = input(question + "? ")
    return answer.strip().lower() == "y"
#> ask("sure")

#: redirect
import contextlib
import io

def captured(function):
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        function()
    return buffer.getvalue()
#> captured(lambda: None)

#: uuid_made
import uuid

def new_id(prefix):
    return f"{prefix}-{uuid.uuid4().hex}"
#> new_id("a")

#: sys_path
import sys

def add_to_path(folder):
    if folder not in sys.path:
        sys.path.insert(0, folder)
#> add_to_path("lib")

#: chdir
import os

def go_to(folder):
    old = os.getcwd()
    os.chdir(folder)
    return old
#> go_to(".")
