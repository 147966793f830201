"""Labels the benchmark by running it: what each function really does, and which parameters it really changes.

Each case runs in a process of its own, in a folder of its own, under audit hooks, a profiler that sees calls of C
functions, wrappers of random generators and loggers, and snapshots of its arguments and of process-wide state before and
after. `oracle.py CASES` compares with `labels.tsv` beside it; `--write` rewrites that file.
"""

import array
import ast
import builtins
import collections
import copy
import hashlib
import hmac
import inspect
import io
import logging
import os
import platform
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import traceback
import types
import warnings
from pathlib import Path

FILES = {
    "notes.txt": "one\ntwo\n",
    "data.csv": "a,b\n1,2\n3,4\n",
    "data.json": '{"a": 1}',
    "settings.ini": "[a]\nb = 1\n",
}
PRELOAD = ["numpy", "pandas", "matplotlib", "matplotlib.pyplot", "scipy.stats", "scipy.optimize", "sklearn.ensemble",
           "sklearn.model_selection", "statsmodels.api", "seaborn", "networkx", "requests", "joblib", "yaml", "tqdm"]
LIMIT = 30
PLAIN = (bool, int, float, str, types.FunctionType, types.BuiltinFunctionType)


class Recorder:
    """Effects seen while a case's call runs."""

    def __init__(self, filename):
        self.filename = filename
        self.effects = set()
        self.is_active = False
        self.draws = None
        self.databases = set()

    def note_draws(self):
        """The state of the global generators: what differs from it later was drawn."""
        import random

        import numpy

        self.draws = random.getstate(), repr(numpy.random.get_state()), torch_state()

    def add(self, effect):
        if self.is_active:
            self.effects.add(effect)

    def caller_is_case(self, skip=()):
        """Whether the call comes from the case, through none but the standard library's thin layers in `skip`."""
        frame = sys._getframe(2)
        while frame is not None:
            name = frame.f_code.co_filename
            if name == self.filename:
                return True
            name = name[len("<frozen ") : -1] + ".py" if name.startswith("<frozen ") else os.path.basename(name)
            if name != os.path.basename(__file__) and name not in skip:
                return False
            frame = frame.f_back
        return False

    def logger_is_case(self):
        """Whether a message comes from the case, not from a library that it uses."""
        frame = sys._getframe(2)
        while frame.f_code.co_filename in (logging.__file__, __file__):
            frame = frame.f_back
        return frame.f_code.co_filename == self.filename

    def within(self, *parts):
        """Whether a file or function of these names is running."""
        frame = sys._getframe(2)
        while frame is not None:
            code = frame.f_code
            if any(part in code.co_filename or part == code.co_name for part in parts):
                return True
            frame = frame.f_back
        return False


def is_own(path, folder, recorder):
    """Whether a file is the case's business: in its folder, or a temporary one that it opens itself."""
    if not in_reach(path, folder):
        return False
    inside = os.path.abspath(os.fsdecode(path)).startswith(os.path.abspath(folder))
    return inside or recorder.caller_is_case(("tempfile.py", "pathlib.py", "shutil.py", "os.py"))


def in_reach(path, folder):
    """Whether a path is the case's business: no library, no font, no device."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        return False
    text = os.path.abspath(os.fsdecode(path))
    return text.startswith((os.path.abspath(folder), tempfile.gettempdir()))


WRITES = {
    "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "os.utime", "os.chmod", "os.link", "os.symlink",
    "shutil.copyfile", "shutil.move", "shutil.rmtree",
}
PROCESSES = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.kill", "os.fork", "os.spawn"}


def audit_hook(recorder, folder):
    def hook(event, arguments):
        if not recorder.is_active:
            return
        if event == "open":
            path, _, flags = arguments
            if is_own(path, folder, recorder) and not recorder.within("_rmtree_safe_fd", "rmtree"):
                if flags & (os.O_WRONLY | os.O_RDWR):
                    recorder.add("write-file")
                if not flags & (os.O_WRONLY | os.O_EXCL | os.O_TRUNC):
                    recorder.add("read-file")
        elif event in WRITES:
            if in_reach(arguments[0], folder):
                recorder.add("write-file")
        elif event in ("os.listdir", "os.scandir"):
            if in_reach(arguments[0] or ".", folder) and not recorder.within("importlib", "tempfile.py", "shutil.py"):
                recorder.add("read-file")
        elif event in PROCESSES:
            recorder.add("process")
        elif event == "os.chdir":
            recorder.add("global-state")
        elif event in ("os.putenv", "os.unsetenv"):
            recorder.add("write-environment")
        elif event == "socket.gethostname":
            recorder.add("read-environment")
        elif event.startswith("socket.") and event not in ("socket.__new__",):
            recorder.add("network")
        elif event.startswith("sqlite3."):
            recorder.add("database")
            if event == "sqlite3.connect":
                name = os.path.basename(os.fsdecode(arguments[0]))
                recorder.databases |= {name, f"{name}-journal"}

    return hook


CLOCKS = {"time", "perf_counter", "monotonic", "process_time", "sleep", "time_ns", "perf_counter_ns", "monotonic_ns",
          "process_time_ns"}


def profiler(recorder):
    def profile(frame, event, function):
        if event != "c_call" or not recorder.is_active:
            return
        module = getattr(function, "__module__", None)
        owner = getattr(function, "__self__", None)
        name = function.__name__
        is_case = frame.f_code.co_filename == recorder.filename or recorder.within("timeit.py")
        if is_case and module == "time" and name in CLOCKS:
            recorder.add("clock")
        elif is_case and name in ("now", "today", "utcnow") and isinstance(owner, type):
            recorder.add("clock")
        elif module == "posix" and name == "urandom" and recorder.caller_is_case(
            ("uuid.py", "secrets.py", "random.py")
        ) and not recorder.within("made"):
            recorder.add("random")
        elif is_case and module == "builtins" and name in ("exec", "eval"):
            recorder.add("dynamic")
        elif is_case and module == "_pickle" and name in ("load", "loads"):
            recorder.add("dynamic")
        elif name == "load" and type(owner).__name__ == "Unpickler" and recorder.caller_is_case(
            ("shelve.py", "_collections_abc.py")
        ):
            recorder.add("dynamic")
        elif module == "atexit" and name == "register" and is_case:
            recorder.add("global-state")
        elif is_case and module == "_warnings" and name == "warn":
            recorder.add("logging")

    return profile


def wrap(owner, name, effect, recorder, when=lambda *a, **k: True, after=lambda: None):
    original = getattr(owner, name)

    def wrapped(*arguments, **options):
        if recorder.is_active and when(*arguments, **options):
            recorder.add(effect)
        result = original(*arguments, **options)
        after()
        return result

    wrapped.__name__ = name
    wrapped.__wrapped__ = original
    setattr(owner, name, wrapped)
    return original


def seen_class(original, made):
    """A class like `original` whose making is seen; instances of either are instances of it."""

    class Meta(type(original)):
        def __instancecheck__(cls, instance):
            return isinstance(instance, original)

    return Meta(original.__name__, (original,), {"__init__": made, "__module__": original.__module__})


def install(recorder, folder):
    """Wrappers of what no audit event tells."""
    import asyncio
    import random

    import joblib
    import numpy
    import pandas

    sys.addaudithook(audit_hook(recorder, folder))
    connect = sqlite3.connect

    def traced(*arguments, **options):
        connection = connect(*arguments, **options)
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(lambda _: recorder.add("database"))
        return connection

    sqlite3.connect = traced
    unseeded = lambda *a, **k: not [x for x in [*a, *k.values()] if x is not None]
    for owner in (random, numpy.random):
        wrap(owner, "seed", "seed", recorder, after=recorder.note_draws)
    if "torch" in sys.modules:
        wrap(sys.modules["torch"], "manual_seed", "seed", recorder, after=recorder.note_draws)
    wrap(numpy.random, "default_rng", "random", recorder, unseeded)
    for owner, name in ((random, "Random"), (numpy.random, "RandomState")):
        original = getattr(owner, name)

        def made(self, *arguments, _original=original, **options):
            if recorder.is_active and unseeded(*arguments, **options) and recorder.caller_is_case():
                recorder.add("random")
            _original.__init__(self, *arguments, **options)

        setattr(owner, name, seen_class(original, made))
    wrap(logging.Logger, "_log", "logging", recorder, lambda *a, **k: recorder.logger_is_case())
    # What a level would hide is a log message all the same.
    logging.getLogger().setLevel(1)
    logging.getLogger().addHandler(logging.NullHandler())
    # It does nothing where there is a handler, as there is one here.
    wrap(logging, "basicConfig", "global-state", recorder)
    stat = os.stat

    def seen(path, *arguments, **options):
        thin = ("genericpath.py", "pathlib.py", "posixpath.py")
        if recorder.is_active and in_reach(path, folder) and recorder.caller_is_case(thin):
            if not recorder.within("_rmtree", "rmtree", "cleanup"):
                recorder.add("read-file")
        return stat(path, *arguments, **options)

    os.stat = seen
    thin = ("os.py", "_collections_abc.py", "pathlib.py", "posixpath.py", "getpass.py", "shutil.py")
    environment = type(os.environ)
    for name, effect in (("__getitem__", "read-environment"), ("__contains__", "read-environment")):
        original = getattr(environment, name, None) or getattr(environment.__mro__[1], name)

        def read(self, key, _original=original):
            if recorder.is_active and self is os.environ and recorder.caller_is_case(thin):
                recorder.add("read-environment")
            return _original(self, key)

        setattr(environment, name, read)

    def ask(prompt=""):
        recorder.add("stdout")
        return ""

    builtins.input = ask
    # Given a time, they do not ask the clock.
    for name, position in (("localtime", 0), ("gmtime", 0), ("ctime", 0), ("strftime", 1)):
        asks = lambda *a, _position=position: len(a) <= _position and recorder.caller_is_case()
        wrap(time, name, "clock", recorder, asks)

    class Input(io.StringIO):
        """Standard input, which is empty."""

        def read(self, *size):
            recorder.add("stdout")
            return super().read(*size)

        def readline(self, *size):
            recorder.add("stdout")
            return super().readline(*size)

        def __next__(self):
            recorder.add("stdout")
            return super().__next__()

    sys.stdin = Input()
    for name in ("access", "statvfs"):
        wrap(os, name, "read-file", recorder, lambda *a, **k: recorder.caller_is_case(("shutil.py",)))
    wrap(os, "getpid", "read-environment", recorder, lambda *a, **k: recorder.caller_is_case())
    for name in ("system", "node", "release", "version", "machine", "python_version", "platform", "uname"):
        wrap(platform, name, "read-environment", recorder, lambda *a, **k: recorder.caller_is_case())
    wrap(asyncio, "sleep", "clock", recorder)
    for owner, name in ((joblib, "load"), (pandas, "read_pickle")):
        wrap(owner, name, "dynamic", recorder)

    class Arguments(list):
        """The command line: whoever looks at it reads the environment."""

        def __getitem__(self, key):
            # A parser asks for its own name, too, whatever it is given.
            if recorder.caller_is_case(("argparse.py",) if isinstance(key, slice) else ()):
                recorder.add("read-environment")
            return super().__getitem__(key)

    sys.argv = Arguments(sys.argv)
    if "matplotlib.pyplot" in sys.modules:
        import matplotlib.pyplot as plt

        wrap(plt, "show", "display", recorder)


class Stream(io.StringIO):
    """Standard output or error: what is written by the case, not by a logger."""

    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder

    def write(self, text):
        if self.recorder.is_active and not self.recorder.within("logging/__init__.py", "warnings.py"):
            if text:
                self.recorder.add("stdout")
        return super().write(text)


def snapshot(value, seen=None, depth=0):
    """Everything about an object that a change of it would change."""
    seen = {} if seen is None else seen
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        return repr(value)
    if id(value) in seen or depth > 40:
        return f"<again {seen[id(value)][0]}>"
    seen[id(value)] = len(seen), value  # kept, so that nothing else gets its identity
    again = lambda it: snapshot(it, seen, depth + 1)
    own = [type(value).__name__]
    kind = type(value).__module__.split(".")[0]
    if isinstance(value, type):
        if value.__module__ == "case":
            for key, it in list(vars(value).items()):
                if key not in ("__dict__", "__weakref__", "__doc__", "__slotnames__") and not key.startswith("_abc"):
                    own.append((key, again(it)))
        return (value.__name__, own)
    if isinstance(value, (types.FunctionType, types.MethodType)):
        function = getattr(value, "__func__", value)
        own.append(function.__qualname__)
        if function.__module__ == "case":
            own.append([again(it) for it in function.__defaults__ or ()])
            # Which types `singledispatch` has looked up is as little seen as what `lru_cache` keeps.
            own.append(again({key: it for key, it in function.__dict__.items() if key != "_clear_cache"}))
            for cell in function.__closure__ or ():
                try:
                    own.append(again(cell.cell_contents))
                except ValueError:
                    own.append("<empty>")
        if isinstance(value, types.MethodType):
            own.append(again(value.__self__))
        return tuple(map(str, own))
    if isinstance(value, types.ModuleType):
        return value.__name__
    if isinstance(value, logging.Logger):
        return (value.name, value.level, len(value.handlers), len(value.filters), value.propagate)
    if isinstance(value, sqlite3.Connection):
        return (value.total_changes, str(value.row_factory), str(value.text_factory))
    if isinstance(value, sqlite3.Cursor):
        return (value.connection.total_changes, value.lastrowid, value.rowcount, str(value.description))
    if type(value).__module__ in ("_hashlib", "_blake2", "_md5", "_sha1", "_sha2", "_sha3") or isinstance(value, hmac.HMAC):
        return ("hash", value.hexdigest())
    if isinstance(value, array.array):
        return (value.typecode, value.tolist())
    if isinstance(value, dict):
        own.append([(again(key), again(it)) for key, it in value.items()])
        if hasattr(value, "default_factory"):
            own.append(repr(value.default_factory))
    elif isinstance(value, (list, tuple)):
        own.append([again(it) for it in value])
    elif isinstance(value, (set, frozenset)):
        own.append(sorted(str(again(it)) for it in value))
    elif isinstance(value, bytearray):
        own.append(bytes(value).hex())
    elif isinstance(value, types.GeneratorType):
        frame = value.gi_frame
        return ("generator", None if frame is None else (frame.f_lasti, again(dict(frame.f_locals))))
    elif isinstance(value, io.StringIO):
        return ("StringIO", *(("closed",) if value.closed else (value.getvalue(), value.tell())))
    elif isinstance(value, io.IOBase):
        return ("file", value.closed, None if value.closed else value.tell())
    elif kind == "numpy":
        own.append(numpy_state(value))
        if getattr(value, "dtype", None) == object:
            own.append([again(it) for it in value.flat])
    elif kind == "pandas":
        own.append(pandas_state(value, again))
    elif kind == "polars" and hasattr(value, "to_dict"):
        return ("table", repr(value.to_dict(as_series=False)))
    elif kind == "polars" and hasattr(value, "to_list"):
        return ("column", value.name, repr(value.to_list()))
    elif kind == "PIL" and hasattr(value, "tobytes"):
        return ("image", value.mode, value.size, hashlib.sha1(value.tobytes()).hexdigest())
    elif kind in ("lxml", "xml") and hasattr(value, "iter") and hasattr(value, "attrib"):
        return ("element", [(it.tag, it.text, it.tail, dict(it.attrib)) for it in value.iter()])
    elif kind == "torch" and hasattr(value, "requires_grad"):
        return ("tensor", repr(value.tolist()), str(value.dtype), value.requires_grad, again(value.grad if value.is_leaf else None))
    elif kind == "torch" and hasattr(value, "get_state"):
        return ("generator", hashlib.sha1(bytes(value.get_state().tolist())).hexdigest())
    elif type(value).__module__ in ("builtins", "itertools") and hasattr(value, "__reduce__") and hasattr(value, "__next__"):
        try:
            own.append([again(it) for it in value.__reduce__()[1:]])
        except TypeError:
            own.append("?")
    elif type(value).__name__ == "Random":
        own.append(hashlib.sha1(repr(value.getstate()).encode()).hexdigest())
    elif kind == "collections" and hasattr(value, "__iter__"):
        own.append([again(it) for it in value])
    if hasattr(value, "__dict__") and kind not in ("pandas", "numpy"):
        # What graphs keep of themselves when they are asked is no change.
        kept = ("degree", "nodes", "edges", "adj", "pred", "succ", "in_degree", "out_degree", "__networkx_cache__")
        parts = [it for it in list(vars(value).items()) if kind != "networkx" or it[0] not in kept]
        own.append([(key, again(it)) for key, it in parts])
    for name in getattr(type(value), "__slots__", ()) if kind not in ("pandas", "numpy") else ():
        if isinstance(name, str) and hasattr(value, name):
            own.append((name, again(getattr(value, name))))
    return tuple(map(str, own))


def numpy_state(value):
    import numpy

    if isinstance(value, numpy.ndarray):
        content = repr(value.tolist())
        return (str(value.dtype), value.shape, hashlib.sha1(content.encode()).hexdigest(), value.flags.writeable)
    if isinstance(value, numpy.random.Generator):
        # Each child that it spawned is another one.
        spawned = getattr(value.bit_generator.seed_seq, "n_children_spawned", 0)
        return hashlib.sha1(repr((value.bit_generator.state, spawned)).encode()).hexdigest()
    if hasattr(value, "get_state"):
        return hashlib.sha1(repr(value.get_state()).encode()).hexdigest()
    return repr(value)


def pandas_state(value, again):
    import pandas

    if isinstance(value, pandas.DataFrame):
        cells = [again(list(value.iloc[:, at])) for at in range(value.shape[1])]
        names = (list(value.columns), list(value.index), list(value.index.names), list(value.columns.names))
        return (cells, repr(names), [str(it) for it in value.dtypes], repr(value.attrs))
    if isinstance(value, pandas.Series):
        return (again(list(value)), list(value.index), value.name, str(value.dtype), value.index.name)
    if isinstance(value, pandas.Index):
        return (list(value), list(value.names))
    return type(value).__name__


def world(module, arguments):
    """Process-wide state, and the case's own: its globals, defaults, closures and classes."""
    import decimal
    import random

    import numpy
    import pandas

    given = {id(value) for value in arguments}
    own = {}
    for name, value in vars(module).items():
        if isinstance(value, (types.FunctionType, types.MethodType)) and value.__module__ != "case":
            continue
        is_given = id(value) in given and not isinstance(value, (bool, int, float, str, type(None)))
        if not is_given and not name.startswith("__") and not isinstance(value, types.ModuleType):
            if getattr(value, "__module__", "case") in ("case", None) or type(value).__module__ == "builtins":
                own[name] = snapshot(value)
            elif type(value).__module__.split(".")[0] in ("collections", "itertools", "numpy", "pandas", "random"):
                own[name] = snapshot(value)
    options = {key: repr(pandas.get_option(key)) for key in ("display.max_rows", "display.width", "mode.chained_assignment")}
    loggers = [
        (key, it)
        for key, it in logging.getLogger().manager.loggerDict.items()
        if key.split(".")[0] not in sys.modules and isinstance(it, logging.Logger) and id(it) not in given and (it.level or it.handlers)
    ]
    modules = [it for it in vars(module).values() if isinstance(it, types.ModuleType)]
    state = {
        "loggers": sorted((key, repr(snapshot(it))) for key, it in loggers),
        "root": repr(snapshot(logging.getLogger())),
        "signals": repr([signal.getsignal(it) for it in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)]),
        "modules": [
            (it.__name__, [(key, id(value)) for key, value in vars(it).items() if type(value) in PLAIN])
            for it in modules
            if it.__name__ in sys.stdlib_module_names
        ],
        "folder": os.getcwd(),
        "path": list(sys.path),
        "filters": repr(warnings.filters),
        "options": options,
        "errors": repr(numpy.geterr()),
        "print": repr(numpy.get_printoptions()),
        "precision": decimal.getcontext().prec,
        "recursion": sys.getrecursionlimit(),
        "level": (logging.getLogger().level, logging.getLogger().manager.disable),
        "streams": (id(sys.stdout), id(sys.stderr)),
    }
    if "matplotlib" in sys.modules:
        import matplotlib

        state["rc"] = repr(dict(matplotlib.rcParams))
    draws = (random.getstate(), repr(numpy.random.get_state()), torch_state())
    return own, state, draws


def torch_state():
    """The state of the global generator of torch, where that is imported."""
    if "torch" not in sys.modules:
        return None
    return hashlib.sha1(bytes(sys.modules["torch"].get_rng_state().tolist())).hexdigest()


def figures():
    if "matplotlib.pyplot" not in sys.modules:
        return None
    import matplotlib.pyplot as plt

    shown = []
    for number in plt.get_fignums():
        figure = plt.figure(number)
        for axes in figure.axes:
            shown.append((number, len(axes.get_children()), axes.get_title(), axes.get_xlabel()))
        shown.append(number)
    return repr(shown)


def run_case(name, text, calls, folder):
    """The effects and changed parameters of one case."""
    for file, content in FILES.items():
        Path(folder, file).write_text(content)
    os.chdir(folder)
    filename = "/case/case.py"
    recorder = Recorder(filename)
    module = types.ModuleType("case")
    sys.modules["case"] = module
    install(recorder, folder)
    sys.stdout, sys.stderr = Stream(recorder), Stream(recorder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(text, filename, "exec"), vars(module))
    changed, parameters, function, raised = set(), [], None, []
    for call in calls:
        for file, content in FILES.items():
            Path(folder, file).write_text(content)
        expression = ast.parse(call, mode="eval").body
        called = eval(compile(ast.Expression(expression.func), filename, "eval"), vars(module))
        positional = [eval(compile(ast.Expression(it), filename, "eval"), vars(module)) for it in expression.args]
        named = {
            it.arg: eval(compile(ast.Expression(it.value), filename, "eval"), vars(module))
            for it in expression.keywords
        }
        function = ast.unparse(expression.func)
        if isinstance(called, types.MethodType):
            function = called.__func__.__qualname__
            bound = inspect.signature(called.__func__).bind(called.__self__, *positional, **named)
        else:
            bound = inspect.signature(called).bind(*positional, **named)
        parameters = list(inspect.signature(getattr(called, "__func__", called)).parameters)
        values = {**remembered(bound), **bound.arguments}
        own_object = getattr(called, "__self__", None)
        if isinstance(own_object, type):
            # What a class method changes of its class, all objects of the class share.
            values.pop(next(iter(bound.arguments)))
            own_object = None
        arguments = [*positional, *named.values(), own_object]
        before = {key: snapshot(value) for key, value in values.items()}
        own, state, draws = world(module, arguments)
        shown = figures()
        recorder.draws = None
        files = {it.name: it.stat().st_mtime_ns for it in os.scandir(folder)}
        for name_of_file in FILES:
            os.utime(name_of_file, ns=(0, files[name_of_file]))
        for value in values.values():
            connection = value.connection if isinstance(value, sqlite3.Cursor) else value
            if isinstance(connection, sqlite3.Connection):
                connection.set_trace_callback(lambda _: recorder.add("database"))
        recorder.is_active = True
        profile = profiler(recorder)
        sys.setprofile(profile)
        try:
            called(*positional, **named)
        except BaseException as error:
            if isinstance(error, SystemExit):
                recorder.add("exit")
            raised.append(repr(error)[:120])
        finally:
            sys.setprofile(None)
            recorder.is_active = False
        # What libraries do to files without telling Python.
        for it in os.scandir(folder):
            if files.get(it.name) != it.stat().st_mtime_ns:
                if it.name not in recorder.databases:
                    recorder.effects.add("write-file")
            elif it.name in FILES and it.stat().st_atime_ns:
                recorder.effects.add("read-file")
        for key, value in values.items():
            # A file whose position moved was read or written.
            if isinstance(value, io.TextIOWrapper) and not value.closed and snapshot(value) != before[key]:
                recorder.effects.add("read-file" if value.readable() else "write-file")
        changed |= {key for key, value in values.items() if snapshot(value) != before[key]}
        now_own, now_state, now_draws = world(module, arguments)
        if now_own != own or now_state != state:
            recorder.effects.add("global-state")
        if now_draws != (recorder.draws or draws):
            recorder.effects.add("random")
        parts_of = lambda it: it.flat if type(it).__module__ == "numpy" and hasattr(it, "flat") else it
        is_several = lambda it: isinstance(it, (list, tuple)) or parts_of(it) is not it
        given = [part for it in arguments for part in (parts_of(it) if is_several(it) else [it])]
        is_part = any(type(it).__module__.startswith("matplotlib") for it in given)
        if figures() != shown and not is_part:
            recorder.effects.add("figure")
        os.chdir(folder)
    if raised and "--raised" in sys.argv:
        print(name, raised, file=sys.__stderr__)
    return function, parameters, sorted(recorder.effects), sorted(changed, key=parameters.index)


def remembered(bound):
    """Containers that parameters have by default: who changes one changes what its parameter is."""
    kinds = (list, dict, set, bytearray, collections.deque)
    parameters = bound.signature.parameters.items()
    return {name: it.default for name, it in parameters if isinstance(it.default, kinds)}


def cases(folder):
    for path in sorted(Path(folder).glob("*.py")):
        name, lines, calls = None, [], []
        for line in [*path.read_text().splitlines(), "#: "]:
            if line.startswith("#: "):
                if name:
                    yield f"{path.stem}/{name}", "\n".join(lines) + "\n", calls
                name, lines, calls = line[3:].strip(), [], []
            elif line.startswith("#> "):
                calls.append(line[3:])
            else:
                lines.append(line)


def in_own_process(name, text, calls):
    """A child that may change whatever it likes."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        # What runs in the background is started without it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            with tempfile.TemporaryDirectory() as folder:
                function, parameters, effects, changed = run_case(name, text, calls, os.path.realpath(folder))
                os.chdir("/")
            answer = "\t".join([name, function, ",".join(effects), ",".join(changed)])
        except BaseException:
            answer = f"{name}\t!\t{traceback.format_exc()[-900:]!r}\t"
        os.write(send, answer.encode())
        os._exit(0)
    os.close(send)
    timer = threading.Timer(LIMIT, lambda: os.kill(child, 9))
    timer.start()
    with os.fdopen(receive) as pipe:
        answer = pipe.read()
    timer.cancel()
    os.waitpid(child, 0)
    return answer or f"{name}\t!\tno answer\t"


def warm():
    """What libraries do once a process is no effect of the function that happens to come first."""
    try:
        from joblib.externals.loky import cpu_count

        cpu_count(only_physical_cores=True)
    except ImportError:
        pass
    if "torch" in sys.modules:
        torch = sys.modules["torch"]
        for kind in (torch.optim.Adam, torch.optim.SGD):
            value = torch.ones(1, requires_grad=True)
            value.sum().backward()
            kind([value], lr=0.1).step()


def main():
    folder = sys.argv[1]
    import importlib

    for module in [*PRELOAD, *(["torch"] if Path(folder).parent.name == "torch" else [])]:
        try:
            importlib.import_module(module)
        except ImportError:
            pass
    import matplotlib

    matplotlib.use("Agg")
    warm()
    labels = Path(folder).parent / "labels.tsv"
    wanted = [it for it in sys.argv[2:] if not it.startswith("--")]
    found = [in_own_process(*case) for case in cases(folder) if not wanted or any(it in case[0] for it in wanted)]
    text = "case\tfunction\teffects\tmutates\n" + "\n".join(found) + "\n"
    broken = [line for line in found if "\t!\t" in line]
    if "--write" in sys.argv:
        labels.write_text(text)
    if wanted:
        print("\n".join(found))
    known = dict(line.split("\t", 1) for line in labels.read_text().splitlines() if "\t" in line)
    wrong = [line for line in found if known.get(line.split("\t")[0]) != line.split("\t", 1)[1]]
    for line in [*broken, *wrong]:
        print(line)
    print(f"{len(found)} cases run, {len(broken)} broken, {len(wrong)} labels not as written")
    return 1 if broken or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
