//! `message/formatted-text`: `get_formatted` writes the line breaks of a long text as `<br>` (host.md 3), which chats show.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::host::document::Slot;
use crate::python::Value;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for value in &template.survey.printed {
        let Some(field) = template.fields.iter().find(|field| std::ptr::eq(field.node, *value)) else { continue };
        let long = matches!(field.fieldtype(template.document), "Long Text" | "Small Text" | "Text");
        let lines = matches!(field.slot(template.document), Some(Slot::Known(Value::Str(text))) if text.contains('\n'));
        if !long || !lines || !field.is_formatted() {
            continue;
        }
        let message = template.say("message/formatted-text", &[("field", &field.place.field)]);
        let finding = Finding::new(Severity::Warning, "message/formatted-text", message);
        let owner = template.normalised.text.get(field.owner.span.range()).unwrap_or_default();
        let fixed = format!("{owner}.{}", field.place.field);
        found.push(template.with_written(finding.at(template.original(value.span)), value.span, fixed));
    }
    found
}
