//! Local modules that stay whole: a module of the application, with the author's statements in their order.

use srcify_effects::{Catalog, EffectGraph};
use srcify_syntax::Program;
use srcify_syntax::ast::Stmt;

use crate::context::Context;
use crate::definitions::Definition;
use crate::dependencies::dependencies;
use crate::modules::{Draft, Sources};
use crate::planner::Planner;
use crate::steps::StepKind;
use crate::typing_only::joined;
use crate::{Folder, Item, Plan, Preferences};

/// Adds the module `name`, which stays whole, to a plan: with docstrings and annotations where it has none, and
/// without its secrets.
pub fn add_whole_module(
    plan: &mut Plan,
    name: &str,
    program: &Program,
    graph: &EffectGraph,
    catalog: &Catalog,
) {
    let preferences = Preferences {
        name: Some(plan.project.clone()),
        ..Preferences::default()
    };
    let mut planner = Planner::new(program, graph, catalog, &preferences);
    planner.note_secrets();
    let sources = std::mem::take(&mut planner.sources);
    let own_imports = Sources::of(program, &planner.names.typing_branches).imports;
    let draft = planner.whole_draft(name);
    if graph.units.iter().any(|unit| !unit.effects.is_pure()) {
        plan.running_modules.insert(name.to_owned());
    }
    let mut module = draft.finish(&plan.package, &sources);
    module.imports.extend(own_imports.into_values().flatten());
    if !planner.mirrors.signatures {
        crate::annotations::complete_module(&mut module);
    }
    let parts = [
        (&plan.modules[..], &plan.typing_imports),
        (std::slice::from_ref(&module), &sources.typing),
    ];
    plan.typing_imports = joined(parts.into_iter());
    for secret in std::mem::take(&mut planner.plan.secrets) {
        if !plan.secrets.contains(&secret) {
            plan.secrets.push(secret);
        }
    }
    plan.secret_variables
        .append(&mut planner.plan.secret_variables);
    plan.secret_values.append(&mut planner.plan.secret_values);
    if module
        .items
        .iter()
        .any(|item| item.text.contains("Secret("))
    {
        let import = format!("from {}.io.secrets import Secret", plan.package);
        module.imports.insert(import);
    }
    plan.author_names
        .extend(crate::modules::capital_names(&module));
    plan.modules.push(module);
    plan.modules
        .sort_by_key(|module| (module.folder, module.name.clone()));
    plan.dependencies = dependencies(plan);
}

impl Planner<'_> {
    /// Every statement, in its order.
    fn whole_draft(&mut self, name: &str) -> Draft {
        let summary = format!("What the inputs import as `{name}`.");
        let mut draft = Draft::new(Folder::Application, name, &summary);
        for step in &self.steps {
            let defined = match self.program.statement(step.unit) {
                Stmt::FunctionDef(function) => function.name.to_string(),
                Stmt::ClassDef(class) => class.name.to_string(),
                _ => continue,
            };
            let definition = Definition::new(step.unit, &defined, Folder::Application);
            self.definitions.placed.insert(defined, definition);
        }
        let mut context = Context::default();
        context.literals.extend(self.secret_edits());
        context.share();
        for (index, step) in self.steps.iter().enumerate() {
            let is_docstring = index == 0 && step.kind == StepKind::Text;
            if step.kind == StepKind::Import || is_docstring {
                continue;
            }
            let defined = step.must.iter().next().cloned().unwrap_or_default();
            let text = match step.kind {
                StepKind::Function | StepKind::Class => {
                    self.definition_text(step.unit, &defined, &[], &context, &mut draft.needed)
                }
                _ => self.statement_text(step.unit, &context, Vec::new()),
            };
            draft.items.push(Item {
                name: defined,
                text,
                units: Vec::new(),
            });
        }
        draft
    }
}
