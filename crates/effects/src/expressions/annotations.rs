//! The types that annotations name.

use srcify_syntax::ast::{self, Expr};

use crate::Type;
use crate::analyze::Analyzer;
use crate::value::{Callable, Value};

impl<'a> Analyzer<'a> {
    /// The type that an annotation names.
    pub(crate) fn annotation(&mut self, annotation: &'a Expr) -> Option<Type> {
        match annotation {
            Expr::StringLiteral(string) => {
                let written = Type::parse(string.value.to_str())?;
                self.quoted(&written)
            }
            Expr::NoneLiteral(_) => Some(Type::new("None")),
            Expr::BinOp(union) if union.op == ast::Operator::BitOr => {
                let (left, right) = (
                    self.annotation(&union.left)?,
                    self.annotation(&union.right)?,
                );
                Type::join(Some(&left), Some(&right))
            }
            Expr::Subscript(generic) => {
                let outer = self.annotation(&generic.value)?;
                let arguments: Option<Vec<Type>> = match &*generic.slice {
                    Expr::Tuple(tuple) => tuple.elts.iter().map(|it| self.annotation(it)).collect(),
                    single => self.annotation(single).map(|ty| vec![ty]),
                };
                match outer.name.as_str() {
                    "Optional" => {
                        let inner = arguments?.into_iter().next()?;
                        Type::join(Some(&inner), Some(&Type::new("None")))
                    }
                    _ => Some(Type {
                        name: outer.name,
                        arguments: arguments.unwrap_or_default(),
                    }),
                }
            }
            Expr::Name(_) | Expr::Attribute(_) => {
                let value = self.evaluate(annotation);
                match (&value.path, &value.callable) {
                    (Some(path), _) => {
                        let name = path.strip_prefix("typing.").unwrap_or(path);
                        let name = match name {
                            "List" => "list",
                            "Dict" => "dict",
                            "Tuple" => "tuple",
                            "Set" => "set",
                            "Any" | "Callable" | "Union" => return None,
                            other => other,
                        };
                        Some(Type::new(name))
                    }
                    (None, Some(Callable::Class(class))) => Some(Type::new(class)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
    /// The type that a quoted annotation means: its names are those of the module.
    fn quoted(&self, written: &Type) -> Option<Type> {
        let arguments: Option<Vec<Type>> =
            written.arguments.iter().map(|it| self.quoted(it)).collect();
        let arguments = arguments?;
        let (first, rest) = match written.name.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (written.name.as_str(), None),
        };
        let is_plain = written.name == "|" || self.classes.contains_key(&written.name);
        let name = match self.globals.get(first) {
            _ if is_plain => written.name.clone(),
            Some(Value {
                path: Some(path), ..
            }) => match rest {
                Some(rest) => format!("{path}.{rest}"),
                None => path.to_string(),
            },
            Some(_) => return None,
            None => written.name.clone(),
        };
        match name.strip_prefix("typing.").unwrap_or(&name) {
            "Optional" => Type::join(arguments.first(), Some(&Type::new("None"))),
            "Any" | "Callable" | "Union" => None,
            plain => {
                let is_known = plain == "|"
                    || Type::new(plain).is_immutable()
                    || self.classes.contains_key(plain)
                    || self.catalog.is_class(plain);
                is_known.then(|| Type::generic(self.catalog.canonical(plain), arguments))
            }
        }
    }
}
