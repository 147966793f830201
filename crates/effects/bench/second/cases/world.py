#: list_images
import os

def images(folder):
    return [n for n in os.listdir(folder) if n.endswith(".png")]
#> images(".")

#: walk_sizes
import os

def sizes(root):
    total = 0
    for base, _, files in os.walk(root):
        for name in files:
            total += os.path.getsize(os.path.join(base, name))
    return total
#> sizes(".")

#: path_joined_only
from pathlib import Path

def target(root, name):
    return Path(root) / "out" / f"{name}.csv"
#> target(".", "a")

#: path_suffix
from pathlib import Path

def stem(path: Path) -> str:
    return path.with_suffix("").name
#> stem(Path("a.txt"))

#: path_parameter_written
from pathlib import Path

def save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
#> save(Path("sub/a.txt"), "x")

#: path_parameter_untyped_read
def load(path):
    return path.read_text()
#> load(__import__("pathlib").Path("notes.txt"))

#: path_open_json
import json
from pathlib import Path

def load(path):
    with Path(path).open() as handle:
        return json.load(handle)
#> load("data.json")

#: json_string
import json

def compact(value):
    return json.dumps(value, separators=(",", ":"))
#> compact({"a": 1})

#: json_dump_indent
import json

def save(value, name):
    with open(name, "w") as f:
        json.dump(value, f, indent=2)
#> save({"a": 1}, "o.json")

#: shutil_tree
import shutil

def publish(source, target):
    shutil.copytree(source, target)
    shutil.rmtree(source)
#> publish((__import__("os").mkdir("src"), open("src/a.txt", "w").close()) and "src", "dst")

#: temp_file_written
import os
import tempfile

def stash(data):
    fd, name = tempfile.mkstemp()
    with os.fdopen(fd, "wb") as handle:
        handle.write(data)
    os.remove(name)
#> stash(b"x")

#: make_output_folder
import os

def ensure(folder):
    if not os.path.exists(folder):
        os.makedirs(folder)
    return folder
#> ensure("new")

#: environment_default
import os

def workers():
    return int(os.environ.get("WORKERS", "4"))
#> workers()

#: environment_set
import os

def limit_threads(n):
    os.environ["OMP_NUM_THREADS"] = str(n)
#> limit_threads(2)

#: environment_popped
import os

os.environ["LANG_TO_FORGET"] = "a"

def forget(name):
    os.environ.pop(name, None)
#> forget("NOT_THERE")
#> forget("LANG_TO_FORGET")

#: now_stamp
from datetime import datetime

def stamp(prefix):
    return f"{prefix}-{datetime.now():%Y%m%d}"
#> stamp("a")

#: date_arithmetic
from datetime import date, timedelta

def week_before(day: date) -> date:
    return day - timedelta(days=7)
#> week_before(__import__("datetime").date(2020, 1, 8))

#: date_parsed
from datetime import datetime

def weekday(text):
    return datetime.strptime(text, "%Y-%m-%d").strftime("%A")
#> weekday("2020-01-01")

#: sleep_retry
import time

def retry(function, times=2):
    for attempt in range(times):
        try:
            return function()
        except ValueError:
            time.sleep(0)
#> retry(lambda: int("x"))

#: random_choice
import random

def pick(xs):
    return random.choice(xs)
#> pick([1, 2])

#: random_instance
import random

def pick(xs, seed):
    return random.Random(seed).choice(xs)
#> pick([1, 2], 3)

#: random_seeded_all
import os
import random
import numpy as np

def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    os.environ["PYTHONHASHSEED"] = str(seed)
#> seed_everything(1)

#: logging_info
import logging

log = logging.getLogger(__name__)

def shout(message):
    log.info("got %s", message)
    return message.upper()
#> shout("a")

#: logging_configured
import logging

def setup(level=logging.DEBUG):
    logging.getLogger().setLevel(level)
#> setup()

#: logger_parameter
def run(x, logger):
    logger.info("running %s", x)
    return x
#> run(1, __import__("logging").getLogger("a"))

#: warn_deprecated
import warnings

def old(x):
    warnings.warn("old", DeprecationWarning)
    return x
#> old(1)

#: warnings_ignored_globally
import warnings

def silence():
    warnings.simplefilter("ignore", category=FutureWarning)
#> silence()

#: warnings_ignored_locally
import warnings

def quiet(x):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return x + 1
#> quiet(1)

#: sqlite_file_read
import sqlite3

def rows(path):
    connection = sqlite3.connect(path)
    try:
        return connection.execute("select 1").fetchall()
    finally:
        connection.close()
#> rows(":memory:")

#: sqlite_connection_argument
import sqlite3

def insert(connection: sqlite3.Connection, name: str):
    connection.execute("create table if not exists t (n text)")
    connection.execute("insert into t values (?)", (name,))
    connection.commit()
#> insert(sqlite3.connect(":memory:"), "a")

#: pickle_to_file
import pickle

def save(model, path):
    with open(path, "wb") as f:
        pickle.dump(model, f)
#> save({"a": 1}, "m.pkl")

#: pickle_from_file
import pickle

def load(path):
    with open(path, "rb") as f:
        return pickle.load(f)
#> load((pickle.dump([1], open("m.pkl", "wb")) or "m.pkl"))

#: pickle_copy
import pickle

def clone(value):
    return pickle.loads(pickle.dumps(value))
#> clone({"a": [1]})

#: joblib_round_trip
import joblib

def cache(value, path):
    joblib.dump(value, path)
    return joblib.load(path)
#> cache([1], "a.joblib")

#: requests_post
import requests

def send(url, payload):
    try:
        return requests.post(url, json=payload, timeout=1).status_code
    except requests.RequestException:
        return None
#> send("http://127.0.0.1:9/", {"a": 1})

#: requests_mocked_session
class FakeSession:
    def __init__(self):
        self.calls = 0

    def get(self, url):
        self.calls += 1
        return {"url": url}

def fetch(session: FakeSession, url):
    return session.get(url)["url"]
#> fetch(FakeSession(), "x")

#: url_parsed_only
from urllib.parse import urlencode, urljoin, urlparse

def endpoint(base, **query):
    return urljoin(base, "search") + "?" + urlencode(query) + urlparse(base).netloc
#> endpoint("http://a.b/", q=1)

#: subprocess_output
import subprocess

def revision():
    return subprocess.run(["echo", "abc"], capture_output=True, text=True).stdout.strip()
#> revision()

#: command_line_read
import sys

def script():
    return sys.argv[0]
#> script()

#: stderr_message
import sys

def complain(message):
    print(message, file=sys.stderr)
#> complain("a")

#: progress_bar
from tqdm import tqdm

def slow_sum(xs):
    return sum(tqdm(xs))
#> slow_sum([1])

#: csv_dict_reader
import csv

def rows(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))
#> rows("data.csv")

#: csv_writer_rows
import csv

def write(path, rows):
    with open(path, "w", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(["a", "b"])
        writer.writerows(rows)
#> write("o.csv", [[1, 2]])

#: yaml_load_file
import yaml

def settings(path):
    with open(path) as f:
        return yaml.safe_load(f)
#> settings("data.json")

#: gzip_lines
import gzip

def compress(text, path):
    with gzip.open(path, "wt") as f:
        f.write(text)
#> compress("a", "a.gz")

#: hash_of_file
import hashlib

def digest(path):
    with open(path, "rb") as f:
        return hashlib.md5(f.read()).hexdigest()
#> digest("notes.txt")

#: hash_of_text
import hashlib

def digest(text):
    h = hashlib.sha256()
    h.update(text.encode())
    return h.hexdigest()
#> digest("a")

#: regex_extract
import re

def numbers(text):
    return [float(m) for m in re.findall(r"[0-9.]+", text)]
#> numbers("a 1.5 b 2")

#: uuid_made
import uuid

def identifier():
    return str(uuid.uuid4())
#> identifier()

#: working_directory_changed
import os

def enter(folder):
    previous = os.getcwd()
    os.chdir(folder)
    return previous
#> enter("/")

#: thread_started
import threading

def background(xs, out):
    t = threading.Thread(target=lambda: out.extend(xs))
    t.start()
    t.join()
#> background([1], [])

#: config_parser
import configparser

def option(path):
    parser = configparser.ConfigParser()
    parser.read(path)
    return parser["a"]["b"]
#> option("settings.ini")

#: read_lines_generator
def lines(path):
    with open(path) as f:
        for line in f:
            yield line.rstrip()

def count(path):
    return sum(1 for _ in lines(path))
#> count("notes.txt")

#: append_to_log_file
from datetime import datetime

def log(path, message):
    with open(path, "a") as f:
        f.write(f"{datetime.now()} {message}\n")
#> log("x.log", "a")
