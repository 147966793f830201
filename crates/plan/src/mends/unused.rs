//! Names that a function binds and never reads: `for _index in …`, `call()` for `unused = call()`, `except E:` without a name.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_except_handler, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use super::Mend;

/// What reads names as text.
const LOOKERS: &[&str] = &["eval", "exec", "globals", "locals", "vars", "dir", "query"];

/// Words in the names of functions whose results are held for as long as they have a name.
const HELD: &[&str] = &[
    "acquire", "anim", "connect", "enter", "hook", "lock", "open", "pool", "session", "start",
    "super", "temp", "tmp",
];

/// What tells when an object ends.
const ENDINGS: &[&str] = &["__del__", "weakref", "finalize", "getrefcount", "gc."];

/// Whether a program may notice when an object ends: then each has its name for as long as it had.
pub(crate) fn notices_ends(text: &str) -> bool {
    ENDINGS.iter().any(|it| text.contains(it))
}

/// Whether what a call gives may end with its last name: a file, a lock, an animation.
pub(crate) fn may_end(call: &ast::ExprCall) -> bool {
    let callee = match &*call.func {
        Expr::Name(it) => it.id.as_str(),
        Expr::Attribute(it) => it.attr.as_str(),
        _ => return true,
    };
    let lower = callee.to_lowercase();
    callee.starts_with(char::is_uppercase) || HELD.iter().any(|it| lower.contains(it))
}

/// Mends a definition of the author, whose names nobody else knows but formulas and queries, which mention `mentioned`.
pub(super) fn mends(text: &str, mentioned: &BTreeSet<String>) -> Vec<Mend> {
    mends_but_for(text, mentioned, &BTreeSet::new())
}

/// The same for a function of ours: its variables are those of the input, and what calls give to those in `held` is
/// looked for by whoever compares the two.
pub(super) fn mends_but_for(
    text: &str,
    mentioned: &BTreeSet<String>,
    held: &BTreeSet<String>,
) -> Vec<Mend> {
    let parsed = snippet(text);
    let mut names = Names::default();
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
        names.note(word);
    }
    mentioned.iter().for_each(|it| names.note(it));
    names.visit_body(parsed.statements());
    if names.looks_up {
        return Vec::new();
    }
    let mut search = Search {
        text,
        names: &names,
        held,
        depth: 0,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

/// The names of loops among some mends, as they were before.
pub(super) fn renamed(text: &str, mends: &[Mend]) -> Vec<String> {
    let old = |range: &TextRange| &text[*range];
    let renamed = mends
        .iter()
        .filter(|(range, new)| new.strip_prefix('_') == Some(old(range)));
    renamed.map(|(range, _)| old(range).to_owned()).collect()
}

/// How often words stand in a text, whatever for: a string may be a formula that names them.
#[derive(Default)]
struct Names<'a> {
    count: BTreeMap<&'a str, usize>,
    looks_up: bool,
}

impl<'a> Names<'a> {
    fn note(&mut self, name: &'a str) {
        *self.count.entry(name).or_default() += 1;
    }

    /// Whether a name stands at one place only.
    fn is_alone(&self, name: &str) -> bool {
        self.count.get(name) == Some(&1) && !name.starts_with('_')
    }
}

impl<'a> Visitor<'a> for Names<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        // Patterns bind names in ways of their own.
        self.looks_up |= statement.is_match_stmt();
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let name = match expression {
            Expr::Name(it) => it.id.as_str(),
            Expr::Attribute(it) => it.attr.as_str(),
            _ => "",
        };
        self.looks_up |= LOOKERS.contains(&name);
        if let Expr::Attribute(it) = expression {
            // `table.mean()` reads no variable called `mean`.
            self.count
                .entry(it.attr.as_str())
                .and_modify(|it| *it = it.saturating_sub(1));
        }
        walk_expr(self, expression);
    }
}

struct Search<'a> {
    text: &'a str,
    names: &'a Names<'a>,
    /// Variables whose last value is looked for.
    held: &'a BTreeSet<String>,
    /// Functions around the place.
    depth: u32,
    mends: Vec<Mend>,
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            // The names of a class are its attributes.
            Stmt::ClassDef(it) => {
                let depth = std::mem::take(&mut self.depth);
                self.visit_body(&it.body);
                self.depth = depth;
                return;
            }
            Stmt::FunctionDef(it) => {
                self.depth += 1;
                self.visit_body(&it.body);
                self.depth -= 1;
                return;
            }
            Stmt::For(it) if self.depth > 0 => self.loop_target(&it.target),
            Stmt::Assign(it) if self.depth > 0 => self.unread(it),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(it) = handler;
        if let (Some(name), Some(ty)) = (&it.name, &it.type_)
            && self.depth > 0
            && self.names.is_alone(name.as_str())
        {
            let between = &self.text[TextRange::new(ty.end(), name.start())];
            // Brackets around the class belong to it.
            if let Some(kept) = between.trim_end().strip_suffix("as") {
                let kept = TextSize::of(kept.trim_end());
                let range = TextRange::new(ty.end() + kept, name.end());
                self.mends.push((range, String::new()));
            }
        }
        walk_except_handler(self, handler);
    }
}

impl Search<'_> {
    /// A target of a loop whose body has no use for it, as linters want it.
    fn loop_target(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => {
                let is_free = !self
                    .names
                    .count
                    .contains_key(format!("_{}", name.id).as_str());
                if is_free && self.names.is_alone(&name.id) {
                    self.mends.push((name.range(), format!("_{}", name.id)));
                }
            }
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.loop_target(it)),
            Expr::List(it) => it.elts.iter().for_each(|it| self.loop_target(it)),
            _ => {}
        }
    }

    /// `name = call(…)` with a name that nobody reads.
    fn unread(&mut self, assign: &ast::StmtAssign) {
        let [Expr::Name(name)] = &assign.targets[..] else {
            return;
        };
        let Expr::Call(call) = &*assign.value else {
            return;
        };
        let sign = &self.text[TextRange::new(name.end(), assign.value.start())];
        let is_wanted = self.held.contains(name.id.as_str());
        if self.names.is_alone(&name.id) && !is_wanted && !may_end(call) && sign.trim() == "=" {
            let head = TextRange::new(assign.start(), assign.value.start());
            self.mends.push((head, String::new()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::mended;
    use super::{mends, notices_ends};

    fn check(text: &str, expected: &str) {
        let mentioned = BTreeSet::from(["mentioned".to_owned()]);
        assert_eq!(mended(text, |text| mends(text, &mentioned)), expected);
    }

    #[test]
    fn names_that_nothing_reads_go() {
        check(
            "def f(x):\n    for i, (a, b) in enumerate(x):\n        print(a)\n",
            "def f(x):\n    for _i, (a, _b) in enumerate(x):\n        print(a)\n",
        );
        check(
            "def f(ax):\n    points = ax.scatter(1, 2)\n    return ax\n",
            "def f(ax):\n    ax.scatter(1, 2)\n    return ax\n",
        );
        check(
            "def f(x):\n    try:\n        x()\n    except (KeyError) as error:\n        pass\n",
            "def f(x):\n    try:\n        x()\n    except (KeyError):\n        pass\n",
        );
    }

    #[test]
    fn an_attribute_is_no_variable() {
        check(
            "def f(x):\n    mean = x.mean(x.plot(x))\n    std = x.draw(x.std())\n    return x\n",
            "def f(x):\n    x.mean(x.plot(x))\n    x.draw(x.std())\n    return x\n",
        );
    }

    #[test]
    fn values_that_are_looked_for_keep_their_names() {
        let held = BTreeSet::from(["count".to_owned()]);
        let text = "def f(x):\n    for i in x:\n        count = x.sum()\n        other = x.sum()\n";
        let mends = super::mends_but_for(text, &BTreeSet::new(), &held);
        assert_eq!(super::renamed(text, &mends), ["i"]);
        assert_eq!(
            mended(text, |_| mends.clone()),
            "def f(x):\n    for _i in x:\n        count = x.sum()\n        x.sum()\n"
        );
    }

    #[test]
    fn programs_that_notice_when_objects_end_are_known() {
        assert!(notices_ends(
            "class A:\n    def __del__(self):\n        print(1)\n"
        ));
        assert!(notices_ends("import weakref\n"));
        assert!(!notices_ends("del x\n"));
    }

    #[test]
    fn names_that_something_may_read_stay() {
        for text in [
            "def f(x):\n    for i in x:\n        pass\n    return i\n",
            "def f(x):\n    for i in x:\n        print(eval('i'))\n",
            "def f(x):\n    for i in x:\n        pass\n    def g():\n        return i\n",
            "def f(x):\n    z = g(x)\n    return ols('y ~ z', x)\n",
            "def f(x, formula):\n    mentioned = g(x)\n    return ols(formula, x)\n",
            "def f(x):\n    global y\n    y = x()\n",
            "def f(x):\n    handle = open(x)\n    return 1\n",
            "def f(x):\n    anim = FuncAnimation(x)\n    show()\n",
            "def f(x):\n    part = x[0]\n    return 1\n",
            "class A:\n    part = f(0)\n    for i in x:\n        pass\n",
            "for i in x:\n    part = f(0)\n",
        ] {
            check(text, text);
        }
    }
}
