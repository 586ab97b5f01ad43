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
    for (at, c) in outside_texts(subject.text) {
        let Some(expected) = plain(c) else { continue };
        let span = at..at + c.len_utf8();
        let shown = if expected.is_empty() { String::from("∅") } else { expected.to_owned() };
        let message = if expected.trim().is_empty() {
            subject.say("condition/invisible-character", &[("found", &visible(c))])
        } else {
            subject.say(code, &[("expected", &shown), ("found", &visible(c))])
        };
        let label = if expected.trim().is_empty() {
            subject.say("condition/fix-remove", &[("text", &visible(c))])
        } else {
            subject.say("condition/fix-replace", &[("text", expected)])
        };
        findings.push(Finding::new(Severity::Error, code, message).at(span.clone()).with_fix(label, span, expected));
    }
    findings
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

/// The characters outside of `'...'`, `"..."` and comments.
fn outside_texts(text: &str) -> Vec<(usize, char)> {
    let mut outside = Vec::new();
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(mark) if c == mark || (c == '\n' && mark == '#') => quote = None,
            Some(_) => {}
            None if matches!(c, '\'' | '"' | '#') => quote = Some(c),
            None => outside.push((at, c)),
        }
    }
    outside
}
