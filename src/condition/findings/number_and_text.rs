//! `doc.is_urgent == "1"`, `doc.total > "40000"`: a number is never equal to a text, and has no order with it.

use super::{Subject, constant_text, number_spelling};
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::host::State;
use crate::python::operators::Comparison;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Compare(first, links) = &node.kind else { continue };
        let [(operator, second)] = links.as_slice() else { continue };
        match (operator, &second.kind) {
            (Comparison::In | Comparison::NotIn, Kind::List(items) | Kind::Tuple(items) | Kind::Set(items)) => {
                findings.extend(items.iter().filter_map(|item| mixed(subject, first, (Comparison::Equal, item))));
            }
            (Comparison::In | Comparison::NotIn | Comparison::Is | Comparison::IsNot, _) => {}
            _ => {
                for (side, other) in [(first.as_ref(), second), (second, first.as_ref())] {
                    findings.extend(mixed(subject, side, (*operator, other)));
                }
            }
        }
    }
    findings
}

fn mixed(subject: &Subject<'_>, side: &Expr, (operator, other): (Comparison, &Expr)) -> Option<Finding> {
    let (read, text) = (subject.read(side)?, constant_text(other)?);
    let is_check = read.fieldtype == "Check";
    if !is_check && !matches!(read.fieldtype, "Currency" | "Duration" | "Float" | "Int" | "Long Int" | "Percent") {
        return None;
    }
    let is_docstatus = read.label == "docstatus";
    let word = text.trim().to_lowercase();
    let number = match word.as_str() {
        "yes" | "true" | "on" | "oui" | "vrai" if is_check => Some(String::from("1")),
        "no" | "false" | "off" | "non" | "faux" | "" if is_check => Some(String::from("0")),
        "draft" | "brouillon" if is_docstatus => Some(String::from("0")),
        "submitted" | "submit" | "soumis" | "validé" if is_docstatus => Some(String::from("1")),
        "cancelled" | "canceled" | "annulé" if is_docstatus => Some(String::from("2")),
        number => number
            .strip_prefix('-')
            .map_or_else(|| number_spelling::plain(number), |rest| Some(format!("-{}", number_spelling::plain(rest)?))),
    };
    let orders = !matches!(operator, Comparison::Equal | Comparison::NotEqual);
    let (code, severity) = match (is_check, orders) {
        (false, false) if is_docstatus => ("condition/docstatus-is-a-number", Severity::Warning),
        (true, false) => ("condition/check-compared-with-text", Severity::Warning),
        (false, false) => ("condition/number-compared-with-text", Severity::Warning),
        (_, true) => ("condition/number-ordered-with-text", Severity::Error),
    };
    // Days Before and Days After run outside of a save.
    let key = if orders && subject.state() == Some(State::Stored) {
        "condition/number-ordered-with-text-stored"
    } else {
        code
    };
    let message = subject.say(key, &[("field", read.label), ("found", subject.source(other))]);
    let finding = Finding::new(severity, code, message).at(other.span.clone());
    Some(match number {
        Some(number) => {
            let label = subject.say("condition/fix-replace", &[("text", &number)]);
            finding.with_fix(label, other.span.clone(), number)
        }
        None => finding,
    })
}
