//! What the project and its package are called.

use crate::{Preferences, naming};

/// A name of a project whose package hides no module that libraries may import.
fn unhidden(project: String) -> String {
    use srcify_effects::distributions;
    let package = naming::package(&project);
    let is_library = distributions::is_standard_library(&package)
        || distributions::distribution_of(&package).is_some()
        || distributions::has_types(&package)
        || package == "test";
    if is_library {
        format!("{project}-job")
    } else {
        project
    }
}

/// The names of the project and of its package.
pub fn package_of(source: &srcify_syntax::Source, preferences: &Preferences) -> (String, String) {
    let project = preferences
        .name
        .clone()
        .unwrap_or_else(|| unhidden(naming::project(source.stem())));
    let package = naming::package(&project);
    (project, package)
}
