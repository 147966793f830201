//! A default value, read the way its annotation says.

use srcify_plan::{Field, Literal};

/// A [`Literal`] that knows which of its texts are paths.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    None,
    Bool(bool),
    Int(String),
    /// Not finite: `inf`, `-inf`, `nan`.
    Special(&'static str),
    /// As the author wrote it, without the signs that YAML does not know.
    Float(String),
    Str(String),
    /// Normalised as `pathlib` does.
    Path(String),
    Tuple(Vec<Value>),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The default of `field`.
    pub fn of(field: &Field) -> Self {
        Self::read(&field.default, &field.annotation)
    }

    fn read(literal: &Literal, annotation: &str) -> Self {
        match literal {
            Literal::None => Self::None,
            Literal::Bool(value) => Self::Bool(*value),
            Literal::Int(digits) => Self::Int(digits.clone()),
            Literal::Float(text) => float(text),
            Literal::Str(text) if is_path(annotation) => Self::Path(normalized_path(text)),
            Literal::Str(text) => Self::Str(text.clone()),
            Literal::List(items) => sequence(items, annotation),
            Literal::Map(entries) => {
                let inner = arguments(annotation, &["dict", "Mapping"]);
                let inner = inner.get(1).copied().unwrap_or_default();
                let read =
                    |(key, value): &(String, Literal)| (key.clone(), Self::read(value, inner));
                Self::Map(entries.iter().map(read).collect())
            }
        }
    }

    /// Whether any text in it, keys aside, satisfies `predicate`.
    pub fn any_text(&self, predicate: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Str(text) | Self::Path(text) => predicate(text),
            Self::Tuple(items) | Self::List(items) => {
                items.iter().any(|item| item.any_text(predicate))
            }
            Self::Map(entries) => entries.iter().any(|(_, item)| item.any_text(predicate)),
            _ => false,
        }
    }

    /// Whether it equals itself: nowhere in it is a `nan`.
    pub fn equals_itself(&self) -> bool {
        match self {
            Self::Special(text) => *text != "nan",
            Self::Tuple(items) | Self::List(items) => items.iter().all(Self::equals_itself),
            Self::Map(entries) => entries.iter().all(|(_, item)| item.equals_itself()),
            _ => true,
        }
    }
}

fn sequence(items: &[Literal], annotation: &str) -> Value {
    let list = arguments(annotation, &["list"]);
    if let [inner, ..] = list.as_slice() {
        let read = |item| Value::read(item, inner);
        return Value::List(items.iter().map(read).collect());
    }
    let inner = arguments(annotation, &["tuple", "Sequence"]);
    let read = |(index, item): (usize, &Literal)| {
        let annotation = match inner.as_slice() {
            [one] | [one, "..."] => one,
            several => several.get(index).copied().unwrap_or_default(),
        };
        Value::read(item, annotation)
    };
    Value::Tuple(items.iter().enumerate().map(read).collect())
}

/// A float that Python and OmegaConf's YAML both read as one.
fn float(text: &str) -> Value {
    let text = text.trim().replace('_', "").to_ascii_lowercase();
    if let Some(special) = special(&text) {
        return Value::Special(special);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let (mantissa, exponent) = match digits.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, format!("e{exponent}")),
        None => (digits, String::new()),
    };
    let mantissa = match mantissa.split_once('.') {
        Some(("", fraction)) => format!("0.{fraction}"),
        Some((whole, "")) => format!("{whole}.0"),
        None if exponent.is_empty() => format!("{mantissa}.0"),
        _ => mantissa.to_owned(),
    };
    Value::Float(format!("{sign}{mantissa}{exponent}"))
}

fn special(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches("float(").trim_end_matches(')');
    let name = text.trim_matches(['"', '\'']);
    let name = name.rsplit('.').next().unwrap_or(name);
    match name.trim_start_matches('+') {
        "inf" | "infinity" if text.starts_with('-') => Some("-inf"),
        "inf" | "infinity" => Some("inf"),
        "-inf" | "-infinity" => Some("-inf"),
        "nan" | "-nan" => Some("nan"),
        digits => match digits.parse::<f64>() {
            Ok(number) if number.is_infinite() && number < 0.0 => Some("-inf"),
            Ok(number) if number.is_infinite() => Some("inf"),
            _ => None,
        },
    }
}

/// Whether a text is a path under `annotation`: one of its alternatives is `Path` and none is `str`.
fn is_path(annotation: &str) -> bool {
    let alternatives = split(annotation, '|');
    alternatives.contains(&"Path") && !alternatives.contains(&"str")
}

/// `text` as `str(PurePosixPath(text))` gives it, so that the file says what the model says.
fn normalized_path(text: &str) -> String {
    let root = match text.len() - text.trim_start_matches('/').len() {
        0 => "",
        2 => "//",
        _ => "/",
    };
    let parts: Vec<_> = text
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    if root.is_empty() && parts.is_empty() {
        return ".".to_owned();
    }
    format!("{root}{}", parts.join("/"))
}

/// The arguments of the first alternative of `annotation` that is one of `generics`.
fn arguments<'a>(annotation: &'a str, generics: &[&str]) -> Vec<&'a str> {
    for alternative in split(annotation, '|') {
        let Some((name, rest)) = alternative.split_once('[') else {
            continue;
        };
        if generics.contains(&name.trim())
            && let Some(inside) = rest.strip_suffix(']')
        {
            return split(inside, ',');
        }
    }
    Vec::new()
}

/// `annotation` cut at each `separator` that stands in no bracket and in no string.
pub fn split(annotation: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_usize, None);
    for (index, c) in annotation.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '(') => depth += 1,
            (None, ']' | ')') => depth = depth.saturating_sub(1),
            (None, _) if c == separator && depth == 0 => {
                parts.push(annotation[start..index].trim());
                start = index + c.len_utf8();
            }
            (None, _) => {}
        }
    }
    parts.push(annotation[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use srcify_plan::Literal;

    use super::{Value, normalized_path};

    fn text(text: &str) -> Literal {
        Literal::Str(text.to_owned())
    }

    #[test]
    fn a_text_is_a_path_where_the_annotation_says_so() {
        let path = |text: &str| Value::Path(text.to_owned());
        assert_eq!(Value::read(&text("a"), "Path | None"), path("a"));
        assert_eq!(
            Value::read(&text("a"), "Path | str"),
            Value::Str("a".into())
        );
        let pair = Literal::List(vec![text("a"), text("b")]);
        assert_eq!(
            Value::read(&pair, "tuple[Path, str]"),
            Value::Tuple(vec![path("a"), Value::Str("b".into())])
        );
        let map = Literal::Map(vec![("k".into(), pair)]);
        assert_eq!(
            Value::read(&map, "dict[str, tuple[Path, ...]] | None"),
            Value::Map(vec![("k".into(), Value::Tuple(vec![path("a"), path("b")]))])
        );
    }

    #[test]
    fn floats_are_written_so_that_yaml_reads_floats() {
        for (written, float) in [
            ("1e-3", "1e-3"),
            ("1E5", "1e5"),
            (".5", "0.5"),
            ("1.", "1.0"),
            ("-.5e3", "-0.5e3"),
            ("1_000.5", "1000.5"),
            ("1.e5", "1.0e5"),
        ] {
            let value = Value::read(&Literal::Float(written.into()), "float");
            assert_eq!(value, Value::Float(float.into()));
        }
        for (written, special) in [("1e999", "inf"), ("-inf", "-inf"), ("float('nan')", "nan")] {
            let value = Value::read(&Literal::Float(written.into()), "float");
            assert_eq!(value, Value::Special(special));
        }
    }

    #[test]
    fn paths_are_what_pathlib_prints() {
        for (written, path) in [
            ("", "."),
            ("./a//b/", "a/b"),
            ("/", "/"),
            ("//a", "//a"),
            ("///a/./b", "/a/b"),
            ("../a", "../a"),
        ] {
            assert_eq!(normalized_path(written), path);
        }
    }
}
