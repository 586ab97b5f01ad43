//! Offsets and odd characters of the texts that people write: the one place where bytes become UTF-16 code units.

use std::ops::Range;

/// Stands for half a surrogate pair, which JavaScript's texts can hold and Rust's cannot: a character that no text has.
/// What depends on it is not known.
pub const HALF_PAIR: char = '\u{fdd0}';

/// Turns byte offsets of one text into UTF-16 offsets, as JavaScript counts them.
///
/// Built once per text; a text of ASCII costs nothing.
#[derive(Debug)]
pub struct Utf16Offsets<'a> {
    text: &'a str,
    ascii: bool,
}

impl<'a> Utf16Offsets<'a> {
    /// Prepares the conversion for one text.
    pub fn new(text: &'a str) -> Self {
        Self { text, ascii: text.is_ascii() }
    }

    /// The UTF-16 offset of a byte offset. An offset inside a character counts as its start, one past the end as the end.
    pub fn at(&self, byte: usize) -> usize {
        if self.ascii {
            return byte.min(self.text.len());
        }
        self.text.char_indices().take_while(|(index, c)| index + c.len_utf8() <= byte).map(|(_, c)| c.len_utf16()).sum()
    }

    /// The byte of a UTF-16 offset. An offset inside a character counts as its start, one past the end as the end.
    pub fn byte(&self, unit: usize) -> usize {
        if self.ascii {
            return unit.min(self.text.len());
        }
        let mut units = 0;
        let behind = self.text.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            units > unit
        });
        behind.map_or(self.text.len(), |(index, _)| index)
    }

    /// The UTF-16 range of a byte range.
    pub fn range(&self, bytes: &Range<usize>) -> Range<usize> {
        self.at(bytes.start)..self.at(bytes.end)
    }
}

/// The 1-based line that a byte offset is on. Lines end with `\n`, `\r\n` or `\r`.
pub fn line_of(text: &str, byte: usize) -> usize {
    let mut before = text.bytes().take(byte).peekable();
    let mut line = 1;
    while let Some(byte) = before.next() {
        line += usize::from(byte == b'\n' || byte == b'\r' && before.peek() != Some(&b'\n'));
    }
    line
}

/// The part of a text between two byte offsets; empty when they do not fall on characters.
pub fn slice(text: &str, span: Range<usize>) -> &str {
    text.get(span).unwrap_or_default()
}

/// A name for a character that cannot be seen, for sentences such as "found a non-breaking space".
pub fn visible(c: char) -> String {
    match c {
        ' '..='~' => c.to_string(),
        c if c.is_control() || c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') => {
            format!("U+{:04X}", u32::from(c))
        }
        c => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoji_counts_as_two_units() {
        let text = "é😀x";
        let offsets = Utf16Offsets::new(text);
        assert_eq!(offsets.at(0), 0);
        assert_eq!(offsets.at(2), 1, "after é, two bytes long");
        assert_eq!(offsets.at(6), 3, "after the emoji, two units long");
        assert_eq!(offsets.range(&(2..7)), 1..4);
        assert_eq!(offsets.at(99), 4, "past the end is the end");
    }

    #[test]
    fn an_offset_inside_a_character_is_its_start() {
        assert_eq!(Utf16Offsets::new("é😀").at(4), 1);
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!(line_of("a\nb", 0), 1);
        assert_eq!(line_of("a\nb", 2), 2);
        assert_eq!(line_of("a\r\nb\rc", 3), 2);
        assert_eq!(line_of("a\r\nb\rc", 5), 3);
    }

    #[test]
    fn what_cannot_be_seen_has_a_name() {
        assert_eq!(visible('\u{a0}'), "U+00A0");
        assert_eq!(visible('é'), "é");
    }
}
