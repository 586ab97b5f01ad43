//! `message/link-is-a-name`: `doc.customer.city` where `customer` is a link. The field holds the name of the other document,
//! not the document: "no such element" is sent, or the message fails.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::ast::ExprKind;
use crate::python::{Value, access};

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for node in &template.survey.reaches {
        let ExprKind::Attribute(base, name) = &node.kind else { continue };
        let Some(field) = template.fields.iter().find(|field| std::ptr::eq(field.node, &**base)) else { continue };
        let link = field.field(template.document).filter(|described| described.fieldtype == "Link");
        let Some(doctype) = link.and_then(|link| link.options.as_deref()).filter(|_| !field.is_formatted()) else {
            continue;
        };
        // A text has methods, and may be asked for them.
        if !matches!(access::attribute(&Value::from(""), name), Ok(None)) {
            continue;
        }
        let code = "message/link-is-a-name";
        let message = template.say(code, &[("field", &field.place.field), ("doctype", doctype), ("found", name)]);
        let finding = Finding::new(Severity::Error, code, message).at(template.original(node.span));
        let called = template
            .survey
            .reaches
            .iter()
            .any(|other| matches!(&other.kind, ExprKind::Call(call) if call.callee.span == node.span));
        let written = template.normalised.text.get(base.span.range()).unwrap_or_default();
        found.push(if called || doctype.contains(['"', '\\']) {
            finding
        } else {
            let fixed = format!("frappe.db.get_value(\"{doctype}\", {written}, \"{name}\")");
            template.with_written(finding, node.span, fixed)
        });
    }
    found
}
