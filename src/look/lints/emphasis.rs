//! Stars and tildes that another chat reads: `*bold*` is italic in Markdown, `**bold**` and `~~struck~~` are nothing in
//! mrkdwn.

use std::ops::Range;

use super::Remarks;
use crate::finding::Severity;
use crate::look::chars::Chars;
use crate::services::Marks;

/// Looks at one part of the text.
pub fn check(chars: Chars<'_>, part: Range<usize>, remarks: &mut Remarks<'_>) {
    let mut at = part.start;
    while let Some(c) = chars.at(at).filter(|_| at < part.end) {
        at = match c {
            '*' | '~' => pair(chars, at, part.end, c, remarks).unwrap_or_else(|| at + chars.run(at, |next| next == c)),
            _ => at + 1,
        };
    }
}

/// What stands between two marks.
struct Styled {
    width: usize,
    content: Range<usize>,
    end: usize,
}

/// Looks at a pair of marks that starts here, and returns where it ends.
fn pair(chars: Chars<'_>, at: usize, limit: usize, mark: char, remarks: &mut Remarks<'_>) -> Option<usize> {
    let styled = styled(chars, at, limit, mark)?;
    let whole = at..styled.end;
    let content = remarks.written(styled.content.clone()).to_owned();
    let marks = remarks.facts.markup;
    let in_word = is_letter(chars.before(at)) || is_letter(chars.at(styled.end));
    let over_lines = chars.part(styled.content).0.contains(&'\n');
    match (mark, styled.width, marks.bold) {
        // A lone star between letters or over lines is arithmetic or a footnote more often than a style.
        ('*', 1, Marks::Double) if !in_word && !over_lines => {
            remarks.rewrite("markup/bold-is-italic-here", whole, format!("**{content}**"));
        }
        ('*', 2, Marks::Single) => remarks.rewrite("markup/asterisks-stay", whole, format!("*{content}*")),
        ('*', 1, Marks::Single) if over_lines => remarks.remark(Severity::Warning, "markup/bold-over-lines", whole),
        ('*', 1, Marks::Single) if in_word && !is_letter(chars.before(at)) => {
            remarks.remark(Severity::Warning, "markup/bold-inside-word", whole);
        }
        ('*', _, Marks::None) if !in_word && !over_lines => {
            remarks.remark(Severity::Warning, "markup/no-styles", whole);
        }
        ('~', width, _) if !in_word && !over_lines => match (width, marks.strike) {
            (1, Marks::Double) => remarks.rewrite("markup/tilde-stays", whole, format!("~~{content}~~")),
            (2, Marks::Single) => remarks.rewrite("markup/tildes-stay", whole, format!("~{content}~")),
            (_, Marks::None) => remarks.remark(Severity::Warning, "markup/strike-stays", whole),
            _ => {}
        },
        _ => {}
    }
    Some(styled.end)
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// One or two marks, a text that starts and ends with something visible, as many marks.
fn styled(chars: Chars<'_>, at: usize, limit: usize, mark: char) -> Option<Styled> {
    let width = chars.run(at, |c| c == mark);
    let start = at + width;
    if width > 2 || chars.at(start).is_none_or(char::is_whitespace) {
        return None;
    }
    let close = chars.find(start, |c| c == mark).filter(|close| *close < limit)?;
    let closes = chars.run(close, |c| c == mark) == width && chars.before(close).is_some_and(|c| !c.is_whitespace());
    let lines = chars.part(start..close).0.iter().filter(|c| **c == '\n').count();
    (closes && lines <= 1).then_some(Styled { width, content: start..close, end: close + width })
}
