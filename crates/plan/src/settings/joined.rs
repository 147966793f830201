//! Paths that are put together: `os.path.join(DATA, "train.csv")`, `DATA / "train.csv"`, `f"{DATA}/train.csv"`.

use srcify_effects::{Callee, Effect, EffectGraph};
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Operator, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId};

use super::places::Place;
use super::{Candidate, Lifter, Spot};
use crate::Literal;
use crate::naming;
use crate::steps::{Step, constant_assignment};

/// The written-down end of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tail {
    /// What a setting takes the place of.
    pub range: TextRange,
    pub text: String,
    /// What stands around the setting there: `{` and `}` inside an f-string.
    pub around: (&'static str, &'static str),
    /// The whole path is written down.
    pub is_whole: bool,
}

/// The end of the path that an expression puts together.
pub(crate) fn tail(program: &Program, graph: &EffectGraph, expression: &Expr) -> Option<Tail> {
    let tail = match expression {
        Expr::Call(call) => of_call(program, graph, call),
        Expr::BinOp(operation) if operation.op == Operator::Div => {
            of_division(program, graph, operation)
        }
        Expr::BinOp(operation) if operation.op == Operator::Add => of_sum(program, operation),
        Expr::FString(string) => of_f_string(program, string),
        _ => None,
    };
    tail.filter(|it| is_path(&it.text))
}

/// The text of a path that is put together of literals alone.
pub(crate) fn whole(program: &Program, graph: &EffectGraph, expression: &Expr) -> Option<String> {
    tail(program, graph, expression)
        .filter(|it| it.is_whole)
        .map(|it| it.text)
}

/// Whether a text is the name of a file or folder, or several joined.
fn is_path(text: &str) -> bool {
    let is_plain = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '.' | '_' | '-' | '/' | ' ' | '(' | ')' | '+' | '=' | ',' | '@' | ':'
            )
    };
    text.len() <= 100
        && text.chars().all(is_plain)
        && text.contains(char::is_alphabetic)
        && !text.contains("//")
        && !text.starts_with('/')
        && !text.starts_with(' ')
}

fn of_call(program: &Program, graph: &EffectGraph, call: &ast::ExprCall) -> Option<Tail> {
    let joins = ["os.path.join", "posixpath.join", "pathlib.Path"];
    let facts = graph.call_at(call.range())?;
    let is_join = matches!(&facts.callee, Callee::Library(name) if joins.contains(&name.as_str()));
    let arguments = &call.arguments;
    if !is_join || !arguments.keywords.is_empty() || arguments.args.len() < 2 {
        return None;
    }
    let parts: Vec<&Expr> = arguments.args.iter().collect();
    trailing(program, &parts, ",", call.range())
}

fn of_division(program: &Program, graph: &EffectGraph, operation: &ast::ExprBinOp) -> Option<Tail> {
    let mut parts = vec![&*operation.right];
    let mut left = &*operation.left;
    while let Expr::BinOp(inner) = left
        && inner.op == Operator::Div
    {
        parts.push(&inner.right);
        left = &inner.left;
    }
    // `Path("data") / "train.csv"` is written down as a whole.
    let base = left.as_call_expr().filter(|call| {
        let facts = graph.call_at(call.range());
        facts.is_some_and(|it| it.callee == Callee::Library("pathlib.Path".to_owned()))
            && call.arguments.keywords.is_empty()
    });
    let base = base.map_or(left, |call| match &call.arguments.args[..] {
        [one @ Expr::StringLiteral(_)] => one,
        _ => left,
    });
    parts.push(base);
    parts.reverse();
    trailing(program, &parts, "/", operation.range)
}

/// The literals at the end of the parts of a path.
fn trailing(program: &Program, parts: &[&Expr], separator: &str, range: TextRange) -> Option<Tail> {
    let texts: Vec<Option<&str>> = parts.iter().map(|part| text_of(part)).collect();
    if let Some(texts) = texts.iter().copied().collect::<Option<Vec<&str>>>()
        && is_joinable(&texts)
        && !program.text(range).contains('#')
    {
        return Some(Tail {
            range,
            text: texts.join("/"),
            around: ("", ""),
            is_whole: true,
        });
    }
    let last = parts.len() - 1;
    let mut first = last;
    while first > 1
        && let (Some(before), Some(text)) = (texts[first - 1], texts[first])
        && is_joinable(&[before, text])
    {
        let between = TextRange::new(parts[first - 1].end(), parts[first].start());
        if program.text(between).trim() != separator {
            break;
        }
        first -= 1;
    }
    let texts = texts[first..].iter().copied().collect::<Option<Vec<_>>>()?;
    Some(Tail {
        range: TextRange::new(parts[first].start(), parts[last].end()),
        text: texts.join("/"),
        around: ("", ""),
        is_whole: false,
    })
}

fn text_of(part: &Expr) -> Option<&str> {
    part.as_string_literal_expr().map(|it| it.value.to_str())
}

/// Whether parts of a path are one when slashes stand between them.
fn is_joinable(parts: &[&str]) -> bool {
    let (first, rest) = (parts.first(), parts.iter().skip(1));
    let is_plain = |part: &&str| !part.is_empty() && !part.ends_with('/');
    parts.iter().all(is_plain)
        && first.is_some_and(|it| *it != ".")
        && rest.into_iter().all(|part| !part.starts_with(['/', '.']))
}

/// `DATA + "/train.csv"`, where the left side is called a place.
fn of_sum(program: &Program, operation: &ast::ExprBinOp) -> Option<Tail> {
    let text = text_of(&operation.right)?;
    let left = program.text(operation.left.range()).to_lowercase();
    let is_place = ["dir", "path", "root", "folder", "base"]
        .iter()
        .any(|it| left.contains(it));
    let is_place = is_place || ends_a_folder(program, &operation.left);
    let is_name = text.starts_with(char::is_alphanumeric) && text.contains('.');
    let (text, around) = match text.strip_prefix('/') {
        Some(rest) => (rest, ("f\"/{", "}\"")),
        None if is_place && is_name => (text, ("", "")),
        None => return None,
    };
    is_plain_start(text).then(|| Tail {
        range: operation.right.range(),
        text: text.to_owned(),
        around,
        is_whole: false,
    })
}

/// Whether a variable is bound to a text that only a folder is: `DATA = "raw/"`.
fn ends_a_folder(program: &Program, left: &Expr) -> bool {
    let Expr::Name(name) = left else {
        return false;
    };
    let bound = program.units().iter().filter_map(|unit| {
        let (bound, value) = constant_assignment(program.statement(unit.id))?;
        (bound == name.id.as_str()).then(|| value.as_string_literal_expr())
    });
    let mut bound = bound.map(|it| it.is_some_and(|it| is_closed_folder(it.value.to_str())));
    bound.next() == Some(true) && bound.all(|it| it)
}

/// Whether a text is a path that ends with the sign that separates folders.
pub(super) fn is_closed_folder(text: &str) -> bool {
    text.ends_with('/') && text.len() > 1 && is_path(text.trim_start_matches('/'))
}

fn is_plain_start(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn of_f_string(program: &Program, string: &ast::ExprFString) -> Option<Tail> {
    let [ast::FStringPart::FString(one)] = string.value.as_slice() else {
        return None;
    };
    let elements: Vec<_> = one.elements.iter().collect();
    let [.., before, last] = &elements[..] else {
        return None;
    };
    let is_url = elements
        .iter()
        .any(|it| it.as_literal().is_some_and(|it| it.value.contains("://")));
    let literal = last.as_literal()?;
    let is_after_value = before.as_literal().is_none();
    let rest = literal.value.strip_prefix('/')?;
    // What is written must be what is meant, without an escape.
    let is_raw = program.text(literal.range) == &*literal.value;
    (is_after_value && !is_url && is_raw && is_plain_start(rest)).then(|| Tail {
        range: TextRange::new(
            literal.range.start() + TextSize::new(1),
            literal.range.end(),
        ),
        text: rest.to_owned(),
        around: ("{", "}"),
        is_whole: false,
    })
}

/// The folder at the beginning of a path that an expression puts together: `out` in `f"out/{name}.csv"`.
pub(crate) fn head(program: &Program, expression: &Expr) -> Option<Tail> {
    match expression {
        Expr::FString(string) => {
            let [ast::FStringPart::FString(one)] = string.value.as_slice() else {
                return None;
            };
            let literal = one.elements.first()?.as_literal()?;
            let (folder, _) = literal.value.rsplit_once('/')?;
            // What is written must be what is meant, without an escape.
            let is_raw = program.text(literal.range) == &*literal.value;
            let end = literal.range.start() + TextSize::of(folder);
            (is_raw && is_folder(folder)).then(|| Tail {
                range: TextRange::new(literal.range.start(), end),
                text: folder.to_owned(),
                around: ("{", "}"),
                is_whole: false,
            })
        }
        Expr::BinOp(operation) if operation.op == Operator::Add => {
            let mut first = &*operation.left;
            while let Expr::BinOp(inner) = first
                && inner.op == Operator::Add
            {
                first = &inner.left;
            }
            let folder = text_of(first)?.strip_suffix('/')?;
            is_folder(folder).then(|| Tail {
                range: first.range(),
                text: folder.to_owned(),
                around: ("f\"{", "}/\""),
                is_whole: false,
            })
        }
        _ => None,
    }
}

/// Whether a text is a folder, and says more than where the program runs.
fn is_folder(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ' ');
    text.len() <= 100
        && text.chars().all(is_plain)
        && text.contains(char::is_alphabetic)
        && !text.contains("//")
        && !text.starts_with(' ')
}

impl Lifter<'_> {
    /// Finds the ends of paths that a statement puts together, beside those that it reads or writes itself.
    pub(super) fn joined(&mut self, step: &Step) {
        let statement = self.program.statement(step.unit);
        let mut search = Search(Vec::new());
        search.visit_stmt(statement);
        let target = constant_assignment(statement);
        let mut place: Option<Place> = None;
        for expression in search.0 {
            let is_value = target.is_some_and(|(_, value)| value.range() == expression.range());
            let is_join = match expression {
                Expr::Call(_) => true,
                Expr::BinOp(operation) => operation.op == Operator::Div,
                _ => false,
            };
            let Some(tail) = tail(self.program, self.graph, expression) else {
                continue;
            };
            let is_certain = is_join || (is_value && names_file(&tail.text));
            let is_free = |it: &Candidate| {
                let range = it.place.map(|place| place.range);
                range
                    .is_none_or(|range| range.intersect(tail.range).is_none_or(TextRange::is_empty))
            };
            if is_certain && !tail.is_whole && self.found.iter().all(is_free) {
                let location = self.location(expression);
                let place = place
                    .get_or_insert_with(|| {
                        self.joined_place(step.unit, target.map(|(name, _)| name))
                    })
                    .clone();
                self.found.push(tail_candidate(tail, &place, location));
            }
        }
    }

    /// What a constant is the folder of: the concerns of the paths that it is the beginning of.
    pub(super) fn folder_of(&self, name: &str) -> Vec<String> {
        let mut sections: Vec<String> = Vec::new();
        for (unit, range) in self.lookup.loads(name) {
            let statement = self.program.statement(*unit);
            let mut search = Search(Vec::new());
            search.visit_stmt(statement);
            let begins = |it: &&&Expr| {
                let tail = tail(self.program, self.graph, it);
                it.range().contains_range(*range)
                    && tail.is_some_and(|tail| !tail.range.contains_range(*range))
            };
            let Some(joined) = search.0.iter().find(begins) else {
                continue;
            };
            let given = self.lookup.parameter(joined.range());
            let place = given
                .and_then(|(callee, parameter)| self.place(callee, parameter))
                .filter(|it| it.is_path)
                .map(|mut place| {
                    self.correct(&mut place, joined.range());
                    place
                });
            let target = constant_assignment(statement).map(|(name, _)| name);
            let place = place.unwrap_or_else(|| self.joined_place(*unit, target));
            if !sections.contains(&place.section) {
                sections.push(place.section);
            }
        }
        sections
    }

    /// The place of a path that a statement puts together: where its variable goes, else what the statement does.
    fn joined_place(&self, unit: UnitId, target: Option<&str>) -> Place {
        let loads = target.map_or(&[][..], |name| self.lookup.loads(name));
        let mut places = loads.iter().filter_map(|(_, range)| {
            let (callee, parameter) = self.lookup.parameter(*range)?;
            let mut place = self.place(callee, parameter).filter(|it| it.is_path)?;
            self.correct(&mut place, *range);
            Some(place)
        });
        let first = places.next();
        let by_method = target.and_then(|name| self.section_by_method(name));
        let is_written = self.graph.units[unit.index()]
            .effects
            .contains(Effect::WriteFile)
            || by_method == Some("output")
            || target.is_some_and(|name| {
                self.section_by_use(name, &Literal::Str(String::new())) == "output"
            });
        first.unwrap_or_else(|| super::places::file_place("open", is_written, !is_written))
    }
}

/// The setting for the end of a path.
pub(super) fn tail_candidate(tail: Tail, place: &Place, location: String) -> Candidate {
    let file = tail.text.rsplit('/').next().unwrap_or(&tail.text);
    let kind = if names_file(file) { "file" } else { "folder" };
    let stem = file.split('.').next().unwrap_or(file);
    let stem = naming::slug(&naming::snake(stem));
    let is_usable = !stem.is_empty() && stem.is_ascii() && stem.len() <= 32;
    let stem = if is_usable { stem } else { "data".to_owned() };
    let what = match place.description.split_once(" that ") {
        Some((what, _)) if kind == "file" => what.to_owned(),
        _ => naming::sentence(kind).trim_end_matches('.').to_owned(),
    };
    let description = match naming::file_noun(&tail.text) {
        Some(noun) => format!(
            "{what} of the {}, in its folder.",
            naming::content_words(&noun)
        ),
        None if kind == "folder" && place.section == "output" => {
            "Folder that the results go to, in its parent folder.".to_owned()
        }
        None if kind == "folder" => "Folder of the files, in its parent folder.".to_owned(),
        None => format!("{what}, in its folder."),
    };
    Candidate {
        section: place.section.clone(),
        field: naming::field(&format!("{stem}_{kind}")),
        alternatives: Vec::new(),
        variable: None,
        place: Some(Spot {
            range: tail.range,
            around: tail.around,
        }),
        location: Some(location),
        class: None,
        value: Literal::Str(tail.text),
        is_list: false,
        is_path: false,
        comment: None,
        description,
        bounds: Vec::new(),
        annotation: None,
    }
}

/// Whether a path ends in a file name with an extension.
pub(crate) fn names_file(text: &str) -> bool {
    let file = text.rsplit('/').next().unwrap_or(text);
    file.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=8).contains(&extension.len())
            && extension.chars().all(char::is_alphanumeric)
            && extension.contains(char::is_alphabetic)
    })
}

/// Expressions that may put a path together, the outer before the inner.
struct Search<'a>(Vec<&'a Expr>);

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if matches!(
            expression,
            Expr::Call(_) | Expr::BinOp(_) | Expr::FString(_)
        ) {
            self.0.push(expression);
        }
        walk_expr(self, expression);
    }
}

#[cfg(test)]
mod tests {
    use srcify_effects::{Catalog, analyze};

    use super::{Tail, head, tail};
    use crate::steps::constant_assignment;

    fn found(expression: &str) -> Option<Tail> {
        let text = format!("import os\nfrom pathlib import Path\nx = {expression}\n");
        let source = srcify_syntax::read("a.py".into(), text.as_bytes()).ok()?;
        let program = srcify_syntax::parse(source.output).output;
        let catalog = Catalog::for_libraries(["os", "pathlib"]);
        let graph = analyze(&program, &catalog, &|_| None);
        let last = program.units().last()?;
        let (_, value) = constant_assignment(program.statement(last.id))?;
        let tail = tail(&program, &graph, value)?;
        // Of the range, only what it holds matters.
        assert!(program.text(tail.range).len() < expression.len() + 1);
        Some(tail)
    }

    #[test]
    fn the_folder_that_a_path_begins_with_is_found() {
        for (expression, expected) in [
            ("f'out/{name}.csv'", Some(("out", ("{", "}")))),
            ("f'data/raw/part_{i}.csv'", Some(("data/raw", ("{", "}")))),
            ("'out/' + name + '.csv'", Some(("out", ("f\"{", "}/\"")))),
            ("f'{base}/out/{name}.csv'", None),
            ("f'https://a.org/{name}.csv'", None),
            ("f'./{name}.csv'", None),
            ("f'part_{i}.csv'", None),
            ("'out/part_' + name", None),
        ] {
            let source =
                srcify_syntax::read("a.py".into(), format!("x = {expression}\n").as_bytes());
            let program = srcify_syntax::parse(source.unwrap().output).output;
            let (_, value) = constant_assignment(program.statement(program.units()[0].id)).unwrap();
            let found = head(&program, value);
            let told = found.as_ref().map(|it| (it.text.as_str(), it.around));
            assert_eq!(told, expected, "{expression}");
        }
    }

    #[track_caller]
    fn check(expression: &str, text: &str, around: (&str, &str), is_whole: bool) {
        let tail = found(expression);
        let told = tail
            .as_ref()
            .map(|it| (it.text.as_str(), it.around, it.is_whole));
        assert_eq!(told, Some((text, around, is_whole)), "{expression}");
    }

    #[test]
    fn the_end_of_a_path_is_found() {
        let plain = ("", "");
        check("os.path.join(base, 'a.csv')", "a.csv", plain, false);
        check(
            "os.path.join(base, 'raw', 'a.csv')",
            "raw/a.csv",
            plain,
            false,
        );
        check("os.path.join(base, name, 'a.csv')", "a.csv", plain, false);
        check("base / 'a.csv'", "a.csv", plain, false);
        check("base / 'raw' / 'a.csv'", "raw/a.csv", plain, false);
        check("f'{base}/a.csv'", "a.csv", ("{", "}"), false);
        check("base + '/a.csv'", "a.csv", ("f\"/{", "}\""), false);
        check("base_dir + 'a.csv'", "a.csv", plain, false);
    }

    #[test]
    fn a_path_of_literals_is_one() {
        check(
            "os.path.join('data', 'a.csv')",
            "data/a.csv",
            ("", ""),
            true,
        );
        check(
            "Path('data') / 'raw' / 'a.csv'",
            "data/raw/a.csv",
            ("", ""),
            true,
        );
    }

    #[test]
    fn what_is_no_path_or_no_plain_one_is_left() {
        for expression in [
            "os.path.join(base, '*.csv')",
            "os.path.join(base, name)",
            "base / 2",
            "base / '/etc/passwd' / name",
            "f'{base}_a.csv'",
            "f'https://{host}/a.csv'",
            "f'{base}/a{{}}.csv'",
            "word + 'a.csv'",
            "a + '\\n'",
        ] {
            assert_eq!(found(expression), None, "{expression}");
        }
    }
}
