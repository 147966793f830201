#: winsorize_series
def winsorize(s, lo=0.05, hi=0.95):
    a, b = s.quantile(lo), s.quantile(hi)
    s = s.clip(a, b)
    s.iloc[0] = a
    return s
#> winsorize(__import__("pandas").Series([1.0, 2.0, 3.0, 50.0]))

#: set_flag_with_loc
def flag_outliers(df, col, k=3):
    z = (df[col] - df[col].mean()) / df[col].std()
    df.loc[z.abs() > k, "outlier"] = True
    return df["outlier"].sum() if "outlier" in df else 0
#> flag_outliers(__import__("pandas").DataFrame({"a": [1.0, 2.0, 3.0]}), "a", 0)

#: loc_on_filtered_copy
import pandas as pd

def cap(df, limit):
    big = df[df["amount"] > limit].copy()
    big.loc[:, "amount"] = limit
    small = df[df["amount"] <= limit]
    return pd.concat([small, big])
#> cap(pd.DataFrame({"amount": [1, 5, 9]}), 4)

#: rename_inplace
def tidy_names(df):
    df.rename(columns=str.lower, inplace=True)
#> tidy_names(__import__("pandas").DataFrame({"A": [1]}))

#: rename_rebound
def tidy_names(df):
    df = df.rename(columns=str.lower)
    df.columns = [c.strip() for c in df.columns]
    return df
#> tidy_names(__import__("pandas").DataFrame({"A ": [1]}))

#: inplace_flag_passed
def sort_table(df, key, inplace=False):
    out = df.sort_values(key, inplace=inplace)
    return df if inplace else out
#> sort_table(__import__("pandas").DataFrame({"a": [2, 1]}), "a")
#> sort_table(__import__("pandas").DataFrame({"a": [2, 1]}), "a", True)

#: inplace_on_reset
def counts_by(df, key):
    counts = df.groupby(key).size()
    counts = counts.reset_index()
    counts.columns = [key, "n"]
    counts.sort_values("n", ascending=False, inplace=True)
    counts.reset_index(drop=True, inplace=True)
    return counts
#> counts_by(__import__("pandas").DataFrame({"a": ["x", "y", "x"]}), "a")

#: pop_target
def split_xy(frame, target):
    y = frame.pop(target)
    return frame, y
#> split_xy(__import__("pandas").DataFrame({"a": [2, 1], "y": [0, 1]}), "y")

#: pop_from_copy
def split_xy(frame, target):
    X = frame.copy()
    y = X.pop(target)
    return X, y
#> split_xy(__import__("pandas").DataFrame({"a": [2, 1], "y": [0, 1]}), "y")

#: assign_chain
import numpy as np

def features(trips):
    return (
        trips
        .assign(speed=lambda d: d["km"] / d["h"])
        .query("speed < 100")
        .assign(log_speed=lambda d: np.log(d["speed"]))
        .drop(columns=["km"])
    )
#> features(__import__("pandas").DataFrame({"km": [10.0, 20.0], "h": [1.0, 2.0]}))

#: pipe_with_mutation
def _add_ratio(d):
    d["ratio"] = d["a"] / d["b"]
    return d

def run(df):
    return df.pipe(_add_ratio)
#> run(__import__("pandas").DataFrame({"a": [1.0], "b": [2.0]}))

#: pipe_on_dropna
def _add_ratio(d):
    d["ratio"] = d["a"] / d["b"]
    return d

def run(df):
    return df.dropna().pipe(_add_ratio)
#> run(__import__("pandas").DataFrame({"a": [1.0], "b": [2.0]}))

#: log_of_frame
import numpy as np

def log_returns(prices):
    r = np.log(prices / prices.shift(1))
    r.iloc[0] = 0.0
    r["total"] = r.sum(axis=1)
    return r
#> log_returns(__import__("pandas").DataFrame({"a": [1.0, 2.0], "b": [2.0, 3.0]}))

#: log_of_frame_inplace
import numpy as np
import pandas as pd

def logged(df: pd.DataFrame):
    x = np.log1p(df)
    x.fillna(0, inplace=True)
    x.columns = [f"log_{c}" for c in df.columns]
    return x
#> logged(pd.DataFrame({"a": [1.0, 2.0]}))

#: iterate_rows
def total_by_name(df):
    out = {}
    for _, row in df.iterrows():
        out.setdefault(row["name"], 0)
        out[row["name"]] += row["v"]
    return out
#> total_by_name(__import__("pandas").DataFrame({"name": ["a", "a"], "v": [1, 2]}))

#: at_in_loop
def fill_forward(df, col):
    last = None
    for i in df.index:
        if df.at[i, col] is None:
            df.at[i, col] = last
        else:
            last = df.at[i, col]
#> fill_forward(__import__("pandas").DataFrame({"s": ["x", None]}), "s")

#: group_dict_of_frames
def demeaned_groups(df, key, col):
    groups = {k: g.copy() for k, g in df.groupby(key)}
    for g in groups.values():
        g[col] -= g[col].mean()
    return groups
#> demeaned_groups(__import__("pandas").DataFrame({"k": ["a", "a"], "v": [1.0, 2.0]}), "k", "v")

#: date_parts
import pandas as pd

def with_calendar(df, col="date"):
    df = df.copy()
    when = pd.to_datetime(df[col])
    for part in ("year", "month", "day"):
        df[part] = getattr(when.dt, part)
    return df
#> with_calendar(pd.DataFrame({"date": ["2020-01-02"]}))

#: set_index_attribute
def index_by(df, col):
    df.index = df[col]
    return df.loc[df[col].iloc[0]]
#> index_by(__import__("pandas").DataFrame({"k": ["a", "b"], "v": [1.0, 2.0]}), "k")

#: index_of_selection
def top(df, n):
    head = df.head(n).reset_index(drop=True)
    head.index = head.index + 1
    head.index.name = "rank"
    return head
#> top(__import__("pandas").DataFrame({"v": [1.0, 2.0]}), 1)

#: update_frame
def patch(base, fixes):
    base.update(fixes)
    return base
#> patch(__import__("pandas").DataFrame({"v": [1.0, 2.0]}), __import__("pandas").DataFrame({"v": [9.0]}))

#: del_column
def strip_ids(df):
    for c in list(df.columns):
        if c.endswith("_id"):
            del df[c]
#> strip_ids(__import__("pandas").DataFrame({"x_id": [1.0, 2.0], "y": [1, 2]}))

#: eval_not_inplace
def with_ratio(df):
    out = df.eval("r = a / b")
    out["r"] = out["r"].round(2)
    return out
#> with_ratio(__import__("pandas").DataFrame({"a": [1.0], "b": [3.0]}))

#: augmented_column_alias
def scale_col(df, name, factor):
    col = df[name]
    col = col * factor
    df = df.assign(**{name: col})
    df[name] += 1
    return df
#> scale_col(__import__("pandas").DataFrame({"a": [1.0]}), "a", 2)

#: crosstab_share
import pandas as pd

def share(df, a, b):
    t = pd.crosstab(df[a], df[b])
    t = t.div(t.sum(axis=1), axis=0)
    t.columns.name = None
    t["n"] = df[a].value_counts()
    return t
#> share(pd.DataFrame({"a": ["x", "y"], "b": ["u", "v"]}), "a", "b")

#: apply_row_dict
def normalise(df):
    def fix(row):
        row = row.copy()
        row["v"] = row["v"] / row["n"]
        return row
    return df.apply(fix, axis=1)
#> normalise(__import__("pandas").DataFrame({"v": [1.0, 2.0], "n": [2.0, 2.0]}))

#: insert_column
def add_key(df):
    df.insert(0, "key", range(len(df)))
    return df
#> add_key(__import__("pandas").DataFrame({"v": [1.0, 2.0]}))

#: list_columns_extend
def numeric_columns(df, extra=()):
    cols = df.select_dtypes("number").columns.to_list()
    cols.extend(extra)
    cols.remove("id") if "id" in cols else None
    return cols
#> numeric_columns(__import__("pandas").DataFrame({"id": [1.0, 2.0]}), ["z"])

#: resample_fill
def hourly(s):
    h = s.resample("h").mean()
    h[h.isna()] = 0
    return h
#> hourly(__import__("pandas").Series([1.0, 2.0], index=__import__("pandas").to_datetime(["2020-01-01 00:00", "2020-01-01 02:00"])))

#: merge_indicator
def unmatched(left, right, on):
    m = left.merge(right, on=on, how="left", indicator=True)
    m = m.loc[m["_merge"] == "left_only"]
    m = m.drop(columns="_merge")
    m["checked"] = True
    return m
#> unmatched(__import__("pandas").DataFrame({"k": [1, 2]}), __import__("pandas").DataFrame({"k": [1]}), "k")

#: to_csv_or_buffer
def dump(df, target=None):
    return df.to_csv(target, index=False)
#> dump(__import__("pandas").DataFrame({"k": [1, 2]}))
#> dump(__import__("pandas").DataFrame({"k": [1, 2]}), "o.csv")

#: csv_text
import io

def as_csv(df):
    buf = io.StringIO()
    df.to_csv(buf, index=False)
    return buf.getvalue()
#> as_csv(__import__("pandas").DataFrame({"k": [1, 2]}))

#: read_back_from_text
import io
import pandas as pd

def parse(text):
    df = pd.read_csv(io.StringIO(text))
    df.columns = df.columns.str.strip()
    df.dropna(inplace=True)
    return df
#> parse("a,b\n1,2\n")
