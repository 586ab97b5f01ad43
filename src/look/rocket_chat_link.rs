//! Rocket.Chat's links: what is an address, bare or between brackets, after the rules of the message parser's grammar.

use super::chars::{Chars, Line};
use super::rocket_chat_line::{is_space, is_text};
use super::top_level;
use super::tree::Inline;

/// The longest address that is looked for, in characters.
const LONGEST_ADDRESS: usize = 2_048;

/// Signs that end a sentence, and that an address does not end with.
const EXTRA: &str = ".,!%~*\"':;()=";
/// Signs that a host does not have.
const SAFE: &str = "$@&+_#?-";

fn linked(url: String, label: &str, out: &mut Line) {
    out.node(Inline::Link { url, label: vec![Inline::Text(label.to_owned())] });
}

/// `+33612345678`, `+(33)6-12`: the text with the digits alone, and the end.
fn phone_number(text: Chars<'_>, at: usize) -> Option<(String, usize)> {
    if text.at(at) != Some('+') {
        return None;
    }
    let digits = |from: usize| from + text.run(from, |c| c.is_ascii_digit());
    let some = |from: usize| Some(digits(from)).filter(|end| *end > from);
    let end = if text.at(at + 1) == Some('(') {
        let close = some(at + 2).filter(|close| text.at(*close) == Some(')'))? + 1;
        if text.at(close) == Some('-') {
            some(close + 1)?
        } else {
            let first = some(close)?;
            if text.at(first) == Some('-') { some(first + 1).unwrap_or(first) } else { first }
        }
    } else {
        let first = some(at + 1)?;
        if text.at(first) == Some('-') { some(first + 1).unwrap_or(first) } else { first }
    };
    let number: String = text.part(at..end).0.iter().filter(|c| c.is_ascii_digit()).collect();
    Some((number, end))
}

/// A telephone number of five digits and more.
pub(super) fn phone(text: Chars<'_>, at: usize, out: &mut Line) -> Option<usize> {
    let (number, end) = phone_number(text, at)?;
    let label = text.part(at..end).text();
    if number.len() < 5 {
        out.text(&label);
    } else {
        linked(format!("tel:{number}"), &label, out);
    }
    Some(end)
}

/// `name@example.com`, `mailto:name@example.com`
pub(super) fn email(text: Chars<'_>, at: usize, out: &mut Line) -> Option<usize> {
    let start = if text.starts_with(at, "mailto:") { at + 7 } else { at };
    // Letters, digits and pictures; other signs only behind one of these.
    let is_letter = |c: char| c.is_alphanumeric() || is_picture(c);
    let is_sign = |c: char| "!#$%&'*+/=?^_`{|}~-".contains(c);
    let near = text.part(0..start + LONGEST_ADDRESS);
    let mut sign = start;
    loop {
        if !near.at(sign).is_some_and(is_letter) {
            return None;
        }
        sign += near.run(sign, |c| is_letter(c) || is_sign(c));
        match near.at(sign) {
            Some('.') => sign += 1,
            Some('@') => break,
            _ => return None,
        }
    }
    let end = domain_end(near, sign + 1)?;
    let address = text.part(start..end).text();
    if has_public_host(&format!("mailto:{address}"), true) {
        linked(format!("mailto:{address}"), &address, out);
    } else {
        out.text(&address);
    }
    Some(end)
}

/// Signs that the grammar counts among the letters of a mailbox: pictures, arrows and what is laid over a letter.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{203c}' | '\u{2049}' | '\u{20d0}'..='\u{20f0}' | '\u{2122}'
        | '\u{2139}' | '\u{2190}'..='\u{21ff}' | '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23f3}' | '\u{25aa}'..='\u{25ab}'
        | '\u{25b6}' | '\u{25c0}' | '\u{25fb}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}' | '\u{2b05}'..='\u{2b07}' | '\u{2b50}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{a9}' | '\u{ae}' | '\u{10000}'..)
}

/// A character of a host name; `_` and `-` take the next one with them.
fn domain_char(text: Chars<'_>, at: usize) -> Option<usize> {
    let c = text.at(at).filter(|c| !EXTRA.contains(*c))?;
    let at = match c {
        '_' | '-' => at + 1,
        c if SAFE.contains(c) => return None,
        _ => at,
    };
    let taken = text.at(at)?;
    (taken != '\n' && !is_space(taken) && !"\\/|><%`[]".contains(taken)).then_some(at + 1)
}

fn domain_chars(text: Chars<'_>, at: usize) -> Option<usize> {
    let mut end = domain_char(text, at)?;
    while let Some(next) = domain_char(text, end) {
        end = next;
    }
    Some(end)
}

fn domain_label(text: Chars<'_>, at: usize) -> Option<usize> {
    let mut end = domain_chars(text, at)?;
    while text.at(end) == Some('-')
        && let Some(next) = domain_chars(text, end + 1)
    {
        end = next;
    }
    Some(end)
}

/// Where a host name ends: `localhost`, or labels with a dot between them.
fn domain_end(text: Chars<'_>, at: usize) -> Option<usize> {
    if text.starts_with(at, "localhost") {
        return Some(at + 9);
    }
    if text.at(at) == Some('_') {
        return None;
    }
    let mut end = domain_label(text, at)?;
    let mut dotted = false;
    while text.at(end) == Some('.')
        && let Some(mut next) = domain_char(text, end + 1)
    {
        while let Some(more) = domain_label(text, next) {
            next = more;
        }
        end = next;
        dotted = true;
    }
    dotted.then_some(end)
}

fn host_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let end = domain_end(text, at)?;
    let port = text.run(end + 1, |c| c.is_ascii_digit());
    Some(if text.at(end) == Some(':') && port > 0 { end + 1 + port } else { end })
}

fn scheme_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let end = at + text.part(at..at + 33).run(0, |c| c.is_ascii_alphanumeric() || c == '+' || c == '-');
    ((at + 1..=at + 32).contains(&end) && text.at(end) == Some(':')).then_some(end + 1)
}

/// The part of an address up to its path: `https://user@host:80`, or a host alone.
fn head_end(text: Chars<'_>, at: usize) -> Option<usize> {
    let with_scheme = || {
        let slashes = scheme_end(text, at).filter(|end| text.starts_with(*end, "//"))? + 2;
        let is_user = |c: char| c.is_ascii_alphanumeric() || (SAFE.contains(c) && c != '@');
        let user = slashes + text.run(slashes, is_user);
        let password = user + 1 + text.run(user + 1, is_user);
        let user = if user > slashes && text.at(user) == Some(':') && password > user + 1 { password } else { user };
        if user > slashes && text.at(user) == Some('@') {
            return host_end(text, user + 1);
        }
        host_end(text, slashes)
    };
    with_scheme().or_else(|| host_end(text, at))
}

/// A bare address: up to white space, without the signs of the sentence around it. It is linked when its host exists.
pub(super) fn address(text: Chars<'_>, at: usize, out: &mut Line) -> Option<usize> {
    let near = text.part(0..at + LONGEST_ADDRESS);
    let head = head_end(near, at)?;
    let stop = near.find(head, |c| c == '\n' || is_space(c)).unwrap_or(near.len());
    let mut end = stop;
    while end > head && near.before(end).is_some_and(|c| EXTRA.contains(c)) {
        end -= 1;
    }
    let address = text.part(at..end).text();
    if has_public_host(&address, false) {
        // What begins as a scheme does leads where it says.
        let scheme = address.split(':').next().filter(|scheme| scheme.len() < address.len()).unwrap_or_default();
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        linked(if is_scheme { address.clone() } else { format!("//{address}") }, &address, out);
    } else {
        out.text(&address);
    }
    Some(end)
}

/// A host name with an underscore in front is text: the underscore opens no style.
pub(super) fn underscored(text: Chars<'_>, at: usize, out: &mut Line) -> Option<usize> {
    if text.at(at) != Some('_') {
        return None;
    }
    let end = domain_end(text.part(0..at + LONGEST_ADDRESS), at + 1).filter(|end| text.at(*end) != Some('_'))?;
    out.text(&text.part(at..end).text());
    Some(end)
}

/// Where a link in brackets leads, and where its address ends: parentheses in it are in pairs.
pub(super) fn target(text: Chars<'_>, at: usize) -> Option<(String, usize)> {
    let near = text.part(0..at + LONGEST_ADDRESS);
    let body = |from: usize| {
        let mut end = from;
        while let Some(c) = near.at(end) {
            let extra = near.run(end, |c| ".,!%*\"':;=".contains(c));
            let ends = is_space(c)
                || c == ')'
                || (extra > 0 && near.at(end + extra).is_some_and(|c| is_space(c) || c == '\n'));
            if ends {
                break;
            }
            if c == '(' {
                let inner =
                    |c: char| c != '\n' && !is_space(c) && c != ')' && (is_text(c) || "*[/]^_`{}~(".contains(c));
                let close = end + 1 + near.run(end + 1, inner);
                if near.at(close) != Some(')') {
                    break;
                }
                end = close + 1;
            } else if is_text(c) || "*[/]^_`{}~".contains(c) {
                end += 1;
            } else {
                break;
            }
        }
        end
    };
    reference(near, at, body)
}

/// The same for `<address|label>`.
fn plain_target(text: Chars<'_>, at: usize) -> Option<(String, usize)> {
    let near = text.part(0..at + LONGEST_ADDRESS);
    let body = |from: usize| {
        let mut end = from;
        while let Some(c) = near.at(end) {
            let extra = near.run(end, |c| EXTRA.contains(c));
            let after = near.at(end + extra);
            let ends = is_space(c) || (extra > 0 && after.is_none_or(|c| is_space(c) || c == '\n'));
            if ends || !(is_text(c) || "*[/]^_`{}~(".contains(c)) {
                break;
            }
            end += 1;
        }
        end
    };
    reference(near, at, body)
}

fn reference(text: Chars<'_>, at: usize, body: impl Fn(usize) -> usize) -> Option<(String, usize)> {
    if let Some(head) = head_end(text, at) {
        let end = body(head);
        return Some((text.part(at..end).text(), end));
    }
    if let Some(scheme) = scheme_end(text, at) {
        let end = body(scheme);
        if end > scheme {
            return Some((text.part(at..end).text(), end));
        }
    }
    phone_number(text, at).map(|(number, end)| (format!("tel:{number}"), end))
}

/// `<address|label>`
pub(super) fn angle(text: Chars<'_>, at: usize, out: &mut Line) -> Option<usize> {
    let (url, bar) = plain_target(text, at + 1)?;
    if text.at(bar) != Some('|') {
        return None;
    }
    let end = bar + 1 + text.run(bar + 1, |c| c >= ' ' && !matches!(c, '<' | '>' | '|'));
    (end > bar + 1 && text.at(end) == Some('>')).then(|| {
        linked(url, &text.part(bar + 1..end).text(), out);
        end + 1
    })
}

/// `![what it shows](address)`
pub(super) fn image(text: Chars<'_>, at: usize, out: &mut Line) -> Option<usize> {
    if !text.starts_with(at, "![") {
        return None;
    }
    let middle = at + 2 + text.part(at + 2..at + LONGEST_ADDRESS).run(0, |c| is_text(c) || c == '\t');
    if !text.starts_with(middle, "](") {
        return None;
    }
    let (url, close) = target(text, middle + 2)?;
    (text.at(close) == Some(')')).then(|| {
        out.node(Inline::Image { url, alt: text.part(at + 2..middle).text() });
        close + 1
    })
}

/// The host of an address as the parser's library reads it: behind `//` or `scheme:/`, behind the last `@`, before the last
/// colon, without dots at its end.
fn host(address: &str) -> Option<&str> {
    let rest = match (address.strip_prefix("//"), address.split_once(":/")) {
        (Some(rest), _) => rest,
        (None, Some((scheme, rest))) => {
            let is_scheme = scheme.chars().all(|c| c.is_ascii_alphanumeric() || ".-+".contains(c));
            is_scheme.then(|| rest.trim_start_matches('/'))?
        }
        (None, None) => address,
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').filter(|(user, _)| !user.is_empty()).map_or(authority, |(_, host)| host);
    let host = host.rsplit_once(':').filter(|(host, _)| !host.is_empty()).map_or(host, |(host, _)| host);
    let trimmed = host.trim_end_matches('.');
    Some(if trimmed.is_empty() { host } else { trimmed })
}

/// Whether the host of an address exists on the internet: its last label is a known top-level domain, or, where mail does not
/// go, it has the shape of an address of four numbers or is this computer.
fn has_public_host(address: &str, is_mail: bool) -> bool {
    let Some(host) = host(address).map(str::to_lowercase) else { return false };
    let labels: Vec<&str> = host.split('.').collect();
    let has_numbers = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !is_mail
        && ((has_numbers && labels.len() == 4 && (7..=15).contains(&host.len()))
            || host == "localhost"
            || host.ends_with(".localhost"))
    {
        return true;
    }
    let is_label = |(index, label): (usize, &&str)| {
        let is_last = index + 1 == labels.len();
        (!label.is_empty() || index == 0)
            && label.chars().count() <= 63
            && !label.ends_with('-')
            && (is_last || !label.ends_with('_'))
            && label.chars().all(|c| c.is_ascii_alphanumeric() || !c.is_ascii() || c == '-' || c == '_')
    };
    labels.iter().enumerate().all(is_label)
        && !host.starts_with('-')
        && host.chars().count() <= 255
        && labels.last().is_some_and(|top| top_level::is_known(top))
}
