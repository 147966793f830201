//! Expressions.

use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, BoolOp, CmpOp, Expr, Operator, UnaryOp};
use srcify_syntax::stdlib::builtins::is_python_builtin;

use super::statements::truth;
use super::{Kind, Run, Sure, Unsure, Value};
use crate::project::PYTHON_MINOR;

impl Run<'_> {
    pub(super) fn evaluate(&mut self, expression: &Expr) -> Sure<Value> {
        match expression {
            Expr::StringLiteral(_) => Ok(self.literal(expression, Kind::Text)),
            Expr::NumberLiteral(_) => Ok(self.literal(expression, Kind::Number)),
            Expr::BooleanLiteral(it) => {
                let kind = if it.value { Kind::True } else { Kind::False };
                Ok(self.literal(expression, kind))
            }
            Expr::NoneLiteral(_) => Ok(self.literal(expression, Kind::None)),
            Expr::BytesLiteral(_) => Ok(self.literal(expression, Kind::Other)),
            Expr::FString(it) => self.formatted(it),
            Expr::Name(name) => self.name(name.id.as_str()),
            Expr::Attribute(it) => self.attribute(it),
            Expr::Subscript(it) => {
                let owner = self.evaluate(&it.value)?;
                let key = self.evaluate(&it.slice)?;
                self.item(&owner, &key)
            }
            Expr::Slice(it) => self.slice(it),
            Expr::Tuple(it) => self.display(&it.elts, Kind::Other, ["(", ")"]),
            Expr::List(it) => self.display(&it.elts, Kind::List, ["[", "]"]),
            Expr::Set(it) => self.display(&it.elts, Kind::Other, ["{", "}"]),
            Expr::Dict(it) => self.dictionary(it),
            Expr::UnaryOp(it) => self.unary(it),
            Expr::BinOp(it) => {
                let left = self.evaluate(&it.left)?;
                let right = self.evaluate(&it.right)?;
                self.binary(&left, it.op, &right)
            }
            Expr::BoolOp(it) => self.bool_op(it),
            Expr::Compare(it) => self.compare(it),
            Expr::If(it) => {
                let test = self.evaluate(&it.test)?;
                match truth(&test) {
                    Some(true) => self.evaluate(&it.body),
                    Some(false) => self.evaluate(&it.orelse),
                    None => Err(Unsure),
                }
            }
            Expr::Lambda(_) => Ok(Value::real(Kind::Other)),
            Expr::Named(it) => {
                let value = self.evaluate(&it.value)?;
                self.bind(&it.target, value.clone())?;
                Ok(value)
            }
            Expr::Call(it) => self.call(it),
            Expr::ListComp(it) => self.comprehension(&it.generators, &[&it.elt], Kind::List, false),
            Expr::SetComp(it) => self.comprehension(&it.generators, &[&it.elt], Kind::Other, false),
            Expr::Generator(it) => {
                self.comprehension(&it.generators, &[&it.elt], Kind::Other, true)
            }
            Expr::DictComp(it) => {
                let key = it.key.as_deref().ok_or(Unsure)?;
                self.comprehension(&it.generators, &[key, &it.value], Kind::Other, false)
            }
            _ => Err(Unsure),
        }
    }

    fn literal(&self, expression: &Expr, kind: Kind) -> Value {
        Value::Real {
            kind,
            text: Some(self.source[expression.range()].to_owned()),
        }
    }

    /// A text with values in it; those with a form of their own must be ones that take it.
    fn formatted(&mut self, expression: &ast::ExprFString) -> Sure<Value> {
        for element in expression.value.elements() {
            let ast::InterpolatedStringElement::Interpolation(it) = element else {
                continue;
            };
            let value = self.evaluate(&it.expression)?;
            let takes_forms = value.is_recorded()
                || matches!(
                    value,
                    Value::Real {
                        kind: Kind::Number | Kind::Text,
                        ..
                    }
                );
            if it.format_spec.is_some() && !(takes_forms && value.is_recorded()) {
                return Err(Unsure);
            }
        }
        Ok(Value::real(Kind::Text))
    }

    fn name(&self, name: &str) -> Sure<Value> {
        if let Some(value) = self.locals.get(name) {
            return Ok(value.clone());
        }
        let is_unknown = self.bound.contains(name)
            || self.module.doubted.contains(name)
            || super::REAL.contains(&name) && self.module.hides(name);
        if is_unknown || name.starts_with("__") {
            return Err(Unsure);
        }
        if self.module.numbers.contains(name) {
            return Ok(Value::real(Kind::Number));
        }
        if self.module.constants.contains(name) {
            return Ok(Value::real(Kind::Other));
        }
        if super::REAL.contains(&name) {
            return Ok(Value::Real {
                kind: Kind::Other,
                text: Some(name.to_owned()),
            });
        }
        let is_builtin = is_python_builtin(name, PYTHON_MINOR, false);
        if self.module.replaced.contains(name) || is_builtin {
            // What is no module, function or class may be data.
            let text = format!("named({})", crate::text::python_string(name));
            let is_told = is_builtin || self.module.told.contains(name);
            return Ok(Value::Recorded {
                name: name.to_owned(),
                text: is_told.then_some(text),
                root: None,
            });
        }
        Err(Unsure)
    }

    fn attribute(&mut self, expression: &ast::ExprAttribute) -> Sure<Value> {
        let owner = self.evaluate(&expression.value)?;
        Self::attribute_of(&owner, expression.attr.as_str())
    }

    pub(super) fn attribute_of(owner: &Value, attribute: &str) -> Sure<Value> {
        match owner {
            Value::Recorded { text, root, .. } if !attribute.starts_with("__") => {
                let text = text.as_ref();
                Ok(Value::Recorded {
                    name: attribute.to_owned(),
                    text: text.map(|text| format!("{text}.{attribute}")),
                    root: root.clone(),
                })
            }
            _ => Err(Unsure),
        }
    }

    /// An item of a recorded value; what is in real ones is not known.
    pub(super) fn item(&mut self, owner: &Value, key: &Value) -> Sure<Value> {
        let Value::Recorded { root, text, .. } = owner else {
            return Err(Unsure);
        };
        let number = self.steps.len();
        self.note_on(owner, "[]", &[key.expected()]);
        let text = text.as_ref().zip(key.text());
        let text = text.map(|(owner, key)| format!("{owner}[{key}]"));
        if let Some(text) = text.as_ref().filter(|_| self.steps.len() > number) {
            self.items.insert(number, text.clone());
        }
        Ok(Value::Recorded {
            name: "item".to_owned(),
            text,
            root: root.clone(),
        })
    }

    fn slice(&mut self, expression: &ast::ExprSlice) -> Sure<Value> {
        let mut texts = Vec::new();
        for bound in [&expression.lower, &expression.upper, &expression.step] {
            texts.push(match bound {
                Some(bound) => self.evaluate(bound)?.text().map(str::to_owned),
                None => Some("None".to_owned()),
            });
        }
        let texts: Option<Vec<String>> = texts.into_iter().collect();
        let text = texts.map(|mut texts| {
            if texts[2] == "None" {
                texts.pop();
            }
            format!("slice({})", texts.join(", "))
        });
        Ok(Value::Real {
            kind: Kind::Other,
            text,
        })
    }

    fn display(&mut self, elements: &[Expr], kind: Kind, signs: [&str; 2]) -> Sure<Value> {
        let mut texts = Vec::new();
        for element in elements {
            texts.push(self.evaluate(element)?.text().map(str::to_owned));
        }
        let comma = if signs[0] == "(" && texts.len() == 1 {
            ","
        } else {
            ""
        };
        let texts: Option<Vec<String>> = texts.into_iter().collect();
        let text =
            texts.map(|texts| format!("{}{}{comma}{}", signs[0], texts.join(", "), signs[1]));
        // What is in a set is looked up by what it equals.
        let text = text.filter(|text| signs[0] != "{" || !names_values(text));
        Ok(Value::Real { kind, text })
    }

    fn dictionary(&mut self, expression: &ast::ExprDict) -> Sure<Value> {
        let mut texts = Vec::new();
        for item in &expression.items {
            let key = self.evaluate(item.key.as_ref().ok_or(Unsure)?)?;
            let value = self.evaluate(&item.value)?;
            texts.push(
                key.text()
                    .filter(|key| !names_values(key))
                    .zip(value.text())
                    .map(|(key, value)| format!("{key}: {value}")),
            );
        }
        let texts: Option<Vec<String>> = texts.into_iter().collect();
        Ok(Value::Real {
            kind: Kind::Other,
            text: texts.map(|texts| format!("{{{}}}", texts.join(", "))),
        })
    }

    fn unary(&mut self, expression: &ast::ExprUnaryOp) -> Sure<Value> {
        let operand = self.evaluate(&expression.operand)?;
        let sign = match expression.op {
            UnaryOp::Not => {
                let holds = truth(&operand).ok_or(Unsure)?;
                return Ok(Value::real(if holds { Kind::False } else { Kind::True }));
            }
            UnaryOp::USub => "-",
            UnaryOp::UAdd => "+",
            UnaryOp::Invert => "~",
        };
        match operand {
            Value::Recorded { .. } => {
                self.note(sign, &[operand.expected()], &[]);
                Ok(Value::result(sign))
            }
            Value::Real {
                kind: Kind::Number,
                text,
            } if sign != "~" => Ok(Value::Real {
                kind: Kind::Number,
                text: text.map(|text| format!("{sign}{text}")),
            }),
            Value::Real { .. } => Err(Unsure),
        }
    }

    pub(super) fn binary(
        &mut self,
        left: &Value,
        operator: Operator,
        right: &Value,
    ) -> Sure<Value> {
        let sign = operator.as_str();
        match (left, right) {
            (Value::Recorded { .. }, _)
            | (
                Value::Real {
                    kind: Kind::Number | Kind::List,
                    ..
                },
                Value::Recorded { .. },
            ) => {
                self.note(sign, &[left.expected(), right.expected()], &[]);
                Ok(Value::result(sign))
            }
            (Value::Real { kind, .. }, Value::Real { kind: other, .. }) => {
                let is_safe = matches!(operator, Operator::Add | Operator::Sub | Operator::Mult);
                match (kind, other) {
                    (Kind::Number, Kind::Number) if is_safe => Ok(Value::real(Kind::Number)),
                    (Kind::Text, Kind::Text) | (Kind::List, Kind::List)
                        if operator == Operator::Add =>
                    {
                        Ok(Value::real(*kind))
                    }
                    (Kind::Text | Kind::List, Kind::Number) if operator == Operator::Mult => {
                        Ok(Value::real(*kind))
                    }
                    _ => Err(Unsure),
                }
            }
            (Value::Real { .. }, Value::Recorded { .. }) => Err(Unsure),
        }
    }

    fn bool_op(&mut self, expression: &ast::ExprBoolOp) -> Sure<Value> {
        let goes_on = expression.op == BoolOp::And;
        let mut last = Err(Unsure);
        for operand in &expression.values {
            let value = self.evaluate(operand)?;
            let holds = truth(&value).ok_or(Unsure)?;
            last = Ok(value);
            if holds != goes_on {
                break;
            }
        }
        last
    }

    fn compare(&mut self, expression: &ast::ExprCompare) -> Sure<Value> {
        let mut left = self.evaluate(&expression.left)?;
        let mut result = Err(Unsure);
        for (operator, right) in expression.ops.iter().zip(&expression.comparators) {
            if let Ok(before) = &result {
                match truth(before) {
                    Some(true) => {}
                    Some(false) => break,
                    None => return Err(Unsure),
                }
            }
            let right = self.evaluate(right)?;
            result = Ok(self.comparison(&left, *operator, &right)?);
            left = right;
        }
        result
    }

    fn comparison(&mut self, left: &Value, operator: CmpOp, right: &Value) -> Sure<Value> {
        let known = |holds| Ok(Value::real(if holds { Kind::True } else { Kind::False }));
        let is_none = |value: &Value| {
            matches!(
                value,
                Value::Real {
                    kind: Kind::None,
                    ..
                }
            )
        };
        match operator {
            CmpOp::Is | CmpOp::IsNot if left.is_recorded() && is_none(right) => {
                return known(operator == CmpOp::IsNot);
            }
            CmpOp::In | CmpOp::NotIn if right.is_recorded() => {
                self.note_on(right, "in", &[left.expected()]);
                return known(operator == CmpOp::In);
            }
            CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => return Err(Unsure),
            _ => {}
        }
        match (left, right) {
            (Value::Recorded { .. }, _) => {
                self.note(operator.as_str(), &[left.expected(), right.expected()], &[]);
                Ok(Value::result(operator.as_str()))
            }
            (Value::Real { .. }, Value::Recorded { .. }) => {
                let sign = mirrored(operator);
                self.note(sign, &[right.expected(), left.expected()], &[]);
                Ok(Value::result(sign))
            }
            (Value::Real { kind, .. }, Value::Real { kind: other, .. }) => {
                let is_equality = matches!(operator, CmpOp::Eq | CmpOp::NotEq);
                if is_equality || (*kind == Kind::Number && *other == Kind::Number) {
                    Ok(Value::real(Kind::Other))
                } else {
                    Err(Unsure)
                }
            }
        }
    }

    fn comprehension(
        &mut self,
        generators: &[ast::Comprehension],
        elements: &[&Expr],
        kind: Kind,
        is_lazy: bool,
    ) -> Sure<Value> {
        let [generator] = generators else {
            return Err(Unsure);
        };
        if generator.is_async {
            return Err(Unsure);
        }
        let before = (self.locals.clone(), self.uncertain);
        let sequence = self.evaluate(&generator.iter)?;
        // A generator runs when it is gone through, if it is.
        self.uncertain += usize::from(is_lazy);
        let certain = self.bind_item(&generator.target, &sequence)?;
        self.uncertain += usize::from(!certain);
        for condition in &generator.ifs {
            let holds = self.evaluate(condition)?;
            self.uncertain += usize::from(truth(&holds) != Some(true));
        }
        let is_certain = self.uncertain == before.1;
        let mut one = false;
        for element in elements {
            one = self.evaluate(element)?.is_recorded();
        }
        (self.locals, self.uncertain) = before;
        let holds_one = kind == Kind::List && one && is_certain;
        Ok(Value::real(if holds_one { Kind::Items } else { kind }))
    }
}

/// Whether a text names values that are only known when the function runs.
fn names_values(text: &str) -> bool {
    ["given.", "named(", "result_of("]
        .iter()
        .any(|it| text.contains(it))
}

/// The comparison that gives the same with its operands exchanged.
fn mirrored(operator: CmpOp) -> &'static str {
    match operator {
        CmpOp::Lt => ">",
        CmpOp::LtE => ">=",
        CmpOp::Gt => "<",
        CmpOp::GtE => "<=",
        other => other.as_str(),
    }
}
