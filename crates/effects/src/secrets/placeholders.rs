//! What people write where a secret would stand.

use super::randomness::distinct;

/// `${TOKEN}`, `{{ secret }}`, `<token>`, `%s`, `{password}`, `$TOKEN`.
pub(super) fn is_template(value: &str) -> bool {
    value.starts_with('$')
        || value.starts_with('%')
        || value.contains("${")
        || value.contains("{{")
        || (value.starts_with('<') && value.ends_with('>'))
        || (value.starts_with('[') && value.ends_with(']'))
        || (value.starts_with('{') && value.ends_with('}'))
}

pub(super) fn is_placeholder(value: &str) -> bool {
    let lower = value.to_lowercase();
    PLACEHOLDERS.contains(&lower.as_str())
        || PLACEHOLDER_PARTS.iter().any(|part| lower.contains(part))
        || distinct(&lower) <= 2
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
    "unused",
    "not-used",
    "not-needed",
    "no-key-required",
    "ollama",
    "lm-studio",
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
