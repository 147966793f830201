//! Which classes can be handed what their methods hold: the object keeps the value from its setting up on.
//!
//! `def split(self): return train_test_split(self.x, test_size=0.2)` reads `self.test_size`, which `__init__` sets from a
//! variable of the module, for [`hoist`](super::hoist) to bind. Objects then have one attribute more, so nothing may look at
//! attributes that it does not name.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_parameter, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, TextSize};

use crate::edits::Edit;

/// What looks at attributes without naming them, or makes objects without setting them up.
const LOOKERS: [&str; 14] = [
    "__dict__",
    "__slots__",
    "__new__",
    "__getattr__",
    "__getattribute__",
    "__setattr__",
    "__getstate__",
    "__reduce__",
    "vars",
    "dir",
    "getattr",
    "hasattr",
    "setattr",
    "getmembers",
];

/// What the program names, as far as attributes of objects go.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    /// Attributes that something sets, in any object.
    set: BTreeSet<&'a str>,
    /// Whether something may see all attributes of an object.
    has_lookers: bool,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(program: &'a Program) -> Self {
        let mut attributes = Self::default();
        for unit in program.units() {
            attributes.visit_stmt(program.statement(unit.id));
        }
        attributes
    }

    fn look(&mut self, name: &str) {
        self.has_lookers |= LOOKERS.contains(&name);
    }
}

impl<'a> Visitor<'a> for Attributes<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::FunctionDef(it) = statement {
            self.look(&it.name);
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(it) => self.look(&it.id),
            Expr::Attribute(it) => {
                self.look(&it.attr);
                if !it.ctx.is_load() {
                    self.set.insert(&it.attr);
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

/// A class whose methods can read values from the object.
pub(super) struct Holder<'a> {
    class: &'a ast::StmtClassDef,
    /// What sets up its objects.
    set_up: &'a ast::StmtFunctionDef,
}

impl<'a> Holder<'a> {
    /// The class, where all its objects are set up by its own `__init__`, and nothing sees what else they hold.
    pub(super) fn of(
        class: &'a ast::StmtClassDef,
        set_up: &'a ast::StmtFunctionDef,
        attributes: &Attributes<'_>,
    ) -> Option<Self> {
        let is_plain_base = |it: &Expr| match it {
            Expr::Name(name) => matches!(name.id.as_str(), "object" | "ABC"),
            Expr::Attribute(it) => it.attr.as_str() == "ABC",
            _ => false,
        };
        let is_plain = class.bases().iter().all(is_plain_base)
            && class.keywords().is_empty()
            && class.decorator_list.is_empty()
            && set_up.decorator_list.is_empty();
        (is_plain && !attributes.has_lookers && self_of(set_up).is_some())
            .then_some(Self { class, set_up })
    }

    /// What reads an attribute called `name` where a value stands in one of the methods.
    pub(super) fn reading(
        &self,
        range: TextRange,
        name: &str,
        attributes: &Attributes<'_>,
    ) -> Option<String> {
        let mut methods = self
            .class
            .body
            .iter()
            .filter_map(Stmt::as_function_def_stmt);
        let method = methods.find(|it| it.range().contains_range(range))?;
        let object = self_of(method)?;
        let is_inside = method
            .body
            .iter()
            .any(|it| it.range().contains_range(range));
        let is_own = method.decorator_list.iter().all(|it| {
            let name = it.expression.as_name_expr();
            name.is_some_and(|it| it.id.as_str() == "property")
        });
        let mut means = Means {
            object,
            range,
            holds: true,
        };
        means.visit_body(&method.body);
        let is_free = !attributes.set.contains(name) && !self.binds(name);
        let is_set_up = method.name.as_str() == "__init_subclass__"
            || method.name.as_str() == "__class_getitem__"
            || method.range() == self.set_up.range();
        (is_inside && is_own && means.holds && is_free && !is_set_up)
            .then(|| format!("{object}.{name}"))
    }

    /// Whether the class itself has a member of that name.
    fn binds(&self, name: &str) -> bool {
        struct Bound<'a>(&'a str, bool);
        impl<'a> Visitor<'a> for Bound<'_> {
            fn visit_stmt(&mut self, statement: &'a Stmt) {
                match statement {
                    Stmt::FunctionDef(it) => self.1 |= it.name.as_str() == self.0,
                    Stmt::ClassDef(it) => self.1 |= it.name.as_str() == self.0,
                    _ => walk_stmt(self, statement),
                }
            }
            fn visit_expr(&mut self, expression: &'a Expr) {
                let name = expression.as_name_expr();
                self.1 |= name.is_some_and(|it| it.id.as_str() == self.0);
                walk_expr(self, expression);
            }
            fn visit_alias(&mut self, alias: &'a ast::Alias) {
                let name = alias.asname.as_ref().unwrap_or(&alias.name);
                self.1 |= name.as_str() == self.0;
            }
        }
        let mut bound = Bound(name, false);
        bound.visit_body(&self.class.body);
        bound.1
    }

    /// Sets attributes from variables of the same names, before anything else that sets up an object.
    pub(super) fn setting(&self, names: &BTreeSet<String>, program: &Program) -> Option<Edit> {
        let object = self_of(self.set_up)?;
        let lines = |end: &str| -> String {
            let one = |name: &String| format!("{object}.{name} = {name}{end}");
            names.iter().map(one).collect()
        };
        let text = &program.source.text;
        let has_docstring = |it: &&Stmt| {
            let value = it.as_expr_stmt().map(|it| &it.value);
            value.is_some_and(|it| it.is_string_literal_expr())
        };
        let body = &self.set_up.body;
        let docstring = body.first().filter(has_docstring);
        let first = body.get(usize::from(docstring.is_some()));
        let place = first.or(docstring)?.start();
        let line = text[..usize::from(place)]
            .rfind('\n')
            .map_or(0, |it| it + 1);
        let indent = &text[line..usize::from(place)];
        let is_alone = indent.chars().all(char::is_whitespace);
        let (at, text): (TextSize, String) = match (first, docstring) {
            (Some(first), _) if is_alone => (first.start(), lines(&format!("\n{indent}"))),
            (Some(first), _) => (first.start(), lines("; ")),
            (None, Some(docstring)) if is_alone => {
                let added = lines(&format!("\n{indent}"));
                (docstring.end(), format!("\n{indent}{}", added.trim_end()))
            }
            _ => return None,
        };
        Some(Edit {
            range: TextRange::empty(at),
            text,
        })
    }
}

/// What a method calls its object.
fn self_of(method: &ast::StmtFunctionDef) -> Option<&str> {
    let parameters = &method.parameters;
    let mut all = parameters.posonlyargs.iter().chain(&parameters.args);
    all.next().map(|it| it.name().as_str())
}

/// Whether a method's object is still what it was called at a place.
struct Means<'o> {
    object: &'o str,
    range: TextRange,
    holds: bool,
}

impl<'a> Visitor<'a> for Means<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let is_class = statement.is_class_def_stmt();
        self.holds &= !(is_class && statement.range().contains_range(self.range));
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(it) = expression {
            self.holds &= it.ctx.is_load() || it.id.as_str() != self.object;
        }
        walk_expr(self, expression);
    }

    fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
        self.holds &= parameter.name.as_str() != self.object;
        walk_parameter(self, parameter);
    }
}
