//! Measures how many of the names that scripts bind have a known type: `coverage [--site-packages DIR] FILE...`.
#![expect(clippy::print_stdout, reason = "a tool for developers")]

use std::collections::BTreeMap;
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};
use srcify_semantics::{Environment, Semantics, resolve};
use srcify_syntax::ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, parse, read};

struct Targets<'a> {
    text: &'a str,
    semantics: &'a Semantics,
    value: String,
    known: usize,
    total: usize,
    missing: BTreeMap<String, usize>,
    show: bool,
}

impl<'a> SourceOrderVisitor<'a> for Targets<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        self.value = match statement {
            Stmt::Assign(inner) => shape(&inner.value),
            Stmt::For(inner) => format!("for … in {}", shape(&inner.iter)),
            _ => "…".to_owned(),
        };
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression
            && name.ctx.is_store()
        {
            self.total += 1;
            let ty = self.semantics.type_at(name.range());
            if self.show {
                let shown = ty.map_or_else(|| "-".to_owned(), ToString::to_string);
                println!("{}: {shown}    # {}", name.id, self.value);
            }
            if ty.is_some_and(|ty| ty.annotation().is_some()) {
                self.known += 1;
            } else {
                *self.missing.entry(self.value.clone()).or_default() += 1;
            }
        }
        walk_expr(self, expression);
    }
}

/// What is called or read, without arguments.
fn shape(value: &Expr) -> String {
    match value {
        Expr::Call(call) => format!("{}()", shape(&call.func)),
        Expr::Attribute(attribute) => format!("{}.{}", shape(&attribute.value), attribute.attr),
        Expr::Name(name) => name.id.to_string(),
        Expr::Subscript(subscript) => format!("{}[]", shape(&subscript.value)),
        Expr::BinOp(_) => "an operation".to_owned(),
        Expr::List(_) => "[]".to_owned(),
        Expr::Dict(_) => "{}".to_owned(),
        Expr::ListComp(_) => "[… for …]".to_owned(),
        _ => "…".to_owned(),
    }
}

fn main() {
    let mut environment = Environment::default();
    let mut arguments = std::env::args().skip(1);
    let mut missing = BTreeMap::<String, usize>::new();
    let (mut known, mut total, mut files) = (0, 0, 0);
    let start = Instant::now();
    let show = std::env::var_os("SHOW").is_some();
    while let Some(argument) = arguments.next() {
        if argument == "--site-packages" {
            let folder = arguments.next().unwrap_or_default();
            environment.site_packages.push(Utf8PathBuf::from(folder));
            continue;
        }
        let path = Utf8Path::new(&argument);
        let Ok(bytes) = std::fs::read(path) else {
            continue;
        };
        let Ok(source) = read(path, &bytes) else {
            continue;
        };
        let program = parse(source.output).output;
        let begin = Instant::now();
        let semantics = resolve(&program, &environment);
        let elapsed = begin.elapsed();
        let mut targets = Targets {
            text: &program.source.text,
            semantics: &semantics,
            value: String::new(),
            known: 0,
            total: 0,
            missing: BTreeMap::new(),
            show,
        };
        for unit in program.units() {
            targets.visit_stmt(program.statement(unit.id));
        }
        let lines = targets.text.lines().count();
        println!(
            "{:>4}/{:<4} {elapsed:>10.1?} {lines:>5} lines {path}",
            targets.known, targets.total
        );
        known += targets.known;
        total += targets.total;
        files += 1;
        for (value, count) in targets.missing {
            *missing.entry(value).or_default() += count;
        }
    }
    let share = known * 1000 / total.max(1);
    println!(
        "{known} of {total} names ({}.{} %) in {files} files, {:.1?}",
        share / 10,
        share % 10,
        start.elapsed()
    );
    let mut missing: Vec<_> = missing.into_iter().collect();
    missing.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (value, count) in missing.iter().take(100) {
        println!("{count:>5} {value}");
    }
}
