//! `config-schema-mismatch`: YAML that does not fit its Pydantic model.

use camino::Utf8Path;
use srcify_syntax::ast::{self, Expr, Operator};
use srcify_syntax::{Ranged, TextRange};

use crate::annotations::last_name;
use crate::models::{Field, Model, definition, models};
use crate::project::Project;
use crate::yaml::{self, Node, Value};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CFG005",
    name: "config-schema-mismatch",
    summary: "YAML that does not fit its Pydantic model",
    page: include_str!("../../docs/CFG005.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let models = models(project);
    if models.is_empty() {
        return;
    }
    for (path, text) in project
        .package
        .files
        .iter()
        .filter(|(path, _)| is_settings_file(path))
    {
        let Some(root) = yaml::parse(text) else {
            continue;
        };
        let Value::Map(items) = &root.value else {
            continue;
        };
        let Some(model) = matching(project, &models, items) else {
            continue;
        };
        let mut comparison = Comparison {
            project,
            models: &models,
            problems: Vec::new(),
        };
        comparison.model(model, &root, "");
        for problem in comparison.problems {
            let chain = vec![reporter.step(&problem.path, problem.field, "the model says")];
            reporter
                .report_line(path, problem.range, problem.message)
                .help(problem.help)
                .chain(chain);
        }
    }
}

fn is_settings_file(path: &Utf8Path) -> bool {
    let is_yaml = matches!(path.extension(), Some("yaml" | "yml"));
    let in_folder = path.components().any(|it| {
        matches!(
            it.as_str(),
            "conf" | "confs" | "config" | "configs" | "settings"
        )
    });
    let stem = path.file_stem().unwrap_or("");
    is_yaml
        && !path.starts_with(".github")
        && (in_folder
            || stem.contains("config")
            || stem.contains("settings")
            || stem.contains("params"))
}

/// The model that a file is for: the one that knows most of its keys, and no doubt about it.
fn matching<'m, 'p, 'a>(
    project: &Project<'a>,
    models: &'m [Model<'p, 'a>],
    items: &[(Node, Node)],
) -> Option<&'m Model<'p, 'a>> {
    let keys: Vec<&str> = items.iter().filter_map(|(key, _)| key.as_text()).collect();
    let known =
        |model: &Model<'_, '_>| keys.iter().filter(|key| model.field(key).is_some()).count();
    let roots = models
        .iter()
        .filter(|model| !models.iter().any(|it| uses(project, it, model)));
    let best = roots
        .map(|model| (known(model), model))
        .filter(|(count, _)| *count > 0 && *count * 2 >= keys.len());
    let mut best: Vec<_> = best.collect();
    best.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match best[..] {
        [(_, only)] => Some(only),
        [(first, model), (second, _), ..] if first > second => Some(model),
        _ => None,
    }
}

fn uses(project: &Project<'_>, model: &Model<'_, '_>, part: &Model<'_, '_>) -> bool {
    let is_base = model.module != part.module || model.class.name != part.class.name;
    let inherits = model.index.bases(model.class).iter().any(|base| {
        definition(project, model.module, base).is_some_and(|(at, class)| {
            at == part.module && project.modules[at].classes[class].name == part.class.name
        })
    });
    let text = |field: &Field<'_>| {
        project.modules[field.module]
            .module
            .slice(field.annotation.range())
            .to_owned()
    };
    is_base
        && (inherits
            || model.fields.iter().any(|field| {
                text(field)
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .any(|word| word == part.class.node.name.as_str())
            }))
}

struct Problem {
    range: TextRange,
    message: String,
    help: String,
    path: camino::Utf8PathBuf,
    field: TextRange,
}

struct Comparison<'m, 'p, 'a> {
    project: &'p Project<'a>,
    models: &'m [Model<'p, 'a>],
    problems: Vec<Problem>,
}

impl<'m, 'p, 'a> Comparison<'m, 'p, 'a> {
    fn model(&mut self, model: &'m Model<'p, 'a>, node: &Node, prefix: &str) {
        let Value::Map(items) = &node.value else {
            return;
        };
        let name = &model.class.node.name;
        for (key, value) in items {
            let Some(text) = key.as_text() else { continue };
            if text == "defaults" || text == "hydra" || text.starts_with("x-") {
                continue;
            }
            let Some(field) = model.field(text) else {
                if !model.is_open && !model.is_partial {
                    let names: Vec<&str> = model.fields.iter().map(|it| it.name).collect();
                    let help = format!(
                        "`{name}` has {}",
                        names
                            .iter()
                            .map(|it| format!("`{it}`"))
                            .collect::<Vec<_>>()
                            .join(", ")
                    );
                    self.add(
                        key.range,
                        format!("`{prefix}{text}` is no field of `{name}`"),
                        help,
                        (model.module, model.range()),
                    );
                }
                continue;
            };
            self.field(field, value, &format!("{prefix}{text}"));
        }
        let given: Vec<&str> = items.iter().filter_map(|(key, _)| key.as_text()).collect();
        let is_composed = given.contains(&"defaults");
        for field in model
            .fields
            .iter()
            .filter(|it| !it.has_default && !is_composed)
        {
            if !given
                .iter()
                .any(|key| *key == field.name || field.aliases.contains(key))
            {
                let message = format!(
                    "`{prefix}{}` is missing: `{name}` has no default for it",
                    field.name
                );
                let first = items.first().map_or(node.range, |(key, _)| key.range);
                self.add(
                    first,
                    message,
                    format!("add `{}`", field.name),
                    (field.module, field.annotation.range()),
                );
            }
        }
    }

    fn add(
        &mut self,
        range: TextRange,
        message: String,
        help: String,
        (module, field): (usize, TextRange),
    ) {
        let path = self.project.modules[module].module.path.clone();
        self.problems.push(Problem {
            range,
            message,
            help,
            path,
            field,
        });
    }

    fn field(&mut self, field: &Field<'a>, node: &Node, name: &str) {
        let place = (field.module, field.annotation.range());
        if let Some(model) = self.model_of(field.module, field.annotation) {
            match &node.value {
                Value::Map(_) => self.model(model, node, &format!("{name}.")),
                Value::Null | Value::Other => {}
                Value::Text(text) if text.contains("${") => {}
                other => {
                    let message = format!(
                        "`{name}` is {}, but `{}` takes a mapping",
                        other.kind(),
                        model.class.node.name
                    );
                    self.add(
                        node.range,
                        message,
                        "write its fields as keys below it".to_owned(),
                        place,
                    );
                }
            }
            return;
        }
        if self.fits(field.module, field.annotation, &node.value) == Some(false) {
            let wanted = self.project.modules[field.module]
                .module
                .slice(field.annotation.range());
            let message = format!(
                "`{name}` is {}, but the model takes `{wanted}`",
                node.value.kind()
            );
            self.add(
                node.range,
                message,
                format!("write a value of `{wanted}`"),
                place,
            );
        } else if let Some(bound) = field.details.and_then(|it| broken_bound(it, &node.value)) {
            self.add(
                node.range,
                format!("`{name}` must be {bound}"),
                "correct the value, or the bound".to_owned(),
                place,
            );
        }
    }

    /// The model that an annotation names, `X | None` included.
    fn model_of(&self, module: usize, annotation: &Expr) -> Option<&'m Model<'p, 'a>> {
        let annotation = match annotation {
            Expr::BinOp(it) if it.right.is_none_literal_expr() => &*it.left,
            Expr::Subscript(it) if last_name(&it.value) == Some("Optional") => &*it.slice,
            other => other,
        };
        if !matches!(annotation, Expr::Name(_) | Expr::Attribute(_)) {
            return None;
        }
        let name = self.project.modules[module].qualified(None, annotation)?;
        let (at, class) = definition(self.project, module, &name)?;
        let class = &self.project.modules[at].classes[class].name;
        self.models
            .iter()
            .find(|it| it.module == at && it.class.name == *class)
    }

    /// Whether Pydantic takes a value; `None` when we cannot tell.
    fn fits(&self, module: usize, annotation: &Expr, value: &Value) -> Option<bool> {
        if matches!(value, Value::Other)
            || matches!(value, Value::Text(text) if text.contains("${"))
        {
            return None;
        }
        match annotation {
            Expr::NoneLiteral(_) => Some(*value == Value::Null),
            Expr::BinOp(it) if it.op == Operator::BitOr => either(
                self.fits(module, &it.left, value),
                self.fits(module, &it.right, value),
            ),
            Expr::Subscript(it) => self.fits_generic(module, it, value),
            Expr::Name(_) | Expr::Attribute(_) => {
                let name = self.project.modules[module].qualified(None, annotation)?;
                plain(&name, value)
            }
            _ => None,
        }
    }

    fn fits_generic(
        &self,
        module: usize,
        annotation: &ast::ExprSubscript,
        value: &Value,
    ) -> Option<bool> {
        let parts: Vec<&Expr> = match &*annotation.slice {
            Expr::Tuple(it) => it.elts.iter().collect(),
            other => vec![other],
        };
        match last_name(&annotation.value)? {
            "Optional" => either(
                Some(*value == Value::Null),
                self.fits(module, parts[0], value),
            ),
            "Union" => parts
                .iter()
                .map(|it| self.fits(module, it, value))
                .reduce(either)?,
            "Annotated" => self.fits(module, parts[0], value),
            "Literal" => {
                let Value::Text(text) = value else {
                    return None;
                };
                let texts: Option<Vec<&str>> = parts
                    .iter()
                    .map(|it| Some(it.as_string_literal_expr()?.value.to_str()))
                    .collect();
                Some(texts?.contains(&text.as_str()))
            }
            "list" | "List" | "tuple" | "Tuple" | "set" | "Set" | "Sequence" | "frozenset" => {
                let Value::List(items) = value else {
                    return Some(false);
                };
                let fits = items
                    .iter()
                    .map(|it| self.fits(module, parts[0], &it.value));
                let is_uniform = parts.len() == 1 || parts[1].is_ellipsis_literal_expr();
                Some(!is_uniform || fits.into_iter().all(|it| it != Some(false)))
            }
            "dict" | "Dict" | "Mapping" => Some(matches!(value, Value::Map(_))),
            _ => None,
        }
    }
}

fn either(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// As Pydantic takes values when it is not strict.
fn plain(name: &str, value: &Value) -> Option<bool> {
    let fits = match name {
        "int" | "pydantic.PositiveInt" | "pydantic.NonNegativeInt" => match value {
            Value::Int(_) | Value::Bool(_) => true,
            Value::Float(number) => number.fract() == 0.0,
            Value::Text(text) => text.trim().parse::<i64>().is_ok(),
            _ => false,
        },
        "float" | "pydantic.PositiveFloat" | "pydantic.NonNegativeFloat" => match value {
            Value::Int(_) | Value::Float(_) | Value::Bool(_) => true,
            Value::Text(text) => text.trim().parse::<f64>().is_ok(),
            _ => false,
        },
        "bool" => match value {
            Value::Bool(_) | Value::Int(0 | 1) => true,
            Value::Text(text) => matches!(
                text.to_lowercase().as_str(),
                "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "t" | "f" | "1" | "0"
            ),
            _ => false,
        },
        "str" | "pathlib.Path" => matches!(value, Value::Text(_)),
        "list" | "tuple" | "set" => matches!(value, Value::List(_)),
        "dict" => matches!(value, Value::Map(_)),
        _ => return None,
    };
    Some(fits)
}

/// A keyword of `Field`, its words, and what holds under it.
type Bound = (&'static str, &'static str, fn(f64, f64) -> bool);

#[expect(clippy::cast_precision_loss, reason = "bounds are small")]
fn broken_bound(field: &ast::ExprCall, value: &Value) -> Option<String> {
    let number = match value {
        Value::Int(number) => *number as f64,
        Value::Float(number) => *number,
        _ => return None,
    };
    let checks: [Bound; 4] = [
        ("gt", "above", |a, b| a > b),
        ("ge", "at least", |a, b| a >= b),
        ("lt", "below", |a, b| a < b),
        ("le", "at most", |a, b| a <= b),
    ];
    for (key, words, holds) in checks {
        let bound = field
            .arguments
            .find_keyword(key)
            .and_then(|it| literal_number(&it.value));
        if let Some(bound) = bound.filter(|it| !holds(number, *it)) {
            return Some(format!("{words} {bound}"));
        }
    }
    None
}

#[expect(clippy::cast_precision_loss, reason = "bounds are small")]
fn literal_number(value: &Expr) -> Option<f64> {
    match value {
        Expr::NumberLiteral(it) => match &it.value {
            ast::Number::Int(number) => number.as_i64().map(|it| it as f64),
            ast::Number::Float(number) => Some(*number),
            ast::Number::Complex { .. } => None,
        },
        Expr::UnaryOp(it) if it.op == ast::UnaryOp::USub => {
            literal_number(&it.operand).map(|it| -it)
        }
        _ => None,
    }
}
