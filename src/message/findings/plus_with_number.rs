//! `message/plus-with-number`: `"Total: " + doc.total` raises a TypeError, which nobody sees; `~` joins anything.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::Answer;
use crate::message::ast::{ExprKind, Span};
use crate::python::operators::Binary;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let Answer::Error(exception) = template.answer else { return Vec::new() };
    if exception.kind != "TypeError" || !exception.message.contains("str") {
        return Vec::new();
    }
    let Some(place) = &exception.span else { return Vec::new() };
    let mut found = Vec::new();
    for node in &template.survey.chains {
        let ExprKind::Chain(first, links) = &node.kind else { continue };
        if template.original(node.span) != *place || !links.iter().all(|(operator, _)| *operator == Binary::Add) {
            continue;
        }
        let text = &template.normalised.text;
        let operands = std::iter::once(&**first).chain(links.iter().map(|(_, operand)| operand));
        let joined: Vec<&str> = operands.map(|operand| text.get(operand.span.range()).unwrap_or_default()).collect();
        let message = template.say("message/plus-with-number", &[]);
        let finding = Finding::new(Severity::Error, "message/plus-with-number", message).at(place.clone());
        found.push(template.with_written(
            finding,
            Span::new(node.span.range().start, node.span.range().end),
            joined.join(" ~ "),
        ));
    }
    found
}
