//! `status == "Open"`: a field without `doc.` before it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Subject;
use crate::condition::lexer::TokenKind;
use crate::condition::parser::KEYWORDS;
use crate::finding::{Finding, Severity};
use crate::host::meta::default_field;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/bare-field";
    let mut findings = Vec::new();
    let names = std::cell::OnceCell::new();
    let bound = |word| names.get_or_init(|| bound_names(subject)).contains(word);
    for (index, token) in subject.tokens.iter().enumerate() {
        let Some(word) = subject.word(token) else { continue };
        let neighbour = |at: Option<usize>| at.and_then(|at| subject.tokens.get(at)).map(|token| token.kind);
        let after_dot = neighbour(index.checked_sub(1)) == Some(TokenKind::Op("."));
        let is_keyword_argument = token.level > 0 && neighbour(Some(index + 1)) == Some(TokenKind::Op("="));
        let is_free = |word| !after_dot && !is_keyword_argument && !matches!(word, "doc" | "nowdate" | "frappe");
        if !is_free(word) || !is_field(subject, word) || KEYWORDS.contains(&word) || bound(word) {
            continue;
        }
        let (place, text) = meant(subject, index, word);
        let found = subject.text.get(place.clone()).unwrap_or(word);
        let message = subject.say(code, &[("found", found), ("expected", &text)]);
        let label = subject.say("condition/fix-replace", &[("text", &text)]);
        let finding = Finding::new(Severity::Error, code, message).at(place.clone());
        findings.push(finding.with_fix(label, place, text));
    }
    findings
}

/// What is replaced, and by what: the word alone, or `doc` and whatever stands between them too.
fn meant(subject: &Subject<'_>, index: usize, word: &str) -> (Range<usize>, String) {
    let token = |back: usize| index.checked_sub(back).and_then(|at| subject.tokens.get(at));
    let op = |back: usize| match token(back).map(|token| token.kind) {
        Some(TokenKind::Op(op)) => op,
        _ => "",
    };
    let is_word = |back: usize, wanted: &str| token(back).and_then(|token| subject.word(token)) == Some(wanted);
    let own = subject.tokens.get(index).map_or(0..0, |token| token.span.clone());
    let field = format!("doc.{word}");
    let from = |back: usize| token(back).map_or(own.start, |token| token.span.start);
    // `doc.get(status)` asks for the field that the status names.
    if op(1) == "(" && is_word(2, "get") && op(3) == "." && is_word(4, "doc") {
        return (own, format!("\"{word}\""));
    }
    if !is_word(2, "doc") || is_word(3, "lambda") || op(3) == "." {
        return (own, field);
    }
    let closing = subject.tokens.get(index + 1).filter(|next| next.kind == TokenKind::Op("]"));
    let is_joined =
        token(2).zip(token(1)).is_some_and(|(doc, sign)| doc.span.end == sign.span.start && sign.span.end == own.start);
    match (op(1), closing) {
        ("[", Some(closing)) => (from(2)..closing.span.end, field),
        // `doc,status == "Open"`, `doc->status`: another sign for the dot.
        (",", _) if index == 2 => (from(2)..own.end, field),
        ("->" | "-" | ":", _) if is_joined => (from(2)..own.end, field),
        _ => (own, field),
    }
}

/// Whether the document has a field of this name.
pub(super) fn is_field(subject: &Subject<'_>, name: &str) -> bool {
    subject.doctype.is_some_and(|doctype| doctype.field(name).is_some() || !default_field(name).is_empty())
}

/// The field whose label this is, written as a name.
pub(super) fn by_label<'a>(subject: &Subject<'a>, name: &str) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace([' ', '-', '\''], "_");
    let wanted = plain(name);
    let fields = subject.doctype.iter().flat_map(|doctype| doctype.fields.iter());
    let mut labelled = fields.filter(|field| field.label.as_deref().is_some_and(|label| plain(label) == wanted));
    labelled.next().map(|field| field.fieldname.as_str())
}

/// Names between `for` and `in`, between `lambda` and `:`, and those that a block assigns.
pub(super) fn bound_names<'a>(subject: &Subject<'a>) -> BTreeSet<&'a str> {
    let mut bound = BTreeSet::new();
    // `status = "Open"` alone is a slip; with more lines after it it is a variable.
    let more = subject.has_lines();
    let mut until = None;
    for (index, token) in subject.tokens.iter().enumerate() {
        match (subject.word(token), token.kind, until) {
            (Some("for"), ..) => until = Some("in"),
            (Some("lambda"), ..) => until = Some(":"),
            (Some("in"), _, Some("in")) | (None, TokenKind::Op(":"), Some(":")) => until = None,
            (Some(word), ..) if until.is_some() => {
                bound.insert(word);
            }
            (Some(word), ..) if token.level == 0 => {
                let next = subject.tokens.get(index + 1).map(|next| next.kind);
                let starts = index == 0
                    || matches!(subject.tokens.get(index - 1).map(|before| before.kind), Some(TokenKind::Newline));
                if starts && more && next == Some(TokenKind::Op("=")) {
                    bound.insert(word);
                }
            }
            _ => {}
        }
    }
    bound
}
