//! Which modules can be taken apart, and which stay whole.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Access, Occurrence};
use srcify_syntax::TextRange;
use srcify_syntax::ast::{self, Expr, Stmt};

use crate::file::{Chain, File};
use crate::graph::{Graph, Meaning};

/// Names that tell a module what it is: they mean something else elsewhere.
const OWN_NAMES: &[&str] = &[
    "globals",
    "locals",
    "vars",
    "exec",
    "eval",
    "__doc__",
    "__spec__",
    "__path__",
    "__package__",
    "__loader__",
    "__dict__",
    "__getattr__",
    "__builtins__",
];

/// Modules that stay whole, with the reason.
pub(crate) fn whole_modules(graph: &Graph) -> BTreeMap<usize, String> {
    let mut whole = BTreeMap::new();
    for (&module, fault) in &graph.faults {
        whole.insert(module, fault.clone());
    }
    let brings_all = graph
        .files
        .iter()
        .find_map(|file| library_star(graph, file));
    for module in 1..graph.files.len() {
        let reason = own_reason(&graph.files[module]).or_else(|| brings_all.clone());
        if let Some(reason) = reason {
            whole.entry(module).or_insert(reason);
        }
    }
    for file in 0..graph.files.len() {
        for (module, reason) in uses_as_object(graph, file) {
            whole.entry(module).or_insert(reason);
        }
        for (module, reason) in missing_members(graph, file) {
            whole.entry(module).or_insert(reason);
        }
    }
    for (module, reason) in run_late(graph) {
        whole.entry(module).or_insert(reason);
    }
    for (module, reason) in early_reads(graph) {
        whole.entry(module).or_insert(reason);
    }
    spread(graph, &mut whole);
    whole
}

/// What a module imports cannot be taken apart when it stays whole.
pub(crate) fn spread(graph: &Graph, whole: &mut BTreeMap<usize, String>) {
    loop {
        let mut more = Vec::new();
        for &module in whole.keys() {
            let reason = format!(
                "`{}`, which imports it, stays whole",
                graph.files[module].name
            );
            let imports = &graph.files[module].words.imports;
            for name in imports.iter().flat_map(|import| &import.names) {
                let modules = graph.runs(module, name).into_iter();
                more.extend(modules.map(|module| (module, reason.clone())));
            }
        }
        let before = whole.len();
        for (module, reason) in more {
            if module != 0 {
                whole.entry(module).or_insert(reason);
            }
        }
        if whole.len() == before {
            return;
        }
    }
}

/// A reason that lies in the module's own text.
fn own_reason(file: &File) -> Option<String> {
    let is_base = |name: &str| file.words.chains.iter().any(|chain| chain.base == name);
    let is_used = |name: &&&str| file.words.has(name) || is_base(name);
    let name = OWN_NAMES.iter().find(is_used)?;
    Some(format!("it uses `{name}`"))
}

/// `from library import *` brings names that nobody knows.
fn library_star(graph: &Graph, file: &File) -> Option<String> {
    let index = graph.files.iter().position(|it| it.name == file.name)?;
    for import in &file.words.imports {
        for name in &import.names {
            if name.bound() == "*" && graph.meaning(index, name) == Meaning::Library {
                let whose = if file.name.is_empty() {
                    "the input".to_owned()
                } else {
                    format!("`{}`", file.name)
                };
                return Some(format!("{whose} imports everything from a library"));
            }
        }
    }
    None
}

/// The module that a word of a file always is, and whether it may be something else as well.
pub(crate) fn module_of(graph: &Graph, file: usize, word: &str) -> Option<(usize, bool)> {
    let facts = graph.files[file].words.by_name.get(word)?;
    let meanings: BTreeSet<Meaning> = facts
        .imports
        .iter()
        .map(|&(import, name)| {
            let names = &graph.files[file].words.imports[import].names;
            graph.meaning(file, &names[name])
        })
        .collect();
    let module = meanings.iter().find_map(|meaning| match meaning {
        Meaning::Module(module) => Some(*module),
        _ => None,
    })?;
    Some((module, meanings.len() == 1 && facts.bindings == 0))
}

/// How far a chain of attributes goes through modules: the name it ends at, and how many attributes that took.
pub(crate) fn follow(
    graph: &Graph,
    module: usize,
    chain: &Chain,
) -> Result<(usize, String, usize), usize> {
    let mut module = module;
    for (index, (attribute, _)) in chain.attributes.iter().enumerate() {
        match graph.attribute(module, attribute) {
            Some(Meaning::Name(owner, name)) => {
                // A package may import its modules: then the name is a module.
                match module_of(graph, owner, &name) {
                    Some((inner, true)) => module = inner,
                    _ => return Ok((owner, name, index + 1)),
                }
            }
            Some(Meaning::Module(inner)) => module = inner,
            _ => return Err(module),
        }
    }
    Err(module)
}

/// Modules that a file uses in another way than by the names in them.
fn uses_as_object(graph: &Graph, file: usize) -> Vec<(usize, String)> {
    let words = &graph.files[file].words;
    let mut found = Vec::new();
    for (word, facts) in &words.by_name {
        let Some((module, is_always)) = module_of(graph, file, word) else {
            continue;
        };
        if !is_always {
            found.push((module, format!("`{word}` is not always this module")));
        }
        let reloads = words.reloads.iter().filter(|(other, ..)| other == word);
        let is_value = |range: &TextRange| {
            let mut reloads = reloads.clone();
            !reloads.any(|(_, statement, _)| statement.contains_range(*range))
        };
        if facts.loads.iter().any(is_value) {
            found.push((module, format!("`{word}` is used as a value")));
        } else if !facts.loads.is_empty() && !is_inert_with_imports(graph, module) {
            found.push((module, "it is loaded again, and runs code".to_owned()));
        }
        for chain in words.chains.iter().filter(|chain| chain.base == *word) {
            match follow(graph, module, chain) {
                Ok((owner, name, length)) if length == chain.attributes.len() && !chain.is_load => {
                    found.push((owner, format!("`{word}.{name}` is bound from outside")));
                }
                Ok(_) => {}
                Err(owner) => {
                    let names = chain.attributes.iter().map(|(name, _)| name.as_str());
                    let text = names.collect::<Vec<_>>().join(".");
                    found.push((owner, format!("`{word}.{text}` is no name in it")));
                }
            }
        }
    }
    found
}

fn missing_members(graph: &Graph, file: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for name in graph.files[file]
        .words
        .imports
        .iter()
        .flat_map(|it| &it.names)
    {
        let is_missing = match graph.meaning(file, name) {
            Meaning::Missing(_) => true,
            Meaning::Star(module) => graph.files[module].public_names().is_none(),
            _ => false,
        };
        if is_missing {
            let modules = graph.runs(file, name).into_iter();
            let reason = format!("`{}` is no name in it", name.bound());
            found.extend(modules.map(|module| (module, reason.clone())));
        }
    }
    found
}

/// Modules that run code, and that are imported in a function or under a condition.
fn run_late(graph: &Graph) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for file in 0..graph.files.len() {
        for import in graph.files[file]
            .words
            .imports
            .iter()
            .filter(|it| !it.is_top)
        {
            for name in &import.names {
                for module in graph.runs(file, name) {
                    if !is_inert_with_imports(graph, module) {
                        let reason =
                            "it runs code, and is imported in a function or under a condition";
                        found.push((module, reason.to_owned()));
                    }
                }
            }
        }
    }
    // What stands before the import of a module that runs code would run after it.
    for file in 1..graph.files.len() {
        for import in graph.files[file]
            .words
            .imports
            .iter()
            .filter(|it| it.is_top)
        {
            let runs_code = import
                .names
                .iter()
                .flat_map(|name| graph.runs(file, name))
                .any(|module| module != file && !is_inert_with_imports(graph, module));
            let earlier = (0..import.unit).any(|unit| !is_inert_unit(&graph.files[file], unit));
            if runs_code && earlier {
                found.push((
                    file,
                    "it runs code before it imports another module".to_owned(),
                ));
            }
        }
    }
    found
}

/// In a cycle, code that runs at once may need names of a module that is not complete.
fn early_reads(graph: &Graph) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for cycle in &graph.cycles {
        for &module in cycle.iter().filter(|module| **module != 0) {
            let file = &graph.files[module];
            let at_once = file
                .access
                .iter()
                .flat_map(|it| it.reads.difference(&it.captures));
            let foreign = at_once.into_iter().find(|name| {
                let word = file.words.by_name.get(*name);
                word.is_some_and(|word| !word.imports.is_empty() && word.bindings == 0)
                    && cycle
                        .iter()
                        .any(|&other| imports_from(graph, module, name, other))
            });
            if let Some(name) = foreign {
                let reason = format!("it needs `{name}` of a module that imports it");
                found.push((module, reason));
            }
        }
    }
    found
}

fn imports_from(graph: &Graph, file: usize, word: &str, module: usize) -> bool {
    let words = &graph.files[file].words;
    let Some(facts) = words.by_name.get(word) else {
        return false;
    };
    facts.imports.iter().any(|&(import, name)| {
        match graph.meaning(file, &words.imports[import].names[name]) {
            Meaning::Name(owner, _) | Meaning::Module(owner) => owner == module,
            _ => false,
        }
    })
}

/// Whether importing a module does nothing but define, and so for what it imports.
pub(crate) fn is_inert_with_imports(graph: &Graph, module: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![module];
    while let Some(module) = open.pop() {
        if module == 0 || !seen.insert(module) {
            continue;
        }
        let file = &graph.files[module];
        if (0..file.access.len()).any(|unit| !is_inert_unit(file, unit)) {
            return false;
        }
        for name in file.words.imports.iter().flat_map(|it| &it.names) {
            open.extend(graph.runs(module, name));
        }
    }
    true
}

/// Whether a statement only defines: when it runs does not matter.
fn is_inert_unit(file: &File, unit: usize) -> bool {
    is_inert(file.program.statement(file.program.units()[unit].id))
}

pub(crate) fn is_inert(statement: &Stmt) -> bool {
    match statement {
        Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::Pass(_) => true,
        Stmt::Expr(it) => it.value.is_literal_expr(),
        Stmt::FunctionDef(function) => {
            function
                .decorator_list
                .iter()
                .all(|it| is_plain(&it.expression))
                && function
                    .parameters
                    .iter()
                    .all(|it| it.default().is_none_or(is_constant))
        }
        Stmt::ClassDef(class) => {
            class
                .decorator_list
                .iter()
                .all(|it| is_plain(&it.expression))
                && class.body.iter().all(is_inert)
        }
        Stmt::Assign(assign) => is_constant(&assign.value),
        Stmt::AnnAssign(assign) => assign.value.as_deref().is_none_or(is_constant),
        Stmt::If(_) => is_main_guard(statement),
        _ => false,
    }
}

/// A decorator that is a name: `staticmethod`, `functools.cache`, `dataclass`.
fn is_plain(decorator: &Expr) -> bool {
    const KNOWN: &[&str] = &[
        "staticmethod",
        "classmethod",
        "property",
        "dataclass",
        "cache",
        "cached_property",
        "lru_cache",
        "abstractmethod",
        "total_ordering",
        "wraps",
        "contextmanager",
        "njit",
        "jit",
        "overload",
        "override",
    ];
    let name = match decorator {
        Expr::Call(call) => &*call.func,
        other => other,
    };
    let last = match name {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return false,
    };
    KNOWN.contains(&last)
}

/// A literal, or a container of such.
fn is_constant(expression: &Expr) -> bool {
    match expression {
        Expr::List(ast::ExprList { elts, .. })
        | Expr::Tuple(ast::ExprTuple { elts, .. })
        | Expr::Set(ast::ExprSet { elts, .. }) => elts.iter().all(is_constant),
        Expr::Dict(dict) => dict
            .items
            .iter()
            .all(|item| item.key.as_ref().is_some_and(is_constant) && is_constant(&item.value)),
        Expr::UnaryOp(operation) => is_constant(&operation.operand),
        Expr::BinOp(operation) => is_constant(&operation.left) && is_constant(&operation.right),
        other => other.is_literal_expr(),
    }
}

/// `if __name__ == "__main__":` alone.
pub(crate) fn is_main_guard(statement: &Stmt) -> bool {
    let Stmt::If(branch) = statement else {
        return false;
    };
    let Expr::Compare(test) = &*branch.test else {
        return false;
    };
    let is_name = |it: &Expr| it.as_name_expr().is_some_and(|name| name.id == "__name__");
    let is_main = |it: &Expr| {
        it.as_string_literal_expr()
            .is_some_and(|text| text.value.to_str() == "__main__")
    };
    let (left, right) = (&*test.left, &test.comparators[..]);
    let is_test = matches!(right, [right] if (is_name(left) && is_main(right)) || (is_main(left) && is_name(right)));
    is_test && matches!(&test.ops[..], [ast::CmpOp::Eq]) && branch.elif_else_clauses.is_empty()
}

/// Whether a word occurs in a scope of the module only to be read.
pub(crate) fn occurrences<'a>(
    access: &'a [Access],
    name: &'a str,
) -> impl Iterator<Item = (TextRange, Occurrence)> + 'a {
    let all = access.iter().flat_map(|access| &access.occurrences);
    all.filter(move |(other, ..)| other == name)
        .map(|(_, range, occurrence)| (*range, *occurrence))
}
