//! Names that only the queries of pandas mention: `df.query("age > @limit")`.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, Span, TextRange, UnitId};

/// Methods that look names behind `@` up in the function that calls them.
const QUERIES: [&str; 2] = ["pandas.DataFrame.query", "pandas.DataFrame.eval"];

/// What the queries of a program name, outside of functions, classes and comprehensions.
pub(super) struct Queries {
    /// By statement.
    pub names: BTreeMap<UnitId, BTreeSet<String>>,
    /// Where their texts stand.
    pub texts: BTreeSet<Span>,
    /// The column that a name is compared with first, and how: `("age", ">")`.
    pub columns: BTreeMap<String, (String, String)>,
}

impl Queries {
    pub(super) fn of(program: &Program, graph: &EffectGraph) -> Self {
        let mut queries = Self {
            names: BTreeMap::new(),
            texts: BTreeSet::new(),
            columns: BTreeMap::new(),
        };
        if !graph.libraries.contains("pandas") {
            return queries;
        }
        for unit in program.units() {
            let mut finder = Finder {
                graph,
                names: BTreeSet::new(),
                texts: Vec::new(),
                columns: &mut queries.columns,
            };
            finder.visit_stmt(program.statement(unit.id));
            queries
                .texts
                .extend(finder.texts.into_iter().map(Span::from));
            if !finder.names.is_empty() {
                queries.names.insert(unit.id, finder.names);
            }
        }
        queries
    }
}

struct Finder<'a> {
    graph: &'a EffectGraph,
    names: BTreeSet<String>,
    texts: Vec<TextRange>,
    columns: &'a mut BTreeMap<String, (String, String)>,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_) => {}
            Expr::Call(call) => {
                self.note(call);
                walk_expr(self, expression);
            }
            _ => walk_expr(self, expression),
        }
    }
}

impl Finder<'_> {
    fn note(&mut self, call: &ast::ExprCall) {
        let facts = self.graph.call_at(call.range());
        let is_query = facts.is_some_and(
            |it| matches!(&it.callee, Callee::Library(name) if QUERIES.contains(&name.as_str())),
        );
        if let (Some(Expr::StringLiteral(text)), true) = (call.arguments.args.first(), is_query) {
            self.texts.push(text.range());
            let text = text.value.to_str();
            for (at, _) in text.match_indices('@') {
                let (name, _) = split_word(&text[at + 1..]);
                if let Some(compared) = compared(&text[..at]) {
                    self.columns.entry(name.to_owned()).or_insert(compared);
                }
                self.names.insert(name.to_owned());
            }
        }
    }
}

/// The word at the beginning of a text, and the rest.
fn split_word(text: &str) -> (&str, &str) {
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_');
    text.split_at(end.unwrap_or(text.len()))
}

/// The column and the operator that a text ends with: `age > `.
fn compared(text: &str) -> Option<(String, String)> {
    let text = text.trim_end();
    let left = text.trim_end_matches(['<', '>', '=', '!']);
    let operator = &text[left.len()..];
    let left = left.trim_end();
    let start = left.rfind(|it: char| !it.is_alphanumeric() && it != '_');
    let column = &left[start.map_or(0, |it| it + 1)..];
    let is_column = column.starts_with(|it: char| it.is_alphabetic() || it == '_');
    let compares = ["<", ">", "<=", ">=", "==", "!="].contains(&operator);
    (is_column && compares).then(|| (column.to_owned(), operator.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_compared_with_the_column_before_it() {
        let pair = |column: &str, operator: &str| Some((column.to_owned(), operator.to_owned()));
        assert_eq!(compared("size == 2 and age >= "), pair("age", ">="));
        assert_eq!(compared("kind=="), pair("kind", "=="));
        assert_eq!(compared("kind in "), None);
        assert_eq!(compared("2 < "), None);
        assert_eq!(compared("`ä b` < "), None);
    }
}
