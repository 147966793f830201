//! Classes of which nothing is known but how their names are written.

use crate::Type;

/// An object of a class that nothing is known of but its name, which is written as those of classes are.
pub(super) fn instance(path: &str) -> Option<Type> {
    let (module, name) = path.rsplit_once('.')?;
    let library = module.split('.').next()?;
    // `Moran_Local`, too, and `ADBSCAN`, which is too long for a constant that is called.
    let is_word =
        |it: &str| it.starts_with(char::is_uppercase) && it.chars().all(char::is_alphanumeric);
    let is_acronym = name.len() >= ACRONYM && name.chars().all(char::is_uppercase);
    let is_class =
        name.split('_').all(is_word) && (name.chars().any(char::is_lowercase) || is_acronym);
    let is_module = module
        .split('.')
        .all(|it| it.chars().all(|it| !it.is_uppercase()));
    let is_other = STANDARD.contains(&library) || FACTORIES.contains(&name);
    (is_class && is_module && !is_other).then(|| Type::new(path))
}

/// Letters of a name in capitals that is one of a class.
const ACRONYM: usize = 5;

/// Modules in which functions and objects have such names, too.
const STANDARD: &[&str] = &[
    "talib",
    "matplotlib",
    "multiprocessing",
    "threading",
    "typing",
    "typing_extensions",
    "collections",
    "ctypes",
    "asyncio",
    "concurrent",
    "dataclasses",
    "pydantic",
    "numba",
    "IPython",
];

/// Functions of libraries that are written as classes are.
const FACTORIES: &[&str] = &[
    "Input", "Variable", "Parallel", "Field", "Depends", "Lock", "Pool",
];

#[cfg(test)]
mod tests {
    use super::instance;

    #[test]
    fn names_written_as_classes_are_classes_but_where_objects_have_such_names() {
        for path in [
            "nowhere.shapes.Circle",
            "nowhere.shapes.Circle_Local",
            "nowhere.shapes.ADBSCAN",
        ] {
            assert!(instance(path).is_some(), "{path}");
        }
        for path in [
            "talib.TRANGE",
            "nowhere.Circle_at",
            "matplotlib.cm.Spectral",
            "threading.Lock",
            "nowhere.circle",
            "nowhere.PI",
        ] {
            assert_eq!(instance(path), None, "{path}");
        }
    }
}
