//! What a call is written with.

use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, Expr};

use super::Passed;
use crate::analyze::Analyzer;

impl<'a> Analyzer<'a> {
    /// Evaluates the arguments of a call, in their order.
    pub(crate) fn arguments(&mut self, arguments: &'a ast::Arguments) -> Vec<Passed> {
        let mut passed = Vec::new();
        for argument in &arguments.args {
            let value = self.evaluate(argument);
            let is_unpacked = argument.is_starred_expr();
            passed.push(Passed {
                name: None,
                value,
                range: argument.range(),
                is_keyword: false,
                is_unpacked,
                is_link: is_link(self.program.text(argument.range())),
            });
        }
        for keyword in &arguments.keywords {
            if let Some(items) = written_keywords(keyword) {
                for (name, expression) in items {
                    passed.push(Passed {
                        name: Some(name.to_owned()),
                        value: self.evaluate(expression),
                        range: expression.range(),
                        is_keyword: true,
                        is_unpacked: false,
                        is_link: is_link(self.program.text(expression.range())),
                    });
                }
                continue;
            }
            let value = self.evaluate(&keyword.value);
            let name = keyword.arg.as_ref().map(ToString::to_string);
            let is_unpacked = name.is_none();
            passed.push(Passed {
                name,
                value,
                range: keyword.value.range(),
                is_keyword: true,
                is_unpacked,
                is_link: is_link(self.program.text(keyword.value.range())),
            });
        }
        passed
    }
}

/// The keywords in `**{"inplace": False}`.
fn written_keywords(keyword: &ast::Keyword) -> Option<Vec<(&str, &Expr)>> {
    let display = keyword
        .value
        .as_dict_expr()
        .filter(|_| keyword.arg.is_none())?;
    let items = display.items.iter().map(|item| {
        let key = item.key.as_ref()?.as_string_literal_expr()?;
        Some((key.value.to_str(), &item.value))
    });
    items.collect()
}

/// Whether an expression speaks of addresses: what is not known to be a URL is a path otherwise.
fn is_link(text: &str) -> bool {
    let bytes = text.as_bytes();
    let stands_at = |at: usize, word: &str| {
        let found = bytes.get(at..at + word.len());
        found.is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()))
    };
    bytes.iter().enumerate().any(|(at, first)| {
        let words: &[&str] = match first.to_ascii_lowercase() {
            b'u' => &["url", "uri"],
            b':' => &["://"],
            b'h' => &["http"],
            b'e' => &["endpoint"],
            b'l' => &["link"],
            b'a' => &["address"],
            _ => &[],
        };
        words.iter().any(|word| stands_at(at, word))
    })
}
