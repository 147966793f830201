//! The author's code in the words of today's Python, where the result is certainly the same: what linters ask for, and
//! reviewers with them.

mod blanks;
mod branches;
mod comments;
mod docstrings;
mod exports;
mod formats;
mod frozen;
mod generics;
mod indented;
mod informal;
mod lists;
mod optionals;
mod passes;
mod plain;
mod returns;
mod sections;
mod stubs;
mod supers;
mod tables;
mod typing;
mod unused;

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_parameter, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, snippet};

use crate::mirrors::Mirrors;
use crate::{Folder, Item, Module, Plan};

pub(crate) use unused::{may_end, notices_ends};

/// A range of an item's text, and what takes its place.
type Mend = (TextRange, String);

/// Mends all items of what is planned of `program`.
pub(crate) fn mend(plan: &mut Plan, program: &Program, mirrors: Mirrors) {
    let units = program.units().iter();
    let mentioned = units.flat_map(|it| crate::names::mentioned_names(program.statement(it.id)));
    let mentioned: BTreeSet<String> = mentioned.collect();
    let passed = passed_names(program);
    let named = typing::named_types(program);
    let has_tuples = formats::has_tuples(&program.source.text);
    let may_notice = notices_ends(&program.source.text);
    let reads_docstrings = mirrors.docstrings || docstrings::are_read(plan);
    let meanings = docstrings::meanings(plan);
    if !may_notice {
        drop_unused_names(plan, program, &mentioned);
    }
    frozen::freeze(plan, program);
    end_jobs(plan);
    for module in &mut plan.modules {
        let settings = lists::models_of_settings(&module.imports);
        let taken = taken_builtins(module);
        let imported = crate::demands::imported(module);
        let mut added = BTreeSet::new();
        for item in &mut module.items {
            let is_of_author = is_definition(program, item);
            if is_of_author && !may_notice {
                item.text = mended(&item.text, |text| unused::mends(text, &mentioned));
            }
            if !is_of_author {
                item.text = mended(&item.text, comments::mends);
            }
            item.text = mended(&item.text, comments::undrawn);
            item.text = branches::flattened(&item.text);
            item.text = mended(&item.text, returns::mends);
            item.text = mended(&item.text, returns::endings);
            item.text = mended(&item.text, |text| formats::mends(text, &taken, has_tuples));
            item.text = mended(&item.text, |text| zips(text, &taken));
            item.text = mended(&item.text, |text| lists::mends(text, &taken, &settings));
            item.text = mended(&item.text, |text| supers::mends(text, &taken));
            item.text = mended(&item.text, |text| plain::mends(text, &taken));
            if !mirrors.signatures {
                item.text = mended(&item.text, |text| {
                    typing::mends(text, &module.imports, &named)
                });
                let is_silent =
                    |class: &ast::StmtClassDef| !is_of_author || has_silent_fields(class, &passed);
                if said_in_full(item, (&imported, &taken), &is_silent) {
                    added.insert("from typing import Any".to_owned());
                }
            }
            if !reads_docstrings {
                item.text = mended(&item.text, |text| docstrings::mends(text, &meanings));
            }
            item.text = mended(&item.text, passes::mends);
            item.text = mended(&item.text, blanks::mends);
        }
        module.imports.extend(added);
        if !mirrors.signatures {
            stubs::mend_stubs(module, program);
        }
        mend_imports(module);
        tables::name_long(module, &taken);
    }
}

/// Lets jobs return where they end well.
fn end_jobs(plan: &mut Plan) {
    let jobs: BTreeSet<String> = plan.jobs.iter().map(|it| it.function.clone()).collect();
    let items = plan.modules.iter_mut().flat_map(|it| &mut it.items);
    for item in items.filter(|it| jobs.contains(&it.name)) {
        item.text = mended(&item.text, returns::exits);
    }
}

/// Says what annotations leave out; whether `Any` is needed for it.
fn said_in_full(
    item: &mut Item,
    names: (&BTreeMap<String, String>, &BTreeSet<String>),
    is_silent: &dyn Fn(&ast::StmtClassDef) -> bool,
) -> bool {
    item.text = mended(&item.text, |it| optionals::mends(it, names.0, is_silent));
    let text = mended(&item.text, |it| generics::mends(it, names, is_silent));
    let is_changed = text != item.text;
    item.text = text;
    is_changed
}

/// Whether only `dataclass` reads the fields of a class of the author's: nothing else is given the class.
fn has_silent_fields(class: &ast::StmtClassDef, passed: &BTreeSet<String>) -> bool {
    let is_dataclass = |it: &ast::Decorator| {
        let callee = match &it.expression {
            Expr::Call(it) => &*it.func,
            other => other,
        };
        match callee {
            Expr::Name(it) => it.id.as_str() == "dataclass",
            Expr::Attribute(it) => {
                it.attr.as_str() == "dataclass" && is_name(&it.value, "dataclasses")
            }
            _ => false,
        }
    };
    class.arguments.is_none()
        && !class.decorator_list.is_empty()
        && class.decorator_list.iter().all(is_dataclass)
        && !passed.contains(class.name.as_str())
}

/// The names that a program gives to calls: of a class among them, another may read the fields.
fn passed_names(program: &Program) -> BTreeSet<String> {
    struct Passed(BTreeSet<String>);
    impl<'a> Visitor<'a> for Passed {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Call(call) = expression {
                let given = call.arguments.iter_source_order();
                let names = given.filter_map(|it| it.value().as_name_expr());
                self.0.extend(names.map(|it| it.id.to_string()));
            }
            walk_expr(self, expression);
        }
    }
    let mut passed = Passed(BTreeSet::new());
    for unit in program.units() {
        passed.visit_stmt(program.statement(unit.id));
    }
    passed.0
}

/// Builtins that a module uses for something else.
fn taken_builtins(module: &Module) -> BTreeSet<String> {
    let items = module.items.iter();
    let bound = items.clone().flat_map(|item| bound_in(&item.text));
    bound
        .chain(module.imports.iter().flat_map(|it| bound_by(it)))
        .chain(items.map(|item| item.name.clone()))
        .filter(|name| BUILTINS.contains(&name.as_str()))
        .collect()
}

/// Leaves out imports that nothing needs any more, and names the modules that export the others.
fn mend_imports(module: &mut Module) {
    typing::drop_imports(module);
    exports::name_modules(module);
}

/// Leaves out what our own functions name and never read, and notes what loops call their items now.
fn drop_unused_names(plan: &mut Plan, program: &Program, mentioned: &BTreeSet<String>) {
    let held: BTreeSet<String> = plan.holders.keys().cloned().collect();
    let mut renamed: Vec<(String, String)> = Vec::new();
    let modules = plan.modules.iter_mut();
    for item in modules
        .filter(|module| module.folder != Folder::Io)
        .flat_map(|module| &mut module.items)
        .filter(|item| !is_definition(program, item) && is_function(&item.text))
    {
        let mends = unused::mends_but_for(&item.text, mentioned, &held);
        let names = unused::renamed(&item.text, &mends);
        renamed.extend(names.into_iter().map(|name| (item.name.clone(), name)));
        item.text = mended(&item.text, |_| mends.clone());
    }
    for (function, name) in renamed {
        let place = plan.holders.get(&name).and_then(|unit| {
            let mut decisions = plan.decisions.iter();
            decisions.find(|it| it.unit == *unit)
        });
        let is_here = place.is_some_and(|it| match it.place.split_once(": ") {
            Some((_, own)) => own == function,
            None => plan.jobs.iter().any(|job| job.function == function),
        });
        let is_moved = plan.moved.keys().any(|(_, it)| *it == name);
        if is_here && !is_moved {
            let local = format!("_{name}");
            plan.renames.insert(name, local);
        }
    }
}

fn is_function(text: &str) -> bool {
    text.starts_with("def ") || text.starts_with("async def ")
}

/// Whether an item is a function or class that the author wrote.
fn is_definition(program: &Program, item: &Item) -> bool {
    let [unit] = item.units[..] else {
        return false;
    };
    let statement = program.statement(unit);
    statement.is_function_def_stmt() || statement.is_class_def_stmt()
}

/// The builtins that mended code calls, or that a mend takes for what they are.
const BUILTINS: &[&str] = &[
    "all",
    "any",
    "dict",
    "enumerate",
    "float",
    "frozenset",
    "int",
    "len",
    "list",
    "max",
    "min",
    "object",
    "open",
    "set",
    "sorted",
    "sum",
    "super",
    "tuple",
    "type",
    "zip",
];

/// The builtins' names that a text binds, in whatever scope.
fn bound_in(text: &str) -> BTreeSet<String> {
    struct Bound(BTreeSet<String>);
    impl<'a> Visitor<'a> for Bound {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::FunctionDef(it) => {
                    self.0.insert(it.name.to_string());
                }
                Stmt::ClassDef(it) => {
                    self.0.insert(it.name.to_string());
                }
                Stmt::Import(it) => self.0.extend(it.names.iter().map(alias)),
                Stmt::ImportFrom(it) => self.0.extend(it.names.iter().map(alias)),
                _ => {}
            }
            walk_stmt(self, statement);
        }
        fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
            self.0.insert(parameter.name.to_string());
            walk_parameter(self, parameter);
        }
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(name) = expression
                && !name.ctx.is_load()
            {
                self.0.insert(name.id.to_string());
            }
            walk_expr(self, expression);
        }
    }
    let alias_free = BUILTINS.iter().all(|it| !text.contains(it));
    let mut bound = Bound(BTreeSet::new());
    if !alias_free {
        bound.visit_body(snippet(text).statements());
    }
    bound.0
}

/// The name that an alias binds.
fn alias(alias: &ast::Alias) -> String {
    alias.asname.as_ref().unwrap_or(&alias.name).to_string()
}

/// The names that an import binds.
fn bound_by(import: &str) -> Vec<String> {
    let names = import.rsplit("import ").next().unwrap_or_default();
    let names = names.split(',').map(|name| {
        let name = name.trim().trim_matches(['(', ')']);
        name.rsplit(" as ").next().unwrap_or(name).trim().to_owned()
    });
    names.collect()
}

/// What `find` mends in the functions of a text, in those within others, too.
fn in_functions(text: &str, find: impl FnMut(&ast::StmtFunctionDef) -> Option<Mend>) -> Vec<Mend> {
    struct Functions<F>(F, Vec<Mend>);
    impl<'a, F: FnMut(&ast::StmtFunctionDef) -> Option<Mend>> Visitor<'a> for Functions<F> {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            if let Stmt::FunctionDef(function) = statement {
                self.1.extend((self.0)(function));
            }
            walk_stmt(self, statement);
        }
    }
    let parsed = snippet(text);
    let mut functions = Functions(find, Vec::new());
    functions.visit_body(parsed.statements());
    functions.1
}

/// A text with mends applied, of which those inside another are left for another time.
fn mended(text: &str, find: impl FnOnce(&str) -> Vec<Mend>) -> String {
    let mut mends = find(text);
    mends.sort_by_key(|(range, _)| (range.start(), std::cmp::Reverse(range.end())));
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in mends {
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        if start < at {
            continue;
        }
        result.push_str(&text[at..start]);
        result.push_str(&replacement);
        at = end;
    }
    result.push_str(&text[at..]);
    result
}

/// `zip(a, b)` stops with the shorter one: `strict=False` says so.
fn zips(text: &str, taken: &BTreeSet<String>) -> Vec<Mend> {
    struct Zips<'a>(&'a str, Vec<Mend>);
    impl<'a> Visitor<'a> for Zips<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Call(call) = expression
                && is_name(&call.func, "zip")
                && call.arguments.keywords.is_empty()
                && !call.arguments.args.is_empty()
                && !call.arguments.args.iter().any(Expr::is_generator_expr)
            {
                let last = call.arguments.args[call.arguments.args.len() - 1].end();
                let closing = call.arguments.end();
                let between = &self.0[usize::from(last)..usize::from(closing)];
                if !between.contains('#') {
                    // Brackets around the last argument belong to it.
                    let inside = between.strip_suffix(')').unwrap_or(between);
                    let inside = inside.trim_end().trim_end_matches(',');
                    let text = format!("{inside}, strict=False)");
                    self.1.push((TextRange::new(last, closing), text));
                }
            }
            walk_expr(self, expression);
        }
    }
    if !text.contains("zip(") || taken.contains("zip") {
        return Vec::new();
    }
    let parsed = snippet(text);
    let mut zips = Zips(text, Vec::new());
    zips.visit_body(parsed.statements());
    zips.1
}

fn is_name(expression: &Expr, name: &str) -> bool {
    expression
        .as_name_expr()
        .is_some_and(|it| it.id.as_str() == name)
}

/// The text of a string literal of one part, without its quotes, and those; none of `r""`, `b""` and others.
fn plain_literal<'t>(
    text: &'t str,
    literal: &ast::ExprStringLiteral,
) -> Option<(&'t str, &'t str)> {
    let range = literal.range();
    let source = &text[usize::from(range.start())..usize::from(range.end())];
    let escapes = ["\\x", "\\u", "\\U", "\\N"];
    if literal.value.is_implicit_concatenated() || escapes.iter().any(|it| source.contains(it)) {
        return None;
    }
    ["\"\"\"", "'''", "\"", "'"].into_iter().find_map(|quote| {
        let inner = source.strip_prefix(quote)?.strip_suffix(quote)?;
        let quote = &source[..quote.len()];
        Some((inner, quote))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{mended, zips};

    #[test]
    fn zips_say_that_they_stop_with_the_shorter_one() {
        let mend = |text: &str| mended(text, |text| zips(text, &BTreeSet::new()));
        assert_eq!(
            mend("for a, b in zip(x, (y)): pass\n"),
            "for a, b in zip(x, (y), strict=False): pass\n"
        );
        assert_eq!(
            mend("zip(\n    *rows,\n)\n"),
            "zip(\n    *rows, strict=False)\n"
        );
        for text in ["zip(x, y, strict=True)\n", "zip()\n", "z.zip(a, b)\n"] {
            assert_eq!(mend(text), text);
        }
    }

    #[test]
    fn another_zip_is_left_alone() {
        let taken = BTreeSet::from(["zip".to_owned()]);
        assert_eq!(
            mended("zip(a, b)\n", |text| zips(text, &taken)),
            "zip(a, b)\n"
        );
    }
}
