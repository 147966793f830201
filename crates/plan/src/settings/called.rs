//! What settings are by what they are called.

use crate::Literal;

/// What conventional names mean.
pub(super) fn described_by_name(name: &str, words: &str, value: &Literal) -> Option<String> {
    let lower = crate::naming::snake(name);
    let is_number = matches!(value, Literal::Int(_) | Literal::Float(_));
    // A switch is what it is called, whatever it switches.
    if matches!(value, Literal::Bool(_)) {
        return described_by_last_word(words, value);
    }
    let known = match lower.as_str() {
        "n_obs" | "nobs" | "nsample" | "n_samples" | "num_samples" => {
            "Number of rows that are made."
        }
        "n_features" => "Number of features.",
        "top_n" | "n_top" | "top_k" | "topn" if is_number => "How many of the first are kept.",
        "sig" | "sigma" | "std" | "noise" | "noise_std" => "Standard deviation of the noise.",
        "beta" | "betas" | "coef" | "coefs" => "True coefficients.",
        "alpha" if is_number => "Level of significance, or strength.",
        "epochs" | "n_epochs" | "num_epochs" => "Passes over the training data.",
        "batch_size" => "Rows that are worked on at once.",
        "lr" | "learning_rate" => "Step size of the optimizer.",
        "seed" | "random_state" | "random_seed" => "Seed of everything that is drawn at random.",
        "threshold" => "Limit from which on something counts.",
        "categorical"
        | "categorical_columns"
        | "categorical_features"
        | "cat_cols"
        | "cat_features" => "Columns with categories.",
        "numeric" | "numerical" | "numeric_columns" | "numeric_features" | "num_cols"
        | "numerical_features" => "Columns with numbers.",
        "target" | "target_column" | "target_col" | "label_column" => "Column that is predicted.",
        "features" | "feature_columns" | "feature_cols" | "feature_names" => {
            "Columns that the features are made of."
        }
        "test_size" => "Share of the rows held out for evaluation.",
        "colors" | "colours" => "Colours, in the order of what is drawn.",
        "markers" | "symbols" => "Markers, in the order of what is drawn.",
        _ => "",
    };
    if !known.is_empty() {
        return Some(known.to_owned());
    }
    let mut parts = lower.split('_');
    if matches!(value, Literal::List(_))
        && parts.any(|it| matches!(it, "drop" | "dropped" | "exclude" | "excluded"))
        && parts.any(|it| matches!(it, "cols" | "columns" | "features" | "vars" | "variables"))
    {
        return Some("Columns that are left out.".to_owned());
    }
    let counted = is_number.then(|| described_by_prefix(words)).flatten();
    counted.or_else(|| described_by_last_word(words, value))
}

/// What the first word of a number's name says: `n_trees` is a number of trees.
fn described_by_prefix(words: &str) -> Option<String> {
    let of = |prefix: &str| words.strip_prefix(prefix);
    if let Some(rest) = of("n ").or_else(|| of("num ")) {
        return Some(format!("Number of {}.", counted(rest)));
    }
    let largest = of("max ").map(|rest| format!("Largest {rest}."));
    largest.or_else(|| Some(format!("Smallest {}.", of("min ")?)))
}

/// What there is a number of: `n_train` is one of rows, `num_boost_round` one of boost rounds.
fn counted(words: &str) -> String {
    let words = words.strip_prefix("of ").unwrap_or(words);
    match words {
        "train" | "training" => return "rows for training".to_owned(),
        "test" | "testing" => return "rows for testing".to_owned(),
        "iter" => return "iterations".to_owned(),
        _ => {}
    }
    let last = words.rsplit(' ').next().unwrap_or(words);
    let is_many = last.ends_with('s') || MASS.contains(&last) || words.contains(" per ");
    if is_many || !crate::naming::is_word(last) {
        return words.to_owned();
    }
    match last.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => {
            format!("{}ies", &words[..words.len() - 1])
        }
        _ => format!("{words}s"),
    }
}

/// Words that have no plural, or are one.
const MASS: &[&str] = &["children", "data", "noise", "people", "work"];

/// What the last word of a name means, e.g. of `model path`.
fn described_by_last_word(words: &str, value: &Literal) -> Option<String> {
    let is_number = matches!(value, Literal::Int(_) | Literal::Float(_));
    let last = words.rsplit(' ').next()?;
    let rest = words[..words.len() - last.len()].trim();
    let text = match (last, value) {
        ("path" | "file" | "filename", Literal::Str(_)) if !rest.is_empty() => {
            format!("File of the {rest}.")
        }
        ("path" | "file" | "filename", Literal::Str(_)) => "File that the job works on.".to_owned(),
        ("dir" | "folder" | "directory", Literal::Str(_)) if !rest.is_empty() => {
            format!("Folder of the {rest}.")
        }
        ("url", Literal::Str(_)) => "Address that is fetched.".to_owned(),
        ("size", _) if is_number && matches!(rest, "train" | "test" | "training") => {
            let set = if rest == "test" { "test" } else { "training" };
            format!("Size of the {set} set.")
        }
        ("size", _) if !rest.is_empty() && is_number => format!("Size of the {rest}."),
        ("names" | "colnames" | "rownames", Literal::List(_)) => "Names, in order.".to_owned(),
        ("start" | "begin", Literal::Str(_)) => "Where the period begins.".to_owned(),
        ("end" | "stop", Literal::Str(_)) => "Where the period ends.".to_owned(),
        (_, Literal::Bool(_)) => {
            let first = words.split(' ').next()?;
            if crate::naming::is_verb(first) || SWITCHES.contains(&first) {
                format!("Whether to {words}.")
            } else {
                // An option called like something of Python's is named apart.
                let own = words.strip_suffix(" option").unwrap_or(words);
                format!("Whether `{}` is set.", own.replace(' ', "_"))
            }
        }
        _ => return None,
    };
    Some(text)
}

/// Words that a switch begins with which says what to do, beside the verbs of functions.
const SWITCHES: &[&str] = &[
    "do", "download", "enable", "include", "install", "plot", "print", "save", "show", "use",
    "write",
];
