//! `eval` of what the data holds. A text that the program neither writes down nor puts together names none of its variables:
//! columns with lists (`df.genres.apply(eval)`), what is typed in (`eval(input())`). All other text may name any of them.

use std::collections::{BTreeMap, BTreeSet};

use srcify_effects::EffectGraph;
use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Program, TextRange};

use crate::names::identifiers;

/// Names that written-down values are known to hold: a program that binds one of them itself may mean them.
const WRITTEN: &[&str] = &[
    "Counter",
    "Decimal",
    "Infinity",
    "NaN",
    "NaT",
    "ObjectId",
    "OrderedDict",
    "Timedelta",
    "Timestamp",
    "UUID",
    "array",
    "date",
    "datetime",
    "defaultdict",
    "deque",
    "dtype",
    "false",
    "inf",
    "nan",
    "ndarray",
    "null",
    "true",
];

/// Methods that call what they are given once for each value of the object.
const APPLYING: &[&str] = &[
    "agg",
    "apply",
    "applymap",
    "map",
    "parallel_apply",
    "progress_apply",
    "transform",
];

/// Functions that give numbers, or what they are given in another form.
const PASSING: &[&str] = &[
    "abs",
    "bool",
    "dict",
    "enumerate",
    "eval",
    "float",
    "int",
    "iter",
    "len",
    "list",
    "max",
    "min",
    "next",
    "range",
    "reversed",
    "round",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
];

/// How functions begin that read data.
const READING: &[&str] = &[
    "DictReader",
    "fetch",
    "get",
    "glob",
    "listdir",
    "load",
    "open",
    "read",
    "reader",
];

/// Methods whose arguments become part of the object, or of what they give.
const ADDING: &[&str] = &[
    "add",
    "append",
    "appendleft",
    "assign",
    "extend",
    "fillna",
    "format",
    "insert",
    "join",
    "map",
    "mask",
    "replace",
    "setdefault",
    "sub",
    "update",
    "where",
];

/// The occurrences of `eval` that evaluate data; none where the program binds names that data is known to hold.
pub(super) fn evaluating_data(program: &Program, graph: &EffectGraph) -> Vec<TextRange> {
    let mut definitions = Definitions::default();
    let statements = || program.units().iter().map(|it| program.statement(it.id));
    statements().for_each(|it| definitions.visit_stmt(it));
    let mut found = Found {
        graph,
        functions: definitions.functions,
        returns: definitions.returns,
        bindings: BTreeMap::new(),
        scopes: Vec::new(),
        calls: BTreeMap::new(),
        passed: BTreeSet::new(),
        evaluations: Vec::new(),
    };
    statements().for_each(|it| found.visit_stmt(it));
    if WRITTEN.iter().any(|it| found.is_known(it)) {
        return Vec::new();
    }
    let evaluations = found.evaluations.iter();
    let of_data = evaluations.filter(|(_, text)| found.is_data(text, &mut BTreeSet::new()));
    of_data.map(|(eval, _)| *eval).collect()
}

/// All functions of the program, whatever they stand in, and what they return.
#[derive(Default)]
struct Definitions<'a> {
    functions: BTreeMap<&'a str, &'a ast::StmtFunctionDef>,
    returns: BTreeMap<&'a str, Vec<&'a Expr>>,
    /// The function that is looked at.
    inside: Option<&'a str>,
}

impl<'a> Visitor<'a> for Definitions<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match (statement, self.inside) {
            (Stmt::FunctionDef(function), outer) => {
                self.functions.insert(&function.name, function);
                self.inside = Some(&function.name);
                walk_stmt(self, statement);
                self.inside = outer;
                return;
            }
            (Stmt::Return(it), Some(function)) => {
                let values = self.returns.entry(function).or_default();
                values.extend(it.value.as_deref());
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }
}

/// What a name is bound to.
#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    /// The value of an expression, or a part of it.
    Value(&'a Expr),
    /// A parameter of a function of the program, by its place.
    Parameter(&'a str, usize),
    /// Nobody knows.
    Unknown,
}

/// A parameter, or a target of a comprehension.
#[derive(Debug, Clone, Copy)]
struct Scope<'a> {
    /// Where it holds.
    range: TextRange,
    name: &'a str,
    source: Source<'a>,
    /// No statement can bind it to something else.
    is_closed: bool,
}

struct Found<'a> {
    graph: &'a EffectGraph,
    functions: BTreeMap<&'a str, &'a ast::StmtFunctionDef>,
    returns: BTreeMap<&'a str, Vec<&'a Expr>>,
    /// All that is bound to a name, in whatever scope.
    bindings: BTreeMap<&'a str, Vec<Source<'a>>>,
    scopes: Vec<Scope<'a>>,
    calls: BTreeMap<&'a str, Vec<&'a ast::ExprCall>>,
    /// Functions that are passed on to something that is not known to call them with data.
    passed: BTreeSet<&'a str>,
    /// Where `eval` stands, and what it is given.
    evaluations: Vec<(TextRange, &'a Expr)>,
}

impl<'a> Found<'a> {
    fn bind(&mut self, target: &'a Expr, source: Source<'a>) {
        match target {
            Expr::Name(name) => self.bindings.entry(&name.id).or_default().push(source),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.bind(it, source)),
            Expr::List(it) => it.elts.iter().for_each(|it| self.bind(it, source)),
            Expr::Starred(it) => self.bind(&it.value, source),
            // What is put into an object is data of it.
            Expr::Subscript(it) => self.bind(&it.value, source),
            Expr::Attribute(it) => self.bind(&it.value, source),
            _ => {}
        }
    }

    fn enclose(
        &mut self,
        range: TextRange,
        names: impl IntoIterator<Item = &'a str>,
        source: Source<'a>,
        is_closed: bool,
    ) {
        let scopes = names.into_iter().map(|name| Scope {
            range,
            name,
            source,
            is_closed,
        });
        self.scopes.extend(scopes);
    }

    fn comprehension(&mut self, range: TextRange, generators: &'a [ast::Comprehension]) {
        for generator in generators {
            let mut targets = Targets(Vec::new());
            targets.visit_expr(&generator.target);
            let source = Source::Value(&generator.iter);
            self.enclose(range, targets.0, source, true);
        }
    }

    /// A function, or `eval` itself, that is given each value of an object. Says whether that is one of them.
    fn note_applied(&mut self, function: &'a Expr, values: &'a Expr) -> bool {
        let source = Source::Value(values);
        match function {
            Expr::Lambda(lambda) => {
                self.note_lambda(lambda, source);
                self.visit_expr(&lambda.body);
            }
            Expr::Name(name) if name.id == "eval" => self.evaluations.push((name.range, values)),
            Expr::Name(name) => {
                let Some(function) = self.functions.get(name.id.as_str()).copied() else {
                    return false;
                };
                let first = function
                    .parameters
                    .iter()
                    .next()
                    .map(|it| it.name().as_str());
                self.enclose(function.range, first, source, false);
            }
            _ => return false,
        }
        true
    }

    fn note_lambda(&mut self, lambda: &'a ast::ExprLambda, source: Source<'a>) {
        let parameters = lambda.parameters.iter().flat_map(|it| it.iter());
        let names: Vec<&str> = parameters.map(|it| it.name().as_str()).collect();
        self.enclose(lambda.range, names, source, true);
    }

    fn note_call(&mut self, call: &'a ast::ExprCall) {
        let arguments = &call.arguments.args;
        let rest = match (&*call.func, &arguments[..]) {
            (Expr::Name(name), [text])
                if name.id == "eval" && call.arguments.keywords.is_empty() =>
            {
                self.evaluations.push((name.range, text));
                &arguments[..]
            }
            (Expr::Name(name), [function, values]) if name.id == "map" => {
                let is_noted = self.note_applied(function, values);
                &arguments[usize::from(is_noted)..]
            }
            (Expr::Attribute(method), [function, ..])
                if APPLYING.contains(&method.attr.as_str()) =>
            {
                let is_noted = self.note_applied(function, &method.value);
                &arguments[usize::from(is_noted)..]
            }
            (Expr::Name(name), _) => {
                self.calls.entry(&name.id).or_default().push(call);
                &arguments[..]
            }
            _ => &arguments[..],
        };
        if let Expr::Attribute(method) = &*call.func
            && ADDING.contains(&method.attr.as_str())
        {
            let arguments = call.arguments.iter_source_order();
            arguments.for_each(|it| self.bind(&method.value, Source::Value(it.value())));
        }
        if !call.func.is_name_expr() {
            self.visit_expr(&call.func);
        }
        rest.iter().for_each(|it| self.visit_expr(it));
        let keywords = call.arguments.keywords.iter();
        keywords.for_each(|it| self.visit_expr(&it.value));
    }

    fn is_data(&self, expression: &'a Expr, seen: &mut BTreeSet<&'a str>) -> bool {
        match expression {
            Expr::NumberLiteral(_) | Expr::BooleanLiteral(_) | Expr::NoneLiteral(_) => true,
            Expr::Compare(_) | Expr::UnaryOp(_) | Expr::BytesLiteral(_) => true,
            Expr::StringLiteral(text) => self.names_nothing(text.value.to_str()),
            Expr::FString(text) => text.value.elements().all(|it| match it {
                ast::InterpolatedStringElement::Literal(it) => !it.value.contains(is_letter),
                ast::InterpolatedStringElement::Interpolation(it) => {
                    self.is_data(&it.expression, seen)
                }
            }),
            Expr::BinOp(it) => {
                let is_put_together = |it: &Expr| {
                    it.as_string_literal_expr()
                        .is_some_and(|it| it.value.to_str().contains(is_letter))
                };
                !is_put_together(&it.left)
                    && !is_put_together(&it.right)
                    && self.is_data(&it.left, seen)
                    && self.is_data(&it.right, seen)
            }
            // A function, for each value.
            Expr::Name(name) if self.functions.contains_key(name.id.as_str()) => {
                self.returns_data(&name.id, seen)
            }
            Expr::Name(name) if PASSING.contains(&name.id.as_str()) && !self.is_own(&name.id) => {
                true
            }
            Expr::Name(name) => self.is_bound_to_data(name, seen),
            Expr::Attribute(it) => self.is_arguments(expression) || self.is_data(&it.value, seen),
            Expr::Subscript(it) => self.is_data(&it.value, seen),
            Expr::Starred(it) => self.is_data(&it.value, seen),
            Expr::Tuple(it) => it.elts.iter().all(|it| self.is_data(it, seen)),
            Expr::List(it) => it.elts.iter().all(|it| self.is_data(it, seen)),
            Expr::Set(it) => it.elts.iter().all(|it| self.is_data(it, seen)),
            Expr::Dict(it) => it.items.iter().all(|it| self.is_data(&it.value, seen)),
            Expr::If(it) => self.is_data(&it.body, seen) && self.is_data(&it.orelse, seen),
            Expr::BoolOp(it) => it.values.iter().all(|it| self.is_data(it, seen)),
            Expr::ListComp(it) => self.is_data(&it.elt, seen),
            Expr::Generator(it) => self.is_data(&it.elt, seen),
            Expr::Call(call) => self.gives_data(call, seen),
            Expr::Lambda(it) => self.is_data(&it.body, seen),
            Expr::Slice(_) => true,
            _ => false,
        }
    }

    fn is_bound_to_data(&self, name: &'a ast::ExprName, seen: &mut BTreeSet<&'a str>) -> bool {
        let holds =
            |it: &&Scope<'a>| it.name == name.id.as_str() && it.range.contains_range(name.range);
        let around = self.scopes.iter().filter(holds);
        let inner = around.clone().map(|it| it.range.len()).min();
        // All that a parameter is given.
        let mut given = around.filter(|it| Some(it.range.len()) == inner);
        if given.clone().any(|it| it.is_closed) {
            return given.all(|it| self.is_source_of_data(&it.source, seen));
        }
        if !seen.insert(&name.id) {
            return true;
        }
        let bound = self.bindings.get(name.id.as_str());
        (inner.is_some() || bound.is_some())
            && given.all(|it| self.is_source_of_data(&it.source, seen))
            && bound.is_none_or(|it| it.iter().all(|it| self.is_source_of_data(it, seen)))
    }

    fn is_source_of_data(&self, source: &Source<'a>, seen: &mut BTreeSet<&'a str>) -> bool {
        match source {
            Source::Value(value) => self.is_data(value, seen),
            Source::Parameter(function, place) => self.is_given_data(function, *place, seen),
            Source::Unknown => false,
        }
    }

    /// Whether every call of a function gives it data there.
    fn is_given_data(&self, function: &str, place: usize, seen: &mut BTreeSet<&'a str>) -> bool {
        let calls = self.calls.get(function).map_or(&[][..], |it| it);
        let is_plain = |call: &&ast::ExprCall| {
            let arguments = &call.arguments;
            arguments.keywords.is_empty() && !arguments.args.iter().any(Expr::is_starred_expr)
        };
        !self.passed.contains(function)
            && calls.iter().all(|call| {
                is_plain(call)
                    && call
                        .arguments
                        .args
                        .get(place)
                        .is_none_or(|it| self.is_data(it, seen))
            })
    }

    fn gives_data(&self, call: &'a ast::ExprCall, seen: &mut BTreeSet<&'a str>) -> bool {
        match &*call.func {
            Expr::Name(name) if matches!(name.id.as_str(), "input" | "open" | "range" | "len") => {
                !self.is_own(&name.id)
            }
            Expr::Name(name) if PASSING.contains(&name.id.as_str()) && !self.is_own(&name.id) => {
                call.arguments.args.iter().all(|it| self.is_data(it, seen))
            }
            Expr::Name(name) if self.functions.contains_key(name.id.as_str()) => {
                self.returns_data(&name.id, seen)
            }
            Expr::Name(name) => {
                let is_imported = self.graph.imports.contains_key(name.id.as_str());
                !self.is_own(&name.id) && is_imported && self.is_given(call, &name.id, seen)
            }
            Expr::Attribute(method) if self.is_module(&method.value) => {
                self.is_given(call, &method.attr, seen)
            }
            Expr::Attribute(method) => {
                let is_added = ADDING.contains(&method.attr.as_str());
                self.is_data(&method.value, seen) && (!is_added || self.is_all_data(call, seen))
            }
            _ => false,
        }
    }

    /// Whether a function of a library reads data, or makes something of data.
    fn is_given(
        &self,
        call: &'a ast::ExprCall,
        function: &str,
        seen: &mut BTreeSet<&'a str>,
    ) -> bool {
        READING.iter().any(|it| function.starts_with(it)) || self.is_all_data(call, seen)
    }

    fn is_all_data(&self, call: &'a ast::ExprCall, seen: &mut BTreeSet<&'a str>) -> bool {
        let mut arguments = call.arguments.iter_source_order();
        arguments.all(|it| self.is_data(it.value(), seen))
    }

    fn returns_data(&self, function: &'a str, seen: &mut BTreeSet<&'a str>) -> bool {
        let returns = self.returns.get(function);
        returns.is_some_and(|it| it.iter().all(|it| self.is_data(it, seen)))
    }

    fn is_own(&self, name: &str) -> bool {
        self.bindings.contains_key(name) || self.functions.contains_key(name)
    }

    fn is_known(&self, name: &str) -> bool {
        self.is_own(name) || self.graph.imports.contains_key(name)
    }

    fn is_module(&self, expression: &Expr) -> bool {
        let mut root = expression;
        while let Expr::Attribute(it) = root {
            root = &it.value;
        }
        let root = root.as_name_expr();
        root.is_some_and(|it| {
            self.graph.imports.contains_key(it.id.as_str()) && !self.is_own(&it.id)
        })
    }

    /// `sys.argv`.
    fn is_arguments(&self, expression: &Expr) -> bool {
        let Expr::Attribute(it) = expression else {
            return false;
        };
        it.attr.as_str() == "argv" && self.is_module(&it.value)
    }

    /// Whether a text that the program writes down names nothing of it.
    fn names_nothing(&self, text: &str) -> bool {
        identifiers(text).iter().all(|it| !self.is_known(it))
    }
}

impl<'a> Visitor<'a> for Found<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                for (place, parameter) in function.parameters.iter().enumerate() {
                    let source = match parameter {
                        ast::AnyParameterRef::NonVariadic(_) => {
                            Source::Parameter(&function.name, place)
                        }
                        ast::AnyParameterRef::Variadic(_) => Source::Unknown,
                    };
                    let name = parameter.name().as_str();
                    self.enclose(function.range, [name], source, false);
                    if let Some(default) = parameter.default() {
                        let source = Source::Value(default);
                        self.enclose(function.range, [name], source, false);
                    }
                }
                // A method is given its object first, and called by other names.
                if !function.decorator_list.is_empty() {
                    self.passed.insert(&function.name);
                }
            }
            Stmt::ClassDef(class) => {
                let methods = class.body.iter().filter_map(|it| it.as_function_def_stmt());
                self.passed.extend(methods.map(|it| it.name.as_str()));
            }
            Stmt::Assign(it) => {
                for target in &it.targets {
                    self.bind(target, Source::Value(&it.value));
                }
            }
            Stmt::AnnAssign(it) => {
                if let Some(value) = &it.value {
                    self.bind(&it.target, Source::Value(value));
                }
            }
            Stmt::AugAssign(it) => self.bind(&it.target, Source::Value(&it.value)),
            Stmt::For(it) => self.bind(&it.target, Source::Value(&it.iter)),
            Stmt::With(it) => {
                for item in &it.items {
                    if let Some(target) = &item.optional_vars {
                        self.bind(target, Source::Value(&item.context_expr));
                    }
                }
            }
            Stmt::Match(_) => {
                // Its patterns bind names.
                let mut names = Targets(Vec::new());
                names.visit_stmt(statement);
                for name in names.0 {
                    self.bindings.entry(name).or_default().push(Source::Unknown);
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Call(call) => return self.note_call(call),
            Expr::Name(name) if name.ctx.is_load() => {
                self.passed.insert(&name.id);
            }
            Expr::Named(it) => self.bind(&it.target, Source::Value(&it.value)),
            Expr::Lambda(it) => self.note_lambda(it, Source::Unknown),
            Expr::ListComp(it) => self.comprehension(it.range, &it.generators),
            Expr::SetComp(it) => self.comprehension(it.range, &it.generators),
            Expr::DictComp(it) => self.comprehension(it.range, &it.generators),
            Expr::Generator(it) => self.comprehension(it.range, &it.generators),
            _ => {}
        }
        walk_expr(self, expression);
    }
}

/// Names that are bound or read in some code.
struct Targets<'a>(Vec<&'a str>);

impl<'a> Visitor<'a> for Targets<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression {
            self.0.push(&name.id);
        }
        walk_expr(self, expression);
    }
}

fn is_letter(it: char) -> bool {
    it.is_alphabetic() || it == '_'
}
