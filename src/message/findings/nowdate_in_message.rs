//! `message/nowdate-in-message`: `nowdate` exists in conditions only (host.md 3).

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::ast::{Expr, ExprKind};
use crate::message::walk::{self, Met};

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut spans = Vec::new();
    let mut set = false;
    walk::body(template.body, &mut |met| match met {
        Met::Expr(Expr { kind: ExprKind::Name(name), span }) if &**name == "nowdate" => spans.push(*span),
        Met::Store("nowdate") => set = true,
        _ => {}
    });
    if set {
        return Vec::new();
    }
    let finding = |span| {
        let span = template.original(span);
        let message = template.say("message/nowdate-in-message", &[]);
        let text = "frappe.utils.nowdate";
        let label = template.say("message/button-write", &[("text", text)]);
        Finding::new(Severity::Error, "message/nowdate-in-message", message)
            .at(span.clone())
            .with_fix(label, span, text)
    };
    spans.into_iter().map(finding).collect()
}
