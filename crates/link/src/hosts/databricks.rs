//! Databricks: widgets as variables, and the names that it binds for every notebook.

use std::collections::BTreeMap;

use srcify_syntax::ast::{Expr, ExprCall};
use srcify_syntax::{Ranged, TextRange};

use super::Changes;

/// A call about a widget.
#[derive(Debug)]
pub(super) struct Widget<'a> {
    name: &'a str,
    range: TextRange,
    /// The text of its default, when the call makes the widget.
    default: Option<String>,
    /// What the user reads beside it.
    label: Option<&'a str>,
    /// The call is a statement of its own.
    whole: Option<TextRange>,
    function: TextRange,
    /// The top-level statement that holds it.
    unit: TextRange,
}

impl<'a> Changes<'a> {
    /// Notes a call about a widget.
    pub(super) fn widget(&mut self, call: &'a ExprCall, whole: Option<TextRange>, path: &str) {
        let argument = |name: &str, position: usize| {
            let keyword = call.arguments.find_keyword(name).map(|it| &it.value);
            keyword.or_else(|| call.arguments.args.get(position))
        };
        let Some(Expr::StringLiteral(name)) = argument("name", 0) else {
            return;
        };
        let method = path.rsplit('.').next().unwrap_or(path);
        let is_made = !matches!(method, "get" | "getArgument");
        let default = argument("defaultValue", 1).filter(|_| is_made);
        let label_at = if method == "text" { 2 } else { 3 };
        let label = argument("label", label_at).and_then(Expr::as_string_literal_expr);
        self.widgets.push(Widget {
            name: name.value.to_str(),
            range: call.range(),
            default: default.map(|it| self.program.text(it.range()).to_owned()),
            label: label.filter(|_| is_made).map(|it| it.value.to_str()),
            whole,
            function: call.func.range(),
            unit: self.unit,
        });
    }
}

/// Widgets with a default, made once and before they are read, become variables.
pub(super) fn widgets(changes: &mut Changes<'_>) {
    let widgets = std::mem::take(&mut changes.widgets);
    let mut by_name: BTreeMap<&str, Vec<&Widget<'_>>> = BTreeMap::new();
    for widget in &widgets {
        by_name.entry(widget.name).or_default().push(widget);
    }
    for (name, widgets) in by_name {
        let made: Vec<&&Widget<'_>> = widgets.iter().filter(|it| it.default.is_some()).collect();
        let [maker] = made[..] else { continue };
        let Some((statement, default)) = maker.whole.zip(maker.default.as_ref()) else {
            continue;
        };
        let is_before = widgets
            .iter()
            .all(|it| it.range.start() >= maker.range.start());
        // A widget in a branch may be missing.
        if !is_before || statement != maker.unit {
            continue;
        }
        let Some(variable) = variable(changes, name, &widgets) else {
            continue;
        };
        let label = maker
            .label
            .filter(|it| !it.contains('\n') && !it.is_empty());
        let comment = label.map_or(String::new(), |label| format!("  # {label}"));
        changes
            .edits
            .push((statement, format!("{variable} = {default}{comment}")));
        for widget in widgets {
            changes.handled.push(widget.function);
            if widget.default.is_some() {
                continue;
            }
            match changes.bindings.get(&widget.range.start()).copied() {
                // `path = path`
                Some((statement, target))
                    if target == variable && changes.stands_alone(statement) =>
                {
                    changes.edits.push((statement, String::new()));
                }
                _ => changes.edits.push((widget.range, variable.clone())),
            }
        }
    }
}

/// The variable of a widget: the one that the notebook gives to its value, or its own name.
fn variable(changes: &Changes<'_>, name: &str, widgets: &[&Widget<'_>]) -> Option<String> {
    let bound = widgets
        .iter()
        .filter_map(|widget| changes.bindings.get(&widget.range.start()));
    let mut bound: Vec<&str> = bound.map(|(_, target)| *target).collect();
    bound.dedup();
    let is_once = |name: &str| {
        let word = changes.words.by_name.get(name);
        word.is_some_and(|word| word.bindings == 1 && word.imports.is_empty())
    };
    if let [target] = bound[..]
        && is_once(target)
    {
        return Some(target.to_owned());
    }
    let snake: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    let is_name = snake.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && !srcify_syntax::is_reserved_word(&snake)
        && !changes.words.has(&snake);
    let snake = if is_name {
        snake
    } else {
        format!("{snake}_widget")
    };
    let is_free = !snake.starts_with(|c: char| c.is_ascii_digit()) && !changes.words.has(&snake);
    is_free.then_some(snake)
}

/// What Databricks binds for every notebook comes from where packages get it.
pub(super) fn names(changes: &mut Changes<'_>) {
    let program = changes.program;
    let is_free = |name: &str| {
        let word = changes.words.by_name.get(name);
        word.is_some_and(|it| it.bindings == 0 && it.imports.is_empty())
    };
    let is_host = program.source.is_databricks_export() || is_free("dbutils");
    let Some(first) = program.units().first().filter(|_| is_host) else {
        return;
    };
    let mut lines = String::new();
    if is_free("dbutils") && !changes.is_unused("dbutils") {
        lines.push_str("from databricks.sdk.runtime import dbutils\n");
        let chains = changes.words.chains.iter();
        let left: Vec<TextRange> = chains
            .filter(|chain| chain.base == "dbutils")
            .filter_map(|chain| chain.attributes.last().map(|(_, range)| *range))
            .filter(|range| !changes.handled.iter().any(|it| it.contains_range(*range)))
            .collect();
        for range in left {
            let message = format!("`{}` exists only in Databricks", program.text(range));
            let hint = "the package reaches it through `databricks-sdk`; write it in Python where it must not";
            changes.say(range, "host", &message, hint);
        }
    }
    let session = "SparkSession.builder.getOrCreate()";
    if is_free("spark") || is_free("sc") {
        lines.push_str("from pyspark.sql import SparkSession\n");
        lines.push_str(&format!("spark = {session}\n"));
    }
    if is_free("sc") {
        lines.push_str("sc = spark.sparkContext\n");
    }
    if !lines.is_empty() {
        let place = TextRange::empty(first.full_range.start());
        changes.edits.push((place, lines));
    }
}
