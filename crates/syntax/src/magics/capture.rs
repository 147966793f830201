//! `%%capture`: what the cell prints goes to a text instead.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, IpyEscapeKind, Stmt};
use ruff_python_stdlib::builtins::is_python_builtin;
use ruff_text_size::{Ranged, TextRange};

use super::{Gathered, Lowered, parse_ipython, requirements_of};
use crate::draft::{Block, Part};
use crate::{nesting, snippet};

/// The code before the cell and the code after it; `None` where nothing that it does is seen to print.
pub(super) fn around(
    target: &str,
    body: &str,
    gathered: &mut Gathered,
) -> Option<(String, String)> {
    if target.is_empty() && !may_print(body, gathered.cx.methods) {
        return None;
    }
    gathered.need("io");
    gathered.need("sys");
    gathered.is_captured = true;
    let before = "hidden, stdout_before = io.StringIO(), sys.stdout; sys.stdout = hidden";
    let mut after = "sys.stdout = stdout_before".to_owned();
    if !target.is_empty() {
        gathered.need("types");
        after.push_str(&format!(
            "\n{target} = types.SimpleNamespace(stdout=hidden.getvalue(), stderr=\"\")"
        ));
        gathered.captured = Some(target.to_owned());
    }
    Some((before.to_owned(), after))
}

/// Writes out what a captured output does beside having `stdout`: `out.show()` and `out()` print it, `str(out)` is it.
pub(crate) fn spell_out(cells: &mut [(Block, Lowered)]) {
    let names: BTreeSet<String> = cells
        .iter()
        .filter_map(|it| it.1.captured.clone())
        .collect();
    for (block, cell) in cells {
        let mentions = names.iter().any(|name| cell.text.contains(name.as_str()));
        if block.part != Part::Code || !mentions || nesting::too_deep(&cell.text).is_some() {
            continue;
        }
        let mut spelled = Spelled {
            names: &names,
            edits: Vec::new(),
        };
        spelled.visit_body(snippet(&cell.text).statements());
        for (range, text) in spelled.edits.into_iter().rev() {
            cell.replace(range.into(), &text);
        }
    }
}

/// Uses of captured outputs, in order.
struct Spelled<'n> {
    names: &'n BTreeSet<String>,
    edits: Vec<(TextRange, String)>,
}

impl Spelled<'_> {
    fn named<'e>(&self, expression: &'e Expr) -> Option<&'e str> {
        let name = expression.as_name_expr()?.id.as_str();
        self.names.contains(name).then_some(name)
    }

    fn text(&self, call: &ExprCall) -> Option<(TextRange, String)> {
        let shown = match &*call.func {
            Expr::Attribute(method) if method.attr.as_str() == "show" => self.named(&method.value),
            function => self.named(function),
        };
        if let Some(name) = shown.filter(|_| call.arguments.is_empty()) {
            return Some((call.range(), format!("print({name}.stdout, end=\"\")")));
        }
        let function = call.func.as_name_expr()?.id.as_str();
        let [argument] = &*call.arguments.args else {
            return None;
        };
        let name = self.named(argument)?;
        match function {
            "str" => Some((call.range(), format!("{name}.stdout"))),
            "print" => Some((argument.range(), format!("{name}.stdout"))),
            _ => None,
        }
    }
}

impl<'a> Visitor<'a> for Spelled<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression.as_call_expr().and_then(|call| self.text(call)) {
            Some(edit) => self.edits.push(edit),
            None => walk_expr(self, expression),
        }
    }
}

/// Whether the cell prints, or calls what may.
fn may_print(body: &str, methods: &BTreeSet<String>) -> bool {
    let Some(module) = parse_ipython(body).try_into_module() else {
        return true;
    };
    let mut calls = Calls {
        methods,
        prints: false,
    };
    calls.visit_body(module.suite());
    calls.prints
}

struct Calls<'a> {
    /// Methods that the input defines.
    methods: &'a BTreeSet<String>,
    prints: bool,
}

impl<'a> Visitor<'a> for Calls<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            // What is only defined does not run.
            Stmt::FunctionDef(_) => {}
            Stmt::IpyEscapeCommand(escape) => {
                let is_install = requirements_of(&escape.value).is_some();
                self.prints |= match escape.kind {
                    IpyEscapeKind::Shell | IpyEscapeKind::ShCap => !is_install,
                    // `%time f()`, `%run a.py`: what is measured, or run.
                    _ => escape.value.contains('(') || escape.value.starts_with("run "),
                };
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression {
            self.prints |= self.may_print(call);
        }
        walk_expr(self, expression);
    }
}

impl Calls<'_> {
    fn may_print(&self, call: &ExprCall) -> bool {
        match &*call.func {
            // A function of the author, or one that is imported by its name. Classes only make something.
            Expr::Name(name) => {
                let is_quiet = is_python_builtin(&name.id, 13, false) && name.id != "print";
                !is_quiet && !name.id.starts_with(char::is_uppercase)
            }
            Expr::Attribute(method) => {
                let name = method.attr.as_str();
                let is_told = |it: &&str| call.arguments.find_keyword(it).is_some();
                self.methods.contains(name)
                    || PRINTING.contains(&name)
                    || name.starts_with("print")
                    || ["verbose", "verbose_eval", "file"].iter().any(is_told)
            }
            _ => true,
        }
    }
}

/// Methods of libraries that print.
const PRINTING: &[&str] = &[
    "info",
    "summary",
    "pprint",
    "help",
    "train",
    "main",
    "run",
    "write",
    "printSchema",
    "test",
];
