//! `eval:doc.status == "Open"`: the prefix of "Depends On", which a condition does not have.

use super::Subject;
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/eval-prefix";
    let trimmed = subject.text.trim_start();
    let Some(rest) = trimmed.strip_prefix("eval:") else { return Vec::new() };
    let end = subject.text.len() - rest.trim_start().len();
    let finding = Finding::new(Severity::Error, code, subject.say(code, &[])).at(0..end);
    vec![finding.with_fix(subject.say("condition/fix-remove", &[("text", "eval:")]), 0..end, "")]
}
