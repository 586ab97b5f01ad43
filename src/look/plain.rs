//! No markup at all: the text as it is, with its line breaks; bare addresses are links.

use super::chars::{Chars, Line, bare_url_end, characters};
use super::tree::{Block, Inline};

/// Reads a text without markup.
pub fn parse(text: &str) -> Vec<Block> {
    let chars = characters(text);
    let chars = Chars(&chars);
    let mut out = Line::default();
    let mut at = 0;
    while let Some(c) = chars.at(at) {
        let starts_word = chars.before(at).is_none_or(|c| !c.is_alphanumeric());
        let link = if c == 'h' && starts_word { bare_url_end(chars, at) } else { None };
        if let Some(end) = link {
            let url = chars.part(at..end).text();
            out.node(Inline::Link { label: vec![Inline::Text(url.clone())], url });
            at = end;
            continue;
        }
        if c == '\n' {
            out.node(Inline::Break);
        } else {
            out.character(c);
        }
        at += 1;
    }
    vec![Block::Paragraph(out.finish())]
}

/// A text as it is written, addresses too.
pub fn written(text: &str) -> Vec<Block> {
    let mut out = Line::default();
    for c in characters(text) {
        if c == '\n' {
            out.node(Inline::Break);
        } else {
            out.character(c);
        }
    }
    vec![Block::Paragraph(out.finish())]
}
