//! What a program sees of its own functions: who prints signatures, or acts on them, must find those of the author.

use std::collections::BTreeSet;

use srcify_effects::{Catalog, EffectGraph};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Diagnostic, Program, Ranged, Span, TextRange};

/// What is asked of a function to see its signature, by attribute or in text.
const SIGNATURES: &[&str] = &[
    "__annotations__",
    "__code__",
    "__signature__",
    "get_type_hints",
];

/// Functions of `inspect` that show signatures; elsewhere the words mean other things.
const INSPECTED: &[&str] = &[
    "Signature",
    "get_annotations",
    "getcallargs",
    "getfullargspec",
    "getmembers",
    "signature",
];

/// What shows the text of a function, and so all of it.
const SOURCES: &[&str] = &["getsource", "getsourcelines", "help"];

/// Libraries that check, or convert by, what is annotated.
const CHECKERS: &[&str] = &[
    "airflow",
    "autogen",
    "beartype",
    "cyclopts",
    "dagster",
    "fastapi",
    "fastmcp",
    "injector",
    "jsonargparse",
    "kfp",
    "langchain",
    "langchain_core",
    "llama_index",
    "mcp",
    "multimethod",
    "plum",
    "prefect",
    "pydantic_ai",
    "smolagents",
    "strawberry",
    "typeguard",
    "typer",
    "tyro",
];

/// Libraries that show docstrings to who uses a program, or to a model.
const TELLERS: &[&str] = &[
    "autogen",
    "cyclopts",
    "defopt",
    "doctest",
    "fastmcp",
    "jsonargparse",
    "kfp",
    "langchain",
    "langchain_core",
    "llama_index",
    "mcp",
    "pydantic_ai",
    "pydoc",
    "smolagents",
    "tyro",
];

/// Decorators that do so, of libraries that do much else.
const CHECKING: &[&str] = &["validate_arguments", "validate_call"];

/// What of the author's functions the program looks at while it runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mirrors {
    /// Their parameters and annotations.
    pub signatures: bool,
    /// Their docstrings.
    pub docstrings: bool,
}

impl Mirrors {
    pub(crate) fn of(program: &Program, catalog: &Catalog) -> Self {
        let mut words = Words {
            documented: documented(program),
            libraries: libraries(program, catalog),
            ..Words::default()
        };
        for unit in program.units() {
            words.visit_stmt(program.statement(unit.id));
        }
        let sees = |names: &[&str]| names.iter().any(|it| words.used.contains(*it));
        let imports = |names: &[&str]| names.iter().any(|it| words.imported.contains(*it));
        let inspects = imports(&["inspect"]);
        let shows_all = sees(SOURCES);
        Self {
            signatures: shows_all
                || sees(SIGNATURES)
                || sees(CHECKING)
                || imports(CHECKERS)
                || words.annotates_values
                || inspects && sees(INSPECTED),
            docstrings: shows_all
                || sees(&["__doc__", "__code__", "getdoc"])
                || imports(TELLERS)
                || inspects && sees(&["getmembers"]),
        }
    }
}

/// The names that a program uses or brings in, its attributes, and its short texts, which may name attributes.
#[derive(Default)]
struct Words<'a> {
    /// Functions and classes whose docstring is the author's.
    documented: BTreeSet<&'a str>,
    /// Names that stand for what is a library's, and for nothing else.
    libraries: BTreeSet<&'a str>,
    used: BTreeSet<&'a str>,
    /// The libraries.
    imported: BTreeSet<&'a str>,
    /// A function is annotated with what is no type, so somebody reads it: `def f(x: uniform("x", 0, 1))`.
    annotates_values: bool,
}

/// The names that statements bind, sorted; a name that several bind stands there as often.
struct Bound(Vec<String>);

impl Bound {
    fn of(program: &Program) -> Self {
        let units = program.units().iter();
        let mut names: Vec<String> = units
            .flat_map(|it| srcify_effects::Access::of(program.statement(it.id)).may)
            .collect();
        names.sort_unstable();
        Self(names)
    }

    /// Whether no two statements bind a name.
    fn is_alone(&self, name: &str) -> bool {
        let first = self.0.partition_point(|it| it.as_str() < name);
        self.0.get(first + 1).is_none_or(|next| next != name)
    }
}

/// The functions and classes that have a docstring, and whose names mean nothing else.
fn documented(program: &Program) -> BTreeSet<&str> {
    let statements = || program.units().iter().map(|it| program.statement(it.id));
    let bound = Bound::of(program);
    let with_text = |statement: &'_ Stmt| {
        let body = match statement {
            Stmt::FunctionDef(it) => &it.body,
            Stmt::ClassDef(it) => &it.body,
            _ => return false,
        };
        let first = body.first().and_then(Stmt::as_expr_stmt);
        first.is_some_and(|it| it.value.is_string_literal_expr())
    };
    let names = statements()
        .filter(|it| with_text(it))
        .filter_map(|it| match it {
            Stmt::FunctionDef(it) => Some(it.name.as_str()),
            Stmt::ClassDef(it) => Some(it.name.as_str()),
            _ => None,
        });
    names.filter(|name| bound.is_alone(name)).collect()
}

/// The names that stand for what is a library's: imports bind them, or they are other names of what those bind.
fn libraries<'p>(program: &'p Program, catalog: &Catalog) -> BTreeSet<&'p str> {
    let statements = || program.units().iter().map(|it| program.statement(it.id));
    let bound = Bound::of(program);
    let is_known = |module: &str| catalog.knows_library(module.split('.').next().unwrap_or(module));
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for statement in statements() {
        match statement {
            Stmt::Import(it) => {
                let known = it.names.iter().filter(|it| is_known(&it.name));
                found.extend(known.map(|it| match &it.asname {
                    Some(name) => name.as_str(),
                    None => it.name.split('.').next().unwrap_or_default(),
                }));
            }
            Stmt::ImportFrom(it) if it.level == 0 && it.module.as_deref().is_some_and(is_known) => {
                let names = it.names.iter();
                found.extend(names.map(|it| it.asname.as_ref().unwrap_or(&it.name).as_str()));
            }
            Stmt::Assign(it) => {
                if let [Expr::Name(name)] = &it.targets[..]
                    && root(&it.value).is_some_and(|it| found.contains(it))
                {
                    found.insert(name.id.as_str());
                }
            }
            _ => {}
        }
    }
    found.retain(|it| bound.is_alone(it));
    found
}

/// `np` of `np.linalg.norm`.
fn root(mut expression: &Expr) -> Option<&str> {
    while let Expr::Attribute(attribute) = expression {
        expression = &attribute.value;
    }
    Some(expression.as_name_expr()?.id.as_str())
}

impl<'a> Words<'a> {
    fn import(&mut self, module: &'a str) {
        self.imported.extend(module.split('.').next());
    }

    /// Whether a call shows the text of what a library holds, which is none of the author's: `help(norms.HuberT.weights)`.
    fn shows_library(&self, call: &ast::ExprCall) -> bool {
        let is_help = call.func.as_name_expr().is_some_and(|it| it.id == "help");
        let is_of_library = |it: &Expr| root(it).is_some_and(|it| self.libraries.contains(it));
        let arguments = &call.arguments;
        is_help && arguments.keywords.is_empty() && arguments.args.iter().all(is_of_library)
    }
}

impl<'a> Visitor<'a> for Words<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(it) => it.names.iter().for_each(|it| self.import(it.name.as_str())),
            Stmt::ImportFrom(it) => {
                if let Some(module) = &it.module {
                    self.import(module.as_str());
                }
                self.used.extend(it.names.iter().map(|it| it.name.as_str()));
            }
            Stmt::FunctionDef(it) => {
                let parameters = it
                    .parameters
                    .iter()
                    .filter_map(ast::AnyParameterRef::annotation);
                let mut annotations = parameters.chain(it.returns.as_deref());
                self.annotates_values |= annotations.any(|it| {
                    it.is_call_expr() || it.is_number_literal_expr() || it.is_dict_expr()
                });
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && self.shows_library(call)
        {
            return;
        }
        match expression {
            // `__doc__` alone is the text of the module.
            Expr::Name(it) if it.id.as_str() != "__doc__" => {
                self.used.insert(it.id.as_str());
            }
            Expr::Attribute(it) => {
                let owner = it.value.as_name_expr();
                let is_known = owner.is_some_and(|it| self.documented.contains(it.id.as_str()));
                if it.attr.as_str() != "__doc__" || !is_known {
                    self.used.insert(it.attr.as_str());
                }
            }
            Expr::StringLiteral(ast::ExprStringLiteral { value, .. }) => {
                let text = value.to_str();
                if text.starts_with("__") {
                    self.used.insert(text);
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

/// The first place that shows in which module a class of the author is: in a package it is another.
pub(crate) fn shows_module(program: &Program, graph: &EffectGraph) -> Option<Diagnostic> {
    let statements = || program.units().iter().map(|it| program.statement(it.id));
    let classes: BTreeSet<&str> = statements()
        .filter_map(|it| it.as_class_def_stmt())
        .map(|it| it.name.as_str())
        .collect();
    let types = graph
        .units
        .iter()
        .flat_map(|it| it.hints.iter().chain(&it.types));
    let instances = types
        .filter(|(_, ty)| classes.contains(ty.name.as_str()))
        .map(|(name, _)| name.as_str());
    let mut shown = Shown {
        instances: instances.chain(["self"]).collect(),
        classes,
        place: None,
    };
    statements().for_each(|it| shown.visit_stmt(it));
    let message =
        "shows the name of a module: functions and classes have other modules in a package";
    let diagnostic = Diagnostic::advice("module-name", Span::from(shown.place?), message);
    Some(diagnostic.hint("`type(x).__name__` shows the name of the class alone"))
}

/// What logging writes of the place at which a message was logged.
const LOG_PLACES: &[&str] = &[
    "%(filename)",
    "%(funcName)",
    "%(lineno)",
    "%(module)",
    "%(pathname)",
];

/// The first format of log messages that shows where in the code they are logged: in a package that is another place.
pub(crate) fn shows_place(program: &Program) -> Option<Diagnostic> {
    struct Formats(Option<TextRange>);
    impl<'a> Visitor<'a> for Formats {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::StringLiteral(it) = expression
                && LOG_PLACES
                    .iter()
                    .any(|place| it.value.to_str().contains(place))
            {
                self.0 = self.0.or(Some(it.range()));
            }
            walk_expr(self, expression);
        }
    }
    let mut formats = Formats(None);
    for unit in program.units() {
        formats.visit_stmt(program.statement(unit.id));
    }
    let message =
        "shows where messages are logged: in a package that is another file, function and line";
    let diagnostic = Diagnostic::advice("log-place", Span::from(formats.0?), message);
    Some(diagnostic.hint("`%(name)s` and `%(message)s` stay what they are"))
}

struct Shown<'a> {
    classes: BTreeSet<&'a str>,
    instances: BTreeSet<&'a str>,
    place: Option<TextRange>,
}

impl Shown<'_> {
    /// Whether the text of an expression is, or holds, the name of a module.
    fn shows(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Name(it) => self.classes.contains(it.id.as_str()),
            Expr::Attribute(it) => it.attr.as_str() == "__class__" && self.is_own(&it.value),
            Expr::Call(call) => {
                let arguments = &call.arguments.args;
                match &*call.func {
                    Expr::Name(it) if it.id.as_str() == "type" => {
                        matches!(&arguments[..], [one] if self.is_own(one))
                    }
                    Expr::Name(it) if ["repr", "str"].contains(&it.id.as_str()) => {
                        arguments.iter().any(|it| self.shows(it))
                    }
                    Expr::Attribute(it) if it.value.is_string_literal_expr() => {
                        arguments.iter().any(|it| self.shows(it))
                    }
                    _ => false,
                }
            }
            Expr::FString(it) => {
                let mut elements = it.value.elements();
                elements.any(|it| {
                    it.as_interpolation()
                        .is_some_and(|it| self.shows(&it.expression))
                })
            }
            Expr::BinOp(it) => it.left.is_string_literal_expr() && self.shows(&it.right),
            Expr::List(it) => it.elts.iter().any(|it| self.shows(it)),
            Expr::Tuple(it) => it.elts.iter().any(|it| self.shows(it)),
            _ => false,
        }
    }

    fn is_own(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Name(it) => self.instances.contains(it.id.as_str()),
            Expr::Call(call) => {
                let called = call.func.as_name_expr();
                called.is_some_and(|it| self.classes.contains(it.id.as_str()))
            }
            _ => false,
        }
    }
}

impl<'a> Visitor<'a> for Shown<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if self.place.is_some() {
            return;
        }
        let is_shown = match expression {
            Expr::Attribute(it) => it.attr.as_str() == "__module__",
            Expr::Call(call) => {
                let printed = call.func.as_name_expr();
                printed.is_some_and(|it| it.id.as_str() == "print")
                    && call.arguments.args.iter().any(|it| self.shows(it))
            }
            Expr::FString(_) => self.shows(expression),
            _ => false,
        };
        if is_shown {
            self.place = Some(expression.range());
        }
        walk_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;
    use srcify_effects::Catalog;
    use srcify_syntax::parse;

    use super::Mirrors;

    #[track_caller]
    fn check(text: &str, signatures: bool, docstrings: bool) {
        let source =
            srcify_syntax::read(Utf8Path::new("a.py"), text.as_bytes()).expect("it is read");
        let program = parse(source.output).output;
        let expected = Mirrors {
            signatures,
            docstrings,
        };
        assert_eq!(
            Mirrors::of(&program, &Catalog::complete()),
            expected,
            "{text}"
        );
    }

    #[test]
    fn help_on_a_library_shows_nothing_of_the_author() {
        let of = |shown: &str| {
            format!(
                "import statsmodels.api as sm\nnorms = sm.robust.norms\ndef f(x):\n    return x\nhelp({shown})\n"
            )
        };
        check(&of("norms.HuberT.weights"), false, false);
        check(&of("f"), true, true);
        check("import helpers\nhelp(helpers.f)\n", true, true);
        check("import numpy as np\nnp = f\nhelp(np.f)\n", true, true);
    }

    #[test]
    fn signatures_are_seen_by_those_who_ask_for_them() {
        check("from inspect import signature\n", true, false);
        check(
            "import inspect as i\nprint(i.getfullargspec(f))\n",
            true,
            false,
        );
        check("def d(f):\n    return f.__annotations__\n", true, false);
        check("hints = getattr(f, '__annotations__', {})\n", true, false);
        check("from typeguard import typechecked\n", true, false);
        check(
            "import typing\nprint(typing.get_type_hints(A))\n",
            true,
            false,
        );
        check("from pydantic import validate_call\n", true, false);
        check("import inspect\nprint(inspect.getsource(f))\n", true, true);
        check("help(f)\n", true, true);
    }

    #[test]
    fn annotations_that_are_values_are_read_by_somebody() {
        check("def f(x: uniform(0, 1)):\n    pass\n", true, false);
        check("def f(x: list[int]) -> 'int':\n    pass\n", false, false);
        check("from tyro import cli\n", true, true);
    }

    #[test]
    fn docstrings_are_seen_by_those_who_ask_for_them() {
        let said = "def f():\n    'says'\n";
        check(&format!("{said}print(f.__doc__)\n"), false, false);
        check(&format!("{said}f = g\nprint(f.__doc__)\n"), false, true);
        check("def f():\n    pass\nprint(f.__doc__)\n", false, true);
        check("print(f.__doc__)\n", false, true);
        check("import doctest\ndoctest.testmod()\n", false, true);
        check("from inspect import getdoc\n", false, true);
    }

    #[test]
    fn words_that_mean_other_things_show_nothing() {
        check(
            "signature = infer_signature(x, y)\nprint(signature)\n",
            false,
            false,
        );
        check(
            "import argparse\np = argparse.ArgumentParser(__doc__)\n",
            false,
            false,
        );
        check("import inspect\nprint(inspect.isclass(3))\n", false, false);
        check("p.add_argument('-n', help='how many')\n", false, false);
    }
}
