//! Values inside a `print`, and reading inside a computation: statements of their own.

use std::collections::BTreeMap;

use srcify_effects::{CallFacts, Callee, Effect, EffectSet, Occurrence};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::retyped::word_for;
use super::{Analyzed, Change, Kind, NewNames};
use crate::edits::Edit;
use crate::naming;
use crate::prints::as_print;

const READS: EffectSet =
    EffectSet::from_slice(&[Effect::ReadFile, Effect::Network, Effect::Database]);

impl Analyzed<'_> {
    /// `print(accuracy_score(y, p))`: the score is computed first.
    ///
    /// All that the statement does besides printing is pure, so that it does not matter what runs first.
    pub(super) fn printed_values(&self, unit: UnitId, names: &mut NewNames) -> Option<Change> {
        let call = as_print(self.program.statement(unit))?;
        let facts = &self.graph.units[unit.index()];
        let is_plain = facts.effects == EffectSet::of(Effect::Stdout)
            && facts.access.may.is_empty()
            && facts.mutates.is_empty()
            && facts.consumes.is_empty()
            && facts.writes_by_call.is_empty();
        if !is_plain {
            return None;
        }
        let mut found = Vec::new();
        for argument in &call.arguments.args {
            self.worthwhile(argument, &mut found);
        }
        if found.is_empty() {
            return None;
        }
        let mut before = String::new();
        let mut edits = Vec::new();
        for value in &found {
            let model = self.model_of(value, unit);
            let name = names.first(&value_names(value, model, &self.graph.imports));
            before.push_str(&format!("{name} = {}\n", self.standing_alone(value)));
            edits.push(Edit {
                range: value.range(),
                text: name,
            });
        }
        let count = found.len();
        edits.push(self.above(unit, before));
        Some(Change {
            unit,
            edits,
            before: count,
            after: 0,
            kind: Kind::Values,
        })
    }

    /// The model whose predictions a value is computed from: `knn` for `accuracy_score(y_test, y_pred)` below
    /// `y_pred = knn.predict(X_test)`.
    fn model_of(&self, value: &Expr, unit: UnitId) -> Option<String> {
        let arguments = &value.as_call_expr()?.arguments.args;
        let names = arguments.iter().filter_map(Expr::as_name_expr);
        names.into_iter().find_map(|name| {
            let before = self.program.units()[..unit.index()].iter().rev();
            let mut bound = before.filter(|it| {
                let access = &self.graph.units[it.id.index()].access;
                access.may.contains(name.id.as_str())
            });
            let Stmt::Assign(assign) = self.program.statement(bound.next()?.id) else {
                return None;
            };
            let function = assign.value.as_call_expr()?.func.as_attribute_expr()?;
            let model = function.value.as_name_expr()?.id.to_lowercase();
            let tells = function.attr.starts_with("predict") && !MODELS.contains(&&*model);
            tells.then_some(model)
        })
    }

    /// `x = clean(pd.read_csv(p))`: the file is read first.
    ///
    /// Nothing but pure code runs before the reading, and the rest is pure.
    pub(super) fn reading(&self, unit: UnitId, names: &mut NewNames) -> Option<Change> {
        let Stmt::Assign(assign) = self.program.statement(unit) else {
            return None;
        };
        let facts = &self.graph.units[unit.index()];
        if !facts.effects.is_subset(READS) || facts.effects.is_pure() {
            return None;
        }
        let mut found = Vec::new();
        unconditional(&assign.value, &mut |expression| {
            let reads = self
                .call_at(expression.range())
                .is_some_and(|call| self.reads(call));
            if reads {
                found.push(expression.range());
            }
            reads
        });
        let last = *found.last()?;
        if last == assign.value.range() || !self.runs_only_pure_before(unit, last, &found) {
            return None;
        }
        // `x = read().dropna()` works on what it reads; elsewhere that has a name of its own.
        let is_subject = found.len() == 1 && last.start() == assign.value.start();
        let target = self.free_target(assign, unit).filter(|_| is_subject);
        let target = target.map(|it| self.named_for_read(unit, it, last, names));
        let mut before = String::new();
        let mut edits = Vec::new();
        for range in &found {
            let name = target.clone().unwrap_or_else(|| names.unique("table"));
            before.push_str(&format!("{name} = {}\n", self.program.text(*range)));
            edits.push(Edit {
                range: *range,
                text: name,
            });
        }
        edits.push(self.above(unit, before));
        Some(Change {
            unit,
            edits,
            before: found.len(),
            after: 0,
            kind: Kind::Read,
        })
    }

    /// `for line in open(p):` with a body that only computes: the lines are read first.
    pub(super) fn lines_read(&self, unit: UnitId, names: &mut NewNames) -> Option<Change> {
        let Stmt::For(it) = self.program.statement(unit) else {
            return None;
        };
        let facts = &self.graph.units[unit.index()];
        if it.is_async || facts.effects != EffectSet::of(Effect::ReadFile) {
            return None;
        }
        let calls = |expression: &Expr, name: &str| {
            let call = self.call_at(expression.range());
            call.is_some_and(|it| it.callee == Callee::Library(name.to_owned()))
        };
        let counted = it.iter.as_call_expr();
        let counted =
            counted.filter(|call| calls(&it.iter, "enumerate") && call.arguments.len() == 1);
        let inner = counted.and_then(|it| it.arguments.args.first());
        let opened = inner.unwrap_or(&it.iter);
        if !calls(opened, "open") {
            return None;
        }
        let name = names.first(&["lines".to_owned()]);
        let text = format!(
            "{name} = {}.readlines()\n",
            self.program.text(opened.range())
        );
        Some(Change {
            unit,
            edits: vec![
                self.above(unit, text),
                Edit {
                    range: opened.range(),
                    text: name,
                },
            ],
            before: 1,
            after: 0,
            kind: Kind::Read,
        })
    }

    /// The one name that a statement binds, when it does not read it.
    fn free_target(&self, assign: &ast::StmtAssign, unit: UnitId) -> Option<String> {
        let [Expr::Name(target)] = &assign.targets[..] else {
            return None;
        };
        let access = &self.graph.units[unit.index()].access;
        let is_read = access
            .occurrences
            .iter()
            .any(|(name, _, kind)| *name == target.id.as_str() && *kind == Occurrence::Load);
        (!is_read).then(|| target.id.to_string())
    }

    /// The name for what is read: the target's, unless that is of another type in the end (`sales = read()["units"]`).
    fn named_for_read(
        &self,
        unit: UnitId,
        target: String,
        read: TextRange,
        names: &mut NewNames,
    ) -> String {
        let before = self.call_at(read).and_then(|call| call.returns.as_ref());
        let after = self.graph.units[unit.index()].types.get(&target);
        let word = before
            .zip(after)
            .and_then(|(it, after)| word_for(after, it));
        match word {
            Some(word) => names.unique(&format!("{target}_{word}")),
            None => target,
        }
    }

    /// Whether a call reads from the place that an argument names, and does nothing else.
    fn reads(&self, call: &CallFacts) -> bool {
        let Callee::Library(callee) = &call.callee else {
            return false;
        };
        let (class, method) = callee.rsplit_once('.').unwrap_or(("", callee));
        let exact = self.catalog.exact(callee);
        let entry = exact.or_else(|| self.catalog.member(class, method));
        entry.is_some_and(|entry| entry.path.is_some())
            && !call.effects.is_pure()
            && call.effects.is_subset(READS)
            && !call.mutates_other
            && !matches!(method, "open" | "ExcelFile" | "ZipFile")
            && !self.program.text(call.range).contains('\n')
    }

    fn runs_only_pure_before(&self, unit: UnitId, last: TextRange, found: &[TextRange]) -> bool {
        let range = self.program.units()[unit.index()].range;
        let calls = self.graph.calls_in(range);
        calls
            .filter(|call| call.range.end() <= last.start())
            .filter(|call| !found.iter().any(|it| it.contains_range(call.range)))
            .all(|call| call.effects.is_pure() && !call.mutates_other)
    }

    pub(super) fn call_at(&self, range: TextRange) -> Option<&CallFacts> {
        self.graph.call_at(range)
    }

    /// New statements above one.
    pub(super) fn above(&self, unit: UnitId, text: String) -> Edit {
        let start = self.program.units()[unit.index()].range.start();
        Edit {
            range: TextRange::empty(start),
            text,
        }
    }

    /// The text of an expression where no brackets stand around it.
    pub(super) fn standing_alone(&self, expression: &Expr) -> String {
        let text = self.program.text(expression.range());
        if text.contains('\n') {
            format!("({text})")
        } else {
            text.to_owned()
        }
    }

    /// The calls in an expression that compute something worth a name, outermost first.
    fn worthwhile<'e>(&self, expression: &'e Expr, found: &mut Vec<&'e Expr>) {
        unconditional(expression, &mut |it| {
            let is_one = self
                .call_at(it.range())
                .is_some_and(|call| self.is_worthwhile(call));
            if is_one {
                found.push(it);
            }
            is_one
        });
    }

    /// Whether a call is pure and does more than look at a value.
    pub(super) fn is_worthwhile(&self, call: &CallFacts) -> bool {
        let name = match &call.callee {
            Callee::Library(name) if !name.starts_with("builtins.") && name.contains('.') => {
                name.rsplit('.').next()
            }
            Callee::User(name) => Some(name.as_str()),
            _ => None,
        };
        let receiver = TextRange::new(call.range.start(), call.function.end());
        let has_arguments = !call.arguments.is_empty()
            || self
                .graph
                .calls_in(receiver)
                .any(|inner| !inner.arguments.is_empty())
            || matches!(call.callee, Callee::User(_));
        name.is_some_and(|name| !SMALL.contains(&name))
            && call.effects.is_pure()
            && !call.mutates_other
            && !call.draws_figure
            && has_arguments
    }
}

/// Names of models that do not say which.
const MODELS: &[&str] = &[
    "best",
    "classifier",
    "clf",
    "est",
    "estimator",
    "m",
    "mdl",
    "mod",
    "model",
    "pipe",
    "pipeline",
    "reg",
    "regressor",
];

/// Calls that look at a value, or write it otherwise.
const SMALL: &[&str] = &[
    "abs",
    "around",
    "array",
    "array2string",
    "asarray",
    "astype",
    "copy",
    "describe",
    "exp",
    "filter",
    "format",
    "get",
    "get_params",
    "head",
    "item",
    "join",
    "keys",
    "log",
    "nunique",
    "round",
    "sqrt",
    "strftime",
    "tail",
    "to_string",
    "tolist",
    "unique",
    "values",
    "isoformat",
    "fill",
    "dedent",
    "dumps",
    "pformat",
    "type",
    "shape",
];

/// What a value may be called after the call that computes it, the best name first.
fn value_names(
    value: &Expr,
    model: Option<String>,
    imports: &BTreeMap<String, String>,
) -> Vec<String> {
    let Expr::Call(call) = value else {
        return vec!["value".to_owned()];
    };
    let (receiver, function) = match &*call.func {
        Expr::Attribute(attribute) => {
            // A module says nothing of what its function gives.
            let of = match &*attribute.value {
                Expr::Name(name) if imports.contains_key(name.id.as_str()) => None,
                other => subject(other, imports),
            };
            (of, attribute.attr.to_string())
        }
        Expr::Name(name) => (None, name.id.to_string()),
        // `handlers["clip"](99)`: what the function is called in its table.
        Expr::Subscript(it) => match &*it.slice {
            Expr::StringLiteral(key) if is_word(key.value.to_str()) => {
                (None, key.value.to_str().to_owned())
            }
            _ => return vec!["value".to_owned(), "result".to_owned()],
        },
        _ => return vec!["value".to_owned(), "result".to_owned()],
    };
    let snake = naming::snake(&function);
    let stem = VERBS
        .iter()
        .find_map(|verb| snake.strip_prefix(verb))
        .filter(|rest| rest.len() > 2)
        .unwrap_or(&snake);
    let noun = noun_of_result(stem);
    let ordered = ORDERING.iter().find(|(method, _)| *method == stem);
    if let (Some((_, quality)), Some(receiver)) = (ordered, &receiver) {
        let plain = format!("{quality}_{receiver}");
        return vec![plain.clone(), format!("{plain}_values")];
    }
    let part = call.arguments.args.iter().find_map(part_of_data);
    let of_part = part.map(|part| format!("{part}_{noun}"));
    // A score of the rows learned from is not the score.
    let (told, of_part) = match part {
        Some("train") => (of_part, None),
        Some(_) if noun == "score" => (of_part, None),
        _ => (None, of_part),
    };
    let receiver = receiver.map(|receiver| format!("{receiver}_{noun}"));
    let last = call.arguments.args.last();
    let last = last.and_then(|it| subject(it, imports));
    // What a function makes of several values is no more the last one's than the others'.
    let is_own = call
        .func
        .as_name_expr()
        .is_some_and(|it| !imports.contains_key(it.id.as_str()));
    let is_of_several = is_own && call.arguments.len() > 1;
    let last = last.filter(|_| !is_of_several);
    let of_argument = last.map(|last| format!("{last}_{noun}"));
    let plain = Some(noun.to_owned()).filter(|_| !SUMMARIES.contains(&noun));
    let more = format!("{noun}_value");
    let of_model = model.map(|model| format!("{model}_{noun}"));
    [told, plain, of_model, of_part, receiver, of_argument]
        .into_iter()
        .flatten()
        .chain([more])
        .collect()
}

/// What functions of a name give, in a word.
fn noun_of_result(stem: &str) -> &str {
    match stem {
        "predict" => "predictions",
        "predict_proba" => "probabilities",
        "classification_report" => "report",
        _ => match RESULTS.iter().find(|(verb, _)| *verb == stem) {
            Some((_, noun)) => noun,
            None => stem
                .strip_suffix("_score")
                .filter(|it| it.len() > 1)
                .unwrap_or(stem),
        },
    }
}

/// Whether a text can be a name.
fn is_word(text: &str) -> bool {
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
    text.starts_with(|it: char| it.is_ascii_alphabetic()) && text.chars().all(is_part)
}

/// Methods that put values in order, and what comes of them.
const ORDERING: &[(&str, &str)] = &[
    ("sort_values", "sorted"),
    ("sort_index", "sorted"),
    ("nlargest", "largest"),
    ("nsmallest", "smallest"),
    ("query", "selected"),
    ("filter", "filtered"),
    ("dropna", "complete"),
    ("drop_duplicates", "distinct"),
    ("fillna", "filled"),
    ("merge", "merged"),
    ("rename", "renamed"),
];

/// What functions give that are called after what they do.
const RESULTS: &[(&str, &str)] = &[
    ("compare", "comparison"),
    ("concat", "combined"),
    ("eye", "identity"),
    ("find", "found"),
    ("fit", "results"),
    ("fit_predict", "labels"),
    ("fit_transform", "transformed"),
    ("join", "joined"),
    ("mean_absolute_error", "mae"),
    ("mean_absolute_percentage_error", "mape"),
    ("mean_squared_error", "mse"),
    ("merge", "merged"),
    ("replace", "replaced"),
    ("root_mean_squared_error", "rmse"),
    ("search", "found"),
    ("simulate", "simulated"),
    ("solve", "solution"),
    ("split", "parts"),
    ("to_dict", "values"),
    ("transform", "transformed"),
];

/// The part of the data that an argument holds: `train` of `y_train` and `X_train_scaled`.
fn part_of_data(argument: &Expr) -> Option<&'static str> {
    let name = argument.as_name_expr()?.id.to_lowercase();
    let mut words = name.split('_');
    words.find_map(|word| match word {
        "train" => Some("train"),
        "test" => Some("test"),
        "val" | "valid" | "validation" => Some("validation"),
        _ => None,
    })
}

const VERBS: &[&str] = &[
    "compute_",
    "calculate_",
    "calc_",
    "get_",
    "make_",
    "build_",
    "find_",
];
const SUMMARIES: &[&str] = &[
    "mean",
    "std",
    "sum",
    "max",
    "min",
    "median",
    "var",
    "count",
    "quantile",
    "corr",
    "value_counts",
    "groupby",
    "apply",
    "argmax",
    "argmin",
    "size",
    "agg",
    "transform",
    "test",
    "value",
    "values",
];

/// What a value is of: the last name of `df["age"]`, `model.coef_`, `y_test`.
fn subject(receiver: &Expr, imports: &BTreeMap<String, String>) -> Option<String> {
    let is_module =
        |it: &Expr| matches!(it, Expr::Name(name) if imports.contains_key(name.id.as_str()));
    let name = match receiver {
        Expr::Name(name) => name.id.to_string(),
        Expr::Attribute(attribute) => match attribute.attr.as_str() {
            "T" | "iloc" | "loc" | "values" => subject(&attribute.value, imports)?,
            own => own.to_owned(),
        },
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::StringLiteral(text) => text.value.to_str().to_owned(),
            _ => subject(&subscript.value, imports)?,
        },
        Expr::Call(call) => match &*call.func {
            // `np.abs(errors)`: what the module's function is given.
            Expr::Attribute(attribute) if is_module(&attribute.value) => {
                subject(call.arguments.args.first()?, imports)?
            }
            Expr::Attribute(attribute) => subject(&attribute.value, imports)?,
            _ => return None,
        },
        Expr::BinOp(operation) => subject(&operation.left, imports)?,
        _ => return None,
    };
    let name = naming::slug(&naming::snake(&name));
    let is_plain = !name.is_empty() && name.is_ascii() && name.len() < 25;
    is_plain.then_some(name)
}

/// Visits what an expression certainly evaluates, from the outside in, until `stop` is content.
fn unconditional<'e>(expression: &'e Expr, stop: &mut dyn FnMut(&'e Expr) -> bool) {
    if stop(expression) {
        return;
    }
    match expression {
        Expr::Call(call) => {
            if let Expr::Attribute(attribute) = &*call.func {
                unconditional(&attribute.value, stop);
            }
            for argument in &call.arguments.args {
                unconditional(argument, stop);
            }
            for keyword in &call.arguments.keywords {
                unconditional(&keyword.value, stop);
            }
        }
        Expr::Attribute(attribute) => unconditional(&attribute.value, stop),
        Expr::Subscript(subscript) => {
            unconditional(&subscript.value, stop);
            unconditional(&subscript.slice, stop);
        }
        Expr::BinOp(operation) => {
            unconditional(&operation.left, stop);
            unconditional(&operation.right, stop);
        }
        Expr::UnaryOp(operation) => unconditional(&operation.operand, stop),
        Expr::Starred(starred) => unconditional(&starred.value, stop),
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|it| unconditional(it, stop)),
        Expr::List(list) => list.elts.iter().for_each(|it| unconditional(it, stop)),
        Expr::FString(string) => {
            for part in string
                .value
                .elements()
                .filter_map(|it| it.as_interpolation())
            {
                if part.debug_text.is_none() {
                    unconditional(&part.expression, stop);
                }
            }
        }
        _ => {}
    }
}
