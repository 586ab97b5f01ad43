//! Headings and tables where the chat has none.

use std::ops::Range;

use super::Remarks;
use crate::finding::Severity;
use crate::look::chars::Chars;
use crate::services::Marks;

/// Looks at one part of the text, line by line.
pub fn check(chars: Chars<'_>, part: Range<usize>, remarks: &mut Remarks<'_>) {
    if remarks.facts.markup.joins_lines
        && let Some(line_end) = joined_line(chars, &part)
    {
        remarks.remark(Severity::Info, "markup/lines-join", line_end..line_end + 1);
    }
    let mut start = part.start;
    while start < part.end {
        let end = chars.find(start, |c| c == '\n').unwrap_or(chars.len()).min(part.end);
        let starts_line = chars.before(start).is_none_or(|c| c == '\n');
        if starts_line {
            heading(chars, start..end, remarks);
            table(chars, start..end, remarks);
        }
        start = end + 1;
    }
}

/// `## Title`
fn heading(chars: Chars<'_>, line: Range<usize>, remarks: &mut Remarks<'_>) {
    let level = chars.run(line.start, |c| c == '#');
    let text = line.start + level;
    let is_heading = (1..=6).contains(&level) && chars.at(text) == Some(' ') && text + 1 < line.end;
    if !is_heading || level <= usize::from(remarks.facts.markup.headings) {
        return;
    }
    let written = remarks.written(text + 1..line.end).trim().to_owned();
    let bold = if remarks.facts.markup.bold == Marks::Double { "**" } else { "*" };
    remarks.rewrite("markup/heading-stays", line, format!("{bold}{written}{bold}"));
}

/// The line of dashes and bars of a table.
fn table(chars: Chars<'_>, line: Range<usize>, remarks: &mut Remarks<'_>) {
    let text = chars.part(line.clone());
    let is_rule = text.0.contains(&'|') && text.0.contains(&'-') && text.all(|c| "|-: ".contains(c));
    if is_rule && !remarks.facts.markup.tables {
        remarks.remark(Severity::Warning, "markup/table-stays", line);
    }
}

/// The first line break with plain text on both sides.
fn joined_line(chars: Chars<'_>, part: &Range<usize>) -> Option<usize> {
    let plain = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "*_([\"'".contains(c));
    let mut from = part.start;
    while let Some(at) = chars.find(from, |c| c == '\n').filter(|at| *at < part.end) {
        let bullet = matches!(chars.at(at + 1), Some('*')) && chars.at(at + 2) == Some(' ');
        let ends = chars.before(at).is_some_and(|c| !c.is_whitespace());
        if ends && plain(chars.at(at + 1)) && !bullet {
            return Some(at);
        }
        from = at + 1;
    }
    None
}
