//! Stars, underscores and tildes that another chat reads: `*bold*` is italic in Markdown, `**bold**` and `~~struck~~` are
//! nothing in mrkdwn, `__x__` is something else in every chat.

use std::ops::Range;

use super::Remarks;
use crate::finding::Severity;
use crate::look::chars::{Chars, bare_url_end};
use crate::look::tree::Inline;
use crate::services::Marks;

/// Looks at one part of the text.
pub fn check(chars: Chars<'_>, part: Range<usize>, remarks: &mut Remarks<'_>) {
    let mut at = part.start;
    while let Some(c) = chars.at(at).filter(|_| at < part.end) {
        at = match c {
            // An escaped mark is none.
            '\\' => at + 2,
            '*' | '_' | '~' => {
                pair(chars, at, part.end, c, remarks).unwrap_or_else(|| at + chars.run(at, |next| next == c))
            }
            // Addresses are full of underscores.
            'h' => bare_url_end(chars, at).unwrap_or(at + 1),
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
    let content = remarks.between(styled.content.clone()).to_owned();
    let marks = remarks.facts.markup;
    let in_word = is_letter(chars.before(at)) || is_letter(chars.at(styled.end));
    let over_lines = chars.part(styled.content.clone()).0.contains(&'\n');
    // A lone mark between letters or over lines is arithmetic, a name or a footnote more often than a style.
    let is_style = !in_word && !over_lines;
    match (mark, styled.width, marks.bold) {
        ('*' | '_', _, Marks::None) if is_style => remarks.remark(Severity::Warning, "markup/no-styles", whole),
        ('*', 1, Marks::Double) if is_style => {
            remarks.rewrite("markup/bold-is-italic-here", whole, format!("**{content}**"));
        }
        ('*', 2, Marks::Single) => remarks.rewrite("markup/asterisks-stay", whole, format!("*{content}*")),
        ('*', 1, Marks::Single) if over_lines => bold_over_lines(chars, whole, styled.content, remarks),
        ('*', 1, Marks::Single) if in_word && !is_letter(chars.before(at)) => {
            remarks.remark(Severity::Warning, "markup/bold-inside-word", whole);
        }
        ('_', 2, _) if is_style => double_underscore(whole, &content, remarks),
        ('~', width, _) if is_style => match (width, marks.strike) {
            (1, Marks::Double) => remarks.rewrite("markup/tilde-stays", whole, format!("~~{content}~~")),
            (2, Marks::Single) => remarks.rewrite("markup/tildes-stay", whole, format!("~{content}~")),
            (_, Marks::None) => remarks.remark(Severity::Warning, "markup/strike-stays", whole),
            _ => {}
        },
        _ => {}
    }
    Some(styled.end)
}

/// `*two` and `lines*`: each line gets its own marks, when no statement of the template could part them.
fn bold_over_lines(chars: Chars<'_>, whole: Range<usize>, content: Range<usize>, remarks: &mut Remarks<'_>) {
    let code = "markup/bold-over-lines";
    let ends = |line: Range<usize>| {
        let text = chars.part(line.clone());
        (!text.is_empty() && text.trimmed().len() == text.len()).then_some(line)
    };
    let lines = chars.find(content.start, |c| c == '\n').and_then(|end| {
        let (first, second) = (ends(content.start..end)?, ends(end + 1..content.end)?);
        (!remarks.written(whole.clone()).contains("{%"))
            .then(|| format!("*{}*\n*{}*", remarks.between(first), remarks.between(second)))
    });
    match lines {
        Some(lines) => remarks.rewrite(code, whole, lines),
        None => remarks.remark(Severity::Warning, code, whole),
    }
}

/// `__x__`: bold in Markdown, underlined in Discord, italic in Rocket.Chat; nobody wrote down what Slack and Google Chat do.
fn double_underscore(whole: Range<usize>, content: &str, remarks: &mut Remarks<'_>) {
    match remarks.facts.markup.bold {
        Marks::Double if remarks.draws_inline("__x__", |part| matches!(part, Inline::Underline(_))) == Some(true) => {
            remarks.rewrite("markup/underscores-underline", whole, format!("**{content}**"));
        }
        Marks::Either => remarks.rewrite("markup/underscores-italic", whole, format!("*{content}*")),
        Marks::Single => remarks.rewrite("markup/underscores-unsure", whole, format!("*{content}*")),
        Marks::Double | Marks::None => {}
    }
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
    let closes = chars.run(close, |c| c == mark) == width
        && chars.before(close).is_some_and(|c| !c.is_whitespace() && c != '\\');
    let lines = chars.part(start..close).0.iter().filter(|c| **c == '\n').count();
    (closes && lines <= 1).then_some(Styled { width, content: start..close, end: close + width })
}
