"""Seed faults into emitted packages, and count how many the packages' own tests catch, without the user's data.

Usage: faults.py --work FOLDER [--each N] [--jobs N] PROJECT...

A fault is one change to the syntax tree of one file. Of every kind, each project gets up to N, spread evenly over the
places where it can be. Templates that are the same in every package are left alone: their tests are ours.
"""

import argparse
import ast
import copy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

FIXED = {"scripts.py", "__main__.py", "__init__.py", "errors.py", "configs.py", "secrets.py"}
SEEDS = {"random_state", "seed", "random_seed", "rng"}
TIMEOUT = 300
# The tests that are most likely to notice come first, for the run ends with the first failure.
FOLDERS = ("tests/domain", "tests/io", "tests/application", "tests")
Change = Callable[[ast.AST], None]


@dataclass
class Fault:
    """One change to one file of one project."""

    kind: str
    project: Path
    file: Path
    line: int
    what: str
    source: str

    def __str__(self) -> str:
        """Return one line on the fault."""
        place = self.file.relative_to(self.project / "src")
        return f"{self.kind:20} {place}:{self.line}: {self.what}"


def main() -> int:
    """Seed the faults, run the tests, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("projects", type=Path, nargs="+")
    arguments = parser.parse_args()
    for project in arguments.projects:
        if not passes(project):
            print(f"error: the tests of {project} fail before any fault is seeded", file=sys.stderr)
            return 1
    faults = [fault for project in arguments.projects for fault in faults_of(project.resolve(), arguments.each)]
    with ThreadPoolExecutor(arguments.jobs) as pool:
        caught = list(pool.map(lambda entry: is_caught(entry[1], arguments.work / str(entry[0])), enumerate(faults)))
    for fault, is_noticed in sorted(zip(faults, caught, strict=True), key=lambda entry: entry[1]):
        print(f"{'caught' if is_noticed else 'MISSED'}  {fault}")
    print()
    for kind in KINDS:
        outcomes = [noticed for fault, noticed in zip(faults, caught, strict=True) if fault.kind == kind]
        if outcomes:
            print(f"{kind:20} {sum(outcomes)} of {len(outcomes)}")
    print(f"{sum(caught)} of {len(faults)} faults caught by the packages' own tests ({sum(caught) / len(faults):.0%})")
    return 0


def faults_of(project: Path, each: int) -> Iterator[Fault]:
    """Yield up to `each` faults of every kind."""
    for kind in KINDS:
        found = [fault for file in files(project) for fault in seeded(kind, project, file)]
        count = min(each, len(found))
        yield from (found[index * len(found) // count] for index in range(count))


def files(project: Path) -> list[Path]:
    """Return the files that hold what was converted."""
    return [path for path in sorted((project / "src").rglob("*.py")) if path.name not in FIXED]


def seeded(kind: str, project: Path, file: Path) -> Iterator[Fault]:
    """Yield every fault of one kind that a file can have."""
    source = file.read_text()
    tree = ast.parse(source)
    is_settings = file.name == "config.py"
    nodes = list(ast.walk(tree))
    for index, node in enumerate(nodes):
        for what, change in KINDS[kind](node, is_settings):
            broken = copy.deepcopy(tree)
            change(list(ast.walk(broken))[index])
            text = ast.unparse(ast.fix_missing_locations(broken))
            yield Fault(kind, project, file, getattr(node, "lineno", 0), what, text)


Candidates = Iterator[tuple[str, Change]]


def lost_seed(node: ast.AST, is_settings: bool) -> Candidates:
    """A call that no longer gets its seed."""
    if not isinstance(node, ast.Call) or is_settings:
        return
    for index, keyword in enumerate(node.keywords):
        if keyword.arg in SEEDS:
            yield f"without {ast.unparse(keyword)}", lambda it, at=index: it.keywords.pop(at)


def lost_argument(node: ast.AST, is_settings: bool) -> Candidates:
    """A call that no longer gets one of its options."""
    if not isinstance(node, ast.Call) or is_settings:
        return
    for index, keyword in enumerate(node.keywords):
        if keyword.arg and keyword.arg not in SEEDS:
            yield f"without {ast.unparse(keyword)}", lambda it, at=index: it.keywords.pop(at)


def changed_number(node: ast.AST, is_settings: bool) -> Candidates:
    """Another number in the code."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float) and not is_settings:
        yield f"{node.value} becomes {node.value + 1}", lambda it: setattr(it, "value", it.value + 1)


def changed_default(node: ast.AST, is_settings: bool) -> Candidates:
    """Another default in the settings."""
    if not (is_settings and isinstance(node, ast.keyword) and node.arg == "default"):
        return
    if isinstance(node.value, ast.Constant) and type(node.value.value) in (int, float):
        yield f"{node.value.value} becomes another", lambda it: setattr(it.value, "value", it.value.value + 1)


def other_text(node: ast.AST, is_settings: bool) -> Candidates:
    """Another column, option or file."""
    if is_settings or not isinstance(node, ast.Call | ast.Subscript):
        return
    if isinstance(node, ast.Subscript):
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            yield f"column {node.slice.value!r} becomes another", lambda it: setattr(it.slice, "value", "other")
        return
    for index, value in enumerate(node.args):
        is_log = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == "logger"
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and not is_log:
            yield f"{value.value[:20]!r} becomes another", lambda it, at=index: setattr(it.args[at], "value", "other")


def swapped(node: ast.AST, is_settings: bool) -> Candidates:
    """Two arguments of a call in each other's place."""
    if is_settings or not isinstance(node, ast.Call):
        return
    plain = [index for index, value in enumerate(node.args) if isinstance(value, ast.Name | ast.Attribute)]
    for first, second in zip(plain, plain[1:], strict=False):
        what = f"{ast.unparse(node.args[first])} and {ast.unparse(node.args[second])} are swapped"
        yield what, lambda it, one=first, two=second: swap(it.args, one, two)
    settings = [index for index, keyword in enumerate(node.keywords) if isinstance(keyword.value, ast.Attribute)]
    for first, second in zip(settings, settings[1:], strict=False):
        what = f"values of {node.keywords[first].arg} and {node.keywords[second].arg} are swapped"
        yield what, lambda it, one=first, two=second: swap_values(it.keywords, one, two)


def swap(items: list[ast.expr], one: int, two: int) -> None:
    """Exchange two items."""
    items[one], items[two] = items[two], items[one]


def swap_values(keywords: list[ast.keyword], one: int, two: int) -> None:
    """Exchange the values of two keywords."""
    keywords[one].value, keywords[two].value = keywords[two].value, keywords[one].value


def dropped(node: ast.AST, is_settings: bool) -> Candidates:
    """A statement that is missing."""
    if is_settings or not isinstance(node, ast.FunctionDef):
        return
    for index, statement in enumerate(node.body):
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        is_log = ast.unparse(statement).startswith("logger.")
        if isinstance(statement, ast.Expr | ast.Assign | ast.AugAssign) and not is_text and not is_log:
            what = f"without `{ast.unparse(statement).splitlines()[0][:50]}`"
            yield what, lambda it, at=index: it.body.__setitem__(at, ast.Pass())


def negated(node: ast.AST, is_settings: bool) -> Candidates:
    """A condition that is its contrary."""
    if is_settings:
        return
    contrary = {ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
    if isinstance(node, ast.Compare) and type(node.ops[0]) in contrary:
        other = contrary[type(node.ops[0])]
        yield f"`{ast.unparse(node)[:40]}` is negated", lambda it: it.ops.__setitem__(0, other())


def other_operator(node: ast.AST, is_settings: bool) -> Candidates:
    """An operator that is another."""
    others = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
    if isinstance(node, ast.BinOp) and type(node.op) in others and not is_settings:
        other = others[type(node.op)]
        yield f"`{ast.unparse(node)[:40]}` has another operator", lambda it: setattr(it, "op", other())


def ignored_setting(node: ast.AST, is_settings: bool) -> Candidates:
    """A setting whose value does not count: its default stands in the code."""
    if is_settings or not isinstance(node, ast.Call):
        return
    for index, value in enumerate(node.args):
        if ast.unparse(value).startswith(("config.", "settings.")) and ast.unparse(value).count(".") == 2:
            fixed = ast.Constant("fixed")
            yield f"{ast.unparse(value)} is ignored", lambda it, at=index: it.args.__setitem__(at, fixed)


KINDS: dict[str, Callable[[ast.AST, bool], Candidates]] = {
    "lost seed": lost_seed,
    "lost argument": lost_argument,
    "changed number": changed_number,
    "changed default": changed_default,
    "other text": other_text,
    "swapped arguments": swapped,
    "dropped statement": dropped,
    "negated condition": negated,
    "other operator": other_operator,
    "ignored setting": ignored_setting,
}


def is_caught(fault: Fault, copied: Path) -> bool:
    """Return whether the project's tests fail with the fault in it."""
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(fault.project, copied)
    (copied / fault.file.relative_to(fault.project)).write_text(fault.source + "\n")
    noticed = not passes(copied)
    shutil.rmtree(copied)
    print(f"{'caught' if noticed else 'MISSED'}  {fault}", file=sys.stderr)
    return noticed


def passes(project: Path) -> bool:
    """Return whether the tests of a project pass."""
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    folders = [folder for folder in FOLDERS if (project / folder).is_dir()]
    try:
        done = subprocess.run([*command, *folders], cwd=project, capture_output=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())
