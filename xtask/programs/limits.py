"""Convert the largest inputs that people have, and fail where that takes more than it may: `limits.py SRCIFY FOLDER`.

`inputs.py` writes them into the folder. Processor time counts, for it is the same on a busy machine; two cores share it.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

CORES = 2


@dataclass(frozen=True)
class Limit:
    """What converting an input may take, how it ends, and what it says."""

    name: str
    seconds: float
    megabytes: float
    status: int
    says: str


def limits(folder: Path) -> list[Limit]:
    """Return the limits: those of memory grow with the code of a notebook, not with its outputs."""
    many = len(list((folder / "many").iterdir()))
    # So many notebooks a second, on two cores.
    rate = 200
    return [
        Limit("outputs.ipynb", 5, 50 + 2 * 0.002, 0, ""),
        Limit("cells.ipynb", 30, 400, 0, ""),
        Limit("lines.ipynb", 60, 1500, 0, ""),
        Limit("brackets.py", 1, 50, 2, "nests too deeply"),
        Limit("many", CORES * many / rate, 400, 1, f"1 of {many} inputs could not be converted"),
    ]


def measure(command: list[str], said: Path) -> tuple[int, float, float, float]:
    """Run a command; return its status, processor time, time on the clock and memory in megabytes."""
    started = time.monotonic()
    with said.open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return process.returncode, usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / unit


def judge(limit: Limit, srcify: str, folder: Path) -> list[str]:
    """Convert one input; return what is wrong."""
    package, said = folder / "package", folder / "said.txt"
    shutil.rmtree(package, ignore_errors=True)
    command = [srcify, "convert", str(folder / limit.name), "-o", str(package), "--no-lock", "--name", "limits"]
    status, seconds, clock, megabytes = measure(command, said)
    print(f"{limit.name:<14} {seconds:>6.2f} s CPU {clock:>6.2f} s {megabytes:>5.0f} MB  status {status}", flush=True)
    wrong = []
    if seconds > limit.seconds:
        wrong.append(f"it takes more than {limit.seconds} s of processor time")
    if megabytes > limit.megabytes:
        wrong.append(f"it takes more than {limit.megabytes:.0f} MB")
    if status != limit.status:
        wrong.append(f"its status is not {limit.status}")
    if limit.says not in said.read_text(encoding="utf-8"):
        wrong.append(f"it does not say `{limit.says}`")
    if package.exists() != (limit.status != 2):
        wrong.append("a package is there that should not be, or none is")
    # In a process of its own: a child is charged with the memory that this one has when it starts.
    compile_all = [sys.executable, "-m", "compileall", "-q", str(package / "src")]
    if package.exists() and subprocess.run(compile_all, check=False).returncode:
        wrong.append("what is written is no Python")
    return [f"{limit.name}: {it}" for it in wrong]


def main() -> int:
    """Write the inputs, convert each, and tell what is wrong."""
    srcify, folder = sys.argv[1], Path(sys.argv[2])
    # In a process of its own: the memory of this one is counted, in part, with that of the next.
    subprocess.run([sys.executable, Path(__file__).with_name("inputs.py"), folder], check=True)
    wrong = [it for limit in limits(folder) for it in judge(limit, srcify, folder)]
    shutil.rmtree(folder)
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
