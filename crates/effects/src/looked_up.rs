//! Names that texts mention, and that a library looks up in the function that calls it: formulas (`y ~ C(g, levels=order)`),
//! queries (`age > @limit`), expressions (`pandas.eval`, `numexpr.evaluate`) and SQL over variables (DuckDB, pandasql).
//!
//! A function reads them as it reads what it names itself.

use std::collections::BTreeSet;

use srcify_syntax::ast::{self, Expr};

use crate::analyze::Analyzer;
use crate::calls::Passed;

/// Functions that evaluate a text as an expression, variables included.
const EVALUATING: &[&str] = &[
    "pandas.eval",
    "numpy.bmat",
    "numexpr.evaluate",
    "numexpr.necompiler.evaluate",
];

/// Libraries that take the variables of their caller for tables.
const TABLES: &[&str] = &["duckdb", "marimo", "pandasql", "polars"];

/// Functions and methods of theirs, as they are written.
const ASKING: &[&str] = &["sql", "query", "execute", "from_query", "sqldf"];

/// Libraries that read formulas.
const FORMULAS: &[&str] = &[
    "statsmodels",
    "patsy",
    "formulaic",
    "linearmodels",
    "bambi",
    "pyfixest",
];

/// How names of variables stand in texts of a program that libraries evaluate.
#[derive(Debug, Clone, Copy)]
pub struct LookedUp<'p> {
    /// The program's text.
    source: &'p str,
    has_formulas: bool,
    has_tables: bool,
}

impl<'p> LookedUp<'p> {
    /// Of a program with this text, of which `uses` says whether it uses a library.
    pub fn of(source: &'p str, uses: impl Fn(&str) -> bool) -> Self {
        Self {
            source,
            has_formulas: FORMULAS.iter().any(|it| uses(it)),
            has_tables: TABLES.iter().any(|it| uses(it)),
        }
    }

    /// What a text may name wherever it stands: a query, or a formula.
    pub fn in_text<'t>(&self, text: &'t str) -> BTreeSet<&'t str> {
        let mut names = BTreeSet::new();
        if text.contains('@') {
            names.extend(words_after(text, '@'));
        }
        let parts = text.split_once('~').filter(|_| self.has_formulas);
        if parts.is_some_and(|(_, right)| !right.starts_with('/')) {
            // What is quoted elsewhere is the name of a column.
            let is_column = |word: &str| {
                ['"', '\''].iter().any(|quote| {
                    let quoted = format!("{quote}{word}{quote}");
                    self.source.contains(&quoted)
                })
            };
            names.extend(words(text).filter(|it| !is_column(it)));
        }
        names
    }

    /// What the text that a function evaluates names besides: one of an import path, or of a name as it is written.
    pub fn in_evaluated<'t>(
        &self,
        path: Option<&str>,
        name: &str,
        text: &'t str,
    ) -> BTreeSet<&'t str> {
        if path.is_some_and(|it| EVALUATING.contains(&it)) {
            words(text).collect()
        } else if self.has_tables && ASKING.contains(&name) {
            tables(text).into_iter().collect()
        } else {
            BTreeSet::new()
        }
    }
}

impl<'a> Analyzer<'a> {
    /// Notes what a text in a function mentions: a query, or a formula.
    pub(crate) fn note_mentions(&mut self, text: &str) {
        if self.frames.is_empty() || !text.contains(['@', '~']) {
            return;
        }
        let mentioned = LookedUp::of(&self.program.source.text, |it| self.uses(it)).in_text(text);
        mentioned.into_iter().for_each(|it| self.note_mention(it));
    }

    /// Notes what the text that a call in a function evaluates mentions.
    pub(crate) fn note_evaluated(
        &mut self,
        call: &'a ast::ExprCall,
        path: Option<&str>,
        arguments: &[Passed],
    ) {
        let (Some(first), false) = (arguments.first(), self.frames.is_empty()) else {
            return;
        };
        let name = match &*call.func {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => return,
        };
        if !path.is_some_and(|it| EVALUATING.contains(&it)) && !ASKING.contains(&name) {
            return;
        }
        // Of what is put together the parts tell.
        let text = match &first.value.literal {
            Some(literal) => literal.to_string(),
            None => self.program.text(first.range).to_owned(),
        };
        let looked_up = LookedUp::of(&self.program.source.text, |it| self.uses(it));
        let mentioned = looked_up.in_evaluated(path, name, &text);
        mentioned.into_iter().for_each(|it| self.note_mention(it));
    }

    fn note_mention(&mut self, name: &str) {
        if self.globals.get(name).is_some() {
            self.load(name);
        }
    }
}

/// Words that could be names.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
    words.filter(|it| it.starts_with(|it: char| it.is_alphabetic() || it == '_'))
}

/// The words right behind a sign.
fn words_after(text: &str, sign: char) -> BTreeSet<&str> {
    let parts = text.split(sign).skip(1);
    let first = parts.filter(|it| it.starts_with(|it: char| it.is_alphabetic() || it == '_'));
    first.filter_map(|it| words(it).next()).collect()
}

/// What a query takes for tables: the words behind `FROM`, `JOIN` and the commas of such a list.
fn tables(text: &str) -> Vec<&str> {
    let words: Vec<&str> = words(text).collect();
    let is_table = |pair: &&[&str]| {
        ["from", "join"]
            .iter()
            .any(|it| pair[0].eq_ignore_ascii_case(it))
    };
    words
        .windows(2)
        .filter(is_table)
        .map(|pair| pair[1])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_behind_from_and_join() {
        assert_eq!(
            tables("SELECT a, b FROM orders o\nleft JOIN people ON o.i = people.i"),
            ["orders", "people"]
        );
        assert!(tables("PRAGMA table_info(orders)").is_empty());
    }

    #[test]
    fn names_stand_behind_the_sign() {
        let found = words_after("age > @limit and (x == @low.value or y < @ z)", '@');
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["limit", "low"]);
    }
}
