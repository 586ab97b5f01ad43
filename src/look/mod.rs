//! How the chats draw a message: each markup dialect becomes one tree, the tree becomes escaped HTML.

pub mod chars;
pub mod compare;
pub mod discord;
mod discord_marks;
mod emoji;
#[cfg(test)]
mod generated;
pub mod google_chat;
#[cfg(test)]
mod hostile;
pub mod html;
mod limit;
mod lints;
pub mod markdown;
pub mod mattermost;
mod mattermost_line;
mod mattermost_link;
mod mattermost_text;
pub mod mrkdwn;
pub mod plain;
#[cfg(test)]
mod reference;
pub mod rich;
pub mod rocket_chat;
mod rocket_chat_emoji;
mod rocket_chat_line;
mod rocket_chat_link;
pub mod slack;
pub mod text_block;
mod top_level;
pub mod tree;

use std::ops::Range;

use crate::host::Context;
use crate::services::{self, ChatService, HostWords, ServiceName};
pub use lints::{Rendered, lints};
use tree::{Block, Inline};

/// The longest text whose markup is drawn, in characters; what follows is drawn as plain text. Slack cuts there, and the
/// others take less.
const LONGEST_DRAWN: usize = 40_000;

/// What stands around a part that the server told, while the text is drawn: characters that no text may have.
const PART: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];

/// The words of a text: where letters and digits stand together.
fn words_of(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (start, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut() {
            Some(word) if word.end == start => word.end += c.len_utf8(),
            _ => words.push(start..start + c.len_utf8()),
        }
    }
    words
}

/// Draws a message as its chat shows it: escaped HTML without scripts, styles or remote content, with classes that start
/// with `deskbell-`. The sender and the time are the page's. `None` when the chat's
/// markup cannot be drawn faithfully. `from_server` are bytes of the text to mark, which is done where it changes nothing
/// about how the rest is read.
pub fn draw(
    service: ServiceName,
    text: &str,
    from_server: &[Range<usize>],
    document_url: Option<&str>,
    context: &Context,
) -> Option<String> {
    let service = services::by_name(service)?;
    let words = HostWords::of(context);
    let posted = service.posted_text(text, document_url, &words);
    let left_out = limit::left_out(text, &posted);
    let plain = drawn(service, &posted, left_out, document_url, &words)?;
    if from_server.is_empty() || posted.contains(PART) {
        return Some(plain);
    }
    let marked = with_marks(text, &posted, from_server);
    let Some(marked) = drawn(service, &marked, left_out, document_url, &words) else {
        return Some(plain);
    };
    let unmarked = marked.replace(html::MARK, "").replace(html::END_OF_MARK, "");
    Some(if unmarked == plain { marked } else { plain })
}

/// What nobody has confirmed about how a chat draws a message, in a sentence.
pub fn unsure(service: ServiceName, text: &str, document_url: Option<&str>, context: &Context) -> Option<String> {
    let service = services::by_name(service)?;
    let key = service.unsure(&service.posted_text(text, document_url, &HostWords::of(context)))?;
    Some(context.language.say(key, &[]))
}

/// The posted text with its parts between [`PART`]; what the service cut off is left out.
fn with_marks(text: &str, posted: &str, parts: &[Range<usize>]) -> String {
    let [open, close] = PART;
    let mut marked = String::with_capacity(posted.len() + 6 * parts.len());
    let mut done = 0;
    for part in parts {
        let end = part.end.min(posted.len());
        let (Some(before), Some(inside)) = (posted.get(done..part.start), posted.get(part.start..end)) else { break };
        if text.get(..end) != posted.get(..end) {
            break;
        }
        marked.push_str(before);
        marked.push(open);
        marked.push_str(inside);
        marked.push(close);
        done = end;
    }
    marked.push_str(posted.get(done..).unwrap_or_default());
    marked
}

/// `left_out` is what the host cut off the posted text.
fn drawn(
    service: &dyn ChatService,
    posted: &str,
    left_out: &str,
    document_url: Option<&str>,
    words: &HostWords,
) -> Option<String> {
    let (taken, rest) =
        posted.split_at_checked(limit::place(service, posted, document_url, words)).unwrap_or((posted, ""));
    let cut = taken.char_indices().nth(LONGEST_DRAWN).map_or(taken.len(), |(index, _)| index);
    let (drawn, unread) = taken.split_at_checked(cut).unwrap_or((taken, ""));
    let mut blocks = service.parse(drawn)?;
    if !unread.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::Text(unread.to_owned())]));
    }
    Some(html::message_and_rest(&blocks, &[rest, left_out], &service.link_look(words), document_url))
}
