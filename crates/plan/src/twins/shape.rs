//! The text of a function in which names of its variables stand for nothing but each other.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_keyword, walk_parameter, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize, snippet};

use crate::names::identifiers;

/// Columns of a line, as the files are written.
const WIDTH: u16 = 100;

/// Words of texts and calls that look up variables by name, or show them.
const LOOKING: &[&str] = &[
    "dir",
    "dmatrices",
    "dmatrix",
    "eval",
    "exec",
    "formula",
    "from_formula",
    "globals",
    "locals",
    "query",
    "smf",
    "sql",
    "vars",
];

/// A constant that a call is given by name: `angle=190`.
pub(super) struct Constant {
    range: TextRange,
    /// `angle`
    pub name: String,
    /// `190`
    pub text: String,
    /// `int`
    pub kind: &'static str,
}

impl Constant {
    fn of(keyword: &ast::Keyword, text: &str) -> Option<Self> {
        let name = keyword.arg.as_ref()?.to_string();
        let range = keyword.value.range();
        let kind = match &keyword.value {
            Expr::NumberLiteral(it) if it.value.is_int() => "int",
            Expr::NumberLiteral(it) if it.value.is_float() => "float",
            Expr::StringLiteral(it) if !it.value.is_implicit_concatenated() => "str",
            Expr::BooleanLiteral(_) => "bool",
            _ => return None,
        };
        Some(Self {
            range,
            name,
            text: text[range].to_owned(),
            kind,
        })
    }
}

/// A function of ours.
pub(super) struct Shape {
    text: String,
    /// Where its name stands.
    name: TextRange,
    /// Where its docstring stands.
    docstring: TextRange,
    /// What stands between that and its first statement.
    gap: TextRange,
    /// Where its variables stand, and which they are.
    places: Vec<(TextRange, usize)>,
    /// Its variables, in the order in which they are named; parameters first.
    pub names: Vec<String>,
    /// The annotations of its parameters.
    pub annotations: Vec<String>,
    /// Where its parameters end.
    signature: TextSize,
    /// Constants that are given by name to what it calls.
    pub constants: Vec<Constant>,
    /// Whether two may differ by those.
    pub is_open: bool,
    /// What else it names.
    pub others: BTreeSet<String>,
    /// Words in its texts.
    told: BTreeSet<String>,
    /// Something in it may look variables up by name.
    looks_up: bool,
}

impl Shape {
    /// That of one function with a docstring, where each name means the same everywhere in it.
    pub(super) fn of(text: &str) -> Option<Self> {
        let parsed = snippet(text);
        let [Stmt::FunctionDef(function)] = parsed.statements() else {
            return None;
        };
        let docstring = function.body.first()?.as_expr_stmt()?;
        docstring.value.as_string_literal_expr()?;
        if function.body.len() < 2 || !function.decorator_list.is_empty() {
            return None;
        }
        let mut search = Search::default();
        search.visit_parameters(&function.parameters);
        let parameters = search.bound.len();
        search.visit_body(&function.body[1..]);
        if search.is_odd || text.contains("=}") {
            return None;
        }
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut names: Vec<String> = Vec::new();
        let mut places = Vec::new();
        let mut others = BTreeSet::new();
        for (range, name) in &search.named {
            if !search.bound.contains(name) {
                others.insert((*name).to_owned());
                continue;
            }
            let number = *numbers.entry(name).or_insert_with(|| {
                names.push((*name).to_owned());
                names.len() - 1
            });
            places.push((*range, number));
        }
        let told = search.texts.iter().flat_map(|it| identifiers(it)).collect();
        let constants = search.keywords.iter();
        let constants: Vec<Constant> = constants.filter_map(|it| Constant::of(it, text)).collect();
        let all = identifiers(&text[usize::from(docstring.end())..]);
        let list = function.parameters.iter_non_variadic_params();
        let annotations: Vec<String> = list
            .filter_map(|it| Some(text[it.annotation()?.range()].to_owned()))
            .collect();
        (annotations.len() == parameters).then(|| Self {
            text: text.to_owned(),
            name: function.name.range(),
            docstring: docstring.range(),
            gap: TextRange::new(docstring.end(), function.body[1].start()),
            places,
            names,
            annotations,
            signature: function.parameters.end() - TextSize::new(1),
            constants,
            is_open: false,
            others,
            told,
            looks_up: LOOKING.iter().any(|it| all.contains(*it)) || text.contains('~'),
        })
    }

    /// The text without blanks, to find others that may be the same.
    pub(super) fn key(&self) -> String {
        let text = self.numbered();
        let letters = text.chars().filter(|it| !it.is_whitespace());
        letters
            .map(|it| if it == '\'' { '"' } else { it })
            .collect()
    }

    /// Whether two functions do the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let formatted = |it: &Self| srcify_syntax::format_module(&it.numbered(), WIDTH).ok();
        let pairs = self.names.iter().zip(&other.names);
        let (own, its): (BTreeSet<&String>, BTreeSet<&String>) =
            pairs.filter(|(own, its)| own != its).unzip();
        let is_told = own.iter().any(|it| self.told.contains(*it))
            || its.iter().any(|it| other.told.contains(*it));
        let may_be_looked_up = self.looks_up && !own.is_empty();
        let text = formatted(self);
        !is_told && !may_be_looked_up && text.is_some() && text == formatted(other)
    }

    /// The text with numbers for variables, and without words.
    fn numbered(&self) -> String {
        let mut edits: Vec<(TextRange, String)> = self
            .places
            .iter()
            .map(|(range, number)| (*range, format!("variable_{number}")))
            .collect();
        edits.push((self.name, "function".to_owned()));
        edits.push((self.docstring, "\"\"\"\"\"\"".to_owned()));
        edits.push((self.gap, "\n    ".to_owned()));
        if self.is_open {
            let constants = self.constants.iter();
            edits.extend(constants.map(|it| (it.range, format!("constant_{}", it.kind))));
        }
        edited(&self.text, edits)
    }

    /// The comment above its first statement, in lines without indentation.
    pub(super) fn comment(&self) -> Vec<&str> {
        let lines = self.text[self.gap].lines().map(str::trim);
        lines.filter(|it| it.starts_with('#')).collect()
    }

    /// The text with these names for the function and its variables.
    pub(super) fn written(
        &self,
        name: &str,
        docstring: Option<&str>,
        names: &[String],
        (given, keeps_comment): (&[Given], bool),
    ) -> String {
        let mut edits: Vec<(TextRange, String)> = self
            .places
            .iter()
            .map(|(range, number)| (*range, names[*number].clone()))
            .collect();
        edits.push((self.name, name.to_owned()));
        edits.extend(docstring.map(|it| (self.docstring, crate::job::docstring(it))));
        for it in given {
            let before = &self.text[..usize::from(self.signature)];
            let before = separator(before, self.annotations.is_empty());
            let parameter = format!("{before}{}: {}", it.name, it.annotation);
            edits.push((TextRange::empty(self.signature), parameter));
            edits.push((self.constants[it.at].range, it.name.clone()));
        }
        if !keeps_comment {
            edits.push((self.gap, "\n    ".to_owned()));
        }
        edited(&self.text, edits)
    }

    /// The docstring as it is.
    pub(super) fn docstring(&self) -> &str {
        let text = &self.text[self.docstring];
        text.trim_start_matches(['r', '"']).trim_end_matches('"')
    }
}

/// A parameter that constants become by which functions differ.
pub(super) struct Given {
    /// Which of the constants.
    pub at: usize,
    pub name: String,
    pub annotation: String,
}

/// What stands between the text of a list and one more of it.
pub(super) fn separator(before: &str, is_empty: bool) -> &'static str {
    match is_empty {
        true => "",
        false if before.trim_end().ends_with(',') => " ",
        false => ", ",
    }
}

/// A text with replacements.
pub(super) fn edited(text: &str, mut edits: Vec<(TextRange, String)>) -> String {
    edits.sort_by_key(|it| it.0.start());
    let mut written = String::new();
    let mut at = 0;
    for (range, new) in edits {
        written.push_str(&text[at..usize::from(range.start())]);
        written.push_str(&new);
        at = range.end().into();
    }
    written.push_str(&text[at..]);
    written
}

/// The names in a function.
#[derive(Default)]
struct Search<'a> {
    bound: BTreeSet<&'a str>,
    named: Vec<(TextRange, &'a str)>,
    texts: Vec<&'a str>,
    keywords: Vec<&'a ast::Keyword>,
    /// A name may mean something else in a part of it, or stand where we do not look.
    is_odd: bool,
}

impl<'a> Visitor<'a> for Search<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        self.is_odd |= matches!(
            statement,
            Stmt::FunctionDef(_)
                | Stmt::ClassDef(_)
                | Stmt::Global(_)
                | Stmt::Nonlocal(_)
                | Stmt::Match(_)
                | Stmt::Try(_)
                | Stmt::Import(_)
                | Stmt::ImportFrom(_)
                | Stmt::TypeAlias(_)
        );
        walk_stmt(self, statement);
    }

    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        let name = parameter.name.as_str();
        self.bound.insert(name);
        self.named.push((parameter.name.range(), name));
        walk_parameter(self, parameter);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => {
                if !name.ctx.is_load() {
                    self.bound.insert(name.id.as_str());
                }
                self.named.push((name.range(), name.id.as_str()));
            }
            Expr::StringLiteral(it) => self.texts.push(it.value.to_str()),
            _ => {}
        }
        walk_expr(self, expression);
    }

    fn visit_keyword(&mut self, keyword: &'a ast::Keyword) {
        self.keywords.push(keyword);
        walk_keyword(self, keyword);
    }
}
