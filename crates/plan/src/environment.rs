//! Environment variables that the input sets before it imports the libraries that read them: in a package, imports stand first.

use srcify_syntax::Program;
use srcify_syntax::ast::{self, Expr, Stmt};

use crate::EnvironmentVariable;

/// The variables that the input sets at its head, to texts that it writes down, and after which it imports something.
///
/// Nothing else may stand before them: what ran before may have read the environment.
pub(crate) fn set_before_imports(program: &Program) -> Vec<EnvironmentVariable> {
    let mut known = OsNames::default();
    let mut open: Vec<EnvironmentVariable> = Vec::new();
    let mut found: Vec<EnvironmentVariable> = Vec::new();
    for unit in program.units() {
        let statement = program.statement(unit.id);
        match statement {
            Stmt::Import(import) => {
                known.import(import);
                if import.names.iter().any(|it| it.name.as_str() != "os") {
                    found.append(&mut open);
                }
            }
            Stmt::ImportFrom(import) => {
                known.import_from(import);
                found.append(&mut open);
            }
            Stmt::FunctionDef(it) if it.decorator_list.is_empty() => {}
            Stmt::Expr(it) if it.value.is_string_literal_expr() => {}
            _ => match known.variable(statement) {
                Some(variable) => open.push(variable),
                None if names_literal(statement) => {}
                None => break,
            },
        }
    }
    found
}

/// `SEED = 3`
fn names_literal(statement: &Stmt) -> bool {
    statement
        .as_assign_stmt()
        .is_some_and(|it| it.value.is_literal_expr() && it.targets.iter().all(Expr::is_name_expr))
}

/// What the input calls `os` and `os.environ`.
#[derive(Default)]
struct OsNames<'a> {
    modules: Vec<&'a str>,
    mappings: Vec<&'a str>,
}

impl<'a> OsNames<'a> {
    fn import(&mut self, import: &'a ast::StmtImport) {
        let of_os = import.names.iter().filter(|it| it.name.as_str() == "os");
        let names = of_os.map(|it| it.asname.as_ref().map_or("os", |it| it.as_str()));
        self.modules.extend(names);
    }

    fn import_from(&mut self, import: &'a ast::StmtImportFrom) {
        if import.module.as_ref().is_none_or(|it| it.as_str() != "os") {
            return;
        }
        let of_environ = import
            .names
            .iter()
            .filter(|it| it.name.as_str() == "environ");
        let names = of_environ.map(|it| it.asname.as_ref().map_or("environ", |it| it.as_str()));
        self.mappings.extend(names);
    }

    fn is_environment(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Name(it) => self.mappings.contains(&it.id.as_str()),
            Expr::Attribute(it) => {
                let module = it.value.as_name_expr();
                it.attr.as_str() == "environ"
                    && module.is_some_and(|it| self.modules.contains(&it.id.as_str()))
            }
            _ => false,
        }
    }

    /// `os.environ["KERAS_BACKEND"] = "jax"`, `os.environ.setdefault("KERAS_BACKEND", "jax")`
    fn variable(&self, statement: &Stmt) -> Option<EnvironmentVariable> {
        let (name, value, is_default) = match statement {
            Stmt::Assign(it) => {
                let [Expr::Subscript(target)] = &it.targets[..] else {
                    return None;
                };
                let is_own = self.is_environment(&target.value);
                (is_own.then_some(&*target.slice)?, &*it.value, false)
            }
            Stmt::Expr(it) => {
                let call = it.value.as_call_expr()?;
                let method = call.func.as_attribute_expr()?;
                let is_own = self.is_environment(&method.value);
                let [name, value] = &call.arguments.args[..] else {
                    return None;
                };
                let is_default = is_own && method.attr.as_str() == "setdefault";
                (is_default.then_some(name)?, value, true)
            }
            _ => return None,
        };
        Some(EnvironmentVariable {
            name: name.as_string_literal_expr()?.value.to_str().to_owned(),
            value: value.as_string_literal_expr()?.value.to_str().to_owned(),
            is_default,
        })
    }
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;
    use expect_test::{Expect, expect};
    use srcify_syntax::{parse, read};

    use super::set_before_imports;

    fn check(python: &str, expected: Expect) {
        let source = read(Utf8Path::new("input.py"), python.as_bytes());
        let program = parse(source.expect("it is text").output).output;
        let found = set_before_imports(&program);
        let lines = found
            .iter()
            .map(|it| format!("{}={} {}", it.name, it.value, it.is_default));
        expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn what_is_set_before_imports_is_found() {
        check(
            "\"\"\"Text.\"\"\"\nimport os as system\nN = 3\nsystem.environ[\"A\"] = \"1\"\nfrom os import environ\n\
             environ.setdefault(\"B\", \"2\")\nimport keras\nenviron[\"C\"] = \"3\"\n",
            expect!["A=1 false\nB=2 true"],
        );
    }

    #[test]
    fn what_comes_after_other_statements_or_is_computed_is_not() {
        check(
            "import os\nprint(os.getcwd())\nos.environ[\"A\"] = \"1\"\nimport keras\n",
            expect![""],
        );
        check(
            "import os\nos.environ[\"A\"] = os.getcwd()\nos.environ[\"B\"] = \"1\"\nimport keras\n",
            expect![""],
        );
        check(
            "import os\nos.environ[\"A\"] = \"1\"\nimport os\n",
            expect![""],
        );
    }
}
