//! Calls that are told by how they are written: methods that write a table, whatever has them, and files that a loop goes
//! through line by line.

use srcify_effects::{CallFacts, Callee, Effect, EffectSet, Type};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Comprehension, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::families::{Family, family};
use super::handles::opens_text;
use super::{Access, Extractor, Method, is_bare, opened_path};
use crate::settings::expression_at;
use crate::types::Imports;

/// Methods that write a table, with what pandas calls them.
const WRITERS: &[(&str, &str)] = &[
    ("to_csv", "pandas.DataFrame.to_csv"),
    ("to_excel", "pandas.DataFrame.to_excel"),
    ("to_feather", "pandas.DataFrame.to_feather"),
    ("to_parquet", "pandas.DataFrame.to_parquet"),
];

/// Libraries whose tables have the methods of those of pandas.
const OTHER_TABLES: &[&str] = &["dask", "modin", "cudf", "pyspark", "vaex", "koalas"];

/// The method that goes through a file.
pub(super) const LINES: &str = "lines";

impl Extractor<'_> {
    /// `table.to_csv(path)`, of whatever it may be: nothing else writes tables under that name. The call stays what it is,
    /// where it is; only what stands around it changes.
    pub(super) fn access_by_convention<'c>(
        &self,
        unit: UnitId,
        call: &'c CallFacts,
    ) -> Option<Access<'c>> {
        if call.callee != Callee::Unknown || !is_bare(self.program.statement(unit), call.range) {
            return None;
        }
        let expression = expression_at(self.program, unit, call.range)?.as_call_expr()?;
        let method = &expression.func.as_attribute_expr()?.attr;
        let (_, callee) = WRITERS.iter().find(|(name, _)| name == &method.as_str())?;
        let location = expression.arguments.args.first()?;
        let ty = location
            .as_name_expr()
            .and_then(|it| (self.type_of)(&it.id, unit));
        let is_path = ty.is_none_or(|it| ["str", "pathlib.Path"].contains(&it.name.as_str()));
        let is_known = is_path && self.graph.calls_in(location.range()).next().is_none();
        is_known.then_some(Access {
            family: family(callee, EffectSet::of(Effect::WriteFile)),
            callee,
            location: Some(location.range()),
            call,
            query: None,
        })
    }

    /// The type of the variable that a call is assigned to: what is done with it may tell more.
    pub(super) fn type_of_target(&self, unit: UnitId, access: &Access<'_>) -> Option<&Type> {
        let (target, value) = match self.program.statement(unit) {
            Stmt::Assign(it) if it.targets.len() == 1 => (&it.targets[0], &it.value),
            _ => return None,
        };
        let name = target
            .as_name_expr()
            .filter(|_| value.range() == access.call.range)?;
        self.steps[unit.index()].annotated(&name.id)
    }

    /// What a variable must be of which nothing else is known, for the call works with nothing else.
    pub(super) fn demanded(&self, unit: UnitId, access: &Access<'_>, name: &str) -> Option<Type> {
        let call = expression_at(self.program, unit, access.call.range)?.as_call_expr()?;
        let is_it = |it: &Expr| it.as_name_expr().is_some_and(|it| it.id.as_str() == name);
        let is_receiver = call
            .func
            .as_attribute_expr()
            .is_some_and(|it| is_it(&it.value));
        let is_first = call.arguments.args.first().is_some_and(is_it);
        let uses = |libraries: &[&str]| {
            let mut paths = self.graph.imports.values();
            paths.any(|it| libraries.contains(&it.split('.').next().unwrap_or(it)))
        };
        let tables = ["pandas.DataFrame", "pandas.Series"].map(Type::new);
        match access.callee {
            "pathlib.Path.write_text" if is_first => Some(Type::new("str")),
            "pathlib.Path.write_bytes" if is_first => Some(Type::new("bytes")),
            "pandas.DataFrame.to_csv"
                if is_receiver && uses(&["pandas"]) && !uses(OTHER_TABLES) =>
            {
                Type::join(Some(&tables[0]), Some(&tables[1]))
            }
            it if WRITERS.iter().any(|(_, callee)| *callee == it) => {
                let is_table = is_receiver && uses(&["pandas"]) && !uses(OTHER_TABLES);
                is_table.then(|| tables[0].clone())
            }
            _ => None,
        }
    }

    /// `for line in open(path)`: a file that is opened to go through it, and that nothing else can reach.
    pub(super) fn access_by_iteration<'c>(
        &self,
        unit: UnitId,
        callee: &'c str,
        call: &'c CallFacts,
    ) -> Option<Access<'c>> {
        let is_text = call
            .returns
            .as_ref()
            .is_some_and(|it| it.name == "io.TextIOWrapper");
        let reads = call.own_effects.contains(Effect::ReadFile)
            && !call.own_effects.contains(Effect::WriteFile);
        let opens = matches!(callee, "open" | "pathlib.Path.open" | "gzip.open");
        if !opens || !is_text || !reads || !self.is_gone_through(unit, call.range) {
            return None;
        }
        let expression = expression_at(self.program, unit, call.range)?.as_call_expr()?;
        if !opens_text(callee, expression) {
            return None;
        }
        let location = match callee {
            "gzip.open" => {
                let mut arguments = call.arguments.iter();
                let found = arguments.find(|it| it.parameter.as_deref() == Some("filename"));
                found?.range
            }
            _ => opened_path(expression, call)?,
        };
        let family = Family {
            method: LINES,
            ..family(callee, call.own_effects)
        };
        Some(Access {
            family,
            callee,
            location: Some(location),
            call,
            query: None,
        })
    }
}

/// A method that gives one line after another, and closes the file behind the last.
pub(super) fn lines_method(
    access: &Access<'_>,
    opened: &str,
    parameters: Vec<String>,
    imports: &mut Imports,
) -> Method {
    let import = "from collections.abc import Iterator".to_owned();
    imports.insert("Iterator".to_owned(), import);
    Method {
        name: access.family.method.to_owned(),
        parameters,
        returns: "Iterator[str]".to_owned(),
        body: format!("with {opened} as file:\n    yield from file\n"),
        summary: access.family.method_summary(access.callee),
        raises: None,
    }
}

impl Extractor<'_> {
    /// Whether an expression is what a loop, or a comprehension, of a statement goes through.
    fn is_gone_through(&self, unit: UnitId, range: TextRange) -> bool {
        let uses_up = |call: &ast::ExprCall| {
            let facts = self.graph.call_at(call.range());
            facts.is_some_and(
                |it| matches!(&it.callee, Callee::Library(it) if USES_UP.contains(&it.as_str())),
            )
        };
        let mut loops = Loops {
            range,
            uses_up: &uses_up,
            is_found: false,
        };
        loops.visit_stmt(self.program.statement(unit));
        loops.is_found
    }
}

/// What loops and comprehensions go through.
struct Loops<'f> {
    range: TextRange,
    /// Whether a call goes through all that it is given, where it stands.
    uses_up: &'f dyn Fn(&ast::ExprCall) -> bool,
    is_found: bool,
}

impl<'a> Visitor<'a> for Loops<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::For(it) = statement {
            self.is_found |= it.iter.range() == self.range && !it.is_async;
        }
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let generators: &[Comprehension] = match expression {
            Expr::ListComp(ast::ExprListComp { generators, .. })
            | Expr::SetComp(ast::ExprSetComp { generators, .. })
            | Expr::DictComp(ast::ExprDictComp { generators, .. }) => generators,
            // What goes through a generator is not seen here, unless it is used up where it stands.
            Expr::Call(call) => match &call.arguments.args[..] {
                [Expr::Generator(it)] if (self.uses_up)(call) => &it.generators,
                _ => &[],
            },
            _ => &[],
        };
        let mut iterated = generators.iter();
        self.is_found |= iterated.any(|it| it.iter.range() == self.range && !it.is_async);
        if !matches!(expression, Expr::Lambda(_)) {
            walk_expr(self, expression);
        }
    }
}

/// Builtins that go through all that they are given.
const USES_UP: &[&str] = &[
    "sum",
    "list",
    "set",
    "tuple",
    "sorted",
    "dict",
    "max",
    "min",
    "frozenset",
];
