//! `message/forbidden-text`: a text with `.__` is refused, wherever it stands (host.md 3).

use super::Raw;
use crate::finding::{Finding, Severity};
use crate::message::guards::FORBIDDEN;

/// Prints a dot, so that none stands before the underscores.
const DOT: &str = "{{ \".\" }}";

pub(super) fn find(raw: &Raw<'_>) -> Option<Finding> {
    let at = raw.source.find(FORBIDDEN)?;
    let span = at..at + FORBIDDEN.len();
    let message = raw.say("message/forbidden-text", &[]);
    let finding = Finding::new(Severity::Error, "message/forbidden-text", message).at(span);
    // Inside a tag it is an attribute that templates may not have.
    if raw.is_in_tag(at) {
        return Some(finding);
    }
    let label = raw.say("message/button-write", &[("text", DOT)]);
    Some(finding.with_fix(label, at..at + 1, DOT))
}
