//! Places of calls where users tune something: what a parameter means, and which concern it belongs to.

use srcify_effects::{Catalog, Condition, Effect, EntryKind, parameters};

use super::Lifter;
use crate::Literal;
use crate::naming;

/// A parameter of a library that users tune.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub section: String,
    pub field: String,
    /// The estimator that it belongs to.
    pub class: Option<String>,
    pub is_path: bool,
    /// Only its library says that users tune it: numbers do, and a word may be what the author is about.
    pub is_for_numbers: bool,
    /// Numbers that say what is done here, not how much.
    pub plain: &'static [String],
    pub description: String,
    pub bounds: Vec<(&'static str, String)>,
    pub annotation: Option<String>,
}

/// Functions whose shares and seeds are settings.
const SPLITTERS: &[&str] = &[
    "train_test_split",
    "KFold",
    "StratifiedKFold",
    "RepeatedStratifiedKFold",
    "GroupKFold",
    "TimeSeriesSplit",
    "ShuffleSplit",
    "cross_val_score",
    "cross_validate",
];

/// The section of what makes a run repeatable.
pub(super) const REPRODUCIBILITY: &str = "reproducibility";

impl Place {
    /// Whether a value may be a setting here.
    pub(crate) fn takes(&self, value: &Literal) -> bool {
        let is_plain = match value {
            Literal::Int(text) | Literal::Float(text) => self.plain.contains(text),
            Literal::List(items) => !items.is_empty() && !items.iter().any(|it| self.takes(it)),
            _ => false,
        };
        let is_number = match value {
            // Nothing and one are what a method is, more often than what is tuned.
            Literal::Int(text) | Literal::Float(text) => {
                !matches!(text.as_str(), "0" | "1" | "0.0" | "1.0")
            }
            _ => false,
        };
        !is_plain && (is_number || !self.is_for_numbers)
    }
}

impl Lifter<'_> {
    /// What the catalog says of a parameter, when it is one that users tune.
    pub(super) fn place(&self, callee: &str, parameter: &str) -> Option<Place> {
        place_of(self.catalog, callee, parameter)
    }
}

/// What the catalog says of a parameter, when it is one that users tune.
pub(crate) fn place_of(catalog: &Catalog, callee: &str, parameter: &str) -> Option<Place> {
    let (class, method) = callee.rsplit_once('.').unwrap_or(("", callee));
    let entry = catalog
        .exact(callee)
        .or_else(|| catalog.member(class, method))
        .or_else(|| catalog.lookup(callee))?;
    if entry.path.as_deref() == Some(parameter) {
        let writes = entry.effects.iter().any(|it| it.what == Effect::WriteFile);
        let reads = entry.effects.iter().any(|it| it.what == Effect::ReadFile);
        return Some(file_place(callee, writes, reads));
    }
    if let Some(tuned) = parameters::tuned(callee, parameter) {
        return Some(tuned_place(tuned));
    }
    // Whatever its name, what a class draws without is its seed.
    let is_seed = entry.kind == EntryKind::Class
        && entry.effects.iter().any(|it| {
            it.what == Effect::Random
                && it
                    .conditions
                    .contains(&Condition::Absent(parameter.to_owned()))
        });
    // `random.seed(a=4)`.
    let is_seed = is_seed || callee == "random.seed" && parameter == "a";
    let is_listed = entry.settings.iter().any(|it| it == parameter);
    let known = parameters::lookup(parameter)
        .or_else(|| parameters::lookup(if is_seed { "seed" } else { "" }));
    let Some(known) = known else {
        return listed_place(catalog, callee, parameter).filter(|_| is_listed);
    };
    let fits = catalog.member(callee, "fit");
    let is_estimator =
        entry.kind == EntryKind::Class && fits.is_some_and(|it| it.kind != EntryKind::Attribute);
    if !is_listed && !is_estimator && !SPLITTERS.contains(&method) && !learns(callee, method) {
        return None;
    }
    let is_seed = known.name == "seed";
    let section = section_of(callee, method, is_estimator, is_seed, &known.section);
    let makes_generator = ["RandomState", "default_rng", "Random", "SeedSequence"];
    let description = if is_seed && makes_generator.contains(&method) {
        "Seed of a generator of random numbers.".to_owned()
    } else if is_seed {
        seed_description(&section).to_owned()
    } else {
        parameters::describe(callee, parameter).unwrap_or_else(|| known.description.clone())
    };
    let name = if is_seed { "" } else { method };
    Some(Place {
        class: (section == "model" && is_estimator).then(|| method.to_owned()),
        field: field_of(&section, is_estimator, name, &known.name),
        section,
        is_path: false,
        is_for_numbers: false,
        plain: &[],
        description,
        bounds: bounds_of(known),
        annotation: known.annotation.clone(),
    })
}

/// The place of a parameter that users tune in this very function.
fn tuned_place(tuned: &'static parameters::Tuned) -> Place {
    Place {
        section: tuned.section.clone(),
        field: tuned.name.clone(),
        class: None,
        is_path: false,
        is_for_numbers: false,
        plain: &tuned.plain,
        description: tuned.description.clone(),
        bounds: Vec::new(),
        annotation: None,
    }
}

/// `standard_scaler_…` among the features, where several estimators have parameters of one name.
fn field_of(section: &str, is_estimator: bool, method: &str, name: &str) -> String {
    if section == "features" && is_estimator && !method.is_empty() {
        format!("{}_{name}", naming::class_words(method))
    } else {
        name.to_owned()
    }
}

/// The place of a parameter that its library documents and lists among the settings of what it belongs to.
fn listed_place(catalog: &Catalog, callee: &str, parameter: &str) -> Option<Place> {
    if !parameters::is_documented_setting(callee, parameter) {
        return None;
    }
    let method = callee.rsplit('.').next().unwrap_or(callee);
    let fits = catalog.member(callee, "fit");
    let is_estimator = fits.is_some_and(|it| it.kind != EntryKind::Attribute);
    let section = section_of(callee, method, is_estimator, false, "model");
    Some(Place {
        class: (section == "model" && is_estimator).then(|| method.to_owned()),
        field: field_of(&section, is_estimator, method, parameter),
        section,
        is_path: false,
        is_for_numbers: true,
        plain: &[],
        description: parameters::describe(callee, parameter)?,
        bounds: Vec::new(),
        annotation: None,
    })
}

/// Names that mean what the one who wrote the code says: a rate here, a penalty or a weight there.
const GREEK: &[&str] = &[
    "alpha", "beta", "gamma", "delta", "lam", "lambda_", "eta", "theta",
];

/// What the name of a parameter says, where no catalog knows what is called.
pub(super) fn place_by_name(method: &str, parameter: &str) -> Option<Place> {
    // A letter alone says nothing: only pandas draws `n` rows.
    let known = parameters::lookup(parameter)
        .filter(|known| parameter.len() > 1 || known.section != "data")?;
    let is_seed = known.name == "seed";
    let is_class = method.starts_with(char::is_uppercase);
    // `p` is an order here and a probability there.
    let is_vague = GREEK.contains(&parameter) || parameter.len() == 1 && parameter != "C";
    let section = if is_seed {
        REPRODUCIBILITY
    } else if is_vague || is_class && known.section == "features" {
        "model"
    } else {
        &known.section
    };
    let description = if is_seed {
        seed_description("model").to_owned()
    } else if is_vague {
        format!("The argument `{parameter}` of `{method}`.")
    } else {
        known.description.clone()
    };
    let bounds = if is_vague {
        Vec::new()
    } else {
        bounds_of(known)
    };
    Some(Place {
        class: (is_class && section == "model").then(|| method.to_owned()),
        section: section.to_owned(),
        field: known.name.clone(),
        is_path: false,
        is_for_numbers: false,
        plain: &[],
        description,
        bounds,
        annotation: known.annotation.clone(),
    })
}

/// Whether what is called learns by its name, though nothing says that it is an estimator: its parameters tune it.
fn learns(callee: &str, method: &str) -> bool {
    may_learn(callee) && names_learner(method)
}

/// Whether a class, or a function of this name, learns, if anything of its library does.
pub(super) fn names_learner(method: &str) -> bool {
    method.starts_with(char::is_uppercase) || matches!(method, "fit" | "train" | "compile")
}

/// Whether anything in the library of what is called learns.
pub(super) fn may_learn(callee: &str) -> bool {
    const OTHERS: [&str; 12] = [
        "matplotlib",
        "seaborn",
        "plotly",
        "bokeh",
        "altair",
        "pandas",
        "numpy",
        "datetime",
        "networkx",
        "decimal",
        "ipywidgets",
        "IPython",
    ];
    let library = callee.split('.').next().unwrap_or(callee);
    !OTHERS.contains(&library)
}

fn bounds_of(known: &parameters::Parameter) -> Vec<(&'static str, String)> {
    let named = known.bounds.iter();
    named
        .filter_map(|(bound, value)| Some((bound_name(bound)?, value.clone())))
        .collect()
}

/// What a file is of which the input only asks whether it is there.
pub(super) const LOOKED_FOR: &str = "that is looked for";

/// The place of the path of a reader or writer.
pub(super) fn file_place(callee: &str, writes: bool, reads: bool) -> Place {
    let section = if writes && !reads { "output" } else { "data" };
    let kind = file_kind(callee);
    let method = callee.rsplit('.').next().unwrap_or(callee);
    let description = match (writes, reads) {
        _ if matches!(method, "exists" | "isfile" | "isdir" | "lexists" | "islink") => {
            format!("{kind} {LOOKED_FOR}.")
        }
        (true, false) => format!("{kind} that the results go to."),
        (true, true) if is_data_set(callee) => "Folder that the data is downloaded to.".to_owned(),
        (true, true) => format!("{kind} that is written and read again."),
        _ => format!("{kind} that the job starts from."),
    };
    Place {
        section: section.to_owned(),
        field: "path".to_owned(),
        class: None,
        is_path: true,
        is_for_numbers: false,
        plain: &[],
        description,
        bounds: Vec::new(),
        annotation: None,
    }
}

/// Whether it is of a module of data sets: `torchvision.datasets.MNIST`.
fn is_data_set(callee: &str) -> bool {
    let module = callee.rsplit('.').nth(1);
    module.is_some_and(|it| it.ends_with("datasets"))
}

/// The kind of the file that a function reads or writes, for a sentence.
pub(crate) fn file_kind(callee: &str) -> &'static str {
    let method = callee.rsplit('.').next().unwrap_or(callee);
    let top = callee.split('.').next().unwrap_or(callee);
    match (top, method) {
        (_, "read_csv" | "to_csv" | "read_table" | "scan_csv" | "write_csv") => "CSV file",
        (_, "read_parquet" | "to_parquet" | "write_parquet") => "Parquet file",
        (_, "read_excel" | "to_excel" | "ExcelWriter") => "Excel workbook",
        (_, "read_json" | "to_json") => "JSON file",
        (_, "read_pickle" | "to_pickle") => "Pickle file",
        (_, "read_feather" | "to_feather") => "Feather file",
        (_, "savefig" | "write_image" | "imsave" | "imread") => "Image file",
        (_, "write_html" | "to_html") => "HTML page",
        (_, "loadtxt" | "savetxt" | "genfromtxt") => "Text file of numbers",
        ("numpy", "save" | "load" | "savez" | "savez_compressed") => "Array file",
        ("joblib", _) => "Joblib file",
        ("torch", _) => "File of weights",
        ("sqlite3", _) => "SQLite database",
        ("sqlalchemy", _) => "Database",
        ("requests" | "httpx" | "urllib", _) => "Address",
        (_, "mkdir" | "makedirs" | "chdir" | "listdir" | "walk" | "scandir" | "isdir") => "Folder",
        _ => "File",
    }
}

/// The concern of a parameter.
fn section_of(
    callee: &str,
    method: &str,
    is_estimator: bool,
    is_seed: bool,
    known: &str,
) -> String {
    let prepares = [
        "preprocessing",
        "impute",
        "decomposition",
        "feature_",
        "sklearn.compose",
        "category_encoders",
        "over_sampling",
        "under_sampling",
    ]
    .iter()
    .any(|part| callee.contains(part));
    let searches = method.ends_with("SearchCV");
    let draws = callee.starts_with("numpy.random") || callee.starts_with("random.");
    let section = if draws && is_seed {
        REPRODUCIBILITY
    } else if searches {
        "tuning"
    } else if SPLITTERS.contains(&method) {
        known
    } else if is_estimator && prepares {
        "features"
    } else if is_estimator {
        "model"
    } else if callee.contains(".datasets.") {
        "data"
    } else if is_seed && !callee.contains("model_selection") {
        REPRODUCIBILITY
    } else {
        known
    };
    section.to_owned()
}

fn seed_description(section: &str) -> &'static str {
    match section {
        "split" | "evaluation" => "Decides which rows go where.",
        "data" => "Decides which data is drawn.",
        "features" => "Decides what is drawn while the features are made.",
        REPRODUCIBILITY => "Seed of all random numbers that have no generator of their own.",
        _ => "Decides what the model draws at random.",
    }
}

fn bound_name(bound: &str) -> Option<&'static str> {
    ["gt", "ge", "lt", "le", "min_length"]
        .into_iter()
        .find(|name| *name == bound)
}
