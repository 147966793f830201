#: loc_assign_mask
import pandas as pd

def cap_outliers(df, column, limit):
    df.loc[df[column] > limit, column] = limit
    return df
#> cap_outliers(pd.DataFrame({"a": [1, 5, 9]}), "a", 6)

#: copy_then_loc_assign
import pandas as pd

def capped(df, column, limit):
    out = df.copy()
    out.loc[out[column] > limit, column] = limit
    return out
#> capped(pd.DataFrame({"a": [1, 5, 9]}), "a", 6)

#: filter_then_assign_column
import pandas as pd

def adults(people):
    sub = people[people["age"] >= 18].copy()
    sub["group"] = "adult"
    return sub
#> adults(pd.DataFrame({"age": [12, 30]}))

#: rename_inplace
import pandas as pd

def tidy_names(df):
    df.rename(columns=str.lower, inplace=True)
    df.columns = [c.replace(" ", "_") for c in df.columns]
#> tidy_names(pd.DataFrame({"A B": [1]}))

#: fillna_not_assigned
import pandas as pd

def fill_missing(df):
    df["a"].fillna(0)
    return df["a"].isna().sum()
#> fill_missing(pd.DataFrame({"a": [1.0, None]}))

#: chain_of_methods
import pandas as pd

def top_by_group(df):
    return (
        df.dropna(subset=["value"])
        .assign(rank=lambda d: d.groupby("key")["value"].rank(ascending=False))
        .query("rank <= 1")
        .sort_values("value")
        .reset_index(drop=True)
    )
#> top_by_group(pd.DataFrame({"key": ["a", "a", "b"], "value": [1.0, 2.0, None]}))

#: sort_values_inplace_flag
import pandas as pd

def ordered(df, by, inplace=False):
    result = df.sort_values(by, inplace=inplace)
    return df if inplace else result
#> ordered(pd.DataFrame({"a": [2, 1]}), "a")
#> ordered(pd.DataFrame({"a": [2, 1]}), "a", inplace=True)

#: pop_column
import pandas as pd

def split_target(df, target):
    y = df.pop(target)
    return df, y
#> split_target(pd.DataFrame({"x": [1], "y": [2]}), "y")

#: drop_returns_new
import pandas as pd

def split_target(df, target):
    X = df.drop(columns=[target])
    y = df[target]
    return X, y
#> split_target(pd.DataFrame({"x": [1], "y": [2]}), "y")

#: groupby_apply_sets_column
import pandas as pd

def demean(df):
    def centre(part):
        part = part.copy()
        part["value"] = part["value"] - part["value"].mean()
        return part
    return df.groupby("key", group_keys=False)[["key", "value"]].apply(centre)
#> demean(pd.DataFrame({"key": ["a", "a"], "value": [1.0, 2.0]}))

#: iterrows_no_effect
import pandas as pd

def try_update(df):
    total = 0
    for _, row in df.iterrows():
        row["label"] = "x"
        total += row["n"]
    return total
#> try_update(pd.DataFrame({"n": [1, 2], "label": ["a", "b"]}))

#: at_setter_in_loop
import pandas as pd

def running_total(df):
    total = 0
    for i in df.index:
        total += df.at[i, "n"]
        df.at[i, "total"] = total
    return df
#> running_total(pd.DataFrame({"n": [1, 2]}))

#: to_csv_buffer
import io
import pandas as pd

def csv_text(df):
    buffer = io.StringIO()
    df.to_csv(buffer, index=False)
    return buffer.getvalue()
#> csv_text(pd.DataFrame({"n": [1, 2]}))

#: to_csv_none
import pandas as pd

def csv_text(df):
    return df.to_csv(index=False)
#> csv_text(pd.DataFrame({"n": [1, 2]}))

#: to_csv_path
import pandas as pd

def save_table(df, path="out.csv"):
    df.to_csv(path, index=False)
    return path
#> save_table(pd.DataFrame({"n": [1, 2]}))

#: read_csv_buffer
import io
import pandas as pd

def parse(text):
    return pd.read_csv(io.StringIO(text), sep=";")
#> parse("a;b\n1;2\n")

#: read_csv_path
import pandas as pd

def load(path):
    df = pd.read_csv(path)
    df["total"] = df.sum(axis=1)
    return df
#> load("data.csv")

#: read_json_then_cached
import pandas as pd

_tables = {}

def table(path):
    if path not in _tables:
        _tables[path] = pd.read_csv(path)
    return _tables[path]
#> table("data.csv")
#> table("data.csv")

#: excel_like_writer_to_buffer
import io
import pandas as pd

def parquet_or_json(df, sink):
    df.to_json(sink, orient="records")
    return sink.tell()
#> parquet_or_json(pd.DataFrame({"n": [1, 2]}), io.StringIO())

#: merge_and_update
import pandas as pd

def refresh(base, news):
    base.update(news)
    merged = base.merge(news, how="left", left_index=True, right_index=True, suffixes=("", "_new"))
    return merged
#> refresh(pd.DataFrame({"a": [1.0, 2.0]}), pd.DataFrame({"a": [3.0]}, index=[1]))

#: set_index_and_sort
import pandas as pd

def by_date(df):
    df = df.set_index("when")
    df.sort_index(inplace=True)
    return df
#> by_date(pd.DataFrame({"when": [2, 1], "n": [1, 2]}))

#: insert_column
import pandas as pd

def add_id(df):
    df.insert(0, "id", range(len(df)))
#> add_id(pd.DataFrame({"n": [1, 2]}))

#: pipe_with_mutating_step
import pandas as pd

def add_flag(d):
    d["flag"] = d["n"] > 1
    return d

def run(df):
    return df.pipe(add_flag)
#> run(pd.DataFrame({"n": [1, 2]}))

#: apply_print_rows
import pandas as pd

def show_rows(df):
    df.apply(lambda row: print(row["n"]), axis=1)
#> show_rows(pd.DataFrame({"n": [1, 2]}))

#: series_map_with_log
import pandas as pd

seen = []

def code(series):
    def lookup(value):
        seen.append(value)
        return value * 2
    return series.map(lookup)
#> code(pd.Series([1, 2]))

#: option_context
import pandas as pd

def wide_text(df):
    with pd.option_context("display.width", 300, "display.max_rows", None):
        return str(df)
#> wide_text(pd.DataFrame({"n": [1, 2]}))

#: set_option_forever
import pandas as pd

def wide():
    pd.set_option("display.width", 321)
#> wide()

#: eval_expression_inplace
import pandas as pd

def with_ratio(df):
    df.eval("ratio = a / b", inplace=True)
    return df["ratio"]
#> with_ratio(pd.DataFrame({"a": [1, 2], "b": [2, 4]}))

#: values_of_column_changed
import numpy as np
import pandas as pd

def normalised(df):
    values = df["a"].to_numpy(copy=True)
    values -= values.mean()
    return values
#> normalised(pd.DataFrame({"a": [1.0, 2.0]}))

#: dict_of_frames_updated
import pandas as pd

def label_all(tables):
    for name, table in tables.items():
        table["source"] = name
    return pd.concat(tables.values(), ignore_index=True)
#> label_all({"a": pd.DataFrame({"n": [1]}), "b": pd.DataFrame({"n": [2]})})

#: rebind_in_dict
import pandas as pd

def clean_all(tables):
    for name in tables:
        tables[name] = tables[name].drop_duplicates()
    return tables
#> clean_all({"a": pd.DataFrame({"n": [1, 1]})})

#: sample_random_state
import pandas as pd

def draw(df, seed):
    return df.sample(frac=1.0, random_state=seed).reset_index(drop=True)
#> draw(pd.DataFrame({"n": [1, 2, 3]}), 3)

#: sample_global
import pandas as pd

def shuffle_rows(df):
    return df.sample(frac=1.0)
#> shuffle_rows(pd.DataFrame({"n": [1, 2, 3]}))

#: info_to_buffer
import io
import pandas as pd

def describe(df):
    buf = io.StringIO()
    df.info(buf=buf)
    return buf.getvalue()
#> describe(pd.DataFrame({"n": [1, 2, 3]}))

#: info_to_screen
import pandas as pd

def describe(df):
    df.info()
    return df.shape
#> describe(pd.DataFrame({"n": [1, 2, 3]}))

#: chunks_of_file
import pandas as pd

def count_rows(path):
    total = 0
    for chunk in pd.read_csv(path, chunksize=1):
        total += len(chunk)
    return total
#> count_rows("data.csv")

#: to_sql_memory
import sqlite3
import pandas as pd

def store(df, connection):
    df.to_sql("t", connection, index=False)
    return pd.read_sql("select count(*) as n from t", connection)["n"].iloc[0]
#> store(pd.DataFrame({"n": [1, 2, 3]}), sqlite3.connect(":memory:"))
