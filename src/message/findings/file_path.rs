//! `message/file-path`: a text on one line that ends like a file name is looked up as a template file (host.md 3).

use super::Raw;
use crate::finding::{Finding, Severity};
use crate::message::guards;

pub(super) fn find(raw: &Raw<'_>) -> Option<Finding> {
    let source = raw.source;
    if !guards::is_path(source) {
        return None;
    }
    let dot = source.rfind('.')?;
    let ending = source.get(dot..)?;
    let message = raw.say("message/file-path", &[("ending", ending)]);
    let label = raw.say("message/button-newline", &[]);
    let end = source.len();
    // The host drops one final newline, so the message stays the same.
    let finding = Finding::new(Severity::Error, "message/file-path", message).at(dot..end);
    Some(finding.with_fix(label, end..end, "\n"))
}
