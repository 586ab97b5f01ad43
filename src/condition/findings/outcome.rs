//! One sentence that says whether the notification would be sent, and because of what.

use super::Subject;
use crate::condition::{Answer, Part};
use crate::finding::{Finding, Severity};
use crate::host::State;
use crate::python::Exception;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(document) = subject.document else { return at_save(subject).into_iter().collect() };
    let (key, why, span) = match subject.answer {
        Answer::Exact { truth, type_name, .. } => {
            let Some((why, span)) = why(subject, type_name) else { return Vec::new() };
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
        // What Python reads and the host does not run: `doc.__islocal`.
        "SyntaxError" if subject.parsed => {
            let reason = error.message.trim_start_matches("('").trim_end_matches("',)").trim_end_matches('.');
            subject.say("condition/why-not-run", &[("reason", reason)])
        }
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

/// Most parts that are compared with each other.
const MOST_COMPARED: usize = 8;

/// Whether a part reads what another part is.
fn says(subject: &Subject<'_>, other: &Part, part: &Part) -> bool {
    let source = |part: &Part| subject.text.get(part.span.clone()).unwrap_or_default();
    let (whole, inner) = (source(other), source(part));
    let is_name = !inner.is_empty() && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'));
    let follows = |(at, _): (usize, &str)| {
        let next = whole.get(at + inner.len()..).and_then(|rest| rest.chars().next());
        next.is_some_and(|c| !c.is_alphanumeric() && c != '_')
    };
    is_name && whole.len() > inner.len() && whole.match_indices(inner).any(follows)
}

type Why = (String, Option<std::ops::Range<usize>>);

fn why(subject: &Subject<'_>, type_name: &str) -> Option<Why> {
    let deciding: Vec<&Part> = subject.parts.iter().filter(|part| part.decided).collect();
    // Of `doc.qty and doc.qty > 3` the second says what the first does.
    let is_said =
        |part: &&Part| deciding.len() <= MOST_COMPARED && deciding.iter().any(|other| says(subject, other, part));
    let deciding: Vec<&Part> = deciding.iter().filter(|part| !is_said(part)).copied().collect();
    let of_part = |part: &Part| Some((part.why.clone()?, Some(part.span.clone())));
    match deciding.as_slice() {
        // A block that came to its end without a `return`.
        [] if type_name == "NoneType" => Some((subject.say("condition/why-nothing-returned", &[]), None)),
        [] => None,
        [part] => of_part(part),
        several => {
            let mut named: Vec<&str> = several.iter().filter_map(|part| part.why.as_deref()).collect();
            let more = (several.len() - named.len()).to_string();
            // Two parts that ask one field find the same.
            let mut known = std::collections::HashSet::new();
            named.retain(|words| known.insert(*words));
            let mut named = named.into_iter();
            let mut words = named.next()?.to_owned();
            for next in named {
                words = subject.say("condition/why-and", &[("part", &words), ("other", next)]);
            }
            let key = match more.as_str() {
                "0" => return Some((words, None)),
                "1" => "condition/why-and-one",
                _ => "condition/why-and-more",
            };
            Some((subject.say(key, &[("part", &words), ("count", &more)]), None))
        }
    }
}
