//! Diagnostics as text: the code, the place, what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use srcify_syntax::{Diagnostic, Severity, Source};

/// One diagnostic as people read it, with its code; colours as `styled` says.
pub fn diagnostic_text(diagnostic: &Diagnostic, source: &Source, styled: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE.with_name("advice"),
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code);
    let mut group = Group::with_title(title);
    let path;
    let text;
    if let Some(span) = diagnostic.span {
        let location = source.location(span);
        let file = source.file_at(span.start.into());
        path = match location.cell {
            Some(cell) => format!("{file}:cell {cell}"),
            None => file.to_string(),
        };
        // The line alone: what stands above may be another file's.
        let start = source.text[..span.start as usize]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let end = source.text[span.start as usize..]
            .find('\n')
            .map_or(source.text.len(), |at| span.start as usize + at);
        let last = (span.end as usize).min(end).max(span.start as usize);
        text = source.text[start..end].to_owned();
        let range = span.start as usize - start..last - start;
        group = group.element(
            Snippet::source(text.as_str())
                .path(path.as_str())
                .line_start(location.line as usize)
                .annotation(AnnotationKind::Primary.span(range)),
        );
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let report = [group];
    renderer.render(&report)
}
