//! Displays and comprehensions: what makes a container.

use std::collections::BTreeSet;
use std::rc::Rc;

use srcify_syntax::Ranged;
use srcify_syntax::ast::{self, Expr};

use crate::Type;
use crate::analyze::Analyzer;
use crate::calls::is_container;
use crate::names::{Access, bound_names};
use crate::statements::leaves_none_out;
use crate::value::{Changes, Entries, Fields, Happened, Later, Objects, Value};
use crate::variables::Env;
use crate::written::{Item, Stored};

/// What larger displays hold is not told apart.
pub(crate) const MAX_ENTRIES: usize = 16;

/// In longer tuples it is not told apart what stands where: a table that is written as one has tens of thousands of places.
const MAX_PLACES: usize = 64;

/// The key of an entry, where it is a literal.
pub(crate) fn key_of(key: &Value) -> Option<Rc<str>> {
    let (ty, literal) = (key.ty.as_ref()?, key.literal.as_ref()?);
    Some(format!("{} {literal}", ty.name).into())
}

impl<'a> Analyzer<'a> {
    /// Displays and comprehensions.
    pub(super) fn display(&mut self, expression: &'a Expr) -> Value {
        match expression {
            Expr::FString(string) => {
                for element in string.value.elements() {
                    if let Some(literal) = element.as_literal() {
                        self.note_mentions(&literal.value);
                    }
                    if let Some(part) = element.as_interpolation() {
                        let value = self.evaluate(&part.expression);
                        self.write_out(&value, part.expression.range());
                        ["__format__", "__str__", "__repr__"]
                            .iter()
                            .find_map(|method| self.protocol(&value, method, &[]));
                    }
                }
                Value::of_type("str")
            }
            Expr::TString(string) => {
                for element in string.value.elements() {
                    if let Some(part) = element.as_interpolation() {
                        self.evaluate(&part.expression);
                    }
                }
                Value::default()
            }
            Expr::List(ast::ExprList { elts, .. }) => self.container("list", elts),
            Expr::Set(ast::ExprSet { elts, .. }) => self.container("set", elts),
            Expr::Tuple(tuple) => self.tuple(&tuple.elts),
            Expr::Dict(dict) => self.dict(dict),
            Expr::ListComp(it) => self.comprehension("list", &it.generators, &[&it.elt]),
            Expr::SetComp(it) => self.comprehension("set", &it.generators, &[&it.elt]),
            Expr::DictComp(it) => {
                let parts: Vec<&Expr> = it.key.as_deref().into_iter().chain([&*it.value]).collect();
                self.comprehension("dict", &it.generators, &parts)
            }
            Expr::Generator(it) => self.generator(it),
            Expr::Slice(slice) => {
                for part in slice.lower.iter().chain(&slice.upper).chain(&slice.step) {
                    self.evaluate(part);
                }
                Value {
                    literal: is_written(slice).then(|| self.program.text(slice.range()).into()),
                    ..Value::of_type("slice")
                }
            }
            _ => self.literal(expression),
        }
    }

    fn container(&mut self, name: &str, elements: &'a [Expr]) -> Value {
        let mut joined: Option<Option<Type>> = None;
        let mut parts = Vec::new();
        for element in elements {
            let value = self.evaluate(element);
            if name == "set" {
                self.protocol(&value, "__hash__", &[]);
            }
            let ty = if element.is_starred_expr() {
                None
            } else {
                value.element_type()
            };
            joined = Some(match joined {
                Some(known) => Type::join(known.as_ref(), ty.as_ref()),
                None => ty,
            });
            parts.push(value);
        }
        let arguments = match joined {
            None => vec![Type::never()],
            Some(element) => vec![Type::or_unknown(one_of_displays(element, elements))],
        };
        let mut container = self.fresh(Some(Type::generic(name, arguments)));
        for (element, part) in elements.iter().zip(&parts) {
            merge(&mut container, part, element.is_starred_expr());
        }
        if name == "list" && !elements.iter().any(Expr::is_starred_expr) {
            container.fields = Fields::of_elements(parts.iter());
            let keys = (0..parts.len()).map(|it| Some(format!("int {it}").into()));
            container.entries = self.entries(keys.zip(parts));
        }
        container
    }

    /// What stands under keys that are known, where it may change.
    fn entries(
        &mut self,
        parts: impl Iterator<Item = (Option<Rc<str>>, Value)>,
    ) -> Option<Entries> {
        let mut known: Vec<(Rc<str>, Value)> = Vec::new();
        for (key, value) in parts {
            let Some(key) = key else {
                known.clear(); // it may take the place of any before it
                continue;
            };
            known.retain(|(it, _)| *it != key);
            known.push((key, value));
        }
        let may_change = known.iter().any(|(_, it)| !it.own.is_empty());
        let is_kept = may_change && known.len() <= MAX_ENTRIES;
        self.has_entries |= is_kept;
        is_kept.then(|| Rc::new(known))
    }

    fn tuple(&mut self, elements: &'a [Expr]) -> Value {
        let parts: Vec<Value> = elements
            .iter()
            .map(|element| self.evaluate(element))
            .collect();
        let types = parts
            .iter()
            .map(|part| Type::or_unknown(part.element_type()));
        let has_star = elements.iter().any(Expr::is_starred_expr);
        let ty = if has_star {
            Type::new("tuple")
        } else {
            tuple_type(types.collect())
        };
        let mut tuple = self.fresh(Some(ty));
        for (element, part) in elements.iter().zip(&parts) {
            merge(&mut tuple, part, element.is_starred_expr());
        }
        tuple.fields = Fields::of_elements(parts.iter()).filter(|_| !has_star);
        if !has_star && parts.len() <= MAX_PLACES {
            tuple.parts = parts;
        }
        tuple
    }

    fn dict(&mut self, dict: &'a ast::ExprDict) -> Value {
        let mut types: Option<(Option<Type>, Option<Type>)> = dict
            .items
            .is_empty()
            .then(|| (Some(Type::never()), Some(Type::never())));
        let mut parts = Vec::new();
        let mut keys = Vec::new();
        for item in &dict.items {
            let key = item
                .key
                .as_ref()
                .map_or_else(Value::default, |key| self.evaluate(key));
            self.protocol(&key, "__hash__", &[]);
            let value = self.evaluate(&item.value);
            let (key_type, value_type) = match &item.key {
                Some(_) => (key.element_type(), value.element_type()),
                None => pair_types(&value),
            };
            types = Some(match types {
                Some((keys, values)) => (
                    Type::join(keys.as_ref(), key_type.as_ref()),
                    Type::join(values.as_ref(), value_type.as_ref()),
                ),
                None => (key_type, value_type),
            });
            keys.push(key_of(&key));
            parts.push(value);
        }
        let arguments = match types {
            Some((None, None)) | None => Vec::new(),
            Some((key, value)) => {
                let are_records = dict.items.iter().all(|it| it.value.is_dict_expr());
                let values = dict.items.iter().map(|it| &it.value);
                let value = if are_records {
                    one_of_displays(value, values)
                } else {
                    value
                };
                vec![Type::or_unknown(key), Type::or_unknown(value)]
            }
        };
        let mut result = self.fresh(Some(Type::generic("dict", arguments)));
        for (item, part) in dict.items.iter().zip(&parts) {
            merge(&mut result, part, item.key.is_none());
        }
        let items = self.written_items(dict, &keys, &parts);
        result.fields = Fields::of_record(&keys, &parts);
        result.entries = self.entries(keys.into_iter().zip(parts));
        self.write_items(&mut result, items);
        result
    }

    /// What stands under which key, where all of them are written down.
    fn written_items(
        &self,
        dict: &ast::ExprDict,
        keys: &[Option<Rc<str>>],
        parts: &[Value],
    ) -> Option<Vec<Item>> {
        let mut items: Vec<Item> = Vec::new();
        for ((it, key), part) in dict.items.iter().zip(keys).zip(parts) {
            let new = match (&it.key, key) {
                (Some(_), Some(key)) => {
                    vec![(key.strip_prefix("str ")?.into(), Stored::of(part))]
                }
                (Some(_), None) => return None,
                (None, _) => self.items(part)?.to_vec(),
            };
            for (key, value) in new {
                items.retain(|(it, _)| *it != key);
                items.push((key, value));
            }
        }
        Some(items)
    }

    fn comprehension(
        &mut self,
        name: &str,
        generators: &'a [ast::Comprehension],
        parts: &[&'a Expr],
    ) -> Value {
        let values = self.comprehend(generators, parts);
        if let Some(key) = values.first().filter(|_| name != "list").cloned() {
            self.protocol(&key, "__hash__", &[]);
        }
        let arguments = values
            .iter()
            .map(|value| Type::or_unknown(value.element_type()));
        let mut result = self.fresh(Some(Type::generic(name, arguments.collect())));
        // Keys of dictionaries are hashable.
        for value in &values[values.len().saturating_sub(1)..] {
            result.absorb(value);
        }
        result
    }

    fn comprehend(
        &mut self,
        generators: &'a [ast::Comprehension],
        parts: &[&'a Expr],
    ) -> Vec<Value> {
        let mut names = BTreeSet::new();
        for generator in generators {
            bound_names(&generator.target, &mut names);
        }
        let shadowed: Vec<(String, Option<Value>)> = names
            .iter()
            .map(|name| (name.clone(), self.scope().get(name).cloned()))
            .collect();
        for generator in generators {
            let iterable = self.evaluate(&generator.iter);
            let element = self.element(&iterable, generator.iter.range());
            self.assign_local(&generator.target, &element);
            for condition in &generator.ifs {
                self.test(condition);
            }
        }
        let depth = self.comprehended.len();
        self.comprehended.extend(names);
        let conditions = || generators.last().into_iter().flat_map(|it| &it.ifs);
        let values = parts.iter().map(|part| {
            let value = self.evaluate(part);
            // `[x.y for x in xs if x.y is not None]`
            let is_asked = conditions().any(|it| leaves_none_out(it, part));
            let narrowed = value.but_for_none().filter(|_| is_asked);
            narrowed.unwrap_or(value)
        });
        let values = values.collect();
        self.comprehended.truncate(depth);
        for (name, value) in shadowed {
            match value {
                Some(value) => self.scope().insert(name, value),
                None => {
                    self.scope().remove(&name);
                }
            }
        }
        values
    }

    /// A generator expression runs when it is iterated: its effects wait in its value.
    fn generator(&mut self, generator: &'a ast::ExprGenerator) -> Value {
        let before = self.record.effects;
        // What is converted does not rest on when it is iterated.
        let heard_from = std::mem::replace(&mut self.heard_from, self.frames.len());
        self.record.effects = Happened::default();
        let names = self.names_so_far();
        let known = self.record.mutated.all.clone();
        let known_asleep = self.record.asleep.all.clone();
        let oldest = self.next_object;
        let values = self.comprehend(&generator.generators, &[&generator.elt]);
        let mut changed = Objects::new();
        changed.add_older(&self.record.mutated.all, oldest);
        let mut asleep = Objects::new();
        asleep.add_older(&self.record.asleep.all, oldest);
        let later = Later::of(Changes {
            objects: &changed - &known,
            asleep: &asleep - &known_asleep,
            reads: self.names_read_later(generator),
            ..Changes::default()
        });
        let lazy = std::mem::replace(&mut self.record.effects, before);
        if !self.is_presuming {
            self.record.effects.extend(lazy);
        }
        self.heard_from = heard_from;
        let element = values.iter().filter_map(Value::element_type);
        let mut value = self.fresh(Some(Type::generic("Generator", element.collect())));
        for part in &values {
            value.absorb(part);
        }
        value.deep.extend(self.seen_by(generator));
        value.lazy.extend(lazy);
        value.later = value.later.and(&later).and(&self.names_since(names));
        value
    }

    /// The names of the module that a generator reads when it is iterated: all but what it goes through first.
    fn names_read_later(&self, generator: &ast::ExprGenerator) -> BTreeSet<String> {
        let loops = generator.generators.iter().enumerate();
        let parts =
            loops.flat_map(|(at, it)| (at > 0).then_some(&it.iter).into_iter().chain(&it.ifs));
        let own = own_names(generator);
        let mut names = BTreeSet::new();
        for part in parts.chain([&*generator.elt]) {
            let access = Access::of_expression(part);
            let read = access.reads.into_iter().chain(access.captures);
            names.extend(read.filter(|it| self.globals.get(it).is_some() && !own.contains(it)));
        }
        names
    }

    /// The objects that a generator looks at while it is iterated, as those of what it goes through.
    fn seen_by(&self, generator: &ast::ExprGenerator) -> Objects {
        let loops = generator.generators.iter();
        let parts = loops.flat_map(|it| std::iter::once(&it.iter).chain(&it.ifs));
        // What it goes through first is computed outside of it.
        let own = own_names(generator);
        let mut objects = Objects::new();
        for (at, part) in parts.chain([&*generator.elt]).enumerate() {
            let access = Access::of_expression(part);
            let read = access.reads.iter().chain(&access.captures);
            for name in read.filter(|it| at == 0 || !own.contains(*it)) {
                let local = self.frames.last().and_then(|it| it.locals.get(name));
                let value = local.or_else(|| self.globals.get(name));
                objects.extend(value.into_iter().flat_map(Value::objects));
            }
        }
        objects
    }

    pub(super) fn scope(&mut self) -> &mut Env {
        match self.frames.last_mut() {
            Some(frame) => &mut frame.locals,
            None => &mut self.globals,
        }
    }

    /// Binds a comprehension's target, which is local to it.
    fn assign_local(&mut self, target: &'a Expr, value: &Value) {
        match target {
            Expr::Name(name) => {
                self.scope().insert(name.id.to_string(), value.clone());
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                for (index, element) in elts.iter().enumerate() {
                    let part = self.part(value, index, elts.len());
                    self.assign_local(element, &part);
                }
            }
            Expr::Starred(starred) => self.assign_local(&starred.value, value),
            _ => self.assign(target, value),
        }
    }
}

/// The names that a generator binds for itself.
fn own_names(generator: &ast::ExprGenerator) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for each in &generator.generators {
        bound_names(&each.target, &mut names);
    }
    names
}

/// Puts a value into a container, or, where it is unpacked, what it contains.
fn merge(container: &mut Value, part: &Value, is_unpacked: bool) {
    if is_unpacked {
        container.take_elements(part);
    }
    if !is_unpacked || !is_container(part) {
        container.absorb(part);
    } else {
        container.take_functions(part);
    }
}

/// The types of the keys and values of a dictionary that is unpacked into another: `{**defaults, "rate": 1}`.
fn pair_types(mapping: &Value) -> (Option<Type>, Option<Type>) {
    const MAPPINGS: [&str; 3] = ["dict", "collections.defaultdict", "collections.OrderedDict"];
    let known = mapping.ty.as_ref();
    let known = known.filter(|it| MAPPINGS.contains(&it.name.as_str()));
    match known.map(|it| &it.arguments[..]) {
        Some([key, value]) => (Some(key.clone()), Some(value.clone())),
        _ => (None, None),
    }
}

/// One type for dictionaries and lists that stand in a display: each holds what is written there, and may hold what the
/// others do.
fn one_of_displays<'e>(
    joined: Option<Type>,
    elements: impl IntoIterator<Item = &'e Expr>,
) -> Option<Type> {
    let is_display = |it: &Expr| matches!(it, Expr::Dict(_) | Expr::List(_) | Expr::Set(_));
    let one = joined.as_ref().and_then(Type::one_container);
    let one = one.filter(|_| elements.into_iter().all(is_display));
    one.or(joined)
}

/// The type of a tuple with elements of these types.
fn tuple_type(elements: Vec<Type>) -> Type {
    if elements.len() <= MAX_PLACES {
        return Type::generic("tuple", elements);
    }
    let plain = joined(elements.clone()).filter(|it| it.name != "|");
    let joined = plain.or_else(|| joined(elements.into_iter().map(of_any_length)));
    Type::tuple_of(Type::or_unknown(joined))
}

fn joined(types: impl IntoIterator<Item = Type>) -> Option<Type> {
    let mut types = types.into_iter();
    let first = types.next()?;
    types.try_fold(first, |all, it| Type::join(Some(&all), Some(&it)))
}

/// A tuple of things of one type, as one of any length.
fn of_any_length(ty: Type) -> Type {
    match &ty.arguments[..] {
        [first, rest @ ..] if ty.name == "tuple" && rest.iter().all(|it| it == first) => {
            Type::tuple_of(first.clone())
        }
        _ => ty,
    }
}

/// Whether the bounds of a slice are whole numbers that are written there, without steps.
fn is_written(slice: &ast::ExprSlice) -> bool {
    let is_number = |it: &Expr| match it {
        Expr::UnaryOp(minus) => {
            minus.op == ast::UnaryOp::USub && minus.operand.is_number_literal_expr()
        }
        _ => it.is_number_literal_expr(),
    };
    let mut bounds = slice.lower.iter().chain(&slice.upper);
    slice.step.is_none() && bounds.all(|it| is_number(it))
}

#[cfg(test)]
mod tests {
    use super::{MAX_PLACES, tuple_type};
    use crate::Type;

    #[test]
    fn a_table_written_as_a_tuple_has_rows_and_no_places() {
        let row = |length: usize| Type::generic("tuple", vec![Type::new("int"); length]);
        let check = |rows: Vec<Type>, expected: &str| {
            assert_eq!(tuple_type(rows).to_string(), expected);
        };
        check(vec![row(1), row(2)], "tuple[tuple[int], tuple[int, int]]");
        check(vec![row(2); MAX_PLACES + 1], "tuple[tuple[int, int], ...]");
        check((1..100).map(row).collect(), "tuple[tuple[int, ...], ...]");
        let mixed = ["int", "str"].map(Type::new).into_iter().cycle();
        check(mixed.take(100).collect(), "tuple[int | str, ...]");
    }
}
