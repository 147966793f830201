"""Pieces in which an object looks at another that changes before the object is asked: windows, groups, columns, parts."""

# numpy, pandas and scikit-learn.
TABLES = """
groups_<n> = <df:frame>.groupby("g")
<df>["more"] = 1
<df>.loc[0, "a"] = <int>
print(groups_<n>["a"].sum(), groups_<n>.ngroups)
--
window_<n> = <df:frame>["a"].rolling(2)
<df>.loc[1, "a"] = <int>
print(window_<n>.sum().tolist())
--
first_<n> = <df:frame>["a"]
<df>.loc[0, "a"] = 77
print(first_<n>.tolist())
first_<n>.iloc[1] = 5
print(<df>["a"].tolist())
--
inner_<n> = <df:frame>.to_numpy()
shown_<n> = <df>["a"].to_numpy()
<df>.loc[0, "a"] = 78
print(inner_<n>[0][0], shown_<n>[0])
--
titles_<n> = <df:frame>.columns
<df>.columns = [c.upper() for c in titles_<n>]
print(list(titles_<n>), list(<df>.columns))
<df>.columns = list(titles_<n>)
--
part_<n> = <df:frame>.iloc[:2]
whole_<n> = <df>
whole_<n>.loc[0, "a"] = 79
print(part_<n>["a"].tolist(), whole_<n> is <df>)
--
walk_<n> = <df:frame>.iterrows()
<df>.loc[1, "a"] = 80
next(walk_<n>)
print(next(walk_<n>)[1]["a"])
--
pairs_<n> = <df:frame>.items()
del_<n> = <df>.pop("b") if "b" in <df> else None
print([name for name, _ in pairs_<n>], del_<n> is None)
<df>["b"] = 0
--
cells_<n> = <df:frame>.loc
cells_<n>[0, "a"] = 81
texts_<n> = <df>["g"].str
print(<df>["a"].iloc[0], texts_<n>.upper().tolist())
--
base_<n> = np.arange(6)
grid_<n> = base_<n>.reshape(2, 3)
turned_<n> = grid_<n>.T
base_<n>[0] = 9
turned_<n>[1, 1] = 8
print(base_<n>.tolist(), grid_<n>.tolist())
--
line_<n> = np.arange(4)
flat_<n> = line_<n>.flat
many_<n> = np.broadcast_to(line_<n>, (2, 4))
line_<n>[1] = 50
print(list(flat_<n>), many_<n>.sum())
--
both_<n> = [np.zeros(2), np.ones(2)]
left_<n>, right_<n> = both_<n>
left_<n> += 3
both_<n>[1][:] = 4
print(both_<n>, right_<n>)
--
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
steps_<n> = Pipeline([("scale", StandardScaler()), ("fit", LinearRegression())])
inside_<n> = steps_<n>.named_steps["fit"]
steps_<n>.fit(np.arange(6.0).reshape(6, 1), np.arange(6.0) * 2)
print(inside_<n>.coef_.round(4), steps_<n>["scale"].mean_)
steps_<n>.fit(np.arange(6.0).reshape(6, 1), np.arange(6.0) * 3)
print(inside_<n>.coef_.round(4))
--
from sklearn.linear_model import Ridge
from sklearn.base import clone
model_<n> = Ridge(alpha=1.0)
copy_<n> = clone(model_<n>)
model_<n>.set_params(alpha=5.0)
settings_<n> = model_<n>.get_params()
model_<n>.alpha = 7.0
print(copy_<n>.alpha, settings_<n>["alpha"], model_<n>.alpha)
--
from sklearn.linear_model import SGDRegressor
online_<n> = SGDRegressor(random_state=0)
for batch_<n> in range(2):
    online_<n>.partial_fit(np.arange(4.0).reshape(4, 1) / 4, np.arange(4.0))
    weights_<n> = online_<n>.coef_
    print(batch_<n>, weights_<n>.round(4))
online_<n>.partial_fit(np.ones((1, 1)), [1.0])
print(weights_<n>.round(4))
--
from sklearn.ensemble import RandomForestClassifier
forest_<n> = RandomForestClassifier(n_estimators=3, random_state=1, warm_start=True)
forest_<n>.fit([[0], [1], [2], [3]], [0, 0, 1, 1])
trees_<n> = forest_<n>.estimators_
forest_<n>.set_params(n_estimators=5)
forest_<n>.fit([[0], [1], [2], [3]], [0, 0, 1, 1])
print(len(trees_<n>), len(forest_<n>.estimators_))
--
lazy_<n> = (v * factor_<n> for v in [1, 2, 3])
factor_<n> = <int>
print(list(lazy_<n>))
--
zipped_<n> = zip(<xs:ints>, range(100))
<xs>.append(<int>)
print(len(list(zipped_<n>)))
--
keys_<n> = <dict:dict>.keys()
size_<n> = len(keys_<n>)
<dict>["extra_<n>"] = 1
print(size_<n>, len(keys_<n>), "extra_<n>" in keys_<n>)
--
from collections import ChainMap
under_<n> = {"x": 1}
over_<n> = ChainMap({}, under_<n>)
under_<n>["x"] = <int>
over_<n>["y"] = 2
print(over_<n>["x"], under_<n>)
--
from functools import partial
held_<n> = [1, 2]
adder_<n> = partial(held_<n>.append, 3)
size_<n> = partial(len, held_<n>)
adder_<n>()
print(held_<n>, size_<n>())
--
import copy
tree_<n> = {"a": [1], "b": {"c": [2]}}
shallow_<n> = dict(tree_<n>)
deep_<n> = copy.deepcopy(tree_<n>)
tree_<n>["b"]["c"].append(<int>)
tree_<n>["a"] = [9]
print(shallow_<n>, deep_<n>)
--
pieces_<n> = np.split(np.arange(6), 3)
pieces_<n>[0][0] = 40
joined_<n> = np.concatenate(pieces_<n>)
pieces_<n>[1][0] = 41
print(joined_<n>, pieces_<n>[1])
--
masked_<n> = np.ma.masked_array([1, 2, 3], mask=[False, True, False])
data_<n> = masked_<n>.data
data_<n>[0] = 30
print(masked_<n>.sum(), masked_<n>.filled(0).tolist())
--
times_<n> = pd.Series(range(4), index=pd.date_range("2024-01-01", periods=4, freq="D"))
weekly_<n> = times_<n>.resample("2D")
times_<n>.iloc[0] = 100
print(weekly_<n>.sum().tolist(), times_<n>["2024-01-02":].tolist())
--
stacked_<n> = pd.concat([<df:frame>, <df>], ignore_index=True)
<df>.loc[0, "a"] = 90
view_<n> = stacked_<n>[stacked_<n>["a"] > 0]
view_<n> = view_<n>.copy()
view_<n>.loc[:, "a"] = 0
print(stacked_<n>["a"].sum(), view_<n>["a"].sum())
"""
