//! Commands of one script: subparsers of `argparse`, groups of `click` and applications of `typer`, a program for each.
//!
//! A script with commands does one of several things, by what the shell gives. So each command becomes a job: the same
//! script, with the options of this command alone, that calls what this command calls. Where the script does more with
//! its commands than that, it stays one program that reads its command line.

use std::collections::BTreeMap;

use srcify_effects::{Access, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, Source, TextRange, TextSize, parse};

use super::argument::string;
use super::{Edits, ROUNDS};
use crate::main_body::{dedent, edited, inlined_calls, opened};

/// A command of a script, as a script of its own.
pub struct Command {
    /// What the shell calls it.
    pub name: String,
    /// What it does, in the author's words.
    pub help: Option<String>,
    /// The script that does this alone.
    pub program: Program,
}

/// The commands of a script, where there are several, and each can stand alone.
pub fn commands(program: &Program) -> Vec<Command> {
    let found = subparsers(program).or_else(|| decorated(program));
    found.filter(|all| all.len() > 1).unwrap_or_default()
}

fn copy(program: &Program) -> Program {
    parse(Source::clone(&program.source)).output
}

fn statements(program: &Program) -> impl Iterator<Item = &Stmt> {
    program
        .units()
        .iter()
        .map(|unit| program.statement(unit.id))
}

/// How often a name is read, as a variable of the module.
fn loads(program: &Program, name: &str) -> usize {
    let all = statements(program).flat_map(|it| Access::of(it).occurrences);
    all.filter(|(it, _, kind)| it == name && *kind == Occurrence::Load)
        .count()
}

/// The program of a command without the functions that only other commands call.
fn without_unused(mut own: Program, whole: &Program) -> Program {
    for _ in 0..ROUNDS {
        let unused = |it: &&Stmt| match it {
            Stmt::FunctionDef(function) => {
                loads(&own, &function.name) == 0 && loads(whole, &function.name) > 0
            }
            _ => false,
        };
        let edits: Edits = statements(&own)
            .filter(unused)
            .map(|it| (it.range(), String::new()))
            .collect();
        if edits.is_empty() {
            break;
        }
        own = edited(own, &edits);
    }
    own
}

/// `x = call(…)`: the variable and the call.
fn assigned_call(statement: &Stmt) -> Option<(&str, &ast::ExprCall)> {
    let Stmt::Assign(assignment) = statement else {
        return None;
    };
    match (&assignment.targets[..], &*assignment.value) {
        ([Expr::Name(name)], Expr::Call(call)) => Some((name.id.as_str(), call)),
        _ => None,
    }
}

/// The receiver and the name of a method that a call calls.
fn method(call: &ast::ExprCall) -> Option<(&ast::ExprName, &str)> {
    let attribute = call.func.as_attribute_expr()?;
    Some((attribute.value.as_name_expr()?, attribute.attr.as_str()))
}

fn keyword<'a>(call: &'a ast::ExprCall, name: &str) -> Option<&'a Expr> {
    let mut all = call.arguments.keywords.iter();
    let found = all.find(|it| it.arg.as_ref().is_some_and(|arg| arg == name))?;
    Some(&found.value)
}

/// A subparser: the statements that are about it, and what it calls.
#[derive(Default)]
struct Subparser<'a> {
    name: String,
    help: Option<String>,
    made: TextRange,
    /// Calls of `add_argument`: the whole, and the variable.
    arguments: Vec<(TextRange, TextRange)>,
    defaults: Option<TextRange>,
    function: Option<&'a str>,
}

/// Everything that a script does with its parser and its commands.
#[derive(Default)]
struct Script<'a> {
    parser: &'a str,
    /// The variable that `add_subparsers` gives, and its statement.
    group: Option<(&'a str, TextRange)>,
    /// The attribute that holds the name of the command.
    dest: Option<&'a str>,
    commands: Vec<Subparser<'a>>,
    /// The variable of the options.
    options: Option<&'a str>,
    /// What comes after.
    rest: Vec<&'a Stmt>,
}

fn subparsers(program: &Program) -> Option<Vec<Command>> {
    let script = Script::of(program)?;
    let options = script.options?;
    let mut commands = Vec::new();
    for command in &script.commands {
        let mut edits = script.edits(program, command, options)?;
        edits.sort_by_key(|(range, _)| (range.start(), range.end()));
        let own = edited(copy(program), &edits);
        if loads(&own, script.group?.0) > 0 {
            return None;
        }
        let own = without_unused(own, program);
        let own = match plain_call(&own, options) {
            Some(edits) => inlined_calls(edited(own, &edits)),
            None => own,
        };
        commands.push(Command {
            name: command.name.clone(),
            help: command.help.clone(),
            program: own,
        });
    }
    Some(commands)
}

impl<'a> Script<'a> {
    fn of(program: &'a Program) -> Option<Self> {
        let mut script = Self::default();
        let mut current: BTreeMap<&str, usize> = BTreeMap::new();
        for statement in statements(program) {
            if script.options.is_some() {
                script.rest.push(statement);
                continue;
            }
            if let Some((target, call)) = assigned_call(statement) {
                let class = program.text(call.func.range());
                if class.ends_with("ArgumentParser") && script.parser.is_empty() {
                    script.parser = target;
                    continue;
                }
                let Some((receiver, name)) = method(call) else {
                    continue;
                };
                let is_group = script.group.is_some_and(|(it, _)| receiver.id == it);
                match name {
                    "add_subparsers" if receiver.id == script.parser && script.group.is_none() => {
                        script.group = Some((target, statement.range()));
                        script.dest = keyword(call, "dest").and_then(string);
                    }
                    "add_parser" if is_group => {
                        current.insert(target, script.commands.len());
                        script.commands.push(Subparser::made(statement, call)?);
                    }
                    "parse_args" if receiver.id == script.parser => {
                        script.options = Some(target).filter(|_| call.arguments.is_empty());
                        script.options?;
                    }
                    _ => {}
                }
                continue;
            }
            let call = statement
                .as_expr_stmt()
                .and_then(|it| it.value.as_call_expr());
            let about = call.and_then(|call| {
                let (receiver, name) = method(call)?;
                Some((call, receiver, name, *current.get(receiver.id.as_str())?))
            });
            if let Some((call, receiver, name, at)) = about {
                let command = &mut script.commands[at];
                match name {
                    "add_argument" => command
                        .arguments
                        .push((statement.range(), receiver.range())),
                    "set_defaults" => command.set_function(statement, call)?,
                    _ => return None,
                }
            }
        }
        script.group?;
        Some(script)
    }

    /// The edits that leave one command.
    fn edits(&self, program: &Program, command: &Subparser<'_>, options: &str) -> Option<Edits> {
        let mut edits: Edits = vec![(self.group?.1, String::new())];
        for other in &self.commands {
            edits.push((other.made, String::new()));
            edits.extend(other.defaults.map(|range| (range, String::new())));
            for (statement, receiver) in &other.arguments {
                edits.push(if other.name == command.name {
                    (*receiver, self.parser.to_owned())
                } else {
                    (*statement, String::new())
                });
            }
        }
        for statement in &self.rest {
            self.dispatch(program, statement, (command, options), &mut edits)?;
        }
        Some(edits)
    }

    /// What a statement after the parsing becomes.
    fn dispatch(
        &self,
        program: &Program,
        statement: &Stmt,
        (command, options): (&Subparser<'_>, &str),
        edits: &mut Edits,
    ) -> Option<()> {
        let is_func = |it: &Expr| program.text(it.range()) == format!("{options}.func");
        if let Some(call) = statement
            .as_expr_stmt()
            .and_then(|it| it.value.as_call_expr())
            && is_func(&call.func)
        {
            edits.push((call.func.range(), command.function?.to_owned()));
            return Some(());
        }
        if let Stmt::If(branch) = statement
            && let Some(answers) = self.answers(program, branch, options, &command.name)
        {
            return choose(program, branch, &answers, edits);
        }
        let mut reader = Attributes {
            options,
            dest: self.dest.unwrap_or("func"),
            found: Vec::new(),
        };
        reader.visit_stmt(statement);
        for (range, name) in reader.found {
            if name == "func" {
                return None;
            }
            edits.push((range, format!("\"{}\"", command.name)));
        }
        Some(())
    }

    /// Whether each branch is taken under a command; none where a test is about something else.
    fn answers(
        &self,
        program: &Program,
        branch: &ast::StmtIf,
        options: &str,
        command: &str,
    ) -> Option<Vec<bool>> {
        let clauses = branch.elif_else_clauses.iter().map(|it| it.test.as_ref());
        let tests = std::iter::once(Some(&*branch.test)).chain(clauses);
        let chosen = format!("{options}.{}", self.dest.unwrap_or("func"));
        let answer = |test: Option<&Expr>| {
            let Some(test) = test else {
                return Some(true);
            };
            let text = program.text(test.range()).replace('\'', "\"");
            let missing = [
                format!("{chosen} is None"),
                format!("not {chosen}"),
                format!("not hasattr({options}, \"func\")"),
            ];
            if missing.contains(&text) {
                return Some(false);
            }
            if text == chosen || text == format!("hasattr({options}, \"func\")") {
                return Some(true);
            }
            let name = text
                .strip_prefix(&format!("{chosen} == \""))?
                .strip_suffix('"')?;
            Some(name == command)
        };
        tests.map(answer).collect()
    }
}

impl<'a> Subparser<'a> {
    fn made(statement: &Stmt, call: &ast::ExprCall) -> Option<Self> {
        let [name] = &call.arguments.args[..] else {
            return None;
        };
        let help = keyword(call, "help").or_else(|| keyword(call, "description"));
        Some(Self {
            name: string(name)?.to_owned(),
            help: help.and_then(string).map(str::to_owned),
            made: statement.range(),
            ..Self::default()
        })
    }

    /// `set_defaults(func=train)`
    fn set_function(&mut self, statement: &Stmt, call: &'a ast::ExprCall) -> Option<()> {
        let function = keyword(call, "func")?.as_name_expr()?;
        self.function = Some(function.id.as_str());
        self.defaults = Some(statement.range());
        (call.arguments.keywords.len() == 1 && call.arguments.args.is_empty()).then_some(())
    }
}

/// Puts the statements of the first branch that is taken in the place of all.
fn choose(
    program: &Program,
    branch: &ast::StmtIf,
    answers: &[bool],
    edits: &mut Edits,
) -> Option<()> {
    let clauses = branch.elif_else_clauses.iter().map(|it| &it.body[..]);
    let mut bodies = std::iter::once(&branch.body[..]).chain(clauses);
    let taken = answers.iter().position(|it| *it);
    let Some(body) = taken.and_then(|at| bodies.nth(at)) else {
        edits.push((branch.range(), String::new()));
        return Some(());
    };
    let (first, last) = (body.first()?, body.last()?);
    let begin = opened(program, branch.start(), first.start(), edits);
    dedent(program, TextRange::new(begin, last.end()), edits);
    edits.push((TextRange::new(last.end(), branch.end()), String::new()));
    Some(())
}

/// The edits that make `f()` of `f(args)`, where `args` is the variable of the module that `f` would be given.
fn plain_call(program: &Program, options: &str) -> Option<Edits> {
    let (name, given) = statements(program).find_map(|statement| {
        let call = statement.as_expr_stmt()?.value.as_call_expr()?;
        let name = call.func.as_name_expr()?;
        let [Expr::Name(only)] = &call.arguments.args[..] else {
            return None;
        };
        (only.id == options && call.arguments.keywords.is_empty())
            .then_some((name.id.as_str(), only.range()))
    })?;
    let function = statements(program).find_map(|statement| match statement {
        Stmt::FunctionDef(function) if function.name.as_str() == name => Some(function),
        _ => None,
    })?;
    let mut parameters = function.parameters.iter();
    let only = parameters.next()?;
    let is_it = parameters.next().is_none() && only.name().as_str() == options;
    let is_plain = function.decorator_list.is_empty() && loads(program, name) == 1;
    (is_it && is_plain && only.default().is_none()).then(|| {
        let inside = TextRange::new(
            function.parameters.start() + TextSize::new(1),
            function.parameters.end() - TextSize::new(1),
        );
        vec![(inside, String::new()), (given, String::new())]
    })
}

/// Places where the options tell the command.
struct Attributes<'n> {
    options: &'n str,
    dest: &'n str,
    found: Vec<(TextRange, String)>,
}

impl<'a> Visitor<'a> for Attributes<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Attribute(attribute) = expression
            && attribute
                .value
                .as_name_expr()
                .is_some_and(|it| it.id == self.options)
            && (attribute.attr.as_str() == self.dest || attribute.attr.as_str() == "func")
        {
            let name = attribute.attr.to_string();
            self.found.push((attribute.range(), name));
        }
        walk_expr(self, expression);
    }

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        walk_stmt(self, statement);
    }
}

/// A function that a decorator makes a command: its name on the shell, the function, and the decorator's call.
type Decorated<'a> = (String, &'a ast::StmtFunctionDef, TextRange);

/// The commands of a group of `click`, or of an application of `typer`.
fn decorated(program: &Program) -> Option<Vec<Command>> {
    let last = program.units().last()?;
    let call = program
        .statement(last.id)
        .as_expr_stmt()?
        .value
        .as_call_expr()?;
    let app = call.func.as_name_expr()?.id.as_str();
    if !call.arguments.is_empty() {
        return None;
    }
    let group = statements(program).find_map(|it| plain_group(program, it, app));
    let is_typer = group.is_none();
    if is_typer {
        let made = |it: &Stmt| {
            let found = assigned_call(it).filter(|(name, _)| *name == app);
            found.is_some_and(|(_, call)| program.text(call.func.range()) == "typer.Typer")
        };
        statements(program).find(|it| made(it))?;
    }
    let mut all: Vec<Decorated<'_>> = Vec::new();
    for statement in statements(program) {
        let Stmt::FunctionDef(function) = statement else {
            continue;
        };
        all.extend(command_of(function, app));
    }
    // The group is made, decorates each command, and is called.
    if loads(program, app) != all.len() + 1 {
        return None;
    }
    let mut commands = Vec::new();
    for (name, function, decorator) in &all {
        let others = all.iter().filter(|(it, ..)| it != name);
        let mut edits: Edits = others
            .map(|(_, it, _)| (it.range(), String::new()))
            .collect();
        edits.extend(group.map(|range| (range, String::new())));
        if is_typer {
            edits.push((*decorator, format!("{app}.command()")));
        } else {
            edits.push((*decorator, "click.command()".to_owned()));
            edits.push((call.func.range(), function.name.to_string()));
        }
        edits.sort_by_key(|(range, _)| (range.start(), range.end()));
        let own = without_unused(edited(copy(program), &edits), program);
        commands.push(Command {
            name: name.clone(),
            help: docstring(&function.body),
            program: own,
        });
    }
    Some(commands)
}

/// A group that does nothing itself: its range.
fn plain_group(program: &Program, statement: &Stmt, name: &str) -> Option<TextRange> {
    let Stmt::FunctionDef(function) = statement else {
        return None;
    };
    let [decorator] = &function.decorator_list[..] else {
        return None;
    };
    let text = program.text(decorator.expression.range());
    let is_group =
        function.name.as_str() == name && (text == "click.group()" || text == "click.group");
    let is_empty = function.body.iter().all(|it| {
        it.is_pass_stmt()
            || it
                .as_expr_stmt()
                .is_some_and(|it| it.value.is_string_literal_expr())
    });
    (is_group && is_empty && function.parameters.is_empty()).then(|| statement.range())
}

fn command_of<'a>(function: &'a ast::StmtFunctionDef, app: &str) -> Option<Decorated<'a>> {
    let first = function.decorator_list.first()?;
    let call = first.expression.as_call_expr()?;
    let (receiver, method) = method(call)?;
    if receiver.id != app || method != "command" {
        return None;
    }
    let plain = function.name.replace('_', "-");
    let name = match &call.arguments.args[..] {
        [] => keyword(call, "name")
            .map_or(Some(plain.as_str()), string)?
            .to_owned(),
        [one] => string(one)?.to_owned(),
        _ => return None,
    };
    let known = ["name", "help"];
    let mut keywords = call.arguments.keywords.iter();
    let is_known = keywords.all(|it| {
        it.arg
            .as_ref()
            .is_some_and(|arg| known.contains(&arg.as_str()))
    });
    is_known.then(|| (name, function, call.range()))
}

/// The first line of a docstring.
fn docstring(body: &[Stmt]) -> Option<String> {
    let text = string(&body.first()?.as_expr_stmt()?.value)?;
    let line = text.trim().lines().next()?;
    (!line.is_empty()).then(|| line.to_owned())
}
