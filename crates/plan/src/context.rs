//! How the text of a statement changes where it is placed.

use std::collections::BTreeMap;

use crate::edits::Edit;

/// What is different for code in one function of the package.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// What stands for a variable of the input: `TEST_SIZE` is `config.split.test_size`.
    pub names: BTreeMap<String, String>,
    /// Literals that became settings, with what stands for them here.
    pub literals: Vec<Edit>,
    /// Functions that got parameters instead of reading variables: the variables with their parameters.
    pub lifted: BTreeMap<String, Vec<(String, String)>>,
    /// The name of the logger, where prints become log messages.
    pub logger: Option<String>,
}
