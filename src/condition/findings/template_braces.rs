//! `{{ doc.status == "Open" }}`: the braces of a message, which a condition does not have.

use super::Subject;
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/template-braces";
    let trimmed = subject.text.trim();
    let start = subject.text.len() - subject.text.trim_start().len();
    let span = start..start + trimmed.len();
    let values = |found| [("found", found)];
    if let Some(inner) = trimmed.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) {
        let finding = subject.finding((Severity::Error, code), code, span, &values("{{ }}"));
        let label = subject.say("condition/fix-remove", &[("text", "{{ }}")]);
        return vec![finding.with_fix(label, 0..subject.text.len(), inner.trim())];
    }
    if trimmed.starts_with("{%") {
        return vec![subject.finding((Severity::Error, code), code, span, &values("{% %}"))];
    }
    Vec::new()
}
