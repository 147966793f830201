//! What a function takes and gives, as a run of the input showed it.

use srcify_syntax::UnitId;

use super::docstring;
use crate::cuts::Cut;
use crate::planner::Planner;

/// The longest line of a docstring, without its indentation.
const WIDTH: usize = 92;

impl Planner<'_> {
    /// The docstring of a domain function: its summary, and the frames that were seen.
    pub(super) fn cut_docstring(&self, summary: &str, cut: &Cut, units: &[UnitId]) -> String {
        if self.preferences.observed.is_none() {
            return docstring(summary);
        }
        let before = |name: &String| {
            let earlier = self.steps[..units[0].index()].iter().rev();
            earlier
                .into_iter()
                .find_map(|step| self.look_after(step.unit, name))
        };
        let after = |name: &String| {
            let mut within = units.iter().rev();
            within.find_map(|unit| self.look_after(*unit, name))
        };
        let mut lines = Vec::new();
        for name in &cut.inputs {
            if let Some(look) = before(name) {
                lines.extend(wrapped(&format!("Seen as `{name}`: {look}.")));
            }
        }
        for name in &cut.outputs {
            if let Some(look) = after(name) {
                lines.extend(wrapped(&format!("Gave `{name}`: {look}.")));
            }
        }
        if lines.is_empty() {
            return docstring(summary);
        }
        let looks = lines.join("\n    ");
        let text = match summary.trim_end().split_once("\n\n") {
            // Before the sections on arguments and results.
            Some((first, rest)) => format!("{first}\n\n    {looks}\n\n{rest}\n    "),
            None => format!("{}\n\n    {looks}\n    ", summary.trim_end()),
        };
        docstring(&text)
    }

    fn look_after(&self, unit: UnitId, name: &str) -> Option<&str> {
        let observed = self.preferences.observed.as_ref()?;
        observed.look_after(self.program, unit, name)
    }
}

/// A paragraph in lines of readable length.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_wrapped_and_lose_no_word() {
        let text = "word ".repeat(60);
        let lines = wrapped(&text);
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
        assert_eq!(lines.join(" "), text.trim());
    }
}
