//! Tags of HTML in a chat that does not read them: the same in the chat's own signs, and on lines of their own.

use std::ops::Range;

use super::Remarks;
use super::links::link;
use crate::finding::Severity;
use crate::look::chars::Chars;
use crate::look::tree::Inline;
use crate::services::Marks;

/// Looks at a tag, with its content where that is short. Returns where what was looked at ends; `None` when it is no tag.
pub(super) fn check(chars: Chars<'_>, tag: &str, open: Range<usize>, remarks: &mut Remarks<'_>) -> Option<usize> {
    html_link(chars, tag, open.clone(), remarks)
        .or_else(|| html_pair(chars, tag, open.clone(), remarks))
        .or_else(|| html_tag(chars, tag, open.clone(), remarks).then_some(open.end))
}

/// The signs of the chat for a tag that styles text.
fn mark(name: &str, remarks: &Remarks<'_>) -> Option<String> {
    let marks = remarks.facts.markup;
    let style = |marks: Marks, mark: &str| match marks {
        Marks::Double => Some(mark.repeat(2)),
        // A style that the chat has not is left out, and its content stays.
        Marks::None => Some(String::new()),
        _ => Some(mark.to_owned()),
    };
    let plain = marks.bold == Marks::None;
    match name {
        "b" | "strong" => style(marks.bold, "*"),
        "i" | "em" if plain => Some(String::new()),
        "i" | "em" => Some("_".to_owned()),
        "s" | "del" | "strike" => style(marks.strike, "~"),
        "code" => {
            let draws = remarks.draws_inline("`a`", |part| matches!(part, Inline::Code(_)));
            Some(if draws == Some(true) { "`".to_owned() } else { String::new() })
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => style(marks.bold, "*"),
        _ => None,
    }
}

/// Where a tag's content ends, when it is text on one line: the next sign of HTML is its closing tag.
fn closing(chars: Chars<'_>, from: usize, close: &str) -> Option<usize> {
    chars.find(from, |c| matches!(c, '<' | '\n')).filter(|end| chars.starts_with(*end, close))
}

/// `<a href="address">label</a>`
fn html_link(chars: Chars<'_>, tag: &str, open: Range<usize>, remarks: &mut Remarks<'_>) -> Option<usize> {
    let quote = tag.strip_prefix("a ")?.trim_start().strip_prefix("href=")?.chars().next()?;
    let start = chars.find(open.start, |c| c == quote).filter(|_| matches!(quote, '"' | '\''))? + 1;
    let target = start..chars.find(start, |c| c == quote).filter(|end| *end < open.end)?;
    let inner = open.end..closing(chars, open.end, "</a>")?;
    let label = chars.part(inner.clone());
    if label.is_empty() || label.0.iter().any(|c| "<\n|[]".contains(*c)) || target.is_empty() {
        return None;
    }
    let (label, address) = (remarks.between(inner.clone()), remarks.between(target));
    let text = link(label, address, remarks.facts.markup);
    remarks.rewrite("markup/html-stays", open.start..inner.end + 4, text);
    Some(inner.end + 4)
}

/// `<b>x</b>`: both tags are one slip, where nothing else stands between them.
fn html_pair(chars: Chars<'_>, name: &str, open: Range<usize>, remarks: &mut Remarks<'_>) -> Option<usize> {
    let mark = mark(&name.to_ascii_lowercase(), remarks)?;
    let close = format!("</{name}>");
    let inner = open.end..closing(chars, open.end, &close)?;
    let text = chars.part(inner.clone()).text();
    if text.trim().len() != text.len() || text.is_empty() {
        return None;
    }
    if !mark.is_empty() && text.contains(&mark) {
        return None;
    }
    let end = inner.end + close.chars().count();
    let written = remarks.between(inner).to_owned();
    let is_heading = name.strip_prefix(['h', 'H']).is_some_and(|level| level.parse::<u8>().is_ok());
    let joins = remarks.facts.markup.joins_lines;
    let (before, after) = if is_heading { apart(chars, open.start..end, joins) } else { ("", "") };
    remarks.rewrite("markup/html-stays", open.start..end, format!("{before}{mark}{written}{mark}{after}"));
    Some(end)
}

/// A tag of HTML, which every chat but Raven shows or mangles.
fn html_tag(chars: Chars<'_>, text: &str, range: Range<usize>, remarks: &mut Remarks<'_>) -> bool {
    let closing = text.starts_with('/');
    let name = text.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default().to_ascii_lowercase();
    const KNOWN: &[&str] = &[
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ];
    if !KNOWN.contains(&name.as_str()) {
        return false;
    }
    let text = match name.as_str() {
        "b" | "strong" | "i" | "em" | "s" | "del" | "strike" | "code" => mark(&name, remarks),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" if remarks.facts.markup.bold == Marks::None => {
            Some(String::new())
        }
        "br" => {
            let spaces = if remarks.facts.markup.joins_lines { "  " } else { "" };
            let is_at_end = chars.at(range.end) == Some('\n');
            Some(format!("{spaces}{}", if is_at_end { "" } else { "\n" }))
        }
        "li" if !closing => {
            let line = if starts_line(chars, range.start) { "" } else { "\n" };
            Some(format!("{line}- "))
        }
        // What is closed next does it.
        "div" | "ul" | "ol" if closing && closes_more(chars, range.end) => Some(String::new()),
        "div" if !closing => Some(apart(chars, range.clone(), remarks.facts.markup.joins_lines).0.to_owned()),
        "div" if closing => Some(apart(chars, range.clone(), remarks.facts.markup.joins_lines).1.to_owned()),
        // Without an empty line the text would go on with the last item.
        "ul" | "ol" if closing => Some(apart(chars, range.clone(), true).1.to_owned()),
        "ul" | "ol" | "span" | "font" | "u" | "li" | "small" => Some(String::new()),
        _ => None,
    };
    match text {
        Some(text) if text.is_empty() => remarks.remove("markup/html-stays", range),
        Some(text) => remarks.rewrite("markup/html-stays", range, text),
        None => remarks.remark(Severity::Warning, "markup/html-stays", range),
    }
    true
}

/// The breaks that a part needs in front of it and behind it to stand on lines of its own, in the place of tags that did
/// that; with an empty line where lines would join.
fn apart(chars: Chars<'_>, part: Range<usize>, empty_line: bool) -> (&'static str, &'static str) {
    // A line break that is there is half of an empty line.
    let breaks = |nothing: bool, touches: bool| match (nothing, touches) {
        (true, _) => "",
        (_, false) if empty_line => "\n",
        (_, false) => "",
        (_, true) if empty_line => "\n\n",
        (_, true) => "\n",
    };
    let (start, end) = (before_tags(chars, part.start), behind_tags(chars, part.end));
    let blank = |c: Option<char>, next: Option<char>| c.is_none() || c == Some('\n') && next.is_none_or(|c| c == '\n');
    let line = |c: Option<char>| c.is_none_or(|c| c == '\n');
    let further = start.checked_sub(1).and_then(|before| chars.before(before));
    let before = breaks(blank(chars.before(start), further), !line(chars.before(start)));
    let after = breaks(blank(chars.at(end), chars.at(end + 1)), !line(chars.at(end)));
    (before, after)
}

/// Whether another part that takes lines of its own is closed here.
fn closes_more(chars: Chars<'_>, at: usize) -> bool {
    let at = if chars.starts_with(at, "</li>") { at + 5 } else { at };
    ["</div>", "</ol>", "</ul>"].iter().any(|tag| chars.starts_with(at, tag))
}

/// Whether nothing but tags stands before this place on its line.
fn starts_line(chars: Chars<'_>, at: usize) -> bool {
    chars.before(before_tags(chars, at)).is_none_or(|c| c == '\n')
}

/// Most tags that are passed over in search of a line's end: each tag of a text searches.
const MOST_TAGS: usize = 20;

/// Where the tags start that end here.
fn before_tags(chars: Chars<'_>, mut at: usize) -> usize {
    const LONGEST: usize = 100;
    for _ in 0..MOST_TAGS {
        if chars.before(at) != Some('>') {
            break;
        }
        let from = at.saturating_sub(LONGEST);
        let Some(open) = chars.part(from..at).0.iter().rposition(|c| *c == '<') else { break };
        at = from + open;
    }
    at
}

/// Where the tags end that start here.
fn behind_tags(chars: Chars<'_>, mut at: usize) -> usize {
    for _ in 0..MOST_TAGS {
        if chars.at(at) != Some('<') {
            break;
        }
        let Some(close) = chars.find(at, |c| matches!(c, '>' | '\n')).filter(|close| chars.at(*close) == Some('>'))
        else {
            break;
        };
        at = close + 1;
    }
    at
}
