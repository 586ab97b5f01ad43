//! `message/html-comment`: a chat shows an HTML comment as text; Jinja's own comments are not sent.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::ast::Span;

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for span in &template.survey.data {
        let start = span.range().start;
        let text = template.normalised.text.get(span.range()).unwrap_or_default();
        for (index, _) in text.match_indices(OPEN) {
            let rest = text.get(index..).unwrap_or_default();
            let end = rest.find(CLOSE).map(|end| end + CLOSE.len());
            found.push(finding(template, start + index, end, rest));
        }
    }
    found
}

/// The comment starts at `start`; `length` is that of the whole comment when it ends in the same text.
fn finding(template: &Template<'_>, start: usize, length: Option<usize>, rest: &str) -> Finding {
    let end = start + length.unwrap_or(OPEN.len());
    let span = template.original(Span::new(start, end));
    let message = template.say("message/html-comment", &[]);
    let finding = Finding::new(Severity::Warning, "message/html-comment", message).at(span.clone());
    let inside = length.and_then(|length| rest.get(OPEN.len()..length.checked_sub(CLOSE.len())?));
    match inside.filter(|inside| !inside.contains("#}") && !inside.contains("{%")) {
        Some(inside) => {
            let label = template.say("message/button-jinja-comment", &[]);
            finding.with_fix(label, span, format!("{{#{inside}#}}"))
        }
        None => finding,
    }
}
