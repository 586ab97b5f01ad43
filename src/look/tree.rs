//! One tree for the markup of all chats: what a reader would see.

use super::emoji::Names;

/// A part of a message that takes whole lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Lines of text. A chat that keeps line breaks has [`Inline::Break`]s in it.
    Paragraph(Vec<Inline>),
    /// A message of a few emoji and nothing else, which the chat shows large.
    Emoji(Vec<Inline>),
    /// A heading, 1 the largest.
    Heading(u8, Vec<Inline>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A list.
    List {
        /// The number of the first item; `None` for bullets.
        first: Option<u64>,
        /// The items.
        items: Vec<Item>,
    },
    /// Preformatted text, to be shown as it is.
    Code(String),
    /// A table: the header, then the rows.
    Table(Vec<Vec<Inline>>, Vec<Vec<Vec<Inline>>>),
    /// A line across.
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Of a task: whether it is done.
    pub done: Option<bool>,
    /// What it says.
    pub content: Vec<Block>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text, unescaped.
    Text(String),
    /// The next line.
    Break,
    /// Bold.
    Bold(Vec<Inline>),
    /// Italic.
    Italic(Vec<Inline>),
    /// Struck through.
    Strike(Vec<Inline>),
    /// Underlined.
    Underline(Vec<Inline>),
    /// Hidden until it is clicked.
    Spoiler(Vec<Inline>),
    /// Code within a line.
    Code(String),
    /// A link.
    Link {
        /// Where it leads.
        url: String,
        /// What it says.
        label: Vec<Inline>,
    },
    /// An image; nothing is ever loaded.
    Image {
        /// Where it is.
        url: String,
        /// What it shows.
        alt: String,
    },
    /// A short name of an emoji, without its colons, and whose name it is.
    Emoji(String, Names),
    /// Somebody or everybody is called: `@here`.
    Mention(String),
    /// A channel is named: `#general`.
    Channel(String),
    /// A block that stands inside of a style, a link or a line: `*a ```b``` c*`.
    Block(Box<Block>),
    /// A date that the chat writes in its reader's way; this is what is known of it.
    Date(String),
}

/// The blocks of a text whose line breaks are kept: what stands between two blocks is a paragraph. The line break on either
/// side of a block belongs to it.
pub fn lifted(line: Vec<Inline>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = Vec::new();
    let mut after_block = false;
    for inline in line {
        match inline {
            Inline::Block(block) => {
                if paragraph.last() == Some(&Inline::Break) {
                    paragraph.pop();
                }
                if !paragraph.is_empty() {
                    blocks.push(Block::Paragraph(std::mem::take(&mut paragraph)));
                }
                blocks.push(*block);
                after_block = true;
            }
            Inline::Break if after_block => after_block = false,
            inline => {
                after_block = false;
                paragraph.push(inline);
            }
        }
    }
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph(paragraph));
    }
    blocks
}
