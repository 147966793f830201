//! The file that a job reads before it does anything else: without it, the job ends with one line.

use std::collections::BTreeSet;

use minijinja::{Value as Json, context};
use srcify_plan::{Folder, Job, Plan};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, snippet};

use super::subcommand;

/// Functions that only set how things look, what is warned of, or a seed.
const HARMLESS: [&str; 9] = [
    "pd.set_option",
    "np.random.seed",
    "random.seed",
    "np.set_printoptions",
    "warnings.filterwarnings",
    "warnings.simplefilter",
    "plt.style.use",
    "sns.set_theme",
    "sns.set_style",
];

/// Functions that end with `FileNotFoundError` where there is no file.
const READERS: [&str; 12] = [
    "pd.read_csv",
    "pandas.read_csv",
    "pd.read_table",
    "pd.read_pickle",
    "pd.read_json",
    "np.load",
    "np.loadtxt",
    "np.genfromtxt",
    "joblib.load",
    "open",
    "self.path.open",
    "self.path.read_text",
];

/// The facts of the test of the first job of which it is certain.
pub fn facts(plan: &Plan) -> Option<Json> {
    plan.jobs
        .iter()
        .filter(|job| !job.is_async)
        .find_map(|job| {
            let text = module_text(plan, Folder::Application, &job.name)?;
            let mut search = Search {
                plan,
                job,
                text: &text,
                secrets: BTreeSet::new(),
                depth: 0,
            };
            let setting = search.function(&job.function)?;
            Some(context! {
                command => subcommand(job),
                setting,
                secrets => search.secrets,
            })
        })
}

/// The items of the modules of a layer, or of one of them.
fn module_text(plan: &Plan, folder: Folder, name: &str) -> Option<String> {
    let mut modules = plan.modules.iter().filter(|module| module.folder == folder);
    let module = modules.find(|module| module.name == name)?;
    let items: Vec<&str> = module.items.iter().map(|item| item.text.as_str()).collect();
    Some(items.join("\n\n"))
}

struct Search<'a> {
    plan: &'a Plan,
    job: &'a Job,
    /// Of the job's module.
    text: &'a str,
    secrets: BTreeSet<String>,
    depth: usize,
}

impl Search<'_> {
    /// The setting with the path that a function reads first: `data.path`.
    fn function(&mut self, name: &str) -> Option<String> {
        self.depth += 1;
        if self.depth > 4 {
            return None;
        }
        let parsed = snippet(self.text);
        let function = parsed
            .statements()
            .iter()
            .find_map(|statement| match statement {
                Stmt::FunctionDef(it) if it.name.as_str() == name => Some(it),
                _ => None,
            })?;
        for statement in &function.body {
            if let Some(value) = Self::value(statement) {
                if self.is_harmless(value) {
                    continue;
                }
                return self.first_read(value);
            }
            return match statement {
                Stmt::With(it) => self.opened(&it.items.first()?.context_expr),
                _ => None,
            };
        }
        None
    }

    /// What a statement evaluates, if it does nothing but that and binding names.
    fn value(statement: &Stmt) -> Option<&Expr> {
        match statement {
            Stmt::Expr(it) => Some(&it.value),
            Stmt::Assign(it)
                if it
                    .targets
                    .iter()
                    .all(|it| it.is_name_expr() || it.is_tuple_expr()) =>
            {
                Some(&it.value)
            }
            _ => None,
        }
    }

    fn is_harmless(&mut self, value: &Expr) -> bool {
        let Expr::Call(call) = value else {
            return value.is_literal_expr();
        };
        let function = &self.text[call.func.range()];
        if let Some(variable) = function
            .strip_prefix("Secret(\"")
            .and_then(|rest| rest.strip_suffix("\").read"))
        {
            self.secrets.insert(variable.to_owned());
            return true;
        }
        let is_plain =
            |argument: &Expr| argument.is_literal_expr() || self.setting(argument).is_some();
        let says = function.starts_with("logger.") || HARMLESS.contains(&function);
        says && call.arguments.args.iter().all(is_plain)
    }

    /// `Dataset(config.data.path).read()`, or a stage of the job that begins so.
    fn first_read(&mut self, value: &Expr) -> Option<String> {
        let Expr::Call(call) = value else { return None };
        if let Expr::Name(stage) = &*call.func {
            let first = call.arguments.args.first()?;
            let takes_settings =
                self.text[first.range()] == *"config" && call.arguments.args.len() == 1;
            return takes_settings
                .then(|| self.function(stage.id.as_str()))
                .flatten();
        }
        let Expr::Attribute(method) = &*call.func else {
            return None;
        };
        let Expr::Call(made) = &*method.value else {
            return None;
        };
        let Expr::Name(class) = &*made.func else {
            return None;
        };
        let [location] = &made.arguments.args[..] else {
            return None;
        };
        let is_bare = made.arguments.keywords.is_empty() && call.arguments.is_empty();
        (is_bare && self.reads(class.id.as_str(), method.attr.as_str()))
            .then(|| self.setting(location))
            .flatten()
    }

    /// `open(config.data.path)`, to read it.
    fn opened(&self, value: &Expr) -> Option<String> {
        let Expr::Call(call) = value else { return None };
        if self.text[call.func.range()] != *"open" {
            return None;
        }
        let mode = call
            .arguments
            .args
            .get(1)
            .map(|mode| &self.text[mode.range()]);
        let reads = mode.is_none_or(|mode| matches!(mode, "\"r\"" | "\"rb\"" | "'r'" | "'rb'"));
        let location = call.arguments.args.first().filter(|_| reads)?;
        self.setting(location)
    }

    /// The setting that an expression is, if it holds a path.
    fn setting(&self, value: &Expr) -> Option<String> {
        let setting = self.text[value.range()].strip_prefix("config.")?;
        let (section, name) = setting.split_once('.')?;
        let sections = &self.job.settings.sections;
        let section = sections.iter().find(|it| it.name == section)?;
        let field = section.fields.iter().find(|field| field.name == name)?;
        matches!(field.annotation.as_str(), "Path" | "str").then(|| setting.to_owned())
    }

    /// Whether a method of a class of io does nothing before it reads its path.
    fn reads(&self, class: &str, method: &str) -> bool {
        let modules = self
            .plan
            .modules
            .iter()
            .filter(|module| module.folder == Folder::Io);
        let mut items = modules
            .flat_map(|module| &module.items)
            .filter(|item| item.name == class);
        items.next().is_some_and(|item| {
            let parsed = snippet(&item.text);
            let classes = parsed
                .statements()
                .iter()
                .filter_map(Stmt::as_class_def_stmt);
            let mut members = classes
                .flat_map(|class| &class.body)
                .filter_map(Stmt::as_function_def_stmt);
            members.any(|function| {
                function.name.as_str() == method && begins_with_read(function, &item.text)
            })
        })
    }
}

fn begins_with_read(function: &ast::StmtFunctionDef, text: &str) -> bool {
    body_begins_with_read(&function.body, text)
}

fn body_begins_with_read(body: &[Stmt], text: &str) -> bool {
    let mut body = body.iter().filter(
        |statement| !matches!(statement, Stmt::Expr(it) if it.value.is_string_literal_expr()),
    );
    let value = match body.next() {
        Some(Stmt::Try(it)) if it.handlers.iter().all(|it| lets_through(it, text)) => {
            return body_begins_with_read(&it.body, text);
        }
        Some(Stmt::Return(it)) => it.value.as_deref(),
        Some(Stmt::Assign(it)) => Some(&*it.value),
        Some(Stmt::With(it)) => it.items.first().map(|item| &item.context_expr),
        _ => None,
    };
    value.is_some_and(|value| {
        let call = innermost(value);
        call.is_some_and(|call| {
            let function = &text[call.func.range()];
            let takes_path = call
                .arguments
                .args
                .first()
                .is_some_and(|it| text[it.range()] == *"self.path");
            READERS.contains(&function) && (takes_path || function.starts_with("self.path."))
        })
    })
}

/// The call that is made first in `a(b).c().d`.
fn innermost(value: &Expr) -> Option<&ast::ExprCall> {
    match value {
        Expr::Call(call) => innermost(&call.func).or(Some(call)),
        Expr::Attribute(it) => innermost(&it.value),
        Expr::Subscript(it) => innermost(&it.value),
        _ => None,
    }
}

/// Whether a handler leaves `FileNotFoundError` alone.
fn lets_through(handler: &ast::ExceptHandler, text: &str) -> bool {
    let ast::ExceptHandler::ExceptHandler(handler) = handler;
    let caught = handler.type_.as_deref().map(|it| &text[it.range()]);
    caught.is_some_and(|it| {
        matches!(
            it,
            "ValueError" | "KeyError" | "(KeyError, ValueError)" | "TypeError"
        )
    })
}
