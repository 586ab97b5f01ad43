//! Slack's mrkdwn.
//!
//! One star is bold, one underscore italic, one tilde strike; quotes start with `>`, `>>>` quotes the rest; links, mentions
//! and dates stand between `<` and `>`. No headings, lists, tables, images or backslashes. Line breaks are kept.
//! (services.md 1F; oracle: slack-message-parser.)

use super::mrkdwn::{self, Dialect};
use super::tree::Block;

/// Reads a text as Slack does.
pub fn parse(text: &str) -> Vec<Block> {
    mrkdwn::parse(text, Dialect::Slack)
}
