"""Convert real notebooks and scripts, run them and their packages, and compare what they hold, print and write.

Usage: ecosystem.py --srcify BINARY --inputs FOLDER --work FOLDER [--limit N] [--only ID] [--jobs N] [--resume]
                    [--diff OLD.json] [--sample N] [--lint] [--types] [--quality] [--overhead]

Runs under an interpreter that has the libraries of `requirements.txt`. Results go to WORK/results.json, the verdict on
each input to WORK/<id>/verdict.json. `srcify verify` compares; what an input does not repeat itself is not held against
its package. `--quality` runs neither side: it measures the packages (`quality.py`).
"""

import argparse
import csv
import importlib.metadata
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from quality import check_types, lint, measure, print_quality
from verdict import FIXED, Subject, all_of, print_what_was_compared, proven, verify

HERE = Path(__file__).parent
TIMEOUT = 300
# What every package imports, and what judges packages; no input needs it.
NEEDED = ("omegaconf==2.4.0", "pydantic==2.14.3", "pyyaml==6.0.3", "ruff==0.17.6", "mypy==2.4.1")
# What only `--quality` needs: the tests' runner, and the stubs that packages ask for.
NEEDED_FOR_QUALITY = ("pytest==9.2.0", "pandas-stubs==2.3.3.260113", "types-PyYAML==6.0.12.20261113")
Result = dict[str, object]


def main() -> int:
    """Run the table and print it."""
    arguments = parse_arguments()
    rows = read_rows(arguments)
    arguments.work.mkdir(parents=True, exist_ok=True)
    install(NEEDED + (NEEDED_FOR_QUALITY if arguments.quality else ()))
    path = arguments.work / "results.json"
    known = json.loads(path.read_text()) if arguments.resume and path.exists() else {}
    pending = [row for row in rows if row["id"] not in known]
    started = time.monotonic()
    with ThreadPoolExecutor(arguments.jobs) as pool:
        done = pool.map(lambda row: (row["id"], run(row, arguments)), pending)
        for number, (name, result) in enumerate(done, 1):
            known[name] = result
            path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
            elapsed = time.monotonic() - started
            print(f"[{number}/{len(pending)}, {elapsed:.0f} s] {name}: {describe(result)}", file=sys.stderr)
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
    parser.add_argument("--sample", type=int, help="so many inputs, spread evenly over the list")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--diff", type=Path)
    parser.add_argument("--lint", action="store_true", help="also count ruff's findings in each package")
    parser.add_argument("--types", action="store_true", help="also count the findings of `mypy --strict`")
    parser.add_argument("--overhead", action="store_true", help="also run each input unobserved, and compare the times")
    parser.add_argument("--quality", action="store_true", help="measure the packages, and run nothing of the input")
    return parser.parse_args()


def read_rows(arguments: argparse.Namespace) -> list[dict[str, str]]:
    """Return the rows of the manifest that were asked for, quick ones first."""
    with open(HERE / "dev-corpus.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if arguments.only:
        return [row for row in rows if arguments.only in row["id"]]
    if arguments.sample:
        rows = [rows[index * len(rows) // arguments.sample] for index in range(min(arguments.sample, len(rows)))]
    order = {"yes": 0, "no": 1, "parse-only": 2}
    rows.sort(key=lambda row: (order.get(row["runs"], 3), float(row["seconds"] or 0)))
    return rows[: arguments.limit]


def install(requirements: tuple[str, ...]) -> None:
    """Add to the environment what is missing of what packages import and of the tools that judge them."""
    missing = [requirement for requirement in requirements if not is_installed(requirement.partition("==")[0])]
    if missing:
        print("installing", *missing, file=sys.stderr)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *missing]
        subprocess.run(command, check=True)


def is_installed(distribution: str) -> bool:
    """Return whether a distribution is there, in any version."""
    try:
        return bool(importlib.metadata.version(distribution))
    except importlib.metadata.PackageNotFoundError:
        return False


def run(row: dict[str, str], arguments: argparse.Namespace) -> Result:
    """Convert one input and, when it runs, have it compared with its package."""
    origin = (arguments.inputs / row["id"]).absolute()
    folder = (arguments.work / row["id"]).absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    result: Result = {"runs": row["runs"], "deterministic": row["deterministic"]}
    package = folder / "project"
    command = [arguments.srcify.absolute(), "convert", origin / row["path"], "-o", package]
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [*command, "--no-lock", "--name", "subject"], capture_output=True, cwd=folder, timeout=TIMEOUT
        )
    except subprocess.TimeoutExpired:
        return result | {"stage": "convert", "status": None, "why": f"took more than {TIMEOUT} s"}
    result["convert_seconds"] = round(time.monotonic() - begun, 3)
    said = done.stderr.decode(errors="replace")
    (folder / "convert.log").write_text(said)
    if done.returncode != 0:
        message = [line for line in said.splitlines() if line.startswith("error")]
        return result | {"stage": "convert", "status": done.returncode, "why": (message or ["no message"])[-1]}
    report = json.loads((package / "srcify-report.json").read_text())
    rungs = [statement["rung"] for statement in report["statements"]]
    result["rungs"] = {rung: rungs.count(rung) for rung in sorted(set(rungs))}
    if arguments.lint:
        result["lint"] = lint(package)
    if arguments.types:
        result["types"] = check_types(package)
    if arguments.quality:
        result["quality"] = measure(package, arguments.srcify)
    if arguments.quality or row["runs"] != "yes":
        return result | {"stage": "converted"}
    subject = Subject(origin / row["path"], origin, package)
    result |= verify(arguments.srcify.absolute(), sys.executable, subject, TIMEOUT)
    if arguments.overhead and "seconds" in result:
        result["unobserved"] = unobserved(origin, row["path"])
    return result


def unobserved(origin: Path, path: str) -> float | None:
    """Return the seconds that an input takes in a copy of its folder when nobody watches; `None` when it fails."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "copy"
        shutil.copytree(origin, folder)
        command = [sys.executable, HERE / "run_input.py", Path(path).name]
        begun = time.monotonic()
        try:
            done = subprocess.run(
                command, cwd=(folder / path).parent, env=os.environ | FIXED, stdin=subprocess.DEVNULL,
                capture_output=True, timeout=TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            return None
        return round(time.monotonic() - begun, 2) if done.returncode == 0 else None


def describe(result: Result) -> str:
    """Return one line on a result."""
    return f"{result['stage']} {result.get('why', '')} {result.get('rungs', '')}".strip()


def layered_share(result: Result) -> float | None:
    """Return the share of counted statements in domain and io."""
    rungs = result.get("rungs", {})
    counted = rungs.get("layered", 0) + rungs.get("in-place", 0)
    return rungs.get("layered", 0) / counted if counted else None


def print_table(results: dict[str, Result]) -> None:
    """Print a line for every input, and the totals."""
    print(f"{'input':45} {'converted':9} {'ran':3} {'equal':5} {'layered':>7} {'values':>7}  why not")
    for name, result in results.items():
        stage = result["stage"]
        converted = "no" if stage == "convert" else "yes"
        ran = {"equal": "yes", "different": "yes", "unstable": "yes", "package": "no", "timeout": "no"}.get(stage, "-")
        equal = {"equal": "yes", "different": "no"}.get(stage, "-")
        share = layered_share(result)
        why = result.get("why", "")
        if stage == "input":
            why = f"the input itself fails here: {why}"
        layered = "" if share is None else f"{share:.0%}"
        values = f"{proven(result, 'value')}/{all_of(result, 'value')}" if "outcomes" in result else ""
        print(f"{name:45} {converted:9} {ran:3} {equal:5} {layered:>7} {values:>7}  {why}")
    print_totals(results)


def print_overhead(results: list[Result]) -> None:
    """Print how much longer inputs took while they were observed, where both times are known."""
    pairs = [
        (result["seconds"]["input"], result["unobserved"])
        for result in results
        if result.get("unobserved") and result.get("stage") in ("equal", "different", "unstable")
    ]
    if not pairs:
        return
    observed, alone = (sum(times) for times in zip(*pairs, strict=True))
    shares = sorted(with_ / without - 1 for with_, without in pairs)
    print(
        f"observed: {observed:.0f} s instead of {alone:.0f} s over {len(pairs)} inputs ({observed / alone - 1:+.0%}); "
        f"by input: median {statistics.median(shares):+.0%}, worst {shares[-1]:+.0%}, "
        f"{sum(share > 0.2 for share in shares)} above +20 %"
    )


def print_totals(results: dict[str, Result]) -> None:
    """Print how many inputs got how far."""
    print(f"\n{len(results)} inputs, {sum(result['stage'] != 'convert' for result in results.values())} converted")
    refused = [name for name, result in results.items() if result["stage"] == "convert"]
    crashed = [name for name in refused if results[name]["status"] != 2 or results[name]["why"] == "no message"]
    print(f"conversions that ended in neither success nor a clear error: {len(crashed)} {' '.join(crashed)}".rstrip())
    ran = [result for result in results.values() if result["runs"] == "yes" and "quality" not in result]
    if ran:
        stages = [result["stage"] for result in ran]
        words = {
            "equal": "equal", "different": "different", "unstable": "not comparable", "package": "packages fail",
            "timeout": "took too long", "convert": "not converted", "input": "inputs fail here",
            "verify": "could not be verified",
        }
        print(f"of {len(ran)} that run: " + ", ".join(f"{stages.count(it)} {word}" for it, word in words.items()))
        steady = [result for result in ran if result["deterministic"] == "yes"]
        print(f"of {len(steady)} deterministic ones: {sum(result['stage'] == 'equal' for result in steady)} equal")
        silent = [
            result for result in ran
            if result["stage"] == "equal" and not any(proven(result, kind) for kind in ("value", "file", "text"))
        ]
        print(f"equal, though they hold, print and write nothing: {len(silent)}")
        print_what_was_compared(ran)
        print_overhead(ran)
    shares = [share for result in results.values() if (share := layered_share(result)) is not None]
    if shares:
        median, mean = statistics.median(shares), statistics.mean(shares)
        print(f"statements in domain and io: median {median:.0%}, mean {mean:.0%}")
    measured = {name: result["quality"] for name, result in results.items() if "quality" in result}
    print_quality(measured)
    for tool in ("lint", "types"):
        print_findings(tool, results)
    for tool in ("lint", "types", "check"):
        print_findings(tool, measured)


def print_findings(tool: str, results: dict[str, Result]) -> None:
    """Print the sum of what a tool found, by code, the most frequent first."""
    total: dict[str, int] = {}
    for result in results.values():
        for code, number in result.get(tool, {}).items():
            total[code] = total.get(code, 0) + number
    checked = sum(tool in result for result in results.values())
    if checked:
        ranked = sorted(total.items(), key=lambda entry: -entry[1])
        codes = ", ".join(f"{code} {number}" for code, number in ranked)
        print(f"{tool}: {sum(total.values())} findings in {checked} packages: {codes}")


def print_diff(old: dict[str, Result], new: dict[str, Result]) -> None:
    """Print the inputs whose stage changed, and how."""
    changed = [name for name in new if old.get(name, {}).get("stage") != new[name]["stage"]]
    print(f"\n{len(changed)} inputs changed")
    for name in changed:
        before = old.get(name, {}).get("stage", "unknown")
        print(f"{name}: {before} -> {new[name]['stage']} {new[name].get('why', '')}".rstrip())


if __name__ == "__main__":
    raise SystemExit(main())
