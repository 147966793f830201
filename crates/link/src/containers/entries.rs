//! Containers of settings, and the values that they hold.

use std::collections::BTreeSet;

use srcify_effects::Access;
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::stdlib::keyword::is_keyword;
use srcify_syntax::{Ranged, TextRange, UnitId};

use crate::file::{Imported, Words};

/// Classes of the standard library that make an object of their keyword arguments.
const NAMESPACES: [(&str, &str); 2] = [("types", "SimpleNamespace"), ("argparse", "Namespace")];
/// What is another thing when it is an attribute of a class.
const DESCRIPTORS: [&str; 5] = [
    "property",
    "staticmethod",
    "classmethod",
    "cached_property",
    "partialmethod",
];

/// A value of a container, or a dictionary within it.
pub(super) struct Entry<'a> {
    pub key: &'a str,
    pub value: &'a Expr,
    /// Where the value belongs to what is around it: with its key.
    pub range: TextRange,
    pub inner: Vec<Entry<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Class,
    Dictionary,
    Namespace,
}

pub(super) struct Container<'a> {
    pub unit: UnitId,
    pub name: &'a str,
    pub form: Form,
    pub entries: Vec<Entry<'a>>,
}

/// How many of the values are literals, of all: settings are, tables of functions or models are not.
pub(super) fn literals(entries: &[Entry<'_>]) -> (usize, usize) {
    let mut counts = (0, 0);
    for entry in entries {
        let (literals, all) = if entry.inner.is_empty() {
            (usize::from(is_literal(entry.value)), 1)
        } else {
            literals(&entry.inner)
        };
        counts = (counts.0 + literals, counts.1 + all);
    }
    counts
}

pub(super) fn is_literal(value: &Expr) -> bool {
    match value {
        Expr::List(ast::ExprList { elts, .. })
        | Expr::Tuple(ast::ExprTuple { elts, .. })
        | Expr::Set(ast::ExprSet { elts, .. }) => elts.iter().all(is_literal),
        Expr::Dict(dictionary) => dictionary
            .items
            .iter()
            .all(|item| item.key.as_ref().is_some_and(is_literal) && is_literal(&item.value)),
        Expr::UnaryOp(operation) => is_literal(&operation.operand),
        Expr::BinOp(operation) => is_literal(&operation.left) && is_literal(&operation.right),
        _ => value.is_literal_expr(),
    }
}

/// Whether an expression is a member of a library's module and nothing else: what the program itself calls so may do
/// anything.
fn is_of(words: &Words, expression: &Expr, (module, member): (&str, &str)) -> bool {
    let is_imported = |name: &str, wanted: &Imported| {
        words.by_name.get(name).is_some_and(|word| {
            let mut imports = word.imports.iter();
            let is_it =
                |(import, at): &(usize, usize)| words.imports[*import].names[*at].what == *wanted;
            word.bindings == 0 && !word.imports.is_empty() && imports.all(is_it)
        })
    };
    match expression {
        Expr::Name(name) => {
            let wanted = Imported::Member(0, module.to_owned(), member.to_owned());
            is_imported(&name.id, &wanted)
        }
        Expr::Attribute(attribute) => {
            let wanted = Imported::Module(module.to_owned());
            attribute.attr.as_str() == member
                && attribute
                    .value
                    .as_name_expr()
                    .is_some_and(|name| is_imported(&name.id, &wanted))
        }
        _ => false,
    }
}

pub(super) fn container_of<'a>(
    unit: UnitId,
    statement: &'a Stmt,
    words: &Words,
) -> Option<Container<'a>> {
    let (name, value) = match statement {
        Stmt::ClassDef(class) => {
            return Some(Container {
                unit,
                name: &class.name,
                form: Form::Class,
                entries: class_entries(class, words)?,
            });
        }
        Stmt::Assign(assign) => match &assign.targets[..] {
            [Expr::Name(name)] => (name.id.as_str(), &*assign.value),
            _ => return None,
        },
        Stmt::AnnAssign(assign) => {
            let name = assign.target.as_name_expr()?;
            (name.id.as_str(), assign.value.as_deref()?)
        }
        _ => return None,
    };
    let (form, entries) = match value {
        Expr::Dict(dictionary) => (Form::Dictionary, dictionary_entries(dictionary)?),
        Expr::Call(call) => (Form::Namespace, keyword_entries(call, words)?),
        _ => return None,
    };
    Some(Container {
        unit,
        name,
        form,
        entries,
    })
}

/// The attributes of a class that has nothing else.
fn class_entries<'a>(class: &'a ast::StmtClassDef, words: &Words) -> Option<Vec<Entry<'a>>> {
    let is_data = |decorator: &ast::Decorator| {
        let callee = match &decorator.expression {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        is_of(words, callee, ("dataclasses", "dataclass"))
    };
    let is_plain = class.decorator_list.iter().all(is_data)
        && class.type_params.is_none()
        && class.arguments.as_ref().is_none_or(|arguments| {
            let is_object = |base: &Expr| base.as_name_expr().is_some_and(|it| it.id == "object");
            arguments.keywords.is_empty() && arguments.args.iter().all(is_object)
        });
    if !is_plain {
        return None;
    }
    let mut entries = Vec::new();
    for statement in &class.body {
        let target = match statement {
            Stmt::Assign(assign) => match &assign.targets[..] {
                [target] => target,
                _ => return None,
            },
            Stmt::AnnAssign(assign) => &*assign.target,
            Stmt::Pass(_) => continue,
            Stmt::Expr(it) if it.value.is_string_literal_expr() => continue,
            _ => return None,
        };
        let value = assigned(statement)?;
        let made_by = value.as_call_expr().map_or(value, |call| &*call.func);
        if last_word(made_by).is_some_and(|word| DESCRIPTORS.contains(&word)) {
            return None;
        }
        entries.push(Entry {
            key: target.as_name_expr()?.id.as_str(),
            value: if class.decorator_list.is_empty() {
                value
            } else {
                default_of(value, words)?
            },
            range: statement.range(),
            inner: Vec::new(),
        });
    }
    distinct(entries)
}

pub(super) fn assigned(statement: &Stmt) -> Option<&Expr> {
    match statement {
        Stmt::Assign(assign) => Some(&assign.value),
        Stmt::AnnAssign(assign) => assign.value.as_deref(),
        _ => None,
    }
}

/// The last word of a dotted name.
fn last_word(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}

/// The default of a field of a dataclass: `3`, `field(default=3)`, `field(default_factory=lambda: [3])`. Those that read
/// names are not taken: it matters when they run.
fn default_of<'a>(value: &'a Expr, words: &Words) -> Option<&'a Expr> {
    let inner = match value {
        Expr::Call(call) if is_of(words, &call.func, ("dataclasses", "field")) => {
            let ([], [keyword]) = (&call.arguments.args[..], &call.arguments.keywords[..]) else {
                return None;
            };
            match (keyword.arg.as_deref()?, &keyword.value) {
                ("default", value) => value,
                ("default_factory", Expr::Lambda(lambda)) if lambda.parameters.is_none() => {
                    &*lambda.body
                }
                _ => return None,
            }
        }
        other => other,
    };
    let access = Access::of_expression(inner);
    (is_path(inner, words) || access.reads.is_empty() && access.captures.is_empty())
        .then_some(inner)
}

/// `Path("data")`: nothing changes it, and it is the same whenever it is made.
pub(super) fn is_path(value: &Expr, words: &Words) -> bool {
    value.as_call_expr().is_some_and(|call| {
        let arguments = &call.arguments;
        is_of(words, &call.func, ("pathlib", "Path"))
            && arguments.keywords.is_empty()
            && arguments.args.iter().all(Expr::is_string_literal_expr)
    })
}

fn dictionary_entries(dictionary: &ast::ExprDict) -> Option<Vec<Entry<'_>>> {
    let mut entries = Vec::new();
    for item in &dictionary.items {
        let key = item.key.as_ref()?.as_string_literal_expr()?;
        let inner = item.value.as_dict_expr().and_then(dictionary_entries);
        entries.push(Entry {
            key: key.value.to_str(),
            value: &item.value,
            range: TextRange::new(key.start(), item.value.end()),
            inner: inner.unwrap_or_default(),
        });
    }
    distinct(entries)
}

fn keyword_entries<'a>(call: &'a ast::ExprCall, words: &Words) -> Option<Vec<Entry<'a>>> {
    let is_namespace = NAMESPACES
        .iter()
        .any(|class| is_of(words, &call.func, *class));
    if !is_namespace || !call.arguments.args.is_empty() {
        return None;
    }
    let keywords = call.arguments.keywords.iter().map(|keyword| {
        Some(Entry {
            key: keyword.arg.as_ref()?.as_str(),
            value: &keyword.value,
            range: keyword.range,
            inner: Vec::new(),
        })
    });
    distinct(keywords.collect::<Option<_>>()?)
}

/// The entries, if there are any and each has a key of its own that can be a name.
fn distinct(entries: Vec<Entry<'_>>) -> Option<Vec<Entry<'_>>> {
    let is_word = |key: &str| {
        let mut letters = key.chars();
        letters.next().is_some_and(char::is_alphabetic)
            && letters.all(|it| it.is_alphanumeric() || it == '_')
            && !is_keyword(key)
    };
    let keys: BTreeSet<&str> = entries.iter().map(|entry| entry.key).collect();
    let is_distinct = keys.len() == entries.len() && !entries.is_empty();
    (is_distinct && keys.into_iter().all(is_word)).then_some(entries)
}
