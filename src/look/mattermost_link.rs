//! Mattermost's links: bare, between angle brackets, and with a label.

use std::ops::Range;

use super::chars::Chars;
use super::discord_marks::label_ends;

/// The longest label, address and tag that are looked for, in characters.
const LONGEST: usize = 2_048;

/// Addresses that are tried for one label: nobody writes more brackets into one.
const MOST_TRIED: usize = 8;

/// The schemes that a bare address is linked with; one without a scheme is linked too.
const SCHEMES: [&str; 6] = ["ftp", "http", "https", "mailto", "mattermost", "tel"];

/// Whether a scheme or `www.` stands here, so that plain text ends in front of it.
pub(super) fn starts_address(text: Chars<'_>, at: usize) -> bool {
    let scheme =
        text.part(at + 1..at + 32).run(0, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".+-".contains(c));
    (scheme > 0 && text.at(at + 1 + scheme) == Some(':')) || www(text, at).is_some()
}

fn www(text: Chars<'_>, at: usize) -> Option<usize> {
    let digits = text.part(at + 3..at + 6).run(0, |c| c.is_ascii_digit());
    (text.starts_with(at, "www") && text.at(at + 3 + digits) == Some('.')).then_some(at + 4 + digits)
}

/// Signs that an address has only when something follows them.
const INNER: &str = "`![]{;:'\",<>?«»“”‘’";

/// A bare address: where it ends, and whether the application links it.
pub(super) fn bare(text: Chars<'_>, at: usize) -> Option<(usize, bool)> {
    let near = text.part(0..at + LONGEST);
    let named = near.run(at, |c| c.is_ascii_alphanumeric() || ".+-".contains(c));
    let has_scheme = near.at(at)?.is_ascii_alphabetic() && near.at(at + named) == Some(':');
    let after = at + named + 1;
    let with_scheme = || {
        let follows = near.at(after).is_some_and(|c| c == '/' || c == '%' || c.is_alphanumeric());
        (has_scheme && follows).then(|| body_end(near, after + 1)).flatten()
    };
    let with_domain = || {
        let end = at + near.run(at, |c| c.is_alphanumeric() || c == '.' || c == '-');
        let dot = near.part(at..end).0.iter().rposition(|c| *c == '.').map(|dot| at + dot).filter(|dot| *dot > at)?;
        let top = near.part(dot + 1..end);
        let is_domain = near.at(end) == Some('/') && (2..=4).contains(&top.len()) && top.all(char::is_alphabetic);
        is_domain.then(|| body_end(near, end + 1)).flatten()
    };
    let with_www = || www(near, at).and_then(|start| body_end(near, start));
    let mut end = with_scheme().or_else(with_www).or_else(with_domain)?;
    while end > at && near.before(end).is_some_and(|c| "?!.,:*_~'\"".contains(c)) {
        end -= 1;
    }
    let scheme = if has_scheme { near.part(at..at + named).text().to_lowercase() } else { String::new() };
    (end > at).then_some((end, scheme.is_empty() || SCHEMES.contains(&scheme.as_str())))
}

fn body_end(text: Chars<'_>, start: usize) -> Option<usize> {
    let solid = |at: usize| text.at(at).is_some_and(|c| !c.is_whitespace() && !"()<>".contains(c));
    let mut end = start;
    while let Some(c) = text.at(end) {
        if c == '[' {
            let close = end + 1 + text.run(end + 1, |c| c.is_ascii_digit() || matches!(c, 'a'..='f' | ':'));
            if close > end + 1 && text.at(close) == Some(']') {
                end = close + 1;
                continue;
            }
        }
        if c == '(' {
            let Some(close) = parenthesis_end(text, end) else { break };
            end = close;
            continue;
        }
        let ordinary = !c.is_whitespace() && c != ')' && !INNER.contains(c) && !is_full_width(c);
        if !(ordinary || (INNER.contains(c) && solid(end + 1))) {
            break;
        }
        end += 1;
    }
    (end > start).then_some(end)
}

/// Where a parenthesis of an address closes; it may hold others that hold none.
fn parenthesis_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let plain = |c: char| !c.is_whitespace() && !"()<>".contains(c);
    let mut end = at + 1;
    loop {
        match text.at(end)? {
            ')' => return Some(end + 1),
            '(' => {
                let close = end + 1 + text.run(end + 1, plain);
                if close == end + 1 || text.at(close) != Some(')') {
                    return None;
                }
                end = close + 1;
            }
            c if plain(c) => end += 1,
            _ => return None,
        }
    }
}

/// Punctuation of Chinese and Japanese, which ends an address.
fn is_full_width(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff5e}'
        | '\u{3001}' | '\u{3002}' | '\u{300c}'..='\u{3011}')
}

/// `<https://example.com>` and `<name@example.com>`: the address, what is shown, and the end.
pub(super) fn angle(text: Chars<'_>, at: usize) -> Option<(String, String, usize)> {
    let near = text.part(0..at + LONGEST);
    let end = near.find(at + 1, |c| c == '>' || c == ' ').filter(|end| near.at(*end) == Some('>'))?;
    let inside = near.part(at + 1..end);
    let sign = (1..inside.len()).rev().find_map(|index| match inside.at(index) {
        Some('@') if index + 1 < inside.len() => Some('@'),
        Some(':') if inside.at(index + 1) == Some('/') && index + 2 < inside.len() => Some(':'),
        _ => None,
    });
    match sign {
        Some('@') => {
            let address = if inside.at(6) == Some(':') { inside.from(7) } else { inside }.text();
            Some((format!("mailto:{address}"), address, end + 1))
        }
        Some(_) => Some((inside.text(), inside.text(), end + 1)),
        None => {
            let host = www(inside, 0).filter(|start| *start < inside.len());
            host.map(|_| (inside.text(), inside.text(), end + 1))
        }
    }
}

/// Where a piece of HTML ends, which is shown as it is written.
pub(super) fn tag_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let near = text.part(0..at + LONGEST);
    let past = |from: usize, close: &str| near.find_text(from, close).map(|end| end + close.len());
    if near.starts_with(at, "<!--") {
        let empty = near.starts_with(at + 4, ">") || near.starts_with(at + 4, "->");
        return (!empty).then(|| past(at + 4, "-->")).flatten();
    }
    if near.starts_with(at, "<?") {
        return past(at + 2, "?>");
    }
    if near.starts_with(at, "<![CDATA[") {
        return past(at + 9, "]]>");
    }
    let space = |from: usize| from + near.run(from, char::is_whitespace);
    if near.starts_with(at, "<!") {
        let name = at + 2 + near.run(at + 2, |c| c.is_ascii_alphabetic());
        return (name > at + 2 && space(name) > name).then(|| past(name + 1, ">")).flatten();
    }
    let closes = near.at(at + 1) == Some('/');
    let name = at + 1 + usize::from(closes);
    near.at(name).filter(char::is_ascii_alphabetic)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || (closes && c == ':');
    let mut end = name + near.run(name, is_name);
    if !closes {
        while let Some(attribute) = attribute_end(near, end) {
            end = attribute;
        }
    }
    end = space(end);
    end += usize::from(!closes && near.at(end) == Some('/'));
    (near.at(end) == Some('>')).then_some(end + 1)
}

/// ` name="value"`
fn attribute_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let space = |from: usize| from + text.run(from, char::is_whitespace);
    let start = space(at);
    text.at(start).filter(|c| start > at && (c.is_ascii_alphabetic() || matches!(c, ':' | '_')))?;
    let name = start + text.run(start, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-'));
    if text.at(space(name)) != Some('=') {
        return Some(name);
    }
    let value = space(space(name) + 1);
    match text.at(value) {
        Some(quote @ ('"' | '\'')) => Some(text.find(value + 1, |c| c == quote).map_or(name, |end| end + 1)),
        _ => {
            let end = value + text.run(value, |c| !c.is_whitespace() && !"\"'=<>`".contains(c));
            Some(if end > value { end } else { name })
        }
    }
}

/// `[label](address "title")`: the label, the address and the end. The longest label counts that an address follows.
pub(super) fn labelled(text: Chars<'_>, at: usize) -> Option<(Range<usize>, String, usize)> {
    let near = text.part(0..at + LONGEST);
    near.find_text(at + 1, "](")?;
    near.find(at + 1, |c| c == ')')?;
    let ends = label_ends(near, at);
    ends.into_iter().rev().filter(|end| near.starts_with(*end, "](")).take(MOST_TRIED).find_map(|end| {
        let close = target_end(near, end + 2)?;
        Some((at + 1..end, address(near.part(end + 2..close)), close + 1))
    })
}

/// Where a target ends: parentheses in it are in pairs, two deep at most.
fn target_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let mut open = 0_usize;
    let mut end = at;
    loop {
        match text.at(end)? {
            '(' if open == 2 => return None,
            '(' => open += 1,
            ')' if open == 0 => return Some(end),
            ')' => open -= 1,
            _ => {}
        }
        end += 1;
    }
}

/// The address of a target, without the title and the angle brackets.
fn address(target: Chars<'_>) -> String {
    let target = target.trimmed();
    let start = usize::from(target.at(0) == Some('<'));
    let bare = |end: usize| {
        let end = end - usize::from(end > start && target.before(end) == Some('>'));
        target.part(start..end).text()
    };
    let is_quote = |c: Option<char>| matches!(c, Some('"' | '\''));
    if is_quote(target.before(target.len())) {
        let mut index = start;
        while let Some(space) = target.find(index, char::is_whitespace) {
            let quote = space + target.run(space, char::is_whitespace);
            if is_quote(target.at(quote)) && quote + 1 < target.len() {
                return bare(space);
            }
            index = quote;
        }
    }
    bare(target.len())
}

/// Whether brackets stand here that a definition could give an address: text within them is read from their first on.
pub(super) fn is_bracketed(text: Chars<'_>, at: usize) -> bool {
    let near = text.part(0..at + LONGEST);
    let mut index = at + 1;
    while let Some(c) = near.at(index) {
        match c {
            ']' => return true,
            '[' => match near.find(index + 1, |c| c == ']') {
                Some(close) => index = close + 1,
                None => return false,
            },
            _ => index += 1,
        }
    }
    false
}
