//! What we tell users about their code.

use crate::Span;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A hint about the user's own code; srcify did what was asked.
    Advice,
    /// A person should look at it.
    Warning,
    /// It stops the conversion, or makes a check fail.
    Error,
}

/// One message: what is wrong, why it matters, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable identifier, e.g. `LAY001` or `unknown-effect`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Lower case, no final stop, names in backticks.
    pub message: String,
    /// The code it is about, when it is about code.
    pub span: Option<Span>,
    /// What leads to it, in order: places with what happens there.
    pub notes: Vec<(Option<Span>, String)>,
    /// What the user can do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A message of `severity` about the code at `span`.
    pub fn new(
        code: &'static str,
        severity: Severity,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            span: span.into(),
            notes: Vec::new(),
            hint: None,
        }
    }

    /// A message that stops the conversion.
    pub fn error(
        code: &'static str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Error, span, message)
    }

    /// A message that a person should look at.
    pub fn warning(
        code: &'static str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Warning, span, message)
    }

    /// A hint about the user's own code.
    pub fn advice(
        code: &'static str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> Self {
        Self::new(code, Severity::Advice, span, message)
    }

    /// Adds what the user can do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A stage's result, which there always is, and what it has to say about the input.
#[derive(Debug)]
pub struct Warned<T> {
    /// The result.
    pub output: T,
    /// In the order of the input.
    pub diagnostics: Vec<Diagnostic>,
}
