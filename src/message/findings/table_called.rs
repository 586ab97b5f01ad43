//! `message/table-called`: `doc.items()` where `items` is a child table. A list cannot be called: the message fails.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::host::document_type::is_table;
use crate::message::ast::{ExprKind, Span};
use crate::message::reads::How;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for node in &template.survey.reaches {
        let ExprKind::Call(call) = &node.kind else { continue };
        let Some(field) = template.fields.iter().find(|field| std::ptr::eq(field.node, &call.callee)) else { continue };
        let table = field.field(template.document).is_some_and(|field| is_table(&field.fieldtype));
        if !table || field.place.how != How::Directly {
            continue;
        }
        let message = template.say("message/table-called", &[("field", &field.place.field)]);
        let finding = Finding::new(Severity::Error, "message/table-called", message).at(template.original(node.span));
        let parentheses = Span::new(call.callee.span.range().end, node.span.range().end);
        let label = "message/button-remove-parentheses";
        found.push(template.with_fix(finding, label, parentheses, String::new()));
    }
    found
}
