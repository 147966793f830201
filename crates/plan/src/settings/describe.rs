//! What a constant is, from how it is used and what it is called.

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{CmpOp, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use super::Lifter;
use super::called::described_by_name;
use crate::Literal;

/// A way in which a constant is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// `scores >= x`
    Threshold {
        is_score: bool,
    },
    /// `range(x)`
    Rounds,
    /// `frame[x]`
    Columns,
    /// `for item in x`
    Items,
    Other,
}

/// Words in the name of a constant that tell its concern; the first that fits counts.
const SECTION_WORDS: &[(&str, &[&str])] = &[
    (
        "features",
        &[
            "features",
            "columns",
            "cols",
            "feature",
            "column",
            "target",
            "categorical",
            "numeric",
            "numerical",
        ],
    ),
    (
        "output",
        &[
            "out", "output", "save", "result", "results", "export", "target",
        ],
    ),
    (
        "plots",
        &[
            "color",
            "colors",
            "colour",
            "colours",
            "marker",
            "markers",
            "linestyle",
            "title",
            "titles",
            "cmap",
            "figsize",
            "palette",
            "lw",
            "labels",
            "symbols",
            "styles",
        ],
    ),
    (
        "training",
        &[
            "epochs",
            "batch",
            "lr",
            "learning",
            "patience",
            "iterations",
            "steps",
        ],
    ),
    (
        "evaluation",
        &[
            "bootstrap",
            "folds",
            "cv",
            "trials",
            "repeats",
            "permutations",
        ],
    ),
];

impl Lifter<'_> {
    /// The concern of a constant that goes into no parameter that the catalog knows.
    pub(super) fn section_by_use(&self, name: &str, value: &Literal) -> String {
        let lower = name.to_lowercase();
        let uses = self.uses(name);
        let has = |part: &str| lower.split('_').any(|word| word == part);
        let is_text = matches!(value, Literal::Str(_));
        let opened = self.opened(name);
        if let (true, Some(section)) = (is_text, opened) {
            return section.to_owned();
        }
        if has("seed") || lower == "random_state" {
            return super::places::REPRODUCIBILITY.to_owned();
        }
        let is_limit = |it: &Use| matches!(it, Use::Threshold { is_score: true });
        if uses.iter().any(is_limit) || has("threshold") || has("cutoff") {
            return "evaluation".to_owned();
        }
        if uses.contains(&Use::Columns) {
            return "features".to_owned();
        }
        let is_place = is_text && is_location(&lower);
        let words = SECTION_WORDS
            .iter()
            .filter(|(section, _)| is_place || *section != "output")
            // The steps of a funnel train nothing, and the labels of bands are not drawn.
            .filter(|(section, _)| match *section {
                "training" => !holds_texts(value),
                "plots" => !self.goes_into_tables(name),
                _ => true,
            })
            .find(|(_, words)| words.iter().any(|it| has(it)));
        let section = match words {
            Some((section @ ("features" | "output"), _)) => section,
            _ if is_place => "data",
            Some((section, _)) => section,
            None if self.goes_into_draws(name) => "simulation",
            None => "analysis",
        };
        section.to_owned()
    }

    /// Whether the constant is an argument of pandas, and of nothing that draws.
    fn goes_into_tables(&self, name: &str) -> bool {
        use srcify_effects::Callee;
        let mut loads = self.lookup.loads(name).iter().peekable();
        let is_table = |callee: &Callee| matches!(callee, Callee::Library(it) if it.starts_with("pandas.") && !it.contains("plot"));
        loads.peek().is_some()
            && loads.all(|(_, range)| {
                let givers = self.lookup.givers(*range);
                !givers.is_empty() && givers.iter().all(|it| is_table(&it.callee))
            })
    }

    /// The section of a constant that is made a path or opened: by what the statement does.
    fn opened(&self, name: &str) -> Option<&'static str> {
        use srcify_effects::{CallFacts, Callee, Effect};
        let opens = ["pathlib.Path", "open", "os.path.join"];
        let opener = |call: &&CallFacts| matches!(&call.callee, Callee::Library(it) if opens.contains(&it.as_str()));
        let mut loads = self.lookup.loads(name).iter();
        let (first, _) = loads.find(|(_, range)| self.lookup.givers(*range).iter().any(opener))?;
        let writes = self.graph.units[first.index()]
            .effects
            .contains(Effect::WriteFile);
        Some(if writes { "output" } else { "data" })
    }

    /// A sentence for a constant that its author did not comment.
    pub(super) fn describe(&self, name: &str, value: &Literal) -> String {
        let words = words_of(name);
        if matches!(value, Literal::Str(it) if super::literals::mail_address(it).is_some()) {
            return "Mail address.".to_owned();
        }
        if matches!(value, Literal::Map(_)) {
            return format!("The {words}, by name.");
        }
        let uses = self.uses(name);
        let thing = self.subject_of(name);
        for it in &uses {
            match it {
                Use::Threshold { is_score: true } => {
                    return "Probability from which on a row counts as positive.".to_owned();
                }
                Use::Threshold { is_score: false } if !matches!(value, Literal::Str(_)) => {
                    return match thing {
                        Some(thing) => format!("Limit that {thing} is compared with."),
                        None => "Limit that values are compared with.".to_owned(),
                    };
                }
                Use::Columns if matches!(value, Literal::List(_)) => {
                    return format!("Columns that are used{}.", kind_suffix(&words));
                }
                Use::Columns if matches!(value, Literal::Str(_)) => {
                    return format!("Column of the {}.", words.trim_end_matches(" column"));
                }
                _ => {}
            }
        }
        if let Some((column, operator)) = self.names.compared(name) {
            return match operator.as_str() {
                "==" | "!=" => format!("Value that the column `{column}` is compared with."),
                _ => format!("Limit that the column `{column}` is compared with."),
            };
        }
        if matches!(value, Literal::Int(_)) && words.len() < 3 && self.counts_draws(name) {
            return "Number of values that are drawn at random.".to_owned();
        }
        uses.contains(&Use::Rounds)
            .then(|| described_by_rounds(&words))
            .or_else(|| {
                let is_told = is_readable(&words) && words.ends_with('s');
                let things = if is_told {
                    format!("The {words}")
                } else {
                    "Values".to_owned()
                };
                uses.contains(&Use::Items)
                    .then(|| format!("{things} that are gone through, in order."))
            })
            .unwrap_or_else(|| self.described_by_result(&words, name))
    }

    /// A sentence for what the name of a constant says.
    pub(super) fn described_by_name(&self, name: &str, value: &Literal) -> Option<String> {
        let score = Use::Threshold { is_score: true };
        if self.uses(name).contains(&score) {
            return Some("Probability from which on a row counts as positive.".to_owned());
        }
        described_by_name(name, &words_of(name), value)
    }

    /// "Enters `y_true`": what is computed from a constant first.
    fn described_by_result(&self, words: &str, name: &str) -> String {
        let result = self.lookup.loads(name).iter().find_map(|(unit, _)| {
            let statement = self.program.statement(*unit);
            let (target, _) = crate::steps::constant_assignment(statement)?;
            (target != name).then(|| target.to_owned())
        });
        match result {
            Some(result) if words.len() > 2 && is_readable(words) => {
                format!("The {words} that `{result}` is computed with.")
            }
            Some(result) if words.len() > 2 => {
                format!("Value of `{name}` that `{result}` is computed with.")
            }
            Some(result) => format!("Value that `{result}` is computed from."),
            None => self.described_by_call(words, name),
        }
    }

    /// "The bar width, an argument of `bar`": what a constant is given to first, and what its name says.
    fn described_by_call(&self, words: &str, name: &str) -> String {
        use srcify_effects::Callee;
        let loads = self.lookup.loads(name).iter();
        let call = loads
            .flat_map(|(_, range)| self.lookup.givers(*range))
            .find_map(|call| match &call.callee {
                Callee::Library(callee) | Callee::User(callee) => callee
                    .rsplit('.')
                    .next()
                    .filter(|it| !crate::naming::is_plain_call(it) && !it.starts_with("__")),
                Callee::Unknown => None,
            });
        let is_readable = is_readable(words);
        match call {
            Some(call) if is_readable => format!("The {words}, an argument of `{call}`."),
            None if is_readable => format!("The {words}."),
            Some(call) => format!("The argument `{name}` of `{call}`."),
            None => format!("The value of `{name}`."),
        }
    }

    /// Whether the constant goes into calls that draw random numbers.
    fn goes_into_draws(&self, name: &str) -> bool {
        self.lookup.loads(name).iter().any(|(unit, range)| {
            let unit = self.program.units()[unit.index()].range;
            self.graph.calls_in(unit).any(|call| {
                call.range.contains_range(*range)
                    && matches!(&call.callee, srcify_effects::Callee::Library(it) if it.contains("random"))
            })
        })
    }

    /// Whether the constant says how many random numbers are drawn.
    fn counts_draws(&self, name: &str) -> bool {
        use srcify_effects::Callee;
        self.lookup.loads(name).iter().any(|(_, range)| {
            self.lookup.givers(*range).iter().any(|call| {
                let Callee::Library(callee) = &call.callee else {
                    return false;
                };
                let Some(method) = callee.strip_prefix("numpy.random.") else {
                    return false;
                };
                let first = size_position(method.rsplit('.').next().unwrap_or(method));
                let mut arguments = call.arguments.iter().enumerate();
                let own = arguments.find(|(_, it)| it.range == *range);
                own.is_some_and(|(at, it)| match it.parameter.as_deref() {
                    Some("size") => true,
                    _ => first.is_some_and(|first| at >= first),
                })
            })
        })
    }

    /// What stands on the other side of a comparison.
    fn subject_of(&self, name: &str) -> Option<String> {
        let mut finder = Sides { name, found: None };
        for unit in self.lookup.mentions(name) {
            finder.visit_stmt(self.program.statement(*unit));
        }
        let range = finder.found?;
        let text = self.program.text(range);
        (text.len() <= 30 && !text.contains('\n')).then(|| format!("`{}`", text.replace('"', "'")))
    }

    fn uses(&self, name: &str) -> Vec<Use> {
        let scores = &self.lookup.scores;
        let mut finder = Uses {
            name,
            found: Vec::new(),
            is_score: &|expression| match expression {
                Expr::Name(it) => scores.contains_key(it.id.as_str()),
                _ => false,
            },
        };
        for unit in self.lookup.mentions(name) {
            finder.visit_stmt(self.program.statement(*unit));
        }
        finder.found
    }
}

/// Whether words can be read aloud, each of them.
fn is_readable(words: &str) -> bool {
    let is_small = |word: &str| matches!(word, "and" | "by" | "for" | "in" | "of" | "to");
    let mut words = words.split(' ');
    words.all(|it| is_small(it) || crate::naming::is_word(it))
}

fn holds_texts(value: &Literal) -> bool {
    match value {
        Literal::Str(_) => true,
        Literal::List(items) => items.iter().all(holds_texts),
        _ => false,
    }
}

/// What a number of rounds is: of days, or of nothing in particular.
fn described_by_rounds(words: &str) -> String {
    let is_plural = words.ends_with('s') && words.len() > 3;
    if is_plural {
        format!("Number of {words} that are gone through.")
    } else {
        "Number of rounds.".to_owned()
    }
}

/// Where the size stands among the arguments of a function of `numpy.random`.
fn size_position(function: &str) -> Option<usize> {
    match function {
        "rand" | "randn" | "random" | "random_sample" | "standard_normal" => Some(0),
        "choice" | "exponential" | "poisson" => Some(1),
        "binomial" | "gamma" | "integers" | "lognormal" | "normal" | "randint" | "uniform" => {
            Some(2)
        }
        _ => None,
    }
}

fn is_location(lower: &str) -> bool {
    [
        "path",
        "file",
        "filename",
        "dir",
        "folder",
        "url",
        "directory",
        "root",
        "csv",
    ]
    .iter()
    .any(|part| {
        lower
            .split('_')
            .any(|word| word == *part || word.ends_with(part))
    })
}

/// `DATA_PATH` is `data path`; `nTrees` is `n trees`.
fn words_of(name: &str) -> String {
    crate::naming::snake(name)
        .replace('_', " ")
        .trim()
        .to_owned()
}

/// " as `categorical`" where the name of a list says more than that it lists columns.
fn kind_suffix(words: &str) -> String {
    let kept: Vec<&str> = words
        .split(' ')
        .filter(|word| {
            !matches!(
                *word,
                "columns"
                    | "cols"
                    | "features"
                    | "feature"
                    | "names"
                    | "column"
                    | "list"
                    | "variables"
                    | "vars"
            )
        })
        .collect();
    match kept[..] {
        [] => String::new(),
        ["num"] => " as numbers".to_owned(),
        ["cat"] => " as categories".to_owned(),
        _ if !is_readable(&kept.join(" ")) => String::new(),
        _ => format!(" as {}", kept.join(" ")),
    }
}

struct Uses<'a> {
    name: &'a str,
    found: Vec<Use>,
    is_score: &'a dyn Fn(&Expr) -> bool,
}

impl Uses<'_> {
    fn is_it(&self, expression: &Expr) -> bool {
        expression
            .as_name_expr()
            .is_some_and(|name| name.id.as_str() == self.name)
    }
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::For(each) if self.is_it(&each.iter) => self.found.push(Use::Items),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Compare(compare) => {
                let orders = compare
                    .ops
                    .iter()
                    .all(|op| matches!(op, CmpOp::Gt | CmpOp::GtE | CmpOp::Lt | CmpOp::LtE));
                if orders && compare.comparators.iter().any(|it| self.is_it(it)) {
                    let is_score = (self.is_score)(&compare.left);
                    self.found.push(Use::Threshold { is_score });
                }
            }
            Expr::Subscript(subscript) if self.is_it(&subscript.slice) => {
                self.found.push(Use::Columns);
            }
            Expr::Call(call) => {
                let is_range = call
                    .func
                    .as_name_expr()
                    .is_some_and(|it| it.id.as_str() == "range");
                if is_range && call.arguments.args.iter().any(|it| self.is_it(it)) {
                    self.found.push(Use::Rounds);
                } else if call.arguments.args.iter().any(|it| self.is_it(it)) {
                    self.found.push(Use::Other);
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

struct Sides<'a> {
    name: &'a str,
    found: Option<TextRange>,
}

impl<'a> Visitor<'a> for Sides<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Compare(compare) = expression
            && compare.comparators.iter().any(|it| {
                it.as_name_expr()
                    .is_some_and(|name| name.id.as_str() == self.name)
            })
        {
            self.found.get_or_insert(compare.left.range());
        }
        walk_expr(self, expression);
    }
}
