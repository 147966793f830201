#: mask_frame_is_a_copy
import pandas as pd

def flag(df, limit):
    high = df[df["price"] > limit].copy()
    high["flag"] = 1
    return high
#> flag(pd.DataFrame({"price": [1, 5]}), 2)

#: loc_with_mask_sets
import pandas as pd

def cap(df, column, upper):
    df.loc[df[column] > upper, column] = upper
    return df
#> cap(pd.DataFrame({"a": [1, 9]}), "a", 3)

#: values_written_through
import pandas as pd

def zero_first(series):
    values = series.to_numpy()
    values[0] = 0
    return values
#> zero_first(pd.Series([3.0, 4.0]))

#: values_copied
import pandas as pd

def zero_first(series):
    values = series.to_numpy(copy=True)
    values[0] = 0
    return values
#> zero_first(pd.Series([3.0, 4.0]))

#: assign_then_pipe
import pandas as pd

def add(df, name, by):
    return df.assign(**{name: df["a"] * by})

def prepare(df):
    return df.pipe(add, "b", by=2).pipe(add, name="c", by=3).query("b > 2")
#> prepare(pd.DataFrame({"a": [1, 2]}))

#: pipe_of_function_that_changes
import pandas as pd

def stamp(df, value):
    df["stamp"] = value
    return df

def prepare(df):
    return df.dropna().pipe(stamp, 3)
#> prepare(pd.DataFrame({"a": [1, 2]}))

#: inplace_sort_values
def order(df, by, ascending=True):
    df.sort_values(by=by, ascending=ascending, inplace=True)
    df.reset_index(drop=True, inplace=True)
#> order(__import__("pandas").DataFrame({"a": [2, 1]}), "a")

#: inplace_false_given
def order(df, by):
    result = df.sort_values(by, inplace=False)
    result.index = range(len(result))
    return result
#> order(__import__("pandas").DataFrame({"a": [2, 1]}), "a")

#: astype_in_loop_over_copy
import pandas as pd

def to_categories(df: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    df = df.copy()
    for column in columns:
        df[column] = df[column].astype("category").cat.codes
    return df
#> to_categories(pd.DataFrame({"a": ["x", "y"]}), ["a"])

#: rebinding_parameter_then_mutating
import pandas as pd

def clean(df):
    df = df.drop(columns=["b"])
    df["a"] = df["a"] + 1
    df.columns = [c.upper() for c in df.columns]
    return df
#> clean(pd.DataFrame({"a": [1], "b": [2]}))

#: mutating_before_rebinding
import pandas as pd

def clean(df):
    df["c"] = df["a"] + df["b"]
    df = df.drop(columns=["b"])
    df["a"] = 0
    return df
#> clean(pd.DataFrame({"a": [1], "b": [2]}))

#: set_axis_new
def renamed(df, names):
    out = df.set_axis(names, axis=1)
    return out.rename_axis("row")
#> renamed(__import__("pandas").DataFrame({"a": [1]}), ["z"])

#: insert_if_missing
def ensure(df, column, value=0):
    if column not in df.columns:
        df.insert(0, column, value)
    return df
#> ensure(__import__("pandas").DataFrame({"a": [1]}), "b")

#: pop_target
def xy(frame, target):
    y = frame.pop(target)
    return frame, y
#> xy(__import__("pandas").DataFrame({"a": [1], "y": [0]}), "y")

#: xy_without_pop
def xy(frame, target):
    return frame.drop(target, axis=1), frame[target]
#> xy(__import__("pandas").DataFrame({"a": [1], "y": [0]}), "y")

#: combined_update_of_series
import pandas as pd

def patch(series: pd.Series, fixes: dict):
    series.update(pd.Series(fixes))
#> patch(pd.Series([1.0, 2.0]), {0: 9.0})

#: group_means_map
def target_encode(df, column, target):
    means = df.groupby(column)[target].mean()
    df[column + "_te"] = df[column].map(means)
    return means
#> target_encode(__import__("pandas").DataFrame({"c": ["a", "b"], "y": [0, 1]}), "c", "y")

#: transform_within_groups
def demean(df, by, value):
    return df[value] - df.groupby(by)[value].transform("mean")
#> demean(__import__("pandas").DataFrame({"c": ["a", "b"], "y": [0.0, 1.0]}), "c", "y")

#: rows_applied_collecting
def collect(df):
    seen = []
    df.apply(lambda row: seen.append(row["a"]), axis=1)
    return seen
#> collect(__import__("pandas").DataFrame({"a": [1, 2]}))

#: rows_applied_printing
def show(df):
    df["a"].apply(lambda v: print(v))
#> show(__import__("pandas").DataFrame({"a": [1, 2]}))

#: applymap_and_where
def sanitize(df):
    numbers = df.select_dtypes("number")
    return numbers.where(numbers > 0, 0).clip(upper=10).round(2)
#> sanitize(__import__("pandas").DataFrame({"a": [1.234, -2]}))

#: concat_in_loop
import pandas as pd

def gather(frames):
    out = pd.DataFrame()
    for number, frame in enumerate(frames):
        part = frame.assign(source=number)
        out = pd.concat([out, part], ignore_index=True)
    return out
#> gather([pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]})])

#: frames_tagged_in_loop
import pandas as pd

def gather(frames):
    for number, frame in enumerate(frames):
        frame["source"] = number
    return pd.concat(frames)
#> gather([pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]})])

#: time_index_features
import pandas as pd

def calendar(df, column):
    out = df.copy()
    out[column] = pd.to_datetime(out[column])
    out = out.set_index(column).sort_index()
    out["dow"] = out.index.dayofweek
    out["month"] = out.index.month
    return out.resample("D").sum()
#> calendar(pd.DataFrame({"t": ["2024-01-01"], "v": [1]}), "t")

#: json_buffer_to_frame
import io
import pandas as pd

def parse(text):
    return pd.read_json(io.StringIO(text))
#> parse('[{"a": 1}]')

#: csv_text_of_frame
import pandas as pd

def as_csv(df: pd.DataFrame) -> str:
    return df.to_csv(index=False)
#> as_csv(pd.DataFrame({"a": [1]}))

#: csv_to_buffer
import io

def as_csv(df):
    buffer = io.StringIO()
    df.to_csv(buffer, index=False)
    return buffer.getvalue()
#> as_csv(__import__("pandas").DataFrame({"a": [1]}))

#: csv_optional_path
def export(df, path=None):
    if path is not None:
        df.to_csv(path, index=False)
    return len(df)
#> export(__import__("pandas").DataFrame({"a": [1]}), "o.csv")

#: attrs_and_flags
def tag(df, note):
    df.attrs["note"] = note
    return df
#> tag(__import__("pandas").DataFrame({"a": [1]}), "n")

#: sql_round_trip
import sqlite3
import pandas as pd

def count(df):
    with sqlite3.connect(":memory:") as connection:
        df.to_sql("t", connection, index=False)
        return pd.read_sql("select count(*) n from t", connection)["n"].iloc[0]
#> count(pd.DataFrame({"a": [1]}))

#: columns_stripped_in_place
def tidy_names(df):
    df.columns = df.columns.str.strip().str.lower().str.replace(" ", "_")
#> tidy_names(__import__("pandas").DataFrame({" A b": [1]}))

#: dtype_report
def report(df):
    lines = []
    for name, kind in df.dtypes.items():
        lines.append(f"{name}: {kind}, {df[name].isna().mean():.1%} missing")
    return "\n".join(lines)
#> report(__import__("pandas").DataFrame({"a": [1, None]}))

#: report_printed
def report(df):
    for name in df:
        print(name, df[name].nunique())
    print(df.describe().T)
#> report(__import__("pandas").DataFrame({"a": [1, 2]}))

#: iloc_row_changed
def bump(df):
    row = df.iloc[0].copy()
    row["a"] = 100
    return row
#> bump(__import__("pandas").DataFrame({"a": [1, 2], "b": ["x", "y"]}))

#: dict_of_frames_filled
import pandas as pd

def split(df, by):
    parts = {}
    for key, part in df.groupby(by):
        part = part.reset_index(drop=True)
        part["size"] = len(part)
        parts[key] = part
    return parts
#> split(pd.DataFrame({"k": [1, 1, 2]}), "k")
