//! `html.unescape`: character references become their characters.
//!
//! Source: CPython 3.11's `html` module. Of its 2,231 names only those are here that HTML also takes without a semicolon
//! (and `apos`): for anything else that has one, the answer is unknown.

use crate::host::entities;
use crate::python::{Outcome, Stop};

/// Longest name that is looked at, in characters.
const NAME: usize = 32;

/// A text without character references.
///
/// # Errors
/// `Unsupported` for a name that is not here.
pub fn unescaped(text: &str) -> Outcome<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = match after.strip_prefix('#') {
            Some(number) => numeric(number, &mut out)?,
            None => named(after, &mut out)?,
        };
    }
    out.push_str(rest);
    Ok(out)
}

/// `&#233;`, `&#xe9`; answers what follows.
fn numeric<'a>(after: &'a str, out: &mut String) -> Outcome<&'a str> {
    let (digits, radix) = match after.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (after, 10),
    };
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (number, tail) = digits.split_at_checked(end).unwrap_or((digits, ""));
    if number.is_empty() {
        out.push_str("&#");
        return Ok(after);
    }
    let tail = tail.strip_prefix(';').unwrap_or(tail);
    match u32::from_str_radix(number, radix).unwrap_or(u32::MAX) {
        // The codes of Windows-1252 are read as that; control characters and non-characters have rules of their own.
        0x80..=0x9f | 1..=8 | 0xb | 0xe..=0x1f | 0x7f | 0xfdd0..=0xfdef => {
            return Err(Stop::unsupported("a numeric entity of a control character"));
        }
        0 | 0xd800..=0xdfff | 0x11_0000.. => out.push('\u{fffd}'),
        code if code & 0xfffe == 0xfffe => {}
        code => out.extend(char::from_u32(code)),
    }
    Ok(tail)
}

/// `&eacute;`; answers what follows.
fn named<'a>(after: &'a str, out: &mut String) -> Outcome<&'a str> {
    let stops = |c: char| matches!(c, '\t' | '\n' | '\u{c}' | ' ' | '<' | '&' | '#' | ';');
    let end = after.char_indices().enumerate().find(|(place, (_, c))| *place == NAME || stops(*c));
    let (name, tail) = after.split_at_checked(end.map_or(after.len(), |(_, (at, _))| at)).unwrap_or((after, ""));
    if name.is_empty() {
        out.push('&');
        return Ok(after);
    }
    if let Some(tail) = tail.strip_prefix(';') {
        if let Some(c) = find(name).or((name == "apos").then_some('\'')) {
            out.push(c);
            return Ok(tail);
        }
        if name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(Stop::unsupported(format!("the entity &{name};")));
        }
    }
    // Without a semicolon the longest name that the text begins with counts.
    for length in (2..=name.len()).rev() {
        if let Some((c, rest)) = name.get(..length).and_then(find).zip(after.get(length..)) {
            out.push(c);
            return Ok(rest);
        }
    }
    out.push('&');
    Ok(after)
}

/// The character of a name that needs no semicolon.
fn find(name: &str) -> Option<char> {
    let character = match name {
        "AMP" | "COPY" | "GT" | "LT" | "QUOT" | "REG" => entities::character(&name.to_ascii_lowercase()),
        name => entities::character(name),
    };
    character.filter(|character| entities::is_old(*character))
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    /// Expectations from CPython 3.11's `html.unescape`.
    #[test]
    fn references_are_read_as_python_reads_them() {
        for (text, expected) in [
            ("R&D, AT&T; a & b &", Some("R&D, AT&T; a & b &")),
            ("&T;&not\u{e9};", Some("&T;\u{ac}\u{e9};")),
            (
                "&amp;lt; &lt &notit &eacute;&yuml &#233;&#xE9 &#0; &#",
                Some("&lt; < \u{ac}it \u{e9}\u{ff} \u{e9}\u{e9} \u{fffd} &#"),
            ),
            ("&apos;&apos", Some("'&apos")),
            ("&bull;", None),
        ] {
            assert_eq!(unescaped(text).ok().as_deref(), expected, "{text}");
        }
    }
}
