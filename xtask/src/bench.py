"""Runs commands and tells what they cost: `bench.py REPEATS COMMANDS-AS-JSON`.

Prints a JSON list with, for each command, the least processor time of its runs in seconds, the least time on the
clock, and the most memory in megabytes. The commands take turns, so that a busy machine is busy for all of them.
"""

import json
import os
import subprocess
import sys
import time


def run(command: list[str]) -> tuple[float, float, float]:
    """Runs one command to its end."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / unit


def main() -> None:
    """Measures every command."""
    repeats, commands = int(sys.argv[1]), json.loads(sys.argv[2])
    runs: list[list[tuple[float, float, float]]] = [[] for _ in commands]
    for _ in range(repeats):
        for command, results in zip(commands, runs):
            results.append(run(command))
    best = [[min(r[0] for r in each), min(r[1] for r in each), max(r[2] for r in each)] for each in runs]
    print(json.dumps(best))


main()
