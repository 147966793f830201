"""Convert real notebooks and scripts, run them and their packages, and compare what they print and write.

Usage: ecosystem.py --srcify BINARY --inputs FOLDER --work FOLDER [--limit N] [--only ID] [--jobs N] [--resume]
                    [--diff OLD.json] [--lint]

Runs under an interpreter that has the libraries of `requirements.txt`. Results go to WORK/results.json.
"""

import argparse
import csv
import hashlib
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf")
CLOCK = re.compile(r"\b\d{1,2}:\d{2}:\d{2}\b|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} \w{3} \d{4}")
TIMEOUT = 300
LINT_RULES = "E,F,W,I,N,D,UP,B,PTH,RET,SIM,T20,ANN"


def main() -> int:
    """Run the table and print it."""
    arguments = parse_arguments()
    rows = read_rows(arguments)
    arguments.work.mkdir(parents=True, exist_ok=True)
    path = arguments.work / "results.json"
    known = json.loads(path.read_text()) if arguments.resume and path.exists() else {}
    started = time.monotonic()
    with ThreadPoolExecutor(arguments.jobs) as pool:
        pending = [row for row in rows if row["id"] not in known]
        for number, (row, result) in enumerate(zip(pending, pool.map(lambda row: run(row, arguments), pending)), 1):
            known[row["id"]] = result
            path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
            elapsed = time.monotonic() - started
            print(f"[{number}/{len(pending)}, {elapsed:.0f} s] {row['id']}: {describe(result)}", file=sys.stderr)
    results = {row["id"]: known[row["id"]] for row in rows}
    print_table(results)
    if arguments.diff:
        print_diff(json.loads(arguments.diff.read_text()), results)
    return 0


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--srcify", type=Path, required=True)
    parser.add_argument("--inputs", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--only")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--diff", type=Path)
    parser.add_argument("--lint", action="store_true", help="also count ruff's findings in each package")
    return parser.parse_args()


def read_rows(arguments: argparse.Namespace) -> list[dict[str, str]]:
    """Return the rows of the manifest that were asked for, quick ones first."""
    with open(HERE / "dev-corpus.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if arguments.only:
        return [row for row in rows if arguments.only in row["id"]]
    order = {"yes": 0, "no": 1, "parse-only": 2}
    rows.sort(key=lambda row: (order.get(row["runs"], 3), float(row["seconds"] or 0)))
    return rows[: arguments.limit]


def run(row: dict[str, str], arguments: argparse.Namespace) -> dict[str, object]:
    """Convert one input and, when it runs, compare it with its package."""
    source = (arguments.inputs / row["id"] / row["path"]).absolute()
    folder = (arguments.work / row["id"]).absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    result: dict[str, object] = {"runs": row["runs"], "deterministic": row["deterministic"]}
    package = folder / "project"
    command = [arguments.srcify.absolute(), "convert", source, "-o", package, "--no-lock", "--name", "subject"]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    result["convert_seconds"] = round(time.monotonic() - begun, 3)
    (folder / "convert.log").write_text(done.stderr)
    if done.returncode != 0:
        message = [line for line in done.stderr.splitlines() if line.startswith("error")]
        return result | {"stage": "convert", "status": done.returncode, "why": (message or ["?"])[-1]}
    report = json.loads((package / "srcify-report.json").read_text())
    rungs = [statement["rung"] for statement in report["statements"]]
    result["rungs"] = {rung: rungs.count(rung) for rung in sorted(set(rungs))}
    if arguments.lint:
        result["lint"] = lint(package)
    if row["runs"] != "yes":
        return result | {"stage": "converted"}
    return result | compare(row, source, folder, package)


def compare(row: dict[str, str], source: Path, folder: Path, package: Path) -> dict[str, object]:
    """Run input and package in copies of the input's folder. What the input did is kept for the next time."""
    kept = folder.parent / "inputs" / f"{row['id']}.json"
    command = [HERE / "run_input.py", source.name]
    if kept.exists():
        ran = json.loads(kept.read_text())
    else:
        ran = observe("input", command, source.parent, folder, [])
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(ran))
    if "why" in ran:
        return ran
    other = observe("package", ["-m", "subject"], source.parent, folder, [package / "src"])
    if "why" in other:
        return other
    difference = text_difference(ran["text"], other["text"]) or file_difference(ran["files"], other["files"])
    if difference:
        return {"stage": "different", "why": difference[:200]}
    return {"stage": "equal", "lines": len(ran["text"].splitlines()), "files": len(ran["files"])}


def observe(side: str, arguments: list[object], original: Path, folder: Path, paths: list[Path]) -> dict[str, object]:
    """Run Python in a copy of a folder; return what it printed and which files it changed."""
    copy = folder / side
    shutil.copytree(original, copy)
    environment = os.environ | {"MPLBACKEND": "Agg", "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, [*paths, copy]))
    before = fingerprints(copy)
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *arguments],
            cwd=copy, env=environment, capture_output=True, text=True, timeout=TIMEOUT, errors="replace",
        )
    except subprocess.TimeoutExpired:
        return {"stage": side, "why": f"took more than {TIMEOUT} s"}
    (folder / f"{side}.out").write_text(done.stdout)
    (folder / f"{side}.err").write_text(done.stderr)
    after = fingerprints(copy)
    shutil.rmtree(copy)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["?"]
        return {"stage": side, "why": lines[-1][:150]}
    names = before.keys() | after.keys()
    changed = {name: after.get(name) for name in names if before.get(name) != after.get(name)}
    return {"text": done.stdout, "files": {name: it for name, it in changed.items() if "__pycache__" not in name}}


def fingerprints(folder: Path) -> dict[str, str]:
    """Return a hash of every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def text_difference(left: str, right: str) -> str | None:
    """Return the first line that differs by more than the last digits of a number."""
    lines, others = left.rstrip().splitlines(), right.rstrip().splitlines()
    for number, (line, other) in enumerate(zip(lines, others), 1):
        if line != other and not close(line, other):
            return f"line {number}: {line!r} became {other!r}"
    if len(lines) != len(others):
        return f"{len(lines)} lines became {len(others)}"
    return None


def close(line: str, other: str) -> bool:
    """Say whether two lines differ in the last digits of numbers, or the time of day, only."""
    line, other = CLOCK.sub("", line), CLOCK.sub("", other)
    if NUMBER.sub("0", line) != NUMBER.sub("0", other):
        return False
    pairs = zip(NUMBER.findall(line), NUMBER.findall(other))
    return all(a == b or math.isclose(float(a), float(b), rel_tol=1e-9, abs_tol=1e-12) for a, b in pairs)


def file_difference(files: dict[str, str], others: dict[str, str]) -> str | None:
    """Return the first file that only one side wrote, or wrote otherwise."""
    for name in sorted(files.keys() | others.keys()):
        if files.get(name) != others.get(name):
            return f"file {name}: " + ("content differs" if name in files and name in others else "only one side has it")
    return None


def lint(package: Path) -> dict[str, int]:
    """Count ruff's findings by rule."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", LINT_RULES, "--line-length", "100"]
    command += ["--config", "lint.pydocstyle.convention='google'", "--output-format", "json", package / "src"]
    findings = json.loads(subprocess.run(command, capture_output=True, text=True).stdout or "[]")
    codes = [finding["code"] or "syntax" for finding in findings]
    return {code: codes.count(code) for code in sorted(set(codes))}


def describe(result: dict[str, object]) -> str:
    """Return one line on a result."""
    return f"{result['stage']} {result.get('why', '')} {result.get('rungs', '')}".strip()


def layered_share(result: dict[str, object]) -> float | None:
    """Return the share of counted statements in domain and io."""
    rungs = result.get("rungs", {})
    counted = rungs.get("layered", 0) + rungs.get("in-place", 0)
    return rungs.get("layered", 0) / counted if counted else None


def print_table(results: dict[str, dict[str, object]]) -> None:
    """Print a line for every input, and the totals."""
    for name, result in results.items():
        share = layered_share(result)
        print(f"{name:45} {result['stage']:10} {'' if share is None else f'{share:4.0%}':5} {result.get('why', '')}")
    ran = [result for result in results.values() if result["runs"] == "yes"]
    stages = [result["stage"] for result in ran]
    shares = [share for result in ran if (share := layered_share(result)) is not None]
    print(f"\n{len(results)} inputs, {sum(result['stage'] != 'convert' for result in results.values())} converted")
    crashed = [name for name, result in results.items() if result.get("status") not in (None, 2)]
    print(f"conversions that ended in neither success nor a clear error: {len(crashed)} {crashed}")
    if ran:
        deterministic = [result for result in ran if result["deterministic"] == "yes"]
        equal = sum(result["stage"] == "equal" for result in deterministic)
        print(f"of {len(ran)} that run: {stages.count('equal')} equal, {stages.count('different')} different, "
              f"{stages.count('package')} packages fail, {stages.count('input')} inputs fail here")
        print(f"of {len(deterministic)} deterministic ones: {equal} equal")
    if shares:
        print(f"statements in domain and io: median {statistics.median(shares):.0%}, mean {statistics.mean(shares):.0%}")
    findings: dict[str, int] = {}
    for result in results.values():
        for code, count in result.get("lint", {}).items():
            findings[code] = findings.get(code, 0) + count
    if findings:
        print("ruff:", ", ".join(f"{code} {count}" for code, count in sorted(findings.items(), key=lambda it: -it[1])))


def print_diff(old: dict[str, dict[str, object]], new: dict[str, dict[str, object]]) -> None:
    """Print the inputs whose stage changed."""
    for name, result in new.items():
        before = old.get(name, {}).get("stage", "unknown")
        if before != result["stage"]:
            print(f"{name}: {before} -> {result['stage']} {result.get('why', '')}")


if __name__ == "__main__":
    raise SystemExit(main())
