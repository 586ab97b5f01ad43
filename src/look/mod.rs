//! How the chats draw a message: each markup dialect becomes one tree, the tree becomes escaped HTML.

pub mod chars;
pub mod discord;
mod emoji;
pub mod google_chat;
#[cfg(test)]
mod hostile;
pub mod html;
mod lints;
pub mod mattermost;
mod mattermost_line;
pub mod mrkdwn;
pub mod plain;
#[cfg(test)]
mod reference;
pub mod rocket_chat;
mod rocket_chat_line;
pub mod slack;
mod top_level;
pub mod tree;

use crate::host::Context;
use crate::services::{self, HostWords, ServiceName};
pub use lints::lints;
use tree::{Block, Inline};

/// The longest text whose markup is drawn, in characters; what follows is drawn as plain text. Slack cuts there, and the
/// others take less.
const LONGEST_DRAWN: usize = 40_000;

/// Draws a message as its chat shows it: escaped HTML without scripts, styles or remote content, with classes that start
/// with `deskbell-`. The sender and the time are the page's. `None` when the chat's
/// markup cannot be drawn faithfully.
pub fn draw(service: ServiceName, text: &str, document_url: Option<&str>, context: &Context) -> Option<String> {
    let service = services::by_name(service)?;
    let words = HostWords::of(context);
    let posted = service.posted_text(text, document_url, &words);
    let cut = posted.char_indices().nth(LONGEST_DRAWN).map_or(posted.len(), |(index, _)| index);
    let (drawn, rest) = posted.split_at_checked(cut).unwrap_or((&posted, ""));
    let mut blocks = service.parse(drawn)?;
    if !rest.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::Text(rest.to_owned())]));
    }
    Some(html::message(&blocks, &service.link_look(&words), document_url))
}
