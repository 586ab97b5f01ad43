//! `doc.due_date == nowdate`: a function that is named but not called; as a condition it is always true.

use super::{Subject, document_field, tool};
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};

/// Functions that are useful without arguments.
const PLAIN: [&str; 6] = ["getdate", "now", "now_datetime", "nowdate", "nowtime", "today"];

/// Methods of a document that take nothing.
const METHODS: [&str; 4] = ["get_doc_before_save", "get_title", "get_url", "is_new"];

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/not-called";
    let is_field = |name: &str| subject.doctype.is_some_and(|doctype| doctype.field(name).is_some());
    let mut check = |node: &'_ Expr| {
        let method = document_field(node).is_some_and(|name| METHODS.contains(&name) && !is_field(name));
        let is_method = method && matches!(node.kind, Kind::Attribute(..));
        let is_tool = tool(node).is_some_and(|name| PLAIN.contains(&name));
        if !matches!(node.kind, Kind::Call(..)) && (is_tool || is_method) { Some(node.span.clone()) } else { None }
    };
    let mut spans: Vec<_> = subject.roots.iter().filter_map(|root| check(root)).collect();
    subject.nodes().for_each(|node| match &node.kind {
        Kind::Compare(first, links) => {
            spans.extend(check(first));
            spans.extend(links.iter().filter_map(|(_, operand)| check(operand)));
        }
        Kind::Logic(_, operands) => spans.extend(operands.iter().filter_map(&mut check)),
        Kind::Unary(_, operand) => spans.extend(check(operand)),
        _ => {}
    });
    spans
        .into_iter()
        .map(|span| {
            let name = subject.text.get(span.clone()).unwrap_or_default();
            let text = format!("{name}()");
            let message = subject.say(code, &[("expected", &text), ("found", name)]);
            let label = subject.say("condition/fix-replace", &[("text", &text)]);
            Finding::new(Severity::Error, code, message).at(span.clone()).with_fix(label, span, text)
        })
        .collect()
}
