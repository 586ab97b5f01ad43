//! `message/prints-undefined`: what is not there writes a text such as `{{ no such element: ... }}`, which is sent as it is
//! (host.md 3).

use super::Template;
use super::fields::ready_to_extend;
use crate::finding::{Finding, Severity};
use crate::message::ast::ExprKind;
use crate::message::odd::Odd;

pub(super) fn find(template: &Template<'_>, before: &[Finding]) -> Vec<Finding> {
    let mut found = Vec::new();
    for note in template.odd {
        let Odd::Undefined(shown) = &note.odd else { continue };
        let span = template.original(note.span);
        // Another finding says it better: a field or name that is not there.
        let said = before.iter().any(|finding| {
            finding.severity == Severity::Error
                && finding.span.as_ref().is_some_and(|known| span.start <= known.start && known.end <= span.end)
        });
        let Some(node) = template.node(note.span).filter(|_| !said) else { continue };
        if matches!(&node.kind, ExprKind::Name(name) if !template.survey.sets(name)) {
            continue;
        }
        let message = template.say("message/prints-undefined", &[("found", shown)]);
        let finding = Finding::new(Severity::Warning, "message/prints-undefined", message).at(span);
        if let ExprKind::Attribute(base, name) = &node.kind
            && &**name == "length"
        {
            let base = template.normalised.text.get(base.span.range()).unwrap_or_default();
            found.push(template.with_written(finding, note.span, format!("{base}|length")));
            continue;
        }
        let fixed = format!("{} or \"\"", ready_to_extend(node, &template.normalised.text));
        found.push(template.with_fix(finding, "message/button-print-nothing", note.span, fixed));
    }
    found
}
