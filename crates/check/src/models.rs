//! Pydantic models, without importing them.

use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, Expr, Stmt};

use crate::index::{Class, Index};
use crate::project::Project;

/// A model of settings.
pub(crate) struct Model<'p, 'a> {
    pub index: &'p Index<'a>,
    /// Position of the module in the project.
    pub module: usize,
    pub class: &'p Class<'a>,
    /// Those of bases first.
    pub fields: Vec<Field<'a>>,
    pub is_frozen: bool,
    /// `extra="forbid"`
    pub is_closed: bool,
    /// `extra="allow"`: any key is fine.
    pub is_open: bool,
    /// A base that we do not see: fields may be missing here.
    pub is_partial: bool,
    /// What a file says is changed before it is validated, or fields have other names in it.
    pub is_opaque: bool,
    /// What a file leaves out may come from the environment.
    pub reads_environment: bool,
    /// Fields whose values are changed before they are validated.
    converted: Vec<&'a str>,
}

/// A field of a model.
#[derive(Clone)]
pub(crate) struct Field<'a> {
    pub name: &'a str,
    /// What a file calls it.
    pub aliases: Vec<&'a str>,
    pub annotation: &'a Expr,
    pub has_default: bool,
    /// `Field(…)`
    pub details: Option<&'a ast::ExprCall>,
    /// Position of the module in which it is written.
    pub module: usize,
}

/// Every Pydantic model of the packages.
pub(crate) fn models<'p, 'a>(project: &'p Project<'a>) -> Vec<Model<'p, 'a>> {
    let mut found = Vec::new();
    for (module, index) in project.modules.iter().enumerate() {
        for class in &index.classes {
            let mut model = Model {
                index,
                module,
                class,
                fields: Vec::new(),
                is_frozen: false,
                is_closed: false,
                is_open: false,
                is_partial: false,
                is_opaque: false,
                reads_environment: false,
                converted: Vec::new(),
            };
            if collect(project, (module, class), &mut model, 0) {
                found.push(model);
            }
        }
    }
    found
}

/// Adds what a class and its bases say; whether it is a model at all.
fn collect<'p, 'a>(
    project: &'p Project<'a>,
    (module, class): (usize, &'p Class<'a>),
    model: &mut Model<'p, 'a>,
    depth: usize,
) -> bool {
    let index = &project.modules[module];
    let mut is_model = false;
    for base in index.bases(class) {
        if matches!(
            base.as_str(),
            "pydantic.BaseModel" | "pydantic_settings.BaseSettings" | "pydantic.main.BaseModel"
        ) {
            is_model = true;
            model.reads_environment |= base.ends_with("BaseSettings");
            continue;
        }
        let known = definition(project, module, &base);
        match known {
            Some((at, base)) if depth < 8 => {
                is_model |= collect(
                    project,
                    (at, &project.modules[at].classes[base]),
                    model,
                    depth + 1,
                );
            }
            _ => model.is_partial |= !matches!(base.as_str(), "typing.Generic" | "abc.ABC"),
        }
    }
    if !is_model {
        return false;
    }
    for keyword in class.node.keywords() {
        option(keyword, model);
    }
    for statement in &class.node.body {
        match statement {
            Stmt::Assign(it) => configuration(&it.targets[0], &it.value, model),
            Stmt::AnnAssign(it) => {
                if let Some(value) = &it.value {
                    configuration(&it.target, value, model);
                }
                field(it, module, model);
            }
            Stmt::FunctionDef(it) => validators(it, model),
            _ => {}
        }
    }
    true
}

/// The class that a base or annotation of a module names.
pub(crate) fn definition(
    project: &Project<'_>,
    module: usize,
    name: &str,
) -> Option<(usize, usize)> {
    if let Some(class) = project.modules[module].class(name) {
        return Some((module, class));
    }
    let (at, name) = project.definition(name)?;
    let class = project.modules[at].class(&name)?;
    Some((at, class))
}

fn configuration(target: &Expr, value: &Expr, model: &mut Model<'_, '_>) {
    if !matches!(target, Expr::Name(name) if name.id.as_str() == "model_config") {
        return;
    }
    match value {
        Expr::Call(call) => call
            .arguments
            .keywords
            .iter()
            .for_each(|it| option(it, model)),
        Expr::Dict(dict) => {
            for item in &dict.items {
                if let Some(Expr::StringLiteral(key)) = &item.key {
                    set(key.value.to_str(), &item.value, model);
                }
            }
        }
        _ => {}
    }
}

fn option(keyword: &ast::Keyword, model: &mut Model<'_, '_>) {
    if let Some(name) = &keyword.arg {
        set(name.as_str(), &keyword.value, model);
    }
}

fn set(name: &str, value: &Expr, model: &mut Model<'_, '_>) {
    match (name, value) {
        ("frozen", Expr::BooleanLiteral(it)) => model.is_frozen = it.value,
        ("extra", Expr::StringLiteral(it)) => {
            model.is_closed = it.value.to_str() == "forbid";
            model.is_open = it.value.to_str() == "allow";
        }
        ("extra", _) => model.is_open = true,
        ("alias_generator", _) => model.is_opaque = true,
        _ => {}
    }
}

/// Validators that see a value before Pydantic does.
fn validators<'a>(function: &'a ast::StmtFunctionDef, model: &mut Model<'_, 'a>) {
    for decorator in &function.decorator_list {
        let Expr::Call(call) = &decorator.expression else {
            continue;
        };
        let keyword = |name| call.arguments.find_keyword(name).map(|it| &it.value);
        let is_first = match keyword("mode") {
            Some(Expr::StringLiteral(mode)) => mode.value.to_str() != "after",
            _ => matches!(keyword("pre"), Some(Expr::BooleanLiteral(it)) if it.value),
        };
        match crate::annotations::last_name(&call.func) {
            Some("model_validator" | "root_validator") => model.is_opaque |= is_first,
            Some("field_validator" | "validator") if is_first => {
                let names = call.arguments.args.iter();
                let names = names.filter_map(Expr::as_string_literal_expr);
                model.converted.extend(names.map(|it| it.value.to_str()));
            }
            _ => {}
        }
    }
}

fn field<'a>(statement: &'a ast::StmtAnnAssign, module: usize, model: &mut Model<'_, 'a>) {
    let Expr::Name(name) = &*statement.target else {
        return;
    };
    let name = name.id.as_str();
    let is_class_variable =
        crate::annotations::last_name(&statement.annotation) == Some("ClassVar");
    if name == "model_config" || name.starts_with('_') || is_class_variable {
        return;
    }
    let annotated = annotated_field(&statement.annotation);
    let assigned = statement.value.as_deref().and_then(field_call);
    let details = assigned.or(annotated);
    let has_default = match (statement.value.as_deref(), assigned) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(_), Some(call)) => {
            let first = call.arguments.args.first();
            call.arguments.find_keyword("default").is_some()
                || call.arguments.find_keyword("default_factory").is_some()
                || first.is_some_and(|it| !it.is_ellipsis_literal_expr())
        }
    };
    model.fields.retain(|it| it.name != name);
    model.fields.push(Field {
        name,
        aliases: details.map(aliases).unwrap_or_default(),
        annotation: &statement.annotation,
        has_default,
        details,
        module,
    });
}

/// What files may call a field, by `alias` and `validation_alias`.
fn aliases(details: &ast::ExprCall) -> Vec<&str> {
    let mut aliases = Vec::new();
    for key in ["alias", "validation_alias"] {
        let keyword = details.arguments.find_keyword(key);
        match keyword.map(|it| &it.value) {
            Some(Expr::StringLiteral(text)) => aliases.push(text.value.to_str()),
            Some(Expr::Call(choices)) => {
                let texts = choices
                    .arguments
                    .args
                    .iter()
                    .filter_map(Expr::as_string_literal_expr);
                aliases.extend(texts.map(|it| it.value.to_str()));
            }
            _ => {}
        }
    }
    aliases
}

/// The `Field(…)` of `Annotated[int, Field(…)]`.
fn annotated_field(annotation: &Expr) -> Option<&ast::ExprCall> {
    let Expr::Subscript(it) = annotation else {
        return None;
    };
    match &*it.slice {
        Expr::Tuple(parts) if crate::annotations::last_name(&it.value) == Some("Annotated") => {
            parts.elts.iter().skip(1).find_map(field_call)
        }
        _ => None,
    }
}

fn field_call(value: &Expr) -> Option<&ast::ExprCall> {
    match value {
        Expr::Call(call) if crate::annotations::last_name(&call.func) == Some("Field") => {
            Some(call)
        }
        _ => None,
    }
}

impl<'a> Model<'_, 'a> {
    /// The field that a file calls `key`.
    pub(crate) fn field(&self, key: &str) -> Option<&Field<'a>> {
        self.fields
            .iter()
            .find(|it| it.name == key || it.aliases.contains(&key))
    }

    /// Whether a value of a field is changed before it is validated.
    pub(crate) fn is_converted(&self, field: &Field<'_>) -> bool {
        self.converted
            .iter()
            .any(|it| *it == "*" || *it == field.name)
    }

    /// The place of the class's name.
    pub(crate) fn range(&self) -> srcify_syntax::TextRange {
        self.class.node.name.range()
    }
}
