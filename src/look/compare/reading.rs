//! The words of a tree, in the order in which their chat shows them, and the signs between them.

use super::style::{Style, Styles};
use crate::look::tree::{Block, Inline};
use crate::look::{emoji, words_of};

/// A word that a chat shows.
#[derive(Debug)]
pub(super) struct Shown {
    pub word: String,
    pub styles: Styles,
    /// Which line of the chat it stands on.
    pub line: usize,
    /// The signs and spaces between it and the word before.
    pub signs: String,
}

/// The words of a tree, in the order in which their chat shows them.
pub(super) struct Reading<'a> {
    text: &'a str,
    joins: bool,
    line: usize,
    /// What was read so far.
    pub shown: Vec<Shown>,
    /// The signs behind the last word.
    pub signs: String,
}

impl<'a> Reading<'a> {
    /// Reads what a chat makes of a text; `joins` says whether it joins lines.
    pub fn of(text: &'a str, blocks: &[Block], joins: bool) -> Self {
        let mut reading = Self { text, joins, line: 0, shown: Vec::new(), signs: String::new() };
        reading.blocks(blocks, 0);
        reading
    }

    fn blocks(&mut self, blocks: &[Block], styles: Styles) {
        for block in blocks {
            self.line += 1;
            self.signs.push(' ');
            match block {
                Block::Paragraph(content) | Block::Emoji(content) => self.inlines(content, styles),
                Block::Heading(_, content) => self.inlines(content, styles | Style::Heading.bit()),
                Block::Quote(content) => self.blocks(content, styles | Style::Quote.bit()),
                Block::List { first, items } => {
                    let styles = styles | Style::List.bit();
                    for (number, item) in (first.unwrap_or_default()..).zip(items) {
                        self.line += 1;
                        self.signs.push(' ');
                        if first.is_some() {
                            self.text(&number.to_string(), styles);
                        }
                        match item.content.as_slice() {
                            [Block::Paragraph(content)] => self.inlines(content, styles),
                            content => self.blocks(content, styles),
                        }
                    }
                }
                Block::Code(code) => {
                    // Its lines stay lines in every chat.
                    for line in code.split('\n') {
                        self.line += 1;
                        self.text(line, styles | Style::Code.bit());
                    }
                }
                Block::Table(header, rows) => {
                    let styles = styles | Style::Table.bit();
                    for row in std::iter::once(header).chain(rows) {
                        self.line += 1;
                        row.iter().for_each(|cell| self.inlines(cell, styles));
                    }
                }
                Block::Rule => {}
            }
        }
        self.line += 1;
    }

    fn inlines(&mut self, content: &[Inline], styles: Styles) {
        for inline in content {
            self.inline(inline, styles);
        }
    }

    fn inline(&mut self, inline: &Inline, styles: Styles) {
        match inline {
            Inline::Text(text) => self.text(text, styles),
            Inline::Break => {
                self.line += 1;
                self.signs.push(' ');
            }
            Inline::Bold(content) => self.inlines(content, styles | Style::Bold.bit()),
            Inline::Italic(content) => self.inlines(content, styles | Style::Italic.bit()),
            Inline::Strike(content) => self.inlines(content, styles | Style::Struck.bit()),
            Inline::Underline(content) => self.inlines(content, styles | Style::Underlined.bit()),
            Inline::Spoiler(content) => self.inlines(content, styles | Style::Spoiler.bit()),
            Inline::Code(code) => self.text(code, styles | Style::Code.bit()),
            Inline::Link { url, label } => self.link(url, label, styles),
            Inline::Image { url, alt } => {
                let styles = styles | Style::Image.bit();
                self.text(alt, styles);
                self.text(url, styles);
            }
            // Digits between colons are a time of day, and a name that nobody knows stays a name.
            Inline::Emoji(name, names) if emoji::character(name, *names).is_none() => {
                self.text(&format!(":{name}:"), styles)
            }
            Inline::Emoji(name, _) => self.text(name, styles | Style::Emoji.bit()),
            Inline::Mention(name) => self.text(name, styles | Style::Mention.bit()),
            Inline::Channel(name) => self.text(name, styles | Style::Channel.bit()),
            Inline::Block(block) => self.blocks(std::slice::from_ref(block), styles),
            Inline::Date(text) => self.text(text, styles | Style::Date.bit()),
        }
    }

    /// A link's address is not shown where it has a label, but its words are in the text: before the label or behind it.
    fn link(&mut self, url: &str, label: &[Inline], styles: Styles) {
        let start = self.shown.len();
        self.inlines(label, styles | Style::Link.bit());
        let behind = self.shown.len();
        let label: String =
            self.shown.get(start..).unwrap_or_default().iter().map(|shown| shown.word.as_str()).collect();
        let address: String = words_of(url).into_iter().filter_map(|word| url.get(word)).collect();
        let is_before = self.text.contains(&format!("<{url}|"));
        let is_label = || is_before || self.text.contains(&format!("]({url}")) || !address.contains(&label);
        let has_label = label != address && is_label();
        let Some(shown) = self.shown.get_mut(start..).filter(|_| !has_label) else {
            self.text(url, styles | Style::Link.bit());
            if let Some(shown) = self.shown.get_mut(start..).filter(|_| is_before) {
                shown.rotate_left(behind - start);
            }
            return;
        };
        for word in shown {
            word.styles ^= Style::Link.bit() | Style::Address.bit();
        }
    }

    fn text(&mut self, text: &str, styles: Styles) {
        for (index, line) in text.split('\n').enumerate() {
            self.line += usize::from(index > 0 && !self.joins);
            self.signs.extend((index > 0).then_some(' '));
            let mut done = 0;
            for word in words_of(line) {
                self.signs.extend(signs(line.get(done..word.start).unwrap_or_default()));
                done = word.end;
                let word = line.get(word).unwrap_or_default().to_owned();
                let signs = std::mem::take(&mut self.signs);
                self.shown.push(Shown { word, styles, line: self.line, signs });
            }
            self.signs.extend(signs(line.get(done..).unwrap_or_default()));
        }
    }
}

/// The signs of a text: what is neither a letter nor a digit; any white space is a space.
fn signs(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_alphanumeric()).map(|c| if c.is_whitespace() { ' ' } else { c })
}
