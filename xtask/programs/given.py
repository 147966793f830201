"""Pieces in which the program gives a library objects of its own classes, whose methods the library calls."""

# numpy, pandas and scikit-learn.
TABLES = """
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline
class Teller_<n>(BaseEstimator, TransformerMixin):
    def fit(self, X, y=None):
        print("fit", X.shape)
        return self
    def transform(self, X):
        print("transform", X.shape)
        return X * 2
pipe_<n> = Pipeline([("tell", Teller_<n>()), ("model", LinearRegression())])
pipe_<n>.fit(np.arange(4.0).reshape(4, 1), np.arange(4.0))
guess_<n> = pipe_<n>.predict(np.ones((1, 1)))
print(guess_<n>.round(4))
--
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.pipeline import make_pipeline
np.random.seed(<int> % 97 + 100)
class Jitter_<n>(BaseEstimator, TransformerMixin):
    def __init__(self, scale=1.0):
        self.scale = scale
    def fit(self, X, y=None):
        self.shift_ = np.random.rand()
        return self
    def transform(self, X):
        return X + self.shift_ * self.scale
jitter_<n> = make_pipeline(Jitter_<n>(scale=2.0))
moved_<n> = jitter_<n>.fit_transform(np.zeros((2, 1)))
print(moved_<n>.round(6), np.random.rand())
--
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import cross_val_score
fits_<n> = []
class Majority_<n>(BaseEstimator, ClassifierMixin):
    def fit(self, X, y):
        fits_<n>.append(len(y))
        self.classes_ = np.unique(y)
        self.best_ = self.classes_[0]
        return self
    def predict(self, X):
        return np.full(len(X), self.best_)
marks_<n> = cross_val_score(Majority_<n>(), np.zeros((6, 1)), [0, 1, 0, 1, 0, 1], cv=3)
print(marks_<n>.round(3), fits_<n>)
--
from sklearn.model_selection import GridSearchCV
from sklearn.base import BaseEstimator, RegressorMixin
class Noisy_<n>(BaseEstimator, RegressorMixin):
    def __init__(self, k=1):
        self.k = k
    def fit(self, X, y):
        print("k", self.k)
        self.mean_ = float(np.mean(y)) * self.k
        return self
    def predict(self, X):
        return np.full(len(X), self.mean_)
grid_<n> = GridSearchCV(Noisy_<n>(), {"k": [1, 2]}, cv=2)
grid_<n>.fit(np.zeros((4, 1)), np.arange(4.0))
print(grid_<n>.best_params_)
--
class Counter_<n>:
    def __init__(self):
        self.calls = 0
    def __call__(self, v):
        self.calls += 1
        return v
counter_<n> = Counter_<n>()
taken_<n> = <df:frame>["a"].map(counter_<n>)
ordered_<n> = sorted(<ints>, key=counter_<n>)
print(taken_<n>.tolist(), ordered_<n>, counter_<n>.calls)
--
class Names_<n>(dict):
    def __missing__(self, key):
        self[key] = len(self)
        return self[key]
codes_<n> = Names_<n>()
coded_<n> = <df:frame>["g"].map(codes_<n>)
print(coded_<n>.tolist(), dict(codes_<n>))
--
class Points_<n>:
    asked = 0
    def __array__(self, dtype=None, copy=None):
        Points_<n>.asked += 1
        return np.array([1.0, 2.0])
points_<n> = Points_<n>()
doubled_<n> = np.asarray(points_<n>) * 2
total_<n> = np.sum(points_<n>)
print(doubled_<n>, total_<n>, Points_<n>.asked)
--
class Rows_<n>:
    def __init__(self):
        self.seen = []
    def __iter__(self):
        for i in range(3):
            self.seen.append(i)
            yield {"a": i}
rows_<n> = Rows_<n>()
listed_<n> = pd.DataFrame(list(rows_<n>))
print(listed_<n>["a"].sum(), rows_<n>.seen)
--
import json
class Money_<n>:
    def __init__(self, v):
        self.v = v
asked_<n> = []
def plain_<n>(it):
    asked_<n>.append(type(it).__name__)
    return it.v
dumped_<n> = json.dumps({"m": Money_<n>(<int>)}, default=plain_<n>)
print(dumped_<n>, len(asked_<n>))
--
import json
class Encoder_<n>(json.JSONEncoder):
    def default(self, it):
        print("encode", type(it).__name__)
        return sorted(it)
text_<n> = json.dumps({"s": {3, 1}}, cls=Encoder_<n>)
print(text_<n>)
--
import logging, sys
class Keeper_<n>(logging.Handler):
    def __init__(self):
        super().__init__()
        self.kept = []
    def emit(self, record):
        self.kept.append(record.getMessage())
keeper_<n> = Keeper_<n>()
log_<n> = logging.getLogger("kept_<n>")
log_<n>.addHandler(keeper_<n>)
log_<n>.warning("one %d", <int>)
log_<n>.propagate = False
log_<n>.error("two")
print(keeper_<n>.kept)
--
@pd.api.extensions.register_dataframe_accessor("told_<n>")
class Told_<n>:
    def __init__(self, frame):
        print("accessor", len(frame))
        self.frame = frame
    def total(self):
        return self.frame["a"].sum()
print(<df:frame>.told_<n>.total())
sum_<n> = <df>.told_<n>.total()
--
class Steps_<n>:
    def __init__(self, size):
        self.size, self.used = size, []
    def __len__(self):
        return self.size
    def __getitem__(self, at):
        if at >= self.size:
            raise IndexError
        self.used.append(at)
        return at * 10
steps_<n> = Steps_<n>(3)
made_<n> = [v + 1 for v in steps_<n>]
pairs_<n> = list(zip(steps_<n>, "ab"))
print(made_<n>, pairs_<n>, steps_<n>.used)
--
class Meter_<n>:
    total = 0
    def __enter__(self):
        Meter_<n>.total += 1
        return self
    def __exit__(self, *why):
        Meter_<n>.total += 10
        return True
with Meter_<n>() as meter_<n>:
    <df:frame>.loc[0, "a"] = <int>
    raise ValueError("in")
print(Meter_<n>.total, <df>["a"].iloc[0])
--
class Rate_<n>:
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, it, owner=None):
        print("get", self.name)
        return 3
class Held_<n>:
    rate = Rate_<n>()
held_<n> = Held_<n>()
used_<n> = held_<n>.rate * 2
<df:frame>["held"] = <df>["a"] * used_<n>
print(<df>["held"].tolist())
--
from scipy.optimize import curve_fit
class Curve_<n>:
    def __init__(self):
        self.calls = 0
    def line(self, x, a, b):
        self.calls += 1
        return a * x + b
curve_<n> = Curve_<n>()
found_<n>, _ = curve_fit(curve_<n>.line, np.arange(5.0), np.arange(5.0) * 2 + 1)
print(found_<n>.round(3), curve_<n>.calls > 0)
--
class Bag_<n>:
    def __init__(self, *items):
        self.items = list(items)
    def __eq__(self, other):
        self.items.append("compared")
        return True
    def __hash__(self):
        return 1
bag_<n> = Bag_<n>(1)
print(bag_<n> in [Bag_<n>(2)], [Bag_<n>(3)].index(bag_<n>), len(bag_<n>.items))
--
from collections.abc import Mapping
class Lazy_<n>(Mapping):
    def __init__(self, **known):
        self.known, self.reads = known, 0
    def __getitem__(self, key):
        self.reads += 1
        return self.known[key]
    def __iter__(self):
        return iter(self.known)
    def __len__(self):
        return len(self.known)
lazy_<n> = Lazy_<n>(a=1, b=2)
merged_<n> = {**lazy_<n>, "c": 3}
frame_<n> = pd.Series(dict(lazy_<n>))
print(merged_<n>, frame_<n>.sum(), lazy_<n>.get("a"), lazy_<n>.reads)
"""
