//! What the slice gives: the prediction in the units of what was predicted, and which row each one is of.

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};
use srcify_syntax::{Ranged, UnitId};

use super::candidates::bound;
use super::labels::{self, leaves_rows_out};
use super::{Refusal, Slicer, in_place, refuse};
use crate::rowwise::Need;

/// Functions that undo what labels were made with before a model saw them.
const UNDOING: &[&str] = &["numpy.exp", "numpy.exp2", "numpy.expm1"];

impl<'a> Slicer<'a> {
    /// Whether an expression is made of a prediction inside of it and of nothing else that each row has.
    pub(super) fn is_prediction_alone(&self, whole: &Expr, prediction: &Expr) -> bool {
        let mut need = Need::default();
        let mut own = Need::default();
        self.judge(whole, &mut need).is_ok()
            && self.judge(prediction, &mut own).is_ok()
            && need.frames == own.frames
            && need.statistics.len() == own.statistics.len()
    }

    /// Follows a prediction to where the input turns it back into what was predicted: `np.expm1(guess)`,
    /// `encoder.inverse_transform(guess)`.
    pub(super) fn turned_back(
        &mut self,
        predicted: UnitId,
        answer: String,
    ) -> Result<(UnitId, String), Refusal> {
        let (mut last, mut answer) = (predicted, answer);
        for unit in &self.program.units()[predicted.index() + 1..] {
            let unit = unit.id;
            let statement = self.program.statement(unit);
            if let Some(value) = self.undoing(statement, &answer) {
                let mut need = Need::default();
                if let Err(part) = self.judge(value, &mut need) {
                    return refuse(part, "is not known to treat each row alone");
                }
                self.note_shape(value);
                need.frames.remove(&answer);
                answer = match bound(statement) {
                    Some((name, it)) if it.range() == value.range() => {
                        let range = self.program.units()[unit.index()].range;
                        self.take(need, unit, self.program.text(range).to_owned());
                        name.to_owned()
                    }
                    _ => {
                        let name = self.fresh("prediction");
                        self.take_part(need, unit, &name, value)?;
                        name
                    }
                };
                last = unit;
                continue;
            }
            let step = &self.steps[unit.index()];
            let changes = step.may.contains(&answer)
                || step.deletes.contains(&answer)
                || step.mutates.contains_key(&answer);
            if changes {
                break;
            }
        }
        Ok((last, answer))
    }

    /// Notes where the prediction is a column of a table, as it is after what scales is undone; codes are turned back one by one.
    pub(super) fn note_shape(&mut self, value: &Expr) {
        let method = value
            .as_call_expr()
            .and_then(|it| it.func.as_attribute_expr());
        let Some(method) = method.filter(|it| it.attr.as_str() == "inverse_transform") else {
            self.is_table = false;
            return;
        };
        let name = self.program.text(method.value.range());
        let encodes = |name: &str| {
            let mut types = self.steps.iter().rev().filter_map(|it| it.types.get(name));
            types
                .next()
                .is_some_and(|ty| ty.name.ends_with(".LabelEncoder"))
        };
        self.is_table = !encodes(name);
    }

    /// The expression in a statement that undoes what the labels were made with.
    fn undoing(&self, statement: &'a Stmt, answer: &str) -> Option<&'a Expr> {
        let value = match statement {
            Stmt::Assign(it) => &it.value,
            Stmt::Expr(it) => &it.value,
            _ => return None,
        };
        let mut search = Search {
            undoes: &|it| self.undoes(it, answer),
            found: None,
        };
        search.visit_expr(value);
        search.found
    }

    fn undoes(&self, expression: &Expr, answer: &str) -> bool {
        match expression {
            Expr::BinOp(it) if it.op == Operator::Pow => {
                it.left.is_number_literal_expr() && is_name(&it.right, answer)
            }
            Expr::Call(call) => {
                let [argument] = &*call.arguments.args else {
                    return flattened(call).is_some_and(|it| self.undoes(it, answer));
                };
                let path = self.import_path(&call.func);
                if path.is_some_and(|it| UNDOING.contains(&it.as_str())) {
                    return is_name(argument, answer) && call.arguments.keywords.is_empty();
                }
                let method = call.func.as_attribute_expr();
                method.is_some_and(|method| {
                    let receiver = method.value.as_name_expr();
                    method.attr.as_str() == "inverse_transform"
                        && receiver.is_some_and(|it| self.is_fitted(&it.id))
                        && is_name(as_column(argument), answer)
                })
            }
            _ => false,
        }
    }

    fn import_path(&self, function: &Expr) -> Option<String> {
        match function {
            Expr::Name(name) => self.graph.imports.get(name.id.as_str()).cloned(),
            Expr::Attribute(it) => Some(format!("{}.{}", self.import_path(&it.value)?, it.attr)),
            _ => None,
        }
    }

    /// Notes the rows that stay where a statement of the slice leaves some out: the last such statement comes first.
    pub(super) fn note_rows(&mut self, unit: UnitId) -> Result<(), Refusal> {
        if self.numbered.is_some() {
            return Ok(());
        }
        let range = self.program.units()[unit.index()].range;
        let (rows, value) = match self.program.statement(unit) {
            Stmt::Assign(it) => match &it.targets[..] {
                [Expr::Name(name)] => (Some(name.id.as_str()), &*it.value),
                [Expr::Tuple(_)] => (None, &*it.value),
                // A column is filled by the numbers of its rows.
                _ => return Ok(()),
            },
            Stmt::Expr(it) => (in_place(&it.value), &*it.value),
            _ => return Ok(()),
        };
        // Rows that are there twice are predicted twice.
        let value = super::without_duplicates(value).unwrap_or(value);
        let mut leaves_out = leaves_rows_out(value);
        for definition in self.called(value) {
            leaves_out |= definition
                .body
                .iter()
                .any(labels::statement_leaves_rows_out);
        }
        if !leaves_out {
            return Ok(());
        }
        let is_array = |name: &str| {
            let ty = self.steps[unit.index()].types.get(name);
            ty.is_some_and(|ty| ty.name.starts_with("numpy"))
        };
        match rows.filter(|name| !is_array(name)) {
            Some(rows) => {
                self.numbered = Some((unit, rows.to_owned()));
                Ok(())
            }
            None => refuse(range, "leaves out rows, and does not say which"),
        }
    }

    /// The line that keeps the numbers of the rows that stay.
    pub(super) fn numbers(&self, unit: UnitId) -> String {
        match &self.numbered {
            Some((at, rows)) if *at == unit => format!("\nkept_rows = {rows}.index"),
            _ => String::new(),
        }
    }

    /// The lines that write predictions: of each row, or with the number of the row where some are left out.
    pub(super) fn store(&self, answer: &str) -> String {
        let (index, written) = match self.numbered {
            Some(_) => (", index=kept_rows", "index_label=\"row\""),
            None => ("", "index=False"),
        };
        let column = if self.is_table {
            ".squeeze(axis=1)"
        } else {
            ""
        };
        format!(
            "\npredictions = pd.DataFrame({{\"prediction\": {answer}{column}}}{index})\npredictions.to_csv(\"predictions.csv\", {written})"
        )
    }
}

fn is_name(expression: &Expr, name: &str) -> bool {
    matches!(expression, Expr::Name(it) if it.id.as_str() == name)
}

/// The prediction in `guess.reshape(-1, 1)`.
fn as_column(expression: &Expr) -> &Expr {
    let reshaped = expression.as_call_expr().and_then(|call| {
        let method = call.func.as_attribute_expr()?;
        (method.attr.as_str() == "reshape" && call.arguments.args.len() == 2)
            .then_some(&*method.value)
    });
    reshaped.unwrap_or(expression)
}

/// What `.ravel()` or `.flatten()` makes one column of.
fn flattened(call: &ast::ExprCall) -> Option<&Expr> {
    let method = call.func.as_attribute_expr()?;
    let is_one = matches!(method.attr.as_str(), "ravel" | "flatten");
    (is_one && call.arguments.is_empty()).then_some(&*method.value)
}

/// Looks where the names of an expression mean what they mean outside.
struct Search<'s, 'e> {
    undoes: &'s dyn Fn(&Expr) -> bool,
    found: Option<&'e Expr>,
}

impl<'e> Visitor<'e> for Search<'_, 'e> {
    fn visit_expr(&mut self, expression: &'e Expr) {
        match expression {
            Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_)
            | Expr::Named(_)
            | Expr::FString(_) => {}
            _ if self.found.is_none() && (self.undoes)(expression) => self.found = Some(expression),
            _ => walk_expr(self, expression),
        }
    }
}
