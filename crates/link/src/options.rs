//! Options of the command line as variables, so that they become settings.
//!
//! A script that runs without arguments gives each option its default. So `parser.add_argument("--lr", default=0.1)` is
//! `lr = 0.1`, and `args.lr` is `lr`; where the program does more with `args` than to read its attributes, it stays a
//! namespace of these variables. What `argparse` does beyond that (subcommands, actions of one's own) stays as it is.

mod argument;
mod commands;
mod decorated;
mod uses;
mod words;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Access, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Diagnostic, Program, Ranged, TextRange, TextSize, Warned, is_reserved_word};

use crate::main_body::{edited, inlined_calls};
use argument::{Added, Argument};
use uses::Uses;

pub use commands::{Command, commands};

type Edits = Vec<(TextRange, String)>;

/// More parsers than scripts have.
const ROUNDS: usize = 4;
/// What tells a variable from another of the option's name; the setting is called as the option is.
const SUFFIX: &str = "_option";

/// The program with variables in the place of what parses its command line.
pub fn unwrap_options(mut program: Program) -> Warned<Program> {
    let mut diagnostics = Vec::new();
    let before = program.source.text.len();
    for _ in 0..ROUNDS {
        let command = decorated::unwrapped(&program);
        let is_command = command.is_some();
        let found = command.or_else(|| {
            let scopes = scopes(&program);
            scopes.iter().find_map(|scope| scope.unwrapped(&program))
        });
        let Some((edits, required)) = found else {
            break;
        };
        program = edited(program, &edits);
        if is_command {
            program = inlined_calls(program);
        }
        diagnostics.extend(required.iter().map(|name| missing(name)));
    }
    let words = words::unwrapped(&program);
    if !words.edits.is_empty() {
        program = edited(program, &words.edits);
        diagnostics.extend(words.required.iter().map(|name| missing(name)));
    }
    let left = words.is_left.then(left_words);
    if program.source.text.len() == before {
        diagnostics.clear();
    }
    diagnostics.extend(left);
    Warned {
        output: program,
        diagnostics,
    }
}

fn missing(name: &str) -> Diagnostic {
    let message = format!("the script runs only when `{name}` is given on its command line");
    Diagnostic::warning("required-option", None, message)
        .hint("the setting has no value: give it as `key=value`, or in a file of settings")
}

fn left_words() -> Diagnostic {
    let message = "the script reads the words of its command line in a way of its own: the package takes `key=value` only";
    Diagnostic::warning("command-line", None, message)
        .hint("read them once, each into a variable: `path = sys.argv[1]`")
}

/// Statements that run in one scope: those of the module, or of a function.
struct Scope<'a> {
    statements: Vec<&'a Stmt>,
    /// Where variables of the module go, for a function.
    above: Option<TextSize>,
    /// Its parameters that are `None` whenever it is called.
    absent: BTreeSet<&'a str>,
}

fn scopes(program: &Program) -> Vec<Scope<'_>> {
    let all = || {
        program
            .units()
            .iter()
            .map(|unit| program.statement(unit.id))
    };
    let calls = LazyCell::new(|| PlainCalls::of(program));
    let mut scopes = vec![Scope {
        statements: all().collect(),
        above: None,
        absent: BTreeSet::new(),
    }];
    scopes.extend(all().filter_map(|statement| match statement {
        Stmt::FunctionDef(function) if function.decorator_list.is_empty() => Some(Scope {
            statements: function.body.iter().collect(),
            above: Some(function.start()),
            absent: absent_parameters(function, || calls.are_all(function.name.as_str())),
        }),
        _ => None,
    }));
    scopes
}

/// `argv` of `def main(argv=None)`, when every call is `main()`.
fn absent_parameters(
    function: &ast::StmtFunctionDef,
    is_called_plainly: impl Fn() -> bool,
) -> BTreeSet<&str> {
    let is_none = |it: &&ast::ParameterWithDefault| {
        it.default
            .as_deref()
            .is_some_and(Expr::is_none_literal_expr)
    };
    let parameters = function.parameters.iter_non_variadic_params();
    let absent: BTreeSet<&str> = parameters
        .filter(is_none)
        .map(|it| it.parameter.name.as_str())
        .collect();
    if absent.is_empty() || !is_called_plainly() {
        return BTreeSet::new();
    }
    absent
}

/// How often each name is read, and how often it is called without arguments.
#[derive(Default)]
struct PlainCalls<'a> {
    loads: BTreeMap<String, usize>,
    plain: BTreeMap<&'a str, usize>,
}

impl<'a> PlainCalls<'a> {
    fn of(program: &'a Program) -> Self {
        let mut calls = Self::default();
        for unit in program.units() {
            let statement = program.statement(unit.id);
            calls.visit_stmt(statement);
            for (name, _, kind) in Access::of(statement).occurrences {
                if kind == Occurrence::Load {
                    *calls.loads.entry(name).or_default() += 1;
                }
            }
        }
        calls
    }

    /// Whether a name is read only to be called so.
    fn are_all(&self, name: &str) -> bool {
        self.loads.get(name) == self.plain.get(name)
    }
}

impl<'a> Visitor<'a> for PlainCalls<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && call.arguments.is_empty()
            && let Some(name) = call.func.as_name_expr()
        {
            *self.plain.entry(name.id.as_str()).or_default() += 1;
        }
        walk_expr(self, expression);
    }
}

/// A parser and what is done with it.
struct Parser<'a> {
    /// The statements that make it and its groups.
    made: Vec<TextRange>,
    arguments: Vec<Argument>,
    /// The statement that parses.
    parse: Parse<'a>,
}

struct Parse<'a> {
    range: TextRange,
    /// The variable that holds the options; none when they are given back.
    target: Option<&'a str>,
    /// The variable that holds what no option took.
    rest: Option<&'a str>,
}

impl<'a> Scope<'a> {
    /// The edits that make variables of the options, and the options that must be given.
    fn unwrapped(&self, program: &Program) -> Option<(Edits, Vec<String>)> {
        let name = self.statements.iter().find_map(|it| parser_name(it))?;
        let parser = self.parser(program, name)?;
        let uses = self.uses(&parser)?;
        let names = self.variables(program, &parser, &uses)?;
        let mut edits = self.definitions(program, &parser, &uses, &names)?;
        edits.extend(uses.edits(&names));
        edits.sort_by_key(|(range, _)| (range.start(), range.end()));
        let required = parser.arguments.iter().filter(|it| it.is_required);
        Some((edits, required.map(|it| it.name.clone()).collect()))
    }

    /// Everything that is done with the parser `name`, where we know all of it.
    fn parser(&self, program: &Program, name: &str) -> Option<Parser<'a>> {
        let mut groups = BTreeSet::from([name]);
        let (mut made, mut arguments, mut parse) = (Vec::new(), Vec::new(), None);
        for &statement in &self.statements {
            let occurrences = Access::of(statement).occurrences;
            if !occurrences
                .iter()
                .any(|(it, ..)| groups.contains(it.as_str()))
            {
                continue;
            }
            if made.is_empty() {
                // Only the parser itself comes first.
                parser_name(statement).filter(|it| *it == name)?;
                made.push(statement.range());
                continue;
            }
            match Action::of(statement, &groups)? {
                Action::Argument(call) => {
                    if let Added::Argument(it) = Argument::of(program, call, statement.range())? {
                        arguments.push(it);
                    }
                }
                Action::Group(group) => {
                    groups.extend(group);
                    made.push(statement.range());
                }
                Action::Parse(call, target, rest) => {
                    if parse.is_some() || !self.takes_no_words(program, call) {
                        return None;
                    }
                    parse = Some(Parse {
                        range: statement.range(),
                        target,
                        rest,
                    });
                }
            }
        }
        let parse = parse?;
        let is_before = |it: &Argument| it.range.end() <= parse.range.start();
        arguments.iter().all(is_before).then_some(Parser {
            made,
            arguments,
            parse,
        })
    }

    /// Whether a call parses what the shell gave, or nothing.
    fn takes_no_words(&self, program: &Program, call: &ast::ExprCall) -> bool {
        let values = call.arguments.args.iter();
        let named = call.arguments.keywords.iter();
        let mut all = values.chain(
            named
                .filter(|it| it.arg.as_ref().is_some_and(|arg| arg == "args"))
                .map(|it| &it.value),
        );
        let count = call.arguments.args.len() + call.arguments.keywords.len();
        match (all.next(), count) {
            (None, 0) => true,
            (Some(value), 1) => match value {
                Expr::NoneLiteral(_) => true,
                Expr::List(list) => list.elts.is_empty(),
                Expr::StringLiteral(text) => text.value.is_empty(),
                Expr::Name(name) => self.absent.contains(name.id.as_str()),
                _ => program.text(value.range()) == "sys.argv[1:]",
            },
            _ => false,
        }
    }

    /// Everything that is done with the options.
    fn uses(&self, parser: &Parser<'_>) -> Option<Uses> {
        let mut uses = Uses::default();
        let Some(target) = parser.parse.target else {
            uses.is_whole = true;
            return Some(uses);
        };
        let mut stores = 0;
        for &statement in &self.statements {
            let access = Access::of(statement);
            if access.globals.contains(target) {
                return None;
            }
            let found: Vec<TextRange> = access
                .occurrences
                .iter()
                .filter(|(it, ..)| it == target)
                .map(|(_, range, kind)| {
                    stores += usize::from(*kind != Occurrence::Load);
                    *range
                })
                .collect();
            if found.is_empty() || statement.range() == parser.parse.range {
                continue;
            }
            uses.read(statement, &found, parser);
        }
        (stores == 1).then_some(uses)
    }

    /// A variable for each option.
    fn variables(
        &self,
        program: &Program,
        parser: &Parser<'_>,
        uses: &Uses,
    ) -> Option<BTreeMap<String, String>> {
        let mut taken = uses.names.clone();
        let mut bound: BTreeMap<String, usize> = BTreeMap::new();
        for unit in program.units() {
            for (name, _, kind) in Access::of(program.statement(unit.id)).occurrences {
                *bound.entry(name.clone()).or_default() += usize::from(kind != Occurrence::Load);
                taken.insert(name);
            }
        }
        let mut variables = BTreeMap::new();
        for argument in &parser.arguments {
            let name = &argument.name;
            // `lr = args.lr` alone binds `lr`: one variable will do.
            let is_same = self.above.is_none()
                && !uses.is_whole
                && uses.copies.contains_key(name)
                && bound.get(name) == Some(&1);
            let is_free = !taken.contains(name) && !is_reserved_word(name);
            let variable = if is_same || is_free {
                name.clone()
            } else {
                Some(format!("{name}{SUFFIX}")).filter(|it| !taken.contains(it))?
            };
            variables.insert(name.clone(), variable);
        }
        Some(variables)
    }

    /// The variables in the place of the parser.
    fn definitions(
        &self,
        program: &Program,
        parser: &Parser<'_>,
        uses: &Uses,
        names: &BTreeMap<String, String>,
    ) -> Option<Edits> {
        let mut edits: Edits = parser
            .made
            .iter()
            .map(|range| (*range, String::new()))
            .collect();
        let mut above = String::new();
        let mut guards = Vec::new();
        for argument in &parser.arguments {
            let is_used = uses.is_whole || uses.is_shown || uses.read.contains(&argument.name);
            if !is_used && !argument.is_required && argument.is_literal {
                edits.push((argument.range, String::new()));
                continue;
            }
            let variable = &names[&argument.name];
            let definition = argument.definition(variable);
            match self.above {
                Some(_) if !argument.is_literal => return None,
                Some(_) => {
                    above.push_str(&definition);
                    above.push('\n');
                    edits.push((argument.range, String::new()));
                }
                None => edits.push((argument.range, definition)),
            }
            guards.extend(argument.guard(variable));
        }
        if let Some(at) = self.above.filter(|_| !above.is_empty()) {
            edits.push((TextRange::empty(at), format!("{above}\n\n")));
        }
        let mut lines = guards;
        if uses.is_whole || uses.is_shown {
            lines.extend(namespace(program, parser, names));
        }
        lines.extend(parser.parse.rest.map(|rest| format!("{rest} = []")));
        let depth = depth_of(program, parser.parse.range.start());
        let text = lines.join("\n").replace('\n', &format!("\n{depth}"));
        edits.push((parser.parse.range, text));
        Some(edits)
    }
}

/// `args = argparse.Namespace(lr=lr)`.
fn namespace(
    program: &Program,
    parser: &Parser<'_>,
    names: &BTreeMap<String, String>,
) -> Vec<String> {
    let fields: Vec<String> = parser
        .arguments
        .iter()
        .map(|it| format!("{}={}", it.name, names[&it.name]))
        .collect();
    let start = match parser.parse.target {
        Some(target) => format!("{target} = "),
        None => "return ".to_owned(),
    };
    let object = format!("{start}argparse.Namespace({})", fields.join(", "));
    let is_imported = program.units().iter().any(|unit| {
        let Stmt::Import(import) = program.statement(unit.id) else {
            return false;
        };
        let mut names = import.names.iter();
        names.any(|it| it.name.as_str() == "argparse" && it.asname.is_none())
    });
    let import = (!is_imported).then(|| "import argparse".to_owned());
    import.into_iter().chain([object]).collect()
}

/// The white space before a statement.
fn depth_of(program: &Program, at: TextSize) -> String {
    let before = &program.source.text[..usize::from(at)];
    let line = &before[before.rfind('\n').map_or(0, |it| it + 1)..];
    line.chars().take_while(|it| it.is_whitespace()).collect()
}

/// The name of the parser that a statement makes, where all of its options are of the usual form.
fn parser_name(statement: &Stmt) -> Option<&str> {
    let Stmt::Assign(assignment) = statement else {
        return None;
    };
    let [Expr::Name(name)] = &assignment.targets[..] else {
        return None;
    };
    let call = assignment.value.as_call_expr()?;
    let class = match &*call.func {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return None,
    };
    let plain = [
        "prog",
        "usage",
        "description",
        "epilog",
        "formatter_class",
        "add_help",
        "allow_abbrev",
        "exit_on_error",
    ];
    let keywords = &call.arguments.keywords;
    let is_plain = keywords.iter().all(|it| {
        it.arg
            .as_ref()
            .is_some_and(|arg| plain.contains(&arg.as_str()))
    });
    (class == "ArgumentParser" && is_plain).then_some(name.id.as_str())
}

/// What a statement does with a parser.
enum Action<'a> {
    Argument(&'a ast::ExprCall),
    Group(Option<&'a str>),
    /// The call, the variable of the options, and that of the words that no option took.
    Parse(&'a ast::ExprCall, Option<&'a str>, Option<&'a str>),
}

impl<'a> Action<'a> {
    fn of(statement: &'a Stmt, groups: &BTreeSet<&str>) -> Option<Self> {
        match statement {
            Stmt::Expr(it) => match method(&it.value, groups)? {
                (call, "add_argument") => Some(Self::Argument(call)),
                (_, "add_argument_group") => Some(Self::Group(None)),
                _ => None,
            },
            Stmt::Return(it) => match method(it.value.as_deref()?, groups)? {
                (call, "parse_args") => Some(Self::Parse(call, None, None)),
                _ => None,
            },
            Stmt::Assign(it) => match (&it.targets[..], &*it.value) {
                ([Expr::Name(target)], Expr::Subscript(item)) => {
                    let (call, name) = method(&item.value, groups)?;
                    let is_first = item.slice.as_number_literal_expr().is_some_and(|it| {
                        it.value.as_int().is_some_and(|it| it.as_u8() == Some(0))
                    });
                    (name == "parse_known_args" && is_first).then_some(Self::Parse(
                        call,
                        Some(&target.id),
                        None,
                    ))
                }
                ([Expr::Name(target)], value) => match method(value, groups)? {
                    (call, "parse_args") => Some(Self::Parse(call, Some(&target.id), None)),
                    (_, "add_argument_group") => Some(Self::Group(Some(&target.id))),
                    (call, "add_mutually_exclusive_group")
                        if call.arguments.keywords.is_empty() =>
                    {
                        Some(Self::Group(Some(&target.id)))
                    }
                    (call, "add_argument") => Some(Self::Argument(call)),
                    _ => None,
                },
                ([Expr::Tuple(pair)], value) => match (&pair.elts[..], method(value, groups)?) {
                    ([Expr::Name(target), Expr::Name(rest)], (call, "parse_known_args")) => {
                        Some(Self::Parse(call, Some(&target.id), Some(&rest.id)))
                    }
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }
}

/// The call of a method of a parser or a group, with its name.
fn method<'a>(
    expression: &'a Expr,
    groups: &BTreeSet<&str>,
) -> Option<(&'a ast::ExprCall, &'a str)> {
    let call = expression.as_call_expr()?;
    let attribute = call.func.as_attribute_expr()?;
    let object = attribute.value.as_name_expr()?;
    groups
        .contains(object.id.as_str())
        .then_some((call, attribute.attr.as_str()))
}
