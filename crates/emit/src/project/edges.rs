//! Functions that only compare what they are given with literals, and give literals back: bands, grades, flags.
//!
//! What they give is known without running them, so their test calls them with values at and beside each limit.

use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, BoolOp, CmpOp, Expr, Number, Stmt, UnaryOp};

/// More cases than this are no longer read.
const MOST_CASES: usize = 16;

/// Cases of a function with one parameter.
pub struct Edges {
    pub parameter: String,
    pub annotation: String,
    pub returns: String,
    /// What the function is given and what it gives, as Python.
    pub cases: Vec<(String, String)>,
}

/// What the parameter is in one case.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Number(f64),
    Text(String),
}

/// The cases of `function`, a part of `text`, if nothing but its parameter and literals decides what it gives.
pub fn edges(function: &ast::StmtFunctionDef, text: &str) -> Option<Edges> {
    let parameters = &function.parameters;
    let mut all = parameters.iter();
    let parameter = all.next().filter(|it| !it.is_variadic())?;
    let is_plain = function.decorator_list.is_empty() && !function.is_async;
    if !is_plain || all.next().is_some() || !parameters.kwonlyargs.is_empty() {
        return None;
    }
    let annotation = &text[parameter.annotation()?.range()];
    let returns = &text[function.returns.as_ref()?.range()];
    let mut types = returns.split('|').map(str::trim);
    // A parameter of a test with this name is something of pytest's own.
    if parameter.name().as_str() == "request"
        || !types.all(|it| ["None", "bool", "float", "int", "str"].contains(&it))
    {
        return None;
    }
    let run = Run {
        text,
        parameter: parameter.name().as_str(),
    };
    let mut limits = Vec::new();
    run.limits_of_body(&function.body, &mut limits)?;
    let given = match annotation {
        "int" | "float" => numbers(&limits)?,
        "str" => texts(&limits)?,
        _ => return None,
    };
    let mut cases: Vec<(String, String)> = Vec::new();
    for value in given {
        let written = value.written();
        let End::Gives(result) = run.body(&function.body, &value)? else {
            return None;
        };
        cases.push((written, result));
    }
    let first = cases.first()?.1.clone();
    let differ = cases.iter().any(|(_, result)| *result != first);
    (differ && cases.len() <= MOST_CASES).then(|| Edges {
        parameter: run.parameter.to_owned(),
        annotation: annotation.to_owned(),
        returns: returns.to_owned(),
        cases,
    })
}

impl Value {
    fn written(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => crate::text::python_string(text),
        }
    }

    fn of(literal: &Expr) -> Option<Self> {
        match literal {
            Expr::StringLiteral(it) => Some(Self::Text(it.value.to_str().to_owned())),
            Expr::UnaryOp(it) if it.op == UnaryOp::USub => match Self::of(&it.operand)? {
                Self::Number(number) => Some(Self::Number(-number)),
                Self::Text(_) => None,
            },
            Expr::NumberLiteral(it) => match &it.value {
                Number::Int(it) => it.as_i32().map(f64::from).map(Self::Number),
                Number::Float(it) => Some(Self::Number(*it)),
                Number::Complex { .. } => None,
            },
            _ => None,
        }
    }
}

/// The limits themselves, and a number on both sides of each.
fn numbers(limits: &[Value]) -> Option<Vec<Value>> {
    let numbers = limits.iter().map(|it| match it {
        Value::Number(number) => Some(*number),
        Value::Text(_) => None,
    });
    let mut numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let are_whole = numbers.iter().all(|it| it.fract() == 0.0);
    let lowest = *numbers.first()?;
    let below = if are_whole || lowest <= 0.0 {
        lowest - 1.0
    } else {
        between(0.0, lowest)?
    };
    let mut given = vec![below];
    for (number, limit) in numbers.iter().enumerate() {
        given.push(*limit);
        match numbers.get(number + 1) {
            Some(next) if are_whole => given.extend((limit + 1.0 < *next).then_some(limit + 1.0)),
            Some(next) => given.push(between(*limit, *next)?),
            None if are_whole => given.push(limit + 1.0),
            None => given.push(between(*limit, limit + 1.0)?),
        }
    }
    Some(given.into_iter().map(Value::Number).collect())
}

/// The shortest number between two others.
fn between(low: f64, high: f64) -> Option<f64> {
    let middle = f64::midpoint(low, high);
    let rounded = (0..9).map(|digits| format!("{middle:.digits$}"));
    let mut numbers = rounded.filter_map(|text| text.parse().ok());
    numbers.find(|number| low < *number && *number < high)
}

/// The texts themselves, and another one.
fn texts(limits: &[Value]) -> Option<Vec<Value>> {
    let mut given: Vec<Value> = Vec::new();
    for limit in limits {
        if !matches!(limit, Value::Text(_)) {
            return None;
        }
        if !given.contains(limit) {
            given.push(limit.clone());
        }
    }
    let other = Value::Text("something else".to_owned());
    given.push(other);
    Some(given)
}

/// How a body ends.
enum End {
    Gives(String),
    GoesOn,
}

struct Run<'a> {
    text: &'a str,
    parameter: &'a str,
}

impl Run<'_> {
    fn is_parameter(&self, expression: &Expr) -> bool {
        matches!(expression, Expr::Name(it) if it.id.as_str() == self.parameter)
    }

    /// Collects what the parameter is compared with; `None` where anything else decides.
    fn limits_of_body(&self, body: &[Stmt], limits: &mut Vec<Value>) -> Option<()> {
        for statement in body {
            match statement {
                Stmt::Expr(it) if it.value.is_string_literal_expr() => {}
                Stmt::Return(it) => self.limits_of_result(it.value.as_deref()?, limits)?,
                Stmt::If(it) => {
                    self.limits_of_test(&it.test, limits)?;
                    self.limits_of_body(&it.body, limits)?;
                    for clause in &it.elif_else_clauses {
                        if let Some(test) = &clause.test {
                            self.limits_of_test(test, limits)?;
                        }
                        self.limits_of_body(&clause.body, limits)?;
                    }
                }
                _ => return None,
            }
        }
        Some(())
    }

    fn limits_of_result(&self, value: &Expr, limits: &mut Vec<Value>) -> Option<()> {
        match value {
            Expr::If(it) => {
                self.limits_of_test(&it.test, limits)?;
                self.limits_of_result(&it.body, limits)?;
                self.limits_of_result(&it.orelse, limits)
            }
            _ if self.is_parameter(value) || value.is_literal_expr() => Some(()),
            _ => Value::of(value).map(|_| ()),
        }
    }

    fn limits_of_test(&self, test: &Expr, limits: &mut Vec<Value>) -> Option<()> {
        match test {
            Expr::BoolOp(it) => it
                .values
                .iter()
                .try_for_each(|it| self.limits_of_test(it, limits)),
            Expr::UnaryOp(it) if it.op == UnaryOp::Not => self.limits_of_test(&it.operand, limits),
            Expr::Compare(it) => {
                let operands = std::iter::once(&*it.left).chain(&it.comparators);
                for operand in operands.filter(|it| !self.is_parameter(it)) {
                    limits.push(Value::of(operand)?);
                }
                Some(())
            }
            _ => None,
        }
    }

    fn body(&self, body: &[Stmt], given: &Value) -> Option<End> {
        for statement in body {
            match statement {
                Stmt::Return(it) => {
                    return self.result(it.value.as_deref()?, given).map(End::Gives);
                }
                Stmt::If(it) => {
                    let body = self.branch(it, given)?;
                    if let End::Gives(result) = self.body(body, given)? {
                        return Some(End::Gives(result));
                    }
                }
                _ => {}
            }
        }
        Some(End::GoesOn)
    }

    /// The body that runs, which is empty where none does.
    fn branch<'s>(&self, statement: &'s ast::StmtIf, given: &Value) -> Option<&'s [Stmt]> {
        if self.holds(&statement.test, given)? {
            return Some(&statement.body);
        }
        for clause in &statement.elif_else_clauses {
            let holds = match &clause.test {
                Some(test) => self.holds(test, given)?,
                None => true,
            };
            if holds {
                return Some(&clause.body);
            }
        }
        Some(&[])
    }

    fn result(&self, value: &Expr, given: &Value) -> Option<String> {
        match value {
            Expr::If(it) if self.holds(&it.test, given)? => self.result(&it.body, given),
            Expr::If(it) => self.result(&it.orelse, given),
            _ if self.is_parameter(value) => Some(given.written()),
            _ => Some(self.text[value.range()].to_owned()),
        }
    }

    fn holds(&self, test: &Expr, given: &Value) -> Option<bool> {
        match test {
            Expr::BoolOp(it) => {
                let mut holds = it.values.iter().map(|it| self.holds(it, given));
                match it.op {
                    BoolOp::And => holds.try_fold(true, |all, it| Some(all && it?)),
                    BoolOp::Or => holds.try_fold(false, |any, it| Some(any || it?)),
                }
            }
            Expr::UnaryOp(it) => self.holds(&it.operand, given).map(|holds| !holds),
            Expr::Compare(it) => {
                let mut left = self.value(&it.left, given)?;
                let mut all = true;
                for (operator, right) in it.ops.iter().zip(&it.comparators) {
                    let right = self.value(right, given)?;
                    all &= compare(&left, *operator, &right)?;
                    left = right;
                }
                Some(all)
            }
            _ => None,
        }
    }

    fn value(&self, operand: &Expr, given: &Value) -> Option<Value> {
        if self.is_parameter(operand) {
            return Some(given.clone());
        }
        Value::of(operand)
    }
}

fn compare(left: &Value, operator: CmpOp, right: &Value) -> Option<bool> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.partial_cmp(right)?,
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        _ => return None,
    };
    Some(match operator {
        CmpOp::Lt => order.is_lt(),
        CmpOp::LtE => order.is_le(),
        CmpOp::Gt => order.is_gt(),
        CmpOp::GtE => order.is_ge(),
        CmpOp::Eq => order.is_eq(),
        CmpOp::NotEq => order.is_ne(),
        CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => return None,
    })
}

#[cfg(test)]
mod tests {
    use srcify_syntax::ast::Stmt;
    use srcify_syntax::snippet;

    use super::edges;

    fn check(signature: &str, body: &str, expected: &str) {
        let text = format!("def f({signature}:\n    {}\n", body.replace('\n', "\n    "));
        let parsed = snippet(&text);
        let [Stmt::FunctionDef(function)] = parsed.statements() else {
            panic!("no function");
        };
        let found = edges(function, &text).map(|it| {
            let cases = it.cases.iter();
            let cases: Vec<String> = cases.map(|(it, gives)| format!("{it}: {gives}")).collect();
            cases.join(", ")
        });
        assert_eq!(found.unwrap_or_else(|| "none".to_owned()), expected);
    }

    #[test]
    fn limits_are_met_on_both_sides() {
        check(
            "months: int) -> str",
            "if months <= 12:\n    return 'new'\nif months <= 36:\n    return 'settled'\nreturn 'loyal'",
            "11: 'new', 12: 'new', 13: 'settled', 36: 'settled', 37: 'loyal'",
        );
        check(
            "p: float) -> str",
            "return '**' if p < 0.01 else '*' if p < 0.05 else ''",
            "0.005: '**', 0.01: '*', 0.03: '*', 0.05: '', 1: ''",
        );
        check(
            "x: float) -> float",
            "if not -1 <= x or x > 2:\n    return 0.0\nelse:\n    return x",
            "-2: 0.0, -1: -1, 0: 0, 2: 2, 3: 0.0",
        );
        check(
            "plan: str) -> int",
            "if plan == 'basic':\n    return 9\nelif plan != 'pro':\n    return 0\nreturn 29",
            "\"basic\": 9, \"pro\": 29, \"something else\": 0",
        );
    }

    #[test]
    fn what_else_decides_is_left_alone() {
        check("x: int) -> int", "return x + 1", "none");
        check("x: int, y: int) -> int", "return 1 if x < y else 2", "none");
        check("x: int) -> int", "return 1 if x < LIMIT else 2", "none");
        check("x: int) -> int", "if x < 1:\n    return 2", "none");
        check("x: int) -> int", "return 1 if x < 3 else 1", "none");
        check("x: str) -> int", "return 1 if x < 3 else 2", "none");
        check("x) -> int", "return 1 if x < 3 else 2", "none");
    }
}
