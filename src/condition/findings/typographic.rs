//! Characters that a word processor or a phone puts in: `“ ”`, `« »`, `’`, `–`, `≥`, `×`, invisible ones.

use super::Subject;
use crate::finding::{Finding, Severity};
use crate::text::visible;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/typographic-character";
    if subject.parsed {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let (outside, open) = outside_texts(subject.text);
    let mut skip_to = 0;
    for (at, c) in outside {
        if at < skip_to {
            continue;
        }
        // Both quotes of a text are one slip.
        if let Some((end, text)) = quoted(subject.text, at, c) {
            skip_to = end;
            let found = subject.text.get(at..end).unwrap_or_default();
            let values = [("expected", text.as_str()), ("found", found)];
            let finding = subject.finding((Severity::Error, code), code, at..end, &values);
            findings.push(subject.replaced(finding, at..end, text));
            continue;
        }
        let full_width = (c as u32).checked_sub(0xff01).and_then(|at| usize::try_from(at).ok());
        let ascii = full_width.and_then(|at| ASCII.get(at..=at));
        let Some(expected) = plain(c).or(ascii) else { continue };
        findings.push(character(subject, at, c, expected));
    }
    // `"Open”`: the text begins with a plain quote and ends with another one.
    if let Some((mark, start)) = open {
        let rest = subject.text.get(start + 1..).unwrap_or_default();
        let closing = rest.char_indices().find(|(_, c)| is_quote(*c));
        let expected = if mark == '"' { "\"" } else { "'" };
        findings.extend(closing.map(|(at, c)| character(subject, start + 1 + at, c, expected)));
    }
    findings
}

/// `!` to `~`, which U+FF01 and the characters after it show in full width.
const ASCII: &str = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

fn character(subject: &Subject<'_>, at: usize, c: char, expected: &str) -> Finding {
    let code = "condition/typographic-character";
    let span = at..at + c.len_utf8();
    let found = visible(c);
    let is_blank = expected.trim().is_empty();
    let key = if is_blank { "condition/invisible-character" } else { code };
    let finding =
        subject.finding((Severity::Error, code), key, span.clone(), &[("expected", expected), ("found", &found)]);
    let label = if is_blank {
        subject.say("condition/fix-remove", &[("text", &found)])
    } else {
        subject.say("condition/fix-replace", &[("text", expected)])
    };
    finding.with_fix(label, span, expected)
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(plain(c), Some("\"" | "'"))
}

/// The end of a text between two typographic quotes, and the text between plain ones.
fn quoted(text: &str, at: usize, c: char) -> Option<(usize, String)> {
    if !is_quote(c) {
        return None;
    }
    let start = at + c.len_utf8();
    let line = text.get(start..)?.lines().next()?;
    let (length, closing) = line.char_indices().find(|(_, other)| is_quote(*other))?;
    let mut inner = line.get(..length)?;
    if c == '«' {
        inner = inner.trim();
    }
    let mark = if inner.contains('"') { '\'' } else { '"' };
    let is_plain = !inner.contains([mark, '\\']);
    is_plain.then(|| (start + length + closing.len_utf8(), format!("{mark}{inner}{mark}")))
}

/// What to type instead.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '“' | '”' | '„' | '«' | '»' | '″' => "\"",
        '‘' | '’' | '‚' | '′' | '`' | '´' => "'",
        '–' | '—' | '−' | '‐' => "-",
        '≥' => ">=",
        '≤' => "<=",
        '≠' => "!=",
        '×' => "*",
        '÷' => "/",
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{3000}' => " ",
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => "",
        _ => return None,
    })
}

/// A quote that stays open, and its place.
type Open = (char, usize);

/// The characters outside of `'...'`, `"..."` and comments; the quote that stays open, and its place.
fn outside_texts(text: &str) -> (Vec<(usize, char)>, Option<Open>) {
    let mut outside = Vec::new();
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some((mark, _)) if c == mark || (c == '\n' && mark == '#') => quote = None,
            Some(_) => {}
            None if matches!(c, '\'' | '"' | '#') => quote = Some((c, at)),
            None => outside.push((at, c)),
        }
    }
    (outside, quote.filter(|(mark, _)| *mark != '#'))
}
