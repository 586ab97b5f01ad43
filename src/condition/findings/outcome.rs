//! One sentence that says whether the notification would be sent, and because of what.

use super::Subject;
use crate::condition::Answer;
use crate::condition::ast::{Kind, Logic};
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let (Answer::Exact { truth, .. }, Some(_)) = (subject.answer, subject.document) else { return Vec::new() };
    let code = if *truth { "condition/outcome-sent" } else { "condition/outcome-not-sent" };
    let deciding: Vec<_> = subject.parts.iter().filter(|part| part.decided).collect();
    let (why, span) = match deciding.as_slice() {
        [] => return Vec::new(),
        [part] => (part.why.clone(), Some(part.span.clone())),
        // All parts of an `and` hold, or none of an `or`.
        [first, ..] => {
            let chain = subject.roots.iter().find_map(|root| match &root.kind {
                Kind::Logic(logic, operands) if operands.len() == deciding.len() => Some(*logic),
                _ => None,
            });
            match (chain, *truth) {
                (Some(Logic::And), true) => {
                    let count = deciding.len().to_string();
                    (Some(subject.say("condition/why-all", &[("count", &count)])), None)
                }
                (Some(Logic::Or), false) => {
                    let count = deciding.len().to_string();
                    (Some(subject.say("condition/why-none", &[("count", &count)])), None)
                }
                _ => (first.why.clone(), Some(first.span.clone())),
            }
        }
    };
    let Some(why) = why else { return Vec::new() };
    let message = subject.say(code, &[("why", &why)]);
    let finding = Finding::new(Severity::Info, "condition/outcome", message);
    vec![match span {
        Some(span) => finding.at(span),
        None => finding,
    }]
}
