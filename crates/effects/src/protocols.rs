//! Methods of the user's classes that syntax and builtins call: `__add__`, `__len__`, `__bool__`, `__str__`.

use srcify_syntax::TextRange;
use srcify_syntax::ast::{self, Expr};

use crate::analyze::Analyzer;
use crate::calls::{Passed, Site};
use crate::value::Value;
use crate::{Effect, Type};

impl<'a> Analyzer<'a> {
    /// Calls a method of the user's class, when the value has one; what it gives back.
    pub(crate) fn protocol(
        &mut self,
        value: &Value,
        method: &str,
        arguments: &[Value],
    ) -> Option<Value> {
        if self.classes.is_empty() || value.callable.is_some() {
            return None;
        }
        let ty = value.ty.clone()?;
        let mut result: Option<Value> = None;
        for member in ty.members() {
            let Some((_, owner)) = self.find_class(&member.name, method) else {
                continue;
            };
            let Some(index) = owner.methods.get(method).copied() else {
                continue;
            };
            let mut object = value.clone();
            object.ty = Some(member.clone());
            let given = self.call_closure_on(index, &object, arguments);
            result = Some(result.map_or_else(|| given.clone(), |known| known.join(&given)));
        }
        result
    }

    /// Calls a method with these arguments.
    pub(crate) fn call_closure_on(
        &mut self,
        index: usize,
        object: &Value,
        arguments: &[Value],
    ) -> Value {
        let passed: Vec<Passed> = arguments
            .iter()
            .map(|value| Passed {
                name: None,
                value: value.clone(),
                range: TextRange::default(),
                is_keyword: false,
                is_unpacked: false,
                is_link: false,
            })
            .collect();
        self.invoke(index, Some(object.clone()), &passed, TextRange::default())
    }

    /// Evaluates a condition.
    pub(crate) fn test(&mut self, expression: &'a Expr) {
        self.asked(expression);
    }

    /// What a condition is, after it was asked whether it is true.
    pub(crate) fn asked(&mut self, expression: &'a Expr) -> Value {
        let value = self.evaluate(expression);
        self.truth(&value);
        value
    }

    /// Asks a value whether it is true.
    pub(crate) fn truth(&mut self, value: &Value) {
        if self.protocol(value, "__bool__", &[]).is_none() {
            self.protocol(value, "__len__", &[]);
        }
    }

    /// Builtins that call methods of what they are given.
    pub(crate) fn builtin_protocol(&mut self, name: &str, arguments: &[Passed]) -> Option<Value> {
        if self.classes.is_empty() {
            return None;
        }
        let methods: &[&str] = match name {
            "len" => &["__len__"],
            "str" | "print" => &["__str__", "__repr__"],
            "format" => &["__format__", "__str__", "__repr__"],
            "repr" => &["__repr__"],
            "bool" => &["__bool__", "__len__"],
            "int" => &["__int__", "__index__"],
            "float" => &["__float__"],
            "hash" => &["__hash__"],
            "abs" => &["__abs__"],
            "round" => &["__round__"],
            "next" => &["__next__"],
            "sorted" | "min" | "max" => {
                self.compare_elements(arguments);
                return None;
            }
            _ => return None,
        };
        let mut result = None;
        for argument in arguments {
            let found = methods
                .iter()
                .find_map(|method| self.protocol(&argument.value, method, &[]));
            result = result.or(found);
        }
        result.filter(|_| matches!(name, "abs" | "round" | "next"))
    }

    /// `dataclasses.replace` makes another object of the same class, which runs what the class does when it is made.
    pub(crate) fn replaced(
        &mut self,
        object: &Value,
        arguments: &mut [Passed],
        site: &Site,
    ) -> Value {
        let members = object.ty.iter().flat_map(Type::members);
        let known: Vec<String> = members
            .map(|it| it.name.to_string())
            .filter(|it| self.classes.contains_key(it))
            .collect();
        let is_known = !known.is_empty();
        let classes = if is_known {
            known
        } else {
            let records = self.classes.iter().filter(|(_, it)| it.is_dataclass);
            records.map(|(name, _)| name.clone()).collect()
        };
        let mut result: Option<Value> = None;
        for class in classes {
            let mut made = self.construct(&class, &mut arguments[1..], site);
            self.note_replaced(&class, &made, object, &arguments[1..]);
            // What is not replaced is shared with the first.
            made.absorb(object);
            result = Some(result.map_or_else(|| made.clone(), |others| others.join(&made)));
        }
        let mut result = result.unwrap_or_else(|| self.derived(object, None));
        if !is_known {
            result.ty = None;
        }
        result
    }

    /// Sorting compares elements.
    fn compare_elements(&mut self, arguments: &[Passed]) {
        let Some(first) = arguments.first() else {
            return;
        };
        let element = first.value.ty.as_ref().and_then(|ty| ty.arguments.first());
        let has_key = arguments.iter().any(|it| it.name.as_deref() == Some("key"));
        if let Some(element) = element.filter(|_| !has_key) {
            let element = self.derived(&first.value, Some(element.clone()));
            self.protocol(&element, "__lt__", std::slice::from_ref(&element));
        }
    }

    /// Operators of objects that nobody knows may change them: `first >> second` makes one follow the other, and so may
    /// `first - second` that stands alone. Beside a number or a text they compute, and so does arithmetic whose result goes
    /// on. Whether there is such an object.
    pub(crate) fn use_foreign(
        &mut self,
        left: &Value,
        right: &Value,
        operation: &ast::ExprBinOp,
    ) -> bool {
        let is_foreign = |it: &Value| it.is_foreign && it.ty.is_none();
        if !is_foreign(left) && !is_foreign(right) {
            return false;
        }
        let joins = matches!(
            operation.op,
            ast::Operator::LShift
                | ast::Operator::RShift
                | ast::Operator::BitAnd
                | ast::Operator::BitOr
                | ast::Operator::BitXor
        );
        let alone = self.bare_operation;
        let may_change = joins || alone.is_some_and(|it| it.contains_range(operation.range));
        if may_change && !left.is_immutable() && !right.is_immutable() {
            let outer = std::mem::replace(&mut self.is_cause_unknown, true);
            self.mutate_deeply(left);
            self.mutate_deeply(right);
            self.is_cause_unknown = outer;
        }
        true
    }

    /// The text of a table depends on options of its library: where these are set afterwards, it must be made before.
    pub(crate) fn write_out(&mut self, value: &Value, range: TextRange) {
        let is_early = range.end().to_usize() < self.options_end;
        if is_early && value.is_table() {
            self.add_effect(
                Effect::GlobalState,
                range,
                "options of how tables are shown",
            );
        }
    }

    /// Looking for an element compares it with the others.
    pub(crate) fn look_into(&mut self, container: &Value, _range: TextRange) {
        let element = container.ty.as_ref().and_then(|ty| ty.arguments.first());
        if let Some(element) = element.cloned() {
            let element = self.derived(container, Some(element));
            self.protocol(&element, "__eq__", std::slice::from_ref(&element));
        }
    }

    /// A generator gives a value to whoever iterates over it.
    pub(crate) fn hand_out(&mut self, value: &Value) {
        if let Some(frame) = self.frames.last_mut() {
            frame.yielded = Some(match frame.yielded.take() {
                Some(earlier) => earlier.join(value),
                None => value.clone(),
            });
        }
    }
}

/// Where a text sets options of how tables are shown for the last time; its beginning, where it never does. What a
/// function or a block sets may come later than its text: nothing is certain then.
pub(crate) fn options_end(text: &str) -> usize {
    const SETTERS: [&str; 5] = [
        "set_printoptions",
        "set_option(",
        "set_options(",
        "reset_option",
        "options.display",
    ];
    let places = SETTERS.iter().flat_map(|it| text.match_indices(it));
    let end = |(at, _): (usize, &str)| {
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let is_inner = line.starts_with([' ', '\t']) || line.contains(':');
        if is_inner { usize::MAX } else { at }
    };
    places.map(end).max().unwrap_or(0)
}

/// The methods of an operator: the left operand's, and the right one's.
pub(crate) fn operator_methods(operator: ast::Operator) -> (&'static str, &'static str) {
    match operator {
        ast::Operator::Add => ("__add__", "__radd__"),
        ast::Operator::Sub => ("__sub__", "__rsub__"),
        ast::Operator::Mult => ("__mul__", "__rmul__"),
        ast::Operator::MatMult => ("__matmul__", "__rmatmul__"),
        ast::Operator::Div => ("__truediv__", "__rtruediv__"),
        ast::Operator::Mod => ("__mod__", "__rmod__"),
        ast::Operator::Pow => ("__pow__", "__rpow__"),
        ast::Operator::LShift => ("__lshift__", "__rlshift__"),
        ast::Operator::RShift => ("__rshift__", "__rrshift__"),
        ast::Operator::BitOr => ("__or__", "__ror__"),
        ast::Operator::BitXor => ("__xor__", "__rxor__"),
        ast::Operator::BitAnd => ("__and__", "__rand__"),
        ast::Operator::FloorDiv => ("__floordiv__", "__rfloordiv__"),
    }
}

/// The method of `left op= right`.
pub(crate) fn in_place_method(operator: ast::Operator) -> &'static str {
    match operator {
        ast::Operator::Add => "__iadd__",
        ast::Operator::Sub => "__isub__",
        ast::Operator::Mult => "__imul__",
        ast::Operator::MatMult => "__imatmul__",
        ast::Operator::Div => "__itruediv__",
        ast::Operator::Mod => "__imod__",
        ast::Operator::Pow => "__ipow__",
        ast::Operator::LShift => "__ilshift__",
        ast::Operator::RShift => "__irshift__",
        ast::Operator::BitOr => "__ior__",
        ast::Operator::BitXor => "__ixor__",
        ast::Operator::BitAnd => "__iand__",
        ast::Operator::FloorDiv => "__ifloordiv__",
    }
}

/// The method of a comparison.
pub(crate) fn comparison_method(operator: ast::CmpOp) -> &'static str {
    match operator {
        ast::CmpOp::NotEq => "__ne__",
        ast::CmpOp::Lt => "__lt__",
        ast::CmpOp::LtE => "__le__",
        ast::CmpOp::Gt => "__gt__",
        ast::CmpOp::GtE => "__ge__",
        _ => "__eq__",
    }
}

/// The type of an operation on two values: what `1 + 2.0` and `frame * 2` are.
pub(crate) fn operator_type(left: &Value, right: &Value) -> Option<Type> {
    let numbers = [left, right].map(some_number);
    if left.ty != right.ty && numbers.iter().any(Option::is_some) {
        let [one, other] = &numbers;
        return operator_type(
            one.as_ref().unwrap_or(left),
            other.as_ref().unwrap_or(right),
        );
    }
    let rank = |value: &Value| {
        let name = value.ty.as_ref().map(|ty| ty.name.as_str())?;
        RANKS.iter().position(|known| *known == name)
    };
    if let Some(ty) = dates(left, right).or_else(|| containers(left, right)) {
        return Some(ty);
    }
    // Expressions of columns stay what they are.
    let lazy = [left, right].into_iter().find(|it| {
        it.ty
            .as_ref()
            .is_some_and(|ty| ty.name.starts_with("polars."))
    });
    if let Some(lazy) = lazy {
        return lazy.ty.clone();
    }
    match (rank(left), rank(right)) {
        (Some(a), Some(b)) => {
            let later = if a > b { left } else { right };
            later
                .ty
                .clone()
                .filter(|_| a != b || left.ty == right.ty)
                .or_else(|| Some(Type::new(RANKS[a.max(b)])))
        }
        (Some(rank), None) if rank < FIRST_ARRAY && right.is("scalar") => right.ty.clone(),
        (None, Some(rank)) if rank < FIRST_ARRAY && left.is("scalar") => left.ty.clone(),
        (Some(_), None) if right.is("scalar") => left.ty.clone(),
        (None, Some(_)) if left.is("scalar") => right.ty.clone(),
        _ if left.is("datetime.datetime") || left.is("datetime.date") => None,
        _ if left.ty.is_some() && left.ty == right.ty => left.ty.clone(),
        // Arrays, columns and frames compute with texts and dates, element by element.
        (Some(rank), None) if rank >= FIRST_ARRAY && right.is_immutable() => left.ty.clone(),
        (None, Some(rank)) if rank >= FIRST_ARRAY && left.is_immutable() => right.ty.clone(),
        _ => None,
    }
}

/// A number of one of several kinds, as a number.
fn some_number(value: &Value) -> Option<Value> {
    const KINDS: [&str; 6] = [
        "bool",
        "int",
        "float",
        "number",
        "numpy.float64",
        "numpy.int64",
    ];
    let ty = value.ty.as_ref()?;
    let is_some = ty.name == "|" || ty.name == "numpy.int64";
    let is_number = ty
        .members()
        .iter()
        .all(|it| KINDS.contains(&it.name.as_str()));
    (is_some && is_number).then(|| Value::of_type("number"))
}

/// The first of [`RANKS`] that holds several values.
const FIRST_ARRAY: usize = 6;

/// Types whose operations give the later of the two.
const RANKS: &[&str] = &[
    "bool",
    "int",
    "number",
    "float",
    "complex",
    "numpy.float64",
    "numpy.ndarray",
    "pandas.Series",
    "pandas.DataFrame",
];

/// Points in time and spans between them.
fn dates(left: &Value, right: &Value) -> Option<Type> {
    for (point, span) in [
        ("datetime.datetime", "datetime.timedelta"),
        ("datetime.date", "datetime.timedelta"),
        ("pandas.Timestamp", "pandas.Timedelta"),
    ] {
        if left.is(point) && right.is(point) {
            return Some(Type::new(span));
        }
        if left.is(point) && (right.is(span) || right.is("datetime.timedelta")) {
            return left.ty.clone();
        }
    }
    None
}

/// Containers of one kind, whose elements may differ.
fn containers(left: &Value, right: &Value) -> Option<Type> {
    let (left, right) = (left.ty.as_ref()?, right.ty.as_ref()?);
    if left.name != right.name || !matches!(left.name.as_str(), "list" | "set" | "dict") {
        return None;
    }
    if left.arguments.is_empty() || right.arguments.is_empty() {
        return Some(Type::new(&left.name));
    }
    let arguments: Option<Vec<Type>> = left
        .arguments
        .iter()
        .zip(&right.arguments)
        .map(|(left, right)| Type::join(Some(left), Some(right)))
        .collect();
    Some(Type::generic(&left.name, arguments.unwrap_or_default()))
}
