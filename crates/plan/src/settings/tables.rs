//! Hyperparameters in dictionaries and lists: grids of candidates, `**params`, and loops over values that are tried.

use std::collections::BTreeSet;

use srcify_effects::{Callee, parameters};
use srcify_syntax::Ranged;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::stdlib::identifiers::is_identifier;

use super::places::Place;
use super::values::{is_setting_value, literal_of};
use super::{Candidate, Lifter, Spot};
use crate::Literal;
use crate::naming;
use crate::steps::Step;

/// More sets of hyperparameters than these are data.
const MOST_RECORDS: usize = 20;

/// Where candidates stand.
const TUNING: &str = "tuning";

/// Words in the name of a dictionary whose values are lists of candidates.
const GRID_WORDS: &[&str] = &[
    "grid",
    "grids",
    "dist",
    "distributions",
    "space",
    "candidates",
];

/// Words in the name of a dictionary of hyperparameters.
const PARAMETER_WORDS: &[&str] = &[
    "params",
    "param",
    "parameters",
    "hyperparameters",
    "hyperparams",
];

/// A dictionary, and what it is called or given to.
struct Table<'a> {
    dict: &'a ast::ExprDict,
    /// The variable, key or keyword that it is given to.
    name: Option<String>,
}

/// What a dictionary holds.
enum Kind {
    /// Lists of candidates.
    Grid,
    /// Values, for this callee where it is known.
    Parameters(Option<String>),
}

impl Lifter<'_> {
    /// Values of dictionaries that tune something.
    pub(super) fn tables(&mut self, step: &Step) {
        // All of it is one setting.
        if self.units.contains(&step.unit) {
            return;
        }
        let mut search = Tables {
            name: None,
            found: Vec::new(),
        };
        search.visit_stmt(self.program.statement(step.unit));
        for table in search.found {
            let Some(kind) = self.kind_of(&table) else {
                continue;
            };
            for item in &table.dict.items {
                let key = item.key.as_ref().and_then(Expr::as_string_literal_expr);
                let Some(key) = key.map(|it| it.value.to_str()) else {
                    continue;
                };
                let name = table.name.as_deref();
                let candidates = match &kind {
                    Kind::Grid => grid_candidates(key, &item.value, name),
                    Kind::Parameters(callee) => self
                        .parameter_candidate(key, &item.value, callee.as_deref(), name)
                        .into_iter()
                        .collect(),
                };
                for candidate in candidates {
                    if self.is_free(&candidate) {
                        self.found.push(candidate);
                    }
                }
            }
        }
    }

    /// Sets of hyperparameters that are tried one after the other: `[{"solver": "sgd", "momentum": 0.9}, {"solver": "adam"}]`.
    pub(super) fn records(&self, name: &str, value: &Expr) -> Option<Literal> {
        let tables = &value.as_list_expr()?.elts;
        let tables: Option<Vec<&ast::ExprDict>> = tables.iter().map(Expr::as_dict_expr).collect();
        let tables = tables.filter(|it| (2..=MOST_RECORDS).contains(&it.len()))?;
        let records = tables.iter().map(|dict| {
            let table = Table {
                dict,
                name: Some(name.to_owned()),
            };
            let kind = self.kind_of(&table);
            matches!(kind, Some(Kind::Parameters(_))).then(|| record(dict))?
        });
        records.collect::<Option<_>>().map(Literal::List)
    }

    /// Whether no other setting stands where this one would.
    fn is_free(&self, candidate: &Candidate) -> bool {
        let Some(own) = candidate.place else {
            return true;
        };
        let mut others = self.found.iter().filter_map(|it| it.place);
        others.all(|it| it.range.intersect(own.range).is_none())
    }

    /// What a dictionary is for: by what it is given to, else by its name.
    fn kind_of(&self, table: &Table<'_>) -> Option<Kind> {
        let given = self.lookup.givers(table.dict.range).first();
        let loads = table
            .name
            .as_deref()
            .map_or(&[][..], |name| self.lookup.loads(name));
        let loaded = || {
            let mut calls = loads
                .iter()
                .flat_map(|(_, range)| self.lookup.givers(*range));
            calls.find(|call| matches!(call.callee, Callee::Library(_)))
        };
        let callee = match given.or_else(loaded) {
            Some(call) => match &call.callee {
                Callee::Library(callee) => Some(callee.clone()),
                _ => None,
            },
            None => None,
        };
        let words = table.name.as_deref().map(naming::snake).unwrap_or_default();
        let has = |known: &[&str]| words.split('_').any(|word| known.contains(&word));
        let method = callee.as_deref().and_then(|it| it.rsplit('.').next());
        if method.is_some_and(|it| it.ends_with("SearchCV") || it == "ParameterGrid")
            || has(GRID_WORDS)
        {
            return Some(Kind::Grid);
        }
        let takes = callee.filter(|it| self.takes_parameters(it));
        (takes.is_some() || has(PARAMETER_WORDS)).then_some(Kind::Parameters(takes))
    }

    /// Whether what is called learns from hyperparameters.
    fn takes_parameters(&self, callee: &str) -> bool {
        let method = callee.rsplit('.').next().unwrap_or(callee);
        let is_estimator = self.catalog.member(callee, "fit").is_some();
        is_estimator || matches!(method, "train" | "cv" | "set_params")
    }

    fn parameter_candidate(
        &self,
        key: &str,
        value: &Expr,
        callee: Option<&str>,
        name: Option<&str>,
    ) -> Option<Candidate> {
        let plain = key.rsplit("__").next().unwrap_or(key);
        let place = callee.and_then(|callee| self.place(callee, plain));
        let known = parameters::lookup(plain);
        if place.as_ref().map_or(known.is_none(), |it| it.is_path) {
            return None;
        }
        let literal = literal_of(value).filter(is_setting_value)?;
        let description = callee
            .and_then(|callee| parameters::describe(callee, plain))
            .or_else(|| known.map(|it| it.description.clone()))?;
        let own = Place {
            section: "model".to_owned(),
            field: known.map_or(plain, |it| &it.name).to_owned(),
            class: None,
            is_path: false,
            is_for_numbers: false,
            plain: &[],
            description,
            bounds: Vec::new(),
            annotation: None,
        };
        let place = place.unwrap_or(own);
        if !place.takes(&literal) {
            return None;
        }
        let table = name.map(naming::snake);
        Some(Candidate {
            field: naming::field(&place.field),
            alternatives: table
                .map(|table| naming::field(&format!("{table}_{}", place.field)))
                .into_iter()
                .collect(),
            section: place.section,
            variable: None,
            place: Some(Spot::plain(value.range())),
            location: None,
            class: place.class,
            is_list: value.is_list_expr(),
            is_path: false,
            comment: None,
            description: place.description,
            bounds: place.bounds,
            annotation: place.annotation,
            value: literal,
        })
    }

    /// `for k in [1, 3, 5]:` around a model that takes `k`.
    pub(super) fn candidates(&mut self, step: &Step) {
        let mut search = Loops(Vec::new());
        search.visit_stmt(self.program.statement(step.unit));
        let unit = self.program.units()[step.unit.index()].range;
        for (target, values) in search.0 {
            let place = self.graph.calls_in(unit).find_map(|call| {
                let Callee::Library(callee) = &call.callee else {
                    return None;
                };
                let is_it = |it: &&srcify_effects::Argument| self.program.text(it.range) == target;
                let parameter = call.arguments.iter().find(is_it)?.parameter.as_deref()?;
                let place = self.place(callee, parameter).filter(|it| !it.is_path)?;
                Some((place, parameter))
            });
            let Some((place, parameter)) = place else {
                continue;
            };
            for candidate in tried(&place.field, parameter, values, false) {
                if self.is_free(&candidate) {
                    self.found.push(candidate);
                }
            }
        }
    }
}

/// A table of single values under names of their own.
fn record(dict: &ast::ExprDict) -> Option<Literal> {
    let entries = dict.items.iter().map(|item| {
        let key = item.key.as_ref()?.as_string_literal_expr()?;
        let value = literal_of(&item.value).filter(is_setting_value)?;
        let key = key.value.to_str().to_owned();
        let is_plain = is_identifier(&key) && !matches!(value, Literal::List(_));
        is_plain.then_some((key, value))
    });
    let entries: Vec<(String, Literal)> = entries.collect::<Option<_>>()?;
    let keys: BTreeSet<&String> = entries.iter().map(|(key, _)| key).collect();
    let is_clear = keys.len() == entries.len() && !entries.is_empty();
    is_clear.then_some(Literal::Map(entries))
}

fn grid_candidates(key: &str, value: &Expr, name: Option<&str>) -> Vec<Candidate> {
    // `"model.lr"`: what stands for a path has no letters of a name between its parts.
    let is_of_name = |it: char| it.is_alphanumeric() || it == '_';
    let field = key.replace("__", "_").replace(|it| !is_of_name(it), "_");
    let field = naming::field(&naming::snake(&field));
    if !is_identifier(&field) {
        return Vec::new();
    }
    let plain = key.rsplit("__").next().unwrap_or(key);
    let mut candidates = tried(&field, plain, value, value.is_list_expr());
    for it in &mut candidates {
        let table = name.map(naming::snake);
        let own = it.field.clone();
        it.alternatives
            .extend(table.map(|it| naming::field(&format!("{it}_{own}"))));
    }
    candidates
}

/// The settings for values of a parameter that are tried: a list of them, or the ends of a range and the step.
fn tried(field: &str, parameter: &str, values: &Expr, is_list: bool) -> Vec<Candidate> {
    match listed(field, parameter, values, is_list) {
        Some(listed) => vec![listed],
        None => super::spans::spans(values)
            .into_iter()
            .map(|it| Candidate {
                section: TUNING.to_owned(),
                field: naming::field(&format!("{field}_{}", it.suffix)),
                alternatives: Vec::new(),
                variable: None,
                place: Some(Spot::plain(it.range)),
                location: None,
                class: None,
                description: it.description(parameter),
                value: it.value,
                is_list: false,
                is_path: false,
                comment: None,
                bounds: Vec::new(),
                annotation: None,
            })
            .collect(),
    }
}

/// The setting for values of a parameter that are tried.
fn listed(field: &str, parameter: &str, values: &Expr, is_list: bool) -> Option<Candidate> {
    let items = match values {
        Expr::List(list) => &list.elts,
        Expr::Tuple(tuple) => &tuple.elts,
        _ => return None,
    };
    // A setting holds tuples: lists inside a list would be something else.
    let is_flat = items.iter().all(|item| !item.is_list_expr());
    let value = literal_of(values).filter(|it| is_flat && is_candidates(it))?;
    Some(Candidate {
        section: TUNING.to_owned(),
        field: naming::field(field),
        alternatives: Vec::new(),
        variable: None,
        place: Some(Spot::plain(values.range())),
        location: None,
        class: None,
        value,
        is_list,
        is_path: false,
        comment: None,
        description: format!("Values of `{parameter}` that are tried."),
        bounds: Vec::new(),
        annotation: None,
    })
}

/// Whether values can be written down in YAML, one for each thing that is tried.
fn is_candidates(value: &Literal) -> bool {
    let Literal::List(items) = value else {
        return false;
    };
    (1..=40).contains(&items.len())
        && items
            .iter()
            .all(|item| matches!(item, Literal::None) || is_setting_value(item))
}

/// Dictionaries with the names that they are given to.
struct Tables<'a> {
    name: Option<String>,
    found: Vec<Table<'a>>,
}

impl<'a> Tables<'a> {
    fn within(&mut self, name: Option<String>, expression: &'a Expr) {
        let outer = std::mem::replace(&mut self.name, name);
        self.visit_expr(expression);
        self.name = outer;
    }
}

impl<'a> Visitor<'a> for Tables<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => match crate::steps::constant_assignment(statement) {
                Some((name, value)) => self.within(Some(name.to_owned()), value),
                None => walk_stmt(self, statement),
            },
        }
    }

    fn visit_keyword(&mut self, keyword: &'a ast::Keyword) {
        let name = keyword.arg.as_ref().map(ToString::to_string);
        self.within(name, &keyword.value);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Dict(dict) => {
                self.found.push(Table {
                    dict,
                    name: self.name.clone(),
                });
                let outer = self.name.clone();
                for item in &dict.items {
                    let key = item.key.as_ref().and_then(Expr::as_string_literal_expr);
                    let key = key.map(|it| it.value.to_str().to_owned());
                    // What a grid of grids holds are grids.
                    let name = match (&outer, key) {
                        (Some(outer), Some(key)) => Some(format!("{outer}_{key}")),
                        (_, key) => key,
                    };
                    self.within(name, &item.value);
                }
            }
            Expr::Call(_) => {
                let outer = self.name.take();
                walk_expr(self, expression);
                self.name = outer;
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// Loops over lists that are written down: the variable, and the list.
struct Loops<'a>(Vec<(&'a str, &'a Expr)>);

impl<'a> Visitor<'a> for Loops<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::For(each) = statement
            && let Some(name) = each.target.as_name_expr()
        {
            self.0.push((name.id.as_str(), &each.iter));
        }
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        if let Some(name) = comprehension.target.as_name_expr() {
            self.0.push((name.id.as_str(), &comprehension.iter));
        }
        ast::visitor::walk_comprehension(self, comprehension);
    }
}
