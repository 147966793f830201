//! Top-level names that are bound once to a literal.

use srcify_effects::{Callee, Effect, parameters};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, UnitId};

use super::places::{Place, REPRODUCIBILITY};
use super::values::{is_plain_path, is_setting_annotation, is_setting_value, literal_of};
use super::{Candidate, Lifter};
use crate::Literal;
use crate::names::NameFacts;
use crate::naming;
use crate::steps::{Step, StepKind, constant_assignment, is_scalar};

/// How a constant is used in calls of libraries.
#[derive(Default)]
struct Usage {
    /// The first place, with the section where the others agree on one.
    place: Option<Place>,
    sections: Vec<String>,
    /// What the library says of the first parameter that it is given to, where the catalog knows no place.
    documented: Option<String>,
    is_path_only: bool,
}

impl Lifter<'_> {
    /// A top-level name bound once to a literal and never changed.
    pub(super) fn constant(&mut self, step: &Step) {
        let Some((name, value)) = constant_assignment(self.program.statement(step.unit)) else {
            return;
        };
        let annotation = self.annotation(step.unit);
        let path = self.path_of(value);
        let found = self.constant_value(step, name, value, annotation.as_deref());
        let Some(literal) = found else {
            return;
        };
        let form = self.form(step.unit, &literal);
        let annotation = annotation.or_else(|| form.annotation.clone());
        let usage = self.usage(name);
        let folder_of = match (&literal, &usage.place) {
            (Literal::Str(text), None) => self.folder_or_end(name, text),
            _ => Vec::new(),
        };
        let section = match &folder_of[..] {
            [] => self.section_of(name, &literal, &usage, path.is_some()),
            several => section_of_folder(name, several),
        };
        let comment = self.comment(step.unit);
        let words = (&*section, comment.as_deref(), annotation.as_deref());
        let description = self.constant_words(name, &literal, &usage, words);
        let place = usage.place.clone();
        let is_single = usage.sections.len() < 2;
        let words = location_words(&literal, &usage.sections, &folder_of, &section);
        let description = match words.filter(|_| comment.is_none()) {
            Some(words) => words.to_owned(),
            None => description,
        };
        let field = match name.to_lowercase().as_str() {
            "data" | "out" | "output" if !folder_of.is_empty() => "dir".to_owned(),
            _ => field_of(name, &section, place.as_ref()),
        };
        let is_path =
            path.is_some() || (usage.is_path_only && place.is_some() && is_plain_path(&literal));
        let is_place =
            is_path || place.as_ref().is_some_and(|it| it.is_path) || !folder_of.is_empty();
        let location = text_of(&literal).filter(|_| is_place);
        self.units.insert(step.unit);
        self.found.push(Candidate {
            field: naming::field(&field),
            section,
            alternatives: vec![naming::field(name)],
            variable: Some(name.to_owned()),
            place: None,
            location,
            class: place
                .as_ref()
                .and_then(|it| it.class.clone())
                .filter(|_| is_single),
            is_list: matches!(value, Expr::List(_)),
            is_path,
            comment,
            description,
            bounds: form.or_bounds(place),
            annotation,
            value: literal,
        });
    }

    /// What a folder is for: by what follows it, else by its name where its text ends as one.
    fn folder_or_end(&self, name: &str, text: &str) -> Vec<String> {
        let several = self.folder_of(name);
        if !several.is_empty() || !names_folder(name, text) {
            return several;
        }
        let is_output = is_for_results(name);
        let section = if is_output { "output" } else { "data" };
        vec![section.to_owned()]
    }

    /// The value of a name that can be a setting.
    fn constant_value(
        &self,
        step: &Step,
        name: &str,
        value: &Expr,
        annotation: Option<&str>,
    ) -> Option<Literal> {
        let facts = self
            .names
            .get(name)
            .filter(|_| step.kind == StepKind::Work)?;
        let is_optional = annotation.is_some_and(|it| it.ends_with("| None"));
        let is_many = annotation.is_some_and(|it| it.starts_with("tuple["));
        let is_value = |literal: &Literal| match literal {
            Literal::None => is_optional,
            // What an empty list would hold, only its annotation tells.
            Literal::List(items) if items.is_empty() => is_many,
            _ => is_setting_value(literal),
        };
        let path = self.path_of(value).or_else(|| self.joined_text(value));
        let literal = path.or_else(|| literal_of(value)).filter(is_value);
        let literal = literal.or_else(|| self.numbers_by_name(name, value));
        let literal = literal.or_else(|| self.records(name, value));
        let literal = literal.filter(|_| is_constant(facts, name, value))?;
        // Each use of the setting makes a list.
        if value.is_list_expr() && self.lookup.is_kept_twice(name) {
            return None;
        }
        let is_used = facts.is_queried || !self.lookup.loads(name).is_empty();
        let is_used = is_used && !self.lookup.is_read_before(step.unit, name);
        is_used.then_some(literal)
    }

    /// A table of numbers by name that no call takes apart.
    fn numbers_by_name(&self, name: &str, value: &Expr) -> Option<Literal> {
        let text = &self.program.source.text;
        let is_spread =
            |(_, range): &(UnitId, TextRange)| text[..usize::from(range.start())].ends_with("**");
        let lower = name.to_lowercase();
        let is_for_arguments = ["args", "kwds", "params"]
            .iter()
            .any(|it| lower.ends_with(it));
        let is_whole = !is_for_arguments && !self.lookup.loads(name).iter().any(is_spread);
        numbers_by_name(value).filter(|_| is_whole)
    }

    /// The section of a constant: by the place that it is used at, else by what is done with it.
    fn section_of(&self, name: &str, literal: &Literal, usage: &Usage, is_path: bool) -> String {
        match (&usage.place, &usage.sections[..]) {
            _ if are_records(literal) => "model".to_owned(),
            (Some(place), [_, _, ..]) if place.field == "seed" => REPRODUCIBILITY.to_owned(),
            (Some(place), _) => place.section.clone(),
            (None, _) => match is_path.then(|| self.section_by_method(name)).flatten() {
                Some(section) => section.to_owned(),
                None => self.section_by_use(name, literal),
            },
        }
    }

    /// What the author says that a variable holds, where a setting can say the same.
    fn annotation(&self, unit: UnitId) -> Option<String> {
        let Stmt::AnnAssign(assignment) = self.program.statement(unit) else {
            return None;
        };
        let text = self.program.text(assignment.annotation.range());
        let list = assignment.value.as_deref().and_then(Expr::as_list_expr);
        let items = text
            .strip_prefix("list[")
            .and_then(|it| it.strip_suffix(']'));
        // An empty list shows no type of its own; where the author needs a list, one is made of the setting.
        let text = match items.filter(|_| list.is_some_and(ast::ExprList::is_empty)) {
            Some(items) => format!("tuple[{items}, ...]"),
            None => text.to_owned(),
        };
        is_setting_annotation(&text).then_some(text)
    }

    /// The text of `os.path.join("data", "train.csv")`.
    pub(super) fn joined_text(&self, value: &Expr) -> Option<Literal> {
        let facts = self.graph.call_at(value.as_call_expr()?.range())?;
        let is_path = matches!(&facts.callee, Callee::Library(name) if name == "pathlib.Path");
        let whole = super::whole(self.program, self.graph, value).filter(|_| !is_path);
        whole.map(Literal::Str)
    }

    /// The text of `Path("data")`, which a setting of that type gives just so.
    fn path_of(&self, value: &Expr) -> Option<Literal> {
        let whole = super::whole(self.program, self.graph, value).map(Literal::Str);
        if value.is_bin_op_expr() {
            return whole.filter(is_plain_path);
        }
        let call = value.as_call_expr()?;
        let is_joined = matches!(self.graph.call_at(call.range()), Some(it) if it.callee == Callee::Library("pathlib.Path".to_owned()));
        if is_joined && call.arguments.args.len() > 1 {
            return whole.filter(is_plain_path);
        }
        let [text] = &call.arguments.args[..] else {
            return None;
        };
        let facts = self.graph.call_at(call.range())?;
        let is_path = matches!(&facts.callee, Callee::Library(name) if name == "pathlib.Path");
        let is_plain = is_path && call.arguments.keywords.is_empty();
        literal_of(text).filter(|text| is_plain && is_plain_path(text))
    }

    /// What a constant means: the author's comment, else what the library says of its place, else what its name says.
    fn constant_words(
        &self,
        name: &str,
        literal: &Literal,
        usage: &Usage,
        (section, comment, annotation): (&str, Option<&str>, Option<&str>),
    ) -> String {
        let choices = annotation.and_then(choice_words);
        match (comment, &usage.place) {
            (Some(comment), _) => naming::sentence(comment),
            (None, Some(place)) if section == REPRODUCIBILITY && place.field == "seed" => {
                "Seed of everything that is drawn at random.".to_owned()
            }
            (None, Some(place)) if place.is_path => {
                super::literals::path_description(literal, &place.description)
            }
            (None, Some(place)) => place.description.clone(),
            (None, None) if choices.is_some() => choices.unwrap_or_default(),
            (None, _) if are_records(literal) => {
                "Sets of hyperparameters, which are tried one after the other.".to_owned()
            }
            (None, None) if matches!(literal, Literal::Map(_)) => self.describe(name, literal),
            (None, None) => self
                .described_by_name(name, literal)
                .or_else(|| usage.documented.clone())
                .unwrap_or_else(|| self.describe(name, literal)),
        }
    }

    /// The calls that a constant is an argument of.
    fn usage(&self, name: &str) -> Usage {
        let mut usage = Usage {
            is_path_only: true,
            ..Usage::default()
        };
        for (unit, range) in self.lookup.loads(name) {
            let range = *range;
            let given = self.lookup.parameter(range);
            let place = given.and_then(|(callee, parameter)| self.place(callee, parameter));
            if let (None, Some(inner)) = (&place, self.place_inside(*unit, range)) {
                usage.is_path_only = false;
                if !usage.sections.contains(&inner.section) {
                    usage.sections.push(inner.section.clone());
                }
                usage.place.get_or_insert(inner);
                continue;
            }
            if let Some((callee, parameter)) = given.filter(|it| !is_operand(it.0, it.1)) {
                let text = parameters::describe(callee, parameter);
                usage.documented = usage.documented.or(text);
            }
            usage.is_path_only &= place.as_ref().is_some_and(|place| place.is_path);
            if let Some(mut place) = place {
                self.correct(&mut place, range);
                if !usage.sections.contains(&place.section) {
                    usage.sections.push(place.section.clone());
                }
                usage.place.get_or_insert(place);
            }
        }
        usage
    }

    /// What is done with a path: `out.write_text(…)`.
    pub(super) fn section_by_method(&self, name: &str) -> Option<&'static str> {
        let calls = self.lookup.loads(name).iter().flat_map(|(unit, range)| {
            let unit = self.program.units()[unit.index()].range;
            let calls = self.graph.calls_in(unit);
            calls.filter(|call| call.function.contains_range(*range))
        });
        let effects: Vec<_> = calls.map(|call| &call.effects).collect();
        if effects.iter().any(|it| it.contains(Effect::WriteFile)) {
            return Some("output");
        }
        let reads = effects.iter().any(|it| it.contains(Effect::ReadFile));
        reads.then_some("data")
    }

    /// Whether a file is read or written may depend on the call.
    pub(super) fn correct(&self, place: &mut Place, range: TextRange) {
        if let Some(call) = self.lookup.givers(range).first() {
            super::given::correct(place, call);
        }
    }

    /// The place of an argument of what no catalog knows.
    fn place_inside(&self, unit: UnitId, range: TextRange) -> Option<Place> {
        let call = self.lookup.givers(range).first()?;
        let argument = call.arguments.iter().find(|it| it.range == range)?;
        let meaning = self.given.meaning(unit, call, argument)?;
        Some(meaning.place)
    }

    /// The author's comment beside a statement, or above it when it stands over this one alone.
    fn comment(&self, id: UnitId) -> Option<String> {
        let unit = &self.program.units()[id.index()];
        let full = self.program.text(unit.full_range);
        let after = &full[usize::from(unit.range.end() - unit.full_range.start())..];
        let beside = after.lines().next().unwrap_or_default();
        let beside = beside.trim().strip_prefix('#').map(str::trim);
        if let Some(beside) = beside.filter(|text| is_remark(text)) {
            return Some(beside.to_owned());
        }
        let before = self
            .program
            .text(TextRange::new(unit.full_range.start(), unit.range.start()));
        let above = naming::comment_block(before)?;
        let is_own = !self.heads_group(id) && above.split_whitespace().count() > 1;
        let is_told = is_own && !heads_part(&above);
        (is_told && above.len() <= 110 && is_remark(&above)).then_some(above)
    }

    /// Whether the next statement stands right below, so that a comment above is about both.
    fn heads_group(&self, id: UnitId) -> bool {
        let units = self.program.units();
        let Some(next) = units.get(id.index() + 1) else {
            return false;
        };
        let unit = &units[id.index()];
        if next.cell != unit.cell || next.full_range.start() < unit.range.end() {
            return false;
        }
        let between = self
            .program
            .text(TextRange::new(unit.range.end(), next.range.start()));
        let own_comment = self
            .program
            .text(TextRange::new(next.full_range.start(), next.range.start()))
            .contains('#');
        let rest = between.split_once('\n').map_or("", |(_, rest)| rest);
        !own_comment && !rest.contains('\n')
    }
}

/// The text that a value is.
fn text_of(literal: &Literal) -> Option<String> {
    match literal {
        Literal::Str(text) => Some(text.clone()),
        _ => None,
    }
}

/// Whether a parameter takes what is computed with, of which it tells no more than that: "the values whose square-roots are
/// required" are the number of samples here and a temperature there.
fn is_operand(callee: &str, parameter: &str) -> bool {
    let library = callee.split('.').next().unwrap_or(callee);
    let is_drawn = callee.starts_with("numpy.random.");
    matches!(library, "numpy" | "math") && !is_drawn && OPERANDS.contains(&parameter)
}

/// Names that numpy gives to what its functions compute with.
const OPERANDS: &[&str] = &["a", "arr", "b", "m", "p", "v", "x", "x1", "x2", "y"];

/// A table of numbers by name, as people keep prices, weights and limits: `{"no2": 40, "pm10": 50}`; no table of arguments,
/// each of which is a setting of its own.
fn numbers_by_name(value: &Expr) -> Option<Literal> {
    let items = &value.as_dict_expr()?.items;
    let entries = items.iter().map(|item| {
        let key = item.key.as_ref()?.as_string_literal_expr()?;
        let key = key.value.to_str().to_owned();
        let is_plain = !key.is_empty() && key.len() <= 40 && !key.contains(['$', '\n']);
        let number = literal_of(&item.value);
        let number = number.filter(|it| matches!(it, Literal::Int(_) | Literal::Float(_)))?;
        is_plain.then_some((key, number))
    });
    let entries: Vec<(String, Literal)> = entries.collect::<Option<_>>()?;
    let keys: std::collections::BTreeSet<&String> = entries.iter().map(|(key, _)| key).collect();
    let is_argument = |key: &&String| parameters::lookup(key).is_some();
    let is_clear = keys.len() == entries.len()
        && (1..=20).contains(&entries.len())
        && !keys.iter().any(is_argument);
    is_clear.then_some(Literal::Map(entries))
}

/// Whether a value is a list of tables.
fn are_records(literal: &Literal) -> bool {
    matches!(literal, Literal::List(items) if matches!(items.first(), Some(Literal::Map(_))))
}

/// Whether a variable is bound once and never changed.
fn is_constant(facts: &NameFacts, name: &str, value: &Expr) -> bool {
    facts.bindings.len() == 1
        && facts.is_variable
        && !facts.is_import
        && !facts.is_definition
        && !facts.is_mutated
        && !facts.is_deleted
        && (!facts.is_mentioned || facts.is_queried && naming::field(name) == name)
        && (!facts.is_identified || is_scalar(value))
        && !name.starts_with('_')
}

/// The concern of a folder, given those of its files.
fn section_of_folder(name: &str, sections: &[String]) -> String {
    match sections {
        [one] => one.clone(),
        _ if is_for_results(name) => "output".to_owned(),
        _ => "data".to_owned(),
    }
}

/// What a text is that names a folder, or a file that is written and read.
fn location_words(
    literal: &Literal,
    sections: &[String],
    folder_of: &[String],
    section: &str,
) -> Option<&'static str> {
    let is_both = ["data", "output"]
        .iter()
        .all(|one| sections.iter().any(|it| it == one));
    match folder_of {
        [_, ..] if section == "output" => Some("Folder that the results go to."),
        [_, _, ..] => Some("Folder that files are read from and written to."),
        [_] => Some("Folder that the files are read from."),
        [] if is_both => match literal {
            Literal::Str(text) if super::joined::names_file(text) => {
                Some("File that is written and read again.")
            }
            Literal::Str(_) => Some("Folder that the job makes and uses."),
            _ => None,
        },
        [] => None,
    }
}

/// Whether a text is a folder by its end, and its name says nothing else: `RAW = "./raw/"`, and no route of a server.
fn names_folder(name: &str, text: &str) -> bool {
    let lower = name.to_lowercase();
    let mut others = ["url", "uri", "route", "endpoint", "api", "prefix", "host"].iter();
    super::joined::is_closed_folder(text) && !others.any(|it| lower.contains(it))
}

/// Whether a folder is called after what is made, though some of it is read again.
fn is_for_results(name: &str) -> bool {
    let words = [
        "out",
        "output",
        "outputs",
        "result",
        "results",
        "artifacts",
        "models",
        "save",
        "reports",
    ];
    let lower = name.to_lowercase();
    lower.split('_').any(|word| words.contains(&word))
}

/// `Literal["a", "b"]` in words.
fn choice_words(annotation: &str) -> Option<String> {
    let items = annotation.strip_prefix("Literal[")?.split(']').next()?;
    let items: Vec<String> = items
        .split(", ")
        .map(|it| format!("`{}`", it.trim_matches('"')))
        .collect();
    let (last, others) = items.split_last()?;
    Some(match others {
        [] => format!("Only {last}."),
        _ => format!("Either {} or {last}.", others.join(", ")),
    })
}

/// Whether a comment above is the head of a part of the program, and says what the part is: `# Validation function`,
/// `# Model parameters`.
fn heads_part(text: &str) -> bool {
    const PARTS: [&str; 24] = [
        "class",
        "classes",
        "config",
        "configs",
        "configuration",
        "constants",
        "function",
        "functions",
        "globals",
        "helper",
        "helpers",
        "hyperparameters",
        "imports",
        "main",
        "methods",
        "params",
        "parameters",
        "section",
        "settings",
        "setup",
        "step",
        "utilities",
        "utils",
        "variables",
    ];
    let word = |it: &str| {
        it.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let last = text.split_whitespace().last().map(word);
    let of_part = |it: &String| PARTS.contains(&it.as_str());
    // `number of parameters` counts them.
    let counts = text.split_whitespace().any(|it| word(it) == "of");
    last.as_ref().is_some_and(of_part) && !counts
}

/// A comment that says something.
fn is_remark(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 2
        && !naming::looks_like_code(text)
        && !matches!(text, "True" | "False" | "None")
        && !text.contains("noqa")
        && !text.starts_with("@param")
}

/// The field for a constant: without the words that its section says already.
fn field_of(name: &str, section: &str, place: Option<&Place>) -> String {
    let lower = name.to_lowercase();
    // An option of the command line, whose variable has the longer name for the sake of another one.
    let lower = lower.strip_suffix("_option").unwrap_or(&lower).to_owned();
    if place.is_some_and(|place| place.field == "seed")
        && matches!(
            lower.as_str(),
            "seed" | "random_state" | "random_seed" | "rng_seed" | "rs"
        )
    {
        return "seed".to_owned();
    }
    let prefix = format!("{section}_");
    if lower == section && place.is_some_and(|place| place.is_path) {
        return "path".to_owned();
    }
    if lower == section && section == "features" {
        return "columns".to_owned();
    }
    match lower.strip_prefix(&prefix) {
        Some(rest) if rest.starts_with(char::is_alphabetic) && naming::field(rest) == rest => {
            rest.to_owned()
        }
        _ => lower,
    }
}
