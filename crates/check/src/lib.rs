//! Conventions of a package, one rule per file.
//!
//! In: a [`Package`] (files by path, in memory), the catalog of library effects, a [`Selection`]. Out: [`Finding`]s, in
//! the order of files and lines, the same on every run. Static only: nothing is imported or run, and no file is read.
//! This crate may not know about plans, nor that a package was emitted by us.

mod annotations;
mod check;
mod docstring;
mod finding;
mod fix;
mod flow;
mod index;
mod models;
mod module;
pub mod output;
mod package;
mod project;
mod rule;
pub mod rules;
mod schema;
mod selection;
mod settings;
mod suppression;
mod text;
mod yaml;

pub use check::check;
pub use finding::{Chain, Edit, Finding, Fix, Position, Safety};
pub use fix::apply;
pub use package::Package;
pub use rule::{Confidence, Rule};
pub use rules::{RULES, rule};
pub use selection::{Selection, SelectionError, is_excluded};
pub use settings::{PerFileIgnore, Settings, SettingsError, settings_schema};
pub use suppression::{Baseline, add_ignores};
