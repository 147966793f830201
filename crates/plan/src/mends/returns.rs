//! `return f(x)` for `y = f(x)` and `return y` right after it, and `return None` where a function that gives values ends.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_body, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt, StmtFunctionDef, StmtReturn};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

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
            let mut blocks = Blocks::default();
            blocks.visit_body(&function.body);
            self.named_to_be_returned(&function.body, &names);
            // What runs at the end of a `try` may read the name.
            if !blocks.has_finally {
                for body in &blocks.inner {
                    self.named_to_be_returned(body, &names);
                }
            }
            self.only_none(function);
        }
        walk_stmt(self, statement);
    }
}

impl Search<'_> {
    /// `return` for `return None` in a function that gives nothing else, and nothing where it ends anyway.
    fn only_none(&mut self, function: &StmtFunctionDef) {
        let mut returns = Returns::default();
        returns.visit_body(&function.body);
        let is_none =
            |it: &&StmtReturn| it.value.as_ref().is_none_or(|it| it.is_none_literal_expr());
        if !returns.0.iter().all(is_none) {
            return;
        }
        for it in returns.0.into_iter().filter(|it| it.value.is_some()) {
            let end = match &function.body[..] {
                [.., before, Stmt::Return(last)] if last.range() == it.range() => {
                    Some(TextRange::new(before.end(), it.end()))
                }
                _ => None,
            };
            let goes = end.filter(|range| self.text[*range].trim() == &self.text[it.range()]);
            let (range, text) = goes.map_or((it.range(), "return"), |range| (range, ""));
            self.mends.push((range, text.to_owned()));
        }
    }

    fn named_to_be_returned(&mut self, body: &[Stmt], names: &Names) {
        let [.., Stmt::Assign(assign), Stmt::Return(returned)] = body else {
            return;
        };
        let [Expr::Name(target)] = &assign.targets[..] else {
            return;
        };
        let value = returned.value.as_deref().and_then(Expr::as_name_expr);
        if value.is_none_or(|it| it.id != target.id) || names.shared.contains(target.id.as_str()) {
            return;
        }
        let slice =
            |range: TextRange| &self.text[usize::from(range.start())..usize::from(range.end())];
        let between = slice(TextRange::new(assign.end(), returned.start()));
        let after = &self.text[usize::from(returned.end())..];
        let after = after.split('\n').next().unwrap_or_default();
        let sign = slice(TextRange::new(target.end(), assign.value.start()));
        let Some(rest) = sign.trim_start().strip_prefix('=') else {
            return;
        };
        if between.trim().is_empty() && after.trim().is_empty() && !sign.contains('#') {
            let written = TextSize::of(rest.trim_start());
            let head = TextRange::new(assign.start(), assign.value.start() - written);
            self.mends.push((head, "return ".to_owned()));
            let rest = TextRange::new(assign.end(), returned.end());
            self.mends.push((rest, String::new()));
        }
    }
}

/// The `return`s of a function, but not those of functions in it.
#[derive(Default)]
struct Returns<'a>(Vec<&'a StmtReturn>);

impl<'a> Visitor<'a> for Returns<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(it) => self.0.push(it),
            _ => walk_stmt(self, statement),
        }
    }
}

/// The blocks inside the statements of a function, but not those of functions in it.
#[derive(Default)]
struct Blocks<'a> {
    inner: Vec<&'a [Stmt]>,
    has_finally: bool,
    depth: u32,
}

impl<'a> Visitor<'a> for Blocks<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Try(it) => {
                self.has_finally |= !it.finalbody.is_empty();
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_body(&mut self, body: &'a [Stmt]) {
        if self.depth > 0 {
            self.inner.push(body);
        }
        self.depth += 1;
        walk_body(self, body);
        self.depth -= 1;
    }
}

/// `return` for `raise SystemExit(0)` in a job that gives nothing: the command ends well after it.
pub(super) fn exits(text: &str) -> Vec<Mend> {
    struct Exits(Vec<Mend>);
    impl<'a> Visitor<'a> for Exits {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                // Something may catch it there, or do more.
                Stmt::Try(_) | Stmt::With(_) | Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                Stmt::Raise(raise) if raise.exc.as_deref().is_some_and(is_end) => {
                    self.0.push((raise.range, "return".to_owned()));
                }
                _ => walk_stmt(self, statement),
            }
        }
    }
    if !text.contains("SystemExit(0)") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let [Stmt::FunctionDef(job)] = parsed.statements() else {
        return Vec::new();
    };
    let gives_nothing = job
        .returns
        .as_deref()
        .is_some_and(Expr::is_none_literal_expr);
    let mut exits = Exits(Vec::new());
    if gives_nothing {
        exits.visit_body(&job.body);
    }
    exits.0
}

/// `SystemExit(0)`
fn is_end(exception: &Expr) -> bool {
    let call = exception.as_call_expr();
    call.is_some_and(|it| {
        let status = it
            .arguments
            .args
            .first()
            .and_then(Expr::as_number_literal_expr);
        it.func
            .as_name_expr()
            .is_some_and(|it| it.id == "SystemExit")
            && it.arguments.len() == 1
            && status.is_some_and(|it| it.value.as_int().is_some_and(|it| it.as_u8() == Some(0)))
    })
}

/// `return None` at the end of functions that give something back elsewhere, and come to their end, and where they just
/// `return`.
pub(super) fn endings(text: &str) -> Vec<Mend> {
    if !text.contains("return ") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut search = Endings {
        text,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

struct Endings<'a> {
    text: &'a str,
    mends: Vec<Mend>,
}

impl<'a> Visitor<'a> for Endings<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        // Functions inside end first: both may end on one line.
        walk_stmt(self, statement);
        if let Stmt::FunctionDef(function) = statement {
            let mut returned = Returned::default();
            returned.visit_body(&function.body);
            if returned.values && !returned.yields {
                let nothing = |at| (TextRange::empty(at), " None".to_owned());
                self.mends.extend(returned.bare.into_iter().map(nothing));
            }
        }
        if let Stmt::FunctionDef(function) = statement
            && ends_without_value(&function.body)
            && let Some(first) = function.body.first()
        {
            let before = &self.text[..usize::from(first.start())];
            let margin = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
            let end = usize::from(function.end());
            let line_end = self.text[end..]
                .find('\n')
                .map_or(self.text.len(), |at| end + at);
            let rest = self.text[end..line_end].trim();
            let mut returned = Returned::default();
            returned.visit_body(&function.body);
            let is_plain = rest.is_empty() || rest.starts_with('#');
            if margin.trim().is_empty() && is_plain && returned.values && !returned.yields {
                let place = TextSize::try_from(line_end).expect("texts are short");
                let text = format!("\n{margin}return None");
                self.mends.push((TextRange::empty(place), text));
            }
        }
    }
}

/// Whether the end of a function is reached by `if`, `with` or plain statements, as far as anybody sees.
fn ends_without_value(body: &[Stmt]) -> bool {
    match body.last() {
        Some(Stmt::If(it)) => {
            let has_else = it
                .elif_else_clauses
                .last()
                .is_some_and(|it| it.test.is_none());
            let mut bodies = it.elif_else_clauses.iter().map(|it| &it.body);
            !has_else || ends_without_value(&it.body) || bodies.any(|it| ends_without_value(it))
        }
        Some(Stmt::With(it)) => ends_without_value(&it.body),
        Some(Stmt::For(it)) => it.orelse.is_empty() || ends_without_value(&it.orelse),
        Some(
            Stmt::Expr(_)
            | Stmt::Assign(_)
            | Stmt::AugAssign(_)
            | Stmt::AnnAssign(_)
            | Stmt::Pass(_),
        ) => true,
        _ => false,
    }
}

/// Whether a function gives values back, and whether it makes a generator.
#[derive(Default)]
struct Returned {
    values: bool,
    yields: bool,
    /// Where it ends with no value.
    bare: Vec<TextSize>,
}

impl<'a> Visitor<'a> for Returned {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(it) => {
                let value = it.value.as_deref();
                if value.is_none() {
                    self.bare.push(it.end());
                }
                self.values |= value.is_some_and(|it| !it.is_none_literal_expr());
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_) => {}
            Expr::Yield(_) | Expr::YieldFrom(_) => self.yields = true,
            _ => walk_expr(self, expression),
        }
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
    use super::{endings, exits, mends};

    #[test]
    fn what_is_named_in_a_block_to_be_returned_is_returned() {
        assert_eq!(
            mended(
                "def f(x):\n    if x:\n        y = (\n            g(x)\n        )\n        return y\n    return 1\n",
                mends
            ),
            "def f(x):\n    if x:\n        return (\n            g(x)\n        )\n    return 1\n"
        );
        let text = "def f(x):\n    y = 0\n    try:\n        y = g(x)\n        return y\n    finally:\n        h(y)\n";
        assert_eq!(mended(text, mends), text);
    }

    #[test]
    fn nothing_is_returned_without_a_word() {
        assert_eq!(
            mended(
                "def f(x):\n    if x:\n        return None\n    g(x)\n\n    return None\n",
                mends
            ),
            "def f(x):\n    if x:\n        return\n    g(x)\n"
        );
        let kept = "def f(x):\n    def g():\n        return 1\n    g()\n    # Done.\n    return\n";
        assert_eq!(
            mended(&kept.replace("return\n", "return None\n"), mends),
            kept
        );
        let value = "def f(x):\n    if x:\n        return None\n    return 1\n";
        assert_eq!(mended(value, mends), value);
    }

    #[test]
    fn functions_that_end_together_end_from_the_inside_out() {
        let before = "def f(x):\n    if x:\n        return 1\n    for y in x:\n        def g():\n            if y:\n                return 2\n            y()\n";
        let after = format!("{before}            return None\n    return None\n");
        assert_eq!(mended(before, endings), after);
    }

    #[test]
    fn a_job_that_is_over_returns() {
        assert_eq!(
            mended(
                "def run(c) -> None:\n    if c:\n        raise SystemExit(0)\n    for x in c:\n        raise SystemExit(1)\n",
                exits
            ),
            "def run(c) -> None:\n    if c:\n        return\n    for x in c:\n        raise SystemExit(1)\n"
        );
        for text in [
            "def run(c) -> R:\n    if c:\n        raise SystemExit(0)\n    return R()\n",
            "def run(c) -> None:\n    with c:\n        raise SystemExit(0)\n",
            "def run(c) -> None:\n    def g():\n        raise SystemExit(0)\n    g()\n",
        ] {
            assert_eq!(mended(text, exits), text);
        }
    }

    #[test]
    fn a_function_that_gives_values_says_when_it_gives_none() {
        assert_eq!(
            mended(
                "def f(x):\n    if x:\n        return 1\n    for y in x:\n        return 2  # two\n",
                endings
            ),
            "def f(x):\n    if x:\n        return 1\n    for y in x:\n        return 2  # two\n    return None\n"
        );
        for text in [
            "def f(x):\n    if x:\n        return 1\n    raise E\n",
            "def f(x):\n    if x:\n        return 1\n    else:\n        return 2\n",
            "def f(x):\n    if x:\n        return\n    x = 1\n",
            "def f(x):\n    if x:\n        return 1\n    x = yield\n",
            "def f(x):\n    def g():\n        return 1\n    x = g()\n",
        ] {
            assert_eq!(mended(text, endings), text);
        }
    }

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

    #[test]
    fn what_ends_with_no_value_where_others_give_one_gives_none() {
        assert_eq!(
            mended(
                "def f(x):\n    if x:\n        return  # no\n    def g():\n        return\n    return 1\n",
                endings
            ),
            "def f(x):\n    if x:\n        return None  # no\n    def g():\n        return\n    return 1\n"
        );
        for code in [
            "def f(x):\n    if x:\n        return\n    x()\n",
            "def f(x):\n    if x:\n        return\n    yield x\n    return 1\n",
        ] {
            assert_eq!(mended(code, endings), code);
        }
    }
}
