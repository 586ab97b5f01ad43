//! `doc.total > 40000`: on a new document an untouched number is `None`, and comparing it refuses the person's save.

use super::{Subject, document_field};
use crate::condition::ast::{Expr, Kind, Logic};
use crate::finding::{Finding, Severity};
use crate::host::State;
use crate::python::operators::Comparison;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for root in subject.roots {
        visit(subject, root, &mut Vec::new(), &mut findings);
    }
    findings
}

/// `guarded`: fields that an earlier part has already asked for.
fn visit<'a>(subject: &Subject<'a>, node: &'a Expr, guarded: &mut Vec<&'a str>, findings: &mut Vec<Finding>) {
    let before = guarded.len();
    match &node.kind {
        Kind::Logic(logic, operands) => {
            for operand in operands {
                visit(subject, operand, guarded, findings);
                if *logic == Logic::And || matches!(operand.kind, Kind::Unary(..) | Kind::Compare(..)) {
                    fields(operand, guarded);
                }
            }
        }
        Kind::Conditional { test, body, otherwise } => {
            visit(subject, test, guarded, findings);
            fields(test, guarded);
            visit(subject, body, guarded, findings);
            visit(subject, otherwise, guarded, findings);
        }
        Kind::Compare(first, links) => {
            if let [(operator, second)] = links.as_slice()
                && matches!(
                    operator,
                    Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual
                )
            {
                for side in [first.as_ref(), second] {
                    findings.extend(risk(subject, node, side, guarded));
                }
            }
        }
        _ => node.children(&mut |child| visit(subject, child, guarded, findings)),
    }
    guarded.truncate(before);
}

fn fields<'a>(node: &'a Expr, guarded: &mut Vec<&'a str>) {
    node.walk(&mut |node| guarded.extend(document_field(node)));
}

fn risk(subject: &Subject<'_>, node: &Expr, side: &Expr, guarded: &[&str]) -> Option<Finding> {
    let code = "condition/unset-field";
    let field = subject.field(side)?;
    if guarded.contains(&field.fieldname.as_str()) {
        return None;
    }
    let source = subject.source(side);
    let stored = subject.state().is_none_or(|state| state == State::Stored);
    let is_number = matches!(field.fieldtype.as_str(), "Currency" | "Float" | "Int" | "Long Int" | "Percent");
    let (place, text) = match field.fieldtype.as_str() {
        // The database never holds an empty number.
        _ if is_number && stored => return None,
        _ if is_number => (side.span.clone(), format!("({source} or 0)")),
        "Date" | "Datetime" | "Time" | "Duration" => {
            (node.span.clone(), format!("({source} and {})", subject.source(node)))
        }
        _ => return None,
    };
    let label_of_field = field.label.as_deref().unwrap_or(&field.fieldname);
    let message = subject.say(code, &[("field", label_of_field), ("expected", &text)]);
    let label = subject.say("condition/fix-replace", &[("text", &text)]);
    Some(Finding::new(Severity::Warning, code, message).at(node.span.clone()).with_fix(label, place, text))
}
