//! What is not in the package: lines that were no Python, what only an input's host has, statements that only show something.

use srcify_plan::{Plan, redacted, without_secrets};
use srcify_syntax::{Location, Program, Span, TextSize};

/// Something that was left out.
#[derive(Debug)]
pub struct LeftOut {
    /// Where it stood, as people read it.
    pub place: String,
    /// Where it stood.
    pub location: Location,
    /// It, without secrets.
    pub text: String,
    /// Why it is not in the package.
    pub reason: String,
}

/// All that was left out of an input, in its order.
pub fn left_out(program: &Program, plan: &Plan) -> Vec<LeftOut> {
    let source = &program.source;
    let one = |span: Span, text: &str, reason: &str| {
        let left_out = LeftOut {
            place: source.place(span),
            location: source.location(span),
            text: redacted(&without_secrets(text), &plan.secret_values),
            reason: reason.to_owned(),
        };
        (TextSize::from(span.start), left_out)
    };
    let lines = source
        .dropped
        .iter()
        .map(|it| one(it.span, &it.text, &it.reason));
    let units = plan
        .dropped
        .iter()
        .map(|it| one(Span::from(it.range), program.text(it.range), &it.reason));
    let mut all: Vec<(TextSize, LeftOut)> = lines.chain(units).collect();
    all.sort_by_key(|(start, _)| *start);
    all.into_iter().map(|(_, it)| it).collect()
}
