//! HTML where it is read and left out: blocks of it, and tags within a line.

use super::super::chars::Chars;
use super::blocks::Blocks;

/// Elements that begin a block.
const BLOCKS: &str = "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir \
div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link \
main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr \
track ul";
/// Elements whose block goes on to one of their end tags.
const RAW: [&str; 4] = ["script", "pre", "style", "textarea"];

/// How a block of HTML ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// With an end tag of [`RAW`].
    Raw,
    /// With these characters.
    With(&'static str),
    /// With an empty line.
    Block,
    /// The same; the line has a single tag and nothing else, and interrupts no paragraph.
    Tag,
}

impl Kind {
    pub fn interrupts(self) -> bool {
        self != Self::Tag
    }

    fn ends(self, line: Chars<'_>) -> bool {
        match self {
            Self::Raw => {
                let lower = line.text().to_lowercase();
                RAW.iter().any(|name| lower.contains(&format!("</{name}>")))
            }
            Self::With(mark) => line.find_text(0, mark).is_some(),
            Self::Block | Self::Tag => line.is_empty(),
        }
    }
}

impl Blocks<'_> {
    /// The block of HTML that a line begins.
    pub fn html_kind(&self, number: usize) -> Option<Kind> {
        let line = self.content(number);
        if !self.rules.html || self.is_deep(number) || line.at(0) != Some('<') {
            return None;
        }
        let is_end = line.at(1) == Some('/');
        let from = 1 + usize::from(is_end);
        let length = line.run(from, |c| c.is_ascii_alphanumeric());
        let name = line.part(from..from + length).text().to_ascii_lowercase();
        let next = line.at(from + length);
        let is_over = next.is_none_or(|c| c.is_whitespace() || c == '>');
        if !is_end && is_over && RAW.contains(&name.as_str()) {
            return Some(Kind::Raw);
        }
        let marks = [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")];
        if let Some((_, end)) = marks.iter().find(|(start, _)| line.starts_with(0, start)) {
            return Some(Kind::With(end));
        }
        if line.starts_with(0, "<!") && line.at(2).is_some_and(|c| c.is_ascii_alphabetic()) {
            return Some(Kind::With(">"));
        }
        if (is_over || line.starts_with(from + length, "/>")) && BLOCKS.split(' ').any(|known| known == name) {
            return Some(Kind::Block);
        }
        let end = tag(line, 0)?;
        line.from(end).all(char::is_whitespace).then_some(Kind::Tag)
    }

    /// Leaves out a block of HTML that begins on a line; `false` when there is none.
    pub fn html(&mut self, from: usize, to: usize) -> bool {
        let Some(kind) = self.html_kind(from) else { return false };
        let ends_empty = matches!(kind, Kind::Block | Kind::Tag);
        let mut number = from + 1;
        if !kind.ends(self.content(from)) {
            while number < to {
                let content = self.content(number);
                if self.line(number).indent < self.indent && (ends_empty || !content.is_empty()) {
                    break;
                }
                if kind.ends(content) {
                    number += usize::from(!content.is_empty());
                    break;
                }
                number += 1;
            }
        }
        self.next = number;
        true
    }
}

/// Where a piece of HTML within a line ends.
pub(super) fn piece(text: Chars<'_>, at: usize) -> Option<usize> {
    let behind = |start: usize, mark: &str| text.find_text(start, mark).map(|end| end + mark.len());
    match text.at(at + 1)? {
        '!' if text.starts_with(at, "<!-->") => Some(at + 5),
        '!' if text.starts_with(at, "<!--->") => Some(at + 6),
        '!' if text.starts_with(at, "<!--") => behind(at + 4, "-->"),
        '!' if text.starts_with(at, "<![CDATA[") => behind(at + 9, "]]>"),
        '!' if text.at(at + 2).is_some_and(|c| c.is_ascii_alphabetic()) => behind(at + 3, ">"),
        '?' => behind(at + 2, "?>"),
        _ => tag(text, at),
    }
}

/// Where a start or end tag ends.
fn tag(text: Chars<'_>, at: usize) -> Option<usize> {
    let is_end = text.at(at + 1) == Some('/');
    let name = at + 1 + usize::from(is_end);
    if !text.at(name)?.is_ascii_alphabetic() {
        return None;
    }
    let mut end = name + text.run(name, |c| c.is_ascii_alphanumeric() || c == '-');
    let skip = |at: usize| at + text.run(at, char::is_whitespace);
    if !is_end {
        while let Some(behind) = attribute(text, skip(end)).filter(|_| skip(end) > end) {
            end = behind;
        }
    }
    end = skip(end);
    if !is_end && text.at(end) == Some('/') {
        end += 1;
    }
    (text.at(end) == Some('>')).then_some(end + 1)
}

/// Where an attribute ends.
fn attribute(text: Chars<'_>, at: usize) -> Option<usize> {
    let first = text.at(at)?;
    if !first.is_ascii_alphabetic() && !matches!(first, '_' | ':') {
        return None;
    }
    let name_end = at + text.run(at, |c| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '_' | '-'));
    let skip = |at: usize| at + text.run(at, char::is_whitespace);
    let equals = skip(name_end);
    if text.at(equals) != Some('=') {
        return Some(name_end);
    }
    let start = skip(equals + 1);
    match text.at(start) {
        Some(quote @ ('"' | '\'')) => text.find(start + 1, |c| c == quote).map(|close| close + 1),
        _ => {
            let length = text.run(start, |c| c > ' ' && !matches!(c, '"' | '\'' | '=' | '<' | '>' | '`'));
            (length > 0).then_some(start + length)
        }
    }
    // A name whose value is none is still a name.
    .or(Some(name_end))
}
