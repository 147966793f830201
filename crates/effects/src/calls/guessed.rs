//! Functions of the program that a library is given where nothing says what it does with them: it may call them.

use std::rc::Rc;

use srcify_syntax::TextRange;

use super::{Known, Passed, Site};
use crate::Type;
use crate::analyze::{Analyzer, Class};
use crate::catalog::{Entry, EntryKind};
use crate::distributions::is_standard_library;
use crate::value::{Callable, Value};

impl Analyzer<'_> {
    /// Runs the functions of the program among arguments that `known` does not say to be called, and those that its
    /// object was made with: a scorer, a tokenizer, a function in a table of aggregations. The standard library, whose
    /// entries say what they call, keeps what it is given.
    pub(super) fn call_what_is_given(
        &mut self,
        known: Known<'_>,
        rest: &[&Passed],
        range: TextRange,
    ) {
        let is_foreign = known.name.contains('.') && !is_standard_library(known.name);
        let knows_class = |it: &Value| {
            let class = it.ty.as_ref().map(|ty| ty.name.as_str());
            class.is_some_and(|it| it.contains('.') && !is_standard_library(it))
        };
        if !is_foreign || known.entry.kind == EntryKind::Attribute {
            return;
        }
        // What gives a function back for one keeps it, and calls nothing.
        let is_kept = |it: &Passed| {
            let name = it.name.as_ref();
            name.is_some_and(|name| known.entry.aliases.contains(name))
                && known.entry.kind == EntryKind::Function
        };
        for argument in rest.iter().filter(|it| !is_kept(it)) {
            self.call_perhaps(&argument.value, range);
        }
        if let Some(object) = known.receiver.filter(|it| knows_class(it)) {
            let kept = Value {
                functions: object.functions.clone(),
                ..Value::of_type("list")
            };
            self.call_perhaps(&kept, range);
        }
    }

    /// Runs the functions among an index of a table or column, on what they choose from: `frame.loc[lambda it: it.x > 0]`.
    /// What they give is the index.
    pub(crate) fn call_index(&mut self, container: &Value, index: &mut Value, range: TextRange) {
        if index.parts.iter().any(|it| it.callable.is_some()) {
            for part in &mut index.parts {
                self.call_index(container, part, range);
            }
            let types = index.parts.iter();
            let types = types.map(|it| it.ty.clone().unwrap_or_else(Type::unknown));
            index.ty = Some(Type::generic("tuple", types.collect()));
        }
        if !index.callable.as_ref().is_some_and(is_of_program) {
            return;
        }
        let site = Site {
            range,
            function: range,
        };
        let chosen_from = container.ty.as_ref();
        let of_indexer = |it: &Type| match it.name.as_str() {
            "pandas.LocIndexer" => it.arguments.first().cloned(),
            _ => Some(it.clone()),
        };
        let given = Value {
            ty: chosen_from.and_then(of_indexer),
            ..container.clone()
        };
        let outer = self.guessed_from;
        self.guessed_from = outer.or(Some(self.frames.len()));
        *index = self.call_argument(index, &[given], &site);
        self.guessed_from = outer;
    }

    /// A dictionary with a default makes what is missing, and puts it there.
    pub(crate) fn look_up(&mut self, container: &Value, index: &Value, range: TextRange) {
        let mut members = container.members();
        if members.any(|it| self.makes_missing(&it.name)) {
            self.mutate(container, true);
            self.call_perhaps(container, range);
            self.grow_keys(container, index.element_type().as_ref());
        }
    }

    /// Whether a type is a dictionary with a default, or a class of the program is derived from it.
    fn makes_missing(&self, name: &str) -> bool {
        const MAKER: &str = "collections.defaultdict";
        let is_derived = |class: &Class| {
            class
                .bases
                .iter()
                .any(|it| self.catalog.resolved(it) == MAKER)
        };
        name == MAKER
            || self.classes.contains_key(name)
                && self
                    .lineage(name)
                    .iter()
                    .any(|(_, class)| is_derived(class))
    }

    /// Runs functions of the program that a value is or holds, on arguments that are not known. What they do is an effect
    /// here; that their bodies may do anything, for their arguments may be anything, is none.
    pub(crate) fn call_perhaps(&mut self, value: &Value, range: TextRange) {
        let site = Site {
            range,
            function: range,
        };
        let called = value.callable.iter();
        let all: Vec<Callable> = called.chain(value.functions.iter()).cloned().collect();
        for callable in all.into_iter().filter(is_of_program) {
            let function = Value {
                callable: Some(callable),
                ..Value::default()
            };
            let outer = self.guessed_from;
            self.guessed_from = outer.or(Some(self.frames.len()));
            // Who reads what they read is who wrote them down.
            let reads = self.record.global_reads.clone();
            self.call_argument(&function, &[], &site);
            self.record.global_reads = reads;
            self.guessed_from = outer;
        }
        for part in &value.parts {
            self.call_perhaps(part, range);
        }
    }
}

/// An object keeps the functions of the program that it is made with.
pub(super) fn keep_functions(object: &mut Value, entry: &Entry, arguments: &[Passed]) {
    let keeps = entry.kind == EntryKind::Class || entry.fits_parts;
    let made_with = arguments.iter().filter(|_| keeps);
    for argument in made_with {
        let all = argument.value.callable.iter();
        let all = all.chain(argument.value.functions.iter());
        for callable in all.filter(|it| is_of_program(it)) {
            if !object.functions.contains(callable) {
                Rc::make_mut(&mut object.functions).push(callable.clone());
            }
        }
    }
}

/// Whether it runs what the program defines.
fn is_of_program(callable: &Callable) -> bool {
    match callable {
        Callable::Closure(_) | Callable::Method(..) => true,
        Callable::Partial(inner, _) => is_of_program(inner),
        Callable::Either(all) => all.iter().any(is_of_program),
        Callable::Class(_) | Callable::Library(..) | Callable::Path(_) | Callable::Asleep(_) => {
            false
        }
    }
}
