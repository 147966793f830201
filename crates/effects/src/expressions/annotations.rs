//! The types that annotations name.

use srcify_syntax::ast::{self, Expr};

use crate::Type;
use crate::analyze::Analyzer;
use crate::value::Callable;

impl<'a> Analyzer<'a> {
    /// The type that an annotation names.
    pub(crate) fn annotation(&mut self, annotation: &'a Expr) -> Option<Type> {
        match annotation {
            Expr::StringLiteral(string) => {
                Type::parse(string.value.to_str()).filter(Type::is_immutable)
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
}
