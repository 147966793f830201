//! The default settings as YAML that OmegaConf reads: `confs/<job>.yaml`.

use srcify_plan::{Field, Job, Section};

use crate::settings::Value;
use crate::text::{LINE_LENGTH, escaped_char, is_shown, one_line, uncapitalized, width, wrapped};

/// Words that YAML 1.1 takes for a boolean, a null or a merge.
const YAML_WORDS: [&str; 11] = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan",
];

/// The text of the job's file; `command` is what reads it.
pub fn settings_file(job: &Job, command: &str) -> String {
    let head = format!("# The default settings, to copy and edit: `{command} --config my.yaml`.\n");
    let sections: Vec<_> = job.settings.sections.iter().map(section_lines).collect();
    head + &sections.join("\n")
}

fn section_lines(section: &Section) -> String {
    let fields: Vec<_> = section.fields.iter().map(setting).collect();
    format!("{}:\n{}", key(&section.name), fields.concat())
}

/// The lines of one setting, with the author's comment beside it, else its description.
fn setting(field: &Field) -> String {
    let comment = comment(field);
    let value = Value::of(field);
    let name = key(&field.name);
    let line = format!("  {name}: {}", flow(&value));
    let limit = usize::from(LINE_LENGTH);
    let beside = format!("{line} # {comment}\n");
    if !comment.is_empty() && width(&beside) <= limit {
        return beside;
    }
    let above = wrapped(&comment, limit - 4)
        .into_iter()
        .filter(|part| !part.is_empty());
    let above: Vec<_> = above.map(|part| format!("  # {part}\n")).collect();
    let below = if width(&line) <= limit {
        format!("{line}\n")
    } else {
        block(&name, &value)
    };
    above.concat() + &below
}

fn comment(field: &Field) -> String {
    let own = field.comment.as_deref().map(one_line);
    own.filter(|comment| !comment.is_empty())
        .unwrap_or_else(|| uncapitalized(one_line(&field.description).trim_end_matches('.')))
}

/// A setting that is too long for one line: an item per line where it has items.
fn block(name: &str, value: &Value) -> String {
    let items: Vec<String> = match value {
        Value::Tuple(items) | Value::List(items) => items
            .iter()
            .map(|item| format!("    - {}\n", flow(item)))
            .collect(),
        Value::Map(entries) => {
            let line = |one| format!("    {}\n", entry(one));
            entries.iter().map(line).collect()
        }
        scalar => return format!("  {name}: {}\n", flow(scalar)),
    };
    format!("  {name}:\n{}", items.concat())
}

/// `value` on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::None => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(text) | Value::Float(text) => text.clone(),
        Value::Special(text) => text.replace("inf", ".inf").replace("nan", ".nan"),
        Value::Str(text) | Value::Path(text) => scalar(&escaped(text)),
        Value::Tuple(items) | Value::List(items) => {
            let items: Vec<_> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => {
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// The name of a setting, in quotes where YAML 1.1 takes the word for a boolean or a null: `yes`, `on`.
fn key(name: &str) -> String {
    // A letter alone is itself in practice: `n: 100`.
    let is_letter = name.len() == 1;
    if is_letter || is_plain(name) {
        return name.to_owned();
    }
    scalar(name)
}

fn entry((key, value): &(String, Value)) -> String {
    format!("{}: {}", scalar(key), flow(value))
}

/// `text` so that OmegaConf does not take its `${` for a reference: `\${`, and the backslashes before it doubled.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split("${").enumerate() {
        if index > 0 {
            let backslashes = out.len() - out.trim_end_matches('\\').len();
            out.push_str(&"\\".repeat(backslashes + 1));
            out.push_str("${");
        }
        out.push_str(part);
    }
    out
}

/// `text` as a plain scalar where nothing can mistake it, else in double quotes.
fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let escaped: String = text.chars().map(escaped_char).collect();
    format!("\"{escaped}\"")
}

/// Whether YAML reads `text` as itself: words of letters, no number, date or word with a meaning.
fn is_plain(text: &str) -> bool {
    let first = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_' || c == '/');
    let dotted = text.starts_with("../") || text.starts_with("./");
    let last = text.chars().next_back().is_some_and(|c| c != ' ');
    let inside = text.chars().all(|c| {
        (c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '-' | ' ' | '+' | '=')) && is_shown(c)
    });
    (first || dotted) && last && inside && !YAML_WORDS.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use srcify_plan::{Field, Literal};

    use super::{escaped, flow, scalar, setting};
    use crate::settings::Value;

    fn field(default: Literal, annotation: &str, comment: Option<&str>) -> Field {
        Field {
            name: "name".into(),
            annotation: annotation.into(),
            default,
            description: "What it is.".into(),
            comment: comment.map(Into::into),
            bounds: Vec::new(),
            is_required: false,
        }
    }

    #[test]
    fn names_that_yaml_reads_as_something_else_are_quoted() {
        let of = |name: &str| Field {
            name: name.into(),
            ..field(Literal::Int("1".into()), "int", None)
        };
        assert_eq!(setting(&of("yes")), "  \"yes\": 1 # what it is\n");
        assert_eq!(setting(&of("n")), "  n: 1 # what it is\n");
        assert_eq!(setting(&of("on_off")), "  on_off: 1 # what it is\n");
    }

    #[test]
    fn texts_that_yaml_reads_as_something_else_are_quoted() {
        for text in [
            "",
            " a",
            "a ",
            "yes",
            "No",
            "NULL",
            "null",
            "~",
            "1",
            "1e3",
            "012",
            "0x1f",
            "1:30",
            "2020-01-01",
            "a: b",
            "a #b",
            "#a",
            "- a",
            "[a]",
            "{a}",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "=",
            "<<",
            "???",
            ".inf",
            "a, b",
            "true",
            "?",
            "|",
            ">",
            "'a'",
        ] {
            assert_eq!(scalar(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn plain_words_and_paths_stay_plain() {
        for text in [
            "data/customers.csv",
            "../x.csv",
            "/tmp",
            "Monthly charges",
            "é",
            "a=b",
        ] {
            assert_eq!(scalar(text), text);
        }
    }

    #[test]
    fn what_nobody_sees_is_escaped() {
        assert_eq!(
            scalar("a\n\"\\\u{7f}\u{2028}"),
            "\"a\\n\\\"\\\\\\x7f\\u2028\""
        );
    }

    #[test]
    fn references_are_escaped_with_the_backslashes_before_them() {
        assert_eq!(escaped("${a} b"), r"\${a} b");
        assert_eq!(escaped(r"c\${"), r"c\\\${");
        assert_eq!(escaped(r"C:\dir $a"), r"C:\dir $a");
    }

    #[test]
    fn nested_values_stay_on_one_line() {
        let inner = Value::Tuple(vec![Value::Int("1".into()), Value::None]);
        let map = Value::Map(vec![
            ("1".into(), inner),
            ("b".into(), Value::Map(Vec::new())),
        ]);
        assert_eq!(flow(&map), "{\"1\": [1, null], b: {}}");
        assert_eq!(flow(&Value::Special("-inf")), "-.inf");
    }

    #[test]
    fn the_comment_of_the_author_wins_over_the_description() {
        let none = field(Literal::Int("1".into()), "int", None);
        assert_eq!(setting(&none), "  name: 1 # what it is\n");
        let some = field(Literal::Int("1".into()), "int", Some("months"));
        assert_eq!(setting(&some), "  name: 1 # months\n");
    }

    #[test]
    fn long_lists_have_an_item_per_line() {
        let items = vec![Literal::Str("a long name of a column".into()); 9];
        let text = setting(&field(Literal::List(items), "tuple[str, ...]", None));
        assert!(text.starts_with("  # what it is\n  name:\n    - a long name"));
        assert_eq!(text.lines().count(), 11);
    }
}
