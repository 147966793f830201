#: frame_column_from_alias
def scale_via_alias(df):
    frame = df
    frame["x"] = frame["x"] * 2
    return len(frame)
#> scale_via_alias(__import__("pandas").DataFrame({"x": [1]}))

#: frames_in_dict
def tag_all(frames):
    for name, frame in frames.items():
        frame["source"] = name
    return list(frames)
#> tag_all({"a": __import__("pandas").DataFrame({"x": [1]})})

#: frames_in_dict_new
def tag_all(frames):
    return {name: frame.assign(source=name) for name, frame in frames.items()}
#> tag_all({"a": __import__("pandas").DataFrame({"x": [1]})})

#: frames_list_rebound
def clean_all(frames):
    out = []
    for f in frames:
        f = f.dropna()
        f["n"] = 1
        out.append(f)
    return out
#> clean_all([__import__("pandas").DataFrame({"x": [1.0, None]})])

#: frame_slice_then_write
def first_rows(df):
    part = df[df["x"] > 0]
    part = part.assign(y=1)
    part.loc[:, "x"] = 0
    return part
#> first_rows(__import__("pandas").DataFrame({"x": [1, -1]}))

#: frame_get_column_list_write
def subset(df, cols):
    sub = df[cols]
    sub.columns = [c.upper() for c in cols]
    return sub
#> subset(__import__("pandas").DataFrame({"x": [1], "y": [2]}), ["x", "y"])

#: column_write_by_variable
def encode(df, columns):
    for c in columns:
        df[c] = df[c].astype("category").cat.codes
#> encode(__import__("pandas").DataFrame({"x": ["a"], "y": ["b"]}), ["x"])

#: encode_copy_local
def encode(df, columns):
    df = df.copy(deep=True)
    for c in columns:
        df[c] = df[c].astype("category").cat.codes
    return df
#> encode(__import__("pandas").DataFrame({"x": ["a"], "y": ["b"]}), ["x"])

#: mapping_filled_from_frame
def learn_means(df, key, target, out):
    for k, g in df.groupby(key):
        out[k] = float(g[target].mean())
#> learn_means(__import__("pandas").DataFrame({"k": [1], "t": [2.0]}), "k", "t", {})

#: fillna_inplace_column
def fill(df, col, value=0):
    df[col].fillna(value, inplace=True)
    return df
#> fill(__import__("pandas").DataFrame({"x": [1.0, None]}), "x")

#: drop_duplicates_flag
def dedupe(df, inplace):
    return df.drop_duplicates(inplace=inplace)
#> dedupe(__import__("pandas").DataFrame({"x": [1, 1]}), True)
#> dedupe(__import__("pandas").DataFrame({"x": [1, 1]}), False)

#: replace_inplace_series
def normalise(s):
    s.replace({"n/a": None}, inplace=True)
#> normalise(__import__("pandas").Series(["n/a", "b"]))

#: index_rename_inplace
def name_index(df):
    df.rename_axis("id", inplace=True)
    return df
#> name_index(__import__("pandas").DataFrame({"x": [1]}))

#: sort_index_new_then_iloc
def latest(df, n):
    ordered = df.sort_index(ascending=False)
    ordered.iloc[0, 0] = -1
    return ordered.head(n)
#> latest(__import__("pandas").DataFrame({"x": [1, 2]}), 1)

#: where_mask_new
def clip_negative(df):
    num = df.select_dtypes("number")
    return num.where(num > 0, 0)
#> clip_negative(__import__("pandas").DataFrame({"x": [1, -2]}))

#: mask_inplace
def clip_negative(df):
    df.mask(df < 0, 0, inplace=True)
#> clip_negative(__import__("pandas").DataFrame({"x": [1, -2]}))

#: concat_then_mutate
import pandas as pd

def stacked(a, b):
    both = pd.concat([a, b], ignore_index=True)
    both["n"] = range(len(both))
    return both
#> stacked(pd.DataFrame({"x": [1]}), pd.DataFrame({"x": [2]}))

#: merge_then_mutate
def joined(left, right):
    m = left.merge(right, on="k", suffixes=("", "_r"))
    m.drop(columns="k", inplace=True)
    return m
#> joined(__import__("pandas").DataFrame({"k": [1]}), __import__("pandas").DataFrame({"k": [1], "z": [2]}))

#: pivot_and_flatten
def wide(df):
    w = df.pivot_table(index="a", columns="b", values="v", aggfunc="sum")
    w.columns = [f"v_{c}" for c in w.columns]
    return w.reset_index()
#> wide(__import__("pandas").DataFrame({"a": [1], "b": [2], "v": [3.0]}))

#: rolling_columns_added
def add_rolling(df, cols, w=2):
    for c in cols:
        df[f"{c}_ma"] = df[c].rolling(w).mean()
    return df
#> add_rolling(__import__("pandas").DataFrame({"x": [1.0, 2.0]}), ["x"])

#: apply_row_side_effect
def names(df, seen):
    df.apply(lambda r: seen.append(r["x"]), axis=1)
#> names(__import__("pandas").DataFrame({"x": [1.0, 2.0]}), [])

#: map_dict_given
def recode(s, table):
    return s.map(table).fillna("other")
#> recode(__import__("pandas").Series(["a", "b"]), {"a": "A"})

#: pipe_functions
def _drop(df, col):
    return df.drop(columns=col)

def _flag(df):
    df["flag"] = 1
    return df

def prepare(df):
    return df.pipe(_drop, "x").pipe(_flag)
#> prepare(__import__("pandas").DataFrame({"x": [1], "y": [2]}))

#: pipe_mutating_first
def _flag(df):
    df["flag"] = 1
    return df

def prepare(df):
    return df.pipe(_flag).describe()
#> prepare(__import__("pandas").DataFrame({"x": [1], "y": [2]}))

#: transform_by_list_of_steps
def lower(df):
    df.columns = df.columns.str.lower()
    return df

def strip(df):
    return df.rename(columns=str.strip)

STEPS = [lower, strip]

def run(df):
    for step in STEPS:
        df = step(df)
    return df
#> run(__import__("pandas").DataFrame({"X": [1]}))

#: to_datetime_column
import pandas as pd

def parse_dates(df, col):
    df[col] = pd.to_datetime(df[col])
    df["year"] = df[col].dt.year
    return df
#> parse_dates(pd.DataFrame({"d": ["2020-01-01"]}), "d")

#: dummies_new
import pandas as pd

def one_hot(df, cols):
    return pd.get_dummies(df, columns=cols, drop_first=True)
#> one_hot(pd.DataFrame({"c": ["a", "b"]}), ["c"])

#: cut_assign
import pandas as pd

def bands(df):
    out = df.copy()
    out["band"] = pd.cut(out["age"], [0, 18, 99], labels=["young", "old"])
    return out
#> bands(pd.DataFrame({"age": [3, 40]}))

#: outliers_iqr_masked
def without_outliers(df, cols):
    keep = df[cols[0]] == df[cols[0]]
    for c in cols:
        q1, q3 = df[c].quantile(0.25), df[c].quantile(0.75)
        keep &= df[c].between(q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1))
    return df[keep]
#> without_outliers(__import__("pandas").DataFrame({"x": [1.0, 2.0, 3.0]}), ["x"])

#: array_row_view
def boost(matrix, i, k):
    row = matrix[i]
    row *= k
    return matrix
#> boost(__import__("numpy").ones((2, 2)), 0, 3)

#: array_fancy_copy
def boost(matrix, rows, k):
    picked = matrix[[0, 1]]
    picked *= k
    return picked
#> boost(__import__("numpy").ones((2, 2)), [0], 3)

#: array_mask_iadd
def bump(a, thr):
    a[a > thr] += 1
#> bump(__import__("numpy").array([1.0, 5.0]), 2)

#: array_scalar_local
def total(a):
    s = 0.0
    for v in a:
        s += v
    return s
#> total(__import__("numpy").array([1.0, 5.0]))

#: array_sort_method
def median(a):
    a.sort()
    return a[len(a) // 2]
#> median(__import__("numpy").array([3.0, 1.0]))

#: array_sort_function
import numpy as np

def median(a):
    b = np.sort(a)
    b[0] = 0
    return b[len(b) // 2]
#> median(np.array([3.0, 1.0]))

#: array_resize_fill
import numpy as np

def padded(a, n):
    out = np.full(n, np.nan)
    out[: len(a)] = a
    return out
#> padded(np.ones(2), 3)

#: array_fill_given
def blank(a):
    a.fill(0)
#> blank(__import__("numpy").ones(2))

#: array_put
import numpy as np

def set_at(a, idx, v):
    np.put(a, idx, v)
#> set_at(np.zeros(3), [0], 5)

#: array_copyto
import numpy as np

def overwrite(dst, src):
    np.copyto(dst, src)
#> overwrite(np.zeros(2), np.ones(2))

#: array_place_putmask
import numpy as np

def zero_nan(a):
    np.putmask(a, np.isnan(a), 0)
    return a
#> zero_nan(np.array([np.nan, 1.0]))

#: nan_to_num_copy_false
import numpy as np

def zero_nan(a, copy):
    return np.nan_to_num(a, copy=copy)
#> zero_nan(np.array([np.nan, 1.0]), False)

#: nan_to_num_default
import numpy as np

def zero_nan(a):
    b = np.nan_to_num(a)
    b += 1
    return b
#> zero_nan(np.array([np.nan, 1.0]))

#: reshape_write
def patch(a):
    b = a.reshape(-1)
    b[0] = 7
    return a
#> patch(__import__("numpy").zeros((2, 2)))

#: squeeze_expand_view
import numpy as np

def patch(a):
    b = np.expand_dims(a, 0)
    b[0, 0] = 7
#> patch(np.zeros(2))

#: atleast_view
import numpy as np

def patch(a):
    b = np.atleast_2d(a)
    b[0, 0] = 7
#> patch(np.zeros(2))

#: astype_copy
def as_int(a):
    b = a.astype(int)
    b[0] = 7
    return b
#> as_int(__import__("numpy").zeros(2))

#: astype_copy_false
import numpy as np

def floats(a):
    b = a.astype(float, copy=False)
    b[0] = 7
    return b
#> floats(np.zeros(2))

#: split_views
import numpy as np

def halve(a):
    left, right = np.split(a, 2)
    left[0] = 9
    return right
#> halve(np.zeros(4))

#: hstack_copy
import numpy as np

def join(a, b):
    c = np.hstack([a, b])
    c[0] = 9
    return c
#> join(np.zeros(2), np.ones(2))

#: broadcast_compute
import numpy as np

def distances(X, Y):
    d = X[:, None, :] - Y[None, :, :]
    d **= 2
    return np.sqrt(d.sum(-1))
#> distances(np.zeros((2, 2)), np.ones((3, 2)))

#: linalg_pure
import numpy as np

def solve(A, b):
    x = np.linalg.solve(A, b)
    x[np.abs(x) < 1e-9] = 0
    return x
#> solve(np.eye(2), np.ones(2))

#: einsum_out
import numpy as np

def dot_into(a, b, out):
    return np.einsum("i,i->i", a, b, out=out)
#> dot_into(np.ones(2), np.ones(2), np.zeros(2))

#: cumsum_out_positional
import numpy as np

def acc(a, buf):
    np.cumsum(a, 0, None, buf)
    return buf
#> acc(np.ones(2), np.zeros(2))

#: method_out
def total_into(a, buf):
    a.sum(axis=0, out=buf)
#> total_into(__import__("numpy").ones((2, 2)), __import__("numpy").zeros(2))

#: gradient_step
def step(w, grad, lr=0.1):
    w -= lr * grad
    return w
#> step(__import__("numpy").ones(2), __import__("numpy").ones(2))

#: gradient_step_new
def step(w, grad, lr=0.1):
    w = w - lr * grad
    return w
#> step(__import__("numpy").ones(2), __import__("numpy").ones(2))

#: params_dict_step
def sgd(params, grads, lr):
    for name in params:
        params[name] -= lr * grads[name]
#> sgd({"w": 1.0}, {"w": 0.5}, 0.1)

#: kmeans_loop
import numpy as np

def kmeans(X, centers, n_iter=2):
    centers = centers.copy()
    for _ in range(n_iter):
        labels = np.argmin(((X[:, None] - centers[None]) ** 2).sum(-1), axis=1)
        for k in range(len(centers)):
            if (labels == k).any():
                centers[k] = X[labels == k].mean(axis=0)
    return centers, labels
#> kmeans(np.array([[0.0], [1.0]]), np.array([[0.0], [1.0]]))

#: monte_carlo_pi
import numpy as np

def estimate_pi(n):
    pts = np.random.uniform(-1, 1, size=(n, 2))
    return 4 * ((pts ** 2).sum(axis=1) <= 1).mean()
#> estimate_pi(10)

#: bootstrap_rng_param
import numpy as np

def bootstrap(data, n, rng):
    idx = rng.integers(0, len(data), size=(n, len(data)))
    return np.asarray(data)[idx].mean(axis=1)
#> bootstrap([1.0, 2.0], 3, np.random.default_rng(0))

#: random_state_object
import numpy as np

def jitter(x, seed=0):
    rs = np.random.RandomState(seed)
    return x + rs.normal(0, 0.01, size=len(x))
#> jitter(np.zeros(2))

#: check_random_state
from sklearn.utils import check_random_state

def draw(n, random_state=None):
    rng = check_random_state(random_state)
    return rng.rand(n)
#> draw(2)

#: kfold_shuffle_seeded
from sklearn.model_selection import KFold

def folds(X, k):
    return [(len(a), len(b)) for a, b in KFold(k, shuffle=True, random_state=0).split(X)]
#> folds([1, 2, 3, 4], 2)

#: kfold_shuffle_unseeded
from sklearn.model_selection import KFold

def folds(X, k):
    return [(len(a), len(b)) for a, b in KFold(k, shuffle=True).split(X)]
#> folds([1, 2, 3, 4], 2)

#: cv_predict_unseeded_forest
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import cross_val_predict

def oof(X, y):
    return cross_val_predict(RandomForestRegressor(n_estimators=2), X, y, cv=2)
#> oof([[0.0], [1.0], [2.0], [3.0]], [0.0, 1.0, 2.0, 3.0])

#: kmeans_seeded
from sklearn.cluster import KMeans

def clusters(X, k):
    return KMeans(n_clusters=k, n_init=1, random_state=0).fit_predict(X)
#> clusters([[0.0], [1.0], [5.0]], 2)

#: pca_full
from sklearn.decomposition import PCA

def project(X, n):
    p = PCA(n_components=n, svd_solver="full")
    return p.fit_transform(X), p.explained_variance_ratio_
#> project(__import__("numpy").eye(3), 2)

#: tsne_unseeded
from sklearn.manifold import TSNE

def embed(X):
    return TSNE(n_components=2, perplexity=2, init="random", max_iter=250).fit_transform(X)
#> embed(__import__("numpy").eye(5))

#: imputer_then_scaler
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import StandardScaler

def ready(X_train, X_test):
    imp, sc = SimpleImputer(), StandardScaler()
    a = sc.fit_transform(imp.fit_transform(X_train))
    b = sc.transform(imp.transform(X_test))
    return a, b
#> ready([[1.0], [2.0]], [[3.0]])

#: scaler_copy_false
from sklearn.preprocessing import StandardScaler

def scale(X):
    return StandardScaler(copy=False).fit_transform(X)
#> scale(__import__("numpy").array([[1.0], [2.0]]))

#: label_encoder_dict
from sklearn.preprocessing import LabelEncoder

def encode_all(df, cols):
    encoders = {}
    for c in cols:
        le = LabelEncoder()
        df[c] = le.fit_transform(df[c])
        encoders[c] = le
    return encoders
#> encode_all(__import__("pandas").DataFrame({"c": ["a", "b"]}), ["c"])

#: fit_models_given_dict
def fit_all(models, X, y):
    scores = {}
    for name, model in models.items():
        model.fit(X, y)
        scores[name] = model.score(X, y)
    return scores
#> fit_all({"a": __import__("sklearn.linear_model", fromlist=["x"]).LinearRegression()}, [[1.0], [2.0]], [1.0, 2.0])

#: predict_only
def threshold(model, X, t=0.5):
    return (model.predict_proba(X)[:, 1] > t).astype(int)
#> threshold(__import__("sklearn.linear_model", fromlist=["x"]).LogisticRegression().fit([[0.0], [1.0]], [0, 1]), [[0.0]])

#: warm_start_loop
from sklearn.linear_model import SGDClassifier

def learn(batches):
    clf = SGDClassifier(random_state=0)
    for X, y in batches:
        clf.partial_fit(X, y, classes=[0, 1])
    return clf.coef_
#> learn([([[0.0], [1.0]], [0, 1])])

#: sgd_unseeded
from sklearn.linear_model import SGDClassifier

def learn(X, y):
    return SGDClassifier(max_iter=5, tol=None).fit(X, y).coef_
#> learn([[0.0], [1.0]], [0, 1])

#: column_transformer_local
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

def design(df, num, cat):
    ct = ColumnTransformer([("n", StandardScaler(), num), ("c", OneHotEncoder(handle_unknown="ignore"), cat)])
    return ct.fit_transform(df)
#> design(__import__("pandas").DataFrame({"x": [1.0, 2.0], "c": ["a", "b"]}), ["x"], ["c"])

#: pipeline_set_params_given
def with_depth(pipe, depth):
    return pipe.set_params(tree__max_depth=depth)
#> with_depth(__import__("sklearn.pipeline", fromlist=["x"]).Pipeline([("tree", __import__("sklearn.tree", fromlist=["x"]).DecisionTreeClassifier())]), 2)

#: custom_transformer_fit
from sklearn.base import BaseEstimator, TransformerMixin

class MeanFiller(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.means_ = X.mean()
        return self

    def transform(self, X):
        return X.fillna(self.means_)

def fill(filler, X):
    return filler.fit_transform(X)
#> fill(MeanFiller(), __import__("pandas").DataFrame({"a": [1.0, None]}))

#: custom_transformer_bad_transform
from sklearn.base import BaseEstimator, TransformerMixin

class Dropper(BaseEstimator, TransformerMixin):
    def __init__(self, col):
        self.col = col

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        X.drop(columns=self.col, inplace=True)
        return X

def reduce(d, X):
    return d.transform(X)
#> reduce(Dropper("a"), __import__("pandas").DataFrame({"a": [1.0], "b": [2.0]}))

#: train_test_holdout_seeded_pipeline
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.metrics import accuracy_score

def evaluate(X, y):
    a, b, c, d = train_test_split(X, y, test_size=0.5, random_state=1, stratify=y)
    return accuracy_score(d, LogisticRegression().fit(a, c).predict(b))
#> evaluate([[0.0], [1.0], [0.1], [0.9]], [0, 1, 0, 1])

#: permutation_importance_seeded
from sklearn.inspection import permutation_importance

def importances(model, X, y):
    return permutation_importance(model, X, y, n_repeats=2, random_state=0).importances_mean
#> importances(__import__("sklearn.linear_model", fromlist=["x"]).LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0]), [[0.0], [1.0]], [0.0, 1.0])

#: curve_fit_local
import numpy as np
from scipy.optimize import curve_fit

def decay(x, y):
    popt, _ = curve_fit(lambda t, a, b: a * np.exp(-b * t), x, y, p0=[1.0, 0.1])
    return popt
#> decay(np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.9, 0.8]))

#: sparse_setitem
from scipy import sparse

def link(m, i, j):
    m[i, j] = 1
    return m
#> link(sparse.lil_matrix((2, 2)), 0, 1)

#: sparse_new
from scipy import sparse

def adjacency(n, edges):
    m = sparse.lil_matrix((n, n))
    for i, j in edges:
        m[i, j] = 1
    return m.tocsr()
#> adjacency(2, [(0, 1)])

#: detrend_overwrite
from scipy.signal import detrend

def flat(x, overwrite=False):
    return detrend(x, overwrite_data=overwrite)
#> flat(__import__("numpy").array([1.0, 2.0, 3.5]))

#: gaussian_kde_resample
from scipy.stats import gaussian_kde

def resample(x, n):
    return gaussian_kde(x).resample(n)
#> resample([1.0, 2.0, 3.0], 2)

#: logit_formula
import statsmodels.formula.api as smf

def slope(df):
    return smf.ols("y ~ x", data=df).fit().params["x"]
#> slope(__import__("pandas").DataFrame({"x": [1.0, 2.0, 3.0], "y": [1.0, 2.0, 2.5]}))

#: grid_of_axes
import matplotlib.pyplot as plt

def grid(df):
    fig, axes = plt.subplots(1, 2)
    for ax, c in zip(axes.ravel(), df.columns):
        ax.hist(df[c])
        ax.set_title(c)
    fig.tight_layout()
    return fig
#> grid(__import__("pandas").DataFrame({"x": [1.0], "y": [2.0]}))

#: pandas_plot_on_given_axes
def lines(df, ax):
    df.plot(ax=ax)
    ax.legend(loc="best")
#> lines(__import__("pandas").DataFrame({"x": [1.0]}), __import__("matplotlib.figure", fromlist=["x"]).Figure().subplots())

#: seaborn_heatmap_current
import seaborn as sns

def corr_map(df):
    return sns.heatmap(df.corr())
#> corr_map(__import__("pandas").DataFrame({"x": [1.0, 2.0], "y": [2.0, 1.0]}))

#: figure_to_bytes
import io
import matplotlib.pyplot as plt

def png(xs):
    fig, ax = plt.subplots()
    ax.plot(xs)
    buf = io.BytesIO()
    fig.savefig(buf, format="png")
    plt.close(fig)
    return buf.getvalue()
#> png([1, 2])

#: style_context
import matplotlib.pyplot as plt

def dark(xs):
    with plt.style.context("dark_background"):
        fig = plt.figure()
        fig.add_subplot().plot(xs)
    return fig
#> dark([1])

#: graph_given_edges
import networkx as nx

def connect(G, pairs):
    G.add_edges_from(pairs)
    return nx.number_connected_components(G)
#> connect(nx.Graph(), [(1, 2)])

#: graph_copy_pruned
import networkx as nx

def prune(G, k):
    H = G.copy()
    H.remove_nodes_from([n for n, d in G.degree() if d < k])
    return H
#> prune(nx.path_graph(3), 2)

#: graph_node_attr
def colour(G, c):
    for n in G.nodes:
        G.nodes[n]["colour"] = c
#> colour(__import__("networkx").path_graph(2), "red")
