//! What calls of what the catalog describes give back.

use std::rc::Rc;

use super::arrays::array_result;
use super::conditions::may_hold;
use super::files::{note_opening, reads_bytes};
use super::guessed::keep_functions;
use super::models::{
    data_kind, dataset, estimated, is_dataset, is_prediction, made_of, transformed,
};
use super::shapes::shaped;
use super::tables::{copies_unasked, share_own, table_result};
use super::{Known, Passed};
use crate::analyze::Analyzer;
use crate::catalog::{Entry, EntryKind};
use crate::expressions::elements::element_of;
use crate::expressions::resolve_self;
use crate::value::{Callable, Objects, Value};
use crate::{Effect, Type};

impl Analyzer<'_> {
    pub(super) fn result(&mut self, known: Known<'_>, arguments: &[Passed]) -> Value {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        let ty = self.result_type(known, arguments);
        if is_receiver(entry, arguments)
            && let Some(receiver) = receiver
        {
            return receiver.clone();
        }
        if let Some(value) = self.container_result(known, ty.clone(), arguments) {
            return value;
        }
        let is_filled = ty.as_ref().is_some_and(|ty| self.may_hold_objects(ty));
        let mut value = if name == "copy.deepcopy" {
            self.deep_copy(ty)
        } else if is_filled {
            self.unknown_of(ty)
        } else {
            self.fresh(ty)
        };
        if value.is_immutable() {
            return value;
        }
        note_opening(&mut value, known, arguments);
        if entry.kind == EntryKind::Class && arguments.iter().any(is_silence) {
            value.literal = Some(SILENT.into());
        }
        let fits = |it: &Self| it.catalog.member(name, "fit").is_some();
        if arguments.iter().any(is_in_place) && fits(self) {
            value.literal = Some(IN_PLACE.into());
        }
        if entry.fits_parts {
            // It and its steps are one thing: what fits the one fits the others.
            let all: Objects = arguments.iter().flat_map(|it| it.value.reach()).collect();
            // Nobody fits the lists of columns that it is made with.
            let data = self.plain_data(&all);
            value.own.extend(all.difference(&data));
            value.deep.extend(data);
        }
        if entry.path.is_some()
            && let Some(buffer) = arguments.iter().find(|it| is_kept_in_memory(entry, it))
        {
            keep_in_memory(&mut value, &buffer.value);
        }
        self.take_aliases(&mut value, known, arguments);
        // An object made from others may keep them, unless it is known to copy them.
        if entry.kind == EntryKind::Class && entry.aliases.is_empty() && !COPYING.contains(&name) {
            let is_figure = value.ty.as_ref().is_some_and(Type::is_figure);
            // A figure shows what it is given, and never changes it.
            let is_kept = |it: &Passed| {
                let is_shown = !is_figure || it.value.ty.as_ref().is_some_and(Type::is_figure);
                is_shown && !(self.is_presuming && is_plain_setting(entry, it))
            };
            for argument in arguments.iter().filter(|it| is_kept(it)) {
                value.absorb(&argument.value);
            }
        } else if entry.kind == EntryKind::Class && value.is_table() {
            keep_cells(&mut value, arguments);
        }
        share_cells(&mut value, known, arguments);
        keep_functions(&mut value, entry, arguments);
        value
    }

    /// Those of some objects that are, or are inside of, containers of what never changes.
    fn plain_data(&self, objects: &Objects) -> Objects {
        let frames = self.frames.iter().map(|frame| &frame.locals);
        let scopes = self.scopes.values().map(|scope| &scope.variables);
        let all = frames.chain(scopes).chain([&self.globals]);
        let holders = all.flat_map(|variables| variables.leading_to(objects));
        let plain = holders.filter(|(_, it)| it.ty.as_ref().is_some_and(Type::is_plain_data));
        plain
            .flat_map(|(_, it)| it.own.iter().chain(it.inside()))
            .filter(|it| objects.contains(it))
            .copied()
            .collect()
    }

    /// Lets the result of a call share what it may be an alias of.
    fn take_aliases(&self, value: &mut Value, known: Known<'_>, arguments: &[Passed]) {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        let copy = arguments
            .iter()
            .find(|it| it.name.as_deref() == Some("copy"));
        let copies = match copy.and_then(|it| it.value.literal.as_deref()) {
            Some(text) => text == "True",
            None => copy.is_none() && copies_unasked(name, arguments),
        };
        // Rows of a table whose columns differ are copies; what is converted rests on no such guess.
        let copies_rows = self.is_presuming && name.ends_with(".iterrows");
        if let Some(table) = receiver.filter(|_| copies_rows) {
            value.cell_of = table.reach(); // but not what is in their cells
        }
        let copies = copies || copies_rows;
        // A model keeps its data: training changes the model alone.
        let is_model = entry.kind == EntryKind::Class
            && self.catalog.member(name, "fit").is_some()
            && !self.is_module(name);
        let take = if is_model { Value::absorb } else { share };
        for alias in entry.aliases.iter().filter(|_| !copies) {
            let sources = arguments
                .iter()
                .filter(|it| alias == "*" || it.name.as_deref() == Some(alias));
            for argument in sources {
                if name.starts_with("numpy.") && is_list(&argument.value) {
                    // An array of a list's elements is new.
                    value.take_elements(&argument.value);
                } else if copy.is_none() && is_table_of_parts(name, &argument.value) {
                    keep_parts(value, &argument.value);
                } else if self.is_presuming && is_list(value) {
                    // A list that a call gives is new, and has elements of what it was made of.
                    value.absorb(&argument.value);
                } else {
                    take(value, &argument.value);
                }
            }
            if alias == "self"
                && let Some(receiver) = receiver
            {
                share_own(name, value, receiver);
                if self.is_presuming && value.ty.is_none() && value.called().is_none() {
                    value.callable = Callable::one_of(Rc::clone(&receiver.functions));
                }
            }
        }
        if name == "numpy.array" && copy.is_some() && !copies {
            for argument in arguments.iter().take(1) {
                share(value, &argument.value);
            }
        }
    }

    /// Whether something in it, made by the same call, may change: a list of lists, an object of a class of the program.
    /// Parts of a tuple are mostly taken apart at once, and then nothing leads from one to another.
    fn may_hold_objects(&self, ty: &Type) -> bool {
        let is_open = |ty: &Type| !ty.is_immutable() && ty.name != "never";
        match ty.name.as_str() {
            "list" | "dict" | "collections.defaultdict" | "collections.deque" => {
                ty.arguments.is_empty() || ty.arguments.iter().any(is_open)
            }
            name => self.classes.contains_key(name),
        }
    }

    pub(super) fn result_type(&self, known: Known<'_>, arguments: &[Passed]) -> Option<Type> {
        let ty = self.plain_result_type(known, arguments)?;
        Some(shaped(known.name, arguments, ty))
    }

    fn plain_result_type(&self, known: Known<'_>, arguments: &[Passed]) -> Option<Type> {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        let first = arguments
            .first()
            .and_then(|argument| argument.value.ty.clone());
        if let Some(ty) = builtin_result(name, arguments) {
            return Some(ty);
        }
        if is_dataset(name) {
            return dataset(name, arguments);
        }
        if entry.returns.is_none()
            && let Some(ty) = array_result(name, arguments).or_else(|| {
                let method = name.rsplit('.').next()?;
                self.method_result(receiver?, method, arguments)
            })
        {
            return Some(ty);
        }
        if let Some(ty) = made_of(name, arguments) {
            return Some(ty);
        }
        if name.ends_with(".groupby")
            && arguments
                .iter()
                .any(|it| it.name.as_deref() == Some("as_index"))
        {
            // Its columns stay tables when they are aggregated.
            let flat = vec![Type::new("flat")];
            return Some(Type::generic("pandas.api.typing.DataFrameGroupBy", flat));
        }
        // `predict(X, return_std=True)` gives more than predictions.
        let asks_for_more = |it: &Passed| {
            let name = it.name.as_deref().unwrap_or_default();
            it.is_keyword
                && name.starts_with("return_")
                && it.value.literal.as_deref() != Some("False")
        };
        let is_open = receiver
            .zip(name.rsplit('.').next())
            .is_some_and(|(it, method)| is_prediction(it, method));
        if is_open || name.ends_with(".predict") && arguments.iter().any(asks_for_more) {
            return None;
        }
        let mut ty = self
            .declared_result(known, first)
            .or_else(|| Type::parse(self.catalog.documented_call(name)?));
        if let Some(ty) = &mut ty
            && ty.name.starts_with("statsmodels.")
            && ty.arguments.is_empty()
        {
            let inherited = receiver.and_then(|it| it.ty.as_ref()?.arguments.first().cloned());
            let kind = inherited.or_else(|| data_kind(name, arguments));
            ty.arguments.extend(kind);
        }
        ty
    }

    /// What methods of tables, transformers and results give.
    fn method_result(&self, receiver: &Value, method: &str, arguments: &[Passed]) -> Option<Type> {
        let ty = receiver.ty.as_ref()?;
        table_result(ty, method, arguments)
            .or_else(|| estimated(receiver, method, arguments))
            .or_else(|| transformed(&ty.name, method, arguments, self.is_dense))
    }

    /// What the entry says.
    fn declared_result(&self, known: Known<'_>, first: Option<Type>) -> Option<Type> {
        let Known {
            entry,
            name,
            receiver,
        } = known;
        match (entry.returns.as_deref(), receiver) {
            (Some("T0"), _) => first,
            // What a file holds that was opened for bytes.
            (Some("str"), Some(file)) if reads_bytes(file) => Some(Type::new("bytes")),
            (Some("list[str]"), Some(file)) if reads_bytes(file) => {
                Some(Type::generic("list", vec![Type::new("bytes")]))
            }
            (Some(text), Some(Value { ty: Some(ty), .. })) => resolve_self(text, ty),
            // A method of a class that makes an object of it, as `Model.from_formula`.
            (Some("self" | "Self"), None) => {
                let (class, _) = name.rsplit_once('.')?;
                let is_class = self.catalog.is_class(class);
                is_class.then(|| Type::new(self.catalog.canonical(class)))
            }
            (Some(text), _) => Type::parse(text),
            (None, _) if entry.kind == EntryKind::Class => {
                Some(Type::new(self.catalog.canonical(name)))
            }
            (None, receiver) => {
                let is_drawn = entry.effects.iter().any(|it| it.what == Effect::Figure);
                let is_part = receiver
                    .and_then(|it| it.ty.as_ref())
                    .is_some_and(Type::is_figure);
                (is_drawn || is_part).then(Type::figure_part)
            }
        }
    }
}

/// Tables copy what they are made of, but not the lists that become cells.
fn keep_cells(table: &mut Value, arguments: &[Passed]) {
    const CONTAINERS: [&str; 3] = ["dict", "list", "set"];
    let element = |ty: &Type| match ty.name.as_str() {
        "dict" | "list" | "tuple" => ty.arguments.last().cloned(),
        _ => None,
    };
    let is_container = |ty: &Type| CONTAINERS.contains(&ty.name.as_str());
    for argument in arguments.iter().map(|it| &it.value) {
        let parts = argument.ty.as_ref().and_then(element);
        if table.is("pandas.Series") && parts.as_ref().is_some_and(is_container) {
            table.holds.add(&argument.holds);
            table.deep.add(&argument.deep);
        } else if parts
            .as_ref()
            .and_then(element)
            .is_some_and(|it| is_container(&it))
        {
            // Columns of lists; of rows that hold lists, too.
            table.holds.add(&argument.deep);
            table.deep.add(&argument.deep);
        }
    }
}

/// What the value of an archive says that is kept in a buffer.
pub(super) const MEMORY: &str = "in memory";

/// Notes of what is opened on a buffer that what is written into it is written into that.
fn keep_in_memory(value: &mut Value, buffer: &Value) {
    if value.is("io.TextIOWrapper") {
        let hint = value.hint.take();
        let is_binary = hint.is_some_and(|it| it.name == "bytes");
        value.ty = Some(Type::new(
            ["io.StringIO", "io.BytesIO"][usize::from(is_binary)],
        ));
    }
    value.literal = Some(MEMORY.into());
    value.own.add(&buffer.own);
}

/// Whether an argument is a buffer in the place of a file.
fn is_kept_in_memory(entry: &Entry, argument: &Passed) -> bool {
    let is_buffer = argument.value.is("io.BytesIO") || argument.value.is("io.StringIO");
    let name = argument.name.as_deref();
    is_buffer && (name == entry.path.as_deref() || name == Some("fileobj"))
}

/// Classes whose objects keep nothing of their arguments.
const COPYING: &[&str] = &[
    "str",
    "int",
    "float",
    "bool",
    "pathlib.Path",
    "array.array",
    "datetime.datetime",
    "datetime.timedelta",
];

/// Whether it is a list or tuple, which no array shares memory with.
fn is_list(value: &Value) -> bool {
    value.is("list") || value.is("tuple")
}

/// Whether a table is made of a dictionary or a list: of its columns or rows it makes copies.
fn is_table_of_parts(name: &str, data: &Value) -> bool {
    matches!(name, "pandas.DataFrame" | "pandas.Series") && (is_list(data) || data.is("dict"))
}

/// Lets a table hold, as its cells, what stands in the columns or rows that it was made of.
fn keep_parts(table: &mut Value, data: &Value) {
    if table.is("pandas.Series") {
        table.take_elements(data);
        return;
    }
    if data.is_closed() {
        table.deep.add(&data.own);
    }
    table.deep.add(&data.holds);
    table.deep.add(&data.deep);
}

/// A copy of a table has the same objects as its cells; so has a table that is put together of others.
fn share_cells(value: &mut Value, known: Known<'_>, arguments: &[Passed]) {
    let Some(table) = known.receiver.filter(|it| it.is_table()) else {
        let joins = known.name.starts_with("pandas.");
        for it in arguments.iter().filter(|_| joins) {
            value.deep.add(&it.value.deep);
        }
        return;
    };
    let is_flat = ["pandas.Series", "numpy.ndarray", "list"];
    let has_records = value.ty.as_ref().is_some_and(Type::is_records);
    if table.is("pandas.Series") {
        value.holds.add(&table.holds);
    } else if is_flat.iter().any(|it| value.is(it)) && !has_records {
        value.holds.add(&table.deep);
    }
    value.deep.add(&table.deep);
}

/// Makes `value` share the objects of `source`.
pub(super) fn share(value: &mut Value, source: &Value) {
    // A stream of the process has a path, and is an object all the same.
    if source.is_immutable() && (source.path.is_none() || source.own.is_empty()) {
        return;
    }
    value.views.extend(source.own.iter().chain(&source.views));
    value.holds.extend(source.holds.iter().chain(&source.own));
    value.deep.add(&source.deep);
    value.draws |= source.draws;
}

/// Whether a call gives back the object that it changes; `frame.drop(...)` without `inplace=True` gives a new one.
pub(super) fn is_receiver(entry: &Entry, arguments: &[Passed]) -> bool {
    let may_change = entry.mutates.iter().any(|it| {
        let holds = |condition| may_hold(condition, arguments);
        it.what.name == "self" && it.conditions.iter().all(holds)
    });
    may_change && matches!(entry.returns.as_deref(), Some("self" | "Self"))
}

/// The type of what an iterable gives, if it is known.
fn element(ty: Option<Type>) -> Vec<Type> {
    let Some(ty) = ty else { return Vec::new() };
    match ty.name.as_str() {
        "range" => vec![Type::new("int")],
        "str" => vec![Type::new("str")],
        "zip" if ty.arguments.len() > 1 => Vec::new(),
        "list"
        | "set"
        | "dict"
        | "frozenset"
        | "Iterator"
        | "Generator"
        | "reversed"
        | "map"
        | "filter"
        | "zip"
        | "enumerate"
        | "dict_keys"
        | "dict_values"
        | "dict_items"
        | "collections.OrderedDict"
        | "collections.defaultdict"
        | "collections.deque" => ty.arguments.first().cloned().into_iter().collect(),
        "pandas.DataFrame" | "pandas.Index" if !ty.arguments.is_empty() => {
            ty.arguments.first().cloned().into_iter().collect()
        }
        "numpy.ndarray" => element_of(&ty).into_iter().collect(),
        "pandas.Series" | "pandas.Index" => vec![Type::new("scalar")],
        _ => Vec::new(),
    }
}

/// Two results for each argument by position.
fn halves(arguments: &[Passed]) -> Option<Type> {
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    let halves: Vec<Type> = arguments
        .iter()
        .filter(|argument| !argument.is_keyword)
        .map(|argument| Type::or_unknown(argument.value.element_type()))
        .flat_map(|ty| [ty.clone(), ty])
        .collect();
    (!halves.is_empty()).then(|| Type::generic("tuple", halves))
}

/// Types of results that follow from the arguments.
fn builtin_result(name: &str, arguments: &[Passed]) -> Option<Type> {
    let first = arguments
        .first()
        .and_then(|argument| argument.value.ty.clone());
    match name {
        "list" | "set" | "frozenset" if arguments.is_empty() => {
            Some(Type::generic(name, vec![Type::never()]))
        }
        "list" | "sorted" => Some(Type::generic("list", element(first))),
        "set" | "frozenset" => Some(Type::generic(name, element(first))),
        "tuple" if arguments.len() == 1 => element(first).pop().map(Type::tuple_of),
        "dict" => named_values(arguments),
        "collections.OrderedDict" => match named_values(arguments) {
            Some(ty) => Some(Type::generic(name, ty.arguments)),
            None => None,
        },
        "statsmodels.tools.tools.add_constant" | "statsmodels.api.add_constant" => {
            match first?.name.as_str() {
                "pandas.DataFrame" | "pandas.Series" => Some(Type::new("pandas.DataFrame")),
                "numpy.ndarray" | "list" => Some(Type::new("numpy.ndarray")),
                _ => None,
            }
        }
        "next" if arguments.len() == 1 => element(first).pop(),
        "reversed" => Some(Type::generic("reversed", element(first))),
        "enumerate" => {
            let inner = element(first);
            let pair = inner
                .into_iter()
                .next()
                .map(|ty| Type::generic("tuple", vec![Type::new("int"), ty]));
            Some(Type::generic("enumerate", pair.into_iter().collect()))
        }
        "zip" if arguments.iter().any(|it| it.is_unpacked) => Some(Type::new("zip")),
        "zip" => {
            let parts: Option<Vec<Type>> = arguments
                .iter()
                .map(|argument| element(argument.value.ty.clone()).into_iter().next())
                .collect();
            let pair = parts.map(|parts| Type::generic("tuple", parts));
            Some(Type::generic("zip", pair.into_iter().collect()))
        }
        "sklearn.model_selection.train_test_split" => halves(arguments),
        "sum" if arguments.len() == 1 && is_sequence(first.as_ref()) => {
            element(first).pop().and_then(|ty| match ty.name.as_str() {
                "int" | "float" | "number" | "numpy.float64" => Some(ty),
                "bool" => Some(Type::new("int")),
                _ => None,
            })
        }
        "max" | "min" if arguments.len() > 1 => super::scalars::largest_of(arguments),
        "abs" | "max" | "min" | "round" | "sum" => super::scalars::of_one(name, first?),
        _ => None,
    }
}

fn is_sequence(ty: Option<&Type>) -> bool {
    const SEQUENCES: [&str; 11] = [
        "list",
        "set",
        "Generator",
        "Iterator",
        "range",
        "map",
        "filter",
        "frozenset",
        "dict_values",
        "dict_keys",
        "tuple",
    ];
    ty.is_some_and(|ty| SEQUENCES.contains(&ty.name.as_str()))
}

/// `dict(a=1, b=2)`, and `dict(zip(names, values))`.
fn named_values(arguments: &[Passed]) -> Option<Type> {
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    if arguments.is_empty() {
        return Some(Type::generic("dict", vec![Type::never(), Type::never()]));
    }
    if arguments.iter().all(|it| it.is_keyword) {
        let types = arguments
            .iter()
            .map(|it| Type::or_unknown(it.value.element_type()));
        let value =
            types.reduce(|joined, ty| Type::or_unknown(Type::join(Some(&joined), Some(&ty))))?;
        return Some(Type::generic("dict", vec![Type::new("str"), value]));
    }
    let [one] = arguments else { return None };
    let given = one.value.ty.as_ref()?;
    if given.name == "dict" {
        return Some(given.clone());
    }
    let pair = given.arguments.first().filter(|it| it.name == "tuple")?;
    match &pair.arguments[..] {
        [key, value] => Some(Type::generic("dict", vec![key.clone(), value.clone()])),
        _ => None,
    }
}

/// What the value of a model says that was told to print nothing.
pub(super) const SILENT: &str = "silent";

/// What the value of an estimator says that may write its results into the data that it is given.
pub(super) const IN_PLACE: &str = "in place";

/// `copy=False`
fn is_in_place(argument: &Passed) -> bool {
    let is_said = matches!(argument.name.as_deref(), Some("copy" | "copy_X" | "copy_x"));
    is_said && argument.value.literal.as_deref() == Some("False")
}

/// `verbose=-1`
fn is_silence(argument: &Passed) -> bool {
    let is_said = matches!(argument.name.as_deref(), Some("verbose" | "verbosity"));
    let literal = argument.value.literal.as_deref();
    is_said && literal.is_some_and(|it| matches!(it, "-1" | "0" | "False"))
}

/// Whether an estimator is told a number, or what else it never changes: who fits a pipeline of it does not, either. From
/// generators it draws.
fn is_plain_setting(entry: &Entry, argument: &Passed) -> bool {
    const CHANGED: [&str; 3] = ["random_state", "init", "estimator"];
    let name = argument.name.as_deref();
    let is_setting = name
        .is_some_and(|name| !CHANGED.contains(&name) && entry.settings.iter().any(|it| it == name));
    let has_parts = entry.parameters.iter().any(|it| it == "estimator");
    let is_plain = is_setting || argument.is_unpacked && !has_parts;
    entry.forgets && is_plain && argument.value.callable.is_none()
}
