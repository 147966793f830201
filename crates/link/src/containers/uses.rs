//! Where the values of a container are used, and whether every use is understood.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{bound_names, function_names};
use srcify_syntax::ast::visitor::{self, Visitor};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use super::entries::{Container, Form, is_literal, is_path};
use crate::file::Words;

/// Keys from the outside to the inside.
pub(super) type Path<'a> = Vec<&'a str>;

/// A use of a value: `CONFIG["train"]["lr"]`.
pub(super) struct Use<'a> {
    pub path: Path<'a>,
    /// After each key.
    pub ranges: Vec<TextRange>,
    pub is_store: bool,
}

/// Names that are given to the whole container, once, at module level. Of a class that is one object at the most, as two
/// would not share what changes, and one without functions, which an object would bind.
pub(super) fn aliases<'a>(
    program: &'a Program,
    words: &Words,
    container: &Container<'a>,
) -> BTreeMap<&'a str, UnitId> {
    let mut found = BTreeMap::new();
    let is_data = container
        .entries
        .iter()
        .all(|it| is_literal(it.value) || is_path(it.value, words));
    let mut may_make = container.form == Form::Class && is_data;
    for unit in program.units() {
        let Stmt::Assign(assign) = program.statement(unit.id) else {
            continue;
        };
        let [Expr::Name(target)] = &assign.targets[..] else {
            continue;
        };
        let whole = match &*assign.value {
            Expr::Name(name) => name,
            Expr::Call(call) if may_make && call.arguments.is_empty() => {
                let Expr::Name(name) = &*call.func else {
                    continue;
                };
                may_make = name.id.as_str() != container.name;
                name
            }
            _ => continue,
        };
        let word = words.by_name.get(target.id.as_str());
        let is_plain = word.is_some_and(|it| it.bindings == 1 && it.imports.is_empty());
        if whole.id.as_str() == container.name && is_plain && unit.id > container.unit {
            found.insert(target.id.as_str(), unit.id);
        }
    }
    found
}

/// Finds the uses of a container, and whether one is not understood.
pub(super) struct Reader<'a, 'b> {
    pub container: &'b Container<'a>,
    pub aliases: &'b BTreeMap<&'a str, UnitId>,
    pub uses: Vec<Use<'a>>,
    pub is_refused: bool,
    /// Functions and classes around.
    pub depth: usize,
    /// Local names of the functions and comprehensions that hold the uses.
    pub locals: BTreeSet<String>,
}

impl<'a> Reader<'a, '_> {
    fn is_container(&self, name: &str) -> bool {
        name == self.container.name || self.aliases.contains_key(name)
    }

    /// The expression as a chain of known keys from the container.
    fn use_of(&self, expression: &'a Expr) -> Option<Use<'a>> {
        let is_dictionary = self.container.form == Form::Dictionary;
        let (base, key) = match expression {
            Expr::Subscript(it) if is_dictionary => (
                &*it.value,
                it.slice.as_string_literal_expr()?.value.to_str(),
            ),
            Expr::Call(call) if is_dictionary => {
                let callee = call.func.as_attribute_expr()?;
                let is_plain = call.arguments.keywords.is_empty() && call.arguments.args.len() <= 2;
                if callee.attr.as_str() != "get" || !is_plain {
                    return None;
                }
                let is_default = |it: &Expr| it.is_literal_expr();
                if !call.arguments.args.iter().skip(1).all(is_default) {
                    return None;
                }
                let key = call.arguments.args.first()?.as_string_literal_expr()?;
                (&*callee.value, key.value.to_str())
            }
            Expr::Attribute(it) if !is_dictionary => (&*it.value, it.attr.as_str()),
            _ => return None,
        };
        let mut found = match base {
            Expr::Name(name) if self.is_container(&name.id) => Use {
                path: Vec::new(),
                ranges: Vec::new(),
                is_store: false,
            },
            _ => self.use_of(base)?,
        };
        let mut entries = &self.container.entries;
        for key in &found.path {
            entries = &entries.iter().find(|entry| entry.key == *key)?.inner;
        }
        entries.iter().find(|entry| entry.key == key)?;
        found.path.push(key);
        found.ranges.push(expression.range());
        Some(found)
    }

    /// Whether a binding of a value is one of a name: an attribute, outside of functions.
    fn may_bind(&self) -> bool {
        self.depth == 0 && self.container.form != Form::Dictionary && self.aliases.is_empty()
    }
}

impl<'a> Visitor<'a> for Reader<'a, '_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let is_scope = matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
        self.depth += usize::from(is_scope);
        let before = self.uses.len();
        visitor::walk_stmt(self, statement);
        self.depth -= usize::from(is_scope);
        if let (Stmt::FunctionDef(function), true) = (statement, self.uses.len() > before) {
            let names = function_names(Some(&function.parameters), &function.body);
            self.locals.extend(names.locals);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let context = match expression {
            Expr::Subscript(it) => it.ctx,
            Expr::Attribute(it) => it.ctx,
            _ => ast::ExprContext::Load,
        };
        if let Some(mut found) = self.use_of(expression) {
            found.is_store = context.is_store();
            self.is_refused |= context.is_del() || (context.is_store() && !self.may_bind());
            self.uses.push(found);
            return;
        }
        if let Expr::Name(name) = expression {
            self.is_refused |= self.is_container(&name.id);
        }
        let before = self.uses.len();
        visitor::walk_expr(self, expression);
        if self.uses.len() > before {
            self.locals.extend(own_names(expression));
        }
    }
}

/// The names that an expression with a scope of its own binds in it.
pub(super) fn own_names(expression: &Expr) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let generators = match expression {
        Expr::ListComp(it) => &it.generators,
        Expr::SetComp(it) => &it.generators,
        Expr::DictComp(it) => &it.generators,
        Expr::Generator(it) => &it.generators,
        Expr::Lambda(lambda) => {
            let parameters = lambda.parameters.iter().flat_map(|it| it.iter());
            names.extend(parameters.map(|it| it.name().to_string()));
            return names;
        }
        _ => return names,
    };
    for generator in generators {
        bound_names(&generator.target, &mut names);
    }
    names
}
