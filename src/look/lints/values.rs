//! What the open document's values do to the message: nothing at all, too much, or signs that the chat reads as markup.

use super::{Remarks, Rendered, lines};
use crate::finding::Severity;
use crate::look::tree::{Block, Inline};
use crate::message::odd::SignedValue;
use crate::services::{Entities, Marks, Unit};
use crate::text::slice;

/// The longest text whose values are looked for, in bytes: for each of them it is read once more.
const LONGEST: usize = 20_000;

/// Looks at the rendered text.
pub fn check(rendered: Rendered<'_>, remarks: &mut Remarks<'_>) {
    let facts = remarks.facts;
    let text = rendered.text;
    if text.trim().is_empty() {
        empty(rendered.with_link, remarks);
        return;
    }
    length(text, rendered.posted, remarks);
    // More brackets in the text than in the template: values brought them.
    let template = count(&remarks.skeleton.chars.iter().collect::<String>());
    // What `get_link_to_form` makes is no value of a field.
    let links = link_to_form(text, remarks);
    let mut found = count(text);
    found.less = found.less.saturating_sub(2 * links);
    if facts.markup.html {
        read_as_html(rendered.signed, remarks);
    } else if html(text) && found.less > template.less {
        remarks.on_all(Severity::Warning, "markup/value-has-html", &[]);
    } else if facts.markup.entities == Entities::Three
        && (found.less > template.less || found.ampersand > template.ampersand)
    {
        if !unescaped(rendered.signed, remarks) {
            remarks.on_all(Severity::Warning, "markup/value-needs-escaping", &[]);
        }
    } else if facts.markup.entities == Entities::None && found.entities > template.entities {
        remarks.on_all(Severity::Warning, "markup/value-has-entities", &[]);
    }
    if text.len() <= LONGEST && !html(text) {
        read_as_markup(text, rendered.signed, remarks);
        if facts.markup.joins_lines {
            joined(text, rendered.signed, remarks);
        }
    }
}

/// The values whose `<` a chat that reads HTML takes for the start of a tag: a customer `A & B <Ltd>` is half gone.
fn read_as_html(signed: &[SignedValue], remarks: &mut Remarks<'_>) {
    for value in signed.iter().filter(|value| !html(&value.text) && !value.text.contains("<a href=")) {
        let starts_tag = |rest: &str| rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '?'));
        if value.text.split('<').skip(1).any(starts_tag) {
            filtered("markup/value-needs-escaping", "markup/value-is-html", value, &[("<", "&lt;")], remarks);
        }
    }
}

/// The values with several lines, in a chat that joins lines.
fn joined(text: &str, signed: &[SignedValue], remarks: &mut Remarks<'_>) {
    let code = remarks.service.parse(text).map_or_else(String::new, |blocks| preformatted(&blocks));
    for value in signed.iter().filter(|value| text.contains(&*value.text) && !code.contains(value.text.trim())) {
        if lines::joins(value.text.trim(), remarks) {
            let key = lines::joined_key(JOINED, "markup/value-lines-may-join", remarks);
            filtered(JOINED, key, value, &[("\n", "  \\n")], remarks);
        }
    }
}

const JOINED: &str = "markup/value-lines-join";

/// What a message has in blocks of code, whose lines stay.
fn preformatted(blocks: &[Block]) -> String {
    blocks
        .iter()
        .map(|block| match block {
            Block::Code(text) => format!("{text}\n"),
            Block::Quote(content) => preformatted(content),
            Block::List { items, .. } => items.iter().map(|item| preformatted(&item.content)).collect(),
            _ => String::new(),
        })
        .collect()
}

/// A message without a text, and what its chat does with it (services.md 11.13). With a link to the document in the same
/// request, some post that alone.
fn empty(with_link: bool, remarks: &mut Remarks<'_>) {
    let facts = remarks.facts;
    let key = if with_link { facts.empty_with_link } else { facts.empty };
    remarks.on_all_saying(Severity::Warning, "markup/empty", key, &[]);
}

/// The values that bring `&`, `<` or `>` as they are, each with the filters that write them as the chat wants them.
fn unescaped(signed: &[SignedValue], remarks: &mut Remarks<'_>) -> bool {
    let mut any = false;
    for value in signed {
        let signs = count(&value.text);
        if signs.less == 0 && signs.ampersand == 0 {
            continue;
        }
        any = true;
        let pairs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")];
        let pairs: Vec<_> = pairs.into_iter().filter(|(sign, _)| value.text.contains(sign)).collect();
        filtered("markup/value-needs-escaping", "markup/value-unescaped", value, &pairs, remarks);
    }
    any
}

/// The values that the chat does not show as they are, because it reads their signs as markup.
fn read_as_markup(text: &str, signed: &[SignedValue], remarks: &mut Remarks<'_>) {
    let Some(blocks) = remarks.service.parse(text) else { return };
    let mut shown = Seen::default();
    visible(&blocks, &mut shown);
    for value in signed.iter().filter(|value| text.contains(&*value.text)) {
        let lost = value
            .text
            .lines()
            .map(str::trim)
            .find(|line| line.contains(STYLES) && !shown.holds(line) && !shown.holds(&without_escapes(line)));
        if lost.is_none() {
            continue;
        }
        // In mrkdwn nothing escapes a sign.
        let escapes = matches!(remarks.facts.markup.bold, Marks::Double | Marks::Either);
        let pairs = [("\\", "\\\\\\\\"), ("*", "\\\\*"), ("_", "\\\\_"), ("~", "\\\\~"), ("`", "\\\\`")];
        // What strikes nothing is no sign, and what escapes it would be shown.
        let is_sign = |sign: &str| sign != "~" || remarks.facts.markup.strike != Marks::None;
        let escaped = |sign: &str| escapes && is_sign(sign) && value.text.contains(sign);
        let pairs: Vec<_> = pairs.into_iter().filter(|(sign, _)| escaped(sign)).collect();
        filtered("markup/value-is-markup", "markup/value-is-markup", value, &pairs, remarks);
    }
}

/// The signs of the styles: what else a value may hold, such as a name of an emoji, is mostly meant.
const STYLES: [char; 4] = ['*', '_', '~', '`'];

/// A text without the backslashes in front of signs, which are not shown.
fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && (STYLES.contains(next) || *next == '\\') => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

/// A remark on the expression that wrote a value, with a `replace` filter for each sign as its fix. The replacements are
/// written as they stand in Jinja's quotes.
fn filtered(code: &'static str, key: &str, value: &SignedValue, pairs: &[(&str, &str)], remarks: &mut Remarks<'_>) {
    const LONGEST: usize = 40;
    let shown = value.text.trim();
    let cut = shown.char_indices().nth(LONGEST).map(|(index, _)| index);
    let shown = cut.map_or_else(|| shown.to_owned(), |index| format!("{}…", slice(shown, 0..index)));
    // A loop writes many values with one expression: one remark is enough.
    if remarks.found.iter().any(|known| known.code == code && known.span.as_ref() == Some(&value.span)) {
        return;
    }
    let values = [("value", shown.replace('\n', " "))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let finding = remarks.saying(Severity::Warning, code, key, &values).at(value.span.clone());
    if pairs.is_empty() {
        remarks.push(finding);
        return;
    }
    let expression = slice(remarks.template, value.span.clone());
    let is_path = expression.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    let mut text = if is_path { expression.to_owned() } else { format!("({expression})") };
    for (sign, replacement) in pairs {
        let sign = match *sign {
            "\\" => "\\\\",
            "\n" => "\\n",
            sign => sign,
        };
        text.push_str(&format!("|replace(\"{sign}\", \"{replacement}\")"));
    }
    let label = remarks.language.say("markup/button-escape", &[]);
    remarks.push(finding.with_fix(label, value.span.clone(), text));
}

/// What a reader sees of a message, and the addresses of its links.
#[derive(Default)]
struct Seen {
    text: String,
    addresses: String,
}

impl Seen {
    fn holds(&self, line: &str) -> bool {
        // An address is written with other signs than it had (`%20`).
        let written = |line: &str| self.addresses.contains(line) || !line.is_ascii() && line.contains("://");
        self.text.contains(line) || written(line)
    }

    fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
    }
}

fn visible(blocks: &[Block], shown: &mut Seen) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Emoji(content) | Block::Heading(_, content) => seen(content, shown),
            Block::Quote(content) => visible(content, shown),
            Block::List { items, .. } => items.iter().for_each(|item| visible(&item.content, shown)),
            Block::Code(text) => shown.push_str(text),
            Block::Table(header, rows) => {
                for cell in header.iter().chain(rows.iter().flatten()) {
                    seen(cell, shown);
                    shown.push('\n');
                }
            }
            Block::Rule => {}
        }
        shown.push('\n');
    }
}

fn seen(content: &[Inline], shown: &mut Seen) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Date(text) => shown.push_str(text),
            Inline::Mention(name) | Inline::Channel(name) => shown.push_str(name),
            Inline::Block(block) => visible(std::slice::from_ref(block), shown),
            Inline::Break => shown.push('\n'),
            Inline::Bold(content)
            | Inline::Italic(content)
            | Inline::Strike(content)
            | Inline::Underline(content)
            | Inline::Spoiler(content) => seen(content, shown),
            Inline::Link { url, label } => {
                seen(label, shown);
                shown.addresses.push_str(url);
                shown.addresses.push('\n');
            }
            Inline::Image { url, alt } => {
                shown.push_str(alt);
                shown.push_str(url);
            }
            Inline::Emoji(name, _) => {
                shown.push(':');
                shown.push_str(name);
                shown.push(':');
            }
        }
    }
}

/// A link in HTML that the template itself asks for: how many there are, after saying so.
fn link_to_form(rendered: &str, remarks: &mut Remarks<'_>) -> usize {
    const ASKED: &str = "get_link_to_form";
    let links = rendered.matches("<a href=").count();
    let template = remarks.template;
    let Some((before, after)) = template.split_once(ASKED).filter(|_| links > 0) else { return 0 };
    let span = before.len()..before.len() + ASKED.len();
    let finding = remarks.saying(Severity::Warning, "markup/link-is-html", "markup/link-is-html", &[]).at(span.clone());
    // The address takes the doctype and the name, and no label.
    let arguments = after.split_once(')').map_or("", |(inside, _)| inside);
    let is_short = !arguments.contains(['[', '"', '\'']) && arguments.matches(',').count() == 1;
    let label = remarks.language.say("markup/button-write", &[("text", "get_url_to_form")]);
    remarks.push(if is_short { finding.with_fix(label, span, "get_url_to_form") } else { finding });
    links
}

/// How many signs a text has that matter here.
#[derive(Debug, PartialEq, Eq)]
struct Signs {
    less: usize,
    ampersand: usize,
    entities: usize,
}

fn count(text: &str) -> Signs {
    let entities =
        ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&nbsp;"].iter().map(|name| text.matches(name).count()).sum();
    Signs { less: text.matches('<').count(), ampersand: text.matches('&').count() - entities, entities }
}

/// Whether a text holds what the host's Text Editor writes.
fn html(text: &str) -> bool {
    ["<div", "<p>", "<br", "<span", "<ol>", "<ul>", "</p>"].iter().any(|tag| text.contains(tag))
}

fn length(rendered: &str, length: usize, remarks: &mut Remarks<'_>) {
    let limit = remarks.facts.limit;
    if length > limit.max {
        let (length, max) = (length.to_string(), limit.max.to_string());
        let code = match limit.unit {
            Unit::Characters => "markup/too-long",
            Unit::Bytes => "markup/too-many-bytes",
        };
        remarks.on_all_saying(Severity::Warning, code, remarks.facts.too_long, &[("length", &length), ("max", &max)]);
    } else if let Some(max) = remarks.facts.older_limit.filter(|max| Unit::Characters.measure(rendered) > *max) {
        remarks.on_all(Severity::Info, "markup/long-for-google", &[("max", &max.to_string())]);
    }
}
