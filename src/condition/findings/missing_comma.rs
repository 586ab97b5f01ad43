//! `doc.status in ["Open" "Closed"]`: without a comma Python reads two texts as one.

use std::ops::Range;

use super::{Subject, constant_text};
use crate::condition::ast::{Expr, Kind};
use crate::condition::lexer::TokenKind;
use crate::finding::{Finding, Severity};
use crate::python::operators::Comparison;

const CODE: &str = "condition/missing-comma";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Compare(_, links) = &node.kind else { continue };
        for (operator, right) in links {
            if matches!(operator, Comparison::In | Comparison::NotIn) {
                findings.extend(among(subject, right));
            }
        }
    }
    findings
}

fn among(subject: &Subject<'_>, list: &Expr) -> Option<Finding> {
    let items = match &list.kind {
        Kind::List(items) | Kind::Tuple(items) | Kind::Set(items) => items.as_slice(),
        Kind::Constant(_) => std::slice::from_ref(list),
        _ => return None,
    };
    let joined = items.iter().find_map(|item| texts(subject, item))?;
    let (first, second) = (joined.first()?, joined.get(1)?);
    let values = [("first", subject.text.get(first.clone())?), ("second", subject.text.get(second.clone())?)];
    let place = first.start..joined.last()?.end;
    let finding = subject.finding((Severity::Warning, CODE), CODE, place.clone(), &values);
    let written: Vec<&str> = joined.iter().filter_map(|place| subject.text.get(place.clone())).collect();
    let written = written.join(", ");
    // `in ("Open" "Closed")` has parentheses, `in "Open" "Closed"` has none.
    let before = subject.text.get(..place.start).unwrap_or_default().trim_end();
    let is_bare = matches!(list.kind, Kind::Constant(_)) && !before.ends_with('(');
    let written = if is_bare { format!("({written})") } else { written };
    Some(subject.replaced(finding, place, written))
}

/// The texts that one constant is written as; `None` when it is written as one.
pub fn texts(subject: &Subject<'_>, node: &Expr) -> Option<Vec<Range<usize>>> {
    constant_text(node)?;
    let start = subject.tokens.partition_point(|token| token.span.start < node.span.start);
    let inside = subject.tokens.get(start..)?.iter().take_while(|token| token.span.end <= node.span.end);
    let texts: Vec<Range<usize>> =
        inside.filter(|token| token.kind == TokenKind::String).map(|token| token.span.clone()).collect();
    (texts.len() > 1).then_some(texts)
}
