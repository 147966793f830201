//! Where a file or folder that is a setting is written again: a setting that moves only some of its uses breaks the program.

use srcify_effects::{CallFacts, Callee, EffectGraph};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use super::joined::{Tail, head};
use super::{Candidate, Given, Lifter, Spot, literal_of};
use crate::Literal;
use crate::steps::{Step, StepKind};

/// A text that stands for a place on the disk.
pub(crate) struct Again {
    pub text: String,
    pub range: TextRange,
    /// What stands around a variable or setting there.
    pub around: (&'static str, &'static str),
    /// The author's own function may take nothing but a text here.
    pub is_text: bool,
    /// The call that makes a path of the text alone.
    pub path: Option<TextRange>,
}

/// Texts in a statement that are places on the disk if any are: they begin paths, or are given to a parameter for one.
pub(crate) fn again(
    program: &Program,
    graph: &EffectGraph,
    given: &Given<'_>,
    unit: UnitId,
) -> Vec<Again> {
    let statement = program.statement(unit);
    let mut search = Search {
        found: Vec::new(),
        enters: statement.is_function_def_stmt(),
    };
    search.visit_stmt(statement);
    let mut places = Vec::new();
    for expression in search.found {
        if let Some(Tail {
            range,
            text,
            around,
            ..
        }) = head(program, expression)
        {
            places.push(Again {
                text,
                range,
                around,
                is_text: false,
                path: None,
            });
        }
        if let Some(call) = graph.call_at(expression.range()) {
            places.extend(in_call(given, unit, call, expression));
        }
    }
    places
}

fn in_call(given: &Given<'_>, unit: UnitId, call: &CallFacts, expression: &Expr) -> Vec<Again> {
    let Some(node) = expression.as_call_expr() else {
        return Vec::new();
    };
    let arguments = call.arguments.iter().enumerate();
    let mut found = Vec::new();
    for (at, argument) in arguments {
        let is_path = match &call.callee {
            Callee::Library(name) => match name.as_str() {
                "pathlib.Path" | "os.path.join" | "posixpath.join" => at == 0,
                _ => given.is_path(unit, call, argument),
            },
            Callee::User(_) => given.takes_place(unit, call, argument),
            Callee::Unknown => false,
        };
        let mut nodes = node.arguments.iter_source_order();
        let value = nodes.find(|it| it.value().range() == argument.range);
        let value = value
            .map(srcify_syntax::ast::ArgOrKeyword::value)
            .filter(|_| is_path);
        if let Some(Literal::Str(text)) = value.and_then(literal_of) {
            let is_whole = call.arguments.len() == 1
                && matches!(&call.callee, Callee::Library(it) if it == "pathlib.Path");
            found.push(Again {
                text,
                range: argument.range,
                around: ("", ""),
                is_text: matches!(call.callee, Callee::User(_)),
                path: is_whole.then_some(call.range),
            });
        }
    }
    found
}

impl Lifter<'_> {
    /// Gives every place where a file or folder is written that is a setting.
    pub(super) fn repeated(&mut self, steps: &[&Step]) {
        let own = |it: &Candidate| match (&it.value, &it.location) {
            (Literal::Str(text), Some(location)) => text == location,
            _ => false,
        };
        let known: Vec<usize> = (0..self.found.len())
            .filter(|at| own(&self.found[*at]))
            .collect();
        if known.is_empty() {
            return;
        }
        for step in steps {
            if matches!(
                step.kind,
                StepKind::Function | StepKind::Class | StepKind::Constant | StepKind::Import
            ) || self.units.contains(&step.unit)
            {
                continue;
            }
            for place in again(self.program, self.graph, &self.given, step.unit) {
                let is_same = |at: &&usize| matches!(&self.found[**at].value, Literal::Str(it) if *it == place.text);
                let is_free = |it: &Candidate| {
                    let range = it.place.map(|place| place.range);
                    range.is_none_or(|range| {
                        range.intersect(place.range).is_none_or(TextRange::is_empty)
                    })
                };
                let Some(at) = known.iter().find(is_same) else {
                    continue;
                };
                if self.found.iter().all(is_free) {
                    let candidate = self.found[*at].again(&place);
                    self.found.push(candidate);
                }
            }
        }
    }
}

impl Candidate {
    /// The same setting at another place.
    fn again(&self, place: &Again) -> Self {
        let (range, around) = match place.path.filter(|_| self.is_path) {
            Some(call) => (call, ("", "")),
            None if place.is_text && self.is_path => (place.range, ("str(", ")")),
            None => (place.range, place.around),
        };
        Self {
            section: self.section.clone(),
            field: self.field.clone(),
            alternatives: self.alternatives.clone(),
            variable: None,
            place: Some(Spot { range, around }),
            location: self.location.clone(),
            class: None,
            value: self.value.clone(),
            is_list: self.is_list,
            is_path: self.is_path,
            comment: None,
            description: self.description.clone(),
            bounds: Vec::new(),
            annotation: self.annotation.clone(),
        }
    }
}

/// Expressions in which a path may begin.
struct Search<'a> {
    found: Vec<&'a Expr>,
    /// Functions are gone into.
    enters: bool,
}

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if self.enters || !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if matches!(
            expression,
            Expr::Call(_) | Expr::BinOp(_) | Expr::FString(_)
        ) {
            self.found.push(expression);
        }
        walk_expr(self, expression);
    }
}
