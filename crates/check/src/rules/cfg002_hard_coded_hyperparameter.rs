//! `hard-coded-hyperparameter`: hyperparameter as a literal in code.

use srcify_effects::parameters;
use srcify_syntax::ast::{Expr, Number};
use srcify_syntax::{Ranged, TextRange};

use crate::flow::{Callee, Types, argument_for};
use crate::index::Index;
use crate::module::Role;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "CFG002",
    name: "hard-coded-hyperparameter",
    summary: "hyperparameter as a literal in code",
    page: include_str!("../../docs/CFG002.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let types = Types::new(project, context.catalog);
    for (at, index) in project.modules.iter().enumerate() {
        let is_left_out = index.module.role != Role::Package || index.module.is_config();
        if is_left_out || is_for_tests(index) {
            continue;
        }
        for found in hyperparameters(&types, at) {
            let Hyperparameter {
                name,
                callee,
                range,
            } = found;
            let text = index.module.slice(range);
            let message = format!("`{name}` of `{callee}` is fixed to `{text}` in code");
            reporter
                .report(&index.module.path, range, message)
                .help(format!(
                    "make `{name}` a field of the settings, with this value as its default"
                ));
        }
    }
}

/// Whether a module helps tests, so that its values are fixed on purpose: it imports what only tests need.
fn is_for_tests(index: &Index<'_>) -> bool {
    let tools = ["pytest", "unittest", "hypothesis", "testing", "_testing"];
    index.imports.iter().any(|it| {
        let mut parts = it.module.split('.').chain(it.name);
        parts.any(|part| tools.contains(&part))
    })
}

/// A value that is tuned, and that code fixes.
pub(crate) struct Hyperparameter {
    pub name: String,
    /// The last part of the name of what takes it.
    pub callee: String,
    pub range: TextRange,
}

/// What a module fixes.
pub(crate) fn hyperparameters(types: &Types<'_>, at: usize) -> Vec<Hyperparameter> {
    let mut found = Vec::new();
    for call in &types.project.modules[at].calls {
        let Some(Callee::Library(name, None)) = types.callee(at, call.function, &call.node.func)
        else {
            continue;
        };
        // Sizes of data that are made up are no hyperparameters.
        let entry = types.catalog.lookup(&name);
        let Some(entry) = entry.filter(|_| !name.starts_with("sklearn.datasets.make_")) else {
            continue;
        };
        for setting in entry.settings.iter().filter(|it| is_hyperparameter(it)) {
            let Some(value) = argument_for(entry, call.node, setting) else {
                continue;
            };
            // What only its library documents may be tuned as a number; a word may be what the code is about.
            let is_known = parameters::lookup(setting).is_some()
                || !is_word(value) && parameters::is_documented_setting(&name, setting);
            if is_known && is_tuned(value, setting) {
                found.push(Hyperparameter {
                    name: setting.clone(),
                    callee: name.rsplit('.').next().unwrap_or(&name).to_owned(),
                    range: value.range(),
                });
            }
        }
    }
    found
}

/// How much of the machine is used and what is told on the way changes no result.
fn is_hyperparameter(setting: &str) -> bool {
    !matches!(setting, "n_jobs" | "verbose" | "verbosity" | "num_workers")
}

fn is_word(value: &Expr) -> bool {
    match value {
        Expr::StringLiteral(_) => true,
        Expr::Tuple(it) => it.elts.iter().any(is_word),
        Expr::List(it) => it.elts.iter().any(is_word),
        _ => false,
    }
}

/// A number or a word; `None` and booleans are choices of the code more often than tuned.
fn is_tuned(value: &Expr, setting: &str) -> bool {
    let all = |items: &[Expr]| !items.is_empty() && items.iter().all(|it| is_tuned(it, setting));
    match value {
        // One neighbour, one component, a tree of one level, no shrinkage: that is what the method is.
        Expr::NumberLiteral(it) => {
            let is_plain = match &it.value {
                Number::Int(number) => matches!(number.as_u8(), Some(0 | 1)),
                Number::Float(number) => [0.0, 1.0].contains(number),
                Number::Complex { .. } => false,
            };
            !is_plain || setting.contains("seed") || setting == "random_state"
        }
        // Words that name the default, or say what form data has.
        Expr::StringLiteral(it) => {
            !matches!(it.value.to_str(), "" | "auto" | "constant" | "precomputed")
                && !FORMS.contains(&setting)
        }
        Expr::UnaryOp(it) => it.operand.is_number_literal_expr(),
        Expr::Tuple(it) => all(&it.elts),
        Expr::List(it) => all(&it.elts),
        _ => false,
    }
}

/// Parameters that say what form the data has or gets, and tune nothing.
const FORMS: &[&str] = &[
    "categorical_features",
    "categories",
    "decode_error",
    "dissimilarity",
    "drop",
    "encode",
    "encoding",
    "extrapolation",
    "handle_missing",
    "handle_unknown",
    "input",
    "output_distribution",
];
