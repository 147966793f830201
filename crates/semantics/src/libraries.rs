//! Questions about installed libraries: what is the type of an expression that is made of their names?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use ruff_db::files::File;
use ruff_db::parsed::{ParsedModuleRef, parsed_module};
use ruff_python_ast::{Decorator, Expr, Stmt};
use ty_module_resolver::{ImportingFile, ModuleName, resolve_module};
use ty_python_core::definition::DefinitionKind;
use ty_python_semantic::types::{Type as TyType, TypeDefinition};
use ty_python_semantic::{HasType, ProgramEnvironment, SemanticModel};

use crate::database::Database;
use crate::names::Names;
use crate::render::Renderer;
use crate::resolve::STACK;
use crate::returns::returned;
use crate::{Environment, Type};

/// Types that installed libraries declare, looked up when they are asked for, and remembered.
///
/// The libraries are read by one thread of its own, which begins with the first question: who asks nothing pays nothing.
#[derive(Debug)]
pub struct Libraries {
    environment: Environment,
    reader: Mutex<Option<Sender<Asked>>>,
    known: Mutex<BTreeMap<Question, Type>>,
}

/// An expression, with the annotations of `_0`, `_1`… in it; `None` where nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// `_0.to(astropy.units.m, _1)`
    pub expression: String,
    /// `[Some("astropy.units.Quantity"), None]`
    pub given: Vec<Option<String>>,
}

/// What an answer may take: hundreds of times what it takes.
const LONGEST: Duration = Duration::from_secs(20);

struct Asked {
    question: Question,
    answer: Sender<Type>,
}

impl Libraries {
    /// The libraries of an environment. Nothing is read yet.
    #[must_use]
    pub fn of(environment: Environment) -> Self {
        Self {
            environment,
            reader: Mutex::default(),
            known: Mutex::default(),
        }
    }

    /// The type of an expression. [`Type::Unknown`] for whatever is not declared, not there, or no expression.
    #[must_use]
    pub fn type_of(&self, question: &Question) -> Type {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(question) {
            return known.clone();
        }
        drop(known);
        let found = self.ask(question).unwrap_or(Type::Unknown);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(question.clone(), found.clone());
        found
    }

    /// `None` when the reader is gone.
    fn ask(&self, question: &Question) -> Option<Type> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = |answer| Asked {
            question: question.clone(),
            answer,
        };
        if reader.is_none() {
            let (sender, questions) = channel();
            let environment = self.environment.clone();
            let thread = thread::Builder::new().stack_size(STACK);
            thread.spawn(move || read(&environment, &questions)).ok()?;
            *reader = Some(sender);
        }
        let (answer, found) = channel();
        reader.as_ref()?.send(asked(answer)).ok()?;
        drop(reader);
        // Who takes longer is asked no more.
        let found = found.recv_timeout(LONGEST).ok();
        if found.is_none() {
            let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            *reader = Some(channel().0);
        }
        found
    }
}

/// Answers questions until nobody asks any more.
fn read(environment: &Environment, questions: &Receiver<Asked>) {
    let Some(db) = Database::new(environment) else {
        return;
    };
    let Some(nobody) = db.add("__nobody__.py", String::new()) else {
        return;
    };
    let mut reader = Reader {
        db: &db,
        nobody,
        renderer: Renderer::new(&db, Names::new(&db, nobody)),
        asked: 0,
    };
    while let Ok(asked) = questions.recv() {
        // What ty cannot bear is not known.
        let found = catch_unwind(AssertUnwindSafe(|| reader.type_of(&asked.question)));
        let found = found.ok().flatten().unwrap_or(Type::Unknown);
        // Who asked may be gone.
        asked.answer.send(found).ok();
    }
}

struct Reader<'db> {
    db: &'db Database,
    /// An empty module: who imports what is looked for.
    nobody: File,
    renderer: Renderer<'db>,
    asked: u32,
}

/// Functions that hand on what others give are followed so far.
const MAX_DEPTH: u32 = 3;

/// The expression that is asked about.
fn expression_in(parsed: &ParsedModuleRef) -> Option<&Expr> {
    let function = parsed.suite().last()?.as_function_def_stmt()?;
    match &function.body[..] {
        [Stmt::Expr(statement)] => Some(&statement.value),
        _ => None,
    }
}

/// Whether a function with this decorator gives what its `return`s give.
fn is_transparent(decorator: &Decorator) -> bool {
    let name = decorator.expression.as_name_expr();
    name.is_some_and(|it| ["staticmethod", "classmethod", "property"].contains(&it.id.as_str()))
}

impl<'db> Reader<'db> {
    fn type_of(&mut self, question: &Question) -> Option<Type> {
        let (model, parsed) = self.parsed(question)?;
        let asked = expression_in(&parsed)?;
        let found = self.expression(&model, asked, 0);
        if !found.is_unknown() || !asked.is_attribute_expr() {
            return Some(found);
        }
        // Of an object's property, the class knows the function.
        let (object, name) = question.expression.rsplit_once('.')?;
        let of_class = Question {
            expression: format!("type({object}).{name}"),
            given: question.given.clone(),
        };
        let (model, parsed) = self.parsed(&of_class)?;
        let property = expression_in(&parsed)?.inferred_type(&model)?;
        let is_property = matches!(property, TyType::PropertyInstance(_));
        is_property.then(|| self.given_back(property, &Type::Unknown, 0))?
    }

    fn parsed(&mut self, question: &Question) -> Option<(SemanticModel<'db>, ParsedModuleRef)> {
        self.asked += 1;
        let text = self.program(question);
        let file = self.db.add(&format!("__asked_{}__.py", self.asked), text)?;
        let file = self.db.program_file(file);
        let parsed = parsed_module(self.db, file.python_file(self.db)).load(self.db);
        Some((SemanticModel::new(self.db, file), parsed))
    }

    /// The type of an expression; of a call of a function without annotations, what its `return`s give.
    fn expression(&self, model: &SemanticModel<'db>, expression: &Expr, depth: u32) -> Type {
        let found = expression.inferred_type(model);
        let found = found.map_or(Type::Unknown, |it| self.renderer.render(it));
        let Expr::Call(call) = expression else {
            return found;
        };
        if !found.is_unknown() || depth > MAX_DEPTH {
            return found;
        }
        let Some(function) = call.func.inferred_type(model) else {
            return found;
        };
        // Of a class whose bases nobody knows, the objects are of that class all the same.
        if let Type::ClassObject(class) = self.renderer.render(function) {
            return Type::class(class);
        }
        let object = call.func.as_attribute_expr();
        let object = object.and_then(|it| it.value.inferred_type(model));
        let object = object.map_or(Type::Unknown, |it| self.renderer.render(it));
        self.given_back(function, &object, depth).unwrap_or(found)
    }

    /// What the `return`s of a function without annotation give, where all of them are known.
    fn given_back(&self, function: TyType<'db>, object: &Type, depth: u32) -> Option<Type> {
        let environment = ProgramEnvironment::from_program(self.db.program());
        let TypeDefinition::Function(definition) = function.definition(self.db, &environment)?
        else {
            return None;
        };
        let parsed = parsed_module(self.db, definition.python_file(self.db)).load(self.db);
        let DefinitionKind::Function(node) = definition.kind(self.db) else {
            return None;
        };
        let node = node.node(&parsed);
        let is_open = node.returns.is_none() && node.decorator_list.iter().all(is_transparent);
        let values = returned(node).filter(|_| is_open)?;
        let model = SemanticModel::new(self.db, definition.program_file(self.db));
        let receiver = node.parameters.iter().next();
        let receiver = receiver.map(|it| it.name().as_str());
        let types = values.into_iter().map(|value| match (value, object) {
            (Expr::Name(name), Type::Class { .. }) if Some(name.id.as_str()) == receiver => {
                object.clone()
            }
            (Expr::Call(call), Type::ClassObject(class))
                if call.func.as_name_expr().map(|it| it.id.as_str()) == receiver =>
            {
                Type::class(class)
            }
            _ => self.expression(&model, value, depth + 1),
        });
        // A function that gives nothing in the end is overridden, or is not asked for what it gives.
        Some(Type::join(types)).filter(|it| *it != Type::None)
    }

    /// A program with the expression in a function, whose parameters are what is given.
    fn program(&self, question: &Question) -> String {
        let mut text = String::new();
        let given = question.given.iter().flatten().map(String::as_str);
        let mut modules = BTreeSet::new();
        for part in given.chain([question.expression.as_str()]) {
            modules.extend(paths(part).into_iter().filter_map(|it| self.module_of(it)));
        }
        for module in modules {
            writeln!(text, "import {module}").ok();
        }
        let parameters: Vec<String> = question
            .given
            .iter()
            .enumerate()
            .map(|(at, annotation)| match annotation {
                Some(annotation) => format!("_{at}: {annotation}"),
                None => format!("_{at}"),
            })
            .collect();
        let parameters = parameters.join(", ");
        writeln!(
            text,
            "def asked({parameters}):\n    {}",
            question.expression
        )
        .ok();
        text
    }

    /// The longest beginning of a path that is a module.
    fn module_of<'p>(&self, path: &'p str) -> Option<&'p str> {
        let file = self.db.program_file(self.nobody);
        let importing = ImportingFile::ResolverFile(file.resolver_file(self.db));
        let mut found = None;
        let ends = path.match_indices('.').map(|(at, _)| at);
        for end in ends.chain([path.len()]) {
            let name = ModuleName::new(&path[..end])?;
            if resolve_module(self.db, importing, &name).is_none() {
                break;
            }
            found = Some(&path[..end]);
        }
        found
    }
}

/// The dotted names in a text that begin with a name: what may be imported.
fn paths(text: &str) -> Vec<&str> {
    let is_part = |it: char| it.is_alphanumeric() || it == '_' || it == '.';
    let words = text.split(|it| !is_part(it));
    words
        .map(|it| it.trim_end_matches('.'))
        .filter(|it| it.contains('.') && it.starts_with(|it: char| it.is_alphabetic() || it == '_'))
        .collect()
}
