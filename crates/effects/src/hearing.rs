//! Which functions in progress an effect is one of.

use srcify_syntax::TextRange;

use crate::Effect;
use crate::analyze::{Analyzer, Frame};

/// The functions in progress that hear of an effect: calls that a library may make, from a depth on, tell nothing of the
/// functions that they run. That these may do anything, for nobody knows what they are given, none hears; what is told by
/// its name alone (`nowhere.log`), and not in words (`method of an object of unknown type`), may, whatever it is given.
pub(crate) fn hearing<'f>(
    frames: &'f [Frame],
    guessed: Option<usize>,
    effect: Effect,
    source: &str,
) -> Option<&'f [Frame]> {
    match guessed {
        Some(_) if effect == Effect::Unknown && source.contains(' ') => None,
        from => frames.get(..from.unwrap_or(frames.len())),
    }
}

impl Analyzer<'_> {
    /// The depth of the calls whose standard output what is printed at a place does not come to: it goes elsewhere.
    pub(crate) fn quiet_depth(&self, effect: Effect, range: TextRange) -> Option<usize> {
        let depth = self.quiet.last().filter(|_| effect == Effect::Stdout)?;
        // What is asked or said on other streams is none of it.
        let text = self.program.text(range);
        let is_other = ["stderr", "stdin", "input"]
            .iter()
            .any(|it| text.contains(it));
        (!is_other && !range.is_empty()).then_some(*depth)
    }
}
