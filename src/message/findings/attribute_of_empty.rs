//! `message/attribute-of-empty`: `doc.closed_on.year` where `closed_on` is empty. The text "no such element" is sent, or
//! the message fails.

use super::Template;
use super::fields::{contains, ready_to_extend};
use crate::finding::{Finding, Severity};
use crate::message::Answer;
use crate::message::ast::{Expr, ExprKind};
use crate::message::odd::Odd;
use crate::message::reads::How;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for node in &template.survey.reaches {
        let (ExprKind::Attribute(base, _) | ExprKind::Item(base, _)) = &node.kind else { continue };
        let Some(field) = template.fields.iter().find(|field| std::ptr::eq(field.node, &**base)) else { continue };
        let printed = template.survey.printed.iter().find(|value| contains(value.span, node.span));
        if field.place.how == How::Formatted || !template.is_none(field) || !happened(template, node, printed.copied())
        {
            continue;
        }
        let span = template.original(base.span);
        let message = template.say("message/attribute-of-empty", &[("field", &field.place.field)]);
        let finding = Finding::new(Severity::Error, "message/attribute-of-empty", message).at(span);
        found.push(match printed {
            Some(value) => {
                let text = &template.normalised.text;
                let test = text.get(base.span.range()).unwrap_or_default();
                let fixed = format!("{} if {test} else \"\"", ready_to_extend(value, text));
                template.with_fix(finding, "message/button-print-nothing", value.span, fixed)
            }
            None => finding,
        });
    }
    found
}

/// Whether the rendering came to this place and wrote or raised what it does there.
fn happened(template: &Template<'_>, node: &Expr, printed: Option<&Expr>) -> bool {
    let place = printed.map_or(node.span, |value| value.span);
    let raised = match template.answer {
        Answer::Error(exception) => exception.span.clone().is_some_and(|span| {
            let place = template.original(place);
            place.start <= span.start && span.end <= place.end && exception.message.starts_with("'None' has no")
        }),
        _ => false,
    };
    let wrote = |span, odd: &Odd| {
        contains(place, span) && matches!(odd, Odd::Undefined(text) if text.starts_with("{{ no such element: None["))
    };
    raised || template.odd.iter().any(|note| wrote(note.span, &note.odd))
}
