//! Literals in places where the catalog knows a path or a hyperparameter.

use std::collections::BTreeSet;

use srcify_effects::{Argument, CallFacts, Callee};
use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, Expr, InterpolatedStringElement, Operator, Stmt};

use super::given::Meaning;
use super::joined::{Tail, tail_candidate};
use super::places::{LOOKED_FOR, Place};
use super::values::{expression_at, is_plain_path, is_setting_value, literal_of};
use super::{Candidate, Lifter, Spot};
use crate::Literal;
use crate::naming;
use crate::steps::{Step, StepKind};

/// With more values for one parameter than these, an own function's calls compare them.
const MOST_VALUES: usize = 3;

impl Lifter<'_> {
    /// Finds the literals of a statement that are settings.
    pub(super) fn literals(&mut self, step: &Step) {
        if matches!(
            step.kind,
            StepKind::Function | StepKind::Class | StepKind::Constant | StepKind::Import
        ) {
            return;
        }
        let unit = &self.program.units()[step.unit.index()];
        let calls: Vec<&CallFacts> = self.graph.calls_in(unit.range).collect();
        for call in calls {
            for argument in &call.arguments {
                let candidate = self.argument(step, call, argument);
                self.found.extend(candidate);
            }
        }
        self.joined(step);
        self.tables(step);
        self.candidates(step);
        self.thresholds(step);
        self.fallbacks(step);
        self.machine_paths(step);
    }

    /// The setting that an argument of a call is.
    fn argument(&self, step: &Step, call: &CallFacts, argument: &Argument) -> Option<Candidate> {
        let expression = expression_at(self.program, step.unit, argument.range)?;
        let callee = match &call.callee {
            Callee::Library(callee) => callee.as_str(),
            _ => self.program.text(call.function),
        };
        let Some(meaning) = self.given.meaning(step.unit, call, argument) else {
            let value = literal_of(expression).filter(is_setting_value)?;
            let place = self.given.file(call, &value)?;
            let mut candidate = self.literal(step, callee, place, value, expression);
            if callee != "pathlib.Path" || call.arguments.len() != 1 || !candidate.is_path {
                return Some(candidate.into_text());
            }
            // The setting is the path that the call makes.
            candidate.place = Some(Spot::plain(call.range));
            return Some(candidate);
        };
        let Meaning { mut place, is_text } = meaning;
        if place.is_path {
            self.correct(&mut place, argument.range);
            let tail = super::tail(self.program, self.graph, expression);
            if let Some(tail) = tail {
                let is_joined = tail.is_whole && is_text && self.joined_text(expression).is_some();
                let candidate = self.path_in_parts(step, callee, place, tail, expression);
                return Some(if is_joined {
                    candidate.into_text()
                } else {
                    candidate
                });
            }
        }
        if place.is_path
            && let Some(head) = super::head(self.program, expression)
        {
            return Some(folder_candidate(head, place.section));
        }
        let value = literal_of(expression).filter(is_setting_value)?;
        let is_file = matches!(&value, Literal::Str(text) if !text.starts_with(':'));
        if place.is_path && !is_file || !place.takes(&value) || self.is_counted(call, &value) {
            return None;
        }
        if is_text && !place.is_path && self.tries_many(call, argument) {
            return None;
        }
        let candidate = self.literal(step, callee, place, value, expression);
        Some(if is_text {
            candidate.into_text()
        } else {
            candidate
        })
    }

    /// Whether as many things have names as the number says: `pd.cut(ages, 3, labels=["low", "middle", "high"])`.
    fn is_counted(&self, call: &CallFacts, value: &Literal) -> bool {
        let labels = call
            .arguments
            .iter()
            .find(|it| it.parameter.as_deref() == Some("labels"));
        matches!(value, Literal::Int(_))
            && labels.is_some_and(|it| self.program.text(it.range).starts_with(['[', '(']))
    }

    /// Whether an own function is called with many values for a parameter: the calls compare them, and none is the setting.
    fn tries_many(&self, call: &CallFacts, argument: &Argument) -> bool {
        let at = |call: &CallFacts| {
            call.arguments
                .iter()
                .position(|it| it.range == argument.range)
        };
        let Some(at) = at(call) else {
            return false;
        };
        let function = self.program.text(call.function);
        let same = |other: &&CallFacts| self.program.text(other.function) == function;
        let values: BTreeSet<&str> = self
            .graph
            .calls
            .iter()
            .filter(same)
            .filter_map(|other| match &argument.parameter {
                Some(name) => other
                    .arguments
                    .iter()
                    .find(|it| it.parameter.as_ref() == Some(name)),
                None => other.arguments.get(at),
            })
            .map(|it| self.program.text(it.range))
            .collect();
        values.len() > MOST_VALUES
    }

    /// What a path is put together of, however it is written.
    /// `os.path.join(DATA, "a.csv")` is where `f"{DATA}/a.csv"` is.
    pub(super) fn location(&self, expression: &Expr) -> String {
        let mut text = String::new();
        self.spell(expression, &mut text);
        text
    }

    fn spell(&self, expression: &Expr, text: &mut String) {
        let joins = |call: &ast::ExprCall| {
            let known = ["os.path.join", "posixpath.join", "pathlib.Path"];
            let is_plain = call.arguments.keywords.is_empty() && !call.arguments.args.is_empty();
            let facts = self.graph.call_at(call.range()).filter(|_| is_plain);
            facts.is_some_and(
                |it| matches!(&it.callee, Callee::Library(name) if known.contains(&name.as_str())),
            )
        };
        match expression {
            Expr::StringLiteral(it) => text.push_str(it.value.to_str()),
            Expr::Call(call) if joins(call) => {
                for (at, part) in call.arguments.args.iter().enumerate() {
                    text.push_str(if at > 0 { "/" } else { "" });
                    self.spell(part, text);
                }
            }
            Expr::BinOp(it) if it.op == Operator::Div => {
                self.spell(&it.left, text);
                text.push('/');
                self.spell(&it.right, text);
            }
            Expr::BinOp(it) if it.op == Operator::Add => {
                self.spell(&it.left, text);
                self.spell(&it.right, text);
            }
            Expr::FString(it) => {
                for element in it.value.elements() {
                    match element {
                        InterpolatedStringElement::Literal(it) => text.push_str(&it.value),
                        InterpolatedStringElement::Interpolation(it)
                            if it.format_spec.is_none() && it.conversion.is_none() =>
                        {
                            self.spell(&it.expression, text);
                        }
                        InterpolatedStringElement::Interpolation(it) => {
                            text.push_str(self.program.text(it.range()));
                        }
                    }
                }
            }
            _ => {
                let own = self.program.text(expression.range());
                text.push_str(&format!("{{{own}}}"));
            }
        }
    }

    /// A path that is put together: as a whole where it is written down, else its end.
    fn path_in_parts(
        &self,
        step: &Step,
        callee: &str,
        place: Place,
        tail: Tail,
        expression: &Expr,
    ) -> Candidate {
        if tail.is_whole {
            let value = Literal::Str(tail.text);
            self.literal(step, callee, place, value, expression)
        } else {
            tail_candidate(tail, &place, self.location(expression))
        }
    }

    pub(super) fn literal(
        &self,
        step: &Step,
        callee: &str,
        place: Place,
        value: Literal,
        expression: &Expr,
    ) -> Candidate {
        let field = if place.is_path {
            path_field(&value)
        } else {
            naming::field(&place.field)
        };
        let method = callee.rsplit('.').next().unwrap_or(callee);
        let target = target_of(self.program.statement(step.unit));
        let mut alternatives: Vec<String> = Vec::new();
        if let Some(target) = target.filter(|target| !place.is_path && *target != field) {
            let plain = field.strip_prefix(&format!("{}_", naming::class_words(method)));
            alternatives.push(format!("{target}_{}", plain.unwrap_or(&field)));
        }
        if place.is_path {
            alternatives.extend(field_with_ending(&value, &field));
        }
        let class = naming::class_words(method);
        if !field.starts_with(&class) {
            alternatives.push(format!("{class}_{field}"));
        }
        let is_file = place.is_path;
        let description = if place.is_path && !place.description.contains(LOOKED_FOR) {
            path_description(&value, &place.description)
        } else {
            place.description
        };
        Candidate {
            section: place.section,
            field,
            alternatives: alternatives
                .iter()
                .map(|name| naming::field(name))
                .collect(),
            variable: None,
            place: Some(Spot::plain(expression.range())),
            location: is_file.then(|| self.location(expression)),
            class: place.class,
            is_list: expression.is_list_expr(),
            is_path: place.is_path && is_plain_path(&value),
            comment: None,
            description,
            bounds: place.bounds,
            annotation: place.annotation,
            value,
        }
    }
}

/// The setting for the folder that a path begins with.
fn folder_candidate(head: Tail, section: String) -> Candidate {
    let description = match section.as_str() {
        "output" => "Folder that the results go to.",
        _ => "Folder that the files are read from.",
    };
    let location = head.text.clone();
    let value = Literal::Str(head.text);
    Candidate {
        section,
        field: path_field(&value),
        alternatives: Vec::new(),
        variable: None,
        place: Some(Spot {
            range: head.range,
            around: head.around,
        }),
        location: Some(location),
        class: None,
        is_list: false,
        is_path: is_plain_path(&value),
        comment: None,
        description: description.to_owned(),
        bounds: Vec::new(),
        annotation: None,
        value,
    }
}

/// The single variable that a statement binds, as part of a field's name.
pub(super) fn target_of(statement: &Stmt) -> Option<String> {
    let name = match crate::steps::constant_assignment(statement) {
        Some((name, _)) => name,
        None => column_of(statement)?,
    };
    let name = naming::snake(name);
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '_';
    if !name.chars().all(is_word) {
        return None;
    }
    (name.len() > 1 && name.len() < 20 && name.is_ascii()).then_some(name)
}

/// The column that a statement makes: `sales["average"] = …`.
fn column_of(statement: &Stmt) -> Option<&str> {
    let [Expr::Subscript(target)] = &statement.as_assign_stmt()?.targets[..] else {
        return None;
    };
    let column = target.slice.as_string_literal_expr()?;
    Some(column.value.to_str())
}

/// `forecast_csv_path` of `forecast.csv`, beside the path of `forecast.png`.
fn field_with_ending(value: &Literal, field: &str) -> Option<String> {
    let Literal::Str(text) = value else {
        return None;
    };
    let (_, ending) = text.rsplit_once('.')?;
    let is_word = ending.chars().all(|it| it.is_ascii_alphanumeric());
    let stem = field.strip_suffix("_path")?;
    (is_word && (1..=7).contains(&ending.len()))
        .then(|| format!("{stem}_{}_path", ending.to_lowercase()))
}

/// The recipient and the host of a mail address, which is no path.
pub(super) fn mail_address(text: &str) -> Option<(&str, &str)> {
    let is_word = |it: &str| {
        let mut chars = it.chars();
        !it.is_empty() && chars.all(|c| c.is_ascii_alphanumeric() || ".-_+".contains(c))
    };
    let (recipient, host) = text.split_once('@')?;
    (is_word(recipient) && is_word(host) && host.contains('.')).then_some((recipient, host))
}

pub(crate) fn path_field(value: &Literal) -> String {
    let Literal::Str(text) = value else {
        return "path".to_owned();
    };
    if let Some((recipient, _)) = mail_address(text) {
        return naming::field(&format!("{}_address", naming::slug(recipient)));
    }
    let suffix = if text.contains("://") { "url" } else { "path" };
    let file = text
        .trim_end_matches('/')
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(text);
    let stem = file.split(['.', '?']).next().unwrap_or(file);
    let stem = naming::slug(&naming::snake(stem));
    if stem.is_empty() || !stem.is_ascii() || stem.len() > 32 {
        suffix.to_owned()
    } else {
        format!("{stem}_{suffix}")
    }
}

/// A sentence for a path: with what the file's name says is in it.
pub(super) fn path_description(value: &Literal, kind: &str) -> String {
    let Literal::Str(text) = value else {
        return kind.to_owned();
    };
    if mail_address(text).is_some() {
        return "Mail address.".to_owned();
    }
    let Some(noun) = naming::file_noun(text) else {
        return kind.to_owned();
    };
    let (what, rest) = kind.split_once(" that ").unwrap_or((kind, ""));
    let words = naming::content_words(&noun);
    // `database.sqlite` is a database: that says nothing of what is in it.
    if rest.is_empty() || what.ends_with(&format!(" {words}")) {
        return kind.to_owned();
    }
    format!("{what} of the {words}.")
}
