//! Annotations for functions inside functions and classes, about which nobody asks the analysis: `Any`, and `None` for
//! what returns nothing.

mod variables;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, AnyParameterRef, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use crate::demands::Signatures;
use crate::{Module, Plan};
use variables::{Given, Variables};

/// The import that the annotations need.
const IMPORT: &str = "from typing import Any";
const IMPORT_OF_CALLABLE: &str = "from collections.abc import Callable";

/// Completes the signatures of all items.
pub(crate) fn complete(plan: &mut Plan) {
    let mut signatures = crate::demands::signatures(plan);
    signatures.extend(records(plan));
    for module in &mut plan.modules {
        complete_with(module, &signatures);
    }
}

/// The classes of the package that are made of their fields.
fn records(plan: &Plan) -> Signatures {
    let mut found = Signatures::new();
    for item in plan.modules.iter().flat_map(|module| &module.items) {
        let parsed = snippet(&item.text);
        let [Stmt::ClassDef(class)] = parsed.statements() else {
            continue;
        };
        let is_made = |it: &Stmt| {
            let method = it.as_function_def_stmt();
            method.is_some_and(|it| it.name.as_str() == "__init__")
        };
        if !item.text.contains("dataclass") || class.body.iter().any(is_made) {
            continue;
        }
        let fields = class.body.iter().filter_map(Stmt::as_ann_assign_stmt);
        let fields = fields.filter_map(|it| {
            let name = it.target.as_name_expr()?.id.to_string();
            Some((name, item.text[it.annotation.range()].to_owned()))
        });
        found.insert(class.name.to_string(), fields.collect());
    }
    found
}

/// Completes the signatures of the items of one module.
pub(crate) fn complete_module(module: &mut Module) {
    complete_with(module, &Signatures::new());
}

fn complete_with(module: &mut Module, signatures: &Signatures) {
    let imported = crate::demands::imported(module);
    for item in &mut module.items {
        let completed = completed_with(&item.text, &imported, signatures);
        if completed != item.text {
            if completed.matches("Any").count() > item.text.matches("Any").count() {
                module.imports.insert(IMPORT.to_owned());
            }
            if completed.contains("Callable[") && !imported.contains_key("Callable") {
                module.imports.insert(IMPORT_OF_CALLABLE.to_owned());
            }
            item.text = completed;
        }
    }
}

fn completed_with(
    text: &str,
    imported: &BTreeMap<String, String>,
    signatures: &Signatures,
) -> String {
    let parsed = snippet(text);
    let mut search = Search {
        text,
        imported,
        signatures,
        is_in_class: false,
        inserts: Vec::new(),
        rewrites: Vec::new(),
    };
    if text.contains("def ") {
        search.visit_body(parsed.statements());
    }
    let inserts = search.inserts.into_iter();
    let inserts = inserts.map(|(at, annotation)| (TextRange::empty(at), annotation));
    let mut edits: Vec<(TextRange, String)> = inserts.chain(search.rewrites).collect();
    edits.sort_by_key(|(range, text)| (range.start(), text.clone()));
    let mut result = text.to_owned();
    for (range, text) in edits.into_iter().rev() {
        result.replace_range(std::ops::Range::<usize>::from(range), &text);
    }
    result
}

struct Search<'t> {
    text: &'t str,
    /// What the names of the module's imports stand for.
    imported: &'t BTreeMap<String, String>,
    /// The functions of the package.
    signatures: &'t Signatures,
    /// Whether functions found now are methods.
    is_in_class: bool,
    inserts: Vec<(TextSize, String)>,
    /// Statements that become several.
    rewrites: Vec<(TextRange, String)>,
}

/// The annotation of a variable that begins empty: what is known of it where the function gives it back.
fn told(
    results: &[(&str, String)],
    variables: &Variables<'_>,
    name: &str,
    annotation: &str,
) -> String {
    let container = annotation.split('[').next().unwrap_or(annotation);
    let told = results.iter().find(|(it, ty)| {
        *it == name && ty.contains('[') && ty.starts_with(container.trim_start_matches(": "))
    });
    let told = told.filter(|_| variables.is_bound_once(name));
    told.map_or_else(|| annotation.to_owned(), |(_, ty)| format!(": {ty}"))
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
        if has_receiver && function.name.as_str() == "__init__" {
            self.complete_attributes(function);
        }
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
        variables.imported = Some(self.imported);
        variables.visit_body(&function.body);
        let parameters = function.parameters.iter();
        let parameters = parameters.map(|it| it.name().to_string());
        variables.declared.extend(parameters);
        self.widen_options(function, &variables);
        let mut mixed = self.mixed_results(function);
        let mut results = self.results(function);
        self.open_records(function, &variables, [&mut mixed, &mut results]);
        let promised = self.promised(&variables, &results);
        let mut said = BTreeSet::new();
        for (name, at, empty) in &variables.empty {
            let is_first = variables.first_bound.get(name) == Some(at);
            let is_free = is_first && !variables.declared.contains(name);
            if !is_free {
                continue;
            }
            let text = told(&results, &variables, name, &empty.annotation);
            let promise = told(&promised, &variables, name, &empty.annotation);
            // The first element says what it holds, unless others do not fit.
            let is_inferred = empty.is_awaited && variables.is_inferred(name);
            let begins_whole = variables.begins_whole(name, &promise);
            let text = if begins_whole { promise } else { text };
            if is_inferred && !begins_whole && !text.contains(" | ") {
                continue;
            }
            said.insert(name.as_str());
            self.inserts.push((*at, text));
        }
        self.complete_several(&variables, &results);
        // What options are handed on to takes values of several types, each under its name.
        let options = variables.displays.iter().filter(|it| {
            let is_record = variables.read_by_key.contains(&it.name);
            (it.is_mixed && (is_record || variables.unpacked.contains(&it.name)))
                || (it.is_named && variables.drawn_with.contains(&it.name))
        });
        let options = options.map(|it| (it.name.as_str(), "dict[str, Any]".to_owned()));
        mixed.retain(|(name, _)| !variables.unpacked.contains(*name));
        mixed.extend(options);
        mixed.extend(self.demanded(&variables));
        // Of values of several types a type checker says no more than that they are objects.
        for (name, annotation) in mixed {
            let display = variables.displays.iter().find(|it| it.name == name);
            if let Some(display) = display.filter(|_| variables.is_bound_once(name))
                && said.insert(name)
                && !variables.declared.contains(name)
            {
                self.inserts.push((display.end, format!(": {annotation}")));
            }
        }
    }

    /// The variables that a function gives back, or on to another that says what it takes.
    fn promised<'v>(
        &self,
        variables: &'v Variables<'_>,
        results: &[(&'v str, String)],
    ) -> Vec<(&'v str, String)> {
        let demands = self.demands_on(variables).into_iter();
        let demands = demands.filter_map(|(name, annotations)| {
            let one = annotations.first().filter(|_| annotations.len() == 1)?;
            self.are_named_here(one).then(|| (name, one.clone()))
        });
        results.iter().cloned().chain(demands).collect()
    }

    /// What the functions of the package say that variables are passed to.
    fn demands_on<'v>(&self, variables: &'v Variables<'_>) -> BTreeMap<&'v str, BTreeSet<String>> {
        let mut demanded: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (function, given, variable) in &variables.passed {
            let parameters = self.signatures.get(function);
            let parameter = parameters.and_then(|parameters| match given {
                Given::At(at) => parameters.get(*at),
                Given::Named(name) => parameters.iter().find(|it| it.0 == *name),
            });
            let annotation = parameter.map_or("", |it| it.1.as_str());
            let annotations = demanded.entry(variable).or_default();
            annotations.insert(annotation.to_owned());
        }
        demanded
    }

    /// What is written down and given to a function that demands containers of values of several types.
    fn demanded<'v>(&self, variables: &'v Variables<'_>) -> Vec<(&'v str, String)> {
        let demanded = self.demands_on(variables);
        let displays = variables.displays.iter().filter(|it| it.is_various);
        let demanded = displays.filter_map(|it| {
            let annotations = demanded.get(it.name.as_str())?;
            let one = annotations.first().filter(|_| annotations.len() == 1)?;
            let is_said = values_of(one).is_some_and(|it| it.contains(" | "));
            (is_said && self.are_named_here(one)).then(|| (it.name.as_str(), one.clone()))
        });
        demanded.collect()
    }

    /// Whether the module has names for all that an annotation is made of.
    fn are_named_here(&self, annotation: &str) -> bool {
        const BUILTINS: [&str; 11] = [
            "bool", "bytes", "dict", "float", "int", "list", "set", "str", "tuple", "None",
            "Callable",
        ];
        let words = annotation.split(|it: char| !(it.is_alphanumeric() || it == '_' || it == '.'));
        let words = words.map(|it| it.trim_matches('.').split('.').next().unwrap_or(it));
        words
            .filter(|it| !it.is_empty())
            .all(|it| BUILTINS.contains(&it) || self.imported.contains_key(it))
    }

    /// Parameters that hold what is drawn with, by name: colors, widths, styles; values of several types of which each has
    /// a key of its own; and what is handed on under its names.
    fn widen_options(&mut self, function: &ast::StmtFunctionDef, variables: &Variables<'_>) {
        if let Some(options) = &function.parameters.kwarg
            && let Some(annotation) = &options.annotation
            && variables.unpacked.contains(options.name.as_str())
            && !["Any", "object"].contains(&&self.text[annotation.range()])
        {
            self.rewrites.push((annotation.range(), "Any".to_owned()));
        }
        for parameter in function.parameters.iter().filter(|it| !it.is_variadic()) {
            let Some(annotation) = parameter.annotation() else {
                continue;
            };
            let written = &self.text[annotation.range()];
            let is_flat = written.starts_with("dict[str, ") && !written.ends_with("None");
            let is_said = written != "dict[str, Any]";
            let name = parameter.name().as_str();
            let is_record = variables.read_by_key.contains(name) && are_various(written);
            if is_flat && is_said && (is_record || variables.drawn_with.contains(name)) {
                let range = annotation.range();
                self.rewrites.push((range, "dict[str, Any]".to_owned()));
            }
        }
    }

    /// Annotates attributes that begin as empty containers of which a type checker cannot tell what they hold.
    fn complete_attributes(&mut self, function: &ast::StmtFunctionDef) {
        let mut variables = Variables::default();
        variables.imported = Some(self.imported);
        let mut known = BTreeSet::new();
        for assign in function.body.iter().filter_map(Stmt::as_assign_stmt) {
            let [Expr::Attribute(target)] = &assign.targets[..] else {
                continue;
            };
            let is_own = target
                .value
                .as_name_expr()
                .is_some_and(|it| it.id.as_str() == "self");
            if is_own
                && known.insert(target.attr.as_str())
                && assign.value.is_call_expr()
                && let Some(annotation) = variables.empty_annotation(&assign.value)
            {
                self.inserts.push((target.end(), annotation));
            }
        }
    }

    /// Writes a statement for each variable, where several begin empty at once and one of them needs an annotation.
    fn complete_several(&mut self, variables: &Variables<'_>, results: &[(&str, String)]) {
        for several in &variables.several {
            let start = usize::from(several.range.start());
            let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
            let margin = &self.text[line..start];
            let end = usize::from(several.range.end());
            let rest = self.text[end..].lines().next().unwrap_or_default();
            let is_free = |(name, ..): &(String, String, TextRange)| {
                variables.is_bound_once(name) && !variables.declared.contains(name)
            };
            let mut needing = several.variables.iter();
            let is_needed = needing.any(|(name, ..)| !variables.is_inferred(name));
            let stands_alone = margin.trim().is_empty() && rest.trim().is_empty();
            if !is_needed || !stands_alone || !several.variables.iter().all(is_free) {
                continue;
            }
            let statements = several.variables.iter().map(|(name, annotation, value)| {
                let text = if variables.is_inferred(name) {
                    String::new()
                } else {
                    told(results, variables, name, annotation)
                };
                format!("{name}{text} = {}", &self.text[*value])
            });
            let statements: Vec<String> = statements.collect();
            let text = statements.join(&format!("\n{margin}"));
            self.rewrites.push((several.range, text));
        }
    }

    /// The variables that a function gives at its end as containers of values of several types, with their annotations.
    fn mixed_results<'f>(&self, function: &'f ast::StmtFunctionDef) -> Vec<(&'f str, String)> {
        let mut results = self.results(function);
        results.retain(|(_, ty)| {
            let is_container = ty.starts_with("dict[") || ty.starts_with("list[");
            is_container && ty.contains(" | ") && ty.ends_with(']')
        });
        results
    }

    /// What a function gives as a dictionary that begins with values of several types, each under its name, may hold anything:
    /// who reads one of them knows which it is.
    fn open_records<'f>(
        &mut self,
        function: &'f ast::StmtFunctionDef,
        variables: &Variables<'_>,
        told: [&mut Vec<(&'f str, String)>; 2],
    ) {
        let mut opened = Vec::new();
        for (name, range) in result_ranges(function) {
            let written = &self.text[range];
            let mut displays = variables.displays.iter();
            let is_mixed = displays.any(|it| it.name == name && it.is_mixed);
            let is_record = is_mixed && variables.read_by_key.contains(name);
            let are_several = written.contains("] | dict[str, ") || are_various(written);
            if is_record
                && written.starts_with("dict[str, ")
                && are_several
                && written.ends_with(']')
            {
                self.rewrites.push((range, "dict[str, Any]".to_owned()));
                opened.push(name);
            }
        }
        for known in told {
            known.retain(|(name, _)| !opened.contains(name));
            let open = opened.iter().map(|it| (*it, "dict[str, Any]".to_owned()));
            known.extend(open);
        }
    }

    /// The variables that a function gives at its end, with their annotations.
    fn results<'f>(&self, function: &'f ast::StmtFunctionDef) -> Vec<(&'f str, String)> {
        let ranges = result_ranges(function).into_iter();
        ranges
            .map(|(name, range)| (name, self.text[range].to_owned()))
            .collect()
    }
}

/// The variables that a function gives at its end, with the places of their annotations.
fn result_ranges(function: &ast::StmtFunctionDef) -> Vec<(&str, TextRange)> {
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
    named.map(|(name, ty)| (name, ty.range())).collect()
}

/// The type of the values in `dict[str, int | str]`, and of the elements in `list[int | str]`.
fn values_of(annotation: &str) -> Option<&str> {
    let inner = ["dict[str, ", "list["]
        .iter()
        .find_map(|it| annotation.strip_prefix(it))?;
    let inner = inner.strip_suffix(']')?;
    let mut depth = 0_i32;
    let closes = inner.chars().any(|it| {
        depth += i32::from(it == '[') - i32::from(it == ']');
        depth < 0
    });
    (!closes).then_some(inner)
}

/// Whether a dictionary holds values that have nothing in common, as numbers have: `dict[str, int | list[str]]`.
fn are_various(annotation: &str) -> bool {
    const NUMBERS: [&str; 4] = ["bool", "float", "int", "complex"];
    let mut depth = 0_i32;
    let outside = |it: char| {
        depth += i32::from(it == '[') - i32::from(it == ']');
        it == '|' && depth == 0
    };
    let members = values_of(annotation).unwrap_or_default().split(outside);
    let members = members.map(str::trim).filter(|it| *it != "None");
    let kinds: BTreeSet<&str> = members
        .map(|it| if NUMBERS.contains(&it) { "number" } else { it })
        .collect();
    kinds.len() > 1
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
    use std::collections::BTreeMap;

    fn completed(text: &str) -> String {
        let imported = [
            ("Counter", "collections.Counter"),
            ("deque", "collections.deque"),
            ("nx", "networkx"),
        ];
        let imported = imported.map(|(name, path)| (name.to_owned(), path.to_owned()));
        super::completed_with(text, &BTreeMap::from(imported), &BTreeMap::new())
    }

    #[test]
    fn what_a_type_checker_never_waits_for_is_annotated() {
        assert_eq!(
            completed(
                "def f(x: int) -> None:\n    a = Counter()\n    a.update(x)\n    b = deque(maxlen=x)\n    c = nx.Graph(name='x')\n    d = defaultdict(lambda: 0)\n    d[x] = 1\n    e = defaultdict(list)\n    e[x] = [1]\n    g = [[], []]\n    h = {'a': [], 'b': {}}\n    i = {y: {} for y in x}\n    j = [1, []]\n    k = nx.Graph(x)\n"
            ),
            "def f(x: int) -> None:\n    a: Counter[Any] = Counter()\n    a.update(x)\n    b: deque[Any] = deque(maxlen=x)\n    c: nx.Graph[Any] = nx.Graph(name='x')\n    d: defaultdict[Any, Any] = defaultdict(lambda: 0)\n    d[x] = 1\n    e = defaultdict(list)\n    e[x] = [1]\n    g: list[list[Any]] = [[], []]\n    h: dict[str, Any] = {'a': [], 'b': {}}\n    i: dict[Any, dict[Any, Any]] = {y: {} for y in x}\n    j = [1, []]\n    k: nx.Graph[Any] = nx.Graph(x)\n"
        );
    }

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
    fn containers_that_are_asked_before_they_are_filled_are_annotated() {
        assert_eq!(
            completed(
                "def f(xs: list[str]) -> None:\n    n = {}\n    d = defaultdict(int)\n    e = {'a': [], 'b': []}\n    for x in xs:\n        n[x] = n.get(x, 0) + 1\n        d[x] += 1\n"
            ),
            "def f(xs: list[str]) -> None:\n    n: dict[Any, Any] = {}\n    d: defaultdict[Any, int] = defaultdict(int)\n    e: dict[str, list[Any]] = {'a': [], 'b': []}\n    for x in xs:\n        n[x] = n.get(x, 0) + 1\n        d[x] += 1\n"
        );
    }

    #[test]
    fn several_that_begin_empty_at_once_have_a_line_each() {
        assert_eq!(
            completed(
                "def f() -> tuple[dict[str, float], int]:\n    a, b, c = dict(), [], []\n    c.append(1)\n    return a, 1\n"
            ),
            "def f() -> tuple[dict[str, float], int]:\n    a: dict[str, float] = dict()\n    b: list[Any] = []\n    c = []\n    c.append(1)\n    return a, 1\n"
        );
        let code = "def f() -> None:\n    b, c = [], []\n    b.append(1)\n    c.append(1)\n";
        assert_eq!(completed(code), code);
    }

    #[test]
    fn what_is_given_back_begins_with_the_type_that_is_promised() {
        assert_eq!(
            completed(
                "def f(x) -> tuple[dict[str, list[int]], int]:\n    a = {}\n    a[x] = []\n    return a, 1\n"
            ),
            "def f(x: Any) -> tuple[dict[str, list[int]], int]:\n    a: dict[str, list[int]] = {}\n    a[x] = []\n    return a, 1\n"
        );
    }

    #[test]
    fn the_first_of_several_values_is_annotated_and_no_parameter_is() {
        assert_eq!(
            completed(
                "def f(b: int) -> None:\n    a = set()\n    for x in b:\n        a = a.union(x)\n    b = []\n"
            ),
            "def f(b: int) -> None:\n    a: set[Any] = set()\n    for x in b:\n        a = a.union(x)\n    b = []\n"
        );
    }

    #[test]
    fn options_of_several_types_may_be_anything() {
        assert_eq!(
            completed(
                "def f() -> None:\n    a = dict(lw=2, ls='--')\n    b = {'lw': 2, 'alpha': 0.5}\n    c = {'lw': 2, 'ls': '--'}\n    draw(**a, **b)\n    draw(c)\n"
            ),
            "def f() -> None:\n    a: dict[str, Any] = dict(lw=2, ls='--')\n    b = {'lw': 2, 'alpha': 0.5}\n    c = {'lw': 2, 'ls': '--'}\n    draw(**a, **b)\n    draw(c)\n"
        );
    }

    #[test]
    fn what_is_drawn_with_may_be_anything_under_its_name() {
        assert_eq!(
            completed(
                "def f(ax: Axes, a: dict[str, float]) -> None:\n    b = {'lw': 2, 'alpha': 0.5}\n    ax.plot(1, **a)\n    ax.plot(1, **b)\n"
            ),
            "def f(ax: Axes, a: dict[str, Any]) -> None:\n    b: dict[str, Any] = {'lw': 2, 'alpha': 0.5}\n    ax.plot(1, **a)\n    ax.plot(1, **b)\n"
        );
    }

    #[test]
    fn what_holds_several_types_says_so() {
        assert_eq!(
            completed(
                "def f() -> tuple[dict[int | str, float], dict[int, float]]:\n    a = dict()\n    b = {}\n    a[1] = 2.0\n    a['x'] = 1.0\n    b[1] = 2.0\n    return a, b\n"
            ),
            "def f() -> tuple[dict[int | str, float], dict[int, float]]:\n    a: dict[int | str, float] = dict()\n    b = {}\n    a[1] = 2.0\n    a['x'] = 1.0\n    b[1] = 2.0\n    return a, b\n"
        );
    }

    #[test]
    fn names_of_the_module_are_not() {
        for code in [
            "def f() -> None:\n    global a\n    a = {}\n",
            "def f() -> None:\n    try:\n        from b import a\n    except ImportError:\n        a = {}\n",
        ] {
            assert_eq!(completed(code), code);
        }
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
