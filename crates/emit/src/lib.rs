//! A plan as files.
//!
//! In: a [`srcify_plan::Plan`]. Out: a [`Tree`] of the files of the project. This crate may not know about effects: it
//! decides nothing, it writes down what was decided.

mod project;
mod settings;
mod text;
mod tree;
mod yaml;

pub use project::{error_class, project_files, settings_class};
pub use settings::is_reserved_field;
pub use tree::Tree;
