//! Calls: of recorded values, of the builtins that stay, of methods of real values.

use srcify_syntax::ast::{self, Expr};

use super::{CHANGING, Kind, PAIRS, REAL, Run, Sure, Unsure, Value};

/// The arguments of a call.
struct Arguments {
    values: Vec<Value>,
    options: Vec<(String, Value)>,
    /// Whether some come out of a sequence, so that their number is not known.
    is_spread: bool,
}

impl Run<'_> {
    pub(super) fn call(&mut self, call: &ast::ExprCall) -> Sure<Value> {
        match &*call.func {
            Expr::Name(name) if self.is_real_builtin(name.id.as_str()) => {
                let arguments = self.arguments(&call.arguments)?;
                self.builtin(name.id.as_str(), arguments)
            }
            Expr::Attribute(attribute) if !is_recordable(&attribute.value) => {
                let owner = self.evaluate(&attribute.value)?;
                if owner.is_recorded() {
                    let method = Self::attribute_of(&owner, attribute.attr.as_str())?;
                    return self.call_recorded(&method, &call.arguments);
                }
                let arguments = self.arguments(&call.arguments)?;
                self.method(&owner, attribute.attr.as_str(), &arguments)
            }
            function => {
                let function = self.evaluate(function)?;
                self.call_recorded(&function, &call.arguments)
            }
        }
    }

    fn is_real_builtin(&self, name: &str) -> bool {
        let is_hidden =
            self.locals.contains_key(name) || self.bound.contains(name) || self.module.hides(name);
        REAL.contains(&name) && !is_hidden
    }

    fn call_recorded(&mut self, function: &Value, arguments: &ast::Arguments) -> Sure<Value> {
        let Value::Recorded { name, .. } = function else {
            return Err(Unsure);
        };
        if !super::is_identifier(name) {
            return Err(Unsure);
        }
        let arguments = self.arguments(arguments)?;
        let is_true = |value: &Value| {
            matches!(
                value,
                Value::Real {
                    kind: Kind::True,
                    ..
                }
            )
        };
        let is_in_place = arguments
            .options
            .iter()
            .any(|(name, value)| name == "inplace" && is_true(value));
        if is_in_place || CHANGING.contains(&name.as_str()) {
            self.change(function);
        }
        if !arguments.is_spread {
            let values: Vec<String> = arguments.values.iter().map(Value::expected).collect();
            let options = arguments.options.iter();
            let options: Vec<(String, String)> = options
                .map(|(name, value)| (name.clone(), value.expected()))
                .collect();
            self.note_call(function, &values, &options);
        }
        Ok(Value::result(name))
    }

    fn arguments(&mut self, arguments: &ast::Arguments) -> Sure<Arguments> {
        let mut found = Arguments {
            values: Vec::new(),
            options: Vec::new(),
            is_spread: false,
        };
        for argument in &arguments.args {
            if let Expr::Starred(it) = argument {
                let sequence = self.evaluate(&it.value)?;
                if !matches!(
                    sequence,
                    Value::Recorded { .. }
                        | Value::Real {
                            kind: Kind::List,
                            ..
                        }
                ) {
                    return Err(Unsure);
                }
                found.is_spread = true;
            } else {
                found.values.push(self.evaluate(argument)?);
            }
        }
        for keyword in &arguments.keywords {
            let name = keyword.arg.as_ref().ok_or(Unsure)?;
            found
                .options
                .push((name.to_string(), self.evaluate(&keyword.value)?));
        }
        Ok(found)
    }

    fn builtin(&mut self, name: &str, arguments: Arguments) -> Sure<Value> {
        if arguments.is_spread || !arguments.options.is_empty() {
            return Err(Unsure);
        }
        let is_number = |value: &Value| {
            matches!(
                value,
                Value::Recorded { .. }
                    | Value::Real {
                        kind: Kind::Number,
                        ..
                    }
            )
        };
        match (name, arguments.values.as_slice()) {
            ("list" | "sorted" | "tuple", [value]) => listed(name, value),
            ("list", []) => Ok(Value::real(Kind::List)),
            (
                "len",
                [
                    Value::Recorded { .. }
                    | Value::Real {
                        kind: Kind::List | Kind::Items | Kind::Text,
                        ..
                    },
                ],
            ) => Ok(Value::real(Kind::Number)),
            ("str", [_]) => Ok(Value::real(Kind::Text)),
            ("int" | "float", [value]) if is_number(value) => Ok(Value::real(Kind::Number)),
            ("bool", [Value::Recorded { .. }]) => Ok(Value::real(Kind::True)),
            ("range", values) if !values.is_empty() && values.iter().all(is_number) => {
                Ok(Value::real(Kind::Range))
            }
            ("round", [value @ Value::Recorded { .. }, digits @ ..]) if digits.len() < 2 => {
                let digits = digits
                    .first()
                    .map_or_else(|| "None".to_owned(), Value::expected);
                self.note("round", &[value.expected(), digits], &[]);
                Ok(Value::result("round"))
            }
            (
                "round",
                [
                    Value::Real {
                        kind: Kind::Number, ..
                    },
                    ..,
                ],
            ) => Ok(Value::real(Kind::Number)),
            _ => Err(Unsure),
        }
    }

    /// A method of a real value.
    fn method(&mut self, owner: &Value, name: &str, arguments: &Arguments) -> Sure<Value> {
        let Value::Real { kind, .. } = owner else {
            return Err(Unsure);
        };
        let is_plain = |value: &Value| {
            matches!(
                value,
                Value::Real {
                    kind: Kind::Text | Kind::Number,
                    ..
                }
            )
        };
        let all_plain = !arguments.is_spread
            && arguments.options.is_empty()
            && arguments.values.iter().all(is_plain);
        match (kind, name) {
            (Kind::List | Kind::Items, "append")
                if arguments.values.len() == 1 && arguments.options.is_empty() =>
            {
                // The step that was given the list would show what is in it at the end.
                let is_given_away = |text: &str| {
                    let given = [format!(", {text}"), format!("={text}")];
                    let mut steps = self.steps.iter();
                    steps.any(|step| given.iter().any(|it| step.contains(it)))
                };
                if owner.text().is_some_and(is_given_away) {
                    return Err(Unsure);
                }
                // Which names are for this list is not followed up.
                for value in self.locals.values_mut() {
                    if let Value::Real {
                        text,
                        kind: kind @ (Kind::List | Kind::Items | Kind::Other),
                    } = value
                    {
                        *text = None;
                        if *kind == Kind::Items {
                            *kind = Kind::List;
                        }
                    }
                }
                Ok(Value::real(Kind::None))
            }
            (Kind::Text, "lower" | "upper" | "strip" | "title" | "capitalize")
                if arguments.values.is_empty() =>
            {
                Ok(Value::real(Kind::Text))
            }
            (Kind::Text, "replace") if all_plain && arguments.values.len() == 2 => {
                Ok(Value::real(Kind::Text))
            }
            _ => Err(Unsure),
        }
    }
}

/// `list(value)` and the like.
fn listed(name: &str, value: &Value) -> Sure<Value> {
    match value {
        Value::Recorded {
            text,
            root,
            name: of,
        } => {
            // What is in it can be told where it is one value that nobody else has.
            let is_one = root.is_none() && !PAIRS.contains(&of.as_str());
            let kind = match name {
                "tuple" => Kind::Other,
                _ if is_one => Kind::Items,
                _ => Kind::List,
            };
            Ok(Value::Real {
                kind,
                text: text
                    .as_ref()
                    .filter(|text| text.starts_with("given.") && name != "sorted")
                    .map(|text| format!("{name}({text})")),
            })
        }
        Value::Real {
            kind: Kind::Items, ..
        } if name != "tuple" => Ok(Value::real(Kind::Items)),
        Value::Real {
            kind: Kind::List | Kind::Range,
            ..
        } if name == "list" => Ok(Value::real(Kind::List)),
        Value::Real { .. } => Err(Unsure),
    }
}

/// Whether a value can only be a recorded one, so that it need not be looked at twice.
fn is_recordable(owner: &Expr) -> bool {
    matches!(
        owner,
        Expr::Attribute(_) | Expr::Subscript(_) | Expr::Call(_) | Expr::BinOp(_) | Expr::Compare(_)
    )
}
