#: assign_column
import pandas as pd

def f(df):
    df["b"] = df["a"] * 2
    return df
#> f(pd.DataFrame({"a": [1, 2]}))

#: assign_column_to_copy
import pandas as pd

def f(df):
    df = df.copy()
    df["b"] = df["a"] * 2
    return df
#> f(pd.DataFrame({"a": [1, 2]}))

#: assign_method_is_new
import pandas as pd

def f(df):
    return df.assign(b=lambda d: d["a"] + 1)
#> f(pd.DataFrame({"a": [1, 2]}))

#: loc_assignment
import pandas as pd

def f(df, limit):
    df.loc[df["a"] > limit, "a"] = 0
#> f(pd.DataFrame({"a": [1, 2]}), 1)

#: iloc_assignment
import pandas as pd

def f(df):
    df.iloc[0, 0] = 9
#> f(pd.DataFrame({"a": [1, 2]}))

#: at_assignment
import pandas as pd

def f(df):
    df.at[0, "a"] = 9
#> f(pd.DataFrame({"a": [1, 2]}))

#: loc_reads
import pandas as pd

def f(df, limit):
    return df.loc[df["a"] > limit, ["a"]].reset_index(drop=True)
#> f(pd.DataFrame({"a": [1, 2]}), 1)

#: boolean_filter_then_set
import pandas as pd

def f(df):
    kept = df[df["a"] > 1].copy()
    kept["b"] = 1
    return kept
#> f(pd.DataFrame({"a": [1, 2]}))

#: dropna_in_place
import pandas as pd

def f(df):
    df.dropna(inplace=True)
#> f(pd.DataFrame({"a": [1, None]}))

#: dropna_is_new
import pandas as pd

def f(df):
    return df.dropna()
#> f(pd.DataFrame({"a": [1, None]}))

#: inplace_by_variable
import pandas as pd

def f(df, inplace):
    df.drop(columns=["a"], inplace=inplace)
#> f(pd.DataFrame({"a": [1], "b": [2]}), True)
#> f(pd.DataFrame({"a": [1], "b": [2]}), False)

#: inplace_by_options
import pandas as pd

def f(df):
    options = {"inplace": True}
    df.rename(columns={"a": "c"}, **options)
#> f(pd.DataFrame({"a": [1], "b": [2]}))

#: columns_attribute
import pandas as pd

def f(df):
    df.columns = [name.upper() for name in df.columns]
#> f(pd.DataFrame({"a": [1]}))

#: index_attribute
import pandas as pd

def f(df):
    df.index = range(10, 10 + len(df))
#> f(pd.DataFrame({"a": [1]}))

#: index_name
import pandas as pd

def f(df):
    df.index.name = "id"
#> f(pd.DataFrame({"a": [1]}))

#: insert_column
import pandas as pd

def f(df):
    df.insert(0, "z", 1)
#> f(pd.DataFrame({"a": [1]}))

#: pop_column
import pandas as pd

def f(df):
    target = df.pop("y")
    return df, target
#> f(pd.DataFrame({"a": [1], "y": [0]}))

#: delete_column
import pandas as pd

def f(df):
    del df["a"]
#> f(pd.DataFrame({"a": [1], "b": [2]}))

#: update_frame
import pandas as pd

def f(df, other):
    df.update(other)
#> f(pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [9]}))

#: apply_pure
import pandas as pd

def band(x):
    return "low" if x < 2 else "high"

def f(df):
    return df["a"].apply(band)
#> f(pd.DataFrame({"a": [1, 2]}))

#: apply_prints
import pandas as pd

def f(df):
    df["a"].apply(print)
#> f(pd.DataFrame({"a": [1, 2]}))

#: apply_rows
import pandas as pd

def f(df):
    return df.apply(lambda row: row["a"] + row["b"], axis=1)
#> f(pd.DataFrame({"a": [1], "b": [2]}))

#: apply_collects
import pandas as pd

def f(df, out):
    df["a"].apply(out.append)
#> f(pd.DataFrame({"a": [1]}), [])

#: groupby_mean
import pandas as pd

def f(df):
    return df.groupby("k")["v"].mean().reset_index()
#> f(pd.DataFrame({"k": ["a", "b"], "v": [1, 2]}))

#: groupby_apply_lambda
import pandas as pd

def f(df):
    return df.groupby("k")["v"].apply(lambda s: (s == 1).mean())
#> f(pd.DataFrame({"k": ["a", "b"], "v": [1, 2]}))

#: groupby_agg_mixed
import pandas as pd

def spread(s):
    return s.max() - s.min()

def f(df):
    return df.groupby("k").agg({"v": ["mean", spread]})
#> f(pd.DataFrame({"k": ["a", "b"], "v": [1, 2]}))

#: groupby_named_agg
import pandas as pd

def f(df):
    return df.groupby("k").agg(total=("v", "sum"), top=("v", lambda s: s.max())).sort_values("total")
#> f(pd.DataFrame({"k": ["a", "b"], "v": [1, 2]}))

#: groupby_transform
import pandas as pd

def f(df):
    df["share"] = df["v"] / df.groupby("k")["v"].transform("sum")
#> f(pd.DataFrame({"k": ["a", "b"], "v": [1, 2]}))

#: groupby_loop
import pandas as pd

def f(df):
    out = {}
    for key, part in df.groupby("k"):
        out[key] = part["v"].sum()
    return out
#> f(pd.DataFrame({"k": ["a", "b"], "v": [1, 2]}))

#: groupby_filter
import pandas as pd

def f(df):
    return df.groupby("k").filter(lambda g: len(g) > 1)
#> f(pd.DataFrame({"k": ["a", "a", "b"], "v": [1, 2, 3]}))

#: pipe_pure
import pandas as pd

def add(df, n):
    return df.assign(n=n)

def f(df):
    return df.pipe(add, 1)
#> f(pd.DataFrame({"a": [1]}))

#: pipe_mutates
import pandas as pd

def add(df, n):
    df["n"] = n
    return df

def f(df):
    return df.pipe(add, 1)
#> f(pd.DataFrame({"a": [1]}))

#: method_chain
import pandas as pd

def f(df):
    return (
        df.query("a > 0")
        .rename(columns={"a": "x"})
        .sort_values("x", ascending=False)
        .drop_duplicates()
        .reset_index(drop=True)
        .head(2)
    )
#> f(pd.DataFrame({"a": [1, 2]}))

#: merge_is_new
import pandas as pd

def f(left, right):
    return left.merge(right, on="k", how="left").fillna(0)
#> f(pd.DataFrame({"k": [1]}), pd.DataFrame({"k": [1], "v": [2]}))

#: concat_is_new
import pandas as pd

def f(parts):
    out = pd.concat(parts, ignore_index=True)
    out["n"] = 1
    return out
#> f([pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]})])

#: series_in_place_sort
import pandas as pd

def f(s):
    s.sort_values(inplace=True)
#> f(pd.Series([2, 1]))

#: series_item_assignment
import pandas as pd

def f(s):
    s[0] = 9
#> f(pd.Series([2, 1]))

#: series_augmented
import pandas as pd

def f(s):
    s += 1
    return s
#> f(pd.Series([2, 1]))

#: series_arithmetic_is_new
import pandas as pd

def f(s):
    return (s - s.mean()) / s.std()
#> f(pd.Series([2.0, 1.0]))

#: series_name
import pandas as pd

def f(s):
    s.name = "x"
#> f(pd.Series([2, 1]))

#: series_string_accessor
import pandas as pd

def f(df):
    return df["name"].str.strip().str.lower().str.replace(" ", "_")
#> f(pd.DataFrame({"name": [" A b"]}))

#: series_date_accessor
import pandas as pd

def f(df):
    when = pd.to_datetime(df["when"])
    return when.dt.year * 100 + when.dt.month
#> f(pd.DataFrame({"when": ["2020-01-31"]}))

#: series_map_dict
import pandas as pd

def f(df):
    df["y"] = df["y"].map({"Yes": 1, "No": 0})
#> f(pd.DataFrame({"y": ["Yes", "No"]}))

#: columns_loop
import pandas as pd

def f(df):
    for column in df.select_dtypes("number").columns:
        df[column] = df[column].fillna(df[column].median())
#> f(pd.DataFrame({"a": [1.0, None]}))

#: columns_loop_reads
import pandas as pd

def f(df):
    return {column: df[column].nunique() for column in df.columns}
#> f(pd.DataFrame({"a": [1.0, 2.0]}))

#: iterrows
import pandas as pd

def f(df):
    total = 0
    for _, row in df.iterrows():
        total += row["a"]
    return total
#> f(pd.DataFrame({"a": [1, 2]}))

#: itertuples
import pandas as pd

def f(df):
    return [row.a for row in df.itertuples()]
#> f(pd.DataFrame({"a": [1, 2]}))

#: frame_from_dicts
import pandas as pd

def f(rows):
    return pd.DataFrame([{"n": len(row)} for row in rows])
#> f([[1], [2, 3]])

#: frame_from_array_shares_memory
import numpy as np
import pandas as pd

def f(values):
    df = pd.DataFrame(values, columns=["a"], copy=False)
    return df.sum()
#> f(np.zeros((2, 1)))

#: values_to_numpy
import pandas as pd

def f(df):
    values = df.to_numpy(copy=True)
    values[0, 0] = 5
    return values
#> f(pd.DataFrame({"a": [1, 2]}))

#: get_dummies
import pandas as pd

def f(df):
    return pd.get_dummies(df, columns=["k"], drop_first=True).astype(float)
#> f(pd.DataFrame({"k": ["a", "b"]}))

#: pivot
import pandas as pd

def f(df):
    return df.pivot_table(index="k", columns="m", values="v", aggfunc="mean").round(1)
#> f(pd.DataFrame({"k": ["a"], "m": ["x"], "v": [1.0]}))

#: cut_and_value_counts
import pandas as pd

def f(df):
    return pd.cut(df["a"], [0, 1, 5], labels=["low", "high"]).value_counts(normalize=True)
#> f(pd.DataFrame({"a": [1, 2]}))

#: describe_and_corr
import pandas as pd

def f(df):
    return df.describe().T, df.corr(numeric_only=True)["a"].abs().sort_values()
#> f(pd.DataFrame({"a": [1, 2], "b": [2, 1]}))

#: sample_unseeded
import pandas as pd

def f(df):
    return df.sample(1)
#> f(pd.DataFrame({"a": [1, 2]}))

#: sample_seeded
import pandas as pd

def f(df):
    return df.sample(frac=1, random_state=0)
#> f(pd.DataFrame({"a": [1, 2]}))

#: read_csv
import pandas as pd

def f(path):
    return pd.read_csv(path)
#> f("data.csv")

#: read_csv_from_buffer
import io
import pandas as pd

def f(text):
    return pd.read_csv(io.StringIO(text))
#> f("a,b\n1,2\n")

#: to_csv_path
import pandas as pd

def f(df, path):
    df.to_csv(path, index=False)
#> f(pd.DataFrame({"a": [1]}), "out.csv")

#: to_csv_text
import pandas as pd

def f(df):
    return df.to_csv(index=False)
#> f(pd.DataFrame({"a": [1]}))

#: to_json_text
import pandas as pd

def f(df):
    return df.to_json(orient="records")
#> f(pd.DataFrame({"a": [1]}))

#: to_pickle
import pandas as pd

def f(df, path):
    df.to_pickle(path)
#> f(pd.DataFrame({"a": [1]}), "out.pkl")

#: read_and_clean_helper
import pandas as pd

def load(path):
    return pd.read_csv(path)

def clean(df):
    df.columns = df.columns.str.strip()
    return df.dropna()

def f(path):
    return clean(load(path))
#> f("data.csv")

#: info_prints
import pandas as pd

def f(df):
    df.info()
#> f(pd.DataFrame({"a": [1]}))

#: set_option
import pandas as pd

def f():
    pd.set_option("display.max_rows", 7)
#> f()

#: option_context
import pandas as pd

def f(df):
    with pd.option_context("display.max_rows", 3):
        return df.to_string()
#> f(pd.DataFrame({"a": [1]}))

#: set_index_in_place
import pandas as pd

def f(df):
    df.set_index("a", inplace=True)
    return df
#> f(pd.DataFrame({"a": [1], "b": [2]}))

#: replace_in_place_on_column
import pandas as pd

def f(df):
    df["a"] = df["a"].replace({1: 5})
#> f(pd.DataFrame({"a": [1]}))

#: alias_of_frame
import pandas as pd

def f(df):
    view = df
    view["new"] = 1
    return df.shape
#> f(pd.DataFrame({"a": [1]}))

#: frame_in_dict
import pandas as pd

def f(tables):
    tables["train"]["flag"] = 1
#> f({"train": pd.DataFrame({"a": [1]})})

#: frames_in_loop
import pandas as pd

def f(train, test):
    for part in (train, test):
        part["flag"] = 0
#> f(pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]}))

#: frames_in_loop_local_copies
import pandas as pd

def f(train, test):
    out = []
    for part in [train, test]:
        part = part.assign(flag=0)
        out.append(part)
    return out
#> f(pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]}))

#: eval_assignment
import pandas as pd

def f(df):
    return df.eval("c = a + 1")
#> f(pd.DataFrame({"a": [1]}))

#: melt_and_stack
import pandas as pd

def f(df):
    return df.melt(id_vars="k"), df.set_index("k").stack().unstack()
#> f(pd.DataFrame({"k": ["a"], "x": [1], "y": [2]}))

#: rolling_mean
import pandas as pd

def f(df):
    return df["v"].rolling(2, min_periods=1).mean().shift(1).diff()
#> f(pd.DataFrame({"v": [1.0, 2.0, 3.0]}))

#: resample_sum
import pandas as pd

def f(df):
    return df.set_index(pd.to_datetime(df["d"])).resample("D")["v"].sum()
#> f(pd.DataFrame({"d": ["2020-01-01", "2020-01-02"], "v": [1, 2]}))

#: untyped_clip_and_where
import pandas as pd

def f(df, low, high):
    clipped = df["v"].clip(low, high)
    return clipped.where(clipped > low, other=low)
#> f(pd.DataFrame({"v": [1, 5]}), 2, 4)

#: attrs_assignment
import pandas as pd

def f(df):
    df.attrs["source"] = "test"
#> f(pd.DataFrame({"v": [1, 5]}))
