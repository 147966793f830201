//! Statements that stay in the application function, in their order.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, UnitId};

use super::JobText;
use crate::context::Context;
use crate::cuts::{OWN_CALL, WRITTEN_DOWN};
use crate::edits::{Edit, apply, edits_beside, edits_of};
use crate::planner::Planner;
use crate::prints::as_print;
use crate::resources::Extractor;
use crate::steps::StepKind;
use crate::types::{Annotator, Imports};
use crate::{Folder, Item, Rung};

/// The context of code in which some variables are fields of an object.
fn with_held(base: &Context, job: &JobText) -> Context {
    let mut context = base.clone();
    for (name, field) in &job.held {
        context.names.insert(name.clone(), field.text());
    }
    context
}

/// A loop that does no more than print each item.
fn prints_lines(statement: &Stmt) -> bool {
    let Stmt::For(each) = statement else {
        return false;
    };
    let is_name = each.iter.is_name_expr() && each.target.is_name_expr();
    let [body] = &each.body[..] else {
        return false;
    };
    let arguments = as_print(body).map(|call| &call.arguments.args);
    is_name && arguments.is_some_and(|them| them.iter().all(ast::Expr::is_name_expr))
}

impl Planner<'_> {
    pub(crate) fn statement_text(
        &self,
        unit: UnitId,
        context: &Context,
        more: Vec<Edit>,
    ) -> String {
        let own = edits_beside(self.program, self.graph, unit, context, &more);
        let mut edits = more;
        edits.extend(own);
        apply(
            self.program,
            self.program.units()[unit.index()].full_range,
            edits,
        )
    }

    /// Binds the settings that the queries in a statement name, for they look for variables.
    fn queried_settings(&self, unit: UnitId, base: &Context) -> String {
        let names = self.names.queried_in(unit);
        let lifted = names.filter(|it| self.lifting.by_variable(it).is_some());
        let lines = lifted.filter_map(|it| Some(format!("{it} = {}\n", base.names.get(it)?)));
        lines.collect()
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
        if self.closed_before.contains(&unit) {
            let pyplot = self.pyplot(&mut job.application.needed);
            job.body.push_str(&format!("{pyplot}.close(\"all\")\n"));
        }
        let base = &with_held(base, job);
        for name in &step.must {
            job.held.remove(name);
        }
        let is_definition = step.is_definition();
        let (mut edits, found) = if is_definition {
            (Vec::new(), Vec::new())
        } else {
            self.extract_resources(unit, base, &mut job.taken)
        };
        let found = found
            .first()
            .and_then(|class| self.resources.found.iter().find(|it| it.class == *class));
        let is_layered = self.is_one_call(unit, &edits);
        edits.extend(self.unread_edits(index));
        let text = if is_definition {
            self.nested_text(unit, base, &mut job.application.needed)
        } else {
            edits.extend(self.global_edits(unit));
            edits.extend(self.qualname_edits(unit));
            self.statement_text(unit, base, edits)
        };
        job.body.push_str(&self.queried_settings(unit, base));
        job.body.push_str(&text);
        job.body.push('\n');
        let place = format!("application/{}.py", job.application.name);
        let (rung, place) = match (step.kind, found) {
            (StepKind::Print | StepKind::Import, _) => (Rung::NotCounted, place),
            _ if prints_lines(self.program.statement(unit)) => (Rung::NotCounted, place),
            (StepKind::Function | StepKind::Class | StepKind::Constant, _) => {
                (Rung::NotCounted, place)
            }
            _ if reason == WRITTEN_DOWN => (Rung::NotCounted, place),
            _ if reason == OWN_CALL => (Rung::Layered, place),
            (_, Some(resource)) if is_layered => (
                Rung::Layered,
                format!("io/{}.py: {}", resource.module, resource.class),
            ),
            _ => (Rung::InPlace, place),
        };
        let nested = step.must.first();
        let nested = nested.filter(|_| is_definition);
        let nested = nested.and_then(|name| self.definitions.nested.get(name).cloned());
        let reason = match &nested {
            Some(why_nested) => why_nested,
            None if rung == Rung::Layered && reason != OWN_CALL => "reads or writes",
            None => reason,
        };
        self.decide(unit, rung, &place, reason);
        self.give_back(index);
    }

    /// The name of `matplotlib.pyplot`, which is imported where the input does not import it itself.
    fn pyplot(&mut self, needed: &mut Imports) -> String {
        let own = self
            .top_imports
            .iter()
            .find(|(_, path)| *path == "matplotlib.pyplot");
        let added = needed
            .iter()
            .find(|(_, text)| text.starts_with("import matplotlib.pyplot as "));
        if let Some((name, _)) = own.or(added) {
            return name.clone();
        }
        let name = self
            .names
            .first_free(&["plt", "pyplot", "matplotlib_pyplot"]);
        let import = format!("import matplotlib.pyplot as {name}");
        needed.insert(name.clone(), import);
        name
    }

    /// Writes the classes of `io/` into their modules.
    pub(super) fn write_resources(&mut self) {
        let mut resources = std::mem::take(&mut self.resources);
        resources.tell_loaded();
        let error = crate::error_class(&self.plan.package);
        let module = format!("{}.errors", self.plan.package);
        for resource in &resources.found {
            let text = resource.text();
            let draft = self.draft(Folder::Io, resource.module);
            draft.needed.extend(resource.imports.clone());
            let dataclass = "from dataclasses import dataclass".to_owned();
            draft.needed.insert("dataclass".to_owned(), dataclass);
            draft
                .needed
                .insert(error.clone(), format!("from {module} import {error}"));
            draft
                .constants
                .extend(resource.constant.clone().map(|(_, text)| text));
            draft.items.push(Item {
                name: resource.class.clone(),
                text,
                units: resource.units.clone(),
            });
        }
    }

    /// Replaces what a statement does outside by calls of new `io` classes.
    fn extract_resources(
        &mut self,
        unit: UnitId,
        base: &Context,
        taken: &mut BTreeSet<String>,
    ) -> (Vec<Edit>, Vec<String>) {
        let subject = self.found_subject();
        let error = crate::error_class(&self.plan.package);
        let mut resources = std::mem::take(&mut self.resources);
        let is_class = |class: &str| self.is_domain_class(class);
        let annotator = Annotator {
            imports: &self.top_imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        let is_variable = |name: &str| self.names.is_variable(name);
        let type_of = |name: &str, unit| self.type_before(name, unit);
        let imported = imports_inside(self.program.statement(unit));
        let is_within_reach = |name: &str| {
            let placed = self.definitions.placed.get(name);
            placed.is_none_or(|it| it.folder == Folder::Domain && it.lifted.is_empty())
                && !self.definitions.nested.contains_key(name)
                && !self.names.is_ambiguous(name)
                && !imported.contains(name)
                && name != "__file__"
                && name != "__name__"
                && name != "__doc__"
        };
        let holds_secret = self.secrets.iter().any(|secret| secret.unit == unit);
        let mut extractor = Extractor {
            program: self.program,
            graph: self.graph,
            catalog: self.catalog,
            lifting: &self.lifting,
            steps: &self.steps,
            mentions: &self.mentions,
            bound: &self.bound,
            subject: &subject,
            error: &error,
            is_within_reach: &is_within_reach,
            resources: &mut resources,
            annotator: &annotator,
            is_variable: &is_variable,
            type_of: &type_of,
            taken,
        };
        let result = if holds_secret || self.is_looked_up_in(unit) {
            (Vec::new(), Vec::new())
        } else {
            extractor.extract(unit, base)
        };
        self.resources = resources;
        result
    }

    /// Whether nothing but calls of `io` classes is left of a statement: one call, perhaps assigned to names.
    fn is_one_call(&self, unit: UnitId, edits: &[Edit]) -> bool {
        let range = self.program.units()[unit.index()].range;
        if edits.iter().any(|edit| edit.range == range) {
            return true;
        }
        let (Stmt::Assign(ast::StmtAssign { value, .. }) | Stmt::Expr(ast::StmtExpr { value, .. })) =
            self.program.statement(unit)
        else {
            return false;
        };
        edits.iter().any(|edit| edit.range == value.range())
    }

    /// A definition inside the application function: variables of the module are variables of that function.
    fn nested_text(&self, unit: UnitId, base: &Context, needed: &mut Imports) -> String {
        let mut edits = edits_of(self.program, self.graph, unit, base);
        edits.extend(self.nested_signatures(unit, needed));
        edits.extend(self.global_edits(unit));
        edits.extend(self.qualname_edits(unit));
        apply(
            self.program,
            self.program.units()[unit.index()].full_range,
            edits,
        )
    }
}

/// The names that only imports inside of a statement bring, as in one branch of it.
fn imports_inside(statement: &Stmt) -> BTreeSet<String> {
    #[derive(Default)]
    struct Imported(BTreeSet<String>);
    impl<'a> Visitor<'a> for Imported {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            let names = match statement {
                Stmt::Import(it) => &it.names,
                Stmt::ImportFrom(it) => &it.names,
                other => return walk_stmt(self, other),
            };
            let bound = names
                .iter()
                .map(|it| it.asname.as_ref().unwrap_or(&it.name));
            let bound = bound.filter_map(|it| it.split('.').next());
            self.0.extend(bound.map(str::to_owned));
        }
    }
    let mut imported = Imported::default();
    imported.visit_stmt(statement);
    imported.0
}
