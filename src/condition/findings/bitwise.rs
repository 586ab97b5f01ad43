//! `doc.status == "Open" & doc.total > 3`: `&` and `|` count bits and bind tighter than a comparison.

use super::{MOST_OF_ONE, Subject, constant_text, operator_between};
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::python::operators::{Binary, Unary};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/bitwise-operator";
    let mut findings = Vec::new();
    for node in subject.nodes() {
        // Each is looked for among all tokens.
        if findings.len() >= MOST_OF_ONE {
            break;
        }
        let Kind::Binary(operator, left, right) = &node.kind else { continue };
        let (sign, expected) = match operator {
            Binary::BitAnd => ("&", "and"),
            Binary::BitOr => ("|", "or"),
            _ => continue,
        };
        if !is_no_bits(subject, left) && !is_no_bits(subject, right) {
            continue;
        }
        let Some(token) = operator_between(subject.tokens, left, right, sign) else { continue };
        let place = token.span.clone();
        let finding =
            subject.finding((Severity::Error, code), code, place.clone(), &[("expected", expected), ("found", sign)]);
        let blank = |at: Option<char>| at.is_none_or(char::is_whitespace);
        let before = blank(subject.text.get(..place.start).unwrap_or_default().chars().next_back());
        let after = blank(subject.text.get(place.end..).unwrap_or_default().chars().next());
        let text = format!("{}{expected}{}", if before { "" } else { " " }, if after { "" } else { " " });
        let label = subject.say("condition/fix-replace", &[("text", expected)]);
        findings.push(finding.with_fix(label, place, text));
    }
    findings
}

/// Whether an operand is no number whose bits somebody may want.
pub(super) fn is_no_bits(subject: &Subject<'_>, node: &Expr) -> bool {
    let is_text = |fieldtype: &str| !matches!(fieldtype, "Check" | "Int" | "Long Int");
    matches!(node.kind, Kind::Compare(..) | Kind::Unary(Unary::Not, _))
        || constant_text(node).is_some()
        || subject.read(node).is_some_and(|read| is_text(read.fieldtype))
}
