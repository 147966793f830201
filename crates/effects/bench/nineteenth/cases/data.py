#: loc_on_selected_columns_copy
import pandas as pd

def standardise(df, columns):
    subset = df[columns]
    subset.loc[:, columns[0]] = 0.0
    return subset
#> standardise(pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}), ["a"])

#: iat_write_through_pipe
import pandas as pd

def stamp(frame):
    frame.iat[0, 0] = -1
    return frame

def run_pipe(frame):
    return frame.pipe(stamp).sum()
#> run_pipe(pd.DataFrame({"a": [1, 2]}))

#: pipe_on_copy
import pandas as pd

def add_flag(frame, name):
    frame[name] = True
    return frame

def flagged(frame):
    return frame.copy().pipe(add_flag, "seen")
#> flagged(pd.DataFrame({"a": [1, 2]}))

#: explode_then_set
import pandas as pd

def tags_long(df):
    long = df.explode("tags")
    long["tags"] = long["tags"].str.strip()
    long.index = range(len(long))
    return long
#> tags_long(pd.DataFrame({"id": [1, 2], "tags": [["a ", "b"], ["c"]]}))

#: melt_and_rename_axis
import pandas as pd

def to_long(wide, keys):
    long = wide.melt(id_vars=keys, var_name="metric")
    long.columns.name = "fields"
    long.sort_values("metric", inplace=True, ignore_index=True)
    return long
#> to_long(pd.DataFrame({"k": [1], "x": [2], "y": [3]}), ["k"])

#: columns_name_of_given
import pandas as pd

def label_axes(table):
    table.columns.name = "metric"
    table.index.names = ["row"]
#> label_axes(pd.DataFrame({"k": [1]}))

#: merge_indicator_drop
import pandas as pd

def anti_join(left: pd.DataFrame, right: pd.DataFrame, on: str) -> pd.DataFrame:
    merged = left.merge(right[[on]].drop_duplicates(), on=on, how="left", indicator=True)
    keep = merged.pop("_merge").eq("left_only")
    return merged[keep]
#> anti_join(pd.DataFrame({"k": [1, 2]}), pd.DataFrame({"k": [2]}), "k")

#: groupby_apply_collects
import pandas as pd

def biggest(df, log):
    def pick(group):
        log.append(len(group))
        return group["v"].max()
    return df.groupby("k").apply(pick, include_groups=False)
#> biggest(pd.DataFrame({"k": [1, 1, 2], "v": [3, 4, 5]}), [])

#: transform_with_lambda_print
import pandas as pd

def debug_transform(series):
    return series.map(lambda v: print("v", v) or v * 2)
#> debug_transform(pd.Series([1, 2]))

#: where_mask_inplace
import pandas as pd

def censor(s, limit):
    s.mask(s > limit, limit, inplace=True)
    return s
#> censor(pd.Series([1.0, 20.0]), 5)

#: series_augmented
import pandas as pd

def shift_up(s, by):
    s += by
    return s
#> shift_up(pd.Series([1.0, 2.0]), 3)

#: frame_augmented_column
def shift_column(df, name, by):
    df[name] += by
#> shift_column(__import__("pandas").DataFrame({"a": [1.0, 2.0]}), "a", 3)

#: tuple_augmented
def extend_key(key, part):
    key += (part,)
    return key
#> extend_key((1, 2), 3)

#: set_augmented
def absorb(seen, new):
    seen |= set(new)
    return len(seen)
#> absorb({1}, [2])

#: dict_union_augmented
def overlay(base, extra):
    base |= extra
    return base
#> overlay({"a": 1}, {"b": 2})

#: dict_union_new
def overlaid(base, extra):
    both = base | extra
    both["n"] = len(both)
    return both
#> overlaid({"a": 1}, {"b": 2})

#: array_out_argument
import numpy as np

def accumulate_into(total, part):
    np.add(total, part, out=total)
    return total
#> accumulate_into(np.zeros(3), np.ones(3))

#: array_out_fresh
import numpy as np

def scaled(x):
    buffer = np.empty_like(x)
    np.multiply(x, 2, out=buffer)
    np.sqrt(buffer, buffer)
    return buffer
#> scaled(np.ones(3))

#: copyto_given
import numpy as np

def reset_to(target, source):
    np.copyto(target, source, where=source > 0)
#> reset_to(np.zeros(3), np.array([1.0, -1.0, 2.0]))

#: fancy_index_copy
import numpy as np

def picked(x, where):
    part = x[[0, 2]]
    part[:] = 0
    masked = x[x > 1]
    masked *= 3
    return part.sum() + masked.sum()
#> picked(np.array([1.0, 2.0, 3.0]), None)

#: slice_view_write
import numpy as np

def zero_head(x, n):
    head = x[:n]
    head[...] = 0
    return x
#> zero_head(np.array([1.0, 2.0, 3.0]), 2)

#: transpose_view_fill
import numpy as np

def clear_column(m, j):
    m.T[j].fill(0)
#> clear_column(np.ones((2, 2)), 1)

#: reshape_view_write
import numpy as np

def mark_flat(m):
    flat = m.reshape(-1)
    flat[::2] = 9
    return flat
#> mark_flat(np.ones((2, 2)))

#: flatten_copy_write
import numpy as np

def mark_flattened(m):
    flat = m.flatten()
    flat[::2] = 9
    return flat
#> mark_flattened(np.ones((2, 2)))

#: asarray_alias
import numpy as np

def centre(values):
    values = np.asarray(values, dtype=float)
    values -= values.mean()
    return values
#> centre(np.array([1.0, 2.0]))

#: array_copy_by_default
import numpy as np

def centred(values):
    values = np.array(values, dtype=float)
    values -= values.mean()
    return values
#> centred(np.array([1.0, 2.0]))

#: at_ufunc
import numpy as np

def count_into(bins, index):
    np.add.at(bins, index, 1)
#> count_into(np.zeros(3), np.array([0, 0, 2]))

#: put_along_axis
import numpy as np

def mask_best(scores):
    best = scores.argmax(axis=1)[:, None]
    np.put_along_axis(scores, best, 0.0, axis=1)
    return best
#> mask_best(np.array([[1.0, 2.0], [5.0, 1.0]]))

#: shuffle_global_given
import numpy as np

def shuffled_in_place(rows):
    np.random.shuffle(rows)
    return rows[0]
#> shuffled_in_place(list(range(50)))

#: permutation_generator
import numpy as np

def shuffled(rows, rng):
    order = rng.permutation(len(rows))
    return [rows[i] for i in order]
#> shuffled([1, 2, 3], np.random.default_rng(0))

#: generator_local_seeded
import numpy as np

def bootstrap_mean(x, n=10, seed=1):
    rng = np.random.default_rng(seed)
    return np.mean([rng.choice(x, size=len(x)).mean() for _ in range(n)])
#> bootstrap_mean(np.array([1.0, 2.0]))

#: random_state_given_none
from sklearn.model_selection import train_test_split
import numpy as np

def halves(x, random_state=None):
    return train_test_split(x, test_size=0.5, random_state=random_state)
#> halves(np.arange(4))
#> halves(np.arange(4), np.random.RandomState(0))

#: check_random_state
from sklearn.utils import check_random_state
import numpy as np

def noisy(x, random_state=None):
    rng = check_random_state(random_state)
    return x + rng.normal(size=len(x))
#> noisy(np.zeros(3), np.random.RandomState(3))
#> noisy(np.zeros(3))

#: fit_clone_not_given
from sklearn.base import clone
from sklearn.linear_model import Ridge
import numpy as np

def refit(model, x, y):
    fresh = clone(model).set_params(alpha=2.0)
    fresh.fit(x, y)
    return fresh.score(x, y)
#> refit(Ridge(), np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 3.0]))

#: set_params_given
from sklearn.linear_model import Ridge

def retune(model, **params):
    return model.set_params(**params)
#> retune(Ridge(), alpha=3.0)

#: partial_fit_loop
from sklearn.linear_model import SGDClassifier
import numpy as np

def stream_fit(clf, batches):
    for x, y in batches:
        clf.partial_fit(x, y, classes=[0, 1])
    return clf
#> stream_fit(SGDClassifier(random_state=0), [(np.array([[0.0], [1.0]]), np.array([0, 1]))])

#: pipeline_shares_steps
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression
import numpy as np

def assemble(scaler, x, y):
    pipe = Pipeline([("scale", scaler), ("clf", LogisticRegression())])
    return pipe.fit(x, y).score(x, y)
#> assemble(StandardScaler(), np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 1, 0, 1]))

#: cross_val_seeded_forest
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import KFold, cross_val_score
import numpy as np

def cv(x, y):
    folds = KFold(2, shuffle=True, random_state=4)
    return cross_val_score(RandomForestClassifier(5, random_state=1), x, y, cv=folds).mean()
#> cv(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: cross_val_unseeded_forest
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import cross_validate
import numpy as np

def cv(x, y):
    result = cross_validate(RandomForestClassifier(n_estimators=3), x, y, cv=2, return_train_score=True)
    return {k: v.mean() for k, v in result.items()}
#> cv(np.arange(8.0).reshape(-1, 1), np.array([0, 1] * 4))

#: column_transformer_clones
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import OneHotEncoder, MinMaxScaler
import pandas as pd

def encode(df, encoder):
    ct = ColumnTransformer([("cat", encoder, ["c"]), ("num", MinMaxScaler(), ["n"])])
    return ct.fit_transform(df)
#> encode(pd.DataFrame({"c": ["a", "b"], "n": [1.0, 2.0]}), OneHotEncoder())

#: scaler_transform_inplace
from sklearn.preprocessing import StandardScaler
import numpy as np

def scale_inplace(x):
    scaler = StandardScaler(copy=False)
    return scaler.fit_transform(x)
#> scale_inplace(np.array([[1.0], [3.0]]))

#: pyplot_current_axes
import matplotlib.pyplot as plt

def mark(value):
    plt.gca().axvline(value, color="red")
    plt.title("marked")
#> mark(1.0)

#: axes_passed_in
import matplotlib.pyplot as plt

def draw_line(ax, xs, ys, label=None):
    ax.plot(xs, ys, label=label)
    ax.set(xlabel="x", ylabel="y")
    if label:
        ax.legend()
    return ax
#> draw_line(plt.subplots()[1], [1, 2], [3, 4], label="l")

#: axes_or_current
import matplotlib.pyplot as plt

def draw_bars(counts, ax=None):
    ax = ax or plt.gca()
    ax.bar(list(counts), list(counts.values()))
    return ax
#> draw_bars({"a": 1})
#> draw_bars({"a": 1}, plt.subplots()[1])

#: figure_object_only
from matplotlib.figure import Figure
import io

def sparkline(values):
    fig = Figure(figsize=(2, 1))
    ax = fig.subplots()
    ax.plot(values)
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png")
    return buffer.getvalue()
#> sparkline([1, 2, 3])

#: savefig_and_close
import matplotlib.pyplot as plt

def export_hist(values, path):
    fig, ax = plt.subplots()
    ax.hist(values)
    fig.savefig(path)
    plt.close(fig)
#> export_hist([1, 2, 2], "h.png")

#: rc_context_block
import matplotlib.pyplot as plt

def count_colours():
    with plt.rc_context({"axes.grid": True}):
        return len(plt.rcParams["axes.prop_cycle"].by_key()["color"])
#> count_colours()

#: open_exclusive
def claim(path):
    try:
        with open(path, "x") as handle:
            handle.write("mine")
    except FileExistsError:
        return False
    return True
#> claim("lock")

#: open_read_write_plus
def bump(path):
    with open(path, "r+") as handle:
        text = handle.read()
        handle.seek(0)
        handle.write(text.upper())
#> bump("notes.txt")

#: open_mode_variable
def transfer(path, mode, text=""):
    with open(path, mode) as f:
        if "w" in mode:
            return f.write(text)
        return f.read()
#> transfer("notes.txt", "r")
#> transfer("new.txt", "w", "x")

#: path_with_suffix_touch
from pathlib import Path

def sentinel(path):
    marker = Path(path).with_suffix(".done")
    marker.touch()
    return marker.name
#> sentinel("job.txt")

#: path_arithmetic_only
from pathlib import PurePosixPath

def sibling(path, name):
    path = PurePosixPath(path)
    return str(path.parent / name), path.stem, path.relative_to("a")
#> sibling("a/b.txt", "c")

#: path_glob_sizes
from pathlib import Path

def sizes(folder="."):
    return {p.name: p.stat().st_size for p in sorted(Path(folder).glob("*.txt"))}
#> sizes()

#: shutil_copy_tree
import shutil, os

def backup(folder, target):
    if os.path.exists(target):
        shutil.rmtree(target)
    os.makedirs(target)
    shutil.copy(os.path.join(folder, "notes.txt"), target)
#> backup(".", "old")

#: csv_writer_to_given
import csv

def dump_rows(handle, rows):
    writer = csv.writer(handle)
    writer.writerow(["a", "b"])
    writer.writerows(rows)
#> dump_rows(__import__("io").StringIO(), [[1, 2]])

#: csv_reader_consumes
import csv

def header_of(lines):
    return next(csv.reader(lines))
#> header_of(iter(["a,b", "1,2"]))

#: json_dump_file_and_dumps
import json

def save_and_show(data, path):
    with open(path, "w", encoding="utf-8") as out:
        json.dump(data, out, indent=1, sort_keys=True)
    return json.dumps(data)
#> save_and_show({"a": 1}, "o.json")

#: json_object_hook
import json

def parse(text, seen):
    def hook(d):
        seen.append(d)
        return d
    return json.loads(text, object_hook=hook)
#> parse('{"a": {"b": 1}}', [])

#: pickle_roundtrip_bytes
import pickle

def deep_clone(value):
    return pickle.loads(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))
#> deep_clone([1, [2]])

#: gzip_text
import gzip

def pack(path, text):
    with gzip.open(path, "wt") as f:
        f.write(text)
    with gzip.open(path, "rt") as f:
        return f.read() == text
#> pack("t.gz", "hello")

#: gzip_bytes_only
import gzip, zlib

def ratio(data):
    return len(gzip.compress(data)) / (1 + len(zlib.compress(data, 9)))
#> ratio(b"aaaa")

#: zip_in_memory
import io, zipfile

def bundle(texts):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return raw.getvalue()
#> bundle({"a": "b"})

#: zip_on_disk
import zipfile

def archive(names, target):
    with zipfile.ZipFile(target, mode="w") as z:
        for name in names:
            z.write(name)
    with zipfile.ZipFile(target) as z:
        return z.namelist()
#> archive(["notes.txt"], "a.zip")

#: temporary_directory
import tempfile, os

def scratch(data):
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "x")
        with open(name, "wb") as f:
            f.write(data)
        return os.path.getsize(name)
#> scratch(b"abc")

#: numpy_save_load
import numpy as np

def cache_array(path, x):
    np.save(path, x)
    return np.load(path + ".npy").sum()
#> cache_array("arr", np.ones(2))

#: to_csv_buffer_given
import pandas as pd, io

def append_csv(df, sink):
    df.to_csv(sink, index=False)
    return df.to_csv(index=False)
#> append_csv(pd.DataFrame({"a": [1]}), io.StringIO())
#> append_csv(pd.DataFrame({"a": [1]}), "o.csv")

#: read_csv_from_text
import pandas as pd
from io import StringIO

def parse_table(text):
    df = pd.read_csv(StringIO(text), sep=";")
    df.columns = df.columns.str.strip()
    return df
#> parse_table("a; b\n1;2\n")

#: stringio_given_seek
def slurp(stream):
    position = stream.tell()
    text = stream.read()
    stream.seek(position)
    return text
#> slurp(__import__("io").StringIO("abc"))

#: print_to_buffer
import io

def report(rows):
    out = io.StringIO()
    for row in rows:
        print(*row, sep="|", file=out)
    return out.getvalue()
#> report([(1, 2)])

#: print_to_given_file
def report_to(rows, file):
    for row in rows:
        print(row, file=file)
#> report_to([1], __import__("io").StringIO())
