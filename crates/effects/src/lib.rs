//! What code does: effects, mutations, aliases, from the code itself and from a catalog of library functions.
//!
//! In: a [`srcify_syntax::Program`] and a [`Catalog`]. Out: an [`EffectGraph`]. This crate may not know about packages
//! or the folders of layers; it does know which effects a [`Layer`] permits.

mod catalog;
pub mod distributions;
mod effect;
pub mod parameters;

pub use catalog::{ArgumentKind, Catalog, Condition, Entry, EntryKind, Target, When};
pub use effect::{Effect, EffectSet};
