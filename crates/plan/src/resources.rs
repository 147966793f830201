//! Classes of `io/`: one per file, table or endpoint that the input touches.

use std::collections::BTreeSet;

use srcify_effects::{
    CallFacts, Callee, Catalog, Effect, EffectGraph, EffectSet, Occurrence, Type,
};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use crate::context::Context;
use crate::edits::{Edit, apply};
use crate::naming;
use crate::settings::{Lifting, expression_at};
use crate::types::{Annotator, Imports};

/// What a method of an `io` class may do.
const OUTSIDE: EffectSet = EffectSet::from_slice(&[
    Effect::ReadFile,
    Effect::WriteFile,
    Effect::Network,
    Effect::Database,
    Effect::Process,
    Effect::Nondeterministic,
    Effect::Dynamic,
]);

/// A class with one method, in the making.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    /// `CustomersDataset`
    pub class: String,
    /// Its module in `io/`.
    pub module: &'static str,
    pub text: String,
    pub unit: UnitId,
    pub imports: Imports,
}

/// How a family of calls is presented.
struct Family {
    module: &'static str,
    suffix: &'static str,
    method: &'static str,
    noun: &'static str,
}

fn family(callee: &str, effects: EffectSet) -> Family {
    let method = callee.rsplit('.').next().unwrap_or(callee);
    let make = |module, suffix, method, noun| Family {
        module,
        suffix,
        method,
        noun,
    };
    let writes = effects.contains(Effect::WriteFile);
    match (callee.split('.').next().unwrap_or(callee), method) {
        _ if effects.contains(Effect::Database) => make("databases", "Database", "run", "database"),
        _ if effects.contains(Effect::Process) => make("commands", "Command", "run", "command"),
        ("joblib" | "pickle" | "torch" | "keras", _) if writes => {
            make("models", "Store", "save", "object")
        }
        ("joblib" | "pickle" | "torch" | "keras", _) => make("models", "Store", "load", "object"),
        (_, "savefig" | "write_html" | "write_image") => {
            make("figures", "Figure", "save", "figure")
        }
        ("pandas" | "polars", _) if writes => make("tables", "Table", "write", "table"),
        ("pandas" | "polars", _) => make("datasets", "Dataset", "read", "table"),
        _ if writes => make("files", "File", "write", "content"),
        _ if effects.contains(Effect::Network) => make("endpoints", "Endpoint", "fetch", "answer"),
        _ => make("files", "File", "read", "content"),
    }
}

/// Everything that extraction needs to know.
pub(crate) struct Extractor<'a> {
    pub program: &'a Program,
    pub graph: &'a EffectGraph,
    pub catalog: &'a Catalog,
    pub lifting: &'a Lifting,
    pub annotator: &'a Annotator<'a>,
    /// Whether a name is a variable of the input, as opposed to an import or a definition.
    pub is_variable: &'a dyn Fn(&str) -> bool,
    /// Type of a variable before a statement.
    pub type_of: &'a dyn Fn(&str, UnitId) -> Option<Type>,
    /// Names that classes may not take.
    pub taken: &'a mut BTreeSet<String>,
}

impl Extractor<'_> {
    /// Replaces the calls of `unit` that touch files, networks or databases by methods of new classes.
    pub(crate) fn extract(
        &mut self,
        unit: UnitId,
        context: &Context,
        found: &mut Vec<Resource>,
    ) -> Vec<Edit> {
        let range = self.program.units()[unit.index()].range;
        let calls: Vec<&CallFacts> = self
            .graph
            .calls
            .iter()
            .filter(|call| range.contains_range(call.range))
            .collect();
        let mut edits: Vec<Edit> = Vec::new();
        for call in calls {
            let inside = edits
                .iter()
                .any(|edit| edit.range.contains_range(call.range));
            if inside {
                continue;
            }
            if let Some((edit, resource)) = self.extract_call(unit, call, context) {
                edits.push(edit);
                found.push(resource);
            }
        }
        edits
    }

    /// The family of a call that touches something outside through a location, and the location.
    fn location_of(&self, call: &CallFacts) -> Option<(Family, TextRange)> {
        let Callee::Library(callee) = &call.callee else {
            return None;
        };
        let (class, method) = callee.rsplit_once('.').unwrap_or(("", callee));
        let entry = self
            .catalog
            .lookup(callee)
            .or_else(|| self.catalog.member(class, method))?;
        let has_effect = call
            .effects
            .intersects(OUTSIDE.without(EffectSet::of(Effect::Nondeterministic)));
        if !has_effect || !call.effects.is_subset(OUTSIDE) {
            return None;
        }
        let path = entry.path.as_deref()?;
        let location = call
            .arguments
            .iter()
            .find(|argument| argument.parameter.as_deref() == Some(path))?;
        // Handles are somebody else's business: `open` gives one, and a method must not leave it open.
        if matches!(method, "open" | "ExcelWriter" | "ZipFile") {
            return None;
        }
        Some((family(callee, call.effects), location.range))
    }

    fn extract_call(
        &mut self,
        unit: UnitId,
        call: &CallFacts,
        context: &Context,
    ) -> Option<(Edit, Resource)> {
        let (family, location) = self.location_of(call)?;
        let parameters = self.parameters(unit, call, location)?;
        let noun = self.noun(unit, location, &parameters, &family);
        let class_name = self.unique_class(&format!("{}{}", naming::pascal(&noun), family.suffix));
        let mut imports = Imports::new();
        let text = self.class_text(
            unit,
            call,
            location,
            &class_name,
            &parameters,
            &family,
            &noun,
            &mut imports,
        );
        let inner = |range: TextRange| {
            let access = &self.graph.units[unit.index()].access;
            let edits =
                crate::edits::fragment_edits(self.program, self.graph, access, range, context);
            apply(self.program, range, edits)
        };
        let arguments: Vec<String> = parameters
            .iter()
            .map(|name| {
                context
                    .names
                    .get(name)
                    .cloned()
                    .unwrap_or_else(|| name.clone())
            })
            .collect();
        let replacement = format!(
            "{class_name}({}).{}({})",
            inner(location),
            family.method,
            arguments.join(", ")
        );
        let resource = Resource {
            class: class_name,
            module: family.module,
            text,
            unit,
            imports,
        };
        Some((
            Edit {
                range: call.range,
                text: replacement,
            },
            resource,
        ))
    }

    /// Variables that the call uses besides its location: the parameters of the method. `None` when the call uses what
    /// cannot be passed by name.
    fn parameters(
        &self,
        unit: UnitId,
        call: &CallFacts,
        location: TextRange,
    ) -> Option<Vec<String>> {
        let access = &self.graph.units[unit.index()].access;
        let mut parameters = Vec::new();
        let expression = expression_at(self.program, unit, call.range)?;
        let own = srcify_effects::Access::of_expression(expression);
        if !own.may.is_empty() || !own.captures.is_empty() {
            return None;
        }
        let inner_calls = self.graph.calls.iter().filter(|it| {
            it.range != call.range
                && call.range.contains_range(it.range)
                && !location.contains_range(it.range)
        });
        for inner in inner_calls {
            let is_plain = matches!(&inner.callee, Callee::Library(_)) && inner.effects.is_pure();
            if !is_plain {
                return None;
            }
        }
        for (name, range, occurrence) in &own.occurrences {
            if *occurrence != Occurrence::Load || location.contains_range(*range) {
                continue;
            }
            let is_local = !access
                .occurrences
                .iter()
                .any(|(_, place, _)| place == range);
            if ((self.is_variable)(name) || is_local) && !parameters.contains(name) {
                parameters.push(name.clone());
            }
        }
        (parameters.len() <= 4).then_some(parameters)
    }

    fn noun(
        &self,
        unit: UnitId,
        location: TextRange,
        parameters: &[String],
        family: &Family,
    ) -> String {
        let access = &self.graph.units[unit.index()].access;
        let text = match expression_at(self.program, unit, location) {
            Some(srcify_syntax::ast::Expr::StringLiteral(text)) => text.value.to_str().to_owned(),
            _ => String::new(),
        };
        let from_setting = access
            .occurrences
            .iter()
            .find(|(_, range, _)| *range == location)
            .and_then(|(name, ..)| self.lifting.by_variable(name))
            .map(|lifted| {
                lifted
                    .field
                    .trim_end_matches("_path")
                    .trim_end_matches("_file")
                    .to_owned()
            });
        let stem = text
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or("")
            .split('.')
            .next()
            .unwrap_or("")
            .to_owned();
        let candidates = [
            Some(naming::slug(&stem)),
            from_setting,
            access
                .must
                .iter()
                .next()
                .map(|name| naming::slug(&naming::snake(name))),
            parameters
                .first()
                .map(|name| naming::slug(&naming::snake(name))),
            Some(family.noun.to_owned()),
        ];
        let fits =
            |name: &String| name.is_ascii() && name.len() > 2 && name.len() < 40 && name != "path";
        candidates
            .into_iter()
            .flatten()
            .find(fits)
            .unwrap_or_else(|| family.noun.to_owned())
    }

    fn unique_class(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        name
    }

    #[expect(clippy::too_many_arguments, reason = "one call site, one template")]
    fn class_text(
        &self,
        unit: UnitId,
        call: &CallFacts,
        location: TextRange,
        class: &str,
        parameters: &[String],
        family: &Family,
        noun: &str,
        imports: &mut Imports,
    ) -> String {
        imports.insert(
            "dataclass".to_owned(),
            "from dataclasses import dataclass".to_owned(),
        );
        let field = self.location_annotation(unit, location, imports);
        let edits = vec![Edit {
            range: location,
            text: "self.path".to_owned(),
        }];
        let body = apply(self.program, call.range, edits);
        let writes = call.effects.contains(Effect::WriteFile);
        let is_statement = matches!(
            self.program.statement(unit),
            srcify_syntax::ast::Stmt::Expr(it) if it.value.range() == call.range
        );
        let gives_nothing = writes && call.returns.as_ref().is_none_or(|ty| ty.name == "None");
        let returns = if is_statement || gives_nothing {
            "None".to_owned()
        } else {
            self.annotator.annotation(call.returns.as_ref(), imports)
        };
        let mut signature = vec!["self".to_owned()];
        for parameter in parameters {
            let ty = (self.type_of)(parameter, unit);
            signature.push(format!(
                "{parameter}: {}",
                self.annotator.annotation(ty.as_ref(), imports)
            ));
        }
        let keyword = if returns == "None" { "" } else { "return " };
        let (what, summary) = descriptions(family, noun);
        format!(
            "@dataclass(frozen=True)\nclass {class}:\n    \"\"\"{what}.\"\"\"\n\n    path: {field}\n\n    def {}({}) -> {returns}:\n        \"\"\"{summary}\"\"\"\n        {keyword}{body}\n",
            family.method,
            signature.join(", "),
        )
    }

    fn location_annotation(
        &self,
        unit: UnitId,
        location: TextRange,
        imports: &mut Imports,
    ) -> String {
        let setting = self
            .lifting
            .lifted
            .iter()
            .find(|lifted| lifted.places.contains(&location))
            .or_else(|| {
                let access = &self.graph.units[unit.index()].access;
                let name = access
                    .occurrences
                    .iter()
                    .find(|(_, range, _)| *range == location)
                    .map(|(name, ..)| name)?;
                self.lifting.by_variable(name)
            });
        if let Some(setting) = setting {
            if setting.annotation == "Path" {
                imports.insert("Path".to_owned(), "from pathlib import Path".to_owned());
            }
            return setting.annotation.clone();
        }
        let expression = expression_at(self.program, unit, location);
        match expression {
            Some(it) if it.is_string_literal_expr() || it.is_f_string_expr() => "str".to_owned(),
            Some(srcify_syntax::ast::Expr::Name(name)) => {
                let ty = (self.type_of)(&name.id, unit);
                let ty = ty.filter(|ty| matches!(ty.name.as_str(), "str" | "pathlib.Path"));
                path_annotation(ty.as_ref(), self.annotator, imports)
            }
            Some(other) => {
                let call = self
                    .graph
                    .calls
                    .iter()
                    .find(|call| call.range == other.range());
                let ty = call.and_then(|call| call.returns.clone());
                path_annotation(ty.as_ref(), self.annotator, imports)
            }
            None => path_annotation(None, self.annotator, imports),
        }
    }
}

fn path_annotation(ty: Option<&Type>, annotator: &Annotator<'_>, imports: &mut Imports) -> String {
    match ty {
        Some(ty) if ty.name == "str" => "str".to_owned(),
        Some(ty) if ty.name == "pathlib.Path" => annotator.annotation(Some(ty), imports),
        _ => {
            imports.insert("Path".to_owned(), "from pathlib import Path".to_owned());
            "str | Path".to_owned()
        }
    }
}

/// What the docstrings of a class and of its method say.
fn descriptions(family: &Family, noun: &str) -> (String, String) {
    let words = noun.replace('_', " ");
    match family.method {
        "read" => (
            format!("The {words} {}", family.noun),
            format!("Read the {}.", family.noun),
        ),
        "load" => (
            format!("The stored {words}"),
            "Load the stored object.".to_owned(),
        ),
        "save" => (
            format!("Where the {words} is kept"),
            format!("Write the {}.", family.noun),
        ),
        "write" => (
            format!("The {words} {}", family.noun),
            format!("Write the {}.", family.noun),
        ),
        "fetch" => (
            format!("The {words} endpoint"),
            "Fetch the answer.".to_owned(),
        ),
        _ => (
            format!("The {words} {}", family.noun),
            format!("Use the {}.", family.noun),
        ),
    }
}
