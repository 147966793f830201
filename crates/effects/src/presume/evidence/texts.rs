//! What tells that a parameter is a text.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};

use super::dotted;

/// Whether a function of `re` looks for a pattern, given as a text, in its argument at `at`: that is a text then, for bytes
/// need a pattern of bytes. Source: the documentation of `re`.
///
/// What parses texts, and nothing else, is given one as well.
pub(super) fn is_searched(function: &str, call: &ast::ExprCall, at: usize) -> bool {
    if TAKING
        .iter()
        .any(|(name, place)| at == *place && is_at_end(function, name))
    {
        return true;
    }
    let searched = match function {
        "re.sub" | "re.subn" => 2,
        "re.match" | "re.search" | "re.fullmatch" | "re.findall" | "re.finditer" | "re.split" => 1,
        _ => return false,
    };
    at == searched
        && call
            .arguments
            .args
            .first()
            .is_some_and(Expr::is_string_literal_expr)
}

/// Functions of the standard library that take nothing but a text at a place.
const TAKING: &[(&str, usize)] = &[
    ("datetime.fromisoformat", 0),
    ("datetime.strptime", 0),
    ("html.escape", 0),
    ("html.unescape", 0),
    ("shlex.split", 0),
    ("textwrap.dedent", 0),
    ("textwrap.fill", 0),
    ("textwrap.shorten", 0),
    ("textwrap.wrap", 0),
    ("time.strptime", 0),
    ("unicodedata.normalize", 1),
];

/// Whether a function has a dotted name, or one that ends so: `dt.datetime.strptime`.
fn is_at_end(function: &str, name: &str) -> bool {
    let before = function.strip_suffix(name);
    before.is_some_and(|it| it.is_empty() || it.ends_with('.'))
}

/// Whether a name that is bound again is bound to nothing else: to texts alone, or to what is of the kind that it had.
pub(super) fn stays(name: &str, bodies: &[&[Stmt]]) -> bool {
    let mut search = Bindings {
        name,
        texts: 0,
        replaced: 0,
        copied: 0,
        all: 0,
    };
    for statement in bodies.iter().copied().flatten() {
        search.visit_stmt(statement);
    }
    let is_text = search.texts > 0 && search.texts + search.replaced == search.all;
    is_text || search.copied > 0 && search.copied == search.all
}

struct Bindings<'n> {
    name: &'n str,
    texts: usize,
    /// `text = text.replace("a", "b")`: columns have that method, too.
    replaced: usize,
    /// `table = table.copy()`, `table = table.dropna()`, `table = table[table.age > 7]`
    copied: usize,
    all: usize,
}

impl<'a> Visitor<'a> for Bindings<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::Assign(assign) = statement
            && let [Expr::Name(target)] = &assign.targets[..]
            && target.id.as_str() == self.name
        {
            self.texts += usize::from(is_text(&assign.value));
            self.replaced += usize::from(calls(&assign.value, "replace"));
            self.copied += usize::from(self.is_copy(&assign.value));
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression {
            let is_bound = !name.ctx.is_load() && name.id.as_str() == self.name;
            self.all += usize::from(is_bound);
        }
        walk_expr(self, expression);
    }
}

impl Bindings<'_> {
    fn is_copy(&self, value: &Expr) -> bool {
        let is_own = |it: &Expr| {
            let name = it.as_name_expr();
            name.is_some_and(|it| it.id.as_str() == self.name)
        };
        match value {
            Expr::Subscript(picked) => is_own(&picked.value) && is_comparison(&picked.slice),
            // `table.dropna().reset_index(drop=True)`
            value => method(value).is_some_and(|it| {
                let is_kept = KEEPING.contains(&it.attr.as_str());
                is_kept && (is_own(&it.value) || self.is_copy(&it.value))
            }),
        }
    }
}

/// `table.age > 7`, `(a > 1) & (b < 2)`: what picks rows.
fn is_comparison(index: &Expr) -> bool {
    match index {
        Expr::Compare(_) => true,
        Expr::BinOp(it) => {
            matches!(it.op, Operator::BitAnd | Operator::BitOr)
                && is_comparison(&it.left)
                && is_comparison(&it.right)
        }
        _ => false,
    }
}

fn method(value: &Expr) -> Option<&ast::ExprAttribute> {
    value.as_call_expr()?.func.as_attribute_expr()
}

fn calls(value: &Expr, name: &str) -> bool {
    method(value).is_some_and(|it| it.attr.as_str() == name)
}

/// Whether a value is a text for certain, of whatever has the method.
fn is_text(value: &Expr) -> bool {
    match value {
        Expr::StringLiteral(_) | Expr::FString(_) => true,
        Expr::BinOp(it) => it.op == Operator::Add && (is_text(&it.left) || is_text(&it.right)),
        Expr::Call(call) => match &*call.func {
            Expr::Attribute(method) => {
                let is_joined =
                    method.attr.as_str() == "join" && method.value.is_string_literal_expr();
                GIVING.contains(&method.attr.as_str())
                    || is_joined
                    || dotted(&call.func)
                        .is_some_and(|it| it == "re.sub" || it == "unicodedata.normalize")
            }
            _ => false,
        },
        _ => false,
    }
}

/// Methods of tables, columns and arrays that give another of the same kind.
const KEEPING: [&str; 21] = [
    "abs",
    "assign",
    "astype",
    "bfill",
    "clip",
    "copy",
    "drop",
    "drop_duplicates",
    "dropna",
    "ffill",
    "fillna",
    "head",
    "interpolate",
    "query",
    "rename",
    "round",
    "sample",
    "set_index",
    "sort_index",
    "sort_values",
    "tail",
];

/// Methods of texts that give a text, and that columns of tables do not have.
const GIVING: [&str; 14] = [
    "capitalize",
    "casefold",
    "decode",
    "lower",
    "lstrip",
    "removeprefix",
    "removesuffix",
    "rstrip",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
    "zfill",
];
