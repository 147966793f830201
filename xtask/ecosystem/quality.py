"""Measure how good an emitted package is, from its files alone: nothing of the input runs.

What we count of `src/` leaves out the files that are the same in every package (`scripts.py`, `__main__.py`,
`errors.py`, `io/configs.py`, `io/secrets.py`, and every `__init__.py`), so that the figures speak of the conversion.
"""

import ast
import json
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

FIXED = {"scripts.py", "__main__.py", "errors.py", "io/configs.py", "io/secrets.py", "__init__.py"}
LINT_RULES = "E,F,W,I,N,D,UP,B,PTH,RET,SIM,T20,ANN"
LONG, WIDE = 40, 6
TUNABLE = {"train_test_split", "cross_val_score", "cross_validate", "fit", "compile", "default_rng", "train"}
TEST_SECONDS = 300
PARAMETERS = Path(__file__).parents[2] / "crates/effects/parameters.toml"
PATH = re.compile(
    r"[^\n<>|*?\"]+\.(csv|tsv|txt|json|jsonl|yaml|yml|xlsx?|parquet|feather|pkl|pickle|joblib|npy|npz|h5|hdf5|db|sqlite|"
    r"png|jpe?g|svg|pdf|html|md|pt|pth|onnx|keras|zip|gz)"
)
URL = re.compile(r"(https?|ftp|s3|gs|sqlite|postgres(ql)?|mysql)://\S+")
Function = ast.FunctionDef | ast.AsyncFunctionDef
Measures = dict[str, object]


def measure(project: Path, srcify: Path) -> Measures:
    """Return all measures of a project; it must have been converted as `subject`."""
    report = json.loads((project / "srcify-report.json").read_text())
    return {
        **shape(project / "src"),
        "settings": len(report["settings"]),
        "lint": lint(project),
        "types": check_types(project),
        "check": audit(project, srcify),
        "tests": run_tests(project),
    }


def shape(sources: Path) -> Measures:
    """Return what the syntax trees tell: lengths, parameters, annotations, docstrings, literals left in calls."""
    functions: list[Function] = []
    undocumented: list[str] = []
    literals: list[str] = []
    for path in sorted(sources.rglob("*.py")):
        inside = path.relative_to(sources).as_posix().partition("/")[2]
        tree = ast.parse(path.read_text())
        undocumented += [f"{inside}:{line}" for line in without_docstring(tree)]
        if inside in FIXED or path.name == "__init__.py":
            continue
        functions += defined(tree)
        if inside != "config.py":
            literals += [f"{inside}:{place}" for place in literals_left(tree)]
    lengths = [length(function) for function in functions]
    named = {function.name: function for function in functions}
    return {
        "functions": len(functions),
        "lengths": lengths,
        "long": [name for name, function in named.items() if length(function) > LONG],
        "wide": [name for name, function in named.items() if len(parameters(function)) > WIDE],
        "untyped": [function.name for function in functions if not is_typed(function)],
        "undocumented": undocumented,
        "literals": literals,
    }


def defined(tree: ast.AST) -> Iterator[Function]:
    """Yield functions and methods, but not those inside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from defined(node)


def length(function: Function) -> int:
    """Return the lines of the body, docstring aside."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def parameters(function: Function) -> list[ast.arg]:
    """Return the parameters but for `self` and `cls`."""
    one = function.args
    found = [*one.posonlyargs, *one.args, *one.kwonlyargs, *filter(None, [one.vararg, one.kwarg])]
    return [argument for argument in found if argument.arg not in ("self", "cls")]


def is_typed(function: Function) -> bool:
    """Return whether everything is annotated, and nothing with `Any`."""
    annotations = [argument.annotation for argument in parameters(function)] + [function.returns]
    return all(it is not None and not re.search(r"\bAny\b", ast.unparse(it)) for it in annotations)


def without_docstring(tree: ast.Module) -> Iterator[int]:
    """Yield the lines of what should have a docstring, and has none: module, classes, functions."""
    wanted = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)), *defined(tree)]
    yield from (getattr(node, "lineno", 1) for node in wanted if ast.get_docstring(node) is None)


def tuned_parameters() -> set[str]:
    """Return the names of the parameters that users tune, from the knowledge base."""
    entries = tomllib.loads(PARAMETERS.read_text())["parameter"]
    return {entry["parameter"].rpartition(".")[2] for entry in entries}


TUNED = tuned_parameters()


def literals_left(tree: ast.Module) -> Iterator[str]:
    """Yield paths, URLs, hyperparameters and seeds that are literals in calls."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and is_location(value.value):
                yield f"{value.lineno}: {value.value[:60]!r}"
        name = ast.unparse(call.func).rpartition(".")[2]
        for keyword in call.keywords if is_tunable(name) else []:
            if keyword.arg in TUNED and is_number(keyword.value):
                yield f"{keyword.value.lineno}: {keyword.arg}={ast.unparse(keyword.value)}"


def is_tunable(name: str) -> bool:
    """Return whether what is called learns, splits or draws; the parameters of figures have the same names."""
    return (name[:1].isupper() and name not in ("Figure", "Line2D", "Patch")) or name in TUNABLE


def is_location(text: str) -> bool:
    """Return whether a text is the path of a file or a URL."""
    return bool(PATH.fullmatch(text) or URL.fullmatch(text))


def is_number(value: ast.expr) -> bool:
    """Return whether a value is a literal number, with or without a sign."""
    value = value.operand if isinstance(value, ast.UnaryOp) else value
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


def lint(project: Path) -> dict[str, int]:
    """Count ruff's findings by rule, under the project's own settings but for the rules."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", LINT_RULES, "--output-format", "json", "."]
    findings = json.loads(tool_output(command, project))
    return count([finding["code"] or "syntax" for finding in findings])


def check_types(project: Path) -> dict[str, int]:
    """Count the findings of `mypy --strict` by code, under the project's own settings."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", project.parents[1] / ".mypy"]
    command.append("src")
    lines = [line for line in tool_output(command, project).splitlines() if ": error:" in line]
    # Whether stubs are installed here says nothing about the package.
    codes = [line.rpartition("[")[2].rstrip("]") for line in lines]
    return count([code for code in codes if code not in ("import-untyped", "import-not-found")])


def audit(project: Path, srcify: Path) -> dict[str, int]:
    """Count the findings of `srcify check` by rule; the lock file is made where there is a network."""
    command = [srcify.absolute(), "check", "--ignore", "PKG003", "--output-format", "json", "."]
    findings = json.loads(tool_output(command, project))
    return count([finding["code"] for finding in findings])


def run_tests(project: Path) -> str:
    """Run the project's own tests, and return `pass` or why not."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=project, timeout=TEST_SECONDS)
    except subprocess.TimeoutExpired:
        return f"took more than {TEST_SECONDS} s"
    if done.returncode == 0:
        return "pass"
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR", "E  "))]
    return " ".join((lines or done.stdout.splitlines() or [done.stderr])[-1].split())[:200]


def tool_output(command: list[object], project: Path) -> str:
    """Return what a tool found; a tool that fails has not found nothing."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=project)
    if done.returncode not in (0, 1) or (done.returncode == 1 and not done.stdout):
        raise RuntimeError(f"{command[2]} failed in {project}: {done.stderr or done.stdout}")
    return done.stdout


def count(codes: list[str]) -> dict[str, int]:
    """Return how often each code is there."""
    return {code: codes.count(code) for code in sorted(set(codes))}


def print_quality(measured: dict[str, Measures]) -> None:
    """Print a line for every package, and the totals against their targets."""
    if not measured:
        return
    titles = ("settings", "left", "typed", "median", "longest", "wide", "undoc", "lint", "types", "check", "tests")
    print(f"\n{'package':45} " + " ".join(f"{title:>8}" for title in titles))
    for name, one in measured.items():
        print(f"{name:45} " + " ".join(f"{cell:>8}" for cell in cells(one)))
    print_summary(list(measured.values()))


def cells(one: Measures) -> list[str]:
    """Return the measures of one package as short texts."""
    lengths = one["lengths"] or [0]
    typed = 1 - len(one["untyped"]) / one["functions"] if one["functions"] else 1.0
    counts = [str(len(one[key])) for key in ("wide", "undocumented")]
    found = [str(sum(one[key].values())) for key in ("lint", "types", "check")]
    lines = [f"{statistics.median(lengths):.0f}", str(max(lengths))]
    tests = "pass" if one["tests"] == "pass" else "FAIL"
    return [str(one["settings"]), str(len(one["literals"])), f"{typed:.0%}", *lines, *counts, *found, tests]


def print_summary(all_of_them: list[Measures]) -> None:
    """Print the totals of all packages."""
    functions = sum(one["functions"] for one in all_of_them)
    untyped = sum(len(one["untyped"]) for one in all_of_them)
    lengths = [number for one in all_of_them for number in one["lengths"]] or [0]
    settings = sum(one["settings"] for one in all_of_them)
    literals = sum(len(one["literals"]) for one in all_of_them)
    share = settings / (settings + literals) if settings + literals else 1.0
    long, wide, undocumented = (sum(len(one[key]) for one in all_of_them) for key in ("long", "wide", "undocumented"))
    print(f"\nquality of {len(all_of_them)} packages, {functions} functions")
    print(f"settings: {settings} lifted, {literals} literals left in calls: {share:.1%} lifted (target 95 %)")
    print(f"signatures without `Any`: {1 - untyped / max(functions, 1):.1%} (target 90 %)")
    print(f"function length: median {statistics.median(lengths):.0f}, longest {max(lengths)} (targets 12, {LONG})")
    print(f"functions longer than {LONG} lines: {long}; with more than {WIDE} parameters: {wide} (targets 0)")
    print(f"without docstring: {undocumented} (target 0)")
    passed = [one for one in all_of_them if one["tests"] == "pass"]
    print(f"packages whose own tests pass: {len(passed)} of {len(all_of_them)}")
    clean = [one for one in all_of_them if not one["lint"] and not one["types"] and not one["check"]]
    print(f"packages without any finding of ruff, mypy and `srcify check`: {len(clean)}")
