//! Which expressions treat each row alone: for these, a part of the rows gives a part of the result.

use std::collections::BTreeSet;

use srcify_syntax::ast::{self, Expr, Operator};
use srcify_syntax::{Program, Ranged, TextRange};

use crate::inference::names_columns;

/// Methods of frames and series that treat each row alone, whatever their arguments are.
const ROW_WISE: &[&str] = &[
    "astype",
    "drop",
    "drop_duplicates",
    "dropna",
    "rename",
    "isin",
    "between",
    "clip",
    "round",
    "abs",
    "isna",
    "isnull",
    "notna",
    "notnull",
    "where",
    "mask",
    "copy",
    "to_numpy",
    "toarray",
    "add",
    "sub",
    "mul",
    "div",
    "pow",
    "assign",
    "lower",
    "upper",
    "strip",
    "lstrip",
    "rstrip",
    "contains",
    "len",
    "startswith",
    "endswith",
    "get",
    "extract",
    "slice",
    "title",
    "total_seconds",
    "eq",
    "ne",
    "lt",
    "gt",
    "le",
    "ge",
    "fillna",
    "replace",
    "map",
    "set_axis",
    "day_name",
    "month_name",
    "normalize",
    "zfill",
    "split",
];

/// Methods that compute one value, or one a column, of all rows.
const AGGREGATES: &[&str] = &[
    "mean", "median", "std", "var", "min", "max", "sum", "quantile", "count", "nunique",
];

/// Attributes that are no part of each row: they depend on the others, or on where it stands.
const OF_ALL_ROWS: &[&str] = &["T", "cat", "index", "ndim", "shape", "size"];

/// Functions of libraries that treat each element alone.
const ELEMENT_WISE: &[&str] = &[
    "numpy.log",
    "numpy.log1p",
    "numpy.log10",
    "numpy.log2",
    "numpy.exp",
    "numpy.expm1",
    "numpy.sqrt",
    "numpy.abs",
    "numpy.absolute",
    "numpy.sin",
    "numpy.cos",
    "numpy.tan",
    "numpy.round",
    "numpy.where",
    "numpy.square",
    "numpy.isnan",
    "numpy.power",
    "numpy.clip",
    "pandas.to_datetime",
    "pandas.to_numeric",
    "pandas.isna",
    "pandas.notna",
];

/// What is known of the names of an expression.
pub(crate) struct Rows<'a> {
    pub program: &'a Program,
    /// Import paths by name.
    pub imports: &'a std::collections::BTreeMap<String, String>,
    /// Whether a name is a constant, or what training fitted.
    pub is_constant: &'a dyn Fn(&str) -> bool,
    /// Whether a name is an estimator that training fitted.
    pub is_fitted: &'a dyn Fn(&str) -> bool,
    /// What a function needs that is applied to one value, or one row, after the other; `None` where it may do more.
    pub of_element: &'a dyn Fn(&Expr) -> Option<Need>,
    /// What a function of the author's needs that treats each row of its arguments alone.
    pub own: &'a dyn Fn(&str) -> Option<Need>,
}

/// What an expression of rows needs.
#[derive(Debug, Default)]
pub(crate) struct Need {
    /// Variables that hold rows.
    pub frames: BTreeSet<String>,
    /// Constants.
    pub constants: BTreeSet<String>,
    /// Fitted objects.
    pub fitted: BTreeSet<String>,
    /// Functions of the author's.
    pub functions: BTreeSet<String>,
    /// Values of all rows, that training has to store: their places.
    pub statistics: Vec<TextRange>,
}

impl Need {
    pub(crate) fn merge(&mut self, other: Self) {
        self.frames.extend(other.frames);
        self.constants.extend(other.constants);
        self.fitted.extend(other.fitted);
        self.functions.extend(other.functions);
        self.statistics.extend(other.statistics);
    }
}

impl Rows<'_> {
    /// Collects what an expression needs; the part that does not treat each row alone, where there is one.
    pub(crate) fn judge<'e>(&self, expression: &'e Expr, need: &mut Need) -> Result<(), &'e Expr> {
        match expression {
            Expr::Name(name) => {
                let id = name.id.to_string();
                if (self.is_constant)(&id) {
                    need.constants.insert(id);
                } else if self.imports.contains_key(&id) || srcify_syntax::is_reserved_word(&id) {
                    // A type (`astype(float)`), or a module.
                } else if (self.is_fitted)(&id) {
                    return Err(expression);
                } else {
                    need.frames.insert(id);
                }
                Ok(())
            }
            // Codes of categories, and places, depend on which rows there are.
            Expr::Attribute(it) if OF_ALL_ROWS.contains(&it.attr.as_str()) => Err(expression),
            Expr::Attribute(attribute) => self.judge(&attribute.value, need),
            Expr::Subscript(subscript) => match &*subscript.slice {
                // `mode()[0]`: the most frequent value.
                Expr::NumberLiteral(_) if is_mode(&subscript.value) => {
                    need.statistics.push(expression.range());
                    Ok(())
                }
                Expr::Slice(_) | Expr::NumberLiteral(_) => Err(expression),
                Expr::List(list) if picks_rows(&subscript.value, list) => Err(expression),
                Expr::Tuple(tuple) if tuple.elts.first().is_some_and(Expr::is_literal_expr) => {
                    Err(expression)
                }
                // `proba[:, 1]`: all rows, some columns.
                Expr::Tuple(tuple) if tuple.elts.first().is_some_and(is_everything) => {
                    self.judge(&subscript.value, need)
                }
                slice => {
                    self.judge(&subscript.value, need)?;
                    self.judge(slice, need)
                }
            },
            Expr::BinOp(it) if it.op != Operator::MatMult => {
                self.judge(&it.left, need)?;
                self.judge(&it.right, need)
            }
            Expr::UnaryOp(it) => self.judge(&it.operand, need),
            Expr::Compare(it) => {
                self.judge(&it.left, need)?;
                it.comparators
                    .iter()
                    .try_for_each(|it| self.judge(it, need))
            }
            Expr::List(ast::ExprList { elts, .. })
            | Expr::Tuple(ast::ExprTuple { elts, .. })
            | Expr::Set(ast::ExprSet { elts, .. }) => {
                elts.iter().try_for_each(|it| self.judge(it, need))
            }
            Expr::Dict(dict) => dict.items.iter().try_for_each(|item| {
                item.key.iter().try_for_each(|key| self.judge(key, need))?;
                self.judge(&item.value, need)
            }),
            Expr::Call(call) => self.call(expression, call, need),
            other if other.is_literal_expr() => Ok(()),
            other => Err(other),
        }
    }

    fn call<'e>(
        &self,
        whole: &'e Expr,
        call: &'e ast::ExprCall,
        need: &mut Need,
    ) -> Result<(), &'e Expr> {
        let arguments = || {
            let named = call.arguments.keywords.iter().map(|it| &it.value);
            call.arguments.args.iter().chain(named)
        };
        if let Some(path) = self.library_path(&call.func) {
            return if ELEMENT_WISE.contains(&path.as_str()) {
                arguments().try_for_each(|it| self.judge(it, need))
            } else {
                Err(whole)
            };
        }
        if let Expr::Name(name) = &*call.func
            && let Some(own) = (self.own)(&name.id)
        {
            need.merge(own);
            return arguments().try_for_each(|it| self.judge(it, need));
        }
        let Expr::Attribute(method) = &*call.func else {
            return Err(whole);
        };
        let name = method.attr.as_str();
        if let Some(function) = applied(call, method)
            && let Some(own) = (self.of_element)(function)
        {
            need.merge(own);
            return self.judge(&method.value, need);
        }
        let receiver = method.value.as_name_expr().map(|it| it.id.to_string());
        if let Some(fitted) = receiver.filter(|it| (self.is_fitted)(it)) {
            if !matches!(
                name,
                "transform"
                    | "inverse_transform"
                    | "predict"
                    | "predict_proba"
                    | "decision_function"
            ) {
                return Err(whole);
            }
            need.fitted.insert(fitted);
            return arguments().try_for_each(|it| self.judge(it, need));
        }
        if AGGREGATES.contains(&name) && call.arguments.find_keyword("axis").is_none() {
            // Computed of all rows once, in training.
            need.statistics.push(whole.range());
            return Ok(());
        }
        let fills = call.arguments.find_keyword("method").is_some();
        let samples = name == "dropna" && self.drops_columns(call);
        // Numbers of rows mean others among other rows.
        let numbers = name == "drop" && !names_columns(call);
        if !ROW_WISE.contains(&name) || fills || samples || numbers {
            return Err(whole);
        }
        self.judge(&method.value, need)?;
        let mut inner = Need::default();
        arguments().try_for_each(|it| self.judge(it, &mut inner))?;
        // A table of values to look up is made of all rows.
        if matches!(name, "map" | "isin" | "replace") && !inner.frames.is_empty() {
            return Err(whole);
        }
        need.merge(inner);
        Ok(())
    }

    /// Which columns have gaps depends on all rows.
    fn drops_columns(&self, call: &ast::ExprCall) -> bool {
        let is_named = call
            .arguments
            .find_keyword("axis")
            .is_some_and(|it| self.program.text(it.value.range()) != "0");
        is_named || !call.arguments.args.is_empty()
    }

    pub(crate) fn library_path(&self, function: &Expr) -> Option<String> {
        match function {
            Expr::Name(name) => self.imports.get(name.id.as_str()).cloned(),
            Expr::Attribute(attribute) => {
                let base = self.library_path(&attribute.value)?;
                Some(format!("{base}.{}", attribute.attr))
            }
            _ => None,
        }
    }
}

/// Whether an expression is one value of all rows: `rows["age"].median()`, `rows["plan"].mode()[0]`.
pub(crate) fn is_of_all_rows(expression: &Expr) -> bool {
    match expression {
        Expr::Subscript(it) => it.slice.is_number_literal_expr() && is_mode(&it.value),
        Expr::Call(call) => {
            let name = call.func.as_attribute_expr().map(|it| it.attr.as_str());
            let is_by_row = call.arguments.find_keyword("axis").is_some();
            !is_by_row && name.is_some_and(|it| AGGREGATES.contains(&it))
        }
        _ => false,
    }
}

/// The column and the method of such a value, where it is of one column: `("age", "median")`.
pub(crate) fn column_and_method(expression: &Expr) -> Option<(&str, &str)> {
    let call = match expression {
        Expr::Subscript(it) => it.value.as_call_expr()?,
        other => other.as_call_expr()?,
    };
    let method = call.func.as_attribute_expr()?;
    let mut rows = &*method.value;
    // `rows["age"].dropna().median()`
    while let Expr::Call(inner) = rows {
        rows = &inner.func.as_attribute_expr()?.value;
    }
    let column = match rows {
        Expr::Subscript(it) => it.slice.as_string_literal_expr()?.value.to_str(),
        Expr::Attribute(it) => it.attr.as_str(),
        _ => return None,
    };
    Some((column, method.attr.as_str()))
}

/// The function that `rows["x"].apply(f)` or `rows.apply(f, axis=1)` applies to one value, or one row, after the other.
fn applied<'e>(call: &'e ast::ExprCall, method: &ast::ExprAttribute) -> Option<&'e Expr> {
    let [function] = &*call.arguments.args else {
        return None;
    };
    let is_column = match &*method.value {
        Expr::Subscript(it) => it.slice.is_string_literal_expr() && it.value.is_name_expr(),
        Expr::Attribute(it) => it.value.is_name_expr(),
        _ => false,
    };
    let is_by_row = |it: &ast::Keyword| {
        it.arg.as_deref() == Some("axis")
            && matches!(&it.value, Expr::NumberLiteral(it) if matches!(&it.value, ast::Number::Int(one) if *one == 1u8))
    };
    let is_one = match (method.attr.as_str(), &*call.arguments.keywords) {
        ("apply" | "map", []) => is_column,
        ("apply", [keyword]) => is_by_row(keyword),
        _ => false,
    };
    is_one.then_some(function)
}

/// `rows.iloc[[0, 3]]`: rows by their places, where `rows[["age", "plan"]]` are columns.
fn picks_rows(of: &Expr, list: &ast::ExprList) -> bool {
    let by_place = of
        .as_attribute_expr()
        .is_some_and(|it| matches!(it.attr.as_str(), "iloc" | "loc"));
    by_place || list.elts.iter().any(Expr::is_number_literal_expr)
}

/// `:` alone.
fn is_everything(slice: &Expr) -> bool {
    matches!(slice, Expr::Slice(it) if it.lower.is_none() && it.upper.is_none() && it.step.is_none())
}

/// A call of `mode`.
fn is_mode(expression: &Expr) -> bool {
    let call = expression.as_call_expr();
    let method = call.and_then(|call| call.func.as_attribute_expr());
    method.is_some_and(|method| method.attr.as_str() == "mode")
}
