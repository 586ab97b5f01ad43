//! Google Chat's text syntax.
//!
//! As Slack's, with bullets (`* `, `- `) and without Slack's `<!here>` and `<@U…>`; people are `<users/…>`. Google does not
//! document where a mark may open and close inside a word: Slack's rules are taken. (services.md 4F; no oracle is public.)

use super::mrkdwn::{self, Dialect};
use super::tree::Block;

/// Reads a text as Google Chat does.
pub fn parse(text: &str) -> Vec<Block> {
    mrkdwn::parse(text, Dialect::GoogleChat)
}
