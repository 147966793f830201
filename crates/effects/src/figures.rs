//! Figures that a function draws and closes itself.

use srcify_syntax::ast;

use crate::analyze::Analyzer;

/// Among the libraries whose state is restored: what is drawn is closed.
pub(crate) const FIGURE: &str = "matplotlib.figure";

/// Functions of pyplot that show data: the first of them makes a figure where there is none.
const DRAWING: [&str; 14] = [
    "plot",
    "scatter",
    "bar",
    "barh",
    "hist",
    "hist2d",
    "boxplot",
    "violinplot",
    "pie",
    "imshow",
    "contour",
    "contourf",
    "errorbar",
    "fill_between",
];

impl Analyzer<'_> {
    /// Whether a body makes a figure before it draws, and closes it last: nothing of it is left, and what was the current
    /// figure is it again.
    pub(crate) fn closes_its_figure(&self, body: &[ast::Stmt]) -> bool {
        let body = &opened(body)[..];
        let mut calls = body.iter().filter_map(|it| self.pyplot_call(it));
        let first = calls.next();
        let draws = first.is_some_and(|(name, _)| DRAWING.contains(&name));
        let makes = first.is_some_and(|(name, call)| {
            let is_new =
                call.arguments.args.is_empty() && call.arguments.find_keyword("num").is_none();
            matches!(name, "subplots" | "subplot_mosaic") || name == "figure" && is_new
        });
        let Some((last, closing)) = calls.last() else {
            return false;
        };
        // `close("all")` closes those of others, too, and what is drawn without a new figure stands in the current one; a
        // summary takes it for granted that there are none.
        let given = &closing.arguments.args;
        let closes_all = given.iter().any(ast::Expr::is_string_literal_expr);
        let is_own = if closes_all {
            self.is_presuming && (makes || draws || body.iter().any(|it| plots(it)))
        } else if self.is_presuming && closing.arguments.is_empty() {
            makes || draws
        } else {
            makes
        };
        let closes = |it: &&&ast::Stmt| {
            let call = self.pyplot_call(it);
            call.is_some_and(|(name, _)| name == "close")
        };
        let after = body.iter().rev().take_while(|it| !closes(it));
        let leaves = body.iter().rev().skip_while(|it| it.is_return_stmt());
        let leaves = leaves.into_iter().any(|it| returns(it));
        last == "close" && is_own && !leaves && after.count() <= 2
    }

    /// The function of `matplotlib.pyplot` that a statement calls.
    fn pyplot_call<'s>(&self, statement: &'s ast::Stmt) -> Option<(&'s str, &'s ast::ExprCall)> {
        let value = match statement {
            ast::Stmt::Expr(it) => &it.value,
            ast::Stmt::Assign(it) => &it.value,
            _ => return None,
        };
        let call = value.as_call_expr()?;
        let function = call.func.as_attribute_expr()?;
        let module = function.value.as_name_expr()?;
        let path = self.globals.get(&module.id)?.path.clone()?;
        (&*path == "matplotlib.pyplot").then_some((function.attr.as_str(), call))
    }
}

/// Statements, with those that stand in a context in its place.
fn opened(body: &[ast::Stmt]) -> Vec<&ast::Stmt> {
    let mut all = Vec::new();
    for statement in body {
        match statement {
            ast::Stmt::With(with) => all.extend(opened(&with.body)),
            other => all.push(other),
        }
    }
    all
}

/// Whether a statement is a call of a method that draws a table: `frame.hist()`, `frame.plot.bar(x="a")`.
fn plots(statement: &ast::Stmt) -> bool {
    const PLOTTING: [&str; 3] = ["plot", "hist", "boxplot"];
    let call = statement
        .as_expr_stmt()
        .and_then(|it| it.value.as_call_expr());
    let method = call.and_then(|it| it.func.as_attribute_expr());
    let is_plot = |it: &ast::ExprAttribute| PLOTTING.contains(&it.attr.as_str());
    let of_table = |it: &ast::ExprAttribute| {
        let owner = it.value.as_attribute_expr();
        is_plot(it) || owner.is_some_and(is_plot)
    };
    // Pyplot's own functions, and axes, draw on the figure that there is.
    let is_other = |it: &ast::ExprAttribute| {
        let owner = it.value.as_name_expr();
        owner.is_some_and(|it| it.id.as_str() == "plt" || it.id.starts_with("ax"))
    };
    method.is_some_and(|it| of_table(it) && !is_other(it))
}

/// Whether a `return` stands in a statement.
fn returns(statement: &ast::Stmt) -> bool {
    use ast::visitor::{Visitor, walk_stmt};
    struct Returns(bool);
    impl<'a> Visitor<'a> for Returns {
        fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
            self.0 |= statement.is_return_stmt();
            if !matches!(
                statement,
                ast::Stmt::FunctionDef(_) | ast::Stmt::ClassDef(_)
            ) {
                walk_stmt(self, statement);
            }
        }
    }
    let mut found = Returns(false);
    found.visit_stmt(statement);
    found.0
}
