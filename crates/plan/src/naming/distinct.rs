//! Names that tell functions apart that do the same to the same kind of thing.

use srcify_effects::EntryKind;
use srcify_syntax::ast::{Expr, Stmt};

use super::fitted::is_collected;
use super::functions::{Passage, class_words};
use super::titles::{Title, heading, words_of};
use super::verbs::verb_of_word;
use super::words::{ARTICLES, EMPTY, STOPS};
use super::{slug, snake};

/// A name of more words than this is no name.
const MOST_WORDS: usize = 5;

impl Passage<'_> {
    /// Longer names for the function, for when another one has the short ones: from what the author says above it, what it
    /// makes an object of, what else it gives and what it is made from.
    pub(super) fn distinct_names(
        &self,
        verb: &str,
        noun: &str,
        output: &str,
        title: Option<&Title>,
    ) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        words.extend(title.and_then(|it| telling_words(&it.text, noun)));
        let cell = self
            .units
            .first()
            .map(|it| self.program.units()[it.index()].cell);
        let heading = cell.and_then(|cell| heading(self.program, cell));
        words.extend(heading.and_then(|it| telling_words(&it, noun)));
        words.extend(self.made_class().map(|class| class_words(&class)));
        words.extend(self.telling_text());
        let is_other = |it: &&String| it.as_str() != output && !is_collected(it);
        let others = self.outputs.iter().rev().filter(is_other);
        let others = others.map(|other| (*other).clone());
        let mut names: Vec<String> = words
            .iter()
            .filter(|it| !is_in(it, noun))
            .map(|it| format!("{verb}_{it}_{noun}"))
            .collect();
        let given = others.map(|other| self.subject.noun(&other, None));
        names.extend(
            given
                .filter(|it| !is_in(it, noun))
                .map(|it| format!("{verb}_{noun}_and_{it}")),
        );
        names.extend(
            self.source_noun(output)
                .map(|it| format!("{verb}_{noun}_from_{it}")),
        );
        names.retain(|name| {
            let words: Vec<&str> = name.split('_').collect();
            words.len() <= MOST_WORDS && words.windows(2).all(|it| it[0] != it[1])
        });
        names
    }

    /// The last class of a library of which the statements make an object.
    fn made_class(&self) -> Option<String> {
        let calls = self.graph.calls_in_any(self.ranges);
        let name = calls
            .into_iter()
            .rev()
            .find_map(|call| match &call.callee {
                srcify_effects::Callee::Library(name) => {
                    let entry = self.catalog.lookup(name)?;
                    let last = name.rsplit('.').next()?;
                    let is_plain = matches!(
                        last,
                        "Series" | "DataFrame" | "RandomState" | "Path" | "Timestamp" | "Figure"
                    );
                    (entry.kind == EntryKind::Class && !is_plain).then(|| last.to_owned())
                }
                _ => None,
            })?;
        name.starts_with(char::is_uppercase).then_some(name)
    }

    /// A short text that the statements are given or pick by: `method="bonferroni"`, `df["age"]`.
    fn telling_text(&self) -> Option<String> {
        use srcify_syntax::ast::visitor::{Visitor, walk_expr};
        struct Texts(Vec<String>);
        impl<'a> Visitor<'a> for Texts {
            fn visit_expr(&mut self, expression: &'a Expr) {
                if let Expr::StringLiteral(text) = expression {
                    self.0.push(text.value.to_str().to_owned());
                }
                walk_expr(self, expression);
            }
        }
        let mut texts = Texts(Vec::new());
        for unit in self.units {
            texts.visit_stmt(self.program.statement(*unit));
        }
        let is_word = |text: &String| {
            (3..20).contains(&text.len())
                && text
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "_- ".contains(c))
                && text.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        let mut words = texts
            .0
            .iter()
            .filter(|text| is_word(text))
            .map(|it| slug(it));
        words.find(|it| it.split('_').count() <= 2 && it.len() > 2)
    }

    /// What a result is made from, in a word: the variable that the last statement reads.
    fn source_noun(&self, output: &str) -> Option<String> {
        let unit = self.units.last()?;
        let value = match self.program.statement(*unit) {
            Stmt::Assign(assign) => &*assign.value,
            _ => return None,
        };
        let call = value.as_call_expr()?;
        let first = match &*call.func {
            Expr::Attribute(attribute) => attribute.value.as_name_expr(),
            _ => None,
        };
        let arguments = call
            .arguments
            .args
            .iter()
            .filter_map(|it| it.as_name_expr());
        let mut names = arguments.chain(first).map(|it| it.id.as_str());
        let name =
            names.find(|name| *name != output && !self.outputs.iter().any(|it| it == name))?;
        let is_variable = self.graph.units[unit.index()].access.reads.contains(name);
        let noun = snake(name);
        (is_variable && noun.len() > 2 && noun.is_ascii() && noun.split('_').count() <= 2)
            .then_some(noun)
    }
}

/// The words of a title that tell most: what it is about, without verbs and small words.
fn telling_words(title: &str, noun: &str) -> Option<String> {
    let words = words_of(title);
    let kept: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| {
            word.is_ascii()
                && word.len() > 2
                && word.chars().all(char::is_alphabetic)
                && verb_of_word(word).is_none()
                && !STOPS.contains(word)
                && !ARTICLES.contains(word)
                && !EMPTY.contains(word)
                && !is_in(word, noun)
        })
        .take(2)
        .collect();
    (!kept.is_empty()).then(|| kept.join("_"))
}

fn is_in(words: &str, noun: &str) -> bool {
    let has = |word: &str| noun.split('_').any(|it| it == word);
    words.split('_').all(has)
}

#[cfg(test)]
mod tests {
    use super::telling_words;

    #[test]
    fn headings_tell_functions_apart() {
        for (title, noun, words) in [
            (
                "Logistic regression with an L1 penalty",
                "model",
                Some("logistic_regression"),
            ),
            ("Build the model", "model", None),
            ("2. Naive forecaster", "forecaster", Some("naive")),
        ] {
            assert_eq!(telling_words(title, noun).as_deref(), words, "{title}");
        }
    }
}
