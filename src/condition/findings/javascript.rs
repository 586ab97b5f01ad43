//! `&&`, `||`, `!`, `true`, `null`, `.startsWith`, `et`: words and operators of JavaScript, and of French.

use std::ops::Range;

use super::{Subject, single_equals};
use crate::condition::lexer::{Token, TokenKind};
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut tokens = subject.tokens.iter().enumerate().peekable();
    while let Some((index, token)) = tokens.next() {
        let next = tokens.peek().map(|(_, next)| *next).filter(|next| next.span.start == token.span.end);
        let next_op = next.map(|next| next.kind);
        match token.kind {
            TokenKind::Op("&") if next_op == Some(TokenKind::Op("&")) => {
                findings.push(operator(subject, token.span.start..token.span.end + 1, "and"));
                tokens.next();
            }
            TokenKind::Op("|") if next_op == Some(TokenKind::Op("|")) => {
                findings.push(operator(subject, token.span.start..token.span.end + 1, "or"));
                tokens.next();
            }
            TokenKind::Op("!")
                if !matches!(next_op, Some(TokenKind::Op("=" | "=="))) && !is_parted(subject.tokens, index) =>
            {
                let before = index.checked_sub(1).and_then(|at| subject.tokens.get(at));
                // `=!` is a slip for `!=`, and another remark's.
                if !before
                    .is_some_and(|before| before.kind == TokenKind::Op("=") && before.span.end == token.span.start)
                {
                    findings.push(operator(subject, token.span.clone(), "not"));
                }
            }
            TokenKind::Op("=")
                if next_op == Some(TokenKind::Op(">")) && single_equals::is_keyword_argument(subject.tokens, index) =>
            {
                let (code, place) = ("condition/javascript-function", token.span.start..token.span.end + 1);
                findings.push(subject.finding((Severity::Error, code), code, place, &[]));
            }
            TokenKind::Name => findings.extend(word(subject, index, token)),
            _ => {}
        }
    }
    findings
}

/// `! =`: the two signs of a comparison, parted by a blank.
fn is_parted(tokens: &[Token], index: usize) -> bool {
    tokens.get(index + 1).is_some_and(|next| next.kind == TokenKind::Op("="))
}

fn operator(subject: &Subject<'_>, span: Range<usize>, expected: &str) -> Finding {
    let code = "condition/javascript-operator";
    let found = subject.text.get(span.clone()).unwrap_or_default();
    let message = subject.say(code, &[("expected", expected), ("found", found)]);
    let label = subject.say("condition/fix-replace", &[("text", expected)]);
    let blank = |at: Option<char>| at.is_none_or(char::is_whitespace);
    let before = blank(subject.text.get(..span.start).unwrap_or_default().chars().next_back());
    let after = blank(subject.text.get(span.end..).unwrap_or_default().chars().next());
    let text =
        format!("{}{expected}{}", if before || expected == "not" { "" } else { " " }, if after { "" } else { " " });
    Finding::new(Severity::Error, code, message).at(span.clone()).with_fix(label, span, text)
}

fn word(subject: &Subject<'_>, index: usize, token: &Token) -> Option<Finding> {
    let code = "condition/javascript-word";
    let found = subject.word(token)?;
    let before = index.checked_sub(1).and_then(|at| subject.tokens.get(at));
    let expected = if before.is_some_and(|before| before.kind == TokenKind::Op(".")) {
        method(found)?
    } else {
        // `et` may be a variable where the text parses.
        meant(found).or_else(|| french(found).filter(|_| !subject.parsed))?
    };
    let message = subject.say(code, &[("expected", expected), ("found", found)]);
    let label = subject.say("condition/fix-replace", &[("text", expected)]);
    let finding = Finding::new(Severity::Error, code, message).at(token.span.clone());
    Some(finding.with_fix(label, token.span.clone(), expected))
}

/// What Python has for a word of another language.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    Some(match word {
        "true" | "TRUE" => "True",
        "false" | "FALSE" => "False",
        "null" | "undefined" | "none" | "NULL" | "Null" | "nil" => "None",
        "AND" | "And" => "and",
        "OR" | "Or" => "or",
        "NOT" | "Not" => "not",
        _ => return None,
    })
}

pub(super) fn french(word: &str) -> Option<&'static str> {
    Some(match word {
        "et" | "ET" | "Et" => "and",
        "ou" | "OU" | "Ou" => "or",
        "non" | "NON" | "Non" | "pas" | "PAS" | "Pas" => "not",
        _ => return None,
    })
}

/// Methods of JavaScript's texts that Python has under another name.
fn method(word: &str) -> Option<&'static str> {
    Some(match word {
        "endsWith" => "endswith",
        "indexOf" => "find",
        "startsWith" => "startswith",
        "toLowerCase" => "lower",
        "toUpperCase" => "upper",
        "trim" => "strip",
        _ => return None,
    })
}
