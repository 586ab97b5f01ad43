//! `doc.status in "Open"`, `doc.status in ("Open")`: parentheses alone make no list, so a part of the text is looked for.

use super::{MOST_OF_ONE, Subject, constant_text};
use crate::condition::ast::{Expr, Kind};
use crate::condition::lexer::TokenKind;
use crate::finding::{Finding, Severity};
use crate::python::operators::Comparison;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in subject.nodes() {
        // Each is looked for among all tokens.
        if findings.len() >= MOST_OF_ONE {
            break;
        }
        let Kind::Compare(left, links) = &node.kind else { continue };
        let [(operator, right)] = links.as_slice() else { continue };
        let word = match operator {
            Comparison::In => "in",
            Comparison::NotIn => "not in",
            _ => continue,
        };
        if let (Some(_), Some(text)) = (subject.read(left), constant_text(right)) {
            findings.push(part_of(subject, node, (left, word, right), text));
        }
    }
    findings
}

fn part_of(subject: &Subject<'_>, node: &Expr, (left, word, right): (&Expr, &str, &Expr), text: &str) -> Finding {
    let code = "condition/part-of-text";
    let inside = |span: &std::ops::Range<usize>| span.start >= right.span.start && span.end <= right.span.end;
    let written: Vec<&str> = subject
        .tokens
        .iter()
        .filter(|token| token.kind == TokenKind::String && inside(&token.span))
        .filter_map(|token| subject.text.get(token.span.clone()))
        .collect();
    let choices: Vec<String> = match written.as_slice() {
        [_] if text.contains(',') && !text.contains(['"', '\\']) => text
            .split(',')
            .map(str::trim)
            .filter(|choice| !choice.is_empty())
            .map(|choice| format!("\"{choice}\""))
            .collect(),
        // `("Open" "Closed")`: a comma is missing.
        several => several.iter().map(|&text| text.to_owned()).collect(),
    };
    let side = subject.source(left);
    let fixed = match choices.as_slice() {
        [only] => format!("{side} {} {only}", if word == "in" { "==" } else { "!=" }),
        several => format!("{side} {word} ({})", several.join(", ")),
    };
    let values = [("expected", fixed.as_str()), ("found", subject.source(right))];
    let finding = subject.finding((Severity::Warning, code), code, node.span.clone(), &values);
    subject.replaced(finding, node.span.clone(), fixed)
}
