//! What arrays appear to hold, and how many dimensions they appear to have: `ndarray[number, vector]`.

use srcify_syntax::ast;

use super::super::Passed;
use super::super::arrays::{is_elementwise, is_passed, is_predicate};
use crate::Type;
use crate::value::Value;

/// The class of arrays.
const ARRAY: &str = "numpy.ndarray";

/// The class of columns; an argument says what one appears to hold.
const COLUMN: &str = "pandas.Series";

/// What is known of an operand: its elements, and how many dimensions it has, none for one number.
#[derive(Debug, Clone)]
struct Look {
    element: Option<Type>,
    dimensions: Option<usize>,
}

impl Look {
    fn of(ty: &Type) -> Option<Self> {
        let known = |at: usize| ty.arguments.get(at).filter(|it| it.name != "unknown");
        let look = match ty.name.as_str() {
            ARRAY => Self {
                element: known(0).cloned(),
                dimensions: known(1).and_then(|it| dimensions(&it.name)),
            },
            "int" | "float" | "number" | "bool" | "str" | "numpy.float64" | "numpy.int64"
            | "numpy.bool_" => Self {
                element: Some(ty.clone()),
                dimensions: Some(0),
            },
            "range" => Self {
                element: Some(Type::new("numpy.int64")),
                dimensions: Some(1),
            },
            "list" | "tuple" => Self::of_list(ty)?,
            COLUMN | "pandas.Index" | "pandas.DatetimeIndex" => Self {
                element: known(0).filter(|_| ty.name == COLUMN).cloned(),
                dimensions: Some(1),
            },
            "pandas.DataFrame" => Self {
                element: None,
                dimensions: Some(2),
            },
            _ => return None,
        };
        Some(look)
    }

    /// An array of the elements of a list has a dimension more than they have.
    fn of_list(ty: &Type) -> Option<Self> {
        let elements = match ty.repeated() {
            Some(element) => std::slice::from_ref(element),
            None => &ty.arguments[..],
        };
        let mut looks = elements
            .iter()
            .flat_map(|it| it.members().iter().map(Self::of));
        let first = looks.next()??;
        let joined = looks.try_fold(first, |all, it| {
            let it = it?;
            let element = match (all.element, it.element) {
                (Some(one), Some(other)) => common(&one, &other),
                _ => None,
            };
            let dimensions = all.dimensions.filter(|_| it.dimensions == all.dimensions);
            Some(Self {
                element,
                dimensions,
            })
        })?;
        Some(Self {
            element: joined.element,
            dimensions: joined.dimensions.map(|it| it + 1),
        })
    }

    /// What operations make of several of them, element by element.
    fn together(looks: &[Self]) -> Option<usize> {
        let known: Option<Vec<usize>> = looks.iter().map(|it| it.dimensions).collect();
        known?.into_iter().max()
    }

    /// An array like that; `None` where nothing is known of it.
    fn array(&self) -> Option<Type> {
        let shape = match self.dimensions {
            None => None,
            Some(0) => return None,
            Some(1) => Some("vector"),
            Some(2) => Some("matrix"),
            Some(_) => Some("grid"),
        };
        if self.element.is_none() && shape.is_none() {
            return None;
        }
        let shape = shape.map_or_else(Type::unknown, Type::new);
        // A whole number is one of numpy's when it comes out of an array.
        let element = self.element.clone().map(|it| match it.name.as_str() {
            "int" => Type::new("numpy.int64"),
            _ => it,
        });
        let arguments = vec![Type::or_unknown(element), shape];
        Some(Type::generic(ARRAY, arguments))
    }
}

fn dimensions(shape: &str) -> Option<usize> {
    match shape {
        "vector" => Some(1),
        "matrix" => Some(2),
        "grid" => Some(3),
        _ => None,
    }
}

/// What an array holds that is made of both: numbers of several kinds are numbers.
fn common(one: &Type, other: &Type) -> Option<Type> {
    if one == other {
        return Some(one.clone());
    }
    (is_number(one) && is_number(other)).then(|| Type::new("number"))
}

fn is_number(ty: &Type) -> bool {
    matches!(
        ty.name.as_str(),
        "int" | "float" | "number" | "numpy.float64" | "numpy.int64"
    )
}

fn number() -> Type {
    Type::new("number")
}

impl Value {
    /// Whether it appears to be an array of which the elements or the dimensions are not known.
    pub(crate) fn is_open_array(&self) -> bool {
        self.may_appear(ARRAY)
            && self.apparent().is_some_and(|it| {
                let is_known =
                    |at: usize| it.arguments.get(at).is_some_and(|it| it.name != "unknown");
                it.name == ARRAY && !(is_known(0) && is_known(1))
            })
    }

    /// Whether it appears to be a column of which nobody knows what it holds.
    pub(crate) fn is_open_column(&self) -> bool {
        let is_open = |it: Type| it.name == COLUMN && it.arguments.is_empty();
        self.may_appear(COLUMN) && self.apparent().is_some_and(is_open)
    }

    /// Whether it can appear to be of a class: asked first, because what it appears to be has to be put together.
    fn may_appear(&self, class: &str) -> bool {
        let is_it = |ty: &Type| ty.name == class;
        self.hint.as_ref().is_some_and(is_it)
            || self
                .ty
                .as_ref()
                .is_some_and(|it| is_it(it) || it.stands_for_another())
    }

    /// Says that a column appears to hold numbers.
    pub(crate) fn tell_numbers(&mut self) {
        for known in [&mut self.ty, &mut self.hint].into_iter().flatten() {
            if known.name == COLUMN && known.arguments.is_empty() {
                known.arguments = vec![Type::hinted(Some(number()))];
            }
        }
    }

    /// Adds what an array appears to be to what is certain.
    pub(crate) fn tell_array(&mut self, told: &Type) {
        let known = match (&mut self.ty, &mut self.hint) {
            (Some(ty), _) if ty.name == ARRAY => ty,
            (None, Some(hint)) if hint.name == ARRAY => hint,
            _ => return,
        };
        let at = |ty: &Type, at: usize| {
            let found = ty.arguments.get(at);
            found.filter(|it| it.name != "unknown").cloned()
        };
        let arguments = (0..2).map(|it| match at(known, it) {
            Some(certain) => certain,
            None => Type::hinted(at(told, it)),
        });
        known.arguments = arguments.collect();
    }
}

/// How many dimensions arrays, lists, columns and tables have, as far as their type tells.
pub(crate) fn dimensions_of(ty: &Type) -> Option<usize> {
    Look::of(ty)?.dimensions
}

/// What an operator appears to make of arrays.
pub(crate) fn operated(left: &Value, right: &Value, operator: ast::Operator) -> Option<Type> {
    let looks = [left, right].map(|it| it.apparent().and_then(|it| Look::of(&it)));
    let [Some(left), Some(right)] = looks else {
        return None;
    };
    if operator == ast::Operator::MatMult {
        return multiplied(&left, &right);
    }
    let element = match (&left.element, &right.element) {
        (Some(one), Some(other)) if is_number(one) && is_number(other) => {
            match operator {
                // Of whole numbers the quotient is none.
                ast::Operator::Div => Some(number()),
                _ => common(one, other),
            }
        }
        _ => None,
    };
    let dimensions = Look::together(&[left, right]);
    Look {
        element,
        dimensions,
    }
    .array()
}

/// Whether an operator appears to make numbers of a column: texts are neither divided nor raised to a power, and what
/// is added to numbers is a number.
pub(crate) fn gives_numbers(left: &Value, right: &Value, operator: ast::Operator) -> bool {
    let holds_numbers = |it: &Value| {
        let look = it.apparent().and_then(|it| Look::of(&it));
        look.and_then(|it| it.element)
            .is_some_and(|it| is_number(&it))
    };
    match operator {
        ast::Operator::Pow => true,
        ast::Operator::Div => !left.is("pandas.Timedelta"),
        ast::Operator::Add | ast::Operator::Sub => holds_numbers(left) || holds_numbers(right),
        ast::Operator::Mult => holds_numbers(left) && holds_numbers(right),
        _ => false,
    }
}

/// Whether a method or a function appears to give a column of numbers.
pub(super) fn gives_column_of_numbers(
    receiver: Option<&Type>,
    name: &str,
    first: Option<&Type>,
) -> bool {
    const COUNTS: [&str; 5] = ["value_counts", "count", "nunique", "size", "rank"];
    const RATIOS: [&str; 9] = [
        "mean",
        "quantile",
        "std",
        "var",
        "median",
        "pct_change",
        "skew",
        "sem",
        "kurt",
    ];
    const SAME: [&str; 14] = [
        "abs",
        "clip",
        "cumsum",
        "diff",
        "dropna",
        "fillna",
        "head",
        "max",
        "min",
        "round",
        "sort_values",
        "sum",
        "tail",
        "rolling",
    ];
    let Some(receiver) = receiver else {
        let data = first.and_then(Look::of).and_then(|it| it.element);
        if name == COLUMN {
            return data.is_some_and(|it| is_number(&it));
        }
        return name.strip_prefix("numpy.").is_some_and(is_elementwise)
            || name == "pandas.to_numeric";
    };
    let holds_numbers = receiver.name == COLUMN
        && Look::of(receiver)
            .and_then(|it| it.element)
            .is_some_and(|it| is_number(&it));
    receiver.name.starts_with("pandas.")
        && (COUNTS.contains(&name)
            || RATIOS.contains(&name)
            || (holds_numbers && SAME.contains(&name)))
}

/// What a comparison of arrays appears to give.
pub(crate) fn compared(left: &Value, right: &Value) -> Option<Type> {
    let looks = [left, right].map(|it| it.apparent().and_then(|it| Look::of(&it)));
    let dimensions = match looks {
        [Some(left), Some(right)] => Look::together(&[left, right]),
        _ => None,
    };
    Look {
        element: Some(Type::new("numpy.bool_")),
        dimensions,
    }
    .array()
}

fn multiplied(left: &Look, right: &Look) -> Option<Type> {
    product(left, right)?.array()
}

fn product(left: &Look, right: &Look) -> Option<Look> {
    let dimensions = match (left.dimensions?, right.dimensions?) {
        (2, 1) | (1, 2) => Some(1),
        (2, 2) => Some(2),
        _ => None,
    };
    Some(Look {
        element: Some(number()),
        dimensions,
    })
}

/// What is different in an array, a list or a column.
pub(super) fn different(ty: &Type) -> Option<Type> {
    let look = Look {
        dimensions: Some(1),
        ..Look::of(ty)?
    };
    look.array()
}

/// The list that an array of one dimension appears to become, of Python's own numbers and texts.
pub(super) fn listed(ty: &Type) -> Option<Type> {
    let look = Look::of(ty).filter(|it| it.dimensions == Some(1))?;
    let element = match look.element?.name.as_str() {
        "numpy.int64" | "int" => "int",
        "numpy.float64" | "float" | "number" => "float",
        "numpy.bool_" | "bool" => "bool",
        "str" => "str",
        _ => return None,
    };
    Some(Type::generic("list", vec![Type::new(element)]))
}

/// The largest, or the smallest, of an array of numbers.
pub(super) fn extreme(ty: &Type) -> Option<Type> {
    Look::of(ty)?.element.filter(is_number)
}

/// The array that a function of numpy appears to give.
pub(super) fn told_of_function(path: &str, arguments: &[Passed]) -> Option<Type> {
    let function = path.strip_prefix("numpy.")?;
    if arguments.iter().any(|it| it.is_unpacked) {
        return None;
    }
    if is_elementwise(function) || is_predicate(function) {
        let looks: Option<Vec<Look>> = arguments
            .iter()
            .filter(|it| !it.is_keyword)
            .map(|it| Look::of(it.value.ty.as_ref()?))
            .collect();
        let element = if is_predicate(function) {
            Some(Type::new("numpy.bool_"))
        } else {
            Some(number())
        };
        let dimensions = looks.and_then(|it| Look::together(&it));
        return Look {
            element,
            dimensions,
        }
        .array();
    }
    told_by_name(function, arguments)?.array()
}

/// What `numpy.add.reduce` and its like make of what they are given: the first axis goes, where no other is named.
pub(super) fn folded(path: &str, arguments: &[Passed]) -> Option<Type> {
    let (function, method) = path.strip_prefix("numpy.")?.rsplit_once('.')?;
    let is_question = function.starts_with("logical_");
    if !is_question && !function.starts_with("bitwise_") && !is_elementwise(function) {
        return None;
    }
    let array = || Type::new(ARRAY);
    let given = arguments.first().filter(|it| !it.is_unpacked)?;
    let given = given.value.ty.as_ref()?;
    let mut looks = given.members().iter().filter_map(Look::of);
    // One number has no axis.
    let look = looks.rfind(|it| it.dimensions != Some(0))?;
    match method {
        "accumulate" | "reduceat" => Some(array()),
        "outer" if arguments.len() == 2 => Some(array()),
        "reduce" => {
            let one = if is_question {
                Type::new("numpy.bool_")
            } else {
                Type::new("numpy.float64")
            };
            let is_along = is_passed(arguments, &["axis", "keepdims"]) || arguments.len() > 1;
            match look.dimensions.filter(|_| !is_along) {
                Some(1) => Some(one),
                Some(_) => Some(array()),
                None => Type::join(Some(&one), Some(&array())),
            }
        }
        _ => None,
    }
}

/// What functions of numpy make of what they are given.
#[expect(clippy::too_many_lines, reason = "a table of names")]
fn told_by_name(function: &str, arguments: &[Passed]) -> Option<Look> {
    let given = |at: usize| Look::of(arguments.get(at)?.value.ty.as_ref()?);
    let has_kind = is_passed(arguments, &["dtype"]);
    let is_plain = !is_passed(
        arguments,
        &["axis", "return_index", "return_inverse", "return_counts"],
    );
    let look = match function {
        "zeros" | "ones" | "empty" if !has_kind => Look {
            element: Some(number()),
            dimensions: None,
        },
        "full" if !has_kind => Look {
            element: given(1)?.element.filter(is_number),
            dimensions: None,
        },
        "zeros_like" | "ones_like" | "empty_like" | "full_like" if !has_kind => given(0)?,
        "array" | "asarray" | "asanyarray" if !has_kind && !is_passed(arguments, &["ndmin"]) => {
            given(0)?
        }
        "sort" | "flip" | "flipud" | "fliplr" | "roll" | "round" | "around" | "clip" => given(0)?,
        "unique" | "repeat" if is_plain => Look {
            dimensions: Some(1),
            ..given(0)?
        },
        "setdiff1d" | "intersect1d" | "union1d" => Look {
            dimensions: Some(1),
            ..given(0)?
        },
        "cumsum" | "cumprod" | "diff" | "gradient" => Look {
            element: Some(number()),
            ..given(0)?
        },
        "argsort" => Look {
            element: Some(Type::new("numpy.int64")),
            ..given(0)?
        },
        "concatenate" | "hstack" => {
            let parts = given(0)?;
            Look {
                // They have a dimension less than the list of them.
                dimensions: parts.dimensions.filter(|it| *it > 1).map(|it| it - 1),
                ..parts
            }
        }
        "append" if is_plain => Look {
            element: common(&given(0)?.element?, &given(1)?.element?),
            dimensions: Some(1),
        },
        "vstack" | "column_stack" => Look {
            dimensions: Some(2),
            ..given(0)?
        },
        "dot" | "matmul" => product(&given(0)?, &given(1)?)?,
        "ravel" => Look {
            dimensions: Some(1),
            ..given(0)?
        },
        "transpose" | "nan_to_num" => given(0)?,
        "polyfit" => Look {
            element: Some(number()),
            dimensions: Some(1),
        },
        "corrcoef" if arguments.iter().filter(|it| !it.is_keyword).count() > 1 => Look {
            element: Some(Type::new("numpy.float64")),
            dimensions: Some(2),
        },
        _ if function.starts_with("random.") => drawn(function, given(0)?)?,
        _ => return None,
    };
    Some(look)
}

/// Draws: numbers, but for those of what is given.
fn drawn(function: &str, first: Look) -> Option<Look> {
    let method = function.rsplit('.').next()?;
    let dimensions = None;
    Some(match method {
        "choice" => Look {
            element: first.element,
            dimensions,
        },
        "permutation" => Look {
            element: first.element,
            dimensions: first.dimensions.map(|it| it.max(1)),
        },
        _ => Look {
            element: Some(number()),
            dimensions,
        },
    })
}

/// The array that a method appears to give.
pub(super) fn told_of_method(receiver: &Type, method: &str, arguments: &[Passed]) -> Option<Type> {
    let own = Look::of(receiver)?;
    if receiver.name.starts_with("pandas.") {
        let is_meant = matches!(method, "to_numpy" | "unique");
        return own.array().filter(|_| is_meant);
    }
    if receiver.name != ARRAY {
        return None;
    }
    let axis = arguments
        .iter()
        .find(|it| it.name.as_deref() == Some("axis"))
        .or_else(|| arguments.first().filter(|it| !it.is_keyword));
    let look = match method {
        "copy" | "clip" | "round" | "conj" | "sort" | "repeat" | "take" => own,
        "astype" => Look {
            element: kind(arguments.first()?),
            ..own
        },
        "ravel" | "flatten" => Look {
            dimensions: Some(1),
            ..own
        },
        "reshape" | "squeeze" | "swapaxes" => Look {
            dimensions: None,
            ..own
        },
        "transpose" if arguments.is_empty() => own,
        "argsort" => Look {
            element: Some(Type::new("numpy.int64")),
            ..own
        },
        "cumsum" | "cumprod" => Look {
            element: Some(number()),
            ..own
        },
        "dot" => return multiplied(&own, &Look::of(arguments.first()?.value.ty.as_ref()?)?),
        "mean" | "std" | "var" | "sum" | "prod" | "min" | "max"
            if axis.is_some() && own.element.as_ref().is_none_or(is_number) =>
        {
            Look {
                element: own.element.or_else(|| Some(number())),
                dimensions: one_less(own.dimensions, axis?, arguments),
            }
        }
        "argmax" | "argmin" if axis.is_some() => Look {
            element: Some(Type::new("numpy.int64")),
            dimensions: one_less(own.dimensions, axis?, arguments),
        },
        _ => return None,
    };
    look.array()
}

/// The dimensions that are left when one is gone.
fn one_less(dimensions: Option<usize>, axis: &Passed, arguments: &[Passed]) -> Option<usize> {
    let is_one = axis.value.is("int") && !is_passed(arguments, &["keepdims"]);
    dimensions.filter(|it| is_one && *it == 2).map(|it| it - 1)
}

/// What `astype` makes of elements.
fn kind(passed: &Passed) -> Option<Type> {
    let named = passed
        .value
        .path
        .as_deref()
        .or(passed.value.literal.as_deref())?;
    let name = named.rsplit('.').next().unwrap_or(named);
    let is_meant = |words: &[&str]| words.iter().any(|it| name.starts_with(it));
    if is_meant(&["float", "int", "uint", "double"]) {
        Some(number())
    } else if is_meant(&["bool"]) {
        Some(Type::new("numpy.bool_"))
    } else {
        None
    }
}
