//! What calls of libraries do to tables, in words.

use srcify_effects::{CallFacts, Callee};
use srcify_syntax::Ranged;
use srcify_syntax::ast::{Expr, Operator, Stmt, UnaryOp};

use super::columns::Columns;
use super::details::Detail;
use super::functions::Passage;
use super::set_columns::is_of_column;
use super::summaries::{SUMMARY, capital};
use super::verbs::verb_of_call;

/// Something that is done to a table.
struct Operation {
    plain: &'static str,
    /// With the columns that all its calls name.
    detail: Option<Detail>,
}

impl Operation {
    /// Whether its words alone would say less than the result does.
    fn says_little(&self) -> bool {
        self.plain == ORDERS && self.detail.is_none()
    }

    fn text(&self) -> String {
        let detail = self.detail.as_ref().and_then(Detail::text);
        detail.unwrap_or_else(|| self.plain.to_owned())
    }
}

impl Passage<'_> {
    /// What known methods do to a frame, in order: "drop duplicated rows".
    fn operations(&self) -> Vec<Operation> {
        let mut found: Vec<Operation> = Vec::new();
        for call in self.graph.calls_in_any(self.ranges) {
            let Some((name, plain)) = self.operation(call) else {
                continue;
            };
            let text = self.program.text(call.range);
            let behind = &self.program.source.text[usize::from(call.range.end())..];
            let detail = Detail::of(name, text, behind);
            match found.iter_mut().find(|it| it.plain == plain) {
                Some(known) => {
                    let both = known.detail.take().zip(detail);
                    known.detail = both.and_then(|(mut one, other)| one.join(other).then_some(one));
                }
                None => found.push(Operation { plain, detail }),
            }
        }
        found
    }

    /// The method that a call is of, and what that does.
    fn operation<'a>(&self, call: &'a CallFacts) -> Option<(&'a str, &'static str)> {
        let Callee::Library(path) = &call.callee else {
            return None;
        };
        let name = path.rsplit('.').next().unwrap_or(path);
        if TRANSFORMING.contains(&name)
            && let Some(phrase) = verb_of_call(path).and_then(|(_, it)| transformation(it.verb))
        {
            return Some((name, phrase));
        }
        let text = self.program.text(call.range).replace(' ', "");
        let is_across = text.contains("axis=1") || text.contains("axis=\"columns\"");
        if name == "drop" && (is_across || text.contains("columns=")) {
            return Some((name, DROPS));
        }
        // `table["age"].dropna()` leaves the rows of the table alone.
        if name == "dropna" && is_of_column(self.program.text(call.function)) {
            return None;
        }
        if name == "dropna" && is_across {
            return Some(("", "drop columns with missing values"));
        }
        let known = OPERATIONS.iter().find(|(method, _)| *method == name);
        known.map(|(_, phrase)| (name, *phrase))
    }

    /// Whether the statements only take parts of what they are given.
    pub(super) fn only_selects(&self) -> bool {
        self.units
            .iter()
            .all(|unit| match self.program.statement(*unit) {
                Stmt::Assign(assign) => {
                    let mut value = &*assign.value;
                    loop {
                        value = match value {
                            Expr::Attribute(attribute) => &attribute.value,
                            Expr::Subscript(subscript) => &subscript.value,
                            Expr::Tuple(tuple) => match tuple.elts.first() {
                                Some(first) => first,
                                None => return false,
                            },
                            Expr::Name(_) => return !assign.value.is_name_expr(),
                            _ => return false,
                        }
                    }
                }
                _ => false,
            })
    }

    /// "of the features where `age > 3`": for a statement that does no more than to keep some rows of a table.
    pub(super) fn kept_rows(&self) -> Option<String> {
        let [unit] = self.units else {
            return None;
        };
        let Stmt::Assign(assign) = self.program.statement(*unit) else {
            return None;
        };
        let subscript = assign.value.as_subscript_expr()?;
        let table = subscript.value.as_name_expr()?.id.as_str();
        let ty = (self.type_of)(self.outputs.first()?);
        let is_table = ty.is_some_and(|it| it.name == "pandas.DataFrame");
        let is_condition = match &*subscript.slice {
            Expr::Compare(_) => true,
            Expr::BinOp(it) => matches!(it.op, Operator::BitAnd | Operator::BitOr),
            Expr::UnaryOp(it) => it.op == UnaryOp::Invert,
            _ => false,
        };
        let condition = self.program.text(subscript.slice.range());
        let is_plain = !condition.contains(['\n', '`', '\\']) && condition.chars().count() < 40;
        let table = self.spoken_names(&[table]).concat();
        (is_table && is_condition && is_plain).then(|| format!("of {table} where `{condition}`"))
    }

    /// What known methods do, as one sentence; else the columns that are added.
    pub(super) fn operations_in_words(&self, columns: &Columns) -> Option<String> {
        let mut operations = self.operations();
        if operations.iter().all(Operation::says_little) {
            operations.clear();
        }
        let added = self
            .added_columns(columns)
            .filter(|_| matches!(&operations[..], [only] if only.plain == DROPS));
        if added.is_some() {
            operations.clear();
        }
        if let Some(text) = self.put_together(&operations) {
            return Some(text);
        }
        let list = [4, 3, 2, 1]
            .iter()
            .filter_map(|most| listed_words(&operations, *most, SUMMARY))
            .find(|list| list.chars().count() < SUMMARY);
        list.or_else(|| self.added_columns(columns))
    }
}

impl Passage<'_> {
    /// "Put the prices together", of parts that only this is done to.
    fn put_together(&self, operations: &[Operation]) -> Option<String> {
        let [only] = operations else { return None };
        let is_it = matches!(only.plain, PARTS_TOGETHER | ARRAYS_TOGETHER) && only.detail.is_none();
        let [output] = self.outputs.iter().map(String::as_str).collect::<Vec<_>>()[..] else {
            return None;
        };
        let name = self.spoken_names(&[output]).concat();
        let says_more = name.starts_with("the ") && !name.ends_with(" data") && name != "the data";
        (is_it && says_more).then(|| format!("Put {name} together"))
    }
}

const PARTS_TOGETHER: &str = "put the parts together";
const ARRAYS_TOGETHER: &str = "put the arrays together";

/// What methods of frames do.
const OPERATIONS: &[(&str, &str)] = &[
    ("drop_duplicates", "drop repeated rows"),
    ("dropna", "drop rows with missing values"),
    ("fillna", "fill missing values"),
    ("ffill", "fill missing values forward"),
    ("bfill", "fill missing values backward"),
    ("interpolate", "interpolate missing values"),
    ("to_numeric", "turn text into numbers"),
    ("to_datetime", "parse dates"),
    ("get_dummies", "make a column of each category"),
    ("factorize", "number the categories"),
    ("merge", "join the tables"),
    ("concat", PARTS_TOGETHER),
    ("concatenate", ARRAYS_TOGETHER),
    ("vstack", "stack the rows"),
    ("hstack", "put the columns side by side"),
    ("column_stack", "put the columns side by side"),
    ("groupby", "aggregate by group"),
    ("pivot_table", "pivot the table"),
    ("value_counts", "count the values"),
    ("crosstab", "cross-tabulate"),
    ("cut", "cut values into bands"),
    ("qcut", "cut values into quantiles"),
    ("rename", "rename columns"),
    ("set_index", "set the index"),
    ("sort_values", ORDERS),
    ("assign", "add columns"),
    ("melt", "turn columns into rows"),
    ("explode", "make a row of each item"),
    ("resample", "resample by time"),
    ("fit_transform", "fit and apply the transformation"),
    ("add_constant", "add a constant"),
    ("fit_resample", "resample the classes"),
];

/// What `sort_values` does.
const ORDERS: &str = "order the rows";

/// What `drop(columns=…)` does.
const DROPS: &str = "drop columns";

/// Methods that apply a transformer.
const TRANSFORMING: &[&str] = &["fit_transform", "transform", "fit_resample", "fit_predict"];

/// What a transformer does to the data, by its verb.
fn transformation(verb: &str) -> Option<&'static str> {
    Some(match verb {
        "scale" => "scale the features",
        "encode" => "encode the categories",
        "impute" => "fill missing values",
        "vectorize" => "turn text into features",
        "project" => "project the features onto components",
        "resample" => "resample the classes",
        "cluster" => "assign rows to clusters",
        "detect" => "detect outliers",
        _ => return None,
    })
}

/// Operations as one sentence; `None` where there are none. Where they all name their columns in `room` letters, it does.
fn listed_words(operations: &[Operation], most: usize, room: usize) -> Option<String> {
    let shown = &operations[..operations.len().min(most)];
    let told: Vec<String> = shown.iter().map(Operation::text).collect();
    let plain: Vec<String> = shown.iter().map(|it| it.plain.to_owned()).collect();
    // Lists inside lists are hard to read.
    let is_plain = |text: &String| shown.len() == 1 || text.matches('`').count() <= 2;
    let told = told.iter().all(is_plain).then(|| sequence(&told));
    told.flatten()
        .filter(|text| text.chars().count() < room)
        .or_else(|| sequence(&plain))
}

fn sequence(texts: &[String]) -> Option<String> {
    let (last, first) = texts.split_last()?;
    let text = if first.is_empty() {
        last.clone()
    } else if texts.iter().any(|it| it.contains(" and ")) {
        format!("{}, then {last}", first.join(", "))
    } else {
        format!("{} and {last}", first.join(", "))
    };
    Some(capital(&text))
}
