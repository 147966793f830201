#: fill_missing_ages
import pandas as pd

def fill_missing_ages(df):
    df = df.copy()
    df["Age"] = df["Age"].fillna(df["Age"].median())
    df["Embarked"] = df["Embarked"].fillna(df["Embarked"].mode()[0])
    return df
#> fill_missing_ages(pd.DataFrame({"Age": [22.0, None, 30.0], "Embarked": ["S", None, "S"]}))

#: add_family_size
import pandas as pd

def add_family_size(df):
    df["FamilySize"] = df["SibSp"] + df["Parch"] + 1
    df["IsAlone"] = (df["FamilySize"] == 1).astype(int)
    return df
#> add_family_size(pd.DataFrame({"SibSp": [1, 0], "Parch": [0, 0]}))

#: assign_chain
import numpy as np
import pandas as pd

def prepare(df):
    df = (
        df.assign(log_price=lambda d: np.log1p(d["price"]))
        .query("log_price > 0")
        .sort_values("log_price", ascending=False)
        .reset_index(drop=True)
    )
    df["rank"] = df.index + 1
    return df
#> prepare(pd.DataFrame({"price": [1.0, 2.0, 0.0]}))

#: drop_outliers_iqr
import pandas as pd

def drop_outliers(df, column, k=1.5):
    q1 = df[column].quantile(0.25)
    q3 = df[column].quantile(0.75)
    iqr = q3 - q1
    mask = (df[column] >= q1 - k * iqr) & (df[column] <= q3 + k * iqr)
    df = df[mask]
    print(f"kept {len(df)} rows")
    return df
#> drop_outliers(pd.DataFrame({"x": [1, 2, 3, 100]}), "x")

#: clip_column_in_place
import pandas as pd

def clip_column(df, column, low, high):
    df.loc[df[column] < low, column] = low
    df.loc[df[column] > high, column] = high
#> clip_column(pd.DataFrame({"x": [1, 2, 3, 100]}), "x", 2, 50)

#: encode_categories
import pandas as pd

def encode(df, columns):
    out = pd.DataFrame(index=df.index)
    mappings = {}
    for col in columns:
        codes, uniques = pd.factorize(df[col])
        out[col] = codes
        mappings[col] = dict(enumerate(uniques))
    return out, mappings
#> encode(pd.DataFrame({"c": ["a", "b", "a"]}), ["c"])

#: rename_inplace
import pandas as pd

def tidy_columns(df):
    df.rename(columns=str.lower, inplace=True)
    df.columns = [c.strip().replace(" ", "_") for c in df.columns]
    return df
#> tidy_columns(pd.DataFrame({"A b": [1]}))

#: melt_and_pivot
import pandas as pd

def reshape(df):
    long = df.melt(id_vars="id", var_name="metric", value_name="value")
    long["value"] = long["value"].astype(float)
    wide = long.pivot_table(index="metric", columns="id", values="value", aggfunc="mean")
    wide.columns.name = None
    return wide
#> reshape(pd.DataFrame({"id": [1, 2], "a": [3, 4], "b": [5, 6]}))

#: merge_orders
import pandas as pd

def merge_orders(orders, customers):
    merged = orders.merge(customers, on="customer_id", how="left", indicator=True)
    missing = merged.loc[merged["_merge"] == "left_only"]
    if not missing.empty:
        print("orders without customer:", len(missing))
    merged.drop(columns="_merge", inplace=True)
    return merged
#> merge_orders(pd.DataFrame({"customer_id": [1, 2], "v": [3, 4]}), pd.DataFrame({"customer_id": [1], "n": ["x"]}))

#: group_features
import pandas as pd

def group_features(df):
    agg = df.groupby("user").agg(total=("amount", "sum"), n=("amount", "size"))
    agg["mean"] = agg["total"] / agg["n"]
    agg = agg.reset_index()
    return df.merge(agg, on="user")
#> group_features(pd.DataFrame({"user": [1, 1, 2], "amount": [3.0, 4.0, 5.0]}))

#: rolling_features
import pandas as pd

def rolling_features(series, windows=(2, 3)):
    feats = {}
    for w in windows:
        feats[f"mean_{w}"] = series.rolling(w).mean()
        feats[f"std_{w}"] = series.rolling(w).std()
    return pd.DataFrame(feats).dropna()
#> rolling_features(pd.Series([1.0, 2.0, 3.0, 4.0]))

#: lag_loop_on_copy
import pandas as pd

def add_lags(df, col, lags):
    result = df.copy()
    for lag in lags:
        result[f"{col}_lag{lag}"] = result[col].shift(lag)
    result.dropna(inplace=True)
    return result
#> add_lags(pd.DataFrame({"y": [1, 2, 3, 4]}), "y", [1, 2])

#: lag_loop_on_argument
import pandas as pd

def add_lags(df, col, lags):
    for lag in lags:
        df[f"{col}_lag{lag}"] = df[col].shift(lag)
    return df.dropna()
#> add_lags(pd.DataFrame({"y": [1, 2, 3, 4]}), "y", [1, 2])

#: set_index_chain
import pandas as pd

def to_daily(df):
    df = df.set_index(pd.to_datetime(df["date"])).drop(columns=["date"])
    df.index.name = "day"
    df["weekday"] = df.index.dayofweek
    return df.asfreq("D").ffill()
#> to_daily(pd.DataFrame({"date": ["2024-01-01", "2024-01-03"], "v": [1, 2]}))

#: drop_then_pop
import pandas as pd

def split_target(df, target):
    X = df.drop(columns=[target])
    y = df[target].copy()
    y[y < 0] = 0
    return X, y
#> split_target(pd.DataFrame({"a": [1, 2], "t": [-1, 1]}), "t")

#: pop_target
import pandas as pd

def split_target(df, target):
    y = df.pop(target)
    X = df
    return X, y
#> split_target(pd.DataFrame({"a": [1, 2], "t": [-1, 1]}), "t")

#: column_values_mutated
import pandas as pd

def zero_negatives(df):
    values = df["x"].to_numpy(copy=True)
    values[values < 0] = 0
    return values
#> zero_negatives(pd.DataFrame({"x": [-1, 2]}))

#: concat_in_loop
import pandas as pd

def collect(frames):
    out = pd.DataFrame()
    for name, frame in frames.items():
        part = frame.copy()
        part["source"] = name
        out = pd.concat([out, part], ignore_index=True)
    return out
#> collect({"a": pd.DataFrame({"x": [1]}), "b": pd.DataFrame({"x": [2]})})

#: tag_frames
import pandas as pd

def tag(frames):
    for name, frame in frames.items():
        frame["source"] = name
    return pd.concat(frames.values())
#> tag({"a": pd.DataFrame({"x": [1]}), "b": pd.DataFrame({"x": [2]})})

#: apply_rowwise
import pandas as pd

def bucket(df):
    def label(row):
        if row["age"] < 18:
            return "child"
        return "adult" if row["age"] < 65 else "senior"
    return df.apply(label, axis=1)
#> bucket(pd.DataFrame({"age": [3, 30, 70]}))

#: iterrows_builds_list
import pandas as pd

def to_records(df):
    records = []
    for idx, row in df.iterrows():
        d = row.to_dict()
        d["idx"] = idx
        records.append(d)
    return records
#> to_records(pd.DataFrame({"a": [1, 2]}))

#: map_with_default
import pandas as pd

def map_titles(s, mapping):
    mapping = dict(mapping)
    mapping.setdefault("Mlle", "Miss")
    return s.map(mapping).fillna("Rare")
#> map_titles(pd.Series(["Mr", "Mlle"]), {"Mr": "Mr"})

#: fillna_inplace_column
import pandas as pd

def fill(df, value=0):
    df.fillna(value, inplace=True)
#> fill(pd.DataFrame({"a": [1.0, None]}))

#: where_mask
import numpy as np
import pandas as pd

def cap(df):
    num = df.select_dtypes(include=np.number)
    capped = num.where(num < 10, 10)
    capped["flag"] = (num >= 10).any(axis=1)
    return df.join(capped, rsuffix="_capped")
#> cap(pd.DataFrame({"a": [1, 20]}))

#: cut_and_count
import pandas as pd

def age_table(ages):
    bins = [0, 18, 65, 120]
    labels = ["young", "adult", "old"]
    groups = pd.cut(ages, bins=bins, labels=labels)
    counts = groups.value_counts().sort_index()
    counts["total"] = 0
    return counts
#> age_table([3, 20, 80])

#: describe_and_display
import pandas as pd

def look(df):
    print(df.shape)
    df.info()
    print(df.describe().T)
#> look(pd.DataFrame({"a": [1, 2]}))

#: missing_report
import pandas as pd

def missing_report(df: pd.DataFrame) -> pd.DataFrame:
    n = df.isnull().sum().sort_values(ascending=False)
    pct = (n / len(df) * 100).round(2)
    report = pd.concat([n, pct], axis=1, keys=["n", "pct"])
    report.loc["all"] = [n.sum(), pct.mean()]
    return report
#> missing_report(pd.DataFrame({"a": [1, None]}))

#: downcast
import numpy as np
import pandas as pd

def downcast(df):
    for col in df.columns:
        if df[col].dtype == np.int64:
            df[col] = pd.to_numeric(df[col], downcast="integer")
    return df
#> downcast(pd.DataFrame({"a": [1, 2]}))

#: read_csv_clean
import pandas as pd

def load(path):
    df = pd.read_csv(path)
    df.columns = df.columns.str.upper()
    df["C"] = df["A"] * df["B"]
    return df[df["C"] > 2]
#> load("data.csv")

#: read_csv_from_text
import io
import pandas as pd

def parse(text):
    buffer = io.StringIO(text)
    df = pd.read_csv(buffer, sep=";")
    df["n"] = range(len(df))
    return df
#> parse("a;b\n1;2\n")

#: to_csv_string
import pandas as pd

def as_csv(df):
    return df.to_csv(index=False).splitlines()
#> as_csv(pd.DataFrame({"a": [1, 2]}))

#: to_csv_file
import pandas as pd

def save(df, path="out.csv"):
    df = df.round(2)
    df.to_csv(path, index=False)
    return path
#> save(pd.DataFrame({"a": [1.234, 2]}))

#: series_update
import pandas as pd

def merge_prices(old, new):
    prices = old.copy()
    prices.update(new)
    return prices
#> merge_prices(pd.Series([1.0, 2.0]), pd.Series([3.0], index=[1]))

#: series_update_in_place
import pandas as pd

def overwrite_prices(old: pd.Series, new: pd.Series):
    old.update(new)
    return old.sum()
#> overwrite_prices(pd.Series([1.0, 2.0]), pd.Series([3.0], index=[1]))

#: at_cell
import pandas as pd

def mark_first(frame, col):
    frame.at[frame.index[0], col] = -1
    return frame[col].iloc[0]
#> mark_first(pd.DataFrame({"a": [1, 2]}), "a")

#: groupby_transform_write
import pandas as pd

def normalise(df, by, col):
    out = df.copy(deep=True)
    g = out.groupby(by)[col]
    out[col] = (out[col] - g.transform("mean")) / g.transform("std").replace(0, 1)
    return out
#> normalise(pd.DataFrame({"k": [1, 1, 2, 2], "v": [1.0, 2.0, 3.0, 5.0]}), "k", "v")

#: explode_tags
import pandas as pd

def tag_counts(df):
    tags = df["tags"].str.split(",").explode().str.strip()
    return tags.value_counts().to_dict()
#> tag_counts(pd.DataFrame({"tags": ["a, b", "a"]}))

#: head_then_write
import pandas as pd

def preview(df):
    top = df.head(2).copy()
    top.insert(0, "no", [1, 2])
    return top.to_string()
#> preview(pd.DataFrame({"a": [1, 2, 3]}))

#: pipe_functions
import pandas as pd

def strip_names(d):
    d = d.copy()
    d["name"] = d["name"].str.strip()
    return d

def add_len(d):
    return d.assign(n=d["name"].str.len())

def clean(df):
    return df.pipe(strip_names).pipe(add_len)
#> clean(pd.DataFrame({"name": [" a", "bb "]}))

#: pipe_mutating
import pandas as pd

def add_len(d):
    d["n"] = d["name"].str.len()
    return d

def clean(df):
    return df.pipe(add_len)
#> clean(pd.DataFrame({"name": [" a", "bb "]}))

#: eval_inplace
import pandas as pd

def derive(df):
    df.eval("c = a + b", inplace=True)
    return df["c"].tolist()
#> derive(pd.DataFrame({"a": [1], "b": [2]}))

#: sample_seeded
import pandas as pd

def take(df, n):
    return df.sample(n=n, random_state=0)
#> take(pd.DataFrame({"a": [1, 2, 3]}), 2)

#: sample_unseeded
import pandas as pd

def take(df, frac=0.5):
    shuffled = df.sample(frac=frac)
    return shuffled.reset_index(drop=True)
#> take(pd.DataFrame({"a": [1, 2, 3, 4]}))
