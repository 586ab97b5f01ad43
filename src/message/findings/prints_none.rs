//! `message/prints-none`: an empty field, or another expression without a value, writes the word "None".

use super::Template;
use super::fields::ready_to_extend;
use crate::finding::{Finding, Severity};
use crate::message::ast::ExprKind;
use crate::message::odd::Odd;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for note in template.odd.iter().filter(|note| note.odd == Odd::None) {
        let Some(node) = template.node(note.span) else { continue };
        let text = &template.normalised.text;
        let written = text.get(note.span.range()).unwrap_or_default();
        let field = template.fields.iter().find(|field| field.node.span == note.span);
        let (key, shown) = match (field, &node.kind) {
            (_, ExprKind::Filter(applied)) if matches!(&*applied.name, "default" | "d") => {
                ("message/default-of-none", written)
            }
            (Some(field), _) => ("message/prints-none", &*field.place.field),
            _ => ("message/expression-prints-none", written),
        };
        let message = template.say(key, &[("field", shown)]);
        let finding = Finding::new(Severity::Warning, "message/prints-none", message);
        let finding = finding.at(template.original(note.span));
        let label = "message/button-print-nothing";
        found.push(if note.part {
            template.with_fix(finding, label, note.span, format!("({} or \"\")", ready_to_extend(node, text)))
        } else if let ExprKind::Filter(applied) = &node.kind
            && key == "message/default-of-none"
            && let [otherwise] = applied.arguments.positional.as_slice()
            && applied.arguments.keyword.is_empty()
        {
            // `default` takes the place of what is undefined; with `true` also of what is empty.
            let end = otherwise.span.range().end;
            template.with_fix(
                finding,
                "message/button-default",
                crate::message::ast::Span::new(end, end),
                ", true".to_owned(),
            )
        } else if matches!(node.kind, ExprKind::Conditional(_) | ExprKind::Tuple(_)) {
            template.with_fix(finding, label, note.span, format!("{} or \"\"", ready_to_extend(node, text)))
        } else {
            let end = note.span.range().end;
            template.with_fix(finding, label, crate::message::ast::Span::new(end, end), " or \"\"".to_owned())
        });
    }
    found
}
