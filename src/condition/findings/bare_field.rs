//! `status == "Open"`: a field without `doc.` before it.

use std::collections::BTreeSet;

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
        let text = format!("doc.{word}");
        // `doc,status == "Open"`: a comma for the dot.
        let is_comma = index == 2
            && neighbour(Some(1)) == Some(TokenKind::Op(","))
            && subject.tokens.first().and_then(|first| subject.word(first)) == Some("doc");
        let place =
            if is_comma { subject.tokens.first().map_or(0, |first| first.span.start) } else { token.span.start };
        let place = place..token.span.end;
        let found = subject.text.get(place.clone()).unwrap_or(word);
        let message = subject.say(code, &[("found", found), ("expected", &text)]);
        let label = subject.say("condition/fix-replace", &[("text", &text)]);
        let finding = Finding::new(Severity::Error, code, message).at(place.clone());
        findings.push(finding.with_fix(label, place, text));
    }
    findings
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
