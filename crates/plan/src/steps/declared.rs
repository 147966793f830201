//! Types for annotations: what the author says that a function gives is said of what a call gave, and not what that happens
//! to be when it runs; and a container that is only filled has one type.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Type, UnitFacts};
use srcify_syntax::Program;
use srcify_syntax::ast::{self, Expr, Operator, Stmt};

use super::Step;

/// Says of variables that hold what functions with annotations give, and of numbers made of those, what is declared.
pub(super) fn say(program: &Program, steps: &mut [Step]) {
    let mut functions: BTreeMap<&str, Option<&Expr>> = BTreeMap::new();
    for unit in program.units() {
        if let Stmt::FunctionDef(function) = program.statement(unit.id) {
            let returns = function.returns.as_deref().filter(|_| is_plain(function));
            let known = functions.entry(function.name.as_str());
            // Of several of one name it is not told which is meant.
            known.and_modify(|it| *it = None).or_insert(returns);
        }
    }
    if functions.values().all(Option::is_none) {
        return;
    }
    // Variables that are declared to be plain numbers.
    let mut numbers: BTreeMap<String, Type> = BTreeMap::new();
    // Containers, which are what they are declared to be when they are filled, too.
    let mut filled: BTreeMap<String, Type> = BTreeMap::new();
    for step in steps {
        let statement = program.statement(step.unit);
        for name in &step.may {
            numbers.remove(name);
            filled.remove(name);
        }
        for name in step.mutates.keys() {
            let ty = filled.get(name).filter(|it| {
                let known = step.annotated(name);
                known.is_some_and(|known| known.arguments == it.arguments)
            });
            if let Some(ty) = ty.cloned() {
                step.hints.insert(name.clone(), ty);
            }
        }
        let Stmt::Assign(assign) = statement else {
            continue;
        };
        let [target] = &assign.targets[..] else {
            continue;
        };
        for (name, ty) in told(target, &assign.value, step, (&functions, &numbers)) {
            if ["float", "int"].contains(&ty.name.as_str()) {
                numbers.insert(name.clone(), ty.clone());
            } else {
                filled.insert(name.clone(), ty.clone());
            }
            step.hints.insert(name, ty);
        }
    }
}

/// The functions with what they are declared to give, and the variables that are declared to be numbers.
type Declared<'a, 'p> = (
    &'a BTreeMap<&'p str, Option<&'p Expr>>,
    &'a BTreeMap<String, Type>,
);

/// What an assignment binds, with what is declared of it.
fn told(
    target: &Expr,
    value: &Expr,
    step: &Step,
    (functions, numbers): Declared<'_, '_>,
) -> Vec<(String, Type)> {
    let returns = value.as_call_expr().and_then(|call| {
        let name = call.func.as_name_expr()?;
        *functions.get(name.id.as_str())?
    });
    let of_name = |target: &Expr, declared: &Expr| {
        let name = target.as_name_expr()?.id.to_string();
        let ty = as_declared(declared, step.annotated(&name)?)?;
        Some((name, ty))
    };
    match (target, returns) {
        (Expr::Name(_), Some(declared)) => of_name(target, declared).into_iter().collect(),
        (Expr::Tuple(targets), Some(Expr::Subscript(it))) => match &*it.slice {
            Expr::Tuple(types) if types.elts.len() == targets.elts.len() => {
                let pairs = targets.elts.iter().zip(&types.elts);
                pairs.filter_map(|(it, ty)| of_name(it, ty)).collect()
            }
            _ => Vec::new(),
        },
        (Expr::Name(name), None) => {
            let is_number = step.annotated(name.id.as_str()).is_some_and(is_float);
            let ty = computed(value, numbers).filter(|it| is_number && it.name == "float");
            ty.map(|ty| (name.id.to_string(), ty)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Whether calls of a function give what it returns.
fn is_plain(function: &ast::StmtFunctionDef) -> bool {
    function.decorator_list.is_empty() && !function.is_async
}

fn is_float(ty: &Type) -> bool {
    ["float", "numpy.float64", "numpy.float32", "number"].contains(&ty.name.as_str())
}

/// A type as it is declared, where what is known of it is a kind of that.
fn as_declared(declared: &Expr, known: &Type) -> Option<Type> {
    const INTEGERS: [&str; 3] = ["int", "numpy.int64", "numpy.int32"];
    const MAPPINGS: [&str; 4] = [
        "dict",
        "collections.defaultdict",
        "collections.OrderedDict",
        "collections.Counter",
    ];
    let name = known.name.as_str();
    let (form, arguments) = match declared {
        Expr::Subscript(it) => match &*it.slice {
            Expr::Tuple(parts) => (&*it.value, parts.elts.iter().collect()),
            one => (&*it.value, vec![one]),
        },
        other => (other, Vec::new()),
    };
    let form = form.as_name_expr()?.id.as_str();
    let inner = |arguments: &[&Expr]| {
        let pairs = arguments.iter().zip(&known.arguments);
        let inner =
            pairs.map(|(it, known)| as_declared(it, known).unwrap_or_else(|| known.clone()));
        inner.collect::<Vec<Type>>()
    };
    match form {
        "float" if is_float(known) || INTEGERS.contains(&name) => Some(Type::new("float")),
        "int" if INTEGERS.contains(&name) => Some(Type::new("int")),
        "bool" if ["bool", "numpy.bool_", "numpy.bool"].contains(&name) => Some(Type::new("bool")),
        "dict" | "Dict" if MAPPINGS.contains(&name) && known.arguments.len() == 2 => {
            let said = if arguments.len() == 2 {
                inner(&arguments)
            } else {
                known.arguments.clone()
            };
            Some(Type::generic("dict", said))
        }
        "list" | "List" if name == "list" && arguments.len() == known.arguments.len() => {
            Some(Type::generic("list", inner(&arguments)))
        }
        "tuple" | "Tuple" if name == "tuple" && arguments.len() == known.arguments.len() => {
            let is_open = known.arguments.iter().any(|it| it.name == "...");
            (!is_open).then(|| Type::generic("tuple", inner(&arguments)))
        }
        _ => None,
    }
}

/// What arithmetic makes of numbers that are declared to be such.
fn computed(value: &Expr, numbers: &BTreeMap<String, Type>) -> Option<Type> {
    match value {
        Expr::Name(it) => numbers.get(it.id.as_str()).cloned(),
        Expr::NumberLiteral(it) => {
            let name = if it.value.is_int() { "int" } else { "float" };
            Some(Type::new(name))
        }
        Expr::UnaryOp(it) if it.op == ast::UnaryOp::USub => computed(&it.operand, numbers),
        Expr::BinOp(it) => {
            let (left, right) = (computed(&it.left, numbers)?, computed(&it.right, numbers)?);
            let is_fraction =
                it.op == Operator::Div || left.name == "float" || right.name == "float";
            // What a power gives depends on the values.
            let is_known = it.op != Operator::Pow;
            is_known.then(|| Type::new(if is_fraction { "float" } else { "int" }))
        }
        _ => None,
    }
}

/// The types of variables, where a container that is only filled is one, whatever comes into it: a loop that may not run
/// once leaves what it had before, and that is the same container.
pub(super) fn grown(
    types: &BTreeMap<String, Type>,
    facts: &UnitFacts,
    may: &BTreeSet<String>,
) -> BTreeMap<String, Type> {
    let mut types = types.clone();
    for (name, ty) in &mut types {
        let is_filled = facts.mutates.contains_key(name) && !may.contains(name);
        if is_filled && let Some(one) = Type::one_container(ty) {
            *ty = one;
        }
    }
    types
}
