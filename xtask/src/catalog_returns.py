"""Writes `crates/effects/returns/*.toml`: what calls and attributes give, as the installed libraries document them.

`python catalog_returns.py [library …]` reads annotations, and the sections `Returns` and `Attributes` of docstrings. Only
what they say without a condition is taken: no alternatives, no options, no classes that the knowledge base lacks. A type
says nothing about effects: those are in `crates/effects/data`, whose own `returns` win.
"""

import importlib
import inspect
import pkgutil
import re
import sys
import tomllib
import warnings
from pathlib import Path

EFFECTS = Path(__file__).parents[2] / "crates" / "effects"
DATA, RETURNS = EFFECTS / "data", EFFECTS / "returns"
# Their documentation says `ndarray` where pandas objects go in and come out.
PANDAS_INSIDE = {"lifelines", "sktime", "pmdarima", "statsmodels", "xgboost", "lightgbm"}
# What these give depends on what went in: a rule in `crates/effects/src/calls/` knows them.
RULED = {"fit_transform", "transform", "inverse_transform", "fit_resample", "fit", "predict", "summary"}
LIBRARIES = (
    "arch category_encoders feature_engine filterpy formulaic hdbscan hmmlearn holidays imageio imblearn lifelines "
    "lightgbm linearmodels lmfit mapie mlxtend networkx patsy pmdarima river scipy seaborn skimage sklearn sksurv sktime "
    "tslearn umap xgboost"
).split()
ARRAY = "numpy.ndarray"
ANNOTATED = {
    "float": "float", "int": "int", "str": "str", "bool": "bool", "None": "None", "NoneType": "None",
    "DataFrame": "pandas.DataFrame", "Series": "pandas.Series", "DatetimeIndex": "pandas.DatetimeIndex",
    "Index": "pandas.Index", "ndarray": ARRAY, "NDArray": ARRAY, "Float64Array": ARRAY, "Float64Array1D": ARRAY,
    "Float64Array2D": ARRAY, "Int64Array": ARRAY, "ArrayLike1D": None,
}
CONDITION = re.compile(r"\b(only|optional|if|when|depend\w*|unless|otherwise|either)\b", re.IGNORECASE)
REFUSED = re.compile(r"\bor\b|\||array[-_ ]like|sparse|\{|callable|scalar|same|object|estimator|none|masked|generator|/")
SHAPES = re.compile(
    r",?\s*(of|with|in)?\s*(the )?shapes?\s*[=:]?\s*[\[(][^\])]*[\])](\s*(or|,)\s*(of shape)?\s*[\[(][^\])]*[\])])*",
)


def main(libraries):
    """Write a file for each library that has one in the knowledge base and can be imported."""
    warnings.simplefilter("ignore")
    libraries = libraries or LIBRARIES
    classes = catalogued_classes()
    for library in libraries:
        try:
            importlib.import_module(library)
        except Exception:  # noqa: BLE001  not installed, or it does not work here
            continue
        calls, attributes = documented(library, classes)
        if calls or attributes:
            (RETURNS / f"{library}.toml").write_text(written(calls, attributes))


def catalogued_classes():
    """Names in the knowledge base of its classes, by where they are defined and where they are found."""
    classes = {}
    for file in sorted(DATA.glob("*.toml")):
        for entry in tomllib.loads(file.read_text())["entry"]:
            if entry.get("kind") == "class" and file.stem != "builtins":
                for name in entry["name"].split():
                    qualified = f"{file.stem}.{name}"
                    for path in (qualified, *entry.get("synonyms", [])):
                        classes[path] = qualified
    return classes


def documented(library, classes):
    """Types of calls and of attributes, by name without the library's."""
    calls, attributes = {}, {}
    for path, found in public(library):
        name = path.removeprefix(f"{library}.")
        if inspect.isclass(found):
            canonical = classes.get(path, classes.get(f"{found.__module__}.{found.__qualname__}"))
            if canonical != path:
                continue
            members(found, name, library, classes, (calls, attributes))
        elif ty := type_of_call(found, library, classes):
            calls[name] = ty
    return calls, attributes


def public(library):
    """Public paths of the functions and classes of a library, with what is there."""
    seen = {}
    for module in modules(library):
        for name, found in sorted(vars(module).items()):
            own = str(getattr(found, "__module__", None)).split(".")[0] == library
            if name.startswith("_") or not own or not callable(found) or not is_exported(module, name, found):
                continue
            seen[f"{module.__name__}.{name}"] = found
        if module.__name__.endswith("api"):
            for name, inner in sorted(vars(module).items()):
                if inspect.ismodule(inner) and inner.__name__.split(".")[0] == library:
                    functions = [it for it in sorted(vars(inner).items()) if inspect.isfunction(it[1])]
                    for inner_name, found in functions:
                        if not inner_name.startswith("_"):
                            seen[f"{module.__name__}.{name}.{inner_name}"] = found
    return sorted(seen.items())


def is_exported(module, name, found):
    """Whether a module offers something, rather than uses it."""
    listed = getattr(module, "__all__", None)
    defined = str(getattr(found, "__module__", ""))
    if listed is not None:
        return name in listed
    return defined == module.__name__ or (
        hasattr(module, "__path__") and defined.startswith(f"{module.__name__}.")
    )


def modules(library):
    """The library's public modules, as far as they can be imported."""
    root = importlib.import_module(library)
    yield root
    for found in pkgutil.walk_packages(getattr(root, "__path__", []), f"{library}.", onerror=lambda _: None):
        parts = found.name.split(".")
        if any(part.startswith("_") or part in {"tests", "testing", "conftest", "sandbox"} for part in parts):
            continue
        try:
            yield importlib.import_module(found.name)
        except BaseException:  # noqa: BLE001  a module may fail in any way when it is imported
            continue


def members(cls, name, library, classes, tables):
    """Add the types of a class's methods and attributes that it defines itself."""
    calls, attributes = tables
    for member, raw in sorted(vars(cls).items()):
        if member.startswith("_") or member in RULED:
            continue
        found = raw.__func__ if isinstance(raw, (staticmethod, classmethod)) else raw
        getter = getattr(found, "fget", None) or getattr(found, "func", None)
        if inspect.isfunction(found) and (ty := type_of_call(found, library, classes)):
            calls[f"{name}.{member}"] = ty
        elif getter and (ty := type_of_call(getter, library, classes)):
            attributes[f"{name}.{member}"] = ty
    for member, text, described in section(inspect.cleandoc(cls.__doc__ or ""), "Attributes"):
        known = member and not CONDITION.search(text) and "Only available" not in described
        if known and (ty := type_in_words(text, library)):
            attributes.setdefault(f"{name}.{member}", ty)


def type_of_call(found, library, classes):
    """What a function gives back, by its annotation or else its docstring; None when neither says it plainly."""
    if not inspect.isfunction(found) and not hasattr(found, "__wrapped__"):
        return None
    annotation = getattr(found, "__annotations__", {}).get("return", inspect.Signature.empty)
    if annotation is not inspect.Signature.empty:
        return type_in_annotation(annotation, library, classes)
    text = inspect.getdoc(found) or ""
    parts = list(section(text, "Returns"))
    if any(CONDITION.search(f"{ty} {described}") for _, ty, described in parts):
        return None
    types = [type_in_words(ty, library) for _, ty, _ in parts]
    if not types or None in types:
        return None
    return types[0] if len(types) == 1 else f"tuple[{', '.join(types)}]"


def type_in_annotation(annotation, library, classes):
    """A type of ours for an annotation."""
    if inspect.isclass(annotation) and not hasattr(annotation, "__origin__"):
        path = f"{annotation.__module__}.{annotation.__qualname__}"
        return classes.get(path) if path in classes else ANNOTATED.get(annotation.__name__)
    text = annotation if isinstance(annotation, str) else str(annotation)
    text = text.strip("'\" ").replace("typing.", "")
    if inner := re.fullmatch(r"[tT]uple\[(.*)\]", text):
        parts = [type_in_annotation(part, library, classes) for part in split(inner.group(1))]
        return None if None in parts or "..." in text else f"tuple[{', '.join(parts)}]"
    if inner := re.fullmatch(r"[lL]ist\[(\w+)\]", text):
        element = type_in_annotation(inner.group(1), library, classes)
        return element and f"list[{element}]"
    if re.fullmatch(r"(np\.|numpy\.|npt\.|numpy\.typing\.)?(ndarray|NDArray)(\[.*\])?", text):
        return ARRAY
    return ANNOTATED.get(re.sub(r"^(pd|pandas|np|numpy)\.", "", text))


def split(text):
    """The parts of a list of types."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "[") - (character == "]")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def section(text, title):
    """Yield name, type and description of the items of a docstring's section."""
    found = re.search(rf"^{title}\n-+\n(.*?)(?=^\S[^\n]*\n-+\n|\Z)", text, re.MULTILINE | re.DOTALL)
    item = None
    for line in found.group(1).split("\n") if found else []:
        if line and not line[0].isspace():
            if item:
                yield item
            name, colon, ty = line.partition(":")
            item = (name.strip(), ty.strip(), "") if colon else ("", line.strip(), "")
        elif item and line.strip():
            item = (item[0], item[1], f"{item[2]} {line.strip()}")
    if item:
        yield item


def type_in_words(text, library):
    """A type of ours for what a docstring says; None for everything that leaves a choice."""
    text = SHAPES.sub("", text.replace("`", "").replace("~", "")).strip(" .,")
    text = re.sub(r"^\([^)]*\)\s*", "", text)
    if REFUSED.search(text.lower()):
        return None
    word = text.lower()
    simple = {
        "float": "float", "double": "float", "int": "int", "integer": "int", "bool": "bool", "boolean": "bool",
        "str": "str", "string": "str", "list of str": "list[str]", "list of strings": "list[str]",
        "list of int": "list[int]", "list of ints": "list[int]", "list of float": "list[float]",
        "list of floats": "list[float]", "pandas.dataframe": "pandas.DataFrame", "pd.dataframe": "pandas.DataFrame",
        "dataframe": "pandas.DataFrame", "pandas dataframe": "pandas.DataFrame", "pandas.series": "pandas.Series",
        "pd.series": "pandas.Series", "series": "pandas.Series", "pandas series": "pandas.Series",
        "pd.series of type float": "pandas.Series", "pd.datetimeindex": "pandas.DatetimeIndex",
    }
    if word in simple:
        return simple[word]
    is_array = re.fullmatch(
        r"((numpy|np)[. ])?(nd)?array( of \w+|, dtype.*| of dtype .*)?|\d-?d (nd|numpy )?array( of \w+)?|"
        r"(ndarray|array) of (floats?|ints?|bools?)( values)?",
        word,
    )
    has_arrays = is_array and library not in PANDAS_INSIDE and not re.search(r"of (arrays|ndarray|list|object)", word)
    if has_arrays and (word != "array" or library in {"sklearn", "scipy", "skimage", "numpy"}):
        return ARRAY
    if library == "networkx" and word in {"networkx graph", "nx.graph", "graph"}:
        return "networkx.Graph"
    if re.fullmatch(r"list of (nd)?arrays?", word) and library not in PANDAS_INSIDE:
        return f"list[{ARRAY}]"
    return None


def written(calls, attributes):
    """The file: names by type, in lines of about 110 characters."""
    lines = ["# What the library documents, written by `xtask/src/catalog_returns.py`: do not edit."]
    for title, table in (("calls", calls), ("attributes", attributes)):
        if table:
            lines += ["", f"[{title}]"]
        for ty in sorted(set(table.values())):
            lines.append(f'"{ty}" = """')
            line = ""
            for name in sorted(name for name in table if table[name] == ty):
                if len(line) + len(name) > 110:
                    lines.append(line)
                    line = ""
                line = f"{line} {name}".strip()
            lines += [line, '"""']
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
