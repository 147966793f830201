//! Functions that are called for what they change alone: `cap(table, "age")` becomes `table = cap(table, "age")`.
//!
//! The function gives back what it was given, so the name holds the object that it held before. What that is good for: a
//! function that gives back what it changes may copy it first (`copies.rs`), and is a function of the domain then. Where it
//! may not, the program stays as it is.

use srcify_effects::{EffectGraph, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, Unit};

use super::{Analysis, edited};
use crate::copies::{argument_of, calls_within};
use crate::cuts::{COPYABLE, GENERATORS};
use crate::definitions::is_generator;
use crate::edits::Edit;

/// More functions than these nobody writes by hand.
const MOST: usize = 40;

/// The program in which such functions give back what they change, where that lets them copy it.
pub(super) fn give_back(
    mut program: Program,
    mut graph: EffectGraph,
    analyze: Analysis<'_>,
) -> (Program, EffectGraph) {
    // Those that call others come first: they give back what they hand on.
    let names: Vec<String> = procedures(&program, &graph)
        .into_iter()
        .rev()
        .map(|it| it.name.to_string())
        .take(MOST)
        .collect();
    for name in names {
        let found = procedures(&program, &graph);
        let Some(function) = found.into_iter().find(|it| it.name.as_str() == name) else {
            continue;
        };
        let Some(edits) = edits(&program, &graph, function) else {
            continue;
        };
        if let Some((new, facts)) = edited(&program, edits, analyze)
            && super::frames::is_made_pure(&new, &facts, &name)
        {
            (program, graph) = (new, facts);
        }
    }
    (program, graph)
}

/// The functions of the module that give nothing back and change what they are given.
fn procedures<'p>(program: &'p Program, graph: &EffectGraph) -> Vec<&'p ast::StmtFunctionDef> {
    let functions = program.units().iter();
    let functions = functions.filter_map(|it| program.statement(it.id).as_function_def_stmt());
    functions
        .filter(|function| {
            let facts = graph.functions.get(function.name.as_str());
            let is_plain = function.decorator_list.is_empty() && !is_generator(function);
            is_plain
                && facts.is_some_and(|it| !it.mutates.is_empty() && it.is_called && !it.is_value)
        })
        .collect()
}

/// What makes a function give back what it changes, and its calls take it; `None` where that is not as plain.
fn edits(
    program: &Program,
    graph: &EffectGraph,
    function: &ast::StmtFunctionDef,
) -> Option<Vec<Edit>> {
    let parameter = changed(graph, function)?;
    let mut inside = Inside {
        parameter: &parameter,
        returns: Vec::new(),
        is_refused: false,
    };
    inside.visit_body(&function.body);
    if inside.is_refused {
        return None;
    }
    let mut edits = calls(program, graph, function, &parameter)?;
    if let Some(annotation) = &function.returns {
        if !annotation.is_none_literal_expr() {
            return None;
        }
        edits.push(Edit {
            range: TextRange::new(function.parameters.end(), annotation.end()),
            text: String::new(),
        });
    }
    edits.extend(inside.returns.iter().map(|place| Edit {
        range: *place,
        text: format!("return {parameter}"),
    }));
    let last = function.body.last()?;
    if !last.is_return_stmt() {
        let blanks = crate::copies::blanks_before(program, function.body.first()?)?;
        let end = line_end(program, last.end());
        edits.push(Edit {
            range: TextRange::empty(end),
            text: format!("\n{blanks}return {parameter}"),
        });
    }
    Some(edits)
}

/// The one parameter that a function changes, a table or an array.
fn changed(graph: &EffectGraph, function: &ast::StmtFunctionDef) -> Option<String> {
    let facts = graph.functions.get(function.name.as_str())?;
    let type_of = |name: &String| facts.parameters.get(name).map_or("", |it| it.name.as_str());
    let mut changed = facts
        .mutates
        .iter()
        .filter(|it| !GENERATORS.contains(&type_of(it)));
    let parameter = changed.next()?;
    let is_alone = changed.next().is_none() && COPYABLE.contains(&type_of(parameter));
    is_alone.then(|| parameter.clone())
}

/// What lets each call of a function bind the name again that it is given; `None` where one of them can't.
fn calls(
    program: &Program,
    graph: &EffectGraph,
    function: &ast::StmtFunctionDef,
    parameter: &str,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for unit in program.units() {
        let loads = loads(graph, unit, &function.name);
        if loads == 0 {
            continue;
        }
        let statement = program.statement(unit.id);
        let caller = statement.as_function_def_stmt();
        let calls = if let Some(caller) = caller {
            statements_of(&caller.body, &function.name)
        } else {
            let found = calls_within(statement, &|statement| {
                Some((None, procedure_call(statement, &function.name)?))
            })?;
            found.into_iter().map(|(_, call)| call).collect()
        };
        if calls.len() != loads {
            return None;
        }
        for call in calls {
            let given = argument_of(call, function, parameter)?.as_name_expr()?;
            // Elsewhere the name is not the caller's own, and would become so.
            let is_own = caller.is_none_or(|caller| {
                let mut parameters = caller.parameters.iter_non_variadic_params();
                parameters.any(|it| it.parameter.name.id == given.id)
            });
            if !is_own {
                return None;
            }
            edits.push(Edit {
                range: TextRange::empty(call.start()),
                text: format!("{} = ", given.id),
            });
        }
    }
    Some(edits)
}

/// `cap(table, "age")`
fn procedure_call<'a>(statement: &'a Stmt, function: &str) -> Option<&'a ast::ExprCall> {
    let call = statement.as_expr_stmt()?.value.as_call_expr()?;
    let is_it = call.func.as_name_expr()?.id.as_str() == function;
    is_it.then_some(call)
}

/// Such calls among the statements of another function, in its loops and branches, too.
fn statements_of<'a>(body: &'a [Stmt], function: &str) -> Vec<&'a ast::ExprCall> {
    let mut found = Vec::new();
    for statement in body {
        match statement {
            Stmt::For(it) => found.extend(statements_of(&it.body, function)),
            Stmt::If(it) => {
                found.extend(statements_of(&it.body, function));
                for clause in &it.elif_else_clauses {
                    found.extend(statements_of(&clause.body, function));
                }
            }
            other => found.extend(procedure_call(other, function)),
        }
    }
    found
}

/// How often a statement reads the name of a function.
fn loads(graph: &EffectGraph, unit: &Unit, function: &str) -> usize {
    let occurrences = graph.units[unit.id.index()].access.occurrences.iter();
    let loads = occurrences.filter(|(name, _, kind)| name == function && *kind == Occurrence::Load);
    loads.count()
}

/// The end of the line, and of the comment that stands there.
fn line_end(program: &Program, from: TextSize) -> TextSize {
    let rest = &program.source.text[usize::from(from)..];
    let length = rest.find('\n').unwrap_or(rest.len());
    from + TextSize::try_from(length).unwrap_or_default()
}

/// What the body of a function says about giving back.
struct Inside<'a> {
    parameter: &'a str,
    /// Where it ends early.
    returns: Vec<TextRange>,
    /// It gives a value back, binds the parameter again, or has functions inside.
    is_refused: bool,
}

impl<'a> Visitor<'a> for Inside<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Return(it) => {
                self.is_refused |= it.value.is_some();
                self.returns.push(it.range());
            }
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::Global(_) | Stmt::Nonlocal(_) => {
                self.is_refused = true;
            }
            Stmt::Try(it) => {
                let handlers = it.handlers.iter();
                let mut names =
                    handlers.filter_map(|ast::ExceptHandler::ExceptHandler(it)| it.name.as_ref());
                self.is_refused |= names.any(|it| it.as_str() == self.parameter);
            }
            Stmt::Match(_) | Stmt::Import(_) | Stmt::ImportFrom(_) => self.is_refused = true,
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression {
            self.is_refused |= !name.ctx.is_load() && name.id.as_str() == self.parameter;
        }
        walk_expr(self, expression);
    }
}
