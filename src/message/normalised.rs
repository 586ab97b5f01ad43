//! The text that Jinja2 lexes: line ends made `\n`, one final newline dropped, with the way back to the original's bytes.
//!
//! Source: `Lexer.tokeniter` of Jinja2 3.1 (`newline_re`, `keep_trailing_newline`).

use std::borrow::Cow;
use std::ops::Range;

/// A template as Jinja2 sees it.
#[derive(Debug)]
pub struct Normalised<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Offsets in `text` of the newlines that were `\r\n`, ascending.
    shortened: Vec<usize>,
}

impl<'a> Normalised<'a> {
    /// Prepares a template.
    pub fn new(source: &'a str) -> Self {
        if !source.contains('\r') {
            let text = Cow::Borrowed(source.strip_suffix('\n').unwrap_or(source));
            return Self { text, shortened: Vec::new() };
        }
        let mut text = String::with_capacity(source.len());
        let mut shortened = Vec::new();
        let mut characters = source.chars().peekable();
        while let Some(c) = characters.next() {
            if c != '\r' {
                text.push(c);
                continue;
            }
            if characters.next_if_eq(&'\n').is_some() {
                shortened.push(text.len());
            }
            text.push('\n');
        }
        if text.ends_with('\n') {
            text.pop();
        }
        Self { text: Cow::Owned(text), shortened }
    }

    /// The original's offset of an offset of the text.
    pub fn original(&self, offset: usize) -> usize {
        offset + self.shortened.partition_point(|newline| *newline < offset)
    }

    /// The original's range of a range of the text.
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        self.original(range.start)..self.original(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_newlines_and_the_last_one_goes() {
        for (source, text) in [("a\r\nb\rc\n", "a\nb\nc"), ("a\n\n", "a\n"), ("\n", ""), ("a\r\n", "a"), ("a", "a")] {
            assert_eq!(Normalised::new(source).text, text, "{source:?}");
        }
    }

    #[test]
    fn offsets_find_their_way_back() {
        let normalised = Normalised::new("a\r\nb\r\nc");
        assert_eq!(normalised.text, "a\nb\nc");
        assert_eq!(normalised.original(2), 3, "b");
        assert_eq!(normalised.original_range(4..5), 6..7, "c");
    }
}
