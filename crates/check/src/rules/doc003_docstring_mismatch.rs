//! `docstring-mismatch`: docstring that says something else than the signature or the body.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};

use crate::annotations::{has_decorator, is_public_function, is_stub, last_name, own_parameters};
use crate::docstring::{Docstring, SectionKind, of_body};
use crate::index::Function;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "DOC003",
    name: "docstring-mismatch",
    summary: "docstring that says something else than the signature or the body",
    page: include_str!("../../docs/DOC003.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in context.project.package_modules() {
        for function in index
            .functions
            .iter()
            .filter(|it| is_public_function(index, it))
        {
            let Some(docstring) = of_body(&function.node.body) else {
                continue;
            };
            if docstring.other_style.is_some() || has_decorator(function.node, &["overload"]) {
                continue;
            }
            for (message, help) in mismatches(function, &docstring) {
                reporter
                    .report(&index.module.path, docstring.range, message)
                    .help(help);
            }
        }
    }
}

fn mismatches(function: &Function<'_>, docstring: &Docstring<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    arguments(function, docstring, &mut found);
    let name = &function.node.name;
    let is_declaration =
        is_stub(&function.node.body) || has_decorator(function.node, &["abstractmethod"]);
    if is_declaration {
        return found;
    }
    let body = Body::of(function);
    // `Returns: None` says the same as the body.
    let says_returns = docstring
        .of_kind(SectionKind::Returns)
        .any(|it| !it.first.trim_matches('`').starts_with("None"));
    let says_yields = docstring.of_kind(SectionKind::Yields).next().is_some();
    if says_returns
        && !body.returns
        && !function.is_generator
        && !has_decorator(function.node, &["property", "cached_property"])
    {
        found.push((
            format!("the docstring of `{name}` describes a result, but nothing is returned"),
            "take the section `Returns` out".to_owned(),
        ));
    }
    if says_yields && !function.is_generator && !body.returns {
        found.push((
            format!("the docstring of `{name}` says that it yields, but it does not"),
            "take the section `Yields` out".to_owned(),
        ));
    }
    errors(function, docstring, (&body, &mut found));
    found
}

/// `Raises` against the body.
fn errors(
    function: &Function<'_>,
    docstring: &Docstring<'_>,
    (body, found): (&Body, &mut Vec<(String, String)>),
) {
    let name = &function.node.name;
    let raises = docstring
        .of_kind(SectionKind::Raises)
        .flat_map(|it| &it.entries);
    for error in raises {
        let last = error.rsplit('.').next().unwrap_or(error);
        // Errors of callees are worth telling, too: only one that is certain not to come is wrong.
        if !body.has_calls
            && !body.raises.is_empty()
            && !body.raises.contains(last)
            && !body.reraises
        {
            found.push((
                format!("the docstring of `{name}` says that it raises `{error}`, but it does not"),
                "correct the section `Raises`".to_owned(),
            ));
        }
    }
    let documented: BTreeSet<&str> = docstring
        .of_kind(SectionKind::Raises)
        .flat_map(|it| &it.entries)
        .map(|it| it.rsplit('.').next().unwrap_or(it))
        .collect();
    if !documented.is_empty() {
        for error in body
            .raises
            .iter()
            .filter(|it| !documented.contains(it.as_str()) && it.as_str() != "NotImplementedError")
        {
            found.push((
                format!("`{name}` raises `{error}`, which its docstring leaves out"),
                format!("add `{error}` to the section `Raises`"),
            ));
        }
    }
}

/// `Args` against the parameters: all of them, or none.
fn arguments(
    function: &Function<'_>,
    docstring: &Docstring<'_>,
    found: &mut Vec<(String, String)>,
) {
    let documented: Vec<&str> = docstring
        .of_kind(SectionKind::Args)
        .flat_map(|it| it.entries.iter().copied())
        .collect();
    if documented.is_empty() {
        return;
    }
    let name = &function.node.name;
    let parameters = own_parameters(function);
    let names: Vec<&str> = parameters.iter().map(|it| it.name().as_str()).collect();
    let takes_any = function.node.parameters.kwarg.is_some();
    for entry in documented
        .iter()
        .filter(|it| !names.contains(it) && !takes_any && !matches!(**it, "self" | "cls"))
    {
        found.push((
            format!("the docstring of `{name}` describes `{entry}`, which is no parameter"),
            "correct the name, or take the entry out".to_owned(),
        ));
    }
    let mentioned: Vec<&str> = docstring
        .of_kind(SectionKind::Args)
        .flat_map(|it| it.mentions.iter().copied())
        .collect();
    for parameter in &parameters {
        let what = parameter.name().as_str();
        let is_told = documented.contains(&what) || mentioned.contains(&what);
        if !parameter.is_variadic() && !what.starts_with('_') && !is_told {
            found.push((
                format!("the docstring of `{name}` describes its parameters, but not `{what}`"),
                format!("add `{what}` to the section `Args`"),
            ));
        }
    }
}

/// What a body does, as far as docstrings tell it.
#[derive(Default)]
struct Body {
    returns: bool,
    reraises: bool,
    has_calls: bool,
    raises: BTreeSet<String>,
}

impl Body {
    fn of(function: &Function<'_>) -> Self {
        let mut body = Self::default();
        for it in &function.node.body {
            body.visit_stmt(it);
        }
        body
    }
}

impl<'a> Visitor<'a> for Body {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::Return(it) => {
                self.returns |= it
                    .value
                    .as_deref()
                    .is_some_and(|it| !it.is_none_literal_expr());
            }
            Stmt::Raise(it) => match it.exc.as_deref() {
                None => self.reraises = true,
                Some(error) => {
                    let name =
                        last_name(error).filter(|it| it.starts_with(|c: char| c.is_uppercase()));
                    match name {
                        Some(name) => {
                            self.raises.insert(name.to_owned());
                        }
                        None => self.reraises = true,
                    }
                    // The error's own construction is no call of other code.
                    if let Expr::Call(call) = error {
                        for it in &call.arguments.args {
                            self.visit_expr(it);
                        }
                        return;
                    }
                }
            },
            // What is caught may not get out.
            Stmt::Try(_) => {
                self.reraises = true;
                let raises = self.raises.clone();
                walk_stmt(self, statement);
                self.raises = raises;
                return;
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_) => return,
            Expr::Call(_) | Expr::Subscript(_) | Expr::Attribute(_) => self.has_calls = true,
            _ => {}
        }
        walk_expr(self, expression);
    }
}
