//! Mattermost's Markdown inside of a block: emphasis, links, code, mentions.

use std::ops::Range;

use super::chars::{Chars, DEEPEST, Line, bare_url_end};
use super::tree::Inline;

/// The longest label and address that are looked for, in characters.
const LONGEST_LINK: usize = 2_048;
/// Backticks of more than this many are shown as they are.
const LONGEST_FENCE: usize = 16;

/// Reads the text of a block; a newline is a line break.
pub fn inline(text: Chars<'_>) -> Vec<Inline> {
    read(text, false, 0)
}

/// What was looked for in vain in this text: it need not be looked for again further on, which keeps reading linear.
#[derive(Debug, Default)]
struct InVain {
    strong_star: bool,
    strong_underscore: bool,
    star: Emphasis,
    underscore: Emphasis,
    strike: bool,
    code: [bool; LONGEST_FENCE + 1],
}

/// What is known of the marks that could close `*` or `_`.
#[derive(Debug, Clone, Copy, Default)]
struct Emphasis {
    /// No mark further on closes.
    none: bool,
    /// Of the marks that close only when nothing else does, the last.
    last_resort: usize,
}

fn read(text: Chars<'_>, in_link: bool, depth: usize) -> Vec<Inline> {
    let mut out = Line::default();
    let mut in_vain = InVain::default();
    let mut at = 0;
    while let Some(c) = text.at(at) {
        at = match node(text, at, c, in_link, depth, &mut in_vain, &mut out) {
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
fn node(
    text: Chars<'_>,
    at: usize,
    c: char,
    in_link: bool,
    depth: usize,
    in_vain: &mut InVain,
    out: &mut Line,
) -> Option<usize> {
    if depth >= DEEPEST {
        return None;
    }
    let nested = |range: Range<usize>| read(text.part(range), in_link, depth + 1);
    match c {
        '\n' => {
            out.node(Inline::Break);
            Some(at + 1)
        }
        '\\' => {
            let escaped = text.at(at + 1).filter(|c| "`*{}[]()#+-.!_>|~\\".contains(*c))?;
            out.character(escaped);
            Some(at + 2)
        }
        '*' | '_' => {
            // An underscore inside of a word is one.
            if c == '_' && text.before(at).is_some_and(is_word) {
                return None;
            }
            if let Some(end) = strong_end(text, at, c, in_vain) {
                out.node(Inline::Bold(nested(at + 2..end)));
                return Some(end + 2);
            }
            let end = emphasis_end(text, at, c, in_vain)?;
            out.node(Inline::Italic(nested(at + 1..end)));
            Some(end + 1)
        }
        '~' => tilde(text, at, in_link, depth, in_vain, out),
        '`' => code(text, at, in_vain, out),
        '<' => {
            let end = text.part(at..at + LONGEST_LINK).find(1, |c| matches!(c, '>' | ' ' | '<' | '\n'))?;
            let inside = text.part(at + 1..at + end);
            let target = inside.text();
            let is_link = text.at(at + end) == Some('>')
                && (target.contains(":/") || target.contains('@') || target.starts_with("www."));
            if !is_link || target.starts_with(['@', '!', '/']) {
                return None;
            }
            out.node(Inline::Link { label: vec![Inline::Text(target.clone())], url: target });
            Some(at + end + 1)
        }
        '!' if text.at(at + 1) == Some('[') => {
            let (label, target, end) = link(text, at + 1)?;
            out.node(Inline::Image { url: target, alt: text.part(label).text() });
            Some(end)
        }
        '[' if !in_link => {
            let (label, target, end) = link(text, at)?;
            out.node(Inline::Link { url: target, label: read(text.part(label), true, depth + 1) });
            Some(end)
        }
        '&' => {
            let end = text.part(at..at + 12).find(1, |c| c == ';')?;
            out.character(entity(&text.part(at + 1..at + end).text())?);
            Some(at + end + 1)
        }
        'h' | 'w' if !in_link && text.before(at).is_none_or(|c| !is_word(c)) => {
            let end = bare_url_end(text, at).or_else(|| www_end(text, at))?;
            let url = text.part(at..end).text();
            out.node(Inline::Link { label: vec![Inline::Text(url.clone())], url });
            Some(end)
        }
        '@' | '#' | ':' => named(text, at, c, out),
        _ => None,
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Where `**` or `__` closes: the first pair that no third mark follows.
fn strong_end(text: Chars<'_>, at: usize, mark: char, in_vain: &mut InVain) -> Option<usize> {
    let missed = if mark == '*' { &mut in_vain.strong_star } else { &mut in_vain.strong_underscore };
    if *missed || text.at(at + 1) != Some(mark) {
        return None;
    }
    let mut from = at + 3;
    while let Some(end) = text.find(from, |c| c == mark) {
        if text.at(end + 1) == Some(mark) && text.at(end + 2) != Some(mark) {
            return Some(end);
        }
        from = end + 1;
    }
    *missed = true;
    None
}

/// Where `*` or `_` closes: the first mark after something that is not white space, with no other mark behind it. The text
/// may end with a mark only when nothing else closes it (`*a**`).
fn emphasis_end(text: Chars<'_>, at: usize, mark: char, in_vain: &mut InVain) -> Option<usize> {
    let first = text.at(at + 1)?;
    if first.is_whitespace() || (mark == '*' && matches!(first, '"' | '<')) {
        return None;
    }
    let known = if mark == '*' { &mut in_vain.star } else { &mut in_vain.underscore };
    if known.none && (first == mark || known.last_resort < at + 2) {
        return None;
    }
    let follows = |end: usize| match text.at(end + 1) {
        None => true,
        Some(c) if c == mark => false,
        Some(c) => mark == '*' || c.is_whitespace() || is_punctuation(c),
    };
    let mut after_mark = None;
    let mut from = at + 2;
    while let Some(end) = text.find(from, |c| c == mark) {
        let before = text.before(end).unwrap_or(' ');
        if follows(end) && !before.is_whitespace() {
            if before != mark {
                return Some(end);
            }
            after_mark = after_mark.or(Some(end));
            if known.none {
                break;
            }
            known.last_resort = end;
        }
        from = end + 1;
    }
    known.none = true;
    after_mark.filter(|_| first != mark)
}

/// The signs that may follow a closing underscore.
fn is_punctuation(c: char) -> bool {
    "!\"#$%&'()*+,-./:;<=>?@[^_{|}~\\".contains(c)
}

/// `~~struck~~` and `~channel`.
fn tilde(
    text: Chars<'_>,
    at: usize,
    in_link: bool,
    depth: usize,
    in_vain: &mut InVain,
    out: &mut Line,
) -> Option<usize> {
    if text.at(at + 1) != Some('~') {
        let end = at + 1 + text.run(at + 1, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let is_channel = end > at + 2 && text.at(end) != Some('~') && text.before(at).is_none_or(|c| !is_word(c));
        return is_channel.then(|| {
            out.node(Inline::Channel(text.part(at..end).text()));
            end
        });
    }
    if in_vain.strike || text.at(at + 2).is_none_or(char::is_whitespace) {
        return None;
    }
    let mut from = at + 3;
    while let Some(end) = text.find_text(from, "~~") {
        if text.before(end).is_some_and(|c| !c.is_whitespace()) {
            out.node(Inline::Strike(read(text.part(at + 2..end), in_link, depth + 1)));
            return Some(end + 2);
        }
        from = end + 1;
    }
    in_vain.strike = true;
    None
}

/// Code between two runs of as many backticks.
fn code(text: Chars<'_>, at: usize, in_vain: &mut InVain, out: &mut Line) -> Option<usize> {
    let width = text.run(at, |c| c == '`');
    let missed = in_vain.code.get_mut(width).filter(|missed| !**missed);
    let found = missed.and_then(|missed| {
        let mut from = at + width;
        while let Some(start) = text.find(from, |c| c == '`') {
            let run = text.run(start, |c| c == '`');
            if run == width {
                return Some(start);
            }
            from = start + run;
        }
        *missed = true;
        None
    });
    match found {
        Some(end) => {
            out.node(Inline::Code(text.part(at + width..end).trimmed().text()));
            Some(end + width)
        }
        None => {
            out.text(&"`".repeat(width));
            Some(at + width)
        }
    }
}

/// `[label](address "title")`: the label, the address and the end.
fn link(text: Chars<'_>, at: usize) -> Option<(Range<usize>, String, usize)> {
    let middle = balanced(text, at, '[', ']')?;
    if text.at(middle + 1) != Some('(') {
        return None;
    }
    let end = balanced(text, middle + 1, '(', ')')?;
    let target = text.part(middle + 2..end).trimmed();
    let address = target.part(0..target.find(0, |c| c == ' ').unwrap_or(target.len())).text();
    let address = address.trim_start_matches('<').trim_end_matches('>').to_owned();
    Some((at + 1..middle, address, end + 1))
}

/// Where the bracket that opens at `at` is closed.
fn balanced(text: Chars<'_>, at: usize, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, c) in text.part(at..at + LONGEST_LINK).0.iter().enumerate() {
        if *c == open {
            depth += 1;
        } else if *c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + offset);
            }
        }
    }
    None
}

fn www_end(text: Chars<'_>, at: usize) -> Option<usize> {
    if !text.starts_with(at, "www.") {
        return None;
    }
    let mut end = at + text.part(at..at + LONGEST_LINK).run(0, |c| !c.is_whitespace() && !"<>|\"()[]".contains(c));
    while end > at + 4 && text.before(end).is_some_and(|c| ".,;:!?'*_~`".contains(c)) {
        end -= 1;
    }
    (end > at + 4).then_some(end)
}

/// `@name`, `#topic` and `:emoji:`, when no letter stands in front of them.
fn named(text: Chars<'_>, at: usize, sign: char, out: &mut Line) -> Option<usize> {
    if text.before(at).is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let allowed = |c: char| match sign {
        '@' => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'),
        '#' => c.is_alphanumeric() || matches!(c, '-' | '_' | '.'),
        _ => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+'),
    };
    let mut end = at + 1 + text.run(at + 1, allowed);
    if sign == ':' {
        if end == at + 1 || text.at(end) != Some(':') {
            return None;
        }
        out.node(Inline::Emoji(text.part(at + 1..end).text()));
        return Some(end + 1);
    }
    while text.before(end) == Some('.') {
        end -= 1;
    }
    // A topic starts with a letter and has three signs: `#123` is a number.
    let enough =
        if sign == '#' { end >= at + 4 && text.at(at + 1).is_some_and(char::is_alphabetic) } else { end > at + 1 };
    if !enough {
        return None;
    }
    let name = text.part(at..end).text();
    out.node(if sign == '@' { Inline::Mention(name) } else { Inline::Channel(name) });
    Some(end)
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
