//! Dictionaries of which is known what stands under which key: options, keywords that are passed on, tables of functions.
//!
//! That is known until the dictionary changes, whoever changes it, and of those that functions share only where the whole
//! program does nothing but look things up in them.

use std::collections::BTreeSet;
use std::rc::Rc;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_parameter, walk_stmt};
use srcify_syntax::ast::{self, CmpOp, Expr};
use srcify_syntax::{Ranged, TextRange};

use crate::Type;
use crate::analyze::{Analyzer, Body};
use crate::calls::Passed;
use crate::passing::Passing;
use crate::value::{Object, Objects, Value};

/// What stands under the keys of a dictionary, all of which are texts.
#[derive(Debug)]
pub(crate) struct Written {
    dictionary: Object,
    /// How often the dictionary had changed.
    changes: u32,
    items: Vec<Item>,
    /// Items were set or taken out since it was made.
    is_amended: bool,
}

/// A key, and what stands under it.
pub(crate) type Item = (Rc<str>, Stored);

/// What stands under a key.
#[derive(Debug, Clone)]
pub(crate) enum Stored {
    /// Something that never changes, or a function.
    Plain(Box<Value>),
    /// An object of some class.
    Object(Option<Type>),
}

impl Stored {
    /// What is known of a value in a dictionary.
    pub fn of(value: &Value) -> Self {
        let is_plain = value.ty.is_some() || value.path.is_some();
        if value.called().is_some() || (is_plain && value.reach().is_empty()) {
            return Self::Plain(Box::new(value.clone()));
        }
        Self::Object(value.ty.as_ref().map(|it| Type::new(&it.name)))
    }

    pub(crate) fn plain(&self) -> Option<&Value> {
        match self {
            Self::Plain(value) => Some(value),
            Self::Object(_) => None,
        }
    }
}

/// What larger dictionaries hold is not looked up.
const MAX_ITEMS: usize = 32;

impl<'a> Analyzer<'a> {
    /// Notes what a new dictionary holds.
    pub(crate) fn write_items(&mut self, dictionary: &mut Value, items: Option<Vec<Item>>) {
        let [object] = dictionary.own.iter().as_slice() else {
            return;
        };
        let Some(items) = items.filter(|it| it.len() <= MAX_ITEMS) else {
            return;
        };
        let changes = *self.dictionaries.entry(*object).or_default();
        dictionary.written = Some(Rc::new(Written {
            dictionary: *object,
            changes,
            items,
            is_amended: false,
        }));
    }

    /// What a dictionary holds, where that is known.
    pub(crate) fn items<'v>(&self, dictionary: &'v Value) -> Option<&'v [Item]> {
        let written = dictionary.written.as_deref()?;
        let changes = self.dictionaries.get(&written.dictionary)?;
        (*changes == written.changes).then_some(&written.items[..])
    }

    /// What stands under a key that is written down.
    pub(crate) fn item_at<'v>(&self, dictionary: &'v Value, key: &Value) -> Option<&'v Value> {
        dictionary.written.as_ref()?;
        let key = key.literal.as_deref().filter(|_| key.is("str"))?;
        let items = self.items(dictionary)?;
        let (_, value) = items.iter().find(|(it, _)| **it == *key)?;
        value.plain()
    }

    /// Objects change: what was known of dictionaries among them is so no more.
    pub(crate) fn change_dictionaries(&mut self, objects: &Objects) {
        if self.dictionaries.len() < objects.len() {
            for (object, changes) in &mut self.dictionaries {
                *changes += u32::from(objects.contains(object));
            }
            return;
        }
        if self.dictionaries.is_empty() {
            return;
        }
        for object in objects {
            if let Some(changes) = self.dictionaries.get_mut(object) {
                *changes += 1;
            }
        }
    }

    /// Of what functions share is known what stands in it where nothing can change it.
    pub(crate) fn shared_dictionary(&self, name: &str, mut value: Value) -> Value {
        if value.written.is_some() && !self.is_only_read(name) {
            value.written = None;
        }
        value
    }

    /// Whether the program does nothing with a name of the module but look things up in it.
    fn is_only_read(&self, name: &str) -> bool {
        let handed = self.handed_on.get_or_init(|| {
            let mut handed = Handed {
                own: self.own_lookers(),
                ..Handed::default()
            };
            for unit in self.program.units() {
                handed.visit_stmt(self.program.statement(unit.id));
            }
            handed.names.into_iter().map(str::to_owned).collect()
        });
        self.is_constant(name) && !handed.contains(name)
    }

    /// Names of functions that only look, which the program binds to something else, in whatever scope.
    fn own_lookers(&self) -> BTreeSet<&'static str> {
        struct Bound(BTreeSet<&'static str>);
        impl Bound {
            fn note(&mut self, name: &str) {
                self.0.extend(LOOKERS.iter().filter(|it| **it == name));
            }
        }
        impl<'a> Visitor<'a> for Bound {
            fn visit_stmt(&mut self, statement: &'a ast::Stmt) {
                match statement {
                    ast::Stmt::FunctionDef(it) => self.note(&it.name),
                    ast::Stmt::ClassDef(it) => self.note(&it.name),
                    _ => {}
                }
                walk_stmt(self, statement);
            }

            fn visit_expr(&mut self, expression: &'a Expr) {
                if let Expr::Name(it) = expression
                    && !it.ctx.is_load()
                {
                    self.note(&it.id);
                }
                walk_expr(self, expression);
            }

            fn visit_parameter(&mut self, parameter: &'a ast::Parameter) {
                self.note(&parameter.name);
                walk_parameter(self, parameter);
            }

            fn visit_alias(&mut self, alias: &'a ast::Alias) {
                self.note(alias.asname.as_ref().unwrap_or(&alias.name));
            }
        }
        let mut bound = Bound(BTreeSet::new());
        for unit in self.program.units() {
            bound.visit_stmt(self.program.statement(unit.id));
        }
        bound.0
    }

    /// What the variable of a dictionary holds, where an expression is its name and that is the same each time.
    fn named_items(&self, expression: &Expr) -> Option<&[Item]> {
        let dictionary = self.named_dictionary(expression)?;
        let is_amended = dictionary.written.as_ref()?.is_amended;
        self.items(dictionary)
            .filter(|_| !is_amended || self.is_never_left())
    }

    /// Whether nothing in the function that runs leaves what it does half done, and goes on.
    fn is_never_left(&self) -> bool {
        let frame = self.frames.last();
        let body = frame.map(|it| self.closures[it.closure].body);
        let Some(Body::Statements(statements)) = body else {
            return true;
        };
        let (Some(first), Some(last)) = (statements.first(), statements.last()) else {
            return true;
        };
        let body = TextRange::new(first.start(), last.end());
        let text = self.program.text(body);
        !["try", "with"].iter().any(|it| text.contains(it))
    }

    fn named_dictionary(&self, expression: &Expr) -> Option<&Value> {
        let name = expression.as_name_expr()?.id.as_str();
        let frame = self.frames.last()?;
        if let Some(value) = frame.locals.get(name) {
            // Functions that are defined here may change it.
            let is_rebound = frame.names.rebound.contains(name);
            let is_steady = !frame.is_kept && (!is_rebound || self.is_never_left());
            return Some(value).filter(|_| is_steady);
        }
        let is_global = !frame.names.locals.contains(name) && frame.enclosing.is_none();
        let value = self.globals.get(name).filter(|_| is_global)?;
        self.rests_on_constants.set(true);
        (value.written.is_some() && self.is_only_read(name)).then_some(value)
    }

    /// Keywords out of a dictionary that is unpacked, one by one.
    pub(crate) fn spread(&mut self, arguments: &[Passed]) -> Option<Vec<Passed>> {
        let is_spread = |it: &&Passed| it.is_unpacked && it.is_keyword && it.name.is_none();
        let mut unpacked = arguments.iter().filter(is_spread);
        if !unpacked.any(|it| self.items(&it.value).is_some()) {
            return None;
        }
        let mut spread = Vec::new();
        for argument in arguments {
            let items = self.items(&argument.value);
            let items = items.filter(|_| is_spread(&argument));
            let Some(items) = items.map(<[Item]>::to_vec) else {
                spread.push(argument.clone());
                continue;
            };
            for (name, value) in items {
                let value = match value {
                    Stored::Plain(value) => *value,
                    Stored::Object(ty) => {
                        let mut value = self.derived(&argument.value, ty);
                        value.views.clear(); // the dictionary stays as it is
                        value
                    }
                };
                spread.push(Passed {
                    name: Some(name.to_string()),
                    value,
                    is_unpacked: false,
                    ..argument.clone()
                });
            }
        }
        Some(spread)
    }

    /// What `dict(options, loud=True)` holds.
    pub(crate) fn copied_items(&self, arguments: &[Passed]) -> Option<Vec<Item>> {
        let mut items: Vec<Item> = Vec::new();
        for argument in arguments {
            let new = match &argument.name {
                Some(name) if argument.is_keyword && !argument.is_unpacked => {
                    vec![(name.as_str().into(), Stored::of(&argument.value))]
                }
                _ => self.items(&argument.value)?.to_vec(),
            };
            for (key, value) in new {
                items.retain(|(it, _)| *it != key);
                items.push((key, value));
            }
        }
        Some(items)
    }

    /// What `get` and `pop` give of a dictionary that holds these items.
    pub(crate) fn known_item(items: &[Item], method: &str, arguments: &[Passed]) -> Option<Value> {
        let (key, default) = match arguments {
            [key] => (key, None),
            [key, default] => (key, Some(default)),
            _ => return None,
        };
        let text = key
            .value
            .literal
            .as_deref()
            .filter(|_| key.value.is("str"))?;
        let known = items.iter().find(|(it, _)| **it == *text);
        match (known, default) {
            (Some((_, value)), _) => value.plain().cloned(),
            (None, Some(default)) => Some(default.value.clone()),
            (None, None) if method == "get" => Some(Value {
                literal: Some("None".into()),
                ..Value::of_type("None")
            }),
            (None, None) => None,
        }
    }

    /// After an item of a variable was set or taken out, the others are what they were.
    pub(crate) fn rewrite(
        &mut self,
        name: &Expr,
        items: Option<Vec<Item>>,
        key: &Value,
        value: Option<&Value>,
    ) {
        let (Some(mut items), Some(name)) = (items, name.as_name_expr()) else {
            return;
        };
        let Some(key) = key.literal.clone().filter(|_| key.is("str")) else {
            return;
        };
        let mut variables = self.variables();
        let Some(mut variable) = variables.get(&name.id).cloned() else {
            return;
        };
        let known = items.iter_mut().find(|(it, _)| *it == key);
        match (value.map(Stored::of), known) {
            (Some(new), Some(known)) => known.1 = new,
            (Some(new), None) => items.push((key, new)),
            (None, _) => items.retain(|(it, _)| *it != key),
        }
        self.write_items(&mut variable, Some(items));
        let written = variable.written.as_mut().and_then(Rc::get_mut);
        if let Some(written) = written {
            written.is_amended = true;
        }
        variables.insert(name.id.to_string(), variable);
        self.restore(variables);
    }

    /// Notes what a function gathers of what is passed by keyword.
    pub(crate) fn write_gathered(
        &mut self,
        gathered: &mut Value,
        passing: &Passing<'_>,
        parameters: &ast::Parameters,
    ) {
        let named = || parameters.args.iter().chain(&parameters.kwonlyargs);
        let is_own = |name: &str| named().any(|it| it.name().as_str() == name);
        let others = passing.arguments.iter().filter(|it| it.is_keyword);
        let others = others.filter(|it| !it.name.as_deref().is_some_and(is_own));
        let items = others.map(|it| Some((it.name.as_deref()?.into(), Stored::of(&it.value))));
        let items = if gathered.is("dict") && passing.is_complete {
            items.collect()
        } else {
            None
        };
        self.write_items(gathered, items);
    }

    /// Whether a key is, or is not, in a dictionary of which is known what it holds.
    pub(crate) fn settled_membership(
        &self,
        key: &'a Expr,
        operator: CmpOp,
        dictionary: &'a Expr,
    ) -> Option<bool> {
        let key = self.settled_text(key)?;
        let items = self.named_items(dictionary)?;
        let is_in = items.iter().any(|(it, _)| **it == *key);
        match operator {
            CmpOp::In => Some(is_in),
            CmpOp::NotIn => Some(!is_in),
            _ => None,
        }
    }

    /// What `options["loud"]`, or `options.get("loud", False)`, gives.
    pub(crate) fn looked_up(&self, expression: &'a Expr) -> Option<Looked<'_, 'a>> {
        let (dictionary, key, default) = match expression {
            Expr::Subscript(it) => (&*it.value, &*it.slice, None),
            Expr::Call(call) => {
                let method = call.func.as_attribute_expr()?;
                let (key, default) = match &*call.arguments.args {
                    [key] => (key, None),
                    [key, default] => (key, Some(default)),
                    _ => return None,
                };
                let is_get = method.attr.as_str() == "get" && call.arguments.keywords.is_empty();
                (&*method.value, key, Some(default).filter(|_| is_get)?)
            }
            _ => return None,
        };
        self.found_at(dictionary, key, default, expression.is_call_expr())
    }

    /// What `options.pop("loud", False)` gives, before it is taken out.
    pub(crate) fn popped(&self, expression: &'a Expr) -> Option<Looked<'_, 'a>> {
        let call = expression.as_call_expr()?;
        let method = call.func.as_attribute_expr()?;
        let (key, default) = match &*call.arguments.args {
            [key] => (key, None),
            [key, default] => (key, Some(default)),
            _ => return None,
        };
        let is_pop = method.attr.as_str() == "pop" && call.arguments.keywords.is_empty();
        is_pop.then(|| self.found_at(&method.value, key, default, false))?
    }

    fn found_at(
        &self,
        dictionary: &Expr,
        key: &'a Expr,
        default: Option<&'a Expr>,
        has_none: bool,
    ) -> Option<Looked<'_, 'a>> {
        let key = self.settled_text(key)?;
        let items = self.named_items(dictionary)?;
        let mut items = items.iter();
        match (items.find(|(it, _)| **it == *key), default) {
            (Some((_, value)), _) => value.plain().map(Looked::Found),
            (None, Some(default)) => Some(Looked::Default(default)),
            (None, None) => has_none.then_some(Looked::Nothing),
        }
    }
}

/// What was looked up in a dictionary.
pub(crate) enum Looked<'v, 'a> {
    Found(&'v Value),
    Default(&'a Expr),
    Nothing,
}

/// Names that stand for something else than to look things up in it.
#[derive(Default)]
struct Handed<'a> {
    names: BTreeSet<&'a str>,
    /// Names of [`LOOKERS`] that are something else here.
    own: BTreeSet<&'static str>,
}

/// Methods of dictionaries that change nothing, and give nothing that could.
const LOOKUPS: [&str; 5] = ["copy", "get", "items", "keys", "values"];

/// Functions that only look at what they are given, or copy it.
const LOOKERS: [&str; 8] = [
    "bool", "dict", "len", "list", "print", "set", "sorted", "str",
];

impl<'a> Visitor<'a> for Handed<'a> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => {
                if name.ctx.is_load() {
                    self.names.insert(&name.id);
                }
            }
            Expr::Subscript(it) if it.value.is_name_expr() && it.ctx.is_load() => {
                self.visit_expr(&it.slice);
            }
            Expr::Attribute(it)
                if it.value.is_name_expr() && LOOKUPS.contains(&it.attr.as_str()) => {}
            Expr::Compare(it)
                if matches!(&*it.ops, [CmpOp::In | CmpOp::NotIn])
                    && it.comparators[0].is_name_expr() =>
            {
                self.visit_expr(&it.left);
            }
            Expr::Call(call) => {
                let is_looker = |it: &ast::ExprName| {
                    let name = it.id.as_str();
                    LOOKERS.contains(&name) && !self.own.contains(name)
                };
                let looks = call.func.as_name_expr().is_some_and(is_looker);
                self.visit_expr(&call.func);
                for argument in call
                    .arguments
                    .args
                    .iter()
                    .filter(|it| !(looks && it.is_name_expr()))
                {
                    self.visit_expr(argument);
                }
                for keyword in &call.arguments.keywords {
                    if keyword.arg.is_some() || !keyword.value.is_name_expr() {
                        self.visit_expr(&keyword.value);
                    }
                }
            }
            Expr::Dict(dict) => {
                for item in &dict.items {
                    if let Some(key) = &item.key {
                        self.visit_expr(key);
                        self.visit_expr(&item.value);
                    } else if !item.value.is_name_expr() {
                        self.visit_expr(&item.value);
                    }
                }
            }
            _ => walk_expr(self, expression),
        }
    }
}
