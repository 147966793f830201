#: re_groups
import re

def parse(line):
    match = re.match(r"(?P<key>\w+)=(?P<value>.*)", line)
    if match is None:
        return None
    return match.groupdict() | {"span": match.span("key"), "end": match.end()}
#> parse("a=1")

#: re_finditer_sub
import re

def mask(text, seen):
    for match in re.finditer(r"\d+", text):
        seen.append(match.group(0))
    return re.sub(r"\d+", lambda m: "#" * len(m.group()), text)
#> mask("a12", [])

#: datetime_arithmetic
from datetime import datetime, timedelta, timezone

def week(day):
    start = day - timedelta(days=day.weekday())
    return [start.replace(hour=0).astimezone(timezone.utc).isoformat(), start.isocalendar()[1], start.timetuple().tm_yday]
#> week(datetime(2024, 1, 3, tzinfo=__import__("datetime").timezone.utc))

#: date_range_list
from datetime import date, timedelta

def days(start, end):
    return [date.fromordinal(n).strftime("%a") for n in range(start.toordinal(), end.toordinal())]
#> days(date(2024, 1, 1), date(2024, 1, 3))

#: counter_subtract
from collections import Counter

def spend(stock, order):
    stock.subtract(order)
    return +stock
#> spend(Counter(a=2), Counter(a=1))

#: counter_new
from collections import Counter

def common(a, b):
    both = Counter(a) & Counter(b)
    both.update(["x"])
    return both.most_common(1)
#> common("ab", "bc")

#: defaultdict_read_inserts
from collections import defaultdict

def degree(graph, node):
    return len(graph[node])
#> degree(defaultdict(list), "a")

#: deque_rotate
from collections import deque

def rotate(queue, n):
    queue.rotate(n)
    queue.appendleft(0)
    return queue[0]
#> rotate(deque([1, 2]), 1)

#: chainmap_lookup
from collections import ChainMap

def settings(defaults, given):
    merged = ChainMap(given, defaults)
    return dict(merged)
#> settings({"a": 1}, {"b": 2})

#: chainmap_write
from collections import ChainMap

def settings(defaults, given):
    merged = ChainMap(given, defaults)
    merged["z"] = 1
    return merged["z"]
#> settings({"a": 1}, {"b": 2})

#: ordered_popitem
from collections import OrderedDict

def evict(cache):
    key, _ = cache.popitem(last=False)
    return key
#> evict(OrderedDict(a=1))

#: path_parts
from pathlib import Path

def describe(path):
    p = Path(path)
    return p.suffix, p.stem, p.parent.name, p.parts, p.as_posix(), p.is_absolute(), p.with_suffix(".x").name
#> describe("a/b.csv")

#: path_touch_unlink
from pathlib import Path

def cycle(name):
    p = Path(name)
    p.touch()
    size = p.stat().st_size
    p.rename(p.with_suffix(".bak"))
    return size
#> cycle("z.txt")

#: path_open_lines
from pathlib import Path

def first(path):
    with Path(path).open() as f:
        return next(f).rstrip()
#> first("notes.txt")

#: csv_writer_given
import csv
import io

def dump(handle, rows):
    writer = csv.writer(handle, delimiter=";")
    writer.writerow(["a", "b"])
    writer.writerows(rows)
#> dump(io.StringIO(), [[1, 2]])

#: csv_sniffed
import csv
import io

def rows(text):
    dialect = csv.Sniffer().sniff(text)
    return list(csv.reader(io.StringIO(text), dialect))
#> rows("a;b\n1;2\n")

#: zipfile_names
import io
import zipfile

def names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, info.file_size) for info in archive.infolist()]
#> names(b"PK\x05\x06" + b"\x00" * 18)

#: zipfile_read_path
import zipfile

def pack_and_list(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist(), archive.read("a.txt")
#> pack_and_list("z.zip")

#: tarfile_memory
import io
import tarfile

def pack(name, data):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    return len(buffer.getvalue())
#> pack("a", b"x")

#: subprocess_popen
import subprocess

def run(words):
    process = subprocess.Popen(words, stdout=subprocess.PIPE)
    out, _ = process.communicate()
    return out.decode(), process.returncode
#> run(["echo", "a"])

#: threading_lock_counter
import threading

class Counter:
    def __init__(self):
        self.lock = threading.Lock()
        self.n = 0

    def add(self):
        with self.lock:
            self.n += 1

def bump(counter):
    counter.add()
    return counter.n
#> bump(Counter())

#: thread_started
import threading

def fill(out):
    worker = threading.Thread(target=out.append, args=(1,))
    worker.start()
    worker.join()
#> fill([])

#: thread_not_started
import threading

def make(out):
    return threading.Thread(target=out.append, args=(1,))
#> make([])

#: queue_own
import queue

def order(items):
    heap = queue.PriorityQueue()
    for item in items:
        heap.put(item)
    return [heap.get() for _ in range(heap.qsize())]
#> order([2, 1])

#: queue_given
import queue

def push(q, item):
    q.put_nowait(item)
    return q.full()
#> push(queue.Queue(), 1)

#: decimal_quantize
from decimal import Decimal, ROUND_HALF_UP

def money(x):
    value = Decimal(str(x)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return value.normalize().as_tuple(), value.is_signed()
#> money(1.005)

#: fraction_limit
from fractions import Fraction

def ratio(x):
    f = Fraction(x).limit_denominator(10)
    return f.numerator, f.denominator
#> ratio(0.333)

#: statistics_summary
import statistics

def summary(xs):
    return statistics.mean(xs), statistics.pstdev(xs), statistics.quantiles(xs, n=4)
#> summary([1, 2, 3])

#: hashlib_digest
import hashlib

def digest(parts):
    h = hashlib.sha256()
    for part in parts:
        h.update(part.encode())
    return h.hexdigest()
#> digest(["a"])

#: hashlib_given
import hashlib

def feed(h, part):
    h.update(part)
    return h.copy().hexdigest()
#> feed(hashlib.md5(), b"a")

#: struct_pack_into
import struct

def stamp(buffer, value):
    struct.pack_into("<I", buffer, 0, value)
    return struct.unpack_from("<I", buffer, 0)[0]
#> stamp(bytearray(4), 7)

#: array_extend
from array import array

def widen(a, more):
    a.extend(array("d", more))
    return a.tolist()
#> widen(array("d", [1.0]), [2.0])

#: uuid_random
import uuid

def name():
    return f"run-{uuid.uuid4().hex[:8]}"
#> name()

#: uuid_named
import uuid

def name(text):
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, text))
#> name("a")

#: secrets_token
import secrets

def token():
    return secrets.token_hex(4)
#> token()

#: itertools_tee_consumed
import itertools

def pairs(iterable):
    a, b = itertools.tee(iterable)
    next(b, None)
    return list(zip(a, b))
#> pairs([1, 2, 3])

#: itertools_groupby_list
import itertools

def runs(text):
    return [(key, len(list(group))) for key, group in itertools.groupby(text)]
#> runs("aab")

#: string_template
from string import Template

def greet(name):
    return Template("hi $who").safe_substitute(who=name)
#> greet("a")

#: textwrap_print
import textwrap

def show(text):
    print(textwrap.fill(textwrap.dedent(text), 10))
#> show(" a b c")

#: pprint_format
import pprint

def show(data):
    text = pprint.pformat(data)
    pprint.pprint(data)
    return text
#> show({"a": 1})

#: traceback_text
import traceback

def describe(error):
    return "".join(traceback.format_exception_only(type(error), error))
#> describe(ValueError("x"))

#: traceback_printed
import traceback

def attempt(function):
    try:
        return function()
    except Exception:
        traceback.print_exc()
#> attempt(lambda: 1 / 0)

#: logging_capture_handler
import logging

class ListHandler(logging.Handler):
    def __init__(self, records):
        super().__init__()
        self.records = records

    def emit(self, record):
        self.records.append(record.getMessage())

def make(records):
    return ListHandler(records)
#> make([])

#: xml_build
import xml.etree.ElementTree as ET

def build(rows):
    root = ET.Element("rows")
    for row in rows:
        child = ET.SubElement(root, "row", id=str(row))
        child.text = "x"
    return ET.tostring(root)
#> build([1])

#: xml_modify_given
import xml.etree.ElementTree as ET

def tag(root):
    for child in root.iter("row"):
        child.set("seen", "1")
    return len(root)
#> tag(ET.fromstring("<a><row/></a>"))

#: html_parser_collects
from html.parser import HTMLParser

class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.links.append(dict(attrs).get("href"))

def links(text):
    parser = Links()
    parser.feed(text)
    return parser.links
#> links("<a href='x'>")

#: shutil_copy
import shutil

def backup(path):
    return shutil.copy2(path, path + ".bak")
#> backup("notes.txt")

#: glob_sizes
import glob
import os

def sizes(pattern):
    return {path: os.path.getsize(path) for path in glob.glob(pattern)}
#> sizes("*.txt")

#: os_path_only
import os

def target(root, name):
    base, ext = os.path.splitext(os.path.basename(name))
    return os.path.join(root, base + "_v2" + ext)
#> target("a", "b.csv")

#: os_walk_names
import os

def names(root):
    found = []
    for folder, _, files in os.walk(root):
        found.extend(os.path.join(folder, f) for f in files)
    return sorted(found)
#> names(".")

#: json_stdout
import json
import sys

def emit(data):
    json.dump(data, sys.stdout)
#> emit({"a": 1})

#: json_default_callback
import json

def dumps(data, problems):
    def default(value):
        problems.append(repr(value))
        return str(value)
    return json.dumps(data, default=default)
#> dumps({"a": {1}}, [])

#: tempfile_named
import tempfile

def store(text):
    with tempfile.NamedTemporaryFile("w+", suffix=".txt") as f:
        f.write(text)
        f.seek(0)
        return f.read()
#> store("a")

#: sqlite_row_factory
import sqlite3

def rows(connection):
    connection.row_factory = sqlite3.Row
    return [dict(r) for r in connection.execute("select 1 as a")]
#> rows(sqlite3.connect(":memory:"))

#: sched_clock
import time

def stamp(fmt="%Y"):
    return time.strftime(fmt, time.gmtime(0)), time.monotonic_ns()
#> stamp()

#: random_instance_state
import random

def draw(rng, n):
    return [rng.gauss(0, 1) for _ in range(n)]
#> draw(random.Random(1), 2)

#: enum_lookup
from enum import Enum

class Color(Enum):
    RED = 1
    BLUE = 2

def names(values):
    return [Color(v).name for v in values]
#> names([1])

#: locale_platform
import platform

def label():
    return f"{platform.system()}-{platform.python_version()}"
#> label()

#: urllib_parse_edit
from urllib.parse import parse_qs, urlparse, urlunparse

def page(url, n):
    parts = urlparse(url)
    query = parse_qs(parts.query)
    query["page"] = [str(n)]
    return urlunparse(parts._replace(query="&".join(f"{k}={v[0]}" for k, v in query.items())))
#> page("http://x/?a=1", 2)

#: bisect_heap_merge
import heapq

def merge(a, b):
    out = list(heapq.merge(sorted(a), sorted(b)))
    heapq.heapreplace(out, 5)
    return out
#> merge([2], [1])

#: copyreg_io_bytes
import io

def frame(data):
    stream = io.BytesIO(data)
    head = stream.read(2)
    stream.seek(0, io.SEEK_END)
    return head, stream.tell()
#> frame(b"abc")
