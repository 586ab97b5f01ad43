//! `doc.items` of a doctype with such a field: on the plain dict of a save it is the method of that name, so a loop over it
//! is refused (host.md 4, demand.md 2.1).

use super::Subject;
use crate::condition::ast::Kind;
use crate::finding::{Finding, Severity};

/// Methods of `dict` and of the host's `_dict`, sorted.
pub(in crate::condition) const METHODS: [&str; 11] =
    ["clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values"];

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/dict-method";
    let Some(doctype) = subject.doctype else { return Vec::new() };
    let called = subject.nodes().filter_map(|node| match &node.kind {
        Kind::Call(function, _) => Some(function.span.end),
        _ => None,
    });
    let called: Vec<usize> = called.collect();
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Attribute(value, name) = &node.kind else { continue };
        let is_field = METHODS.contains(&&**name) && doctype.field(name).is_some();
        let of_doc = matches!(&value.kind, Kind::Name(root) if &**root == "doc");
        if !is_field || !of_doc || called.contains(&node.span.end) {
            continue;
        }
        let text = format!("doc.get(\"{name}\")");
        let message = subject.say(code, &[("expected", &text), ("found", subject.source(node))]);
        let label = subject.say("condition/fix-replace", &[("text", &text)]);
        let finding = Finding::new(Severity::Warning, code, message).at(node.span.clone());
        findings.push(finding.with_fix(label, node.span.clone(), text));
    }
    findings
}
