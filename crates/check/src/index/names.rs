//! Names and texts that expressions spell out.

use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, Expr};

use crate::module::Module;

/// `Base` of `Base[int]`.
pub(super) fn strip_subscript(expression: &Expr) -> &Expr {
    match expression {
        Expr::Subscript(subscript) => &subscript.value,
        other => other,
    }
}

/// The text of an f-string, with its placeholders as they are written.
pub(super) fn spelled(module: &Module, node: &ast::ExprFString) -> String {
    let parts = node.value.elements().map(|it| match it.as_literal() {
        Some(text) => &*text.value,
        None => module.slice(it.range()),
    });
    parts.collect()
}

/// The name an expression gives to what is assigned to it.
pub(super) fn target_name(target: &Expr) -> Option<&str> {
    match target {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::StringLiteral(key) => Some(key.value.to_str()),
            _ => None,
        },
        _ => None,
    }
}
