//! The knowledge base as a whole: what every entry must keep to.

use std::collections::BTreeSet;

use srcify_effects::{Catalog, Condition, Entry, EntryKind};
use srcify_syntax::{Severity, parse, read};

#[test]
fn every_example_is_python() {
    let catalog = Catalog::complete();
    let mut examples = 0;
    for (name, entry) in catalog.entries() {
        let Some(example) = &entry.example else {
            continue;
        };
        examples += 1;
        let source = read("example.py".into(), example.as_bytes())
            .unwrap()
            .output;
        let errors: Vec<_> = parse(source)
            .diagnostics
            .into_iter()
            .filter(|it| it.severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
    assert!(examples >= 150, "{examples}");
}

#[test]
fn conditions_ask_for_parameters() {
    for (name, entry) in Catalog::complete().entries() {
        for condition in conditions(entry) {
            let Some(parameter) = condition.parameter() else {
                continue;
            };
            let is_name = parameter
                .chars()
                .all(|it| it.is_alphanumeric() || it == '_');
            assert!(is_name && !parameter.is_empty(), "{name}: `{parameter}`");
        }
    }
}

fn conditions(entry: &Entry) -> impl Iterator<Item = &Condition> {
    let effects = entry.effects.iter().flat_map(|it| &it.conditions);
    effects.chain(entry.mutates.iter().flat_map(|it| &it.conditions))
}

#[test]
fn settings_and_paths_belong_to_calls() {
    for (name, entry) in Catalog::complete().entries() {
        if entry.kind == EntryKind::Attribute {
            assert!(entry.settings.is_empty() && entry.path.is_none(), "{name}");
        }
    }
}

#[test]
fn paths_are_parameters_that_entries_name() {
    for (name, entry) in Catalog::complete().entries() {
        let Some(path) = &entry.path else { continue };
        assert!(entry.parameters.iter().any(|it| it == path), "{name}");
    }
}

#[test]
fn bases_have_entries() {
    let catalog = Catalog::complete();
    for (name, entry) in catalog.entries() {
        for base in &entry.bases {
            assert!(catalog.is_class(base), "{name}: `{base}` is no class");
        }
    }
}

#[test]
fn no_class_inherits_from_itself() {
    let catalog = Catalog::complete();
    for (name, entry) in catalog.entries() {
        let mut seen = BTreeSet::new();
        let mut pending = entry.bases.clone();
        while let Some(base) = pending.pop() {
            let base = catalog.canonical(&base).to_owned();
            assert_ne!(base, name);
            if seen.insert(base.clone()) {
                pending.extend(
                    catalog
                        .exact(&base)
                        .into_iter()
                        .flat_map(|it| it.bases.clone()),
                );
            }
        }
    }
}

#[test]
fn a_method_is_found_through_the_bases_of_its_class() {
    let catalog = Catalog::for_libraries(["pandas", "sklearn"]);
    let dropna = catalog.member("pandas.DataFrame", "dropna").unwrap();
    assert_eq!(dropna.returns.as_deref(), Some("self"));
    let fit = catalog
        .member("sklearn.linear_model._logistic.LogisticRegression", "fit")
        .unwrap();
    assert!(fit.mutates.iter().any(|it| it.what.name == "self"));
}

#[test]
fn an_entry_wins_over_the_convention_of_its_module() {
    let catalog = Catalog::for_libraries(["numpy"]);
    assert!(catalog.lookup("numpy.hypot").unwrap().effects.is_empty());
    assert!(
        !catalog
            .lookup("numpy.random.rand")
            .unwrap()
            .effects
            .is_empty()
    );
    assert!(!catalog.lookup("numpy.save").unwrap().effects.is_empty());
}

#[test]
fn what_a_library_returns_brings_its_library_along() {
    let catalog = Catalog::for_libraries(["seaborn"]);
    assert!(
        catalog
            .member("matplotlib.axes.Axes", "set_title")
            .is_some()
    );
}

#[test]
fn an_open_file_has_methods_without_any_import() {
    let catalog = Catalog::for_libraries([]);
    let read = catalog.member("io.TextIOWrapper", "read").unwrap();
    assert!(!read.effects.is_empty());
}

#[test]
fn an_inherited_entry_wins_over_the_convention_of_another_base() {
    let catalog = Catalog::for_libraries(["matplotlib"]);
    let item = catalog
        .member("matplotlib.axes.Axes", "__getitem__")
        .unwrap();
    assert!(item.mutates.is_empty());
    assert_eq!(item.aliases, ["self"]);
}
