//! Discord's Markdown: blocks, and what is read in which order. The rules of single marks are in [`super::discord_marks`].
//!
//! One star or underscore is italic, two stars bold, two underscores underlined, two tildes strike, two bars a spoiler;
//! headings to `###`, `-# ` small, quotes with a space after `>`, `>>> ` quotes the rest; links are `[label](address)`;
//! people, roles and channels are `<@…>`, `<@&…>`, `<#…>`. Line breaks are kept. (services.md 5F; oracle:
//! discord-markdown-parser, which reads no lists.)

use super::chars::{Chars, DEEPEST, Line, characters};
use super::discord_marks::{Marks, angle, code_block, link, url_end};
use super::tree::{Block, Inline, Item, lifted};

/// Reads a text as Discord does.
pub fn parse(text: &str) -> Vec<Block> {
    let text = text.replace('\u{c}', "").replace('\t', "    ");
    let chars = characters(&text);
    lifted(read(Chars(&chars), Inside::default()))
}

/// The same without lists, as `discord-markdown-parser` reads: what it is compared with.
#[cfg(test)]
pub fn parse_without_lists(text: &str) -> Vec<Block> {
    let text = text.replace('\u{c}', "").replace('\t', "    ");
    let chars = characters(&text);
    lifted(read(Chars(&chars), Inside { lists: false, ..Inside::default() }))
}

/// What a text is inside of.
#[derive(Debug, Clone, Copy)]
struct Inside {
    depth: usize,
    italic: bool,
    quote: bool,
    /// Whether lines of this text are lines of the message.
    lines: bool,
    /// Whether lists are read at all.
    lists: bool,
    before: Before,
}

/// What was read just before: it decides whether a line starts here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing.
    Nothing,
    /// A line end, alone or as the end of a heading.
    LineEnd,
    /// Something that ends with a line end which is part of it: a quote may follow, a heading may not.
    EndsLine,
    /// Anything else.
    Other,
}

impl Default for Inside {
    fn default() -> Self {
        Self { depth: 0, italic: false, quote: false, lines: true, lists: true, before: Before::Nothing }
    }
}

impl Inside {
    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, lines: false, ..self }
    }
}

fn read(text: Chars<'_>, mut inside: Inside) -> Vec<Inline> {
    if inside.depth > DEEPEST {
        return vec![Inline::Text(text.text())];
    }
    let mut out = Line::default();
    let marks = Marks::of(text);
    let mut at = 0;
    while let Some(c) = text.at(at) {
        match node(text, at, c, inside, &marks, &mut out) {
            Some((end, before)) => {
                at = end;
                inside.before = before;
            }
            None => {
                out.character(c);
                at += 1;
                // Spaces after a line end leave the start of the line to a quote or an item only when these begin with them.
                inside.before = Before::Other;
            }
        }
    }
    out.finish()
}

/// Reads what starts at a character: where it ends, and what it is for what follows.
fn node(
    text: Chars<'_>,
    at: usize,
    c: char,
    inside: Inside,
    marks: &Marks<'_>,
    out: &mut Line,
) -> Option<(usize, Before)> {
    if matches!(inside.before, Before::Nothing | Before::LineEnd)
        && let Some((block, end, ends_line)) = heading(text, at, inside)
    {
        out.node(block);
        return Some((end, if ends_line { Before::LineEnd } else { Before::Other }));
    }
    if inside.before != Before::Other {
        if let Some((block, end)) = quote(text, at, inside) {
            let ends_line = text.before(end) == Some('\n');
            out.node(block);
            return Some((end, if ends_line { Before::EndsLine } else { Before::Other }));
        }
        if let Some((list, end)) = list(text, at, inside) {
            out.node(list);
            return Some((end, if text.before(end) == Some('\n') { Before::LineEnd } else { Before::Other }));
        }
    }
    let styled = |start: usize, end: usize| read(text.part(start..end), inside.deeper());
    // A style around nothing but a line end counts as one for the heading below it.
    let whole = |start: usize, end: usize| {
        if end == start + 1 && text.at(start) == Some('\n') { Before::LineEnd } else { Before::Other }
    };
    match c {
        '\n' => {
            out.node(Inline::Break);
            Some((at + 1, Before::LineEnd))
        }
        '|' => {
            let close = marks.spoiler_end(at)?;
            out.node(Inline::Spoiler(styled(at + 2, close)));
            Some((close + 2, whole(at + 2, close)))
        }
        '`' => {
            if let Some((code, end)) = code_block(text, at, marks) {
                let before = if code == "\n" { Before::LineEnd } else { Before::Other };
                out.node(Inline::Block(Box::new(Block::Code(code))));
                return Some((end, before));
            }
            let (code, end) = marks.code(at)?;
            out.node(Inline::Code(code));
            Some((end, Before::Other))
        }
        '\\' => {
            let escaped = text.at(at + 1).filter(|c| !c.is_ascii_alphanumeric() && !c.is_whitespace())?;
            out.character(escaped);
            Some((at + 2, Before::Other))
        }
        '<' => {
            let (node, end) = angle(text, at)?;
            out.node(node);
            Some((end, Before::Other))
        }
        'h' => {
            let end = url_end(text, at)?;
            let url = text.part(at..end).text();
            out.node(Inline::Link { label: vec![Inline::Text(url.clone())], url });
            Some((end, Before::Other))
        }
        '[' => {
            let (label, url, end) = link(text, at)?;
            out.node(Inline::Link { url, label: styled(label.start, label.end) });
            Some((end, Before::Other))
        }
        '*' | '_' => emphasis(text, at, c, inside, marks, out),
        '@' => {
            let name = ["@everyone", "@here"].into_iter().find(|name| text.starts_with(at, name))?;
            out.node(Inline::Mention(name.to_owned()));
            Some((at + name.len(), Before::Other))
        }
        '~' => {
            let close = marks.strike_end(at)?;
            out.node(Inline::Strike(styled(at + 2, close)));
            Some((close + 2, whole(at + 2, close)))
        }
        _ => None,
    }
}

/// Of italic and bold or underline, the one that reaches further; italic when both reach as far.
fn emphasis(
    text: Chars<'_>,
    at: usize,
    mark: char,
    inside: Inside,
    marks: &Marks<'_>,
    out: &mut Line,
) -> Option<(usize, Before)> {
    let single = marks.italic_end(at, mark);
    let double = marks.double_end(at, mark);
    if let Some(close) = single.filter(|close| double.is_none_or(|double| *close + 1 >= double + 2)) {
        let content = read(text.part(at + 1..close), Inside { italic: true, ..inside.deeper() });
        // Italic within italic changes nothing.
        if inside.italic {
            content.into_iter().for_each(|inline| out.node(inline));
        } else {
            out.node(Inline::Italic(content));
        }
        return Some((close + 1, Before::Other));
    }
    let close = double?;
    let content = read(text.part(at + 2..close), inside.deeper());
    out.node(if mark == '*' { Inline::Bold(content) } else { Inline::Underline(content) });
    let is_line_end = close == at + 3 && text.at(at + 2) == Some('\n');
    Some((close + 2, if is_line_end { Before::LineEnd } else { Before::Other }))
}

/// `# a` to `### a` and `-# a`: the heading, where it ends, and whether it took a line end.
fn heading(text: Chars<'_>, at: usize, inside: Inside) -> Option<(Inline, usize, bool)> {
    let (level, after) = if text.starts_with(at, "-# ") {
        (6, at + 2)
    } else {
        let level = text.part(at..at + 4).run(0, |c| c == '#');
        (1..=3).contains(&level).then_some((level, at + level))?
    };
    let spaces = text.run(after, |c| c == ' ');
    let end = text.find(after, |c| c == '\n').unwrap_or(text.len());
    // A line of spaces alone keeps the last of them as its text.
    let start = (after + spaces).min(end.checked_sub(1)?);
    if spaces == 0 || start <= after {
        return None;
    }
    let content = text.part(start..end);
    let content = if level == 6 { content } else { content.trimmed() };
    let content = read(content, inside.deeper());
    let ends_line = end < text.len();
    let block = Block::Heading(u8::try_from(level).ok()?, content);
    Some((Inline::Block(Box::new(block)), end + usize::from(ends_line), ends_line))
}

/// `> a`, line after line, and `>>> all the rest`.
fn quote(text: Chars<'_>, at: usize, inside: Inside) -> Option<(Inline, usize)> {
    if inside.quote {
        return None;
    }
    let quoted = |content: Chars<'_>| {
        let mut content = read(content, Inside { quote: true, lines: true, ..inside.deeper() });
        // The end of the last line is no line of the quote.
        content.pop_if(|last| *last == Inline::Break);
        Inline::Block(Box::new(Block::Quote(lifted(content))))
    };
    if text.starts_with(at, ">>> ") {
        return Some((quoted(text.from(at + 4)), text.len()));
    }
    if !text.starts_with(at, "> ") {
        return None;
    }
    let (mut lines, mut from) = (Vec::new(), at + 2);
    loop {
        let end = text.find(from, |c| c == '\n').unwrap_or(text.len());
        lines.extend_from_slice(text.part(from..end).0);
        if end < text.len() && text.starts_with(end + 1, "> ") {
            lines.push('\n');
            from = end + 3;
        } else {
            let ends_line = end < text.len();
            if ends_line {
                lines.push('\n');
            }
            return Some((quoted(Chars(&lines)), end + usize::from(ends_line)));
        }
    }
}

/// `- a`, `* a`, `1. a`, line after line. The oracle reads no lists; Discord does.
fn list(text: Chars<'_>, at: usize, inside: Inside) -> Option<(Inline, usize)> {
    if !inside.lines || !inside.lists {
        return None;
    }
    let marker = |from: usize| {
        let sign = from + text.part(from..from + 40).run(0, |c| c == ' ');
        let digits = text.part(sign..sign + 10).run(0, |c| c.is_ascii_digit());
        let (mark, number) = match text.at(sign) {
            Some('-' | '*') => (sign + 1, None),
            _ if digits > 0 && text.at(sign + digits) == Some('.') => {
                (sign + digits + 1, Some(text.part(sign..sign + digits).text().parse::<u64>().ok()?))
            }
            _ => return None,
        };
        let end = text.find(mark, |c| c == '\n').unwrap_or(text.len());
        let has_text = text.at(mark) == Some(' ') && !text.part(mark..end).trimmed().is_empty();
        has_text.then_some((number, mark + 1, end))
    };
    let (first, mut from, mut end) = marker(at)?;
    let mut items = Vec::new();
    loop {
        let content = read(text.part(from..end), inside.deeper());
        items.push(Item { done: None, content: lifted(content) });
        match marker(end + 1) {
            Some((number, start, line_end)) if end < text.len() && number.is_some() == first.is_some() => {
                from = start;
                end = line_end;
            }
            _ => {
                let end = end + usize::from(end < text.len());
                return Some((Inline::Block(Box::new(Block::List { first, items })), end));
            }
        }
    }
}
