//! Default values as Python expressions.

use super::value::Value;
use crate::text::{python_string, width};

/// Columns of a key and a text that fit on a line four levels deep.
const ENTRY_WIDTH: usize = 76;

/// `value` as a Python expression.
pub fn python(value: &Value) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(text) | Value::Float(text) => text.clone(),
        Value::Special(text) => format!("float(\"{text}\")"),
        Value::Str(text) => python_string(text),
        Value::Path(path) if path == "." => "Path()".to_owned(),
        // Parentheses inside those of a call would be redundant.
        Value::Path(path) => match python_string(path) {
            parts if parts.starts_with('(') => format!("Path{parts}"),
            string => format!("Path({string})"),
        },
        Value::Tuple(items) => match items.as_slice() {
            [one] => format!("({},)", python(one)),
            items => format!("({})", joined(items)),
        },
        Value::List(items) => format!("[{}]", joined(items)),
        Value::Map(entries) => {
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// An entry of a dictionary; the formatter can break it where its value is in parentheses.
fn entry((key, value): &(String, Value)) -> String {
    let (key, text) = (python_string(key), python(value));
    let is_text = matches!(value, Value::Str(_)) && !text.starts_with('(');
    if is_text && width(&key) + width(&text) > ENTRY_WIDTH {
        format!("{key}: ({text})")
    } else {
        format!("{key}: {text}")
    }
}

fn joined(items: &[Value]) -> String {
    items.iter().map(python).collect::<Vec<_>>().join(", ")
}
