//! Training and inference from one input: the slice that turns raw rows into predictions, as a program of its own.
//!
//! The slice goes back from a call of `predict` to the statement that reads the rows. Every statement on the way must treat
//! each row alone, or use what training fitted: estimators, the columns that `get_dummies` made, means that fill gaps.
//! Training stores those; the slice loads them. What only treats labels is left out: new rows have none. What is not proven
//! is refused, with the reason.

mod answers;
mod candidates;
mod functions;
mod labels;
mod loops;
mod programs;
mod tables;
mod targets;

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, Effect, EffectGraph, EffectSet};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::stdlib::identifiers::is_identifier;
use srcify_syntax::{Program, Ranged, Source, Span, TextRange, UnitId};

use self::candidates::{Candidate, candidates, paired};
pub(crate) use self::labels::names_columns;
use self::targets::pops;
use crate::names::Names;
use crate::rowwise::{Need, Rows};
use crate::steps::{Step, constant_assignment, steps_of};

/// The programs of training and of inference.
#[derive(Debug)]
pub struct Inference {
    /// The input, which also stores what it fitted when it is given a path.
    pub training: Source,
    /// Reads rows, and predicts with what training stored.
    pub predict: Source,
}

/// Makes programs for training and inference; else says why not, and where.
///
/// `analyze` tells what the statements of a program do: loops over several tables are written in other ways, where that helps.
///
/// # Errors
/// When the input predicts nothing, or a statement on the way is not known to treat each row alone.
pub fn inference(
    program: &Program,
    graph: &EffectGraph,
    analyze: &dyn Fn(&Program) -> EffectGraph,
) -> Result<Inference, (Option<Span>, String)> {
    let refusal = match proven(program, graph) {
        Ok(found) => return Ok(found),
        Err(refusal) => refusal,
    };
    let written = tables::without_loops(program, graph, analyze);
    let found = written.and_then(|(program, graph)| proven(&program, &graph).ok());
    found.ok_or(refusal)
}

/// Whether a program predicts at all: without a look at what its statements do.
pub fn predicts(program: &Program) -> bool {
    !candidates(program).is_empty()
}

fn proven(program: &Program, graph: &EffectGraph) -> Result<Inference, Refusal> {
    let names = Names::of(program, graph);
    let steps = steps_of(program, graph, &names, &BTreeSet::new());
    let mut first = None;
    // The last prediction that is proven; where none is, why the best one is not.
    for candidate in candidates(program) {
        let mut slicer = Slicer {
            program,
            graph,
            names: names.clone(),
            steps: &steps,
            wanted: BTreeSet::new(),
            constants: BTreeSet::new(),
            stored: BTreeMap::new(),
            before: Vec::new(),
            after: Vec::new(),
            nested: Vec::new(),
            functions: BTreeSet::new(),
            kept: BTreeMap::new(),
            reads: 0,
            labels: labels::labels(program),
            columns: labels::Columns::default(),
            numbered: None,
            is_table: false,
            unplaced: None,
        };
        let Some(found) = slicer.sliced(&candidate) else {
            continue;
        };
        match found {
            Ok(found) => return Ok(found),
            Err(refusal) => {
                first.get_or_insert(refusal);
            }
        }
    }
    let none = "no statement predicts with a model that is fitted before".to_owned();
    Err(first.unwrap_or((None, none)))
}

struct Slicer<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    names: Names,
    steps: &'a [Step],
    /// Variables that hold rows, and that an earlier statement must give.
    wanted: BTreeSet<String>,
    constants: BTreeSet<String>,
    /// What training stores: the name, and the name of its class where that is known.
    stored: BTreeMap<String, Option<String>>,
    /// Statements that training runs before or after one of its own, to have a value to store.
    before: Vec<(UnitId, String)>,
    after: Vec<(UnitId, String)>,
    /// Lines that training runs beside a statement inside one of its own.
    nested: Vec<(TextRange, String)>,
    /// Functions of the author's that the slice calls.
    functions: BTreeSet<String>,
    /// The statements of the slice, with their texts.
    kept: BTreeMap<UnitId, String>,
    reads: usize,
    /// Columns that models are fitted to.
    labels: BTreeSet<String>,
    /// What the statements of the slice do with columns.
    columns: labels::Columns,
    /// The last statement that leaves rows out, and the name of those that stay.
    numbered: Option<(UnitId, String)>,
    /// The prediction is a column of a table.
    is_table: bool,
    /// What is computed of all rows in a statement whose text does not hold it any more.
    unplaced: Option<TextRange>,
}

type Refusal = (Option<Span>, String);

fn refuse<T>(range: TextRange, why: &str) -> Result<T, Refusal> {
    Err((Some(Span::from(range)), why.to_owned()))
}

impl Slicer<'_> {
    /// The programs for a prediction; `None` where it is none of a model that was fitted.
    fn sliced(&mut self, candidate: &Candidate<'_>) -> Option<Result<Inference, Refusal>> {
        let (model, _) = predicting(candidate.value)?;
        if !self.is_fitted(&model) {
            return None;
        }
        // The statement itself must leave alone what it predicts with.
        let step = &self.steps[candidate.unit.index()];
        if candidate.name.is_none() && !(step.mutates.is_empty() && step.deletes.is_empty()) {
            return None;
        }
        let answer = match candidate.name {
            Some(name) => name.to_owned(),
            None => self.fresh("prediction"),
        };
        if candidate
            .whole
            .is_some_and(|it| !self.is_prediction_alone(it, candidate.value))
        {
            return None;
        }
        let slice = |slicer: &mut Self| {
            let mut need = Need::default();
            let value = candidate.whole.unwrap_or(candidate.value);
            if let Err(part) = slicer.judge(value, &mut need) {
                return refuse(part, "is not known to treat each row alone");
            }
            slicer.note_shape(value);
            if labels::leaves_rows_out(value) {
                return refuse(value.range(), "leaves out rows where it predicts");
            }
            match candidate.name {
                Some(_) => {
                    let range = slicer.program.units()[candidate.unit.index()].range;
                    slicer.take(need, candidate.unit, slicer.program.text(range).to_owned());
                }
                None => slicer.take_part(need, candidate.unit, &answer, candidate.value)?,
            }
            let (last, answer) = slicer.turned_back(candidate.unit, answer)?;
            slicer.walk_back(candidate.unit)?;
            slicer.check_stored(last)?;
            let kept = &slicer.kept;
            slicer
                .numbered
                .take_if(|(unit, _)| !kept.contains_key(unit));
            Ok(slicer.write(last, &answer))
        };
        Some(slice(self))
    }

    /// Whether a name is an estimator that the input fits.
    fn is_fitted(&self, name: &str) -> bool {
        let fits = self.graph.calls.iter().filter(|call| match &call.callee {
            Callee::Library(callee) => {
                matches!(
                    callee.rsplit('.').next(),
                    Some("fit" | "fit_transform" | "fit_predict")
                )
            }
            _ => false,
        });
        // `model = Ridge().fit(…)`: what was fitted is given back.
        let gives_itself = |text: &str| {
            self.program.units().iter().any(|unit| {
                let assigned = constant_assignment(self.program.statement(unit.id));
                assigned.is_some_and(|(target, value)| {
                    let call = value.as_call_expr();
                    let function = call.map(|it| self.program.text(it.func.range()));
                    target == name && function == Some(text) && text.ends_with(").fit")
                })
            })
        };
        // `model = search.best_estimator_`
        let best = || {
            let unit = self
                .names
                .get(name)
                .filter(|it| it.bindings.len() == 1)?
                .bindings[0];
            let (_, value) = constant_assignment(self.program.statement(unit))?;
            let attribute = value.as_attribute_expr()?;
            let base = attribute.value.as_name_expr()?.id.as_str();
            (attribute.attr.as_str() == "best_estimator_" && base != name).then_some(base)
        };
        if best().is_some_and(|base| self.is_fitted(base)) {
            return true;
        }
        let mut fits = fits.map(|call| self.program.text(call.function));
        fits.any(|text| {
            text.rsplit_once('.')
                .is_some_and(|(receiver, _)| receiver == name)
                || gives_itself(text)
        })
    }

    /// Whether a name is bound once to a literal, and never changed.
    fn is_constant(&self, name: &str) -> bool {
        let Some(facts) = self.names.get(name) else {
            return false;
        };
        let is_once = facts.bindings.len() == 1 && !facts.is_mutated && !facts.is_deleted;
        let literal = facts.bindings.first().and_then(|unit| {
            let (_, value) = constant_assignment(self.program.statement(*unit))?;
            crate::settings::literal_of(value)
                .or_else(|| value.is_dict_expr().then_some(crate::Literal::None))
        });
        is_once && literal.is_some()
    }

    fn judge(&self, expression: &Expr, need: &mut Need) -> Result<(), TextRange> {
        let is_constant = |name: &str| self.is_constant(name);
        let is_fitted = |name: &str| self.is_fitted(name);
        let of_element = |function: &Expr| self.of_element(function, Self::depth());
        let of_rows = |name: &str| self.of_rows(name, false, Self::depth());
        let rows = Rows {
            program: self.program,
            imports: &self.graph.imports,
            is_constant: &is_constant,
            is_fitted: &is_fitted,
            of_element: &of_element,
            own: &of_rows,
        };
        rows.judge(expression, need).map_err(Ranged::range)
    }

    /// Notes what a statement of the slice needs.
    fn take(&mut self, need: Need, unit: UnitId, text: String) {
        let text = self.note_columns(unit, None, &need, text);
        self.note(need, unit, text);
    }

    fn note(&mut self, need: Need, unit: UnitId, text: String) {
        let start = self.program.units()[unit.index()].range.start();
        let mut text = text;
        let mut statistics = need.statistics;
        statistics.sort_by_key(|range| std::cmp::Reverse(range.start()));
        for range in statistics {
            let wanted = self.name_of_value(unit, range);
            let name = self.fresh(&wanted);
            let value = self.program.text(range).to_owned();
            let from = usize::from(range.start() - start);
            // The text before it may be another than the input's by now.
            let from = match text.get(from..) {
                Some(rest) if rest.starts_with(&value) => Some(from),
                _ => text.find(&value),
            };
            match from {
                Some(from) => text.replace_range(from..from + value.len(), &name),
                None => self.unplaced = Some(range),
            }
            self.before.push((unit, format!("{name} = {value}")));
            self.nested.push((range, name.clone()));
            self.stored.insert(name, None);
        }
        for name in need.fitted {
            let ty = self
                .steps
                .iter()
                .rev()
                .find_map(|step| step.types.get(&name));
            let path = ty.map(|ty| ty.name.clone());
            let class = path.and_then(|path| {
                let mut imports = self.graph.imports.iter();
                imports
                    .find(|(_, it)| **it == path)
                    .map(|(name, _)| name.clone())
            });
            self.stored.insert(name, class);
        }
        self.wanted.extend(need.frames);
        self.constants.extend(need.constants);
        self.functions.extend(need.functions);
        self.kept.insert(unit, text);
    }

    /// How to call a value of all rows: `age_median` of `rows["age"].median()`.
    fn name_of_value(&self, unit: UnitId, range: TextRange) -> String {
        let expression = crate::settings::expression_at(self.program, unit, range);
        let words = expression.and_then(crate::rowwise::column_and_method);
        let name =
            words.map(|(column, method)| crate::naming::snake(&format!("{column}_{method}")));
        name.filter(|it| is_identifier(it) && it.len() <= 40)
            .unwrap_or_else(|| "fill_value".to_owned())
    }

    /// Notes what a part of a statement needs, under a name.
    fn take_part(
        &mut self,
        need: Need,
        unit: UnitId,
        name: &str,
        value: &Expr,
    ) -> Result<(), Refusal> {
        if let Some(range) = need.statistics.first() {
            return refuse(*range, "is computed of all rows inside another statement");
        }
        let text = format!("{name} = {}", self.program.text(value.range()));
        let text = self.note_columns(unit, Some(value), &need, text);
        let known = self.kept.get(&unit).map(|known| format!("{known}\n{text}"));
        self.note(need, unit, known.unwrap_or(text));
        Ok(())
    }

    fn fresh(&mut self, wanted: &str) -> String {
        self.names.unique(wanted)
    }

    fn walk_back(&mut self, last: UnitId) -> Result<(), Refusal> {
        for index in (0..last.index()).rev() {
            let step = self.steps[index].clone();
            let touched: BTreeSet<&String> = step
                .may
                .iter()
                .chain(&step.deletes)
                .chain(step.mutates.keys())
                .collect();
            let touches = touched
                .iter()
                .any(|name| self.wanted.contains(name.as_str()));
            if touches {
                self.step_back(step.unit)?;
            }
        }
        let Some(open) = self.wanted.first() else {
            return match self.reads {
                1 => Ok(()),
                _ => Err((None, "the rows do not come from one file".to_owned())),
            };
        };
        Err((None, format!("`{open}` comes from no statement before")))
    }

    /// Goes over one statement that gives or changes wanted rows.
    fn step_back(&mut self, unit: UnitId) -> Result<(), Refusal> {
        let range = self.program.units()[unit.index()].range;
        let text = self.program.text(range).to_owned();
        let program = self.program;
        if self.treats_labels(unit) {
            return Ok(());
        }
        self.note_rows(unit)?;
        match program.statement(unit) {
            Stmt::Assign(ast::StmtAssign { targets, value, .. }) => match &targets[..] {
                [Expr::Name(name)] if !self.wanted.contains(name.id.as_str()) && pops(value) => {
                    self.popped(unit, value)
                }
                [Expr::Name(name)] => self.binding(unit, &name.id, value, text),
                [Expr::Tuple(tuple)] => match paired(tuple, value) {
                    Some(pairs) => self.pairs(unit, &pairs),
                    None => self.split(unit, tuple, value),
                },
                [Expr::Subscript(target)] => self.column(unit, target, value, text),
                [Expr::Attribute(target)] => self.renamed(unit, target, value, text),
                _ => refuse(range, "binds several things at once"),
            },
            Stmt::AugAssign(ast::StmtAugAssign { target, value, .. }) => match &**target {
                Expr::Subscript(target) => self.column(unit, target, value, text),
                _ => refuse(range, "changes rows in a way that is not known"),
            },
            Stmt::For(it) => self.columns_in_turn(unit, it),
            Stmt::Expr(expression) => match in_place(&expression.value) {
                Some(_) => self.changed(unit, &expression.value, text),
                None => refuse(range, "is not known to treat each row alone"),
            },
            _ => refuse(range, "is no plain statement"),
        }
    }

    /// `rows = …`
    fn binding(
        &mut self,
        unit: UnitId,
        name: &str,
        value: &Expr,
        text: String,
    ) -> Result<(), Refusal> {
        self.wanted.remove(name);
        let step = &self.steps[unit.index()];
        if step.effects == EffectSet::of(Effect::ReadFile) && value.is_call_expr() {
            return self.reading(unit, value, text);
        }
        if let Some((fitted, argument)) = fit_transform(value).filter(|(it, _)| self.is_fitted(it))
        {
            let mut need = Need::default();
            if let Err(part) = self.judge(argument, &mut need) {
                return refuse(part, "is not known to treat each row alone");
            }
            let text = self.applying(unit, fitted, &text, &mut need);
            self.take(need, unit, text);
            return Ok(());
        }
        if let Some(arguments) = self.dummies(value) {
            let mut need = Need::default();
            for argument in arguments {
                if let Err(part) = self.judge(argument, &mut need) {
                    return refuse(part, "is not known to treat each row alone");
                }
            }
            let columns = self.fresh(&format!("{}_columns", name.to_lowercase()));
            self.after
                .push((unit, format!("{columns} = list({name}.columns)")));
            self.stored.insert(columns.clone(), None);
            let text = self.without_dropping(unit, value, text);
            let text = format!("{text}\n{name} = {name}.reindex(columns={columns}, fill_value=0)");
            self.take(need, unit, text);
            return Ok(());
        }
        let mut need = Need::default();
        // Rows that are there twice are predicted twice.
        let (value, text) = match without_duplicates(value) {
            Some(rows) => {
                let rows_text = self.program.text(rows.range());
                (rows, format!("{name} = {rows_text}"))
            }
            None => (value, text),
        };
        if let Err(part) = self.judge(value, &mut need) {
            return refuse(part, "is not known to treat each row alone");
        }
        let facts = self.names.get(name);
        if need.statistics == [value.range()]
            && facts.is_some_and(|it| it.bindings.len() == 1 && !it.is_mutated)
        {
            // Training has it, by this name.
            self.stored.insert(name.to_owned(), None);
            return Ok(());
        }
        self.take(need, unit, text);
        Ok(())
    }

    /// `rows = pd.read_csv(…)`
    fn reading(&mut self, unit: UnitId, value: &Expr, text: String) -> Result<(), Refusal> {
        self.reads += 1;
        let mut free = srcify_effects::Access::of_expression(value).reads;
        free.retain(|name| !self.graph.imports.contains_key(name));
        let own = value.as_call_expr().and_then(|it| it.func.as_name_expr());
        let own = own.and_then(|it| self.of_rows(&it.id, true, Self::depth()));
        if let Some(need) = own.filter(|it| it.frames.is_empty()) {
            free.retain(|name| !need.functions.contains(name));
            self.functions.extend(need.functions);
            self.constants.extend(need.constants);
        }
        if let Some(other) = free.iter().find(|name| !self.is_constant(name)) {
            let why = format!("reads a file that depends on `{other}`");
            return refuse(value.range(), &why);
        }
        self.constants.extend(free);
        self.kept.insert(unit, text);
        Ok(())
    }

    /// What `pandas.get_dummies` is given. The first category, which it may drop, is none of the columns that training had.
    fn dummies<'e>(&self, value: &'e Expr) -> Option<Vec<&'e Expr>> {
        let found = self.graph.call_at(value.range())?;
        if found.callee != Callee::Library("pandas.get_dummies".to_owned()) {
            return None;
        }
        let arguments = &value.as_call_expr()?.arguments;
        let named = arguments.keywords.iter().map(|it| &it.value);
        Some(arguments.args.iter().chain(named).collect())
    }

    /// What is stored at the end must be what it was when it was used.
    fn check_stored(&self, last: UnitId) -> Result<(), Refusal> {
        if let Some(range) = self.unplaced {
            return refuse(
                range,
                "is computed of all rows, beside what only treats labels",
            );
        }
        for step in &self.steps[last.index() + 1..] {
            let changed = self.stored.keys().find(|name| {
                step.may.contains(*name)
                    || step.mutates.contains_key(*name)
                    || step.deletes.contains(*name)
            });
            if let Some(name) = changed {
                let range = self.program.units()[step.unit.index()].range;
                return refuse(range, &format!("changes `{name}` after it predicted"));
            }
        }
        // Between its use in the slice and the prediction, too.
        let first = self.kept.keys().next().copied().unwrap_or(last);
        for step in &self.steps[first.index()..last.index()] {
            let range = self.program.units()[step.unit.index()].range;
            let bound = self
                .stored
                .keys()
                .filter(|name| step.may.contains(*name) || self.fits_within(range, name));
            let later = |name: &&String| {
                let reads = |unit: UnitId| {
                    let statement = self.program.statement(unit);
                    srcify_effects::Access::of(statement).reads.contains(*name)
                };
                let mut before = self.kept.keys().filter(|unit| **unit < step.unit);
                before.any(|unit| reads(*unit))
            };
            if let Some(name) = bound.clone().find(later) {
                return refuse(range, &format!("binds or fits `{name}` again"));
            }
        }
        Ok(())
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
}

/// The model and the rows of `model.predict(rows)` or `model.predict_proba(rows)[:, 1]`.
fn predicting(expression: &Expr) -> Option<(String, &Expr)> {
    let expression = match expression {
        Expr::Subscript(subscript) => &*subscript.value,
        other => other,
    };
    method_call(expression, &["predict", "predict_proba"])
}

/// The rows of `rows.drop_duplicates()`.
fn without_duplicates(expression: &Expr) -> Option<&Expr> {
    let call = expression.as_call_expr()?;
    let method = call.func.as_attribute_expr()?;
    (method.attr.as_str() == "drop_duplicates").then_some(&*method.value)
}

/// The estimator and the rows of `scaler.fit_transform(rows)`.
fn fit_transform(expression: &Expr) -> Option<(String, &Expr)> {
    method_call(expression, &["fit_transform"])
}

fn method_call<'e>(expression: &'e Expr, methods: &[&str]) -> Option<(String, &'e Expr)> {
    let call = expression.as_call_expr()?;
    let method = call.func.as_attribute_expr()?;
    let receiver = method.value.as_name_expr()?;
    let is_one = methods.contains(&method.attr.as_str());
    let argument = call.arguments.args.first()?;
    is_one.then(|| (receiver.id.to_string(), argument))
}

/// The name of what a method changes in place.
fn in_place(expression: &Expr) -> Option<&str> {
    let call = expression.as_call_expr()?;
    let method = call.func.as_attribute_expr()?;
    let receiver = match &*method.value {
        // `rows["age"].fillna(0, inplace=True)`
        Expr::Subscript(it) if it.slice.is_string_literal_expr() => it.value.as_name_expr()?,
        other => other.as_name_expr()?,
    };
    let keyword = call.arguments.find_keyword("inplace")?;
    matches!(&keyword.value, Expr::BooleanLiteral(it) if it.value).then_some(receiver.id.as_str())
}
