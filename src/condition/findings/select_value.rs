//! `doc.status == "open"`: a choice that the Select does not have.

use super::rows::{row_of, rows};
use super::{Subject, constant_text, document_field, missing_comma};
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::host::Field;
use crate::python::Value;
use crate::python::operators::Comparison;
use crate::similar;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known = None;
    for node in subject.nodes() {
        let Kind::Compare(first, links) = &node.kind else { continue };
        let [(operator, second)] = links.as_slice() else { continue };
        let values: Vec<&Expr> = match (operator, &second.kind) {
            (Comparison::In | Comparison::NotIn, Kind::List(items) | Kind::Tuple(items) | Kind::Set(items)) => {
                items.iter().collect()
            }
            (Comparison::Equal | Comparison::NotEqual, _) => vec![first, second],
            _ => continue,
        };
        if let Some(field) = subject.field(first).or_else(|| subject.field(second)) {
            if field.fieldtype == "Select" {
                findings.extend(values.into_iter().filter_map(|value| unknown(subject, field, value)));
            }
        } else if let Kind::Attribute(owner, name) = &first.kind
            && document_field(first).is_none()
            && let Some(doctype) = subject.doctype
        {
            let rows = known.get_or_insert_with(|| rows(subject, doctype));
            let row = row_of(subject, doctype, owner, rows);
            if let Some(field) =
                row.as_ref().and_then(|row| row.field(name)).filter(|field| field.fieldtype == "Select")
            {
                findings.extend(values.into_iter().filter_map(|value| unknown(subject, field, value)));
            }
        }
    }
    findings
}

fn unknown(subject: &Subject<'_>, field: &Field, value: &Expr) -> Option<Finding> {
    let code = "condition/select-value";
    let found = match &value.kind {
        // A choice is a text, also where it looks like a number.
        Kind::Constant(Value::Int(_) | Value::Bool(_) | Value::Float(_)) => subject.source(value),
        _ => constant_text(value)?,
    };
    let is_text = constant_text(value).is_some();
    let options = field.options.as_deref().filter(|options| !options.is_empty())?;
    let choices: Vec<&str> = options.split('\n').map(str::trim).collect();
    // An unset Select is an empty text, whatever its choices.
    if found.is_empty() || is_text && (choices.contains(&found) || missing_comma::texts(subject, value).is_some()) {
        return None;
    }
    let label = field.label.as_deref().unwrap_or(&field.fieldname);
    let shown = choices.iter().filter(|choice| !choice.is_empty()).copied().collect::<Vec<_>>().join(", ");
    let message = subject.say(code, &[("field", label), ("found", subject.source(value)), ("choices", &shown)]);
    let finding = Finding::new(Severity::Warning, code, message).at(value.span.clone());
    // The form shows the choice in the person's language, the document holds it as it is.
    let meant = choices
        .iter()
        .copied()
        .find(|choice| !choice.is_empty() && (*choice == found || subject.context.translate(choice) == found));
    let near = || similar::nearest(found, &mut choices.iter().copied().filter(|choice| !choice.is_empty()));
    Some(match meant.or_else(near) {
        Some(choice) if !choice.contains(['"', '\'', '\\']) => {
            let text = format!("\"{choice}\"");
            let label = subject.say("condition/fix-replace", &[("text", &text)]);
            finding.with_fix(label, value.span.clone(), text)
        }
        _ => finding,
    })
}
