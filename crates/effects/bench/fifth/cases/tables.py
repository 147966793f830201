#: chained_fillna_on_column
import pandas as pd

def impute(df):
    for col in df.select_dtypes(include="number").columns:
        df[col] = df[col].fillna(df[col].median())
    return df
#> impute(pd.DataFrame({"a": [1.0, None]}))

#: bins_with_cut
import pandas as pd

def age_groups(df):
    return pd.cut(df["age"], bins=[0, 18, 65, 120], labels=["child", "adult", "senior"])
#> age_groups(pd.DataFrame({"age": [3, 40]}))

#: merge_validate
import pandas as pd

def enrich(orders: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    merged = orders.merge(customers, on="id", how="left", validate="m:1")
    merged["name"] = merged["name"].str.title()
    return merged
#> enrich(pd.DataFrame({"id": [1]}), pd.DataFrame({"id": [1], "name": ["x"]}))

#: drop_in_place_list
def drop_constant(data):
    constant = [c for c in data.columns if data[c].nunique() <= 1]
    data.drop(columns=constant, inplace=True)
    return constant
#> drop_constant(__import__("pandas").DataFrame({"a": [1, 1], "b": [1, 2]}))

#: numeric_summary
import pandas as pd

def summary(df):
    stats = df.agg(["mean", "std"]).T
    stats["cv"] = stats["std"] / stats["mean"]
    return stats.sort_values("cv")
#> summary(pd.DataFrame({"a": [1.0, 2.0]}))

#: view_of_loc_slice
import pandas as pd

def first_rows(df, n=1):
    head = df.head(n).copy()
    head.loc[:, "seen"] = True
    return head
#> first_rows(pd.DataFrame({"a": [1, 2]}))

#: named_aggregations
def per_user(events):
    return (
        events.groupby("user")
        .agg(n=("value", "size"), total=("value", "sum"))
        .reset_index()
        .rename(columns={"n": "count"})
    )
#> per_user(__import__("pandas").DataFrame({"user": [1], "value": [2]}))

#: cumulative_by_group
def running(df):
    df = df.sort_values(["user", "t"])
    df["running"] = df.groupby("user")["v"].cumsum()
    return df
#> running(__import__("pandas").DataFrame({"user": [1, 1], "t": [2, 1], "v": [1, 1]}))

#: series_replace_values
def recode(s, table):
    out = s.replace(table)
    out[out.isna()] = "other"
    return out
#> recode(__import__("pandas").Series(["a", "b"]), {"a": "x"})

#: columns_moved
def to_front(df, name):
    column = df.pop(name)
    df.insert(0, name, column)
#> to_front(__import__("pandas").DataFrame({"a": [1], "b": [2]}), "b")

#: frame_equals
def changed(before, after):
    joined = before.join(after, lsuffix="_x", rsuffix="_y")
    return joined[joined["v_x"] != joined["v_y"]]
#> changed(__import__("pandas").DataFrame({"v": [1]}), __import__("pandas").DataFrame({"v": [2]}))

#: at_in_loop
import pandas as pd

def accumulate(df):
    total = 0
    for i in df.index:
        total += df.at[i, "v"]
        df.at[i, "total"] = total
#> accumulate(pd.DataFrame({"v": [1.0, 2.0], "total": [0.0, 0.0]}))

#: explode_and_dummies
import pandas as pd

def tag_matrix(df):
    tags = df["tags"].str.split("|").explode().str.strip()
    return pd.get_dummies(tags).groupby(level=0).max()
#> tag_matrix(pd.DataFrame({"tags": ["a|b", "b"]}))

#: csv_in_chunks_counted
import pandas as pd

def count_rows(path):
    n = 0
    for chunk in pd.read_csv(path, chunksize=1):
        n += len(chunk)
    return n
#> count_rows("data.csv")

#: store_two_files
from pathlib import Path
import pandas as pd

def store(train, test, folder="out"):
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    for name, part in [("train", train), ("test", test)]:
        part.to_csv(folder / f"{name}.csv", index=False)
#> store(pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]}))

#: html_text
def html(df):
    return df.to_html(index=False)
#> html(__import__("pandas").DataFrame({"a": [1]}))

#: styled_frame
import pandas as pd

def highlight(df: pd.DataFrame):
    return df.to_string(float_format="{:.2f}".format)
#> highlight(pd.DataFrame({"a": [1.0]}))

#: chained_assignment_copy
def positive(df):
    sub = df[df["v"] > 0]
    sub = sub.assign(v=sub["v"] * 2)
    return sub
#> positive(__import__("pandas").DataFrame({"v": [1, -1]}))

#: index_reset_by_flag
def tidy(df, in_place=False):
    if in_place:
        df.reset_index(drop=True, inplace=True)
        return df
    return df.reset_index(drop=True)
#> tidy(__import__("pandas").DataFrame({"v": [1]}, index=[3]), True)

#: shallow_copy_columns
import pandas as pd

def rename_copy(df):
    other = df.copy(deep=False)
    other.columns = [c.upper() for c in other.columns]
    return other
#> rename_copy(pd.DataFrame({"a": [1]}))

#: date_parts
import pandas as pd

def add_parts(frame, column="when"):
    when = pd.to_datetime(frame[column])
    return frame.assign(year=when.dt.year, weekday=when.dt.day_name())
#> add_parts(pd.DataFrame({"when": ["2024-02-03"]}))

#: age_in_days
from datetime import datetime
import pandas as pd

def age(frame):
    return (datetime.now() - pd.to_datetime(frame["when"])).dt.days
#> age(pd.DataFrame({"when": ["2024-02-03"]}))

#: stratified_sample
import pandas as pd

def stratified(df, by, n, seed=None):
    return df.groupby(by, group_keys=False).apply(lambda g: g.sample(n, random_state=seed))
#> stratified(pd.DataFrame({"k": [1, 1], "v": [1, 2]}), "k", 1)

#: multi_key_lookup
def prices(df, rates):
    return df["amount"] * df["currency"].map(rates)
#> prices(__import__("pandas").DataFrame({"amount": [1.0], "currency": ["x"]}), {"x": 2.0})

#: validated_columns
def require(df, columns):
    missing = set(columns) - set(df.columns)
    if missing:
        raise ValueError(f"missing: {sorted(missing)}")
    return df
#> require(__import__("pandas").DataFrame({"a": [1]}), ["a"])

#: lambda_in_assign
def features(df):
    return df.assign(
        ratio=lambda d: d["a"] / d["b"],
        big=lambda d: d["ratio"] > 1,
    )
#> features(__import__("pandas").DataFrame({"a": [1], "b": [2]}))

#: wide_to_long
import pandas as pd

def long(df):
    out = df.melt(id_vars="id", var_name="metric", value_name="value")
    out["metric"] = out["metric"].astype("category")
    return out.dropna(subset=["value"]).sort_values(["id", "metric"])
#> long(pd.DataFrame({"id": [1], "a": [2]}))
