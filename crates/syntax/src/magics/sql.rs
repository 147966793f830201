//! `%sql` and `%%sql`: what only shows rows goes; what changes a database has no Python equal yet.

use super::Action;

/// Statements that only give rows.
const QUERIES: [&str; 6] = ["select", "show", "describe", "desc", "explain", "values"];

const SHOWN: Action = Action::Drop("it shows something only in a notebook");

/// A line: a query, or the connection that later ones use.
pub(super) fn line(arguments: &str) -> Action {
    let arguments = super::line::without_options(arguments, "");
    let is_connection =
        arguments.contains("://") || !arguments.trim().contains(char::is_whitespace);
    if is_connection {
        return Action::Drop("it connects the notebook to a database");
    }
    cell("", arguments)
}

/// A cell whose body is SQL; `arguments` may name a connection, or a variable for the rows (`rows <<`).
pub(super) fn cell(arguments: &str, body: &str) -> Action {
    let is_kept = arguments.contains("<<") || arguments.contains("--") || body.contains("<<");
    if !is_kept && only_queries(body) {
        SHOWN
    } else {
        Action::Unsupported("it runs SQL")
    }
}

/// Whether every statement begins as a query does, and makes nothing (`select … into`).
fn only_queries(sql: &str) -> bool {
    let lines = sql
        .lines()
        .map(|line| line.split("--").next().unwrap_or(""));
    let text = lines.collect::<Vec<_>>().join("\n").to_lowercase();
    let mut statements = text
        .split(';')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .peekable();
    statements.peek().is_some()
        && statements.all(|statement| {
            let mut words = statement.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.next().is_some_and(|word| QUERIES.contains(&word))
                && words.all(|word| word != "into")
        })
}
