//! `with open(…) as file:` around a loop that goes through the file: the loop goes through what a method gives, line by line
//! or row by row, which closes the file behind the last.

use srcify_effects::{CallFacts, Callee, Effect};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::families::{Family, family};
use super::{Access, Extractor, Method};
use crate::context::Context;
use crate::edits::{Edit, apply};
use crate::types::Imports;

/// A block with the loop in it.
struct Stream<'a> {
    with: &'a ast::StmtWith,
    each: &'a ast::StmtFor,
    location: TextRange,
    callee: &'a str,
    opened: &'a CallFacts,
    /// The reader of rows, where there is one: `csv.DictReader(file)`.
    reader: Option<(&'a Expr, &'a str)>,
    /// What of the loop the method stands for.
    place: TextRange,
}

impl<'a> Extractor<'a> {
    /// Makes methods of the blocks inside a statement that open a file for one loop.
    pub(super) fn extract_streams(
        &mut self,
        unit: UnitId,
        blocks: &[&'a ast::StmtWith],
        context: &Context,
    ) -> Vec<(Edit, String)> {
        let streams = blocks.iter();
        let streams: Vec<Stream<'a>> = streams
            .filter_map(|with| self.stream(unit, with, blocks))
            .collect();
        let extracted = streams.into_iter();
        extracted
            .map(|it| self.extract_stream(unit, &it, context))
            .collect()
    }

    /// A block that does nothing but go through its file; `None` where it does more, or where something else does.
    fn stream(
        &self,
        unit: UnitId,
        with: &'a ast::StmtWith,
        all: &[&ast::StmtWith],
    ) -> Option<Stream<'a>> {
        let ([item], [Stmt::For(each)]) = (&with.items[..], &with.body[..]) else {
            return None;
        };
        let handle = item.optional_vars.as_deref()?.as_name_expr()?;
        let opened = self.graph.call_at(item.context_expr.range())?;
        let Callee::Library(callee) = &opened.callee else {
            return None;
        };
        let reads = opened.own_effects.contains(Effect::ReadFile)
            && !opened.own_effects.contains(Effect::WriteFile);
        let gives_text = opened
            .returns
            .as_ref()
            .is_some_and(|it| it.name == "io.TextIOWrapper");
        let location = self.opened_location(item, opened, callee)?;
        let header = TextRange::new(with.start(), each.iter.end());
        let is_plain = !with.is_async
            && !each.is_async
            && each.orelse.is_empty()
            && !self.program.text(header).contains('#')
            && self.is_closed_after(unit, handle, all)
            && self.graph.calls_in(location).next().is_none();
        let opening = item.context_expr.as_call_expr()?;
        let gives_text = gives_text && super::handles::opens_text(callee, opening);
        if !reads || !gives_text || !is_plain || !self.is_literal_beside(item, location) {
            return None;
        }
        let (reader, place) = self.gone_through(&each.iter, handle)?;
        let is_handle = |it: &Expr| it.as_name_expr().is_some_and(|it| it.id == handle.id);
        let mut names = Names(&handle.id, 0);
        ast::visitor::walk_stmt(&mut names, &with.body[0]);
        // The loop's own head names it once.
        (names.1 == 1 && !is_handle(&each.target)).then_some(Stream {
            with,
            each,
            location,
            callee,
            opened,
            reader,
            place,
        })
    }

    /// Whether what a file is opened with, beside its location, is written down.
    fn is_literal_beside(&self, item: &ast::WithItem, location: TextRange) -> bool {
        let Some(call) = item.context_expr.as_call_expr() else {
            return false;
        };
        let keywords = call.arguments.keywords.iter().map(|it| &it.value);
        let mut given = call.arguments.args.iter().chain(keywords);
        given.all(|it| it.range() == location || it.is_literal_expr())
            && !self
                .lifting
                .places_inside(call.range())
                .any(|it| !location.contains_range(it))
    }

    /// What the loop goes through: the file itself, its rows, or its lines with their numbers.
    fn gone_through(
        &self,
        iterated: &'a Expr,
        handle: &ast::ExprName,
    ) -> Option<(Option<(&'a Expr, &'a str)>, TextRange)> {
        let is_handle = |it: &Expr| it.as_name_expr().is_some_and(|it| it.id == handle.id);
        if is_handle(iterated) {
            return Some((None, iterated.range()));
        }
        let call = iterated.as_call_expr()?;
        let first = call.arguments.args.first()?;
        if !is_handle(first) {
            // `enumerate(csv.reader(file))`
            let is_enumerated = self.is_call_of(call, "enumerate");
            return is_enumerated.then(|| self.gone_through(first, handle))?;
        }
        if self.is_call_of(call, "enumerate") {
            return Some((None, first.range()));
        }
        let keywords = call.arguments.keywords.iter().map(|it| &it.value);
        let mut others = call.arguments.args.iter().skip(1).chain(keywords);
        let is_settled =
            others.all(|it| it.is_literal_expr() && self.lifting.at(it.range()).is_none());
        let row = match () {
            () if self.is_call_of(call, "csv.DictReader") => "dict[str, str]",
            () if self.is_call_of(call, "csv.reader") => "list[str]",
            () => return None,
        };
        is_settled.then(|| (Some((iterated, row)), iterated.range()))
    }

    fn is_call_of(&self, call: &ast::ExprCall, callee: &str) -> bool {
        let facts = self.graph.call_at(call.range());
        facts.is_some_and(|it| matches!(&it.callee, Callee::Library(own) if own == callee))
    }

    fn extract_stream(
        &mut self,
        unit: UnitId,
        stream: &Stream<'_>,
        context: &Context,
    ) -> (Edit, String) {
        let program = self.program;
        let method = if stream.reader.is_some() {
            "rows"
        } else {
            "lines"
        };
        let access = Access {
            family: Family {
                method,
                ..family(stream.callee, stream.opened.own_effects)
            },
            callee: stream.callee,
            location: Some(stream.location),
            call: stream.opened,
            query: None,
        };
        let mut imports = Imports::new();
        imports.insert(
            "Iterator".to_owned(),
            "from collections.abc import Iterator".to_owned(),
        );
        let handle = stream.with.items[0].optional_vars.as_deref();
        let handle = handle.map_or("file", |it| program.text(it.range()));
        let given = stream
            .reader
            .map_or(handle, |(it, _)| program.text(it.range()));
        let row = stream.reader.map_or("str", |(_, row)| row);
        let header = TextRange::new(stream.with.start(), stream.each.start());
        let opening = apply(program, header, self.location_edits(&access));
        let method = Method {
            name: method.to_owned(),
            parameters: Vec::new(),
            returns: format!("Iterator[{row}]"),
            body: format!("{}\n    yield from {given}\n", opening.trim_end()),
            summary: access.family.method_summary(access.callee),
            raises: None,
        };
        let noun = self.noun(unit, &access, &[]);
        let class = self.place(unit, &access, &noun, &method, imports);
        let graph = self.graph;
        let facts = &graph.units[unit.index()].access;
        let inner = |range: TextRange| {
            let edits = crate::edits::fragment_edits(program, graph, facts, range, context);
            apply(program, range, edits)
        };
        let iterated = stream.each.iter.range();
        let before = program.text(TextRange::new(iterated.start(), stream.place.start()));
        let after = program.text(TextRange::new(stream.place.end(), iterated.end()));
        let text = format!(
            "for {} in {before}{class}({}).{}(){after}",
            inner(stream.each.target.range()),
            inner(stream.location),
            method.name
        );
        // What stands in the loop is indented further than it must be, until it is formatted.
        let range = TextRange::new(stream.with.start(), iterated.end());
        (Edit { range, text }, class)
    }
}

/// How often a name is mentioned.
struct Names<'n>(&'n str, usize);

impl<'a> ast::visitor::Visitor<'a> for Names<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if expression
            .as_name_expr()
            .is_some_and(|it| it.id.as_str() == self.0)
        {
            self.1 += 1;
        }
        ast::visitor::walk_expr(self, expression);
    }
}
