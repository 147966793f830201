"""Convert generated programs in bulk, run each and its package, and compare what they print and write.

Usage: programs.py --srcify BINARY [--count N] [--seed S] [--libraries SHARE] [--jobs N] [--keep FOLDER] [--shrink]

Runs under an interpreter that has what packages are made with (and numpy and pandas for `--libraries`). Each side runs
in a forked child of this process, in which the libraries are loaded already, so that a thousand programs take minutes.
A program that fails by itself counts as drawn, not as compared. The status is 1 when a package differs.
"""

import argparse
import ast
import contextlib
import importlib
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import generate

# Seconds that a run may take: many on a busy machine, for a run that is cut off counts as a difference.
LIMIT = 90
PACKAGE = "subject"
# What every package imports: loaded once, before the children are forked.
PRELOADED = ["omegaconf", "omegaconf.errors", "pydantic", "yaml", "logging", "argparse", "json", "inspect", "random"]


@dataclass(frozen=True)
class Run:
    """What a program did: how it ended, what it printed, what it wrote."""

    failure: str
    text: str
    files: dict[str, bytes]


def main() -> int:
    """Draw, convert, run, compare, and say what differs."""
    arguments = parse_arguments()
    for name in [*PRELOADED, *(["numpy", "pandas"] if arguments.libraries else [])]:
        importlib.import_module(name)
    seeds = range(arguments.seed, arguments.seed + arguments.count)
    started, compared, different, refused = time.monotonic(), 0, [], []
    work = [(seed, arguments) for seed in seeds]
    with get_context("fork").Pool(arguments.jobs) as pool:
        for seed, verdict, detail in pool.imap(judge_seed, work, chunksize=4):
            if verdict == "fails by itself":
                continue
            compared += 1
            if verdict != "equal":
                (refused if verdict == "refused" else different).append(seed)
                print(f"seed {seed}: {verdict}\n{detail}\n", flush=True)
    seconds = time.monotonic() - started
    print(f"{len(work)} programs drawn, {compared} compared, {len(different)} different, {len(refused)} refused, {seconds:.0f} s")
    if different:
        print("different:", *different)
    if refused:
        print("refused:", *refused)
    return 1 if different or refused or not compared else 0


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--srcify", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--libraries", type=float, default=0.0, help="share of programs with numpy and pandas")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="keep different programs and their packages here")
    parser.add_argument("--shrink", action="store_true", help="make different programs small")
    return parser.parse_args()


def judge_seed(task: tuple[int, argparse.Namespace]) -> tuple[int, str, str]:
    """Return the verdict on the program of a seed, and what there is to say about it."""
    seed, arguments = task
    # The hundredths of a share, spread over the seeds.
    libraries = (seed * 37) % 100 < arguments.libraries * 100
    program = generate.program(seed, libraries)
    srcify = arguments.srcify.absolute()
    verdict, detail = judge(program, srcify)
    if verdict in ("equal", "fails by itself"):
        return seed, verdict, ""
    if arguments.shrink:
        kind = kind_of(verdict, detail)
        program = shrink(program, lambda smaller: kind_of(*judge(smaller, srcify)) == kind)
        detail = judge(program, srcify)[1]
    if arguments.keep:
        keep(program, detail, srcify, arguments.keep / str(seed))
    return seed, verdict, f"{program}---\n{detail}"


def judge(program: str, srcify: Path) -> tuple[str, str]:
    """Compare a program and its package."""
    with tempfile.TemporaryDirectory(prefix="programs-") as name:
        folder = Path(name)
        (folder / "original").mkdir()
        (folder / "original/program.py").write_text(program, encoding="utf-8")
        original = in_child(folder / "original", lambda: run_program(program))
        if original.failure:
            return "fails by itself", original.failure
        if " at 0x" in original.text:
            return "fails by itself", "it prints an address"
        done = convert(srcify, folder)
        if done.returncode:
            return "refused", done.stderr.decode(errors="replace")
        (folder / "package").mkdir()
        shutil.copy(folder / "original/program.py", folder / "package")
        package = in_child(folder / "package", lambda: run_package(folder / "project"))
        verdict, detail = compare(original, package)
        if verdict != "equal" and draws_unseeded(program, original, folder / "again"):
            return "fails by itself", "it draws without a seed"
        return verdict, detail


def draws_unseeded(program: str, original: Run, folder: Path) -> bool:
    """Whether a program says something else when the generators begin elsewhere."""

    def run() -> None:
        random.seed(4)
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed(4)
        run_program(program)

    folder.mkdir()
    (folder / "program.py").write_text(program, encoding="utf-8")
    again = in_child(folder, run)
    return (again.text, again.files) != (original.text, original.files)


def convert(srcify: Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Convert the program in a folder."""
    command = [srcify, "convert", "original/program.py", "-o", "project", "--name", PACKAGE, "--no-lock", "--quiet"]
    return subprocess.run(command, capture_output=True, cwd=folder, timeout=LIMIT)


def compare(original: Run, package: Run) -> tuple[str, str]:
    """Return the verdict on two runs, and the first difference."""
    if package.failure:
        return "the package fails", package.failure
    if original.text != package.text:
        pairs = zip([*original.text.splitlines(), None] , [*package.text.splitlines(), None])
        first = next(((a, b) for a, b in pairs if a != b), ("", ""))
        return "the text differs", f"program: {first[0]!r}\npackage: {first[1]!r}"
    if original.files != package.files:
        names = sorted({*original.files, *package.files})
        name = next(name for name in names if original.files.get(name) != package.files.get(name))
        return "the files differ", f"{name}: {original.files.get(name)!r} and {package.files.get(name)!r}"
    return "equal", ""


def in_child(folder: Path, action: Callable[[], None]) -> Run:
    """Run `action` in a forked child, in `folder`."""
    before = contents(folder)
    out, err = folder.parent / "stdout", folder.parent / "stderr"
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = guarded(folder, out, err, action)
        finally:
            os._exit(status)
    status = wait(child)
    text = out.read_text(encoding="utf-8", errors="replace")
    failure = err.read_text(encoding="utf-8", errors="replace") if status else ""
    after = contents(folder)
    return Run((failure or f"status {status}") if status else "", text, {k: v for k, v in after.items() if before.get(k) != v})


def guarded(folder: Path, out: Path, err: Path, action: Callable[[], None]) -> int:
    """Run `action` with its output in files; return the status."""
    os.chdir(folder)
    for stream, path in ((1, out), (2, err)):
        target = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
        os.dup2(target, stream)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", write_through=True)
    warnings.simplefilter("ignore")
    try:
        action()
    except SystemExit as stop:
        return 0 if not stop.code else 1
    except BaseException:
        traceback.print_exc(limit=-1)
        return 1
    finally:
        sys.stdout.flush()
    return 0


def wait(child: int) -> int:
    """Wait for a child, not longer than the limit; return its status."""
    deadline = time.monotonic() + LIMIT
    pause = 0.002
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return 124


def contents(folder: Path) -> dict[str, bytes]:
    """Return what is in the files of a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and "__pycache__" not in p.parts}


def run_program(program: str) -> None:
    """Run a program as Python would."""
    module = type(sys)("__main__")
    module.__dict__["__file__"] = "program.py"
    sys.modules["__main__"] = module
    exec(compile(program, "program.py", "exec"), module.__dict__)


def run_package(project: Path) -> None:
    """Run the package's command line."""
    sys.path.insert(0, str(project / "src"))
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    raise SystemExit(importlib.import_module(f"{PACKAGE}.scripts").main([]))


def keep(program: str, detail: str, srcify: Path, folder: Path) -> None:
    """Keep a program and its package for a look."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "original").mkdir(parents=True)
    (folder / "original/program.py").write_text(program, encoding="utf-8")
    (folder / "detail.txt").write_text(detail, encoding="utf-8")
    convert(srcify, folder)


def kind_of(verdict: str, detail: str) -> tuple[str, str]:
    """Return what two failures of one cause have in common: the verdict, and the exception's class."""
    lines = detail.splitlines()
    return verdict, lines[-1].split(":")[0] if lines and verdict == "the package fails" else ""


def shrink(program: str, fails: Callable[[str], bool]) -> str:
    """Leave out what is not needed for `fails`: many statements at once, then fewer, then parts of blocks."""
    bare = "\n".join(line for line in program.splitlines() if line.strip() and not line.startswith("#")) + "\n"
    if '"""' not in program and fails(bare):
        program = bare
    is_smaller = True
    while is_smaller:
        is_smaller = False
        number = 0
        while (found := next(((n, c) for n, c in enumerate(smaller(program)) if n >= number and fails(c)), None)):
            number, program = found
            is_smaller = True
    return program


def smaller(program: str) -> Iterator[str]:
    """Yield the program without some statements of one block: halves, quarters, and so on."""
    lines = program.splitlines()
    with contextlib.suppress(SyntaxError):
        tree = ast.parse(program)
        for block in blocks_of(tree):
            size = max(len(block) // 2, 1)
            while size:
                for at in range(0, len(block), size):
                    part = block[at : at + size]
                    first, last = start_of(part[0]), part[-1].end_lineno or 0
                    is_whole = len(part) == len(block) and block is not tree.body
                    filling = [" " * part[0].col_offset + "pass"] if is_whole else []
                    if not (is_whole and isinstance(part[0], ast.Pass)):
                        yield "\n".join([*lines[: first - 1], *filling, *lines[last:]]) + "\n"
                size //= 2


def start_of(statement: ast.stmt) -> int:
    """Return the first line of a statement, its decorators included."""
    return min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", []))])


def blocks_of(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield every list of statements, outer ones first."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                yield block


if __name__ == "__main__":
    sys.exit(main())
