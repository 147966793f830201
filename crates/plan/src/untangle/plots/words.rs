//! What a figure is called: by its file, else by its title.

use srcify_syntax::ast::Expr;

use super::{Run, Seen};
use crate::Literal;
use crate::naming;
use crate::settings::literal_of;
use crate::steps::constant_assignment;

/// Words that say no more than that it is a figure.
const EMPTY: &[&str] = &[
    "chart", "fig", "figure", "graph", "image", "img", "my", "out", "output", "pic", "plot",
    "plots", "png", "pdf", "result", "results", "the",
];
const LONGEST: usize = 40;

/// What comes after `plot_`.
pub(super) fn of(seen: &Seen<'_>, run: &Run<'_>) -> String {
    let arguments = &run.saver.arguments;
    let named = arguments.find_keyword("fname").map(|it| &it.value);
    let file = arguments.args.first().or(named);
    let file = file.and_then(|it| text_of(seen, it)).map(|text| {
        let file = text.rsplit(['/', '\\']).next().unwrap_or(&text);
        file.split('.').next().unwrap_or(file).to_owned()
    });
    let own = file.as_deref().and_then(plain);
    own.or_else(|| title(seen, run))
        .unwrap_or_else(|| "figure".to_owned())
}

/// Whether comments are one that says what is drawn, and so what the function does.
pub(super) fn tells_what_is_drawn(comments: &str) -> bool {
    let text = comments.trim().trim_start_matches(['#', ' ']);
    let first = text.split_whitespace().next().unwrap_or_default();
    let verbs = ["draw", "make", "plot", "show", "visualise", "visualize"];
    comments.trim().lines().count() == 1 && verbs.contains(&first.to_lowercase().as_str())
}

/// The text that a path is, or ends with.
fn text_of(seen: &Seen<'_>, path: &Expr) -> Option<String> {
    match path {
        Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
        Expr::FString(text) => {
            let last = text.value.elements().last()?.as_literal()?;
            let (_, file) = last.value.rsplit_once('/')?;
            Some(file.to_owned())
        }
        Expr::BinOp(it) => text_of(seen, &it.right),
        Expr::Call(call) => text_of(seen, call.arguments.args.last()?),
        Expr::Name(name) => {
            let facts = seen.names.get(name.id.as_str())?;
            let [unit] = facts.bindings[..] else {
                return None;
            };
            let (_, value) = constant_assignment(seen.program.statement(unit))?;
            (!value.is_name_expr())
                .then(|| text_of(seen, value))
                .flatten()
        }
        _ => None,
    }
}

/// What the figure's title says, where it is short.
fn title(seen: &Seen<'_>, run: &Run<'_>) -> Option<String> {
    let calls = run.units.clone().flat_map(|at| seen.calls(at));
    let titles = calls.filter_map(|call| {
        let function = seen.program.text(call.function);
        let is_title = matches!(
            function.rsplit('.').next()?,
            "title" | "set_title" | "suptitle"
        );
        let first = call.arguments.first().filter(|_| is_title)?;
        let snippet = srcify_syntax::snippet(seen.program.text(first.range));
        match snippet.statements() {
            [srcify_syntax::ast::Stmt::Expr(it)] => match literal_of(&it.value)? {
                Literal::Str(text) => plain(&text),
                _ => None,
            },
            _ => None,
        }
    });
    let titles: Vec<String> = titles.collect();
    match &titles[..] {
        [title] if title.split('_').count() <= 5 => Some(title.clone()),
        _ => None,
    }
}

/// The words of a text that say something.
fn plain(text: &str) -> Option<String> {
    let slug = naming::slug(&naming::snake(text));
    let words = slug.split('_').filter(|it| {
        let letters = it.trim_matches(|c: char| c.is_ascii_digit());
        !letters.is_empty() && !EMPTY.contains(&letters)
    });
    let words: Vec<&str> = words.collect();
    let joined = words.join("_");
    let is_name = joined.is_ascii() && joined.starts_with(|it: char| it.is_ascii_alphabetic());
    (is_name && joined.len() > 1 && joined.len() <= LONGEST).then_some(joined)
}
