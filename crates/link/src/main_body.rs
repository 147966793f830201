//! Programs whose work stands in `main()`: its statements become statements of the program, so that the job is the work
//! and not a call.
//!
//! `if __name__ == "__main__":` holds whenever a script or notebook runs, so what stands below it is unwrapped. A function without
//! parameters, or `main(args)`, that is called once, by a statement of its own, takes that statement's place where nothing else could
//! tell the difference: no other code reads or binds the names of its variables.

mod event_loop;

use std::collections::BTreeSet;

use srcify_effects::{Access, FunctionNames, Occurrence, function_names};
use srcify_syntax::ast::visitor::{Visitor, walk_arguments, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId, parse, snippet};

use crate::apart::is_main_guard;

type Edits = Vec<(TextRange, String)>;

/// More rounds than scripts have functions within functions of the main one.
const ROUNDS: usize = 4;

/// The program with the statements of its main function, and of the one that parses its arguments, in their places.
pub fn unwrap_main(mut program: Program) -> Program {
    if let Some(edits) = unwrapped_guards(&program) {
        program = inlined_calls(edited(program, &edits));
    } else if ends_in_main(&program) {
        program = inlined_calls(program);
    }
    program
}

/// Whether the last statement calls `main`, without a guard around it.
fn ends_in_main(program: &Program) -> bool {
    let last = program.units().last();
    let call = last.and_then(|unit| call_of(unit.id, program.statement(unit.id)));
    call.is_some_and(|it| it.name == "main" && it.exit.is_none())
}

/// The program with the bodies of functions in the places of the only calls of them.
pub(crate) fn inlined_calls(mut program: Program) -> Program {
    for _ in 0..ROUNDS {
        let Some(edits) = inlined_call(&program) else {
            break;
        };
        program = edited(program, &edits);
    }
    program
}

/// The program with its text edited; as it was, should the edits break it.
pub(crate) fn edited(program: Program, edits: &Edits) -> Program {
    let source = program.source.edited(edits);
    if snippet(&source.text).is_valid() {
        parse(source).output
    } else {
        program
    }
}

/// What takes the place of the main guards: their statements.
fn unwrapped_guards(program: &Program) -> Option<Edits> {
    let mut edits = Vec::new();
    for unit in program.units() {
        let statement = program.statement(unit.id);
        let Some(branch) = statement.as_if_stmt() else {
            continue;
        };
        let Some(first) = branch.body.first().filter(|_| is_main_guard(statement)) else {
            continue;
        };
        let begin = opened(program, unit.range.start(), first.start(), &mut edits);
        dedent(program, TextRange::new(begin, unit.range.end()), &mut edits);
    }
    (!edits.is_empty()).then_some(edits)
}

/// Removes the header that begins at `start`, down to the line of the first statement of its body: where that begins.
pub(crate) fn opened(
    program: &Program,
    start: TextSize,
    first: TextSize,
    edits: &mut Edits,
) -> TextSize {
    let before = program.text(TextRange::new(start, first));
    let begin = match before.rfind('\n') {
        Some(at) => start + TextSize::try_from(at + 1).unwrap_or_default(),
        None => first,
    };
    edits.push((TextRange::new(start, begin), String::new()));
    begin
}

/// Removes the indentation of the first line of `range` from all its lines.
pub(crate) fn dedent(program: &Program, range: TextRange, edits: &mut Edits) {
    let text = program.text(range);
    let leading = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let depth = leading(text);
    let whole = &program.source.text;
    let strings = snippet(whole).lines_inside_strings(whole);
    let first = whole[..usize::from(range.start())].matches('\n').count();
    let mut at = range.start();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let width = leading(line.trim_end_matches(['\n', '\r'])).min(depth);
        if width > 0 && !strings.contains(&(first + index)) {
            let width = TextSize::try_from(width).unwrap_or_default();
            edits.push((TextRange::at(at, width), String::new()));
        }
        at += TextSize::try_from(line.len()).unwrap_or_default();
    }
}

/// A call that the body of the function can replace.
struct Call<'a> {
    unit: UnitId,
    name: &'a str,
    /// The variable that takes what is given back.
    target: Option<&'a str>,
    /// The call itself, inside of what ends the program with what it gives back.
    exit: Option<TextRange>,
    /// What `main(args)` is given.
    argument: Option<&'a Expr>,
    /// It stands in `asyncio.run(…)`.
    is_awaited: bool,
}

impl Call<'_> {
    /// Whether it passes a variable to a parameter of that name.
    fn passes(&self, parameter: &str) -> bool {
        self.argument
            .and_then(Expr::as_name_expr)
            .is_some_and(|it| it.id.as_str() == parameter)
    }
}

/// The statement as a call without arguments, or as one of `main` with one: `f()`, `sys.exit(f())`, `raise SystemExit(f())`,
/// `x = f()`, `main(parse())`.
fn call_of(unit: UnitId, statement: &Stmt) -> Option<Call<'_>> {
    let (expression, target) = match statement {
        Stmt::Expr(ast::StmtExpr { value, .. }) => (&**value, None),
        Stmt::Raise(ast::StmtRaise {
            exc: Some(value),
            cause: None,
            ..
        }) => (&**value, None),
        Stmt::Assign(ast::StmtAssign { targets, value, .. }) => match &targets[..] {
            [Expr::Name(name)] => (&**value, Some(name.id.as_str())),
            _ => return None,
        },
        _ => return None,
    };
    let call = expression.as_call_expr()?;
    let awaited = event_loop::run(call).filter(|_| statement.is_expr_stmt());
    let call = awaited.unwrap_or(call);
    let is_exit = match &*call.func {
        Expr::Name(name) => matches!(name.id.as_str(), "SystemExit" | "exit"),
        Expr::Attribute(attribute) => {
            attribute.attr.as_str() == "exit"
                && attribute
                    .value
                    .as_name_expr()
                    .is_some_and(|it| it.id == "sys")
        }
        _ => false,
    };
    let inner = match (&call.arguments.args[..], target) {
        ([Expr::Call(inner)], None) if is_exit => inner,
        (_, _) if !is_exit && !statement.is_raise_stmt() => call,
        _ => return None,
    };
    let name = inner.func.as_name_expr()?.id.as_str();
    let exit = (!std::ptr::eq(inner, call)).then_some(inner.range());
    let argument = match (&inner.arguments.args[..], &inner.arguments.keywords[..]) {
        ([], []) => None,
        ([argument], []) if name == "main" && !argument.is_starred_expr() => Some(argument),
        _ => return None,
    };
    Some(Call {
        unit,
        name,
        target,
        exit,
        argument,
        is_awaited: awaited.is_some(),
    })
}

/// The edits that put the body of a function in the place of the one call of it.
///
/// Where the script calls several functions one after the other, they are how the author divided the work.
fn inlined_call(program: &Program) -> Option<Edits> {
    let calls = program
        .units()
        .iter()
        .filter_map(|unit| call_of(unit.id, program.statement(unit.id)));
    let calls: Vec<Call<'_>> = calls.collect();
    let defined: BTreeSet<&str> = program
        .units()
        .iter()
        .filter_map(|unit| program.statement(unit.id).as_function_def_stmt())
        .map(|it| it.name.as_str())
        .collect();
    let is_part = |it: &Call<'_>| it.target.is_none() && defined.contains(it.name);
    let has_parts = calls.iter().filter(|it| is_part(it)).count() > 1;
    let is_whole = |it: &&Call<'_>| {
        !has_parts || it.target.is_some() || it.exit.is_some() || MAIN.contains(&it.name)
    };
    let whole = calls.iter().filter(is_whole);
    whole.into_iter().find_map(|call| inlined(program, call))
}

/// What people call the function that does all of the work.
const MAIN: &[&str] = &["cli", "main", "run", "start"];

fn inlined(program: &Program, call: &Call<'_>) -> Option<Edits> {
    let mut definitions = program.units().iter().filter(|unit| {
        Access::of(program.statement(unit.id))
            .may
            .contains(call.name)
    });
    let definition = definitions
        .next()
        .filter(|_| definitions.next().is_none())?;
    let Stmt::FunctionDef(function) = program.statement(definition.id) else {
        return None;
    };
    let text = program.text(definition.range);
    // What `x = f()` gives is worth a function, but for the whole work and the options of the command line.
    let is_wanted = call.target.is_none() || call.name == "main" || text.contains("ArgumentParser");
    let names = function_names(Some(&function.parameters), &function.body);
    // The program ends with the call: what stands behind it never runs.
    let is_last = call.unit.index() + 1 == program.units().len();
    if !is_wanted
        || !(call.exit.is_none() || is_last)
        || definition.id >= call.unit
        || call.is_awaited && !(is_last && event_loop::may_be_around(program))
        || !is_plain(function, call, is_last)
        || !is_used_once(program, call.name)
        || !is_apart(program, definition.id, &names, call)
    {
        return None;
    }
    let edits = body_edits(program, definition.range, function, call);
    let place = program.units()[call.unit.index()].range;
    if definition.id.index() + 1 == call.unit.index() {
        return Some([edits, vec![(place, String::new())]].concat());
    }
    // Other code stands between the two, which runs before the body: the body moves down.
    Some(vec![
        (definition.range, String::new()),
        (place, slice(program, definition.range, &edits)),
    ])
}

/// A part of the text, edited.
fn slice(program: &Program, range: TextRange, edits: &Edits) -> String {
    let mut text = String::new();
    let mut at = range.start();
    for (place, replacement) in edits {
        text.push_str(program.text(TextRange::new(at, place.start())));
        text.push_str(replacement);
        at = place.end();
    }
    text.push_str(program.text(TextRange::new(at, range.end())));
    text
}

/// What may leave a body, or look the names around it up.
struct Exits {
    depth: usize,
    /// Blocks around a statement that something ends.
    guards: usize,
    found: bool,
    returns: bool,
    /// It leaves from within such a block, which could catch what ends the program.
    is_caught: bool,
    awaits: bool,
}
impl<'a> Visitor<'a> for Exits {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Return(_) if self.depth == 0 => {
                self.returns = true;
                self.is_caught |= self.guards > 0;
            }
            Stmt::Try(_) | Stmt::With(_) => {
                self.guards += 1;
                walk_stmt(self, statement);
                self.guards -= 1;
            }
            Stmt::Nonlocal(_) => self.found = true,
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {
                self.depth += 1;
                walk_stmt(self, statement);
                self.depth -= 1;
            }
            _ => walk_stmt(self, statement),
        }
    }
    fn visit_expr(&mut self, expression: &'a Expr) {
        // `vars(x)` is what `x` holds, and `eval(input())` is what was typed in.
        if let Expr::Call(call) = expression
            && let Expr::Name(name) = &*call.func
            && let Some(first) = call.arguments.args.first()
            && (name.id == "vars" || name.id == "eval" && is_call_of(first, "input"))
        {
            walk_arguments(self, &call.arguments);
            return;
        }
        let looks_up = ["locals", "globals", "vars", "exec", "eval"];
        self.found |= expression.is_yield_expr()
            || expression.is_yield_from_expr()
            || expression
                .as_name_expr()
                .is_some_and(|it| looks_up.contains(&it.id.as_str()));
        self.awaits |= expression.is_await_expr() && self.depth == 0;
        walk_expr(self, expression);
    }
}

fn is_call_of(expression: &Expr, function: &str) -> bool {
    let call = expression.as_call_expr();
    call.and_then(|it| it.func.as_name_expr())
        .is_some_and(|it| it.id == function)
}

/// Whether the function is its statements, run from the first to the last.
fn is_plain(function: &ast::StmtFunctionDef, call: &Call<'_>, is_last: bool) -> bool {
    let (body, last) = match &function.body[..] {
        [body @ .., Stmt::Return(last)] => (body, Some(last)),
        body => (body, None),
    };
    let value = last.and_then(|it| it.value.as_deref());
    let gives = match call.target {
        Some(_) => value.is_some(),
        None => call.exit.is_some() || value.is_none_or(is_idle),
    };
    let mut exits = Exits {
        depth: 0,
        guards: 0,
        found: false,
        returns: false,
        is_caught: false,
        awaits: false,
    };
    exits.visit_body(body);
    if let Some(value) = value {
        exits.visit_expr(value);
    }
    // To leave the function is to leave the program, where nothing catches that.
    let is_over = call.exit.is_some()
        || is_last
            && call.target.is_none()
            && returns_of(function)
                .iter()
                .all(|it| it.value.as_deref().is_none_or(is_idle));
    let leaves = !exits.returns || is_over && !exits.is_caught;
    gives
        && leaves
        && !exits.found
        && !body.is_empty()
        && function.is_async == call.is_awaited
        && (function.is_async || !exits.awaits)
        && function.decorator_list.is_empty()
        && takes(function, call)
}

/// Whether the body has what it needs: nothing, or the one value that the call passes.
fn takes(function: &ast::StmtFunctionDef, call: &Call<'_>) -> bool {
    if call.argument.is_none() {
        return function.parameters.iter().all(|it| gives_nothing(&it));
    }
    let parameters = &*function.parameters;
    let [parameter] = &parameters.args[..] else {
        return false;
    };
    // A variable that is passed on is the same one, unless the function gives its own another value.
    let name = parameter.name().as_str();
    let body = function_names(None, &function.body);
    parameters.len() == 1 && !(call.passes(name) && body.locals.contains(name))
}

/// Whether a parameter is nothing unless it is passed: `argv=None`.
fn gives_nothing(parameter: &ast::AnyParameterRef<'_>) -> bool {
    let default = parameter.default();
    default.is_some_and(Expr::is_none_literal_expr)
}

/// `None` and `0`: what a script that went well gives to the shell.
fn is_success(value: &Expr) -> bool {
    value.is_none_literal_expr()
        || value
            .as_number_literal_expr()
            .is_some_and(|it| it.value.as_int().is_some_and(|it| it.as_u8() == Some(0)))
}

/// Whether to compute a value does nothing: nobody needs it, where nobody takes it.
fn is_idle(value: &Expr) -> bool {
    match value {
        Expr::Name(_) => true,
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_idle),
        other => other.is_literal_expr(),
    }
}

fn is_used_once(program: &Program, name: &str) -> bool {
    let accesses = program
        .units()
        .iter()
        .map(|unit| Access::of(program.statement(unit.id)));
    let uses = accesses.flat_map(|access| access.occurrences);
    uses.filter(|(it, _, occurrence)| it == name && *occurrence == Occurrence::Load)
        .count()
        == 1
}

/// Whether no other code could tell the function's variables from variables of the module.
fn is_apart(program: &Program, definition: UnitId, names: &FunctionNames, call: &Call<'_>) -> bool {
    let others = program.units().iter().filter(|unit| unit.id != definition);
    let mut known: BTreeSet<String> = BTreeSet::new();
    for unit in others {
        if unit.id == call.unit {
            continue;
        }
        let access = Access::of(program.statement(unit.id));
        known.extend(access.occurrences.into_iter().map(|(name, ..)| name));
        known.extend(access.globals);
    }
    names
        .locals
        .iter()
        .filter(|name| !names.globals.contains(*name))
        .all(|name| {
            !known.contains(name) || Some(name.as_str()) == call.target || call.passes(name)
        })
}

fn body_edits(
    program: &Program,
    range: TextRange,
    function: &ast::StmtFunctionDef,
    call: &Call<'_>,
) -> Edits {
    let mut edits = Vec::new();
    let has_docstring = function.body.len() > 1
        && matches!(&function.body[0], Stmt::Expr(it) if it.value.is_string_literal_expr());
    let first = function.body[usize::from(has_docstring)].start();
    let begin = opened(program, range.start(), first, &mut edits);
    for parameter in &function.parameters {
        let parses = ["argparse", "optparse"]
            .iter()
            .any(|it| program.source.text.contains(it));
        let is_default = call
            .argument
            .is_none_or(|it| program.text(it.range()) == "sys.argv[1:]");
        let parsed = only_parsed(function, parameter.name().as_str());
        if let Some(range) = parsed.filter(|_| parses && is_default) {
            // `parse_args(None)` reads what `parse_args()` reads.
            edits.push((range, String::new()));
            continue;
        }
        let name = parameter.name().as_str();
        let value = call.argument.map_or("None", |it| program.text(it.range()));
        if !call.passes(name) {
            edits.push((TextRange::empty(begin), format!("{name} = {value}\n")));
        }
    }
    dedent(program, TextRange::new(begin, range.end()), &mut edits);
    if let Some(exit) = call.exit {
        end_program(program, function, call, exit, &mut edits);
    } else if let Some(Stmt::Return(last)) = function.body.last() {
        match (&last.value, call.target) {
            // What stands after the keyword may be a bracket around the value.
            (Some(_), Some(target)) => {
                let keyword = TextRange::at(last.start(), TextSize::of("return"));
                edits.push((keyword, format!("{target} =")));
            }
            _ => edits.push((last.range(), String::new())),
        }
    }
    if call.exit.is_none() {
        // The call is the last statement: to leave the function is to leave the program.
        let last = function.body.last().map(Ranged::range);
        for it in returns_of(function) {
            if Some(it.range) != last {
                edits.push((it.range, "raise SystemExit(0)".to_owned()));
            }
        }
    }
    edits.sort_by_key(|(range, _)| (range.start(), range.end()));
    edits
}

/// Ends the program where the function would be left with something that is no success.
fn end_program(
    program: &Program,
    function: &ast::StmtFunctionDef,
    call: &Call<'_>,
    exit: TextRange,
    edits: &mut Edits,
) {
    let whole = program.units()[call.unit.index()].range;
    let before = program.text(TextRange::new(whole.start(), exit.start()));
    let after = program.text(TextRange::new(exit.end(), whole.end()));
    let last = function.body.last().map(Ranged::range);
    for it in returns_of(function) {
        let value = it.value.as_deref();
        if Some(it.range) == last && value.is_none_or(is_success) {
            edits.push((it.range, String::new()));
            continue;
        }
        let text = value.map_or("None", |value| program.text(value.range()));
        // Several values without brackets would be several arguments.
        let is_bare = value
            .and_then(Expr::as_tuple_expr)
            .is_some_and(|it| !it.parenthesized);
        let text = if is_bare {
            format!("({text})")
        } else {
            text.to_owned()
        };
        edits.push((it.range, format!("{before}{text}{after}")));
    }
}

/// The statements that leave a function, those of functions inside of it apart.
fn returns_of(function: &ast::StmtFunctionDef) -> Vec<&ast::StmtReturn> {
    struct Returns<'a>(Vec<&'a ast::StmtReturn>);
    impl<'a> Visitor<'a> for Returns<'a> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Return(it) => self.0.push(it),
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => walk_stmt(self, statement),
            }
        }
    }
    let mut returns = Returns(Vec::new());
    returns.visit_body(&function.body);
    returns.0
}

/// Where a parameter stands that nothing but `parse_args` gets.
fn only_parsed(function: &ast::StmtFunctionDef, parameter: &str) -> Option<TextRange> {
    struct Uses<'a> {
        name: &'a str,
        count: usize,
        parsed: Option<TextRange>,
    }
    impl<'a> Visitor<'a> for Uses<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            let is_it = |it: &Expr| it.as_name_expr().is_some_and(|it| it.id == self.name);
            if is_it(expression) {
                self.count += 1;
            }
            if let Expr::Call(call) = expression
                && let Expr::Attribute(method) = &*call.func
                && method.attr.as_str() == "parse_args"
                && let ([argument], []) = (&call.arguments.args[..], &call.arguments.keywords[..])
                && is_it(argument)
            {
                self.parsed = Some(argument.range());
            }
            walk_expr(self, expression);
        }
    }
    let mut uses = Uses {
        name: parameter,
        count: 0,
        parsed: None,
    };
    uses.visit_body(&function.body);
    uses.parsed.filter(|_| uses.count == 1)
}
