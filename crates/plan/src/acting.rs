//! Imports that do something by being there: they let a class be imported, or give frames more methods.
//!
//! Nothing reads the names that they bind, so no module would import them; without them the package would fail where the
//! input works. A library that nobody knows may do anything when it is imported, so it stays too.

use std::collections::BTreeSet;

use srcify_effects::{Catalog, distributions};
use srcify_syntax::Program;
use srcify_syntax::ast::{Alias, Stmt};

use crate::Plan;
use crate::model::Folder;

/// What the plan says of imports.
pub(crate) const IMPORTED: &str = "imported where it is used";

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

/// The import statements of a program that act, or may, one name each.
pub(crate) fn acting_imports(program: &Program, catalog: &Catalog) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let may_act = |module: &str| {
        let library = module.split('.').next().unwrap_or_default();
        !distributions::is_given_by_host(module) && !distributions::is_known(library, catalog)
    };
    for unit in program.units() {
        match program.statement(unit.id) {
            Stmt::Import(it) => {
                for alias in &it.names {
                    if extended_by(&alias.name).is_some() || may_act(&alias.name) {
                        found.insert(format!("import {}", written(alias)));
                    }
                }
            }
            Stmt::ImportFrom(it) => {
                let module = it.module.as_ref().map_or("", |it| it.as_str());
                let is_whole = it.level == 0 && !module.is_empty();
                for alias in it.names.iter().filter(|it| it.name.as_str() != "*") {
                    let is_experiment = module == "sklearn.experimental" && alias.asname.is_none();
                    if is_experiment || is_whole && may_act(module) {
                        found.insert(format!("from {module} import {}", written(alias)));
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
        let enabled = import
            .strip_prefix("from sklearn.experimental import ")
            .map(|name| ENABLED.iter().find(|(known, _)| *known == name));
        let base = extended_by(module_of(&import));
        let is_unknown = enabled.is_none() && base.is_none();
        let mut all = plan.modules.iter().flat_map(|module| &module.imports);
        if is_unknown && all.any(|it| module_of(it) == module_of(&import)) {
            continue;
        }
        let needs = |imports: &BTreeSet<String>| {
            let mut imports = imports.iter();
            match enabled {
                Some(known) => {
                    let classes = known.map_or(&[][..], |(_, classes)| classes);
                    imports.any(|it| imports_any(it, classes))
                }
                None => base.is_some_and(|base| imports.any(|it| library_of(it) == base)),
            }
        };
        let mut is_there = false;
        for module in &mut plan.modules {
            if needs(&module.imports) {
                module.imports.insert(import.clone());
                is_there = true;
            }
        }
        if !is_there && enabled.is_none() {
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

/// Says of the imports that no module needs that they are left out.
pub(crate) fn note_left_out(plan: &mut Plan, program: &Program) {
    let imported: BTreeSet<String> = plan
        .modules
        .iter()
        .flat_map(|module| &module.imports)
        .cloned()
        .collect();
    let is_used = |statement: &Stmt| match statement {
        Stmt::Import(it) => it.names.iter().any(|alias| {
            let library = alias.name.split('.').next().unwrap_or_default();
            imported.iter().any(|import| library_of(import) == library)
        }),
        Stmt::ImportFrom(it) => it.names.iter().any(|alias| {
            let name = alias.name.as_str();
            name == "*" || imported.iter().any(|import| imports_any(import, &[name]))
        }),
        _ => true,
    };
    for decision in &mut plan.decisions {
        if decision.reason == IMPORTED && !is_used(program.statement(decision.unit)) {
            decision.reason = "nothing uses what it imports".to_owned();
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

/// An imported name, and the name that it gets.
fn written(alias: &Alias) -> String {
    let name = alias.asname.as_ref();
    let alias_text = name.map(|it| format!(" as {it}")).unwrap_or_default();
    format!("{}{alias_text}", alias.name)
}

/// The module that an import statement imports, or imports from.
fn module_of(import: &str) -> &str {
    let module = import
        .trim_start_matches("from ")
        .trim_start_matches("import ");
    module.split(' ').next().unwrap_or_default()
}

/// The library that an import statement imports from.
fn library_of(import: &str) -> &str {
    module_of(import).split('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Catalog, acting_imports, imports_any, library_of};

    #[test]
    fn imports_that_act_are_found() {
        let text = "import hvplot.pandas, os\nimport pandas_ta as ta\nfrom sklearn.experimental import enable_iterative_imputer  # noqa\nfrom sklearn.impute import IterativeImputer\nfrom nobody_knows.plugins import basic as b\nfrom . import beside\n";
        let source = srcify_syntax::read("a.py".into(), text.as_bytes()).unwrap();
        let program = srcify_syntax::parse(source.output).output;
        let catalog = Catalog::for_libraries(["hvplot", "os", "sklearn"]);
        let found: Vec<String> = acting_imports(&program, &catalog).into_iter().collect();
        assert_eq!(
            found,
            [
                "from nobody_knows.plugins import basic as b",
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
