//! What imports bind.

use srcify_syntax::ast;
use srcify_syntax::{Ranged, TextRange};

use super::{Collector, Import};
use crate::module::Module;

impl<'a> Collector<'a> {
    fn import(&mut self, module: String, name: Option<&'a str>, range: TextRange) {
        self.index.imports.push(Import {
            module,
            name,
            range,
            is_type_checking: self.is_type_checking,
            is_optional: self.is_optional,
            function: self.function,
            is_guarded: self.is_guarded,
        });
    }

    pub(super) fn import_from(&mut self, node: &'a ast::StmtImportFrom) {
        let module = absolute(self.index.module, node.level, node.module.as_deref());
        for alias in &node.names {
            let name = alias.name.as_str();
            self.import(module.clone(), Some(name), alias.range());
            if name == "*" {
                continue;
            }
            let bound = alias.asname.as_ref().map_or(name, |it| it.as_str());
            self.index.names.insert(bound, format!("{module}.{name}"));
        }
    }

    pub(super) fn import_modules(&mut self, node: &'a ast::StmtImport) {
        for alias in &node.names {
            let name = alias.name.as_str();
            self.import(name.to_owned(), None, alias.range());
            let top = name.split('.').next().unwrap_or(name);
            let (bound, meaning) = match &alias.asname {
                Some(bound) => (bound.as_str(), name),
                None => (top, top),
            };
            self.index.names.insert(bound, meaning.to_owned());
        }
    }
}

/// The absolute name of the module of a `from` import.
fn absolute(module: &Module, level: u32, name: Option<&str>) -> String {
    if level == 0 {
        return name.unwrap_or("").to_owned();
    }
    let mut base: Vec<&str> = module.parent_package().split('.').collect();
    base.truncate(base.len().saturating_sub(level as usize - 1));
    base.extend(name);
    base.retain(|part| !part.is_empty());
    base.join(".")
}
