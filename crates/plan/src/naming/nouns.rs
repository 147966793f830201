//! Nouns: what variables hold, in words.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Callee, EffectGraph, Type};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, UnitId};

use super::functions::class_words;
use super::words::{is_word, spelled_out};
use super::{slug, snake};

/// What the data of an input is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Subject {
    /// By variable: `df` read from `customers.csv` holds `customers`.
    pub nouns: BTreeMap<String, String>,
    /// What variables hold from which statement on, by its number; `None` where nothing tells.
    since: BTreeMap<String, Vec<(usize, Option<String>)>>,
    /// Names of data that comes with a library.
    bundled: BTreeSet<String>,
    /// Variables that what is read goes into.
    read: BTreeSet<String>,
    /// Variables whose names say little, and the nouns of the files that they are written to.
    written: BTreeMap<String, String>,
    /// The noun of the data that is read, where all of it is the same.
    pub main: Option<String>,
    /// The noun of what is read first.
    first: Option<String>,
    /// The column or name of what is predicted: `churn`.
    pub target: Option<String>,
    /// How many statements fit something.
    pub fits: usize,
    /// Whether something is called what features are called: beside them, `y` holds labels.
    has_features: bool,
}

/// Stems of files that say nothing about what is in them.
const PLAIN_STEMS: &[&str] = &[
    "data", "dataset", "input", "file", "df", "table", "raw", "output", "out", "sample", "samples",
    "export", "train", "test", "results", "path", "url", "csv", "the", "index", "option",
];

/// Words that say how data are, not what they are.
const QUALITIES: &[&str] = &[
    "clean",
    "cleaned",
    "combined",
    "encoded",
    "final",
    "filtered",
    "full",
    "interim",
    "merged",
    "new",
    "old",
    "prepared",
    "preprocessed",
    "processed",
    "scaled",
    "temp",
    "tidy",
    "transformed",
];

impl Subject {
    pub(crate) fn of(program: &Program, graph: &EffectGraph) -> Self {
        let mut words = program.source.text.split(|it: char| !is_of_name(it));
        let mut subject = Self {
            has_features: words.any(is_name_of_features),
            ..Self::default()
        };
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        let mut all: BTreeSet<String> = BTreeSet::new();
        for unit in program.units() {
            let main = super::verbs::main_call(graph, &[unit.range]);
            subject.fits += usize::from(main.is_some_and(|(verb, ..)| verb.verb == "fit"));
            let statement = program.statement(unit.id);
            if let Some((name, noun)) = written_noun(program, statement) {
                let known = subject
                    .written
                    .entry(name.to_owned())
                    .or_insert(noun.clone());
                // What goes to several files is none of them.
                if *known != noun {
                    known.clear();
                }
            }
            let Some((name, value)) = crate::steps::constant_assignment(statement) else {
                continue;
            };
            if let Expr::StringLiteral(text) = value {
                texts.insert(name.to_owned(), text.value.to_str().to_owned());
            }
            let read = read_noun(program, graph, value, &texts);
            if let Some((noun, is_bundled)) = &read {
                all.insert(noun.clone());
                subject.first.get_or_insert_with(|| noun.clone());
                if *is_bundled {
                    subject.bundled.insert(noun.clone());
                }
                subject.read.insert(name.to_owned());
            }
            let read = read.map(|it| it.0);
            let carried = read.or_else(|| carried_noun(&subject.nouns, value));
            // `df = merge(df, other)`: still what it was, and more.
            if carried.is_some() || !graph.units[unit.id.index()].access.reads.contains(name) {
                subject.tell(unit.id.index(), name, carried);
            }
            if is_target_name(name)
                && let Some(column) = column_of(value)
            {
                subject.target.get_or_insert(column);
            }
        }
        subject.nouns = told_all(&subject.since);
        subject.main = all.pop_first().filter(|_| all.is_empty());
        subject
    }

    /// Notes what a variable holds from a statement on.
    fn tell(&mut self, unit: usize, name: &str, noun: Option<String>) {
        match &noun {
            Some(noun) => self.nouns.insert(name.to_owned(), noun.clone()),
            None => self.nouns.remove(name),
        };
        let since = self.since.entry(name.to_owned()).or_default();
        since.push((unit, noun));
    }

    /// The same, of some statements: where variables hold one thing after another, what they hold there.
    pub(crate) fn at(&self, graph: &EffectGraph, units: &[UnitId]) -> Self {
        let numbers = || units.iter().map(|it| it.index());
        let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
            return self.clone();
        };
        let mut nouns = BTreeMap::new();
        let reads_before = |name: &String| {
            let mut units = units.iter().map(|it| &graph.units[it.index()].access);
            let told = units.find(|it| it.reads.contains(name) || it.must.contains(name));
            told.is_some_and(|it| it.reads.contains(name))
        };
        for (name, since) in &self.since {
            let before = since.iter().rfind(|(unit, _)| *unit < first);
            let before = before.filter(|_| reads_before(name));
            let inside = since
                .iter()
                .filter(|(unit, _)| (first..=last).contains(unit));
            let mut held = before.into_iter().chain(inside).map(|(_, noun)| noun);
            if let Some(Some(noun)) = held.next()
                && held.all(|it| it.as_ref() == Some(noun))
            {
                nouns.insert(name.clone(), noun.clone());
            }
        }
        let mut used = BTreeSet::new();
        for unit in units {
            let access = &graph.units[unit.index()].access;
            let names = access.reads.iter().chain(&access.must);
            used.extend(names.filter_map(|it| nouns.get(it)).cloned());
        }
        let first = self.first.clone().filter(|it| used.contains(it));
        let main = self.main.clone().or(first);
        let main = main.or_else(|| used.pop_first().filter(|_| used.is_empty()));
        Self {
            nouns,
            main,
            ..self.clone()
        }
    }

    /// The noun for what a variable holds.
    pub(crate) fn noun(&self, variable: &str, ty: Option<&Type>) -> String {
        let lower = variable.to_lowercase();
        if is_plain_frame(&lower) {
            let known = self.nouns.get(variable).or(self.main.as_ref());
            return known.cloned().unwrap_or_else(|| "data".to_owned());
        }
        // `ev` read from `events.csv` holds events.
        if self.read.contains(variable)
            && lower.len() < 4
            && !is_word(&lower)
            && let Some(noun) = self.nouns.get(variable)
        {
            return noun.clone();
        }
        if let Some(noun) = self.written_to(variable) {
            return noun.clone();
        }
        if variable == "y" && !self.has_features {
            let is_column = ty.is_some_and(|it| it.name == "pandas.Series");
            let plain = if is_column { "series" } else { "values" };
            return self.target.clone().unwrap_or_else(|| plain.to_owned());
        }
        noun_of_name(variable, ty)
    }

    /// A noun in words: "customers", but "wine data" where that is only what a library calls its data.
    pub(crate) fn words(&self, noun: &str) -> String {
        let words = noun.replace('_', " ");
        if self.bundled.contains(noun) && !words.ends_with("data") {
            return format!("{words} data");
        }
        words
    }

    /// Whether a noun is what a library calls its data.
    pub(super) fn is_bundled(&self, noun: &str) -> bool {
        self.bundled.contains(noun)
    }

    /// The noun of the file that a variable is written to, where its name says less.
    pub(crate) fn written_to(&self, variable: &str) -> Option<&String> {
        self.written.get(variable).filter(|noun| !noun.is_empty())
    }
}

/// What variables hold that never hold anything else.
fn told_all(since: &BTreeMap<String, Vec<(usize, Option<String>)>>) -> BTreeMap<String, String> {
    let told = since.iter().filter_map(|(name, since)| {
        let first = since.first()?.1.as_ref()?;
        let is_same = since.iter().all(|(_, it)| it.as_ref() == Some(first));
        is_same.then(|| (name.clone(), first.clone()))
    });
    told.collect()
}

/// A variable with a name that says little, and the noun of the file that it is written to: `sub.to_csv("submission.csv")`.
fn written_noun<'p>(program: &'p Program, statement: &'p Stmt) -> Option<(&'p str, String)> {
    let Stmt::Expr(statement) = statement else {
        return None;
    };
    let call = statement.value.as_call_expr()?;
    let method = call.func.as_attribute_expr()?;
    let writes = [
        "to_csv",
        "to_excel",
        "to_feather",
        "to_json",
        "to_parquet",
        "to_pickle",
    ];
    let table = method.value.as_name_expr()?.id.as_str();
    let lower = table.to_lowercase();
    let says_little = (lower.len() < 5 && !is_word(&lower))
        || lower.ends_with("_df")
        || ["final", "out", "output", "result", "results"].contains(&lower.as_str());
    if !writes.contains(&method.attr.as_str()) || !says_little {
        return None;
    }
    let path = program.text(call.arguments.args.first()?.range());
    let path = last_string(path)?;
    if names_no_file(path) {
        return None;
    }
    Some((table, stem_noun(path)?))
}

fn is_target_name(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "y" | "target" | "label" | "labels" | "y_train" | "y_all" | "ys"
    )
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// `X` beside a `y` that it explains; a small `x` beside one is as often a place on an axis.
fn is_name_of_features(name: &str) -> bool {
    let lower = name.to_lowercase();
    name == "X"
        || name.starts_with("X_")
        || lower.starts_with("x_tr")
        || lower.starts_with("xtr")
        || lower == "features"
}

/// Names that only say that it is a table.
pub(super) fn is_plain_frame(lower: &str) -> bool {
    let stem = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    matches!(
        stem,
        "df" | "data"
            | "dataset"
            | "dta"
            | "frame"
            | "dataframe"
            | "d"
            | "df_raw"
            | "raw"
            | "raw_data"
            | "df_clean"
    )
}

/// The noun for the data that an expression reads: from the name of the file, or of the data set that comes with a library.
fn read_noun(
    program: &Program,
    graph: &EffectGraph,
    value: &Expr,
    texts: &BTreeMap<String, String>,
) -> Option<(String, bool)> {
    let call = graph
        .calls_in(value.range())
        .find(|call| matches!(&call.callee, Callee::Library(name) if reads_data(name)))?;
    let Callee::Library(name) = &call.callee else {
        return None;
    };
    let method = name.rsplit('.').next().unwrap_or(name);
    let names_library = matches!(method, "load_pandas" | "load_data");
    for prefix in ["load_", "fetch_"] {
        if let Some(rest) = method.strip_prefix(prefix).filter(|_| !names_library) {
            return Some((good_noun(rest)?, true));
        }
    }
    if method == "load" || method == "load_pandas" || method == "load_data" {
        let parts: Vec<&str> = name.split('.').collect();
        let noun = good_noun(parts.get(parts.len().checked_sub(2)?)?)?;
        return Some((noun, true));
    }
    let first = call.arguments.first()?;
    let text = program.text(first.range);
    let path = texts
        .get(text)
        .cloned()
        .or_else(|| last_string(text).map(str::to_owned))?;
    if names_no_file(&path) {
        return None;
    }
    Some((stem_noun(&path)?, false))
}

/// The last string in an expression, without its quotes: the name of the file in `os.path.join(folder, "customers.csv")`.
fn last_string(text: &str) -> Option<&str> {
    let end = text.rfind(['"', '\''])?;
    let quote = text[end..].chars().next()?;
    let start = text[..end].rfind(quote)?;
    Some(&text[start + 1..end])
}

/// Whether a text is no path: a query, or a sentence.
fn names_no_file(text: &str) -> bool {
    let last = text.rsplit(['/', '\\']).next().unwrap_or(text);
    text.contains('\n')
        || (last.contains(' ') && !last.contains('.'))
        || text.to_lowercase().trim_start().starts_with("select ")
}

/// The noun in the name of a file.
pub(crate) fn stem_noun(path: &str) -> Option<String> {
    let file = path.trim_end_matches('/').rsplit(['/', '\\']).next()?;
    let stem = file.split('.').next()?;
    good_noun(stem)
}

/// The noun in the name of a file; `train` and `test` are no names of data, but tell files apart.
pub(crate) fn file_noun(path: &str) -> Option<String> {
    let stem = || {
        let file = path.trim_end_matches('/').rsplit(['/', '\\']).next()?;
        let stem = slug(&snake(file.split('.').next()?));
        let tells = [
            "train", "test", "valid", "val", "raw", "sample", "output", "results",
        ];
        let is_known = |it: &str| tells.contains(&it) || QUALITIES.contains(&it);
        is_known(&stem).then_some(stem)
    };
    stem_noun(path).or_else(stem)
}

/// The noun of a folder: what it is called itself, such as `data`.
pub(crate) fn folder_noun(path: &str) -> Option<String> {
    let own = path
        .trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\'])
        .next()?;
    let noun = slug(&snake(own));
    let noun = noun.trim_end_matches("_dir").trim_end_matches("_folder");
    (!noun.is_empty() && noun.split('_').all(is_word)).then(|| noun.to_owned())
}

/// The noun of a file with what it is: `logo_png`.
pub(crate) fn noun_with_kind(path: &str) -> Option<String> {
    let (stem, kind) = path.rsplit_once('.')?;
    let is_plain = kind.len() <= 5 && kind.chars().all(|c| c.is_ascii_alphanumeric());
    let noun = file_noun(stem).filter(|_| is_plain)?;
    Some(format!("{noun}_{}", kind.to_lowercase()))
}

/// The first telling words of a stem, as a noun; those behind `_-`, which ends what files of one origin have in common:
/// `WA_Fn-UseC_-Telco-Customer-Churn`.
pub(crate) fn good_noun(stem: &str) -> Option<String> {
    let own = stem.rsplit("_-").next().and_then(first_words);
    own.or_else(|| first_words(stem))
}

fn first_words(stem: &str) -> Option<String> {
    let slug = slug(&snake(stem));
    let words: Vec<&str> = slug
        .split('_')
        .filter(|word| {
            !word.is_empty() && !PLAIN_STEMS.contains(word) && word.parse::<u64>().is_err()
        })
        .take(2)
        .collect();
    let noun = words.join("_");
    let is_good = !words.iter().all(|it| QUALITIES.contains(it))
        && noun.is_ascii()
        && noun.len() > 2
        && noun.len() < 30
        && noun.starts_with(char::is_alphabetic);
    is_good.then_some(noun)
}

fn reads_data(name: &str) -> bool {
    let method = name.rsplit('.').next().unwrap_or(name);
    method.starts_with("read_")
        || ((method.starts_with("load") || method.starts_with("fetch_"))
            && name.contains(".datasets."))
        || matches!(method, "loadtxt" | "genfromtxt")
}

/// The noun of the variable that an expression is made of: `df.dropna()`, `df[df["a"] > 0]`, `DataFrame(data.records)`.
fn carried_noun(nouns: &BTreeMap<String, String>, value: &Expr) -> Option<String> {
    const TABLES: &[&str] = &["DataFrame", "from_records", "array", "asarray"];
    let base = match value {
        Expr::Name(name) => return nouns.get(name.id.as_str()).cloned(),
        Expr::Call(call) => {
            let (method, owner) = match &*call.func {
                Expr::Attribute(it) => (it.attr.as_str(), Some(&*it.value)),
                Expr::Name(it) => (it.id.as_str(), None),
                _ => return None,
            };
            if TABLES.contains(&method) {
                call.arguments.args.first()?
            } else {
                owner?
            }
        }
        Expr::Subscript(subscript) => &subscript.value,
        Expr::Attribute(attribute) => &attribute.value,
        _ => return None,
    };
    carried_noun(nouns, base)
}

/// The column that labels are taken from: `(df["churn"] == "Yes").astype(int)`.
fn column_of(value: &Expr) -> Option<String> {
    use ast::visitor::{Visitor, walk_expr};
    struct Columns(Vec<String>);
    impl<'a> Visitor<'a> for Columns {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Subscript(subscript) = expression
                && let Expr::StringLiteral(text) = &*subscript.slice
            {
                self.0.push(text.value.to_str().to_owned());
            }
            walk_expr(self, expression);
        }
    }
    let mut columns = Columns(Vec::new());
    columns.visit_expr(value);
    match &columns.0[..] {
        [one] => {
            good_noun(one).filter(|noun| !matches!(noun.as_str(), "target" | "label" | "class"))
        }
        _ => None,
    }
}

/// The noun in a variable's own name.
pub(super) fn noun_of_name(variable: &str, ty: Option<&Type>) -> String {
    let lower = slug(&snake(variable));
    let whole = match lower.as_str() {
        "x" if variable == "X" => "features",
        "x_train" | "x_test" | "x_val" | "x_valid" | "x_tr" | "x_te" | "xtr" | "xte" | "xtrain"
        | "xtest" => "features",
        "y" | "y_train" | "y_test" | "y_val" | "y_valid" | "y_tr" | "y_te" | "ytr" | "yte"
        | "ytrain" | "ytest" => "labels",
        "y_pred" | "y_hat" | "yhat" | "pred" | "preds" | "y_preds" | "ypred" => "predictions",
        "y_score" | "y_scores" => "scores",
        "y_prob" | "y_proba" | "proba" | "probas" | "y_pred_proba" => "probabilities",
        "y_true" => "true_values",
        "cm" => "confusion_matrix",
        "num_cols" | "num_columns" | "numeric_cols" => "numeric_columns",
        "cat_cols" | "cat_columns" => "categorical_columns",
        "rng" => "generator",
        "fh" if ty.is_some_and(|it| it.name.ends_with("ForecastingHorizon")) => "horizon",
        _ => "",
    };
    if !whole.is_empty() {
        return whole.to_owned();
    }
    let words: Vec<String> = lower
        .split('_')
        .filter(|word| !word.is_empty())
        .map(spelled_out)
        .take(4)
        .collect();
    let noun = words.join("_");
    // `es` of `EarlyStopping`, `tok` of `Tokenizer`: letters that say nothing.
    let says_nothing = noun.len() < 4 && !is_word(&noun) && words.len() == 1;
    if let Some(class) = telling_class(ty).filter(|_| says_nothing) {
        return class_words(class);
    }
    if noun.len() > 2 {
        return noun;
    }
    type_noun(ty).map_or_else(
        || {
            if noun.is_empty() {
                "values".to_owned()
            } else {
                noun
            }
        },
        str::to_owned,
    )
}

/// The class of a type, where its name says what an object of it is.
fn telling_class(ty: Option<&Type>) -> Option<&str> {
    const PLAIN: &[&str] = &[
        "Axes",
        "DataFrame",
        "Dataset",
        "DataArray",
        "Figure",
        "Index",
        "None",
        "Path",
        "Series",
        "Tensor",
    ];
    let name = ty?.name.as_str();
    let class = name.rsplit('.').next().unwrap_or(name);
    let is_told = name.contains('.') && class.starts_with(char::is_uppercase) && class.len() > 4;
    (is_told && !PLAIN.contains(&class)).then_some(class)
}

/// A noun for a type, where the name of a variable is too short to be one.
fn type_noun(ty: Option<&Type>) -> Option<&'static str> {
    let ty = ty?;
    Some(match ty.name.as_str() {
        "pandas.DataFrame" | "polars.DataFrame" => "table",
        "pandas.Series" => "series",
        "numpy.ndarray" => "values",
        "list" | "tuple" | "set" => "values",
        "dict" => "mapping",
        "networkx.Graph" | "networkx.DiGraph" | "networkx.MultiGraph" => "graph",
        "str" => "text",
        "int" => "count",
        "float" => "value",
        _ => return None,
    })
}

/// Whether a statement binds a name.
pub(crate) fn binds(statement: &Stmt, name: &str) -> bool {
    match statement {
        Stmt::Assign(assign) => assign.targets.iter().any(|target| mentions(target, name)),
        Stmt::AnnAssign(assign) => mentions(&assign.target, name),
        _ => false,
    }
}

fn mentions(target: &Expr, name: &str) -> bool {
    match target {
        Expr::Name(it) => it.id.as_str() == name,
        Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
            elts.iter().any(|element| mentions(element, name))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_out() {
        for (name, noun) in [
            ("X", "features"),
            ("y_pred", "predictions"),
            ("res_ols", "results_ols"),
            ("resid1", "residuals"),
            ("churn_by_contract", "churn_by_contract"),
        ] {
            assert_eq!(noun_of_name(name, None), noun);
        }
    }

    #[test]
    fn files_tell_what_is_in_them() {
        assert_eq!(
            stem_noun("data/customers_2024.csv").as_deref(),
            Some("customers")
        );
        assert_eq!(
            stem_noun("https://x.y/HousePrices.csv?raw=1").as_deref(),
            Some("house_prices")
        );
        assert_eq!(
            stem_noun("WA_Fn-UseC_-Telco-Customer-Churn.csv").as_deref(),
            Some("telco_customer")
        );
        assert_eq!(stem_noun("orders_-2.csv").as_deref(), Some("orders"));
        assert_eq!(stem_noun("data.csv"), None);
        assert_eq!(last_string("DIR + 'train.csv'"), Some("train.csv"));
        assert_eq!(last_string("os.path.join(folder, name)"), None);
        assert!(names_no_file("select o.id from orders o"));
        assert!(!names_no_file("my customers.csv"));
    }
}
