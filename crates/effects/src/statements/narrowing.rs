//! What tests say of the variables that they look at.

use srcify_syntax::ast::{self, CmpOp, Expr, Stmt};

use crate::Type;
use crate::analyze::Analyzer;

impl<'a> Analyzer<'a> {
    /// After `isinstance(x, list)`, `x` is a list.
    pub(super) fn narrow(&mut self, test: &'a Expr) {
        if let Some(name) = something(test) {
            self.leave_none_out(name);
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

    /// After `if x is None: return`, `x` is something.
    pub(super) fn narrow_behind(&mut self, branch: &'a ast::StmtIf) {
        let leaves = matches!(
            branch.body.last(),
            Some(Stmt::Return(_) | Stmt::Raise(_) | Stmt::Continue(_) | Stmt::Break(_))
        );
        if let Some(name) = nothing(&branch.test).filter(|_| leaves)
            && branch.elif_else_clauses.is_empty()
        {
            self.leave_none_out(name);
            self.left_as_none.push(name.to_owned());
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

    /// Notes that a variable is not `None`.
    fn leave_none_out(&mut self, name: &str) {
        let mut variables = self.variables();
        let Some(value) = variables.get(name) else {
            return;
        };
        let mut value = value.clone();
        let (ty, hint) = (
            without_none(value.ty.as_ref()),
            without_none(value.hint.as_ref()),
        );
        if ty.is_none() && hint.is_none() {
            return;
        }
        value.ty = ty.or(value.ty);
        value.hint = hint.or(value.hint);
        variables.insert(name.to_owned(), value);
        self.restore(variables);
    }
}

/// The name in `x is None`.
fn nothing(test: &Expr) -> Option<&str> {
    compared_to_none(test, CmpOp::Is)
}

/// The name in `x is not None`.
fn something(test: &Expr) -> Option<&str> {
    compared_to_none(test, CmpOp::IsNot)
}

fn compared_to_none(test: &Expr, operator: CmpOp) -> Option<&str> {
    let compare = test.as_compare_expr()?;
    let is_it = compare.ops[..] == [operator]
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
