//! What a function demands of a parameter, by everything that it does with it.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, CmpOp, Expr, Stmt};

use super::Signatures;
use super::consumers::{ArgumentAt, need_of, takes_anything};
use super::keys::is_own_dict;
use super::need::{ARRAY_LIKE, KEY, Need};
use super::written::{NUMBERS, is_term, joins_text, receiver, stacked};
use crate::names::{identifiers, stores};

/// The function that is asked.
pub(super) struct Scope<'a> {
    pub text: &'a str,
    pub function: &'a ast::StmtFunctionDef,
    /// The class whose method it is.
    pub class: Option<&'a ast::StmtClassDef>,
    /// Attributes that are read anywhere else in the package.
    pub read_elsewhere: &'a BTreeSet<String>,
    /// What names of the module stand for.
    pub imported: &'a BTreeMap<String, String>,
    pub signatures: &'a Signatures,
    /// Models may be given matrices that are no arrays.
    pub has_sparse: bool,
}

/// What the function demands of a name; `None` where some use is not understood.
pub(super) fn demanded(scope: &Scope<'_>, name: &str) -> Option<Need> {
    let mut body = &scope.function.body[..];
    let mut known = Need::Object;
    if let Some(at) = converted_at(scope, name) {
        known = Need::Is(ARRAY_LIKE.to_owned());
        body = &body[..at];
    }
    let mut uses = Uses::of(scope, name);
    uses.visit_body(body);
    known.and(uses.result(0)?)
}

/// The place of `x = np.asarray(x)` among the statements of the body: what follows speaks of the array.
fn converted_at(scope: &Scope<'_>, name: &str) -> Option<usize> {
    let body = &scope.function.body;
    body.iter().position(|statement| {
        let Stmt::Assign(assign) = statement else {
            return false;
        };
        let [Expr::Name(target)] = &assign.targets[..] else {
            return false;
        };
        let Expr::Call(call) = &*assign.value else {
            return false;
        };
        let [Expr::Name(argument)] = &call.arguments.args[..] else {
            return false;
        };
        let callee = path_of(scope, &call.func);
        let converts = matches!(
            callee.as_deref(),
            Some(
                "numpy.asarray"
                    | "numpy.array"
                    | "numpy.asanyarray"
                    | "numpy.atleast_1d"
                    | "numpy.atleast_2d"
            )
        );
        let others = &call.arguments.keywords;
        let is_other = others.iter().any(|it| {
            identifiers(&scope.text[srcify_syntax::Ranged::range(it)])
                .iter()
                .any(|it| it == name)
        });
        target.id.as_str() == name && argument.id.as_str() == name && converts && !is_other
    })
}

/// The path of what is called, through the module's imports.
pub(super) fn path_of(scope: &Scope<'_>, callee: &Expr) -> Option<String> {
    match callee {
        Expr::Name(name) => {
            let name = name.id.as_str();
            Some(
                scope
                    .imported
                    .get(name)
                    .cloned()
                    .unwrap_or_else(|| name.to_owned()),
            )
        }
        Expr::Attribute(attribute) => Some(format!(
            "{}.{}",
            path_of(scope, &attribute.value)?,
            attribute.attr
        )),
        _ => None,
    }
}

/// Everything that a function does with a name, or a class with an attribute of its objects.
struct Uses<'a> {
    scope: &'a Scope<'a>,
    name: &'a str,
    /// It is an attribute: `self.name`.
    is_attribute: bool,
    all: u32,
    understood: u32,
    is_bound: bool,
    needs: Vec<Need>,
    /// Names that stand for what it gives.
    elements: Vec<String>,
}

impl<'a> Uses<'a> {
    fn of(scope: &'a Scope<'a>, name: &'a str) -> Self {
        Self {
            scope,
            name,
            is_attribute: false,
            all: 0,
            understood: 0,
            is_bound: false,
            needs: Vec::new(),
            elements: Vec::new(),
        }
    }

    fn result(self, depth: u8) -> Option<Need> {
        if self.is_bound || self.understood != self.all {
            return None;
        }
        let mut known = Need::Object;
        for need in self.needs {
            known = known.and(need)?;
        }
        for element in &self.elements {
            if depth > MAX_DEPTH || !is_bound_once(self.scope, element) {
                return None;
            }
            let mut uses = Uses::of(self.scope, element);
            uses.visit_body(&self.scope.function.body);
            // It is bound where the loop is.
            uses.is_bound = false;
            let need = uses.result(depth + 1)?;
            known = known.and(Need::Iterable(Box::new(need)))?;
        }
        Some(known)
    }

    fn is_it(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Name(it) => !self.is_attribute && it.id.as_str() == self.name,
            Expr::Attribute(it) => {
                self.is_attribute && it.attr.as_str() == self.name && is_self(&it.value)
            }
            _ => false,
        }
    }

    /// What decides whether something happens: an array could not.
    fn test(&mut self, test: &'a Expr) {
        match test {
            Expr::BoolOp(both) => both.values.iter().for_each(|it| self.test(it)),
            Expr::UnaryOp(it) if it.op == ast::UnaryOp::Not => self.test(&it.operand),
            Expr::Compare(compare) => {
                let [other] = &compare.comparators[..] else {
                    return;
                };
                let orders = matches!(
                    compare.ops[0],
                    CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE | CmpOp::Eq | CmpOp::NotEq
                );
                let pairs = [(&*compare.left, other), (other, &*compare.left)];
                for (one, other) in pairs {
                    if orders && self.is_it(one) && other.is_number_literal_expr() {
                        self.note(Need::Is("float".to_owned()));
                    }
                }
            }
            _ => {}
        }
    }

    fn comparison(&mut self, compare: &'a ast::ExprCompare) {
        let asks = |it: &CmpOp| matches!(it, CmpOp::Is | CmpOp::IsNot);
        if compare.ops.iter().all(asks) && self.is_it(&compare.left) {
            self.note(Need::Object);
            return;
        }
        let ([operator], [other]) = (&*compare.ops, &*compare.comparators) else {
            return;
        };
        let is_text = match operator {
            CmpOp::Eq | CmpOp::NotEq => other.is_string_literal_expr(),
            CmpOp::In | CmpOp::NotIn => match other {
                Expr::List(ast::ExprList { elts, .. })
                | Expr::Tuple(ast::ExprTuple { elts, .. })
                | Expr::Set(ast::ExprSet { elts, .. }) => {
                    !elts.is_empty() && elts.iter().all(Expr::is_string_literal_expr)
                }
                _ => false,
            },
            _ => false,
        };
        if is_text && self.is_it(&compare.left) {
            self.note(Need::Is("str".to_owned()));
        }
    }

    fn shown(&mut self, string: &'a ast::ExprFString) {
        for part in string.value.elements() {
            let Some(part) = part.as_interpolation() else {
                continue;
            };
            if !self.is_it(&part.expression) {
                continue;
            }
            let Some(specification) = &part.format_spec else {
                self.note(Need::Object);
                continue;
            };
            let text = &self.scope.text[srcify_syntax::Ranged::range(&**specification)];
            match text.chars().next_back() {
                Some('f' | 'F' | 'e' | 'E' | 'g' | 'G' | '%') => {
                    self.note(Need::Is("float".to_owned()));
                }
                Some('d') => self.note(Need::Is("int".to_owned())),
                _ => {}
            }
        }
    }

    /// `self.name = name`: what is done with the attribute is what is done with the parameter.
    fn kept(&mut self, assign: &'a ast::StmtAssign) {
        let [Expr::Attribute(target)] = &assign.targets[..] else {
            return;
        };
        if !self.is_attribute
            && self.is_it(&assign.value)
            && is_self(&target.value)
            && let Some(need) = demanded_of_attribute(self.scope, target.attr.as_str())
        {
            self.note(need);
        }
    }

    /// `other = name`: what is done with the one is what is done with the other.
    fn renamed(&mut self, assign: &'a ast::StmtAssign) {
        let [Expr::Name(target)] = &assign.targets[..] else {
            return;
        };
        let other = target.id.as_str();
        if self.is_it(&assign.value) && is_bound_once(self.scope, other) {
            let mut uses = Uses::of(self.scope, other);
            uses.visit_body(&self.scope.function.body);
            uses.is_bound = false;
            if let Some(need) = uses.result(MAX_DEPTH + 1) {
                self.note(need);
            }
        }
    }

    /// `{name: 1}`, and `counts[name]` of a dictionary that the function makes itself.
    fn key(&mut self, keyed: &'a Expr) {
        let is_key = match keyed {
            Expr::Dict(dict) => dict
                .items
                .iter()
                .any(|it| it.key.as_ref().is_some_and(|key| self.is_it(key))),
            Expr::Subscript(it) => self.is_it(&it.slice) && is_own_dict(self.scope, &it.value),
            _ => false,
        };
        if is_key {
            self.note(Need::Is(KEY.to_owned()));
        }
    }

    fn note(&mut self, need: Need) {
        self.understood += 1;
        self.needs.push(need);
    }

    /// What is gone through, with the names that stand for what it gives.
    fn iteration(&mut self, iterable: &'a Expr, target: &'a Expr) {
        if self.is_it(iterable) {
            self.element(target);
            return;
        }
        let Expr::Call(call) = iterable else { return };
        let Expr::Name(callee) = &*call.func else {
            return;
        };
        let Expr::Tuple(targets) = target else { return };
        let first = match callee.id.as_str() {
            "enumerate" => 1,
            "zip" => 0,
            _ => return,
        };
        for (argument, target) in call
            .arguments
            .args
            .iter()
            .zip(targets.elts.iter().skip(first))
        {
            if self.is_it(argument) {
                self.element(target);
            }
        }
    }

    fn element(&mut self, target: &Expr) {
        if let Expr::Name(target) = target {
            self.understood += 1;
            self.needs.push(Need::Iterable(Box::new(Need::Object)));
            self.elements.push(target.id.to_string());
        }
    }

    fn call(&mut self, call: &'a ast::ExprCall) {
        if let Expr::Attribute(method) = &*call.func
            && self.is_it(&method.value)
            && let Some(need) = receiver(self.scope, call)
        {
            self.note(need);
        }
        for (at, argument) in call.arguments.args.iter().enumerate() {
            if self.is_it(argument)
                && let Some(need) = need_of(self.scope, &call.func, &ArgumentAt::Position(at))
            {
                self.note(need);
            }
        }
        let rest = call.arguments.args.iter().filter_map(Expr::as_starred_expr);
        let rest = rest.map(|it| &*it.value);
        let options = call.arguments.keywords.iter().filter(|it| it.arg.is_none());
        for handed_on in rest.chain(options.map(|it| &it.value)) {
            if self.is_variadic() && self.is_it(handed_on) && takes_anything(self.scope, &call.func)
            {
                self.note(Need::Object);
            }
        }
        for keyword in &call.arguments.keywords {
            if let Some(name) = &keyword.arg
                && self.is_it(&keyword.value)
                && let Some(need) = need_of(self.scope, &call.func, &ArgumentAt::Keyword(name))
            {
                self.note(need);
            }
        }
    }

    fn stack(&mut self, stack: &'a Expr) {
        for _ in 0..stacked(self.scope, stack, &|it| self.is_it(it)) {
            self.note(Need::Is(ARRAY_LIKE.to_owned()));
        }
    }

    /// Whether it gathers arguments: `*args`, `**options`.
    fn is_variadic(&self) -> bool {
        let mut parameters = self.scope.function.parameters.iter();
        !self.is_attribute
            && parameters.any(|it| it.is_variadic() && it.name().as_str() == self.name)
    }

    fn bind(&mut self, parameters: &ast::Parameters) {
        self.is_bound |= parameters.iter().any(|it| it.name().as_str() == self.name);
    }
}

/// What is given by what is given by what is gone through is not asked for.
const MAX_DEPTH: u8 = 1;

impl<'a> Visitor<'a> for Uses<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::For(each) => self.iteration(&each.iter, &each.target),
            Stmt::If(choice) if self.is_it(&choice.test) => self.note(Need::Object),
            Stmt::If(choice) => {
                self.test(&choice.test);
                let others = choice.elif_else_clauses.iter();
                for test in others.filter_map(|it| it.test.as_ref()) {
                    self.test(test);
                }
            }
            Stmt::While(it) => self.test(&it.test),
            Stmt::Assign(assign) => {
                self.kept(assign);
                self.renamed(assign);
            }
            Stmt::FunctionDef(function) => self.bind(&function.parameters),
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::ClassDef(_) => self.is_bound = true,
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if self.is_it(expression) => {
                if name.ctx.is_load() {
                    self.all += 1;
                } else {
                    self.is_bound = true;
                }
            }
            // The one place that sets it is where the parameter is kept.
            Expr::Attribute(it) if self.is_it(expression) && it.ctx.is_load() => self.all += 1,
            Expr::Call(call) => {
                if self.is_it(&call.func) {
                    self.note(Need::Callable);
                }
                self.call(call);
                self.stack(expression);
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.bind(parameters);
                }
            }
            Expr::Dict(_) => self.key(expression),
            Expr::BinOp(it) if joins_text(it, &|it| self.is_it(it)) => {
                self.note(Need::Is("str".to_owned()));
            }
            Expr::BinOp(it) if is_term(self.scope, it, &|it| self.is_it(it)) => {
                self.note(Need::Is(NUMBERS.to_owned()));
            }
            Expr::Subscript(_) => {
                self.key(expression);
                self.stack(expression);
            }
            Expr::Compare(compare) => self.comparison(compare),
            Expr::If(choice) if self.is_it(&choice.test) => self.note(Need::Object),
            Expr::If(choice) => self.test(&choice.test),
            Expr::UnaryOp(it) if it.op == ast::UnaryOp::Not && self.is_it(&it.operand) => {
                self.note(Need::Object);
            }
            Expr::FString(string) => self.shown(string),
            _ => {}
        }
        walk_expr(self, expression);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        self.iteration(&comprehension.iter, &comprehension.target);
        ast::visitor::walk_comprehension(self, comprehension);
    }
}

fn is_self(expression: &Expr) -> bool {
    expression
        .as_name_expr()
        .is_some_and(|it| it.id.as_str() == "self")
}

/// What a class demands of an attribute that one statement sets, and that nobody else reads.
fn demanded_of_attribute(scope: &Scope<'_>, name: &str) -> Option<Need> {
    let class = scope.class?;
    if scope.read_elsewhere.contains(name) || sets_of_attribute(class, name) != 1 {
        return None;
    }
    let has_bases = class.arguments.as_ref().is_some_and(|it| !it.is_empty());
    let mut uses = Uses {
        is_attribute: true,
        ..Uses::of(scope, name)
    };
    for method in class.body.iter().filter_map(Stmt::as_function_def_stmt) {
        uses.visit_body(&method.body);
    }
    // A base may read what nothing here does.
    let need = uses.result(MAX_DEPTH + 1)?;
    (need != Need::Object || !has_bases).then_some(need)
}

/// How many places set an attribute, or could: a method of the name is none.
fn sets_of_attribute(class: &ast::StmtClassDef, name: &str) -> u32 {
    struct Sets<'n>(&'n str, u32);
    impl<'a> Visitor<'a> for Sets<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Attribute(it) = expression
                && it.attr.as_str() == self.0
                && !it.ctx.is_load()
            {
                self.1 += 1;
            }
            walk_expr(self, expression);
        }
    }
    let mut sets = Sets(name, 0);
    sets.visit_body(&class.body);
    sets.1
}

pub(super) fn is_bound_once(scope: &Scope<'_>, name: &str) -> bool {
    let mut parameters = scope.function.parameters.iter();
    stores(&scope.function.body, name) == 1 && !parameters.any(|it| it.name().as_str() == name)
}
