"""Writes `crates/effects/appearances/*.toml`: what calls and attributes give in the examples of the libraries' docstrings.

`python catalog_examples.py [library[=folder of tests] …]` runs the examples of every public function and class of the
installed libraries, and their tests, and notes what each call is given and gives; of calls that neither makes it takes the
class that the docstring names. A type that is only seen holds for the arguments that it was seen with, no further, and not
for sure: annotations say it, and nothing of effects rests on it.
"""

import ast
import contextlib
import doctest
import inspect
import io
import os
import pickle
import re
import signal
import sys
import tempfile
import tomllib
import warnings
from collections import defaultdict

from catalog_returns import (
    CONDITION,
    EFFECTS,
    PANDAS_INSIDE,
    catalogued_classes,
    modules,
    public,
    section,
    type_in_words,
)
from catalog_tests import run_tests, test_folders

APPEARANCES = EFFECTS / "appearances"
SEEN = EFFECTS.parents[1] / "target" / "appearances"
LIBRARIES = (
    "arch category_encoders feature_engine filterpy formulaic hdbscan hmmlearn imblearn lifelines lightgbm linearmodels "
    "lmfit mapie mlxtend networkx patsy pmdarima river scipy seaborn shap skimage sklearn sksurv sktime statsmodels tslearn "
    "umap xgboost"
).split()
SECONDS, ALL_TESTS_SECONDS = 20, 500
# What these give depends on what went in, or on what is set.
DEPENDENT = {"transform", "fit_transform", "inverse_transform", "fit_resample"}
# Words by which docstrings say that a part is not always there, or not always of that kind.
PRESENCE = re.compile(
    r"\bonly\b.{0,40}\b(if|when|for)\b|\b(returned|present|provided|available|given)\b.{0,20}\b(if|when)\b|^\W*(if|when|only)\b"
    r"|\boptional\b|\botherwise\b|\bonly (returned|present|provided|available)\b",
    re.IGNORECASE,
)
FLAGGED = re.compile(r"(?:if|when)\W+(\w+)\W{0,4}(?:=|==|is|is set to|set to)\W{0,5}(True|False)")
OTHER_KINDS = re.compile(r"\b(sparse|pandas|frame|series|None|same type|same as|else|depend\w*)\b", re.IGNORECASE)
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
    if libraries[:1] == ["--documented"]:
        read_again(libraries[1:] or LIBRARIES, entries)
        return
    for named in libraries or LIBRARIES:
        library, _, tests = named.partition("=")
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            try:
                seen = Seen(library, entries)
            except Exception as error:  # noqa: BLE001  not installed, or it does not work here
                print(f"{library}: {error!r}", file=sys.stderr)
                continue
            seen.run_all()
            run_tests(seen, test_folders(library, [tests] if tests else []), ALL_TESTS_SECONDS)
            seen.remember()
        text = seen.written()
        (APPEARANCES / f"{library}.toml").write_text(text)
        print(f"{library}: {len(seen.classes)} classes, {len(seen.calls)} calls, {len(seen.attributes)} attributes",
              file=sys.stderr, flush=True)


def read_again(libraries, entries):
    """Add what docstrings say to files that are there, without running anything."""
    for library in libraries:
        file = APPEARANCES / f"{library}.toml"
        known = tomllib.loads(file.read_text())
        seen = Seen(library, entries)
        if (SEEN / f"{library}.pickle").exists():
            seen.recall()
            file.write_text(seen.written())
            continue
        named = {f"{library}.{name}": ty for ty, names in known["calls"].items() for name in names.split()}
        seen.rules = {**seen.documented(), **named}
        types = known.get("attributes", {})
        seen.attributes.update({f"{library}.{name}": {ty} for ty, names in types.items() for name in names.split()})
        seen.kinds.update({name: {"pandas", "array"} for name in seen.attributes})
        file.write_text(seen.written())


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
        self.kinds = defaultdict(set)
        self.rules = None
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
        if root in {"builtins", "numpy", self.library, "__main__"} or "test" in defined.lower():
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
        """What docstrings say that calls give, by name and, where options decide, by name and options."""
        calls = {}
        for path, found in self.found.items():
            if not inspect.isclass(found):
                calls.update(self.told(path, found))
                continue
            members = {}
            for base in reversed(found.__mro__):  # what it has of private bases, no other class tells
                if base is found or self.name_of_class(base) is None:
                    members.update(vars(base))
            for name, member in sorted(members.items()):
                if not name.startswith("_") and inspect.isfunction(inspect.unwrap(member) if callable(member) else member):
                    calls.update(self.told(f"{self.name_of_class(found)}.{name}", member))
        return {name: ty for name, ty in calls.items() if name.partition("(")[0] not in self.calls}

    def told(self, path, function):
        """The types that a function's docstring names: for a call that leaves options alone, and for each that adds a part."""
        parts = list(section(inspect.getdoc(function) or "", "Returns"))
        if not parts or path.rpartition(".")[2] in DEPENDENT:
            return {}
        several, flags = [], {}
        for name, ty, described in parts:
            words = ty or name
            condition = PRESENCE.search(words) or PRESENCE.search(described)
            flag = FLAGGED.search(described) if condition else None
            if condition and not flag:
                return {}
            if not flag and (CONDITION.search(words) or OTHER_KINDS.search(described)):
                return {}
            found = self.type_in(re.sub(r",?\s*optional|,?\s*or None", "", words) if flag else words)
            is_result = path.startswith("scipy.stats.") and found == "float"  # it has names, or is an array
            if found is None or is_result or (len(parts) == 1 and re.search(r"\bor\b|\|", words)):
                return {}
            several.append((found, flag and flag.group(1), flag and flag.group(2) == "True"))
            if flag:
                flags[flag.group(1)] = None
        return self.by_flags(path, function, several, flags)

    def by_flags(self, path, function, several, flags):
        """Types by the options that are passed, each alone."""
        try:
            parameters = inspect.signature(function).parameters
        except (TypeError, ValueError):
            return {}
        for name in flags:
            default = parameters[name].default if name in parameters else None
            if not isinstance(default, bool) or not is_flag(name, True):
                return {}
            flags[name] = default

        def given(passed):
            state = {**flags, **passed}
            types = [ty for ty, flag, value in several if flag is None or state[flag] == value]
            return types[0] if len(types) == 1 else types and f"tuple[{', '.join(types)}]"

        found = {path: given({})}
        for name in flags:
            for value in (True, False):
                found[f"{path}(*;{name}={value})"] = given({name: value})
        return {name: ty for name, ty in found.items() if ty}

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

    def remember(self):
        """Join what was seen with what earlier runs saw: tests that run out of time come to their end in several runs."""
        SEEN.mkdir(parents=True, exist_ok=True)
        file = SEEN / f"{self.library}.pickle"
        if file.exists():
            self.recall()
        file.write_bytes(pickle.dumps(tuple(map(dict, (self.calls, self.attributes, self.kinds)))))

    def recall(self):
        """Add what earlier runs saw."""
        tables = (self.calls, self.attributes, self.kinds)
        earlier = pickle.loads((SEEN / f"{self.library}.pickle").read_bytes())  # noqa: S301
        for table, seen in zip(tables, earlier, strict=True):
            for name, found in seen.items():
                if self.is_offered(name):
                    table[name] |= found

    def holds_for_subclasses(self, name, ty):
        """Whether classes that inherit a method that gives an object of the library were not seen to give others."""
        owner, _, member = name.partition("(")[0].rpartition(".")
        cls = self.found.get(owner)
        if not inspect.isclass(cls) or f"{self.library}." not in ty:
            return True
        others = {it for it in self.found.values() if inspect.isclass(it) and it is not cls and issubclass(it, cls)}
        heirs = [it for it in others if definition(it, member) is definition(cls, member)]
        seen = [self.calls.get(f"{self.name_of_class(it)}.{member}") for it in heirs]
        types = {found for calls in seen if calls for _, _, found in calls}
        return types <= {ty} and sum(map(bool, seen)) != 1

    def call_of(self, owner, function, arguments, options):
        """Call what was found in `owner`, and note what comes out."""
        result = function(*arguments, **options)
        left = signal.setitimer(signal.ITIMER_REAL, 0)[0]
        with contextlib.suppress(Exception):  # objects of tests fail in any way when they are asked what they are
            self.note(function, arguments, options, result, owner)
        signal.setitimer(signal.ITIMER_REAL, left)
        return result

    def note(self, function, arguments, options, result, found_in=None):
        """Note a call under the public name of what is called."""
        owner = getattr(function, "__self__", None) if found_in is None or inspect.ismodule(found_in) else found_in
        if inspect.isclass(function):
            return
        if is_chosen(result, [*arguments, *options.values()]):
            return
        given = type_of(arguments[0], self) if arguments else ""
        flags = flags_of(arguments, options)
        names = self.names_of(function, owner)
        if owner is not None and result is owner:
            for name in names:
                self.calls[name].add((None, "", "self"))
            return
        ty = type_of(result, self)
        if owner is not None and not inspect.ismodule(owner) and base_kind(ty):
            depends = self.library in PANDAS_INSIDE or getattr(function, "__name__", "") in DEPENDENT
            if hasattr(owner, "fit") and depends:
                return  # it depends on what it was fitted to
            for name in names:
                self.kinds[name].add(data_of(owner))
        for name in names:
            self.calls[name].add((given, flags, ty))

    def names_of(self, function, owner):
        """The public names of what is called: of a method for its object's class, and for the class that defines it."""
        if owner is None or inspect.ismodule(owner):
            names = self.paths.get(id(function), [])
            names = names or [f"{getattr(function, '__module__', None)}.{getattr(function, '__qualname__', None)}"]
        else:
            cls = owner if inspect.isclass(owner) else type(owner)
            member = getattr(function, "__name__", "")
            wrapped = type(getattr(owner, "_results", None)).__mro__
            classes = [cls, *(it for it in (*cls.__mro__[1:], *wrapped) if member in vars(it))]
            names = [f"{name}.{member}" for name in map(self.name_of_class, classes) if name]
        return [name for name in dict.fromkeys(names) if self.is_offered(name)]

    def is_offered(self, name):
        """Whether a name is one that users call, not one of tests."""
        return name.startswith(f"{self.library}.") and is_public(name) and "tests" not in name.split(".")

    def attribute(self, owner, name):
        """Read an attribute, and note what it is."""
        value = getattr(owner, name)
        with contextlib.suppress(Exception):  # as above
            self.note_attribute(owner, name, value)
        return value

    def note_attribute(self, owner, name, value):
        """Note an attribute under the name of its object's class, and of the class that defines it."""
        is_plain = not (inspect.ismodule(owner) or inspect.isclass(owner) or callable(value) or name.startswith("_"))
        if is_plain:
            ty = type_of(value, self)
            if base_kind(ty) and hasattr(owner, "fit") and self.library in PANDAS_INSIDE:
                ty = None
            classes = [type(owner), *(it for it in type(owner).__mro__[1:] if name in vars(it))]
            for cls in dict.fromkeys(map(self.name_of_class, classes)):
                if cls and cls.startswith(f"{self.library}."):
                    self.attributes[f"{cls}.{name}"].add(ty)
                    self.kinds[f"{cls}.{name}"].add(data_of(owner))

    def holds_for_all_data(self, name, ty):
        """Whether what was seen of an object does not come from what data it was made of."""
        if self.library not in PANDAS_INSIDE or not base_kind(ty):
            return True
        needed = {"pandas", "array"} if "pandas." in ty else {"pandas"}
        kinds = self.kinds.get(name, {None}) - {None}
        return needed <= kinds

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
        rules = rules_of(self.calls)
        rules = {name: ty for name, ty in rules.items() if name not in self.kinds or self.holds_for_all_data(name, ty)}
        rules = {name: ty for name, ty in rules.items() if self.holds_for_subclasses(name, ty)}
        calls = self.rules or {**self.documented(), **rules}
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
        single = {name: next(iter(seen)) for name, seen in self.attributes.items() if len(seen) == 1 and None not in seen}
        return {name: ty for name, ty in single.items() if self.holds_for_all_data(name, ty)}


def definition(cls, member):
    """What a class has by a name, where it is defined."""
    return next((vars(base)[member] for base in cls.__mro__ if member in vars(base)), None)


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
        is_any = len({it for it in firsts if base_kind(it)}) > 1 or any(not base_kind(it) for it in firsts)
        if len(types) == 1 and plain and (not is_data or is_any):
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


def flags_of(arguments, options):
    """The arguments that may decide what a call gives, in the form in which the analysis asks."""
    named = [f"{name}={value!r}" for name, value in options.items() if is_flag(name, value)]
    placed = [f"{at}={value!r}" for at, value in enumerate(arguments) if at and isinstance(value, bool)]
    return ",".join(sorted(named + placed))


def data_of(owner):
    """Whether an object of statsmodels was made of tables or of arrays; None where it does not say."""
    data = getattr(getattr(owner, "model", owner), "data", None)
    known = {"PandasData": "pandas", "PatsyData": "pandas", "FormulaicData": "pandas", "ModelData": "array"}
    return known.get(type(data).__name__)


def is_flag(name, value):
    """Whether an option may decide what a call gives."""
    return isinstance(value, (bool, str)) and name.split("_")[0] in {
        "return", "as", "output", "with", "full", "squeeze", "split", "compute", "axis", "ret", "average", "coef",
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
