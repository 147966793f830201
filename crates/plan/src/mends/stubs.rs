//! Methods without a body of their own, which subclasses fill: they take and give what those take and give.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, snippet};

use super::Mend;
use crate::Module;

/// More alternatives than a reader takes in.
const MOST: usize = 3;

/// How a method without a body ends.
#[derive(Clone, Copy, PartialEq)]
enum Stub {
    /// It is abstract, or says that it is not there: whatever it promises is not asked of it.
    Refuses,
    /// It does nothing, and gives nothing.
    Passes,
}

/// A method, with the text of its annotations.
struct Method {
    name: String,
    stub: Option<Stub>,
    /// Name, range and text of the annotations of what it is given beside the receiver.
    parameters: Vec<(String, TextRange, String)>,
    returns: Option<(TextRange, String)>,
}

struct Class {
    name: String,
    bases: Vec<String>,
    methods: Vec<Method>,
    /// Which item of the module it is.
    item: usize,
}

/// Annotates such methods of a module by what overrides them, where the author has not.
pub(super) fn mend_stubs(module: &mut Module, program: &Program) {
    let classes: Vec<Class> = (0..module.items.len())
        .flat_map(|item| classes_of(&module.items[item].text, item))
        .collect();
    if classes.iter().all(|it| it.bases.is_empty()) {
        return;
    }
    if module.items.iter().any(|it| it.name == "Any") {
        return;
    }
    let annotated = annotated_by_author(program);
    // A name of the module may not be bound yet where the class is made.
    let own: BTreeSet<&str> = module.items.iter().map(|it| it.name.as_str()).collect();
    let mut mends: BTreeMap<usize, Vec<Mend>> = BTreeMap::new();
    for class in &classes {
        for method in &class.methods {
            let Some(stub) = method.stub else { continue };
            let overriding = overriding(&classes, &class.name, &method.name);
            let is_settled = annotated.contains(&(class.name.clone(), method.name.clone()));
            if overriding.is_empty() || is_settled {
                continue;
            }
            let found = mends_of(method, stub, &overriding, &own);
            mends.entry(class.item).or_default().extend(found);
        }
    }
    for (item, found) in mends {
        if found.iter().any(|(_, text)| text == "Any") {
            module.imports.insert("from typing import Any".to_owned());
        }
        let item = &mut module.items[item];
        item.text = super::mended(&item.text, |_| found);
    }
    // Where they all say something better, nothing needs the word.
    let is_said = |text: &str| crate::names::identifiers(text).contains("Any");
    if !module.items.iter().any(|it| is_said(&it.text)) {
        module.imports.remove("from typing import Any");
    }
}

fn mends_of(
    method: &Method,
    stub: Stub,
    overriding: &[&Method],
    own: &BTreeSet<&str>,
) -> Vec<Mend> {
    let mut mends = Vec::new();
    for (at, (name, range, text)) in method.parameters.iter().enumerate() {
        let others = overriding.iter().map(|it| {
            let other = it.parameters.get(at).filter(|(other, _, _)| other == name);
            other.map(|(_, _, text)| text.as_str())
        });
        let joined = joined(others, own);
        if ["object", "Any"].contains(&text.as_str()) && joined != *text {
            mends.push((*range, joined));
        }
    }
    if let Some((range, text)) = &method.returns
        && ["None", "Any"].contains(&text.as_str())
    {
        let others = || {
            overriding
                .iter()
                .map(|it| it.returns.as_ref().map(|it| it.1.as_str()))
        };
        let gives = others().any(|it| it != Some("None"));
        let told = match stub {
            Stub::Refuses => joined(others(), own),
            Stub::Passes if gives => "Any".to_owned(),
            Stub::Passes => "None".to_owned(),
        };
        if told != *text {
            mends.push((*range, told));
        }
    }
    mends
}

/// The annotation for one of several; `Any` where one is not known, or cannot be written here.
fn joined<'a>(texts: impl Iterator<Item = Option<&'a str>>, own: &BTreeSet<&str>) -> String {
    let any = || "Any".to_owned();
    let Some(texts) = texts.collect::<Option<Vec<&str>>>() else {
        return any();
    };
    let mut distinct: Vec<&str> = Vec::new();
    for text in texts {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    // One subclass makes nothing of it: another tells what it is.
    if distinct.len() > 1 {
        distinct.retain(|it| *it != "object");
    }
    let is_known = |text: &&str| {
        let mut words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
        !text.contains(['"', '\'']) && words.all(|it| it != "Any" && !own.contains(it))
    };
    if distinct.is_empty() || distinct.len() > MOST || !distinct.iter().all(is_known) {
        return any();
    }
    distinct.join(" | ")
}

fn overriding<'c>(classes: &'c [Class], base: &str, method: &str) -> Vec<&'c Method> {
    let mut known: BTreeSet<&str> = BTreeSet::from([base]);
    let mut found = Vec::new();
    // Classes stand below their bases.
    for class in classes {
        if class.bases.iter().any(|it| known.contains(it.as_str())) {
            known.insert(&class.name);
            let own = class.methods.iter();
            found.extend(own.filter(|it| it.name == method && it.stub.is_none()));
        }
    }
    found
}

fn classes_of(text: &str, item: usize) -> Vec<Class> {
    let parsed = snippet(text);
    let classes = parsed
        .statements()
        .iter()
        .filter_map(Stmt::as_class_def_stmt);
    classes
        .map(|class| Class {
            name: class.name.to_string(),
            bases: class
                .bases()
                .iter()
                .filter_map(|it| it.as_name_expr().map(|it| it.id.to_string()))
                .collect(),
            methods: class
                .body
                .iter()
                .filter_map(Stmt::as_function_def_stmt)
                .map(|it| method_of(it, text))
                .collect(),
            item,
        })
        .collect()
}

fn method_of(method: &ast::StmtFunctionDef, text: &str) -> Method {
    let is_abstract = method.decorator_list.iter().any(|it| {
        let name = &text[it.expression.range()];
        name.ends_with("abstractmethod")
    });
    let refuses = |it: &Stmt| {
        it.as_raise_stmt()
            .and_then(|it| it.exc.as_deref())
            .map(|it| it.as_call_expr().map_or(it, |call| &call.func))
            .and_then(Expr::as_name_expr)
            .is_some_and(|it| it.id.as_str() == "NotImplementedError")
    };
    let is_empty = |it: &Stmt| {
        it.is_pass_stmt()
            || it.as_expr_stmt().is_some_and(|it| {
                it.value.is_string_literal_expr() || it.value.is_ellipsis_literal_expr()
            })
    };
    let (last, before) = match method.body.split_last() {
        Some((last, before)) => (Some(last), before),
        None => (None, &method.body[..]),
    };
    let is_plain = method.decorator_list.is_empty() || is_abstract;
    let stub = match last {
        _ if !is_plain || !before.iter().all(is_empty) => None,
        Some(last) if refuses(last) => Some(Stub::Refuses),
        Some(last) if is_empty(last) && is_abstract => Some(Stub::Refuses),
        Some(last) if is_empty(last) => Some(Stub::Passes),
        _ => None,
    };
    let parameters = method.parameters.iter_non_variadic_params().skip(1);
    Method {
        name: method.name.to_string(),
        stub,
        parameters: parameters
            .filter(|it| it.default.is_none())
            .filter_map(|it| {
                let annotation = it.annotation()?.range();
                let name = it.name().to_string();
                Some((name, annotation, text[annotation].to_owned()))
            })
            .collect(),
        returns: method
            .returns
            .as_deref()
            .map(|it| (it.range(), text[it.range()].to_owned())),
    }
}

/// The methods that the author annotated, by class.
fn annotated_by_author(program: &Program) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for unit in program.units() {
        let Some(class) = program.statement(unit.id).as_class_def_stmt() else {
            continue;
        };
        for method in class.body.iter().filter_map(Stmt::as_function_def_stmt) {
            let mut parameters = method.parameters.iter();
            if method.returns.is_some() || parameters.any(|it| it.annotation().is_some()) {
                found.insert((class.name.to_string(), method.name.to_string()));
            }
        }
    }
    found
}
