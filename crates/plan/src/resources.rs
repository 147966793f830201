//! Classes of `io/`: one per file, table or endpoint that the input touches.

mod blocks;
mod classes;
mod columns;
mod conventions;
mod databases;
mod families;
mod handles;
mod locations;
mod nested;
mod passed;
mod shared;
mod sources;
mod streams;

use std::collections::BTreeSet;

use srcify_effects::{
    CallFacts, Callee, Catalog, Effect, EffectGraph, EffectSet, Entry, Occurrence, Type,
};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use crate::context::Context;
use crate::edits::{Edit, apply};
use crate::naming::{self, Subject};
use crate::settings::{Lifting, expression_at};
use crate::steps::Step;
use crate::types::{Annotator, Imports};

pub(crate) use blocks::FILES;
pub(crate) use classes::{Resource, Resources};
use conventions::LINES;
pub(crate) use families::fetches_data;
use families::{Family, SOURCE, family};
use handles::{allowed, is_opener, opened_path};
use passed::Whole;

/// A method takes this many values at most.
const MOST: usize = 5;

/// What a method of an `io` class may do.
const OUTSIDE: EffectSet = EffectSet::from_slice(&[
    Effect::ReadFile,
    Effect::WriteFile,
    Effect::Network,
    Effect::Database,
    Effect::Process,
    Effect::Nondeterministic,
    Effect::Dynamic,
]);

/// Everything that extraction needs to know.
pub(crate) struct Extractor<'a> {
    pub program: &'a Program,
    pub graph: &'a EffectGraph,
    pub catalog: &'a Catalog,
    pub lifting: &'a Lifting,
    pub steps: &'a [Step],
    pub mentions: &'a crate::timeline::Mentions,
    pub bound: &'a crate::timeline::Bound,
    pub subject: &'a Subject,
    pub annotator: &'a Annotator<'a>,
    /// Name of the package's error class.
    pub error: &'a str,
    /// Whether a name is a variable of the input, as opposed to an import or a definition.
    pub is_variable: &'a dyn Fn(&str) -> bool,
    /// Whether code in `io/` may use a name: a variable, an import, a function of the domain.
    pub is_within_reach: &'a dyn Fn(&str) -> bool,
    /// Type of a variable before a statement.
    pub type_of: &'a dyn Fn(&str, UnitId) -> Option<Type>,
    /// Names that classes may not take.
    pub taken: &'a mut BTreeSet<String>,
    /// The classes that there are.
    pub resources: &'a mut Resources,
}

/// A call that touches something outside, and where.
struct Access<'a> {
    family: Family,
    /// Name of the callee in the catalog.
    callee: &'a str,
    /// The path, address or connection; `None` where the library knows where its data are.
    location: Option<TextRange>,
    /// The whole call that becomes a method.
    call: &'a CallFacts,
    /// What is asked of a database whose connection the location is.
    query: Option<databases::Query>,
}

impl Access<'_> {
    /// What the class calls what it holds.
    fn holds(&self) -> &'static str {
        match self.family.suffix {
            _ if self.query.is_none() => "path",
            "Cursor" => "cursor",
            "Engine" => "engine",
            _ => "connection",
        }
    }
}

/// A method of a class, in the making.
struct Method {
    name: String,
    parameters: Vec<String>,
    returns: String,
    body: String,
    summary: String,
    raises: Option<String>,
}

impl Extractor<'_> {
    /// Replaces the calls of `unit` that touch files, networks or databases by methods of classes; gives the edits and
    /// the classes used.
    pub(crate) fn extract(&mut self, unit: UnitId, context: &Context) -> (Vec<Edit>, Vec<String>) {
        if let Some((edit, class)) = self.extract_block(unit, context) {
            return (vec![edit], vec![class]);
        }
        let range = self.program.units()[unit.index()].range;
        let calls = self.graph.calls_in(range);
        let (mut edits, mut classes): (Vec<Edit>, Vec<String>) =
            self.extract_nested(unit, context).into_iter().unzip();
        for call in calls {
            let is_inside = |edit: &Edit| {
                edit.range.contains_range(call.range) || call.range.contains_range(edit.range)
            };
            if edits.iter().any(is_inside) {
                continue;
            }
            if let Some((edit, class)) = self.extract_call(unit, call, context) {
                edits.push(edit);
                classes.push(class);
            }
        }
        (edits, classes)
    }

    /// What the catalog says of a callee: of the function itself rather than of its library.
    fn entry(&self, callee: &str) -> Option<&Entry> {
        let (class, method) = callee.rsplit_once('.').unwrap_or(("", callee));
        self.catalog
            .exact(callee)
            .or_else(|| self.catalog.member(class, method))
            .or_else(|| self.catalog.lookup(callee))
    }

    /// How a call touches something outside through a location.
    fn access<'c>(&self, unit: UnitId, call: &'c CallFacts) -> Option<Access<'c>> {
        let Callee::Library(callee) = &call.callee else {
            return self.access_by_convention(unit, call);
        };
        let method = callee.rsplit('.').next().unwrap_or(callee);
        let told = self
            .access_by_iteration(unit, callee, call)
            .or_else(|| self.access_by_connection(unit, callee, call))
            .or_else(|| self.access_through_handle(unit, callee, call));
        if told.is_some() {
            return told;
        }
        if self.is_source(callee, call) {
            return Some(Access {
                family: SOURCE,
                callee,
                location: None,
                call,
                query: None,
            });
        }
        // Handles are somebody else's business: `open` gives one, and a method must not leave it open.
        let gives_data = |ty: &Type| ["xarray.", "PIL."].iter().any(|it| ty.name.starts_with(it));
        let opens = method.starts_with("open") || matches!(method, "ExcelWriter" | "ZipFile");
        let opens = opens && !call.returns.as_ref().is_some_and(gives_data);
        if opens && call.returns.as_ref().is_none_or(|ty| ty.name != "None") {
            return None;
        }
        let location = match self.entry(callee)?.path.as_deref() {
            Some(path) => {
                let is_it = |it: &&srcify_effects::Argument| it.parameter.as_deref() == Some(path);
                call.arguments.iter().find(is_it)?.range
            }
            None => self.path_receiver(unit, callee, call)?,
        };
        // What finds the location runs before the method, in its place; what opens it belongs to the method.
        let opened = self.opened_in_place(unit, location);
        let (opening, location) = opened.unwrap_or((EffectSet::PURE, location));
        let effects = call.own_effects.union(opening);
        let has_effect =
            effects.intersects(OUTSIDE.without(EffectSet::of(Effect::Nondeterministic)));
        if !has_effect || !effects.is_subset(allowed(method)) {
            return None;
        }
        let mut family = family(callee, effects);
        let downloads = EffectSet::from_slice(&[Effect::Network, Effect::WriteFile]);
        if downloads.is_subset(effects) && fetches_data(callee) {
            family = SOURCE;
        }
        if family.suffix == "File" && family.method == "exists" && self.is_folder(method, location)
        {
            family.suffix = "Folder";
        }
        Some(Access {
            family,
            callee,
            location: Some(location),
            call,
            query: None,
        })
    }

    /// Whether the input asks for a folder, or makes one there.
    fn is_folder(&self, method: &str, location: TextRange) -> bool {
        let text = self.program.text(location);
        let makes = |call: &CallFacts| {
            let Callee::Library(callee) = &call.callee else {
                return false;
            };
            let method = callee.rsplit('.').next();
            let is_maker = matches!(method, Some("makedirs" | "mkdir"));
            let mut arguments = call.arguments.iter();
            is_maker && arguments.any(|it| self.program.text(it.range) == text)
        };
        matches!(method, "isdir" | "is_dir") || self.graph.calls.iter().any(makes)
    }

    fn extract_call(
        &mut self,
        unit: UnitId,
        call: &CallFacts,
        context: &Context,
    ) -> Option<(Edit, String)> {
        let access = self.access(unit, call)?;
        let is_row = self.passes_rows(unit, &access);
        let (parameters, passed) = match self.parameters(unit, &access).filter(|_| !is_row) {
            Some(parameters) => (parameters, Vec::new()),
            None => self.passed(unit, &access)?,
        };
        let program = self.program;
        let facts = &self.graph.units[unit.index()].access;
        let graph = self.graph;
        let inner = |range: TextRange| {
            let edits = crate::edits::fragment_edits(program, graph, facts, range, context);
            apply(program, range, edits)
        };
        let mut imports = Imports::new();
        let choices = self.choices(unit, &access, &parameters, &passed, &inner)?;
        let given = (&parameters[..], &passed[..], &choices[..]);
        let shared = self.shared_noun(unit, &access, given, &imports);
        let noun = shared.unwrap_or_else(|| self.noun(unit, &access, &parameters));
        let mut method = self.method(unit, &access, given, (&noun, &mut imports));
        let other = self.other_names(unit, &access);
        self.resources
            .tell_apart(&self.key(&access), &mut method, other);
        let class = self.place(unit, &access, &noun, &method, imports);
        let mut arguments: Vec<String> = parameters
            .iter()
            .map(|name| context.names.get(name).unwrap_or(name).clone())
            .collect();
        arguments.extend(passed.iter().map(|it| inner(it.value)));
        arguments.extend(choices.iter().map(sources::Choice::argument));
        let text = format!(
            "{class}({}).{}({})",
            access.location.map(inner).unwrap_or_default(),
            method.name,
            arguments.join(", ")
        );
        let edit = Edit {
            range: call.range,
            text,
        };
        Some((edit, class))
    }

    /// The method that makes the call.
    fn method(
        &self,
        unit: UnitId,
        access: &Access<'_>,
        (parameters, passed, choices): (&[String], &[Whole], &[sources::Choice]),
        (noun, imports): (&str, &mut Imports),
    ) -> Method {
        let call = access.call;
        let mut edits = self.location_edits(access);
        edits.extend(choices.iter().map(sources::Choice::edit));
        edits.extend(passed.iter().map(Whole::edit));
        let body = apply(self.program, call.range, edits);
        let writes = call.own_effects.contains(Effect::WriteFile) && access.location.is_some();
        let is_statement = is_bare(self.program.statement(unit), call.range);
        let gives_nothing = writes && call.returns.as_ref().is_some_and(|ty| ty.name == "None");
        let returns = if is_statement || gives_nothing {
            "None".to_owned()
        } else {
            let fetched = self.fetched(access);
            let given = call.hint.as_ref().or(call.returns.as_ref());
            let given = fetched
                .as_ref()
                .or(given)
                .or_else(|| self.type_of_target(unit, access));
            self.annotator.annotation(given, imports)
        };
        let keyword = if returns == "None" { "" } else { "return " };
        let mut typed = self.typed(unit, access, parameters, imports);
        typed.extend(
            passed
                .iter()
                .map(|it| it.parameter(self.annotator, imports)),
        );
        if access.family.method == LINES {
            let parameters = sources::with_choices(typed, choices, imports);
            return conventions::lines_method(access, &body, parameters, imports);
        }
        let mut method = Method {
            name: access.family.method.to_owned(),
            parameters: sources::with_choices(typed, choices, imports),
            returns,
            body: format!("{keyword}{body}\n"),
            summary: access.family.method_summary(access.callee),
            raises: None,
        };
        if let Some(query) = &access.query {
            method.name.clone_from(&query.name);
            method.summary.clone_from(&query.summary);
            return method;
        }
        self.explain_failures(unit, access, noun, &mut method);
        method
    }

    /// What stands for the location in the method.
    fn location_edits(&self, access: &Access<'_>) -> Vec<Edit> {
        let Some(location) = access.location else {
            return Vec::new();
        };
        let text = &self.program.source.text;
        let (start, end) = (usize::from(location.start()), usize::from(location.end()));
        let is_receiver = text[end..].starts_with(").") && text[..start].ends_with('(');
        let around = srcify_syntax::TextSize::new(u32::from(is_receiver));
        let before = text[..start.saturating_sub(1)].chars().next_back();
        let is_call =
            before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ')' || c == ']');
        let range = if is_receiver && !is_call {
            TextRange::new(location.start() - around, location.end() + around)
        } else {
            location
        };
        vec![Edit {
            range,
            text: format!("self.{}", access.holds()),
        }]
    }

    /// Parameters with their annotations.
    fn typed(
        &self,
        unit: UnitId,
        access: &Access<'_>,
        parameters: &[String],
        imports: &mut Imports,
    ) -> Vec<String> {
        let annotated = |parameter: &String| {
            let known = (self.type_of)(parameter, unit);
            let ty = known.or_else(|| self.demanded(unit, access, parameter));
            format!(
                "{parameter}: {}",
                self.annotator.annotation(ty.as_ref(), imports)
            )
        };
        parameters.iter().map(annotated).collect()
    }

    /// Puts a method into the class of its location, and gives the class's name.
    fn place(
        &mut self,
        unit: UnitId,
        access: &Access<'_>,
        noun: &str,
        method: &Method,
        mut imports: Imports,
    ) -> String {
        let field = access.location.map(|location| match &access.query {
            Some(query) => self.connection_annotation(unit, location, query, &mut imports),
            None => self.location_annotation(unit, location, &mut imports),
        });
        let wanted = access.family.class_name(noun);
        let resource = Resource {
            key: self.key(access),
            noun: noun.to_owned(),
            class: String::new(),
            module: access.family.module,
            is_fixed: access.location.is_some_and(|it| self.is_fixed(unit, it)),
            summary: access.family.class_summary(noun, access.callee),
            field,
            holds: access.holds(),
            constant: self.required_columns(unit, access, noun),
            methods: Vec::new(),
            units: vec![unit],
            imports,
        };
        let taken = &mut *self.taken;
        self.resources
            .add(resource, method, &mut || unique_class(&wanted, taken))
    }

    /// Whether a location is the same wherever it is written like this: a text, or a setting.
    fn is_fixed(&self, unit: UnitId, location: TextRange) -> bool {
        let written = expression_at(self.program, unit, location);
        let is_text = written.is_some_and(Expr::is_string_literal_expr);
        is_text
            || self
                .lifting
                .by_variable(self.program.text(location))
                .is_some()
    }

    /// What tells the file of a call from others: its location, as the author wrote it.
    fn key(&self, access: &Access<'_>) -> String {
        let location = access.location.unwrap_or(access.call.range);
        let is_table = matches!(access.family.module, "tables" | "datasets");
        let kind = if is_table {
            "table"
        } else {
            access.family.suffix
        };
        format!("{kind} {}", self.program.text(location).replace('\'', "\""))
    }

    /// Variables that the call uses besides its location: the parameters of the method. `None` when the call uses what
    /// cannot be passed by name.
    fn parameters(&self, unit: UnitId, access: &Access<'_>) -> Option<Vec<String>> {
        let call = access.call;
        let facts = &self.graph.units[unit.index()].access;
        let mut parameters = Vec::new();
        let expression = expression_at(self.program, unit, call.range)?;
        let own = srcify_effects::Access::of_expression(expression);
        if !own.may.is_empty() || !own.captures.is_empty() {
            return None;
        }
        let is_in_location = |range: TextRange| {
            access
                .location
                .is_some_and(|location| location.contains_range(range))
        };
        let inner_calls = self
            .graph
            .calls_in(call.range)
            .filter(|it| it.range != call.range && !is_in_location(it.range));
        for inner in inner_calls {
            let opens = is_opener(inner)
                && access
                    .location
                    .is_some_and(|it| inner.range.contains_range(it));
            let is_plain = matches!(&inner.callee, Callee::Library(_)) && inner.effects.is_pure();
            // `con.execute(…)` in `con.execute(…).fetchall()`.
            let begins = access.query.is_some()
                && inner.range.start() == call.range.start()
                && matches!(&inner.callee, Callee::Library(_));
            if !is_plain && !opens && !begins {
                return None;
            }
        }
        let acts_first = self.location_that_acts(access);
        for (name, range, occurrence) in &own.occurrences {
            if *occurrence != Occurrence::Load || is_in_location(*range) {
                continue;
            }
            if (self.is_variable)(name) && acts_first.is_some_and(|it| range.start() < it.start()) {
                // It would be read after the location is found, no longer before.
                return None;
            }
            let is_local = !facts.occurrences.iter().any(|(_, place, _)| place == range);
            if !is_local && !(self.is_within_reach)(name) {
                return None;
            }
            if ((self.is_variable)(name) || is_local) && !parameters.contains(name) {
                parameters.push(name.clone());
            }
        }
        (parameters.len() <= MOST).then_some(parameters)
    }

    /// The location, where finding it does more than compute.
    fn location_that_acts(&self, access: &Access<'_>) -> Option<TextRange> {
        let location = access.location?;
        let mut inner = self.graph.calls_in(location);
        inner.any(|it| !it.effects.is_pure()).then_some(location)
    }

    /// Words for what the location holds, the best first.
    fn nouns(&self, unit: UnitId, access: &Access<'_>, parameters: &[String]) -> Vec<String> {
        let Some(location) = access.location else {
            return vec![self.source_noun(unit, access)];
        };
        if access.query.is_some() {
            return self.session_noun(unit, location).into_iter().collect();
        }
        let family = access.family;
        if let Some(noun) = sources::noun_of_callee(access) {
            return vec![noun];
        }
        let call = access.call.range;
        let access = &self.graph.units[unit.index()].access;
        let text = self.location_text(unit, location);
        let from_text = text.as_deref().and_then(naming::file_noun);
        let with_kind = text.as_deref().and_then(naming::noun_with_kind);
        let from_folder = text.filter(|_| family.suffix == "Folder");
        let from_folder = from_folder.and_then(|it| naming::folder_noun(&it));
        let of = |name: &String| {
            let noun = self.subject.noun(name, None);
            (!SAYS_NOTHING.contains(&noun.as_str())).then_some(noun)
        };
        let from_variable = match self.program.text(location) {
            text if text.chars().all(|c| c.is_alphanumeric() || c == '_') => {
                let words = naming::snake(text);
                let is_folder = family.suffix == "Folder";
                let kind = if is_folder { "_dir" } else { "_file" };
                let words = words.trim_end_matches("_path").trim_end_matches(kind);
                naming::plain_noun(words)
            }
            _ => None,
        };
        let candidates = [
            from_text,
            self.noun_of_holder(unit, location),
            from_folder,
            from_variable,
            self.target(unit, call)
                .or(access.must.iter().next())
                .and_then(of),
            parameters.first().and_then(of),
            with_kind,
        ];
        let fits = |name: &String| name.is_ascii() && name.len() > 2 && name.len() < 40;
        candidates.into_iter().flatten().filter(fits).collect()
    }
}

/// Names that say nothing of what a file holds.
const SAYS_NOTHING: &[&str] = &[
    "data",
    "f",
    "fig",
    "figure",
    "file",
    "path",
    "values",
    "con",
    "conn",
    "connection",
    "engine",
    "db",
    "handle",
    "fin",
    "fout",
    "infile",
    "outfile",
    "reader",
    "stream",
    "writer",
    "args",
    "results",
    "content",
    "text",
    "response",
];

/// Whether a call is a statement of its own somewhere in a statement.
fn is_bare(statement: &Stmt, call: TextRange) -> bool {
    use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
    struct Bare(TextRange, bool);
    impl<'a> Visitor<'a> for Bare {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            self.1 |= matches!(statement, Stmt::Expr(it) if it.value.range() == self.0);
            walk_stmt(self, statement);
        }
    }
    let mut bare = Bare(call, false);
    bare.visit_stmt(statement);
    bare.1
}

fn unique_class(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}{number}");
        number += 1;
    }
    name
}
