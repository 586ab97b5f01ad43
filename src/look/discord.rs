//! Discord's Markdown.
//!
//! One star or underscore is italic, two stars bold, two underscores underlined, two tildes strike, two bars a spoiler;
//! headings to `###`, `-# ` small, quotes with a space after `>`, `>>> ` quotes the rest; links are `[label](address)`;
//! people, roles and channels are `<@…>`, `<@&…>`, `<#…>`. Line breaks are kept. (services.md 5F; oracle:
//! discord-markdown-parser, which reads no lists.)

use std::ops::Range;

use super::chars::{Chars, DEEPEST, Line, bare_url_end, characters};
use super::tree::{Block, Inline, Item};

/// Longest label and address that are looked for, in characters.
const LONGEST_LINK: usize = 2_048;

/// Reads a text as Discord does.
pub fn parse(text: &str) -> Vec<Block> {
    let chars = characters(text);
    let chars = Chars(&chars);
    let mut blocks = Vec::new();
    let mut start = 0;
    while let Some(open) = chars.find_text(start, "```") {
        let Some(close) = chars.find_text(open + 3, "```").filter(|close| *close > open + 3) else { break };
        lines(chars.part(start..open), &mut blocks);
        blocks.push(Block::Code(fenced(chars.part(open + 3..close))));
        start = if chars.at(close + 3) == Some('\n') { close + 4 } else { close + 3 };
    }
    lines(chars.from(start), &mut blocks);
    blocks
}

/// What a fence holds: a language on its first line is none of it, nor are the line ends next to the marks.
fn fenced(code: Chars<'_>) -> String {
    let word = code.run(0, |c| c.is_ascii_alphanumeric() || "-_.+#".contains(c));
    let has_text = !code.from(word).all(char::is_whitespace);
    let start = if has_text && code.at(word) == Some('\n') { word + 1 } else { 0 };
    let text = code.from(start).text();
    text.trim_matches('\n').to_owned()
}

fn lines(text: Chars<'_>, blocks: &mut Vec<Block>) {
    if text.is_empty() {
        return;
    }
    let mut paragraph: Vec<Chars<'_>> = Vec::new();
    let mut at = 0;
    while at <= text.len() {
        let end = text.find(at, |c| c == '\n').unwrap_or(text.len());
        let line = text.part(at..end);
        if line.starts_with(0, ">>> ") {
            flush(&mut paragraph, blocks);
            blocks.push(Block::Quote(vec![Block::Paragraph(inline(text.from(at + 4)))]));
            return;
        }
        // The line end in front of a fence is not an empty line.
        let is_last = end == text.len();
        match own_block(line) {
            Some(block) => {
                flush(&mut paragraph, blocks);
                join(block, blocks);
            }
            None if is_last && line.is_empty() => {}
            None => paragraph.push(line),
        }
        at = end + 1;
    }
    flush(&mut paragraph, blocks);
}

/// Styles go over line ends, so the lines of a paragraph are read together.
fn flush(lines: &mut Vec<Chars<'_>>, blocks: &mut Vec<Block>) {
    if lines.is_empty() {
        return;
    }
    let text: Vec<&[char]> = lines.iter().map(|line| line.0).collect();
    let text = text.join(&'\n');
    blocks.push(Block::Paragraph(inline(Chars(&text))));
    lines.clear();
}

/// A quote or an item goes to the quote or list above it.
fn join(block: Block, blocks: &mut Vec<Block>) {
    match (blocks.last_mut(), block) {
        (Some(Block::Quote(above)), Block::Quote(new)) => above.extend(new),
        (Some(Block::List { first: above, items }), Block::List { first, items: new })
            if above.is_some() == first.is_some() =>
        {
            items.extend(new);
        }
        (_, block) => blocks.push(block),
    }
}

/// A line that is a block of its own.
fn own_block(line: Chars<'_>) -> Option<Block> {
    let level = line.run(0, |c| c == '#');
    if (1..=3).contains(&level) && line.at(level) == Some(' ') && !line.from(level).trimmed().is_empty() {
        return Some(Block::Heading(u8::try_from(level).ok()?, inline(line.from(level).trimmed())));
    }
    if line.starts_with(0, "-# ") && !line.from(3).trimmed().is_empty() {
        return Some(Block::Heading(6, inline(line.from(3).trimmed())));
    }
    if line.starts_with(0, "> ") {
        return Some(Block::Quote(vec![Block::Paragraph(inline(line.from(2)))]));
    }
    let indent = line.run(0, |c| c == ' ');
    let digits = line.run(indent, |c| c.is_ascii_digit());
    let (mark, first) = match line.at(indent) {
        Some('-' | '*') => (indent + 1, None),
        _ if digits > 0 && line.at(indent + digits) == Some('.') => {
            (indent + digits + 1, Some(line.part(indent..indent + digits).text().parse().ok()?))
        }
        _ => return None,
    };
    let text = line.from(mark + 1);
    (line.at(mark) == Some(' ') && !text.trimmed().is_empty()).then(|| {
        let item = Item { done: None, content: vec![Block::Paragraph(inline(text))] };
        Block::List { first, items: vec![item] }
    })
}

fn inline(text: Chars<'_>) -> Vec<Inline> {
    read(text, false, 0)
}

/// What was looked for in vain further on, so that it is not looked for again.
#[derive(Debug, Default)]
struct InVain {
    strong: bool,
    underline: bool,
    strike: bool,
    spoiler: bool,
    star: bool,
    underscore: bool,
}

fn read(text: Chars<'_>, in_italic: bool, depth: usize) -> Vec<Inline> {
    let mut out = Line::default();
    let mut in_vain = InVain::default();
    let mut at = 0;
    while let Some(c) = text.at(at) {
        at = match node(text, at, c, in_italic, depth, &mut in_vain, &mut out) {
            Some(end) => end,
            None => {
                out.character(c);
                at + 1
            }
        };
    }
    out.finish()
}

fn node(
    text: Chars<'_>,
    at: usize,
    c: char,
    in_italic: bool,
    depth: usize,
    in_vain: &mut InVain,
    out: &mut Line,
) -> Option<usize> {
    if depth >= DEEPEST {
        return None;
    }
    let nested = |range: Range<usize>| read(text.part(range), in_italic, depth + 1);
    match c {
        '\n' => {
            out.node(Inline::Break);
            Some(at + 1)
        }
        '\\' => {
            let escaped = text.at(at + 1).filter(|c| !c.is_alphanumeric() && !c.is_whitespace())?;
            out.character(escaped);
            Some(at + 2)
        }
        '*' | '_' => {
            if let Some(close) = emphasis_end(text, at, c, in_vain) {
                // Italic within italic changes nothing.
                let content = read(text.part(at + 1..close), true, depth + 1);
                if in_italic {
                    content.into_iter().for_each(|inline| out.node(inline));
                } else {
                    out.node(Inline::Italic(content));
                }
                return Some(close + 1);
            }
            let missed = if c == '*' { &mut in_vain.strong } else { &mut in_vain.underline };
            let close = doubled_end(text, at, c, missed)?;
            let content = nested(at + 2..close);
            out.node(if c == '*' { Inline::Bold(content) } else { Inline::Underline(content) });
            Some(close + 2)
        }
        '~' => {
            let close = doubled_end(text, at, c, &mut in_vain.strike)?;
            out.node(Inline::Strike(nested(at + 2..close)));
            Some(close + 2)
        }
        '|' => {
            let close = doubled_end(text, at, c, &mut in_vain.spoiler)?;
            out.node(Inline::Spoiler(nested(at + 2..close)));
            Some(close + 2)
        }
        '`' => {
            let width = text.run(at, |c| c == '`');
            let Some(close) = code_end(text, at + width, width) else {
                out.text(&"`".repeat(width));
                return Some(at + width);
            };
            out.node(Inline::Code(text.part(at + width..close).trimmed().text()));
            Some(close + width)
        }
        '[' => {
            let (label, url, end) = link(text, at)?;
            out.node(Inline::Link { url, label: nested(label) });
            Some(end)
        }
        '<' => {
            let (node, end) = angle(text, at)?;
            out.node(node);
            Some(end)
        }
        '@' => {
            let name = ["@everyone", "@here"].into_iter().find(|name| text.starts_with(at, name))?;
            out.node(Inline::Mention(name.to_owned()));
            Some(at + name.len())
        }
        'h' => {
            // A bar belongs to the address here.
            let end = text.find(at, |c| c.is_whitespace() || c == '<' || c == '>').unwrap_or(text.len());
            let trimmed = bare_url_end(text.part(0..end), at)?;
            let end = if text.at(trimmed) == Some('|') { end } else { trimmed };
            let url = text.part(at..end).text();
            out.node(Inline::Link { label: vec![Inline::Text(url.clone())], url });
            Some(end)
        }
        _ => None,
    }
}

/// Where `*` or `_` closes: the next single mark. Pairs of marks are skipped; a star has no white space next to it, an
/// underscore no letter behind it.
fn emphasis_end(text: Chars<'_>, at: usize, mark: char, in_vain: &mut InVain) -> Option<usize> {
    let missed = if mark == '*' { &mut in_vain.star } else { &mut in_vain.underscore };
    if *missed || text.at(at + 1).is_none_or(|c| mark == '*' && c.is_whitespace()) {
        return None;
    }
    let mut index = at + 1;
    loop {
        let Some(found) = text.find(index, |c| c == mark || c == '\\') else {
            *missed = true;
            return None;
        };
        if text.at(found) == Some('\\') || text.at(found + 1) == Some(mark) {
            index = found + 2;
            continue;
        }
        let touches = mark == '_' || text.before(found).is_some_and(|c| !c.is_whitespace());
        let ends = mark == '*' || text.at(found + 1).is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
        return (found > at + 1 && touches && ends).then_some(found);
    }
}

/// Where a doubled mark closes: the first pair that no third mark follows.
fn doubled_end(text: Chars<'_>, at: usize, mark: char, missed: &mut bool) -> Option<usize> {
    if *missed || text.at(at + 1) != Some(mark) {
        return None;
    }
    let mut index = at + 3;
    while let Some(found) = text.find(index, |c| c == mark) {
        let third = matches!(mark, '*' | '_') && text.at(found + 2) == Some(mark);
        if text.at(found + 1) == Some(mark) && !third {
            return Some(found);
        }
        index = found + 1;
    }
    *missed = true;
    None
}

fn code_end(text: Chars<'_>, from: usize, width: usize) -> Option<usize> {
    let near = text.part(0..from + LONGEST_LINK);
    let mut index = from;
    while let Some(found) = near.find(index, |c| c == '`') {
        let run = near.run(found, |c| c == '`');
        if run == width && found > from {
            return Some(found);
        }
        index = found + run;
    }
    None
}

/// `[label](address)` and `[label](<address>)`
fn link(text: Chars<'_>, at: usize) -> Option<(Range<usize>, String, usize)> {
    let near = text.part(0..at + LONGEST_LINK);
    let middle = near.find(at + 1, |c| c == ']' || c == '[').filter(|middle| near.starts_with(*middle, "]("))?;
    let mut open = 0_usize;
    let mut end = middle + 2;
    loop {
        match near.at(end)? {
            c if c.is_whitespace() => return None,
            '(' => open += 1,
            ')' if open == 0 => break,
            ')' => open -= 1,
            _ => {}
        }
        end += 1;
    }
    let address = near.part(middle + 2..end).text();
    let address = address.trim_start_matches('<').trim_end_matches('>').to_owned();
    (middle > at + 1 && !address.is_empty()).then_some((at + 1..middle, address, end + 1))
}

/// What stands between `<` and `>`.
fn angle(text: Chars<'_>, at: usize) -> Option<(Inline, usize)> {
    let end = text.part(0..at + LONGEST_LINK).find(at + 1, |c| matches!(c, '>' | '<' | ' ' | '\n'))?;
    if text.at(end) != Some('>') {
        return None;
    }
    let inside = text.part(at + 1..end).text();
    let is_id = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let node = if inside.starts_with("https://") || inside.starts_with("http://") {
        Inline::Link { label: vec![Inline::Text(inside.clone())], url: inside }
    } else if let Some(id) = inside.strip_prefix('@').map(|id| id.trim_start_matches(['!', '&'])).filter(|id| is_id(id))
    {
        Inline::Mention(format!("@{id}"))
    } else if let Some(id) = inside.strip_prefix('#').filter(|id| is_id(id)) {
        Inline::Channel(format!("#{id}"))
    } else if let Some((unix, format)) =
        inside.strip_prefix("t:").map(|rest| rest.split_once(':').unwrap_or((rest, "f")))
    {
        if !is_id(unix) {
            return None;
        }
        Inline::Date(format!("{unix}:{format}"))
    } else {
        let mut parts = inside.split(':');
        match (parts.next()?, parts.next(), parts.next()) {
            ("" | "a", Some(name), Some(id)) if is_id(id) => Inline::Emoji(name.to_owned()),
            (command, Some(id), None) if command.starts_with('/') && is_id(id) => Inline::Mention(command.to_owned()),
            _ => return None,
        }
    };
    Some((node, end + 1))
}
