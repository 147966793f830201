//! What calls do: effects from the catalog, edges to the package's own functions.

use srcify_effects::{ArgumentKind, Condition, Effect, Entry, EntryKind, When};
use srcify_syntax::ast::{self, Expr};
use srcify_syntax::{Ranged, TextRange};

use super::draws::{self, Waiting};
use super::{Cause, Edge, Flow, NodeId};
use crate::annotations::has_decorator;
use crate::flow::types::{Callee, Types};
use crate::index::{Call, Index};

/// Methods that are known by their names, whatever the receiver: nothing else is called so.
const TELLING_METHODS: &[(&str, Effect)] = &[
    ("to_csv", Effect::WriteFile),
    ("to_parquet", Effect::WriteFile),
    ("to_excel", Effect::WriteFile),
    ("to_pickle", Effect::WriteFile),
    ("to_feather", Effect::WriteFile),
    ("savefig", Effect::WriteFile),
    ("write_text", Effect::WriteFile),
    ("write_bytes", Effect::WriteFile),
    ("read_text", Effect::ReadFile),
    ("read_bytes", Effect::ReadFile),
    ("to_sql", Effect::Database),
];

/// Methods of tables and sequences that call what they are given.
const APPLYING_METHODS: &[&str] = &[
    "apply",
    "map",
    "applymap",
    "transform",
    "agg",
    "aggregate",
    "pipe",
];

/// Records what every node does itself and calls.
pub(crate) fn record(flow: &mut Flow, types: &Types<'_>) {
    for (module, index) in types.project.modules.iter().enumerate() {
        let mut waiting = Waiting::new();
        for call in &index.calls {
            if call.function.is_none() && !call.at_import {
                continue;
            }
            let Some(node) = flow.node(module, call.function) else {
                continue;
            };
            let site = (module, call.function, node);
            record_call(flow, types, &mut waiting, site, call);
        }
        draws::record(flow, types, module, &waiting);
        for store in &index.stores {
            if store.function.is_none() && !store.at_import {
                continue;
            }
            let Some(node) = flow.node(module, store.function) else {
                continue;
            };
            record_store(flow, types, index, (node, store.function), store.node);
        }
        for attribute in &index.attributes {
            if attribute.function.is_none() && !attribute.at_import {
                continue;
            }
            let Some(node) = flow.node(module, attribute.function) else {
                continue;
            };
            record_attribute(
                flow,
                types,
                index,
                (node, attribute.function),
                attribute.node,
            );
        }
    }
}

/// `os.environ["A"] = …`, `pd.options.display.width = …`: state of the process.
fn record_store(
    flow: &mut Flow,
    types: &Types<'_>,
    index: &Index<'_>,
    (node, function): (NodeId, Option<usize>),
    target: &Expr,
) {
    let name = match target {
        Expr::Subscript(it) => index.qualified(function, &it.value),
        target => index.qualified(function, target),
    };
    let Some(name) = name.filter(|it| it.contains('.')) else {
        return;
    };
    let top = name.split('.').next().unwrap_or("");
    let is_own = types.project.roots.packages.iter().any(|it| it == top);
    let is_imported = !is_own
        && index
            .names
            .values()
            .any(|it| it.split('.').next() == Some(top));
    if name == "os.environ" {
        push(flow, node, Effect::WriteEnvironment, target.range(), &name);
    } else if is_imported && types.catalog.knows_library(top) && !types.catalog.is_class(&name) {
        push(flow, node, Effect::GlobalState, target.range(), &name);
    }
}

fn record_attribute(
    flow: &mut Flow,
    types: &Types<'_>,
    index: &Index<'_>,
    (node, function): (NodeId, Option<usize>),
    attribute: &ast::ExprAttribute,
) {
    let Expr::Name(base) = &*attribute.value else {
        return;
    };
    if index.is_local(function, base.id.as_str()) {
        record_property(
            flow,
            types,
            (flow.nodes[node].module, function, node),
            attribute,
        );
        return;
    }
    let Some(imported) = index.names.get(base.id.as_str()) else {
        return;
    };
    let name = format!("{imported}.{}", attribute.attr);
    let entry = types
        .catalog
        .exact(&name)
        .filter(|it| it.kind == EntryKind::Attribute);
    for when in entry.into_iter().flat_map(|it| &it.effects) {
        if when.conditions.is_empty() {
            push(flow, node, when.what, attribute.range(), &name);
        }
    }
}

/// `account.balance`, where a property of the package computes it.
fn record_property(
    flow: &mut Flow,
    types: &Types<'_>,
    (module, function, node): Site,
    attribute: &ast::ExprAttribute,
) {
    let Some(class) = types.type_of(module, function, &attribute.value) else {
        return;
    };
    if let Some(Callee::Function(at, number)) = types.method(&class, attribute.attr.as_str(), 0)
        && has_decorator(
            types.project.modules[at].functions[number].node,
            &["property", "cached_property"],
        )
    {
        edge(flow, node, (at, number), attribute.range());
    }
}

type Site = (usize, Option<usize>, NodeId);

fn record_call(
    flow: &mut Flow,
    types: &Types<'_>,
    waiting: &mut Waiting,
    site: Site,
    call: &Call<'_>,
) {
    let (module, function, node) = site;
    let (call, is_scoped) = (call.node, call.is_scoped);
    let callee = types.callee(module, function, &call.func);
    match &callee {
        Some(Callee::Function(at, number)) => edge(flow, node, (*at, *number), call.range()),
        Some(Callee::Class(at, class)) => {
            let index = &types.project.modules[*at];
            let name = &index.classes[*class].name;
            let class = format!("{}.{name}", index.module.name);
            for constructor in ["__init__", "__post_init__"] {
                if let Some(Callee::Function(at, number)) = types.method(&class, constructor, 0) {
                    edge(flow, node, (at, number), call.range());
                }
            }
        }
        Some(Callee::Library(name, receiver)) => {
            let entry = match receiver {
                Some(class) => types
                    .catalog
                    .member(class, name.rsplit('.').next().unwrap_or(name)),
                None => types.catalog.lookup(name),
            };
            let Some(entry) = entry else { return };
            for when in &entry.effects {
                // `with numpy.errstate(…)` puts back what it changes.
                if is_scoped && when.what == Effect::GlobalState
                    || !holds(types, (module, function), entry, &when.conditions, call)
                {
                    continue;
                }
                if when.what == Effect::Random && draws::is_later(types.catalog, entry, name) {
                    waiting.insert(draws::place(call), name.clone());
                } else {
                    push(flow, node, when.what, call.range(), name);
                }
            }
            record_callbacks(flow, types, site, entry, call);
        }
        None => record_unknown(flow, types, site, call),
    }
}

/// A call whose receiver is not known: only what its name alone proves.
fn record_unknown(flow: &mut Flow, types: &Types<'_>, site: Site, call: &ast::ExprCall) {
    let (module, function, node) = site;
    let Expr::Attribute(attribute) = &*call.func else {
        return;
    };
    let name = attribute.attr.as_str();
    let needs_path = name.starts_with("to_") || name == "savefig" || name.starts_with("write_");
    if let Some((_, effect)) = TELLING_METHODS.iter().find(|(known, _)| *known == name)
        && (!needs_path || !call.arguments.is_empty())
        && !is_buffer(types, (module, function), call.arguments.args.first())
        && types.project.modules[module]
            .qualified(function, &attribute.value)
            .is_none()
    {
        push(flow, node, *effect, call.range(), name);
    }
    if APPLYING_METHODS.contains(&name) {
        for argument in &call.arguments.args {
            callback(flow, types, site, argument);
        }
    }
}

fn record_callbacks(
    flow: &mut Flow,
    types: &Types<'_>,
    site: Site,
    entry: &Entry,
    call: &ast::ExprCall,
) {
    for name in &entry.callbacks {
        if let Some(argument) = argument_for(entry, call, name) {
            callback(flow, types, site, argument);
        }
    }
}

/// A function that is passed to be called.
fn callback(flow: &mut Flow, types: &Types<'_>, (module, function, node): Site, argument: &Expr) {
    if matches!(argument, Expr::Name(_) | Expr::Attribute(_))
        && let Some(Callee::Function(at, number)) = types.callee(module, function, argument)
    {
        edge(flow, node, (at, number), argument.range());
    }
}

pub(crate) fn edge(
    flow: &mut Flow,
    node: NodeId,
    (module, function): (usize, usize),
    range: TextRange,
) {
    let Some(callee) = flow.node(module, Some(function)) else {
        return;
    };
    if callee != node {
        flow.nodes[node].edges.push(Edge {
            callee,
            range,
            is_certain: true,
        });
    }
}

/// What the catalog says to be on the safe side, and is no violation of anything: by the beginnings of names.
const HARMLESS: &[(Effect, &[&str])] = &[
    // They give results in the order of what they are given, or tell about the machine.
    (
        Effect::Nondeterministic,
        &[
            "joblib.Parallel",
            "concurrent.futures.ProcessPoolExecutor",
            "concurrent.futures.ThreadPoolExecutor",
            "multiprocessing.Pool",
            "multiprocessing.pool.Pool.imap",
            "multiprocessing.pool.Pool.map",
            "multiprocessing.pool.Pool.starmap",
            "dask.",
            "psutil.",
        ],
    ),
    // Only what is asked to be resolved reads it, and only where the settings say so.
    (
        Effect::ReadEnvironment,
        &["omegaconf.OmegaConf.to_container"],
    ),
    // As an import in a function does.
    // `collect` reads what `scan_csv` was given, and that has the finding; of a frame in memory it reads nothing.
    (
        Effect::ReadFile,
        &[
            "importlib.import_module",
            "__import__",
            "sktime.registry.",
            "sklearn.utils.discovery.",
            "sklearn.utils.all_estimators",
            "polars.LazyFrame.collect",
            // Where the application stands.
            "flask.Flask",
        ],
    ),
    // The page that is shown.
    (Effect::WriteFile, &["bokeh.plotting.show", "bokeh.io.show"]),
    (
        Effect::GlobalState,
        &["importlib.import_module", "__import__"],
    ),
];

/// Whether an effect of a library function is left out.
fn is_harmless(effect: Effect, name: &str) -> bool {
    // Identity tells two objects apart; as a number nobody uses it.
    let is_identity = effect == Effect::Nondeterministic && matches!(name, "id" | "builtins.id");
    let mut known = HARMLESS.iter().filter(|(it, _)| *it == effect);
    let is_known = known.any(|(_, names)| names.iter().any(|it| name.starts_with(it)));
    is_identity || (is_known && !name.ends_with("_unordered"))
}

pub(crate) fn push(flow: &mut Flow, node: NodeId, effect: Effect, range: TextRange, name: &str) {
    if is_harmless(effect, name) {
        return;
    }
    flow.nodes[node].causes.push(Cause {
        effect,
        range,
        name: name.to_owned(),
        is_certain: true,
    });
}

/// The argument that a call binds to a parameter of a library function.
pub(crate) fn argument_for<'a>(
    entry: &Entry,
    call: &'a ast::ExprCall,
    name: &str,
) -> Option<&'a Expr> {
    let keyword = call
        .arguments
        .keywords
        .iter()
        .find(|it| it.arg.as_ref().is_some_and(|arg| arg.as_str() == name));
    if let Some(keyword) = keyword {
        return Some(&keyword.value);
    }
    let position = match name.parse::<usize>() {
        Ok(position) => position,
        Err(_) => entry
            .parameters
            .iter()
            .take_while(|it| *it != "*")
            .position(|it| it.trim_start_matches('*') == name)?,
    };
    let before = call.arguments.args.iter().take(position + 1);
    if before.clone().any(Expr::is_starred_expr) {
        return None;
    }
    call.arguments.args.get(position)
}

/// Arguments of a call of a function of the package, by the name of the parameter each is bound to.
pub(crate) fn bound_arguments<'a>(
    call: &'a ast::ExprCall,
    parameters: &'a ast::Parameters,
    skip: usize,
) -> Vec<(&'a str, &'a Expr)> {
    let positional = parameters
        .posonlyargs
        .iter()
        .chain(&parameters.args)
        .skip(skip);
    let mut bound: Vec<(&str, &Expr)> = positional
        .zip(&call.arguments.args)
        .take_while(|(_, argument)| !argument.is_starred_expr())
        .map(|(parameter, argument)| (parameter.name().as_str(), argument))
        .collect();
    for keyword in &call.arguments.keywords {
        if let Some(name) = &keyword.arg {
            bound.push((name.as_str(), &keyword.value));
        }
    }
    bound
}

/// Whether conditions are known to be met; the effect of the defaults where an argument is left out.
pub(crate) fn holds(
    types: &Types<'_>,
    scope: (usize, Option<usize>),
    entry: &Entry,
    conditions: &[Condition],
    call: &ast::ExprCall,
) -> bool {
    conditions.iter().all(|condition| match condition {
        Condition::Equals(name, text) => argument_for(entry, call, name)
            .and_then(|argument| constant(types, scope, argument))
            .is_some_and(|known| equals(&known, text)),
        Condition::Differs(name, text) => match argument_for(entry, call, name) {
            None => true,
            Some(argument) => {
                constant(types, scope, argument).is_some_and(|known| !equals(&known, text))
            }
        },
        Condition::Contains(name, parts) => match argument_for(entry, call, name) {
            Some(argument) => constant(types, scope, argument)
                .is_some_and(|known| parts.iter().any(|part| known.contains(part.as_str()))),
            None => name == "mode" && parts.iter().any(|part| part == "r"),
        },
        Condition::Says(name, parts) => argument_for(entry, call, name)
            .and_then(|argument| constant(types, scope, argument))
            .is_some_and(|known| parts.iter().any(|part| known.contains(part.as_str()))),
        Condition::Given(name) => {
            argument_for(entry, call, name).is_some_and(|it| !it.is_none_literal_expr())
        }
        Condition::Absent(name) => {
            let has_rest = call.arguments.keywords.iter().any(|it| it.arg.is_none());
            argument_for(entry, call, name).map_or(!has_rest, Expr::is_none_literal_expr)
        }
        Condition::OthersDraw => false,
        Condition::Is(name, kind) => {
            let known = argument_for(entry, call, name);
            // Where the catalog has no order of parameters, any argument may be meant.
            let any = call
                .arguments
                .args
                .iter()
                .filter(|_| entry.parameters.is_empty());
            known
                .into_iter()
                .chain(any)
                .any(|it| is_kind(types, scope, it, *kind))
        }
    })
}

/// What changes in place when an entry's call is known to change something.
pub(crate) fn mutated<'a>(
    types: &Types<'_>,
    scope: (usize, Option<usize>),
    entry: &'a Entry,
    call: &ast::ExprCall,
) -> Vec<&'a str> {
    let met = |it: &&When<srcify_effects::Target>| holds(types, scope, entry, &it.conditions, call);
    entry
        .mutates
        .iter()
        .filter(met)
        .map(|it| it.what.name.as_str())
        .collect()
}

fn is_kind(
    types: &Types<'_>,
    scope: (usize, Option<usize>),
    argument: &Expr,
    kind: ArgumentKind,
) -> bool {
    let text = match argument {
        Expr::StringLiteral(text) => Some(text.value.to_str()),
        _ => None,
    };
    match kind {
        ArgumentKind::Path => match text {
            Some(text) => !text.contains("://"),
            None => !is_buffer(types, scope, Some(argument)),
        },
        ArgumentKind::Url => text.is_some_and(|text| text.contains("://")),
        ArgumentKind::Handle => is_buffer(types, scope, Some(argument)),
        ArgumentKind::Generator => types
            .type_of(scope.0, scope.1, argument)
            .is_some_and(|ty| ty.contains("Random") || ty.ends_with("Generator")),
    }
}

fn is_buffer(types: &Types<'_>, scope: (usize, Option<usize>), argument: Option<&Expr>) -> bool {
    let ty = argument.and_then(|it| types.type_of(scope.0, scope.1, it));
    let is_named = argument.is_some_and(|it| {
        let name = crate::annotations::last_name(it)
            .unwrap_or("")
            .to_lowercase();
        [
            "buf", "stream", "file_obj", "fileobj", "handle", "fh", "fp", "io",
        ]
        .iter()
        .any(|part| name == *part || name.ends_with(&format!("_{part}")) || name.starts_with("buf"))
    });
    is_named
        || ty.is_some_and(|ty| ty.starts_with("io.") || ty.contains("IO") || ty.contains("Buffer"))
}

/// The text of a literal or of a library's name (`sys.stderr`), as the catalog writes it.
fn constant(
    types: &Types<'_>,
    (module, function): (usize, Option<usize>),
    expression: &Expr,
) -> Option<String> {
    match expression {
        Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
        Expr::BooleanLiteral(it) => Some(if it.value { "True" } else { "False" }.to_owned()),
        Expr::NoneLiteral(_) => Some("None".to_owned()),
        Expr::NumberLiteral(it) => match &it.value {
            ast::Number::Int(number) => Some(number.to_string()),
            ast::Number::Float(number) => Some(number.to_string()),
            ast::Number::Complex { .. } => None,
        },
        Expr::Name(_) | Expr::Attribute(_) => types.project.modules[module]
            .qualified(function, expression)
            .filter(|it| it.contains('.')),
        _ => None,
    }
}

fn equals(known: &str, text: &str) -> bool {
    known == text.trim_matches(['\'', '"'])
}
