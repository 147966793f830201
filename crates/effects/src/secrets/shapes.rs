//! Secrets that their form gives away: keys with an issuer's prefix, private keys, web tokens.

use super::SecretKind;
use super::placeholders::is_placeholder;
use super::randomness::{distinct, is_random};

pub(super) fn by_shape(value: &str) -> Option<SecretKind> {
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

/// Whether a value begins as an issuer's keys do and goes on in their alphabet, long enough to be one, whatever it says.
pub(super) fn has_issuer(value: &str) -> Option<SecretKind> {
    let shape = SHAPES
        .iter()
        .find(|shape| value.starts_with(shape.prefix))?;
    let body = &value[shape.prefix.len()..];
    let digits = body.chars().filter(char::is_ascii_digit).count();
    let is_vague = shape.prefix.len() < 4 && digits < 4;
    let is_key = body.len() >= shape.at_least.min(16)
        && body.chars().all(shape.alphabet)
        && digits > 0
        && !is_vague;
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
