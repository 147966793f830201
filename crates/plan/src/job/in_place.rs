//! Statements that stay in the application function, in their order.

use std::collections::BTreeSet;

use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, UnitId};

use super::JobText;
use crate::context::Context;
use crate::edits::{Edit, apply, edits_of};
use crate::planner::Planner;
use crate::resources::{Extractor, Resource};
use crate::steps::StepKind;
use crate::types::Annotator;
use crate::{Folder, Item, Rung};

impl Planner<'_> {
    pub(crate) fn statement_text(
        &self,
        unit: UnitId,
        context: &Context,
        more: Vec<Edit>,
    ) -> String {
        let mut edits = more;
        edits.extend(edits_of(self.program, self.graph, unit, context));
        apply(
            self.program,
            self.program.units()[unit.index()].full_range,
            edits,
        )
    }

    /// Writes a statement where it was, its files and networks through classes of `io/`.
    pub(super) fn write_in_place(
        &mut self,
        index: usize,
        reason: &str,
        base: &Context,
        job: &mut JobText,
    ) {
        let step = self.steps[index].clone();
        let unit = step.unit;
        let (mut edits, found) = self.extract_resources(unit, base, &mut job.taken);
        let is_layered = self.is_one_call(unit, &edits);
        let text = match step.kind {
            StepKind::Function | StepKind::Class => self.nested_text(unit, base),
            _ => {
                edits.extend(self.global_edits(unit));
                self.statement_text(unit, base, edits)
            }
        };
        job.body.push_str(&text);
        job.body.push('\n');
        let place = format!("application/{}.py", job.application.name);
        let (rung, place) = match (step.kind, found.first()) {
            (StepKind::Print | StepKind::Import, _) => (Rung::NotCounted, place),
            (StepKind::Function | StepKind::Class, _) => (Rung::NotCounted, place),
            (_, Some(resource)) if is_layered => (
                Rung::Layered,
                format!("io/{}.py: {}", resource.module, resource.class),
            ),
            _ => (Rung::InPlace, place),
        };
        let reason = if rung == Rung::Layered {
            "reads or writes"
        } else {
            reason
        };
        self.decide(unit, rung, &place, reason);
        for resource in found {
            let draft = self.draft(Folder::Io, resource.module);
            draft.needed.extend(resource.imports);
            draft.items.push(Item {
                name: resource.class,
                text: resource.text,
                units: vec![resource.unit],
            });
        }
    }

    /// Replaces what a statement does outside by calls of new `io` classes.
    fn extract_resources(
        &self,
        unit: UnitId,
        base: &Context,
        taken: &mut BTreeSet<String>,
    ) -> (Vec<Edit>, Vec<Resource>) {
        let is_class = |class: &str| self.is_domain_class(class);
        let annotator = Annotator {
            imports: &self.graph.imports,
            is_class: &is_class,
        };
        let is_variable = |name: &str| self.names.is_variable(name);
        let type_of = |name: &str, unit| self.type_before(name, unit);
        let mut extractor = Extractor {
            program: self.program,
            graph: self.graph,
            catalog: self.catalog,
            lifting: &self.lifting,
            annotator: &annotator,
            is_variable: &is_variable,
            type_of: &type_of,
            taken,
        };
        let mut found = Vec::new();
        let edits = extractor.extract(unit, base, &mut found);
        (edits, found)
    }

    /// Whether nothing but calls of `io` classes is left of a statement: one call, perhaps assigned to names.
    fn is_one_call(&self, unit: UnitId, edits: &[Edit]) -> bool {
        let (Stmt::Assign(ast::StmtAssign { value, .. }) | Stmt::Expr(ast::StmtExpr { value, .. })) =
            self.program.statement(unit)
        else {
            return false;
        };
        edits.iter().any(|edit| edit.range == value.range())
    }

    /// A definition inside the application function: variables of the module are variables of that function.
    fn nested_text(&self, unit: UnitId, base: &Context) -> String {
        let mut edits = edits_of(self.program, self.graph, unit, base);
        edits.extend(self.global_edits(unit));
        apply(
            self.program,
            self.program.units()[unit.index()].full_range,
            edits,
        )
    }
}
