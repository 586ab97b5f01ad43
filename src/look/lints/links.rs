//! Links, HTML and mentions in another chat's spelling.

use std::ops::Range;

use super::Remarks;
use crate::finding::Severity;
use crate::look::chars::Chars;
use crate::services::{Entities, Everybody, Marks, Markup, ServiceName};

/// Longest address of a link, in characters: browsers and chats take no longer ones, and a text without an end is not
/// searched for one again and again.
const LONGEST_ADDRESS: usize = 2_048;

/// Where the last comment of HTML ends; 0 without one. Behind it no end is looked for.
pub fn last_comment_end(chars: Chars<'_>) -> usize {
    chars.0.windows(3).rposition(|mark| mark == ['-', '-', '>']).unwrap_or_default()
}

/// Looks at one part of the text.
pub fn check(chars: Chars<'_>, part: Range<usize>, last_end: usize, remarks: &mut Remarks<'_>) {
    let mut at = part.start;
    while let Some(c) = chars.at(at).filter(|_| at < part.end) {
        let found = match c {
            '[' => markdown_link(chars, at, remarks),
            '<' if chars.starts_with(at, "<!--") && at >= last_end => None,
            '<' => angle(chars, at, remarks),
            '@' => everybody(chars, at, remarks),
            '&' => entity(chars, at, remarks),
            _ => None,
        };
        at = found.unwrap_or(at + 1);
    }
}

/// `[label](address)`, or an image when a `!` stands in front.
fn markdown_link(chars: Chars<'_>, at: usize, remarks: &mut Remarks<'_>) -> Option<usize> {
    let middle =
        chars.find(at + 1, |c| matches!(c, ']' | '[' | '\n')).filter(|middle| chars.starts_with(*middle, "]("))?;
    let near = chars.part(0..middle + 2 + LONGEST_ADDRESS);
    let end = near.find(middle + 2, |c| c == ')' || c.is_whitespace()).filter(|end| chars.at(*end) == Some(')'))?;
    let target = middle + 2..end;
    // A value or an address: "[x](see below)" is prose.
    let is_address = chars.starts_with(target.start, "http") || remarks.is_value(target.start);
    // `\[x](y)` is prose as well.
    if !is_address || at + 1 == middle || chars.before(at) == Some('\\') {
        return None;
    }
    let is_image = chars.before(at) == Some('!');
    let start = at - usize::from(is_image);
    let label = remarks.between(at + 1..middle).to_owned();
    let address = remarks.between(target).to_owned();
    if remarks.facts.markup.markdown_links {
        if is_image && remarks.draws_image() == Some(false) {
            remarks.rewrite("markup/image-stays", start..end + 1, format!("[{label}]({address})"));
        }
        return Some(end + 1);
    }
    let text = link(&label, &address, remarks.facts.markup);
    remarks.rewrite_saying("markup/link-stays", link_key("markup/link-stays", remarks), start..end + 1, text);
    Some(end + 1)
}

/// A link as the chat spells it; a chat without links shows the address.
fn link(label: &str, address: &str, markup: Markup) -> String {
    if markup.markdown_links {
        format!("[{label}]({address})")
    } else if markup.angle_links {
        format!("<{address}|{label}>")
    } else if label == address {
        address.to_owned()
    } else {
        format!("{label}: {address}")
    }
}

/// Which sentence tells how a link is written.
fn link_key(code: &'static str, remarks: &Remarks<'_>) -> &'static str {
    let markup = remarks.facts.markup;
    if markup.markdown_links || markup.angle_links { code } else { "markup/link-has-no-label" }
}

/// `<address|label>`, `<!here>`, `<b>`, `<!-- … -->`
fn angle(chars: Chars<'_>, at: usize, remarks: &mut Remarks<'_>) -> Option<usize> {
    // Raven's Markdown lets HTML pass, its comments too.
    let takes_html = remarks.facts.name == ServiceName::Raven;
    if chars.starts_with(at, "<!--") {
        let end = chars.find_text(at + 4, "-->")? + 3;
        let comment = remarks.written(at + 4..end - 3).trim().replace("#}", "# }");
        if takes_html {
            return Some(end);
        }
        if comment.contains("{%") {
            // What stands in a comment of Jinja's is not run: a statement in it may be half of another outside.
            remarks.remark(Severity::Warning, "markup/comment-stays", at..end);
        } else {
            remarks.rewrite("markup/comment-stays", at..end, format!("{{# {comment} #}}"));
        }
        return Some(end);
    }
    let end = chars.find(at + 1, |c| matches!(c, '>' | '<' | '\n')).filter(|end| chars.at(*end) == Some('>'))? + 1;
    let inside = chars.part(at + 1..end - 1);
    if let Some(bar) = inside.find(0, |c| c == '|') {
        if !remarks.facts.markup.angle_links && (inside.starts_with(0, "http") || remarks.is_value(at + 1)) {
            let address = remarks.between(at + 1..at + 1 + bar).to_owned();
            let label = remarks.between(at + 2 + bar..end - 1).to_owned();
            let text = link(&label, &address, remarks.facts.markup);
            let key = link_key("markup/angle-link-stays", remarks);
            remarks.rewrite_saying("markup/angle-link-stays", key, at..end, text);
        }
        return Some(end);
    }
    let text = inside.text();
    if let Some(name) = text.strip_prefix('!').filter(|name| ["here", "channel", "everyone", "all"].contains(name)) {
        slack_mention(name, at..end, remarks);
        return Some(end);
    }
    if takes_html {
        return Some(end);
    }
    let pair = html_link(chars, &text, at..end, remarks).or_else(|| html_pair(chars, &text, at..end, remarks));
    if let Some(end) = pair {
        return Some(end);
    }
    html_tag(&text, at..end, remarks).then_some(end)
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
        "code" if plain || remarks.facts.name == ServiceName::Teams => Some(String::new()),
        "code" => Some("`".to_owned()),
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
    remarks.rewrite("markup/html-stays", open.start..end, format!("{mark}{written}{mark}"));
    Some(end)
}

/// A tag of HTML, which every chat but Raven shows or mangles.
fn html_tag(text: &str, range: Range<usize>, remarks: &mut Remarks<'_>) -> bool {
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
        "br" => Some("\n".to_owned()),
        "li" if !closing => Some("- ".to_owned()),
        "ul" | "ol" | "div" | "span" | "font" | "u" | "li" | "small" => Some(String::new()),
        _ => None,
    };
    match text {
        Some(text) if text.is_empty() => remarks.remove("markup/html-stays", range),
        Some(text) => remarks.rewrite("markup/html-stays", range, text),
        None => remarks.remark(Severity::Warning, "markup/html-stays", range),
    }
    true
}

/// `<!here>` of Slack, elsewhere.
fn slack_mention(name: &str, range: Range<usize>, remarks: &mut Remarks<'_>) {
    match remarks.facts.markup.everybody {
        Everybody::Slack => remarks.remark(Severity::Info, "markup/calls-everybody", range),
        Everybody::At
            if remarks.facts.markup.angle_links && name != "everyone" && !remarks.facts.markup.slack_mentions =>
        {
            remarks.rewrite(
                "markup/mention-stays",
                range,
                format!("@{}", if name == "channel" { "all" } else { name }),
            );
        }
        Everybody::At if remarks.facts.markup.slack_mentions && name != "everyone" => {
            remarks.remark(Severity::Info, "markup/calls-everybody", range);
        }
        Everybody::At => remarks.rewrite("markup/mention-stays", range, "@all".to_owned()),
        Everybody::Everyone => {
            let known = if name == "here" { "@here" } else { "@everyone" };
            remarks.rewrite("markup/mention-stays", range, known.to_owned());
        }
        Everybody::Users => remarks.rewrite("markup/mention-stays", range, "<users/all>".to_owned()),
        Everybody::Nobody => remarks.remark(Severity::Warning, "markup/mention-stays", range),
    }
}

/// `@here`, `@all`, `@channel`, `@everyone`.
fn everybody(chars: Chars<'_>, at: usize, remarks: &mut Remarks<'_>) -> Option<usize> {
    let end = at + 1 + chars.run(at + 1, char::is_alphanumeric);
    let name = chars.part(at + 1..end).text();
    let alone = chars.before(at).is_none_or(|c| !c.is_alphanumeric());
    if !alone || !["all", "channel", "everyone", "here"].contains(&name.as_str()) {
        return None;
    }
    match remarks.facts.markup.everybody {
        Everybody::At => remarks.remark(Severity::Info, "markup/calls-everybody", at..end),
        Everybody::Slack => {
            let known = if name == "all" { "channel" } else { name.as_str() };
            remarks.rewrite("markup/mention-stays", at..end, format!("<!{known}>"));
        }
        Everybody::Users => remarks.rewrite("markup/mention-stays", at..end, "<users/all>".to_owned()),
        Everybody::Everyone if matches!(name.as_str(), "here" | "everyone") => {
            remarks.remark(Severity::Info, "markup/calls-everybody", at..end);
        }
        Everybody::Everyone => remarks.rewrite("markup/mention-stays", at..end, "@everyone".to_owned()),
        Everybody::Nobody => {}
    }
    Some(end)
}

/// `&amp;` where it is shown as it is written.
fn entity(chars: Chars<'_>, at: usize, remarks: &mut Remarks<'_>) -> Option<usize> {
    const NAMES: [(&str, &str); 6] =
        [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " ")];
    let (name, shown) = NAMES.iter().find(|(name, _)| chars.starts_with(at, name))?;
    let decoded = match remarks.facts.markup.entities {
        Entities::All => true,
        Entities::Three => ["&amp;", "&lt;", "&gt;"].contains(name),
        Entities::None => false,
    };
    let end = at + name.len();
    if !decoded {
        remarks.rewrite("markup/entity-stays", at..end, (*shown).to_owned());
    }
    Some(end)
}
