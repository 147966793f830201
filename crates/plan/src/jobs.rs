//! Names for the jobs of several inputs.

use crate::naming::{slug, snake};

/// A job for a file: `01 Train model` as `train_model`.
pub fn job_name(stem: &str) -> String {
    let ascii: String = stem
        .chars()
        .map(|c| if c.is_ascii() { c } else { ' ' })
        .collect();
    let name = slug(&snake(&ascii));
    let is_taken = name.is_empty() || srcify_syntax::is_reserved_word(&name);
    if is_taken {
        format!("{name}_job").trim_start_matches('_').to_owned()
    } else {
        name
    }
}
