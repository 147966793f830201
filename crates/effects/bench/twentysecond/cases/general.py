#: os_open_write
import os

def touch(path):
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(fd, b"x")
    os.close(fd)
#> touch("new.bin")

#: os_open_flags_variable
import os

FLAGS = os.O_RDONLY

def size(path):
    fd = os.open(path, FLAGS)
    try:
        return len(os.read(fd, 100))
    finally:
        os.close(fd)
#> size("notes.txt")

#: never_awaited
import asyncio

async def say(text):
    print(text)

def forgotten(text):
    task = say(text)
    task.close()
    return 1
#> forgotten("x")

#: awaited_by_run
import asyncio

async def say(text):
    print(text)

def spoken(text):
    asyncio.run(say(text))
#> spoken("x")

#: open_mode_variable
def touch(path, mode):
    with open(path, mode) as f:
        return f.name
#> touch("notes.txt", "r")
#> touch("other.txt", "w")

#: open_rplus
def overwrite_start(path, text):
    with open(path, "r+") as f:
        head = f.readline()
        f.seek(0)
        f.write(text)
    return head
#> overwrite_start("notes.txt", "x")

#: exclusive_create
def lock(path):
    try:
        with open(path, "x"):
            return True
    except FileExistsError:
        return False
#> lock("a.lock")

#: path_open_lines
from pathlib import Path

def numbered(path):
    with Path(path).open() as f:
        return [f"{i}: {line.rstrip()}" for i, line in enumerate(f, 1)]
#> numbered("notes.txt")

#: rename_files
from pathlib import Path

def move_all(folder, suffix):
    for p in list(Path(folder).iterdir()):
        if p.suffix == ".txt":
            p.rename(p.with_suffix(suffix))
#> move_all(".", ".md")

#: exists_check
from pathlib import Path

def pick(paths):
    for p in map(Path, paths):
        if p.exists():
            return p
    return None
#> pick(["nope", "notes.txt"])

#: temp_directory_used
import tempfile
from pathlib import Path

def staged(text):
    with tempfile.TemporaryDirectory() as folder:
        p = Path(folder) / "a.txt"
        p.write_text(text)
        return p.read_text().upper()
#> staged("x")

#: zip_in_memory
import io
import zipfile

def zipped(files):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return sink.getvalue()
#> zipped({"a": "x"})

#: zip_on_disk
import zipfile

def archive(paths, target):
    with zipfile.ZipFile(target, "w") as z:
        for path in paths:
            z.write(path)
#> archive(["notes.txt"], "a.zip")

#: sqlite_file
import sqlite3

def save_rows(path, rows):
    db = sqlite3.connect(path)
    db.execute("create table if not exists t (n)")
    db.executemany("insert into t values (?)", rows)
    db.commit()
    db.close()
#> save_rows("x.db", [(1,)])

#: cursor_given
import sqlite3

def names(cursor):
    cursor.execute("select 1 as one")
    return [d[0] for d in cursor.description]
#> names(sqlite3.connect(":memory:").cursor())

#: logger_argument
import logging

def announce(logger, n):
    logger.warning("n = %d", n)
#> announce(logging.getLogger("x"), 1)

#: logger_handler_added
import logging

def attach(logger):
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    return logger
#> attach(logging.getLogger("y"))

#: logger_level_checked
import logging

log = logging.getLogger("z")

def is_chatty():
    return log.isEnabledFor(logging.DEBUG)
#> is_chatty()

#: sleep_retry
import time

def retry(fn, times=2):
    for attempt in range(times):
        try:
            return fn()
        except OSError:
            time.sleep(0)
    raise RuntimeError("gave up")
#> retry(lambda: 1)
#> retry(lambda: open("/nonexistent/x"))

#: age_in_days
from datetime import date

def age(born, today=None):
    today = today or date.today()
    return (today - born).days
#> age(date(2000, 1, 1))

#: parse_iso
from datetime import datetime, timezone

def parse_iso(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc).timestamp()
#> parse_iso("2024-01-01")

#: uuid_made
import uuid

def new_id(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:8]}"
#> new_id("a")

#: hash_of_file
import hashlib

def digest(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        for block in iter(lambda: f.read(1024), b""):
            h.update(block)
    return h.hexdigest()
#> digest("notes.txt")

#: argv_read
import sys

def script_name():
    return sys.argv[0]
#> script_name()

#: path_inserted
import sys

def add_path(p):
    if p not in sys.path:
        sys.path.insert(0, p)
#> add_path("/nowhere")

#: stdin_lines
import sys

def numbers():
    return [int(line) for line in sys.stdin]
#> numbers()

#: shallow_copy_of_object
import copy

class Net:
    def __init__(self):
        self.layers = [1]
        self.name = "net"

def grown(net):
    twin = copy.copy(net)
    twin.layers.append(2)
    return twin
#> grown(Net())

#: deepcopy_of_object
import copy

class Net:
    def __init__(self):
        self.layers = [1]

def grown(net):
    twin = copy.deepcopy(net)
    twin.layers.append(2)
    return twin
#> grown(Net())

#: shallow_copy_attribute_rebound
import copy

class Net:
    def __init__(self):
        self.layers = [1]

def replaced(net):
    twin = copy.copy(net)
    twin.layers = twin.layers + [2]
    return twin
#> replaced(Net())

#: class_attribute_list_shared
class Bag:
    items = []

    def add(self, x):
        self.items.append(x)

def use():
    Bag().add(1)
#> use()

#: instance_list_not_shared
class Bag:
    items = []

    def __init__(self):
        self.items = []

    def add(self, x):
        self.items.append(x)

def use():
    bag = Bag()
    bag.add(1)
    return bag.items
#> use()

#: inherited_method_changes
class Base:
    def __init__(self, data):
        self.data = data

    def clear(self):
        self.data.clear()

class Child(Base):
    def clear(self):
        super().clear()
        self.cleared = True

def wipe(data):
    child = Child(data)
    child.clear()
    return child
#> wipe([1])

#: overridden_method_does_nothing
class Base:
    def save(self, value):
        print(value)

class Quiet(Base):
    def save(self, value):
        return None

def run(value):
    Quiet().save(value)
#> run(1)

#: property_reads_file
class Doc:
    def __init__(self, path):
        self.path = path

    @property
    def text(self):
        with open(self.path) as f:
            return f.read()

def words(doc):
    return doc.text.split()
#> words(Doc("notes.txt"))

#: cached_property_object
from functools import cached_property

class Stats:
    def __init__(self, xs):
        self.xs = xs

    @cached_property
    def mean(self):
        return sum(self.xs) / len(self.xs)

def spread(stats):
    return max(stats.xs) - stats.mean
#> spread(Stats([1, 2]))

#: getitem_logs
class Traced(dict):
    def __getitem__(self, key):
        print("get", key)
        return super().__getitem__(key)

def read(mapping):
    return mapping["a"]
#> read(Traced(a=1))

#: undo_stack
class Editor:
    def __init__(self):
        self.text = ""
        self._undo = []

    def type(self, s):
        self._undo.append(self.text)
        self.text += s

    def undo(self):
        self.text = self._undo.pop()

def session(words):
    ed = Editor()
    for w in words:
        ed.type(w)
    ed.undo()
    return ed.text
#> session(["a", "b"])

#: event_bus
class Bus:
    def __init__(self):
        self.handlers = {}

    def on(self, name, fn):
        self.handlers.setdefault(name, []).append(fn)

    def emit(self, name, *args):
        for fn in self.handlers.get(name, []):
            fn(*args)

def wire(received):
    bus = Bus()
    bus.on("x", received.append)
    bus.emit("x", 1)
#> wire([])

#: counter_in_function_attribute
def tick():
    tick.n = getattr(tick, "n", 0) + 1
    return tick.n
#> tick()

#: closure_in_loop
def makers(n):
    fns = []
    for i in range(n):
        fns.append(lambda x, i=i: x + i)
    return [f(1) for f in fns]
#> makers(2)

#: walrus_and_pop
def drain(queue):
    total = 0
    while queue and (item := queue.pop()) is not None:
        total += item
    return total
#> drain([1, 2])

#: swap_and_del
def compact(mapping):
    for key in [k for k, v in mapping.items() if v is None]:
        del mapping[key]
    return mapping
#> compact({"a": None, "b": 1})

#: unpack_and_extend
def flatten_into(rows, sink):
    for first, *rest in rows:
        sink += rest
    return sink
#> flatten_into([(1, 2)], [])

#: string_building
def table(rows):
    text = ""
    for row in rows:
        text += " | ".join(str(c) for c in row) + "\n"
    return text
#> table([[1, 2]])

#: matching_shapes
def area(shape):
    match shape:
        case {"kind": "square", "side": s}:
            return s * s
        case [w, h]:
            return w * h
        case _:
            raise TypeError("unknown shape")
#> area([1, 2])
#> area({"kind": "square", "side": 2})

#: exitstack_files
from contextlib import ExitStack

def first_lines(paths):
    with ExitStack() as stack:
        files = [stack.enter_context(open(p)) for p in paths]
        return [f.readline() for f in files]
#> first_lines(["notes.txt"])

#: redirect_to_file
import contextlib

def run_logged(fn, path):
    with open(path, "w") as f, contextlib.redirect_stdout(f):
        fn()
#> run_logged(lambda: print("x"), "log.txt")

#: context_manager_restoring
import os
from contextlib import contextmanager

@contextmanager
def cd(path):
    old = os.getcwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(old)

def listing(path):
    with cd(path):
        return sorted(os.listdir("."))
#> listing(".")

#: generator_pipeline
def parse(lines):
    for line in lines:
        yield line.strip().split(",")

def to_int(rows):
    for row in rows:
        yield [int(c) for c in row]

def total(lines):
    return sum(sum(row) for row in to_int(parse(lines)))
#> total(["1,2"])

#: generator_send
def averager():
    total, n, mean = 0, 0, None
    while True:
        x = yield mean
        total += x
        n += 1
        mean = total / n

def averages(xs):
    gen = averager()
    next(gen)
    return [gen.send(x) for x in xs]
#> averages([1, 2])

#: yield_from_printing
def noisy(xs):
    for x in xs:
        print(x)
        yield x

def outer(xs):
    yield from noisy(xs)

def consume(xs):
    return list(outer(xs))
#> consume([1])

#: lock_counter
import threading

class Counter:
    def __init__(self):
        self.lock = threading.Lock()
        self.n = 0

    def add(self, k):
        with self.lock:
            self.n += k

def count(k):
    counter = Counter()
    workers = [threading.Thread(target=counter.add, args=(k,)) for _ in range(2)]
    [w.start() for w in workers]
    [w.join() for w in workers]
    return counter.n
#> count(1)

#: queue_worker
import queue

def run_all(jobs):
    q = queue.Queue()
    for job in jobs:
        q.put(job)
    done = []
    while not q.empty():
        done.append(q.get()())
    return done
#> run_all([lambda: 1])

#: timing_decorator
import functools
import time

def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        t0 = time.time()
        try:
            return fn(*args, **kwargs)
        finally:
            print(f"{fn.__name__}: {time.time() - t0:.3f}s")
    return wrapper

@timed
def work(xs):
    return sum(xs)
#> work([1])

#: memo_decorator
def memo(fn):
    cache = {}
    def inner(n):
        if n not in cache:
            cache[n] = fn(n)
        return cache[n]
    return inner

@memo
def square(n):
    return n * n
#> square(3)

#: validating_decorator
def positive(fn):
    def inner(x):
        if x < 0:
            raise ValueError("negative")
        return fn(x)
    return inner

@positive
def root(x):
    return x ** 0.5
#> root(4)

#: argparse_given
import argparse

def parse(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1)
    return parser.parse_args(argv).n
#> parse(["--n", "2"])

#: argparse_command_line
import argparse

def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1)
    args, rest = parser.parse_known_args()
    return args.n
#> parse()

#: exec_namespace
def load_config(text):
    namespace = {}
    exec(text, namespace)
    return namespace["x"]
#> load_config("x = 1")

#: import_by_name
import importlib

def load(name):
    return importlib.import_module(name).__name__
#> load("json")

#: globals_written
def define(name, value):
    globals()[name] = value
#> define("fresh", 1)

#: list_argument_star
def total(*values, sink=None):
    s = sum(values)
    if sink is not None:
        sink.append(s)
    return s
#> total(1, 2)
#> total(1, 2, sink=[])

#: kwargs_popped
def options(**kwargs):
    lr = kwargs.pop("lr", 0.1)
    kwargs["lr2"] = lr
    return kwargs
#> options(lr=1)

#: mapping_popped
def options(config):
    lr = config.pop("lr", 0.1)
    return lr, config
#> options({"lr": 1})
