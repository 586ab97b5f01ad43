//! The tree as HTML: the only producer of HTML in the plugin. Everything that comes from a message is escaped, nothing is
//! a link, nothing is loaded, nothing has a style.

use std::fmt::Write;

use super::emoji::Names;
use super::tree::{Block, Inline, Item};
use crate::services::LinkLook;

/// The HTML of a message, and of what the chat shows below it for the link to the document.
pub fn message(blocks: &[Block], below: &LinkLook, document_url: Option<&str>) -> String {
    message_and_rest(blocks, &[], below, document_url)
}

/// The same with a rest that the chat does not take: it follows the place where the limit is, which the page names.
pub fn message_and_rest(blocks: &[Block], rest: &[&str], below: &LinkLook, document_url: Option<&str>) -> String {
    let mut html = Html(String::new(), false);
    html.blocks(blocks);
    if rest.iter().any(|part| !part.is_empty()) {
        html.0.push_str("<div class=\"deskbell-cut\"></div><p class=\"deskbell-rest\">");
        rest.iter().for_each(|part| html.text(part));
        html.0.push_str("</p>");
    }
    if let Some(url) = document_url {
        html.below(below, url);
    }
    html.0
}

/// What marks a part that the server told.
pub const MARK: &str = "<mark class=\"deskbell-server\">";
/// Its end.
pub const END_OF_MARK: &str = "</mark>";

/// A text with `& < > " '` escaped, for content and for attributes in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(text, &mut out);
    out
}

fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // They stand around a part that the server told, which matters between tags only.
            c if super::PART.contains(&c) => {}
            // NUL and other control characters have no place in HTML.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// The HTML so far, and whether a part that the server told is open.
struct Html(String, bool);

impl Html {
    fn below(&mut self, look: &LinkLook, url: &str) {
        let (class, label) = match look {
            LinkLook::Button(label) => ("deskbell-button", label),
            LinkLook::AttachmentTitle(label) => ("deskbell-link", label),
            LinkLook::InText => return,
        };
        self.0.push_str("<div class=\"deskbell-attachment\">");
        self.titled(class, url);
        push_escaped(label, &mut self.0);
        self.0.push_str("</span></div>");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(content) => self.element("p", "", content),
            Block::Emoji(content) => self.element("p", "deskbell-emoji-alone", content),
            Block::Heading(level, content) => {
                // A heading of the message is none of the page.
                let _ = write!(self.0, "<div class=\"deskbell-heading deskbell-heading-{level}\">");
                self.inlines(content);
                self.0.push_str("</div>");
            }
            Block::Quote(content) => {
                self.0.push_str("<blockquote>");
                self.blocks(content);
                self.0.push_str("</blockquote>");
            }
            Block::List { first, items } => self.list(*first, items),
            Block::Code(text) => {
                self.0.push_str("<pre><code>");
                self.text(text);
                self.0.push_str("</code></pre>");
            }
            Block::Table(header, rows) => self.table(header, rows),
            Block::Rule => self.0.push_str("<hr>"),
        }
    }

    fn list(&mut self, first: Option<u64>, items: &[Item]) {
        match first {
            None => self.0.push_str("<ul>"),
            Some(1) => self.0.push_str("<ol>"),
            Some(first) => {
                let _ = write!(self.0, "<ol start=\"{first}\">");
            }
        }
        for item in items {
            self.0.push_str("<li>");
            match item.done {
                Some(true) => self.0.push_str("<span class=\"deskbell-task\">☑</span> "),
                Some(false) => self.0.push_str("<span class=\"deskbell-task\">☐</span> "),
                None => {}
            }
            match item.content.as_slice() {
                [Block::Paragraph(content)] => self.inlines(content),
                content => self.blocks(content),
            }
            self.0.push_str("</li>");
        }
        self.0.push_str(if first.is_some() { "</ol>" } else { "</ul>" });
    }

    fn table(&mut self, header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.0.push_str("<table><thead><tr>");
        for cell in header {
            self.element("th", "", cell);
        }
        self.0.push_str("</tr></thead><tbody>");
        for row in rows {
            self.0.push_str("<tr>");
            for cell in row {
                self.element("td", "", cell);
            }
            self.0.push_str("</tr>");
        }
        self.0.push_str("</tbody></table>");
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Break => self.0.push_str("<br>"),
            Inline::Bold(content) => self.element("strong", "", content),
            Inline::Italic(content) => self.element("em", "", content),
            Inline::Strike(content) => self.element("s", "", content),
            Inline::Underline(content) => self.element("u", "", content),
            Inline::Spoiler(content) => self.element("span", "deskbell-spoiler", content),
            Inline::Code(text) => {
                self.0.push_str("<code>");
                self.text(text);
                self.0.push_str("</code>");
            }
            Inline::Link { url, label } => {
                self.titled("deskbell-link", url);
                self.inlines(label);
                self.0.push_str("</span>");
            }
            Inline::Image { url, alt } => {
                self.titled("deskbell-image", url);
                push_escaped(if alt.is_empty() { url } else { alt }, &mut self.0);
                self.0.push_str("</span>");
            }
            Inline::Emoji(name, names) => self.emoji(name, *names),
            Inline::Mention(name) => self.span("deskbell-mention", name),
            Inline::Channel(name) => self.span("deskbell-channel", name),
            Inline::Block(block) => self.inside(block),
            Inline::Date(text) => self.span("deskbell-date", text),
        }
    }

    /// A block inside of a line, where HTML allows no element of a block.
    fn inside(&mut self, block: &Block) {
        match block {
            Block::Code(text) => {
                self.0.push_str("<code class=\"deskbell-block\">");
                self.text(text);
                self.0.push_str("</code>");
            }
            Block::Paragraph(content) | Block::Emoji(content) => self.inlines(content),
            Block::Heading(_, content) => self.element("span", "deskbell-block", content),
            Block::Quote(content) => {
                self.0.push_str("<span class=\"deskbell-block deskbell-quote\">");
                content.iter().for_each(|block| self.inside(block));
                self.0.push_str("</span>");
            }
            Block::List { items, .. } => {
                for item in items {
                    self.0.push_str("<span class=\"deskbell-block\">• ");
                    item.content.iter().for_each(|block| self.inside(block));
                    self.0.push_str("</span>");
                }
            }
            Block::Table(..) | Block::Rule => {}
        }
    }

    fn emoji(&mut self, name: &str, names: Names) {
        match super::emoji::character(name, names) {
            Some(characters) => {
                self.titled("deskbell-emoji", &format!(":{name}:"));
                self.0.push_str(characters);
                self.0.extend(super::emoji::tone(name, characters));
                self.0.push_str("</span>");
            }
            // Digits between colons are a time of day far more often than a picture.
            None if name.bytes().all(|b| b.is_ascii_digit()) => push_escaped(&format!(":{name}:"), &mut self.0),
            None => self.span("deskbell-emoji-name", &format!(":{name}:")),
        }
    }

    fn span(&mut self, class: &str, text: &str) {
        let _ = write!(self.0, "<span class=\"{class}\">");
        self.text(text);
        self.0.push_str("</span>");
    }

    /// A text between two tags, with the marks of what the server told: each begins and ends where this text does.
    fn text(&mut self, text: &str) {
        let [open, _] = super::PART;
        for piece in text.split_inclusive(super::PART) {
            let (inside, switch) = match piece.strip_suffix(super::PART) {
                Some(inside) => (inside, Some(piece.ends_with(open))),
                None => (piece, None),
            };
            if self.1 && !inside.is_empty() {
                self.0.push_str(MARK);
                push_escaped(inside, &mut self.0);
                self.0.push_str(END_OF_MARK);
            } else {
                push_escaped(inside, &mut self.0);
            }
            self.1 = switch.unwrap_or(self.1);
        }
    }

    fn titled(&mut self, class: &str, title: &str) {
        let _ = write!(self.0, "<span class=\"{class}\" title=\"");
        push_escaped(title, &mut self.0);
        self.0.push_str("\">");
    }

    fn element(&mut self, tag: &str, class: &str, content: &[Inline]) {
        let _ = if class.is_empty() { write!(self.0, "<{tag}>") } else { write!(self.0, "<{tag} class=\"{class}\">") };
        self.inlines(content);
        let _ = write!(self.0, "</{tag}>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_message_becomes_html() {
        let hostile = "<img src=x onerror=\"alert('1')\">&\u{0}";
        let escaped = "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;\u{fffd}";
        let text = || Inline::Text(hostile.to_owned());
        let html = message(
            &[
                Block::Paragraph(vec![
                    text(),
                    Inline::Code(hostile.to_owned()),
                    Inline::Emoji(hostile.to_owned(), Names::Own),
                ]),
                Block::Paragraph(vec![Inline::Link { url: hostile.to_owned(), label: vec![text()] }]),
                Block::Paragraph(vec![Inline::Image { url: hostile.to_owned(), alt: String::new() }]),
                Block::Code(hostile.to_owned()),
            ],
            &LinkLook::Button(hostile.to_owned()),
            Some(hostile),
        );
        assert_eq!(html.matches(escaped).count(), 10);
        assert!(!html.contains("<img"));
    }

    #[test]
    fn an_emoji_has_the_tone_of_its_name_where_it_shows_skin() {
        let drawn = |name: &str| {
            message(&[Block::Paragraph(vec![Inline::Emoji(name.into(), Names::Datasource)])], &LinkLook::InText, None)
        };
        assert!(drawn("wave::skin-tone-3").contains(">👋🏼<"));
        assert!(drawn("tada::skin-tone-3").contains(">🎉<"));
    }

    #[test]
    fn a_link_tells_where_it_leads_and_leads_nowhere() {
        let link = Inline::Link { url: "https://example.com/".into(), label: vec![Inline::Text("x".into())] };
        let html = message(&[Block::Paragraph(vec![link])], &LinkLook::InText, Some("https://example.com/"));
        assert_eq!(html, "<p><span class=\"deskbell-link\" title=\"https://example.com/\">x</span></p>");
    }
}
