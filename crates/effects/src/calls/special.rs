//! Builtins and functions of the standard library whose results depend on the user's own functions and classes.

use std::collections::BTreeMap;
use std::rc::Rc;

use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::snippet;

use super::{Passed, Site};
use crate::analyze::Analyzer;
use crate::types::SUPER;
use crate::value::{Callable, MethodReceiver, Value};
use crate::{Effect, Type};

/// What an `operator.methodcaller` runs: the name of a method, its arguments, and the object.
const CALL_BY_NAME: &str = "operator.methodcaller()";

impl Analyzer<'_> {
    /// Calls that the catalog cannot describe; `None` for all others.
    #[expect(clippy::too_many_lines, reason = "a table of names")]
    pub(super) fn special_call(
        &mut self,
        path: &str,
        arguments: &mut [Passed],
        site: &Site,
    ) -> Option<Value> {
        let first = arguments.first().map(|it| it.value.clone());
        match path {
            "super" => Some(self.parent(first)),
            "__import__" => {
                // With names to take from it, it gives the module itself.
                let is_asked = |it: &Passed| it.name.as_deref() == Some("fromlist");
                let is_whole = arguments.len() > 3 || arguments.iter().any(is_asked);
                self.named_module(&first?.literal?, is_whole)
            }
            "type" if arguments.len() == 1 => {
                let class = first?.ty?.name.to_string();
                self.classes.contains_key(&class).then(|| Value {
                    callable: Some(Callable::Class(class)),
                    ..Value::of_type("type")
                })
            }
            "type" if arguments.len() == 3 => {
                let bases = arguments[1].value.clone();
                self.make_class(&bases);
                None
            }
            "collections.namedtuple" => {
                let name = first?.literal?.to_string();
                let fields = self.field_names(arguments.get(1));
                let open = Value::default;
                let class = crate::analyze::Class {
                    bases: vec!["tuple".to_owned()],
                    attributes: fields.iter().map(|it| (it.clone(), open())).collect(),
                    own_attributes: fields.iter().cloned().collect(),
                    fields,
                    ..crate::analyze::Class::default()
                };
                self.classes.insert(name.clone(), Rc::new(class));
                Some(Value {
                    callable: Some(Callable::Class(name)),
                    ..Value::of_type("type")
                })
            }
            "functools.partial" => {
                let callable = first?.called()?;
                self.partials.push(arguments[1..].to_vec());
                let mut value = Value {
                    callable: Some(Callable::Partial(
                        Box::new(callable),
                        self.partials.len() - 1,
                    )),
                    ..Value::of_type("function")
                };
                for argument in &arguments[1..] {
                    value.holds.add(&argument.value.reach());
                }
                Some(value)
            }
            "operator.methodcaller" => {
                first?.literal?;
                self.partials.push(arguments.to_vec());
                let by_name = Callable::Path(CALL_BY_NAME.into());
                let mut value = Value {
                    callable: Some(Callable::Partial(
                        Box::new(by_name),
                        self.partials.len() - 1,
                    )),
                    ..Value::of_type("function")
                };
                for argument in &arguments[1..] {
                    value.holds.add(&argument.value.reach());
                }
                Some(value)
            }
            CALL_BY_NAME => {
                let (name, rest) = arguments.split_first_mut()?;
                let name = name.value.literal.clone()?;
                // What it was made with comes first, the object last.
                let (object, given) = rest.split_last_mut()?;
                let receiver = object.value.clone();
                Some(self.call_method(&receiver, &name, given, site).0)
            }
            "joblib.delayed" | "numpy.vectorize" => {
                let callable = first?.called()?;
                Some(Value {
                    callable: Some(callable),
                    ..Value::of_type("function")
                })
            }
            "contextlib.closing"
            | "contextlib.nullcontext"
            | "contextlib.redirect_stdout"
            | "contextlib.redirect_stderr"
                if !arguments.is_empty() =>
            {
                let inner = first?;
                // Beside others that it may be, it knows no longer what it was given.
                let given = inner.ty.iter().cloned().collect();
                let mut manager = self.fresh(Some(Type::generic(path, given)));
                manager.absorb(&inner);
                manager.parts = vec![inner];
                Some(manager)
            }
            "decimal.getcontext" => {
                let object = self.module_object("decimal.getcontext");
                let mut value = self.fresh(Some(Type::new("decimal.Context")));
                value.own.insert(object);
                Some(value)
            }
            "globals" => Some(Value {
                path: Some("globals()".into()),
                ..Value::default()
            }),
            "vars" | "object.__dict__" => {
                let object = first?;
                Some(Value {
                    ty: Some(Type::new("dict")),
                    own: object.own,
                    views: object.views,
                    holds: object.holds,
                    deep: object.deep,
                    ..Value::default()
                })
            }
            "getattr" => self.read_by_name(arguments, site),
            "setattr" | "delattr" | "object.__setattr__" => {
                self.last_stores.clear();
                let object = first?;
                if object.callable.is_some() || object.path.is_some() {
                    self.add_effect(Effect::GlobalState, site.range, path);
                }
                let method = if path == "delattr" {
                    "__delattr__"
                } else {
                    "__setattr__"
                };
                let is_plain =
                    path.starts_with("object.") || self.protocol(&object, method, &[]).is_none();
                if is_plain && !self.is_undone(site.range) {
                    self.mutate(&object, true);
                }
                if let Some(value) = arguments.get(2) {
                    let value = value.value.clone();
                    self.absorb(&object, &value);
                }
                Some(Value::of_type("None"))
            }
            "iter" if arguments.len() == 2 => {
                let callable = first?;
                self.call_argument(&callable, &[], site);
                Some(self.derived(&callable, Some(Type::new("Iterator"))))
            }
            "dict.fromkeys" => {
                let mut table = self.fresh(Some(Type::new("dict")));
                for argument in arguments.iter().skip(1) {
                    table.absorb(&argument.value);
                }
                Some(table)
            }
            "dataclasses.replace" | "copy.replace" if !self.classes.is_empty() => {
                Some(self.replaced(&first?, arguments, site))
            }
            "copy.copy" => self.protocol(&first?, "__copy__", &[]),
            "copy.deepcopy" => {
                let memo = self.fresh(Some(Type::new("dict")));
                self.protocol(&first?, "__deepcopy__", &[memo])
            }
            "list" | "tuple" => {
                let is_hashed = |it: &Value| it.apparent().is_some_and(|ty| is_set_of_texts(&ty));
                if first.is_some_and(|it| is_hashed(&it)) && self.keeps_order(site) {
                    self.add_effect(Effect::Nondeterministic, site.range, "set");
                }
                self.builtin_protocol(path, arguments)
            }
            "str" | "repr" | "format" => {
                if let Some(first) = first {
                    self.write_out(&first, site.range);
                }
                self.builtin_protocol(path, arguments)
            }
            _ => self.builtin_protocol(path, arguments),
        }
    }

    /// Whether the order of a list that a call gives is one that goes on: nothing sorts, counts or sums it up.
    fn keeps_order(&self, site: &Site) -> bool {
        let text = &self.program.source.text;
        let before = text[..site.range.start().to_usize()].trim_end();
        if ORDERLESS.iter().any(|it| before.ends_with(it)) {
            return false;
        }
        let line = before.rsplit('\n').next().unwrap_or(before);
        let name = line.strip_suffix('=').map(str::trim);
        !name.is_some_and(|name| text.contains(&format!("{name}.sort(")))
    }

    /// `__import__("numpy")`, of a library that is known.
    fn named_module(&self, module: &str, is_whole: bool) -> Option<Value> {
        let top = module.split('.').next().unwrap_or(module);
        self.catalog.knows_library(top).then(|| Value {
            path: Some(if is_whole { module } else { top }.into()),
            ..Value::default()
        })
    }

    fn read_by_name(&mut self, arguments: &[Passed], site: &Site) -> Option<Value> {
        let object = arguments.first()?.value.clone();
        let name = arguments.get(1)?.value.literal.clone();
        if let Some(name) = name {
            let value = self.member(&object, &name, site.range);
            return Some(match arguments.get(2) {
                Some(default) => value.join(&default.value),
                None => value,
            });
        }
        if object.path.is_some() || object.callable.is_some() {
            return None;
        }
        let mut value = self.derived(&object, None);
        let text = self.program.text(arguments.get(1)?.range);
        value.callable = self.methods_beginning(&object, beginning(text));
        Some(value)
    }

    /// One of the methods of an object of the program's class whose names begin with a text; `None` where it may have others.
    fn methods_beginning(&self, object: &Value, beginning: &str) -> Option<Callable> {
        let class = object.ty.as_ref()?.name.as_str();
        if !object.functions.is_empty() || !self.classes.contains_key(class) {
            return None;
        }
        let lineage = self.lineage(class);
        let is_own = |it: &String| self.classes.contains_key(it) || it == "object";
        let mut found = BTreeMap::new();
        for (_, known) in lineage.iter().rev() {
            let is_asked = |name: &&String| name.starts_with(beginning);
            let holds_any = known.attributes.keys().any(|it| is_asked(&it));
            if holds_any
                || !known.bases.iter().all(is_own)
                || known.methods.contains_key("__getattr__")
            {
                return None;
            }
            for (name, index) in known.methods.iter().filter(|(name, _)| is_asked(name)) {
                let is_bound = !known.unbound.contains(name) && !known.bound_to_type.contains(name);
                if known.properties.contains(name) || !is_bound {
                    return None;
                }
                found.insert(name.clone(), *index);
            }
        }
        let receiver = Self::receiver_of(object);
        let methods = found.into_values();
        let methods = methods.map(|it| Callable::Method(it, Rc::clone(&receiver)));
        Callable::one_of(Rc::new(methods.collect()))
    }

    /// `super()`: the object, as one of its class's bases.
    fn parent(&mut self, named: Option<Value>) -> Value {
        let frame = self.frames.last();
        let own = frame.and_then(|frame| self.closures[frame.closure].class.clone());
        let class = match named.and_then(|it| it.callable) {
            Some(Callable::Class(class)) => Some(class),
            _ => own,
        };
        let class = class.unwrap_or_default();
        let Some(known) = self.classes.get(&class).cloned() else {
            return Value::default();
        };
        let object = frame
            .and_then(|frame| Some((frame, frame.parameters.first()?)))
            .and_then(|(frame, (name, _))| frame.locals.get(name).cloned())
            .unwrap_or_default();
        let bases = self.bases_after(&object, &class, known.bases.clone());
        let base = format!("{SUPER}{}", bases.join(" "));
        let parent = crate::analyze::Class {
            bases,
            ..crate::analyze::Class::default()
        };
        self.classes.insert(base.clone(), Rc::new(parent));
        let actual = object.ty.clone().into_iter().collect();
        Value {
            ty: Some(Type::generic(&base, actual)),
            ..object
        }
    }

    /// Where `super()` looks for members: among the bases of the object's class, after the class whose method asks.
    fn bases_after(&self, object: &Value, class: &str, bases: Vec<String>) -> Vec<String> {
        let actual = match (&object.callable, &object.ty) {
            (Some(Callable::Class(class)), _) => class.as_str(),
            (None, Some(ty)) => ty.name.as_str(),
            _ => return bases,
        };
        let order = self.resolution_order(actual);
        let Some(at) = order.iter().position(|it| *it == class) else {
            return bases;
        };
        let own = order[at + 1..].iter().map(ToString::to_string);
        let foreign = bases
            .into_iter()
            .filter(|it| !self.classes.contains_key(it));
        own.chain(foreign).collect()
    }

    /// The object of a method reached through `super()`.
    pub(crate) fn receiver_of(object: &Value) -> Rc<MethodReceiver> {
        let mut receiver = MethodReceiver::of(object);
        let ty = object.ty.as_ref().and_then(Type::of_object);
        if receiver.ty.as_ref() != ty {
            Rc::make_mut(&mut receiver).ty = ty.cloned();
        }
        receiver
    }
}

/// What a list is given to whose order does not matter.
const ORDERLESS: &[&str] = &[
    "sorted(", "len(", "set(", "sum(", "min(", "max(", "any(", "all(", "Counter(", "unique(",
];

/// A set that iterates in another order in each process, for texts have other hashes.
fn is_set_of_texts(ty: &Type) -> bool {
    let element = ty.arguments.first();
    matches!(ty.name.as_str(), "set" | "frozenset") && element.is_some_and(|it| it.name == "str")
}

/// What a text that is put together begins with, as far as it is written down: `"do_" + word`, `f"do_{word}"`.
fn beginning(text: &str) -> &str {
    let text = text.strip_prefix('f').unwrap_or(text);
    let Some(rest) = text.strip_prefix(['"', '\'']) else {
        return "";
    };
    let end = rest.find(['"', '\'', '{', '\\', '%']);
    end.map_or("", |it| &rest[..it])
}

impl Analyzer<'_> {
    /// The fields of a named tuple: a text with spaces or commas between them, or a list of texts.
    fn field_names(&self, fields: Option<&Passed>) -> Vec<String> {
        let Some(fields) = fields else {
            return Vec::new();
        };
        if let Some(text) = &fields.value.literal {
            let names = text.split([' ', ',']).filter(|it| !it.is_empty());
            return names.map(str::to_owned).collect();
        }
        // `["x", "y"]`
        let display = snippet(self.program.text(fields.range));
        let elements = match display.statements() {
            [Stmt::Expr(it)] => match &*it.value {
                Expr::List(it) => &it.elts[..],
                Expr::Tuple(it) => &it.elts[..],
                _ => &[],
            },
            _ => &[],
        };
        let texts = elements.iter().filter_map(Expr::as_string_literal_expr);
        let written: Vec<String> = texts.map(|it| it.value.to_str().to_owned()).collect();
        if !written.is_empty() {
            return written;
        }
        let parts = fields.value.parts.iter();
        parts
            .filter_map(|it| it.literal.as_deref().map(str::to_owned))
            .collect()
    }
}
