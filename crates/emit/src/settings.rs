//! The settings models: `config.py`.

mod python;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use srcify_plan::{Field, Job, Plan, Section};
use srcify_syntax::stdlib::keyword::is_keyword;

pub use value::{Value, split};

use crate::project::settings_class;
use crate::text::{capitalized, docstring, one_line, python_string, sentence, words};

/// Attributes of Pydantic's `BaseModel`, beside those that begin with `model_`.
const MODEL_ATTRIBUTES: [&str; 12] = [
    "construct",
    "copy",
    "dict",
    "from_orm",
    "json",
    "parse_file",
    "parse_obj",
    "parse_raw",
    "schema",
    "schema_json",
    "update_forward_refs",
    "validate",
];

/// Its attributes that do begin with `model_`.
const MODEL_METHODS: [&str; 14] = [
    "model_computed_fields",
    "model_config",
    "model_construct",
    "model_copy",
    "model_dump",
    "model_dump_json",
    "model_extra",
    "model_fields",
    "model_fields_set",
    "model_json_schema",
    "model_parametrized_name",
    "model_post_init",
    "model_rebuild",
    "model_validate",
];

/// Names that the class bodies use beside those of annotations, and that a field would hide from the fields below it.
const USED_NAMES: [&str; 14] = [
    "BaseModel",
    "Config",
    "ConfigDict",
    "Field",
    "bool",
    "bytes",
    "complex",
    "float",
    "frozenset",
    "int",
    "list",
    "set",
    "str",
    "tuple",
];

/// Where the names of annotations are imported from.
const ANNOTATION_MODULES: [(&str, &str); 12] = [
    ("Annotated", "typing"),
    ("Any", "typing"),
    ("Callable", "collections.abc"),
    ("Decimal", "decimal"),
    ("Iterable", "collections.abc"),
    ("Literal", "typing"),
    ("Mapping", "collections.abc"),
    ("Path", "pathlib"),
    ("Sequence", "collections.abc"),
    ("date", "datetime"),
    ("datetime", "datetime"),
    ("timedelta", "datetime"),
];

/// Whether no section and no setting may have this name: a keyword, an attribute of Pydantic's models, a private name,
/// or a name that the class body itself needs.
pub fn is_reserved_field(name: &str) -> bool {
    is_keyword(name)
        || name.starts_with('_')
        || MODEL_ATTRIBUTES.contains(&name)
        || MODEL_METHODS.contains(&name)
        || name.starts_with("model_validate")
        || USED_NAMES.contains(&name)
        || ANNOTATION_MODULES.iter().any(|(used, _)| *used == name)
}

/// The sections of all jobs in reading order, each once.
pub fn sections(plan: &Plan) -> Vec<&Section> {
    let mut seen = BTreeSet::new();
    let all = plan.jobs.iter().flat_map(|job| &job.settings.sections);
    all.filter(|section| seen.insert(section.class.as_str()))
        .collect()
}

/// Every setting of every job.
pub fn fields(plan: &Plan) -> impl Iterator<Item = &Field> {
    let sections = plan.jobs.iter().flat_map(|job| &job.settings.sections);
    sections.flat_map(|section| &section.fields)
}

/// The text of `config.py`, not yet formatted.
pub fn config_module(plan: &Plan) -> String {
    let source = origin_noun(&plan.origins);
    let summary = match plan.jobs.as_slice() {
        [job] => format!(
            "Settings of the {} job; the defaults are the values of the {source}",
            words(&job.name)
        ),
        _ => format!("Settings of the jobs; the defaults are the values of the {source}"),
    };
    let mut text = format!("{}\n\n{}\n", docstring(&summary, 0), imports(plan));
    text.push_str(&base_class(plan));
    for section in sections(plan) {
        text.push_str(&section_class(section));
    }
    for job in &plan.jobs {
        text.push_str(&job_class(job));
    }
    text
}

/// What the inputs are, in a sentence: `notebook`, `scripts`.
pub fn origin_noun(origins: &[String]) -> String {
    let notebooks = origins
        .iter()
        .filter(|name| Utf8Path::new(name).extension() == Some("ipynb"))
        .count();
    let noun = match (notebooks, origins.len() - notebooks) {
        (_, 0) => "notebook",
        (0, _) => "script",
        _ => "input",
    };
    let plural = if origins.len() > 1 { "s" } else { "" };
    format!("{noun}{plural}")
}

fn imports(plan: &Plan) -> String {
    let mut modules: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for field in fields(plan) {
        for name in names(&field.annotation) {
            for (known, module) in ANNOTATION_MODULES {
                if known == name {
                    modules.entry(module).or_default().insert(known);
                }
            }
        }
    }
    let statement = |(module, names): (&str, BTreeSet<&str>)| {
        let names: Vec<_> = names.into_iter().collect();
        format!("from {module} import {}\n", names.join(", "))
    };
    let text = modules
        .into_iter()
        .map(statement)
        .collect::<Vec<_>>()
        .concat();
    let field = match fields(plan).next() {
        Some(_) => ", Field",
        None => "",
    };
    format!("{text}\nfrom pydantic import BaseModel, ConfigDict{field}\n")
}

/// The names in an annotation, those inside strings aside.
fn names(annotation: &str) -> Vec<&str> {
    let outside = annotation.split(['"', '\'']).step_by(2);
    outside
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .collect()
}

fn base_class(plan: &Plan) -> String {
    // Pydantic warns about fields that might hide the methods that it will add one day.
    let protected =
        |name: &str| name.starts_with("model_dump") || name.starts_with("model_validate");
    let namespaces = if fields(plan).any(|field| protected(&field.name)) {
        ", protected_namespaces=()"
    } else {
        ""
    };
    format!(
        "\n\nclass Config(BaseModel):\n    \"\"\"Base of all settings: immutable, and strict about unknown keys.\"\"\"\n\n    \
         model_config = ConfigDict(frozen=True, extra=\"forbid\"{namespaces})\n"
    )
}

fn section_class(section: &Section) -> String {
    let summary = match one_line(&section.summary) {
        summary if summary.is_empty() => format!("Settings of the {}", words(&section.name)),
        summary => summary,
    };
    let attribute = |field: &Field| {
        let Field {
            name, annotation, ..
        } = field;
        format!("    {name}: {annotation} = {}\n", field_call(field))
    };
    let fields = section.fields.iter().map(attribute).collect();
    class(&section.class, &summary, fields)
}

fn field_call(field: &Field) -> String {
    let mut arguments = vec![format!("default={}", python::python(&Value::of(field)))];
    arguments.extend(
        field
            .bounds
            .iter()
            .map(|(bound, value)| format!("{bound}={value}")),
    );
    arguments.push(format!(
        "description={}",
        python_string(&description(field))
    ));
    format!("Field({})", arguments.join(", "))
}

/// What `field` is: its description, else its name.
pub fn description(field: &Field) -> String {
    match sentence(&field.description) {
        text if text.is_empty() => capitalized(&sentence(&words(&field.name))),
        text => text,
    }
}

fn job_class(job: &Job) -> String {
    let name = words(&job.name);
    let summary = if job.settings.sections.is_empty() {
        format!("The {name} job has nothing to set")
    } else if name.ends_with("run") {
        format!("Everything one {name} depends on")
    } else {
        format!("Everything one {name} run depends on")
    };
    let attribute =
        |Section { name, class, .. }: &Section| format!("    {name}: {class} = {class}()\n");
    let sections = job.settings.sections.iter().map(attribute).collect();
    class(&settings_class(job), &summary, sections)
}

fn class(name: &str, summary: &str, attributes: Vec<String>) -> String {
    let summary = docstring(summary, 4);
    let attributes = attributes.concat();
    format!("\n\nclass {name}(Config):\n    {summary}\n\n{attributes}")
}

#[cfg(test)]
mod tests {
    use super::{is_reserved_field, names, origin_noun};

    #[test]
    fn names_that_break_a_model_are_reserved() {
        for name in [
            "class",
            "copy",
            "json",
            "schema",
            "model_config",
            "_x",
            "int",
            "Path",
            "dict",
        ] {
            assert!(is_reserved_field(name), "{name}");
        }
        for name in ["model_path", "model", "seed", "match", "type", "lambda_"] {
            assert!(!is_reserved_field(name), "{name}");
        }
    }

    #[test]
    fn names_inside_literal_types_are_not_imported() {
        assert!(!names("Literal['Path']").contains(&"Path"));
        assert!(names("Path | None").contains(&"Path"));
    }

    #[test]
    fn the_inputs_are_called_what_they_are() {
        let noun = |names: &[&str]| {
            origin_noun(&names.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(noun(&["a.ipynb"]), "notebook");
        assert_eq!(noun(&["a.py", "b.py"]), "scripts");
        assert_eq!(noun(&["a.py", "b.ipynb"]), "inputs");
    }
}
