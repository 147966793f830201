//! Notebooks whose outputs are hundreds of megabytes: what nobody reads of them is left out while they come in.

/// Takes the bytes of a notebook in pieces, and keeps them without outputs, attachments and states of widgets.
///
/// Lines stay lines, so that messages about what cannot be read name the right one.
#[derive(Debug, Default)]
pub struct Skimmer {
    kept: Vec<u8>,
    place: Place,
    /// Where the last string begins and ends, when nothing but space stands behind it.
    last_string: Option<(usize, usize)>,
}

/// What the next byte is part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    /// Anything but a string.
    #[default]
    Between,
    /// A string that begins there; the last byte was a backslash.
    String { start: usize, escaped: bool },
    /// Before a value that is left out.
    Unwanted,
    /// An unwanted value: brackets that are open, and whether it is in a string.
    Inside {
        depth: u32,
        in_string: bool,
        escaped: bool,
    },
    /// An unwanted number or word.
    Bare,
}

/// Keys whose values nobody reads.
const UNWANTED: [&[u8]; 3] = [b"outputs", b"attachments", b"widgets"];

impl Skimmer {
    /// Whether bytes that begin so can be skimmed: text in UTF-8.
    pub fn reads(start: &[u8]) -> bool {
        !start
            .iter()
            .take(4)
            .any(|byte| matches!(byte, 0 | 0xFE | 0xFF))
    }

    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.byte(byte);
        }
    }

    /// What is left.
    pub fn finish(self) -> Vec<u8> {
        self.kept
    }

    fn byte(&mut self, byte: u8) {
        match self.place {
            Place::Between => self.between(byte),
            Place::String { start, escaped } => {
                self.kept.push(byte);
                if byte == b'"' && !escaped {
                    self.last_string = Some((start, self.kept.len() - 1));
                    self.place = Place::Between;
                } else {
                    let escaped = byte == b'\\' && !escaped;
                    self.place = Place::String { start, escaped };
                }
            }
            Place::Unwanted if byte.is_ascii_whitespace() => self.kept.push(byte),
            Place::Unwanted => {
                self.kept.extend(b"null");
                self.place = match byte {
                    b'{' | b'[' => inside(1, false, false),
                    b'"' => inside(0, true, false),
                    _ => Place::Bare,
                };
            }
            Place::Inside {
                depth,
                in_string,
                escaped,
            } => self.inside(byte, depth, in_string, escaped),
            Place::Bare if matches!(byte, b',' | b'}' | b']') => {
                self.place = Place::Between;
                self.between(byte);
            }
            Place::Bare => self.keep_line(byte),
        }
    }

    fn between(&mut self, byte: u8) {
        let is_key = |range: (usize, usize)| UNWANTED.contains(&&self.kept[range.0..range.1]);
        match byte {
            b':' if self.last_string.is_some_and(is_key) => self.place = Place::Unwanted,
            b'"' => {
                self.place = Place::String {
                    start: self.kept.len() + 1,
                    escaped: false,
                };
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            self.last_string = None;
        }
        self.kept.push(byte);
    }

    fn inside(&mut self, byte: u8, depth: u32, in_string: bool, escaped: bool) {
        self.keep_line(byte);
        self.place = match (in_string, byte) {
            (true, b'"') if !escaped && depth == 0 => Place::Between,
            (true, b'"') if !escaped => inside(depth, false, false),
            (true, b'\\') => inside(depth, true, !escaped),
            (true, _) => inside(depth, true, false),
            (false, b'"') => inside(depth, true, false),
            (false, b'{' | b'[') => inside(depth + 1, false, false),
            (false, b'}' | b']') if depth == 1 => Place::Between,
            (false, b'}' | b']') => inside(depth - 1, false, false),
            (false, _) => inside(depth, false, false),
        };
    }

    fn keep_line(&mut self, byte: u8) {
        if byte == b'\n' {
            self.kept.push(byte);
        }
    }
}

fn inside(depth: u32, in_string: bool, escaped: bool) -> Place {
    Place::Inside {
        depth,
        in_string,
        escaped,
    }
}

#[cfg(test)]
mod tests {
    use super::Skimmer;

    fn check(text: &str, expected: &str) {
        // In pieces of every length.
        for length in 1..=text.len() {
            let mut skimmer = Skimmer::default();
            for piece in text.as_bytes().chunks(length) {
                skimmer.take(piece);
            }
            assert_eq!(String::from_utf8(skimmer.finish()).unwrap(), expected);
        }
    }

    #[test]
    fn outputs_are_left_out_and_lines_stay() {
        check(
            "{\"outputs\": [\n{\"a\": \"]\\\"}\"}\n], \"source\": \"x\"}",
            "{\"outputs\": null\n\n, \"source\": \"x\"}",
        );
        check(
            "{\"outputs\" : 1, \"a\": 2}",
            "{\"outputs\" : null, \"a\": 2}",
        );
        check("{\"attachments\": \"a\\\"b\"}", "{\"attachments\": null}");
    }

    #[test]
    fn what_only_says_outputs_stays() {
        let text = "{\"source\": [\"outputs\", \"\\\"outputs\\\": [1]\"], \"other\": [[1], {}]}";
        check(text, text);
    }

    #[test]
    fn text_that_ends_too_early_still_does() {
        check("{\"outputs\": [1, ", "{\"outputs\": null");
    }
}
