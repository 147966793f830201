"""Pieces in which a library calls what the program gives it, and that draws, prints or changes something."""

# numpy, pandas and scikit-learn.
TABLES = """
np.random.seed(<int> % 97 + 100)
noisy_<n> = <df:frame>.assign(z=lambda d: d["a"] * np.random.rand())
print(round(float(noisy_<n>["z"].sum()), 6), np.random.rand())
--
np.random.seed(<int> % 97 + 100)
by_<n> = <df:frame>.groupby("g").agg(m=("a", lambda v: v.sum() + np.random.rand()))
rest_<n> = np.random.rand(2)
print(by_<n>.round(5), rest_<n>)
--
np.random.seed(<int> % 97 + 100)
some_<n> = <df:frame>.loc[lambda d: d["a"] > np.random.rand() * 3]
others_<n> = <df>[lambda d: d["a"] > 1]
print(len(some_<n>), len(others_<n>), np.random.rand())
--
seen_<n> = []
def note_<n>(v):
    seen_<n>.append(len(seen_<n>))
    return v
ordered_<n> = <df:frame>.sort_values("a", key=note_<n>)
print(len(ordered_<n>), len(seen_<n>))
--
def told_<n>(group):
    print("group", len(group))
    return group.sum()
sums_<n> = <df:frame>.groupby("g")["a"].agg(told_<n>)
print(sums_<n>)
--
log_<n> = {"calls": 0}
def counted_<n>(row):
    log_<n>["calls"] += 1
    return row["a"] * 2
doubled_<n> = <df:frame>.apply(counted_<n>, axis=1)
print(doubled_<n>.tolist(), log_<n>)
--
total_<n> = 0
def running_<n>(v):
    global total_<n>
    total_<n> += v
    return total_<n>
<df:frame>["run"] = <df>["a"].map(running_<n>)
print(<df>["run"].tolist(), total_<n>)
--
steps_<n> = []
cleaned_<n> = (
    <df:frame>
    .pipe(lambda d: steps_<n>.append(len(d)) or d)
    .assign(c=lambda d: d["a"] + len(steps_<n>))
    .pipe(lambda d: steps_<n>.append(int(d["c"].sum())) or d)
)
print(steps_<n>, cleaned_<n>.shape)
--
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV
np.random.seed(<int> % 97 + 100)
search_<n> = GridSearchCV(Ridge(), {"alpha": [0.1, 1.0]}, cv=2, scoring=lambda m, x, y: np.random.rand())
between_<n> = np.random.rand()
search_<n>.fit(np.arange(12.0).reshape(6, 2), np.arange(6.0))
print(between_<n>, round(search_<n>.best_score_, 6), np.random.rand())
--
from sklearn.preprocessing import FunctionTransformer
shift_<n> = {"by": 1}
moved_<n> = FunctionTransformer(lambda x: x + shift_<n>["by"])
first_<n> = moved_<n>.fit_transform(np.ones((2, 2)))
shift_<n>["by"] = <int>
second_<n> = moved_<n>.transform(np.ones((2, 2)))
print(first_<n>.tolist(), second_<n>.tolist())
--
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
trace_<n> = []
def watch_<n>(x):
    trace_<n>.append(x.shape)
    return x
flow_<n> = make_pipeline(FunctionTransformer(watch_<n>), StandardScaler())
flow_<n>.fit(np.arange(6.0).reshape(3, 2))
print(trace_<n>)
flow_<n>.transform(np.ones((1, 2)))
print(trace_<n>)
--
from sklearn.feature_extraction.text import CountVectorizer
words_<n> = []
def split_<n>(text):
    words_<n>.extend(text.split())
    return text.split()
counts_<n> = CountVectorizer(tokenizer=split_<n>, token_pattern=None)
matrix_<n> = counts_<n>.fit_transform(["a b", "b c"])
print(words_<n>, matrix_<n>.shape)
--
from scipy.optimize import minimize
path_<n> = []
best_<n> = minimize(lambda v: float((v[0] - 2) ** 2), [0.0], callback=lambda v: path_<n>.append(round(float(v[0]), 3)))
print(round(float(best_<n>.x[0]), 3), len(path_<n>) > 0)
--
from scipy.optimize import minimize
asked_<n> = []
limit_<n> = {"type": "ineq", "fun": lambda v: asked_<n>.append(1) or 1.0 - v[0]}
low_<n> = minimize(lambda v: float((v[0] - 2) ** 2), [0.0], constraints=[limit_<n>])
print(round(float(low_<n>.x[0]), 3), len(asked_<n>) > 0)
--
marks_<n> = []
along_<n> = np.apply_along_axis(lambda r: marks_<n>.append(r.sum()) or r.max(), 1, np.arange(6).reshape(2, 3))
print(along_<n>, [int(m) for m in marks_<n>])
--
each_<n> = np.vectorize(lambda v: v + np.random.rand(), otypes=[float])
np.random.seed(<int> % 97 + 100)
made_<n> = each_<n>(np.arange(3))
print(made_<n>.round(5), np.random.rand())
--
rolled_<n> = []
smooth_<n> = <df:frame>["a"].rolling(2).apply(lambda w: rolled_<n>.append(len(w)) or w.mean(), raw=True)
print(smooth_<n>.tolist(), rolled_<n>)
--
kept_<n> = <df:frame>.groupby("g").filter(lambda d: print("asked", len(d)) or len(d) > 1)
print(kept_<n>.shape)
--
masked_<n> = <df:frame>["a"].where(lambda s: s > np.random.RandomState(3).rand(), other=lambda s: print("other") or s * 0)
print(masked_<n>.tolist())
--
spread_<n> = <df:frame>.pivot_table(index="g", values="a", aggfunc=lambda v: print("cell", len(v)) or v.sum())
print(spread_<n>)
--
import collections
made_<n> = []
table_<n> = collections.defaultdict(lambda: made_<n>.append("new") or 0)
for g_<n> in <df:frame>["g"]:
    table_<n>[g_<n>] += 1
print(dict(table_<n>), made_<n>)
--
import functools
calls_<n> = []
@functools.lru_cache(maxsize=None)
def slow_<n>(v):
    calls_<n>.append(v)
    return v * 2
print(<df:frame>["a"].astype(int).map(slow_<n>).tolist(), calls_<n>)
--
renamed_<n> = []
wide_<n> = <df:frame>.rename(columns=lambda c: renamed_<n>.append(c) or c.upper())
print(list(wide_<n>.columns), renamed_<n>)
--
scales_<n> = {"low": lambda s: s / 2, "high": lambda s: print("high") or s * 2}
for name_<n>, scale_<n> in scales_<n>.items():
    <df:frame>[name_<n>] = scale_<n>(<df>["a"])
print(<df>[["low", "high"]].sum().tolist())
--
import random
random.seed(<int>)
picked_<n> = <df:frame>["g"].apply(lambda g: random.choice([g, g.upper()]))
again_<n> = sorted(<ints>, key=lambda v: random.random())
print(picked_<n>.tolist(), again_<n>, random.random())
--
from sklearn.metrics import make_scorer
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score
rated_<n> = []
def rate_<n>(truth, guess):
    rated_<n>.append(len(truth))
    return float(np.abs(truth - guess).mean())
scores_<n> = cross_val_score(LinearRegression(), np.arange(12.0).reshape(6, 2), np.arange(6.0), cv=3, scoring=make_scorer(rate_<n>))
print(scores_<n>.round(4), rated_<n>)
"""
