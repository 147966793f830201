//! What stands where a secret belongs, though it may be made up: `hf_…12345678`, `user:pass@host`, `PASSWORD = "admin"`.
//!
//! A rule that complains of these would be noise. A program that is converted is another matter: whoever fills the real
//! value in later should not find it in a committed file, and reading it from the environment is right either way.

use super::SecretKind;
use super::names::{hint_of_kind, words};
use super::placeholders::is_template;
use super::shapes::has_issuer;

/// Tells whether `value`, given to `name` if it has one, stands in the place of a secret.
pub fn presume_secret(name: Option<&str>, value: &str) -> Option<SecretKind> {
    let value = value.trim();
    if value.len() < 4 || is_template(value) || value.contains(char::is_whitespace) {
        return None;
    }
    let named = || by_name(name?, value);
    has_issuer(value)
        .or_else(|| by_address(value))
        .or_else(named)
}

/// `scheme://user:password@host`, `https://key@…sentry.io/1`, addresses that whoever knows them may post to.
fn by_address(value: &str) -> Option<SecretKind> {
    let (_, rest) = value.split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if let Some((login, host)) = authority.rsplit_once('@') {
        let password = login.split_once(':').map(|(_, password)| password);
        let is_given = password.is_some_and(|it| it.len() >= 3 && !is_template(it));
        let is_key = host.ends_with("sentry.io") && login.len() >= 16;
        return (is_given || is_key).then_some(SecretKind::ConnectionString);
    }
    let hooks = [
        ("hooks.slack.com", "services/"),
        ("discord.com", "api/webhooks/"),
        ("discordapp.com", "api/webhooks/"),
    ];
    let is_hook = |(host, before): &(&str, &str)| {
        let last = path
            .strip_prefix(before)
            .and_then(|it| it.rsplit('/').next());
        authority == *host && last.is_some_and(|it| it.len() >= 16 && !is_template(it))
    };
    hooks.iter().any(is_hook).then_some(SecretKind::Token)
}

/// By a name that secrets have, where the value is at least no word.
fn by_name(name: &str, value: &str) -> Option<SecretKind> {
    let words = words(name);
    let last = words.last()?.as_str();
    let is_mixed = value.contains(|c: char| c.is_ascii_digit())
        && value.contains(|c: char| c.is_ascii_alphabetic());
    let is_odd = is_mixed || value.contains(|c: char| c.is_ascii_punctuation() && c != '_');
    if matches!(last, "pw" | "passw" | "pswd") {
        return (value.len() >= 6 && is_odd).then_some(SecretKind::Password);
    }
    let kind = hint_of_kind(name)?;
    let lower = value.to_lowercase();
    if kind == SecretKind::Password && LOGINS.contains(&lower.as_str()) {
        return Some(kind);
    }
    // `key` alone names what to look up; a token or a service's key does not.
    let is_owned = last == "token" || words.len() > 1;
    let is_key = value.len() >= 10
        && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && value.chars().filter(char::is_ascii_digit).count() >= 3;
    (is_owned && is_mixed && is_key).then_some(kind)
}

/// Whether a password is one that software comes with, and a word that means other things elsewhere.
pub fn is_common_login(value: &str) -> bool {
    LOGINS.contains(&value)
}

/// Passwords that software comes with.
const LOGINS: &[&str] = &[
    "admin", "root", "guest", "postgres", "password", "passwd", "secret", "qwerty", "1234",
    "12345", "123456", "changeme", "letmein", "admin123", "foobar",
];

#[cfg(test)]
mod tests {
    use super::{SecretKind, presume_secret};

    #[test]
    fn made_up_keys_are_where_secrets_belong() {
        // Put together here, so that no scanner takes them for real.
        for [prefix, rest] in [
            ["hf_", "abcdefghijklmnopqrstuvwxyz12345678"],
            ["ghp_", "1234567890abcdef1234567890abcdef1234"],
            ["sk-", "1234567890abcdef"],
            ["AKIA", "IOSFODNN7EXAMPLE"],
            ["xoxb-", "123456789012-abcdefGHIJKL"],
            ["mongodb+srv://user:", "pass@cluster0.example.net/test"],
            [
                "https://hooks.slack.com/services/",
                "T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
            ],
            [
                "https://0123456789abcdef0123456789abcdef",
                "@o1.ingest.sentry.io/4",
            ],
        ] {
            let value = format!("{prefix}{rest}");
            let value = value.as_str();
            assert!(presume_secret(None, value).is_some(), "{value}");
        }
    }

    #[test]
    fn names_of_secrets_are_believed() {
        let password = Some(SecretKind::Password);
        assert_eq!(presume_secret(Some("PASSWORD"), "admin"), password);
        assert_eq!(presume_secret(Some("pw"), "S3cret!!"), password);
        assert!(presume_secret(Some("KAGGLE_KEY"), "abc123def456").is_some());
        assert!(presume_secret(Some("token"), "abcdef123456").is_some());
    }

    #[test]
    fn words_are_no_secrets() {
        for (name, value) in [
            ("key", "sales202401x"),
            ("sort_key", "abc123def456"),
            ("group_key", "model2024final1"),
            ("pad_token", "abc123def456"),
            ("token", "customer_id_1234"),
            ("password", "password_column"),
            ("pw", "pairwise"),
            ("url", "https://example.org/v1"),
            ("model", "sk-learn-pipeline"),
            ("name", "hf_internal_testing_2024"),
        ] {
            assert_eq!(presume_secret(Some(name), value), None, "{name} = {value}");
        }
    }
}
