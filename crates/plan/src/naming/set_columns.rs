//! Names for functions that set columns of a table, and do no more.

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged};

use super::functions::Passage;
use super::{slug, snake};

/// The columns that some statements set, in the order in which they come.
#[derive(Debug, Default)]
pub(crate) struct ColumnsSet {
    /// Names of columns, and whether the new value is made of the old one.
    columns: Vec<(String, bool)>,
    /// What the last values are made with, by the names of methods.
    methods: Vec<String>,
}

/// Columns that a name lists.
const LISTED: usize = 3;
/// Letters of such a name.
const LENGTH: usize = 36;

/// Methods that name a change of one column better than "update".
const VERBS: &[(&str, &str)] = &[
    ("map", "encode"),
    ("factorize", "encode"),
    ("fit_transform", "transform"),
    ("to_datetime", "parse"),
    ("to_numeric", "convert"),
    ("cut", "bin"),
    ("qcut", "bin"),
    ("replace", "replace"),
    ("fillna", "fill"),
    ("clip", "clip"),
    ("astype", "convert"),
];

impl ColumnsSet {
    /// Notes `table["column"] = value`; false for any other statement.
    pub(crate) fn note(&mut self, program: &Program, statement: &Stmt, table: &str) -> bool {
        let Stmt::Assign(assignment) = statement else {
            return false;
        };
        let value = program.text(assignment.value.range());
        self.methods.extend(methods_of(&assignment.value));
        assignment.targets.iter().all(|target| {
            let Some(column) = column_of(target, table) else {
                return false;
            };
            let reads_itself = value.contains(&format!("'{column}'"))
                || value.contains(&format!("\"{column}\""))
                || value.contains(&format!("{table}.{column}"));
            match self.columns.iter_mut().find(|it| it.0 == column) {
                Some(known) => known.1 |= reads_itself,
                None => self.columns.push((column, reads_itself)),
            }
            true
        })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        self.columns.iter().map(|it| &it.0)
    }

    /// `add` for new columns, `update` for those that are made of themselves, else `set`.
    pub(crate) fn verb(&self) -> &'static str {
        let old = self.columns.iter().filter(|it| it.1).count();
        match old {
            0 => "add",
            _ if old == self.columns.len() => "update",
            _ => "set",
        }
    }

    fn slugs(&self) -> Option<Vec<String>> {
        let slugs: Vec<String> = self.names().map(|it| slug(&snake(it))).collect();
        let are_words = slugs.iter().all(|it| it.is_ascii() && it.len() > 1);
        (are_words && !slugs.is_empty()).then_some(slugs)
    }

    /// `add_age_and_rooms`
    pub(crate) fn name(&self) -> Option<String> {
        let slugs = self.slugs().filter(|it| it.len() <= LISTED)?;
        let (last, first) = slugs.split_last()?;
        let list = if first.is_empty() {
            last.clone()
        } else {
            format!("{}_and_{last}", first.join("_"))
        };
        let name = format!("{}_{list}", self.verb());
        (name.len() <= LENGTH).then_some(name)
    }

    /// Another name for when a function has that one: `encode_title` beside `update_title`, else `add_age_columns`.
    pub(crate) fn short_name(&self) -> Option<String> {
        let slugs = self.slugs()?;
        if slugs.len() > 1 {
            return Some(format!("{}_{}_columns", self.verb(), slugs[0]));
        }
        let verb = VERBS
            .iter()
            .find(|it| self.methods.iter().any(|method| method == it.0));
        verb.map(|it| format!("{}_{}", it.1, slugs[0]))
    }
}

/// The column in `table["column"]` and `table.loc[rows, "column"]`.
fn column_of(target: &Expr, table: &str) -> Option<String> {
    let subscript = target.as_subscript_expr()?;
    let is_table = |it: &Expr| {
        it.as_name_expr()
            .is_some_and(|name| name.id.as_str() == table)
    };
    let column = match (&*subscript.value, &*subscript.slice) {
        (Expr::Attribute(it), Expr::Tuple(pair)) => {
            let is_loc = it.attr.as_str() == "loc" && is_table(&it.value) && pair.elts.len() == 2;
            pair.elts.last().filter(|_| is_loc)?
        }
        (value, column) if is_table(value) => column,
        _ => return None,
    };
    column
        .as_string_literal_expr()
        .map(|it| it.value.to_str().to_owned())
}

/// The functions and methods that a value is made with, by their last names.
fn methods_of(value: &Expr) -> Vec<String> {
    let mut methods = Vec::new();
    let mut at = value;
    while let Expr::Call(ast::ExprCall { func, .. }) = at {
        let Expr::Attribute(attribute) = &**func else {
            break;
        };
        methods.push(attribute.attr.to_string());
        at = &attribute.value;
    }
    methods
}

/// Whether a method is one of a column: `table["age"].dropna`, `table.age.dropna`.
pub(super) fn is_of_column(function: &str) -> bool {
    let receiver = function.rsplit_once('.').map_or("", |it| it.0);
    let is_name = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == '_');
    receiver.ends_with(['\'', '"'])
        || receiver.ends_with("']")
        || receiver.ends_with("\"]")
        || receiver
            .split_once('.')
            .is_some_and(|(table, column)| is_name(table) && is_name(column))
}

impl Passage<'_> {
    /// The columns of a table that the statements set, where they do no more.
    pub(super) fn set_columns(&self, table: &str) -> Option<ColumnsSet> {
        let mut set = ColumnsSet::default();
        let mut statements = self.units.iter().map(|unit| self.program.statement(*unit));
        let is_all = statements.all(|it| set.note(self.program, it, table));
        (is_all && !set.columns.is_empty()).then_some(set)
    }

    /// A name for the only statement, a call of a method of the table: `reset_index`, `explode_orders`.
    pub(super) fn only_method(&self, table: &str, noun: &str) -> Option<String> {
        let [unit] = self.units else {
            return None;
        };
        let value = match self.program.statement(*unit) {
            Stmt::Expr(it) => &it.value,
            Stmt::Assign(it) => &it.value,
            _ => return None,
        };
        let method = value.as_call_expr()?.func.as_attribute_expr()?;
        let is_own = method
            .value
            .as_name_expr()
            .is_some_and(|it| it.id.as_str() == table);
        match method.attr.as_str() {
            it @ ("reset_index" | "set_index" | "sort_index" | "rename_axis") => {
                Some(it.to_owned())
            }
            it @ ("explode" | "melt" | "pivot" | "stack" | "unstack" | "transpose" | "clip") => {
                Some(format!("{it}_{noun}"))
            }
            _ => None,
        }
        .filter(|_| is_own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, name: Option<&str>, short: Option<&str>) {
        let source = srcify_syntax::read("a.py".into(), code.as_bytes()).expect("it is text");
        let program = srcify_syntax::parse(source.output).output;
        let mut set = ColumnsSet::default();
        for unit in program.units() {
            set.note(&program, program.statement(unit.id), "df");
        }
        assert_eq!(set.name().as_deref(), name, "{code}");
        assert_eq!(set.short_name().as_deref(), short, "{code}");
    }

    #[test]
    fn columns_that_are_set_name_the_function() {
        check(
            "df['ageGroup'] = df['x'] // 10\n",
            Some("add_age_group"),
            None,
        );
        check(
            "df['a1'] = df['x']\ndf.loc[df['x'] > 0, 'b1'] = 1\n",
            Some("add_a1_and_b1"),
            Some("add_a1_columns"),
        );
        check(
            "df['title'] = df['title'].map(m).fillna(0)\n",
            Some("update_title"),
            Some("encode_title"),
        );
        check("df['a'] = 1\n", None, None);
    }
}
