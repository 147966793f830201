"""The package prints and writes what its input did, on the input's own data.

`golden/equivalence.json` was recorded by `srcify verify --record`. It holds digests, no data.
Lines and files that differ each time are left out.
"""

import hashlib
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
GOLDEN: dict[str, Any] = json.loads((ROOT / "tests/golden/equivalence.json").read_text("utf-8"))
FLOAT = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out the data that the input read; skip where it is absent or has changed."""
    missing = [name for name in GOLDEN["needs"] if name not in os.environ]
    if missing:
        pytest.skip(f"needs the environment variables {', '.join(missing)}")
    for job in GOLDEN["jobs"]:
        (tmp_path / job["directory"]).mkdir(parents=True, exist_ok=True)
    for name, digest in GOLDEN["reads"].items():
        source = find(name, digest)
        if source is None:
            pytest.skip(f"needs the input's data: {name}")
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return tmp_path


def find(name: str, digest: str) -> Path | None:
    """Look for the input's data in the project, above it, and where the variable says."""
    places = [ROOT, ROOT.parent, Path(os.environ.get("PACKAGE_DATA", ROOT))]
    found = [place / name for place in places if (place / name).is_file()]
    return next((path for path in found if digest_of(path.read_bytes()) == digest), None)


def test_the_package_prints_and_writes_what_its_input_did(folder: Path) -> None:
    jobs = GOLDEN["jobs"]
    printed = "".join(run(job["arguments"], folder / job["directory"]) for job in jobs)

    if GOLDEN["lines"] is not None:
        lines = lines_of(printed.replace(str(folder.resolve()), "<folder>"))
        assert len(lines) == len(GOLDEN["lines"])
        pairs = zip(lines, GOLDEN["lines"], strict=True)
        assert not [line for line, digest in pairs if digest and digest_of_text(line) != digest]
    for name, digest in GOLDEN["writes"].items():
        path = folder / name
        assert path.is_file(), f"{name} was not written"
        if digest:
            lines = lines_of(path.read_text(encoding="utf-8", errors="replace"))
            assert digest_of_text("\n".join(lines)) == digest, f"{name} has another content"


def run(arguments: list[str], place: Path) -> str:
    """Run a job as its command does; give what it printed."""
    environment = {
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        "MPLBACKEND": "Agg",
    }
    done = subprocess.run(
        [sys.executable, "-m", "PACKAGE", *arguments],
        cwd=place,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def lines_of(text: str) -> list[str]:
    """Cut a text into lines as a terminal shows them; blank ones do not count."""
    lines = [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in text.split("\n")]
    return [line for line in lines if line]


def digest_of_text(text: str) -> str:
    """Make a digest that only the last digits of floating point numbers leave alone."""
    rounded = FLOAT.sub(lambda match: f"{float(match[0]):.9g}", text)
    return digest_of(rounded.encode())


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


# CALLS
@pytest.mark.parametrize("call", GOLDEN["calls"], ids=lambda call: str(call["function"]))
def test_a_function_gives_what_it_gave(call: dict[str, Any]) -> None:
    module, _, name = call["function"].partition(":")
    function = getattr(importlib.import_module(module), name)

    assert agrees(function(**call["arguments"]), call["result"])


def agrees(value: object, expected: object) -> bool:
    """Compare with what was recorded; numbers may differ in their last digits."""
    if isinstance(expected, float):
        return bool(value == pytest.approx(expected, rel=1e-9, nan_ok=True))
    if isinstance(expected, list) and isinstance(value, list | tuple):
        pairs = zip(value, expected, strict=False)
        return len(value) == len(expected) and all(agrees(*pair) for pair in pairs)
    if isinstance(expected, dict) and isinstance(value, dict):
        return value.keys() == expected.keys() and all(
            agrees(value[key], expected[key]) for key in expected
        )
    return bool(value == expected)
