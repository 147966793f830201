//! f-strings for `"…".format(…)` and `"…" % (…)`; in a log message, the values beside their format.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Operator};
use srcify_syntax::{Ranged, TextRange, snippet};

use super::{Mend, plain_literal};

pub(super) fn mends(text: &str, taken: &BTreeSet<String>, has_tuples: bool) -> Vec<Mend> {
    if !text.contains(".format(") && !text.contains('%') {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        converts: !taken.contains("int") && !taken.contains("float"),
        has_tuples,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

struct Search<'a> {
    text: &'a str,
    /// `int` and `float` are the builtins.
    converts: bool,
    /// Objects of the author's own classes may be tuples, which a format takes apart.
    has_tuples: bool,
    mends: Vec<Mend>,
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        let mend = match expression {
            Expr::Call(call) => self.logged(call).or_else(|| self.formatted(call)),
            Expr::BinOp(it) if it.op == Operator::Mod => self.percent(it),
            _ => None,
        };
        match mend {
            Some(mend) => self.mends.push(mend),
            None => walk_expr(self, expression),
        }
    }
}

/// Whether a program makes tuples of its own, with arithmetic perhaps.
pub(super) fn has_tuples(program: &str) -> bool {
    let signs = ["(tuple", ", tuple", "namedtuple", "NamedTuple"];
    signs.iter().any(|it| program.contains(it))
}

impl Search<'_> {
    /// The values of a format, one by one.
    fn values<'e>(&self, right: &'e Expr) -> Option<&'e [Expr]> {
        let may_be_tuple = self.has_tuples && right.is_bin_op_expr();
        values_of(right).filter(|_| !may_be_tuple)
    }

    fn slice(&self, range: TextRange) -> &str {
        &self.text[usize::from(range.start())..usize::from(range.end())]
    }

    /// `logger.info("%d rows", n)` for `logger.info("%d rows" % (n,))`.
    fn logged(&self, call: &ast::ExprCall) -> Option<Mend> {
        let method = call.func.as_attribute_expr()?;
        let is_log = method.attr.as_str() == "info" && method.value.is_name_expr();
        let [Expr::BinOp(it)] = &call.arguments.args[..] else {
            return None;
        };
        let values = self.values(&it.right)?;
        let is_mend = is_log
            && call.arguments.keywords.is_empty()
            && it.op == Operator::Mod
            && it.left.is_string_literal_expr()
            && !values.is_empty()
            && !values.iter().any(Expr::is_starred_expr)
            && !self.slice(it.range()).contains('#');
        if !is_mend {
            return None;
        }
        let values: Vec<&str> = values
            .iter()
            .map(|value| self.slice(value.range()))
            .collect();
        let text = format!("{}, {}", self.slice(it.left.range()), values.join(", "));
        let inside = TextRange::new(it.start(), it.end());
        Some((inside, text))
    }

    /// An f-string for `"…".format(…)`, where every field stands for the next argument.
    fn formatted(&self, call: &ast::ExprCall) -> Option<Mend> {
        let method = call.func.as_attribute_expr()?;
        let literal = method.value.as_string_literal_expr()?;
        if method.attr.as_str() != "format" {
            return None;
        }
        let (inner, quote) = plain_literal(self.text, literal)?;
        let arguments = &call.arguments;
        let mut left = inner;
        let mut result = String::new();
        let mut used = 0;
        let mut are_numbers = true;
        while let Some(at) = left.find(['{', '}']) {
            result.push_str(&left[..at]);
            let rest = &left[at..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                result.push_str(&rest[..2]);
                left = &rest[2..];
                continue;
            }
            let close = rest.find('}').filter(|_| rest.starts_with('{'))?;
            let field = &rest[1..close];
            let (name, format) = split_field(field)?;
            let value = if name.is_empty() || name == used.to_string() {
                arguments.args.get(used)?
            } else {
                let keyword = arguments
                    .keywords
                    .get(used.checked_sub(arguments.args.len())?)?;
                (keyword.arg.as_ref()?.as_str() == name).then_some(&keyword.value)?
            };
            if !are_numbers && calls(value) {
                return None;
            }
            are_numbers &= format.ends_with(['d', 'e', 'f', 'g', '%']);
            used += 1;
            result.push_str(&format!("{{{}{format}}}", self.embedded(value, quote)?));
            left = &rest[close + 1..];
        }
        result.push_str(left);
        let is_all = used > 0 && used == arguments.args.len() + arguments.keywords.len();
        is_all.then(|| (call.range(), format!("f{quote}{result}{quote}")))
    }

    /// An f-string for `"…" % (a, b)`, with the conversions that `%` makes.
    fn percent(&self, it: &ast::ExprBinOp) -> Option<Mend> {
        let literal = it.left.as_string_literal_expr()?;
        let (inner, quote) = plain_literal(self.text, literal)?;
        let values = self.values(&it.right)?;
        let mut values = values.iter();
        let mut result = String::new();
        let mut left = inner;
        let mut is_used = false;
        let mut are_numbers = true;
        while let Some(at) = left.find('%') {
            result.push_str(&doubled(&left[..at])?);
            let rest = &left[at + 1..];
            if let Some(rest) = rest.strip_prefix('%') {
                result.push('%');
                left = rest;
                continue;
            }
            let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let letter = rest.as_bytes()[end];
            let value = values.next()?;
            if !are_numbers && calls(value) {
                return None;
            }
            are_numbers &= !matches!(letter, b's' | b'r');
            let (is_integer, is_float) = (
                is_call_of(value, &["int", "len"]),
                is_call_of(value, &["float"]),
            );
            let value = self.embedded(value, quote)?;
            let letter = match letter {
                b's' | b'd' if is_integer => b'n',
                b'f' if is_float => b'F',
                other => other,
            };
            result.push_str(&self.field(&value, &rest[..end], letter)?);
            is_used = true;
            left = &rest[end + 1..];
        }
        result.push_str(&doubled(left)?);
        let is_all = is_used && values.next().is_none();
        is_all.then(|| (it.range(), format!("f{quote}{result}{quote}")))
    }

    /// The field of an f-string for one of `%`'s: `value`, between `%` and its letter `options`.
    fn field(&self, value: &str, options: &str, letter: u8) -> Option<String> {
        let is_size = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        let (flags, size) = options
            .split_at(options.len() - options.trim_start_matches(['-', '0', '+', ' ']).len());
        let (width, precision) = match size.split_once('.') {
            Some((width, precision)) => (width, Some(precision)),
            None => (size, None),
        };
        if !is_size(width) || !precision.is_none_or(is_size) || flags.len() > 1 {
            return None;
        }
        let precision = precision.map(|it| format!(".{}", if it.is_empty() { "0" } else { it }));
        let precision = precision.unwrap_or_default();
        let is_text = matches!(letter, b's' | b'r');
        let flag = match (flags, is_text) {
            ("", false) => "",
            ("", true) if width.is_empty() => "",
            ("", true) => ">",
            ("-", _) if !width.is_empty() => "<",
            ("0" | "+" | " ", false) => flags,
            _ => return None,
        };
        let (value, ending) = match letter {
            // A number already.
            b'n' if precision.is_empty() => (value.to_owned(), String::new()),
            b'F' => (value.to_owned(), "f".to_owned()),
            b's' | b'r' => (format!("{value}!{}", char::from(letter)), String::new()),
            b'd' | b'i' if precision.is_empty() && self.converts => {
                (format!("int({value})"), "d".to_owned())
            }
            b'f' | b'e' | b'E' | b'g' | b'G' if self.converts => {
                (format!("float({value})"), char::from(letter).to_string())
            }
            _ => return None,
        };
        let options = format!("{flag}{width}{precision}");
        let ending = if letter == b'd' && options.is_empty() {
            String::new()
        } else {
            ending
        };
        let format = format!("{options}{ending}");
        if format.is_empty() {
            return Some(format!("{{{value}}}"));
        }
        Some(format!("{{{value}:{format}}}"))
    }

    /// The text of a value in an f-string, where every Python reads it there.
    fn embedded(&self, value: &Expr, quote: &str) -> Option<String> {
        let is_simple = matches!(
            value,
            Expr::Name(_)
                | Expr::Attribute(_)
                | Expr::Subscript(_)
                | Expr::NumberLiteral(_)
                | Expr::Call(_)
                | Expr::BinOp(_)
        );
        let text = self.slice(value.range());
        let own = &quote[..1];
        let is_embeddable =
            !text.contains(own) && !text.contains(['\\', '\n', '#', '{', '}', ':', '!']);
        (is_simple && is_embeddable && !text.contains("lambda")).then(|| text.to_owned())
    }
}

/// The values that `%` gets: those of a tuple, or one that is certainly none.
fn values_of(right: &Expr) -> Option<&[Expr]> {
    match right {
        Expr::Tuple(tuple) => Some(&tuple.elts),
        Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::FString(_) | Expr::Compare(_) => {
            Some(std::slice::from_ref(right))
        }
        // Tuples and mappings are neither subtracted nor divided.
        Expr::BinOp(it) if matches!(it.op, Operator::Sub | Operator::Div | Operator::Pow) => {
            Some(std::slice::from_ref(right))
        }
        Expr::Call(call) if is_numeric(call) => Some(std::slice::from_ref(right)),
        Expr::Call(call) => {
            let name = call.func.as_name_expr()?.id.as_str();
            let is_scalar = ["abs", "float", "int", "len", "repr", "round", "str"].contains(&name);
            is_scalar.then(|| std::slice::from_ref(right))
        }
        _ => None,
    }
}

/// Whether a function of NumPy or `math` gives a number, or an array.
fn is_numeric(call: &ast::ExprCall) -> bool {
    call.func.as_attribute_expr().is_some_and(|it| {
        let owner = it.value.as_name_expr().map_or("", |name| name.id.as_str());
        let gives = [
            "abs", "exp", "log", "log10", "log2", "max", "mean", "median", "min", "round", "sqrt",
            "std", "sum", "var",
        ];
        matches!(owner, "np" | "numpy" | "math") && gives.contains(&it.attr.as_str())
    })
}

/// Whether a value is what one of some builtins gives.
fn is_call_of(value: &Expr, builtins: &[&str]) -> bool {
    value.as_call_expr().is_some_and(|call| {
        let name = call.func.as_name_expr();
        name.is_some_and(|it| builtins.contains(&it.id.as_str()))
    })
}

/// Whether getting a value may change others: they were formatted after all of them were there.
fn calls(value: &Expr) -> bool {
    struct Calls(bool);
    impl<'a> Visitor<'a> for Calls {
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.0 |= matches!(expression, Expr::Call(_) | Expr::Await(_) | Expr::Named(_));
            walk_expr(self, expression);
        }
    }
    let mut found = Calls(false);
    found.visit_expr(value);
    found.0
}

/// The name and the format of a field of `str.format`: no attributes, no conversions but `!r` and `!s`, no fields in it.
fn split_field(field: &str) -> Option<(&str, &str)> {
    let end = field.find([':', '!']).unwrap_or(field.len());
    let (name, format) = field.split_at(end);
    let is_plain =
        name.chars().all(|c| c.is_alphanumeric() || c == '_') && !format.contains(['{', '\\']);
    is_plain.then_some((name, format))
}

/// Braces, as an f-string writes them; none where a name in braces is part of an escape.
fn doubled(text: &str) -> Option<String> {
    (!text.contains("\\N")).then(|| text.replace('{', "{{").replace('}', "}}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::mended;
    use super::mends;

    fn check(text: &str, expected: &str) {
        assert_eq!(
            mended(text, |text| mends(text, &BTreeSet::new(), false)),
            expected,
            "{text}"
        );
    }

    #[test]
    fn calls_of_format_become_f_strings() {
        check("'{} {:.2f}'.format(a, b.c)\n", "f'{a} {b.c:.2f}'\n");
        check("'{{{0}}} {1!r}'.format(f(a), b)\n", "f'{{{f(a)}}} {b!r}'\n");
        check("'{x} {y}'.format(x=1, y=z[0])\n", "f'{1} {z[0]}'\n");
    }

    #[test]
    fn fields_out_of_order_stay() {
        for text in [
            "'{1} {0}'.format(a, b)\n",
            "'{0} {0}'.format(a)\n",
            "'{}'.format(*a)\n",
            "'{}'.format(a, b)\n",
            "'{a.b}'.format(a=c)\n",
            "'{:{}}'.format(a, b)\n",
            "'{}'.format(d['k'])\n",
            "'{}'.format({1: 2})\n",
            "form.format(a)\n",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn percents_keep_their_conversions() {
        check("'%s and %d%%' % (a, b)\n", "f'{a!s} and {int(b)}%'\n");
        check(
            "'%5.2f|%-5s|%03d' % (a, b, c)\n",
            "f'{float(a):5.2f}|{b!s:<5}|{int(c):03d}'\n",
        );
        check("'%d rows' % len(x)\n", "f'{len(x)} rows'\n");
        check("'%.1fs' % (b - a)\n", "f'{float(b - a):.1f}s'\n");
        check("'%s' % np.sqrt(a)\n", "f'{np.sqrt(a)!s}'\n");
        check("'%s' % (f(a), )\n", "f'{f(a)!s}'\n");
        check("'%s %s' % (a, f(a))\n", "'%s %s' % (a, f(a))\n");
        check("'{%r}' % (a,)\n", "f'{{{a!r}}}'\n");
    }

    #[test]
    fn percents_of_what_may_be_a_tuple_or_a_mapping_stay() {
        for text in [
            "'%s' % a\n",
            "'%(a)s' % (b,)\n",
            "'%*d' % (a, b)\n",
            "'%x' % (a,)\n",
            "'%s' % (a, b)\n",
            "a % (b, c)\n",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn log_messages_take_their_values_beside_them() {
        check(
            "logger.info('%d of %s' % (a, b))\n",
            "logger.info('%d of %s', a, b)\n",
        );
        check("logger.info('%.1f' % a)\n", "logger.info('%.1f' % a)\n");
    }

    #[test]
    fn a_difference_may_be_a_tuple_where_the_author_makes_some() {
        let text = "'%s' % (a - b)\n";
        assert!(super::has_tuples("class V(tuple):\n    pass\n"));
        assert_eq!(
            mended(text, |text| mends(text, &BTreeSet::new(), true)),
            text
        );
    }
}
