"""Compares `crates/effects/data/*.toml` with the libraries of the interpreter that runs it.

`python catalog_audit.py <data folder> [<library> …]` prints one line for each difference: a name that is not there, a
parameter at another position, a class that is not a subclass of its base. Libraries that are not installed are left out.
"""

import importlib
import inspect
import sys
import threading
import tomllib
import types
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import catalog_derive as derive  # noqa: E402


# Names that other versions of the libraries have: notebooks are older than the libraries here, or newer.
OTHER_VERSIONS = {
    "IPython.core.display.display", "IPython.display.set_matplotlib_formats", "copy.replace", "itertools.batched",
    "os.DirEntry.is_junction", "keras.models.model_from_config", "keras.preprocessing.text.Tokenizer",
    "keras.preprocessing.text.Tokenizer.fit_on_texts", "keras.preprocessing.image.ImageDataGenerator",
    "keras.preprocessing.image.ImageDataGenerator.fit", "keras.preprocessing.image.ImageDataGenerator.flow",
    "keras.preprocessing.image.ImageDataGenerator.flow_from_dataframe",
    "keras.preprocessing.image.ImageDataGenerator.flow_from_directory",
    "pandas.DataFrame.append", "pandas.DataFrame.iteritems", "pandas.ExcelWriter.save", "pandas.Series.append",
    "pandas.Series.iteritems", "pandas.core.generic.NDFrame.iteritems", "pandas.read_iceberg", "pandas.scatter_matrix",
    "plotly.express.set_mapbox_access_token", "sklearn.cross_validation.train_test_split",
    "sklearn.datasets.fetch_mldata", "sklearn.datasets.load_boston", "sklearn.datasets.load_mlcomp",
    "sklearn.externals.joblib.dump", "sklearn.externals.joblib.load", "sklearn.inspection.plot_partial_dependence",
    "sklearn.metrics.plot_confusion_matrix", "sklearn.metrics.plot_det_curve",
    "sklearn.metrics.plot_precision_recall_curve", "sklearn.metrics.plot_roc_curve", "numpy.f2py", "numpy.lookfor",
    "numpy.mafromtxt", "numpy.ndfromtxt", "numpy.recfromcsv", "numpy.recfromtxt", "numpy.set_numeric_ops",
    "numpy.set_string_function", "numpy.seterrobj", "numpy.source", "numpy.Inf", "numpy.Infinity", "numpy.NaN",
    "numpy.NAN",
}

# Classes that have no public name: what makes their instances.
NAMELESS = {
    "builtins.Generator": types.GeneratorType,
    "threading.Lock": type(threading.Lock()),
    "threading.RLock": type(threading.RLock()),
}


def names_of_ours(name):
    """Whether a part begins with an underscore: a name of ours for something without a public name."""
    return any(part.startswith("_") and not part.endswith("_") for part in name.split("."))


def differences(library, entries):
    """What the installed library has otherwise."""
    for entry in entries:
        # Importing every class first makes the subclasses of every base known.
        if entry.get("kind") == "class" and not entry["name"].endswith("*"):
            derive.resolve(derive.importable(library, entry["name"]))
    for entry in entries:
        name, kind = entry["name"], entry.get("kind", "function")
        if name.endswith("*") or names_of_ours(name):
            continue
        qualified = derive.importable(library, name)
        found = derive.resolve(qualified)
        if found is None or kind == "class" and wrapped(qualified) != qualified:
            found = derive.resolve(wrapped(qualified)) or found
        if found is None:
            owner, _, member = qualified.rpartition(".")
            if hasattr(NAMELESS.get(owner), member) or qualified == "numpy.newaxis":  # which is None
                continue
            elsewhere = qualified in OTHER_VERSIONS or needs_another_library(qualified)
            if elsewhere or kind == "method" and on_subclasses(wrapped(qualified)):
                continue
            if kind != "attribute" or inspect.ismodule(derive.resolve(qualified.rpartition(".")[0])):
                yield f"{qualified}: not found"
            continue
        if kind == "class" and not callable(found):
            yield f"{qualified}: is no class"
        if kind == "function" and inspect.isclass(found) and "returns" not in entry:
            yield f"{qualified}: is a class"
        yield from parameter_differences(qualified, kind, found, entry)
        yield from base_differences(qualified, found, entry)


def wrapped(qualified):
    """The class whose attributes statsmodels' wrappers of results pass on, in the place of the wrapper."""
    return qualified.replace("ResultsWrapper", "Results") if qualified.startswith("statsmodels.") else qualified


def needs_another_library(qualified):
    """Whether a module on the way cannot be imported for want of another library, or is part of a namespace."""
    parts = qualified.split(".")
    for end in range(1, len(parts)):
        module = ".".join(parts[:end])
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError as error:
            return error.name is not None and not module.startswith(error.name)
        except Exception:  # noqa: BLE001  a module may fail in any way when it is imported
            return True
        if getattr(found, "__file__", None) is None and not hasattr(found, parts[end]) and end == 1:
            return module not in sys.builtin_module_names
    return False


def on_subclasses(qualified):
    """Whether some subclass has the method: a base class may stand for a protocol."""
    owner, _, name = qualified.rpartition(".")
    pending = [derive.resolve(owner)]
    while pending:
        cls = pending.pop()
        if not inspect.isclass(cls):
            continue
        if hasattr(cls, name):
            return True
        pending.extend(type.__subclasses__(cls))
    return False


def parameter_differences(qualified, kind, found, entry):
    """Parameters that are not there, or elsewhere."""
    signature = derive.signature_of(found)
    if signature is None:
        return
    accepted = signature.parameters
    takes_any = any(it.kind is it.VAR_KEYWORD for it in accepted.values())
    for name in derive.mentioned(entry):
        if name not in accepted and not takes_any and name not in entry.get("parameters", []):
            yield f"{qualified}: has no parameter `{name}`"
    expected = entry.get("parameters")
    actual = derive.parameters(qualified, kind)
    if expected is None or actual is None or takes_any and "*" in actual:
        return
    positional = expected[: expected.index("*")] if "*" in expected else expected
    there = actual[: actual.index("*")] if "*" in actual else actual
    if positional != there[: len(positional)]:
        yield f"{qualified}: positions are {there}, not {positional}"


def base_differences(qualified, found, entry):
    """Bases that are none."""
    for base in entry.get("bases", []):
        cls = derive.resolve(base if "." in base else f"builtins.{base}")
        if names_of_ours(base) or not inspect.isclass(found):
            continue
        if cls is None:
            yield f"{qualified}: its base `{base}` is not found"
        elif inspect.isclass(cls) and not issubclass(found, cls):
            yield f"{qualified}: is no subclass of `{base}`"


def main(folder, *libraries):
    """The command line; the result is the number of differences."""
    warnings.simplefilter("ignore")
    count = 0
    for file in sorted(Path(folder).glob("*.toml")):
        library = file.stem
        if libraries and library not in libraries:
            continue
        try:
            importlib.import_module(library)
        except Exception as error:  # noqa: BLE001  a library may fail in any way when it is imported
            print(f"{library}: left out, {type(error).__name__}")
            continue
        for line in differences(library, derive.read_entries(file.read_text())):
            print(line)
            count += 1
    print(f"{count} differences")
    return count


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
