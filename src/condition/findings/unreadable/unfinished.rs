//! `doc.is_urgent and`, `and doc.is_urgent`, `doc.is_urgent and or doc.total`: an operator with nothing on one of its sides.
//! Nobody who is still typing is told of an error.

use super::{Subject, place, token, word};
use crate::condition::lexer::TokenKind;
use crate::condition::parser;
use crate::finding::{Finding, Severity};

const CODE: &str = "condition/unfinished";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = behind(subject).into_iter().collect();
    // An operator alone is told of once.
    let alone = findings.first().and_then(|finding| finding.span.clone());
    let pairs = (0..subject.tokens.len()).filter_map(|index| pair(subject, index));
    let pairs = pairs.filter(|finding| finding.span.is_none() || finding.span != alone);
    findings.extend(pairs.take(super::MOST_OF_ONE));
    findings
}

/// An operator that needs something before it and behind it.
fn is_binary(subject: &Subject<'_>, index: usize) -> bool {
    match token(subject, Some(index)) {
        Some(TokenKind::Name) => matches!(word(subject, index), Some("and" | "or" | "in" | "is")),
        Some(TokenKind::Op(op)) => matches!(op, "==" | "!=" | "<=" | ">=" | "<" | ">" | "/" | "//"),
        _ => false,
    }
}

/// The operator at the end of the text or before a closing bracket.
fn needs_more(subject: &Subject<'_>, index: usize) -> bool {
    let after_number = token(subject, index.checked_sub(1)) == Some(TokenKind::Number);
    let is_word = matches!(word(subject, index), Some("not"));
    match token(subject, Some(index)) {
        // `10%` is another slip.
        Some(TokenKind::Op("%")) => !after_number,
        Some(TokenKind::Op("+" | "-" | "." | "*" | "**")) => true,
        _ => is_word || is_binary(subject, index),
    }
}

/// The end of the condition.
fn behind(subject: &Subject<'_>) -> Option<Finding> {
    let is_layout = |kind: TokenKind| matches!(kind, TokenKind::Newline | TokenKind::Dedent | TokenKind::End);
    subject.tokens.last().filter(|last| last.kind == TokenKind::End)?;
    let last = subject.tokens.iter().rposition(|token| !is_layout(token.kind))?;
    needs_more(subject, last).then(|| nothing(subject, last, "condition/unfinished-behind", Severity::Info))?
}

/// The operator at a place, with the words that belong to it: `is not`, `not in`, `doc.`.
fn nothing(subject: &Subject<'_>, index: usize, key: &'static str, severity: Severity) -> Option<Finding> {
    let before = index.checked_sub(1);
    let joined = match (before.and_then(|before| word(subject, before)), word(subject, index)) {
        (Some("is"), Some("not")) | (Some("not"), Some("in")) => true,
        (Some(_), None) => token(subject, Some(index)) == Some(TokenKind::Op(".")),
        _ => false,
    };
    let place = place(subject, before.filter(|_| joined).unwrap_or(index), index + 1);
    let found = subject.text.get(place.clone())?;
    Some(subject.finding((severity, CODE), key, place, &[("found", found)]))
}

/// What is wrong between a token and the one before it.
fn pair(subject: &Subject<'_>, index: usize) -> Option<Finding> {
    let before = index.checked_sub(1);
    let kind = token(subject, Some(index))?;
    if is_binary(subject, index) {
        return match before.map(|before| (before, token(subject, Some(before)))) {
            None => first(subject, index),
            Some((_, Some(TokenKind::Op("(" | "[")))) => {
                nothing(subject, index, "condition/unfinished-before", Severity::Warning)
            }
            Some((before, Some(TokenKind::Op(".")))) => {
                let is_read = before.checked_sub(1).and_then(|at| word(subject, at)).is_some_and(|word| word != "doc");
                is_read.then(|| stray_dot(subject, before))
            }
            Some((before, _)) if is_binary(subject, before) => between(subject, before, index),
            _ => None,
        };
    }
    match kind {
        TokenKind::Op(")" | "]" | "}") if before.is_some_and(|before| needs_more(subject, before)) => {
            nothing(subject, before?, "condition/unfinished-behind", Severity::Info)
        }
        TokenKind::Op(".") if token(subject, before) == Some(TokenKind::Op(".")) => {
            Some(extra(subject, before?, index))
        }
        _ => None,
    }
}

/// `and doc.is_urgent`: what would be joined may have been taken away.
fn first(subject: &Subject<'_>, index: usize) -> Option<Finding> {
    let finding = nothing(subject, index, "condition/unfinished-before", Severity::Warning)?;
    let operator = subject.tokens.get(index)?;
    let rest = subject.text.get(operator.span.end..)?;
    let is_joint = matches!(word(subject, index), Some("and" | "or"));
    let place = operator.span.start..operator.span.end + rest.len() - rest.trim_start().len();
    Some(if is_joint && parser::parse(rest.trim()).is_ok() { subject.removed(finding, place) } else { finding })
}

/// `and or`, `== and`, `and and`.
fn between(subject: &Subject<'_>, before: usize, index: usize) -> Option<Finding> {
    let [first, second] = [subject.tokens.get(before)?, subject.tokens.get(index)?];
    let [left, right] = [first, second].map(|token| subject.text.get(token.span.clone()).unwrap_or_default());
    let is_word = word(subject, before).is_some() || word(subject, index).is_some();
    let is_same = match first.kind {
        TokenKind::Name => word(subject, before) == word(subject, index),
        kind => kind == second.kind,
    };
    // `> =` and `=>` are spellings of one comparison.
    if is_same && first.span.end < second.span.start {
        return Some(extra(subject, before, index));
    }
    let values = [("first", left), ("second", right)];
    let place = first.span.start..second.span.end;
    is_word.then(|| subject.finding((Severity::Warning, CODE), "condition/unfinished-between", place, &values))
}

/// `and and`, `doc..status`: the second can go.
fn extra(subject: &Subject<'_>, before: usize, index: usize) -> Finding {
    let code = "condition/operator-twice";
    let [one, both] = [place(subject, before, before + 1), place(subject, before, index + 1)];
    let found = subject.text.get(one.clone()).unwrap_or_default();
    let finding = subject.finding((Severity::Error, code), code, both.clone(), &[("found", found)]);
    subject.removed(finding, one.end..both.end)
}

/// `doc.status.== "Open"`
fn stray_dot(subject: &Subject<'_>, index: usize) -> Finding {
    let code = "condition/stray-dot";
    let dot = place(subject, index, index + 1);
    subject.removed(subject.finding((Severity::Error, code), code, dot.clone(), &[]), dot)
}
