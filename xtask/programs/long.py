"""Writes long notebooks that do what people do, to measure what planning costs: `long.py FOLDER STATEMENTS…`."""

import json
import random
import sys
from pathlib import Path

IMPORTS = """\
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
df = pd.read_csv('data/customers.csv')
threshold = 0.5
"""

# What cells are made of; `{k}` is the number of the cell.
CELLS = [
    "def scale_{k}(values, factor=3):\n    shifted = values - values.mean()\n    return shifted * factor\n"
    "df['scaled_{k}'] = scale_{k}(df['age'])",
    "total_{k} = 0\nfor value in df['age'].head(5):\n    total_{k} += value\n    if value > 30:\n"
    "        print('old', value)\nprint('total', total_{k})",
    "part_{k} = df[df['age'] > {k}]\npart_{k} = part_{k}.dropna()\n"
    "summary_{k} = part_{k}.groupby('city')['income'].mean()\nprint(summary_{k}.head())",
    "df['ratio_{k}'] = df['income'] / (df['age'] + {k})\ndf['flag_{k}'] = df['ratio_{k}'] > threshold",
    "df.head()",
    "X = df[['age', 'income']]\ny = df['churn']\n"
    "X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state={k})\n"
    "model_{k} = LogisticRegression(C=0.{k})\nmodel_{k}.fit(X_train, y_train)\n"
    "print('accuracy', accuracy_score(y_test, model_{k}.predict(X_test)))",
    "counts_{k} = {{}}\nfor city in df['city']:\n    counts_{k}[city] = counts_{k}.get(city, 0) + 1\n"
    "best_{k} = max(counts_{k}.values())",
    "values_{k} = np.arange({k})\nsquares_{k} = values_{k} ** 2\nprint(f'sum {{squares_{k}.sum()}}')",
    "if threshold > 0.{k}:\n    level_{k} = 'high'\nelse:\n    level_{k} = 'low'\nprint(level_{k})",
    "extra_{k} = pd.read_csv('data/extra_{k}.csv')\ndf = df.merge(extra_{k}, on='id')",
    "def describe_{k}(frame):\n    mean = frame['income'].mean()\n    print('mean', mean)\n    return mean\n"
    "mean_{k} = describe_{k}(df)",
    "names_{k} = [c.lower() for c in df.columns if len(c) > 3]\nnames_{k}.append('x')\nprint(len(names_{k}))",
]


def cells(statements: int) -> list[tuple[str, str]]:
    """Cells with about so many statements: kinds and texts."""
    chance = random.Random(statements)
    found = [("code", IMPORTS)]
    count, number = 7, 0
    while count < statements:
        number += 1
        if number % 9 == 1:
            found.append(("markdown", f"## Part {number} of the analysis"))
        text = chance.choice(CELLS).format(k=number)
        found.append(("code", text))
        count += sum(not line.startswith((" ", "else")) for line in text.splitlines())
    return found


def notebook(statements: int) -> str:
    """The text of a notebook."""
    made = []
    for kind, text in cells(statements):
        cell = {"cell_type": kind, "metadata": {}, "source": text}
        if kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        made.append(cell)
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {"kernelspec": kernel}, "cells": made})


def main() -> None:
    """Writes a notebook for each number of statements."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for statements in map(int, sys.argv[2:]):
        (folder / f"long_{statements}.ipynb").write_text(notebook(statements))


main()
