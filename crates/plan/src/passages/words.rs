//! Names and docstrings of parts of functions.

use srcify_syntax::ast::Expr;
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::{Ranged, TextRange};

use super::excerpts::{Excerpt, Function};
use crate::naming;

/// The words of a part.
pub(super) struct Words {
    /// Names for it, the best first.
    pub names: Vec<String>,
    pub summary: String,
}

/// Names that say nothing of what they hold.
const EMPTY: &[&str] = &[
    "plt", "fig", "axs", "axes", "cnt", "tmp", "temp", "idx", "res", "ret", "out",
];

/// What calls draw, in a word.
fn drawn(calls: &[String]) -> Option<&'static str> {
    let kinds = [
        ("hist", "histogram"),
        ("scatter", "points"),
        ("bar", "bars"),
        ("barh", "bars"),
        ("contourf", "contours"),
        ("contour", "contours"),
        ("imshow", "image"),
        ("heatmap", "heatmap"),
        ("boxplot", "boxes"),
        ("errorbar", "errors"),
        ("fill_between", "bands"),
        ("matshow", "matrix"),
        ("text", "labels"),
        ("plot", "lines"),
    ];
    let is_called = |name: &str| {
        calls
            .iter()
            .any(|call| call.rsplit('.').next() == Some(name))
    };
    kinds
        .iter()
        .find(|(name, _)| is_called(name))
        .map(|it| it.1)
}

fn is_numbered(name: &str) -> bool {
    name.ends_with(|c: char| c.is_ascii_digit())
}

impl Function<'_> {
    pub(super) fn words(&self, excerpt: &Excerpt) -> Words {
        let calls = self.calls(excerpt.range);
        let told = naming::told_by_calls(&calls);
        let named = told.as_ref().map(|it| it.verb);
        let default = if excerpt.outputs.is_empty() {
            "run"
        } else {
            "compute"
        };
        let verb = named
            .or_else(|| naming::verb_of_calls(&calls))
            .unwrap_or(default);
        let own = self.own_noun();
        let target = excerpt
            .targets
            .iter()
            .filter(|it| it.len() > 2 && !it.starts_with('_'))
            .max_by_key(|it| it.len());
        let nouns = self.nouns(excerpt, (verb, named.is_some()), target, &calls);
        let target = target.filter(|it| !is_numbered(it));
        let noun = nouns
            .first()
            .cloned()
            .unwrap_or_else(|| "results".to_owned());
        let titled = self
            .comment(excerpt)
            .and_then(|comment| naming::titled(&comment, verb, &noun));
        let mut names: Vec<String> = Vec::new();
        names.extend(titled.as_ref().map(|it| format!("_{}", it.0)));
        names.extend(nouns.iter().map(|noun| {
            let noun = naming::without_verb(noun, verb);
            format!("_{verb}_{noun}")
        }));
        let pairs = nouns
            .iter()
            .skip(1)
            .filter(|it| **it != noun && !it.contains('_'));
        names.extend(pairs.map(|other| format!("_{verb}_{noun}_and_{other}")));
        if own != noun {
            names.push(format!("_{verb}_{noun}_of_{own}"));
        }
        let capital = naming::capital(verb);
        let summary = match (titled, target, told) {
            (Some((_, summary)), _, _) => summary,
            (None, Some(target), _) => format!("{capital} one `{target}`."),
            (None, None, Some(told)) => told.summary,
            (None, None, None) => format!("{capital} the {}.", noun.replace('_', " ")),
        };
        Words { names, summary }
    }

    /// What a part may be about, the most telling first.
    fn nouns(
        &self,
        excerpt: &Excerpt,
        (verb, is_told): (&str, bool),
        target: Option<&String>,
        calls: &[String],
    ) -> Vec<String> {
        let mut nouns: Vec<String> = Vec::new();
        // What is fitted is a model, whatever else is given back.
        if matches!(verb, "fit" | "tune" | "evaluate") && target.is_none() {
            nouns.push("model".to_owned());
        } else if is_told && target.is_none() {
            // It is about what it is given first, beside the settings.
            let given = excerpt
                .inputs
                .iter()
                .find(|it| !it.starts_with("config") && it.len() > 2);
            nouns.extend(given.map(|it| naming::noun_of(it)));
        }
        let target = target.filter(|it| !is_numbered(it));
        if verb == "plot" && target.is_none() {
            nouns.extend(drawn(calls).map(str::to_owned));
        }
        nouns.extend(target.map(|it| naming::snake(it)));
        nouns.extend(excerpt.outputs.iter().rev().map(|it| naming::noun_of(it)));
        nouns.push(self.own_noun());
        nouns.extend(excerpt.binds.iter().rev().map(|it| naming::noun_of(it)));
        nouns.retain(|it| it.len() > 2 && it.is_ascii() && !EMPTY.contains(&it.as_str()));
        // `title1` says less than anything else.
        nouns.sort_by_key(|it| is_numbered(it));
        if verb == "predict" {
            // Not the model is predicted.
            let says_model = |it: &str| matches!(it, "model" | "models");
            nouns.retain(|it| !it.split('_').any(says_model));
            nouns.push("values".to_owned());
        }
        nouns
    }

    /// `model` of `fit_model`.
    fn own_noun(&self) -> String {
        let name = self.name().trim_start_matches('_');
        match name.split_once('_') {
            Some((first, rest)) if naming::is_verb(first) || first == "run" || first == "plot" => {
                // `fit_and_evaluate_models` is about models.
                let rest = rest
                    .strip_prefix("and_")
                    .and_then(|it| it.split_once('_'))
                    .map_or(rest, |it| it.1);
                match rest {
                    "training" | "analysis" => "results".to_owned(),
                    _ => rest.to_owned(),
                }
            }
            _ => name.to_owned(),
        }
    }

    /// What is called in a range, as it is written.
    fn calls(&self, range: TextRange) -> Vec<String> {
        struct Calls<'t>(&'t str, TextRange, Vec<String>);
        impl<'a> Visitor<'a> for Calls<'_> {
            fn visit_expr(&mut self, expression: &'a Expr) {
                if let Expr::Call(call) = expression
                    && self.1.contains_range(call.range())
                    && matches!(&*call.func, Expr::Name(_) | Expr::Attribute(_))
                {
                    self.2.push(self.0[call.func.range()].to_owned());
                }
                walk_expr(self, expression);
            }
        }
        let mut calls = Calls(self.text, range, Vec::new());
        calls.visit_body(&self.definition.body);
        calls.2
    }

    /// The comment above an excerpt, when it is the only one.
    fn comment(&self, excerpt: &Excerpt) -> Option<String> {
        let lines = self.lines_of(excerpt);
        let is_comment = |line: &&str| line.trim_start().starts_with('#');
        let above: Vec<&str> = lines.iter().copied().take_while(is_comment).collect();
        let others = lines[above.len()..].iter().any(is_comment);
        (!above.is_empty() && !others).then(|| naming::comment_block(&above.join("\n")))?
    }
}
