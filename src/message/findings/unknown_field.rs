//! `message/unknown-field`: the document or the row has no such field, and a text such as "no such element" is sent.

use std::rc::Rc;

use super::fields::FieldPlace;
use super::{MOST_OF_ONE, Template};
use crate::finding::{Finding, Severity};
use crate::host::{DocType, document_attributes, document_methods, document_type};
use crate::message::ast::ExprKind;
use crate::message::reads::How;
use crate::similar;

/// Fields that every row has beside those of every document.
const OF_ROWS: [&str; 3] = ["parent", "parentfield", "parenttype"];
const OF_ALL: [&str; 8] = ["creation", "docstatus", "doctype", "idx", "modified", "modified_by", "name", "owner"];

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for field in &template.fields {
        if found.len() >= MOST_OF_ONE {
            break;
        }
        let place = &field.place;
        let doctype = field.rows.as_ref().map_or(&template.document.doctype, |(doctype, _)| doctype);
        if doctype.fields.is_empty()
            || has(template, field, doctype)
            || template.survey.expects_missing(field.node.span)
        {
            continue;
        }
        let nearest = nearest(doctype, &place.field);
        // An app's class may add attributes of its own, which the page cannot see: only a slip is told, as a question.
        let told = doctype.custom || place.how != How::Directly;
        let called = template
            .survey
            .reaches
            .iter()
            .any(|node| matches!(&node.kind, ExprKind::Call(call) if std::ptr::eq(&call.callee, field.node)));
        if !told && (nearest.is_none() || called) {
            continue;
        }
        let span = template.original(place.span);
        let values = [
            ("field", &*place.field),
            ("near", nearest.as_deref().unwrap_or_default()),
            ("doctype", doctype.name.as_str()),
        ];
        let key = match (field.rows.is_some(), nearest.is_some()) {
            (false, true) => "message/unknown-field-near",
            (false, false) => "message/unknown-field",
            (true, true) => "message/unknown-row-field-near",
            (true, false) => "message/unknown-row-field",
        };
        let severity = if place.how == How::Directly && told { Severity::Error } else { Severity::Warning };
        let finding = Finding::new(severity, "message/unknown-field", template.say(key, &values)).at(span);
        found.push(match nearest {
            Some(name) => template.with_written(finding, place.span, name.to_string()),
            None => finding,
        });
    }
    found
}

/// Whether there is such a field or, where it is reached directly, such an attribute. What is not known is not accused.
fn has(template: &Template<'_>, field: &FieldPlace<'_>, doctype: &DocType) -> bool {
    let name = &*field.place.field;
    let described = doctype.field(name).is_some_and(|field| document_type::has_value(&field.fieldtype));
    if described || OF_ALL.contains(&name) || field.rows.is_some() && OF_ROWS.contains(&name) {
        return true;
    }
    if name.starts_with('_') || name == "amended_from" && doctype.is_submittable {
        return true;
    }
    if field.rows.is_none() && template.document.slot(name).is_some() {
        return true;
    }
    let example = field.example(template.document).unwrap_or(template.document);
    field.place.how == How::Directly
        && (document_attributes::ATTRIBUTES.binary_search(&name).is_ok()
            || !matches!(document_methods::method(example, name), Ok(None)))
}

/// The field that was probably meant: by its label, or by a name that is almost the same.
fn nearest(doctype: &DocType, name: &str) -> Option<Rc<str>> {
    let fold = |text: &str| text.to_lowercase().replace([' ', '-'], "_");
    let wanted = fold(name);
    let fields = || doctype.fields.iter().filter(|field| document_type::has_value(&field.fieldtype));
    let labelled = fields().find(|field| field.label.as_deref().is_some_and(|label| fold(label) == wanted));
    let near = labelled
        .map(|field| field.fieldname.as_str())
        .or_else(|| similar::nearest(name, &mut fields().map(|field| field.fieldname.as_str()).chain(OF_ALL)));
    near.map(Rc::from)
}
