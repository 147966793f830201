//! Results of scikit-learn's and statsmodels' functions and models that depend on the data they are given.

use super::Passed;
use super::arrays::is_passed;
use super::results::IN_PLACE;
use super::tables::numbers;
use crate::Type;
use crate::value::Value;

fn argument<'p>(arguments: &'p [Passed], name: &str) -> Option<&'p Passed> {
    arguments.iter().find(|it| it.name.as_deref() == Some(name))
}

/// A flag that is left out or a literal; `None` when nobody knows.
fn flag(arguments: &[Passed], name: &str) -> Option<bool> {
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    match argument(arguments, name) {
        None => Some(false),
        Some(passed) => match passed.value.literal.as_deref()? {
            "True" => Some(true),
            "False" => Some(false),
            _ => None,
        },
    }
}

/// The data into which a method of an estimator may write that was told to make no copy: it may give that back.
pub(super) fn overwritten<'v>(
    name: &str,
    receiver: Option<&Value>,
    arguments: &'v [Passed],
) -> Option<&'v Value> {
    let method = name.rsplit('.').next().unwrap_or(name);
    let is_told = receiver?.literal.as_deref() == Some(IN_PLACE);
    let writes = is_told && (method.starts_with("fit") || method.ends_with("transform"));
    arguments.first().filter(|_| writes).map(|it| &it.value)
}

/// Objects that are known by what they are made of: a search by its estimator, a table by the names of its columns.
pub(super) fn made_of(name: &str, arguments: &[Passed]) -> Option<Type> {
    let first = arguments.first()?;
    let given = first.value.ty.as_ref()?;
    let is_first = |parameter: &str| !first.is_keyword || first.name.as_deref() == Some(parameter);
    match name {
        "sklearn.model_selection.GridSearchCV"
        | "sklearn.model_selection.RandomizedSearchCV"
        | "sklearn.model_selection.HalvingGridSearchCV"
        | "sklearn.model_selection.HalvingRandomSearchCV" => (is_first("estimator")
            && given.name != "|")
            .then(|| Type::generic(name, vec![given.clone()])),
        "pandas.DataFrame" => {
            let row = if given.name == "list" {
                given.arguments.first()?
            } else {
                given
            };
            if let Some(columns) = argument(arguments, "columns") {
                let names = columns.value.ty.as_ref()?;
                let are_texts = names.name == "list" && names.arguments == [Type::new("str")];
                return are_texts.then(|| Type::generic(name, names.arguments.clone()));
            }
            if row.name == "numpy.ndarray" {
                // Its columns are numbered.
                return Some(Type::generic(name, vec![Type::unknown()]));
            }
            let is_named = row.name == "dict"
                && row.arguments.first().is_some_and(|it| it.name == "str")
                && !is_passed(arguments, &["columns"]);
            (is_named && is_first("data")).then(|| Type::generic(name, vec![Type::new("str")]))
        }
        "pandas.read_csv"
            if is_passed(arguments, &["header", "names", "chunksize", "iterator"]) =>
        {
            let is_reader = is_passed(arguments, &["chunksize", "iterator"]);
            Some(Type::new(if is_reader {
                READER
            } else {
                "pandas.DataFrame"
            }))
        }
        "pandas.read_excel" => {
            let by_name = arguments
                .iter()
                .find(|it| it.name.as_deref() == Some("sheet_name"));
            let by_position = arguments.get(1).filter(|it| !it.is_keyword);
            let sheet = by_name.or(by_position).map(|it| &it.value);
            let is_one = sheet.is_none_or(|it| it.is("str") || it.is("int"));
            let is_open = arguments.iter().any(|it| it.is_unpacked);
            let is_all = sheet.is_some_and(|it| it.is("None"));
            let table = Type::new("pandas.DataFrame");
            match (is_one, is_all) {
                (true, _) if !is_open => Some(table),
                // Of all sheets it gives a dictionary of tables.
                (_, true) if !is_open => Some(Type::generic("dict", vec![Type::new("str"), table])),
                _ => None,
            }
        }
        // `typ="series"` gives a series, and chunks a reader.
        "pandas.read_json" => (!is_passed(arguments, &["typ", "chunksize", "iterator"]))
            .then(|| Type::new("pandas.DataFrame")),
        _ => None,
    }
}

/// What gives a table in chunks, which it reads when they are asked for.
pub(crate) const READER: &str = "pandas.io.parsers.TextFileReader";

/// Whether a function gives example data of a library.
pub(super) fn is_dataset(name: &str) -> bool {
    statistics_dataset(name).is_some()
        || name
            .strip_prefix("sklearn.datasets.")
            .is_some_and(|name| DATASETS.contains(&name))
}

/// What example data come as: a pair, or a bunch of arrays or frames.
pub(super) fn dataset(name: &str, arguments: &[Passed]) -> Option<Type> {
    match name.strip_prefix("sklearn.datasets.") {
        Some(name) => known_dataset(name, arguments),
        None => statistics_dataset(name),
    }
}

/// The example data of statsmodels: what is explained, and what explains it.
fn statistics_dataset(name: &str) -> Option<Type> {
    let name = name.strip_prefix("statsmodels.")?;
    let name = name.strip_prefix("api.").unwrap_or(name);
    let name = name.strip_prefix("datasets.")?;
    let set = name
        .strip_suffix(".load_pandas")
        .or_else(|| name.strip_suffix(".load"))?;
    let table = |is_series: bool| {
        Type::new(if is_series {
            "pandas.Series"
        } else {
            "pandas.DataFrame"
        })
    };
    Some(Type::generic(
        "statsmodels.datasets.utils.Dataset",
        vec![table(set != "star98"), table(set == "heart")],
    ))
}

fn known_dataset(name: &str, arguments: &[Passed]) -> Option<Type> {
    let as_frame = match name {
        "fetch_openml" if argument(arguments, "as_frame").is_none() => Some(true),
        _ => flag(arguments, "as_frame"),
    };
    let series = if name == "load_linnerud" {
        "pandas.DataFrame"
    } else {
        "pandas.Series"
    };
    let text = || Type::generic("list", vec![Type::new("str")]);
    let (data, target) = match (as_frame, name) {
        (_, "fetch_20newsgroups") => (text(), Type::new("numpy.ndarray")),
        (Some(true), _) => (Type::new("pandas.DataFrame"), Type::new(series)),
        (Some(false), _) => (numbers(), Type::new("numpy.ndarray")),
        (None, _) => (Type::unknown(), Type::unknown()),
    };
    if flag(arguments, "return_X_y")? {
        return Some(Type::generic("tuple", vec![data, target]));
    }
    let frame = match as_frame {
        Some(true) => Type::new("pandas.DataFrame"),
        _ => Type::unknown(),
    };
    let names = match name {
        "load_iris"
        | "load_wine"
        | "load_diabetes"
        | "load_digits"
        | "fetch_california_housing"
        | "fetch_openml" => text(),
        "load_breast_cancer" => Type::new("numpy.ndarray"),
        _ => Type::unknown(),
    };
    let classes = match name {
        "load_iris" | "load_wine" | "load_breast_cancer" | "load_digits" | "fetch_lfw_people" => {
            Type::new("numpy.ndarray")
        }
        "fetch_california_housing" | "fetch_20newsgroups" | "fetch_openml" => text(),
        _ => Type::unknown(),
    };
    Some(Type::generic(
        "sklearn.utils.Bunch",
        vec![data, target, names, classes, frame],
    ))
}

const DATASETS: &[&str] = &[
    "load_iris",
    "load_wine",
    "load_breast_cancer",
    "load_diabetes",
    "load_digits",
    "load_linnerud",
    "fetch_california_housing",
    "fetch_openml",
    "fetch_covtype",
    "fetch_lfw_people",
    "fetch_olivetti_faces",
    "fetch_20newsgroups",
];

/// What a transformer makes of data in memory. `dense`: nothing asks for other containers.
pub(super) fn transformed(
    class: &str,
    method: &str,
    arguments: &[Passed],
    dense: bool,
) -> Option<Type> {
    let given = |at: usize| arguments.get(at).and_then(|it| it.value.ty.clone());
    let is_data = |ty: &Type| {
        matches!(
            ty.name.as_str(),
            "numpy.ndarray" | "pandas.DataFrame" | "pandas.Series" | "list"
        )
    };
    if method == "fit_resample" && class.starts_with("imblearn.") {
        let pair = vec![given(0).filter(is_data)?, given(1).filter(is_data)?];
        return Some(Type::generic("tuple", pair));
    }
    let is_transform = matches!(method, "fit_transform" | "transform" | "inverse_transform");
    let is_array = DENSE.iter().any(|prefix| class.starts_with(prefix)) && !SPARSE.contains(&class);
    if !is_transform || !is_array || !dense {
        return None;
    }
    given(0).filter(is_data)?;
    Some(match class {
        "sklearn.preprocessing.LabelEncoder" if method == "inverse_transform" => {
            Type::new("numpy.ndarray")
        }
        _ => numbers(),
    })
}

/// Modules whose transformers give arrays for arrays and frames.
const DENSE: &[&str] = &[
    "sklearn.preprocessing.",
    "sklearn.decomposition.",
    "sklearn.impute.",
    "sklearn.manifold.",
    "sklearn.cluster.",
    "sklearn.discriminant_analysis.",
    "sklearn.kernel_approximation.",
    "sklearn.feature_selection.",
    "sklearn.random_projection.",
    "sklearn.neighbors.NeighborhoodComponentsAnalysis",
];

/// Transformers among them that give sparse matrices, or what a function of the user gives.
const SPARSE: &[&str] = &[
    "sklearn.preprocessing.OneHotEncoder",
    "sklearn.preprocessing.KBinsDiscretizer",
    "sklearn.preprocessing.FunctionTransformer",
    "sklearn.preprocessing.MultiLabelBinarizer",
    "sklearn.impute.MissingIndicator",
    "sklearn.random_projection.SparseRandomProjection",
];

/// Whether results of a model of statsmodels are columns or arrays, from the data it is made of.
pub(super) fn data_kind(name: &str, arguments: &[Passed]) -> Option<Type> {
    let has_several = [
        "MNLogit", "VAR", "VECM", "Multi", "MANOVA", "Factor", "Mixed", "Bayes", "PHReg",
    ]
    .iter()
    .any(|part| name.contains(part));
    if has_several {
        return None;
    }
    if name.contains(".formula.") || name.ends_with(".from_formula") {
        return Some(Type::new("pandas.Series"));
    }
    let is_free = |it: &&Passed| !it.is_keyword;
    let endog = argument(arguments, "endog").or_else(|| arguments.iter().find(is_free))?;
    let exog = argument(arguments, "exog").or_else(|| arguments.iter().filter(is_free).nth(1));
    let kind = |passed: &Passed| {
        let ty = passed.value.ty.as_ref()?;
        match ty.name.as_str() {
            "pandas.Series" | "pandas.DataFrame" => Some(true),
            "numpy.ndarray" | "list" | "None" => Some(false),
            _ => None,
        }
    };
    let kinds = [Some(kind(endog)), exog.map(kind)];
    if kinds.contains(&Some(Some(true))) {
        return Some(Type::new("pandas.Series"));
    }
    let is_known = kinds.iter().flatten().all(|it| *it == Some(false));
    is_known.then(|| Type::new("numpy.ndarray"))
}

/// Whether a call gives predictions of results of statsmodels: columns, tables or arrays, as the data is.
pub(super) fn is_prediction(receiver: &Value, method: &str) -> bool {
    let of_results = |it: &Type| it.name.starts_with("statsmodels.") && it.name.contains("Results");
    matches!(method, "predict" | "forecast") && receiver.ty.as_ref().is_some_and(of_results)
}

/// What results of statsmodels predict: of new data, columns where that is a table; else as their own data is. Models of
/// time are asked for times.
fn predicted(results: &Type, arguments: &[Passed]) -> Option<Type> {
    let kind = results.arguments.first();
    if results.name.starts_with("statsmodels.tsa.") {
        return kind.cloned();
    }
    let exog = arguments
        .iter()
        .find(|it| !it.is_keyword || it.name.as_deref() == Some("exog"));
    let Some(exog) = exog else {
        // Probabilities are one for each count.
        let is_one = |it: &Passed| match it.name.as_deref() {
            Some("which") => matches!(it.value.literal.as_deref(), Some("mean" | "linear")),
            name => matches!(name, Some("offset" | "transform")),
        };
        return kind.cloned().filter(|_| arguments.iter().all(is_one));
    };
    match exog.value.ty.as_ref()?.name.as_str() {
        "pandas.DataFrame" | "pandas.Series" | "dict" => kind.cloned(),
        "numpy.ndarray" | "list" => Some(Type::new("numpy.ndarray")),
        _ => None,
    }
}

/// What a method of results gives, which hold columns or arrays.
pub(super) fn estimated(receiver: &Value, method: &str, arguments: &[Passed]) -> Option<Type> {
    let ty = receiver.ty.as_ref()?;
    let is_results = ty.name.starts_with("statsmodels.") && ty.name.contains("Results");
    if !is_results {
        return None;
    }
    let kind = ty.arguments.first();
    match method {
        "conf_int" | "cov_params" if !is_passed(arguments, &["cols", "r_matrix"]) => {
            let is_table = kind?.name == "pandas.Series";
            Some(Type::new(if is_table {
                "pandas.DataFrame"
            } else {
                "numpy.ndarray"
            }))
        }
        "predict" => predicted(ty, arguments),
        "forecast" => kind.cloned(),
        _ => None,
    }
}
