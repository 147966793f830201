//! Columns of labels, which new rows do not have, and rows that are left out.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, UnitId};

use super::candidates::bound;
use super::{Slicer, in_place};
use crate::rowwise::{Need, is_of_all_rows};
use crate::steps::constant_assignment;

/// What the statements of the slice do with columns, from the end to where it has come.
#[derive(Debug, Default)]
pub(super) struct Columns {
    read: BTreeSet<String>,
    dropped: BTreeSet<String>,
    /// Some are picked out by name.
    are_picked: bool,
}

/// The columns that models are fitted to: those of `y` in `model.fit(x, y)` and `train_test_split(x, y)`.
pub(super) fn labels(program: &Program) -> BTreeSet<String> {
    let statements = || program.units().iter().map(|it| program.statement(it.id));
    let mut fits = Fits(Vec::new());
    statements().for_each(|it| fits.visit_stmt(it));
    let mut found = BTreeSet::new();
    for labels in fits.0 {
        found.extend(columns_of(labels));
        let Expr::Name(name) = labels else { continue };
        let bindings = statements().filter_map(bound);
        for (_, value) in bindings.filter(|(it, _)| *it == name.id.as_str()) {
            found.extend(columns_of(value));
        }
    }
    found
}

impl Slicer<'_> {
    /// Whether a statement does nothing that new rows need: it treats labels, or leaves out rows by them.
    pub(super) fn treats_labels(&self, unit: UnitId) -> bool {
        let is_unread = |column: &String| {
            let columns = &self.columns;
            self.labels.contains(column)
                && !columns.read.contains(column)
                && (columns.are_picked || columns.dropped.contains(column))
        };
        match self.program.statement(unit) {
            Stmt::Assign(it) => match &it.targets[..] {
                [Expr::Subscript(target)] if target.value.is_name_expr() => {
                    text_of(&target.slice).is_some_and(|column| is_unread(&column))
                }
                [Expr::Name(name)] => {
                    let rows = leaves_out_of(&it.value);
                    rows == Some(name.id.as_str())
                        && columns_deciding(&it.value).is_some_and(|all| all.iter().all(is_unread))
                }
                _ => false,
            },
            Stmt::AugAssign(it) => it.target.as_subscript_expr().is_some_and(|target| {
                let column = text_of(&target.slice).filter(|_| target.value.is_name_expr());
                column.is_some_and(|column| is_unread(&column))
            }),
            Stmt::Expr(it) => {
                in_place(&it.value).is_some()
                    && leaves_out_of(&it.value).is_some()
                    && columns_deciding(&it.value).is_some_and(|all| all.iter().all(is_unread))
            }
            _ => false,
        }
    }

    /// Notes what a statement of the slice, or a part of one, does with columns; its text, where it does not ask for labels that
    /// it drops.
    pub(super) fn note_columns(
        &mut self,
        unit: UnitId,
        part: Option<&Expr>,
        need: &Need,
        mut text: String,
    ) -> String {
        let is_constant = |name: &str| self.is_constant(name);
        let mut uses = Uses {
            is_constant: &is_constant,
            columns: Columns::default(),
            drops: Vec::new(),
        };
        match part {
            Some(part) => uses.visit_expr(part),
            None => uses.visit_stmt(self.program.statement(unit)),
        }
        let drops = std::mem::take(&mut uses.drops);
        for name in &need.functions {
            if let Some((_, definition)) = self.function(name) {
                definition.body.iter().for_each(|it| uses.visit_stmt(it));
            }
        }
        let all = self.program.units();
        let values = all
            .iter()
            .filter_map(|it| constant_assignment(self.program.statement(it.id)));
        for (_, value) in values.filter(|(name, _)| need.constants.contains(*name)) {
            uses.visit_expr(value);
        }
        let Columns {
            read,
            dropped,
            are_picked,
        } = uses.columns;
        for call in drops {
            let known = columns_dropped(call);
            if call.arguments.find_keyword("errors").is_some()
                || !known.iter().any(|it| self.labels.contains(it))
            {
                continue;
            }
            let given = self.program.text(call.arguments.range);
            let open = given.trim_end_matches(')').trim_end().trim_end_matches(',');
            text = text.replacen(given, &format!("{open}, errors=\"ignore\")"), 1);
        }
        self.columns.read.extend(read);
        self.columns.dropped.extend(dropped);
        self.columns.are_picked |= are_picked;
        text
    }

    /// The author's functions that an expression calls.
    pub(super) fn called(&self, expression: &Expr) -> Vec<&ast::StmtFunctionDef> {
        let mut calls = Called(Vec::new());
        calls.visit_expr(expression);
        let names = calls.0.into_iter();
        names
            .filter_map(|name| Some(self.function(name)?.1))
            .collect()
    }
}

/// Whether an expression gives fewer rows than it is given.
pub(super) fn leaves_rows_out(expression: &Expr) -> bool {
    let mut search = LeavesOut(false);
    search.visit_expr(expression);
    search.0
}

pub(super) fn statement_leaves_rows_out(statement: &Stmt) -> bool {
    let mut search = LeavesOut(false);
    search.visit_stmt(statement);
    search.0
}

/// The frame of `rows.dropna(…)` and `rows[mask]`.
fn leaves_out_of(value: &Expr) -> Option<&str> {
    let rows = match value {
        Expr::Call(call) => {
            let method = call.func.as_attribute_expr()?;
            (method.attr.as_str() == "dropna").then_some(&*method.value)?
        }
        Expr::Subscript(it) if is_mask(&it.slice) => &*it.value,
        _ => return None,
    };
    Some(rows.as_name_expr()?.id.as_str())
}

/// The columns that decide which rows stay.
fn columns_deciding(value: &Expr) -> Option<BTreeSet<String>> {
    let found = match value {
        Expr::Call(call) => texts_of(&call.arguments.find_keyword("subset")?.value)?,
        Expr::Subscript(it) => columns_of(&it.slice),
        _ => return None,
    };
    (!found.is_empty()).then_some(found)
}

/// The columns that `rows.drop(columns=["left"])` and `rows.drop("left", axis=1)` name.
fn columns_dropped(call: &ast::ExprCall) -> BTreeSet<String> {
    let named = call.arguments.find_keyword("columns").map(|it| &it.value);
    let first = call.arguments.args.first().filter(|_| names_columns(call));
    named.or(first).and_then(texts_of).unwrap_or_default()
}

/// Whether `drop` drops columns, and no rows.
pub(crate) fn names_columns(call: &ast::ExprCall) -> bool {
    let axis = call.arguments.find_argument_value("axis", 1);
    let is_columns = |it: &Expr| match it {
        Expr::StringLiteral(text) => text.value.to_str() == "columns",
        Expr::NumberLiteral(number) => {
            matches!(&number.value, ast::Number::Int(one) if *one == 1u8)
        }
        _ => false,
    };
    let has_rows = call.arguments.find_keyword("index").is_some();
    let by_axis = axis.is_some_and(is_columns) && !call.arguments.args.is_empty()
        || axis.is_some_and(is_columns) && call.arguments.find_keyword("labels").is_some();
    let by_name =
        call.arguments.find_keyword("columns").is_some() && call.arguments.args.is_empty();
    !has_rows && (by_axis || by_name)
}

fn text_of(expression: &Expr) -> Option<String> {
    Some(
        expression
            .as_string_literal_expr()?
            .value
            .to_str()
            .to_owned(),
    )
}

/// One text, or a list of texts.
fn texts_of(expression: &Expr) -> Option<BTreeSet<String>> {
    match expression {
        Expr::List(list) => list.elts.iter().map(text_of).collect(),
        other => Some(BTreeSet::from([text_of(other)?])),
    }
}

/// `rows["age"] > 3`, `~mask`, `a & b`, `rows["age"].notna()`: which rows stay.
fn is_mask(slice: &Expr) -> bool {
    match slice {
        Expr::Compare(_) | Expr::UnaryOp(_) | Expr::BinOp(_) | Expr::Call(_) => true,
        Expr::Tuple(pair) => pair.elts.first().is_some_and(is_mask),
        _ => false,
    }
}

/// The columns that an expression reads: `rows["left"]`, `rows.left`, `rows.pop("left")`.
fn columns_of(expression: &Expr) -> BTreeSet<String> {
    struct Read(BTreeSet<String>);
    impl<'e> Visitor<'e> for Read {
        fn visit_expr(&mut self, expression: &'e Expr) {
            match expression {
                Expr::Subscript(it) => self.0.extend(texts_of(&it.slice).unwrap_or_default()),
                Expr::Attribute(it) if it.value.is_name_expr() => {
                    self.0.insert(it.attr.to_string());
                }
                Expr::Call(call) => {
                    let method = call.func.as_attribute_expr();
                    if method.is_some_and(|it| it.attr.as_str() == "pop") {
                        self.0.extend(call.arguments.args.first().and_then(text_of));
                    }
                    if method.is_some_and(|it| it.value.is_name_expr()) {
                        // The name of a method is no column.
                        call.arguments
                            .args
                            .iter()
                            .for_each(|it| self.visit_expr(it));
                        return;
                    }
                }
                _ => {}
            }
            walk_expr(self, expression);
        }
    }
    let mut read = Read(BTreeSet::new());
    read.visit_expr(expression);
    read.0
}

/// The labels of calls that fit or split.
struct Fits<'e>(Vec<&'e Expr>);

impl<'e> Visitor<'e> for Fits<'e> {
    fn visit_expr(&mut self, expression: &'e Expr) {
        if let Expr::Call(call) = expression {
            let name = match &*call.func {
                Expr::Attribute(it) => it.attr.as_str(),
                Expr::Name(it) => it.id.as_str(),
                _ => "",
            };
            if matches!(name, "fit" | "fit_transform" | "train_test_split") {
                self.0.extend(call.arguments.find_argument_value("y", 1));
            }
        }
        walk_expr(self, expression);
    }
}

struct Called<'e>(Vec<&'e str>);

impl<'e> Visitor<'e> for Called<'e> {
    fn visit_expr(&mut self, expression: &'e Expr) {
        if let Expr::Call(call) = expression
            && let Expr::Name(name) = &*call.func
        {
            self.0.push(name.id.as_str());
        }
        walk_expr(self, expression);
    }
}

struct LeavesOut(bool);

impl<'e> Visitor<'e> for LeavesOut {
    fn visit_expr(&mut self, expression: &'e Expr) {
        match expression {
            // One value, of as many rows as it likes.
            _ if is_of_all_rows(expression) => return,
            Expr::Call(call) => {
                let method = call.func.as_attribute_expr();
                let name = method.map(|it| it.attr.as_str());
                self.0 |= matches!(name, Some("dropna" | "drop_duplicates"));
            }
            // `rows.loc[mask, "age"] = 3` leaves all of them.
            Expr::Subscript(it) if it.ctx.is_load() => self.0 |= is_mask(&it.slice),
            _ => {}
        }
        walk_expr(self, expression);
    }
}

/// What a statement does with columns.
struct Uses<'s, 'e> {
    is_constant: &'s dyn Fn(&str) -> bool,
    columns: Columns,
    drops: Vec<&'e ast::ExprCall>,
}

impl<'e> Visitor<'e> for Uses<'_, 'e> {
    fn visit_stmt(&mut self, statement: &'e Stmt) {
        if let Stmt::Assign(assign) = statement
            && let [Expr::Subscript(target)] = &assign.targets[..]
            && target.slice.is_string_literal_expr()
        {
            // The column is written.
            self.visit_expr(&assign.value);
            return;
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'e Expr) {
        match expression {
            Expr::StringLiteral(_) => self.columns.read.extend(text_of(expression)),
            Expr::Attribute(it) => {
                self.columns.read.insert(it.attr.to_string());
            }
            Expr::Subscript(it) => {
                let picks = match &*it.slice {
                    Expr::List(_) => true,
                    Expr::Name(name) => (self.is_constant)(&name.id),
                    _ => false,
                };
                self.columns.are_picked |= picks && it.value.is_name_expr();
            }
            Expr::Call(call) => {
                let method = call.func.as_attribute_expr();
                if let Some(method) = method.filter(|it| it.attr.as_str() == "drop")
                    && names_columns(call)
                {
                    self.columns.dropped.extend(columns_dropped(call));
                    self.drops.push(call);
                    self.visit_expr(&method.value);
                    return;
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
