//! Modules of the package: items with the imports that they need.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::function_names;
use srcify_syntax::ast::{self, Stmt};
use srcify_syntax::{Program, UnitId};

use crate::names::mentioned_names;
use crate::types::Imports;
use crate::{Folder, Item, Module};

/// Where each name of the package and of the input's imports comes from.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Import statements of the input by the name that they bind, in order.
    pub imports: BTreeMap<String, Vec<String>>,
    /// Modules of the package that define a name: `churn.domain.features`.
    pub own: BTreeMap<String, String>,
    /// Loggers of the input, with the statement that binds each: every module that logs has its own.
    pub loggers: BTreeMap<String, String>,
    /// Import statements that only type checkers run.
    pub typing: BTreeSet<String>,
}

impl Sources {
    /// The imports of a program, one statement a name.
    pub(crate) fn of(program: &Program, typing_branches: &BTreeSet<UnitId>) -> Self {
        let mut sources = Self::default();
        for id in typing_branches {
            if let Stmt::If(branch) = program.statement(*id) {
                branch.body.iter().for_each(|it| sources.note(it));
            }
        }
        let imports = std::mem::take(&mut sources.imports);
        for unit in program.units() {
            sources.note(program.statement(unit.id));
        }
        sources.typing = imports.values().flatten().cloned().collect();
        sources.imports.extend(imports);
        sources
    }

    /// With what IPython binds unasked.
    pub(crate) fn with_given(mut self, program: &Program) -> Self {
        let given = [("IPython.display", "display"), ("IPython", "get_ipython")];
        for (module, name) in given {
            let is_given = name == "get_ipython" || program.source.is_interactive();
            if is_given && !self.imports.contains_key(name) {
                let import = format!("from {module} import {name}");
                self.add(name.to_owned(), import);
            }
        }
        self
    }

    fn note(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let (name, text) = if let Some(name) = &alias.asname {
                        (name.to_string(), format!("import {} as {name}", alias.name))
                    } else {
                        let top = alias
                            .name
                            .split('.')
                            .next()
                            .unwrap_or(&alias.name)
                            .to_owned();
                        (top, format!("import {}", alias.name))
                    };
                    self.add(name, text);
                }
            }
            Stmt::ImportFrom(import) => {
                let module = import
                    .module
                    .as_ref()
                    .map(ast::Identifier::as_str)
                    .unwrap_or_default();
                let dots = ".".repeat(import.level as usize);
                for alias in &import.names {
                    let (name, text) = match &alias.asname {
                        Some(name) => (
                            name.to_string(),
                            format!("from {dots}{module} import {} as {name}", alias.name),
                        ),
                        None => (
                            alias.name.to_string(),
                            format!("from {dots}{module} import {}", alias.name),
                        ),
                    };
                    self.add(name, text);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, name: String, text: String) {
        let texts = self.imports.entry(name).or_default();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
}

/// A module in the making.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub folder: Folder,
    pub name: String,
    pub summary: String,
    pub items: Vec<Item>,
    /// Imports that annotations and templates need.
    pub needed: Imports,
    /// Statements before the items: the logger.
    pub prelude: Vec<String>,
    /// Constants before the items.
    pub constants: Vec<String>,
}

/// The constant that keeps names within reach of formulas.
const FORMULA_NAMES: &str = "FORMULA_NAMES";

impl Draft {
    pub(crate) fn new(folder: Folder, name: &str, summary: &str) -> Self {
        Self {
            folder,
            name: name.to_owned(),
            summary: summary.to_owned(),
            items: Vec::new(),
            // Functions are given to libraries with what they need.
            needed: Imports::from([("functools".to_owned(), "import functools".to_owned())]),
            prelude: Vec::new(),
            constants: Vec::new(),
        }
    }

    /// Libraries that evaluate formulas look names up where they are called: keeps what formulas name within reach.
    pub(crate) fn keep_for_formulas(&mut self, names: &[String]) {
        let evaluates = self.items.iter().any(|item| {
            ["smf.", "formula", "dmatri", "patsy"]
                .iter()
                .any(|sign| item.text.contains(sign))
        });
        let own = |name: &String| self.items.iter().any(|item| item.name == *name);
        let written = self.names_in_formulas();
        let foreign: Vec<String> = names
            .iter()
            .filter(|name| !own(name) && (evaluates || written.contains(*name)))
            .cloned()
            .collect();
        if !foreign.is_empty() {
            let tuple = format!("({},)", foreign.join(", "));
            self.prelude.push(format!(
                "# Formulas in strings name these.\n{FORMULA_NAMES} = {tuple}"
            ));
        }
    }

    /// Names in texts of the items that are formulas.
    fn names_in_formulas(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for item in self.items.iter().filter(|item| item.text.contains('~')) {
            let snippet = srcify_syntax::snippet(&item.text);
            names.extend(snippet.statements().iter().flat_map(mentioned_names));
        }
        names
    }

    /// Names that the module uses, and does not define.
    fn free_names(&self) -> BTreeSet<String> {
        let items = self.items.iter().map(|item| &item.text);
        let texts: Vec<&str> = self
            .prelude
            .iter()
            .chain(items)
            .map(String::as_str)
            .collect();
        let snippet = srcify_syntax::snippet(&texts.join("\n\n"));
        function_names(None, snippet.statements()).free
    }

    /// Resolves every name that the items use.
    pub(crate) fn finish(mut self, package: &str, sources: &Sources) -> Module {
        self.constants.sort();
        self.constants.dedup();
        self.prelude.append(&mut self.constants);
        for name in self.free_names() {
            if let Some(text) = sources.loggers.get(&name) {
                self.prelude.push(text.clone());
            }
        }
        let mut imports = BTreeSet::new();
        let own_module = format!("{package}.{}.{}", self.folder.name(), self.name);
        // What only quoted annotations name is imported, too, but not from modules of ours: they might import each other.
        let texts = self.items.iter().map(|item| item.text.as_str());
        let mut quoted: BTreeSet<String> =
            texts.flat_map(crate::typing_only::quoted_names).collect();
        quoted.retain(|name| !sources.typing.is_empty() || !sources.own.contains_key(name));
        for name in self.free_names().union(&quoted) {
            if let Some(import) = self.needed.get(name) {
                imports.insert(import.clone());
            } else if let Some(module) = sources.own.get(name) {
                if *module != own_module {
                    imports.insert(format!("from {module} import {name}"));
                }
            } else if let Some(texts) = sources.imports.get(name) {
                imports.extend(texts.iter().cloned());
            }
        }
        let mut items = self.items;
        if !self.prelude.is_empty() {
            let text = self.prelude.join("\n");
            items.insert(
                0,
                Item {
                    name: String::new(),
                    text,
                    units: Vec::new(),
                },
            );
        }
        Module {
            folder: self.folder,
            name: self.name,
            summary: self.summary,
            imports,
            items,
        }
    }
}

/// The name that an import statement of one name binds: `pd` of `import pandas as pd`, `os` of `import os.path`.
pub fn bound_name(import: &str) -> &str {
    if let Some((_, name)) = import.rsplit_once(" as ") {
        return name;
    }
    if let Some((_, name)) = import.rsplit_once(" import ") {
        return name;
    }
    let module = import.trim_start_matches("import ");
    module.split('.').next().unwrap_or(module)
}

/// Variables and parameters of functions that are not in lower case.
pub(crate) fn capital_names(module: &Module) -> BTreeSet<String> {
    use ast::visitor::{Visitor, walk_expr, walk_parameter, walk_stmt};
    #[derive(Default)]
    struct Capitals {
        names: BTreeSet<String>,
        depth: u32,
    }
    impl Capitals {
        fn note(&mut self, name: &str) {
            if self.depth > 0 && name.chars().any(char::is_uppercase) {
                self.names.insert(name.to_owned());
            }
        }
    }
    impl<'a> Visitor<'a> for Capitals {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            let is_function = matches!(statement, Stmt::FunctionDef(_));
            self.depth += u32::from(is_function);
            if let Stmt::FunctionDef(function) = statement {
                self.note(&function.name);
            }
            walk_stmt(self, statement);
            self.depth -= u32::from(is_function);
        }
        fn visit_expr(&mut self, expression: &'a ast::Expr) {
            if let ast::Expr::Name(name) = expression
                && name.ctx.is_store()
            {
                self.note(&name.id);
            }
            walk_expr(self, expression);
        }
        fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
            self.note(&parameter.name);
            walk_parameter(self, parameter);
        }
    }
    let mut capitals = Capitals::default();
    for item in &module.items {
        let snippet = srcify_syntax::snippet(&item.text);
        snippet
            .statements()
            .iter()
            .for_each(|statement| capitals.visit_stmt(statement));
    }
    capitals.names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut draft = Draft::new(Folder::Domain, "model", "");
        draft.items.push(Item {
            name: "fit".to_owned(),
            text: text.to_owned(),
            units: Vec::new(),
        });
        draft.keep_for_formulas(&["np".to_owned(), "fit".to_owned()]);
        assert_eq!(draft.prelude.join("\n"), expected);
    }

    #[test]
    fn what_a_formula_names_stays_within_reach() {
        check(
            "def fit(t):\n    return ols('np.log(a) ~ fit', t)\n",
            "# Formulas in strings name these.\nFORMULA_NAMES = (np,)",
        );
        check("def fit(t):\n    return ols('a ~ b', t)\n", "");
        check("def fit(t):\n    return t[~t.isna()]\n", "");
    }
}
