//! Functions that are passed to be called, and what they are called with.

use std::rc::Rc;

use super::{Known, Passed, Site};
use crate::analyze::Analyzer;
use crate::catalog::{Entry, EntryKind};
use crate::value::{Callable, Value};
use crate::{Effect, Type};

impl Analyzer<'_> {
    /// Calls what is passed to be called; what that gives back. What else is passed a library may call, too.
    pub(super) fn run_callbacks(
        &mut self,
        known: Known<'_>,
        arguments: &[Passed],
        site: &Site,
    ) -> Value {
        let mut called = Value::never();
        if STARTED.contains(&known.name) && !self.starts_anything() {
            return called;
        }
        let (callbacks, rest): (Vec<&Passed>, Vec<&Passed>) = arguments
            .iter()
            .partition(|it| is_callback(known.entry, it));
        for argument in callbacks {
            let value = argument.value.clone();
            // Columns are renamed by a table of names, if nothing else is known.
            let is_data = argument.is_unpacked || known.name.ends_with(".rename");
            if is_data && value.called().is_none() && value.functions.is_empty() {
                continue;
            }
            let given = self.callback_arguments(known, arguments);
            let given = self.call_argument(&value, &given, site);
            called = called.join(&given);
        }
        self.call_what_is_given(known, &rest, site.range);
        called
    }

    /// Whether the program starts a thread or process anywhere, or may.
    fn starts_anything(&self) -> bool {
        let text = &self.program.source.text;
        ["start", ".run", "getattr", "globals("]
            .iter()
            .any(|it| text.contains(it))
    }

    /// Calls a function that was passed, on these arguments, or on unknown ones when there are none.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of function")]
    pub(crate) fn call_argument(&mut self, value: &Value, given: &[Value], site: &Site) -> Value {
        match value.called() {
            Some(Callable::Closure(index)) => {
                let name = self.closures[index].name.clone();
                self.functions.entry(name).or_default().is_value = true;
                let given = self.complete(index, given);
                self.call_closure(index, None, &given)
            }
            Some(Callable::Method(index, receiver)) => {
                let given = self.complete(index, given);
                self.call_closure(index, Some(receiver.value()), &given)
            }
            Some(Callable::Either(all)) => {
                let mut joined = Value::never();
                for one in Rc::unwrap_or_clone(all) {
                    let one = Value {
                        callable: Some(one),
                        ..Value::default()
                    };
                    joined = joined.join(&self.call_argument(&one, given, site));
                }
                joined
            }
            Some(Callable::Asleep(inner)) => {
                let inner = Value {
                    callable: Some(*inner),
                    ..Value::default()
                };
                self.dormant(|it| it.call_argument(&inner, given, site))
            }
            Some(callable) => {
                let mut passed: Vec<Passed> = given.iter().map(|it| plain(it, site)).collect();
                if let Callable::Path(path) = &callable
                    && self.catalog.lookup(path).is_none()
                {
                    let is_method = path
                        .rsplit_once('.')
                        .is_some_and(|(class, name)| self.catalog.member(class, name).is_some());
                    if !is_method {
                        self.add_effect(Effect::Unknown, site.range, path);
                        return Value::default();
                    }
                }
                self.is_handed = true;
                let value = self.call_callable(&callable, &mut passed, site).0;
                self.is_handed = false;
                value
            }
            // `agg(mean=("x", lambda column: …))`
            None if value.parts.iter().any(|it| it.callable.is_some()) => {
                let mut joined = Value::default();
                for part in value.parts.iter().filter(|it| it.callable.is_some()) {
                    joined = self.call_argument(part, given, site);
                }
                joined
            }
            // Strings and lists of names (`agg("mean")`) call nothing of the user's.
            None if value.is_immutable() || is_data(value) => Value::default(),
            None if value.is("list") || value.is("dict") || value.is("tuple") => {
                let mut joined = Value::default();
                for inner in value.functions.iter().cloned() {
                    let inner = Value {
                        callable: Some(inner),
                        ..Value::default()
                    };
                    joined = self.call_argument(&inner, given, site);
                }
                joined
            }
            None => {
                let class = value.ty.as_ref().map(|ty| ty.name.clone());
                if class.is_some_and(|class| self.find_class(&class, "__call__").is_some()) {
                    return self.protocol(value, "__call__", given).unwrap_or_default();
                }
                let catalog = self.catalog;
                let class = value.ty.as_ref();
                let entry = class.and_then(|class| catalog.member(&class.name, "__call__"));
                if let Some(entry) = entry {
                    let known = Known {
                        entry,
                        name: "__call__",
                        receiver: Some(value),
                    };
                    let mut passed: Vec<Passed> = given.iter().map(|it| plain(it, site)).collect();
                    return self.apply(known, &mut passed, site);
                }
                self.add_effect(Effect::Unknown, site.range, "a function that is not known");
                Value::default()
            }
        }
    }

    /// As many arguments as the function wants: what is not given is not known.
    fn complete(&mut self, index: usize, given: &[Value]) -> Vec<Value> {
        let Some(parameters) = self.closures[index].parameters else {
            return Vec::new();
        };
        let wanted = parameters.posonlyargs.len() + parameters.args.len();
        let mut all: Vec<Value> = given.to_vec();
        if parameters.vararg.is_none() {
            all.truncate(wanted);
        }
        all
    }

    fn call_closure(&mut self, index: usize, receiver: Option<Value>, given: &[Value]) -> Value {
        let range = srcify_syntax::TextRange::default();
        let passed: Vec<Passed> = given
            .iter()
            .map(|value| Passed {
                name: None,
                value: value.clone(),
                range,
                is_keyword: false,
                is_unpacked: false,
                is_link: false,
            })
            .collect();
        self.has_unknown_arguments = passed.is_empty();
        self.is_handed = true;
        self.invoke(index, receiver, &passed, range)
    }

    /// What a callback of a library is called with, where that is known.
    #[expect(clippy::too_many_lines, reason = "a table of names")]
    pub(super) fn callback_arguments(
        &mut self,
        known: Known<'_>,
        arguments: &[Passed],
    ) -> Vec<Value> {
        let name = known.name;
        let method = name.rsplit('.').next().unwrap_or(name);
        let receiver = known.receiver.cloned();
        let class = receiver
            .as_ref()
            .and_then(|it| it.ty.as_ref())
            .map(|ty| ty.name.clone())
            .unwrap_or_default();
        let part = |it: &mut Self, ty: &str| {
            let from = receiver.clone().unwrap_or_default();
            let mut value = it.derived(&from, Some(Type::new(ty)));
            value.views.clear();
            value
        };
        if let Some(given) = self.handed_on(name, arguments) {
            return given;
        }
        if known.entry.kind == EntryKind::Method || receiver.is_some() {
            return match (class.rsplit('.').next().unwrap_or_default(), method) {
                ("Pattern", "sub" | "subn") => vec![Value::of_type("re.Match")],
                ("Series" | "Index", "apply" | "map" | "transform") => vec![part(self, "scalar")],
                ("Series", "agg" | "aggregate" | "pipe") => vec![part(self, "pandas.Series")],
                ("DataFrame", "pipe" | "assign") => vec![receiver.unwrap_or_default()],
                ("DataFrame", "map" | "applymap") => vec![part(self, "scalar")],
                // As rows that are iterated over: copies, where columns differ.
                ("DataFrame", "apply") if self.is_presuming && goes_by_rows(arguments) => {
                    vec![self.fresh(Some(Type::new("pandas.Series")))]
                }
                ("DataFrame", "apply" | "agg" | "aggregate" | "transform") => {
                    vec![part(self, "pandas.Series")]
                }
                ("SeriesGroupBy" | "Rolling" | "Expanding" | "Resampler" | "Window", _) => {
                    vec![part(self, "pandas.Series")]
                }
                ("DataFrameGroupBy", "agg" | "aggregate" | "transform") => {
                    vec![part(self, "pandas.Series")]
                }
                ("DataFrameGroupBy", _) => vec![part(self, "pandas.DataFrame")],
                _ => Vec::new(),
            };
        }
        let Some(first) = arguments.first() else {
            return Vec::new();
        };
        let range = first.range;
        match name {
            "re.sub" | "re.subn" => vec![Value::of_type("re.Match")],
            "map" | "filter" => {
                let rest: Vec<Passed> = arguments[1..].to_vec();
                rest.iter()
                    .map(|it| self.peek(&it.value, it.range))
                    .collect()
            }
            "sorted" | "min" | "max" => vec![self.peek(&first.value, range)],
            "functools.reduce" => {
                let Some(items) = arguments.get(1) else {
                    return Vec::new();
                };
                let item = self.peek(&items.value, items.range);
                let start = arguments
                    .get(2)
                    .map_or_else(|| item.clone(), |it| it.value.clone());
                vec![start, item]
            }
            "itertools.groupby" | "itertools.accumulate" => vec![self.peek(&first.value, range)],
            "numpy.apply_along_axis" => {
                let array = arguments
                    .get(2)
                    .map(|it| it.value.clone())
                    .unwrap_or_default();
                vec![self.derived(&array, Some(Type::new("numpy.ndarray")))]
            }
            "scipy.optimize.minimize"
            | "scipy.optimize.differential_evolution"
            | "scipy.optimize.basinhopping"
            | "scipy.optimize.dual_annealing"
            | "scipy.optimize.least_squares"
            | "scipy.optimize.leastsq"
            | "scipy.optimize.root"
            | "scipy.optimize.fsolve" => {
                // What is optimized is made flat before; of these, not always.
                let is_open = ["differential_evolution", "root"]
                    .iter()
                    .any(|it| name.ends_with(it));
                let parts = ["numpy.float64", "vector"].map(Type::new).to_vec();
                let parts = if is_open { Vec::new() } else { parts };
                let mut given = vec![self.fresh(Some(Type::generic("numpy.ndarray", parts)))];
                given.extend(passed_on(arguments));
                given
            }
            "lmfit.minimize" | "lmfit.Minimizer" | "lmfit.minimizer.minimize" => {
                // A copy of the parameters, and what is to be passed on.
                let mut given = vec![self.fresh(Some(Type::new("lmfit.Parameters")))];
                let passed_on =
                    |it: &&Passed| matches!(it.name.as_deref(), Some("args" | "fcn_args"));
                let rest = arguments.iter().find(passed_on);
                given.extend(rest.into_iter().flat_map(|it| it.value.parts.clone()));
                given
            }
            "scipy.optimize.minimize_scalar" | "scipy.optimize.brentq" | "scipy.integrate.quad" => {
                vec![Value::of_type("float")]
            }
            "scipy.optimize.curve_fit" => {
                let xs = arguments
                    .get(1)
                    .map(|it| it.value.clone())
                    .unwrap_or_default();
                // As many numbers as it has parameters.
                let mut given = vec![xs];
                given.extend(vec![Value::of_type("numpy.float64"); MAX_PARAMETERS]);
                given
            }
            "scipy.integrate.solve_ivp" => {
                let state = self.fresh(Some(Type::new("numpy.ndarray")));
                let mut given = vec![Value::of_type("float"), state];
                given.extend(passed_on(arguments));
                given
            }
            "scipy.integrate.odeint" => {
                let state = self.fresh(Some(Type::new("numpy.ndarray")));
                let mut given = vec![state, Value::of_type("float")];
                given.extend(passed_on(arguments));
                given
            }
            _ => Vec::new(),
        }
    }

    /// What is passed along with a function, to be given to it: `submit(work, item)`, `Thread(target=work, args=(item,))`.
    fn handed_on(&mut self, name: &str, arguments: &[Passed]) -> Option<Vec<Value>> {
        let after = |count: usize| {
            let positional = arguments.iter().filter(|it| !it.is_keyword);
            positional.skip(count).cloned().collect::<Vec<Passed>>()
        };
        let values = |rest: Vec<Passed>| Some(rest.into_iter().map(|it| it.value).collect());
        let (owner, method) = name.rsplit_once('.')?;
        let owner = owner.rsplit('.').next().unwrap_or(owner);
        match (owner, method) {
            ("ExitStack" | "AsyncExitStack", "callback")
            | ("ThreadPoolExecutor" | "ProcessPoolExecutor", "submit")
            | ("asyncio", "to_thread")
            | ("AbstractEventLoop", "call_soon" | "call_soon_threadsafe") => values(after(1)),
            ("AbstractEventLoop", "run_in_executor" | "call_later") => values(after(2)),
            ("Pool" | "ThreadPool", "starmap" | "starmap_async") => {
                let given = after(1);
                let each = given.first().map(|it| self.peek(&it.value, it.range))?;
                if each.parts.is_empty() {
                    return Some(vec![inside(&each); MAX_PARAMETERS]);
                }
                Some(each.parts)
            }
            (
                "ThreadPoolExecutor" | "ProcessPoolExecutor" | "Pool" | "ThreadPool",
                "map" | "map_async" | "imap" | "imap_unordered",
            ) => {
                let given = after(1);
                Some(
                    given
                        .iter()
                        .map(|it| self.peek(&it.value, it.range))
                        .collect(),
                )
            }
            ("threading", "Thread" | "Timer")
            | ("scheduler", "enter" | "enterabs")
            | ("multiprocessing", "Process")
            | ("Pool" | "ThreadPool", "apply" | "apply_async") => {
                let named = |name: &str| {
                    let passed = arguments.iter().find(|it| it.name.as_deref() == Some(name));
                    passed.map(|it| &it.value)
                };
                let args = named("args").or_else(|| named("argument"));
                let several = args.filter(|it| it.parts.is_empty());
                let several = several.into_iter().chain(named("kwargs").or(named("kwds")));
                let mut given = args.map_or_else(Vec::new, |it| it.parts.clone());
                // Whichever parameter gets it.
                given.extend(several.flat_map(|it| vec![inside(it); MAX_PARAMETERS]));
                (!given.is_empty()).then_some(given)
            }
            _ => None,
        }
    }

    /// An element, without noting that anything is iterated over.
    fn peek(&mut self, value: &Value, range: srcify_syntax::TextRange) -> Value {
        let consumed = self.record.consumed.clone();
        let element = self.element(value, range);
        self.record.consumed = consumed;
        element
    }
}

/// What a container holds, as one of its parts.
fn inside(container: &Value) -> Value {
    Value {
        own: container.holds.clone(),
        holds: container.deep.clone(),
        functions: container.functions.clone(),
        ..Value::default()
    }
}

/// Whether a function is applied to each row of a table, not to each column.
fn goes_by_rows(arguments: &[Passed]) -> bool {
    let axis = arguments
        .iter()
        .find(|it| it.name.as_deref() == Some("axis"));
    let literal = axis.and_then(|it| it.value.literal.as_deref());
    matches!(literal, Some("1" | "columns"))
}

/// As many parameters as a curve has that is fitted.
const MAX_PARAMETERS: usize = 12;

/// Whether an entry says of an argument that it is called; `**`: of all that are passed by names it does not know.
fn is_callback(entry: &Entry, argument: &Passed) -> bool {
    let is_named = argument.name.as_ref().is_some_and(|name| {
        let is_open = argument.is_keyword && !entry.parameters.contains(name);
        entry.callbacks.contains(name) || (is_open && entry.callbacks.iter().any(|it| it == "**"))
    });
    argument.is_unpacked || is_named
}

/// Whether it is data, which is looked up in and never called: `column.map(means)`.
fn is_data(value: &Value) -> bool {
    const DATA: [&str; 7] = [
        "collections.Counter",
        "collections.OrderedDict",
        "numpy.ndarray",
        "pandas.DataFrame",
        "pandas.Index",
        "pandas.Series",
        "scalar",
    ];
    DATA.iter().any(|it| value.is(it))
}

fn plain(value: &Value, site: &Site) -> Passed {
    Passed {
        name: None,
        value: value.clone(),
        range: site.range,
        is_keyword: false,
        is_unpacked: false,
        is_link: false,
    }
}

/// What calls its target when it is started.
const STARTED: [&str; 3] = [
    "threading.Thread",
    "threading.Timer",
    "multiprocessing.Process",
];

/// What a library passes on after what it computes: `args=(0.5, 2)`. Of what is not written down nothing is known.
fn passed_on(arguments: &[Passed]) -> Vec<Value> {
    let passed = arguments
        .iter()
        .find(|it| it.name.as_deref() == Some("args"));
    match passed {
        Some(it) if it.value.parts.is_empty() => vec![Value::default(); MAX_PARAMETERS],
        it => it.map_or_else(Vec::new, |it| it.value.parts.clone()),
    }
}
