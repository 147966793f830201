//! Signatures of functions inside of functions, and of definitions inside of the application function: what calls tell, where
//! the names that annotations are made of mean the same.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{
    Visitor, walk_except_handler, walk_expr, walk_parameter, walk_pattern, walk_stmt,
};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, UnitId};

use crate::edits::Edit;
use crate::names::{identifiers, stores};
use crate::planner::Planner;
use crate::types::Imports;

impl Planner<'_> {
    /// Annotations of the functions inside of a definition.
    pub(super) fn inner_signatures(&self, statement: &Stmt, needed: &mut Imports) -> Vec<Edit> {
        let mut inner = Inner::default();
        match statement {
            Stmt::FunctionDef(it) => inner.within(it, &it.name),
            Stmt::ClassDef(class) => {
                for method in class.body.iter().filter_map(Stmt::as_function_def_stmt) {
                    inner.within(method, &format!("{}.{}", class.name, method.name));
                }
            }
            _ => {}
        }
        self.told(&inner.found, needed)
    }

    /// Annotations of a definition that stands in the application function, and of the functions inside of it.
    pub(super) fn nested_signatures(&self, unit: UnitId, needed: &mut Imports) -> Vec<Edit> {
        let statement = self.program.statement(unit);
        let mut inner = Inner::default();
        if matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            inner.visit_stmt(statement);
        }
        // What is defined again may be given something else.
        let is_one = |it: &Found<'_>| {
            let root = it.name.split('.').next().unwrap_or(&it.name);
            self.names.is_definition(root)
        };
        inner.found.retain(is_one);
        self.told(&inner.found, needed)
    }

    /// What is known of functions, as far as the annotations mean there what they mean at the head of the module.
    fn told(&self, found: &[Found<'_>], needed: &mut Imports) -> Vec<Edit> {
        let mut edits = Vec::new();
        for it in found {
            // The analysis does not tell those apart that have one name in one place.
            let is_one = found.iter().filter(|other| other.name == it.name).count() == 1;
            if !is_one || !self.graph.functions.contains_key(&it.name) {
                continue;
            }
            let mut own = Imports::new();
            for edit in self.signature_edits(it.function, &it.name, &[], &mut own) {
                let words = identifiers(&edit.text);
                // What is only ever left out is not said to be nothing else.
                let is_said = ![": Any", " -> Any", ": None"].contains(&edit.text.as_str());
                // What is bound again may be something else then.
                let is_bound_again = it.function.parameters.iter().any(|parameter| {
                    let name = parameter.name();
                    name.end() == edit.range.start() && stores(&it.function.body, name) > 0
                });
                let is_clear = |word: &String| {
                    !it.hidden.contains(word)
                        && (self.names.get(word).is_none()
                            || self.names.is_import(word)
                            || self.definitions.placed.contains_key(word))
                };
                if is_said && !is_bound_again && words.iter().all(is_clear) {
                    let imports = own.iter().filter(|(name, _)| {
                        let root = name.split('.').next().unwrap_or(name);
                        words.contains(root)
                    });
                    needed.extend(imports.map(|(name, text)| (name.clone(), text.clone())));
                    edits.push(edit);
                }
            }
        }
        edits
    }
}

/// A function that stands in another one.
struct Found<'a> {
    function: &'a ast::StmtFunctionDef,
    /// Its name in the analysis.
    name: String,
    /// Names that mean something else there than at the head of the module.
    hidden: BTreeSet<String>,
}

/// Finds functions inside of functions.
#[derive(Default)]
struct Inner<'a> {
    /// How the analysis names what is defined here: `outer.<locals>.`, then the name.
    prefix: String,
    /// What is bound by each of the functions and classes around.
    around: Vec<BTreeSet<String>>,
    found: Vec<Found<'a>>,
}

impl<'a> Inner<'a> {
    fn function(&mut self, function: &'a ast::StmtFunctionDef) {
        let name = format!("{}{}", self.prefix, function.name);
        self.within(function, &name);
        self.found.push(Found {
            function,
            name,
            hidden: self.around.iter().flatten().cloned().collect(),
        });
    }

    /// The functions inside of a function.
    fn within(&mut self, function: &'a ast::StmtFunctionDef, name: &str) {
        let mut bound = bound_in(&function.body);
        let parameters = function.parameters.iter();
        bound.extend(parameters.map(|it| it.name().to_string()));
        self.around.push(bound);
        let outer = std::mem::replace(&mut self.prefix, format!("{name}.<locals>."));
        self.visit_body(&function.body);
        self.prefix = outer;
        self.around.pop();
    }
}

impl<'a> Visitor<'a> for Inner<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => {
                self.around.push(bound_in(&class.body));
                let inside = format!("{}{}.", self.prefix, class.name);
                let outer = std::mem::replace(&mut self.prefix, inside);
                for method in class.body.iter().filter_map(Stmt::as_function_def_stmt) {
                    self.function(method);
                }
                self.prefix = outer;
                self.around.pop();
            }
            _ => walk_stmt(self, statement),
        }
    }
}

/// Every name that a body binds, in whatever scope.
pub(crate) fn bound_in(body: &[Stmt]) -> BTreeSet<String> {
    struct Bound(BTreeSet<String>);
    impl<'a> Visitor<'a> for Bound {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            match statement {
                Stmt::FunctionDef(it) => drop(self.0.insert(it.name.to_string())),
                Stmt::ClassDef(it) => drop(self.0.insert(it.name.to_string())),
                _ => {}
            }
            walk_stmt(self, statement);
        }

        fn visit_alias(&mut self, alias: &'a ast::Alias) {
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            let root = name.split('.').next().unwrap_or(name);
            self.0.insert(root.to_owned());
        }

        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Name(name) = expression
                && !name.ctx.is_load()
            {
                self.0.insert(name.id.to_string());
            }
            walk_expr(self, expression);
        }

        fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
            self.0.insert(parameter.name.to_string());
            walk_parameter(self, parameter);
        }

        fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
            let ast::ExceptHandler::ExceptHandler(it) = handler;
            self.0.extend(it.name.iter().map(ToString::to_string));
            walk_except_handler(self, handler);
        }

        fn visit_pattern(&mut self, pattern: &'a ast::Pattern) {
            let name = match pattern {
                ast::Pattern::MatchAs(it) => it.name.as_ref(),
                ast::Pattern::MatchStar(it) => it.name.as_ref(),
                ast::Pattern::MatchMapping(it) => it.rest.as_ref(),
                _ => None,
            };
            self.0.extend(name.map(ToString::to_string));
            walk_pattern(self, pattern);
        }
    }
    let mut bound = Bound(BTreeSet::new());
    bound.visit_body(body);
    bound.0
}
