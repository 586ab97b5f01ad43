//! `doc.status IN ("Open")`, `LIKE "%x"`, `IS NOT NULL`, `BETWEEN 1 AND 5`: words of SQL.

use std::ops::Range;

use super::{Subject, begins_value, ends_value, is_joint, operand, operand_before, operand_behind, place, token, word};
use crate::condition::lexer::TokenKind;
use crate::finding::{Finding, Severity};

pub const CODE: &str = "condition/sql-word";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut next = 0;
    for (index, token) in subject.tokens.iter().enumerate() {
        if findings.len() > super::MOST_OF_ONE {
            break;
        }
        let Some(found) = subject.word(token).filter(|_| index >= next) else { continue };
        let Some(slip) = slip(subject, index, found) else { continue };
        next = slip.end;
        let text = subject.text.get(slip.place.clone()).unwrap_or_default();
        let values = [("expected", slip.expected.as_str()), ("found", text)];
        let finding = subject.finding((Severity::Error, CODE), slip.key, slip.place.clone(), &values);
        findings.push(match slip.over {
            Some(over) => subject.replaced(finding, over, slip.expected),
            None => finding,
        });
    }
    findings
}

/// What is written, what is meant, and what the one replaces; without a place to replace only a person knows.
struct Slip {
    place: Range<usize>,
    key: &'static str,
    expected: String,
    over: Option<Range<usize>>,
    /// The token after it.
    end: usize,
}

impl Slip {
    fn new(place: Range<usize>, expected: &str, end: usize) -> Self {
        Self { over: Some(place.clone()), place, key: CODE, expected: expected.to_owned(), end }
    }
}

fn slip(subject: &Subject<'_>, index: usize, found: &str) -> Option<Slip> {
    let is = |word: &str| found.eq_ignore_ascii_case(word);
    let before = index.checked_sub(1);
    // `NOT IN` is one slip: `not` belongs to the word behind it.
    let is_not = before.and_then(|before| word(subject, before)) == Some("not");
    let first = if is_not { index.checked_sub(1)? } else { index };
    if !ends_value(subject, first.checked_sub(1)) {
        return None;
    }
    if is("in") && found != "in" {
        return Some(one_of(subject, first, index, is_not));
    }
    if is("is") && found != "is" && !is_not {
        return Some(state(subject, index));
    }
    if is("like") || is("ilike") {
        return Some(pattern(subject, first, index, is_not));
    }
    is("between").then(|| range(subject, first, index, is_not))
}

/// `IN ("Open")`: between parentheses alone Python reads a text, not a list of one.
fn one_of(subject: &Subject<'_>, first: usize, index: usize, is_not: bool) -> Slip {
    let words = if is_not { "not in" } else { "in" };
    let at = |at: usize| token(subject, Some(at));
    let is_one = at(index + 1) == Some(TokenKind::Op("("))
        && matches!(at(index + 2), Some(TokenKind::String | TokenKind::Number))
        && at(index + 3) == Some(TokenKind::Op(")"));
    let value = place(subject, index + 2, index + 3);
    match subject.text.get(value) {
        Some(value) if is_one => Slip::new(place(subject, first, index + 4), &format!("{words} [{value}]"), index + 4),
        _ => Slip::new(place(subject, first, index + 1), words, index + 1),
    }
}

/// `IS NULL`, `IS NOT NULL`, `IS "Open"`.
fn state(subject: &Subject<'_>, index: usize) -> Slip {
    let is_not = word(subject, index + 1) == Some("not");
    let end = if is_not { index + 2 } else { index + 1 };
    let (same, other) = if is_not { ("is not", "!=") } else { ("is", "==") };
    if word(subject, end) == Some("None") {
        return Slip::new(place(subject, index, end + 1), &format!("{same} None"), end + 1);
    }
    let expected = if begins_value(subject, end) { other } else { same };
    Slip::new(place(subject, index, end), expected, end)
}

/// `LIKE "%x%"`: the pattern tells which part of the text is looked at.
fn pattern(subject: &Subject<'_>, first: usize, index: usize, is_not: bool) -> Slip {
    let words = place(subject, first, index + 1);
    let left = operand_before(subject, first, is_joint);
    let fixed = || {
        let (value, expr) = operand(subject, &left)?;
        let holds_text = matches!(
            subject.read(&expr)?.fieldtype,
            "Autocomplete" | "Data" | "Dynamic Link" | "Link" | "Long Text" | "Select" | "Small Text" | "Text"
        );
        let literal = subject.tokens.get(index + 1).filter(|next| next.kind == TokenKind::String && holds_text)?;
        let literal = subject.text.get(literal.span.clone())?;
        let mark = literal.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        let inner = literal.strip_prefix(mark)?.strip_suffix(mark)?;
        let part = inner.trim_matches('%');
        if part.is_empty() || part.contains(['%', '_', '\\', mark]) {
            return None;
        }
        let text = format!("{mark}{part}{mark}");
        let open = format!("({value} or {mark}{mark})");
        let not = if is_not { "not " } else { "" };
        Some(match (inner.starts_with('%'), inner.ends_with('%')) {
            (true, true) => format!("{text} {not}in {open}"),
            (true, false) => format!("{not}{open}.endswith({text})"),
            (false, true) => format!("{not}{open}.startswith({text})"),
            (false, false) => format!("{value} {} {text}", if is_not { "!=" } else { "==" }),
        })
    };
    let place = words.clone();
    match fixed() {
        Some(expected) => {
            let end = subject.tokens.get(index + 1).map_or(words.end, |literal| literal.span.end);
            Slip { place, key: "condition/sql-like", expected, over: Some(left.start..end), end: index + 2 }
        }
        None => Slip { place, key: "condition/sql-like-other", expected: String::new(), over: None, end: index + 1 },
    }
}

/// `BETWEEN 1 AND 5`, both ends included.
fn range(subject: &Subject<'_>, first: usize, index: usize, is_not: bool) -> Slip {
    let level = subject.tokens.get(index).map_or(0, |token| token.level);
    let left = operand_before(subject, first, is_joint);
    let (low, joint) = operand_behind(subject, index + 1, level, is_joint);
    let (high, end) = operand_behind(subject, joint + 1, level, is_joint);
    let is_joined = word(subject, joint) == Some("and");
    let fixed = || {
        let [(value, _), (low, _), (high, _)] =
            [operand(subject, &left)?, operand(subject, &low)?, operand(subject, &high)?];
        Some(format!("{}{low} <= {value} <= {high}", if is_not { "not " } else { "" }))
    };
    match fixed().filter(|_| is_joined) {
        Some(expected) => {
            Slip { place: place(subject, first, joint + 1), key: CODE, expected, over: Some(left.start..high.end), end }
        }
        None => Slip {
            place: place(subject, first, index + 1),
            key: "condition/sql-between",
            expected: String::new(),
            over: None,
            end: index + 1,
        },
    }
}
