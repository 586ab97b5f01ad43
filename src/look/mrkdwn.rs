//! The markup that Slack calls mrkdwn and that Google Chat has a cousin of: one star is bold, links are `<address|label>`.
//!
//! The rules of what opens and what closes are those that the parser `slack-message-parser` 3.0.2 documents by its
//! behaviour (`tests/reference` keeps the known differences); Google publishes none, so the same are taken for it.

use super::chars::{Chars, DEEPEST, Line, bare_url_end, characters};
use super::tree::{Block, Inline, Item};

/// The two dialects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Slack
    Slack,
    /// Google Chat
    GoogleChat,
}

/// Reads a message.
pub fn parse(text: &str, dialect: Dialect) -> Vec<Block> {
    let chars = characters(text);
    let chars = Chars(&chars);
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(open) = chars.find_text(at, "```") {
        let Some(close) = chars.find_text(open + 3, "```") else { break };
        let code = chars.part(open + 3..close);
        if code.all(char::is_whitespace) {
            at = close;
            continue;
        }
        lines(chars.part(start..open), dialect, &mut blocks);
        blocks.push(Block::Code(unescaped(without_outer_newlines(code))));
        // The line that the block ends on goes on after it.
        start = if chars.at(close + 3) == Some('\n') { close + 4 } else { close + 3 };
        at = start;
    }
    lines(chars.from(start), dialect, &mut blocks);
    blocks
}

fn without_outer_newlines(code: Chars<'_>) -> Chars<'_> {
    let start = usize::from(code.at(0) == Some('\n'));
    let end = code.len() - usize::from(code.len() > start && code.before(code.len()) == Some('\n'));
    code.part(start..end)
}

/// Lines outside of preformatted text: quotes, bullets and paragraphs.
fn lines(text: Chars<'_>, dialect: Dialect, blocks: &mut Vec<Block>) {
    if text.is_empty() {
        return;
    }
    let mut lines: Vec<Chars<'_>> = text.lines().collect();
    // The newline in front of a preformatted block is not an empty line.
    if lines.len() > 1 && lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let mut rest_is_quote = false;
    for line in lines {
        if dialect == Dialect::Slack
            && !rest_is_quote
            && let Some(content) = [">>>", "&gt;&gt;&gt;"].iter().find_map(|mark| after(line, mark))
        {
            rest_is_quote = true;
            quote(content, dialect, blocks, true);
        } else if rest_is_quote {
            quote(line, dialect, blocks, false);
        } else if let Some(content) = [">", "&gt;"].iter().find_map(|mark| after(line, mark)) {
            quote(content, dialect, blocks, false);
        } else if let (Dialect::GoogleChat, Some(content)) = (dialect, bullet(line)) {
            let item = Item { done: None, content: vec![Block::Paragraph(inline(content, dialect, 0))] };
            match blocks.last_mut() {
                Some(Block::List { items, .. }) => items.push(item),
                _ => blocks.push(Block::List { first: None, items: vec![item] }),
            }
        } else {
            append_line(inline(line, dialect, 0), blocks);
        }
    }
}

fn after<'a>(line: Chars<'a>, mark: &str) -> Option<Chars<'a>> {
    line.starts_with(0, mark).then(|| line.from(mark.chars().count()))
}

fn bullet(line: Chars<'_>) -> Option<Chars<'_>> {
    let indent = line.run(0, |c| c == ' ');
    (matches!(line.at(indent), Some('*' | '-')) && line.at(indent + 1) == Some(' ')).then(|| line.from(indent + 2))
}

fn quote(line: Chars<'_>, dialect: Dialect, blocks: &mut Vec<Block>, starts: bool) {
    let content = inline(line.from(usize::from(line.at(0) == Some(' '))), dialect, 0);
    match blocks.last_mut() {
        Some(Block::Quote(quoted)) if !starts => append_line(content, quoted),
        _ => blocks.push(Block::Quote(vec![Block::Paragraph(content)])),
    }
}

/// Puts a line under the paragraph before it: these chats keep line breaks.
fn append_line(content: Vec<Inline>, blocks: &mut Vec<Block>) {
    match blocks.last_mut() {
        Some(Block::Paragraph(lines)) => {
            lines.push(Inline::Break);
            lines.extend(content);
        }
        _ => blocks.push(Block::Paragraph(content)),
    }
}

/// Reads the markup of one line.
pub(super) fn inline(line: Chars<'_>, dialect: Dialect, depth: usize) -> Vec<Inline> {
    let mut out = Line::default();
    let mut at = 0;
    while let Some(c) = line.at(at) {
        match node(line, at, c, dialect, depth) {
            Some((node, end)) => {
                out.node(node);
                at = end;
            }
            None => {
                let (shown, length) = entity(line, at).unwrap_or((c, 1));
                out.character(shown);
                at += length;
            }
        }
    }
    out.finish()
}

fn node(line: Chars<'_>, at: usize, c: char, dialect: Dialect, depth: usize) -> Option<(Inline, usize)> {
    if depth >= DEEPEST {
        return None;
    }
    let nested = |range| inline(line.part(range), dialect, depth + 1);
    match c {
        '*' | '_' | '~' if opens(line, at) => {
            let close = styled_end(line, at, c)?;
            let content = nested(at + 1..close);
            let node = match c {
                '*' => Inline::Bold(content),
                '_' => Inline::Italic(content),
                _ => Inline::Strike(content),
            };
            Some((node, close + 1))
        }
        '`' if opens(line, at) => {
            let close = line.find(at + 1, |c| c == '`').filter(|close| *close > at + 1)?;
            closes(line, close, '`').then(|| (Inline::Code(unescaped(line.part(at + 1..close))), close + 1))
        }
        ':' => {
            let close = line.find(at + 1, |c| c.is_whitespace() || ":<`*#@!()$%".contains(c))?;
            if line.at(close) != Some(':') || close == at + 1 {
                return None;
            }
            let name = line.part(at + 1..close).text();
            let tone = close + 1;
            let tone_end = line.starts_with(tone, ":skin-tone-").then(|| line.find(tone + 1, |c| c == ':')).flatten();
            Some((Inline::Emoji(name), tone_end.map_or(tone, |end| end + 1)))
        }
        '<' => link(line, at, dialect, depth),
        'h' if line.before(at).is_none_or(|c| !c.is_alphanumeric()) => {
            let end = bare_url_end(line, at)?;
            let url = unescaped(line.part(at..end));
            Some((Inline::Link { label: vec![Inline::Text(url.clone())], url }, end))
        }
        _ => None,
    }
}

/// Whether markup may start here: at a start, after white space or after one of a few signs.
fn opens(line: Chars<'_>, at: usize) -> bool {
    line.before(at).is_none_or(|c| c.is_whitespace() || ".,([{!?-=".contains(c))
}

/// Whether markup may end here: what follows is an end, white space or one of a few signs, more of them for bold.
fn closes(line: Chars<'_>, at: usize, mark: char) -> bool {
    let signs = if mark == '*' { "~!#$%^)-+={}[];:'\",.?/" } else { ".,])}!?-=" };
    line.at(at + 1).is_none_or(|c| c.is_whitespace() || signs.contains(c))
}

/// Where the style that opens at `at` is closed. The text between has no white space at its ends and does not contain the
/// mark, but it may start with it, and for italic and strike end with it (`__x__`).
fn styled_end(line: Chars<'_>, at: usize, mark: char) -> Option<usize> {
    line.at(at + 1).filter(|c| !c.is_whitespace())?;
    let next = line.find(at + 2, |c| c == mark)?;
    let touches = |close: usize| {
        line.before(close).is_some_and(|c| !c.is_whitespace() && (mark != '*' || c != '*' || close == at + 2))
    };
    if touches(next) && closes(line, next, mark) {
        return Some(next);
    }
    if mark != '*' && line.at(next + 1) == Some(mark) && closes(line, next + 1, mark) {
        return Some(next + 1);
    }
    // A mark inside of code that stands between spaces does not count: *a `*` b*.
    let code = line.part(at..next).find_text(0, " `").map(|index| at + index + 2)?;
    let after_code = line.find_text(code, "` ").filter(|end| *end > next)? + 2;
    let close = line.find(after_code, |c| c == mark)?;
    (touches(close) && closes(line, close, mark)).then_some(close)
}

/// `<address|label>` and what else stands between angle brackets.
fn link(line: Chars<'_>, at: usize, dialect: Dialect, depth: usize) -> Option<(Inline, usize)> {
    let end = line.find(at + 1, |c| matches!(c, '<' | '>'))?;
    if line.at(end) != Some('>') || line.at(at + 1).is_none_or(char::is_whitespace) || end == at + 1 {
        return None;
    }
    let inside = line.part(at + 1..end);
    let bar = inside.find(1, |c| c == '|');
    let target = unescaped(inside.part(0..bar.unwrap_or(inside.len())));
    let label = bar.map(|bar| inside.from(bar + 1)).filter(|label| !label.is_empty());
    let said = |fallback: &str| label.map_or_else(|| fallback.to_owned(), unescaped);
    let node = match (dialect, target.chars().next()) {
        (Dialect::Slack, Some('@')) => Inline::Mention(with_sign('@', &said(&target))),
        (Dialect::Slack, Some('#')) => Inline::Channel(with_sign('#', &said(&target))),
        (Dialect::Slack, Some('!')) => command(target.trim_start_matches('!'), &said("")),
        (Dialect::GoogleChat, _) if target == "users/all" => Inline::Mention("@all".to_owned()),
        (Dialect::GoogleChat, _) if target.starts_with("users/") => Inline::Mention(with_sign('@', &said(&target))),
        _ => {
            let plain = target.strip_prefix("mailto:").unwrap_or(&target).to_owned();
            let label = label.map_or_else(|| vec![Inline::Text(plain)], |label| inline(label, dialect, depth + 1));
            Inline::Link { url: target, label }
        }
    };
    Some((node, end + 1))
}

fn with_sign(sign: char, name: &str) -> String {
    if name.starts_with(sign) { name.to_owned() } else { format!("{sign}{name}") }
}

/// `<!here>`, `<!subteam^S1|@team>`, `<!date^1392734382^{date}|Feb 18, 2014>`
fn command(command: &str, label: &str) -> Inline {
    let name = command.split('^').next().unwrap_or_default();
    match name {
        "date" => Inline::Date(if label.is_empty() { command.to_owned() } else { label.to_owned() }),
        _ if label.is_empty() => Inline::Mention(with_sign('@', name)),
        _ => Inline::Mention(with_sign('@', label)),
    }
}

/// The three entities that a text has to be written with, and no others.
fn entity(line: Chars<'_>, at: usize) -> Option<(char, usize)> {
    let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
    known.iter().find(|(text, _)| line.starts_with(at, text)).map(|(text, c)| (*c, text.len()))
}

fn unescaped(text: Chars<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.at(at) {
        let (shown, length) = entity(text, at).unwrap_or((c, 1));
        out.push(shown);
        at += length;
    }
    out
}
