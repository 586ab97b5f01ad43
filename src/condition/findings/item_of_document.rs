//! `doc["status"]`: passes when the Notification is saved, then fails on every document (host.md 4).

use super::{Subject, constant_text};
use crate::condition::ast::Kind;
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/item-of-document";
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Subscript(value, key) = &node.kind else { continue };
        let Some(field) = constant_text(key) else { continue };
        if !matches!(&value.kind, Kind::Name(name) if &**name == "doc") {
            continue;
        }
        let mut finding = Finding::new(Severity::Error, code, String::new()).at(node.span.clone());
        let is_name = !field.is_empty() && field.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let text = if is_name { format!("doc.{field}") } else { format!("doc.get({})", subject.source(key)) };
        finding.message = subject.say(code, &[("expected", &text), ("found", subject.source(node))]);
        let label = subject.say("condition/fix-replace", &[("text", &text)]);
        findings.push(finding.with_fix(label, node.span.clone(), text));
    }
    findings
}
