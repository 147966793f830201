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
    let literals = |passed: &Passed| -> Option<Vec<String>> {
        let known = passed.value.known_literals();
        let is_known = !passed.is_uncertain() && !known.is_empty();
        is_known.then(|| known.iter().map(ToString::to_string).collect())
    };
    // Whether one of the literals that it may be fits; what is not known fits all.
    let any = |passed: &Passed, fits: &dyn Fn(&str) -> bool| {
        literals(passed).is_none_or(|known| known.iter().any(|it| fits(it)))
    };
    let is_none = |passed: &Passed| literals(passed).is_some_and(|it| it == ["None"]);
    // A text cannot equal, or be part of, what is known to be no text.
    let fits = |passed: &Passed, text: &str| {
        let is_text = text.parse::<f64>().is_err() && !matches!(text, "True" | "False" | "None");
        let ty = passed.value.ty.as_ref();
        !is_text || passed.is_uncertain() || ty.is_none_or(|ty| ty.name == "str" || ty.name == "|")
    };
    match condition {
        Condition::Equals(name, text) => find(name)
            .filter(|it| fits(it, text.trim_matches(['\'', '"'])))
            .is_some_and(|it| any(it, &|known| matches_literal(known, text))),
        Condition::Differs(name, text) => {
            find(name).is_none_or(|it| any(it, &|known| !matches_literal(known, text)))
        }
        Condition::Contains(name, parts) => match find(name) {
            Some(it) if !is_flags(name) && !fits(it, "text") => false,
            Some(it) => any(it, &|known| {
                let is_number = is_flags(name) && known.parse::<i64>().is_ok();
                is_number || parts.iter().any(|part| known.contains(part))
            }),
            None => name == "mode" && parts.iter().any(|part| part == "r"),
        },
        Condition::Says(name, parts) => find(name).and_then(literals).is_some_and(|known| {
            let says = |it: &String| parts.iter().any(|part| it.contains(part.as_str()));
            known.iter().any(says)
        }),
        Condition::OthersDraw => true,
        Condition::Given(name) => find(name).is_some_and(|it| !is_none(it)),
        Condition::Absent(name) => find(name).is_none_or(|it| {
            let may_be_none =
                it.value.may_be_none || it.value.members().any(|ty| ty.name == "None");
            let is_literal = literals(it).is_some_and(|it| it.iter().any(|it| it == "None"));
            it.is_uncertain() || is_literal || may_be_none
        }),
        Condition::Is(name, kind) => {
            find(name).is_some_and(|it| it.is_uncertain() || may_be(it, *kind))
        }
    }
}

/// Whether what is passed is a number of flags, which are known by their names or not at all.
fn is_flags(parameter: &str) -> bool {
    parameter == "flags"
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
