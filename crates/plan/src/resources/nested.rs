//! `with open(…) as file:` blocks inside loops and branches that read or write once: each becomes a call of a method.

use srcify_effects::{Access as Names, CallFacts, Callee, Effect, EffectSet, Occurrence, Type};
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::FILES;
use super::blocks::main_callee;
use super::families::family;
use super::{Access, Extractor, MOST, Method};
use crate::context::Context;
use crate::edits::{Edit, apply};
use crate::types::Imports;

/// A block whose one statement uses the file that it opens.
struct Nested<'a> {
    with: &'a ast::StmtWith,
    opened: &'a CallFacts,
    location: TextRange,
    /// Where what is read goes; nowhere where something is written.
    goes: Option<Goes<'a>>,
    value: &'a Expr,
    inputs: Vec<String>,
}

/// What is done with what is read.
enum Goes<'a> {
    /// `text = …`
    To(&'a ast::ExprName),
    /// `texts[name] = …`
    At(&'a ast::ExprSubscript),
    /// `rows.append(…)`
    Into(&'a Expr),
}

impl Nested<'_> {
    /// The variable that holds what is read, or gathers it.
    fn receiver(&self) -> Option<String> {
        let name = match self.goes.as_ref()? {
            Goes::To(target) => *target,
            Goes::At(target) => target.value.as_name_expr()?,
            Goes::Into(method) => method.as_attribute_expr()?.value.as_name_expr()?,
        };
        Some(name.id.to_string())
    }
}

impl<'a> Extractor<'a> {
    /// Makes methods of the blocks inside a statement that open a file for one other statement.
    pub(super) fn extract_nested(
        &mut self,
        unit: UnitId,
        context: &Context,
    ) -> Vec<(Edit, String)> {
        let program = self.program;
        let mut search = Blocks::default();
        search.visit_stmt(program.statement(unit));
        let nested: Vec<Nested<'a>> = search
            .found
            .iter()
            .filter_map(|with| self.nested(unit, with, &search.found))
            .collect();
        let mut extracted = self.extract_streams(unit, &search.found, context);
        for it in &nested {
            extracted.push(self.extract_one(unit, it, context));
        }
        extracted
    }

    fn extract_one(
        &mut self,
        unit: UnitId,
        nested: &Nested<'_>,
        context: &Context,
    ) -> (Edit, String) {
        let graph = self.graph;
        let Callee::Library(own) = &nested.opened.callee else {
            unreachable!("what opens a file is a function of a library")
        };
        let main = main_callee(graph, nested.with).unwrap_or(own);
        let call = graph.call_at(nested.value.range());
        let effects = call.map_or(EffectSet::default(), |it| it.own_effects);
        let mut family = family(main, nested.opened.own_effects.union(effects));
        if self.appends(nested.opened.range) {
            family.method = "append";
        }
        let access = Access {
            family,
            callee: main,
            location: Some(nested.location),
            call: nested.opened,
            query: None,
        };
        let mut imports = Imports::new();
        let method = self.nested_method(unit, &access, nested, &mut imports);
        let told: Vec<String> = nested.receiver().into_iter().collect();
        let told = if told.is_empty() {
            &nested.inputs
        } else {
            &told
        };
        let noun = self.noun(unit, &access, told);
        let class = self.place(unit, &access, &noun, &method, imports);
        let facts = &graph.units[unit.index()].access;
        let inner = |range: TextRange| {
            let edits = crate::edits::fragment_edits(self.program, graph, facts, range, context);
            apply(self.program, range, edits)
        };
        let arguments: Vec<String> = nested
            .inputs
            .iter()
            .map(|name| context.names.get(name).unwrap_or(name).clone())
            .collect();
        let (before, after) = match &nested.goes {
            Some(Goes::To(target)) => (format!("{} = ", inner(target.range())), ""),
            Some(Goes::At(target)) => (format!("{} = ", inner(target.range())), ""),
            Some(Goes::Into(method)) => (format!("{}(", inner(method.range())), ")"),
            None => (String::new(), ""),
        };
        let text = format!(
            "{before}{class}({}).{}({}){after}",
            inner(nested.location),
            method.name,
            arguments.join(", ")
        );
        let range = nested.with.range();
        (Edit { range, text }, class)
    }

    /// A block that can be a method; `None` where it does more than read or write once.
    fn nested<'s>(
        &self,
        unit: UnitId,
        with: &'s ast::StmtWith,
        all: &[&ast::StmtWith],
    ) -> Option<Nested<'s>>
    where
        'a: 's,
    {
        let [item] = &with.items[..] else { return None };
        let handle = item.optional_vars.as_deref()?.as_name_expr()?;
        let opened = self.graph.call_at(item.context_expr.range())?;
        let Callee::Library(callee) = &opened.callee else {
            return None;
        };
        let location = self.opened_location(item, opened, callee)?;
        let (goes, value) = self.moved(with)?;
        let is_hidden = match &goes {
            Some(Goes::To(target)) => target.id == handle.id,
            Some(Goes::At(target)) => {
                let names = [&*target.value, &*target.slice].map(Names::of_expression);
                let mut occurrences = names.iter().flat_map(|it| &it.occurrences);
                occurrences.any(|(name, ..)| *name == *handle.id)
                    || names.iter().any(|it| !it.may.is_empty())
            }
            _ => false,
        };
        let is_plain = !with.is_async
            && !self.program.text(with.range).contains('#')
            && self.does_no_more(with)
            && !self
                .lifting
                .places_inside(with.range)
                .any(|it| !location.contains_range(it))
            && self.is_closed_after(unit, handle, all);
        let names = [
            Names::of_expression(&item.context_expr),
            Names::of_expression(value),
        ];
        let binds = names
            .iter()
            .any(|it| !it.may.is_empty() || !it.captures.is_empty());
        if !is_plain || binds || is_hidden {
            return None;
        }
        let mut inputs = Vec::new();
        for (name, place, kind) in names.iter().flat_map(|it| &it.occurrences) {
            if *kind != Occurrence::Load || location.contains_range(*place) || *name == *handle.id {
                continue;
            }
            if !(self.is_within_reach)(name) {
                return None;
            }
            if (self.is_variable)(name) && !inputs.contains(name) {
                inputs.push(name.clone());
            }
        }
        (inputs.len() <= MOST).then_some(Nested {
            with,
            opened,
            location,
            goes,
            value,
            inputs,
        })
    }

    /// What the one statement of a block reads or writes, and where that goes.
    fn moved<'s>(&self, with: &'s ast::StmtWith) -> Option<(Option<Goes<'s>>, &'s Expr)> {
        match &with.body[..] {
            [Stmt::Assign(it)] => match &it.targets[..] {
                [Expr::Name(target)] => Some((Some(Goes::To(target)), &it.value)),
                [Expr::Subscript(target)] if target.value.is_name_expr() => {
                    Some((Some(Goes::At(target)), &it.value))
                }
                _ => None,
            },
            [Stmt::Expr(it)] => {
                let call = it.value.as_call_expr()?;
                let facts = self.graph.call_at(call.range())?;
                if facts.own_effects.contains(Effect::WriteFile) {
                    return Some((None, &it.value));
                }
                let method = call.func.as_attribute_expr()?;
                let is_append = method.attr.as_str() == "append" && method.value.is_name_expr();
                match &call.arguments.args[..] {
                    [value] if is_append && !value.is_starred_expr() => {
                        Some((Some(Goes::Into(&call.func)), value))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether a block reads or writes files, and calls nothing else that acts.
    fn does_no_more(&self, with: &ast::StmtWith) -> bool {
        let mut calls = self.graph.calls_in(with.range());
        let acts = |it: &CallFacts| !it.own_effects.is_pure();
        let mut acting = self.graph.calls_in(with.range()).filter(|it| acts(it));
        acting.next().is_some()
            && calls.all(|it| {
                it.own_effects.is_subset(FILES) && matches!(it.callee, Callee::Library(_))
            })
    }

    /// Whether nothing but blocks that open it uses the name of the file.
    pub(super) fn is_closed_after(
        &self,
        unit: UnitId,
        handle: &ast::ExprName,
        all: &[&ast::StmtWith],
    ) -> bool {
        let name = handle.id.as_str();
        let opens = |with: &&ast::StmtWith| {
            let mut names = with
                .items
                .iter()
                .filter_map(|it| it.optional_vars.as_deref());
            names.any(|it| it.as_name_expr().is_some_and(|it| it.id.as_str() == name))
        };
        let blocks: Vec<TextRange> = all
            .iter()
            .filter(|it| opens(it))
            .map(|it| it.range)
            .collect();
        let is_inside = |place: TextRange| blocks.iter().any(|it| it.contains_range(place));
        let facts = &self.graph.units[unit.index()].access;
        let mut here = facts.occurrences.iter().filter(|(own, ..)| own == name);
        let is_used =
            |step: &crate::steps::Step| step.reads.contains(name) || step.captures.contains(name);
        here.all(|(_, place, _)| is_inside(*place))
            && !facts.captures.contains(name)
            && !self.steps[unit.index() + 1..].iter().any(is_used)
    }

    fn nested_method(
        &self,
        unit: UnitId,
        access: &Access<'_>,
        nested: &Nested<'_>,
        imports: &mut Imports,
    ) -> Method {
        let program = self.program;
        let step = &self.steps[unit.index()];
        let call = self.graph.call_at(nested.value.range());
        let returns = if nested.goes.is_some() {
            let given = call.and_then(|it| it.hint.as_ref().or(it.returns.as_ref()));
            self.annotator.annotation(given, imports)
        } else {
            "None".to_owned()
        };
        let written = call.and_then(|it| written(it, program.text(nested.opened.range)));
        let mut typed = |name: &String| {
            let is_whole = |it: TextRange| program.text(it) == name.as_str();
            let text = written.filter(|(place, _)| is_whole(*place));
            let ty = match text {
                Some((_, ty)) => Some(Type::new(ty)),
                None if step.may.contains(name) => step.annotated(name).cloned(),
                None => (self.type_of)(name, unit),
            };
            format!(
                "{name}: {}",
                self.annotator.annotation(ty.as_ref(), imports)
            )
        };
        let parameters = nested.inputs.iter().map(&mut typed).collect();
        let header = TextRange::new(nested.with.start(), nested.with.body[0].start());
        let opening = apply(program, header, self.location_edits(access));
        let keyword = if nested.goes.is_some() { "return " } else { "" };
        let value = program.text(nested.value.range());
        Method {
            name: access.family.method.to_owned(),
            parameters,
            returns,
            body: format!("{}\n    {keyword}{value}\n", opening.trim_end()),
            summary: access.family.method_summary(access.callee),
            raises: None,
        }
    }
}

/// What is written, and what it is: a file that holds text takes text.
fn written(call: &CallFacts, opened: &str) -> Option<(TextRange, &'static str)> {
    let Callee::Library(callee) = &call.callee else {
        return None;
    };
    let [argument] = &call.arguments[..] else {
        return None;
    };
    let is_text = ["\"w\"", "'w'", "\"a\"", "'a'", "\"wt\"", "'wt'"];
    let writes = callee.rsplit('.').next() == Some("write");
    let holds_text = is_text.iter().any(|it| opened.contains(it));
    (writes && holds_text).then_some((argument.range, "str"))
}

/// The blocks inside loops and branches, those in functions and classes left out.
#[derive(Default)]
struct Blocks<'a> {
    found: Vec<&'a ast::StmtWith>,
}

impl<'a> Visitor<'a> for Blocks<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::With(with) => self.found.push(with),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    // No statement is inside.
    fn visit_expr(&mut self, _expression: &'a Expr) {}
}
