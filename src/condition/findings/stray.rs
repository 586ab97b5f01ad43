//! `doc.status == "Open")`, `if doc.status == "Open" then`, `doc.lines.0.qty`: one thing too much, in a text that does not parse.

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
    let found = found.or_else(|| without_else(subject));
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

/// Words before a condition and behind it, of which the condition alone is meant.
fn lone_if(subject: &Subject<'_>) -> Option<Finding> {
    let code = "condition/lone-if";
    let text = subject.text.trim();
    let start = subject.text.len() - subject.text.trim_start().len();
    let place = start..start + text.len();
    let is_word = |token: &Token, words: &[&str]| {
        subject.word(token).is_some_and(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    // `when = 5` and `then(5)` are names like any other.
    let is_operand = |at: Option<&Token>| {
        at.is_some_and(|at| matches!(at.kind, TokenKind::Name | TokenKind::Number | TokenKind::String))
    };
    let first = subject.tokens.first().filter(|first| is_word(first, &["if", "si", "when", "quand"]));
    let first = first.filter(|first| {
        let next = subject.tokens.get(1);
        is_operand(next)
            || (subject.word(first) == Some("if") && next.is_some_and(|next| next.kind == TokenKind::Op("(")))
    });
    let last = subject.tokens.windows(2).rev().find_map(|pair| match pair {
        [before, last] if is_word(last, &["then", "alors"]) => {
            (is_operand(Some(before)) || matches!(before.kind, TokenKind::Op(")" | "]" | ","))).then_some(last)
        }
        _ => None,
    });
    let word = first.or(last)?;
    let tail = last.and_then(|last| subject.text.get(last.span.end..place.end)).unwrap_or_default();
    let from = first.map_or(place.start, |first| first.span.end);
    let inner = subject.text.get(from..last.map_or(place.end, |last| last.span.start))?;
    let inner = inner.trim().trim_end_matches([':', ',']).trim();
    let found = subject.text.get(word.span.clone())?;
    let finding = subject.finding((Severity::Error, code), code, word.span.clone(), &[("found", found)]);
    let is_all = matches!(tail.trim_matches([' ', ':', ',']), "" | "1" | "True" | "true" | "return True");
    if is_all && parser::parse(inner).is_ok() {
        return Some(subject.replaced(finding, place, inner.to_owned()));
    }
    // A block that begins with `if` has another slip; these words never are Python's.
    (found != "if" || last.is_some()).then_some(finding)
}

/// `doc.status == "Open" if doc.is_urgent`: nothing says what holds when it is not.
fn without_else(subject: &Subject<'_>) -> Option<Finding> {
    let code = "condition/if-without-else";
    let is_if = |token: &&Token| token.level == 0 && subject.word(token) == Some("if");
    let word = subject.tokens.iter().skip(1).rfind(is_if)?;
    parser::parse(&format!("{} else None", subject.text.trim())).ok()?;
    Some(subject.finding((Severity::Warning, code), code, word.span.clone(), &[]))
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
