//! Two printed texts, side by side, and whether they say the same.

use std::fmt::Write;

/// How far two numbers may be apart, relatively, and still be the same number.
const TOLERANCE: f64 = 1e-9;

/// The columns that one of the two texts gets.
const WIDTH: usize = 58;

/// The lines of two texts beside each other; `|` marks a pair that differs.
pub fn side_by_side(titles: [&str; 2], left: &str, right: &str) -> String {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let mut text = String::new();
    let _ = writeln!(text, "{:WIDTH$}     {}", titles[0], titles[1]);
    let _ = writeln!(text, "{}     {}", "-".repeat(WIDTH), "-".repeat(WIDTH));
    for index in 0..left.len().max(right.len()) {
        let pair = [left.get(index), right.get(index)];
        let mark = if same_line(pair[0], pair[1]) {
            ' '
        } else {
            '|'
        };
        let [one, other] = pair.map(|line| line.map_or(String::new(), |line| shorten(line)));
        let _ = writeln!(
            text,
            "{}",
            format!("{one:WIDTH$}  {mark}  {other}").trim_end()
        );
    }
    text
}

/// The first difference between two texts, in words; numbers may differ in their last digits.
pub fn difference(left: &str, right: &str) -> Option<String> {
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    for index in 0..left.len().max(right.len()) {
        match (left.get(index), right.get(index)) {
            (Some(one), Some(other)) if same(one, other) => {}
            (Some(one), Some(other)) => {
                return Some(format!("line {}: `{one}` became `{other}`", index + 1));
            }
            (Some(one), None) => return Some(format!("line {}: `{one}` is missing", index + 1)),
            (None, Some(other)) => return Some(format!("line {}: `{other}` is new", index + 1)),
            (None, None) => {}
        }
    }
    None
}

/// How many numbers a text holds.
pub fn count_numbers(text: &str) -> usize {
    text.lines()
        .flat_map(words)
        .filter(|word| word.parse::<f64>().is_ok())
        .count()
}

fn same_line(left: Option<&&str>, right: Option<&&str>) -> bool {
    matches!((left, right), (Some(left), Some(right)) if same(left, right))
}

/// Whether two lines are equal but for the last digits of numbers.
fn same(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let (left, right): (Vec<&str>, Vec<&str>) = (words(left).collect(), words(right).collect());
    left.len() == right.len()
        && left
            .iter()
            .zip(&right)
            .all(|(one, other)| same_word(one, other))
}

fn same_word(one: &str, other: &str) -> bool {
    let (Ok(left), Ok(right)) = (one.parse::<f64>(), other.parse::<f64>()) else {
        return one == other;
    };
    one == other || (left - right).abs() <= TOLERANCE * left.abs().max(right.abs())
}

/// The words of a line, without the punctuation around them.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let edges: &[char] = &[
        '(', ')', '[', ']', '{', '}', ',', ':', ';', '%', '\'', '"', '=',
    ];
    line.split_whitespace()
        .map(move |word| word.trim_matches(edges))
}

fn shorten(line: &str) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    line.chars().take(WIDTH - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: Option<&str>) {
        assert_eq!(difference(left, right).as_deref(), expected);
    }

    #[test]
    fn the_last_digits_of_a_number_may_differ() {
        check("auc: 0.81756604199593611", "auc: 0.81756604199593622", None);
    }

    #[test]
    fn another_number_differs() {
        check(
            "rows: 600\nauc: 0.81",
            "rows: 600\nauc: 0.82",
            Some("line 2: `auc: 0.81` became `auc: 0.82`"),
        );
    }

    #[test]
    fn another_word_differs() {
        check(
            "rows: 600",
            "lines: 600",
            Some("line 1: `rows: 600` became `lines: 600`"),
        );
    }

    #[test]
    fn a_missing_line_and_a_new_line_differ() {
        check("a\nb", "a", Some("line 2: `b` is missing"));
        check("a", "a\nb", Some("line 2: `b` is new"));
    }

    #[test]
    fn numbers_are_counted_without_their_punctuation() {
        assert_eq!(
            count_numbers("accuracy: 0.8082, f1=0.64\n(12, 3%) nothing"),
            3
        );
    }

    #[test]
    fn long_lines_are_cut_between_characters() {
        let line = "é".repeat(200);
        assert_eq!(shorten(&line).chars().count(), WIDTH);
        assert!(side_by_side(["a", "b"], &line, "x").contains('|'));
    }
}
