//! Names that the input looks up by their text: `"df" in globals()`, `globals()["df"]`, `"{n} rows".format(**locals())`.
//!
//! A program that looks its own names up must keep all of them where it looks, so it stays one function. Where the text of
//! the name stands in the program, and it is certain whether the name is bound at that point, the lookup is decided here.

mod bound;
mod templates;

use std::collections::BTreeSet;

use srcify_effects::function_names;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, CmpOp, Expr, ExprContext, Stmt};
use srcify_syntax::{Dropped, Program, Ranged, Span, TextRange, Unit, parse, snippet};

use crate::main_body::{dedent, opened};
use bound::{Bound, State};

/// Builtins that give the names of the module, or those of a function, when they are called without arguments.
const LOOKS: [&str; 4] = ["globals", "locals", "vars", "dir"];

/// The program with the lookups decided whose answer is certain.
pub fn decide_lookups(program: Program) -> Program {
    let text = &program.source.text;
    if !LOOKS.iter().any(|it| text.contains(&format!("{it}()"))) {
        return program;
    }
    let mut finder = Finder {
        program: &program,
        bound: Bound::of(&program),
        unit: 0,
        loops: 0,
        scopes: Vec::new(),
        edits: Vec::new(),
        dropped: Vec::new(),
        removed: Vec::new(),
    };
    for (index, unit) in program.units().iter().enumerate() {
        finder.unit(index, unit);
    }
    let Finder {
        mut edits,
        dropped,
        removed,
        ..
    } = finder;
    edits.retain(|(range, _)| !removed.iter().any(|it| it.contains_range(*range)));
    edits.extend(removed.into_iter().map(|range| (range, String::new())));
    if edits.is_empty() {
        return program;
    }
    edits.sort_by_key(|(range, _)| (range.start(), range.end()));
    let mut source = program.source.clone();
    source.dropped.extend(dropped);
    let source = source.edited(&edits);
    if snippet(&source.text).is_valid() {
        parse(source).output
    } else {
        program
    }
}

/// What a lookup asks.
struct Test<'a> {
    name: &'a str,
    is_negated: bool,
    /// It asks the module, wherever it stands.
    asks_module: bool,
}

struct Finder<'a> {
    program: &'a Program,
    bound: Bound,
    /// Index of the top-level statement in progress.
    unit: usize,
    /// Loops and comprehensions around.
    loops: usize,
    /// Local names of the functions around.
    scopes: Vec<BTreeSet<String>>,
    edits: Vec<(TextRange, String)>,
    dropped: Vec<Dropped>,
    /// Stretches that never run.
    removed: Vec<TextRange>,
}

impl<'a> Finder<'a> {
    fn unit(&mut self, index: usize, unit: &Unit) {
        self.unit = index;
        let statement = self.program.statement(unit.id);
        if let Stmt::If(branch) = statement
            && let Some((name, holds)) = self.decided(&branch.test)
            && self.branch(unit, branch, name, holds)
        {
            return;
        }
        self.visit_stmt(statement);
    }

    /// Puts the branch that runs in the place of a statement; whether that was possible.
    fn branch(&mut self, unit: &Unit, branch: &'a ast::StmtIf, name: &str, holds: bool) -> bool {
        let body: &'a [Stmt] = match (&branch.elif_else_clauses[..], holds) {
            (_, true) => &branch.body,
            ([], false) => {
                self.drop_unit(unit, name);
                self.bound.only(self.unit, &[]);
                return true;
            }
            ([other], false) if other.test.is_none() => &other.body,
            _ => return false,
        };
        let (Some(first), Some(last)) = (body.first(), body.last()) else {
            return false;
        };
        let mut edits = Vec::new();
        let begin = opened(self.program, unit.range.start(), first.start(), &mut edits);
        dedent(self.program, TextRange::new(begin, last.end()), &mut edits);
        for part in body {
            self.visit_stmt(part);
        }
        self.edits.extend(edits);
        self.bound.only(self.unit, body);
        let other = match branch.elif_else_clauses.first() {
            Some(other) if holds => TextRange::new(other.start(), unit.range.end()),
            _ => TextRange::new(unit.range.start(), begin),
        };
        let is_test_alone = holds && branch.elif_else_clauses.is_empty();
        if !is_test_alone {
            self.leave_out(other, name);
        }
        if last.end() < unit.range.end() {
            self.removed
                .push(TextRange::new(last.end(), unit.range.end()));
        }
        true
    }

    /// Lists what never runs.
    fn leave_out(&mut self, range: TextRange, name: &str) {
        let is_bound = self.bound.before(self.unit, name) == State::Bound;
        let when = if is_bound { "always" } else { "never" };
        self.dropped.push(Dropped {
            span: Span::from(range),
            text: self.program.text(range).trim_end().to_owned(),
            reason: format!("it never runs: `{name}` is {when} there at this point"),
        });
    }

    fn drop_unit(&mut self, unit: &Unit, name: &str) {
        self.leave_out(unit.range, name);
        let text = &self.program.source.text;
        let shares_line = text[usize::from(unit.range.end())..]
            .trim_start_matches([' ', '\t'])
            .starts_with(';');
        let stand_in = if shares_line { "pass" } else { "" };
        self.edits.push((unit.range, stand_in.to_owned()));
    }

    /// A test for a name whose answer is certain here, and the answer.
    fn decided(&self, expression: &'a Expr) -> Option<(&'a str, bool)> {
        let test = self.test(expression)?;
        let fixed = test.asks_module.then(|| self.bound.throughout(test.name));
        let here = self.state(test.name, expression.range());
        let is_bound = match fixed.filter(|it| *it != State::Unknown).unwrap_or(here) {
            State::Bound => true,
            State::Unbound => false,
            State::Unknown => return None,
        };
        Some((test.name, is_bound != test.is_negated))
    }

    /// `"x" in globals()`, `"x" not in dir()`, `not "x" in vars()`.
    fn test(&self, expression: &'a Expr) -> Option<Test<'a>> {
        match expression {
            Expr::Compare(compare) => {
                let name = compare.left.as_string_literal_expr()?.value.to_str();
                let ([operator], [names]) = (&*compare.ops, &*compare.comparators) else {
                    return None;
                };
                let is_negated = match operator {
                    CmpOp::In => false,
                    CmpOp::NotIn => true,
                    _ => return None,
                };
                let keys = names.as_call_expr().filter(|it| it.arguments.is_empty());
                let keys = keys.and_then(|it| it.func.as_attribute_expr());
                let keys = keys.filter(|it| it.attr.as_str() == "keys");
                let names = keys.map_or(names, |it| &it.value);
                let look = self.look(names)?;
                Some(Test {
                    name,
                    is_negated,
                    asks_module: look == "globals",
                })
            }
            Expr::UnaryOp(not) if not.op == ast::UnaryOp::Not => {
                let test = self.test(&not.operand)?;
                Some(Test {
                    is_negated: !test.is_negated,
                    ..test
                })
            }
            _ => None,
        }
    }

    /// The builtin of [`LOOKS`] that is called.
    fn look(&self, expression: &'a Expr) -> Option<&'a str> {
        let call = expression.as_call_expr()?;
        let name = call.func.as_name_expr()?.id.as_str();
        let is_look = LOOKS.contains(&name) && call.arguments.is_empty();
        (is_look && !self.bound.is_own(name)).then_some(name)
    }

    /// Whether a name of the module is bound at a place of the statement in progress.
    fn state(&self, name: &str, place: TextRange) -> State {
        if !self.scopes.is_empty() {
            return State::Unknown;
        }
        let before = self.bound.before(self.unit, name);
        match self.bound.first_change(self.unit, name) {
            // To bind what is bound changes nothing, unless something unbinds it.
            Some(_) if before == State::Bound && !self.bound.is_deleted(name) => before,
            Some(_) if self.loops > 0 => State::Unknown,
            Some(change) if change < place.end() => State::Unknown,
            _ => before,
        }
    }

    /// What a lookup of a value is: the name itself.
    fn value(&self, expression: &'a Expr) -> Option<String> {
        let (name, default) = match expression {
            Expr::Subscript(subscript) => {
                self.look(&subscript.value)?;
                (subscript.slice.as_string_literal_expr()?, None)
            }
            Expr::Call(call) => {
                let get = call.func.as_attribute_expr()?;
                self.look(&get.value)?;
                let (true, [name, default @ ..]) = (
                    get.attr.as_str() == "get" && call.arguments.keywords.is_empty(),
                    &*call.arguments.args,
                ) else {
                    return None;
                };
                (name.as_string_literal_expr()?, Some(default.first()))
            }
            _ => return None,
        };
        let name = name.value.to_str();
        match (self.state(name, expression.range()), default) {
            (State::Bound, _) => Some(name.to_owned()),
            (State::Unbound, Some(None)) => Some("None".to_owned()),
            (State::Unbound, Some(Some(default))) => {
                Some(format!("({})", self.program.text(default.range())))
            }
            _ => None,
        }
    }

    fn replace(&mut self, range: TextRange, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                for decorator in &function.decorator_list {
                    self.visit_decorator(decorator);
                }
                let names = function_names(Some(&function.parameters), &function.body);
                self.scopes.push(names.locals);
                self.visit_body(&function.body);
                self.scopes.pop();
            }
            Stmt::ClassDef(class) => {
                self.scopes.push(BTreeSet::new());
                self.visit_body(&class.body);
                self.scopes.pop();
            }
            Stmt::For(_) | Stmt::While(_) => {
                self.loops += 1;
                walk_stmt(self, statement);
                self.loops -= 1;
            }
            Stmt::Assign(assign) => {
                if let [Expr::Subscript(target)] = &assign.targets[..]
                    && let Some(name) = self.target(target)
                {
                    self.replace(target.range(), name);
                    self.visit_expr(&assign.value);
                } else {
                    walk_stmt(self, statement);
                }
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Some((_, holds)) = self.decided(expression) {
            self.replace(expression.range(), if holds { "True" } else { "False" });
            return;
        }
        if let Expr::If(choice) = expression
            && let Some((_, holds)) = self.decided(&choice.test)
        {
            let taken = if holds { &choice.body } else { &choice.orelse };
            let text = self.program.text(taken.range());
            self.replace(expression.range(), format!("({text})"));
            return;
        }
        if let Some(text) = self.value(expression) {
            self.replace(expression.range(), text);
            return;
        }
        if let Some((range, text)) = templates::filled(self.program, expression, |names| {
            self.look(names)
                .map(|builtin| self.scopes.last().filter(|_| builtin != "globals"))
        }) {
            self.replace(range, text);
            return;
        }
        let is_scope = matches!(
            expression,
            Expr::Lambda(_)
                | Expr::ListComp(_)
                | Expr::SetComp(_)
                | Expr::DictComp(_)
                | Expr::Generator(_)
        );
        if is_scope {
            // What such a scope has of its own is seen by `locals()`, and it may run at any time.
            self.scopes.push(BTreeSet::new());
            walk_expr(self, expression);
            self.scopes.pop();
        } else {
            walk_expr(self, expression);
        }
    }
}

impl<'a> Finder<'a> {
    /// `globals()["x"] = …`: the name that it binds.
    fn target(&self, target: &'a ast::ExprSubscript) -> Option<String> {
        self.look(&target.value)?;
        let name = target.slice.as_string_literal_expr()?.value.to_str();
        let is_name = srcify_syntax::stdlib::identifiers::is_identifier(name);
        (target.ctx == ExprContext::Store && self.scopes.is_empty() && is_name)
            .then(|| name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use super::decide_lookups;

    #[track_caller]
    fn check(path: &str, before: &str, after: &str) {
        let bytes = if path.ends_with("ipynb") {
            let lines = before.replace('"', "'").replace('\n', "\\n");
            format!(r#"{{"cells": [{{"cell_type": "code", "source": "{lines}"}}]}}"#)
        } else {
            before.to_owned()
        };
        let read = srcify_syntax::read(Utf8Path::new(path), bytes.as_bytes()).unwrap();
        let program = decide_lookups(srcify_syntax::parse(read.output).output);
        let text = program.source.text.trim_end().to_owned();
        assert_eq!(text.trim_start(), after.trim_end());
    }

    #[test]
    fn tests_whose_answer_is_certain() {
        check(
            "a.py",
            "if 'df' not in globals():\n    df = load()\n    print(df)\nelse:\n    print(1)\nprint('df' in locals(), 'x' in dir())\n",
            "df = load()\nprint(df)\nprint(True, False)\n",
        );
        check(
            "a.py",
            "df = 1\nif 'df' not in vars(): df = 2\nx = 3 if 'x' in globals() else 4\n",
            "df = 1\n\nx = (4)\n",
        );
        check(
            "a.ipynb",
            "print('__file__' in globals())\n",
            "print(False)",
        );
        check("a.py", "print('__file__' in globals())\n", "print(True)");
        check(
            "a.py",
            "def f():\n    return '__file__' in globals() or 'n' in globals()\n",
            "def f():\n    return True or False\n",
        );
    }

    #[test]
    fn what_may_be_bound_stays() {
        for text in [
            "if x():\n    df = 1\nprint('df' in globals())\n",
            "for i in y:\n    if 'n' not in globals():\n        n = 0\n",
            "def f():\n    if 'n' not in globals():\n        return 1\nn = 2\n",
            "def f():\n    global n\n    n = 1\nf()\nprint('n' in globals())\n",
            "exec('n = 1')\nprint('n' in globals())\n",
            "from a import *\nprint('n' in globals())\n",
            "globals()[name] = 1\nprint('n' in globals())\n",
            "n = 1\nif x():\n    del n\nprint('n' in globals())\n",
            "n = 1\nfor i in y:\n    if 'n' in globals():\n        del n\n",
            "n = 1\ndef f():\n    global n\n    del n\nf()\nprint('n' in globals())\n",
            "n = 1\nglobals().pop('n')\nprint('n' in globals())\n",
            "n = 1\ndel globals()['n']\nprint('n' in globals())\n",
            "n = 1\ntry:\n    x()\nexcept E as n:\n    pass\nprint('n' in globals())\n",
            "print(name in globals())\n",
        ] {
            check("a.py", text, text);
        }
    }

    #[test]
    fn values_are_their_names() {
        check(
            "a.py",
            "globals()['n'] = 1\nprint(globals()['n'], locals().get('n'), globals().get('k', 5), vars().get('k'))\n",
            "n = 1\nprint(n, n, (5), None)\n",
        );
    }

    #[test]
    fn templates_take_the_names_that_they_show() {
        check(
            "a.py",
            "n = 1\nprint('{n} of {n:>3} {{}}'.format(**locals()))\nprint('%(n)d%%' % vars())\n",
            "n = 1\nprint('{n} of {n:>3} {{}}'.format(n=n))\nprint('%(n)d%%' % {'n': n})\n",
        );
        check(
            "a.py",
            "def f(a):\n    b = 2\n    return '{a}{b}'.format(**locals())\n",
            "def f(a):\n    b = 2\n    return '{a}{b}'.format(a=a, b=b)\n",
        );
        let kept = "def f(a):\n    return '{a}{c}'.format(**locals())\n";
        check("a.py", kept, kept);
    }
}
