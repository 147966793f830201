//! Which statement goes where, and under which name.
//!
//! In: a program and what its statements do. Out: a [`Plan`]. This crate may not know about templates or files.

mod acting;
mod advice;
mod annotations;
mod constants;
mod context;
mod copies;
mod cuts;
mod defining;
mod definitions;
mod demands;
mod dependencies;
mod edits;
mod environment;
mod explain;
mod figures;
mod groups;
mod holders;
mod identity;
mod inference;
mod job;
mod jobs;
mod mends;
mod merge;
mod mirrors;
mod model;
mod modules;
mod names;
mod naming;
mod observed;
mod passages;
mod paths;
mod planner;
mod prints;
mod resources;
mod rowwise;
mod secrets;
mod sent;
mod settings;
mod stages;
mod steps;
mod timeline;
mod twins;
mod types;
mod typing_only;
mod undefined;
mod untangle;
mod usage;
mod whole;
mod wishes;

pub use explain::{
    CallExplained, Event, EventKind, Explanation, FunctionExplained, StatementExplained,
    VariableExplained, explain, proofs,
};
pub use identity::package_of;
pub use inference::{Inference, inference, predicts};
pub use jobs::job_name;
pub use merge::{draw_apart, merge};
pub use model::{
    Decision, Dependency, DroppedUnit, EnvironmentVariable, Field, Folder, Item, Job, Literal,
    Module, Plan, Rung, Secret, Section, Settings,
};
pub use modules::bound_name;
pub use naming::error_class;
pub use naming::project as project_name;
pub use naming::summary as summary_of;
pub use observed::{Extent, Observed, Start};
pub use planner::{Preferences, plan};
pub use secrets::{redacted, redacted_python, without_secrets};
pub use srcify_effects::Reason;
pub use untangle::{Untangled, untangle};
pub use whole::add_whole_module;
pub use wishes::{is_name, wished_job};
