//! Literals that are secrets: they are read from the environment instead, and never written.

mod entries;
mod login;
mod pieces;
mod repetitions;

use std::collections::BTreeSet;

use srcify_effects::{
    environment_variable, find_secret, is_common_login, presume_secret, secrets_in,
    secrets_in_prose,
};
use srcify_syntax::ast::str::Quote;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt, StringFlags};
use srcify_syntax::stdlib::identifiers::is_identifier;
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId};

/// A secret in the input.
#[derive(Debug, Clone)]
pub(crate) struct FoundSecret {
    pub unit: UnitId,
    /// The literal, or the words of an f-string; `None` for a part of a longer string that an expression cannot replace.
    pub range: Option<TextRange>,
    /// The expression that stands there instead.
    pub replacement: String,
    /// The environment variable that takes its place.
    pub variable: String,
    /// What it is: `an API key`.
    pub description: &'static str,
    /// The secret itself, to keep it out of everything that is written.
    pub value: String,
    /// The texts that it is put together of, for the same purpose.
    pub parts: Vec<String>,
}

impl FoundSecret {
    /// Whether it is a word that means something else in other places: `root`, `admin`.
    pub(crate) fn is_word(&self) -> bool {
        let is_plain = self.value.chars().all(|c| c.is_ascii_lowercase());
        is_plain && (self.value.len() < 8 || is_common_login(&self.value))
    }
}

/// Finds the secrets of a program.
pub(crate) fn find(program: &Program) -> Vec<FoundSecret> {
    let mut keys = login::Keys::default();
    for unit in program.units() {
        keys.visit_stmt(program.statement(unit.id));
    }
    let mut finder = Finder {
        program,
        unit: UnitId(0),
        name: None,
        keys: keys.0,
        held: pieces::Held::of(program),
        found: Vec::new(),
    };
    for unit in program.units() {
        finder.unit = unit.id;
        finder.visit_stmt(program.statement(unit.id));
    }
    let mut found = finder.found;
    let values: BTreeSet<String> = found.iter().map(|it| it.value.clone()).collect();
    // `"Bearer …"` with a token that has a name of its own: the rest is none.
    found.retain(|it| {
        let mut others = values.iter().filter(|other| is_shorter(other, &it.value));
        !others.any(|other| !places_of(&it.value, other).is_empty())
    });
    let known = found.iter().filter(|it| !it.is_word());
    let known: Vec<FoundSecret> = known.cloned().collect();
    let mut repetitions = repetitions::Repetitions {
        program,
        known: &known,
        unit: UnitId(0),
        found,
    };
    for unit in program.units() {
        repetitions.unit = unit.id;
        repetitions.visit_stmt(program.statement(unit.id));
    }
    let mut found = repetitions.found;
    let replaced: Vec<FoundSecret> = found.clone();
    let is_replaced = |secret: &FoundSecret| {
        let same = |it: &FoundSecret| it.unit == secret.unit && it.value == secret.value;
        replaced.iter().any(|it| it.range.is_some() && same(it))
    };
    found.retain(|it| it.range.is_some() || !is_replaced(it));
    found
}

/// Whether a secret may be a part of another one, and is no short word that may stand anywhere.
fn is_shorter(secret: &str, other: &str) -> bool {
    (8..other.len()).contains(&secret.len())
}

/// Secrets that stand in comments, in markdown and in texts that only document: no code reads them, and no code loses
/// them, but nothing may repeat them.
pub(crate) fn in_prose(program: &Program) -> Vec<String> {
    let text = &program.source.text;
    let comments = program.comments().iter().map(|range| &text[*range]);
    let cells = program.source.cells.iter().map(|it| it.markdown.as_str());
    let mut documents = Documents(Vec::new());
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for unit in program.units() {
        documents.visit_stmt(program.statement(unit.id));
        names.extend(crate::timeline::names_in(program.statement(unit.id)));
    }
    let documents = documents.0.iter().copied();
    let mut found: Vec<String> = Vec::new();
    let prose: Vec<&str> = comments.chain(cells).chain(documents).collect();
    for secret in prose.iter().flat_map(|it| secrets_in_prose(it)) {
        // What code uses, too, is found there, or it is no secret.
        let count = |text: &str| text.matches(secret.as_str()).count();
        let is_in_code = count(text) > prose.iter().map(|it| count(it)).sum();
        if !is_in_code && !names.contains(secret.as_str()) && !found.contains(&secret) {
            found.push(secret);
        }
    }
    found
}

/// Texts that are statements: docstrings, and code that is put out of work.
struct Documents<'a>(Vec<&'a str>);

impl<'a> Visitor<'a> for Documents<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::Expr(it) = statement
            && let Expr::StringLiteral(text) = &*it.value
        {
            self.0.push(text.value.to_str());
        }
        walk_stmt(self, statement);
    }
}

/// What stands where a secret stood.
const REDACTED: &str = "<secret>";

/// `text` without the secrets, wherever they stand as whole words: in comments, in longer strings.
///
/// Redact before shortening: a part of a secret is not found.
pub fn redacted(text: &str, secrets: &[String]) -> String {
    let mut secrets: Vec<&String> = secrets.iter().collect();
    // One may be a part of another.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
        .into_iter()
        .filter(|secret| !secret.is_empty() && text.contains(secret.as_str()))
        .fold(text.to_owned(), |text, secret| redact(&text, secret))
}

/// [`redacted`] for Python, which stays Python: what prose takes for a secret may be a name of the code that we write
/// ourselves (`key=os.environ`), and a name in code is none.
pub fn redacted_python(text: &str, secrets: &[String]) -> String {
    let is_name = |secret: &&String| secret.split('.').all(is_identifier);
    let (names, others): (Vec<&String>, Vec<&String>) = secrets.iter().partition(is_name);
    let owned = |secrets: Vec<&String>| secrets.into_iter().cloned().collect::<Vec<String>>();
    let text = redacted(text, &owned(others));
    let names = owned(names);
    if !names.iter().any(|name| text.contains(name.as_str())) {
        return text;
    }
    let parsed = srcify_syntax::snippet(&text);
    if !parsed.is_valid() {
        return redacted(&text, &names);
    }
    let mut result = String::with_capacity(text.len());
    let mut at = TextSize::new(0);
    for range in parsed.texts() {
        result.push_str(&text[TextRange::new(at, range.start())]);
        result.push_str(&redacted(&text[range], &names));
        at = range.end();
    }
    result.push_str(&text[usize::from(at)..]);
    result
}

/// Text that is no Python, without what looks like a secret in it.
pub fn without_secrets(text: &str) -> String {
    redacted(text, &secrets_in(text))
}

/// Replaces `secret` where [`places_of`] finds it.
fn redact(text: &str, secret: &str) -> String {
    replaced(text, secret, REDACTED)
}

fn replaced(text: &str, secret: &str, by: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = 0;
    for (start, end) in places_of(text, secret) {
        result.push_str(&text[rest..start]);
        result.push_str(by);
        rest = end;
    }
    result.push_str(&text[rest..]);
    result
}

/// Where a secret stands and no letter or digit goes on before or after it: `postgres` is no part of `postgresql`.
fn places_of(text: &str, secret: &str) -> Vec<(usize, usize)> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut places = Vec::new();
    for (start, _) in text.match_indices(secret) {
        let end = start + secret.len();
        let goes_on = |outer: Option<char>, inner: Option<char>| {
            outer.is_some_and(is_word) && inner.is_some_and(is_word)
        };
        let is_part = goes_on(text[..start].chars().next_back(), secret.chars().next())
            || goes_on(text[end..].chars().next(), secret.chars().next_back());
        // A short one is a word of the language, too; a long one is a secret wherever it stands.
        if !is_part || secret.len() >= 16 {
            places.push((start, end));
        }
    }
    places
}

/// A value that any name of a secret makes a secret.
const TYPICAL: &str = "q7Zt4Lw9Xk2Vb8Rm";

/// Whether a name is one that secrets have, whatever is given to it.
pub(crate) fn names_secret(name: &str) -> bool {
    find_secret(Some(name), TYPICAL).is_some()
}

struct Finder<'p> {
    program: &'p Program,
    unit: UnitId,
    /// What the expression in progress is given to.
    name: Option<String>,
    /// Names of what is signed with.
    keys: BTreeSet<&'p str>,
    held: pieces::Held<'p>,
    found: Vec<FoundSecret>,
}

/// Text as it is written in an f-string, between double quotes.
fn in_f_string(text: &str) -> String {
    let quoted = crate::prints::quote(text);
    let within = &quoted[1..quoted.len() - 1];
    within.replace('{', "{{").replace('}', "}}")
}

/// How a secret stands in the code.
#[derive(Debug, Clone, Copy)]
enum Form {
    Text,
    Bytes,
    /// Part of an f-string: the quotes to use within its braces.
    Part(char),
}

impl Form {
    /// The expression that stands where the secret stood.
    fn reading(self, variable: &str) -> String {
        match self {
            Self::Text => format!("Secret(\"{variable}\").read()"),
            Self::Bytes => format!("Secret(\"{variable}\").read().encode()"),
            Self::Part(quote) => format!("{{Secret({quote}{variable}{quote}).read()}}"),
        }
    }
}

/// The quotes that may stand within the braces of an f-string.
fn quote_within(string: &ast::FString) -> char {
    match string.flags.quote_style() {
        Quote::Single => '"',
        Quote::Double => '\'',
    }
}

impl<'p> Finder<'p> {
    fn within(&mut self, name: Option<String>, expression: &'p Expr) {
        let password = name.as_deref().filter(|it| login::names_pair(it));
        if let Some(password) = password.and_then(|_| login::of_pair(expression)) {
            self.within(Some(login::PASSWORD.to_owned()), password);
        }
        let is_key = name.as_deref().is_some_and(|it| self.keys.contains(it));
        let name = match name {
            Some(_) if is_key => Some(login::SIGNING_KEY.to_owned()),
            name => name,
        };
        let outer = std::mem::replace(&mut self.name, name);
        self.visit_expr(expression);
        self.name = outer;
    }

    fn judge_text(&mut self, expression: &Expr) {
        if let Expr::StringLiteral(text) = expression {
            self.judge(text.value.to_str(), Some(text.range()), Form::Text);
        }
    }

    /// Judges the settings in a text.
    fn judge_entries(&mut self, text: &str) {
        for (name, value) in entries::entries(text) {
            if find_secret(Some(name), value).is_some() {
                let outer = self.name.replace(name.to_owned());
                self.judge(value, None, Form::Text);
                self.name = outer;
            }
        }
    }

    /// Judges the words of an f-string that stand outside of its braces: what is written there as it is can be replaced.
    fn judge_words(&mut self, string: &ast::FString) {
        let form = Form::Part(quote_within(string));
        for literal in string.elements.literals() {
            let written = self.program.text(literal.range);
            let is_plain = written == &*literal.value;
            let mut rest = 0;
            for word in literal.value.split_whitespace() {
                let start = rest + literal.value[rest..].find(word).unwrap_or_default();
                rest = start + word.len();
                let place = is_plain.then(|| {
                    let offset = |at: usize| literal.start() + TextSize::of(&written[..at]);
                    TextRange::new(offset(start), offset(rest))
                });
                self.judge(word, place, form);
            }
        }
    }

    /// Judges what a call is given, and what a function holds: the name around it is none of theirs.
    fn judge_inner(&mut self, expression: &'p Expr) {
        let outer = self.name.take();
        for (name, text) in expression
            .as_call_expr()
            .into_iter()
            .flat_map(login::given_to)
        {
            self.within(Some(name), text);
        }
        if let Some((call, key, value)) = login::fallback(expression) {
            // What replaces the secret reads that very variable.
            let mut known = self.found.iter_mut();
            let same = known.find(|it| it.range == Some(value) && it.variable == key);
            if let Some(secret) = same {
                secret.range = Some(call);
                self.name = outer;
                return;
            }
        }
        walk_expr(self, expression);
        self.name = outer;
    }

    /// Whether literals are a secret together.
    fn judge_together(&mut self, sum: &Expr) -> bool {
        let known = self.found.len();
        let texts = texts_of(sum).unwrap_or_default();
        if !texts.is_empty() {
            self.judge(&texts.concat(), Some(sum.range()), Form::Text);
        }
        let Some(secret) = self.found.get_mut(known) else {
            return false;
        };
        // Short words may stand anywhere.
        let long = texts.into_iter().filter(|it| it.len() > 4);
        secret.parts = long.map(str::to_owned).collect();
        true
    }

    /// One variable holds one secret: another one of that name gets a number.
    fn variable_for(&self, value: &str, wanted: &str) -> String {
        let is_free = |variable: &String| {
            let mut known = self.found.iter().filter(|it| it.variable == *variable);
            known.all(|it| it.value == value)
        };
        let numbered = (2..).map(|number| format!("{wanted}_{number}"));
        std::iter::once(wanted.to_owned())
            .chain(numbered)
            .find(is_free)
            .expect("there is always another number")
    }

    fn judge(&mut self, value: &str, range: Option<TextRange>, form: Form) {
        // What stands where a password is given was judged as that.
        let is_judged = |it: &FoundSecret| range.is_some() && it.range == range;
        if self.found.iter().any(is_judged) {
            return;
        }
        let name = self.name.as_deref();
        // A name that promises a secret is believed, though the value may be a placeholder: the package reads it from
        // the environment either way.
        let by_name = || {
            let is_word = value.len() >= 8 && !value.contains(char::is_whitespace);
            name.filter(|_| is_word)
                .and_then(|name| find_secret(Some(name), TYPICAL))
        };
        // The host may follow: `"postgresql://me:word@" + host`.
        let by_login = || {
            let login = value.ends_with('@').then(|| format!("{value}host"))?;
            find_secret(name, &login)
        };
        let by_header = || {
            name.filter(|it| login::is_header(it, value))?;
            find_secret(Some("access_token"), TYPICAL)
        };
        let found = find_secret(name, value).or_else(by_name);
        let found = found.or_else(by_login).or_else(by_header);
        let found = found.or_else(|| presume_secret(name, value));
        let Some(kind) = found else {
            return;
        };
        let variable = self.variable_for(value, &environment_variable(name, kind));
        self.found.push(FoundSecret {
            unit: self.unit,
            range,
            replacement: form.reading(&variable),
            variable,
            description: kind.description(),
            value: value.to_owned(),
            parts: Vec::new(),
        });
    }
}

/// The name of a target: `key`, `self.key`, `options["key"]`.
fn name_of(target: &Expr) -> Option<String> {
    match target {
        Expr::Name(name) => Some(name.id.to_string()),
        // `openai.api_key`: everybody calls that `OPENAI_API_KEY`.
        Expr::Attribute(ast::ExprAttribute { value, attr, .. })
            if attr.as_str() == "api_key"
                && value
                    .as_name_expr()
                    .is_some_and(|it| it.id.as_str() != "self") =>
        {
            let owner = value.as_name_expr()?;
            Some(format!("{}_{attr}", owner.id))
        }
        Expr::Attribute(attribute) => Some(attribute.attr.to_string()),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// The literals that a text is put together of: `"a" + "b"`.
fn texts_of(expression: &Expr) -> Option<Vec<&str>> {
    match expression {
        Expr::StringLiteral(text) => Some(vec![text.value.to_str()]),
        Expr::BinOp(sum) if sum.op == ast::Operator::Add => {
            let mut texts = texts_of(&sum.left)?;
            texts.extend(texts_of(&sum.right)?);
            Some(texts)
        }
        _ => None,
    }
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(ast::StmtAssign { targets, value, .. }) => {
                targets.iter().for_each(|target| self.visit_expr(target));
                self.within(targets.first().and_then(name_of), value);
            }
            Stmt::AnnAssign(ast::StmtAnnAssign {
                target,
                value: Some(value),
                ..
            }) => {
                self.within(name_of(target), value);
            }
            Stmt::Expr(it) if it.value.is_string_literal_expr() => self.judge_text(&it.value),
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_parameter(&mut self, _: &'a ast::Parameter) {}

    fn visit_parameters(&mut self, parameters: &'a ast::Parameters) {
        for parameter in parameters {
            if let Some(default) = parameter.default() {
                self.within(Some(parameter.name().to_string()), default);
            }
        }
    }

    fn visit_keyword(&mut self, keyword: &'a ast::Keyword) {
        self.within(
            keyword.arg.as_ref().map(ToString::to_string),
            &keyword.value,
        );
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        self.judge_pieces(expression);
        match expression {
            Expr::StringLiteral(text) => {
                self.judge_text(expression);
                self.judge_entries(text.value.to_str());
            }
            Expr::BytesLiteral(bytes) => {
                let value: Vec<u8> = bytes.value.bytes().collect();
                if let Ok(value) = std::str::from_utf8(&value) {
                    self.judge(value, Some(bytes.range()), Form::Bytes);
                }
            }
            Expr::FString(string) => {
                for part in &string.value {
                    match part {
                        ast::FStringPart::Literal(text) => {
                            text.split_whitespace()
                                .for_each(|it| self.judge(it, None, Form::Text));
                        }
                        ast::FStringPart::FString(string) => self.judge_words(string),
                    }
                }
                walk_expr(self, expression);
            }
            Expr::Dict(dict) => {
                let outer = self.name.as_deref();
                let is_cookies = outer.is_some_and(login::names_cookies);
                for item in &dict.items {
                    let name = item.key.as_ref().and_then(|key| match key {
                        Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
                        _ => None,
                    });
                    let name = name.map(|it| if is_cookies { login::cookie(&it) } else { it });
                    self.within(name, &item.value);
                }
            }
            // `"ghx_" + "…"`: the parts tell nothing, and are the secret together.
            Expr::BinOp(_) => {
                if !self.judge_together(expression) {
                    walk_expr(self, expression);
                }
            }
            // `os.environ["KEY"]`: a key is no value.
            Expr::Subscript(subscript) => {
                self.visit_expr(&subscript.value);
                self.within(None, &subscript.slice);
            }
            Expr::Call(_) | Expr::Lambda(_) => self.judge_inner(expression),
            _ => walk_expr(self, expression),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::redacted_python;

    #[test]
    fn names_in_code_are_no_secrets() {
        let secrets = ["os.environ".to_owned(), "p4ss-word".to_owned()];
        let text =
            "x = os.environ['a']  # key=os.environ\ny = f'{os.environ} os.environ p4ss-word'\n";
        let left = "x = os.environ['a']  # key=<secret>\ny = f'{os.environ} <secret> <secret>'\n";
        assert_eq!(redacted_python(text, &secrets), left);
    }
}
