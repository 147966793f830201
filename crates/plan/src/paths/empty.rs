//! Locations that may be empty texts, or no texts: `os.path.exists("")` is false, but `Path("").exists()` asks for the folder
//! that the job runs in, and no path is made of bytes or of a descriptor. A class of `io/` that is made with one works on it.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, snippet};

use crate::{Folder, Literal, Plan};

/// Functions and methods that give what they are given, or a part of it.
const PASS_ON: &[&str] = &[
    "enumerate",
    "get",
    "getattr",
    "getenv",
    "list",
    "next",
    "pop",
    "reversed",
    "set",
    "setdefault",
    "sorted",
    "str",
    "tuple",
    "zip",
];

/// What code with such a location says.
const SIGNS: &[&str] = &[
    "\"\"", "''", "b\"", "b'", "dirname", "fileno", "mkstemp", "os.open",
];

/// The classes of `io/` that are made with what may be an empty text, or no text, by all appearances.
pub(super) fn classes(plan: &Plan) -> BTreeSet<String> {
    let settings = settings(plan);
    let items = || plan.modules.iter().flat_map(|module| &module.items);
    let may_say = |text: &str| SIGNS.iter().any(|it| text.contains(it));
    if settings.is_empty() && !items().any(|item| may_say(&item.text)) {
        return BTreeSet::new();
    }
    let io = plan.modules.iter().filter(|it| it.folder == Folder::Io);
    let io: BTreeSet<&str> = io
        .flat_map(|module| &module.items)
        .map(|item| item.name.as_str())
        .collect();
    let parsed: Vec<_> = items()
        .map(|item| (&*item.text, snippet(&item.text)))
        .collect();
    let mut names = BTreeSet::new();
    loop {
        let mut found = Found::default();
        for (text, snippet) in &parsed {
            let mut search = Search {
                text,
                settings: &settings,
                names: &names,
                io: &io,
                found,
            };
            search.visit_body(snippet.statements());
            found = search.found;
        }
        // What a name passes on is known once the name is.
        if found.names.is_subset(&names) {
            return found.classes;
        }
        names = found.names;
    }
}

/// The settings that are empty texts, or hold some.
fn settings(plan: &Plan) -> BTreeSet<String> {
    let sections = plan.jobs.iter().flat_map(|job| &job.settings.sections);
    sections
        .flat_map(|section| section.fields.iter().map(move |field| (section, field)))
        .filter(|(_, field)| holds_empty(&field.default))
        .map(|(section, field)| format!("{}.{}", section.name, field.name))
        .collect()
}

fn holds_empty(literal: &Literal) -> bool {
    match literal {
        Literal::Str(text) => text.is_empty(),
        Literal::List(parts) => parts.iter().any(holds_empty),
        Literal::Map(parts) => parts.iter().any(|(_, it)| holds_empty(it)),
        _ => false,
    }
}

/// What may be empty.
#[derive(Default)]
struct Found {
    names: BTreeSet<String>,
    classes: BTreeSet<String>,
}

struct Search<'a> {
    text: &'a str,
    settings: &'a BTreeSet<String>,
    names: &'a BTreeSet<String>,
    io: &'a BTreeSet<&'a str>,
    found: Found,
}

impl Search<'_> {
    fn may_be_empty(&self, value: &Expr) -> bool {
        let any = |values: &[Expr]| values.iter().any(|it| self.may_be_empty(it));
        match value {
            Expr::StringLiteral(it) => it.value.is_empty(),
            Expr::BytesLiteral(_) => true,
            Expr::Name(name) => self.names.contains(name.id.as_str()),
            Expr::Attribute(it) => {
                let setting = self.text[it.range()].split_once('.');
                self.names.contains(it.attr.as_str())
                    || setting.is_some_and(|(_, setting)| self.settings.contains(setting))
            }
            Expr::BoolOp(it) => any(&it.values),
            Expr::If(it) => self.may_be_empty(&it.body) || self.may_be_empty(&it.orelse),
            Expr::Named(it) => self.may_be_empty(&it.value),
            Expr::Starred(it) => self.may_be_empty(&it.value),
            Expr::Subscript(it) => self.may_be_empty(&it.value),
            Expr::List(it) => any(&it.elts),
            Expr::Tuple(it) => any(&it.elts),
            Expr::Set(it) => any(&it.elts),
            Expr::Dict(it) => it.items.iter().any(|it| self.may_be_empty(&it.value)),
            Expr::Call(call) => self.gives_empty(call),
            _ => false,
        }
    }

    fn gives_empty(&self, call: &ast::ExprCall) -> bool {
        let name = self.text[call.func.range()].rsplit('.').next();
        let name = name.unwrap_or_default();
        let receiver = call.func.as_attribute_expr().map(|it| &*it.value);
        let mut given = call.arguments.args.iter().chain(receiver);
        match name {
            "fileno" | "mkstemp" => true,
            "open" => &self.text[call.func.range()] == "os.open",
            // That of a file in the folder that the job runs in.
            "dirname" => !given.any(|it| self.text[it.range()].contains('/')),
            _ => PASS_ON.contains(&name) && given.any(|it| self.may_be_empty(it)),
        }
    }

    /// `add_argument("--resume", default="")`: what is parsed has an attribute of that name.
    fn option(&mut self, call: &ast::ExprCall) {
        let default = call.arguments.find_keyword("default");
        if default.is_none_or(|it| !self.may_be_empty(&it.value)) {
            return;
        }
        let words = call
            .arguments
            .args
            .iter()
            .filter_map(Expr::as_string_literal_expr);
        let names = words.map(|it| it.value.to_str().trim_start_matches('-').replace('-', "_"));
        self.found.names.extend(names);
    }

    fn bind(&mut self, target: &Expr, value: &Expr) {
        if self.may_be_empty(value) {
            let mut names = Targets(&mut self.found.names);
            names.visit_expr(target);
        }
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(it) => {
                for target in &it.targets {
                    self.bind(target, &it.value);
                }
            }
            Stmt::AnnAssign(ast::StmtAnnAssign {
                target,
                value: Some(value),
                ..
            }) => self.bind(target, value),
            Stmt::For(it) => self.bind(&it.target, &it.iter),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Named(it) = expression {
            self.bind(&it.target, &it.value);
        }
        if let Expr::Call(call) = expression {
            self.option(call);
        }
        if let Expr::Call(call) = expression
            && let Some(class) = call.func.as_name_expr()
            && self.io.contains(class.id.as_str())
            && call.arguments.args.iter().any(|it| self.may_be_empty(it))
        {
            self.found.classes.insert(class.id.to_string());
        }
        walk_expr(self, expression);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        self.bind(&comprehension.target, &comprehension.iter);
        ast::visitor::walk_comprehension(self, comprehension);
    }

    fn visit_parameters(&mut self, parameters: &'a ast::Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if parameter.default().is_some_and(|it| self.may_be_empty(it)) {
                self.found.names.insert(parameter.name().to_string());
            }
        }
        ast::visitor::walk_parameters(self, parameters);
    }
}

/// The names and attributes in a target.
struct Targets<'a>(&'a mut BTreeSet<String>);

impl<'a> Visitor<'a> for Targets<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(it) if !it.ctx.is_load() => {
                self.0.insert(it.id.to_string());
            }
            Expr::Attribute(it) if !it.ctx.is_load() => {
                self.0.insert(it.attr.to_string());
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
