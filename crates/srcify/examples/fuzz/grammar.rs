//! Python from its grammar: every statement and expression there is, nested, mostly where it may stand.

use crate::random::Random;

const NAMES: &[&str] = &[
    "x", "y", "z", "a", "b", "i", "row", "df", "data", "model", "f", "g", "C", "self", "ax",
    "config", "list", "print", "é", "_", "__name__", "X_train", "path", "result",
];

const LITERALS: &[&str] = &[
    "0",
    "1",
    "-1",
    "3.5",
    "1e3",
    "1_000",
    "0x1f",
    "2j",
    "None",
    "True",
    "False",
    "...",
    "'a'",
    "\"b c\"",
    "''",
    "r'\\d'",
    "b'x'",
    "'é'",
    "\"data.csv\"",
    "'''a\nb'''",
    "'%s'",
    "'{}'",
    "'https://a.b/c?d=1'",
    "f'{x}'",
    "f'{x!r:>{y}}'",
    "f\"{x=}\"",
    "'a' 'b'",
    "[]",
    "{}",
    "()",
    "set()",
];

const CALLS: &[&str] = &[
    "print(@)",
    "print(@, @, sep='')",
    "len(@)",
    "open(@)",
    "open('a', 'w').write(@)",
    "sorted(@, key=@)",
    "map(@, @)",
    "zip(@, @)",
    "range(@)",
    "isinstance(@, C)",
    "getattr(@, 'x')",
    "exec(@)",
    "eval(@)",
    "globals()",
    "input()",
    "pd.read_csv(@)",
    "pd.DataFrame(@)",
    "pd.concat([@, @])",
    "df.dropna(inplace=True)",
    "df.to_csv(@)",
    "df.groupby(@).mean()",
    "df.apply(@)",
    "df.head()",
    "df.plot()",
    "np.array(@)",
    "np.random.seed(@)",
    "np.random.rand(@)",
    "np.add(@, @, out=x)",
    "plt.plot(@)",
    "plt.show()",
    "plt.savefig(@)",
    "model.fit(@, @)",
    "model.predict(@)",
    "train_test_split(@, random_state=@)",
    "LogisticRegression(C=@)",
    "os.environ['A']",
    "os.path.join(@, @)",
    "Path(@).read_text()",
    "requests.get(@).json()",
    "sqlite3.connect(@)",
    "joblib.dump(@, @)",
    "subprocess.run(@)",
    "random.random()",
    "time.time()",
    "f(@)",
    "f(*@, **@)",
    "g(x=@)",
    "C(@)",
    "x.append(@)",
    "x.sort()",
    "x.get(@)",
    "self.f(@)",
    "super().__init__()",
    "display(@)",
    "get_ipython().system(@)",
    "argparse.ArgumentParser().parse_args()",
    "sys.exit(@)",
    "copy.deepcopy(@)",
    "next(@)",
];

const IMPORTS: &[&str] = &[
    "import pandas as pd",
    "import numpy as np",
    "import os, sys",
    "from pathlib import Path",
    "import matplotlib.pyplot as plt",
    "from sklearn.linear_model import LogisticRegression",
    "from sklearn.model_selection import *",
    "from . import a",
    "from .a import b as c",
    "import a.b.c",
    "import random",
    "from __future__ import annotations",
    "import x as y",
    "from google.colab import drive",
    "import argparse",
    "from dataclasses import dataclass",
];

const LINES: &[&str] = &[
    "%matplotlib inline",
    "!pip install a==1",
    "x = !ls",
    "%time x = 1",
    "%%time",
    "%%bash\nls",
    "%%writefile a.py\nx = 1",
    "%run a.py",
    "%cd a",
    "%env A=b",
    "x?",
    "?x",
    "%store x",
    "%%capture out",
    "%sql select 1",
    "!{sys.executable} -m pip install b",
    "# comment",
    "# %% title",
    "# %% [markdown]\n# ## A heading",
    "# + tags=[\"parameters\"]",
    "# -",
    "# MAGIC %md",
    "# COMMAND ----------",
    "#@param {type: 'string'}",
    "# In[1]:",
    "await f()",
    "\"\"\"Text.\"\"\"",
];

const OPERATORS: &[&str] = &[
    "+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^",
];
const COMPARISONS: &[&str] = &["<", "<=", "==", "!=", "is", "is not", "in", "not in"];

/// Where a statement stands.
#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    in_function: bool,
    is_async: bool,
    in_loop: bool,
}

/// A program of a few statements.
pub fn program(random: &mut Random) -> String {
    let mut grammar = Grammar(random);
    let place = Place {
        depth: 0,
        in_function: false,
        is_async: false,
        in_loop: false,
    };
    let mut text = String::new();
    for _ in 0..grammar.0.below(4) {
        text.push_str(grammar.0.pick(IMPORTS));
        text.push('\n');
    }
    for _ in 0..=grammar.0.below(10) {
        if grammar.0.once_in(4) {
            text.push('\n');
        }
        text.push_str(&grammar.statement(place));
    }
    text
}

struct Grammar<'a>(&'a mut Random);

impl Grammar<'_> {
    fn name(&mut self) -> &'static str {
        self.0.pick(NAMES)
    }

    /// A statement, with the line feed at its end.
    fn statement(&mut self, place: Place) -> String {
        if place.depth < 3 && self.0.once_in(3) {
            return self.compound(place);
        }
        if place.depth == 0 && self.0.once_in(12) {
            return format!("{}\n", self.0.pick(LINES));
        }
        let e = |it: &mut Self| it.expression(0);
        let mut text = match self.0.below(22) {
            0..=5 => format!("{} = {}", self.target(), e(self)),
            6 => format!("{} = {} = {}", self.target(), self.target(), e(self)),
            7 => format!("{} {}= {}", self.single(), self.0.pick(OPERATORS), e(self)),
            8 => format!("{}: {} = {}", self.single(), e(self), e(self)),
            9 => format!("{}: int", self.name()),
            10 => format!("del {}", self.single()),
            11 => format!("assert {}, {}", e(self), e(self)),
            12 => format!("raise {} from {}", e(self), e(self)),
            13 => self.0.pick(IMPORTS).to_owned(),
            14 if place.in_function || self.0.once_in(20) => format!("global {}", self.name()),
            15 if place.in_function || self.0.once_in(20) => self.leave(),
            16 if place.in_loop || self.0.once_in(20) => {
                self.0.pick(&["break", "continue"]).to_owned()
            }
            17 => format!("type {}[T] = {}", self.name(), e(self)),
            18 => "pass".to_owned(),
            19 if place.is_async => format!("await {}", e(self)),
            _ => self.call(0),
        };
        if self.0.once_in(15) {
            text.push_str("; x = 1");
        }
        if self.0.once_in(15) {
            text.push_str("  # why");
        }
        text + "\n"
    }

    fn leave(&mut self) -> String {
        match self.0.below(4) {
            0 => format!("yield {}", self.expression(1)),
            1 => format!("{} = yield", self.name()),
            2 => format!("nonlocal {}", self.name()),
            _ => format!("return {}", self.expression(1)),
        }
    }

    fn block(&mut self, place: Place) -> String {
        let place = Place {
            depth: place.depth + 1,
            ..place
        };
        let mut text = String::new();
        for _ in 0..=self.0.below(3) {
            for line in self.statement(place).lines() {
                text.push_str(&format!("    {line}\n"));
            }
        }
        text
    }

    fn compound(&mut self, place: Place) -> String {
        let looping = Place {
            in_loop: true,
            ..place
        };
        let a = if place.is_async && self.0.once_in(2) {
            "async "
        } else {
            ""
        };
        match self.0.below(10) {
            0 => {
                let (test, then) = (self.expression(0), self.block(place));
                let more = match self.0.below(3) {
                    0 => format!("elif {}:\n{}", self.expression(0), self.block(place)),
                    1 => format!("else:\n{}", self.block(place)),
                    _ => String::new(),
                };
                format!("if {test}:\n{then}{more}")
            }
            1 | 2 => {
                let head = format!("{a}for {} in {}", self.target(), self.expression(0));
                let body = self.block(looping);
                let more = if self.0.once_in(4) {
                    format!("else:\n{}", self.block(place))
                } else {
                    String::new()
                };
                format!("{head}:\n{body}{more}")
            }
            3 => format!("while {}:\n{}", self.expression(0), self.block(looping)),
            4 => format!(
                "{a}with {} as {}:\n{}",
                self.expression(0),
                self.target(),
                self.block(place)
            ),
            5 => self.attempt(place),
            6 => self.matching(place),
            7 => self.class(place),
            _ => self.function(place),
        }
    }

    fn attempt(&mut self, place: Place) -> String {
        let star = if self.0.once_in(10) { "*" } else { "" };
        let body = self.block(place);
        match self.0.below(3) {
            0 => format!("try:\n{body}finally:\n{}", self.block(place)),
            1 => format!(
                "try:\n{body}except{star} {} as {}:\n{}",
                self.expression(1),
                self.name(),
                self.block(place)
            ),
            _ => format!(
                "try:\n{body}except{star} E:\n{}else:\n{}finally:\n{}",
                self.block(place),
                self.block(place),
                self.block(place)
            ),
        }
    }

    fn matching(&mut self, place: Place) -> String {
        let inner = Place {
            depth: place.depth + 1,
            ..place
        };
        let mut text = format!("match {}:\n", self.expression(0));
        for pattern in [
            "[a, *_]",
            "{'k': b, **c}",
            "C(x=1) | None",
            "str() as s if s",
            "-1",
            "_",
        ] {
            if self.0.once_in(2) {
                text.push_str(&format!("    case {pattern}:\n"));
                for line in self.block(inner).lines() {
                    text.push_str(&format!("    {line}\n"));
                }
            }
        }
        text + "    case never:\n        pass\n"
    }

    fn decorators(&mut self) -> String {
        match self.0.below(6) {
            0 => format!("@{}\n", self.name()),
            1 => format!("@{}\n", self.call(2)),
            2 => self
                .0
                .pick(&[
                    "@property\n",
                    "@staticmethod\n",
                    "@dataclass\n",
                    "@functools.lru_cache\n",
                ])
                .to_owned(),
            _ => String::new(),
        }
    }

    fn class(&mut self, place: Place) -> String {
        let head = format!("{}class {}", self.decorators(), self.name());
        let bases = if self.0.once_in(2) {
            format!("({})", self.name())
        } else {
            String::new()
        };
        let body = self.block(Place {
            in_function: false,
            in_loop: false,
            ..place
        });
        format!("{head}{bases}:\n{body}")
    }

    fn function(&mut self, place: Place) -> String {
        let is_async = self.0.once_in(6);
        let a = if is_async { "async " } else { "" };
        let parameters = self.parameters();
        let returns = if self.0.once_in(4) { " -> int" } else { "" };
        let head = format!(
            "{}{a}def {}({parameters}){returns}",
            self.decorators(),
            self.name()
        );
        let body = self.block(Place {
            in_function: true,
            is_async,
            in_loop: false,
            ..place
        });
        format!("{head}:\n{body}")
    }

    fn parameters(&mut self) -> String {
        let e = self.expression(2);
        match self.0.below(7) {
            0 => String::new(),
            1 => "self".to_owned(),
            2 => format!("x, y={e}"),
            3 => format!("x, /, *y, z={e}, **a"),
            4 => format!("*, x: int = {e}"),
            5 => format!("df: 'pd.DataFrame', x: {e} = None"),
            _ => "x".to_owned(),
        }
    }

    /// What may be bound, alone.
    fn single(&mut self) -> String {
        match self.0.below(6) {
            0 => format!("{}[{}]", self.name(), self.expression(2)),
            1 => format!("{}.{}", self.name(), self.name()),
            2 => format!("df.loc[{}, 'a']", self.expression(2)),
            _ => self.name().to_owned(),
        }
    }

    fn target(&mut self) -> String {
        match self.0.below(10) {
            0 => format!("{}, *{}", self.single(), self.name()),
            1 => format!("({}, [{}, _])", self.single(), self.single()),
            _ => self.single(),
        }
    }

    fn call(&mut self, depth: usize) -> String {
        let mut text = String::new();
        for part in self.0.pick(CALLS).split_inclusive('@') {
            match part.strip_suffix('@') {
                Some(before) => {
                    text.push_str(before);
                    text.push_str(&self.expression(depth + 1));
                }
                None => text.push_str(part),
            }
        }
        text
    }

    fn expression(&mut self, depth: usize) -> String {
        if depth > 2 || self.0.once_in(3) {
            return if self.0.once_in(2) {
                self.name().to_owned()
            } else {
                self.0.pick(LITERALS).to_owned()
            };
        }
        let e = |it: &mut Self| it.expression(depth + 1);
        match self.0.below(18) {
            0..=4 => self.call(depth),
            5 => format!("({} {} {})", e(self), self.0.pick(OPERATORS), e(self)),
            6 => format!("({} {} {})", e(self), self.0.pick(COMPARISONS), e(self)),
            7 => format!("({} and not {})", e(self), e(self)),
            8 => format!("({} if {} else {})", e(self), e(self), e(self)),
            9 => format!("(lambda x, *y: {})", e(self)),
            10 => format!("[{} for x in {} if {}]", e(self), e(self), e(self)),
            11 => format!("{{{}: {} for x, y in {}}}", e(self), e(self), e(self)),
            12 => format!("({} for _ in {})", e(self), e(self)),
            13 => format!("({} := {})", self.name(), e(self)),
            14 => format!("{}[{}:{}, ...]", self.name(), e(self), e(self)),
            15 => format!("{}.{}", self.name(), self.name()),
            16 => format!("[{}, *{}]", e(self), e(self)),
            _ => format!("{{'k': {}, **{}}}", e(self), e(self)),
        }
    }
}
