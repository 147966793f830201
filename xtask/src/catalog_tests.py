"""Runs the tests of libraries with every call and attribute watched, for `catalog_examples.py`.

Tests give a library more kinds of arguments than its examples do: what always comes out of a call has then been seen often,
and what depends on the data is seen to depend on them.
"""

import ast
import builtins
import contextlib
import io
import os
import signal
import sys
import tempfile
import time
import zlib
from pathlib import Path

TEST_SECONDS, FILE_SECONDS = 3, 6
SKIPPED = {"super", "locals", "globals", "vars", "dir", "exec", "eval"}


class WatchTests(ast.NodeTransformer):
    """Puts calls and attributes of a test module under watch."""

    def visit_Call(self, node):  # noqa: N802
        """`x.f(y)` becomes `__watch_method__(x, "f", y)`, and `f(y)` becomes `__watch_call__(f, y)`."""
        receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in SKIPPED:
            return node
        if receiver is not None and isinstance(node.func, ast.Call) and is_watch(node.func):
            arguments = [*node.func.args, *node.args]
            return ast.Call(ast.Name("__watch_method__", ast.Load()), arguments, node.keywords)
        return ast.Call(ast.Name("__watch_call__", ast.Load()), [node.func, *node.args], node.keywords)

    def visit_Attribute(self, node):  # noqa: N802
        """`x.y` becomes `__watch_attribute__(x, "y")`."""
        is_super = isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "super"
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load) or is_super or node.attr.startswith("__"):
            return node
        return ast.Call(ast.Name("__watch_attribute__", ast.Load()), [node.value, ast.Constant(node.attr)], [])

    def visit_Decorated(self, node):
        """Decorators stay as they are."""
        node.body = [self.visit(it) for it in node.body]
        return node

    def visit_match_case(self, node):
        """Patterns stay as they are."""
        return self.visit_Decorated(node)

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Decorated  # noqa: N815


def is_watch(node):
    """Whether a call reads an attribute under watch."""
    return isinstance(node.func, ast.Name) and node.func.id == "__watch_attribute__"


class Limits:
    """Stops tests that take long, files that take long, and the whole after `seconds`."""

    def __init__(self, seconds):
        """Start the clock."""
        self.end = time.monotonic() + seconds
        self.spent, self.tests = {}, 0

    def pytest_runtest_protocol(self, item):
        """Leave out the rest of a file that has had its time."""
        if time.monotonic() > self.end:
            item.session.shouldstop = "enough"
            return True
        return self.spent.get(item.path, 0) > FILE_SECONDS or None

    def pytest_collection_modifyitems(self, items):
        """Take the files in an order that has nothing to do with their folders."""
        items.sort(key=lambda item: zlib.crc32(item.path.name.encode()))

    def pytest_runtest_setup(self, item):
        """Take the time."""
        item.started = time.monotonic()

    def pytest_pyfunc_call(self, pyfuncitem):
        """Give a test its time."""
        run = pyfuncitem.obj

        def limited(*arguments, **options):
            signal.signal(signal.SIGALRM, give_up)
            signal.setitimer(signal.ITIMER_REAL, TEST_SECONDS)
            try:
                return run(*arguments, **options)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)

        pyfuncitem.obj = limited

    def pytest_runtest_teardown(self, item):
        """Count what it took."""
        self.tests += 1
        spent = time.monotonic() - getattr(item, "started", time.monotonic())
        self.spent[item.path] = self.spent.get(item.path, 0) + spent


def give_up(*_):
    """End a test."""
    raise TimeoutError


def run_tests(seen, folders, seconds):
    """Run the tests in folders, and note in `seen` what calls give and attributes are."""
    import pytest  # noqa: PLC0415
    from _pytest.assertion import rewrite  # noqa: PLC0415

    def watched(tree, _source, path=None, _config=None):
        if path is not None and Path(path).name.startswith("test_"):
            ast.fix_missing_locations(WatchTests().visit(tree))

    def method(owner, name, /, *arguments, **options):
        function = getattr(owner, name)
        return seen.call_of(owner, function, arguments, options)

    builtins.__watch_call__ = lambda function, /, *given, **options: seen.call_of(None, function, given, options)
    builtins.__watch_method__ = method
    builtins.__watch_attribute__ = seen.attribute
    rewrite.rewrite_asserts = watched
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    limits = Limits(seconds)
    with tempfile.TemporaryDirectory() as cache, contextlib.redirect_stdout(io.StringIO()) as output:
        sys.pycache_prefix = cache
        options = ["-q", "-x", "--maxfail=100000", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist", "-W", "ignore"]
        options += ["--rootdir", cache, "-c", "/dev/null", "--import-mode=importlib", "--continue-on-collection-errors"]
        pytest.main([*options, *map(str, folders)], plugins=[limits])
        sys.pycache_prefix = None
    last = output.getvalue().strip().splitlines()[-1:]
    print(f"{seen.library}: {limits.tests} tests: {' '.join(last)[:150]}", file=sys.stderr, flush=True)


def test_folders(library, extra):
    """Where a library's tests are: in it, and in the folders that are named."""
    root = Path(sys.modules[library].__file__).parent
    own = sorted({path.parent for path in root.rglob("test_*.py")})
    return [*own, *(Path(it) for it in extra)]
