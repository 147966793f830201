//! What Python's own operators, methods and functions demand. Where a program imports nothing but what comes with Python, and
//! its classes say nothing of operators, nothing but a number can be divided and nothing but a mapping has items.

use std::collections::BTreeSet;

use srcify_effects::{imported_libraries, is_plain};
use srcify_syntax::ast::{self, CmpOp, Expr, Operator};
use srcify_syntax::{Program, Ranged};

use super::Signatures;
use super::keys::is_own_dict;
use super::need::{KEY, Need};
use super::needs::{Scope, path_of};
use super::numbers::{is_number, numbers};
use super::slices::place;
use super::texts;

/// What there is besides the function that is asked.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// Nothing but Python and its own library computes.
    pub is_plain: bool,
    /// `/` may join paths.
    pub has_paths: bool,
    /// The methods of the package's classes.
    pub methods: BTreeSet<String>,
    /// The modules that the program imports.
    pub modules: BTreeSet<String>,
}

impl Around {
    pub fn of(program: &Program, signatures: &Signatures) -> Self {
        let modules = imported_libraries(program);
        let named = signatures.keys().filter_map(|it| it.split_once('.'));
        let methods: BTreeSet<String> = named.map(|(_, it)| it.to_owned()).collect();
        let (known, own) = (modules.iter(), methods.iter());
        Self {
            is_plain: is_plain(known.map(String::as_str), own.map(String::as_str)),
            has_paths: modules.contains("pathlib"),
            methods,
            modules,
        }
    }

    /// Whether a method of this name is one of Python's own classes.
    fn is_pythons(&self, method: &str) -> bool {
        self.is_plain && !self.methods.contains(method)
    }

    fn uses(&self, modules: &[&str]) -> bool {
        modules.iter().any(|it| self.modules.contains(*it))
    }
}

/// What an expression demands of those parts of it that `is_it` finds.
pub(super) fn demands<'e>(
    scope: &Scope<'_>,
    expression: &'e Expr,
    is_it: &dyn Fn(&Expr) -> bool,
) -> Vec<(&'e Expr, Need)> {
    let mut found = Vec::new();
    match expression {
        Expr::BinOp(_) | Expr::UnaryOp(_) => numbers(scope, expression, false, &mut found),
        Expr::Call(call) => of_call(scope, call, is_it, &mut found),
        Expr::Subscript(it) => of_subscript(scope, it, &mut found),
        Expr::Compare(compare) => of_comparison(scope, compare, &mut found),
        Expr::Dict(dict) if scope.around.is_plain => {
            let opened = dict.items.iter().filter(|it| it.key.is_none());
            found.extend(opened.map(|it| (&it.value, Need::mapping("Any"))));
        }
        _ => {}
    }
    found.retain(|(it, _)| is_it(it));
    found
}

fn of_call<'e>(
    scope: &Scope<'_>,
    call: &'e ast::ExprCall,
    is_it: &dyn Fn(&Expr) -> bool,
    found: &mut Vec<(&'e Expr, Need)>,
) {
    if let Expr::Attribute(method) = &*call.func {
        let need = of_method(scope, method.attr.as_str(), call);
        found.extend(need.map(|it| (&*method.value, it)));
        kept(scope, method, call, found);
    }
    let path = path_of(scope, &call.func).unwrap_or_default();
    let arguments = &call.arguments.args;
    if scope.around.is_plain {
        if is_of_numbers(scope, &path) {
            for argument in arguments {
                numbers(scope, argument, true, found);
            }
        }
        let opened = call.arguments.keywords.iter();
        let opened = opened.filter(|it| it.arg.is_none() && !is_own_options(scope, &it.value));
        found.extend(opened.map(|it| (&it.value, Need::mapping("str"))));
    }
    found.extend(texts::of_call(scope, &path, call));
    for (at, argument) in arguments.iter().enumerate() {
        if let Some(need) = of_argument(scope, &path, (at, arguments.len())) {
            found.push((argument, need));
        }
        // What it is handed again is what it is.
        if path == scope.function.name.as_str() && scope.class.is_none() {
            let mut own = scope.function.parameters.iter_non_variadic_params();
            let own = own.nth(at).map(|it| it.name().as_str());
            let is_same = argument.as_name_expr().map(|it| it.id.as_str()) == own;
            if is_same && is_it(argument) {
                found.push((argument, Need::Object));
            }
        }
    }
}

/// `**options` of the function itself, which Python gathers.
fn is_own_options(scope: &Scope<'_>, options: &Expr) -> bool {
    let own = scope.function.parameters.kwarg.as_deref();
    let name = options.as_name_expr().map(|it| it.id.as_str());
    own.is_some_and(|it| Some(it.name.as_str()) == name)
}

/// Functions of one number, or of a few.
fn is_of_numbers(scope: &Scope<'_>, path: &str) -> bool {
    const OF_SEVERAL: [&str; 6] = [
        "math.dist",
        "math.fsum",
        "math.prod",
        "math.sumprod",
        "math.isclose",
        "math.hypot",
    ];
    let is_builtin = matches!(path, "abs" | "round") && !scope.signatures.contains_key(path);
    is_builtin || path.starts_with("math.") && !OF_SEVERAL.contains(&path)
}

/// What Python's own functions demand of an argument, by its place among how many.
fn of_argument(scope: &Scope<'_>, path: &str, (at, count): (usize, usize)) -> Option<Need> {
    if scope.signatures.contains_key(path) {
        return None;
    }
    let several = || Some(Need::Iterable(Box::new(Need::Anything)));
    match (path, at) {
        ("sum", 0) if scope.around.is_plain && count == 1 => {
            Some(Need::Iterable(Box::new(Need::Is("float".to_owned()))))
        }
        ("max" | "min", 0) if count == 1 => several(),
        (
            "sum" | "sorted" | "list" | "tuple" | "set" | "frozenset" | "enumerate" | "any" | "all"
            | "iter",
            0,
        )
        | ("zip", _)
        | ("map" | "filter", 1..) => several(),
        ("map" | "filter", 0) => Some(Need::Callable),
        ("random.choice" | "random.sample", 0) if scope.around.is_plain => {
            Some(Need::Sequence(Box::new(Need::Anything)))
        }
        ("open" | "io.open" | "pathlib.Path" | "os.stat" | "os.remove" | "os.path.getsize", 0) => {
            Some(Need::Is(PATH.to_owned()))
        }
        _ => None,
    }
}

/// What names a file.
pub(super) const PATH: &str = "str | Path";

/// What a method is of, where no class of the package has one of the name.
fn of_method(scope: &Scope<'_>, method: &str, call: &ast::ExprCall) -> Option<Need> {
    /// Modules with objects that have `get` or `items`, and are no mappings.
    const OTHERS: [&str; 7] = [
        "configparser",
        "contextvars",
        "email",
        "http",
        "multiprocessing",
        "queue",
        "tkinter",
    ];
    if !scope.around.is_pythons(method) {
        return None;
    }
    let count = call.arguments.len();
    let is_mapping = !scope.around.uses(&OTHERS);
    match (method, count) {
        ("items" | "keys" | "values", 0) if is_mapping => Some(Need::mapping("Any")),
        ("get", 1 | 2) if is_mapping => {
            let is_text = |it: &Expr| it.is_string_literal_expr() || it.is_f_string_expr();
            let is_named = call.arguments.args.first().is_some_and(is_text);
            Some(Need::mapping(if is_named { "str" } else { "Any" }))
        }
        ("setdefault", 2) => Some(Need::changing("Any")),
        _ => texts::of_method(method, call).then(|| Need::Is("str".to_owned())),
    }
}

/// What is put into something that is not the function's own is only kept.
fn kept<'e>(
    scope: &Scope<'_>,
    method: &'e ast::ExprAttribute,
    call: &'e ast::ExprCall,
    found: &mut Vec<(&'e Expr, Need)>,
) {
    let (name, arguments) = (method.attr.as_str(), &call.arguments.args);
    let root = root(&method.value);
    let parameters = || scope.function.parameters.iter();
    let is_given = |root: &str| parameters().any(|it| it.name().as_str() == root);
    let is_elsewhere =
        root.is_some_and(|it| is_given(it) && crate::names::stores(&scope.function.body, it) == 0);
    if !is_elsewhere || !scope.around.is_pythons(name) {
        return;
    }
    match (name, &arguments[..]) {
        ("append" | "appendleft", [one]) | ("insert", [_, one]) => found.push((one, Need::Object)),
        ("add", [one]) => found.push((one, Need::Is(KEY.to_owned()))),
        ("get" | "pop", [key, ..]) | ("setdefault", [key, _]) => {
            found.push((key, Need::Is(KEY.to_owned())));
        }
        _ => {}
    }
}

/// `history` of `history[name].lists`.
fn root(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(it) => Some(it.id.as_str()),
        Expr::Attribute(it) => root(&it.value),
        Expr::Subscript(it) => root(&it.value),
        Expr::Call(it) => root(it.func.as_attribute_expr().map(|it| &*it.value)?),
        _ => None,
    }
}

fn of_subscript<'e>(
    scope: &Scope<'_>,
    subscript: &'e ast::ExprSubscript,
    found: &mut Vec<(&'e Expr, Need)>,
) {
    let (value, index) = (&*subscript.value, &*subscript.slice);
    if let Expr::Slice(slice) = index {
        for bound in [&slice.lower, &slice.upper, &slice.step] {
            let mut leaves = Vec::new();
            if let Some(bound) = bound.as_deref() {
                numbers(scope, bound, true, &mut leaves);
            }
            let whole = |(it, _)| (it, Need::Is("int".to_owned()));
            found.extend(leaves.into_iter().map(whole));
        }
    }
    if !scope.around.is_plain {
        return;
    }
    let is_named = index.is_string_literal_expr() || index.is_f_string_expr();
    let need = match index {
        Expr::Slice(_) if scope.parts.contains(&place(subscript.range())) => {
            Need::Sequence(Box::new(Need::Anything))
        }
        _ if is_named && subscript.ctx.is_load() => Need::mapping("str"),
        _ if is_named => Need::changing("str"),
        _ if subscript.ctx.is_load() && is_number(scope, index) => {
            Need::Sequence(Box::new(Need::Anything))
        }
        _ => return,
    };
    found.push((value, need));
}

fn of_comparison<'e>(
    scope: &Scope<'_>,
    compare: &'e ast::ExprCompare,
    found: &mut Vec<(&'e Expr, Need)>,
) {
    let mut left = &*compare.left;
    for (operator, right) in compare.ops.iter().zip(&*compare.comparators) {
        match operator {
            CmpOp::In | CmpOp::NotIn => {
                found.push((right, Need::Container));
                if is_own_dict(scope, right) || right.is_set_expr() {
                    found.push((left, Need::Is(KEY.to_owned())));
                }
            }
            CmpOp::Is | CmpOp::IsNot => {}
            _ if !scope.around.is_plain => {}
            CmpOp::Eq | CmpOp::NotEq => {
                found.push((left, Need::Object));
                found.push((right, Need::Object));
            }
            _ => {
                for (one, other) in [(left, right), (right, left)] {
                    if is_number(scope, other) {
                        numbers(scope, one, true, found);
                    }
                }
            }
        }
        left = right;
    }
}

/// Whether an operator has numbers on both sides, where one side is known to be one, or whatever the sides are.
pub(super) fn computes_numbers(
    scope: &Scope<'_>,
    operation: &ast::ExprBinOp,
    is_known: &dyn Fn(&Expr) -> bool,
) -> bool {
    let is_one_known = || is_known(&operation.left) || is_known(&operation.right);
    match operation.op {
        Operator::FloorDiv | Operator::Pow => true,
        Operator::Div => !scope.around.has_paths || is_one_known(),
        Operator::Add | Operator::Sub => is_one_known(),
        _ => false,
    }
}
