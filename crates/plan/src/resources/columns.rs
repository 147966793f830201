//! Failures that the user can mend: a file that is no table, a table without a column that the job uses.

use std::collections::BTreeSet;

use srcify_effects::Mutation;
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, UnitId};

use super::families::kind_of;
use super::{Access, Extractor, Method};
use crate::naming::{self, columns_of};

/// Readers of tables that raise `ValueError` for what is no table.
const TABLE_READERS: &[&str] = &[
    "read_csv",
    "read_table",
    "read_excel",
    "read_json",
    "read_parquet",
];

/// Arguments that change the names of the columns, or what comes back.
const RENAMING: &[&str] = &[
    "index_col",
    "names",
    "header",
    "usecols",
    "chunksize",
    "iterator",
    "prefix",
    "squeeze",
    "sheet_name",
    "skiprows",
    "orient",
    "typ",
    "lines",
    "parse_dates",
];

/// More columns than this are no constant that anybody reads.
const MOST: usize = 25;

impl Extractor<'_> {
    /// Turns "not a table" and "no such column" into the package's error.
    pub(super) fn explain_failures(
        &self,
        unit: UnitId,
        access: &Access<'_>,
        noun: &str,
        method: &mut Method,
    ) {
        if !self.is_table_reader(unit, access) || method.returns.ends_with("Any") {
            return;
        }
        let Some(value) = method.body.strip_prefix("return ") else {
            return;
        };
        let error = self.error;
        let kind = kind_of(access.callee);
        let article = if kind.starts_with(['E', 'e']) {
            "an"
        } else {
            "a"
        };
        let required = self.columns(unit, access);
        let table = "table";
        let mut body = format!(
            "try:\n    {table} = {}\nexcept ValueError as error:\n    message = f\"`{{self.path}}` is not {article} {kind} as expected: {{error}}\"\n    raise {error}(message) from error\n",
            value.trim_end()
        );
        let raises = if required.is_empty() {
            format!("{error}: the file holds no such table.")
        } else {
            let constant = constant_name(noun);
            body.push_str(&format!(
                "if missing := {constant} - set({table}.columns):\n    message = (\n        f\"`{{self.path}}` lacks the columns: {{', '.join(sorted(missing))}}; \"\n        f\"it has: {{', '.join(map(str, {table}.columns))}}\"\n    )\n    raise {error}(message)\n"
            ));
            format!("{error}: the file holds no such table, or lacks a column that the job uses.")
        };
        body.push_str(&format!("return {table}\n"));
        method.body = body;
        method.raises = Some(raises);
    }

    /// The constant that lists the columns which the job needs of a table.
    pub(super) fn required_columns(
        &self,
        unit: UnitId,
        access: &Access<'_>,
        noun: &str,
    ) -> Option<(String, String)> {
        let columns = self.columns(unit, access);
        if columns.is_empty() || !self.is_table_reader(unit, access) {
            return None;
        }
        let quoted: Vec<String> = columns.iter().map(|it| crate::prints::quote(it)).collect();
        let name = constant_name(noun);
        let text = format!("{name} = frozenset({{{}}})\n", quoted.join(", "));
        Some((name, text))
    }

    /// Whether a statement is `name = pandas.read_csv(…)`, outside `try`, with a plain call.
    fn is_table_reader(&self, unit: UnitId, access: &Access<'_>) -> bool {
        let method = access.callee.rsplit('.').next().unwrap_or_default();
        let is_plain = self.assigned(unit, access).is_some();
        let gives_frame = access
            .call
            .returns
            .as_ref()
            .is_some_and(|ty| ty.name == "pandas.DataFrame");
        access.callee.starts_with("pandas.")
            && TABLE_READERS.contains(&method)
            && is_plain
            && gives_frame
    }

    fn assigned(&self, unit: UnitId, access: &Access<'_>) -> Option<&str> {
        let Stmt::Assign(ast::StmtAssign { targets, value, .. }) = self.program.statement(unit)
        else {
            return None;
        };
        let call = value.as_call_expr()?;
        let renames = call.arguments.keywords.iter().any(|keyword| {
            keyword
                .arg
                .as_ref()
                .is_none_or(|name| RENAMING.contains(&name.as_str()))
                && !is_list_of_dates(keyword)
        });
        match &targets[..] {
            [Expr::Name(name)] if value.range() == access.call.range && !renames => {
                Some(name.id.as_str())
            }
            _ => None,
        }
    }

    /// The columns that the statements after a reader certainly need.
    fn columns(&self, unit: UnitId, access: &Access<'_>) -> BTreeSet<String> {
        let Some(name) = self.assigned(unit, access) else {
            return BTreeSet::new();
        };
        let mut statements = Vec::new();
        for place in self.mentions.from(name, unit.index() + 1) {
            let step = &self.steps[place];
            let statement = self.program.statement(step.unit);
            if step.deletes.contains(name) {
                break;
            }
            statements.push(statement);
            let is_store = matches!(statement, Stmt::Assign(assign) if assign.targets.iter().all(|target| is_column_of(target, name)));
            let changes = step
                .mutates
                .get(name)
                .is_some_and(|kind| *kind == Mutation::Own || !is_store);
            if changes && !is_store && !naming::changes_rows(statement, name) {
                break;
            }
        }
        let frames = BTreeSet::from([name.to_owned()]);
        let columns = columns_of(statements.into_iter(), &frames);
        let read = columns.read.get(name).cloned().unwrap_or_default();
        if read.len() > MOST {
            BTreeSet::new()
        } else {
            read.into_iter().collect()
        }
    }
}

/// `parse_dates=["day"]`: the columns keep their names.
fn is_list_of_dates(keyword: &ast::Keyword) -> bool {
    let is_it = keyword.arg.as_ref().is_some_and(|it| it == "parse_dates");
    let list = keyword.value.as_list_expr();
    is_it && list.is_some_and(|it| it.elts.iter().all(Expr::is_string_literal_expr))
}

/// `df["a"]` as a target, with columns that are written down.
fn is_column_of(target: &Expr, frame: &str) -> bool {
    let Expr::Subscript(subscript) = target else {
        return false;
    };
    let is_named = match &*subscript.slice {
        Expr::StringLiteral(_) => true,
        Expr::List(list) => list.elts.iter().all(Expr::is_string_literal_expr),
        _ => false,
    };
    let base = subscript.value.as_name_expr();
    is_named && base.is_some_and(|name| name.id.as_str() == frame)
}

fn constant_name(noun: &str) -> String {
    format!("{}_COLUMNS", naming::slug(noun).to_uppercase())
}
