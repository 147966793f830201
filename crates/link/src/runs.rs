//! `%run other.py` and `%run other.ipynb`: the other file's code takes the statement's place.
//!
//! A notebook runs in the names of the one that runs it, so its cells can stand there as they are. A script runs in names of
//! its own, which the notebook gets at the end: its text can take the place where nothing tells the difference. Where the
//! file is missing, or something could tell, the package stops there, and says why.

use std::collections::BTreeSet;

use srcify_effects::{Access, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, ExprCall, Stmt};
use srcify_syntax::{
    Diagnostic, Program, Ranged, Severity, Source, SourceKind, Span, TextRange, TextSize, Warned,
    moved_to, parse,
};

use crate::main_body::unwrap_main;

/// Finds a file by the path that `%run` names, read.
pub type RunFinder<'a> = &'a dyn Fn(&str) -> Option<Warned<Source>>;

/// Files that run each other go no deeper.
const DEEPEST: usize = 8;

/// The name that keeps the arguments of the command line while another script runs.
const ARGUMENTS: &str = "own_arguments";

/// Puts the code of the files that the input runs in the places of its `%run` magics.
pub fn include_runs(program: Warned<Program>, find: RunFinder<'_>) -> Warned<Program> {
    included(program, find, &mut Vec::new())
}

fn included(
    program: Warned<Program>,
    find: RunFinder<'_>,
    open: &mut Vec<String>,
) -> Warned<Program> {
    let Warned {
        output: program,
        diagnostics,
    } = program;
    if !program.source.text.contains("run_line_magic(\"run\"") {
        return Warned {
            output: program,
            diagnostics,
        };
    }
    let outcomes = outcomes(&program, find, open);
    let placed: Vec<(TextSize, Source)> = outcomes
        .iter()
        .filter_map(|outcome| match &outcome.what {
            Ok(code) => Some((outcome.line, code.output.source.clone())),
            Err(_) => None,
        })
        .collect();
    let both = parse(program.source.including(placed)).output;
    let mut edits = Vec::new();
    let mut calls = calls(&both).into_iter();
    let mut said = Vec::new();
    for outcome in &outcomes {
        // Those of the included files are replaced already, so the calls are the same ones, in the same order.
        let Some(call) = calls.next() else { break };
        match &outcome.what {
            Ok(_) if outcome.request.needs_arguments => {
                edits.push((call.range, format!("sys.argv = {ARGUMENTS}")));
            }
            Ok(_) => edits.push((call.range, blank(&both, call.range))),
            Err(reason) => {
                edits.push((call.range, stop(&both, call.range)));
                said.push((
                    call.range,
                    format!("`%run {}` {reason}", outcome.request.path),
                ));
            }
        }
    }
    let both = parse(both.source.edited(&edits)).output;
    let mut all = moved_to(&both.source, &program.source, diagnostics);
    for outcome in outcomes {
        if let Ok(code) = outcome.what {
            let inner = code.output.source;
            all.extend(moved_to(&both.source, &inner, code.diagnostics));
        }
    }
    all.extend(stops(said, &edits));
    Warned {
        output: both,
        diagnostics: all,
    }
}

/// What there is to say about places that stop the package, as they lie after `edits`.
fn stops(said: Vec<(TextRange, String)>, edits: &[(TextRange, String)]) -> Vec<Diagnostic> {
    let one = |(range, message): (TextRange, String)| {
        let mut start = range.start();
        for (place, text) in edits
            .iter()
            .take_while(|(it, _)| it.start() < range.start())
        {
            start = start + TextSize::of(text.as_str()) - place.len();
        }
        let span = Span::from(TextRange::at(start, TextSize::of("raise")));
        Diagnostic::warning("unsupported-magic", span, message)
            .hint("put its code in its place; until then the package raises here")
    };
    said.into_iter().map(one).collect()
}

/// What a `%run` asks for.
#[derive(Debug, Default)]
struct Request {
    path: String,
    /// The words that the script finds in `sys.argv` after its name.
    arguments: Vec<String>,
    needs_arguments: bool,
    /// It runs in the notebook's names: `-i`.
    is_shared: bool,
    /// It does not run as a script: `-n`.
    is_module: bool,
}

/// A call of the magic, as the reader of inputs writes it.
struct Call<'a> {
    range: TextRange,
    line: &'a str,
    /// It is a statement of the module, alone on its lines.
    is_alone: bool,
}

struct Outcome {
    request: Request,
    /// Where the line of the statement begins.
    line: TextSize,
    /// The code that takes its place, or why none does.
    what: Result<Warned<Program>, String>,
}

fn outcomes(program: &Program, find: RunFinder<'_>, open: &mut Vec<String>) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for call in calls(program) {
        let text = &program.source.text[..usize::from(call.range.start())];
        let line = text.rfind('\n').map_or(0, |at| at + 1);
        let (mut request, mut what) = match request(call.line) {
            Ok(request) => (request, Ok(())),
            Err(reason) => (Request::default(), Err(reason)),
        };
        if !call.is_alone {
            what = what.and(Err("stands inside another statement".to_owned()));
        }
        if open.len() >= DEEPEST || open.contains(&request.path) {
            what = what.and(Err("runs what runs it".to_owned()));
        }
        let what = what.and_then(|()| code(program, &mut request, find, open));
        outcomes.push(Outcome {
            request,
            line: TextSize::try_from(line).unwrap_or_default(),
            what,
        });
    }
    outcomes
}

/// The magic's arguments.
fn request(line: &str) -> Result<Request, String> {
    let mut request = Request::default();
    let mut words = line.split_whitespace();
    for word in words.by_ref() {
        match word {
            "-i" => request.is_shared = true,
            "-n" => request.is_module = true,
            "-e" | "-G" => {}
            _ if word.starts_with('-') => return Err(format!("has the option `{word}`")),
            _ => {
                request.path = word.trim_matches(['"', '\'']).to_owned();
                break;
            }
        }
    }
    if request.path.is_empty() || request.path.contains(['{', '$']) {
        return Err("names no file".to_owned());
    }
    request.arguments = words
        .map(|it| it.trim_matches(['"', '\'']).to_owned())
        .collect();
    Ok(request)
}

/// The code of the file, ready to stand in `program`.
fn code(
    program: &Program,
    request: &mut Request,
    find: RunFinder<'_>,
    open: &mut Vec<String>,
) -> Result<Warned<Program>, String> {
    let found = find(&request.path).ok_or("names a file that is not beside the input")?;
    let path = found.output.path.to_string();
    let is_notebook =
        found.output.kind == SourceKind::Notebook || found.output.is_databricks_export();
    let parsed = parse(found.output);
    let mut diagnostics = found.diagnostics;
    if let Some(error) = parsed
        .diagnostics
        .iter()
        .find(|it| it.severity == Severity::Error)
    {
        return Err(format!(
            "runs a file that cannot be read: {}",
            error.message
        ));
    }
    diagnostics.extend(parsed.diagnostics);
    open.push(request.path.clone());
    let inner = Warned {
        output: parsed.output,
        diagnostics,
    };
    let mut inner = included(inner, find, open);
    open.pop();
    if !is_notebook {
        if !request.is_module {
            inner.output = unwrap_main(inner.output);
        }
        if !request.is_shared {
            stands_apart(program, &inner.output, request)?;
        }
    }
    let text = &inner.output.source.text;
    let asks = [
        "argv", "argparse", "click", "typer", "fire", "optparse", "getopt",
    ];
    request.needs_arguments =
        !is_notebook && (!request.arguments.is_empty() || asks.iter().any(|it| text.contains(it)));
    inner.output = prepared(inner.output, request, &path);
    Ok(inner)
}

/// Whether the script's names are its own: the notebook gives it none, and changes none that its functions read later.
fn stands_apart(program: &Program, script: &Program, request: &Request) -> Result<(), String> {
    let access = |program: &Program| {
        let units = program.units().iter();
        units
            .map(|unit| Access::of(program.statement(unit.id)))
            .collect::<Vec<_>>()
    };
    let bound = |access: &[Access]| {
        let names = access
            .iter()
            .flat_map(|it| it.may.iter().chain(&it.globals));
        names.cloned().collect::<BTreeSet<String>>()
    };
    let (outer, inner) = (access(program), access(script));
    let (outer, own) = (bound(&outer), bound(&inner));
    let shared = inner
        .iter()
        .flat_map(|it| it.reads.iter().chain(&it.captures))
        .find(|name| outer.contains(*name) && !own.contains(*name));
    if let Some(name) = shared {
        return Err(format!(
            "runs a script that reads `{name}`, which it would not see"
        ));
    }
    let later = inner.iter().flat_map(|it| &it.captures);
    match later.into_iter().find(|name| outer.contains(*name)) {
        Some(name) => Err(format!(
            "runs a script whose functions read a `{name}` of their own, which the notebook binds as well"
        )),
        None if request.is_module && script.source.text.contains("__name__") => {
            Err("runs a script that asks for its own name".to_owned())
        }
        None => Ok(()),
    }
}

/// The script with what it says of itself written out, and with its arguments.
fn prepared(program: Program, request: &Request, path: &str) -> Program {
    let mut edits = Vec::new();
    if request.needs_arguments {
        let mut words = vec![path.to_owned()];
        words.extend(request.arguments.iter().cloned());
        let words: Vec<String> = words.iter().map(|word| literal(word)).collect();
        let setup = format!(
            "import sys\n{ARGUMENTS} = sys.argv\nsys.argv = [{}]\n",
            words.join(", ")
        );
        edits.push((TextRange::empty(TextSize::new(0)), setup));
    }
    for unit in program.units() {
        let statement = program.statement(unit.id);
        if let Stmt::ImportFrom(import) = statement
            && import.module.as_deref() == Some("__future__")
        {
            edits.push((unit.range, blank(&program, unit.range)));
            continue;
        }
        for (name, range, occurrence) in Access::of(statement).occurrences {
            if name == "__file__" && occurrence == Occurrence::Load {
                edits.push((range, literal(path)));
            }
        }
    }
    if edits.is_empty() {
        return program;
    }
    edits.sort_by_key(|(range, _)| range.start());
    parse(program.source.edited(&edits)).output
}

fn literal(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// All calls of the magic, in the order of the text.
fn calls(program: &Program) -> Vec<Call<'_>> {
    let mut calls = Vec::new();
    for unit in program.units() {
        let statement = program.statement(unit.id);
        let mut inner = Calls(Vec::new());
        inner.visit_stmt(statement);
        let is_whole = matches!(statement, Stmt::Expr(it) if run_call(&it.value).is_some());
        calls.extend(inner.0.into_iter().map(|(range, line)| Call {
            range,
            line,
            is_alone: is_whole && is_alone(program, unit.range),
        }));
    }
    calls
}

struct Calls<'a>(Vec<(TextRange, &'a str)>);

impl<'a> Visitor<'a> for Calls<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match run_call(expression) {
            Some(line) => self.0.push((expression.range(), line)),
            None => walk_expr(self, expression),
        }
    }
}

/// The arguments of `get_ipython().run_line_magic("run", "other.py")`.
fn run_call(expression: &Expr) -> Option<&str> {
    let call = expression.as_call_expr()?;
    let method = call.func.as_attribute_expr()?;
    let is_shell = |call: &ExprCall| {
        let function = call.func.as_name_expr();
        function.is_some_and(|function| function.id == "get_ipython")
    };
    let is_run = method.attr.as_str() == "run_line_magic"
        && method.value.as_call_expr().is_some_and(is_shell);
    match (&call.arguments.args[..], is_run) {
        ([Expr::StringLiteral(name), Expr::StringLiteral(line)], true)
            if name.value.to_str() == "run" =>
        {
            Some(line.value.to_str())
        }
        _ => None,
    }
}

fn is_alone(program: &Program, range: TextRange) -> bool {
    let text = &program.source.text;
    let before = text[..usize::from(range.start())].rsplit('\n').next();
    let after = text[usize::from(range.end())..].split('\n').next();
    let rest = after.unwrap_or("").trim_start();
    before.unwrap_or("").trim().is_empty() && (rest.is_empty() || rest.starts_with('#'))
}

fn blank(program: &Program, range: TextRange) -> String {
    let bytes = program.text(range).bytes();
    bytes
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

/// A statement that stops the package; where the call is a part of another statement, an expression that does.
fn stop(program: &Program, range: TextRange) -> String {
    let place = program.source.place(Span::from(range));
    let what = literal(&format!("{place}: %run"));
    let is_statement = {
        let text = &program.source.text;
        let before = text[..usize::from(range.start())].rsplit('\n').next();
        let after = text[usize::from(range.end())..].split('\n').next();
        let after = after.unwrap_or("").trim_start();
        before.unwrap_or("").trim().is_empty()
            && (after.is_empty() || after.starts_with(['#', ';']))
    };
    if is_statement {
        format!("raise NotImplementedError({what})")
    } else {
        format!("(_ for _ in ()).throw(NotImplementedError({what}))")
    }
}
