//! The job: its application function, and the functions of the domain that it calls.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::Type;
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, SourceKind, TextRange, UnitId};

use crate::context::Context;
use crate::cuts::{Cut, Part};
use crate::edits::{Edit, apply, edits_of, indent};
use crate::modules::Draft;
use crate::naming;
use crate::planner::Planner;
use crate::resources::{Extractor, Resource};
use crate::settings::{Lifted, Lifting};
use crate::steps::StepKind;
use crate::types::{Annotator, Imports};
use crate::{Folder, Item, Job, Rung};

/// A parameter of an emitted function, with what the job passes.
struct Parameter {
    name: String,
    annotation: String,
    argument: String,
}

impl Planner<'_> {
    /// Writes the application function and everything that it calls.
    pub(crate) fn write_job(&mut self, groups: Vec<Vec<Part>>) {
        let name = naming::job(self.graph);
        let function = self.names.unique(&format!("run_{name}"));
        let class = format!("{}Config", naming::pascal(&name));
        let config = self.names.first_free(&["config", "settings", "job_config"]);
        let logger = self.names.first_free(&["logger", "log", "job_logger"]);
        let (config, logger) = (config.as_str(), logger.as_str());
        let base = self.base_context(config, logger);
        let mut application = Draft::new(Folder::Application, &name, &format!("The {name} job."));
        self.write_definitions(logger, &mut application);
        let mut body = String::new();
        let mut taken: BTreeSet<String> = self.names.taken.clone();
        for group in groups {
            if !body.is_empty() {
                body.push('\n');
            }
            for part in group {
                match part {
                    Part::Cut(cut) => self.write_cut(&cut, &base, config, &mut body),
                    Part::InPlace(index, reason) => {
                        self.write_in_place(
                            index,
                            &reason,
                            &base,
                            &mut taken,
                            &mut application,
                            &mut body,
                        );
                    }
                }
            }
        }
        let returns = self.write_results(&name, &mut application, &mut body);
        if body.trim().is_empty() {
            body = "return\n".to_owned();
        }
        let is_async = self.awaits();
        let keyword = if is_async { "async def" } else { "def" };
        let summary = naming::sentence(&self.plan.summary);
        let text = format!(
            "{keyword} {function}({config}: {class}) -> {returns}:\n    {}\n{}",
            docstring(&summary),
            indent(&body)
        );
        application.items.push(Item {
            name: function.clone(),
            text,
            units: Vec::new(),
        });
        let uses_logger = application
            .items
            .iter()
            .any(|item| item.text.contains(&format!("{logger}.")));
        if uses_logger {
            application
                .needed
                .insert("logging".to_owned(), "import logging".to_owned());
            application
                .prelude
                .push(format!("{logger} = logging.getLogger(__name__)"));
        }
        application
            .needed
            .insert("sys".to_owned(), "import sys".to_owned());
        self.drafts.push(application);
        self.drafts
            .sort_by_key(|draft| (draft.folder, draft.name.clone()));
        let settings = std::mem::take(&mut self.lifting).settings(class);
        self.add_job(Job {
            summary: naming::plain_summary(&self.plan.summary),
            name,
            function,
            is_async,
            settings,
        });
    }

    /// Gives back the values that nothing in the job reads, so that they are not lost: the annotation of the result.
    fn write_results(&mut self, job: &str, application: &mut Draft, body: &mut String) -> String {
        if self.results.is_empty() {
            return "None".to_owned();
        }
        let class = self.names.unique(&format!("{}Result", naming::pascal(job)));
        let is_class = |class: &str| self.definitions.placed.contains_key(class);
        let annotator = Annotator {
            imports: &self.graph.imports,
            is_class: &is_class,
        };
        let mut fields = String::new();
        let mut arguments = Vec::new();
        for name in &self.results {
            let binding = self.steps.iter().rev().find(|step| step.may.contains(name));
            let ty = binding.and_then(|step| step.types.get(name));
            fields.push_str(&format!(
                "    {name}: {}\n",
                annotator.annotation(ty, &mut application.needed)
            ));
            arguments.push(format!("{name}={name}"));
        }
        let text = format!(
            "@dataclass(frozen=True)\nclass {class}:\n    \"\"\"What the {job} job computes beside what it prints and writes.\"\"\"\n\n{fields}"
        );
        application.needed.insert(
            "dataclass".to_owned(),
            "from dataclasses import dataclass".to_owned(),
        );
        application.items.push(Item {
            name: class.clone(),
            text,
            units: Vec::new(),
        });
        body.push_str(&format!("return {class}({})\n", arguments.join(", ")));
        class
    }

    fn awaits(&self) -> bool {
        use ast::visitor::{Visitor, walk_expr, walk_stmt};
        struct Awaits(bool);
        impl<'a> Visitor<'a> for Awaits {
            fn visit_stmt(&mut self, statement: &'a Stmt) {
                match statement {
                    Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                    Stmt::For(each) if each.is_async => self.0 = true,
                    Stmt::With(with) if with.is_async => self.0 = true,
                    _ => walk_stmt(self, statement),
                }
            }
            fn visit_expr(&mut self, expression: &'a ast::Expr) {
                self.0 |= expression.is_await_expr();
                walk_expr(self, expression);
            }
        }
        let mut awaits = Awaits(false);
        self.steps
            .iter()
            .for_each(|step| awaits.visit_stmt(self.program.statement(step.unit)));
        awaits.0
    }

    /// What is different for code in the application function.
    fn base_context(&self, config: &str, logger: &str) -> Context {
        let mut context = Context {
            logger: Some(logger.to_owned()),
            ..Context::default()
        };
        for lifted in &self.lifting.lifted {
            let text = lifted.expression(config);
            if let Some(variable) = &lifted.variable {
                context.names.insert(variable.clone(), text.clone());
            }
            context
                .literals
                .extend(lifted.places.iter().map(|range| Edit {
                    range: *range,
                    text: text.clone(),
                }));
        }
        for definition in self.definitions.placed.values() {
            context
                .lifted
                .insert(definition.name.clone(), definition.lifted.clone());
        }
        context.literals.extend(self.secret_edits());
        context.names.insert(
            "__file__".to_owned(),
            crate::prints::quote(&self.plan.origins[0]),
        );
        if let Some(text) = self.docstring_of_input() {
            context
                .names
                .insert("__doc__".to_owned(), crate::prints::quote(&text));
        }
        context
            .names
            .insert("__name__".to_owned(), "\"__main__\"".to_owned());
        context
    }

    /// Reads each secret from the environment.
    fn secret_edits(&self) -> impl Iterator<Item = Edit> {
        self.secrets.iter().filter_map(|secret| {
            let text = format!("Secret(\"{}\").read()", secret.variable);
            Some(Edit {
                range: secret.range?,
                text,
            })
        })
    }

    fn docstring_of_input(&self) -> Option<String> {
        if self.program.source.kind == SourceKind::Notebook {
            // What IPython calls the module it runs cells in.
            return Some(
                "Automatically created module for IPython interactive environment".to_owned(),
            );
        }
        let text = srcify_syntax::snippet(&self.program.source.text);
        match text.statements().first()? {
            Stmt::Expr(ast::StmtExpr { value, .. }) => {
                Some(value.as_string_literal_expr()?.value.to_str().to_owned())
            }
            _ => None,
        }
    }

    /// Writes the input's own functions and classes.
    fn write_definitions(&mut self, logger: &str, application: &mut Draft) {
        let mut domain = Draft::new(
            Folder::Domain,
            "functions",
            "Functions and classes of the analysis.",
        );
        let mut io = Draft::new(Folder::Io, "functions", "Functions that read and write.");
        let mut units: Vec<(UnitId, String)> = self
            .definitions
            .placed
            .values()
            .map(|it| (it.unit, it.name.clone()))
            .collect();
        units.sort();
        for (unit, name) in units {
            let definition = self.definitions.placed[&name].clone();
            let mut context = Context::default();
            for other in self.definitions.placed.values() {
                context
                    .lifted
                    .insert(other.name.clone(), other.lifted.clone());
            }
            for (variable, parameter) in &definition.lifted {
                context.names.insert(variable.clone(), parameter.clone());
            }
            context.names.insert(
                "__file__".to_owned(),
                crate::prints::quote(&self.plan.origins[0]),
            );
            context.literals.extend(self.secret_edits());
            if definition.folder == Folder::Application {
                context.logger = Some(logger.to_owned());
            }
            let draft = match definition.folder {
                Folder::Domain => &mut domain,
                Folder::Io => &mut io,
                Folder::Application => &mut *application,
            };
            let text =
                self.definition_text(unit, &name, &definition.lifted, &context, &mut draft.needed);
            draft.items.push(Item {
                name: name.clone(),
                text,
                units: vec![unit],
            });
            let place = format!("{}/{}.py: {name}", draft.folder.name(), draft.name);
            self.decide(unit, Rung::NotCounted, &place, "a definition");
        }
        self.drafts.extend(
            [domain, io]
                .into_iter()
                .filter(|draft| !draft.items.is_empty()),
        );
    }

    /// The text of a definition, with the parameters that it needs, and annotations where it has none.
    fn definition_text(
        &self,
        unit: UnitId,
        name: &str,
        lifted: &[(String, String)],
        context: &Context,
        needed: &mut Imports,
    ) -> String {
        let mut edits = edits_of(self.program, self.graph, unit, context);
        let statement = self.program.statement(unit);
        match statement {
            Stmt::FunctionDef(function) => {
                edits.extend(self.signature_edits(function, name, lifted, needed));
                edits.extend(self.docstring_edit(
                    &function.body,
                    &naming::sentence_of_function(name),
                    1,
                ));
            }
            Stmt::ClassDef(class) => {
                edits.extend(self.docstring_edit(&class.body, &format!("The class `{name}`."), 1));
                for member in &class.body {
                    if let Stmt::FunctionDef(method) = member {
                        let qualified = format!("{name}.{}", method.name);
                        edits.extend(self.signature_edits(method, &qualified, &[], needed));
                        edits.extend(self.docstring_edit(
                            &method.body,
                            &naming::sentence_of_function(&method.name),
                            2,
                        ));
                    }
                }
            }
            _ => {}
        }
        apply(
            self.program,
            self.program.units()[unit.index()].full_range,
            edits,
        )
    }

    fn docstring_edit(&self, body: &[Stmt], summary: &str, depth: usize) -> Option<Edit> {
        let first = body.first()?;
        let has_docstring = matches!(first, Stmt::Expr(ast::StmtExpr { value, .. }) if value.is_string_literal_expr());
        let line_start = self.program.source.text[..usize::from(first.start())]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let before = &self.program.source.text[line_start..usize::from(first.start())];
        if has_docstring || !before.trim().is_empty() {
            return None;
        }
        let indentation = if before.is_empty() {
            "    ".repeat(depth)
        } else {
            before.to_owned()
        };
        Some(Edit {
            range: TextRange::empty(first.start()),
            text: format!("{}\n{indentation}", docstring(summary)),
        })
    }

    /// Annotations for parameters and results that have none, and the parameters that replace variables of the module.
    fn signature_edits(
        &self,
        function: &ast::StmtFunctionDef,
        name: &str,
        lifted: &[(String, String)],
        needed: &mut Imports,
    ) -> Vec<Edit> {
        let owner = name.split('.').next().unwrap_or(name);
        let folder = self
            .definitions
            .placed
            .get(owner)
            .map_or(Folder::Application, |it| it.folder);
        let is_class = |class: &str| {
            let definition = self.definitions.placed.get(class);
            definition.is_some_and(|it| it.folder == Folder::Domain || it.folder == folder)
        };
        let annotator = Annotator {
            imports: &self.graph.imports,
            is_class: &is_class,
        };
        let facts = self.graph.functions.get(name).cloned().unwrap_or_default();
        let mut edits = Vec::new();
        let is_static = function
            .decorator_list
            .iter()
            .any(|it| self.program.text(it.expression.range()) == "staticmethod");
        for (index, parameter) in function.parameters.iter().enumerate() {
            let is_receiver = index == 0 && name.contains('.') && !is_static;
            if parameter.annotation().is_some() || is_receiver {
                continue;
            }
            let known = facts.parameters.get(parameter.name().as_str());
            let ty = if parameter.is_variadic() { None } else { known };
            let annotation = quoted_in(name, annotator.annotation(ty, needed));
            let annotation = with_default(annotation, parameter.default());
            let text = format!(": {annotation}");
            edits.push(Edit {
                range: TextRange::empty(parameter.name().end()),
                text,
            });
        }
        if function.returns.is_none() {
            let returns = if function.name.as_str() == "__init__" {
                Some(Type::new("None"))
            } else {
                facts.returns.clone()
            };
            let annotation = quoted_in(name, annotator.annotation(returns.as_ref(), needed));
            let text = format!(" -> {annotation}");
            edits.push(Edit {
                range: TextRange::empty(function.parameters.end()),
                text,
            });
        }
        if !lifted.is_empty() {
            edits.extend(self.lifted_parameters(function, lifted, &annotator, needed));
        }
        edits
    }

    fn lifted_parameters(
        &self,
        function: &ast::StmtFunctionDef,
        lifted: &[(String, String)],
        annotator: &Annotator<'_>,
        needed: &mut Imports,
    ) -> Vec<Edit> {
        let parameters = &function.parameters;
        let mut texts = Vec::new();
        for (variable, parameter) in lifted {
            let annotation = if let Some(setting) = self.lifting.by_variable(variable) {
                self.setting_annotation(setting, needed)
            } else {
                let last = self
                    .steps
                    .iter()
                    .rev()
                    .find(|step| step.may.contains(variable));
                annotator.annotation(last.and_then(|step| step.types.get(variable)), needed)
            };
            texts.push(format!("{parameter}: {annotation}"));
        }
        let text = texts.join(", ");
        let has_star = parameters.vararg.is_some() || !parameters.kwonlyargs.is_empty();
        let star = if has_star { "" } else { "*, " };
        if let Some(kwarg) = &parameters.kwarg {
            // `**options` stays last: find its stars.
            let start = self.program.source.text[..usize::from(kwarg.start())]
                .rfind("**")
                .unwrap_or_default();
            let at = srcify_syntax::TextSize::try_from(start).unwrap_or_default();
            return vec![Edit {
                range: TextRange::empty(at),
                text: format!("{star}{text}, "),
            }];
        }
        let closing = parameters.end() - srcify_syntax::TextSize::new(1);
        let inside = self
            .program
            .text(TextRange::new(parameters.start(), closing))
            .trim_end();
        let separator = if inside.ends_with('(') || inside.ends_with(',') {
            ""
        } else {
            ", "
        };
        vec![Edit {
            range: TextRange::empty(closing),
            text: format!("{separator}{star}{text}"),
        }]
    }

    fn setting_annotation(&self, setting: &Lifted, needed: &mut Imports) -> String {
        if setting.annotation == "Path" {
            needed.insert("Path".to_owned(), "from pathlib import Path".to_owned());
        }
        if setting.is_list {
            return setting
                .annotation
                .replace("tuple[", "list[")
                .replace(", ...]", "]");
        }
        setting.annotation.clone()
    }

    /// Writes a function of the domain and the call of it.
    fn write_cut(&mut self, cut: &Cut, base: &Context, config: &str, body: &mut String) {
        if cut.is_final {
            self.results.extend(cut.outputs.iter().cloned());
        }
        let units: Vec<UnitId> = cut
            .steps
            .iter()
            .map(|&index| self.steps[index].unit)
            .collect();
        let ranges: Vec<TextRange> = units
            .iter()
            .map(|unit| self.program.units()[unit.index()].range)
            .collect();
        let title = naming::title(self.program, units[0], &ranges);
        let wanted = naming::function(title.as_deref(), self.graph, &ranges, &cut.outputs);
        let name = self.names.unique(&wanted);
        let module = naming::theme(self.graph, &ranges);
        let mut needed = Imports::new();
        let mut context = Context {
            literals: Vec::new(),
            logger: None,
            ..base.clone()
        };
        let parameters = self.parameters(cut, &ranges, config, &mut context, &mut needed);
        let returns = self.return_annotation(cut, &mut needed);
        let text = self.cut_text(cut, &units, &context);
        let signature: Vec<String> = parameters
            .iter()
            .map(|it| format!("{}: {}", it.name, it.annotation))
            .collect();
        let summary = naming::cut_summary(title.as_deref(), &name, &cut.outputs);
        let text = format!(
            "def {name}({}) -> {returns}:\n    {}\n{}",
            signature.join(", "),
            docstring(&summary),
            indent(&text)
        );
        let arguments: Vec<String> = parameters.iter().map(|it| it.argument.clone()).collect();
        body.push_str(&format!(
            "{} = {name}({})\n",
            cut.outputs.join(", "),
            arguments.join(", ")
        ));
        let place = format!("domain/{module}.py: {name}");
        for unit in &units {
            self.decide(*unit, Rung::Layered, &place, "pure");
        }
        let draft = self.draft(Folder::Domain, module);
        draft.needed.extend(needed);
        draft.items.push(Item { name, text, units });
    }

    fn draft(&mut self, folder: Folder, name: &str) -> &mut Draft {
        let at = self
            .drafts
            .iter()
            .position(|draft| draft.folder == folder && draft.name == name);
        let at = at.unwrap_or_else(|| {
            self.drafts.push(Draft::new(
                folder,
                name,
                naming::module_summary(folder, name),
            ));
            self.drafts.len() - 1
        });
        &mut self.drafts[at]
    }

    /// Whether code in the domain may name a class of the input.
    fn is_domain_class(&self, class: &str) -> bool {
        self.definitions
            .placed
            .get(class)
            .is_some_and(|it| it.folder == Folder::Domain)
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
        let is_class = |class: &str| self.is_domain_class(class);
        let annotator = Annotator {
            imports: &self.graph.imports,
            is_class: &is_class,
        };
        let first = self.steps[cut.steps[0]].unit;
        let mut parameters = Vec::new();
        for name in cut
            .inputs
            .iter()
            .filter(|name| self.lifting.by_variable(name).is_none())
        {
            let ty = self.type_before(name, first);
            let annotation = annotator.annotation(ty.as_ref(), needed);
            parameters.push(Parameter {
                name: name.clone(),
                annotation,
                argument: name.clone(),
            });
        }
        let used = |lifted: &&Lifted| {
            lifted
                .variable
                .as_ref()
                .is_some_and(|variable| cut.inputs.contains(variable))
                || lifted
                    .places
                    .iter()
                    .any(|place| ranges.iter().any(|range| range.contains_range(*place)))
        };
        let settings: Vec<Lifted> = self.lifting.lifted.iter().filter(used).cloned().collect();
        let as_models = settings.len() > 2 || settings.len() + parameters.len() > 5;
        let mut taken: BTreeSet<String> = self.names.taken.clone();
        let mut models: BTreeMap<String, String> = BTreeMap::new();
        for lifted in &settings {
            let field = if as_models {
                let model = models.entry(lifted.section.clone()).or_insert_with(|| {
                    let name = free_name(&lifted.section, "settings", &mut taken);
                    let class = section_class(&self.lifting, &lifted.section);
                    let argument = format!("{config}.{}", lifted.section);
                    parameters.push(Parameter {
                        name: name.clone(),
                        annotation: class,
                        argument,
                    });
                    name
                });
                format!("{model}.{}", lifted.field)
            } else {
                let name = free_name(&lifted.field, "value", &mut taken);
                let annotation = self.plain_annotation(lifted, needed);
                let argument = format!("{config}.{}.{}", lifted.section, lifted.field);
                parameters.push(Parameter {
                    name: name.clone(),
                    annotation,
                    argument,
                });
                name
            };
            let text = lifted.wrap(&field);
            if let Some(variable) = &lifted.variable {
                context.names.insert(variable.clone(), text.clone());
            }
            context
                .literals
                .extend(lifted.places.iter().map(|range| Edit {
                    range: *range,
                    text: text.clone(),
                }));
        }
        parameters
    }

    fn plain_annotation(&self, lifted: &Lifted, needed: &mut Imports) -> String {
        if lifted.annotation == "Path" {
            needed.insert("Path".to_owned(), "from pathlib import Path".to_owned());
        }
        lifted.annotation.clone()
    }

    fn return_annotation(&self, cut: &Cut, needed: &mut Imports) -> String {
        let is_class = |class: &str| self.is_domain_class(class);
        let annotator = Annotator {
            imports: &self.graph.imports,
            is_class: &is_class,
        };
        let mut types = Vec::new();
        for name in &cut.outputs {
            let binding = cut.steps.iter().rev().map(|&index| &self.steps[index]);
            let ty = binding
                .into_iter()
                .find(|step| step.may.contains(name) || step.mutates.contains_key(name))
                .and_then(|step| step.types.get(name));
            types.push(annotator.annotation(ty, needed));
        }
        match &types[..] {
            [] => "None".to_owned(),
            [one] => one.clone(),
            several => format!("tuple[{}]", several.join(", ")),
        }
    }

    /// The body of a domain function: the author's statements, copies first, results last.
    fn cut_text(&self, cut: &Cut, units: &[UnitId], context: &Context) -> String {
        let mut text = String::new();
        for name in &cut.copies {
            text.push_str(&format!("{name} = {name}.copy()\n"));
        }
        let last = units.len() - 1;
        for (index, unit) in units.iter().enumerate() {
            if index > 0 && self.is_apart(units[index - 1], *unit) {
                text.push('\n');
            }
            if index == last
                && let Some(returned) = self.returned_expression(cut, *unit, context)
            {
                text.push_str(&returned);
                return text;
            }
            text.push_str(&self.statement_text(*unit, context, Vec::new()));
            text.push('\n');
        }
        text.push_str(&format!("return {}\n", cut.outputs.join(", ")));
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

    fn statement_text(&self, unit: UnitId, context: &Context, more: Vec<Edit>) -> String {
        let mut edits = more;
        edits.extend(edits_of(self.program, self.graph, unit, context));
        apply(
            self.program,
            self.program.units()[unit.index()].full_range,
            edits,
        )
    }

    /// Writes a statement where it was, its files and networks through classes of `io/`.
    fn write_in_place(
        &mut self,
        index: usize,
        reason: &str,
        base: &Context,
        taken: &mut BTreeSet<String>,
        application: &mut Draft,
        body: &mut String,
    ) {
        let step = self.steps[index].clone();
        let unit = step.unit;
        let mut found: Vec<Resource> = Vec::new();
        let edits = {
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
            extractor.extract(unit, base, &mut found)
        };
        let is_layered = self.is_one_call(unit, &edits);
        let text = match step.kind {
            StepKind::Function | StepKind::Class => self.nested_text(unit, base),
            _ => self.statement_text(unit, base, edits),
        };
        body.push_str(&text);
        body.push('\n');
        let place = format!("application/{}.py", application.name);
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

    /// Whether nothing but calls of `io` classes is left of a statement: one call, perhaps assigned to names.
    fn is_one_call(&self, unit: UnitId, edits: &[Edit]) -> bool {
        let value = match self.program.statement(unit) {
            Stmt::Assign(ast::StmtAssign { value, .. })
            | Stmt::Expr(ast::StmtExpr { value, .. }) => value,
            _ => return false,
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

    /// `global x` in a function that is now nested is `nonlocal x`.
    fn global_edits(&self, unit: UnitId) -> Vec<Edit> {
        use ast::visitor::{Visitor, walk_stmt};
        struct Globals(Vec<TextRange>);
        impl<'a> Visitor<'a> for Globals {
            fn visit_stmt(&mut self, statement: &'a Stmt) {
                match statement {
                    Stmt::Global(global) => self.0.push(global.range),
                    _ => walk_stmt(self, statement),
                }
            }
        }
        let mut globals = Globals(Vec::new());
        globals.visit_stmt(self.program.statement(unit));
        let keyword = srcify_syntax::TextSize::of("global");
        let edit = |range: TextRange| Edit {
            range: TextRange::at(range.start(), keyword),
            text: "nonlocal".to_owned(),
        };
        globals.0.into_iter().map(edit).collect()
    }
}

/// In its own body a class can be named in quotes only.
fn quoted_in(function: &str, annotation: String) -> String {
    let is_named = function.split_once('.').is_some_and(|(class, _)| {
        annotation
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .any(|word| word == class)
    });
    if is_named {
        format!("\"{annotation}\"")
    } else {
        annotation
    }
}

/// Adds the type of a default to the types that were passed.
fn with_default(annotation: String, default: Option<&ast::Expr>) -> String {
    let ty = match default {
        Some(ast::Expr::NoneLiteral(_)) => "None",
        Some(ast::Expr::BooleanLiteral(_)) => "bool",
        Some(ast::Expr::StringLiteral(_)) => "str",
        Some(ast::Expr::NumberLiteral(number)) if number.value.is_float() => "float",
        _ => return annotation,
    };
    let is_covered = annotation == "Any"
        || annotation.starts_with('"')
        || annotation.split(" | ").any(|part| part == ty);
    if is_covered {
        annotation
    } else {
        format!("{annotation} | {ty}")
    }
}

fn section_class(lifting: &Lifting, section: &str) -> String {
    let found = lifting.sections.iter().find(|it| it.name == section);
    found.map_or_else(|| "Config".to_owned(), |it| it.class.clone())
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

/// Where the value of an assignment begins, its brackets included.
fn value_start(
    text: &str,
    target: &ast::ExprName,
    value: &ast::Expr,
    range: TextRange,
) -> srcify_syntax::TextSize {
    let after_target = usize::from(target.end() - range.start());
    let before_value = usize::from(value.start() - range.start());
    let equals = text[after_target..before_value]
        .find('=')
        .map_or(before_value, |at| after_target + at + 1);
    let gap = text[equals..before_value].len()
        - text[equals..before_value]
            .trim_start_matches([' ', '\t', '\\', '\n'])
            .len();
    range.start() + srcify_syntax::TextSize::try_from(equals + gap).unwrap_or_default()
}

/// A docstring literal.
pub(crate) fn docstring(summary: &str) -> String {
    let escaped = summary.replace('\\', "\\\\").replace("\"\"\"", "'''");
    format!("\"\"\"{escaped}\"\"\"")
}
