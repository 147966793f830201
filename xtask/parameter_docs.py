"""Collect what libraries say about the parameters that users tune, for `crates/effects/parameter_docs.toml`.

Run with an interpreter that has the libraries of the corpus: `python xtask/parameter_docs.py`. Entries of libraries that
are not installed stay as they are. Only first sentences are kept.
"""

import importlib
import inspect
import re
import sys
import tomllib
import warnings
from pathlib import Path

ROOT = Path(__file__).parents[1] / "crates/effects"
TARGET = ROOT / "parameter_docs.toml"
HEAD = (
    "# First sentences of the libraries' own documentation of parameters, by qualified name of the callee.\n"
    "# Written by `xtask/parameter_docs.py`; the libraries are under BSD, MIT and Apache licences.\n"
)
MOST = 96


def main() -> None:
    """Write the file anew."""
    warnings.simplefilter("ignore")
    known = {entry["parameter"] for entry in tomllib.loads((ROOT / "parameters.toml").read_text())["parameter"]}
    old = tomllib.loads(TARGET.read_text()) if TARGET.exists() else {}
    found = {}
    for path in sorted((ROOT / "data").glob("*.toml")):
        data = tomllib.loads(path.read_text())
        try:
            importlib.import_module(data["library"])
        except BaseException:
            library = data["library"]
            found |= {name: docs for name, docs in old.items() if name.split(".")[0] == library}
            continue
        for entry in data.get("entry", []):
            wanted = set(entry.get("settings", []))
            if data["library"] in {"pandas", "numpy", "scipy", "statsmodels"}:
                wanted |= set(entry.get("parameters", []))
            for name in entry["name"].split():
                collect(f"{data['library']}.{name}", entry.get("kind"), wanted | known, found)
    lines = [HEAD]
    for name in sorted(found):
        lines.append(f'["{name}"]')
        lines += [f"{key} = {quoted(text)}" for key, text in sorted(found[name].items())]
        lines.append("")
    TARGET.write_text("\n".join(lines).rstrip() + "\n")
    sys.stdout.write(f"{len(found)} callees, {sum(map(len, found.values()))} parameters\n")


def collect(name: str, kind: str | None, wanted: set[str], found: dict[str, dict[str, str]]) -> None:
    """Note the descriptions of the wanted parameters of one callee."""
    if kind == "attribute" or "*" in name:
        return
    target = resolve(name)
    if target is None:
        return
    text = inspect.getdoc(target) or ""
    if inspect.isclass(target):
        text += "\n\n" + (inspect.getdoc(target.__init__) or "")
    docs = parameters(text)
    texts = {key: docs[key] for key in sorted(wanted) if key in docs and key.isidentifier()}
    texts.pop("random_state", None)
    texts.pop("seed", None)
    if texts:
        found[name] = texts


def resolve(name: str) -> object:
    """Import the object of a qualified name."""
    parts = name.split(".")
    for at in range(len(parts) - 1, 0, -1):
        try:
            target = importlib.import_module(".".join(parts[:at]))
        except BaseException:
            continue
        try:
            for part in parts[at:]:
                target = getattr(target, part)
        except BaseException:
            return None
        return target
    return None


def parameters(text: str) -> dict[str, str]:
    """Read a NumPy or Google style section of parameters."""
    found: dict[str, str] = {}
    lines = text.splitlines()
    inside, google, name, body = False, False, [], []

    def close() -> None:
        sentence = first_sentence(" ".join(body))
        for each in name:
            if sentence:
                found.setdefault(each, sentence)

    for at, line in enumerate(lines):
        following = lines[at + 1].strip() if at + 1 < len(lines) else ""
        if re.fullmatch(r"-{3,}|={3,}", following) and line.strip():
            close()
            inside, google, name, body = line.strip() in {"Parameters", "Other Parameters"}, False, [], []
            continue
        if re.fullmatch(r"(Args|Arguments|Parameters):", line.strip()):
            close()
            inside, google, name, body = True, True, [], []
            continue
        if not inside or re.fullmatch(r"-{3,}|={3,}", line.strip()):
            continue
        header = re.match(r"(\s{2,8})\*{0,2}(\w+)\s*(?:\([^)]*\))?:\s+(.*)" if google else r"(\*{0,2}\w+(?:\s*,\s*\*{0,2}\w+)*)\s*(?::.*)?$", line)
        if header and google and len(header[1]) <= 4:
            close()
            name, body = [header[2]], [header[3]]
        elif header and not google:
            close()
            name, body = [part.strip(" *") for part in header[1].split(",")], []
        elif name:
            if not line.strip() and body:
                body.append("\n")
            else:
                body.append(line.strip())
    close()
    return found


def first_sentence(text: str) -> str:
    """Give the first sentence without markup, or nothing when it does not stand alone."""
    text = text.split("\n")[0].split(".. ")[0].split("- ")[0]
    text = re.sub(r":\w+:`~?(?:[^`<]*\.)?([^`<.]+)(?:\s*<[^>]*>)?`", r"`\1`", text)
    text = re.sub(r"\[\d+\]_|``", lambda match: "`" if match[0] == "``" else "", text)
    text = re.sub(r"\*\*?([^*]+)\*\*?", r"\1", text)
    text = " ".join(text.split())
    match = re.match(r"(.+?)(?:\.(?:\s|$)|;|$)", re.sub(r"\b(e\.g|i\.e|etc|vs|cf)\.", r"\1<dot>", text))
    sentence = (match[1] if match else "").replace("<dot>", ".").strip(" ,:")
    sentence = re.sub(r"\s*\((?:default|see|only|deprecated)[^)]*\)", "", sentence, flags=re.IGNORECASE)
    sentence = re.sub(r",?\s*(?:by )?default(?:s to|s is| is|:|=).*$", "", sentence, flags=re.IGNORECASE).strip(" ,:")
    # What introduced a list of values says nothing without it.
    sentence = re.sub(r"(?:,|\.)\s*(?:possible values|either|takes one of|see and)$", "", sentence, flags=re.IGNORECASE).strip(" ,:")
    weak = re.match(
        r"(if|see|when|whether or not|for|deprecated|note|only|passed|used|available|optional|default|values must|same|this|these|it|not|int|float|bool|str|one of|can be|either|must|should|ignored|valid|possible|supported|please|dummy|unused)\b",
        sentence,
        re.IGNORECASE,
    )
    broken = sentence.count("(") != sentence.count(")") or sentence.count("`") % 2 or "\\" in sentence or "$" in sentence
    if weak or broken or not 8 <= len(sentence) <= MOST or " " not in sentence or not sentence[0].isalpha():
        return ""
    return sentence[0].upper() + sentence[1:] + "."


def quoted(text: str) -> str:
    """Write a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
