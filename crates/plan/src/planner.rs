//! The planner: runs the decisions in order.

mod cleanup;
mod deep;
mod evaluated;
mod introspection;
mod notes;
mod types;
mod unread;

pub(crate) use introspection::{evaluates_data, is_introspective};

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use srcify_effects::{Catalog, EffectGraph, Overlay, Type};
use srcify_syntax::{Diagnostic, Program, Reading, Span, UnitId, Warned};

use crate::cuts::{Part, Situation, divide};
use crate::definitions::{self, Definitions};
use crate::dependencies::dependencies;
use crate::figures::Figures;
use crate::groups::{execution_order, groups_of};
use crate::identity::package_of;
use crate::job::missing_option;
use crate::job::unread::Unread;
use crate::mirrors::Mirrors;
use crate::modules::{self, Draft, Sources};
use crate::names::Names;
use crate::naming;
use crate::observed::Observed;
use crate::prints;
use crate::secrets::{self, FoundSecret};
use crate::settings::{self, Lifting};
use crate::steps::{self, Step, StepKind};
use crate::timeline::{Bound, Mentions, Places, Timeline, changes, reads};
use crate::twins::PlainWords;
use crate::typing_only::declared;
use crate::wishes::Wishes;
use crate::{Decision, Folder, Job, Plan, Rung, Secret};
use unread::UNREAD_SECRET;

/// What the user wishes.
#[derive(Debug, Clone, Default)]
pub struct Preferences {
    /// Name of the project; else made from the input's.
    pub name: Option<String>,
    /// Name of the job; else made from what the input does.
    pub job: Option<String>,
    /// Other names for the functions that we name.
    pub names: BTreeMap<String, String>,
    /// What the package does, where that is not what the input says.
    pub summary: Option<String>,
    /// Variables that are to stay in code.
    pub in_code: BTreeSet<String>,
    /// Keep plots that are only shown.
    pub keep_plots: bool,
    /// What a run of the input showed, when there was one.
    pub observed: Option<Observed>,
    /// How the input was read.
    pub reading: Reading,
    /// What the user says of libraries' functions.
    pub effects: Overlay,
}

/// Decides where every statement of `program` goes.
///
/// Never fails: a statement that cannot be placed stays in the job, in its order.
pub fn plan(
    program: &Program,
    graph: &EffectGraph,
    catalog: &Catalog,
    preferences: &Preferences,
) -> Warned<Plan> {
    let mut planner = Planner::new(program, graph, catalog, preferences);
    planner.hold_back();
    planner.drop_displays();
    planner.grant_drops();
    planner.lift_settings();
    planner.name_settings();
    planner.place_definitions();
    planner.drop_secrets_of_the_uncalled();
    planner.note_secrets();
    planner.note_introspection();
    planner.place_statements();
    planner.finish()
}

/// The state of one call of [`plan`].
pub(crate) struct Planner<'a> {
    pub program: &'a Program,
    pub graph: &'a EffectGraph,
    pub catalog: &'a Catalog,
    pub preferences: &'a Preferences,
    pub names: Names,
    pub steps: Vec<Step>,
    pub bound: Bound,
    /// Steps that may bind a name or change its object.
    pub changes: Places,
    /// Steps that may bind or unbind a name.
    pub bindings: Places,
    /// Steps that have to do with a name.
    pub mentions: Mentions,
    /// Names that imports bind for the whole module, with what they mean: annotations may use them.
    pub top_imports: BTreeMap<String, String>,
    /// The classes that the input's own inherit from.
    pub class_bases: BTreeMap<String, Type>,
    pub dropped: BTreeMap<UnitId, &'static str>,
    pub lifting: Lifting,
    pub definitions: Definitions,
    pub sources: Sources,
    pub drafts: Vec<Draft>,
    pub decisions: BTreeMap<UnitId, Decision>,
    pub secrets: Vec<FoundSecret>,
    /// The input looks its own names up (`globals`, `exec`…): all of it stays in one function.
    pub is_introspective: bool,
    /// What the input looks at of its own functions.
    pub mirrors: Mirrors,
    /// Whether what runs the input closes figures.
    pub figures: Figures,
    /// Statements before which the package closes all figures.
    pub closed_before: BTreeSet<UnitId>,
    /// The classes of `io/`.
    pub resources: crate::resources::Resources,
    /// What the data is about; found when the first function is named.
    pub subject: Option<Rc<naming::Subject>>,
    /// What each function of ours is called where no title tells of it.
    pub plain_words: BTreeMap<String, PlainWords>,
    /// Titles that name a function already.
    pub titles: BTreeSet<String>,
    /// What nothing reads of what the statements bind that stay in the job.
    pub unread: BTreeMap<usize, Unread>,
    /// Variables that the job gives back.
    pub results: BTreeMap<String, Option<Type>>,
    /// What the author wishes for cells.
    pub wishes: Wishes,
    /// Names that the author wished for and that were considered.
    pub named: BTreeSet<String>,
    pub plan: Plan,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Planner<'a> {
    #[expect(clippy::too_many_lines, reason = "one line for each field")]
    pub(crate) fn new(
        program: &'a Program,
        graph: &'a EffectGraph,
        catalog: &'a Catalog,
        preferences: &'a Preferences,
    ) -> Self {
        let mut diagnostics = Vec::new();
        let wishes = Wishes::of(program, &mut diagnostics);
        let names = Names::of(program, graph);
        let sources = Sources::of(program, &names.typing_branches).with_given(program);
        let secrets = secrets::find(program);
        let secret_units = secrets.iter().map(|secret| secret.unit).collect();
        let steps = steps::steps_of(program, graph, &names, &secret_units);
        let bound = Bound::of(&steps);
        let (changes, bindings) = changes(&steps);
        let mentions = Mentions::of(program, &steps);
        let (project, package) = package_of(&program.source, preferences);
        let plan = Plan {
            is_logger_taken: prints::names_logger(&program.source.text, &package),
            package,
            project,
            summary: preferences
                .summary
                .clone()
                .unwrap_or_else(|| naming::summary(program)),
            origins: vec![
                program
                    .source
                    .path
                    .file_name()
                    .unwrap_or("input")
                    .to_owned(),
            ],
            ..Plan::default()
        };
        Self {
            program,
            graph,
            catalog,
            preferences,
            names,
            steps,
            bound,
            changes,
            bindings,
            mentions,
            top_imports: crate::types::top_imports(program, graph),
            class_bases: crate::types::class_bases(program, graph),
            dropped: BTreeMap::new(),
            lifting: Lifting::default(),
            definitions: Definitions::default(),
            sources,
            drafts: Vec::new(),
            decisions: BTreeMap::new(),
            secrets,
            is_introspective: is_introspective(program, graph),
            mirrors: Mirrors::of(program, catalog),
            figures: Figures::of(program),
            closed_before: BTreeSet::new(),
            resources: crate::resources::Resources::default(),
            subject: None,
            plain_words: BTreeMap::new(),
            titles: BTreeSet::new(),
            unread: BTreeMap::new(),
            results: BTreeMap::new(),
            wishes,
            named: BTreeSet::new(),
            plan,
            diagnostics,
        }
    }

    /// Notes the environment variables that replace secrets.
    pub(crate) fn note_secrets(&mut self) {
        let prose = secrets::in_prose(self.program);
        self.plan.secret_values.extend(prose);
        for secret in &self.secrets {
            if !secret.is_word() {
                self.plan.secret_values.push(secret.value.clone());
            }
            self.plan.secret_values.extend(secret.parts.iter().cloned());
            if secret.range.is_some() {
                let entry = self.plan.secret_variables.entry(secret.variable.clone());
                entry.or_insert_with(|| secret.value.clone());
            }
            let is_read = !self.dropped.contains_key(&secret.unit);
            let known = self
                .plan
                .secrets
                .iter()
                .any(|it| it.variable == secret.variable);
            if is_read && !known {
                let description = naming::plain_summary(secret.description);
                self.plan.secrets.push(Secret {
                    variable: secret.variable.clone(),
                    description,
                });
            }
            let span = Span::from(self.program.units()[secret.unit.index()].range);
            let message = if is_read {
                format!(
                    "the code holds {}; the package reads `{}`",
                    secret.description, secret.variable
                )
            } else {
                format!(
                    "the code holds {} that nothing reads; it is left out",
                    secret.description
                )
            };
            let hint = match secret.range {
                _ if !is_read => "revoke the secret: the input still holds it",
                Some(_) => {
                    "set the variable before the package runs, and revoke the secret: the input still holds it"
                }
                None => "it is part of a longer string; replace that by the variable yourself",
            };
            self.diagnostics
                .push(Diagnostic::warning("secret", span, message).hint(hint));
        }
    }

    fn drop_displays(&mut self) {
        let reads = reads(&self.steps);
        let held = self.held_open();
        for step in &self.steps {
            if step.kind == StepKind::Text {
                self.dropped.insert(step.unit, "text that does nothing");
            } else if self.program.statement(step.unit).is_global_stmt() {
                let reason = "declares what holds without it, outside of functions";
                self.dropped.insert(step.unit, reason);
            } else if self.is_unread_secret(step) {
                self.dropped.insert(step.unit, UNREAD_SECRET);
            } else if !self.is_introspective && self.is_undrawn_generator(step) {
                let reason = "makes a generator of random numbers that nothing draws from";
                self.dropped.insert(step.unit, reason);
            } else if !self.is_introspective && self.is_cleanup(step, &reads, &held) {
                self.dropped
                    .insert(step.unit, "frees names that functions free at their end");
            }
        }
        if !self.preferences.keep_plots {
            let seen = steps::seen_only(self.program, self.graph, &self.steps);
            self.dropped.extend(seen);
            if !self.is_introspective {
                let prepared =
                    steps::prepared_only(self.program, self.graph, &self.steps, &self.dropped);
                self.dropped.extend(prepared);
            }
        }
        let stays = |step: &Step| !self.dropped.contains_key(&step.unit);
        self.closed_before =
            self.figures
                .closed_before(self.program, self.graph, &self.steps, stays);
    }

    fn lift_settings(&mut self) {
        if self.is_introspective {
            return;
        }
        let secrets: BTreeSet<UnitId> = self.secrets.iter().map(|secret| secret.unit).collect();
        let stays_in_code = |unit: UnitId| {
            let step = &self.steps[unit.index()];
            step.may
                .iter()
                .any(|name| self.preferences.in_code.contains(name))
        };
        let dropped = |unit| {
            stays_in_code(unit) || self.dropped.contains_key(&unit) || secrets.contains(&unit)
        };
        self.lifting = settings::lift(
            self.program,
            self.graph,
            self.catalog,
            &self.names,
            &self.steps,
            &dropped,
        );
        for step in &self.steps {
            if let Some((variable, _)) = missing_option(self.program.statement(step.unit)) {
                self.lifting.require(variable);
            }
        }
    }

    /// Settings classes take no name of the input.
    fn name_settings(&mut self) {
        for section in &mut self.lifting.sections {
            section.class = self.names.unique(&section.class);
        }
    }

    fn place_definitions(&mut self) {
        if self.is_introspective {
            let reason = "the input looks its own names up";
            let definitions = self.steps.iter().filter(|step| step.is_definition());
            let names = definitions.flat_map(|step| step.must.iter().cloned());
            self.definitions
                .nested
                .extend(names.map(|name| (name, reason.to_owned())));
            return;
        }
        let section_of = |name: &str| Some(self.lifting.by_variable(name)?.section.clone());
        self.definitions = definitions::place(
            self.program,
            self.graph,
            &mut self.names,
            &self.steps,
            &self.bound,
            &section_of,
        );
        let live = reads(&self.steps);
        definitions::layer(
            self.program,
            self.graph,
            &live,
            &mut self.steps,
            &mut self.definitions,
        );
        let known = (self.program, self.graph);
        definitions::hand_models(known, &self.names, &self.lifting, &mut self.definitions);
        definitions::note_passed_values(&self.definitions, &mut self.steps);
    }

    /// Steps that become part of the job, in order.
    fn kept(&self) -> Vec<usize> {
        let is_kept = |step: &Step| {
            let is_placed = match step.kind {
                StepKind::Import => step.may.iter().all(|name| self.names.is_import(name)),
                StepKind::Function | StepKind::Class | StepKind::Constant => step
                    .may
                    .iter()
                    .all(|name| self.definitions.placed.contains_key(name)),
                StepKind::Text | StepKind::Print | StepKind::Work => false,
            };
            !is_placed
                && !self.dropped.contains_key(&step.unit)
                && !self.lifting.units.contains(&step.unit)
        };
        (0..self.steps.len())
            .filter(|&index| is_kept(&self.steps[index]))
            .collect()
    }

    /// `table = clean(table, limit)`, where `clean` is a function of the domain that the author wrote.
    fn is_own_call(&self, unit: UnitId) -> bool {
        use srcify_syntax::ast::{Expr, Stmt};
        fn is_named(argument: &Expr) -> bool {
            match argument {
                Expr::Name(_) => true,
                Expr::Attribute(it) => is_named(&it.value),
                Expr::Subscript(it) => is_named(&it.value) && it.slice.is_literal_expr(),
                other => other.is_literal_expr(),
            }
        }
        let calls_own = |value: &Expr| {
            value.as_call_expr().is_some_and(|call| {
                let placed = call.func.as_name_expr();
                let placed = placed.and_then(|it| self.definitions.placed.get(it.id.as_str()));
                let mut values = call.arguments.keywords.iter().map(|it| &it.value);
                placed.is_some_and(|it| {
                    let is_function = self.program.statement(it.unit).is_function_def_stmt();
                    is_function && it.folder == Folder::Domain
                }) && call.arguments.args.iter().all(is_named)
                    && values.all(is_named)
            })
        };
        let Stmt::Assign(assignment) = self.program.statement(unit) else {
            return false;
        };
        match &*assignment.value {
            Expr::Tuple(tuple) => !tuple.elts.is_empty() && tuple.elts.iter().all(calls_own),
            value => calls_own(value),
        }
    }

    fn place_statements(&mut self) {
        let kept = self.kept();
        let units: BTreeSet<UnitId> = kept.iter().map(|&index| self.steps[index].unit).collect();
        let groups = if self.is_introspective {
            // What is looked up by name must be there by then.
            vec![kept.clone()]
        } else {
            groups_of(self.program, &self.steps, &kept)
        };
        // The statements as they will run: making an object may have moved down to where it changes.
        let order = execution_order(self.steps.len(), &kept, &groups);
        let ordered: Vec<Step> = order
            .iter()
            .map(|&index| self.steps[index].clone())
            .collect();
        let timeline = Timeline::of(&ordered, &|unit| units.contains(&unit));
        let mut position = vec![0; order.len()];
        for (at, &index) in order.iter().enumerate() {
            position[index] = at;
        }
        let mut parts: Vec<Vec<Part>> = {
            let is_variable = |name: &str| self.names.is_variable(name);
            let is_barred = |name: &str| {
                self.definitions.nested.contains_key(name)
                    || self.names.is_ambiguous(name)
                    || self
                        .definitions
                        .placed
                        .get(name)
                        .is_some_and(|it| it.folder != Folder::Domain)
            };
            let is_setting = |name: &str| self.lifting.by_variable(name).is_some();
            let situation = Situation {
                steps: &ordered,
                timeline: &timeline,
                is_variable: &is_variable,
                is_barred: &is_barred,
                is_setting: &is_setting,
                typed: ordered.iter().flat_map(Step::typed).collect(),
                is_kept: &|unit| units.contains(&unit),
                is_own_call: &|index| self.is_own_call(ordered[index].unit),
                assigned: &|index| {
                    let statement = self.program.statement(ordered[index].unit);
                    steps::constant_assignment(statement).map(|(name, _)| name)
                },
                parameters: &|units, inputs| self.parameter_count(units, inputs),
            };
            if self.is_introspective {
                groups.iter().map(|group| in_place(group)).collect()
            } else {
                let divide = |group: &Vec<usize>| {
                    let group: Vec<usize> = group.iter().map(|&index| position[index]).collect();
                    let parts = divide(&situation, &group).into_iter();
                    parts.map(|part| part.renumbered(&order)).collect()
                };
                groups.iter().map(divide).collect()
            }
        };
        self.name_given(&mut parts);
        self.note_unread(&parts, &timeline, &position);
        self.write_job(parts);
    }

    /// Results that the job only gives back get names of their own where it uses theirs again.
    fn name_given(&mut self, parts: &mut [Vec<Part>]) {
        for part in parts.iter_mut().flatten() {
            let Part::Cut(cut) = part else { continue };
            if cut.passing.is_empty() && cut.rebound.is_empty() {
                continue;
            }
            let mut given = cut.outputs.clone();
            for name in &mut given {
                if cut.passing.contains(name) {
                    *name = self.names.unique(&format!("_{}", naming::snake(name)));
                } else if cut.rebound.contains(name) {
                    *name = self.names.unique(name);
                }
            }
            cut.given = Some(given);
        }
    }

    /// Notes what became of a statement.
    pub(crate) fn decide(&mut self, unit: UnitId, rung: Rung, place: &str, reason: &str) {
        let is_wish = rung == Rung::InPlace && self.is_held_back(unit);
        let reason = if is_wish {
            "the author wishes it"
        } else {
            reason
        };
        let decision = Decision {
            unit,
            rung,
            place: place.to_owned(),
            reason: reason.to_owned(),
        };
        self.decisions.insert(unit, decision);
    }

    fn finish(mut self) -> Warned<Plan> {
        self.refuse_wishes();
        self.note_others();
        self.note_holders();
        self.note_own();
        let sources = std::mem::take(&mut self.sources);
        self.plan.typing_imports.clone_from(&sources.typing);
        let mut mentioned = self.names.mentioned_fixtures();
        mentioned.retain(|name| !self.definitions.nested.contains_key(name));
        for draft in self
            .drafts
            .iter_mut()
            .filter(|draft| draft.folder != Folder::Io)
        {
            draft.keep_for_formulas(&mentioned);
        }
        self.plan.modules = self
            .drafts
            .drain(..)
            .map(|draft| draft.finish(&self.plan.package, &sources))
            .collect();
        let known = (self.program, self.graph, self.catalog);
        let declared = declared(&self.plan.modules, &sources, known);
        self.plan.typing_imports.extend(declared);
        self.plan.author_names = self
            .plan
            .modules
            .iter()
            .flat_map(modules::capital_names)
            .collect();
        self.plan.decisions = std::mem::take(&mut self.decisions).into_values().collect();
        crate::paths::work_by_path(&mut self.plan);
        if !self.mirrors.signatures {
            crate::annotations::complete(&mut self.plan);
        }
        self.shorten_functions();
        if !self.mirrors.signatures {
            crate::annotations::complete(&mut self.plan);
            crate::demands::annotate(&mut self.plan, self.program);
        }
        self.unite_twins();
        self.unite_datasets();
        crate::demands::name_returned(&mut self.plan);
        crate::mends::mend(&mut self.plan, self.program, self.mirrors);
        crate::sent::name_as_globals(&mut self.plan, &self.program.source.text);
        self.plan.acting_imports = crate::acting::acting_imports(self.program, self.catalog);
        self.plan.environment = crate::environment::set_before_imports(self.program);
        let secrets = &self.plan.secret_values;
        (self.plan.environment).retain(|it| !secrets.contains(&it.value));
        crate::acting::complete(&mut self.plan);
        crate::acting::note_left_out(&mut self.plan, self.program);
        // What was mended and annotated may import more, or less.
        self.plan.dependencies = dependencies(&self.plan);
        self.diagnostics
            .extend(crate::advice::advise(self.program, self.graph));
        Warned {
            output: self.plan,
            diagnostics: self.diagnostics,
        }
    }

    /// Adds a job.
    pub(crate) fn add_job(&mut self, job: Job) {
        self.plan.jobs.push(job);
    }
}

/// A group of which every statement stays.
fn in_place(group: &[usize]) -> Vec<Part> {
    let reason = "the input looks its own names up";
    group
        .iter()
        .map(|&index| Part::InPlace(index, reason.to_owned()))
        .collect()
}
