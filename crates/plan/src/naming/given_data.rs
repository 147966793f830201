//! What a model is fitted to: the parameters that its data is made of.

use std::cell::Cell;
use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Arguments, Expr, ExprCall};
use srcify_syntax::{Ranged, TextRange};

use super::functions::Passage;
use super::summaries::Described;
use super::verbs::main_call;

/// Names stand for values this many times at most.
const DEPTH: usize = 8;

/// Arguments by name that hold what is fitted.
const DATA: &[&str] = &[
    "X",
    "y",
    "x",
    "Y",
    "data",
    "df",
    "endog",
    "exog",
    "dependent",
    "frame",
];

/// Functions that put their arguments together, whatever comes of it is still data of each.
const STACKING: &[&str] = &[
    "append",
    "array",
    "asarray",
    "column_stack",
    "concat",
    "concatenate",
    "hstack",
    "stack",
    "vstack",
];

/// The object of a sentence on a fit.
#[derive(Debug, Default)]
pub(super) struct GivenData {
    /// The parameters, where all of the data is one of them, or made of one of them alone.
    pub names: Vec<String>,
    /// Whether the model is given as well: "the model", not "a model".
    pub has_model: bool,
    /// Whether some of the data is held out before.
    pub is_part: bool,
}

impl Passage<'_> {
    /// What the main call is fitted to, among `parameters`.
    pub(super) fn given_data(&self, parameters: &[Described<'_>]) -> GivenData {
        let Some((call, receiver)) = self.fitting_call() else {
            return GivenData::default();
        };
        let tracer = Tracer {
            passage: self,
            parameters,
            splits: Cell::new(false),
        };
        let has_model = receiver.is_some_and(|it| tracer.is_parameter(it));
        let mut data = data_of(&call.arguments);
        if tracer
            .trace_all(&data, DEPTH)
            .is_some_and(|it| it.is_empty())
            && !has_model
        {
            // `OLS(y, X).fit()`, or `model = OLS(y, X)` and `model.fit()`.
            let made = receiver.and_then(|it| self.made_by(it));
            data = made.map_or_else(Vec::new, |it| data_of(&it.arguments));
        }
        let found = tracer.trace_all(&data, DEPTH).unwrap_or_default();
        let names = parameters.iter().map(|it| it.name);
        let names = names.filter(|it| found.contains(*it));
        GivenData {
            names: names.map(str::to_owned).collect(),
            has_model,
            is_part: tracer.splits.get(),
        }
    }

    /// The call that an object is made by, here.
    fn made_by<'v>(&'v self, value: &'v Expr) -> Option<&'v ExprCall> {
        match value {
            Expr::Name(name) => self.value_of(name.id.as_str())?.as_call_expr(),
            other => other.as_call_expr(),
        }
    }

    /// The main call, and the object that its method is called on.
    fn fitting_call(&self) -> Option<(&ExprCall, Option<&Expr>)> {
        let (_, _, range) = main_call(self.graph, self.ranges)?;
        let at = self.ranges.iter().position(|it| it.contains_range(range))?;
        let mut search = Search { range, found: None };
        search.visit_stmt(self.program.statement(self.units[at]));
        let call = search.found?;
        let method = call.func.as_attribute_expr();
        Some((call, method.map(|it| &*it.value)))
    }
}

/// What may be data among arguments: those without a name, and those with one that says so.
fn data_of(arguments: &Arguments) -> Vec<&Expr> {
    let named = arguments.keywords.iter().filter(|it| {
        let name = it.arg.as_ref();
        name.is_some_and(|name| DATA.contains(&name.as_str()))
    });
    let named = named.map(|it| &it.value);
    arguments.args.iter().chain(named).collect()
}

/// Follows values to the parameters that they are made of.
struct Tracer<'t, 'p> {
    passage: &'t Passage<'p>,
    parameters: &'t [Described<'t>],
    /// Whether data that is gone through is split.
    splits: Cell<bool>,
}

impl Tracer<'_, '_> {
    /// What all of `values` are made of; `None` where something else comes into one of them.
    fn trace_all(&self, values: &[&Expr], depth: usize) -> Option<BTreeSet<String>> {
        let mut all = BTreeSet::new();
        for value in values {
            all.extend(self.trace(value, depth)?);
        }
        Some(all)
    }

    fn trace(&self, value: &Expr, depth: usize) -> Option<BTreeSet<String>> {
        let depth = depth.checked_sub(1)?;
        let several = |values: &[&Expr], mixes: bool| {
            let found = self.trace_all(values, depth)?;
            (mixes || found.len() < 2).then_some(found)
        };
        match value {
            Expr::Name(name) => self.trace_name(name.id.as_str(), depth),
            Expr::Subscript(it) => self.trace(&it.value, depth),
            Expr::Attribute(it) if self.is_module(&it.value) => Some(BTreeSet::new()),
            Expr::Attribute(it) => self.trace(&it.value, depth),
            Expr::Call(call) => {
                let (mixes, mut values) = match &*call.func {
                    Expr::Attribute(it) if !self.is_module(&it.value) => (false, vec![&*it.value]),
                    Expr::Attribute(it) => (STACKING.contains(&it.attr.as_str()), Vec::new()),
                    Expr::Name(it) => (STACKING.contains(&it.id.as_str()), Vec::new()),
                    _ => return None,
                };
                values.extend(data_of(&call.arguments));
                let splits = matches!(&*call.func, Expr::Name(it) if it.id == "train_test_split");
                if splits {
                    self.splits.set(true);
                }
                several(&values, mixes || splits)
            }
            Expr::BinOp(it) => several(&[&it.left, &it.right], false),
            Expr::UnaryOp(it) => self.trace(&it.operand, depth),
            Expr::Compare(it) => {
                let mut values = vec![&*it.left];
                values.extend(it.comparators.iter());
                several(&values, false)
            }
            Expr::Tuple(it) => several(&it.elts.iter().collect::<Vec<_>>(), true),
            Expr::List(it) => several(&it.elts.iter().collect::<Vec<_>>(), true),
            Expr::Slice(_) => Some(BTreeSet::new()),
            other if other.is_literal_expr() => Some(BTreeSet::new()),
            _ => None,
        }
    }

    fn trace_name(&self, name: &str, depth: usize) -> Option<BTreeSet<String>> {
        let own = self.passage.value_of(name);
        // `X = add_constant(X)`: still what it was.
        let is_kept = own.is_none_or(|value| reads(value, name));
        let mut parameters = self.parameters.iter().filter(|_| is_kept);
        let Some(parameter) = parameters.find(|it| it.name == name) else {
            return self.trace(own?, depth);
        };
        let of = parameter.annotation.rsplit('.').next().unwrap_or_default();
        match of {
            // What is drawn comes from nowhere.
            "Generator" | "RandomState" | "Random" => None,
            "int" | "float" | "bool" | "str" => Some(BTreeSet::new()),
            _ if parameter.description.is_some() => Some(BTreeSet::new()),
            _ => Some(BTreeSet::from([name.to_owned()])),
        }
    }

    fn is_parameter(&self, value: &Expr) -> bool {
        let name = value.as_name_expr().map(|it| it.id.as_str());
        name.is_some_and(|name| {
            self.passage.value_of(name).is_none()
                && self.parameters.iter().any(|it| it.name == name)
        })
    }

    /// Whether an expression is a module or a class rather than a value: nothing here binds it, and no parameter is called so.
    fn is_module(&self, value: &Expr) -> bool {
        match value {
            Expr::Name(name) => {
                let name = name.id.as_str();
                !self.parameters.iter().any(|it| it.name == name)
                    && self.passage.value_of(name).is_none()
            }
            Expr::Attribute(it) => self.is_module(&it.value),
            _ => false,
        }
    }
}

fn reads(value: &Expr, wanted: &str) -> bool {
    struct Reads<'w>(&'w str, bool);
    impl<'a> Visitor<'a> for Reads<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.1 |= matches!(expression, Expr::Name(it) if it.id.as_str() == self.0);
            walk_expr(self, expression);
        }
    }
    let mut search = Reads(wanted, false);
    search.visit_expr(value);
    search.1
}

struct Search<'a> {
    range: TextRange,
    found: Option<&'a ExprCall>,
}

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && call.range() == self.range
        {
            self.found = Some(call);
        }
        walk_expr(self, expression);
    }
}
