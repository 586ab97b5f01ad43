//! `doc.status == "Open")`, `if doc.status == "Open"`, `doc.lines.0.qty`: one thing too much, in a text that does not parse.

use std::ops::Range;

use super::Subject;
use crate::condition::lexer::{Token, TokenKind};
use crate::condition::{lexer, parser};
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.parsed {
        return Vec::new();
    }
    let found = bracket(subject).or_else(|| lone_if(subject)).or_else(|| number_behind_dot(subject));
    found.into_iter().collect()
}

/// A closing bracket that nothing has opened.
fn bracket(subject: &Subject<'_>) -> Option<Finding> {
    let code = "condition/stray-bracket";
    let fault = lexer::tokens(subject.text, 0..subject.text.len(), false).fault?;
    if !fault.message.as_deref()?.starts_with("unmatched") {
        return None;
    }
    let at = fault.span.start..fault.span.start + 1;
    let found = subject.text.get(at.clone()).filter(|found| matches!(*found, ")" | "]" | "}"))?;
    let finding = subject.finding((Severity::Error, code), code, at.clone(), &[("found", found)]);
    let without = format!("{}{}", subject.text.get(..at.start)?, subject.text.get(at.end..)?);
    Some(if parser::parse(without.trim()).is_ok() { subject.removed(finding, at) } else { finding })
}

/// `if` before a condition, of which the condition alone is meant: with a colon or not, but with nothing behind it.
fn lone_if(subject: &Subject<'_>) -> Option<Finding> {
    let code = "condition/lone-if";
    let text = subject.text.trim();
    let rest = text.strip_prefix("if")?;
    let inner = rest.trim().trim_end_matches(':').trim();
    if !rest.starts_with([' ', '(']) || parser::parse(inner).is_err() {
        return None;
    }
    let start = subject.text.len() - subject.text.trim_start().len();
    let place = start..start + text.len();
    let finding = subject.finding((Severity::Error, code), code, start..start + 2, &[]);
    Some(subject.replaced(finding, place, inner.to_owned()))
}

/// `doc.lines.0`: an entry of a list stands in brackets.
fn number_behind_dot(subject: &Subject<'_>) -> Option<Finding> {
    let code = "condition/number-behind-dot";
    let places: Vec<Range<usize>> = subject.tokens.windows(2).filter_map(|pair| entry(subject, pair)).collect();
    let first = places.first()?;
    let found = subject.text.get(first.clone())?;
    let bracketed = |place: &Range<usize>| {
        subject.text.get(place.start + 1..place.end).map(|number| format!("[{}]", number.trim_end_matches('.')))
    };
    let expected = bracketed(first)?;
    let values = [("expected", expected.as_str()), ("found", found)];
    let finding = subject.finding((Severity::Error, code), code, first.clone(), &values);
    let (mut fixed, mut at) = (String::new(), 0);
    for place in &places {
        fixed.push_str(subject.text.get(at..place.start)?);
        fixed.push_str(&bracketed(place)?);
        at = place.end;
    }
    fixed.push_str(subject.text.get(at..)?);
    let is_fixed = parser::parse(fixed.trim()).is_ok();
    Some(match places.as_slice() {
        [_] if is_fixed => subject.replaced(finding, first.clone(), expected),
        _ if is_fixed => subject.replaced(finding, 0..subject.text.len(), fixed),
        _ => finding,
    })
}

/// The `.0` right behind a name or a bracket.
fn entry(subject: &Subject<'_>, pair: &[Token]) -> Option<Range<usize>> {
    let [before, number] = pair else { return None };
    let is_value = matches!(before.kind, TokenKind::Name | TokenKind::Op(")" | "]"));
    let digits = subject.text.get(number.span.clone())?.strip_prefix('.')?;
    let is_entry = is_value
        && number.kind == TokenKind::Number
        && before.span.end == number.span.start
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_entry.then(|| number.span.clone())
}
