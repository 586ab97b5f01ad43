//! Rocket.Chat's markup, as its official message parser reads it: lines. What is inside of a line is read by
//! [`super::rocket_chat_line`].
//!
//! One or two stars are bold, underscores italic, tildes strike; stars and tildes work inside words, underscores do not. A
//! line is a paragraph, a heading (`# `), a quote (`>`), an item (`- `, `* `, `1. `), a task or part of a fence. Links are
//! `[label](address)` and `<address|label>`; entities are not decoded. (services.md 3F; oracle: @rocket.chat/message-parser
//! 0.31, which `tests/reference` compares with.)

use super::chars::{Chars, characters};
use super::rocket_chat_line::{code_end, inline, is_space, styled};
use super::tree::{Block, Inline, Item};

/// Reads a text as Rocket.Chat does.
pub fn parse(text: &str) -> Vec<Block> {
    let chars = characters(text);
    let lines: Vec<Chars<'_>> = Chars(&chars).lines().collect();
    let mut blocks = Vec::new();
    let mut rest = lines.as_slice();
    // Once no line closes a fence, none further down opens one.
    let mut fences_open = true;
    while let Some((line, after)) = rest.split_first() {
        if fences_open && is_fence_start(*line) {
            if let Some((code, taken)) = fence(after) {
                blocks.push(Block::Code(code));
                rest = after.get(taken..).unwrap_or_default();
                // The end of the fence's last line is left over, and is a line of its own.
                if !rest.is_empty() {
                    blocks.push(Block::Paragraph(Vec::new()));
                }
                continue;
            }
            fences_open = after.iter().any(|line| is_fence_end(*line));
        }
        block(*line, after.is_empty(), &mut blocks);
        rest = after;
    }
    // The message ends with its last line, not with an empty one after it.
    if lines.last().is_some_and(|line| line.is_empty())
        && matches!(blocks.last(), Some(Block::Paragraph(line)) if line.is_empty())
    {
        blocks.pop();
    }
    blocks
}

fn is_fence_start(line: Chars<'_>) -> bool {
    line.starts_with(0, "```") && line.from(3).all(|c| c.is_ascii_alphanumeric() || " _-.".contains(c))
}

fn is_fence_end(line: Chars<'_>) -> bool {
    line.starts_with(0, "```") && line.from(3).all(char::is_whitespace)
}

/// The lines up to the one that closes a fence, and how many lines that takes. An empty fence is none.
fn fence(lines: &[Chars<'_>]) -> Option<(String, usize)> {
    let end = lines.iter().position(|line| is_fence_end(*line)).filter(|end| *end > 0)?;
    let code: Vec<String> = lines.iter().take(end).map(|line| line.text()).collect();
    Some((code.join("\n"), end + 1))
}

fn block(line: Chars<'_>, is_last: bool, blocks: &mut Vec<Block>) {
    let hashes = line.run(0, |c| c == '#');
    let content = |start: usize| {
        let start = start + line.run(start, is_space);
        inline(line.from(start))
    };
    if (1..=4).contains(&hashes) && line.at(hashes).is_some_and(is_space) {
        let text = line.from(hashes).trimmed();
        if !text.is_empty() {
            blocks.push(Block::Heading(u8::try_from(hashes).unwrap_or(1), vec![Inline::Text(text.text())]));
            return;
        }
    }
    if line.at(0) == Some('>') && (line.trimmed().len() > 1 || !is_last) {
        let content = Block::Paragraph(content(1));
        match blocks.last_mut() {
            Some(Block::Quote(quoted)) => quoted.push(content),
            _ => blocks.push(Block::Quote(vec![content])),
        }
        return;
    }
    let done = [("- [ ] ", false), ("- [x] ", true)].into_iter().find(|(mark, _)| line.starts_with(0, mark));
    if let Some((mark, done)) = done {
        item(None, Some(done), content(mark.len()), blocks);
        return;
    }
    let digits = line.run(0, |c| c.is_ascii_digit());
    if digits > 0
        && line.at(digits) == Some('.')
        && line.at(digits + 1).is_some_and(is_space)
        && has_text(line, digits + 1)
    {
        item(line.part(0..digits).text().parse().ok(), None, content(digits + 1), blocks);
        return;
    }
    let bullet = matches!(line.at(0), Some('-' | '*')) && line.at(1).is_some_and(is_space) && has_text(line, 1);
    if bullet && (line.at(0) == Some('-') || stars_are_paired(line.from(1))) {
        item(None, None, content(1), blocks);
        return;
    }
    blocks.push(Block::Paragraph(inline(line)));
}

fn has_text(line: Chars<'_>, from: usize) -> bool {
    !line.from(from).trimmed().is_empty()
}

/// A star makes an item only when no star is left over: in `* b*` it opens bold.
fn stars_are_paired(line: Chars<'_>) -> bool {
    let mut at = 0;
    while let Some(c) = line.at(at) {
        at = match c {
            '*' => match styled(line, at, '*') {
                Some((_, end, _)) => end,
                None => return false,
            },
            '`' => code_end(line, at).map_or(at + 1, |end| end + 1),
            _ => at + 1,
        };
    }
    true
}

fn item(number: Option<u64>, done: Option<bool>, content: Vec<Inline>, blocks: &mut Vec<Block>) {
    let item = Item { done, content: vec![Block::Paragraph(content)] };
    match blocks.last_mut() {
        Some(Block::List { first, items }) if first.is_some() == number.is_some() => items.push(item),
        _ => blocks.push(Block::List { first: number, items: vec![item] }),
    }
}
