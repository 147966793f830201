//! What a function does with its own variables: which begin empty, and whether a type checker infers what comes into them.

use std::collections::{BTreeMap, BTreeSet};

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange, TextSize};

/// What a function does with its own variables.
#[derive(Default)]
pub(super) struct Variables<'i> {
    /// What the names of the module's imports stand for.
    pub imported: Option<&'i BTreeMap<String, String>>,
    /// Variables that begin empty, with the end of the name and the annotation.
    pub empty: Vec<(String, TextSize, Empty)>,
    /// Variables that begin with what is written down.
    pub displays: Vec<Display>,
    /// Every binding of a name.
    pub bound: Vec<String>,
    /// Where each name is bound first.
    pub first_bound: BTreeMap<String, TextSize>,
    /// What calls are given as named arguments: `**options`.
    pub unpacked: BTreeSet<String>,
    /// What is given so to what draws.
    pub drawn_with: BTreeSet<String>,
    /// What is read by keys that are written down: `options["size"]`.
    pub read_by_key: BTreeSet<String>,
    /// What functions of the package are given: their names, the places or names of parameters, and the variables.
    pub passed: Vec<(String, Given, String)>,
    /// Variables whose elements a type checker infers, with the place where they get one.
    filled: BTreeMap<String, TextSize>,
    /// Of those, the ones whose first element is a whole number that is written down: a type checker takes all for such.
    begun_whole: BTreeSet<String>,
    /// Where the value of each variable is asked for first.
    first_used: BTreeMap<String, TextSize>,
    /// Statements that make several variables empty: `xs, ys = [], []`.
    pub several: Vec<Several>,
    /// Names that are declared elsewhere, or `global` or `nonlocal`, which Python lets nobody annotate.
    pub declared: BTreeSet<String>,
}

/// Which parameter a call fills.
pub(super) enum Given {
    At(usize),
    Named(String),
}

/// What is empty.
pub(super) struct Empty {
    /// `: list[Any]`.
    pub annotation: String,
    /// Whether a type checker waits for what comes into it.
    pub is_awaited: bool,
}

/// A statement that makes several variables empty.
pub(super) struct Several {
    pub range: TextRange,
    /// Of each variable the name, the annotation and the range of the value.
    pub variables: Vec<(String, String, TextRange)>,
}

/// A variable that begins with what is written down: `options = {"lw": 2}`.
pub(super) struct Display {
    pub name: String,
    /// The end of the name.
    pub end: TextSize,
    /// It maps texts to values of several types.
    pub is_mixed: bool,
    /// It maps texts to values.
    pub is_named: bool,
    /// A type checker may find another type for its values than each of them has.
    pub is_various: bool,
}

impl Variables<'_> {
    pub fn is_bound_once(&self, name: &str) -> bool {
        self.bound.iter().filter(|it| *it == name).count() == 1
    }

    /// Notes that something is put into a container, if nothing that is put there asks for the container itself.
    fn fill(&mut self, container: &Expr, put: &[&Expr]) {
        if let Expr::Name(name) = container
            && !put
                .iter()
                .any(|it| self.is_empty(it) || mentions(it, &name.id))
        {
            if !self.filled.contains_key(name.id.as_str())
                && put.last().is_some_and(|it| is_whole(it))
            {
                self.begun_whole.insert(name.id.to_string());
            }
            let first = self.filled.entry(name.id.to_string());
            let first = first.or_insert(name.start());
            *first = (*first).min(name.start());
        }
    }

    /// Whether the first element of a container is a whole number, though it is promised to hold others.
    pub fn begins_whole(&self, name: &str, annotation: &str) -> bool {
        self.begun_whole.contains(name) && annotation.contains("float")
    }

    /// Notes which variables a function is given.
    fn pass(&mut self, call: &ast::ExprCall) {
        let Expr::Name(function) = &*call.func else {
            return;
        };
        let positions = call.arguments.args.iter().enumerate();
        let positions = positions.map(|(at, it)| (Given::At(at), it));
        let named = call.arguments.keywords.iter();
        let named =
            named.filter_map(|it| Some((Given::Named(it.arg.as_ref()?.to_string()), &it.value)));
        for (given, value) in positions.chain(named) {
            if let Expr::Name(variable) = value {
                let variable = variable.id.to_string();
                self.passed.push((function.id.to_string(), given, variable));
            }
        }
    }

    /// Whether a type checker infers what a container holds: it is filled before anything else is done with it.
    pub fn is_inferred(&self, name: &str) -> bool {
        let filled = self.filled.get(name);
        filled.is_some_and(|it| self.first_used.get(name) == Some(it))
    }
}

impl<'a> Visitor<'a> for Variables<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::Global(it) => self
                .declared
                .extend(it.names.iter().map(ToString::to_string)),
            // An import says what a name is.
            Stmt::ImportFrom(it) => {
                let names = it
                    .names
                    .iter()
                    .map(|it| it.asname.as_ref().unwrap_or(&it.name));
                self.declared.extend(names.map(ToString::to_string));
            }
            Stmt::Nonlocal(it) => self
                .declared
                .extend(it.names.iter().map(ToString::to_string)),
            // `counts["all"] += 1` reads it, too.
            Stmt::AugAssign(assign) => {
                let target = assign.target.as_subscript_expr();
                let target = target.filter(|it| it.slice.is_string_literal_expr());
                let name = target.and_then(|it| it.value.as_name_expr());
                self.read_by_key.extend(name.map(|it| it.id.to_string()));
            }
            Stmt::Assign(assign) => match &assign.targets[..] {
                [Expr::Name(name)] => {
                    let found = self.empty_annotation(&assign.value);
                    let found = found.map(|annotation| {
                        let is_awaited = is_awaited(&assign.value);
                        let empty = Empty {
                            annotation,
                            is_awaited,
                        };
                        (name.id.to_string(), name.end(), empty)
                    });
                    self.empty.extend(found);
                    let is_display = match &*assign.value {
                        Expr::List(it) => !it.elts.is_empty(),
                        Expr::Dict(it) => !it.items.is_empty(),
                        other => named_values(other).is_some_and(|it| !it.is_empty()),
                    };
                    if is_display {
                        self.displays.push(Display {
                            name: name.id.to_string(),
                            end: name.end(),
                            is_mixed: is_mixed(&assign.value),
                            is_named: named_values(&assign.value).is_some(),
                            is_various: is_various(&assign.value),
                        });
                    }
                }
                // What is empty itself tells nothing of the elements.
                targets => {
                    self.several
                        .extend(several(self, statement, targets, &assign.value));
                    for target in targets.iter().filter_map(Expr::as_subscript_expr) {
                        self.fill(&target.value, &[&target.slice, &assign.value]);
                    }
                }
            },
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.ctx.is_store() => {
                self.bound.push(name.id.to_string());
                let first = self.first_bound.entry(name.id.to_string());
                let first = first.or_insert(name.end());
                *first = (*first).min(name.end());
            }
            Expr::Name(name) => {
                let first = self.first_used.entry(name.id.to_string());
                let first = first.or_insert(name.start());
                *first = (*first).min(name.start());
            }
            Expr::Call(call) => {
                let options = call.arguments.keywords.iter();
                let options = options.filter(|it| it.arg.is_none());
                let names = options.filter_map(|it| it.value.as_name_expr());
                let names: Vec<String> = names.map(|it| it.id.to_string()).collect();
                if draws(call) {
                    self.drawn_with.extend(names.iter().cloned());
                }
                self.unpacked.extend(names);
                self.pass(call);
                if let Expr::Attribute(method) = &*call.func
                    && ["append", "extend", "add", "update"].contains(&method.attr.as_str())
                {
                    let put: Vec<&Expr> = call.arguments.args.iter().collect();
                    self.fill(&method.value, &put);
                }
            }
            Expr::Subscript(it) if it.ctx.is_load() && it.slice.is_string_literal_expr() => {
                let name = it.value.as_name_expr();
                self.read_by_key.extend(name.map(|it| it.id.to_string()));
            }
            // They have scopes of their own.
            Expr::Lambda(_) => return,
            _ => {}
        }
        walk_expr(self, expression);
    }
}

/// Whether an expression maps texts to literals of several types.
fn is_mixed(value: &Expr) -> bool {
    let values = named_values(value).unwrap_or_default();
    let kinds: BTreeSet<&str> = values.into_iter().map(kind).collect();
    kinds.len() > 1
}

/// Whether what is written down holds several values that are not of one kind for certain.
fn is_various(value: &Expr) -> bool {
    let values = match value {
        Expr::List(it) => it.elts.iter().collect(),
        other => named_values(other).unwrap_or_default(),
    };
    are_various(&values)
}

/// Whether values are not of one kind for certain, or the elements of those that are lists are not.
fn are_various(values: &[&Expr]) -> bool {
    let kinds: BTreeSet<&str> = values.iter().map(|it| kind(it)).collect();
    let lists = values.iter().filter_map(|it| it.as_list_expr());
    let elements: Vec<&Expr> = lists.flat_map(|it| &it.elts).collect();
    kinds.len() > 1
        || kinds.contains("other") && values.len() > 1
        || !elements.is_empty() && are_various(&elements)
}

/// Whether an expression is a whole number that is written down.
fn is_whole(value: &Expr) -> bool {
    match value {
        Expr::NumberLiteral(it) => it.value.is_int(),
        Expr::UnaryOp(it) => is_whole(&it.operand),
        Expr::List(it) => !it.elts.is_empty() && it.elts.iter().all(is_whole),
        _ => false,
    }
}

/// What an expression maps texts to.
fn named_values(value: &Expr) -> Option<Vec<&Expr>> {
    match value {
        Expr::Dict(it) => {
            let keys = it.items.iter().map(|it| it.key.as_ref());
            let are_texts = keys
                .into_iter()
                .all(|it| it.is_some_and(Expr::is_string_literal_expr));
            are_texts.then(|| it.items.iter().map(|it| &it.value).collect())
        }
        Expr::Call(call) => {
            let class = call.func.as_name_expr();
            let is_dict = class.is_some_and(|it| it.id.as_str() == "dict");
            let named = &call.arguments.keywords;
            let are_named =
                call.arguments.args.is_empty() && named.iter().all(|it| it.arg.is_some());
            (is_dict && are_named).then(|| named.iter().map(|it| &it.value).collect())
        }
        _ => None,
    }
}

/// Whether a call draws: what it takes under names has many types.
fn draws(call: &ast::ExprCall) -> bool {
    let Expr::Attribute(method) = &*call.func else {
        return false;
    };
    let mut root = &*method.value;
    while let Expr::Attribute(ast::ExprAttribute { value, .. })
    | Expr::Subscript(ast::ExprSubscript { value, .. }) = root
    {
        root = value;
    }
    let name = root.as_name_expr().map_or("", |it| it.id.as_str());
    ["plt", "ax", "axs", "axes", "fig"].contains(&name)
        || name
            .strip_prefix("ax")
            .is_some_and(|it| it.chars().all(|it| it.is_ascii_digit()))
}

/// One word for expressions that a type checker finds to be of one type.
fn kind(value: &Expr) -> &'static str {
    match value {
        Expr::NumberLiteral(_) | Expr::UnaryOp(_) => "number",
        Expr::StringLiteral(_) | Expr::FString(_) => "text",
        Expr::BooleanLiteral(_) => "truth",
        Expr::List(_) | Expr::ListComp(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Dict(_) => "dict",
        Expr::NoneLiteral(_) => "none",
        _ => "other",
    }
}

/// Whether a type checker waits for what comes into a container: it does so for those of the language, and not for what is
/// empty in another.
fn is_awaited(value: &Expr) -> bool {
    match value {
        Expr::List(it) => it.elts.is_empty(),
        Expr::Dict(it) => it.items.is_empty(),
        Expr::Call(call) => {
            let name = match &*call.func {
                Expr::Name(it) => it.id.as_str(),
                Expr::Attribute(it) => it.attr.as_str(),
                _ => "",
            };
            let is_made = call.arguments.args.iter().all(Expr::is_name_expr);
            is_made && ["list", "dict", "set", "OrderedDict", "defaultdict"].contains(&name)
        }
        _ => false,
    }
}

/// Classes that are empty when they are made of nothing, with what they hold; a type checker never waits for it.
const MADE_EMPTY: &[(&str, &str)] = &[
    ("collections.Counter", "Any"),
    ("collections.OrderedDict", "Any, Any"),
    ("collections.deque", "Any"),
    ("networkx.DiGraph", "Any"),
    ("networkx.Graph", "Any"),
    ("networkx.MultiDiGraph", "Any"),
    ("networkx.MultiGraph", "Any"),
];

impl Variables<'_> {
    /// The annotation of a container that begins empty.
    pub fn empty_annotation(&self, value: &Expr) -> Option<String> {
        self.empty_type(value).map(|it| format!(": {it}"))
    }

    fn empty_type(&self, value: &Expr) -> Option<String> {
        match value {
            Expr::List(it) if it.elts.is_empty() => Some("list[Any]".to_owned()),
            Expr::Dict(it) if it.items.is_empty() => Some("dict[Any, Any]".to_owned()),
            Expr::Call(call) => self.made_empty(call),
            // What is empty in something: of that a type checker never infers what comes into it.
            Expr::List(it) => {
                let element = self.empty_types(it.elts.iter())?;
                Some(format!("list[{element}]"))
            }
            Expr::Dict(it) => {
                let keys = it.items.iter().map(|it| it.key.as_ref());
                let are_texts = keys.flatten().filter(|it| it.is_string_literal_expr());
                if are_texts.count() != it.items.len() {
                    return None;
                }
                let value = self.empty_types(it.items.iter().map(|it| &it.value))?;
                Some(format!("dict[str, {value}]"))
            }
            Expr::DictComp(it) => {
                let value = self.empty_type(&it.value)?;
                Some(format!("dict[Any, {value}]"))
            }
            Expr::ListComp(it) => {
                let element = self.empty_type(&it.elt)?;
                Some(format!("list[{element}]"))
            }
            Expr::BinOp(it) if it.op == ast::Operator::Mult => match &*it.left {
                Expr::List(list) if !list.elts.is_empty() => self.empty_type(&it.left),
                _ => None,
            },
            _ => None,
        }
    }

    /// The type of several values, if all are empty.
    fn empty_types<'e>(&self, values: impl Iterator<Item = &'e Expr>) -> Option<String> {
        let types: Option<BTreeSet<String>> = values.map(|it| self.empty_type(it)).collect();
        let types: Vec<String> = types?.into_iter().collect();
        match <[String; 1]>::try_from(types) {
            Ok([one]) => Some(one),
            Err(types) => (!types.is_empty()).then(|| "Any".to_owned()),
        }
    }

    /// The type of what a call makes that is empty.
    fn made_empty(&self, call: &ast::ExprCall) -> Option<String> {
        let class = match &*call.func {
            Expr::Name(it) => it.id.to_string(),
            Expr::Attribute(it) => {
                let module = it.value.as_name_expr()?;
                format!("{}.{}", module.id, it.attr)
            }
            _ => return None,
        };
        let (root, rest) = class.split_at(class.find('.').unwrap_or(class.len()));
        let imported = self.imported.and_then(|it| it.get(root));
        let path = imported.map(|it| format!("{it}{rest}"));
        let arguments = &call.arguments;
        let is_of_nothing = arguments.args.is_empty()
            || (matches!(&arguments.args[..], [Expr::List(it)] if it.elts.is_empty()));
        let is_of_nothing = is_of_nothing
            && (arguments.keywords.iter())
                .all(|it| it.arg.as_ref().is_some_and(|it| it.as_str() == "maxlen"));
        // A graph of another one may be of anything, too.
        let is_graph = path.as_ref().is_some_and(|it| it.starts_with("networkx."));
        if (is_of_nothing || is_graph)
            && let Some(path) = &path
        {
            let known = MADE_EMPTY.iter().find(|it| it.0 == path);
            if let Some((_, holds)) = known {
                return Some(format!("{class}[{holds}]"));
            }
        }
        if arguments.is_empty() {
            let known = match class.as_str() {
                "list" => "list[Any]",
                "dict" => "dict[Any, Any]",
                "set" => "set[Any]",
                "frozenset" => "frozenset[Any]",
                _ => return None,
            };
            return Some(known.to_owned());
        }
        if class == "dict" && arguments.args.is_empty() {
            let are_named = arguments.keywords.iter().all(|it| it.arg.is_some());
            let values = arguments.keywords.iter().map(|it| &it.value);
            let value = self.empty_types(values).filter(|_| are_named)?;
            return Some(format!("dict[str, {value}]"));
        }
        let is_default = ["defaultdict", "collections.defaultdict"].contains(&class.as_str());
        let ([made], true, true) = (&*arguments.args, arguments.keywords.is_empty(), is_default)
        else {
            return None;
        };
        let value = self.made_by(made)?;
        Some(format!("{class}[Any, {value}]"))
    }

    /// The type of the values that a default dictionary makes.
    fn made_by(&self, made: &Expr) -> Option<String> {
        let known = match made {
            Expr::Name(name) => match name.id.as_str() {
                "list" => "list[Any]",
                "dict" => "dict[Any, Any]",
                "set" => "set[Any]",
                name @ ("int" | "float" | "str" | "bool") => name,
                _ => "Any",
            },
            // What it makes may be followed by something else: zero by a fraction.
            Expr::Lambda(it) => {
                let empty = self.empty_type(&it.body);
                return Some(empty.unwrap_or_else(|| "Any".to_owned()));
            }
            _ => return None,
        };
        Some(known.to_owned())
    }

    /// Whether an expression tells nothing of elements.
    fn is_empty(&self, value: &Expr) -> bool {
        self.empty_type(value).is_some() || value.is_none_literal_expr()
    }
}

fn mentions(expression: &Expr, name: &str) -> bool {
    struct Mentions<'n>(&'n str, bool);
    impl<'a> Visitor<'a> for Mentions<'_> {
        fn visit_expr(&mut self, expression: &'a Expr) {
            let found = expression.as_name_expr();
            self.1 |= found.is_some_and(|it| it.id.as_str() == self.0);
            walk_expr(self, expression);
        }
    }
    let mut mentions = Mentions(name, false);
    mentions.visit_expr(expression);
    mentions.1
}

/// `xs, ys = [], []`.
fn several(
    variables: &Variables<'_>,
    statement: &Stmt,
    targets: &[Expr],
    value: &Expr,
) -> Option<Several> {
    let ([Expr::Tuple(targets)], Expr::Tuple(values)) = (targets, value) else {
        return None;
    };
    if targets.elts.len() != values.elts.len() {
        return None;
    }
    let found = targets
        .elts
        .iter()
        .zip(&values.elts)
        .map(|(target, value)| {
            let name = target.as_name_expr()?.id.to_string();
            Some((name, variables.empty_annotation(value)?, value.range()))
        });
    Some(Several {
        range: statement.range(),
        variables: found.collect::<Option<_>>()?,
    })
}
