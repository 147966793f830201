//! A plan as files.
//!
//! In: a [`srcify_plan::Plan`]. Out: a [`Tree`] of the files of the project. This crate may not know about effects: it
//! decides nothing, it writes down what was decided.

mod escapes;
mod forward;
mod long_comments;
mod long_strings;
mod module;
mod project;
mod recorded;
mod settings;
mod text;
mod tree;
mod yaml;

use srcify_plan::Plan;

pub use project::{Extra, add_extra, project_files, settings_class};
pub use settings::is_reserved_field;
pub use tree::Tree;

/// Writes down a plan: every file of the project.
pub fn emit(plan: &Plan) -> Tree {
    let mut tree = Tree::default();
    project_files(plan, &mut tree);
    for module in &plan.modules {
        let path = format!(
            "src/{}/{}/{}.py",
            plan.package,
            module.folder.name(),
            module.name
        );
        tree.insert(path, module::module_text(module, plan));
    }
    tree.redact(&plan.secret_values);
    tree
}
