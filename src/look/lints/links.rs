//! Links, entities and mentions in another chat's spelling.

use std::ops::Range;

use super::{Remarks, html};
use crate::finding::Severity;
use crate::look::chars::Chars;
use crate::look::tree::Inline;
use crate::services::{Entities, Everybody, Markup};

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
pub(super) fn link(label: &str, address: &str, markup: Markup) -> String {
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
    let takes_html = remarks.facts.markup.html;
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
        } else {
            no_address(inside, at..end, remarks);
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
    if let Some(end) = html::check(chars, &text, at..end, remarks) {
        return Some(end);
    }
    no_address(inside, at..end, remarks).then_some(end)
}

/// `A <- B -> C`, `A & B <Ltd>`: what stands between two brackets is taken for a link, and the brackets are gone.
fn no_address(inside: Chars<'_>, range: Range<usize>, remarks: &mut Remarks<'_>) -> bool {
    let target = inside.text();
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(char::is_alphanumeric));
    let bare = !target.contains(char::is_whitespace) && (target.contains('@') || target.starts_with("www."));
    // A value may be an address.
    if bare
        || scheme
        || target.starts_with(['@', '#', '!'])
        || target.starts_with("users/")
        || remarks.is_value(range.start + 1)
    {
        return false;
    }
    let is_link = remarks.draws_inline(&format!("<{target}>"), |part| matches!(part, Inline::Link { .. }));
    if is_link != Some(true) {
        return false;
    }
    if remarks.facts.markup.entities == Entities::None {
        remarks.remark(Severity::Warning, "markup/angle-is-link", range);
        return true;
    }
    let text = format!("&lt;{}&gt;", remarks.between(range.start + 1..range.end - 1));
    remarks.rewrite("markup/angle-is-link", range, text);
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
