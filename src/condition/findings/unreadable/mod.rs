//! What is written where no condition can be read: words of SQL, half a loop, an operator with nothing behind it. One slip per
//! file; none of them is looked for in a text that parses in one of the host's two ways.

mod half_loop;
mod percent;
mod question_mark;
mod sql;
mod unfinished;
mod unquoted;

use std::ops::Range;

use super::{MOST_OF_ONE, Subject, javascript};
use crate::condition::Mode;
use crate::condition::ast::{Expr, Kind};
use crate::condition::lexer::{Token, TokenKind};
use crate::condition::parser;
use crate::condition::statements::grammar;
use crate::finding::Finding;
use crate::host::Field;

/// The slips, in the order of their files.
const SLIPS: [fn(&Subject<'_>) -> Vec<Finding>; 6] =
    [half_loop::find, percent::find, question_mark::find, sql::find, unfinished::find, unquoted::find];

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    // A block is no condition without server scripts, but nothing in it is misspelt.
    let is_block = || subject.mode == Mode::Expression && grammar::parse(subject.text).is_ok();
    if subject.parsed || subject.tokens.is_empty() || is_block() {
        return Vec::new();
    }
    SLIPS
        .iter()
        .flat_map(|slip| {
            let mut found = slip(subject);
            found.truncate(MOST_OF_ONE);
            found
        })
        .collect()
}

/// Leaves out what other remarks say of a word that one slip is made of: the NOT in `IS NOT NULL`, the And in `To Bill And Pay`.
pub fn tidy(findings: &mut Vec<Finding>) {
    let whole = |finding: &&Finding| matches!(finding.code, sql::CODE | unquoted::CODE);
    let wholes: Vec<Range<usize>> = findings.iter().filter(whole).filter_map(|finding| finding.span.clone()).collect();
    findings.retain(|finding| {
        matches!(finding.code, sql::CODE | unquoted::CODE)
            || !finding.span.as_ref().is_some_and(|span| {
                wholes.iter().any(|whole| whole.start <= span.start && span.end <= whole.end && span != whole)
            })
    });
}

/// What Python would call the word at a place: `and` for `AND` and `et`.
fn word<'a>(subject: &Subject<'a>, index: usize) -> Option<&'a str> {
    let word = subject.word(subject.tokens.get(index)?)?;
    Some(javascript::meant(word).or_else(|| javascript::french(word)).unwrap_or(word))
}

fn token(subject: &Subject<'_>, index: Option<usize>) -> Option<TokenKind> {
    subject.tokens.get(index?).map(|token| token.kind)
}

/// Words between the parts of a condition.
fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "or" | "not" | "if" | "else" | "for" | "in" | "is" | "lambda" | "return" | "then" | "alors")
}

/// Whether a value can end with the token at a place.
fn ends_value(subject: &Subject<'_>, index: Option<usize>) -> bool {
    match token(subject, index) {
        Some(TokenKind::Name) => !index.and_then(|index| word(subject, index)).is_some_and(is_joint),
        Some(kind) => matches!(kind, TokenKind::Number | TokenKind::String | TokenKind::Op(")" | "]" | "}")),
        None => false,
    }
}

/// Whether a value can begin with the token at a place.
fn begins_value(subject: &Subject<'_>, index: usize) -> bool {
    match token(subject, Some(index)) {
        Some(TokenKind::Name) => !word(subject, index).is_some_and(|word| is_joint(word) && word != "not"),
        Some(kind) => {
            matches!(
                kind,
                TokenKind::Number | TokenKind::String | TokenKind::Op("(" | "[" | "{" | "-" | "+" | "~" | "!")
            )
        }
        None => false,
    }
}

/// Whether the parts of a condition end at a token, seen from outside of its brackets.
fn is_edge(subject: &Subject<'_>, index: usize, level: usize, words: fn(&str) -> bool) -> bool {
    let Some(token) = subject.tokens.get(index) else { return true };
    let is_level = token.level == level;
    match token.kind {
        TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent | TokenKind::End => true,
        TokenKind::Name => is_level && word(subject, index).is_some_and(words),
        TokenKind::Op(")" | "]" | "}") => token.level < level,
        TokenKind::Op("(" | "[" | "{" | "," | ":" | "=" | ";" | "?") => is_level,
        _ => false,
    }
}

/// The places before `index` that belong to one operand, back to a joint.
fn operand_before(subject: &Subject<'_>, index: usize, words: fn(&str) -> bool) -> Range<usize> {
    let level = subject.tokens.get(index).map_or(0, |token| token.level);
    let first = (0..index).rev().take_while(|at| !is_edge(subject, *at, level, words)).last().unwrap_or(index);
    place(subject, first, index)
}

/// The places from `index` that belong to one operand, up to a joint; and the token after it.
fn operand_behind(subject: &Subject<'_>, index: usize, level: usize, words: fn(&str) -> bool) -> (Range<usize>, usize) {
    let mut end = index;
    while end < subject.tokens.len() && !is_edge(subject, end, level, words) {
        end += 1;
    }
    (place(subject, index, end), end)
}

/// The bytes of the tokens from `first` up to `end`.
fn place(subject: &Subject<'_>, first: usize, end: usize) -> Range<usize> {
    let start = subject.tokens.get(first).map_or(subject.text.len(), |token| token.span.start);
    let last = end.checked_sub(1).filter(|last| *last >= first).and_then(|last| subject.tokens.get(last));
    start..last.map_or(start, |token| token.span.end)
}

/// A text that is one operand of a comparison, whatever stands around it.
fn operand<'a>(subject: &Subject<'a>, place: &Range<usize>) -> Option<(&'a str, Expr)> {
    let text = subject.text.get(place.clone())?;
    let expr = parser::parse(text).ok()?;
    let is_loose = matches!(
        expr.kind,
        Kind::Compare(..) | Kind::Logic(..) | Kind::Lambda(..) | Kind::Tuple(_) | Kind::Conditional { .. }
    );
    (!is_loose || text.starts_with('(')).then_some((text, expr))
}

/// The field in the `doc.field` that ends right before a place.
fn field_before<'a>(subject: &Subject<'a>, index: usize) -> Option<&'a Field> {
    let at = |back: usize| index.checked_sub(back);
    let is_doc = token(subject, at(2)) == Some(TokenKind::Op("."))
        && at(3).and_then(|at| word(subject, at)) == Some("doc")
        && token(subject, at(4)) != Some(TokenKind::Op("."));
    let name: &Token = subject.tokens.get(at(1)?)?;
    subject.doctype?.field(subject.word(name).filter(|_| is_doc)?)
}
