//! `message/raw-amount`, `message/raw-date`, `message/raw-html`: a value goes out as the database holds it, where the
//! host has a way to write it for people.

use super::{Template, printed};
use crate::finding::{Finding, Severity};
use crate::host::document::Slot;
use crate::message::reads::{self, How};
use crate::python::Value;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for printed in &template.printed {
        let (Some(fieldtype), Some(slot)) =
            (printed::fieldtype(template, &printed.field), printed::slot(template, &printed.field))
        else {
            continue;
        };
        if printed.how == How::Formatted || reads::is_empty(slot) {
            continue;
        }
        let code = match fieldtype {
            "Currency" => "message/raw-amount",
            "Date" | "Datetime" | "Time" | "Duration" => "message/raw-date",
            "Text Editor" | "HTML Editor" if is_html(slot) => "message/raw-html",
            _ => continue,
        };
        let span = template.original(printed.span);
        let message = template.say(code, &[("field", &printed.field)]);
        let (severity, fix, text) = if code == "message/raw-html" {
            (Severity::Warning, span.end..span.end, String::from("|striptags"))
        } else {
            (Severity::Info, span.clone(), format!("doc.get_formatted(\"{}\")", printed.field))
        };
        let label = template.say("message/button-write", &[("text", &text)]);
        found.push(Finding::new(severity, code, message).at(span).with_fix(label, fix, text));
    }
    found
}

fn is_html(slot: &Slot) -> bool {
    matches!(slot, Slot::Known(Value::Str(text)) if text.contains('<'))
}
