//! Names and docstrings that fit all of several functions that are the same.

use std::collections::BTreeSet;

use super::shape::Shape;
use super::{PlainWords, Twins};

/// The names of the variables of the one function.
pub(super) fn variables(shapes: &[Shape]) -> Vec<String> {
    let first = &shapes[0];
    let mut taken: BTreeSet<String> = first.others.clone();
    let mut names = Vec::new();
    for (at, own) in first.names.iter().enumerate() {
        let all: Vec<&str> = shapes.iter().map(|it| it.names[at].as_str()).collect();
        let wanted = if all.iter().all(|it| it == own) {
            own.clone()
        } else {
            let kind = first.annotations.get(at).and_then(|it| noun_of_type(it));
            let common = common(&all).map(|it| it.join("_"));
            common.or(kind).unwrap_or_else(|| own.clone())
        };
        let is_free = |it: &String| !taken.contains(it) && !srcify_syntax::is_reserved_word(it);
        let name = Some(wanted).filter(is_free);
        names.push(name.clone().unwrap_or_default());
        taken.extend(name);
    }
    for (name, own) in names.iter_mut().zip(&first.names) {
        if name.is_empty() && taken.insert(own.clone()) {
            name.clone_from(own);
        }
    }
    if names.iter().any(String::is_empty) {
        return first.names.clone();
    }
    names
}

/// Names for the one function, the best first.
pub(super) fn function_names(
    old: &[String],
    plain: &[PlainWords],
    (shapes, is_same): (&[Shape], bool),
) -> Vec<String> {
    let own = own_words(shapes);
    let mut names = Vec::new();
    let all: Vec<&str> = old.iter().map(String::as_str).collect();
    let best = plain.iter().map(|it| it.names.first().map(String::as_str));
    let best: Option<Vec<&str>> = best.collect();
    for words in [Some(all), best].into_iter().flatten() {
        let words = common(&words).filter(|it| it.len() > 1);
        names.extend(words.map(|it| it.join("_")));
    }
    // What only one of them is called says nothing of the others where they differ.
    for name in old.iter().filter(|_| is_same) {
        let words: Vec<&str> = name.split('_').filter(|it| !own.contains(*it)).collect();
        if words.len() > 1 {
            names.push(words.join("_"));
        }
    }
    // "Fit values" says less than any other.
    let (vague, mut telling): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|it| is_vague(it));
    telling.extend(vague);
    telling
}

/// Whether a name tells nothing of what is made.
fn is_vague(name: &str) -> bool {
    let noun = name.split_once('_').map_or("", |it| it.1);
    matches!(
        noun,
        "data" | "model" | "models" | "result" | "results" | "value" | "values"
    )
}

/// The docstring of the one function; none where that of the first says it.
pub(super) fn docstring(
    name: &str,
    old: &[String],
    plain: &[PlainWords],
    (twins, renames): (&Twins, &[String]),
) -> Option<String> {
    let shapes = &twins.shapes[..];
    let is_same = twins.given.is_empty();
    let own = own_words(shapes);
    let first = &shapes[0];
    let is_general = |text: &str| words_of(text).iter().all(|it| !own.contains(it.as_str()));
    let is_all = shapes.iter().all(|it| it.docstring() == first.docstring());
    if is_all
        || (is_same
            && name == old[0]
            && is_general(first.docstring())
            && !first.docstring().contains('`'))
    {
        return None;
    }
    let titled = without(first.docstring(), &own);
    let is_title_of =
        |it: &str| crate::naming::snake(&it.trim_end_matches('.').replace(' ', "_")) == name;
    if is_same && is_title_of(&titled) {
        return Some(titled);
    }
    let text = &plain
        .first()
        .filter(|it| !it.docstring.is_empty())?
        .docstring;
    let mut written = String::new();
    for (number, part) in text.split('`').enumerate() {
        if number % 2 == 1 {
            let at = first.names.iter().position(|it| it == part);
            let new = at.map_or(part, |at| renames[at].as_str());
            written.push_str(&format!("`{new}`"));
        } else {
            written.push_str(&without(part, &own));
        }
    }
    Some(written)
}

/// Words of the variables of some of the functions that are not words of all.
fn own_words(shapes: &[Shape]) -> BTreeSet<String> {
    let mut own = BTreeSet::new();
    for at in 0..shapes[0].names.len() {
        let all: Vec<&str> = shapes.iter().map(|it| it.names[at].as_str()).collect();
        let same: BTreeSet<String> = common(&all).into_iter().flatten().collect();
        let words = all.iter().flat_map(|it| words_of(it));
        own.extend(words.filter(|it| !same.contains(it)));
    }
    own
}

/// The words that several names have in common, in order; numbers only tell names apart.
fn common(names: &[&str]) -> Option<Vec<String>> {
    let mut lists = names.iter().map(|it| split(it));
    let mut words = lists.next()?;
    for other in lists {
        words = in_both(&words, &other);
    }
    let is_name = |it: &Vec<String>| {
        let first = it.first().and_then(|it| it.chars().next());
        first.is_some_and(char::is_alphabetic)
    };
    Some(words).filter(is_name)
}

/// The longest list of words that stand in both lists in this order.
fn in_both(first: &[String], second: &[String]) -> Vec<String> {
    let (Some((one, rest)), Some(_)) = (first.split_first(), second.first()) else {
        return Vec::new();
    };
    let without = in_both(rest, second);
    let Some(at) = second.iter().position(|it| it == one) else {
        return without;
    };
    let mut with = vec![one.clone()];
    with.extend(in_both(rest, &second[at + 1..]));
    if with.len() >= without.len() {
        with
    } else {
        without
    }
}

/// The words of a name, without the numbers at their ends.
fn split(name: &str) -> Vec<String> {
    let words = name.split('_').map(|it| {
        let plain = it.trim_end_matches(|c: char| c.is_ascii_digit());
        plain.to_owned()
    });
    words.filter(|it| !it.is_empty()).take(8).collect()
}

/// The words of a text, in small letters, whole and without numbers.
fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|it| !it.is_empty()).map(str::to_lowercase);
    words.collect()
}

/// A text without some words.
fn without(text: &str, words: &BTreeSet<String>) -> String {
    let is_one = |it: &&str| words.contains(&it.to_lowercase());
    let kept = text.split(' ').filter(|it| !is_one(it));
    kept.collect::<Vec<_>>().join(" ")
}

/// What something of a type is called.
fn noun_of_type(annotation: &str) -> Option<String> {
    let class = annotation.rsplit('.').next()?;
    let class = class.split(['[', ' ']).next()?;
    Some(match class {
        "DataFrame" => "data".to_owned(),
        "Series" | "ndarray" | "Index" => "values".to_owned(),
        it if it.ends_with("SearchCV") => "search".to_owned(),
        it if it.ends_with("Classifier") => "classifier".to_owned(),
        it if it.ends_with("Regressor") => "regressor".to_owned(),
        it if it.ends_with("ResultsWrapper") || it.ends_with("Results") => "results".to_owned(),
        it if it.starts_with(char::is_uppercase) => crate::naming::snake(it),
        _ => return None,
    })
}
