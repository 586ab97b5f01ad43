//! A text as characters, and a line of markup while it is built: what all dialects read and write with.

use std::ops::Range;

use super::tree::Inline;

/// How deep markup may nest before it is shown as it is written. Nobody nests deeper, and recursion stays shallow.
pub const DEEPEST: usize = 12;

/// Some characters of a message. Every look outside of them finds nothing.
#[derive(Debug, Clone, Copy)]
pub struct Chars<'a>(pub &'a [char]);

impl<'a> Chars<'a> {
    /// How many.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The character at an index.
    pub fn at(self, index: usize) -> Option<char> {
        self.0.get(index).copied()
    }

    /// The character before an index; `None` at the start.
    pub fn before(self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|index| self.at(index))
    }

    /// A part, cut to what there is.
    pub fn part(self, range: Range<usize>) -> Self {
        let end = range.end.min(self.len());
        Self(self.0.get(range.start.min(end)..end).unwrap_or_default())
    }

    /// From an index to the end.
    pub fn from(self, start: usize) -> Self {
        self.part(start..self.len())
    }

    /// The first index, not before `from`, whose character passes.
    pub fn find(self, from: usize, test: impl Fn(char) -> bool) -> Option<usize> {
        let rest = self.0.get(from..)?;
        rest.iter().position(|c| test(*c)).map(|index| from + index)
    }

    /// The first index, not before `from`, where these characters stand.
    pub fn find_text(self, from: usize, text: &str) -> Option<usize> {
        let first = text.chars().next()?;
        let mut at = from;
        while let Some(index) = self.find(at, |c| c == first) {
            if self.starts_with(index, text) {
                return Some(index);
            }
            at = index + 1;
        }
        None
    }

    /// Whether these characters stand at an index.
    pub fn starts_with(self, index: usize, text: &str) -> bool {
        text.chars().enumerate().all(|(offset, c)| self.at(index + offset) == Some(c))
    }

    /// Whether all of them pass.
    pub fn all(self, test: impl Fn(char) -> bool) -> bool {
        self.0.iter().all(|c| test(*c))
    }

    /// How many at an index pass, one after the other.
    pub fn run(self, from: usize, test: impl Fn(char) -> bool) -> usize {
        self.from(from).0.iter().take_while(|c| test(**c)).count()
    }

    /// The text.
    pub fn text(self) -> String {
        self.0.iter().collect()
    }

    /// Without white space at both ends.
    pub fn trimmed(self) -> Self {
        let start = self.run(0, char::is_whitespace);
        let end = self.0.iter().rposition(|c| !c.is_whitespace()).map_or(start, |index| index + 1);
        self.part(start..end)
    }

    /// The lines, without their ends.
    pub fn lines(self) -> impl Iterator<Item = Chars<'a>> {
        self.0.split(|c| *c == '\n').map(Chars)
    }
}

/// The characters of a text, with every line ending a `\n`.
pub fn characters(text: &str) -> Vec<char> {
    let mut chars = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if chars.last() == Some(&'\r') => {
                chars.pop();
                chars.push('\n');
            }
            c => chars.push(c),
        }
    }
    chars.iter_mut().filter(|c| **c == '\r').for_each(|c| *c = '\n');
    chars
}

/// A line of markup while it is built: plain characters are gathered into one text.
#[derive(Debug, Default)]
pub struct Line {
    done: Vec<Inline>,
    text: String,
}

impl Line {
    /// A plain character.
    pub fn character(&mut self, c: char) {
        self.text.push(c);
    }

    /// Plain text.
    pub fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Anything else.
    pub fn node(&mut self, node: Inline) {
        self.flush();
        self.done.push(node);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.done.push(Inline::Text(std::mem::take(&mut self.text)));
        }
    }

    /// What has been built.
    pub fn finish(mut self) -> Vec<Inline> {
        self.flush();
        self.done
    }
}

/// Where a bare address that starts at `start` ends: before white space and brackets, without the punctuation of the
/// sentence around it. `None` when nothing follows the scheme.
pub fn bare_url_end(chars: Chars<'_>, start: usize) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| chars.starts_with(start, scheme))?;
    let first = start + scheme.len();
    let mut end = chars.find(first, |c| c.is_whitespace() || matches!(c, '<' | '>' | '|' | '"')).unwrap_or(chars.len());
    let count = |wanted: char| chars.part(first..end).0.iter().filter(|c| **c == wanted).count();
    let (opened, mut closed) = (count('('), count(')'));
    while end > first {
        match chars.before(end) {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '`') => end -= 1,
            Some(')') if closed > opened => {
                closed -= 1;
                end -= 1;
            }
            _ => break,
        }
    }
    (end > first).then_some(end)
}
