//! How the text of a statement changes where it is placed.

use std::collections::BTreeMap;

use crate::edits::Edit;
use crate::settings::Lifted;

/// What is different for code in one function of the package.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// What stands for a variable of the input: `TEST_SIZE` is `config.split.test_size`.
    pub names: BTreeMap<String, String>,
    /// Literals that became settings, with what stands for them here.
    pub literals: Vec<Edit>,
    /// Functions that got parameters instead of reading variables: the variables with their parameters.
    pub lifted: BTreeMap<String, Vec<(String, String)>>,
    /// The code looks its own names up, and evaluates text.
    pub is_introspective: bool,
    /// The name of the logger, where prints become log messages.
    pub logger: Option<String>,
}

impl Context {
    /// Lets `text` stand for a setting.
    pub(crate) fn replace(&mut self, setting: &Lifted, text: &str) {
        if let Some(variable) = &setting.variable {
            self.names.insert(variable.clone(), text.to_owned());
        }
        self.literals
            .extend(setting.places.iter().map(|range| Edit {
                range: *range,
                text: text.to_owned(),
            }));
    }
}
