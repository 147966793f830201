//! What only texts are asked for.

use srcify_syntax::ast::{self, Expr};

use super::need::Need;
use super::needs::{Scope, path_of};

/// Whether nothing but a text has a method that is called so, where all objects are Python's own.
pub(super) fn of_method(method: &str, call: &ast::ExprCall) -> bool {
    let first = call.arguments.args.first();
    let is_text = |it: &Expr| it.is_string_literal_expr();
    match method {
        "split" | "rsplit" | "encode" => first.is_none_or(is_text),
        "replace" => call.arguments.args.len() >= 2 && first.is_some_and(is_text),
        "partition" | "rpartition" => first.is_some_and(is_text),
        "isspace" | "isnumeric" | "swapcase" => first.is_none(),
        "join" => matches!(
            first,
            Some(Expr::Generator(_) | Expr::ListComp(_) | Expr::List(_))
        ),
        _ => srcify_effects::TEXT_METHODS.contains(&method),
    }
}

/// What functions demand that search texts, or write them.
pub(super) fn of_call<'e>(
    scope: &Scope<'_>,
    path: &str,
    call: &'e ast::ExprCall,
) -> Option<(&'e Expr, Need)> {
    let arguments = &call.arguments.args;
    // A pattern of bytes searches bytes.
    let is_pattern = || arguments.first().is_some_and(Expr::is_string_literal_expr);
    let at = match path {
        "re.sub" | "re.subn" if is_pattern() => 2,
        "re.search" | "re.match" | "re.fullmatch" | "re.findall" | "re.finditer" | "re.split"
            if is_pattern() =>
        {
            1
        }
        "ord" if !scope.signatures.contains_key(path) => 0,
        _ => usize::MAX,
    };
    let is_joined = || {
        let receiver = call.func.as_attribute_expr()?;
        let is_path = path_of(scope, &receiver.value).is_some_and(|it| it.contains('.'));
        let is_made = matches!(&arguments[..], [Expr::Generator(_) | Expr::ListComp(_)]);
        (receiver.attr.as_str() == "join" && is_made && !is_path).then_some(&*receiver.value)
    };
    let text = arguments.get(at).or_else(is_joined);
    text.map(|it| (it, Need::Is("str".to_owned())))
}
