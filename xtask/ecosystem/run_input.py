"""Run a notebook or script as its author would: cells in order, in one namespace, as `__main__`.

Usage: run_input.py INPUT
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path


def cells_of(path: Path) -> list[str]:
    """Return the Python of each code cell; a script is one cell."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return [text]
    notebook = json.loads(text)
    cells = notebook.get("cells") or [cell for sheet in notebook.get("worksheets", []) for cell in sheet["cells"]]
    sources = [cell.get("source", cell.get("input", "")) for cell in cells if cell["cell_type"] == "code"]
    return ["".join(source) for source in sources]


def main() -> None:
    """Run the input named on the command line, in the folder it is in."""
    path = Path(sys.argv[1])
    sys.argv = [path.name]
    sys.path.insert(0, os.getcwd())
    namespace = {"__name__": "__main__", "__file__": path.name, "__builtins__": __builtins__}
    if path.suffix == ".ipynb":
        transform = transformer()
        namespace["__doc__"] = "Automatically created module for IPython interactive environment"
        namespace["display"] = lambda *values, **options: None
        namespace["get_ipython"] = lambda: Shell()
        close_shown_figures(path)
    else:
        transform = str
    for number, source in enumerate(cells_of(path), start=1):
        if source.lstrip().startswith("%%"):
            magic, _, body = source.lstrip().partition("\n")
            name, *arguments = magic.split()
            if name in ("%%writefile", "%%file"):
                Path(arguments[-1]).write_text(body if body.endswith("\n") else body + "\n")
            source = body if name in ("%%time", "%%timeit", "%%capture") else ""
        name = path.name if path.suffix != ".ipynb" else f"{path.name}[{number}]"
        exec(compile(transform(source), name, "exec"), namespace)
        if path.suffix == ".ipynb" and "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")


def close_shown_figures(path: Path) -> None:
    """Let `plt.show()` close all figures, as Jupyter's inline backend does; it also closes them after each cell."""
    if "pyplot" not in path.read_text(encoding="utf-8"):
        return
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        return
    plt.show = lambda *values, **options: plt.close("all")


def transformer() -> Callable[[str], str]:
    """Return what turns magics into Python, where IPython is there; and let it display nothing."""
    try:
        import IPython.display
        from IPython.core.inputtransformer2 import TransformerManager
    except ImportError:
        return str
    IPython.display.display = lambda *values, **options: None
    return TransformerManager().transform_cell


class Shell:
    """What magics talk to: everything that only changes the display does nothing."""

    def run_line_magic(self, name: str, line: str, *_: object) -> None:
        """Ignore display magics; refuse others."""
        if name not in ("matplotlib", "config", "load_ext", "autoreload", "pip", "pylab"):
            raise NotImplementedError(f"%{name} {line}")

    magic = run_line_magic

    def system(self, command: str) -> None:
        """Run a shell line, without output."""


if __name__ == "__main__":
    main()
