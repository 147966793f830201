//! What a parameter is by its members, its use, its company and its name.

use std::ops::ControlFlow;

use crate::calls::application::READING;

use super::{
    ARRAYS, Analyzer, COUNTS, ESTIMATOR, Evidence, FILE_TAKERS, FRAMES, FUNCTIONS, HANDLES,
    ITERATORS, NUMBERS, OPENERS, OTHERS, SERIES, TABLES, TEXTS, Type, builtin_with, is_accessor,
    is_named,
};

/// What texts are called that are parsed without being in a file.
const LINES: &[&str] = &["lines", "words", "tokens"];

/// What bytes are called that grow in place.
const BUFFERS: &[&str] = &["buf", "buffer", "out", "packet", "bytearray", "sink"];

/// What lists of texts are called.
const WORDS: &[&str] = &["words", "names", "strings"];

/// What graphs are called.
const GRAPHS: &[&str] = &["g", "h", "graph", "network", "dag", "tree"];

/// What the bars of a chart are called.
const BARS: &[&str] = &["bars", "rects", "patches"];

/// What locks are called.
const LOCKS: &[&str] = &["lock", "mutex", "semaphore", "rlock"];

impl Analyzer<'_> {
    /// Tables, arrays, containers of the language, then classes that few use.
    pub(super) fn by_kind(&self, word: &str, found: &Evidence) -> Option<Type> {
        let all_in = |table: &[&str]| found.members.iter().all(|it| table.contains(&it.as_str()));
        let is_named = |words: &[&str]| is_named(word, words);
        let has = |library: &str, class: &str| self.has_all(library, class, found);
        let frame = || has("pandas", "pandas.DataFrame").then_some("pandas.DataFrame");
        let series = || has("pandas", "pandas.Series").then_some("pandas.Series");
        let array = || has("numpy", "numpy.ndarray").then_some("numpy.ndarray");
        // `table.copy(deep=True)`
        let columns = found.has_text_key || found.has_frame_index || found.options.contains("deep");
        let table = if columns {
            frame().or_else(series)
        } else {
            None
        };
        let is_numeric = is_named(ARRAYS) || is_named(SERIES) || is_named(FRAMES);
        let is_graph = is_named(GRAPHS) && has("networkx", "networkx.Graph") && !found.has_text_key;
        let graph = is_graph.then_some("networkx.Graph");
        let known = table
            .or(graph)
            .or_else(|| array().or_else(series).filter(|_| is_numeric))
            .or_else(|| builtin_with(found));
        if let Some(known) = known {
            let is_buffer = known == "io.TextIOWrapper"
                && (is_named(&["buffer", "buf", "stream"]) || self.uses("io"));
            if known == "io.TextIOWrapper" && !is_buffer {
                return Some(handle(found));
            }
            return Some(Type::new(if is_buffer { "io.StringIO" } else { known }));
        }
        if all_in(ESTIMATOR) {
            return None; // methods of estimators are the same everywhere
        }
        let is_series = is_named(SERIES)
            || found
                .members
                .iter()
                .any(|it| is_accessor("pandas.Series", it));
        let order: [Option<&str>; 3] = if is_series {
            [series(), array(), frame()]
        } else if self.uses("pandas") && !is_named(ARRAYS) {
            [frame(), series(), array()]
        } else {
            [array(), series(), frame()]
        };
        if let Some(known) = order.into_iter().flatten().next() {
            return Some(Type::new(known));
        }
        OTHERS
            .iter()
            .find(|(library, class)| has(library, class))
            .map(|(_, class)| Type::new(class))
            .or_else(|| {
                let is_path = found
                    .members
                    .iter()
                    .all(|it| self.catalog.own_member("pathlib.Path", it).is_some());
                is_path.then(|| Type::new("pathlib.Path"))
            })
    }

    /// What syntax tells.
    pub(super) fn by_use(&self, name: &str, found: &Evidence) -> Option<Type> {
        let word = name.to_lowercase();
        let new = |name: &str| Some(Type::new(name));
        if found.is_path {
            return new("pathlib.Path");
        }
        if matches!(word.as_str(), "axes" | "axs")
            && let Some(axes) = self.named_type(&word)
        {
            return Some(axes);
        }
        if found.is_table && !is_named(&word, FUNCTIONS) {
            return new("dict");
        }
        if found.is_output {
            return new("io.StringIO");
        }
        if found.protocols.contains("__enter__") && is_named(&word, LOCKS) {
            return new("threading.Lock");
        }
        if found.is_filled && self.uses("numpy") {
            return new("numpy.ndarray");
        }
        if found.may_grow_as_array(&word) {
            return None;
        }
        if let Some(kind) = found.grows_by {
            let is_array = (self.uses("numpy") || self.uses("pandas")) && !is_named(&word, NUMBERS);
            return match kind {
                "number" if is_array && !found.is_number => None,
                "number" => new("float"),
                "bytes" if is_named(&word, BUFFERS) => new("bytearray"),
                kind => new(kind),
            };
        }
        let is_copied = found.passed_to.contains("dict") && is_named(&word, TABLES);
        if found.is_mapping || is_copied {
            return new("dict");
        }
        match self.by_index(&word, found) {
            ControlFlow::Break(ty) => ty,
            ControlFlow::Continue(()) => self.by_company(&word, found),
        }
    }

    /// What indices tell, where there are any.
    pub(super) fn by_index(&self, word: &str, found: &Evidence) -> ControlFlow<Option<Type>> {
        let new = |name: &str| ControlFlow::Break(Some(Type::new(name)));
        if (found.has_frame_index || is_named(word, FRAMES)) && self.uses("pandas") {
            return new("pandas.DataFrame");
        }
        if found.has_text_key {
            let is_table = self.uses("pandas") && !is_named(word, TABLES);
            return new(if is_table { "pandas.DataFrame" } else { "dict" });
        }
        if (found.has_grid_index || found.has_mask_index) && self.uses("numpy") {
            return new("numpy.ndarray");
        }
        if found.has_mask_index {
            let is_column = self.uses("pandas");
            return ControlFlow::Break(is_column.then(|| Type::new("pandas.Series")));
        }
        if found.has_slice || found.has_item {
            if found.protocols.contains("__contains__") && !found.has_slice {
                return new("dict");
            }
            return if self.uses("numpy") {
                ControlFlow::Break(None)
            } else {
                new("list")
            };
        }
        ControlFlow::Continue(())
    }

    /// What it is passed to, computed with and compared with tells.
    pub(super) fn by_company(&self, word: &str, found: &Evidence) -> Option<Type> {
        let new = |name: &str| Some(Type::new(name));
        if found
            .passed_to
            .iter()
            .any(|it| OPENERS.contains(&it.as_str()))
        {
            return new("str");
        }
        if found.is_text {
            return new("str");
        }
        if found.passed_to.contains("range") {
            return new("int");
        }
        if found.is_number && (!self.uses("numpy") || is_named(word, NUMBERS)) {
            return new("float");
        }
        if is_named(word, ITERATORS) && (found.is_iterated || found.protocols.contains("__next__"))
        {
            return new("Iterator");
        }
        // Lists are sliced.
        if found.is_cut && !found.protocols.contains("__len__") {
            return new("Iterator");
        }
        let is_one_of_texts = WORDS.contains(&word) && found.is_iterated && !found.is_mapping;
        if is_one_of_texts {
            return Some(Type::generic("list", vec![Type::new("str")]));
        }
        if is_named(word, BARS) && found.is_iterated && self.uses("matplotlib") {
            let bar = Type::new("matplotlib.patches.Rectangle");
            return Some(Type::generic("list", vec![bar]));
        }
        if (found.is_iterated || found.protocols.contains("__len__")) && !self.uses("numpy") {
            let is_summed = found.protocols.contains("__sum__");
            let is_handle = is_named(word, HANDLES) && found.is_iterated && !is_summed;
            return Some(if is_handle {
                handle(found)
            } else {
                Type::new("list")
            });
        }
        None
    }

    /// What names stand for everywhere.
    pub(super) fn by_name(&self, name: &str, found: &Evidence) -> Option<Type> {
        let word = name.to_lowercase();
        if found.may_grow_as_array(&word) {
            return None;
        }
        let mut changing = IN_PLACE.iter().chain(&["__setitem__"]);
        let is_read = !changing.any(|it| found.protocols.contains(it));
        if is_read && are_columns(&word) && (self.uses("pandas") || self.uses("sklearn")) {
            return Some(Type::generic("list", vec![Type::new("str")]));
        }
        let named = |words: &[&str]| is_named(&word, words);
        if named(FRAMES) && self.uses("pandas") {
            return Some(Type::new("pandas.DataFrame"));
        }
        let is_parsed = |it: &String| it.ends_with("loadtxt") || it.ends_with("genfromtxt");
        if named(LINES) && found.passed_to.iter().any(is_parsed) {
            return Some(Type::new("list"));
        }
        let is_file = found
            .passed_to
            .iter()
            .any(|it| FILE_TAKERS.contains(&it.as_str()));
        let is_summed = found.protocols.contains("__sum__");
        if named(HANDLES) && !is_summed && (found.is_iterated || is_file) {
            return Some(handle(found));
        }
        if named(&ITERATORS[..4]) || (named(ITERATORS) && found.is_iterated) {
            return Some(Type::new("Iterator"));
        }
        if named(COUNTS) {
            return Some(Type::new("float"));
        }
        // What is folded into may be anything.
        let is_folded = |it: &String| it.rsplit('.').next() == Some("reduce");
        if found.passed_to.iter().any(is_folded) {
            return None;
        }
        // What libraries compute with may be arrays.
        let is_computed = found.passed_to.iter().any(|it| {
            let root = it.split('.').next().unwrap_or_default();
            self.imports
                .get(root)
                .is_some_and(|path| path.starts_with("numpy"))
        });
        if is_computed {
            return None;
        }
        let is_indexed =
            found.has_item || found.has_slice || found.has_grid_index || found.has_mask_index;
        if is_indexed {
            return None;
        }
        if named(TEXTS) {
            return Some(Type::new("str"));
        }
        if named(NUMBERS) {
            return Some(Type::new("float"));
        }
        None
    }
}

impl Evidence {
    /// Whether it is called as arrays are, and `p += 1` may change it: nothing asks whether it is larger, as of one number.
    fn may_grow_as_array(&self, word: &str) -> bool {
        let is_asked = COMPARING.iter().any(|it| self.protocols.contains(it));
        let is_number = is_asked && !self.has_mask_index || self.is_rounded;
        let is_grown = IN_PLACE.iter().any(|it| self.protocols.contains(it));
        let is_other = self.grows_by.is_some_and(|it| it != "number");
        is_grown && !is_number && !is_other && is_called_array(word)
    }
}

/// Whether a name is one that arrays have, and that few numbers have.
pub(crate) fn is_called_array(word: &str) -> bool {
    is_named(word, ARRAY_WORDS)
}

/// Whether a name is one of names of columns: `num_cols`, `categorical_features`.
fn are_columns(word: &str) -> bool {
    let is_kind = word.starts_with("num") || word.starts_with("cat");
    let are_features = ["features", "numeric", "numerical", "categorical"];
    is_named(word, &["cols", "columns"]) || is_kind && is_named(word, &are_features)
}

const ARRAY_WORDS: &[&str] = &[
    "a", "arr", "array", "ndarray", "matrix", "mat", "vec", "vector", "weights", "image", "img",
    "values", "data", "samples", "signal", "pixels", "xs", "ys", "series", "df",
];

const COMPARING: &[&str] = &["__lt__", "__le__", "__gt__", "__ge__", "__mod__"];

const IN_PLACE: &[&str] = &[
    "__iadd__",
    "__isub__",
    "__imul__",
    "__itruediv__",
    "__ifloordiv__",
    "__ipow__",
];

/// An open file; one that is never written to is open for reading.
fn handle(found: &Evidence) -> Type {
    let is_written = found.is_output
        || WRITERS.iter().any(|it| found.members.contains(*it))
        || found
            .passed_to
            .iter()
            .any(|it| it.contains("writ") || it.contains("dump"));
    let name = "io.TextIOWrapper";
    let is_read = found.is_iterated || READERS.iter().any(|it| found.members.contains(*it));
    if !is_written && (is_read || found.passed_to.is_empty()) {
        return Type::generic(name, vec![Type::new(READING)]);
    }
    Type::new(name)
}

const READERS: &[&str] = &["read", "readline", "readlines"];
const WRITERS: &[&str] = &["write", "writelines", "truncate"];
