//! Values that the author's functions hold, as variables of the module: so they can become settings.
//!
//! `def build(): return Forest(n_estimators=300)` becomes the same function that reads `n_estimators`, which is bound once,
//! right below it. What a call leaves to a default (`def seed_all(seed=42)`, `seed_all()`) is passed to it. That is the same
//! program where every use of the function is a plain call; the planner then gives the function a parameter for the value.
//! What methods hold, objects keep from their setting up on (`held.rs`).

mod room;

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Argument, CallFacts, Callee, Catalog, EffectGraph, parameters};
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId};

use super::callers::{Function, functions_of};
use super::held::Attributes;
use super::locals::{Local, locals_of};
use super::words::Words;
use super::{Analysis, edited, keys};
use crate::edits::Edit;
use crate::settings::{
    Given, Meaning, again, expression_at, is_setting_value, literal_of, names_file, path_field,
    whole,
};
use crate::{Literal, naming};

/// What a value means that is a place on the disk: the same one to all who read and write there.
const PLACE: &str = "place";

/// The attributes that objects of the author's classes are given, by class.
pub type Handed = BTreeMap<String, BTreeSet<String>>;

/// The program whose functions read what they held, and what its objects hold more than they did.
pub(super) fn hoist(
    program: Program,
    graph: EffectGraph,
    catalog: &Catalog,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph, Handed) {
    let (program, graph) = keys::call(program, graph, analyze);
    let (edits, handed) = Hoisting::of(&program, &graph, catalog).edits();
    if edits.is_empty() {
        return (program, graph, Handed::new());
    }
    match edited(&program, edits, analyze) {
        Some((program, graph)) => (program, graph, handed),
        None => (program, graph, Handed::new()),
    }
}

/// A value that a function holds.
struct Held<'v> {
    range: TextRange,
    /// What stands around the variable in its place.
    around: (&'static str, &'static str),
    /// Its text.
    value: &'v str,
    /// How to call it.
    wanted: &'v str,
    /// What it means.
    key: &'v str,
    /// The variable of the function that it is.
    local: Option<&'v Local<'v>>,
}

struct Hoisting<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    given: Given<'a>,
    functions: BTreeMap<&'a str, Function<'a>>,
    /// Names that mean something in the module.
    taken: BTreeSet<&'a str>,
    /// Names that each function binds.
    inside: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// The names of variables, by what the value means and is.
    variables: BTreeMap<(String, String), String>,
    /// What stands below a function.
    below: BTreeMap<UnitId, Vec<(String, String)>>,
    attributes: Attributes<'a>,
    handed: Handed,
    edits: Vec<Edit>,
}

impl<'a> Hoisting<'a> {
    fn of(program: &'a Program, graph: &'a EffectGraph, catalog: &'a Catalog) -> Self {
        let mut words = Words::default();
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        let mut inside: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for unit in program.units() {
            let statement = program.statement(unit.id);
            words.function = match statement {
                Stmt::FunctionDef(it) if it.decorator_list.is_empty() => Some(&it.name),
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => Some(""),
                _ => None,
            };
            let bound = words.bound.len();
            let read = std::mem::take(&mut words.read);
            words.visit_stmt(statement);
            let own: BTreeSet<&str> = words.bound[bound..].iter().copied().collect();
            let here = std::mem::replace(&mut words.read, read);
            match statement {
                Stmt::FunctionDef(definition) => {
                    taken.extend(here.difference(&own).copied());
                    taken.insert(definition.name.as_str());
                    inside.insert(definition.name.as_str(), own);
                }
                // What methods bind is no name of the module, and what sets up objects gets the parameters.
                Stmt::ClassDef(class) => {
                    taken.extend(here.difference(&own).copied());
                    taken.insert(class.name.as_str());
                    inside.insert(class.name.as_str(), bound_when_set_up(class));
                }
                _ => taken.extend(own.into_iter().chain(here)),
            }
        }
        let attributes = Attributes::of(program);
        Self {
            program,
            graph,
            given: Given::of(program, graph, catalog),
            functions: functions_of(program, graph, &words, &attributes),
            taken,
            inside,
            variables: BTreeMap::new(),
            below: BTreeMap::new(),
            attributes,
            handed: Handed::new(),
            edits: Vec::new(),
        }
    }

    fn edits(mut self) -> (Vec<Edit>, Handed) {
        let mut in_order: Vec<(UnitId, &'a str)> = self
            .functions
            .iter()
            .map(|(name, it)| (it.unit, *name))
            .collect();
        in_order.sort();
        for (unit, name) in in_order {
            let locals = locals_of(self.program, self.program.statement(unit));
            let mut done: BTreeSet<TextSize> = BTreeSet::new();
            for (range, wanted, key) in self.values(unit, &locals) {
                let value = self.program.text(range).to_owned();
                let held = Held {
                    range,
                    around: ("", ""),
                    value: &value,
                    wanted: &wanted,
                    key: &key,
                    local: locals.iter().find(|it| it.value.range() == range),
                };
                if done.insert(range.start()) {
                    self.replace(name, &held);
                }
            }
        }
        self.replace_again();
        for unit in self.program.units() {
            if !matches!(
                self.program.statement(unit.id),
                Stmt::FunctionDef(_) | Stmt::ClassDef(_)
            ) {
                self.pass_defaults(unit.id);
            }
        }
        for (unit, lines) in &self.below {
            let end = self.program.units()[unit.index()].range.end();
            let rest = &self.program.source.text[usize::from(end)..];
            let line = rest.find('\n').unwrap_or(rest.len());
            let Ok(line) = TextSize::try_from(line) else {
                return (Vec::new(), Handed::new());
            };
            let lines: Vec<String> = lines
                .iter()
                .map(|(name, value)| format!("\n{name} = {value}"))
                .collect();
            let text = lines.concat();
            self.edits.push(Edit {
                range: TextRange::empty(end + line),
                text,
            });
        }
        for (class, names) in &self.handed {
            let holder = self.functions[class.as_str()].holder.as_ref();
            let edit = holder.and_then(|it| it.setting(names, self.program));
            self.edits.extend(edit);
        }
        (self.edits, self.handed)
    }

    /// The values in a function that users tune: where, how to call them, and what they mean.
    fn values(&self, unit: UnitId, locals: &[Local<'_>]) -> Vec<(TextRange, String, String)> {
        let range = self.program.units()[unit.index()].range;
        let mut found = Vec::new();
        for call in self.graph.calls_in(range) {
            for argument in &call.arguments {
                found.extend(self.value((unit, locals), call, argument));
            }
        }
        found.extend(locals.iter().filter_map(|it| self.tuned(unit, it)));
        found
    }

    /// A variable of a function that its name, or its value, says to be a setting.
    fn tuned(&self, unit: UnitId, local: &Local<'_>) -> Option<(TextRange, String, String)> {
        let value = literal_of(local.value)?;
        let function = match self.program.statement(unit) {
            Stmt::FunctionDef(it) => &it.name,
            Stmt::ClassDef(it) => &it.name,
            _ => return None,
        };
        let key = match &value {
            Literal::Str(text) if text.contains("://") && is_place("", text) => PLACE.to_owned(),
            Literal::Int(_) | Literal::Float(_)
                if local.is_tuned() || parameters::lookup(local.name).is_some() =>
            {
                format!("{function}.{}", local.name)
            }
            _ => return None,
        };
        let wanted = match &value {
            Literal::Str(_) => path_field(&value),
            _ => local.name.to_owned(),
        };
        Some((local.value.range(), naming::field(&wanted), key))
    }

    fn value(
        &self,
        (unit, locals): (UnitId, &[Local<'_>]),
        call: &CallFacts,
        argument: &Argument,
    ) -> Option<(TextRange, String, String)> {
        let expression = expression_at(self.program, unit, argument.range)?;
        let name = expression.as_name_expr();
        let local = name.and_then(|name| {
            let is_it = |it: &&Local<'_>| {
                it.name == name.id.as_str() && it.scope.contains_range(name.range)
            };
            locals.iter().find(is_it)
        });
        let expression = local.map_or(expression, |it| it.value);
        let text = || whole(self.program, self.graph, expression).map(Literal::Str);
        let value = literal_of(expression).or_else(text)?;
        let (place, is_known) = match self.given.meaning(unit, call, argument) {
            Some(Meaning { place, is_text }) => (place, !is_text),
            None => (self.given.file(call, &value)?, false),
        };
        let function = self.program.text(call.function);
        let wanted = match &value {
            Literal::Str(text) if place.is_path && is_place(function, text) => path_field(&value),
            Literal::Int(_) | Literal::Float(_) if !place.is_path && place.takes(&value) => {
                place.field.clone()
            }
            // Words that name a default or the form of data tune nothing.
            Literal::Str(text)
                if !place.is_path
                    && place.takes(&value)
                    && is_known
                    && !matches!(text.as_str(), "" | "auto" | "precomputed") =>
            {
                place.field.clone()
            }
            _ => return None,
        };
        let key = if place.is_path {
            PLACE.to_owned()
        } else {
            format!("{}.{}", place.section, place.class.unwrap_or_default())
        };
        Some((expression.range(), naming::field(&wanted), key))
    }

    /// Lets functions read the variables of files and folders wherever they write them.
    fn replace_again(&mut self) {
        let mut in_order: Vec<(UnitId, &'a str)> = Vec::new();
        in_order.extend(self.functions.iter().map(|(name, it)| (it.unit, *name)));
        in_order.sort();
        for (unit, function) in in_order {
            for place in again(self.program, self.graph, &self.given, unit) {
                let literal = Literal::Str(place.text);
                let wanted = naming::field(&path_field(&literal));
                let key = format!("{PLACE}.{wanted}");
                let known = self.variables.iter().find(|((meaning, value), _)| {
                    let is_same = || {
                        let snippet = srcify_syntax::snippet(value);
                        let [Stmt::Expr(it)] = snippet.statements() else {
                            return false;
                        };
                        literal_of(&it.value).as_ref() == Some(&literal)
                    };
                    *meaning == key && is_same()
                });
                let is_free = |it: &Edit| {
                    it.range
                        .intersect(place.range)
                        .is_none_or(TextRange::is_empty)
                };
                let Some(value) = known.map(|((_, value), _)| value.clone()) else {
                    continue;
                };
                if self.edits.iter().all(is_free) {
                    let held = Held {
                        range: place.range,
                        around: place.around,
                        value: &value,
                        wanted: &wanted,
                        key: PLACE,
                        local: None,
                    };
                    self.replace(function, &held);
                }
            }
        }
    }

    /// Lets a function read a variable in place of a value, where everybody who calls it can pass one more.
    fn replace(&mut self, function: &'a str, held: &Held<'_>) {
        let local = held.local.filter(|_| !self.functions[function].is_class);
        let Some(local) = local else {
            self.replaced(function, held);
            return;
        };
        // The function's own variable goes: the name is free.
        let own = self.inside.get_mut(function);
        let own = own.and_then(|it| it.take(local.name));
        if self.replaced(function, held).is_none() {
            let inside = self.inside.entry(function).or_default();
            inside.extend(own);
        }
    }

    fn replaced(&mut self, function: &'a str, held: &Held<'_>) -> Option<()> {
        let Held {
            range,
            around,
            value,
            wanted,
            key,
            local,
        } = *held;
        let is_outside = self.is_outside(function, range);
        let holder = self.functions[function].holder.as_ref();
        let holder = holder.filter(|_| is_outside);
        if self.program.source.text[range].contains('\n') || (is_outside && holder.is_none()) {
            return None;
        }
        let affected = self.affected_by(function);
        let meaning = (format!("{key}.{wanted}"), value.to_owned());
        let known = self.variables.get(&meaning);
        let is_hidden = |name: &str| {
            let mut inside = affected.iter().filter_map(|it| self.inside.get(it));
            inside.any(|it| it.contains(name))
        };
        let name = match known {
            Some(known) if is_hidden(known) => return None,
            Some(known) => known.clone(),
            None => {
                let own = local.filter(|it| it.is_telling());
                let own = own.map(|it| naming::field(it.name));
                let own = own.and_then(|it| self.free_name(&it, function, &affected));
                own.or_else(|| self.free_name(wanted, function, &affected))?
            }
        };
        let (is_handed, text) = match holder {
            Some(it) => (true, it.reading(range, &name, &self.attributes)?),
            None => (false, name.clone()),
        };
        if !self.take_more(&affected, &name, &meaning.0) {
            return None;
        }
        for one in affected {
            if let Some(it) = self.functions.get_mut(one) {
                it.needed.insert(name.clone());
            }
        }
        if is_handed {
            let handed = self.handed.entry(function.to_owned()).or_default();
            handed.insert(name.clone());
        }
        let unit = self.functions[function].unit;
        let comment = local.map_or("", |it| it.comment);
        self.note(unit, (&name, comment), meaning);
        let is_class = self.functions[function].is_class;
        if let Some(local) = local.filter(|it| !is_class || !it.is_nested) {
            self.edits.extend(local.edits(&text));
        } else {
            let text = format!("{}{text}{}", around.0, around.1);
            self.edits.push(Edit { range, text });
        }
        Some(())
    }

    /// A function and those that call it, directly or not.
    fn affected_by(&self, function: &'a str) -> BTreeSet<&'a str> {
        let mut affected = BTreeSet::from([function]);
        let mut open = vec![function];
        while let Some(one) = open.pop() {
            let callers = self
                .functions
                .get(one)
                .map(|it| it.callers.clone())
                .unwrap_or_default();
            open.extend(callers.into_iter().filter(|it| affected.insert(*it)));
        }
        affected
    }

    /// Binds a variable below a function, with a comment, unless it is bound already.
    fn note(&mut self, unit: UnitId, (name, comment): (&str, &str), meaning: (String, String)) {
        if self.variables.contains_key(&meaning) {
            return;
        }
        let value = meaning.1.clone();
        let lines = self.below.entry(unit).or_default();
        let written = if comment.is_empty() {
            value.clone()
        } else {
            format!("{value}  {comment}")
        };
        lines.push((name.to_owned(), written));
        self.variables.insert(meaning, name.to_owned());
    }

    /// Whether a value stands in the head of a function, or in a class inside it.
    ///
    /// Functions inside read what the function around them gets: no name is taken that any of them binds.
    fn is_outside(&self, function: &str, range: TextRange) -> bool {
        struct Inner(TextRange, bool);
        impl<'a> Visitor<'a> for Inner {
            fn visit_stmt(&mut self, statement: &'a Stmt) {
                let is_class = statement.is_class_def_stmt();
                self.1 |= is_class && statement.range().contains_range(self.0);
                walk_stmt(self, statement);
            }
        }
        let mut inner = Inner(range, false);
        let body = &self.functions[function].definition.body;
        inner.visit_body(body);
        inner.1 || !body.iter().any(|it| it.range().contains_range(range))
    }

    /// A name that means nothing in the module, nor in the functions that will get it.
    fn free_name(
        &self,
        wanted: &str,
        function: &str,
        affected: &BTreeSet<&'a str>,
    ) -> Option<String> {
        let mut names = vec![wanted.to_owned()];
        if wanted == "seed" {
            names.extend(["random_state".to_owned(), "rng_seed".to_owned()]);
        }
        names.push(format!("{}_{wanted}", naming::snake(function)));
        let is_free = |name: &String| {
            let is_new = !self.variables.values().any(|it| it == name);
            let mut inside = affected.iter().filter_map(|it| self.inside.get(it));
            is_new
                && !self.taken.contains(name.as_str())
                && !inside.any(|it| it.contains(name.as_str()))
                && !srcify_syntax::is_reserved_word(name)
        };
        names.into_iter().find(is_free)
    }

    /// Passes what top-level calls leave to a default.
    fn pass_defaults(&mut self, unit: UnitId) {
        let range = self.program.units()[unit.index()].range;
        let calls: Vec<_> = self.graph.calls_in(range).collect();
        for call in calls {
            let Callee::User(name) = &call.callee else {
                continue;
            };
            let Some((function, known)) = self.functions.get_key_value(name.as_str()) else {
                continue;
            };
            let (function, at) = (*function, known.unit);
            let (definition, skipped) = (known.definition, usize::from(known.is_class));
            let node = expression_at(self.program, unit, call.range).and_then(Expr::as_call_expr);
            let Some(node) = node.filter(|it| at < unit && self.is_extensible(it)) else {
                continue;
            };
            let mut added: Vec<String> = Vec::new();
            for (own, default, wanted) in left_to_defaults(definition, node, skipped) {
                let value = self.program.text(default).to_owned();
                let is_place = matches!(
                    expression_at(self.program, at, default).and_then(literal_of),
                    Some(Literal::Str(_))
                );
                let key = if is_place {
                    format!("{PLACE}.{wanted}")
                } else {
                    format!("{function}.{own}")
                };
                let known = self.variables.get(&(key.clone(), value.clone()));
                let name = known.cloned();
                let new = || self.free_name(&wanted, function, &BTreeSet::new());
                let Some(name) = name.or_else(new) else {
                    continue;
                };
                self.note(at, (&name, ""), (key, value));
                added.push(format!("{own}={name}"));
            }
            if added.is_empty() {
                continue;
            }
            let closing = call.range.end() - TextSize::new(1);
            let inside = TextRange::new(call.function.end(), closing);
            let is_first = self.program.text(inside).trim_end().ends_with(['(', ',']);
            let separator = if is_first { "" } else { ", " };
            self.edits.push(Edit {
                range: TextRange::empty(closing),
                text: format!("{separator}{}", added.join(", ")),
            });
        }
    }

    /// Whether one more argument can be written at the end of a call.
    fn is_extensible(&self, call: &ast::ExprCall) -> bool {
        let arguments = &call.arguments;
        let is_open = arguments.args.iter().any(Expr::is_starred_expr)
            || arguments.keywords.iter().any(|it| it.arg.is_none())
            || arguments.args.iter().any(Expr::is_generator_expr);
        let text = self.program.text(call.range());
        !is_open && !text.contains('#') && text.ends_with(')')
    }
}

/// The names that the constructor of a class binds.
fn bound_when_set_up(class: &ast::StmtClassDef) -> BTreeSet<&str> {
    let mut words = Words::default();
    for statement in &class.body {
        if let Stmt::FunctionDef(method) = statement
            && method.name.as_str() == "__init__"
        {
            words.visit_stmt(statement);
        }
    }
    words.bound.into_iter().collect()
}

/// The parameters that a call leaves to defaults which users tune: their names, defaults, and what to call them. The first
/// are `skipped`: nobody passes the object that is set up.
fn left_to_defaults(
    definition: &ast::StmtFunctionDef,
    call: &ast::ExprCall,
    skipped: usize,
) -> Vec<(String, TextRange, String)> {
    let mut found = Vec::new();
    let parameters = definition.parameters.args.iter().skip(skipped);
    for (index, parameter) in parameters.enumerate() {
        let own = parameter.name().as_str();
        let is_it = |it: &ast::Keyword| it.arg.as_ref().is_some_and(|name| name == own);
        let is_given =
            index < call.arguments.args.len() || call.arguments.keywords.iter().any(is_it);
        let Some(default) = parameter.default.as_deref().filter(|_| !is_given) else {
            continue;
        };
        let value = literal_of(default).filter(is_setting_value);
        let wanted = match &value {
            Some(value @ Literal::Str(text)) if names_file(text) => path_field(value),
            Some(Literal::Int(_) | Literal::Float(_)) => match parameters::lookup(own) {
                Some(known) => known.name.clone(),
                None => continue,
            },
            _ => continue,
        };
        found.push((own.to_owned(), default.range(), naming::field(&wanted)));
    }
    found
}

/// Whether a text given to a reader or writer is the path of a file, or of a folder that is made.
fn is_place(callee: &str, text: &str) -> bool {
    let makes = callee.ends_with("makedirs") || callee.ends_with("mkdir");
    let is_plain = !text.contains(['*', '?', '{', ' ']) && text.contains(char::is_alphabetic);
    is_plain && text.len() <= 100 && (makes || names_file(text) || text.contains('/'))
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;
    use expect_test::{Expect, expect};
    use srcify_effects::{Catalog, analyze, imported_libraries};
    use srcify_syntax::Program;

    use super::hoist;

    fn check(python: &str, expected: Expect) {
        let source = srcify_syntax::read(Utf8Path::new("a.py"), python.as_bytes()).unwrap();
        let program = srcify_syntax::parse(source.output).output;
        let libraries = imported_libraries(&program);
        let catalog = Catalog::for_libraries(libraries.iter().map(String::as_str));
        let analysis = |program: &Program| analyze(program, &catalog, &|_| None);
        let graph = analysis(&program);
        let (program, _, _) = hoist(program, graph, &catalog, &analysis);
        expected.assert_eq(&program.source.text);
    }

    const HEAD: &str = "import pandas as pd\nfrom sklearn.linear_model import Ridge\n";

    #[test]
    fn what_functions_hold_stands_below_them() {
        check(
            &format!(
                "{HEAD}def load():\n    return pd.read_csv('a.csv')  # all\ndef fit(x, y):\n    return Ridge(alpha=0.5).fit(x, y)\nd = load()\nm = fit(d, d)\n"
            ),
            expect![[r"
                import pandas as pd
                from sklearn.linear_model import Ridge
                def load():
                    return pd.read_csv(a_path)  # all
                a_path = 'a.csv'
                def fit(x, y):
                    return Ridge(alpha=alpha).fit(x, y)
                alpha = 0.5
                d = load()
                m = fit(d, d)
            "]],
        );
    }

    #[test]
    fn what_a_call_leaves_to_a_default_is_passed() {
        check(
            &format!(
                "{HEAD}def fit(x, alpha=0.5, path='a.csv'):\n    return Ridge(alpha=alpha).fit(x, x)\nfit(1)\nfit(1, 2.0)\nfit(x=1,)\n"
            ),
            expect![[r"
                import pandas as pd
                from sklearn.linear_model import Ridge
                def fit(x, alpha=0.5, path='a.csv'):
                    return Ridge(alpha=alpha).fit(x, x)
                alpha = 0.5
                a_path = 'a.csv'
                fit(1, alpha=alpha, path=a_path)
                fit(1, 2.0, path=a_path)
                fit(x=1,alpha=alpha, path=a_path)
            "]],
        );
    }

    #[test]
    fn what_sets_up_objects_reads_variables_and_other_methods_read_the_object() {
        check(
            &format!(
                "{HEAD}class Model:\n    def __init__(self, size=3, n_iter=10):\n        self.own = Ridge(alpha=0.5)\n    def fit(self, x):\n        return Ridge(alpha=0.7).fit(x, x)\nModel(4).fit(1)\nclass Base:\n    def __init__(self):\n        self.own = Ridge(alpha=0.9)\nclass Heir(Base):\n    pass\nHeir()\n"
            ),
            expect![[r"
                import pandas as pd
                from sklearn.linear_model import Ridge
                class Model:
                    def __init__(self, size=3, n_iter=10):
                        self.model_alpha = model_alpha
                        self.own = Ridge(alpha=alpha)
                    def fit(self, x):
                        return Ridge(alpha=self.model_alpha).fit(x, x)
                alpha = 0.5
                model_alpha = 0.7
                n_iter = 10
                Model(4, n_iter=n_iter).fit(1)
                class Base:
                    def __init__(self):
                        self.own = Ridge(alpha=0.9)
                class Heir(Base):
                    pass
                Heir()
            "]],
        );
    }

    #[test]
    fn functions_inside_and_functions_that_stay_read_variables_too() {
        check(
            &format!(
                "{HEAD}from sklearn.svm import SVC\ndata = pd.read_csv('a.csv')\ndef f():\n    def g():\n        return SVC(kernel='poly', gamma='auto', C=3.0)\n    return g\nprint(f()())\ndef h():\n    return Ridge(alpha=0.5).fit(data, data)\nmakers = [h]\n"
            ),
            expect![[r"
                import pandas as pd
                from sklearn.linear_model import Ridge
                from sklearn.svm import SVC
                data = pd.read_csv('a.csv')
                def f():
                    def g():
                        return SVC(kernel=kernel, gamma='auto', C=c)
                    return g
                kernel = 'poly'
                c = 3.0
                print(f()())
                def h():
                    return Ridge(alpha=alpha).fit(data, data)
                alpha = 0.5
                makers = [h]
            "]],
        );
    }

    #[test]
    fn a_function_that_somebody_else_may_call_keeps_its_values() {
        for python in [
            "def f():\n    return Ridge(alpha=0.5)\nmakers = [f]\n",
            "class A:\n    def go(self):\n        return f()\ndef f():\n    return Ridge(alpha=0.5)\n",
            "@cached\ndef f():\n    return Ridge(alpha=0.5)\nf()\n",
            "def f():\n    class G:\n        model = Ridge(alpha=0.5)\n    return G\nf()\n",
            "def f(model=Ridge(alpha=0.5)):\n    return model\nf()\n",
            "COLOUR = 'red'\ndef f():\n    return Ridge(alpha=0.5), COLOUR\nmakers = [f]\n",
            "def f():\n    yield Ridge(alpha=0.5)\nf()\n",
            "def f(a, b, c, d, e, g):\n    return Ridge(alpha=0.5)\nf(1, 2, 3, 4, 5, 6)\n",
            "def f():\n    return Ridge(alpha=0.5)\ndef f():\n    return 1\nf()\n",
        ] {
            let text = format!("{HEAD}{python}");
            let source = srcify_syntax::read(Utf8Path::new("a.py"), text.as_bytes()).unwrap();
            let program = srcify_syntax::parse(source.output).output;
            let catalog = Catalog::for_libraries(["pandas", "sklearn"]);
            let analysis = |program: &Program| analyze(program, &catalog, &|_| None);
            let graph = analysis(&program);
            let (program, _, _) = hoist(program, graph, &catalog, &analysis);
            assert_eq!(program.source.text, text);
        }
    }
}
