//! `doc.is_urgent ? 1 : 0`, `doc.customer?.name`, `doc.is_urgent ?`: Python has no question marks.

use super::{Subject, begins_value, operand_before, operand_behind, token, word};
use crate::condition::lexer::TokenKind;
use crate::condition::parser;
use crate::finding::{Finding, Severity};

const CODE: &str = "condition/question-mark";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let signs = subject.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Op("?"));
    signs.take(super::MOST_OF_ONE).map(|(index, _)| mark(subject, index)).collect()
}

fn mark(subject: &Subject<'_>, index: usize) -> Finding {
    let Some(sign) = subject.tokens.get(index) else {
        return subject.finding((Severity::Error, CODE), CODE, 0..0, &[]);
    };
    let plain = || subject.finding((Severity::Error, CODE), CODE, sign.span.clone(), &[]);
    if !begins_value(subject, index + 1) {
        // `customer?.name`, and a question asked in words.
        let is_alone = matches!(token(subject, Some(index + 1)), None | Some(TokenKind::End | TokenKind::Newline));
        // What else is read may be nothing: only these two always are there.
        let is_dot = token(subject, Some(index + 1)) == Some(TokenKind::Op("."))
            && index
                .checked_sub(1)
                .and_then(|at| word(subject, at))
                .is_some_and(|word| matches!(word, "doc" | "frappe"));
        return if is_alone || is_dot { subject.removed(plain(), sign.span.clone()) } else { plain() };
    }
    choice(subject, index).unwrap_or_else(plain)
}

/// `asked ? first : second`.
fn choice(subject: &Subject<'_>, index: usize) -> Option<Finding> {
    let sign = subject.tokens.get(index)?;
    let words: fn(&str) -> bool = |word| word == "return";
    let asked = operand_before(subject, index, words);
    let (first, colon) = operand_behind(subject, index + 1, sign.level, words);
    if token(subject, Some(colon)) != Some(TokenKind::Op(":")) {
        return None;
    }
    let (second, _) = operand_behind(subject, colon + 1, sign.level, words);
    let text = |place: &std::ops::Range<usize>| subject.text.get(place.clone());
    let expected = format!("{} if {} else {}", text(&first)?, text(&asked)?, text(&second)?);
    let place = asked.start..second.end;
    let key = "condition/question-mark-choice";
    let finding = subject.finding((Severity::Error, CODE), key, place.clone(), &[("expected", &expected)]);
    let is_fixed =
        [asked, first, second].iter().all(|place| text(place).is_some_and(|text| parser::parse(text).is_ok()));
    Some(if is_fixed { subject.replaced(finding, place, expected) } else { finding })
}
