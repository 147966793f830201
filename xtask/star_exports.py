"""Write what `from MODULE import *` binds, for the standard library and libraries that notebooks import so.

Usage: star_exports.py > crates/link/data/star_exports.tsv

Runs under an interpreter that has the libraries of `xtask/ecosystem/requirements.txt`. A line per module: its name, a
tab, the names in alphabetical order. A module that cannot be imported here is left out, except those of `PARTIAL`: of
these only the names that hide a builtin are written, and the module's name ends in `+`.
"""

import contextlib
import importlib
import io
import pkgutil
import sys
import warnings

SUBMODULES = [
    "collections.abc",
    "concurrent.futures",
    "os.path",
    "tkinter.ttk",
    "unittest.mock",
    "urllib.parse",
    "urllib.request",
    "xml.etree.ElementTree",
]
# What opens a window or a browser, prints, or asks when it is imported.
LEFT_OUT = {"antigravity", "this", "idlelib", "turtledemo", "lib2to3", "test", "__main__"}
LIBRARIES = [
    "PIL",
    "autograd",
    "autograd.numpy",
    "bs4",
    "category_encoders",
    "imblearn.over_sampling",
    "imblearn.under_sampling",
    "ipywidgets",
    "lifelines",
    "lmfit",
    "matplotlib.pylab",
    "matplotlib.pyplot",
    "mlxtend.plotting",
    "networkx",
    "nltk",
    "nltk.corpus",
    "nltk.tokenize",
    "numpy",
    "numpy.fft",
    "numpy.linalg",
    "numpy.ma",
    "numpy.random",
    "optuna",
    "pandas",
    "pandas.api.types",
    "plotly.express",
    "plotly.graph_objects",
    "plotly.graph_objs",
    "plotly.subplots",
    "pylab",
    "scipy",
    "seaborn",
    "shap",
    "skimage",
    "skrub",
    "statsmodels.api",
    "statsmodels.formula.api",
    "sympy",
    "tqdm",
    "uncertainties",
    "uncertainties.umath",
    "uncertainties.unumpy",
    "xgboost",
]
# Subpackages of these are imported with a star, too.
PARENTS = ["scipy", "sklearn", "skimage", "statsmodels.tsa", "sympy"]
# Not installed where this runs: the builtins that they hide, from their documentation.
PARTIAL = {
    "pyspark.sql.functions": "abs ascii bin filter hash hex max min pow round slice sum",
}


def names_of(module_name: str) -> list[str] | None:
    """Return what a star import of a module binds; nothing where the module cannot be imported."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            module = importlib.import_module(module_name)
    except BaseException:  # Some stop the interpreter when imported on another system.
        return None
    names = getattr(module, "__all__", None)
    if names is None:
        names = [name for name in vars(module) if not name.startswith("_")]
    return sorted(set(names))


def modules() -> list[str]:
    """Return the names of all modules to look at."""
    found = {name for name in sys.stdlib_module_names if not name.startswith("_")} - LEFT_OUT
    found.update(SUBMODULES, LIBRARIES)
    for parent in PARENTS:
        package = importlib.import_module(parent)
        for module in pkgutil.iter_modules(package.__path__, f"{parent}."):
            leaf = module.name.rpartition(".")[2]
            if not leaf.startswith("_") and leaf not in {"tests", "conftest", "externals", "this"}:
                found.add(module.name)
    return sorted(found)


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    rows = {f"{name}+": builtins.split() for name, builtins in PARTIAL.items()}
    for module_name in modules():
        if names := names_of(module_name):
            rows[module_name] = names
    for module_name in sorted(rows):
        print(module_name, " ".join(rows[module_name]), sep="\t")


if __name__ == "__main__":
    main()
