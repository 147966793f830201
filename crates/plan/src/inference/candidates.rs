//! Where an input predicts: in a statement of its own, in a message, as one of several values.

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, UnitId};

/// A prediction that an input makes.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'a> {
    pub unit: UnitId,
    /// `model.predict(rows)` or `model.predict_proba(rows)[:, 1]`.
    pub value: &'a Expr,
    /// The name that the statement binds it to, and it alone.
    pub name: Option<&'a str>,
    /// What the statement binds, where that is more than the value: `np.expm1(model.predict(rows))`.
    pub whole: Option<&'a Expr>,
}

/// The predictions of plain statements, the last first; those that have a name before those inside others.
pub(super) fn candidates(program: &Program) -> Vec<Candidate<'_>> {
    let mut named = Vec::new();
    let mut others = Vec::new();
    for unit in program.units().iter().rev() {
        let statement = program.statement(unit.id);
        if let Some((name, value)) = named_prediction(statement) {
            named.push(Candidate {
                unit: unit.id,
                value,
                name: Some(name),
                whole: None,
            });
            continue;
        }
        let value = match statement {
            Stmt::Assign(it) => &it.value,
            Stmt::Expr(it) => &it.value,
            _ => continue,
        };
        let mut search = Search(Vec::new());
        search.visit_expr(value);
        if let (Some((name, whole)), [value]) = (bound(statement), &search.0[..]) {
            named.push(Candidate {
                unit: unit.id,
                value,
                name: Some(name),
                whole: Some(whole),
            });
        }
        others.extend(search.0.into_iter().rev().map(|value| Candidate {
            unit: unit.id,
            value,
            name: None,
            whole: None,
        }));
    }
    named.extend(others);
    named
}

/// `name = model.predict(rows)`
fn named_prediction(statement: &Stmt) -> Option<(&str, &Expr)> {
    bound(statement).filter(|(_, value)| super::predicting(value).is_some())
}

/// `name = value`
pub(super) fn bound(statement: &Stmt) -> Option<(&str, &Expr)> {
    let Stmt::Assign(assign) = statement else {
        return None;
    };
    let [Expr::Name(target)] = &assign.targets[..] else {
        return None;
    };
    Some((target.id.as_str(), &assign.value))
}

/// Predictions inside an expression, where its names mean what they mean outside.
struct Search<'a>(Vec<&'a Expr>);

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_)
            | Expr::Named(_)
            | Expr::FString(_) => {}
            _ if super::predicting(expression).is_some() => self.0.push(expression),
            _ => walk_expr(self, expression),
        }
    }
}

/// Whether an expression says names of columns by those that a frame has, and nothing of its rows.
pub(super) fn only_names_columns(
    expression: &Expr,
    frame: &str,
    is_constant: &dyn Fn(&str) -> bool,
) -> bool {
    struct Names<'a> {
        frame: &'a str,
        is_constant: &'a dyn Fn(&str) -> bool,
        bound: Vec<String>,
        holds: bool,
    }
    impl<'e> Visitor<'e> for Names<'_> {
        fn visit_expr(&mut self, expression: &'e Expr) {
            match expression {
                Expr::Attribute(it) if it.attr.as_str() == "columns" => {
                    let base = it.value.as_name_expr();
                    self.holds &= base.is_some_and(|name| name.id.as_str() == self.frame);
                }
                Expr::Name(name) => {
                    let id = name.id.as_str();
                    let is_known = !name.ctx.is_load()
                        || self.bound.iter().any(|it| it == id)
                        || matches!(id, "enumerate" | "len" | "list" | "range" | "str" | "zip")
                        || (self.is_constant)(id);
                    self.holds &= is_known;
                }
                Expr::Lambda(_) | Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) => {
                    self.holds = false;
                }
                Expr::ListComp(it) => {
                    for generator in &it.generators {
                        let mut targets = Targets(Vec::new());
                        targets.visit_expr(&generator.target);
                        self.bound.extend(targets.0);
                    }
                    walk_expr(self, expression);
                }
                _ => walk_expr(self, expression),
            }
        }
    }
    let mut names = Names {
        frame,
        is_constant,
        bound: Vec::new(),
        holds: true,
    };
    names.visit_expr(expression);
    names.holds
}

struct Targets(Vec<String>);

impl<'e> Visitor<'e> for Targets {
    fn visit_expr(&mut self, expression: &'e Expr) {
        if let Expr::Name(name) = expression {
            self.0.push(name.id.to_string());
        }
        walk_expr(self, expression);
    }
}

/// The frame and the parts to judge of `rows["x"]`, `rows[["x", "y"]]`, `rows[columns]` and `rows.loc[mask, "x"]`.
pub(super) fn column_target<'e>(
    target: &'e srcify_syntax::ast::ExprSubscript,
    is_constant: &dyn Fn(&str) -> bool,
) -> Option<Vec<&'e Expr>> {
    let names_columns = |it: &Expr| match it {
        Expr::StringLiteral(_) => true,
        Expr::List(list) => list.elts.iter().all(Expr::is_string_literal_expr),
        Expr::Name(name) => is_constant(&name.id),
        _ => false,
    };
    match (&*target.value, &*target.slice) {
        (frame @ Expr::Name(_), columns) if names_columns(columns) => Some(vec![frame, columns]),
        (Expr::Attribute(it), Expr::Tuple(pair)) if it.attr.as_str() == "loc" => {
            let [mask, columns] = &pair.elts[..] else {
                return None;
            };
            let is_mask = matches!(
                mask,
                Expr::Compare(_) | Expr::UnaryOp(_) | Expr::BinOp(_) | Expr::Call(_)
            );
            (it.value.is_name_expr() && is_mask && names_columns(columns))
                .then(|| vec![&*it.value, mask, columns])
        }
        _ => None,
    }
}

/// The value of one name in `a, b = x, y`, for the names that are wanted.
pub(super) fn paired<'e>(
    targets: &'e srcify_syntax::ast::ExprTuple,
    value: &'e Expr,
) -> Option<Vec<(&'e str, &'e Expr)>> {
    let values = &value.as_tuple_expr()?.elts;
    let names = targets.elts.iter().map(|it| it.as_name_expr());
    let names: Vec<&str> = names
        .map(|it| Some(it?.id.as_str()))
        .collect::<Option<_>>()?;
    let is_plain = values.len() == names.len() && !values.iter().any(Expr::is_starred_expr);
    is_plain.then(|| names.into_iter().zip(values).collect())
}
