//! Finds the escapes of a cell on its syntax tree.

use std::ops::Range;

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{self as ast, Expr, IpyEscapeKind, Operator, Stmt};
use ruff_python_parser::Parsed;
use ruff_text_size::{Ranged, TextRange};

use super::edit::Edit;
use super::shell::{self, Output};
use super::{Action, Gathered, line, parse_ipython};

/// Words that IPython takes for magics without their `%`, when the line is no Python.
const AUTOMAGIC: [&str; 32] = [
    "pip",
    "conda",
    "mamba",
    "cd",
    "ls",
    "ll",
    "mkdir",
    "rm",
    "rmdir",
    "cp",
    "mv",
    "cat",
    "matplotlib",
    "time",
    "timeit",
    "run",
    "env",
    "set_env",
    "load_ext",
    "reload_ext",
    "config",
    "who",
    "whos",
    "pwd",
    "history",
    "man",
    "more",
    "less",
    "reset",
    "store",
    "precision",
    "autoreload",
];

/// Words that only show something when they stand alone; a name that the cell binds shows nothing worse.
const SHOWING: [&str; 7] = ["ls", "ll", "pwd", "who", "whos", "lsmagic", "dirs"];

/// The text with automagics marked, and what becomes of each escape from byte `body` on.
pub(super) fn find(text: &str, body: usize, gathered: &mut Gathered) -> (String, Vec<Edit>) {
    let mut text = text.to_owned();
    let mut module = parse(&text, body);
    while let Some(at) = automagic(&text, &module) {
        text.insert(at, '%');
        module = parse(&text, body);
    }
    let mut finder = Finder {
        text: &text,
        gathered,
        edits: Vec::new(),
        depth: 0,
        shells: Vec::new(),
    };
    finder.visit_body(module.suite());
    let edits = finder.edits;
    (text, edits)
}

/// Parses what follows byte `body`, at its offsets.
fn parse(text: &str, body: usize) -> Parsed<ast::ModModule> {
    let head = text[..body]
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    let masked: String = head.chain(text[body..].chars()).collect();
    let parsed = parse_ipython(&masked);
    parsed
        .try_into_module()
        .expect("the mode asks for a module")
}

/// The start of a line that is no Python and begins with the name of a magic.
fn automagic(text: &str, module: &Parsed<ast::ModModule>) -> Option<usize> {
    for error in module.errors() {
        let at = usize::from(error.location.start()).min(text.len());
        let start = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or("");
        let code = line.trim_start();
        let word = code.split_whitespace().next().unwrap_or("");
        let follows_line = text[..start]
            .trim_end_matches([' ', '\t', '\n'])
            .ends_with(['\\', '(', ',', '[', '{']);
        if AUTOMAGIC.contains(&word) && code.len() > word.len() && !follows_line {
            return Some(start + line.len() - code.len());
        }
    }
    None
}

struct Finder<'a, 'g> {
    text: &'a str,
    gathered: &'a mut Gathered<'g>,
    edits: Vec<Edit>,
    /// Open compound statements.
    depth: usize,
    /// Names of the notebook's shell: `ip = get_ipython()`.
    shells: Vec<&'a str>,
}

impl<'a> Visitor<'a> for Finder<'a, '_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::IpyEscapeCommand(escape) => {
                let action = statement(escape.kind, &escape.value, self.gathered);
                self.edit(stmt.range(), action);
            }
            Stmt::Assign(assign) => {
                if let [Expr::Name(name)] = assign.targets.as_slice()
                    && is_shell(&assign.value, &self.shells)
                {
                    self.shells.push(name.id.as_str());
                }
                self.assigned(stmt.range(), &assign.value);
            }
            Stmt::AnnAssign(ast::StmtAnnAssign {
                value: Some(value), ..
            }) => {
                self.assigned(stmt.range(), value);
            }
            Stmt::Expr(expr) => {
                if let Some((kind, value)) = from_get_ipython(&expr.value, &self.shells) {
                    let action = statement(kind, &value, self.gathered);
                    self.edit(stmt.range(), action);
                } else if self.depth == 0 && only_shows(&expr.value) {
                    self.edit(
                        stmt.range(),
                        Action::Drop("it shows something only in a notebook"),
                    );
                }
            }
            _ => {
                self.depth += 1;
                walk_stmt(self, stmt);
                self.depth -= 1;
            }
        }
    }

    // Escapes are statements, or values of assignments: no need to look into expressions.
    fn visit_expr(&mut self, _: &'a Expr) {}
}

impl Finder<'_, '_> {
    fn assigned(&mut self, stmt: TextRange, value: &Expr) {
        let escape = match value {
            Expr::IpyEscapeCommand(escape) => Some((escape.kind, escape.value.to_string())),
            value => from_get_ipython(value, &self.shells),
        };
        let Some((kind, command)) = escape else {
            return;
        };
        let before = &self.text[usize::from(stmt.start())..usize::from(value.start())];
        self.gathered.target = before.trim_end().trim_end_matches('=').trim().to_owned();
        let is_magic = matches!(kind, IpyEscapeKind::Magic | IpyEscapeKind::Magic2);
        if is_magic && self.depth == 0 && is_word(&self.gathered.target) {
            let run = line::run_for_value(&self.gathered.target, &command);
            if let Some(statements) = run {
                self.edit(stmt, Action::Python(statements));
                return;
            }
        }
        match expression(kind, &command, self.gathered) {
            action @ Action::Python(_) => self.edit(value.range(), action),
            action => self.edit(stmt, action),
        }
    }

    fn edit(&mut self, range: TextRange, action: Action) {
        let range = Range::<usize>::from(range);
        let line = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let before = self.text[line..range.start].trim();
        let after = self.text[range.end..]
            .lines()
            .next()
            .unwrap_or("")
            .trim_start();
        let old = &self.text[range.clone()];
        let shift = match &action {
            Action::Python(code) if !code.is_empty() && old.ends_with(code.as_str()) => {
                old[..old.len() - code.len()].chars().count() as u32
            }
            _ => 0,
        };
        let beside = before.ends_with([';', ':']) || after.starts_with(';');
        self.edits.push(Edit {
            range,
            action,
            needs_statement: self.depth > 0 || beside,
            shift,
        });
    }
}

/// What becomes of an escape that is a statement.
pub(super) fn statement(kind: IpyEscapeKind, value: &str, gathered: &mut Gathered) -> Action {
    let value = value.trim();
    match kind {
        IpyEscapeKind::Shell | IpyEscapeKind::ShCap => shell::lower(value, Output::Shown, gathered),
        IpyEscapeKind::Magic | IpyEscapeKind::Magic2 => line::lower(value, gathered),
        IpyEscapeKind::Help | IpyEscapeKind::Help2 => Action::Drop("help"),
        IpyEscapeKind::Quote => call(value, |rest| {
            rest.split_whitespace()
                .map(super::quote::literal)
                .collect::<Vec<_>>()
                .join(", ")
        }),
        IpyEscapeKind::Quote2 => call(value, super::quote::literal),
        IpyEscapeKind::Paren => call(value, |rest| {
            rest.split_whitespace().collect::<Vec<_>>().join(", ")
        }),
    }
}

fn is_word(text: &str) -> bool {
    text.chars().all(|it| it.is_alphanumeric() || it == '_')
}

/// `,f a b`: a call without parentheses.
fn call(value: &str, arguments: impl Fn(&str) -> String) -> Action {
    let (function, rest) = value.split_once(char::is_whitespace).unwrap_or((value, ""));
    let code = if rest.trim().is_empty() {
        format!("{function}()")
    } else {
        format!("{function}({})", arguments(rest.trim()))
    };
    match ruff_python_parser::parse_expression(&code) {
        Ok(_) => Action::Python(code),
        Err(_) => Action::Unsupported("it is no call"),
    }
}

/// What becomes of an escape whose value is assigned.
fn expression(kind: IpyEscapeKind, value: &str, gathered: &mut Gathered) -> Action {
    let value = value.trim();
    match kind {
        IpyEscapeKind::Shell | IpyEscapeKind::ShCap => {
            shell::lower(value, Output::Captured, gathered)
        }
        IpyEscapeKind::Magic | IpyEscapeKind::Magic2 => line::value(value, gathered),
        _ => Action::Unsupported("it has no value"),
    }
}

/// `get_ipython().run_line_magic("time", "x = 1")` as the escape that it stands for.
fn from_get_ipython(expr: &Expr, shells: &[&str]) -> Option<(IpyEscapeKind, String)> {
    let Expr::Call(call) = expr else { return None };
    let Expr::Attribute(method) = call.func.as_ref() else {
        return None;
    };
    if !is_shell(&method.value, shells) {
        return None;
    }
    let mut arguments = Vec::new();
    for argument in &call.arguments.args {
        let Expr::StringLiteral(text) = argument else {
            return None;
        };
        arguments.push(text.value.to_str());
    }
    match (method.attr.as_str(), arguments.as_slice()) {
        ("run_line_magic" | "magic", parts) => Some((
            IpyEscapeKind::Magic,
            parts.join(" ").trim_start_matches('%').to_owned(),
        )),
        ("system" | "getoutput" | "getoutput_from_shell", [command]) => {
            Some((IpyEscapeKind::Shell, (*command).to_owned()))
        }
        ("run_cell_magic", [name, line, body]) => {
            Some((IpyEscapeKind::Magic2, format!("{name} {line}\n{body}")))
        }
        _ => None,
    }
}

/// `get_ipython()`, `IPython.get_ipython()`, or a name that was given to it.
fn is_shell(expr: &Expr, shells: &[&str]) -> bool {
    match expr {
        Expr::Name(name) => shells.contains(&name.id.as_str()),
        Expr::Call(call) if call.arguments.is_empty() => match call.func.as_ref() {
            Expr::Name(function) => function.id.as_str() == "get_ipython",
            Expr::Attribute(function) => {
                let module = function.value.as_name_expr();
                function.attr.as_str() == "get_ipython"
                    && module.is_some_and(|module| module.id.as_str() == "IPython")
            }
            _ => false,
        },
        _ => false,
    }
}

/// A bare `ls` or `ls -l`, which Python takes for a name or a difference.
fn only_shows(expr: &Expr) -> bool {
    let name = match expr {
        Expr::Name(name) => name,
        Expr::BinOp(difference) if difference.op == Operator::Sub => match difference.left.as_ref()
        {
            Expr::Name(name) => name,
            _ => return false,
        },
        _ => return false,
    };
    let is_list = matches!(name.id.as_str(), "ls" | "ll");
    SHOWING.contains(&name.id.as_str()) && (is_list || matches!(expr, Expr::Name(_)))
}
