//! Lines that a loop collects, to be printed after it: where the loop stays in the job, it says them itself.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use super::in_place::prints_lines;
use super::stages::Numbered;
use crate::Rung;
use crate::cuts::Part;
use crate::edits::Edit;
use crate::planner::Planner;

impl Planner<'_> {
    /// The parts without the collecting and printing of lines where the loop between them can print.
    pub(super) fn rejoined(&mut self, parts: Vec<Numbered>, logger: Option<&str>) -> Vec<Numbered> {
        let mut gone: Vec<usize> = Vec::new();
        for at in 1..parts.len() {
            let Some((list, start)) = self.collected(&parts, at) else {
                continue;
            };
            let Part::InPlace(index, _) = &parts[at - 1].1 else {
                continue;
            };
            let unit = self.steps[*index].unit;
            let Some(places) = additions(self.program.statement(unit), &list) else {
                continue;
            };
            let call = match logger {
                Some(logger) => format!("{logger}.info(\"%s\", "),
                None => "print(".to_owned(),
            };
            let edit = |range| Edit {
                range,
                text: call.clone(),
            };
            self.said
                .insert(unit, places.into_iter().map(edit).collect());
            gone.extend([start, at]);
        }
        for &at in &gone {
            if let Part::InPlace(index, _) = &parts[at].1 {
                let unit = self.steps[*index].unit;
                self.decide(unit, Rung::NotCounted, "", "the loop says its lines itself");
            }
        }
        let parts = parts.into_iter().enumerate();
        let kept = parts.filter(|(at, _)| !gone.contains(at));
        kept.map(|(_, part)| part).collect()
    }

    /// The list whose lines the part prints, when the part before collects them and nothing else knows the list; and the
    /// part that makes it.
    fn collected(&self, parts: &[Numbered], at: usize) -> Option<(String, usize)> {
        let Part::InPlace(index, _) = &parts[at].1 else {
            return None;
        };
        let statement = self.program.statement(self.steps[*index].unit);
        let each = statement
            .as_for_stmt()
            .filter(|_| prints_lines(statement))?;
        let list = each.iter.as_name_expr()?.id.to_string();
        let made = parts[..at].iter().rposition(|(_, part)| match part {
            Part::InPlace(index, _) => {
                let unit = self.steps[*index].unit;
                makes_list(self.program.statement(unit), &list)
            }
            Part::Cut(_) => false,
        })?;
        let knows = self.steps.iter().filter(|step| {
            step.reads.contains(&list)
                || step.may.contains(&list)
                || step.captures.contains(&list)
                || step.mutates.contains_key(&list)
        });
        (knows.count() == 3).then_some((list, made))
    }
}

/// `lines = []`
fn makes_list(statement: &Stmt, list: &str) -> bool {
    let Stmt::Assign(assignment) = statement else {
        return false;
    };
    let is_empty = assignment
        .value
        .as_list_expr()
        .is_some_and(|it| it.elts.is_empty());
    is_empty && matches!(&assignment.targets[..], [Expr::Name(name)] if name.id == list)
}

/// The places of `lines.append(` in a statement; `None` where it does anything else with the list.
fn additions(statement: &Stmt, list: &str) -> Option<Vec<TextRange>> {
    struct Additions<'l> {
        list: &'l str,
        places: Vec<TextRange>,
        named: usize,
    }
    impl<'a> Visitor<'a> for Additions<'_> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            if let Stmt::Expr(it) = statement
                && let Expr::Call(call) = &*it.value
                && let Expr::Attribute(method) = &*call.func
                && method.attr.as_str() == "append"
                && method
                    .value
                    .as_name_expr()
                    .is_some_and(|it| it.id == self.list)
                && let [line] = &call.arguments.args[..]
            {
                self.places.push(TextRange::new(call.start(), line.start()));
            }
            walk_stmt(self, statement);
        }
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(name) = expression
                && name.id == self.list
            {
                self.named += 1;
            }
            walk_expr(self, expression);
        }
    }
    let mut additions = Additions {
        list,
        places: Vec::new(),
        named: 0,
    };
    additions.visit_stmt(statement);
    let is_all = additions.named == additions.places.len() && additions.named > 0;
    is_all.then_some(additions.places)
}
