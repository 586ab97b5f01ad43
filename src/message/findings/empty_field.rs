//! `message/empty-field`: the template reads a field that is empty on this document.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::reads;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut said: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for field in template.fields.iter().filter(|field| field.rows.is_none()) {
        let place = &field.place;
        let empty = field.slot(template.document).is_some_and(reads::is_empty);
        // What prints "None" is said by another finding.
        if !empty || template.odd.iter().any(|note| note.span == field.node.span) || said.contains(&&*place.field) {
            continue;
        }
        said.push(&place.field);
        let message = template.say("message/empty-field", &[("field", &place.field)]);
        let finding = Finding::new(Severity::Info, "message/empty-field", message);
        found.push(finding.at(template.original(place.span)));
    }
    found
}
