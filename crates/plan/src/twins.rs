//! Functions of the domain that do the same under other names: one of them is there, and called wherever others were.

mod classes;
mod shape;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use self::shape::{Given, Shape};
use crate::definitions::MOST_PARAMETERS;
use crate::planner::Planner;
use crate::{Folder, Item, Plan};

/// What a function is called and described as where no title tells of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlainWords {
    /// The best first.
    pub names: Vec<String>,
    /// The docstring, without its quotes.
    pub docstring: String,
}

/// A function, and the others that are the same.
struct Twins {
    /// Places in the module, in order.
    members: Vec<usize>,
    /// Their texts, in which names stand for names.
    shapes: Vec<Shape>,
    /// The parameters for constants by which they differ.
    given: Vec<Given>,
}

/// Functions differ by so many constants at most.
const MOST_GIVEN: usize = 2;

impl Twins {
    /// Makes parameters of the constants by which they differ, where that is plain.
    fn with_given(mut self) -> Option<Self> {
        let first = &self.shapes[0];
        for (at, constant) in first.constants.iter().enumerate() {
            let texts = self.shapes.iter().map(|it| it.constants[at].text.as_str());
            let texts: BTreeSet<&str> = texts.collect();
            if texts.len() < 2 {
                continue;
            }
            let name = constant.name.clone();
            let is_taken = first.names.contains(&name)
                || first.others.contains(&name)
                || self.given.iter().any(|it| it.name == name)
                || srcify_syntax::is_reserved_word(&name);
            if is_taken {
                return None;
            }
            let is_word = |it: &&str| {
                let inner = it.trim_matches(['"', '\'']);
                inner.len() < 16 && inner.chars().all(|c| c.is_alphanumeric() || c == '_')
            };
            let annotation = match constant.kind {
                "str" if texts.iter().all(is_word) => {
                    let texts: Vec<&str> = texts.into_iter().collect();
                    format!("Literal[{}]", texts.join(", "))
                }
                kind => kind.to_owned(),
            };
            self.given.push(Given {
                at,
                name,
                annotation,
            });
        }
        let parameters = first.annotations.len() + self.given.len();
        let is_plain = parameters <= MOST_PARAMETERS && self.given.len() <= MOST_GIVEN;
        let says_arguments = self
            .shapes
            .iter()
            .any(|it| it.docstring().contains("Args:"));
        (is_plain && !says_arguments).then_some(self)
    }
}

impl Planner<'_> {
    /// Puts one function in the place of those that have the same body, but for names of variables.
    pub(crate) fn unite_twins(&mut self) {
        if self.is_introspective || self.mirrors.signatures || self.mirrors.docstrings {
            return;
        }
        for module in 0..self.plan.modules.len() {
            if self.plan.modules[module].folder == Folder::Domain {
                self.unite_in(module, false);
                self.unite_in(module, true);
            }
        }
    }

    /// Unites what is the same in a module, or what differs by constants alone.
    fn unite_in(&mut self, module: usize, is_open: bool) {
        let mut gone: BTreeSet<usize> = BTreeSet::new();
        for twins in self.twins_of(module, is_open) {
            if self.unite(module, &twins) {
                gone.extend(&twins.members[1..]);
            }
        }
        let mut at = 0;
        self.plan.modules[module].items.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
    }

    /// Functions of a module that are the same.
    fn twins_of(&self, module: usize, is_open: bool) -> Vec<Twins> {
        let items = &self.plan.modules[module].items;
        let mut alike: BTreeMap<String, Twins> = BTreeMap::new();
        for (at, item) in items.iter().enumerate() {
            let Some(mut shape) = Some(item)
                .filter(|it| self.is_ours(it))
                .and_then(|it| Shape::of(&it.text))
            else {
                continue;
            };
            shape.is_open = is_open;
            let key = shape.key();
            let twins = alike.entry(key).or_insert_with(|| Twins {
                members: Vec::new(),
                shapes: Vec::new(),
                given: Vec::new(),
            });
            if twins.shapes.first().is_none_or(|it| it.is_same(&shape)) {
                twins.members.push(at);
                twins.shapes.push(shape);
            }
        }
        let mut found: Vec<Twins> = alike.into_values().collect();
        found.retain(|it| it.members.len() > 1);
        found.sort_by_key(|it| it.members[0]);
        found.into_iter().filter_map(Twins::with_given).collect()
    }

    /// Whether a function is cut out of the input, whole, and may have any name.
    fn is_ours(&self, item: &Item) -> bool {
        let is_wished = self.preferences.names.values().any(|it| *it == item.name);
        let is_divided = || {
            let mut moved = self.plan.moved.keys();
            moved.any(|(function, _)| *function == item.name)
        };
        item.text.starts_with("def ")
            && !is_wished
            && !self.named.contains(&item.name)
            && !self.definitions.placed.contains_key(&item.name)
            && !is_divided()
    }

    /// Writes the one function, and its name wherever the others were called; tells whether there is a name for it.
    fn unite(&mut self, module: usize, twins: &Twins) -> bool {
        let items = &self.plan.modules[module].items;
        let old: Vec<String> = twins
            .members
            .iter()
            .map(|at| items[*at].name.clone())
            .collect();
        let renames = words::variables(&twins.shapes);
        let plain = |name: &String| self.plain_words.get(name).cloned().unwrap_or_default();
        let plain: Vec<PlainWords> = old.iter().map(plain).collect();
        let wanted = words::function_names(&old, &plain, (&twins.shapes, twins.given.is_empty()));
        let names = &self.names;
        let is_free = |name: &&String| old.contains(name) || !names.taken.contains(*name);
        let Some(name) = wanted
            .iter()
            .find(is_free)
            .or(old.first().filter(|_| twins.given.is_empty()))
            .cloned()
        else {
            return false;
        };
        self.names.taken.insert(name.clone());
        let docstring = words::docstring(&name, &old, &plain, (twins, &renames));
        let units = twins.members.iter().flat_map(|at| items[*at].units.clone());
        let units = units.collect();
        let first = twins.shapes[0].comment();
        let is_said_of_all = twins.shapes.iter().all(|it| it.comment() == first);
        let text = twins.shapes[0].written(
            &name,
            docstring.as_deref(),
            &renames,
            (&twins.given, is_said_of_all),
        );
        self.forget_held(module, &old, &twins.shapes, &renames);
        self.plan.modules[module].items[twins.members[0]] = Item {
            name: name.clone(),
            text,
            units,
        };
        for (other, shape) in old.iter().zip(&twins.shapes) {
            // What is said of one of the calls stands at that.
            let comment = shape.comment();
            let comment = if is_said_of_all { &[][..] } else { &comment };
            let given = twins.given.iter();
            let given = given.map(|it| format!("{}={}", it.name, shape.constants[it.at].text));
            let given = given.collect::<Vec<_>>().join(", ");
            if *other != name || !comment.is_empty() || !given.is_empty() {
                rename_everywhere(&mut self.plan, module, (other, &name), (comment, &given));
            }
        }
        if twins
            .given
            .iter()
            .any(|it| it.annotation.starts_with("Literal["))
        {
            let imports = &mut self.plan.modules[module].imports;
            imports.insert("from typing import Literal".to_owned());
        }
        true
    }

    /// A variable that has another name in the function, or shares it with one of another call, is not found there.
    fn forget_held(
        &mut self,
        module: usize,
        functions: &[String],
        shapes: &[Shape],
        renames: &[String],
    ) {
        let mut gone: BTreeSet<&String> = BTreeSet::new();
        for (at, new) in renames.iter().enumerate() {
            let own = shapes.iter().map(|it| &it.names[at]);
            if own.clone().any(|it| it != new) {
                gone.extend(own);
            }
        }
        let places: Vec<String> = functions
            .iter()
            .map(|it| format!("domain/{}.py: {it}", self.plan.modules[module].name))
            .collect();
        let decisions = &self.plan.decisions;
        let renamed = &self.plan.renames;
        self.plan.holders.retain(|name, unit| {
            let local = renamed.get(name).unwrap_or(name);
            let decision = decisions.iter().find(|it| it.unit == *unit);
            !gone.contains(local) || decision.is_none_or(|it| !places.contains(&it.place))
        });
    }
}

/// Names a function or class of a module wherever another one was named.
fn rename_everywhere(
    plan: &mut Plan,
    module: usize,
    (old, new): (&str, &str),
    added: (&[&str], &str),
) {
    let own_module = module;
    let own = plan.modules[module].name.clone();
    let folder = plan.modules[module].folder.name();
    let import = |name: &str| format!("from {}.{folder}.{own} import {name}", plan.package);
    let (import, instead) = (import(old), import(new));
    for (at, module) in plan.modules.iter_mut().enumerate() {
        if module.imports.remove(&import) {
            module.imports.insert(instead.clone());
        }
        for item in module.items.iter_mut().filter(|it| it.text.contains(old)) {
            let is_itself = at == own_module && (item.name == old || item.name == new);
            if !is_itself {
                item.text = with_name(&item.text, (old, new), added);
            }
        }
    }
    let (place, there) = (
        format!("{folder}/{own}.py: {old}"),
        format!("{folder}/{own}.py: {new}"),
    );
    for decision in plan.decisions.iter_mut().filter(|it| it.place == place) {
        decision.place.clone_from(&there);
    }
    for part in plan.moved.values_mut().filter(|it| *it == old) {
        new.clone_into(part);
    }
}

/// A text with another name in the place of one, a comment above the first statement that has it, and another argument where
/// it is called.
fn with_name(text: &str, (old, new): (&str, &str), (comment, given): (&[&str], &str)) -> String {
    let parsed = snippet(text);
    let mut names = Calls {
        name: old,
        ..Calls::default()
    };
    names.visit_body(parsed.statements());
    let edits = names.found.into_iter().map(|it| (it, new.to_owned()));
    let mut edits: Vec<(TextRange, String)> = edits.collect();
    for (end, is_alone) in names.called.into_iter().filter(|_| !given.is_empty()) {
        let before = shape::separator(&text[..usize::from(end)], is_alone);
        edits.push((TextRange::empty(end), format!("{before}{given}")));
    }
    if let Some(start) = names.first.filter(|_| !comment.is_empty()) {
        let line = text[..usize::from(start)]
            .rfind('\n')
            .map_or(0, |it| it + 1);
        let before = &text[line..usize::from(start)];
        if before.trim().is_empty() {
            let lines = comment.iter().map(|it| format!("{it}\n{before}"));
            edits.push((TextRange::empty(start), lines.collect()));
        }
    }
    shape::edited(text, edits)
}

/// Where a function is named.
#[derive(Default)]
struct Calls<'n> {
    name: &'n str,
    found: Vec<TextRange>,
    /// Where the arguments end of each call, and whether there are none.
    called: Vec<(TextSize, bool)>,
    /// Where the statement begins that we are in.
    statement: TextSize,
    /// Where the first statement begins that names it.
    first: Option<TextSize>,
}

impl<'a> Visitor<'a> for Calls<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        self.statement = statement.start();
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(it) = expression
            && it.id.as_str() == self.name
        {
            self.found.push(it.range());
            self.first = self.first.or(Some(self.statement));
        }
        if let Expr::Call(call) = expression
            && matches!(&*call.func, Expr::Name(it) if it.id.as_str() == self.name)
        {
            let end = call.arguments.end() - TextSize::new(1);
            self.called.push((end, call.arguments.is_empty()));
        }
        walk_expr(self, expression);
    }
}
