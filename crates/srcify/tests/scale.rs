//! Long inputs take as long as they are, not as long as their square.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use srcify_testing::Sandbox;

/// Twice the input may take so many times as long.
const GROWTH: f64 = 3.0;

/// A script of so many blocks of statements that people write.
fn script(blocks: usize) -> String {
    let mut text = String::from(
        "import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n\
         df = pd.read_csv('customers.csv')\nlimit = 0.5\n",
    );
    for k in 0..blocks {
        let block = match k % 5 {
            0 => format!(
                "def scale_{k}(values, factor={k}):\n    return values * factor\n\n\
                 df['scaled_{k}'] = scale_{k}(df['age'])\n"
            ),
            1 => format!(
                "part_{k} = df[df['age'] > {k}]\npart_{k} = part_{k}.dropna()\nprint(part_{k}.head())\n"
            ),
            2 => format!(
                "total_{k} = 0\nfor value in df['age'].head(3):\n    total_{k} += value\nprint(total_{k})\n"
            ),
            3 => format!(
                "model_{k} = LogisticRegression(C=0.{k})\nmodel_{k}.fit(df[['age']], df['churn'])\n"
            ),
            _ => format!(
                "if limit > 0.{k}:\n    level_{k} = 1\nelse:\n    level_{k} = 2\nnames_{k} = [level_{k}, {k}]\n"
            ),
        };
        let _ = writeln!(text, "\n# Step {k} of the analysis\n{block}");
    }
    text
}

/// Processor time of the children that ended; `None` where the system does not tell.
fn spent_by_children() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    let ticks: Vec<u64> = fields
        .split_whitespace()
        .skip(13)
        .take(2)
        .map_while(|it| it.parse().ok())
        .collect();
    Some(Duration::from_millis(ticks.iter().sum::<u64>() * 10))
}

/// Seconds that planning a script takes.
fn cost(blocks: usize) -> f64 {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("long.py", script(blocks));
    let (clock, before) = (Instant::now(), spent_by_children());
    let outcome = sandbox.run(&["plan", "long.py"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let spent = spent_by_children().zip(before);
    spent
        .map_or_else(
            || clock.elapsed(),
            |(after, before)| after.saturating_sub(before),
        )
        .as_secs_f64()
}

#[test]
fn twice_the_statements_take_about_twice_as_long() {
    let ratios: Vec<f64> = (0..3).map(|_| cost(300) / cost(150)).collect();
    let best = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(best < GROWTH, "{ratios:?}");
}

#[test]
fn results_that_hold_results_of_the_same_function_stay_small() {
    // A type of all that `expr` may give would hold itself, twice as often at each turn: that took ten seconds.
    let parser = "class Parser:\n    def __init__(self, src):\n        self.toks = list(src); self.i = 0\n    @property\n    def cur(self): return self.toks[self.i]\n    def eat(self, text=None):\n        t = self.cur\n        if text and t.text != text: raise ValueError(t)\n        self.i += 1\n        return t\n    def atom(self):\n        match self.cur:\n            case 'n': self.eat(); return ('num', 1.0)\n            case 'f':\n                self.eat(); args = [self.expr()]\n                while self.cur.text == ',': self.eat(); args.append(self.expr())\n                return ('call', 'f', args)\n            case '(':\n                self.eat(); e = self.expr(); self.eat(')'); return e\n            case '-': self.eat(); return ('neg', self.atom())\n    def expr(self, p=0):\n        lhs = self.atom()\n        while self.cur.text in '+-':\n            o = self.eat().text\n            lhs = ('bin', o, lhs, self.expr(p + 1))\n        return lhs\n";
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_srcify"));
    sandbox.write("parser.py", parser);
    let before = spent_by_children();
    let outcome = sandbox.run(&["plan", "parser.py"]);
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    if let Some((after, before)) = spent_by_children().zip(before) {
        let spent = after.saturating_sub(before);
        assert!(spent < Duration::from_secs(4), "{spent:?}");
    }
}
