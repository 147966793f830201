//! A `print` that is not Python's: `print = partial(print, sep="|")`, `from rich import print`.
//!
//! What is printed becomes records of a logger, so Python's function and the author's must not bear the same name.

use srcify_effects::{Access, Occurrence};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, parse, snippet};

use crate::file::Words;

const PRINT: &str = "print";

/// The program with another name for the author's `print`.
pub fn name_own_print(program: Program) -> Program {
    let statements = || program.units().iter().map(|it| program.statement(it.id));
    let access: Vec<Access> = statements().map(Access::of).collect();
    let Some(first) = first_own(&program, &access) else {
        return program;
    };
    let text = &program.source.text;
    let names = ["write_line", "write_text", "print_text"];
    let Some(name) = names.into_iter().find(|it| !text.contains(it)) else {
        return program;
    };
    let mut edits: Vec<(TextRange, String)> = Vec::new();
    let words = Words::of(&program);
    let globals = words.globals.iter().filter(|(it, _)| it == PRINT);
    edits.extend(globals.map(|(_, range)| (*range, name.to_owned())));
    let mut is_read_before = false;
    for (index, (unit, access)) in program.units().iter().zip(&access).enumerate() {
        let statement = program.statement(unit.id);
        // What a statement at module level reads before anything is bound is Python's function.
        let is_pythons = |range: TextRange, kind: Occurrence| {
            let is_value =
                matches!(statement, Stmt::Assign(it) if it.value.range().contains_range(range));
            let runs_now = !access.captures.contains(PRINT);
            kind == Occurrence::Load && runs_now && (index < first || (index == first && is_value))
        };
        // Then the name is Python's again.
        if only_deletes(statement) {
            edits.push((statement.range(), format!("{name} = {PRINT}")));
            continue;
        }
        let places = access.occurrences.iter().filter(|(it, ..)| it == PRINT);
        for (_, range, kind) in places {
            if is_pythons(*range, *kind) {
                continue;
            }
            is_read_before |= index <= first && *kind == Occurrence::Load;
            let is_imported =
                matches!(statement, Stmt::ImportFrom(_)) && !text[*range].contains(" as ");
            let is_whole = is_imported && alias_of(statement).is_some_and(|it| it.asname.is_none());
            let written = if is_whole {
                format!("{PRINT} as {name}")
            } else {
                name.to_owned()
            };
            edits.push((*range, written));
        }
    }
    if is_read_before || !access[first].must.contains(PRINT) {
        let start = program.units()[first_code(&program)].full_range.start();
        edits.push((TextRange::empty(start), format!("{name} = {PRINT}\n")));
    }
    edits.sort_by_key(|(range, _)| (range.start(), range.end()));
    edits.dedup();
    let source = program.source.edited(&edits);
    if snippet(&source.text).is_valid() {
        parse(source).output
    } else {
        program
    }
}

/// The first statement that binds the name, or makes a function that does, if any of them changes what is written.
fn first_own(program: &Program, access: &[Access]) -> Option<usize> {
    let binds = |it: &Access| it.may.contains(PRINT) || it.globals.contains(PRINT);
    let changes = |(it, statement): (&Access, &Stmt)| {
        it.globals.contains(PRINT) || it.may.contains(PRINT) && !only_flushes(statement)
    };
    let statements = program.units().iter().map(|it| program.statement(it.id));
    let mut pairs = access.iter().zip(statements);
    pairs.any(changes).then(|| access.iter().position(binds))?
}

/// `print = functools.partial(print, flush=True)`: what is written is the same.
fn only_flushes(statement: &Stmt) -> bool {
    let Stmt::Assign(ast::StmtAssign { value, .. }) = statement else {
        return false;
    };
    let Some(call) = value.as_call_expr() else {
        return false;
    };
    let is_partial = match &*call.func {
        Expr::Name(name) => name.id == "partial",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "partial",
        _ => false,
    };
    let keywords = &call.arguments.keywords;
    let is_flush = |it: &ast::Keyword| it.arg.as_ref().is_some_and(|it| it.as_str() == "flush");
    let is_print = |it: &Expr| it.as_name_expr().is_some_and(|it| it.id == PRINT);
    is_partial && call.arguments.args.iter().all(is_print) && keywords.iter().all(is_flush)
}

/// `del print`.
fn only_deletes(statement: &Stmt) -> bool {
    let targets = statement.as_delete_stmt().map(|it| &it.targets[..]);
    matches!(targets, Some([Expr::Name(name)]) if name.id == PRINT)
}

/// The alias of an import that binds `print`.
fn alias_of(statement: &Stmt) -> Option<&ast::Alias> {
    let import = statement.as_import_from_stmt()?;
    let bound = |it: &&ast::Alias| it.asname.as_ref().unwrap_or(&it.name).as_str() == PRINT;
    import.names.iter().find(bound)
}

/// The first statement that is neither a text nor an import of the future.
fn first_code(program: &Program) -> usize {
    let is_head = |statement: &Stmt| match statement {
        Stmt::Expr(it) => it.value.is_string_literal_expr(),
        Stmt::ImportFrom(it) => it.module.as_deref() == Some("__future__"),
        _ => false,
    };
    let mut units = program.units().iter();
    let found = units.position(|it| !is_head(program.statement(it.id)));
    found.unwrap_or_default()
}
