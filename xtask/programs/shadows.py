"""Give names of the module to variables of functions, lambdas and comprehensions that do not read them.

A program means the same with `[scaled(level) for level in levels]` as with `[scaled(it) for it in levels]`; what is made
of it may not.
"""

import ast
import random
import re
from collections.abc import Iterator

Scope = ast.FunctionDef | ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
SCOPES = (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def shadow(program: str, draw: random.Random) -> str:
    """Rename some inner variables of a program to names of its module."""
    for _ in range(draw.choice([0, 0, 1, 3, 8])):
        try:
            tree = ast.parse(program)
        except SyntaxError:
            break  # it fails by itself
        names = sorted(module_names(tree))
        scopes = [it for it in ast.walk(tree) if isinstance(it, SCOPES)]
        telling = [(scope, name) for scope in scopes for name in sorted(read_by_callees(tree, scope, names))]
        if telling and draw.random() < 0.7:
            scope, name = draw.choice(telling)
        elif names and scopes:
            scope, name = draw.choice(scopes), draw.choice(names)
        else:
            break
        program = renamed(program, scope, name, draw)
    return program


def read_by_callees(tree: ast.Module, scope: Scope, names: list[str]) -> set[str]:
    """Return the variables of the module that functions read which the scope calls."""
    called = {it.func.id for it in ast.walk(scope) if isinstance(it, ast.Call) and isinstance(it.func, ast.Name)}
    functions = [it for it in tree.body if isinstance(it, ast.FunctionDef) and it.name in called]
    loads = (it for function in functions for it in ast.walk(function) if isinstance(it, ast.Name))
    return {it.id for it in loads if isinstance(it.ctx, ast.Load)} & set(names)


def module_names(tree: ast.Module) -> Iterator[str]:
    """Yield the variables that statements of the module assign."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            yield from (it.id for it in statement.targets if isinstance(it, ast.Name))


def renamed(program: str, scope: Scope, name: str, draw: random.Random) -> str:
    """Rename a variable of the scope, unless the scope may mean something else by it."""
    text = ast.get_source_segment(program, scope) or ""
    own = sorted(own_names(scope))
    if not own or re.search(rf"\b{name}\b", text):
        return program
    old = draw.choice(own)
    if any(says(it, old) for it in ast.walk(scope)):
        return program
    places = [it for it in ast.walk(scope) if old in (getattr(it, "id", ""), getattr(it, "arg", ""))]
    places = [(it.lineno, it.col_offset) for it in places if not isinstance(it, ast.keyword)]
    lines = program.encode().split(b"\n")
    for line, column in sorted(places, reverse=True):
        before, after = lines[line - 1][:column], lines[line - 1][column + len(old.encode()):]
        lines[line - 1] = before + name.encode() + after
    return b"\n".join(lines).decode()


def own_names(scope: Scope) -> Iterator[str]:
    """Yield the variables that only the scope knows and that nobody gives to it by name."""
    if isinstance(scope, ast.Lambda):
        yield from (it.arg for it in scope.args.args)
        return
    names = [it for it in ast.walk(scope) if isinstance(it, ast.Name) and isinstance(it.ctx, ast.Store)]
    parameters = {it.arg for it in ast.walk(scope) if isinstance(it, ast.arg)}
    yield from {it.id for it in names} - parameters


def says(node: ast.AST, name: str) -> bool:
    """Whether a node names a variable in a way that is not renamed: in a text, or where it is declared or imported."""
    match node:
        case ast.Constant(value=str(text)):
            return name in text
        case ast.JoinedStr() | ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() | ast.MatchMapping():
            return True
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            return name in names
        case ast.Import() | ast.ImportFrom() | ast.ClassDef():
            return True
    return False
