//! Calls inside of another function of the author's: what that one is given, it may pass on to be changed.
//!
//! `def prepare(table): table = cap(table); table["z"] = 1; return table` copies what it is given itself. What it hands to
//! `cap` is its own then, and as long as no other of its variables leads to the table, nobody sees which one `cap` changed.

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange};

use super::calls_of;

/// Types of which no variable leads to a table.
const PLAIN: &[&str] = &[
    "bool",
    "float",
    "int",
    "number",
    "numpy.bool_",
    "numpy.float64",
    "numpy.int64",
    "str",
];

/// What decides whether calls of a function inside of another one see tables that are nobody else's.
pub(super) struct Inside<'a> {
    pub program: &'a Program,
    pub graph: &'a EffectGraph,
    /// The function that is called.
    pub function: &'a ast::StmtFunctionDef,
    /// The parameter that it changes.
    pub parameter: &'a str,
}

impl<'a> Inside<'a> {
    /// The parameters of `caller` that it hands on and binds again, and where it calls; `None` where other variables may lead
    /// to what they hold.
    pub fn handed(&self, caller: &'a ast::StmtFunctionDef) -> Option<Vec<(&'a str, TextRange)>> {
        let mut found = Vec::new();
        self.collect(&caller.body, &mut found)?;
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        let is_parameter = |name: &&str| {
            let mut parameters = caller.parameters.iter_non_variadic_params();
            parameters.any(|it| it.parameter.name.as_str() == *name)
        };
        let is_sound = names.iter().all(is_parameter) && self.keeps_apart(&caller.body, &names);
        is_sound.then_some(found)
    }

    /// The calls `name = f(name, …)` in loops and branches; the rest is looked at later.
    fn collect(&self, body: &'a [Stmt], found: &mut Vec<(&'a str, TextRange)>) -> Option<()> {
        for statement in body {
            match statement {
                Stmt::For(it) => self.collect(&it.body, found)?,
                Stmt::If(it) => {
                    self.collect(&it.body, found)?;
                    for clause in &it.elif_else_clauses {
                        self.collect(&clause.body, found)?;
                    }
                }
                other => {
                    if let Some(calls) = calls_of(other, &self.function.name)
                        && let [call] = calls[..]
                    {
                        let given = super::argument_of(call, self.function, self.parameter)?;
                        let name = given.as_name_expr()?.id.as_str();
                        let bound = other.as_assign_stmt()?.targets[0].as_name_expr()?;
                        if bound.id.as_str() != name || holds(call, name) != 1 {
                            return None;
                        }
                        found.push((name, call.func.range()));
                    }
                }
            }
        }
        Some(())
    }

    /// Whether no statement lets another variable lead to what one of `names` holds.
    fn keeps_apart(&self, body: &[Stmt], names: &[&str]) -> bool {
        let mentions = |expression: &Expr| names.iter().any(|name| mentions(expression, name));
        body.iter().all(|statement| match statement {
            Stmt::For(it) => {
                let is_of_columns =
                    matches!(&*it.iter, Expr::Attribute(it) if it.attr.as_str() == "columns");
                (is_of_columns || !mentions(&it.iter))
                    && !mentions(&it.target)
                    && it.orelse.is_empty()
                    && self.keeps_apart(&it.body, names)
            }
            Stmt::If(it) => {
                let mut clauses = it.elif_else_clauses.iter();
                self.keeps_apart(&it.body, names)
                    && clauses.all(|it| self.keeps_apart(&it.body, names))
            }
            Stmt::Return(_) | Stmt::Pass(_) => true,
            // `table.drop(columns="a", inplace=True)` gives nothing.
            Stmt::Expr(it) => {
                let call = it.value.as_call_expr();
                let method = call.and_then(|it| it.func.as_attribute_expr());
                let is_own = method.is_some_and(|it| {
                    let owner = it.value.as_name_expr();
                    owner.is_some_and(|it| names.contains(&it.id.as_str()))
                });
                is_own || !mentions(&it.value) || self.only_changes(&it.value, names)
            }
            Stmt::Assign(it) => {
                let [target] = &it.targets[..] else {
                    return false;
                };
                if let Some(name) = target.as_name_expr()
                    && names.contains(&name.id.as_str())
                {
                    // A method's result; the name of something else would lead to that.
                    return root_of(&it.value) == Some(name.id.as_str())
                        || calls_of(statement, &self.function.name).is_some()
                        || self.only_changes(&it.value, names);
                }
                let is_own = root_of(target).is_some_and(|it| names.contains(&it));
                is_own || !mentions(&it.value) || self.is_plain(&it.value)
            }
            Stmt::AugAssign(it) => root_of(&it.target).is_some_and(|it| names.contains(&it)),
            _ => false,
        })
    }

    /// Whether a value is a call of a function of the author's that computes with one of `names`, and is given nothing else that
    /// could be, or lead to, a table.
    fn only_changes(&self, value: &Expr, names: &[&str]) -> bool {
        let range = value.range();
        let whole = self.graph.calls_in(range).find(|it| it.range == range);
        let (Some(call), Some(written)) = (whole, value.as_call_expr()) else {
            return false;
        };
        let Callee::User(name) = &call.callee else {
            return false;
        };
        let Some(facts) = self.graph.functions.get(name) else {
            return false;
        };
        let is_known = facts.effects.is_pure()
            && facts.changes.is_empty()
            && facts.writes.is_empty()
            && facts.may_mutate.is_empty();
        let definition = facts.unit.map(|unit| self.program.statement(unit));
        let Some(called) = definition.and_then(Stmt::as_function_def_stmt) else {
            return false;
        };
        let parameters = &called.parameters;
        let arguments = &written.arguments;
        let is_open = parameters.vararg.is_some()
            || parameters.kwarg.is_some()
            || arguments.args.iter().any(Expr::is_starred_expr)
            || arguments.keywords.iter().any(|it| it.arg.is_none());
        let is_own = |it: &Expr| {
            let name = it.as_name_expr().map(|it| it.id.as_str());
            name.is_some_and(|it| names.contains(&it))
        };
        let is_harmless = |name: &str| {
            let ty = facts.parameters.get(name);
            ty.is_some_and(|it| PLAIN.contains(&it.name.as_str()))
        };
        let mut named = parameters.iter_non_variadic_params();
        is_known
            && !is_open
            && named.all(|it| {
                let name = it.parameter.name.as_str();
                let given = super::argument_of(written, called, name);
                given.is_none_or(|it| is_own(it) || it.is_literal_expr() || is_harmless(name))
            })
    }

    /// Whether an expression is known to be a number, a text or a truth value.
    fn is_plain(&self, value: &Expr) -> bool {
        let range = value.range();
        let mut calls = self.graph.calls_in(range);
        let whole = calls.find(|it| it.range == range);
        let ty = whole.and_then(|it| it.returns.as_ref());
        ty.is_some_and(|it| PLAIN.contains(&it.name.as_str()))
    }
}

/// The variable that an expression is a part or a result of: `table` of `table.loc[rows, "a"]` and of `table.dropna()`.
fn root_of(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(it) => Some(it.id.as_str()),
        Expr::Call(it) => root_of(it.func.as_attribute_expr().map(|it| &*it.value)?),
        Expr::Subscript(it) => root_of(&it.value),
        Expr::Attribute(it) => root_of(&it.value),
        _ => None,
    }
}

/// Counts how often a name stands in an expression.
struct Count<'a>(&'a str, usize);

impl<'a> Visitor<'a> for Count<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression {
            self.1 += usize::from(name.id.as_str() == self.0);
        }
        walk_expr(self, expression);
    }
}

fn mentions(expression: &Expr, name: &str) -> bool {
    let mut count = Count(name, 0);
    count.visit_expr(expression);
    count.1 > 0
}

/// How often a name stands in the arguments of a call.
fn holds(call: &ast::ExprCall, name: &str) -> usize {
    let mut count = Count(name, 0);
    let arguments = &call.arguments;
    arguments.args.iter().for_each(|it| count.visit_expr(it));
    let keywords = arguments.keywords.iter();
    keywords.for_each(|it| count.visit_expr(&it.value));
    count.1
}
