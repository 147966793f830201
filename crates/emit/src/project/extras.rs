//! Files that a project has on request only.

use minijinja::context;
use srcify_plan::Plan;

use super::{PYTHON_MINOR, Writer, facts, readme, templates};
use crate::tree::Tree;

/// What a project may have beside its package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// A workflow that lints, checks types and runs the tests.
    Ci,
    /// An image that runs the command.
    Docker,
}

/// Adds the files of `extra` to a project.
pub fn add_extra(plan: &Plan, extra: Extra, tree: &mut Tree) {
    let mut writer = Writer {
        plan,
        tree,
        templates: templates(),
        facts: facts(plan),
    };
    match extra {
        Extra::Ci => writer.write(".github/workflows/ci.yml", "ci.yml.j2", context! {}),
        Extra::Docker => {
            let image = plan.project.to_lowercase();
            let facts = context! { image, minor => PYTHON_MINOR };
            writer.write("Dockerfile", "Dockerfile.j2", facts);
            let mut ignored = vec![".venv/".to_owned(), ".env".to_owned(), ".git/".to_owned()];
            let data = readme::ignored(plan).into_iter();
            ignored.extend(data.map(|pattern| pattern.trim_start_matches('/').to_owned()));
            let text = format!("{}\n", ignored.join("\n"));
            writer.tree.insert(".dockerignore", text);
        }
    }
}
