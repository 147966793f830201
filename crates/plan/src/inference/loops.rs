//! Loops over columns in the slice: each column has an encoder of its own, and values of its own that fill gaps.

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::{Refusal, Slicer, method_call, refuse};
use crate::rowwise::{Need, Rows};

/// One loop over columns, while it is taken over.
struct Columns<'a> {
    variable: &'a str,
    /// Where training keeps one encoder, or one value, a column.
    encoders: Option<String>,
    values: Option<String>,
    need: Need,
    lines: Vec<String>,
}

impl Slicer<'_> {
    /// `for column in columns: rows[column] = encoder.fit_transform(rows[column])`
    pub(super) fn columns_in_turn(
        &mut self,
        unit: UnitId,
        statement: &ast::StmtFor,
    ) -> Result<(), Refusal> {
        let range = self.program.units()[unit.index()].range;
        let Expr::Name(variable) = &*statement.target else {
            return refuse(range, "is no plain loop over columns");
        };
        if !statement.orelse.is_empty() || statement.is_async {
            return refuse(range, "is no plain loop over columns");
        }
        let mut columns = Columns {
            variable: variable.id.as_str(),
            encoders: None,
            values: None,
            need: Need::default(),
            lines: Vec::new(),
        };
        let items = self.items(unit, &statement.iter, &mut columns.need)?;
        for inner in &statement.body {
            self.inner(inner, &mut columns)?;
        }
        let stores = [&columns.encoders, &columns.values];
        for name in stores.into_iter().flatten() {
            self.before.push((unit, format!("{name} = {{}}")));
            self.stored.insert(name.clone(), None);
        }
        if columns.encoders.is_some() {
            self.before.push((unit, "import copy".to_owned()));
        }
        let body = if columns.lines.is_empty() {
            "pass".to_owned()
        } else {
            columns.lines.join("\n    ")
        };
        let text = format!("for {} in {items}:\n    {body}", columns.variable);
        self.take(columns.need, unit, text);
        Ok(())
    }

    /// The columns as the slice writes them: those that depend on the rows are stored by training.
    fn items(&mut self, unit: UnitId, items: &Expr, need: &mut Need) -> Result<String, Refusal> {
        let text = self.program.text(items.range()).to_owned();
        let is_text = |it: &Expr| it.is_string_literal_expr();
        match items {
            Expr::List(it) if it.elts.iter().all(is_text) => return Ok(text),
            Expr::Tuple(it) if it.elts.iter().all(is_text) => return Ok(text),
            Expr::Name(it) if self.is_constant(&it.id) => {
                need.constants.insert(it.id.to_string());
                return Ok(text);
            }
            _ => {}
        }
        let mut calls = self.graph.calls_in(items.range());
        if !calls.all(|call| call.effects.is_pure() && !call.mutates_other) {
            return refuse(items.range(), "is not known to name columns alone");
        }
        let name = self.fresh("looped_columns");
        self.before.push((unit, format!("{name} = list({text})")));
        self.stored.insert(name.clone(), None);
        Ok(name)
    }

    /// One statement of the loop.
    fn inner(&mut self, statement: &Stmt, columns: &mut Columns<'_>) -> Result<(), Refusal> {
        let no = || refuse(statement.range(), "does more to the rows than is known");
        match statement {
            Stmt::Assign(assign) => match &assign.targets[..] {
                // `encoder = LabelEncoder()`: training made it.
                [Expr::Name(name)] if !self.wanted.contains(name.id.as_str()) => {
                    let is_new = assign.value.as_call_expr().is_some_and(|call| {
                        let named = call.arguments.keywords.iter().map(|it| &it.value);
                        let mut given = call.arguments.args.iter().chain(named);
                        self.is_class(&call.func) && given.all(Expr::is_literal_expr)
                    });
                    if is_new { Ok(()) } else { no() }
                }
                [Expr::Subscript(target)] => {
                    let Expr::Name(base) = &*target.value else {
                        return no();
                    };
                    let is_column = matches!(&*target.slice, Expr::Name(it) if it.id.as_str() == columns.variable);
                    let is_wanted = self.wanted.contains(base.id.as_str());
                    match (is_wanted, is_column) {
                        // `encoders[column] = encoder`: the author keeps them as well.
                        (false, true) if assign.value.is_name_expr() => Ok(()),
                        (true, true) => {
                            self.inner_column(statement, &base.id, &assign.value, columns)
                        }
                        _ => no(),
                    }
                }
                _ => no(),
            },
            Stmt::Expr(it) => {
                let is_fit = method_call(&it.value, &["fit"]).is_some_and(|(_, argument)| {
                    let mut need = Need::default();
                    self.judge_column(argument, columns.variable, &mut need)
                });
                let prints = self.graph.call_at(it.value.range()).is_some_and(|call| {
                    call.callee == srcify_effects::Callee::Library("print".to_owned())
                });
                if is_fit || prints { Ok(()) } else { no() }
            }
            _ => no(),
        }
    }

    /// `rows[column] = …`
    fn inner_column(
        &mut self,
        statement: &Stmt,
        base: &str,
        value: &Expr,
        columns: &mut Columns<'_>,
    ) -> Result<(), Refusal> {
        let variable = columns.variable;
        columns.need.frames.insert(base.to_owned());
        let encoded = method_call(value, &["fit_transform", "transform"])
            .filter(|(receiver, _)| !self.wanted.contains(receiver));
        if let Some((encoder, argument)) = encoded {
            let mut need = Need::default();
            if !self.judge_column(argument, variable, &mut need) || !need.statistics.is_empty() {
                return refuse(argument.range(), "is not known to treat each row alone");
            }
            columns.need.merge(need);
            if columns.encoders.is_some() {
                return refuse(statement.range(), "encodes a column twice");
            }
            let store = self.fresh("encoders");
            let indent = self.indent(statement)?;
            let keep = format!("\n{indent}{store}[{variable}] = copy.deepcopy({encoder})");
            let after = TextRange::empty(statement.range().end());
            self.nested.push((after, keep));
            let argument = self.program.text(argument.range());
            columns.lines.push(format!(
                "{base}[{variable}] = {store}[{variable}].transform({argument})"
            ));
            columns.encoders = Some(store);
            return Ok(());
        }
        let mut need = Need::default();
        if !self.judge_column(value, variable, &mut need) {
            return refuse(value.range(), "is not known to treat each row alone");
        }
        let mut text = self.program.text(statement.range()).to_owned();
        if let [range] = need.statistics[..] {
            if columns.values.is_some() {
                return refuse(
                    range,
                    "is computed of all rows, and not the only such value",
                );
            }
            let store = self.fresh("fill_values");
            let indent = self.indent(statement)?;
            let own = self.program.text(range).to_owned();
            let before = TextRange::empty(statement.range().start());
            self.nested
                .push((before, format!("{store}[{variable}] = {own}\n{indent}")));
            let from = usize::from(range.start() - statement.range().start());
            text.replace_range(from..from + own.len(), &format!("{store}[{variable}]"));
            columns.values = Some(store);
        } else if let Some(range) = need.statistics.first() {
            return refuse(
                *range,
                "is computed of all rows, and not the only such value",
            );
        }
        need.statistics.clear();
        columns.need.merge(need);
        columns.lines.push(text.replace('\n', "\n    "));
        Ok(())
    }

    /// Whether an expression treats each row alone, where the loop's variable is a constant.
    fn judge_column(&self, expression: &Expr, variable: &str, need: &mut Need) -> bool {
        let is_constant = |name: &str| name == variable || self.is_constant(name);
        let is_fitted = |name: &str| self.is_fitted(name);
        let of_element = |function: &Expr| self.of_element(function, Self::depth());
        let of_rows = |name: &str| self.of_rows(name, false, Self::depth());
        let rows = Rows {
            program: self.program,
            imports: &self.graph.imports,
            is_constant: &is_constant,
            is_fitted: &is_fitted,
            of_element: &of_element,
            own: &of_rows,
        };
        let is_fine = rows.judge(expression, need).is_ok();
        need.constants.remove(variable);
        is_fine
    }

    /// Whether an expression names a class of a library.
    fn is_class(&self, function: &Expr) -> bool {
        let text = self.program.text(function.range());
        let root = text.split('.').next().unwrap_or(text);
        let last = text.rsplit('.').next().unwrap_or(text);
        self.graph.imports.contains_key(root) && last.starts_with(char::is_uppercase)
    }

    /// What stands before a statement on its line.
    fn indent(&self, statement: &Stmt) -> Result<String, Refusal> {
        let text = &self.program.source.text;
        let at = usize::from(statement.range().start());
        let line = text[..at].rfind('\n').map_or(0, |it| it + 1);
        let before = &text[line..at];
        if before.trim().is_empty() {
            Ok(before.to_owned())
        } else {
            refuse(statement.range(), "stands beside another statement")
        }
    }
}
