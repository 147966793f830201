//! Imports that do something by being there: they let a class be imported, or give frames more methods.
//!
//! Nothing reads the names that they bind, so no module would import them; without them the package would fail where the
//! input works.

use std::collections::BTreeSet;

use srcify_syntax::Program;
use srcify_syntax::ast::Stmt;

use crate::Plan;
use crate::model::Folder;

/// What scikit-learn gives only after its module of experiments was asked for it.
/// Source: the documentation of `sklearn.experimental`.
const ENABLED: &[(&str, &[&str])] = &[
    ("enable_iterative_imputer", &["IterativeImputer"]),
    (
        "enable_halving_search_cv",
        &["HalvingGridSearchCV", "HalvingRandomSearchCV"],
    ),
    (
        "enable_hist_gradient_boosting",
        &[
            "HistGradientBoostingClassifier",
            "HistGradientBoostingRegressor",
        ],
    ),
];

/// Modules that extend another library when they are imported, and that library. Source: the documentation of each.
const EXTENDING: &[(&str, &str)] = &[
    ("cf_xarray", "xarray"),
    ("cufflinks", "pandas"),
    ("hvplot.dask", "dask"),
    ("hvplot.pandas", "pandas"),
    ("hvplot.polars", "polars"),
    ("hvplot.xarray", "xarray"),
    ("janitor", "pandas"),
    ("mplcyberpunk", "matplotlib"),
    ("pandas_profiling", "pandas"),
    ("pandas_ta", "pandas"),
    ("pint_pandas", "pandas"),
    ("rioxarray", "xarray"),
    ("scienceplots", "matplotlib"),
    ("swifter", "pandas"),
    ("woodwork", "pandas"),
];

/// The import statements of a program that act, one name each.
pub(crate) fn acting_imports(program: &Program) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for unit in program.units() {
        match program.statement(unit.id) {
            Stmt::Import(it) => {
                for alias in &it.names {
                    if extended_by(&alias.name).is_some() {
                        let name = alias.asname.as_ref();
                        let alias_text = name.map(|it| format!(" as {it}")).unwrap_or_default();
                        found.insert(format!("import {}{alias_text}", alias.name));
                    }
                }
            }
            Stmt::ImportFrom(it) => {
                let module = it.module.as_ref().map_or("", |it| it.as_str());
                for alias in &it.names {
                    if module == "sklearn.experimental" && alias.asname.is_none() {
                        found.insert(format!("from {module} import {}", alias.name));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Adds the imports that act to the modules that need what they do.
pub(crate) fn complete(plan: &mut Plan) {
    let wanted = std::mem::take(&mut plan.acting_imports);
    for import in wanted {
        let needs = |imports: &BTreeSet<String>| {
            if let Some(name) = import.strip_prefix("from sklearn.experimental import ") {
                let enabled = ENABLED.iter().find(|(known, _)| *known == name);
                let classes = enabled.map_or(&[][..], |(_, classes)| classes);
                imports.iter().any(|it| imports_any(it, classes))
            } else {
                let module = import.trim_start_matches("import ").split(' ').next();
                let base = module.and_then(extended_by).unwrap_or_default();
                imports.iter().any(|it| library_of(it) == base)
            }
        };
        let mut is_there = false;
        for module in &mut plan.modules {
            if needs(&module.imports) {
                module.imports.insert(import.clone());
                is_there = true;
            }
        }
        if !is_there && import.starts_with("import ") {
            for module in &mut plan.modules {
                if module.folder == Folder::Application {
                    module.imports.insert(import.clone());
                    is_there = true;
                }
            }
        }
        if is_there {
            plan.acting_imports.insert(import);
        }
    }
}

/// The library that a module extends when it is imported.
fn extended_by(module: &str) -> Option<&'static str> {
    let known = EXTENDING.iter().find(|(known, _)| *known == module);
    known.map(|(_, base)| *base)
}

/// Whether an import statement imports one of several names.
fn imports_any(import: &str, names: &[&str]) -> bool {
    let imported = import.rsplit(" import ").next().unwrap_or_default();
    let mut words = imported.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    words.any(|word| names.contains(&word))
}

/// The library that an import statement imports from.
fn library_of(import: &str) -> &str {
    let module = import
        .trim_start_matches("from ")
        .trim_start_matches("import ");
    module.split([' ', '.']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{acting_imports, imports_any, library_of};

    #[test]
    fn imports_that_act_are_found() {
        let text = "import hvplot.pandas, os\nimport pandas_ta as ta\nfrom sklearn.experimental import enable_iterative_imputer  # noqa\nfrom sklearn.impute import IterativeImputer\n";
        let source = srcify_syntax::read("a.py".into(), text.as_bytes()).unwrap();
        let program = srcify_syntax::parse(source.output).output;
        let found: Vec<String> = acting_imports(&program).into_iter().collect();
        assert_eq!(
            found,
            [
                "from sklearn.experimental import enable_iterative_imputer",
                "import hvplot.pandas",
                "import pandas_ta as ta",
            ]
        );
    }

    #[test]
    fn what_an_import_statement_imports_is_told() {
        let import = "from sklearn.impute import IterativeImputer, KNNImputer";
        assert!(imports_any(import, &["IterativeImputer"]));
        assert!(!imports_any(import, &["Imputer"]));
        assert_eq!(library_of("import pandas as pd"), "pandas");
        assert_eq!(library_of("from pandas.api.types import is_bool"), "pandas");
    }
}
