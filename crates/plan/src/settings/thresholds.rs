//! Numbers that scores are compared with: `proba >= 0.5`, `np.abs(stats.zscore(x)) < 3`.

use std::collections::BTreeMap;

use srcify_effects::EffectGraph;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange};

use super::literals::target_of;
use super::values::literal_of;
use super::{Candidate, Lifter, Spot};
use crate::Literal;
use crate::naming;
use crate::steps::{Step, constant_assignment};

/// What numbers are that something is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Score {
    /// Probabilities of classes.
    Probability,
    /// What a model predicts, or how it judges rows: only a fraction is a limit, others may be classes.
    Judgement,
    /// Distances from the mean in standard deviations.
    Deviation,
}

impl Score {
    /// What a function gives.
    fn of(function: &str) -> Option<Self> {
        match function.rsplit('.').next()? {
            "predict_proba" => Some(Self::Probability),
            "predict" | "decision_function" | "score_samples" => Some(Self::Judgement),
            "zscore" => Some(Self::Deviation),
            _ => None,
        }
    }

    fn takes(self, value: &Literal) -> bool {
        match (self, value) {
            (Self::Probability | Self::Deviation, Literal::Float(_)) => true,
            (Self::Deviation, Literal::Int(text)) => !matches!(text.as_str(), "0" | "1"),
            (Self::Judgement, Literal::Float(text)) => !text.ends_with(".0"),
            _ => false,
        }
    }

    /// The section, the field, what it means and the bounds.
    fn setting(self) -> (&'static str, &'static str, &'static str, bool) {
        match self {
            Self::Probability => (
                "evaluation",
                "threshold",
                "Probability from which on a row counts as positive.",
                true,
            ),
            Self::Judgement => (
                "evaluation",
                "threshold",
                "Score from which on a row counts as positive.",
                false,
            ),
            Self::Deviation => (
                "features",
                "z_threshold",
                "Standard deviations from the mean that make a value an outlier.",
                false,
            ),
        }
    }
}

impl Lifter<'_> {
    /// Finds the numbers that scores are compared with.
    pub(super) fn thresholds(&mut self, step: &Step) {
        let mut finder = Thresholds {
            program: self.program,
            scores: &self.lookup.scores,
            found: Vec::new(),
        };
        finder.visit_stmt(self.program.statement(step.unit));
        let target = target_of(self.program.statement(step.unit));
        for (range, value, score) in finder.found {
            let (section, field, description, is_share) = score.setting();
            let bounds = [("ge", "0".to_owned()), ("le", "1".to_owned())];
            let is_float = matches!(value, Literal::Float(_));
            self.found.push(Candidate {
                section: section.to_owned(),
                field: field.to_owned(),
                alternatives: target
                    .iter()
                    .map(|it| naming::field(&format!("{it}_threshold")))
                    .collect(),
                variable: None,
                place: Some(Spot::plain(range)),
                location: None,
                class: None,
                value,
                is_list: false,
                is_path: false,
                comment: None,
                description: description.to_owned(),
                bounds: bounds.into_iter().filter(|_| is_share).collect(),
                annotation: is_float.then(|| "float".to_owned()),
            });
        }
    }
}

/// The variables that hold scores.
pub(super) fn scores(program: &Program, graph: &EffectGraph) -> BTreeMap<String, Score> {
    let mut variables = BTreeMap::new();
    for unit in program.units() {
        let Some((name, value)) = constant_assignment(program.statement(unit.id)) else {
            continue;
        };
        let mut calls = graph.calls_in(unit.range);
        let score = calls.find_map(|call| match Score::of(program.text(call.function))? {
            // What is predicted may be rounded, joined to a table, and more.
            Score::Judgement if !begins(value, call.function) => None,
            score => Some(score),
        });
        if let Some(score) = score {
            variables.insert(name.to_owned(), score);
        }
    }
    variables
}

/// Whether a value is what a function gives, or part of it: `model.predict(x).ravel()`, `model.predict(x)[:, 0]`.
fn begins(value: &Expr, function: TextRange) -> bool {
    match value {
        Expr::Subscript(it) => begins(&it.value, function),
        Expr::Call(call) if call.func.range() == function => true,
        Expr::Call(call) => call.func.as_attribute_expr().is_some_and(|method| {
            let is_form = matches!(&*method.attr, "ravel" | "flatten" | "squeeze" | "reshape");
            is_form && begins(&method.value, function)
        }),
        _ => false,
    }
}

struct Thresholds<'a> {
    program: &'a Program,
    scores: &'a BTreeMap<String, Score>,
    found: Vec<(TextRange, Literal, Score)>,
}

impl<'a> Visitor<'a> for Thresholds<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Compare(compare) = expression
            && let [comparator] = &*compare.comparators
            && let Some(score) = self.score(&compare.left)
            && let Some(value) = literal_of(comparator).filter(|it| score.takes(it))
        {
            self.found.push((comparator.range(), value, score));
        }
        walk_expr(self, expression);
    }
}

impl Thresholds<'_> {
    fn score(&self, expression: &Expr) -> Option<Score> {
        match expression {
            Expr::Name(name) => self.scores.get(name.id.as_str()).copied(),
            Expr::Subscript(subscript) => self.score(&subscript.value),
            Expr::Call(call) => {
                let function = self.program.text(call.func.range());
                if let (true, [inner]) = (is_abs(function), &call.arguments.args[..]) {
                    return self.score(inner);
                }
                Score::of(function)
            }
            _ => None,
        }
    }
}

fn is_abs(function: &str) -> bool {
    matches!(function, "abs" | "np.abs" | "numpy.abs" | "np.absolute")
}
