//! Which classes a program can have objects of.

use rustc_hash::FxHashSet;

use super::Catalog;
use super::library::Library;

impl Catalog {
    /// The classes whose objects a program can have that reads as `text`: those that it names, and those that something
    /// is said to give back; with their bases.
    pub(crate) fn obtainable(&self, text: &str) -> Obtainable<'_> {
        // Few words begin as the name of a class does: the others are not looked up.
        let mut beginnings = Beginnings::default();
        let classes = self.all().flat_map(Library::classes);
        classes.for_each(|it| beginnings.add(name_of(it)));
        let words = text
            .as_bytes()
            .split(|it| !it.is_ascii_alphanumeric() && *it != b'_')
            .filter(|it| beginnings.has(it));
        let words: FxHashSet<&[u8]> = words.collect();
        let is_named = |class: &&str| words.contains(name_of(class).as_bytes());
        let mut obtainable = Obtainable {
            catalog: self,
            others: FxHashSet::default(),
        };
        let mut pending: Vec<&str> = Vec::new();
        for library in self.all() {
            pending.extend(library.classes().filter(is_named));
            let given = if self.added.is_empty() {
                &library.given().others
            } else {
                &library.given().all
            };
            pending.extend(given.iter().map(|it| self.canonical(it)));
        }
        while let Some(class) = pending.pop() {
            if !obtainable.contains(class) {
                obtainable.others.insert(class);
                pending.extend(self.bases_of(class));
            }
        }
        obtainable
    }
}

/// What stands behind the last full stop.
fn name_of(qualified: &str) -> &str {
    let dot = qualified.bytes().rposition(|it| it == b'.');
    dot.map_or(qualified, |it| &qualified[it + 1..])
}

/// Beginnings and lengths of words, mixed: a bit for each of 65,536 mixtures. Words of one mixture may differ.
struct Beginnings(Box<[u64]>);

impl Default for Beginnings {
    fn default() -> Self {
        Self(vec![0; 1 << 10].into())
    }
}

impl Beginnings {
    fn place(word: &[u8]) -> (usize, u64) {
        let mut beginning = [0; 8];
        for (byte, of_word) in beginning.iter_mut().zip(word) {
            *byte = *of_word;
        }
        let mixed = u64::from_le_bytes(beginning) ^ ((word.len() as u64) << 59);
        // Fibonacci hashing: the high bits of the product depend on all others (Knuth, volume 3, section 6.4).
        let mixed = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }

    fn add(&mut self, word: &str) {
        let (at, bit) = Self::place(word.as_bytes());
        self.0[at] |= bit;
    }

    fn has(&self, word: &[u8]) -> bool {
        let (at, bit) = Self::place(word);
        self.0[at] & bit != 0
    }
}

/// Classes whose objects a program can have.
pub(crate) struct Obtainable<'c> {
    catalog: &'c Catalog,
    /// Besides those that their own library gives.
    others: FxHashSet<&'c str>,
}

impl Obtainable<'_> {
    pub(crate) fn contains(&self, class: &str) -> bool {
        let is_given = || {
            let file = self.catalog.file_of(class);
            file.is_some_and(|it| it.given().own.contains(class))
        };
        self.others.contains(class) || (self.catalog.added.is_empty() && is_given())
    }
}
