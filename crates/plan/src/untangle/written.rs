//! Values that a statement puts together while it writes them: statements of their own.
//!
//! `json.dump({"auc": auc(y, p)}, f)` becomes `metrics = {…}` and `json.dump(metrics, f)`, so that what is written is computed
//! where computations are, and the class of the file takes one value.

use srcify_effects::{CallFacts, Callee, Effect, EffectSet};
use srcify_syntax::ast::visitor::{Visitor, walk_expr};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, UnitId};

use super::{Analyzed, Change, Kind, NewNames};
use crate::edits::Edit;
use crate::naming;

/// What a statement that writes may do.
const WRITES: EffectSet = EffectSet::from_slice(&[Effect::WriteFile, Effect::ReadFile]);

/// Functions that write or format the value they get first.
const DUMPS: &[&str] = &[
    "json.dump",
    "json.dumps",
    "pickle.dump",
    "joblib.dump",
    "yaml.dump",
    "yaml.safe_dump",
    "torch.save",
];

impl Analyzed<'_> {
    /// `json.dump({…}, open("metrics.json", "w"))`: what is written is put together first.
    ///
    /// The statement only opens and writes files, and the value is pure: it does not matter what comes first.
    pub(super) fn written_value(&self, unit: UnitId, names: &mut NewNames) -> Option<Change> {
        let statement = self.program.statement(unit);
        let (body, handle) = written(statement)?;
        let facts = &self.graph.units[unit.index()];
        let is_handle = |name: &String| handle.is_some_and(|it| it == name.as_str());
        let is_plain = facts.effects.contains(Effect::WriteFile)
            && facts.effects.is_subset(WRITES)
            && facts.access.may.iter().all(is_handle)
            && facts.mutates.keys().all(is_handle)
            && facts.consumes.iter().all(is_handle)
            && facts.writes_by_call.is_empty();
        if !is_plain {
            return None;
        }
        let (value, is_table) = self.content(body)?;
        let mut reads = Reads::default();
        reads.visit_expr(value);
        // One name with decoration is no content of its own.
        let is_own = reads.names.len() > 1 || reads.calls > 0;
        if !is_own || reads.binds || handle.is_some_and(|it| reads.names.contains(&it)) {
            return None;
        }
        let fallback = if is_table { "table" } else { "content" };
        let noun = self
            .file_noun(unit, value)
            .unwrap_or_else(|| fallback.to_owned());
        let name = names.first(&[noun, fallback.to_owned()]);
        let text = self.standing_alone(value);
        Some(Change {
            unit,
            edits: vec![
                self.above(unit, format!("{name} = {text}\n")),
                Edit {
                    range: value.range(),
                    text: name,
                },
            ],
            before: 1,
            after: 0,
            kind: Kind::Values,
        })
    }

    /// The value that a call writes, where it is put together in place, and whether it is a table.
    fn content<'e>(&self, call: &'e ast::ExprCall) -> Option<(&'e Expr, bool)> {
        let facts = self.call_at(call.range())?;
        let callee = library(facts).unwrap_or_default();
        let first = call.arguments.args.first();
        if DUMPS.contains(&callee) {
            return first.filter(|it| is_built(it)).map(|it| (it, false));
        }
        let attribute = call.func.as_attribute_expr()?;
        let method = attribute.attr.as_str();
        if matches!(method, "write" | "write_text") {
            // `f.write(json.dumps({…}))`
            let inner = first?.as_call_expr()?;
            let dumps = library(self.call_at(inner.range())?)?;
            let is_text = callee.ends_with(method) && DUMPS.contains(&dumps);
            let value = inner.arguments.args.first().filter(|_| is_text)?;
            return is_built(value).then_some((value, false));
        }
        let is_export = method.starts_with("to_") && facts.effects.contains(Effect::WriteFile);
        let made = attribute.value.as_call_expr().filter(|_| is_export)?;
        let gives_table = self.call_at(made.range())?.returns.as_ref();
        let is_table = gives_table.is_some_and(|it| it.name == "pandas.DataFrame");
        is_table.then_some((&*attribute.value, true))
    }

    /// What the file is called that a statement writes: by its name, else by the variable that holds its path.
    fn file_noun(&self, unit: UnitId, content: &Expr) -> Option<String> {
        struct Files<'a> {
            content: &'a Expr,
            file: Option<String>,
            variable: Option<String>,
        }
        impl<'a> Visitor<'a> for Files<'_> {
            fn visit_expr(&mut self, expression: &'a Expr) {
                if expression.range() == self.content.range() {
                    return;
                }
                match expression {
                    Expr::StringLiteral(text) if self.file.is_none() => {
                        let text = text.value.to_str();
                        let is_file = crate::settings::names_file(text);
                        self.file = is_file.then(|| naming::file_noun(text)).flatten();
                    }
                    Expr::Name(name) if self.variable.is_none() && name.ctx.is_load() => {
                        self.variable = path_words(&name.id);
                    }
                    _ => {}
                }
                walk_expr(self, expression);
            }
        }
        let mut files = Files {
            content,
            file: None,
            variable: None,
        };
        files.visit_stmt(self.program.statement(unit));
        files.file.or(files.variable)
    }
}

/// What a variable that says that it holds a path is the path of: `METRICS_PATH`, `report_file`; a constant may say nothing.
fn path_words(variable: &str) -> Option<String> {
    let words = naming::snake(variable);
    let is_constant = variable.chars().all(|it| !it.is_lowercase());
    let is_path = |word: &str| {
        matches!(
            word,
            "path" | "file" | "fname" | "filename" | "out" | "output" | "json" | "csv"
        )
    };
    let kept: Vec<&str> = words.split('_').filter(|it| !is_path(it)).collect();
    let says = is_constant || kept.len() < words.split('_').count();
    let noun = kept.join("_");
    (says && noun.len() > 2 && !matches!(&*noun, "dir" | "folder")).then_some(noun)
}

/// The call that a statement is, or holds in a `with` block, and the name that the block gives what it opens.
fn written(statement: &Stmt) -> Option<(&ast::ExprCall, Option<&str>)> {
    match statement {
        Stmt::Expr(it) => Some((it.value.as_call_expr()?, None)),
        Stmt::With(with) if !with.is_async => {
            let ([item], [Stmt::Expr(it)]) = (&with.items[..], &with.body[..]) else {
                return None;
            };
            let name = item.optional_vars.as_deref()?.as_name_expr()?;
            Some((it.value.as_call_expr()?, Some(name.id.as_str())))
        }
        _ => None,
    }
}

fn library(facts: &CallFacts) -> Option<&str> {
    match &facts.callee {
        Callee::Library(name) => Some(name),
        _ => None,
    }
}

/// Whether an expression puts something together.
fn is_built(expression: &Expr) -> bool {
    matches!(
        expression,
        Expr::Dict(_)
            | Expr::List(_)
            | Expr::Tuple(_)
            | Expr::DictComp(_)
            | Expr::ListComp(_)
            | Expr::Call(_)
    )
}

/// Names that an expression reads, and the calls in it.
#[derive(Default)]
struct Reads<'a> {
    names: Vec<&'a str>,
    calls: usize,
    /// It binds a name, or hands over control.
    binds: bool,
}

impl<'a> Visitor<'a> for Reads<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if !self.names.contains(&name.id.as_str()) => {
                self.names.push(&name.id);
            }
            Expr::Call(_) => self.calls += 1,
            Expr::Named(_) | Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.binds = true;
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
