//! Statements on abstract values.

mod branches;
mod looping;
mod matching;
mod narrowing;
mod settled;

pub(crate) use narrowing::leaves_none_out;

use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::Analyzer;
use crate::calls::element_type;
use crate::changes::grown_arguments;
use crate::expressions::arithmetic::{of_whole_numbers, operation_type};
use crate::facts::Callee;
use crate::figures::FIGURE;
use crate::presume::is_called_array;
use crate::protocols::{in_place_method, operator_methods};
use crate::value::Value;
use crate::{Effect, Type};

impl<'a> Analyzer<'a> {
    /// Runs statements in order.
    pub(crate) fn block(&mut self, statements: &'a [Stmt]) {
        let before = self.restored.len();
        let places = self.restored_places.len();
        self.note_restored_places(statements);
        if !self.frames.is_empty() && self.closes_its_figure(statements) {
            self.restored.push(FIGURE.to_owned());
        }
        let left = self.left_as_none.len();
        let quiet = self.quiet.len();
        self.last_stores.clear();
        self.run(statements);
        self.last_stores.clear();
        self.quiet.truncate(quiet);
        let left = self.left_as_none.split_off(left);
        self.let_none_in(left);
        self.restored.truncate(before);
        self.restored_places.truncate(places);
    }

    fn run(&mut self, statements: &'a [Stmt]) {
        for (at, statement) in statements.iter().enumerate() {
            let is_left = match statement {
                Stmt::If(branch) => self.branch(branch),
                Stmt::Match(matching) => self.matching(matching),
                _ => {
                    self.execute(statement);
                    false
                }
            };
            if self.frames.is_empty() {
                continue;
            }
            if never_passes(statement) {
                break; // nothing after it runs
            }
            if is_left {
                return self.dormant(|it| it.run(&statements[at + 1..]));
            }
        }
    }

    /// Runs one statement.
    pub(crate) fn execute(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.define_function(function),
            Stmt::ClassDef(class) => self.define_class(class),
            Stmt::Return(ast::StmtReturn { value, .. }) => {
                let value = value
                    .as_deref()
                    .map_or_else(|| Value::of_type("None"), |it| self.evaluate(it));
                self.give_back(value);
            }
            Stmt::Delete(delete) => self.delete_all(&delete.targets),
            Stmt::Assign(assign) => {
                let value = self.evaluate(&assign.value);
                for target in &assign.targets {
                    self.assign(target, &value);
                }
            }
            Stmt::AugAssign(assign) => self.augment(assign),
            Stmt::AnnAssign(assign) => self.annotated(assign),
            Stmt::Expr(expression) => {
                let value = &expression.value;
                self.bare = value.is_call_expr().then(|| value.range());
                self.bare_operation = value.is_bin_op_expr().then(|| value.range());
                self.evaluate(value);
            }
            Stmt::Raise(raise) => self.raise(raise),
            Stmt::Assert(assert) => {
                self.test(&assert.test);
                if let Some(message) = &assert.msg {
                    self.evaluate(message);
                }
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    self.import_module(alias);
                }
            }
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::If(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::With(_)
            | Stmt::Try(_)
            | Stmt::Match(_) => {
                self.compound(statement);
            }
            _ => {}
        }
    }

    fn compound(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::If(branch) => {
                self.branch(branch);
            }
            Stmt::For(each) => self.each(each),
            Stmt::While(each) => {
                let runs = self.settled(&each.test) != Some(false);
                let on_constants = self.rests_on_constants.get();
                self.twice(false, |it| {
                    it.test(&each.test);
                    it.rests_on_constants.set(on_constants);
                    it.where_run(runs, |it| it.block(&each.body));
                });
                self.block(&each.orelse);
            }
            Stmt::With(with) => self.with(with),
            Stmt::Try(attempt) => self.attempt(attempt),
            Stmt::Match(matching) => {
                self.matching(matching);
            }
            _ => {}
        }
    }

    /// Whether it is a variable of the function that runs.
    pub(crate) fn is_local(&self, name: &str) -> bool {
        let frame = self.frames.last();
        frame.is_some_and(|frame| frame.locals.get(name).is_some())
    }

    fn with(&mut self, with: &'a ast::StmtWith) {
        let before = self.restored.len();
        let quiet = self.quiet.len();
        let mut is_attempt = false;
        for item in &with.items {
            self.restore_after(&item.context_expr);
            let manager = self.evaluate(&item.context_expr);
            is_attempt |= self.may_swallow(&item.context_expr, &manager);
            self.redirect(&manager, item.context_expr.range());
            let entered = self.enter(&manager, item.context_expr.range());
            if let Some(target) = &item.optional_vars {
                self.assign(target, &entered);
                self.note_opened(target, &item.context_expr);
            }
        }
        let outside = is_attempt.then(|| self.variables());
        self.block(&with.body);
        // As after an attempt, each variable may be what it was.
        if let Some(outside) = outside {
            let inside = self.variables();
            self.restore(outside.join(inside));
        }
        self.restored.truncate(before);
        self.quiet.truncate(quiet);
    }

    /// What some contexts change they restore: nothing of it is seen after them.
    fn restore_after(&mut self, context: &'a Expr) {
        let Expr::Call(call) = context else { return };
        let path = match &*call.func {
            Expr::Name(_) | Expr::Attribute(_) => self.evaluate(&call.func).path,
            _ => None,
        };
        let path = path.as_deref().unwrap_or_default();
        if RESTORING.contains(&path) {
            self.restored
                .push(path.split('.').next().unwrap_or_default().to_owned());
        }
    }

    /// What is printed while standard output is redirected goes to where it is redirected to.
    fn redirect(&mut self, manager: &Value, range: TextRange) {
        let is_redirected = ["contextlib.redirect_stdout", "contextlib.redirect_stderr"]
            .iter()
            .any(|it| manager.is(it));
        let Some(target) = manager.parts.first().filter(|_| is_redirected).cloned() else {
            return;
        };
        let is_file = target.is("io.TextIOWrapper");
        if is_file {
            self.add_effect(Effect::WriteFile, range, "contextlib.redirect_stdout");
        }
        self.mutate(&target, false);
        // Who gives something to print to hardly gives standard output.
        let is_given = self.is_presuming && target.ty.is_none() && target.path.is_none();
        let is_known = is_file || target.is("io.StringIO") || target.is("None") || is_given;
        if is_known && manager.is("contextlib.redirect_stdout") {
            self.quiet.push(self.frames.len());
        }
    }

    /// Enters a context, which will be left: the user's own `__enter__` and `__exit__` run, or those of `async with`.
    pub(crate) fn enter(&mut self, manager: &Value, range: TextRange) -> Value {
        if manager.ty.is_none() && self.is_archive(range) {
            return manager.clone().with_type(Type::new(ARCHIVE));
        }
        let Some(ty) = manager.ty.clone() else {
            self.add_effect(Effect::Unknown, range, "a context manager of unknown type");
            return self.derived(manager, None);
        };
        if self.classes.contains_key(ty.name.as_str()) {
            let places = self.restored_places.len();
            self.note_left_places(&ty.name);
            let mut entered: Option<Value> = None;
            for [enter, exit] in ENTERING {
                let has = |method: &str| self.find_class(&ty.name, method).is_some();
                if has(enter) || has(exit) {
                    let own = self.call_own_method(&ty.name, enter, manager, &[]);
                    self.call_own_method(&ty.name, exit, manager, &[]);
                    entered = Some(entered.map_or(own.clone(), |it| it.join(&own)));
                }
            }
            let entered = entered.unwrap_or_else(|| self.derived(manager, None));
            self.restored_places.truncate(places);
            return entered;
        }
        // `open(path) if path else nullcontext()`
        if ty.members().len() > 1 {
            let one = |it: &Type| manager.clone().with_type(it.clone());
            let entered = ty.members().iter().map(|it| self.enter(&one(it), range));
            let entered: Vec<Value> = entered.collect();
            let joined = entered.into_iter().reduce(|all, it| all.join(&it));
            return joined.unwrap_or_default();
        }
        match ty.name.as_str() {
            "contextlib.nullcontext" if manager.parts.is_empty() => {
                let is_empty = ty.arguments.is_empty() && manager.holds.is_empty();
                let none = || Value::of_type("None");
                if is_empty {
                    none()
                } else {
                    self.derived(manager, ty.arguments.first().cloned())
                }
            }
            // What a `contextmanager` yields.
            "Generator" => {
                self.happen(manager.lazy, range, "a context manager");
                self.change_later(manager);
                let inner = ty.arguments.first().cloned();
                let mut entered = self.derived(manager, inner);
                entered.views.clear();
                entered
            }
            "tempfile.TemporaryDirectory" => Value::of_type("str"),
            name if name.starts_with("contextlib.") && manager.parts.len() == 1 => {
                let inner = manager.parts[0].clone();
                if name == "contextlib.closing" {
                    self.call_by_name(&inner, "close", range);
                }
                inner
            }
            // What the catalog knows has its effects when it is made.
            _ => manager.clone(),
        }
    }

    /// Whether what stands at a place reads what numpy stored: of that only archives can be entered.
    fn is_archive(&self, place: TextRange) -> bool {
        let at = (place.start().to_u32(), place.end().to_u32());
        let call = self.calls.get(&at).map(|it| &it.callee);
        matches!(call, Some(Callee::Library(path)) if path == "numpy.load")
    }

    fn give_back(&mut self, value: Value) {
        if let Some(frame) = self.frames.last_mut() {
            frame.returned = Some(match frame.returned.take() {
                Some(earlier) => earlier.join(&value),
                None => value,
            });
        }
    }

    fn annotated(&mut self, assign: &'a ast::StmtAnnAssign) {
        let Some(value) = &assign.value else { return };
        let mut value = self.evaluate(value);
        let known = self.annotation(&assign.annotation);
        let is_optional = value.is("None") && !assign.annotation.is_none_literal_expr();
        if value.ty.is_none() || is_optional {
            // `out: str | None = None` is a default, which another value may take the place of.
            value.ty = known;
            value.forget_literal();
        }
        self.assign(&assign.target, &value);
    }

    fn augment(&mut self, assign: &'a ast::StmtAugAssign) {
        let old = match &*assign.target {
            Expr::Name(name) => self.load(&name.id),
            target => self.evaluate(target),
        };
        let operand = self.evaluate(&assign.value);
        let name = assign.target.as_name_expr().map(|it| it.id.to_lowercase());
        let is_array = name.is_some_and(|it| is_called_array(&it));
        let new = if self.is_tallied(assign, &old) {
            self.fresh(Some(Type::new("float")))
        } else if self.is_presuming && !is_array && self.is_counted(&old, &operand, assign.op) {
            let ty = operand.ty.clone();
            self.fresh(ty.map(|it| of_whole_numbers(it, assign.op)))
        } else {
            self.augmented(&old, &operand, assign.op)
        };
        if let Expr::Name(name) = &*assign.target {
            self.bind(&name.id, new);
        } else {
            self.assign(&assign.target, &new);
        }
    }

    /// What `old op= operand` leaves: the object itself, changed, or a new one.
    fn augmented(&mut self, old: &Value, operand: &Value, op: ast::Operator) -> Value {
        let (method, _) = operator_methods(op);
        if let Some(value) = self
            .protocol(old, in_place_method(op), std::slice::from_ref(operand))
            .or_else(|| self.protocol(old, method, std::slice::from_ref(operand)))
        {
            return value;
        }
        if ["list", "set", "dict"].iter().any(|it| operand.is(it)) {
            self.change_cell(old); // only lists take lists
        }
        if is_number_of_several(old, operand, op) {
            return self.fresh(Some(Type::new("float")));
        }
        if old.is_immutable() || old.is("tuple") {
            let ty = operation_type(old, operand, op);
            let mut new = self.fresh(ty);
            new.absorb(old);
            new.absorb(operand);
            return new;
        }
        // Lists, arrays and frames change in place; what is not known may do so.
        let is_shallow = matches!(
            old.ty.as_ref().map(|ty| ty.name.as_str()),
            Some("list" | "set" | "dict")
        );
        self.mutate(old, is_shallow);
        let mut new = old.clone();
        new.forget_literal();
        // Lists are extended, sets and dictionaries joined; arithmetic keeps nothing of what it is given.
        if matches!(op, ast::Operator::Add | ast::Operator::BitOr) {
            if is_shallow {
                new.take_elements(operand);
                self.grow_in_place(&mut new, operand);
            } else {
                new.absorb(operand);
            }
        }
        new
    }

    /// A container, and all other names of it, hold elements of the types of another's.
    fn grow_in_place(&mut self, container: &mut Value, operand: &Value) {
        let (key, element) = match operand.ty.as_ref() {
            Some(ty) if ty.name == "dict" && container.is("dict") => {
                (ty.arguments.first().cloned(), ty.arguments.get(1).cloned())
            }
            ty => (None, element_type(ty)),
        };
        self.grow(container, key.clone(), element.clone());
        if let Some(ty) = container.ty.as_mut().filter(|it| !it.arguments.is_empty()) {
            let grown = if ty.name == "dict" {
                vec![key, element]
            } else {
                vec![element]
            };
            ty.arguments = grown_arguments(ty, &grown);
        }
    }

    /// Whether what is not known is a number by all that speaks for it: numbers are added to it, and there are no arrays.
    fn is_counted(&self, old: &Value, operand: &Value, op: ast::Operator) -> bool {
        let is_number = ["int", "float", "scalar"].iter().any(|it| operand.is(it));
        let has_arrays = ["numpy", "pandas", "torch", "polars", "tensorflow", "jax"]
            .iter()
            .any(|it| self.uses(it));
        // Lists are multiplied, sets joined.
        let is_sum = !matches!(
            op,
            ast::Operator::Mult | ast::Operator::BitOr | ast::Operator::BitAnd
        );
        old.ty.is_none() && is_number && is_sum && !has_arrays
    }

    fn delete(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => self.unbind(&name.id),
            Expr::Subscript(subscript) => {
                let container = self.evaluate(&subscript.value);
                self.evaluate(&subscript.slice);
                if self.protocol(&container, "__delitem__", &[]).is_none() {
                    self.change_item(&container, subscript.range);
                }
            }
            Expr::Attribute(attribute) => {
                let object = self.evaluate(&attribute.value);
                self.last_stores.clear();
                if self.protocol(&object, "__delattr__", &[]).is_none() {
                    self.mutate(&object, true);
                }
            }
            Expr::Tuple(tuple) => self.delete_all(&tuple.elts),
            Expr::List(list) => self.delete_all(&list.elts),
            _ => {}
        }
    }

    fn delete_all(&mut self, targets: &'a [Expr]) {
        for target in targets {
            self.delete(target);
        }
    }

    /// Binds a target to a value.
    pub(crate) fn assign(&mut self, target: &'a Expr, value: &Value) {
        match target {
            Expr::Name(name) => {
                let mut value = value.clone();
                if value.ty.is_none() && value.path.is_none() && value.callable.is_none() {
                    value.ty = (self.oracle)(name.range);
                }
                self.bind(&name.id, value);
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                self.use_up_known(value);
                for (index, element) in elts.iter().enumerate() {
                    let (at, of) = place(elts, index, value);
                    let part = self.part(value, at, of);
                    match element {
                        Expr::Starred(it) => {
                            let rest = self.rest(value, &part, (index, elts.len()));
                            self.assign(&it.value, &rest);
                        }
                        _ => self.assign(element, &part),
                    }
                }
            }
            Expr::Attribute(attribute) => self.assign_attribute(attribute, value),
            Expr::Subscript(subscript) => self.assign_item(subscript, value),
            _ => {}
        }
    }
}

/// Whether it is one of several things, of which only numbers take a number: a list raises.
fn is_number_of_several(old: &Value, operand: &Value, op: ast::Operator) -> bool {
    let is_number = ["int", "float"].iter().any(|it| operand.is(it));
    let is_sum = !matches!(
        op,
        ast::Operator::Mult | ast::Operator::BitOr | ast::Operator::BitAnd
    );
    let members = old.ty.as_ref().map_or(&[][..], Type::members);
    let raises = |it: &Type| ["list", "dict", "set", "tuple"].contains(&it.name.as_str());
    members.len() > 1
        && is_number
        && is_sum
        && members.iter().all(|it| it.is_immutable() || raises(it))
}

/// Which of how many parts a target takes: beside a starred one, those at the ends of a tuple whose length is known.
fn place(targets: &[Expr], index: usize, value: &Value) -> (usize, usize) {
    let count = targets.len();
    let of_type = || {
        let ty = value.apparent()?;
        (ty.name == "tuple" && ty.repeated().is_none()).then_some(ty.arguments.len())
    };
    let starred = targets.iter().position(Expr::is_starred_expr);
    let width = Some(value.parts.len())
        .filter(|it| *it > 0)
        .or_else(of_type);
    match (starred, width) {
        (Some(starred), Some(width)) if index != starred && width + 1 >= count => {
            let from_end = count - index;
            let at = if index < starred {
                index
            } else {
                width - from_end
            };
            (at, width)
        }
        _ => (index, count),
    }
}

/// Several arrays in a file.
const ARCHIVE: &str = "numpy.lib.npyio.NpzFile";

/// Standard output.
pub(crate) const STDOUT: &str = "sys.stdout";

/// Contexts that leave the state of their library as it was.
const RESTORING: &[&str] = &[
    "warnings.catch_warnings",
    "numpy.errstate",
    "numpy.printoptions",
    "pandas.option_context",
    "matplotlib.rc_context",
    "matplotlib.pyplot.rc_context",
    "matplotlib.pyplot.style.context",
    "matplotlib.style.context",
    "seaborn.axes_style",
    "seaborn.plotting_context",
    "sklearn.config_context",
    "decimal.localcontext",
    "unittest.mock.patch",
    "unittest.mock.patch.object",
];

/// Whether control never comes to what stands behind a block.
fn ends(block: &[Stmt]) -> bool {
    block.last().is_some_and(never_passes)
}

/// Whether control never comes to what stands behind a statement.
fn never_passes(statement: &Stmt) -> bool {
    match statement {
        Stmt::Return(_) | Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::If(branch) => {
            let clauses = &branch.elif_else_clauses;
            let is_exhaustive = clauses.last().is_some_and(|it| it.test.is_none());
            let all = is_exhaustive && clauses.iter().all(|it| ends(&it.body));
            ends(&branch.body) && (all || is_true(&branch.test))
        }
        _ => false,
    }
}

/// Whether a condition is `True`.
fn is_true(test: &Expr) -> bool {
    test.as_boolean_literal_expr().is_some_and(|it| it.value)
}

/// Whether a condition only asks for a Python that is older than all that are supported.
fn is_version_check(test: &str) -> bool {
    let text: String = test.split_whitespace().collect();
    let Some(version) = text.strip_prefix("sys.version_info>=(3,") else {
        return text == "sys.version_info>=(3,)" || text == "sys.version_info[0]>=3";
    };
    let minor = version.trim_end_matches([')', ',']);
    minor.parse::<u32>().is_ok_and(|minor| minor <= 8)
}

/// What `with` calls, and what `async with` does: a class that has both is hardly entered in another way.
const ENTERING: [[&str; 2]; 2] = [["__enter__", "__exit__"], ["__aenter__", "__aexit__"]];
