#: alias_chain_three
def f(data):
    a = data
    b = a
    c = [b]
    c[0].append(1)
    return len(data)
#> f([])

#: alias_broken_by_slice
def f(data):
    a = data[:]
    a.append(1)
    a += [2]
    return a
#> f([1])

#: alias_rebinding_plus
def f(data):
    out = data
    out = out + [1]
    out.append(2)
    return out
#> f([1])

#: augmented_list_param
def f(data, extra):
    data += extra
    return len(data)
#> f([1], [2])

#: augmented_tuple_param
def f(data, extra):
    data += tuple(extra)
    return data
#> f((1,), [2])

#: conditional_alias
def f(x, y, flag):
    z = x if flag else y
    z.clear()
    return z
#> f([1], [2], True)
#> f([1], [2], False)

#: or_default_alias
def f(x, into=None):
    into = into or []
    into.extend(x)
    return into
#> f([1], [2])

#: is_none_default_alias
def f(x, acc=None):
    if acc is None:
        acc = {}
    acc[x] = acc.get(x, 0) + 1
    return acc
#> f("a", {"b": 1})

#: dict_values_shared
def f(table):
    for v in table.values():
        v.sort()
    return table
#> f({"a": [2, 1]})

#: dict_copy_is_shallow
def f(table):
    new = dict(table)
    new["z"] = []
    new["a"].append(9)
    return new
#> f({"a": [1]})

#: dict_comprehension_copies_lists
def f(table):
    new = {k: list(v) for k, v in table.items()}
    new["a"].append(9)
    return new
#> f({"a": [1]})

#: deepcopy_all
import copy

def f(tree):
    t = copy.deepcopy(tree)
    t["kids"][0]["v"] = 0
    return t
#> f({"kids": [{"v": 1}]})

#: sort_returns_none
def f(xs):
    ys = xs.sort()
    return ys is None
#> f([2, 1])

#: sorted_key_side_effect
def f(xs, log):
    def key(x):
        log.append(x)
        return -x
    return sorted(xs, key=key)
#> f([1, 2], [])

#: max_key_lambda_attr
def f(objs):
    best = max(objs, key=lambda o: o["score"])
    best["winner"] = True
    return best
#> f([{"score": 1}, {"score": 2}])

#: filter_keeps_identity
def f(rows):
    for r in filter(lambda r: r["ok"], rows):
        r["seen"] = 1
#> f([{"ok": True}])

#: map_with_method_side_effect
def f(stack, items):
    return list(map(stack.append, items))
#> f([], [1])

#: lazy_map_never_run
def f(stack, items):
    m = map(stack.append, items)
    return m is not None
#> f([], [1])

#: generator_not_run
def f(store):
    def gen():
        store.append(1)
        yield 1
    g = gen()
    return g
#> f([])

#: generator_run_once
def f(store):
    def gen():
        store.append(1)
        yield 1
    return next(gen())
#> f([])

#: generator_pipeline
def clean(lines):
    for line in lines:
        line = line.strip()
        if line:
            yield line

def numbers(lines):
    for line in clean(lines):
        yield float(line)

def f(path):
    with open(path) as fh:
        return sum(1 for _ in clean(fh))
#> f("notes.txt")

#: zip_consumed_twice
def f(a, b):
    pairs = zip(a, b)
    n = sum(1 for _ in pairs)
    return n, list(pairs)
#> f([1], [2])

#: nonlocal_counter
def f(n):
    count = 0
    def tick():
        nonlocal count
        count += 1
        return count
    for _ in range(n):
        tick()
    return count
#> f(2)

#: global_counter
COUNT = 0

def f(n):
    global COUNT
    COUNT += n
    return COUNT
#> f(2)

#: global_shadowed
COUNT = 0

def f(n):
    COUNT = 1
    COUNT += n
    return COUNT
#> f(2)

#: global_list_appended
HISTORY = []

def f(x):
    HISTORY.append(x)
    return len(HISTORY)
#> f(1)

#: global_read_only
TABLE = {"a": 1}

def f(k):
    local = TABLE
    return local.get(k, 0)
#> f("a")

#: function_attribute_counter
def f(x):
    f.calls = getattr(f, "calls", 0) + 1
    return x * f.calls
#> f(1)

#: default_list_grows
def f(x, seen=[]):
    seen.append(x)
    return seen
#> f(1)

#: default_list_not_touched
def f(x, seen=[]):
    seen = seen + [x]
    return seen
#> f(1)

#: class_attr_shared
class A:
    items = []

    def add(self, x):
        self.items.append(x)

def f(x):
    a = A()
    a.add(x)
    return len(a.items)
#> f(1)

#: class_attr_rebound_on_instance
class A:
    total = 0

    def add(self, x):
        self.total += x
        return self.total

def f(a, x):
    return a.add(x)
#> f(A(), 1)

#: classmethod_counter
class A:
    made = 0

    @classmethod
    def make(cls):
        cls.made += 1
        return cls()

def f():
    return [A.make() for _ in range(2)]
#> f()

#: property_setter
class Temp:
    def __init__(self, c):
        self._c = c

    @property
    def f(self):
        return self._c * 9 / 5 + 32

    @f.setter
    def f(self, v):
        self._c = (v - 32) * 5 / 9

def heat(t, by):
    t.f += by
    return t
#> heat(Temp(0), 9)

#: slots_object
class P:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def moved(self, dx):
        return P(self.x + dx, self.y)

def f(p):
    q = p.moved(1)
    q.y = 7
    return q
#> f(P(1, 2))

#: setattr_dynamic
class O:
    pass

def f(obj, **kw):
    for k, v in kw.items():
        setattr(obj, k, v)
    return obj
#> f(O(), a=1)

#: vars_update
class O:
    def __init__(self):
        self.a = 0

def f(obj, values):
    vars(obj).update(values)
#> f(O(), {"a": 1})

#: enter_exit_records
class Guard:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log.append("in")
        return self

    def __exit__(self, *exc):
        self.log.append("out")
        return False

def f(log):
    with Guard(log):
        return len(log)
#> f([])

#: exitstack_callbacks
from contextlib import ExitStack

def f(log):
    with ExitStack() as stack:
        stack.callback(log.append, "bye")
        return 1
#> f([])

#: suppress_missing
import os
from contextlib import suppress

def f(path):
    with suppress(FileNotFoundError):
        os.unlink(path)
    return path
#> f("notes.txt")

#: decorator_logs
import functools
import logging

def logged(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        logging.info("calling %s", fn.__name__)
        return fn(*args, **kwargs)
    return inner

@logged
def add(a, b):
    return a + b

def f(a):
    return add(a, 1)
#> f(1)

#: decorator_with_args_prints
def repeat(n):
    def deco(fn):
        def inner(*a):
            for _ in range(n):
                r = fn(*a)
            return r
        return inner
    return deco

@repeat(2)
def hello(name):
    print("hello", name)

def f(name):
    hello(name)
#> f("a")

#: decorator_copies_input
import copy

def pure(fn):
    def inner(x, *a):
        return fn(copy.deepcopy(x), *a)
    return inner

@pure
def push(xs, v):
    xs.append(v)
    return xs

def f(xs):
    return push(xs, 1)
#> f([])

#: partial_bound_list
from functools import partial

def put(store, x):
    store.append(x)

def f(store, xs):
    add = partial(put, store)
    for x in xs:
        add(x)
#> f([], [1])

#: reduce_accumulates_first
from functools import reduce

def f(xs, start):
    return reduce(lambda acc, x: acc.append(x) or acc, xs, start)
#> f([1], [])

#: reduce_new_each_time
from functools import reduce

def f(dicts):
    return reduce(lambda a, b: {**a, **b}, dicts, {})
#> f([{"a": 1}, {"b": 2}])

#: callback_param_never_called_on_data
def f(xs, on_done=None):
    total = sum(xs)
    if on_done:
        on_done(total)
    return total
#> f([1])

#: dispatch_table
def inc(s):
    s["n"] += 1

def dec(s):
    s["n"] -= 1

OPS = {"inc": inc, "dec": dec}

def f(state, names):
    for n in names:
        OPS[n](state)
    return state
#> f({"n": 0}, ["inc"])

#: visitor_recursion
def f(node, out):
    out.append(node["v"])
    for kid in node.get("kids", []):
        f(kid, out)
    return out
#> f({"v": 1, "kids": [{"v": 2}]}, [])

#: recursion_mutating_tree
def f(node, depth=0):
    node["depth"] = depth
    for kid in node.get("kids", ()):
        f(kid, depth + 1)
#> f({"kids": [{}]})

#: flatten_recursive
def f(xs):
    out = []
    for x in xs:
        if isinstance(x, list):
            out.extend(f(x))
        else:
            out.append(x)
    return out
#> f([1, [2, [3]]])

#: conditional_write
def f(rows, path=None):
    text = "\n".join(map(str, rows))
    if path is not None:
        with open(path, "w") as fh:
            fh.write(text)
    return text
#> f([1], "x.txt")

#: while_pop
def f(queue, seen):
    while queue:
        n = queue.pop()
        seen.add(n)
    return seen
#> f([1], set())

#: unpack_and_mutate
def f(args):
    head, *rest = args
    rest.append(head)
    head.append(1)
    return rest
#> f([[0], [1]])

#: walrus_in_loop
def f(it):
    total = 0
    while (x := next(it, None)) is not None:
        total += x
    return total
#> f(iter([1, 2]))

#: del_item_and_attr
class O:
    def __init__(self):
        self.tmp = 1

def f(d, o):
    del d["a"], o.tmp
#> f({"a": 1}, O())

#: match_statement
def f(event, state):
    match event:
        case {"type": "set", "key": k, "value": v}:
            state[k] = v
        case {"type": "clear"}:
            state.clear()
        case _:
            pass
    return state
#> f({"type": "set", "key": "a", "value": 1}, {})

#: match_binds_element
def f(shape):
    match shape:
        case ("circle", props):
            props["area"] = 3.14 * props["r"] ** 2
    return shape
#> f(("circle", {"r": 1}))

#: exception_args_escape
def f(store):
    try:
        raise ValueError(store)
    except ValueError as e:
        e.args[0].append(1)
#> f([])

#: iter_protocol_class
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

def f(c):
    return sum(c)
#> f(Countdown(3))

#: iter_protocol_new_iterator
class Bag:
    def __init__(self, xs):
        self.xs = xs

    def __iter__(self):
        return iter(self.xs)

    def __len__(self):
        return len(self.xs)

def f(bag):
    return sum(bag) / len(bag)
#> f(Bag([1, 2]))
