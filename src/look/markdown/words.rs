//! What kind of character stands beside a mark, and what escapes and entities stand for.

use crate::host::entities;

/// A blank within a line.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// White space beside a mark of emphasis.
pub fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Punctuation and symbols (Unicode's categories P and S) beside a mark of emphasis.
pub fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    // Letters in circles and squares are symbols, though Unicode calls them alphabetic too.
    let is_letter_symbol = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}');
    // Marks that stand on another letter, invisible characters, and those of private use.
    let is_neither = matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{600}'..='\u{605}' | '\u{610}'..='\u{61a}' | '\u{61c}'
        | '\u{64b}'..='\u{65f}' | '\u{6dd}' | '\u{93c}' | '\u{94d}' | '\u{e38}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{180b}'..='\u{180f}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{20d0}'..='\u{20f0}' | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{10ffff}');
    is_letter_symbol || !c.is_alphanumeric() && !c.is_control() && !is_space(c) && !is_neither
}

/// What an entity stands for.
pub enum Entity {
    /// These characters, and its length.
    Character(char, usize),
    /// It has a name that may be one of HTML 5's; its length.
    Unknown,
}

/// The entity at the beginning of a text, which begins with `&`; `longest` digits of a number.
pub fn entity(text: &str, longest: usize) -> Option<Entity> {
    let name = text.strip_prefix('&')?.split(';').next()?;
    text.strip_prefix('&')?.get(name.len()..)?.strip_prefix(';')?;
    let length = name.len() + 2;
    if let Some(number) = name.strip_prefix('#') {
        let (digits, radix, most) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, longest - 1),
            None => (number, 10, longest),
        };
        if digits.is_empty() || digits.len() > most || !digits.chars().all(|c| c.is_digit(radix)) {
            return None;
        }
        let code = u32::from_str_radix(digits, radix).ok()?;
        return Some(Entity::Character(char::from_u32(code).filter(|c| is_shown(*c)).unwrap_or('\u{fffd}'), length));
    }
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_name || !(2..=32).contains(&name.len()) {
        return None;
    }
    // HTML 5 has other angle brackets than HTML 4, and `apos`.
    let character = match name {
        "lang" => Some('\u{27e8}'),
        "rang" => Some('\u{27e9}'),
        "apos" => Some('\''),
        name => entities::character(name),
    };
    Some(character.map_or(Entity::Unknown, |character| Entity::Character(character, length)))
}

/// Whether a number may stand for this character.
fn is_shown(c: char) -> bool {
    let is_last = u32::from(c) & 0xfffe == 0xfffe;
    let is_white = matches!(c, '\t' | '\n' | '\u{c}' | '\r');
    !is_last && (!c.is_control() || is_white) && !('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// An address or a title with its escapes and entities read. `unsure` is set when one of them is not known.
pub fn unescaped(text: &str, unsure: &mut bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\\' if rest.get(1..).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_punctuation())) => {
                rest = rest.get(1..).unwrap_or_default();
                out.extend(rest.chars().next());
                length = 1;
            }
            '&' => match entity(rest, 9) {
                Some(Entity::Character('\u{fffd}', _)) | None => out.push('&'),
                Some(Entity::Character(character, whole)) => {
                    out.push(character);
                    length = whole;
                }
                Some(Entity::Unknown) => {
                    *unsure = true;
                    out.push('&');
                }
            },
            c => out.push(c),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}
