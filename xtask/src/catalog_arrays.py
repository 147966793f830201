"""Writes `crates/effects/appearances/arrays/sklearn.toml`: what the arrays hold that fitted estimators give and keep.

`python catalog_arrays.py` fits every estimator of scikit-learn to two classes, three, numbers, texts and several targets,
and notes the elements and dimensions of the arrays that are the same for all of them. What options decide is left out.
"""

import sys
import warnings
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.datasets import make_classification, make_regression
from sklearn.utils import all_estimators

FILE = Path(__file__).parents[2] / "crates/effects/appearances/arrays/sklearn.toml"
METHODS = "predict predict_proba predict_log_proba decision_function transform score_samples apply".split()
FITTING = ("fit_predict", "fit_transform")
# Options decide their dimensions.
OPTIONAL = ("covariances_", "precisions_", "precisions_cholesky_", "n_iter_", "infrequent_categories_", "rows_", "columns_")
SHAPES = {1: "vector", 2: "matrix"}
Seen = defaultdict[str, set[tuple[str, str] | None]]


def look(value: object) -> tuple[str, str] | None:
    """Return the elements and the dimensions of an array."""
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        return None
    kinds = {"f": "number", "b": "numpy.bool_", "i": "numpy.int64" if value.dtype == np.int64 else "number", "u": "number"}
    return kinds.get(value.dtype.kind, "unknown"), SHAPES.get(value.ndim, "grid")


def data() -> list[tuple[np.ndarray, np.ndarray]]:
    """Return rows with targets of every kind."""
    two, three = (make_classification(60, 8, n_informative=5, n_classes=n, random_state=0) for n in (2, 3))
    numbers = make_regression(60, 8, random_state=0)
    several = np.stack([numbers[1], numbers[1] * 2], 1)
    texts = np.array(list("abc"))[three[1]]
    return [two, three, numbers, (abs(two[0]), two[1]), (three[0], texts), (numbers[0], several)]


def watch(name: str, make: type, rows: np.ndarray, targets: np.ndarray, seen: Seen) -> None:
    """Fit an estimator, and note what it keeps and gives."""
    estimator = make()
    try:
        estimator.fit(rows, targets)
    except Exception:
        return
    kept = {key: value for key, value in vars(estimator).items() if value is not None}
    for key in dir(make):
        if isinstance(getattr(make, key, None), property):
            try:
                kept[key] = getattr(estimator, key)
            except Exception:
                continue
    for key, value in kept.items():
        if key.endswith("_") and not key.startswith("_") and key not in OPTIONAL:
            seen[f"{name}.{key}"].add(look(value))
    for method in (*METHODS, *FITTING):
        try:
            given = getattr(make(), method)(rows, targets) if method in FITTING else getattr(estimator, method)(rows)
        except Exception:
            continue
        seen[f"{name}.{method}()"].add(look(given))


def common(looks: set[tuple[str, str] | None]) -> str | None:
    """Return the type that holds for all that was seen."""
    if None in looks:
        return None
    elements, shapes = ({one[at] for one in looks if one} for at in (0, 1))
    element = elements.pop() if len(elements) == 1 else "number" if elements <= {"number", "numpy.int64"} else "unknown"
    shape = shapes.pop() if len(shapes) == 1 else "unknown"
    return None if element == shape == "unknown" else f"numpy.ndarray[{element}, {shape}]"


def table(by_type: dict[str, list[str]]) -> str:
    """Return names by type, as the other files have them."""
    lines = []
    for kind, names in sorted(by_type.items()):
        rows, row = [], ""
        for name in sorted(names):
            if len(row) + len(name) > 118:
                rows.append(row.rstrip())
                row = ""
            row += name + " "
        lines.append(f'"{kind}" = """\n' + "\n".join([*rows, row.rstrip()]) + '\n"""')
    return "\n".join(lines)


def main() -> None:
    """Fit everything, and write the file."""
    warnings.filterwarnings("ignore")
    seen: Seen = defaultdict(set)
    for name, make in all_estimators():
        module = ".".join(part for part in make.__module__.split(".") if not part.startswith("_"))
        try:
            make()
        except Exception:
            continue
        if hasattr(sys.modules.get(module), name):
            for rows, targets in data():
                watch(f"{module.removeprefix('sklearn.')}.{name}", make, rows, targets, seen)
    calls, attributes = defaultdict(list), defaultdict(list)
    for name, looks in seen.items():
        kind = common(looks)
        if kind is not None:
            (calls if name.endswith("()") else attributes)[kind].append(name.removesuffix("()"))
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(f"[calls]\n{table(calls)}\n\n[attributes]\n{table(attributes)}\n")


if __name__ == "__main__":
    main()
