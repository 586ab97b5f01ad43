//! `message/object-printed`: a whole document or table is written, such as `[<Item: 7e38008044>]`.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::message::ast::ExprKind;
use crate::message::odd::Odd;

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for note in template.odd.iter().filter(|note| matches!(note.odd, Odd::Document | Odd::Rows)) {
        let Some(node) = template.node(note.span) else { continue };
        let written = template.normalised.text.get(note.span.range()).unwrap_or_default();
        let message = template.say("message/object-printed", &[("found", written)]);
        let finding = Finding::new(Severity::Warning, "message/object-printed", message);
        let finding = finding.at(template.original(note.span));
        let fixed = match (&note.odd, &node.kind) {
            // The name of a row says nothing to anybody.
            (Odd::Document, ExprKind::Name(name)) if &**name == "doc" => format!("{written}.name"),
            (Odd::Rows, ExprKind::Attribute(..) | ExprKind::Item(..) | ExprKind::Call(_)) => {
                format!("{written}|length")
            }
            _ => {
                found.push(finding);
                continue;
            }
        };
        found.push(template.with_written(finding, note.span, fixed));
    }
    found
}
