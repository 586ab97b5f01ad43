//! What CPython's tokenizer and the host's NFKC do with characters outside ASCII.
//!
//! The full Unicode tables would weigh more than the rest of this room. Only characters whose behaviour is known here
//! are judged; any other makes the answer `unsupported`. Source: Unicode 14 (CPython 3.11) properties.

use std::ops::Range;

/// What a character may be in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Character {
    /// Part of a name.
    Identifier,
    /// Never part of a name.
    Other,
    /// Not judged here.
    Unknown,
}

/// Whether CPython's tokenizer takes a character into a name first, to judge it later.
pub fn is_identifier_start(c: char) -> bool {
    c == '_' || c.is_ascii_alphabetic() || !c.is_ascii()
}

/// Judges a character of a name.
pub fn judge(c: char, first: bool) -> Character {
    match c {
        '_' | 'a'..='z' | 'A'..='Z' => Character::Identifier,
        '0'..='9' if !first => Character::Identifier,
        '\u{b5}' | '\u{aa}' | '\u{ba}' => Character::Identifier,
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => Character::Identifier,
        '\u{b7}' => Character::Unknown,
        c if is_plain_letter(c) => Character::Identifier,
        // Punctuation, symbols, spaces and dingbats; letters among them (letterlike symbols, numerals) are not judged.
        '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' => Character::Other,
        '\u{2000}'..='\u{203e}' | '\u{2041}'..='\u{2053}' | '\u{2055}'..='\u{206f}' | '\u{20a0}'..='\u{20c0}' => {
            Character::Other
        }
        '\u{2190}'..='\u{245f}' | '\u{2500}'..='\u{2bff}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => {
            Character::Other
        }
        '\u{fe0f}' | '\u{feff}' | '\u{1f300}'..='\u{1faff}' | '\u{e000}'..='\u{f8ff}' => match c {
            '\u{fe0f}' if !first => Character::Identifier,
            _ => Character::Other,
        },
        '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' => match c {
            '\u{ff0f}' | '\u{ff01}'..='\u{ff0e}' | '\u{ff1a}'..='\u{ff20}' => Character::Other,
            _ => Character::Unknown,
        },
        '\u{ff10}'..='\u{ff19}' if first => Character::Other,
        _ => Character::Unknown,
    }
}

/// Letters that are letters of names and that NFKC leaves alone, when no combining mark follows.
fn is_plain_letter(c: char) -> bool {
    match c {
        '\u{c0}'..='\u{24f}' => {
            !matches!(c, '\u{d7}' | '\u{f7}' | '\u{132}' | '\u{133}' | '\u{13f}' | '\u{140}' | '\u{149}' | '\u{17f}'
                | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}')
        }
        '\u{386}' | '\u{388}'..='\u{38a}' | '\u{38c}' | '\u{38e}'..='\u{3a1}' | '\u{3a3}'..='\u{3ce}' => true,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{531}'..='\u{556}' | '\u{561}'..='\u{586}' => true,
        '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' => true,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => true,
        _ => false,
    }
}

/// Characters, other than letters, that NFKC leaves alone and that do not combine with a neighbour.
fn is_stable(c: char) -> bool {
    c.is_ascii()
        || is_plain_letter(c)
        || match c {
            '\u{80}'..='\u{bf}' => !matches!(c,
                '\u{a0}' | '\u{a8}' | '\u{aa}' | '\u{af}' | '\u{b2}'..='\u{b5}' | '\u{b8}'..='\u{ba}' | '\u{bc}'..='\u{be}'),
            '\u{d7}' | '\u{f7}' => true,
            '\u{200b}'..='\u{2010}' | '\u{2012}'..='\u{2016}' | '\u{2018}'..='\u{2023}' | '\u{2027}'..='\u{202e}' => {
                true
            }
            '\u{2030}'..='\u{2032}' | '\u{2035}' | '\u{2038}'..='\u{203b}' | '\u{203d}' | '\u{2041}'..='\u{2046}' => {
                true
            }
            '\u{20a0}'..='\u{20a7}' | '\u{20a9}'..='\u{20c0}' => true,
            '\u{2190}'..='\u{222b}' | '\u{222e}' | '\u{2231}'..='\u{2328}' | '\u{232b}'..='\u{2426}' => true,
            '\u{2500}'..='\u{27ff}' | '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => true,
            '\u{fe0f}' | '\u{feff}' | '\u{1f300}'..='\u{1faff}' | '\u{e000}'..='\u{f8ff}' => true,
            // Arabic digits and punctuation.
            '\u{660}'..='\u{66d}' | '\u{6f0}'..='\u{6f9}' | '\u{60c}' | '\u{61b}' | '\u{61f}' => true,
            _ => false,
        }
}

/// What NFKC makes of a character that it changes, when that is a plain replacement.
fn replaced(c: char) -> Option<String> {
    let text = match c {
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{2000}' | '\u{2001}' => " ",
        '\u{2011}' => "\u{2010}",
        '\u{2024}' => ".",
        '\u{2025}' => "..",
        '\u{2026}' => "...",
        '\u{aa}' => "a",
        '\u{ba}' => "o",
        '\u{b2}' => "2",
        '\u{b3}' => "3",
        '\u{b9}' => "1",
        '\u{b5}' => "\u{3bc}",
        '\u{bc}' => "1\u{2044}4",
        '\u{bd}' => "1\u{2044}2",
        '\u{be}' => "3\u{2044}4",
        '\u{1c4}' => "D\u{17d}",
        '\u{1c5}' => "D\u{17e}",
        '\u{1c6}' => "d\u{17e}",
        '\u{2033}' => "\u{2032}\u{2032}",
        '\u{203c}' => "!!",
        '\u{2047}' => "??",
        '\u{20a8}' => "Rs",
        '\u{2103}' => "\u{b0}C",
        '\u{2116}' => "No",
        '\u{2122}' => "TM",
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{ff01}'..='\u{ff5e}' => {
            return char::from_u32(u32::from(c) - 0xfee0).map(String::from);
        }
        _ => return None,
    };
    Some(text.to_owned())
}

/// A text as the host's `unicodedata.normalize("NFKC", text)` leaves it, with the way back to the places of the original.
#[derive(Debug, Clone)]
pub struct Normalised {
    /// The normalised text.
    pub text: String,
    /// For each byte of the normalised text, and its end, the byte of the original; `None` when nothing changed.
    origins: Option<Vec<usize>>,
}

impl Normalised {
    /// A text that stays as it is.
    pub fn unchanged(text: &str) -> Self {
        Self { text: text.to_owned(), origins: None }
    }

    /// Normalises a text.
    ///
    /// # Errors
    /// The place of the first character whose normalisation is not known here.
    pub fn nfkc(text: &str) -> Result<Self, Range<usize>> {
        if text.chars().all(is_stable) {
            return Ok(Self::unchanged(text));
        }
        let mut normalised = String::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            let part = if is_stable(c) { Some(String::from(c)) } else { replaced(c) };
            let part = part.ok_or(at..at + c.len_utf8())?;
            origins.extend(std::iter::repeat_n(at, part.len()));
            normalised.push_str(&part);
        }
        origins.push(text.len());
        Ok(Self { text: normalised, origins: Some(origins) })
    }

    /// The place in the original of a place in the normalised text.
    pub fn original(&self, span: &Range<usize>) -> Range<usize> {
        let Some(origins) = &self.origins else { return span.clone() };
        let at = |byte: usize| origins.get(byte).or(origins.last()).copied().unwrap_or_default();
        // The end is where the next character of the original starts.
        let end = (span.end..=origins.len()).map(at).find(|end| *end > at(span.end.saturating_sub(1)));
        at(span.start)..end.unwrap_or_else(|| at(span.end)).max(at(span.start))
    }
}
