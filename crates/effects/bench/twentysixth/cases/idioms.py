#: rfm_scores
import pandas as pd

def rfm(orders, today):
    grouped = orders.groupby("customer").agg(
        recency=("date", lambda d: (today - d.max()).days),
        frequency=("order", "nunique"),
        monetary=("amount", "sum"),
    )
    for name in ["recency", "frequency"]:
        grouped[name + "_rank"] = grouped[name].rank(pct=True)
    return grouped.reset_index()
#> rfm(pd.DataFrame({"customer": [1, 1, 2], "date": pd.to_datetime(["2024-01-01"] * 3), "order": [1, 2, 3], "amount": [1.0, 2.0, 3.0]}), pd.Timestamp("2024-02-01"))

#: cohort_pivot
import pandas as pd

def cohorts(df):
    df = df.copy()
    df["month"] = df["date"].dt.to_period("M")
    df["first"] = df.groupby("user")["month"].transform("min")
    df["age"] = (df["month"] - df["first"]).apply(lambda d: d.n)
    table = df.pivot_table(index="first", columns="age", values="user", aggfunc="nunique")
    return table.divide(table.iloc[:, 0], axis=0)
#> cohorts(pd.DataFrame({"user": [1, 1, 2], "date": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-02-02"])}))

#: lag_features_given
import pandas as pd

def add_lags(frame, column, lags=(1, 2)):
    for lag in lags:
        frame[f"{column}_lag{lag}"] = frame[column].shift(lag)
    frame.dropna(inplace=True)
    frame.reset_index(drop=True, inplace=True)
    return frame
#> add_lags(pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0]}), "a")

#: outlier_rows_dropped
import numpy as np
import pandas as pd

def without_outliers(df, columns):
    for column in columns:
        low, high = df[column].quantile([0.25, 0.75])
        spread = high - low
        df = df[(df[column] >= low - 1.5 * spread) & (df[column] <= high + 1.5 * spread)]
    return df.reset_index(drop=True)
#> without_outliers(pd.DataFrame({"a": [1.0, 2.0, 3.0, 99.0]}), ["a"])

#: map_labels_series_inplace
import pandas as pd

def decode(df, mapping):
    labels = df["code"]
    labels.replace(mapping, inplace=True)
    return labels.value_counts()
#> decode(pd.DataFrame({"code": [1, 2]}), {1: 10})

#: index_name_on_copy
import pandas as pd

def labelled(df):
    out = df.sort_values("a")
    out.index.name = "row"
    return out
#> labelled(pd.DataFrame({"a": [2, 1]}))

#: index_name_after_filter
import pandas as pd

def positive(df):
    df = df[df["a"] > 0]
    df.index.name = "id"
    df.columns.name = "what"
    return df
#> positive(pd.DataFrame({"a": [2, 1]}))

#: index_names_on_deep_copy
import pandas as pd

def labelled(df):
    out = df.copy(deep=True)
    out.index = out.index.copy()
    out.index.name = "row"
    return out
#> labelled(pd.DataFrame({"a": [2, 1]}))

#: groupby_dict_of_arrays
import pandas as pd

def arrays(df):
    out = {}
    for key, part in df.groupby("k"):
        values = part["v"].to_numpy().copy()
        values -= values.mean()
        out[key] = values
    return out
#> arrays(pd.DataFrame({"k": [1, 1, 2], "v": [1.0, 2.0, 3.0]}))

#: fill_by_group_written
import pandas as pd

def fill(df):
    medians = df.groupby("k")["v"].median()
    for key, median in medians.items():
        mask = (df["k"] == key) & df["v"].isna()
        df.loc[mask, "v"] = median
    return int(df["v"].isna().sum())
#> fill(pd.DataFrame({"k": [1, 1, 2], "v": [1.0, None, 3.0]}))

#: dtype_downcast
import pandas as pd

def shrink(df):
    before = df.memory_usage(deep=True).sum()
    for name in df.select_dtypes("int").columns:
        df[name] = pd.to_numeric(df[name], downcast="integer")
    after = df.memory_usage(deep=True).sum()
    print(f"{before} -> {after}")
    return df
#> shrink(pd.DataFrame({"a": [1, 2]}))

#: explode_tags
import pandas as pd

def tag_counts(df):
    tags = df["tags"].str.split(",").explode().str.strip()
    return tags[tags != ""].value_counts().rename_axis("tag").reset_index(name="n")
#> tag_counts(pd.DataFrame({"tags": ["a, b", "b"]}))

#: merge_asof_nearest
import pandas as pd

def join(trades, quotes):
    trades = trades.sort_values("t")
    quotes = quotes.sort_values("t")
    return pd.merge_asof(trades, quotes, on="t", direction="backward")
#> join(pd.DataFrame({"t": [2, 1], "p": [1, 2]}), pd.DataFrame({"t": [1, 2], "q": [3, 4]}))

#: merge_sorted_inplace
import pandas as pd

def join(trades, quotes):
    trades.sort_values("t", inplace=True)
    quotes = quotes.sort_values("t")
    return pd.merge_asof(trades, quotes, on="t")
#> join(pd.DataFrame({"t": [2, 1], "p": [1, 2]}), pd.DataFrame({"t": [1, 2], "q": [3, 4]}))

#: resample_plot_saved
import matplotlib.pyplot as plt
import pandas as pd

def monthly(series, target):
    totals = series.resample("MS").sum()
    fig, ax = plt.subplots(figsize=(4, 3))
    totals.plot(ax=ax, marker="o")
    ax.set_title("Monthly")
    fig.savefig(target)
    plt.close(fig)
    return totals
#> monthly(pd.Series([1.0, 2.0], index=pd.to_datetime(["2024-01-01", "2024-02-01"])), "m.png")

#: axes_annotated_given
import matplotlib.pyplot as plt

def annotate_bars(ax, fmt="{:.0f}"):
    for patch in ax.patches:
        height = patch.get_height()
        ax.annotate(fmt.format(height), (patch.get_x(), height))
    ax.margins(y=0.1)
#> annotate_bars(plt.figure().add_subplot().bar([1, 2], [3, 4])[0].axes)

#: axes_limits_read
import matplotlib.pyplot as plt

def extent(ax):
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    return (x1 - x0) * (y1 - y0)
#> extent([it for it in [plt.figure().add_subplot()] if it.get_xlim() and it.get_ylim()][0])

#: twin_axes_local
import matplotlib.pyplot as plt

def chart(x, left, right):
    fig, ax = plt.subplots()
    other = ax.twinx()
    ax.plot(x, left, color="C0")
    other.plot(x, right, color="C1")
    ax.legend(["l"])
    return fig
#> chart([1, 2], [1, 2], [2, 1])

#: pairwise_hist_show
import matplotlib.pyplot as plt
import numpy as np

def histograms(matrix, names):
    for i, name in enumerate(names):
        plt.subplot(1, len(names), i + 1)
        plt.hist(matrix[:, i], bins=3)
        plt.xlabel(name)
    plt.tight_layout()
    plt.show()
#> histograms(np.ones((3, 2)), ["a", "b"])

#: rc_params_updated
import matplotlib.pyplot as plt

def use_theme(size):
    plt.rcParams["font.size"] = size
    plt.rcParams.update({"axes.grid": True})
#> use_theme(17)

#: rc_params_read
import matplotlib

def theme_size(scale):
    return matplotlib.rcParams["font.size"] * scale
#> theme_size(2)

#: polynomial_fit
import numpy as np

def trend(x, y, degree=1):
    coefficients = np.polyfit(x, y, degree)
    fitted = np.polyval(coefficients, x)
    residual = y - fitted
    residual -= residual.mean()
    return coefficients, residual
#> trend(np.arange(4.0), np.arange(4.0) * 2)

#: softmax_in_place
import numpy as np

def softmax(logits):
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)
    return logits
#> softmax(np.ones((2, 2)))

#: softmax_new
import numpy as np

def softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    np.exp(shifted, out=shifted)
    shifted /= shifted.sum(axis=1, keepdims=True)
    return shifted
#> softmax(np.ones((2, 2)))

#: meshgrid_views
import numpy as np

def surface(x, y):
    xx, yy = np.meshgrid(x, y)
    xx += 1
    return np.sin(xx) * yy
#> surface(np.arange(2.0), np.arange(2.0))

#: meshgrid_without_copy
import numpy as np

def surface(x, y):
    xx, yy = np.meshgrid(x, y, copy=False, sparse=True)
    xx += 1
    return xx * yy
#> surface(np.arange(2.0), np.arange(2.0))

#: sliding_window_sum
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

def moving(values, width):
    windows = sliding_window_view(values, width)
    return windows.mean(axis=-1)
#> moving(np.arange(4.0), 2)

#: confusion_filled
import numpy as np

def confusion(truth, said, n):
    matrix = np.zeros((n, n), dtype=int)
    for t, p in zip(truth, said):
        matrix[t, p] += 1
    return matrix
#> confusion([0, 1], [1, 1], 2)

#: roll_ring_buffer
import numpy as np

def push(ring, value):
    ring[:-1] = ring[1:]
    ring[-1] = value
    return ring.mean()
#> push(np.arange(3.0), 9.0)

#: roll_ring_buffer_new
import numpy as np

def push(ring, value):
    ring = np.roll(ring, -1)
    ring[-1] = value
    return ring
#> push(np.arange(3.0), 9.0)

#: distance_matrix
import numpy as np
from scipy.spatial.distance import cdist, pdist, squareform

def nearest(points):
    distances = squareform(pdist(points))
    np.fill_diagonal(distances, np.inf)
    return distances.argmin(axis=1), cdist(points, points).sum()
#> nearest(np.array([[0.0, 0.0], [1.0, 1.0]]))

#: welch_test
import numpy as np
from scipy import stats

def compare(a, b):
    statistic, p = stats.ttest_ind(a, b, equal_var=False)
    return {"t": statistic, "p": p, "different": bool(p < 0.05)}
#> compare(np.arange(4.0), np.arange(4.0) + 1)

#: bootstrap_global_numpy
import numpy as np

def interval(sample, rounds=10):
    means = [np.random.choice(sample, size=len(sample)).mean() for _ in range(rounds)]
    return np.percentile(means, [5, 95])
#> interval(np.arange(4.0))

#: bootstrap_scipy_seeded
import numpy as np
from scipy import stats

def interval(sample):
    rng = np.random.default_rng(0)
    result = stats.bootstrap((sample,), np.mean, n_resamples=20, rng=rng)
    return result.confidence_interval.low
#> interval(np.arange(6.0))

#: minimise_with_history
import numpy as np
from scipy.optimize import minimize

def solve(start):
    history = []
    result = minimize(lambda x: float(((x - 1) ** 2).sum()), start, callback=lambda xk: history.append(xk.copy()))
    return result.x, len(history)
#> solve(np.zeros(2))

#: minimise_history_given
import numpy as np
from scipy.optimize import minimize

def solve(start, history):
    def loss(x):
        value = float(((x - 1) ** 2).sum())
        history.append(value)
        return value
    return minimize(loss, start).x
#> solve(np.zeros(2), [])

#: interpolate_and_integrate
import numpy as np
from scipy.integrate import quad, trapezoid
from scipy.interpolate import interp1d

def area(x, y):
    f = interp1d(x, y)
    value, error = quad(lambda t: float(f(t)), x[0], x[-1])
    return value, trapezoid(y, x)
#> area(np.arange(4.0), np.arange(4.0))

#: ode_solved
import numpy as np
from scipy.integrate import solve_ivp

def lotka(a, b, days):
    def change(t, z):
        x, y = z
        return [a * x - b * x * y, b * x * y - y]
    return solve_ivp(change, (0, days), [1.0, 0.5], t_eval=np.linspace(0, days, 3)).y
#> lotka(1.0, 0.5, 2)

#: pipeline_preprocessor_made
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

def make(numeric, categorical):
    prep = ColumnTransformer([
        ("num", make_pipeline(SimpleImputer(), StandardScaler()), numeric),
        ("cat", OneHotEncoder(handle_unknown="ignore"), categorical),
    ])
    return Pipeline([("prep", prep)])
#> make(["a"], ["b"])

#: fit_and_score_models
import numpy as np
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.metrics import mean_squared_error

def compare(X, y):
    scores = {}
    for model in (LinearRegression(), Ridge(alpha=1.0)):
        model.fit(X, y)
        scores[type(model).__name__] = mean_squared_error(y, model.predict(X))
    return min(scores, key=scores.get)
#> compare(np.arange(4.0).reshape(-1, 1), np.arange(4.0))

#: fit_models_from_list
import numpy as np
from sklearn.linear_model import LinearRegression, Ridge

def fit_all(models, X, y):
    for name, model in models.items():
        model.fit(X, y)
    return sorted(models)
#> fit_all({"a": LinearRegression()}, np.arange(4.0).reshape(-1, 1), np.arange(4.0))

#: fit_clones
import numpy as np
from sklearn.base import clone
from sklearn.linear_model import LinearRegression

def fit_all(models, X, y):
    fitted = {name: clone(model).fit(X, y) for name, model in models.items()}
    return {name: model.coef_ for name, model in fitted.items()}
#> fit_all({"a": LinearRegression()}, np.arange(4.0).reshape(-1, 1), np.arange(4.0))

#: scaler_transform_only
import numpy as np
from sklearn.preprocessing import StandardScaler

def scale(scaler, X):
    Z = scaler.transform(X)
    Z[:, 0] = 0
    return Z
#> scale(StandardScaler().fit(np.arange(4.0).reshape(2, 2)), np.arange(4.0).reshape(2, 2))

#: scaler_fit_transform_given
import numpy as np
from sklearn.preprocessing import MinMaxScaler

def scale(train, test, scaler):
    return scaler.fit_transform(train), scaler.transform(test)
#> scale(np.arange(4.0).reshape(2, 2), np.arange(4.0).reshape(2, 2), MinMaxScaler())

#: split_unseeded_kfold
import numpy as np
from sklearn.model_selection import KFold

def folds(X):
    return [test.tolist() for _, test in KFold(n_splits=2, shuffle=True).split(X)]
#> folds(np.zeros((4, 1)))

#: split_ordered_kfold
import numpy as np
from sklearn.model_selection import KFold, TimeSeriesSplit

def folds(X):
    return [len(test) for splitter in (KFold(2), TimeSeriesSplit(2)) for _, test in splitter.split(X)]
#> folds(np.zeros((6, 1)))

#: split_stratified_seeded
import numpy as np
from sklearn.model_selection import train_test_split

def parts(X, y):
    train, test, y_train, y_test = train_test_split(X, y, test_size=0.5, stratify=y, random_state=1)
    train[:] = 0
    return train, test
#> parts(np.ones((4, 1)), np.array([0, 0, 1, 1]))

#: tfidf_top_words
from sklearn.feature_extraction.text import TfidfVectorizer

def top_words(texts, n=2):
    vectorizer = TfidfVectorizer(stop_words=None)
    weights = vectorizer.fit_transform(texts).sum(axis=0).A1
    words = vectorizer.get_feature_names_out()
    return [words[i] for i in weights.argsort()[::-1][:n]]
#> top_words(["a cat cat", "a dog"])

#: grid_search_printed
import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV

def tune(X, y):
    search = GridSearchCV(Ridge(), {"alpha": [0.1, 1.0]}, cv=2)
    search.fit(X, y)
    print(search.best_params_)
    return search.best_estimator_
#> tune(np.arange(8.0).reshape(-1, 1), np.arange(8.0))

#: forest_unseeded_fit
import numpy as np
from sklearn.ensemble import RandomForestClassifier

def importance(X, y):
    forest = RandomForestClassifier(n_estimators=2).fit(X, y)
    return forest.feature_importances_
#> importance(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: forest_state_given
import numpy as np
from sklearn.ensemble import RandomForestClassifier

def importance(X, y, seed=3):
    forest = RandomForestClassifier(n_estimators=2, random_state=seed).fit(X, y)
    return forest.feature_importances_
#> importance(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: threshold_search
import numpy as np
from sklearn.metrics import f1_score, precision_recall_curve

def best_threshold(y, scores):
    precision, recall, thresholds = precision_recall_curve(y, scores)
    best = max(thresholds, key=lambda t: f1_score(y, scores >= t))
    return float(best)
#> best_threshold(np.array([0, 1, 1]), np.array([0.1, 0.8, 0.4]))

#: report_written
import json
from sklearn.metrics import classification_report

def write_report(y, said, path):
    report = classification_report(y, said, output_dict=True, zero_division=0)
    with open(path, "w") as handle:
        json.dump(report, handle, indent=2)
    return report["accuracy"]
#> write_report([0, 1], [0, 1], "report.json")

#: custom_transformer_pure
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

class Clipper(BaseEstimator, TransformerMixin):
    def __init__(self, low=0.0, high=1.0):
        self.low = low
        self.high = high

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        return np.clip(X, self.low, self.high)

def clip(X):
    return Clipper(high=2.0).fit_transform(X)
#> clip(np.arange(4.0).reshape(2, 2))

#: custom_transformer_learns
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

class Centre(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        self.mean_ = X.mean(axis=0)
        return self

    def transform(self, X):
        X -= self.mean_
        return X

def centre(step, X):
    return step.fit(X).transform(X)
#> centre(Centre(), np.arange(4.0).reshape(2, 2))

#: kaplan_by_hand
import pandas as pd

def survival(times, events):
    table = pd.DataFrame({"t": times, "e": events}).sort_values("t")
    at_risk, alive, curve = len(table), 1.0, []
    for t, group in table.groupby("t"):
        alive *= 1 - group["e"].sum() / at_risk
        at_risk -= len(group)
        curve.append((t, alive))
    return curve
#> survival([1, 2, 3], [1, 0, 1])

#: ols_summary_printed
import numpy as np
import statsmodels.api as sm

def regress(X, y):
    model = sm.OLS(y, sm.add_constant(X)).fit()
    print(model.params)
    return model.pvalues
#> regress(np.arange(5.0), np.array([1.0, 2.0, 2.5, 4.0, 5.5]))

#: ols_quiet
import pandas as pd
import statsmodels.formula.api as smf

def slope(df):
    fit = smf.ols("y ~ x", data=df).fit()
    return fit.params["x"], fit.rsquared
#> slope(pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [1.0, 2.0, 3.5]}))

#: excel_style_report
import io
import pandas as pd

def to_text(df):
    buffer = io.StringIO()
    df.to_csv(buffer, index=False)
    buffer.seek(0)
    return buffer.read().splitlines()
#> to_text(pd.DataFrame({"a": [1]}))

#: csv_by_handle_given
import io
import pandas as pd

def append(df, handle):
    df.to_csv(handle, header=False, index=False)
    return len(df)
#> append(pd.DataFrame({"a": [1]}), io.StringIO())

#: read_chunks_summed
import pandas as pd

def total(path):
    parts = (chunk["a"].sum() for chunk in pd.read_csv(path, chunksize=1))
    return sum(parts)
#> total("data.csv")

#: read_lazily_never
import pandas as pd

def frames(paths):
    return (pd.read_csv(path) for path in paths)
#> frames(["data.csv"])

#: read_or_empty
from pathlib import Path
import pandas as pd

def load(path):
    path = Path(path)
    if not path.exists():
        return pd.DataFrame(columns=["a", "b"])
    return pd.read_csv(path)
#> load("data.csv")

#: cache_to_parquet
from pathlib import Path
import pandas as pd

def cached(source, target):
    if Path(target).exists():
        return pd.read_parquet(target)
    df = pd.read_csv(source)
    df.to_parquet(target)
    return df
#> cached("data.csv", "out.parquet")

#: sqlite_query_frame
import sqlite3
import pandas as pd

def query(rows):
    with sqlite3.connect(":memory:") as connection:
        pd.DataFrame(rows).to_sql("t", connection, index=False)
        return pd.read_sql("select sum(a) as s from t", connection)["s"].iloc[0]
#> query([{"a": 1}])

#: polars_lazy_pipeline
import polars as pl

def summary(df):
    return (
        df.lazy()
        .filter(pl.col("a") > 1)
        .with_columns((pl.col("a") * 2).alias("b"))
        .group_by("k")
        .agg(pl.col("b").sum())
        .sort("k")
        .collect()
    )
#> summary(pl.DataFrame({"k": [1, 1], "a": [1, 2]}))

#: networkx_pagerank
import networkx as nx

def ranks(edges):
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(edges)
    scores = nx.pagerank(graph)
    return sorted(scores, key=scores.get, reverse=True)
#> ranks([("a", "b", 1.0), ("b", "a", 2.0)])

#: networkx_label_given
import networkx as nx

def colour(graph):
    for index, part in enumerate(nx.connected_components(graph)):
        for node in part:
            graph.nodes[node]["part"] = index
    return index + 1
#> colour(nx.path_graph(3))

#: networkx_edge_copy
import networkx as nx

def prune(graph, limit):
    thin = graph.copy()
    thin.remove_edges_from([(u, v) for u, v, w in thin.edges(data="weight", default=1) if w < limit])
    return nx.number_connected_components(thin)
#> prune(nx.path_graph(3), 2)

#: yaml_settings
import yaml

def settings(path, **overrides):
    with open(path) as stream:
        loaded = yaml.safe_load(stream) or {}
    loaded.update(overrides)
    return loaded
#> settings("data.json", b=2)

#: image_thumbnail
from PIL import Image

def shrink(image, size):
    small = image.copy()
    small.thumbnail((size, size))
    return small.size
#> shrink(Image.new("RGB", (4, 4)), 2)

#: image_thumbnail_given
from PIL import Image

def shrink(image, size):
    image.thumbnail((size, size))
    return image.size
#> shrink(Image.new("RGB", (4, 4)), 2)

#: image_pixels
import numpy as np
from PIL import Image

def brightness(image):
    pixels = np.asarray(image.convert("L"), dtype=float) / 255
    pixels *= 2
    return pixels.mean()
#> brightness(Image.new("RGB", (4, 4)))

#: progress_bar
from tqdm import tqdm

def totals(rows):
    out = []
    for row in tqdm(rows, desc="rows"):
        out.append(sum(row))
    return out
#> totals([[1], [2]])

#: parallel_map
from joblib import Parallel, delayed

def squares(values):
    return Parallel(n_jobs=1)(delayed(pow)(v, 2) for v in values)
#> squares([1, 2])

#: iterrows_row_dict
import pandas as pd

def records(df):
    out = []
    for index, row in df.iterrows():
        row["index"] = index
        row["b"] = row["b"] * 2
        out.append(row.to_dict())
    return out
#> records(pd.DataFrame({"a": ["x"], "b": [1]}))

#: iterrows_row_drop
import pandas as pd

def tails(df):
    total = 0
    for _, row in df.iterrows():
        row.drop("name", inplace=True)
        total += row.sum()
    return total
#> tails(pd.DataFrame({"name": ["x"], "b": [1]}))

#: iterrows_cell_list
import pandas as pd

def extend_cells(df):
    for _, row in df.iterrows():
        row["items"].append(0)
#> extend_cells(pd.DataFrame({"items": [[1], [2]]}))

#: itertuples_cells
import pandas as pd

def sizes(df):
    longest = 0
    for record in df.itertuples(index=False):
        longest = max(longest, len(record.name))
    return longest
#> sizes(pd.DataFrame({"name": ["abc"]}))

#: apply_row_written
import pandas as pd

def widen(df):
    def add(row):
        row["c"] = row["a"] + row["b"]
        return row
    return df.apply(add, axis=1)
#> widen(pd.DataFrame({"a": [1], "b": [2]}))

#: options_inplace_false
import pandas as pd

def ordered(df):
    return df.sort_values(**{"by": "a", "inplace": False})
#> ordered(pd.DataFrame({"a": [2, 1]}))

#: options_inplace_true
import pandas as pd

def ordered(df):
    df.sort_values(**{"by": "a", "inplace": True})
    return df
#> ordered(pd.DataFrame({"a": [2, 1]}))

#: options_built_inplace
import pandas as pd

def ordered(df, ascending):
    options = dict(by="a", inplace=False)
    options["ascending"] = ascending
    return df.sort_values(**options)
#> ordered(pd.DataFrame({"a": [2, 1]}), True)

#: frame_set_by_method
import pandas as pd

def mark(df):
    same = df.set_flags(allows_duplicate_labels=True)
    same["x"] = 1
    return same
#> mark(pd.DataFrame({"a": [2, 1]}))

#: rename_axis_new
import pandas as pd

def tidy(df):
    df = df.rename_axis("row").rename_axis(columns="what")
    df.columns = [str(c).upper() for c in df.columns]
    return df
#> tidy(pd.DataFrame({"a": [2, 1]}))
