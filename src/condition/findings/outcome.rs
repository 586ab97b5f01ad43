//! One sentence that says whether the notification would be sent, and because of what.

use super::Subject;
use crate::condition::ast::{Kind, Logic};
use crate::condition::{Answer, Part};
use crate::finding::{Finding, Severity};
use crate::host::State;
use crate::python::Exception;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(document) = subject.document else { return at_save(subject).into_iter().collect() };
    let (key, why, span) = match subject.answer {
        Answer::Exact { truth, type_name, .. } => {
            let Some((why, span)) = why(subject, *truth, type_name) else { return Vec::new() };
            let key = if *truth { "condition/outcome-sent" } else { "condition/outcome-not-sent" };
            (key, why, span)
        }
        Answer::Error(error) => {
            let (part, why) = failure(subject, error);
            // Days Before and Days After run outside of a save.
            let key =
                if document.state == State::Stored { "condition/outcome-fails" } else { "condition/outcome-blocks" };
            (key, why, part.map(|part| part.span.clone()))
        }
        Answer::Server(gaps) => {
            let Some(gap) = gaps.first() else { return Vec::new() };
            ("condition/outcome-server", gap.reason.clone(), Some(gap.span.clone()))
        }
        Answer::Unsupported(_) => return Vec::new(),
    };
    let finding = Finding::new(Severity::Info, "condition/outcome", subject.say(key, &[("why", &why)]));
    vec![match span {
        Some(span) => finding.at(span),
        None => finding,
    }]
}

/// Why it fails: the part that did, if one did, and the words.
fn failure<'a>(subject: &Subject<'a>, error: &Exception) -> (Option<&'a Part>, String) {
    let part = subject.parts.iter().find(|part| part.why.is_some());
    let why = part.and_then(|part| part.why.clone()).unwrap_or_else(|| match error.kind {
        "SyntaxError" | "IndentationError" | "TabError" => subject.say("condition/why-unreadable", &[]),
        kind => format!("{kind}: {}", error.message),
    });
    (part, why)
}

/// Why the notification cannot be saved: the host tries the condition on a blank document.
fn at_save(subject: &Subject<'_>) -> Option<Finding> {
    let Answer::Error(error) = subject.answer else { return None };
    let (part, why) = failure(subject, error);
    let message = if part.is_some() { subject.say("condition/outcome-refused", &[("why", &why)]) } else { why };
    Some(Finding::new(Severity::Info, "condition/outcome", message))
}

type Why = (String, Option<std::ops::Range<usize>>);

fn why(subject: &Subject<'_>, truth: bool, type_name: &str) -> Option<Why> {
    let deciding: Vec<&Part> = subject.parts.iter().filter(|part| part.decided).collect();
    let of_part = |part: &Part| Some((part.why.clone()?, Some(part.span.clone())));
    match deciding.as_slice() {
        // A block that came to its end without a `return`.
        [] if type_name == "NoneType" => Some((subject.say("condition/why-nothing-returned", &[]), None)),
        [] => None,
        [part] => of_part(part),
        [first, ..] => {
            // All parts of an `and` hold, or none of an `or`.
            let is_chain = |operands: &[crate::condition::ast::Expr]| {
                operands.len() == deciding.len()
                    && operands.iter().zip(&deciding).all(|(operand, part)| operand.span == part.span)
            };
            let chain = subject.nodes().find_map(|node| match &node.kind {
                Kind::Logic(logic, operands) if is_chain(operands) => Some(*logic),
                _ => None,
            });
            let count = deciding.len();
            let key = match (chain, truth, count) {
                (Some(Logic::Or), _, 2) => "condition/why-neither",
                (Some(Logic::Or), ..) => "condition/why-none",
                (Some(Logic::And), _, 2) | (None, true, 2) => "condition/why-both",
                (Some(Logic::And), ..) | (None, true, _) => "condition/why-all",
                (None, false, _) => return of_part(first),
            };
            Some((subject.say(key, &[("count", &count.to_string())]), None))
        }
    }
}
