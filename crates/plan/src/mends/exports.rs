//! Imports of functions from the modules that export them: a strict type checker takes no others.

use crate::Module;

/// What packages bind and do not export, with the modules that do: it is the same function.
const EXPORTED: &[(&str, &str, &[&str])] = &[(
    "skimage",
    "skimage.util",
    &[
        "img_as_bool",
        "img_as_float",
        "img_as_float32",
        "img_as_float64",
        "img_as_int",
        "img_as_ubyte",
        "img_as_uint",
    ],
)];

/// Imports each such function from the module that exports it.
pub(super) fn name_modules(module: &mut Module) {
    for (package, exporting, names) in EXPORTED {
        for name in *names {
            let before = format!("from {package} import {name}");
            let moved: Vec<String> = module
                .imports
                .iter()
                .filter(|it| {
                    let rest = it.strip_prefix(&before);
                    rest.is_some_and(|it| it.is_empty() || it.starts_with(" as "))
                })
                .cloned()
                .collect();
            for import in moved {
                module.imports.remove(&import);
                let rest = &import[before.len()..];
                let exported = format!("from {exporting} import {name}{rest}");
                module.imports.insert(exported);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::{Folder, Module};

    #[test]
    fn functions_are_imported_from_the_modules_that_export_them() {
        let mut module = Module {
            folder: Folder::Domain,
            name: "functions".to_owned(),
            summary: "Functions.".to_owned(),
            imports: [
                "from skimage import data",
                "from skimage import img_as_float",
                "from skimage import img_as_ubyte as ubyte",
            ]
            .map(str::to_owned)
            .into(),
            items: Vec::new(),
        };
        super::name_modules(&mut module);
        let expected: BTreeSet<String> = [
            "from skimage import data",
            "from skimage.util import img_as_float",
            "from skimage.util import img_as_ubyte as ubyte",
        ]
        .map(str::to_owned)
        .into();
        assert_eq!(module.imports, expected);
    }
}
