#: open_read
def f(path):
    with open(path) as handle:
        return handle.read()
#> f("notes.txt")

#: open_write
def f(path, text):
    with open(path, "w") as handle:
        handle.write(text)
#> f("out.txt", "a")

#: open_append_by_keyword
def f(path, text):
    with open(path, mode="a", encoding="utf-8") as handle:
        print(text, file=handle)
#> f("out.txt", "a")

#: open_mode_from_argument
def f(path, mode):
    open(path, mode).close()
#> f("notes.txt", "r")
#> f("out.txt", "w")

#: path_read_text
from pathlib import Path

def f(path):
    return Path(path).read_text()
#> f("notes.txt")

#: path_write_text
from pathlib import Path

def f(folder, text):
    target = Path(folder) / "out.txt"
    target.write_text(text)
#> f(".", "a")

#: path_exists
from pathlib import Path

def f(path):
    return Path(path).exists()
#> f("notes.txt")

#: os_path_exists
import os

def f(path):
    return os.path.exists(path)
#> f("notes.txt")

#: path_mkdir
from pathlib import Path

def f(folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
#> f("a/b")

#: makedirs
import os

def f(folder):
    os.makedirs(folder, exist_ok=True)
#> f("a/b")

#: listdir
import os

def f(folder):
    return [name for name in os.listdir(folder) if name.endswith(".csv")]
#> f(".")

#: glob_glob
import glob

def f():
    return sorted(glob.glob("*.csv"))
#> f()

#: path_glob
from pathlib import Path

def f(folder):
    return [path.stem for path in Path(folder).glob("*.csv")]
#> f(".")

#: remove_file
import os

def f(path):
    os.remove(path)
#> f("notes.txt")

#: rename_file
from pathlib import Path

def f(path):
    Path(path).rename("renamed.txt")
#> f("notes.txt")

#: shutil_copy
import shutil

def f(a, b):
    shutil.copy(a, b)
#> f("notes.txt", "out.txt")

#: file_size
import os

def f(path):
    return os.path.getsize(path)
#> f("notes.txt")

#: json_dump
import json

def f(d, path):
    with open(path, "w") as handle:
        json.dump(d, handle)
#> f({"a": 1}, "out.json")

#: json_load
import json

def f(path):
    with open(path) as handle:
        return json.load(handle)
#> f("data.json")

#: csv_reader
import csv

def f(path):
    with open(path, newline="") as handle:
        return [row["a"] for row in csv.DictReader(handle)]
#> f("data.csv")

#: csv_writer
import csv

def f(path, rows):
    with open(path, "w", newline="") as handle:
        writer = csv.writer(handle)
        for row in rows:
            writer.writerow(row)
#> f("out.csv", [[1, 2]])

#: pickle_dump
import pickle

def f(d, path):
    with open(path, "wb") as handle:
        pickle.dump(d, handle)
#> f({"a": 1}, "out.pkl")

#: pickle_dumps
import pickle

def f(d):
    return pickle.dumps(d)
#> f({"a": 1})

#: zip_archive
import zipfile

def f(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
#> f("out.zip")

#: gzip_text
import gzip

def f(path, text):
    with gzip.open(path, "wt") as handle:
        handle.write(text)
#> f("out.gz", "a")

#: temporary_directory
import tempfile
from pathlib import Path

def f(text):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text(text)
#> f("a")

#: named_temporary_file
import tempfile

def f(text):
    with tempfile.NamedTemporaryFile("w") as handle:
        handle.write(text)
#> f("a")

#: configparser_read
import configparser

def f(path):
    parser = configparser.ConfigParser()
    parser.read(path)
    return parser.sections()
#> f("settings.ini")

#: configparser_text
import configparser

def f(text):
    parser = configparser.ConfigParser()
    parser.read_string(text)
    return parser["a"]["b"]
#> f("[a]\nb = 1\n")

#: environ_read
import os

def f():
    return os.environ["HOME"]
#> f()

#: environ_get
import os

def f(name):
    return os.environ.get(name, "none")
#> f("HOME")

#: getenv
import os

def f():
    return int(os.getenv("SOME_SIZE", "3"))
#> f()

#: environ_write
import os

def f(value):
    os.environ["SOME_NAME"] = value
#> f("a")

#: environ_setdefault
import os

def f():
    os.environ.setdefault("SOME_OTHER", "1")
#> f()

#: environ_membership
import os

def f():
    return "HOME" in os.environ
#> f()

#: environ_alias
import os

def f():
    env = os.environ
    return env["HOME"]
#> f()

#: environ_update
import os

def f(values):
    os.environ.update(values)
#> f({"SOME_NAME": "a"})

#: subprocess_run
import subprocess

def f():
    return subprocess.run(["echo", "a"], capture_output=True, text=True).stdout
#> f()

#: subprocess_check_output
from subprocess import check_output

def f():
    return check_output(["echo", "a"]).decode()
#> f()

#: os_system
import os

def f():
    return os.system("true")
#> f()

#: http_request
import urllib.request

def f(url):
    return urllib.request.urlopen(url, timeout=1).read()
#> f("http://127.0.0.1:9/")

#: requests_get
import requests

def f(url):
    response = requests.get(url, timeout=1)
    return response.json()
#> f("http://127.0.0.1:9/")

#: requests_session
import requests

def f(url):
    with requests.Session() as session:
        return session.get(url, timeout=1).status_code
#> f("http://127.0.0.1:9/")

#: raw_socket
import socket

def f(host, port):
    with socket.create_connection((host, port), timeout=1) as it:
        it.sendall(b"a")
#> f("127.0.0.1", 9)

#: sqlite_memory
import sqlite3

def f(rows):
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (a int)")
    connection.executemany("insert into t values (?)", rows)
    return connection.execute("select sum(a) from t").fetchone()[0]
#> f([(1,), (2,)])

#: sqlite_pandas
import sqlite3
import pandas as pd

def f(path):
    with sqlite3.connect(path) as connection:
        return pd.read_sql("select 1 as a", connection)
#> f("data.db")

#: clock_time
import time

def f():
    return time.time()
#> f()

#: clock_perf_counter
from time import perf_counter

def f(xs):
    start = perf_counter()
    total = sum(xs)
    return total, perf_counter() - start
#> f([1])

#: clock_sleep
import time

def f():
    time.sleep(0.001)
#> f()

#: clock_now
from datetime import datetime

def f():
    return datetime.now().isoformat()
#> f()

#: clock_today
import datetime

def f(birth):
    return datetime.date.today().year - birth
#> f(1990)

#: clock_strftime
import time

def f():
    return time.strftime("%Y")
#> f()

#: random_draw
import random

def f(xs):
    return random.choice(xs)
#> f([1, 2])

#: random_seeded
import random

def f(n):
    random.seed(n)
    return 0
#> f(1)

#: random_own_generator
import random

def f(xs):
    rng = random.Random(7)
    return rng.sample(xs, 1)
#> f([1, 2])

#: random_shuffle
import random

def f(xs):
    random.shuffle(xs)
#> f(list(range(20)))

#: random_own_shuffle
import random

def f(xs):
    random.Random(7).shuffle(xs)
#> f(list(range(20)))

#: random_unseeded_generator
import random

def f():
    return random.Random().random()
#> f()

#: uuid
import uuid

def f():
    return str(uuid.uuid4())
#> f()

#: uuid_by_name
import uuid

def f(name):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))
#> f("a")

#: secrets_token
import secrets

def f():
    return secrets.token_hex(4)
#> f()

#: print_plain
def f(x):
    print("x is", x)
#> f(1)

#: print_to_stderr
import sys

def f(x):
    print(x, file=sys.stderr)
#> f(1)

#: stdout_write
import sys

def f(x):
    sys.stdout.write(str(x))
#> f(1)

#: print_to_buffer
import io

def f(x):
    buffer = io.StringIO()
    print(x, file=buffer)
    return buffer.getvalue()
#> f(1)

#: pprint
from pprint import pprint, pformat

def f(x):
    pprint(x)
    return pformat(x)
#> f({"a": 1})

#: input_prompt
def f():
    return input("name? ")
#> f()

#: logging_module
import logging

def f(x):
    logging.warning("x is %s", x)
#> f(1)

#: logger_object
import logging

logger = logging.getLogger(__name__)

def f(x):
    logger.error("x is %s", x)
#> f(1)

#: logger_made_inside
import logging

def f(x):
    logging.getLogger("a.b").critical("x is %s", x)
#> f(1)

#: warning
import warnings

def f(x):
    warnings.warn(f"odd value {x}")
#> f(1)

#: warnings_filter
import warnings

def f():
    warnings.filterwarnings("ignore", module="nowhere")
#> f()

#: warnings_caught
import warnings

def f(x):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return x + 1
#> f(1)

#: chdir
import os

def f(folder):
    os.chdir(folder)
#> f("/")

#: sys_path
import sys

def f(folder):
    sys.path.append(folder)
#> f("somewhere")

#: sys_path_insert_alias
import sys

def f(folder):
    path = sys.path
    path.insert(0, folder)
#> f("somewhere")

#: recursion_limit
import sys

def f():
    sys.setrecursionlimit(5000)
#> f()

#: locale_free_format
def f(x):
    return "{:,}".format(x) + format(x, "x") + str(x).zfill(5)
#> f(1000)

#: decimal_context
import decimal

def f():
    decimal.getcontext().prec = 9
#> f()

#: eval_expression
def f(text):
    return eval(text)
#> f("1 + 1")

#: exec_statement
def f(text):
    exec(text)
#> f("x = 1")

#: literal_eval
import ast

def f(text):
    return ast.literal_eval(text)
#> f("[1, 2]")

#: globals_write
def f(name):
    globals()[name] = 1
#> f("made_up")

#: thread_pool
from concurrent.futures import ThreadPoolExecutor

def square(x):
    return x * x

def f(xs):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(square, xs))
#> f([1, 2])

#: thread_pool_prints
from concurrent.futures import ThreadPoolExecutor

def show(x):
    print(x)

def f(xs):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(show, xs))
#> f([1, 2])

#: tqdm_loop
from tqdm import tqdm

def f(xs):
    return [x for x in tqdm(xs)]
#> f([1])

#: yaml_text
import yaml

def f(text):
    return yaml.safe_load(text)
#> f("a: 1")

#: argparse_given
import argparse

def f(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1)
    return parser.parse_args(arguments).n
#> f(["--n", "3"])

#: base64_and_struct
import base64
import struct

def f(data):
    return base64.b64encode(struct.pack("<I", 3) + data)
#> f(b"a")

#: collections_chain_map
from collections import ChainMap

def f(a, b):
    both = ChainMap(a, b)
    both["x"] = 1
    return dict(both)
#> f({}, {})

#: joblib_dump
import joblib

def f(d, path):
    joblib.dump(d, path)
#> f({"a": 1}, "out.joblib")

#: joblib_parallel
from joblib import Parallel, delayed

def square(x):
    return x * x

def f(xs):
    return Parallel(n_jobs=1)(delayed(square)(x) for x in xs)
#> f([1, 2])

#: append_log_line
def log(path, line):
    with open(path, "a") as handle:
        handle.write(line + "\n")

def f(xs, path):
    for x in xs:
        log(path, str(x))
    return len(xs)
#> f([1], "out.log")
