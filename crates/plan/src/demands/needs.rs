//! What a function demands of a parameter, by everything that it does with it.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, CmpOp, Expr, Stmt};
use srcify_syntax::{Ranged, TextSize};

use super::Signatures;
use super::consumers::{ArgumentAt, need_of, takes_anything};
use super::guards::{Caught, caught, is_something, leaves_without};
use super::keys::is_own_dict;
use super::need::{ARRAY_LIKE, KEY, Need};
use super::plain::{Around, PATH, demands};
use super::written::{NUMBERS, converted_at, is_term, joins_text, receiver, stacked};
use crate::names::stores;

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
    pub around: &'a Around,
    /// The places of parts of which nothing is asked.
    pub parts: BTreeSet<(u32, u32)>,
    /// The function is put somewhere: what it is given has to fit there.
    pub is_value: bool,
    /// Nothing else in the package says its name.
    pub is_uncalled: bool,
    /// What the function gives is a number.
    pub gives_number: bool,
}

/// What the function demands of a name; `None` where some use is not understood.
pub(super) fn demanded(scope: &Scope<'_>, name: &str) -> Option<Demand> {
    let mut body = &scope.function.body[..];
    let mut known = Need::Object;
    if let Some(at) = converted_at(scope, name) {
        known = Need::Is(ARRAY_LIKE.to_owned());
        body = &body[..at];
    }
    let mut uses = Uses::of(scope, name);
    uses.visit_body(body);
    let is_guarded = !uses.is_unguarded;
    let need = known.and(uses.result(0)?)?;
    Some(Demand { need, is_guarded })
}

/// What is demanded of a parameter.
pub(super) struct Demand {
    pub need: Need,
    /// Nothing is demanded of it where it is `None`.
    pub is_guarded: bool,
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
    /// The places of those uses that are understood.
    understood: BTreeSet<TextSize>,
    is_bound: bool,
    needs: Vec<Need>,
    /// Names that stand for what it gives.
    elements: Vec<String>,
    /// The places of what loops go through.
    gone_through: BTreeSet<TextSize>,
    /// How many branches are around that run only where it is something.
    guards: u32,
    /// Something is demanded of it outside of those.
    is_unguarded: bool,
    /// The function asks what it is, and does something else with each kind.
    is_tested: bool,
    /// What the handlers around catch.
    caught: Caught,
}

impl<'a> Uses<'a> {
    fn of(scope: &'a Scope<'a>, name: &'a str) -> Self {
        Self {
            scope,
            name,
            is_attribute: false,
            all: 0,
            understood: BTreeSet::new(),
            gone_through: BTreeSet::new(),
            guards: 0,
            is_unguarded: false,
            is_tested: false,
            caught: Caught::Other,
            is_bound: false,
            needs: Vec::new(),
            elements: Vec::new(),
        }
    }

    fn result(self, depth: u8) -> Option<Need> {
        if self.is_bound || self.understood.len() != self.all as usize {
            return None;
        }
        let mut known = Need::Object;
        if self.is_tested && self.needs.iter().any(|it| *it != Need::Object) {
            return None;
        }
        for need in self.needs {
            known = known.and(need)?;
        }
        for element in &self.elements {
            if depth > MAX_DEPTH || !is_bound_once(self.scope, element) {
                if self.scope.is_value {
                    return None;
                }
                known = known.and(Need::Iterable(Box::new(Need::Anything)))?;
                continue;
            }
            let mut uses = Uses::of(self.scope, element);
            uses.visit_body(&self.scope.function.body);
            // It is bound where the loop is.
            uses.is_bound = false;
            let need = match uses.result(depth + 1) {
                None if self.scope.is_value => return None,
                need => need.unwrap_or(Need::Anything),
            };
            known = known.and(Need::Iterable(Box::new(need)))?;
        }
        known.is_told().then_some(known)
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
                        self.note(one, Need::Is("float".to_owned()));
                    }
                }
            }
            _ => {}
        }
    }

    /// What runs only where it is something, and what runs else.
    fn branch(&mut self, choice: &'a ast::StmtIf) {
        if self.is_it(&choice.test) {
            self.note(&choice.test, Need::Object);
        }
        self.test(&choice.test);
        self.guards += 1;
        self.visit_expr(&choice.test);
        self.visit_body(&choice.body);
        self.guards -= 1;
        for clause in &choice.elif_else_clauses {
            clause.test.iter().for_each(|it| self.test(it));
            self.visit_elif_else_clause(clause);
        }
    }

    fn comparison(&mut self, compare: &'a ast::ExprCompare) {
        let asks = |it: &CmpOp| matches!(it, CmpOp::Is | CmpOp::IsNot);
        if compare.ops.iter().all(asks) && self.is_it(&compare.left) {
            self.note(&compare.left, Need::Object);
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
            self.note(&compare.left, Need::Is("str".to_owned()));
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
                self.note(&part.expression, Need::Object);
                continue;
            };
            let text = &self.scope.text[specification.range()];
            match text.chars().next_back() {
                Some('f' | 'F' | 'e' | 'E' | 'g' | 'G' | '%') => {
                    self.note(&part.expression, Need::Is("float".to_owned()));
                }
                Some('d') => self.note(&part.expression, Need::Is("int".to_owned())),
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
            self.note(&assign.value, need);
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
                self.note(&assign.value, need);
            }
        }
    }

    /// `{name: 1}`, and `counts[name]` of a dictionary that the function makes itself.
    fn key(&mut self, keyed: &'a Expr) {
        let keys: Vec<&Expr> = match keyed {
            Expr::Dict(dict) => dict.items.iter().filter_map(|it| it.key.as_ref()).collect(),
            Expr::Subscript(it) if is_own_dict(self.scope, &it.value) => vec![&it.slice],
            _ => Vec::new(),
        };
        for key in keys {
            if self.is_it(key) {
                self.note(key, Need::Is(KEY.to_owned()));
            }
        }
    }

    fn note(&mut self, place: &Expr, need: Need) {
        self.understood.insert(place.start());
        self.is_unguarded |= self.guards == 0 && need != Need::Object;
        self.needs.push(need);
    }

    /// What is gone through, with the names that stand for what it gives.
    fn iteration(&mut self, iterable: &'a Expr, target: &'a Expr) {
        if self.is_it(iterable) {
            self.element(iterable, target);
            return;
        }
        let Expr::Call(call) = iterable else { return };
        let Expr::Name(callee) = &*call.func else {
            return;
        };
        let Expr::Tuple(targets) = target else { return };
        self.gone_through.insert(call.start());
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
                self.element(argument, target);
            }
        }
    }

    fn element(&mut self, place: &Expr, target: &Expr) {
        let is_named = target.is_name_expr();
        let element = if is_named {
            Need::Object
        } else {
            Need::Anything
        };
        self.note(place, Need::Iterable(Box::new(element)));
        if let Expr::Name(target) = target {
            self.elements.push(target.id.to_string());
        }
    }

    fn call(&mut self, call: &'a ast::ExprCall) {
        if let Expr::Attribute(method) = &*call.func
            && self.is_it(&method.value)
            && let Some(need) = receiver(self.scope, call)
        {
            self.note(&method.value, need);
        }
        let callee = call.func.as_name_expr().map(|it| it.id.as_str());
        let first = call.arguments.args.first();
        self.is_tested |= callee == Some("isinstance") && first.is_some_and(|it| self.is_it(it));
        for (at, argument) in call.arguments.args.iter().enumerate() {
            if self.is_it(argument)
                && let Some(need) = need_of(self.scope, &call.func, &ArgumentAt::Position(at))
            {
                self.note(argument, need);
            }
        }
        let rest = call.arguments.args.iter().filter_map(Expr::as_starred_expr);
        let rest = rest.map(|it| &*it.value);
        let options = call.arguments.keywords.iter().filter(|it| it.arg.is_none());
        for handed_on in rest.chain(options.map(|it| &it.value)) {
            if self.is_variadic() && self.is_it(handed_on) && takes_anything(self.scope, &call.func)
            {
                self.note(handed_on, Need::Object);
            }
        }
        for keyword in &call.arguments.keywords {
            if let Some(name) = &keyword.arg
                && self.is_it(&keyword.value)
                && let Some(need) = need_of(self.scope, &call.func, &ArgumentAt::Keyword(name))
            {
                self.note(&keyword.value, need);
            }
        }
    }

    fn operation(&mut self, operation: &'a ast::ExprBinOp) {
        let sides = [&*operation.left, &*operation.right];
        let Some(side) = sides.into_iter().find(|it| self.is_it(it)) else {
            return;
        };
        if joins_text(operation, &|it| self.is_it(it)) {
            self.note(side, Need::Is("str".to_owned()));
        } else if is_term(self.scope, operation, &|it| self.is_it(it)) {
            self.note(side, Need::Is(NUMBERS.to_owned()));
        }
    }

    fn stack(&mut self, stack: &'a Expr) {
        for part in stacked(self.scope, stack, &|it| self.is_it(it)) {
            self.note(part, Need::Is(ARRAY_LIKE.to_owned()));
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
            Stmt::If(choice) if is_something(&choice.test, &|it| self.is_it(it)) => {
                self.branch(choice);
                return;
            }
            Stmt::Try(it) => {
                let around = std::mem::replace(&mut self.caught, caught(it));
                self.visit_body(&it.body);
                self.caught = around;
                it.handlers
                    .iter()
                    .for_each(|it| self.visit_except_handler(it));
                self.visit_body(&it.orelse);
                self.visit_body(&it.finalbody);
                return;
            }
            Stmt::If(choice) => {
                self.test(&choice.test);
                let others = choice.elif_else_clauses.iter();
                for test in others.filter_map(|it| it.test.as_ref()) {
                    self.test(test);
                }
            }
            Stmt::While(it) => self.test(&it.test),
            Stmt::Return(it) => {
                let value = it.value.as_deref().filter(|it| self.is_it(it));
                if let Some(value) = value.filter(|_| gives_anything(self.scope)) {
                    self.note(value, Need::Object);
                }
            }
            Stmt::Assign(assign) => {
                self.kept(assign);
                self.renamed(assign);
            }
            Stmt::FunctionDef(function) => self.bind(&function.parameters),
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::ClassDef(_) => self.is_bound = true,
            _ => {}
        }
        walk_stmt(self, statement);
        let is_own = || {
            self.scope
                .function
                .body
                .iter()
                .any(|it| std::ptr::eq(it, statement))
        };
        if leaves_without(statement, &|it| self.is_it(it)) && is_own() {
            self.guards += 1;
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if !self.gone_through.contains(&expression.start()) && !self.scope.is_value {
            for (place, need) in demands(self.scope, expression, &|it| self.is_it(it)) {
                // What fails there may be meant to.
                let is_path = need == Need::Is(PATH.to_owned());
                if self.caught == Caught::Other || is_path && self.caught == Caught::Everything {
                    self.note(place, need);
                }
            }
        }
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
                    self.note(&call.func, Need::Callable);
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
            Expr::BinOp(it) => self.operation(it),
            Expr::Subscript(_) => {
                self.key(expression);
                self.stack(expression);
            }
            Expr::Compare(compare) => self.comparison(compare),
            Expr::If(choice) if self.is_it(&choice.test) => self.note(&choice.test, Need::Object),
            Expr::If(choice) => self.test(&choice.test),
            Expr::UnaryOp(it) if it.op == ast::UnaryOp::Not && self.is_it(&it.operand) => {
                self.note(&it.operand, Need::Object);
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

/// Whether the result is not known.
fn gives_anything(scope: &Scope<'_>) -> bool {
    let returns = scope.function.returns.as_deref();
    !scope.is_value && returns.is_some_and(|it| &scope.text[it.range()] == "Any")
}
