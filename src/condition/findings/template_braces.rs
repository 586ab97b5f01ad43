//! `{{ doc.status }} == "Open"`, `doc.status == "{{ doc.before }}"`: the braces of a message, which a condition does not have.

use std::ops::Range;

use super::{Subject, constant_text};
use crate::condition::ast::Kind;
use crate::condition::lexer::{Token, TokenKind};
use crate::condition::parser;
use crate::finding::{Finding, Severity};

const CODE: &str = "condition/template-braces";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    if !subject.text.contains(['%', '{']) {
        return Vec::new();
    }
    let trimmed = subject.text.trim();
    let start = subject.text.len() - subject.text.trim_start().len();
    let span = start..start + trimmed.len();
    if trimmed.starts_with("{%") {
        let finding = subject.finding((Severity::Error, CODE), CODE, span, &[("found", "{% %}")]);
        return vec![match asked(trimmed) {
            Some(inner) => subject.replaced(finding, 0..subject.text.len(), inner.to_owned()),
            None => finding,
        }];
    }
    let inside = in_texts(subject);
    if !inside.is_empty() || !trimmed.contains("{{") {
        return inside;
    }
    let places = braces(subject.tokens);
    let Some(first) = places.first() else { return Vec::new() };
    let span =
        if places.len() == 1 { first.start..places.iter().map(|place| place.end).max().unwrap_or(0) } else { span };
    let finding = subject.finding((Severity::Error, CODE), CODE, span, &[("found", "{{ }}")]);
    let (mut fixed, mut at) = (String::new(), 0);
    for place in &places {
        fixed.push_str(subject.text.get(at..place.start).unwrap_or_default());
        fixed.push_str(subject.text.get(place.start + 2..place.end - 2).unwrap_or_default().trim());
        at = place.end;
    }
    fixed.push_str(subject.text.get(at..).unwrap_or_default());
    let label = subject.say("condition/fix-remove", &[("text", "{{ }}")]);
    vec![finding.with_fix(label, 0..subject.text.len(), fixed.trim())]
}

/// What `{% if x %}...{% endif %}` asks, when that is all of it.
fn asked(text: &str) -> Option<&str> {
    let (head, rest) = text.strip_prefix("{%")?.split_once("%}")?;
    let inner = head.trim_matches(['-', ' ']).strip_prefix("if ")?.trim();
    (rest.matches("{%").count() == 1 && rest.contains("endif") && parser::parse(inner).is_ok()).then_some(inner)
}

/// The places of `{{ ... }}` outside of texts. Python has no use for them: neither a set nor a dict is an item of a set.
fn braces(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    for pair in tokens.windows(2) {
        let [one, two] = pair else { continue };
        let meet = one.span.end == two.span.start;
        match (&one.kind, &two.kind) {
            (TokenKind::Op("{"), TokenKind::Op("{")) if meet && open.is_none() => open = Some(one.span.start),
            (TokenKind::Op("}"), TokenKind::Op("}")) if meet => {
                places.extend(open.take().map(|start| start..two.span.end));
            }
            _ => {}
        }
    }
    places
}

/// Texts that are nothing but an expression in braces.
fn in_texts(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Constant(_) = &node.kind else { continue };
        let inner = constant_text(node)
            .and_then(|text| text.trim().strip_prefix("{{")?.strip_suffix("}}"))
            .map(str::trim)
            .filter(|inner| parser::parse(inner).is_ok());
        if let Some(inner) = inner {
            let values = [("found", subject.source(node)), ("expected", inner)];
            let key = "condition/template-braces-in-text";
            let finding = subject.finding((Severity::Warning, CODE), key, node.span.clone(), &values);
            findings.push(subject.replaced(finding, node.span.clone(), inner.to_owned()));
        }
    }
    findings
}
