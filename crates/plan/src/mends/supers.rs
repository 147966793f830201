//! `super()` for `super(Net, self)`, where the class is what the name says.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, snippet};

use super::{Mend, is_name};

/// Leaves out what `super` is given, in the methods of classes that nothing replaces.
pub(super) fn mends(text: &str, taken: &BTreeSet<String>) -> Vec<Mend> {
    if !text.contains("super(") || taken.contains("super") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut mends = Vec::new();
    for statement in parsed.statements() {
        // What decorates a class may put another in its place, under the same name.
        let Some(class) = statement
            .as_class_def_stmt()
            .filter(|it| it.decorator_list.is_empty())
        else {
            continue;
        };
        for method in class.body.iter().filter_map(Stmt::as_function_def_stmt) {
            let own = method.parameters.posonlyargs.iter();
            let Some(receiver) = own.chain(&method.parameters.args).next() else {
                continue;
            };
            let mut search = Search {
                class: &class.name,
                receiver: receiver.name(),
                is_bound: false,
                found: Vec::new(),
            };
            search.visit_body(&method.body);
            if !search.is_bound {
                mends.extend(search.found.into_iter().map(|it| (it, String::new())));
            }
        }
    }
    mends
}

struct Search<'a> {
    class: &'a str,
    /// The first parameter of the method.
    receiver: &'a str,
    /// The method gives the name of the class, or of its first parameter, another value.
    is_bound: bool,
    found: Vec<TextRange>,
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            // They have a first parameter of their own.
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_)
            | Expr::Generator(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_) => return,
            Expr::Name(name) if !name.ctx.is_load() => {
                self.is_bound |= [self.class, self.receiver].contains(&name.id.as_str());
            }
            Expr::Call(call) => self.call(call),
            _ => {}
        }
        walk_expr(self, expression);
    }
}

impl Search<'_> {
    fn call(&mut self, call: &ast::ExprCall) {
        let ([class, receiver], []) = (&call.arguments.args[..], &call.arguments.keywords[..])
        else {
            return;
        };
        if is_name(&call.func, "super")
            && is_name(class, self.class)
            && is_name(receiver, self.receiver)
        {
            let brackets = call.arguments.range();
            self.found
                .push(brackets.add_start(1.into()).sub_end(1.into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::mended;
    use super::mends;

    fn check(before: &str, after: &str) {
        let taken = BTreeSet::new();
        assert_eq!(mended(before, |text| mends(text, &taken)), after);
    }

    #[test]
    fn super_knows_its_class() {
        check(
            "class Net(Module):\n    def __init__(self):\n        super(Net, self).__init__()\n",
            "class Net(Module):\n    def __init__(self):\n        super().__init__()\n",
        );
    }

    #[test]
    fn other_classes_and_scopes_stay() {
        for text in [
            "class B(A):\n    def f(self):\n        super(A, self).f()\n",
            "class B(A):\n    def f(self, other):\n        super(B, other).f()\n",
            "class B(A):\n    def f(self):\n        return [super(B, self).f() for _ in x]\n",
            "class B(A):\n    def f(self):\n        def g():\n            super(B, self).f()\n",
            "class B(A):\n    def f(self):\n        self = C()\n        super(B, self).f()\n",
            "@replaced\nclass B(A):\n    def f(self):\n        super(B, self).f()\n",
        ] {
            check(text, text);
        }
        let own = BTreeSet::from(["super".to_owned()]);
        let text = "class B(A):\n    def f(self):\n        super(B, self).f()\n";
        assert_eq!(mended(text, |text| mends(text, &own)), text);
    }
}
