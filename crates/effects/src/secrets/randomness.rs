//! How random a value looks: generated keys are, words and paths are not.

/// Long, of one word, letters and digits mixed, and with the entropy of generated keys.
pub(super) fn is_random(value: &str) -> bool {
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

pub(super) fn distinct(value: &str) -> usize {
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
