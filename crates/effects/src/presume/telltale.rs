//! Libraries whose objects functions are given, though the program does not import them: methods and attributes that few
//! others have tell.

use std::collections::BTreeSet;

use srcify_syntax::Program;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_keyword};
use srcify_syntax::ast::{Expr, Keyword, Parameter, Stmt};

use crate::Catalog;
use crate::analyze::Analyzer;

impl Analyzer<'_> {
    /// Whether the program uses a library, by its imports or by what it calls.
    pub(crate) fn uses(&self, library: &str) -> bool {
        self.presumed_libraries.contains(&library)
            || self.imports.values().any(|path| {
                // Most paths are of another length: asking that first spares comparing them.
                let ends = match path.as_bytes().get(library.len()) {
                    None => path.len() == library.len(),
                    Some(next) => *next == b'.',
                };
                ends && path.starts_with(library)
            })
    }
}

/// The libraries that the members used in a program's functions tell of, and that its catalog does not know.
pub(crate) fn told_libraries(program: &Program, catalog: &Catalog) -> Vec<&'static str> {
    let mut members = Members::default();
    for unit in program.units() {
        let statement = program.statement(unit.id);
        if matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            members.visit_stmt(statement);
        }
    }
    let is_told = |(library, own): &&(&'static str, &[&str])| {
        !catalog.knows_library(library) && own.iter().any(|it| members.0.contains(it))
    };
    TELLTALES
        .iter()
        .filter(is_told)
        .map(|(library, _)| *library)
        .collect()
}

/// Names after a full stop.
#[derive(Default)]
struct Members<'a>(BTreeSet<&'a str>);

impl<'a> Visitor<'a> for Members<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) if let Expr::Attribute(method) = &*call.func => {
                self.0.insert(method.attr.as_str());
                let receiver = method.value.as_name_expr();
                if receiver.is_some_and(|it| ["G", "H", "graph"].contains(&it.id.as_str()))
                    && ["degree", "edges", "neighbors", "nodes"].contains(&method.attr.as_str())
                {
                    self.0.insert("number_of_edges");
                }
                self.visit_expr(&method.value);
                self.visit_arguments(&call.arguments);
                return;
            }
            // Dictionaries have methods of these names; attributes they are of tables.
            Expr::Attribute(it) if matches!(it.attr.as_str(), "values" | "index") => {
                self.0.insert("columns");
            }
            Expr::Attribute(it) if it.attr.as_str() == "T" => {
                self.0.insert("shape");
            }
            Expr::Attribute(attribute) => {
                self.0.insert(attribute.attr.as_str());
            }
            _ => {}
        }
        walk_expr(self, expression);
    }

    fn visit_keyword(&mut self, keyword: &'a Keyword) {
        if keyword.arg.as_ref().is_some_and(|it| it == "inplace") {
            self.0.insert("groupby");
        }
        walk_keyword(self, keyword);
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        match parameter.name.as_str() {
            "df" | "dataframe" | "series" => {
                self.0.insert("columns");
            }
            "lock" | "mutex" => {
                self.0.insert("acquire");
            }
            "ax" | "axes" | "axs" => {
                self.0.insert("set_title");
            }
            _ => {}
        }
    }
}

const TELLTALES: &[(&str, &[&str])] = &[
    (
        "pandas",
        &[
            "agg",
            "apply",
            "applymap",
            "assign",
            "between",
            "columns",
            "corr",
            "describe",
            "drop",
            "drop_duplicates",
            "dropna",
            "dtypes",
            "duplicated",
            "ewm",
            "fillna",
            "groupby",
            "iloc",
            "isna",
            "isnull",
            "iterrows",
            "itertuples",
            "loc",
            "melt",
            "notna",
            "nlargest",
            "nunique",
            "pct_change",
            "pivot_table",
            "quantile",
            "rename",
            "resample",
            "reset_index",
            "rolling",
            "select_dtypes",
            "set_axis",
            "set_index",
            "sort_index",
            "sort_values",
            "to_csv",
            "to_excel",
            "to_frame",
            "to_json",
            "to_numpy",
            "to_parquet",
            "to_pickle",
            "to_sql",
            "value_counts",
        ],
    ),
    (
        "numpy",
        &[
            "argmax",
            "argmin",
            "argsort",
            "astype",
            "clip",
            "setflags",
            "fill",
            "put",
            "argpartition",
            "itemset",
            "cumprod",
            "cumsum",
            "dtype",
            "flatten",
            "max",
            "mean",
            "min",
            "ndim",
            "ravel",
            "reshape",
            "shape",
            "std",
            "sum",
            "tolist",
            "transpose",
            "var",
            "integers",
            "normal",
            "permutation",
            "standard_normal",
            "uniform",
        ],
    ),
    (
        "sklearn",
        &[
            "decision_function",
            "fit",
            "fit_predict",
            "fit_transform",
            "get_params",
            "inverse_transform",
            "partial_fit",
            "predict",
            "predict_proba",
            "set_params",
            "transform",
        ],
    ),
    (
        "matplotlib",
        &[
            "axhline",
            "axvline",
            "barh",
            "fill_between",
            "imshow",
            "legend",
            "pcolormesh",
            "savefig",
            "scatter",
            "set_title",
            "set_xlabel",
            "set_xlim",
            "set_xticks",
            "set_ylabel",
            "set_ylim",
            "set_yticks",
            "subplots_adjust",
            "suptitle",
            "tight_layout",
            "twinx",
        ],
    ),
    (
        "sqlite3",
        &[
            "commit",
            "cursor",
            "executemany",
            "executescript",
            "fetchall",
            "fetchone",
            "rollback",
            "execute",
            "fetchmany",
            "lastrowid",
            "rowcount",
        ],
    ),
    (
        "requests",
        &["iter_content", "json", "raise_for_status", "status_code"],
    ),
    (
        "networkx",
        &[
            "add_edge",
            "add_edges_from",
            "add_node",
            "add_nodes_from",
            "has_edge",
            "number_of_edges",
            "number_of_nodes",
            "remove_edge",
            "remove_edges_from",
            "remove_node",
            "remove_nodes_from",
            "successors",
            "predecessors",
        ],
    ),
    (
        "collections",
        &[
            "appendleft",
            "most_common",
            "move_to_end",
            "popleft",
            "extendleft",
            "rotate",
        ],
    ),
    (
        "random",
        &[
            "choice",
            "gauss",
            "randint",
            "random",
            "randrange",
            "shuffle",
            "sample",
        ],
    ),
    (
        "torch",
        &[
            "backward",
            "load_state_dict",
            "named_parameters",
            "numel",
            "requires_grad",
            "requires_grad_",
            "state_dict",
            "unsqueeze",
            "zero_grad",
        ],
    ),
    ("hashlib", &["digest", "hexdigest"]),
    ("threading", &["acquire"]),
    (
        "openpyxl",
        &["cell", "column_dimensions", "iter_rows", "merge_cells"],
    ),
    (
        "optuna",
        &[
            "best_params",
            "optimize",
            "suggest_categorical",
            "suggest_float",
            "suggest_int",
        ],
    ),
    (
        "polars",
        &[
            "collect_schema",
            "group_by",
            "insert_column",
            "iter_rows",
            "to_pandas",
            "with_columns",
            "with_row_index",
            "write_csv",
            "write_parquet",
        ],
    ),
    ("PIL", &["convert", "getpixel", "putpixel", "thumbnail"]),
    ("csv", &["writerow", "writerows", "writeheader"]),
    (
        "datetime",
        &["isoformat", "strftime", "total_seconds", "weekday"],
    ),
];
