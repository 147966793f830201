//! A YAML document against a Pydantic model: what Pydantic would refuse, without running it.
//!
//! What cannot be told is passed over: interpolations, types of other libraries, values that validators change first.

mod values;

use srcify_syntax::ast::{self, Expr, Operator};
use srcify_syntax::{Ranged, TextRange};

use crate::annotations::{has_base, last_name};
use crate::models::{Field, Model, definition};
use crate::project::Project;
use crate::yaml::{Node, Value};

use values::{broken_bound, literal_fits, plain};

/// Annotations nest no deeper; aliases of types may be cycles.
const DEPTH: usize = 16;

/// Something that does not fit.
pub(crate) struct Problem {
    /// Where in the YAML file.
    pub range: TextRange,
    pub message: String,
    pub help: String,
    /// The module with the field's annotation, and where it is.
    pub module: usize,
    pub field: TextRange,
}

/// What of a document does not fit a model.
pub(crate) fn compare<'a>(
    project: &Project<'a>,
    models: &[Model<'_, 'a>],
    model: &Model<'_, 'a>,
    root: &Node,
) -> Vec<Problem> {
    let mut comparison = Comparison {
        project,
        models,
        problems: Vec::new(),
    };
    comparison.model(model, root, "");
    comparison.problems
}

struct Comparison<'m, 'p, 'a> {
    project: &'m Project<'a>,
    models: &'m [Model<'p, 'a>],
    problems: Vec<Problem>,
}

/// What a value is compared with: an annotation, and the `Field(…)` that speaks about it.
#[derive(Clone, Copy)]
struct Wanted<'e> {
    module: usize,
    annotation: &'e Expr,
    details: Option<&'e ast::ExprCall>,
    depth: usize,
}

impl<'e> Wanted<'e> {
    /// The same place, for a part of the annotation.
    fn part(self, annotation: &'e Expr) -> Self {
        Self {
            annotation,
            details: None,
            depth: self.depth + 1,
            ..self
        }
    }

    fn place(&self) -> (usize, TextRange) {
        (self.module, self.annotation.range())
    }
}

impl<'m, 'p, 'a> Comparison<'m, 'p, 'a> {
    fn model(&mut self, model: &Model<'p, 'a>, node: &Node, prefix: &str) {
        let Value::Map(items) = &node.value else {
            return;
        };
        if model.is_opaque {
            return;
        }
        let name = &model.class.node.name;
        for (key, value) in items {
            let Some(text) = key.as_text() else { continue };
            if matches!(text, "defaults" | "hydra" | "<<") || text.starts_with("x-") {
                continue;
            }
            match model.field(text) {
                Some(field) if model.is_converted(field) => {}
                Some(field) => {
                    let wanted = Wanted {
                        module: field.module,
                        annotation: field.annotation,
                        details: field.details,
                        depth: 0,
                    };
                    self.value(wanted, value, &format!("{prefix}{text}"));
                }
                None if model.is_open || model.is_partial => {}
                None => {
                    let names = model.fields.iter().map(|it| it.name);
                    let help = format!("`{name}` has {}", listed(names));
                    let message = format!("`{prefix}{text}` is no field of `{name}`");
                    let place = (model.module, model.range());
                    self.add(key.range, message, help, place);
                }
            }
        }
        self.missing(model, (items, node.range), prefix);
    }

    /// Fields without defaults that a mapping leaves out.
    fn missing(
        &mut self,
        model: &Model<'p, 'a>,
        (items, range): (&[(Node, Node)], TextRange),
        prefix: &str,
    ) {
        let given: Vec<&str> = items.iter().filter_map(|(key, _)| key.as_text()).collect();
        // Hydra's defaults and YAML's merge keys bring fields from elsewhere.
        if model.reads_environment || given.contains(&"defaults") || given.contains(&"<<") {
            return;
        }
        let is_given = |field: &Field<'_>| {
            given
                .iter()
                .any(|it| *it == field.name || field.aliases.contains(it))
        };
        for field in model.fields.iter().filter(|it| !it.has_default) {
            if is_given(field) {
                continue;
            }
            let message = format!(
                "`{prefix}{}` is missing: `{}` has no default for it",
                field.name, model.class.node.name
            );
            let first = items.first().map_or(range, |(key, _)| key.range);
            let place = (field.module, field.annotation.range());
            self.add(first, message, format!("add `{}`", field.name), place);
        }
    }

    fn add(
        &mut self,
        range: TextRange,
        message: String,
        help: String,
        (module, field): (usize, TextRange),
    ) {
        self.problems.push(Problem {
            range,
            message,
            help,
            module,
            field,
        });
    }

    fn value(&mut self, wanted: Wanted<'_>, node: &Node, name: &str) {
        // `???` is OmegaConf's way of saying that the command line gives the value.
        let is_open =
            matches!(&node.value, Value::Text(text) if text.contains("${") || text == "???");
        if is_open || wanted.depth > DEPTH || matches!(node.value, Value::Other) {
            return;
        }
        match wanted.annotation {
            Expr::Subscript(it) => self.generic(wanted, it, node, name),
            Expr::BinOp(it) if it.op == Operator::BitOr => {
                let mut options = Vec::new();
                alternatives(wanted.annotation, &mut options);
                self.union(wanted, &options, node, name);
            }
            Expr::Name(_) | Expr::Attribute(_) => self.named(wanted, node, name),
            _ => {}
        }
    }

    fn generic(
        &mut self,
        wanted: Wanted<'_>,
        annotation: &ast::ExprSubscript,
        node: &Node,
        name: &str,
    ) {
        let parts: Vec<&Expr> = match &*annotation.slice {
            Expr::Tuple(it) => it.elts.iter().collect(),
            other => vec![other],
        };
        let Some((first, rest)) = parts.split_first() else {
            return;
        };
        match last_name(&annotation.value).unwrap_or("") {
            "Optional" if node.value == Value::Null => {}
            "Optional" => self.value(
                Wanted {
                    details: wanted.details,
                    ..wanted.part(first)
                },
                node,
                name,
            ),
            "Union" => self.union(wanted, &parts, node, name),
            "Annotated" => self.annotated(wanted, (first, rest), node, name),
            "Literal" if literal_fits(&parts, &node.value) == Some(false) => {
                self.mismatch(wanted, node, name);
            }
            "list" | "List" | "set" | "Set" | "Sequence" | "frozenset" | "FrozenSet"
            | "Iterable" => {
                self.items(wanted, (first, node), name);
            }
            "tuple" | "Tuple" => self.tuple(wanted, &parts, node, name),
            "dict" | "Dict" | "Mapping" | "MutableMapping" | "defaultdict" => {
                let Value::Map(items) = &node.value else {
                    return self.mismatch(wanted, node, name);
                };
                let Some(value) = rest.first() else { return };
                for (key, item) in items {
                    let key = key.as_text().unwrap_or("…");
                    self.value(wanted.part(value), item, &format!("{name}.{key}"));
                }
            }
            _ => {}
        }
    }

    /// `Annotated[int, Field(gt=0)]`, `Annotated[int, Gt(0)]`
    fn annotated(
        &mut self,
        wanted: Wanted<'_>,
        (base, rest): (&Expr, &[&Expr]),
        node: &Node,
        name: &str,
    ) {
        let calls = rest.iter().filter_map(|it| it.as_call_expr());
        let field = calls
            .clone()
            .find(|it| last_name(&it.func) == Some("Field"));
        let part = Wanted {
            details: field.or(wanted.details),
            ..wanted.part(base)
        };
        let before = self.problems.len();
        self.value(part, node, name);
        if self.problems.len() == before {
            for call in calls.filter(|it| last_name(&it.func) != Some("Field")) {
                self.bound(wanted, call, node, name);
            }
        }
    }

    fn items(&mut self, wanted: Wanted<'_>, (item, node): (&Expr, &Node), name: &str) {
        let Value::List(values) = &node.value else {
            return self.mismatch(wanted, node, name);
        };
        for (at, value) in values.iter().enumerate() {
            self.value(wanted.part(item), value, &format!("{name}[{at}]"));
        }
        if let Some(details) = wanted.details {
            self.bound(wanted, details, node, name);
        }
    }

    fn tuple(&mut self, wanted: Wanted<'_>, parts: &[&Expr], node: &Node, name: &str) {
        if let [item, rest] = parts
            && rest.is_ellipsis_literal_expr()
        {
            return self.items(wanted, (item, node), name);
        }
        match &node.value {
            Value::List(values) if values.len() == parts.len() => {
                for (at, (value, part)) in values.iter().zip(parts).enumerate() {
                    self.value(wanted.part(part), value, &format!("{name}[{at}]"));
                }
            }
            _ => self.mismatch(wanted, node, name),
        }
    }

    /// A value that one of several annotations must take.
    fn union(&mut self, wanted: Wanted<'_>, options: &[&Expr], node: &Node, name: &str) {
        if node.value == Value::Null && options.iter().any(|it| it.is_none_literal_expr()) {
            return;
        }
        let options: Vec<&Expr> = options
            .iter()
            .copied()
            .filter(|it| !it.is_none_literal_expr())
            .collect();
        if let [only] = options[..] {
            let part = Wanted {
                details: wanted.details,
                ..wanted.part(only)
            };
            return self.value(part, node, name);
        }
        if let Some(key) = wanted.details.and_then(discriminator) {
            return self.discriminated(wanted, (&options, key), node, name);
        }
        let mut best: Option<Vec<Problem>> = None;
        for option in &options {
            let mut attempt = Comparison {
                project: self.project,
                models: self.models,
                problems: Vec::new(),
            };
            attempt.value(wanted.part(option), node, name);
            if attempt.problems.is_empty() {
                return;
            }
            // Of mappings, the nearest model tells most; other values are compared with all of them.
            let is_model = matches!(node.value, Value::Map(_))
                && self.model_of(wanted.module, option).is_some();
            let is_nearer = best
                .as_ref()
                .is_none_or(|it| it.len() > attempt.problems.len());
            if is_model && is_nearer {
                best = Some(attempt.problems);
            }
        }
        match best {
            Some(problems) => self.problems.extend(problems),
            None => self.mismatch(wanted, node, name),
        }
    }

    /// `Field(discriminator="kind")`: the value of `kind` says which model is meant.
    fn discriminated(
        &mut self,
        wanted: Wanted<'_>,
        (options, key): (&[&Expr], &str),
        node: &Node,
        name: &str,
    ) {
        let Value::Map(items) = &node.value else {
            return self.mismatch(wanted, node, name);
        };
        let models: Option<Vec<&Model<'p, 'a>>> = options
            .iter()
            .map(|it| self.model_of(wanted.module, it))
            .collect();
        let Some(models) = models else { return };
        let chosen = items.iter().find(|(it, _)| it.as_text() == Some(key));
        let Some((_, value)) = chosen else {
            let message = format!("`{name}.{key}` is missing: it says which model is meant");
            let first = items.first().map_or(node.range, |(key, _)| key.range);
            return self.add(first, message, format!("add `{key}`"), wanted.place());
        };
        if !matches!(&value.value, Value::Text(text) if !text.contains("${")) {
            return;
        }
        let takes = |model: &Model<'p, 'a>| {
            let field = model.field(key)?;
            match field.annotation {
                Expr::Subscript(it) if last_name(&it.value) == Some("Literal") => {
                    let parts: Vec<&Expr> = match &*it.slice {
                        Expr::Tuple(it) => it.elts.iter().collect(),
                        other => vec![other],
                    };
                    literal_fits(&parts, &value.value)
                }
                _ => None,
            }
        };
        let answers: Vec<Option<bool>> = models.iter().map(|it| takes(it)).collect();
        if let Some(at) = answers.iter().position(|it| *it == Some(true)) {
            return self.model(models[at], node, &format!("{name}."));
        }
        if answers.iter().all(|it| *it == Some(false)) {
            let names = models.iter().map(|it| it.class.node.name.as_str());
            let message = format!("`{name}.{key}` names none of {}", listed(names));
            let help = "correct the name, or add a model for it".to_owned();
            self.add(value.range, message, help, wanted.place());
        }
    }

    fn named(&mut self, wanted: Wanted<'_>, node: &Node, name: &str) {
        if let Some(model) = self.model_of(wanted.module, wanted.annotation) {
            match &node.value {
                Value::Map(_) => self.model(model, node, &format!("{name}.")),
                Value::Other => {}
                other => {
                    let message = format!(
                        "`{name}` is {}, but `{}` takes a mapping",
                        other.kind(),
                        model.class.node.name
                    );
                    let help = "write its fields as keys below it".to_owned();
                    self.add(node.range, message, help, wanted.place());
                }
            }
            return;
        }
        let index = &self.project.modules[wanted.module];
        // `Kind = Literal["forest", "linear"]`
        if let Expr::Name(it) = wanted.annotation
            && let Some([alias]) = index.bindings.get(it.id.as_str()).map(Vec::as_slice)
            && matches!(alias, Expr::Subscript(_) | Expr::BinOp(_) | Expr::Name(_))
        {
            let part = Wanted {
                details: wanted.details,
                ..wanted.part(alias)
            };
            return self.value(part, node, name);
        }
        let Some(qualified) = index.qualified(None, wanted.annotation) else {
            return;
        };
        let fits = match self.members(wanted.module, &qualified) {
            Some(members) => literal_fits(&members, &node.value),
            None => plain(&qualified, &node.value),
        };
        if fits == Some(false) {
            self.mismatch(wanted, node, name);
        } else if let Some(details) = wanted.details {
            self.bound(wanted, details, node, name);
        }
    }

    /// The values of an enumeration of the package.
    fn members(&self, module: usize, name: &str) -> Option<Vec<&'a Expr>> {
        let (at, class) = definition(self.project, module, name)?;
        let class = &self.project.modules[at].classes[class];
        if !has_base(class, &["Enum", "StrEnum", "IntEnum"]) {
            return None;
        }
        let node: &'a ast::StmtClassDef = class.node;
        let assigned = node.body.iter().filter_map(|it| it.as_assign_stmt());
        Some(assigned.map(|it| &*it.value).collect())
    }

    fn mismatch(&mut self, wanted: Wanted<'_>, node: &Node, name: &str) {
        let text = self.project.modules[wanted.module]
            .module
            .slice(wanted.annotation.range());
        let message = format!(
            "`{name}` is {}, but the model takes `{text}`",
            node.value.kind()
        );
        self.add(
            node.range,
            message,
            format!("write a value of `{text}`"),
            wanted.place(),
        );
    }

    fn bound(&mut self, wanted: Wanted<'_>, details: &ast::ExprCall, node: &Node, name: &str) {
        if let Some(bound) = broken_bound(details, &node.value) {
            let message = format!("`{name}` must {bound}");
            let help = "correct the value, or the bound".to_owned();
            self.add(node.range, message, help, wanted.place());
        }
    }

    /// The model that an annotation names.
    fn model_of(&self, module: usize, annotation: &Expr) -> Option<&'m Model<'p, 'a>> {
        let name = match annotation {
            Expr::Name(_) | Expr::Attribute(_) => {
                self.project.modules[module].qualified(None, annotation)?
            }
            // A model that is defined further down.
            Expr::StringLiteral(text) => text.value.to_str().to_owned(),
            _ => return None,
        };
        let (at, class) = definition(self.project, module, &name)?;
        let class = &self.project.modules[at].classes[class].name;
        self.models
            .iter()
            .find(|it| it.module == at && it.class.name == *class)
    }
}

/// The parts of `A | B | None`.
fn alternatives<'e>(annotation: &'e Expr, out: &mut Vec<&'e Expr>) {
    match annotation {
        Expr::BinOp(it) if it.op == Operator::BitOr => {
            alternatives(&it.left, out);
            alternatives(&it.right, out);
        }
        other => out.push(other),
    }
}

fn discriminator(details: &ast::ExprCall) -> Option<&str> {
    let keyword = details.arguments.find_keyword("discriminator")?;
    Some(keyword.value.as_string_literal_expr()?.value.to_str())
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.map(|it| format!("`{it}`")).collect();
    quoted.join(", ")
}
