//! `doc.docstatus is 0`: `is` asks for the same object, not for the same value.

use super::Subject;
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::python::Value;
use crate::python::operators::Comparison;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/is-with-literal";
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Compare(first, links) = &node.kind else { continue };
        let mut left: &Expr = first;
        for (operator, right) in links {
            let literal = [left, right].iter().any(|side| {
                matches!(&side.kind, Kind::Constant(Value::Int(_) | Value::Float(_) | Value::Str(_) | Value::Bytes(_)))
            });
            let expected = match operator {
                Comparison::Is => "==",
                Comparison::IsNot => "!=",
                _ => "",
            };
            // A Check is 0 or 1, which is never the object True.
            let check = [(left, right), (right, left)].into_iter().find_map(|(field, truth)| match &truth.kind {
                Kind::Constant(Value::Bool(truth)) if subject.read(field)?.fieldtype == "Check" => {
                    Some((field, u8::from(*truth)))
                }
                _ => None,
            });
            if (literal || check.is_some()) && !expected.is_empty() {
                let text = match check {
                    Some((field, truth)) => format!("{} {expected} {truth}", subject.source(field)),
                    None => format!("{} {expected} {}", subject.source(left), subject.source(right)),
                };
                let place = left.span.start..right.span.end;
                let message = subject.say(code, &[("expected", expected)]);
                let label = subject.say("condition/fix-replace", &[("text", &text)]);
                let finding = Finding::new(Severity::Warning, code, message).at(place.clone());
                findings.push(finding.with_fix(label, place, text));
            }
            left = right;
        }
    }
    findings
}
