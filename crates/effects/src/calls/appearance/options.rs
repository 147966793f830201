//! What functions appear to give by the options, or the literals, that they are given.

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};

use super::super::Passed;
use super::super::arrays::{DENSITIES, is_elementwise, is_passed};
use super::arrays::different;
use crate::Type;
use crate::analyze::{Analyzer, Body};
use crate::expressions::elements::apparent_element;

use crate::value::{Callable, Value};

/// What functions appear to give by the options that they are given.
pub(super) fn by_options(path: &str, arguments: &[Passed]) -> Option<Type> {
    let array = || Type::new("numpy.ndarray");
    let table = || Type::new("pandas.DataFrame");
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    let literal = |name: &str| literal_of(arguments, name);
    let of_correlations = || !is_passed(arguments, &["qstat", "alpha", "confint"]);
    let ty = match path {
        "patsy.dmatrices" | "patsy.highlevel.dmatrices" => {
            let each = match literal("return_type") {
                None | Some("matrix") => Type::new("patsy.DesignMatrix"),
                Some("dataframe") => table(),
                Some(_) => return None,
            };
            Type::generic("tuple", vec![each; 2])
        }
        "patsy.dmatrix" | "patsy.highlevel.dmatrix" => match literal("return_type") {
            None | Some("matrix") => Type::new("patsy.DesignMatrix"),
            Some("dataframe") => table(),
            Some(_) => return None,
        },
        _ if path.starts_with("statsmodels.tsa.")
            && [".acf", ".pacf", ".ccf"]
                .iter()
                .any(|it| path.ends_with(it))
            && of_correlations() =>
        {
            array()
        }
        "scipy.linalg.eigh" | "scipy.linalg.eig"
            if !is_passed(arguments, &["eigvals_only", "left", "right"]) =>
        {
            Type::generic("tuple", vec![array(); 2])
        }
        "statsmodels.sandbox.regression.predstd.wls_prediction_std" => {
            let made_of = arguments.first()?.value.ty.as_ref()?.arguments.first()?;
            Type::generic("tuple", vec![array(), made_of.clone(), made_of.clone()])
        }
        "networkx.shortest_path" | "networkx.dijkstra_path" | "networkx.bellman_ford_path"
            if arguments.iter().filter(|it| !it.is_keyword).count() > 2 =>
        {
            Type::generic("list", vec![Type::new("collections.abc.Hashable")])
        }
        "subprocess.check_output" => {
            let is_text = ["text", "universal_newlines", "encoding"]
                .iter()
                .any(|it| literal(it).is_some_and(|it| it != "False" && it != "None"));
            Type::new(if is_text { "str" } else { "bytes" })
        }
        "numpy.unique" => return counted(arguments),
        "numpy.argmax" | "numpy.argmin" if is_along(arguments, 1) => array(),
        "yaml.dump" | "yaml.safe_dump" if !is_passed(arguments, &["stream"]) => Type::new("str"),
        "numpy.polyfit" if literal("cov").is_some_and(|it| it != "False" && it != "?") => {
            Type::generic("tuple", vec![array(); 2])
        }
        _ => return example_series(path, arguments),
    };
    Some(ty)
}

impl Analyzer<'_> {
    /// What comes of a function that is applied to columns, rows, groups or elements: one value for each is a column,
    /// columns side by side are a table.
    pub(super) fn applied(&self, class: &str, arguments: &[Passed]) -> Option<Type> {
        let is_grouped = class.ends_with(".DataFrameGroupBy");
        let is_table = ["pandas.Series", "pandas.DataFrame"].contains(&class);
        let is_plain = !arguments.iter().any(|it| it.is_unpacked);
        let function = arguments
            .first()
            .filter(|_| (is_table || is_grouped) && is_plain)?;
        let path = function.value.path.as_deref();
        if class == FRAME && self.sets_columns(&function.value) && arguments.len() == 1 {
            return Some(Type::new(FRAME));
        }
        let gives_values = match function.value.called() {
            Some(Callable::Closure(index)) => {
                let given = self.given_back.get(&index)?.as_ref()?;
                if given.name == FRAME && is_grouped {
                    return Some(given.clone());
                }
                // Rows that are made in one way have the same names; others stay below each other.
                if given.name == COLUMN && (is_table || self.makes_rows(index)) {
                    return Some(Type::new(FRAME));
                }
                let mut members = given.members().iter();
                members.all(|it| VALUES.contains(&it.name.as_str()))
            }
            _ if class == COLUMN => {
                path.is_some_and(|it| ["str", "int", "float", "bool", "len"].contains(&it))
            }
            _ => path.is_some_and(|it| it.starts_with("pandas.Series.n") || it == "len"),
        };
        gives_values.then(|| Type::new(COLUMN))
    }

    /// Whether a function gives a column of the same length for each column of a table: pandas puts these in their places.
    fn sets_columns(&self, function: &Value) -> bool {
        let of_numpy = |path: &str| path.strip_prefix("numpy.").is_some_and(is_elementwise);
        match function.called() {
            Some(Callable::Library(class, method, _)) => {
                class.ends_with(".LabelEncoder") && method == "fit_transform"
            }
            // Where it gives some columns back as they are, it makes the others as long.
            Some(Callable::Closure(index)) => {
                let given = self.given_back.get(&index).and_then(Option::as_ref);
                given.is_some_and(|it| {
                    let members = it.members();
                    let is_any = |of: &str| members.iter().any(|it| it.name == of);
                    let are_columns = |it: &Type| [COLUMN, ARRAY].contains(&it.name.as_str());
                    members.iter().all(are_columns) && is_any(COLUMN)
                })
            }
            _ => function.path.as_deref().is_some_and(of_numpy),
        }
    }

    /// Whether a function gives nothing but `pd.Series({…})`.
    fn makes_rows(&self, index: usize) -> bool {
        let makes_row = |it: Option<&Expr>| {
            let call = it.and_then(Expr::as_call_expr);
            let called = call.and_then(|it| it.func.as_attribute_expr());
            let first = call.and_then(|it| it.arguments.args.first());
            called.is_some_and(|it| it.attr.as_str() == "Series")
                && first.is_some_and(Expr::is_dict_expr)
        };
        match self.closures[index].body {
            Body::Expression(value) => makes_row(Some(value)),
            Body::Statements(body) => {
                let mut returned = Returned::default();
                returned.visit_body(body);
                !returned.0.is_empty() && returned.0.iter().all(|it| makes_row(*it))
            }
        }
    }
}

const FRAME: &str = "pandas.DataFrame";
const COLUMN: &str = "pandas.Series";
const ARRAY: &str = "numpy.ndarray";

/// What one cell of a column may hold.
const VALUES: [&str; 12] = [
    "int",
    "float",
    "bool",
    "str",
    "number",
    "scalar",
    "None",
    "numpy.float64",
    "numpy.int64",
    "numpy.bool_",
    "datetime.datetime",
    "pandas.Timestamp",
];

/// What the `return` statements of a function give.
#[derive(Default)]
struct Returned<'a>(Vec<Option<&'a Expr>>);

impl<'a> Visitor<'a> for Returned<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Return(it) => self.0.push(it.value.as_deref()),
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => walk_stmt(self, statement),
        }
    }
}

/// What finds the largest or smallest numbers of a tensor.
pub(super) const EXTREMES: &[&str] = &["max", "min", "median"];

/// The largest of all numbers; along a dimension those numbers, and where they stand.
pub(super) fn extreme_of_tensor(arguments: &[Passed]) -> Option<Type> {
    let tensor = || Type::new("torch.Tensor");
    let (first, rest) = match arguments {
        [] => return Some(tensor()),
        [first, rest @ ..] => (first, rest),
    };
    let is_dimension = match first.name.as_deref() {
        Some(name) if first.is_keyword => name == "dim",
        _ => first.value.is("int"),
    };
    let keeps = |it: &Passed| it.name.as_deref() == Some("keepdim") || it.value.is("bool");
    (is_dimension && rest.iter().all(keeps))
        .then(|| Type::generic("tuple", vec![tensor(), tensor()]))
}

/// What a process tells that ran to its end: texts, where they are asked for.
pub(super) fn told_by_process(path: &str, arguments: &[Passed]) -> Option<Type> {
    let is_certain = |name: &str, value: &str| literal_of(arguments, name) == Some(value);
    let is_text = is_certain("text", "True")
        || is_certain("universal_newlines", "True")
        || literal_of(arguments, "encoding").is_some_and(|it| !["?", "None"].contains(&it));
    let is_plain = !arguments.iter().any(|it| it.is_unpacked);
    let told = Type::new("str");
    match path {
        "subprocess.check_output" if is_text && is_plain => Some(told),
        "subprocess.run" if is_text && is_plain && is_certain("capture_output", "True") => {
            Some(Type::generic("subprocess.CompletedProcess", vec![told]))
        }
        _ => None,
    }
}

/// What a system of python-control answers; of a list of systems there is one response each.
pub(super) fn response(path: &str, arguments: &[Passed]) -> Option<Type> {
    let kind = match path.strip_prefix("control.")? {
        "step_response" | "impulse_response" | "initial_response" => "Time",
        "forced_response" | "input_output_response" => "Time",
        "frequency_response" => "Frequency",
        _ => return None,
    };
    let system = arguments.first().filter(|it| !it.is_keyword)?;
    let is_one = system.value.ty.as_ref()?.name.starts_with("control.");
    is_one.then(|| Type::new(&format!("control.{kind}ResponseData")))
}

/// Whether an axis beside the first is named, so that there are several: what is left has one at least.
fn is_along(arguments: &[Passed], at: usize) -> bool {
    let by_position = || arguments.get(at).filter(|it| !it.is_keyword);
    let is_axis = |it: &&Passed| it.name.as_deref() == Some("axis");
    let axis = arguments.iter().find(is_axis).or_else(by_position);
    axis.is_some_and(|it| matches!(it.value.literal.as_deref(), Some("1" | "2" | "3")))
}

/// What a method appears to give of whatever has it, by its arguments.
pub(super) fn by_arguments(method: &str, arguments: &[Passed]) -> Option<Type> {
    let is_plain = !arguments.iter().any(|it| it.is_unpacked);
    let is_array = matches!(method, "argmax" | "argmin") && is_along(arguments, 0);
    (is_plain && is_array).then(|| Type::new("numpy.ndarray"))
}

/// What the density of a distribution, and the like, gives for something of which nothing is known: a number for a
/// number, an array for an array.
pub(super) fn density(path: &str, arguments: &[Passed]) -> Option<Type> {
    let (class, method) = path.strip_prefix("scipy.stats.")?.rsplit_once('.')?;
    let is_plain = !arguments.is_empty() && !arguments.iter().any(|it| it.is_unpacked);
    let is_distribution = !class.contains(char::is_uppercase) && class != "gaussian_kde";
    if !is_distribution || !DENSITIES.contains(&method) || !is_plain {
        return None;
    }
    let types = ["numpy.float64", "numpy.ndarray"].map(Type::new);
    Type::join(Some(&types[0]), Some(&types[1]))
}

/// What methods of classes appear to give by their arguments.
pub(super) fn of_class(class: &str, method: &str, arguments: &[Passed]) -> Option<Type> {
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    let first = arguments.first();
    let ty = match (class, method) {
        // What matched as a whole is always there.
        ("re.Match", "group")
            if first.is_none_or(|it| it.value.literal.as_deref() == Some("0"))
                && arguments.len() < 2 =>
        {
            "str"
        }
        ("random.Random", "choice") => {
            return apparent_element(first?.value.ty.as_ref()?);
        }
        ("random.Random", "choices" | "sample") => {
            let element = apparent_element(first?.value.ty.as_ref()?)?;
            return Some(Type::generic("list", vec![element]));
        }
        ("pandas.Series", "apply" | "map") => {
            let path = first?.value.path.as_deref()?;
            let function = path.strip_prefix("numpy.")?;
            (is_elementwise(function) && arguments.len() == 1).then_some("pandas.Series")?
        }
        _ => return None,
    };
    Some(Type::new(ty))
}

/// What is different, with the places, or the numbers, that are asked for.
fn counted(arguments: &[Passed]) -> Option<Type> {
    const ASKED: [&str; 3] = ["return_index", "return_inverse", "return_counts"];
    let is_by_position = arguments.iter().skip(1).any(|it| !it.is_keyword);
    let asked = ASKED.iter().filter_map(|it| literal_of(arguments, it));
    let asked: Vec<&str> = asked.filter(|it| *it != "False").collect();
    if is_by_position || asked.is_empty() || asked.iter().any(|it| *it != "True") {
        return None;
    }
    let given = arguments.first()?.value.ty.as_ref();
    let whole = Type::generic(
        "numpy.ndarray",
        ["numpy.int64", "vector"].map(Type::new).to_vec(),
    );
    let mut parts = vec![
        given
            .and_then(different)
            .unwrap_or_else(|| Type::new("numpy.ndarray")),
    ];
    let is_along = is_passed(arguments, &["axis"]);
    parts.extend(asked.iter().map(|_| {
        if is_along {
            Type::new("numpy.ndarray")
        } else {
            whole.clone()
        }
    }));
    Some(Type::generic("tuple", parts))
}

/// The literal that an option is given; a question mark where it is none.
fn literal_of<'p>(arguments: &'p [Passed], name: &str) -> Option<&'p str> {
    let found = arguments
        .iter()
        .find(|it| it.name.as_deref() == Some(name))?;
    Some(found.value.literal.as_deref().unwrap_or("?"))
}

/// What the examples of sktime are, by the form that is asked for.
fn example_series(path: &str, arguments: &[Passed]) -> Option<Type> {
    let array = || Type::new("numpy.ndarray");
    let table = || Type::new("pandas.DataFrame");
    let ty = match path {
        "sktime.datatypes.get_examples" => {
            let kind = arguments.first()?.value.literal.as_deref()?;
            let example = match kind {
                "pd.Series" => Type::new("pandas.Series"),
                "pd.DataFrame" | "pd-multiindex" | "pd_multiindex_hier" | "nested_univ"
                | "pd-long" | "pd-wide" | "pd_DataFrame_Table" => table(),
                "np.ndarray" | "np2D" | "numpy3D" | "numpyflat" | "numpy1D" | "numpy2D" => array(),
                "df-list" => Type::generic("list", vec![table()]),
                _ => return None,
            };
            Type::generic("dict", vec![Type::new("int"), example])
        }
        "sktime.utils._testing.series._make_series" => match literal_of(arguments, "n_columns") {
            None | Some("1") if arguments.iter().all(|it| it.is_keyword) => {
                Type::new("pandas.Series")
            }
            _ => table(),
        },
        _ => return None,
    };
    Some(ty)
}

/// What transformers of sktime appear to give of tables and columns: those that describe a series give a table.
pub(super) fn transformed_series(class: &str, method: &str, arguments: &[Passed]) -> Option<Type> {
    const SAME: [&str; 8] = [
        "detrend",
        "difference",
        "boxcox",
        "impute",
        "exponent",
        "outlier_detection",
        "hpfilter",
        "adapt",
    ];
    let module = class.strip_prefix("sktime.transformations.")?;
    let module = module.strip_prefix("series.").unwrap_or(module);
    let is_meant = matches!(method, "fit_transform" | "transform" | "inverse_transform");
    let given = arguments.first().filter(|_| is_meant)?.value.ty.clone()?;
    let keeps = SAME.contains(&module.split('.').next()?);
    let is_table = |it: &Type| it.name == "pandas.DataFrame";
    let is_kept = |it: &Type| is_table(it) || (keeps && it.name == "pandas.Series");
    given.members().iter().all(is_kept).then_some(given)
}

/// What models of mapie predict: with a level of confidence, the intervals, too.
pub(super) fn interval(class: &str, method: &str, arguments: &[Passed]) -> Option<Type> {
    const MODELS: [&str; 4] = [
        "TimeSeriesRegressor",
        "MapieRegressor",
        "MapieTimeSeriesRegressor",
        "MapieClassifier",
    ];
    let class = class.strip_prefix("mapie.")?.rsplit('.').next()?;
    let is_by_position = arguments.iter().skip(1).any(|it| !it.is_keyword);
    let is_open = arguments.iter().any(|it| it.is_unpacked);
    if method != "predict" || !MODELS.contains(&class) || is_by_position || is_open {
        return None;
    }
    let is_level = |it: &&Passed| matches!(it.name.as_deref(), Some("alpha" | "confidence_level"));
    let array = || Type::new("numpy.ndarray");
    let Some(level) = arguments.iter().find(is_level) else {
        return Some(array());
    };
    let ty = level.value.ty.as_ref()?;
    match ty.name.as_str() {
        "None" => Some(array()),
        "int" | "float" | "number" | "list" | "numpy.ndarray" => {
            Some(Type::generic("tuple", vec![array(); 2]))
        }
        _ => None,
    }
}
