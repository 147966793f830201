#: load_and_trim
import pandas as pd

def load_readings(path, keep=None):
    readings = pd.read_csv(path)
    readings.columns = [c.strip().lower() for c in readings.columns]
    if keep is not None:
        readings = readings[keep]
    return readings.dropna()
#> load_readings("data.csv")
#> load_readings("data.csv", keep=["a"])

#: clip_outliers_inplace
import pandas as pd

def clip_outliers(df, col, q=0.05):
    lo, hi = df[col].quantile([q, 1 - q])
    df[col] = df[col].clip(lo, hi)
    return df
#> clip_outliers(pd.DataFrame({"x": [1.0, 2.0, 50.0]}), "x", 0.1)

#: clip_outliers_copy
import pandas as pd

def clipped(df, col, q=0.05):
    df = df.copy()
    lo, hi = df[col].quantile([q, 1 - q])
    df[col] = df[col].clip(lo, hi)
    return df
#> clipped(pd.DataFrame({"x": [1.0, 2.0, 50.0]}), "x", 0.1)

#: impute_by_group
import pandas as pd

def impute(df, by, target):
    filled = df.groupby(by)[target].transform(lambda s: s.fillna(s.median()))
    return df.assign(**{target: filled})
#> impute(pd.DataFrame({"g": ["a", "a", "b"], "v": [1.0, None, 3.0]}), "g", "v")

#: fillna_inplace_column
import pandas as pd

def fill_unknown(frame):
    frame.fillna({"city": "unknown"}, inplace=True)
    frame.rename(columns={"city": "town"}, inplace=True)
#> fill_unknown(pd.DataFrame({"city": ["x", None]}))

#: inplace_on_selection
import pandas as pd

def tidy(df):
    recent = df[df["year"] > 2000].copy()
    recent.drop(columns=["year"], inplace=True)
    recent.reset_index(drop=True, inplace=True)
    return recent
#> tidy(pd.DataFrame({"year": [1999, 2010], "v": [1, 2]}))

#: series_update
import pandas as pd

def correct(prices, fixes):
    prices.update(fixes)
    return prices.sum()
#> correct(pd.Series([1.0, 2.0]), pd.Series([5.0], index=[1]))

#: pipe_steps
import pandas as pd

def drop_empty(df):
    return df.dropna(how="all")

def add_ratio(df, num, den):
    df["ratio"] = df[num] / df[den]
    return df

def prepare(raw):
    return raw.pipe(drop_empty).pipe(add_ratio, num="a", den="b")
#> prepare(pd.DataFrame({"a": [1, 2], "b": [2, 4]}))

#: pipe_mutating_step
import pandas as pd

def add_ratio(df, num, den):
    df["ratio"] = df[num] / df[den]
    return df

def with_ratio(raw):
    return raw.pipe(add_ratio, "a", den="b").sort_values("ratio")
#> with_ratio(pd.DataFrame({"a": [1, 2], "b": [2, 4]}))

#: pivot_report
import pandas as pd

def report(sales):
    table = sales.pivot_table(index="region", columns="month", values="amount", aggfunc="sum", fill_value=0)
    table["total"] = table.sum(axis=1)
    table.loc["all"] = table.sum()
    return table.astype(int)
#> report(pd.DataFrame({"region": ["n", "s"], "month": [1, 2], "amount": [10, 20]}))

#: chained_filter_query
import pandas as pd

def big_orders(orders, threshold):
    return (
        orders.query("amount > @threshold")
        .sort_values("amount", ascending=False)
        .head(3)
        .set_index("id")["amount"]
        .to_dict()
    )
#> big_orders(pd.DataFrame({"id": [1, 2], "amount": [5, 50]}), 10)

#: merge_with_indicator
import pandas as pd

def unmatched(left, right, on):
    merged = left.merge(right, on=on, how="outer", indicator=True)
    missing = merged.loc[merged["_merge"] != "both", on]
    print(f"{len(missing)} keys without a partner")
    return sorted(missing)
#> unmatched(pd.DataFrame({"k": [1, 2]}), pd.DataFrame({"k": [2, 3]}), "k")

#: concat_monthly_files
from pathlib import Path
import pandas as pd

def read_all(folder, pattern="*.csv"):
    parts = []
    for path in sorted(Path(folder).glob(pattern)):
        part = pd.read_csv(path)
        part["source"] = path.stem
        parts.append(part)
    return pd.concat(parts, ignore_index=True)
#> read_all(".")

#: export_each_group
import pandas as pd
from pathlib import Path

def export(df, by, folder):
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    names = []
    for key, group in df.groupby(by):
        name = out / f"{key}.csv"
        group.drop(columns=by).to_csv(name, index=False)
        names.append(name.name)
    return names
#> export(pd.DataFrame({"g": ["a", "b"], "v": [1, 2]}), "g", "parts")

#: csv_to_text
import pandas as pd

def as_text(df):
    return df.to_csv(index=False) + df.to_json(orient="records")
#> as_text(pd.DataFrame({"a": [1]}))

#: json_normalize_records
import json
import pandas as pd

def flatten(path):
    with open(path, encoding="utf-8") as handle:
        records = json.load(handle)
    frame = pd.json_normalize(records, sep="_")
    return frame.rename(columns=str.lower)
#> flatten("data.json")

#: rolling_features
import pandas as pd

def add_lags(series, lags=(1, 2)):
    out = pd.DataFrame({"y": series})
    for lag in lags:
        out[f"lag_{lag}"] = series.shift(lag)
    out["mean_2"] = series.rolling(2).mean()
    return out.dropna()
#> add_lags(pd.Series([1.0, 2.0, 3.0, 4.0]))

#: apply_that_collects
import pandas as pd

def rejected(df, limit):
    bad = []

    def check(row):
        if row["v"] > limit:
            bad.append(row["id"])
        return row["v"] * 2

    df.apply(check, axis=1)
    return bad
#> rejected(pd.DataFrame({"id": [1, 2], "v": [1, 9]}), 5)

#: map_with_dict
import pandas as pd

CODES = {"lo": 0, "hi": 1}

def encode(levels):
    return levels.str.strip().map(CODES).fillna(-1).astype("int64")
#> encode(pd.Series(["lo", " hi", "x"]))

#: values_view_scaled
import pandas as pd
import numpy as np

def scale_values(frame):
    values = frame.to_numpy(dtype=float, copy=True)
    values -= values.mean(axis=0)
    values /= values.std(axis=0)
    return pd.DataFrame(values, columns=frame.columns)
#> scale_values(pd.DataFrame({"a": [1.0, 3.0]}))

#: np_out_argument
import numpy as np

def logistic(z, scratch):
    np.negative(z, out=scratch)
    np.exp(scratch, out=scratch)
    scratch += 1.0
    return 1.0 / scratch
#> logistic(np.array([0.0, 1.0]), np.zeros(2))

#: np_out_tuple
import numpy as np

def split_parts(x, whole):
    frac = np.empty_like(x)
    np.modf(x, out=(frac, whole))
    return frac
#> split_parts(np.array([1.5, 2.25]), np.zeros(2))

#: normalise_rows_view
import numpy as np

def normalise(matrix):
    for row in matrix:
        row /= np.linalg.norm(row)
#> normalise(np.array([[3.0, 4.0], [6.0, 8.0]]))

#: reshaped_view_set
import numpy as np

def zero_corners(image):
    flat = image.ravel()
    flat[0] = flat[-1] = 0
    return flat.sum()
#> zero_corners(np.ones((2, 2)))

#: mask_copy_untouched
import numpy as np

def positives_doubled(x):
    chosen = x[x > 0]
    chosen *= 2
    return chosen
#> positives_doubled(np.array([-1.0, 2.0]))

#: np_where_and_fill_diagonal
import numpy as np

def similarity(vectors):
    gram = vectors @ vectors.T
    np.fill_diagonal(gram, 0.0)
    best = np.argmax(gram, axis=1)
    return np.where(gram.max(axis=1) > 0, best, -1)
#> similarity(np.array([[1.0, 0.0], [1.0, 1.0]]))

#: fill_diagonal_given
import numpy as np

def forbid_self_loops(adjacency):
    np.fill_diagonal(adjacency, 0)
    np.clip(adjacency, 0, 1, out=adjacency)
    return adjacency.sum(axis=1)
#> forbid_self_loops(np.full((2, 2), 3))

#: shuffle_in_place
import numpy as np

def shuffled_pair(X, y, seed=0):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(X))
    return X[order], y[order]
#> shuffled_pair(np.arange(4), np.arange(4))

#: legacy_global_shuffle
import numpy as np

def bootstrap(sample, times):
    np.random.seed(42)
    means = [np.random.choice(sample, size=len(sample)).mean() for _ in range(times)]
    return np.percentile(means, [2.5, 97.5])
#> bootstrap(np.array([1.0, 2.0, 3.0]), 3)

#: generator_passed_in
import numpy as np

def jitter(points, rng, scale=0.1):
    noise = rng.normal(scale=scale, size=points.shape)
    return points + noise
#> jitter(np.zeros(3), np.random.default_rng(1))

#: save_and_load_npz
import numpy as np

def cached(path, compute):
    try:
        return np.load(path)["x"]
    except FileNotFoundError:
        x = compute()
        np.savez_compressed(path, x=x)
        return x
#> cached("cache.npz", lambda: np.arange(3))
#> cached("cache.npz", lambda: np.arange(3))

#: train_eval_logreg
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

def train(random_state=7):
    X, y = make_classification(n_samples=60, random_state=random_state)
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=random_state)
    model = LogisticRegression().fit(X_train, y_train)
    return model, accuracy_score(y_test, model.predict(X_test))
#> train()

#: fit_given_estimator
import numpy as np
from sklearn.linear_model import Ridge

def fit_all(models, X, y):
    scores = {}
    for name, model in models.items():
        model.fit(X, y)
        scores[name] = model.score(X, y)
    return max(scores, key=scores.get)
#> fit_all({"ridge": Ridge()}, np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))

#: clone_before_fit
import numpy as np
from sklearn.base import clone
from sklearn.linear_model import Ridge

def fold_scores(estimator, X, y, folds):
    out = []
    for train, test in folds:
        fresh = clone(estimator)
        fresh.fit(X[train], y[train])
        out.append(fresh.score(X[test], y[test]))
    return np.mean(out)
#> fold_scores(Ridge(), np.arange(4.0).reshape(-1, 1), np.arange(4.0), [([0, 1], [2, 3])])

#: pipeline_with_column_transformer
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

def build(numeric, categorical):
    pre = ColumnTransformer([
        ("num", StandardScaler(), numeric),
        ("cat", OneHotEncoder(handle_unknown="ignore"), categorical),
    ])
    return Pipeline([("pre", pre), ("clf", LogisticRegression(max_iter=200))])

def fit(df, target):
    features = df.drop(columns=target)
    numeric = list(features.select_dtypes("number"))
    categorical = list(features.columns.difference(numeric))
    pipe = build(numeric, categorical)
    pipe.fit(features, df[target])
    return pipe
#> fit(pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "c": list("xyxy"), "t": [0, 1, 0, 1]}), "t")

#: scaler_fit_transform_given
import numpy as np
from sklearn.preprocessing import StandardScaler

def scale_splits(scaler, train, test):
    return scaler.fit_transform(train), scaler.transform(test)
#> scale_splits(StandardScaler(), np.array([[1.0], [3.0]]), np.array([[2.0]]))

#: unseeded_forest
import numpy as np
from sklearn.ensemble import RandomForestClassifier

def importances(X, y):
    forest = RandomForestClassifier(n_estimators=3)
    forest.fit(X, y)
    return dict(enumerate(forest.feature_importances_))
#> importances(np.array([[0.0], [1.0], [0.5]]), np.array([0, 1, 0]))

#: grid_search_verbose
import numpy as np
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeRegressor

def tune(X, y, verbose=0):
    search = GridSearchCV(DecisionTreeRegressor(random_state=0), {"max_depth": [1, 2]}, cv=2)
    search.fit(X, y)
    if verbose:
        print(search.best_params_)
    return search.best_estimator_
#> tune(np.arange(8.0).reshape(-1, 1), np.arange(8.0))
#> tune(np.arange(8.0).reshape(-1, 1), np.arange(8.0), verbose=1)

#: joblib_dump_model
import joblib
from sklearn.linear_model import LinearRegression

def persist(X, y, path):
    joblib.dump(LinearRegression().fit(X, y), path)
    return path
#> persist([[1.0], [2.0]], [1.0, 2.0], "model.joblib")

#: joblib_parallel_squares
from joblib import Parallel, delayed

def square(x):
    return x * x

def squares(numbers):
    return Parallel(n_jobs=1)(delayed(square)(n) for n in numbers)
#> squares([1, 2])

#: custom_transformer_fit
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

class Winsorizer(BaseEstimator, TransformerMixin):
    def __init__(self, q=0.1):
        self.q = q

    def fit(self, X, y=None):
        self.low_ = np.quantile(X, self.q, axis=0)
        self.high_ = np.quantile(X, 1 - self.q, axis=0)
        return self

    def transform(self, X):
        return np.clip(X, self.low_, self.high_)

def winsorize(X):
    return Winsorizer(0.25).fit_transform(X)
#> winsorize(np.array([[1.0], [2.0], [9.0]]))

#: custom_transformer_method
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

class Centerer(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.mean_ = X.mean(axis=0)
        return self

    def transform(self, X):
        X = X.copy()
        X -= self.mean_
        return X
#> Centerer().fit(np.array([[1.0], [2.0]]))

#: confusion_plot_saved
import matplotlib.pyplot as plt
import numpy as np
from sklearn.metrics import confusion_matrix

def plot_confusion(y, predicted, path=None):
    matrix = confusion_matrix(y, predicted)
    fig, ax = plt.subplots()
    ax.imshow(matrix)
    for (i, j), n in np.ndenumerate(matrix):
        ax.text(j, i, str(n))
    if path:
        fig.savefig(path)
        plt.close(fig)
    return matrix
#> plot_confusion([0, 1], [0, 0])
#> plot_confusion([0, 1], [0, 0], "c.png")

#: draw_on_axes
import matplotlib.pyplot as plt

def style(ax, title, *, grid=True):
    ax.set_title(title)
    if grid:
        ax.grid(True, alpha=0.3)
    ax.spines["top"].set_visible(False)
    return ax
#> style(plt.figure().add_subplot(), "t")

#: figure_object_only
from matplotlib.figure import Figure

def sparkline(values):
    figure = Figure(figsize=(2, 1))
    ax = figure.subplots()
    ax.plot(values)
    ax.axis("off")
    return figure
#> sparkline([1, 2, 3])

#: pandas_plot
import pandas as pd

def plot_trend(df):
    ax = df.plot(x="t", y="v", legend=False)
    ax.set_ylabel("value")
    return ax
#> plot_trend(pd.DataFrame({"t": [1, 2], "v": [3, 4]}))

#: rc_context_style
import matplotlib.pyplot as plt

def big_fonts(size):
    plt.rcParams.update({"font.size": size})
    return plt.rcParams["font.size"]
#> big_fonts(17)

#: scipy_ttest
from scipy import stats
import numpy as np

def compare(a, b, alpha=0.05):
    t, p = stats.ttest_ind(a, b, equal_var=False)
    effect = (np.mean(a) - np.mean(b)) / np.sqrt((np.var(a) + np.var(b)) / 2)
    return {"t": t, "significant": bool(p < alpha), "d": effect}
#> compare([1.0, 2.0, 3.0], [2.0, 3.0, 5.0])

#: curve_fit_closure
import numpy as np
from scipy.optimize import curve_fit, minimize

def fit_decay(t, y):
    def model(t, a, k):
        return a * np.exp(-k * t)

    (a, k), _ = curve_fit(model, t, y, p0=(1.0, 0.1))
    start = np.array([a, k])
    result = minimize(lambda p: ((model(t, *p) - y) ** 2).sum(), start)
    return result.x
#> fit_decay(np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.6, 0.35]))

#: objective_counts_calls
from scipy.optimize import minimize_scalar

def minimise_counted(f, history):
    def objective(x):
        value = f(x)
        history.append((x, value))
        return value

    return minimize_scalar(objective, bounds=(0, 2), method="bounded").x
#> minimise_counted(lambda x: (x - 1) ** 2, [])

#: ols_summary
import pandas as pd
import statsmodels.api as sm

def regress(df, target):
    X = sm.add_constant(df.drop(columns=target))
    fitted = sm.OLS(df[target], X).fit()
    return fitted.params.to_dict(), fitted.summary().as_text()
#> regress(pd.DataFrame({"x": [1.0, 2.0, 3.0, 4.0], "y": [1.0, 2.1, 2.9, 4.2]}), "y")

#: formula_regression_logged
import logging
import pandas as pd
import statsmodels.formula.api as smf

log = logging.getLogger(__name__)

def effect_of(df, treatment):
    fit = smf.ols(f"y ~ {treatment}", data=df).fit()
    low, high = fit.conf_int().loc[treatment]
    log.info("effect %.2f [%.2f, %.2f]", fit.params[treatment], low, high)
    return fit.params[treatment]
#> effect_of(pd.DataFrame({"y": [1.0, 2.0, 3.5], "t": [0, 1, 1]}), "t")

#: requests_get_json
import requests

def fetch(url, timeout=0.1, session=None):
    http = session or requests
    response = http.get(url, timeout=timeout)
    response.raise_for_status()
    return response.json()
#> fetch("http://127.0.0.1:9/x")

#: session_headers
import requests

def authorised(token):
    session = requests.Session()
    session.headers.update({"Authorization": f"Bearer {token}"})
    session.params = {"v": 1}
    return session
#> authorised("x")

#: sqlalchemy_read
import pandas as pd
import sqlalchemy as sa

def totals(url="sqlite://"):
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("create table t (a int)"))
        connection.execute(sa.text("insert into t values (:a)"), [{"a": 1}, {"a": 2}])
    with engine.connect() as connection:
        return pd.read_sql(sa.text("select sum(a) as s from t"), connection)
#> totals()

#: to_sql_given_connection
import sqlite3
import pandas as pd

def store(frame, connection, table="t"):
    frame.to_sql(table, connection, index=False, if_exists="replace")
    return connection.execute(f"select count(*) from {table}").fetchone()[0]
#> store(pd.DataFrame({"a": [1]}), sqlite3.connect(":memory:"))

#: sa_query_only_built
import sqlalchemy as sa

metadata = sa.MetaData()
users = sa.Table("users", metadata, sa.Column("id", sa.Integer), sa.Column("name", sa.String))

def by_name(name):
    return str(sa.select(users.c.id).where(users.c.name == name).order_by(users.c.id))
#> by_name("x")

#: yaml_config_merge
import yaml

DEFAULTS = {"lr": 0.1, "layers": [8, 8]}

def load_config(path):
    with open(path) as f:
        user = yaml.safe_load(f) or {}
    return {**DEFAULTS, **(user if isinstance(user, dict) else {})}
#> load_config("notes.txt")

#: yaml_dump_text
import yaml

def describe(config):
    return yaml.safe_dump(config, sort_keys=True)
#> describe({"a": 1})

#: yaml_config_written
import yaml
from pathlib import Path

def save_config(config, path):
    target = Path(path).with_suffix(".yaml")
    with target.open("w") as f:
        yaml.dump(config, f)
    return target.exists()
#> save_config({"a": 1}, "run.cfg")

#: named_temporary_roundtrip
import tempfile
import pandas as pd

def roundtrip(df):
    with tempfile.NamedTemporaryFile("w+", suffix=".csv") as handle:
        df.to_csv(handle, index=False)
        handle.seek(0)
        return pd.read_csv(handle)
#> roundtrip(pd.DataFrame({"a": [1]}))

#: mkdtemp_used
import shutil
import tempfile
from pathlib import Path

def scratch(text):
    folder = Path(tempfile.mkdtemp(prefix="srun"))
    try:
        (folder / "t.txt").write_text(text)
        return (folder / "t.txt").stat().st_size
    finally:
        shutil.rmtree(folder)
#> scratch("hello")

#: temporary_directory_listing
import os
import tempfile

def count_made(names):
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            open(os.path.join(folder, name), "w").close()
        return len(os.listdir(folder))
#> count_made(["a", "b"])

#: path_arithmetic
from pathlib import Path

def output_for(source, suffix=".parquet"):
    p = Path(source)
    return p.parent / "out" / p.with_suffix(suffix).name
#> output_for("x/a.csv")

#: newest_file
from pathlib import Path

def newest(folder, pattern="*"):
    files = [p for p in Path(folder).rglob(pattern) if p.is_file()]
    return max(files, key=lambda p: p.stat().st_mtime, default=None)
#> newest(".")

#: keras_like_fit
class History:
    def __init__(self):
        self.losses = []

class Regressor:
    def __init__(self, lr=0.1):
        self.lr = lr
        self.w = 0.0
        self.history = History()

    def compile(self, lr):
        self.lr = lr

    def predict(self, xs):
        return [self.w * x for x in xs]

    def fit(self, xs, ys, epochs=2, verbose=1):
        for epoch in range(epochs):
            grad = sum((self.w * x - y) * x for x, y in zip(xs, ys))
            self.w -= self.lr * grad
            loss = sum((p - y) ** 2 for p, y in zip(self.predict(xs), ys))
            self.history.losses.append(loss)
            if verbose:
                print(f"epoch {epoch}: {loss:.3f}")
        return self.history

def train(xs, ys):
    model = Regressor()
    model.compile(lr=0.05)
    model.fit(xs, ys, epochs=3, verbose=0)
    return model.predict(xs)
#> train([1.0, 2.0], [2.0, 4.0])

#: keras_like_method_predict
class Mean:
    def __init__(self):
        self.mean = None
        self.calls = 0

    def fit(self, ys):
        self.mean = sum(ys) / len(ys)
        return self

    def predict(self, xs):
        self.calls += 1
        return [self.mean for _ in xs]

def evaluate(model, xs, ys):
    guesses = model.predict(xs)
    return sum(abs(g - y) for g, y in zip(guesses, ys))
#> evaluate(Mean().fit([1, 3]), [0, 0], [1, 2])

#: settings_print_flag
from dataclasses import dataclass

@dataclass
class Settings:
    rounds: int = 3
    verbose: bool = False

def run(settings):
    total = 0
    for r in range(settings.rounds):
        total += r
        if settings.verbose:
            print("round", r)
    return total
#> run(Settings())
#> run(Settings(verbose=True))

#: settings_constant_quiet
from dataclasses import dataclass

@dataclass(frozen=True)
class Settings:
    rounds: int = 3
    verbose: bool = False

QUIET = Settings(rounds=2)

def run(values):
    if QUIET.verbose:
        print("starting")
    return sum(values) * QUIET.rounds
#> run([1, 2])

#: settings_default_made_inside
from dataclasses import dataclass, field

@dataclass
class Export:
    path: str = "out.txt"
    write: bool = True
    tags: list = field(default_factory=list)

def finish(values):
    options = Export(write=False)
    options.tags.append("done")
    if options.write:
        with open(options.path, "w") as f:
            f.write(str(values))
    return options.tags
#> finish([1])

#: settings_replaced
from dataclasses import dataclass, replace

@dataclass(frozen=True)
class Plan:
    name: str
    save: bool = False

def publish(plan, values):
    plan = replace(plan, save=True)
    if plan.save:
        with open(plan.name, "w") as f:
            print(*values, file=f)
#> publish(Plan("v.txt"), [1, 2])

#: pydantic_settings
from pydantic import BaseModel

class Options(BaseModel):
    depth: int = 2
    debug: bool = False

def grow(options, seed):
    tree = [seed]
    for level in range(options.depth):
        tree = [t + level for t in tree] * 2
        if options.debug:
            print(level, len(tree))
    return tree
#> grow(Options(), 1)
#> grow(Options(debug=True), 1)

#: pydantic_settings_module_level
from pydantic import BaseModel

class Options(BaseModel):
    depth: int = 2
    debug: bool = False

OPTIONS = Options(depth=3)

def grow(seed):
    tree = [seed]
    for level in range(OPTIONS.depth):
        tree = [t + level for t in tree] * 2
        if OPTIONS.debug:
            print(level, len(tree))
    return tree
#> grow(1)

#: tqdm_progress
from tqdm import tqdm

def slow_sum(values):
    total = 0
    for v in tqdm(values, disable=True):
        total += v
    return total
#> slow_sum([1, 2])

#: seaborn_grid
import pandas as pd
import seaborn as sns

def violin(df):
    sns.set_theme(style="whitegrid")
    return sns.violinplot(data=df, x="g", y="v")
#> violin(pd.DataFrame({"g": ["a", "a", "b", "b"], "v": [1.0, 2.0, 3.0, 4.0]}))

#: graph_built_and_ranked
import networkx as nx

def hubs(edges, top=1):
    g = nx.Graph()
    g.add_edges_from(edges)
    nx.set_node_attributes(g, dict(g.degree()), "degree")
    rank = nx.pagerank(g)
    return sorted(rank, key=rank.get, reverse=True)[:top]
#> hubs([(1, 2), (1, 3)])
