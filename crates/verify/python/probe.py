"""Observe one run of an input or of a package, or compare what two runs computed.

Started by `srcify verify` as `python -u probe.py request.json`; the request says which of three things to do:

- `input`: run a notebook or a script, cell by cell, without Jupyter, and record its top-level values;
- `package`: run a package through its own entrypoint, and record the values that its functions held;
- `compare`: read two records and the files that both runs wrote, and say for each observable whether they agree.

Only the standard library is imported here. Libraries are used only when the run itself imported them, so that the
probe neither needs nor hides a dependency. Nothing of what is recorded is a pickle: a value becomes a tree of nodes
with a digest each (see `Describer`), and numbers go, as raw bytes, to one file beside the tree.
"""

import ast
import asyncio
import builtins
import copy
import datetime
import decimal
import difflib
import enum
import fractions
import functools
import hashlib
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import io
import itertools
import json
import linecache
import math
import os
import pathlib
import random
import re
import runpy
import shlex
import signal
import subprocess
import sys
import threading
import time
import traceback
import types
import uuid
import warnings

SKIPPED_FOLDERS = {"__pycache__", ".git", ".venv", "node_modules", ".ipynb_checkpoints"}
SECRET = re.compile(r"passw|secret|token|api_?key|credential|private_?key", re.IGNORECASE)
SEEN_BY_SUFFIX = {".pkl": "pickle", ".pickle": "pickle", ".joblib": "joblib"}
MOST_CALLS = 1000
MOST_NODES = 200_000
MOST_SHOWN = 20_000
MOST_CHILDREN = 10_000
MOST_TOKENS = 100_000
PIECE = 1_000_000
MOST_STORED_BYTES = 1024 * 1024 * 1024
MOST_SECONDS = 100
DEEPEST = 25


def main():
    """Do what the request file asks for."""
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    sys.modules["srcify_probe"] = sys.modules["__main__"]
    if request["mode"] == "compare":
        limit_memory(request.get("memory"))
        write_json(request["result"], compare_runs(request))
        return
    run = Run(request)
    if request.get("kernel"):
        observe_kernel(run)
        return
    run.prepare()
    body = run_input if request["mode"] == "input" else run_package
    values = run.observe(body)
    run.write_record(values)
    status = 0 if run.failure is None else 3
    end_soon(status)
    sys.exit(status)


def observe_kernel(run):
    """Run an input in a kernel; a record is there at the end, whatever happened."""
    signal.signal(signal.SIGTERM, stop)
    try:
        run_in_kernel(run)
    except BaseException as error:
        run.fail(error)
    if not os.path.exists(os.path.join(run.request["scratch"], "record.json")):
        run.write_record([])
    sys.exit(0 if run.failure is None else 3)


def end_soon(status):
    """End the process even when a thread of the run goes on for ever."""
    watchdog = threading.Timer(20, os._exit, [status])
    watchdog.daemon = True
    watchdog.start()


def write_json(path, value):
    """Write `value` at once, so that a reader never sees half of it."""
    with open(path + ".part", "w", encoding="utf-8") as file:
        json.dump(value, file)
    os.replace(path + ".part", path)


# ---------------------------------------------------------------------------------------------------------------------
# Running


class Stopped(BaseException):
    """The time was up: raised where the program was, so that the place is known."""


class Run:
    """One observed run: its limits, what it did, and where it failed."""

    def __init__(self, request):
        self.request = request
        self.folder = os.path.realpath(request["folder"])
        self.failure = None
        self.notes = []
        self.outside = {}
        self.writers = {}
        self.reads = {}
        self.calls = []
        self.observer = None
        self.clock = False
        self.bindings = {}
        self.cells = []
        self.cell = None
        self.before = snapshot(self.folder)
        self.seconds = 0.0

    def prepare(self):
        """Set limits and make what only shows something harmless."""
        os.environ.setdefault("MPLBACKEND", "Agg")
        limit_memory(self.request.get("memory"))
        signal.signal(signal.SIGTERM, stop)
        self.watch_writes()
        if self.request.get("offline"):
            refuse_network()
        sys.meta_path.insert(0, Silencer(self.request.get("seed")))

    def watch_writes(self):
        """Note who opens files for writing. (An audit hook would hear every `id()`, and slow down `deepcopy`.)"""
        open_file, open_descriptor = io.open, os.open
        writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT

        @functools.wraps(open_file)
        def open_noted(file, mode="r", *arguments, **options):
            if isinstance(mode, str) and not set(mode).isdisjoint("wax+"):
                self.note_write(file)
            elif self.request.get("record"):
                self.note_read(file)
            return open_file(file, mode, *arguments, **options)

        @functools.wraps(open_descriptor)
        def open_descriptor_noted(path, flags, *arguments, **options):
            if isinstance(flags, int) and flags & writing:
                self.note_write(path)
            return open_descriptor(path, flags, *arguments, **options)

        builtins.open = io.open = open_noted
        os.open = open_descriptor_noted

    def note_write(self, path):
        """Remember who opened `path` for writing, and whether it is outside the folder of the run."""
        if not isinstance(path, (str, bytes, os.PathLike)):
            return
        place = os.path.realpath(os.fsdecode(path))
        if place.startswith(self.folder + os.sep):
            if len(self.writers) < 1000:
                self.writers.setdefault(os.path.relpath(place, self.folder), running_statement(self))
            return
        above = os.path.dirname(self.folder) + os.sep
        private = ("/dev/", "/proc/", tempfile_folder(), os.path.expanduser("~/."))
        ours = place.startswith((self.request["scratch"], self.request["progress"]))
        if ours or (place.startswith(private) and not place.startswith(above)) or len(self.outside) >= 50:
            return
        self.outside[os.path.relpath(place, self.folder) if place.startswith(above) else place] = True

    def note_read(self, path):
        """Remember which of the files that were there the run read."""
        if isinstance(path, (str, bytes, os.PathLike)) and len(self.reads) < 1000:
            place = os.path.relpath(os.path.realpath(os.fsdecode(path)), self.folder)
            if place in self.before and not place.endswith((".ipynb", ".py")):
                self.reads[place] = True

    def observe(self, body):
        """Run `body`, keep its failure, and describe the values it yields."""
        start = time.perf_counter()
        values = {}
        try:
            values = body(self)
        except Failed as error:
            values = error.values
        self.seconds = time.perf_counter() - start
        return values

    def fail(self, error):
        """Keep where and why the run ended, as the user would look for it."""
        self.failure = describe_failure(error, self)

    def progress(self, text):
        """Tell the caller what is running now."""
        with open(self.request["progress"], "a", encoding="utf-8") as file:
            file.write(text.replace("\n", " ") + "\n")

    def write_record(self, values):
        """Flush what was printed and write the record."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass
        printed, sys.stdout = sys.stdout, io.StringIO()
        describer = Describer(self.request["scratch"], self.request.get("package"))
        described = [
            {**entry, "node": describer.describe_named(entry["name"], entry["value"])} for entry in values
        ]
        for entry in described:
            del entry["value"]
        record = {
            "failure": self.failure,
            "values": described,
            "pickles": describe_pickles(self, describer),
            "before": self.before,
            "cells": self.cells,
            "outside": sorted(self.outside),
            "writers": self.writers,
            "clock": self.clock,
            "reads": sorted(self.reads),
            "calls": self.calls,
            "bindings": self.bindings,
            "notes": self.notes + describer.notes,
            "seconds": self.seconds,
        }
        if self.observer is not None:
            record["learnt"] = self.observer.record()
        describer.close()
        sys.stdout = printed
        write_json(os.path.join(self.request["scratch"], "record.json"), record)


class Failed(Exception):
    """The observed program raised; carries the values that it had by then."""

    def __init__(self, values):
        super().__init__("failed")
        self.values = values


def stop(_signal, _frame):
    """Turn the request to stop into an exception at the statement that is running."""
    raise Stopped


def limit_memory(limit):
    """Make allocations beyond `limit` bytes raise `MemoryError`."""
    if not limit:
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def refuse_network():
    """Let no connection leave this machine."""
    import socket

    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def is_near(host):
        return host in (None, "", "localhost", "::1") or str(host).startswith("127.")

    def connect_near(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_near(address[0]):
            raise OSError("the network is off (`--offline`)")
        return connect(self, address)

    def look_up_near(host, *arguments, **options):
        if not is_near(host):
            raise socket.gaierror(socket.EAI_FAIL, "the network is off (`--offline`)")
        return lookup(host, *arguments, **options)

    socket.socket.connect = connect_near
    socket.getaddrinfo = look_up_near
    # Programs that the run starts are told that the way out is closed: the port of discarded things.
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        os.environ[name] = os.environ[name.upper()] = "http://127.0.0.1:9"
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = "localhost,127.0.0.1,::1"


def snapshot(folder):
    """Size and time of every file below `folder`, by its path from there."""
    found = {}
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in files:
            path = os.path.join(root, name)
            try:
                state = os.stat(path)
            except OSError:
                continue
            found[os.path.relpath(path, folder)] = [state.st_size, state.st_mtime_ns]
    return found


def changed_files(folder, before):
    """Paths of the files that were written since `before`, sorted."""
    after = snapshot(folder)
    return sorted(path for path, state in after.items() if before.get(path) != state)


def describe_failure(error, run):
    """Kind, message and place of an exception that ended the run."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if place_in_user_code(frame.filename, run)]
    frame = ours[-1] if ours else None
    top = frame if run.request["mode"] == "package" else ours[0] if ours else None
    kind = type(error).__name__
    message = str(error) if not isinstance(error, SystemExit) else f"ended with status {error.code}"
    line = frame.lineno if frame else None
    cell = cell_of(top, run) if top else run.cell
    if isinstance(error, SyntaxError) and error.lineno is not None:
        line, top_line, statement = error.lineno, error.lineno, (error.text or "").strip()
    else:
        top_line, statement = (top.lineno if top else None), (top.line if top else "")
    missing = error.name if isinstance(error, ModuleNotFoundError) else None
    return {
        "kind": "Timeout" if isinstance(error, Stopped) else kind,
        "message": first_line(message),
        "cell": cell,
        "line": top_line,
        "inner_line": line,
        "file": shown_file(frame.filename, run) if frame else None,
        "function": frame.name if frame else None,
        "statement": first_line(statement or ""),
        "missing_module": missing,
        "traceback": "".join(traceback.format_list(ours or frames[-3:]))[-4000:],
    }


def place_in_user_code(filename, run):
    """Whether a file of a traceback is the input's or the package's own."""
    if filename.startswith("<"):
        return filename.startswith("<cell ")
    places = [run.folder, *run.request.get("paths", [])]
    real = os.path.realpath(filename)
    return any(real.startswith(os.path.realpath(place) + os.sep) for place in places)


def shown_file(filename, run):
    """A file of a traceback as the user knows it: relative to the folder or the package."""
    if filename.startswith("<cell "):
        return None
    for place in [run.folder, *run.request.get("paths", [])]:
        real = os.path.realpath(place)
        if os.path.realpath(filename).startswith(real + os.sep):
            return os.path.relpath(os.path.realpath(filename), real)
    return filename


def cell_of(frame, run):
    """The number of the cell that a frame of the input belongs to."""
    match = re.match(r"<cell (\d+)>", frame.filename)
    if match:
        return int(match.group(1))
    starts = [cell["number"] for cell in run.cells if cell.get("first_line", 1) <= frame.lineno]
    return starts[-1] if starts else run.cell


def first_line(text):
    """The first non-empty line of `text`, of a readable length."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return shorten(lines[0], 300) if lines else ""


def shorten(text, length=160):
    """`text` with its end replaced by a mark when it is longer than `length`."""
    return text if len(text) <= length else text[: length - 1] + "…"


def running_statement(run):
    """The statement of the input that is running now."""
    frame = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if code.co_name == "<module>" and place_in_user_code(code.co_filename, run):
            summary = traceback.FrameSummary(code.co_filename, frame.f_lineno, code.co_name)
            return {"cell": cell_of(summary, run), "line": frame.f_lineno, "statement": first_line(summary.line or "")}
        frame = frame.f_back
    return None


def tempfile_folder():
    """Where temporary files go; what is there is nobody's result."""
    return os.path.realpath(os.environ.get("TMPDIR", "/tmp")) + os.sep


class Silencer(importlib.abc.MetaPathFinder):
    """Changes a few modules right after their import.

    Showing something needs no screen and prints nothing. The libraries' global random generators start from one seed
    in both runs, so that an input without a seed can be compared, too, as long as both sides draw alike; a further run
    of the input gets another seed, which shows what depends on it.
    """

    def __init__(self, seed):
        self.busy = set()
        self.changes = {
            "matplotlib.pyplot": silence_pyplot,
            "IPython.core.display_functions": silence_display,
            "plotly.io": silence_plotly,
        }
        if seed is not None:
            random.seed(seed)
            self.changes["numpy.random"] = lambda module: module.seed(seed)
            self.changes["torch"] = lambda module: module.manual_seed(seed)
        for name in self.changes.keys() & sys.modules.keys():
            # The interpreter imports it where it starts.
            self.changes[name](sys.modules[name])

    def find_spec(self, name, path=None, target=None):
        """Find a module as usual, and let its change follow its execution."""
        if name not in self.changes or name in self.busy:
            return None
        self.busy.add(name)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self.busy.discard(name)
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module
        change = self.changes[name]

        def execute_and_change(module):
            execute(module)
            change(module)

        spec.loader.exec_module = execute_and_change
        return spec


def silence_pyplot(pyplot):
    """A shown figure is closed, as Jupyter's inline backend does."""

    def show(*_arguments, **_options):
        pyplot.close("all")

    pyplot.show = show


def silence_display(module):
    """Outside IPython, `display` prints: it must not, for neither run."""
    module.display = display_nothing
    # Where the interpreter imported IPython before, others have the function already.
    for name in ("IPython.display", "IPython"):
        if hasattr(sys.modules.get(name), "display"):
            sys.modules[name].display = display_nothing


def silence_plotly(module):
    """A plotly figure opens a browser when shown."""
    module.show = display_nothing


def display_nothing(*_objects, **_options):
    """Stand in for `display`."""


# ---------------------------------------------------------------------------------------------------------------------
# Running an input


CLOCK = re.compile(r"\b(?:import time|from time|time\.time|perf_counter|monotonic|timeit|default_timer|process_time|verbose)\b|\btrace ?=|%time")


class Cell:
    """A piece of the input that runs at once."""

    def __init__(self, number, text, first_line=1, tags=()):
        self.number = number
        self.text = text
        self.first_line = first_line
        self.tags = tags


def run_input(run):
    """Run the input's cells in order in a fresh `__main__`; list its top-level values."""
    request = run.request
    path = request["path"]
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = module
    sys.argv = [path]
    STARTED.add(os.path.basename(path))
    sys.path[0] = os.path.dirname(path)
    os.chdir(os.path.dirname(path))
    cells = read_cells(path)
    order = request.get("order")
    if order:
        by_number = {cell.number: cell for cell in cells}
        cells = [by_number[number] for number in order if number in by_number]
    run.clock = any(CLOCK.search(cell.text) for cell in cells)
    if path.endswith(".py"):
        module.__dict__["__file__"] = path
    if path.endswith(".py") and not has_magics(path):
        runner = ScriptRunner(run, module, path)
    else:
        runner = CellRunner(run, module)
    if request.get("observe"):
        run.observer = TypeObserver(path.endswith(".ipynb"))
        run.observer.install()
    error = runner.run(cells)
    run.bindings = statements_by_name(cells)
    values = named_values(module.__dict__, imported_names(cells) - set(run.bindings))
    if error is not None:
        run.fail(error)
        raise Failed(values)
    return values


def run_in_kernel(run):
    """Run the input's cells in a Jupyter kernel; the kernel itself observes, and writes the record."""
    import nbclient
    import nbformat

    request = run.request
    cells = read_cells(request["path"])
    order = request.get("order")
    if order:
        by_number = {cell.number: cell for cell in cells}
        cells = [by_number[number] for number in order if number in by_number]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell.text) for cell in cells])
    place = {"metadata": {"path": os.path.dirname(request["path"])}}
    client = nbclient.NotebookClient(notebook, kernel_name=request["kernel"], timeout=None, resources=place)
    state = os.path.join(request["scratch"], "kernel.json")
    with client.setup_kernel():
        ask_kernel(client, KERNEL_START.format(probe=os.path.realpath(sys.argv[0]), request=os.path.realpath(sys.argv[1])))
        start = time.perf_counter()
        for position, cell in enumerate(cells):
            run.cell = cell.number
            run.progress(f"cell {position + 1} of {len(cells)}")
            if not run_cell_in_kernel(run, client, position, cell):
                break
        seconds = time.perf_counter() - start
        write_json(state, {"cells": run.cells, "failure": run.failure, "seconds": seconds, "numbers": order})
        ask_kernel(client, f"srcify_probe.finish_in_kernel({state!r})")


KERNEL_START = """
import importlib.util as _util, sys as _sys
_spec = _util.spec_from_file_location("srcify_probe", {probe!r})
srcify_probe = _util.module_from_spec(_spec)
_sys.modules["srcify_probe"] = srcify_probe
_spec.loader.exec_module(srcify_probe)
srcify_probe.start_in_kernel({request!r})
"""


def ask_kernel(client, text):
    """Run code of ours in the kernel, outside of the notebook's history."""
    reply = client.kc.execute(text, silent=False, store_history=False, reply=True, timeout=None)
    if inspect.isawaitable(reply):
        reply = asyncio.get_event_loop().run_until_complete(reply)
    content = reply["content"]
    if content["status"] != "ok":
        raise RuntimeError(f"the kernel could not observe: {content.get('ename')}: {content.get('evalue')}")


def run_cell_in_kernel(run, client, position, cell):
    """Run one cell; pass on what it printed, keep its failure, and say whether to go on."""
    import nbclient.exceptions

    start = time.perf_counter()
    made = client.nb.cells[position]
    try:
        client.execute_cell(made, position)
    except nbclient.exceptions.CellExecutionError as error:
        run.failure = kernel_failure(run, error, made, cell)
    except nbclient.exceptions.DeadKernelError:
        run.failure = {"kind": "Crash", "message": "the kernel died", "cell": cell.number}
    for output in made.get("outputs", ()):
        if output.get("output_type") == "stream" and output.get("name") == "stdout":
            sys.stdout.write(output["text"])
    run.cells.append({"number": cell.number, "seconds": time.perf_counter() - start, "printed": printed_bytes()})
    if run.failure is not None and "raises-exception" in cell.tags:
        run.failure = None
    return run.failure is None


def kernel_failure(run, error, made, cell):
    """Where and why a cell failed, from what the kernel shows."""
    shown = [output for output in made.get("outputs", ()) if output.get("output_type") == "error"]
    trace = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(shown[0].get("traceback", ()))) if shown else ""
    lines = [int(number) for number in re.findall(r"^-+> ?(\d+)", trace, re.MULTILINE)]
    line = lines[0] if lines else None
    text = cell.text.splitlines()
    kind, message = getattr(error, "ename", "Error"), first_line(str(getattr(error, "evalue", error)))
    missing = re.match(r"No module named '([^']+)'", message) if kind == "ModuleNotFoundError" else None
    return {
        "kind": kind, "message": message, "cell": cell.number, "line": line, "inner_line": line, "file": None, "function": None,
        "statement": first_line(text[line - 1]) if line and line <= len(text) else "",
        "missing_module": missing[1] if missing else None, "traceback": trace[-4000:],
    }


KERNEL_RUNS = []


def start_in_kernel(path):
    """In the kernel: set the limits, and begin to observe."""
    with open(path, encoding="utf-8") as file:
        request = json.load(file)
    run = Run(request)
    run.prepare()
    KERNEL_RUNS.append(run)


def finish_in_kernel(path):
    """In the kernel: write the record of what the notebook left behind."""
    with open(path, encoding="utf-8") as file:
        state = json.load(file)
    run = KERNEL_RUNS[0]
    run.cells, run.failure, run.seconds = state["cells"], state["failure"], state["seconds"]
    cells = read_cells(run.request["path"])
    run.bindings = statements_by_name(cells)
    run.clock = any(CLOCK.search(cell.text) for cell in cells)
    hidden = {"srcify_probe", "_util", "_sys", "_spec"}
    names = {name: value for name, value in sys.modules["__main__"].__dict__.items() if not re.match(r"_+$|_+i+$|_i?\d+$|_(?:oh|dh|ih)$", name)}
    names = {name: value for name, value in names.items() if name not in hidden}
    run.write_record(named_values(names, imported_names(cells) - set(run.bindings)))


def statements_by_name(cells):
    """The last top-level statement that binds each name: its cell, line and text."""
    found = {}
    trees = [(cell, parse_leniently(cell.text)) for cell in cells]
    statements = [(cell, statement) for cell, tree in trees if tree for statement in tree.body]
    for at, (cell, statement) in enumerate(statements):
        text = cell.text.splitlines()[statement.lineno - 1 : statement.lineno]
        line = statement.lineno + cell.first_line - 1
        made = {"at": at, "cell": cell.number, "line": line, "statement": shorten("".join(text).strip())}
        found.update(dict.fromkeys(bound_names([statement]), made))
        found.update(dict.fromkeys(stored_parts(statement), made))
    return found


def stored_parts(statement):
    """The parts of values that a statement stores: `df['x']` of `df['x'] = 1`."""
    for node in ast.walk(statement):
        if isinstance(getattr(node, "ctx", None), ast.Store) and isinstance(getattr(node, "value", None), ast.Name):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                yield f"{node.value.id}[{node.slice.value!r}]"
            elif isinstance(node, ast.Attribute):
                yield f"{node.value.id}.{node.attr}"


def parse_leniently(text):
    """The syntax tree of a cell, magics replaced; `None` when it is no Python."""
    for attempt in (lambda: text, lambda: replace_magics(text) or ""):
        try:
            return ast.parse(attempt())
        except (SyntaxError, ValueError):
            continue
    return None


def read_cells(path):
    """Cut an input into its cells, by its form."""
    with open(path, encoding="utf-8-sig") as file:
        text = file.read()
    if path.endswith(".ipynb"):
        return notebook_cells(json.loads(text))
    if path.endswith((".md", ".qmd", ".rmd", ".Rmd")):
        return fenced_cells(text)
    return script_cells(text)


def notebook_cells(notebook):
    """The code cells of a notebook of any format version, with their positions."""
    cells = notebook.get("cells")
    if cells is None:
        cells = [cell for sheet in notebook.get("worksheets", []) for cell in sheet.get("cells", [])]
    found = []
    for number, cell in enumerate(cells, start=1):
        source = cell.get("source", cell.get("input", ""))
        text = source if isinstance(source, str) else "".join(source)
        if cell.get("cell_type") == "code":
            found.append(Cell(number, text, tags=tuple((cell.get("metadata") or {}).get("tags") or ())))
    return found


def fenced_cells(text):
    """The Python chunks of a MyST or Quarto document that are not switched off."""
    found = []
    # Where cells are directives, plain code blocks are examples.
    plain = "" if re.search(r"^`{3,}\s*\{code-cell", text, re.MULTILINE) else "|python"
    fence = re.compile(
        rf"^(?P<mark>`{{3,}})\s*(?:\{{python(?P<head>[^}}\n]*)\}}|\{{code-cell\}}[^\n]*{plain})[ \t]*\n(?P<body>.*?)^(?P=mark)[ \t]*$",
        re.MULTILINE | re.DOTALL,
    )
    for number, match in enumerate(fence.finditer(text), start=1):
        options = re.match(r"(?:(?::|#\|).*\n)+|---\n(?:.*\n)*?---\n|", match.group("body"))
        if re.search(r"eval: false|eval=(?:FALSE|false)", (match["head"] or "") + options[0]):
            continue
        above = text[: match.start("body") + options.end()].count("\n")
        found.append(Cell(number, "\n" * above + match.group("body")[options.end() :]))
    return found


def script_cells(text):
    """The cells of a script: where its markers are, else one."""
    if is_databricks(text):
        text = re.sub(r"^# MAGIC %sh\b(.*)\n((?:# MAGIC.*\n)*)", databricks_shell, text, flags=re.MULTILINE)
    marker = re.compile(r"^(?:# ?%%|# COMMAND -{5,}|# In\[[ \d]*\])")
    lines = text.splitlines(keepends=True)
    starts = [i for i, line in enumerate(lines) if marker.match(line)]
    if not starts:
        return [Cell(None, text)]
    before = "".join(lines[: starts[0]])
    tree = parse_leniently(before)
    if tree is None or tree.body[1 if ast.get_docstring(tree) else 0 :]:
        starts.insert(0, 0)
    ends = [*starts[1:], len(lines)]
    return [
        Cell(number, "".join(lines[start:end]), first_line=start + 1)
        for number, (start, end) in enumerate(zip(starts, ends), start=1)
    ]


def is_databricks(text):
    """Whether a script is an export of Databricks, whose magics are comments."""
    return text.lstrip().startswith("# Databricks notebook source")


def databricks_shell(match):
    """A `%sh` of Databricks as a call of the shell, of as many lines."""
    commands = [match[1].strip(), *(line[len("# MAGIC ") :] for line in match[2].splitlines())]
    script = "\n".join(commands)
    return f"get_ipython().run_cell_magic('sh', '', {script!r})" + "\n" * len(commands)


class TypeObserver:
    """Learns the types of an input's expressions, variables and functions while it runs, for `convert --observe`.

    Each expression `e` becomes `__srcify_type__(key, e)`, each top-level statement is followed by a look at the names in
    it, each function tells its arguments and results. Types and the columns of frames are kept, never a value.
    """

    def __init__(self, is_notebook):
        self.is_notebook = is_notebook
        self.expressions, self.counts, self.keys = {}, {}, []
        self.statements, self.places, self.frames = {}, [], {}
        self.functions = {}
        self.texts = []

    def install(self):
        """Let the rewritten code find us."""
        builtins.__srcify_type__ = self.note_expression
        builtins.__srcify_bound__ = self.note_statement
        builtins.__srcify_enter__ = self.note_arguments
        builtins.__srcify_result__ = self.note_result
        builtins.__srcify_leave__ = lambda _key, _values: None
        builtins.__srcify_locals__ = locals

    def rewrite(self, tree, cell):
        """Add the calls to the tree of a cell."""
        self.cell = cell
        self.lines = cell.text.splitlines()
        for node, qualified in functions_of(tree):
            add_calls(node, qualified)
            first = 1 if ast.get_docstring(node, clean=False) is not None else 0
            enter = ast.parse(f"__srcify_enter__({qualified!r}, __srcify_locals__())").body[0]
            node.body.insert(first, located(enter, node.body[first if first < len(node.body) else -1]))
        body = []
        for statement in tree.body:
            place = self.place(statement)[:3]
            names = sorted({node.id for node in ast.walk(statement) if isinstance(node, ast.Name)} - {"__srcify_locals__"})
            if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
                body.append(ExpressionWrapper(self).visit(statement))
                continue
            stored = [node for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
            self.places.append((place, names, [(self.place(node), node.id) for node in stored]))
            body.append(ExpressionWrapper(self).visit(statement))
            look = ast.parse(f"__srcify_bound__({len(self.places) - 1}, __srcify_locals__())").body[0]
            end = ast.Pass(lineno=statement.end_lineno, col_offset=0, end_lineno=statement.end_lineno, end_col_offset=0)
            body.append(located(look, end))
        tree.body = keep_future_first(body)
        return ast.fix_missing_locations(tree)

    def place(self, node):
        """Where a node stands as people count: cell, first line and column, last line and column."""
        shift = 0 if self.is_notebook else self.cell.first_line - 1
        number = self.cell.number if self.is_notebook else None
        start, end = self.column(node.lineno, node.col_offset), self.column(node.end_lineno, node.end_col_offset)
        return (number, node.lineno + shift, start, node.end_lineno + shift, end)

    def column(self, line, offset):
        """A column in characters, from 1; Python counts bytes."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        return len(text.encode()[:offset].decode(errors="ignore")) + 1

    def note_expression(self, key, value):
        """Called with the value of each expression; the first few of each are looked at."""
        seen = self.counts.get(key, 0)
        if seen < 20:
            self.counts[key] = seen + 1
            self.expressions[key] = join_types(self.expressions.get(key), type_tree(value))
        return value

    def note_statement(self, index, values):
        """Called after each top-level statement."""
        names = self.places[index][1]
        types_ = self.statements.setdefault(index, {})
        for name in names:
            if name in values:
                types_[name] = join_types(types_.get(name), type_tree(values[name]))
                frame = frame_facts(values[name])
                if frame is not None:
                    self.frames[index, name] = frame

    def note_arguments(self, key, values):
        """Called when a function begins."""
        facts = self.functions.setdefault(key, {"calls": 0, "parameters": {}, "returns": None})
        facts["calls"] += 1
        if facts["calls"] <= 100:
            for name, value in values.items():
                facts["parameters"][name] = join_types(facts["parameters"].get(name), type_tree(value))

    def note_result(self, key, value):
        """Called at each `return` of a function."""
        facts = self.functions.setdefault(key, {"calls": 0, "parameters": {}, "returns": None})
        if facts["calls"] <= 100:
            facts["returns"] = join_types(facts["returns"], type_tree(value))
        return value

    def record(self):
        """What was learnt, as JSON."""
        expressions = [[*self.keys[key], type_] for key, type_ in self.expressions.items() if is_known(type_)]
        for index, types_ in self.statements.items():
            for place, name in self.places[index][2]:
                if is_known(types_.get(name)):
                    expressions.append([*place, types_[name]])
        statements = [
            [*self.places[index][0], {name: type_ for name, type_ in types_.items() if is_known(type_)}]
            for index, types_ in self.statements.items()
        ]
        frames = [[*self.places[index][0], name, frame] for (index, name), frame in self.frames.items()]
        functions = {
            key: {
                "parameters": {name: type_ for name, type_ in facts["parameters"].items() if is_known(type_)},
                "returns": facts["returns"] if is_known(facts["returns"]) else None,
            }
            for key, facts in self.functions.items()
        }
        return {
            "expressions": expressions, "statements": statements, "frames": frames, "functions": functions,
            "versions": installed_versions(),
        }


def located(new, old):
    """`new` with all of its nodes where `old` is."""
    for node in ast.walk(new):
        if hasattr(node, "lineno"):
            ast.copy_location(node, old)
    return new


def keep_future_first(body):
    """Statements that must come first, before any call of ours."""
    first = [node for node in body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    return [*first, *(node for node in body if node not in first)] if first else body


class ExpressionWrapper(ast.NodeTransformer):
    """Hands over the values of expressions whose type nothing else tells."""

    def __init__(self, observer):
        self.observer = observer

    def wrap(self, node):
        """`e` as `__srcify_type__(key, e)`."""
        key = len(self.observer.keys)
        self.observer.keys.append(self.observer.place(node))
        self.generic_visit(node)
        call = ast.Call(func=ast.Name(id="__srcify_type__", ctx=ast.Load()), args=[ast.Constant(key), node], keywords=[])
        return located_around(call, node)

    def visit_Call(self, node):
        """A call; ours are left alone, and so are methods before they are called."""
        if isinstance(node.func, ast.Name) and node.func.id.startswith("__srcify_"):
            self.generic_visit(node)
            return node
        return self.wrap(node)

    def visit_Attribute(self, node):
        """An attribute that is read."""
        return self.wrap(node) if isinstance(node.ctx, ast.Load) and not self.is_called(node) else self.generic_visit(node)

    def visit_Subscript(self, node):
        """A part that is read."""
        return self.wrap(node) if isinstance(node.ctx, ast.Load) else self.generic_visit(node)

    visit_BinOp = wrap

    def is_called(self, node):
        """Whether an attribute is the function of a call."""
        return getattr(node, "srcify_called", False)

    def generic_visit(self, node):
        """Mark the functions of calls, and go on."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node.func.srcify_called = True
        return super().generic_visit(node)

    def visit_AnnAssign(self, node):
        """Annotations are no values."""
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_arguments(self, node):
        """Defaults are values, annotations are none."""
        node.defaults = [self.visit(value) for value in node.defaults]
        node.kw_defaults = [value and self.visit(value) for value in node.kw_defaults]
        return node

    def visit_FunctionDef(self, node):
        """All of a function but its annotations."""
        node.decorator_list = [self.visit(value) for value in node.decorator_list]
        self.visit(node.args)
        node.body = [self.visit(statement) for statement in node.body]
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_match_case(self, node):
        """Patterns are no expressions."""
        node.guard = node.guard and self.visit(node.guard)
        node.body = [self.visit(statement) for statement in node.body]
        return node


def located_around(call, node):
    """A call of ours where the expression in it is."""
    ast.copy_location(call, node)
    ast.copy_location(call.func, node)
    ast.copy_location(call.args[0], node)
    return call


UNKNOWN = {"name": "", "arguments": []}
SCALARS = {"bool", "int", "float", "str", "bytes", "complex"}
NUMPY_NAMES = {"bool": "bool_", "str": "str_", "bytes": "bytes_", "object": "object_"}


def is_known(type_):
    """Whether a type says something."""
    return type_ is not None and type_["name"] != ""


def type_tree(value, depth=0):
    """The type of a value with the types of what it holds; `UNKNOWN` for what annotations do not name."""
    kind = type(value)
    if value is None:
        return {"name": "None", "arguments": []}
    if kind.__module__ == "builtins" and kind.__name__ in SCALARS:
        return {"name": kind.__name__, "arguments": []}
    if kind in (list, set, frozenset, tuple, dict) and depth < 4:
        return container_type(value, kind, depth)
    if isinstance(value, (types.ModuleType, type)) or is_code(value) or kind.__module__ == "builtins":
        return UNKNOWN
    if library("numpy") is not None and isinstance(value, library("numpy").generic):
        return {"name": "numpy." + NUMPY_NAMES.get(kind.__name__, kind.__name__), "arguments": []}
    return {"name": public_name(kind), "arguments": []}


def container_type(value, kind, depth):
    """A container with the types of its first items."""
    if kind is dict:
        some = list(itertools.islice(value.items(), 100))
        parts = [joined(type_tree(pair[at], depth + 1) for pair in some) for at in (0, 1)]
    elif kind is tuple:
        parts = [type_tree(item, depth + 1) for item in value] if len(value) <= 6 else []
    else:
        parts = [joined(type_tree(item, depth + 1) for item in itertools.islice(value, 100))]
    complete = value and all(is_known(part) for part in parts)
    return {"name": kind.__name__, "arguments": parts if complete else []}


def joined(trees):
    """The type that holds all types."""
    result = None
    for tree in trees:
        result = join_types(result, tree)
    return result or UNKNOWN


def join_types(first, second):
    """The union of two types; of more than three, nothing is known."""
    if first is None or first == second:
        return second
    if not is_known(first) or not is_known(second):
        return UNKNOWN
    members = []
    for tree in (first, second):
        for member in tree["arguments"] if tree["name"] == "|" else [tree]:
            if member not in members:
                members.append(member)
    # A number is a number, and an empty container is one of those that are not.
    names = [member["name"] for member in members]
    if "float" in names:
        members = [member for member in members if member["name"] != "int"]
    filled = {member["name"] for member in members if member["arguments"]}
    members = [member for member in members if member["arguments"] or member["name"] not in filled]
    if len(members) == 1:
        return members[0]
    return {"name": "|", "arguments": members} if len(members) <= 3 else UNKNOWN


def public_name(kind):
    """The name by which a class is imported: the shortest path that leads to it; empty for private ones."""
    module, name = kind.__module__ or "", kind.__qualname__
    if module in ("__main__", "srcify_probe"):
        return name if "." not in name and name.isidentifier() else ""
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        path = ".".join(parts[:length])
        found = sys.modules.get(path)
        if found is not None and getattr(found, name, None) is kind and not any(part.startswith("_") for part in parts[:length]):
            return f"{path}.{name}"
    return ""


def frame_facts(value):
    """The shape of a frame or array, and names and dtypes of its columns, in words; no value."""
    pandas, polars, numpy = library("pandas"), library("polars"), library("numpy")
    if pandas is not None and isinstance(value, pandas.DataFrame):
        return columns_in_words(len(value), zip(value.columns, value.dtypes), value.shape[1])
    if polars is not None and isinstance(value, polars.DataFrame):
        return columns_in_words(value.height, value.schema.items(), value.width)
    if pandas is not None and isinstance(value, pandas.Series):
        return f"{len(value):,} values of {value.dtype}"
    if numpy is not None and isinstance(value, numpy.ndarray):
        return f"an array of {value.dtype}, shape {value.shape}"
    return None


def columns_in_words(rows, columns, width):
    """`600 rows of tenure (int64), churn (object)`."""
    shown = []
    for name, dtype in itertools.islice(columns, 12):
        shown.append(f"{shorten(' '.join(str(name).split()), 40)} ({dtype})")
    more = f", and {width - len(shown)} more columns" if width > len(shown) else ""
    return f"{rows:,} rows of {', '.join(shown)}{more}"


def installed_versions():
    """The versions of the distributions whose modules were imported, by module."""
    import importlib.metadata

    modules = {name for name in list(sys.modules) if "." not in name}
    found = {}
    for module, distributions in importlib.metadata.packages_distributions().items():
        if module in modules:
            found[module] = [distributions[0], importlib.metadata.version(distributions[0])]
    return found


class ScriptRunner:
    """Runs a script whole, as Python does."""

    def __init__(self, run, module, path):
        self.run_state = run
        self.module = module
        self.path = path

    def run(self, cells):
        """Run the script; give the exception that ended it, if any."""
        run = self.run_state
        run.cells = [{"number": cell.number, "first_line": cell.first_line} for cell in cells]
        run.progress(os.path.basename(self.path))
        with open(self.path, "rb") as file:
            source = file.read()
        try:
            if run.observer is not None:
                source = run.observer.rewrite(ast.parse(source, self.path), Cell(None, source.decode("utf-8-sig")))
            code = compile(source, self.path, "exec", dont_inherit=True)
            exec(code, self.module.__dict__)
        except SystemExit as error:
            return None if error.code in (None, 0) else error
        except BaseException as error:
            return error
        return None


class CellRunner:
    """Runs the cells of a notebook one after the other."""

    def __init__(self, run, module):
        self.run_state = run
        self.module = module
        self.flags = 0
        self.loop = None
        self.shell = Shell(module.__dict__)
        self.names_displayed = False
        self.displayed = ["", "", ""]
        self.outputs = {}
        module.__doc__ = "Automatically created module for IPython interactive environment"
        module.__dict__["display"] = display_nothing
        module.__dict__["get_ipython"] = lambda: self.shell

    def run(self, cells):
        """Run all cells; give the exception that ended the run, if any."""
        closes = not any(OPEN_FIGURES.search(cell.text) for cell in cells)
        self.names_displayed = any(KEPT.search(cell.text) for cell in cells)
        if self.names_displayed:
            self.module.__dict__.update({"_": "", "__": "", "___": "", "Out": self.outputs})
        count = 0
        for position, cell in enumerate(cells, start=1):
            if "skip-execution" in cell.tags:
                continue
            run = self.run_state
            run.cell = cell.number
            run.progress(f"cell {position} of {len(cells)}")
            start = time.perf_counter()
            count += bool(cell.text.strip())
            try:
                self.run_cell(cell)
                self.name_displayed_value(count)
            except SystemExit as error:
                return None if error.code in (None, 0) else error
            except BaseException as error:
                if "raises-exception" not in cell.tags or not isinstance(error, Exception):
                    return error
            finally:
                run.cells.append(
                    {"number": cell.number, "seconds": time.perf_counter() - start, "printed": printed_bytes()}
                )
                if closes:
                    close_figures()
        return None

    def run_cell(self, cell):
        """Compile and run one cell, magics included."""
        name = f"<cell {cell.number}>"
        text = cell.text
        try:
            tree = self.parse(text, name)
        except SyntaxError as error:
            text = replace_magics(text)
            if text is None:
                raise error
            tree = self.parse(text, name)
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
        if self.names_displayed and not text.rstrip().endswith(";"):
            keep_displayed_value(tree)
        if self.run_state.observer is not None:
            tree = self.run_state.observer.rewrite(tree, Cell(cell.number, text, cell.first_line))
        code = compile(tree, name, "exec", flags=self.flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        self.flags |= code.co_flags & future_flags()
        if code.co_flags & inspect.CO_COROUTINE:
            self.loop = self.loop or asyncio.new_event_loop()
            self.loop.run_until_complete(eval(code, self.module.__dict__))
        else:
            exec(code, self.module.__dict__)

    def name_displayed_value(self, count):
        """Bind what the cell displayed as IPython's display hook does: `_` and its like unless the author binds them."""
        names = self.module.__dict__
        value = names.pop(DISPLAYED, None)
        if value is None:
            return
        is_ours = all(names.get("_" * (back + 1)) is kept for back, kept in enumerate(self.displayed))
        self.displayed = [value, *self.displayed[:2]]
        if is_ours:
            names.update({"_" * (back + 1): kept for back, kept in enumerate(self.displayed)})
        names[f"_{count}"] = self.outputs[count] = value

    def parse(self, text, name):
        """Parse a cell, with top-level `await`."""
        flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | self.flags
        return compile(text, name, "exec", flags=flags, dont_inherit=True)


# What cells displayed: `_`, `__`, `___`, `_4`, `Out`.
KEPT = re.compile(r"(?<!\w)(?:_{1,3}|_\d+|Out)(?!\w)")
DISPLAYED = "__displayed__"


def keep_displayed_value(tree):
    """Let the value of a cell's last expression go into a variable."""
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = tree.body[-1]
        target = ast.copy_location(ast.Name(DISPLAYED, ast.Store()), last)
        tree.body[-1] = ast.copy_location(ast.Assign([target], last.value), last)


def future_flags():
    """The flags that `from __future__ import …` leaves on code."""
    import __future__

    return sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)


def printed_bytes():
    """How much was printed so far; unknown when the output is no file."""
    try:
        sys.stdout.flush()
        return os.lseek(1, 0, os.SEEK_CUR)
    except (OSError, ValueError, AttributeError):
        return None


# What leaves figures open from cell to cell: another backend than Jupyter's inline one, or a setting of that.
OPEN_FIGURES = re.compile(
    r"matplotlib\.use\(|switch_backend\(|close_figures|^\s*%(?:matplotlib|pylab)[ \t]+(?!inline\b)\S", re.MULTILINE
)


def close_figures():
    """Close figures at the end of a cell, as Jupyter's inline backend does."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and hasattr(pyplot, "close"):
        pyplot.close("all")


def has_magics(path):
    """Whether only a notebook's shell runs a script: for its magics, as editors that run cells write it, or its names."""
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        text = file.read()
    names_shell = re.search(r"^\s*get_ipython\(\)", text, re.MULTILINE) and "import get_ipython" not in text
    if is_databricks(text) or names_shell:
        return True
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return replace_magics(text) is not None and parse_leniently(text) is not None
    return False


def replace_magics(text):
    """The cell as Python, its magics and shell lines as calls of `get_ipython()`; `None` when it has none."""
    if not re.search(r"^\s*(?:[%!?]|\w[\w, ]*=\s*[%!])|\?\s*$", text, re.MULTILINE):
        return None
    try:
        from IPython.core.inputtransformer2 import TransformerManager
    except ImportError:
        return replace_magics_by_line(text)
    return TransformerManager().transform_cell(text)


def replace_magics_by_line(text):
    """What `replace_magics` does where IPython is not installed: one line at a time."""
    cell = re.match(r"\s*%%(\w+)[ \t]*(.*)\n?", text)
    if cell:
        return f"get_ipython().run_cell_magic({cell[1]!r}, {cell[2]!r}, {text[cell.end():]!r})\n"
    lines = []
    for line in text.splitlines():
        match = re.match(r"(?P<indent>\s*)(?:(?P<target>\w[\w, ]*=)\s*)?(?P<mark>!!|!|%)(?P<rest>.*)", line)
        if match:
            line = match["indent"] + (match["target"] or "") + magic_call(match["mark"], match["rest"], match["target"])
        elif re.match(r"\s*\?|.*\?\s*$", line):
            line = "pass"
        lines.append(line)
    return "\n".join(lines) + "\n"


def magic_call(mark, rest, target):
    """One magic or shell line as an expression."""
    if mark == "%":
        name, _, line = rest.partition(" ")
        return f"get_ipython().run_line_magic({name!r}, {line!r})"
    method = "getoutput" if target or mark == "!!" else "system"
    return f"get_ipython().{method}({rest.strip()!r})"


class Captured(types.SimpleNamespace):
    """What `%%capture` keeps."""

    def __str__(self):
        return self.stdout


class Shell:
    """The few parts of IPython's shell that a notebook's magics need."""

    IGNORED = {
        "matplotlib", "pylab", "config", "load_ext", "reload_ext", "unload_ext", "autoreload", "pip", "conda", "mamba",
        "who", "whos", "who_ls", "pinfo", "pinfo2", "pdoc", "psource", "history", "hist", "xmode", "precision", "colors",
        "html", "HTML", "javascript", "js", "latex", "markdown", "svg", "watermark", "lsmagic", "magic", "pdb", "pprint",
        "doctest_mode", "reset_selective", "automagic", "aimport", "cache", "logstart", "nbdev_export", "warnings",
    }

    def __init__(self, namespace):
        self.user_ns = namespace

    def run_line_magic(self, name, line, _stack_depth=1):
        """Run `%name line`."""
        if name in self.IGNORED:
            return None
        if name in ("time", "timeit", "prun", "memit", "mprun", "lprun"):
            statement = re.sub(r"^(?:-\w+\s*\S*\s+)*", "", line) if line.startswith("-") else line
            return self.run_statement(statement, name)
        if name == "cd":
            os.chdir(os.path.expanduser(line.strip().strip("'\"")))
            return None
        if name in ("env", "set_env"):
            key, _, value = line.replace(" ", "=", 1).partition("=") if "=" not in line else line.partition("=")
            os.environ[key.strip()] = value.strip()
            return None
        if name == "pwd":
            return os.getcwd()
        if name == "run":
            self.run_file(shlex.split(line))
            return None
        if name in ("sx", "system", "sc"):
            return self.getoutput(line)
        raise NotImplementedError(f"the magic `%{name}` cannot run without IPython's shell")

    def run_statement(self, statement, magic):
        """Run `%time statement`; gives the value of an expression, as `%time` does."""
        try:
            code = compile(statement.strip(), "<magic>", "eval")
        except SyntaxError:
            exec(compile(statement, "<magic>", "exec"), self.user_ns)
            return None
        value = eval(code, self.user_ns)
        return value if magic == "time" else None

    def run_cell_magic(self, name, line, cell):
        """Run `%%name line` over the text of a cell."""
        if name in self.IGNORED:
            return
        if name in ("time", "timeit", "prun", "memit", "snakeviz"):
            exec(compile(replace_magics(cell) or cell, "<magic>", "exec"), self.user_ns)
        elif name == "capture":
            self.run_captured(line, cell)
        elif name == "writefile":
            words = line.split()
            with open(words[-1], "a" if "-a" in words else "w", encoding="utf-8") as file:
                file.write(cell)
        elif name in ("bash", "sh", "script", "!", "sx", "system"):
            subprocess.run(["bash" if name == "bash" else "sh", "-c", cell], check=True)
        else:
            raise NotImplementedError(f"the magic `%%{name}` cannot run without IPython's shell")

    def run_captured(self, line, cell):
        """Run a cell whose output is kept from the screen, in a variable when `line` names one."""
        hides = {"stdout": "--no-stdout" not in line, "stderr": "--no-stderr" not in line}
        shown = {stream: getattr(sys, stream) for stream in hides}
        hidden = {stream: io.StringIO() for stream in hides}
        for stream, is_hidden in hides.items():
            setattr(sys, stream, hidden[stream] if is_hidden else shown[stream])
        try:
            exec(compile(replace_magics(cell) or cell, "<magic>", "exec"), self.user_ns)
        finally:
            for stream in hides:
                setattr(sys, stream, shown[stream])
        name = next((word for word in line.split() if not word.startswith("-")), None)
        if name is not None:
            texts = {stream: text.getvalue() for stream, text in hidden.items()}
            self.user_ns[name] = Captured(**texts, outputs=[], show=display_nothing)

    def run_file(self, words):
        """Run another script or notebook in the same names."""
        path = next(word for word in words if not word.startswith("-"))
        if path.endswith(".ipynb"):
            for cell in read_cells(path):
                text = replace_magics(cell.text) or cell.text
                exec(compile(text, path, "exec"), self.user_ns)
        else:
            arguments, sys.argv = sys.argv, words[words.index(path) :]
            try:
                if "-i" in words[: words.index(path)]:
                    with open(path, "rb") as file:
                        exec(compile(file.read(), path, "exec", dont_inherit=True), self.user_ns)
                else:
                    self.user_ns.update(runpy.run_path(path, run_name="__main__"))
            finally:
                sys.argv = arguments

    def system(self, command):
        """Run `!command`; installing packages is not the run's business."""
        if re.match(r"\s*(?:\S*python\S*\s+-m\s+)?(?:pip3?|conda|mamba|apt(?:-get)?)\s", command):
            return
        sys.stdout.flush()
        subprocess.run(self.expand(command), shell=True, check=False)

    system_raw = system_piped = system

    def getoutput(self, command, split=True):
        """Run `x = !command`."""
        output = subprocess.run(
            self.expand(command), shell=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ).stdout
        return output.splitlines() if split else output

    def expand(self, command):
        """Put the values of names into `{name}` and `$name`."""

        def value(match):
            name = match[1] or match[2]
            try:
                return str(eval(name, self.user_ns))
            except Exception:
                return match[0]

        return re.sub(r"\{([^{}]+)\}|\$(\w+)", value, command)


def imported_names(cells):
    """The names that imports bind."""
    names = set()
    for cell in cells:
        for node in ast.walk(parse_leniently(cell.text) or ast.Module([], [])):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return names


def named_values(namespace, imported):
    """The top-level values of an input that are worth comparing: data of its own, not code."""
    found = []
    for name, value in list(namespace.items()):
        hidden = name.startswith("__") or name in imported or KEPT.fullmatch(name) or name in ("display", "get_ipython", "exit", "quit", "In", "Out")
        if hidden or isinstance(value, (types.ModuleType, type, Captured)) or is_code(value):
            continue
        found.append({"name": name, "value": value})
    return found


def is_code(value):
    """Whether a value is a function of some kind rather than data."""
    kinds = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.GenericAlias)
    return isinstance(value, kinds) or type(value).__module__ == "typing" or type(value).__name__ == "ufunc"


# ---------------------------------------------------------------------------------------------------------------------
# Running a package


def run_package(run):
    """Run the package's entrypoint; list what its functions held when they returned."""
    request = run.request
    package = request["package"]
    # Modules beside the input are found, but none instead of the standard library's, as in an installed package; what the
    # package takes from there is noted.
    sys.path[0:1] = request["paths"]
    sys.path.append(request["directory"])
    sys.argv = [package, *request.get("arguments", [])]
    STARTED.add(package)
    os.chdir(request["directory"])
    watch = Watch(package, names_of_inputs(request["inputs"]), run)
    watch.install()
    run.progress(" ".join([package, *request.get("arguments", [])]))
    error = None
    try:
        start_package(package, request.get("project"))
    except SystemExit as exit_:
        if exit_.code not in (None, 0):
            error = exit_
    except BaseException as raised:
        error = raised
    values = watch.values()
    run.notes.extend(modules_beside(run))
    if error is not None:
        run.fail(error)
        raise Failed(values)
    return values


def modules_beside(run):
    """Remarks on modules that the package imported from the folder of the input, where only this run finds them."""
    for name, module in sorted(sys.modules.items()):
        file = getattr(module, "__file__", None)
        inside = isinstance(file, str) and os.path.realpath(file).startswith(run.folder + os.sep)
        if inside and "." not in name and "site-packages" not in file:
            yield f"imports `{name}` from the input's folder; it is no part of the package"


def start_package(package, project):
    """Run `python -m package`, or the first command that its project registers."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        raise ModuleNotFoundError(f"No module named '{package}'", name=package)
    if importlib.util.find_spec(package + ".__main__") is not None:
        runpy.run_module(package, run_name="__main__", alter_sys=True)
        return
    module, _, function = first_command(project, package).partition(":")
    sys.exit(getattr(importlib.import_module(module), function)())


def first_command(project, package):
    """The entrypoint that `[project.scripts]` names first."""
    import tomllib

    with open(os.path.join(project or ".", "pyproject.toml"), "rb") as file:
        scripts = tomllib.load(file).get("project", {}).get("scripts", {})
    if not scripts:
        raise RuntimeError(f"`{package}` has neither `__main__.py` nor a command in `[project.scripts]`")
    return next(iter(scripts.values()))


def names_of_inputs(paths):
    """The names that the inputs bind at top level, found without running them."""
    names = set()
    for path in paths:
        for cell in read_cells(path):
            tree = parse_leniently(cell.text)
            names |= bound_names(tree.body) if tree else set()
    return names


def bound_names(body):
    """The names that statements bind in their own scope."""
    names, todo = set(), list(body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            todo.extend(ast.iter_child_nodes(node))
    return names


class Watch(importlib.abc.MetaPathFinder):
    """Loads the package's modules with two calls added to each function.

    The source on disk stays as it is, and so do the functions themselves (no wrapper, no profiler): `return x` becomes
    `return __srcify_result__(key, x)` and the body gets a `finally` that hands over the locals. Values are kept by
    reference, those of the last call, and described when the run is over, like the names of the input.
    """

    def __init__(self, package, names, run):
        self.package = package
        self.names = names
        self.run_state = run
        self.calls = {}
        self.locals = {}
        self.results = {}
        self.recorded = {}
        self.constants = set()
        self.process = os.getpid()

    def install(self):
        """Come before the usual importers."""
        builtins.__srcify_result__ = self.note_result
        builtins.__srcify_leave__ = self.note_locals
        builtins.__srcify_locals__ = locals
        sys.meta_path.insert(0, self)

    def find_spec(self, name, path=None, target=None):
        """Find a module of the package, to be loaded by us."""
        if not name.startswith(self.package + "."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            return None
        spec.loader = WatchingLoader(self, name, spec.loader.path)
        return spec

    def rewrite(self, tree, module):
        """Add the two calls to the functions of a module."""
        texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        self.constants.update(text for text in texts if isinstance(text, str))
        if module.rpartition(".")[2] in ("__main__", "scripts", "config", "configs", "errors"):
            return tree
        for node, qualified in functions_of(tree):
            add_calls(node, f"{module}:{qualified}")
        return ast.fix_missing_locations(tree)

    def note_result(self, key, value):
        """Called at each `return` of a function."""
        if self.counts(key):
            self.results[key] = value
        return value

    def note_locals(self, key, values):
        """Called when a function is left."""
        if self.counts(key):
            self.calls[key] = self.calls.get(key, 0) + 1
            self.locals.pop(key, None)
            # The object of a method is nobody's value: kept, it would outlive the `del` that closes what it holds.
            self.locals[key] = {name: value for name, value in values.items() if name != "self"}
            if self.run_state.request.get("record") and ".domain." in key:
                self.record_call(key, values)
            if self.calls[key] == 1:
                self.run_state.progress(key.removeprefix(self.package + ".") + " returned")

    def record_call(self, key, values):
        """Keep arguments and result of a few calls, if they are few plain values and say nothing of a person."""
        names = self.signatures.get(key, ())
        known = self.recorded.setdefault(key, [])
        rebound = set(names) - set(self.parameters.get(key, ()))
        if len(known) >= 5 or "." in key.partition(":")[2] or rebound or key not in self.results:
            return
        try:
            arguments = {name: self.plain(values[name]) for name in names}
            call = {"function": key, "arguments": arguments, "result": self.plain(self.results[key])}
        except (TypeError, KeyError):
            return
        if len(json.dumps(call)) <= 2000 and call not in known:
            known.append(call)
            self.run_state.calls.append(call)

    def plain(self, value, depth=0):
        """A value as JSON; `TypeError` for what is long, is a text of the data, or has no such form."""
        numpy = library("numpy")
        if numpy is not None and isinstance(value, (numpy.integer, numpy.floating, numpy.bool_)):
            value = value.item()
        if value is None or type(value) in (bool, int, float):
            return value
        if type(value) is str and value in self.constants:
            return value
        if type(value) in (list, tuple) and len(value) <= 50 and depth < 3:
            return [self.plain(item, depth + 1) for item in value]
        if type(value) is dict and len(value) <= 50 and depth < 3 and all(key in self.constants for key in value):
            return {key: self.plain(item, depth + 1) for key, item in value.items()}
        raise TypeError(type(value).__name__)

    def counts(self, key):
        """Whether a call is observed: not in a forked worker, and not of a function called very often."""
        if os.getpid() != self.process:
            return False
        if self.calls.get(key, 0) < MOST_CALLS:
            return True
        self.locals.pop(key, None)
        self.results.pop(key, None)
        return False

    def values(self):
        """All that was observed, each value with the place that held it."""
        found = []
        for key, values in self.locals.items():
            found.extend(self.values_of_call(key, values))
        for key, value in self.results.items():
            found.append({"name": "return", "place": key, "role": "return", "value": value})
        for module_name, module in list(sys.modules.items()):
            if module_name.startswith(self.package + ".") and isinstance(module, types.ModuleType):
                found.extend(self.constants_of(module_name, module))
        return found

    def values_of_call(self, key, values):
        """The locals of a call that may hold a value of the input."""
        module, _, _ = key.partition(":")
        application = is_application(module)
        parameters = self.parameters.get(key, ())
        for name, value in values.items():
            if isinstance(value, types.ModuleType) or is_code(value) or name == "self":
                continue
            if name in parameters:
                if application:
                    yield from settings_of(key, name, value)
                    # What a stage is given may change there for the last time.
                    if name in self.names or is_bundle(value, self.package):
                        yield {"name": name, "place": key, "role": "parameter", "value": value}
                continue
            role = "local" if application else "inner" if name in self.names else "content"
            yield {"name": name, "place": key, "role": role, "value": value}

    def constants_of(self, module_name, module):
        """Module-level values that bear a name of the input."""
        for name, value in list(vars(module).items()):
            if name in self.names and not isinstance(value, (types.ModuleType, type)) and not is_code(value):
                yield {"name": name, "place": module_name, "role": "constant", "value": value}

    parameters = {}
    signatures = {}


class WatchingLoader(importlib.machinery.SourceFileLoader):
    """Compiles a module of the package after `Watch.rewrite`, never from cached bytecode."""

    def __init__(self, watch, name, path):
        super().__init__(name, path)
        self.watch = watch

    def get_code(self, fullname):
        """Compile the rewritten module."""
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path), path)
        return compile(self.watch.rewrite(tree, fullname), path, "exec", dont_inherit=True)


def is_bundle(value, package):
    """Whether a value holds several results of a function of the package."""
    kind = type(value)
    return hasattr(kind, "__dataclass_fields__") and (kind.__module__ or "").startswith(package + ".")


def is_application(module):
    """Whether a module belongs to the layer that strings the others together."""
    return ".application" in module


def functions_of(tree, prefix=""):
    """Functions and methods of a module with their qualified names; not those inside functions."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from functions_of(node, f"{prefix}{node.name}.")
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node, prefix + node.name


def add_calls(function, key):
    """Make a function hand over its result and its locals."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    stored = bound_names(function.body)
    Watch.signatures[key] = tuple(arg.arg for arg in every if arg is not None)
    Watch.parameters[key] = tuple(arg.arg for arg in every if arg is not None and arg.arg not in stored)
    docstring = function.body[:1] if ast.get_docstring(function, clean=False) is not None else []
    body = [ReturnRewriter(key).visit(statement) for statement in function.body[len(docstring) :]]
    if not body:
        return
    leave = ast.parse(f"__srcify_leave__({key!r}, __srcify_locals__())").body
    for node in ast.walk(leave[0]):
        if hasattr(node, "lineno"):
            ast.copy_location(node, body[-1])
    guarded = ast.Try(body=body, handlers=[], orelse=[], finalbody=leave)
    function.body = [*docstring, ast.copy_location(guarded, body[0])]


class ReturnRewriter(ast.NodeTransformer):
    """Hands over what a function returns; leaves functions inside it alone."""

    def __init__(self, key):
        self.key = key

    def visit_Return(self, node):
        """`return x` becomes `return __srcify_result__(key, x)`."""
        if node.value is None:
            return node
        function = ast.Name(id="__srcify_result__", ctx=ast.Load())
        call = ast.Call(func=function, args=[ast.Constant(self.key), node.value], keywords=[])
        for part in (function, call.args[0], call):
            ast.copy_location(part, node.value)
        return ast.copy_location(ast.Return(value=call), node)

    def visit_FunctionDef(self, node):
        """Stay out of inner functions."""
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = visit_FunctionDef


def settings_of(key, name, value, depth=0):
    """The leaves of a settings model that a job received."""
    fields = getattr(type(value), "model_fields", None) or getattr(type(value), "__dataclass_fields__", None)
    if not fields or depth > 4:
        return
    for field in fields:
        leaf = getattr(value, field, None)
        nested = getattr(type(leaf), "model_fields", None)
        if nested:
            yield from settings_of(key, f"{name}.{field}", leaf, depth + 1)
        else:
            yield {"name": f"{name}.{field}", "place": key, "role": "setting", "value": leaf}


# ---------------------------------------------------------------------------------------------------------------------
# Describing values


class Describer:
    """Turns values into trees of nodes that can be compared without the values.

    A node has a kind `k`, a type `y`, a digest `d` (equal digests mean equal content), a preview `p`, and, by kind,
    children `c` (pairs of key and node), a number `n`, or the place `at` of its raw data in `arrays.bin`. A node of kind
    `opaque` has no digest worth the name: nothing is known of its content.
    """

    def __init__(self, scratch, package=None):
        self.store = open(os.path.join(scratch, "arrays.bin"), "wb")
        self.package = package
        self.places = {}
        self.known = {}
        self.keep = []
        self.active = set()
        self.nodes = 0
        self.notes = []
        self.end = time.monotonic() + MOST_SECONDS
        self.value_end = self.end

    def close(self):
        """Finish the file of numbers."""
        self.store.close()

    def describe_named(self, name, value):
        """Describe the value of a name; never fails, and shows no secret."""
        known = self.known.get(id(value))
        if known is None:
            self.nodes = 0
            self.value_end = min(self.end, time.monotonic() + MOST_SECONDS / 5)
            known = self.describe(value)
            self.known[id(value)] = known
            self.keep.append(value)
        return hide_previews(known) if SECRET.search(name) else known

    def describe(self, value, depth=0):
        """The node of a value; of kind `opaque` when it cannot be told."""
        self.nodes += 1
        if self.nodes > MOST_NODES or depth > DEEPEST:
            return opaque(value, "too many parts")
        if time.monotonic() > self.value_end:
            return opaque(value, "looking at all of its parts takes too long")
        if id(value) in self.active:
            return leaf("cycle", type_name(value, self), "cycle", "…")
        self.active.add(id(value))
        try:
            node = self.describe_by_kind(value, depth)
            if self.nodes > MOST_SHOWN and depth > 1:
                node.pop("c", None)
            return node
        except Exception as error:
            return opaque(value, f"{type(error).__name__} while looking at it")
        finally:
            self.active.discard(id(value))

    def describe_by_kind(self, value, depth):
        """Try scalars, then libraries that the run imported, then containers, then objects by their state."""
        node = describe_scalar(value, self)
        for describe in (describe_library_value, describe_container, describe_object):
            if node is not None:
                break
            node = describe(value, self, depth)
        return node

    def put(self, pieces, size, digest):
        """Store raw bytes once; `None` when there are too many."""
        if digest in self.places:
            return self.places[digest]
        start = self.store.tell()
        if start + size > MOST_STORED_BYTES:
            return None
        for piece in pieces:
            self.store.write(piece)
        self.places[digest] = [start, size]
        return self.places[digest]


def leaf(kind, type_, token, preview):
    """A node without children."""
    return {"k": kind, "y": type_, "d": digest_of(token), "p": shorten(preview)}


def opaque(value, why):
    """A node for what cannot be compared."""
    name = type(value).__qualname__
    return {"k": "opaque", "y": name, "d": digest_of("opaque:" + name), "p": f"<{name}: {why}>"}


def branch(kind, type_, children, preview, keyed=False):
    """A node with children; keyed children count in any order."""
    tokens = [f"{key}={node['d']}" for key, node in children]
    token = f"{kind}:{type_}:" + ",".join(sorted(tokens) if keyed else tokens)
    node = {"k": kind, "y": type_, "d": digest_of(token), "p": shorten(preview), "c": children}
    if any(child["k"] == "opaque" or child.get("o") for _, child in children):
        node["o"] = True
    return node


def digest_of(token):
    """The digest of a text."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def hide_previews(node):
    """A copy of a node that shows none of its content."""
    hidden = {**node, "p": "<hidden: looks like a secret>"}
    hidden.pop("v", None)
    if "c" in node:
        hidden["c"] = [[key, hide_previews(child)] for key, child in node["c"]]
    return hidden


def type_name(value, describer):
    """The type's name: bare for classes of the input or the package, which may live anywhere."""
    kind = value if isinstance(value, type) else type(value)
    module = kind.__module__ or ""
    # Which function it was made in is no part of what it is.
    name = kind.__qualname__.rpartition("<locals>.")[2]
    if module == "builtins":
        return name
    return name if is_of_user(kind, describer) else f"{module}.{name}"


def is_of_user(kind, describer):
    """Whether a class comes from the input or the package."""
    root = (kind.__module__ or "").partition(".")[0]
    file = getattr(sys.modules.get(root), "__file__", None) or ""
    return root in ("__main__", "srcify_probe", describer.package) or not is_installed(file, root)


def is_installed(file, root):
    """Whether a module comes from the interpreter or from site-packages."""
    if not file or "site-packages" in file or "dist-packages" in file or root in getattr(sys, "stdlib_module_names", ()):
        return True
    module = os.path.dirname(file) if os.path.basename(file).startswith("__init__.") else file
    return has_distributions(os.path.dirname(module))


@functools.lru_cache(maxsize=None)
def has_distributions(folder):
    """Whether distributions are installed in a folder: `pip install --target`."""
    try:
        return any(name.endswith(".dist-info") for name in os.listdir(folder))
    except OSError:
        return False


def describe_scalar(value, describer):
    """Numbers, texts, dates and other atoms; `None` for everything else."""
    kind = type(value)
    if value is None or kind is bool or value is Ellipsis or value is NotImplemented:
        return leaf("scalar", kind.__name__, f"{kind.__name__}:{value}", repr(value))
    if isinstance(value, enum.Enum):
        return leaf("scalar", type_name(value, describer), f"enum:{kind.__qualname__}.{value.name}", str(value))
    if isinstance(value, (int, float)):
        return number_node(kind, value)
    if isinstance(value, str):
        return {**leaf("scalar", kind.__name__, "s:" + value, repr(value)), "v": value[:MOST_CHILDREN]}
    if isinstance(value, (bytes, bytearray)):
        token = "bytes:" + hashlib.sha256(value).hexdigest()
        return leaf("scalar", kind.__name__, token, f"{bytes(value[:40])!r} ({len(value)} bytes)")
    if isinstance(value, pathlib.PurePath):
        return {**leaf("scalar", "Path", "path:" + str(value), repr(str(value))), "v": str(value)}
    atoms = (complex, decimal.Decimal, fractions.Fraction, uuid.UUID, range, slice, re.Pattern)
    dates = (datetime.date, datetime.time, datetime.timedelta, datetime.tzinfo)
    if isinstance(value, atoms + dates):
        return leaf("scalar", kind.__name__, f"{kind.__name__}:{value!r}", repr(value))
    if isinstance(value, type):
        return leaf("scalar", "type", "type:" + type_name(value, describer), repr(value))
    if isinstance(value, types.ModuleType):
        return leaf("scalar", "module", "module:" + value.__name__, repr(value))
    if is_code(value):
        name = getattr(value, "__qualname__", None) or getattr(value, "__name__", repr(value))
        # Which function it was made in is no part of what it does.
        name = name.rpartition("<locals>.")[2]
        return leaf("scalar", "function", "function:" + name, f"<function {name}>")
    return None


def number_node(kind, value):
    """An integer or a float; NaN equals NaN."""
    base = "int" if isinstance(value, int) else "float"
    plain = int(value) if base == "int" else float(value)
    node = leaf("scalar", kind.__name__, f"{base}:{plain!r}", repr(plain))
    node["t"] = base
    node["n"] = plain if abs(plain) < 2**1000 and plain == plain else repr(plain)
    if node["n"] in (float("inf"), float("-inf")):
        node["n"] = repr(plain)
    return node


def library(name):
    """A library, only if the run imported it."""
    return sys.modules.get(name)


def describe_library_value(value, describer, depth):
    """Values of numpy, pandas, polars, SciPy, torch, matplotlib, sympy and plotly."""
    root = (type(value).__module__ or "").partition(".")[0]
    if "matplotlib" in sys.modules and is_artist(value):
        root = "matplotlib"  # of a class of the author's, perhaps
    if library("numpy") is not None:
        node = describe_numpy(value, describer, depth)
        if node is not None:
            return node
    if library("pandas") is not None:
        node = describe_pandas(value, describer, depth)
        if node is not None:
            return node
    by_root = {
        "polars": describe_polars,
        "scipy": describe_sparse,
        "torch": describe_torch,
        "matplotlib": describe_matplotlib,
        "sympy": describe_sympy,
        "plotly": describe_chart,
        "altair": describe_chart,
    }
    describe = by_root.get(root)
    return describe(value, describer, depth) if describe else None


def describe_numpy(value, describer, depth):
    """Scalars and arrays of numpy."""
    numpy = sys.modules["numpy"]
    if isinstance(value, numpy.generic):
        if isinstance(value, (numpy.bool_, numpy.integer, numpy.floating)) and value.dtype.itemsize <= 8:
            return describer.describe(value.item(), depth)
        return leaf("scalar", type(value).__name__, f"{value.dtype}:{value!r}", repr(value))
    if not isinstance(value, numpy.ndarray):
        return None
    if isinstance(value, numpy.ma.MaskedArray):
        children = [
            ["data", array_node(numpy.asarray(value.filled(0)), describer, depth)],
            ["mask", array_node(numpy.ma.getmaskarray(value), describer, depth)],
        ]
        return branch("object", "MaskedArray", children, repr(value))
    return array_node(numpy.asarray(value), describer, depth)


def array_node(array, describer, depth):
    """The node of an array: its bytes are streamed into the digest, and kept when they are few."""
    numpy = sys.modules["numpy"]
    if array.dtype.names:
        children = [[name, array_node(array[name], describer, depth)] for name in array.dtype.names]
        return branch("object", "structured array", children, f"{array.shape} of {array.dtype}")
    if array.dtype.hasobject or array.dtype.kind in "US":
        flat = array.reshape(-1)
        chunks = (flat[start : start + 100_000].tolist() for start in range(0, flat.size, 100_000))
        node = chunks_node(chunks, flat.size, "ndarray", describer, depth)
        node["shape"] = list(array.shape)
        return node
    dtype = array.dtype.str if array.dtype.kind != "V" else str(array.dtype)
    digest = hashlib.sha256(f"array:{dtype}:{array.shape}:".encode())
    flat = array.reshape(-1)
    for piece in pieces_of(flat, numpy):
        digest.update(piece)
    node = {"k": "array", "y": "ndarray", "dtype": dtype, "shape": list(array.shape), "d": digest.hexdigest()[:32]}
    shown = re.sub(r"\s+", " ", numpy.array2string(flat[:6], separator=", ", threshold=6))
    node["p"] = shorten(f"{shown[:-1]}{', …' if flat.size > 6 else ''}] {array.dtype} {tuple(array.shape)}")
    if array.dtype.kind in "biufcmM":
        place = describer.put(pieces_of(flat, numpy), flat.nbytes, node["d"])
        if place is not None:
            node["at"] = place
    return node


def pieces_of(flat, numpy):
    """The bytes of a flat array, piece by piece, in canonical form."""
    for start in range(0, flat.size, PIECE):
        yield canonical(flat[start : start + PIECE], numpy).tobytes()


def canonical(chunk, numpy):
    """The same numbers with one form of NaN."""
    chunk = numpy.ascontiguousarray(chunk)
    if chunk.dtype.kind == "f":
        empty = numpy.isnan(chunk)
        if empty.any():
            chunk = chunk.copy()
            chunk[empty] = numpy.nan
    return chunk


def objects_node(values, type_, describer, depth):
    """The node of many values in order: one token each, kept when they are few."""
    return chunks_node([values], len(values), type_, describer, depth)


def chunks_node(chunks, size, type_, describer, depth):
    """The node of many values that come in chunks, so that they need not exist at once."""
    digest = hashlib.sha256(f"objects:{size}:".encode())
    tokens, first, unknown = [], [], False
    for chunk in chunks:
        first += chunk[: 6 - len(first)]
        kinds = set(map(type, chunk))
        if size > MOST_TOKENS and (kinds == {str} or kinds <= {int, float, bool, type(None)}):
            text = "\0".join(chunk) if kinds == {str} else "\0".join(map(repr, chunk))
            digest.update(f"{kinds == {str}}:{text}".encode("utf-8", "surrogatepass"))
            continue
        for value in chunk:
            token, is_opaque = token_of(value, describer, depth)
            unknown = unknown or is_opaque
            digest.update(token.partition(SHOWN)[0].encode("utf-8", "surrogatepass") + b"\0")
            if size <= MOST_TOKENS:
                tokens.append(shorten(token, 400))
    node = {"k": "objects", "y": type_, "shape": [size], "d": digest.hexdigest()[:32]}
    node["p"] = shorten("[" + ", ".join(shorten(safe_repr(value), 40) for value in first) + f"] ({size})")
    if unknown:
        node["o"] = True
    if size <= MOST_TOKENS:
        data = json.dumps(tokens).encode("utf-8", "surrogatepass")
        place = describer.put([data], len(data), node["d"])
        if place is not None:
            node["at"] = place
    return node


SHOWN = "\x1f"


def token_of(value, describer, depth):
    """A short text that is equal for equal values, up to `SHOWN`, and whether it says nothing of the content."""
    kind = type(value)
    if kind is str:
        return ("s:" + value if len(value) < 190 else "S:" + digest_of(value)), False
    if kind is float:
        return "float:" + repr(value), False
    if kind is int or kind is bool or value is None:
        return f"{kind.__name__}:{value}", False
    node = describer.describe(value, depth + 1)
    describer.nodes -= 1
    return f"{node['y']}:{node['d']}{SHOWN}{node['p']}", node["k"] == "opaque" or bool(node.get("o"))


def safe_repr(value):
    """`repr`, whatever it does; containers and objects by type, for their text may be long to make."""
    try:
        if value is None or isinstance(value, (bool, int, float, str, datetime.date)):
            return repr(value)
        return f"<{type(value).__name__}>"
    except Exception:
        return "<?>"


def describe_pandas(value, describer, depth):
    """Frames, series, indices and missing values of pandas."""
    pandas = sys.modules["pandas"]
    if value is getattr(pandas, "NaT", None) or value is getattr(pandas, "NA", None):
        return leaf("scalar", type(value).__name__, f"pandas:{value}", repr(value))
    if isinstance(value, pandas.DataFrame):
        children = [["columns", index_node(value.columns, describer, depth)]]
        children.append(["index", index_node(value.index, describer, depth)])
        for position in range(value.shape[1]):
            column = value.iloc[:, position]
            children.append([repr(column.name), column_node(column.array, describer, depth)])
        preview = f"{value.shape[0]} rows, columns {list(map(str, value.columns[:8]))}"
        return branch("frame", "DataFrame", children, preview)
    if isinstance(value, pandas.Series):
        children = [
            ["name", describer.describe(value.name, depth + 1)],
            ["index", index_node(value.index, describer, depth)],
            ["values", column_node(value.array, describer, depth)],
        ]
        return branch("series", "Series", children, f"Series {value.name!r} {children[2][1]['p']}")
    if isinstance(value, pandas.Index):
        return index_node(value, describer, depth)
    if isinstance(value, pandas.api.extensions.ExtensionArray):
        return column_node(value, describer, depth)
    if isinstance(value, (pandas.Interval, pandas.Period)):
        return leaf("scalar", type(value).__name__, f"{type(value).__name__}:{value!r}", repr(value))
    if type(value).__module__.startswith("pandas.core.groupby"):
        return branch("object", "groupby", [["of", describer.describe(value.obj, depth + 1)]], "<groupby>")
    return None


def index_node(index, describer, depth):
    """The node of an index: its labels and names."""
    if index.nlevels > 1:
        levels = range(index.nlevels)
        children = [[f"level {i}", column_node(index.get_level_values(i).array, describer, depth)] for i in levels]
    else:
        children = [["labels", column_node(index.array, describer, depth)]]
    children.append(["names", objects_node(list(index.names), "names", describer, depth)])
    return branch("index", "Index", children, children[0][1]["p"])


PLAIN_ARRAYS = {"NumpyExtensionArray", "PandasArray", "DatetimeArray", "TimedeltaArray"}


def column_node(array, describer, depth):
    """The node of a pandas array of any dtype."""
    numpy, pandas = sys.modules["numpy"], sys.modules["pandas"]
    dtype = array.dtype
    if isinstance(getattr(dtype, "numpy_dtype", dtype), numpy.dtype) and type(array).__name__ in PLAIN_ARRAYS:
        return array_node(numpy.asarray(array), describer, depth)
    if isinstance(dtype, pandas.CategoricalDtype):
        children = [
            ["codes", array_node(numpy.asarray(array.codes), describer, depth)],
            ["categories", index_node(array.categories, describer, depth)],
            ["ordered", describer.describe(bool(array.ordered), depth + 1)],
        ]
        return branch("column", "category", children, "category " + children[0][1]["p"])
    if isinstance(dtype, pandas.DatetimeTZDtype):
        return branch("column", str(dtype), [["utc", array_node(array.asi8, describer, depth)]], str(dtype))
    starts = range(0, len(array), 100_000)
    chunks = (array[start : start + 100_000].astype(object).tolist() for start in starts)
    node = chunks_node(chunks, len(array), str(dtype), describer, depth)
    return branch("column", str(dtype), [["values", node]], node["p"])


def describe_polars(value, describer, depth):
    """Frames and series of polars; a lazy frame is not run."""
    polars = sys.modules["polars"]
    if isinstance(value, polars.DataFrame):
        children = [[name, polars_column(value[name], describer, depth)] for name in value.columns]
        return branch("frame", "polars.DataFrame", children, f"{value.shape} {value.columns[:8]}")
    if isinstance(value, polars.Series):
        column = polars_column(value, describer, depth)
        return branch("series", "polars.Series", [["name", describer.describe(value.name)], ["values", column]], column["p"])
    if isinstance(value, polars.LazyFrame):
        return opaque(value, "a query that was not run")
    return leaf("scalar", type(value).__name__, f"polars:{value!r}", repr(value))


def polars_column(series, describer, depth):
    """A polars column: numbers without holes as an array, else value by value."""
    if series.dtype.is_numeric() and series.null_count() == 0 and library("numpy") is not None:
        node = array_node(series.to_numpy(), describer, depth)
    else:
        node = objects_node(series.to_list(), str(series.dtype), describer, depth)
    return branch("column", str(series.dtype), [["values", node]], node["p"])


def describe_sparse(value, describer, depth):
    """Sparse matrices in one canonical form."""
    sparse = library("scipy.sparse")
    if sparse is None or not sparse.issparse(value):
        return None
    matrix = value.tocsr().copy()
    matrix.sum_duplicates()
    parts = [[name, array_node(getattr(matrix, name), describer, depth)] for name in ("data", "indices", "indptr")]
    shape = describer.describe(tuple(map(int, matrix.shape)), depth + 1)
    return branch("sparse", "sparse", [["shape", shape], *parts], f"{matrix.shape} with {matrix.nnz} values")


def describe_torch(value, describer, depth):
    """Tensors and modules of torch."""
    torch = sys.modules["torch"]
    if isinstance(value, torch.Tensor):
        tensor = value.detach().cpu()
        tensor = tensor.float() if tensor.dtype == torch.bfloat16 else tensor
        tensor = tensor.to_dense() if tensor.is_sparse else tensor
        array = tensor.contiguous()
        library("numpy") or importlib.import_module("numpy")
        return branch("tensor", str(value.dtype), [["values", array_node(array.numpy(), describer, depth)]], repr(array.shape))
    if isinstance(value, torch.nn.Module):
        state = describer.describe(dict(value.state_dict()), depth + 1)
        name = type_name(value, describer)
        return branch("module", name, [["state", state]], f"<{name} with {len(state.get('c', ()))} tensors>")
    if hasattr(value, "state_dict"):
        return branch("object", type_name(value, describer), [["state", describer.describe(value.state_dict(), depth + 1)]], "")
    if isinstance(value, (torch.dtype, torch.device, torch.Size)):
        return leaf("scalar", type(value).__name__, f"torch:{value!r}", repr(value))
    return None


def describe_sympy(value, describer, depth):
    """What an expression or matrix says, whatever the order in which it keeps its terms."""
    sympy = sys.modules["sympy"]
    if not isinstance(value, (sympy.Basic, sympy.MatrixBase)):
        return None
    text = sympy.sstr(value, order="lex")
    return leaf("scalar", type(value).__name__, f"sympy:{text}", text)


def is_artist(value):
    """Whether a value is something that is drawn."""
    kinds = ((kind.__module__ or "", kind.__name__) for kind in type(value).__mro__)
    return ("matplotlib.artist", "Artist") in kinds


def describe_matplotlib(value, describer, depth):
    """The data that figures and axes draw."""
    if type(value).__name__ == "CallbackRegistry":
        return opaque(value, "who draws it again when it changes")
    if hasattr(value, "get_axes") and hasattr(value, "savefig"):
        children = [[f"axes {i}", axes_node(axes, describer, depth)] for i, axes in enumerate(value.get_axes())]
        return branch("figure", "Figure", children, f"<Figure with {len(children)} axes>")
    if hasattr(value, "get_xlim") and hasattr(value, "get_title"):
        return axes_node(value, describer, depth)
    if hasattr(value, "get_figure"):
        return opaque(value, "a part of a figure")
    if hasattr(value, "create_dummy_axis"):
        return opaque(value, "a locator or formatter, which drawing changes")
    return None


def axes_node(axes, describer, depth):
    """Labels, limits, and the numbers behind lines, patches, points, images and texts."""
    numpy = sys.modules["numpy"]
    parts = {
        "title": axes.get_title(),
        "x label": axes.get_xlabel(),
        "y label": axes.get_ylabel(),
        "x limits": list(map(float, axes.get_xlim())),
        "y limits": list(map(float, axes.get_ylim())),
        "lines": [[numpy.asarray(line.get_xdata()), numpy.asarray(line.get_ydata())] for line in axes.lines],
        "patches": [patch_numbers(patch, numpy) for patch in axes.patches],
        "points": [numpy.ma.filled(points.get_offsets(), numpy.nan) for points in axes.collections],
        "colours": [numpy.asarray(points.get_array(), dtype=float) for points in axes.collections if points.get_array() is not None],
        "images": [numpy.ma.filled(image.get_array(), 0) for image in axes.images],
        "texts": [text.get_text() for text in axes.texts],
    }
    children = [[name, describer.describe(part, depth + 1)] for name, part in parts.items() if part]
    return branch("axes", "Axes", children, f"<Axes {axes.get_title()!r}>")


def patch_numbers(patch, numpy):
    """A bar or polygon in data coordinates."""
    if hasattr(patch, "get_width"):
        return [float(patch.get_x()), float(patch.get_y()), float(patch.get_width()), float(patch.get_height())]
    return numpy.asarray(patch.get_path().vertices, dtype=float)


def describe_chart(value, describer, depth):
    """Charts that can say what they draw as plain data."""
    for method in ("to_plotly_json", "to_dict"):
        if hasattr(value, method):
            return branch("figure", type(value).__name__, [["data", describer.describe(getattr(value, method)(), depth + 1)]], "")
    return None


def describe_container(value, describer, depth):
    """Mappings, sequences and sets, and their subclasses."""
    if isinstance(value, dict):
        return mapping_node(value, describer, depth)
    if isinstance(value, (list, tuple)) or type(value).__name__ == "deque":
        name = type(value).__name__ if type(value) in (list, tuple) else type_name(value, describer)
        plain = all(item is None or type(item) in (bool, int, float, str) for item in value)
        if len(value) > MOST_CHILDREN or (plain and len(value) > 100):
            return objects_node(list(value), name, describer, depth)
        children = [[str(i), describer.describe(item, depth + 1)] for i, item in enumerate(value)]
        marks = "()" if isinstance(value, tuple) else "[]"
        inner = ", ".join(node["p"] for _, node in children[:8]) + (", …" if len(children) > 8 else "")
        return branch("list", name, children, f"{marks[0]}{inner}{marks[1]}" + (f" ({len(children)})" if len(children) > 8 else ""))
    if isinstance(value, (set, frozenset)):
        tokens = sorted(token_of(item, describer, depth)[0].partition(SHOWN)[0] for item in value)
        shown = ", ".join(sorted(shorten(safe_repr(item), 40) for item in list(value)[:8]))
        return {**leaf("set", type(value).__name__, "set:" + "\0".join(tokens), f"{{{shown}}} ({len(value)})"), "o": False}
    if isinstance(value, (type({}.keys()), type({}.values()), type({}.items()))):
        return objects_node(list(value), type(value).__name__, describer, depth)
    return None


def mapping_node(value, describer, depth):
    """A dictionary; its order does not count."""
    name = "dict" if type(value) is dict else type_name(value, describer)
    if len(value) > MOST_CHILDREN:
        tokens = [[token_of(part, describer, depth)[0].partition(SHOWN)[0] for part in pair] for pair in value.items()]
        return objects_node(sorted("=".join(pair) for pair in tokens), name, describer, depth)
    children = []
    for key, item in value.items():
        if key == "__builtins__" and isinstance(item, (dict, types.ModuleType)):
            # `exec` puts it there: it is Python's, with what this probe adds.
            continue
        shown = safe_repr(key) if not isinstance(key, tuple) else repr(key)
        shown = shown if len(shown) <= 80 and not shown.startswith("<") else describer.describe(key, depth + 1)["d"]
        child = describer.describe(item, depth + 1)
        secret = isinstance(key, str) and SECRET.search(key)
        children.append([shown, hide_previews(child) if secret else child])
    inner = ", ".join(f"{key}: {node['p']}" for key, node in children[:6])
    return branch("map", name, children, "{" + inner + ("}" if len(children) <= 6 else f", …}} ({len(children)})"), keyed=True)


def generator_state(value):
    """The state of a generator of numpy, as text."""
    numpy = sys.modules["numpy"]
    bits = getattr(value, "_bit_generator", None) or getattr(value, "bit_generator", value)
    state = getattr(bits, "state", None)
    if not isinstance(state, dict):
        return str(state)
    with numpy.printoptions(threshold=sys.maxsize):
        return repr(state)


# Kept results; and of a library's objects, memory that is filled only while something is computed or shown (a summary of
# statsmodels leaves its diagnostics behind).
CACHE = re.compile(r"^_*cache|_cache[ds]?$|^_repr")
SCRATCH = re.compile(r"^_tmp_|^predict_(start|end|dates)$|^diagn$")
OPAQUE_MODULES = {"ctypes", "_ctypes", "_thread", "threading", "socket", "ssl", "sqlite3", "multiprocessing", "_io", "concurrent"}


def is_generator(value):
    """Whether a value draws random numbers: its state says what is to come, not what was computed."""
    name = type(value).__name__
    return isinstance(value, random.Random) or (
        (type(value).__module__ or "").startswith("numpy.random")
        and name in ("RandomState", "Generator", "SeedSequence", "MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")
    )


def describe_object(value, describer, depth):
    """Any other object, by its type and its state."""
    if is_generator(value) and depth > 0:
        token = repr(value.__reduce_ex__(4)[1:]) if isinstance(value, random.Random) else generator_state(value)
        return leaf("random", type(value).__name__, "random:" + token, "<the state of a random generator>")
    kind = type(value)
    root = (kind.__module__ or "").partition(".")[0]
    if isinstance(value, (io.IOBase, types.GeneratorType, types.CoroutineType)) or root in OPAQUE_MODULES:
        return opaque(value, "lives outside of the run's data")
    if hasattr(value, "__next__"):
        return opaque(value, "an iterator; looking at it would use it up")
    state = state_of(value)
    if state is None:
        return opaque(value, "keeps its state to itself")
    name = type_name(value, describer)
    of_library = not is_of_user(kind, describer)

    def is_kept(key):
        if kind is warnings.WarningMessage and key in ("filename", "lineno"):
            return True  # where the code stands
        if key == "prog" and is_default_program(value):
            return True  # how the program was started
        return CACHE.search(key) or is_cached_property(kind, key) or (of_library and SCRATCH.search(key))

    items = [(key, item) for key, item in state.items() if not is_kept(key)]
    children = []
    for key, item in items:
        child = describer.describe(item, depth + 1)
        children.append([key, hide_previews(child) if SECRET.search(key) else child])
    shown = ", ".join(f"{key}={node['p']}" for key, node in children[:5])
    if depth <= 1:
        children.extend(predictions_of(value, describer, depth))
    node = branch("object", name, children, f"{kind.__name__}({shown})", keyed=True)
    return {**node, "l": True} if of_library else node


# The names under which the program was started.
STARTED = {"__main__.py"}


def is_default_program(value):
    """Whether a parser of the command line calls the program by the name with which it was started."""
    argparse = library("argparse")
    is_parser = argparse is not None and isinstance(value, argparse.ArgumentParser)
    return is_parser and str(value.prog).rpartition(" ")[2] in STARTED


MADE_UP = "made-up rows"


def predictions_of(value, describer, depth):
    """What a fitted estimator says of a few made-up rows, the same for both sides: it also judges a state that is not shown."""
    columns = getattr(value, "n_features_in_", None)
    numpy, pandas = library("numpy"), library("pandas")
    fitted = hasattr(value, "get_params") and isinstance(columns, int) and 0 < columns <= 10_000 and numpy is not None
    if not fitted or any(type(value).__name__.endswith(end) for end in ("SearchCV", "Exploration")):
        return
    rows = numpy.random.RandomState(0).standard_normal((16, columns))
    names = getattr(value, "feature_names_in_", None)
    if names is not None and pandas is not None:
        rows = pandas.DataFrame(rows, columns=names)
    for method in ("predict", "predict_proba", "decision_function"):
        try:
            said = getattr(value, method)(rows)
        except Exception:
            # It wants other data, or was never fitted: its state has to do.
            continue
        yield [f"{method}({MADE_UP})", describer.describe(said, depth + 1)]


def is_cached_property(kind, key):
    """Whether an attribute is a property's kept result: it is there only if somebody asked for it."""
    for base in kind.__mro__:
        if key in base.__dict__:
            attribute = type(base.__dict__[key])
            return hasattr(attribute, "__get__") and not hasattr(attribute, "__set__") and "cache" in attribute.__name__
    return False


def state_of(value):
    """The attributes of an object, or what it would pickle; `None` when it tells neither."""
    kind = type(value)
    custom = any(
        getattr(kind, name, None) is not getattr(object, name, None) for name in ("__getstate__", "__reduce__", "__reduce_ex__")
    )
    if not custom:
        state = dict(getattr(value, "__dict__", None) or {})
        for base in kind.__mro__:
            slots = base.__dict__.get("__slots__", ())
            for slot in [slots] if isinstance(slots, str) else slots:
                if hasattr(value, slot) and slot not in ("__dict__", "__weakref__"):
                    state[slot] = getattr(value, slot)
        has_room = hasattr(value, "__dict__") or any("__slots__" in base.__dict__ for base in kind.__mro__[:-1])
        return state if has_room else None
    reduced = value.__reduce_ex__(4)
    if isinstance(reduced, str):
        # Which function it was made in is no part of what it does.
        return {"name": reduced.rpartition("<locals>.")[2]}
    parts = dict(zip(("made by", "arguments", "state", "items", "pairs"), reduced))
    state = parts.pop("state", None)
    parts.pop("made by", None)
    if hasattr(kind, "get_tree_stats") and isinstance(state, tuple):
        # How often a tree of neighbours was asked, by a drawing as well, is no part of what it knows.
        state = (*state[:7], *state[11:])
    if isinstance(state, dict) and all(isinstance(key, str) for key in state):
        arguments = [part for part in parts.get("arguments") or () if not isinstance(part, type) and part is not object]
        return {**({"arguments": arguments} if any(part is not None for part in arguments) else {}), **state}
    found = {"arguments": parts.get("arguments"), "state": state}
    found["items"] = list(parts.get("items") or ())
    found["pairs"] = list(parts.get("pairs") or ())
    return found


def describe_pickles(run, describer):
    """Describe the pickles that the run wrote, here, where their classes exist."""
    found = {}
    for path in changed_files(run.folder, run.before):
        kind = SEEN_BY_SUFFIX.get(os.path.splitext(path)[1].lower())
        if kind is None:
            continue
        try:
            found[path] = describer.describe_named("", load_pickle(os.path.join(run.folder, path)))
        except Exception as error:
            run.notes.append(f"cannot load `{path}`: {type(error).__name__}: {first_line(str(error))}")
    return found


def load_pickle(path):
    """Load a pickle as joblib does when the run has it, else as the standard library does."""
    joblib = library("joblib")
    if joblib is not None:
        return joblib.load(path)
    import pickle

    with open(path, "rb") as file:
        return pickle.load(file)


# ---------------------------------------------------------------------------------------------------------------------
# Comparing

TIMING_KEY = re.compile(r"(?:_time_?$|_times$|^time$|duration|elapsed|seconds|timestamp|runtime|^_datetime$)", re.IGNORECASE)
# What estimators note of themselves: coarse durations that are often the same twice, and are no result.
OWN_TIMES = re.compile(r"\b(?:refit|fit|score|predict|transform)_time_?$")
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]*\w)")
HARMLESS = [
    ("where a function stands", re.compile(r"(?<=<function )(?:\w+\.(?:<locals>\.)?)*(?=\w+ at 0x)")),
    ("where a class stands", re.compile(r"(?<=<)(?:\w+\.(?:<locals>\.)?)*(?=\w+ object at 0x)")),
    ("a memory address", re.compile(r"\b0x[0-9a-fA-F]{4,}\b")),
    ("a date or a time of day", re.compile(r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b|\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b")),
    ("a duration", re.compile(r"\b\d+(?:\.\d+)?(?:e-?\d+)? ?(?:µs|us|ms|ns|s|sec|secs|seconds?|minutes?|min|it/s|s/it)\b")),
    ("a duration", re.compile(r"(?i)(?<=time)(?:[ \w]*[:=]\s*)\d+(?:\.\d+)?(?:e-?\d+)?")),
    ("a temporary path", re.compile(r"(?:/tmp|/var/folders|/var/tmp)/[^\s'\"]+")),
    ("a random identifier", re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")),
]
# Differences that tell nothing of what was computed; the others are believed when the input differs from itself, too.
ALWAYS_HARMLESS = {"a memory address", "where a function stands", "where a class stands", "a temporary path", "spacing"}


def is_always_harmless(reason):
    """Whether nobody needs to look at the input again to believe this reason."""
    return set(reason.split(" and ")) <= ALWAYS_HARMLESS


# What differs in one element of a list may differ in all.
INDEX = re.compile(r"\[\d+(?:, \d+)*\]")
# A key that is an object has the name of its content.
DIGEST = re.compile(r"[0-9a-f]{32}")
KEY = re.compile(r"\[[0-9a-f]{32}\]")


def is_given_along(left, right):
    """Whether the package's side is the input's function with values of keywords alone, which it read of its module."""
    if left["y"] != "function" or right["y"] not in ("partial", "functools.partial"):
        return False
    parts = dict(map(tuple, right.get("c", ())))
    given = [node for _, node in parts.get("arguments", {}).get("c", ())]
    state = [node for _, node in parts.get("state", {}).get("c", ())]
    is_it = [node["d"] for node in given] == [left["d"]]
    return is_it and len(state) > 1 and state[0]["d"] == left["d"] and not state[1].get("c")


class Comparison:
    """What two nodes differ in: the first difference, and remarks on what is harmless."""

    # The attributes that only the package's objects hold, by class: settings that their methods read.
    handed = {}

    def __init__(self, tolerance, left_store=None, right_store=None, unstable=frozenset(), judged=False, clock=False):
        self.tolerance = tolerance
        self.unstable = unstable
        self.judged = judged
        self.clock = clock
        self.suspects = 0
        self.unstable_count = 0
        self.places = set()
        self.left_store = left_store
        self.right_store = right_store
        self.differences = []
        self.count = 0
        self.largest = 0.0
        self.notes = []
        self.close = False
        self.draws = False

    def differ(self, path, left, right):
        """Record a difference; the first few are kept. Where the input itself never repeats, it is none."""
        place = INDEX.sub("", path)
        if place in self.unstable or self.is_by_chance(path):
            self.unstable_count += 1
            self.note(f"two runs of the input itself differ at {place}" if place else "two runs of the input itself differ")
            return
        if len(self.places) < MOST_CHILDREN:
            self.places.add(place)
        self.count += 1
        if len(self.differences) < 5:
            self.differences.append({"path": path, "left": shorten(str(left)), "right": shorten(str(right))})

    def suspect(self, path, left, right, why):
        """Record what looks like a harmless difference: a further run of the input tells whether it is one."""
        place = INDEX.sub("", path)
        if len(self.places) < MOST_CHILDREN:
            self.places.add(place)
        if not self.judged:
            self.suspects += 1
            self.note(f"{why}: {path or 'the value itself'}")
        elif place in self.unstable:
            self.note(f"{why}, as in a further run of the input: {path or 'the value itself'}")
        elif self.clock and "a duration" in why:
            # Rounded durations are often the same twice.
            self.note(f"{why}, and the input measures times: {path or 'the value itself'}")
        else:
            self.differ(path, left, right)

    def note(self, text):
        """Record a harmless difference."""
        self.close = True
        if text not in self.notes and len(self.notes) < 20:
            self.notes.append(text)

    def within(self, left, right):
        """Whether two numbers agree; remembers how far they are apart."""
        left, right = float(left), float(right)
        if left == right or (math.isnan(left) and math.isnan(right)):
            return True
        if not math.isclose(left, right, rel_tol=self.tolerance, abs_tol=self.tolerance):
            return False
        self.close = True
        self.largest = max(self.largest, abs(left - right))
        return True

    def outcome(self):
        """The verdict in a word."""
        if self.count:
            return "different"
        if self.unstable_count:
            return "non-deterministic"
        return "close" if self.close else "equal"

    def nodes(self, left, right, path="", timing=False):
        """Compare two nodes; `timing` says that their key names a time of the run."""
        if not path:
            # The parts of a figure are what is compared of it; those of a model are not.
            self.draws = is_drawing(left) or is_drawing(right)
        if left["d"] == right["d"] and left["k"] == right["k"]:
            if left.get("o"):
                self.note(f"parts of {path or 'it'} cannot be compared")
            return
        if timing and OWN_TIMES.search(path):
            self.note(f"how long it took differs: {path}")
        elif timing:
            self.suspect(path, left["p"], right["p"], "a timing differs")
        elif left["k"] == right["k"] == "random" and path:
            self.note(f"the state of a random generator differs: {path}")
        elif "opaque" in (left["k"], right["k"]):
            self.note(f"{path or 'it'} cannot be compared")
        elif is_given_along(left, right):
            self.note(f"{path or 'it'} is given what it read of the module")
        elif path and not self.draws and (is_drawing(left) or is_drawing(right)):
            self.note(f"{path} only shows something")
        elif left["k"] == right["k"] == "scalar":
            self.scalars(left, right, path)
        elif left["k"] == right["k"] == "array":
            self.arrays(left, right, path)
        elif left["k"] == right["k"] == "objects":
            self.objects(left, right, path)
        elif "c" in left and "c" in right and left["k"] == right["k"]:
            self.children(left, right, path)
        elif left["k"] == right["k"]:
            self.differ(path, left["p"], right["p"])
        else:
            self.differ(path, describe_type(left), describe_type(right))

    def scalars(self, left, right, path):
        """Compare two atoms."""
        if "n" in left and "n" in right:
            both_integers = left["t"] == right["t"] == "int"
            if both_integers or not self.within(left["n"], right["n"]):
                self.differ(path, left["p"], right["p"])
            elif left["y"] != right["y"]:
                self.note(f"{path or 'it'} is `{left['y']}` in one and `{right['y']}` in the other")
        elif "v" in left and left.get("v") == right.get("v"):
            self.note(f"{path or 'it'} is `{left['y']}` in one and `{right['y']}` in the other")
        elif "v" in left and "v" in right:
            self.text(left, right, path)
        else:
            self.differ(path, left["p"], right["p"])

    def text(self, left, right, path):
        """Compare two texts: equal numbers and what never says anything agree; what may be harmless is a suspect."""
        verdict = compare_line(left["v"], right["v"], self)
        if not verdict:
            self.differ(path, left["p"], right["p"])
        elif is_always_harmless(verdict):
            self.note(f"{path or 'it'} differs by {verdict}")
        elif verdict != "close":
            self.suspect(path, left["p"], right["p"], f"differs by {verdict}")

    def arrays(self, left, right, path):
        """Compare two arrays by their numbers, where both are stored."""
        for key in ("shape", "dtype"):
            if left[key] != right[key]:
                self.differ(path, f"{key} {left[key]}", f"{key} {right[key]}")
                return
        if "at" not in left or "at" not in right:
            self.differ(path, left["p"] + " (by digest)", right["p"] + " (by digest)")
            return
        import numpy

        shape = tuple(left["shape"]) or (1,)
        flat = self.left_store.array(left, numpy), self.right_store.array(right, numpy)
        wrong = 0
        for start in range(0, flat[0].size, PIECE):
            first, second = (array[start : start + PIECE] for array in flat)
            agree = self.agreement(first, second, numpy)
            if agree.all():
                continue
            place = int(numpy.flatnonzero(~agree)[0])
            if not wrong:
                index = ", ".join(str(int(i)) for i in numpy.unravel_index(start + place, shape))
                before = self.count
                self.differ(f"{path}[{index}]", repr(first[place].item()), repr(second[place].item()))
                if self.count == before:
                    return
            wrong += int((~agree).sum())
        self.count += max(wrong - 1, 0)

    def agreement(self, first, second, numpy):
        """Where two pieces of arrays agree; remembers how far apart they are when they all do."""
        if first.dtype.kind in "mM":
            return first.view("i8") == second.view("i8")
        if first.dtype.kind not in "fc":
            return first == second
        with numpy.errstate(all="ignore"):
            agree = numpy.isclose(first, second, rtol=self.tolerance, atol=self.tolerance, equal_nan=True)
            apart = numpy.abs(first - second)
        apart = apart[numpy.isfinite(apart)]
        if agree.all() and apart.size:
            self.close = True
            self.largest = max(self.largest, float(apart.max()))
        return agree

    def objects(self, left, right, path):
        """Compare two long lists by their tokens."""
        if left["shape"] != right["shape"]:
            self.differ(path, f"{left['shape']} values", f"{right['shape']} values")
            return
        if left["y"] != right["y"]:
            self.note(f"{path or 'it'} is `{left['y']}` in one and `{right['y']}` in the other")
        if "at" not in left or "at" not in right:
            self.differ(path, left["p"] + " (by digest)", right["p"] + " (by digest)")
            return
        pairs = zip(json.loads(self.left_store.read(left["at"])), json.loads(self.right_store.read(right["at"])))
        for position, (first, second) in enumerate(pairs):
            if first.partition(SHOWN)[0] != second.partition(SHOWN)[0] and not self.tokens(first, second):
                self.differ(f"{path}[{position}]", shown_token(first), shown_token(second))

    def tokens(self, first, second):
        """Whether two tokens stand for numbers that agree."""
        kinds = ("float", "int")
        left, _, first_text = first.partition(":")
        right, _, second_text = second.partition(":")
        if left == right == "int":
            return False
        return left in kinds and right in kinds and self.within(first_text, second_text)

    def children(self, left, right, path):
        """Compare the parts of two nodes by their keys."""
        if left["y"] != right["y"]:
            if left["k"] == "list":
                self.note(f"{path or 'it'} is a `{left['y']}` in one and a `{right['y']}` in the other")
            else:
                self.differ(path, left["y"], right["y"])
                return
        mine, theirs = dict(map(tuple, left["c"])), dict(map(tuple, right["c"]))
        if len(mine) < len(left["c"]) or len(theirs) < len(right["c"]):
            mine = {f"{i} {key}": node for i, (key, node) in enumerate(left["c"])}
            theirs = {f"{i} {key}": node for i, (key, node) in enumerate(right["c"])}
        before = self.count
        for key, node in mine.items():
            where = join(path, left["k"], key)
            if key in theirs:
                timing = left["k"] in ("map", "object") and TIMING_KEY.search(key.strip("'\""))
                self.nodes(node, theirs[key], where, bool(timing))
            elif is_asked(key):
                # It was found deeper inside of something on the other side.
                self.note(f"{where} was asked on one side")
            elif is_kept_on_demand(left, key):
                self.note(f"{where} is there once something asked for it")
            else:
                self.absent(path, where, (node["p"], "absent"), is_chance=bool(DIGEST.fullmatch(key)))
        for key, node in theirs.items():
            if key not in mine and left["k"] == "object" and key in self.handed.get(left["y"], ()):
                self.note(f"{join(path, left['k'], key)} is a setting that only the package's objects hold")
            elif key not in mine and not is_kept_on_demand(right, key) and not is_asked(key):
                self.absent(path, join(path, left["k"], key), ("absent", node["p"]), is_chance=True)
        orders = ([key for key in mine if key in theirs], [key for key in theirs if key in mine])
        if self.count == before and left["k"] == "frame" and orders[0] != orders[1]:
            self.differ(path, f"columns in the order {orders[0]}", f"columns in the order {orders[1]}")


    def is_by_chance(self, path):
        """Whether a place is within an object that is a key, where the input has other keys each time."""
        return any(path[: match.start()] + " (keys)" in self.unstable for match in KEY.finditer(path))

    def absent(self, whole, path, shown, is_chance):
        """Record a part that one side lacks. Where the input has other keys each time, chance decides which there are."""
        keys = f"{whole} (keys)"
        if is_chance and keys in self.unstable:
            self.unstable_count += 1
            self.note(f"two runs of the input itself have other keys in {whole or 'it'}")
            return
        self.differ(path, *shown)
        if len(self.places) < MOST_CHILDREN:
            self.places.add(keys)


def join(path, kind, key):
    """The path of a part, close to the Python that would reach it."""
    if kind in ("map", "list"):
        return f"{path}[{key}]"
    if kind == "frame" and key.startswith(("'", '"')):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else f".{key}"


def describe_type(node):
    """A node as one side of a difference of kind."""
    return f"{node['y']}: {node['p']}"


def shown_token(token):
    """A token for people."""
    return token.partition(SHOWN)[2] or token.partition(":")[2]


class Store:
    """The raw numbers beside a record."""

    def __init__(self, scratch):
        self.path = os.path.join(scratch, "arrays.bin")

    def array(self, node, numpy):
        """The numbers of a node, flat, read as they are needed."""
        dtype = numpy.dtype(node["dtype"])
        start, size = node["at"]
        if size == 0:
            return numpy.empty(0, dtype)
        return numpy.memmap(self.path, dtype=dtype, mode="r", offset=start, shape=(size // dtype.itemsize,))

    def read(self, place):
        """The bytes at a place."""
        with open(self.path, "rb") as file:
            file.seek(place[0])
            return file.read(place[1])


class Side:
    """The records of all processes that made one side."""

    def __init__(self, request):
        self.folder = os.path.realpath(request["folder"])
        self.shown = request["output"]
        self.records = []
        for scratch in request["scratches"]:
            with open(os.path.join(scratch, "record.json"), encoding="utf-8") as file:
                self.records.append((json.load(file), Store(scratch)))
        self.changed = changed_files(self.folder, self.records[0][0]["before"]) if self.records else []
        self.failed = not self.records or any(record["failure"] for record, _ in self.records)

    def part(self, indices):
        """The same side with some of its processes alone; files and text are the whole side's."""
        own = copy.copy(self)
        own.records = [self.records[index] for index in indices if index < len(self.records)]
        return own

    def values(self):
        """Every recorded value with its store; of equal names the last process counts."""
        return [(entry, store) for record, store in self.records for entry in record["values"]]

    def named(self):
        """The values by name."""
        return {entry["name"]: (entry, store) for entry, store in self.values()}

    def pickle(self, path):
        """The content of a pickle that a process described."""
        for record, store in reversed(self.records):
            if path in record["pickles"]:
                return record["pickles"][path], store
        return None

    def made(self, kind, name):
        """The statement that bound a name or wrote a file."""
        for record, _ in reversed(self.records):
            if name in record[kind]:
                return record[kind][name]
        return None

    def cell_of_line(self, number):
        """The cell that printed a line, when the input was a notebook of one process."""
        if len(self.shown) != 1 or not self.records:
            return None
        with open(self.shown[0], "rb") as file:
            printed = file.read()
        for cell in self.records[0][0]["cells"]:
            end = cell.get("printed")
            if end is not None and printed[:end].count(b"\n") >= number:
                return {"cell": cell["number"], "line": None, "statement": ""}
        return None

    def lines(self):
        """What was printed, line by line, the folder's own path replaced."""
        text = ""
        for path in self.shown:
            with open(path, encoding="utf-8", errors="replace", newline="") as file:
                text += file.read()
        lines = [line.rpartition("\r")[2] for line in text.replace("\r\n", "\n").split("\n")]
        return [line.replace(self.folder, "<folder>").rstrip() for line in lines]


def compare_runs(request):
    """Compare all observables of the input with those of the package.

    Further runs of the input tell what it never repeats: differences at those places are not held against the package.
    """
    Comparison.handed = request.get("handed") or {}
    left, right = Side(request["left"]), Side(request["right"])
    others = [Side(again) for again in request.get("again", [])]
    unstable = Unstable(left, others, request["tolerance"])
    tolerance = request["tolerance"]
    values = [value for part in request["parts"] for value in compare_values(left, right, others, part, request)]
    written = left.changed if left.failed else sorted({*left.changed, *right.changed})
    files = [compare_written(path, left, right, unstable.comparison("file", path)) for path in written]
    for file in files:
        file["made"] = left.made("writers", file["name"])
    text = compare_printed_text(left, right, unstable.comparison("text", ""))
    golden = golden_of(left, right, others, request["record"]) if request.get("record") else None
    return {"values": values, "files": files, "text": text, "golden": golden}


def compare_values(left, right, others, part, request):
    """Compare the values of one input with those of the jobs made from it."""
    left, right = left.part(part["left"]), right.part(part["right"])
    unstable = Unstable(left, [other.part(part["left"]) for other in others], request["tolerance"], values_only=True)
    values = compare_with_package(left, right, part["names"], unstable)
    if request.get("drawing_left_out"):
        nodes = {name: entry["node"] for name, (entry, _) in left.named().items()}
        values = [forgive_drawing(value, nodes[value["name"]]) for value in values]
    for value in values:
        path = value["differences"][0]["path"] if value["differences"] else ""
        stored = re.match(r"\[(?:'[^']*'|\"[^\"]*\"|\d+)\]|\.\w+", path)
        value["made"] = stored and left.made("bindings", value["name"] + stored[0])
        value["made"] = value["made"] or left.made("bindings", value["name"])
        if len(request["parts"]) > 1:
            value["name"] = f"{part['label']}: {value['name']}"
    # The first fault is the one that the input's order has first: what follows may follow from it.
    values.sort(key=lambda value: value["made"]["at"] if value["made"] else -1)
    return values


FLOAT = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+")


def golden_of(left, right, others, request):
    """What the test in `test_equivalence.py` holds the package to: what all runs have in common, as digests."""
    runs = [left, *others, right]
    texts = [[line for line in run.lines() if line] for run in runs]
    lines = None
    if len(set(map(len, texts))) == 1:
        lines = [common_digest(of_run) for of_run in zip(*texts)]
    writes = {}
    for path in left.changed:
        if all(path in run.changed and os.path.exists(os.path.join(run.folder, path)) for run in runs):
            writes[path] = file_digest(path, runs)
    paths = {path for run in (left, right) for record, _ in run.records for path in record["reads"]}
    reads = {path: digest_of_file(os.path.join(request["origin"], path)) for path in sorted(paths)}
    calls = [call for record, _ in right.records for call in record["calls"]]
    known = {"jobs": request["jobs"], "needs": request["needs"]}
    return {**known, "reads": reads, "lines": lines, "writes": writes, "calls": calls}


def common_digest(texts):
    """The digest of texts that are equal but for the last digits of their numbers; else `None`."""
    rounded = {FLOAT.sub(lambda match: f"{float(match[0]):.9g}", text) for text in texts}
    return hashlib.sha256(rounded.pop().encode()).hexdigest()[:16] if len(rounded) == 1 else None


def file_digest(path, runs):
    """The digest of a text file that all runs wrote alike; else `None`."""
    if os.path.splitext(path)[1].lower() not in TEXT_SUFFIXES | {".json"}:
        return None
    texts = []
    for run in runs:
        if os.path.getsize(os.path.join(run.folder, path)) > 100_000_000:
            return None
        with open(os.path.join(run.folder, path), encoding="utf-8", errors="replace", newline="") as file:
            lines = [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in file.read().split("\n")]
            texts.append("\n".join(line for line in lines if line))
    return common_digest(texts)


def digest_of_file(path):
    """The digest of a file's bytes."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()[:16]


class Unstable:
    """The places where runs of the input differ from each other."""

    def __init__(self, left, others, tolerance, values_only=False):
        self.tolerance = tolerance
        self.judged = bool(others)
        self.clock = any(record.get("clock") for record, _ in left.records)
        self.places = {}
        for other in others:
            theirs = other.named()
            for name, (entry, store) in left.named().items():
                if name not in theirs:
                    self.add("value", name, {""})
                    continue
                second, second_store = theirs[name]
                comparison = Comparison(tolerance, store, second_store)
                comparison.nodes(entry["node"], second["node"])
                self.add("value", name, comparison.places)
            if values_only:
                continue
            for path in sorted({*left.changed, *other.changed}):
                comparison = Comparison(tolerance)
                result = compare_written(path, left, other, comparison)
                self.add("file", path, {""} if result["outcome"] == "missing" else comparison.places)
            comparison = Comparison(tolerance)
            compare_printed_text(left, other, comparison)
            self.add("text", "", comparison.places)

    def add(self, kind, name, places):
        """Remember places of one observable."""
        self.places.setdefault((kind, name), set()).update(places)

    def comparison(self, kind, name, left_store=None, right_store=None):
        """A comparison that knows the unstable places of an observable."""
        places = self.places.get((kind, name), frozenset())
        return Comparison(self.tolerance, left_store, right_store, places, self.judged, self.clock)


def forgive_drawing(value, node):
    """A figure that the package only draws in part, for it is never saved, says nothing of the package."""
    if value["outcome"] not in ("different", "missing") or not is_drawing(node):
        return value
    note = "drawn on by statements that the package leaves out, for they only show it"
    return {**value, "outcome": "not-comparable", "notes": [*value["notes"], note]}


def is_asked(key):
    """Whether a part is what an estimator says of made-up rows: only those that stand near the surface are asked."""
    return key.endswith(f"({MADE_UP})")


def is_kept_on_demand(node, key):
    """Whether a part of a library's object may be missing until the library needs it: a private attribute."""
    return "l" in node and key.startswith("_")


def is_drawing(node):
    """Whether a value is a figure, or holds axes of one."""
    if node["k"] in ("figure", "axes"):
        return True
    if node["k"] == "objects":
        return node["p"].startswith("[<Axes")
    is_part = node["k"] == "opaque" and node["p"].endswith("a part of a figure>")
    return is_part or node["k"] == "list" and any(is_drawing(child) for _, child in node.get("c", ()))


def result_of(name, comparison, place=None):
    """An observable's entry in the verdict."""
    return {
        "name": name,
        "outcome": comparison.outcome(),
        "place": place,
        "differences": comparison.differences,
        "count": comparison.count,
        "largest": comparison.largest,
        "notes": comparison.notes,
        "suspects": comparison.suspects,
    }


def plain_result(name, outcome, note, place=None):
    """An entry without a comparison."""
    return {
        "name": name, "outcome": outcome, "place": place, "differences": [], "count": 0, "largest": 0.0, "notes": [note],
        "suspects": 0,
    }


def compare_entries(entry, store, other, other_store, unstable):
    """Compare the value of a name with the value that the other side held for it."""
    place = shown_place(other)
    if "opaque" in (entry["node"]["k"], other["node"]["k"]):
        return plain_result(entry["name"], "not-comparable", entry["node"]["p"], place)
    comparison = unstable.comparison("value", entry["name"], store, other_store)
    comparison.nodes(entry["node"], other["node"])
    if other["role"] == "setting" and not comparison.count:
        # A settings model is immutable and typed: a tuple for a list, a path for a text.
        comparison.notes = [note for note in comparison.notes if " in one and " not in note]
        comparison.close = bool(comparison.notes) or comparison.largest > 0
    return result_of(entry["name"], comparison, place)


def shown_place(entry):
    """Where the package held a value, for people."""
    place = entry.get("place")
    if place is None:
        return None
    if entry["role"] == "return":
        return f"{place} (its result)"
    return f"{place} `{entry['name']}`"


def compare_with_package(left, right, names, unstable):
    """Find each surviving value of the input in what the package's functions held, and compare."""
    entries = right.values()
    index = index_by_digest(entries)
    results = []
    for name, (entry, store) in left.named().items():
        searched = functools.partial(compare_by_search, entry, store, entries, index, unstable)
        if name not in names:
            results.append(searched())
            continue
        if names[name].get("left_out"):
            result = searched()
            if result["outcome"] not in ("equal", "close"):
                result = plain_result(name, "not-comparable", "the package has no use for its last value")
            results.append(result)
            continue
        result = compare_by_contract(entry, store, names[name], entries, unstable)
        if result["outcome"] == "missing":
            elsewhere = searched()
            if "local" in names[name] or elsewhere["outcome"] in ("equal", "close"):
                note = f"not in {result['place']}, where the report of the conversion has it"
                result = {**elsewhere, "notes": [*elsewhere["notes"], note]}
        results.append(result)
    return results


def compare_by_contract(entry, store, target, entries, unstable):
    """Compare a name with the result that the plan says it became."""
    name, place = entry["name"], f"{target.get('module')}:{target.get('function')}"
    if "local" in target:
        return compare_with_local(entry, store, place, target["local"], entries, unstable)
    result = str(target.get("result", "return"))
    for other, other_store in entries:
        if other.get("place") != place:
            continue
        if other["role"] == "return":
            node = other["node"] if result == "return" else part_of(other["node"], result)
            if node is not None:
                shown = place + ("" if result == "return" else f" result `{result}`")
                found = {**other, "node": node, "name": name, "role": "contract"}
                return {**compare_entries(entry, store, found, other_store, unstable), "place": shown}
    for other, other_store in entries:
        if other.get("place") == place and other["name"] == result and other["role"] != "return":
            return compare_entries(entry, store, other, other_store, unstable)
    return plain_result(name, "missing", f"`{place}` gave no such result", place)


def compare_with_local(entry, store, place, local, entries, unstable):
    """Compare a name with the local of the function that gave it its last value, else with the job's local."""
    def held(other):
        return other["name"] == local and other["role"] in ("local", "inner", "content", "parameter")

    own = [pair for pair in entries if held(pair[0]) and pair[0].get("place") == place]
    # Of a class in `io` the report names the class, and one of its methods holds the value.
    own = own or [pair for pair in entries if held(pair[0]) and (pair[0].get("place") or "").startswith(f"{place}.")]
    # A job may keep it as a field of what a function of the domain gave it.
    fields = [
        ({**other, "node": part, "name": local}, other_store)
        for other, other_store in entries
        if other.get("place") == place and other["node"]["k"] == "object" and "l" not in other["node"]
        for part in [part_of(other["node"], local)]
        if part is not None
    ]
    own += fields if own else []
    # `X = f(X)` at the end of a function is `return f(X)`: then its result is the last `X`, not its local.
    returned = [pair for pair in entries if pair[0]["role"] == "return" and pair[0].get("place") == place]
    own += returned if own else []
    jobs = [pair for pair in entries if held(pair[0]) and pair[0]["role"] == "local"]
    # The last to return is the job itself, or the stage that changed the name last.
    # Where that is all that the function does, `X` is its parameter, and a caller of the caller may have an older one.
    found = own or [*fields, *jobs[-1:], *(returned if jobs else [])]
    results = [compare_entries(entry, store, *pair, unstable) for pair in found]
    if not results:
        return plain_result(entry["name"], "missing", f"`{place}` held no `{local}` when it returned", place)
    return next((result for result in results if result["outcome"] in ("equal", "close")), results[0])


def part_of(node, key):
    """A part of a result, by index or by field."""
    for name, child in node.get("c", ()):
        if name in (key, repr(key)):
            return child
    return None


def compare_by_search(entry, store, entries, index, unstable):
    """Compare a name with what bears it in the package; else look for its value."""
    name, node = entry["name"], entry["node"]
    if node["k"] == "opaque":
        return plain_result(name, "not-comparable", node["p"])
    decisive = [pair for pair in entries if pair[0]["name"] == name and pair[0]["role"] in ("local", "constant")]
    supporting = [pair for pair in entries if bears(pair[0], name) and pair[0]["role"] in ("inner", "setting")]
    results = [compare_entries(entry, store, *pair, unstable) for pair in decisive]
    for result in results:
        if result["outcome"] in ("equal", "close"):
            return result
    is_held = any(pair[0]["role"] == "local" for pair in decisive)
    if is_held:
        # What bears the name decides: that something else is equal by chance, or was before, is no excuse.
        return results[-1]
    for pair in supporting:
        # A constant of another input may have the name of what is a setting here.
        if results and pair[0]["role"] != "setting":
            continue
        result = compare_entries(entry, store, *pair, unstable)
        if result["outcome"] in ("equal", "close"):
            return result
    if results:
        return results[-1]
    if is_telling(node) and node["d"] in index:
        return {**plain_result(name, "equal", "found by its content", index[node["d"]])}
    note = "the package holds no value of this name or content"
    if supporting:
        note = f"only {shown_place(supporting[0][0])} bears this name, and may be another version of it"
    return plain_result(name, "not-comparable", note)


def bears(entry, name):
    """Whether an inner value or a setting may stand for a name of the input."""
    own = entry["name"].rpartition(".")[2]
    return own == name or own == name.lower()


def is_telling(node):
    """Whether equal content is more than a coincidence."""
    if node["k"] in ("array", "objects"):
        size = 1
        for length in node["shape"]:
            size *= length
        return size >= 4
    if node["k"] == "scalar":
        return (node["y"] == "float" and len(node["p"]) >= 12) or (node["y"] == "str" and len(node["p"]) >= 30)
    return node["k"] not in ("set", "cycle", "random", "opaque") and len(node.get("c", ())) >= 2 and not node.get("o")


def index_by_digest(entries):
    """Where each telling value of the package was held, parts of results included."""
    index = {}

    def add(node, place, depth):
        if is_telling(node):
            index.setdefault(node["d"], place)
        if depth < 3 and node["k"] not in ("frame", "index"):
            for key, child in node.get("c", ()):
                add(child, place + (f"[{key}]" if node["k"] in ("map", "list") else f".{key}"), depth + 1)

    for entry, _ in entries:
        add(entry["node"], shown_place(entry), 0)
    return index


# ---------------------------------------------------------------------------------------------------------------------
# Comparing text


def compare_printed_text(left, right, comparison):
    """Compare what both sides printed; of an input that failed, as far as it came."""
    lines, other_lines = left.lines(), right.lines()
    if left.failed:
        other_lines = other_lines[: len(lines) - 1]
    result = compare_text(lines, other_lines, comparison)
    if result["differences"]:
        number = re.match(r"line (\d+)", result["differences"][0]["path"])
        result["made"] = left.cell_of_line(int(number[1])) if number else None
    return result


def compare_text(left, right, comparison):
    """Compare what was printed, line by line; lines that only one side printed are found by alignment."""
    while left and not left[-1]:
        left.pop()
    while right and not right[-1]:
        right.pop()
    if not left and not right:
        return plain_result("printed text", "not-comparable", "neither run printed anything")
    for first, second, number in aligned(left, right):
        compare_printed(first, second, number, comparison)
    return result_of("printed text", comparison)


def aligned(left, right):
    """Pairs of lines that belong together, with the number of the line; `None` where one side has none."""
    if len(left) == len(right) or max(len(left), len(right)) > 5000:
        for number, pair in enumerate(zip_longest(left, right), start=1):
            yield (*pair, number)
        return
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for _tag, start, end, other_start, other_end in matcher.get_opcodes():
        for offset, (first, second) in enumerate(zip_longest(left[start:end], right[other_start:other_end])):
            yield first, second, start + offset + 1


def zip_longest(left, right):
    """Pairs of both, the shorter filled with `None`."""
    return itertools.zip_longest(left, right)


def compare_printed(first, second, number, comparison):
    """Compare one line of each side."""
    if first == second:
        return
    if first is None or second is None:
        present = first if second is None else second
        if present.strip():
            comparison.differ(f"line {number}", shown_line(first), shown_line(second))
        return
    verdict = compare_line(first, second, comparison)
    shown = repr(shorten(first, 140)), repr(shorten(second, 140))
    if not verdict:
        comparison.differ(f"line {number}", *shown)
    elif is_always_harmless(verdict):
        comparison.note(f"line {number} differs by {verdict}: {shorten(first, 60)!r}")
    elif verdict != "close":
        comparison.suspect(f"line {number}", *shown, f"differs by {verdict}")


def shown_line(line):
    """A line, or that there is none."""
    return "no such line" if line is None else repr(shorten(line, 140))


def compare_line(first, second, comparison):
    """`close` when numbers agree, the reason when the difference is harmless, else `None`."""
    if first == second:
        return "close"
    if len(first) < 20_000 and numbers_agree(first, second, comparison):
        return "close"
    reasons = []
    for reason, pattern in HARMLESS:
        replaced = pattern.sub("…", first), pattern.sub("…", second)
        if replaced != (first, second):
            reasons.append(reason)
        first, second = replaced
        if first == second or (first.split() == second.split()) or numbers_agree(first, second, comparison):
            return " and ".join(dict.fromkeys(reasons)) or "spacing"
    return None


def is_integer(text):
    """Whether a number is written without a fraction: such numbers count, and must agree exactly."""
    return text.lstrip("+-").isdigit()


def numbers_agree(first, second, comparison):
    """Whether two lines are equal but for numbers within the tolerance."""
    if NUMBER.sub("#", first).split() != NUMBER.sub("#", second).split():
        return False
    mine, theirs = NUMBER.findall(first), NUMBER.findall(second)
    largest, close = comparison.largest, comparison.close
    pairs = zip(mine, theirs)
    agree = all(one == other or (not (is_integer(one) and is_integer(other)) and comparison.within(one, other)) for one, other in pairs)
    if not agree:
        comparison.largest, comparison.close = largest, close
    elif mine != theirs:
        comparison.close = True
    return agree


# ---------------------------------------------------------------------------------------------------------------------
# Comparing files


def compare_written(path, left, right, comparison):
    """Compare a file that at least one side wrote."""
    first, second = os.path.join(left.folder, path), os.path.join(right.folder, path)
    if not os.path.exists(first):
        return plain_result(path, "missing", "only the package wrote it")
    if not os.path.exists(second):
        return plain_result(path, "missing", "the package did not write it")
    if path not in right.changed:
        return plain_result(path, "missing", "the package did not write it, and left the file that was there")
    if path not in left.changed:
        return plain_result(path, "missing", "only the package wrote it, over a file that was there")
    if same_bytes(first, second):
        return result_of(path, comparison)
    try:
        compare_content(path, first, second, (left, right), comparison)
    except Exception as error:
        result = plain_result(path, "different", f"bytes differ; cannot read it: {type(error).__name__}: {first_line(str(error))}")
        return {**result, "count": 1}
    return result_of(path, comparison)


def same_bytes(first, second):
    """Whether two files have the same content, read in pieces."""
    if os.path.getsize(first) != os.path.getsize(second):
        return False
    with open(first, "rb") as one, open(second, "rb") as other:
        while True:
            piece = one.read(1 << 20)
            if piece != other.read(1 << 20):
                return False
            if not piece:
                return True


TEXT_SUFFIXES = {
    ".csv", ".tsv", ".txt", ".log", ".md", ".html", ".htm", ".xml", ".svg", ".yaml", ".yml", ".toml", ".ini", ".tex",
    ".dat", ".py", ".geojson", ".jsonl", ".ndjson", ".dot", ".sql",
}


def compare_content(path, first, second, sides, comparison):
    """Compare two files of a known format by what they say."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix in SEEN_BY_SUFFIX:
        compare_pickles(path, sides, comparison)
    elif suffix in TEXT_SUFFIXES:
        compare_text_files(first, second, comparison)
    elif suffix in (".gz", ".zip", ".npz", ".pt", ".pth", ".keras", ".whl"):
        compare_archives(suffix, first, second, comparison)
    elif suffix in (".eps", ".ps"):
        dates = re.compile(rb"%%CreationDate:[^\r\n]*")
        compare_bytes(first, second, comparison, dates, "a date")
    elif suffix in (".pdf",):
        dates = re.compile(rb"/(?:CreationDate|ModDate) ?\([^)]*\)|/ID ?\[[^\]]*\]")
        compare_bytes(first, second, comparison, dates, "a date")
    else:
        reader = READERS.get(suffix)
        if reader is None:
            compare_bytes(first, second, comparison, None, None)
        else:
            compare_loaded(reader(first), reader(second), comparison)


def compare_loaded(first, second, comparison):
    """Compare two loaded values."""
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        describer = Describer(scratch)
        nodes = describer.describe(first), describer.describe(second)
        describer.close()
        comparison.left_store = comparison.right_store = Store(scratch)
        comparison.nodes(*nodes)


def compare_pickles(path, sides, comparison):
    """Compare two pickles by what the runs themselves saw in them."""
    first, second = sides[0].pickle(path), sides[1].pickle(path)
    if first is None or second is None:
        comparison.differ("", "bytes differ", "a run could not load it")
        return
    comparison.left_store, comparison.right_store = first[1], second[1]
    comparison.nodes(first[0], second[0])
    if comparison.outcome() == "equal":
        comparison.note("bytes differ, what it holds is equal")


def compare_text_files(first, second, comparison):
    """Compare two text files line by line."""
    with open(first, encoding="utf-8", errors="replace") as one, open(second, encoding="utf-8", errors="replace") as other:
        for number, (left, right) in enumerate(zip_longest(one, other), start=1):
            if left != right:
                left = left if left is None else left.rstrip("\r\n")
                right = right if right is None else right.rstrip("\r\n")
                compare_printed(left, right, number, comparison)


def compare_archives(suffix, first, second, comparison):
    """Compare the members of two archives."""
    if suffix == ".gz":
        import gzip

        with gzip.open(first) as one, gzip.open(second) as other:
            if hashlib.sha256(one.read()).digest() != hashlib.sha256(other.read()).digest():
                comparison.differ("", "its content", "another content")
        comparison.note("compressed at another time")
        return
    if suffix == ".npz":
        import numpy

        with numpy.load(first, allow_pickle=False) as one, numpy.load(second, allow_pickle=False) as other:
            compare_loaded(dict(one), dict(other), comparison)
        return
    import zipfile

    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as other:
        mine = {info.filename: info.CRC for info in one.infolist()}
        theirs = {info.filename: info.CRC for info in other.infolist()}
    for name in sorted({*mine, *theirs}):
        if mine.get(name) != theirs.get(name):
            comparison.differ(name, "present" if name in mine else "absent", "other bytes" if name in theirs else "absent")
    comparison.note("its members were compared")


def compare_bytes(first, second, comparison, harmless, reason):
    """Compare two files of an unknown format byte by byte."""
    with open(first, "rb") as one, open(second, "rb") as other:
        left, right = one.read(), other.read()
    if harmless is not None and harmless.sub(b"", left) == harmless.sub(b"", right):
        comparison.note(f"differs by {reason}")
        return
    place = next((i for i, pair in enumerate(zip(left, right)) if pair[0] != pair[1]), min(len(left), len(right)))
    comparison.differ(f"byte {place}", f"{len(left)} bytes", f"{len(right)} bytes")


def read_json(path):
    """The content of a JSON file."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def read_numpy(path):
    """The content of an `.npy` file."""
    import numpy

    return numpy.load(path, allow_pickle=False)


def read_frame(method, **options):
    """A reader of frames through pandas."""

    def read(path):
        import pandas

        return getattr(pandas, method)(path, **options)

    return read


def read_image(path):
    """The pixels of an image."""
    import numpy
    from PIL import Image

    with Image.open(path) as image:
        return numpy.asarray(image.convert("RGBA"))


def read_database(path):
    """The tables of an SQLite file."""
    import sqlite3

    connection = sqlite3.connect(f"{pathlib.Path(path).as_uri()}?mode=ro", uri=True)
    try:
        query = "select name, sql from sqlite_master where type in ('table', 'view') order by name"
        tables = connection.execute(query).fetchall()
        quoted = {name: '"' + name.replace('"', '""') + '"' for name, _ in tables}
        return {name: [sql, connection.execute(f"select * from {quoted[name]}").fetchall()] for name, sql in tables}
    finally:
        connection.close()


def read_hdf5(path):
    """The datasets of an HDF5 file."""
    import h5py

    found = {}
    with h5py.File(path, "r") as file:
        file.visititems(lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    return found


READERS = {
    ".json": read_json,
    ".ipynb": read_json,
    ".npy": read_numpy,
    ".parquet": read_frame("read_parquet"),
    ".feather": read_frame("read_feather"),
    ".arrow": read_frame("read_feather"),
    ".xlsx": read_frame("read_excel", sheet_name=None),
    ".xls": read_frame("read_excel", sheet_name=None),
    ".dta": read_frame("read_stata"),
    ".db": read_database,
    ".sqlite": read_database,
    ".sqlite3": read_database,
    ".h5": read_hdf5,
    ".hdf5": read_hdf5,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"), read_image),
}


if __name__ == "__main__":
    main()
