//! Docstrings of the author in one form: the summary on the first line, as a sentence, and a blank line after it.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, snippet};

use super::indented::below_titles;
use super::informal::in_convention;
use super::{Mend, plain_literal, sections};
use crate::naming::{class_summary, function_summary, is_word};
use crate::{Item, Plan};

/// Columns of a line.
const WIDTH: usize = 100;

/// Who reads docstrings when the program runs.
const READERS: &[&str] = &[
    "click",
    "doctest",
    "fire",
    "inspect",
    "langchain",
    "llama_index",
    "mcp",
    "openai",
    "pydantic_ai",
    "pydoc",
    "smolagents",
    "typer",
    "unittest",
];

/// Whether the package may look at its own docstrings.
pub(super) fn are_read(plan: &Plan) -> bool {
    plan.modules.iter().any(|module| {
        let is_reader = |import: &String| {
            // `from sphinx.util.inspect import safe_getattr` is none of them.
            let rest = import
                .trim_start_matches("from ")
                .trim_start_matches("import ");
            let library = rest.split(['.', ' ', ',']).next().unwrap_or_default();
            READERS.iter().any(|reader| library.starts_with(reader))
        };
        // The page that scikit-learn makes of an estimator shows it.
        let ways = ["__doc__", "help(", "html_repr", "_repr_html_"];
        let looks = |item: &Item| ways.iter().any(|it| item.text.contains(it));
        module.imports.iter().any(is_reader) || module.items.iter().any(looks)
    })
}

/// Parameters that functions get for the global generator that they drew from.
const GENERATORS: [&str; 2] = ["rng", "random_state"];

/// What the settings mean, and their groups: those that became parameters of the author's functions.
pub(super) fn meanings(plan: &Plan) -> BTreeMap<String, String> {
    let sections = || plan.jobs.iter().flat_map(|job| &job.settings.sections);
    let fields = sections().flat_map(|it| &it.fields);
    let fields = fields.map(|it| (it.name.clone(), it.description.clone()));
    let groups = sections().map(|it| (it.name.clone(), it.summary.clone()));
    let generators = GENERATORS.iter().map(|name| {
        let text = "What random numbers are drawn from.";
        ((*name).to_owned(), text.to_owned())
    });
    let settings: BTreeMap<String, String> = groups.chain(fields).chain(generators).collect();
    let mut all = said(plan);
    all.extend(settings);
    all
}

/// What the author's docstrings say of parameters, where those that tell of one of that name say the same.
fn said(plan: &Plan) -> BTreeMap<String, String> {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in plan.modules.iter().flat_map(|it| &it.items) {
        if !item.text.contains("\"\"\"") {
            continue;
        }
        let parsed = snippet(&item.text);
        let mut docstrings = Docstrings::default();
        docstrings.visit_body(parsed.statements());
        for literal in docstrings.found {
            let Some((inner, _)) = plain_literal(&item.text, literal) else {
                continue;
            };
            let before = before(&item.text, literal);
            let converted = sections::google(inner, before);
            for (name, text) in sections::meanings(converted.as_deref().unwrap_or(inner), before) {
                said.entry(name).or_default().insert(text);
            }
        }
    }
    let alone = said.into_iter().filter(|(_, texts)| texts.len() == 1);
    alone
        .filter_map(|(name, texts)| Some((name, texts.into_iter().next()?)))
        .collect()
}

/// The docstrings of functions.
#[derive(Default)]
struct Docstrings<'a> {
    found: Vec<&'a ast::ExprStringLiteral>,
}

impl<'a> Visitor<'a> for Docstrings<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::FunctionDef(it) = statement
            && let Some(Stmt::Expr(first)) = it.body.first()
            && let Expr::StringLiteral(literal) = &*first.value
        {
            self.found.push(literal);
        }
        walk_stmt(self, statement);
    }
}

/// What stands before a literal on its line.
fn before<'t>(text: &'t str, literal: &ast::ExprStringLiteral) -> &'t str {
    let start = usize::from(literal.start());
    text[..start].rsplit('\n').next().unwrap_or_default()
}

pub(super) fn mends(text: &str, known: &BTreeMap<String, String>) -> Vec<Mend> {
    if !text.contains("\n    \"") && !text.contains("\n    '") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut search = Search {
        text,
        known,
        depth: 0,
        mends: Vec::new(),
    };
    search.visit_body(parsed.statements());
    search.mends
}

/// Classes of libraries and of the language that read no docstring of their heirs.
const PLAIN_BASES: &[&str] = &[
    "ABC",
    "BaseEstimator",
    "ClassifierMixin",
    "ClusterMixin",
    "Dataset",
    "Enum",
    "Exception",
    "IntEnum",
    "IterableDataset",
    "Layer",
    "LightningModule",
    "Module",
    "NamedTuple",
    "Protocol",
    "RegressorMixin",
    "RuntimeError",
    "Sampler",
    "StrEnum",
    "Thread",
    "TransformerMixin",
    "TypedDict",
    "ValueError",
    "object",
];

struct Search<'a> {
    text: &'a str,
    /// What parameters mean that have the names of settings.
    known: &'a BTreeMap<String, String>,
    depth: usize,
    mends: Vec<Mend>,
}

impl<'a> Visitor<'a> for Search<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        self.depth += 1;
        match statement {
            Stmt::FunctionDef(function) => {
                // What decorates a function may read its docstring, and so may the base of a class.
                let is_plain = function.decorator_list.iter().all(|it| {
                    let name = it.expression.as_name_expr().map(|name| name.id.as_str());
                    matches!(name, Some("classmethod" | "property" | "staticmethod"))
                });
                if is_plain {
                    let described = self.described(&function.parameters);
                    let names = all_names(&function.parameters);
                    let summary = || function_summary(function);
                    let all = (&described[..], &names[..]);
                    self.mend(&function.body, Some(function), &summary, all);
                }
            }
            Stmt::ClassDef(class) if self.is_unread(class) => {
                let summary = || class_summary(class);
                self.mend(&class.body, None, &summary, (&[], &set_up(class)));
                self.remarks(&class.body);
            }
            _ => {}
        }
        walk_stmt(self, statement);
        self.depth -= 1;
    }
}

impl Search<'_> {
    /// Whether no decorator and no base of a class is known to read its docstring, or may do so.
    fn is_unread(&self, class: &ast::StmtClassDef) -> bool {
        let Some(arguments) = &class.arguments else {
            return class.decorator_list.is_empty();
        };
        let is_plain = |it: &Expr| {
            let name = &self.text[it.range()];
            PLAIN_BASES.contains(&name.rsplit('.').next().unwrap_or_default())
        };
        let named = arguments.keywords.is_empty() && arguments.args.iter().all(is_plain);
        class.decorator_list.is_empty() && named
    }

    /// Texts between the methods of a class are remarks on the next one: comments.
    fn remarks(&mut self, body: &[Stmt]) {
        for trio in body.windows(3) {
            let [before, Stmt::Expr(remark), Stmt::FunctionDef(_)] = trio else {
                continue;
            };
            let Expr::StringLiteral(literal) = &*remark.value else {
                continue;
            };
            // What stands below an attribute documents it.
            let is_of_attribute = before.is_assign_stmt() || before.is_ann_assign_stmt();
            let margin = self::before(self.text, literal);
            let Some((inner, _)) = plain_literal(self.text, literal) else {
                continue;
            };
            if is_of_attribute || !margin.trim().is_empty() || inner.contains('\\') {
                continue;
            }
            let lines = inner.lines().map(str::trim).filter(|it| !it.is_empty());
            let lines: Vec<String> = lines.map(|it| format!("# {it}")).collect();
            if !lines.is_empty() {
                self.mends
                    .push((literal.range(), lines.join(&format!("\n{margin}"))));
            }
        }
    }

    /// The parameters, each with what is known of it: what settings and other docstrings say, else what its name says or
    /// what it is unless given.
    fn described<'p>(&self, parameters: &'p ast::Parameters) -> Vec<(&'p str, String)> {
        let listed = parameters.iter_non_variadic_params();
        let own = listed.filter(|it| !["self", "cls"].contains(&it.name().as_str()));
        own.filter_map(|it| {
            let name = it.name().as_str();
            let words: Vec<&str> = name.split('_').collect();
            let meaning = self.known.get(name).cloned().or_else(|| {
                let is_readable = words.iter().all(|it| is_word(it));
                let spoken = || format!("The {}.", words.join(" "));
                let default = it.default.as_deref().map(|it| &self.text[it.range()]);
                let usual = || default.map(|it| format!("`{it}` unless given."));
                is_readable.then(spoken).or_else(usual)
            });
            let kind = || kind_of(it.annotation().map(|it| &self.text[it.range()]));
            (!name.starts_with('_')).then(|| (name, meaning.unwrap_or_else(kind)))
        })
        .collect()
    }

    fn mend(
        &mut self,
        body: &[Stmt],
        function: Option<&ast::StmtFunctionDef>,
        summary: &dyn Fn() -> String,
        (parameters, names): (&[(&str, String)], &[&str]),
    ) {
        let Some(Stmt::Expr(ast::StmtExpr { value, .. })) = body.first() else {
            return;
        };
        let Expr::StringLiteral(literal) = &**value else {
            return;
        };
        let Some((inner, quote)) = plain_literal(self.text, literal) else {
            return;
        };
        let before = before(self.text, literal);
        if !before.trim().is_empty() || inner.contains("\"\"\"") || inner.ends_with(['"', '\\']) {
            return;
        }
        // In a string of one line `\n` is written, not a line.
        if quote.len() == 1 && inner.contains('\\') {
            return;
        }
        let room = WIDTH.saturating_sub(4 * self.depth + 6);
        // The table of a class is about what sets up an instance.
        let own: Vec<&str> = function.map_or_else(
            || names.to_vec(),
            |it| it.parameters.iter().map(|it| it.name().as_str()).collect(),
        );
        let informal = in_convention(inner, before, &own);
        let inner = informal.as_deref().unwrap_or(inner);
        let shifted = below_titles(inner, before);
        let inner = shifted.as_deref().unwrap_or(inner);
        let converted = sections::google(inner, before);
        let converted = converted
            .or_else(|| shifted.clone())
            .or_else(|| informal.clone());
        let google = converted.as_deref().unwrap_or(inner);
        let names = if function.is_some() { names } else { &[] };
        let completed = sections::completed(google, before, parameters, names);
        let converted = completed.or(converted);
        let headed = headed(summary, converted.as_deref().unwrap_or(inner), before);
        let converted = headed.or(converted);
        let inner = converted.as_deref().unwrap_or(inner);
        let rewritten =
            rewritten(inner, before, room).or_else(|| below_its_beginning(inner, before, room));
        let kept = converted
            .as_ref()
            .map(|it| format!("{}\n{before}", it.trim_end()));
        if let Some(text) = rewritten.or(kept) {
            let text = format!("\"\"\"{text}\"\"\"");
            let range = literal.range();
            if text != self.text[usize::from(range.start())..usize::from(range.end())] {
                self.mends.push((range, text));
            }
        }
    }
}

/// The parameters of what sets up an instance.
fn set_up(class: &ast::StmtClassDef) -> Vec<&str> {
    let mut methods = class.body.iter().filter_map(Stmt::as_function_def_stmt);
    let found = methods.find(|it| it.name.as_str() == "__init__");
    found
        .map(|it| all_names(&it.parameters))
        .unwrap_or_default()
}

/// A docstring that begins with a section, under a summary: who looks the function up reads that first.
fn headed(summary: &dyn Fn() -> String, inner: &str, indentation: &str) -> Option<String> {
    let text = inner.trim();
    let title = text.lines().next()?.trim_end().strip_suffix(':')?;
    let is_section = ["Args", "Raises", "Returns", "Yields"].contains(&title);
    is_section.then(|| format!("{}\n\n{indentation}{text}\n{indentation}", summary()))
}

/// What a parameter is whose name is no word, by its type.
fn kind_of(annotation: Option<&str>) -> String {
    let ty = annotation.unwrap_or_default();
    let name = ty.split('[').next().unwrap_or_default();
    let noun = match name.rsplit('.').next().unwrap_or_default() {
        "float" | "float64" | "complex" => "number",
        "int" | "int64" => "whole number",
        "str" => "text",
        "bool" => "truth value",
        "ndarray" => "array",
        "DataFrame" => "table",
        "Series" => "series",
        "dict" => "dictionary",
        "list" => "list",
        "set" => "set",
        "tuple" => "tuple",
        "Callable" => "function",
        "Path" => "path",
        "Tensor" => "tensor",
        _ => return "As the caller has it.".to_owned(),
    };
    let article = if noun == "array" { "An" } else { "A" };
    format!("{article} {noun}.")
}

/// All that a function takes by name; nothing where it takes whatever it is given.
fn all_names(parameters: &ast::Parameters) -> Vec<&str> {
    let is_closed = parameters.kwarg.is_none();
    let names = parameters.iter().filter(|_| is_closed);
    names.map(|it| it.name().as_str()).collect()
}

/// A docstring in its form; nothing where its summary does not fit on a line.
fn rewritten(inner: &str, indentation: &str, room: usize) -> Option<String> {
    let lines: Vec<&str> = inner.trim().lines().map(str::trim_end).collect();
    let end = lines
        .iter()
        .position(|line| line.is_empty())
        .unwrap_or(lines.len());
    let mut summary: Vec<&str> = lines[..end].iter().map(|line| line.trim()).collect();
    // Lists, fields and sections are no part of a summary.
    let begins_part = |line: &&str| {
        line.starts_with([':', '-', '*', '>', '@', '|', '+', '='])
            || line.ends_with(':')
            || UNDERLINED.contains(&line.trim_end_matches(':'))
    };
    let part = summary
        .iter()
        .skip(1)
        .position(begins_part)
        .map(|at| at + 1);
    let mut rest: Vec<String> = lines[part.unwrap_or(end)..]
        .iter()
        .map(|it| (*it).to_owned())
        .collect();
    summary.truncate(part.unwrap_or(end));
    if begins_part(summary.first()?) {
        return None;
    }
    let joined = summary.join(" ");
    let (first, more) = if joined.chars().count() > room {
        match joined.find(". ").filter(|at| *at < room) {
            Some(at) => (joined[..=at].to_owned(), joined[at + 2..].trim().to_owned()),
            None => parted(&joined, room)?,
        }
    } else {
        (joined, String::new())
    };
    let first = sentence(&first)?;
    if first.chars().count() > room {
        return None;
    }
    if !more.is_empty() {
        let mut paragraph = vec![String::new()];
        paragraph.extend(
            wrapped(&more, room)
                .into_iter()
                .map(|line| format!("{indentation}{line}")),
        );
        rest.splice(0..0, paragraph);
    } else if rest.first().is_some_and(|line| !line.is_empty()) {
        rest.insert(0, String::new());
    }
    while rest.last().is_some_and(|line| line.trim().is_empty()) {
        rest.pop();
    }
    if rest.is_empty() {
        return Some(first);
    }
    Some(format!("{first}\n{}\n{indentation}", rest.join("\n")))
}

/// A long sentence in two, where its last part on the line adds to what is said: `…, using a few iterations`.
fn parted(sentence: &str, room: usize) -> Option<(String, String)> {
    const ADDING: [&str; 12] = [
        "as",
        "based",
        "by",
        "computed",
        "for",
        "from",
        "given",
        "of",
        "using",
        "vectorized",
        "with",
        "without",
    ];
    let commas = sentence.match_indices(", ");
    let found = commas.filter(|(at, _)| {
        let next = sentence[at + 2..].split(' ').next().unwrap_or_default();
        (MIN_SUMMARY..room).contains(at) && ADDING.contains(&next) && is_whole(&sentence[..*at])
    });
    let (at, _) = found.last()?;
    let mut more = self::sentence(&sentence[at + 2..])?;
    if let Some(first) = more.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Some((format!("{}.", &sentence[..at]), more))
}

/// A summary that is cut off holds as many bytes at least.
const MIN_SUMMARY: usize = 30;

/// The author's text, whose first sentence is longer than a line, below what the sentence begins with.
fn below_its_beginning(inner: &str, indentation: &str, room: usize) -> Option<String> {
    let lines: Vec<&str> = inner.trim().lines().map(str::trim_end).collect();
    let end = lines.iter().position(|it| it.is_empty());
    let (first, rest) = lines.split_at(end.unwrap_or(lines.len()));
    let first: Vec<&str> = first.iter().map(|it| it.trim()).collect();
    let is_plain = |it: &&str| it.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_text = first.iter().all(is_plain) && !first.iter().any(|it| it.ends_with(':'));
    let whole = sentence(&first.join(" ")).filter(|_| is_text)?;
    let mut text = vec![beginning(&whole, room)?, String::new()];
    let paragraph = wrapped(&whole, room);
    text.extend(paragraph.iter().map(|it| format!("{indentation}{it}")));
    text.extend(rest.iter().map(|it| (*it).to_owned()));
    Some(format!("{}\n{indentation}", text.join("\n").trim_end()))
}

/// What a long sentence begins with, up to what only adds to it.
fn beginning(sentence: &str, room: usize) -> Option<String> {
    const ADDING: [&str; 12] = [
        " across ", " as ", " by ", " for ", " from ", " that ", " to ", " using ", " when ",
        " where ", " which ", " with ",
    ];
    let last = |words: &[&str]| {
        let found = words.iter().flat_map(|it| sentence.match_indices(it));
        let found = found.map(|(at, _)| at);
        found
            .filter(|at| (MIN_SUMMARY..room).contains(at) && is_whole(&sentence[..*at]))
            .max()
    };
    let at = last(&ADDING).or_else(|| last(&[" and "]))?;
    Some(format!("{}.", sentence[..at].trim_end_matches(',')))
}

/// Whether a text ends outside of its brackets and quotes.
fn is_whole(text: &str) -> bool {
    text.matches(['(', '[', '{']).count() == text.matches([')', ']', '}']).count()
        && text.matches(['`', '"']).count().is_multiple_of(2)
}

/// What begins a section of its own.
const UNDERLINED: &[&str] = &[
    "Args",
    "Arguments",
    "Attributes",
    "Example",
    "Examples",
    "Notes",
    "Parameters",
    "Raises",
    "References",
    "Returns",
    "See Also",
    "Yields",
];

/// A summary that begins with a capital and ends with a full stop.
fn sentence(text: &str) -> Option<String> {
    let mut text = text.trim().to_owned();
    let word = text.split(' ').next()?.trim_end_matches([',', '.', ':']);
    if word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase()) {
        text[..1].make_ascii_uppercase();
    }
    match text.chars().last()? {
        '.' | '!' | '?' => {}
        ':' | ',' | ';' | '-' | '\\' => return None,
        _ => text.push('.'),
    }
    Some(text)
}

fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if lines[last].is_empty() {
            lines[last].push_str(word);
        } else if lines[last].chars().count() + 1 + word.chars().count() <= room {
            lines[last].push(' ');
            lines[last].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::mended;
    use super::mends;

    fn check(docstring: &str, expected: &str) {
        let function = |text: &str| format!("def f():\n    {text}\n    return 1\n");
        let mends = |text: &str| mends(text, &BTreeMap::new());
        assert_eq!(mended(&function(docstring), mends), function(expected));
    }

    #[test]
    fn the_summary_is_a_sentence_on_the_first_line() {
        check(
            "\"\"\"\n    fit the model\n    \"\"\"",
            "\"\"\"Fit the model.\"\"\"",
        );
        check("'get the rows'", "\"\"\"Get the rows.\"\"\"");
        check(
            "\"\"\"Read the\n    rows\n\n    of a table\n    \"\"\"",
            "\"\"\"Read the rows.\n\n    of a table\n    \"\"\"",
        );
        check(
            "\"\"\"\n    Fit.\n    :param x: data\n    \"\"\"",
            "\"\"\"Fit.\n\n    Args:\n        x: data.\n    \"\"\"",
        );
    }

    #[test]
    fn classes_whose_bases_read_no_docstring_are_in_the_form_too() {
        let code = |base: &str, docstring: &str| format!("class A({base}):\n    {docstring}\n");
        let mend = |base: &str| {
            let text = code(base, "\"\"\"A net\"\"\"");
            mended(&text, |text| mends(text, &BTreeMap::new()))
        };
        assert_eq!(mend("nn.Module"), code("nn.Module", "\"\"\"A net.\"\"\""));
        for base in ["BaseModel", "nn.Module, metaclass=M", "Own"] {
            assert_eq!(mend(base), code(base, "\"\"\"A net\"\"\""));
        }
    }

    #[test]
    fn a_sentence_that_is_longer_than_a_line_stands_below_its_beginning() {
        check(
            "\"\"\"Project the velocity field to be approximately mass-conserving,\n    using a few iterations of the method of Gauss and Seidel.\"\"\"",
            "\"\"\"Project the velocity field to be approximately mass-conserving.\n\n    Using a few iterations of the method of Gauss and Seidel.\n    \"\"\"",
        );
        check(
            "\"\"\"\n    Expose model spec column names (of all) to scikit learn to allow column transforms later in the pipeline\n\n    More.\n    \"\"\"",
            "\"\"\"Expose model spec column names (of all) to scikit learn.\n\n    Expose model spec column names (of all) to scikit learn to allow column transforms later\n    in the pipeline.\n\n    More.\n    \"\"\"",
        );
    }

    #[test]
    fn tables_of_classes_are_about_what_sets_them_up_and_texts_between_methods_are_comments() {
        let check = |before: &str, after: &str| {
            assert_eq!(mended(before, |text| mends(text, &BTreeMap::new())), after);
        };
        check(
            "class Scaler:\n    \"\"\"\n    eta    -> the learning rate. being too big\n              can cause instability\n    n_iter -> this many passes.\n    \"\"\"\n\n    \"\"\"\n    this is the algorithm.\n    \"\"\"\n    def __init__(self, eta, n_iter):\n        \"\"\"Set it up.\"\"\"\n        self.eta = eta\n",
            "class Scaler:\n    \"\"\"A scaler.\n\n    Args:\n        eta: the learning rate. being too big can cause instability.\n        n_iter: this many passes.\n    \"\"\"\n\n    # this is the algorithm.\n    def __init__(self, eta, n_iter):\n        \"\"\"Set it up.\"\"\"\n        self.eta = eta\n",
        );
        let attribute = "class A:\n    \"\"\"An a.\"\"\"\n\n    x = 1\n    \"\"\"The x.\"\"\"\n    def f(self):\n        return 1\n";
        check(attribute, attribute);
    }

    #[test]
    fn sections_stand_under_a_summary() {
        let code = |docstring: &str| {
            format!("def simulate(speed, steps):\n    {docstring}\n    return speed * steps\n")
        };
        let text =
            code("\"\"\"\n    :param speed: how fast\n    :param steps: how far\n    \"\"\"");
        let expected = code(
            "\"\"\"Simulate `speed` and `steps`.\n\n    Args:\n        speed: how fast.\n        steps: how far.\n    \"\"\"",
        );
        assert_eq!(
            mended(&text, |text| mends(text, &BTreeMap::new())),
            expected
        );
    }

    #[test]
    fn what_is_no_summary_stays() {
        for text in [
            "\"\"\"Parameters:\n    x\n    \"\"\"",
            "'a\\nb'",
            "r\"\"\"\n    x\n    \"\"\"",
        ] {
            check(text, text);
        }
    }
}
