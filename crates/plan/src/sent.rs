//! Functions and classes that other processes get, or files: pickle finds them by their names in their module, which none of
//! those within the job's function is in. There they are named as globals of the module. The workers of joblib know no module
//! that the job has changed; they get by value what is in none.

mod pickled;

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, snippet};

use crate::{Folder, Module, Plan};

/// What a program names that starts processes which get functions, as they are when they start.
const PROCESSES: &[&str] = &["ProcessPoolExecutor", "multiprocessing", "process_map"];

/// What writes objects by the names of their classes.
const WRITERS: &[&str] = &["joblib.dump", "pickle.dump", "to_pickle(", "torch.save"];

/// What a program names that has workers of joblib.
const WORKERS: &[&str] = &["Parallel(", "n_jobs"];

/// Makes globals of what the functions of `application/` define, where `source` sends it.
pub(crate) fn name_as_globals(plan: &mut Plan, source: &str) {
    let has = |words: &[&str]| words.iter().any(|it| source.contains(it));
    let starts = has(PROCESSES);
    let sends_classes = (starts || has(WRITERS)) && !has(WORKERS);
    if !starts && !sends_classes {
        return;
    }
    let pickled = if starts {
        BTreeSet::new()
    } else {
        pickled::names(source)
    };
    for module in &mut plan.modules {
        if module.folder != Folder::Application {
            continue;
        }
        let texts = module.items.iter().map(|item| item.text.as_str());
        let mut passed = Passed::default();
        for text in texts.filter(|_| starts) {
            passed.visit_body(snippet(text).statements());
        }
        for at in 0..module.items.len() {
            let defined = defined(&module.items[at].text).into_iter();
            let is_sent = |(name, is_class): &(String, bool)| {
                if *is_class {
                    sends_classes && (starts || pickled.contains(name))
                } else {
                    passed.names.contains(name) && !passed.delayed.contains(name)
                }
            };
            let names: Vec<String> = defined
                .filter(|it| is_sent(it) && !is_taken(module, &it.0))
                .map(|(name, _)| name)
                .collect();
            if let Some(text) = declared(&module.items[at].text, &names) {
                module.items[at].text = text;
            }
        }
    }
}

/// Whether a module has something else of a name.
fn is_taken(module: &Module, name: &str) -> bool {
    let mut words = module
        .imports
        .iter()
        .flat_map(|it| it.split(|c: char| !(c.is_alphanumeric() || c == '_')));
    let is_defined = module.items.iter().any(|item| item.name == name);
    is_defined || name == "logger" || words.any(|it| it == name)
}

/// The names that are arguments of calls, and of joblib's `delayed`.
#[derive(Default)]
struct Passed {
    names: BTreeSet<String>,
    delayed: BTreeSet<String>,
}

impl<'a> Visitor<'a> for Passed {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression {
            let keywords = call.arguments.keywords.iter().map(|it| &it.value);
            let values = call.arguments.args.iter().chain(keywords);
            let names = values.filter_map(Expr::as_name_expr);
            let names = names.map(|it| it.id.to_string());
            match &*call.func {
                Expr::Name(it) if it.id == "delayed" => self.delayed.extend(names),
                Expr::Attribute(it) if it.attr.as_str() == "delayed" => self.delayed.extend(names),
                _ => self.names.extend(names),
            }
        }
        walk_expr(self, expression);
    }
}

/// What the function in a text defines, and whether it is a class.
fn defined(text: &str) -> Vec<(String, bool)> {
    let parsed = snippet(text);
    let Some(Stmt::FunctionDef(function)) = parsed.statements().first() else {
        return Vec::new();
    };
    let mut search = Definitions::default();
    search.visit_body(&function.body);
    let is_parameter = |name: &str| function.parameters.includes(name);
    let mut seen = BTreeSet::new();
    search.found.retain(|(name, _)| {
        !search.declared.contains(name) && !is_parameter(name) && seen.insert(name.clone())
    });
    search.found
}

#[derive(Default)]
struct Definitions {
    found: Vec<(String, bool)>,
    /// Names that a declaration is about.
    declared: BTreeSet<String>,
    depth: usize,
}

impl<'a> Visitor<'a> for Definitions {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let (name, is_class) = match statement {
            Stmt::FunctionDef(it) => (&it.name, false),
            Stmt::ClassDef(it) => (&it.name, true),
            Stmt::Nonlocal(it) => {
                let names = it.names.iter().map(ToString::to_string);
                return self.declared.extend(names);
            }
            Stmt::Global(it) => {
                let names = it.names.iter().map(ToString::to_string);
                return self.declared.extend(names);
            }
            _ => return walk_stmt(self, statement),
        };
        if self.depth == 0 {
            self.found.push((name.to_string(), is_class));
        }
        self.depth += 1;
        walk_stmt(self, statement);
        self.depth -= 1;
    }
}

/// A function whose text says first that names are globals.
fn declared(text: &str, names: &[String]) -> Option<String> {
    let parsed = snippet(text);
    let Some(Stmt::FunctionDef(function)) = parsed.statements().first() else {
        return None;
    };
    let is_docstring = |it: &&Stmt| {
        let value = it.as_expr_stmt().map(|it: &ast::StmtExpr| &*it.value);
        value.is_some_and(Expr::is_string_literal_expr)
    };
    let first = function.body.iter().find(|it| !is_docstring(it))?;
    let start = usize::from(first.start());
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indentation = &text[line..start];
    if names.is_empty() || !indentation.trim().is_empty() {
        return None;
    }
    let (before, after) = text.split_at(line);
    Some(format!(
        "{before}{indentation}# Pickle finds what is sent by its name in this module.\n{indentation}global {}\n{after}",
        names.join(", ")
    ))
}
