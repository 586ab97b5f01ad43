//! `doc.customer == Acme SARL`, `doc.status in [To Bill, Closed]`: a text of several words without quotes.

use std::ops::Range;

use super::{Subject, field_before, is_joint, place, token, word};
use crate::condition::lexer::TokenKind;
use crate::finding::{Finding, Severity};
use crate::host::Field;

pub const CODE: &str = "condition/words-without-quotes";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // The field that a list belongs to, and how deep the list stands.
    let mut list: Option<(&Field, usize)> = None;
    for index in 0..subject.tokens.len() {
        let Some(sign) = subject.tokens.get(index) else { break };
        let field = match sign.kind {
            TokenKind::Op("==" | "!=" | "=") => field_before(subject, index),
            TokenKind::Op("(" | "[") if index.checked_sub(1).and_then(|at| word(subject, at)).is_some_and(is_in) => {
                let before = index - 1;
                let is_not = before.checked_sub(1).and_then(|at| word(subject, at)) == Some("not");
                list = field_before(subject, if is_not { before - 1 } else { before }).map(|field| (field, sign.level));
                list.map(|(field, _)| field)
            }
            TokenKind::Op(",") => list.filter(|(_, level)| *level == sign.level).map(|(field, _)| field),
            TokenKind::Op(")" | "]") => {
                list = list.filter(|(_, level)| *level <= sign.level);
                None
            }
            _ => None,
        };
        let Some(place) = field.and_then(|field| words(subject, field, index + 1, sign.level)) else { continue };
        let found = subject.text.get(place.clone()).unwrap_or_default();
        let mark = if found.contains('"') { '\'' } else { '"' };
        let text = format!("{mark}{found}{mark}");
        let values = [("expected", text.as_str()), ("found", found)];
        let finding = subject.finding((Severity::Error, CODE), "condition/quotes-missing", place.clone(), &values);
        findings.push(subject.replaced(finding, place, text));
    }
    findings
}

fn is_in(word: &str) -> bool {
    word.eq_ignore_ascii_case("in")
}

/// The words from a place on that are one text.
fn words(subject: &Subject<'_>, field: &Field, first: usize, level: usize) -> Option<Range<usize>> {
    let start = subject.tokens.get(first)?.span.start;
    let rest = subject.text.get(start..)?;
    let choices = field.options.as_deref().filter(|_| field.fieldtype == "Select").unwrap_or_default();
    let is_end = |at: usize| rest.get(at..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    // A choice may have `and` among its words.
    let choice = choices.split('\n').map(str::trim).filter(|choice| choice.contains(' '));
    let choice =
        choice.filter(|choice| rest.starts_with(choice) && is_end(choice.len())).max_by_key(|choice| choice.len());
    if let Some(choice) = choice {
        return Some(start..start + choice.len());
    }
    if !matches!(field.fieldtype.as_str(), "Data" | "Dynamic Link" | "Link" | "Select")
        || !rest.starts_with(char::is_uppercase)
    {
        return None;
    }
    let is_part = |at: usize| match token(subject, Some(at)) {
        Some(TokenKind::Name) => word(subject, at).is_some_and(|word| {
            let known = matches!(word, "doc" | "frappe" | "nowdate" | "True" | "False" | "None");
            let sql = ["like", "between", "in", "is"].iter().any(|sql| word.eq_ignore_ascii_case(sql));
            !known && !sql && !is_joint(word)
        }),
        Some(TokenKind::Number | TokenKind::Op("-" | "&" | "/")) => true,
        _ => false,
    };
    let is_level = |at: usize| subject.tokens.get(at).is_some_and(|token| token.level == level);
    let mut end = first;
    while is_level(end) && is_part(end) {
        end += 1;
    }
    let is_word = |at: usize| matches!(token(subject, Some(at)), Some(TokenKind::Name | TokenKind::Number));
    let beside = (first..end).any(|at| at + 1 < end && is_word(at) && is_word(at + 1));
    // What goes on, such as a call, is no text.
    let goes_on = matches!(token(subject, Some(end)), Some(TokenKind::Op("(" | "." | "[" | "=" | "==")));
    (beside && is_word(end.checked_sub(1)?) && !goes_on).then(|| place(subject, first, end))
}
