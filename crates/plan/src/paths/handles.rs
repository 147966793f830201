//! Files that one call opens and another uses up: closed as soon as it has.
//!
//! `path.open().read()` is `path.read_text()`, and `json.load(path.open())` stands in a block of its own. The file is one that a
//! `Path` opened for certain, and nothing keeps it: CPython closes it at the same place.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_parameter, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

/// A range of a text, and what takes its place.
type Edit = (TextRange, String);

/// Functions that read or write a file to its end, and keep nothing of it.
const USERS: &[&str] = &[
    "json.dump",
    "json.load",
    "pickle.dump",
    "pickle.load",
    "tomllib.load",
    "yaml.dump",
    "yaml.safe_dump",
    "yaml.safe_load",
];

/// The edits that close files; `is_path` tells expressions that are a `Path` for certain, and `is_bound` names that a text
/// binds, so that they are no modules.
pub(super) fn closed(
    text: &str,
    body: &[Stmt],
    is_path: &dyn Fn(&Expr) -> bool,
    is_bound: &dyn Fn(&str) -> bool,
) -> Vec<Edit> {
    let mut names = Names::default();
    names.visit_body(body);
    let mut search = Handles {
        text,
        is_path,
        is_bound,
        names: names.0,
        edits: Vec::new(),
    };
    search.visit_body(body);
    search.edits
}

struct Handles<'a> {
    text: &'a str,
    is_path: &'a dyn Fn(&Expr) -> bool,
    is_bound: &'a dyn Fn(&str) -> bool,
    names: BTreeSet<&'a str>,
    edits: Vec<Edit>,
}

/// The names that code uses, and those of parameters.
#[derive(Default)]
struct Names<'a>(BTreeSet<&'a str>);

impl<'a> Visitor<'a> for Names<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression {
            self.0.insert(name.id.as_str());
        }
        walk_expr(self, expression);
    }

    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.0.insert(parameter.name.as_str());
        walk_parameter(self, parameter);
    }
}

impl<'a> Visitor<'a> for Handles<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let value = match statement {
            Stmt::Expr(it) => Some(&*it.value),
            Stmt::Return(it) => it.value.as_deref(),
            Stmt::Assign(it) if it.targets.iter().all(Expr::is_name_expr) => Some(&*it.value),
            _ => None,
        };
        let call = value.and_then(Expr::as_call_expr);
        match call.and_then(|it| self.in_a_block(statement, it)) {
            Some(edits) => self.edits.extend(edits),
            None => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            // Quotes in quotes.
            Expr::FString(_) | Expr::TString(_) => return,
            Expr::Call(call) => {
                if let Some(edit) = self.at_once(call) {
                    self.edits.push(edit);
                    return;
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

impl Handles<'_> {
    /// `json.load(path.open())`: a block around the statement.
    fn in_a_block(&self, statement: &Stmt, call: &ast::ExprCall) -> Option<[Edit; 2]> {
        let user = &self.text[call.func.range()];
        let (module, _) = user.split_once('.')?;
        let name = "file";
        let is_free = USERS.contains(&user)
            && !(self.is_bound)(module)
            && !self.names.contains(name)
            && !self.text[statement.range()].contains('#');
        let mut arguments = call.arguments.args.iter();
        let opened = arguments
            .find_map(|it| self.opened(it))
            .filter(|_| is_free)?;
        let is_plain = |it: &Expr| it.range() == opened.range() || is_plain(it);
        let are_plain = call.arguments.args.iter().all(is_plain)
            && call.arguments.keywords.iter().all(|it| is_plain(&it.value));
        let start = usize::from(statement.start());
        let indentation = self.text[..start].rsplit('\n').next()?;
        if !are_plain || !indentation.trim().is_empty() {
            return None;
        }
        let head = &self.text[opened.range()];
        Some([
            (
                TextRange::empty(statement.start()),
                format!("with {head} as {name}:\n{indentation}    "),
            ),
            (opened.range(), name.to_owned()),
        ])
    }

    /// `path.open().read()` and `path.open("w").write(text)`: methods of the path.
    fn at_once(&self, call: &ast::ExprCall) -> Option<Edit> {
        let method = call.func.as_attribute_expr()?;
        let opened = self.opened(&method.value)?;
        let path = &self.text[opened.func.as_attribute_expr()?.value.range()];
        let mode = mode(opened)?;
        let options = self.options(opened)?;
        let arguments = &call.arguments;
        let is_bare = arguments.keywords.is_empty() && !self.text[call.range()].contains('#');
        let text = match (method.attr.as_str(), mode, &arguments.args[..]) {
            ("read", "r" | "rt", []) => format!("{path}.read_text({})", options.join(", ")),
            ("read", "rb", []) if options.is_empty() => format!("{path}.read_bytes()"),
            ("write", "w" | "wt", [content]) if is_plain(content) => {
                let content = &self.text[content.range()];
                let given = std::iter::once(content).chain(options.iter().copied());
                format!(
                    "{path}.write_text({})",
                    given.collect::<Vec<_>>().join(", ")
                )
            }
            ("write", "wb", [content]) if is_plain(content) && options.is_empty() => {
                format!("{path}.write_bytes({})", &self.text[content.range()])
            }
            _ => return None,
        };
        is_bare.then_some((call.range(), text))
    }

    /// `path.open(…)`
    fn opened<'e>(&self, expression: &'e Expr) -> Option<&'e ast::ExprCall> {
        let call = expression.as_call_expr()?;
        let method = call.func.as_attribute_expr()?;
        (method.attr.as_str() == "open" && (self.is_path)(&method.value)).then_some(call)
    }

    /// How text is encoded, as it is written; `None` where the file is opened in a way that a path has no method for.
    fn options(&self, opened: &ast::ExprCall) -> Option<Vec<&str>> {
        let mut options = Vec::new();
        for keyword in &opened.arguments.keywords {
            match keyword.arg.as_ref()?.as_str() {
                "mode" => {}
                "encoding" | "errors" => options.push(&self.text[keyword.range()]),
                _ => return None,
            }
        }
        Some(options)
    }
}

/// How a file is opened; `None` where that is computed.
fn mode(opened: &ast::ExprCall) -> Option<&str> {
    let keyword = opened.arguments.find_keyword("mode").map(|it| &it.value);
    match (&opened.arguments.args[..], keyword) {
        ([], None) => Some("r"),
        ([Expr::StringLiteral(mode)], None) | ([], Some(Expr::StringLiteral(mode))) => {
            Some(mode.value.to_str())
        }
        _ => None,
    }
}

/// Whether it makes no difference if an expression is computed before or after a file is opened: names, what they hold, and
/// text that is put together of them.
fn is_plain(value: &Expr) -> bool {
    match value {
        Expr::Name(_) => true,
        Expr::Attribute(it) => is_plain(&it.value),
        Expr::BinOp(it) => is_plain(&it.left) && is_plain(&it.right),
        Expr::FString(it) => it.value.elements().all(|element| {
            let inner = element.as_interpolation();
            inner.is_none_or(|it| is_plain(&it.expression) && it.format_spec.is_none())
        }),
        it => it.is_literal_expr(),
    }
}
