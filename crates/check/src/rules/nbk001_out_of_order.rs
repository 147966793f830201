//! `out-of-order`: notebook whose cells last ran in another order.

use srcify_syntax::CellKind;

use crate::module::Role;

use crate::rule::{Confidence, Context, Reporter, Rule};
use srcify_syntax::Severity;

/// The rule.
pub(crate) static RULE: Rule = Rule {
    code: "NBK001",
    name: "out-of-order",
    summary: "notebook whose cells last ran in another order",
    page: include_str!("../../docs/NBK001.md"),
    confidence: Confidence::Certain,
    severity: Severity::Warning,
    check,
};

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    for index in context
        .project
        .modules
        .iter()
        .filter(|it| it.module.role == Role::Notebook)
    {
        let mut last = (0, 0);
        for cell in index
            .module
            .program
            .source
            .cells
            .iter()
            .filter(|it| it.kind == CellKind::Code)
        {
            let Some(count) = cell.execution_count else {
                continue;
            };
            if count < last.0 {
                let path = &index.module.path;
                reporter
                    .report(path, srcify_syntax::TextRange::empty(cell.range.start()), format!("cell {} last ran before cell {}, which stands above it", cell.number, last.1))
                    .help("restart the kernel and run all cells, to see that the notebook works from top to bottom");
                break;
            }
            last = (count, cell.number);
        }
    }
}
