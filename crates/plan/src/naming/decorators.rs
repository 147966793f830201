//! Docstrings of functions that wrap other functions.

use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};

use super::is_verb;

/// Verbs that decorators are named with.
const OFTEN: [&str; 6] = ["cache", "handle", "log", "require", "suppress", "trace"];

/// What a function does that gives back, in place of the one function it is given, another that calls it; and one that makes
/// such a function. `words` are those of its name.
pub(super) fn decorator_summary(function: &ast::StmtFunctionDef, words: &str) -> Option<String> {
    if let Some(wrapped) = wrapped(function) {
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        let ends = |it: &str| words.ends_with(it) && rest.is_empty();
        let acts = is_verb(first) || OFTEN.contains(&first);
        return Some(if acts && !rest.is_empty() {
            format!("Wrap `{wrapped}` to {words}")
        } else if ends("ed") {
            format!("Wrap `{wrapped}`, so that its calls are {words}")
        } else if ends("er") || ends("or") {
            let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) {
                "an"
            } else {
                "a"
            };
            format!("Wrap `{wrapped}` in {article} {words}")
        } else {
            format!("Wrap `{wrapped}` in `{}`", function.name)
        });
    }
    let inner = returned(function)?;
    wrapped(inner)?;
    Some(format!("Return a decorator that adds `{}`", function.name))
}

/// The one parameter, where a function that is defined inside, and returned, calls it.
fn wrapped(function: &ast::StmtFunctionDef) -> Option<&str> {
    struct Calls<'a>(&'a str, bool);
    impl<'a> Visitor<'a> for Calls<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Call(call) = expression {
                self.1 |= matches!(&*call.func, Expr::Name(name) if name.id.as_str() == self.0);
            }
            walk_expr(self, expression);
        }
    }
    let mut parameters = function.parameters.iter();
    let name = parameters.next()?.name().as_str();
    if parameters.next().is_some() {
        return None;
    }
    let mut calls = Calls(name, false);
    calls.visit_body(&returned(function)?.body);
    calls.1.then_some(name)
}

/// The function that is defined inside of another, which returns it last.
fn returned(function: &ast::StmtFunctionDef) -> Option<&ast::StmtFunctionDef> {
    let Some(Stmt::Return(last)) = function.body.last() else {
        return None;
    };
    let Expr::Name(name) = &**last.value.as_ref()? else {
        return None;
    };
    let mut inner = function.body.iter().filter_map(Stmt::as_function_def_stmt);
    inner.find(|it| it.name.as_str() == name.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::authored::function_summary;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        let code = format!(
            "def {name}(func):\n    def inner(*args):\n        return func(*args)\n    return inner\n"
        );
        let snippet = srcify_syntax::snippet(&code);
        let function = snippet.statements()[0].as_function_def_stmt();
        assert_eq!(
            function_summary(function.expect("it is a function")),
            expected
        );
    }

    #[test]
    fn decorators_wrap() {
        check("timer", "Wrap `func` in a timer.");
        check("timed", "Wrap `func`, so that its calls are timed.");
        check("log_calls", "Wrap `func` to log calls.");
        check("once", "Wrap `func` in `once`.");
    }

    #[test]
    fn what_makes_a_decorator_is_none() {
        let code = "def retry(times):\n    def wrap(func):\n        def inner(*args):\n            return func(*args)\n        return inner\n    return wrap\n";
        let snippet = srcify_syntax::snippet(code);
        let function = snippet.statements()[0].as_function_def_stmt();
        let summary = function_summary(function.expect("it is a function"));
        assert_eq!(summary, "Return a decorator that adds `retry`.");
    }
}
