//! `message/unknown-util`: `frappe.utils.formatdat(…)`, a function that the host does not have, and the one that was meant.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::host::functions;
use crate::message::ast::ExprKind;
use crate::similar;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for node in &template.survey.reaches {
        let ExprKind::Attribute(base, name) = &node.kind else { continue };
        let is_utils = template.normalised.text.get(base.span.range()) == Some("frappe.utils");
        if !is_utils || !matches!(functions::util(template.context, name), Ok(None)) {
            continue;
        }
        let Some(near) = similar::nearest(name, &mut functions::util_names()) else { continue };
        let code = "message/unknown-util";
        let expected = format!("frappe.utils.{near}");
        let written = format!("frappe.utils.{name}");
        let message = template.say(code, &[("expected", &expected), ("found", &written)]);
        let finding = Finding::new(Severity::Error, code, message).at(template.original(node.span));
        found.push(template.with_written(finding, node.span, expected));
    }
    found
}
