//! Functions of the input that change what they are given: a copy at their beginning makes them pure, where nobody
//! looks at the old object any more.

mod inside;

use std::collections::BTreeSet;

use srcify_effects::{CallFacts, Callee, EffectGraph, FunctionFacts, Occurrence};
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, Span, TextRange, TextSize, UnitId};

use self::inside::Inside;
use crate::Folder;
use crate::cuts::{COPYABLE, GENERATORS};
use crate::definitions::{Definition, function_facts, is_generator};
use crate::steps::Step;
use crate::timeline::Live;

/// What decides whether functions can copy what they change.
pub(crate) struct Copying<'a> {
    pub program: &'a Program,
    pub graph: &'a EffectGraph,
    pub steps: &'a [Step],
    pub live: &'a Live,
}

/// Calls of one function, and the names that each binds anew to what it gave.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// The parameters that the function copies, in order.
    pub parameters: Vec<String>,
    /// By call: the names whose old objects it leaves alone from then on.
    pub released: Vec<(UnitId, BTreeSet<String>)>,
    /// Other functions that call it, and must copy what they hand on.
    pub callers: BTreeSet<String>,
}

/// Calls inside calls inside calls: nobody writes more by hand.
const DEEPEST: usize = 4;

impl Copying<'_> {
    /// What a function has to copy to be pure; `None` where it is pure already, or where that would not be the same.
    pub(crate) fn of(&self, definition: &Definition) -> Option<Copies> {
        self.of_called(definition, DEEPEST)
    }

    fn of_called(&self, definition: &Definition, depth: usize) -> Option<Copies> {
        let Stmt::FunctionDef(function) = self.program.statement(definition.unit) else {
            return None;
        };
        let facts = function_facts(
            self.graph,
            self.program.statement(definition.unit),
            &definition.name,
        );
        let parameters = Self::changed_parameters(function, &facts)?;
        let effects = facts
            .effects
            .union(self.steps[definition.unit.index()].effects);
        let is_plain = function.decorator_list.is_empty() && !is_generator(function);
        let is_known = effects.is_pure()
            && facts.is_called
            && !facts.is_value
            && facts.may_mutate.is_empty()
            && facts.changes.iter().all(|it| self.is_generator(it))
            && facts.writes.is_empty();
        if !is_plain || !is_known || !begins_on_a_line(self.program, function) {
            return None;
        }
        let mut released = Vec::new();
        let mut callers = BTreeSet::new();
        for (unit, range) in self.loads(&definition.name) {
            if let Stmt::FunctionDef(caller) = self.program.statement(unit) {
                let changed = (function, &parameters[..]);
                callers.insert(self.handed_by((unit, caller), range, changed, depth)?);
                continue;
            }
            released.push((
                unit,
                self.released((unit, range), function, &facts, &parameters)?,
            ));
        }
        released.dedup_by_key(|(unit, _)| *unit);
        Some(Copies {
            parameters,
            released,
            callers,
        })
    }

    /// The name of a function that calls another one, where it hands on what it copies itself.
    fn handed_by(
        &self,
        (unit, caller): (UnitId, &ast::StmtFunctionDef),
        range: TextRange,
        (function, parameters): (&ast::StmtFunctionDef, &[String]),
        depth: usize,
    ) -> Option<String> {
        let [parameter] = parameters else {
            return None;
        };
        if depth == 0 || caller.name == function.name {
            return None;
        }
        let inside = Inside {
            program: self.program,
            graph: self.graph,
            function,
            parameter,
        };
        let handed = inside.handed(caller)?;
        let definition = Definition::new(unit, &caller.name, Folder::Domain);
        let copies = self.of_called(&definition, depth - 1)?;
        let is_copied = |name: &str| copies.parameters.iter().any(|it| it == name);
        let is_sound = handed.iter().any(|(_, place)| *place == range)
            && handed.iter().all(|(name, _)| is_copied(name));
        is_sound.then_some(definition.name)
    }

    /// The parameters whose objects the function changes: tables and arrays; `None` when there are none, or others.
    fn changed_parameters(
        function: &ast::StmtFunctionDef,
        facts: &FunctionFacts,
    ) -> Option<Vec<String>> {
        let type_of = |name: &str| facts.parameters.get(name).map(|ty| ty.name.as_str());
        let is_generator = |name: &str| type_of(name).is_some_and(|ty| GENERATORS.contains(&ty));
        let changed: Vec<&String> = facts
            .mutates
            .iter()
            .filter(|name| !is_generator(name))
            .collect();
        let plain = function
            .parameters
            .posonlyargs
            .iter()
            .chain(&function.parameters.args);
        let plain: Vec<&str> = plain.map(|it| it.parameter.name.as_str()).collect();
        let is_copyable = |name: &&String| {
            plain.contains(&name.as_str()) && type_of(name).is_some_and(|ty| COPYABLE.contains(&ty))
        };
        if changed.is_empty() || !changed.iter().all(is_copyable) {
            return None;
        }
        let in_order = plain.into_iter().map(str::to_owned);
        Some(in_order.filter(|it| changed.contains(&it)).collect())
    }

    /// Where the name of a function is read.
    fn loads(&self, name: &str) -> Vec<(UnitId, TextRange)> {
        let mut loads = Vec::new();
        for (unit, facts) in (0..).map(UnitId).zip(&self.graph.units) {
            for (known, range, occurrence) in &facts.access.occurrences {
                if known == name && *occurrence == Occurrence::Load {
                    loads.push((unit, *range));
                }
            }
        }
        loads
    }

    /// The names that a call binds anew, when nobody else sees what it was given: `table = clean(table)`.
    fn released(
        &self,
        (unit, range): (UnitId, TextRange),
        function: &ast::StmtFunctionDef,
        facts: &FunctionFacts,
        parameters: &[String],
    ) -> Option<BTreeSet<String>> {
        let step = &self.steps[unit.index()];
        let statement = self.program.statement(unit);
        let is_compound = !statement.is_assign_stmt();
        let calls = if is_compound {
            calls_inside(statement, function, parameters)?
        } else {
            calls_of(statement, &function.name)?
        };
        if !calls.iter().any(|call| call.func.range() == range) {
            return None;
        }
        let is_own = |place: TextRange| calls.iter().any(|call| call.range() == place);
        let mut others = self
            .graph
            .calls_in(self.program.units()[unit.index()].range);
        let does_more = others.any(|call| !is_own(call.range) && !self.only_computes(call));
        if does_more || !step.effects.is_pure() || step.writes_globals {
            return None;
        }
        let mut given: Vec<(&str, Span)> = Vec::new();
        for call in &calls {
            for parameter in parameters {
                let argument = argument_of(call, function, parameter)?;
                if let Expr::Name(name) = argument {
                    given.push((&name.id, name.range().into()));
                }
            }
        }
        let names: BTreeSet<&str> = given.iter().map(|(name, _)| *name).collect();
        // Where calls stand in a loop or a branch, what they change is bound again each time, or not changed at all.
        let is_alone = if is_compound {
            names.len() == 1
        } else {
            names.len() == given.len() && (given.len() < 2 || step.shares.is_empty())
        };
        let is_bound = |name: &&str| is_compound || step.must.contains(*name);
        if !is_alone || !names.iter().all(is_bound) {
            return None;
        }
        let is_given = |range: TextRange| given.iter().any(|(_, it)| *it == Span::from(range));
        let is_inside = |place: TextRange| calls.iter().any(|it| it.range().contains_range(place));
        let is_between =
            |name: &str, place: TextRange| is_compound && names.contains(name) && !is_inside(place);
        let is_own = |name: &str, place: TextRange| is_given(place) || is_between(name, place);
        if self.is_seen_beside(unit, facts, &names, &is_own) {
            return None;
        }
        Some(names.into_iter().map(str::to_owned).collect())
    }

    /// Whether somebody but the function sees what it changes: another argument, a variable of the module, a loop's list, or
    /// code that runs later.
    fn is_seen_beside(
        &self,
        unit: UnitId,
        facts: &FunctionFacts,
        names: &BTreeSet<&str>,
        is_own: &dyn Fn(&str, TextRange) -> bool,
    ) -> bool {
        let step = &self.steps[unit.index()];
        let occurrences = &self.graph.units[unit.index()].access.occurrences;
        let is_changed = |name: &str| step.mutates.contains_key(name) && !self.is_generator(name);
        let is_seen_twice = occurrences.iter().any(|(name, range, occurrence)| {
            *occurrence == Occurrence::Load && is_changed(name) && !is_own(name, *range)
        });
        let mut lists = iterated(self.program.statement(unit)).into_iter();
        let is_read = |name: &String| {
            let is_live = || self.live.is_read_from(unit.index() + 1, name);
            facts.reads.contains(name)
                || !names.contains(name.as_str()) && (is_live() || self.is_kept(name))
        };
        let mut changed = step.mutates.keys().filter(|it| !self.is_generator(it));
        is_seen_twice || lists.any(|it| step.mutates.contains_key(it)) || changed.any(is_read)
    }

    /// Whether a variable holds a generator: functions draw from the one that they are given, and a draw changes it.
    fn is_generator(&self, name: &str) -> bool {
        let types = || {
            let steps = self.steps.iter();
            steps.filter_map(|step| step.types.get(name))
        };
        types().next().is_some() && types().all(|it| GENERATORS.contains(&it.name.as_str()))
    }

    /// Whether a call changes nothing, and keeps nothing of what it is given.
    fn only_computes(&self, call: &CallFacts) -> bool {
        let is_known = match &call.callee {
            Callee::Library(_) => true,
            Callee::User(name) => self.graph.functions.get(name).is_some_and(|it| {
                it.mutates.is_empty()
                    && it.may_mutate.is_empty()
                    && it.changes.is_empty()
                    && it.writes.is_empty()
            }),
            Callee::Unknown => false,
        };
        is_known && call.effects.is_pure() && !call.mutates_other
    }

    /// Whether code that runs later may look at what a name holds.
    fn is_kept(&self, name: &str) -> bool {
        self.steps
            .iter()
            .any(|step| step.keeps_code && step.captures.contains(name))
    }
}

/// The calls of a function that a statement consists of: `a = f(…)`, `a, b = f(…), f(…)`.
fn calls_of<'a>(statement: &'a Stmt, function: &str) -> Option<Vec<&'a ast::ExprCall>> {
    let Stmt::Assign(assignment) = statement else {
        return None;
    };
    let [target] = &assignment.targets[..] else {
        return None;
    };
    let is_name = |target: &Expr| target.is_name_expr();
    let are_names = match target {
        Expr::Tuple(tuple) => tuple.elts.iter().all(is_name),
        _ => is_name(target),
    };
    let as_call = |value: &'a Expr| {
        let call = value.as_call_expr()?;
        let is_it = call.func.as_name_expr()?.id.as_str() == function;
        is_it.then_some(call)
    };
    let calls: Vec<&ast::ExprCall> = match &*assignment.value {
        Expr::Tuple(tuple) => tuple.elts.iter().map(as_call).collect::<Option<_>>()?,
        value => vec![as_call(value)?],
    };
    are_names.then_some(calls)
}

/// The calls of a function in loops and branches that do nothing else than `table = f(table, …)`; `None` where they do more.
fn calls_inside<'a>(
    statement: &'a Stmt,
    function: &ast::StmtFunctionDef,
    parameters: &[String],
) -> Option<Vec<&'a ast::ExprCall>> {
    let found = calls_within(statement, &|statement| {
        let [call] = calls_of(statement, &function.name)?[..] else {
            return None;
        };
        let [target] = &statement.as_assign_stmt()?.targets[..] else {
            return None;
        };
        Some((Some(target.as_name_expr()?.id.as_str()), call))
    })?;
    let [parameter] = parameters else {
        return None;
    };
    let is_bound_again = |(target, call): &(Option<&str>, &ast::ExprCall)| {
        let given = argument_of(call, function, parameter).and_then(Expr::as_name_expr);
        given.is_some_and(|it| Some(it.id.as_str()) == *target)
    };
    let is_all = found.iter().all(is_bound_again);
    is_all.then(|| found.into_iter().map(|(_, call)| call).collect())
}

/// The calls that `as_call` knows in a statement, with the names that take what they give: the statement itself, or loops
/// and branches of nothing else, over what no such call changes. `None` for other statements.
pub(crate) fn calls_within<'a>(
    statement: &'a Stmt,
    as_call: &dyn Fn(&'a Stmt) -> Option<(Option<&'a str>, &'a ast::ExprCall)>,
) -> Option<Vec<(Option<&'a str>, &'a ast::ExprCall)>> {
    let of_body = |body: &'a [Stmt]| {
        let found: Option<Vec<_>> = body.iter().map(|it| calls_within(it, as_call)).collect();
        Some(found?.concat())
    };
    match statement {
        Stmt::For(it) => {
            let is_plain = !it.is_async && it.orelse.is_empty() && it.target.is_name_expr();
            if !is_plain || !is_independent(&it.iter) {
                return None;
            }
            let found = of_body(&it.body)?;
            let each = it.target.as_name_expr()?.id.as_str();
            let takes_each = found.iter().any(|(target, _)| *target == Some(each));
            (!takes_each).then_some(found)
        }
        Stmt::If(it) => {
            let mut found = of_body(&it.body)?;
            for clause in &it.elif_else_clauses {
                found.extend(of_body(&clause.body)?);
            }
            Some(found)
        }
        Stmt::Pass(_) => Some(Vec::new()),
        other => as_call(other).map(|call| vec![call]),
    }
}

/// The variables that the loops of a statement go through.
fn iterated(statement: &Stmt) -> Vec<&str> {
    struct Iterated<'a>(Vec<&'a str>);
    impl<'a> Visitor<'a> for Iterated<'a> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            if let Stmt::For(it) = statement
                && let Expr::Name(name) = &*it.iter
            {
                self.0.push(name.id.as_str());
            }
            walk_stmt(self, statement);
        }
    }
    let mut found = Iterated(Vec::new());
    found.visit_stmt(statement);
    found.0
}

/// Whether what a loop goes through is no table that the loop may change, nor a part of one: names of columns are.
fn is_independent(iterated: &Expr) -> bool {
    match iterated {
        Expr::Name(_) => true,
        Expr::List(it) => it.elts.iter().all(Expr::is_string_literal_expr),
        Expr::Tuple(it) => it.elts.iter().all(Expr::is_string_literal_expr),
        Expr::Attribute(it) => it.attr.as_str() == "columns" && it.value.is_name_expr(),
        _ => false,
    }
}

/// The argument that a call gives for a parameter.
pub(crate) fn argument_of<'a>(
    call: &'a ast::ExprCall,
    function: &ast::StmtFunctionDef,
    parameter: &str,
) -> Option<&'a Expr> {
    let arguments = &call.arguments;
    let is_spread = arguments.args.iter().any(Expr::is_starred_expr)
        || arguments.keywords.iter().any(|it| it.arg.is_none());
    if is_spread {
        return None;
    }
    let named = arguments.keywords.iter().find(|it| {
        it.arg
            .as_ref()
            .is_some_and(|name| name.as_str() == parameter)
    });
    let mut plain = function
        .parameters
        .posonlyargs
        .iter()
        .chain(&function.parameters.args);
    let at = plain.position(|it| it.parameter.name.as_str() == parameter)?;
    named.map(|it| &it.value).or_else(|| arguments.args.get(at))
}

/// The first statement of a function that is not its docstring, and where what stands before it ends.
pub(crate) fn first_statement(function: &ast::StmtFunctionDef) -> Option<(TextSize, &Stmt)> {
    let is_text =
        |statement: &Stmt| matches!(statement, Stmt::Expr(it) if it.value.is_string_literal_expr());
    let mut body = function.body.iter();
    let first = body.next()?;
    if is_text(first) {
        Some((first.end(), body.next()?))
    } else {
        Some((header_end(function), first))
    }
}

/// The end of the parameters and the annotation of a function.
pub(crate) fn header_end(function: &ast::StmtFunctionDef) -> TextSize {
    let returns = function.returns.as_ref().map(|it| it.end());
    returns.unwrap_or(function.parameters.end())
}

/// Whether the first statement stands on a line of its own, with nothing but blanks before it.
fn begins_on_a_line(program: &Program, function: &ast::StmtFunctionDef) -> bool {
    first_statement(function).is_some_and(|(_, first)| blanks_before(program, first).is_some())
}

/// Where a line may be put before a statement: before the comments that belong to it, which come after `from`.
pub(crate) fn place_before(program: &Program, from: TextSize, statement: &Stmt) -> TextSize {
    let between = program.text(TextRange::new(from, statement.start()));
    let comment = between.find('\n').and_then(|line| {
        let rest = &between[line + 1..];
        let at = rest.find(|c: char| !c.is_whitespace())?;
        let blanks = rest[..at].rsplit('\n').next()?;
        let is_aligned = blanks_before(program, statement) == Some(blanks);
        (is_aligned && rest[at..].starts_with('#')).then_some(line + 1 + at)
    });
    let offset = comment.and_then(|at| TextSize::try_from(at).ok());
    offset.map_or(statement.start(), |offset| from + offset)
}

/// The blanks before a statement, when nothing else stands before it on its line.
pub(crate) fn blanks_before<'a>(program: &'a Program, statement: &Stmt) -> Option<&'a str> {
    let start = usize::from(statement.start());
    let line = program.source.text[..start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let before = &program.source.text[line..start];
    (!before.is_empty() && before.trim().is_empty()).then_some(before)
}
