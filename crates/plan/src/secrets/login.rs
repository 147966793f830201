//! Passwords that stand without a name beside those who use them: `server.login("me", "…")`, `auth=("me", "…")`.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange};

/// What a password is called where nothing else says what it is.
pub(super) const PASSWORD: &str = "password";

/// What a key is called that messages are signed with.
pub(super) const SIGNING_KEY: &str = "signing_key";

/// The texts among the arguments of a call that are secrets, with what they would be called.
pub(super) fn given_to(call: &ast::ExprCall) -> Vec<(String, &Expr)> {
    let Some(name) = function(call).map(str::to_lowercase) else {
        return Vec::new();
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
    let is_pair = |it: &&ast::Keyword| it.arg.as_ref().is_some_and(|it| names_pair(it));
    let pairs = call.arguments.keywords.iter().filter(is_pair);
    let found = positional
        .iter()
        .chain(pairs.filter_map(|it| of_pair(&it.value)));
    let key = key_of(call).map(|it| (SIGNING_KEY.to_owned(), it));
    found
        .map(|it| (PASSWORD.to_owned(), it))
        .chain(set_by_name(&name, arguments))
        .chain(key)
        .filter(|(_, it)| it.is_string_literal_expr() || it.is_bytes_literal_expr())
        .collect()
}

/// The last part of the function's name.
fn function(call: &ast::ExprCall) -> Option<&str> {
    match &*call.func {
        Expr::Name(name) => Some(&name.id),
        Expr::Attribute(attribute) => Some(&attribute.attr),
        _ => None,
    }
}

/// The value in `os.environ.setdefault("DB_PASSWORD", "…")`, under the name that stands before it.
fn set_by_name<'a>(name: &str, arguments: &'a [Expr]) -> Option<(String, &'a Expr)> {
    let names = [
        "setdefault",
        "get",
        "getenv",
        "putenv",
        "setenv",
        "set",
        "setattr",
        "add_header",
    ];
    let [.., key, value] = arguments else {
        return None;
    };
    let key = key.as_string_literal_expr()?.value.to_str();
    names.contains(&name).then(|| (key.to_owned(), value))
}

/// A call of `os.environ.get("TOKEN", "…")` or `os.getenv`, the variable, and the place of what is taken where there is none.
pub(super) fn fallback(expression: &Expr) -> Option<(TextRange, &str, TextRange)> {
    let call = expression.as_call_expr()?;
    let method = call.func.as_attribute_expr()?;
    let is_environment = match &*method.value {
        Expr::Attribute(it) => it.attr.as_str() == "environ" && method.attr.as_str() == "get",
        Expr::Name(it) => {
            let path = (it.id.as_str(), method.attr.as_str());
            matches!(path, ("os", "getenv") | ("environ", "get"))
        }
        _ => false,
    };
    let ([key, value], []) = (&call.arguments.args[..], &call.arguments.keywords[..]) else {
        return None;
    };
    let key = key.as_string_literal_expr()?.value.to_str();
    is_environment.then(|| (call.range(), key, value.range()))
}

/// The key that a call signs or encrypts with: `hmac.new(key, …)`, `Fernet(key)`, `jwt.encode(claims, key)`.
pub(super) fn key_of(call: &ast::ExprCall) -> Option<&Expr> {
    let owner = match &*call.func {
        Expr::Attribute(attribute) => attribute.value.as_name_expr().map(|it| it.id.as_str()),
        _ => None,
    };
    let at = match (owner, function(call)?) {
        (Some("hmac"), "new" | "digest") | (_, "Fernet") => 0,
        (Some("jwt" | "jws"), "encode" | "decode") => 1,
        _ => return None,
    };
    let named = call.arguments.keywords.iter();
    let mut named = named.filter(|it| it.arg.as_ref().is_some_and(|it| it.as_str() == "key"));
    let key = call.arguments.args.get(at);
    key.or_else(|| named.next().map(|it| &it.value))
}

/// The names of the keys that calls sign with.
#[derive(Default)]
pub(super) struct Keys<'a>(pub BTreeSet<&'a str>);

impl<'a> Visitor<'a> for Keys<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        let key = expression.as_call_expr().and_then(key_of);
        let name = match key {
            Some(Expr::Name(name)) => Some(&*name.id),
            Some(Expr::Attribute(attribute)) => Some(attribute.attr.as_str()),
            _ => None,
        };
        self.0.extend(name);
        walk_expr(self, expression);
    }
}

/// Whether what is called so holds cookies.
pub(super) fn names_cookies(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "cookie" | "cookies")
}

/// What a cookie would be called elsewhere: whoever has what tells a session is taken for its owner.
pub(super) fn cookie(name: &str) -> String {
    let lower = name.to_lowercase();
    let is_session = ["sess", "auth", "token"]
        .iter()
        .any(|it| lower.contains(it));
    if is_session {
        "session_token".to_owned()
    } else {
        format!("{name}_token")
    }
}

/// Whether what is called so is a name with its password.
pub(super) fn names_pair(name: &str) -> bool {
    let names = ["auth", "login", "credentials", "creds", "basic_auth"];
    names.contains(&name.to_lowercase().as_str())
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
