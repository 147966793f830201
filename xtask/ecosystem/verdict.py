"""Have `srcify verify` compare an input with its package, and say in a few words what came of it."""

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

# The settings under which both sides run, so that nothing but their code makes them differ.
FIXED = {"MPLBACKEND": "Agg", "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
Result = dict[str, object]


@dataclass(frozen=True)
class Subject:
    """An input, the folder with all the data it came with, and the package made from it."""

    path: Path
    folder: Path
    package: Path


def verify(srcify: Path, python: str, subject: Subject, timeout: int) -> Result:
    """Run both sides and return the stage they reached, why no further, and what was compared."""
    command = [
        srcify, "verify", subject.package, "--against", subject.path, "--folder", subject.folder,
        "--python", python, "--timeout", str(timeout), "--output-format", "json",
    ]
    # Two runs of the input, one of the package, and as many comparisons as it takes.
    limit = 5 * timeout
    with subprocess.Popen(
        command, env=os.environ | FIXED, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, errors="replace",
    ) as process:
        try:
            text, error = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            # It ends its children and removes its copies.
            process.send_signal(signal.SIGINT)
            process.communicate()
            return {"stage": "timeout", "why": f"verifying took more than {limit} s"}
    try:
        verdict = json.loads(text)
    except json.JSONDecodeError:
        why = (error.strip().splitlines() or [f"status {process.returncode}"])[-1]
        return {"stage": "verify", "why": why}
    (subject.package.parent / "verdict.json").write_text(json.dumps(verdict, indent=1) + "\n")
    return stage_of(verdict) | what_was_compared(verdict)


def stage_of(verdict: dict) -> Result:
    """Return how far both sides came, and why no further."""
    for side in ("input", "package"):
        failure = verdict[side]["failure"]
        if failure:
            stage = "timeout" if failure["kind"] == "Timeout" else side
            return {"stage": stage, "why": f"{side}: {failure['kind']}: {failure['message']}"[:200]}
    if verdict["status"] == "equal":
        return {"stage": "equal"}
    if verdict["status"] == "different":
        return {"stage": "different", "why": fault_of(verdict)[:200]}
    return {"stage": "unstable", "why": "the input gives other results each time"}


def fault_of(verdict: dict) -> str:
    """Return the first difference in a line."""
    faults = [one for one in verdict["observables"] if one["outcome"] in ("different", "missing")]
    first = faults[0]
    what = f"{first['kind']} {first['name']}"
    if first["differences"]:
        place = first["differences"][0]
        return f"{what}{place['path']}: {place['input']} became {place['package']} ({len(faults)} faults)"
    return f"{what}: {'; '.join(first['notes']) or first['outcome']} ({len(faults)} faults)"


def what_was_compared(verdict: dict) -> Result:
    """Return how many values, files and texts have each outcome, and the seconds of both sides."""
    outcomes: dict[str, dict[str, int]] = {"value": {}, "file": {}, "text": {}}
    for one in verdict["observables"]:
        of_kind = outcomes[one["kind"]]
        of_kind[one["outcome"]] = of_kind.get(one["outcome"], 0) + 1
    seconds = {side: round(verdict[side]["seconds"], 2) for side in ("input", "package")}
    return {"outcomes": outcomes, "seconds": seconds, "input_runs": verdict["runs"]}


def proven(result: Result, kind: str) -> int:
    """Return how many observables of a kind were found equal."""
    outcomes = result.get("outcomes", {}).get(kind, {})
    return outcomes.get("equal", 0) + outcomes.get("close", 0)


def all_of(result: Result, kind: str) -> int:
    """Return how many observables of a kind the input has."""
    return sum(result.get("outcomes", {}).get(kind, {}).values())


def print_what_was_compared(results: list[Result]) -> None:
    """Print how much of what the inputs hold, write and print was found equal."""
    parts = []
    for kind in ("value", "file", "text"):
        outcomes: dict[str, int] = {}
        for result in results:
            for outcome, number in result.get("outcomes", {}).get(kind, {}).items():
                outcomes[outcome] = outcomes.get(outcome, 0) + number
        listed = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items(), key=lambda it: -it[1]))
        parts.append(f"{kind}s: {listed or 'none'}")
    print("compared " + "; ".join(parts))
