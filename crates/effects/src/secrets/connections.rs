//! Connection strings and addresses that hold a password.

use super::SecretKind;
use super::names::by_name;
use super::placeholders::{is_placeholder, is_template};

/// `scheme://user:password@host`, `?api_key=…`, `Server=…;Pwd=…;`.
pub(super) fn in_connection_string(value: &str) -> Option<SecretKind> {
    if let Some((scheme, rest)) = value.split_once("://") {
        let is_scheme = !scheme.is_empty()
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        if is_scheme
            && !value.contains(char::is_whitespace)
            && let Some((credentials, host)) = authority.rsplit_once('@')
            && let Some((user, password)) = credentials.split_once(':')
            && !host.is_empty()
            && is_real_password(user, password)
        {
            return Some(SecretKind::ConnectionString);
        }
        return rest
            .split_once('?')
            .and_then(|(_, query)| in_pairs(query, &['&', ';']));
    }
    let assignments = value.matches('=').count();
    if assignments >= 2 && (value.contains(';') || value.contains("host=")) {
        return in_pairs(value, &[';', ' ']).map(|_| SecretKind::ConnectionString);
    }
    None
}

fn in_pairs(text: &str, separators: &[char]) -> Option<SecretKind> {
    text.split(separators)
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(name, value)| by_name(name, value))
}

fn is_real_password(user: &str, password: &str) -> bool {
    password.len() >= 3
        && password != user
        && !is_template(password)
        && !is_template(user)
        && !is_placeholder(password)
}
