//! `message/empty`: the whole message is empty on this document. The host posts it all the same (host.md 1).

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::Answer;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    match template.answer {
        Answer::Exact(text) if text.trim().is_empty() && !template.source.trim().is_empty() => {
            vec![Finding::new(Severity::Warning, "message/empty", template.say("message/empty", &[]))]
        }
        _ => Vec::new(),
    }
}
