//! Colab's forms: `lr = 0.1  #@param {type:"slider", min:0, max:1}`.

use srcify_syntax::UnitId;

use super::Lifter;
use super::places::Place;
use crate::Literal;

/// What a form says of a setting.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// `Literal["adam", "sgd"]`
    pub annotation: Option<String>,
    pub bounds: Vec<(&'static str, String)>,
}

impl Form {
    /// The narrower bounds: those of the form, or of the place where the setting is used.
    pub(super) fn or_bounds(self, place: Option<Place>) -> Vec<(&'static str, String)> {
        let known = place.map(|it| it.bounds).unwrap_or_default();
        if self.bounds.is_empty() || known.len() > self.bounds.len() {
            known
        } else {
            self.bounds
        }
    }
}

impl Lifter<'_> {
    /// What the form beside a statement says, where its value is one that the form allows.
    pub(super) fn form(&self, id: UnitId, value: &Literal) -> Form {
        let unit = &self.program.units()[id.index()];
        let full = self.program.text(unit.full_range);
        let after = &full[usize::from(unit.range.end() - unit.full_range.start())..];
        let after = after.lines().next().unwrap_or_default();
        let comment = after.trim().trim_start_matches('#').trim_start();
        comment
            .strip_prefix("@param")
            .map_or_else(Form::default, |said| form_of(said.trim(), value))
    }
}

fn form_of(said: &str, value: &Literal) -> Form {
    let mut form = Form::default();
    let is_open = said.contains("allow-input") || said.contains("raw");
    match value {
        Literal::Str(text) if said.starts_with('[') && !is_open => {
            let choices = choices(said);
            if choices.iter().any(|choice| choice == text) {
                let quoted: Vec<String> = choices.iter().map(|it| format!("\"{it}\"")).collect();
                form.annotation = Some(format!("Literal[{}]", quoted.join(", ")));
            }
        }
        Literal::Int(text) | Literal::Float(text) if said.contains("slider") => {
            let own: Option<f64> = text.parse().ok();
            for (key, bound) in [("min", "ge"), ("max", "le")] {
                let Some(limit) = number(said, key) else {
                    continue;
                };
                let (Some(own), Ok(at)) = (own, limit.parse::<f64>()) else {
                    continue;
                };
                if (bound == "ge" && at <= own) || (bound == "le" && own <= at) {
                    form.bounds.push((bound, limit.to_owned()));
                }
            }
        }
        _ => {}
    }
    form
}

/// The texts of `["adam", "sgd"]`; none when one of them is no plain text.
fn choices(said: &str) -> Vec<String> {
    let items = said[1..].split(']').next().unwrap_or("");
    let mut choices = Vec::new();
    for item in items.split(',') {
        let item = item.trim();
        let text = ['"', '\'']
            .iter()
            .find_map(|&quote| item.strip_prefix(quote)?.strip_suffix(quote));
        match text {
            Some(text) if !text.contains(['"', '\\']) => choices.push(text.to_owned()),
            _ => return Vec::new(),
        }
    }
    choices
}

/// The number after `key:`.
fn number<'a>(said: &'a str, key: &str) -> Option<&'a str> {
    let rest = said.split_once(&format!("{key}:"))?.1.trim_start();
    let end = rest.find([',', '}', ' ']).unwrap_or(rest.len());
    let number = &rest[..end];
    let is_number = !number.is_empty()
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    is_number.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_say_what_a_setting_may_be() {
        let text = |text: &str| Literal::Str(text.to_owned());
        let form = form_of(r#"["adam", 'sgd']"#, &text("sgd"));
        assert_eq!(
            form.annotation.as_deref(),
            Some(r#"Literal["adam", "sgd"]"#)
        );
        let open = [
            r#"["adam"] {allow-input: true}"#,
            r#"["a", b]"#,
            r#"["other"]"#,
        ];
        for said in open {
            assert_eq!(form_of(said, &text("adam")), Form::default(), "{said}");
        }
        let slider = r#"{type:"slider", min:1, max:100, step:1}"#;
        let form = form_of(slider, &Literal::Int("5".to_owned()));
        assert_eq!(
            form.bounds,
            [("ge", "1".to_owned()), ("le", "100".to_owned())]
        );
        let form = form_of(slider, &Literal::Int("500".to_owned()));
        assert_eq!(form.bounds, [("ge", "1".to_owned())]);
    }
}
