//! What tells that a parameter is a text.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};

use super::dotted;

/// Whether a function of `re` looks for a pattern, given as a text, in its argument at `at`: that is a text then, for bytes
/// need a pattern of bytes. Source: the documentation of `re`.
pub(super) fn is_searched(function: &str, call: &ast::ExprCall, at: usize) -> bool {
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

/// Whether a name that is bound again is bound to nothing else: to texts alone, or to copies of what it had.
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
    /// `table = table.copy()`
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
        let method = method(value).filter(|it| it.attr.as_str() == "copy");
        let own = method.and_then(|it| it.value.as_name_expr());
        own.is_some_and(|it| it.id.as_str() == self.name)
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
                    || dotted(&call.func).is_some_and(|it| it == "re.sub")
            }
            _ => false,
        },
        _ => false,
    }
}

/// Methods of texts that give a text, and that columns of tables do not have.
const GIVING: [&str; 13] = [
    "capitalize",
    "casefold",
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
