//! `x != "a" or x != "b"`: always true, because no value is both.

use super::Subject;
use crate::condition::ast::{Expr, Kind, Logic};
use crate::finding::{Finding, Severity};
use crate::python::operators::Comparison;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Logic(logic, operands) = &node.kind else { continue };
        let (operator, code) = match logic {
            Logic::Or => (Comparison::NotEqual, "condition/always-true"),
            Logic::And => (Comparison::Equal, "condition/always-false"),
        };
        let pairs: Vec<(&Expr, &Expr)> = operands.iter().filter_map(|operand| pair(operand, operator)).collect();
        let Some((first, _)) = pairs.first() else { continue };
        let same = pairs.len() > 1 && pairs.iter().all(|(left, _)| subject.source(left) == subject.source(first));
        let mut values: Vec<&str> = pairs.iter().map(|(_, right)| subject.source(right)).collect();
        let count = values.len();
        values.sort_unstable();
        values.dedup();
        if !same || values.len() != count {
            continue;
        }
        let left = subject.source(first);
        let message = subject.say(code, &[("expression", left)]);
        let mut finding = Finding::new(Severity::Warning, code, message).at(node.span.clone());
        if pairs.len() == operands.len() {
            let list = pairs.iter().map(|(_, right)| subject.source(right)).collect::<Vec<_>>().join(", ");
            let word = if *logic == Logic::Or { "not in" } else { "in" };
            let text = format!("{left} {word} ({list})");
            let label = subject.say("condition/fix-replace", &[("text", &text)]);
            finding = finding.with_fix(label, node.span.clone(), text);
        }
        findings.push(finding);
    }
    findings
}

/// What is compared with which literal.
fn pair(node: &Expr, operator: Comparison) -> Option<(&Expr, &Expr)> {
    match &node.kind {
        Kind::Compare(left, links) => match links.as_slice() {
            [(found, right)] if *found == operator && right.is_literal() && !left.is_literal() => Some((left, right)),
            _ => None,
        },
        _ => None,
    }
}
