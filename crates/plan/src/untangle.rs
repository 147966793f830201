//! Statements that do several things, as statements that do one thing each.
//!
//! Works on the text: the program is edited, parsed and analysed again, and what did not become simpler is taken back.
//! So everything after this stage sees an ordinary program, in which draws come from generators that are passed on, files
//! are read by statements of their own, and values that are printed are computed before.

mod beginnings;
mod callers;
mod columns;
mod defaults;
mod dictionaries;
mod drawn;
pub(crate) mod draws;
pub(crate) mod frames;
pub(crate) mod handles;
mod held;
mod hoist;
mod imported;
mod keys;
mod lambdas;
mod lines;
mod locals;
mod lowercase;
mod parallel;
mod plots;
mod procedures;
mod remarks;
mod renamed;
mod repeated;
mod retyped;
mod unneeded;
mod values;
mod versions;
mod words;
mod written;

pub(crate) use self::drawn::DRAWN;
pub(crate) use self::remarks::{is_code, is_of_imports};

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Catalog, EffectGraph};
use srcify_syntax::{Program, Severity, TextRange, UnitId};

use crate::edits::Edit;
use crate::{Plan, Rung};
use hoist::Handed;

/// A program with what its statements do.
pub(crate) struct Analyzed<'a> {
    pub program: &'a Program,
    pub graph: &'a EffectGraph,
    pub catalog: &'a Catalog,
}

/// A change of one statement that adds statements before and after it.
pub(crate) struct Change {
    pub unit: UnitId,
    pub edits: Vec<Edit>,
    /// How many statements stand before it now.
    pub before: usize,
    /// How many statements stand behind it now.
    pub after: usize,
    pub kind: Kind,
}

/// What a change promises of the new statements; else it is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The statements before it are pure.
    Values,
    /// The statement itself is pure.
    Lines,
    /// The statement itself is pure, and what it read is read before.
    Read,
}

/// Tells what the statements of a program do.
pub(crate) type Analysis<'a> = &'a dyn Fn(&Program) -> EffectGraph;

/// A program of statements that do one thing each.
pub struct Untangled {
    /// The program.
    pub program: Program,
    /// What its statements do.
    pub graph: EffectGraph,
    /// Statements whose lines are printed after they are done: their numbers before and after.
    pub lines: Vec<(UnitId, UnitId)>,
    /// Names of the input that are no variables any more: those that became a function's own.
    pub left: BTreeSet<String>,
    /// Variables of the input that have another name in the end, as what they hold is of another type.
    pub renamed: BTreeMap<String, String>,
    /// The attributes that objects of the author's classes hold more than in the input, by class.
    pub handed: Handed,
}

impl Untangled {
    /// Statements, by their old numbers, that gained nothing from printing later: they stay in place.
    ///
    /// Nobody wants to wait for lines that could be printed while the statement runs, unless it becomes a pure function.
    pub fn in_vain(&self, plan: &Plan) -> BTreeSet<UnitId> {
        let decisions = plan.decisions.iter();
        let in_place: BTreeSet<UnitId> = decisions
            .filter(|it| it.rung == Rung::InPlace)
            .map(|it| it.unit)
            .collect();
        let lines = self.lines.iter();
        lines
            .filter(|(_, new)| in_place.contains(new))
            .map(|(old, _)| *old)
            .collect()
    }
}

/// Takes statements apart where the order of what they do is provably kept: a program that does the same, analysed.
/// Statements of `kept` stay what they are; with `keep_plots`, all that is drawn stays.
pub fn untangle(
    program: Program,
    catalog: &Catalog,
    analyze: &dyn Fn(&Program) -> EffectGraph,
    kept: &BTreeSet<UnitId>,
    keep_plots: bool,
) -> Untangled {
    let as_it_is = |program, graph, left, renamed| Untangled {
        program,
        graph,
        lines: Vec::new(),
        left,
        renamed,
        handed: Handed::new(),
    };
    let graph = analyze(&program);
    let is_introspective = crate::planner::is_introspective(&program, &graph);
    if is_introspective || program.units().is_empty() {
        return as_it_is(program, graph, BTreeSet::new(), BTreeMap::new());
    }
    let (program, graph) = unneeded::leave_out(program, graph, analyze);
    let (program, graph) = repeated::leave_out(program, graph, analyze);
    let (program, graph) = drawn::leave_out(program, graph, kept, keep_plots, analyze);
    let (program, graph) = parallel::split(program, graph, analyze);
    let (program, graph) = write_out(program, graph, analyze);
    let (program, graph) = handles::enclose(program, graph, analyze);
    let (program, graph) = beginnings::move_inside(program, graph, analyze);
    let (program, graph) = versions::rename(program, graph, analyze);
    let (program, graph) = defaults::pass(program, graph, analyze);
    let (program, graph, mut renamed) = rename(program, graph, analyze);
    let lowered = lowercase::rename(program, graph, analyze);
    let (program, graph) = (lowered.program, lowered.graph);
    renamed.extend(lowered.names);
    let (program, graph) = draws::pass_generators(program, graph, catalog, analyze);
    let taken = frames::call_for_each(program, graph, analyze);
    let (program, graph, left) = plots::in_functions(taken, analyze);
    let (program, graph) = procedures::give_back(program, graph, analyze);
    let (program, graph, handed) = hoist::hoist(program, graph, catalog, analyze);
    let mut refused = kept.clone();
    for _ in 0..ATTEMPTS {
        let seen = Analyzed {
            program: &program,
            graph: &graph,
            catalog,
        };
        let changes = seen.changes(&refused);
        if changes.is_empty() {
            break;
        }
        let edits = changes.iter().flat_map(|change| change.edits.clone());
        let Some((new, facts)) = edited(&program, edits.collect(), analyze) else {
            break;
        };
        let broken = broken(&program, &new, &facts, &changes);
        if broken.is_empty() {
            return Untangled {
                lines: lines(&changes),
                handed,
                ..as_it_is(new, facts, left, renamed)
            };
        }
        refused.extend(broken);
    }
    Untangled {
        handed,
        ..as_it_is(program, graph, left, renamed)
    }
}

/// Gives variables names of their own that mean imports, or something of another type, elsewhere; with their last names.
fn rename(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph, BTreeMap<String, String>) {
    let own = imported::rename(program, graph, analyze);
    let retyped = retyped::rename(own.program, own.graph, analyze);
    let mut renamed = retyped.names;
    for (name, last) in own.names {
        let last = renamed.get(&last).cloned().unwrap_or(last);
        renamed.insert(name, last);
    }
    (retyped.program, retyped.graph, renamed)
}

/// Writes out what becomes settings and functions, and lets comments stand over what they are about.
fn write_out(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let mut edits = dictionaries::edits(&program, &graph);
    edits.extend(remarks::edits(&program, &graph));
    edits.extend(lambdas::edits(&program, &graph));
    edits.extend(columns::edits(&program, &graph));
    if edits.is_empty() {
        return (program, graph);
    }
    edited(&program, edits, analyze).unwrap_or((program, graph))
}

/// The statements whose lines are printed later, by their numbers before and after.
fn lines(changes: &[Change]) -> Vec<(UnitId, UnitId)> {
    let mut found = Vec::new();
    let mut moved = 0;
    for change in changes {
        if change.kind == Kind::Lines {
            let new = change.unit.index() + moved + change.before;
            found.push((change.unit, UnitId(u32::try_from(new).unwrap_or(u32::MAX))));
        }
        moved += change.before + change.after;
    }
    found
}

/// Each attempt takes back what the one before got wrong.
const ATTEMPTS: usize = 4;

impl Analyzed<'_> {
    fn changes(&self, refused: &BTreeSet<UnitId>) -> Vec<Change> {
        let mut names = NewNames::of(self.graph);
        let mut changes = Vec::new();
        for unit in self.program.units() {
            if refused.contains(&unit.id) {
                continue;
            }
            let change = self
                .printed_values(unit.id, &mut names)
                .or_else(|| self.printed_lines(unit.id, &mut names))
                .or_else(|| self.reading(unit.id, &mut names))
                .or_else(|| self.lines_read(unit.id, &mut names))
                .or_else(|| self.written_value(unit.id, &mut names));
            changes.extend(change);
        }
        changes
    }
}

/// Names for what is computed on its own.
pub(crate) struct NewNames {
    taken: BTreeSet<String>,
    /// The number that a name gets when it is wanted again: all below it are taken.
    next: BTreeMap<String, usize>,
}

impl NewNames {
    fn of(graph: &EffectGraph) -> Self {
        let mut names: BTreeSet<String> = graph.imports.keys().cloned().collect();
        for unit in &graph.units {
            let access = &unit.access;
            names.extend(access.occurrences.iter().map(|(name, ..)| name.clone()));
            names.extend(access.may.iter().chain(&access.reads).cloned());
            names.extend(access.captures.iter().chain(&access.globals).cloned());
            names.extend(unit.writes_by_call.iter().cloned());
        }
        Self {
            taken: names,
            next: BTreeMap::new(),
        }
    }

    /// The first of some names that nothing has, or one like the last.
    pub(crate) fn first(&mut self, wanted: &[String]) -> String {
        let is_free =
            |name: &&String| !srcify_syntax::is_reserved_word(name) && !self.taken.contains(*name);
        let free = wanted.iter().find(is_free).or(wanted.last()).cloned();
        self.unique(&free.unwrap_or_default())
    }

    /// A name like `wanted` that nothing has.
    pub(crate) fn unique(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = self.next.get(wanted).copied().unwrap_or(2);
        while srcify_syntax::is_reserved_word(&name) || !self.taken.insert(name.clone()) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        if number > 2 {
            self.next.insert(wanted.to_owned(), number);
        }
        name
    }
}

/// The program with its text edited, analysed; `None` when that is no program any more.
pub(crate) fn edited(
    program: &Program,
    edits: Vec<Edit>,
    analyze: Analysis<'_>,
) -> Option<(Program, EffectGraph)> {
    let mut edits: Vec<(TextRange, String)> = edits
        .into_iter()
        .map(|edit| (edit.range, edit.text))
        .collect();
    edits.sort_by_key(|(range, _)| (range.start(), range.end()));
    if edits
        .windows(2)
        .any(|pair| pair[1].0.start() < pair[0].0.end())
    {
        return None;
    }
    let parsed = srcify_syntax::parse(program.source.edited(&edits));
    let is_broken = |it: &srcify_syntax::Diagnostic| it.severity == Severity::Error;
    if parsed.diagnostics.iter().any(is_broken) {
        return None;
    }
    let graph = analyze(&parsed.output);
    Some((parsed.output, graph))
}

/// The statements, by their old numbers, of which a change did not keep its promise.
fn broken(
    old: &Program,
    new: &Program,
    graph: &EffectGraph,
    changes: &[Change],
) -> BTreeSet<UnitId> {
    let added: usize = changes
        .iter()
        .map(|change| change.before + change.after)
        .sum();
    if old.units().len() + added != new.units().len() {
        return changes.iter().map(|change| change.unit).collect();
    }
    let mut broken = BTreeSet::new();
    let mut moved = 0;
    for change in changes {
        let first = change.unit.index() + moved;
        let own = first + change.before;
        let is_pure = |index: usize| {
            let facts = &graph.units[index];
            facts.effects.is_pure() && facts.writes_by_call.is_empty()
        };
        let is_kept = match change.kind {
            Kind::Values => (first..own).all(is_pure),
            Kind::Lines | Kind::Read => is_pure(own),
        };
        if !is_kept {
            broken.insert(change.unit);
        }
        moved += change.before + change.after;
    }
    broken
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;
    use expect_test::{Expect, expect};
    use srcify_effects::{analyze, imported_libraries};

    use super::*;

    fn untangled(python: &str) -> String {
        let source = srcify_syntax::read(Utf8Path::new("a.py"), python.as_bytes()).unwrap();
        let program = srcify_syntax::parse(source.output).output;
        let libraries = imported_libraries(&program);
        let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
        let analysis = |program: &Program| analyze(program, &catalog, &|_| None);
        let untangled = untangle(program, &catalog, &analysis, &BTreeSet::new(), false);
        untangled.program.source.text
    }

    fn check(python: &str, expected: Expect) {
        expected.assert_eq(&untangled(python));
    }

    #[test]
    fn a_printed_value_is_computed_before() {
        check(
            "from sklearn.metrics import accuracy_score, f1_score\ny, p = [1], [1]\nprint('a', accuracy_score(y, p), f'{f1_score(y, p):.2f}')\n",
            expect![[r"
                from sklearn.metrics import accuracy_score, f1_score
                y, p = [1], [1]
                accuracy = accuracy_score(y, p)
                f1 = f1_score(y, p)
                print('a', accuracy, f'{f1:.2f}')
            "]],
        );
    }

    #[test]
    fn a_secret_is_passed_by_the_calls_and_no_default() {
        let secret = ["F1xture", "0nly", "4711"].join("-");
        let check = |input: &str, expected: &str| {
            let with_secret = |text: &str| text.replace("SECRET", &secret);
            assert_eq!(untangled(&with_secret(input)), with_secret(expected));
        };
        check(
            "API_KEY = 'SECRET'\ndef sign(text, key=API_KEY):\n    return key + text\nx = sign('a') + sign('b', API_KEY)\n",
            "api_key = 'SECRET'\ndef sign(text, key):\n    return key + text\nx = sign('a', key=api_key) + sign('b', api_key)\n",
        );
        check(
            "def sign(text, *, api_key='SECRET', n=1):\n    return api_key + text * n\nx = sign('a')\n",
            "def sign(text, *, api_key, n=1):\n    return api_key + text * n\nx = sign('a', api_key='SECRET')\n",
        );
        // A parameter before it has a default.
        let kept = "API_KEY = 'SECRET'\ndef sign(text='', key=API_KEY):\n    return key + text\nx = sign()\n";
        check(kept, &kept.replace("API_KEY", "api_key"));
    }

    #[test]
    fn parameters_that_are_unpacked_are_written_as_a_dictionary() {
        check(
            "import numpy as np\np = dict(dtype=(int), # whole\n  shape = (2, 3),)\nx = np.zeros(**p)\nq = dict(a=1)\nr = dict(q, b=2)\ny = dict(**r)\n",
            expect![[r#"
                import numpy as np
                p = {"dtype": (int), # whole
                  "shape":  (2, 3),}
                x = np.zeros(**p)
                q = dict(a=1)
                r = dict(q, b=2)
                y = dict(**r)
            "#]],
        );
    }

    #[test]
    fn a_comment_over_a_number_and_what_uses_it_stands_over_that() {
        check(
            "x = []\n\n# of me\n# Fill the list, twice\nn = 3\nfor i in range(n):\n    x.append(i)\n# sizes\na = 1\nb = 2\nx.append(a)\n# the end\nc = 4\n\nx.append(c)\n",
            expect![[r"
                x = []

                n = 3
                # of me
                # Fill the list, twice
                for i in range(n):
                    x.append(i)
                # sizes
                a = 1
                b = 2
                x.append(a)
                # the end
                c = 4

                x.append(c)
            "]],
        );
    }

    #[test]
    fn a_table_that_is_read_for_a_column_is_named_apart_from_it() {
        check(
            "import pandas as pd\nsales = pd.read_csv('a.csv')['units']\nrows = pd.read_csv('b.csv').dropna()\n",
            expect![[r"
                import pandas as pd
                sales_table = pd.read_csv('a.csv')
                sales = sales_table['units']
                rows = pd.read_csv('b.csv')
                rows = rows.dropna()
            "]],
        );
    }

    #[test]
    fn a_lambda_that_is_only_called_by_its_name_is_a_function() {
        check(
            "k = 2\n# Square it\nf = lambda x, n=k: x ** n  # or more\ng = lambda: (1,\n    2)\nh = lambda x: x\ny = 1; i = lambda: 0\nj = lambda: 1\nj = lambda: 2\nprint(f(3), g(), [h, h(1)], i(), j())\n",
            expect![[r"
                k = 2
                # Square it
                def f(x, n=2):
                    return x ** n  # or more
                def g():
                    return ((1,
                    2))
                h = lambda x: x
                y = 1; i = lambda: 0
                j = lambda: 1
                j = lambda: 2
                f_value = f(3, n=k)
                g_value = g()
                h_value = h(1)
                i_value = i()
                j_value = j()
                print(f_value, g_value, [h, h_value], i_value, j_value)
            "]],
        );
    }

    #[test]
    fn a_class_that_draws_keeps_the_hidden_generator() {
        let seeded = "import numpy as np\nnp.random.seed(1)\n";
        let function =
            format!("{seeded}def start(n):\n    return np.random.normal(0, 1, n)\nx = start(3)\n");
        assert!(untangled(&function).contains("random_state.normal(0, 1, n)"));
        let class = format!(
            "{seeded}class Model:\n    def fit(self, n):\n        self.w = np.random.normal(0, 1, n)\nm = Model()\nm.fit(3)\n"
        );
        assert_eq!(untangled(&class), class);
    }

    #[test]
    fn what_a_block_fills_begins_inside() {
        check(
            "import json\n# Reviews\nrows = []\nseen = set()\n\nwith open('a.jsonl') as f:\n    # a line each\n    for line in f:\n        rows.append(json.loads(line))\n        seen.add(line)\nprint(len(rows))\n",
            expect![[r"
                import json
                # Reviews
                with open('a.jsonl') as f:
                    rows = []
                    seen = set()
                    # a line each
                    for line in f:
                        rows.append(json.loads(line))
                        seen.add(line)
                print(len(rows))
            "]],
        );
        check(
            "from collections import defaultdict\nby = defaultdict(list)\nwith open('a') as f:\n    for line in f:\n        by[line[0]].append(line)\n",
            expect![[r"
                from collections import defaultdict
                with open('a') as f:
                    by = defaultdict(list)
                    for line in f:
                        by[line[0]].append(line)
            "]],
        );
    }

    #[test]
    fn what_a_block_counts_begins_inside() {
        check(
            "rows, bad = [], 0\nwith open('a') as f:\n    for line in f:\n        if not line:\n            bad += 1\n            continue\n        rows.append(line)\n",
            expect![[r"
                with open('a') as f:
                    rows, bad = [], 0
                    for line in f:
                        if not line:
                            bad += 1
                            continue
                        rows.append(line)
            "]],
        );
    }

    #[test]
    fn what_begins_a_container_for_others_stays() {
        for text in [
            // A value that stays what it is may be a setting.
            "rows, most = [], 3\nwith open('a') as f:\n    for line in f:\n        rows.append(line[:most])\n",
            // Another statement comes between.
            "rows = []\nn = 1\nwith open('a') as f:\n    for line in f:\n        rows.append(line)\n",
            // A function reads it.
            "def count():\n    return len(rows)\n\nrows = []\nwith open('a') as f:\n    for line in f:\n        rows.append(count())\n",
            // It decides what is opened.
            "rows = []\nwith open(f'{rows}') as f:\n    for line in f:\n        rows.append(line)\n",
            // It is only read.
            "rows = []\nwith open('a', 'w') as f:\n    f.write(str(rows))\n",
            // It begins with what is there.
            "old = [1]\nrows = list(old)\nwith open('a') as f:\n    for line in f:\n        rows.append(line)\n",
            // Comments belong to what they stand beside.
            "rows = []  # all of them\nwith open('a') as f:\n    for line in f:\n        rows.append(line)\n",
            // One line.
            "rows = []\nwith open('a') as f: rows.append(f.read())\n",
        ] {
            assert_eq!(untangled(text), text);
        }
    }

    #[test]
    fn a_file_that_is_opened_and_closed_is_a_block() {
        check(
            "import csv\nf = open('a.txt', 'w')  # notes\nfor i in [1]:\n    f.write(str(i))\n# the end\nf.write('b')\nf.close()\ng = open('b.txt')\nx = g.read().split()\nh = open('c.txt')\ny = iter(h)\nk = open('d.txt', 'w')\nk.write('''a\nb''')\nk.close()\nn = open('e.txt')\nz = n.read()\nprint(n.closed)\nf = open('f.txt')\nz = f.read()\nf = open('g.csv', 'w')\nw = csv.writer(f)\nw.writerow([z])\nf.close()\nr = csv.reader(open('h.csv'))\nf = open('i.csv')\nr = csv.reader(f)\nn = 0\nfor row in r:\n    n += 1\nf.close()\nm = 1\n",
            expect![[r"
                import csv
                with open('a.txt', 'w') as f:  # notes
                    for i in [1]:
                        f.write(str(i))
                    # the end
                    f.write('b')
                with open('b.txt') as g:
                    x = g.read().split()
                h = open('c.txt')
                y = iter(h)
                with open('d.txt', 'w') as k:
                    k.write('''a
                b''')
                n = open('e.txt')
                z = n.read()
                print(n.closed)
                with open('f.txt') as f:
                    z = f.read()
                with open('g.csv', 'w') as f:
                    w = csv.writer(f)
                    w.writerow([z])
                r = csv.reader(open('h.csv'))
                with open('i.csv') as f:
                    r = csv.reader(f)
                    n = 0
                    for row in r:
                        n += 1
                m = 1
            "]],
        );
    }

    #[test]
    fn lines_of_a_file_are_read_before_they_are_counted() {
        check(
            "counts = {}\nfor line in open('a.txt'):\n    counts[line] = counts.get(line, 0) + 1\nfor i, line in enumerate(open('b.txt')):\n    counts[i] = line\nfor line in open('c.txt'):\n    print(line)\ndef enumerate(file):\n    return file\nfor line in enumerate(open('d.txt')):\n    counts[line] = 1\n",
            expect![[r"
                counts = {}
                lines = open('a.txt').readlines()
                for line in lines:
                    counts[line] = counts.get(line, 0) + 1
                lines_2 = open('b.txt').readlines()
                for i, line in enumerate(lines_2):
                    counts[i] = line
                for line in open('c.txt'):
                    print(line)
                def enumerate(file):
                    return file
                for line in enumerate(open('d.txt')):
                    counts[line] = 1
            "]],
        );
    }

    #[test]
    fn what_is_written_is_put_together_before() {
        check(
            "import json\nimport pandas as pd\np = [0.5, 1.0]\nwith open('metrics.json', 'w') as f:\n    json.dump({'best': max(p), 'n': len(p)}, f)\nOUT_JSON = 'summary.json'\njson.dump([len(p)], open(OUT_JSON, 'w'))\nREPORT = 'r.json'\njson.dump([len(p)], open(REPORT, 'w'))\npd.DataFrame({'p': p}).to_csv('scored.csv')\njson.dump(p, open('p.json', 'w'))\nwith open('q.json', 'w') as f:\n    json.dump({'at': f.tell()}, f)\njson.dump([input()], open('p.json', 'w'))\n",
            expect![[r"
                import json
                import pandas as pd
                p = [0.5, 1.0]
                metrics = {'best': max(p), 'n': len(p)}
                with open('metrics.json', 'w') as f:
                    json.dump(metrics, f)
                OUT_JSON = 'summary.json'
                content = [len(p)]
                json.dump(content, open(OUT_JSON, 'w'))
                REPORT = 'r.json'
                report = [len(p)]
                json.dump(report, open(REPORT, 'w'))
                scored = pd.DataFrame({'p': p})
                scored.to_csv('scored.csv')
                json.dump(p, open('p.json', 'w'))
                with open('q.json', 'w') as f:
                    json.dump({'at': f.tell()}, f)
                json.dump([input()], open('p.json', 'w'))
            "]],
        );
    }

    #[test]
    fn what_may_not_be_evaluated_stays() {
        check(
            "from sklearn.metrics import accuracy_score\ny, p = [1], [1]\nprint(accuracy_score(y, p) if y else 0, [accuracy_score(y, q) for q in [p]])\n",
            expect![[r"
                from sklearn.metrics import accuracy_score
                y, p = [1], [1]
                print(accuracy_score(y, p) if y else 0, [accuracy_score(y, q) for q in [p]])
            "]],
        );
    }

    #[test]
    fn a_file_is_read_before_the_rest_is_computed() {
        check(
            "import pandas as pd\ntable = pd.read_csv('a.csv').dropna()\nboth = pd.concat([table, pd.read_csv('b.csv')])\n",
            expect![[r"
                import pandas as pd
                table = pd.read_csv('a.csv')
                table = table.dropna()
                table_2 = pd.read_csv('b.csv')
                both = pd.concat([table, table_2])
            "]],
        );
    }

    #[test]
    fn a_loop_that_computes_and_prints_gives_its_lines_first() {
        check(
            "from sklearn.metrics import accuracy_score\nfor p in [[1], [0]]:\n    score = accuracy_score([1], p)\n    print('score', score)\n    if score > 0.5:\n        print(f'{score:.2f}', p, sep='|')\n",
            expect![[r#"
                from sklearn.metrics import accuracy_score
                lines = []
                for p in [[1], [0]]:
                    score = accuracy_score([1], p)
                    lines.append(f"score {score!s}")
                    if score > 0.5:
                        lines.append("|".join((f'{score:.2f}', str(p))))
                for line in lines:
                    print(line)
            "#]],
        );
    }

    #[test]
    fn a_loop_that_prints_without_line_feeds_stays() {
        check(
            "from sklearn.metrics import accuracy_score\nfor p in [[1], [0]]:\n    print(accuracy_score([1], p), end=' ')\n",
            expect![[r"
                from sklearn.metrics import accuracy_score
                for p in [[1], [0]]:
                    print(accuracy_score([1], p), end=' ')
            "]],
        );
    }

    #[test]
    fn draws_come_from_a_generator_of_the_program() {
        check(
            "import numpy as np\nimport random\nfrom sklearn.utils import shuffle\nnp.random.seed(7)\nrandom.seed(3)\n\ndef noise(n):\n    return np.random.normal(size=n)\n\nx = noise(3)\ny = shuffle(x)\nz = np.random.sample(2)\nr = random.gauss(0, 1)\n",
            expect![[r"
                import numpy as np
                import random
                from sklearn.utils import shuffle
                random_state = np.random.RandomState(7)
                generator = random.Random(3)

                def noise(n):
                    return random_state.normal(size=n)

                x = noise(3)
                y = shuffle(x, random_state=random_state)
                z = random_state.random_sample(2)
                r = generator.gauss(0, 1)
            "]],
        );
    }

    #[test]
    fn an_unknown_call_may_draw_so_that_all_stays() {
        check(
            "import numpy as np\nimport unheard_of\nnp.random.seed(7)\nx = np.random.rand(3)\nunheard_of.run()\n",
            expect![[r"
                import numpy as np
                import unheard_of
                np.random.seed(7)
                x = np.random.rand(3)
                unheard_of.run()
            "]],
        );
    }

    #[test]
    fn an_estimator_draws_when_it_is_fitted_so_that_all_stays() {
        check(
            "import numpy as np\nfrom sklearn.ensemble import RandomForestClassifier\nnp.random.seed(7)\nx = np.random.rand(3, 2)\nmodel = RandomForestClassifier().fit(x, [0, 1, 0])\n",
            expect![[r"
                import numpy as np
                from sklearn.ensemble import RandomForestClassifier
                np.random.seed(7)
                x = np.random.rand(3, 2)
                model = RandomForestClassifier().fit(x, [0, 1, 0])
            "]],
        );
    }

    #[test]
    fn a_draw_before_the_seed_or_under_another_name_stays() {
        check(
            "import numpy as np\nx = np.random.rand(3)\nnp.random.seed(7)\ny = np.random.rand(3)\n",
            expect![[r"
                import numpy as np
                x = np.random.rand(3)
                np.random.seed(7)
                y = np.random.rand(3)
            "]],
        );
        check(
            "import numpy as np\nnp.random.seed(7)\ndef call(f):\n    return f(3)\nx = call(np.random.rand)\ny = call(np.random.randn)\n",
            expect![[r"
                import numpy as np
                np.random.seed(7)
                def call(f):
                    return f(3)
                x = call(np.random.rand)
                y = call(np.random.randn)
            "]],
        );
    }

    #[test]
    fn a_seed_from_the_system_or_inside_a_function_stays() {
        check(
            "import numpy as np\nnp.random.seed(None)\nx = np.random.rand(3)\n",
            expect![[r"
                import numpy as np
                np.random.seed(None)
                x = np.random.rand(3)
            "]],
        );
        check(
            "import numpy as np\ndef reset():\n    np.random.seed(7)\nreset()\nx = np.random.rand(3)\n",
            expect![[r"
                import numpy as np
                def reset():
                    np.random.seed(seed)
                seed = 7
                reset()
                x = np.random.rand(3)
            "]],
        );
    }
}
