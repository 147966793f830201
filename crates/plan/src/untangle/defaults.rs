//! Defaults that name a value of the module: `def train(rate=RATE)` with `train(table)` becomes `train(table, rate=RATE)`.
//!
//! The value is then read where the function is called, like any other: it can be a setting, and the function no longer
//! needs the module. A secret that is a default is passed, too: the package reads it from the environment, which it must
//! not do while it is imported.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{EffectGraph, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize};

use super::{Analysis, edited};
use crate::definitions::makes_itself;
use crate::edits::Edit;
use crate::steps::{constant_assignment, is_scalar};

/// Passes the values on that functions take from the module when they are defined.
pub(super) fn pass(
    program: Program,
    graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    let edits = edits(&program, &graph);
    if edits.is_empty() {
        return (program, graph);
    }
    edited(&program, edits, analyze).unwrap_or((program, graph))
}

fn edits(program: &Program, graph: &EffectGraph) -> Vec<Edit> {
    let values = values(program, graph);
    let secrets = crate::secrets::find(program).into_iter();
    let secrets: Vec<TextRange> = secrets.filter_map(|it| it.range).collect();
    let mut calls = Calls::default();
    let units = program.units().iter();
    units.for_each(|unit| calls.visit_stmt(program.statement(unit.id)));
    let mut edits = Vec::new();
    for unit in program.units() {
        let Some((name, function, skipped)) = called_by(program.statement(unit.id)) else {
            continue;
        };
        let defaults = named_defaults(program, function, skipped, &secrets, |value| {
            let known = values.get(value)?;
            (known.0 < unit.id.index()).then_some(known.1)
        });
        let is_own = |it: &ast::StmtClassDef| makes_itself(program, it);
        let statement = program.statement(unit.id);
        if defaults.is_empty() || statement.as_class_def_stmt().is_some_and(is_own) {
            continue;
        }
        if !defaults
            .iter()
            .all(|it| it.is_literal || is_plain_everywhere(program, graph, it.value))
        {
            continue;
        }
        let Some(places) = calls.all_of(graph, name) else {
            continue;
        };
        for default in &defaults {
            edits.push(default.edit.clone());
        }
        edits.extend(places.into_iter().filter_map(|call| {
            let missing = defaults.iter().filter(|it| !it.is_passed(call));
            let given: Vec<String> = missing
                .map(|it| format!("{}={}", it.parameter, it.value))
                .collect();
            (!given.is_empty()).then(|| at_the_end(program, call, &given.join(", ")))
        }));
    }
    edits
}

/// The numbers, texts and truth values that the module names once: the statement, and the literal.
fn values<'p>(program: &'p Program, graph: &EffectGraph) -> BTreeMap<&'p str, (usize, TextRange)> {
    let mut bindings: BTreeMap<&str, usize> = BTreeMap::new();
    for facts in &graph.units {
        let access = &facts.access;
        let bound = access.may.iter().chain(&facts.writes_by_call);
        for name in bound.chain(&access.globals).chain(&access.deletes) {
            *bindings.entry(name).or_default() += 1;
        }
    }
    let mut values = BTreeMap::new();
    for unit in program.units() {
        if let Some((name, value)) = constant_assignment(program.statement(unit.id))
            && is_scalar(value)
            && !value.is_none_literal_expr()
            && bindings.get(name) == Some(&1)
        {
            values.insert(name, (unit.id.index(), value.range()));
        }
    }
    values
}

/// Whether a name means the value of the module wherever it stands: no function has a variable of that name.
fn is_plain_everywhere(program: &Program, graph: &EffectGraph, name: &str) -> bool {
    program.units().iter().all(|unit| {
        let text = program.text(unit.range);
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let words = text
            .split(|c: char| !is_part(c))
            .filter(|word| *word == name);
        let occurrences = &graph.units[unit.id.index()].access.occurrences;
        words.count() == occurrences.iter().filter(|(it, ..)| it == name).count()
    })
}

/// What runs when a name is called that a statement defines: the function or constructor, and how many of its parameters
/// the call does not pass.
fn called_by(statement: &Stmt) -> Option<(&str, &ast::StmtFunctionDef, usize)> {
    match statement {
        Stmt::FunctionDef(function) if function.decorator_list.is_empty() => {
            Some((&function.name, function, 0))
        }
        Stmt::ClassDef(class) if class.decorator_list.is_empty() && class.keywords().is_empty() => {
            let mut methods = class.body.iter().filter_map(Stmt::as_function_def_stmt);
            let constructor = methods.find(|it| it.name.as_str() == "__init__")?;
            let is_plain = constructor.decorator_list.is_empty();
            is_plain.then_some((&class.name, constructor, 1))
        }
        _ => None,
    }
}

/// A parameter whose default names a value of the module, or is a secret.
struct NamedDefault<'a> {
    parameter: &'a str,
    /// What the calls pass: the name, or the secret itself.
    value: &'a str,
    is_literal: bool,
    edit: Edit,
    /// Where the parameter is passed without its name.
    position: Option<usize>,
}

impl NamedDefault<'_> {
    fn is_passed(&self, call: &ast::ExprCall) -> bool {
        let arguments = &call.arguments;
        let is_named = |it: &ast::Keyword| it.arg.as_deref() == Some(self.parameter);
        arguments.keywords.iter().any(is_named)
            || self.position.is_some_and(|at| at < arguments.args.len())
    }
}

fn named_defaults<'a>(
    program: &'a Program,
    function: &'a ast::StmtFunctionDef,
    skipped: usize,
    secrets: &[TextRange],
    literal_of: impl Fn(&str) -> Option<TextRange>,
) -> Vec<NamedDefault<'a>> {
    let parameters = &function.parameters;
    let positional = parameters.posonlyargs.len() + parameters.args.len();
    let mut found = Vec::new();
    // Before a parameter that must be passed, none may have a default.
    let mut may_lack = true;
    for (index, parameter) in parameters.iter_non_variadic_params().enumerate() {
        let default = parameter.default.as_deref();
        let given = match default {
            Some(Expr::Name(name)) => literal_of(&name.id).map(|it| (name.id.as_str(), it, false)),
            Some(Expr::StringLiteral(text)) => Some((program.text(text.range), text.range, true)),
            _ => None,
        };
        let named = parameter.name().as_str();
        let secret = given.filter(|(_, literal, _)| secrets.contains(literal));
        let must_lack = secret.is_some() && (may_lack || index >= positional);
        may_lack &= default.is_none() || must_lack;
        // What can only be passed by position may not be passed by name.
        let (Some((value, literal, is_literal)), Some(default), true) =
            (given, default, index >= parameters.posonlyargs.len())
        else {
            continue;
        };
        // A default is read when the function is defined, and a secret only when it is needed.
        let edit = match (must_lack, secret.is_some() || is_literal) {
            (true, _) => Edit {
                range: TextRange::new(parameter.parameter.end(), default.end()),
                text: String::new(),
            },
            (false, true) => continue,
            (false, false) => Edit {
                range: default.range(),
                text: program.text(literal).to_owned(),
            },
        };
        found.push(NamedDefault {
            parameter: named,
            value,
            is_literal,
            edit,
            position: (index < positional).then(|| index.saturating_sub(skipped)),
        });
    }
    found
}

/// All calls of names.
#[derive(Default)]
struct Calls<'a> {
    calls: Vec<&'a ast::ExprCall>,
}

impl<'a> Visitor<'a> for Calls<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && call.func.is_name_expr()
        {
            self.calls.push(call);
        }
        walk_expr(self, expression);
    }
}

impl<'a> Calls<'a> {
    /// All calls of a function, where nothing else is done with it and all show what they pass.
    fn all_of(&self, graph: &EffectGraph, name: &str) -> Option<Vec<&'a ast::ExprCall>> {
        let occurrences = graph.units.iter().flat_map(|unit| &unit.access.occurrences);
        let loads: BTreeSet<(TextSize, TextSize)> = occurrences
            .filter(|(it, _, kind)| it == name && *kind == Occurrence::Load)
            .map(|(_, range, _)| (range.start(), range.end()))
            .collect();
        let place = |call: &ast::ExprCall| (call.func.start(), call.func.end());
        let calls = self.calls.iter().copied();
        let calls: Vec<&ast::ExprCall> = calls.filter(|it| loads.contains(&place(it))).collect();
        let shows = |call: &&ast::ExprCall| {
            let arguments = &call.arguments;
            !arguments.args.iter().any(Expr::is_starred_expr)
                && arguments.keywords.iter().all(|it| it.arg.is_some())
        };
        (calls.len() == loads.len() && calls.iter().all(shows)).then_some(calls)
    }
}

/// Adds arguments behind the last one.
fn at_the_end(program: &Program, call: &ast::ExprCall, text: &str) -> Edit {
    let arguments = &call.arguments;
    let ends = arguments.args.iter().map(Ranged::end);
    let last = ends.chain(arguments.keywords.iter().map(Ranged::end)).max();
    match last {
        // A generator that is the only argument gets the brackets that it then needs.
        Some(end) => match arguments.args.first() {
            Some(Expr::Generator(generator)) if !generator.parenthesized => Edit {
                range: generator.range,
                text: format!("({}), {text}", program.text(generator.range)),
            },
            _ => Edit {
                range: TextRange::empty(last_bracket(program, end, arguments.end())),
                text: format!(", {text}"),
            },
        },
        None => Edit {
            range: TextRange::empty(arguments.end() - TextSize::new(1)),
            text: text.to_owned(),
        },
    }
}

/// The end of an argument with the brackets around it.
fn last_bracket(program: &Program, end: TextSize, closing: TextSize) -> TextSize {
    let rest = program.text(TextRange::new(end, closing - TextSize::new(1)));
    let brackets = rest.find(')').map_or(0, |_| {
        let plain = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ')');
        rest.len() - plain.len()
    });
    end + TextSize::try_from(brackets).unwrap_or_default()
}
