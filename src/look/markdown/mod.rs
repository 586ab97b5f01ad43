//! CommonMark with what its dialects add or leave out, read as markdown-it 14 reads it: Matrix (Hookshot), Teams, and
//! ntfy where its Markdown is asked for.
//!
//! Blocks are cut out first, because a link may be defined below the place that uses it; the lines of each block are read
//! afterwards. Two libraries were weighed and left: `pulldown-cmark` (92 kB of gzip) cannot show HTML as it is written, as
//! Hookshot does, nor leave headings out, as Teams does; `markdown` can, for 137 kB. Compared with the real library on
//! generated texts in `tests/reference/dialects.rs`.

mod blocks;
mod delimiters;
mod destinations;
mod html;
mod inline;
mod lists;
mod references;
mod tables;
mod words;

use super::chars::{Chars, characters};
use super::tree::{Block, Inline, Item};
use blocks::Draft;
use references::References;

/// Which constructs a dialect has beyond paragraphs, lists, emphasis and links.
#[derive(Debug)]
pub struct Rules {
    /// Headings, quotations, code, lines across and images.
    pub all_blocks: bool,
    /// `<https://…>`
    pub angle_addresses: bool,
    /// Tables.
    pub tables: bool,
    /// `~~struck~~`
    pub strike: bool,
    /// HTML is read, and left out; otherwise it is shown as it is written.
    pub html: bool,
    /// How deep it nests before the rest is left out.
    pub deepest: usize,
}

/// Hookshot's: markdown-it as it is.
pub const HOOKSHOT: Rules =
    Rules { all_blocks: true, angle_addresses: true, tables: true, strike: true, html: false, deepest: 100 };

/// A `TextBlock` of an Adaptive Card: bold, italic, lists and links, and nothing else.
pub const TEXT_BLOCK: Rules =
    Rules { all_blocks: false, angle_addresses: false, tables: false, strike: false, html: false, deepest: 100 };

/// ntfy's web app, when a message asks for Markdown.
pub const PLAIN: Rules =
    Rules { all_blocks: true, angle_addresses: true, tables: false, strike: false, html: true, deepest: 20 };

/// Reads a text; `None` when it names a character (`&name;`) that may or may not be one of HTML 5's 2,000.
pub fn parse(text: &str, rules: &Rules) -> Option<Vec<Block>> {
    let mut chars = characters(text);
    chars.iter_mut().filter(|c| **c == '\0').for_each(|c| *c = '\u{fffd}');
    let (drafts, references) = blocks::read(Chars(&chars), rules);
    let mut writer = Writer { rules, references: &references, unsure: references.unsure };
    let blocks = writer.blocks(&drafts);
    (!writer.unsure).then_some(blocks)
}

/// Reads the lines of the blocks.
struct Writer<'a> {
    rules: &'a Rules,
    references: &'a References,
    unsure: bool,
}

impl Writer<'_> {
    fn blocks(&mut self, drafts: &[Draft]) -> Vec<Block> {
        drafts.iter().map(|draft| self.block(draft)).collect()
    }

    fn block(&mut self, draft: &Draft) -> Block {
        match draft {
            Draft::Paragraph(text) => Block::Paragraph(self.line(text)),
            Draft::Heading(level, text) => Block::Heading(*level, self.line(text)),
            Draft::Quote(content) => Block::Quote(self.blocks(content)),
            Draft::List { first, items } => Block::List {
                first: *first,
                items: items.iter().map(|item| Item { done: None, content: self.blocks(item) }).collect(),
            },
            Draft::Code(text) => Block::Code(text.clone()),
            Draft::Table(header, rows) => {
                let header = header.iter().map(|cell| self.line(cell)).collect();
                let rows = rows.iter().map(|row| row.iter().map(|cell| self.line(cell)).collect()).collect();
                Block::Table(header, rows)
            }
            Draft::Rule => Block::Rule,
        }
    }

    fn line(&mut self, text: &[char]) -> Vec<Inline> {
        inline::read(Chars(text), self.rules, self.references, &mut self.unsure)
    }
}
