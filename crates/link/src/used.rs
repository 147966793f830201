//! What of the local modules the input uses.

use std::collections::BTreeMap;

use srcify_effects::{Access, distributions};
use srcify_syntax::ast::{Expr, Stmt, StmtClassDef};
use srcify_syntax::{Program, TextRange, parse};

use crate::apart::is_inert;

/// The program without the definitions of modules that nothing in it names.
pub(crate) fn used(program: Program) -> Program {
    let bases = Bases::of(&program);
    let unused = program.unnamed(|id| {
        let unit = &program.units()[id.index()];
        let statement = program.statement(id);
        let is_module = program.source.inclusion_at(unit.range.start()).is_some();
        let may_go = is_module
            && is_alone(&program, unit.full_range)
            && is_inert(statement)
            && !matches!(statement, Stmt::ClassDef(class) if bases.may_notice(class, 0));
        may_go.then(|| Access::of(statement).may)
    });
    if unused.is_empty() {
        return program;
    }
    parse(program.source_without(&unused, "nothing in the input uses it")).output
}

/// Classes that are known to be only looked at when others are made of them.
const QUIET_LIBRARIES: &[&str] = &["sklearn", "torch"];

/// What the classes of a program are made of: a base may note that another class is made of it.
struct Bases<'a> {
    /// Classes by name; `None` where there are several, or something else has the name, too.
    classes: BTreeMap<String, Option<&'a StmtClassDef>>,
    /// The libraries that names are imported from.
    imported: BTreeMap<&'a str, &'a str>,
    /// The program asks for all classes that are made of another.
    asks: bool,
}

impl<'a> Bases<'a> {
    fn of(program: &'a Program) -> Self {
        let mut bases = Self {
            classes: BTreeMap::new(),
            imported: BTreeMap::new(),
            asks: program.source.text.contains("__subclasses__"),
        };
        for unit in program.units() {
            match program.statement(unit.id) {
                Stmt::Import(it) => {
                    for alias in &it.names {
                        let library = alias.name.split('.').next().unwrap_or_default();
                        let name = alias.asname.as_ref().map_or(library, |it| it.as_str());
                        bases.imported.insert(name, library);
                    }
                }
                Stmt::ImportFrom(it) => {
                    let module = it.module.as_ref().map_or("", |it| it.as_str());
                    let library = module.split('.').next().unwrap_or_default();
                    for alias in &it.names {
                        let name = alias.asname.as_ref().unwrap_or(&alias.name);
                        bases.imported.insert(name.as_str(), library);
                    }
                }
                statement => {
                    let class = statement.as_class_def_stmt();
                    for name in Access::of(statement).may {
                        let known = bases.classes.entry(name);
                        known.and_modify(|it| *it = None).or_insert(class);
                    }
                }
            }
        }
        bases
    }

    /// Whether making a class may do more than that: its bases register it, or somebody asks them for their classes.
    fn may_notice(&self, class: &StmtClassDef, depth: usize) -> bool {
        let Some(arguments) = &class.arguments else {
            return false;
        };
        self.asks && !arguments.args.is_empty()
            || !arguments.keywords.is_empty()
            || arguments.args.iter().any(|it| self.notices(it, depth))
    }

    fn notices(&self, base: &Expr, depth: usize) -> bool {
        let base = match base {
            Expr::Subscript(generic) => &*generic.value,
            base => base,
        };
        let is_quiet = |library: &str| {
            distributions::is_standard_library(library) || QUIET_LIBRARIES.contains(&library)
        };
        match base {
            Expr::Name(name) => {
                let name = name.id.as_str();
                if let Some(known) = self.classes.get(name) {
                    return known.is_none_or(|class| self.is_noticing(class, depth));
                }
                match self.imported.get(name) {
                    Some(library) => !is_quiet(library),
                    // A builtin, or what a star brings.
                    None => !BUILTINS.contains(&name) && !name.ends_with("Error"),
                }
            }
            Expr::Attribute(attribute) => {
                let mut root = &*attribute.value;
                while let Expr::Attribute(inner) = root {
                    root = &inner.value;
                }
                let name = root.as_name_expr().map(|it| it.id.as_str());
                let library = name.and_then(|name| self.imported.get(name));
                library.is_none_or(|library| !is_quiet(library))
            }
            _ => true,
        }
    }

    /// Whether a class of the program does something when another is made of it.
    fn is_noticing(&self, class: &StmtClassDef, depth: usize) -> bool {
        let has_hook = class.body.iter().any(|it| {
            let method = it.as_function_def_stmt();
            method.is_some_and(|it| it.name.as_str() == "__init_subclass__")
        });
        has_hook || depth > MAX_DEPTH || self.may_notice(class, depth + 1)
    }
}

/// Builtin classes that others are made of.
const BUILTINS: &[&str] = &[
    "BaseException",
    "Exception",
    "Warning",
    "dict",
    "float",
    "int",
    "list",
    "object",
    "set",
    "str",
    "tuple",
];

/// Deeper than this nobody derives classes.
const MAX_DEPTH: usize = 20;

/// Whether nothing else stands on the lines of a statement.
fn is_alone(program: &Program, range: TextRange) -> bool {
    let text = &program.source.text;
    let before = text[..usize::from(range.start())].rsplit('\n').next();
    let after = text[usize::from(range.end())..].split('\n').next();
    before.is_none_or(|text| text.trim().is_empty())
        && after.is_none_or(|text| text.trim().is_empty())
}
