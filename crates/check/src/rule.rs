//! A rule, and where it sends its findings.

use camino::Utf8Path;
use srcify_effects::Catalog;
use srcify_syntax::{Severity, TextRange, TextSize};

use crate::finding::{Chain, Finding, Fix};
use crate::flow::Flow;
use crate::project::Project;
use crate::text::LineIndex;

/// How sure we are that a finding is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// On by default.
    Certain,
    /// On with `--strict`, or when it is selected.
    Opinion,
}

/// A convention that packages follow.
#[derive(Debug)]
pub struct Rule {
    /// Stable identifier, shown in findings and used in settings.
    pub code: &'static str,
    /// Reads well after "allow": `allow impure-domain`.
    pub name: &'static str,
    /// One line for lists.
    pub summary: &'static str,
    /// The page shown by `explain`; its examples are the rule's tests.
    pub page: &'static str,
    /// How sure we are.
    pub confidence: Confidence,
    /// How much a finding matters.
    pub severity: Severity,
    pub(crate) check: fn(&Context<'_>, &mut Reporter<'_>),
}

/// What rules look at.
pub(crate) struct Context<'a> {
    pub project: &'a Project<'a>,
    pub catalog: &'a Catalog,
    pub flow: &'a std::sync::OnceLock<Flow>,
}

impl Context<'_> {
    /// Effects of every function and module, through calls and imports; computed when a rule first asks.
    pub(crate) fn flow(&self) -> &Flow {
        self.flow
            .get_or_init(|| Flow::of(self.project, self.catalog))
    }
}

/// Where a rule sends its findings; stamps them with the rule's code.
pub(crate) struct Reporter<'a> {
    pub rule: &'a Rule,
    pub project: &'a Project<'a>,
    pub findings: Vec<Finding>,
}

impl Reporter<'_> {
    /// Reports the code at `range`.
    pub(crate) fn report(
        &mut self,
        path: &Utf8Path,
        range: TextRange,
        message: impl Into<String>,
    ) -> &mut Finding {
        let (cell, start, end) = self.project.locate(path, range);
        self.findings.push(Finding {
            code: self.rule.code,
            name: self.rule.name,
            severity: self.rule.severity,
            path: path.to_owned(),
            cell,
            range,
            start,
            end,
            message: message.into(),
            help: None,
            chain: Vec::new(),
            fix: None,
        });
        self.findings.last_mut().expect("a finding was just pushed")
    }

    /// Reports a file as a whole, or a file that is missing.
    pub(crate) fn report_file(
        &mut self,
        path: impl AsRef<Utf8Path>,
        message: impl Into<String>,
    ) -> &mut Finding {
        let start = TextRange::empty(TextSize::new(0));
        self.report(path.as_ref(), start, message)
    }

    /// A step of a chain, for a finding of this reporter.
    pub(crate) fn step(
        &self,
        path: &Utf8Path,
        range: TextRange,
        message: impl Into<String>,
    ) -> Chain {
        let (cell, start, _) = self.project.locate(path, range);
        Chain {
            path: path.to_owned(),
            cell,
            range,
            start,
            message: message.into(),
        }
    }

    /// Reports a place in a file that is no Python: TOML, YAML, a notebook's raw text.
    pub(crate) fn report_line(
        &mut self,
        path: &Utf8Path,
        range: TextRange,
        message: impl Into<String>,
    ) -> &mut Finding {
        let text = self
            .project
            .package
            .files
            .get(path)
            .map_or("", String::as_str);
        let lines = LineIndex::new(text);
        let (start, end) = (
            lines.position(text, range.start()),
            lines.position(text, range.end()),
        );
        let finding = self.report(path, range, message);
        (finding.start, finding.end, finding.cell) = (start, end, None);
        finding
    }
}

impl Finding {
    /// Adds what to do.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what leads to it.
    pub(crate) fn chain(&mut self, chain: Vec<Chain>) -> &mut Self {
        self.chain = chain;
        self
    }

    /// Adds how to mend it.
    pub(crate) fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fix = Some(fix);
        self
    }
}
