//! The attributes of an accepted element, as they are written out.

use super::Odd;
use super::names;
use crate::host::entities::{self, Reference};
use crate::host::html::{self, Tag};

/// Writes the attributes that stay, sorted by name.
pub fn write(tag: &Tag<'_>, out: &mut String) -> Result<(), Odd> {
    // A handful: the library's sort would be larger than all the rest here.
    let mut kept: Vec<&(String, &str)> = Vec::new();
    for attribute in tag.attributes.iter().filter(|(name, _)| names::is_accepted(name)) {
        let place = kept.iter().position(|(name, _)| *name > attribute.0).unwrap_or(kept.len());
        kept.insert(place, attribute);
    }
    for (name, value) in kept {
        if names::is_switch(name) || (names::is_address(name) && !is_allowed_address(value)?) {
            if names::is_switch(name) {
                return Err(Odd);
            }
            continue;
        }
        out.push(' ');
        out.push_str(name);
        out.push('=');
        if name == "style" { write_value(&style(value)?, out)? } else { write_value(value, out)? }
    }
    Ok(())
}

/// A value between quotes. One that holds a double quote, and no single one, stands between single quotes; then every `&`
/// is escaped, else only one that begins no entity of the old names.
fn write_value(value: &str, out: &mut String) -> Result<(), Odd> {
    let single = value.contains('"') && !value.contains('\'');
    // The writer of the host tells its own marks by their text.
    if matches!(value, ">" | "=" | "\"") {
        return Err(Odd);
    }
    let quote = if single { '\'' } else { '"' };
    out.push(quote);
    let mut rest = value;
    while let Some(character) = rest.chars().next() {
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        match character {
            '<' => out.push_str("&lt;"),
            '"' if !single => out.push_str("&quot;"),
            '&' if single => out.push_str("&amp;"),
            '&' => match entities::reference(rest).ok_or(Odd)? {
                Reference::Named("amp", _) => {
                    // The host undoes `&amp;` first, and what follows may then look like an entity.
                    let behind = rest.get("amp;".len()..).unwrap_or_default();
                    if !matches!(entities::reference(behind), Some(Reference::None)) {
                        return Err(Odd);
                    }
                    out.push_str("&amp;");
                    rest = behind;
                }
                Reference::Named(_, character) if entities::is_old(character) => out.push('&'),
                Reference::Number(_, Some(_)) => out.push('&'),
                _ => out.push_str("&amp;"),
            },
            other => out.push(other),
        }
    }
    out.push(quote);
    Ok(())
}

/// A value with its entities read. Only those that everybody reads alike.
fn read(value: &str) -> Result<String, Odd> {
    let mut read = String::new();
    let mut parts = value.split('&');
    read.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match entities::reference(part).ok_or(Odd)? {
            Reference::Named(name, character) if entities::is_old(character) => {
                read.push(character);
                read.push_str(part.get(name.len() + 1..).unwrap_or_default());
            }
            Reference::None => {
                // The end of this part may be the beginning of an entity that goes on behind the next `&`.
                read.push('&');
                read.push_str(part);
            }
            _ => return Err(Odd),
        }
    }
    Ok(read)
}

/// Whether an address keeps its attribute: a scheme has to be one of four.
fn is_allowed_address(value: &str) -> Result<bool, Odd> {
    let plain: String = read(value)?
        .chars()
        .filter(|c| !(c.is_whitespace() || c.is_control() || matches!(c, '`' | '\u{fffd}' | '\u{a0}')))
        .flat_map(char::to_lowercase)
        .collect();
    let (before, _) = plain.split_once(':').unwrap_or((&plain, ""));
    let schemed = plain.contains(':')
        && before.starts_with(|c: char| c.is_ascii_alphabetic())
        && before.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    // Python refuses hosts with brackets, and with letters that normalise to marks.
    let host = if schemed { plain.get(before.len() + 1..).unwrap_or_default() } else { &plain };
    if let Some(host) = host.strip_prefix("//") {
        let host = host.split(['/', '?', '#']).next().unwrap_or_default();
        if !host.is_ascii() || host.contains(['[', ']']) {
            return Err(Odd);
        }
    }
    Ok(!schemed || matches!(before, "cid" | "http" | "https" | "mailto"))
}

/// The declarations of a style that stay; nothing when any of them is not plain.
fn style(value: &str) -> Result<String, Odd> {
    let value = read(value)?;
    if !value.is_ascii() || html::has(&value.to_ascii_lowercase(), "url") {
        return Err(Odd);
    }
    if !value.split(';').all(is_plain) {
        return Ok(String::new());
    }
    let mut kept: Vec<String> = Vec::new();
    let mut rest = value.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !is_word(c) && c != '-').unwrap_or(rest.len());
        let (property, behind) = rest.split_at_checked(end).ok_or(Odd)?;
        let Some(behind) = behind.trim_start().strip_prefix(':').filter(|_| !property.is_empty()) else {
            return Ok(String::new());
        };
        let end = behind.find([':', ';']).unwrap_or(behind.len());
        let (value, behind) = behind.split_at_checked(end).ok_or(Odd)?;
        if behind.starts_with(':') {
            return Ok(String::new());
        }
        rest = behind.strip_prefix(';').unwrap_or(behind).trim_start();
        let value = value.trim_start();
        if !value.is_empty() && names::is_style(&property.to_ascii_lowercase())? {
            kept.push(format!("{property}: {value};"));
        }
    }
    Ok(kept.join(" "))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Whether a declaration is made only of words, some marks, words joined by a hyphen, quoted words and numbers in
/// parentheses.
fn is_plain(declaration: &str) -> bool {
    let bytes = declaration.as_bytes();
    let at = |place: usize| bytes.get(place).map_or('\0', |byte| char::from(*byte));
    let space = |c: char| html::is_space(c) || matches!(c, '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1f}');
    // Which places can be reached: a hyphen joins exactly the two characters beside it.
    let mut reached = vec![false; bytes.len() + 1];
    let mark = |place: usize, reached: &mut Vec<bool>| {
        if let Some(slot) = reached.get_mut(place) {
            *slot = true;
        }
    };
    mark(0, &mut reached);
    for place in 0..bytes.len() {
        if reached.get(place) != Some(&true) {
            continue;
        }
        let first = at(place);
        if space(first) || is_word(first) || "/:,#%!.".contains(first) {
            mark(place + 1, &mut reached);
        }
        if is_word(first) && at(place + 1) == '-' && is_word(at(place + 2)) {
            mark(place + 3, &mut reached);
        }
        let closed = match first {
            '\'' | '"' => Some((first, (|c: char| is_word(c) || matches!(c, ' ' | '\t'..='\r')) as fn(char) -> bool)),
            '(' => Some((
                ')',
                (|c: char| c.is_ascii_digit() || matches!(c, ',' | '%' | '.' | ' ' | '\t'..='\r')) as fn(char) -> bool,
            )),
            _ => None,
        };
        if let Some((close, inside)) = closed {
            let end = (place + 1..bytes.len()).find(|place| !inside(at(*place))).unwrap_or(bytes.len());
            if end > place + 1 && at(end) == close {
                mark(end + 1, &mut reached);
            }
        }
    }
    reached.last() == Some(&true)
}
