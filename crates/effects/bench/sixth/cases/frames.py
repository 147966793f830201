#: winsorized_by_group
import pandas as pd

def winsorize(df, by, col, q=0.1):
    lo = df.groupby(by)[col].transform(lambda s: s.quantile(q))
    hi = df.groupby(by)[col].transform(lambda s: s.quantile(1 - q))
    df[col] = df[col].clip(lo, hi)
    return df
#> winsorize(pd.DataFrame({"k": ["a", "a"], "v": [1.0, 9.0]}), "k", "v")

#: frame_built_in_loop_rows
import pandas as pd

def table(records):
    rows = []
    for r in records:
        rows.append({"name": r["name"].upper(), "n": len(r["items"])})
    return pd.DataFrame(rows)
#> table([{"name": "a", "items": [1]}])

#: split_by_date
def split(df, date):
    train, test = df[df["date"] < date], df[df["date"] >= date]
    return train.copy(), test.copy()
#> split(__import__("pandas").DataFrame({"date": ["2024-01-01", "2024-02-01"]}), "2024-01-15")

#: index_names_set
import pandas as pd

def pivot(df):
    wide = df.pivot_table(index="d", columns="k", values="v", aggfunc="sum", fill_value=0)
    wide.columns.name = None
    return wide.reset_index()
#> pivot(pd.DataFrame({"d": [1], "k": ["a"], "v": [2]}))

#: outlier_flags_added
import numpy as np

def flag(df, cols, z=3):
    for c in cols:
        score = (df[c] - df[c].mean()) / df[c].std()
        df[f"{c}_outlier"] = np.abs(score) > z
    return df
#> flag(__import__("pandas").DataFrame({"a": [1.0, 2.0]}), ["a"])

#: text_cleaning_column
import re

def clean_text(df, col):
    df[col] = df[col].apply(lambda t: re.sub(r"\W+", " ", t).lower())
#> clean_text(__import__("pandas").DataFrame({"t": ["A b!"]}), "t")

#: optional_frame_columns
from typing import Optional

def select(df, columns: Optional[list] = None):
    if columns is None:
        columns = list(df.columns)
    columns.sort()
    return df[columns]
#> select(__import__("pandas").DataFrame({"b": [1], "a": [2]}))
#> select(__import__("pandas").DataFrame({"b": [1], "a": [2]}), ["b", "a"])

#: encoders_learned
from sklearn.preprocessing import LabelEncoder

def encode(df, columns):
    encoders = {}
    for c in columns:
        enc = LabelEncoder()
        df[c] = enc.fit_transform(df[c])
        encoders[c] = enc
    return encoders
#> encode(__import__("pandas").DataFrame({"a": ["x", "y"]}), ["a"])

#: row_lookup_dict
def to_lookup(df, key, value):
    return dict(zip(df[key], df[value]))
#> to_lookup(__import__("pandas").DataFrame({"k": ["a"], "v": [1]}), "k", "v")

#: null_report
def null_report(df):
    nulls = df.isnull().sum()
    return nulls[nulls > 0].sort_values(ascending=False).to_dict()
#> null_report(__import__("pandas").DataFrame({"a": [1, None]}))

#: read_many_concat
from pathlib import Path
import pandas as pd

def read_all(folder):
    parts = [pd.read_csv(p).assign(source=p.name) for p in sorted(Path(folder).glob("*.csv"))]
    return pd.concat(parts, ignore_index=True)
#> read_all(".")

#: parquet_like_pickle
import pandas as pd

def cache(df, path):
    df.to_pickle(path)
    return pd.read_pickle(path)
#> cache(pd.DataFrame({"a": [1]}), "a.pkl")

#: array_of_frame_changed
def negate(df):
    a = df.to_numpy().copy()
    a *= -1
    return a
#> negate(__import__("pandas").DataFrame({"a": [1.0]}))

#: series_sorted_in_place
def top(s, n):
    s.sort_values(ascending=False, inplace=True)
    return s.head(n)
#> top(__import__("pandas").Series([1, 2]), 1)

#: query_with_local
def older(df, limit):
    return df.query("age > @limit")["name"].tolist()
#> older(__import__("pandas").DataFrame({"age": [3], "name": ["x"]}), 1)

#: resample_fill
import pandas as pd

def daily(df):
    ts = df.set_index(pd.to_datetime(df["t"])).drop(columns="t")
    return ts.resample("D").mean().interpolate()
#> daily(pd.DataFrame({"t": ["2024-01-01", "2024-01-03"], "v": [1.0, 3.0]}))

#: lagged_matrix
import numpy as np

def lagged(series, n):
    values = np.asarray(series, dtype=float)
    return np.column_stack([values[i : len(values) - n + i] for i in range(n)])
#> lagged([1, 2, 3, 4], 2)

#: describe_to_markdown_like
def report(df, path):
    text = df.describe().to_csv()
    with open(path, "w") as out:
        out.write("# report\n")
        out.write(text)
#> report(__import__("pandas").DataFrame({"a": [1.0]}), "r.md")

#: set_with_copy_option
import pandas as pd

def quiet():
    pd.options.mode.chained_assignment = None
    pd.set_option("display.max_rows", 5)
#> quiet()

#: rows_deleted_by_index
def remove(df, ids):
    df.drop(df[df["id"].isin(ids)].index, inplace=True)
    return len(df)
#> remove(__import__("pandas").DataFrame({"id": [1, 2]}), [1])

#: list_column_grown
def grow(df):
    for items in df["items"]:
        items.append(0)
#> grow(__import__("pandas").DataFrame({"items": [[1]]}))

#: crosstab_normalised
import pandas as pd

def shares(a, b):
    return pd.crosstab(a, b, normalize="index").round(2)
#> shares(pd.Series([1, 2]), pd.Series([1, 1]))

#: merge_asof_sorted
import pandas as pd

def last_quote(trades, quotes):
    trades = trades.sort_values("t")
    return pd.merge_asof(trades, quotes.sort_values("t"), on="t")
#> last_quote(pd.DataFrame({"t": [2]}), pd.DataFrame({"t": [1], "q": [3]}))

#: iterrows_writes_copy
def double(df):
    out = []
    for _, row in df.iterrows():
        row["a"] = row["a"] * 2
        out.append(row["a"])
    return out
#> double(__import__("pandas").DataFrame({"a": [1], "b": ["x"]}))
