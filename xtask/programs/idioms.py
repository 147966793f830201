"""Pieces of programs that people write, each with holes for names and values of its surroundings.

A piece is text. `<int>` is a name of that kind that is there, or a literal; `<~int>` an expression; `<xs:ints>` a name
that must be there, and `<xs>` the same again; `<y=ints>` a name that the piece binds to a value of that kind (a new
name, or one that is bound already); `<n>` a number that no other piece has; a line `<block>` stands for statements. A
first line `#def name: int, ints -> int` says that the piece defines a function that later statements may call.
"""

import re
from dataclasses import dataclass

import callbacks
import given
import habits
import holders

SEPARATOR = "--\n"
HOLE = re.compile(r"<(?:(?P<label>\w+)(?P<how>[:=]))?(?P<tilde>~?)(?P<kind>[a-z]+\d?)>")


@dataclass(frozen=True)
class Piece:
    """A piece of a program."""

    text: str
    top: bool
    library: bool


def pieces(text: str, top: bool, library: bool = False) -> list[Piece]:
    """Return the pieces in `text`, which blank lines of two dashes part."""
    return [Piece(part.strip("\n"), top, library) for part in text.split("\n--\n")]


# Statements: they may stand in loops and branches, too.
STATEMENTS = """
[<xs:ints>.append(v) for v in <ints>[:2]]
--
<ys=ints> = [<s:set>.add(v) or v for v in <ints>[:4]] + [0, 0, 0]
--
<ys=ints> = [last_<n> := v + <int> for v in <ints>[:4]] + [last_<n> if <ints> else 0]
--
print(any(<xs:ints>.append(v) or v > 3 for v in <ints>[:3]), <xs>)
--
<a:ints>.sort(key=lambda v: <dict>.get(str(v), v % 3), reverse=<bool>)
--
<ws=strs> = sorted(<strs>, key=str.lower) + ["z"]
--
<ws:strs>.sort(key=len)
--
import operator
<ws=strs> = [k for k, _ in sorted(<dict>.items(), key=operator.itemgetter(1, 0))] + ["none"]
--
import functools
<a:ints>.sort(key=functools.cmp_to_key(lambda p, q: q % 5 - p % 5))
--
<xs:ints>[::2] = [<int>] * len(<xs>[::2])
--
<xs:ints>[:0] = <ints>[:2]
--
<xs:ints>[len(<xs>):] = [<int>, <int>]
--
del <xs:ints>[4:-1]
--
<b=ints> = <a:ints>
<b> += [<~int>]
print(<a>, <b>)
--
<d:dict> |= {<str>: <int>}
--
<t=dict> = <d:dict>
<t> |= <dict>
print(<d> is <t>, <d>)
--
<s:set> &= {1, 2, 3, <int>}
--
<s:set> ^= {<int>}
--
held_<n> = (<xs:ints>, <int>)
held_<n>[0].append(<int>)
print(held_<n>)
--
try:
    (<xs:ints>, 1)[0] += [<int>]
except TypeError as error:
    print("no", error)
print(<xs>)
--
view_<n> = <d:dict>.keys()
<d>["new"] = <int>
print(sorted(view_<n>), len(view_<n>))
--
for key in list(<d:dict>):
    if <d>[key] > <int>:
        <d>.pop(key)
--
for key, value in [*<d:dict>.items()]:
    <d>[key + "_"] = value
    if len(<d>) > 6:
        break
else:
    print("all", <d>)
--
<xs:ints>.extend(v for v in <ints>[:3] if v not in <xs>)
--
if <~bool>:
    <xs:ints> = <ints>
print(<xs>)
--
<xs:ints> = <xs> or <ints>
<xs>.append(<int>)
--
<k=int> = <~int> if <bool> else <int>
print(f"{<k>:>6}|{<k>:<+4d}|{<float>:8.3e}|{<str>!a}")
--
print("%(a)s and %(b)05d" % {"a": <str>, "b": <int>})
--
print("{a[0]} {b!r:>10} {0:{1}}".format(<int>, 6, a=<ints>, b=<str>))
--
print(f"{<ints>}" f"{<str>:.{3}}" "tail")
--
print(f"{'|'.join(str(v) for v in <ints>)}", f"{len(<ints>):,}", f"{<bool>!s:^9}")
--
print("{x} and {y}".format_map({"x": <int>, "y": <str>}))
--
from string import Template
print(Template("$a costs $$${b}").substitute(a=<str>, b=<int>))
--
<w=str> = "".join(c for c in <str> if c.isalnum()) + "_"
--
<w=str> = <str>.translate(str.maketrans("ab", "xy")).strip() + "."
--
while (i_<n> := len(<xs:ints>)) > 4:
    <xs>.pop(i_<n> // 2)
--
if (m_<n> := max(<ints>)) > <int>:
    print("more", m_<n>)
--
for v in <ints>[:3]:
    if v == <int>:
        print("found")
        break
<block>
else:
    print("not found", <int>)
--
i_<n> = 0
while i_<n> < 3:
    i_<n> += 1
<block>
    if i_<n> == <int>:
        break
else:
    print("while ended", i_<n>)
--
for i in range(2):
    for j in range(3):
        if i == j == 1:
            break
        <xs:ints>.append(i * j)
    else:
        continue
    print("broke at", i, j)
--
try:
    <k=int> = int(<str>)
except ValueError as problem:
    <k> = -1
    print("bad:", problem)
else:
    print("good")
finally:
    <xs:ints>.append(<k>)
--
try:
    try:
        print(<d:dict>["nope"])
    finally:
        <d>["seen"] = <int>
except KeyError as missing:
    print("missing", missing, <d>)
--
try:
    raise ValueError("no", <int>)
except (TypeError, ValueError) as wrong:
    <ws=strs> = [str(a) for a in wrong.args] + ["x"]
--
import contextlib
with contextlib.suppress(KeyError, IndexError):
    <xs:ints>.append(<int>)
    <xs>[99] = 1
    print("never")
--
import contextlib
import io
with contextlib.redirect_stdout(io.StringIO()) as caught_<n>:
    print(<int>, <str>)
<w=str> = caught_<n>.getvalue().strip() + "!"
--
<k=int>, *<r=ints> = *<ints>, 1, 2, 3
--
(<k=int>, (<j=int>, *_)), <r=ints> = (<int>, <ints>), [<int>] * 3
--
<r=ints> = [0, 1, 2]
i_<n> = 0
i_<n>, <r>[i_<n>] = 2, <int>
print(i_<n>, <r>)
--
<xs:ints>[0], <xs>[-1] = <xs>[-1], <xs>[0]
--
<b=ints> = <c=ints> = [<int>] * 3
<b>.append(<int>)
print(<c>)
--
<g=nested> = [[0] * 3] * 2
<g>[0][1] = <int>
print(<g>)
--
import copy
<g=nested> = copy.copy(<h:nested>)
<g>[0].append(<int>)
print(<h>)
--
import copy
<g=nested> = copy.deepcopy(<h:nested>)
<g>[0].append(<int>)
print(<h>)
--
for row in <g:nested>:
    row.insert(0, len(row))
--
for row in <g:nested>:
    row = row + [<int>]
print(<g>, row)
--
<g=nested> = [list(r) for r in zip(*<nested>)] + [[<int>, 1]]
--
first_<n>, *_ = <g:nested>
first_<n>.append(<int>)
--
from collections import Counter
<c=counter> = Counter(<ints>)
--
<c:counter>.update(<ints>)
print(<c>.most_common(2))
--
<c:counter>[<int>] += 1
<c> = <c> + <c>
print(sorted(<c>.items()))
--
from collections import defaultdict
<q=defaults> = defaultdict(list)
for v in <ints>:
    <q>[v % 2].append(v)
--
<q:defaults>[<int>].append(<int>)
print(sorted(<q>.items()))
--
print(len(<q:defaults>), <q>[<int>], len(<q>))
--
from collections import deque
<e=deque> = deque(<ints>, maxlen=4)
--
<e:deque>.appendleft(<int>)
<e>.rotate(1)
print(list(<e>))
--
<f=deque> = <e:deque>
<f>.append(<int>)
print(<e>)
--
import heapq
heapq.heapify(<xs:ints>)
heapq.heappush(<xs>, <int>)
print(heapq.nsmallest(2, <xs>))
--
import bisect
bisect.insort(<xs:ints>, <int>)
--
import itertools
<it=iter>, other_<n> = itertools.tee(<ints>)
print(next(other_<n>), next(other_<n>, None))
--
import itertools
<it=iter> = itertools.chain(<ints>, <it2:iter>)
--
import itertools
for odd, part in itertools.groupby(<ints>, key=lambda v: v % 2):
    print(odd, list(part))
--
import itertools
<r=ints> = list(itertools.accumulate(<ints>)) + [*itertools.islice(itertools.count(<int>), 3)]
--
<r=ints> = [v for v, _ in zip(<it:iter>, range(2))] + [5, 6, 7]
--
<it=iter> = enumerate(<ints>, start=<int>)
<it> = (a + b for a, b in <it>)
--
<b=bool> = <int> in <it:iter>
--
import functools
<k=int> = functools.reduce(lambda p, q: (p * 3 + q) % 101, <ints>, <int>)
--
<w=str> = <str>
<w> += str(<int>)
<w> *= 2
--
<k=int> = <int>
<k> <<= 2
<k> |= 1
<k> %= 50
--
assert len(<ints>) >= 0, "never"
--
print(*sorted(<set>), sep=" < ", end=".\\n")
--
print(<xs:ints>, <xs>.append(<int>), <xs>)
--
print(<xs:ints>.pop() if len(<xs>) > 4 else "short", len(<xs>))
--
<xs:ints>.append(<xs>.pop(0))
--
<xs:ints>.append(len(<xs>) + <xs>[0])
--
<b=bool> = <ints> is <ints> or <xs:ints>.append(<int>) is None
--
match <~int> % 3:
    case 0:
        <xs:ints>.append(0)
    case 1 | 2 as rest_<n> if rest_<n> > 1:
        print("two", rest_<n>)
    case other_<n>:
        print("one", other_<n>)
--
match {"kind": <str>, "n": <int>}:
    case {"kind": str(kind_<n>), **rest_<n>}:
        print(kind_<n>, rest_<n>)
--
lambda_<n> = lambda *v, k=<int>: (len(v), k)
print(lambda_<n>(*<ints>, k=<int>))
--
adders_<n> = [lambda v: v + i for i in range(3)]
print([f(1) for f in adders_<n>])
--
adders_<n> = []
for i in range(3):
    adders_<n>.append(lambda v, i=i: v + i)
print([f(1) for f in adders_<n>], i)
--
read_<n> = lambda: <xs:ints>
<xs> = [*<xs>, <int>]
print(read_<n>())
--
read_<n> = lambda held=<xs:ints>: held
<xs> = [*<xs>, <int>]
print(read_<n>(), <xs>)
--
<d:dict>["a"], <k=int> = <int>, <d>.get("a", 0)
--
<k=int> = <d:dict>.setdefault("fresh_<n>", <int>) + len(<d>)
--
<d:dict>.pop(next(iter(<d>))) if <d> else None
--
del <d:dict>["a" if "a" in <d> else <d>.setdefault("zz", 0) or "zz"]
--
<r=ints> = [*{v: None for v in <ints>}] + [1, 1, 1]
--
<d=dict> = dict(zip(<strs>, <ints>))
--
<d=dict> = {k: <d2:dict>[k] for k in sorted(<d2>, reverse=True)}
--
<g=nested> = [<xs:ints>, <xs>]
<g>[0] = <g>[1][:]
<g>[1].append(<int>)
print(<g>, <xs>)
--
with open("many_<n>.txt", "w", encoding="utf-8") as first, open("more_<n>.txt", "w", encoding="utf-8") as second:
    first.write(<str>)
    second.writelines(w + "\\n" for w in <strs>)
--
import csv
with open("table_<n>.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(["a", "b"])
    writer.writerows([[<int>, <str>], [<int>, "x"]])
--
import json
<d=dict> = json.loads(json.dumps(<dict>))
--
import json
print(json.dumps({"values": <ints>, "n": <int>}, sort_keys=True, indent=1))
--
import io
buffer_<n> = io.StringIO()
print(<int>, file=buffer_<n>)
buffer_<n>.write(<str>)
print(repr(buffer_<n>.getvalue()))
--
import os
os.makedirs("made/<n>", exist_ok=True)
with open(os.path.join("made", "<n>", "f.txt"), "a") as file:
    file.write("x" * len(<ints>))
print(sorted(os.listdir("made/<n>")))
--
import os
os.environ["SETTING_<n>"] = str(<int>)
print(os.environ.get("SETTING_<n>"), os.getenv("NOT_THERE_<n>", <str>))
--
import math
<x=float> = math.sqrt(abs(<int>)) + math.pi
--
import datetime as dt
print(dt.date(2024, 1, 31) + dt.timedelta(days=<int>))
--
import re
<ws=strs> = re.findall(r"\\w+", <str>) + ["end"]
--
import re
<w=str> = re.sub(r"[aeiou]", lambda m: m.group().upper(), <str>)
--
globals()["made_<n>"] = <int>
print(made_<n>)
--
import statistics
<x=float> = float(statistics.mean([<int>, <int>, 3]))
--
from fractions import Fraction
print(Fraction(<int>, 7) + Fraction(1, 3))
"""

# Definitions: they stand at the top, and what they define is called later.
DEFINITIONS = """
#def remember_<n>: int -> ints
def remember_<n>(value, seen=[]):
    seen.append(value)
    return [*seen, 1, 2][-6:]
--
#def collect_<n>: int, int -> int
def collect_<n>(*values, scale=<int>, **others):
    return sum(v * scale for v in values) % 91 + len(others)
print(collect_<n>(*<ints>, scale=2, **<dict>))
--
#def join_<n>: int -> str
def join_<n>(first, /, second=<int>, *, sep="-"):
    return f"{first}{sep}{second}"
print(join_<n>(1, sep=<str>))
--
#def counted_<n>: int -> int
def count_calls_<n>(function):
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs) + wrapper.calls
    wrapper.calls = 0
    return wrapper

@count_calls_<n>
def counted_<n>(value):
    return value + <int>
print(counted_<n>(1), counted_<n>.calls)
--
#def noisy_<n>: ints -> int
import functools

def announce_<n>(label):
    def decorate(function):
        @functools.wraps(function)
        def inner(*args):
            print(label, "calls", function.__name__)
            return function(*args)
        return inner
    return decorate

@announce_<n>(<str>)
def noisy_<n>(values):
    values.append(<int>)
    return len(values)
--
#def cached_<n>: int -> int
import functools

@functools.lru_cache(maxsize=None)
def cached_<n>(value):
    print("computing", value)
    return value * 2 + <int>
--
handlers_<n> = {}

def handler_<n>(name):
    def keep(function):
        handlers_<n>[name] = function
        return function
    return keep

@handler_<n>("double")
def double_<n>(v):
    return v * 2

@handler_<n>("grow")
def grow_<n>(v):
    return v + <int>

for key_<n> in sorted(handlers_<n>):
    print(key_<n>, handlers_<n>[key_<n>](<int>))
--
from contextlib import contextmanager

@contextmanager
def section_<n>(title):
    print(">", title)
    try:
        yield <ints>
    finally:
        print("<", title)

with section_<n>(<str>) as inner_<n>:
    <xs:ints>.append(len(inner_<n>))
<block>
--
class Guard_<n>:
    depth = 0
    def __init__(self, label):
        self.label = label
    def __enter__(self):
        Guard_<n>.depth += 1
        print("in", self.label, self.depth)
        return self
    def __exit__(self, kind, value, trace):
        Guard_<n>.depth -= 1
        print("out", self.label, kind is not None)
        return kind is ValueError

with Guard_<n>("a") as outer_<n>, Guard_<n>("b"):
<block>
    raise ValueError(<int>)
print(Guard_<n>.depth, outer_<n>.label)
--
#def step_<n>:  -> int
def counter_<n>():
    count = <int>
    def step():
        nonlocal count
        count += 1
        return count
    def reset():
        nonlocal count
        count = 0
    return step, reset
step_<n>, reset_<n> = counter_<n>()
print(step_<n>(), step_<n>())
reset_<n>()
--
#def bump_<n>: int -> int
state_<n> = {"n": <int>}
def bump_<n>(by):
    state_<n>["n"] += by
    return state_<n>["n"]
print(bump_<n>(1), state_<n>)
--
#def tally_<n>: int -> int
tally_total_<n> = <int>
def tally_<n>(by):
    global tally_total_<n>
    tally_total_<n> += by
    return tally_total_<n>
tally_<n>(<int>)
print(tally_total_<n>)
--
#def outer_<n>: int -> int
def outer_<n>(value):
    total = 0
    def add(v):
        nonlocal total
        total += v
        def deeper():
            nonlocal total
            total *= 2
        if v > 2:
            deeper()
    for v in range(value % 5):
        add(v)
    return total
--
#def later_<n>:  -> int
def later_<n>():
    return base_<n> + 1
base_<n> = <int>
print(later_<n>())
base_<n> = <int>
--
#def marked_<n>: int -> int
def marked_<n>(value):
    marked_<n>.calls += 1
    return value + marked_<n>.calls
marked_<n>.calls = 0
--
#def fact_<n>: int -> int
def fact_<n>(n):
    return 1 if abs(n) < 2 or n > 12 or n < 0 else n * fact_<n>(n - 1)
print(fact_<n>(5))
--
#def even_<n>: int -> bool
def even_<n>(n):
    return n <= 0 or odd_<n>(min(n, 9) - 1)
def odd_<n>(n):
    return n > 0 and even_<n>(n - 1)
--
def numbers_<n>(limit):
    print("started")
    for value in range(limit):
        got = yield value
        if got:
            print("got", got)
    print("ended")
<it=iter> = numbers_<n>(3)
print(next(<it>), <it>.send(<int>))
--
def walk_<n>(rows):
    for row in rows:
        yield from row
    yield <int>
<it=iter> = walk_<n>(<nested>)
--
def lazy_<n>(values):
    for value in values:
        print("see", value)
        yield value * 2
<it=iter> = (v + 1 for v in lazy_<n>(<ints>) if v > <int>)
--
#def guarded_<n>: str -> int
def guarded_<n>(text):
    try:
        return int(text)
    except ValueError:
        return -1
    finally:
        print("tried", text)
--
class Oops_<n>(Exception):
    def __init__(self, value, extra=<int>):
        super().__init__(f"oops {value}")
        self.extra = extra
try:
    raise Oops_<n>(<int>)
except Oops_<n> as oops:
    print(oops, oops.extra)
--
#def checked_<n>: int -> int
class Wrong_<n>(ValueError):
    pass

def checked_<n>(value):
    try:
        if value > <int>:
            raise Wrong_<n>(value)
        return value
    except Wrong_<n> as wrong:
        print("wrong", wrong.args)
        return 0
--
class Stack_<n>:
    made = []
    def __init__(self, *items):
        self.items = list(items)
        Stack_<n>.made.append(len(items))
    def __len__(self):
        return len(self.items)
    def __iter__(self):
        return iter(self.items)
    def __getitem__(self, at):
        return self.items[at]
    def __setitem__(self, at, value):
        self.items[at] = value
    def __contains__(self, value):
        return value in self.items
    def __iadd__(self, other):
        self.items.extend(other)
        return self
    @property
    def top(self):
        print("looking")
        return self.items[-1]
    @top.setter
    def top(self, value):
        self.items[-1] = value
    @classmethod
    def of(cls, values):
        return cls(*values)
    @staticmethod
    def double(v):
        return v * 2
stack_<n> = Stack_<n>.of(<ints>)
same_<n> = stack_<n>
stack_<n>[0] = <int>
stack_<n> += [<int>, Stack_<n>.double(3)]
stack_<n>.top = <int>
print(len(same_<n>), [*same_<n>], same_<n>.top, <int> in same_<n>, Stack_<n>.made)
--
from dataclasses import dataclass, field

@dataclass
class Order_<n>:
    name: str
    amount: int = <int>
    lines: list = field(default_factory=list)
    def add(self, line):
        self.lines.append(line)
        self.amount += len(self.lines)
order_<n> = Order_<n>(<str>)
twin_<n> = order_<n>
twin_<n>.add(<int>)
print(order_<n>, order_<n> == twin_<n>)
--
from dataclasses import dataclass, replace

@dataclass(frozen=True, order=True)
class Point_<n>:
    x: int
    y: int = <int>
p_<n> = Point_<n>(<int>)
q_<n> = replace(p_<n>, y=<int>)
print(p_<n>, sorted([p_<n>, q_<n>])[0], p_<n> == q_<n>, len({p_<n>, q_<n>}) > 0)
--
from typing import NamedTuple

class Row_<n>(NamedTuple):
    key: str
    value: int = <int>
row_<n> = Row_<n>(<str>)._replace(value=<int>)
print(row_<n>, row_<n>[1], *row_<n>)
--
from enum import Enum

class Level_<n>(Enum):
    LOW = 1
    HIGH = <int> + 100
print(Level_<n>.LOW, Level_<n>["HIGH"].value, [e.name for e in Level_<n>])
--
class Base_<n>:
    registry = []
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Base_<n>.registry.append(cls.__name__)
    def speak(self):
        return "base"
class Child_<n>(Base_<n>):
    def __init__(self, value=<int>):
        self.value = value
    def speak(self):
        return super().speak() + f" child {self.value}"
    def __call__(self, more):
        self.value += more
        return self.value
child_<n> = Child_<n>()
print(child_<n>.speak(), child_<n>(<int>), Base_<n>.registry, isinstance(child_<n>, Base_<n>))
--
class Lazy_<n>:
    def __init__(self):
        self.asked = []
    def __getattr__(self, name):
        self.asked.append(name)
        return len(name)
lazy_<n> = Lazy_<n>()
print(lazy_<n>.anything + <int>, lazy_<n>.asked)
setattr(lazy_<n>, "fixed", <int>)
print(lazy_<n>.fixed, vars(lazy_<n>))
del lazy_<n>.fixed
--
class Account_<n>:
    total = 0
    def __init__(self, owner, history=None):
        self.owner = owner
        self.history = history if history is not None else []
    def pay(self, amount):
        self.history.append(amount)
        type(self).total += amount
        return self
    def __str__(self):
        return f"{self.owner}: {sum(self.history)}"
shared_<n> = []
a_<n>, b_<n> = Account_<n>("a", shared_<n>), Account_<n>("b", shared_<n>)
a_<n>.pay(<int>).pay(2)
b_<n>.pay(<int>)
print(a_<n>, b_<n>, Account_<n>.total, f"{a_<n>}", shared_<n>)
--
class Column_<n>:
    width = <int>
    sizes = [v + 1 for v in range(width % 4)]
    def describe(self, pad=width):
        return f"{pad} {self.sizes}"
print(Column_<n>().describe(), Column_<n>.sizes)
Column_<n>.width = <int>
--
#def apply_<n>: ints -> ints
def apply_<n>(values, function=lambda v: v + <int>, *rest):
    return [function(v) for v in values][:5] + [0, 0, 0]
print(apply_<n>(<ints>, abs))
--
#def fill_<n>: ints -> ints
def fill_<n>(values):
    values += [<int>]
    return values
<y=ints> = fill_<n>(<xs:ints>)
<y>.append(1)
print(<xs>)
--
#def swap_<n>: ints -> ints
def swap_<n>(values):
    values = values[::-1]
    values.append(<int>)
    return values
--
#def first_<n>: nested -> ints
def first_<n>(rows):
    return rows[0]
got_<n> = first_<n>(<g:nested>)
got_<n>.append(<int>)
print(<g>)
--
def keep_<n>(value, into):
    into.append(value)
    return into
<y=ints> = keep_<n>(<int>, keep_<n>(<int>, <xs:ints>))
print(<y> is <xs>, <xs>)
--
def report_<n>(**values):
    for key, value in sorted(values.items()):
        print(f"{key:>8}: {value!r}")
report_<n>(a=<int>, **{"b": <str>, "c": <ints>})
--
import functools

def power_<n>(base, exponent, shift=0):
    return base ** exponent + shift
square_<n> = functools.partial(power_<n>, exponent=2, shift=<int>)
print(square_<n>(3), [*map(square_<n>, [1, 2])])
--
if <bool>:
    def pick_<n>(v):
        return v + <int>
else:
    def pick_<n>(v):
        return v - <int>
print(pick_<n>(<int>))
--
def twice_<n>(v):
    return v * 2
print(twice_<n>(<int>))
def twice_<n>(v):
    return v * 3
print(twice_<n>(<int>))
--
def main_<n>():
    print("main", <int>)
    <xs:ints>.append(<int>)

if __name__ == "__main__":
    main_<n>()
--
import asyncio

async def fetch_<n>(value):
    await asyncio.sleep(0)
    return value + <int>

async def all_<n>():
    return await asyncio.gather(*(fetch_<n>(v) for v in range(3)))
print(asyncio.run(all_<n>()))
--
import atexit
atexit.register(print, "bye", <int>)
--
import pickle

class Kept_<n>:
    def __init__(self, value):
        self.value = value
with open("kept_<n>.pkl", "wb") as file:
    pickle.dump({"n": <int>, "values": <ints>}, file)
with open("kept_<n>.pkl", "rb") as file:
    print(pickle.load(file))
print(Kept_<n>(<int>).value)
--
import logging
logging.getLogger("quiet").info("nobody sees %s", <int>)
--
import sys
print(len(sys.argv) >= 1, "sys" in sys.modules)
--
order_<n> = []
class Loud_<n>:
    def __bool__(self):
        order_<n>.append("bool")
        return True
    def __add__(self, other):
        order_<n>.append("add")
        return other
    def __eq__(self, other):
        order_<n>.append("eq")
        return True
    __hash__ = None
loud_<n> = Loud_<n>()
if loud_<n> and loud_<n> == 3:
    print(loud_<n> + <int>)
print(order_<n>)
--
def history_<n>(value, *, log=<xs:ints>):
    log.append(value)
    return len(log)
<xs> = [0, 0, 0]
print(history_<n>(<int>), history_<n>(1), <xs>)
--
del_me_<n> = <ints>
kept_<n> = del_me_<n>
del del_me_<n>
kept_<n>.append(<int>)
try:
    print(del_me_<n>)
except NameError as gone:
    print("gone")
--
x_<n>: int
y_<n>: list = <xs:ints>
y_<n>.append(<int>)
print(<xs>)
--
if <bool>:
    import math as numbers_<n>
else:
    import cmath as numbers_<n>
print(abs(numbers_<n>.sqrt(4)))
--
#def scaled_<n>: int -> int
LIMIT_<n> = 3
def scaled_<n>(value, limit=LIMIT_<n>):
    return value * limit
print(scaled_<n>(<int>), scaled_<n>(<int>, 2), scaled_<n>(value=<int>, limit=<int>))
--
RATE_<n>, STEPS_<n> = 2, <int>
def stepped_<n>(value, *, rate=RATE_<n>, steps=STEPS_<n>):
    return value * rate + steps
print(stepped_<n>(<int>), stepped_<n>(steps=1, value=<int>), list(map(stepped_<n>, <ints>)))
--
import re
WORD_<n> = re.compile(r"\w+")
COLOURS_<n> = {"red": 1, "blue": 2}
class Reader<n>:
    def __init__(self, text):
        self.words = WORD_<n>.findall(text)
    def colours(self):
        return [COLOURS_<n>.get(word, 0) for word in self.words]
print(Reader<n>("red " + <str>).colours(), len(Reader<n>(<str>).words))
--
from collections import namedtuple
Point<n> = namedtuple("Point<n>", "x y")
ORIGIN_<n> = (0, 0)
def moved_<n>(x, y=1):
    return Point<n>(x + ORIGIN_<n>[0], y)
print(moved_<n>(<int>), moved_<n>(<int>, y=<int>))
--
DEPTH_<n> = 4
WIDTH_<n> = DEPTH_<n> * 2
class Box<n>:
    def __init__(self, height, depth=DEPTH_<n>):
        self.height = height
        self.depth = depth
        self.width = WIDTH_<n>
    def volume(self):
        return self.height * self.depth * self.width
print(Box<n>(<int>).volume(), Box<n>(<int>, 1).volume(), isinstance(Box<n>(1), Box<n>))
--
KNOWN_<n> = ["a", "b"]
class Registry<n>:
    def has(self, name):
        return name in KNOWN_<n>
print(Registry<n>().has("c"))
KNOWN_<n>.append("c")
print(Registry<n>().has("c"), KNOWN_<n>)
--
SHARED_<n> = {}
class Memo<n>:
    def __init__(self, key):
        self.table = SHARED_<n>
        self.key = key
    def put(self, value):
        self.table[self.key] = value
        return len(SHARED_<n>)
print(Memo<n>("a").put(<int>), Memo<n>("b").put(<int>), SHARED_<n>)
--
FACTOR_<n> = 2
class Factored<n>:
    def __init__(self, value):
        self.value = value * FACTOR_<n>
    def again(self):
        return self.__class__(self.value)
print(Factored<n>(<int>).again().value)
--
FACTOR_<n> = 2
class Base<n>:
    def __init__(self, value):
        self.value = value * FACTOR_<n>
class Derived<n>(Base<n>):
    pass
print(Derived<n>(<int>).value, Base<n>(<int>).value)
--
twice_<n> = lambda value: value * 2
def twiced_<n>(values):
    return [twice_<n>(v) for v in values]
print(twiced_<n>(<ints>), sorted(<ints>, key=twice_<n>))
--
TABLE_<n> = {"a": [1], "b": [2]}
class Holder<n>:
    def get(self, key):
        return TABLE_<n>.get(key, [])
rows_<n> = Holder<n>().get("a")
rows_<n>.append(<int>)
print(Holder<n>().get("a"), TABLE_<n>)
--
import logging
log_<n> = logging.getLogger("made.<n>")
log_<n>.setLevel(logging.ERROR)
def logged_<n>(value):
    log_<n>.info("value %s", value)
    return log_<n>.isEnabledFor(logging.INFO), value
print(logged_<n>(<int>))
--
LEVEL_<n> = 1
def leveled_<n>(value, level=LEVEL_<n>):
    return value + level
LEVEL_<n> = 5
print(leveled_<n>(<int>), LEVEL_<n>)
--
low_<n>, high_<n> = 1, <int>
low_<n>, high_<n> = -high_<n>, -low_<n>
print(low_<n>, high_<n>)
--
COUNT_<n> = 3
def made_<n>(count=COUNT_<n>):
    return count
def hiding_<n>(COUNT_<n>):
    return made_<n>() + COUNT_<n>
print(hiding_<n>(<int>), [made_<n>() for COUNT_<n> in range(2)])
--
GROWTH_<n> = 2
class Grown<n>:
    def __init__(self, value, step=GROWTH_<n>):
        self.value = value * GROWTH_<n> + step
    def again(self):
        return Grown<n>(self.value)
print(Grown<n>(<int>).again().value)
--
def counted_<n>(value):
    yield value
    if value > 0:
        yield from counted_<n>(value - 1)
waiting_<n> = counted_<n>(2)
print(next(waiting_<n>))
def counted_<n>(value):
    yield -value
print(list(waiting_<n>), list(counted_<n>(<int>)))
--
kept_<n> = <int>
def forget_<n>():
    global kept_<n>
    del kept_<n>
forget_<n>()
print("kept_<n>" in globals())
--
class Ended<n>:
    def __init__(self, number):
        self.number = number
    def __del__(self):
        print("ended", self.number)
def end_<n>():
    held = Ended<n>(<int>)
    made = make_ended_<n>(2)
    print("still there")
    return 1
def make_ended_<n>(number):
    return Ended<n>(number)
print(end_<n>())
--
gone_<n> = <int>
for turn_<n> in range(2):
    if "gone_<n>" in globals():
        print("there", turn_<n>)
        del gone_<n>
print("gone_<n>" in globals())
--
dropped_<n> = <int>
if dropped_<n> == dropped_<n>:
    del dropped_<n>
print("dropped_<n>" in vars(), "turn" in dir())
"""

# numpy and pandas.
TABLES = """
<m=flags> = <df:frame>["a"] > <int>
--
<df:frame> = <df>[<df>["a"] > <int>]
--
<df:frame>.loc[<df>["a"] > <int>, "b"] = <int>
print(<df>["b"].tolist())
--
<m=flags> = <df:frame>["a"].isin([1, 2, <int>])
<df>["hit"] = <m>
<df> = <df>[~<m>]
print(len(<df>))
--
<df:frame>["kind"] = np.where(<df>["a"] > <int>, "big", "small")
print(<df>["kind"].value_counts().to_dict())
--
<p=frame> = <df:frame>[<df>["a"] > 1].copy()
<p>["b"] = <int>
print(<df>["b"].tolist(), <p>["b"].tolist())
--
<p=frame> = <df:frame>[<df>["a"] > 1]
<p>["b"] = <int>
print(<df>["b"].tolist(), <p>["b"].tolist())
--
<p=frame> = <df:frame>
<p>["extra_<n>"] = <int>
print(list(<df>.columns))
--
<df:frame>.drop(columns=["extra"], errors="ignore", inplace=True)
--
<df:frame>.rename(columns={"c": "cc"}, inplace=True)
print(list(<df>.columns))
--
<df:frame>.drop_duplicates(subset=["a"], inplace=True)
print(len(<df>))
--
<df:frame>["b"].fillna(<int>, inplace=True)
print(<df>["b"].tolist())
--
<df:frame>["b"][0] = <int>
print(<df>["b"].tolist())
--
<df:frame>.at[0, "b"] = <int>
--
<df:frame>.eval("e = a * 2", inplace=True)
print(<df>["e"].tolist())
--
<df:frame>["tmp"] = 1
del <df>["tmp"]
--
<df:frame>["tmp"] = range(len(<df>))
<c=column> = <df>.pop("tmp")
print(<c>.tolist(), list(<df>.columns))
--
<c=column> = <df:frame>["a"]
<df>["a"] = <df>["a"] * 2
print(<c>.tolist(), <df>["a"].tolist())
--
<c=column> = <df:frame>["a"].values
<c> = <c> + 1
print(<c>)
--
for i, row in <df:frame>.iterrows():
    print(i, row["a"], row["g"])
--
for key, group in <df:frame>.groupby("g"):
    print(key, group["a"].sum(), len(group))
--
for name in ["a", "b"]:
    <df:frame>[name + "_x"] = <df>[name].fillna(0) * 2
print(<df>.shape)
--
<df:frame>["r"] = <df>.apply(lambda row: row["a"] + <int>, axis=1)
print(<df>["r"].tolist())
--
print(<df:frame>.groupby("g").agg(total=("a", "sum"), n=("a", "size")))
--
<df:frame> = <df>.assign(z=lambda d: d["a"] + <int>).query("z > 1")
--
<df:frame> = (
    <df>
    .sort_values("a", ascending=False)
    .reset_index(drop=True)
)
print(<df>["a"].tolist())
--
def add_column_<n>(frame, value=<int>):
    frame["by_<n>"] = value
    return frame
<p=frame> = add_column_<n>(<df:frame>)
print(list(<df>.columns), <p> is <df>)
--
def tidy_<n>(frame):
    frame = frame.copy()
    frame["by_<n>"] = frame["a"].cumsum()
    return frame
<df:frame> = <df>.pipe(tidy_<n>)
print(<df>["by_<n>"].tolist())
--
def drop_<n>(frame):
    frame.dropna(inplace=True)
drop_<n>(<df:frame>)
print(len(<df>))
--
for table_<n> in [<df:frame>, <p:frame>]:
    table_<n>["n_<n>"] = len(table_<n>)
print(list(<df>.columns))
--
frames_<n> = {"one": <df:frame>, "two": <df>.head(2)}
for key, value in frames_<n>.items():
    print(key, value["a"].sum())
frames_<n>["one"]["late"] = <int>
print("late" in <df>.columns)
--
<df:frame>.columns = [str(c).lower() for c in <df>.columns]
<df>.index.name = "row"
print(<df>.index.name)
--
<df:frame>.set_index("g", inplace=True)
print(<df>.index.tolist())
<df>.reset_index(inplace=True)
--
<df:frame>.to_csv("t_<n>.csv", index=False)
<p=frame> = pd.read_csv("t_<n>.csv")
<p>["a"] = <int>
--
with pd.option_context("display.max_rows", 2):
    print(<df:frame>)
--
pd.set_option("display.precision", 3)
print(<df:frame>["a"].mean())
--
print(pd.crosstab(<df:frame>["g"], <df>["a"] > 1).to_dict())
--
<v=array> = <x:array>[1:4]
<v>[0] = <int>
print(<x>)
<v> = np.arange(5)
--
np.add(<x:array>, 1, out=<x>, casting="unsafe")
print(<x>)
--
np.clip(<x:array>, 0, 3, out=<x>)
--
<v=array> = np.clip(<x:array>, 0, <int> + 5)
print(<v>, <x>)
--
<v=array> = <x:array>.copy()
<v>[<v> > 1] = <int>
print(<v>.tolist())
--
<v=array> = <x:array>.view()
<v>[-1] = <int>
print(<x>.tolist())
--
<v=array> = <x:array>.ravel()
<v>[0] += 1
print(<x>)
--
<v=array> = <x:array>.flatten()
<v>[0] += 1
print(<x>)
--
<mat=matrix> = np.arange(6).reshape(2, 3)
--
<mat:matrix>[0] = <int>
<row=matrix> = <mat>.T
<row>[0, 0] = <int>
print(<mat>)
<row> = np.ones((2, 3))
--
np.fill_diagonal(<mat:matrix>, <int>)
print(<mat>.sum(axis=0))
--
for row in <mat:matrix>:
    row += 1
print(<mat>)
--
<mat:matrix>[<mat> > 2] *= 2
print(<mat>.max())
--
np.copyto(<x:array>, <int>, casting="unsafe")
--
<x:array>.flat[0] = <int>
np.put(<x>, [1], [<int>])
print(<x>)
--
<x:array>.fill(<int>)
--
np.random.seed(3)
np.random.shuffle(<x:array>)
print(<x>.tolist(), np.random.randint(0, 9))
--
rng_<n> = np.random.default_rng(<int> + 10)
<v=array> = rng_<n>.integers(0, 9, 5)
rng_<n>.shuffle(<v>)
print(<v>, rng_<n>.random())
--
<x:array> -= <x>.mean().astype(<x>.dtype)
print(<x>)
--
a_<n>, b_<n> = np.split(np.arange(6), 2)
a_<n>[0] = <int>
print(a_<n>, b_<n>, np.hstack([a_<n>, b_<n>]))
--
np.set_printoptions(precision=2)
print(np.array([1 / 3, <int>]))
--
with np.errstate(divide="ignore", invalid="ignore"):
    print(np.array([1.0, 2.0]) / np.array([0.0, <int>]))
--
<c:column> = <c> * 1
<df:frame>["from_c"] = pd.Series(np.asarray(<c>)[:1]).reindex(<df>.index)
--
print(<df:frame>.loc[<df>["a"] == <df>["a"].max(), "g"].iloc[0])
--
best_<n>, at_<n> = <df:frame>["a"].max(), <df>["a"].idxmax()
print(f"best {best_<n>} at {at_<n>}")
--
<df:frame>[["a", "b"]] = <df>[["a", "b"]].fillna(0) + 1
print(<df>[["a", "b"]].sum().to_dict())
--
<df:frame>["d"] = pd.to_datetime("2024-01-0" + (<df>["a"].clip(1, 9)).astype(int).astype(str))
print(<df>["d"].dt.day.tolist())
--
<df:frame>["g"] = <df>["g"].str.upper()
<df>["g"].replace("X", "W", inplace=True)
print(<df>["g"].tolist())
--
<df:frame>["g"] = <df>["g"].astype("category")
print(<df>["g"].cat.categories.tolist())
<df>["g"] = <df>["g"].astype(str)
"""

ALL = [
    *pieces(STATEMENTS + SEPARATOR + habits.STATEMENTS, top=False),
    *pieces(DEFINITIONS + SEPARATOR + habits.DEFINITIONS, top=True),
    *pieces(TABLES + SEPARATOR + habits.TABLES + SEPARATOR + callbacks.TABLES + SEPARATOR + holders.TABLES + SEPARATOR + given.TABLES, top=True, library=True),
]

SIGNATURE = re.compile(r"#def (?P<name>[\w<>]+): (?P<parameters>[\w, ]*)-> (?P<result>\w+)")
TARGETS = re.compile(r"^\s*for ([\w, ()]+) in ", re.MULTILINE)


def fill(generator, scope, depth: int) -> list[str] | None:  # noqa: ANN001 - `generate` imports this module
    """Return the lines of a piece that fits, with its holes filled; `None` when a name that it needs is not there."""
    fitting = [p for p in ALL if (not p.top or depth == 0) and (generator.libraries or not p.library)]
    piece = generator.random.choice(fitting)
    if piece.library:
        generator.imports |= {"import numpy as np", "import pandas as pd"}
    generator.number += 1
    number, labels, bound = str(generator.number), {}, {}

    def value(match: re.Match[str]) -> str:
        label, how, kind = match["label"], match["how"], match["kind"]
        if kind == "n" and not how:
            return number
        if how is None and kind in labels:
            return labels[kind]
        if how == ":":
            labels[label] = generator.pick(scope, kind) or ""
            return labels[label]
        if how == "=":
            labels[label] = generator.fresh(scope, kind)
            bound[labels[label]] = kind
            return labels[label]
        if kind == "str" and match.string[: match.start()].endswith("{"):
            return generator.pick(scope, kind) or "'s'"
        return generator.expression(scope, kind, 1) if match["tilde"] else generator.some(scope, kind)

    lines: list[str] = []
    for line in piece.text.split("\n"):
        if line.startswith("#def"):
            continue
        if line == "<block>":
            lines += generator.block(scope, depth, 2)
        elif re.match(r"import |from \w+ import", line) and generator.random.random() < 0.5:
            generator.imports.add(line)
        else:
            lines.append(HOLE.sub(value, line))
    if "" in labels.values():
        return None
    define(generator, piece, number)
    for targets in TARGETS.findall("\n".join(lines)):
        for name in re.findall(r"\w+", targets):
            scope.names.pop(name, None)
    scope.names.update(bound)
    return lines


def define(generator, piece: Piece, number: str) -> None:  # noqa: ANN001 - `generate` imports this module
    """Let later statements call the function that a piece defines."""
    match = SIGNATURE.match(piece.text)
    if match:
        kinds = [kind.strip() for kind in match["parameters"].split(",") if kind.strip()]
        generator.add_function(match["name"].replace("<n>", number), kinds, match["result"])
