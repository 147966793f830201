//! From ty's types to ours.
//!
//! ty keeps type arguments and tuple items private; its display, which knows them, is public and says where in the text
//! each class stands. So a nominal type is read from its text, each name through the class that ty links to it.

use std::collections::HashMap;

use ruff_text_size::TextSize;
use ty_python_semantic::ProgramEnvironment;
use ty_python_semantic::types::{Type as TyType, TypeDetail};

use crate::Type;
use crate::database::Database;
use crate::names::Names;

/// Deeper nesting than a reader wants to see is unknown.
const MAX_DEPTH: u32 = 6;

/// Classes whose type arguments nobody writes down.
const BARE: &[&str] = &[
    "numpy.ndarray",
    "numpy.dtype",
    "numpy.floating",
    "numpy.integer",
    "pandas.Series",
    "pandas.Index",
    "slice",
    "os.PathLike",
    "subprocess.CompletedProcess",
    "io.TextIOWrapper",
    "io.BufferedReader",
    "io.BufferedWriter",
];

/// Turns ty's types into ours.
pub(crate) struct Renderer<'db> {
    db: &'db Database,
    environment: ProgramEnvironment<'db>,
    names: Names<'db>,
    known: std::cell::RefCell<HashMap<TyType<'db>, Type>>,
}

impl<'db> Renderer<'db> {
    pub(crate) fn new(db: &'db Database, names: Names<'db>) -> Self {
        Self {
            db,
            environment: ProgramEnvironment::from_program(db.program()),
            names,
            known: std::cell::RefCell::default(),
        }
    }

    pub(crate) fn render(&self, ty: TyType<'db>) -> Type {
        if let Some(known) = self.known.borrow().get(&ty) {
            return known.clone();
        }
        let rendered = self.at_depth(ty, 0);
        self.known.borrow_mut().insert(ty, rendered.clone());
        rendered
    }

    fn at_depth(&self, ty: TyType<'db>, depth: u32) -> Type {
        if depth > MAX_DEPTH {
            return Type::Unknown;
        }
        match ty {
            TyType::FunctionLiteral(_)
            | TyType::BoundMethod(_)
            | TyType::KnownBoundMethod(_)
            | TyType::WrapperDescriptor(_)
            | TyType::DataclassDecorator(_)
            | TyType::DataclassTransformer(_)
            | TyType::Callable(_) => Type::Function,
            TyType::ModuleLiteral(module) => {
                Type::Module(module.module(self.db).name(self.db).as_str().to_owned())
            }
            TyType::ClassLiteral(_) | TyType::GenericAlias(_) | TyType::SubclassOf(_) => self
                .names
                .class(ty)
                .map_or(Type::Unknown, Type::ClassObject),
            TyType::LiteralValue(_) | TyType::NewTypeInstance(_) | TyType::EnumComplement(_) => {
                self.names.class(ty).map_or(Type::Unknown, Type::class)
            }
            TyType::Union(union) => Type::join(
                union
                    .elements(self.db)
                    .iter()
                    .map(|element| self.at_depth(*element, depth + 1)),
            ),
            TyType::Intersection(intersection) => {
                let mut positive = intersection.iter_positive(self.db);
                match (positive.next(), positive.next()) {
                    (Some(only), None) => self.at_depth(only, depth + 1),
                    _ => Type::Unknown,
                }
            }
            TyType::TypeIs(_) | TyType::TypeGuard(_) => Type::class("bool"),
            TyType::NominalInstance(_) | TyType::ProtocolInstance(_) | TyType::TypedDict(_) => {
                self.nominal(ty)
            }
            _ => Type::Unknown,
        }
    }

    fn nominal(&self, ty: TyType<'db>) -> Type {
        let details = ty.display(self.db, &self.environment).to_string_parts();
        let mut links = HashMap::new();
        for (target, detail) in details.targets.iter().zip(details.details) {
            if let TypeDetail::Type(linked) = detail {
                links.entry(target.start()).or_insert(linked);
            }
        }
        let mut reader = Reader {
            renderer: self,
            text: &details.label,
            at: 0,
            links,
        };
        let read = reader.alternatives(0).unwrap_or(Type::Unknown);
        if reader.at == details.label.len() {
            read
        } else {
            Type::Unknown
        }
    }
}

/// Reads the text of a type.
struct Reader<'a, 'db> {
    renderer: &'a Renderer<'db>,
    text: &'a str,
    at: usize,
    links: HashMap<TextSize, TyType<'db>>,
}

impl Reader<'_, '_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn alternatives(&mut self, depth: u32) -> Option<Type> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut types = vec![self.one(depth)?];
        while self.eat(" | ") {
            types.push(self.one(depth)?);
        }
        Some(Type::join(types))
    }

    fn one(&mut self, depth: u32) -> Option<Type> {
        if self.eat("Literal[") {
            return self.literals();
        }
        if self.rest().starts_with('(') {
            self.skip_brackets()?;
            // Only signatures and parenthesised ones stand here.
            if self.eat(" -> ") {
                self.alternatives(depth + 1)?;
            }
            return Some(Type::Function);
        }
        let start = self.at;
        let length = self
            .rest()
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(self.rest().len());
        if length == 0 {
            return None;
        }
        self.at += length;
        let name = self.text.get(start..self.at)?;
        match name {
            "None" => return Some(Type::None),
            "Unknown" | "Any" | "Never" | "Divergent" | "object" => return Some(Type::Unknown),
            "tuple" if self.eat("[") => return self.tuple(depth),
            "type" if self.eat("[") => {
                let class = self.alternatives(depth + 1)?;
                self.eat("]").then_some(())?;
                let name = class.class_name().map(str::to_owned);
                return Some(name.map_or(Type::Unknown, Type::ClassObject));
            }
            _ => {}
        }
        let exact_float = self.eat("*");
        let link = self.links.get(&TextSize::try_from(start).ok()?).copied();
        if self.eat("@") || (link.is_none() && !exact_float) {
            return None;
        }
        let class = link.and_then(|ty| self.renderer.names.class(ty));
        let arguments = if self.eat("[") {
            self.list(depth, "]")?
        } else {
            Vec::new()
        };
        Some(class.map_or(Type::Unknown, |name| {
            let arguments = if BARE.contains(&name.as_str()) {
                Vec::new()
            } else {
                arguments
            };
            Type::Class { name, arguments }
        }))
    }

    fn list(&mut self, depth: u32, end: &str) -> Option<Vec<Type>> {
        let mut types = Vec::new();
        loop {
            if self.eat("...") || self.rest().starts_with('[') {
                if self.rest().starts_with('[') {
                    self.skip_brackets()?;
                }
                types.push(Type::Unknown);
            } else {
                types.push(self.alternatives(depth + 1)?);
            }
            if self.eat(end) {
                return Some(types);
            }
            self.eat(", ").then_some(())?;
        }
    }

    /// After `tuple[`.
    fn tuple(&mut self, depth: u32) -> Option<Type> {
        if self.eat("()]") {
            return Some(Type::Tuple(Vec::new()));
        }
        let mut items = Vec::new();
        loop {
            if self.eat("*tuple[") {
                let inner = self.tuple(depth + 1)?;
                let Type::Class { arguments, .. } = inner else {
                    return None;
                };
                items.extend(arguments);
                while self.eat(", ") {
                    items.push(self.alternatives(depth + 1)?);
                }
                self.eat("]").then_some(())?;
                return Some(any_length(Type::join(items)));
            }
            items.push(self.alternatives(depth + 1)?);
            if self.eat("]") {
                return Some(Type::Tuple(items));
            }
            self.eat(", ").then_some(())?;
            if self.eat("...]") {
                return Some(any_length(items.pop()?));
            }
        }
    }

    /// After `Literal[`: the classes of the values.
    fn literals(&mut self) -> Option<Type> {
        let mut types = Vec::new();
        loop {
            types.push(self.literal()?);
            if self.eat("]") {
                return Some(Type::join(types));
            }
            self.eat(", ").then_some(())?;
        }
    }

    fn literal(&mut self) -> Option<Type> {
        let is_bytes = self.rest().starts_with("b\"") || self.rest().starts_with("b'");
        if is_bytes {
            self.at += 1;
        }
        let rest = self.rest();
        let first = rest.chars().next()?;
        if first == '"' || first == '\'' {
            self.skip_string(first)?;
            return Some(Type::class(if is_bytes { "bytes" } else { "str" }));
        }
        let length = rest.find([',', ']']).unwrap_or(rest.len());
        let text = rest.get(..length)?;
        let start = self.at;
        let class = if text == "True" || text == "False" {
            Some(Type::class("bool"))
        } else if first.is_ascii_digit() || first == '-' {
            Some(Type::class("int"))
        } else {
            let link = self.links.get(&TextSize::try_from(start).ok()?).copied();
            link.and_then(|ty| self.renderer.names.class(ty))
                .map(Type::class)
        };
        self.at += length;
        Some(class.unwrap_or(Type::Unknown))
    }

    fn skip_string(&mut self, quote: char) -> Option<()> {
        let mut escaped = false;
        for (offset, c) in self.rest().char_indices().skip(1) {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == quote {
                self.at += offset + 1;
                return Some(());
            }
        }
        None
    }

    /// Skips a bracketed group, quotes respected.
    fn skip_brackets(&mut self) -> Option<()> {
        let mut depth = 0_u32;
        while let Some(c) = self.rest().chars().next() {
            match c {
                '"' | '\'' => {
                    self.skip_string(c)?;
                    continue;
                }
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.checked_sub(1)?,
                _ => {}
            }
            self.at += c.len_utf8();
            if depth == 0 {
                return Some(());
            }
        }
        None
    }
}

fn any_length(item: Type) -> Type {
    Type::Class {
        name: "tuple".to_owned(),
        arguments: vec![item],
    }
}
