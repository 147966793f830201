//! Loops that compute and print: the lines are computed first, and printed after.

use srcify_effects::{Effect, EffectSet};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::{Analyzed, Change, Kind, NewNames};
use crate::edits::Edit;
use crate::prints::{line_text, printing_calls};

impl Analyzed<'_> {
    /// A compound statement that computes and prints: its lines go into a list, and are printed once it is done.
    ///
    /// Each line is the text that `print` would have made at that moment. Nothing but printing happens besides pure
    /// computation, so that nobody can see that it happens later.
    pub(super) fn printed_lines(&self, unit: UnitId, names: &mut NewNames) -> Option<Change> {
        let statement = self.program.statement(unit);
        let is_compound = matches!(
            statement,
            Stmt::For(_) | Stmt::While(_) | Stmt::If(_) | Stmt::Try(_)
        );
        let facts = &self.graph.units[unit.index()];
        let only_prints = facts.effects == EffectSet::of(Effect::Stdout)
            && facts.writes_by_call.is_empty()
            && facts.access.deletes.is_empty();
        let range = self.program.units()[unit.index()].range;
        let computes = self.graph.calls_in(range).any(|call| self.computes(call));
        // What is printed while standard output is turned elsewhere must be printed there.
        let is_redirected = self.program.source.text.contains("redirect_stdout");
        let is_kept = is_redirected || crate::steps::awaits(statement);
        if !is_compound || !only_prints || !computes || is_kept {
            return None;
        }
        let own = subject_of(statement).map(|it| format!("{it}_lines"));
        let wanted: Vec<String> = std::iter::once("lines".to_owned()).chain(own).collect();
        let list = names.first(&wanted);
        let line = names.first(
            &wanted
                .iter()
                .map(|it| it[..it.len() - 1].to_owned())
                .collect::<Vec<_>>(),
        );
        let mut edits = vec![self.above(unit, format!("{list} = []\n"))];
        for call in printing_calls(statement) {
            // `print` takes all of its arguments before it makes text of the first.
            let mut inner = self.graph.calls_in(call.arguments.range());
            if call.arguments.args.len() > 1 && inner.any(|it| it.mutates_other) {
                return None;
            }
            let text = line_text(call, &|range| self.program.text(range))?;
            edits.push(Edit {
                range: call.range(),
                text: format!("{list}.append({text})"),
            });
        }
        edits.push(Edit {
            range: TextRange::empty(range.end()),
            text: format!("\nfor {line} in {list}:\n    print({line})"),
        });
        Some(Change {
            unit,
            edits,
            before: 1,
            after: 1,
            kind: Kind::Lines,
        })
    }

    /// Whether a call is part of a computation, or changes what the statement made.
    fn computes(&self, call: &srcify_effects::CallFacts) -> bool {
        let is_print = self.program.text(call.function) == "print";
        !is_print && (self.is_worthwhile(call) || (call.mutates_other && call.effects.is_pure()))
    }
}

/// What the lines of a loop are of: the last word among its targets.
fn subject_of(statement: &Stmt) -> Option<String> {
    fn names<'a>(target: &'a Expr, found: &mut Vec<&'a str>) {
        match target {
            Expr::Name(name) => found.push(&name.id),
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|it| names(it, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    names(&statement.as_for_stmt()?.target, &mut found);
    let is_word =
        |it: &&str| it.len() > 2 && it.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    found.into_iter().rfind(is_word).map(str::to_owned)
}
