//! Passwords that stand without a name beside those who use them: `server.login("me", "…")`, `auth=("me", "…")`.

use srcify_syntax::ast::{self, Expr};

/// The texts among the arguments of a call that are passwords.
pub(super) fn given_to(call: &ast::ExprCall) -> Vec<&Expr> {
    let name = match &*call.func {
        Expr::Name(name) => name.id.to_lowercase(),
        Expr::Attribute(attribute) => attribute.attr.to_lowercase(),
        _ => return Vec::new(),
    };
    let arguments = &call.arguments.args;
    let positional = if name.contains("oauth") {
        &arguments[..]
    } else if name.ends_with("auth") || name == "login" {
        arguments.get(1..).unwrap_or_default()
    } else if name == "b64encode" && arguments.first().is_some_and(is_login) {
        &arguments[..1]
    } else {
        &[]
    };
    let is_pair = |it: &&ast::Keyword| it.arg.as_ref().is_some_and(|it| it.as_str() == "auth");
    let pairs = call.arguments.keywords.iter().filter(is_pair);
    positional
        .iter()
        .filter(|it| it.is_string_literal_expr() || it.is_bytes_literal_expr())
        .chain(pairs.filter_map(|it| of_pair(&it.value)))
        .collect()
}

/// The password in `("me", "…")`.
pub(super) fn of_pair(pair: &Expr) -> Option<&Expr> {
    let pair = pair.as_tuple_expr()?;
    match &pair.elts[..] {
        [_, password] if password.is_string_literal_expr() => Some(password),
        _ => None,
    }
}

/// What a header is that says who asks: `Basic …`, `Bearer …`, with what follows.
pub(super) fn is_header(name: &str, value: &str) -> bool {
    let is_scheme = |it: &str| {
        let schemes = ["basic", "bearer", "token", "apikey", "digest"];
        schemes.iter().any(|scheme| it.eq_ignore_ascii_case(scheme))
    };
    let said = value.split_once(' ');
    let is_told = said.is_some_and(|(scheme, rest)| {
        is_scheme(scheme) && rest.len() >= 8 && !rest.contains(char::is_whitespace)
    });
    name.eq_ignore_ascii_case("authorization") && is_told
}

/// Whether bytes are a name and a password: `b"me:…"`.
fn is_login(text: &Expr) -> bool {
    let Expr::BytesLiteral(bytes) = text else {
        return false;
    };
    let value: Vec<u8> = bytes.value.bytes().collect();
    let middle = value.iter().position(|it| *it == b':');
    middle.is_some_and(|it| it > 0 && it + 1 < value.len())
        && !value.iter().any(u8::is_ascii_whitespace)
}
