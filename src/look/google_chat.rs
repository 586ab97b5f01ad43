//! Drawn as plain text for now.

use super::tree::{Block, Inline};

/// Reads a text as this chat does.
pub fn parse(text: &str) -> Vec<Block> {
    vec![Block::Paragraph(vec![Inline::Text(text.to_owned())])]
}
