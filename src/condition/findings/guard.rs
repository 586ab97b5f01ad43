//! Fixes that read a field only where it is set: for the host `getdate(None)` is today, and `date_diff` counts from it.

use std::ops::Range;

use super::Subject;
use crate::condition::ast::{Expr, Kind, Logic};
use crate::finding::Finding;
use crate::python::operators::Comparison;

/// The same finding with a fix that writes `text` over a place of a comparison, and asks first whether `fields` are set.
/// Without a comparison around there is nothing to ask in front of, and no fix.
pub(super) fn replaced(
    subject: &Subject<'_>,
    finding: Finding,
    comparison: Option<&Expr>,
    fields: &[&Expr],
    (place, text): (Range<usize>, &str),
) -> Finding {
    let mut asked: Vec<&str> = Vec::new();
    for field in fields.iter().filter(|field| subject.read(field).is_some()) {
        let source = subject.source(field);
        if !asked.contains(&source) && !comparison.is_some_and(|whole| is_asked(subject, whole, source)) {
            asked.push(source);
        }
    }
    if asked.is_empty() {
        return subject.replaced(finding, place, text.to_owned());
    }
    let Some(comparison) = comparison else { return finding };
    let (Some(before), Some(after)) =
        (subject.text.get(comparison.span.start..place.start), subject.text.get(place.end..comparison.span.end))
    else {
        return finding;
    };
    let whole = match &comparison.kind {
        // What is not set differs from everything.
        Kind::Compare(_, links) if matches!(links.as_slice(), [(Comparison::NotEqual | Comparison::NotIn, _)]) => {
            format!("(not {} or {before}{text}{after})", asked.join(" or not "))
        }
        _ => format!("({} and {before}{text}{after})", asked.join(" and ")),
    };
    subject.replaced(finding, comparison.span.clone(), whole)
}

/// The smallest comparison that a part stands in.
pub(super) fn comparison_around<'a>(subject: &Subject<'a>, node: &Expr) -> Option<&'a Expr> {
    let holds = |whole: &&Expr| {
        matches!(whole.kind, Kind::Compare(..))
            && whole.span.start <= node.span.start
            && node.span.end <= whole.span.end
    };
    subject.nodes().filter(holds).min_by_key(|whole| whole.span.len())
}

/// Whether `field and …` asks already.
fn is_asked(subject: &Subject<'_>, part: &Expr, field: &str) -> bool {
    subject.nodes().any(|node| match &node.kind {
        Kind::Logic(Logic::And, operands) => {
            let mut before = operands.iter().take_while(|operand| operand.span.end <= part.span.start).peekable();
            let holds = node.span.start <= part.span.start && part.span.end <= node.span.end;
            holds && before.peek().is_some() && before.any(|operand| subject.source(operand) == field)
        }
        _ => false,
    })
}
