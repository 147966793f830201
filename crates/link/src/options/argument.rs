//! An option: its name, its default and its type, as a variable with an annotation and a comment.

use srcify_syntax::ast::{self, Expr, UnaryOp};
use srcify_syntax::{Program, Ranged, TextRange, is_reserved_word};

/// An option of the command line.
#[derive(Debug)]
pub(super) struct Argument {
    /// The attribute that it becomes.
    pub name: String,
    /// The Python of its default.
    pub value: String,
    pub annotation: Option<String>,
    pub help: Option<String>,
    pub is_required: bool,
    /// Whether its default is a literal.
    pub is_literal: bool,
    /// The statement that adds it.
    pub range: TextRange,
}

/// What a statement adds to a parser.
pub(super) enum Added {
    Argument(Argument),
    /// `--version`, which the package has no need of.
    Nothing,
}

/// What `add_argument` says, as far as it is known.
#[derive(Default)]
struct Said<'a> {
    name: Option<&'a str>,
    action: Option<&'a str>,
    default: Option<&'a Expr>,
    kind: Option<&'a str>,
    choices: Option<&'a Expr>,
    help: Option<&'a str>,
    /// `nargs`: `?`, or any other.
    is_optional: bool,
    is_many: bool,
    is_required: bool,
}

impl Argument {
    /// What a call of `add_argument` adds; `None` where it is of another form.
    pub(super) fn of(program: &Program, call: &ast::ExprCall, range: TextRange) -> Option<Added> {
        let flags = flags(call)?;
        let said = Said::of(program, call)?;
        if matches!(said.action, Some("version" | "help")) {
            return Some(Added::Nothing);
        }
        let is_positional = !flags.first()?.starts_with('-');
        let name = match said.name {
            Some(name) => name.to_owned(),
            None => attribute(&flags)?,
        };
        if !is_identifier(&name) {
            return None;
        }
        let help = said.help.map(plain_help).filter(|it| !it.is_empty());
        let is_required = said.is_required || (is_positional && !said.is_optional);
        let mut argument = Self {
            name,
            value: "None".to_owned(),
            annotation: None,
            help,
            is_required,
            is_literal: true,
            range,
        };
        argument.take_default(program, &said)?;
        Some(Added::Argument(argument))
    }

    fn take_default(&mut self, program: &Program, said: &Said<'_>) -> Option<()> {
        match said.action {
            None | Some("store") => {}
            Some(action @ ("store_true" | "store_false" | "boolean")) => {
                let value = match said.default {
                    Some(default) => boolean(default)?,
                    None if action == "boolean" => "None",
                    None => ["False", "True"][usize::from(action == "store_false")],
                };
                self.value = value.to_owned();
                self.annotation = Some(optional("bool", value));
                return Some(());
            }
            Some("count") => {
                self.value = said
                    .default
                    .map_or("None", |it| program.text(it.range()))
                    .to_owned();
                self.annotation = Some(optional("int", &self.value));
                return said.default.is_none_or(is_literal).then_some(());
            }
            // Each use adds to the default, and there is none.
            Some("append") if said.default.is_none_or(is_literal) => {}
            Some(_) => return None,
        }
        let kind = said.kind.unwrap_or("str");
        match said.default.filter(|_| !self.is_required) {
            None => {}
            Some(default) if is_literal(default) => {
                self.value = converted(program.text(default.range()), default, kind)?;
            }
            // Another expression is what it is only where no type is applied to a text.
            Some(default)
                if said.kind.is_none() || kind == "str" || makes(program, default, kind) =>
            {
                self.value = program.text(default.range()).to_owned();
                self.is_literal = false;
                return Some(());
            }
            Some(_) => return None,
        }
        let own = match (said.choices.and_then(|it| literal_type(program, it)), kind) {
            (Some(choices), _) if !said.is_many => choices,
            (_, "pathlib.Path" | "Path") => "Path".to_owned(),
            (_, "int" | "float" | "bool" | "str") => kind.to_owned(),
            _ => return None,
        };
        let is_many = said.is_many || said.action == Some("append");
        let own = match (is_many, said.default) {
            (true, Some(_)) => format!("list[{own}]"),
            (true, None) => format!("tuple[{own}, ...]"),
            (false, _) => own,
        };
        self.annotation = Some(optional(&own, &self.value));
        Some(())
    }

    /// `lr: float = 0.1  # learning rate`
    pub(super) fn definition(&self, variable: &str) -> String {
        let help = self.help.as_ref().map(|it| format!("  # {it}"));
        let annotation = self.annotation.as_ref().map(|it| format!(": {it}"));
        let text = format!(
            "{variable}{} = {}{}",
            annotation.unwrap_or_default(),
            self.value,
            help.unwrap_or_default()
        );
        let mut lines = String::new();
        if text.contains("Literal[") {
            lines.push_str("from typing import Literal\n");
        }
        if text.contains("Path") && self.is_literal {
            lines.push_str("from pathlib import Path\n");
        }
        lines + &text
    }

    /// What refuses to run without a value.
    pub(super) fn guard(&self, variable: &str) -> Option<String> {
        let message = format!("error: the setting `{}` is missing", self.name);
        let guard = format!("if {variable} is None:\n    raise SystemExit(\"{message}\")");
        self.is_required.then_some(guard)
    }
}

impl<'a> Said<'a> {
    fn of(program: &'a Program, call: &'a ast::ExprCall) -> Option<Self> {
        let mut said = Self::default();
        for keyword in &call.arguments.keywords {
            let value = &keyword.value;
            match keyword.arg.as_ref()?.as_str() {
                "dest" => said.name = Some(string(value)?),
                "action" => said.action = Some(action(program, value)?),
                "default" => said.default = Some(value),
                "type" => said.kind = Some(program.text(value.range())),
                "choices" => said.choices = Some(value),
                "help" => said.help = string(value),
                "required" => said.is_required = value.as_boolean_literal_expr()?.value,
                "nargs" if string(value) == Some("?") => said.is_optional = true,
                "nargs" => {
                    said.is_many = true;
                    said.is_optional = string(value) == Some("*");
                }
                "metavar" => {}
                _ => return None,
            }
        }
        Some(said)
    }
}

fn action<'a>(program: &'a Program, value: &'a Expr) -> Option<&'a str> {
    string(value).or_else(|| {
        let text = program.text(value.range());
        text.ends_with("BooleanOptionalAction").then_some("boolean")
    })
}

/// The names that an option is declared under; `None` where one is no literal.
pub(super) fn flags(call: &ast::ExprCall) -> Option<Vec<&str>> {
    call.arguments.args.iter().map(string).collect()
}

pub(super) fn string(value: &Expr) -> Option<&str> {
    Some(value.as_string_literal_expr()?.value.to_str())
}

fn boolean(value: &Expr) -> Option<&'static str> {
    let value = value.as_boolean_literal_expr()?.value;
    Some(if value { "True" } else { "False" })
}

/// The attribute of an option without `dest`: its first long form, else its first.
fn attribute(flags: &[&str]) -> Option<String> {
    let long = flags.iter().find(|flag| flag.starts_with("--"));
    let name = long.or(flags.first())?.trim_start_matches('-');
    // A positional argument keeps its hyphens, so that no attribute reads it.
    Some(name.replace('-', "_"))
}

pub(super) fn is_identifier(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_alphabetic());
    starts
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && (!is_reserved_word(name) || srcify_syntax::snippet(&format!("{name} = 1")).is_valid())
}

/// The annotation of a value that may be `None`.
pub(super) fn optional(kind: &str, value: &str) -> String {
    if value == "None" {
        format!("{kind} | None")
    } else {
        kind.to_owned()
    }
}

pub(super) fn is_literal(value: &Expr) -> bool {
    match value {
        Expr::UnaryOp(it) => it.op == UnaryOp::USub && it.operand.is_number_literal_expr(),
        Expr::List(list) => list.elts.iter().all(is_literal),
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_literal),
        _ => {
            value.is_string_literal_expr()
                || value.is_number_literal_expr()
                || value.is_boolean_literal_expr()
                || value.is_none_literal_expr()
        }
    }
}

/// `int(os.environ.get("WORKERS", 2))`, for the type `int`: no text that the type would be applied to.
fn makes(program: &Program, value: &Expr, kind: &str) -> bool {
    let call = value.as_call_expr();
    matches!(kind, "int" | "float" | "Path" | "pathlib.Path")
        && call.is_some_and(|it| program.text(it.func.range()) == kind)
}

/// The Python of a literal default after its type was applied: to texts alone.
fn converted(text: &str, value: &Expr, kind: &str) -> Option<String> {
    let Some(content) = string(value) else {
        return Some(text.to_owned());
    };
    match kind {
        "str" => Some(text.to_owned()),
        "int" => Some(content.trim().parse::<i64>().ok()?.to_string()),
        "float" => {
            let number = content.trim().parse::<f64>().ok()?;
            number.is_finite().then(|| format!("{number:?}"))
        }
        "Path" | "pathlib.Path" => Some(format!("Path({text})")),
        _ => None,
    }
}

/// `Literal["a", "b"]` for a list of texts or whole numbers.
pub(super) fn literal_type(program: &Program, choices: &Expr) -> Option<String> {
    let items = match choices {
        Expr::List(list) => &list.elts,
        Expr::Tuple(tuple) => &tuple.elts,
        _ => return None,
    };
    let is_plain = |it: &Expr| {
        let number = it.as_number_literal_expr();
        string(it).is_some_and(|text| !text.is_empty())
            || number.is_some_and(|it| it.value.as_int().is_some())
    };
    let texts: Vec<&str> = items.iter().map(|it| program.text(it.range())).collect();
    (!items.is_empty() && items.iter().all(is_plain))
        .then(|| format!("Literal[{}]", texts.join(", ").replace('\'', "\"")))
}

/// The help on one line, without the default that the settings tell anyway.
pub(super) fn plain_help(text: &str) -> String {
    let text = text.replace("%%", "%");
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(at) = words.find("%(default)") {
        let start = words[..at].rfind(['(', '[', ',', ';']).unwrap_or(at);
        words.truncate(start);
    }
    words
        .replace("(required)", "")
        .trim()
        .trim_end_matches('.')
        .to_owned()
}
