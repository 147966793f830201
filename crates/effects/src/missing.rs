//! Names that are not there: read before anything binds them, or bound only by code that is left out.

use std::collections::BTreeSet;

use srcify_syntax::{Program, TextSize, UnitId, is_reserved_word, snippet};

use crate::Access;

/// Code that is left out: where it stood, and the names that it would have bound.
#[derive(Debug, Clone)]
pub struct LeftOut {
    /// Where it stood.
    pub at: TextSize,
    /// What it would have bound.
    pub names: BTreeSet<String>,
}

impl LeftOut {
    /// Code that is no Python, as far as its names can be told.
    pub fn broken(at: TextSize, code: &str) -> Self {
        let mut names = BTreeSet::new();
        for statement in snippet(code).statements() {
            names.extend(Access::of(statement).may);
        }
        names.extend(code.lines().filter_map(bound_by));
        Self { at, names }
    }
}

/// The name that a line seems to bind: `name = …`, `def name`, `class name`.
fn bound_by(line: &str) -> Option<String> {
    let line = line.trim_start();
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    for keyword in ["def ", "class "] {
        if let Some(rest) = line.strip_prefix(keyword) {
            return Some(
                rest.trim_start()
                    .chars()
                    .take_while(|&c| is_part(c))
                    .collect(),
            );
        }
    }
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    let is_name =
        name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(is_part);
    (is_name && !value.starts_with('=')).then(|| name.to_owned())
}

/// The statements that need a name that was left out, directly or through others, each with the first such name.
pub fn dependents(program: &Program, left_out: &[LeftOut]) -> Vec<(UnitId, String)> {
    let mut missing: BTreeSet<String> = BTreeSet::new();
    let mut pending = left_out.iter().peekable();
    let mut found = Vec::new();
    for unit in program.units() {
        while let Some(before) = pending.next_if(|it| it.at <= unit.range.start()) {
            missing.extend(before.names.iter().cloned());
        }
        let access = Access::of(program.statement(unit.id));
        let mut needed = access
            .reads
            .iter()
            .chain(&access.captures)
            .chain(&access.globals);
        if let Some(name) = needed.find(|name| missing.contains(*name)) {
            found.push((unit.id, name.clone()));
            missing.extend(access.may);
        } else {
            missing.retain(|name| !access.must.contains(name));
        }
    }
    found
}

/// How many statements read a name that only later statements bind.
pub fn early_reads(program: &Program) -> usize {
    let accesses: Vec<Access> = program
        .units()
        .iter()
        .map(|unit| Access::of(program.statement(unit.id)))
        .collect();
    let bound: BTreeSet<&String> = accesses.iter().flat_map(|access| &access.may).collect();
    let mut known: BTreeSet<&String> = BTreeSet::new();
    let mut count = 0;
    for access in &accesses {
        let is_early = |name: &&String| {
            !known.contains(name) && bound.contains(name) && !is_reserved_word(name)
        };
        // What functions read is read when they run.
        let mut now = access.reads.difference(&access.captures);
        count += usize::from(now.any(|name| is_early(&name)));
        known.extend(&access.may);
    }
    count
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;
    use srcify_syntax::{parse, read};

    use super::*;

    fn program(python: &str) -> Program {
        let source = read(Utf8Path::new("a.py"), python.as_bytes()).expect("it is Python");
        parse(source.output).output
    }

    #[track_caller]
    fn needs(broken: &str, python: &str, expected: &[&str]) {
        let program = program(python);
        let left_out = [LeftOut::broken(TextSize::new(0), broken)];
        let found = dependents(&program, &left_out);
        let lines: Vec<&str> = found
            .iter()
            .map(|(unit, _)| program.text(program.units()[unit.index()].range))
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn what_reads_a_missing_name_is_missing_too() {
        needs(
            "a = 1 +",
            "b = a\nc = b + 1\nd = 2\nprint(d)\n",
            &["b = a", "c = b + 1"],
        );
    }

    #[test]
    fn a_name_that_is_bound_again_is_there() {
        needs("a = (1", "a = 2\nprint(a)\n", &[]);
    }

    #[test]
    fn functions_need_what_they_read_when_they_run() {
        needs(
            "a = 1\nprint a",
            "def f():\n    return a\nprint(f())\nprint(1)\n",
            &["def f():\n    return a", "print(f())"],
        );
    }

    #[test]
    fn broken_definitions_have_names() {
        needs(
            "def f(:\n    pass\nclass C(",
            "f()\nC()\ng()\n",
            &["f()", "C()"],
        );
    }

    #[test]
    fn names_read_too_early_are_counted() {
        assert_eq!(
            early_reads(&program("print(a)\na = 1\nprint(len([a]))\n")),
            1
        );
        assert_eq!(
            early_reads(&program("def f():\n    return a\na = 1\nf()\n")),
            0
        );
        assert_eq!(early_reads(&program("total = total + 1\n")), 1);
    }
}
