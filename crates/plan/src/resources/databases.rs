//! Connections to databases: a class holds one, and its methods say what is asked of it.
//!
//! `con.execute("insert into orders …", row)` becomes `ShopSession(con).insert_orders(row)`: the statement of SQL stands in
//! `io/`, under the name of what it does, and the connection stays what it was, so that transactions do, too.

use srcify_effects::{Access as Names, CallFacts, Callee, Effect, Type};
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::families::Family;
use super::{Access, Extractor};
use crate::naming;
use crate::settings::expression_at;
use crate::types::Imports;

/// What is asked of a database.
pub(super) struct Query {
    /// The method: `select_orders`.
    pub name: String,
    /// Its docstring.
    pub summary: String,
    /// The class of the connection or cursor, as far as its method tells.
    class: Option<String>,
}

/// A session with a database.
const SESSION: Family = Family {
    module: "databases",
    suffix: "Session",
    method: "run",
    noun: "local",
};

/// Functions of pandas that are given a connection.
const GIVEN: &[&str] = &["read_sql", "read_sql_query", "read_sql_table", "to_sql"];

impl Extractor<'_> {
    /// A call of a method of a connection or cursor that a variable holds, or one that is given it.
    pub(super) fn access_by_connection<'c>(
        &self,
        unit: UnitId,
        callee: &'c str,
        call: &'c CallFacts,
    ) -> Option<Access<'c>> {
        let method = callee.rsplit('.').next()?;
        if !call.own_effects.contains(Effect::Database) || self.is_begun(unit, call) {
            return None;
        }
        let expression = expression_at(self.program, unit, call.range)?.as_call_expr()?;
        let is_given = callee.starts_with("pandas.") && GIVEN.contains(&method);
        let (connection, first) = if is_given {
            let mut arguments = call.arguments.iter();
            let found = arguments.find(|it| it.parameter.as_deref() == Some("con"))?;
            (found.range, callee)
        } else {
            let (root, first) = self.root(expression)?;
            (root.range(), first)
        };
        let name = expression_at(self.program, unit, connection)?.as_name_expr()?;
        let is_own =
            (self.is_variable)(&name.id) || self.steps[unit.index()].may.contains(name.id.as_str());
        // What the lifting made a setting is no connection.
        if !is_own || self.lifting.by_variable(&name.id).is_some() {
            return None;
        }
        // What duckdb is asked may name variables of the function that asks.
        let is_duckdb = |it: &str| it.starts_with("duckdb.");
        let ty = (self.type_of)(self.program.text(connection), unit);
        if is_duckdb(first) || ty.is_some_and(|it| is_duckdb(&it.name)) {
            return None;
        }
        let class = first.rsplit_once('.').map(|(class, _)| class.to_owned());
        let is_class = |it: &String| {
            it.rsplit('.')
                .next()
                .is_some_and(|it| it.starts_with(char::is_uppercase))
        };
        let (name, summary) = self.told(expression, method);
        let suffix = match class.as_deref() {
            Some(it) if !is_given && it.ends_with("Cursor") => "Cursor",
            Some(it) if !is_given && it.ends_with("Engine") => "Engine",
            _ => SESSION.suffix,
        };
        Some(Access {
            family: Family { suffix, ..SESSION },
            callee,
            location: Some(connection),
            call,
            query: Some(Query {
                name,
                summary,
                class: class.filter(is_class).filter(|_| !is_given),
            }),
        })
    }

    /// Whether another call goes on with what a call gives: `con.execute(…)` in `con.execute(…).fetchall()`.
    fn is_begun(&self, unit: UnitId, call: &CallFacts) -> bool {
        let range = self.program.units()[unit.index()].range;
        let mut others = self.graph.calls_in(range);
        others.any(|it| {
            it.range.start() == call.range.start()
                && it.range.end() > call.range.end()
                && it.own_effects.contains(Effect::Database)
        })
    }

    /// The variable at the beginning of a chain of calls, and what is called of it.
    fn root<'e>(&'e self, call: &'e ast::ExprCall) -> Option<(&'e Expr, &'e str)> {
        let receiver = &*call.func.as_attribute_expr()?.value;
        let facts = self.graph.call_at(call.range())?;
        let Callee::Library(callee) = &facts.callee else {
            return None;
        };
        match receiver {
            Expr::Name(_) => Some((receiver, callee)),
            Expr::Call(inner) => self.root(inner),
            _ => None,
        }
    }

    /// The method for what is asked, and what it does.
    fn told(&self, call: &ast::ExprCall, method: &str) -> (String, String) {
        let own = match method {
            "commit" => Some(("commit", "Keep what was changed.")),
            "rollback" => Some(("rollback", "Take back what was changed.")),
            "close" => Some(("close", "Close the connection.")),
            "cursor" => Some(("cursor", "Make a cursor.")),
            "connect" => Some(("connect", "Open a connection.")),
            "executescript" => Some(("run_script", "Run several statements.")),
            "begin" => Some(("begin", "Begin a transaction, which is kept at its end.")),
            _ => None,
        };
        if let Some((name, summary)) = own {
            return (name.to_owned(), summary.to_owned());
        }
        if let Some(text) = self.statement(call, method)
            && let Some(told) = told_of(&text)
        {
            return told;
        }
        let (name, summary) = match method {
            "fetchall" | "all" => ("fetch_all", "Fetch all rows that are left."),
            "fetchone" | "first" | "one" => ("fetch_one", "Fetch the next row."),
            "fetchmany" => ("fetch_many", "Fetch the next rows."),
            "scalar" => ("fetch_value", "Fetch the first value of the first row."),
            "to_sql" => (
                "write_table",
                "Write all rows into a table of the database.",
            ),
            "read_sql" | "read_sql_query" | "read_sql_table" => {
                ("read_table", "Read rows of the database.")
            }
            "executemany" => ("execute_many", "Run a statement for each of several rows."),
            "execute" => ("execute", "Run a statement."),
            other => {
                return (
                    format!("call_{}", naming::snake(other)),
                    format!("Call `{other}` of the connection."),
                );
            }
        };
        (name.to_owned(), summary.to_owned())
    }

    /// The statement of SQL that a call, or the first of its chain, is given, as far as it is written down.
    fn statement(&self, call: &ast::ExprCall, method: &str) -> Option<String> {
        if let Some(Expr::Call(inner)) = call.func.as_attribute_expr().map(|it| &*it.value)
            && inner
                .func
                .as_attribute_expr()
                .is_some_and(|it| it.attr.as_str().starts_with("execute"))
        {
            return self.statement(inner, "execute");
        }
        let first = call.arguments.args.first()?;
        let text = self.text_of(first)?;
        match method {
            "to_sql" => Some(format!("write {text}")),
            "read_sql_table" => Some(format!("select * from {text}")),
            _ => Some(text),
        }
    }

    /// A text, as far as it is written down: up to the first value of a formatted one.
    fn text_of(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::StringLiteral(it) => Some(it.value.to_str().to_owned()),
            Expr::FString(_) => {
                let text = self.program.text(expression.range());
                let text = text.trim_start_matches(['f', 'F', 'r', 'R', '"', '\'']);
                let end = text.find(['{', '"']).unwrap_or(text.len());
                Some(text[..end].to_owned())
            }
            // `text("select …")`
            Expr::Call(call) => self.text_of(call.arguments.args.first()?),
            _ => None,
        }
    }

    /// The noun of a session: what the file of its database is called.
    pub(super) fn session_noun(&self, unit: UnitId, connection: TextRange) -> Option<String> {
        let name = self.program.text(connection);
        let mut before = self.steps[..=unit.index()].iter().rev();
        let (place, opened): (UnitId, &CallFacts) = before.find_map(|step| {
            let range = self.program.units()[step.unit.index()].range;
            let binds = step.may.contains(name);
            let mut calls = self.graph.calls_in(range);
            let opened = calls.find(|it| binds && opens(it))?;
            Some((step.unit, opened))
        })?;
        // `cur = con.cursor()` stands in the same database.
        let expression = expression_at(self.program, place, opened.range)?.as_call_expr()?;
        let receiver = expression.func.as_attribute_expr().map(|it| &*it.value);
        let is_database = |it: &str| ["connect", "create_engine"].contains(&it);
        let Callee::Library(callee) = &opened.callee else {
            return None;
        };
        let of_another = receiver.filter(|it| it.is_name_expr() && place < unit);
        if let Some(name) = of_another.and_then(Expr::as_name_expr)
            && (self.is_variable)(&name.id)
        {
            return self.session_noun(place, name.range());
        }
        if !callee.rsplit('.').next().is_some_and(is_database) {
            return None;
        }
        let location = opened.arguments.first()?;
        let text = self.location_text(place, location.range)?;
        naming::file_noun(&text)
    }

    /// The annotation of the connection.
    pub(super) fn connection_annotation(
        &self,
        unit: UnitId,
        connection: TextRange,
        query: &Query,
        imports: &mut Imports,
    ) -> String {
        let name = self.program.text(connection);
        let known = (self.type_of)(name, unit);
        let known = known.or_else(|| self.steps[unit.index()].annotated(name).cloned());
        let class = query.class.as_deref().map(Type::new);
        self.annotator.annotation(class.or(known).as_ref(), imports)
    }

    /// What a method gives that fetches one row: where its parts are taken at once, there is one.
    pub(super) fn fetched(&self, access: &Access<'_>) -> Option<Type> {
        let range = access.call.range;
        let text = &self.program.source.text;
        let is_taken_apart = text[usize::from(range.end())..].starts_with('[');
        let fetches = access.callee == "sqlite3.Cursor.fetchone";
        (fetches && is_taken_apart && !text.contains("row_factory")).then(|| Type::new("tuple"))
    }

    /// Other names for what is asked: by what its result is bound to.
    pub(super) fn other_names(&self, unit: UnitId, access: &Access<'_>) -> Option<String> {
        let query = access.query.as_ref()?;
        let (verb, _) = query.name.split_once('_')?;
        let bound = &self.graph.units[unit.index()].access.must;
        let mut names = bound.iter().map(|it| naming::snake(it));
        let by_result = names.next().filter(|it| it.len() > 2 && bound.len() == 1);
        let says = |it: &String| {
            ![
                "data", "rows", "row", "res", "result", "results", "out", "tmp",
            ]
            .contains(&it.as_str())
        };
        if verb != "select" {
            return None;
        }
        if let Some(name) = by_result.filter(says) {
            return Some(format!("select_{name}"));
        }
        let call = expression_at(self.program, unit, access.call.range)?;
        let call = call.as_call_expr()?;
        let method = call.func.as_attribute_expr()?.attr.as_str();
        let statement = self.statement(call, method)?;
        told_by_condition(&statement, &query.name)
    }

    /// Whether what a call is given is better passed as it stands: the row of a statement, a table that is computed.
    pub(super) fn passes_rows(&self, unit: UnitId, access: &Access<'_>) -> bool {
        let expression = expression_at(self.program, unit, access.call.range);
        let Some(call) = expression.and_then(Expr::as_call_expr) else {
            return false;
        };
        let receiver = call.func.as_attribute_expr().map(|it| &*it.value);
        let computes = receiver.is_some_and(|it| {
            let is_begun = access
                .location
                .is_some_and(|own| it.range().contains_range(own));
            it.is_call_expr() && !is_begun
        });
        let is_row = |it: &Expr| {
            let is_display = matches!(it, Expr::Tuple(_) | Expr::List(_) | Expr::Dict(_));
            is_display && !Names::of_expression(it).occurrences.is_empty()
        };
        access.query.is_some() && (computes || call.arguments.args.iter().any(is_row))
    }
}

/// `select_all_loans` of a statement without a condition, `select_loans_by_member` of one with a condition.
fn told_by_condition(statement: &str, name: &str) -> Option<String> {
    let (verb, table) = name.split_once('_')?;
    let words: Vec<String> = statement
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let has = |word: &str| words.iter().any(|it| it == word);
    let after = |word: &str| {
        let at = words.iter().position(|it| it == word)?;
        let column = words.get(at + 1)?.rsplit('.').next()?;
        let column = column.trim_end_matches(['=', '<', '>', '!', ',', ';']);
        let is_word = column
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_');
        (is_word && !column.is_empty()).then(|| column.to_owned())
    };
    if let Some(column) = after("where") {
        return Some(format!("{verb}_{table}_by_{column}"));
    }
    let is_whole = !["where", "join", "group", "limit", "distinct"]
        .iter()
        .any(|it| has(it));
    is_whole.then(|| format!("{verb}_all_{table}"))
}

/// Whether a call opens a connection.
fn opens(call: &CallFacts) -> bool {
    let Callee::Library(callee) = &call.callee else {
        return false;
    };
    matches!(
        callee.rsplit('.').next(),
        Some("connect" | "create_engine" | "cursor" | "begin")
    )
}

/// What a statement of SQL does, and to which table: the name of a method, and its docstring.
fn told_of(statement: &str) -> Option<(String, String)> {
    let lower = statement.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || c == '(' || c == ')' || c == ',' || c == ';')
        .filter(|it| !it.is_empty())
        .collect();
    let after = |word: &str| {
        let at = words.iter().position(|it| *it == word)?;
        let rest = words[at + 1..].iter();
        let mut named = rest.skip_while(|it| ["if", "not", "exists"].contains(it));
        table(named.next()?)
    };
    let first = *words.first()?;
    let is_count = lower.trim_start().starts_with("select count(") && !lower.contains("group by");
    let kinds = ["table", "index", "view"];
    let (verb, before, does) = match first {
        "select" if is_count => ("count", "from", "Count rows of"),
        "select" | "with" => ("select", "from", "Select rows of"),
        "insert" | "replace" => ("insert", "into", "Insert into"),
        "update" => ("update", "update", "Change rows of"),
        "delete" => ("delete_from", "from", "Delete rows of"),
        "write" => ("write", "write", "Write all rows into"),
        "create" | "drop" => {
            let kind = kinds.into_iter().find(|it| words.contains(it))?;
            let table = after(kind)?;
            let does = if first == "create" { "Create" } else { "Drop" };
            return Some((
                format!("{first}_{table}"),
                format!("{does} the {kind} `{table}`."),
            ));
        }
        _ => return None,
    };
    let table = after(before)?;
    Some((format!("{verb}_{table}"), format!("{does} `{table}`.")))
}

/// The name of a table, where it is one that Python can have.
fn table(word: &str) -> Option<String> {
    let name = word
        .rsplit('.')
        .next()?
        .trim_matches(['"', '`', '\'', '[', ']']);
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let fits = is_plain && !name.is_empty() && name.len() < 30;
    fits.then(|| naming::snake(name))
}

#[cfg(test)]
mod tests {
    use super::told_of;

    #[test]
    fn statements_are_told_by_what_they_do_and_to_which_table() {
        let told = |it: &str| told_of(it).map(|it| it.0);
        let name = |it: &str| Some(it.to_owned());
        assert_eq!(
            told("SELECT a, b FROM orders WHERE x"),
            name("select_orders")
        );
        assert_eq!(
            told("insert or ignore into t(a) values (?)"),
            name("insert_t")
        );
        assert_eq!(
            told("create table if not exists main.users (id int)"),
            name("create_users")
        );
        assert_eq!(told("CREATE UNIQUE INDEX i ON t(a)"), name("create_i"));
        assert_eq!(told("delete from \"t\""), name("delete_from_t"));
        assert_eq!(told("pragma foreign_keys = on"), None);
        assert_eq!(told("select count(*) from t where a"), name("count_t"));
        assert_eq!(told("select 1"), None);
        assert_eq!(told(""), None);
    }
}
