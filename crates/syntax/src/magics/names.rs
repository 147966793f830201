//! Names that an input binds, read off its cells before their escapes are lowered.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprContext, Stmt};

use crate::draft::{Block, Part};
use crate::nesting;

use super::parse_ipython;

/// All names that the blocks bind anywhere; empty when no command could interpolate one.
pub(crate) fn bound_names(blocks: &[Block]) -> BTreeSet<String> {
    let mut names = Bound(BTreeSet::new());
    let code = || blocks.iter().filter(|block| block.part == Part::Code);
    let may_interpolate = |block: &Block| {
        block.text.lines().any(|line| {
            line.contains(['!', '%']) && line.contains(['$', '{'])
                || line.contains("get_ipython")
                || line.contains("%sql")
        })
    };
    if !code().any(may_interpolate) {
        return names.0;
    }
    for block in code().filter(|block| nesting::too_deep(&block.text).is_none()) {
        let parsed = parse_ipython(&block.text);
        if let Some(module) = parsed.try_into_module() {
            names.visit_body(module.suite());
        }
    }
    names.0
}

/// The methods that classes of the input define; empty where nothing asks for them.
pub(crate) fn methods(blocks: &[Block]) -> BTreeSet<String> {
    let mut methods = BTreeSet::new();
    let code = || blocks.iter().filter(|block| block.part == Part::Code);
    if !code().any(|block| block.text.contains("%%capture")) {
        return methods;
    }
    for line in code().flat_map(|block| block.text.lines()) {
        let definition = line.strip_prefix([' ', '\t']).map(str::trim_start);
        let name = definition.and_then(|it| it.strip_prefix("def "));
        let name = name.and_then(|it| it.split('(').next());
        methods.extend(name.map(|it| it.trim().to_owned()));
    }
    methods
}

struct Bound(BTreeSet<String>);

impl<'a> Visitor<'a> for Bound {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let aliases = match stmt {
            Stmt::Import(import) => import.names.as_slice(),
            Stmt::ImportFrom(import) => import.names.as_slice(),
            Stmt::FunctionDef(function) => {
                self.0.insert(function.name.to_string());
                &[]
            }
            Stmt::ClassDef(class) => {
                self.0.insert(class.name.to_string());
                &[]
            }
            _ => &[],
        };
        for alias in aliases {
            let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            self.0
                .insert(name.split('.').next().unwrap_or(name).to_owned());
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr
            && name.ctx == ExprContext::Store
        {
            self.0.insert(name.id.to_string());
        }
        walk_expr(self, expr);
    }
}

/// Whether a statement `import module` stands at the top level of `text`.
pub(crate) fn imports(text: &str, module: &str) -> bool {
    if !text.contains(module) || nesting::too_deep(text).is_some() {
        return false;
    }
    let parsed = parse_ipython(text);
    let Some(module_tree) = parsed.try_into_module() else {
        return false;
    };
    module_tree.suite().iter().any(|stmt| {
        let Stmt::Import(import) = stmt else {
            return false;
        };
        import
            .names
            .iter()
            .any(|alias| alias.asname.is_none() && alias.name.as_str() == module)
    })
}
