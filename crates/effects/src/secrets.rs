//! Which literals are secrets: by their name, by their shape, and by their randomness where a name hints at one.
//!
//! In: the name a literal is given, and the literal. Out: what kind of secret it is, never the value. Precision first:
//! placeholders, names of variables and fields, endpoints, model names, identifiers and checksums are no secrets.

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

/// What follows a prefix that issuers put before their keys.
struct Shape {
    prefix: &'static str,
    at_least: usize,
    alphabet: fn(char) -> bool,
    kind: SecretKind,
}

const fn shape(
    prefix: &'static str,
    at_least: usize,
    alphabet: fn(char) -> bool,
    kind: SecretKind,
) -> Shape {
    Shape {
        prefix,
        at_least,
        alphabet,
        kind,
    }
}

/// Prefixes that services document for their keys, with the shortest rest they issue.
const SHAPES: &[Shape] = &[
    shape("sk-ant-", 20, is_url_safe, SecretKind::ApiKey),
    shape("sk-proj-", 20, is_url_safe, SecretKind::ApiKey),
    shape("sk-", 20, is_url_safe, SecretKind::ApiKey),
    shape("sk_live_", 16, is_url_safe, SecretKind::ApiKey),
    shape("rk_live_", 16, is_url_safe, SecretKind::ApiKey),
    shape("sk_test_", 16, is_url_safe, SecretKind::ApiKey),
    shape("gsk_", 30, is_alphanumeric, SecretKind::ApiKey),
    shape("r8_", 30, is_alphanumeric, SecretKind::ApiKey),
    shape("ghp_", 30, is_alphanumeric, SecretKind::Token),
    shape("gho_", 30, is_alphanumeric, SecretKind::Token),
    shape("ghu_", 30, is_alphanumeric, SecretKind::Token),
    shape("ghs_", 30, is_alphanumeric, SecretKind::Token),
    shape("ghr_", 30, is_alphanumeric, SecretKind::Token),
    shape("github_pat_", 22, is_url_safe, SecretKind::Token),
    shape("glpat-", 16, is_url_safe, SecretKind::Token),
    shape("npm_", 30, is_alphanumeric, SecretKind::Token),
    shape("pypi-AgEI", 40, is_url_safe, SecretKind::Token),
    shape("hf_", 30, is_alphanumeric, SecretKind::Token),
    shape("xoxb-", 10, is_url_safe, SecretKind::Token),
    shape("xoxp-", 10, is_url_safe, SecretKind::Token),
    shape("xoxa-", 10, is_url_safe, SecretKind::Token),
    shape("xoxr-", 10, is_url_safe, SecretKind::Token),
    shape("xoxs-", 10, is_url_safe, SecretKind::Token),
    shape("AKIA", 16, is_upper_alphanumeric, SecretKind::ApiKey),
    shape("ASIA", 16, is_upper_alphanumeric, SecretKind::ApiKey),
    shape("AIza", 35, is_url_safe, SecretKind::ApiKey),
    shape("dapi", 32, is_lower_hex, SecretKind::Token),
    shape("SG.", 40, is_dotted, SecretKind::ApiKey),
    shape("lsv2_pt_", 30, is_url_safe, SecretKind::ApiKey),
];

fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn is_upper_alphanumeric(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit()
}

fn is_lower_hex(c: char) -> bool {
    c.is_ascii_digit() || ('a'..='f').contains(&c)
}

fn is_url_safe(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

fn is_dotted(c: char) -> bool {
    is_url_safe(c) || c == '.'
}

fn by_shape(value: &str) -> Option<SecretKind> {
    if value.contains("-----BEGIN") && value.contains("PRIVATE KEY") {
        // The header alone is a pattern to look for, not a key.
        let body = value.split("PRIVATE KEY-----").nth(1).unwrap_or("");
        let length = body.chars().filter(char::is_ascii_alphanumeric).count();
        return (length >= 40).then_some(SecretKind::PrivateKey);
    }
    if let Some(rest) = value.split("hooks.slack.com/services/").nth(1) {
        let parts: Vec<&str> = rest.split('/').collect();
        if parts.len() >= 3 && parts[2].len() >= 16 && is_random(parts[2]) {
            return Some(SecretKind::Token);
        }
    }
    value
        .split(|c: char| !is_dotted(c))
        .filter(|token| token.len() >= 14)
        .find_map(|token| issued_key(token).or_else(|| is_jwt(token).then_some(SecretKind::Token)))
}

fn issued_key(token: &str) -> Option<SecretKind> {
    let shape = SHAPES
        .iter()
        .find(|shape| token.starts_with(shape.prefix))?;
    let rest = &token[shape.prefix.len()..];
    let end = rest
        .find(|c: char| !(shape.alphabet)(c))
        .unwrap_or(rest.len());
    let body = &rest[..end];
    let is_key = body.len() >= shape.at_least
        && body.chars().any(|c| c.is_ascii_digit())
        && !is_placeholder(body)
        && distinct(body) >= 6;
    is_key.then_some(shape.kind)
}

fn is_jwt(token: &str) -> bool {
    let parts: Vec<&str> = token.split('.').collect();
    parts.len() == 3
        && parts[0].starts_with("eyJ")
        && parts[1].starts_with("eyJ")
        && parts
            .iter()
            .all(|part| part.len() >= 10 && part.chars().all(is_url_safe))
}

/// `scheme://user:password@host`, `?api_key=…`, `Server=…;Pwd=…;`.
fn in_connection_string(value: &str) -> Option<SecretKind> {
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

/// How much a name says about its value.
enum Hint {
    /// A name that only secrets have: any plausible value is one.
    Strong(SecretKind),
    /// A name that other things have, too: only a random value is a secret.
    Weak(SecretKind),
}

fn by_name(name: &str, value: &str) -> Option<SecretKind> {
    let hint = hint_of(name)?;
    if !is_plausible(value) {
        return None;
    }
    match hint {
        Hint::Strong(kind) => Some(kind),
        Hint::Weak(kind) => is_random(value).then_some(kind),
    }
}

/// Words before `token` that make it a piece of text or a position, not a credential.
const TEXT_TOKENS: &[&str] = &[
    "pad",
    "mask",
    "eos",
    "bos",
    "unk",
    "sep",
    "cls",
    "special",
    "start",
    "end",
    "stop",
    "blank",
    "unknown",
    "next",
    "page",
    "continuation",
    "word",
    "image",
    "text",
    "prompt",
    "sentence",
    "oov",
    "separator",
    "padding",
    "masked",
    "first",
    "last",
    "current",
    "previous",
    "max",
    "min",
    "cancellation",
    "continue",
    "sync",
    "filler",
    "newline",
    "begin",
    "audio",
    "video",
    "control",
];

/// Words before `key` that make it a name to look something up by.
const LOOKUP_KEYS: &[&str] = &[
    "primary",
    "foreign",
    "sort",
    "cache",
    "public",
    "dict",
    "partition",
    "join",
    "group",
    "index",
    "column",
    "s3",
    "object",
    "bucket",
    "row",
    "lookup",
    "config",
    "data",
    "foreign",
    "parent",
    "metric",
    "state",
    "storage",
    "map",
    "hash",
    "natural",
    "surrogate",
    "business",
    "shortcut",
];

fn hint_of(name: &str) -> Option<Hint> {
    let words = words(name);
    let last = words.last()?.as_str();
    let before = words
        .len()
        .checked_sub(2)
        .map_or("", |at| words[at].as_str());
    let hint = match (before, last) {
        (_, "password" | "passwd" | "pwd" | "passphrase" | "pass")
            if last != "pass" || is_login(before) =>
        {
            Hint::Strong(SecretKind::Password)
        }
        (_, "apikey" | "accesskey" | "secretkey")
        | ("api" | "access" | "account" | "subscription", "key") => {
            Hint::Strong(SecretKind::ApiKey)
        }
        ("secret" | "encryption" | "signing" | "master" | "private" | "fernet", "key") => {
            Hint::Strong(SecretKind::Secret)
        }
        (_, "secret") => Hint::Strong(SecretKind::Secret),
        (
            "api" | "auth" | "access" | "bearer" | "bot" | "refresh" | "session" | "secret" | "id",
            "token",
        )
        | (_, "authtoken" | "accesstoken") => Hint::Strong(SecretKind::Token),
        (before, "token") if !TEXT_TOKENS.contains(&before) => Hint::Weak(SecretKind::Token),
        (_, "credential" | "credentials" | "auth" | "bearer" | "authorization") => {
            Hint::Weak(SecretKind::Token)
        }
        (before, "key") if !LOOKUP_KEYS.contains(&before) => Hint::Weak(SecretKind::ApiKey),
        _ => return None,
    };
    Some(hint)
}

fn is_login(word: &str) -> bool {
    matches!(
        word,
        "db" | "user" | "smtp" | "ftp" | "mail" | "email" | "admin" | "root" | "login"
    )
}

/// Splits `dbPassword`, `db.password`, `DB-PASSWORD` into lower-case words.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            if !current.is_empty() {
                words.push(std::mem::take(&mut current));
            }
            was_lower = false;
            continue;
        }
        if c.is_uppercase() && was_lower {
            words.push(std::mem::take(&mut current));
        }
        was_lower = c.is_lowercase() || c.is_ascii_digit();
        current.extend(c.to_lowercase());
    }
    if !current.is_empty() {
        words.push(current);
    }
    words
}

/// Whether a value could be a secret at all, when its name says so.
fn is_plausible(value: &str) -> bool {
    let length = value.chars().count();
    let is_prose = value.contains(char::is_whitespace);
    !is_prose
        && (4..=4096).contains(&length)
        && !is_template(value)
        && !is_placeholder(value)
        && !is_variable_name(value)
        && !is_field_name(value)
        && !is_resource(value)
        && !is_uuid(value)
        && distinct(value) > 2
}

/// `${TOKEN}`, `{{ secret }}`, `<token>`, `%s`, `{password}`, `$TOKEN`.
fn is_template(value: &str) -> bool {
    value.starts_with('$')
        || value.starts_with('%')
        || value.contains("${")
        || value.contains("{{")
        || (value.starts_with('<') && value.ends_with('>'))
        || (value.starts_with('[') && value.ends_with(']'))
        || (value.starts_with('{') && value.ends_with('}'))
}

/// Parts of values that people write where a secret would stand.
const PLACEHOLDER_PARTS: &[&str] = &[
    "xxx",
    "changeme",
    "change_me",
    "change-me",
    "placeholder",
    "your_",
    "your-",
    "yourpass",
    "example",
    "dummy",
    "redacted",
    "replace",
    "insert",
    "<",
    "***",
    "...",
    "todo",
    "fixme",
    "fake",
    "not-a-real",
    "not_a_real",
    "notasecret",
    "not-used",
    "sample",
    "abc123",
    "my-secret",
    "my_secret",
    "mysecret",
    "my-api",
    "my_api",
    "my-token",
    "my_token",
    "mytoken",
    "mypass",
    "my_pass",
    "enter-",
    "enter_",
    "put-your",
    "put_your",
    "goes-here",
    "goes_here",
    "_here",
    "-here",
    "00000000",
    "11111111",
    "12345678",
    "testtest",
    "undefined",
    "supersecret",
    "super-secret",
];

/// Values that stand for themselves.
const PLACEHOLDERS: &[&str] = &[
    "password",
    "passwd",
    "pass",
    "secret",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "key",
    "none",
    "null",
    "true",
    "false",
    "test",
    "tests",
    "testing",
    "default",
    "empty",
    "unset",
    "string",
    "str",
    "user",
    "username",
    "admin",
    "root",
    "guest",
    "anonymous",
    "postgres",
    "bearer",
    "basic",
    "hidden",
    "masked",
    "missing",
    "optional",
    "required",
    "env",
    "environment",
    "auto",
    "prompt",
    "foo",
    "bar",
    "baz",
    "foobar",
    "qwerty",
    "value",
    "text",
    "unknown",
    "pwd",
    "credentials",
    "no-key",
    "nokey",
    "1234",
    "12345",
    "123456",
    "local",
    "localhost",
    "json",
    "oauth",
    "oauth2",
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
];

fn is_placeholder(value: &str) -> bool {
    let lower = value.to_lowercase();
    PLACEHOLDERS.contains(&lower.as_str())
        || PLACEHOLDER_PARTS.iter().any(|part| lower.contains(part))
        || distinct(&lower) <= 2
}

/// `OPENAI_API_KEY`: the name of a variable that holds the secret.
fn is_variable_name(value: &str) -> bool {
    value.contains('_')
        && value
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// `db_password`, `tokenField`, `client-secret`: words that name the thing, without digits.
fn is_field_name(value: &str) -> bool {
    if !value
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '_' | '-' | '.' | ':'))
    {
        return false;
    }
    let words = words(value);
    let names_it = |word: &String| {
        matches!(
            word.as_str(),
            "password"
                | "passwd"
                | "pwd"
                | "secret"
                | "token"
                | "key"
                | "credential"
                | "credentials"
                | "auth"
                | "apikey"
        )
    };
    words.iter().any(names_it) && value.len() <= 40
}

/// A path, an address, a module: where the secret is, not what it is.
fn is_resource(value: &str) -> bool {
    let is_address =
        value.contains("://") || value.starts_with("arn:") || value.starts_with("www.");
    let is_path = value.starts_with(['/', '.', '~']) || value.matches('/').count() > 2;
    let has_extension = value.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && matches!(
                extension,
                "json"
                    | "txt"
                    | "yaml"
                    | "yml"
                    | "pem"
                    | "key"
                    | "env"
                    | "toml"
                    | "ini"
                    | "py"
                    | "com"
                    | "org"
                    | "net"
            )
    });
    is_address || (is_path && !is_random(value)) || has_extension
}

fn is_uuid(value: &str) -> bool {
    let groups: Vec<usize> = value.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && value.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// Long, of one word, letters and digits mixed, and with the entropy of generated keys.
fn is_random(value: &str) -> bool {
    let length = value.chars().count();
    let is_key_alphabet = value
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=' | '.' | '~'));
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(char::is_ascii_alphabetic).count();
    let is_hex = value.chars().all(|c| c.is_ascii_hexdigit());
    let needed = if is_hex { 3.0 } else { 3.5 };
    length >= 20
        && is_key_alphabet
        && digits >= 3
        && letters >= 3
        && longest_word(value) <= 9
        && entropy(value) >= needed
}

/// The longest run of lower-case letters: model names and paths are made of words, keys are not.
fn longest_word(value: &str) -> usize {
    value
        .split(|c: char| !c.is_ascii_lowercase())
        .map(str::len)
        .max()
        .unwrap_or(0)
}

fn distinct(value: &str) -> usize {
    let mut characters: Vec<char> = value.chars().collect();
    characters.sort_unstable();
    characters.dedup();
    characters.len()
}

/// Shannon entropy, in bits per character.
#[expect(clippy::cast_precision_loss, reason = "literals are short")]
fn entropy(value: &str) -> f64 {
    let mut characters: Vec<char> = value.chars().collect();
    characters.sort_unstable();
    let length = characters.len() as f64;
    characters
        .chunk_by(|a, b| a == b)
        .map(|run| run.len() as f64 / length)
        .map(|share| -share * share.log2())
        .sum()
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
