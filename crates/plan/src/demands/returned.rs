//! Results of libraries without types that a function returns as they are: a variable says what they are, or a type
//! checker would have to take them for anything.

use std::collections::BTreeMap;

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, snippet};

use super::imported;
use crate::job::is_untyped;
use crate::names::{identifiers, stores};
use crate::{Module, Plan};

/// Names the results of functions and methods that say their types.
pub(crate) fn name_returned(plan: &mut Plan) {
    let own = format!("{}.", plan.package);
    for module in &mut plan.modules {
        let mut imported = imported(module);
        // The package's own functions say what they give.
        imported.retain(|_, path| !path.starts_with(&own));
        name_in(module, &imported);
    }
}

fn name_in(module: &mut Module, imported: &BTreeMap<String, String>) {
    for item in &mut module.items {
        if !item.text.contains("return ") {
            continue;
        }
        let Some(name) = free_name(&item.text) else {
            continue;
        };
        let parsed = snippet(&item.text);
        let mut search = Search {
            text: &item.text,
            imported,
            name,
            arrays: Vec::new(),
            edits: Vec::new(),
        };
        search.visit_body(parsed.statements());
        let mut edits = search.edits;
        drop(parsed);
        edits.sort_by_key(|(range, _)| range.start());
        for (range, text) in edits.into_iter().rev() {
            item.text
                .replace_range(std::ops::Range::<usize>::from(range), &text);
        }
    }
}

/// A name for results that the code has no other use for.
fn free_name(text: &str) -> Option<&'static str> {
    let taken = identifiers(text);
    let mut names = ["result", "outcome"].into_iter();
    names.find(|name| !taken.iter().any(|it| it == name))
}

struct Search<'a> {
    text: &'a str,
    imported: &'a BTreeMap<String, String>,
    name: &'static str,
    /// Parameters of the function that are arrays.
    arrays: Vec<&'a str>,
    edits: Vec<(TextRange, String)>,
}

/// The parameters of a function that are said to be arrays, and stay what they are.
fn arrays<'a>(text: &str, function: &'a ast::StmtFunctionDef) -> Vec<&'a str> {
    let parameters = function.parameters.iter().filter(|it| {
        let annotation = it.annotation().map(|it| &text[it.range()]);
        annotation == Some("np.ndarray") && stores(&function.body, it.name()) == 0
    });
    parameters
        .filter(|it| !it.is_variadic())
        .map(|it| it.name().as_str())
        .collect()
}

/// Whether a subscript names one element: `x[0]`, `x[-1]`, `x[0, 1]`.
fn is_place(slice: &Expr) -> bool {
    match slice {
        Expr::NumberLiteral(it) => it.value.is_int(),
        Expr::UnaryOp(it) => is_place(&it.operand),
        Expr::Tuple(it) => it.elts.iter().all(is_place),
        _ => false,
    }
}

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::FunctionDef(function) = statement {
            self.function(function);
        }
        walk_stmt(self, statement);
    }
}

impl<'a> Search<'a> {
    fn function(&mut self, function: &'a ast::StmtFunctionDef) {
        let Some(returns) = &function.returns else {
            return;
        };
        let written = &self.text[returns.range()];
        let mut returned = Returned::default();
        returned.visit_body(&function.body);
        self.arrays = arrays(self.text, function);
        let unchecked: Vec<_> = returned
            .0
            .into_iter()
            .filter(|it| it.value.as_deref().is_some_and(|it| self.is_unchecked(it)))
            .collect();
        // A name is annotated once.
        let [one] = unchecked[..] else { return };
        let start = usize::from(one.start());
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let margin = &self.text[line..start];
        if !is_checked(written) || !margin.trim().is_empty() {
            return;
        }
        // With the brackets around it, inside which it may go on on other lines.
        let value = self.text[one.range()]
            .trim_start_matches("return")
            .trim_start();
        let name = self.name;
        let text = format!("{name}: {written} = {value}\n{margin}return {name}");
        self.edits.push((one.range(), text));
    }

    /// Whether a type checker takes an expression for anything.
    fn is_unchecked(&self, value: &Expr) -> bool {
        match value {
            Expr::Call(call) => {
                let is_of_unchecked = |it: &ast::ExprAttribute| {
                    let is_reduced =
                        self.is_array(&it.value) && METHODS.contains(&it.attr.as_str());
                    is_reduced || it.value.is_call_expr() && self.is_unchecked(&it.value)
                };
                self.path_of(&call.func)
                    .is_some_and(|it| gives_anything(&it))
                    || call.func.as_attribute_expr().is_some_and(is_of_unchecked)
            }
            Expr::BinOp(it) => self.is_unchecked(&it.left) || self.is_unchecked(&it.right),
            Expr::UnaryOp(it) => self.is_unchecked(&it.operand),
            // Of one element of an array nothing is known.
            Expr::Subscript(it) if self.is_array(&it.value) && is_place(&it.slice) => true,
            Expr::Subscript(it) => self.is_unchecked(&it.value),
            _ => false,
        }
    }

    fn is_array(&self, expression: &Expr) -> bool {
        let name = expression.as_name_expr();
        name.is_some_and(|it| self.arrays.contains(&it.id.as_str()))
    }

    fn path_of(&self, callee: &Expr) -> Option<String> {
        match callee {
            Expr::Name(name) => self.imported.get(name.id.as_str()).cloned(),
            Expr::Attribute(it) => Some(format!("{}.{}", self.path_of(&it.value)?, it.attr)),
            _ => None,
        }
    }
}

/// The `return` statements of a function, but not those of functions in it.
#[derive(Default)]
struct Returned<'a>(Vec<&'a ast::StmtReturn>);

impl<'a> Visitor<'a> for Returned<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(it) => self.0.push(it),
            _ => walk_stmt(self, statement),
        }
    }
}

/// Whether a library says nothing of what a function gives.
fn gives_anything(path: &str) -> bool {
    let is_partly_typed = ["skimage.", "river."].iter().any(|it| path.starts_with(it));
    if let Some(function) = path.strip_prefix("numpy.") {
        return function == "load"
            || ELEMENTWISE.contains(&function)
            || REDUCING.contains(&function);
    }
    is_partly_typed || is_untyped(path)
}

/// Functions of each element, which give a number or an array: the stubs of numpy say neither.
const ELEMENTWISE: &[&str] = &[
    "abs",
    "absolute",
    "arccos",
    "arcsin",
    "arctan",
    "arctan2",
    "cbrt",
    "ceil",
    "cos",
    "cosh",
    "deg2rad",
    "divide",
    "exp",
    "expm1",
    "fabs",
    "floor",
    "hypot",
    "isfinite",
    "isinf",
    "isnan",
    "log",
    "log10",
    "log1p",
    "log2",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "maximum",
    "minimum",
    "multiply",
    "negative",
    "power",
    "rad2deg",
    "rint",
    "sign",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "subtract",
    "tan",
    "tanh",
];

/// Functions that make one of many numbers: of what is no more than an array the stubs of numpy say nothing.
const REDUCING: &[&str] = &[
    "amax",
    "amin",
    "average",
    "dot",
    "inner",
    "interp",
    "linalg.det",
    "max",
    "mean",
    "median",
    "min",
    "percentile",
    "prod",
    "quantile",
    "std",
    "sum",
    "trace",
    "var",
];

/// Methods of arrays of which the same is true.
const METHODS: &[&str] = &[
    "dot", "item", "max", "mean", "min", "prod", "std", "sum", "tolist", "trace", "var",
];

/// Whether a type checker knows all classes of an annotation.
fn is_checked(annotation: &str) -> bool {
    const KNOWN: [&str; 21] = [
        "np",
        "ndarray",
        "float64",
        "int64",
        "pd",
        "DataFrame",
        "Series",
        "float",
        "int",
        "str",
        "bool",
        "None",
        "list",
        "tuple",
        "dict",
        "OrderedDict",
        "defaultdict",
        "Counter",
        "deque",
        "Hashable",
        "Any",
    ];
    let words = identifiers(annotation);
    let is_known = |it: &String| KNOWN.contains(&it.as_str());
    !["None", "Any"].contains(&annotation) && !words.is_empty() && words.iter().all(is_known)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::{Folder, Item, Module};

    fn check(code: &str, expected: &str) {
        let imports = [
            "import numpy as np",
            "import skimage as ski",
            "import pandas as pd",
        ];
        let mut module = Module {
            folder: Folder::Domain,
            name: "functions".to_owned(),
            summary: "Functions.".to_owned(),
            imports: imports
                .iter()
                .map(|it| (*it).to_owned())
                .collect::<BTreeSet<_>>(),
            items: vec![Item {
                name: "f".to_owned(),
                text: code.to_owned(),
                units: Vec::new(),
            }],
        };
        let imported = super::imported(&module);
        super::name_in(&mut module, &imported);
        assert_eq!(module.items[0].text, expected);
    }

    #[test]
    fn what_a_library_without_types_gives_is_named_with_its_type() {
        check(
            "def f(x: np.ndarray) -> np.ndarray:\n    return 2 * ski.filters.median(x)\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    result: np.ndarray = 2 * ski.filters.median(x)\n    return result\n",
        );
    }

    #[test]
    fn so_is_what_functions_of_each_element_give() {
        check(
            "def f(z: np.ndarray) -> np.ndarray:\n    return 1 / (1 + np.exp(-z))\n",
            "def f(z: np.ndarray) -> np.ndarray:\n    result: np.ndarray = 1 / (1 + np.exp(-z))\n    return result\n",
        );
    }

    #[test]
    fn so_is_what_is_made_of_the_numbers_of_an_array() {
        for value in ["-0.5 * np.sum(x**2)", "x.max() - x.min()", "x[-1]"] {
            check(
                &format!("def f(x: np.ndarray) -> float:\n    return {value}\n"),
                &format!(
                    "def f(x: np.ndarray) -> float:\n    result: float = {value}\n    return result\n"
                ),
            );
        }
        for code in [
            "def f(x: np.ndarray) -> float:\n    x = g(x)\n    return x.max()\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    return x[:, 0]\n",
            "def f(x: list[float]) -> float:\n    return x[0]\n",
        ] {
            check(code, code);
        }
    }

    #[test]
    fn brackets_stay_around_what_goes_on_on_other_lines() {
        check(
            "def f(z: np.ndarray) -> np.ndarray:\n    return (np.exp(z)\n            + 1)\n",
            "def f(z: np.ndarray) -> np.ndarray:\n    result: np.ndarray = (np.exp(z)\n            + 1)\n    return result\n",
        );
    }

    #[test]
    fn what_is_known_or_said_to_be_anything_is_returned_as_it_is() {
        for code in [
            "def f(x: np.ndarray) -> np.ndarray:\n    return np.sort(x)\n",
            "def f(x: np.ndarray) -> Any:\n    return ski.filters.median(x)\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    if x.any(): return ski.filters.median(x)\n    return x\n",
            "def f(x: np.ndarray) -> np.ndarray:\n    if x.any():\n        return ski.filters.median(x)\n    return ski.filters.mean(x)\n",
        ] {
            check(code, code);
        }
    }
}
