//! Classes of `io/` that read the data to train on and the data to test on in the same way: one of them is there.

use std::collections::BTreeSet;

use srcify_syntax::ast::Stmt;
use srcify_syntax::{Ranged, TextRange, snippet};

use super::{rename_everywhere, shape};
use crate::naming;
use crate::planner::Planner;
use crate::{Folder, Item};

/// Words for parts of the data.
const PARTS: &[&str] = &[
    "dev",
    "eval",
    "evaluation",
    "holdout",
    "test",
    "testing",
    "train",
    "training",
    "val",
    "valid",
    "validation",
];

/// A class, taken apart.
struct Class {
    name: String,
    /// What it is called, without the word for a part of the data: `[sales]` of `SalesTrainDataset`.
    rest: Vec<String>,
    /// The last word: `Dataset`.
    kind: String,
    docstring: String,
    /// The constant that it reads, by its name and value.
    constant: Option<(String, String)>,
    /// All the rest of it.
    body: String,
}

impl Planner<'_> {
    /// Puts one class in the place of those for parts of the same data.
    pub(crate) fn unite_datasets(&mut self) {
        for module in 0..self.plan.modules.len() {
            if self.plan.modules[module].folder == Folder::Io {
                let mut at = 0;
                while at < self.plan.modules[module].items.len() {
                    self.unite_with_later(module, at);
                    at += 1;
                }
            }
        }
    }

    /// Lets a class be that of later ones, too.
    fn unite_with_later(&mut self, module: usize, at: usize) {
        let items = &self.plan.modules[module].items;
        let Some(first) = class_of(items, &items[at]) else {
            return;
        };
        let is_same = |it: &Class| {
            it.body == first.body
                && it.kind == first.kind
                && it.rest == first.rest
                && it.constant.as_ref().map(|it| &it.1) == first.constant.as_ref().map(|it| &it.1)
        };
        let later = items[at + 1..].iter();
        let others: Vec<Class> = later
            .filter_map(|it| class_of(items, it))
            .filter(is_same)
            .collect();
        if others.is_empty() {
            return;
        }
        let rest = match &first.rest[..] {
            [] => "input".to_owned(),
            words => words.join("_"),
        };
        let name = self.names.unique(&(naming::pascal(&rest) + &first.kind));
        let constant = self
            .names
            .unique(&format!("{}_COLUMNS", rest.to_uppercase()));
        let docstring = match first.docstring.split_once(" with ") {
            Some((kind, _)) => format!("{kind} with data to train or to test on."),
            None => "A part of the data: to train or to test on.".to_owned(),
        };
        let gone: BTreeSet<&String> = others.iter().map(|it| &it.name).collect();
        let items = &mut self.plan.modules[module].items;
        let mut units = items[at].units.clone();
        for item in items.iter().filter(|it| gone.contains(&it.name)) {
            units.extend(item.units.clone());
        }
        items[at].units = units;
        items[at].text = renamed(&items[at].text, &first, (&name, &constant), &docstring);
        items[at].name.clone_from(&name);
        items.retain(|it| !gone.contains(&it.name));
        let constants = others.iter().filter_map(|it| it.constant.as_ref());
        let constants: BTreeSet<&String> = constants.map(|it| &it.0).collect();
        for head in items.iter_mut().filter(|it| it.name.is_empty()) {
            head.text = with_constant(&head.text, &first, &constant, &constants);
        }
        for old in std::iter::once(&first).chain(&others) {
            rename_everywhere(&mut self.plan, module, (&old.name, &name), (&[], ""));
        }
    }
}

/// A data class of which the text is known.
fn class_of(items: &[Item], item: &Item) -> Option<Class> {
    let parsed = snippet(&item.text);
    let [Stmt::ClassDef(class)] = parsed.statements() else {
        return None;
    };
    let docstring = class.body.first()?.as_expr_stmt()?;
    let words = naming::snake(&item.name);
    let mut words: Vec<String> = words.split('_').map(str::to_owned).collect();
    let kind = naming::pascal(&words.pop()?);
    let all = words.len();
    words.retain(|it| !PARTS.contains(&it.as_str()));
    if words.len() == all {
        return None;
    }
    let heads = items.iter().filter(|it| it.name.is_empty());
    let mut lines = heads.flat_map(|it| it.text.lines());
    let constant = lines.find_map(|line| {
        let (name, value) = line.split_once(" = ")?;
        let is_own = name.ends_with("_COLUMNS") && item.text.contains(&format!("{name} "));
        is_own.then(|| (name.to_owned(), value.to_owned()))
    });
    let mut body = shape::edited(
        &item.text,
        vec![
            (class.name.range(), String::new()),
            (docstring.range(), String::new()),
        ],
    );
    if let Some((name, _)) = &constant {
        body = body.replace(name, "_COLUMNS");
    }
    Some(Class {
        name: item.name.clone(),
        rest: words,
        kind,
        docstring: item.text[docstring.range()].trim_matches('"').to_owned(),
        constant,
        body,
    })
}

/// The text of a class with other names and another docstring.
fn renamed(text: &str, class: &Class, (name, constant): (&str, &str), docstring: &str) -> String {
    let parsed = snippet(text);
    let [Stmt::ClassDef(it)] = parsed.statements() else {
        return text.to_owned();
    };
    let mut edits: Vec<(TextRange, String)> = vec![(it.name.range(), name.to_owned())];
    let first = it.body.first().map(Ranged::range);
    edits.extend(first.map(|it| (it, format!("\"\"\"{docstring}\"\"\""))));
    let text = shape::edited(text, edits);
    match &class.constant {
        Some((own, _)) => text.replace(own, constant),
        None => text,
    }
}

/// The head of the module with the constant of the one class, and without those of the others.
fn with_constant(text: &str, class: &Class, constant: &str, gone: &BTreeSet<&String>) -> String {
    let Some((own, value)) = &class.constant else {
        return text.to_owned();
    };
    let lines = text
        .lines()
        .filter_map(|line| match line.split_once(" = ") {
            Some((name, _)) if name == own => Some(format!("{constant} = {value}")),
            Some((name, _)) if gone.iter().any(|it| *it == name) => None,
            _ => Some(line.to_owned()),
        });
    let lines: Vec<String> = lines.collect();
    lines.join("\n").trim().to_owned()
}
