//! `return f(x)` for `y = f(x)` and `return y` right after it.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, snippet};

use super::Mend;

pub(super) fn mends(text: &str) -> Vec<Mend> {
    if !text.contains("return ") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

struct Search<'a> {
    text: &'a str,
    mends: Vec<Mend>,
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::FunctionDef(function) = statement {
            let mut names = Names::default();
            names.visit_body(&function.body);
            if let [.., Stmt::Assign(assign), Stmt::Return(returned)] = &function.body[..]
                && let [Expr::Name(target)] = &assign.targets[..]
                && let Some(Expr::Name(value)) = returned.value.as_deref()
                && target.id == value.id
                && !names.shared.contains(target.id.as_str())
            {
                let between = TextRange::new(assign.end(), returned.start());
                let between = &self.text[usize::from(between.start())..usize::from(between.end())];
                let head = TextRange::new(assign.start(), assign.value.start());
                let head_text = &self.text[usize::from(head.start())..usize::from(head.end())];
                let after = &self.text[usize::from(returned.end())..];
                let after = after.split('\n').next().unwrap_or_default();
                let is_plain = between.trim().is_empty()
                    && after.trim().is_empty()
                    && head_text.trim_end().ends_with('=')
                    && head_text.matches('=').count() == 1;
                if is_plain {
                    self.mends.push((head, "return ".to_owned()));
                    let rest = TextRange::new(assign.end(), returned.end());
                    self.mends.push((rest, String::new()));
                }
            }
        }
        walk_stmt(self, statement);
    }
}

/// Names that other scopes may look at.
#[derive(Default)]
struct Names<'a> {
    shared: BTreeSet<&'a str>,
    depth: u32,
}

impl<'a> Visitor<'a> for Names<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Global(it) => it.names.iter().for_each(|name| {
                self.shared.insert(name.as_str());
            }),
            Stmt::Nonlocal(it) => it.names.iter().for_each(|name| {
                self.shared.insert(name.as_str());
            }),
            _ => {}
        }
        let is_scope = matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
        self.depth += u32::from(is_scope);
        walk_stmt(self, statement);
        self.depth -= u32::from(is_scope);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression
            && self.depth > 0
        {
            self.shared.insert(name.id.as_str());
        }
        let is_scope = matches!(
            expression,
            Expr::Lambda(_)
                | Expr::Generator(_)
                | Expr::ListComp(_)
                | Expr::SetComp(_)
                | Expr::DictComp(_)
        );
        self.depth += u32::from(is_scope);
        walk_expr(self, expression);
        self.depth -= u32::from(is_scope);
    }
}

#[cfg(test)]
mod tests {
    use super::super::mended;
    use super::mends;

    #[test]
    fn what_is_only_named_to_be_returned_is_returned() {
        assert_eq!(
            mended("def f(x):\n    y = g(\n        x)\n\n    return y\n", mends),
            "def f(x):\n    return g(\n        x)\n"
        );
    }

    #[test]
    fn a_name_that_others_see_stays() {
        for text in [
            "def f(x):\n    global y\n    y = x\n    return y\n",
            "def f(x):\n    y = lambda: y\n    return y\n",
            "def f(x):\n    y = x\n    # why\n    return y\n",
            "def f(x):\n    y = z = x\n    return y\n",
            "def f(x):\n    y: int = x\n    return y\n",
        ] {
            assert_eq!(mended(text, mends), text);
        }
    }
}
