//! What variables of the module appear to be of which nothing else tells: by what the program does with them, as for
//! parameters. A table that comes out of a pickle is one because the program groups it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, ExprContext, Stmt};

use super::evidence::{Evidence, evidence_in};
use super::is_named;
use crate::Type;
use crate::analyze::Analyzer;
use crate::value::Value;

/// Only classes that nothing else is like are told by their members.
const TOLD: &[&str] = &["pandas.DataFrame", "pandas.Series"];

impl Analyzer<'_> {
    /// Says what a variable of the module appears to be, where its value does not.
    pub(crate) fn tell_variable(&mut self, name: &str, value: &mut Value) {
        let is_open = value.ty.is_none() && value.hint.is_none() && value.path.is_none();
        if !is_open || self.is_presuming || value.called().is_some() || value.is_never {
            return;
        }
        let told = self.apparent_variables();
        value.hint = told.get(name).cloned();
    }

    fn apparent_variables(&mut self) -> Rc<BTreeMap<String, Type>> {
        if let Some(known) = &self.apparent.variables {
            return Rc::clone(known);
        }
        let found = Rc::new(self.find_apparent_variables());
        self.apparent.variables = Some(Rc::clone(&found));
        found
    }

    fn find_apparent_variables(&self) -> BTreeMap<String, Type> {
        let units = self.program.units().iter();
        let statements = units.map(|unit| self.program.statement(unit.id));
        let is_code = |it: &&Stmt| !matches!(it, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
        let bodies: Vec<&[Stmt]> = statements
            .filter(is_code)
            .map(std::slice::from_ref)
            .collect();
        let mut bound = Bound::default();
        for body in &bodies {
            bound.visit_body(body);
        }
        let axes = self.axes(&bound, &bodies);
        // What gets another value may be something else then.
        let once = bound.0.into_iter().filter(|(_, count)| *count == 1);
        let names = once.map(|(name, _)| name.to_owned()).collect();
        let mut parsed = Parsed {
            imports: &self.imports,
            names: BTreeSet::new(),
        };
        for body in &bodies {
            parsed.visit_body(body);
        }
        let mut rows = Rows::default();
        for body in &bodies {
            rows.visit_body(body);
        }
        let told = evidence_in(names, &bodies)
            .into_iter()
            .filter_map(|(name, found)| {
                if found.is_tested || found.is_called {
                    return None;
                }
                if parsed.names.contains(&name) {
                    let rows = found.is_iterated && rows.0.contains(&name);
                    let ty = if rows {
                        rows_of(&found)
                    } else {
                        document(&found)
                    };
                    return Some((name, ty?));
                }
                let is_met = !found.members.is_empty() && self.uses("pandas");
                let ty = self.told_by_members(&name, &found).filter(|_| is_met)?;
                TOLD.contains(&ty).then(|| (name, Type::new(ty)))
            });
        told.chain(axes).collect()
    }

    /// Variables that are called axes and used like them, however often they are bound.
    fn axes(&self, bound: &Bound<'_>, bodies: &[&[Stmt]]) -> Vec<(String, Type)> {
        const CLASS: &str = "matplotlib.axes.Axes";
        if !self.uses("matplotlib") {
            return Vec::new();
        }
        let names = bound.0.keys().filter(|it| is_named(it, &["ax"]));
        let names = names.map(|it| (*it).to_owned()).collect();
        let found = evidence_in(names, bodies).into_iter();
        let is_it = |(name, found): &(String, Evidence)| {
            let ty = self.told_by_members(name, found);
            !found.is_tested && !found.is_called && ty == Some(CLASS)
        };
        found
            .filter(is_it)
            .map(|(name, _)| (name, Type::new(CLASS)))
            .collect()
    }
}

/// What a document of JSON, YAML or TOML is at its top, by how it is looked into.
fn document(found: &Evidence) -> Option<Type> {
    const OF_MAPPINGS: [&str; 8] = [
        "copy",
        "get",
        "items",
        "keys",
        "pop",
        "setdefault",
        "update",
        "values",
    ];
    let is_picked = found.has_mask_index || found.has_grid_index || found.has_frame_index;
    let mut members = found.members.iter();
    let is_mapping = members.all(|it| OF_MAPPINGS.contains(&it.as_str()))
        && (found.has_text_key || found.members.iter().any(|it| it != "copy" && it != "pop"));
    let is_list = found.members.is_empty() && (found.has_slice || found.has_item);
    if is_picked {
        return None;
    }
    match (is_mapping, is_list) {
        (true, false) => Some(Type::generic(
            "dict",
            vec![Type::new("str"), Type::unknown()],
        )),
        (false, true) if found.has_slice => Some(Type::generic("list", vec![Type::unknown()])),
        _ => None,
    }
}

/// A list of mappings, where nothing is done that a list does not bear.
fn rows_of(found: &Evidence) -> Option<Type> {
    let is_plain = found.members.is_empty()
        && !(found.has_text_key || found.has_mask_index || found.has_grid_index)
        && !found.has_frame_index;
    let row = Type::generic("dict", vec![Type::new("str"), Type::unknown()]);
    is_plain.then(|| Type::generic("list", vec![row]))
}

/// Variables that are gone through, and whose elements are looked into by names: `for row in rows: row["a"]`.
#[derive(Default)]
struct Rows(BTreeSet<String>);

impl Rows {
    /// Notes `rows`, where `row["a"]` is asked for in `inside`.
    fn note(&mut self, iterable: &Expr, target: &Expr, inside: &dyn Fn(&mut Keyed<'_>)) {
        let (Expr::Name(rows), Expr::Name(row)) = (iterable, target) else {
            return;
        };
        let mut keyed = Keyed(row.id.as_str(), false);
        inside(&mut keyed);
        if keyed.1 {
            self.0.insert(rows.id.to_string());
        }
    }
}

impl<'a> Visitor<'a> for Rows {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::For(it) = statement {
            self.note(&it.iter, &it.target, &|keyed| keyed.visit_body(&it.body));
        }
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let (generators, parts): (_, Vec<&Expr>) = match expression {
            Expr::ListComp(it) => (&it.generators[..], vec![&it.elt]),
            Expr::SetComp(it) => (&it.generators[..], vec![&it.elt]),
            Expr::Generator(it) => (&it.generators[..], vec![&it.elt]),
            Expr::DictComp(it) => {
                let key = it.key.as_deref();
                (
                    &it.generators[..],
                    key.into_iter().chain([&*it.value]).collect(),
                )
            }
            _ => (&[], Vec::new()),
        };
        if let [first, ..] = generators {
            self.note(&first.iter, &first.target, &|keyed| {
                parts.iter().for_each(|it| keyed.visit_expr(it));
                first.ifs.iter().for_each(|it| keyed.visit_expr(it));
            });
        }
        walk_expr(self, expression);
    }
}

/// Whether a name is asked for what stands under a text.
struct Keyed<'n>(&'n str, bool);

impl<'a> Visitor<'a> for Keyed<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Subscript(it) = expression {
            let is_it = it
                .value
                .as_name_expr()
                .is_some_and(|it| it.id.as_str() == self.0);
            self.1 |= is_it && it.slice.is_string_literal_expr();
        }
        walk_expr(self, expression);
    }
}

/// Variables that are bound to what a document says.
struct Parsed<'a> {
    imports: &'a BTreeMap<String, String>,
    names: BTreeSet<String>,
}

/// What reads documents.
const READERS: &[&str] = &[
    "json.load",
    "json.loads",
    "tomllib.load",
    "tomllib.loads",
    "toml.load",
    "yaml.load",
    "yaml.safe_load",
];

impl Parsed<'_> {
    fn reads(&self, value: &Expr) -> bool {
        let Some(call) = value.as_call_expr() else {
            return false;
        };
        match &*call.func {
            Expr::Name(it) => {
                let path = self.imports.get(it.id.as_str());
                path.is_some_and(|it| READERS.contains(&it.as_str()))
            }
            Expr::Attribute(it) => {
                let root = it.value.as_name_expr();
                let path = root.and_then(|it| self.imports.get(it.id.as_str()));
                let path = path.map(|root| format!("{root}.{}", it.attr));
                // `response.json()`
                let is_answer = it.attr.as_str() == "json" && call.arguments.is_empty();
                path.map_or(is_answer, |it| READERS.contains(&it.as_str()))
            }
            _ => false,
        }
    }
}

impl<'a> Visitor<'a> for Parsed<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::Assign(it) = statement
            && let [Expr::Name(name)] = &it.targets[..]
            && self.reads(&it.value)
        {
            self.names.insert(name.id.to_string());
        }
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    // No statement is inside.
    fn visit_expr(&mut self, _expression: &'a Expr) {}
}

/// How often names are bound.
#[derive(Default)]
struct Bound<'a>(BTreeMap<&'a str, usize>);

impl<'a> Visitor<'a> for Bound<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        // What a loop binds is another thing each time.
        if let Stmt::For(it) = statement {
            let mut targets = Bound::default();
            targets.visit_expr(&it.target);
            for name in targets.0.keys() {
                *self.0.entry(name).or_default() += 2;
            }
        }
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(it) = expression
            && it.ctx != ExprContext::Load
        {
            *self.0.entry(&it.id).or_default() += 1;
        }
        walk_expr(self, expression);
    }
}
