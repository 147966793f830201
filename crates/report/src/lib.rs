//! Results for people and machines.
//!
//! In: plans, diagnostics, verdicts. Out: text and JSON. This crate may not know how they were computed.

mod conversion;
mod diagnostics;
mod explanation;
mod left_out;
mod plan;

pub use conversion::{Conversion, conversion_text};
pub use diagnostics::diagnostic_text;
pub use explanation::{explanation_json, explanation_text};
pub use left_out::{LeftOut, left_out};
pub use plan::{Part, Summary, package_json, plan_text, summary_of};
