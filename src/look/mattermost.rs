//! Mattermost's Markdown: blocks. Lines inside of a block are read by [`super::mattermost_line`].
//!
//! The server first turns Slack's links and mentions into its own; the web application then reads Markdown with a fork of
//! `marked` (GFM with tables, HTML shown as text). One star or underscore is italic, two are bold. A line break is shown as
//! one. (services.md 2F; mattermost/marked, mattermost/mattermost `app/webhook.go` and `slack.go`.)

use super::chars::{Chars, DEEPEST, characters};
use super::mattermost_line::inline;
use super::tree::{Block, Inline, Item};

/// Reads a text as Mattermost does.
pub fn parse(text: &str) -> Vec<Block> {
    let spaced = from_slack(text).replace('\t', "    ").replace('\u{a0}', " ");
    let chars = characters(&spaced);
    let lines: Vec<Chars<'_>> = Chars(&chars).lines().collect();
    blocks(&lines, true, 0)
}

/// What the server makes of Slack's syntax before it stores the post.
fn from_slack(text: &str) -> String {
    let text = text.replace("<!channel>", "@channel").replace("<!here>", "@here").replace("<!all>", "@all");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let end = after.find(['<', '>', '\n']).unwrap_or(after.len());
        let (inside, tail) = after.split_at_checked(end).unwrap_or((after, ""));
        match (inside.split_once('|'), tail.strip_prefix('>')) {
            (Some((url, label)), Some(tail)) if !url.is_empty() && !label.is_empty() && !label.contains('|') => {
                out.push_str(&format!("[{label}]({url})"));
                rest = tail;
            }
            _ => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Reads lines. `top` is false inside of list items, where there are no tables.
fn blocks(lines: &[Chars<'_>], top: bool, depth: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = lines;
    if depth >= DEEPEST {
        let plain = lines.iter().map(|line| line.text()).collect::<Vec<_>>().join("\n");
        return vec![Block::Paragraph(vec![Inline::Text(plain)])];
    }
    // Below the last line that could close a fence, none opens.
    let last_closer = match lines.last() {
        Some(line) if line.is_empty() => lines.len() - 1,
        _ => lines.iter().rposition(|line| closes_fence(*line).is_some()).unwrap_or(0),
    };
    let fences = |after: &[Chars<'_>]| lines.len() - after.len() <= last_closer;
    while let Some((line, after)) = rest.split_first() {
        let taken = if is_blank(*line) {
            0
        } else if let Some((block, taken)) = block(*line, after, top, fences(after), depth) {
            blocks.push(block);
            taken
        } else {
            let more = after.iter().enumerate().take_while(|(index, line)| {
                let below = after.get(index + 1..).unwrap_or_default();
                !is_blank(**line) && !interrupts(**line, below, fences(below))
            });
            let taken = more.count();
            blocks.push(Block::Paragraph(paragraph(*line, after.get(..taken).unwrap_or_default())));
            taken
        };
        rest = after.get(taken..).unwrap_or_default();
    }
    blocks
}

/// Any block but a paragraph, and how many lines after the first it takes.
fn block(line: Chars<'_>, after: &[Chars<'_>], top: bool, fences: bool, depth: usize) -> Option<(Block, usize)> {
    if line.starts_with(0, "    ") {
        // Blank lines between indented ones belong to the code.
        let indented = |line: &Chars<'_>| line.starts_with(0, "    ");
        let run = after.iter().take_while(|line| indented(line) || is_blank(**line)).count();
        let taken = after.iter().take(run).rposition(indented).map_or(0, |last| last + 1);
        let code = std::iter::once(&line).chain(after.get(..taken)?);
        let code = code.map(|line| line.from(line.run(0, |c| c == ' ').min(4)).text());
        return Some((Block::Code(code.collect::<Vec<_>>().join("\n")), taken));
    }
    if fences && let Some((code, taken)) = fence(line, after) {
        return Some((Block::Code(code), taken));
    }
    if let Some((level, text)) = heading(line) {
        return Some((Block::Heading(level, inline(text)), 0));
    }
    if top && let Some((table, taken)) = table(line, after) {
        return Some((table, taken));
    }
    if let Some(level) = after.first().and_then(|next| underline(*next)) {
        return Some((Block::Heading(level, inline(line)), 1));
    }
    if is_rule(line) {
        return Some((Block::Rule, 0));
    }
    if is_quote(line) {
        let taken = quote_lines(after);
        let quoted: Vec<Chars<'_>> =
            std::iter::once(&line).chain(after.get(..taken)?).map(|line| unquoted(*line)).collect();
        return Some((Block::Quote(blocks(&quoted, top, depth + 1)), taken));
    }
    marker(line).map(|first| list(line, first, after, depth))
}

/// Whether a line ends the paragraph above it.
fn interrupts(line: Chars<'_>, after: &[Chars<'_>], fences: bool) -> bool {
    // A hash ends it even where no space makes a heading of it.
    let hash = line.at(indent(line)) == Some('#') && line.len() > indent(line) + 1;
    is_rule(line)
        || hash
        || is_quote(line)
        || marker(line).is_some()
        || after.first().is_some_and(|next| underline(*next).is_some())
        || (fences && fence(line, after).is_some())
}

fn paragraph(first: Chars<'_>, more: &[Chars<'_>]) -> Vec<Inline> {
    let mut chars = first.0.to_vec();
    for line in more {
        chars.push('\n');
        chars.extend_from_slice(line.0);
    }
    inline(Chars(&chars))
}

fn is_blank(line: Chars<'_>) -> bool {
    line.all(|c| c == ' ')
}

fn indent(line: Chars<'_>) -> usize {
    line.run(0, |c| c == ' ')
}

/// A fence and the lines it takes. One that nothing closes is none.
fn fence(line: Chars<'_>, after: &[Chars<'_>]) -> Option<(String, usize)> {
    let start = indent(line);
    let mark = line.at(start).filter(|c| matches!(c, '`' | '~'))?;
    let width = line.run(start, |c| c == mark);
    if start > 3 || width < 3 || line.from(start + width).0.iter().any(|c| matches!(c, '`' | '~')) {
        return None;
    }
    let closes = |line: &Chars<'_>| closes_fence(*line).is_some_and(|(closing, run)| closing == mark && run >= width);
    // The end of the text closes a fence too, when a line end stands there.
    let end = after
        .iter()
        .position(closes)
        .or_else(|| after.last().filter(|line| line.is_empty()).map(|_| after.len() - 1))?;
    let code: Vec<String> = after.iter().take(end).map(|line| line.text()).collect();
    Some((code.join("\n"), end + 1))
}

/// The mark of a line that may close a fence, and how many of it there are.
fn closes_fence(line: Chars<'_>) -> Option<(char, usize)> {
    let start = indent(line);
    let mark = line.at(start).filter(|c| start <= 3 && matches!(c, '`' | '~'))?;
    let run = line.run(start, |c| c == mark);
    (run >= 3 && line.from(start + run).all(|c| matches!(c, ' ' | '`' | '~'))).then_some((mark, run))
}

fn heading(line: Chars<'_>) -> Option<(u8, Chars<'_>)> {
    let start = indent(line);
    let level = line.run(start, |c| c == '#');
    if !(1..=6).contains(&level) || line.at(start + level) != Some(' ') {
        return None;
    }
    let text = line.from(start + level).trimmed();
    let closing = text.0.iter().rev().take_while(|c| **c == '#').count();
    let bare = text.part(0..text.len() - closing).trimmed();
    let text = if bare.is_empty() { text } else { bare };
    // Of a heading of spaces the last is the text.
    let text = if text.is_empty() && line.len() > start + level + 1 { line.from(line.len() - 1) } else { text };
    (!text.is_empty()).then_some((u8::try_from(level).unwrap_or(6), text))
}

/// `====` or `----` under a line.
fn underline(line: Chars<'_>) -> Option<u8> {
    let text = line.trimmed();
    let all = |mark: char| text.len() >= 2 && text.all(|c| c == mark);
    if all('=') { Some(1) } else { all('-').then_some(2) }
}

fn is_rule(line: Chars<'_>) -> bool {
    let marks: Vec<char> = line.0.iter().copied().filter(|c| *c != ' ').collect();
    marks.len() >= 3 && marks.iter().all(|c| matches!(c, '-' | '*' | '_'))
}

fn is_quote(line: Chars<'_>) -> bool {
    let start = indent(line);
    line.at(start) == Some('>') && line.len() > start + 1
}

/// How many lines belong to the quote above them: all up to an empty one, and further when quotes follow it.
fn quote_lines(after: &[Chars<'_>]) -> usize {
    let mut taken = 0;
    loop {
        let rest = after.get(taken..).unwrap_or_default();
        taken += rest.iter().take_while(|line| !line.is_empty()).count();
        let rest = after.get(taken..).unwrap_or_default();
        let empty = rest.iter().take_while(|line| line.is_empty()).count();
        if empty == 0 || !rest.get(empty).is_some_and(|line| is_quote(*line)) {
            return taken;
        }
        taken += empty + 1;
    }
}

fn unquoted(line: Chars<'_>) -> Chars<'_> {
    let start = indent(line);
    if line.at(start) != Some('>') {
        return line;
    }
    line.from(start + 1 + usize::from(line.at(start + 1) == Some(' ')))
}

/// The mark of a list item: its indentation, its number, and where its text starts.
#[derive(Debug, Clone, Copy)]
struct Marker {
    indent: usize,
    number: Option<u64>,
    text: usize,
}

fn marker(line: Chars<'_>) -> Option<Marker> {
    let start = indent(line);
    let digits = line.run(start, |c| c.is_ascii_digit());
    let (mark, number) = match line.at(start) {
        Some('*' | '+' | '-') => (1, None),
        _ if digits > 0 && line.at(start + digits) == Some('.') => {
            (digits + 1, line.part(start..start + digits).text().parse().ok().or(Some(1)))
        }
        _ => return None,
    };
    let after = start + mark;
    let has_text = line.at(after) == Some(' ') && !line.from(after).trimmed().is_empty();
    has_text.then(|| Marker { indent: start, number, text: after + indent(line.from(after)) })
}

/// A list that starts with this line. Lines that are indented belong to the item above them; a blank line ends the list
/// unless an item or an indented line follows.
fn list(line: Chars<'_>, first: Marker, after: &[Chars<'_>], depth: usize) -> (Block, usize) {
    let mut items = vec![vec![line.from(first.text)]];
    let mut taken = 0;
    let mut rest = after;
    while let Some((line, tail)) = rest.split_first() {
        let next = if is_blank(*line) { tail.first().copied() } else { Some(*line) };
        let Some(next) = next.filter(|next| !is_blank(*next)) else { break };
        let mark = marker(next).filter(|mark| mark.indent == first.indent && !is_rule(next));
        if is_blank(*line) {
            if mark.is_none() && indent(next) == 0 {
                break;
            }
        } else if let Some(mark) = mark {
            items.push(vec![line.from(mark.text)]);
        } else if indent(*line) > 0 {
            let outdent = indent(*line).min(first.text);
            if let Some(item) = items.last_mut() {
                item.push(line.from(outdent));
            }
        } else {
            // The second line of an item decides: one that is not indented ends the list, when it is more than a sign.
            let lines = items.last_mut().filter(|lines| {
                !is_rule(*line) && (lines.len() > 1 || (line.text().encode_utf16().count() == 1 && tail.is_empty()))
            });
            let Some(lines) = lines else { break };
            lines.push(*line);
        }
        taken += 1;
        rest = tail;
    }
    let items = items.iter().map(|lines| item(lines, depth)).collect();
    (Block::List { first: first.number, items }, taken)
}

fn item(lines: &[Chars<'_>], depth: usize) -> Item {
    let Some(line) = lines.first() else { return Item { done: None, content: Vec::new() } };
    let done =
        [("[ ] ", false), ("[x] ", true), ("[X] ", true)].into_iter().find(|(mark, _)| line.starts_with(0, mark));
    let mut content = blocks(lines, false, depth + 1);
    // The box is found in the text once it is read.
    let text = match content.first_mut() {
        Some(Block::Paragraph(line)) => line.first_mut(),
        _ => None,
    };
    let done = match text {
        Some(Inline::Text(text)) => done.filter(|_| text.is_char_boundary(4)).map(|(_, done)| {
            text.drain(..4);
            done
        }),
        _ => None,
    };
    Item { done, content }
}

/// A table: a line with bars, a line of dashes, colons and bars, and rows.
fn table(line: Chars<'_>, after: &[Chars<'_>]) -> Option<(Block, usize)> {
    let (rule, rows) = after.split_first()?;
    // A line must follow, if only an empty one.
    rows.first()?;
    let (start, dash) = (indent(line), indent(*rule));
    let signs = rule.all(|c| matches!(c, '-' | ':' | '|' | ' '));
    let run = |from: usize| rule.run(from, |c| matches!(c, '-' | ':'));
    let piped = {
        let first = dash + 1 + rule.run(dash + 1, |c| c == ' ');
        line.at(start) == Some('|') && line.len() > start + 1 && rule.at(dash) == Some('|') && run(first) > 0
    };
    let bare = {
        let end = dash + run(dash);
        let bar = end + rule.run(end, |c| c == ' ');
        line.from(start + 1).0.contains(&'|') && end > dash && rule.at(bar) == Some('|')
    };
    if !signs || !(piped || bare) {
        return None;
    }
    let is_row = |row: &Chars<'_>| if bare { row.0.contains(&'|') } else { row.at(indent(*row)) == Some('|') };
    let count = rows.iter().take_while(|row| is_row(row)).count();
    let header = cells(line, !bare, true);
    let mut rows: Vec<_> = rows.iter().take(count).map(|row| cells(*row, !bare, !bare)).collect();
    // A table without rows has an empty one.
    if rows.is_empty() {
        rows.push(vec![Vec::new()]);
    }
    Some((Block::Table(header, rows), count + 1))
}

/// What stands between the bars; the outer ones are left out when they are told to be.
fn cells(line: Chars<'_>, first: bool, last: bool) -> Vec<Vec<Inline>> {
    let text = line.trimmed();
    let start = usize::from(first && text.at(0) == Some('|'));
    let end = text.len() - usize::from(last && text.len() > start && text.before(text.len()) == Some('|'));
    text.part(start..end).0.split(|c| *c == '|').map(|cell| inline(Chars(cell).trimmed())).collect()
}
