#: impute_by_group
import pandas as pd

def impute(df, group, col):
    filled = df[col].fillna(df.groupby(group)[col].transform("median"))
    return df.assign(**{col: filled})
#> impute(pd.DataFrame({"g": [1, 1], "x": [1.0, None]}), "g", "x")

#: impute_by_group_in_place
import pandas as pd

def impute(df, group, col):
    for g, sub in df.groupby(group):
        mask = (df[group] == g) & df[col].isna()
        df.loc[mask, col] = sub[col].median()
    return df
#> impute(pd.DataFrame({"g": [1, 1], "x": [1.0, None]}), "g", "x")

#: sub_frames_modified
import pandas as pd

def ranks(df, group, col):
    parts = []
    for _, sub in df.groupby(group):
        sub = sub.sort_values(col)
        sub["rank"] = range(1, len(sub) + 1)
        parts.append(sub)
    return pd.concat(parts).sort_index()
#> ranks(pd.DataFrame({"g": [1, 1], "x": [2.0, 1.0]}), "g", "x")

#: groupby_apply_local_change
import pandas as pd

def demean(df):
    def f(g):
        g = g.copy()
        g["v"] = g["v"] - g["v"].mean()
        return g
    return df.groupby("k", group_keys=False).apply(f)
#> demean(pd.DataFrame({"k": [1, 1], "v": [1.0, 3.0]}))

#: columns_by_type
import pandas as pd

def split_types(df):
    num = df.select_dtypes("number").columns.tolist()
    cat = [c for c in df.columns if c not in num]
    num.sort()
    cat.sort()
    return num, cat
#> split_types(pd.DataFrame({"a": [1], "b": ["x"]}))

#: frame_from_argument_dict
import pandas as pd

def build(data):
    df = pd.DataFrame(data)
    df["total"] = df.sum(axis=1)
    return df
#> build({"a": [1], "b": [2]})

#: frame_from_array_copy
import numpy as np
import pandas as pd

def label(arr):
    df = pd.DataFrame(arr.copy(), columns=["a", "b"])
    df.iloc[0, 0] = -1
    return df
#> label(np.ones((2, 2)))

#: series_apply_closure_list
import pandas as pd

def collect_long(s, n):
    found = []
    s.apply(lambda t: found.append(t) if len(t) > n else None)
    return found
#> collect_long(pd.Series(["a", "abc"]), 1)

#: series_map_dict_given
import pandas as pd

def recode(df, col, codes):
    df = df.copy()
    codes = {**codes, None: "missing"}
    df[col] = df[col].map(codes)
    return df
#> recode(pd.DataFrame({"a": ["x"]}), "a", {"x": 1})

#: index_names_changed
import pandas as pd

def named(df):
    df.index.name = "id"
    df.columns.name = "field"
    return df
#> named(pd.DataFrame({"a": [1]}))

#: rename_axis_new
import pandas as pd

def named(df):
    df = df.rename_axis("id").rename_axis("field", axis=1)
    return df
#> named(pd.DataFrame({"a": [1]}))

#: attrs_set
import pandas as pd

def tag(df, source):
    df.attrs["source"] = source
    return df
#> tag(pd.DataFrame({"a": [1]}), "x")

#: stack_of_results
import numpy as np

def bootstrap(x, stat, n=5, seed=0):
    rng = np.random.default_rng(seed)
    out = np.empty(n)
    for i in range(n):
        out[i] = stat(rng.choice(x, len(x)))
    return out
#> bootstrap(np.array([1.0, 2.0]), np.mean)

#: rng_spawned
import numpy as np

def parallel_draws(seed, n):
    children = np.random.SeedSequence(seed).spawn(n)
    return [np.random.default_rng(c).random() for c in children]
#> parallel_draws(0, 2)

#: rng_attribute
import numpy as np

class Sampler:
    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def draw(self, n):
        return self.rng.normal(size=n)

def sample_twice(sampler):
    return sampler.draw(1), sampler.draw(1)
#> sample_twice(Sampler(0))

#: rng_attribute_local
import numpy as np

class Sampler:
    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def draw(self, n):
        return self.rng.normal(size=n)

def sample(seed):
    return Sampler(seed).draw(2)
#> sample(0)

#: adam_state
import numpy as np

class Adam:
    def __init__(self, lr=0.1):
        self.lr = lr
        self.m = None
        self.v = None
        self.t = 0

    def step(self, w, g):
        if self.m is None:
            self.m = np.zeros_like(w)
            self.v = np.zeros_like(w)
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * g
        self.v = 0.99 * self.v + 0.01 * g * g
        return w - self.lr * self.m / (np.sqrt(self.v) + 1e-8)

def optimise(w, grad, steps=3):
    opt = Adam()
    for _ in range(steps):
        w = opt.step(w, grad(w))
    return w
#> optimise(np.array([1.0]), lambda w: 2 * w)

#: sgd_in_place
import numpy as np

class SGD:
    def __init__(self, params, lr=0.1):
        self.params = params
        self.lr = lr

    def step(self, grads):
        for p, g in zip(self.params, grads):
            p -= self.lr * g

def update(params, grads):
    SGD(params).step(grads)
    return params
#> update([np.array([1.0])], [np.array([0.5])])

#: network_forward
import numpy as np

class Dense:
    def __init__(self, n_in, n_out, seed=0):
        rng = np.random.default_rng(seed)
        self.W = rng.normal(size=(n_in, n_out))
        self.b = np.zeros(n_out)

    def __call__(self, x):
        return np.maximum(x @ self.W + self.b, 0)

def forward(layers, x):
    for layer in layers:
        x = layer(x)
    return x
#> forward([Dense(2, 2)], np.ones((1, 2)))

#: network_forward_cached
import numpy as np

class Dense:
    def __init__(self, n_in, n_out, seed=0):
        rng = np.random.default_rng(seed)
        self.W = rng.normal(size=(n_in, n_out))

    def __call__(self, x):
        self.x = x
        return x @ self.W

def forward(layers, x):
    for layer in layers:
        x = layer(x)
    return x
#> forward([Dense(2, 2)], np.ones((1, 2)))

#: scaler_class_fit
import numpy as np

class Scaler:
    def fit(self, X):
        self.mean_ = X.mean(0)
        self.std_ = X.std(0)
        return self

    def transform(self, X):
        Z = X - self.mean_
        Z /= self.std_ + 1e-9
        return Z

def scaled(train, test):
    s = Scaler().fit(train)
    return s.transform(train), s.transform(test)
#> scaled(np.array([[1.0], [2.0]]), np.array([[3.0]]))

#: transformer_mutates_input
from sklearn.base import BaseEstimator, TransformerMixin
import pandas as pd

class Flagger(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        return self

    def transform(self, X):
        X["flag"] = 1
        return X

def flag(df):
    return Flagger().fit_transform(df)
#> flag(pd.DataFrame({"a": [1]}))

#: pipeline_named_steps
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

def coefficients(X, y):
    pipe = make_pipeline(StandardScaler(), Ridge())
    pipe.fit(X, y)
    return pipe.named_steps["ridge"].coef_.tolist()
#> coefficients([[0.0], [1.0]], [0.0, 1.0])

#: set_params_copy
from sklearn.base import clone
from sklearn.linear_model import Ridge

def variants(model, alphas):
    return [clone(model).set_params(alpha=a) for a in alphas]
#> variants(Ridge(), [0.1])

#: predictions_cached_on_model
from sklearn.linear_model import LinearRegression

def annotate(model, X):
    model.last_prediction_ = model.predict(X)
    return model.last_prediction_.sum()
#> annotate(LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0]), [[2.0]])

#: classification_report_text
from sklearn.metrics import classification_report

def report(y, p):
    text = classification_report(y, p, zero_division=0)
    lines = text.splitlines()
    lines.pop()
    return "\n".join(lines)
#> report([0, 1], [0, 1])

#: plot_then_close_all
import matplotlib.pyplot as plt

def quick_plot(xs, path):
    plt.plot(xs)
    plt.savefig(path)
    plt.close()
#> quick_plot([1, 2], "q.png")

#: subplot_titles
import matplotlib.pyplot as plt

def decorate(axes, titles):
    for ax, t in zip(axes, titles):
        ax.set_title(t)
#> decorate([plt.subplots()[1]], ["a"])

#: colormap_lookup
import matplotlib.pyplot as plt

def colours(n):
    cmap = plt.get_cmap("viridis")
    return [cmap(i / n) for i in range(n)]
#> colours(2)

#: image_to_array
import io
import matplotlib
from matplotlib.figure import Figure

def png_bytes(values):
    fig = Figure()
    fig.subplots().plot(values)
    buf = io.BytesIO()
    fig.savefig(buf, format="png")
    return buf.getvalue()
#> png_bytes([1, 2])

#: sparse_in_place
from scipy import sparse

def scale_rows(m, k):
    m.data *= k
    return m
#> scale_rows(sparse.csr_matrix([[1.0, 2.0]]), 2.0)

#: sparse_new
from scipy import sparse

def scale_rows(m, k):
    m = m.multiply(k).tocsr()
    m.data[:] = 1.0
    return m
#> scale_rows(sparse.csr_matrix([[1.0, 2.0]]), 2.0)

#: datetime_ranges
import datetime as dt

def weekdays(start, n):
    days = []
    d = dt.date.fromisoformat(start)
    while len(days) < n:
        if d.weekday() < 5:
            days.append(d.isoformat())
        d += dt.timedelta(days=1)
    return days
#> weekdays("2024-01-05", 2)

#: age_today
import datetime as dt

def age(born):
    today = dt.date.today()
    return today.year - born.year
#> age(dt.date(2000, 1, 1))

#: path_walk
import os

def sizes(root):
    out = {}
    for folder, _, files in os.walk(root):
        for f in files:
            p = os.path.join(folder, f)
            out[p] = os.path.getsize(p)
    return out
#> sizes(".")

#: zip_archive
import zipfile

def pack(paths, target):
    with zipfile.ZipFile(target, "w") as z:
        for p in paths:
            z.write(p)
    return target
#> pack(["notes.txt"], "a.zip")

#: gzip_bytes
import gzip

def packed(text):
    return gzip.compress(text.encode())
#> packed("a")

#: shelve_like_json
import json
from pathlib import Path

class Store:
    def __init__(self, path):
        self.path = Path(path)

    def load(self):
        return json.loads(self.path.read_text()) if self.path.exists() else {}

    def put(self, k, v):
        d = self.load()
        d[k] = v
        self.path.write_text(json.dumps(d))

def remember(path, k, v):
    Store(path).put(k, v)
#> remember("data.json", "b", 2)

#: log_to_list_handler
import logging

class ListHandler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append(record.getMessage())

def format_record(text):
    h = ListHandler()
    h.emit(logging.LogRecord("a", logging.INFO, "", 0, text, (), None))
    return h.records
#> format_record("x")

#: sqlite_class
import sqlite3

class Db:
    def __init__(self, path=":memory:"):
        self.con = sqlite3.connect(path)

    def run(self, sql):
        return self.con.execute(sql).fetchall()

def one(db):
    return db.run("select 1")[0][0]
#> one(Db())

#: session_headers
import requests

def make_session(token):
    s = requests.Session()
    s.headers.update({"Authorization": f"Bearer {token}"})
    s.params = {"v": 1}
    return s
#> make_session("t")

#: session_given
import requests

def authorise(session, token):
    session.headers["Authorization"] = token
    return session
#> authorise(requests.Session(), "t")

#: subprocess_check
import subprocess

def git_like(args):
    try:
        out = subprocess.check_output(["echo", *args], text=True)
    except subprocess.CalledProcessError:
        return None
    return out.strip()
#> git_like(["a"])

#: time_guard
import time

def wait_for(check, timeout=0.01):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if check():
            return True
    return False
#> wait_for(lambda: True)
