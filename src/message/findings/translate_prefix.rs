//! `message/translate-prefix`: `frappe._` is hidden by the sandbox; in messages the function is `_` (host.md 3).

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::ast::ExprKind;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for node in &template.survey.reaches {
        let ExprKind::Attribute(base, name) = &node.kind else { continue };
        if &**name != "_" || !matches!(&base.kind, ExprKind::Name(base) if &**base == "frappe") {
            continue;
        }
        let message = template.say("message/translate-prefix", &[]);
        let finding = Finding::new(Severity::Error, "message/translate-prefix", message);
        found.push(template.with_written(finding.at(template.original(node.span)), node.span, "_".to_owned()));
    }
    found
}
