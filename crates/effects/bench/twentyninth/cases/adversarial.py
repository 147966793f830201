#: slot_of_matrix_row_sorted
def tidy_rows(matrix):
    first, *rest = matrix
    first.sort()
    for row in rest:
        sorted(row)
    return rest
#> tidy_rows([[2, 1], [4, 3]])

#: loc_through_helper
import pandas as pd

def set_flag(table, mask, name):
    table.loc[mask, name] = True

def flag_large(df):
    set_flag(df, df["v"] > 1, "large")
    return df["large"].sum()
#> flag_large(pd.DataFrame({"v": [1, 2]}))

#: loc_through_helper_on_copy
import pandas as pd

def set_flag(table, mask, name):
    table.loc[mask, name] = True
    return table

def flag_large(df):
    return set_flag(df.copy(), df["v"] > 1, "large")
#> flag_large(pd.DataFrame({"v": [1, 2]}))

#: accumulator_kept_in_default_argument
def remember(value, _seen={}):
    _seen[value] = _seen.get(value, 0) + 1
    return _seen[value]
#> remember(3)

#: array_augmented_in_helper
import numpy as np

def center(block):
    block -= block.mean()

def center_groups(X, groups):
    for g in set(groups):
        rows = [i for i, it in enumerate(groups) if it == g]
        center(X[rows])
    return X
#> center_groups(np.array([1.0, 2.0, 4.0]), [0, 0, 1])

#: array_augmented_view_in_helper
import numpy as np

def center(block):
    block -= block.mean()

def center_halves(X):
    half = len(X) // 2
    center(X[:half])
    center(X[half:])
    return X
#> center_halves(np.array([1.0, 2.0, 4.0, 8.0]))

#: augmented_attribute_list
class Log:
    def __init__(self, lines):
        self.lines = lines

def append_all(log, more):
    log.lines += more
    return len(log.lines)
#> append_all(Log([]), ["a"])

#: augmented_item_scalar
def tally(counts, words):
    for w in words:
        counts[w] = counts.get(w, 0)
        counts[w] += 1
    return max(counts.values())
#> tally({}, ["a", "a"])

#: sort_of_keys_view
def ordered(table):
    keys = list(table.keys())
    keys.sort(reverse=True)
    return {k: table[k] for k in keys}
#> ordered({"a": 1, "b": 2})

#: sort_by_flag
def arranged(values, copy=True):
    if copy:
        values = list(values)
    values.sort()
    return values
#> arranged([2, 1])
#> arranged([2, 1], copy=False)

#: sort_copy_always
def arranged(values, *, descending=False):
    result = list(values)
    if descending:
        result.sort(reverse=True)
    else:
        result.sort()
    return result
#> arranged([2, 1])

#: hook_registry_module
HOOKS = []

def hook(f):
    HOOKS.append(f)
    return f

@hook
def announce(x):
    print("got", x)

def fire(x):
    for f in HOOKS:
        f(x)
    return x
#> fire(1)

#: callback_given_writes_argument
def transform(rows, visit):
    for row in rows:
        visit(row)

def uppercase(rows):
    transform(rows, lambda row: row.update(name=row["name"].upper()))
    return [r["name"] for r in rows]
#> uppercase([{"name": "a"}])

#: callback_default_noop
def process(values, on_item=lambda item: None):
    total = 0
    for v in values:
        on_item(v)
        total += v
    return total

def summed(values):
    return process(values)
#> summed([1, 2])

#: callback_method_of_local_object
class Tally:
    def __init__(self):
        self.n = 0

    def hit(self, _):
        self.n += 1

def count(values):
    tally = Tally()
    list(map(tally.hit, values))
    return tally.n
#> count([1, 2])

#: decorator_retry_prints
import functools

def retry(times):
    def wrap(f):
        @functools.wraps(f)
        def inner(*a, **k):
            for n in range(times):
                try:
                    return f(*a, **k)
                except ValueError:
                    print("again", n)
            return None
        return inner
    return wrap

@retry(2)
def parse(text):
    return int(text)
#> parse("x")

#: decorator_normalises_result
import functools

def as_list(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        return list(f(*args, **kwargs))
    return inner

@as_list
def squares(n):
    for i in range(n):
        yield i * i
#> squares(3)

#: decorator_stack_records_and_copies
import functools

CALLS = []

def recorded(f):
    @functools.wraps(f)
    def inner(rows):
        CALLS.append(f.__name__)
        return f(rows)
    return inner

def on_copy(f):
    @functools.wraps(f)
    def inner(rows):
        return f([dict(r) for r in rows])
    return inner

@recorded
@on_copy
def number(rows):
    for i, row in enumerate(rows):
        row["i"] = i
    return rows
#> number([{"a": 1}])

#: singledispatch_prints_for_str
from functools import singledispatch

@singledispatch
def show(value):
    return repr(value)

@show.register
def _(value: str):
    print(value)
    return value

KINDS = [show.dispatch(kind).__name__ for kind in (int, str)]

def show_all(values):
    return [show(v) for v in values]
#> show_all([1, "a"])

#: closure_cell_shared_by_two
def stack():
    items = []
    def push(x):
        items.append(x)
    def pop():
        return items.pop()
    return push, pop

def reverse_two(a, b):
    push, pop = stack()
    push(a)
    push(b)
    return pop(), pop()
#> reverse_two(1, 2)

#: closure_over_global_counter
import itertools

IDS = itertools.count(1)

def new_record(name):
    return {"id": next(IDS), "name": name}
#> new_record("a")

#: closure_returned_not_called
def make_writer(path):
    def write(text):
        with open(path, "w") as f:
            f.write(text)
    return write
#> make_writer("x.txt")

#: class_state_through_classmethod
class Registry:
    known = {}

    @classmethod
    def register(cls, name, value):
        cls.known[name] = value
        return cls

def setup():
    Registry.register("a", 1)
    return sorted(Registry.known)
#> setup()

#: class_state_shadowed_on_instance
class Settings:
    level = 1

    def raise_level(self):
        self.level += 1
        return self.level

def bumped():
    return Settings().raise_level()
#> bumped()

#: class_method_returns_self_chain
class Query:
    def __init__(self):
        self.parts = []

    def where(self, text):
        self.parts.append(text)
        return self

    def sql(self):
        return " and ".join(self.parts)

def build(conditions):
    query = Query()
    for c in conditions:
        query = query.where(c)
    return query.sql()
#> build(["a = 1", "b = 2"])

#: class_fluent_given
class Query:
    def __init__(self):
        self.parts = []

    def where(self, text):
        self.parts.append(text)
        return self

def restrict(query, names):
    for n in names:
        query = query.where(n)
    return query
#> restrict(Query(), ["a"])

#: generator_pipeline_given_sink
def parse(lines):
    for line in lines:
        yield line.strip().split(",")

def kept(rows, rejected):
    for row in rows:
        if len(row) == 2:
            yield row
        else:
            rejected.append(row)

def load(lines, rejected):
    return dict(kept(parse(lines), rejected))
#> load(["a,1", "b"], [])

#: generator_close_prints
def numbers():
    try:
        n = 0
        while True:
            yield n
            n += 1
    finally:
        print("closed")

def take_two():
    g = numbers()
    found = [next(g), next(g)]
    g.close()
    return found
#> take_two()

#: generator_given_advanced
def peek(stream):
    first = next(stream, None)
    return first
#> peek(i for i in [1, 2])

#: iterator_over_given_list
def peek(values):
    stream = iter(values)
    next(stream)
    return list(stream)
#> peek([1, 2, 3])

#: context_manager_swaps_attribute
from contextlib import contextmanager

class Model:
    training = True

@contextmanager
def eval_mode(model):
    was = model.training
    model.training = False
    try:
        yield model
    finally:
        model.training = was

def predict(model, x):
    with eval_mode(model):
        return x * 2 if not model.training else None
#> predict(Model(), 2)

#: context_manager_temporary_directory
import os
import tempfile

def scratch_size(text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.txt")
        with open(path, "w") as f:
            f.write(text)
        return os.path.getsize(path)
#> scratch_size("abc")

#: context_manager_nullcontext
import contextlib

def write_to(target, text):
    opened = open(target, "w") if isinstance(target, str) else contextlib.nullcontext(target)
    with opened as handle:
        handle.write(text)
#> write_to("x.txt", "a")
#> write_to(__import__("io").StringIO(), "a")

#: conditional_verbose_levels
def solve(values, verbose=0):
    total = 0
    for i, v in enumerate(values):
        total += v
        if verbose > 1:
            print(i, total)
    if verbose:
        print("total", total)
    return total

def quiet_total(values):
    return solve(values, verbose=0)
#> quiet_total([1, 2])

#: conditional_effect_by_match
def act(values, mode):
    match mode:
        case "sort":
            values.sort()
        case "show":
            print(values)
        case _:
            pass
    return values

def shown(values):
    return act(values, "show")
#> shown([2, 1])

#: conditional_pop_option
def draw(values, **options):
    if options.pop("verbose", False):
        print("drawing", values)
    return [v * options.get("scale", 1) for v in values]

def scaled(values):
    return draw(values, scale=2)
#> scaled([1])

#: inplace_parameter_false_caller
import pandas as pd

def clean(df, inplace=True):
    if not inplace:
        df = df.copy()
    df.columns = [c.lower() for c in df.columns]
    return df

def lowered(df):
    return clean(df, inplace=False)
#> lowered(pd.DataFrame({"A": [1]}))

#: inplace_parameter_positional
import pandas as pd

def clean(df, inplace=False):
    target = df if inplace else df.copy()
    target["n"] = 0
    return None if inplace else target

def prepared(df):
    clean(df, True)
    return len(df.columns)
#> prepared(pd.DataFrame({"A": [1]}))

#: view_diagonal_and_ravel
import numpy as np

def zero_out(m):
    flat = m.reshape(-1)
    flat[::m.shape[1] + 1] = 0
    return np.trace(m)
#> zero_out(np.ones((2, 2)))

#: view_of_transposed_copy
import numpy as np

def scaled(m):
    t = np.ascontiguousarray(m.T * 1.0)
    t[0] *= 2
    return t
#> scaled(np.ones((2, 2)))

#: path_or_buffer_text
import io
import pandas as pd

def read_table(source):
    if hasattr(source, "read"):
        text = source.read()
    else:
        with open(source) as f:
            text = f.read()
    return pd.read_csv(io.StringIO(text))
#> read_table("data.csv")
#> read_table(io.StringIO("a\n1\n"))

#: random_state_checked
import numpy as np
from sklearn.utils import check_random_state

def noisy(x, random_state=None):
    rng = check_random_state(random_state)
    return x + rng.normal(size=len(x))

def noisy_fixed(x):
    return noisy(x, random_state=3)
#> noisy_fixed(np.zeros(2))

#: random_spawned_generators
import numpy as np

def draw_streams(seed, n):
    children = np.random.SeedSequence(seed).spawn(n)
    return [np.random.default_rng(c).random() for c in children]
#> draw_streams(1, 2)

#: property_setter_validates
class Temperature:
    def __init__(self, celsius):
        self.celsius = celsius

    @property
    def celsius(self):
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < -273:
            raise ValueError("too cold")
        self._celsius = value

def warm(t, by):
    t.celsius += by
    return t.celsius
#> warm(Temperature(1), 2)

#: dunder_contains_and_missing
class Cache(dict):
    def __missing__(self, key):
        self[key] = len(key)
        return self[key]

def lengths(cache, words):
    return [cache[w] for w in words]
#> lengths(Cache(), ["ab"])

#: dunder_enter_restores_list
class Appended:
    def __init__(self, items, extra):
        self.items, self.extra = items, extra

    def __enter__(self):
        self.items.append(self.extra)
        return self.items

    def __exit__(self, *exc):
        self.items.pop()

def longest(words):
    with Appended(words, "zzzz") as all_words:
        return max(map(len, all_words))
#> longest(["a"])

#: dataclass_post_init_sorts
from dataclasses import dataclass

@dataclass
class Batch:
    items: list

    def __post_init__(self):
        self.items.sort()

def smallest(values):
    return Batch(values).items[0]
#> smallest([2, 1])

#: functools_partial_bound_list
from functools import partial

def add(item, *, to):
    to.append(item)
    return len(to)

def gather(values, bucket):
    put = partial(add, to=bucket)
    return [put(v) for v in values]
#> gather([1, 2], [])

#: itertools_accumulate_with_trace
from itertools import accumulate

def running(values):
    trace = []
    def add(a, b):
        trace.append(a)
        return a + b
    return list(accumulate(values, add)), trace
#> running([1, 2, 3])

#: module_flag_toggled
_READY = False

def ensure_ready():
    global _READY
    if not _READY:
        print("preparing")
        _READY = True
    return _READY
#> ensure_ready()
