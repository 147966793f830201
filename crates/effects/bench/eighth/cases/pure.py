#: sorted_copy_of_list
def top_scores(scores, n=3):
    ranked = sorted(scores, reverse=True)
    del ranked[n:]
    return ranked
#> top_scores([3, 1, 2, 5])

#: assign_keeps_frame
import pandas as pd

def with_margin(df):
    return df.assign(margin=lambda d: d["price"] - d["cost"], double=df["price"] * 2)
#> with_margin(pd.DataFrame({"price": [2.0], "cost": [1.0]}))

#: stringio_report
import io

def build_report(rows):
    buffer = io.StringIO()
    for row in rows:
        buffer.write(f"{row}\n")
    return buffer.getvalue()
#> build_report([1, 2])

#: own_random_instance
import random

def shuffled(items):
    rng = random.Random(0)
    items = list(items)
    rng.shuffle(items)
    return items
#> shuffled([1, 2, 3])

#: seeded_generator_noise
import numpy as np

def add_noise(x, scale=0.1):
    rng = np.random.default_rng(0)
    return x + rng.normal(0, scale, size=x.shape)
#> add_noise(np.ones(3))

#: np_copy_then_write
import numpy as np

def zero_negative(x):
    y = np.copy(x)
    y[y < 0] = 0
    return y
#> zero_negative(np.array([-1.0, 2.0]))

#: dict_comprehension_rename
def rename_keys(record, mapping):
    return {mapping.get(k, k): v for k, v in record.items()}
#> rename_keys({"a": 1}, {"a": "b"})

#: bytesio_savefig
import io
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

def png_bytes(values):
    fig = Figure()
    ax = fig.subplots()
    ax.plot(values)
    buf = io.BytesIO()
    fig.savefig(buf, format="png")
    return buf.getvalue()
#> png_bytes([1, 2])

#: open_shadowed
def open_account(name):
    def open(owner):
        return {"owner": owner, "balance": 0}
    return open(name)
#> open_account("a")

#: print_shadowed
def collect(values):
    lines = []
    print = lines.append
    for v in values:
        print(v)
    return lines
#> collect([1, 2])

#: path_arithmetic
from pathlib import Path

def output_path(root, name):
    return Path(root).joinpath(name).with_suffix(".csv")
#> output_path("a", "b.txt")

#: json_dumps_only
import json

def to_line(event):
    event = {**event, "version": 1}
    return json.dumps(event, sort_keys=True)
#> to_line({"a": 1})

#: pickle_roundtrip_dumps
import pickle

def size_in_bytes(obj):
    return len(pickle.dumps(obj))
#> size_in_bytes([1])

#: logger_never_called
import logging

logger = logging.getLogger(__name__)

def mean(values):
    total = 0.0
    for value in values:
        total += value
    return total / len(values)
#> mean([1, 2])

#: datetime_given
from datetime import datetime, timedelta

def next_week(day: datetime):
    return day + timedelta(weeks=1)
#> next_week(datetime(2024, 1, 1))

#: strptime_formats
from datetime import datetime

def to_iso(text):
    return datetime.strptime(text, "%d/%m/%Y").strftime("%Y-%m-%d")
#> to_iso("01/02/2024")

#: deepcopy_nested_update
from copy import deepcopy

def override(config, key, value):
    new = deepcopy(config)
    new["model"][key] = value
    return new
#> override({"model": {}}, "a", 1)

#: groupby_size_unstack
import pandas as pd

def pivot_counts(df):
    table = df.groupby(["a", "b"]).size().unstack(fill_value=0)
    table.columns = [f"b_{c}" for c in table.columns]
    return table
#> pivot_counts(pd.DataFrame({"a": [1, 1], "b": [1, 2]}))

#: frame_copy_loc
import pandas as pd

def cap_outliers(df, column, upper):
    out = df.copy()
    out.loc[out[column] > upper, column] = upper
    return out
#> cap_outliers(pd.DataFrame({"a": [1, 100]}), "a", 10)

#: reset_index_twice
import pandas as pd

def tidy(df):
    df = df.reset_index()
    df["row"] = range(len(df))
    df.drop(columns=["index"], inplace=True)
    return df
#> tidy(pd.DataFrame({"a": [1]}))

#: local_class_state
class Counter:
    def __init__(self):
        self.n = 0

    def add(self):
        self.n += 1
        return self

def count_even(values):
    counter = Counter()
    for v in values:
        if v % 2 == 0:
            counter.add()
    return counter.n
#> count_even([1, 2, 4])

#: generator_local_consumed
def squares_sum(n):
    gen = (i * i for i in range(n))
    first = next(gen, 0)
    return first + sum(gen)
#> squares_sum(4)

#: sqlite_in_memory_local
import sqlite3

def sql_sum(values):
    con = sqlite3.connect(":memory:")
    con.execute("create table t (x integer)")
    con.executemany("insert into t values (?)", [(v,) for v in values])
    total = con.execute("select sum(x) from t").fetchone()[0]
    con.close()
    return total
#> sql_sum([1, 2])

#: train_test_split_seeded_frames
from sklearn.model_selection import train_test_split
import pandas as pd

def split(df, target):
    X = df.drop(columns=target)
    y = df[target]
    return train_test_split(X, y, test_size=0.25, random_state=42, shuffle=True)
#> split(pd.DataFrame({"a": range(8), "y": range(8)}), "y")

#: read_csv_stringio
import io
import pandas as pd

def parse_csv(text):
    return pd.read_csv(io.StringIO(text))
#> parse_csv("a,b\n1,2\n")

#: to_csv_none
import pandas as pd

def csv_text(df):
    return df.to_csv(index=False)
#> csv_text(pd.DataFrame({"a": [1]}))

#: regex_sub_function
import re

def mask_digits(text):
    return re.sub(r"\d", lambda m: "*", text)
#> mask_digits("a1")

#: urlparse_params
from urllib.parse import urlparse, parse_qs

def query_of(url):
    return parse_qs(urlparse(url).query)
#> query_of("http://a/b?c=1")

#: request_prepared_not_sent
import requests

def build_request(url, token):
    req = requests.Request("GET", url, headers={"Authorization": f"Bearer {token}"})
    return req.prepare()
#> build_request("http://localhost/", "t")

#: lambda_defined_not_called
def make_printer(prefix):
    return lambda text: print(prefix, text)
#> make_printer("a")

#: inner_writer_returned
def make_writer(path):
    def write(text):
        with open(path, "w") as f:
            f.write(text)
    return write
#> make_writer("a.txt")

#: scaler_copy
from sklearn.preprocessing import StandardScaler
import numpy as np

def standardize(X):
    return StandardScaler().fit_transform(X)
#> standardize(np.array([[1.0], [2.0]]))

#: cross_val_seeded
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
import numpy as np

def cv_mean(X, y):
    cv = StratifiedKFold(n_splits=2, shuffle=True, random_state=1)
    model = LogisticRegression(max_iter=100)
    return cross_val_score(model, X, y, cv=cv).mean()
#> cv_mean(np.arange(8.0).reshape(8, 1), np.array([0, 1] * 4))

#: string_template
from string import Template

def render(name):
    return Template("Hello $name").substitute(name=name)
#> render("a")

#: ordered_unique
def unique(items):
    seen = set()
    add = seen.add
    return [x for x in items if not (x in seen or add(x))]
#> unique([1, 1, 2])
