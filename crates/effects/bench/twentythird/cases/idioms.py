#: impute_by_group
import pandas as pd

def impute(df, by, column):
    medians = df.groupby(by)[column].transform("median")
    df[column] = df[column].fillna(medians)
    return df
#> impute(pd.DataFrame({"k": [1, 1], "v": [1.0, None]}), "k", "v")

#: impute_assign
import pandas as pd

def impute(df, by, column):
    medians = df.groupby(by)[column].transform("median")
    return df.assign(**{column: df[column].fillna(medians)})
#> impute(pd.DataFrame({"k": [1, 1], "v": [1.0, None]}), "k", "v")

#: winsorize_series
import numpy as np
import pandas as pd

def winsorize(series, p=0.05):
    low, high = series.quantile([p, 1 - p])
    return series.clip(low, high)
#> winsorize(pd.Series([1.0, 2.0, 9.0]))

#: dates_parsed_in_place
import pandas as pd

def parse_dates(df, columns):
    for column in columns:
        df[column] = pd.to_datetime(df[column])
    df["year"] = df[columns[0]].dt.year
#> parse_dates(pd.DataFrame({"d": ["2024-01-01"]}), ["d"])

#: melt_and_pivot
import pandas as pd

def reshape(df):
    long = df.melt(id_vars="id", var_name="what", value_name="value")
    long["value"] *= 2
    return long.pivot(index="id", columns="what", values="value")
#> reshape(pd.DataFrame({"id": [1, 2], "a": [1, 2]}))

#: drop_columns_del
import pandas as pd

def without(df, names):
    for name in names:
        if name in df:
            del df[name]
    return df
#> without(pd.DataFrame({"id": [1, 2], "a": [1, 2]}), ["a", "z"])

#: columns_subset_then_set
import pandas as pd

def first_two(df):
    small = df.iloc[:, :2].copy()
    small.columns = ["x", "y"]
    return small
#> first_two(pd.DataFrame({"id": [1, 2], "a": [1, 2]}))

#: append_row_loc
import pandas as pd

def add_row(df, row):
    df.loc[len(df)] = row
    return len(df)
#> add_row(pd.DataFrame({"id": [1, 2]}), [3])

#: concat_row
import pandas as pd

def add_row(df, row):
    df = pd.concat([df, pd.DataFrame([row])], ignore_index=True)
    return df
#> add_row(pd.DataFrame({"id": [1, 2]}), {"id": 3})

#: replace_values_inplace
import pandas as pd

def clean(df, mapping):
    df.replace(mapping, inplace=True)
    df.dropna(how="all", inplace=True)
    return None
#> clean(pd.DataFrame({"id": [1, 2]}), {1: 5})

#: where_mask
import pandas as pd

def hide_small(df, limit):
    counts = df.where(df >= limit)
    return counts.mask(counts > 100, 100)
#> hide_small(pd.DataFrame({"id": [1, 2]}), 2)

#: corr_pairs
import numpy as np
import pandas as pd

def strong_pairs(df, limit):
    corr = df.corr().abs()
    upper = corr.where(np.triu(np.ones(corr.shape), k=1).astype(bool))
    return [c for c in upper.columns if any(upper[c] > limit)]
#> strong_pairs(pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 4]}), 0.5)

#: memory_reduce
import numpy as np
import pandas as pd

def shrink(df):
    for col in df.columns:
        if df[col].dtype == "int64":
            df[col] = df[col].astype("int32")
    print(f"{df.memory_usage().sum()} bytes")
    return df
#> shrink(pd.DataFrame({"a": [1, 2, 3]}))

#: to_markdown_file
import pandas as pd

def write_summary(df, path):
    summary = df.describe()
    with open(path, "w") as f:
        f.write(summary.to_string())
    return summary
#> write_summary(pd.DataFrame({"a": [1, 2, 3]}), "s.txt")

#: html_table
import pandas as pd

def html(df):
    return df.style.format(precision=1).to_html() if False else df.to_html(index=False)
#> html(pd.DataFrame({"a": [1, 2, 3]}))

#: pickle_frame
import pandas as pd

def cache(df, path):
    df.to_pickle(path)
    return pd.read_pickle(path)
#> cache(pd.DataFrame({"a": [1, 2, 3]}), "x.pkl")

#: excel_buffer_json_lines
import io
import pandas as pd

def json_lines(text):
    return pd.read_json(io.StringIO(text), lines=True)["a"].tolist()
#> json_lines('{"a": 1}\n{"a": 2}')

#: standardise_columns_numpy
import numpy as np

def zscore(X):
    mu, sd = X.mean(axis=0), X.std(axis=0)
    sd[sd == 0] = 1
    return (X - mu) / sd
#> zscore(np.arange(6.0).reshape(3, 2))

#: standardise_in_place_numpy
import numpy as np

def zscore(X):
    X -= X.mean(axis=0)
    X /= X.std(axis=0) + 1e-9
    return X
#> zscore(np.arange(6.0).reshape(3, 2))

#: set_row_via_index_loop
import numpy as np

def relu_rows(X):
    for i in range(len(X)):
        X[i] = np.maximum(X[i], 0)
#> relu_rows(-np.arange(6.0).reshape(3, 2))

#: boolean_mask_assign
import numpy as np

def threshold(img, t):
    out = np.zeros_like(img)
    out[img > t] = 255
    return out
#> threshold(np.arange(6.0).reshape(3, 2), 2)

#: boolean_mask_assign_given
import numpy as np

def threshold(img, t):
    img[img <= t] = 0
    return img
#> threshold(np.arange(6.0).reshape(3, 2), 2)

#: rng_spawned_children
import numpy as np

def draws(seed, n):
    seeds = np.random.SeedSequence(seed).spawn(n)
    return [np.random.default_rng(s).random() for s in seeds]
#> draws(1, 2)

#: random_state_object
import numpy as np

def sample(xs, state):
    rs = np.random.RandomState(state)
    return rs.choice(xs, size=2, replace=False)
#> sample([1, 2, 3], 0)

#: legacy_uniform
import numpy as np

def jitter(xs, scale=0.1):
    return xs + np.random.uniform(-scale, scale, size=len(xs))
#> jitter(np.arange(3.0))

#: cumulative_in_list
import numpy as np

def path_of(steps):
    position, path = np.zeros(2), []
    for step in steps:
        position += step
        path.append(position.copy())
    return np.array(path)
#> path_of(np.ones((2, 2)))

#: einsum_out
import numpy as np

def gram(X, out=None):
    return np.dot(X.T, X, out=out)
#> gram(np.ones((2, 2)))
#> gram(np.ones((2, 2)), out=np.zeros((2, 2)))

#: kmeans_by_hand
import numpy as np

def kmeans(X, centers, rounds=2):
    for _ in range(rounds):
        d = ((X[:, None] - centers[None]) ** 2).sum(-1)
        labels = d.argmin(axis=1)
        for k in range(len(centers)):
            if np.any(labels == k):
                centers[k] = X[labels == k].mean(axis=0)
    return labels
#> kmeans(np.arange(6.0).reshape(3, 2), np.arange(4.0).reshape(2, 2))

#: perceptron_class
import numpy as np

class Perceptron:
    def __init__(self, n):
        self.w = np.zeros(n)

    def fit(self, X, y):
        for xi, yi in zip(X, y):
            if yi * (xi @ self.w) <= 0:
                self.w += yi * xi
        return self

def train(X, y):
    return Perceptron(X.shape[1]).fit(X, y).w
#> train(np.ones((2, 2)), np.array([1, -1]))

#: perceptron_given
import numpy as np

class Perceptron:
    def __init__(self, n):
        self.w = np.zeros(n)

    def fit(self, X, y):
        for xi, yi in zip(X, y):
            if yi * (xi @ self.w) <= 0:
                self.w += yi * xi
        return self

def train(model: Perceptron, X, y):
    model.fit(X, y)
    return model
#> train(Perceptron(2), np.ones((2, 2)), np.array([1, 1]))

#: pipeline_named_steps
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

def train(X, y):
    pipe = Pipeline([("scale", StandardScaler()), ("clf", LogisticRegression())])
    pipe.fit(X, y)
    return pipe.named_steps["clf"].coef_
#> train(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: predict_proba_threshold
import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression

def positives(model, X, t=0.5):
    return (model.predict_proba(X)[:, 1] >= t).astype(int)
#> positives(LogisticRegression().fit(np.arange(4.0).reshape(-1, 1), [0, 0, 1, 1]), np.arange(4.0).reshape(-1, 1))

#: scaler_refit_on_given
import numpy as np
from sklearn.preprocessing import MinMaxScaler

def rescale(X_train, X_test, scaler=None):
    scaler = scaler or MinMaxScaler()
    scaler.fit(X_train)
    return scaler.transform(X_test)
#> rescale(np.arange(4.0).reshape(-1, 1), np.arange(4.0).reshape(-1, 1))
#> rescale(np.arange(4.0).reshape(-1, 1), np.arange(4.0).reshape(-1, 1), MinMaxScaler())

#: tsne_random
import numpy as np
from sklearn.decomposition import PCA

def project(X):
    return PCA(n_components=1, random_state=0).fit_transform(X)
#> project(np.arange(6.0).reshape(3, 2))

#: metrics_report_printed
import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix

def report(y, p):
    print("accuracy", accuracy_score(y, p))
    return confusion_matrix(y, p)
#> report([0, 1], [0, 1])

#: bars_on_given_axes_loop
import matplotlib.pyplot as plt

def annotate(ax, values):
    bars = ax.bar(range(len(values)), values)
    for bar, v in zip(bars, values):
        ax.text(bar.get_x(), v, str(v))
    ax.set_ylim(0, max(values))
#> annotate(plt.subplots()[1], [1, 2])

#: twin_axes_figure
import matplotlib.pyplot as plt

def dual(xs, a, b, path):
    fig, ax = plt.subplots()
    other = ax.twinx()
    ax.plot(xs, a)
    other.plot(xs, b, color="red")
    fig.savefig(path)
    plt.close(fig)
#> dual([1, 2], [1, 2], [2, 1], "d.png")

#: frame_plot_new_figure
import pandas as pd
import matplotlib.pyplot as plt

def quick(df):
    ax = df.plot(x="a", y="b")
    ax.set_title("quick")
    return ax
#> quick(pd.DataFrame({"a": [1, 2], "b": [1, 2]}))

#: frame_hist_saved
import pandas as pd
import matplotlib.pyplot as plt

def hists(df, path):
    df.hist()
    plt.savefig(path)
    plt.close("all")
#> hists(pd.DataFrame({"a": [1, 2], "b": [1, 2]}), "h.png")
