#: values_slice_write
import pandas as pd

def zero_first(df):
    df["a"].values[0] = 0
    return df
#> zero_first(pd.DataFrame({"a": [1, 2]}))

#: to_numpy_copy_write
import pandas as pd

def matrix(df):
    m = df.to_numpy(copy=True)
    m[0] = 0
    return m
#> matrix(pd.DataFrame({"a": [1, 2]}))

#: rename_inplace
import pandas as pd

def fix_names(df):
    df.rename(columns=str.lower, inplace=True)
#> fix_names(pd.DataFrame({"A": [1]}))

#: rename_returned
import pandas as pd

def fix_names(df):
    df = df.rename(columns={"A": "a"})
    df["b"] = 1
    return df
#> fix_names(pd.DataFrame({"A": [1]}))

#: eval_inplace
import pandas as pd

def add_total(df):
    df.eval("total = a + b", inplace=True)
    return df
#> add_total(pd.DataFrame({"a": [1], "b": [2]}))

#: mask_inplace
import pandas as pd

def hide_negative(s):
    s.mask(s < 0, inplace=True)
    return s
#> hide_negative(pd.Series([1.0, -1.0]))

#: iterrows_write_row
import pandas as pd

def attempt(df):
    for _, row in df.iterrows():
        row["a"] = 0
    return df["a"].sum()
#> attempt(pd.DataFrame({"a": [1.5], "b": ["x"]}))

#: iterrows_write_at
import pandas as pd

def flag(df):
    for i, row in df.iterrows():
        if row["a"] > 1:
            df.at[i, "flag"] = "high"
#> flag(pd.DataFrame({"a": [1, 2]}))

#: groupby_apply_mutating_group
import pandas as pd

def rank(g):
    g = g.sort_values("x")
    g["rank"] = range(len(g))
    return g

def ranked(df):
    return df.groupby("k", group_keys=False).apply(rank)
#> ranked(pd.DataFrame({"k": [1, 1], "x": [2, 1]}))

#: loc_chained_copy
import pandas as pd

def subset_flag(df):
    sub = df.loc[df["a"] > 0, ["a"]]
    sub["b"] = sub["a"] * 2
    return sub
#> subset_flag(pd.DataFrame({"a": [1, -1]}))

#: categorical_codes
import pandas as pd

def encode(df, cols):
    for c in cols:
        df[c] = df[c].astype("category").cat.codes
    return df
#> encode(pd.DataFrame({"a": ["x", "y"]}), ["a"])

#: encode_on_new
import pandas as pd

def encode(df, cols):
    out = pd.DataFrame(index=df.index)
    for c in cols:
        out[c] = pd.factorize(df[c])[0]
    return out
#> encode(pd.DataFrame({"a": ["x", "y"]}), ["a"])

#: to_datetime_columns
import pandas as pd

def add_dates(df):
    df["date"] = pd.to_datetime(df["date"])
    df["month"] = df["date"].dt.month
    df["weekday"] = df["date"].dt.day_name()
#> add_dates(pd.DataFrame({"date": ["2024-01-01"]}))

#: pipe_chain_clean
import pandas as pd

def drop_empty(df):
    return df.dropna(how="all")

def lower_columns(df):
    df.columns = [c.lower() for c in df.columns]
    return df

def clean(df):
    return df.pipe(drop_empty).pipe(lower_columns)
#> clean(pd.DataFrame({"A": [1.0, None]}))

#: set_index_sort_inplace
import pandas as pd

def by_date(df):
    df.set_index("d", inplace=True)
    df.sort_index(inplace=True)
    return df
#> by_date(pd.DataFrame({"d": [2, 1], "v": [1, 2]}))

#: concat_new_row
import pandas as pd

def add_row(df, row):
    df = pd.concat([df, pd.DataFrame([row])], ignore_index=True)
    df.loc[len(df)] = row
    return df
#> add_row(pd.DataFrame({"a": [1]}), {"a": 2})

#: loc_new_row
import pandas as pd

def append_row(df, values):
    df.loc[len(df)] = values
#> append_row(pd.DataFrame({"a": [1]}), [2])

#: drop_inplace_rows
import pandas as pd

def remove_outliers(df, col, z=1.0):
    s = df[col]
    bad = df[(s - s.mean()).abs() > z * s.std()].index
    df.drop(bad, inplace=True)
    return len(bad)
#> remove_outliers(pd.DataFrame({"a": [1, 1, 1, 50]}), "a")

#: dict_of_group_frames
import pandas as pd

def split(df):
    parts = {}
    for key, part in df.groupby("k"):
        part = part.copy()
        part["n"] = len(part)
        parts[key] = part
    return parts
#> split(pd.DataFrame({"k": [1, 2]}))

#: cut_to_new_column_in_copy
import pandas as pd

def add_band(df, bins):
    new = df.copy(deep=True)
    new["band"] = pd.cut(new["age"], bins=bins, labels=False)
    return new
#> add_band(pd.DataFrame({"age": [3, 30]}), [0, 10, 40])

#: shallow_list_of_frames
import pandas as pd

def tag_all(frames):
    for name, frame in frames.items():
        frame["source"] = name
    return pd.concat(frames.values())
#> tag_all({"x": pd.DataFrame({"a": [1]})})

#: series_loc_assignment
import pandas as pd

def winsorise(s, q):
    hi = s.quantile(q)
    s.loc[s > hi] = hi
    return s
#> winsorise(pd.Series([1.0, 2.0, 100.0]), 0.5)

#: series_where_new
import pandas as pd

def winsorised(s, q):
    hi = s.quantile(q)
    return s.where(s <= hi, hi)
#> winsorised(pd.Series([1.0, 2.0, 100.0]), 0.5)

#: apply_returns_series
import pandas as pd

def parse(df):
    def split_name(name):
        first, last = name.split(" ")
        return pd.Series({"first": first, "last": last})
    return df["name"].apply(split_name)
#> parse(pd.DataFrame({"name": ["a b"]}))

#: apply_with_outer_counter
import pandas as pd

def count_missing(df):
    missing = {"n": 0}
    def check(v):
        if v is None:
            missing["n"] += 1
        return v
    df["a"].map(check)
    return missing["n"]
#> count_missing(pd.DataFrame({"a": ["x", None]}))

#: attribute_column_assignment
import pandas as pd

def double(df):
    df.a = df.a * 2
    return df
#> double(pd.DataFrame({"a": [1]}))

#: query_copy_write
import pandas as pd

def recent(df, year):
    sel = df.query("year >= @year")
    sel = sel.assign(age=year - sel["year"])
    return sel
#> recent(pd.DataFrame({"year": [2020, 2024]}), 2021)

#: frame_to_records_changed
import pandas as pd

def records(df):
    rows = df.to_dict("records")
    for r in rows:
        r["x"] = 1
    return rows
#> records(pd.DataFrame({"a": [1]}))

#: melt_pivot_round
import pandas as pd

def reshape(df):
    long = df.melt(id_vars="id")
    long["value"] = long["value"].astype(float)
    return long.pivot_table(index="id", columns="variable", values="value")
#> reshape(pd.DataFrame({"id": [1], "x": [2]}))

#: option_context_print
import pandas as pd

def show(df):
    with pd.option_context("display.max_rows", 5):
        print(df)
#> show(pd.DataFrame({"a": [1]}))

#: read_csv_then_clean
import pandas as pd

def load(path):
    df = pd.read_csv(path)
    df.columns = df.columns.str.upper()
    df["NEW"] = 1
    return df
#> load("data.csv")

#: optional_write
import pandas as pd

def summarise(df, path=None):
    out = df.describe()
    if path is not None:
        out.to_csv(path)
    return out
#> summarise(pd.DataFrame({"a": [1]}))
#> summarise(pd.DataFrame({"a": [1]}), "s.csv")
