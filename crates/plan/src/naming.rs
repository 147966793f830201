//! Names for what we make, from the author's words.

mod about;
mod arguments;
mod assessed;
mod authored;
mod columns;
mod decorators;
mod details;
mod distinct;
mod fitted;
mod functions;
mod given_data;
mod gives;
mod nouns;
mod numbers;
mod operations;
mod plain_names;
mod prose;
mod set_columns;
mod setting_up;
mod shared;
mod shortened;
mod stages;
mod summaries;
mod titles;
mod topics;
mod transformers;
mod values;
mod verbs;
mod words;

use srcify_effects::{Callee, EffectGraph};
use srcify_syntax::{Cell, CellKind, Program};

pub(crate) use about::about;
pub(crate) use authored::{class_summary, function_summary};
pub(crate) use columns::{changes_rows, columns_of};
pub(crate) use functions::{Passage, class_words, name_of_title, stage_of_title};
pub(crate) use nouns::{
    Subject, file_noun, folder_noun, good_noun as plain_noun, noun_with_kind, stem_noun,
};
pub(crate) use numbers::{is_heading_comment, without_number};
pub(crate) use prose::told_in_prose;
pub(crate) use set_columns::ColumnsSet;
pub(crate) use stages::{is_weak, told_by_calls};
pub(crate) use summaries::capital;
pub(crate) use summaries::{Described, is_plain_call};
use titles::plain;
pub(crate) use titles::{
    Title, comment_block, comment_paragraph, heading, heading_title, looks_like_code, title,
    together, told_in_comments,
};
pub(crate) use topics::under_heading;
pub(crate) use words::{is_word, without_verb};

/// Name of the package's error class: `ChurnError`; never one that Python or Pydantic has.
pub fn error_class(package: &str) -> String {
    let name = pascal(package);
    let class = format!("{name}Error");
    if name.starts_with("Test") {
        // Pytest takes such classes for tests.
        "PackageError".to_owned()
    } else if class == "ValidationError" || srcify_syntax::is_reserved_word(&class) {
        format!("{name}PackageError")
    } else {
        class
    }
}

/// Whether a word is a verb in its base form.
pub(crate) fn is_verb(word: &str) -> bool {
    verbs::verb_of_word(word) == Some(word)
}

/// The verb for some calls, as they are written.
pub(crate) fn verb_of_calls(calls: &[String]) -> Option<&'static str> {
    let draws = |call: &&String| {
        let owner = call.split('.').next().unwrap_or_default();
        call.contains('.') && (matches!(owner, "plt" | "sns" | "fig") || owner.starts_with("ax"))
    };
    let drawn = calls.iter().filter(draws).count();
    let told = calls.iter().filter_map(|call| verbs::verb_of_call(call));
    let told = told.min_by_key(|(rank, _)| *rank).map(|it| it.1.verb);
    let learns = matches!(told, Some("fit" | "tune" | "evaluate"));
    if drawn * 2 > calls.len() || (drawn > 1 && !learns) {
        return Some("plot");
    }
    if told.is_some() {
        return told;
    }
    if calls.iter().any(|call| call.ends_with("logger.info")) {
        return Some("report");
    }
    let last = |call: &String| call.rsplit('.').next().unwrap_or(call).to_owned();
    let mut named = calls.iter().rev();
    named
        .find_map(|call| values::verb_of_name("", &last(call)))
        .or_else(|| calls.iter().any(|call| draws(&call)).then_some("plot"))
}

/// The name and the docstring that a comment says.
pub(crate) fn titled(comment: &str, verb: &str, subject: &str) -> Option<(String, String)> {
    let title = titles::title_of(comment)?;
    let name = name_of_title(&title, verb, subject)?;
    (name.is_ascii() && name.len() < 50).then(|| (name, sentence(&title.text)))
}

/// The noun in a variable's name.
pub(crate) fn noun_of(variable: &str) -> String {
    nouns::noun_of_name(variable, None)
}

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

/// `RandomForestClassifier` as `random_forest_classifier`; `TEST_SIZE` as `test_size`; `WoE` as `woe`.
pub(crate) fn snake(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (index, character) in characters.iter().enumerate() {
        let previous = index.checked_sub(1).map(|at| characters[at]);
        let next = characters.get(index + 1);
        let is_last = next.is_none_or(|it| !it.is_alphanumeric());
        let before = &characters[..index];
        if is_last && is_short_word(before) {
            text.extend(character.to_lowercase());
            continue;
        }
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

/// Whether what stands before a letter is a capital with one small letter, as in `WoE` and `IoT`.
fn is_short_word(before: &[char]) -> bool {
    let (more, word) = before.split_at(before.len().saturating_sub(2));
    matches!(word, [first, second] if first.is_uppercase() && second.is_lowercase())
        && more
            .last()
            .is_none_or(|it| !it.is_alphanumeric() && *it != '_')
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
        || PROTECTED_FIELDS.iter().any(|it| lower.starts_with(it))
        || srcify_syntax::stdlib::keyword::is_keyword(&lower)
        || FIELD_TYPES.contains(&lower.as_str())
        // It looks like a one: nobody wants it as a name.
        || lower == "l"
        || lower.is_empty();
    if is_taken {
        format!("{lower}_value")
    } else {
        lower
    }
}

/// Names that the annotations of fields need.
const FIELD_TYPES: &[&str] = &[
    "int",
    "float",
    "str",
    "bool",
    "list",
    "tuple",
    "set",
    "bytes",
    "complex",
    "frozenset",
];

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

/// What the names of fields may not begin with: methods of Pydantic's `BaseModel`.
const PROTECTED_FIELDS: &[&str] = &[
    "model_computed_fields",
    "model_config",
    "model_construct",
    "model_copy",
    "model_dump",
    "model_extra",
    "model_fields",
    "model_json_schema",
    "model_parametrized_name",
    "model_post_init",
    "model_rebuild",
    "model_validate",
];

/// What a file with this noun in its name holds: `train` is `training data`.
pub(crate) fn content_words(noun: &str) -> String {
    let words = match noun {
        "train" | "training" => "training data",
        "test" | "testing" => "test data",
        "val" | "valid" | "validation" => "validation data",
        "raw" => "raw data",
        "clean" | "cleaned" => "cleaned data",
        "processed" | "preprocessed" => "prepared data",
        "df" | "frame" | "table" | "dataset" => "data",
        _ if ends_with_quality(noun) => return format!("{} data", noun.replace('_', " ")),
        _ => return noun.replace('_', " "),
    };
    words.to_owned()
}

/// Whether the last word only says what something is like: `joined`, `daily`, `hr_clean`.
fn ends_with_quality(noun: &str) -> bool {
    const QUALITIES: &[&str] = &[
        "annual",
        "clean",
        "daily",
        "final",
        "full",
        "hourly",
        "long",
        "monthly",
        "quarterly",
        "raw",
        "weekly",
        "wide",
        "yearly",
    ];
    const THINGS: &[&str] = &["breed", "embed", "feed", "need", "seed", "speed", "weed"];
    let last = noun.rsplit('_').next().unwrap_or(noun);
    let is_participle = last.len() > 4 && last.ends_with("ed") && !THINGS.contains(&last);
    is_participle || QUALITIES.contains(&last)
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

/// The docstring of the settings of a concern; `class` is the estimator that they tune.
pub(crate) fn section_summary(section: &str, class: Option<&str>) -> String {
    match (section, class) {
        ("data", _) => "Where the data comes from.".to_owned(),
        ("output", _) => "Where the results are written.".to_owned(),
        ("split", _) => "How data is held out for evaluation.".to_owned(),
        ("features", _) => "Which columns are used, and how features are made of them.".to_owned(),
        ("training", _) => "How the model is trained.".to_owned(),
        ("tuning", _) => "How the best hyperparameters are searched.".to_owned(),
        ("evaluation", _) => "How the model is judged.".to_owned(),
        ("simulation", _) => "The data that is drawn at random.".to_owned(),
        ("reproducibility", _) => "What makes a run repeatable.".to_owned(),
        ("plots", _) => "How results are drawn.".to_owned(),
        ("environment", _) => "What is taken where environment variables are not set.".to_owned(),
        ("analysis", _) => "Values that the computations start from.".to_owned(),
        (_, Some(class)) => format!("Hyperparameters of `{class}`."),
        ("model", _) => "Hyperparameters of the models.".to_owned(),
        (other, _) => format!("Settings of the {}.", other.replace('_', " ")),
    }
}

/// A distribution's name: `churn-model-v2` for `Churn Model.v2`, `train` for `03_train`.
pub fn project(stem: &str) -> String {
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
    // `03_train` is the third of several; no package can begin with a digit.
    let is_rank = |it: &str| it.len() <= 2 && it.chars().all(|c| c.is_ascii_digit());
    let parts = match &parts[..] {
        [rank, first, ..] if is_rank(rank) && first.starts_with(char::is_alphabetic) => &parts[1..],
        all => all,
    };
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
pub fn summary(program: &Program) -> String {
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
    // A target or a directive of reStructuredText is no prose, nor is who wrote it and when.
    let is_prose = |line: &&str| {
        let line = line.trim_start();
        line.chars().filter(|c| c.is_alphabetic()).count() > 2
            && !line.contains("://")
            && !NO_SUMMARIES.iter().any(|it| line.starts_with(it))
    };
    let from_docstring = docstring
        .as_deref()
        .and_then(|text| text.lines().find(is_prose))
        .map(plain);
    // The title of the first code cell speaks of that cell.
    let is_title = |cell: &Cell| {
        let text = program.text(cell.range).trim_start_matches(['#', ' ']);
        text.starts_with("%%")
    };
    let markdown = program.source.cells.iter();
    let markdown = markdown.filter(|it| it.kind == CellKind::Markdown && !is_title(it));
    let from_markdown = markdown
        .flat_map(|cell| cell.markdown.lines())
        .find(is_prose)
        .map(|line| plain(line.trim_start_matches('#').trim()));
    let text = from_docstring
        .or(from_markdown)
        .or_else(|| head_comment(&program.source.text))
        .filter(|text| text.len() > 3);
    let text = text.unwrap_or_else(|| {
        format!(
            "Run the analysis of {}",
            program.source.stem().replace(['_', '-'], " ")
        )
    });
    plain_summary(shortened(&text))
}

/// Beginnings of lines at the head of a file that say nothing of what it is for.
const NO_SUMMARIES: &[&str] = &[".. ", "@", "Author", "Created on ", "Date:"];

/// Words in comments at the head of a file that say nothing of what it is for.
const OF_OTHER_THINGS: &[&str] = &[
    "author",
    "coding",
    "copyright",
    "created",
    "dependenc",
    "flake8",
    "import",
    "librar",
    "licen",
    "module",
    "mypy",
    "noqa",
    "package",
    "pylint",
    "python",
    "ruff",
    "setup",
    "todo",
    "usage",
];

/// What the first comment of an input says of it, where no docstring and no heading does: a line of a few words.
fn head_comment(text: &str) -> Option<String> {
    const WORDS: usize = 4;
    let is_for_tools = |line: &str| {
        line.is_empty() || line.starts_with("#!") || line.starts_with("# -*-") || line == "#"
    };
    let line = text.lines().map(str::trim).find(|it| !is_for_tools(it))?;
    let said = line.strip_prefix('#')?;
    let said = said.trim_matches(|c: char| c.is_whitespace() || "#=*-%".contains(c));
    let small = said.to_lowercase();
    let is_told = said.split_whitespace().count() >= WORDS
        && !said.contains(['=', '?', '\\'])
        && !said.ends_with(':')
        && !OF_OTHER_THINGS.iter().any(|it| small.contains(it));
    is_told.then(|| plain(said))
}

/// The beginning of a text that fits on a line: up to a pause where there is one, else to the end of a word.
fn shortened(text: &str) -> &str {
    const MOST: usize = 80;
    const LEAST: usize = 24;
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(MOST) else {
        return text;
    };
    let beginning = &text[..end];
    let pause = beginning.rfind([':', ';', ',', '(', '–', '—']);
    let end = pause.filter(|at| *at >= LEAST).or(beginning.rfind(' '));
    beginning[..end.unwrap_or(beginning.len())].trim_end()
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
                || verbs::is_training_step(name)
        }
        _ => false,
    });
    if fits {
        "training".to_owned()
    } else {
        "analysis".to_owned()
    }
}

/// Docstring of a module.
pub(crate) fn module_summary(folder: crate::Folder, name: &str) -> &'static str {
    match (folder, name) {
        (crate::Folder::Domain, "model") => "Split the data, fit the models and apply them.",
        (crate::Folder::Domain, "metrics") => "Measure how good the models are.",
        (crate::Folder::Domain, "features") => "Clean the data and turn it into features.",
        (crate::Folder::Domain, "data") => "Data that comes with a library.",
        (crate::Folder::Domain, "statistics") => "Statistics of the data.",
        (crate::Folder::Domain, "simulation") => "Data that is drawn at random.",
        (crate::Folder::Domain, "images") => "Work on images.",
        (crate::Folder::Domain, "graphs") => "Work on graphs.",
        (crate::Folder::Domain, "functions") => "Functions and classes of the analysis.",
        (crate::Folder::Domain, _) => "The computations between reading and writing.",
        (crate::Folder::Io, "datasets") => "Read tables.",
        (crate::Folder::Io, "tables") => "Tables that the job writes.",
        (crate::Folder::Io, "models") => "Store and load fitted models and other objects.",
        (crate::Folder::Io, "figures") => "Write figures.",
        (crate::Folder::Io, "databases") => "Talk to databases.",
        (crate::Folder::Io, "commands") => "Run other programs.",
        (crate::Folder::Io, "sources") => "Fetch data that libraries download themselves.",
        (crate::Folder::Io, "endpoints") => "Talk to other machines.",
        (crate::Folder::Io, _) => "Read and write files.",
        (crate::Folder::Application, _) => "Jobs of the package.",
    }
}

#[cfg(test)]
mod tests {
    use super::{project, shortened};

    #[test]
    fn a_project_is_named_for_the_words_of_its_file() {
        assert_eq!(project("Churn Model.v2"), "churn-model-v2");
        assert_eq!(project("03_train"), "train");
        assert_eq!(project("2021_sales"), "2021-sales");
        assert_eq!(project("7"), "7");
    }

    #[test]
    fn long_summaries_end_at_a_pause_or_a_word() {
        let long = "Functions that change what they are given: a copy makes them pure, where nobody looks at it";
        assert_eq!(
            shortened(long),
            "Functions that change what they are given: a copy makes them pure"
        );
        let words = "word ".repeat(20);
        assert_eq!(shortened(&words), "word ".repeat(16).trim_end());
        assert_eq!(shortened("Short, and whole"), "Short, and whole");
    }
}
