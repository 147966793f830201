//! From a program to the types of its expressions.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use ruff_db::parsed::parsed_module;
use ruff_python_ast::visitor::source_order::SourceOrderVisitor;
use ruff_text_size::{Ranged, TextRange};
use srcify_syntax::Program;
use ty_python_semantic::SemanticModel;

use crate::collect::{Collector, Table, is_too_deep};
use crate::database::Database;
use crate::names::Names;
use crate::render::Renderer;
use crate::returns::return_type;
use crate::{Environment, Type};

/// ty recurses along the tree.
pub(crate) const STACK: usize = 64 << 20;

/// The file name of the program among its neighbours: no module that it could import.
const PROGRAM: &str = "__program__.py";

/// The types of a program's expressions.
#[derive(Debug, Clone, Default)]
pub struct Semantics {
    types: Table,
    returns: Table,
}

impl Semantics {
    /// The type of the expression with exactly this range: names, attributes, calls, subscripts; also of names that are
    /// bound (targets, parameters, imports, definitions). `None` when there is no expression.
    #[must_use]
    pub fn type_at(&self, range: TextRange) -> Option<&Type> {
        self.types.get(&range)
    }

    /// What the function whose `def` statement has this range returns: its annotation, else the join over its `return`s
    /// and its end. For a coroutine what `await` gives; for a generator an iterator.
    #[must_use]
    pub fn return_type(&self, function: TextRange) -> Option<&Type> {
        self.returns.get(&function)
    }
}

/// Infers the types of all expressions of `program`. Whatever ty cannot do leaves types unknown, never an error.
#[must_use]
pub fn resolve(program: &Program, environment: &Environment) -> Semantics {
    let text = program.source.text.as_str();
    thread::scope(|scope| {
        thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || {
                catch_unwind(AssertUnwindSafe(|| infer(text, environment)))
            })
            .ok()
            .and_then(|thread| thread.join().ok())
            .and_then(Result::ok)
            .flatten()
            .unwrap_or_default()
    })
}

fn infer(text: &str, environment: &Environment) -> Option<Semantics> {
    let db = Database::new(environment)?;
    let file = db.add(PROGRAM, text.to_owned())?;
    let program_file = db.program_file(file);
    let parsed = parsed_module(&db, program_file.python_file(&db)).load(&db);
    if is_too_deep(parsed.suite()) {
        return None;
    }
    let model = SemanticModel::new(&db, program_file);
    let renderer = Renderer::new(&db, Names::new(&db, file));
    let mut collector = Collector {
        model: &model,
        renderer: &renderer,
        types: Table::new(),
        functions: Vec::new(),
    };
    collector.visit_body(parsed.suite());
    let types = collector.types;
    let returns = collector
        .functions
        .iter()
        .map(|function| (function.range(), return_type(function, &types)))
        .collect();
    Some(Semantics { types, returns })
}
