//! `=` for `==`, and other spellings of comparisons: `=>`, `=!`, `===`, `<>`.

use std::ops::Range;

use super::Subject;
use crate::condition::lexer::{Token, TokenKind};
use crate::condition::statements::{Does, Statement, grammar};
use crate::finding::{Finding, Severity};

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    // In a text that parses every `=` is where it belongs.
    if subject.parsed || is_block(subject) {
        return Vec::new();
    }
    let several = subject.has_lines();
    let mut findings = Vec::new();
    let mut skip_to = 0;
    for (index, token) in subject.tokens.iter().enumerate() {
        let TokenKind::Op(op) = token.kind else { continue };
        if token.span.start < skip_to {
            continue;
        }
        let after = subject.tokens.get(index + 1);
        let next = after.filter(|next| next.span.start == token.span.end);
        let next_op = match next.map(|next| next.kind) {
            Some(TokenKind::Op(op)) => op,
            _ => "",
        };
        // `> =`: the signs of one comparison, parted by a blank.
        if let (Some(next), "") = (after, next_op)
            && let Some(expected) = parted(op, next.kind)
            && subject.text.get(token.span.end..next.span.start).is_some_and(|between| between.trim().is_empty())
        {
            skip_to = next.span.end;
            findings.push(spelling(subject, token.span.start..next.span.end, expected));
            continue;
        }
        let (length, expected) = match (op, next_op) {
            // `row => row.qty` in a call is a function of JavaScript, and another remark's.
            ("=", ">") if is_keyword_argument(subject.tokens, index) => continue,
            ("=", ">") => (2, ">="),
            ("=", "<") => (2, "<="),
            ("=", "!") => (2, "!="),
            ("=", "==") | ("==", "=") => (3, "=="),
            ("!=", "=") => (3, "!="),
            ("<>", _) => (2, "!="),
            (":=", _) if token.level == 0 => (2, "=="),
            ("=", _)
                if has_left_side(subject.tokens, index)
                    && !is_keyword_argument(subject.tokens, index)
                    && !(several && is_statement(subject, index)) =>
            {
                (1, "==")
            }
            _ => continue,
        };
        let span = token.span.start..token.span.start + length;
        skip_to = span.end;
        findings.push(spelling(subject, span, expected));
    }
    findings
}

/// A block with an assignment in it, which is no slip; without server scripts its lines are told. One assignment alone is a
/// comparison with a letter missing.
pub(super) fn is_block(subject: &Subject<'_>) -> bool {
    subject.tokens.iter().any(|token| token.kind == TokenKind::Op("="))
        && grammar::parse(subject.text).is_ok_and(|block| match block.as_slice() {
            [] => false,
            [only] => !matches!(only.does, Does::Assign(..)) && assigns(only),
            several => several.iter().any(assigns),
        })
}

fn assigns(statement: &Statement) -> bool {
    matches!(statement.does, Does::Assign(..)) || statement.inside().into_iter().any(assigns)
}

fn parted(op: &str, next: TokenKind) -> Option<&'static str> {
    match (op, next) {
        (">", TokenKind::Op("=")) => Some(">="),
        ("<", TokenKind::Op("=")) => Some("<="),
        ("<", TokenKind::Op(">")) | ("!", TokenKind::Op("=")) => Some("!="),
        ("=", TokenKind::Op("=")) | ("==", TokenKind::Op("=")) => Some("=="),
        _ => None,
    }
}

fn spelling(subject: &Subject<'_>, span: Range<usize>, expected: &str) -> Finding {
    let code = "condition/comparison-spelling";
    let found = subject.text.get(span.clone()).unwrap_or_default();
    let message = subject.say(code, &[("expected", expected), ("found", found)]);
    let label = subject.say("condition/fix-replace", &[("text", expected)]);
    Finding::new(Severity::Error, code, message).at(span.clone()).with_fix(label, span, expected)
}

/// Whether something to compare stands before it: `a, = b` is an assignment whatever follows.
fn has_left_side(tokens: &[Token], index: usize) -> bool {
    match index.checked_sub(1).and_then(|at| tokens.get(at)).map(|token| token.kind) {
        Some(TokenKind::Op(op)) => matches!(op, ")" | "]" | "}" | "..."),
        Some(_) => true,
        None => false,
    }
}

/// `name=` inside brackets, after `(` or `,`.
pub(super) fn is_keyword_argument(tokens: &[Token], index: usize) -> bool {
    let kind = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map(|token| token.kind);
    let inside = tokens.get(index).is_some_and(|token| token.level > 0);
    inside
        && kind(index.checked_sub(1)) == Some(TokenKind::Name)
        && matches!(kind(index.checked_sub(2)), Some(TokenKind::Op("(" | ",")))
        // `(status = "Open")` is a group, not a call.
        && !is_group(tokens, index)
}

fn is_group(tokens: &[Token], index: usize) -> bool {
    let open = index.checked_sub(2).and_then(|at| tokens.get(at));
    let before = index.checked_sub(3).and_then(|at| tokens.get(at));
    let calls = before.is_some_and(|before| matches!(before.kind, TokenKind::Name | TokenKind::Op(")" | "]")));
    open.is_some_and(|open| open.kind == TokenKind::Op("(")) && !calls
}

/// An assignment on a line of its own in a text of several lines: a block, which is another matter.
fn is_statement(subject: &Subject<'_>, index: usize) -> bool {
    let before = index.checked_sub(2).and_then(|at| subject.tokens.get(at)).map(|token| token.kind);
    matches!(before, None | Some(TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent))
}
