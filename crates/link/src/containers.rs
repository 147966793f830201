//! Settings that the author keeps together, as names of their own.
//!
//! `class CFG: lr = 0.1`, `CONFIG = {"lr": 0.1}` and `args = SimpleNamespace(lr=0.1)` hold values that nothing tells from
//! variables while each use names one of them: `CFG.lr`, `CONFIG["lr"]`. Then the values are written as assignments in the
//! container's place, in its order, and each use as the name, so that they can become settings like any constant. A
//! container that is used in any other way (passed on, printed, changed in a function) stays what it is.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Access, bound_names, function_names};
use srcify_syntax::ast::visitor::{self, Visitor};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::stdlib::keyword::is_keyword;
use srcify_syntax::{Program, Ranged, TextRange, TextSize, UnitId, parse, snippet};

use crate::file::Words;
use crate::main_body::{dedent, opened};

/// Callables that make an object of their keyword arguments.
const NAMESPACES: [&str; 2] = ["SimpleNamespace", "Namespace"];
/// Who uses these may see every name.
const INTROSPECTION: [&str; 6] = ["globals", "locals", "vars", "eval", "exec", "dir"];
/// Words that say nothing without the container's.
const GENERIC: [&str; 12] = [
    "data", "dir", "file", "folder", "id", "key", "name", "path", "root", "size", "type", "value",
];

type Edits = Vec<(TextRange, String)>;

/// The program with the values of its containers of settings under names of their own.
pub fn open_containers(mut program: Program) -> Program {
    let mut refused = BTreeSet::new();
    loop {
        let words = Words::of(&program);
        if INTROSPECTION.iter().any(|name| words.has(name)) {
            return program;
        }
        let Some(container) = next_container(&program, &words, &refused) else {
            return program;
        };
        let name = container.name.to_owned();
        let edited = Opening::new(&program, &words, &container)
            .and_then(|opening| opening.edits())
            .map(|edits| program.source.edited(&edits))
            .filter(|source| snippet(&source.text).is_valid());
        match edited {
            Some(source) => program = parse(source).output,
            None => drop(refused.insert(name)),
        }
    }
}

/// A value of a container, or a dictionary within it.
struct Entry<'a> {
    key: &'a str,
    value: &'a Expr,
    /// Where the value belongs to what is around it: with its key.
    range: TextRange,
    inner: Vec<Entry<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Class,
    Dictionary,
    Namespace,
}

struct Container<'a> {
    unit: UnitId,
    name: &'a str,
    form: Form,
    entries: Vec<Entry<'a>>,
}

fn next_container<'a>(
    program: &'a Program,
    words: &Words,
    refused: &BTreeSet<String>,
) -> Option<Container<'a>> {
    program.units().iter().find_map(|unit| {
        let container = container_of(unit.id, program.statement(unit.id))?;
        let word = words.by_name.get(container.name)?;
        let is_plain = word.bindings == 1 && word.imports.is_empty() && !word.is_shown;
        let (literals, all) = literals(&container.entries);
        (is_plain && 2 * literals >= all && !refused.contains(container.name)).then_some(container)
    })
}

/// How many of the values are literals, of all: settings are, tables of functions or models are not.
fn literals(entries: &[Entry<'_>]) -> (usize, usize) {
    let mut counts = (0, 0);
    for entry in entries {
        let (literals, all) = if entry.inner.is_empty() {
            (usize::from(is_literal(entry.value)), 1)
        } else {
            literals(&entry.inner)
        };
        counts = (counts.0 + literals, counts.1 + all);
    }
    counts
}

fn is_literal(value: &Expr) -> bool {
    match value {
        Expr::List(ast::ExprList { elts, .. })
        | Expr::Tuple(ast::ExprTuple { elts, .. })
        | Expr::Set(ast::ExprSet { elts, .. }) => elts.iter().all(is_literal),
        Expr::Dict(dictionary) => dictionary
            .items
            .iter()
            .all(|item| item.key.as_ref().is_some_and(is_literal) && is_literal(&item.value)),
        Expr::UnaryOp(operation) => is_literal(&operation.operand),
        Expr::BinOp(operation) => is_literal(&operation.left) && is_literal(&operation.right),
        _ => value.is_literal_expr(),
    }
}

fn container_of(unit: UnitId, statement: &Stmt) -> Option<Container<'_>> {
    let (name, value) = match statement {
        Stmt::ClassDef(class) => {
            return Some(Container {
                unit,
                name: &class.name,
                form: Form::Class,
                entries: class_entries(class)?,
            });
        }
        Stmt::Assign(assign) => match &assign.targets[..] {
            [Expr::Name(name)] => (name.id.as_str(), &*assign.value),
            _ => return None,
        },
        Stmt::AnnAssign(assign) => {
            let name = assign.target.as_name_expr()?;
            (name.id.as_str(), assign.value.as_deref()?)
        }
        _ => return None,
    };
    let (form, entries) = match value {
        Expr::Dict(dictionary) => (Form::Dictionary, dictionary_entries(dictionary)?),
        Expr::Call(call) => (Form::Namespace, keyword_entries(call)?),
        _ => return None,
    };
    Some(Container {
        unit,
        name,
        form,
        entries,
    })
}

/// The attributes of a class that has nothing else.
fn class_entries(class: &ast::StmtClassDef) -> Option<Vec<Entry<'_>>> {
    let is_data = |decorator: &ast::Decorator| {
        let callee = match &decorator.expression {
            Expr::Call(call) => &*call.func,
            other => other,
        };
        last_word(callee) == Some("dataclass")
    };
    let is_plain = class.decorator_list.iter().all(is_data)
        && class.type_params.is_none()
        && class.arguments.as_ref().is_none_or(|arguments| {
            let is_object = |base: &Expr| base.as_name_expr().is_some_and(|it| it.id == "object");
            arguments.keywords.is_empty() && arguments.args.iter().all(is_object)
        });
    if !is_plain {
        return None;
    }
    let mut entries = Vec::new();
    for statement in &class.body {
        let target = match statement {
            Stmt::Assign(assign) => match &assign.targets[..] {
                [target] => target,
                _ => return None,
            },
            Stmt::AnnAssign(assign) => &*assign.target,
            Stmt::Pass(_) => continue,
            Stmt::Expr(it) if it.value.is_string_literal_expr() => continue,
            _ => return None,
        };
        let value = assigned(statement)?;
        entries.push(Entry {
            key: target.as_name_expr()?.id.as_str(),
            value: if class.decorator_list.is_empty() {
                value
            } else {
                default_of(value)?
            },
            range: statement.range(),
            inner: Vec::new(),
        });
    }
    distinct(entries)
}

fn assigned(statement: &Stmt) -> Option<&Expr> {
    match statement {
        Stmt::Assign(assign) => Some(&assign.value),
        Stmt::AnnAssign(assign) => assign.value.as_deref(),
        _ => None,
    }
}

/// The last word of a dotted name.
fn last_word(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}

/// The default of a field of a dataclass: `3`, `field(default=3)`, `field(default_factory=lambda: [3])`. Those that read
/// names are not taken: it matters when they run.
fn default_of(value: &Expr) -> Option<&Expr> {
    let inner = match value {
        Expr::Call(call) if last_word(&call.func) == Some("field") => {
            let ([], [keyword]) = (&call.arguments.args[..], &call.arguments.keywords[..]) else {
                return None;
            };
            match (keyword.arg.as_deref()?, &keyword.value) {
                ("default", value) => value,
                ("default_factory", Expr::Lambda(lambda)) if lambda.parameters.is_none() => {
                    &*lambda.body
                }
                _ => return None,
            }
        }
        other => other,
    };
    let access = Access::of_expression(inner);
    (access.reads.is_empty() && access.captures.is_empty()).then_some(inner)
}

fn dictionary_entries(dictionary: &ast::ExprDict) -> Option<Vec<Entry<'_>>> {
    let mut entries = Vec::new();
    for item in &dictionary.items {
        let key = item.key.as_ref()?.as_string_literal_expr()?;
        let inner = item.value.as_dict_expr().and_then(dictionary_entries);
        entries.push(Entry {
            key: key.value.to_str(),
            value: &item.value,
            range: TextRange::new(key.start(), item.value.end()),
            inner: inner.unwrap_or_default(),
        });
    }
    distinct(entries)
}

fn keyword_entries(call: &ast::ExprCall) -> Option<Vec<Entry<'_>>> {
    let callee = last_word(&call.func)?;
    if !NAMESPACES.contains(&callee) || !call.arguments.args.is_empty() {
        return None;
    }
    let keywords = call.arguments.keywords.iter().map(|keyword| {
        Some(Entry {
            key: keyword.arg.as_ref()?.as_str(),
            value: &keyword.value,
            range: keyword.range,
            inner: Vec::new(),
        })
    });
    distinct(keywords.collect::<Option<_>>()?)
}

/// The entries, if there are any and each has a key of its own that can be a name.
fn distinct(entries: Vec<Entry<'_>>) -> Option<Vec<Entry<'_>>> {
    let is_word = |key: &str| {
        let mut letters = key.chars();
        letters.next().is_some_and(|it| it.is_alphabetic())
            && letters.all(|it| it.is_alphanumeric() || it == '_')
            && !is_keyword(key)
    };
    let keys: BTreeSet<&str> = entries.iter().map(|entry| entry.key).collect();
    let is_distinct = keys.len() == entries.len() && !entries.is_empty();
    (is_distinct && keys.into_iter().all(is_word)).then_some(entries)
}

/// Keys from the outside to the inside.
type Path<'a> = Vec<&'a str>;

/// A use of a value: `CONFIG["train"]["lr"]`.
struct Use<'a> {
    path: Path<'a>,
    /// After each key.
    ranges: Vec<TextRange>,
    is_store: bool,
}

/// A container that can be opened, with the names that its values get.
struct Opening<'a> {
    program: &'a Program,
    container: &'a Container<'a>,
    /// Other names of the container, with the statements that give them.
    aliases: BTreeMap<&'a str, UnitId>,
    uses: Vec<Use<'a>>,
    names: BTreeMap<Path<'a>, String>,
    /// Statements that only give a value a name, which it now has from the start.
    namings: Vec<UnitId>,
    /// Names that mean something where the values are used.
    taken: BTreeSet<String>,
}

impl<'a> Opening<'a> {
    fn new(program: &'a Program, words: &Words, container: &'a Container<'a>) -> Option<Self> {
        let aliases = aliases(program, words, container);
        let mut reader = Reader {
            container,
            aliases: &aliases,
            uses: Vec::new(),
            is_refused: false,
            depth: 0,
            locals: BTreeSet::new(),
        };
        for unit in program.units() {
            let is_own = unit.id == container.unit || aliases.values().any(|it| *it == unit.id);
            let statement = program.statement(unit.id);
            match statement {
                Stmt::Assign(assign) if is_own => {
                    if unit.id == container.unit {
                        reader.visit_expr(&assign.value);
                    }
                }
                _ => reader.visit_stmt(statement),
            }
        }
        let (uses, is_refused, mut taken) = (reader.uses, reader.is_refused, reader.locals);
        if is_refused || uses.is_empty() {
            return None;
        }
        for unit in program.units() {
            let access = Access::of(program.statement(unit.id));
            let occurrences = access.occurrences.into_iter().map(|(name, _, _)| name);
            taken.extend(occurrences.chain(access.may).chain(access.globals));
        }
        let mut opening = Self {
            program,
            container,
            aliases,
            uses,
            names: BTreeMap::new(),
            namings: Vec::new(),
            taken,
        };
        let mut leaves = Vec::new();
        opening.leaves(&container.entries, &mut Vec::new(), &mut leaves);
        for leaf in leaves {
            let name = match opening.given_name(words, &leaf) {
                Some((name, unit)) => {
                    opening.namings.push(unit);
                    name.to_owned()
                }
                None => opening.free_name(&leaf)?,
            };
            opening.taken.insert(name.clone());
            opening.names.insert(leaf, name);
        }
        Some(opening)
    }

    /// The paths of the values: as deep as every use goes.
    fn leaves(&self, entries: &[Entry<'a>], path: &mut Path<'a>, found: &mut Vec<Path<'a>>) {
        for entry in entries {
            path.push(entry.key);
            if entry.inner.is_empty() || self.uses.iter().any(|it| it.path == *path) {
                found.push(path.clone());
            } else {
                self.leaves(&entry.inner, path, found);
            }
            path.pop();
        }
    }

    /// The variable that the author gives the value to: `target = CONFIG["target"]`, if it is given nothing else and the
    /// value never changes.
    fn given_name(&self, words: &Words, path: &Path<'a>) -> Option<(&'a str, UnitId)> {
        if self.uses.iter().any(|it| it.path == *path && it.is_store) {
            return None;
        }
        self.program.units().iter().find_map(|unit| {
            let Stmt::Assign(assign) = self.program.statement(unit.id) else {
                return None;
            };
            let [Expr::Name(target)] = &assign.targets[..] else {
                return None;
            };
            let word = words.by_name.get(target.id.as_str())?;
            let mut uses = self.uses.iter();
            let is_it = uses.any(|it| {
                it.path == *path && it.ranges.last().copied() == Some(assign.value.range())
            });
            let is_plain = word.bindings == 1 && word.imports.is_empty();
            let is_new = !self.names.values().any(|it| *it == target.id.as_str());
            (is_it && is_plain && is_new && unit.id > self.container.unit)
                .then_some((target.id.as_str(), unit.id))
        })
    }

    /// The key alone where it says enough and is no name yet, else with what is around it.
    fn free_name(&self, path: &[&str]) -> Option<String> {
        let (key, outer) = path.split_last()?;
        let container = self.container.name.to_lowercase();
        let outer = outer.last().copied().unwrap_or(&container);
        let is_free =
            |name: &str| !self.taken.contains(name) && !is_python_builtin(name, 13, false);
        let is_clear = key.len() > 1 && !GENERIC.contains(&key.to_lowercase().as_str());
        if is_clear && is_free(key) {
            return Some((*key).to_owned());
        }
        let outer = outer.trim_matches('_');
        let long = if key.chars().all(|it| !it.is_lowercase()) && key.len() > 1 {
            format!("{}_{key}", outer.to_uppercase())
        } else {
            format!("{outer}_{key}")
        };
        is_free(&long).then_some(long)
    }

    fn edits(&self) -> Option<Edits> {
        let mut edits = match self.container.form {
            Form::Class => self.class_edits()?,
            Form::Dictionary | Form::Namespace => vec![self.assignments()],
        };
        for unit in self.aliases.values().chain(&self.namings) {
            edits.push((self.program.units()[unit.index()].range, String::new()));
        }
        let removed: Vec<TextRange> = self
            .namings
            .iter()
            .map(|unit| self.program.units()[unit.index()].range)
            .collect();
        for it in &self.uses {
            let is_removed = |range: &TextRange| removed.iter().any(|it| it.contains_range(*range));
            if it.ranges.iter().any(is_removed) {
                continue;
            }
            let known = (1..=it.path.len()).find_map(|length| {
                let name = self.names.get(&it.path[..length])?;
                Some((it.ranges[length - 1], name.clone()))
            });
            edits.push(known?);
        }
        edits.sort_by_key(|(range, _)| (range.start(), range.end()));
        edits.dedup();
        let is_apart = edits
            .windows(2)
            .all(|pair| pair[0].0.end() <= pair[1].0.start());
        is_apart.then_some(edits)
    }

    /// The body of the class without its head, under the new names.
    fn class_edits(&self) -> Option<Edits> {
        let Stmt::ClassDef(class) = self.program.statement(self.container.unit) else {
            return None;
        };
        let unit = &self.program.units()[self.container.unit.index()];
        let mut edits = Vec::new();
        let first = class.body.first()?.start();
        let begin = opened(self.program, unit.range.start(), first, &mut edits);
        dedent(self.program, TextRange::new(begin, class.end()), &mut edits);
        let mut bound: BTreeMap<&str, &String> = BTreeMap::new();
        for statement in &class.body {
            if matches!(statement, Stmt::Expr(_)) {
                edits.push((statement.range(), String::new()));
            }
            let Some(entry) = self
                .container
                .entries
                .iter()
                .find(|entry| entry.range == statement.range())
            else {
                continue;
            };
            let whole = assigned(statement).map_or(entry.value.range(), Ranged::range);
            let before = TextRange::new(whole.start(), entry.value.start());
            let after = TextRange::new(entry.value.end(), whole.end());
            let around = [before, after].into_iter().filter(|it| !it.is_empty());
            edits.extend(around.map(|range| (range, String::new())));
            let mut renamer = Renamer {
                bound: &bound,
                edits: &mut edits,
                is_refused: false,
            };
            renamer.visit_expr(entry.value);
            if renamer.is_refused {
                return None;
            }
            let name = self.names.get(&vec![entry.key])?;
            let length = TextSize::try_from(entry.key.len()).ok()?;
            edits.push((TextRange::at(statement.start(), length), name.clone()));
            bound.insert(entry.key, name);
        }
        Some(edits)
    }

    /// An assignment per value, with the comments that stand at it.
    fn assignments(&self) -> (TextRange, String) {
        let unit = &self.program.units()[self.container.unit.index()];
        let mut leaves = Vec::new();
        self.placed(&self.container.entries, &mut Vec::new(), &mut leaves);
        let text = &self.program.source.text;
        let mut lines = String::new();
        let mut at = unit.range.start();
        for (index, (name, entry)) in leaves.iter().enumerate() {
            let is_own_line = |comment: &TextRange| {
                let before = text[..usize::from(comment.start())].rsplit('\n').next();
                before.unwrap_or_default().trim().is_empty()
            };
            for comment in self.comments(TextRange::new(at, entry.range.start())) {
                if is_own_line(&comment) {
                    lines.push_str(&text[comment]);
                    lines.push('\n');
                }
            }
            let value = &text[entry.value.range()];
            let is_open = value.contains('\n') && !value.ends_with([']', '}', ')']);
            let value = if is_open {
                format!("({value})")
            } else {
                value.to_owned()
            };
            lines.push_str(&format!("{name} = {value}"));
            let next = leaves
                .get(index + 1)
                .map_or(unit.range.end(), |it| it.1.range.start());
            for comment in self.comments(TextRange::new(entry.range.end(), next)) {
                if !is_own_line(&comment) {
                    lines.push_str(&format!("  {}", &text[comment]));
                }
            }
            lines.push('\n');
            at = entry.range.end();
        }
        (unit.range, lines.trim_end().to_owned())
    }

    fn placed<'b>(
        &'b self,
        entries: &'b [Entry<'a>],
        path: &mut Path<'a>,
        found: &mut Vec<(&'b String, &'b Entry<'a>)>,
    ) {
        for entry in entries {
            path.push(entry.key);
            match self.names.get(path) {
                Some(name) => found.push((name, entry)),
                None => self.placed(&entry.inner, path, found),
            }
            path.pop();
        }
    }

    fn comments(&self, range: TextRange) -> Vec<TextRange> {
        let comments = self.program.comments().iter().copied();
        comments.filter(|it| range.contains_range(*it)).collect()
    }
}

/// Names that are given to the whole container, once, at module level.
fn aliases<'a>(
    program: &'a Program,
    words: &Words,
    container: &Container<'a>,
) -> BTreeMap<&'a str, UnitId> {
    let mut found = BTreeMap::new();
    for unit in program.units() {
        let Stmt::Assign(assign) = program.statement(unit.id) else {
            continue;
        };
        let [Expr::Name(target)] = &assign.targets[..] else {
            continue;
        };
        let whole = match &*assign.value {
            Expr::Name(name) => name,
            Expr::Call(call) if container.form == Form::Class && call.arguments.is_empty() => {
                let Expr::Name(name) = &*call.func else {
                    continue;
                };
                name
            }
            _ => continue,
        };
        let word = words.by_name.get(target.id.as_str());
        let is_plain = word.is_some_and(|it| it.bindings == 1 && it.imports.is_empty());
        if whole.id.as_str() == container.name && is_plain && unit.id > container.unit {
            found.insert(target.id.as_str(), unit.id);
        }
    }
    found
}

/// Finds the uses of a container, and whether one is not understood.
struct Reader<'a, 'b> {
    container: &'b Container<'a>,
    aliases: &'b BTreeMap<&'a str, UnitId>,
    uses: Vec<Use<'a>>,
    is_refused: bool,
    /// Functions and classes around.
    depth: usize,
    /// Local names of the functions and comprehensions that hold the uses.
    locals: BTreeSet<String>,
}

impl<'a> Reader<'a, '_> {
    fn is_container(&self, name: &str) -> bool {
        name == self.container.name || self.aliases.contains_key(name)
    }

    /// The expression as a chain of known keys from the container.
    fn use_of(&self, expression: &'a Expr) -> Option<Use<'a>> {
        let is_dictionary = self.container.form == Form::Dictionary;
        let (base, key) = match expression {
            Expr::Subscript(it) if is_dictionary => (
                &*it.value,
                it.slice.as_string_literal_expr()?.value.to_str(),
            ),
            Expr::Call(call) if is_dictionary => {
                let callee = call.func.as_attribute_expr()?;
                let is_plain = call.arguments.keywords.is_empty() && call.arguments.args.len() <= 2;
                if callee.attr.as_str() != "get" || !is_plain {
                    return None;
                }
                let is_default = |it: &Expr| it.is_literal_expr();
                if !call.arguments.args.iter().skip(1).all(is_default) {
                    return None;
                }
                let key = call.arguments.args.first()?.as_string_literal_expr()?;
                (&*callee.value, key.value.to_str())
            }
            Expr::Attribute(it) if !is_dictionary => (&*it.value, it.attr.as_str()),
            _ => return None,
        };
        let mut found = match base {
            Expr::Name(name) if self.is_container(&name.id) => Use {
                path: Vec::new(),
                ranges: Vec::new(),
                is_store: false,
            },
            _ => self.use_of(base)?,
        };
        let mut entries = &self.container.entries;
        for key in &found.path {
            entries = &entries.iter().find(|entry| entry.key == *key)?.inner;
        }
        entries.iter().find(|entry| entry.key == key)?;
        found.path.push(key);
        found.ranges.push(expression.range());
        Some(found)
    }

    /// Whether a binding of a value is one of a name: an attribute, outside of functions.
    fn may_bind(&self) -> bool {
        self.depth == 0 && self.container.form != Form::Dictionary && self.aliases.is_empty()
    }
}

impl<'a> Visitor<'a> for Reader<'a, '_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let is_scope = matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_));
        self.depth += usize::from(is_scope);
        let before = self.uses.len();
        visitor::walk_stmt(self, statement);
        self.depth -= usize::from(is_scope);
        if let (Stmt::FunctionDef(function), true) = (statement, self.uses.len() > before) {
            let names = function_names(Some(&function.parameters), &function.body);
            self.locals.extend(names.locals);
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        let context = match expression {
            Expr::Subscript(it) => it.ctx,
            Expr::Attribute(it) => it.ctx,
            _ => ast::ExprContext::Load,
        };
        if let Some(mut found) = self.use_of(expression) {
            found.is_store = context.is_store();
            self.is_refused |= context.is_del() || (context.is_store() && !self.may_bind());
            self.uses.push(found);
            return;
        }
        if let Expr::Name(name) = expression {
            self.is_refused |= self.is_container(&name.id);
        }
        let before = self.uses.len();
        visitor::walk_expr(self, expression);
        if self.uses.len() > before {
            self.locals.extend(own_names(expression));
        }
    }
}

/// The names that an expression with a scope of its own binds in it.
fn own_names(expression: &Expr) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let generators = match expression {
        Expr::ListComp(it) => &it.generators,
        Expr::SetComp(it) => &it.generators,
        Expr::DictComp(it) => &it.generators,
        Expr::Generator(it) => &it.generators,
        Expr::Lambda(lambda) => {
            let parameters = lambda.parameters.iter().flat_map(|it| it.iter());
            names.extend(parameters.map(|it| it.name().to_string()));
            return names;
        }
        _ => return names,
    };
    for generator in generators {
        bound_names(&generator.target, &mut names);
    }
    names
}

/// Renames what the values of a class read of the same class.
struct Renamer<'a> {
    bound: &'a BTreeMap<&'a str, &'a String>,
    edits: &'a mut Edits,
    is_refused: bool,
}

impl<'a> Visitor<'a> for Renamer<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => {
                if let Some(new) = self.bound.get(name.id.as_str()) {
                    self.edits.push((name.range, (*new).clone()));
                }
            }
            // Scopes within a class do not see its names.
            Expr::Lambda(_)
            | Expr::ListComp(_)
            | Expr::SetComp(_)
            | Expr::DictComp(_)
            | Expr::Generator(_) => self.is_refused = true,
            _ => visitor::walk_expr(self, expression),
        }
    }
}
