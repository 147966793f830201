//! What code calls without a call being written: decorators, operators, `with`, `for`, `len`, and the order of sets.

use srcify_effects::Effect;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};
use srcify_syntax::{Ranged, TextRange};

use super::calls::{edge, push};
use super::{Flow, NodeId};
use crate::flow::types::{Callee, Types};

/// Functions that call a method of their only argument.
const ASKING: &[(&str, &str)] = &[
    ("len", "__len__"),
    ("str", "__str__"),
    ("repr", "__repr__"),
    ("bool", "__bool__"),
    ("iter", "__iter__"),
    ("list", "__iter__"),
    ("tuple", "__iter__"),
    ("set", "__iter__"),
    ("sorted", "__iter__"),
    ("sum", "__iter__"),
    ("next", "__next__"),
    ("abs", "__abs__"),
];

/// Records the methods that operators and statements call, and what decorators put around functions.
pub(crate) fn record(flow: &mut Flow, types: &Types<'_>) {
    for (module, index) in types.project.modules.iter().enumerate() {
        for (number, function) in index.functions.iter().enumerate() {
            let Some(node) = flow.node(module, Some(number)) else {
                continue;
            };
            for decorator in &function.node.decorator_list {
                wrapped(
                    flow,
                    types,
                    (module, function.parent, node),
                    &decorator.expression,
                );
            }
            let mut walker = Walker {
                types,
                module,
                function: number,
                found: Vec::new(),
            };
            walker.visit_body(&function.node.body);
            for found in walker.found {
                match found {
                    Found::Method(at, range) => edge(flow, node, at, range),
                    Found::Order(range) => push(flow, node, Effect::Nondeterministic, range, "set"),
                }
            }
        }
    }
}

/// A decorated function runs what its decorator returns: the function nested in it.
fn wrapped(
    flow: &mut Flow,
    types: &Types<'_>,
    (module, scope, node): (usize, Option<usize>, NodeId),
    decorator: &Expr,
) {
    let (name, mut levels) = match decorator {
        Expr::Call(call) => (&*call.func, 2),
        name => (name, 1),
    };
    let Some(Callee::Function(at, mut current)) = types.callee(module, scope, name) else {
        return;
    };
    let functions = &types.project.modules[at].functions;
    while levels > 0 {
        let returned = functions[current]
            .node
            .body
            .iter()
            .rev()
            .find_map(|it| match it {
                Stmt::Return(it) => it.value.as_deref()?.as_name_expr(),
                _ => None,
            });
        let inner = returned.and_then(|name| {
            functions.iter().position(|it| {
                it.parent == Some(current) && it.class.is_none() && it.node.name.id == name.id
            })
        });
        let Some(inner) = inner else { return };
        current = inner;
        levels -= 1;
    }
    edge(flow, node, (at, current), decorator.range());
}

enum Found {
    /// A method of the package that is called.
    Method((usize, usize), TextRange),
    /// A sequence in the order of a set of texts, which is another in each process.
    Order(TextRange),
}

struct Walker<'a> {
    types: &'a Types<'a>,
    module: usize,
    function: usize,
    found: Vec<Found>,
}

impl Walker<'_> {
    fn type_of(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Name(_) | Expr::Attribute(_) | Expr::Call(_) => {
                self.types
                    .type_of(self.module, Some(self.function), expression)
            }
            _ => None,
        }
    }

    /// Whether `receiver` has these methods in the package.
    fn uses(&mut self, receiver: &Expr, methods: &[&str]) {
        let Some(class) = self.type_of(receiver) else {
            return;
        };
        if self.types.class(&class).is_none() {
            return;
        }
        for name in methods {
            if let Some(Callee::Function(at, number)) = self.types.method(&class, name, 0) {
                self.found
                    .push(Found::Method((at, number), receiver.range()));
            }
        }
    }

    fn called(&mut self, call: &ast::ExprCall) {
        match &*call.func {
            Expr::Name(name) => {
                let asked = ASKING
                    .iter()
                    .find(|(function, _)| *function == name.id.as_str());
                match (asked, &*call.arguments.args) {
                    (Some((_, method)), [argument]) => self.uses(argument, &[method]),
                    _ => self.uses(&call.func, &["__call__"]),
                }
            }
            Expr::Attribute(_) => self.uses(&call.func, &["__call__"]),
            _ => {}
        }
    }

    /// `return list(names)`, where the names are a set of texts; also by a variable that nothing sorts.
    fn returned(&mut self, value: &Expr) {
        match value {
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.returned(it)),
            Expr::Name(name) => {
                let index = &self.types.project.modules[self.module];
                let function = &index.functions[self.function];
                let Some([value]) = function.bindings.get(name.id.as_str()).map(Vec::as_slice)
                else {
                    return;
                };
                let sorts = format!("{}.sort(", name.id);
                let text = index.module.slice(function.node.range());
                if function.stores.get(name.id.as_str()) == Some(&1) && !text.contains(&sorts) {
                    self.ordered(value);
                }
            }
            value => self.ordered(value),
        }
    }

    fn ordered(&mut self, value: &Expr) {
        let of = match value {
            Expr::Call(call) => match (&*call.func, &*call.arguments.args) {
                (Expr::Name(name), [argument]) if matches!(name.id.as_str(), "list" | "tuple") => {
                    argument
                }
                (Expr::Attribute(it), [argument]) if it.attr.as_str() == "join" => argument,
                _ => return,
            },
            Expr::ListComp(it) => match &*it.generators {
                [generator] => &generator.iter,
                _ => return,
            },
            _ => return,
        };
        if self.is_set(of, 0) && self.is_about_texts(of, 0) {
            self.found.push(Found::Order(value.range()));
        }
    }

    fn is_set(&self, expression: &Expr, depth: usize) -> bool {
        if depth > 16 {
            return false;
        }
        match expression {
            Expr::Set(_) | Expr::SetComp(_) => true,
            Expr::Call(call) => {
                matches!(&*call.func, Expr::Name(name) if matches!(name.id.as_str(), "set" | "frozenset"))
            }
            Expr::BinOp(it) => {
                let is_of_sets = matches!(
                    it.op,
                    Operator::Sub | Operator::BitOr | Operator::BitAnd | Operator::BitXor
                );
                is_of_sets && self.is_set(&it.left, depth + 1)
            }
            Expr::Name(_) => self
                .type_of(expression)
                .is_some_and(|it| matches!(it.as_str(), "set" | "frozenset")),
            _ => false,
        }
    }

    /// Whether the members are texts for certain: numbers have the same order each time.
    fn is_about_texts(&self, expression: &Expr, depth: usize) -> bool {
        let index = &self.types.project.modules[self.module];
        let function = &index.functions[self.function];
        let mut names = Names(Vec::new(), false);
        names.visit_expr(expression);
        names.1
            || names.0.iter().any(|name| {
                let mut parameters = function.node.parameters.iter();
                let declared = parameters
                    .find(|it| it.name().as_str() == *name)
                    .and_then(ast::AnyParameterRef::annotation)
                    .is_some_and(|it| {
                        let mut found = Names(Vec::new(), false);
                        found.visit_expr(it);
                        found.0 == ["str"] || matches!(found.0.as_slice(), [_, "str"])
                    });
                let bound = function.bindings.get(name).is_some_and(|values| {
                    depth < 4 && values.iter().any(|it| self.is_about_texts(it, depth + 1))
                });
                declared || bound
            })
    }
}

/// Names that are read, and whether there are texts among the members.
struct Names<'a>(Vec<&'a str>, bool);

impl<'a> Visitor<'a> for Names<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => self.0.push(name.id.as_str()),
            Expr::Set(it) if it.elts.iter().any(Expr::is_string_literal_expr) => self.1 = true,
            Expr::Call(call) => {
                if let Expr::Attribute(it) = &*call.func
                    && matches!(it.attr.as_str(), "split" | "lower" | "upper" | "strip")
                {
                    self.1 = true;
                }
            }
            Expr::Lambda(_) => return,
            _ => {}
        }
        walk_expr(self, expression);
    }
}

impl<'a> Visitor<'a> for Walker<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            // They are nodes of their own.
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::With(node) => {
                for item in &node.items {
                    self.uses(&item.context_expr, &["__enter__", "__exit__"]);
                }
            }
            Stmt::For(node) => self.uses(&node.iter, &["__iter__"]),
            Stmt::Return(node) => node.value.iter().for_each(|it| self.returned(it)),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => self.called(call),
            Expr::Subscript(it) => {
                let method = match it.ctx {
                    ast::ExprContext::Store => "__setitem__",
                    ast::ExprContext::Del => "__delitem__",
                    _ => "__getitem__",
                };
                self.uses(&it.value, &[method]);
            }
            Expr::BinOp(it) => self.uses(&it.left, &[operator(it.op)]),
            Expr::Compare(it) => {
                if let ([ast::CmpOp::In | ast::CmpOp::NotIn], [right]) =
                    (&*it.ops, &*it.comparators)
                {
                    self.uses(right, &["__contains__"]);
                } else if let [ast::CmpOp::Eq | ast::CmpOp::NotEq] = &*it.ops {
                    self.uses(&it.left, &["__eq__"]);
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        self.uses(&comprehension.iter, &["__iter__"]);
        ast::visitor::walk_comprehension(self, comprehension);
    }
}

/// The method that an operator calls on its left side.
fn operator(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "__add__",
        Operator::Sub => "__sub__",
        Operator::Mult => "__mul__",
        Operator::MatMult => "__matmul__",
        Operator::Div => "__truediv__",
        Operator::Mod => "__mod__",
        Operator::Pow => "__pow__",
        Operator::LShift => "__lshift__",
        Operator::RShift => "__rshift__",
        Operator::BitOr => "__or__",
        Operator::BitXor => "__xor__",
        Operator::BitAnd => "__and__",
        Operator::FloorDiv => "__floordiv__",
    }
}
