//! YAML with places: just what comparing a file with a model needs.

use saphyr_parser::{Event, Parser, ScalarStyle};
use srcify_syntax::{TextRange, TextSize};

use crate::text::LineIndex;

/// A value of a YAML document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub range: TextRange,
    pub value: Value,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// An alias, a tag, a number too large: something we do not compare.
    Other,
}

impl Node {
    /// The text of a scalar as a key.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Value {
    /// As in messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
            Self::Other => "something else",
        }
    }
}

/// The first document of a text; `None` when it is empty or no YAML.
pub(crate) fn parse(text: &str) -> Option<Node> {
    let lines = LineIndex::new(text);
    let mut builder = Builder {
        text,
        lines,
        open: Vec::new(),
        root: None,
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        if builder.open.len() > 64 {
            return None;
        }
        let range = builder.range(&span);
        match event {
            Event::Scalar(value, style, _, tag) => {
                let value = if tag.is_some() {
                    Value::Other
                } else {
                    scalar(&value, style)
                };
                builder.add(Node { range, value });
            }
            Event::Alias(_) => builder.add(Node {
                range,
                value: Value::Other,
            }),
            Event::SequenceStart(..) => builder.open.push(Open::List(range, Vec::new())),
            Event::MappingStart(..) => builder.open.push(Open::Map(range, Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => builder.close(),
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    builder.root
}

enum Open {
    List(TextRange, Vec<Node>),
    Map(TextRange, Vec<(Node, Node)>, Option<Node>),
}

struct Builder<'a> {
    text: &'a str,
    lines: LineIndex,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Builder<'_> {
    fn range(&self, span: &saphyr_parser::Span) -> TextRange {
        let offset = |marker: &saphyr_parser::Marker| {
            let line = marker.line().saturating_sub(1);
            self.lines.offset(self.text, line, marker.col())
        };
        let (start, end) = (offset(&span.start), offset(&span.end));
        TextRange::new(
            start,
            end.max(start).min(TextSize::new(self.text.len() as u32)),
        )
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, items, key)) => match key.take() {
                Some(key) => items.push((key, node)),
                None => *key = Some(node),
            },
            None => self.root = self.root.take().or(Some(node)),
        }
    }

    fn close(&mut self) {
        let node = match self.open.pop() {
            Some(Open::List(range, items)) => Node {
                range,
                value: Value::List(items),
            },
            Some(Open::Map(range, items, _)) => Node {
                range,
                value: Value::Map(items),
            },
            None => return,
        };
        self.add(node);
    }
}

/// As YAML 1.2 and OmegaConf read plain scalars.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "on" | "On" => return Value::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "off" | "Off" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.replace('_', "");
    if let Ok(number) = digits.parse::<i64>() {
        return Value::Int(number);
    }
    let looks_numeric =
        digits.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    if looks_numeric && let Ok(number) = digits.parse::<f64>() {
        return Value::Float(number);
    }
    Value::Text(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_places() {
        let text = "é: 1\nmodel:\n  depth: 8\n  name: 'x'\n";
        let root = parse(text).unwrap();
        let Value::Map(items) = &root.value else {
            panic!("{root:?}")
        };
        let Value::Map(inner) = &items[1].1.value else {
            panic!("{root:?}")
        };
        assert_eq!(&text[inner[1].0.range], "name");
        assert_eq!(inner[0].1.value, Value::Int(8));
    }

    #[test]
    fn broken_yaml_is_nothing() {
        assert_eq!(parse("a: [1"), None);
        assert_eq!(parse(""), None);
    }
}
