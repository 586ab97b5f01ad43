//! Rocket.Chat's markup, as its official message parser reads it: blocks. What is inside of a line is read by
//! [`super::rocket_chat_line`].
//!
//! One or two stars are bold, underscores italic, tildes strike; stars and tildes work inside words, underscores do not. A
//! line is a paragraph, a heading (`# `), a quote (`>`), an item (`- `, `* `, `1. `), a task or part of a fence. Links are
//! `[label](address)` and `<address|label>`; entities are not decoded. Tables and rules, which releases from 0.32 on read,
//! are shown as the text that they are everywhere else. (services.md 3F; oracle: @rocket.chat/message-parser.)

use super::chars::{Chars, characters};
use super::rocket_chat_emoji::emoji_alone;
use super::rocket_chat_line::{Reader, is_space};
use super::tree::{Block, Inline, Item};

/// Reads a text as Rocket.Chat does.
pub fn parse(text: &str) -> Vec<Block> {
    let chars = characters(text);
    let reader = Reader::new(Chars(&chars));
    let text = reader.text;
    if let Some(emoji) = emoji_alone(text) {
        return vec![Block::Emoji(emoji)];
    }
    let mut blocks = Vec::new();
    // Once no fence closes, none further down opens.
    let mut fences_open = true;
    // Whether the last item had a star.
    let mut after_star = false;
    let mut at = 0;
    while at < text.len() {
        if fences_open && text.starts_with(at, "```") {
            if let Some((code, end)) = fence(text, at) {
                blocks.push(Block::Code(code));
                at = end;
                continue;
            }
            fences_open = text.find_text(at + 3, "\n```").is_some();
        }
        at = block(&reader, at, &mut blocks, &mut after_star);
    }
    blocks
}

/// A fence: at least one line, none of it with three backticks.
fn fence(text: Chars<'_>, at: usize) -> Option<(String, usize)> {
    let name = at + 3 + text.run(at + 3, |c| c.is_ascii_alphanumeric() || " _-.".contains(c));
    if text.at(name) != Some('\n') {
        return None;
    }
    let close = text.find_text(name + 1, "\n```").filter(|close| *close > name)?;
    let code = text.part(name + 1..close);
    let mut index = 0;
    while let Some(tick) = code.find(index, |c| c == '`') {
        let run = code.run(tick, |c| c == '`');
        if run > 2 {
            return None;
        }
        index = tick + run;
    }
    let is_some = !code.is_empty() || close > name + 1;
    is_some.then(|| (code.text(), close + 4))
}

/// Reads a block and says where it ends; `after_star` is whether the last item was marked by a star.
fn block(reader: &Reader<'_>, at: usize, blocks: &mut Vec<Block>, after_star: &mut bool) -> usize {
    let text = reader.text;
    let spaces = |from: usize| from + text.run(from, is_space);
    let line_ends = |at: usize| text.at(at) == Some('\n');
    if text.at(at) == Some('>') {
        let start = spaces(at + 1);
        let read = if line_ends(start) { Some((Vec::new(), start + 1)) } else { reader.line(start) };
        if let Some((content, end)) = read {
            match blocks.last_mut() {
                Some(Block::Quote(quoted)) => quoted.push(Block::Paragraph(content)),
                _ => blocks.push(Block::Quote(vec![Block::Paragraph(content)])),
            }
            return end;
        }
    }
    if let Some((spoiler, end)) = spoiler(reader, at) {
        blocks.push(spoiler);
        return end;
    }
    let hashes = text.part(at..at + 5).run(0, |c| c == '#');
    if (1..=4).contains(&hashes) && text.at(at + hashes).is_some_and(is_space) {
        let start = spaces(at + hashes);
        if let Some((content, end)) = reader.line(start) {
            blocks.push(Block::Heading(u8::try_from(hashes).unwrap_or(1), content));
            // The end of the line is left over, and is a line of its own.
            return end - usize::from(text.before(end) == Some('\n'));
        }
    }
    // Among hyphens, what would be a task is an item that begins with brackets.
    let tasks = !matches!(blocks.last(), Some(Block::List { first: None, items })
        if !*after_star && items.last().is_some_and(|item| item.done.is_none()));
    if let Some((mark, item, end)) = item(reader, at, tasks) {
        match blocks.last_mut() {
            Some(Block::List { first, items }) if mark.continues(*first, items, *after_star) => items.push(item),
            _ => blocks.push(Block::List { first: mark.number, items: vec![item] }),
        }
        *after_star = mark.star;
        return end;
    }
    if line_ends(spaces(at)) {
        blocks.push(Block::Paragraph(Vec::new()));
        return spaces(at) + 1;
    }
    match reader.line(at) {
        Some((content, end)) => {
            blocks.push(Block::Paragraph(content));
            end
        }
        None => at + 1,
    }
}

/// Lines between two lines of two bars.
fn spoiler(reader: &Reader<'_>, at: usize) -> Option<(Block, usize)> {
    let text = reader.text;
    if !text.starts_with(at, "||\n") {
        return None;
    }
    let mut content = Vec::new();
    let mut from = at + 3;
    while !text.starts_with(from, "||") {
        let (line, end) = reader.line(from)?;
        if !content.is_empty() {
            content.push(Inline::Break);
        }
        content.extend(line);
        from = end;
    }
    let spoiler = Block::Paragraph(vec![Inline::Spoiler(content)]);
    (from > at + 3).then_some((spoiler, from + 2))
}

/// What marks an item.
struct Mark {
    number: Option<u64>,
    task: bool,
    star: bool,
}

impl Mark {
    /// Whether an item with this mark belongs to the list before it; a list of stars is none of hyphens.
    fn continues(&self, first: Option<u64>, items: &[Item], after_star: bool) -> bool {
        first.is_some() == self.number.is_some()
            && after_star == self.star
            && items.last().is_some_and(|item| item.done.is_some() == self.task)
    }
}

fn item(reader: &Reader<'_>, at: usize, tasks: bool) -> Option<(Mark, Item, usize)> {
    let text = reader.text;
    let content = |mark: usize| {
        let start = mark + text.run(mark, is_space);
        (start > mark).then(|| reader.line(start)).flatten()
    };
    let made = |mark: Mark, done: Option<bool>, (line, end): (Vec<Inline>, usize)| {
        let item = Item { done, content: vec![Block::Paragraph(line)] };
        (mark, item, end)
    };
    let bullet = |task, star| Mark { number: None, task, star };
    for (sign, done) in [("- [ ]", false), ("- [x]", true)] {
        if tasks
            && text.starts_with(at, sign)
            && let Some(line) = content(at + 5)
        {
            return Some(made(bullet(true, false), Some(done), line));
        }
    }
    let digits = text.run(at, |c| c.is_ascii_digit());
    if digits > 0 && text.at(at + digits) == Some('.') {
        let line = content(at + digits + 1)?;
        let number = text.part(at..at + digits).text().parse().ok().or(Some(u64::MAX));
        return Some(made(Mark { number, task: false, star: false }, None, line));
    }
    match text.at(at)? {
        '-' => Some(made(bullet(false, false), None, content(at + 1)?)),
        // A star makes an item only when no star is left over: in `* b*` it opens bold.
        '*' => {
            let start = at + 1 + text.run(at + 1, is_space);
            let line = (start > at + 1).then(|| reader.starred_line(start)).flatten()?;
            Some(made(bullet(false, true), None, line))
        }
        _ => None,
    }
}
