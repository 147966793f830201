"""Compares `crates/effects/data/*.toml` with the libraries of the interpreter that runs it.

`python catalog_audit.py <data folder> [<library> …]` prints one line for each difference: a name that is not there, a
parameter at another position, a class that is not a subclass of its base. Libraries that are not installed are left out.
"""

import importlib
import inspect
import sys
import tomllib
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import catalog_derive as derive  # noqa: E402


def names_of_ours(name):
    """Whether a part begins with an underscore: a name of ours for something without a public name."""
    return any(part.startswith("_") and not part.endswith("_") for part in name.split("."))


def differences(library, entries):
    """What the installed library has otherwise."""
    for entry in entries:
        name, kind = entry["name"], entry.get("kind", "function")
        if name.endswith("*") or names_of_ours(name):
            continue
        qualified = derive.importable(library, name)
        found = derive.resolve(qualified)
        if found is None:
            if kind != "attribute" or inspect.ismodule(derive.resolve(qualified.rpartition(".")[0])):
                yield f"{qualified}: not found"
            continue
        if kind == "class" and not callable(found):
            yield f"{qualified}: is no class"
        if kind == "function" and inspect.isclass(found) and "returns" not in entry:
            yield f"{qualified}: is a class"
        yield from parameter_differences(qualified, kind, found, entry)
        yield from base_differences(qualified, found, entry)


def parameter_differences(qualified, kind, found, entry):
    """Parameters that are not there, or elsewhere."""
    try:
        signature = inspect.signature(found)
    except (TypeError, ValueError):
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
