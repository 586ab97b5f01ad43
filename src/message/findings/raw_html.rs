//! `message/raw-html`: a field of formatted text, or a comment, goes out with its HTML, which chats show or mangle.

use super::Template;
use crate::finding::{Finding, Severity};
use crate::host::document::Slot;
use crate::message::ast::{Expr, ExprKind, Span, Target};
use crate::python::Value;

/// Takes tags away and turns entities into characters. The host's `strip_html` keeps the entities, and raises on an
/// empty field (measured).
const FILTER: &str = "|striptags";

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for value in &template.survey.printed {
        let name = match template.fields.iter().find(|field| std::ptr::eq(field.node, *value)) {
            Some(field) => {
                let formatted = matches!(field.fieldtype(template.document), "HTML Editor" | "Text Editor");
                if !formatted || !field.slot(template.document).is_some_and(is_html) {
                    continue;
                }
                &*field.place.field
            }
            None if is_comment(template, value) => "comment",
            None => continue,
        };
        let message = template.say("message/raw-html", &[("field", name)]);
        let finding = Finding::new(Severity::Warning, "message/raw-html", message).at(template.original(value.span));
        let end = value.span.range().end;
        found.push(template.with_fix(finding, "message/button-strip-tags", Span::new(end, end), FILTER.to_owned()));
    }
    found
}

fn is_html(slot: &Slot) -> bool {
    matches!(slot, Slot::Known(Value::Str(text)) if text.contains('<'))
}

/// `comments[0].comment`, or `c.comment` in a loop over `comments`: the timeline holds HTML.
fn is_comment(template: &Template<'_>, value: &Expr) -> bool {
    let base = match &value.kind {
        ExprKind::Attribute(base, name) if &**name == "comment" => base,
        ExprKind::Item(base, index) if matches!(&index.kind, ExprKind::Const(Value::Str(key)) if &**key == "comment") => {
            base
        }
        _ => return false,
    };
    let of_comments = |node: &Expr| {
        let node = match &node.kind {
            ExprKind::Slice(base, _) => base,
            ExprKind::Filter(applied) => match &applied.value {
                Some(value) => value,
                None => return false,
            },
            _ => node,
        };
        matches!(&node.kind, ExprKind::Name(name) if &**name == "comments") && !template.survey.sets("comments")
    };
    match &base.kind {
        ExprKind::Item(list, _) => of_comments(list),
        ExprKind::Filter(_) => of_comments(base),
        ExprKind::Name(name) => template.survey.loops.iter().any(|node| {
            matches!(&node.target, Target::Name(target, _) if target == name) && of_comments(&node.iterable)
        }),
        _ => false,
    }
}
