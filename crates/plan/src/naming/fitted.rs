//! Names for what is fitted: the author's own, where it is a word, else that of the class.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use super::functions::{Passage, class_words};
use super::snake;
use super::verbs::main_call;
use super::words::{is_word, names_thing};

/// Words that only say that it is a model, or what became of it.
const PLAIN: &[&str] = &[
    "res", "result", "results", "mod", "model", "mdl", "fit", "fitted", "clf", "est", "",
];

impl Passage<'_> {
    /// The model that the main call fits: `forest` in `forest.fit(X)`, `lr` in `lr = LinearRegression().fit(X)`; `models` in
    /// a loop over several.
    pub(super) fn fitted(&self) -> Option<String> {
        let (_, _, range) = main_call(self.graph, self.ranges)?;
        let mut search = Search {
            range,
            loops: Vec::new(),
            found: None,
        };
        for unit in self.units {
            let statement = self.program.statement(*unit);
            if statement.range().contains_range(range) {
                search.visit_stmt(statement);
            }
        }
        search.found
    }

    /// Names of a function that fits, the best first.
    pub(super) fn fit_names(&self, verb: &str, output: &str) -> Vec<String> {
        let fitted = self.fitted();
        let is_several = fitted.as_deref() == Some("models");
        let class = self
            .class_word()
            .or_else(|| {
                self.constructed()
                    .map(|name| class_words(name.rsplit('.').next().unwrap_or(name)))
            })
            .filter(|class| !class.is_empty() && !is_several);
        let own = snake(fitted.as_deref().unwrap_or(output));
        let is_plain =
            |word: &str| is_plain_model(word.trim_end_matches(|c: char| c.is_ascii_digit()));
        let own: Vec<&str> = own.split('_').filter(|it| !is_plain(it)).collect();
        let says_more = class
            .as_deref()
            .is_none_or(|it| matches!(it, "pipeline" | "model" | "bunch"));
        let is_clear = own.iter().all(|it| is_word(it)) && names_thing(&own.join("_"));
        let own = own.join("_");
        let own = Some(own).filter(|own| {
            own.len() > 1
                && own.len() < 24
                && !own.starts_with("y_")
                && !own.chars().all(|c| c.is_ascii_digit())
                && !is_collected(own)
        });
        let mut nouns = Vec::new();
        if verb == "tune" {
            nouns.push("model".to_owned());
        } else if is_several {
            nouns.push("models".to_owned());
        } else if self.subject.fits == 1 {
            nouns.push("model".to_owned());
        }
        if is_clear || says_more {
            nouns.extend(own.into_iter().chain(class));
        } else {
            nouns.extend(class.into_iter().chain(own));
        }
        nouns.push("model".to_owned());
        nouns.iter().map(|noun| format!("{verb}_{noun}")).collect()
    }
}

/// Whether a word only says that it is a model, or what became of one.
pub(super) fn is_plain_model(word: &str) -> bool {
    PLAIN.contains(&word)
}

/// Whether a variable is one of ours that collects what is printed later.
pub(super) fn is_collected(name: &str) -> bool {
    let number = name.strip_prefix("lines");
    let number = number.or_else(|| name.rsplit_once("_lines").map(|(_, it)| it));
    number.is_some_and(|it| {
        it.trim_start_matches('_')
            .chars()
            .all(|c| c.is_ascii_digit())
    })
}

/// Whether what is fitted says more than another fit: what the data is prepared with says less than what is fitted to it.
pub(super) fn outdoes(name: &str, other: &str) -> bool {
    prepares(other) && !prepares(name)
}

/// Whether something is fitted to prepare the data, and predicts nothing.
fn prepares(name: &str) -> bool {
    let modules = [
        "sklearn.preprocessing.",
        "sklearn.impute.",
        "sklearn.feature_extraction.",
        "sklearn.compose.ColumnTransformer",
    ];
    modules.iter().any(|it| name.starts_with(it))
}

/// Looks for the name of what a call fits.
struct Search {
    range: TextRange,
    /// The names that the loops around it go through.
    loops: Vec<String>,
    found: Option<String>,
}

impl<'a> Visitor<'a> for Search {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !statement.range().contains_range(self.range) {
            return;
        }
        if let Stmt::For(it) = statement {
            let mut targets = Targets(Vec::new());
            targets.visit_expr(&it.target);
            self.loops.extend(targets.0);
        }
        walk_stmt(self, statement);
        if let Stmt::Assign(assign) = statement
            && let [Expr::Name(name)] = &assign.targets[..]
            && assign.value.range() == self.range
        {
            self.found.get_or_insert_with(|| name.id.to_string());
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && call.range() == self.range
            && let Expr::Attribute(attribute) = &*call.func
            && let Expr::Name(receiver) = &*attribute.value
        {
            let name = receiver.id.to_string();
            let is_one_of_many = self.loops.contains(&name);
            self.found = Some(if is_one_of_many {
                "models".to_owned()
            } else {
                name
            });
        }
        walk_expr(self, expression);
    }
}

struct Targets(Vec<String>);

impl<'a> Visitor<'a> for Targets {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression {
            self.0.push(name.id.to_string());
        }
        walk_expr(self, expression);
    }
}
