#: window_lags
import pandas as pd

def add_lags(frame, column, lags=(1, 2)):
    out = frame.sort_index()
    for lag in lags:
        out[f"{column}_lag{lag}"] = out[column].shift(lag)
    return out.dropna()
#> add_lags(pd.DataFrame({"v": [1.0, 2.0, 3.0, 4.0]}), "v")

#: resample_given_index
import pandas as pd

def weekly(frame):
    frame.index = pd.to_datetime(frame.index)
    return frame.resample("W").sum()
#> weekly(pd.DataFrame({"v": [1, 2]}, index=["2024-01-01", "2024-01-09"]))

#: concat_then_drop
import pandas as pd

def stack_frames(frames):
    both = pd.concat(frames, ignore_index=True)
    both.drop_duplicates(inplace=True)
    both["source"] = "all"
    return both
#> stack_frames([pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]})])

#: drop_columns_in_loop
import pandas as pd

def drop_constant(df):
    for name in list(df.columns):
        if df[name].nunique() <= 1:
            df.drop(columns=name, inplace=True)
#> drop_constant(pd.DataFrame({"a": [1, 1], "b": [1, 2]}))

#: del_column
def forget(df, secret):
    del df[secret]
    return df.shape
#> forget(__import__("pandas").DataFrame({"a": [1], "b": [2]}), "a")

#: astype_categories_copy
import pandas as pd

def as_codes(df, columns):
    codes = {}
    result = df.copy(deep=True)
    for c in columns:
        result[c] = result[c].astype("category")
        codes[c] = dict(enumerate(result[c].cat.categories))
        result[c] = result[c].cat.codes
    return result, codes
#> as_codes(pd.DataFrame({"a": ["x", "y"]}), ["a"])

#: pivot_fill_sort
import pandas as pd

def crosstab(df, row, col, val):
    wide = df.pivot_table(index=row, columns=col, values=val, aggfunc="sum", fill_value=0)
    wide.columns = [f"c_{c}" for c in wide.columns]
    wide.reset_index(inplace=True)
    return wide
#> crosstab(pd.DataFrame({"r": [1], "c": [2], "v": [3]}), "r", "c", "v")

#: iterate_groups_and_mark
import pandas as pd

def mark_first(df, key):
    df["first"] = False
    for _, group in df.groupby(key):
        group["first"] = True
        df.loc[group.index[0], "first"] = True
#> mark_first(pd.DataFrame({"k": [1, 1]}), "k")

#: apply_rows_mutating_row
import pandas as pd

def normalise_rows(df):
    def norm(row):
        row["total"] = row.sum()
        return row
    return df.apply(norm, axis=1)
#> normalise_rows(pd.DataFrame({"a": [1.0], "b": [2.0]}))

#: assign_with_counter
import pandas as pd
import itertools

def with_serial(df, counter):
    return df.assign(serial=[next(counter) for _ in range(len(df))])
#> with_serial(pd.DataFrame({"a": [1, 2]}), itertools.count())

#: attrs_of_frame
def annotate(df, **notes):
    df.attrs.update(notes)
    return df
#> annotate(__import__("pandas").DataFrame({"a": [1]}), unit="m")

#: series_from_dict_mutated
import pandas as pd

def to_series(mapping):
    s = pd.Series(mapping)
    s["extra"] = 0
    mapping = dict(mapping, n=len(s))
    return s, mapping
#> to_series({"a": 1})

#: numpy_sort_both_ways
import numpy as np

def quantile_pair(sample, other):
    ordered = np.sort(sample)
    other.sort()
    return ordered[0], other[-1]
#> quantile_pair(np.array([2.0, 1.0]), np.array([4.0, 3.0]))

#: broadcast_view_diag
import numpy as np

def regularise(cov, eps):
    np.fill_diagonal(cov, cov.diagonal() + eps)
    return np.linalg.inv(cov)
#> regularise(np.eye(2), 0.1)

#: flat_iterator_write
import numpy as np

def clip_flat(grid, top):
    it = grid.flat
    it[0] = min(grid.max(), top)
    return grid
#> clip_flat(np.array([[5.0, 1.0]]), 2)

#: nditer_readwrite
import numpy as np

def negate(grid):
    with np.nditer(grid, op_flags=["readwrite"]) as cells:
        for cell in cells:
            cell[...] = -cell
#> negate(np.array([1.0, 2.0]))

#: stack_copies_then_writes
import numpy as np

def padded(rows):
    block = np.vstack(rows)
    block[0] = 0
    return block
#> padded([np.ones(2), np.zeros(2)])

#: structured_field_view
import numpy as np

def zero_field(table, field):
    table[field][:] = 0
    return table.dtype.names
#> zero_field(np.array([(1, 2.0)], dtype=[("a", int), ("b", float)]), "a")

#: masked_where_copy
import numpy as np

def valid_mean(x, bad):
    m = np.ma.masked_where(x == bad, x)
    return float(m.mean())
#> valid_mean(np.array([1.0, -9.0]), -9.0)

#: random_legacy_seed_block
import numpy as np

def reproducible(n):
    state = np.random.get_state()
    np.random.seed(3)
    try:
        return np.random.rand(n)
    finally:
        np.random.set_state(state)
#> reproducible(2)

#: spawn_generators
import numpy as np

def streams(rng, n):
    return [child.normal() for child in rng.spawn(n)]
#> streams(np.random.default_rng(1), 2)

#: random_choice_python
import random

def pick_some(items, k):
    chosen = random.sample(items, k)
    random.shuffle(chosen)
    return chosen
#> pick_some([1, 2, 3], 2)

#: random_instance_given
import random

def jitter(values, rnd=None):
    rnd = rnd or random.Random(0)
    return [v + rnd.random() for v in values]
#> jitter([1.0], random.Random(5))

#: grid_search_leaves_estimator
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeClassifier
import numpy as np

def tune(tree, x, y):
    search = GridSearchCV(tree, {"max_depth": [1, 2]}, cv=2)
    search.fit(x, y)
    return search.best_params_
#> tune(DecisionTreeClassifier(random_state=0), np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: calibrated_prefit_wrapper
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
import numpy as np

def vote(models, x, y):
    ballot = VotingClassifier([(str(i), m) for i, m in enumerate(models)])
    ballot.fit(x, y)
    return ballot.predict(x)
#> vote([LogisticRegression()], np.array([[0.0], [1.0]]), np.array([0, 1]))

#: custom_transformer_fit
from sklearn.base import BaseEstimator, TransformerMixin
import numpy as np

class Clipper(BaseEstimator, TransformerMixin):
    def __init__(self, q=0.9):
        self.q = q
    def fit(self, X, y=None):
        self.top_ = np.quantile(X, self.q)
        return self
    def transform(self, X):
        return np.minimum(X, self.top_)

def prepare(X, clipper):
    return clipper.fit_transform(X)
#> prepare(np.array([[1.0], [5.0]]), Clipper())

#: kmeans_random_state_argument
from sklearn.cluster import KMeans
import numpy as np

def clusters(x, k, seed):
    return KMeans(k, n_init=1, random_state=seed).fit_predict(x)
#> clusters(np.array([[0.0], [1.0], [9.0]]), 2, 0)

#: permutation_importance_default
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression
import numpy as np

def importance(x, y):
    model = LinearRegression().fit(x, y)
    return permutation_importance(model, x, y, n_repeats=2).importances_mean
#> importance(np.array([[0.0], [1.0], [9.0]]), np.array([0.0, 1.0, 9.0]))

#: subplots_saved_buffer
import io
import matplotlib.pyplot as plt

def png_of(values):
    fig, axes = plt.subplots(1, 2)
    for ax in axes.flat:
        ax.plot(values)
    out = io.BytesIO()
    fig.savefig(out)
    plt.close("all")
    return len(out.getvalue()) > 0
#> png_of([1, 2])

#: style_use_global
import matplotlib.pyplot as plt

def set_look(size):
    plt.rcParams["font.size"] = size
    plt.rcParams.update({"axes.grid": True})
#> set_look(9)

#: frame_plot_on_given_axes
import matplotlib.pyplot as plt
import pandas as pd

def overview(df, ax):
    df.plot(ax=ax, legend=False)
    ax.set_title("overview")
    return ax.figure
#> overview(pd.DataFrame({"a": [1, 2]}), plt.subplots()[1])

#: os_replace_atomic
import os, json

def atomic_save(path, payload):
    tmp = path + ".tmp"
    fd = os.open(tmp, os.O_WRONLY | os.O_CREAT)
    try:
        os.write(fd, json.dumps(payload).encode())
    finally:
        os.close(fd)
    os.replace(tmp, path)
#> atomic_save("s.json", {"a": 1})

#: path_open_append
from pathlib import Path

def append_line(folder, line):
    log = Path(folder) / "log.txt"
    with log.open("a") as f:
        print(line, file=f)
    return log.exists()
#> append_line(".", "x")

#: file_line_count_generator
def count_lines(path):
    with open(path) as f:
        return sum(1 for _ in f)
#> count_lines("notes.txt")

#: handle_passed_to_helper
def first_line(handle):
    return handle.readline().strip()

def title(path):
    handle = open(path)
    try:
        return first_line(handle)
    finally:
        handle.close()
#> title("notes.txt")

#: configparser_in_memory
import configparser

def options(text):
    parser = configparser.ConfigParser()
    parser.read_string(text)
    parser["a"]["c"] = "2"
    return dict(parser["a"])
#> options("[a]\nb = 1\n")

#: configparser_from_disk
import configparser

def option(path, section, key):
    parser = configparser.ConfigParser()
    parser.read(path)
    return parser.getint(section, key)
#> option("settings.ini", "a", "b")

#: dictwriter_streams
import csv, io

def as_csv(records):
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, fieldnames=sorted(records[0]))
    writer.writeheader()
    for record in records:
        record.setdefault("id", 0)
        writer.writerow(record)
    return buffer.getvalue()
#> as_csv([{"id": 1}])
#> as_csv([{"a": 1}])

#: pickle_dump_handle
import pickle, io

def freeze(value, sink):
    pickle.Pickler(sink).dump(value)
#> freeze([1], io.BytesIO())

#: tempfile_named_kept
import tempfile

def spill(text):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as f:
        f.write(text)
    return f.name
#> spill("x")

#: mkdir_listing
import os

def ensure(folder):
    os.makedirs(folder, exist_ok=True)
    return sorted(os.listdir(folder))
#> ensure("out/sub")

#: sys_stdout_write
import sys

def progress(i, n, stream=None):
    (stream or sys.stdout).write(f"{i}/{n}\r")
#> progress(1, 2)

#: redirect_stdout_capture
import contextlib, io

def captured(fn):
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        fn("hi")
    return buffer.getvalue()
#> captured(print)

#: logging_disable
import logging

def silence():
    logging.disable(logging.CRITICAL)
    logging.getLogger("x").warning("nobody hears")
#> silence()

#: warn_and_return
import warnings

def legacy_mean(values):
    warnings.warn("use mean()", DeprecationWarning, stacklevel=2)
    return sum(values) / len(values)
#> legacy_mean([1, 2])

#: subprocess_shell_pipe
import subprocess

def shell(cmd):
    proc = subprocess.Popen(cmd, shell=True, stdout=subprocess.PIPE)
    out, _ = proc.communicate()
    return out.decode()
#> shell("true")

#: sqlite_given_connection
import sqlite3

def insert_all(con, rows):
    with con:
        con.executemany("insert into t values (?)", rows)
    return con.total_changes
#> insert_all((lambda c: (c.execute("create table t (v)"), c)[1])(sqlite3.connect(":memory:")), [(1,)])

#: timestamps_formatting
import datetime as dt

def stamp(moment=None):
    moment = moment or dt.datetime.now()
    return moment.strftime("%Y")
#> stamp()
