//! `asyncio.run(main())`: the statements of `main()` may be those of the program, which then runs in the loop as a whole,
//! as a notebook does. What stands before it must do the same within a loop as without.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::Program;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::stdlib::sys::is_known_standard_library;

/// The call in `asyncio.run(main())`.
pub(super) fn run(call: &ast::ExprCall) -> Option<&ast::ExprCall> {
    let method = call.func.as_attribute_expr()?;
    let is_run = method.attr.as_str() == "run"
        && method
            .value
            .as_name_expr()
            .is_some_and(|it| it.id == "asyncio");
    match (&call.arguments.args[..], &call.arguments.keywords[..]) {
        ([Expr::Call(inner)], []) if is_run => Some(inner),
        _ => None,
    }
}

/// What makes, runs or looks for a loop of its own.
const OF_LOOPS: &[&str] = &[
    "asyncio.run(",
    "asyncio.Runner",
    "event_loop",
    "run_until_complete",
    "running_loop",
    "run_forever",
    "async_to_sync",
    "current_task",
];

/// Libraries whose calls run no loop when they are called outside of functions that wait.
const PLAIN: &[&str] = &[
    "aiofiles",
    "aiohttp",
    "anthropic",
    "bs4",
    "dotenv",
    "httpx",
    "numpy",
    "openai",
    "pandas",
    "pydantic",
    "requests",
    "rich",
    "sklearn",
    "tqdm",
    "yaml",
];

/// Whether the statements before the last one may run in a loop: what they call is Python's own, or known not to ask.
pub(super) fn may_be_around(program: &Program) -> bool {
    let text = &program.source.text;
    let count = |sign: &str| text.matches(sign).count();
    let [run, others @ ..] = OF_LOOPS else {
        return false;
    };
    let imports_asyncio = program.units().iter().any(|unit| {
        let import = program.statement(unit.id).as_import_stmt();
        let names = import.into_iter().flat_map(|it| &it.names);
        names
            .into_iter()
            .any(|it| it.name.as_str() == "asyncio" && it.asname.is_none())
    });
    if count(run) != 1 || others.iter().any(|it| count(it) > 0) || !imports_asyncio {
        return false;
    }
    let mut before = Before::default();
    let mut units = program.units().iter();
    units.next_back();
    let statements: Vec<&Stmt> = units.map(|unit| program.statement(unit.id)).collect();
    for statement in &statements {
        before.learn(statement);
    }
    for statement in statements {
        before.visit_stmt(statement);
    }
    !before.may_ask
}

/// What is called before.
#[derive(Default)]
struct Before<'a> {
    /// The modules that names come from.
    imports: BTreeMap<&'a str, &'a str>,
    functions: BTreeMap<&'a str, &'a ast::StmtFunctionDef>,
    classes: BTreeMap<&'a str, &'a ast::StmtClassDef>,
    followed: BTreeSet<&'a str>,
    may_ask: bool,
}

impl<'a> Before<'a> {
    fn learn(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    let bound = name.split('.').next().unwrap_or(name);
                    self.imports.insert(bound, alias.name.as_str());
                }
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_ref().map_or("", |it| it.as_str());
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.imports.insert(name, module);
                }
            }
            Stmt::FunctionDef(function) => {
                self.functions.insert(&function.name, function);
            }
            Stmt::ClassDef(class) => {
                self.classes.insert(&class.name, class);
            }
            _ => {}
        }
    }

    fn call(&mut self, call: &'a ast::ExprCall) {
        let mut root = &*call.func;
        while let Expr::Attribute(ast::ExprAttribute { value, .. })
        | Expr::Subscript(ast::ExprSubscript { value, .. }) = root
        {
            root = value;
        }
        let Expr::Name(name) = root else {
            // A method of what another call gives, which is judged itself; or of a literal.
            return;
        };
        let name = name.id.as_str();
        if let Some(module) = self.imports.get(name) {
            let top = module.split('.').next().unwrap_or(module);
            self.may_ask |= !is_known_standard_library(13, top) && !PLAIN.contains(&top);
        } else if let Some(function) = self.functions.get(name).copied() {
            // A coroutine does nothing before it is waited for.
            if !function.is_async && self.followed.insert(name) {
                function.body.iter().for_each(|it| self.visit_stmt(it));
            }
        } else if let Some(class) = self.classes.get(name).copied() {
            // Its objects may be asked for anything.
            if self.followed.insert(name) {
                let methods = class.body.iter().filter_map(Stmt::as_function_def_stmt);
                let own = methods.filter(|it| !it.is_async).flat_map(|it| &it.body);
                own.for_each(|it| self.visit_stmt(it));
            }
        } else if call.func.is_name_expr() && !is_python_builtin(name, 13, false) {
            self.may_ask = true;
        }
    }
}

impl<'a> Visitor<'a> for Before<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                for decorator in &function.decorator_list {
                    self.visit_expr(&decorator.expression);
                }
            }
            Stmt::ClassDef(_) => {}
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression {
            self.call(call);
        }
        walk_expr(self, expression);
    }
}
