//! What code does: effects, mutations, aliases, from the code itself and from a catalog of library functions.
//!
//! In: a [`srcify_syntax::Program`] and a [`Catalog`]. Out: an [`EffectGraph`]. This crate may not know about packages
//! or the folders of layers; it knows effects, and leaves to others what a layer permits.

mod aliased;
mod analyze;
mod assignments;
mod attributes;
mod calls;
mod catalog;
mod changes;
mod classes;
mod code;
mod condense;
mod decorators;
pub mod distributions;
mod documented;
mod effect;
mod enumerations;
mod exceptions;
mod expressions;
mod facts;
mod figures;
mod functions;
mod generators;
mod hearing;
mod imports;
mod installed;
mod instances;
mod keyed;
mod looked_up;
mod mentions;
mod missing;
mod names;
mod objects;
mod overlay;
pub mod parameters;
mod passing;
mod plain;
mod presume;
mod protocols;
mod readable;
mod readers;
mod records;
mod recursion;
mod restoring;
mod scopes;
mod secrets;
mod statements;
mod stores;
mod swallowing;
mod twins;
mod types;
mod uncalled;
mod unpacking;
mod value;
mod variables;
mod written;

pub use analyze::{TypeOracle, analyze};
pub use calls::application::is_passive;
pub use catalog::{ArgumentKind, Catalog, Condition, Entry, EntryKind, Target, When};
pub use effect::{Effect, EffectSet};
pub use facts::{
    Argument, CallFacts, Callee, EffectGraph, FunctionFacts, Mutation, Reason, UnitFacts,
};
pub use imports::imported_libraries;
pub use installed::{Answer, Asked};
pub use looked_up::LookedUp;
pub use missing::{LeftOut, dependents, early_reads};
pub use names::{Access, FunctionNames, Occurrence, bound_names, by_name, function_names};
pub use overlay::Overlay;
pub use plain::is_plain;
pub use presume::{CHANGING_METHODS, TEXT_METHODS};
pub use secrets::{
    SecretKind, environment_variable, find_secret, is_common_login, presume_secret, secrets_in,
    secrets_in_prose,
};
pub use types::Type;
