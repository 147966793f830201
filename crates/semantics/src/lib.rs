//! What every expression is: the one door to ty's crates.
//!
//! In: a [`srcify_syntax::Program`] and an [`Environment`]. Out: [`Semantics`], which answers by range, in types of our
//! own; or an [`Environment`] alone, and out come [`Libraries`], which answer questions about what is installed.
//! Everything happens in process and in memory; the only files that are read are those of the site-packages that
//! the environment names. This crate may not know what a function does to the world, nor anything about packages.

mod collect;
mod database;
mod environment;
mod libraries;
mod names;
mod render;
mod resolve;
mod returns;
mod stubs;
mod system;
mod types;

pub use environment::Environment;
pub use libraries::{Libraries, Question};
pub use resolve::{Semantics, resolve};
pub use types::Type;
