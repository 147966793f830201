//! Which statement goes where, and under which name.
//!
//! In: a program and what its statements do. Out: a [`Plan`]. This crate may not know about templates or files.

mod model;

pub use model::{
    Decision, Dependency, DroppedUnit, Field, Folder, Item, Job, Literal, Module, Plan, Rung,
    Secret, Section, Settings,
};
