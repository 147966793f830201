//! `domain-mutable-state`: state of the domain that changes: module globals, dataclasses that are not frozen.

use std::collections::BTreeSet;

use srcify_syntax::ast::visitor::{Visitor, walk_expr, walk_stmt};
use srcify_syntax::ast::{self, Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::annotations::last_name;
use crate::finding::{Edit, Fix, Safety};
use crate::index::{Class, Index};
use crate::module::Layer;
use crate::project::Project;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "LAY004",
    name: "domain-mutable-state",
    summary: "state of the domain that changes: module globals, dataclasses that are not frozen",
    page: include_str!("../../docs/LAY004.md"),
    confidence: Confidence::Certain,
    severity: Severity::Error,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    for index in project.layer(Layer::Domain) {
        for class in &index.classes {
            report_dataclass(project, index, class, reporter);
        }
        for (number, function) in index.functions.iter().enumerate() {
            let mut changes = Changes {
                index,
                function: number,
                found: Vec::new(),
            };
            for it in &function.node.body {
                changes.visit_stmt(it);
            }
            let mut seen = BTreeSet::new();
            for (name, range) in changes.found {
                if !seen.insert(name.clone()) {
                    continue;
                }
                reporter
                    .report(
                        &index.module.path,
                        range,
                        format!(
                            "`{}` changes `{name}`, which belongs to the module",
                            function.node.name
                        ),
                    )
                    .help("pass it in and return the new value");
            }
        }
    }
}

/// Bases under which a dataclass is free to be frozen.
fn is_plain(class: &Class<'_>) -> bool {
    class.node.bases().iter().all(|base| {
        last_name(base)
            .is_some_and(|name| matches!(name, "object" | "Generic" | "Protocol" | "ABC"))
    })
}

fn report_dataclass(
    project: &Project<'_>,
    index: &Index<'_>,
    class: &Class<'_>,
    reporter: &mut Reporter<'_>,
) {
    if !is_plain(class) {
        return;
    }
    for decorator in &class.node.decorator_list {
        let (callee, call) = match &decorator.expression {
            Expr::Call(call) => (&*call.func, Some(call)),
            other => (other, None),
        };
        if index.qualified(class.function, callee).as_deref() != Some("dataclasses.dataclass") {
            continue;
        }
        let arguments = call.map(|it| &it.arguments);
        let frozen = arguments.and_then(|it| it.find_keyword("frozen"));
        if frozen.is_some_and(|it| !matches!(&it.value, Expr::BooleanLiteral(it) if !it.value)) {
            continue;
        }
        let mut fix = freeze(index, decorator, call, frozen);
        if is_never_changed(project, class) {
            fix.safety = Safety::Safe;
        }
        let finding = reporter
            .report(
                &index.module.path,
                class.node.name.range(),
                format!(
                    "the dataclass `{}` can be changed after it was made",
                    class.node.name
                ),
            )
            .help(
                "write `@dataclass(frozen=True)`, and `dataclasses.replace` to make a changed copy",
            );
        if !assigns_to_self(class.node) {
            finding.fix(fix);
        }
    }
}

/// Whether nothing in the project assigns to a field, or derives from the class.
fn is_never_changed(project: &Project<'_>, class: &Class<'_>) -> bool {
    let fields = class
        .node
        .body
        .iter()
        .filter_map(|it| it.as_ann_assign_stmt());
    let fields: BTreeSet<&str> = fields.filter_map(|it| last_name(&it.target)).collect();
    project.modules.iter().all(|index| {
        let is_assigned = index.stores.iter().any(
            |store| matches!(store.node, Expr::Attribute(it) if fields.contains(it.attr.as_str())),
        );
        let is_base = index.classes.iter().any(|it| {
            let mut bases = it.node.bases().iter();
            bases.any(|base| last_name(base) == Some(class.node.name.as_str()))
        });
        let text = index.module.text();
        !is_assigned && !is_base && !text.contains("setattr(") && !text.contains("__dict__")
    })
}

fn freeze(
    index: &Index<'_>,
    decorator: &ast::Decorator,
    call: Option<&ast::ExprCall>,
    frozen: Option<&ast::Keyword>,
) -> Fix {
    let edit = |range: TextRange, content: &str| Edit {
        path: index.module.path.clone(),
        range,
        content: content.to_owned(),
    };
    let edit = match (call, frozen) {
        (_, Some(keyword)) => edit(keyword.value.range(), "True"),
        (None, None) => edit(
            TextRange::empty(decorator.expression.end()),
            "(frozen=True)",
        ),
        (Some(call), None) => {
            let last = call.arguments.keywords.last();
            match last {
                Some(argument) => edit(TextRange::empty(argument.range().end()), ", frozen=True"),
                None => edit(call.arguments.range(), "(frozen=True)"),
            }
        }
    };
    Fix {
        safety: Safety::Unsafe,
        message: "freeze the dataclass".to_owned(),
        edits: vec![edit],
    }
}

fn assigns_to_self(class: &ast::StmtClassDef) -> bool {
    struct Finder(bool);
    impl<'a> Visitor<'a> for Finder {
        fn visit_expr(&mut self, expression: &'a Expr) {
            if let Expr::Attribute(it) = expression
                && !it.ctx.is_load()
                && matches!(&*it.value, Expr::Name(name) if name.id.as_str() == "self")
            {
                self.0 = true;
            }
            walk_expr(self, expression);
        }
    }
    let mut finder = Finder(false);
    for it in &class.body {
        finder.visit_stmt(it);
    }
    finder.0
}

/// Methods that change their receivers.
const CHANGING: &[&str] = &[
    "append",
    "extend",
    "insert",
    "clear",
    "update",
    "setdefault",
    "add",
    "discard",
    "remove",
    "pop",
    "popitem",
];

/// Where a function changes a name of its module.
struct Changes<'a, 'i> {
    index: &'i Index<'a>,
    function: usize,
    found: Vec<(String, TextRange)>,
}

impl Changes<'_, '_> {
    /// The name, when it is the module's variable.
    fn global<'e>(&self, expression: &'e Expr) -> Option<&'e str> {
        let Expr::Name(name) = expression else {
            return None;
        };
        let id = name.id.as_str();
        let is_variable =
            self.index.bindings.contains_key(id) && !self.index.is_local(Some(self.function), id);
        is_variable.then_some(id)
    }
}

impl<'a> Visitor<'a> for Changes<'_, '_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => return,
            Stmt::Expr(it) => {
                if let Expr::Call(call) = &*it.value
                    && let Expr::Attribute(method) = &*call.func
                    && CHANGING.contains(&method.attr.as_str())
                    && let Some(name) = self.global(&method.value)
                {
                    self.found.push((name.to_owned(), call.range()));
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Subscript(it) if !it.ctx.is_load() => {
                if let Some(name) = self.global(&it.value) {
                    self.found.push((name.to_owned(), it.range()));
                }
            }
            Expr::Name(it) if !it.ctx.is_load() => {
                let function = &self.index.functions[self.function];
                if function.globals.contains(it.id.as_str()) {
                    self.found.push((it.id.to_string(), it.range()));
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
