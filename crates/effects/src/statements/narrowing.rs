//! What tests say of the variables that they look at.

use srcify_syntax::ast::{self, CmpOp, Expr, Stmt};

use crate::Type;
use crate::analyze::Analyzer;
use crate::value::Value;
use crate::variables::Env;

impl<'a> Analyzer<'a> {
    /// After `isinstance(x, list)`, `x` is a list.
    pub(super) fn narrow(&mut self, test: &'a Expr) {
        let asked = each_of(test, ast::BoolOp::And, something);
        if !asked.is_empty() {
            for name in asked {
                self.leave_none_out(name);
            }
            return;
        }
        let Expr::Call(call) = test else { return };
        let [Expr::Name(name), class] = &*call.arguments.args else {
            return;
        };
        let is_asked = matches!(&*call.func, Expr::Name(it) if it.id.as_str() == "isinstance");
        if !is_asked || class.is_tuple_expr() {
            return;
        }
        let Some(ty) = self.annotation(class) else {
            return;
        };
        let mut value = self.load(&name.id);
        // Of what is known to be something else, nothing is learned.
        let is_open = value.ty.as_ref().is_none_or(|known| {
            known.name == "|" || (is_builtin(&known.name) && is_builtin(&ty.name))
        });
        let is_variable = value.path.is_none() && value.callable.is_none() && !value.is_never;
        if is_open && is_variable && self.is_local(&name.id) && !value.is(&ty.name) {
            value.ty = Some(ty);
            self.bind(&name.id, value);
        }
    }

    /// Where `x is None` does not hold, `x` is something.
    pub(super) fn narrow_otherwise(&mut self, test: &'a Expr) {
        for name in each_of(test, ast::BoolOp::Or, nothing) {
            self.leave_none_out(name);
        }
    }

    /// After `if x is None: return`, `x` is something.
    pub(super) fn narrow_behind(&mut self, branch: &'a ast::StmtIf) {
        let leaves = matches!(
            branch.body.last(),
            Some(Stmt::Return(_) | Stmt::Raise(_) | Stmt::Continue(_) | Stmt::Break(_))
        );
        if !leaves || !branch.elif_else_clauses.is_empty() {
            return;
        }
        for name in each_of(&branch.test, ast::BoolOp::Or, nothing) {
            if self.leave_none_out(name) {
                self.left_as_none.push(name.to_owned());
            }
        }
    }

    /// Notes at the end of a block that what left it early did so with `None` in these variables: loops go on or end, and
    /// handlers run, with that.
    pub(super) fn let_none_in(&mut self, names: Vec<String>) {
        if names.is_empty() {
            return;
        }
        let mut variables = self.variables();
        for name in names {
            let Some(value) = variables.get(&name) else {
                continue;
            };
            let mut value = value.clone();
            let none = Type::new("None");
            value.ty = Type::join(value.ty.as_ref(), Some(&none));
            value.hint = Type::join(value.hint.as_ref(), Some(&none));
            variables.insert(name, value);
        }
        self.restore(variables);
    }

    /// `left if test else right`
    pub(crate) fn conditional(&mut self, conditional: &'a ast::ExprIf) -> Value {
        self.test(&conditional.test);
        let met = self.settled(&conditional.test);
        let [is_left, is_right] = [false, true].map(|it| met != Some(it));
        let (asked, other) = (something(&conditional.test), nothing(&conditional.test));
        let mut left = self.as_something(asked, |it| {
            it.where_run(is_left, |it| it.evaluate(&conditional.body))
        });
        let mut right = self.as_something(other, |it| {
            it.where_run(is_right, |it| it.evaluate(&conditional.orelse))
        });
        leave_none_out(conditional, &mut left, &mut right);
        self.chosen(&conditional.test, &left, &right)
    }

    /// Evaluates what is only evaluated where a variable is not `None`.
    fn as_something(
        &mut self,
        name: Option<&str>,
        evaluate: impl FnOnce(&mut Self) -> Value,
    ) -> Value {
        let before = name.and_then(|it| self.variables().get(it).cloned());
        let (Some(name), Some(before)) = (name, before) else {
            return evaluate(self);
        };
        if !self.leave_none_out(name) {
            return evaluate(self);
        }
        let narrowed = self.variables().get(name).and_then(|it| it.ty.clone());
        let result = evaluate(self);
        let mut variables = self.variables();
        if let Some(mut value) = variables.get(name).cloned()
            && value.ty == narrowed
        {
            value.ty = before.ty;
            value.hint = before.hint;
            value.may_be_none = before.may_be_none;
            variables.insert(name.to_owned(), value);
            self.restore(variables);
        }
        result
    }

    /// Notes that a variable is not `None`, which it may have been.
    fn leave_none_out(&mut self, name: &str) -> bool {
        let mut variables = self.variables();
        let known = variables.get(name).cloned();
        let known = known.or_else(|| self.settled_global(name));
        let Some(value) = known.and_then(|it| it.but_for_none()) else {
            return false;
        };
        variables.insert(name.to_owned(), value);
        self.restore(variables);
        true
    }

    /// What a name of the module stands for in a function, if that is one value that never changes.
    fn settled_global(&self, name: &str) -> Option<Value> {
        let frame = self.frames.last()?;
        let is_own = frame.names.locals.contains(name) || frame.names.globals.contains(name);
        if is_own || frame.enclosing.is_some() || !self.is_constant(name) {
            return None;
        }
        self.globals
            .get(name)
            .filter(|it| it.is_immutable())
            .cloned()
    }
}

impl Value {
    /// It, where it is not the `None` that it may be.
    pub(crate) fn but_for_none(&self) -> Option<Self> {
        let (ty, hint) = (
            without_none(self.ty.as_ref()),
            without_none(self.hint.as_ref()),
        );
        let may_lack = ty.is_some() || hint.is_some() || self.may_be_none;
        may_lack.then(|| Self {
            ty: ty.or_else(|| self.ty.clone()),
            hint: hint.or_else(|| self.hint.clone()),
            may_be_none: false,
            ..self.clone()
        })
    }
}

/// Of `0 if x is None else x`, where `x` is certainly `None`, only the number is left.
fn leave_none_out(conditional: &ast::ExprIf, left: &mut Value, right: &mut Value) {
    let test = &conditional.test;
    let ways = [
        (something(test), &conditional.body, left),
        (nothing(test), &conditional.orelse, right),
    ];
    for (asked, way, value) in ways {
        let name = way.as_name_expr().map(|it| it.id.as_str());
        if name.is_none() || asked != name {
            continue;
        }
        value.may_be_none = false;
        if value.is("None") {
            *value = Value::never();
        }
    }
}

/// Whether `x` or `x.y` is not `None` where a condition holds: it asks for that.
pub(crate) fn leaves_none_out(condition: &Expr, asked: &Expr) -> bool {
    let subject = match condition {
        Expr::Compare(it) if it.ops[..] == [CmpOp::IsNot] => {
            let is_none = matches!(&it.comparators[..], [it] if it.is_none_literal_expr());
            Some(&*it.left).filter(|_| is_none)
        }
        _ => Some(condition),
    };
    let is_same = |one: &Expr, other: &Expr| match (one, other) {
        (Expr::Name(one), Expr::Name(other)) => one.id == other.id,
        _ => false,
    };
    subject.is_some_and(|it| match (it, asked) {
        (Expr::Attribute(one), Expr::Attribute(other)) => {
            one.attr == other.attr && is_same(&one.value, &other.value)
        }
        (one, other) => is_same(one, other),
    })
}

/// The variables where `x is None` did not hold: it cannot be that.
pub(super) fn without_nothing(test: &Expr, mut variables: Env) -> Env {
    if let Some(name) = nothing(test)
        && variables.get(name).is_some_and(|it| it.is("None"))
    {
        variables.insert(name.to_owned(), Value::never());
    }
    variables
}

/// The names that `told` finds in a condition, or in each of those that it joins.
fn each_of<'e>(
    test: &'e Expr,
    operator: ast::BoolOp,
    told: fn(&'e Expr) -> Option<&'e str>,
) -> Vec<&'e str> {
    match test {
        Expr::BoolOp(it) if it.op == operator => {
            let parts = it.values.iter();
            parts.flat_map(|it| each_of(it, operator, told)).collect()
        }
        one => told(one).into_iter().collect(),
    }
}

/// The name in `x is None`, and in `not x`, which holds of `None`, too.
fn nothing(test: &Expr) -> Option<&str> {
    let denied = test
        .as_unary_op_expr()
        .filter(|it| it.op == ast::UnaryOp::Not);
    let denied = denied.and_then(|it| it.operand.as_name_expr());
    let denied = denied.map(|it| it.id.as_str());
    denied.or_else(|| compared_to_none(test, &[CmpOp::Is, CmpOp::Eq]))
}

/// The name in `x is not None`, and in `x`, which does not hold of `None`.
fn something(test: &Expr) -> Option<&str> {
    let name = test.as_name_expr().map(|it| it.id.as_str());
    name.or_else(|| compared_to_none(test, &[CmpOp::IsNot, CmpOp::NotEq]))
}

fn compared_to_none<'e>(test: &'e Expr, operators: &[CmpOp]) -> Option<&'e str> {
    let compare = test.as_compare_expr()?;
    let is_it = matches!(&compare.ops[..], [it] if operators.contains(it))
        && matches!(&compare.comparators[..], [it] if it.is_none_literal_expr());
    let name = compare.left.as_name_expr().filter(|_| is_it)?;
    Some(name.id.as_str())
}

/// The members of a union but for `None`; `None` where it has no such member, or nothing else.
fn without_none(ty: Option<&Type>) -> Option<Type> {
    let members = ty.filter(|it| it.name == "|")?.members();
    let mut others = members.iter().filter(|it| it.name != "None");
    let first = others
        .next()
        .filter(|_| members.iter().any(|it| it.name == "None"))?;
    others.try_fold(first.clone(), |known, next| {
        Type::join(Some(&known), Some(next))
    })
}

/// Containers of the language, none of which is another.
fn is_builtin(name: &str) -> bool {
    matches!(
        name,
        "list" | "dict" | "set" | "tuple" | "str" | "int" | "float" | "bytes"
    )
}
