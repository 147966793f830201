//! Words of the command line: `path = sys.argv[1] if len(sys.argv) > 1 else "data.csv"` keeps the default, and what has none
//! must be given, as a required option must.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::Access;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, CmpOp, Expr, Stmt};
use srcify_syntax::{Program, Ranged, SourceKind, TextRange, TextSize};

use super::argument::is_literal;
use super::{Edits, SUFFIX};

/// What becomes of the words that a script takes.
pub(super) struct Unwrapped {
    pub edits: Edits,
    /// The words that must be given.
    pub required: Vec<String>,
    /// Whether the script does more with its words than this follows.
    pub is_left: bool,
}

/// The edits that make variables of the words.
pub(super) fn unwrapped(program: &Program) -> Unwrapped {
    let mut uses = Uses {
        program,
        edits: Vec::new(),
        words: Vec::new(),
        tests: Vec::new(),
        places: Vec::new(),
        is_odd: program.source.kind == SourceKind::Notebook
            || ["IndexError", "LookupError"]
                .iter()
                .any(|it| program.source.text.contains(it)),
    };
    for unit in program.units() {
        uses.visit_stmt(program.statement(unit.id));
    }
    let defaults = std::mem::take(&mut uses.edits);
    let is_script = program.source.kind != SourceKind::Notebook;
    let has_words = program.source.text.contains(WORDS)
        && (uses.is_odd || !uses.words.is_empty() || !uses.tests.is_empty());
    let is_left = is_script && has_words;
    let taken = (!uses.is_odd && !uses.words.is_empty()).then(|| uses.taken());
    match taken.flatten() {
        Some((edits, required)) => Unwrapped {
            edits: [defaults, edits].concat(),
            required,
            is_left: false,
        },
        None => Unwrapped {
            edits: defaults,
            required: Vec::new(),
            is_left,
        },
    }
}

/// The literal that is taken when there are too few words.
fn default_of<'a>(program: &Program, choice: &'a ast::ExprIf) -> Option<&'a Expr> {
    let test = choice.test.as_compare_expr()?;
    let (CmpOp::Gt | CmpOp::GtE, [limit]) = (test.ops.first()?, &*test.comparators) else {
        return None;
    };
    let limit = limit.as_number_literal_expr()?.value.as_int()?.as_u8()?;
    let least = limit + u8::from(test.ops[0] == CmpOp::Gt);
    let is_count = program.text(test.left.range()) == COUNT;
    let takes_word = program.text(choice.body.range()).contains("sys.argv[");
    (is_count && takes_word && least > 1 && is_literal(&choice.orelse)).then_some(&*choice.orelse)
}

const WORDS: &str = "sys.argv";
const COUNT: &str = "len(sys.argv)";

/// Where a statement begins that stands in others, and what it is.
#[derive(Clone, Copy)]
struct Place<'a> {
    statement: &'a Stmt,
    is_top: bool,
}

/// `sys.argv[1]`.
struct Word<'a> {
    range: TextRange,
    number: usize,
    place: Place<'a>,
    /// The function that it is given to at once.
    taken_by: Option<&'a str>,
}

struct Uses<'a> {
    program: &'a Program,
    edits: Edits,
    words: Vec<Word<'a>>,
    /// Questions for how many words there are: the words that have to be there, and whether that is asked or denied.
    tests: Vec<(TextRange, usize, bool)>,
    /// The statements around what is looked at.
    places: Vec<Place<'a>>,
    is_odd: bool,
}

impl<'a> Uses<'a> {
    /// Variables for all words, and which of them must be given.
    fn taken(&self) -> Option<(Edits, Vec<String>)> {
        let count = self.words.iter().map(|it| it.number).max()?;
        let numbers: BTreeSet<usize> = self.words.iter().map(|it| it.number).collect();
        if numbers.len() != count {
            return None;
        }
        let names = self.names(&numbers);
        if self.tests.is_empty()
            && let Some(edits) = self.plain(&names)
        {
            return Some((edits, names.into_values().collect()));
        }
        let variable = |number: &usize| format!("{}{SUFFIX}", names[number]);
        let mut edits: Edits = Vec::new();
        for word in &self.words {
            edits.push((word.range, variable(&word.number)));
        }
        for (range, least, is_asked) in &self.tests {
            let (sign, between) = if *is_asked {
                ("is not", " and ")
            } else {
                ("is", " or ")
            };
            let parts: Vec<String> = (1..=*least)
                .map(|it| {
                    format!(
                        "{} {sign} None",
                        names.get(&it).map_or_else(String::new, |_| variable(&it))
                    )
                })
                .collect();
            if *least == 0 || *least > count {
                return None;
            }
            let text = parts.join(between);
            edits.push((
                *range,
                if parts.len() > 1 {
                    format!("({text})")
                } else {
                    text
                },
            ));
        }
        let declared: Vec<String> = numbers
            .iter()
            .map(|it| format!("{}: str | None = None{}\n", variable(it), comment(*it)))
            .collect();
        edits.push((TextRange::empty(self.first_unit()?), declared.concat()));
        if self.tests.is_empty() {
            for number in &numbers {
                edits.push(self.guard(*number, &names[number], &variable(number))?);
            }
        }
        edits.sort_by_key(|(range, _)| (range.start(), range.end()));
        // What asks for words has something else to do without them.
        let is_optional = self.tests.iter().any(|it| it.2);
        let required = names.into_values().filter(|_| !is_optional);
        Some((edits, required.collect()))
    }

    /// Where each word is bound to a name by a statement of its own, it is the option of that name.
    fn plain(&self, names: &BTreeMap<usize, String>) -> Option<Edits> {
        let mut edits = Vec::new();
        for word in &self.words {
            let Stmt::Assign(assign) = word.place.statement else {
                return None;
            };
            let kind = match &*assign.value {
                Expr::Call(call) => match call.func.as_name_expr()?.id.as_str() {
                    kind @ ("int" | "float" | "str") if call.arguments.len() == 1 => kind,
                    _ => return None,
                },
                value => (value.range() == word.range).then_some("str")?,
            };
            let name = &names[&word.number];
            let is_bound = word.place.is_top && bound_name(assign) == Some(name.as_str());
            let (comment, guard) = (comment(word.number), refusal(name, name, ""));
            let text = format!("{name}: {kind} | None = None{comment}\n{guard}");
            edits.push(is_bound.then_some((assign.range, text))?);
        }
        (edits.len() == names.len()).then_some(edits)
    }

    /// What each word is, by the variable that takes it, else by what it is given to.
    fn names(&self, numbers: &BTreeSet<usize>) -> BTreeMap<usize, String> {
        let mut names: BTreeMap<usize, String> = BTreeMap::new();
        for number in numbers {
            let mut words = self.words.iter().filter(|it| it.number == *number);
            let bound = words.clone().find_map(bound_word);
            let is_path = words.any(|it| it.taken_by.is_some_and(takes_path));
            let wanted = bound.unwrap_or(if is_path { "path" } else { "argument" });
            let is_free = |name: &String| !names.values().any(|it| it == name);
            let plain = Some(wanted.to_owned()).filter(is_free);
            let name = plain.unwrap_or_else(|| format!("{wanted}_{number}"));
            names.insert(*number, name);
        }
        names
    }

    /// What refuses to run without a word, before the first statement that takes it.
    fn guard(&self, number: usize, name: &str, variable: &str) -> Option<(TextRange, String)> {
        let word = self.words.iter().find(|it| it.number == number)?;
        let start = word.place.statement.start();
        let margin = self.margin(start)?;
        let text = format!("{}\n{margin}", refusal(name, variable, margin));
        Some((TextRange::empty(start), text))
    }

    /// What stands before a place on its line, where that is nothing but blanks.
    fn margin(&self, at: TextSize) -> Option<&'a str> {
        let before = &self.program.source.text[..usize::from(at)];
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.trim().is_empty().then_some(line)
    }

    /// Where the first statement of the script begins that has to do with its words.
    fn first_unit(&self) -> Option<TextSize> {
        let words = self.words.iter().map(|it| it.range);
        let first = words
            .chain(self.tests.iter().map(|it| it.0))
            .map(TextRange::start)
            .min()?;
        let units = self.program.units().iter();
        let mut around = units.filter(|it| it.range.contains_inclusive(first));
        let start = around.next()?.range.start();
        self.margin(start).map(|_| start)
    }

    fn note_test(&mut self, compare: &ast::ExprCompare) {
        let limit = match &*compare.comparators {
            [Expr::NumberLiteral(limit)] => limit.value.as_int().and_then(ast::Int::as_u8),
            _ => None,
        };
        let Some(limit) = limit.map(usize::from) else {
            self.is_odd = true;
            return;
        };
        let (least, is_asked) = match &*compare.ops {
            [CmpOp::Gt] => (limit, true),
            [CmpOp::GtE] => (limit.saturating_sub(1), true),
            [CmpOp::LtE] => (limit, false),
            [CmpOp::Lt] => (limit.saturating_sub(1), false),
            // No word at all.
            [CmpOp::Eq] if limit == 1 => (1, false),
            // As many as are used.
            [CmpOp::Eq] => (limit.saturating_sub(1), true),
            [CmpOp::NotEq] => (limit.saturating_sub(1), false),
            _ => (0, true),
        };
        self.tests.push((compare.range, least, is_asked));
    }
}

/// `sys.argv` with a place in it.
fn number_of(program: &Program, subscript: &ast::ExprSubscript) -> Option<usize> {
    let is_words = program.text(subscript.value.range()) == WORDS;
    let number = subscript
        .slice
        .as_number_literal_expr()
        .filter(|_| is_words)?;
    Some(usize::from(number.value.as_int()?.as_u8()?))
}

fn bound_name(assign: &ast::StmtAssign) -> Option<&str> {
    match &assign.targets[..] {
        [Expr::Name(name)] => Some(name.id.as_str()),
        _ => None,
    }
}

/// The variable that takes a word: `path = sys.argv[1]`, `a, b = sys.argv[1], sys.argv[2]`, `n = int(sys.argv[1])`.
fn bound_word<'a>(word: &Word<'a>) -> Option<&'a str> {
    let Stmt::Assign(assign) = word.place.statement else {
        return None;
    };
    let holds = |value: &Expr| {
        let is_made = value.as_call_expr().is_some_and(|it| {
            it.func.is_name_expr()
                && it.arguments.len() == 1
                && it.range().contains_range(word.range)
        });
        value.range() == word.range || is_made && word.taken_by.is_some_and(|it| !takes_path(it))
    };
    match (&assign.targets[..], &*assign.value) {
        ([Expr::Name(name)], value) if holds(value) => Some(name.id.as_str()),
        ([Expr::Tuple(targets)], Expr::Tuple(values)) => {
            let at = values.elts.iter().position(holds)?;
            Some(targets.elts.get(at)?.as_name_expr()?.id.as_str())
        }
        _ => None,
    }
}

fn takes_path(function: &str) -> bool {
    let reading = [
        "open",
        "read",
        "load",
        "imread",
        "genfromtxt",
        "Path",
        "exists",
    ];
    reading.iter().any(|it| function.starts_with(it))
}

/// What a word is, where it is declared.
fn comment(number: usize) -> String {
    let rank = match number {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        _ => format!("{number}th"),
    };
    format!("  # {rank} word of the script's command line")
}

fn refusal(name: &str, variable: &str, margin: &str) -> String {
    format!(
        "if {variable} is None:\n{margin}    raise SystemExit(\"error: the setting `{name}` is missing\")"
    )
}

impl<'a> Visitor<'a> for Uses<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let is_top = self.places.is_empty();
        // A class that binds `sys`, a parameter of that name: not what this is about.
        if let Stmt::FunctionDef(function) = statement {
            self.is_odd |= function.parameters.includes("sys");
        }
        let is_import = statement.is_import_stmt() || statement.is_import_from_stmt();
        self.is_odd |= !is_import && is_top && Access::of(statement).may.contains("sys");
        self.places.push(Place { statement, is_top });
        walk_stmt(self, statement);
        self.places.pop();
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::If(choice) if default_of(self.program, choice).is_some() => {
                if let Some(default) = default_of(self.program, choice) {
                    let text = self.program.text(default.range()).to_owned();
                    self.edits.push((choice.range, text));
                }
                return;
            }
            Expr::Compare(compare) if self.program.text(compare.left.range()) == COUNT => {
                self.note_test(compare);
                return;
            }
            Expr::Subscript(subscript) => match number_of(self.program, subscript) {
                Some(0) => return,
                Some(number) => {
                    // What catches that a word is missing does something else then.
                    let is_tried = self.places.iter().any(|it| it.statement.is_try_stmt());
                    self.is_odd |= !subscript.ctx.is_load() || is_tried;
                    let place = self.places.last().copied();
                    self.words.extend(place.map(|place| Word {
                        range: subscript.range,
                        number,
                        place,
                        taken_by: None,
                    }));
                    return;
                }
                None => {}
            },
            Expr::Call(call) => {
                let before = self.words.len();
                walk_expr(self, expression);
                let function = match &*call.func {
                    Expr::Name(name) => Some(name.id.as_str()),
                    Expr::Attribute(it) => Some(it.attr.as_str()),
                    _ => None,
                };
                for word in &mut self.words[before..] {
                    word.taken_by = word.taken_by.or(function);
                }
                return;
            }
            Expr::Attribute(_) if self.program.text(expression.range()) == WORDS => {
                self.is_odd = true;
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
