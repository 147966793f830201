//! What annotations and signatures say.

use srcify_syntax::ast::{self, Expr};

use crate::index::{Class, Function, Index};

/// Whether a name is public: no leading underscore, dunders excepted.
pub(crate) fn is_public(name: &str) -> bool {
    !name.starts_with('_') || (name.starts_with("__") && name.ends_with("__"))
}

/// Whether a function is part of the module's interface: public itself, in public classes, and not nested in functions.
pub(crate) fn is_public_function(index: &Index<'_>, function: &Function<'_>) -> bool {
    function.parent.is_none()
        && is_public(function.node.name.as_str())
        && function
            .class
            .is_none_or(|at| is_public_class(&index.classes[at]))
}

/// Whether a class and those around it are public.
pub(crate) fn is_public_class(class: &Class<'_>) -> bool {
    class.function.is_none() && class.name.split('.').all(is_public)
}

/// Whether the last part of one of a function's decorators is `name`.
pub(crate) fn has_decorator(function: &ast::StmtFunctionDef, names: &[&str]) -> bool {
    function.decorator_list.iter().any(|decorator| {
        let expression = match &decorator.expression {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        last_name(expression).is_some_and(|name| names.contains(&name))
    })
}

/// `overload` of `typing.overload`.
pub(crate) fn last_name(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        Expr::Subscript(subscript) => last_name(&subscript.value),
        Expr::Call(call) => last_name(&call.func),
        _ => None,
    }
}

/// Whether a body does nothing: `...`, `pass`, a docstring, `raise NotImplementedError`.
pub(crate) fn is_stub(body: &[ast::Stmt]) -> bool {
    body.iter().all(|statement| match statement {
        ast::Stmt::Pass(_) => true,
        ast::Stmt::Expr(it) => {
            matches!(
                &*it.value,
                Expr::EllipsisLiteral(_) | Expr::StringLiteral(_)
            )
        }
        ast::Stmt::Raise(it) => it
            .exc
            .as_deref()
            .and_then(last_name)
            .is_some_and(|name| name == "NotImplementedError"),
        _ => false,
    })
}

/// Whether a class is a protocol, an enumeration's or an exception's kind of class, by the last part of its bases.
pub(crate) fn has_base(class: &Class<'_>, names: &[&str]) -> bool {
    class
        .node
        .bases()
        .iter()
        .any(|base| last_name(base).is_some_and(|name| names.contains(&name)))
}

/// Parameters without `self` and `cls`.
pub(crate) fn own_parameters<'a>(function: &Function<'a>) -> Vec<ast::AnyParameterRef<'a>> {
    let is_static = has_decorator(function.node, &["staticmethod"]);
    let skip = usize::from(function.class.is_some() && !is_static);
    let node: &'a ast::StmtFunctionDef = function.node;
    let positional = node.parameters.posonlyargs.len() + node.parameters.args.len();
    node.parameters.iter().skip(skip.min(positional)).collect()
}
