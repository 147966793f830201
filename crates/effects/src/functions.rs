//! The user's functions on abstract values.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashSet;
use srcify_syntax::ast;
use srcify_syntax::{Ranged, TextRange};

use crate::analyze::{Analyzer, Body, Frame, MAX_CALL_DEPTH};
use crate::calls::Passed;
use crate::calls::application::READING;
use crate::changes::facts_of;
use crate::passing::Passing;
use crate::recursion::Recursion;
use crate::unpacking::unpacked;
use crate::value::{Changes, Happened, Later, Objects, Value};
use crate::{Effect, Type};

impl<'a> Analyzer<'a> {
    /// Runs a function of the user on arguments, in the scope it was defined in.
    pub(crate) fn invoke(
        &mut self,
        index: usize,
        receiver: Option<Value>,
        arguments: &[Passed],
        range: TextRange,
    ) -> Value {
        self.last_stores.clear();
        let is_guess = std::mem::take(&mut self.apparent.is_guess);
        let is_recursive = self.frames.iter().any(|frame| frame.closure == index);
        if is_recursive {
            return self.meet_again(index, receiver, arguments);
        }
        if self.frames.len() >= MAX_CALL_DEPTH || self.budget == 0 {
            return self.too_deep(index, receiver, arguments, range);
        }
        let size = body_size(self.closures[index].body);
        self.pay_for(size, receiver.as_ref(), arguments);
        let first_object = self.next_object;
        let mut frame = self.frame(index, receiver, arguments);
        frame.first_object = first_object;
        if self.guessed_from.is_none() {
            self.note_parameters(&frame, is_guess);
        }
        let before = self.record.effects;
        // What a generator does it does when it is iterated. What is converted does not rest on that.
        let waits = self.closures[index].is_generator || self.is_never_awaited(index, range);
        let heard_from = self.heard_from;
        if waits {
            self.heard_from = self.frames.len();
            self.record.effects = Happened::default();
        }
        let names = self.closures[index]
            .is_generator
            .then(|| self.names_so_far());
        let mut value = self.follow(index, &frame);
        for _ in 0..MAX_ROUNDS {
            let Some(known) = self.recursions.remove(&index).filter(|it| it.is_met) else {
                break;
            };
            let is_stable = known.returned.as_ref().is_some_and(|it| it.ty == value.ty);
            if is_stable && known.is_complete {
                break;
            }
            let again = Recursion {
                is_met: false,
                is_complete: true,
                returned: Some(value.clone()),
            };
            self.recursions.insert(index, again);
            Self::forget_constants(&mut frame);
            value = self.follow(index, &frame);
        }
        self.recursions.remove(&index);
        self.heard_from = heard_from;
        if let Some(before) = names {
            value.later = value.later.and(&self.names_since(before));
        }
        let mut value = self.finish_call(index, value, is_guess);
        if waits && !self.closures[index].is_generator {
            // What it would give back nobody sees.
            value = self.fresh(Some(Type::new("Generator")));
        }
        if waits && self.is_presuming {
            self.record.effects = before;
        } else {
            self.record.effects.extend(before);
        }
        value
    }

    /// Takes from the budget what it costs to carry arguments through so many statements.
    pub(crate) fn pay_for(
        &mut self,
        statements: u32,
        receiver: Option<&Value>,
        arguments: &[Passed],
    ) {
        let given = receiver
            .into_iter()
            .chain(arguments.iter().map(|it| &it.value));
        let objects = given.map(|it| it.objects().count()).sum();
        let cost = statements.saturating_add(weight(objects));
        self.budget = self.budget.saturating_sub(cost);
    }

    /// Runs the body in a frame; what it returns.
    fn follow(&mut self, index: usize, frame: &Frame) -> Value {
        self.frames.push(frame.clone());
        for context in self.closures[index].contexts.clone() {
            self.enter(&context, TextRange::default());
        }
        let result = match self.closures[index].body {
            Body::Statements(statements) => {
                self.block(statements);
                None
            }
            Body::Expression(expression) => Some(self.evaluate(expression)),
        };
        let Some(frame) = self.leave() else {
            return Value::default();
        };
        if self.guessed_from.is_none() {
            self.note_locals(index, &frame);
        }
        if self.closures[index].is_generator {
            return self.generator_of(frame);
        }
        let ends = match self.closures[index].body {
            Body::Statements(statements) => !ends_early(statements),
            Body::Expression(_) => false,
        };
        let value = match (result, frame.returned) {
            (Some(value), _) => value,
            (None, Some(value)) if ends => value.join(&Value::of_type("None")),
            (None, Some(value)) => value,
            (None, None) if ends => Value::of_type("None"),
            (None, None) => Value::never(),
        };
        self.but_for_asleep(value, frame.asleep)
    }

    /// The names of the module that the statement read and bound by calls.
    pub(crate) fn names_so_far(&self) -> [BTreeSet<String>; 2] {
        [&self.record.global_reads, &self.record.global_writes].map(Clone::clone)
    }

    /// What of them a generator's body reads and binds, which it does when it is iterated.
    pub(crate) fn names_since(&self, [reads, writes]: [BTreeSet<String>; 2]) -> Later {
        let new = |now: &BTreeSet<String>, before: &BTreeSet<String>| {
            now.difference(before).cloned().collect()
        };
        Later::of(Changes {
            reads: new(&self.record.global_reads, &reads),
            writes: new(&self.record.global_writes, &writes),
            ..Changes::default()
        })
    }

    fn finish_call(&mut self, index: usize, mut value: Value, is_guess: bool) -> Value {
        let closure = &self.closures[index];
        let (name, returns) = (closure.name.clone(), closure.returns);
        if closure.is_generator {
            value.lazy.extend(self.record.effects);
        }
        if value.is_never {
            value = Value::default();
        }
        if value.ty.is_none()
            && value.called().is_none()
            && let Some(returns) = returns
        {
            value.ty = self.annotation(returns);
        }
        if value.is_vague() && value.hint.is_none() {
            value.hint = self.wanted_back(index);
        }
        if self.guessed_from.is_some() {
            return value;
        }
        if !self.is_presuming {
            let hint = value.apparent();
            let known = self.given_back.get(&index);
            let joined = known.map_or(hint.clone(), |it| Type::join(it.as_ref(), hint.as_ref()));
            self.given_back.insert(index, joined);
        }
        let facts = self.functions.entry(name).or_default();
        let (returns, hint) = (value.ty.as_ref().map(Type::certain), value.apparent());
        let is_first = facts.is_guessed && !is_guess;
        if is_first && hint.is_some() {
            facts.returns = Type::join(facts.returns.as_ref(), returns.as_ref());
            facts.returns_hint = hint;
        } else if facts.is_called {
            facts.returns = Type::join(facts.returns.as_ref(), returns.as_ref());
            facts.returns_hint = Type::join(facts.returns_hint.as_ref(), hint.as_ref());
        } else {
            facts.returns = returns;
            facts.returns_hint = hint;
        }
        facts.is_guessed = is_guess || (facts.is_guessed && !is_first);
        facts.is_called = true;
        value
    }

    /// Calls that are nested too deep, or too many, may do anything.
    fn too_deep(
        &mut self,
        index: usize,
        receiver: Option<Value>,
        arguments: &[Passed],
        range: TextRange,
    ) -> Value {
        self.has_unknown_arguments = false;
        let name = self.closures[index].name.clone();
        let class = self.closures[index].class.clone();
        self.miss_stores(class.as_deref());
        self.add_effect(Effect::Unknown, range, &format!("{name}, called too deep"));
        let values: Vec<&Value> = arguments.iter().map(|argument| &argument.value).collect();
        let outer = std::mem::replace(&mut self.is_cause_unknown, true);
        for value in receiver.iter().chain(values.iter().copied()) {
            self.mutate_deeply(value);
        }
        self.is_cause_unknown = outer;
        Value {
            own: values.into_iter().flat_map(Value::reach).collect(),
            ..Value::default()
        }
    }

    /// Runs a function on arguments that are not known.
    pub(crate) fn invoke_unknown(&mut self, index: usize, receiver: Option<Value>) {
        self.has_unknown_arguments = true;
        self.invoke(index, receiver, &[], TextRange::default());
    }

    /// The variables of a call: parameters bound to arguments, defaults and annotations.
    pub(crate) fn frame(
        &mut self,
        index: usize,
        receiver: Option<Value>,
        arguments: &[Passed],
    ) -> Frame {
        let apparent = self.apparent_parameters(index);
        let is_handed = std::mem::take(&mut self.is_handed);
        let mut frame = self.plain_frame(index, receiver, arguments);
        if is_handed {
            Self::forget_constants(&mut frame);
        }
        for (name, ty) in apparent.iter() {
            let vague = frame.locals.get(name).filter(|it| it.is_vague());
            if let Some(mut value) = vague.filter(|it| it.hint.is_none()).cloned() {
                // One element of a column that is computed with is a number; what else is compared may be many.
                let hint = match (value.is("scalar"), ty.name.as_str()) {
                    (true, "|") => Type::new("number"),
                    (false, "number") => continue,
                    _ => ty.clone(),
                };
                value.hint = Some(hint);
                frame.locals.insert(name.clone(), value);
            }
        }
        frame
    }

    #[expect(
        clippy::too_many_lines,
        reason = "positional, named and gathered parameters share what was passed"
    )]
    fn plain_frame(
        &mut self,
        index: usize,
        receiver: Option<Value>,
        arguments: &[Passed],
    ) -> Frame {
        let closure = &self.closures[index];
        let mut frame = Frame {
            id: self.next_frame,
            closure: index,
            locals: closure.captured.clone(),
            names: Rc::clone(&closure.names),
            enclosing: closure.enclosing,
            returned: None,
            asleep: None,
            yielded: None,
            function: closure.name.clone(),
            parameters: Vec::new(),
            given: BTreeMap::new(),
            first_object: self.next_object,
            changed: Objects::new(),
            dormant: Objects::new(),
            is_kept: false,
            reads: FxHashSet::default(),
        };
        self.next_frame += 1;
        let Some(parameters) = closure.parameters else {
            return frame;
        };
        let defaults = closure.defaults.clone();
        let arguments = &unpacked(arguments, parameters);
        let presumed = std::mem::take(&mut self.presumed);
        let is_complete = !std::mem::take(&mut self.has_unknown_arguments)
            && !arguments.iter().any(|argument| argument.is_unpacked);
        let passing = Passing {
            arguments,
            defaults: &defaults,
            presumed: &presumed,
            is_complete,
        };
        let mut positional = receiver.into_iter().chain(
            arguments
                .iter()
                .filter(|it| !it.is_keyword)
                .map(|it| it.value.clone()),
        );
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            let passed = positional.next();
            self.take_argument(&mut frame, parameter, passed, &passing);
        }
        let rest: Vec<Value> = positional.collect();
        for parameter in &parameters.kwonlyargs {
            self.take_argument(&mut frame, parameter, None, &passing);
        }
        for (parameter, ty) in [(&parameters.vararg, "tuple"), (&parameters.kwarg, "dict")] {
            if let Some(parameter) = parameter {
                let passed: Vec<Value> = if ty == "tuple" {
                    rest.clone()
                } else {
                    let named = arguments.iter().filter(|it| it.is_keyword);
                    named.map(|it| it.value.clone()).collect()
                };
                let mut value = self.gathered(ty, passed, is_complete);
                self.write_gathered(&mut value, &passing, parameters);
                // The tuple or dictionary itself is made for the call.
                let (name, held) = (parameter.name.to_string(), value.holds.union(&value.deep));
                frame.parameters.push((name.clone(), held));
                frame.locals.insert(name, value);
            }
        }
        frame
    }

    /// Whether whoever calls a function that nothing calls will hardly pass a parameter: the mode of a file fits the rest.
    pub(crate) fn keeps_default(&self, name: &str) -> bool {
        self.is_presuming && name == "mode"
    }

    /// `*args` or `**options`.
    fn gathered(&mut self, kind: &str, passed: Vec<Value>, is_complete: bool) -> Value {
        let types: Option<Vec<Type>> = passed.iter().map(|it| it.ty.clone()).collect();
        let ty = match types {
            Some(types) if kind == "tuple" && is_complete && !types.is_empty() => {
                Type::generic(kind, types)
            }
            Some(types) if kind == "dict" && is_complete && !types.is_empty() => {
                let mut types = types.into_iter();
                let first = types.next();
                let value = types.fold(first, |joined, ty| Type::join(joined.as_ref(), Some(&ty)));
                let pair = value.map(|value| vec![Type::new("str"), value]);
                Type::generic(kind, pair.unwrap_or_default())
            }
            _ => Type::new(kind),
        };
        let mut value = self.unknown_of(Some(ty));
        for it in &passed {
            value.absorb(it);
        }
        if kind == "tuple" && is_complete {
            value.parts = passed;
        }
        value
    }

    pub(crate) fn parameter(
        &mut self,
        parameter: &'a ast::ParameterWithDefault,
        passed: Option<Value>,
        presumed: Option<&Type>,
    ) -> Value {
        let annotation = parameter.parameter.annotation.as_deref();
        let Some(mut value) = passed else {
            let annotated = annotation.and_then(|it| self.annotation(it));
            let ty = annotated.or_else(|| presumed.cloned());
            let ty = ty.map(|it| self.with_heirs(it));
            return match &ty {
                Some(ty) if self.classes.contains_key(ty.name.as_str()) => {
                    self.instance_of(&ty.name.clone())
                }
                Some(ty) if self.is_own_union(ty) => {
                    let mut value = self.unknown_of(Some(ty.clone()));
                    for member in ty.members() {
                        self.hold_attributes(&member.name, &mut value);
                    }
                    value
                }
                Some(ty) if ty.name == "io.TextIOWrapper" && !ty.arguments.is_empty() => {
                    let mut file = self.unknown_of(Some(Type::new(&ty.name)));
                    file.literal = Some(READING.into());
                    file
                }
                _ => self.unknown_of(ty),
            };
        };
        if value.ty.is_none() && value.called().is_none() {
            value.ty = annotation.and_then(|it| self.annotation(it));
        }
        value
    }

    /// A value about which only its type is known: what it contains is one object more.
    pub(crate) fn unknown_of(&mut self, ty: Option<Type>) -> Value {
        let mut value = self.fresh(ty);
        if !value.is_immutable() {
            value.holds.insert(self.next_object);
            self.next_object += 1;
        }
        value
    }

    /// Notes what a function is given. What a call in the program gives takes the place of a guess.
    pub(crate) fn note_parameters(&mut self, frame: &Frame, is_guess: bool) {
        let facts = facts_of(&mut self.functions, &frame.function);
        let is_first = facts.is_guessed && !is_guess;
        for (name, _) in &frame.parameters {
            let value = frame.locals.get(name);
            let ty = value.and_then(|value| value.ty.as_ref().map(Type::certain));
            let hint = value.and_then(Value::apparent);
            let hint_is_new = is_first && hint.is_some();
            if let Some(hint) = &hint {
                let known = facts.told.entry(name.clone());
                known
                    .and_modify(|it| *it = Type::join(it.as_ref(), Some(hint)))
                    .or_insert_with(|| Some(hint.clone()));
            }
            for (table, ty, is_new) in [
                (&mut facts.parameters, ty, false),
                (&mut facts.hints, hint, hint_is_new),
            ] {
                let known = if facts.is_called && !is_new {
                    Type::join(table.get(name), ty.as_ref())
                } else {
                    ty
                };
                match known {
                    Some(ty) => table.insert(name.clone(), ty),
                    None => table.remove(name),
                };
            }
        }
    }
}

pub(crate) fn keyword(arguments: &[Passed], name: &str) -> Option<Value> {
    let found = arguments
        .iter()
        .find(|argument| argument.is_keyword && argument.name.as_deref() == Some(name));
    found.map(|argument| argument.value.clone())
}

/// The argument of a parameter: the one passed, else the default; `None` when nothing is known.
pub(crate) fn given(
    passed: Option<Value>,
    default: Option<&Value>,
    is_complete: bool,
) -> Option<Value> {
    if passed.is_some() {
        return passed;
    }
    let mut value = default?.clone();
    value.written = None;
    if is_complete {
        return Some(value);
    }
    value.forget_literal();
    (!value.is("None")).then_some(value)
}

/// Whether control never comes to the end of these statements.
fn ends_early(statements: &[ast::Stmt]) -> bool {
    match statements.last() {
        Some(ast::Stmt::Return(_) | ast::Stmt::Raise(_)) => true,
        Some(ast::Stmt::If(branch)) => {
            let clauses = &branch.elif_else_clauses;
            ends_early(&branch.body)
                && clauses.iter().all(|clause| ends_early(&clause.body))
                && clauses.last().is_some_and(|clause| clause.test.is_none())
        }
        Some(ast::Stmt::With(with)) => ends_early(&with.body),
        Some(ast::Stmt::Try(attempt)) => {
            let body = if attempt.orelse.is_empty() {
                &attempt.body
            } else {
                &attempt.orelse
            };
            let is_caught = attempt.handlers.iter().all(|handler| {
                let ast::ExceptHandler::ExceptHandler(handler) = handler;
                ends_early(&handler.body)
            });
            (ends_early(body) && is_caught) || ends_early(&attempt.finalbody)
        }
        Some(ast::Stmt::While(each)) => {
            matches!(&*each.test, ast::Expr::BooleanLiteral(it) if it.value)
        }
        Some(ast::Stmt::Match(matching)) => {
            let has_default = matching
                .cases
                .last()
                .is_some_and(|case| case.guard.is_none() && case.pattern.is_irrefutable());
            has_default && matching.cases.iter().all(|case| ends_early(&case.body))
        }
        _ => false,
    }
}

/// How often a function that calls itself is followed again.
const MAX_ROUNDS: usize = 2;

/// What it costs to carry so many objects through a function, in statements: sets are copied and joined on the way.
fn weight(objects: usize) -> u32 {
    u32::try_from(objects / 4).unwrap_or(u32::MAX)
}

fn body_size(body: Body<'_>) -> u32 {
    match body {
        Body::Statements(statements) => {
            let lines: u32 = statements
                .iter()
                .map(|it| it.range().len().to_u32() / 40 + 1)
                .sum();
            lines.max(1)
        }
        Body::Expression(_) => 1,
    }
}
