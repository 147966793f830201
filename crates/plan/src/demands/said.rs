//! What the package's own annotations say of an expression: what its functions give, what its classes hold, and what is in
//! what holds something.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, snippet};

use super::unchecked::{Kind, Values};
use crate::Plan;

/// What the items of a package say.
#[derive(Default)]
pub(super) struct Said {
    /// What functions give, and methods by `Class.method`; a class makes itself.
    gives: BTreeMap<String, String>,
    /// What attributes are said to hold, by `Class.attribute`.
    holds: BTreeMap<String, String>,
    /// Attributes that hold first what a type checker takes for anything.
    loose: BTreeSet<String>,
    bases: BTreeMap<String, Vec<String>>,
}

impl Said {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut said = Self::default();
        for module in &plan.modules {
            for item in &module.items {
                said.read(&item.text);
            }
        }
        let mut loose = BTreeSet::new();
        for module in &plan.modules {
            let imported = super::imported(module);
            for item in &module.items {
                if item.text.contains("class ") {
                    loose.extend(said.loose_in(&item.text, &imported));
                }
            }
        }
        said.loose = loose;
        said
    }

    fn read(&mut self, text: &str) {
        for statement in snippet(text).statements() {
            match statement {
                Stmt::FunctionDef(function) => self.gives(text, None, function),
                Stmt::ClassDef(class) => {
                    let name = class.name.to_string();
                    self.gives.insert(name.clone(), name.clone());
                    let bases = class.arguments.iter().flat_map(|it| &it.args);
                    let bases = bases.filter_map(|it| it.as_name_expr());
                    let bases = bases.map(|it| it.id.to_string()).collect();
                    self.bases.insert(name.clone(), bases);
                    for member in &class.body {
                        match member {
                            Stmt::FunctionDef(method) => {
                                self.gives(text, Some(&name), method);
                                for (attribute, annotation, _) in attributes(method) {
                                    self.holds(text, &name, attribute, annotation);
                                }
                            }
                            Stmt::AnnAssign(it) => {
                                if let Expr::Name(field) = &*it.target {
                                    let field = field.id.as_str();
                                    self.holds(text, &name, field, Some(&it.annotation));
                                }
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn gives(&mut self, text: &str, class: Option<&str>, function: &ast::StmtFunctionDef) {
        let Some(returns) = &function.returns else {
            return;
        };
        let written = unquoted(&text[returns.range()]);
        let Some(class) = class else {
            self.gives.insert(function.name.to_string(), written);
            return;
        };
        let name = format!("{class}.{}", function.name);
        let is_property = |it: &ast::Decorator| {
            let decorator = it.expression.as_name_expr();
            decorator.is_some_and(|it| it.id.as_str().ends_with("property"))
        };
        if function.decorator_list.iter().any(is_property) {
            self.holds.insert(name, written);
        } else {
            self.gives.insert(name, written);
        }
    }

    fn holds(&mut self, text: &str, class: &str, attribute: &str, annotation: Option<&Expr>) {
        if let Some(annotation) = annotation {
            let written = unquoted(&text[annotation.range()]);
            self.holds.insert(format!("{class}.{attribute}"), written);
        }
    }

    /// The attributes of the classes in a text that hold first what a type checker takes for anything.
    fn loose_in(&self, text: &str, imported: &BTreeMap<String, String>) -> Vec<String> {
        let mut loose = Vec::new();
        let parsed = snippet(text);
        for class in parsed
            .statements()
            .iter()
            .filter_map(Stmt::as_class_def_stmt)
        {
            let mut seen = BTreeSet::new();
            let methods = class.body.iter().filter_map(Stmt::as_function_def_stmt);
            for method in methods {
                let mut values = Values::of(text, imported, method);
                values.within(self, Some(class.name.as_str()));
                for (attribute, annotation, value) in attributes(method) {
                    let Some(value) = value.filter(|it| !it.is_none_literal_expr()) else {
                        continue;
                    };
                    let is_first = annotation.is_none() && seen.insert(attribute.to_owned());
                    if is_first && values.kind(value) == Kind::Anything {
                        loose.push(format!("{}.{attribute}", class.name));
                    }
                }
            }
        }
        loose
    }

    /// What a function gives, or what a class makes.
    pub(super) fn given_by(&self, function: &str) -> Option<&str> {
        self.gives.get(function).map(String::as_str)
    }

    /// What a method of a class gives.
    pub(super) fn given_by_method(&self, class: &str, method: &str) -> Option<&str> {
        let found = self.member(class, method, &|it| self.gives.contains_key(it))?;
        self.given_by(&found)
    }

    /// What an attribute of a class holds.
    pub(super) fn held_by(&self, class: &str, attribute: &str) -> Option<&str> {
        let is_known = |it: &str| self.holds.contains_key(it) || self.loose.contains(it);
        let found = self.member(class, attribute, &is_known)?;
        let held = self.holds.get(&found).map(String::as_str);
        held.or_else(|| self.loose.contains(&found).then_some("Any"))
    }

    fn member(&self, class: &str, name: &str, is_known: &dyn Fn(&str) -> bool) -> Option<String> {
        let mut classes = vec![class];
        let mut at = 0;
        while let Some(class) = classes.get(at).copied() {
            let member = format!("{class}.{name}");
            if is_known(&member) {
                return Some(member);
            }
            let bases = self.bases.get(class)?;
            let new = bases.iter().map(String::as_str);
            let new: Vec<&str> = new.filter(|it| !classes.contains(it)).collect();
            classes.extend(new);
            at += 1;
        }
        None
    }
}

fn unquoted(annotation: &str) -> String {
    annotation.trim_matches(['"', '\'']).to_owned()
}

/// What a method assigns to the attributes of its object, with annotations.
fn attributes(method: &ast::StmtFunctionDef) -> Vec<(&str, Option<&Expr>, Option<&Expr>)> {
    use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
    struct Found<'a>(&'a str, Vec<(&'a str, Option<&'a Expr>, Option<&'a Expr>)>);
    impl<'a> Found<'a> {
        fn target(&self, target: &'a Expr) -> Option<&'a str> {
            let attribute = target.as_attribute_expr()?;
            let object = attribute.value.as_name_expr()?;
            (object.id.as_str() == self.0).then_some(attribute.attr.as_str())
        }
    }
    impl<'a> Visitor<'a> for Found<'a> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
                Stmt::AnnAssign(it) => {
                    if let Some(name) = self.target(&it.target) {
                        self.1
                            .push((name, Some(&*it.annotation), it.value.as_deref()));
                    }
                }
                Stmt::Assign(it) => {
                    for target in &it.targets {
                        if let Some(name) = self.target(target) {
                            self.1.push((name, None, Some(&*it.value)));
                        }
                    }
                }
                _ => {}
            }
            walk_stmt(self, statement);
        }
    }
    let receiver = method.parameters.iter().next();
    let receiver = receiver.map_or("", |it| it.name().as_str());
    let mut found = Found(receiver, Vec::new());
    found.visit_body(&method.body);
    found.1
}

/// The types in brackets: `str` and `list[int]` of `dict[str, list[int]]`.
pub(super) fn arguments(annotation: &str) -> Option<(&str, Vec<&str>)> {
    let (name, rest) = annotation.split_once('[')?;
    let inner = rest.strip_suffix(']')?;
    let mut depth = 0_usize;
    let mut start = 0;
    let mut parts = Vec::new();
    for (at, letter) in inner.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => {
                parts.push(inner[start..at].trim());
                start = at + 1;
            }
            '|' if depth == 0 && name.contains('|') => return None,
            _ => {}
        }
    }
    parts.push(inner[start..].trim());
    Some((name.rsplit('.').next().unwrap_or(name), parts))
}

/// What one goes through in what holds something.
pub(super) fn element(annotation: &str) -> Option<&str> {
    let (name, parts) = arguments(annotation)?;
    match (name, &parts[..]) {
        ("tuple", [one, "..."]) => Some(one),
        ("dict" | "defaultdict" | "Mapping" | "OrderedDict" | "Counter", [key, ..]) => Some(key),
        (
            "list" | "set" | "frozenset" | "deque" | "Iterable" | "Iterator" | "Sequence"
            | "Collection" | "Generator",
            [one, ..],
        ) => Some(one),
        _ => None,
    }
}

/// What is under a key or a place of what holds something.
pub(super) fn item(annotation: &str, slice: &Expr) -> Option<String> {
    let (name, parts) = arguments(annotation)?;
    if slice.is_slice_expr() {
        return ["list", "Sequence"]
            .contains(&name)
            .then(|| annotation.to_owned());
    }
    let found = match (name, &parts[..]) {
        ("dict" | "defaultdict" | "Mapping" | "OrderedDict", [_, value]) => value,
        ("list" | "Sequence" | "deque", [one]) | ("tuple", [one, "..."]) => one,
        ("tuple", parts) => {
            let number = slice.as_number_literal_expr()?;
            let at = number.value.as_int()?.as_usize()?;
            parts.get(at)?
        }
        _ => return None,
    };
    Some((*found).to_owned())
}
