//! Whether the conditions of catalog entries may hold for arguments.

use super::Passed;
use crate::catalog::{ArgumentKind, Condition};
use crate::value::Value;

/// Whether a condition on the arguments may hold.
pub(super) fn may_hold(condition: &Condition, arguments: &[Passed]) -> bool {
    let find = |name: &str| {
        let named = arguments
            .iter()
            .find(|argument| argument.name.as_deref() == Some(name));
        named.or_else(|| arguments.iter().find(|argument| argument.is_uncertain()))
    };
    let literal = |passed: &Passed| {
        passed
            .value
            .literal
            .clone()
            .filter(|_| !passed.is_uncertain())
    };
    // A text cannot equal, or be part of, what is known to be no text.
    let fits = |passed: &Passed, text: &str| {
        let is_text = text.parse::<f64>().is_err() && !matches!(text, "True" | "False" | "None");
        let ty = passed.value.ty.as_ref();
        !is_text || passed.is_uncertain() || ty.is_none_or(|ty| ty.name == "str" || ty.name == "|")
    };
    match condition {
        Condition::Equals(name, text) => find(name)
            .filter(|it| fits(it, text.trim_matches(['\'', '"'])))
            .is_some_and(|it| literal(it).is_none_or(|known| matches_literal(&known, text))),
        Condition::Differs(name, text) => find(name)
            .is_none_or(|it| literal(it).is_none_or(|known| !matches_literal(&known, text))),
        Condition::Contains(name, parts) => match find(name) {
            Some(it) if !fits(it, "text") => false,
            Some(it) => literal(it)
                .is_none_or(|known| parts.iter().any(|part| known.contains(part.as_str()))),
            None => name == "mode" && parts.iter().any(|part| part == "r"),
        },
        Condition::Given(name) => {
            find(name).is_some_and(|it| literal(it).as_deref() != Some("None"))
        }
        Condition::Absent(name) => find(name).is_none_or(|it| {
            let may_be_none = it.value.members().any(|ty| ty.name == "None");
            it.is_uncertain() || literal(it).as_deref() == Some("None") || may_be_none
        }),
        Condition::Is(name, kind) => {
            find(name).is_some_and(|it| it.is_uncertain() || may_be(it, *kind))
        }
    }
}

fn may_be(passed: &Passed, kind: ArgumentKind) -> bool {
    let value = &passed.value;
    let is_handle = value
        .members()
        .any(|ty| ty.name.starts_with("io.") || ty.is_iterator());
    let is = |name: &str| value.members().any(|ty| ty.name == name);
    let is_text = is("str");
    let looks_like_url = value.literal.as_deref().map(|text| text.contains("://"));
    match kind {
        ArgumentKind::Url => {
            let may_be_text = is_text || (value.ty.is_none() && value.path.is_none());
            may_be_text && looks_like_url.unwrap_or(passed.is_link)
        }
        ArgumentKind::Path => {
            (is_text && looks_like_url != Some(true)) || is("pathlib.Path") || value.ty.is_none()
        }
        ArgumentKind::Handle => is_handle,
        ArgumentKind::Generator => {
            is_generator(value) || (value.ty.is_none() && value.literal.is_none())
        }
    }
}

fn matches_literal(known: &str, text: &str) -> bool {
    known == text.trim_matches(['\'', '"'])
}

pub(super) fn is_generator(value: &Value) -> bool {
    value.is("numpy.random.Generator")
        || value.is("numpy.random.RandomState")
        || value.is("random.Random")
}
