//! Cells that are no Python: what is wrong with them, by name where it is Python 2.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Operator, PySourceType, Stmt};
use ruff_python_parser::{ParseOptions, Parsed, UnsupportedSyntaxErrorKind, parse_unchecked};
use ruff_text_size::{Ranged, TextRange};

use crate::nesting;
use crate::source::offset;

/// What is wrong, and where in the text that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub range: TextRange,
    pub message: String,
    /// The code is Python 2.
    pub is_python2: bool,
}

/// The first thing wrong with `code`; `None` for Python.
pub(crate) fn fault(code: &str) -> Option<Fault> {
    if let Some((at, message)) = nesting::too_deep(code) {
        return Some(Fault {
            range: at_character(code, at),
            message: format!("the code nests too deeply: {message}"),
            is_python2: false,
        });
    }
    let parsed =
        parse_unchecked(code, ParseOptions::from(PySourceType::Python)).try_into_module()?;
    if let Some(fault) = old_handler(code, &parsed).or_else(|| old_print(parsed.suite())) {
        return Some(fault);
    }
    let error = parsed
        .errors()
        .iter()
        .min_by_key(|error| error.location.start());
    let Some(error) = error else {
        return misplaced(parsed.suite());
    };
    let at = usize::from(error.location.start()).min(code.len());
    let message = python2(code, at);
    let is_python2 = message.is_some();
    Some(Fault {
        range: at_character(code, at),
        message: message.unwrap_or_else(|| lower_first(&error.error.to_string())),
        is_python2,
    })
}

/// Statements that the parser reads, but Python compiles only inside a function or a loop.
fn misplaced(suite: &[Stmt]) -> Option<Fault> {
    #[derive(Default)]
    struct Finder {
        loops: usize,
        found: Option<(TextRange, &'static str)>,
    }
    impl Finder {
        fn note(&mut self, range: TextRange, what: &'static str) {
            self.found.get_or_insert((range, what));
        }

        fn looping<'a>(&mut self, body: &'a [Stmt], orelse: &'a [Stmt]) {
            self.loops += 1;
            self.visit_body(body);
            self.loops -= 1;
            self.visit_body(orelse);
        }
    }
    impl<'a> Visitor<'a> for Finder {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Return(it) => self.note(it.range, "`return` outside of a function"),
                Stmt::Nonlocal(it) => self.note(it.range, "`nonlocal` outside of a function"),
                Stmt::Break(it) if self.loops == 0 => {
                    self.note(it.range, "`break` outside of a loop");
                }
                Stmt::Continue(it) if self.loops == 0 => {
                    self.note(it.range, "`continue` outside of a loop");
                }
                Stmt::For(it) => self.looping(&it.body, &it.orelse),
                Stmt::While(it) => self.looping(&it.body, &it.orelse),
                // What they hold is compiled in a place of its own.
                Stmt::FunctionDef(function) => {
                    if let Some(range) = first_nonlocal(&function.body) {
                        self.note(range, "`nonlocal` in a function that stands in no other");
                    }
                }
                Stmt::ClassDef(class) => {
                    let loops = std::mem::take(&mut self.loops);
                    self.visit_body(&class.body);
                    self.loops = loops;
                }
                _ => walk_stmt(self, statement),
            }
        }

        fn visit_expr(&mut self, expression: &'a Expr) {
            match expression {
                Expr::Lambda(_) => {}
                Expr::Yield(it) => self.note(it.range, "`yield` outside of a function"),
                Expr::YieldFrom(it) => self.note(it.range, "`yield` outside of a function"),
                _ => walk_expr(self, expression),
            }
        }
    }
    let mut finder = Finder::default();
    finder.visit_body(suite);
    let (range, what) = finder.found?;
    Some(Fault {
        range,
        message: what.to_owned(),
        is_python2: false,
    })
}

/// The first `nonlocal` of a function itself, not of those within.
fn first_nonlocal(body: &[Stmt]) -> Option<TextRange> {
    struct Finder(Option<TextRange>);
    impl<'a> Visitor<'a> for Finder {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Nonlocal(it) => {
                    self.0.get_or_insert(it.range);
                }
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, statement),
            }
        }

        fn visit_expr(&mut self, _expression: &'a Expr) {}
    }
    let mut finder = Finder(None);
    finder.visit_body(body);
    finder.0
}

/// `except ValueError, e:` is valid again since Python 3.14, where it means two classes.
fn old_handler<T>(code: &str, parsed: &Parsed<T>) -> Option<Fault> {
    let error = parsed.unsupported_syntax_errors().iter().find(|error| {
        let names_value =
            code.get(std::ops::Range::<usize>::from(error.range))
                .is_some_and(|types| {
                    types.rsplit(',').next().is_some_and(|last| {
                        last.trim().starts_with(|c: char| c.is_ascii_lowercase())
                    })
                });
        matches!(
            error.kind,
            UnsupportedSyntaxErrorKind::UnparenthesizedExceptionTypes
        ) && names_value
    })?;
    Some(Fault {
        range: error.range(),
        message: "`except X, e` is Python 2".to_owned(),
        is_python2: true,
    })
}

/// The Python 2 construct at or before byte `at`, on its line.
fn python2(code: &str, at: usize) -> Option<String> {
    let start = code.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
    let line = code[start..].lines().next().unwrap_or("");
    let before = &code[start..at];
    let statement = before
        .rsplit([';', ':'])
        .next()
        .unwrap_or(before)
        .trim_start();
    let statement = if statement.trim().is_empty() {
        line.trim_start()
    } else {
        statement
    };
    let begins = |word: &str| {
        let rest = statement
            .strip_prefix(word)
            .or_else(|| line.trim_start().strip_prefix(word));
        rest.is_some_and(|rest| rest.starts_with([' ', '"', '\'', '>']))
    };
    let name = if begins("print") {
        "the statement `print`"
    } else if begins("exec") {
        "the statement `exec`"
    } else if begins("raise") && line.contains(',') {
        "`raise X, value`"
    } else if line.trim_start().starts_with("except") && line.contains(',') {
        "`except X, e`"
    } else if code[at..].starts_with('`') || line.contains('`') && !line.contains(['"', '\'']) {
        "a value in backticks"
    } else if line.contains("<>") {
        "the operator `<>`"
    } else if is_old_octal(&code[at..]) || is_old_octal(last_word(before)) {
        "a number like `0777`"
    } else if line.contains("ur\"") || line.contains("ur'") {
        "a string like `ur\"…\"`"
    } else {
        return None;
    };
    Some(format!("{name} is Python 2"))
}

fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + 1);
    text.get(start..).unwrap_or("")
}

fn is_old_octal(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first() == Some(&b'0')
        && bytes.get(1).is_some_and(u8::is_ascii_digit)
        && bytes
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .any(|byte| *byte != b'0')
}

fn at_character(code: &str, at: usize) -> TextRange {
    let start = (0..=at.min(code.len()))
        .rev()
        .find(|&at| code.is_char_boundary(at))
        .unwrap_or(0);
    let length = code[start..]
        .chars()
        .next()
        .filter(|c| *c != '\n')
        .map_or(0, char::len_utf8);
    TextRange::new(offset(start), offset(start + length))
}

fn lower_first(message: &str) -> String {
    let mut characters = message.chars();
    characters.next().map_or(String::new(), |first| {
        first.to_lowercase().chain(characters).collect()
    })
}

/// `print >>file, x`, which Python 3 reads as a tuple.
fn old_print(suite: &[Stmt]) -> Option<Fault> {
    let is_print = |expr: &Expr| {
        let first = match expr {
            Expr::Tuple(tuple) if !tuple.parenthesized => tuple.elts.first(),
            expr => Some(expr),
        };
        let shift = first.and_then(Expr::as_bin_op_expr);
        shift.is_some_and(|shift| {
            let name = shift.left.as_name_expr();
            shift.op == Operator::RShift && name.is_some_and(|name| name.id.as_str() == "print")
        })
    };
    let statement = suite.iter().find(|statement| {
        let expression = statement.as_expr_stmt();
        expression.is_some_and(|expression| is_print(&expression.value))
    })?;
    Some(Fault {
        range: statement.range(),
        message: "the statement `print` is Python 2".to_owned(),
        is_python2: true,
    })
}
