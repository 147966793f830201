//! What means something else in a function than at module level, in words that mean the same in both.
//!
//! The statements of an input become those of a function. There, `del list` leaves the name unbound, while at module level it
//! brings the builtin back; and a class body that binds a name which it has read before (`step = step`) no longer finds
//! the variable of that name.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, ExprContext, Stmt};
use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::{Program, Ranged, TextRange, Unit, parse, snippet};

use crate::file::Words;

/// The program with such statements written out.
pub fn fit_for_functions(program: Program) -> Program {
    let concerned = |unit: &Unit| {
        let statement = program.statement(unit.id);
        statement.is_class_def_stmt() || program.text(unit.range).contains("del ")
    };
    if !program.units().iter().any(concerned) {
        return program;
    }
    let words = Words::of(&program);
    let mut finder = Finder {
        program: &program,
        words: &words,
        edits: Vec::new(),
        needs_builtins: false,
    };
    for unit in program.units() {
        let statement = program.statement(unit.id);
        match statement {
            Stmt::ClassDef(class) => finder.class(class, unit.range),
            _ => finder.visit_stmt(statement),
        }
    }
    let mut edits = finder.edits;
    if edits.is_empty() || words.has("builtins") {
        return program;
    }
    if finder.needs_builtins
        && let Some(first) = edits.iter().map(|(range, _)| range.start()).min()
        && let Some(unit) = program.units().iter().find(|it| it.range.contains(first))
    {
        let place = TextRange::empty(unit.full_range.start());
        edits.push((place, "import builtins\n".to_owned()));
    }
    edits.sort_by_key(|(range, _)| (range.start(), range.end()));
    let source = program.source.edited(&edits);
    if snippet(&source.text).is_valid() {
        parse(source).output
    } else {
        program
    }
}

struct Finder<'a> {
    program: &'a Program,
    words: &'a Words,
    edits: Vec<(TextRange, String)>,
    needs_builtins: bool,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Delete(delete) => self.delete(delete),
            _ => walk_stmt(self, statement),
        }
    }
}

impl<'a> Finder<'a> {
    /// `del list` as `list = builtins.list`.
    fn delete(&mut self, delete: &ast::StmtDelete) {
        // Where nothing reads the name afterwards, the statement only frees memory.
        let is_read_later = |name: &str| {
            let word = self.words.by_name.get(name);
            let loads = word.into_iter().flat_map(|it| &it.loads);
            loads.into_iter().any(|load| load.start() > delete.start())
        };
        let is_builtin = |name: &str| is_python_builtin(name, 13, false) && is_read_later(name);
        let names = delete.targets.iter().map(|it| match it {
            Expr::Name(name) => Some(name.id.as_str()),
            _ => None,
        });
        let Some(names) = names.collect::<Option<Vec<&str>>>() else {
            return;
        };
        if !names.iter().any(|name| is_builtin(name)) {
            return;
        }
        let statements: Vec<String> = names
            .iter()
            .map(|name| {
                if is_builtin(name) {
                    format!("{name} = builtins.{name}")
                } else {
                    format!("del {name}")
                }
            })
            .collect();
        self.needs_builtins = true;
        self.edits.push((delete.range, statements.join("; ")));
    }

    /// `class A: step = step` with a variable of another name before it; `step: int` makes it the class's own name, too.
    fn class(&mut self, class: &'a ast::StmtClassDef, range: TextRange) {
        let mut all = Body::default();
        class.body.iter().for_each(|it| all.visit_stmt(it));
        let mut bound = BTreeSet::new();
        let mut renamed: Vec<String> = Vec::new();
        let mut edits = Vec::new();
        for statement in &class.body {
            let mut body = Body::default();
            body.visit_stmt(statement);
            let binds = |name: &str| all.stores.contains(name);
            // What the statement reads is looked up before it binds.
            let own = body.loads.iter().filter(|(name, _)| {
                binds(name)
                    && !bound.contains(*name)
                    && !is_python_builtin(name, 13, false)
                    && self
                        .words
                        .by_name
                        .get(*name)
                        .is_some_and(|it| it.bindings > 1)
            });
            for (name, place) in own {
                let outer = format!("{name}_of_module");
                edits.push((*place, outer.clone()));
                if !renamed.contains(&format!("{outer} = {name}\n")) {
                    renamed.push(format!("{outer} = {name}\n"));
                }
            }
            let is_bare = matches!(statement, Stmt::AnnAssign(it) if it.value.is_none());
            if !is_bare {
                bound.extend(body.stores);
            }
        }
        let stands_alone = self.program.source.text[..usize::from(range.start())]
            .rsplit('\n')
            .next()
            .is_some_and(str::is_empty);
        if !renamed.is_empty() && stands_alone {
            let place = TextRange::empty(range.start());
            self.edits.push((place, renamed.concat()));
            self.edits.append(&mut edits);
        }
    }
}

/// The names that a statement of a class body binds and reads in the class's own scope.
#[derive(Default)]
struct Body<'a> {
    stores: BTreeSet<&'a str>,
    loads: Vec<(&'a str, TextRange)>,
}

impl<'a> Visitor<'a> for Body<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                self.stores.insert(function.name.as_str());
                let defaults = function
                    .parameters
                    .iter()
                    .filter_map(ast::AnyParameterRef::default);
                defaults.for_each(|it| self.visit_expr(it));
            }
            Stmt::ClassDef(class) => {
                self.stores.insert(class.name.as_str());
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.ctx == ExprContext::Load => {
                self.loads.push((name.id.as_str(), name.range()));
            }
            Expr::Name(name) => {
                self.stores.insert(name.id.as_str());
            }
            Expr::Lambda(_) => {}
            // Only the first iterable is looked up in the class.
            Expr::ListComp(it) => self.first(&it.generators),
            Expr::SetComp(it) => self.first(&it.generators),
            Expr::DictComp(it) => self.first(&it.generators),
            Expr::Generator(it) => self.first(&it.generators),
            _ => walk_expr(self, expression),
        }
    }
}

impl<'a> Body<'a> {
    fn first(&mut self, generators: &'a [ast::Comprehension]) {
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
    }
}
