//! `message/unknown-field`: the document has no such field, and its name or a text such as "no such element" is sent.

use std::rc::Rc;

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::ast::{ExprKind, Span};
use crate::message::reads::How;
use crate::message::walk::{self, Met};
use crate::python::Object;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let prepared = prepared(template);
    let mut found = Vec::new();
    for place in template.places {
        let document: &dyn Object = &**template.document;
        // Methods and properties of the class are no fields but are there; what is not known is not accused.
        let missing = match place.how {
            How::Directly => matches!(document.attribute(&place.field), Ok(None)),
            How::Get | How::Formatted => template.document.slot(&place.field).is_none(),
        };
        let covered =
            |span: &Span| span.range().start <= place.span.range().start && place.span.range().end <= span.range().end;
        if !missing || prepared.iter().any(covered) || template.document.slot(&place.field).is_some() {
            continue;
        }
        let span = template.original(place.span);
        let nearest = nearest(template, &place.field);
        let values = [("field", &*place.field), ("near", nearest.as_deref().unwrap_or_default())];
        let key = if nearest.is_some() { "message/unknown-field-near" } else { "message/unknown-field" };
        let severity = if place.how == How::Directly { Severity::Error } else { Severity::Warning };
        let finding = Finding::new(severity, "message/unknown-field", template.say(key, &values)).at(span.clone());
        found.push(match nearest {
            Some(name) => {
                let label = template.say("message/button-write", &[("text", &name)]);
                finding.with_fix(label, span, &*name)
            }
            None => finding,
        });
    }
    found
}

/// Places whose author reckons with a missing field: `|default(...)`, `is defined`.
fn prepared(template: &Template<'_>) -> Vec<Span> {
    let mut spans = Vec::new();
    walk::body(template.body, &mut |met| {
        let Met::Expr(expression) = met else { return };
        let (ExprKind::Filter(applied) | ExprKind::Test(applied)) = &expression.kind else { return };
        if matches!(&*applied.name, "default" | "d" | "defined" | "undefined") {
            spans.extend(applied.value.as_ref().map(|value| value.span));
        }
    });
    spans
}

/// The field that was probably meant: by a name that is almost the same, or by its label.
fn nearest(template: &Template<'_>, name: &str) -> Option<Rc<str>> {
    let fold = |text: &str| text.to_lowercase().replace([' ', '-'], "_");
    let wanted = fold(name);
    let labelled = template.document.doctype.fields.iter().find(|field| {
        field.label.as_deref().is_some_and(|label| fold(label) == wanted) || fold(&field.fieldname) == wanted
    });
    if let Some(field) = labelled {
        return Some(Rc::from(field.fieldname.as_str()));
    }
    let most = (wanted.chars().count() / 3).min(2);
    let distances = template.document.values.keys().map(|field| (distance(&wanted, field), field));
    distances
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, field)| Rc::clone(field))
}

/// How many letters to add, remove, change or swap with their neighbour (optimal string alignment).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut previous = None;
    for (row, l) in left.chars().enumerate() {
        let mut current = Vec::with_capacity(last.len());
        current.push(row + 1);
        let mut earlier = None;
        for (column, r) in right.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut best =
                (at(&last, column) + usize::from(l != *r)).min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            if column > 0 && previous == Some(*r) && earlier == Some(l) {
                best = best.min(at(&before, column - 1) + 1);
            }
            current.push(best);
            earlier = Some(*r);
        }
        before = std::mem::replace(&mut last, current);
        previous = Some(l);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn a_slip_of_the_finger_is_near() {
        for (left, right, expected) in [
            ("status", "statuss", 1),
            ("grand_total", "grand_toatl", 1),
            ("due", "date", 2),
            ("", "ab", 2),
            ("a", "a", 0),
        ] {
            assert_eq!(distance(left, right), expected, "{left} {right}");
        }
    }
}
