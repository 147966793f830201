//! What the form of an index tells: whether it picks several elements.

use srcify_syntax::{Ranged, ast};

use super::displays::key_of;
use super::items::is_label;
use crate::Type;
use crate::analyze::Analyzer;
use crate::value::Value;

impl Analyzer<'_> {
    /// What an index tells of a container of which nothing is known: rows and columns by position has an array alone.
    pub(super) fn item_by_index(
        &self,
        subscript: &ast::ExprSubscript,
        container: &Value,
        index: &Value,
    ) -> Option<Type> {
        const TABLES: [&str; 5] = ["polars", "pyspark", "dask", "xarray", "h5py"];
        let is_unknown = container.apparent().is_none()
            && container.path.is_none()
            && container.callable.is_none();
        if !is_unknown {
            return None;
        }
        let written = self.program.text(subscript.value.range());
        if is_names(&subscript.slice) {
            // Several columns by name has a table, and what is grouped.
            let is_table = self.uses("pandas")
                && !TABLES.iter().any(|it| self.uses(it))
                && !written.to_lowercase().contains("group");
            return is_table.then(|| Type::new("pandas.DataFrame"));
        }
        let index = index.apparent().filter(|it| it.name == "tuple")?;
        let is_grid = index.arguments.iter().any(|it| it.name == "slice");
        // `x.loc[:, 0]` has a table.
        let is_located = [".loc", ".iloc"].iter().any(|it| written.ends_with(it));
        let is_array = self.has_numpy_only() && is_grid && !is_located;
        is_array.then(|| Type::new("numpy.ndarray"))
    }
}

/// `["name", "age"]`: a list of texts.
fn is_names(slice: &ast::Expr) -> bool {
    let ast::Expr::List(list) = slice else {
        return false;
    };
    !list.elts.is_empty() && list.elts.iter().all(ast::Expr::is_string_literal_expr)
}

/// Whether an index is a text with a year in it, as dates have.
pub(super) fn may_be_date(index: &Value) -> bool {
    let text = index.literal.as_deref().filter(|_| index.is("str"));
    let mut years = text.unwrap_or_default().as_bytes().windows(4);
    years.any(|it| it.iter().all(u8::is_ascii_digit))
}

/// Whether an index is a text that stands for a year or a month: `prices["2016"]`, `prices["2016-03"]`.
pub(super) fn is_part_of_calendar(index: &Value) -> bool {
    let text = index.literal.as_deref().filter(|_| index.is("str"));
    let text = text.unwrap_or_default();
    let (year, month) = text.split_once('-').unwrap_or((text, "01"));
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let is_year = year.len() == 4 && is_number(year) && year.starts_with(['1', '2']);
    is_year && month.len() == 2 && is_number(month)
}

/// `[:]`, by which lists are copied.
pub(super) fn copies_all(index: &ast::Expr) -> bool {
    matches!(index, ast::Expr::Slice(it) if it.lower.is_none() && it.upper.is_none() && it.step.is_none())
}

/// Whether an index is called what people call positions and masks that pick several.
pub(super) fn is_named_as_picking(index: &ast::Expr) -> bool {
    let ast::Expr::Name(name) = index else {
        return false;
    };
    let word = name.id.as_str();
    PICKING.contains(&word.rsplit('_').next().unwrap_or(word))
        || PICKING.contains(&word.split('_').next().unwrap_or(word))
}

const PICKING: &[&str] = &[
    "idx",
    "idxs",
    "indices",
    "indexes",
    "inds",
    "mask",
    "masks",
    "order",
    "perm",
    "permutation",
    "keep",
    "kept",
    "selected",
    "selection",
    "where",
    "positions",
    "rows",
    "cols",
    "columns",
    "features",
    "names",
    "fields",
    "vars",
    "keys",
    "index",
];

/// Whether an index, or a part of one, is a mask or a list of names.
pub(super) fn picks(index: &ast::Expr) -> bool {
    match index {
        ast::Expr::Tuple(parts) => parts.elts.iter().any(|it| it.is_list_expr() || is_mask(it)),
        one => is_mask(one),
    }
}

/// `x > 1`, `(x > 1) & (y < 2)`, `~found`: an index that picks.
fn is_mask(index: &ast::Expr) -> bool {
    match index {
        ast::Expr::Compare(comparison) => !comparison.ops.iter().any(|it| {
            matches!(
                it,
                ast::CmpOp::In | ast::CmpOp::NotIn | ast::CmpOp::Is | ast::CmpOp::IsNot
            )
        }),
        ast::Expr::BinOp(both) => {
            matches!(both.op, ast::Operator::BitAnd | ast::Operator::BitOr)
                && is_mask(&both.left)
                && is_mask(&both.right)
        }
        ast::Expr::UnaryOp(it) => it.op == ast::UnaryOp::Invert,
        _ => false,
    }
}

/// Notes that what compares picks rows or columns: `table.loc[:, counts > 1]`.
fn tell_masks(slice: &ast::Expr, index: &mut Value) {
    let (Some(slices), Some(ty)) = (slice.as_tuple_expr(), &mut index.ty) else {
        return;
    };
    let is_pair = ty.name == "tuple" && ty.arguments.len() == slices.elts.len();
    for (part, written) in ty.arguments.iter_mut().zip(&slices.elts) {
        if is_pair && part.is_vague() && is_mask(written) {
            *part = Type::new("numpy.ndarray");
        }
    }
}

/// Whether one step of a pipeline is asked for.
pub(super) fn is_step(ty: &Type, index: &Value) -> bool {
    let is_pipeline =
        ["sklearn.pipeline.Pipeline", "imblearn.pipeline.Pipeline"].contains(&ty.name.as_str());
    is_pipeline && (index.is("int") || index.is("str"))
}

/// Whether `table.loc[label]` is asked for: a label stands for one row.
pub(super) fn is_row_of_table(ty: &Type, index: &Value) -> bool {
    let is_indexer = ty.name == "pandas.LocIndexer" && ty.arguments.len() == 1;
    let table = ty.arguments.first().map(|it| it.name.as_str());
    is_indexer && table == Some("pandas.DataFrame") && index.ty.as_ref().is_some_and(is_label)
}

/// Whether an index names a row and a column.
pub(super) fn is_cell(index: &Value) -> bool {
    let is_number = |it: &Type| ["int", "numpy.int64"].contains(&it.name.as_str());
    index.ty.as_ref().is_some_and(|ty| {
        ty.name == "tuple" && ty.arguments.len() == 2 && ty.arguments.iter().all(is_number)
    })
}

/// What an index of a table can only be, by how it is written.
pub(super) fn tell_index(container: &Value, slice: &ast::Expr, index: &mut Value) {
    let is_table = container.is("pandas.DataFrame") || container.is("pandas.Series");
    if is_table && index.ty.is_none() && is_mask(slice) {
        // No label is the result of `~` or of a comparison: it picks rows.
        index.ty = Some(Type::new("numpy.ndarray"));
    }
    if container.is("pandas.LocIndexer") {
        tell_masks(slice, index);
    }
}

/// What a display put under a key that is written down.
pub(super) fn entry_at<'v>(container: &'v Value, index: &Value) -> Option<&'v Value> {
    let entries = container.entries.as_ref()?;
    let key = key_of(index)?;
    let entry = entries.iter().find(|(it, _)| *it == key)?;
    (!entry.1.own.is_empty()).then_some(&entry.1)
}

/// What picks rows and cells of a table, with the type of the table.
pub(super) fn indexer(ty: &Type, name: &str) -> Option<Type> {
    if ty.name == "pandas.DataFrame" && name == "values" {
        let shape = vec![Type::unknown(), Type::new("matrix")];
        return Some(Type::generic("numpy.ndarray", shape));
    }
    let is_table = ["pandas.DataFrame", "pandas.Series"].contains(&ty.name.as_str());
    let is_indexer = ["loc", "iloc", "at", "iat"].contains(&name);
    let mut arguments = vec![ty.clone()];
    if name == "iloc" {
        arguments.push(Type::new("position"));
    }
    (is_table && is_indexer).then(|| Type::generic("pandas.LocIndexer", arguments))
}

impl Analyzer<'_> {
    /// A column of a table, its values, or what asks it by labels and positions.
    pub(super) fn part_of_table(&mut self, table: &Value, ty: Type) -> Value {
        let mut value = self.derived(table, Some(ty));
        if value.is("pandas.LocIndexer") {
            // Whoever sets something by it changes the table, and nothing that is in its cells.
            value.own = value.own.difference(&table.holds).copied().collect();
        }
        value
    }
}

/// What a slice of a tuple is: its parts where the bounds are written, else whatever they are.
pub(super) fn part_of_tuple(ty: &Type, slice: &Value) -> Type {
    let Some((first, rest)) = ty.arguments.split_first() else {
        return ty.clone();
    };
    if ty.repeated().is_some() {
        return ty.clone();
    }
    let bounds = slice.literal.as_deref();
    if let Some(parts) = bounds.and_then(|it| written_part(&ty.arguments, it)) {
        return Type::generic("tuple", parts.to_vec());
    }
    if rest.iter().all(|it| it == first) {
        return Type::tuple_of(first.clone());
    }
    Type::new("tuple")
}

/// The parts between bounds that are whole numbers: `:2`, `1:`, `-2:`.
fn written_part<'t>(parts: &'t [Type], bounds: &str) -> Option<&'t [Type]> {
    let (lower, upper) = bounds.split_once(':')?;
    let at = |text: &str, default: usize| match text.trim() {
        "" => Some(default),
        text => {
            let at: i32 = text.parse().ok()?;
            let from_end = usize::try_from(at.unsigned_abs()).ok()?;
            let at_end = parts.len().saturating_sub(from_end);
            Some(if at < 0 {
                at_end
            } else {
                from_end.min(parts.len())
            })
        }
    };
    let part = parts.get(at(lower, 0)?..at(upper, parts.len())?)?;
    (!part.is_empty()).then_some(part)
}
