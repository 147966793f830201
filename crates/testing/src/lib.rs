//! For tests of the binary: a folder to run it in, and the fixtures. In: what to write and run. Out: what a user would
//! see. It knows no other crate.

mod code;
mod fixture;
mod sandbox;

pub use code::Code;
pub use fixture::{Fixture, examples, fixtures, is_updating, repository};
pub use sandbox::{Files, Outcome, Sandbox, files_in, run};
