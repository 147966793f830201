"""More pieces of programs: what people write in a whole paragraph, in the notation of `idioms.py`."""

# Statements: they may stand in loops and branches, too.
STATEMENTS = """
import csv, json, sys
json.dump(<ints>, sys.stdout)
print()
lines_<n> = csv.writer(sys.stdout, lineterminator="\\n")
lines_<n>.writerow(["a", <int>])
print("after", len(<xs:ints>))
--
with open("out_<n>.txt", "w") as handle_<n>:
    handle_<n>.write(<str>)
    <k=int> = (
        <int>
        + len(<ints>)  # both
    )
print(<k>)
--
made_<n> = (
    <ints>
)
shown_<n> = (print("shown", len(made_<n>)))
made_<n> = (made_<n>
    + [<int>])
print(made_<n>, shown_<n>)
--
parts_<n> = [<ints>, <xs:ints>]
for part_<n> in parts_<n>:
    part_<n> += [<int>]
print(<xs>, parts_<n>[1] is <xs>)
--
best_<n> = None
for v in <ints>:
    if best_<n> is None or v > best_<n>:
        best_<n> = v
        print("better", best_<n>)
<k=int> = best_<n> if best_<n> is not None else 0
--
rounds_<n> = 0
while True:
    rounds_<n> += 1
    if rounds_<n> % 2:
        continue
<block>
    if rounds_<n> > 3:
        break
print("rounds", rounds_<n>)
--
errors_<n> = []
for raw_<n> in [<str>, "12", None]:
    try:
        <xs:ints>.append(int(raw_<n>))
    except (TypeError, ValueError) as why_<n>:
        errors_<n>.append(type(why_<n>).__name__)
        continue
    else:
        print("took", raw_<n>)
    finally:
        print("tried", raw_<n>)
print(errors_<n>)
--
try:
    try:
        raise KeyError(<str>)
    except KeyError as first_<n>:
        raise RuntimeError("second") from first_<n>
except RuntimeError as second_<n>:
    print(second_<n>, repr(second_<n>.__cause__))
--
try:
    <xs:ints>.append(<int>)
    <k=int> = <xs>[<int>]
    <xs>.append(1 // 0)
except (IndexError, ZeroDivisionError):
    <k> = len(<xs>)
print(<k>, <xs>)
--
nested_<n> = {"a": {"b": <xs:ints>}, "c": <int>}
nested_<n>["a"]["b"].append(nested_<n>["c"])
inner_<n> = nested_<n>["a"]
inner_<n>["d"] = 1
print(nested_<n>, <xs>)
--
<d:dict>.update({<str>: <int>}, extra=<int>)
<k=int> = <d>.pop("extra")
print(<k>, list(<d>))
--
backup_<n> = <d:dict>
<d> = {k: v for k, v in <d>.items() if v > <int>}
backup_<n>["late"] = <int>
print(<d>, backup_<n>)
--
backup_<n> = dict(<d:dict>)
<d>.clear()
<d>.update(backup_<n>, z=<int>)
print(<d> == backup_<n>, len(<d>))
--
taken_<n> = <s:set>
<s> = <s> - {<int>}
taken_<n>.add(99)
print(sorted(<s>), sorted(taken_<n>))
--
<s:set>.update(<ints>)
<s>.discard(<int>)
print(sorted(<s>)[:5], <s>.issuperset({<int>}))
--
frozen_<n> = frozenset(<set>)
index_<n> = {frozen_<n>: <int>, ("a", <int>): 2}
print(len(index_<n>), index_<n>[frozen_<n>])
--
rows_<n> = [dict(id=i, value=v) for i, v in enumerate(<ints>)]
chosen_<n> = [r for r in rows_<n> if r["value"] > <int>]
for r_<n> in chosen_<n>:
    r_<n>["value"] *= 2
print(rows_<n>)
--
rows_<n> = [{"k": w, "n": len(w)} for w in <strs>]
rows_<n>.sort(key=lambda r: (-r["n"], r["k"]))
first_<n> = rows_<n>[0]
first_<n>["n"] += <int>
print(rows_<n>[0]["n"], sum(r["n"] for r in rows_<n>))
--
<xs:ints>[1:3], tail_<n> = [<int>, <int>], <xs>[-1:]
print(<xs>, tail_<n>)
--
<xs:ints>[:] = [v for v in <xs> if v != <int>] or [0, 0, 0]
--
del <xs:ints>[::3]
<xs> += [1, 2, 3]
--
window_<n> = <xs:ints>[-3:]
window_<n>[0] = <int>
<xs>[-3:] = window_<n>
print(<xs>)
--
pairs_<n> = list(zip(<ints>, <xs:ints>))
<xs>.clear()
<xs>.extend(b for _, b in pairs_<n>)
<xs> += [0, 1, 2]
print(pairs_<n>[:2])
--
<it=iter> = iter(<ints>)
print(next(<it>), list(zip(<it>, <it>)))
--
chunks_<n> = iter(lambda: [<xs:ints>.pop() for _ in range(2)] if len(<xs>) > 5 else None, None)
print(list(chunks_<n>), len(<xs>))
--
print(f"{<int>=}", f"{<str>!r:.4}", f"{<float>:+.1f}", f"{<int>:#x}", f"{<int>:08.2f}")
--
print(f"{'a' if <bool> else 'b':*^{7}}", "%5.1f%%" % <float>, "%-6s|" % <str>, "%r %s" % (<ints>, <dict>))
--
width_<n> = 12
print(f"{<str>:<{width_<n>}}|{<int>:>{width_<n>}}|{<float>:^{width_<n>}.3f}|")
--
print("=" * 20, <str>.center(20, "-"), <str>.ljust(8) + "|", sep="\\n")
--
print("a", "b", sep="", end="")
print("", <int>)
--
print(end=<str>)
print()
--
line_<n> = "-" * 10
print(line_<n>)
print(*<strs>, sep="\\n")
print(line_<n>, flush=True)
--
import sys
sys.stdout.write(f"{<int>}\\n")
print("after")
--
import sys
print("to errors", <int>, file=sys.stderr)
print("to output", <int>)
--
from pprint import pprint
pprint({"b": <ints>, "a": {"k": <str>, "v": <int>}})
--
import textwrap
print(textwrap.fill(<str> + " word" * 20, width=30))
print(textwrap.dedent(f\'\'\'
    indented {<int>}
      more
\'\'\'))
--
print(f\'\'\'a {<int>}
  b {<str>}\'\'\')
--
message_<n> = ("first "
               f"second {<int>} "
               "third")
print(message_<n>)
--
<k=int> = (
    <int>
    + <int>  # the second
    # a line of its own
    + len(<ints>)
)
--
if not (odd_<n> := [v for v in <ints> if v % 2]):
    print("no odd")
elif len(odd_<n>) > 2:
    print("many", odd_<n>[:2])
else:
    print("some", odd_<n>)
<xs:ints>.extend(odd_<n>)
--
while (left_<n> := <xs:ints>[3:]) and left_<n>[0] > <int>:
    del <xs>[3]
print(left_<n>)
--
print([y_<n> for v in <ints> if (y_<n> := v * 2) > <int>], [(a, b) for a in range(2) for b in range(a + 1)])
--
match <ints>:
    case []:
        print("empty")
    case [only_<n>]:
        print("one", only_<n>)
    case [first_<n>, *rest_<n>]:
        <xs:ints>.append(first_<n>)
        print(first_<n>, len(rest_<n>))
--
match (<int>, <str>):
    case (0, _):
        print("zero")
    case (int(n_<n>), str(s_<n>)) if n_<n> > 2:
        print("big", n_<n>, s_<n>)
    case _:
        pass
--
flag_<n> = <bool>
total_<n> = 0
for v in <ints>:
    if flag_<n> and v < 0:
        continue
    total_<n> += v
    if total_<n> > 10:
        flag_<n> = not flag_<n>
        break
else:
    total_<n> = -1
print(flag_<n>, total_<n>)
--
for i, (a, b) in enumerate(zip(<ints>, <strs>), 1):
    print(i, a, b)
    last_<n> = a
print(i, last_<n>)
--
for key_<n> in <dict>:
    size_<n> = len(key_<n>)
    <xs:ints>.append(size_<n>)
print(<xs>[-1])
--
from contextlib import ExitStack
with ExitStack() as stack_<n>:
    files_<n> = [stack_<n>.enter_context(open(f"part_<n>_{i}.txt", "w")) for i in range(2)]
    for i, file_<n> in enumerate(files_<n>):
        print(i, <int>, file=file_<n>)
--
with open("log_<n>.txt", "w") as log_<n>:
    for v in <ints>[:3]:
        log_<n>.write(f"{v}\\n")
        <xs:ints>.append(v)
with open("log_<n>.txt") as log_<n>:
    first_<n> = log_<n>.readline().strip()
    rest_<n> = log_<n>.readlines()
print(first_<n>, len(rest_<n>))
--
import os
if os.path.exists("cache_<n>.txt"):
    print("cached", open("cache_<n>.txt").read())
else:
    with open("cache_<n>.txt", "w") as f:
        f.write(str(<int>))
    print("made")
--
import os
with open("gone_<n>.txt", "w") as f:
    f.write(<str>)
size_<n> = os.path.getsize("gone_<n>.txt")
os.remove("gone_<n>.txt")
print(size_<n>, os.path.exists("gone_<n>.txt"))
--
from pathlib import Path
folder_<n> = Path("folder_<n>")
folder_<n>.mkdir(exist_ok=True)
for i, word_<n> in enumerate(<strs>):
    (folder_<n> / f"{i}.txt").write_text(word_<n>, encoding="utf-8")
print(sorted(p.name for p in folder_<n>.glob("*.txt")))
--
import json
with open("state_<n>.json", "w") as f:
    json.dump({"n": <int>, "xs": <ints>}, f, indent=2)
state_<n> = json.load(open("state_<n>.json"))
state_<n>["xs"].append(1)
print(state_<n>)
--
import csv
with open("rows_<n>.csv", "w", newline="") as f:
    w_<n> = csv.DictWriter(f, fieldnames=["a", "b"])
    w_<n>.writeheader()
    for v in <ints>:
        w_<n>.writerow({"a": v, "b": <str>})
with open("rows_<n>.csv", newline="") as f:
    read_<n> = list(csv.DictReader(f))
print(len(read_<n>), read_<n>[0]["a"])
--
import sqlite3
base_<n> = sqlite3.connect(":memory:")
base_<n>.execute("create table t (a integer, b text)")
base_<n>.executemany("insert into t values (?, ?)", [(v, str(v)) for v in <ints>])
print(base_<n>.execute("select count(*), max(a) from t").fetchone())
base_<n>.close()
--
import random
random.seed(<int>)
drawn_<n> = [random.random() for _ in range(2)]
state_<n> = random.getstate()
again_<n> = random.random()
random.setstate(state_<n>)
print(again_<n> == random.random(), round(sum(drawn_<n>), 6))
--
import random
rng_<n> = random.Random(<int>)
def draw_<n>():
    return rng_<n>.randint(0, 99)
print(draw_<n>(), rng_<n>.choice(<ints>), draw_<n>())
--
import itertools
counter_<n> = itertools.count(<int>)
print(next(counter_<n>), [next(counter_<n>) for _ in range(2)])
ids_<n> = {w: next(counter_<n>) for w in <strs>}
print(ids_<n>)
--
import copy
one_<n> = {"xs": <xs:ints>}
two_<n> = copy.copy(one_<n>)
three_<n> = copy.deepcopy(one_<n>)
two_<n>["xs"].append(<int>)
two_<n>["new"] = 1
print(one_<n>, three_<n>)
--
a_<n> = b_<n> = {}
a_<n>["x"] = <int>
b_<n> |= {"y": 1}
print(a_<n> is b_<n>, a_<n>)
--
x_<n>, y_<n> = y_<n>, x_<n> = <int>, <int>
print(x_<n>, y_<n>)
--
*start_<n>, end_<n> = <ints>
[p_<n>, q_<n>] = start_<n>[:2] if len(start_<n>) > 1 else (0, 0)
print(start_<n>, end_<n>, p_<n> + q_<n>)
--
print(<xs:ints>[0] if <xs> else None, <int> or "zero", <bool> and <str>)
--
print(all(v > <int> for v in <ints>), any(isinstance(v, str) for v in [<int>, <str>]), not <ints>)
--
print(sum([[<int>], <ints>], []), max(<strs>, key=len), min(<dict>, default="-"))
--
print(0.1 + 0.2, round(2.5), 7 // -2, -7 % 3, 2 ** -1, 10 ** 20, 1e300 * 1e10)
--
print(int("ff", 16), bin(<int>), chr(97 + <int> % 20), ord("é"), bytes([1, 2]), "é".encode())
--
print(None, True, ..., NotImplemented, print, len)
--
print(type(<ints>).__name__, isinstance(<str>, str), callable(print), hasattr(<ints>, "append"))
--
eval_<n> = eval("<int> + 1")
print(eval_<n>)
--
exec("made_<n> = " + repr(<int>))
print(made_<n>)
"""

# Definitions: they stand at the top, and what they define is called later.
DEFINITIONS = """
def told_<n>(x, by: int = 2, *rest):
    return x * by + sum(rest)
print(told_<n>.__annotations__, told_<n>.__doc__, told_<n>.__defaults__, told_<n>(<int>))
--
class Counted_<n>:
    looks = []
    def __init__(self, v):
        self.v = v
    def __lt__(self, other):
        Counted_<n>.looks.append("lt")
        return self.v < other.v
    def __hash__(self):
        Counted_<n>.looks.append("hash")
        return self.v
    def __eq__(self, other):
        return self.v == other.v
    def __radd__(self, other):
        Counted_<n>.looks.append("add")
        return other + self.v
several_<n> = [Counted_<n>(v % 5) for v in <ints>]
least_<n> = min(several_<n>)
print(len(Counted_<n>.looks), least_<n>.v)
whole_<n> = sum(several_<n>)
distinct_<n> = set(several_<n>)
print(len(Counted_<n>.looks), whole_<n>, len(distinct_<n>))
--
from dataclasses import dataclass, field, replace
from typing import ClassVar
@dataclass
class Entry_<n>:
    name: str
    size: int = <int>
    known: ClassVar[dict] = {}
    def __post_init__(self):
        Entry_<n>.known[self.name] = self.size
one_<n> = Entry_<n>(<str>)
two_<n> = replace(one_<n>, name="other")
print(len(Entry_<n>.known))
three_<n> = replace(two_<n>, name="third", size=1)
print(sorted(Entry_<n>.known.values()), three_<n>.size)
--
from enum import Enum, auto
class State_<n>(Enum):
    OPEN = auto()
    DONE = auto()
NEXT_<n> = {State_<n>.OPEN: {State_<n>.DONE}, State_<n>.DONE: set()}
class Task_<n>:
    def __init__(self):
        self.state = State_<n>.OPEN
    def move(self, to):
        if to not in NEXT_<n>[self.state]:
            raise ValueError(f"{self.state.name} to {to.name}")
        self.state = to
        return self
task_<n> = Task_<n>().move(State_<n>.DONE)
try:
    task_<n>.move(State_<n>.OPEN)
except ValueError as why_<n>:
    print(why_<n>, len(NEXT_<n>))
--
def traced_<n>(label):
    def around(f):
        def inner(*args):
            print(label, f.__name__, len(args))
            return f(*args)
        return inner
    return around
@traced_<n>(<str>)
def halve_<n>(x):
    return x // 2
print(halve_<n>(<int>), [halve_<n>(v) for v in <ints>][:2])
--
#def log_<n>: str -> int
events_<n> = []
def log_<n>(text, *extra, level="info", **fields):
    events_<n>.append((level, text, extra, sorted(fields)))
    return len(events_<n>)
log_<n>("start", 1, 2, user=<str>)
print(events_<n>)
--
#def nested_<n>: ints -> ints
def nested_<n>(values):
    found = []
    def visit(v, depth=0):
        if depth > 1:
            return
        found.append(v + depth)
        visit(v, depth + 1)
    for v in values[:3]:
        visit(v)
    return found
--
#def memo_<n>: int -> int
memo_cache_<n> = {}
def memo_<n>(n):
    n = abs(n) % 12
    if n in memo_cache_<n>:
        return memo_cache_<n>[n]
    result = n if n < 2 else memo_<n>(n - 1) + memo_<n>(n - 2)
    memo_cache_<n>[n] = result
    return result
print(memo_<n>(8), len(memo_cache_<n>))
--
#def scaled_<n>: int -> int
level_<n> = len(<ints>) + <int>
def scaled_<n>(x):
    return x * level_<n>
def spread_<n>(xs):
    level_<n> = 10
    return sum(scaled_<n>(x) for x in xs) + level_<n>
print([scaled_<n>(level_<n>) for level_<n> in range(3)], spread_<n>(<ints>))
print(list(map(lambda level_<n>: scaled_<n>(2) + level_<n>, <ints>)))
--
#def running_<n>: int -> int
running_total_<n> = 0
running_log_<n> = []
def running_<n>(by):
    global running_total_<n>
    running_total_<n> += by
    running_log_<n>.append(running_total_<n>)
    if running_total_<n> > 50:
        running_total_<n> = 0
    return running_total_<n>
for v in <ints>:
    running_<n>(v)
print(running_total_<n>, running_log_<n>)
--
#def maybe_<n>: int -> int
def maybe_<n>(v, default=None, seen={}):
    if default is None:
        default = []
    default.append(v)
    seen[v] = seen.get(v, 0) + 1
    return seen[v] + len(default)
print(maybe_<n>(1), maybe_<n>(1), maybe_<n>(2, <xs:ints>), <xs>)
--
#def window_<n>: ints -> ints
def window_gen_<n>(values, size=2):
    for i in range(len(values) - size + 1):
        print("window", i)
        yield values[i:i + size]
def window_<n>(values):
    return [sum(w) for w in window_gen_<n>(values[:4])] + [0, 0, 0]
pipeline_<n> = (w for w in window_gen_<n>(<ints>) if w[0] > <int>)
for w_<n> in pipeline_<n>:
    print(w_<n>)
    break
--
#def early_<n>: ints -> int
def early_<n>(values):
    for i, v in enumerate(values):
        if v < 0:
            print("negative at", i)
            return i
        if v > 5:
            break
    else:
        return -1
    return len(values)
--
def resource_<n>(name):
    print("open", name)
    try:
        yield name.upper()
    except ValueError:
        print("value error in", name)
        yield "again"
    finally:
        print("close", name)
gen_<n> = resource_<n>("r")
print(next(gen_<n>))
print(gen_<n>.throw(ValueError()))
gen_<n>.close()
--
class Model_<n>:
    def __init__(self, rate=<int>):
        self.rate = rate
        self.coef_ = None
        self.history = []
    def fit(self, xs, ys):
        self.coef_ = sum(xs) / (len(ys) or 1)
        self.history.append(self.coef_)
        return self
    def predict(self, xs):
        if self.coef_ is None:
            raise RuntimeError("not fitted")
        return [x * self.coef_ + self.rate for x in xs]
    def score(self, xs, ys):
        return sum(abs(p - y) for p, y in zip(self.predict(xs), ys))
model_<n> = Model_<n>()
try:
    model_<n>.predict([1])
except RuntimeError as e:
    print("error:", e)
predicted_<n> = model_<n>.fit(<ints>, <ints>).predict([1, 2])
print([round(p, 3) for p in predicted_<n>])
model_<n>.fit([1], [1])
print(len(model_<n>.history), round(model_<n>.score([1], [2]), 3))
--
class Node_<n>:
    count = 0
    def __init__(self, value, parent=None):
        Node_<n>.count += 1
        self.value, self.parent, self.children = value, parent, []
        if parent is not None:
            parent.children.append(self)
    def total(self):
        return self.value + sum(c.total() for c in self.children)
root_<n> = Node_<n>(<int>)
left_<n> = Node_<n>(2, root_<n>)
right_<n> = Node_<n>(3, left_<n>)
left_<n>.value = <int>
print(root_<n>.total(), Node_<n>.count, right_<n>.parent is left_<n>)
--
class Matrix_<n>:
    def __init__(self, rows):
        self.rows = rows
    def __matmul__(self, other):
        return Matrix_<n>([[sum(a * b for a, b in zip(r, c)) for c in zip(*other.rows)] for r in self.rows])
    def __getitem__(self, at):
        i, j = at
        return self.rows[i][j]
    def __setitem__(self, at, v):
        self.rows[at[0]][at[1]] = v
    def __eq__(self, other):
        return self.rows == other.rows
    def __hash__(self):
        return 1
shared_rows_<n> = [[1, 2], [3, 4]]
m_<n> = Matrix_<n>(shared_rows_<n>)
m_<n>[0, 1] = <int>
print(shared_rows_<n>, (m_<n> @ m_<n>)[1, 1], m_<n> == Matrix_<n>([[1]]))
--
class Temp_<n>:
    def __init__(self, c):
        self._c = c
    @property
    def f(self):
        return self._c * 9 / 5 + 32
    @f.setter
    def f(self, value):
        print("set", value)
        self._c = (value - 32) * 5 / 9
    @staticmethod
    def zero():
        return Temp_<n>(0)
    @classmethod
    def of(cls, *values):
        return [cls(v) for v in values]
t_<n> = Temp_<n>(<int>)
t_<n>.f = 50
t_<n>.f += 18
print(round(t_<n>._c, 2), Temp_<n>.zero().f, [t.f for t in Temp_<n>.of(1, <int>)])
--
import abc
class Shape_<n>(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    def show(self):
        print(type(self).__name__, round(self.area(), 2))
class Square_<n>(Shape_<n>):
    def __init__(self, side): self.side = side
    def area(self): return self.side ** 2
class Half_<n>(Square_<n>):
    def area(self): return super().area() / 2
for shape_<n> in (Square_<n>(<int>), Half_<n>(4)):
    shape_<n>.show()
try:
    Shape_<n>()
except TypeError:
    print("abstract")
--
class Slots_<n>:
    __slots__ = ("a", "b")
    default = <int>
    def __init__(self, a):
        self.a = a
s_<n> = Slots_<n>(<ints>)
s_<n>.a.append(s_<n>.default)
try:
    s_<n>.c = 1
except AttributeError:
    print("no c", s_<n>.a)
--
class Events_<n>:
    def __init__(self):
        self.handlers = {}
    def on(self, name):
        def register(f):
            self.handlers.setdefault(name, []).append(f)
            return f
        return register
    def emit(self, name, *args):
        return [f(*args) for f in self.handlers.get(name, [])]
bus_<n> = Events_<n>()
@bus_<n>.on("x")
def plus_<n>(v):
    return v + <int>
@bus_<n>.on("x")
def keep_it_<n>(v):
    <xs:ints>.append(v)
    return v
print(bus_<n>.emit("x", <int>), bus_<n>.emit("y"), <xs>)
--
import time
def timed_<n>(f):
    def inner(*args, **kwargs):
        started = time.perf_counter()
        try:
            return f(*args, **kwargs)
        finally:
            print(f.__name__, "took", time.perf_counter() - started < 5)
    return inner
@timed_<n>
def slow_<n>(v, *, add=<int>):
    return v + add
print(slow_<n>(<int>), slow_<n>(1, add=2))
--
def compose_<n>(*functions):
    def run(value):
        for f in functions:
            value = f(value)
        return value
    return run
double_plus_<n> = compose_<n>(lambda v: v * 2, lambda v: v + <int>, str)
print(double_plus_<n>(<int>))
--
#def make_adder_<n>: int -> int
offset_<n> = <int>
def make_adder_<n>(v):
    def add(w):
        return w + v + offset_<n>
    return add(1)
first_add_<n> = make_adder_<n>(1)
offset_<n> += 10
print(first_add_<n>, make_adder_<n>(1))
--
#def pick_key_<n>: dict -> int
def pick_key_<n>(table, *keys):
    for key in keys or ("a", "b"):
        try:
            return table[key]
        except KeyError:
            pass
    return 0
--
#def drop_low_<n>: ints -> ints
def drop_low_<n>(values, low=<int>):
    for v in values[:]:
        if v < low and len(values) > 3:
            values.remove(v)
    return values
print(drop_low_<n>(<xs:ints>) is <xs>, len(<xs>))
--
#def clean_<n>: strs -> strs
STOP_<n> = {"a", "the"}
def clean_<n>(words, extra=()):
    stop = STOP_<n> | set(extra)
    return [w.strip().lower() for w in words if w not in stop] + ["x"]
print(clean_<n>(["the", " B ", "c"], extra=["c"]))
STOP_<n>.add("b")
print(clean_<n>(["b", "d"]))
--
#def step_once_<n>: int -> int
config_<n> = {"rate": <int>, "steps": [1, 2]}
def step_once_<n>(v):
    config_<n>["steps"].append(v)
    return v * config_<n>["rate"] % 50
original_<n> = config_<n>["steps"]
step_once_<n>(<int>)
config_<n> = {**config_<n>, "rate": 3}
step_once_<n>(<int>)
print(original_<n>, config_<n>["rate"])
--
if <bool>:
    LIMIT_<n> = 10
    def limit_<n>(v):
        return min(v, LIMIT_<n>)
else:
    LIMIT_<n> = 20
    limit_<n> = lambda v: max(v, LIMIT_<n>)
print(limit_<n>(<int>), LIMIT_<n>)
--
try:
    import module_that_is_not_there_<n> as fast_<n>
except ImportError:
    fast_<n> = None
if fast_<n> is None:
    def compute_<n>(v):
        return v + <int>
else:
    compute_<n> = fast_<n>.compute
print(compute_<n>(<int>))
--
import sys
def fail_<n>(code):
    print("leaving", code)
    sys.exit(code)
try:
    fail_<n>(<int>)
except SystemExit as stop_<n>:
    print("stopped", stop_<n>.code)
--
def parse_<n>(text):
    key, sep, value = text.partition("=")
    if not sep:
        raise ValueError(f"no value in {text!r}")
    return key, value
for text_<n> in ["a=1", <str>, "b=2=3"]:
    try:
        k_<n>, v_<n> = parse_<n>(text_<n>)
    except ValueError as problem:
        print(problem)
        continue
    print(k_<n>, v_<n>)
--
class Pipeline_<n>:
    def __init__(self, *steps):
        self.steps = list(steps)
    def __call__(self, value):
        for step in self.steps:
            value = step(value)
        return value
    def __or__(self, step):
        return Pipeline_<n>(*self.steps, step)
    def __iter__(self):
        yield from self.steps
pipe_<n> = Pipeline_<n>(sorted) | (lambda xs: xs[:2])
pipe_<n>.steps.append(sum)
print(pipe_<n>(<ints>), len(list(pipe_<n>)))
--
class Cache_<n>(dict):
    def __missing__(self, key):
        print("missing", key)
        self[key] = len(key) + <int>
        return self[key]
c_<n> = Cache_<n>()
print(c_<n>["ab"], c_<n>["ab"], len(c_<n>))
--
class Items_<n>(list):
    def add(self, v):
        self.append(v)
        return self
many_<n> = Items_<n>(<ints>)
alias_<n> = many_<n>
many_<n>.add(<int>).add(1)
many_<n> += [5]
print(alias_<n> is many_<n>, sum(alias_<n>))
--
from functools import cached_property, singledispatch, total_ordering
class Report_<n>:
    def __init__(self, xs): self.xs = xs
    @cached_property
    def total(self):
        print("computing")
        return sum(self.xs)
r_<n> = Report_<n>(<xs:ints>)
print(r_<n>.total)
<xs>.append(<int>)
print(r_<n>.total, sum(r_<n>.xs))
@singledispatch
def show_<n>(v): print("thing", v)
@show_<n>.register
def _(v: int): print("int", v)
show_<n>(<int>)
show_<n>(<str>)
--
from dataclasses import asdict, dataclass, field
@dataclass
class Config_<n>:
    rate: float = 0.5
    layers: list[int] = field(default_factory=lambda: [1, 2])
    name: str = "base"
    def __post_init__(self):
        self.layers.append(len(self.name))
config_<n> = Config_<n>(name=<str>)
other_<n> = Config_<n>(layers=<xs:ints>)
config_<n>.layers[0] = <int>
print(asdict(config_<n>), other_<n>.layers is <xs>)
--
import logging
import sys
logger_<n> = logging.getLogger("job_<n>")
logger_<n>.setLevel(logging.INFO)
logger_<n>.propagate = False
handler_<n> = logging.StreamHandler(sys.stdout)
handler_<n>.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
logger_<n>.addHandler(handler_<n>)
logger_<n>.info("value %d of %s", <int>, <str>)
logger_<n>.debug("nothing")
print("between")
logger_<n>.warning("late %s", <ints>)
--
def total_<n>(*args, **kwargs):
    print(args, dict(sorted(kwargs.items())))
    return sum(args) + sum(kwargs.values())
args_<n>, kwargs_<n> = <ints>, {"x": <int>}
print(total_<n>(*args_<n>, 1, **kwargs_<n>, y=2))
kwargs_<n>["z"] = 3
print(total_<n>(**kwargs_<n>))
--
def counter_gen_<n>():
    n = 0
    while True:
        step = yield n
        n += step or 1
gen_<n> = counter_gen_<n>()
next(gen_<n>)
print(gen_<n>.send(<int>), next(gen_<n>))
<xs:ints>.append(next(gen_<n>))
--
def split_<n>(values, test):
    yes, no = [], []
    for v in values:
        (yes if test(v) else no).append(v)
    return yes, no
big_<n>, small_<n> = split_<n>(<ints>, lambda v: v > <int>)
big_<n>.extend(small_<n>)
print(big_<n>, small_<n>)
--
results_<n> = {}
for name_<n>, fn_<n> in [("sum", sum), ("max", max), ("len", len)]:
    results_<n>[name_<n>] = fn_<n>(<ints>)
    print(f"{name_<n>:>5}: {results_<n>[name_<n>]:6.2f}")
best_<n> = max(results_<n>, key=results_<n>.get)
print(best_<n>, fn_<n> is len)
--
grid_<n> = {"a": [1, 2], "b": [<int>]}
import itertools
best_score_<n>, best_params_<n> = float("-inf"), None
for combo_<n> in itertools.product(*grid_<n>.values()):
    params_<n> = dict(zip(grid_<n>, combo_<n>))
    score_<n> = params_<n>["a"] * params_<n>["b"]
    if score_<n> > best_score_<n>:
        best_score_<n>, best_params_<n> = score_<n>, params_<n>
print(best_score_<n>, best_params_<n>)
params_<n>["a"] = 0
print(best_params_<n>)
--
w_<n>, b_<n> = 0.0, 0.0
losses_<n> = []
for epoch_<n> in range(3):
    for x_<n>, y_<n> in zip([1.0, 2.0, 3.0], <ints>):
        error_<n> = w_<n> * x_<n> + b_<n> - y_<n>
        w_<n> -= 0.01 * error_<n> * x_<n>
        b_<n> -= 0.01 * error_<n>
    losses_<n>.append(round(error_<n> ** 2, 4))
    if epoch_<n> % 2 == 0:
        print(f"epoch {epoch_<n>}: {losses_<n>[-1]:.4f}")
print(round(w_<n>, 5), round(b_<n>, 5), losses_<n>)
--
def simulate_<n>(steps, state=None):
    state = state or {"x": 0, "log": []}
    for i in range(steps):
        state["x"] += i
        state["log"].append(state["x"])
    return state
state_<n> = simulate_<n>(2)
again_<n> = simulate_<n>(2, state_<n>)
print(state_<n> is again_<n>, again_<n>)
--
del_list_<n> = [<int>, 2, 3]
def use_later_<n>():
    return len(del_list_<n>)
print(use_later_<n>())
del del_list_<n>[0]
print(use_later_<n>())
del del_list_<n>
--
import warnings
with warnings.catch_warnings(record=True) as caught_<n>:
    warnings.simplefilter("always")
    warnings.warn("careful", UserWarning)
print(len(caught_<n>), caught_<n>[0].message)
--
import threading
lock_<n> = threading.Lock()
shared_<n> = []
def work_<n>(i):
    with lock_<n>:
        shared_<n>.append(i * <int>)
threads_<n> = [threading.Thread(target=work_<n>, args=(i,)) for i in range(3)]
for t_<n> in threads_<n>:
    t_<n>.start()
for t_<n> in threads_<n>:
    t_<n>.join()
print(sorted(shared_<n>))
--
from concurrent.futures import ThreadPoolExecutor
def square_<n>(v):
    return v * v
with ThreadPoolExecutor(2) as pool_<n>:
    print(list(pool_<n>.map(square_<n>, <ints>)))
--
first_run_<n> = True
def once_<n>():
    global first_run_<n>
    if first_run_<n>:
        print("first")
        first_run_<n> = False
    else:
        print("again")
for _ in range(2):
    once_<n>()
print(first_run_<n>)
--
def outer_scope_<n>():
    global leaked_<n>
    leaked_<n> = [<int>]
    hidden = leaked_<n>
    hidden.append(1)
outer_scope_<n>()
leaked_<n>.append(2)
print(leaked_<n>)
--
def swap_in_place_<n>(values, i=0, j=-1):
    values[i], values[j] = values[j], values[i]
def reverse_<n>(values):
    swap_in_place_<n>(values)
    values.reverse()
reverse_<n>(<xs:ints>)
print(<xs>)
--
class Meta_<n>(type):
    made = []
    def __new__(mcs, name, bases, space, **kw):
        Meta_<n>.made.append(name)
        return super().__new__(mcs, name, bases, space)
class Made_<n>(metaclass=Meta_<n>):
    value = <int>
print(Meta_<n>.made, Made_<n>.value, type(Made_<n>).__name__)
--
class Unit_<n>:
    def __init__(self, name, scale):
        self.name, self.scale = name, scale
    def __mul__(self, k): return Unit_<n>(self.name, self.scale * k)
    __rmul__ = __mul__
    def __format__(self, spec): return f"{self.scale:{spec}} {self.name}"
    def __lt__(self, other): return self.scale < other.scale
    def __bool__(self): return self.scale != 0
units_<n> = [<int> * Unit_<n>("m", 3), Unit_<n>("km", 2) * 2]
print(*(f"{u:>5}" for u in sorted(units_<n>)), bool(units_<n>[0]))
--
import __main__
print(__name__, "ok" if __name__ == "__main__" else "imported")
"""

# numpy and pandas.
TABLES = """
<v=array> = <x:array>
<v> = <v> + 1
<v>[0] = <int>
print(<x>.tolist())
--
<v=array> = <x:array>
<v> += 1
print(<x>.tolist(), <v> is <x>)
--
left_<n>, right_<n> = <x:array>[:2], <x>[2:]
left_<n>[:] = right_<n>[:2]
print(<x>)
--
half_<n> = <x:array>[::2]
half_<n> *= 2
print(<x>, np.shares_memory(half_<n>, <x>))
--
picked_<n> = <x:array>[[0, 1]]
picked_<n>[0] = <int>
print(<x>, picked_<n>)
--
grid_<n> = np.arange(12).reshape(3, 4)
col_<n> = grid_<n>[:, 1]
col_<n> += <int>
grid_<n>[grid_<n> % 2 == 0] = -1
print(grid_<n>, col_<n>)
--
def normalise_<n>(a):
    a -= a.min()
    return a
work_<n> = np.array([3.0, 1.0, <int>])
out_<n> = normalise_<n>(work_<n>)
print(work_<n>, out_<n> is work_<n>)
--
def zero_out_<n>(a, i=0):
    part = a[i:]
    part[0] = 0
zero_out_<n>(<x:array>)
print(<x>)
--
rows_<n> = [np.zeros(2), np.ones(2)]
for i, r_<n> in enumerate(rows_<n>):
    r_<n> += i
stacked_<n> = np.vstack(rows_<n>)
rows_<n>[0][0] = <int>
print(stacked_<n>, rows_<n>[0])
--
broadcast_<n> = np.broadcast_to(<x:array>, (2, 5))
<x>[0] = <int>
print(broadcast_<n>[1])
--
order_<n> = np.argsort(<x:array>, kind="stable")
<x>[:] = <x>[order_<n>]
print(<x>, order_<n>)
--
mask_<n> = <x:array> > <int>
if mask_<n>.any():
    <x>[mask_<n>] = 0
else:
    print("none above")
print(mask_<n>.sum(), <x>.sum())
--
sub_<n> = <df:frame>[<df>["a"] > 1]
sub_<n>.loc[:, "b"] = <int>
print(<df>["b"].fillna(-1).tolist(), sub_<n>["b"].tolist())
--
<df:frame>[<df>["a"] > 1]["b"] = <int>
print(<df>["b"].fillna(-1).tolist())
--
col_<n> = <df:frame>["a"]
col_<n>.iloc[0] = <int>
print(<df>["a"].tolist(), col_<n>.tolist())
--
vals_<n> = <df:frame>["a"].to_numpy()
try:
    vals_<n>[0] = <int>
except ValueError:
    print("read-only")
print(<df>["a"].tolist())
--
<p=frame> = <df:frame>.copy()
<p>["a"] += 1
<df>["a"] = <p>["a"] * <df>["a"]
print(<df>["a"].tolist(), <p>["a"].tolist())
--
def enrich_<n>(frame):
    frame["double"] = frame["a"] * 2
    frame = frame[frame["double"] > 2]
    frame = frame.assign(tag="t")
    return frame
<p=frame> = enrich_<n>(<df:frame>)
print("double" in <df>.columns, list(<p>.columns))
--
def report_<n>(frame, by="g"):
    for key, part in frame.groupby(by, sort=True):
        print(f"{key}: {len(part)} rows, mean {part['a'].mean():.2f}")
    return frame.groupby(by)["a"].sum()
sums_<n> = report_<n>(<df:frame>)
sums_<n>["x"] = <int>
print(sums_<n>.to_dict())
--
parts_<n> = {}
for g_<n> in <df:frame>["g"].unique():
    part_<n> = <df>[<df>["g"] == g_<n>].copy()
    part_<n>["rank"] = part_<n>["a"].rank()
    parts_<n>[g_<n>] = part_<n>
<p=frame> = pd.concat(parts_<n>.values(), ignore_index=True)
print(<p>["rank"].tolist())
--
for c_<n> in list(<df:frame>.columns):
    if <df>[c_<n>].dtype.kind in "if" and c_<n> in ("a", "b"):
        <df>[c_<n>] = <df>[c_<n>].fillna(<df>[c_<n>].median())
        print(c_<n>, <df>[c_<n>].sum())
--
for i_<n>, row_<n> in <df:frame>.head(2).iterrows():
    row_<n>["a"] = 100
    <df>.loc[i_<n>, "b"] = row_<n>["a"] + <int>
print(<df>["a"].tolist(), <df>["b"].fillna(0).tolist())
--
for t_<n> in <df:frame>.itertuples(index=False):
    if t_<n>.a > <int>:
        print(t_<n>.a, t_<n>.g)
        break
else:
    print("none")
--
before_<n> = len(<df:frame>)
<df> = <df>.dropna().drop_duplicates("a")
print(f"dropped {before_<n> - len(<df>)} of {before_<n>}")
--
print("Shape:", <df:frame>.shape)
print("Missing:")
print(<df>.isna().sum())
print(<df>.dtypes)
--
<df:frame>["bin"] = pd.cut(<df>["a"], bins=[-100, 1, 2, 100], labels=["l", "m", "h"]).astype(str)
print(<df>["bin"].value_counts().sort_index().to_dict())
--
pivot_<n> = <df:frame>.pivot_table(index="g", values="a", aggfunc=["mean", "count"])
print(pivot_<n>.round(2))
--
<df:frame>.index = range(10, 10 + len(<df>))
print(<df>.loc[10, "a"], <df>.iloc[-1]["g"])
<df>.reset_index(drop=True, inplace=True)
--
other_<n> = pd.DataFrame({"g": ["x", "y"], "w": [<int>, 2]})
<df:frame> = <df>.merge(other_<n>.rename(columns={"w": "w_<n>"}), on="g", how="left")
other_<n>.loc[0, "w"] = 99
print(<df>["w_<n>"].fillna(-1).tolist())
--
<df:frame>["a"].plot if False else None
print(<df>["a"].cumsum().tolist(), <df>["a"].shift(1, fill_value=0).tolist())
--
store_<n> = {"df": <df:frame>}
store_<n>["df"] = store_<n>["df"].head(2)
store_<n>["df"] = store_<n>["df"].assign(q=1)
print(len(<df>), "q" in <df>.columns, len(store_<n>["df"]))
--
class Loader_<n>:
    def __init__(self, frame):
        self.frame = frame
    def add(self, name, value):
        self.frame[name] = value
        return self
    def result(self):
        return self.frame
loader_<n> = Loader_<n>(<df:frame>)
loader_<n>.add("l_<n>", <int>).result()["m_<n>"] = 1
print(list(<df>.columns))
--
s_<n> = <df:frame>.set_index("g")["a"]
print(s_<n>.groupby(level=0).max().to_dict(), s_<n>.to_dict())
--
<df:frame>["b"] = [<int>] * len(<df>)
<df>["b"].where(<df>["a"] > 1, 0, inplace=True)
print(<df>["b"].tolist())
--
frame_list_<n> = [<df:frame>, <df>.copy()]
frame_list_<n> = [f.assign(i=i) for i, f in enumerate(frame_list_<n>)]
print(pd.concat(frame_list_<n>)["i"].tolist(), "i" in <df>.columns)
--
numeric_<n> = <df:frame>.select_dtypes("number")
numeric_<n>["new"] = 1
corr_<n> = numeric_<n>.fillna(0).corr().round(3)
print("new" in <df>.columns, corr_<n>.shape)
--
<df:frame>.loc[len(<df>)] = <df>.iloc[0]
print(len(<df>))
--
x_train_<n>, x_test_<n> = <df:frame>.iloc[:2], <df>.iloc[2:]
mean_<n> = x_train_<n>["a"].mean()
x_test_<n> = x_test_<n>.assign(centered=x_test_<n>["a"] - mean_<n>)
print(x_test_<n>["centered"].round(3).tolist())
--
np.random.seed(<int> % 7 + 3)
noise_<n> = np.random.randn(3)
idx_<n> = np.random.choice(3, size=2, replace=False)
sample_<n> = <df:frame>.sample(2, random_state=1)
print(noise_<n>.round(4), idx_<n>, sample_<n>["a"].tolist())
--
def noisy_<n>(n, scale=1.0):
    return (np.random.rand(n) * scale).round(4)
np.random.seed(5)
print(noisy_<n>(2), noisy_<n>(1, scale=<int>))
<x:array>[:2] = noisy_<n>(2)
print(np.random.rand())
"""
