//! What `import` statements bind.

use std::rc::Rc;

use srcify_syntax::ast;

use crate::Effect;
use crate::analyze::Analyzer;
use crate::value::Value;

impl<'a> Analyzer<'a> {
    /// Binds `import a.b as c`.
    pub(crate) fn import_module(&mut self, alias: &'a ast::Alias) {
        let module = alias.name.as_str();
        let top = module.split('.').next().unwrap_or(module);
        match &alias.asname {
            Some(name) => self.bind_import(name, module),
            None => self.bind_import(top, top),
        }
    }

    /// Binds `from a import b`.
    pub(crate) fn import_from(&mut self, import: &'a ast::StmtImportFrom) {
        let module = import
            .module
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        for alias in &import.names {
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            if name.as_str() == "*" {
                self.add_effect(
                    Effect::Unknown,
                    alias.range,
                    &format!("from {module} import *"),
                );
                continue;
            }
            self.bind_import(name, &format!("{module}.{}", alias.name));
        }
    }

    fn bind_import(&mut self, name: &str, path: &str) {
        let path = self.catalog.canonical(path).to_owned();
        if self.frames.is_empty() {
            self.imports.insert(name.to_owned(), path.clone());
        }
        self.bind(
            name,
            Value {
                path: Some(Rc::from(path)),
                ..Value::default()
            },
        );
    }
}
