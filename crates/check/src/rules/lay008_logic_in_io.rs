//! `logic-in-io`: io function that computes on data.

use srcify_effects::EntryKind;
use srcify_syntax::ast::visitor::{Visitor, walk_stmt};
use srcify_syntax::ast::{Expr, Stmt};
use srcify_syntax::{Ranged, TextRange};

use crate::flow::{Callee, Types, name_range};
use crate::module::Layer;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "LAY008",
    name: "logic-in-io",
    summary: "io function that computes on data",
    page: include_str!("../../docs/LAY008.md"),
    confidence: Confidence::Opinion,
    severity: Severity::Warning,
    check,
};

/// So many pure operations on data are logic, not reading or writing.
const ENOUGH: usize = 4;

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let project = context.project;
    let types = Types::new(project, context.catalog);
    for (at, index) in project.modules.iter().enumerate() {
        if index.module.layer != Layer::Io {
            continue;
        }
        for (number, function) in index.functions.iter().enumerate() {
            let calls = index.calls.iter().filter(|it| it.function == Some(number));
            let mut steps: Vec<TextRange> = calls
                .filter(|it| is_computation(&types, (at, number), it.node))
                .map(|it| it.node.range())
                .collect();
            let mut columns = Columns {
                types: &types,
                function: (at, number),
                found: Vec::new(),
            };
            columns.visit_body(&function.node.body);
            steps.extend(columns.found);
            steps.sort_by_key(|it| (it.start(), it.end()));
            if steps.len() < ENOUGH {
                continue;
            }
            let chain = steps
                .iter()
                .map(|it| reporter.step(&index.module.path, *it, "computes"))
                .collect();
            let message = format!(
                "`{}` computes on data in {} places, beside reading or writing it",
                function.node.name,
                steps.len()
            );
            reporter
                .report(&index.module.path, name_range(function), message)
                .help("move these steps to a function in `domain`")
                .chain(chain);
        }
    }
}

/// Columns of tables that are computed by operators: `orders["total"] = orders["price"] * orders["amount"]`.
struct Columns<'a> {
    types: &'a Types<'a>,
    function: (usize, usize),
    found: Vec<TextRange>,
}

impl<'a> Visitor<'a> for Columns<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::Assign(node) = statement
            && matches!(&*node.value, Expr::BinOp(_) | Expr::Compare(_))
            && node.targets.iter().any(|target| self.is_column(target))
        {
            self.found.push(node.range());
        }
        walk_stmt(self, statement);
    }
}

impl Columns<'_> {
    fn is_column(&self, target: &Expr) -> bool {
        let Expr::Subscript(target) = target else {
            return false;
        };
        let (module, function) = self.function;
        self.types
            .type_of(module, Some(function), &target.value)
            .is_some_and(|it| it == "pandas.DataFrame")
    }
}

fn is_computation(
    types: &Types<'_>,
    (module, function): (usize, usize),
    call: &srcify_syntax::ast::ExprCall,
) -> bool {
    let Some(Callee::Library(name, receiver)) = types.callee(module, Some(function), &call.func)
    else {
        return false;
    };
    let is_data = ["pandas.", "numpy.", "sklearn.", "scipy.", "polars."]
        .iter()
        .any(|it| name.starts_with(it));
    let entry = match receiver {
        Some(class) => types
            .catalog
            .member(&class, name.rsplit('.').next().unwrap_or(&name)),
        None => types.catalog.lookup(&name),
    };
    is_data && entry.is_some_and(|it| it.effects.is_empty() && it.kind != EntryKind::Class)
}
