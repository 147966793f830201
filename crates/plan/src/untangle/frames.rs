//! Loops that do the same to several tables: a function of what they do, called for each table.
//!
//! `for table in [train, test]: table["x"] = …` becomes `def add_x(table): …`, `train = add_x(train)` and
//! `test = add_x(test)`. That is the same program where nobody needs the names that the loop binds, and where the function
//! may copy what it is given (`copies.rs`): then it is pure, and the list that the tables were taken from is of no use.

use std::collections::BTreeSet;

use srcify_effects::{EffectGraph, Occurrence, UnitFacts};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{Expr, Number, Stmt, StmtFor};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId};

use super::{Analysis, NewNames, edited};
use crate::Folder;
use crate::copies::{Copying, blanks_before};
use crate::definitions::Definition;
use crate::edits::Edit;
use crate::names::{Names, mentioned_names};
use crate::naming::ColumnsSet;
use crate::steps::steps_of;
use crate::timeline::{Bound, Live, reads};

/// A loop over tables.
struct Loop<'a> {
    unit: UnitId,
    each: &'a StmtFor,
    variable: &'a str,
    tables: Vec<&'a str>,
    /// The variable that holds the list of tables, where it has one.
    list: Option<&'a str>,
}

/// The program with functions in place of loops, and the names that it does not bind any more.
pub(crate) struct Taken {
    pub program: Program,
    pub graph: EffectGraph,
    pub left: BTreeSet<String>,
}

/// More loops than these nobody writes by hand.
const MOST: usize = 40;
/// Each attempt takes back what the one before got wrong.
const ATTEMPTS: usize = 3;

/// The program with functions for what loops do to several tables, where that is provably the same.
pub(crate) fn call_for_each(program: Program, graph: EffectGraph, analyze: Analysis<'_>) -> Taken {
    let mut refused: BTreeSet<UnitId> = BTreeSet::new();
    for _ in 0..ATTEMPTS {
        let seen = Seen {
            program: &program,
            graph: &graph,
        };
        let loops = seen.loops(&refused);
        if loops.is_empty() {
            break;
        }
        let (edits, functions) = seen.edits(&loops);
        let left = seen.left(&loops);
        let Some((new, facts)) = edited(&program, edits, analyze) else {
            break;
        };
        let impure: BTreeSet<UnitId> = functions
            .iter()
            .filter(|(_, function)| !is_made_pure(&new, &facts, function))
            .map(|(unit, _)| *unit)
            .collect();
        if impure.is_empty() {
            return Taken {
                program: new,
                graph: facts,
                left,
            };
        }
        refused.extend(impure);
    }
    Taken {
        program,
        graph,
        left: BTreeSet::new(),
    }
}

/// The program with the statements of such loops written out for each table, where `is_wanted` says so of their statements;
/// `None` where it is of none.
pub(crate) fn write_out(
    program: &Program,
    graph: &EffectGraph,
    analyze: Analysis<'_>,
    is_wanted: &dyn Fn(&[Stmt]) -> bool,
) -> Option<(Program, EffectGraph)> {
    let seen = Seen { program, graph };
    let mut loops = seen.loops(&BTreeSet::new());
    loops.retain(|it| is_wanted(&it.each.body));
    let edits: Vec<Edit> = loops.iter().filter_map(|it| seen.written_out(it)).collect();
    if edits.is_empty() {
        return None;
    }
    edited(program, edits, analyze)
}

/// Whether a copy of its table makes a function of the program pure.
pub(super) fn is_made_pure(program: &Program, graph: &EffectGraph, function: &str) -> bool {
    let names = Names::of(program, graph);
    let steps = steps_of(program, graph, &names, &BTreeSet::new());
    let unit = program.units().iter().find(|unit| {
        let definition = program.statement(unit.id).as_function_def_stmt();
        definition.is_some_and(|it| it.name.as_str() == function)
    });
    let copying = Copying {
        program,
        graph,
        steps: &steps,
        live: &reads(&steps),
    };
    let definition = unit.map(|it| Definition::new(it.id, function, Folder::Domain));
    definition.is_some_and(|it| copying.of(&it).is_some())
}

/// A program, before anything is changed.
struct Seen<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
}

impl<'a> Seen<'a> {
    /// The loops that can become functions, as far as names tell.
    fn loops(&self, refused: &BTreeSet<UnitId>) -> Vec<Loop<'a>> {
        let mut loops: Vec<Loop<'a>> = self
            .program
            .units()
            .iter()
            .filter(|unit| !refused.contains(&unit.id))
            .filter_map(|unit| self.as_loop(unit.id))
            .collect();
        if loops.is_empty() || loops.len() > MOST {
            return Vec::new();
        }
        let names = Names::of(self.program, self.graph);
        let steps = steps_of(self.program, self.graph, &names, &BTreeSet::new());
        let bound = Bound::of(&steps);
        let live = reads(&steps);
        let is_bound = |it: &Loop<'_>| {
            let mut tables = it.tables.iter();
            tables.all(|table| bound.is_bound_before(it.unit.index(), table))
        };
        loops.retain(is_bound);
        let mentioned: BTreeSet<String> = self
            .program
            .units()
            .iter()
            .flat_map(|unit| mentioned_names(self.program.statement(unit.id)))
            .collect();
        // A loop that stays needs the names of others.
        loop {
            let units: BTreeSet<UnitId> = loops.iter().map(|it| it.unit).collect();
            let count = loops.len();
            loops.retain(|it| self.is_alone(it, &units, &live, &mentioned));
            if loops.len() == count {
                return loops;
            }
        }
    }

    /// A loop over tables that does no more than compute.
    fn as_loop(&self, unit: UnitId) -> Option<Loop<'a>> {
        let each = self.program.statement(unit).as_for_stmt()?;
        let facts = &self.graph.units[unit.index()];
        let is_plain = facts.effects.is_pure()
            && facts.writes_by_call.is_empty()
            && facts.access.deletes.is_empty()
            && facts.access.globals.is_empty()
            && !facts.mutates.is_empty()
            && !each.is_async
            && each.orelse.is_empty()
            && each.body.iter().all(|it| may_move(it, false));
        if !is_plain {
            return None;
        }
        let variable = each.target.as_name_expr()?.id.as_str();
        let (tables, list) = match &*each.iter {
            Expr::Name(name) => (self.listed(name.id.as_str(), unit)?, Some(name.id.as_str())),
            display => (names_of(display)?, None),
        };
        let access = &facts.access;
        let is_local = |name: &str| access.may.contains(name);
        let stores = access.occurrences.iter().filter(|(name, range, kind)| {
            name == variable && *kind != Occurrence::Load && *range != each.target.range()
        });
        let is_sound = stores.count() == 0
            && !tables.iter().copied().chain(list).any(is_local)
            && !access.may.iter().any(|name| access.reads.contains(name));
        is_sound.then_some(Loop {
            unit,
            each,
            variable,
            tables,
            list,
        })
    }

    /// The tables in a list that is only gone through, as it was made last, and whose names mean the same at `unit`.
    fn listed(&self, list: &str, unit: UnitId) -> Option<Vec<&'a str>> {
        let mut before = self.binders(list).filter(|it| *it < unit);
        let last = before.next_back()?;
        let (_, value) = crate::steps::constant_assignment(self.program.statement(last))?;
        let tables = names_of(value)?;
        let between = last.index()..unit.index();
        let is_bound_again = self.graph.units[between].iter().any(|facts| {
            tables.iter().any(|table| {
                facts.access.may.contains(*table)
                    || facts.access.deletes.contains(*table)
                    || facts.writes_by_call.contains(*table)
            })
        });
        (!is_bound_again).then_some(tables)
    }

    /// Statements that may bind or unbind a name.
    fn binders(&self, name: &str) -> impl DoubleEndedIterator<Item = UnitId> {
        let units = self.program.units().iter().map(|it| it.id);
        let units = units.zip(&self.graph.units);
        units
            .filter(move |(_, facts)| {
                facts.access.may.contains(name)
                    || facts.access.deletes.contains(name)
                    || facts.access.globals.contains(name)
                    || facts.writes_by_call.contains(name)
            })
            .map(|(unit, _)| unit)
    }

    /// Whether nobody needs what a loop binds once it is done, and nothing but such loops has to do with its list.
    fn is_alone(
        &self,
        it: &Loop<'_>,
        loops: &BTreeSet<UnitId>,
        live: &Live,
        mentioned: &BTreeSet<String>,
    ) -> bool {
        let access = &self.graph.units[it.unit.index()].access;
        let units = || (0..).map(UnitId).zip(&self.graph.units);
        let is_needed = |name: &str| {
            let is_kept = |(unit, facts): (UnitId, &UnitFacts)| {
                unit != it.unit
                    && (facts.access.globals.contains(name)
                        || (facts.access.captures.contains(name)
                            && !(loops.contains(&unit) && facts.access.may.contains(name))))
            };
            live.is_read_from(it.unit.index() + 1, name) || units().any(is_kept)
        };
        let is_used = |list: &str| {
            units().any(|(unit, _)| {
                let binds = crate::steps::constant_assignment(self.program.statement(unit));
                !loops.contains(&unit)
                    && binds.is_none_or(|(it, value)| it != list || names_of(value).is_none())
                    && self.uses(list, unit)
                    && self.items(list, unit).is_none()
            })
        };
        let own = access.may.iter().map(String::as_str);
        let mut names = own.clone().chain(it.list).chain(it.tables.iter().copied());
        !own.clone().any(is_needed)
            && !it.list.is_some_and(is_used)
            && !names.any(|name| mentioned.contains(name))
    }

    /// Whether a statement has to do with a variable.
    fn uses(&self, name: &str, unit: UnitId) -> bool {
        let facts = &self.graph.units[unit.index()];
        let access = &facts.access;
        access.may.contains(name)
            || access.reads.contains(name)
            || access.captures.contains(name)
            || access.globals.contains(name)
            || access.deletes.contains(name)
            || facts.reads_by_call.contains(name)
            || facts.writes_by_call.contains(name)
    }

    /// The tables that a statement takes out of a list, `list[0]`, and where; `None` where it does more with it.
    fn items(&self, list: &str, unit: UnitId) -> Option<Vec<(TextRange, &'a str)>> {
        let facts = &self.graph.units[unit.index()];
        let access = &facts.access;
        let is_plain = !access.may.contains(list)
            && !access.captures.contains(list)
            && !access.globals.contains(list)
            && !access.deletes.contains(list)
            && !facts.reads_by_call.contains(list)
            && !facts.writes_by_call.contains(list);
        let tables = self.listed(list, unit).filter(|_| is_plain)?;
        let mut search = Items {
            list,
            found: Vec::new(),
        };
        search.visit_stmt(self.program.statement(unit));
        let uses = access.occurrences.iter().filter(|(name, ..)| name == list);
        let places: BTreeSet<TextSize> = uses.map(|(_, place, _)| place.start()).collect();
        let known: BTreeSet<TextSize> = search.found.iter().map(|it| it.0.start()).collect();
        let item = |(range, at): &(TextRange, usize)| Some((*range, *tables.get(*at)?));
        let items: Option<Vec<_>> = search.found.iter().map(item).collect();
        // What binds one of the tables gives the name another meaning before it is read.
        let is_bound = |it: &str| access.may.contains(it);
        let is_sound = places == known && !tables.iter().any(|it| is_bound(it));
        items.filter(|_| is_sound)
    }

    /// The edits that replace loops, and the names of the functions that stand in their places.
    fn edits(&self, loops: &[Loop<'_>]) -> (Vec<Edit>, Vec<(UnitId, String)>) {
        let mut names = NewNames::of(self.graph);
        let mut edits = Vec::new();
        let mut functions = Vec::new();
        let lists: BTreeSet<&str> = loops.iter().filter_map(|it| it.list).collect();
        for list in lists {
            for unit in self.program.units().iter().map(|it| it.id) {
                if loops.iter().any(|it| it.unit == unit) || !self.uses(list, unit) {
                    continue;
                }
                let items = self.items(list, unit).unwrap_or_default();
                edits.extend(items.into_iter().map(|(range, table)| Edit {
                    range,
                    text: table.to_owned(),
                }));
            }
            edits.extend(self.binders(list).filter_map(|unit| {
                let is_loop = loops.iter().any(|it| it.unit == unit);
                (!is_loop).then(|| Edit {
                    range: self.program.units()[unit.index()].range,
                    text: String::new(),
                })
            }));
        }
        for it in loops {
            let Some(edit) = self.function(it, &mut names, &mut functions) else {
                continue;
            };
            edits.push(edit);
        }
        (edits, functions)
    }

    fn function(
        &self,
        it: &Loop<'_>,
        names: &mut NewNames,
        functions: &mut Vec<(UnitId, String)>,
    ) -> Option<Edit> {
        let range = self.program.units()[it.unit.index()].range;
        let after = self
            .program
            .text(TextRange::new(it.each.iter.end(), range.end()));
        let colon = after.find(':')?;
        let first = it.each.body.first()?;
        let (blanks, body) = if let Some(blanks) = blanks_before(self.program, first) {
            (blanks, after[colon + 1..].to_owned())
        } else {
            let start = first.start() - it.each.iter.end();
            ("    ", format!("\n    {}", &after[usize::from(start)..]))
        };
        let (wanted, docstring) = words_of(self.program, it);
        let name = names.first(&wanted);
        let docstring = docstring.map(|text| format!("\n{blanks}\"\"\"{text}\"\"\""));
        let variable = it.variable;
        let calls: Vec<String> = it
            .tables
            .iter()
            .map(|table| format!("{table} = {name}({table})"))
            .collect();
        let text = format!(
            "def {name}({variable}):{}{body}\n{blanks}return {variable}\n\n{}",
            docstring.unwrap_or_default(),
            calls.join("\n")
        );
        functions.push((it.unit, name));
        Some(Edit { range, text })
    }

    /// The statements of a loop, for one table after the other.
    fn written_out(&self, it: &Loop<'_>) -> Option<Edit> {
        let range = self.program.units()[it.unit.index()].range;
        let (first, last) = (it.each.body.first()?, it.each.body.last()?);
        let blanks = blanks_before(self.program, first).unwrap_or_default();
        let inside = TextRange::new(first.start(), last.end());
        let access = &self.graph.units[it.unit.index()].access;
        let reads = access.occurrences.iter();
        let reads =
            reads.filter(|(name, place, _)| name == it.variable && inside.contains_range(*place));
        let mut places: Vec<TextRange> = reads.map(|(_, place, _)| *place).collect();
        places.sort_by_key(Ranged::start);
        places.dedup();
        let mut text = String::new();
        for table in &it.tables {
            let mut at = inside.start();
            for place in &places {
                text.push_str(self.program.text(TextRange::new(at, place.start())));
                text.push_str(table);
                at = place.end();
            }
            text.push_str(self.program.text(TextRange::new(at, inside.end())));
            text.push('\n');
        }
        // Blanks inside of texts are a part of these.
        let mut lines = Lines(false, self.program);
        lines.visit_body(&it.each.body);
        let text = text.trim_end().replace(&format!("\n{blanks}"), "\n");
        (!lines.0).then_some(Edit { range, text })
    }

    /// The names whose last values only the loops and their lists gave.
    fn left(&self, loops: &[Loop<'_>]) -> BTreeSet<String> {
        let units: BTreeSet<UnitId> = loops.iter().map(|it| it.unit).collect();
        let bound = loops
            .iter()
            .flat_map(|it| self.graph.units[it.unit.index()].access.may.iter().cloned());
        let is_last = |name: &String| {
            let last = self.binders(name).last();
            last.is_some_and(|last| units.contains(&last))
        };
        let lists = loops.iter().filter_map(|it| it.list).map(str::to_owned);
        bound.filter(is_last).chain(lists).collect()
    }
}

/// What is taken out of a list by a number that is written down.
struct Items<'a> {
    list: &'a str,
    found: Vec<(TextRange, usize)>,
}

impl<'a> Visitor<'a> for Items<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Subscript(it) = expression
            && it.ctx.is_load()
            && let Expr::Name(name) = &*it.value
            && name.id.as_str() == self.list
            && let Expr::NumberLiteral(number) = &*it.slice
            && let Number::Int(at) = &number.value
            && let Some(at) = at.as_usize()
        {
            self.found.push((expression.range(), at));
            return;
        }
        walk_expr(self, expression);
    }
}

/// Whether a text goes over several lines.
struct Lines<'a>(bool, &'a Program);

impl<'a> Visitor<'a> for Lines<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        let is_text = matches!(
            expression,
            Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::FString(_) | Expr::TString(_)
        );
        self.0 |= is_text && self.1.text(expression.range()).contains('\n');
        walk_expr(self, expression);
    }
}

/// The distinct names that a list or tuple is made of: two at least.
fn names_of(display: &Expr) -> Option<Vec<&str>> {
    let elements = match display {
        Expr::List(list) => &list.elts,
        Expr::Tuple(tuple) => &tuple.elts,
        _ => return None,
    };
    let names: Vec<&str> = elements
        .iter()
        .map(|it| Some(it.as_name_expr()?.id.as_str()))
        .collect::<Option<_>>()?;
    let distinct: BTreeSet<&&str> = names.iter().collect();
    (names.len() > 1 && distinct.len() == names.len()).then_some(names)
}

/// Whether a statement means the same in a function: it does not leave the loop, and binds names as a function does.
fn may_move(statement: &Stmt, is_nested: bool) -> bool {
    match statement {
        Stmt::Assign(_) | Stmt::AugAssign(_) | Stmt::Pass(_) | Stmt::Assert(_) => true,
        Stmt::Expr(it) => !matches!(
            &*it.value,
            Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Await(_)
        ),
        Stmt::If(it) => {
            let rest = it.elif_else_clauses.iter().flat_map(|clause| &clause.body);
            it.body
                .iter()
                .chain(rest)
                .all(|inner| may_move(inner, is_nested))
        }
        Stmt::For(it) => {
            !it.is_async
                && it
                    .body
                    .iter()
                    .chain(&it.orelse)
                    .all(|inner| may_move(inner, true))
        }
        Stmt::Break(_) | Stmt::Continue(_) => is_nested,
        _ => false,
    }
}

/// Names for the function of a loop, the best first, and what it does.
fn words_of(program: &Program, it: &Loop<'_>) -> (Vec<String>, Option<String>) {
    let mut set = ColumnsSet::default();
    for statement in &it.each.body {
        set.note(program, statement, it.variable);
    }
    let noun = match it.variable {
        "df" | "d" | "data" | "dataset" | "frame" | "x" | "i" => "data",
        other => other,
    };
    let prepare = format!("prepare_{noun}");
    let mut wanted = vec![set.name().unwrap_or_else(|| prepare.clone())];
    wanted.extend(set.short_name());
    wanted.push(prepare);
    let quoted: Vec<String> = set.names().map(|it| format!("`{it}`")).collect();
    let verb = crate::naming::sentence(set.verb());
    let verb = verb.trim_end_matches('.');
    let docstring = match &quoted[..] {
        [] => None,
        [one] => Some(format!("{verb} the column {one}.")),
        [first @ .., last] => Some(format!(
            "{verb} the columns {} and {last}.",
            first.join(", ")
        )),
    };
    let is_plain = |column: &String| {
        !column.contains(['"', '\\', '`']) && column.chars().all(|c| !c.is_control())
    };
    let docstring = docstring.filter(|it| set.names().all(is_plain) && it.len() < 80);
    (wanted, docstring)
}
