//! An expression over several lines without parentheses, or with blanks before it: Python refuses both.

use std::ops::Range;

use super::{Subject, document_field};
use crate::condition::ast::{Expr, Kind, Logic};
use crate::condition::statements::{Does, grammar};
use crate::condition::{Mode, parser};
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    if let Some((place, text)) = several(subject) {
        let code = "condition/several-conditions";
        let finding = subject.finding((Severity::Error, code), code, place, &[]);
        let label = subject.say("condition/fix-join", &[]);
        return vec![finding.with_fix(label, 0..subject.text.len(), text)];
    }
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

/// Conditions on lines of their own with nothing between them: the place of the second, and all of them as one.
pub(super) fn several(subject: &Subject<'_>) -> Option<(Range<usize>, String)> {
    let text = subject.text.trim();
    if !text.contains('\n') || text.contains('#') || (subject.parsed && subject.mode == Mode::Expression) {
        return None;
    }
    let block = grammar::parse(subject.text).ok()?;
    let asked: Option<Vec<&Expr>> = block
        .iter()
        .map(|statement| match &statement.does {
            Does::Expression(expr) if is_question(expr) => Some(expr),
            _ => None,
        })
        .collect();
    let asked = asked.filter(|asked| asked.len() > 1)?;
    let place = asked.get(1)?.span.clone();
    let written: Vec<String> = asked
        .into_iter()
        .map(|expr| match expr.kind {
            Kind::Logic(Logic::Or, _) => format!("({})", subject.source(expr)),
            _ => subject.source(expr).to_owned(),
        })
        .collect();
    Some((place, format!("({})", written.join("\nand "))))
}

/// What is asked of a document, and does nothing to it.
fn is_question(expr: &Expr) -> bool {
    match &expr.kind {
        Kind::Compare(..) | Kind::Logic(..) | Kind::Unary(..) => true,
        Kind::Call(function, _) if matches!(&function.kind, Kind::Name(name) if matches!(&**name, "all" | "any")) => {
            true
        }
        _ => document_field(expr).is_some(),
    }
}
