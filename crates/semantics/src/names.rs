//! Public names of classes: `pandas.core.frame.DataFrame` is `pandas.DataFrame` to its users.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use ruff_db::files::File;
use ruff_db::parsed::parsed_module;
use ruff_python_ast::Stmt;
use ty_module_resolver::file_to_module;
use ty_python_core::definition::Definition;
use ty_python_core::scope::ScopeKind;
use ty_python_core::semantic_index;
use ty_python_semantic::types::{Type as TyType, TypeDefinition};
use ty_python_semantic::{HasType, ProgramEnvironment, SemanticModel};

use crate::database::Database;

/// Classes that `typing` defines in typeshed and that people take from elsewhere.
const ABSTRACT: &[&str] = &[
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "ByteString",
    "Collection",
    "Container",
    "Coroutine",
    "Generator",
    "Hashable",
    "ItemsView",
    "Iterable",
    "Iterator",
    "KeysView",
    "Mapping",
    "MappingView",
    "MutableMapping",
    "MutableSequence",
    "MutableSet",
    "Reversible",
    "Sequence",
    "Set",
    "Sized",
    "ValuesView",
];

/// Names of classes, remembered.
pub(crate) struct Names<'db> {
    db: &'db Database,
    /// The program itself: its classes have bare names.
    own: File,
    known: RefCell<HashMap<Definition<'db>, Option<String>>>,
    probes: Cell<u32>,
}

impl<'db> Names<'db> {
    pub(crate) fn new(db: &'db Database, own: File) -> Self {
        Self {
            db,
            own,
            known: RefCell::default(),
            probes: Cell::new(0),
        }
    }

    /// The public name of the class that `ty` is, or is an instance of.
    pub(crate) fn class(&self, ty: TyType<'db>) -> Option<String> {
        let environment = ProgramEnvironment::from_program(self.db.program());
        match ty.definition(self.db, &environment)? {
            TypeDefinition::StaticClass(definition)
            | TypeDefinition::DynamicClass(definition)
            | TypeDefinition::NewType(definition) => self.definition(definition),
            TypeDefinition::EnumMember(member) => self.enum_class(member),
            _ => None,
        }
    }

    fn definition(&self, definition: Definition<'db>) -> Option<String> {
        if let Some(name) = self.known.borrow().get(&definition) {
            return name.clone();
        }
        let own_name = definition.name(self.db);
        let name = own_name.and_then(|name| {
            let path = self.path_in_module(definition)?;
            let name = if path.is_empty() {
                name
            } else {
                format!("{path}.{name}")
            };
            self.qualify(definition, name)
        });
        self.known.borrow_mut().insert(definition, name.clone());
        name
    }

    fn enum_class(&self, member: Definition<'db>) -> Option<String> {
        let path = self.path_in_module(member)?;
        (!path.is_empty()).then(|| self.qualify(member, path))?
    }

    /// The classes around a definition, dotted; `None` inside functions.
    fn path_in_module(&self, definition: Definition<'db>) -> Option<String> {
        let file = definition.program_file(self.db);
        let index = semantic_index(self.db, file);
        let module = parsed_module(self.db, definition.python_file(self.db)).load(self.db);
        let mut parts = Vec::new();
        let mut scope = definition.file_scope(self.db);
        loop {
            let node = index.scope(scope);
            match node.kind() {
                ScopeKind::Module => break,
                ScopeKind::Class => parts.push(
                    scope
                        .to_scope_id(self.db, file)
                        .name(self.db, &module)
                        .to_owned(),
                ),
                ScopeKind::TypeParams => {}
                _ => return None,
            }
            scope = node.parent()?;
        }
        parts.reverse();
        Some(parts.join("."))
    }

    fn qualify(&self, definition: Definition<'db>, name: String) -> Option<String> {
        let file = definition.program_file(self.db);
        if definition.file(self.db) == self.own {
            return Some(name);
        }
        let module = file_to_module(self.db, file.resolver_file(self.db))?
            .name(self.db)
            .as_str();
        match module {
            "builtins" => return Some(name),
            "typing" if ABSTRACT.contains(&name.as_str()) => {
                return Some(format!("collections.abc.{name}"));
            }
            "types" if name == "GeneratorType" => {
                return Some("collections.abc.Generator".to_owned());
            }
            "_typeshed" => return None,
            _ => {}
        }
        let shorter = candidates(module)
            .into_iter()
            .find(|candidate| self.exports(candidate, &name, definition));
        let module = shorter.unwrap_or_else(|| module.to_owned());
        Some(format!("{module}.{name}"))
    }

    /// Whether `module.name` is the class that `definition` defines.
    fn exports(&self, module: &str, name: &str, definition: Definition<'db>) -> bool {
        let number = self.probes.get();
        self.probes.set(number + 1);
        let text = format!("import {module}\n{module}.{name}\n");
        let Some(file) = self.db.add(&format!("__probe_{number}__.py"), text) else {
            return false;
        };
        let file = self.db.program_file(file);
        let model = SemanticModel::new(self.db, file);
        let parsed = parsed_module(self.db, file.python_file(self.db)).load(self.db);
        let Some(Stmt::Expr(expression)) = parsed.suite().get(1) else {
            return false;
        };
        let environment = ProgramEnvironment::from_program(self.db.program());
        let found = expression.value.inferred_type(&model);
        let found =
            found.filter(|ty| matches!(ty, TyType::ClassLiteral(_) | TyType::GenericAlias(_)));
        found
            .and_then(|ty| ty.definition(self.db, &environment))
            .is_some_and(|found| found.definition() == Some(&definition))
    }
}

/// Modules that may re-export what `module` defines, the shortest first.
fn candidates(module: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(public) = module.strip_prefix('_') {
        if public == "collections_abc" {
            found.push("collections.abc".to_owned());
        }
        found.push(public.to_owned());
    }
    let dots = module.match_indices('.').map(|(at, _)| &module[..at]);
    found.extend(dots.map(str::to_owned));
    found
}
