//! Names that say that their value is a secret, and values that may then be one.

use super::SecretKind;
use super::placeholders::{is_placeholder, is_template};
use super::randomness::{distinct, is_random};

pub(super) fn by_name(name: &str, value: &str) -> Option<SecretKind> {
    let hint = hint_of(name)?;
    let (Hint::Strong(kind) | Hint::Weak(kind)) = hint;
    if !is_plausible(value) || is_dotted_name(kind, value) {
        return None;
    }
    match hint {
        Hint::Strong(kind) => Some(kind),
        Hint::Weak(kind) => is_random(value).then_some(kind),
    }
}

/// Whether a name is one that secrets have, among others.
pub(super) fn may_name_secret(name: &str) -> bool {
    hint_of(name).is_some()
}

/// The kind of secret that a name is one of, by itself or among others.
pub(super) fn hint_of_kind(name: &str) -> Option<SecretKind> {
    let (Hint::Strong(kind) | Hint::Weak(kind)) = hint_of(name)?;
    Some(kind)
}

/// How much a name says about its value.
enum Hint {
    /// A name that only secrets have: any plausible value is one.
    Strong(SecretKind),
    /// A name that other things have, too: only a random value is a secret.
    Weak(SecretKind),
}

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

fn is_login(word: &str) -> bool {
    matches!(
        word,
        "db" | "user" | "smtp" | "ftp" | "mail" | "email" | "admin" | "root" | "login"
    )
}

/// Splits `dbPassword`, `db.password`, `DB-PASSWORD` into lower-case words.
pub(super) fn words(name: &str) -> Vec<String> {
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

/// `com.example.curve_type`, `s3.secret-access-key`, `auth-request/at`, `core.magics:Table`: names with parts. People
/// choose passwords of two words, but not of three names.
fn is_dotted_name(kind: SecretKind, value: &str) -> bool {
    let parts: Vec<&str> = value.split(['.', '/', ':']).collect();
    let least = if kind == SecretKind::Password { 3 } else { 2 };
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let is_name = |part: &&str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    parts.len() >= least
        && parts.iter().all(is_name)
        && digits * 5 <= value.len()
        && !is_random(value)
}

fn is_uuid(value: &str) -> bool {
    let groups: Vec<usize> = value.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && value.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}
