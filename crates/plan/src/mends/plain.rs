//! `class A:` for `class A(object):`, and `open(path)` for `open(path, "r")`: what Python 3 takes for granted; `x not in y`
//! for `not x in y`, which means the same.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{CmpOp, Expr, Stmt, UnaryOp};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use super::{Mend, is_name};

/// Leaves out what is so without being said.
pub(super) fn mends(text: &str, taken: &BTreeSet<String>) -> Vec<Mend> {
    if !["(object)", "open(", "not "]
        .iter()
        .any(|it| text.contains(it))
    {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        taken,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

struct Search<'a> {
    text: &'a str,
    taken: &'a BTreeSet<String>,
    mends: Vec<Mend>,
}

impl Search<'_> {
    fn is_builtin(&self, expression: &Expr, name: &str) -> bool {
        is_name(expression, name) && !self.taken.contains(name)
    }

    /// `not x in y` and `not x is y` with the `not` where the operator stands.
    fn negated(&self, expression: &Expr) -> Option<[Mend; 2]> {
        let negation = expression.as_unary_op_expr()?;
        let comparison = negation.operand.as_compare_expr()?;
        let ([operator], [right]) = (&comparison.ops[..], &comparison.comparators[..]) else {
            return None;
        };
        let (plain, negated) = match operator {
            CmpOp::In => ("in", "not in"),
            CmpOp::Is => ("is", "is not"),
            _ => return None,
        };
        let before = TextRange::new(negation.start(), comparison.start());
        let left = comparison.left.end();
        let between = &self.text[TextRange::new(left, right.start())];
        let is_bare = negation.op == UnaryOp::Not
            && self.text[before].trim() == "not"
            && between.trim() == plain;
        let at = left + TextSize::try_from(between.find(plain)?).ok()?;
        let place = TextRange::at(at, TextSize::of(plain));
        is_bare.then(|| [(before, String::new()), (place, negated.to_owned())])
    }

    /// The mode of a call of `open`, where it says that a text is read.
    fn mode(&self, call: &Expr) -> Option<TextRange> {
        let call = call.as_call_expr()?;
        let [path, mode] = &call.arguments.args[..] else {
            return None;
        };
        let value = mode.as_string_literal_expr()?.value.to_str();
        let between = &self.text[TextRange::new(path.end(), mode.start())];
        let is_plain = between.trim() == "," && !path.is_starred_expr();
        let reads = ["r", "rt", "tr"].contains(&value);
        (is_plain && reads && self.is_builtin(&call.func, "open"))
            .then(|| TextRange::new(path.end(), mode.end()))
    }
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::ClassDef(class) = statement
            && let Some(arguments) = &class.arguments
            && let [base] = &arguments.args[..]
            && arguments.keywords.is_empty()
            && self.is_builtin(base, "object")
            && !self.text[arguments.range()].contains('#')
        {
            self.mends.push((arguments.range(), String::new()));
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Some(range) = self.mode(expression) {
            self.mends.push((range, String::new()));
        }
        self.mends
            .extend(self.negated(expression).into_iter().flatten());
        walk_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::mends;
    use crate::mends::mended;

    fn check(code: &str, expected: &str) {
        let none = BTreeSet::new();
        assert_eq!(mended(code, |text| mends(text, &none)), expected);
    }

    #[test]
    fn what_is_so_anyway_is_not_said() {
        check("class A(object):\n    pass\n", "class A:\n    pass\n");
        check(
            "def f(p):\n    with open(p, 'r') as a, open(p, \"rt\", encoding=\"utf-8\") as b:\n        pass\n",
            "def f(p):\n    with open(p) as a, open(p, encoding=\"utf-8\") as b:\n        pass\n",
        );
    }

    #[test]
    fn a_negation_of_a_comparison_is_its_operator() {
        check(
            "kept = [w for w in words if not w in stops and not f(w) is None]\n",
            "kept = [w for w in words if w not in stops and f(w) is not None]\n",
        );
        for code in [
            "a = not x in y in z, not (x) in y, not (x in y), not x == y, not x not in y, -x in y\n",
            "a = not x\n",
        ] {
            check(code, code);
        }
    }

    #[test]
    fn what_says_something_stays() {
        for code in [
            "class A(object, metaclass=M):\n    pass\n",
            "class A(B):\n    pass\n",
            "class A(  # new style\n    object\n):\n    pass\n",
            "f = open((p), 'r'), open(p, 'rb'), open(p, 'r', 1), p.open('r'), open(*p, 'r')\n",
        ] {
            check(code, code);
        }
        let taken = BTreeSet::from(["object".to_owned(), "open".to_owned()]);
        let code = "class A(object):\n    f = open(p, 'r')\n";
        assert_eq!(mended(code, |text| mends(text, &taken)), code);
    }
}
