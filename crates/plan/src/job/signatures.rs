//! The input's own functions and classes, with the annotations, docstrings and parameters that they lack.

use std::rc::Rc;

use srcify_effects::{FunctionFacts, Type};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, UnitId};

use super::attributes::attribute_edits;
use super::defaults::with_default;
use super::introduction::Introduction;
use super::special::special_result;
use super::{add_logger, docstring};
use crate::annotations::{protocol_parameter, protocol_result};
use crate::constants::is_logger;
use crate::context::Context;
use crate::copies::{blanks_before, first_statement, header_end, place_before};
use crate::demands::does_nothing;
use crate::edits::{Edit, apply, edits_of};
use crate::modules::Draft;
use crate::names::stores;
use crate::naming;
use crate::planner::Planner;
use crate::settings::Lifted;
use crate::types::{Annotator, Imports};
use crate::usage::type_by_use;
use crate::{Folder, Item, Rung};

impl Planner<'_> {
    /// Writes the input's own functions and classes.
    pub(super) fn write_definitions(
        &mut self,
        logger: &str,
        introduction: Option<&Introduction>,
        application: &mut Draft,
    ) {
        let mut domain = Draft::new(
            Folder::Domain,
            "functions",
            "Functions and classes of the analysis.",
        );
        let mut io = Draft::new(Folder::Io, "functions", "Functions that read and write.");
        let placed = self.definitions.placed.values();
        let mut units: Vec<(UnitId, String)> =
            placed.map(|it| (it.unit, it.name.clone())).collect();
        units.sort();
        let lifted = Rc::new(self.definitions.lifted());
        let module = self.module_names(introduction);
        let guards = self.guard_edits();
        for (unit, name) in units {
            let definition = self.definitions.placed[&name].clone();
            let mut context = Context {
                lifted: Rc::clone(&lifted),
                figures: self.figures,
                ..Context::default()
            };
            self.name_lifted(&definition, &mut context);
            for (name, text) in &module {
                context.names.insert(name.clone(), text.clone());
            }
            context.literals.extend(self.secret_edits());
            context.literals.extend(guards.iter().cloned());
            if is_logger(self.program, self.graph, unit) {
                self.keep_logger(unit, &name, &context);
                continue;
            }
            if definition.folder != Folder::Domain && self.prints_become_messages() {
                context.logger = Some(logger.to_owned());
            }
            let draft = match definition.folder {
                Folder::Domain => &mut domain,
                Folder::Io => &mut io,
                Folder::Application => &mut *application,
            };
            let given = definition.given();
            let text = self.definition_text(unit, &name, &given, &context, &mut draft.needed);
            draft.items.push(Item {
                name: name.clone(),
                text,
                units: vec![unit],
            });
            let place = format!("{}/{}.py: {name}", draft.folder.name(), draft.name);
            let kind = match self.program.statement(unit) {
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => "a definition",
                _ => "a constant",
            };
            self.decide(unit, Rung::NotCounted, &place, kind);
        }
        add_logger(&mut io, logger);
        self.drafts.extend(
            [domain, io]
                .into_iter()
                .filter(|draft| !draft.items.is_empty()),
        );
    }

    /// Every module that logs gets the logger of the input, under the name that it had there.
    fn keep_logger(&mut self, unit: UnitId, name: &str, context: &Context) {
        let text = self.statement_text(unit, context, Vec::new());
        self.sources.loggers.insert(name.to_owned(), text);
        self.decide(unit, Rung::NotCounted, "each module that logs", "a logger");
    }

    /// The text of a definition, with the parameters that it needs, and annotations where it has none.
    pub(crate) fn definition_text(
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
                let own = || naming::function_summary(function);
                let from = (header_end(function), 1);
                edits.extend(self.summary_edits(unit, &function.body, own, from));
                edits.extend(self.copy_edit(function, name));
            }
            Stmt::ClassDef(class) => {
                let own = || naming::class_summary(class);
                let from = class
                    .arguments
                    .as_ref()
                    .map_or(class.name.end(), |it| it.end());
                edits.extend(self.summary_edits(unit, &class.body, own, (from, 1)));
                for member in &class.body {
                    if let Stmt::FunctionDef(method) = member {
                        let qualified = format!("{name}.{}", method.name);
                        let given = match method.name.as_str() {
                            "__init__" => lifted,
                            _ => &[],
                        };
                        edits.extend(self.signature_edits(method, &qualified, given, needed));
                        edits.extend(self.attributes_of(name, method, needed));
                        edits.extend(self.docstring_edit(
                            &method.body,
                            &naming::function_summary(method),
                            (header_end(method), 2),
                        ));
                    }
                }
            }
            _ => {}
        }
        edits.extend(self.inner_signatures(statement, needed));
        apply(
            self.program,
            self.program.units()[unit.index()].full_range,
            edits,
        )
    }

    /// The docstring of a definition, where it has none: the author's comment right above it, which goes away with that,
    /// or else what `own` says.
    fn summary_edits(
        &self,
        unit: UnitId,
        body: &[Stmt],
        own: impl Fn() -> String,
        from: (TextSize, usize),
    ) -> Vec<Edit> {
        let above = self.comment_above(unit);
        let summary = above.as_ref().map_or_else(own, |(text, _)| text.clone());
        let docstring = self.docstring_edit(body, &summary, from);
        let comment = above.filter(|(_, lines)| docstring.is_some() && self.is_prose(*lines));
        let comment = comment.map(|(_, range)| Edit {
            range,
            text: String::new(),
        });
        docstring.into_iter().chain(comment).collect()
    }

    /// Whether comment lines say something of what follows, and nothing to a tool: no banner over several definitions.
    fn is_prose(&self, lines: TextRange) -> bool {
        let mut lines = self.program.text(lines).lines();
        lines.all(|line| {
            let said = line.strip_prefix('#').map_or("", str::trim);
            let word = said.split([' ', ':']).next().unwrap_or_default();
            let is_pause = said.chars().all(|it| it == '.');
            (is_pause || said.starts_with(|it: char| it.is_alphanumeric() || it == '('))
                && !said.ends_with(['-', '=', '#', '*'])
                && !TO_TOOLS.contains(&word.to_lowercase().as_str())
        })
    }

    /// The author's comment right above a definition, as a sentence that fits on a line, and its lines.
    fn comment_above(&self, unit: UnitId) -> Option<(String, TextRange)> {
        let unit = &self.program.units()[unit.index()];
        let above = TextRange::new(unit.full_range.start(), unit.range.start());
        let before = self.program.text(above);
        let (text, start) = naming::comment_paragraph(before)?;
        let fits = text.len() <= 84 && text.split_whitespace().count() > 2;
        let end = before.rfind('\n').map_or(before.len(), |it| it + 1);
        let at = |it: usize| above.start() + TextSize::new(u32::try_from(it).unwrap_or_default());
        let lines = TextRange::new(at(start.min(end)), at(end));
        fits.then(|| (naming::sentence(naming::without_number(&text)), lines))
    }

    /// The copies of what a function changes, before its first statement.
    fn copy_edit(&self, function: &ast::StmtFunctionDef, name: &str) -> Option<Edit> {
        let copies = &self.definitions.placed.get(name)?.copies;
        let (from, first) = first_statement(function)?;
        let blanks = blanks_before(self.program, first)?;
        let lines: Vec<String> = copies
            .iter()
            .map(|parameter| format!("{parameter} = {parameter}.copy()\n{blanks}"))
            .collect();
        (!lines.is_empty()).then(|| Edit {
            range: TextRange::empty(place_before(self.program, from, first)),
            text: lines.concat(),
        })
    }

    /// A docstring, where there is none, between the header that ends at `from` and the body.
    fn docstring_edit(
        &self,
        body: &[Stmt],
        summary: &str,
        (from, depth): (TextSize, usize),
    ) -> Option<Edit> {
        let first = body.first()?;
        let has_docstring = matches!(first, Stmt::Expr(ast::StmtExpr { value, .. }) if value.is_string_literal_expr());
        let line_start = self.program.source.text[..usize::from(first.start())]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let before = &self.program.source.text[line_start..usize::from(first.start())];
        if self.mirrors.docstrings {
            return None;
        }
        if let Some(blank) = blank_docstring(first) {
            let text = docstring(summary);
            return Some(Edit { range: blank, text });
        }
        if has_docstring {
            return None;
        }
        let is_one_line = !before.trim().is_empty();
        let indentation = if is_one_line {
            let blank = before.len() - before.trim_start().len();
            format!("{}    ", &before[..blank])
        } else if before.is_empty() {
            "    ".repeat(depth)
        } else {
            before.to_owned()
        };
        let text = format!("{}\n{indentation}", docstring(summary));
        Some(Edit {
            range: TextRange::empty(place_before(self.program, from, first)),
            text: if is_one_line {
                format!("\n{indentation}{text}")
            } else {
                text
            },
        })
    }

    /// Whether a definition, or a method of it, can name a class of the program.
    fn is_in_reach(&self, class: &str, from: &str) -> bool {
        let owner = from.split('.').next().unwrap_or(from);
        let placed = &self.definitions.placed;
        let folder = placed
            .get(owner)
            .map_or(Folder::Application, |it| it.folder);
        let definition = placed.get(class);
        definition.is_some_and(|it| it.folder == Folder::Domain || it.folder == folder)
    }

    /// Annotations for the attributes of a class that begin empty.
    fn attributes_of(
        &self,
        class: &str,
        method: &ast::StmtFunctionDef,
        needed: &mut Imports,
    ) -> Vec<Edit> {
        let is_class = |it: &str| self.is_in_reach(it, class);
        let annotator = Annotator {
            imports: &self.top_imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        let seen = self.graph.attributes.get(class);
        attribute_edits(self.program, method, seen, (&annotator, needed))
    }

    /// Annotations for parameters and results that have none, and the parameters that replace variables of the module.
    pub(super) fn signature_edits(
        &self,
        function: &ast::StmtFunctionDef,
        name: &str,
        lifted: &[(String, String)],
        needed: &mut Imports,
    ) -> Vec<Edit> {
        let is_class = |class: &str| self.is_in_reach(class, name);
        let annotator = Annotator {
            imports: &self.top_imports,
            bases: &self.class_bases,
            is_class: &is_class,
        };
        let facts = self.graph.functions.get(name).cloned().unwrap_or_default();
        // `outer.<locals>.clean` is no method of `outer`.
        let name = name.rsplit("<locals>.").next().unwrap_or(name);
        let mut edits = Vec::new();
        let is_static = function
            .decorator_list
            .iter()
            .any(|it| self.program.text(it.expression.range()) == "staticmethod");
        let are_seen = self.mirrors.signatures;
        // Its heirs say what it gives.
        let is_open = self.is_left_to_heirs(function, name);
        let parameters = function.parameters.iter().enumerate();
        for (index, parameter) in parameters.filter(|_| !are_seen) {
            let is_receiver = index == 0 && name.contains('.') && !is_static;
            if parameter.annotation().is_some() || is_receiver {
                continue;
            }
            let annotation = annotated_parameter(
                (function, name),
                (index, &parameter),
                &facts,
                (&annotator, needed),
            );
            let annotation = quoted_in(name, annotation);
            let annotation = with_default(annotation, parameter.default());
            let text = format!(": {annotation}");
            edits.push(Edit {
                range: TextRange::empty(parameter.name().end()),
                text,
            });
        }
        if function.returns.is_none() && !are_seen {
            let demanded = name.contains('.').then(|| protocol_result(function));
            let returns = facts.returns_hint.or(facts.returns);
            let returns = returns.filter(|_| !is_open);
            let special = special_result(function, name, returns.as_ref());
            let text = if let Some(demanded) = demanded.flatten() {
                demanded.to_owned()
            } else if let Some((annotation, import)) = special {
                needed.insert(import.to_owned(), format!("from typing import {import}"));
                format!(" -> {annotation}")
            } else {
                let annotation = quoted_in(name, annotator.annotation(returns.as_ref(), needed));
                format!(" -> {annotation}")
            };
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

    /// Whether a method only says that heirs have it: it does nothing, and is abstract or one that heirs have.
    fn is_left_to_heirs(&self, method: &ast::StmtFunctionDef, name: &str) -> bool {
        let Some((class, own)) = name.rsplit_once('.') else {
            return false;
        };
        let is_abstract = method.decorator_list.iter().any(|it| {
            let decorator = self.program.text(it.expression.range());
            decorator.rsplit('.').next() == Some("abstractmethod")
        });
        let is_base = |it: &ast::Expr| it.as_name_expr().is_some_and(|it| it.id.as_str() == class);
        let is_heir = |it: &ast::StmtClassDef| {
            let method = format!("{}.{own}", it.name);
            let mut bases = it.arguments.iter().flat_map(|it| &it.args);
            bases.any(is_base) && self.graph.functions.contains_key(&method)
        };
        let units = self.program.units().iter();
        let mut statements = units.map(|unit| self.program.statement(unit.id));
        does_nothing(method)
            && (is_abstract || statements.any(|it| it.as_class_def_stmt().is_some_and(is_heir)))
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
            let annotation = if let Some(class) = self.model_class(variable) {
                class
            } else if let Some(setting) = self.lifting.by_variable(variable) {
                setting_annotation(setting, needed)
            } else {
                let last = self
                    .steps
                    .iter()
                    .rev()
                    .find(|step| step.may.contains(variable));
                annotator.annotation(last.and_then(|step| step.annotated(variable)), needed)
            };
            texts.push(format!("{parameter}: {annotation}"));
        }
        let text = texts.join(", ");
        let has_star = parameters.vararg.is_some() || !parameters.kwonlyargs.is_empty();
        let star = if has_star { "" } else { "*, " };
        if let Some(kwarg) = &parameters.kwarg {
            // `**options` stays last: find its stars.
            let start = self.program.source.text[..usize::from(kwarg.name.start())]
                .rfind("**")
                .unwrap_or_default();
            let at = TextSize::try_from(start).unwrap_or_default();
            return vec![Edit {
                range: TextRange::empty(at),
                text: format!("{star}{text}, "),
            }];
        }
        let closing = parameters.end() - TextSize::new(1);
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
}
/// A docstring that says nothing.
fn blank_docstring(first: &Stmt) -> Option<TextRange> {
    let text = first.as_expr_stmt()?.value.as_string_literal_expr()?;
    text.value.to_str().trim().is_empty().then(|| text.range())
}

/// What each of the arguments is that `*args` or `**options` gathers.
fn gathered(ty: &Type) -> Option<Type> {
    let element = match (ty.name.as_str(), &ty.arguments[..]) {
        ("tuple", _) if ty.repeated().is_some() => ty.repeated().cloned(),
        ("tuple", members) => {
            let members = members.iter().cloned().map(Some);
            members.reduce(|joined, ty| Type::join(joined.as_ref(), ty.as_ref()))?
        }
        ("dict", [_, value]) => Some(value.clone()),
        _ => None,
    };
    element.filter(|it| it.name != "never")
}

/// The annotation of a parameter: what calls pass, else what Python demands or its use tells.
fn annotated_parameter(
    (function, name): (&ast::StmtFunctionDef, &str),
    (index, parameter): (usize, &ast::AnyParameterRef<'_>),
    facts: &FunctionFacts,
    (annotator, needed): (&Annotator<'_>, &mut Imports),
) -> String {
    let own = parameter.name().as_str();
    let known = facts.hints.get(own).or_else(|| facts.parameters.get(own));
    let gathered = parameter.is_variadic().then(|| known.and_then(gathered));
    let ty = gathered.as_ref().map_or(known, Option::as_ref);
    let mut annotation = annotator.annotation(ty, needed);
    let demanded = protocol_parameter(function.name.as_str(), index);
    if annotation == "Any"
        && name.contains('.')
        && let Some(demanded) = demanded
    {
        demanded.clone_into(&mut annotation);
    }
    if annotation == "Any"
        && !parameter.is_variadic()
        && let Some(ty) = type_by_use(function, parameter.name())
    {
        annotation = annotator.annotation(Some(&ty), needed);
    }
    if annotation.contains(" | ") && is_subscripted(function, own) {
        return without_numbers(&annotation);
    }
    annotation
}

/// The alternatives of an annotation that are no numbers, which cannot be subscripted.
fn without_numbers(annotation: &str) -> String {
    let is_number = |it: &&str| ["float", "int", "bool", "complex", "np.float64"].contains(it);
    let is_flat = annotation.matches(" | ").count() + 1 == split_outside(annotation).len();
    let others: Vec<&str> = split_outside(annotation)
        .into_iter()
        .filter(|it| !is_number(it))
        .collect();
    if !is_flat || others.is_empty() {
        return annotation.to_owned();
    }
    others.join(" | ")
}

/// The alternatives of an annotation, but not those within brackets.
fn split_outside(annotation: &str) -> Vec<&str> {
    let is_whole = |it: &&str| it.matches('[').count() == it.matches(']').count();
    annotation.split(" | ").filter(is_whole).collect()
}

/// Whether each call of a function takes an item of a parameter (`x[0]`): among its first statements, of which none decides
/// anything.
fn is_subscripted(function: &ast::StmtFunctionDef, name: &str) -> bool {
    struct Items<'n>(&'n str, bool);
    impl<'a> Visitor<'a> for Items<'_> {
        fn visit_expr(&mut self, expression: &'a ast::Expr) {
            match expression {
                // What may not be evaluated tells nothing.
                ast::Expr::If(_)
                | ast::Expr::BoolOp(_)
                | ast::Expr::Lambda(_)
                | ast::Expr::ListComp(_)
                | ast::Expr::SetComp(_)
                | ast::Expr::DictComp(_)
                | ast::Expr::Generator(_) => return,
                ast::Expr::Subscript(it) => {
                    let container = it.value.as_name_expr();
                    self.1 |= container.is_some_and(|it| it.id.as_str() == self.0);
                }
                _ => {}
            }
            walk_expr(self, expression);
        }
    }
    let is_plain = |it: &&Stmt| {
        let is_one = matches!(
            it,
            Stmt::Assign(_)
                | Stmt::AugAssign(_)
                | Stmt::AnnAssign(_)
                | Stmt::Expr(_)
                | Stmt::Return(_)
        );
        is_one && stores(std::slice::from_ref(*it), name) == 0
    };
    let mut items = Items(name, false);
    let first = function.body.iter().take_while(is_plain);
    first.for_each(|it| items.visit_stmt(it));
    items.1
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

/// Imports what an annotation of a setting is made of.
pub(crate) fn need_words_of(annotation: &str, needed: &mut Imports) {
    if annotation == "Path" {
        needed.insert("Path".to_owned(), "from pathlib import Path".to_owned());
    }
    if annotation.starts_with("Literal[") {
        needed.insert(
            "Literal".to_owned(),
            "from typing import Literal".to_owned(),
        );
    }
}

/// The annotation of a parameter that replaces a setting.
pub(crate) fn setting_annotation(setting: &Lifted, needed: &mut Imports) -> String {
    need_words_of(&setting.annotation, needed);
    if setting.is_list {
        return setting
            .annotation
            .replace("tuple[", "list[")
            .replace(", ...]", "]");
    }
    setting.annotation.clone()
}

/// The first words of comments that tools or people look for.
const TO_TOOLS: &[&str] = &[
    "fixme", "fmt", "flake8", "isort", "mypy", "noqa", "pragma", "pylint", "pyright", "ruff",
    "todo", "type", "xxx", "yapf",
];

#[cfg(test)]
mod tests {
    use srcify_syntax::snippet;

    use super::{is_subscripted, without_numbers};

    #[test]
    fn what_has_items_is_no_number() {
        assert_eq!(without_numbers("list[float] | float"), "list[float]");
        assert_eq!(
            without_numbers("int | np.ndarray | None"),
            "np.ndarray | None"
        );
        for annotation in ["list[int | str] | float", "float | int", "dict[str, int]"] {
            assert_eq!(without_numbers(annotation), annotation);
        }
    }

    #[test]
    fn items_are_taken_where_nothing_decides_about_it() {
        for (body, expected) in [
            ("    y = 1\n    return x[0] + y\n", true),
            ("    if y:\n        return x[0]\n", false),
            ("    x = list(x)\n    return x[0]\n", false),
            ("    return x[0] if y else x\n", false),
            ("    return y[x]\n", false),
        ] {
            let text = format!("def f(x, y):\n{body}");
            let parsed = snippet(&text);
            let function = parsed.statements()[0].as_function_def_stmt().unwrap();
            assert_eq!(is_subscripted(function, "x"), expected, "{body}");
        }
    }
}
