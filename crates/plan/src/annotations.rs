//! Annotations for functions inside functions and classes, about which nobody asks the analysis: `Any`, and `None` for
//! what returns nothing.

use std::collections::BTreeSet;

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
        text,
        is_in_class: false,
        inserts: Vec::new(),
    };
    if text.contains("def ") {
        search.visit_body(parsed.statements());
    }
    search.inserts.sort();
    let mut result = text.to_owned();
    for (at, annotation) in search.inserts.into_iter().rev() {
        result.insert_str(usize::from(at), &annotation);
    }
    result
}

struct Search<'t> {
    text: &'t str,
    /// Whether functions found now are methods.
    is_in_class: bool,
    inserts: Vec<(TextSize, String)>,
}

impl Search<'_> {
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
                let demanded = protocol_parameter(function.name.as_str(), index);
                let annotation = match demanded.filter(|_| self.is_in_class) {
                    Some(_) => ": str",
                    None => ": Any",
                };
                self.inserts
                    .push((end_of_name(&parameter), annotation.to_owned()));
            }
        }
        self.complete_variables(function);
        if function.returns.is_none() {
            let known = protocol_result(function).filter(|_| self.is_in_class);
            let annotation = match known {
                Some(ty) => ty,
                None if gives_value(&function.body) => " -> Any",
                None => " -> None",
            };
            self.inserts
                .push((function.parameters.end(), annotation.to_owned()));
        }
    }
}

/// The annotation of what Python demands of a method by its name: `__len__` gives a whole number, and what sets
/// something gives nothing.
pub(crate) fn protocol_result(method: &ast::StmtFunctionDef) -> Option<&'static str> {
    let sets = |it: &ast::Decorator| {
        let attribute = it.expression.as_attribute_expr();
        attribute.is_some_and(|it| matches!(it.attr.as_str(), "setter" | "deleter"))
    };
    let gives_nothing = method.decorator_list.iter().any(sets)
        || matches!(
            method.name.as_str(),
            "__init__"
                | "__post_init__"
                | "__setattr__"
                | "__setitem__"
                | "__set__"
                | "__set_name__"
                | "__delattr__"
                | "__delitem__"
                | "__delete__"
                | "__del__"
                | "__init_subclass__"
        );
    if gives_nothing {
        return (!returns_value(&method.body)).then_some(" -> None");
    }
    match method.name.as_str() {
        "__len__" | "__hash__" | "__int__" | "__index__" | "__length_hint__" | "__sizeof__" => {
            Some(" -> int")
        }
        "__str__" | "__repr__" | "__format__" | "__fspath__" => Some(" -> str"),
        "__bool__" | "__contains__" | "__instancecheck__" | "__subclasscheck__" => Some(" -> bool"),
        "__float__" => Some(" -> float"),
        "__complex__" => Some(" -> complex"),
        "__bytes__" => Some(" -> bytes"),
        _ => None,
    }
}

/// The annotation of what Python gives to a method by its name, with the place of the parameter.
pub(crate) fn protocol_parameter(method: &str, at: usize) -> Option<&'static str> {
    match (method, at) {
        ("__getattr__" | "__getattribute__" | "__setattr__" | "__delattr__" | "__format__", 1) => {
            Some("str")
        }
        _ => None,
    }
}

impl Search<'_> {
    /// Annotates variables that begin empty, and that a type checker cannot tell the elements of: nothing in the function
    /// puts an element into them in a way that it follows.
    fn complete_variables(&mut self, function: &ast::StmtFunctionDef) {
        let mut variables = Variables::default();
        variables.visit_body(&function.body);
        for (name, at, annotation) in variables.empty {
            let is_bound_once = variables.bound.iter().filter(|it| **it == name).count() == 1;
            let is_elsewhere = variables.declared.contains(&name);
            if is_bound_once && !is_elsewhere && !variables.filled.contains(&name) {
                self.inserts.push((at, annotation.to_owned()));
            }
        }
        // Of values of several types a type checker says no more than that they are objects.
        for (name, annotation) in self.mixed_results(function) {
            let mut bound = variables.bound.iter().filter(|it| *it == name);
            let is_bound_once = bound.next().is_some() && bound.next().is_none();
            let display = variables.displays.iter().find(|(it, _)| it == name);
            if let Some((_, at)) = display.filter(|_| is_bound_once)
                && !variables.declared.contains(name)
            {
                self.inserts.push((*at, format!(": {annotation}")));
            }
        }
    }

    /// The variables that a function gives at its end as containers of values of several types, with their annotations.
    fn mixed_results<'f>(&self, function: &'f ast::StmtFunctionDef) -> Vec<(&'f str, String)> {
        let last = function.body.last().and_then(Stmt::as_return_stmt);
        let value = last.and_then(|it| it.value.as_deref());
        let (Some(value), Some(returns)) = (value, function.returns.as_deref()) else {
            return Vec::new();
        };
        let pairs: Vec<(&Expr, &Expr)> = match (value, returns) {
            (Expr::Tuple(values), Expr::Subscript(it)) => match &*it.slice {
                Expr::Tuple(types) if types.elts.len() == values.elts.len() => {
                    values.elts.iter().zip(&types.elts).collect()
                }
                _ => Vec::new(),
            },
            one => vec![one],
        };
        let named = pairs
            .into_iter()
            .filter_map(|(value, ty)| Some((value.as_name_expr()?.id.as_str(), ty)));
        named
            .map(|(name, ty)| (name, self.text[ty.range()].to_owned()))
            .filter(|(_, ty)| {
                let is_container = ty.starts_with("dict[") || ty.starts_with("list[");
                is_container && ty.contains(" | ") && ty.ends_with(']')
            })
            .collect()
    }
}

/// What a function does with its own variables.
#[derive(Default)]
struct Variables {
    /// Variables that begin empty, with the end of the name and the annotation.
    empty: Vec<(String, TextSize, &'static str)>,
    /// Variables that begin with what is written down, with the end of the name.
    displays: Vec<(String, TextSize)>,
    /// Every binding of a name.
    bound: Vec<String>,
    /// Variables whose elements a type checker infers.
    filled: BTreeSet<String>,
    /// Names that are declared `global` or `nonlocal`, which Python lets nobody annotate.
    declared: BTreeSet<String>,
}

impl Variables {
    fn fill(&mut self, container: &Expr) {
        if let Expr::Name(name) = container {
            self.filled.insert(name.id.to_string());
        }
    }
}

impl<'a> Visitor<'a> for Variables {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::Global(it) => self
                .declared
                .extend(it.names.iter().map(ToString::to_string)),
            Stmt::Nonlocal(it) => self
                .declared
                .extend(it.names.iter().map(ToString::to_string)),
            Stmt::Assign(assign) => match &assign.targets[..] {
                [Expr::Name(name)] => {
                    let annotation = empty_annotation(&assign.value);
                    let found = annotation.map(|it| (name.id.to_string(), name.end(), it));
                    self.empty.extend(found);
                    let is_display = match &*assign.value {
                        Expr::List(it) => !it.elts.is_empty(),
                        Expr::Dict(it) => !it.items.is_empty(),
                        _ => false,
                    };
                    if is_display {
                        self.displays.push((name.id.to_string(), name.end()));
                    }
                }
                targets => {
                    let subscripts = targets.iter().filter_map(Expr::as_subscript_expr);
                    subscripts.for_each(|it| self.fill(&it.value));
                }
            },
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.ctx.is_store() => self.bound.push(name.id.to_string()),
            Expr::Subscript(it) if it.ctx.is_store() => self.fill(&it.value),
            Expr::Call(call) => {
                if let Expr::Attribute(method) = &*call.func
                    && ["append", "extend", "add", "update"].contains(&method.attr.as_str())
                {
                    self.fill(&method.value);
                }
            }
            // They have scopes of their own.
            Expr::Lambda(_) => return,
            _ => {}
        }
        walk_expr(self, expression);
    }
}

/// The annotation of a container that begins empty.
fn empty_annotation(value: &Expr) -> Option<&'static str> {
    match value {
        Expr::List(it) if it.elts.is_empty() => Some(": list[Any]"),
        Expr::Dict(it) if it.items.is_empty() => Some(": dict[Any, Any]"),
        Expr::Call(call) if call.arguments.is_empty() => {
            match call.func.as_name_expr()?.id.as_str() {
                "list" => Some(": list[Any]"),
                "dict" => Some(": dict[Any, Any]"),
                "set" => Some(": set[Any]"),
                _ => None,
            }
        }
        _ => None,
    }
}

fn end_of_name(parameter: &AnyParameterRef<'_>) -> TextSize {
    parameter.name().end()
}

impl<'a> Visitor<'a> for Search<'_> {
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

/// Whether a body returns something: what is only raised counts for nothing.
fn returns_value(body: &[Stmt]) -> bool {
    struct Returns(bool);
    impl<'a> Visitor<'a> for Returns {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                Stmt::Return(it) => self.0 |= it.value.is_some(),
                _ => walk_stmt(self, statement),
            }
        }
    }
    let mut returns = Returns(false);
    returns.visit_body(body);
    returns.0
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
    fn containers_that_begin_empty_are_annotated_where_nothing_tells_their_elements() {
        assert_eq!(
            completed(
                "def f() -> None:\n    a = {}\n    b = []\n    c = []\n    for x in b:\n        a.setdefault(x, []).append(1)\n        c.append(x)\n"
            ),
            "def f() -> None:\n    a: dict[Any, Any] = {}\n    b: list[Any] = []\n    c = []\n    for x in b:\n        a.setdefault(x, []).append(1)\n        c.append(x)\n"
        );
    }

    #[test]
    fn names_of_the_module_are_not() {
        let code = "def f() -> None:\n    global a\n    a = {}\n";
        assert_eq!(completed(code), code);
    }

    #[test]
    fn methods_that_python_calls_give_what_it_demands() {
        assert_eq!(
            completed(
                "class A:\n    def __len__(self):\n        return 1\n    @x.setter\n    def x(self, value):\n        raise ValueError\n    def __exit__(self, *rest):\n        return True\n"
            ),
            "class A:\n    def __len__(self) -> int:\n        return 1\n    @x.setter\n    def x(self, value: Any) -> None:\n        raise ValueError\n    def __exit__(self, *rest: Any) -> Any:\n        return True\n"
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
