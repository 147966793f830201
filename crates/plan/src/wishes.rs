//! What the author wishes for parts of the input: tags of cells, `srcify:name=clean_customers`.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Effect, EffectSet};
use srcify_syntax::{Diagnostic, Program, Span, UnitId, WISH, is_reserved_word};

use crate::planner::Planner;
use crate::steps::{Step, StepKind};

/// Wishes for the statements of one cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wish {
    pub drop: bool,
    pub keep: bool,
    /// Name of the function that is made of them.
    pub name: Option<String>,
    /// They stay in the application.
    pub in_application: bool,
    /// They are to be a function of the domain.
    pub in_domain: bool,
    pub job: Option<String>,
}

/// The wishes of the author, by cell.
#[derive(Debug, Default)]
pub(crate) struct Wishes {
    cells: BTreeMap<usize, Wish>,
}

impl Wishes {
    /// Reads the tags; what is no wish is reported.
    pub(crate) fn of(program: &Program, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut wishes = Self::default();
        for (index, cell) in program.source.cells.iter().enumerate() {
            for tag in cell.tags.iter().filter_map(|tag| tag.strip_prefix(WISH)) {
                let wish = wishes.cells.entry(index).or_default();
                if let Err(reason) = wish.read(tag.trim()) {
                    let span = span_of(program, index);
                    diagnostics.push(refusal(Some(span), tag, &reason));
                }
            }
        }
        wishes
    }

    /// The wish for a statement.
    pub(crate) fn of_unit(&self, program: &Program, unit: UnitId) -> Option<&Wish> {
        self.cells.get(&program.units()[unit.index()].cell)
    }

    /// The job that the input is to be: one, for one input is one job.
    pub(crate) fn job(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let mut jobs = self.cells.values().filter_map(|it| it.job.as_ref());
        let first = jobs.next()?.clone();
        let others: BTreeSet<&String> = jobs.filter(|it| **it != first).collect();
        for other in others {
            let reason = format!("one input is one job, and `{first}` is named before");
            diagnostics.push(refusal(None, &format!("job={other}"), &reason));
        }
        Some(first)
    }
}

impl Wish {
    fn read(&mut self, tag: &str) -> Result<(), String> {
        match tag
            .split_once('=')
            .map_or((tag, ""), |(key, value)| (key.trim(), value.trim()))
        {
            ("drop", "") => self.drop = true,
            ("keep", "") => self.keep = true,
            ("name", name) if is_name(name) => self.name = Some(name.to_owned()),
            ("name", _) => return Err("it is no name for a function".to_owned()),
            ("job", name) if is_name(name) => self.job = Some(name.to_owned()),
            ("job", _) => return Err("it is no name for a job".to_owned()),
            ("layer", "application") => self.in_application = true,
            ("layer", "domain") => self.in_domain = true,
            ("layer", _) => return Err("the layers are `domain` and `application`".to_owned()),
            _ => {
                return Err(
                    "the wishes are `drop`, `keep`, `name=`, `job=` and `layer=`".to_owned(),
                );
            }
        }
        Ok(())
    }
}

/// The name that the author wishes for the job of an input.
pub fn wished_job(program: &Program) -> Option<String> {
    let wishes = Wishes::of(program, &mut Vec::new());
    wishes.job(&mut Vec::new())
}

/// Lower case, as functions and modules are named.
pub fn is_name(name: &str) -> bool {
    let is_word = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    is_word && name.starts_with(|c: char| c.is_ascii_lowercase()) && !is_reserved_word(name)
}

/// What messages about a cell point at: its first statement.
fn span_of(program: &Program, cell: usize) -> Span {
    let first = program.units().iter().find(|unit| unit.cell == cell);
    let range = first.map_or(program.source.cells[cell].range, |unit| unit.range);
    Span::from(range)
}

/// Says why a wish is not granted.
pub(crate) fn refusal(span: Option<Span>, wish: &str, reason: &str) -> Diagnostic {
    let message = format!("`{WISH}{wish}` is refused: {reason}");
    Diagnostic::warning("wish-refused", span, message)
}

/// What others may depend on beside names.
const HIDDEN: EffectSet = EffectSet::from_slice(&[
    Effect::WriteFile,
    Effect::Database,
    Effect::Process,
    Effect::Random,
    Effect::Seed,
    Effect::WriteEnvironment,
    Effect::Exit,
    Effect::Dynamic,
    Effect::GlobalState,
    Effect::Unknown,
]);

impl Planner<'_> {
    /// Drops and keeps what the author wishes, where nothing else changes by it.
    pub(crate) fn grant_drops(&mut self) {
        let wished = |unit: UnitId| self.wishes.of_unit(self.program, unit);
        let kept: Vec<UnitId> = self
            .steps
            .iter()
            .map(|step| step.unit)
            .filter(|unit| wished(*unit).is_some_and(|it| it.keep))
            .collect();
        let drops: BTreeSet<UnitId> = self
            .steps
            .iter()
            .map(|step| step.unit)
            .filter(|unit| wished(*unit).is_some_and(|it| it.drop))
            .collect();
        for unit in kept {
            if self.steps[unit.index()].kind != StepKind::Text {
                self.dropped.remove(&unit);
            }
        }
        let mut refused = BTreeSet::new();
        for &unit in &drops {
            let cell = self.program.units()[unit.index()].cell;
            if let Some(reason) = self.needs_of(&self.steps[unit.index()], &drops)
                && refused.insert(cell)
            {
                let span = Span::from(self.program.units()[unit.index()].range);
                self.diagnostics.push(refusal(Some(span), "drop", &reason));
            }
        }
        for unit in drops {
            let cell = self.program.units()[unit.index()].cell;
            if !refused.contains(&cell) {
                self.dropped.insert(unit, "the author wishes it");
            }
        }
    }

    /// Why the rest of the input needs a statement, if it does.
    fn needs_of(&self, step: &Step, drops: &BTreeSet<UnitId>) -> Option<String> {
        let mut names: BTreeSet<&String> = step.may.iter().chain(&step.deletes).collect();
        names.extend(step.mutates.keys());
        names.extend(&step.consumes);
        let later = &self.steps[step.unit.index() + 1..];
        for other in later.iter().filter(|it| !drops.contains(&it.unit)) {
            let read = names.iter().find(|name| {
                other.reads.contains(**name)
                    || other.captures.contains(**name)
                    || other.mutates.contains_key(**name)
            });
            if let Some(name) = read {
                return Some(format!(
                    "`{name}`, which it binds or changes, is read later"
                ));
            }
            names.retain(|name| !other.must.contains(*name) || step.mutates.contains_key(*name));
        }
        if step.writes_globals {
            return Some("functions in it bind names of the module".to_owned());
        }
        let hidden = step.effects.iter().find(|effect| HIDDEN.contains(*effect));
        let is_last = later
            .iter()
            .all(|it| drops.contains(&it.unit) || it.effects.is_pure());
        match hidden {
            Some(effect) if !is_last => Some(format!(
                "it has the effect `{effect}`, which later statements may need"
            )),
            _ => None,
        }
    }

    /// Whether the author wishes a statement to stay in the application, or in code.
    pub(crate) fn is_held_back(&self, unit: UnitId) -> bool {
        let step = &self.steps[unit.index()];
        let wish = self.wishes.of_unit(self.program, unit);
        let in_code = &self.preferences.in_code;
        step.kind == StepKind::Work
            && (wish.is_some_and(|it| it.in_application)
                || step.may.iter().any(|name| in_code.contains(name)))
    }

    /// Statements that are held back have an effect that nobody knows.
    pub(crate) fn hold_back(&mut self) {
        for index in 0..self.steps.len() {
            if self.is_held_back(self.steps[index].unit) {
                self.steps[index].effects.insert(Effect::Unknown);
            }
        }
    }

    /// The name that the author wishes for a function made of some statements.
    pub(crate) fn wished_name(&mut self, units: &[UnitId]) -> Option<String> {
        let wish = units
            .iter()
            .find_map(|unit| self.wishes.of_unit(self.program, *unit))?;
        let name = wish.name.clone()?;
        if !self.named.insert(name.clone()) {
            return None;
        }
        let span = Span::from(self.program.units()[units[0].index()].range);
        if self.names.taken.contains(&name) {
            let reason = "the input uses that name for something else";
            let diagnostic = refusal(Some(span), &format!("name={name}"), reason);
            self.diagnostics.push(diagnostic);
            return None;
        }
        Some(name)
    }

    /// Wishes that came to nothing.
    pub(crate) fn refuse_wishes(&mut self) {
        let mut refusals = Vec::new();
        for (cell, wish) in &self.wishes.cells {
            let members = self
                .program
                .units()
                .iter()
                .filter(|unit| unit.cell == *cell)
                .filter_map(|unit| self.decisions.get(&unit.id));
            let mut in_place = members.filter(|it| it.rung == crate::Rung::InPlace);
            let span = Some(span_of(self.program, *cell));
            let reason = in_place.next().map_or_else(
                || "no function is made of it".to_owned(),
                |decision| format!("it stays in place: {}", decision.reason),
            );
            if let Some(name) = wish
                .name
                .as_ref()
                .filter(|name| !self.named.contains(*name))
            {
                refusals.push(refusal(span, &format!("name={name}"), &reason));
            }
            let mut members = self.program.units().iter().filter(|it| it.cell == *cell);
            let outside = members.find_map(|unit| {
                let decision = self.decisions.get(&unit.id)?;
                match decision.rung {
                    crate::Rung::InPlace => Some(reason.clone()),
                    crate::Rung::Layered if decision.place.starts_with("io/") => Some(format!(
                        "it goes to `{}`: {}",
                        decision.place, decision.reason
                    )),
                    _ => None,
                }
            });
            if let Some(reason) = outside.filter(|_| wish.in_domain) {
                refusals.push(refusal(span, "layer=domain", &reason));
            }
        }
        self.diagnostics.extend(refusals);
    }
}
