//! Names for what we make, from the author's words.

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::{CellKind, Program, TextRange, UnitId};

/// `Feature engineering!` as `feature_engineering`: at most five words, ASCII where that is possible.
pub(crate) fn slug(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let joined = words.join("_");
    let trimmed = joined.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    trimmed.to_owned()
}

/// `RandomForestClassifier` as `random_forest_classifier`; `TEST_SIZE` as `test_size`.
pub(crate) fn snake(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (index, character) in characters.iter().enumerate() {
        let previous = index.checked_sub(1).map(|at| characters[at]);
        let next = characters.get(index + 1);
        let starts_word = character.is_uppercase()
            && previous.is_some_and(|it| it != '_')
            && (previous.is_some_and(char::is_lowercase)
                || (next.is_some_and(|it| it.is_lowercase())
                    && previous.is_some_and(char::is_uppercase)));
        if starts_word {
            text.push('_');
        }
        text.extend(character.to_lowercase());
    }
    text
}

/// `model_name` as `ModelName`.
pub(crate) fn pascal(name: &str) -> String {
    name.split('_')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let mut characters = part.chars();
            characters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(characters).collect()
            })
        })
        .collect()
}

/// A field of a settings model: lower case, and none of Pydantic's own names.
pub(crate) fn field(name: &str) -> String {
    let lower = name.to_lowercase();
    let lower = lower.trim_matches('_').to_owned();
    let is_taken = RESERVED_FIELDS.contains(&lower.as_str())
        || lower.starts_with("model_")
        || srcify_syntax::is_reserved_word(&lower)
        || lower.is_empty();
    if is_taken {
        format!("{lower}_value")
    } else {
        lower
    }
}

/// Attributes of Pydantic's `BaseModel` that a field would hide.
const RESERVED_FIELDS: &[&str] = &[
    "copy",
    "json",
    "schema",
    "validate",
    "dict",
    "construct",
    "fields",
    "config",
    "parse_obj",
    "register",
];

/// A sentence for a name: `TEST_SIZE` is "Test size."
pub(crate) fn sentence_of(name: &str) -> String {
    sentence(&name.to_lowercase().replace('_', " "))
}

/// Text as one sentence with a capital and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches([':', ';', ',', '.', ' ', '-']);
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|it| it.to_uppercase().to_string())
        .unwrap_or_default();
    let rest = characters.as_str();
    let stop = if rest.ends_with(['!', '?']) { "" } else { "." };
    format!("{first}{rest}{stop}")
}

/// The docstring of the settings of a concern.
pub(crate) fn section_summary(section: &str) -> String {
    match section {
        "data" => "Where the data is read from.".to_owned(),
        "output" => "Where the results are written.".to_owned(),
        "split" => "How data is held out for evaluation.".to_owned(),
        "features" => "How the features are made.".to_owned(),
        "model" => "Hyperparameters of the model.".to_owned(),
        "training" => "How the model is trained.".to_owned(),
        "evaluation" => "How the model is judged.".to_owned(),
        "parameters" => "Values that the job computes with.".to_owned(),
        other => format!("Settings of the {}.", other.replace('_', " ")),
    }
}

/// The heading or comment that a group of statements stands under.
pub(crate) fn title(program: &Program, first: UnitId, group: &[TextRange]) -> Option<String> {
    let unit = &program.units()[first.index()];
    let before = program.text(TextRange::new(unit.full_range.start(), unit.range.start()));
    let comment: Vec<&str> = before
        .lines()
        .map(|line| line.trim().trim_start_matches(['#', '%']).trim())
        .collect();
    let comment = comment
        .into_iter()
        .find(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 3);
    let _ = group;
    comment
        .map(str::to_owned)
        .or_else(|| heading(program, unit.cell))
}

/// The last heading of the markdown cell right above a cell, or its first line.
pub(crate) fn heading(program: &Program, cell: usize) -> Option<String> {
    let above = program.source.cells[..cell]
        .iter()
        .rev()
        .take_while(|it| it.kind == CellKind::Markdown);
    let texts: Vec<&str> = above.map(|it| it.markdown.as_str()).collect();
    let headings = texts
        .iter()
        .flat_map(|text| text.lines().rev())
        .find(|line| line.starts_with('#'));
    let line = headings.or_else(|| {
        texts
            .first()
            .and_then(|text| text.lines().find(|line| !line.trim().is_empty()))
    })?;
    let text = line
        .trim_start_matches('#')
        .trim()
        .trim_matches(['*', '_', '`', '=', '-']);
    (!text.is_empty()).then(|| plain(text))
}

/// Markdown without its signs.
fn plain(text: &str) -> String {
    let mut result = String::new();
    let mut depth = 0_u32;
    for character in text.chars() {
        match character {
            '`' | '*' | '$' => {}
            '(' if result.ends_with(']') => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            _ => result.push(character),
        }
    }
    let result = result.replace(['[', ']'], "");
    result
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')' || c == ' ')
        .trim()
        .to_owned()
}

/// A verb and its object for a function that a title describes and that gives `outputs`.
pub(crate) fn function(
    title: Option<&str>,
    graph: &EffectGraph,
    ranges: &[TextRange],
    outputs: &[String],
) -> String {
    if let Some(name) = title.and_then(verb_phrase) {
        return name;
    }
    let verb = verb_of_calls(graph, ranges);
    let noun = noun(outputs);
    format!("{verb}_{noun}")
}

/// A title as verb and object, when it can be read so: "Data cleaning", "Train the model".
fn verb_phrase(title: &str) -> Option<String> {
    let slug = slug(
        title
            .split(['.', ':', ',', '(', ';', '–', '—'])
            .next()
            .unwrap_or(title),
    );
    if !slug.is_ascii() {
        return None;
    }
    let words: Vec<&str> = slug
        .split('_')
        .filter(|word| !FILLERS.contains(word))
        .collect();
    let (first, last) = (*words.first()?, *words.last()?);
    let verb_of = |word: &str| {
        let base = NOMINALS
            .iter()
            .find(|(nominal, _)| *nominal == word)
            .map(|(_, verb)| *verb);
        base.or_else(|| VERBS.iter().find(|verb| **verb == word).copied())
    };
    if let Some(verb) = verb_of(first) {
        let object: Vec<&str> = words[1..].iter().copied().take(4).collect();
        return (!object.is_empty()).then(|| format!("{verb}_{}", object.join("_")));
    }
    if words.len() > 1
        && words.len() <= 4
        && let Some(verb) = NOMINALS
            .iter()
            .find(|(nominal, _)| *nominal == last)
            .map(|(_, verb)| *verb)
    {
        return Some(format!("{verb}_{}", words[..words.len() - 1].join("_")));
    }
    None
}

const FILLERS: &[&str] = &[
    "the", "a", "an", "our", "some", "now", "first", "let", "us", "we", "s", "and", "of", "to",
    "then",
];

const VERBS: &[&str] = &[
    "load",
    "read",
    "clean",
    "split",
    "train",
    "fit",
    "build",
    "create",
    "compute",
    "calculate",
    "evaluate",
    "prepare",
    "generate",
    "make",
    "select",
    "scale",
    "encode",
    "transform",
    "predict",
    "merge",
    "filter",
    "define",
    "compare",
    "estimate",
    "simulate",
    "plot",
    "extract",
    "normalize",
    "standardize",
    "impute",
    "drop",
    "remove",
    "add",
    "convert",
    "apply",
    "get",
    "find",
    "test",
    "tune",
    "optimize",
    "run",
    "perform",
    "check",
    "analyze",
    "explore",
    "summarize",
    "aggregate",
    "group",
    "sort",
    "rename",
    "set",
    "initialize",
    "draw",
    "sample",
    "score",
    "measure",
    "save",
    "write",
    "export",
    "import",
    "parse",
    "detect",
    "classify",
    "cluster",
    "reduce",
    "model",
    "use",
    "construct",
    "specify",
    "show",
    "display",
    "visualize",
    "download",
    "fetch",
    "collect",
    "join",
    "map",
    "count",
    "combine",
    "assess",
    "validate",
];

const NOMINALS: &[(&str, &str)] = &[
    ("cleaning", "clean"),
    ("preparation", "prepare"),
    ("preprocessing", "preprocess"),
    ("processing", "process"),
    ("engineering", "engineer"),
    ("evaluation", "evaluate"),
    ("training", "train"),
    ("selection", "select"),
    ("loading", "load"),
    ("splitting", "split"),
    ("split", "split"),
    ("encoding", "encode"),
    ("scaling", "scale"),
    ("normalization", "normalize"),
    ("standardization", "standardize"),
    ("transformation", "transform"),
    ("tuning", "tune"),
    ("optimization", "optimize"),
    ("prediction", "predict"),
    ("predictions", "predict"),
    ("estimation", "estimate"),
    ("simulation", "simulate"),
    ("analysis", "analyze"),
    ("exploration", "explore"),
    ("generation", "generate"),
    ("extraction", "extract"),
    ("aggregation", "aggregate"),
    ("comparison", "compare"),
    ("validation", "validate"),
    ("fitting", "fit"),
    ("modeling", "model"),
    ("modelling", "model"),
    ("clustering", "cluster"),
    ("classification", "classify"),
    ("creating", "create"),
    ("reading", "read"),
    ("building", "build"),
    ("computing", "compute"),
    ("making", "make"),
    ("calculating", "calculate"),
    ("comparing", "compare"),
    ("evaluating", "evaluate"),
    ("preparing", "prepare"),
    ("generating", "generate"),
    ("selecting", "select"),
    ("computation", "compute"),
    ("calculation", "calculate"),
    ("imputation", "impute"),
    ("decomposition", "decompose"),
    ("forecasting", "forecast"),
    ("sampling", "sample"),
];

/// What the main call does, as a verb.
fn verb_of_calls(graph: &EffectGraph, ranges: &[TextRange]) -> &'static str {
    let calls = graph
        .calls
        .iter()
        .filter(|call| ranges.iter().any(|range| range.contains_range(call.range)));
    let mut best = (usize::MAX, "compute");
    for call in calls {
        let name = match &call.callee {
            Callee::Library(name) | Callee::User(name) => name.as_str(),
            Callee::Unknown => continue,
        };
        let method = name.rsplit('.').next().unwrap_or(name);
        let found = CALL_VERBS
            .iter()
            .position(|(names, _)| names.contains(&method));
        let is_metric = name.starts_with("sklearn.metrics.");
        let position = if is_metric { Some(1) } else { found };
        if let Some(position) = position
            && position < best.0
        {
            best = (position, CALL_VERBS[position].1);
        }
    }
    best.1
}

/// Verbs by the names of calls, the telling ones first.
const CALL_VERBS: &[(&[&str], &str)] = &[
    (&["fit"], "fit"),
    (&["score", "cross_val_score", "cross_validate"], "evaluate"),
    (&["train_test_split"], "split"),
    (
        &["predict", "predict_proba", "decision_function", "forecast"],
        "predict",
    ),
    (&["fit_transform", "transform"], "transform"),
    (
        &["merge", "concat", "join", "vstack", "hstack", "concatenate"],
        "combine",
    ),
    (&["get_dummies", "factorize"], "encode"),
    (
        &[
            "dropna",
            "fillna",
            "drop_duplicates",
            "drop",
            "replace",
            "rename",
        ],
        "clean",
    ),
    (
        &[
            "groupby",
            "pivot_table",
            "value_counts",
            "agg",
            "crosstab",
            "describe",
        ],
        "summarize",
    ),
    (
        &[
            "DataFrame",
            "array",
            "zeros",
            "linspace",
            "arange",
            "Pipeline",
            "make_pipeline",
        ],
        "build",
    ),
];

/// A noun for results.
fn noun(outputs: &[String]) -> String {
    let mut nouns: Vec<String> = Vec::new();
    for output in outputs.iter().take(2) {
        let lower = output.to_lowercase();
        let noun = match lower.as_str() {
            "df" | "data" | "dataset" => "data".to_owned(),
            "x" => "features".to_owned(),
            "y" => "labels".to_owned(),
            "clf" | "est" | "estimator" | "mod" | "mdl" => "model".to_owned(),
            "reg" => "regressor".to_owned(),
            "res" | "ret" | "out" => "result".to_owned(),
            _ if lower.starts_with("x_train") => "sets".to_owned(),
            other => slug(other),
        };
        if !noun.is_empty() && !nouns.contains(&noun) {
            nouns.push(noun);
        }
    }
    if nouns.is_empty() {
        "values".to_owned()
    } else {
        nouns.join("_and_")
    }
}

/// A distribution's name: `Churn Model.v2` as `churn-model-v2`.
pub(crate) fn project(stem: &str) -> String {
    let ascii: String = stem
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let parts: Vec<&str> = ascii.split('-').filter(|part| !part.is_empty()).collect();
    let name = parts.join("-");
    if name.is_empty() {
        "analysis".to_owned()
    } else {
        name
    }
}

/// The import name of a project.
pub(crate) fn package(project: &str) -> String {
    let name = project.replace(['-', '.'], "_").to_lowercase();
    let starts_with_digit = name.starts_with(|c: char| c.is_ascii_digit());
    let name = if starts_with_digit {
        format!("analysis_{name}")
    } else {
        name
    };
    if srcify_syntax::is_reserved_word(&name) {
        format!("{name}_package")
    } else {
        name
    }
}

/// What the input is about: its docstring, its first heading, its file name.
pub(crate) fn summary(program: &Program) -> String {
    use srcify_syntax::ast::{self, Stmt};
    let docstring = program
        .units()
        .first()
        .and_then(|unit| match program.statement(unit.id) {
            Stmt::Expr(ast::StmtExpr { value, .. }) => value
                .as_string_literal_expr()
                .map(|it| it.value.to_str().to_owned()),
            _ => None,
        });
    let is_prose = |line: &&str| line.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let from_docstring = docstring
        .as_deref()
        .and_then(|text| text.lines().find(is_prose))
        .map(plain);
    let markdown = program
        .source
        .cells
        .iter()
        .filter(|cell| cell.kind == CellKind::Markdown);
    let from_markdown = markdown
        .flat_map(|cell| cell.markdown.lines())
        .find(is_prose)
        .map(|line| plain(line.trim_start_matches('#').trim()));
    let text = from_docstring
        .or(from_markdown)
        .filter(|text| text.len() > 3);
    let text = text.unwrap_or_else(|| {
        format!(
            "Run the analysis of {}",
            program.source.stem().replace(['_', '-'], " ")
        )
    });
    plain_summary(&text.chars().take(90).collect::<String>())
}

/// A sentence without its final stop, on one line.
pub(crate) fn plain_summary(text: &str) -> String {
    sentence(text).trim_end_matches('.').to_owned()
}

/// The name of the job: what the input does.
pub(crate) fn job(graph: &EffectGraph) -> String {
    let fits = graph.calls.iter().any(|call| match &call.callee {
        Callee::Library(name) => {
            matches!(name.rsplit('.').next(), Some("fit" | "fit_transform"))
        }
        _ => false,
    });
    if fits {
        "training".to_owned()
    } else {
        "analysis".to_owned()
    }
}

/// The module of the domain for a function: by what its calls do.
pub(crate) fn theme(graph: &EffectGraph, ranges: &[TextRange]) -> &'static str {
    match verb_of_calls(graph, ranges) {
        "fit" | "predict" => "model",
        "evaluate" => "evaluation",
        "clean" | "encode" | "combine" | "transform" | "split" | "summarize" => "features",
        _ => "computation",
    }
}

/// Docstring of a module.
pub(crate) fn module_summary(folder: crate::Folder, name: &str) -> &'static str {
    match (folder, name) {
        (crate::Folder::Domain, "model") => "Fit and apply the models.",
        (crate::Folder::Domain, "evaluation") => "Judge the results.",
        (crate::Folder::Domain, "features") => "Prepare the data.",
        (crate::Folder::Domain, _) => "Compute the values of the analysis.",
        (crate::Folder::Io, "datasets") => "Read the data.",
        (crate::Folder::Io, "tables") => "Write tables.",
        (crate::Folder::Io, "models") => "Store and load objects.",
        (crate::Folder::Io, "figures") => "Write figures.",
        (crate::Folder::Io, "databases") => "Talk to databases.",
        (crate::Folder::Io, "commands") => "Run commands.",
        (crate::Folder::Io, "endpoints") => "Talk to other machines.",
        (crate::Folder::Io, _) => "Read and write files.",
        (crate::Folder::Application, _) => "Jobs of the package.",
    }
}

/// The docstring of a domain function.
pub(crate) fn cut_summary(title: Option<&str>, name: &str, outputs: &[String]) -> String {
    let own = title.filter(|title| title.split_whitespace().count() > 1 && title.len() <= 85);
    if let Some(title) = own {
        sentence(title)
    } else {
        let results: Vec<String> = outputs.iter().map(|it| format!("`{it}`")).collect();
        let words = name.replace('_', " ");
        if !results.is_empty() && results.len() <= 3 {
            format!(
                "{} and return {}.",
                sentence(&words).trim_end_matches('.'),
                results.join(", ")
            )
        } else {
            sentence(&words)
        }
    }
}

/// The docstring of a function that has none.
pub(crate) fn sentence_of_function(name: &str) -> String {
    sentence(&name.trim_matches('_').replace('_', " "))
}
