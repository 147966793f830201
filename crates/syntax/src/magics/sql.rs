//! `%sql` and `%%sql`: what only shows rows goes; what changes a database, or keeps rows, runs through SQLAlchemy, as the
//! magic itself does.

use std::collections::{BTreeMap, BTreeSet};

use super::quote;
use super::{Action, Gathered};
use crate::draft::{Block, Part};

/// Statements that only give rows.
const QUERIES: [&str; 6] = ["select", "show", "describe", "desc", "explain", "values"];

const SHOWN: Action = Action::Drop("it shows something only in a notebook");

/// The connection that the package opens once.
const ENGINE: &str = "sql_engine";

/// What an input does with SQL.
#[derive(Debug, Default)]
pub(crate) struct Sql {
    /// It names a connection, and needs one for more than showing rows.
    is_connected: bool,
    /// Names that are bound to rows and used as frames only: `rows.DataFrame()`.
    frames: BTreeSet<String>,
    /// Names that are bound to rows and shown as the magic shows them.
    shown: BTreeSet<String>,
}

/// What the blocks do with SQL; nothing where they hold none.
pub(crate) fn survey(blocks: &[Block]) -> Sql {
    let mut sql = Sql::default();
    let code = || blocks.iter().filter(|block| block.part == Part::Code);
    if !code().any(|block| block.text.contains("%sql")) {
        return sql;
    }
    let mut has_connection = false;
    let mut is_needed = false;
    let mut uses: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for block in code() {
        let is_cell = block.text.trim_start().starts_with("%%sql");
        let lines = block.text.lines().filter(|line| line.contains("%sql"));
        for line in lines {
            let (before, arguments) = line.split_once("%sql").unwrap_or((line, ""));
            has_connection |= connection(arguments).is_some();
            let target = match before.trim().trim_end_matches('%').strip_suffix('=') {
                Some(target) => Some(target.trim()),
                None => arguments.split_once("<<").map(|(target, _)| target.trim()),
            };
            if let Some(target) = target {
                let name = target.rsplit(char::is_whitespace).next().unwrap_or(target);
                uses.entry(name.to_owned()).or_default();
                is_needed = true;
            }
            is_needed |= !is_cell && !only_queries(without_connection(arguments));
        }
        if is_cell {
            let body = block.text.split_once('\n').map_or("", |(_, body)| body);
            is_needed |= !only_queries(body);
        }
    }
    for block in code() {
        for (name, (all, frames, shown)) in &mut uses {
            let words = |text: &str| block.text.matches(text).count();
            *all += count_word(&block.text, name);
            *frames += words(&format!("{name}.DataFrame()"));
            *shown += words(&format!("print({name})")) + words(&format!("str({name})"));
        }
    }
    sql.is_connected = has_connection && is_needed;
    for (name, (all, frames, shown)) in uses {
        // One of them binds it.
        if shown > 0 || frames > 0 && frames + 1 < all {
            sql.shown.insert(name);
        } else if frames > 0 {
            sql.frames.insert(name);
        }
    }
    sql
}

fn count_word(text: &str, word: &str) -> usize {
    let is_word = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    let whole = |at: &usize| {
        !is_word(text[..*at].chars().next_back())
            && !is_word(text[at + word.len()..].chars().next())
    };
    let places = text.match_indices(word).map(|(at, _)| at);
    places.filter(whole).count()
}

/// Frames are frames already: `rows.DataFrame()` as `rows`.
pub(crate) fn spell_frames(sql: &Sql, text: &str) -> String {
    let mut result = text.to_owned();
    for name in &sql.frames {
        result = result.replace(&format!("{name}.DataFrame()"), name);
    }
    result
}

/// The connection string that the arguments begin with.
fn connection(arguments: &str) -> Option<&str> {
    let first = arguments.split_whitespace().next()?;
    first.contains("://").then_some(first)
}

fn without_connection(arguments: &str) -> &str {
    match connection(arguments) {
        Some(first) => arguments.trim_start()[first.len()..].trim(),
        None => arguments.trim(),
    }
}

/// A line: a query, or the connection that later ones use.
pub(super) fn line(arguments: &str, gathered: &mut Gathered) -> Action {
    let arguments = super::line::without_options(arguments, "");
    let query = without_connection(arguments);
    let is_connection = query.is_empty() || !query.contains(char::is_whitespace);
    if !is_connection {
        return cell(connection(arguments).unwrap_or(""), query, gathered);
    }
    match connection(arguments).filter(|_| gathered.cx.sql.is_connected) {
        Some(url) if query.is_empty() => Action::Python(opened(url, gathered)),
        _ => Action::Drop("it connects the notebook to a database"),
    }
}

/// The statement that makes the engine.
fn opened(url: &str, gathered: &mut Gathered) -> String {
    gathered.need("sqlalchemy");
    format!(
        "{ENGINE} = sqlalchemy.create_engine({})",
        quote::literal(url)
    )
}

/// A cell whose body is SQL; `arguments` may name a connection, or a variable for the rows (`rows <<`).
pub(super) fn cell(arguments: &str, body: &str, gathered: &mut Gathered) -> Action {
    let is_kept = arguments.contains("<<") || arguments.contains("--") || body.contains("<<");
    if !is_kept && only_queries(body) {
        return SHOWN;
    }
    let connection = connection(arguments);
    let rest = without_connection(arguments);
    let (target, first) = match rest.split_once("<<").or_else(|| body.split_once("<<")) {
        Some((target, query)) => (target.trim(), query),
        None => ("", rest),
    };
    let body = if rest.contains("<<") {
        format!("{first}\n{body}")
    } else if body.contains("<<") {
        first.to_owned()
    } else if rest.is_empty() {
        body.to_owned()
    } else {
        return Action::Unsupported("it runs SQL with options");
    };
    let Some(statements) = usable(&body, gathered) else {
        return Action::Unsupported(
            "it runs SQL with values of Python, or on a connection that is not named",
        );
    };
    let mut lines: Vec<String> = connection
        .map(|url| opened(url, gathered))
        .into_iter()
        .collect();
    if target.is_empty() {
        lines.push(format!("with {ENGINE}.begin() as sql_connection:"));
        let run = |it: &String| format!("    sql_connection.exec_driver_sql({})", text(it));
        lines.extend(statements.iter().map(run));
    } else {
        let [query] = &statements[..] else {
            return Action::Unsupported("it keeps the rows of several statements");
        };
        let Some(rows) = rows(target, query, gathered) else {
            return Action::Unsupported("its rows are shown as only the notebook shows them");
        };
        lines.push(format!("{target} = {rows}"));
    }
    Action::Python(lines.join("\n"))
}

/// The rows that `x = %sql …` is bound to.
pub(super) fn value(target: &str, arguments: &str, gathered: &mut Gathered) -> Option<String> {
    if connection(arguments).is_some() {
        return None;
    }
    let statements = usable(super::line::without_options(arguments, ""), gathered)?;
    let [query] = &statements[..] else {
        return None;
    };
    rows(target, query, gathered)
}

fn rows(target: &str, query: &str, gathered: &mut Gathered) -> Option<String> {
    let sql = gathered.cx.sql;
    if sql.shown.contains(target) {
        return None;
    }
    let query = text(query);
    if sql.frames.contains(target) {
        gathered.need("pandas");
        return Some(format!("pandas.read_sql_query({query}, {ENGINE})"));
    }
    Some(format!(
        "{ENGINE}.connect().exec_driver_sql({query}).fetchall()"
    ))
}

fn text(statement: &str) -> String {
    if statement.contains('\n') {
        quote::block(&format!("{statement}\n"))
    } else {
        quote::literal(statement)
    }
}

/// The statements, where a connection is known and no value of Python goes in.
fn usable(sql: &str, gathered: &Gathered) -> Option<Vec<String>> {
    let takes_values = |statement: &String| {
        let mut parts = statement.split(':').skip(1);
        statement.contains(['{', '$', '?'])
            || parts.any(|it| it.starts_with(|it: char| it.is_alphabetic() || it == '_'))
    };
    let statements = statements(sql);
    let is_usable = gathered.cx.sql.is_connected
        && !statements.is_empty()
        && !statements.iter().any(takes_values);
    is_usable.then_some(statements)
}

/// The statements between semicolons that stand in no quotes and no comments.
fn statements(sql: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut statement = String::new();
    let mut quote: Option<char> = None;
    let mut characters = sql.chars().peekable();
    while let Some(it) = characters.next() {
        match (quote, it) {
            (None, '\'' | '"' | '`') => quote = Some(it),
            (Some(open), _) if open == it => quote = None,
            (None, '-') if characters.peek() == Some(&'-') => {
                for skipped in characters.by_ref() {
                    if skipped == '\n' {
                        break;
                    }
                }
                statement.push('\n');
                continue;
            }
            (None, ';') => {
                found.push(std::mem::take(&mut statement));
                continue;
            }
            _ => {}
        }
        statement.push(it);
    }
    found.push(statement);
    let trimmed = found.iter().map(|it| it.trim().to_owned());
    trimmed.filter(|it| !it.is_empty()).collect()
}

/// Whether every statement begins as a query does, and makes nothing (`select … into`).
fn only_queries(sql: &str) -> bool {
    let statements = statements(&sql.to_lowercase());
    !statements.is_empty()
        && statements.iter().all(|statement| {
            let mut words = statement.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.next().is_some_and(|word| QUERIES.contains(&word))
                && words.all(|word| word != "into")
        })
}
