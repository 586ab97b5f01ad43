//! Links, HTML and mentions in another chat's spelling.

use std::ops::Range;

use super::Remarks;
use crate::finding::Severity;
use crate::look::chars::Chars;
use crate::services::{Everybody, Marks};

/// Looks at one part of the text.
pub fn check(chars: Chars<'_>, part: Range<usize>, remarks: &mut Remarks<'_>) {
    // Behind the last end of a comment no end is looked for again.
    let last_end = chars.0.windows(3).rposition(|mark| mark == ['-', '-', '>']).unwrap_or_default();
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
    let end = chars.find(middle + 2, |c| c == ')' || c.is_whitespace()).filter(|end| chars.at(*end) == Some(')'))?;
    let target = middle + 2..end;
    // A value or an address: "[x](see below)" is prose.
    let is_address = chars.starts_with(target.start, "http") || chars.at(target.start) == Some('X');
    if remarks.facts.markup.markdown_links || !is_address || at + 1 == middle {
        return None;
    }
    let start = at - usize::from(chars.before(at) == Some('!'));
    let label = remarks.written(at + 1..middle).to_owned();
    let address = remarks.written(target).to_owned();
    remarks.rewrite("markup/link-stays", start..end + 1, format!("<{address}|{label}>"));
    Some(end + 1)
}

/// `<address|label>`, `<!here>`, `<b>`, `<!-- … -->`
fn angle(chars: Chars<'_>, at: usize, remarks: &mut Remarks<'_>) -> Option<usize> {
    if chars.starts_with(at, "<!--") {
        let end = chars.find_text(at + 4, "-->")? + 3;
        let comment = remarks.written(at + 4..end - 3).trim().replace("#}", "# }");
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
        if !remarks.facts.markup.angle_links && (inside.starts_with(0, "http") || inside.at(0) == Some('X')) {
            let address = remarks.written(at + 1..at + 1 + bar).to_owned();
            let label = remarks.written(at + 2 + bar..end - 1).to_owned();
            remarks.rewrite("markup/angle-link-stays", at..end, format!("[{label}]({address})"));
        }
        return Some(end);
    }
    let text = inside.text();
    if let Some(name) = text.strip_prefix('!').filter(|name| ["here", "channel", "everyone", "all"].contains(name)) {
        slack_mention(name, at..end, remarks);
        return Some(end);
    }
    if let Some(end) = html_pair(chars, &text, at..end, remarks) {
        return Some(end);
    }
    html_tag(&text, at..end, remarks).then_some(end)
}

/// The signs of the chat for a tag that styles text.
fn mark(name: &str, remarks: &Remarks<'_>) -> Option<String> {
    let marks = remarks.facts.markup;
    let style = |marks: Marks, mark: &str| match marks {
        Marks::Double => Some(mark.repeat(2)),
        Marks::None => None,
        _ => Some(mark.to_owned()),
    };
    match name {
        "b" | "strong" => style(marks.bold, "*"),
        "i" | "em" => Some("_".to_owned()),
        "s" | "del" | "strike" => style(marks.strike, "~"),
        "code" => Some("`".to_owned()),
        _ => None,
    }
}

/// `<b>x</b>`: both tags are one slip, where nothing else stands between them.
fn html_pair(chars: Chars<'_>, name: &str, open: Range<usize>, remarks: &mut Remarks<'_>) -> Option<usize> {
    let mark = mark(&name.to_ascii_lowercase(), remarks)?;
    let close = format!("</{name}>");
    let inner = open.end..chars.find_text(open.end, &close)?;
    let text = chars.part(inner.clone()).text();
    if text.trim().len() != text.len() || text.is_empty() || text.contains(['<', '\n']) || text.contains(&mark) {
        return None;
    }
    let end = inner.end + close.chars().count();
    let written = remarks.written(inner).to_owned();
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
        crate::services::Entities::All => true,
        crate::services::Entities::Three => ["&amp;", "&lt;", "&gt;"].contains(name),
        crate::services::Entities::None => false,
    };
    let end = at + name.len();
    if !decoded {
        remarks.rewrite("markup/entity-stays", at..end, (*shown).to_owned());
    }
    Some(end)
}
