//! Folders and files of one machine, wherever a call is given them: `sys.path.append("/content/tools")`,
//! `subprocess.run(["rm", "-rf", "/content/tools"])`. Nobody else has them, so they are settings.

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{MACHINES, Ranged, TextRange};

use super::Lifter;
use super::given::TAKE_TEXTS;
use super::places::file_place;
use crate::Literal;
use crate::steps::Step;

impl Lifter<'_> {
    /// Finds the paths of one machine that calls of a statement are given, and that no other setting is.
    pub(super) fn machine_paths(&mut self, step: &Step) {
        let mut given = Given::default();
        given.visit_stmt(self.program.statement(step.unit));
        for expression in given.texts {
            let range = expression.range();
            let is_in = |place: TextRange| place.contains_range(range);
            let mut places = self.found.iter().filter_map(|it| it.place.as_ref());
            let value = expression
                .as_string_literal_expr()
                .map(|it| it.value.to_str().to_owned());
            let value = value.filter(|it| is_of_machine(it));
            let (Some(text), None) = (value, places.find(|it| is_in(it.range))) else {
                continue;
            };
            let place = file_place("os.listdir", false, true);
            let candidate = self.literal(step, "", place, Literal::Str(text), expression);
            self.found.push(candidate.into_text());
        }
    }
}

fn is_of_machine(text: &str) -> bool {
    let is_plain = |it: char| !it.is_whitespace() && !"*?{}<>|%\"".contains(it);
    MACHINES.iter().any(|it| text.starts_with(it)) && text.len() > 8 && text.chars().all(is_plain)
}

/// Whether a call shows a text, or looks for it in another: it goes to no file.
fn works_on_texts(function: &Expr) -> bool {
    const OTHERS: [&str; 9] = [
        "compile",
        "critical",
        "findall",
        "match",
        "removeprefix",
        "search",
        "sub",
        "warn",
        "write",
    ];
    let name = match function {
        Expr::Name(it) => it.id.as_str(),
        Expr::Attribute(it) => it.attr.as_str(),
        _ => return false,
    };
    TAKE_TEXTS.contains(&name) || OTHERS.contains(&name)
}

/// The texts that calls are given, by themselves or in a list.
#[derive(Default)]
struct Given<'a> {
    texts: Vec<&'a Expr>,
}

impl<'a> Visitor<'a> for Given<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            srcify_syntax::ast::visitor::walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && !works_on_texts(&call.func)
        {
            for argument in call.arguments.iter_source_order() {
                let listed = match argument.value() {
                    Expr::List(it) => &it.elts[..],
                    Expr::Tuple(it) => &it.elts[..],
                    one => std::slice::from_ref(one),
                };
                let texts = listed.iter().filter(|it| it.is_string_literal_expr());
                self.texts.extend(texts);
            }
        }
        if !matches!(expression, Expr::Lambda(_)) {
            walk_expr(self, expression);
        }
    }
}
