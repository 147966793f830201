//! What `import` statements bind, and what a program imports.

use std::collections::BTreeSet;
use std::rc::Rc;

use srcify_syntax::Program;
use srcify_syntax::ast::{self, Expr, Stmt};

use crate::Effect;
use crate::analyze::Analyzer;
use crate::value::Value;

/// The top-level modules that a program imports, `import` statements in functions included.
pub fn imported_libraries(program: &Program) -> BTreeSet<String> {
    use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
    struct Imports(BTreeSet<String>);
    impl<'a> Visitor<'a> for Imports {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::Import(import) => {
                    self.0.extend(
                        import
                            .names
                            .iter()
                            .map(|alias| top_level(&alias.name).to_owned()),
                    );
                }
                Stmt::ImportFrom(ast::StmtImportFrom {
                    module: Some(module),
                    level: 0,
                    ..
                }) => {
                    self.0.insert(top_level(module).to_owned());
                }
                _ => walk_stmt(self, statement),
            }
        }

        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Call(call) = expression
                && let Expr::Name(function) = &*call.func
                && function.id.as_str() == "__import__"
                && let Some(Expr::StringLiteral(module)) = call.arguments.args.first()
            {
                self.0.insert(top_level(module.value.to_str()).to_owned());
            }
            walk_expr(self, expression);
        }
    }
    let mut imports = Imports(BTreeSet::new());
    for unit in program.units() {
        imports.visit_stmt(program.statement(unit.id));
    }
    if program.source.is_interactive() || program.source.text.contains("get_ipython") {
        // Jupyter brings `display` along.
        imports.0.insert("IPython".to_owned());
    }
    imports.0
}

fn top_level(module: &str) -> &str {
    module.split('.').next().unwrap_or(module)
}

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
