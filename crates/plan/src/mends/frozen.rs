//! Data classes of the domain that nothing changes: they are frozen, as what the domain hands on should be.
//!
//! A frozen class differs from another in two ways: setting an attribute fails, and its objects have a hash where they are
//! compared by value. So nothing in the program may set attributes of which it is not plain that they are another class's,
//! and nothing may ask for hashes or tell that there are none.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, ExprContext, Stmt};
use srcify_syntax::{Program, Ranged, TextRange, snippet};

use super::{Mend, mended};
use crate::{Folder, Plan};

/// Words of programs that set attributes in another way, or look at what a class can do.
const OTHER_WAYS: &[&str] = &[
    "setattr",
    "delattr",
    "__dict__",
    "vars(",
    "__setattr__",
    "hash",
    "Hash",
    "TypeError",
    "__dataclass",
    "FrozenInstance",
    "__setstate__",
    "globals(",
    "exec(",
    "eval(",
];

/// Attributes of tables, figures and the like that programs set.
const OF_LIBRARIES: &[&str] = &["columns", "index", "row_factory", "names", "dtype", "shape"];

/// Freezes the data classes of the domain that nothing changes.
pub(super) fn freeze(plan: &mut Plan, program: &Program) {
    let text = &program.source.text;
    if !text.contains("dataclass") || OTHER_WAYS.iter().any(|it| text.contains(it)) {
        return;
    }
    let mut stores = Stores::default();
    for unit in program.units() {
        stores.visit_stmt(program.statement(unit.id));
    }
    let domain = plan
        .modules
        .iter_mut()
        .filter(|it| it.folder == Folder::Domain);
    for item in domain.flat_map(|module| &mut module.items) {
        item.text = mended(&item.text, |text| mends(text, &stores));
    }
}

/// Who sets which attributes.
#[derive(Default)]
struct Stores<'a> {
    class: Option<&'a str>,
    /// Classes whose methods set attributes of their objects.
    own: BTreeSet<&'a str>,
    /// Attributes that are set of whatever it may be.
    others: BTreeSet<&'a str>,
    /// Classes that others inherit from.
    bases: BTreeSet<&'a str>,
}

impl<'a> Visitor<'a> for Stores<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        let before = self.class;
        if let Stmt::ClassDef(class) = statement {
            self.class = Some(&class.name);
            let bases = class.arguments.iter().flat_map(|it| &it.args);
            self.bases.extend(bases.filter_map(last_name));
        }
        walk_stmt(self, statement);
        self.class = before;
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Attribute(it) = expression
            && it.ctx != ExprContext::Load
        {
            let is_self = it.value.as_name_expr().is_some_and(|it| it.id == "self");
            match self.class {
                Some(class) if is_self => _ = self.own.insert(class),
                _ => _ = self.others.insert(&it.attr),
            }
        }
        walk_expr(self, expression);
    }
}

fn last_name(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(it) => Some(&it.id),
        Expr::Attribute(it) => Some(&it.attr),
        Expr::Subscript(it) => last_name(&it.value),
        _ => None,
    }
}

fn mends(text: &str, stores: &Stores<'_>) -> Vec<Mend> {
    let parsed = snippet(text);
    let classes = parsed
        .statements()
        .iter()
        .filter_map(Stmt::as_class_def_stmt);
    classes.filter_map(|class| frozen(class, stores)).collect()
}

/// The decorator of a class with `frozen=True`, where nothing changes its objects.
fn frozen(class: &ast::StmtClassDef, stores: &Stores<'_>) -> Option<Mend> {
    let [decorator] = &class.decorator_list[..] else {
        return None;
    };
    let is_dataclass = |it: &Expr| last_name(it) == Some("dataclass");
    let at = match &decorator.expression {
        Expr::Call(call) if is_dataclass(&call.func) => {
            let keywords = &call.arguments.keywords;
            let is_plain = |it: &ast::Keyword| {
                let name = it.arg.as_deref().unwrap_or_default();
                ["order", "slots", "kw_only", "repr"].contains(&name)
            };
            let last = keywords.last()?;
            let is_meant = call.arguments.args.is_empty() && keywords.iter().all(is_plain);
            is_meant.then(|| (last.end(), ", frozen=True".to_owned()))?
        }
        it if is_dataclass(it) => (it.end(), "(frozen=True)".to_owned()),
        _ => return None,
    };
    let name = class.name.as_str();
    let has_bases = class.arguments.as_ref().is_some_and(|it| !it.is_empty());
    let fields = class.body.iter().filter_map(Stmt::as_ann_assign_stmt);
    let fields: BTreeSet<&str> = fields.filter_map(|it| last_name(&it.target)).collect();
    // An attribute of another name may be set of its objects, too, unless only libraries have it.
    let is_of_others = |it: &&str| OF_LIBRARIES.contains(it) && !fields.contains(*it);
    let is_changed = stores.own.contains(name) || !stores.others.iter().all(is_of_others);
    let is_base = stores.bases.contains(name);
    let is_it = !has_bases && !is_base && !is_changed && !fields.is_empty();
    is_it.then(|| (TextRange::empty(at.0), at.1))
}
