//! `message/empty-field`: the template reads a field that is empty on this document.

use super::{Template, printed};
use crate::finding::{Finding, Severity};
use crate::host::document::Slot;
use crate::message::reads::{self, How};
use crate::python::Value;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    // What prints "None" is said by another finding.
    let prints: Vec<_> = template
        .printed
        .iter()
        .filter(|printed| printed.how != How::Formatted)
        .filter(|printed| matches!(printed::slot(template, &printed.field), Some(Slot::Known(Value::None))))
        .map(|printed| &printed.field)
        .collect();
    let mut said: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for place in template.places {
        let empty = printed::slot(template, &place.field).is_some_and(reads::is_empty);
        if !empty || prints.contains(&&place.field) || said.contains(&&*place.field) {
            continue;
        }
        said.push(&place.field);
        let message = template.say("message/empty-field", &[("field", &place.field)]);
        let finding = Finding::new(Severity::Info, "message/empty-field", message);
        found.push(finding.at(template.original(place.span)));
    }
    found
}
