//! One sentence that says whether the notification would be sent, and because of what.

use super::Subject;
use crate::condition::Answer;
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let (Answer::Exact { truth, .. }, Some(_)) = (subject.answer, subject.document) else { return Vec::new() };
    let code = if *truth { "condition/outcome-sent" } else { "condition/outcome-not-sent" };
    let deciding: Vec<_> = subject.parts.iter().filter(|part| part.decided).collect();
    let [part] = deciding.as_slice() else { return Vec::new() };
    let Some(expression) = subject.text.get(part.span.clone()) else { return Vec::new() };
    // A comparison says more with the value of its first side.
    let side = subject.parts.iter().find(|other| other.depth > part.depth && other.span.start == part.span.start);
    let (shown, value) = match side {
        Some(side) if side.span.end <= part.span.end => {
            (subject.text.get(side.span.clone()).unwrap_or_default(), side.value.as_str())
        }
        _ => (expression, part.value.as_str()),
    };
    let message = subject.say(code, &[("expression", expression), ("part", shown), ("value", value)]);
    vec![Finding::new(Severity::Info, "condition/outcome", message).at(part.span.clone())]
}
