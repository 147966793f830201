//! The columns that statements read from frames, and those that they add.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};

/// Columns by the variable that holds the frame, in the order of their first use.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// Columns that must be there.
    pub read: BTreeMap<String, Vec<String>>,
    /// Columns that the statements add or replace.
    pub added: BTreeMap<String, Vec<String>>,
}

/// Finds the columns of `frames` in statements that run one after the other.
pub(crate) fn columns_of<'a>(
    statements: impl Iterator<Item = &'a Stmt>,
    frames: &BTreeSet<String>,
) -> Columns {
    let mut finder = Finder {
        open: frames.clone(),
        columns: Columns::default(),
        depth: 0,
    };
    for statement in statements {
        finder.visit_stmt(statement);
    }
    finder.columns
}

/// Methods whose result has the columns of their frame.
const KEEPS_COLUMNS: &[&str] = &[
    "copy",
    "dropna",
    "drop_duplicates",
    "fillna",
    "sort_values",
    "sort_index",
    "query",
    "astype",
    "head",
    "tail",
    "sample",
    "ffill",
    "bfill",
    "replace",
    "where",
    "clip",
    "assign",
    "interpolate",
    // What it leaves has the names that it had.
    "drop",
];

/// Methods whose argument, or an argument of theirs by this name, names columns.
const TAKES_COLUMNS: &[(&str, &[&str], bool)] = &[
    ("groupby", &["by"], true),
    ("drop_duplicates", &["subset"], true),
    ("dropna", &["subset"], false),
    ("sort_values", &["by"], true),
    ("set_index", &["keys"], true),
    ("nlargest", &["columns"], false),
    ("explode", &["column"], true),
    ("pivot_table", &["index", "columns", "values"], false),
    ("melt", &["id_vars", "value_vars"], false),
];

/// Attributes of a frame that are no columns, and no methods either.
const OWN_ATTRIBUTES: &[&str] = &[
    "T", "at", "attrs", "axes", "columns", "dtypes", "empty", "flags", "iat", "iloc", "index",
    "loc", "ndim", "plot", "shape", "size", "sparse", "style", "values",
];

/// What columns have, and neither the parts of a frame nor what libraries add to frames.
const OF_COLUMNS: &[&str] = &[
    "astype",
    "dt",
    "fillna",
    "isin",
    "isna",
    "isnull",
    "map",
    "max",
    "mean",
    "median",
    "min",
    "notna",
    "notnull",
    "nunique",
    "quantile",
    "shift",
    "std",
    "str",
    "sum",
    "tolist",
    "unique",
    "value_counts",
    "var",
];

/// The frame and the column of `df.price`, where it is one.
fn attribute_column(expression: &Expr) -> Option<(&str, &str)> {
    let attribute = expression.as_attribute_expr()?;
    let frame = attribute.value.as_name_expr()?;
    let column = attribute.attr.as_str();
    let is_column = !OWN_ATTRIBUTES.contains(&column) && !column.starts_with('_');
    is_column.then_some((frame.id.as_str(), column))
}

struct Finder {
    /// Frames whose columns are still those that came in, or were added here.
    open: BTreeSet<String>,
    columns: Columns,
    /// Inside functions and blocks that may not run.
    depth: u32,
}

impl Finder {
    fn read(&mut self, frame: &str, column: &str) {
        if self.depth > 0 || !self.open.contains(frame) {
            return;
        }
        let is_added = self
            .columns
            .added
            .get(frame)
            .is_some_and(|added| added.iter().any(|it| it == column));
        let read = self.columns.read.entry(frame.to_owned()).or_default();
        if !is_added && !read.iter().any(|it| it == column) {
            read.push(column.to_owned());
        }
    }

    fn add(&mut self, frame: &str, column: &str) {
        if !self.open.contains(frame) {
            return;
        }
        let added = self.columns.added.entry(frame.to_owned()).or_default();
        if !added.iter().any(|it| it == column) {
            added.push(column.to_owned());
        }
    }

    /// What is added is not there any more.
    fn forget(&mut self, frame: &str, columns: &[String]) {
        if let Some(added) = self.columns.added.get_mut(frame) {
            added.retain(|it| !columns.contains(it));
        }
    }

    fn target(&mut self, target: &Expr, value: &Expr) {
        match target {
            Expr::Name(name) if self.open.contains(name.id.as_str()) => {
                if keeps_columns(value, &name.id) {
                    self.forget(&name.id, &dropped_again(value));
                } else {
                    self.open.remove(name.id.as_str());
                }
            }
            Expr::Subscript(subscript) => {
                let Some((frame, columns)) = selection(subscript) else {
                    // Columns that nobody can tell: `df[name] = …`.
                    if let Expr::Name(name) = &*subscript.value {
                        self.open.remove(name.id.as_str());
                    }
                    return self.visit_expr(target);
                };
                for column in columns {
                    self.add(&frame, &column);
                }
            }
            // `df.columns = […]`: other columns from here on.
            Expr::Attribute(attribute) => {
                if let Expr::Name(name) = &*attribute.value {
                    self.open.remove(name.id.as_str());
                }
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) => {
                for element in elts {
                    if let Expr::Name(name) = element {
                        self.open.remove(name.id.as_str());
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a statement changes the rows of a frame in place, or leaves columns out, and changes none of the others.
pub(crate) fn changes_rows(statement: &Stmt, frame: &str) -> bool {
    let call = statement
        .as_expr_stmt()
        .and_then(|it| it.value.as_call_expr());
    call.is_some_and(|call| {
        call.func.as_attribute_expr().is_some_and(|attribute| {
            let receiver = attribute.value.as_name_expr();
            receiver.is_some_and(|it| it.id.as_str() == frame)
                && changes_rows_by(call, &attribute.attr)
        })
    })
}

fn changes_rows_by(call: &ast::ExprCall, method: &str) -> bool {
    let is_true = |name: &str| {
        let value = call.arguments.find_keyword(name).map(|it| &it.value);
        value
            .and_then(Expr::as_boolean_literal_expr)
            .is_some_and(|it| it.value)
    };
    match method {
        "reset_index" => is_true("drop"),
        "dropna" => call.arguments.find_keyword("axis").is_none() && call.arguments.args.is_empty(),
        "sort_values" | "sort_index" | "drop_duplicates" | "fillna" | "drop" => true,
        _ => false,
    }
}

/// The columns that a call of `drop` leaves out, as far as they are written down.
fn dropped(call: &ast::ExprCall) -> Vec<String> {
    let arguments = &call.arguments;
    let named = |name: &str| arguments.find_keyword(name).map(|it| &it.value);
    let axis = named("axis").or_else(|| arguments.args.get(1));
    let is_of_columns = axis.is_some_and(|axis| match axis {
        Expr::StringLiteral(text) => text.value.to_str() == "columns",
        Expr::NumberLiteral(number) => number.value.as_int().and_then(ast::Int::as_u8) == Some(1),
        _ => false,
    });
    let labels = named("labels").or_else(|| arguments.args.first());
    let columns = named("columns").or_else(|| labels.filter(|_| is_of_columns));
    columns.and_then(names_in).unwrap_or_default()
}

/// The calls of `drop` that a frame is bound again to: `df = df.drop(columns="a").dropna()`.
fn dropped_again(value: &Expr) -> Vec<String> {
    let mut columns = Vec::new();
    let mut rest = value;
    while let Expr::Call(call) = rest
        && let Expr::Attribute(attribute) = &*call.func
    {
        if attribute.attr.as_str() == "drop" {
            columns.extend(dropped(call));
        }
        rest = &attribute.value;
    }
    columns
}

/// Whether a value is the frame of this name with the same columns or more.
fn keeps_columns(value: &Expr, name: &str) -> bool {
    match value {
        Expr::Name(it) => it.id.as_str() == name,
        Expr::Call(call) => call.func.as_attribute_expr().is_some_and(|attribute| {
            KEEPS_COLUMNS.contains(&attribute.attr.as_str())
                && keeps_columns(&attribute.value, name)
        }),
        // A mask: `df[df["a"] > 0]`.
        Expr::Subscript(subscript) => {
            matches!(
                &*subscript.slice,
                Expr::Compare(_) | Expr::BinOp(_) | Expr::UnaryOp(_)
            ) && keeps_columns(&subscript.value, name)
        }
        _ => false,
    }
}

/// The frame and the columns of `df["a"]`, `df[["a", "b"]]`, `df.loc[rows, "a"]`.
fn selection(subscript: &ast::ExprSubscript) -> Option<(String, Vec<String>)> {
    if let Expr::Name(name) = &*subscript.value {
        return Some((name.id.to_string(), names_in(&subscript.slice)?));
    }
    let attribute = subscript.value.as_attribute_expr()?;
    let frame = attribute.value.as_name_expr()?;
    let pair = subscript.slice.as_tuple_expr()?;
    let is_loc = attribute.attr.as_str() == "loc" && pair.elts.len() == 2;
    Some((
        frame.id.to_string(),
        names_in(pair.elts.get(1)?).filter(|_| is_loc)?,
    ))
}

/// The strings that an expression is, or lists.
fn names_in(expression: &Expr) -> Option<Vec<String>> {
    match expression {
        Expr::StringLiteral(text) => Some(vec![text.value.to_str().to_owned()]),
        Expr::List(ast::ExprList { elts, .. }) => elts
            .iter()
            .map(|element| {
                element
                    .as_string_literal_expr()
                    .map(|it| it.value.to_str().to_owned())
            })
            .collect(),
        _ => None,
    }
}

impl<'a> Visitor<'a> for Finder {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(assign) => {
                self.visit_expr(&assign.value);
                for target in &assign.targets {
                    self.target(target, &assign.value);
                }
            }
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            // What runs in `with` may be stopped halfway, without a word.
            Stmt::For(_)
            | Stmt::While(_)
            | Stmt::If(_)
            | Stmt::Try(_)
            | Stmt::Match(_)
            | Stmt::With(_) => {
                self.depth += 1;
                walk_stmt(self, statement);
                self.depth -= 1;
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::DictComp(_)
            | Expr::SetComp(_)
            | Expr::Generator(_)
            | Expr::If(_)
            | Expr::BoolOp(_) => return,
            Expr::Subscript(subscript) => {
                if let Some((frame, columns)) = selection(subscript) {
                    for column in columns {
                        self.read(&frame, &column);
                    }
                }
            }
            Expr::Call(call) => self.call(call),
            // What is calculated with or asked for its values is a column: `df.price * 2`, `df.price.mean()`.
            Expr::BinOp(operation) => {
                for operand in [&*operation.left, &*operation.right] {
                    self.operand(operand);
                }
            }
            Expr::UnaryOp(operation) => self.operand(&operation.operand),
            Expr::Compare(comparison) if comparison.comparators.len() == 1 => {
                self.operand(&comparison.left);
                self.operand(&comparison.comparators[0]);
            }
            Expr::Attribute(attribute) if OF_COLUMNS.contains(&attribute.attr.as_str()) => {
                self.operand(&attribute.value);
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

impl Finder {
    fn operand(&mut self, expression: &Expr) {
        if let Some((frame, column)) = attribute_column(expression) {
            self.read(frame, column);
        }
    }

    fn call(&mut self, call: &ast::ExprCall) {
        let Some(attribute) = call.func.as_attribute_expr() else {
            return;
        };
        let Some(frame) = attribute.value.as_name_expr() else {
            return;
        };
        let has = |name: &str| {
            let keywords = &call.arguments.keywords;
            keywords
                .iter()
                .any(|keyword| keyword.arg.as_ref().is_some_and(|it| it.as_str() == name))
        };
        let method = attribute.attr.as_str();
        if method == "assign" {
            let named = call
                .arguments
                .keywords
                .iter()
                .filter_map(|it| it.arg.as_ref());
            for name in named {
                self.add(frame.id.as_str(), name);
            }
        }
        let keeps =
            KEEPS_COLUMNS.contains(&method) && method != "assign" || changes_rows_by(call, method);
        if (has("inplace") && !keeps) || matches!(method, "insert" | "pop" | "update" | "eval") {
            self.open.remove(frame.id.as_str());
            return;
        }
        if has("errors") {
            return;
        }
        if method == "drop" {
            let columns = dropped(call);
            for column in &columns {
                self.read(&frame.id, column);
            }
            if has("inplace") {
                self.forget(&frame.id, &columns);
            }
            return;
        }
        self.named_columns(&frame.id, method, call);
    }

    /// The columns that are written down in arguments which name columns.
    fn named_columns(&mut self, frame: &str, method: &str, call: &ast::ExprCall) {
        let Some((_, parameters, by_position)) =
            TAKES_COLUMNS.iter().find(|(known, ..)| *known == method)
        else {
            return;
        };
        let positional = call.arguments.args.first().filter(|_| *by_position);
        let named = call.arguments.keywords.iter().filter(|keyword| {
            keyword
                .arg
                .as_ref()
                .is_some_and(|name| parameters.contains(&name.as_str()))
        });
        for value in positional
            .into_iter()
            .chain(named.map(|keyword| &keyword.value))
        {
            for column in names_in(value).unwrap_or_default() {
                self.read(frame, &column);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, read: &[&str], added: &[&str]) {
        let snippet = srcify_syntax::snippet(text);
        let frames = BTreeSet::from(["df".to_owned()]);
        let columns = columns_of(snippet.statements().iter(), &frames);
        assert_eq!(columns.read.get("df").cloned().unwrap_or_default(), read);
        assert_eq!(columns.added.get("df").cloned().unwrap_or_default(), added);
    }

    #[test]
    fn columns_are_read_before_they_are_added() {
        check(
            "df['a'] = df['b'] + 1\nx = df[['a', 'c']]",
            &["b", "c"],
            &["a"],
        );
        check(
            "df = df.dropna(subset=['a'])\ny = df['b']",
            &["a", "b"],
            &[],
        );
        check("df.groupby('g')['v'].mean()", &["g"], &[]);
        check(
            "df.drop(labels=df[df['t'] == 0].index, axis=0, inplace=True)\ndf.drop('id', axis=1, inplace=True)\ny = df['b']",
            &["t", "id", "b"],
            &[],
        );
        // A column that is left out again was none of the file.
        check(
            "df['a'] = df['b'] + 1\nx = df.drop(columns=['a'])\ndf = df.drop(columns=['a', 'c']).dropna()\ny = df['d']",
            &["b", "c", "d"],
            &[],
        );
        check(
            "df.drop([3, 4])\ndf.drop('x', errors='ignore', axis=1)",
            &[],
            &[],
        );
    }

    #[test]
    fn attributes_that_are_calculated_with_are_columns() {
        check(
            "df['t'] = df.qty * df.price\nx = df[df.age > 3]\ny = df.day.dt.year\nz = df.t.sum()",
            &["qty", "price", "age", "day"],
            &["t"],
        );
        check(
            "a = df.swifter.apply(f)\nb = df.T * 2\nc = df.columns.str.lower()\nd = df.size / 2\ne = df.mean()",
            &[],
            &[],
        );
        check("df.unit = 'm'\nx = df.unit + 'm'", &[], &[]);
        check("df = df.assign(a=1)\nx = df['a'] + df.b", &["b"], &["a"]);
        check(
            "df.reset_index(drop=True, inplace=True)\nx = df['a']",
            &["a"],
            &[],
        );
    }

    #[test]
    fn rows_change_in_place_without_the_columns() {
        let kept = [
            "df.reset_index(drop=True, inplace=True)",
            "df.dropna(inplace=True)",
            "df.sort_values('a')",
        ];
        let lost = [
            "df.reset_index(inplace=True)",
            "df.dropna(axis=1, inplace=True)",
            "df.insert(0, 'a', 1)",
            "other.dropna(inplace=True)",
        ];
        for (texts, expected) in [(&kept[..], true), (&lost[..], false)] {
            for text in texts {
                let snippet = srcify_syntax::snippet(text);
                assert_eq!(
                    changes_rows(&snippet.statements()[0], "df"),
                    expected,
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn what_may_not_run_needs_nothing() {
        check(
            "if flag:\n    x = df['a']\ny = df['b'] if flag else None",
            &[],
            &[],
        );
        check("df = df.merge(other)\nx = df['a']", &[], &[]);
        check("df[name] = 1\nx = df['a']", &[], &[]);
        check("with suppress(KeyError):\n    x = df['a']", &[], &[]);
        check("x = df.loc[df['a'] > 0, 'b']", &["b", "a"], &[]);
    }
}
