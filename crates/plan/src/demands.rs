//! Annotations for parameters of which only the use is known: what is only gone through is an `Iterable`, what numpy makes
//! an array of is array-like, and what is only shown may be any object. They say what the function demands, no more.

mod arrays;
mod consumers;
mod guards;
mod keys;
mod need;
mod needs;
mod numbers;
mod plain;
mod results;
mod returned;
mod said;
mod slices;
mod texts;
mod unchecked;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, AnyParameterRef, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, snippet};

use crate::names::identifiers;
use crate::{Module, Plan};
use need::Need;
use needs::{Demand, Scope, demanded};
use plain::Around;
pub(crate) use returned::name_returned;
use slices::parts;

/// Functions of the package by name, with their parameters: names and annotations.
pub(crate) type Signatures = BTreeMap<String, Vec<(String, String)>>;

/// Annotates parameters by what is demanded of them, where nothing else is known. What functions demand that others pass
/// them on to is known in the next round.
pub(crate) fn annotate(plan: &mut Plan, program: &Program) {
    let around = Around::of(program, &signatures(plan));
    for _ in 0..MAX_ROUNDS {
        let signatures = signatures(plan);
        let items = plan.modules.iter().flat_map(|module| &module.items);
        let all: Vec<(String, BTreeSet<String>)> = items
            .map(|item| (item.name.clone(), read_attributes(&item.text)))
            .collect();
        let has_sparse = has_sparse(plan);
        let values: BTreeSet<String> = (plan.modules.iter().flat_map(|it| &it.items))
            .flat_map(|item| handed_on(&item.text))
            .collect();
        let words = words(plan);
        let mut is_changed = false;
        for module in &mut plan.modules {
            let read_elsewhere = |name: &str| {
                let others = all.iter().filter(|(item, _)| item != name);
                others.flat_map(|(_, read)| read.iter().cloned()).collect()
            };
            let known = Known {
                signatures: &signatures,
                has_sparse,
                around: &around,
                values: &values,
                words: &words,
                read_elsewhere: &read_elsewhere,
            };
            is_changed |= annotate_module(module, &known);
        }
        if !is_changed {
            break;
        }
    }
}

/// Functions pass parameters on through this many others.
const MAX_ROUNDS: u32 = 5;

/// Whether matrices that are no arrays may be among what models are given.
fn has_sparse(plan: &Plan) -> bool {
    const SIGNS: [&str; 3] = ["sparse", "Vectorizer", "OneHotEncoder"];
    let items = plan.modules.iter().flat_map(|module| &module.items);
    items
        .into_iter()
        .any(|item| SIGNS.iter().any(|it| item.text.contains(it)))
}

pub(crate) fn signatures(plan: &Plan) -> Signatures {
    let mut found = Signatures::new();
    for item in plan.modules.iter().flat_map(|module| &module.items) {
        let parsed = snippet(&item.text);
        let signature = |function: &ast::StmtFunctionDef| {
            let parameters = function
                .parameters
                .iter()
                .filter(|it| !it.is_variadic())
                .map(|it| {
                    let annotation = it.annotation().map(|it| item.text[it.range()].to_owned());
                    (it.name().to_string(), annotation.unwrap_or_default())
                });
            parameters.collect()
        };
        match parsed.statements() {
            [Stmt::FunctionDef(function)] => {
                found.insert(function.name.to_string(), signature(function));
            }
            [Stmt::ClassDef(class)] => {
                for method in class.body.iter().filter_map(method) {
                    let name = format!("{}.{}", class.name, method.name);
                    found.insert(name, signature(method));
                }
            }
            _ => {}
        }
    }
    found
}

/// The attributes that are read by each item of the package: `x.name`.
fn read_attributes(text: &str) -> BTreeSet<String> {
    struct Read(BTreeSet<String>);
    impl<'a> Visitor<'a> for Read {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Attribute(it) = expression
                && it.ctx.is_load()
            {
                self.0.insert(it.attr.to_string());
            }
            walk_expr(self, expression);
        }
    }
    let mut read = Read(BTreeSet::new());
    read.visit_body(snippet(text).statements());
    read.0
}

/// What is known of the whole package.
struct Known<'a> {
    signatures: &'a Signatures,
    has_sparse: bool,
    around: &'a Around,
    /// Functions and methods that are not only called.
    values: &'a BTreeSet<String>,
    /// How many items say a word.
    words: &'a BTreeMap<String, u32>,
    /// The attributes that all items but one read.
    read_elsewhere: &'a dyn Fn(&str) -> BTreeSet<String>,
}

impl Known<'_> {
    /// How many items of the package say the name of a function.
    fn items_with(&self, function: &ast::StmtFunctionDef) -> u32 {
        self.words.get(function.name.as_str()).copied().unwrap_or(1)
    }

    /// Whether a method does nothing that other classes have, too: their methods say what it is given.
    fn have_others(&self, class: &ast::StmtClassDef, method: &ast::StmtFunctionDef) -> bool {
        let own = format!("{}.{}", class.name, method.name);
        let is_other = |it: &String| {
            let name = it.rsplit('.').next();
            *it != own && it.contains('.') && name == Some(method.name.as_str())
        };
        does_nothing(method) && self.signatures.keys().any(is_other)
    }
}

/// Whether a function has no body to speak of: `pass`, `...`, `raise NotImplementedError`.
pub(crate) fn does_nothing(function: &ast::StmtFunctionDef) -> bool {
    function.body.iter().all(|statement| match statement {
        Stmt::Pass(_) | Stmt::Raise(_) => true,
        Stmt::Expr(it) => it.value.is_string_literal_expr() || it.value.is_ellipsis_literal_expr(),
        _ => false,
    })
}

fn annotate_module(module: &mut Module, known: &Known<'_>) -> bool {
    let imported = imported(module);
    let mut added = Vec::new();
    let mut is_changed = false;
    for item in &mut module.items {
        if !names_any(&item.text) && !item.text.contains(NOTHING) {
            continue;
        }
        let parsed = snippet(&item.text);
        let functions = functions_of(parsed.statements());
        let mut edits: Vec<(TextRange, String)> = Vec::new();
        let has_methods = functions.iter().any(|(class, _)| class.is_some());
        let read_elsewhere = if has_methods {
            (known.read_elsewhere)(&item.name)
        } else {
            BTreeSet::new()
        };
        for (class, function) in functions {
            if class.is_some_and(|class| known.have_others(class, function)) {
                continue;
            }
            let scope = Scope {
                text: &item.text,
                function,
                class,
                read_elsewhere: &read_elsewhere,
                imported: &imported,
                signatures: known.signatures,
                has_sparse: known.has_sparse,
                around: known.around,
                parts: parts(function, returns(&item.text, function)),
                is_value: is_inner(parsed.statements(), function)
                    || known.values.contains(function.name.as_str()),
                is_uncalled: class.is_none() && known.items_with(function) == 1,
                gives_number: false,
            };
            edits.extend(
                function
                    .parameters
                    .iter()
                    .filter_map(|it| edit(&scope, &it)),
            );
            edits.extend(result(scope));
        }
        drop(parsed);
        edits.sort_by_key(|(range, _)| range.start());
        for (range, annotation) in edits.into_iter().rev() {
            item.text
                .replace_range(std::ops::Range::<usize>::from(range), &annotation);
            added.extend(identifiers(&annotation));
            is_changed = true;
        }
    }
    import_words(module, added);
    if is_changed && !module.items.iter().any(|item| names_any(&item.text)) {
        module.imports.remove("from typing import Any");
    }
    is_changed
}

/// Imports what annotations are made of.
fn import_words(module: &mut Module, added: Vec<String>) {
    for word in added {
        let import = match word.as_str() {
            "npt" => "import numpy.typing as npt".to_owned(),
            "Iterable" | "Collection" | "Sized" | "Callable" | "Sequence" | "Hashable"
            | "Container" | "Mapping" | "MutableMapping" => {
                format!("from collections.abc import {word}")
            }
            "Path" => "from pathlib import Path".to_owned(),
            "Any" => "from typing import Any".to_owned(),
            "Figure" => "from matplotlib.figure import Figure".to_owned(),
            "BaseEstimator" => "from sklearn.base import BaseEstimator".to_owned(),
            _ => continue,
        };
        module.imports.insert(import);
    }
}

fn names_any(text: &str) -> bool {
    identifiers(text).iter().any(|it| it == "Any")
}

fn method(statement: &Stmt) -> Option<&ast::StmtFunctionDef> {
    statement.as_function_def_stmt()
}

/// The functions, methods and functions inside of them, with the class whose methods they are.
fn functions_of(statements: &[Stmt]) -> Vec<(Option<&ast::StmtClassDef>, &ast::StmtFunctionDef)> {
    let mut functions = Vec::new();
    for statement in statements {
        match statement {
            Stmt::FunctionDef(function) => {
                functions.push((None, function));
                functions.extend(inner(function).into_iter().map(|it| (None, it)));
            }
            Stmt::ClassDef(class) => {
                for method in class.body.iter().filter_map(method) {
                    functions.push((Some(class), method));
                    functions.extend(inner(method).into_iter().map(|it| (None, it)));
                }
            }
            _ => {}
        }
    }
    functions
}

/// Whether a function is inside of another, where several of its name must be alike.
fn is_inner(statements: &[Stmt], function: &ast::StmtFunctionDef) -> bool {
    let is_it = |it: &Stmt| {
        let own = it.as_function_def_stmt();
        own.is_some_and(|it| std::ptr::eq(it, function))
    };
    let is_method = |it: &Stmt| {
        it.as_class_def_stmt()
            .is_some_and(|it| it.body.iter().any(is_it))
    };
    !statements.iter().any(|it| is_it(it) || is_method(it))
}

/// The functions inside of a function.
fn inner(function: &ast::StmtFunctionDef) -> Vec<&ast::StmtFunctionDef> {
    struct Inner<'a>(Vec<&'a ast::StmtFunctionDef>);
    impl<'a> Visitor<'a> for Inner<'a> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::ClassDef(_) => {}
                Stmt::FunctionDef(function) => {
                    self.0.push(function);
                    walk_stmt(self, statement);
                }
                _ => walk_stmt(self, statement),
            }
        }
    }
    let mut inner = Inner(Vec::new());
    inner.visit_body(&function.body);
    inner.0
}

/// The names that a module's imports bind, with what they stand for.
pub(crate) fn imported(module: &Module) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for import in &module.imports {
        let (from, what) = match import
            .strip_prefix("from ")
            .and_then(|it| it.split_once(" import "))
        {
            Some((from, what)) => (format!("{from}."), what),
            None => (
                String::new(),
                import.strip_prefix("import ").unwrap_or_default(),
            ),
        };
        for part in what.split(", ") {
            let (path, name) = part.split_once(" as ").unwrap_or((part, part));
            // `import scipy.stats` binds `scipy`.
            if from.is_empty() && path == name {
                let root = path.split('.').next().unwrap_or(path);
                names.insert(root.to_owned(), root.to_owned());
            }
            names.insert(name.to_owned(), format!("{from}{path}"));
        }
    }
    names
}

fn returns<'t>(text: &'t str, function: &ast::StmtFunctionDef) -> Option<&'t str> {
    Some(&text[function.returns.as_deref()?.range()])
}

/// The result of a function that says nothing of it.
fn result(mut scope: Scope<'_>) -> Option<(TextRange, String)> {
    let annotation = scope.function.returns.as_deref()?;
    if &scope.text[annotation.range()] != "Any" || scope.is_value {
        return None;
    }
    scope.gives_number = true;
    Some((annotation.range(), results::given(&scope)?))
}

/// How many items of the package say each word.
fn words(plan: &Plan) -> BTreeMap<String, u32> {
    let mut words = BTreeMap::new();
    for item in plan.modules.iter().flat_map(|module| &module.items) {
        for word in identifiers(&item.text) {
            *words.entry(word).or_default() += 1;
        }
    }
    words
}

/// The names in a text that are not only called: `key=length`, `self.handlers.append(self.show)`.
fn handed_on(text: &str) -> BTreeSet<String> {
    struct Names(BTreeSet<String>, Option<TextRange>);
    impl<'a> Visitor<'a> for Names {
        fn visit_expr(&mut self, expression: &'a Expr) {
            let is_called = self.1.take() == Some(expression.range());
            match expression {
                Expr::Name(it) if it.ctx.is_load() && !is_called => {
                    self.0.insert(it.id.to_string());
                }
                Expr::Attribute(it) if it.ctx.is_load() && !is_called => {
                    self.0.insert(it.attr.to_string());
                }
                Expr::Call(call) => self.1 = Some(call.func.range()),
                _ => {}
            }
            walk_expr(self, expression);
        }
    }
    let mut names = Names(BTreeSet::new(), None);
    names.visit_body(snippet(text).statements());
    names.0
}

/// The signature of what was never passed.
const NOTHING: &str = ": None = None";

/// The annotation of a parameter that has none but `Any`.
fn edit(scope: &Scope<'_>, parameter: &AnyParameterRef<'_>) -> Option<(TextRange, String)> {
    let annotation = parameter.annotation()?;
    let written = &scope.text[annotation.range()];
    // Where no call passes anything, its use tells what could be passed.
    let is_nothing = written == "None";
    if !names_any(written) && !is_nothing {
        return None;
    }
    let Demand { need, is_guarded } = demanded(scope, parameter.name().as_str())?;
    // A table of whatever is more than whatever.
    if need.is_less_than(written) {
        return None;
    }
    if parameter.is_variadic() && need != Need::Object {
        return None;
    }
    let is_optional = parameter.default().is_some_and(Expr::is_none_literal_expr);
    let is_optional = is_optional && is_guarded && need.is_something();
    let text = if is_optional {
        format!("{} | None", need.annotation())
    } else {
        need.annotation_with(parameter.default())
    };
    if is_nothing && !text.ends_with(" | None") {
        return None;
    }
    // What may be `None` has to be asked for it, which says more than is known here.
    if !is_optional && parameter.default().is_some_and(|it| !need.admits(it)) {
        return None;
    }
    (text != written).then(|| (annotation.range(), text))
}

#[cfg(test)]
mod tests;
