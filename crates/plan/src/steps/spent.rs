//! Lambdas and generator expressions that the call they are given to uses up: nobody holds them when it ends.
//!
//! What they read of the variables around them, they read while the statement runs, so that binding those again is no
//! concern of theirs: `sorted(rows, key=lambda row: row[column])` in a loop over the columns.

use std::collections::BTreeSet;

use srcify_effects::{Callee, EffectGraph, EffectSet};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged};

use super::Step;
use crate::names::mentioned_names;

/// Functions that take all they need of an iterator, or call what they are given, before they end.
const CALLERS: &[&str] = &[
    "all",
    "any",
    "dict",
    "frozenset",
    "functools.reduce",
    "list",
    "list.extend",
    "list.sort",
    "max",
    "min",
    "numpy.apply_along_axis",
    "re.sub",
    "scipy.integrate.quad",
    "scipy.optimize.brentq",
    "scipy.optimize.curve_fit",
    "scipy.optimize.fsolve",
    "scipy.optimize.minimize",
    "scipy.optimize.minimize_scalar",
    "set",
    "set.update",
    "sorted",
    "str.join",
    "sum",
    "tuple",
];

/// Classes of pandas that call at once what their methods are given.
const TABLES: &[&str] = &[
    "pandas.DataFrame",
    "pandas.Index",
    "pandas.Series",
    "pandas.api.typing.DataFrameGroupBy",
    "pandas.api.typing.Expanding",
    "pandas.api.typing.Resampler",
    "pandas.api.typing.Rolling",
    "pandas.api.typing.RollingGroupby",
    "pandas.api.typing.SeriesGroupBy",
];

/// The methods of those classes.
const METHODS: &[&str] = &[
    "agg",
    "aggregate",
    "apply",
    "applymap",
    "assign",
    "filter",
    "map",
    "pipe",
    "rename",
    "sort_index",
    "sort_values",
    "transform",
];

/// The parameters of all those that are called.
const CALLED_BY_NAME: &[&str] = &[
    "arg", "columns", "f", "fun", "func", "func1d", "index", "key", "mapper", "repl",
];

/// Takes back what steps are said to keep for later, where all their lambdas and generator expressions are used up.
pub(super) fn release_spent(program: &Program, graph: &EffectGraph, steps: &mut [Step]) {
    let is_spent = |step: &Step| {
        !step.captures.is_empty() && uses_up_its_code(program.statement(step.unit), graph)
    };
    let spent: Vec<bool> = steps.iter().map(is_spent).collect();
    let kept = steps.iter().zip(&spent).filter(|(_, spent)| !**spent);
    let kept: BTreeSet<String> = kept.flat_map(|(step, _)| step.captures.clone()).collect();
    for (step, _) in steps.iter_mut().zip(spent).filter(|(_, spent)| *spent) {
        if !step.captures.is_disjoint(&kept) {
            continue;
        }
        let access = &graph.units[step.unit.index()].access;
        let mentioned = mentioned_names(program.statement(step.unit));
        for name in std::mem::take(&mut step.captures) {
            // Read by the code that is called, and bound by then.
            if !access.reads.contains(&name) && !mentioned.contains(&name) {
                step.reads.remove(&name);
            }
        }
        step.keeps_code = false;
        step.kept_effects = EffectSet::default();
    }
}

/// Whether everything in a statement that might run later is used up by the call it is given to.
fn uses_up_its_code(statement: &Stmt, graph: &EffectGraph) -> bool {
    let mut code = Code {
        graph,
        spent: BTreeSet::new(),
        is_kept: false,
    };
    code.visit_stmt(statement);
    !code.is_kept
}

struct Code<'a> {
    graph: &'a EffectGraph,
    /// Where the lambdas and generator expressions start that calls use up.
    spent: BTreeSet<u32>,
    is_kept: bool,
}

impl Code<'_> {
    fn note_call(&mut self, call: &ast::ExprCall) {
        let facts = self.graph.call_at(call.range());
        let Some(Callee::Library(name)) = facts.map(|it| &it.callee) else {
            return;
        };
        let is_table_method = name
            .rsplit_once('.')
            .is_some_and(|(class, method)| TABLES.contains(&class) && METHODS.contains(&method));
        if !is_table_method && !CALLERS.contains(&name.as_str()) {
            return;
        }
        // What is passed by name, or later, may be kept or given back: `dict(area=lambda r: …)`, `max(xs, default=lambda: …)`.
        let keywords = call.arguments.keywords.iter();
        let keys = keywords.filter(|it| is_called_by_name(name, it));
        let method = name.rsplit('.').next();
        let gives_others = matches!(method, Some("reduce" | "pipe"));
        let first = if gives_others { 1 } else { usize::MAX };
        let arguments = call.arguments.args.iter().take(first);
        for argument in arguments.chain(keys.map(|it| &it.value)) {
            let is_code = match argument {
                Expr::Lambda(_) => true,
                // Pandas does not go through those at once.
                Expr::Generator(_) => !is_table_method,
                _ => false,
            };
            if is_code {
                self.spent.insert(argument.start().to_u32());
            }
        }
    }
}

/// Whether what a call is given by name is a function that is called before it ends.
fn is_called_by_name(function: &str, keyword: &ast::Keyword) -> bool {
    // The columns of `assign` have any name.
    let is_column = function.rsplit('.').next() == Some("assign");
    let name = keyword.arg.as_deref();
    is_column || name.is_some_and(|it| CALLED_BY_NAME.contains(&it))
}

impl<'a> Visitor<'a> for Code<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => self.is_kept = true,
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => self.note_call(call),
            Expr::Lambda(_) | Expr::Generator(_) => {
                self.is_kept |= !self.spent.contains(&expression.start().to_u32());
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
