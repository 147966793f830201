//! What installed libraries declare of calls, attributes, items and operations that the catalog does not describe.

use std::fmt::Write as _;

use srcify_syntax::ast;

use super::super::Passed;
use crate::Type;
use crate::analyze::Analyzer;
use crate::distributions::is_standard_library;
use crate::installed::{Asked, is_asked};
use crate::value::Value;

/// A question while it is written.
#[derive(Default)]
struct Writing {
    given: Vec<Option<String>>,
}

impl Analyzer<'_> {
    /// What a call of a function or class is declared to give.
    pub(super) fn declared_call(&self, path: &str, arguments: &[Passed]) -> Option<Type> {
        if !self.is_asked(path) {
            return None;
        }
        let mut writing = Writing::default();
        let arguments = self.written_arguments(arguments, &mut writing);
        self.declared(format!("{path}({arguments})"), writing)
    }

    /// What a method of an object is declared to give.
    pub(super) fn declared_method(
        &self,
        ty: &Type,
        method: &str,
        arguments: &[Passed],
    ) -> Option<Type> {
        let mut writing = Writing::default();
        let object = self.written_object(ty, method, &mut writing)?;
        let arguments = self.written_arguments(arguments, &mut writing);
        self.declared(format!("{object}.{method}({arguments})"), writing)
    }

    /// What an attribute of an object is declared to be.
    pub(crate) fn declared_attribute(&self, ty: &Type, name: &str) -> Option<Type> {
        let mut writing = Writing::default();
        let object = self.written_object(ty, name, &mut writing)?;
        self.declared(format!("{object}.{name}"), writing)
    }

    /// What a name of a library's module is declared to be: an object, where it is no function and no class.
    pub(crate) fn declared_constant(&self, path: &str) -> Option<Type> {
        let is_asked = self.is_asked(path);
        is_asked.then(|| self.declared(path.to_owned(), Writing::default()))?
    }

    /// What an object is declared to give for an index.
    pub(crate) fn declared_item(&self, ty: &Type, index: &Value) -> Option<Type> {
        let mut writing = Writing::default();
        let object = self.written_object(ty, "__getitem__", &mut writing)?;
        let index = self.written(index, &mut writing);
        self.declared(format!("{object}[{index}]"), writing)
    }

    /// What going through an object is declared to give.
    pub(crate) fn declared_element(&self, ty: &Type) -> Option<Type> {
        let mut writing = Writing::default();
        let object = self.written_object(ty, "__iter__", &mut writing)?;
        self.declared(format!("next(iter({object}))"), writing)
    }

    /// What an operation is declared to give, one of whose operands is of a library that is asked.
    pub(crate) fn declared_operation(
        &self,
        left: &Value,
        right: &Value,
        operator: ast::Operator,
    ) -> Option<Type> {
        let is_meant = |it: &Value| match (&it.path, it.apparent()) {
            (Some(path), _) => self.is_asked(path),
            (None, Some(ty)) => self.is_asked(&ty.name),
            (None, None) => false,
        };
        if !is_meant(left) && !is_meant(right) {
            return None;
        }
        let mut writing = Writing::default();
        let left = self.written(left, &mut writing);
        let right = self.written(right, &mut writing);
        self.declared(format!("{left} {} {right}", operator.as_str()), writing)
    }

    fn declared(&self, expression: String, writing: Writing) -> Option<Type> {
        let asked = Asked {
            expression,
            given: writing.given,
        };
        let found = self.catalog.installed()?.type_of(&asked)?;
        self.is_fit(&found).then_some(found)
    }

    /// Whether it appears to be of a library that is asked.
    pub(crate) fn may_be_declared(&self, ty: &Type) -> bool {
        let apparent = ty.apparent();
        apparent.members().iter().any(|it| self.is_asked(&it.name))
    }

    /// Whether somebody is asked about a name.
    fn is_asked(&self, path: &str) -> bool {
        self.catalog.installed().is_some() && is_asked(path)
    }

    /// An object of a library's class, or of a class of the program that inherits the member from one.
    fn written_object(&self, ty: &Type, member: &str, writing: &mut Writing) -> Option<String> {
        self.catalog.installed()?;
        let class = self.library_class(ty, member)?;
        self.is_asked(&class).then(|| writing.object(Some(class)))
    }

    fn library_class(&self, ty: &Type, member: &str) -> Option<String> {
        if ty.name.contains('.') {
            return Some(ty.name.to_string());
        }
        if self.find_class(&ty.name, member).is_some() {
            return None;
        }
        let bases = self.lineage(&ty.name).into_iter();
        let mut bases = bases.flat_map(|(_, it)| it.bases.clone());
        bases.find(|it| it.contains('.'))
    }

    fn written_arguments(&self, arguments: &[Passed], writing: &mut Writing) -> String {
        let mut text = String::new();
        for passed in arguments {
            if !text.is_empty() {
                text.push_str(", ");
            }
            match &passed.name {
                None if passed.is_keyword => text.push_str("**"),
                _ if passed.is_unpacked => text.push('*'),
                Some(name) if passed.is_keyword => {
                    write!(text, "{name}=").ok();
                }
                _ => {}
            }
            let value = if passed.is_unpacked {
                writing.object(None)
            } else {
                self.written(&passed.value, writing)
            };
            text.push_str(&value);
        }
        text
    }

    /// A value as an expression: a name of a library, a literal, or a placeholder.
    fn written(&self, value: &Value, writing: &mut Writing) -> String {
        if let Some(path) = value.path.as_deref().filter(|it| it.contains('.')) {
            return path.to_owned();
        }
        if let Some(literal) = literal(value) {
            return literal;
        }
        let ty = value.apparent();
        writing.object(ty.and_then(|ty| self.annotation_of(&ty)))
    }

    fn annotation_of(&self, ty: &Type) -> Option<String> {
        let name = ty.name.as_str();
        let inner = || {
            let parts = ty.arguments.iter().map(|it| self.annotation_of(it));
            parts.collect::<Option<Vec<String>>>()
        };
        match name {
            "|" => Some(inner()?.join(" | ")),
            "number" => Some("float".to_owned()),
            "..." => Some(name.to_owned()),
            "Iterator" | "Generator" => {
                let inner = inner()?;
                let element = inner.first()?;
                Some(format!("collections.abc.Iterator[{element}]"))
            }
            _ if PLAIN.contains(&name) => Some(name.to_owned()),
            _ if CONTAINERS.contains(&name) => {
                let inner = inner().filter(|it| !it.is_empty());
                let inner = inner.map_or_else(String::new, |it| format!("[{}]", it.join(", ")));
                Some(format!("{name}{inner}"))
            }
            _ if name.contains("._") => None,
            _ if name.contains('.') => Some(name.to_owned()),
            _ => self.library_class(ty, ""),
        }
    }

    /// Whether an annotation may say it: what the program can import, and what its other lines can bear.
    fn is_fit(&self, ty: &Type) -> bool {
        let name = ty.name.as_str();
        match name {
            // Whoever uses a value without asking whether it is there knows more than was declared.
            "|" => ty
                .arguments
                .iter()
                .all(|it| PLAIN.contains(&it.name.as_str()) && it.name != "None"),
            "..." => true,
            _ if PLAIN.contains(&name) => true,
            _ if CONTAINERS.contains(&name) => ty.arguments.iter().all(|it| self.is_fit(it)),
            _ => {
                let Some((library, _)) = name.split_once('.') else {
                    return false;
                };
                let is_known = match library {
                    "numpy" | "pandas" => NAMED.contains(&name),
                    _ => is_standard_library(library) || self.uses(library),
                };
                is_known && ty.arguments.iter().all(|it| self.is_fit(it))
            }
        }
    }
}

impl Writing {
    /// The name of one more value.
    fn object(&mut self, annotation: Option<String>) -> String {
        self.given.push(annotation);
        format!("_{}", self.given.len() - 1)
    }
}

/// A literal, as it is written.
fn literal(value: &Value) -> Option<String> {
    let literal = value.literal.as_deref()?;
    let is_short = literal.len() <= LONGEST;
    if value.is("str") {
        let is_plain = |it: char| it.is_ascii_graphic() && !"\"\\".contains(it) || it == ' ';
        return (is_short && literal.chars().all(is_plain)).then(|| format!("\"{literal}\""));
    }
    let is_number = ["int", "float", "bool", "None"]
        .iter()
        .any(|it| value.is(it));
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "+-._".contains(it);
    (is_number && is_short && !literal.is_empty() && literal.chars().all(is_plain))
        .then(|| literal.to_owned())
}

/// Longer literals decide nothing.
const LONGEST: usize = 40;

/// Classes without arguments that annotations name.
const PLAIN: &[&str] = &[
    "int", "float", "str", "bool", "bytes", "complex", "None", "range", "slice",
];

const CONTAINERS: &[&str] = &["list", "set", "dict", "tuple", "frozenset"];

/// What annotations name of libraries whose other classes have arguments, or are none of theirs.
const NAMED: &[&str] = &[
    "numpy.ndarray",
    "numpy.float64",
    "numpy.int64",
    "numpy.bool_",
    "numpy.random.Generator",
    "pandas.DataFrame",
    "pandas.Series",
    "pandas.Index",
    "pandas.Timestamp",
    "pandas.Timedelta",
];
