//! How the text of a statement changes where it is placed.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use srcify_syntax::TextRange;

use crate::edits::Edit;
use crate::figures::Figures;
use crate::settings::Lifted;

/// What is different for code in one function of the package.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// What stands for a variable of the input: `TEST_SIZE` is `config.split.test_size`.
    pub names: Replacements,
    /// Literals that became settings, with what stands for them here.
    pub literals: Literals,
    /// Functions that got parameters instead of reading variables: the variables with their parameters.
    pub lifted: Rc<BTreeMap<String, Vec<(String, String)>>>,
    /// The code looks its own names up, and evaluates text.
    pub is_introspective: bool,
    /// The name of the logger, where prints become log messages.
    pub logger: Option<String>,
    /// Operands of formats in prints that are known to be no tuples.
    pub scalars: Rc<HashSet<TextRange>>,
    /// Whether figures are closed when they are shown.
    pub figures: Figures,
}

/// Texts that stand for names. A copy costs what was added to it, not what it shares.
#[derive(Debug, Clone, Default)]
pub(crate) struct Replacements {
    shared: Rc<BTreeMap<String, String>>,
    own: BTreeMap<String, String>,
}

impl Replacements {
    pub(crate) fn get(&self, name: &str) -> Option<&String> {
        self.own.get(name).or_else(|| self.shared.get(name))
    }

    pub(crate) fn insert(&mut self, name: String, text: String) {
        self.own.insert(name, text);
    }
}

/// Texts that stand for literals. A copy costs what was added to it, not what it shares.
#[derive(Debug, Clone, Default)]
pub(crate) struct Literals {
    /// In the order of their places.
    shared: Rc<Vec<Edit>>,
    own: Vec<Edit>,
}

impl Literals {
    pub(crate) fn extend(&mut self, edits: impl IntoIterator<Item = Edit>) {
        self.own.extend(edits);
    }

    /// Those inside `range`.
    pub(crate) fn inside(&self, range: TextRange) -> impl Iterator<Item = &Edit> {
        let from = self
            .shared
            .partition_point(|edit| edit.range.start() < range.start());
        let near = self.shared[from..]
            .iter()
            .take_while(move |edit| edit.range.start() <= range.end());
        near.chain(&self.own)
            .filter(move |edit| range.contains_range(edit.range))
    }
}

impl Context {
    /// Makes copies cheap from here on.
    pub(crate) fn share(&mut self) {
        let own = std::mem::take(&mut self.names.own);
        Rc::make_mut(&mut self.names.shared).extend(own);
        let own = std::mem::take(&mut self.literals.own);
        let literals = Rc::make_mut(&mut self.literals.shared);
        literals.extend(own);
        literals.sort_by_key(|edit| edit.range.start());
    }

    /// Lets `text` stand for a setting.
    pub(crate) fn replace(&mut self, setting: &Lifted, text: &str) {
        if let Some(variable) = &setting.variable {
            self.names.insert(variable.clone(), text.to_owned());
        }
        self.literals
            .extend(setting.places.iter().map(|place| place.edit(text)));
    }
}
