"""Write the inputs that are as large or as deep as any that people have: `python inputs.py FOLDER`.

Mostly outputs (300 MB), 5,000 cells, one cell of 100,000 lines, 10,000 nested brackets, and a folder of 1,000 notebooks.
"""

import json
import sys
from pathlib import Path


def cell(source: str, outputs: str = "[]") -> str:
    """Return a code cell as JSON."""
    return f'{{"cell_type": "code", "execution_count": 1, "metadata": {{}}, "outputs": {outputs}, "source": {json.dumps(source)}}}'


def notebook(cells: list[str]) -> str:
    """Return a notebook as JSON."""
    return f'{{"cells": [{", ".join(cells)}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}'


def block(k: int) -> str:
    """Return what a cell of an analysis does."""
    return (
        f"# Step {k}\npart_{k} = df[df['age'] > {k % 90}].dropna()\n"
        f"mean_{k} = part_{k}['income'].mean()\nprint('mean', mean_{k})"
    )


def main(folder: Path) -> None:
    """Write all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    head = "import pandas as pd\ndf = pd.read_csv('customers.csv')"
    picture = '[{"output_type": "display_data", "data": {"image/png": "' + "iVBORw0KGgo" * (3 << 20) + '"}, "metadata": {}}]'
    (folder / "outputs.ipynb").write_text(notebook([cell(head), *(cell(block(k), picture) for k in range(9))]))
    (folder / "cells.ipynb").write_text(notebook([cell(head), *(cell(block(k)) for k in range(5000))]))
    lines = "\n".join(f"x = x + {k}" for k in range(100_000))
    (folder / "lines.ipynb").write_text(notebook([cell("x = 0\n" + lines + "\nprint(x)")]))
    (folder / "brackets.py").write_text("x = " + "(" * 10_000 + "1" + ")" * 10_000 + "\n")
    many = folder / "many"
    many.mkdir(exist_ok=True)
    for k in range(1000):
        text = notebook([cell(head), *(cell(block(k * 10 + at)) for at in range(4))])
        (many / f"analysis_{k:04}.ipynb").write_text("{" if k == 500 else text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
