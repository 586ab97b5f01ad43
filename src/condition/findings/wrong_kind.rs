//! `doc.customer.name`, `doc.note > 3`, `doc.items.qty`, `doc.items > 1`: what a text or a list of rows does not have.

use super::{Subject, document_field, guard};
use crate::condition::Mode;
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::host::document_type::is_table;
use crate::host::{Field, State};
use crate::python::operators::Comparison;
use crate::python::{Value, access};

const CODE: &str = "condition/wrong-kind";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in subject.nodes() {
        match &node.kind {
            Kind::Attribute(value, name) => findings.extend(attribute(subject, node, (value, name))),
            Kind::Compare(first, links) => {
                if let [(operator, second)] = links.as_slice() {
                    for (side, other) in [(first.as_ref(), second), (second, first.as_ref())] {
                        findings.extend(order(subject, node, (side, *operator, other)));
                    }
                }
            }
            _ => {}
        }
    }
    findings
}

fn attribute(subject: &Subject<'_>, node: &Expr, (value, name): (&Expr, &str)) -> Option<Finding> {
    let field = field(subject, value)?;
    // Whatever a text or a list has is no matter of kinds, and names with an underscore are refused.
    let has = |kind: &Value| !matches!(access::attribute(kind, name), Ok(None));
    let key = match field.fieldtype.as_str() {
        fieldtype if is_table(fieldtype) && !has(&Value::list(Vec::new())) => "condition/wrong-kind-rows",
        fieldtype if is_text(fieldtype) && !has(&Value::from("")) => "condition/wrong-kind-text",
        "Date" | "Datetime" | "Time" if is_saved(subject) && !has(&Value::from("")) => "condition/wrong-kind-date",
        _ => return None,
    };
    if name.starts_with('_') {
        return None;
    }
    // Server scripts read None there, which nobody can call.
    if subject.mode == Mode::Block && !is_called(subject, node) {
        let label = field.label.as_deref().unwrap_or(&field.fieldname);
        let values = [("field", label), ("found", name)];
        let severity = Severity::Warning;
        return Some(subject.finding((severity, CODE), "condition/wrong-kind-none", node.span.clone(), &values));
    }
    let finding = told(subject, key, node, (field, name));
    let tool = match (key, field.fieldtype.as_str()) {
        ("condition/wrong-kind-date", "Date") => "getdate",
        ("condition/wrong-kind-date", "Datetime") => "get_datetime",
        _ => return Some(finding),
    };
    // A date has it, and RestrictedPython keeps it from importing what it needs (corpus README).
    if name == "strftime" {
        return Some(finding);
    }
    let text = format!("frappe.utils.{tool}({})", subject.source(value));
    let around = guard::comparison_around(subject, node);
    Some(guard::replaced(subject, finding, around, &[value], (value.span.clone(), &text)))
}

/// Whether a document is being saved, where dates are texts (host.md 2).
fn is_saved(subject: &Subject<'_>) -> bool {
    subject.state().is_some_and(|state| state != State::Stored)
}

fn is_called(subject: &Subject<'_>, node: &Expr) -> bool {
    subject.nodes().any(|parent| matches!(&parent.kind, Kind::Call(function, _) if std::ptr::eq(&**function, node)))
}

/// `>` and its like between a text or rows and a number.
fn order(subject: &Subject<'_>, node: &Expr, (side, operator, other): (&Expr, Comparison, &Expr)) -> Option<Finding> {
    let field = field(subject, side)?;
    let orders = matches!(
        operator,
        Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual
    );
    let is_number = matches!(other.kind, Kind::Constant(Value::Int(_) | Value::Float(_)));
    let key = match field.fieldtype.as_str() {
        fieldtype if is_table(fieldtype) => "condition/wrong-kind-rows-ordered",
        fieldtype if is_text(fieldtype) => "condition/wrong-kind-text-ordered",
        _ => return None,
    };
    (orders && is_number).then(|| told(subject, key, node, (field, subject.source(other))))
}

/// The field of the document that a part reads; not what a document and the blank one have in common with every object.
fn field<'a>(subject: &Subject<'a>, node: &Expr) -> Option<&'a Field> {
    let name = document_field(node)?;
    // `doc.items` is a method of the blank document's dict.
    let is_method =
        subject.state().is_none() && matches!(access::attribute(&Value::dict(Default::default()), name), Ok(Some(_)));
    if is_method { None } else { subject.doctype?.field(name) }
}

fn told(subject: &Subject<'_>, key: &'static str, node: &Expr, (field, found): (&Field, &str)) -> Finding {
    let label = field.label.as_deref().unwrap_or(&field.fieldname);
    subject.finding((Severity::Error, CODE), key, node.span.clone(), &[("field", label), ("found", found)])
}

/// Fields that hold a text or nothing.
fn is_text(fieldtype: &str) -> bool {
    matches!(
        fieldtype,
        "Code"
            | "HTML Editor"
            | "Link"
            | "Long Text"
            | "Markdown Editor"
            | "Select"
            | "Small Text"
            | "Text"
            | "Text Editor"
    )
}
