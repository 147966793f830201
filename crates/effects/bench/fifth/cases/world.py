#: json_config_loaded
import json
from pathlib import Path

def load_config(path="data.json"):
    config = json.loads(Path(path).read_text())
    config.setdefault("seed", 0)
    return config
#> load_config()

#: json_saved_atomically
import json
import os

def save(obj, path):
    tmp = path + ".tmp"
    with open(tmp, "w") as f:
        json.dump(obj, f)
    os.replace(tmp, path)
#> save({"a": 1}, "o.json")

#: latest_file
import glob
import os

def latest(pattern):
    files = glob.glob(pattern)
    return max(files, key=os.path.getmtime) if files else None
#> latest("*.txt")

#: file_hash_chunks
import hashlib

def digest(path, size=4):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        for chunk in iter(lambda: f.read(size), b""):
            h.update(chunk)
    return h.hexdigest()
#> digest("notes.txt")

#: two_files_with
def copy_upper(source, target):
    with open(source) as src, open(target, "w") as dst:
        for line in src:
            dst.write(line.upper())
#> copy_upper("notes.txt", "u.txt")

#: logging_percent
import logging

log = logging.getLogger("train")

def epoch(i, loss):
    log.info("epoch %d: %.3f", i, loss)
    return loss
#> epoch(1, 0.5)

#: logging_only_when_debug
import logging

def work(x, logger=None):
    logger = logger or logging.getLogger(__name__)
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("x=%s", x)
    return x
#> work(1)

#: warnings_deprecated_decorator
import functools
import warnings

def deprecated(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        warnings.warn(f"{f.__name__} is old", DeprecationWarning, stacklevel=2)
        return f(*args, **kwargs)

    return wrapper

@deprecated
def old(x):
    return x
#> old(1)

#: sleep_and_poll
import time

def wait_for(check, limit=0.01):
    start = time.monotonic()
    while time.monotonic() - start < limit:
        time.sleep(0.001)
    return True
#> wait_for(None)

#: user_cache_folder
import os
from pathlib import Path

def cache_folder(name):
    root = os.environ.get("XDG_CACHE_HOME", "cache")
    path = Path(root) / name
    path.mkdir(parents=True, exist_ok=True)
    return path
#> cache_folder("x")

#: shell_pipe
import subprocess

def lines(command):
    out = subprocess.check_output(command, shell=True)
    return out.decode().splitlines()
#> lines("echo a")

#: popen_streamed
import subprocess
import sys

def run(args):
    process = subprocess.Popen(args, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        sys.stdout.write(line)
    return process.wait()
#> run(["echo", "a"])

#: json_posted
import requests

def post(url, payload):
    try:
        return requests.post(url, json=payload, timeout=1).ok
    except requests.ConnectionError:
        return False
#> post("http://127.0.0.1:9/x", {"a": 1})

#: api_session_headers
import requests

def client(token):
    session = requests.Session()
    session.headers.update({"Authorization": f"Bearer {token}"})
    return session
#> client("t")

#: url_query_built
from urllib.parse import urlencode, urljoin

def endpoint(base, **params):
    return urljoin(base, "search") + "?" + urlencode(params)
#> endpoint("http://a/", q="x")

#: sqlite_rows_as_dicts
import sqlite3

def fetch(path, query):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(query)]
    finally:
        connection.close()
#> fetch(":memory:", "select 1 as a")

#: sqlite_bulk_insert
def insert(cursor, rows):
    cursor.executemany("insert into t values (?, ?)", rows)
#> insert((lambda c: (c.execute("create table t (a, b)"), c.cursor())[1])(__import__("sqlite3").connect(":memory:")), [(1, 2)])

#: random_walk_global
import random

def walk(n):
    position = 0
    for _ in range(n):
        position += random.choice([-1, 1])
    return position
#> walk(3)

#: random_walk_seeded_global
import random

def walk(n, seed):
    random.seed(seed)
    return [random.random() for _ in range(n)]
#> walk(3, 1)

#: random_state_restored
import random

def peek():
    state = random.getstate()
    value = random.random()
    random.setstate(state)
    return value

def draw():
    return random.gauss(0, 1)
#> draw()

#: numpy_legacy_generator
import numpy as np

def noise(n, seed=None):
    rs = np.random.RandomState(seed)
    return rs.randn(n)
#> noise(2)

#: numpy_legacy_generator_seeded
import numpy as np

def noise(n, seed=0):
    rs = np.random.RandomState(seed)
    return rs.randn(n)
#> noise(2)

#: spawned_generators
import numpy as np

def streams(seed, n):
    return [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(n)]
#> streams(1, 2)

#: scipy_sample_rng_parameter
from scipy import stats

def sample(n, rng):
    return stats.norm.rvs(size=n, random_state=rng)
#> sample(2, __import__("numpy").random.default_rng(0))

#: shuffled_columns_given_rng
import numpy as np

def shuffle_rows(x, rng):
    rng.shuffle(x)
    return x
#> shuffle_rows(np.arange(3), np.random.default_rng(0))

#: permuted_copy_given_rng
import numpy as np

def permuted(x, rng):
    return x[rng.permutation(len(x))]
#> permuted(np.arange(3), np.random.default_rng(0))

#: figure_axes_returned
import matplotlib.pyplot as plt

def panel(data, title=""):
    fig, axes = plt.subplots(1, 2, figsize=(6, 3))
    axes[0].plot(data)
    axes[1].hist(data)
    fig.suptitle(title)
    return fig, axes
#> panel([1, 2])

#: style_context
import matplotlib.pyplot as plt

def with_style(ax, data):
    with plt.style.context("ggplot"):
        ax.plot(data)
    return ax
#> with_style(plt.figure().add_subplot(), [1])

#: annotated_bars
def label_bars(ax, fmt="{:.0f}"):
    for patch in ax.patches:
        ax.annotate(fmt.format(patch.get_height()), (patch.get_x(), patch.get_height()))
#> label_bars((lambda ax: (ax.bar([1], [2]), ax)[1])(__import__("matplotlib.pyplot").pyplot.figure().add_subplot()))

#: figure_to_bytes
import io
from matplotlib.figure import Figure

def png(values):
    fig = Figure()
    fig.add_subplot().plot(values)
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png")
    return buffer.getvalue()
#> png([1, 2])

#: stdout_flushed_progress
import sys

def progress(i, n):
    sys.stdout.write(f"\r{i}/{n}")
    sys.stdout.flush()
#> progress(1, 2)

#: print_when_verbose_level
def note(message, verbose=0):
    if verbose > 0:
        print(message)
    return message
#> note("a", 1)

#: captured_output
import contextlib
import io

def captured():
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        print("hi")
    return buffer.getvalue()

def shout():
    print("hi".upper())
#> shout()

#: zip_members
import zipfile

def members(path):
    with zipfile.ZipFile(path) as z:
        return z.namelist()
#> members((lambda p: (__import__("zipfile").ZipFile(p, "w").close(), p)[1])("a.zip"))

#: tar_written
import tarfile

def pack(paths, target):
    with tarfile.open(target, "w:gz") as tar:
        for path in paths:
            tar.add(path)
#> pack(["notes.txt"], "a.tgz")

#: uuid_and_time_key
import time
import uuid

def key():
    return f"{int(time.time())}-{uuid.uuid4()}"
#> key()

#: platform_info
import platform

def info():
    return {"system": platform.system(), "python": platform.python_version()}
#> info()

#: pathlib_rename_all
from pathlib import Path

def rename_all(folder, old, new):
    for path in Path(folder).glob(f"*{old}"):
        path.rename(path.with_suffix(new))
#> rename_all(".", ".txt", ".md")

#: path_names_only
from pathlib import Path

def targets(paths, folder):
    return [Path(folder) / Path(p).with_suffix(".json").name for p in paths]
#> targets(["a.csv"], "out")
