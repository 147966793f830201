//! The author's words above statements: headings, prose and comments, made into titles.

use srcify_syntax::{CellKind, Program, TextRange, UnitId};

use super::numbers::without_number;
use super::prose::told_in_prose;
use super::shortened::shortened;
use super::verbs::{DISPLAY_VERBS, verb_of_word};
use super::{sentence, snake};

/// What the author says about some statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Title {
    /// One sentence without its final stop, of a length that fits a docstring's first line.
    pub text: String,
    /// Whether it begins with a verb: "Split the customers".
    pub is_imperative: bool,
}

impl Title {
    /// Whether it says more than a word of a heading does: "Split" is a name, and no sentence.
    pub(crate) fn says_more(&self) -> bool {
        self.text.split_whitespace().count() > 1
    }

    /// Whether it tells of what statements do whose main call does `verb`.
    pub(crate) fn tells_of(&self, verb: &str) -> bool {
        let first = self.text.split_whitespace().next().unwrap_or_default();
        let own = verb_of_word(&first.to_lowercase());
        own.is_some_and(|own| match verb {
            "fit" | "tune" => matches!(own, "fit" | "train" | "tune" | "optimize"),
            _ => own == verb,
        })
    }

    /// Whether a function of the domain that does `verb` can have this title: it neither reads nor writes.
    pub(crate) fn fits_domain(&self, verb: &str) -> bool {
        const ELSEWHERE: &[&str] = &["download", "export", "plot", "save", "upload", "write"];
        let mut later = self.text.split_whitespace().skip(1);
        if later.any(|it| ELSEWHERE.contains(&it)) {
            return false;
        }
        let first = self
            .text
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_lowercase();
        match verb_of_word(&first) {
            Some("save" | "write" | "export" | "download") => false,
            Some("load" | "read" | "fetch" | "get" | "collect") => {
                matches!(verb, "load" | "simulate" | "split")
            }
            _ => true,
        }
    }
}

/// Columns of a docstring's first line.
pub(super) const SUMMARY_WIDTH: usize = 86;

/// The comment or heading that a group of statements stands under, when it says what they do.
pub(crate) fn title(program: &Program, first: UnitId) -> Option<Title> {
    let unit = &program.units()[first.index()];
    let before = program.text(TextRange::new(unit.full_range.start(), unit.range.start()));
    comment_block(before)
        .and_then(|text| title_of(&text))
        .or_else(|| heading_title(program, unit.cell))
        .or_else(|| told_in_prose(program, unit.cell).filter(|it| it.is_imperative))
}

/// What the comments say that stand above statements, where they tell to do something.
pub(crate) fn told_in_comments(program: &Program, units: &[UnitId]) -> Vec<Title> {
    let title = |id: &UnitId| {
        let unit = &program.units()[id.index()];
        let before = TextRange::new(unit.full_range.start(), unit.range.start());
        title_of(&comment_block(program.text(before))?)
    };
    let titles = units.iter().filter_map(title);
    titles.filter(|it| it.is_imperative).collect()
}

/// Several things that are done one after the other, as one title: "Split the data, scale it and fit a model".
pub(crate) fn together(titles: &[Title]) -> Option<Title> {
    let small = |title: &Title| {
        let mut characters = title.text.chars();
        let first: String = characters
            .next()
            .into_iter()
            .flat_map(char::to_lowercase)
            .collect();
        first + characters.as_str()
    };
    let (last, before) = titles.split_last()?;
    let is_plain =
        |it: &Title| !it.text.contains([',', ';', ':', '.']) && !it.text.contains(" and ");
    let before: Vec<String> = before.iter().map(small).collect();
    let text = format!("{} and {}", before.join(", "), small(last));
    let fits = text.chars().count() < SUMMARY_WIDTH && titles.iter().all(is_plain);
    fits.then(|| Title {
        text: sentence(&text).trim_end_matches('.').to_owned(),
        is_imperative: true,
    })
}

/// The heading above a cell, when it says what happens under it.
pub(crate) fn heading_title(program: &Program, cell: usize) -> Option<Title> {
    heading(program, cell)
        .filter(|text| !is_generic(text))
        .and_then(|text| title_of(&text))
}

/// The last paragraph of the comment lines right above a statement, as one line.
pub(crate) fn comment_block(before: &str) -> Option<String> {
    comment_paragraph(before).map(|(text, _)| text)
}

/// The same, and the byte at which its lines begin, with those that are drawn around it.
pub(crate) fn comment_paragraph(before: &str) -> Option<(String, usize)> {
    // What stands apart from the statement is no word about it alone.
    if before.ends_with("\n\n") {
        return None;
    }
    let mut lines: Vec<&str> = Vec::new();
    let mut start = before.len();
    let mut end = before.len();
    for line in before.split_inclusive('\n').rev() {
        end -= line.len();
        let is_blank = line.trim().is_empty();
        let text = line.trim().trim_start_matches(['#', '%', '!', ':']).trim();
        let text = in_form(undecorated(text));
        let is_rule = !text.is_empty() && text.chars().all(|c| !c.is_alphanumeric());
        if !is_blank {
            start = end;
        }
        if is_rule {
            continue;
        }
        if text.is_empty() && !lines.is_empty() {
            break;
        }
        if !text.is_empty() {
            lines.push(text);
        }
    }
    lines.reverse();
    let text = lines.join(" ");
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (letters > 3 && !looks_like_code(&text)).then_some((text, start))
}

/// A line without what stands around it for the eye: `--- Load the data ---`, `### features ###`.
fn undecorated(line: &str) -> &str {
    let is_rule = |c: char| "#-=*~_".contains(c);
    let count = line.chars().take_while(|it| is_rule(*it)).count();
    let inner = line.trim_start_matches(is_rule);
    let is_decorated = count > 1 || line.starts_with('#') || inner.starts_with(' ');
    let start = if count > 0 && is_decorated {
        inner
    } else {
        line
    };
    let end = start.trim_end_matches(is_rule);
    let is_closed = start.len() - end.len() > 1 || end.ends_with(' ');
    if is_closed && !end.trim().is_empty() {
        end.trim()
    } else {
        start.trim()
    }
}

/// What a line of a Colab form says: `@title Load the data {display-mode: "form"}`.
fn in_form(line: &str) -> &str {
    let said = line
        .strip_prefix("@title")
        .or_else(|| line.strip_prefix("@markdown"));
    match said {
        Some(said) => said.split('{').next().unwrap_or(said).trim(),
        None if line.starts_with("@param") => "",
        None => line,
    }
}

/// Commented-out Python.
pub(crate) fn looks_like_code(text: &str) -> bool {
    let ends = text.ends_with([')', ':', ']', ',', '\\']) && text.contains(['(', '=', '[']);
    let assigns = text.split_once('=').is_some_and(|(name, _)| {
        let name = name.trim();
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || "_.[]'\"".contains(c))
    });
    let calls = text
        .split_once('(')
        .is_some_and(|(name, _)| name.contains('.') && !name.contains(' ') && !name.is_empty());
    let keyword = [
        "import ", "from ", "print(", "return ", "def ", "del ", "%", "type:", "noqa", "TODO",
        "FIXME",
    ]
    .iter()
    .any(|start| text.starts_with(start));
    ends || assigns || calls || keyword
}

/// The last heading of the markdown cells right above a cell.
pub(crate) fn heading(program: &Program, cell: usize) -> Option<String> {
    let texts = markdown_above(program, cell);
    let line = texts
        .iter()
        .flat_map(|text| text.lines().rev())
        .find(|line| line.starts_with('#'))
        .or_else(|| underlined(&texts))
        .or_else(|| {
            // A cell of one short line is a heading, whatever its form.
            let text = texts.first()?.trim();
            (!text.contains('\n') && text.len() < 60 && !text.ends_with(['.', ':'])).then_some(text)
        })?;
    if level(line) == 1 && has_title(program) {
        return None;
    }
    let text = line
        .trim_start_matches('#')
        .trim()
        .trim_matches(['*', '_', '`', '=', '-', ' ']);
    (!text.is_empty()).then(|| plain(text))
}

fn level(line: &str) -> usize {
    line.chars().take_while(|it| *it == '#').count()
}

/// Whether the one heading of the highest level is the title of all: others stand below it.
fn has_title(program: &Program) -> bool {
    let (mut highest, mut lower) = (0, 0);
    for cell in &program.source.cells {
        let is_prose = cell.kind == CellKind::Markdown && !cell.markdown.contains("```");
        for line in cell.markdown.lines().filter(|_| is_prose) {
            match level(line) {
                0 => {}
                1 => highest += 1,
                _ => lower += 1,
            }
            if highest > 1 {
                return false;
            }
        }
    }
    highest == 1 && lower > 0
}

/// A line that a row of signs underlines, as in reStructuredText.
fn underlined<'a>(texts: &[&'a str]) -> Option<&'a str> {
    let is_rule = |line: &str| {
        line.len() > 3
            && line
                .chars()
                .all(|c| matches!(c, '=' | '-' | '~' | '^' | '.' | '"' | '#'))
    };
    let text = texts.first()?;
    let lines: Vec<&str> = text.lines().collect();
    (1..lines.len())
        .rev()
        .find(|&at| is_rule(lines[at].trim()) && !lines[at - 1].trim().is_empty())
        .map(|at| lines[at - 1])
}

pub(super) fn markdown_above(program: &Program, cell: usize) -> Vec<&str> {
    program.source.cells[..cell]
        .iter()
        .rev()
        .take_while(|it| it.kind == CellKind::Markdown)
        .map(|it| it.markdown.as_str())
        .collect()
}

/// Markdown and reStructuredText without their signs.
pub(crate) fn plain(text: &str) -> String {
    let text = without_roles(text);
    let mut result = String::new();
    let mut depth = 0_u32;
    for character in text.chars() {
        match character {
            '`' | '*' | '$' => {}
            '(' if result.ends_with(']') => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            _ => result.push(character),
        }
    }
    let result = result.replace(['[', ']'], "");
    without_number(&result).trim().to_owned()
}

/// ``:class:`~sklearn.svm.SVC` `` is `SVC`.
fn without_roles(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(":`") {
        let role = rest[..at].rfind(':');
        let end = rest[at + 2..].find('`');
        let (Some(role), Some(end)) = (role, end) else {
            break;
        };
        let target = &rest[at + 2..at + 2 + end];
        let target = target.split('<').next().unwrap_or(target).trim();
        let name = match target.strip_prefix('~') {
            Some(path) => path.rsplit('.').next().unwrap_or(path),
            None => target,
        };
        result.push_str(&rest[..role]);
        result.push_str(name);
        rest = &rest[at + 3 + end..];
    }
    result.push_str(rest);
    result
}

/// The first sentence of a text as a title, when it says what is done.
pub(crate) fn title_of(said: &str) -> Option<Title> {
    let text = plain(said);
    let text = first_sentence(&text);
    let command = command(text);
    let is_imperative = command.is_some();
    if !is_imperative && said.contains("://") {
        // Where something was found: `Referenced: https://…`.
        return None;
    }
    let text = command.unwrap_or_else(|| text.to_owned());
    let text = shortened(&text, is_imperative)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.first()?.to_lowercase();
    let talks = TALK.contains(&first.trim_end_matches([',', ':', '.', '!']))
        || ["::", "->", "=>"].iter().any(|it| text.contains(it));
    let shows = words
        .iter()
        .take(2)
        .any(|word| DISPLAY_VERBS.contains(&word.to_lowercase().as_str()));
    let fits = (words.len() <= 8 || is_imperative) && !said.trim_end().ends_with('?');
    (!talks && !shows && fits && !text.contains(['\\', '{', '}'])).then(|| Title {
        text: sentence(&text).trim_end_matches('.').to_owned(),
        is_imperative,
    })
}

/// Words that begin sentences which tell rather than name what is done.
const TALK: &[&str] = &[
    "note", "this", "that", "these", "it", "here", "in", "as", "is", "are", "if", "when", "while",
    "because", "since", "there", "but", "so", "however", "you", "i", "we", "what", "why", "how",
    "although", "hence", "thus", "which", "where", "by", "and", "or", "not", "don't", "warning",
    "example", "todo", "fixme", "only", "another", "after", "before", "at", "on", "with",
    "without", "for", "from", "even", "they", "let", "let's", "lets", "do", "does", "was", "be",
    "should", "can", "could", "would", "will", "may", "might", "must", "also", "same", "see",
    "like", "unlike", "yes", "no", "ok",
];

/// Headings that stand over anything.
fn is_generic(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let generic = [
        "introduction",
        "setup",
        "set",
        "up",
        "results",
        "result",
        "conclusion",
        "conclusions",
        "example",
        "examples",
        "imports",
        "import",
        "discussion",
        "references",
        "overview",
        "notes",
        "summary",
        "data",
        "libraries",
        "preliminaries",
        "usage",
        "step",
        "part",
        "section",
        "quick",
        "start",
        "demo",
        "final",
        "basic",
        "import",
        "and",
    ];
    // "Uppgift 2a" is a number, too, in whatever language.
    let is_number = |word: &str| {
        let rest = word.trim_start_matches(|it: char| it.is_ascii_digit());
        rest.len() < word.len() && rest.len() < 2
    };
    let is_numbered = matches!(words[..], [_, number] if is_number(number));
    is_numbered
        || words
            .iter()
            .all(|word| generic.contains(word) || word.parse::<u32>().is_ok())
}

fn first_sentence(text: &str) -> &str {
    let mut end = text.len();
    for (at, _) in text.match_indices(['.', '!', '?', ':', ';']) {
        let after = text[at + 1..].chars().next();
        let before = text[..at].split_whitespace().last().unwrap_or_default();
        let is_abbreviation = matches!(
            before,
            "e.g" | "i.e" | "vs" | "etc" | "cf" | "resp" | "approx" | "Fig" | "no"
        );
        if after.is_none_or(char::is_whitespace) && !is_abbreviation {
            end = at;
            break;
        }
    }
    text[..end].trim()
}

/// A sentence as a command: "Next, we split the data" is "split the data".
fn command(text: &str) -> Option<String> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    // "To see it, we interpolate …": what follows the comma is what is done.
    if words
        .first()
        .is_some_and(|word| word.eq_ignore_ascii_case("to"))
        && let Some((_, rest)) = text.split_once(", ")
    {
        words = rest.split_whitespace().collect();
    }
    let skipped = |word: &str| {
        let word = word.to_lowercase();
        let word = word.trim_end_matches([',', ':']);
        LEADS.contains(&word)
    };
    let lead = words.iter().take_while(|word| skipped(word)).count();
    let words = &words[lead..];
    let first = words.first()?.trim_end_matches(',').to_lowercase();
    // "Loading the data": the verb itself.
    if first.ends_with("ing")
        && words.len() > 1
        && first != "using"
        && let Some(verb) = verb_of_word(&first)
        && !matches!(
            words[1].to_lowercase().as_str(),
            "and" | "of" | "&" | "with" | "data." | "set"
        )
    {
        return Some(format!("{verb} {}", words[1..].join(" ")));
    }
    if verb_of_word(&first) != Some(first.as_str()) || words.len() < 2 {
        return None;
    }
    // "Train data", "Test set", "Model selection": nouns.
    let second = words[1].to_lowercase();
    let is_noun = matches!(
        (first.as_str(), second.trim_end_matches('s')),
        (
            "train" | "test" | "sample" | "model" | "score",
            "data" | "set" | "size" | "row" | "selection" | "error" | "result" | "summary" | "fit"
        )
    );
    (!is_noun).then(|| words.join(" "))
}

/// What comes before the verb of a sentence that tells what is done.
const LEADS: &[&str] = &[
    "we",
    "let",
    "us",
    "let's",
    "lets",
    "first",
    "firstly",
    "next",
    "then",
    "now",
    "finally",
    "secondly",
    "second",
    "third",
    "will",
    "can",
    "could",
    "also",
    "again",
    "here",
    "and",
    "so",
    "to",
    "therefore",
    "thus",
    "i",
    "please",
    "would",
    "afterwards",
    "lastly",
    "just",
    "simply",
    "start",
    "by",
    "further",
];

/// The words of a title that a name may be made of: `RandomForest` as `random`, `forest`; none for other scripts.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let mut depth = 0_u32;
    let outside: String = text
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && *c != ')' && *c != '\'' && *c != '’'
        })
        .collect();
    let parts = outside.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    parts
        .filter(|part| !part.is_empty())
        .flat_map(|part| {
            snake(part)
                .split('_')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, bool)>) {
        let title = title_of(text);
        let found = title
            .as_ref()
            .map(|it| (it.text.as_str(), it.is_imperative));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_sentence_that_tells_what_is_done_becomes_a_command() {
        check(
            "We then train a :class:`~sklearn.svm.SVC` on the data.",
            Some(("Train a SVC on the data", true)),
        );
        check(
            "Next, let's split the customers",
            Some(("Split the customers", true)),
        );
        check(
            "To compare them, we can compute the scores.",
            Some(("Compute the scores", true)),
        );
    }

    #[test]
    fn numbers_of_headings_are_left_out_and_numbers_in_words_stay() {
        check("2.1 Small groups", Some(("Small groups", false)));
        for number in [
            "3)",
            "(3)",
            "Step 3:",
            "STEP 3 -",
            "b)",
            "(b)",
            "Part B:",
            "iv)",
            "Part 1. 2)",
        ] {
            check(
                &format!("{number} Small groups"),
                Some(("Small groups", false)),
            );
        }
    }

    #[test]
    fn what_decorates_a_comment_is_left_out() {
        for (comment, expected) in [
            ("# ### calendar features", "calendar features"),
            ("# --- Load the data ---", "Load the data"),
            ("#### Clean ####", "Clean"),
            ("# - remove the duplicates", "remove the duplicates"),
            ("# -1 marks what is missing", "-1 marks what is missing"),
            ("# _id names the rows", "_id names the rows"),
        ] {
            assert_eq!(comment_block(comment).as_deref(), Some(expected));
        }
    }

    #[test]
    fn the_title_of_all_names_no_step() {
        let headings = |text: &str| -> Vec<Option<String>> {
            let source = srcify_syntax::read("a.py".into(), text.as_bytes()).unwrap();
            let program = srcify_syntax::parse(source.output).output;
            let cells = program.units().iter().map(|it| it.cell);
            cells.map(|cell| heading(&program, cell)).collect()
        };
        let clean = Some("Clean".to_owned());
        let below =
            "# %% [markdown]\n# # Spam\n# %%\nx = 1\n# %% [markdown]\n# ## Clean\n# %%\ny = 2\n";
        assert_eq!(headings(below), [None, clean.clone()]);
        let equal = below.replace("##", "#");
        assert_eq!(headings(&equal), [Some("Spam".to_owned()), clean]);
    }

    #[test]
    fn what_is_also_written_is_no_work_of_the_domain() {
        let fits = |text: &str| title_of(text).unwrap().fits_domain("fit");
        assert!(!fits("Train a model for a bit and then save it to disk"));
        assert!(!fits("Save the model"));
        assert!(fits("Train a model for a bit"));
    }

    #[test]
    fn talk_is_no_title() {
        check("Note that this is slow", None);
        check("We see that the model is good", None);
        check("This computation is equivalent to simply calling", None);
    }

    #[test]
    fn what_shows_something_is_no_title_of_what_computes() {
        check("Plot feature importance", None);
        check("## Visualize the results", None);
    }

    #[test]
    fn a_heading_is_kept_as_it_is() {
        check(
            "Artificial data: two groups",
            Some(("Artificial data", false)),
        );
        check("Train data", Some(("Train data", false)));
    }

    #[test]
    fn a_comment_block_is_one_text_and_code_is_none() {
        assert_eq!(comment_block("# one\n# two\n").as_deref(), Some("one two"));
        assert_eq!(
            comment_block("# old\n#\n# the new one\n").as_deref(),
            Some("the new one")
        );
        assert_eq!(comment_block("# model = fit(x)\n"), None);
        assert_eq!(comment_block("# ------\n"), None);
    }

    #[test]
    fn long_sentences_end_with_a_clause() {
        let text = "Create a data set of one hundred thousand rows with many columns, which is then used to compare the models of both kinds";
        let title = title_of(text).unwrap();
        assert_eq!(
            title.text,
            "Create a data set of one hundred thousand rows with many columns"
        );
    }
}
