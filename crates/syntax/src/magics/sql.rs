//! `%sql` and `%%sql`: what only shows rows goes; what changes a database, or keeps rows, runs through SQLAlchemy, as the
//! magic itself does.

use std::collections::{BTreeMap, BTreeSet};

use super::quote::{self, Piece};
use super::{Action, Gathered};
use crate::draft::{Block, Part};

/// Statements that only give rows.
const QUERIES: [&str; 6] = ["select", "show", "describe", "desc", "explain", "values"];

const UNNAMED: &str =
    "it runs SQL with values that are not known, or on a connection that is not named";

const SHOWN: Action = Action::Drop("it shows something only in a notebook");

/// The connection that the package opens once.
const ENGINE: &str = "sql_engine";

/// What an input does with SQL.
#[derive(Debug, Default)]
pub(crate) struct Sql {
    /// It names a connection, and needs one for more than showing rows.
    is_connected: bool,
    /// The connection is the value of a variable, where no text names one: `$url`.
    variable: Option<String>,
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
    let mut variable = None;
    let mut is_needed = false;
    let mut uses: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for block in code() {
        let is_cell = block.text.trim_start().starts_with("%%sql");
        let lines = block.text.lines().filter(|line| line.contains("%sql"));
        for line in lines {
            let (before, arguments) = line.split_once("%sql").unwrap_or((line, ""));
            has_connection |= connection(arguments).is_some();
            if variable.is_none() && is_value(arguments) {
                variable = Some(arguments.trim().to_owned());
            }
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
    sql.variable = variable.filter(|_| !has_connection);
    sql.is_connected = (has_connection || sql.variable.is_some()) && is_needed;
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

/// Whether the arguments are one value of Python: a connection where no other is named, else a query.
fn is_value(arguments: &str) -> bool {
    let arguments = arguments.trim();
    let name = arguments.strip_prefix('$').or_else(|| {
        let inner = arguments.strip_prefix('{')?;
        inner.strip_suffix('}')
    });
    let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.');
    name.is_some_and(|it| !it.is_empty() && it.chars().all(is_word))
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
    if gathered.cx.sql.variable.as_deref() == Some(query) {
        let Some(url) = bound_value(query, gathered) else {
            return Action::Unsupported(UNNAMED);
        };
        return Action::Python(made(&url, gathered));
    }
    let is_connection = query.is_empty() || !query.contains(char::is_whitespace);
    if !is_connection || is_value(query) {
        return cell(connection(arguments).unwrap_or(""), query, gathered);
    }
    match connection(arguments).filter(|_| gathered.cx.sql.is_connected) {
        Some(url) if query.is_empty() => Action::Python(opened(url, gathered)),
        _ => Action::Drop("it connects the notebook to a database"),
    }
}

/// The expression of an argument that is one value of the input's.
fn bound_value(argument: &str, gathered: &Gathered) -> Option<String> {
    let pieces = quote::pieces(argument.trim(), gathered.cx.bound);
    let mut values = pieces.iter().filter_map(|it| match it {
        Piece::Value(value) => Some(value.clone()),
        Piece::Text(_) => None,
    });
    values.next()
}

/// The statement that makes the engine.
fn opened(url: &str, gathered: &mut Gathered) -> String {
    let url = super::line::text(url, gathered);
    made(&url, gathered)
}

fn made(url: &str, gathered: &mut Gathered) -> String {
    gathered.need("sqlalchemy");
    format!("{ENGINE} = sqlalchemy.create_engine({url})")
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
        return Action::Unsupported(UNNAMED);
    };
    let mut lines: Vec<String> = connection
        .map(|url| opened(url, gathered))
        .into_iter()
        .collect();
    if target.is_empty() {
        lines.push(format!("with {ENGINE}.begin() as sql_connection:"));
        let run = |it: &Statement| format!("    sql_connection.{}", it.executed());
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

fn rows(target: &str, query: &Statement, gathered: &mut Gathered) -> Option<String> {
    let sql = gathered.cx.sql;
    if sql.shown.contains(target) {
        return None;
    }
    if sql.frames.contains(target) {
        gathered.need("pandas");
        let (query, values) = (query.argument(), query.values());
        let values = values.map(|it| format!(", params={it}"));
        let values = values.unwrap_or_default();
        return Some(format!("pandas.read_sql_query({query}, {ENGINE}{values})"));
    }
    Some(format!(
        "{ENGINE}.connect().{}.fetchall()",
        query.executed()
    ))
}

/// A statement of SQL, as Python gives it to a database.
struct Statement {
    /// The expression of its text.
    text: String,
    /// Names whose values it takes: `:limit`.
    names: Vec<String>,
}

impl Statement {
    /// The statement, where all values that go in are the input's.
    fn of(text: &str, bound: &BTreeSet<String>) -> Option<Self> {
        let mut names = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(':') {
            let is_cast = rest[at + 1..].starts_with(':');
            let after = rest[at + 1..].trim_start_matches(':');
            let end = after.find(|it: char| !it.is_alphanumeric() && it != '_');
            let name = &after[..end.unwrap_or(after.len())];
            let is_name = name.starts_with(|it: char| it.is_alphabetic() || it == '_');
            if !is_cast && is_name {
                if !bound.contains(name) {
                    return None;
                }
                if !names.iter().any(|it| it == name) {
                    names.push(name.to_owned());
                }
            }
            rest = after;
        }
        let pieces = quote::pieces(text, bound);
        let is_known = |it: &Piece| match it {
            Piece::Text(text) => !text.contains(['{', '$', '?']),
            Piece::Value(_) => true,
        };
        let is_usable = !text.contains("{{") && pieces.iter().all(is_known);
        let text = match &pieces[..] {
            [Piece::Text(text)] if text.contains('\n') => quote::block(&format!("{text}\n")),
            _ => quote::expression(&pieces),
        };
        is_usable.then_some(Self { text, names })
    }

    /// `{"limit": limit}`
    fn values(&self) -> Option<String> {
        let one = |it: &String| format!("\"{it}\": {it}");
        let values: Vec<String> = self.names.iter().map(one).collect();
        (!values.is_empty()).then(|| format!("{{{}}}", values.join(", ")))
    }

    /// What a function takes that reads a query.
    fn argument(&self) -> String {
        if self.names.is_empty() {
            self.text.clone()
        } else {
            format!("sqlalchemy.text({})", self.text)
        }
    }

    /// The call of a connection.
    fn executed(&self) -> String {
        match self.values() {
            None => format!("exec_driver_sql({})", self.text),
            Some(values) => format!("execute({}, {values})", self.argument()),
        }
    }
}

/// The statements, where a connection is known and all values that go in are.
fn usable(sql: &str, gathered: &Gathered) -> Option<Vec<Statement>> {
    let statements = statements(sql);
    let known = statements
        .iter()
        .map(|it| Statement::of(it, gathered.cx.bound))
        .collect::<Option<Vec<_>>>()?;
    (gathered.cx.sql.is_connected && !known.is_empty()).then_some(known)
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

/// `%%bigquery frame --project name`: what it gives is what the library's client gives.
pub(super) fn bigquery(arguments: &str, body: &str, gathered: &mut Gathered) -> Action {
    let mut words = arguments.split_whitespace();
    let mut target = None;
    let mut project = String::new();
    while let Some(word) = words.next() {
        let (option, value) = word.split_once('=').unwrap_or((word, ""));
        match option {
            "--project" if value.is_empty() => project = words.next().unwrap_or("").to_owned(),
            "--project" => project = value.to_owned(),
            // How it goes on and what is shown meanwhile, not what it gives.
            "--verbose" | "--use_bqstorage_api" | "--use_rest_api" => {}
            "--progress_bar_type" if value.is_empty() => {
                words.next();
            }
            "--progress_bar_type" => {}
            _ if target.is_none() && !word.starts_with('-') => target = Some(word),
            _ => return Action::Unsupported("it runs SQL with options"),
        }
    }
    if target.is_none() && only_queries(body) {
        return SHOWN;
    }
    // Values come by `--params` alone, so braces and colons are text.
    if project.contains(['$', '{']) || body.trim().is_empty() || body.contains('@') {
        return Action::Unsupported("it runs SQL with values of Python");
    }
    gathered.need("google.cloud.bigquery");
    let named = (!project.is_empty()).then(|| format!("project={}", quote::literal(&project)));
    let client = format!(
        "google.cloud.bigquery.Client({}).query({})",
        named.unwrap_or_default(),
        quote::block(&format!("{}\n", body.trim()))
    );
    Action::Python(match target {
        Some(target) => format!("{target} = {client}.to_dataframe()"),
        None => format!("{client}.result()"),
    })
}
