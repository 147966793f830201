//! `missing-docstring`: public module, class or function without a docstring.

use std::fmt::Write as _;

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize};

use crate::annotations::{
    has_base, has_decorator, is_public_class, is_public_function, is_stub, last_name,
};
use crate::docstring::of_body;
use crate::finding::{Edit, Fix, Safety};
use crate::flow::name_range;
use crate::index::{Function, Index};

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "DOC001",
    name: "missing-docstring",
    summary: "public module, class or function without a docstring",
    page: include_str!("../../docs/DOC001.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in context.project.package_modules() {
        if index.module.is_private() {
            continue;
        }
        report_module(index, reporter);
        for class in index.classes.iter().filter(|it| is_public_class(it)) {
            if of_body(&class.node.body).is_none() {
                reporter
                    .report(
                        &index.module.path,
                        class.node.name.range(),
                        format!("the class `{}` has no docstring", class.node.name),
                    )
                    .help("say in one line what it is");
            }
        }
        for function in &index.functions {
            if needs_docstring(index, function) {
                let finding = reporter
                    .report(
                        &index.module.path,
                        name_range(function),
                        format!("`{}` has no docstring", function.node.name),
                    )
                    .help("say in one line what it does that its name does not say");
                if let Some(fix) = skeleton(index, function) {
                    finding.fix(fix);
                }
            }
        }
    }
}

fn report_module(index: &Index<'_>, reporter: &mut Reporter<'_>) {
    let first = index.module.statements().next();
    let has_docstring =
        matches!(first, Some(Stmt::Expr(it)) if matches!(&*it.value, Expr::StringLiteral(_)));
    // An empty file, most often an `__init__.py`, has nothing to explain.
    if first.is_none() || has_docstring {
        return;
    }
    let start = TextRange::empty(TextSize::new(0));
    reporter
        .report(
            &index.module.path,
            start,
            format!("the module `{}` has no docstring", index.module.name),
        )
        .help("say in one line what it holds");
}

fn needs_docstring(index: &Index<'_>, function: &Function<'_>) -> bool {
    let name = function.node.name.as_str();
    let is_explained_elsewhere = has_decorator(
        function.node,
        &[
            "overload",
            "override",
            "setter",
            "deleter",
            "singledispatch",
            "register",
        ],
    );
    if !is_public_function(index, function)
        || name.starts_with("__")
        || is_explained_elsewhere
        || of_body(&function.node.body).is_some()
    {
        return false;
    }
    let Some(class) = function.class.map(|at| &index.classes[at]) else {
        return true;
    };
    // Methods that a base declares are explained there; a base that we do not see may declare any.
    let bases_are_known =
        class.node.bases().is_empty() || has_base(class, &["object", "ABC", "Generic"]);
    let is_declaration = has_base(class, &["Protocol"])
        || (is_stub(&function.node.body) && has_decorator(function.node, &["abstractmethod"]));
    bases_are_known && !is_declaration
}

/// A docstring that says which errors come, and when: what the name and the signature do not tell.
fn skeleton(index: &Index<'_>, function: &Function<'_>) -> Option<Fix> {
    let first = function.node.body.first()?;
    let module = index.module;
    let line = module.line_range(first.start());
    let indent = module.slice(TextRange::new(line.start(), first.start()));
    let mut raised = Raised(Vec::new());
    function
        .node
        .body
        .iter()
        .for_each(|it| raised.visit_stmt(it));
    if raised.0.is_empty() || !indent.trim().is_empty() {
        return None;
    }
    let words = function.node.name.replace('_', " ");
    let mut letters = words.trim().chars();
    let summary: String = letters.next()?.to_uppercase().chain(letters).collect();
    let mut content = format!("\"\"\"{summary}.\n\n{indent}Raises:\n");
    for (error, message) in raised.0 {
        let _ = writeln!(content, "{indent}    {error}: {message}.");
    }
    let _ = write!(content, "{indent}\"\"\"\n{indent}");
    let edit = Edit {
        path: module.path.clone(),
        range: TextRange::empty(first.start()),
        content,
    };
    Some(Fix {
        // Its summary is a guess that somebody has to read.
        safety: Safety::Unsafe,
        message: "begin a docstring".to_owned(),
        edits: vec![edit],
    })
}

/// Errors that are raised with a text of their own.
struct Raised(Vec<(String, String)>);

impl<'a> Visitor<'a> for Raised {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::Raise(it) => {
                let Some(Expr::Call(call)) = it.exc.as_deref() else {
                    return;
                };
                if let (Some(error), Some(Expr::StringLiteral(text))) =
                    (last_name(&call.func), call.arguments.args.first())
                {
                    let text = text.value.to_str().trim_end_matches('.');
                    let is_plain = !text.contains(['"', '\\', '\n', '%', '{']);
                    let entry = (error.to_owned(), text.to_owned());
                    if is_plain && !text.is_empty() && !self.0.contains(&entry) {
                        self.0.push(entry);
                    }
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }
}
