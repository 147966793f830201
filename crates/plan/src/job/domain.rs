//! Functions of the domain, made of runs of pure statements.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::Type;
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{TextRange, UnitId};

use super::bundles::Bundle;
use super::wording::Wording;
use super::{Frame, JobText};
use crate::context::{Context, Literals};
use crate::cuts::Cut;
use crate::edits::{Edit, apply, edits_of, indent, value_start};
use crate::planner::Planner;
use crate::settings::{Lifted, Lifting};
use crate::types::{Annotator, Imports};
use crate::{Folder, Item, Rung};

/// A parameter of an emitted function, with what the job passes.
pub(super) struct Parameter {
    pub name: String,
    pub annotation: String,
    pub argument: String,
    /// What the settings say of it.
    pub description: Option<String>,
}

impl Planner<'_> {
    /// Writes a function of the domain and the call of it.
    pub(super) fn write_cut(&mut self, cut: &Cut, frame: &Frame<'_>, job: &mut JobText) {
        let results = cut.outputs.iter().zip(cut.given());
        let unread: Vec<(String, Option<Type>)> = results
            .filter(|(name, _)| cut.unread.contains(*name))
            .map(|(name, given)| (given.clone(), self.output_type(cut, name).cloned()))
            .collect();
        self.results.extend(unread);
        let units: Vec<UnitId> = cut
            .steps
            .iter()
            .map(|&index| self.steps[index].unit)
            .collect();
        let ranges: Vec<TextRange> = units
            .iter()
            .map(|unit| self.program.units()[unit.index()].range)
            .collect();
        let mut needed = Imports::new();
        let mut context = Context {
            literals: Literals::default(),
            logger: None,
            ..frame.base.clone()
        };
        let parameters = self.parameters(cut, &ranges, frame.config, &mut context, &mut needed);
        let Wording {
            name,
            module,
            docstring: words,
        } = self.wording(cut, &units, &ranges, &parameters);
        let bundle = self.bundle(cut, &name);
        let returns = match &bundle {
            Some(bundle) => bundle.class.clone(),
            None => self.return_annotation(cut, &mut needed),
        };
        let text = self.cut_text(cut, &units, &context, bundle.as_ref());
        let signature: Vec<String> = parameters
            .iter()
            .map(|it| format!("{}: {}", it.name, it.annotation))
            .collect();
        let text = format!(
            "def {name}({}) -> {returns}:\n    {}\n{}",
            signature.join(", "),
            self.cut_docstring(&words, cut, &units),
            indent(&text)
        );
        let arguments = parameters.into_iter().map(|it| job.held(&it.argument));
        let call = format!("{name}({})", arguments.collect::<Vec<_>>().join(", "));
        self.write_call(cut, &call, bundle.as_ref(), job);
        let place = format!("domain/{module}.py: {name}");
        for unit in &units {
            self.decide(*unit, Rung::Layered, &place, "pure");
        }
        let class = bundle.map(|bundle| self.bundle_class(cut, &bundle, &name, &mut needed));
        let draft = self.draft(Folder::Domain, module);
        draft.needed.extend(needed);
        draft.items.extend(class);
        draft.items.push(Item { name, text, units });
    }

    /// Parameters for variables and settings; what stands for them goes into `context`.
    fn parameters(
        &self,
        cut: &Cut,
        ranges: &[TextRange],
        config: &str,
        context: &mut Context,
        needed: &mut Imports,
    ) -> Vec<Parameter> {
        let units: Vec<UnitId> = cut.steps.iter().map(|it| self.steps[*it].unit).collect();
        let mut parameters = self.parameters_for_variables(cut, &units, needed);
        let settings = self.settings_of(&cut.inputs, ranges);
        let is_crowded = are_models(settings.len(), parameters.len());
        let in_section = |section: &str| settings.iter().filter(|it| it.section == section).count();
        let passed = self.passed_models(&units);
        let is_model =
            |section: &String| passed.contains(section) || is_crowded && in_section(section) > 1;
        let mut taken = self.names_inside(ranges, &settings, cut);
        let mut models: BTreeMap<String, String> = BTreeMap::new();
        for lifted in &settings {
            let field = if is_model(&lifted.section) {
                let model = models.entry(lifted.section.clone()).or_insert_with(|| {
                    let name = free_name(&lifted.section, "settings", &mut taken);
                    let annotation = section_class(&self.lifting, &lifted.section);
                    let argument = format!("{config}.{}", lifted.section);
                    parameters.push(Parameter {
                        name: name.clone(),
                        annotation,
                        argument,
                        description: section_text(&self.lifting, &lifted.section),
                    });
                    name
                });
                format!("{model}.{}", lifted.field)
            } else {
                let is_alone = |it: &Lifted| !is_model(&it.section);
                let wanted = parameter_of(lifted, &settings, &is_alone);
                let name = free_name(&wanted, "value", &mut taken);
                let annotation = plain_annotation(lifted, needed);
                let argument = format!("{config}.{}.{}", lifted.section, lifted.field);
                parameters.push(Parameter {
                    name: name.clone(),
                    annotation,
                    argument,
                    description: field_text(&self.lifting, lifted),
                });
                name
            };
            context.replace(lifted, &lifted.wrap(&field));
        }
        for (section, model) in models {
            context
                .names
                .insert(crate::definitions::key(Some(&section)), model);
        }
        parameters
    }

    /// Parameters for what is no setting.
    fn parameters_for_variables(
        &self,
        cut: &Cut,
        units: &[UnitId],
        needed: &mut Imports,
    ) -> Vec<Parameter> {
        let is_class = |class: &str| self.is_domain_class(class);
        let annotator = Annotator {
            imports: &self.top_imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        let mut parameters = Vec::new();
        for name in cut
            .inputs
            .iter()
            .filter(|name| self.lifting.by_variable(name).is_none())
        {
            let ty = self.type_given(name, units);
            let annotation = annotator.annotation(ty.as_ref(), needed);
            parameters.push(Parameter {
                name: name.clone(),
                annotation,
                argument: name.clone(),
                description: None,
            });
        }
        parameters
    }

    /// Names that mean something in some statements, those aside that settings take the place of.
    fn names_inside(
        &self,
        ranges: &[TextRange],
        settings: &[Lifted],
        cut: &Cut,
    ) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = ranges
            .iter()
            .flat_map(|range| crate::names::variables(self.program.text(*range)))
            .collect();
        for variable in settings.iter().filter_map(|it| it.variable.as_ref()) {
            names.remove(variable);
        }
        names.extend(
            cut.inputs
                .iter()
                .filter(|name| self.lifting.by_variable(name).is_none())
                .cloned(),
        );
        names.extend(cut.outputs.iter().cloned());
        // What `list(…)` around a setting needs.
        names.insert("list".to_owned());
        names
    }

    /// The settings that some statements use.
    pub(super) fn settings_of(&self, inputs: &[String], ranges: &[TextRange]) -> Vec<Lifted> {
        let mut used: BTreeSet<usize> = BTreeSet::new();
        used.extend(inputs.iter().flat_map(|it| self.lifting.of_variable(it)));
        used.extend(ranges.iter().flat_map(|it| self.lifting.inside(*it)));
        let lifted = used.into_iter().map(|at| &self.lifting.lifted[at]);
        lifted.cloned().collect()
    }

    /// How many parameters a function has that holds some statements and reads some names.
    pub(crate) fn parameter_count(&self, units: &[UnitId], inputs: &[String]) -> usize {
        let range = |unit: &UnitId| self.program.units()[unit.index()].range;
        let ranges: Vec<TextRange> = units.iter().map(range).collect();
        let settings = self.settings_of(inputs, &ranges);
        let is_variable = |name: &&String| self.lifting.by_variable(name).is_none();
        let variables = inputs.iter().filter(is_variable).count();
        let is_crowded = are_models(settings.len(), variables);
        let passed = self.passed_models(units);
        let is_apart = |it: &&Lifted| !is_crowded && !passed.contains(&it.section);
        let apart = settings.iter().filter(is_apart).count();
        let others = settings.iter().filter(|it| !is_apart(it));
        let sections: BTreeSet<&String> = others.map(|it| &it.section).collect();
        variables + apart + sections.len()
    }

    pub(super) fn return_annotation(&self, cut: &Cut, needed: &mut Imports) -> String {
        let is_class = |class: &str| self.is_domain_class(class);
        let annotator = Annotator {
            imports: &self.top_imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        let mut types = Vec::new();
        for name in &cut.outputs {
            types.push(annotator.annotation(self.output_type(cut, name), needed));
        }
        match &types[..] {
            [] => "None".to_owned(),
            [one] => one.clone(),
            several => format!("tuple[{}]", several.join(", ")),
        }
    }

    pub(super) fn output_type(&self, cut: &Cut, name: &str) -> Option<&Type> {
        let units = cut.steps.iter().map(|it| self.steps[*it].unit);
        self.type_left(name, units)
    }

    /// The body of a domain function: the author's statements, copies first, results last.
    fn cut_text(
        &self,
        cut: &Cut,
        units: &[UnitId],
        context: &Context,
        bundle: Option<&Bundle>,
    ) -> String {
        let mut text = String::new();
        for name in &cut.copies {
            text.push_str(&format!("{name} = {name}.copy()\n"));
        }
        let last = units.len() - 1;
        let annotated = self.annotated_result(cut);
        for (index, unit) in units.iter().enumerate() {
            let annotation = annotated.iter().filter(|(it, _)| it == unit);
            let annotation: Vec<Edit> = annotation.map(|(_, edit)| edit.clone()).collect();
            if index > 0 && self.is_apart(units[index - 1], *unit) {
                text.push('\n');
            }
            if index == last
                && annotation.is_empty()
                && let Some(returned) = self.returned_expression(cut, *unit, context)
            {
                text.push_str(&returned);
                return text;
            }
            text.push_str(&self.statement_text(*unit, context, annotation));
            text.push('\n');
        }
        match bundle {
            Some(bundle) => text.push_str(&bundle.construction(&cut.outputs)),
            None if cut.outputs.is_empty() => {}
            None => text.push_str(&format!("return {}\n", cut.outputs.join(", "))),
        }
        text
    }

    /// `return f(x)` for a last statement `y = f(x)` whose target is the only result.
    fn returned_expression(&self, cut: &Cut, unit: UnitId, context: &Context) -> Option<String> {
        let Stmt::Assign(ast::StmtAssign { targets, value, .. }) = self.program.statement(unit)
        else {
            return None;
        };
        let [ast::Expr::Name(target)] = &targets[..] else {
            return None;
        };
        let [output] = &cut.outputs[..] else {
            return None;
        };
        if target.id.as_str() != output {
            return None;
        }
        let facts = &self.program.units()[unit.index()];
        let mut edits = edits_of(self.program, self.graph, unit, context);
        let start = value_start(self.program.text(facts.range), target, value, facts.range);
        edits.push(Edit {
            range: TextRange::new(facts.range.start(), start),
            text: "return ".to_owned(),
        });
        Some(apply(self.program, facts.full_range, edits) + "\n")
    }

    /// Whether the author left a blank line between two statements of one cell.
    fn is_apart(&self, before: UnitId, after: UnitId) -> bool {
        let (before, after) = (
            &self.program.units()[before.index()],
            &self.program.units()[after.index()],
        );
        if after.full_range.start() < before.full_range.end() || before.cell != after.cell {
            return before.cell != after.cell;
        }
        let between = self.program.text(TextRange::new(
            before.full_range.end(),
            after.full_range.start(),
        ));
        between.matches('\n').count() > 1
    }
}

/// Whether settings are passed as the models that hold them, rather than one by one.
pub(super) fn are_models(settings: usize, variables: usize) -> bool {
    settings > 2 || settings + variables > 5
}

pub(super) fn section_class(lifting: &Lifting, section: &str) -> String {
    let found = lifting.sections.iter().find(|it| it.name == section);
    found.map_or_else(|| "Config".to_owned(), |it| it.class.clone())
}

/// The docstring of a section.
fn section_text(lifting: &Lifting, section: &str) -> Option<String> {
    let found = lifting.sections.iter().find(|it| it.name == section)?;
    Some(found.summary.clone())
}

/// The description of a setting.
fn field_text(lifting: &Lifting, lifted: &Lifted) -> Option<String> {
    let section = lifting
        .sections
        .iter()
        .find(|it| it.name == lifted.section)?;
    let field = section.fields.iter().find(|it| it.name == lifted.field)?;
    Some(field.description.clone())
}

/// What a setting that is passed alone wants to be called: `ridge_alpha` where there is a `lasso_alpha`, too.
fn parameter_of(
    lifted: &Lifted,
    settings: &[Lifted],
    is_alone: &dyn Fn(&Lifted) -> bool,
) -> String {
    let alike = settings.iter().filter(|it| it.field == lifted.field);
    if alike.filter(|it| is_alone(it)).count() > 1 {
        format!("{}_{}", lifted.section, lifted.field)
    } else {
        lifted.field.clone()
    }
}

fn free_name(wanted: &str, suffix: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = wanted.to_owned();
    if taken.contains(&name) || srcify_syntax::is_reserved_word(&name) {
        name = format!("{wanted}_{suffix}");
    }
    let mut number = 2;
    while taken.contains(&name) {
        name = format!("{wanted}_{suffix}_{number}");
        number += 1;
    }
    taken.insert(name.clone());
    name
}

/// The annotation of a setting that is passed alone.
fn plain_annotation(lifted: &Lifted, needed: &mut Imports) -> String {
    super::signatures::need_words_of(&lifted.annotation, needed);
    lifted.annotation.clone()
}
