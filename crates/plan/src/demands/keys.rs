//! Dictionaries that a function makes itself: what they are asked for is a key.

use srcify_syntax::ast::{Expr, Stmt};

use super::needs::{Scope, is_bound_once, path_of};

/// Calls that make a dictionary.
const MAKERS: [&str; 4] = [
    "dict",
    "collections.Counter",
    "collections.defaultdict",
    "collections.OrderedDict",
];

/// Whether an expression is a variable that the function binds once, to a dictionary.
pub(super) fn is_own_dict(scope: &Scope<'_>, expression: &Expr) -> bool {
    let Some(name) = expression.as_name_expr() else {
        return false;
    };
    let is_made = |statement: &Stmt| {
        let Some(assign) = statement.as_assign_stmt() else {
            return false;
        };
        let [Expr::Name(target)] = &assign.targets[..] else {
            return false;
        };
        let is_dict = match &*assign.value {
            Expr::Dict(_) | Expr::DictComp(_) => true,
            Expr::Call(call) => {
                path_of(scope, &call.func).is_some_and(|it| MAKERS.contains(&it.as_str()))
            }
            _ => false,
        };
        is_dict && target.id == name.id
    };
    scope.function.body.iter().any(is_made) && is_bound_once(scope, name.id.as_str())
}
