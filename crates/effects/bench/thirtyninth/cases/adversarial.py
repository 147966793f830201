#: same_name_two_lives
def process(data):
    result = data
    result = [r for r in result if r]
    result.append(None)
    data = len(result)
    data += 1
    return result, data
#> process([1, 0])

#: alias_by_or
def extended(tags, default=None):
    tags = tags or []
    tags.append("x")
    return tags
#> extended(["a"])

#: alias_by_or_copy
def extended(tags):
    tags = list(tags or ())
    tags.append("x")
    return tags
#> extended(["a"])

#: alias_in_tuple
def mark(a, b):
    both = (a, b)
    for x in both:
        x["seen"] = True
#> mark({}, {})

#: alias_in_tuple_second
def mark(a, b):
    both = (dict(a), b)
    both[0]["seen"] = True
    return both
#> mark({}, {})

#: alias_in_dict
def wrap(rows):
    box = {"rows": rows, "n": 0}
    box["n"] += len(rows)
    box["extra"] = []
    box["extra"].append(1)
    return box
#> wrap([1])

#: alias_in_dict_changed
def wrap(rows):
    box = {"rows": rows, "n": 0}
    box["rows"].append(0)
    return box["n"]
#> wrap([1])

#: alias_in_attribute
class Node:
    def __init__(self, value):
        self.value = value
        self.next = None

def chain(values):
    head = None
    for v in reversed(values):
        n = Node(v)
        n.next = head
        head = n
    return head
#> chain([1, 2])

#: linked_list_reversed
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def reverse(node):
    prev = None
    while node:
        node.next, prev, node = prev, node, node.next
    return prev
#> reverse(Node(1, Node(2)))

#: linked_list_walked
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def total(node):
    t = 0
    while node is not None:
        t += node.value
        node = node.next
    return t
#> total(Node(1, Node(2)))

#: tree_inserted
class Tree:
    def __init__(self, key):
        self.key = key
        self.left = self.right = None

def insert(tree, key):
    if tree is None:
        return Tree(key)
    if key < tree.key:
        tree.left = insert(tree.left, key)
    else:
        tree.right = insert(tree.right, key)
    return tree
#> insert(Tree(3), 2)

#: tree_inserted_persistent
class Tree:
    def __init__(self, key, left=None, right=None):
        self.key, self.left, self.right = key, left, right

def insert(tree, key):
    if tree is None:
        return Tree(key)
    if key < tree.key:
        return Tree(tree.key, insert(tree.left, key), tree.right)
    return Tree(tree.key, tree.left, insert(tree.right, key))
#> insert(Tree(3), 2)

#: flag_guards_write
def maybe_save(text, path=None):
    if path is not None:
        with open(path, "w") as f:
            f.write(text)
    return len(text)
#> maybe_save("a")
#> maybe_save("a", "b.txt")

#: dead_branch
DEBUG = False

def work(xs):
    if DEBUG:
        print("working", xs)
        xs.clear()
    return sum(xs)
#> work([1])

#: list_plus_equals
def with_tail(xs, tail):
    xs += tail
    return xs
#> with_tail([1], [2])

#: tuple_plus_equals
def with_tail(xs, tail):
    xs = tuple(xs)
    xs += tuple(tail)
    return xs
#> with_tail([1], [2])

#: string_plus_equals
def banner(title, width=10):
    title += " "
    while len(title) < width:
        title += "="
    return title
#> banner("a")

#: set_ops
def novel(seen, xs):
    seen = seen | set(xs)
    seen.discard(None)
    seen -= {0}
    return seen
#> novel({1}, [2])

#: set_ior
def novel(seen, xs):
    seen |= set(xs)
    return len(seen)
#> novel({1}, [2])

#: dict_ior_fresh
def merged(a, b):
    out = a | b
    out |= {"z": 1}
    return out
#> merged({1: 2}, {3: 4})

#: del_local_name
def total(xs):
    ys = xs
    n = len(ys)
    del ys
    return n
#> total([1])

#: del_item
def strip_private(d):
    for k in [k for k in d if k.startswith("_")]:
        del d[k]
#> strip_private({"_a": 1})

#: comprehension_with_pop
def take_all(d, keys):
    return [d.pop(k, None) for k in keys]
#> take_all({"a": 1}, ["a"])

#: comprehension_with_pop_copy
def take_all(d, keys):
    d = d.copy()
    return [d.pop(k, None) for k in keys]
#> take_all({"a": 1}, ["a"])

#: lambda_default_captures
def makers(n):
    fs = []
    for i in range(n):
        fs.append(lambda x, i=i: x + i)
    return [f(0) for f in fs]
#> makers(2)

#: method_looked_up
def clean(xs, how="sort"):
    xs = list(xs)
    getattr(xs, how)()
    return xs
#> clean([2, 1])

#: dispatch_table
def double(x):
    return [v * 2 for v in x]

def drop(x):
    return x[1:]

STEPS = {"double": double, "drop": drop}

def run(x, names):
    for n in names:
        x = STEPS[n](x)
    x.append(0)
    return x
#> run([1, 2], ["double"])

#: visitor_counts_local
class Visitor:
    def __init__(self):
        self.count = 0

    def visit(self, node):
        self.count += 1
        for child in node.get("children", []):
            self.visit(child)

def size(tree):
    v = Visitor()
    v.visit(tree)
    return v.count
#> size({"children": [{}]})

#: visitor_marks_nodes
class Visitor:
    def visit(self, node):
        node["seen"] = True
        for child in node.get("children", []):
            self.visit(child)

def size(tree):
    Visitor().visit(tree)
    return len(tree)
#> size({"children": [{}]})

#: super_init_calls
class Base:
    def __init__(self, log):
        self.log = log
        self.log.append("made")

class Child(Base):
    def __init__(self, log, name):
        super().__init__(log)
        self.name = name

def make(log):
    return Child(log, "a").name
#> make([])

#: override_pure
class Base:
    def run(self, x):
        print(x)

class Quiet(Base):
    def run(self, x):
        return x

def go(x):
    return Quiet().run(x)
#> go(1)

#: template_method
class Report:
    def build(self, rows):
        out = self.start()
        for r in rows:
            out.append(self.line(r))
        return "\n".join(out)

    def start(self):
        return ["# report"]

    def line(self, r):
        return str(r)

class Wide(Report):
    def line(self, r):
        return " | ".join(map(str, r))

def render(rows):
    return Wide().build(rows)
#> render([[1, 2]])

#: observer_pattern
class Topic:
    def __init__(self):
        self.subs = []

    def subscribe(self, fn):
        self.subs.append(fn)

    def publish(self, event):
        for fn in self.subs:
            fn(event)

def collect(events):
    seen = []
    t = Topic()
    t.subscribe(seen.append)
    for e in events:
        t.publish(e)
    return seen
#> collect([1])

#: observer_prints
class Topic:
    def __init__(self):
        self.subs = []

    def subscribe(self, fn):
        self.subs.append(fn)

    def publish(self, event):
        for fn in self.subs:
            fn(event)

def announce(events):
    t = Topic()
    t.subscribe(lambda e: print(e))
    for e in events:
        t.publish(e)
#> announce([1])

#: stack_class_copy
class Stack:
    def __init__(self, items=()):
        self.items = list(items)

    def push(self, x):
        self.items.append(x)
        return self

    def copy(self):
        return Stack(self.items)

def peeked(stack, x):
    other = stack.copy()
    other.push(x)
    return other.items
#> peeked(Stack([1]), 2)

#: stack_class_shared
class Stack:
    def __init__(self, items=()):
        self.items = items

    def push(self, x):
        self.items.append(x)
        return self

def peeked(stack, x):
    other = Stack(stack.items)
    other.push(x)
    return other.items
#> peeked(Stack([1]), 2)

#: iterator_class
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n

def listed(n):
    return list(Countdown(n))
#> listed(2)

#: iterator_class_given
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n

def listed(c):
    return list(c)
#> listed(Countdown(2))

#: container_class_set
class Grid:
    def __init__(self, n):
        self.cells = [[0] * n for _ in range(n)]

    def __getitem__(self, at):
        return self.cells[at[0]][at[1]]

    def __setitem__(self, at, v):
        self.cells[at[0]][at[1]] = v

def diagonal(grid, n):
    for i in range(n):
        grid[i, i] = 1
    return grid[0, 0]
#> diagonal(Grid(2), 2)

#: container_class_read
class Grid:
    def __init__(self, n):
        self.cells = [[0] * n for _ in range(n)]

    def __getitem__(self, at):
        return self.cells[at[0]][at[1]]

    def __len__(self):
        return len(self.cells)

    def __contains__(self, v):
        return any(v in row for row in self.cells)

def trace(grid):
    return sum(grid[i, i] for i in range(len(grid))) if 0 in grid else None
#> trace(Grid(2))

#: context_manager_timer
import time

class Timer:
    def __enter__(self):
        self.t0 = time.perf_counter()
        return self

    def __exit__(self, *exc):
        self.elapsed = time.perf_counter() - self.t0

def timed_sum(xs):
    with Timer() as t:
        s = sum(xs)
    return s, t.elapsed
#> timed_sum([1])

#: exception_carries
class Invalid(ValueError):
    def __init__(self, problems):
        super().__init__("invalid")
        self.problems = problems

def problems_of(d):
    try:
        missing = [k for k in ("a", "b") if k not in d]
        if missing:
            raise Invalid(missing)
    except Invalid as e:
        e.problems.append("...")
        return e.problems
    return []
#> problems_of({"a": 1})

#: retry_decorator
import functools

def retry(times):
    def deco(fn):
        @functools.wraps(fn)
        def inner(*a, **k):
            for i in range(times):
                try:
                    return fn(*a, **k)
                except ValueError:
                    if i == times - 1:
                        raise
        return inner
    return deco

@retry(2)
def parse(text):
    return int(text)
#> parse("3")

#: logged_decorator
import functools
import logging

log = logging.getLogger("calls")

def logged(fn):
    @functools.wraps(fn)
    def inner(*a, **k):
        log.debug("%s", fn.__name__)
        return fn(*a, **k)
    return inner

@logged
def push(xs, x):
    xs.append(x)
    return xs
#> push([1], 2)

#: wrapper_copies_input
import functools

def on_copy(fn):
    @functools.wraps(fn)
    def inner(df, *a, **k):
        return fn(df.copy(), *a, **k)
    return inner

@on_copy
def add_col(df, name):
    df[name] = 1
    return df

def use(df):
    return add_col(df, "one")
#> use(__import__("pandas").DataFrame({"x": [1]}))

#: itertools_chain
import itertools

def grouped(xs):
    xs = sorted(xs, key=len)
    out = {k: list(g) for k, g in itertools.groupby(xs, key=len)}
    out.setdefault(0, [])
    return out
#> grouped(["a", "bb"])

#: tee_of_list
import itertools

def pairs(xs):
    a, b = itertools.tee(xs)
    next(b, None)
    return list(zip(a, b))
#> pairs([1, 2, 3])

#: deque_window
from collections import deque

def sliding(xs, n):
    win = deque(maxlen=n)
    for x in xs:
        win.append(x)
        if len(win) == n:
            yield tuple(win)

def maxima(xs, n):
    return [max(w) for w in sliding(xs, n)]
#> maxima([1, 2, 3], 2)

#: ordered_dict_lru
from collections import OrderedDict

class LRU:
    def __init__(self, size):
        self.size = size
        self.data = OrderedDict()

    def get(self, key, make):
        if key in self.data:
            self.data.move_to_end(key)
            return self.data[key]
        value = self.data[key] = make(key)
        if len(self.data) > self.size:
            self.data.popitem(last=False)
        return value

def squares(keys):
    cache = LRU(2)
    return [cache.get(k, lambda k: k * k) for k in keys]
#> squares([1, 2, 1, 3])

#: ordered_dict_lru_given
from collections import OrderedDict

class LRU:
    def __init__(self, size):
        self.size = size
        self.data = OrderedDict()

    def get(self, key):
        self.data.setdefault(key, key * key)
        return self.data[key]

def squares(cache, keys):
    return [cache.get(k) for k in keys]
#> squares(LRU(2), [1, 2, 1, 3])

#: namedtuple_replace
from collections import namedtuple

Point = namedtuple("Point", "x y")

def moved(p, dx):
    p = p._replace(x=p.x + dx)
    d = p._asdict()
    d["z"] = 0
    return d
#> moved(Point(1, 2), 3)

#: enum_lookup
from enum import Enum

class Colour(Enum):
    RED = 1
    BLUE = 2

def names():
    out = [c.name for c in Colour]
    out.sort(key=lambda n: -Colour[n].value)
    return out
#> names()

#: string_builder_join
def to_html(rows):
    parts = ["<table>"]
    add = parts.append
    for r in rows:
        add("<tr>")
        for c in r:
            add(f"<td>{c}</td>")
        add("</tr>")
    add("</table>")
    return "".join(parts)
#> to_html([[1]])

#: stdin_default
import sys

def read_lines(stream=None):
    stream = stream or sys.stdin
    return [l.rstrip() for l in stream]
#> read_lines(["a\n"])
#> read_lines()

#: write_to_stderr
import sys

def complain(msg):
    sys.stderr.write(msg + "\n")
#> complain("a")

#: uuid_from_name
import uuid

def key_for(name):
    return uuid.uuid5(uuid.NAMESPACE_DNS, name).hex
#> key_for("a")

#: uuid_random
import uuid

def new_key():
    return str(uuid.uuid4())
#> new_key()

#: argparse_given
import argparse

def options(argv):
    p = argparse.ArgumentParser()
    p.add_argument("--n", type=int, default=1)
    ns = p.parse_args(argv)
    ns.n += 1
    return vars(ns)
#> options(["--n", "2"])

#: thread_pool_pure
from concurrent.futures import ThreadPoolExecutor

def squares(xs):
    with ThreadPoolExecutor(2) as pool:
        out = list(pool.map(lambda x: x * x, xs))
    out.sort()
    return out
#> squares([1, 2])

#: xml_built
import xml.etree.ElementTree as ET

def to_xml(d):
    root = ET.Element("root")
    for k, v in d.items():
        ET.SubElement(root, k).text = str(v)
    return ET.tostring(root, encoding="unicode")
#> to_xml({"a": 1})

#: template_formatting
from string import Template

def greet(names):
    t = Template("hi $name")
    return [t.substitute(name=n) for n in names]
#> greet(["a"])

#: struct_pack_into
import struct

def header(buf, n):
    struct.pack_into("<I", buf, 0, n)
    return buf
#> header(bytearray(4), 3)

#: bisect_insert
import bisect

def insert_sorted(xs, x):
    bisect.insort(xs, x)
    return xs.index(x)
#> insert_sorted([1, 3], 2)

#: bisect_search
import bisect

def grade(score, cuts=[60, 70, 80]):
    return "DCBA"[bisect.bisect(cuts, score)]
#> grade(75)

#: configparser_string
import configparser

def settings(text):
    c = configparser.ConfigParser()
    c.read_string(text)
    c["a"]["b"] = "2"
    return dict(c["a"])
#> settings("[a]\nb = 1\n")

#: configparser_file
import configparser

def settings(path):
    c = configparser.ConfigParser()
    c.read(path)
    return c.sections()
#> settings("settings.ini")

#: decimal_local
from decimal import Decimal, localcontext

def precise(a, b):
    with localcontext() as ctx:
        ctx.prec = 50
        return Decimal(a) / Decimal(b)
#> precise(1, 3)
