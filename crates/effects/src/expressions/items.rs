//! What is read out of containers: subscripts, elements, parts of what is unpacked.

use srcify_syntax::{TextRange, ast};

use super::elements::{apparent_element, element_of, is_record, part_of};
use super::labelled;
use super::picking::{
    copies_all, entry_at, is_cell, is_named_as_picking, is_part_of_calendar, is_row_of_table,
    is_step, may_be_date, part_of_tuple, picks, tell_index,
};
use crate::analyze::Analyzer;
use crate::calls::application::LOADER;
use crate::calls::containers::{ROWS, part_from};
use crate::calls::models::READER;
use crate::calls::shapes::{AXES, is_grid, one_of_axes, row};
use crate::changes::told_apart;
use crate::statements::STDOUT;
use crate::value::{Callable, Value, YIELDED};
use crate::{Effect, Type};

impl<'a> Analyzer<'a> {
    pub(super) fn subscript(&mut self, subscript: &'a ast::ExprSubscript) -> Value {
        let container = self.evaluate_container(&subscript.value);
        let mut index = self.evaluate(&subscript.slice);
        tell_index(&container, &subscript.slice, &mut index);
        // `frame.loc[lambda it: …]`
        if container.members().any(|it| it.name.starts_with("pandas.")) {
            self.call_index(&container, &mut index, subscript.range);
        }
        let mut value = self.item(subscript, &container, &index);
        if let Some((set, ty)) = self.last_item(subscript, &container) {
            value.own.clone_from(set);
            value.ty = value.ty.or_else(|| ty.cloned());
        }
        if value.is_vague() {
            value.hint = apparent_item(&container, &index)
                .or_else(|| self.attribute_by_name(&container, &index))
                .or_else(|| self.item_by_index(subscript, &container, &index))
                .or_else(|| self.declared_item(&container.apparent()?, &index))
                .or(value.hint);
        }
        container.tell_item(&index, &mut value, &self.program.source.text);
        value
    }

    /// What stands under a name in a record of scikit-learn: it is an attribute, too.
    fn attribute_by_name(&self, container: &Value, index: &Value) -> Option<Type> {
        let ty = container
            .apparent()
            .filter(|it| it.name == "sklearn.utils.Bunch")?;
        let name = index.literal.as_deref().filter(|_| index.is("str"))?;
        self.catalog.apparent_attribute(&ty.name, name)
    }

    /// The item of a container at an index.
    fn item(
        &mut self,
        subscript: &'a ast::ExprSubscript,
        container: &Value,
        index: &Value,
    ) -> Value {
        if let Some(part) = part_at(container, index) {
            return part.clone();
        }
        let entry = entry_at(container, index);
        if let Some(entry) = entry.or_else(|| self.item_at(container, index)) {
            return entry.clone();
        }
        if container.path.as_deref() == Some("os.environ") {
            self.add_effect(Effect::ReadEnvironment, subscript.range, "os.environ");
            return Value::of_type("str");
        }
        if let Some(path) = container.path.as_deref() {
            if let Some(joined) = joined(path, index) {
                return self.fresh(Some(joined));
            }
            return container.clone(); // a generic type: `list[int]`
        }
        let Some(ty) = container.ty.clone() else {
            return self.item_of_unknown(subscript, container, index);
        };
        if let Some(value) = self.own_item(container, &ty, index) {
            return value;
        }
        if matches!(container.callable, Some(Callable::Class(_))) {
            let class = container.callable.clone();
            return match class {
                // `Colour["RED"]`: a member; `Box[int]`: the class.
                Some(Callable::Class(class)) if index.is("str") => self.instance_of(&class),
                _ => container.clone(),
            };
        }
        if ty.name == "sklearn.utils.Bunch"
            && let Some(name) = index.literal.as_deref()
        {
            return self.member(container, name, subscript.range);
        }
        let is_slice = index.is("slice");
        self.look_up(container, index, subscript.range);
        let mut result = item_type(&ty, index);
        if self.is_presuming && result.is_none() && index.ty.is_none() && ty.name == FRAME {
            // What is not called several names is one.
            let is_several = is_named_as_picking(&subscript.slice);
            result = Some(Type::new(if is_several { FRAME } else { "pandas.Series" }));
        }
        if picks_copies(&ty, index) {
            return self.fresh(result);
        }
        let mut value = self.derived(container, result);
        if is_sequence(&ty) && is_slice {
            // A new list with the same elements.
            value.views.clear();
            value.own = value.own.difference(&container.holds).copied().collect();
            value.take_elements(container);
        } else if is_sequence(&ty) {
            part_from(&mut value, container);
        }
        value
    }

    /// The item of a container of which nothing is known.
    fn item_of_unknown(
        &mut self,
        subscript: &'a ast::ExprSubscript,
        container: &Value,
        index: &Value,
    ) -> Value {
        // Only arrays and frames have lists, arrays and masks for an index, and give copies.
        let is_several = ["list", "numpy.ndarray", "pandas.Series", "pandas.Index"];
        if is_several.iter().any(|it| index.is(it)) || picks(&subscript.slice) {
            return self.fresh(None);
        }
        if self.is_presuming && copies_all(&subscript.slice) {
            let mut copy = self.fresh(None);
            copy.holds = container.holds.union(&container.deep);
            return copy;
        }
        if self.is_presuming && is_named_as_picking(&subscript.slice) {
            return self.fresh(None);
        }
        self.derived(container, None)
    }

    /// What an object of a class of the program gives for an index.
    fn own_item(&mut self, container: &Value, ty: &Type, index: &Value) -> Option<Value> {
        let index = std::slice::from_ref(index);
        self.protocol(container, "__getitem__", index).or_else(|| {
            self.find_class(&ty.name, "__missing__")?;
            let missing = self.protocol(container, "__missing__", index)?;
            Some(self.derived(container, None).join(&missing))
        })
    }

    /// What happens when elements are asked for: what waited for it, and reading of files.
    fn begin_iteration(&mut self, iterable: &Value, range: TextRange) {
        self.consume(iterable);
        self.use_up_known(iterable);
        self.happen(iterable.lazy, range, "a generator");
        self.change_later(iterable);
        if iterable.is("io.StringIO") || iterable.is("io.BytesIO") {
            self.mutate(iterable, false); // it is read on from where it stands
        }
        let streams = self.module_objects.get(STDOUT);
        if streams.is_some_and(|it| iterable.own.contains(it)) {
            self.add_effect(Effect::Stdout, range, "sys.stdin");
        }
        let is_file = iterable.is("io.TextIOWrapper") || iterable.is(READER);
        if is_file && self.is_spared(iterable, Effect::ReadFile) {
            self.mutate(iterable, false);
        } else if is_file {
            self.add_effect(Effect::ReadFile, range, "io.TextIOWrapper.__next__");
            self.mutate(iterable, false); // it is read on from where it stands
        }
    }

    /// An element of an iterable, which is iterated.
    pub(crate) fn element(&mut self, iterable: &Value, range: TextRange) -> Value {
        let mut value = self.next_element(iterable, range);
        if value.is_vague()
            && let Some(ty) = iterable.apparent()
        {
            let hint = apparent_element(&ty).and_then(|it| told_apart(Some(it)).0);
            let hint = hint.or_else(|| self.declared_element(&ty));
            value.hint = hint.filter(|it| !it.is_vague()).or(value.hint);
        }
        value
    }

    fn next_element(&mut self, iterable: &Value, range: TextRange) -> Value {
        self.begin_iteration(iterable, range);
        if iterable.draws && iterable.is(LOADER) {
            self.add_effect(Effect::Random, range, LOADER);
            let mut batch = self.derived(iterable, None);
            batch.draws = false;
            return batch;
        }
        let Some(ty) = iterable.ty.clone() else {
            return self.derived(iterable, None);
        };
        let first = iterable.entries.as_ref().and_then(|it| it.first());
        if let Some((_, element)) = first.filter(|(key, _)| **key == *YIELDED) {
            return element.clone();
        }
        if iterable.literal.as_deref() == Some(ROWS) {
            return self.fresh(element_of(&ty));
        } else if self.classes.contains_key(ty.name.as_str()) {
            return self.element_of_own(&ty.name, iterable, range);
        }
        if !iterable.parts.is_empty() && PAIRING.contains(&ty.name.as_str()) {
            let mut pair = self.fresh(ty.arguments.first().cloned());
            for part in &iterable.parts {
                pair.absorb(part);
            }
            pair.parts.clone_from(&iterable.parts);
            return pair;
        }
        if ty.name.ends_with("DataFrameGroupBy") || ty.name.ends_with("SeriesGroupBy") {
            return self.group_of(&ty);
        }
        let element = self.derived(iterable, element_of(&ty));
        match ty.name.as_str() {
            "dict" | "dict_keys" => element,
            _ => iterable.tell_element(element),
        }
    }

    /// Iteration over an object of the user's class.
    fn element_of_own(&mut self, class: &str, iterable: &Value, range: TextRange) -> Value {
        let iterator = self.protocol(iterable, "__iter__", &[]);
        let iterator = iterator.or_else(|| self.protocol(iterable, "__aiter__", &[]));
        let Some(iterator) = iterator else {
            return self
                .protocol(iterable, "__getitem__", &[Value::of_type("int")])
                .unwrap_or_else(|| self.derived(iterable, None));
        };
        for next in ["__next__", "__anext__"] {
            if let Some(element) = self.protocol(&iterator, next, &[]) {
                return element;
            }
        }
        if iterator.is(class) {
            return self.derived(iterable, None);
        }
        self.element(&iterator, range)
    }

    pub(crate) fn use_up_known(&mut self, iterable: &Value) {
        if iterable.ty.as_ref().is_some_and(Type::is_iterator) {
            self.use_up(iterable);
        }
    }

    /// A key and its rows: groups are copies.
    fn group_of(&mut self, ty: &Type) -> Value {
        let rows = if ty.name.ends_with("DataFrameGroupBy") {
            "pandas.DataFrame"
        } else {
            "pandas.Series"
        };
        // What groups go by is hashable.
        let name = Value {
            hint: Some(Type::new("collections.abc.Hashable")),
            ..Value::of_type("scalar")
        };
        let parts = vec![name, self.fresh(Some(Type::new(rows)))];
        let types = parts.iter().filter_map(|part| part.ty.clone()).collect();
        let mut pair = self.fresh(Some(Type::generic("tuple", types)));
        pair.absorb(&parts[1]);
        pair.parts = parts;
        pair
    }

    /// The value of one target when a value is unpacked into several.
    pub(crate) fn part(&mut self, value: &Value, index: usize, count: usize) -> Value {
        let mut part = self.certain_part(value, index, count);
        if part.is_vague() {
            part.hint = Self::apparent_part(value, index, count).or(part.hint);
        }
        part
    }

    fn certain_part(&mut self, value: &Value, index: usize, count: usize) -> Value {
        if value.parts.len() == count
            && let Some(part) = value.parts.get(index)
        {
            return part.clone();
        }
        let Some(ty) = value.ty.clone() else {
            return self.derived(value, None);
        };
        let part = part_of(&ty, index, count);
        let mut part = self.derived(value, part);
        match ty.name.as_str() {
            // What a call gives as several results are objects apart.
            "tuple" => part.views.clear(),
            "list" => part_from(&mut part, value),
            _ => {}
        }
        part
    }

    /// What that part appears to be.
    fn apparent_part(value: &Value, index: usize, count: usize) -> Option<Type> {
        let ty = value.apparent()?;
        let part = part_of(&ty, index, count);
        part.filter(|it| !it.is_vague())
    }

    /// Notes that an iterator is used up; what is not known may be one.
    pub(crate) fn consume(&mut self, value: &Value) {
        let may_be_iterator =
            value.ty.as_ref().is_none_or(Type::is_iterator) && value.path.is_none();
        if may_be_iterator {
            self.record.consumed.add(&value.own);
        }
    }
}

/// The part of a tuple at an index that is written down.
fn part_at<'v>(container: &'v Value, index: &Value) -> Option<&'v Value> {
    let at = index.literal.as_deref()?.parse::<usize>().ok()?;
    container.parts.get(at).filter(|_| container.is("tuple"))
}

/// What an item appears to be, by what the container and the index appear to be.
fn apparent_item(container: &Value, index: &Value) -> Option<Type> {
    let ty = container.apparent()?;
    let mut joined: Option<Type> = None;
    // Beside a column, an array is none whose parts have names.
    let is_named = index.as_apparent().is("str");
    let is_open = |it: &&Type| it.name != "numpy.ndarray" || !is_named || ty.name == it.name;
    for member in ty.members().iter().filter(is_open) {
        let is_row = is_row_of_table(member, index);
        let found = if member.name == AXES && index.is("tuple") && member.arguments.is_empty() {
            Some(member.clone())
        } else if member.name == "torch.Tensor" {
            // Whatever picks from a tensor gives one, be it of one number.
            Some(member.clone())
        } else if is_step(member, index) {
            Some(Type::new("sklearn.base.BaseEstimator"))
        } else if is_row {
            Some(Type::new("pandas.Series"))
        } else if member.name == "pandas.Series" && is_part_of_calendar(index) {
            Some(member.clone())
        } else if let Some(cell) = cell_of_column(member, &index.as_apparent()) {
            Some(cell)
        } else {
            let (found, hint) = told_apart(item_type(member, &index.as_apparent()));
            found.or(hint).filter(|it| !it.is_vague())
        };
        let found = found?;
        joined = match joined {
            Some(known) => Some(Type::join(Some(&known), Some(&found))?),
            None => Some(found),
        };
    }
    joined
}

/// The cell of a column that an index picks, where it is known what the column holds.
fn cell_of_column(ty: &Type, index: &Value) -> Option<Type> {
    let column = match ty.name.as_str() {
        "pandas.LocIndexer" => ty.arguments.first()?,
        _ => ty,
    };
    let element = column.arguments.first().filter(|it| it.name != "unknown")?;
    let is_cell = index.ty.as_ref().is_some_and(is_label) || index.is("numpy.int64");
    (column.name == "pandas.Series" && is_cell).then(|| element.clone())
}

const FRAME: &str = "pandas.DataFrame";

/// What selects columns of rows that are grouped already.
const WINDOWS: &[&str] = &[
    ".DataFrameGroupBy",
    "Resampler",
    "Rolling",
    "Expanding",
    "ExponentialMovingWindow",
];

/// The array that some objects of numpy make of what stands in their brackets; a text there asks for something else.
fn joined(path: &str, index: &Value) -> Option<Type> {
    let is_text = |ty: &Type| ty.name == "str";
    let is_directed = index
        .members()
        .any(|ty| is_text(ty) || ty.arguments.iter().any(is_text));
    let has_several = index.is("tuple");
    let array = |shape: Option<&str>| {
        let shape = shape.map(|it| vec![Type::unknown(), Type::new(it)]);
        Type::generic("numpy.ndarray", shape.unwrap_or_default())
    };
    let joined = match path {
        "numpy.r_" => array(None),
        "numpy.c_" => array(Some("matrix")),
        // A grid for each slice, one above the other.
        "numpy.mgrid" => array(has_several.then_some("grid")),
        "numpy.ogrid" if has_several => Type::tuple_of(array(None)),
        "numpy.ogrid" => array(Some("vector")),
        _ => return None,
    };
    (!is_directed).then_some(joined)
}

/// Iterators whose `parts` are those of the tuples that they give.
const PAIRING: &[&str] = &["zip", "enumerate", "dict_items"];

fn is_sequence(ty: &Type) -> bool {
    [
        "list",
        "dict",
        "tuple",
        "collections.deque",
        "collections.defaultdict",
    ]
    .iter()
    .any(|name| ty.name == *name)
}

/// Lists of positions or names, and masks, pick copies of a table.
fn picks_copies(ty: &Type, index: &Value) -> bool {
    let is_table = matches!(
        ty.name.as_str(),
        "numpy.ndarray" | "pandas.DataFrame" | "pandas.Series" | "pandas.LocIndexer"
    );
    let picks = |ty: &Type| {
        matches!(
            ty.name.as_str(),
            "list" | "numpy.ndarray" | "pandas.Series" | "pandas.DataFrame" | "pandas.Index"
        )
    };
    // A table is asked for none of its columns by `None`, or by `True`.
    let is_nothing =
        |it: &&Type| ty.name != "numpy.ndarray" && ["None", "bool"].contains(&&*it.name);
    let mut picked = index.members().filter(|it| !is_nothing(it)).peekable();
    // Of rows and columns, it is enough that one is picked.
    is_table
        && picked.peek().is_some()
        && picked.all(|ty| picks(ty) || ty.name == "tuple" && ty.arguments.iter().any(picks))
}

/// The type of an item.
fn item_type(ty: &Type, index: &Value) -> Option<Type> {
    let is_slice = index.is("slice");
    let argument = |at: usize| ty.arguments.get(at).cloned();
    match ty.name.as_str() {
        "tuple" if is_slice => Some(part_of_tuple(ty, index)),
        "list" | "str" | "collections.deque" | "range" if is_slice => Some(ty.clone()),
        "str" => Some(Type::new("str")),
        "list" | "collections.deque" => argument(0).filter(|ty| ty.name != "never"),
        "dict" | "collections.defaultdict" | "collections.OrderedDict" | "collections.Counter" => {
            argument(1)
        }
        "tuple" if ty.repeated().is_some() => ty.repeated().cloned(),
        name if name == "tuple" || is_record(ty) => {
            let position = index
                .literal
                .as_deref()
                .and_then(|text| text.parse::<usize>().ok());
            position.and_then(argument)
        }
        "lmfit.Parameters" | "lmfit.parameter.Parameters" if index.is("str") => {
            Some(Type::new("lmfit.Parameter"))
        }
        "range" if index.is("int") => Some(Type::new("int")),
        "pandas.DataFrame" => frame_item(ty, index),
        "pandas.Series" | "pandas.Index" | "pandas.DatetimeIndex" => series_item(ty, index),
        "pandas.LocIndexer" => located(ty, index),
        labelled::DATASET | labelled::ARRAY => labelled::labelled_item(ty, index),
        "polars.DataFrame" | "polars.Series" => labelled::polars_item(ty, index),
        name if name.ends_with(".DataFrameGroupBy") && !ty.arguments.is_empty() => Some(ty.clone()),
        name if name.ends_with(".DataFrameGroupBy") && index.is("str") => Some(Type::new(
            &name.replace("DataFrameGroupBy", "SeriesGroupBy"),
        )),
        name if WINDOWS.iter().any(|it| name.ends_with(it)) => Some(match argument(0) {
            Some(of) if of.name == "pandas.DataFrame" && index.is("str") => {
                Type::generic(name, vec![Type::new("pandas.Series")])
            }
            _ => ty.clone(),
        }),
        "numpy.ndarray"
            if is_vector(ty) && ["int", "numpy.int64"].iter().any(|it| index.is(it)) =>
        {
            argument(0)
        }
        "numpy.ndarray" if is_grid(ty) && ["int", "numpy.int64"].iter().any(|it| index.is(it)) => {
            Some(row(ty))
        }
        "numpy.ndarray"
            if ty.arguments.get(1).is_some_and(|it| it.name == "matrix") && is_cell(index) =>
        {
            argument(0)
        }
        "numpy.ndarray" if picks_several(index.ty.as_ref()?) => Some(picked_array(ty, index)),
        AXES if !ty.arguments.is_empty() && is_slice => Some(ty.clone()),
        AXES if !ty.arguments.is_empty() && index.is("int") => Some(one_of_axes(ty)),
        AXES if ty.arguments.iter().any(|it| it.name == "matrix") && is_cell(index) => {
            Some(Type::new(AXES))
        }
        "sklearn.pipeline.Pipeline" | "imblearn.pipeline.Pipeline" if is_slice => Some(ty.clone()),
        _ if ty.is_figure() => Some(Type::figure_part()),
        _ => None,
    }
}

/// What `frame[index]` is.
fn frame_item(frame: &Type, index: &Value) -> Option<Type> {
    let ty = index.ty.as_ref()?;
    match ty.name.as_str() {
        "str" | "int" => Some(Type::new("pandas.Series")),
        "list" | "slice" | "pandas.Series" | "pandas.Index" | "numpy.ndarray"
        | "pandas.DataFrame" => Some(frame.clone()),
        _ => None,
    }
}

/// Whether an array is known to have one dimension.
pub(crate) fn is_vector(ty: &Type) -> bool {
    ty.name == "numpy.ndarray" && ty.arguments.get(1).is_some_and(|it| it.name == "vector")
}

/// An array that an index picks out of another: a new axis makes a vector a matrix.
fn picked_array(ty: &Type, index: &Value) -> Type {
    let keeps_dimensions = ["slice", "list", "numpy.ndarray", "pandas.Series"]
        .iter()
        .any(|it| index.is(it));
    // A mask of two dimensions picks a vector out of a matrix.
    let may_flatten = is_grid(ty) && index.is("numpy.ndarray");
    let known = if keeps_dimensions && !may_flatten {
        2
    } else {
        1
    };
    Type::generic(&ty.name, ty.arguments.iter().take(known).cloned().collect())
}

/// Whether an index of an array gives an array: a slice, a new axis, a mask or positions, alone or among others.
fn picks_several(index: &Type) -> bool {
    match index.name.as_str() {
        "tuple" => index.arguments.iter().any(picks_several),
        "slice" | "None" | "ellipsis" | "list" | "numpy.ndarray" | "pandas.Series"
        | "pandas.Index" | "range" => true,
        _ => false,
    }
}

/// What `series[index]` is, or `index[index]`.
fn series_item(ty: &Type, index: &Value) -> Option<Type> {
    let picked = index.ty.as_ref()?;
    match picked.name.as_str() {
        "slice" | "list" | "numpy.ndarray" | "pandas.Series" | "pandas.Index" => Some(ty.clone()),
        "int" if ty.name == "pandas.DatetimeIndex" => Some(Type::new("pandas.Timestamp")),
        // A text that may be a date stands for all rows of that time, where the rows have times.
        "str" if ty.name == "pandas.Series" && may_be_date(index) => None,
        "int" | "str" | "float" | "pandas.Timestamp" => Some(Type::new("scalar")),
        _ => None,
    }
}

/// What `table.loc[index]` or `table.iloc[index]` is.
fn located(indexer: &Type, index: &Value) -> Option<Type> {
    let table = indexer.arguments.first()?.clone();
    let index = index.ty.as_ref()?;
    // A label may stand for several rows, a position never does.
    let is_position = indexer.arguments.len() > 1;
    if is_position && index.name == "int" {
        let is_frame = table.name == "pandas.DataFrame";
        return Some(Type::new(if is_frame { "pandas.Series" } else { "scalar" }));
    }
    let several = |ty: &Type| {
        let name = ty.name.as_str();
        matches!(
            name,
            "slice" | "list" | "numpy.ndarray" | "pandas.Series" | "pandas.Index"
        )
    };
    if table.name == "pandas.Series" {
        return several(index).then_some(table);
    }
    if several(index) {
        return Some(table);
    }
    match &index.arguments[..] {
        [rows, columns] if index.name == "tuple" => match (several(rows), several(columns)) {
            (true, true) => Some(table),
            (true, false) if is_label(columns) => Some(Type::new("pandas.Series")),
            (false, true) if is_label(rows) => Some(Type::new("pandas.Series")),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a type is that of one name or position, not of several.
pub(super) fn is_label(ty: &Type) -> bool {
    matches!(
        ty.name.as_str(),
        "str" | "int" | "float" | "bool" | "pandas.Timestamp" | "scalar"
    )
}
