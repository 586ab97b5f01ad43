//! `doc.due_date == nowdate`: a function that is named but not called; as a condition it is always true.

use super::{Subject, tool};
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};

/// Functions that are useful without arguments.
const PLAIN: [&str; 6] = ["getdate", "now", "now_datetime", "nowdate", "nowtime", "today"];

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let code = "condition/not-called";
    let mut check = |node: &'_ Expr| {
        if !matches!(node.kind, Kind::Call(..)) && tool(node).is_some_and(|name| PLAIN.contains(&name)) {
            Some(node.span.clone())
        } else {
            None
        }
    };
    let mut spans: Vec<_> = subject.roots.iter().filter_map(|root| check(root)).collect();
    subject.nodes().for_each(|node| match &node.kind {
        Kind::Compare(first, links) => {
            spans.extend(check(first));
            spans.extend(links.iter().filter_map(|(_, operand)| check(operand)));
        }
        Kind::Logic(_, operands) => spans.extend(operands.iter().filter_map(&mut check)),
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
