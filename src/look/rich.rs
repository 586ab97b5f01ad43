//! HTML that a chat's server made of a message, as the chat's editor shows it: Raven's.
//!
//! Raven hands the HTML to a Tiptap editor that nobody can type in (`TiptapRenderer.tsx`). It knows paragraphs, lists, quotations,
//! code, tables, links, images and five styles; headings become paragraphs. What saving may have taken out before, or what the
//! editor would have to repair, is not followed.

use super::tree::{Block, Inline, Item};
use crate::host::entities::{Reference, reference};
use crate::host::html::{Tag, Token, tokens};

/// Deeper than this nobody nests.
const DEEPEST: usize = 40;

/// Reads HTML; `None` when it is not certain what the editor makes of it.
pub fn parse(html: &str) -> Option<Vec<Block>> {
    let tokens = tokens(html).ok()?;
    let mut reader = Reader { tokens: tokens.into_iter(), depth: 0 };
    reader.blocks("")
}

struct Reader<'a> {
    tokens: std::vec::IntoIter<Token<'a>>,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        self.tokens.next()
    }

    /// The blocks up to an end tag, or to the end of the text when that has no name.
    fn blocks(&mut self, until: &str) -> Option<Vec<Block>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut found = Vec::new();
        let mut loose = Vec::new();
        loop {
            match self.next() {
                None if until.is_empty() => break,
                Some(Token::End(name, _)) if name == until => break,
                None | Some(Token::End(..)) => return None,
                Some(Token::Start(tag)) if is_block(&tag.name) => {
                    flush(&mut loose, &mut found);
                    self.block(&tag, &mut found)?;
                }
                Some(token) => self.inline(token, &mut loose)?,
            }
        }
        flush(&mut loose, &mut found);
        self.depth -= 1;
        Some(found)
    }

    fn block(&mut self, tag: &Tag<'a>, found: &mut Vec<Block>) -> Option<()> {
        let name = tag.name.as_str();
        let block = match name {
            "hr" => Block::Rule,
            "blockquote" => Block::Quote(self.blocks(name)?),
            "pre" => Block::Code(self.code()?),
            "table" => self.table()?,
            "ul" => Block::List { first: None, items: self.items(name)? },
            "ol" => {
                let first = tag.attribute("start").map_or(Some(1), |start| start.parse().ok())?;
                Block::List { first: Some(first), items: self.items(name)? }
            }
            _ => Block::Paragraph(trimmed(self.inlines(name)?)),
        };
        found.push(block);
        Some(())
    }

    fn items(&mut self, until: &str) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Token::Start(tag) if tag.name == "li" => items.push(Item { done: None, content: self.blocks("li")? }),
                Token::End(name, _) if name == until => return Some(items),
                Token::Text(text) if text.trim().is_empty() => {}
                _ => return None,
            }
        }
    }

    /// `<pre><code>…</code></pre>` behind its first tag.
    fn code(&mut self) -> Option<String> {
        let Token::Start(tag) = self.next()? else { return None };
        if tag.name != "code" {
            return None;
        }
        let mut code = String::new();
        loop {
            match self.next()? {
                Token::Text(text) => code.push_str(&decoded(text)?),
                Token::End(name, _) if name == "code" => break,
                _ => return None,
            }
        }
        let Token::End(name, _) = self.next()? else { return None };
        if code.ends_with('\n') {
            code.pop();
        }
        (name == "pre").then_some(code)
    }

    fn table(&mut self) -> Option<Block> {
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        let mut has_header = false;
        loop {
            match self.next()? {
                Token::Text(text) if text.trim().is_empty() => {}
                Token::Start(tag) => match tag.name.as_str() {
                    "thead" if rows.is_empty() => has_header = true,
                    "tbody" => {}
                    "tr" => rows.push(Vec::new()),
                    "th" | "td" => {
                        let cell = trimmed(self.inlines(&tag.name)?);
                        rows.last_mut()?.push(cell);
                    }
                    _ => return None,
                },
                Token::End(name, _) => match name.as_str() {
                    "thead" | "tbody" | "tr" => {}
                    "table" => break,
                    _ => return None,
                },
                _ => return None,
            }
        }
        let mut rows = rows.into_iter();
        let header = rows.next().filter(|_| has_header)?;
        Some(Block::Table(header, rows.collect()))
    }

    /// What stands in a line up to an end tag.
    fn inlines(&mut self, until: &str) -> Option<Vec<Inline>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut found = Vec::new();
        loop {
            match self.next()? {
                Token::End(name, _) if name == until => break,
                token => self.inline(token, &mut found)?,
            }
        }
        self.depth -= 1;
        Some(found)
    }

    fn inline(&mut self, token: Token<'a>, found: &mut Vec<Inline>) -> Option<()> {
        let tag = match token {
            Token::Text(text) => {
                push_text(found, &decoded(text)?);
                return Some(());
            }
            Token::Comment(_) => return Some(()),
            Token::End(..) => return None,
            Token::Start(tag) => tag,
        };
        let name = tag.name.as_str();
        match name {
            "br" => found.push(Inline::Break),
            "strong" | "b" => found.push(Inline::Bold(self.inlines(name)?)),
            "em" | "i" => found.push(Inline::Italic(self.inlines(name)?)),
            "s" | "del" | "strike" => found.push(Inline::Strike(self.inlines(name)?)),
            "u" => found.push(Inline::Underline(self.inlines(name)?)),
            "code" => {
                let content = self.inlines(name)?;
                match content.as_slice() {
                    [] => {}
                    [Inline::Text(text)] => found.push(Inline::Code(text.clone())),
                    _ => return None,
                }
            }
            "a" => {
                let label = self.inlines(name)?;
                match tag.attribute("href").map(decoded) {
                    Some(url) => match kept(&url?)? {
                        Some(url) => found.push(Inline::Link { url, label }),
                        None => found.extend(label),
                    },
                    None => found.extend(label),
                }
            }
            "img" => {
                let url = decoded(tag.attribute("src")?)?;
                let alt = decoded(tag.attribute("alt").unwrap_or_default())?;
                found.push(Inline::Image { url: kept(&url)??, alt });
            }
            "span" => found.extend(self.inlines(name)?),
            _ => return None,
        }
        Some(())
    }
}

fn is_block(name: &str) -> bool {
    matches!(name, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" | "table" | "ul" | "ol" | "hr")
}

/// Text between blocks is a paragraph of its own.
fn flush(loose: &mut Vec<Inline>, found: &mut Vec<Block>) {
    let content = trimmed(std::mem::take(loose));
    if !content.is_empty() {
        found.push(Block::Paragraph(content));
    }
}

/// A line without blanks at both ends.
fn trimmed(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(text)) = content.first_mut() {
        *text = text.trim_start_matches(' ').to_owned();
    }
    if let Some(Inline::Text(text)) = content.last_mut() {
        *text = text.trim_end_matches(' ').to_owned();
    }
    content.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    content
}

/// Adds a text, in which white space is one blank, and none behind a line break.
fn push_text(found: &mut Vec<Inline>, text: &str) {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let is_white = matches!(c, ' ' | '\t' | '\n' | '\r');
        let follows_white = match shown.chars().next_back() {
            Some(last) => last == ' ',
            None => match found.last() {
                Some(Inline::Break) => true,
                Some(Inline::Text(before)) => before.ends_with(' '),
                _ => false,
            },
        };
        if !is_white {
            shown.push(c);
        } else if !follows_white {
            shown.push(' ');
        }
    }
    match found.last_mut() {
        Some(Inline::Text(before)) => before.push_str(&shown),
        _ if shown.is_empty() => {}
        _ => found.push(Inline::Text(shown)),
    }
}

/// An address that a link keeps; nothing where saving and the editor both take it away, `None` where one of them may.
#[expect(clippy::option_option, reason = "an unknown, no address, or one")]
fn kept(url: &str) -> Option<Option<String>> {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        None | Some("http" | "https" | "mailto") => Some(Some(url.to_owned())),
        Some("javascript" | "vbscript") => Some(None),
        Some(_) => None,
    }
}

/// A text with its entities read; `None` for one that is not known.
fn decoded(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        match reference(behind)? {
            Reference::Named(name, c) => {
                out.push(c);
                rest = behind.get(name.len() + 1..)?;
            }
            Reference::Number(name, c) => {
                out.push(c?);
                rest = behind.get(name.len() + 1..)?;
            }
            Reference::None => {
                // Some names need no `;`.
                let name = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
                if name > 1 && behind.get(..name).is_some_and(begins_with_old_name) {
                    return None;
                }
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    Some(out)
}

/// Whether a browser may read the beginning of a word as a character.
fn begins_with_old_name(word: &str) -> bool {
    use crate::host::entities::{character, is_old};
    (2..=word.len().min(6)).any(|length| word.get(..length).and_then(character).is_some_and(is_old))
}

/// Whether a text has signs that markdown2 2.4 and 2.5 read differently: an entity behind a backslash, or underscores inside
/// of words with a sign next to them, such as `a_]b_c`.
pub fn reads_differ_by_version(text: &str) -> bool {
    let in_words = |line: &str| {
        let chars: Vec<char> = line.chars().collect();
        let is_word = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
        let is_sign =
            |at: usize| chars.get(at).is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace() && *c != '_');
        let mut opener = None;
        for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == '_') {
            if let Some(open) = opener
                && is_word(Some(at + 1))
                && (is_sign(open + 1) || at.checked_sub(1).is_some_and(is_sign))
            {
                return true;
            }
            if is_word(at.checked_sub(1)) {
                opener = Some(at);
            }
        }
        false
    };
    text.contains("\\&") || text.lines().any(in_words)
}

/// Whether emphasis holds more emphasis or a sign of it, or a quotation another one: markdown2 2.4 and 2.5 read that
/// differently.
pub fn differs_by_version(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Paragraph(content) | Block::Emoji(content) | Block::Heading(_, content) => nests(content, false),
        Block::Quote(content) => {
            content.iter().any(|block| matches!(block, Block::Quote(_))) || differs_by_version(content)
        }
        Block::List { items, .. } => items.iter().any(|item| differs_by_version(&item.content)),
        Block::Table(header, rows) => {
            std::iter::once(header).chain(rows).flatten().any(|content| nests(content, false))
        }
        Block::Code(_) | Block::Rule => false,
    })
}

fn nests(content: &[Inline], inside: bool) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => inside && text.contains(['*', '_']),
        Inline::Bold(content) | Inline::Italic(content) => inside || nests(content, true),
        Inline::Strike(content) | Inline::Underline(content) => nests(content, inside),
        Inline::Link { url, label } => inside && url.contains(['*', '_']) || nests(label, inside),
        _ => false,
    })
}
