//! `doc.total > 40,000`, `40 000`, `0,5`: in Python a comma makes a list, which is always true, and a space is refused.

use super::Subject;
use crate::condition::lexer::TokenKind;
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/number-spelling";
    let mut findings = Vec::new();
    let mut index = 0;
    while let Some(first) = subject.tokens.get(index) {
        index += 1;
        if first.kind != TokenKind::Number {
            continue;
        }
        // All that belongs together: numbers with one comma or one blank between them.
        let (mut end, mut sign) = (first.span.end, None);
        while let Some(next) = subject.tokens.get(index) {
            let between = subject.text.get(end..next.span.start).unwrap_or_default();
            let after = subject.tokens.get(index + 1);
            let joined = match (next.kind, after) {
                (TokenKind::Number, _) if matches!(between, " " | "\u{a0}" | "\u{202f}" | "\u{2009}") => {
                    Some((' ', next, 1))
                }
                (TokenKind::Op(","), Some(number))
                    if first.level == 0
                        && between.is_empty()
                        && number.kind == TokenKind::Number
                        && number.span.start == next.span.end =>
                {
                    Some((',', number, 2))
                }
                _ => None,
            };
            let Some((found, number, used)) = joined else { break };
            (end, sign) = (number.span.end, Some(found));
            index += used;
        }
        let place = first.span.start..end;
        let (Some(_), Some(text)) = (sign, subject.text.get(place.clone())) else { continue };
        let Some(number) = plain(text) else { continue };
        let finding =
            subject.finding((Severity::Error, code), code, place.clone(), &[("expected", &number), ("found", text)]);
        findings.push(subject.replaced(finding, place, number));
    }
    findings
}

/// `40,000`, `40 000,50`, `40.000,00` and `0,5` as Python writes them.
pub(super) fn plain(text: &str) -> Option<String> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')).collect();
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let groups: Vec<&str> = text.split(',').collect();
    let (whole, decimals) = match groups.as_slice() {
        [whole] => whole.split_once('.').unwrap_or((whole, "")),
        // A comma before three digits parts thousands, unless a point does.
        [first, rest @ .., last]
            if first.len() <= 3
                && *first != "0"
                && !text.contains('.')
                && rest.iter().chain([last]).all(|group| group.len() == 3) =>
        {
            return Some(groups.concat()).filter(|number| digits(number));
        }
        [whole, decimals] => (*whole, *decimals),
        _ => return None,
    };
    let whole = whole.replace('.', "");
    let kept = whole.trim_start_matches('0');
    let whole = if kept.is_empty() { "0" } else { kept };
    let decimals = decimals.trim_end_matches('0');
    match (digits(whole), decimals.is_empty() || digits(decimals)) {
        (true, true) if decimals.is_empty() => Some(whole.to_owned()),
        (true, true) => Some(format!("{whole}.{decimals}")),
        _ => None,
    }
}
