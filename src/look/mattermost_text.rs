//! What Mattermost's application makes of plain text, once its Markdown is read: entities, mentions, topics, emoji.

use super::chars::{Chars, Line};
use super::emoji::Names;
use super::mattermost_line::is_word;
use super::tree::Inline;

/// A part of a line as it is shown: plain text gets its mentions, topics and emoji.
pub(super) fn shown(inline: Inline) -> Vec<Inline> {
    let Inline::Text(text) = inline else { return vec![inline] };
    let chars: Vec<char> = decoded(&text).chars().collect();
    let text = Chars(&chars);
    let mut out = Line::default();
    let mut at = 0;
    while let Some(c) = text.at(at) {
        at = match named(text, at, c, &mut out) {
            Some(end) => end,
            None if c == '\n' => {
                out.node(Inline::Break);
                at + 1
            }
            None => {
                out.character(c);
                at + 1
            }
        };
    }
    out.finish()
}

/// `@name`, `#topic`, `:emoji:` and `~channel`, when no letter stands in front of them.
fn named(text: Chars<'_>, at: usize, sign: char, out: &mut Line) -> Option<usize> {
    if !matches!(sign, '@' | '#' | ':' | '~') || text.before(at).is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let allowed = |c: char| match sign {
        '@' | '~' => is_word(c) || matches!(c, '-' | '.'),
        '#' => c.is_alphanumeric() || matches!(c, '-' | '_' | '.'),
        _ => is_word(c) || matches!(c, '-' | '+'),
    };
    let mut end = at + 1 + text.run(at + 1, allowed);
    if sign == ':' {
        if end == at + 1 || text.at(end) != Some(':') {
            return None;
        }
        out.node(Inline::Emoji(text.part(at + 1..end).text(), Names::Datasource));
        return Some(end + 1);
    }
    while text.before(end) == Some('.') {
        end -= 1;
    }
    // A topic starts with a letter and has three signs: `#123` is a number.
    let enough = match sign {
        '#' => end >= at + 4 && text.at(at + 1).is_some_and(char::is_alphabetic),
        '~' => end > at + 2 && text.at(end) != Some('~') && text.before(at) != Some('~'),
        _ => end > at + 1,
    };
    if !enough {
        return None;
    }
    let name = text.part(at..end).text();
    out.node(if sign == '@' { Inline::Mention(name) } else { Inline::Channel(name) });
    Some(end)
}

/// A text with its entities as characters.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // No name is longer; looking no further keeps this linear.
        let end = after.bytes().take(12).position(|b| b == b';');
        let found = end.and_then(|end| Some((entity(after.get(..end)?)?, after.get(end + 1..)?)));
        match found {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The entities that people's texts have; a browser knows two thousand.
fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    const NAMES: [(&str, char); 24] = [
        ("agrave", 'à'),
        ("amp", '&'),
        ("apos", '\''),
        ("bull", '•'),
        ("ccedil", 'ç'),
        ("copy", '©'),
        ("deg", '°'),
        ("eacute", 'é'),
        ("ecirc", 'ê'),
        ("egrave", 'è'),
        ("euro", '€'),
        ("gt", '>'),
        ("hellip", '…'),
        ("laquo", '«'),
        ("lt", '<'),
        ("mdash", '—'),
        ("nbsp", '\u{a0}'),
        ("ndash", '–'),
        ("quot", '"'),
        ("raquo", '»'),
        ("reg", '®'),
        ("rsquo", '’'),
        ("times", '×'),
        ("trade", '™'),
    ];
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}
