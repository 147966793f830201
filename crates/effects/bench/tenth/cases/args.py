#: history_appended_in_loop
def fit(data, epochs, history):
    w = 0.0
    for epoch in range(epochs):
        for x, y in data:
            w += 0.1 * (y - w * x) * x
        history["loss"].append(sum((y - w * x) ** 2 for x, y in data))
    return w
#> fit([(1, 2)], 1, {"loss": []})

#: weights_list_swapped
def step(weights, grads, lr):
    for i in range(len(weights)):
        weights[i] -= lr * grads[i]
    return weights
#> step([1.0], [0.5], 0.1)

#: weights_numpy_rebound
import numpy as np

def step(w, g, lr):
    w = w - lr * g
    return w
#> step(np.ones(2), np.ones(2), 0.1)

#: weights_numpy_augmented
import numpy as np

def step(w, g, lr):
    w -= lr * g
    return w
#> step(np.ones(2), np.ones(2), 0.1)

#: scaler_state_in_dict
import numpy as np

def fit_scaler(X, state):
    state["mean"] = X.mean(axis=0)
    state["std"] = X.std(axis=0)
    return (X - state["mean"]) / state["std"]
#> fit_scaler(np.array([[1.0], [3.0]]), {})

#: tokenizer_update_vocab
def encode(tokens, vocab):
    ids = []
    for t in tokens:
        if t not in vocab:
            vocab[t] = len(vocab)
        ids.append(vocab[t])
    return ids
#> encode(["a", "b"], {})

#: tokenizer_frozen_vocab
def encode(tokens, vocab, unk=-1):
    return [vocab.get(t, unk) for t in tokens]
#> encode(["a"], {})

#: add_feature_columns
import numpy as np
import pandas as pd

def add_features(df: pd.DataFrame) -> pd.DataFrame:
    df["log_income"] = np.log1p(df["income"])
    df["ratio"] = df["income"].div(df["size"])
    df = df.dropna()
    df["z"] = 1
    return df
#> add_features(pd.DataFrame({"income": [1.0], "size": [1]}))

#: add_features_returning_new
import numpy as np
import pandas as pd

def add_features(df: pd.DataFrame) -> pd.DataFrame:
    return df.assign(log_income=np.log1p(df["income"])).dropna().reset_index(drop=True)
#> add_features(pd.DataFrame({"income": [1.0]}))

#: drop_columns_inplace_subset
import pandas as pd

def slim(df, keep):
    sub = df[keep]
    sub = sub.rename(columns=str.upper)
    sub.insert(0, "ID", range(len(sub)))
    return sub
#> slim(pd.DataFrame({"a": [1], "b": [2]}), ["a"])

#: impute_with_dict
import pandas as pd

def impute(df, values):
    for col, v in values.items():
        df[col] = df[col].fillna(v)
    return df
#> impute(pd.DataFrame({"a": [None, 1.0]}), {"a": 0.0})

#: impute_dict_learned
import pandas as pd

def learn(df, values):
    for col in df.columns:
        values.setdefault(col, df[col].median())
    return df.fillna(values)
#> learn(pd.DataFrame({"a": [None, 1.0]}), {})

#: series_index_reset
import pandas as pd

def top(s, n):
    s = s.sort_values(ascending=False)
    s.index = range(len(s))
    return s.head(n)
#> top(pd.Series([1, 2]), 1)

#: series_index_assigned
import pandas as pd

def relabel(s, labels):
    s.index = labels
    return s
#> relabel(pd.Series([1, 2]), ["a", "b"])

#: frame_T_write
import pandas as pd

def set_first(df):
    t = df.T.copy()
    t.iloc[0, 0] = 99
    return t
#> set_first(pd.DataFrame({"a": [1]}))

#: group_loop_loc
import pandas as pd

def centre(df):
    for key, idx in df.groupby("k").groups.items():
        df.loc[idx, "x"] -= df.loc[idx, "x"].mean()
    return df
#> centre(pd.DataFrame({"k": [1, 1], "x": [1.0, 3.0]}))

#: group_transform
import pandas as pd

def centred(df):
    return df["x"] - df.groupby("k")["x"].transform("mean")
#> centred(pd.DataFrame({"k": [1, 1], "x": [1.0, 3.0]}))

#: nested_config_merge
def merge(base, override):
    for k, v in override.items():
        if isinstance(v, dict) and isinstance(base.get(k), dict):
            merge(base[k], v)
        else:
            base[k] = v
    return base
#> merge({"a": {"b": 1}}, {"a": {"c": 2}})

#: nested_config_merged
def merged(base, override):
    out = dict(base)
    for k, v in override.items():
        if isinstance(v, dict) and isinstance(out.get(k), dict):
            out[k] = merged(out[k], v)
        else:
            out[k] = v
    return out
#> merged({"a": {"b": 1}}, {"a": {"c": 2}})

#: flatten_into
def flatten(tree, out=None, prefix=""):
    if out is None:
        out = {}
    for k, v in tree.items():
        if isinstance(v, dict):
            flatten(v, out, prefix + k + ".")
        else:
            out[prefix + k] = v
    return out
#> flatten({"a": {"b": 1}})

#: stack_dfs
def dfs(graph, start):
    seen, stack = set(), [start]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            stack.extend(graph[node])
    return seen
#> dfs({1: [2], 2: []}, 1)

#: dfs_pops_graph
def dfs(graph, start):
    order = [start]
    while graph.get(order[-1]):
        order.append(graph[order[-1]].pop())
    return order
#> dfs({1: [2], 2: []}, 1)

#: matrix_mult_lists
def matmul(a, b):
    out = [[0] * len(b[0]) for _ in a]
    for i, row in enumerate(a):
        for j in range(len(b[0])):
            for k, v in enumerate(row):
                out[i][j] += v * b[k][j]
    return out
#> matmul([[1]], [[2]])

#: matrix_shared_rows
def zeros_like(m):
    row = m[0]
    for i in range(len(row)):
        row[i] = 0
    return [row for _ in m]
#> zeros_like([[1], [2]])

#: bubble_sort
def bubble(xs):
    n = len(xs)
    for i in range(n):
        for j in range(n - 1 - i):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]
    return xs
#> bubble([2, 1])

#: bubble_sort_copy
def bubble(xs):
    xs = xs[:]
    n = len(xs)
    for i in range(n):
        for j in range(n - 1 - i):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]
    return xs
#> bubble([2, 1])

#: reverse_in_place_and_return
def reverse(items):
    items.reverse()
    return items
#> reverse([1, 2])

#: reversed_new
def reverse(items):
    return list(reversed(items))
#> reverse([1, 2])

#: queue_processing
from collections import deque

def process(tasks):
    queue = deque(tasks)
    done = []
    while queue:
        t = queue.popleft()
        done.append(t)
    return done
#> process([1, 2])

#: queue_given
from collections import deque

def process(queue: deque):
    done = []
    while queue:
        done.append(queue.popleft())
    return done
#> process(deque([1]))

#: callback_given_lambda
def each(items, fn):
    for x in items:
        fn(x)

def totals(items):
    total = []
    each(items, total.append)
    return sum(total)
#> totals([1, 2])

#: callback_into_argument
def each(items, fn):
    for x in items:
        fn(x)

def copy_into(items, target):
    each(items, target.append)
#> copy_into([1], [])

#: closure_writes_argument
def make_adder(store):
    def add(x):
        store.append(x)
        return len(store)
    return add

def run(store, values):
    add = make_adder(store)
    return [add(v) for v in values]
#> run([], [1])

#: class_wraps_argument
class Window:
    def __init__(self, data):
        self.data = data

    def push(self, x):
        self.data.append(x)

def slide(values, x):
    w = Window(values)
    w.push(x)
    return w
#> slide([], 1)

#: class_copies_argument
class Window:
    def __init__(self, data):
        self.data = list(data)

    def push(self, x):
        self.data.append(x)

def slide(values, x):
    w = Window(values)
    w.push(x)
    return w
#> slide([], 1)

#: replace_method_attr
class Model:
    def __init__(self):
        self.params = {"a": 1}

def tune(model, **params):
    model.params = {**model.params, **params}
    return model
#> tune(Model(), b=2)

#: read_only_attr
class Model:
    def __init__(self):
        self.params = {"a": 1}

def describe(model):
    params = dict(model.params)
    params["n"] = len(params)
    return params
#> describe(Model())

#: iter_list_not_consumed
def pairs(items):
    it = iter(items)
    return list(zip(it, it))
#> pairs([1, 2])

#: enumerate_generator_argument
def number(gen):
    return {i: x for i, x in enumerate(gen)}
#> number(iter("ab"))

#: map_object_argument
def maximum(values):
    return max(values)
#> maximum(map(int, ["1", "2"]))

#: dict_view_mutation
def drop_none(d):
    for k in [k for k, v in d.items() if v is None]:
        d.pop(k)
    return d
#> drop_none({"a": None})

#: dict_filtered
def drop_none(d):
    return {k: v for k, v in d.items() if v is not None}
#> drop_none({"a": None})

#: set_math
def missing(expected, found):
    expected = set(expected)
    expected -= set(found)
    return sorted(expected)
#> missing([1, 2], [1])

#: set_given_difference
def remove_known(pending: set, known: set):
    pending -= known
    return pending
#> remove_known({1, 2}, {1})

#: string_build
def slug(text, sep="-"):
    out = ""
    for ch in text:
        out += ch if ch.isalnum() else sep
    return out
#> slug("a b")

#: bytes_patch
def patch(buf: bytearray, at, value):
    buf[at:at + 1] = bytes([value])
    return buf
#> patch(bytearray(b"ab"), 0, 99)

#: typed_dict_update
from typing import Dict, List

def index(docs: List[str], table: Dict[str, List[int]]) -> None:
    for i, doc in enumerate(docs):
        for word in doc.split():
            table.setdefault(word, []).append(i)
#> index(["a b"], {})

#: optional_out
from typing import Optional
import numpy as np

def accumulate(x: np.ndarray, out: Optional[np.ndarray] = None) -> np.ndarray:
    if out is None:
        out = np.zeros_like(x)
    out += x
    return out
#> accumulate(np.ones(2))
#> accumulate(np.ones(2), np.ones(2))

#: estimator_in_pipeline_fit
import numpy as np
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

def train(model, X, y):
    pipe = Pipeline([("scale", StandardScaler()), ("model", model)])
    pipe.fit(X, y)
    return pipe.predict(X)
#> train(Ridge(), np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: estimator_cloned
import numpy as np
from sklearn.base import clone
from sklearn.linear_model import Ridge

def train(model, X, y):
    fitted = clone(model).set_params(alpha=2.0)
    fitted.fit(X, y)
    return fitted.coef_
#> train(Ridge(), np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: estimator_set_params
from sklearn.linear_model import Ridge

def with_alpha(model, alpha):
    return model.set_params(alpha=alpha)
#> with_alpha(Ridge(), 2.0)

#: grid_search_leaves_model
import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV

def tune(model, X, y):
    search = GridSearchCV(model, {"alpha": [0.1, 1.0]}, cv=2)
    search.fit(X, y)
    return search.best_params_
#> tune(Ridge(), np.arange(8.0).reshape(8, 1), np.arange(8.0))

#: networkx_weights
import networkx as nx

def reweight(G, factor):
    for u, v, data in G.edges(data=True):
        data["weight"] = data.get("weight", 1) * factor
    return G
#> reweight(nx.path_graph(3), 2)

#: networkx_subgraph_copy
import networkx as nx

def largest(G):
    nodes = max(nx.connected_components(G), key=len)
    H = G.subgraph(nodes).copy()
    H.remove_edges_from(list(nx.selfloop_edges(H)))
    return H
#> largest(nx.path_graph(3))
