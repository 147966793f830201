//! How a text mentions names, found in one pass: what many classes ask, each for itself.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

/// The names of a text, by what stands around them.
#[derive(Debug, Default)]
pub(crate) struct Mentions<'t> {
    /// `X` in `X.a = 1`, `X.a += 1`.
    set: FxHashSet<&'t str>,
    /// `X` and `a` in `X.a`.
    members: FxHashSet<(&'t str, &'t str)>,
    /// Names of which the text does more than to define a class or to call it.
    open: FxHashSet<&'t str>,
    /// Names behind a parenthesis or a comma.
    listed: BTreeSet<&'t str>,
    /// It asks objects for their classes, or for attributes by name.
    asks_classes: bool,
}

impl<'t> Mentions<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        const ASKING: [&str; 6] = ["cls", "__class__", "__new__", "type(", "getattr", "vars("];
        let mut mentions = Self {
            asks_classes: ASKING.iter().any(|it| text.contains(it)),
            ..Self::default()
        };
        let (mut before, mut end) = ("", 0);
        while let Some(start) = text[end..].find(is_word).map(|it| it + end) {
            let between = text[end..start].trim_end();
            end = text[start..]
                .find(|it| !is_word(it))
                .map_or(text.len(), |it| it + start);
            let (word, after) = (&text[start..end], &text[end..]);
            let is_defined = between.is_empty() && before.ends_with("class");
            if !is_defined && !after.starts_with('(') {
                mentions.open.insert(word);
            }
            if between.ends_with(['(', ',']) {
                mentions.listed.insert(word);
            }
            if let Some(rest) = after.strip_prefix('.') {
                mentions.member(word, rest);
            }
            before = word;
        }
        mentions
    }

    /// `word.rest`
    fn member(&mut self, word: &'t str, rest: &'t str) {
        let length = rest.find(|it| !is_word(it)).unwrap_or(rest.len());
        self.members.insert((word, &rest[..length]));
        let operator = rest[length..].trim_start();
        let operator = operator.trim_start_matches(['+', '-', '*', '/', '%', '&', '|', '^', '@']);
        if operator.starts_with('=') && !operator.starts_with("==") {
            self.set.insert(word);
        }
    }

    /// Whether an attribute of what has this name is set.
    pub(crate) fn sets_attribute(&self, name: &str) -> bool {
        self.set.contains(name)
    }

    /// Whether an attribute of what has this name is asked for.
    pub(crate) fn asks(&self, name: &str, attribute: &str) -> bool {
        self.members.contains(&(name, attribute))
    }

    /// Whether objects are asked for their classes, or for attributes by name.
    pub(crate) fn asks_classes(&self) -> bool {
        self.asks_classes
    }

    /// Whether all that the text does with the name of a class is to define it and to call it.
    pub(crate) fn is_only_called(&self, name: &str) -> bool {
        !self.open.contains(name)
    }

    /// Whether a name, or one that begins with it, is an argument or a base.
    pub(crate) fn is_listed(&self, name: &str) -> bool {
        let mut from = self.listed.range(name..);
        from.next().is_some_and(|it| it.starts_with(name))
    }
}

fn is_word(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

#[cfg(test)]
mod tests {
    use super::Mentions;

    #[test]
    fn names_are_told_by_what_stands_around_them() {
        let text = "class Apart:\n    pass\nclass Base:\n    n = 0\nclass Heir( Base):\n    pass\nApart()\nHeir.n += 1\nBase.n == 2\nx.Ä.é = 1\nprint(Heir.m)";
        let mentions = Mentions::of(text);
        assert!(mentions.is_only_called("Apart") && !mentions.is_only_called("Base"));
        assert!(
            mentions.is_listed("Base") && mentions.is_listed("Bas") && !mentions.is_listed("Apart")
        );
        assert!(mentions.sets_attribute("Heir") && !mentions.sets_attribute("Base"));
        assert!(mentions.sets_attribute("Ä") && !mentions.sets_attribute("x"));
        assert!(mentions.asks("Heir", "m") && mentions.asks("Base", "n"));
        assert!(!mentions.asks("Heir", "k") && !mentions.asks_classes());
        assert!(Mentions::of("f(type(x))").asks_classes());
        let empty = Mentions::of("");
        assert!(empty.is_only_called("A") && !empty.is_listed("A"));
    }
}
