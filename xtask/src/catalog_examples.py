"""Writes `crates/effects/appearances/*.toml`: what calls and attributes give in the examples of the libraries' docstrings.

`python catalog_examples.py [library …]` runs the examples of every public function and class of the installed libraries,
and notes what each call is given and gives; of calls that no example makes it takes the class that the docstring names. A type that is only seen holds for the arguments that it was seen with, no
further, and not for sure: annotations say it, and nothing of effects rests on it.
"""

import ast
import contextlib
import doctest
import inspect
import io
import os
import re
import signal
import sys
import tempfile
import warnings
from collections import defaultdict

from catalog_returns import CONDITION, EFFECTS, catalogued_classes, modules, public, section, type_in_words

APPEARANCES = EFFECTS / "appearances"
LIBRARIES = (
    "arch category_encoders feature_engine filterpy formulaic hdbscan hmmlearn imblearn lifelines lightgbm linearmodels "
    "lmfit mapie mlxtend networkx patsy pmdarima river scipy seaborn shap skimage sklearn sksurv sktime statsmodels tslearn "
    "umap xgboost"
).split()
SECONDS = 20
PLAIN_CLASSES = (int, float, str, bool, bytes, type(None), list, tuple, dict, set)
DATA_TYPES = {"pandas.DataFrame", "pandas.Series", "numpy.ndarray", "list", "scipy.sparse"}
PLAIN = {
    "builtins.int": "int", "builtins.float": "float", "builtins.str": "str", "builtins.bool": "bool",
    "builtins.NoneType": "None", "builtins.complex": "complex", "builtins.bytes": "bytes", "builtins.range": "range",
    "numpy.ndarray": "numpy.ndarray", "numpy.float64": "numpy.float64", "numpy.int64": "numpy.int64",
    "numpy.bool": "numpy.bool_", "numpy.bool_": "numpy.bool_", "pathlib.PosixPath": "pathlib.Path",
}
PANDAS = {"DataFrame", "Series", "Index", "DatetimeIndex", "MultiIndex", "PeriodIndex", "Timestamp", "Timedelta", "RangeIndex"}


def main(libraries):
    """Write a file for each library whose examples run."""
    warnings.simplefilter("ignore")
    os.environ.setdefault("MPLBACKEND", "agg")
    APPEARANCES.mkdir(exist_ok=True)
    entries = catalogued_classes()
    for library in libraries or LIBRARIES:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            try:
                seen = Seen(library, entries)
            except Exception as error:  # noqa: BLE001  not installed, or it does not work here
                print(f"{library}: {error!r}", file=sys.stderr)
                continue
            seen.run_all()
        text = seen.written()
        (APPEARANCES / f"{library}.toml").write_text(text)
        print(f"{library}: {len(seen.classes)} classes, {len(seen.calls)} calls, {len(seen.attributes)} attributes",
              file=sys.stderr, flush=True)


class Seen:
    """What the examples of a library show."""

    def __init__(self, library, entries):
        """Find what the library offers."""
        self.library, self.entries = library, entries
        self.paths = defaultdict(list)
        self.found = dict(public(library))
        self.found.update(offered(library))
        for path, found in self.found.items():
            self.paths[id(found)].append(path)
        self.classes, self.calls, self.attributes = {}, defaultdict(set), defaultdict(set)
        self.by_word = defaultdict(set)
        for found in self.found.values():
            if inspect.isclass(found):
                self.by_word[found.__name__].add(self.name_of_class(found))
        for path, found in self.found.items():
            if inspect.isclass(found) and path not in entries and not issubclass(found, BaseException):
                self.classes[path] = self.bases(found, path)

    def bases(self, cls, path):
        """The public names of a class's bases; of a class with several names, the first."""
        own = self.name_of_class(cls)
        if own and own != path:
            return [own]
        names = [self.name_of_class(base) for base in cls.__bases__]
        inherited = [self.name_of_class(base) for base in cls.__mro__[1:]] if None in names else names
        return list(dict.fromkeys(name for name in inherited if name and name != path))

    def name_of_class(self, cls):
        """The public name of a class: the knowledge base's, else the shortest."""
        defined = f"{cls.__module__}.{cls.__qualname__}"
        if defined in PLAIN:
            return PLAIN[defined]
        if defined in self.entries:
            return self.entries[defined]
        if cls.__module__.startswith("pandas.") and cls.__name__ in PANDAS:
            return f"pandas.{cls.__name__}"
        names = sorted(self.paths.get(id(cls), []), key=lambda it: (it.count("."), len(it), it))
        known = [self.entries[name] for name in names if name in self.entries]
        if known or names:
            return (known or names)[0]
        root = cls.__module__.split(".")[0]
        if root in {"builtins", "numpy", self.library} or cls.__module__ == "__main__":
            return None
        return defined if is_public(defined) and not cls.__module__.startswith("matplotlib") else None

    def run_all(self):
        """Run the examples of everything public."""
        done = set()
        for path, found in self.found.items():
            texts = [found.__doc__]
            if inspect.isclass(found):
                texts += [getattr(member, "__doc__", None) for _, member in inspect.getmembers(found)]
            for text in texts:
                if isinstance(text, str) and ">>>" in text and text not in done:
                    done.add(text)
                    self.run(text, path)

    def documented(self):
        """What docstrings and annotations say of calls that give an object of the library."""
        calls = {}
        for path, found in self.found.items():
            if not inspect.isclass(found):
                calls[path] = self.told(found)
                continue
            for name, member in sorted(vars(found).items()):
                if not name.startswith("_") and inspect.isfunction(inspect.unwrap(member) if callable(member) else member):
                    calls[f"{self.name_of_class(found)}.{name}"] = self.told(member)
        return {name: ty for name, ty in calls.items() if ty and name not in self.calls}

    def told(self, function):
        """The type that a function's docstring names."""
        parts = list(section(inspect.getdoc(function) or "", "Returns"))
        words = [ty or name for name, ty, _ in parts]
        if not words or any(CONDITION.search(word) or re.search(r"\bor\b|\|", word) for word in words):
            return None
        if len(words) > 1 and any(CONDITION.search(text) for _, _, text in parts):
            return None
        types = [self.type_in(word) for word in words]
        if None in types:
            return None
        return types[0] if len(types) == 1 else f"tuple[{', '.join(types)}]"

    def type_in(self, words):
        """The type that words of a docstring name."""
        if words.strip(" `.") == "self":
            return "self"
        names = re.findall(r"[A-Za-z_][\w.]*", words)
        classes = {cls for name in names for cls in self.by_word.get(name.rpartition(".")[2], ()) if name[:1].isupper() or "." in name}
        if len(classes) == 1 and None not in classes:
            rest = {it.lower() for it in names if not self.by_word.get(it.rpartition(".")[2])}
            return classes.pop() if rest <= {"class", "py", "instance", "object", "an", "a", "the", "of"} else None
        return type_in_words(words, self.library)

    def module_names(self):
        """Modules of the library by the other names under which its modules offer them."""
        names = {}
        for module in modules(self.library):
            for name, found in sorted(vars(module).items()):
                own = inspect.ismodule(found) and found.__name__.startswith(f"{self.library}.")
                path = f"{module.__name__}.{name}"
                if own and found.__name__ != path and is_public(found.__name__) and not name.startswith("_"):
                    names[path] = found.__name__
        return names

    def run(self, text, path):
        """Run one docstring's examples, each after the other, as far as they come."""
        try:
            examples = doctest.DocTestParser().get_examples(text)
        except ValueError:
            return
        module = sys.modules.get(path.rpartition(".")[0])
        names = {**(vars(module) if module else {}), "__call__": self.call, "__attribute__": self.attribute, "__name__": "example"}
        hidden = io.StringIO()
        signal.signal(signal.SIGALRM, stop)
        signal.alarm(SECONDS)
        try:
            with contextlib.redirect_stdout(hidden), contextlib.redirect_stderr(hidden):
                for example in examples:
                    if "SKIP" in example.source:
                        continue
                    tree = ast.fix_missing_locations(Watch().visit(ast.parse(example.source)))
                    exec(compile(tree, "<example>", "exec"), names)  # noqa: S102
        except BaseException:  # noqa: BLE001  examples fail in any way: without a network, without optional libraries
            return
        finally:
            signal.alarm(0)

    def call(self, function, /, *arguments, **options):
        """Call, and note what comes out."""
        result = function(*arguments, **options)
        signal_left = signal.alarm(0)
        try:
            self.note(function, arguments, options, result)
        finally:
            signal.alarm(signal_left)
        return result

    def note(self, function, arguments, options, result):
        """Note a call under the public name of what is called."""
        owner = getattr(function, "__self__", None)
        given = [type_of(it, self) for it in arguments[:1]]
        flags = ",".join(sorted(f"{name}={value!r}" for name, value in options.items() if is_flag(name, value)))
        if inspect.isclass(function):
            return
        if is_chosen(result, [*arguments, *options.values()]):
            return
        if owner is None or inspect.ismodule(owner):
            names = self.paths.get(id(function), [])
            names = names or [f"{getattr(function, '__module__', None)}.{getattr(function, '__qualname__', None)}"]
            names = [name for name in names if name.startswith(f"{self.library}.")]
        else:
            cls = owner if inspect.isclass(owner) else type(owner)
            name = self.name_of_class(cls)
            names = [f"{name}.{function.__name__}"] if name and name.startswith(f"{self.library}.") else []
            if result is owner:
                for name in names:
                    self.calls[name].add((None, "", "self"))
                return
            if hasattr(owner, "fit") and base_kind(type_of(result, self)):
                return  # it depends on what it was fitted to
        ty = type_of(result, self)
        for name in names:
            if is_public(name):
                self.calls[name].add((given[0] if given else "", flags, ty))

    def attribute(self, owner, name):
        """Read an attribute, and note what it is."""
        value = getattr(owner, name)
        is_plain = not (inspect.ismodule(owner) or inspect.isclass(owner) or callable(value) or name.startswith("_"))
        if is_plain:
            cls = self.name_of_class(type(owner))
            ty = type_of(value, self)
            if cls and cls.startswith(f"{self.library}."):
                self.attributes[f"{cls}.{name}"].add(ty)
        return value

    def written(self):
        """The file."""
        lines = ["# What the library's examples show, written by `xtask/src/catalog_examples.py`: do not edit."]
        if self.classes:
            lines += ["", "[classes]"]
            names = sorted(self.classes)
            lines += [f'"{short(name, self.library)}" = "{" ".join(self.classes[name])}"' for name in names]
        if names := self.module_names():
            lines += ["", "[modules]"]
            lines += [f'"{short(name, self.library)}" = "{short(names[name], self.library)}"' for name in sorted(names)]
        calls = {**self.documented(), **rules_of(self.calls)}
        for title, table in (("calls", calls), ("attributes", self.only())):
            if table:
                lines += ["", f"[{title}]"]
            for ty in sorted(set(table.values())):
                lines.append(f'"{ty}" = """')
                line = ""
                for name in sorted(name for name in table if table[name] == ty):
                    name = short(name, self.library)
                    if len(line) + len(name) > 110:
                        lines.append(line)
                        line = ""
                    line = f"{line} {name}".strip()
                lines += [line, '"""']
        return "\n".join(lines) + "\n"

    def only(self):
        """Attributes that always have one type, which does not come from data."""
        return {name: next(iter(seen)) for name, seen in self.attributes.items() if len(seen) == 1 and None not in seen}


def offered(library):
    """What modules list in `__all__`, also where it is only imported when it is asked for."""
    for module in modules(library):
        for name in getattr(module, "__all__", []):
            with contextlib.suppress(Exception):
                found = getattr(module, name)
                if callable(found) and str(getattr(found, "__module__", "")).startswith(library):
                    yield f"{module.__name__}.{name}", found


def is_chosen(result, arguments):
    """Whether a class, function or model that is passed decides what comes out."""
    results = result if isinstance(result, (tuple, list)) else [result]
    classes = [it for it in arguments if inspect.isclass(it)]
    others = [type(it) for it in arguments[1:] if not isinstance(it, PLAIN_CLASSES)]
    return any(isinstance(one, tuple(classes)) or type(one) in others for one in results if one is not None)


def rules_of(calls):
    """What calls give: by name alone where it is always the same, else by what they are given."""
    rules = {}
    for name, seen in calls.items():
        types = {ty for _, _, ty in seen}
        firsts = {given for given, _, _ in seen}
        if None in types:
            continue
        plain = {flags for _, flags, _ in seen} == {""}
        is_data = any(base_kind(ty) for ty in types)
        if len(types) == 1 and plain and (not is_data or any(not base_kind(it) for it in firsts)):
            rules[name] = next(iter(types))
            continue
        by_key = defaultdict(set)
        for given, flags, ty in seen:
            by_key[(given, flags)].add(ty)
        for (given, flags), found in by_key.items():
            if len(found) == 1 and given is not None:
                key = f"{name}({given.replace(' ', '')};{flags})"
                if " " not in key and '"' not in key:
                    rules[key] = next(iter(found))
    return rules


def base_kind(ty):
    """Whether a type is one of data, or has parts that are."""
    return ty is not None and any(kind in ty for kind in DATA_TYPES)


def is_flag(name, value):
    """Whether an option may decide what a call gives."""
    return isinstance(value, (bool, str)) and name.split("_")[0] in {
        "return", "as", "output", "with", "full", "squeeze", "split", "compute", "axis", "full", "ret", "average",
    }


def is_public(name):
    """Whether no part of a name is private."""
    return not any(part.startswith("_") or part == "<locals>" for part in name.split(".")) and "<" not in name


def short(name, library):
    """A name without its library's."""
    return name.removeprefix(f"{library}.")


def type_of(value, seen, depth=0):
    """A type of ours for a value; None where there is none."""
    cls = type(value)
    if depth > 2:
        return None
    if cls is tuple:
        parts = [type_of(it, seen, depth + 1) for it in value[:7]]
        if not parts or None in parts:
            return None
        if len(value) > 5:
            return f"tuple[{parts[0]}, ...]" if len(set(parts)) == 1 else None
        return f"tuple[{', '.join(parts)}]"
    if cls in (list, set):
        parts = {type_of(it, seen, depth + 1) for it in list(value)[:20]}
        return f"{cls.__name__}[{parts.pop()}]" if len(parts) == 1 and None not in parts else None
    if cls is dict:
        keys = {type_of(it, seen, depth + 1) for it in list(value)[:20]}
        values = {type_of(it, seen, depth + 1) for it in list(value.values())[:20]}
        is_known = len(keys) == 1 and len(values) == 1 and None not in keys | values
        return f"dict[{keys.pop()}, {values.pop()}]" if is_known else None
    return seen.name_of_class(cls)


class Watch(ast.NodeTransformer):
    """Puts calls and attributes under watch."""

    def visit_Call(self, node):  # noqa: N802
        """`f(x)` becomes `__call__(f, x)`."""
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in {"super", "locals", "globals", "vars", "dir", "exec", "eval"}:
            return node
        return ast.Call(ast.Name("__call__", ast.Load()), [node.func, *node.args], node.keywords)

    def visit_Attribute(self, node):  # noqa: N802
        """`x.y` becomes `__attribute__(x, "y")`."""
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            return node
        return ast.Call(ast.Name("__attribute__", ast.Load()), [node.value, ast.Constant(node.attr)], [])

    def visit_ClassDef(self, node):  # noqa: N802
        """Classes stay as they are."""
        return node


def stop(*_):
    """Give up on an example."""
    raise TimeoutError


if __name__ == "__main__":
    main(sys.argv[1:])
