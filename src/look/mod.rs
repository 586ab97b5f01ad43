//! How the chats draw a message: each markup dialect becomes one tree, the tree becomes escaped HTML.

pub mod chars;
pub mod google_chat;
pub mod html;
pub mod mattermost;
mod mattermost_line;
pub mod mrkdwn;
#[cfg(test)]
mod reference;
pub mod rocket_chat;
pub mod slack;
mod top_level;
pub mod tree;

use crate::finding::Finding;
use crate::host::Context;
use crate::language::Language;
use crate::services::{self, HostWords, ServiceName};

/// Draws a message as its chat shows it: escaped HTML without scripts, styles or remote content, with classes that start
/// with `deskbell-`. `None` when the service is not complete yet.
pub fn draw(service: ServiceName, text: &str, document_url: Option<&str>, context: &Context) -> Option<String> {
    let service = services::by_name(service)?;
    let posted = service.posted_text(text, document_url, &HostWords::of(context));
    Some(html::blocks(&service.parse(&posted)))
}

/// What a message's markup does on a service that its writer may not have meant. Places are bytes of the template.
///
/// `rendered` is the text for the open document, when it is known.
pub fn lints(service: ServiceName, template: &str, rendered: Option<&str>, language: Language) -> Vec<Finding> {
    let _ = (service, template, rendered, language);
    Vec::new()
}
