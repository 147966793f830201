//! Annotations for what is passed to and from a part of a function.

use std::collections::BTreeMap;

use srcify_effects::{FunctionFacts, Type};
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextSize};

use super::excerpts::Function;
use super::narrowed::is_something;
use crate::Folder;
use crate::names::{identifiers, stores};
use crate::planner::Planner;
use crate::types::{Annotator, Imports};

impl Planner<'_> {
    /// The annotation of a variable of a function; imports that it needs are added to `needed`.
    pub(super) fn annotation(
        &self,
        function: &Function<'_>,
        name: &str,
        module: usize,
        needed: &mut BTreeMap<String, String>,
    ) -> String {
        let declared = function
            .definition
            .parameters
            .iter()
            .find(|it| it.name().as_str() == name);
        if let Some(annotation) = declared.and_then(ast::AnyParameterRef::annotation) {
            return function.text[annotation.range()].to_owned();
        }
        let mut imports = BTreeMap::new();
        let known = match self.own_function(function) {
            Some(facts) => {
                let local = facts.locals.get(name).filter(|_| {
                    stores(&function.definition.body, name) == 1 || facts.steady.contains(name)
                });
                self.written(local, module, &mut imports)
            }
            None => self.known_annotation(name, module, &mut imports),
        };
        if known != "Any" && self.is_importable(&known, module, &imports, needed) {
            needed.extend(imports);
            return known;
        }
        let told = told_by_text(function, name)
            .or_else(|| self.returned_annotation(function, name))
            .filter(|it| self.is_importable(it, module, &BTreeMap::new(), needed));
        told.unwrap_or_else(|| {
            needed.insert("Any".to_owned(), "from typing import Any".to_owned());
            "Any".to_owned()
        })
    }

    /// What the analysis says of a variable wherever it is bound, when that is one thing.
    fn known_annotation(
        &self,
        name: &str,
        module: usize,
        imports: &mut BTreeMap<String, String>,
    ) -> String {
        let mut types: Vec<&Type> = Vec::new();
        for step in &self.steps {
            let Some(ty) = step.annotated(name) else {
                continue;
            };
            if is_bound_again(self.program.statement(step.unit), name) {
                // Only what it is after the whole statement is known.
                return "Any".to_owned();
            }
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        let [ty] = types[..] else {
            return "Any".to_owned();
        };
        self.written(Some(ty), module, imports)
    }

    /// What is known of a function, when it is the author's: its variables are its own.
    fn own_function(&self, function: &Function<'_>) -> Option<&FunctionFacts> {
        let name = function.definition.name.as_str();
        self.definitions.placed.get(name)?;
        self.graph.functions.get(name)
    }

    /// A type as a module may write it.
    fn written(&self, ty: Option<&Type>, module: usize, imports: &mut Imports) -> String {
        let is_domain = self.plan.modules[module].folder == Folder::Domain;
        let is_class = |class: &str| {
            let placed = self.definitions.placed.get(class);
            placed.is_some_and(|it| !is_domain || it.folder == Folder::Domain)
        };
        let annotator = Annotator {
            imports: &self.top_imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        annotator.annotation(ty, imports)
    }

    /// What a function of the package gives that a variable is bound to.
    fn returned_annotation(&self, function: &Function<'_>, name: &str) -> Option<String> {
        let (value, part) = only_value(function, name)?;
        let callee = value.as_call_expr()?.func.as_name_expr()?.id.as_str();
        let items = self.plan.modules.iter().flat_map(|module| &module.items);
        let item = items.into_iter().find(|item| item.name == callee)?;
        let head = item.text.lines().find(|line| line.contains(") -> "))?;
        let (_, returns) = head.rsplit_once(") -> ")?;
        let returns = returns.trim_end().strip_suffix(':')?;
        let Some((at, count)) = part else {
            return Some(returns.to_owned());
        };
        let parts = returns.strip_prefix("tuple[")?.strip_suffix(']')?;
        let parts = divided(parts);
        (parts.len() == count).then(|| parts[at].to_owned())
    }

    /// Whether a module has all names of an annotation, or can import them.
    fn is_importable(
        &self,
        annotation: &str,
        module: usize,
        brought: &BTreeMap<String, String>,
        needed: &mut BTreeMap<String, String>,
    ) -> bool {
        let own = &self.plan.modules[module];
        let mut found = BTreeMap::new();
        for word in identifiers(annotation) {
            let is_after_dot = annotation.contains(&format!(".{word}"));
            let is_there = PLAIN.contains(&word.as_str())
                || is_after_dot
                || brought.contains_key(&word)
                || own.items.iter().any(|item| item.name == word)
                || own.imports.iter().any(|it| binds(it, &word));
            if is_there {
                continue;
            }
            let holder = self.plan.modules.iter().find(|other| {
                other.folder <= own.folder && other.items.iter().any(|item| item.name == word)
            });
            let others = self.plan.modules.iter().flat_map(|it| &it.imports);
            let import = others.into_iter().find(|it| binds(it, &word));
            if let Some(holder) = holder {
                let folder = match holder.folder {
                    Folder::Domain => "domain",
                    Folder::Io => return false,
                    Folder::Application => "application",
                };
                let package = &self.plan.package;
                let text = format!("from {package}.{folder}.{} import {word}", holder.name);
                found.insert(word.clone(), text);
            } else if let Some(import) = import {
                found.insert(word.clone(), import.clone());
            } else {
                return false;
            }
        }
        needed.extend(found);
        true
    }
}

impl Function<'_> {
    /// The annotation of a variable at a place where it cannot be the `None` that it may be elsewhere.
    pub(super) fn narrowed(&self, annotation: String, name: &str, at: TextSize) -> String {
        let body = &self.definition.body;
        let something = annotation.strip_suffix(" | None");
        let something =
            something.filter(|_| stores(body, name) == 0 && is_something(body, name, at));
        something.map_or_else(|| annotation.clone(), str::to_owned)
    }
}

/// Whether a statement binds a name again that it bound before: `rows = []` and `rows = np.array(rows)` in one loop.
fn is_bound_again(statement: &Stmt, name: &str) -> bool {
    let bodies: Vec<&[Stmt]> = match statement {
        Stmt::If(it) => std::iter::once(&it.body[..])
            .chain(it.elif_else_clauses.iter().map(|it| &it.body[..]))
            .collect(),
        other => vec![std::slice::from_ref(other)],
    };
    bodies.iter().any(|body| stores(body, name) > 1)
}

/// Words of annotations that need no import.
const PLAIN: &[&str] = &[
    "int",
    "float",
    "str",
    "bool",
    "bytes",
    "list",
    "dict",
    "set",
    "tuple",
    "None",
    "complex",
    "frozenset",
    "type",
    "object",
];

fn binds(import: &str, name: &str) -> bool {
    let bound = import.rsplit("import ").next().unwrap_or_default();
    let bound = bound.rsplit(" as ").next().unwrap_or(bound).trim();
    bound == name || (import.starts_with("import ") && bound.split('.').next() == Some(name))
}

/// The one value that a function binds a variable to; where it is one of several targets, which of how many.
fn only_value<'a>(
    function: &Function<'a>,
    name: &str,
) -> Option<(&'a Expr, Option<(usize, usize)>)> {
    type Value<'a> = (&'a Expr, Option<(usize, usize)>);
    struct Values<'a, 'n>(&'n str, Vec<Value<'a>>);
    impl<'a> Visitor<'a> for Values<'a, '_> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            let is_it = |it: &Expr| it.as_name_expr().is_some_and(|it| it.id.as_str() == self.0);
            if let Stmt::Assign(assign) = statement {
                match &assign.targets[..] {
                    [target @ Expr::Name(_)] if is_it(target) => {
                        self.1.push((&assign.value, None));
                    }
                    [Expr::Tuple(targets)] => {
                        let at = targets.elts.iter().position(is_it);
                        let part = at.map(|it| (it, targets.elts.len()));
                        self.1.extend(part.map(|it| (&*assign.value, Some(it))));
                    }
                    _ => {}
                }
            }
            walk_stmt(self, statement);
        }
    }
    let mut values = Values(name, Vec::new());
    values.visit_body(&function.definition.body);
    let is_once = stores(&function.definition.body, name) == 1;
    match values.1[..] {
        [(value, part)] if is_once || part.is_none() => Some((value, part)),
        _ => None,
    }
}

/// The parts of an annotation between its commas, those in brackets left out.
fn divided(text: &str) -> Vec<&str> {
    let (mut depth, mut start) = (0_usize, 0);
    let mut parts = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

/// What a literal or the counter of a loop is.
fn told_by_text(function: &Function<'_>, name: &str) -> Option<String> {
    struct Counters<'n>(&'n str, bool);
    impl<'a> Visitor<'a> for Counters<'_> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            if let Stmt::For(each) = statement
                && let Expr::Call(call) = &*each.iter
                && let Expr::Name(callee) = &*call.func
            {
                let counted = match (&*each.target, callee.id.as_str()) {
                    (Expr::Name(target), "range") => Some(target),
                    (Expr::Tuple(targets), "enumerate") => {
                        targets.elts.first().and_then(Expr::as_name_expr)
                    }
                    _ => None,
                };
                self.1 |= counted.is_some_and(|it| it.id.as_str() == self.0);
            }
            walk_stmt(self, statement);
        }
    }
    let mut counters = Counters(name, false);
    counters.visit_body(&function.definition.body);
    if counters.1 {
        return Some("int".to_owned());
    }
    let (value, None) = only_value(function, name)? else {
        return None;
    };
    let word = match value {
        Expr::StringLiteral(_) | Expr::FString(_) => "str",
        Expr::BooleanLiteral(_) => "bool",
        Expr::Call(call) => match call.func.as_name_expr()?.id.as_str() {
            "len" => "int",
            "str" => "str",
            _ => return None,
        },
        _ => return None,
    };
    Some(word.to_owned())
}
