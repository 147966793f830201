//! Constants of the module: what functions and classes read that is made once, never changes, and needs no setting.
//!
//! They stand beside the functions of the package (`WORD = re.compile(r"\w+")`), not in the job: a class that reads one
//! would else have to stay inside the application function.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::{Access, Callee, EffectGraph, Occurrence};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::stdlib::builtins::is_python_builtin;
use srcify_syntax::{Program, Ranged, TextRange, UnitId};

use crate::names::Names;
use crate::steps::{constant_assignment, is_scalar};

/// Functions of the standard library, numpy and pandas that name something: cheap, the same each time, and nothing changes what they give.
/// Source: the documentation of each.
const NAMING_CALLS: &[&str] = &[
    "collections.namedtuple",
    "datetime.date",
    "datetime.datetime",
    "datetime.time",
    "datetime.timedelta",
    "decimal.Decimal",
    "fractions.Fraction",
    "dict",
    "frozenset",
    "list",
    "range",
    "set",
    "tuple",
    "logging.getLogger",
    "numpy.datetime64",
    "numpy.timedelta64",
    "pandas.DateOffset",
    "pandas.Timedelta",
    "pandas.Timestamp",
    "re.compile",
    "re.escape",
    "str.maketrans",
    "str.split",
    "string.Template",
    "struct.Struct",
    "typing.NamedTuple",
    "typing.NewType",
    "typing.ParamSpec",
    "typing.TypeVar",
    "zoneinfo.ZoneInfo",
];

/// What makes a logger.
const LOGGER: &str = "logging.getLogger";

/// The names of constants, by the statement that binds each.
pub(crate) fn constants(
    program: &Program,
    graph: &EffectGraph,
    names: &Names,
) -> BTreeMap<UnitId, String> {
    let wanted = read_by_definitions(program, graph);
    let secrets: BTreeSet<UnitId> = crate::secrets::find(program)
        .iter()
        .map(|it| it.unit)
        .collect();
    let rests_on_order = makes_loggers_its_way(&program.source.text);
    let mut found: BTreeMap<UnitId, String> = BTreeMap::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for unit in program.units() {
        let Some((name, value)) = constant_assignment(program.statement(unit.id)) else {
            continue;
        };
        let search = Search {
            program,
            graph,
            names,
            known: &known,
        };
        let reader = wanted.get(name);
        let is_logger = search.is_logger(value);
        let is_type = search.is_type(value);
        let is_wanted = match reader {
            _ if is_type => true,
            // Nobody passes a logger around, and classes stand at module level.
            None => is_logger || makes_class(graph, value),
            // What is written down becomes a setting, or a parameter of the functions that read it.
            Some(Reader::Function) => is_no_setting(value),
            Some(Reader::Passed) => {
                is_no_setting(value) || (value.is_dict_expr() && !is_unpacked(program, name))
            }
            Some(Reader::Class) => !is_location(value),
        };
        if is_wanted
            && !is_table(program, name)
            && is_bound_once(program, graph, names, name)
            && (is_logger || !is_changed(graph, name))
            && graph.units[unit.id.index()].effects.is_pure()
            && (is_type || search.is_constant(value))
            && !(is_logger && rests_on_order)
            && !secrets.contains(&unit.id)
            && !is_builtin_before(graph, unit.id, name)
        {
            known.insert(name);
            found.insert(unit.id, name.to_owned());
        }
    }
    found
}

/// Whether a name is that of a builtin, and something above the statement that binds it reads it: `sum` in a method, then
/// `sum = 0.5`.
fn is_builtin_before(graph: &EffectGraph, unit: UnitId, name: &str) -> bool {
    let reads = |access: &Access| access.reads.contains(name) || access.captures.contains(name);
    is_python_builtin(name, 14, false)
        && graph.units[..unit.index()]
            .iter()
            .any(|it| reads(&it.access))
}

/// Whether a program may disable the loggers that there are, or say how those that come are made: it matters when one is made.
/// Source: the documentation of `logging.config` and of `logging.setLoggerClass`.
fn makes_loggers_its_way(text: &str) -> bool {
    let ways = [
        "dictConfig",
        "fileConfig",
        "setLoggerClass",
        "setLoggerFactory",
        "loggerDict",
        "disable_existing_loggers",
    ];
    ways.iter().any(|it| text.contains(it))
}

/// The constants that are loggers.
pub(crate) fn is_logger(program: &Program, graph: &EffectGraph, unit: UnitId) -> bool {
    let value = constant_assignment(program.statement(unit)).map(|(_, value)| value);
    value.is_some_and(|value| callee(graph, value) == Some(LOGGER))
}

/// Whether a call makes a class: `Point = namedtuple("Point", "x y")`.
fn makes_class(graph: &EffectGraph, value: &Expr) -> bool {
    let classes = ["collections.namedtuple", "typing.NamedTuple"];
    callee(graph, value).is_some_and(|it| classes.contains(&it))
}

/// What reads a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reader {
    /// A function, or the constructor of a class: it can be given the value.
    Function,
    /// A function that is passed around, to which nobody can give more.
    Passed,
    /// A class, in other methods, too; or a function where it is defined.
    Class,
}

/// The names that functions and classes of the module read.
fn read_by_definitions(program: &Program, graph: &EffectGraph) -> BTreeMap<String, Reader> {
    let mut wanted: BTreeMap<String, Reader> = BTreeMap::new();
    for (unit, facts) in program.units().iter().zip(&graph.units) {
        let access = &facts.access;
        let statement = program.statement(unit.id);
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            continue;
        }
        for name in access.captures.iter().chain(&access.reads) {
            let is_given = match statement {
                Stmt::ClassDef(class) => constructor_of(graph, class, access, name).is_some(),
                // What is read where the function is defined, nobody can give it later.
                _ => access.captures.contains(name) || !access.reads.contains(name),
            };
            let reader = match (is_given, statement) {
                (false, _) => Reader::Class,
                (true, Stmt::FunctionDef(it)) if is_passed(graph, &it.name) => Reader::Passed,
                (true, _) => Reader::Function,
            };
            let known = wanted.entry(name.clone()).or_insert(reader);
            *known = (*known).max(reader);
        }
    }
    wanted
}

/// The constructor of a class that can be given what it reads under `name`, which nothing else in the class reads.
pub(crate) fn constructor_of<'c>(
    graph: &EffectGraph,
    class: &'c ast::StmtClassDef,
    access: &Access,
    name: &str,
) -> Option<&'c ast::StmtFunctionDef> {
    let mut methods = class.body.iter().filter_map(Stmt::as_function_def_stmt);
    let constructor = methods.find(|it| it.name.as_str() == "__init__")?;
    let body = TextRange::new(constructor.body.first()?.start(), constructor.range.end());
    let is_plain = class.decorator_list.is_empty()
        && constructor.decorator_list.is_empty()
        && class.type_params.is_none()
        && class.keywords().is_empty()
        && class.bases().iter().all(is_plain_base);
    // What a method calls may read it, too: the method has no value to pass on.
    let prefix = format!("{}.", class.name);
    let mut methods = graph.functions.range(prefix.clone()..);
    let mut methods = methods
        .by_ref()
        .take_while(|(method, _)| method.starts_with(&prefix));
    let is_needed_later =
        methods.any(|(method, facts)| !method.ends_with(".__init__") && facts.reads.contains(name));
    let mut places = access.occurrences.iter().filter(|(it, ..)| it == name);
    (is_plain
        && !is_needed_later
        && places.all(|(_, range, kind)| *kind == Occurrence::Load && body.contains_range(*range)))
    .then_some(constructor)
}

/// Base classes that make nothing of the parameters that a constructor has.
fn is_plain_base(base: &Expr) -> bool {
    let name = match base {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return false,
    };
    ["object", "ABC", "Module", "Dataset"].contains(&name)
}

fn is_bound_once(program: &Program, graph: &EffectGraph, names: &Names, name: &str) -> bool {
    let Some(facts) = names.get(name) else {
        return false;
    };
    let is_declared = program
        .units()
        .iter()
        .any(|unit| graph.units[unit.id.index()].access.globals.contains(name));
    facts.bindings.len() == 1
        && !facts.is_import
        && !facts.is_definition
        && !facts.is_deleted
        && !facts.is_identified
        && !is_declared
}

/// Whether a statement changes the object of a name.
fn is_changed(graph: &EffectGraph, name: &str) -> bool {
    let mut units = graph.units.iter();
    units.any(|unit| unit.mutates.contains_key(name))
}

/// A text that may lead to a file or a page: a setting, whatever reads it.
fn is_location(value: &Expr) -> bool {
    value.as_string_literal_expr().is_some_and(|it| {
        let text = it.value.to_str();
        text.contains(['/', '\\', '.'])
    })
}

/// Whether entries of a dictionary are asked for by what they are called: a table of settings.
fn is_table(program: &Program, name: &str) -> bool {
    use ast::visitor::{Visitor, walk_expr};
    struct Entries<'a>(&'a str, bool);
    impl<'a> Visitor<'a> for Entries<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Subscript(subscript) = expression {
                let table = subscript.value.as_name_expr();
                self.1 |= table.is_some_and(|it| it.id == self.0)
                    && subscript.slice.is_string_literal_expr();
            }
            walk_expr(self, expression);
        }
    }
    let mut entries = Entries(name, false);
    for unit in program.units() {
        entries.visit_stmt(program.statement(unit.id));
    }
    entries.1
}

/// Whether a function is used other than to call it.
fn is_passed(graph: &EffectGraph, name: &str) -> bool {
    graph.functions.get(name).is_some_and(|it| it.is_value)
}

/// Whether a value is neither a setting nor anything that a setting could hold.
fn is_no_setting(value: &Expr) -> bool {
    value.is_set_expr() || (!is_display(value) && !is_scalar(value))
}

/// Whether a dictionary is unpacked: it holds settings of what it is given to.
pub(crate) fn is_unpacked(program: &Program, name: &str) -> bool {
    program.source.text.contains(&format!("**{name}"))
}

/// A container that is written down.
fn is_display(value: &Expr) -> bool {
    matches!(
        value,
        Expr::List(_) | Expr::Tuple(_) | Expr::Set(_) | Expr::Dict(_)
    )
}

fn callee<'g>(graph: &'g EffectGraph, value: &Expr) -> Option<&'g str> {
    let call = graph.call_at(value.as_call_expr()?.range())?;
    match &call.callee {
        Callee::Library(path) => Some(path),
        _ => None,
    }
}

/// The last part of a dotted name.
fn named(value: &Expr) -> Option<&str> {
    match value {
        Expr::Name(name) => Some(&name.id),
        Expr::Attribute(attribute) => Some(&attribute.attr),
        _ => None,
    }
}

struct Search<'a> {
    program: &'a Program,
    graph: &'a EffectGraph,
    names: &'a Names,
    /// Constants above.
    known: &'a BTreeSet<&'a str>,
}

impl Search<'_> {
    fn is_logger(&self, value: &Expr) -> bool {
        callee(self.graph, value) == Some(LOGGER)
    }

    /// Whether a value is the same each time that the module is imported, and cheap.
    fn is_constant(&self, value: &Expr) -> bool {
        let are = |values: &[Expr]| values.iter().all(|it| self.is_constant(it));
        match value {
            Expr::Name(name) => self.is_fixed(&name.id),
            Expr::Attribute(attribute) => {
                // `np.pi`, `string.digits`, `re.I`: of a module, not of an object. `sys.stdout` is another one by the time that
                // the job runs.
                let is_of_module = self.is_of_module(&attribute.value)
                    && !self.is_of_interpreter(&attribute.value);
                is_of_module || self.is_member(attribute)
            }
            Expr::List(list) => are(&list.elts),
            Expr::Tuple(tuple) => are(&tuple.elts),
            Expr::Set(set) => are(&set.elts),
            Expr::Dict(dict) => dict.items.iter().all(|item| {
                let key = item.key.as_ref();
                key.is_some_and(|key| self.is_constant(key)) && self.is_constant(&item.value)
            }),
            Expr::UnaryOp(unary) => self.is_constant(&unary.operand),
            Expr::BinOp(binary) => {
                let is_short = self.program.text(binary.range).len() <= LONGEST;
                // `"=" * 80` is short however it is written; powers are not.
                is_short
                    && binary.op != ast::Operator::Pow
                    && self.is_constant(&binary.left)
                    && self.is_constant(&binary.right)
            }
            Expr::Call(call) => {
                let is_naming =
                    callee(self.graph, value).is_some_and(|path| NAMING_CALLS.contains(&path));
                // `"red green blue".split()`
                let is_of_constant = call
                    .func
                    .as_attribute_expr()
                    .is_none_or(|it| self.is_of_module(&it.value) || self.is_constant(&it.value));
                is_naming
                    && is_of_constant
                    && (call.arguments.args.iter())
                        .all(|it| self.is_constant(it) || self.is_constant_text(it))
                    && call
                        .arguments
                        .keywords
                        .iter()
                        .all(|it| it.arg.is_some() && self.is_constant(&it.value))
            }
            // What it reads is the same whenever it runs, and needs no parameter that the package adds.
            Expr::Lambda(_) => {
                let access = Access::of_expression(value);
                let mut read = access.captures.iter().chain(&access.reads);
                let mut calls = self.graph.calls_in(value.range());
                // What it does when it is called would be done in the domain.
                let is_pure = calls.all(|call| {
                    call.effects.is_pure() && matches!(call.callee, Callee::Library(_))
                });
                is_pure && read.all(|name| self.is_fixed(name))
            }
            other => other.is_literal_expr(),
        }
    }

    /// Whether a value is a type that is written down, to annotate with: `List[Tuple[int, int]]`, `dict[str, float] | None`.
    fn is_type(&self, value: &Expr) -> bool {
        match value {
            Expr::Subscript(subscript) => {
                let form = &*subscript.value;
                let is_literal = named(form) == Some("Literal");
                let (Expr::Name(_) | Expr::Attribute(_)) = form else {
                    return false;
                };
                self.is_generic(form)
                    && if is_literal {
                        self.is_constant(&subscript.slice)
                    } else {
                        self.is_argument(&subscript.slice)
                    }
            }
            Expr::BinOp(binary) => {
                let sides = [&*binary.left, &*binary.right];
                binary.op == ast::Operator::BitOr
                    && sides.iter().any(|it| self.is_type(it))
                    && sides.iter().all(|it| self.is_argument(it))
            }
            _ => false,
        }
    }

    /// Whether a value can stand in a type: `int`, `None`, `...`, `[int, str]` of `Callable`, `np.ndarray`.
    fn is_argument(&self, value: &Expr) -> bool {
        match value {
            Expr::Name(name) => self.is_fixed(&name.id) || self.is_class(&name.id),
            Expr::Attribute(_) => self.is_constant(value),
            // A type that stands further down, by its name.
            Expr::StringLiteral(name) => self.is_class(name.value.to_str()),
            Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_) => true,
            Expr::Tuple(tuple) => tuple.elts.iter().all(|it| self.is_argument(it)),
            Expr::List(list) => list.elts.iter().all(|it| self.is_argument(it)),
            other => self.is_type(other),
        }
    }

    /// Whether a name is that of a class of the program.
    fn is_class(&self, name: &str) -> bool {
        let mut units = self.program.units().iter();
        self.names.is_definition(name)
            && units.any(|unit| {
                let class = self.program.statement(unit.id).as_class_def_stmt();
                class.is_some_and(|it| it.name.as_str() == name)
            })
    }

    /// Whether a name is that of a type which takes others in square brackets.
    fn is_generic(&self, form: &Expr) -> bool {
        let root = match form {
            Expr::Attribute(attribute) => &*attribute.value,
            other => other,
        };
        let Some(root) = root.as_name_expr() else {
            return false;
        };
        match self.names.get(&root.id) {
            None => {
                ["dict", "frozenset", "list", "set", "tuple", "type"].contains(&root.id.as_str())
            }
            Some(facts) => {
                let of = [
                    "collections",
                    "collections.abc",
                    "numpy.typing",
                    "typing",
                    "typing_extensions",
                ];
                let is_known = |path: &String| {
                    let module = if form.is_attribute_expr() {
                        path.as_str()
                    } else {
                        path.rsplit_once('.').map_or("", |it| it.0)
                    };
                    of.contains(&module)
                };
                self.names.is_import(&root.id) && facts.import_paths.iter().all(is_known)
            }
        }
    }

    /// Whether a text is put together of constants: `f"[{re.escape(string.punctuation)}]"`.
    fn is_constant_text(&self, value: &Expr) -> bool {
        let mut elements = value.as_f_string_expr().map(|it| it.value.elements());
        let is_constant = |it: &ast::InterpolatedStringElement| {
            it.as_interpolation()
                .is_none_or(|it| it.format_spec.is_none() && self.is_constant(&it.expression))
        };
        elements.as_mut().is_some_and(|it| it.all(is_constant))
    }

    /// Whether a value is a member of an enumeration that stands in the module itself.
    fn is_member(&self, attribute: &ast::ExprAttribute) -> bool {
        let Some(class) = attribute.value.as_name_expr() else {
            return false;
        };
        let mut units = self.program.units().iter();
        let defined = units.find_map(|unit| {
            let it = self.program.statement(unit.id).as_class_def_stmt()?;
            (it.name.as_str() == class.id.as_str()).then_some((unit.id, it))
        });
        let Some((unit, definition)) = defined else {
            return false;
        };
        let access = &self.graph.units[unit.index()].access;
        let mut read = access.captures.iter().chain(&access.reads);
        let is_alone = read.all(|name| name == definition.name.as_str() || self.is_fixed(name));
        let is_member = |statement: &Stmt| {
            constant_assignment(statement).is_some_and(|(name, _)| name == attribute.attr.as_str())
        };
        is_alone
            && self.names.is_definition(&class.id)
            && definition.decorator_list.is_empty()
            && definition.bases().iter().any(|it| self.is_enumeration(it))
            && definition.body.iter().any(is_member)
    }

    fn is_enumeration(&self, base: &Expr) -> bool {
        let (name, root) = match base {
            Expr::Name(name) => (name.id.as_str(), &name.id),
            Expr::Attribute(attribute) => match &*attribute.value {
                Expr::Name(module) => (attribute.attr.as_str(), &module.id),
                _ => return false,
            },
            _ => return false,
        };
        let facts = self.names.get(root);
        let is_of_enum = |path: &String| path.split('.').next() == Some("enum");
        ["Enum", "Flag", "IntEnum", "IntFlag", "StrEnum"].contains(&name)
            && facts.is_some_and(|it| it.import_paths.iter().any(is_of_enum))
    }

    /// Whether a name is a constant above, an import, or built in.
    fn is_fixed(&self, name: &str) -> bool {
        self.known.contains(name) || self.names.is_import(name) || self.names.get(name).is_none()
    }

    /// Whether a value is the module `sys`.
    fn is_of_interpreter(&self, value: &Expr) -> bool {
        let facts = value.as_name_expr().and_then(|it| self.names.get(&it.id));
        facts.is_some_and(|it| it.import_paths.contains("sys"))
    }

    fn is_of_module(&self, value: &Expr) -> bool {
        match value {
            Expr::Name(name) => self.names.is_import(&name.id),
            Expr::Attribute(attribute) => self.is_of_module(&attribute.value),
            _ => false,
        }
    }
}

/// Longer arithmetic is no constant that is written down.
const LONGEST: usize = 200;

#[cfg(test)]
mod tests {
    use srcify_effects::{Catalog, analyze};

    use super::*;

    #[test]
    fn named_tuples_are_constants_whoever_uses_them() {
        let text = "from collections import namedtuple\nimport re\nHit = namedtuple('Hit', 'at ms')\nWORD = re.compile('a')\nhits = [Hit(1, 2)]\n";
        let source = srcify_syntax::read("a.py".into(), text.as_bytes()).unwrap();
        let program = srcify_syntax::parse(source.output).output;
        let graph = analyze(&program, &Catalog::for_libraries([]), &|_| None);
        let names = Names::of(&program, &graph);
        assert!(names.is_definition("Hit"));
        assert!(!names.is_definition("WORD"));
    }
}
