//! Rocket.Chat's markup inside of a line: styles, links, mentions, emoji, bare addresses.

use std::ops::Range;

use super::chars::{Chars, DEEPEST, Line};
use super::tree::Inline;

/// The longest address that is looked for, in characters.
const LONGEST_ADDRESS: usize = 2_048;

/// Reads the markup of one line.
pub(super) fn inline(line: Chars<'_>) -> Vec<Inline> {
    read(line, Inside::default(), 0)
}

/// Spaces and tabs.
pub(super) fn is_space(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// What the parser is inside of: a style does not open within itself.
#[derive(Debug, Clone, Copy, Default)]
struct Inside {
    bold: bool,
    italic: bool,
    strike: bool,
    link: bool,
}

fn read(line: Chars<'_>, inside: Inside, depth: usize) -> Vec<Inline> {
    let mut out = Line::default();
    let mut at = 0;
    while let Some(c) = line.at(at) {
        at = match node(line, at, c, inside, depth, &mut out) {
            Some(end) => end,
            None => {
                out.character(c);
                at + 1
            }
        };
    }
    out.finish()
}

/// Reads what starts at a character and returns where it ends; `None` when it is only the character.
fn node(line: Chars<'_>, at: usize, c: char, inside: Inside, depth: usize, out: &mut Line) -> Option<usize> {
    if depth >= DEEPEST {
        return None;
    }
    match c {
        '\\' => {
            let escaped = line.at(at + 1).filter(|c| "*_~`#.".contains(*c))?;
            out.character(escaped);
            Some(at + 2)
        }
        '*' | '_' | '~' if depth == 0 && line.before(at) != Some(c) && blank_style_end(line, at, c).is_some() => {
            let end = blank_style_end(line, at, c)?;
            out.text(&line.part(at..end).text());
            Some(end)
        }
        '*' if !inside.bold => {
            let (content, end, _) = styled(line, at, '*')?;
            out.node(Inline::Bold(read(line.part(content), Inside { bold: true, ..inside }, depth + 1)));
            Some(end)
        }
        '~' if !inside.strike => {
            let (content, end, _) = styled(line, at, '~')?;
            out.node(Inline::Strike(read(line.part(content), Inside { strike: true, ..inside }, depth + 1)));
            Some(end)
        }
        '_' => italic(line, at, inside, depth, out),
        '`' => {
            let end = code_end(line, at)?;
            out.node(Inline::Code(line.part(at + 1..end).text()));
            Some(end + 1)
        }
        '[' if !inside.link => {
            let (label, url, end) = reference(line, at)?;
            let target = line.part(url).text();
            let label = if label.is_empty() {
                vec![Inline::Text(target.clone())]
            } else {
                read(line.part(label), Inside { link: true, ..inside }, depth + 1)
            };
            out.node(Inline::Link { url: target, label });
            Some(end)
        }
        '!' if line.at(at + 1) == Some('[') => {
            let (alt, url, end) = reference(line, at + 1)?;
            out.node(Inline::Image { url: line.part(url).text(), alt: line.part(alt).text() });
            Some(end)
        }
        '<' if !inside.link => angle(line, at, out),
        '|' if line.at(at + 1) == Some('|') => {
            let close = line.find_text(at + 2, "||").filter(|close| *close > at + 2)?;
            out.node(Inline::Spoiler(read(line.part(at + 2..close), inside, depth + 1)));
            Some(close + 2)
        }
        '@' | '#' if line.before(at).is_none_or(|c| !is_text(c)) => {
            let end = at + 1 + line.run(at + 1, |c| c.is_alphanumeric() || "-_.".contains(c));
            if end == at + 1 {
                return None;
            }
            let name = line.part(at..end).text();
            out.node(if c == '@' { Inline::Mention(name) } else { Inline::Channel(name) });
            Some(end)
        }
        ':' if line.before(at).is_none_or(|c| !is_text(c)) => {
            let end = at + 1 + line.run(at + 1, |c| c.is_ascii_alphanumeric() || "-_+.".contains(c));
            if end == at + 1 || line.at(end) != Some(':') {
                return None;
            }
            out.node(Inline::Emoji(line.part(at + 1..end).text()));
            Some(end + 1)
        }
        // Bare addresses are linked only outside of other markup.
        _ if depth == 0 && !inside.link && starts_word(line, at) => bare_link(line, at, out),
        _ => None,
    }
}

/// Characters that keep a mention, a channel or an emoji from starting after them; a space does not.
fn is_text(c: char) -> bool {
    matches!(c, '!'..='\'' | '+'..='@' | 'A'..='Z' | 'a'..='z') && c != '>' || !c.is_ascii()
}

/// Marks with nothing but white space between them (`* *`) are shown, and do not open anything.
fn blank_style_end(line: Chars<'_>, at: usize, mark: char) -> Option<usize> {
    let space = at + line.run(at, |c| c == mark);
    let second = space + line.run(space, is_space);
    let end = second + line.run(second, |c| c == mark);
    (second > space && end > second).then_some(end)
}

/// The text of a style, where the style ends, and how many marks it has. The text is not empty, is not only white space
/// and does not contain the mark outside of code and links.
pub(super) fn styled(line: Chars<'_>, at: usize, mark: char) -> Option<(Range<usize>, usize, usize)> {
    let close = closing_mark(line, at, mark);
    [2, 1].into_iter().find_map(|width| {
        let open = at + width;
        let doubled = line.at(at + 1) == Some(mark);
        if (width == 2) != doubled {
            return None;
        }
        let close = close.filter(|close| *close > open)?;
        let closes = width == 1 || line.at(close + 1) == Some(mark);
        let blank = line.part(open..close).all(is_space);
        (closes && !blank).then_some((open..close, close + width, width))
    })
}

/// The first mark after the opening ones that is not inside code or a link.
fn closing_mark(line: Chars<'_>, at: usize, mark: char) -> Option<usize> {
    let mut index = at + 1 + usize::from(line.at(at + 1) == Some(mark));
    while let Some(c) = line.at(index) {
        match c {
            _ if c == mark => return Some(index),
            '`' => index = code_end(line, index).map_or(index + 1, |end| end + 1),
            '[' => index = reference(line, index).map_or(index + 1, |(_, _, end)| end),
            '<' => index = angle_end(line, index).unwrap_or(index + 1),
            _ => index += 1,
        }
    }
    None
}

fn italic(line: Chars<'_>, at: usize, inside: Inside, depth: usize, out: &mut Line) -> Option<usize> {
    let run = line.part(at..at + 2).run(0, |c| c == '_');
    // After a letter or digit the underscore belongs to the word.
    if line.before(at).is_some_and(|c| c.is_ascii_alphanumeric()) {
        out.text(&"_".repeat(run));
        return Some(at + run);
    }
    if inside.italic {
        return None;
    }
    let (content, end, width) = styled(line, at, '_')?;
    let parsed = read(line.part(content), Inside { italic: true, ..inside }, depth + 1);
    let goes_on = |c: char| c.is_ascii_alphabetic() || (width == 2 && c.is_ascii_digit());
    let word = line.run(end, goes_on);
    if word == 0 {
        out.node(Inline::Italic(parsed));
        return Some(end);
    }
    // A word goes on behind it: the underscores are shown.
    out.text(&"_".repeat(width));
    for node in parsed {
        match node {
            Inline::Text(text) => out.text(&text),
            node => out.node(node),
        }
    }
    out.text(&"_".repeat(width));
    out.text(&line.part(end..end + word).text());
    Some(end + word)
}

pub(super) fn code_end(line: Chars<'_>, at: usize) -> Option<usize> {
    line.find(at + 1, |c| c == '`').filter(|end| *end > at + 1)
}

/// `[label](address)`: the label, the address and the end.
fn reference(line: Chars<'_>, at: usize) -> Option<(Range<usize>, Range<usize>, usize)> {
    // A label with brackets in it is rare; not looking for one keeps this linear.
    let middle = line.find(at + 1, |c| c == ']' || c == '[')?;
    if line.at(middle) != Some(']') || line.at(middle + 1) != Some('(') {
        return None;
    }
    let start = middle + 2;
    let mut open = 0_usize;
    let mut end = start;
    loop {
        match line.at(end)? {
            c if c.is_whitespace() || end - start > LONGEST_ADDRESS => return None,
            '(' => open += 1,
            ')' if open == 0 => break,
            ')' => open -= 1,
            _ => {}
        }
        end += 1;
    }
    is_address(line.part(start..end)).then_some((at + 1..middle, start..end, end + 1))
}

/// Whether a link may lead there: `scheme:something` or a host name with a dot.
fn is_address(target: Chars<'_>) -> bool {
    let scheme = target.run(0, |c| c.is_ascii_alphanumeric() || "+-".contains(c));
    if (1..=32).contains(&scheme) && target.at(scheme) == Some(':') && target.len() > scheme + 1 {
        return true;
    }
    let host = target.run(0, |c| c.is_alphanumeric() || "-.".contains(c));
    let name = target.part(0..host).text();
    name == "localhost" || name.split('.').filter(|label| !label.is_empty()).count() >= 2
}

/// `<address|label>` and `<t:1618953630:R>`.
fn angle(line: Chars<'_>, at: usize, out: &mut Line) -> Option<usize> {
    let end = angle_end(line, at)?;
    let inside = line.part(at + 1..end - 1);
    match inside.find(0, |c| c == '|') {
        Some(bar) => {
            let label = inside.from(bar + 1).text();
            out.node(Inline::Link { url: inside.part(0..bar).text(), label: vec![Inline::Text(label)] });
        }
        None => out.node(Inline::Date(inside.from(2).text())),
    }
    Some(end)
}

fn angle_end(line: Chars<'_>, at: usize) -> Option<usize> {
    let end = line.find(at + 1, |c| matches!(c, '>' | '<')).filter(|end| line.at(*end) == Some('>'))?;
    let inside = line.part(at + 1..end);
    let known = match inside.find(0, |c| c == '|') {
        Some(bar) => {
            is_address(inside.part(0..bar)) && bar + 1 < inside.len() && inside.from(bar + 1).all(|c| c != '|')
        }
        None => is_timestamp(&inside.text()),
    };
    known.then_some(end + 1)
}

/// `t:1618953630:R`, `t:1618953630`
fn is_timestamp(text: &str) -> bool {
    let mut parts = text.split(':');
    let unix =
        |part: Option<&str>| part.is_some_and(|part| part.len() == 10 && part.bytes().all(|b| b.is_ascii_digit()));
    parts.next() == Some("t")
        && unix(parts.next())
        && parts.next().is_none_or(|format| ["t", "T", "d", "D", "f", "F", "R"].contains(&format))
        && parts.next().is_none()
}

fn starts_word(line: Chars<'_>, at: usize) -> bool {
    line.at(at).is_some_and(|c| c.is_alphanumeric() || c == '+')
        && line.before(at).is_none_or(|c| !is_text(c) && c != '(' && c != '*' && c != '_' && c != '~')
}

/// `https://example.com/x`, `www.example.com`, `name@example.com`, `+33612345678`
fn bare_link(line: Chars<'_>, at: usize, out: &mut Line) -> Option<usize> {
    // Most words are none: a look at the first signs is enough.
    let head = line.part(at..at + LONGEST_ADDRESS).run(0, |c| c.is_alphanumeric() || "-._+".contains(c));
    let signs = line.part(at..at + head + 1);
    if !signs.0.iter().any(|c| matches!(c, '.' | ':' | '@' | '+')) && !signs.starts_with(0, "localhost") {
        return None;
    }
    let mut end = at + line.part(at..at + LONGEST_ADDRESS).run(0, |c| !c.is_whitespace());
    while end > at && line.before(end).is_some_and(|c| ".,!%~*\"':;()=".contains(c)) {
        end -= 1;
    }
    let word = line.part(at..end);
    if word.at(0) == Some('+') {
        let digits = word.from(1);
        let is_phone = (5..=15).contains(&digits.len()) && digits.all(|c| c.is_ascii_digit());
        return is_phone.then(|| linked(format!("tel:{}", digits.text()), word, end, out));
    }
    let text = word.text();
    if let Some((scheme, rest)) = text.split_once("://") {
        let ok = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-".contains(c)) && has_public_host(rest);
        return ok.then(|| linked(text.clone(), word, end, out));
    }
    let address = text.strip_prefix("mailto:").unwrap_or(&text);
    if let Some((name, host)) = address.split_once('@') {
        let named = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-.".contains(c));
        let ok = named && has_public_host(host) && host.chars().all(|c| c.is_alphanumeric() || "-.".contains(c));
        return ok.then(|| linked(format!("mailto:{address}"), word, end, out));
    }
    has_public_host(&text).then(|| linked(format!("//{text}"), word, end, out))
}

fn linked(url: String, label: Chars<'_>, end: usize, out: &mut Line) -> usize {
    let label = label.text();
    let label = label.strip_prefix("mailto:").unwrap_or(&label).to_owned();
    out.node(Inline::Link { url, label: vec![Inline::Text(label)] });
    end
}

/// Whether a text starts with a host that exists on the internet: its last label is a known top-level domain, or it is an
/// address or `localhost`.
fn has_public_host(text: &str) -> bool {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
    if !port.bytes().all(|b| b.is_ascii_digit()) || port.is_empty() {
        return false;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let whole = labels.iter().all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
    let top = labels.last().copied().unwrap_or_default().to_lowercase();
    let is_ipv4 = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    whole && (host == "localhost" || is_ipv4 || (labels.len() > 1 && super::top_level::is_known(&top)))
}
