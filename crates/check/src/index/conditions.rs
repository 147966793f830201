//! Conditions that say when code runs.

use srcify_syntax::ast::{self, Expr};

use crate::annotations::last_name;

/// Whether a test is `__name__ == "__main__"`.
pub(crate) fn is_main_guard(test: &Expr) -> bool {
    let Expr::Compare(compare) = test else {
        return false;
    };
    let is_name = |it: &Expr| matches!(it, Expr::Name(name) if name.id.as_str() == "__name__");
    let is_main =
        |it: &Expr| matches!(it, Expr::StringLiteral(text) if text.value.to_str() == "__main__");
    let [right] = &*compare.comparators else {
        return false;
    };
    (is_name(&compare.left) && is_main(right)) || (is_main(&compare.left) && is_name(right))
}

/// `sys.version_info >= (3, 11)`, `sys.platform == "win32"`, `os.name == "nt"`.
pub(super) fn is_about_python(test: &Expr) -> bool {
    match test {
        Expr::Compare(it) => {
            is_about_python(&it.left) || it.comparators.iter().any(is_about_python)
        }
        Expr::BoolOp(it) => it.values.iter().any(is_about_python),
        Expr::UnaryOp(it) => is_about_python(&it.operand),
        Expr::Subscript(it) => is_about_python(&it.value),
        Expr::Call(it) => is_about_python(&it.func),
        Expr::Attribute(it) => {
            let attribute = it.attr.as_str();
            matches!(attribute, "version_info" | "platform" | "hexversion")
                || (attribute == "name"
                    && matches!(&*it.value, Expr::Name(os) if os.id.as_str() == "os"))
                || is_about_python(&it.value)
        }
        _ => false,
    }
}

/// `warnings.catch_warnings()`: what filters are set in it are put back.
pub(super) fn catches_warnings(expression: &Expr) -> bool {
    matches!(expression, Expr::Call(call) if last_name(&call.func) == Some("catch_warnings"))
}

pub(super) fn is_filter(call: &ast::ExprCall) -> bool {
    matches!(
        last_name(&call.func),
        Some("simplefilter" | "filterwarnings" | "resetwarnings")
    )
}
