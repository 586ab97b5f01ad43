//! `message/prints-none`: a field that is empty on this document prints the word "None".

use super::{Template, printed};
use crate::finding::{Finding, Severity};
use crate::host::document::Slot;
use crate::message::reads::How;
use crate::python::Value;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for printed in &template.printed {
        let none = matches!(printed::slot(template, &printed.field), Some(Slot::Known(Value::None)));
        if !none || printed.how == How::Formatted {
            continue;
        }
        let span = template.original(printed.span);
        let message = template.say("message/prints-none", &[("field", &printed.field)]);
        let label = template.say("message/button-print-nothing", &[]);
        let fix = span.end..span.end;
        found.push(
            Finding::new(Severity::Warning, "message/prints-none", message).at(span).with_fix(label, fix, " or \"\""),
        );
    }
    found
}
