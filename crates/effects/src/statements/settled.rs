//! Conditions whose answer is known when they are asked, and code that does not run for that reason: what constants of the
//! module, parameters that a call leaves alone, and classes that only hold constants say.
//!
//! Such code is no deed of the functions around it, but it is still one of the statement: whoever converts a program may
//! make a setting of the constant.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::rc::Rc;

use srcify_syntax::ast::{self, CmpOp, Expr, Stmt};

use crate::analyze::{Analyzer, Body, Frame};
use crate::changes::facts_of;
use crate::facts::FunctionFacts;
use crate::names::{Access, Occurrence};
use crate::value::{Callable, Objects, Value};
use crate::written::Looked;

impl<'a> Analyzer<'a> {
    /// Whether a condition is certainly met, or certainly not, in the call in progress.
    pub(crate) fn settled(&self, test: &'a Expr) -> Option<bool> {
        self.rests_on_constants.set(false);
        if self.frames.is_empty() {
            return None;
        }
        self.answer(test)
    }

    /// Whether a condition of the module is certainly met, or certainly not.
    pub(crate) fn settled_above(&self, test: &'a Expr) -> Option<bool> {
        self.answer(test).filter(|_| self.frames.is_empty())
    }

    /// What is certainly matched, in the call in progress.
    pub(super) fn settled_value(&self, subject: &'a Expr) -> Option<Constant> {
        self.rests_on_constants.set(false);
        self.constant(subject).filter(|_| !self.frames.is_empty())
    }

    fn answer(&self, test: &'a Expr) -> Option<bool> {
        match test {
            Expr::BoolOp(operation) => {
                let decides = operation.op == ast::BoolOp::Or;
                let mut answer = Some(!decides);
                for operand in &operation.values {
                    match self.answer(operand) {
                        Some(known) if known == decides => return Some(decides),
                        Some(_) => {}
                        None => answer = None,
                    }
                }
                answer
            }
            Expr::UnaryOp(operation) if operation.op == ast::UnaryOp::Not => {
                Some(!self.answer(&operation.operand)?)
            }
            Expr::Compare(comparison) => {
                let ([operator], [right]) = (&*comparison.ops, &*comparison.comparators) else {
                    return None;
                };
                if matches!(operator, CmpOp::In | CmpOp::NotIn) {
                    return self.settled_membership(&comparison.left, *operator, right);
                }
                let (left, right) = (self.constant(&comparison.left)?, self.constant(right)?);
                left.compared(*operator, &right)
            }
            Expr::Call(call) if call.arguments.args.len() == 2 => match self.asked_kind(call) {
                Some(answer) => Some(answer),
                None => Some(self.constant(test)?.is_true()),
            },
            _ => Some(self.constant(test)?.is_true()),
        }
    }

    /// What `isinstance(x, str)` and `hasattr(x, "read")` say of what is certainly a text, or nothing.
    fn asked_kind(&self, call: &'a ast::ExprCall) -> Option<bool> {
        let function = call.func.as_name_expr()?.id.as_str();
        let [object, asked] = &*call.arguments.args else {
            return None;
        };
        if !matches!(function, "isinstance" | "hasattr") || !self.is_builtin(function) {
            return None;
        }
        let class = match self.constant(object)? {
            Constant::Nothing => "None",
            Constant::Text(_) => "str",
            _ => return None,
        };
        if function == "hasattr" {
            let name = self.settled_text(asked)?;
            return ELSEWHERE.contains(&&*name).then_some(false);
        }
        let names = match asked {
            Expr::Tuple(several) => &several.elts,
            one => std::slice::from_ref(one),
        };
        let mut is_one = false;
        for name in names {
            let name = name.as_name_expr()?.id.as_str();
            if !KINDS.contains(&name) || !self.is_builtin(name) {
                return None;
            }
            is_one |= name == class;
        }
        Some(is_one)
    }

    /// Whether a name that the function in progress reads is none of the program's.
    pub(super) fn is_builtin(&self, name: &str) -> bool {
        let is_outer = self.frames.last().is_none_or(|frame| {
            !frame.names.locals.contains(name)
                && self.of_enclosing(frame.enclosing, name).is_continue()
        });
        is_outer && self.globals.get(name).is_none()
    }

    /// What an expression is, where that cannot be anything else.
    pub(super) fn constant(&self, expression: &'a Expr) -> Option<Constant> {
        match expression {
            Expr::BooleanLiteral(it) => Some(Constant::Number(f64::from(u8::from(it.value)))),
            Expr::NoneLiteral(_) => Some(Constant::Nothing),
            Expr::StringLiteral(it) => Some(Constant::Text(it.value.to_str().to_owned())),
            Expr::NumberLiteral(it) => number(self.program.text(it.range)),
            Expr::Name(name) => self.named_constant(&name.id),
            Expr::Attribute(attribute) => self
                .constant_of_class(attribute)
                .or_else(|| self.constant_of_object(attribute)),
            Expr::Subscript(_) | Expr::Call(_) => self.constant_found(self.looked_up(expression)?),
            _ => None,
        }
    }

    fn constant_found(&self, looked: Looked<'_, 'a>) -> Option<Constant> {
        match looked {
            Looked::Found(value) => constant_of(value),
            Looked::Default(default) => self.constant(default),
            Looked::Nothing => Some(Constant::Nothing),
        }
    }

    /// Whether a condition is certainly met, or certainly not, that takes out of a dictionary what it asks for: before it
    /// is asked.
    pub(super) fn settled_first(&self, test: &'a Expr) -> Option<bool> {
        self.rests_on_constants.set(false);
        if self.frames.is_empty() {
            return None;
        }
        match test {
            Expr::UnaryOp(operation) if operation.op == ast::UnaryOp::Not => {
                Some(!self.settled_first(&operation.operand)?)
            }
            Expr::Compare(comparison) => {
                let ([operator], [right]) = (&*comparison.ops, &*comparison.comparators) else {
                    return None;
                };
                let left = self.constant_found(self.popped(&comparison.left)?)?;
                left.compared(*operator, &self.constant(right)?)
            }
            _ => Some(self.constant_found(self.popped(test)?)?.is_true()),
        }
    }

    /// A text that is certainly that.
    pub(crate) fn settled_text(&self, expression: &'a Expr) -> Option<Rc<str>> {
        match self.constant(expression)? {
            Constant::Text(text) => Some(text.into()),
            _ => None,
        }
    }

    fn named_constant(&self, name: &str) -> Option<Constant> {
        if let Some(frame) = self.frames.last() {
            if let Some(value) = frame.locals.get(name) {
                let closure = &self.closures[frame.closure];
                let is_steady = matches!(closure.body, Body::Statements(_))
                    && frame.names.locals.contains(name)
                    && !frame.names.rebound.contains(name)
                    && !self.is_nonlocal(name);
                return is_steady.then(|| constant_of(value))?;
            }
            if frame.names.locals.contains(name) {
                return None;
            }
            if let ControlFlow::Break(value) = self.of_enclosing(frame.enclosing, name) {
                return constant_of(value?);
            }
        }
        self.rests_on_constants.set(true);
        let Some(value) = self.globals.get(name) else {
            return (name == "__debug__").then_some(Constant::Number(1.0));
        };
        if value.path.as_deref() == Some("typing.TYPE_CHECKING") {
            return Some(Constant::Number(0.0));
        }
        self.is_constant(name).then(|| constant_of(value))?
    }

    /// The variable of that name of a function around, if one has it: what it is, where that is the same each time.
    fn of_enclosing(&self, mut scope: Option<u32>, name: &str) -> ControlFlow<Option<&Value>> {
        while let Some(id) = scope {
            let running = self.frames.iter().rev().find(|frame| frame.id == id);
            let (names, variables, enclosing) = match (running, self.scopes.get(&id)) {
                (Some(frame), _) => (&frame.names, &frame.locals, frame.enclosing),
                (None, Some(kept)) => (&kept.names, &kept.variables, kept.enclosing),
                (None, None) => return ControlFlow::Break(None),
            };
            if names.locals.contains(name) {
                let is_steady = !names.rebound.contains(name) && !self.is_nonlocal(name);
                return ControlFlow::Break(variables.get(name).filter(|_| is_steady));
            }
            scope = enclosing;
        }
        ControlFlow::Continue(())
    }

    /// Whether functions bind a name of the functions around them, anywhere.
    fn is_nonlocal(&self, name: &str) -> bool {
        let declared = self.nonlocals.get_or_init(|| {
            let lines = self.program.source.text.lines();
            let names = lines.filter_map(|it| it.split_once("nonlocal "));
            let names = names.flat_map(|(_, it)| it.split([',', ';', '#', ' ']));
            names.map(str::to_owned).collect()
        });
        declared.contains(name)
    }

    /// `Settings.DEBUG`, which nothing sets but the class itself.
    fn constant_of_class(&self, attribute: &ast::ExprAttribute) -> Option<Constant> {
        let name = attribute.value.as_name_expr()?;
        let local = self.frames.last().and_then(|it| it.locals.get(&name.id));
        let known = local.or_else(|| self.globals.get(&name.id))?;
        let Some(Callable::Class(class)) = &known.callable else {
            return None;
        };
        let attributes = self.classes.get(class)?;
        let is_steady = self.is_constant(class)
            && self.is_apart(class, &attribute.attr)
            && !attributes.own_attributes.contains(attribute.attr.as_str());
        let value = attributes.attributes.get(attribute.attr.as_str())?;
        self.rests_on_constants.set(true);
        is_steady.then(|| constant_of(value))?
    }

    /// `self.verbose`, which only the making of the object sets.
    fn constant_of_object(&self, attribute: &ast::ExprAttribute) -> Option<Constant> {
        let object = self.steady_object(&attribute.value)?;
        constant_of(self.option_of(&object, &attribute.attr)?)
    }

    /// What an expression is that means the same object each time: a variable, an attribute that is set once.
    fn steady_object(&self, expression: &Expr) -> Option<Cow<'_, Value>> {
        match expression {
            Expr::Name(name) => {
                let frame = self.frames.last()?;
                if let Some(value) = frame.locals.get(&name.id) {
                    let is_rebound = frame.names.rebound.contains(&*name.id);
                    let is_steady = !is_rebound && !self.is_nonlocal(&name.id);
                    return is_steady.then_some(Cow::Borrowed(value));
                }
                if frame.names.locals.contains(&*name.id) {
                    return None;
                }
                if let ControlFlow::Break(value) = self.of_enclosing(frame.enclosing, &name.id) {
                    return value.map(Cow::Borrowed);
                }
                self.rests_on_constants.set(true);
                let value = self.globals.get(&name.id)?;
                self.is_constant(&name.id).then_some(Cow::Borrowed(value))
            }
            Expr::Attribute(attribute) => {
                let object = self.steady_object(&attribute.value)?;
                self.steady_part(&object, &attribute.attr).map(Cow::Owned)
            }
            _ => None,
        }
    }

    /// Whether a name of the module is bound once, by a statement of its own, and nothing can bind it unseen.
    pub(crate) fn is_constant(&self, name: &str) -> bool {
        let constants = self
            .constants
            .get_or_init(|| constants(self.program, &self.accesses));
        constants.contains(name)
    }

    /// Runs code that does not run: it is no deed of the functions in progress.
    pub(crate) fn dormant<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let names: BTreeSet<String> = self.frames.iter().map(|it| it.function.clone()).collect();
        let mut before = Vec::new();
        for name in names {
            let deeds = facts_of(&mut self.functions, &name).deeds();
            before.push((name, deeds));
        }
        let changed: Vec<Objects> = self.frames.iter().map(|it| it.changed.clone()).collect();
        let rests_on_constants = self.rests_on_constants.get();
        let last = self.frames.last_mut();
        let returned = last.and_then(|it| it.returned.take());
        self.asleep += 1;
        let result = run(self);
        self.asleep -= 1;
        if let Some(frame) = self.frames.last_mut() {
            // What a call was given does not change: it gives back no function from here. Other results keep all that they
            // are for other calls, as annotations of them do.
            let asleep = std::mem::replace(&mut frame.returned, returned);
            let asleep = asleep.filter(|it| rests_on_constants || it.called().is_none());
            frame.asleep = match (frame.asleep.take(), asleep) {
                (Some(earlier), Some(new)) => Some(earlier.join(&new)),
                (earlier, new) => earlier.or(new),
            };
        }
        for (frame, before) in self.frames.iter_mut().zip(changed) {
            let new = &frame.changed - &before;
            frame.dormant.add(&new);
            frame.changed = before;
        }
        for (name, before) in before {
            let facts = facts_of(&mut self.functions, &name);
            let all = facts.deeds();
            facts.take_deeds(before);
            if !facts.includes(&all) {
                facts.dormant.get_or_insert_default().add_deeds(&all);
            }
        }
        result
    }

    /// Runs code that runs unless `runs` says that it does not.
    pub(crate) fn where_run<T>(&mut self, runs: bool, run: impl FnOnce(&mut Self) -> T) -> T {
        if runs { run(self) } else { self.dormant(run) }
    }

    /// What a function was given that calls itself, or is called by somebody else, it is not given each time.
    pub(crate) fn forget_constants(frame: &mut Frame) {
        for (name, _) in &frame.parameters {
            let known = frame.locals.get(name);
            let Some(mut value) = known.filter(|it| !it.known_literals().is_empty()).cloned()
            else {
                continue;
            };
            value.forget_literal();
            frame.locals.insert(name.clone(), value);
        }
    }
}

/// The names of the module that one assignment of its own binds, or one class, and nothing else.
fn constants(program: &srcify_syntax::Program, accesses: &[Access]) -> BTreeSet<String> {
    let text = &program.source.text;
    if ["globals(", "exec(", "setattr(", "sys.modules"]
        .iter()
        .any(|it| text.contains(it))
    {
        return BTreeSet::new();
    }
    let mut once = BTreeSet::new();
    let mut twice = BTreeSet::new();
    for (unit, access) in program.units().iter().zip(accesses) {
        let is_plain = matches!(
            program.statement(unit.id),
            Stmt::Assign(_) | Stmt::AnnAssign(_) | Stmt::ClassDef(_)
        );
        twice.extend(access.globals.iter().cloned());
        for (name, _, occurrence) in &access.occurrences {
            if *occurrence == Occurrence::Load || !access.may.contains(name) {
                continue;
            }
            if !is_plain || !once.insert(name.clone()) {
                twice.insert(name.clone());
            }
        }
        twice.extend(access.deletes.iter().cloned());
    }
    once.retain(|it| !twice.contains(it));
    once
}

/// Classes of the language of which none is another's heir, but for numbers.
const KINDS: [&str; 11] = [
    "str",
    "bytes",
    "int",
    "float",
    "bool",
    "complex",
    "list",
    "tuple",
    "dict",
    "set",
    "frozenset",
];

/// What is asked for that files, containers, tables and models have, and texts do not.
const ELSEWHERE: [&str; 22] = [
    "append",
    "close",
    "columns",
    "copy",
    "dtype",
    "fit",
    "get",
    "iloc",
    "items",
    "keys",
    "loc",
    "predict",
    "read",
    "readline",
    "seek",
    "shape",
    "tolist",
    "transform",
    "update",
    "values",
    "write",
    "writelines",
];

/// A value that the program writes down.
pub(super) enum Constant {
    Nothing,
    Function,
    Number(f64),
    Text(String),
}

impl Constant {
    fn is_true(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Function => true,
            Self::Number(it) => *it != 0.0,
            Self::Text(it) => !it.is_empty(),
        }
    }

    pub(super) fn compared(&self, operator: CmpOp, other: &Self) -> Option<bool> {
        let ordering = match (self, other) {
            (Self::Nothing, Self::Nothing) => return decided(operator, true),
            (Self::Function, Self::Function) => return None,
            (Self::Number(left), Self::Number(right)) => left.partial_cmp(right)?,
            (Self::Text(left), Self::Text(right)) => left.cmp(right),
            _ => return decided(operator, false),
        };
        // Whether numbers and texts are the same object Python does not say.
        match operator {
            CmpOp::Eq => Some(ordering.is_eq()),
            CmpOp::NotEq => Some(ordering.is_ne()),
            CmpOp::Lt => Some(ordering.is_lt()),
            CmpOp::LtE => Some(ordering.is_le()),
            CmpOp::Gt => Some(ordering.is_gt()),
            CmpOp::GtE => Some(ordering.is_ge()),
            _ => None,
        }
    }
}

/// What an operator says of values that are the same, or of different kinds.
fn decided(operator: CmpOp, is_same: bool) -> Option<bool> {
    match operator {
        CmpOp::Eq | CmpOp::Is => Some(is_same),
        CmpOp::NotEq | CmpOp::IsNot => Some(!is_same),
        _ => None,
    }
}

fn constant_of(value: &Value) -> Option<Constant> {
    let ty = value.ty.as_ref()?;
    if ty.name == "function" && value.callable.is_some() {
        return Some(Constant::Function);
    }
    let literal = value.literal.as_deref()?;
    match ty.name.as_str() {
        "None" => Some(Constant::Nothing),
        "bool" => Some(Constant::Number(f64::from(u8::from(literal == "True")))),
        "int" | "float" => number(literal),
        "str" => Some(Constant::Text(literal.to_owned())),
        _ => None,
    }
}

fn number(text: &str) -> Option<Constant> {
    let plain: String = text.chars().filter(|it| *it != '_').collect();
    plain.parse().ok().map(Constant::Number)
}

impl FunctionFacts {
    /// What it does, without what is known of its parameters and result.
    pub(crate) fn deeds(&self) -> Self {
        let mut deeds = Self::default();
        deeds.add_deeds(self);
        deeds
    }

    pub(crate) fn take_deeds(&mut self, deeds: Self) {
        self.effects = deeds.effects;
        self.reasons = deeds.reasons;
        self.mutates = deeds.mutates;
        self.may_mutate = deeds.may_mutate;
        self.mutates_inside = deeds.mutates_inside;
        self.consumes = deeds.consumes;
        self.changes = deeds.changes;
        self.writes = deeds.writes;
    }

    pub(crate) fn includes(&self, deeds: &Self) -> bool {
        deeds.effects.is_subset(self.effects)
            && deeds.mutates.is_subset(&self.mutates)
            && deeds.may_mutate.is_subset(&self.may_mutate)
            && deeds.mutates_inside.is_subset(&self.mutates_inside)
            && deeds.consumes.is_subset(&self.consumes)
            && deeds.changes.is_subset(&self.changes)
            && deeds.writes.is_subset(&self.writes)
    }
}
