//! Which literals are secrets: by their name, by their shape, and by their randomness where a name hints at one.
//!
//! In: the name a literal is given, and the literal. Out: what kind of secret it is, never the value. Precision first:
//! placeholders, names of variables and fields, endpoints, model names, identifiers and checksums are no secrets.

mod connections;
mod names;
mod placeholders;
mod presumed;
mod randomness;
mod shapes;
mod text;

use connections::in_connection_string;
use names::{by_name, words};
use placeholders::is_template;
use shapes::by_shape;

pub use presumed::{is_common_login, presume_secret};
pub use text::{secrets_in, secrets_in_prose};

/// What a literal gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretKind {
    /// A password or passphrase.
    Password,
    /// A key to an API or an account.
    ApiKey,
    /// A token that authenticates its bearer.
    Token,
    /// A private key.
    PrivateKey,
    /// A connection string or URL that holds a password.
    ConnectionString,
    /// A client secret or signing secret.
    Secret,
}

impl SecretKind {
    /// For messages: `a password`, `an API key`.
    pub fn description(self) -> &'static str {
        match self {
            Self::Password => "a password",
            Self::ApiKey => "an API key",
            Self::Token => "an access token",
            Self::PrivateKey => "a private key",
            Self::ConnectionString => "a connection string with a password",
            Self::Secret => "a secret",
        }
    }
}

/// Tells whether `value`, given to `name` if it has one, is a secret.
///
/// `name` is a variable, parameter, attribute or key: `api_key`, `apiKey`, `db.password`.
pub fn find_secret(name: Option<&str>, value: &str) -> Option<SecretKind> {
    let value = value.trim();
    if value.len() < 4 || is_template(value) {
        return None;
    }
    by_shape(value)
        .or_else(|| in_connection_string(value))
        .or_else(|| by_name(name?, value))
}

/// The environment variable to read a secret from, `name` being what the literal was given to.
pub fn environment_variable(name: Option<&str>, kind: SecretKind) -> String {
    let words = name.map(words).unwrap_or_default();
    let joined = words.join("_").to_uppercase();
    let is_usable = joined.starts_with(|c: char| c.is_ascii_alphabetic())
        && joined
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_usable {
        return joined;
    }
    match kind {
        SecretKind::Password => "PASSWORD",
        SecretKind::ApiKey => "API_KEY",
        SecretKind::Token => "ACCESS_TOKEN",
        SecretKind::PrivateKey => "PRIVATE_KEY",
        SecretKind::ConnectionString => "DATABASE_URL",
        SecretKind::Secret => "SECRET",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn secret(name: &str, value: &str, kind: SecretKind) {
        assert_eq!(
            find_secret(Some(name), value),
            Some(kind),
            "{name} = {value}"
        );
    }

    #[track_caller]
    fn harmless(name: &str, value: &str) {
        assert_eq!(find_secret(Some(name), value), None, "{name} = {value}");
    }

    // Assembled here, so that scanners of this repository have nothing to find.
    fn key(prefix: &str, length: usize) -> String {
        let alphabet = "a9B3kQ7zX1mW5rT8";
        let body: String = alphabet.chars().cycle().take(length).collect();
        format!("{prefix}{body}")
    }

    #[test]
    fn keys_are_known_by_their_issuer() {
        for (prefix, length, kind) in [
            ("sk-", 48, SecretKind::ApiKey),
            ("ghp_", 36, SecretKind::Token),
            ("hf_", 34, SecretKind::Token),
            ("AIza", 35, SecretKind::ApiKey),
            ("xoxb-", 40, SecretKind::Token),
            ("glpat-", 20, SecretKind::Token),
        ] {
            assert_eq!(
                find_secret(None, &key(prefix, length)),
                Some(kind),
                "{prefix}"
            );
        }
        let amazon = key("AKIA", 16).to_uppercase();
        assert_eq!(find_secret(None, &amazon), Some(SecretKind::ApiKey));
        assert_eq!(
            find_secret(None, &format!("Bearer {}", key("ghp_", 36))),
            Some(SecretKind::Token)
        );
    }

    #[test]
    fn private_keys_and_web_tokens_are_known_by_their_form() {
        let pem = format!("-----BEGIN RSA PRIVATE KEY-----\n{}\n", key("MII", 64));
        assert_eq!(find_secret(None, &pem), Some(SecretKind::PrivateKey));
        assert_eq!(find_secret(None, "-----BEGIN RSA PRIVATE KEY-----"), None);
        let jwt = format!("{}.{}.{}", key("eyJ", 20), key("eyJ", 20), key("", 30));
        assert_eq!(find_secret(None, &jwt), Some(SecretKind::Token));
    }

    #[test]
    fn connection_strings_are_secrets_when_they_hold_a_password() {
        let url = |password: &str| format!("postgresql://scott:{password}@db.internal:5432/sales");
        assert_eq!(
            find_secret(None, &url("t1ger-99")),
            Some(SecretKind::ConnectionString)
        );
        assert_eq!(find_secret(None, &url("{password}")), None);
        assert_eq!(find_secret(None, &url("password")), None);
        assert_eq!(find_secret(None, &url("scott")), None);
        assert_eq!(find_secret(None, "postgresql://db.internal/sales"), None);
        assert_eq!(find_secret(None, "https://example.org/a:b@c"), None);
        let odbc = "Server=tcp:db;Database=sales;Uid=scott;Pwd=t1ger-99;";
        assert_eq!(find_secret(None, odbc), Some(SecretKind::ConnectionString));
    }

    #[test]
    fn names_make_plausible_values_secrets() {
        secret("password", "hunter2!", SecretKind::Password);
        secret("DB_PASSWORD", "s3cr3t-squirrel", SecretKind::Password);
        secret(
            "api_key",
            "d41d8cd98f00b204e9800998ecf8427e",
            SecretKind::ApiKey,
        );
        secret("clientSecret", "q8R-zz1", SecretKind::Secret);
        secret("token", &key("", 32), SecretKind::Token);
    }

    #[test]
    fn names_that_only_look_secret_are_harmless() {
        for (name, value) in [
            ("token_prefix", "Bearer0123"),
            ("passed_msg", "all 12 checks passed"),
            ("max_tokens", "4096"),
            ("password_field", "user_pw_1"),
            ("token_url", "https://auth.example.org/token"),
            ("pad_token", "[PAD]"),
            ("eos_token", "<|endoftext|>"),
            ("mask_token", "a9B3kQ7zX1mW5rT8a9B3kQ7z"),
            ("password_hash", "d41d8cd98f00b204e9800998ecf8427e"),
            ("sort_key", "customer_id"),
            ("key", "tenure_band"),
            ("model", "claude-sonnet-4-20250514"),
        ] {
            harmless(name, value);
        }
    }

    #[test]
    fn names_with_parts_are_harmless() {
        harmless("CURVE_TYPE_LIB_KEY", "com.example.curves2.curve_type");
        harmless("pwd", "magics.basic.osm:SystemMagics");
        harmless("session-token", "s3.session-token");
        harmless("ACCESS_TOKEN", "auth-request-type/at");
        harmless("api_key", "unused");
        secret("password", "hunter.Two9", SecretKind::Password);
        secret("api_key", "prod.q8Rzz1kW7", SecretKind::ApiKey);
    }

    #[test]
    fn placeholders_and_references_are_harmless() {
        for value in [
            "",
            "XXXX",
            "changeme",
            "<token>",
            "your-api-key",
            "${DB_PASSWORD}",
            "$PASSWORD",
            "{password}",
            "OPENAI_API_KEY",
            "db_password",
            "password",
            "***",
            "...",
            "Enter your password:",
            "%(password)s",
            "secrets/token.json",
            "https://vault.example.org/v1",
            "123e4567-e89b-12d3-a456-426614174000",
        ] {
            harmless("password", value);
            harmless("api_key", value);
            harmless("token", value);
        }
    }

    #[test]
    fn checksums_and_identifiers_without_a_telling_name_are_harmless() {
        harmless(
            "sha256",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        );
        harmless("run_id", "123e4567-e89b-12d3-a456-426614174000");
        assert_eq!(find_secret(None, "e3b0c44298fc1c149afbf4c8996fb924"), None);
    }

    #[test]
    fn a_secret_gets_the_variable_of_its_name() {
        assert_eq!(
            environment_variable(Some("dbPassword"), SecretKind::Password),
            "DB_PASSWORD"
        );
        assert_eq!(
            environment_variable(Some("openai.api_key"), SecretKind::ApiKey),
            "OPENAI_API_KEY"
        );
        assert_eq!(
            environment_variable(None, SecretKind::Token),
            "ACCESS_TOKEN"
        );
        assert_eq!(
            environment_variable(Some("é!"), SecretKind::Token),
            "ACCESS_TOKEN"
        );
    }
}
