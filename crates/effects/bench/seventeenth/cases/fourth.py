#: wrapper_fit_delegates
from sklearn.linear_model import LinearRegression

class LogTarget:
    def __init__(self, model):
        self.model = model

    def fit(self, X, y):
        self.model.fit(X, y)
        return self

    def predict(self, X):
        return self.model.predict(X)

def train(wrapper, X, y):
    wrapper.fit(X, y)
    return wrapper.predict(X)
#> train(LogTarget(LinearRegression()), [[1.0], [2.0]], [1.0, 2.0])

#: grid_search_local
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeRegressor

def best_depth(X, y):
    gs = GridSearchCV(DecisionTreeRegressor(random_state=0), {"max_depth": [1, 2]}, cv=2)
    gs.fit(X, y)
    return gs.best_params_["max_depth"]
#> best_depth([[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 3.0, 4.0])

#: column_transformer
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

def encode(df, num, cat):
    ct = ColumnTransformer([("n", StandardScaler(), num), ("c", OneHotEncoder(), cat)])
    return ct.fit_transform(df)
#> encode(__import__("pandas").DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}), ["a"], ["b"])

#: label_encoder_per_column
from sklearn.preprocessing import LabelEncoder

def encode_all(df, encoders):
    for col in df.select_dtypes("object").columns:
        le = LabelEncoder()
        df[col] = le.fit_transform(df[col])
        encoders[col] = le
    return df
#> encode_all(__import__("pandas").DataFrame({"b": ["x", "y"]}), {})

#: pca_inverse
from sklearn.decomposition import PCA

def denoise(X, k):
    pca = PCA(n_components=k, svd_solver="full")
    Z = pca.fit_transform(X)
    return pca.inverse_transform(Z)
#> denoise([[1.0, 2.0], [3.0, 4.5]], 1)

#: kmeans_unseeded
from sklearn.cluster import KMeans

def cluster(X, k):
    return KMeans(n_clusters=k, n_init=1).fit_predict(X)
#> cluster([[0.0], [1.0], [5.0]], 2)

#: feature_importance_frame
import pandas as pd

def importance(model, names):
    imp = pd.Series(model.feature_importances_, index=names)
    imp.sort_values(ascending=False, inplace=True)
    return imp.head(2)
#> importance(__import__("types").SimpleNamespace(feature_importances_=[0.1, 0.9]), ["a", "b"])

#: predictions_added_to_frame
def score(model, df, features):
    df["pred"] = model.predict(df[features])
    df["resid"] = df["y"] - df["pred"]
    return (df["resid"] ** 2).mean() ** 0.5
#> score(__import__("sklearn.dummy", fromlist=["x"]).DummyRegressor().fit([[1.0]], [1.0]), __import__("pandas").DataFrame({"x": [1.0], "y": [2.0]}), ["x"])

#: threshold_metrics
import numpy as np
from sklearn.metrics import f1_score

def best_threshold(y, proba, grid=None):
    grid = np.linspace(0.1, 0.9, 9) if grid is None else grid
    scores = [f1_score(y, proba >= t) for t in grid]
    return grid[int(np.argmax(scores))]
#> best_threshold(np.array([0, 1]), np.array([0.2, 0.8]))

#: merge_and_drop
def join(left, right, on):
    out = left.merge(right, on=on, how="left", suffixes=("", "_r"))
    out.drop(columns=[c for c in out if c.endswith("_r")], inplace=True)
    return out
#> join(__import__("pandas").DataFrame({"k": [1], "v": [2]}), __import__("pandas").DataFrame({"k": [1], "v": [3]}), "k")

#: set_index_inplace_given
def index_by(df, col):
    df.set_index(col, inplace=True)
    df.sort_index(inplace=True)
    return df.index.is_unique
#> index_by(__import__("pandas").DataFrame({"k": [2, 1], "v": [2, 3]}), "k")

#: rename_columns_assignment
def tidy_names(df):
    df.columns = [c.strip().lower().replace(" ", "_") for c in df.columns]
    return df
#> tidy_names(__import__("pandas").DataFrame({"A b": [1]}))

#: rename_returns_new
def tidy_names(df):
    df = df.rename(columns=str.lower)
    df.columns = [c.strip() for c in df.columns]
    return df
#> tidy_names(__import__("pandas").DataFrame({"A ": [1]}))

#: query_eval_inplace
def add_ratio(df):
    df.eval("r = a / b", inplace=True)
    return df.query("r > 1").shape[0]
#> add_ratio(__import__("pandas").DataFrame({"a": [2], "b": [1]}))

#: insert_and_pop_columns
def reorder(df, first):
    col = df.pop(first)
    df.insert(0, first, col)
    return list(df.columns)
#> reorder(__import__("pandas").DataFrame({"a": [2], "b": [1]}), "b")

#: pivot_fill
def matrix(df):
    wide = df.pivot_table(index="u", columns="i", values="r")
    wide.fillna(0, inplace=True)
    wide[wide < 1] = 0
    return wide
#> matrix(__import__("pandas").DataFrame({"u": [1, 2], "i": [1, 2], "r": [3.0, 0.5]}))

#: apply_with_list_capture
def audit(df, problems):
    def check(row):
        if row["a"] < 0:
            problems.append(row.name)
        return row["a"]
    return df.apply(check, axis=1)
#> audit(__import__("pandas").DataFrame({"a": [-1]}), [])

#: groupby_apply_mutates_group
def rank_in_group(df):
    def add_rank(g):
        g = g.copy()
        g["rank"] = g["v"].rank()
        return g
    return df.groupby("k", group_keys=False)[["k", "v"]].apply(add_rank)
#> rank_in_group(__import__("pandas").DataFrame({"k": [1, 1], "v": [2.0, 1.0]}))

#: series_map_dict_update
import pandas as pd

def recode(s: pd.Series, mapping: dict) -> pd.Series:
    for v in s.unique():
        mapping.setdefault(v, len(mapping))
    return s.map(mapping)
#> recode(pd.Series(["a", "b"]), {})

#: series_inplace_methods
def clean_series(s):
    s.replace("?", None, inplace=True)
    s.dropna(inplace=True)
    s.name = "clean"
    return s
#> clean_series(__import__("pandas").Series(["a", "?"]))

#: series_iloc_set
def patch(s, i, v):
    s.iloc[i] = v
    return s.sum()
#> patch(__import__("pandas").Series([1, 2]), 0, 5)

#: frame_slice_copy_set
def head_scaled(df, n):
    h = df.head(n).copy()
    h.loc[:, "a"] = h["a"] * 2
    h.iloc[0, 0] = -1
    return h
#> head_scaled(__import__("pandas").DataFrame({"a": [1, 2]}), 1)

#: concat_list_of_frames
import pandas as pd

def stack(frames):
    for i, f in enumerate(frames):
        f["source"] = i
    return pd.concat(frames, ignore_index=True)
#> stack([pd.DataFrame({"a": [1]})])

#: concat_assigned_copies
import pandas as pd

def stack(frames):
    return pd.concat([f.assign(source=i) for i, f in enumerate(frames)], ignore_index=True)
#> stack([pd.DataFrame({"a": [1]})])

#: read_csv_many
import glob
import pandas as pd

def load_all(pattern):
    frames = [pd.read_csv(p) for p in sorted(glob.glob(pattern))]
    return pd.concat(frames) if frames else pd.DataFrame()
#> load_all("*.csv")

#: read_csv_buffer
import io
import pandas as pd

def parse(text):
    return pd.read_csv(io.StringIO(text), sep=";")["a"].tolist()
#> parse("a;b\n1;2\n")

#: to_csv_string
def as_csv(df):
    return df.to_csv(index=False)
#> as_csv(__import__("pandas").DataFrame({"a": [1]}))

#: to_csv_path
from pathlib import Path

def dump(df, folder, name):
    target = Path(folder) / f"{name}.csv"
    df.to_csv(target, index=False)
    return target.name
#> dump(__import__("pandas").DataFrame({"a": [1]}), ".", "x")

#: excel_free_json_lines
def to_lines(df, path):
    with open(path, "w") as f:
        for rec in df.to_dict("records"):
            f.write(str(rec) + "\n")
#> to_lines(__import__("pandas").DataFrame({"a": [1]}), "o.txt")

#: option_context
import pandas as pd

def wide_repr(df):
    with pd.option_context("display.width", 200):
        return repr(df)
#> wide_repr(pd.DataFrame({"a": [1]}))

#: set_option
import pandas as pd

def verbose_frames():
    pd.set_option("display.max_rows", 7)
#> verbose_frames()

#: np_errstate
import numpy as np

def safe_log(x):
    with np.errstate(divide="ignore"):
        return np.where(x > 0, np.log(x), 0)
#> safe_log(np.array([0.0, 1.0]))

#: np_seterr
import numpy as np

def quiet():
    return np.seterr(all="ignore")
#> quiet()

#: np_save_load
import numpy as np

def cache_array(a, path="a.npy"):
    np.save(path, a)
    return np.load(path).sum()
#> cache_array(np.ones(2))

#: np_random_generator_shuffle
import numpy as np

def shuffled(x, seed):
    rng = np.random.default_rng(seed)
    rng.shuffle(x)
    return x
#> shuffled(np.arange(5), 1)

#: np_random_permutation_copy
import numpy as np

def shuffled(x, seed):
    rng = np.random.default_rng(seed)
    return rng.permutation(x)
#> shuffled(np.arange(5), 1)

#: np_sort_in_place
import numpy as np

def trimmed(x, k):
    x.sort()
    return x[k:-k].mean()
#> trimmed(np.array([3.0, 1.0, 2.0]), 1)

#: np_sort_copy
import numpy as np

def trimmed(x, k):
    s = np.sort(x)
    s[:k] = s[k]
    return s.mean()
#> trimmed(np.array([3.0, 1.0, 2.0]), 1)

#: np_swap_rows
import numpy as np

def pivot(A, i, j):
    A[[i, j]] = A[[j, i]]
    return A
#> pivot(np.arange(4.0).reshape(2, 2), 0, 1)

#: np_gauss_elimination
import numpy as np

def eliminate(A, b):
    A = A.astype(float).copy()
    b = b.astype(float).copy()
    n = len(b)
    for k in range(n):
        for i in range(k + 1, n):
            f = A[i, k] / A[k, k]
            A[i] -= f * A[k]
            b[i] -= f * b[k]
    return A, b
#> eliminate(np.array([[2, 1], [1, 3]]), np.array([1, 2]))

#: np_structured_field
import numpy as np

def raise_pay(staff, pct):
    pay = staff["pay"]
    pay *= 1 + pct
    return pay.sum()
#> raise_pay(np.array([(1, 2.0)], dtype=[("id", int), ("pay", float)]), 0.5)

#: np_broadcast_accumulate
import numpy as np

def histogram(bins, idx):
    np.add.at(bins, idx, 1)
    return bins.argmax()
#> histogram(np.zeros(3), np.array([1, 1]))

#: np_copyto_and_resize
import numpy as np

def refill(dst, src):
    np.copyto(dst, src)
    dst.setflags(write=False)
    return dst
#> refill(np.zeros(2), np.ones(2))

#: np_view_of_diag_copy
import numpy as np

def ridge(A, lam):
    B = A.copy()
    B[np.diag_indices_from(B)] += lam
    return np.linalg.inv(B)
#> ridge(np.eye(2), 1.0)

#: np_transposed_alias_write
import numpy as np

def mirror(A):
    T = A.T
    T[np.triu_indices(len(A), 1)] = 0
    return A
#> mirror(np.ones((2, 2)))

#: np_nditer_write
import numpy as np

def square(A):
    for x in np.nditer(A, op_flags=["readwrite"]):
        x[...] = x * x
#> square(np.array([2.0]))

#: np_masked_assign_returned
import numpy as np

def relu_grad(z, upstream):
    g = upstream * 1.0
    g[z <= 0] = 0
    return g
#> relu_grad(np.array([1.0, -1.0]), np.array([1.0, 1.0]))

#: scipy_stats_draws
from scipy import stats

def sample(mu, n):
    return stats.norm(loc=mu).rvs(size=n)
#> sample(0, 2)

#: scipy_stats_seeded
from scipy import stats

def sample(mu, n):
    return stats.norm.rvs(loc=mu, size=n, random_state=3)
#> sample(0, 2)

#: scipy_sparse_data_scale
def scale_rows(m, factor):
    m.data *= factor
    return m
#> scale_rows(__import__("scipy.sparse", fromlist=["x"]).csr_matrix([[1.0, 0.0]]), 2)

#: statsmodels_fit
import statsmodels.api as sm

def slope(x, y):
    X = sm.add_constant(x)
    res = sm.OLS(y, X).fit()
    return res.params[1]
#> slope(__import__("numpy").array([1.0, 2.0, 3.0]), __import__("numpy").array([1.0, 2.0, 3.5]))

#: networkx_remove_in_place
def prune(g, k):
    low = [n for n, d in dict(g.degree()).items() if d < k]
    g.remove_nodes_from(low)
    return g.number_of_nodes()
#> prune(__import__("networkx").path_graph(3), 2)

#: networkx_attributes
import networkx as nx

def colour(g):
    nx.set_node_attributes(g, {n: n % 2 for n in g}, "colour")
    return [g.nodes[n]["colour"] for n in g]
#> colour(nx.path_graph(3))

#: networkx_new_graph
import networkx as nx

def from_pairs(pairs):
    g = nx.Graph()
    for a, b in pairs:
        g.add_edge(a, b)
    return nx.connected_components(g)
#> from_pairs([(1, 2)])

#: seaborn_axis
import seaborn as sns

def heat(df, ax):
    sns.heatmap(df.corr(), ax=ax)
    ax.set_title("corr")
#> heat(__import__("pandas").DataFrame({"a": [1, 2], "b": [2, 1]}), __import__("matplotlib.pyplot").pyplot.subplots()[1])

#: plt_current_axes
import matplotlib.pyplot as plt

def quick(xs):
    plt.figure()
    plt.plot(xs)
    plt.title("x")
    return plt.gcf().number
#> quick([1, 2])

#: plt_style_global
import matplotlib.pyplot as plt

def setup():
    plt.rcParams["font.size"] = 14
    plt.style.use("ggplot")
#> setup()

#: joblib_dump_load
import joblib

def persist(model, path):
    joblib.dump(model, path)
    return joblib.load(path)
#> persist({"a": 1}, "m.joblib")

#: tqdm_progress
from tqdm import tqdm

def total(xs):
    s = 0
    for x in tqdm(xs, desc="sum"):
        s += x
    return s
#> total([1, 2])

#: yaml_config
import yaml

def read_config(path, overrides):
    with open(path) as f:
        cfg = yaml.safe_load(f) or {}
    cfg.update(overrides)
    return cfg
#> read_config("data.json", {"b": 2})
