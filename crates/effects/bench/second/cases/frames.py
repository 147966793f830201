#: add_ratio_column
import pandas as pd

def add_ratio(df, num, den):
    df["ratio"] = df[num] / df[den]
    return df
#> add_ratio(pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 4.0]}), "a", "b")

#: fill_missing_by_loc
import numpy as np
import pandas as pd

def fill_missing(df):
    mask = df["age"].isna()
    df.loc[mask, "age"] = df["age"].median()
#> fill_missing(pd.DataFrame({"age": [1.0, np.nan, 3.0]}))

#: clean_names_on_copy
import pandas as pd

def clean_names(frame):
    out = frame.copy()
    out.columns = out.columns.str.lower().str.replace(" ", "_")
    return out
#> clean_names(pd.DataFrame({"A b": [1]}))

#: reset_in_place_flag
import pandas as pd

def tidy(df):
    df.reset_index(drop=True, inplace=True)
    return df.sort_values("a")
#> tidy(pd.DataFrame({"a": [2, 1]}, index=[5, 6]))

#: fillna_returns_new
import pandas as pd

def impute(df, value=0):
    return df.fillna(value)
#> impute(pd.DataFrame({"a": [1.0, None]}))

#: filter_then_assign_column
import pandas as pd

def young(df):
    sub = df[df["age"] < 30].copy()
    sub["group"] = "young"
    return sub
#> young(pd.DataFrame({"age": [10, 40]}))

#: series_clip_values
import pandas as pd

def clip(s, low, high):
    return s.clip(low, high)
#> clip(pd.Series([1, 5, 9]), 2, 8)

#: encode_columns_loop
import pandas as pd

def encode(df, columns):
    for column in columns:
        df[column] = df[column].astype("category").cat.codes
    return df
#> encode(pd.DataFrame({"a": ["x", "y"], "b": [1, 2]}), ["a"])

#: encode_with_mapping_dict
import pandas as pd

def encode(df, columns):
    mappings = {}
    for column in columns:
        values = sorted(df[column].unique())
        mappings[column] = {value: i for i, value in enumerate(values)}
    return mappings
#> encode(pd.DataFrame({"a": ["x", "y"]}), ["a"])

#: drop_returns_value_ignored
import pandas as pd

def forgets(df):
    df.drop(columns=["a"])
    df.rename(columns={"b": "c"})
    return df
#> forgets(pd.DataFrame({"a": [1], "b": [2]}))

#: groupby_share
import pandas as pd

def share(df):
    total = df.groupby("k")["v"].transform("sum")
    return df["v"] / total
#> share(pd.DataFrame({"k": [1, 1, 2], "v": [1, 2, 3]}))

#: groupby_apply_named
import pandas as pd

def top(group, n=1):
    return group.nlargest(n, "v")

def leaders(df):
    return df.groupby("k", group_keys=False)[["k", "v"]].apply(top, n=2)
#> leaders(pd.DataFrame({"k": [1, 1, 2], "v": [1, 2, 3]}))

#: groupby_apply_prints
import pandas as pd

def describe(df):
    def show(group):
        print(group.shape)
        return group["v"].mean()
    return df.groupby("k")[["v"]].apply(show)
#> describe(pd.DataFrame({"k": [1, 1, 2], "v": [1, 2, 3]}))

#: merge_and_flag
import pandas as pd

def match(left, right):
    merged = left.merge(right, on="id", how="left", indicator=True)
    merged["found"] = merged["_merge"] == "both"
    return merged.drop(columns="_merge")
#> match(pd.DataFrame({"id": [1, 2]}), pd.DataFrame({"id": [1], "v": [5]}))

#: pipeline_with_assign
import pandas as pd

def features(df):
    return (
        df.assign(total=lambda d: d.a + d.b)
        .query("total > 2")
        .sort_values("total", ascending=False)
        .reset_index(drop=True)
    )
#> features(pd.DataFrame({"a": [1, 2], "b": [1, 2]}))

#: typed_frame_setitem
import pandas as pd

def scale(df: pd.DataFrame, column: str) -> pd.DataFrame:
    df[column] = (df[column] - df[column].mean()) / df[column].std()
    return df
#> scale(pd.DataFrame({"a": [1.0, 2.0]}), "a")

#: typed_frame_pure
import pandas as pd

def zscore(df: pd.DataFrame, column: str) -> pd.Series:
    return (df[column] - df[column].mean()) / df[column].std()
#> zscore(pd.DataFrame({"a": [1.0, 2.0]}), "a")

#: write_report_csv
import pandas as pd

def report(df, path):
    summary = df.groupby("k").agg({"v": ["mean", "std"]})
    summary.to_csv(path)
    return summary
#> report(pd.DataFrame({"k": [1, 1, 2], "v": [1, 2, 3]}), "summary.csv")

#: read_many_csv
import glob
import pandas as pd

def load_all(pattern):
    return pd.concat([pd.read_csv(name) for name in glob.glob(pattern)], ignore_index=True)
#> load_all("*.csv")

#: read_csv_chunks
import pandas as pd

def total(path):
    result = 0
    for chunk in pd.read_csv(path, chunksize=1):
        result += chunk["a"].sum()
    return result
#> total("data.csv")

#: frame_to_dict
import pandas as pd

def records(df):
    return df.to_dict(orient="records")
#> records(pd.DataFrame({"a": [1]}))

#: iterrows_collects
import pandas as pd

def lines(df, out):
    for index, row in df.iterrows():
        out.append(f"{index}: {row['a']}")
#> lines(pd.DataFrame({"a": [1]}), [])

#: set_value_by_iat
import pandas as pd

def poke(df):
    df.iat[0, 0] = 100
#> poke(pd.DataFrame({"a": [1]}))

#: series_drop_duplicates_in_place
import pandas as pd

def unique(s):
    s.drop_duplicates(inplace=True)
    return len(s)
#> unique(pd.Series([1, 1, 2]))

#: in_place_by_default_argument
import pandas as pd

def sort(df, inplace=True):
    return df.sort_values("a", inplace=inplace)
#> sort(pd.DataFrame({"a": [2, 1]}))

#: del_column_of_subset
import pandas as pd

def without(df, name):
    small = df[[c for c in df.columns if c != name]]
    return small
#> without(pd.DataFrame({"a": [1], "b": [2]}), "b")

#: value_counts_printed
import pandas as pd

def show(df):
    for column in df.columns:
        print(df[column].value_counts())
#> show(pd.DataFrame({"a": [1]}))

#: display_options
import pandas as pd

def wide():
    pd.options.display.max_rows = 7
#> wide()

#: apply_row_function_with_dict
import pandas as pd

def price(df, table):
    return df.apply(lambda row: table.get(row["k"], 0) * row["n"], axis=1)
#> price(pd.DataFrame({"k": ["a"], "n": [2]}), {"a": 3})

#: column_by_attribute
import pandas as pd

def double(df):
    df.a = df.a * 2
#> double(pd.DataFrame({"a": [1]}))

#: multi_index_flatten
import pandas as pd

def flat(df):
    table = df.groupby("k").agg({"v": ["min", "max"]})
    table.columns = ["_".join(c) for c in table.columns]
    return table
#> flat(pd.DataFrame({"k": [1], "v": [2]}))

#: excel_writer
import pandas as pd

def export(frames, path):
    with pd.ExcelWriter(path) as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name)
#> export({"one": pd.DataFrame({"a": [1]})}, "out.xlsx")

#: parquet_round_trip
import pandas as pd

def save(df, path):
    df.to_parquet(path)
    return pd.read_parquet(path)
#> save(pd.DataFrame({"a": [1]}), "a.parquet")

#: polars_with_columns
import polars as pl

def enrich(df):
    return df.with_columns((pl.col("a") * 2).alias("b")).filter(pl.col("b") > 2)
#> enrich(pl.DataFrame({"a": [1, 2]}))

#: polars_read_write
import polars as pl

def convert(source, target):
    pl.read_csv(source).write_json(target)
#> convert("data.csv", "out.json")

#: polars_group
import polars as pl

def mean_by(df: pl.DataFrame, key: str) -> pl.DataFrame:
    return df.group_by(key).agg(pl.all().mean()).sort(key)
#> mean_by(pl.DataFrame({"k": [1, 1], "v": [1, 2]}), "k")

#: query_string_interpolated
import pandas as pd

def above(df, column, limit):
    return df.query(f"{column} > @limit")
#> above(pd.DataFrame({"a": [1, 3]}), "a", 2)

#: json_normalize_nested
import pandas as pd

def flatten(records):
    return pd.json_normalize(records, sep="_")
#> flatten([{"a": {"b": 1}}])

#: rank_and_cumulate
import pandas as pd

def cumulate(sales):
    sales = sales.sort_values("day")
    sales["running"] = sales["amount"].cumsum()
    return sales
#> cumulate(pd.DataFrame({"day": [2, 1], "amount": [3, 4]}))

#: groups_into_dict
import pandas as pd

def split(df, key):
    parts = {}
    for name, part in df.groupby(key):
        parts[name] = part.drop(columns=key)
    return parts
#> split(pd.DataFrame({"k": [1, 2], "v": [3, 4]}), "k")

#: sample_in_bootstrap
import pandas as pd

def means(df, n):
    return [df["v"].sample(frac=1.0, replace=True).mean() for _ in range(n)]
#> means(pd.DataFrame({"v": [1, 2]}), 2)

#: sample_with_state
import pandas as pd

def subset(df, seed):
    return df.sample(n=1, random_state=seed)
#> subset(pd.DataFrame({"v": [1, 2]}), 3)

#: nested_function_changes_frame
import pandas as pd

def prepare(df):
    def add(name, value):
        df[name] = value
    add("one", 1)
    add("two", 2)
    return df
#> prepare(pd.DataFrame({"a": [0]}))

#: loop_over_dict_of_frames
import pandas as pd

def stamp(tables):
    for name, table in tables.items():
        table["source"] = name
#> stamp({"x": pd.DataFrame({"a": [0]})})

#: list_comprehension_of_copies
import pandas as pd

def fresh(tables):
    copies = [table.copy() for table in tables]
    for table in copies:
        table["new"] = 1
    return copies
#> fresh([pd.DataFrame({"a": [0]})])
