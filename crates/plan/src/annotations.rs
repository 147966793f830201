//! Annotations for functions inside functions and classes, about which nobody asks the analysis: `Any`, and `None` for
//! what returns nothing.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, AnyParameterRef, Expr, Stmt};
use srcify_syntax::{Ranged, TextSize, snippet};

use crate::Plan;

/// The import that the annotations need.
const IMPORT: &str = "from typing import Any";

/// Completes the signatures of all items.
pub(crate) fn complete(plan: &mut Plan) {
    for module in &mut plan.modules {
        for item in &mut module.items {
            let completed = completed(&item.text);
            if completed != item.text {
                if completed.matches("Any").count() > item.text.matches("Any").count() {
                    module.imports.insert(IMPORT.to_owned());
                }
                item.text = completed;
            }
        }
    }
}

fn completed(text: &str) -> String {
    let parsed = snippet(text);
    let mut search = Search {
        is_in_class: false,
        inserts: Vec::new(),
    };
    if text.contains("def ") {
        search.visit_body(parsed.statements());
    }
    search.inserts.sort();
    let mut result = text.to_owned();
    for (at, annotation) in search.inserts.into_iter().rev() {
        result.insert_str(usize::from(at), annotation);
    }
    result
}

struct Search {
    /// Whether functions found now are methods.
    is_in_class: bool,
    inserts: Vec<(TextSize, &'static str)>,
}

impl Search {
    fn complete(&mut self, function: &ast::StmtFunctionDef) {
        let is_static = function.decorator_list.iter().any(|decorator| {
            decorator
                .expression
                .as_name_expr()
                .is_some_and(|name| name.id.as_str() == "staticmethod")
        });
        let has_receiver = self.is_in_class && !is_static;
        for (index, parameter) in function.parameters.iter().enumerate() {
            let is_receiver = has_receiver && index == 0 && !parameter.is_variadic();
            if parameter.annotation().is_none() && !is_receiver {
                self.inserts.push((end_of_name(&parameter), ": Any"));
            }
        }
        if function.returns.is_none() {
            let annotation = if gives_value(&function.body) {
                " -> Any"
            } else {
                " -> None"
            };
            self.inserts.push((function.parameters.end(), annotation));
        }
    }
}

fn end_of_name(parameter: &AnyParameterRef<'_>) -> TextSize {
    parameter.name().end()
}

impl<'a> Visitor<'a> for Search {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let before = self.is_in_class;
        match statement {
            Stmt::FunctionDef(function) => {
                self.complete(function);
                self.is_in_class = false;
            }
            Stmt::ClassDef(_) => self.is_in_class = true,
            _ => {}
        }
        walk_stmt(self, statement);
        self.is_in_class = before;
    }
}

/// Whether a body returns or yields something.
fn gives_value(body: &[Stmt]) -> bool {
    struct Values(bool);
    impl<'a> Visitor<'a> for Values {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                Stmt::Return(it) => self.0 |= it.value.is_some(),
                // What is abstract may give anything.
                Stmt::Raise(_) => self.0 = true,
                _ => walk_stmt(self, statement),
            }
        }

        fn visit_expr(&mut self, expression: &'a Expr) {
            self.0 |= matches!(
                expression,
                Expr::Yield(_) | Expr::YieldFrom(_) | Expr::EllipsisLiteral(_)
            );
            walk_expr(self, expression);
        }
    }
    let mut values = Values(false);
    values.visit_body(body);
    values.0
}

#[cfg(test)]
mod tests {
    use super::completed;

    #[test]
    fn functions_inside_functions_are_annotated() {
        assert_eq!(
            completed(
                "def f(x: int) -> None:\n    def g(y, *rest, z=1, **more):\n        return y\n    def h():\n        pass\n"
            ),
            "def f(x: int) -> None:\n    def g(y: Any, *rest: Any, z: Any=1, **more: Any) -> Any:\n        return y\n    def h() -> None:\n        pass\n"
        );
    }

    #[test]
    fn receivers_are_not() {
        assert_eq!(
            completed(
                "class A:\n    def f(self, x): ...\n    @staticmethod\n    def g(x):\n        def h(self):\n            yield self\n"
            ),
            "class A:\n    def f(self, x: Any) -> Any: ...\n    @staticmethod\n    def g(x: Any) -> None:\n        def h(self: Any) -> Any:\n            yield self\n"
        );
    }
}
