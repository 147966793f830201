#: winsorize_series
def winsorize(s, low, high):
    lo, hi = s.quantile(low), s.quantile(high)
    return s.clip(lo, hi)
#> winsorize(__import__("pandas").Series([1.0, 2.0, 9.0]), 0.1, 0.9)

#: mask_assign_series
import pandas as pd

def clip_top(s, limit):
    s[s > limit] = limit
    return s
#> clip_top(pd.Series([1.0, 9.0]), 5)

#: where_new_series
import pandas as pd

def clip_top(s, limit):
    s = s.where(s <= limit, limit)
    s.iloc[0] = -1
    return s
#> clip_top(pd.Series([1.0, 9.0]), 5)

#: add_columns_loop
import numpy as np

def add_logs(frame, names):
    for name in names:
        frame[f"log_{name}"] = np.log1p(frame[name])
    return frame
#> add_logs(__import__("pandas").DataFrame({"a": [1.0]}), ["a"])

#: eval_inplace
import pandas as pd

def add_sum(df):
    df.eval("c = a + b", inplace=True)
#> add_sum(pd.DataFrame({"a": [1], "b": [2]}))

#: eval_new
import pandas as pd

def add_sum(df):
    return df.eval("c = a + b")
#> add_sum(pd.DataFrame({"a": [1], "b": [2]}))

#: insert_column
import pandas as pd

def with_id(df):
    df.insert(0, "id", range(len(df)))
    return df
#> with_id(pd.DataFrame({"a": [1]}))

#: melt_pivot
import pandas as pd

def reshape(df, idx):
    long = df.melt(id_vars=idx)
    return long.pivot_table(index=idx, columns="variable", values="value").reset_index()
#> reshape(pd.DataFrame({"i": [1, 2], "a": [3, 4]}), "i")

#: merge_left
import pandas as pd

def enrich(orders, customers):
    merged = orders.merge(customers, on="id", how="left")
    merged["total"] = merged["price"] * merged["n"]
    return merged
#> enrich(pd.DataFrame({"id": [1], "n": [2]}), pd.DataFrame({"id": [1], "price": [3.0]}))

#: groupby_loop_plot_free
import pandas as pd

def summaries(df, key):
    out = {}
    for name, group in df.groupby(key):
        group = group.drop(columns=key)
        out[name] = group.mean().to_dict()
    return out
#> summaries(pd.DataFrame({"k": [1, 1], "a": [1.0, 2.0]}), "k")

#: groupby_loop_sets
import pandas as pd

def demean(df, key, col):
    parts = []
    for _, g in df.groupby(key):
        g[col] = g[col] - g[col].mean()
        parts.append(g)
    return pd.concat(parts)
#> demean(pd.DataFrame({"k": [1, 2], "a": [1.0, 2.0]}), "k", "a")

#: rename_inplace_flag_true
import pandas as pd

def shorten(df):
    df.rename(columns=lambda c: c[:3], inplace=True)
    return list(df.columns)
#> shorten(pd.DataFrame({"abcd": [1]}))

#: index_setter
import pandas as pd

def reindex_by(df, col):
    df.index = df[col]
    return df.sort_index()
#> reindex_by(pd.DataFrame({"a": [2, 1]}), "a")

#: columns_dict_copy
def select(df, mapping):
    cols = [c for c in df.columns if c in mapping]
    out = df[cols].copy()
    out.columns = [mapping[c] for c in cols]
    return out
#> select(__import__("pandas").DataFrame({"a": [1]}), {"a": "b"})

#: astype_category_loop
def to_category(df, columns=None):
    columns = columns or df.select_dtypes("object").columns
    for c in columns:
        df[c] = df[c].astype("category")
    return df
#> to_category(__import__("pandas").DataFrame({"a": ["x"]}))

#: downcast_copy
import numpy as np
import pandas as pd

def downcast(df):
    out = {}
    for c in df:
        s = df[c]
        if np.issubdtype(s.dtype, np.floating):
            s = pd.to_numeric(s, downcast="float")
        out[c] = s
    return pd.DataFrame(out)
#> downcast(pd.DataFrame({"a": [1.0]}))

#: train_valid_masks
import numpy as np

def split_masks(n, frac, seed):
    rng = np.random.RandomState(seed)
    mask = rng.rand(n) < frac
    return mask, ~mask
#> split_masks(4, 0.5, 0)

#: kfold_indices
import numpy as np

def kfold(n, k, rng):
    idx = np.arange(n)
    rng.shuffle(idx)
    folds = np.array_split(idx, k)
    for i in range(k):
        yield np.concatenate(folds[:i] + folds[i + 1:]), folds[i]

def first_fold(n, k, rng):
    return next(kfold(n, k, rng))
#> first_fold(4, 2, np.random.default_rng(0))

#: softmax_stable
import numpy as np

def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    e /= e.sum(axis=1, keepdims=True)
    return e
#> softmax(np.ones((2, 2)))

#: softmax_in_place
import numpy as np

def softmax_(z):
    z -= z.max(axis=1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=1, keepdims=True)
    return z
#> softmax_(np.ones((2, 2)) * 2)

#: adam_state_dict
import numpy as np

def adam_step(params, grads, state, lr=0.1):
    state["t"] += 1
    for k in params:
        m = state["m"][k] = 0.9 * state["m"][k] + 0.1 * grads[k]
        params[k] = params[k] - lr * m / (1 - 0.9 ** state["t"])
    return params
#> adam_step({"w": np.ones(2)}, {"w": np.ones(2)}, {"t": 0, "m": {"w": np.zeros(2)}})

#: momentum_arrays
import numpy as np

def momentum(w, v, g, lr):
    v[:] = 0.9 * v + g
    w = w - lr * v
    return w
#> momentum(np.ones(2), np.zeros(2), np.ones(2), 0.1)

#: conv_loop
import numpy as np

def conv2d(img, kernel):
    kh, kw = kernel.shape
    h, w = img.shape[0] - kh + 1, img.shape[1] - kw + 1
    out = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            patch = img[i:i + kh, j:j + kw]
            out[i, j] = (patch * kernel).sum()
    return out
#> conv2d(np.ones((3, 3)), np.ones((2, 2)))

#: normalize_rows_view
import numpy as np

def normalize_rows(m):
    for row in m:
        row /= np.linalg.norm(row)
    return m
#> normalize_rows(np.array([[3.0, 4.0]]))

#: standardize_columns_loop
import numpy as np

def standardize(X):
    X = np.asarray(X, dtype=float).copy()
    for j in range(X.shape[1]):
        col = X[:, j]
        col -= col.mean()
    return X
#> standardize(np.array([[1.0], [3.0]]))

#: transpose_write
import numpy as np

def symmetrize(a):
    upper = a.T
    upper[0, 1] = 9
    return a
#> symmetrize(np.zeros((2, 2)))

#: ravel_multi
import numpy as np

def top_cells(a, k):
    flat = a.ravel()
    idx = np.argpartition(flat, -k)[-k:]
    return np.column_stack(np.unravel_index(idx, a.shape))
#> top_cells(np.arange(4.0).reshape(2, 2), 1)

#: put_and_place
import numpy as np

def mark(a, where):
    np.put(a, where, -1)
    np.place(a, a > 2, 2)
#> mark(np.arange(5.0), [0])

#: sort_axis_method
import numpy as np

def sort_rows(a):
    a.sort(axis=1)
    return a[:, 0]
#> sort_rows(np.array([[2, 1]]))

#: sort_function
import numpy as np

def sort_rows(a):
    b = np.sort(a, axis=1)
    b[:, 0] = 0
    return b
#> sort_rows(np.array([[2, 1]]))

#: resize_method
import numpy as np

def grow(buf, n):
    if len(buf) < n:
        buf = np.resize(buf, n)
    return buf
#> grow(np.arange(2), 4)

#: append_is_new
import numpy as np

def push(a, x):
    a = np.append(a, x)
    return a
#> push(np.arange(2), 1)

#: structured_field
import numpy as np

def set_ages(people, age):
    people["age"] = age
    return people
#> set_ages(np.zeros(2, dtype=[("age", "i4")]), 3)

#: masked_fill
import numpy as np

def fill_nan(a, value):
    a[np.isnan(a)] = value
    return a
#> fill_nan(np.array([np.nan]), 0)

#: nan_to_num_copy_false
import numpy as np

def clean(a):
    return np.nan_to_num(a, copy=False)
#> clean(np.array([np.nan]))

#: nan_to_num_new
import numpy as np

def clean(a):
    return np.nan_to_num(a)
#> clean(np.array([np.nan]))

#: random_choice_legacy_seeded
import numpy as np

def bootstrap(x, n, seed):
    np.random.seed(seed)
    return [np.random.choice(x, len(x)).mean() for _ in range(n)]
#> bootstrap(np.arange(3.0), 2, 0)

#: random_state_param
import numpy as np
from sklearn.ensemble import RandomForestClassifier

def forest(X, y, random_state=None):
    return RandomForestClassifier(n_estimators=2, random_state=random_state).fit(X, y)
#> forest(np.ones((4, 1)), np.array([0, 1, 0, 1]))

#: pipeline_fit
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

def train(X, y, C=1.0):
    pipe = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression(C=C))])
    pipe.fit(X, y)
    return pipe
#> train(np.arange(4.0).reshape(4, 1), np.array([0, 1, 0, 1]))

#: grid_search_given
import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV

def tune(model, grid, X, y):
    search = GridSearchCV(model, grid, cv=2)
    search.fit(X, y)
    return search.best_params_
#> tune(Ridge(), {"alpha": [1.0, 2.0]}, np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: cross_val_given
import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_score

def evaluate(models, X, y):
    return {name: cross_val_score(m, X, y, cv=2).mean() for name, m in models.items()}
#> evaluate({"r": Ridge()}, np.arange(4.0).reshape(4, 1), np.arange(4.0))

#: voting_by_hand
import numpy as np

def vote(models, X):
    votes = np.stack([m.predict(X) for m in models])
    return (votes.mean(axis=0) > 0.5).astype(int)
#> vote([__import__("sklearn.dummy").dummy.DummyClassifier(strategy="constant", constant=1).fit([[1]], [1])], np.ones((1, 1)))

#: custom_transformer
from sklearn.base import BaseEstimator, TransformerMixin

class Clipper(BaseEstimator, TransformerMixin):
    def __init__(self, low=0):
        self.low = low

    def fit(self, X, y=None):
        self.min_ = min(X)
        return self

    def transform(self, X):
        return [max(x, self.low) for x in X]

def clip_all(X):
    return Clipper().fit(X).transform(X)
#> clip_all([1, -1])

#: custom_transformer_given
from sklearn.base import BaseEstimator, TransformerMixin

class Clipper(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.min_ = min(X)
        return self

    def transform(self, X):
        return [max(x, self.min_) for x in X]

def learn(clipper, X):
    return clipper.fit_transform(X)
#> learn(Clipper(), [1, -1])

#: plot_hist_save
import matplotlib.pyplot as plt

def save_hist(values, path, bins=10):
    fig, ax = plt.subplots(figsize=(4, 3))
    ax.hist(values, bins=bins)
    ax.set_title("values")
    plt.tight_layout()
    plt.savefig(path)
    plt.close()
#> save_hist([1, 2], "h.png")

#: plot_on_current
import matplotlib.pyplot as plt

def roc(fpr, tpr, label):
    plt.plot(fpr, tpr, label=label)
    plt.legend()
#> roc([0, 1], [0, 1], "m")

#: axes_grid
import numpy as np

def panels(axes, images):
    for ax, im in zip(axes.flat, images):
        ax.imshow(im)
        ax.axis("off")
#> panels(__import__("matplotlib.pyplot").pyplot.subplots(1, 2)[1], [np.ones((2, 2))])

#: rc_params
import matplotlib.pyplot as plt

def big_fonts(size=14):
    plt.rcParams["font.size"] = size
    plt.style.use("ggplot")
#> big_fonts()

#: scipy_minimize
from scipy.optimize import minimize

def fit_line(x, y):
    def loss(p):
        return ((p[0] * x + p[1] - y) ** 2).sum()
    return minimize(loss, [0.0, 0.0]).x
#> fit_line(__import__("numpy").arange(3.0), __import__("numpy").arange(3.0))

#: stats_test
from scipy import stats

def compare(a, b, alpha=0.05):
    t, p = stats.ttest_ind(a, b, equal_var=False)
    return {"t": t, "p": p, "differs": p < alpha}
#> compare([1.0, 2.0, 3.0], [2.0, 3.0, 5.0])

#: stats_sample
from scipy import stats

def draw(n, seed=None):
    return stats.norm.rvs(size=n, random_state=seed)
#> draw(2)
#> draw(2, 1)

#: sparse_build
from scipy.sparse import lil_matrix

def adjacency(n, edges):
    m = lil_matrix((n, n))
    for i, j in edges:
        m[i, j] = 1
    return m.tocsr()
#> adjacency(2, [(0, 1)])

#: networkx_mutate
import networkx as nx

def prune(g, min_degree):
    weak = [n for n, d in g.degree() if d < min_degree]
    g.remove_nodes_from(weak)
    return len(weak)
#> prune(nx.path_graph(3), 2)

#: networkx_read
import networkx as nx

def hubs(g, k):
    return sorted(g.nodes, key=g.degree, reverse=True)[:k]
#> hubs((lambda g: (g.nodes, g.degree, g)[2])(nx.path_graph(3)), 1)
