//! Where values are kept under their own identity: in other values, or under other names.
//!
//! Each use of a list that is a setting makes a list of its own. That is the same while nothing can tell one list that
//! stands at two places from two equal lists, as `copy.deepcopy`, `pickle`, `yaml.dump` and a later change of a copy do.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::Program;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};

/// At how many places each name is kept.
pub(super) fn stored(program: &Program) -> BTreeMap<&str, usize> {
    let statements = || program.units().iter().map(|it| program.statement(it.id));
    let classes = statements().filter_map(|it| Some(it.as_class_def_stmt()?.name.as_str()));
    let mut places = Places {
        classes: classes.collect(),
        found: BTreeMap::new(),
    };
    statements().for_each(|it| places.visit_stmt(it));
    places.found
}

struct Places<'a> {
    classes: BTreeSet<&'a str>,
    found: BTreeMap<&'a str, usize>,
}

/// Methods of containers that keep what they are given.
const KEEPING: [&str; 9] = [
    "add",
    "append",
    "appendleft",
    "extend",
    "fromkeys",
    "insert",
    "put",
    "setdefault",
    "update",
];

impl<'a> Places<'a> {
    fn keep(&mut self, value: &'a Expr) {
        match value {
            Expr::Name(name) => *self.found.entry(&name.id).or_default() += 1,
            Expr::If(it) => {
                self.keep(&it.body);
                self.keep(&it.orelse);
            }
            Expr::BoolOp(it) => it.values.iter().for_each(|it| self.keep(it)),
            Expr::Named(it) => self.keep(&it.value),
            Expr::Starred(it) => self.keep(&it.value),
            _ => {}
        }
    }

    fn keeps(&self, function: &Expr) -> bool {
        match function {
            Expr::Name(name) => name.id == "dict" || self.classes.contains(name.id.as_str()),
            Expr::Attribute(method) => KEEPING.contains(&method.attr.as_str()),
            _ => false,
        }
    }

    fn call(&mut self, call: &'a ast::ExprCall) {
        if self.keeps(&call.func) {
            let arguments = &call.arguments;
            let named = arguments.keywords.iter().map(|it| &it.value);
            arguments
                .args
                .iter()
                .chain(named)
                .for_each(|it| self.keep(it));
        }
    }
}

impl<'a> Visitor<'a> for Places<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(it) => {
                // `a = b = rows` gives it two names.
                it.targets.iter().for_each(|_| self.keep(&it.value));
            }
            Stmt::AnnAssign(it) => it.value.iter().for_each(|it| self.keep(it)),
            Stmt::Return(it) => it.value.iter().for_each(|it| self.keep(it)),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::List(it) => it.elts.iter().for_each(|it| self.keep(it)),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.keep(it)),
            Expr::Dict(it) => it.items.iter().for_each(|it| self.keep(&it.value)),
            Expr::Yield(it) => it.value.iter().for_each(|it| self.keep(it)),
            Expr::Call(call) => self.call(call),
            // `[rows for _ in range(2)]` keeps it as often as it goes round.
            Expr::ListComp(it) => (0..2).for_each(|_| self.keep(&it.elt)),
            Expr::Generator(it) => (0..2).for_each(|_| self.keep(&it.elt)),
            Expr::DictComp(it) => (0..2).for_each(|_| self.keep(&it.value)),
            // `[rows] * 2`: once more than it is written.
            Expr::BinOp(it) if it.op == ast::Operator::Mult => {
                for side in [&*it.left, &*it.right] {
                    match side {
                        Expr::List(it) => it.elts.iter().for_each(|it| self.keep(it)),
                        Expr::Tuple(it) => it.elts.iter().for_each(|it| self.keep(it)),
                        _ => {}
                    }
                }
            }
            // `table.loc[mask, columns]` is no tuple that anybody keeps.
            Expr::Subscript(it) => {
                self.visit_expr(&it.value);
                match &*it.slice {
                    Expr::Tuple(tuple) => tuple.elts.iter().for_each(|it| self.visit_expr(it)),
                    slice => self.visit_expr(slice),
                }
                return;
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use super::stored;

    #[track_caller]
    fn check(text: &str, expected: usize) {
        let source = srcify_syntax::read("a.py".into(), text.as_bytes()).expect("it is a text");
        let program = srcify_syntax::parse(source.output).output;
        let found = stored(&program).get("rows").copied().unwrap_or_default();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn uses_that_take_what_is_in_it_keep_nothing() {
        for text in [
            "x = table[rows]\ny = table.loc[mask, rows]\nz = table.loc[:, rows]\n",
            "for row in rows:\n    print(row, len(rows))\n",
            "x = rows + [1]\ny = sorted(rows)\nz = [it for it in rows]\n",
        ] {
            check(text, 0);
        }
    }

    #[test]
    fn what_is_kept_is_counted_where_it_is() {
        check("grid = [rows, rows]\n", 2);
        check("grid = [rows] * 2\n", 2);
        check("grid = [rows for _ in range(3)]\n", 2);
        check("a = {'x': rows}\nb = rows\n", 2);
        check(
            "steps = [('num', scaler, rows), ('cat', encoder, other)]\n",
            1,
        );
        check("class Model: pass\nm = Model(rows, columns=rows)\n", 2);
        check("seen.append(rows)\n", 1);
        check("a = b = rows\n", 2);
    }
}
