#: alias_through_two_names
def normalise(record):
    view = record
    inner = view["meta"]
    inner["clean"] = True
    return record
#> normalise({"meta": {}})

#: loc_conditional_write
import pandas as pd

def flag_large(df, threshold):
    df.loc[df["amount"] > threshold, "flag"] = 1
    return df
#> flag_large(pd.DataFrame({"amount": [1, 10]}), 5)

#: array_iadd
import numpy as np

def shift(a, by):
    a += by
    return a
#> shift(np.ones(3), 1.0)

#: list_sort_key
def order_by_age(people):
    people.sort(key=lambda p: p["age"])
#> order_by_age([{"age": 2}, {"age": 1}])

#: callback_mutates_list
def apply_all(items, fn):
    for item in items:
        fn(item)

def tag(items):
    apply_all(items, lambda d: d.update(tagged=True))
#> tag([{}])

#: decorator_cache_dict
import functools

CACHE = {}

def memoize(fn):
    @functools.wraps(fn)
    def wrapper(*args):
        if args not in CACHE:
            CACHE[args] = fn(*args)
        return CACHE[args]
    return wrapper

@memoize
def cube(x):
    return x ** 3
#> cube(2)

#: closure_counter_global
def make_counter():
    count = 0
    def step():
        nonlocal count
        count += 1
        return count
    return step

counter = make_counter()

def tick():
    return counter()
#> tick()

#: class_state_running_mean
class RunningMean:
    def __init__(self):
        self.total = 0.0
        self.n = 0

    def update(self, x):
        self.total += x
        self.n += 1

    @property
    def mean(self):
        return self.total / self.n if self.n else 0.0

def feed(stat: RunningMean, values):
    for v in values:
        stat.update(v)
    return stat.mean
#> feed(RunningMean(), [1, 2])

#: generator_writes_log
def batches(data, size, log):
    for i in range(0, len(data), size):
        log.append(i)
        yield data[i:i + size]

def consume(data, log):
    return [len(b) for b in batches(data, 2, log)]
#> consume([1, 2, 3], [])

#: conditional_effect_default_off
def normalize(values, inplace=False):
    total = sum(values)
    if inplace:
        for i, v in enumerate(values):
            values[i] = v / total
        return values
    return [v / total for v in values]
#> normalize([1, 2], inplace=True)
#> normalize([1, 2])

#: mutable_default
def append_to(value, bucket=[]):
    bucket.append(value)
    return bucket
#> append_to(1)

#: frame_insert_pop
import pandas as pd

def move_first(df, column):
    col = df.pop(column)
    df.insert(0, column, col)
#> move_first(pd.DataFrame({"a": [1], "b": [2]}), "b")

#: frame_columns_strip
import pandas as pd

def clean_columns(df):
    df.columns = df.columns.str.strip().str.lower()
    return df
#> clean_columns(pd.DataFrame({" A": [1]}))

#: series_fillna_inplace
import pandas as pd

def fill(s, value):
    s.fillna(value, inplace=True)
    return s
#> fill(pd.Series([1.0, None]), 0.0)

#: view_slice_write
import numpy as np

def zero_border(img):
    top = img[0]
    top[:] = 0
    img[-1, :] = 0
    return img
#> zero_border(np.ones((3, 3)))

#: reshape_view_write
import numpy as np

def set_first(a):
    flat = a.reshape(-1)
    flat[0] = 99
    return a
#> set_first(np.ones((2, 2)))

#: ravel_write_copy
import numpy as np

def set_first_copy(a):
    flat = a.flatten()
    flat[0] = 99
    return flat
#> set_first_copy(np.ones((2, 2)))

#: dict_setdefault_nested
def add_edge(graph, a, b):
    graph.setdefault(a, []).append(b)
    graph.setdefault(b, [])
#> add_edge({}, 1, 2)

#: object_attribute_chain
class Node:
    def __init__(self, value):
        self.value = value
        self.children = []

def add_child(node, value):
    child = Node(value)
    node.children.append(child)
    return child
#> add_child(Node(1), 2)

#: global_list_append
HISTORY = []

def record(metric):
    HISTORY.append(metric)
    return len(HISTORY)
#> record(1)

#: global_statement_increment
calls = 0

def track(x):
    global calls
    calls += 1
    return x
#> track(1)

#: set_discard
def drop_stop(tokens, stop):
    for s in stop:
        tokens.discard(s)
    return tokens
#> drop_stop({"a", "b"}, ["a"])

#: swap_rows
def swap(matrix, i, j):
    matrix[i], matrix[j] = matrix[j], matrix[i]
#> swap([[1], [2]], 0, 1)

#: iterator_consumed
def take(it, n):
    return [next(it) for _ in range(n)]
#> take(iter([1, 2, 3]), 2)

#: sum_of_iterator
def total(stream):
    return sum(x for x in stream)
#> total(iter([1, 2]))

#: fit_passed_estimator
from sklearn.linear_model import LinearRegression
import numpy as np

def evaluate(model, X, y):
    model.fit(X, y)
    return model.score(X, y)
#> evaluate(LinearRegression(), np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: predict_only
from sklearn.linear_model import LinearRegression
import numpy as np

def predictions(model, X):
    return model.predict(X).round(2)
#> predictions(LinearRegression().fit(np.arange(4.0).reshape(4, 1), np.arange(4.0)), np.ones((1, 1)))

#: update_kwargs_only
def options(base, **extra):
    extra.setdefault("dpi", 100)
    return {**base, **extra}
#> options({"a": 1}, b=2)

#: extend_slice_assign
def replace_all(items, new):
    items[:] = new
#> replace_all([1], [2])

#: loop_element_mutation
def add_ids(rows):
    for i, row in enumerate(rows):
        row["id"] = i
    return rows
#> add_ids([{}, {}])

#: loop_element_rebound
def doubled(values):
    for v in values:
        v *= 2
    return values
#> doubled([1, 2])

#: dataclass_field_list
from dataclasses import dataclass, field

@dataclass
class Cart:
    items: list = field(default_factory=list)

    def add(self, item):
        self.items.append(item)

def buy(cart: Cart, *names):
    for name in names:
        cart.add(name)
    return len(cart.items)
#> buy(Cart(), "a")

#: context_manager_class_mutating
class Suspend:
    def __init__(self, state):
        self.state = state

    def __enter__(self):
        self.state["on"] = False
        return self

    def __exit__(self, *exc):
        self.state["done"] = True

def run(state):
    with Suspend(state):
        return 1
#> run({"on": True})

#: rng_argument_draw
import numpy as np

def jitter(x, rng):
    return x + rng.uniform(-1, 1, size=len(x))
#> jitter(np.zeros(2), np.random.default_rng(1))

#: setattr_loop
class Config:
    lr = 0.1

def update_config(config, values):
    for k, v in values.items():
        setattr(config, k, v)
    return config
#> update_config(Config(), {"lr": 0.2})

#: counter_update
from collections import Counter

def count_words(counter, text):
    counter.update(text.split())
#> count_words(Counter(), "a b a")

#: deque_window
from collections import deque

def smooth(window, x):
    window.append(x)
    if len(window) > 3:
        window.popleft()
    return sum(window) / len(window)
#> smooth(deque(), 1)

#: np_fill_diagonal
import numpy as np

def no_self_loops(adj):
    np.fill_diagonal(adj, 0)
    return adj
#> no_self_loops(np.ones((2, 2)))

#: np_shuffle_rng_inplace
import numpy as np

def shuffle_rows(X, seed):
    rng = np.random.RandomState(seed)
    rng.shuffle(X)
    return X
#> shuffle_rows(np.arange(6).reshape(3, 2), 0)

#: clip_out_self
import numpy as np

def clip(a):
    np.clip(a, 0, 1, out=a)
#> clip(np.array([2.0]))

#: heap_schedule
import heapq

def push_task(queue, priority, task):
    heapq.heappush(queue, (priority, task))
    return queue[0]
#> push_task([], 1, "a")

#: frame_apply_with_append
import pandas as pd

def collect_names(df):
    names = []
    df.apply(lambda row: names.append(row["name"]), axis=1)
    return names
#> collect_names(pd.DataFrame({"name": ["a"]}))

#: merge_defaults_or
def with_defaults(params=None):
    params = params or {}
    params.setdefault("lr", 0.1)
    return params
#> with_defaults({"a": 1})

#: conditional_copy
def ensure(df_or_list, copy=True):
    data = list(df_or_list) if copy else df_or_list
    data.append(0)
    return data
#> ensure([1])
#> ensure([1], copy=False)

#: nested_alias_in_list
def touch(a, b):
    pair = [a, b]
    for item in pair:
        item.append(1)
#> touch([], [])

#: property_setter_side
class Temp:
    def __init__(self):
        self._c = 0
        self.log = []

    @property
    def c(self):
        return self._c

    @c.setter
    def c(self, value):
        self.log.append(value)
        self._c = value

def warm(t, by):
    t.c = t.c + by
#> warm(Temp(), 1)

#: print_in_dunder_str
class Loud:
    def __str__(self):
        print("asked")
        return "loud"

def text_of(x):
    return f"{x}"
#> text_of(Loud())

#: recursive_fill
def mark(tree, depth=0):
    tree["depth"] = depth
    for child in tree.get("children", []):
        mark(child, depth + 1)
#> mark({"children": [{}]})

#: column_transform_on_slice_copy
import pandas as pd

def adults_only(df):
    adults = df[df["age"] >= 18].copy()
    adults["group"] = "adult"
    return adults
#> adults_only(pd.DataFrame({"age": [3, 30]}))

#: update_frame_from_other
import pandas as pd

def patch(df, other):
    df.update(other)
    return df
#> patch(pd.DataFrame({"a": [1.0]}), pd.DataFrame({"a": [2.0]}))

#: file_handle_argument
import io

def write_header(fh, columns):
    fh.write(",".join(columns) + "\n")
#> write_header(io.StringIO(), ["a"])
