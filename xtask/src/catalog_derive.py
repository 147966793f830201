"""Derives from the installed libraries what needs no judgement in `crates/effects/data/*.toml`.

`python catalog_derive.py complete <file.toml> …` fills in, for the entries that are there: the parameters in order, the
bases of classes, the private import paths, `inplace` and `random_state`. What a person wrote is kept.

`python catalog_derive.py candidates <module> …` prints entries for the public names of a module that no file has. They
are a start for a review, not a result: nothing in a signature says that a function is pure.
"""

import importlib
import inspect
import sys
import tomllib
from pathlib import Path

KEYS = (
    "name", "kind", "parameters", "effects", "mutates", "returns", "aliases", "callbacks", "fits_parts",
    "forgets", "keeps_self", "draws_later", "path", "settings", "bases", "synonyms", "example",
)
DATA = Path(__file__).parents[2] / "crates" / "effects" / "data"


def resolve(qualified):
    """The object at an import path; None when there is none."""
    parts = qualified.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except Exception:  # noqa: BLE001  a module may fail in any way when it is imported
            continue
        for index, name in enumerate(parts[cut:]):
            if inspect.isclass(found) and index == len(parts[cut:]) - 1:
                # A plain `getattr` on a class finds the metaclass's attributes, too.
                found = inspect.getattr_static(found, name, None)
                if isinstance(found, (staticmethod, classmethod)):
                    found = found.__func__
            else:
                try:
                    found = getattr(found, name, None)
                except Exception:  # noqa: BLE001  lazy modules and proxies may fail in any way
                    return None
            if found is None:
                return None
        return found
    return None


def signature_of(found):
    """The signature of an object; None when it tells none."""
    try:
        return inspect.signature(found)
    except Exception:  # noqa: BLE001  proxies may fail in any way
        return None


def parameters(qualified, kind):
    """Names in order of position, without `self`; `*` says that others are keyword-only. None: unknown signature."""
    found = resolve(qualified)
    if found is None:
        return None
    owner = resolve(qualified.rpartition(".")[0]) if kind == "method" else None
    raw = inspect.getattr_static(owner, qualified.rpartition(".")[2], None) if owner is not None else None
    signature = signature_of(found)
    if signature is None:
        return None
    names = []
    for parameter in signature.parameters.values():
        if parameter.kind in {parameter.VAR_POSITIONAL, parameter.KEYWORD_ONLY}:
            names.append("*")
            break
        if parameter.kind is not parameter.VAR_KEYWORD:
            names.append(parameter.name)
    bound = kind == "method" and not isinstance(raw, staticmethod)
    if (bound or isinstance(raw, classmethod)) and names and names[0] in {"self", "cls", "mcs"}:
        names = names[1:]
    return names


def accepted(qualified):
    """Every named parameter, keyword-only ones included."""
    signature = signature_of(resolve(qualified))
    return set() if signature is None else set(signature.parameters)


def default_of(qualified, parameter):
    """The default of a parameter; `inspect.Parameter.empty` when it has none."""
    signature = signature_of(resolve(qualified))
    found = None if signature is None else signature.parameters.get(parameter)
    return inspect.Parameter.empty if found is None else found.default


def path_of(cls):
    """Where a class is defined."""
    return f"{cls.__module__}.{cls.__qualname__}"


def bases(qualified, known):
    """The nearest ancestors of a class that the catalog knows. `known`: class object -> qualified name."""
    cls = resolve(qualified)
    found, covered = [], set()
    for ancestor in cls.__mro__[1:] if inspect.isclass(cls) else []:
        if ancestor in known and ancestor not in covered and known[ancestor] not in {qualified, "object"}:
            found.append(known[ancestor])
            covered.update(ancestor.__mro__)
    return found


def mentioned(entry):
    """Parameters that an entry speaks of."""
    words = [*entry.get("callbacks", []), *entry.get("settings", [])]
    words += [alias for alias in entry.get("aliases", []) if alias not in {"self", "*"}]
    words += [entry["path"]] if "path" in entry else []
    for text in [*entry.get("effects", []), *entry.get("mutates", [])]:
        what, _, conditions = text.partition(" when ")
        if text in entry.get("mutates", []):
            words.append(what.removeprefix("shallow "))
        for condition in filter(lambda it: it not in ("", "others draw"), conditions.split(" & ")):
            words.append(condition.replace("!=", " ").replace("=", " ").replace("~", " ").split(" ")[0])
    return [word for word in dict.fromkeys(words) if word != "self" and not word.isdigit() and "." not in word]


def qualified_name(library, name):
    """What `Catalog` calls an entry."""
    return name if library == "builtins" else f"{library}.{name}"


def importable(library, name):
    """Where Python finds an entry."""
    return f"{library}.{name}"


def known_classes(library):
    """Classes of the libraries that this one has imported, as far as the catalog has them."""
    known = {}
    for file in sorted(DATA.glob("*.toml")):
        if file.stem == library or file.stem == "builtins" or file.stem not in sys.modules:
            continue
        for entry in read_entries(file.read_text()):
            if entry.get("kind") == "class" and not entry["name"].endswith("*"):
                cls = resolve(importable(file.stem, entry["name"]))
                if inspect.isclass(cls):
                    known.setdefault(cls, qualified_name(file.stem, entry["name"]))
    return known


def other_paths(found, name):
    """Public modules of the library through which a function can be reached, too."""
    defined_in = getattr(found, "__module__", None) or ""
    parts, short = defined_in.split("."), name.rpartition(".")[2]
    paths = []
    for end in range(len(parts), 0, -1):
        module = ".".join(parts[:end])
        path = f"{module}.{short}"
        if "._" in path or path == name or module not in sys.modules:
            continue
        if vars(sys.modules[module]).get(short) is found:
            paths.append(path)
    return paths


def complete(library, entries):
    """Fills in what the installed library tells."""
    known = known_classes(library)
    for entry in entries:
        if entry.get("kind") == "class" and not entry["name"].endswith("*"):
            cls = resolve(importable(library, entry["name"]))
            if inspect.isclass(cls):
                known[cls] = qualified_name(library, entry["name"])
    for entry in entries:
        name = importable(library, entry["name"])
        kind = entry.get("kind", "function")
        if entry["name"].endswith("*") or kind == "attribute":
            continue
        derive_conditions(entry, name, kind, accepted(name))
        signature = parameters(name, kind)
        if "parameters" not in entry and signature and mentioned(entry):
            entry["parameters"] = signature
        cls = resolve(name)
        if kind == "function" and (entry.get("effects") or entry.get("mutates")) and library not in sys.stdlib_module_names:
            # Conventions would call the function pure under its other paths.
            taken = {synonym for other in entries for synonym in other.get("synonyms", [])}
            taken.update(qualified_name(library, other["name"]) for other in entries)
            if found := [path for path in other_paths(cls, name) if path not in taken]:
                entry["synonyms"] = [*entry.get("synonyms", []), *found]
        if kind == "class" and inspect.isclass(cls):
            if "bases" not in entry and (found := bases(name, known)):
                entry["bases"] = found
            if path_of(cls) != name and library != "builtins" and cls.__module__.split(".")[0] == library.split(".")[0]:
                synonyms = entry.setdefault("synonyms", [])
                if path_of(cls) not in synonyms and known.get(cls) == qualified_name(library, entry["name"]):
                    synonyms.append(path_of(cls))
                if not synonyms:
                    del entry["synonyms"]
    return entries


def derive_conditions(entry, name, kind, signature):
    """`inplace`, `out` and `random_state` mean the same in every library that has them."""
    mutates = entry.setdefault("mutates", [])
    effects = entry.setdefault("effects", [])
    if "inplace" in signature and kind == "method" and not any("self" in text for text in mutates):
        mutates.append("self when inplace=True")
    if "out" in signature and kind != "class" and not any(text.startswith("out") for text in mutates):
        mutates.append("out when out given")
    deterministic = entry.pop("deterministic", False)
    for generator in ("random_state", "rng"):
        if generator not in signature or deterministic:
            continue
        default = default_of(name, generator)
        if not any(text.startswith("random") for text in effects):
            if default is None:
                effects.append(f"random when {generator} absent")
            elif isinstance(default, int):
                effects.append(f"random when {generator}=None")
        if kind != "class" and not any(text.startswith(generator) for text in mutates):
            mutates.append(f"{generator} when {generator} is generator")
    for key in ("mutates", "effects"):
        if not entry[key]:
            del entry[key]


def toml_string(text):
    """A basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def toml_entry(names, entry):
    """An entry of one or more names as TOML, in the order of the schema."""
    lines = ["[[entry]]"]
    if comment := entry.get("comment"):
        lines.insert(0, f"# {comment}")
    for key in KEYS:
        value = " ".join(names) if key == "name" else entry.get(key)
        if value is None or (key == "kind" and value == "function"):
            continue
        if isinstance(value, list):
            lines.append(f"{key} = [{', '.join(toml_string(item) for item in value)}]")
        elif isinstance(value, bool):
            lines.append(f"{key} = {str(value).lower()}")
        else:
            lines.append(f"{key} = {toml_string(value)}")
    return "\n".join(lines) + "\n"


def grouped(entries):
    """Entries that say the same are written once, as far as their names fit a line."""
    groups, open_groups = [], {}
    for entry in entries:
        said = repr([(key, entry.get(key)) for key in (*KEYS[1:], "comment")])
        names = open_groups.get(said)
        if names is None or len(" ".join(names)) + len(entry["name"]) > 105:
            names = open_groups[said] = []
            groups.append((names, entry))
        names.append(entry["name"])
    return groups


def toml_file(library, entries, header=()):
    """A file of the knowledge base."""
    comments = "".join(f"# {line}\n" for line in header)
    written = "\n".join(toml_entry(names, entry) for names, entry in grouped(entries))
    return f"{comments}library = {toml_string(library)}\n\n{written}"


def comment_before(text):
    """The comment at the end of a text, without its first mark."""
    lines = []
    for line in reversed(text.rstrip("\n").split("\n")):
        if not line.startswith("# "):
            break
        lines.insert(0, line)
    return "\n".join(lines).removeprefix("# ")


def read_entries(text, comments=False):
    """The entries of a file, one per name; with the comments before them, if asked for."""
    entries = []
    before = text.split("[[entry]]")
    for position, entry in enumerate(tomllib.loads(text)["entry"]):
        comment = comment_before(before[position]) if comments else ""
        for name in entry["name"].split():
            entries.append({**entry, "name": name} | ({"comment": comment} if comment else {}))
    return entries


def candidates(module):
    """Entries for the public functions and classes of a module, without any effect but the derived ones."""
    loaded = importlib.import_module(module)
    library, _, prefix = module.partition(".")
    entries = []
    for name in getattr(loaded, "__all__", None) or [it for it in dir(loaded) if not it.startswith("_")]:
        found = getattr(loaded, name, None)
        if inspect.ismodule(found) or not callable(found):
            continue
        kind = "class" if inspect.isclass(found) else "function"
        entries.append({"name": f"{prefix}.{name}".removeprefix("."), "kind": kind})
    return library, complete(library, entries)


def main(arguments):
    """The command line."""
    match arguments:
        case ["complete", *files] if files:
            for file in map(Path, files):
                text = file.read_text()
                known = tomllib.loads(text)
                library = known["library"]
                header = comment_before(text.split("library =")[0] + "\n").split("\n# ")
                entries = complete(library, read_entries(text, comments=True))
                written = toml_file(library, entries, header if header != [""] else ())
                if known.get("draws_hidden"):
                    written = written.replace("\n\n", "\ndraws_hidden = true\n\n", 1)
                file.write_text(written)
        case ["candidates", *modules] if modules:
            for module in modules:
                library, entries = candidates(module)
                print(toml_file(library, entries))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
