//! An expression over several lines without parentheses, or with blanks before it: Python refuses both.

use super::Subject;
use crate::condition::parser;
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.parsed {
        return Vec::new();
    }
    let trimmed = subject.text.trim();
    if trimmed.is_empty() {
        return Vec::new();
    }
    if trimmed.len() < subject.text.len() && parser::parse(trimmed).is_ok() {
        let code = "condition/leading-space";
        let blanks = subject.text.len() - subject.text.trim_start().len();
        let finding = Finding::new(Severity::Error, code, subject.say(code, &[])).at(0..blanks);
        return vec![finding.with_fix(subject.say("condition/fix-blanks", &[]), 0..subject.text.len(), trimmed)];
    }
    if !trimmed.contains(['\n', '\r']) {
        return Vec::new();
    }
    let wrapped = format!("({trimmed}\n)");
    if parser::parse(&wrapped).is_err() {
        return Vec::new();
    }
    let code = "condition/line-break";
    let line_end =
        subject.text.len() - subject.text.trim_start().len() + trimmed.find(['\n', '\r']).unwrap_or_default();
    let has_comment = subject.text.contains('#');
    let text = if has_comment { wrapped } else { format!("({trimmed})") };
    let finding = Finding::new(Severity::Error, code, subject.say(code, &[])).at(line_end..line_end + 1);
    vec![finding.with_fix(subject.say("condition/fix-parentheses", &[]), 0..subject.text.len(), text)]
}
