//! The statements of the job, in its own function or in stages of it.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::Effect;
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::bundles::Field;
use super::{Frame, JobText, docstring};
use crate::Item;
use crate::cuts::Part;
use crate::edits::indent;
use crate::modules::Draft;
use crate::naming;
use crate::planner::Planner;
use crate::stages::{Shape, Stage, Start, Stretch, divide};
use crate::steps::{Step, constant_assignment};
use crate::types::{Annotator, Imports};

/// A part with the number of its group.
type Numbered = (usize, Part);

impl Planner<'_> {
    /// Writes the statements of the job: the application module, and the body of its function.
    pub(super) fn write_groups(
        &mut self,
        groups: Vec<Vec<Part>>,
        frame: &Frame<'_>,
        application: Draft,
    ) -> JobText {
        let mut job = JobText {
            taken: self.names.taken.clone(),
            application,
            body: String::new(),
            held: BTreeMap::new(),
        };
        let parts: Vec<Numbered> = groups
            .into_iter()
            .enumerate()
            .flat_map(|(number, group)| group.into_iter().map(move |part| (number, part)))
            .collect();
        let shapes = self.shapes(&parts);
        let stretches = if self.may_have_stages(&parts) {
            divide(&shapes, &self.given_back(&parts))
        } else {
            (0..parts.len()).map(Stretch::Inline).collect()
        };
        let mut previous = None;
        for stretch in stretches {
            match stretch {
                Stretch::Inline(at) => {
                    let (group, part) = &parts[at];
                    if previous.is_some_and(|number| number != *group) {
                        job.begin_group();
                    }
                    previous = Some(*group);
                    self.write_part(part, frame, &mut job);
                }
                Stretch::Stage(stage) => {
                    self.write_stage(&stage, &parts[stage.from..stage.to], frame, &mut job);
                    previous = None;
                }
            }
        }
        job
    }

    fn write_part(&mut self, part: &Part, frame: &Frame<'_>, job: &mut JobText) {
        match part {
            Part::Cut(cut) => self.write_cut(cut, frame, job),
            Part::InPlace(index, reason) => {
                self.write_in_place(*index, reason, &frame.base, job);
            }
        }
    }

    /// Whether a part of the job means the same in a function of its own.
    fn may_have_stages(&self, parts: &[Numbered]) -> bool {
        let writes_outer = |step: &Step| {
            let access = &self.graph.units[step.unit.index()].access;
            step.writes_globals || !access.globals.is_empty()
        };
        let mut kept = parts.iter().filter_map(|(_, part)| match part {
            Part::InPlace(index, _) => Some(&self.steps[*index]),
            Part::Cut(_) => None,
        });
        !self.is_introspective
            && !self.awaits()
            && !kept.any(writes_outer)
            && self.builtins_at_first().is_empty()
    }

    /// The names that the job gives back.
    fn given_back(&self, parts: &[Numbered]) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (_, part) in parts {
            match part {
                Part::Cut(cut) => {
                    let given = cut.outputs.iter().zip(cut.given());
                    let unread = given.filter(|(name, _)| cut.unread.contains(*name));
                    names.extend(unread.map(|(_, given)| given.clone()));
                }
                Part::InPlace(index, _) => names.extend(self.unread_result(*index).cloned()),
            }
        }
        names
    }

    fn shapes(&self, parts: &[Numbered]) -> Vec<Shape> {
        let mut shapes = Vec::new();
        let mut previous = None;
        for (group, part) in parts {
            let mut shape = match part {
                Part::Cut(cut) => Shape {
                    lines: self.lines_of_call(cut),
                    written: self.written_lines(cut, &self.ranges(part)),
                    reads: cut.inputs.iter().cloned().collect(),
                    must: cut.given().iter().cloned().collect(),
                    may: cut.given().to_vec(),
                    held: self.fields_of(cut),
                    uses_settings: !self.settings_of(&cut.inputs, &self.ranges(part)).is_empty(),
                    ..Shape::default()
                },
                Part::InPlace(index, _) => self.shape_of_step(*index),
            };
            if previous != Some(*group) {
                let cell = self.program.units()[self.units(part)[0].index()].cell;
                let heading = naming::heading(self.program, cell);
                shape.start = heading.map_or(Start::Group, |_| Start::Heading);
            }
            previous = Some(*group);
            shapes.push(shape);
        }
        shapes
    }

    fn shape_of_step(&self, index: usize) -> Shape {
        let step = &self.steps[index];
        let unit = &self.program.units()[step.unit.index()];
        let is_setting = |name: &String| self.lifting.by_variable(name).is_some();
        // A long text is one thing to read, and no reason for a function.
        let given = constant_assignment(self.program.statement(step.unit));
        let is_text = given.is_some_and(|(_, value)| value.is_string_literal_expr());
        let lines = if is_text { 1 } else { step.lines };
        Shape {
            lines,
            written: lines,
            reads: step.reads.clone(),
            must: step.must.clone(),
            may: step.binds.clone(),
            deletes: step.deletes.union(&step.closes).cloned().collect(),
            captures: step.captures.clone(),
            held: BTreeSet::new(),
            uses_settings: step.reads.iter().any(is_setting)
                || self.lifting.inside(unit.range).next().is_some(),
            ends: step.effects.contains(Effect::Exit),
            start: Start::Nothing,
        }
    }

    fn units(&self, part: &Part) -> Vec<UnitId> {
        match part {
            Part::Cut(cut) => cut.steps.iter().map(|&it| self.steps[it].unit).collect(),
            Part::InPlace(index, _) => vec![self.steps[*index].unit],
        }
    }

    fn ranges(&self, part: &Part) -> Vec<TextRange> {
        let units = self.units(part);
        let range = |unit: &UnitId| self.program.units()[unit.index()].range;
        units.iter().map(range).collect()
    }

    /// Writes parts as a function of their own, and the call of it.
    fn write_stage(
        &mut self,
        stage: &Stage,
        parts: &[Numbered],
        frame: &Frame<'_>,
        job: &mut JobText,
    ) {
        let passed = passed(&stage.inputs, &job.held);
        let inside = passed.iter().flat_map(|it| it.fields.clone()).collect();
        let caller = (
            std::mem::take(&mut job.body),
            std::mem::replace(&mut job.held, inside),
        );
        for (at, (group, part)) in parts.iter().enumerate() {
            if at > 0 && parts[at - 1].0 != *group {
                job.begin_group();
            }
            self.write_part(part, frame, job);
        }
        let results: Vec<String> = stage.outputs.iter().map(|name| job.held(name)).collect();
        let mut body = std::mem::replace(&mut job.body, caller.0);
        job.held = caller.1;
        let mut needed = Imports::new();
        let mut signature: Vec<String> = Vec::new();
        let mut arguments: Vec<String> = Vec::new();
        if mentions(&body, frame.config) {
            signature.push(format!("{}: {}", frame.config, frame.class));
            arguments.push(frame.config.to_owned());
        }
        let units: Vec<UnitId> = parts
            .iter()
            .flat_map(|(_, part)| self.units(part))
            .collect();
        signature.extend(self.stage_parameters(&passed, &units, &mut needed));
        arguments.extend(passed.iter().map(|it| it.argument.clone()));
        let returns = self.stage_returns(stage, parts, &mut needed);
        if !stage.outputs.is_empty() {
            body = with_return(body, &results);
        }
        let (name, summary) = self.stage_name(stage, parts);
        self.note_stage(&name, parts);
        let text = format!(
            "def {name}({}) -> {returns}:\n    {}\n{}",
            signature.join(", "),
            docstring(&summary),
            indent(&body)
        );
        job.application.needed.extend(needed);
        job.write_stage(&name, text, &arguments, &stage.outputs);
    }

    /// Notes that the statements that stay in the application are in the function `stage`.
    fn note_stage(&mut self, stage: &str, parts: &[Numbered]) {
        let units: Vec<UnitId> = parts
            .iter()
            .flat_map(|(_, part)| self.units(part))
            .collect();
        for unit in units {
            let decision = self.decisions.get_mut(&unit);
            if let Some(decision) =
                decision.filter(|it| !it.place.is_empty() && !it.place.contains(": "))
            {
                decision.place.push_str(&format!(": {stage}"));
            }
        }
    }

    fn stage_name(&mut self, stage: &Stage, parts: &[Numbered]) -> (String, String) {
        let ranges: Vec<TextRange> = parts
            .iter()
            .flat_map(|(_, part)| self.ranges(part))
            .collect();
        let units: Vec<UnitId> = parts
            .iter()
            .flat_map(|(_, part)| self.units(part))
            .collect();
        // What only the job gives back is not what the stage is about.
        let is_read = |name: &&String| !self.results.contains_key(*name);
        let read: Vec<String> = stage.outputs.iter().filter(is_read).cloned().collect();
        let subject = if read.is_empty() {
            &stage.inputs
        } else {
            &read
        };
        self.stage_words(&units, &ranges, subject, &stage.inputs)
    }

    fn stage_parameters(
        &self,
        passed: &[Passed],
        units: &[UnitId],
        needed: &mut Imports,
    ) -> Vec<String> {
        let is_class = |class: &str| self.is_placed(class);
        let annotator = Annotator {
            imports: &self.top_imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        let mut parameters = Vec::new();
        for it in passed {
            let annotation = if let Some(class) = &it.class {
                class.clone()
            } else {
                let ty = self.type_given(&it.name, units);
                annotator.annotation(ty.as_ref(), needed)
            };
            parameters.push(format!("{}: {annotation}", it.name));
        }
        parameters
    }

    fn stage_returns(&self, stage: &Stage, parts: &[Numbered], needed: &mut Imports) -> String {
        let is_class = |class: &str| self.is_placed(class);
        let annotator = Annotator {
            imports: &self.top_imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        let mut types = Vec::new();
        for name in &stage.outputs {
            if let Some(given) = self.results.get(name) {
                types.push(annotator.annotation(given.as_ref(), needed));
                continue;
            }
            let units: Vec<UnitId> = parts
                .iter()
                .flat_map(|(_, part)| self.units(part))
                .collect();
            let ty = self.type_left(name, units.into_iter());
            types.push(annotator.annotation(ty, needed));
        }
        match &types[..] {
            [] => "None".to_owned(),
            [one] => one.clone(),
            several => format!("tuple[{}]", several.join(", ")),
        }
    }

    /// Whether the application module may name a class of the input.
    fn is_placed(&self, class: &str) -> bool {
        self.definitions.placed.contains_key(class)
    }
}

/// What a stage gets: a variable, or an object that holds several.
struct Passed {
    name: String,
    /// The class of the object.
    class: Option<String>,
    /// What the job passes.
    argument: String,
    /// The variables that are fields of it in the stage.
    fields: Vec<(String, Field)>,
}

/// What a stage that reads `inputs` gets.
fn passed(inputs: &[String], held: &BTreeMap<String, Field>) -> Vec<Passed> {
    let mut passed: Vec<Passed> = Vec::new();
    for name in inputs {
        let Some(field) = held.get(name) else {
            passed.push(Passed {
                name: name.clone(),
                class: None,
                argument: name.clone(),
                fields: Vec::new(),
            });
            continue;
        };
        let entry = (name.clone(), field.clone());
        match passed.iter_mut().find(|it| it.name == field.object) {
            Some(object) => object.fields.push(entry),
            None => passed.push(Passed {
                name: field.object.clone(),
                class: Some(field.class.clone()),
                argument: field.object.clone(),
                fields: vec![entry],
            }),
        }
    }
    // A single field is passed as itself.
    for it in &mut passed {
        if let [(name, field)] = &it.fields[..] {
            it.argument = field.text();
            it.name = name.clone();
            it.class = None;
            it.fields.clear();
        }
    }
    passed
}

impl JobText {
    /// Adds a stage, and the call of it.
    fn write_stage(&mut self, name: &str, text: String, arguments: &[String], outputs: &[String]) {
        self.application.items.push(Item {
            name: name.to_owned(),
            text,
            units: Vec::new(),
        });
        for output in outputs {
            self.held.remove(output);
        }
        if !outputs.is_empty() {
            self.body.push_str(&format!("{} = ", outputs.join(", ")));
        }
        self.body
            .push_str(&format!("{name}({})\n", arguments.join(", ")));
    }
}

fn mentions(body: &str, name: &str) -> bool {
    body.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .any(|word| word == name)
}

/// Ends a body with its results; those of a last assignment are returned at once.
fn with_return(mut body: String, outputs: &[String]) -> String {
    let results = outputs.join(", ");
    let snippet = srcify_syntax::snippet(&body);
    if let Some(Stmt::Assign(assign)) = snippet.statements().last()
        && let [target] = &assign.targets[..]
        && names_of(target).as_deref() == Some(outputs)
    {
        let start = usize::from(assign.range.start());
        let after = usize::from(target.end());
        if let Some(equals) = body[after..usize::from(assign.value.start())].find('=') {
            body.replace_range(start..=after + equals, "return");
            return body;
        }
    }
    body + &format!("return {results}\n")
}

/// The names that a target consists of.
fn names_of(target: &Expr) -> Option<Vec<String>> {
    let name = |target: &Expr| target.as_name_expr().map(|name| name.id.to_string());
    match target {
        Expr::Tuple(tuple) => tuple.elts.iter().map(name).collect(),
        other => name(other).map(|name| vec![name]),
    }
}
