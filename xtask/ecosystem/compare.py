"""Compare what two runs printed and wrote."""

import hashlib
import math
import re
from dataclasses import dataclass
from pathlib import Path

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf")
ADDRESS = re.compile(r"0x[0-9a-fA-F]+")
CACHES = {"__pycache__", ".ipynb_checkpoints"}


@dataclass(frozen=True)
class Run:
    """What one run did: its status, the last line of its errors, its text, and the files it changed with their hash."""

    status: int
    reason: str
    text: str
    files: dict[str, str | None]


def fingerprints(folder: Path) -> dict[str, str]:
    """Return a hash of every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not CACHES & set(path.parts))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def differences(left: Run, right: Run) -> dict[str, str]:
    """Return every place where two runs differ, and how: by line of the text, then by file.

    Numbers in the text may differ in their last digits. Texts of different lengths are one place, as nothing says
    which lines belong together.
    """
    found = {}
    lines, others = left.text.rstrip().splitlines(), right.text.rstrip().splitlines()
    for number, (line, other) in enumerate(zip(lines, others, strict=False), 1):
        if line.rstrip() != other.rstrip() and not close(line, other):
            found[f"line {number}"] = f"line {number}: {line!r} became {other!r}"
    if len(lines) != len(others):
        first = next(iter(found.values()), "")
        found = {"text": f"{len(lines)} lines became {len(others)}" + (f"; {first}" if first else "")}
    for name in sorted(left.files.keys() | right.files.keys()):
        if name not in right.files:
            found[name] = f"file {name}: the package does not write it"
        elif name not in left.files:
            found[name] = f"file {name}: only the package writes it"
        elif left.files[name] != right.files[name]:
            found[name] = f"file {name}: content differs"
    return found


def unrepeatable(first: Run, again: Run, other: Run) -> set[str]:
    """Return the places where the input differs from itself, and the package does not from the input's shape.

    There, only numbers may be others: clock times, durations, draws without a seed, addresses.
    """
    places = differences(first, again).keys() & differences(first, other).keys()
    lines, others = first.text.splitlines(), other.text.splitlines()
    kept = set()
    for place in places:
        if not place.startswith("line ") or shape(lines[int(place[5:]) - 1]) == shape(others[int(place[5:]) - 1]):
            kept.add(place)
    return kept


def shape(line: str) -> str:
    """Return a line without its numbers and its gaps, whose width depends on the numbers."""
    return "".join(NUMBER.sub("0", ADDRESS.sub("0", line)).split())


def close(line: str, other: str) -> bool:
    """Say whether two lines differ in the last digits of numbers only."""
    if NUMBER.sub("0", line) != NUMBER.sub("0", other):
        return False
    pairs = zip(NUMBER.findall(line), NUMBER.findall(other), strict=True)
    return all(a == b or math.isclose(float(a), float(b), rel_tol=1e-9, abs_tol=1e-12) for a, b in pairs)
