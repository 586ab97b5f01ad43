//! `doc.is_urgent == "1"`, `doc.total > "40000"`: a number is never equal to a text, and has no order with it.

use super::{Subject, constant_text};
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::host::Field;
use crate::python::operators::Comparison;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Compare(first, links) = &node.kind else { continue };
        let [(operator, second)] = links.as_slice() else { continue };
        if matches!(operator, Comparison::In | Comparison::NotIn | Comparison::Is | Comparison::IsNot) {
            continue;
        }
        let sides = [(first.as_ref(), second), (second, first.as_ref())];
        for (side, other) in sides {
            if let (Some(field), Some(text)) = (subject.field(side), constant_text(other)) {
                findings.extend(mixed(subject, field, (*operator, other), text));
            }
        }
    }
    findings
}

fn mixed(subject: &Subject<'_>, field: &Field, (operator, other): (Comparison, &Expr), text: &str) -> Option<Finding> {
    let is_check = field.fieldtype == "Check";
    if !is_check && !matches!(field.fieldtype.as_str(), "Currency" | "Float" | "Int" | "Long Int" | "Percent") {
        return None;
    }
    let plain = text.trim().replace([',', ' ', '\u{a0}'], "");
    let number = match plain.to_lowercase().as_str() {
        "yes" | "true" | "on" | "oui" | "vrai" if is_check => Some(String::from("1")),
        "no" | "false" | "off" | "non" | "faux" | "" if is_check => Some(String::from("0")),
        number if number.parse::<f64>().is_ok_and(f64::is_finite) && !number.starts_with('+') => {
            let trimmed = number.trim_start_matches('0');
            // Python refuses `007`.
            let zero = trimmed.is_empty() || trimmed.starts_with('.');
            Some(if zero { format!("0{trimmed}") } else { trimmed.to_owned() })
        }
        _ => None,
    };
    let orders = !matches!(operator, Comparison::Equal | Comparison::NotEqual);
    let (code, severity) = match (is_check, orders) {
        (true, false) => ("condition/check-compared-with-text", Severity::Warning),
        (false, false) => ("condition/number-compared-with-text", Severity::Warning),
        (_, true) => ("condition/number-ordered-with-text", Severity::Error),
    };
    let label = field.label.as_deref().unwrap_or(&field.fieldname);
    let message = subject.say(code, &[("field", label), ("found", subject.source(other))]);
    let finding = Finding::new(severity, code, message).at(other.span.clone());
    Some(match number {
        Some(number) => {
            let label = subject.say("condition/fix-replace", &[("text", &number)]);
            finding.with_fix(label, other.span.clone(), number)
        }
        None => finding,
    })
}
