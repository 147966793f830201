//! How deeply code nests, told before it is parsed: a syntax tree deeper than the stack cannot even be dropped.

/// Open brackets at one place; CPython's limit.
const BRACKETS: usize = 200;
/// Open blocks at one place: CPython's limit is 100, and what stood at module level comes to stand in functions.
const BLOCKS: usize = 95;
/// Links of the chains (`a + b + …`, `a.b.c…`, `not not …`) around one place. CPython gives up at some thousands;
/// the recursive visitors of every later stage must stay within a thread's 2 MB.
const LINKS: usize = 400;

/// Why `code` nests too deeply to be analysed, and at which byte; `None` for code that people write.
pub(crate) fn too_deep(code: &str) -> Option<(usize, &'static str)> {
    Scanner {
        bytes: code.as_bytes(),
        at: 0,
        links: vec![0],
        lambdas: vec![0],
        total: 0,
        blocks: Vec::new(),
        operand: false,
    }
    .run()
}

/// Whether `code` nests more deeply than code that people write: what would parse or follow it needs too much stack.
#[must_use]
pub fn nests_too_deeply(code: &str) -> bool {
    too_deep(code).is_some()
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// For each open bracket, and the line itself: links of the chain at hand.
    links: Vec<usize>,
    total: usize,
    /// For each open bracket, and the line itself: how many of its links are lambdas, which reach over commas.
    lambdas: Vec<usize>,
    /// Columns of the open blocks.
    blocks: Vec<usize>,
    /// Whether an operand stands to the left.
    operand: bool,
}

impl Scanner<'_> {
    fn run(mut self) -> Option<(usize, &'static str)> {
        let mut line_starts = true;
        while self.at < self.bytes.len() {
            if line_starts {
                self.indent();
                line_starts = false;
            }
            let Some(&byte) = self.bytes.get(self.at) else {
                break;
            };
            match byte {
                b'\n' => {
                    line_starts = self.links.len() == 1;
                    self.at += 1;
                    if line_starts {
                        self.lambdas[0] = 0;
                        self.end_chain();
                    }
                }
                b'#' => self.skip_line(),
                b'\\' => self.at += 2,
                b'"' | b'\'' => self.string(false),
                _ if is_word(byte) => self.word(),
                _ => self.sign(byte),
            }
            if self.links.len() > BRACKETS {
                return Some((
                    self.at.min(self.bytes.len()) - 1,
                    "more than 200 nested brackets",
                ));
            }
            if self.total > LINKS {
                return Some((
                    self.at.min(self.bytes.len()) - 1,
                    "a chain of more than 400 operators",
                ));
            }
            if self.blocks.len() > BLOCKS {
                return Some((
                    self.at.min(self.bytes.len()) - 1,
                    "more than 95 nested blocks",
                ));
            }
        }
        None
    }

    /// Reads the blanks at the start of a logical line.
    fn indent(&mut self) {
        let mut column = 0;
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' => column += 1,
                b'\t' => column += 8 - column % 8,
                b'\n' | b'#' => return,
                _ => break,
            }
            self.at += 1;
        }
        while self.blocks.last().is_some_and(|&open| open >= column) {
            self.blocks.pop();
        }
        if column > 0 {
            self.blocks.push(column);
        }
    }

    fn skip_line(&mut self) {
        while self.bytes.get(self.at).is_some_and(|&byte| byte != b'\n') {
            self.at += 1;
        }
    }

    fn word(&mut self) {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|&byte| is_word(byte)) {
            self.at += 1;
        }
        let word = &self.bytes[start..self.at];
        let quoted = matches!(self.bytes.get(self.at), Some(b'"' | b'\''));
        if quoted && word.len() <= 2 {
            let formatted = word
                .iter()
                .any(|byte| matches!(byte, b'f' | b'F' | b't' | b'T'));
            return self.string(formatted);
        }
        match word {
            b"lambda" => {
                self.link();
                if let Some(lambdas) = self.lambdas.last_mut() {
                    *lambdas += 1;
                }
                self.operand = false;
            }
            b"not" | b"else" | b"await" => {
                self.link();
                self.operand = false;
            }
            b"and" | b"or" | b"in" | b"is" | b"if" | b"return" | b"yield" | b"for" => {
                self.operand = false;
            }
            _ => self.operand = true,
        }
    }

    fn sign(&mut self, byte: u8) {
        self.at += 1;
        match byte {
            b'(' | b'[' | b'{' => {
                if self.operand {
                    self.link();
                }
                self.links.push(0);
                self.lambdas.push(0);
                self.operand = false;
            }
            b')' | b']' | b'}' => {
                if self.links.len() > 1 {
                    self.close();
                }
                self.operand = true;
            }
            b',' | b';' => self.end_chain(),
            // An assignment ends the chain; `==`, `<=`, `+=` change nothing that matters.
            b'=' => self.end_chain(),
            b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~' | b'.' => {
                self.link();
                self.operand = false;
            }
            b' ' | b'\t' | b'\r' | 0x0C => {}
            _ => self.operand = false,
        }
    }

    fn link(&mut self) {
        if let Some(links) = self.links.last_mut() {
            *links += 1;
            self.total += 1;
        }
    }

    fn close(&mut self) {
        self.total -= self.links.pop().unwrap_or(0);
        self.lambdas.pop();
    }

    fn end_chain(&mut self) {
        let kept = self.lambdas.last().copied().unwrap_or(0);
        if let Some(links) = self.links.last_mut() {
            self.total -= *links - kept;
            *links = kept;
        }
        self.operand = false;
    }

    /// Skips a string; inside the braces of a formatted one there is code.
    fn string(&mut self, formatted: bool) {
        let quote = self.bytes[self.at];
        let triple = self.bytes[self.at..].starts_with(&[quote; 3]);
        self.at += if triple { 3 } else { 1 };
        let floor = self.links.len();
        while let Some(&byte) = self.bytes.get(self.at) {
            let closes = if triple {
                self.bytes[self.at..].starts_with(&[quote; 3])
            } else {
                byte == quote || byte == b'\n'
            };
            if closes {
                break;
            }
            let inside = self.links.len() > floor;
            match byte {
                b'\\' => self.at += 2,
                b'{' if formatted && !inside && self.bytes.get(self.at + 1) == Some(&b'{') => {
                    self.at += 2;
                }
                b'{' if formatted => self.sign(byte),
                _ if inside && !is_word(byte) => self.sign(byte),
                _ => self.at += 1,
            }
            if self.links.len() > BRACKETS || self.total > LINKS {
                return;
            }
        }
        while self.links.len() > floor {
            self.close();
        }
        if self.bytes.get(self.at) != Some(&b'\n') || triple {
            self.at += if triple { 3 } else { 1 };
        }
        self.operand = true;
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_code_passes() {
        let table =
            "x = [\n".to_owned() + &"    {'a': -1.5, 'b': f(1)[0] + 2},\n".repeat(20_000) + "]\n";
        assert_eq!(too_deep(&table), None);
        let elifs =
            "if a.b(1):\n    x = -1\n".to_owned() + &"elif a.b(2):\n    x = 2\n".repeat(5_000);
        assert_eq!(too_deep(&elifs), None);
        assert_eq!(too_deep("s = '((((((' + \"[[[\" # (((\n"), None);
    }

    #[test]
    fn abuse_is_refused_before_parsing() {
        for code in [
            "(".repeat(10_000),
            "[".repeat(10_000) + &"]".repeat(10_000),
            "x = ".to_owned() + &"a + ".repeat(100_000) + "a",
            "x = ".to_owned() + &"not ".repeat(10_000) + "a",
            "x = ".to_owned() + &"lambda: ".repeat(10_000) + "a",
            "x = a".to_owned() + &".b()".repeat(10_000),
            "x = ".to_owned() + &"1 if a else ".repeat(10_000) + "2",
            "x = ".to_owned() + &"lambda a, b=1: ".repeat(10_000) + "a",
            "f'{".to_owned() + &"(".repeat(1_000) + &")".repeat(1_000) + "}'",
            (0..10_000)
                .map(|depth| " ".repeat(depth) + "if x:\n")
                .collect(),
        ] {
            assert!(too_deep(&code).is_some(), "{}", &code[..40]);
        }
    }
}
