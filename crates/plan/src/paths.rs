//! Files that are opened by a path object: `path.open("w")` for `open(path, "w")`, which does the same.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, snippet};

use crate::Plan;

/// Rewrites the calls of `open` in all items whose first argument is certain to be a `Path`.
pub(crate) fn open_by_path(plan: &mut Plan) {
    let settings: BTreeSet<String> = plan
        .jobs
        .iter()
        .flat_map(|job| &job.settings.sections)
        .flat_map(|section| section.fields.iter().map(move |field| (section, field)))
        .filter(|(_, field)| field.annotation == "Path")
        .map(|(section, field)| format!("{}.{}", section.name, field.name))
        .collect();
    for module in &mut plan.modules {
        for item in &mut module.items {
            item.text = rewritten(&item.text, &settings);
        }
    }
}

fn rewritten(text: &str, settings: &BTreeSet<String>) -> String {
    if !text.contains("open(") {
        return text.to_owned();
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        settings,
        paths: BTreeSet::new(),
        bound: BTreeSet::new(),
        calls: Vec::new(),
    };
    search.visit_body(parsed.statements());
    let mut result = text.to_owned();
    for (call, location) in search.calls.iter().rev() {
        let path = &text[*location];
        if search.bound.contains(path) {
            continue;
        }
        let rest = &text[usize::from(location.end())..usize::from(call.end())];
        let rest = rest.trim_start().trim_start_matches(',').trim_start();
        result.replace_range(
            usize::from(call.start())..usize::from(call.end()),
            &format!("{path}.open({rest}"),
        );
    }
    result
}

struct Search<'a> {
    text: &'a str,
    settings: &'a BTreeSet<String>,
    /// Parameters and fields that are a `Path`.
    paths: BTreeSet<String>,
    /// Names that are bound to something else, somewhere.
    bound: BTreeSet<String>,
    /// Calls, each with the path in it.
    calls: Vec<(TextRange, TextRange)>,
}

impl Search<'_> {
    fn is_path(&self, location: &Expr) -> bool {
        let text = &self.text[location.range()];
        let setting = text.split_once('.').map(|(_, setting)| setting);
        location.is_attribute_expr()
            && setting.is_some_and(|it| self.settings.contains(it))
            && !text.starts_with("self.")
            || self.paths.contains(text)
    }

    /// `open(path, …)`, with nothing that `Path.open` does not take.
    fn location<'e>(&self, call: &'e ast::ExprCall) -> Option<&'e Expr> {
        let is_open = call
            .func
            .as_name_expr()
            .is_some_and(|name| name.id.as_str() == "open");
        let location = call.arguments.args.first()?;
        let is_known = |keyword: &ast::Keyword| {
            let name = keyword.arg.as_ref().map_or("", |name| name.as_str());
            ["mode", "buffering", "encoding", "errors", "newline"].contains(&name)
        };
        let is_plain = !call.arguments.args.iter().any(Expr::is_starred_expr);
        let has_comment = self.text[call.range()].contains('#');
        (is_open
            && is_plain
            && !has_comment
            && call.arguments.keywords.iter().all(is_known)
            && self.is_path(location))
        .then_some(location)
    }

    fn is_path_annotation(&self, annotation: Option<&Expr>) -> bool {
        annotation.is_some_and(|it| self.text[it.range()] == *"Path")
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                for parameter in function.parameters.iter_non_variadic_params() {
                    let name = parameter.name().to_string();
                    if self.is_path_annotation(parameter.parameter.annotation()) {
                        self.paths.insert(name);
                    } else {
                        self.bound.insert(name);
                    }
                }
            }
            Stmt::AnnAssign(it) if self.is_path_annotation(Some(&it.annotation)) => {
                self.paths
                    .insert(format!("self.{}", &self.text[it.target.range()]));
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && let Some(location) = self.location(call)
        {
            self.calls.push((call.range(), location.range()));
        }
        if let Expr::Name(name) = expression
            && !name.ctx.is_load()
        {
            self.bound.insert(name.id.to_string());
        }
        walk_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::rewritten;

    fn check(before: &str, after: &str) {
        let settings = BTreeSet::from(["output.report".to_owned()]);
        assert_eq!(rewritten(before, &settings), after);
    }

    #[test]
    fn a_path_opens_itself() {
        check(
            "def f(config: C) -> None:\n    with open(config.output.report, \"w\") as file:\n        pass\n",
            "def f(config: C) -> None:\n    with config.output.report.open(\"w\") as file:\n        pass\n",
        );
        check(
            "def f(path: Path) -> None:\n    return open(path).read() + open(path, encoding='utf-8').read()\n",
            "def f(path: Path) -> None:\n    return path.open().read() + path.open(encoding='utf-8').read()\n",
        );
        check(
            "class A:\n    path: Path\n\n    def read(self) -> str:\n        return open(self.path).read()\n",
            "class A:\n    path: Path\n\n    def read(self) -> str:\n        return self.path.open().read()\n",
        );
    }

    #[test]
    fn what_may_be_no_path_stays() {
        for text in [
            "def f(config: C) -> None:\n    open(config.output.name)\n",
            "def f(path: Path) -> None:\n    path = str(path)\n    open(path)\n",
            "def f(path: Path) -> None:\n    open(path, opener=own)\n",
            "def f(path: str | Path) -> None:\n    open(path)\n",
        ] {
            check(text, text);
        }
    }
}
