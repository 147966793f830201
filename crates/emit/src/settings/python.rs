//! Default values as Python expressions.

use super::value::Value;
use crate::text::python_string;

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
        Value::Path(path) => format!("Path({})", python_string(path)),
        Value::Tuple(items) => match items.as_slice() {
            [one] => format!("({},)", python(one)),
            items => format!("({})", joined(items)),
        },
        Value::List(items) => format!("[{}]", joined(items)),
        Value::Map(entries) => {
            let entry =
                |(key, item): &(String, Value)| format!("{}: {}", python_string(key), python(item));
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn joined(items: &[Value]) -> String {
    items.iter().map(python).collect::<Vec<_>>().join(", ")
}
