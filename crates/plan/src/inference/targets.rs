//! Statements of the slice by what they bind or change: pairs, columns, names of columns, parts of the rows.

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange, UnitId};

use srcify_effects::Callee;

use super::candidates::{column_target, only_names_columns};
use super::{Refusal, Slicer, fit_transform, refuse, without_duplicates, words};
use crate::rowwise::Need;

impl Slicer<'_> {
    /// `rows, labels = …, …`
    pub(super) fn pairs(&mut self, unit: UnitId, pairs: &[(&str, &Expr)]) -> Result<(), Refusal> {
        let wanted: Vec<&(&str, &Expr)> = pairs
            .iter()
            .filter(|(name, _)| self.wanted.contains(*name))
            .collect();
        // The values are there before any name is bound.
        let names: Vec<&str> = pairs.iter().map(|it| it.0).collect();
        let mut needs = Vec::new();
        for (name, value) in wanted {
            let mut need = Need::default();
            if let Err(part) = self.judge(value, &mut need) {
                return refuse(part, "is not known to treat each row alone");
            }
            if let Some(other) = need.frames.iter().find(|it| names.contains(&it.as_str())) {
                return refuse(
                    value.range(),
                    &format!("binds `{other}` beside what it reads it for"),
                );
            }
            needs.push((need, *name, *value));
        }
        for (_, name, _) in &needs {
            self.wanted.remove(*name);
        }
        for (need, name, value) in needs {
            self.take_part(need, unit, name, value)?;
        }
        Ok(())
    }

    /// The text of a statement that fits and transforms, where it only transforms: with a copy of what it fits, should
    /// that be fitted again.
    pub(super) fn applying(
        &mut self,
        unit: UnitId,
        fitted: String,
        text: &str,
        need: &mut Need,
    ) -> String {
        let text = text.replacen(".fit_transform(", ".transform(", 1);
        let units = self.program.units();
        let is_once = !units
            .iter()
            .any(|it| it.id != unit && self.fits_within(it.range, &fitted));
        if is_once {
            need.fitted.insert(fitted);
            return text;
        }
        let kept = self.fresh(&format!("fitted_{fitted}"));
        let copy = format!("import copy\n{kept} = copy.deepcopy({fitted})");
        self.after.push((unit, copy));
        self.stored.insert(kept.clone(), None);
        let (old, new) = (format!("{fitted}.transform("), format!("{kept}.transform("));
        text.replacen(&old, &new, 1)
    }

    /// Whether a part of the program fits an object.
    pub(super) fn fits_within(&self, range: TextRange, name: &str) -> bool {
        self.graph.calls_in(range).any(|call| {
            let function = self.program.text(call.function);
            let method = function
                .strip_prefix(name)
                .and_then(|it| it.strip_prefix('.'));
            matches!(
                method,
                Some("fit" | "fit_transform" | "fit_predict" | "partial_fit")
            )
        })
    }

    /// `rows.columns = […]`: names that are made of the old ones.
    pub(super) fn renamed(
        &mut self,
        unit: UnitId,
        target: &ast::ExprAttribute,
        value: &Expr,
        text: String,
    ) -> Result<(), Refusal> {
        let range = self.program.units()[unit.index()].range;
        let frame = target.value.as_name_expr().map(|it| it.id.as_str());
        let is_constant = |name: &str| self.is_constant(name);
        let is_known = target.attr.as_str() == "columns"
            && frame.is_some_and(|frame| only_names_columns(value, frame, &is_constant));
        if !is_known {
            return refuse(range, "changes rows in a way that is not known");
        }
        let used = words(self.program.text(value.range()));
        let constants: Vec<String> = used
            .filter(|it| self.is_constant(it))
            .map(str::to_owned)
            .collect();
        let need = Need {
            constants: constants.into_iter().collect(),
            ..Need::default()
        };
        self.take(need, unit, text);
        Ok(())
    }

    /// `a, b, c, d = train_test_split(x, y)`: all rows go through.
    pub(super) fn split(
        &mut self,
        unit: UnitId,
        targets: &ast::ExprTuple,
        value: &Expr,
    ) -> Result<(), Refusal> {
        let call = self
            .graph
            .calls
            .iter()
            .find(|call| call.range == value.range());
        let is_split = call.is_some_and(|call| {
            matches!(&call.callee, Callee::Library(name) if name.ends_with(".train_test_split"))
        });
        let Some(call) = value.as_call_expr().filter(|_| is_split) else {
            return refuse(value.range(), "binds several things at once");
        };
        let mut lines = Vec::new();
        let mut need = Need::default();
        for (index, target) in targets.elts.iter().enumerate() {
            let Expr::Name(name) = target else { continue };
            if !self.wanted.remove(name.id.as_str()) {
                continue;
            }
            let Some(argument) = call.arguments.args.get(index / 2) else {
                return refuse(value.range(), "splits what has no name");
            };
            if let Err(part) = self.judge(argument, &mut need) {
                return refuse(part, "is not known to treat each row alone");
            }
            lines.push(format!(
                "{} = {}",
                name.id,
                self.program.text(argument.range())
            ));
        }
        if let Some(range) = need.statistics.first() {
            return refuse(*range, "is computed of all rows inside another statement");
        }
        if lines.len() > 1 {
            return refuse(value.range(), "gives both parts of the rows");
        }
        self.take(need, unit, lines.join("\n"));
        Ok(())
    }

    /// `rows["x"] = …`: the rows are wanted before as well.
    pub(super) fn column(
        &mut self,
        unit: UnitId,
        target: &ast::ExprSubscript,
        value: &Expr,
        text: String,
    ) -> Result<(), Refusal> {
        let range = self.program.units()[unit.index()].range;
        let is_constant = |name: &str| self.is_constant(name);
        let Some(mut parts) = column_target(target, &is_constant) else {
            return refuse(range, "changes rows in a way that is not known");
        };
        if let Some((fitted, argument)) = fit_transform(value).filter(|(it, _)| self.is_fitted(it))
        {
            let mut need = Need::default();
            parts.push(argument);
            for part in parts {
                if let Err(part) = self.judge(part, &mut need) {
                    return refuse(part, "is not known to treat each row alone");
                }
            }
            let text = self.applying(unit, fitted, &text, &mut need);
            self.take(need, unit, text);
            return Ok(());
        }
        parts.push(value);
        let mut need = Need::default();
        for part in parts {
            if let Err(part) = self.judge(part, &mut need) {
                return refuse(part, "is not known to treat each row alone");
            }
        }
        self.take(need, unit, text);
        Ok(())
    }

    /// `labels = rows.pop("left")`: the column goes, where it is there.
    pub(super) fn popped(&mut self, unit: UnitId, value: &Expr) -> Result<(), Refusal> {
        let mut search = Pops(Vec::new());
        search.visit_expr(value);
        let [(frame, column)] = &search.0[..] else {
            let range = self.program.units()[unit.index()].range;
            return refuse(range, "changes rows in a way that is not known");
        };
        let step = &self.steps[unit.index()];
        let changes_others = step
            .mutates
            .keys()
            .any(|name| name != frame && self.wanted.contains(name));
        if !self.wanted.contains(frame) || changes_others {
            return refuse(value.range(), "changes rows in a way that is not known");
        }
        let text = format!("{frame} = {frame}.drop(columns={column}, errors=\"ignore\")");
        let need = Need {
            frames: [frame.clone()].into(),
            ..Need::default()
        };
        self.take(need, unit, text);
        Ok(())
    }

    /// `pd.get_dummies(…)` without `drop_first`: the columns that training had are picked out of all of them.
    pub(super) fn without_dropping(&self, unit: UnitId, value: &Expr, text: String) -> String {
        let keyword = value
            .as_call_expr()
            .and_then(|call| call.arguments.find_keyword("drop_first"));
        let Some(keyword) = keyword else {
            return text;
        };
        let start = self.program.units()[unit.index()].range.start();
        let from = usize::from(keyword.value.range().start() - start);
        let to = usize::from(keyword.value.range().end() - start);
        format!("{}False{}", &text[..from], &text[to..])
    }

    /// `rows.dropna(inplace=True)`
    pub(super) fn changed(
        &mut self,
        unit: UnitId,
        value: &Expr,
        text: String,
    ) -> Result<(), Refusal> {
        if without_duplicates(value).is_some() {
            // Rows that are there twice are predicted twice.
            return Ok(());
        }
        let mut need = Need::default();
        if let Err(part) = self.judge(value, &mut need) {
            return refuse(part, "is not known to treat each row alone");
        }
        self.take(need, unit, text);
        Ok(())
    }
}

/// Whether an expression takes columns out of frames.
pub(super) fn pops(value: &Expr) -> bool {
    let mut search = Pops(Vec::new());
    search.visit_expr(value);
    !search.0.is_empty()
}

/// The frames and columns of `rows.pop("left")`.
struct Pops(Vec<(String, String)>);

impl<'e> Visitor<'e> for Pops {
    fn visit_expr(&mut self, expression: &'e Expr) {
        if let Expr::Call(call) = expression
            && let Expr::Attribute(method) = &*call.func
            && method.attr.as_str() == "pop"
            && let Expr::Name(frame) = &*method.value
            && let [Expr::StringLiteral(column)] = &*call.arguments.args
        {
            let column = format!("{:?}", column.value.to_str());
            self.0.push((frame.id.to_string(), column));
        }
        walk_expr(self, expression);
    }
}
