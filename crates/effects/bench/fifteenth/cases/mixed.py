#: config_with_defaults
DEFAULTS = {"lr": 0.1, "layers": [1, 2]}

def load_config(overrides=None):
    cfg = dict(DEFAULTS)
    cfg.update(overrides or {})
    return cfg
#> load_config({"lr": 1})

#: config_defaults_leak
DEFAULTS = {"lr": 0.1, "layers": [1, 2]}

def load_config(extra):
    cfg = dict(DEFAULTS)
    cfg["layers"].append(extra)
    return cfg
#> load_config(3)

#: config_defaults_deepcopied
import copy

DEFAULTS = {"lr": 0.1, "layers": [1, 2]}

def load_config(extra):
    cfg = copy.deepcopy(DEFAULTS)
    cfg["layers"].append(extra)
    return cfg
#> load_config(3)

#: shallow_copy_trap
import copy

def extend_groups(groups, name, member):
    out = copy.copy(groups)
    out[name].append(member)
    return out
#> extend_groups({"a": []}, "a", 1)

#: copy_method_safe
def with_item(items, item):
    out = items.copy()
    out.append(item)
    return out
#> with_item([1], 2)

#: set_methods
def common(a, b):
    both = a & b
    both.discard(None)
    return sorted(both)
#> common({1, 2}, {2})

#: set_update_given
def learn(vocab, tokens):
    new = set(tokens) - vocab
    vocab |= new
    return new
#> learn({"a"}, ["b"])

#: set_union_operator_new
def learn(vocab, tokens):
    vocab = vocab | set(tokens)
    vocab.add("<unk>")
    return vocab
#> learn({"a"}, ["b"])

#: slice_assign_clear
def reset(buffer):
    old = buffer[:]
    buffer[:] = []
    return old
#> reset([1, 2])

#: swap_lists
def swap(a, b):
    a, b = b, a
    return a, b
#> swap([1], [2])

#: swap_contents
def swap(a, b):
    a[:], b[:] = b[:], a[:]
#> swap([1], [2])

#: star_args_list_arg
def total(*groups):
    all_ = []
    for g in groups:
        all_ += g
    return sum(all_)
#> total([1], [2])

#: star_args_first_grows
def chain(first, *rest):
    for r in rest:
        first += r
    return first
#> chain([1], [2], [3])

#: kwargs_dict_passed_on
def base(**options):
    options["seen"] = True
    return options

def call(options):
    return base(**options)
#> call({"a": 1})

#: lambda_default_capture
def multipliers(ns):
    fs = [lambda x, n=n: x * n for n in ns]
    return [f(2) for f in fs]
#> multipliers([1, 2])

#: lambda_mutates
def bump_all(rows):
    bump = lambda r: r.update(n=r["n"] + 1)
    for r in rows:
        bump(r)
#> bump_all([{"n": 1}])

#: sorted_key_pure
def by_len(words):
    return sorted(words, key=len)[::-1]
#> by_len(["a", "bb"])

#: list_sort_copy_param
def top(scores, n):
    scores = list(scores)
    scores.sort(reverse=True)
    del scores[n:]
    return scores
#> top([1, 2, 3], 2)

#: filter_lazy_list
def actives(users):
    return list(filter(lambda u: u.get("active"), users))
#> actives([{"active": 1}])

#: any_short_circuit_print
def contains_bad(xs):
    return any(print(x) or x < 0 for x in xs)
#> contains_bad([1, -1])

#: genexp_never_run
def lazy(xs):
    return (print(x) for x in xs)
#> lazy([1])

#: exception_log_reraise
import logging

log = logging.getLogger("pipeline")

def run_step(step, data):
    try:
        return step["fn"](data)
    except KeyError as e:
        log.error("missing %s", e)
        raise ValueError("bad step") from e
#> run_step({"fn": len}, [1])
#> run_step({"fn": lambda d: d["x"]}, {})

#: suppress_remove
import contextlib
import os

def cleanup(path):
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
#> cleanup("notes.txt")

#: exitstack_files
import contextlib

def concat(paths):
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(open(p)) for p in paths]
        return "".join(f.read() for f in files)
#> concat(["notes.txt", "data.csv"])

#: tee_output
def tee(lines, *sinks):
    for line in lines:
        for s in sinks:
            s.append(line)
#> tee(["a"], [], [])

#: pathlib_rename
from pathlib import Path

def rotate(path):
    p = Path(path)
    target = p.with_suffix(".old")
    p.rename(target)
    return target.name
#> rotate("notes.txt")

#: pathlib_stat_size
from pathlib import Path

def total_size(paths):
    return sum(Path(p).stat().st_size for p in paths)
#> total_size(["notes.txt"])

#: open_binary_hash
import hashlib

def digest(path, algo="sha1"):
    h = hashlib.new(algo)
    with open(path, "rb") as f:
        for block in iter(lambda: f.read(4096), b""):
            h.update(block)
    return h.hexdigest()
#> digest("notes.txt")

#: hash_given_updated
import hashlib

def feed(h, parts):
    for p in parts:
        h.update(p.encode())
    return h.hexdigest()
#> feed(hashlib.md5(), ["a"])

#: configparser_read
import configparser

def option(path, section, key, fallback=None):
    cp = configparser.ConfigParser()
    cp.read(path)
    return cp.get(section, key, fallback=fallback)
#> option("settings.ini", "a", "b")

#: yaml_dump_text
import yaml

def to_yaml(cfg):
    return yaml.safe_dump(cfg, sort_keys=True)
#> to_yaml({"a": 1})

#: gzip_lines
import gzip

def save_lines(lines, path):
    with gzip.open(path, "wt") as f:
        f.writelines(l + "\n" for l in lines)
#> save_lines(["a"], "x.gz")

#: zip_members
import zipfile

def pack(paths, target):
    with zipfile.ZipFile(target, "w") as z:
        for p in paths:
            z.write(p)
    return target
#> pack(["notes.txt"], "x.zip")

#: csv_writer_given
import csv

def dump(rows, fh):
    writer = csv.writer(fh)
    writer.writerow(["a", "b"])
    writer.writerows(rows)
#> dump([[1, 2]], __import__("io").StringIO())

#: struct_pack
import struct

def encode(values):
    return struct.pack(f"{len(values)}f", *values)
#> encode([1.0])

#: struct_pack_into
import struct

def write_header(buf, n):
    struct.pack_into("<I", buf, 0, n)
#> write_header(bytearray(4), 7)

#: base64_text
import base64

def token(user, password):
    return base64.b64encode(f"{user}:{password}".encode()).decode()
#> token("a", "b")

#: secrets_token
import secrets

def new_key(n=8):
    return secrets.token_hex(n)
#> new_key()

#: random_instance
import random

def shuffled(items, seed):
    rng = random.Random(seed)
    items = list(items)
    rng.shuffle(items)
    return items
#> shuffled([1, 2], 0)

#: random_shuffle_given
import random

def shuffle_deck(deck):
    random.shuffle(deck)
    return deck[0]
#> shuffle_deck(list(range(30)))

#: time_budget
import time

def within_budget(tasks, seconds):
    start = time.monotonic()
    done = []
    for t in tasks:
        if time.monotonic() - start > seconds:
            break
        done.append(t)
    return done
#> within_budget([1], 5)

#: platform_dependent
import platform
import sys

def describe():
    return f"{platform.system()} {sys.version_info[0]}"
#> describe()

#: argv_read
import sys

def first_arg(default="x"):
    return sys.argv[1] if len(sys.argv) > 1 else default
#> first_arg()

#: cwd_change
import os

def enter(folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
#> enter("sub")

#: subprocess_popen_lines
import subprocess

def lines_of(cmd):
    p = subprocess.Popen(cmd, stdout=subprocess.PIPE, text=True)
    out, _ = p.communicate()
    return out.splitlines()
#> lines_of(["echo", "a"])

#: thread_pool_map
from concurrent.futures import ThreadPoolExecutor

def squares(xs):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda x: x * x, xs))
#> squares([1, 2])

#: atexit_hook
import atexit

def on_exit(fn):
    atexit.register(fn)
#> on_exit(len)

#: warnings_filter
import warnings

def silence():
    warnings.filterwarnings("ignore", category=UserWarning)
#> silence()

#: warnings_local
import warnings

def quiet(fn):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fn()
#> quiet(lambda: 1)

#: logging_config
import logging

def setup(level="INFO"):
    logging.basicConfig(level=level, force=True)
    return logging.getLogger("app")
#> setup()

#: monkeypatch_module
import math

def patch():
    math.tau2 = 2 * math.tau
#> patch()

#: class_counter_classmethod
class Id:
    last = 0

    @classmethod
    def next(cls):
        cls.last += 1
        return cls.last

def new_ids(n):
    return [Id.next() for _ in range(n)]
#> new_ids(2)

#: cached_property_given
from functools import cached_property

class Stats:
    def __init__(self, xs):
        self.xs = xs

    @cached_property
    def mean(self):
        return sum(self.xs) / len(self.xs)

def deviation(stats, x):
    return x - stats.mean
#> deviation(Stats([1, 2]), 3)

#: slots_class_setter
class P:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

def mirror(p):
    p.x, p.y = p.y, p.x
    return p
#> mirror(P(1, 2))

#: dataclass_post_init
from dataclasses import dataclass, field

@dataclass
class Basket:
    items: list = field(default_factory=list)
    total: float = 0.0

    def __post_init__(self):
        self.total = sum(p for _, p in self.items)

def checkout(pairs):
    b = Basket(list(pairs))
    b.items.clear()
    return b.total
#> checkout([("a", 1.0)])

#: dataclass_shares_list
from dataclasses import dataclass

@dataclass
class Basket:
    items: list

    def add(self, x):
        self.items.append(x)

def fill(items, x):
    b = Basket(items)
    b.add(x)
    return b
#> fill([], 1)
