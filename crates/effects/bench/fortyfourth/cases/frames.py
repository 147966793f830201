#: loc_set_rows
def cap_outliers(df, col, limit):
    df.loc[df[col] > limit, col] = limit
    return df
#> cap_outliers(__import__("pandas").DataFrame({"a": [1, 50, 3]}), "a", 10)

#: loc_set_on_copy
def cap_outliers(df, col, limit):
    capped = df.copy()
    capped.loc[capped[col] > limit, col] = limit
    return capped
#> cap_outliers(__import__("pandas").DataFrame({"a": [1, 50, 3]}), "a", 10)

#: new_column
def add_ratio(df):
    df["ratio"] = df["a"] / df["b"]
#> add_ratio(__import__("pandas").DataFrame({"a": [1.0, 2.0], "b": [2.0, 4.0]}))

#: assign_chain
def with_ratio(df):
    return df.assign(ratio=df["a"] / df["b"]).sort_values("ratio")
#> with_ratio(__import__("pandas").DataFrame({"a": [1.0, 2.0], "b": [2.0, 4.0]}))

#: drop_inplace
def drop_ids(df):
    df.drop(columns=["id"], inplace=True)
    df.reset_index(drop=True, inplace=True)
#> drop_ids(__import__("pandas").DataFrame({"id": [1, 2], "x": [3, 4]}))

#: drop_rebound
def drop_ids(df):
    df = df.drop(columns=["id"])
    df["y"] = 1
    return df
#> drop_ids(__import__("pandas").DataFrame({"id": [1, 2], "x": [3, 4]}))

#: alias_frame
def mark(df):
    other = df
    other["flag"] = True
    return len(df.columns)
#> mark(__import__("pandas").DataFrame({"x": [3, 4]}))

#: filtered_frame
def adults(df):
    grown = df[df["age"] >= 18]
    grown = grown.rename(columns={"age": "years"})
    grown["decade"] = grown["years"] // 10
    return grown
#> adults(__import__("pandas").DataFrame({"age": [12, 40]}))

#: fillna_inplace_flag
def fill(df, value, inplace=False):
    if inplace:
        df.fillna(value, inplace=True)
        return None
    return df.fillna(value)
#> fill(__import__("pandas").DataFrame({"x": [3, None]}), 0)
#> fill(__import__("pandas").DataFrame({"x": [3, None]}), 0, True)

#: insert_column
def with_row_number(df):
    df.insert(0, "row", range(len(df)))
    return df
#> with_row_number(__import__("pandas").DataFrame({"x": [3, 4]}))

#: pop_target
def split_target(df, target):
    y = df.pop(target)
    return df, y
#> split_target(__import__("pandas").DataFrame({"x": [3, 4], "y": [0, 1]}), "y")

#: pop_target_copy
def split_target(df, target):
    X = df.drop(columns=target)
    y = X.pop("x") if target != "x" else df[target]
    return X, y
#> split_target(__import__("pandas").DataFrame({"x": [3, 4], "y": [0, 1]}), "y")

#: iterrows_set
def label_rows(df):
    labels = []
    for i, row in df.iterrows():
        labels.append("high" if row["v"] > 2 else "low")
        df.at[i, "label"] = labels[-1]
    return labels
#> label_rows(__import__("pandas").DataFrame({"v": [1, 5]}))

#: groupby_apply
def center(df):
    def demean(group):
        group = group.copy()
        group["v"] -= group["v"].mean()
        return group
    return df.groupby("k", group_keys=False)[["v"]].apply(demean)
#> center(__import__("pandas").DataFrame({"k": ["a", "a", "b"], "v": [1.0, 3.0, 5.0]}))

#: columns_assigned
def clean_names(df):
    df.columns = [c.strip().lower().replace(" ", "_") for c in df.columns]
    return df
#> clean_names(__import__("pandas").DataFrame({" A b": [1]}))

#: series_map_counter
def encode(series):
    codes = {}
    def code(value):
        return codes.setdefault(value, len(codes))
    return series.map(code), codes
#> encode(__import__("pandas").Series(["a", "b", "a"]))

#: merge_and_save
import pandas as pd

def merge_save(left, right, path):
    merged = pd.merge(left, right, on="k", how="left")
    merged["total"] = merged["x"] + merged["y"]
    merged.to_csv(path, index=False)
    return merged
#> merge_save(pd.DataFrame({"k": [1], "x": [2]}), pd.DataFrame({"k": [1], "y": [2]}), "out.csv")

#: to_csv_text
def as_csv(df):
    return df.to_csv(index=False)
#> as_csv(__import__("pandas").DataFrame({"x": [1]}))

#: read_all
import pandas as pd
from pathlib import Path

def read_all(folder):
    frames = [pd.read_csv(p) for p in sorted(Path(folder).glob("*.csv"))]
    return pd.concat(frames, ignore_index=True)
#> read_all(".")

#: pipeline_of_steps
def run_steps(df, steps):
    for step in steps:
        df = step(df)
    return df

def add_one(df):
    df["x"] += 1
    return df
#> run_steps(__import__("pandas").DataFrame({"x": [1]}), [add_one])

#: pipe_prints
def report_shape(df, name="data"):
    print(f"{name}: {df.shape}")
    return df

def prepare(df):
    return df.dropna().pipe(report_shape, name="clean")
#> prepare(__import__("pandas").DataFrame({"x": [1, None]}))

#: sample_global
def shuffle_frame(df):
    return df.sample(frac=1).reset_index(drop=True)
#> shuffle_frame(__import__("pandas").DataFrame({"x": [1, 2, 3]}))

#: sample_seeded
def shuffle_frame(df, seed=0):
    return df.sample(frac=1, random_state=seed).reset_index(drop=True)
#> shuffle_frame(__import__("pandas").DataFrame({"x": [1, 2, 3]}))

#: display_options
import pandas as pd

def wide_output():
    pd.set_option("display.max_rows", 7)
    pd.set_option("display.width", 222)
#> wide_output()

#: option_context
import pandas as pd

def show_all(df):
    with pd.option_context("display.max_rows", 7):
        text = df.to_string()
    return text
#> show_all(pd.DataFrame({"x": [1, 2]}))

#: array_iadd
def shift(a, by):
    a += by
    return a
#> shift(__import__("numpy").zeros(3), 1)

#: array_add
def shift(a, by):
    a = a + by
    a *= 2
    return a
#> shift(__import__("numpy").zeros(3), 1)

#: view_set
def zero_diagonal_block(m, k):
    block = m[:k, :k]
    block[:] = 0
#> zero_diagonal_block(__import__("numpy").ones((3, 3)), 2)

#: mask_copy_set
def clipped(a):
    big = a[a > 2]
    big[:] = 2
    return big
#> clipped(__import__("numpy").array([1, 2, 3]))

#: mask_set
def clip_inplace(a):
    a[a > 2] = 2
#> clip_inplace(__import__("numpy").array([1, 2, 3]))

#: np_sort
import numpy as np

def median_of(a):
    b = np.sort(a)
    return b[len(b) // 2]
#> median_of(np.array([3, 1, 2]))

#: array_sort
def median_of(a):
    a.sort()
    return a[len(a) // 2]
#> median_of(__import__("numpy").array([3, 1, 2]))

#: ravel_view
def fill_first(a):
    flat = a.ravel()
    flat[0] = 99
    return a
#> fill_first(__import__("numpy").zeros((2, 2)))

#: flatten_copy
def fill_first(a):
    flat = a.flatten()
    flat[0] = 99
    return flat
#> fill_first(__import__("numpy").zeros((2, 2)))

#: out_argument
import numpy as np

def accumulate(total, batch):
    np.add(total, batch, out=total)
#> accumulate(np.zeros(2), np.ones(2))

#: asarray_alias
import numpy as np

def normalize(values):
    arr = np.asarray(values, dtype=float)
    arr -= arr.mean()
    return arr
#> normalize(np.array([1.0, 2.0]))

#: array_copy_normalize
import numpy as np

def normalize(values):
    arr = np.array(values, dtype=float)
    arr -= arr.mean()
    arr /= arr.std() or 1
    return arr
#> normalize(np.array([1.0, 2.0]))

#: legacy_seed
import numpy as np

def make_data(n, seed=42):
    np.random.seed(seed)
    X = np.random.randn(n, 2)
    y = (X[:, 0] > 0).astype(int)
    return X, y
#> make_data(4)

#: generator_made
import numpy as np

def make_data(n, seed=42):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 2))
    rng.shuffle(X)
    return X
#> make_data(4)

#: generator_given
def bootstrap(values, rng, n):
    return [rng.choice(values, size=len(values)).mean() for _ in range(n)]
#> bootstrap(__import__("numpy").arange(3), __import__("numpy").random.default_rng(0), 2)

#: global_shuffle
import numpy as np

def train_indices(n, share):
    idx = np.arange(n)
    np.random.shuffle(idx)
    return idx[: int(n * share)]
#> train_indices(5, 0.5)

#: broadcast_update
def gradient_step(w, grad, lr=0.1):
    w -= lr * grad
    return w
#> gradient_step(__import__("numpy").ones(2), __import__("numpy").ones(2))

#: gradient_descent
import numpy as np

def fit_line(x, y, lr=0.01, epochs=5):
    w, b = 0.0, 0.0
    for _ in range(epochs):
        err = w * x + b - y
        w -= lr * (err * x).mean()
        b -= lr * err.mean()
    return w, b
#> fit_line(np.arange(3.0), np.arange(3.0))

#: matrix_rows_loop
def normalize_rows(m):
    for row in m:
        row /= row.sum()
    return m
#> normalize_rows(__import__("numpy").ones((2, 2)))

#: savez
import numpy as np

def checkpoint(path, **arrays):
    np.savez(path, **arrays)
#> checkpoint("state.npz", w=np.ones(2))

#: errstate
import numpy as np

def safe_divide(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(b == 0, 0.0, a / b)
#> safe_divide(np.ones(2), np.array([0.0, 1.0]))

#: fit_model
from sklearn.linear_model import LogisticRegression

def train(X, y):
    model = LogisticRegression(max_iter=50)
    model.fit(X, y)
    return model
#> train([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])

#: fit_given
def train(model, X, y):
    model.fit(X, y)
    return model.score(X, y)
#> train(__import__("sklearn.linear_model").linear_model.LinearRegression(), [[0.0], [1.0], [2.0]], [0, 1, 2])

#: scaler_given
def scale_both(scaler, train, test):
    return scaler.fit_transform(train), scaler.transform(test)
#> scale_both(__import__("sklearn.preprocessing").preprocessing.StandardScaler(), [[1.0], [2.0]], [[3.0]])

#: predict_only
def accuracy(model, X, y):
    predicted = model.predict(X)
    return (predicted == y).mean()
#> accuracy(__import__("sklearn.linear_model").linear_model.LinearRegression().fit([[0.0], [1.0]], [0, 1]), [[0.0]], __import__("numpy").array([0]))

#: cross_validated
from sklearn.model_selection import cross_val_score
from sklearn.tree import DecisionTreeClassifier

def cv_mean(X, y):
    scores = cross_val_score(DecisionTreeClassifier(random_state=0), X, y, cv=2)
    print("mean", scores.mean())
    return scores.mean()
#> cv_mean([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1])

#: split_unseeded
from sklearn.model_selection import train_test_split

def holdout(X, y):
    return train_test_split(X, y, test_size=0.25)
#> holdout([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1])

#: forest_seeded
from sklearn.ensemble import RandomForestClassifier

def importances(X, y, names):
    forest = RandomForestClassifier(n_estimators=3, random_state=1).fit(X, y)
    return sorted(zip(forest.feature_importances_, names), reverse=True)
#> importances([[0.0], [1.0], [2.0], [3.0]], [0, 1, 0, 1], ["a"])

#: pipeline_grid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import Ridge

def evaluate(X, y, alphas):
    results = {}
    for alpha in alphas:
        pipe = make_pipeline(StandardScaler(), Ridge(alpha=alpha))
        pipe.fit(X, y)
        results[alpha] = pipe.score(X, y)
    return results
#> evaluate([[0.0], [1.0], [2.0]], [0.0, 1.0, 2.0], [0.1])

#: dump_model
import joblib

def save_model(model, path):
    joblib.dump(model, path)
    return path
#> save_model({"a": 1}, "m.joblib")

#: load_model
import joblib
import os

def load_model(path):
    if not os.path.exists(path):
        joblib.dump([1], path)
    return joblib.load(path)
#> load_model("m.joblib")

#: custom_transformer
from sklearn.base import BaseEstimator, TransformerMixin

class ColumnPicker(BaseEstimator, TransformerMixin):
    def __init__(self, columns):
        self.columns = columns

    def fit(self, X, y=None):
        self.seen_ = list(X.columns)
        return self

    def transform(self, X):
        return X[self.columns]
#> ColumnPicker(["a"]).fit(__import__("pandas").DataFrame({"a": [1], "b": [2]}))

#: plot_current
import matplotlib.pyplot as plt

def plot_losses(losses, title):
    plt.plot(losses)
    plt.title(title)
    plt.xlabel("epoch")
#> plot_losses([3, 2, 1], "loss")

#: plot_saved
import matplotlib.pyplot as plt

def save_hist(values, path):
    fig, ax = plt.subplots()
    ax.hist(values)
    fig.savefig(path)
    plt.close(fig)
#> save_hist([1, 2, 2], "h.png")

#: plot_on_axes
def draw_line(ax, xs, ys):
    ax.plot(xs, ys)
    ax.set_title("line")
    return ax
#> draw_line(__import__("matplotlib.pyplot").pyplot.subplots()[1], [1, 2], [3, 4])

#: plot_shown
import matplotlib.pyplot as plt

def show_bar(counts):
    fig, ax = plt.subplots(figsize=(4, 3))
    ax.bar(list(counts), list(counts.values()))
    plt.show()
#> show_bar({"a": 1})

#: style_changed
import matplotlib.pyplot as plt

def use_big_fonts(size):
    plt.rcParams["font.size"] = size
#> use_big_fonts(33)
