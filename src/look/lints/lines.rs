//! What takes whole lines, where the chat has no such thing: headings, tables, lists, quotations; and lines that are joined.

use std::ops::Range;

use super::Remarks;
use crate::finding::Severity;
use crate::look::chars::{Chars, characters};
use crate::look::tree::{Block, Inline};
use crate::services::Marks;

/// Looks at one part of the text, line by line.
pub fn check(chars: Chars<'_>, part: Range<usize>, remarks: &mut Remarks<'_>) {
    for line in lines(chars, part) {
        heading(chars, line.clone(), remarks);
        table(chars, line.clone(), remarks);
        quote(chars, line.clone(), remarks);
        hash(chars, line, remarks);
    }
}

/// Looks at all parts together, for what is said once.
pub fn check_all(chars: Chars<'_>, parts: &[Range<usize>], remarks: &mut Remarks<'_>) {
    if remarks.facts.markup.joins_lines {
        joined(chars, parts, remarks);
    }
    let draws_lists = remarks.draws("- a\n- b", |block| matches!(block, Block::List { .. }));
    if remarks.facts.markup.bold != Marks::None && draws_lists == Some(false) {
        list(chars, parts, remarks);
    }
}

/// The lines that start in a part, without their ends.
fn lines(chars: Chars<'_>, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = part.start;
    std::iter::from_fn(move || {
        while start < part.end {
            let line = start..chars.part(0..part.end).find(start, |c| c == '\n').unwrap_or(part.end);
            start = line.end + 1;
            if chars.before(line.start).is_none_or(|c| c == '\n') {
                return Some(line);
            }
        }
        None
    })
}

/// `## Title`
fn heading(chars: Chars<'_>, line: Range<usize>, remarks: &mut Remarks<'_>) {
    let level = chars.run(line.start, |c| c == '#');
    let text = line.start + level;
    let is_heading = (1..=6).contains(&level) && chars.at(text) == Some(' ') && text + 1 < line.end;
    if !is_heading || level <= usize::from(remarks.facts.markup.headings) {
        return;
    }
    let bold = match remarks.facts.markup.bold {
        Marks::Double => "**",
        Marks::None => "",
        _ => "*",
    };
    // Without a bold of its own, the chat gets the text alone.
    let key = if bold.is_empty() { "markup/heading-stays-plain" } else { "markup/heading-stays" };
    let written = remarks.between(text + 1..line.end);
    let whole = remarks.between(line.start + 1..line.end).len();
    // Where lines join, the one in bold needs an empty line on both sides to stay by itself.
    let joins = remarks.facts.markup.joins_lines;
    let apart = |touches: bool| if joins && touches { "\n" } else { "" };
    let before = apart(line.start > 0 && !is_blank(chars, line.start - 1));
    let after = apart(line.end < chars.len() && !is_blank(chars, line.end + 1));
    let fixed = is_whole(written).then(|| format!("{before}{bold}{}{bold}{after}", written.trim().trim_matches('*')));
    remarks.rewrite_line("markup/heading-stays", key, line, whole, fixed);
}

/// Whether the line that this place is in has nothing on it.
fn is_blank(chars: Chars<'_>, at: usize) -> bool {
    let end = chars.find(at, |c| c == '\n').unwrap_or(chars.len());
    chars.part(line_start(chars, at)..end).all(char::is_whitespace)
}

/// Whether every statement that a text opens ends in it: a mark around half of an `if` would come and go without its twin.
fn is_whole(text: &str) -> bool {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches(['-', '+']).trim_start());
    let (mut depth, mut whole) = (0_i32, true);
    for tag in tags {
        depth += match tag.split([' ', '-', '%']).next() {
            Some("if" | "for" | "with" | "filter" | "macro" | "call") => 1,
            Some(name) if name.starts_with("end") => -1,
            _ => 0,
        };
        whole &= depth >= 0;
    }
    whole && depth == 0
}

/// The line of dashes and bars of a table.
fn table(chars: Chars<'_>, line: Range<usize>, remarks: &mut Remarks<'_>) {
    let text = chars.part(line.clone());
    let is_rule = text.0.contains(&'|') && text.0.contains(&'-') && text.all(|c| "|-: ".contains(c));
    if is_rule && !remarks.facts.markup.tables {
        remarks.remark(Severity::Warning, "markup/table-stays", line);
    }
}

/// `> Quotation`
fn quote(chars: Chars<'_>, line: Range<usize>, remarks: &mut Remarks<'_>) {
    let is_quote = chars.starts_with(line.start, "> ") && line.start + 2 < line.end;
    if is_quote && remarks.draws("> a", |block| matches!(block, Block::Quote(_))) == Some(false) {
        remarks.remove("markup/quote-stays", line.start..line.start + 2);
    }
}

/// `#12` at a line's start, or a number behind a `#`.
fn hash(chars: Chars<'_>, line: Range<usize>, remarks: &mut Remarks<'_>) {
    if remarks.facts.markup.glued_headings {
        let glued = chars.at(line.start + 1).is_some_and(|c| !c.is_whitespace() && c != '#');
        if chars.at(line.start) == Some('#') && glued {
            remarks.rewrite("markup/hash-is-heading", line.start..line.start + 1, "\\#".to_owned());
        }
        return;
    }
    let mut from = line.start;
    while let Some(at) = chars.part(0..line.end).find(from, |c| c == '#') {
        let alone = chars.before(at).is_none_or(|c| c.is_whitespace() || "([,:".contains(c));
        let is_number = chars.at(at + 1).is_some_and(|c| c.is_ascii_digit()) || remarks.is_value(at + 1);
        if alone && is_number && remarks.draws_inline("#1", |part| matches!(part, Inline::Channel(_))) == Some(true) {
            remarks.rewrite_mildly("markup/hash-is-channel", at..at + 1, "\\#".to_owned());
        }
        from = at + 1;
    }
}

/// Lists in a chat that has none: the signs stay, which is worth a word where there are several.
fn list(chars: Chars<'_>, parts: &[Range<usize>], remarks: &mut Remarks<'_>) {
    let mut signs = Vec::new();
    for line in parts.iter().flat_map(|part| lines(chars, part.clone())) {
        let sign = line.start + chars.run(line.start, |c| c == ' ');
        let is_item = matches!(chars.at(sign), Some('-' | '*')) && chars.at(sign + 1) == Some(' ');
        if is_item && sign + 2 < line.end {
            signs.push(sign);
        }
    }
    let (Some(first), Some(last)) = (signs.first(), signs.last()) else { return };
    if signs.len() > 1 {
        let text = remarks.rewritten(*first..*last + 1, |at| signs.binary_search(&at).is_ok().then_some("•"));
        remarks.rewrite_mildly("markup/list-stays", *first..*last + 1, text);
    }
}

/// Line breaks with plain text on both sides, which Markdown makes a space of: two spaces keep a break, an empty line
/// starts a list.
fn joined(chars: Chars<'_>, parts: &[Range<usize>], remarks: &mut Remarks<'_>) {
    let mut breaks = Vec::new();
    let mut lists = Vec::new();
    let signs = BlockSigns::of(remarks);
    let is_list = |block: &Block| matches!(block, Block::List { .. });
    let joins_lists =
        remarks.draws("a\n\n- b", is_list) == Some(true) && remarks.draws("a\n- b", is_list) == Some(false);
    for part in parts {
        let mut from = part.start;
        while let Some(at) = chars.part(0..part.end).find(from, |c| c == '\n') {
            match (is_text_before(chars, at, &signs), following(chars, at + 1, &signs)) {
                (true, Following::Text) => breaks.push(at),
                (true, Following::Item) if joins_lists && !is_item_before(chars, at, &signs) => lists.push(at),
                _ => {}
            }
            from = at + 1;
        }
    }
    for (code, places, added) in [("markup/lines-join", breaks, "  \n"), ("markup/list-joins", lists, "\n\n")] {
        if let (Some(first), Some(last)) = (places.first(), places.last()) {
            let text = remarks.rewritten(*first..*last + 1, |at| places.binary_search(&at).is_ok().then_some(added));
            let key =
                if code == "markup/lines-join" { joined_key(code, "markup/lines-may-join", remarks) } else { code };
            remarks.rewrite_mildly_at(code, key, *first..*first + 1, *first..*last + 1, text);
        }
    }
}

/// The sentence about joined lines: a chat that nobody has seen joining them only may.
pub(super) fn joined_key(sure: &'static str, unsure: &'static str, remarks: &Remarks<'_>) -> &'static str {
    if remarks.service.unsure("a\nb").is_some() { unsure } else { sure }
}

/// Whether a text of a value has lines that the chat joins.
pub(super) fn joins(text: &str, remarks: &Remarks<'_>) -> bool {
    let chars = characters(text);
    let (chars, signs) = (Chars(&chars), BlockSigns::of(remarks));
    let is_break = |at: &usize| chars.at(*at) == Some('\n');
    (0..chars.len())
        .filter(is_break)
        .any(|at| is_text_before(chars, at, &signs) && matches!(following(chars, at + 1, &signs), Following::Text))
}

/// Which signs at the start of a line make a block of it: not the same ones in every chat.
struct BlockSigns {
    signs: Vec<&'static str>,
    /// Whether a line of `=` makes a heading of the one before it.
    underlines: bool,
    /// Whether a backslash at the end of a line keeps its break.
    backslashes: bool,
}

impl BlockSigns {
    fn of(remarks: &Remarks<'_>) -> Self {
        let markup = &remarks.facts.markup;
        // What nobody knows about is taken for a block: nothing is said about it.
        let may_draw = |sample: &str, is_it: fn(&Block) -> bool| remarks.draws(sample, is_it) != Some(false);
        let signs = [
            ("#", markup.headings > 0),
            (">", may_draw("> a", |block| matches!(block, Block::Quote(_)))),
            ("|", markup.tables),
            ("<", markup.html),
            ("```", may_draw("```\na\n```", |block| matches!(block, Block::Code(_)))),
            ("~~~", may_draw("~~~\na\n~~~", |block| matches!(block, Block::Code(_)))),
            ("---", may_draw("---", |block| matches!(block, Block::Rule))),
        ];
        Self {
            signs: signs.into_iter().filter_map(|(sign, is_block)| is_block.then_some(sign)).collect(),
            underlines: markup.headings > 0,
            backslashes: remarks.draws_inline("a\\\nb", |part| *part == Inline::Break) == Some(true),
        }
    }

    fn starts(&self, chars: Chars<'_>, at: usize) -> bool {
        let line = chars.part(at..chars.find(at, |c| c == '\n').unwrap_or(chars.len()));
        let underlines = self.underlines && line.at(0) == Some('=') && line.all(|c| c == '=' || c.is_whitespace());
        underlines || self.signs.iter().any(|sign| line.starts_with(0, sign))
    }
}

/// What a line starts with, as far as the line before it cares.
enum Following {
    Item,
    Text,
    Other,
}

fn following(chars: Chars<'_>, at: usize, signs: &BlockSigns) -> Following {
    let digits = chars.run(at, |c| c.is_ascii_digit());
    let spaced = |at: usize| chars.at(at).is_none_or(char::is_whitespace);
    match chars.at(at) {
        None => Following::Other,
        Some('-' | '*' | '+') if spaced(at + 1) => Following::Item,
        Some(_) if signs.starts(chars, at) => Following::Other,
        Some('1') if digits == 1 && chars.at(at + 1) == Some('.') && spaced(at + 2) => Following::Item,
        Some(c) if digits > 0 && matches!(chars.at(at + digits), Some('.' | ')')) && c.is_ascii_digit() => {
            Following::Other
        }
        Some(c) if c.is_whitespace() => Following::Other,
        Some(_) => Following::Text,
    }
}

/// Whether the line that ends here has text to join: no heading, table, rule or quotation.
fn is_text_before(chars: Chars<'_>, end: usize, signs: &BlockSigns) -> bool {
    let start = line_start(chars, end);
    let line = chars.part(start..end);
    let quoted = match (signs.signs.contains(&">"), line.at(0), line.at(1)) {
        (true, Some('>'), Some(' ')) => 2,
        (true, Some('>'), _) => 1,
        _ => 0,
    };
    // Behind a tag of HTML the text goes on, and a quotation takes the line that follows it.
    let other =
        if quoted > 0 { signs.starts(line, quoted) } else { !line.starts_with(0, "<") && signs.starts(line, 0) };
    let kept = signs.backslashes && chars.before(end) == Some('\\');
    let is_empty = line.len() == quoted;
    !other && !kept && !is_empty && chars.before(end).is_some_and(|c| !c.is_whitespace())
}

fn is_item_before(chars: Chars<'_>, end: usize, signs: &BlockSigns) -> bool {
    matches!(following(chars, line_start(chars, end), signs), Following::Item)
}

fn line_start(chars: Chars<'_>, end: usize) -> usize {
    let mut start = end;
    while chars.before(start).is_some_and(|c| c != '\n') {
        start -= 1;
    }
    start
}
