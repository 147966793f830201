#: basket_total
class Basket:
    tax = 0.1

    def __init__(self, items=None):
        self.items = list(items or [])

    def add(self, name, price):
        self.items.append((name, price))
        return self

    @property
    def total(self):
        return sum(p for _, p in self.items) * (1 + self.tax)

def checkout(names):
    b = Basket()
    for n in names:
        b.add(n, 1)
    return b.total
#> checkout(["a"])

#: basket_given
class Basket:
    def __init__(self):
        self.items = []

    def add(self, name, price):
        self.items.append((name, price))
        return self

def gift(basket):
    return len(basket.add("gift", 0).items)
#> gift(Basket())

#: undo_stack
class Editor:
    def __init__(self, text=""):
        self.text = text
        self._past = []

    def write(self, more):
        self._past.append(self.text)
        self.text += more

    def undo(self):
        if self._past:
            self.text = self._past.pop()

def typed(words):
    e = Editor()
    for w in words:
        e.write(w)
    e.undo()
    return e.text
#> typed(["a", "b"])

#: immutable_with
class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def moved(self, dx=0, dy=0):
        return Point(self.x + dx, self.y + dy)

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

def path(start, steps):
    seen = {start}
    p = start
    for dx, dy in steps:
        p = p.moved(dx, dy)
        seen.add(p)
    return len(seen)
#> path(Point(0, 0), [(1, 0)])

#: copy_then_set
import copy

class Settings:
    def __init__(self):
        self.depth = 3
        self.tags = ["a"]

def deeper(settings):
    s = copy.copy(settings)
    s.depth += 1
    return s
#> deeper(Settings())

#: copy_shares_tags
import copy

class Settings:
    def __init__(self):
        self.depth = 3
        self.tags = ["a"]

def tagged(settings):
    s = copy.copy(settings)
    s.tags.append("b")
    return s
#> tagged(Settings())

#: deepcopy_tags
import copy

class Settings:
    def __init__(self):
        self.tags = ["a"]

def tagged(settings):
    s = copy.deepcopy(settings)
    s.tags.append("b")
    return s
#> tagged(Settings())

#: cached_property_value
from functools import cached_property

class Sample:
    def __init__(self, xs):
        self.xs = xs

    @cached_property
    def mean(self):
        return sum(self.xs) / len(self.xs)

def centred(xs):
    s = Sample(xs)
    return [x - s.mean for x in s.xs]
#> centred([1, 2])

#: classmethod_factory
class Temp:
    def __init__(self, c):
        self.c = c

    @classmethod
    def from_f(cls, f):
        t = cls(0)
        t.c = (f - 32) * 5 / 9
        return t

    @staticmethod
    def mean(temps):
        return sum(t.c for t in temps) / len(temps)

def average(fs):
    return Temp.mean([Temp.from_f(f) for f in fs])
#> average([50])

#: class_registry
class Plugin:
    registry = {}

    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        Plugin.registry[cls.__name__] = cls

class A(Plugin):
    def run(self, x):
        return x + 1

def run_all(x):
    return [p().run(x) for p in Plugin.registry.values()]
#> run_all(1)

#: counter_on_class
class Ticket:
    last = 0

    @classmethod
    def issue(cls):
        cls.last += 1
        return cls.last

def queue(n):
    return [Ticket.issue() for _ in range(n)]
#> queue(2)

#: mixin_logging
import logging

class Logs:
    log = logging.getLogger("m")

    def say(self, msg):
        self.log.info(msg)

class Worker(Logs):
    def __init__(self):
        self.done = 0

    def work(self, n):
        self.done += n
        self.say("worked")
        return self.done

def employ(n):
    return Worker().work(n)
#> employ(2)

#: iterator_over_children
class Dir:
    def __init__(self, name, kids=()):
        self.name = name
        self.kids = list(kids)

    def __iter__(self):
        yield self
        for k in self.kids:
            yield from k

def names(root):
    out = [d.name for d in root]
    out.sort()
    return out
#> names(Dir("a", [Dir("b")]))

#: tree_pruned
class Dir:
    def __init__(self, name, kids=()):
        self.name = name
        self.kids = list(kids)

def prune(d, word):
    d.kids = [prune(k, word) for k in d.kids if word not in k.name]
    return d
#> prune(Dir("a", [Dir("b")]), "b")

#: tree_mapped
class Dir:
    def __init__(self, name, kids=()):
        self.name = name
        self.kids = list(kids)

def renamed(d, fn):
    return Dir(fn(d.name), [renamed(k, fn) for k in d.kids])
#> renamed(Dir("a", [Dir("b")]), str.upper)

#: bank_transfer
class Account:
    def __init__(self, balance=0):
        self.balance = balance
        self.history = []

    def move(self, amount):
        self.balance += amount
        self.history.append(amount)

def transfer(a, b, amount):
    a.move(-amount)
    b.move(amount)
#> transfer(Account(5), Account(), 2)

#: bank_simulated
class Account:
    def __init__(self, balance=0):
        self.balance = balance
        self.history = []

    def move(self, amount):
        self.balance += amount
        self.history.append(amount)

def simulate(account, amounts):
    trial = Account(account.balance)
    for a in amounts:
        trial.move(a)
    return trial.balance
#> simulate(Account(5), [1])

#: setattr_loop
class Opts:
    pass

def configure(**kw):
    o = Opts()
    for k, v in kw.items():
        setattr(o, k, v)
    return o
#> configure(a=1)

#: setattr_given
class Opts:
    pass

def configure(o, **kw):
    for k, v in kw.items():
        setattr(o, k, v)
#> configure(Opts(), a=1)

#: vars_read
class Opts:
    def __init__(self):
        self.a = 1

def as_dict(o):
    d = dict(vars(o))
    d["extra"] = 2
    return d
#> as_dict(Opts())

#: vars_written
class Opts:
    def __init__(self):
        self.a = 1

def set_all(o, **kw):
    vars(o).update(kw)
#> set_all(Opts(), a=2)

#: context_suppress
from contextlib import suppress

def first_int(words):
    for w in words:
        with suppress(ValueError):
            return int(w)
    return None
#> first_int(["a", "1"])

#: exit_stack_files
from contextlib import ExitStack

def first_lines(paths):
    with ExitStack() as stack:
        files = [stack.enter_context(open(p)) for p in paths]
        return [f.readline() for f in files]
#> first_lines(["notes.txt"])

#: memo_on_function
def fact(n):
    if not hasattr(fact, "memo"):
        fact.memo = {0: 1}
    if n not in fact.memo:
        fact.memo[n] = n * fact(n - 1)
    return fact.memo[n]
#> fact(3)

#: chained_comparison_sorts
def medals(scores, n=3):
    board = sorted(scores.items(), key=lambda kv: (-kv[1], kv[0]))
    board, rest = board[:n], board[n:]
    board.reverse()
    rest.clear()
    return board
#> medals({"a": 1, "b": 2})

#: star_unpacking_local
def rotate(xs):
    head, *tail = xs
    tail.append(head)
    return tail
#> rotate([1, 2])

#: nested_default_list
def table(rows, header=None):
    header = header or [f"c{i}" for i in range(len(rows[0]))]
    lines = [header] + rows
    lines.append([])
    return lines
#> table([[1, 2]])

#: zip_star_columns
def columns(rows):
    cols = [list(c) for c in zip(*rows)]
    for c in cols:
        c.sort()
    return cols
#> columns([[2, 1], [1, 2]])

#: enumerate_write_back
def upper_all(words):
    for i, w in enumerate(words):
        words[i] = w.upper()
    return words
#> upper_all(["a"])

#: loop_rebinds_only
def upper_all(words):
    for w in words:
        w = w.upper()
    return words
#> upper_all(["a"])

#: slice_assign
def reset(xs, n):
    xs[:] = [0] * n
#> reset([1], 2)

#: slice_rebound
def reset(xs, n):
    xs = [0] * n
    xs[:] = [1] * n
    return xs
#> reset([1], 2)

#: global_list_extended
EVENTS = []

def record(*names):
    EVENTS.extend(names)
    return len(EVENTS)
#> record("a")

#: global_list_copied
EVENTS = ["a"]

def with_events(*names):
    events = EVENTS[:]
    events.extend(names)
    return events
#> with_events("b")

#: global_list_concat
DEFAULTS = ["a"]

def with_defaults(names):
    names = DEFAULTS + names
    names += ["z"]
    return names
#> with_defaults(["b"])
