//! New inputs: programs from the grammar, and what was kept, changed; as scripts, as notebooks, as broken files.

use crate::grammar;
use crate::notebooks::notebook;
use crate::random::Random;

/// Words that make Python hard.
const WORDS: &[&str] = &[
    "global x",
    "nonlocal x",
    "del x",
    "x = y = []",
    "x += 1",
    "yield x",
    "await f()",
    "lambda: x",
    "print(x)",
    "with open('a') as x:",
    "try:",
    "except E as e:",
    "finally:",
    "for x in y:",
    "while x:",
    "else:",
    "def f(x=x):",
    "class C(x):",
    "return",
    "match x:",
    "case _:",
    "import x",
    "from x import *",
    "x = !ls",
    "%time x",
    "!pip install x",
    "x?",
    "%run x.py",
    "%store x",
    "from google.colab import files",
    "x = files.upload()",
    "dbutils.widgets.get('x')",
    "del list",
    "class C:\n    x = x",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'''",
    "\"\"\"",
    "\\",
    ":",
    ",",
    "=",
    "*x",
    "**x",
    "@x",
    "x if y else z",
    "f'{x=}'",
    "# %%",
    "# +",
    "# -",
    "exec('x')",
    "__name__",
    "if __name__ == '__main__':",
    "main()",
    "x[:]",
    "x.append(x)",
    "é",
    "\u{0}",
    "    ",
    "\t",
    "\n",
    "\r",
    "pass",
    "...",
    "x: int",
    "assert x",
    "raise x",
    "x := 1",
    "not",
    "and",
    "0x",
    "1e999",
    "\u{feff}",
];

/// The name and the bytes of a new input, made of `seeds`.
pub fn input(random: &mut Random, seeds: &[String]) -> (&'static str, Vec<u8>) {
    let text = match random.below(5) {
        0 | 1 => grammar::program(random),
        2 => grammar::program(random) + &changed(random, seeds),
        _ => changed(random, seeds),
    };
    match random.below(12) {
        0..=2 => ("a.ipynb", notebook(random, &text).into_bytes()),
        3 => {
            let text = notebook(random, &text).into_bytes();
            ("a.ipynb", bytes_changed(random, text))
        }
        4 => ("a.md", fenced(random, &text).into_bytes()),
        5 => ("a.py", encoded(random, &text)),
        6 => ("a.py", bytes_changed(random, text.into_bytes())),
        7 => ("a.py", headed(random, &text).into_bytes()),
        _ => ("a.py", text.into_bytes()),
    }
}

/// Code in chunks of Markdown.
fn fenced(random: &mut Random, text: &str) -> String {
    let fence = random.pick(&[
        "```{python}",
        "```{code-cell} ipython3",
        "```python",
        "~~~{.python}",
    ]);
    let chunks = text
        .split("\n\n")
        .map(|it| format!("Text.\n\n{fence}\n{it}\n```\n"));
    let head = random.pick(&[
        "",
        "---\njupyter: python3\n---\n",
        "---\nkernelspec:\n  name: python3\n---\n",
    ]);
    format!("{head}{}", chunks.collect::<Vec<_>>().join("\n"))
}

/// Code with what tells the form of a script.
fn headed(random: &mut Random, text: &str) -> String {
    let (head, between) = [
        ("# Databricks notebook source\n", "\n# COMMAND ----------\n"),
        (
            "import marimo\n\napp = marimo.App()\n\n\n@app.cell\ndef _():\n    import x\n    return (x,)\n\n",
            "\n\n",
        ),
        (
            "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       format_name: light\n# ---\n",
            "\n\n# +\n",
        ),
        ("# %% [markdown]\n# # Title\n", "\n\n# %%\n"),
        (
            "\"\"\"\nTitle\n=====\n\"\"\"\n",
            "\n\n####################\n# Text.\n\n",
        ),
        ("# -*- coding: latin-1 -*-\n", "\n\n# In[ ]:\n\n"),
    ][random.below(6)];
    format!("{head}{}", text.replace("\n\n", between))
}

/// Text in another encoding, with a mark before it or without.
fn encoded(random: &mut Random, text: &str) -> Vec<u8> {
    let wide = |to: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(to).collect() };
    match random.below(4) {
        0 => [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        1 => [vec![0xff, 0xfe], wide(u16::to_le_bytes)].concat(),
        2 => wide(u16::to_be_bytes),
        _ => text.replace('\n', "\r").into_bytes(),
    }
}

/// Lines of seeds: left out, doubled, moved, indented, mixed, and with words put in.
fn changed(random: &mut Random, seeds: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for _ in 0..=random.below(2) {
        let at = random.below(seeds.len());
        let Some(seed) = seeds.get(at) else { continue };
        let all: Vec<&str> = seed.lines().collect();
        let start = random.below(all.len());
        let length = random.below(60);
        lines.extend(
            all.iter()
                .skip(start)
                .take(length)
                .map(|line| (*line).to_owned()),
        );
    }
    for _ in 0..random.below(8) {
        let at = random.below(lines.len());
        let word = WORDS[random.below(WORDS.len())];
        match random.below(6) {
            0 if !lines.is_empty() => drop(lines.remove(at)),
            1 if !lines.is_empty() => {
                let other = random.below(lines.len());
                lines.swap(at, other);
            }
            2 if !lines.is_empty() => lines.insert(at, lines[at].clone()),
            3 if !lines.is_empty() => {
                let line = &mut lines[at];
                let places: Vec<usize> = line.char_indices().map(|(place, _)| place).collect();
                let place = places.get(random.below(places.len())).copied().unwrap_or(0);
                line.insert_str(place, word);
            }
            4 if !lines.is_empty() => lines[at] = format!("    {}", lines[at]),
            _ => lines.insert(at.min(lines.len()), word.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

fn bytes_changed(random: &mut Random, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => bytes[at] = u8::try_from(random.below(256)).unwrap_or(0),
            1 => bytes.truncate(at),
            _ => drop(bytes.remove(at)),
        }
    }
    bytes
}
