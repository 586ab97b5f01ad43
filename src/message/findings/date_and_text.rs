//! `message/date-is-text`, `message/text-of-date`, `message/date-compared-with-text`: a date is a text while a document
//! is saved and a date object when it is read back (host.md 2). What works for one fails on the other.

use super::Template;
use super::fields::FieldPlace;
use crate::finding::{Finding, Severity};
use crate::host::State;
use crate::message::ast::{Expr, ExprKind, Span};
use crate::message::reads::How;
use crate::python::Value;

/// What dates have and texts do not, sorted.
const OF_DATES: [&str; 18] = [
    "ctime",
    "date",
    "day",
    "hour",
    "isocalendar",
    "isoformat",
    "isoweekday",
    "minute",
    "month",
    "second",
    "strftime",
    "time",
    "timestamp",
    "timetuple",
    "toordinal",
    "total_seconds",
    "weekday",
    "year",
];
/// What texts have and dates do not, sorted.
const OF_TEXTS: [&str; 14] = [
    "capitalize",
    "endswith",
    "find",
    "format",
    "join",
    "lower",
    "lstrip",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "title",
    "upper",
];

pub(super) fn find(template: &Template<'_>) -> Vec<Finding> {
    let stored = template.document.state == State::Stored;
    let mut found = Vec::new();
    for node in &template.survey.reaches {
        let (base, name) = match &node.kind {
            ExprKind::Attribute(base, name) => (&**base, &**name),
            ExprKind::Slice(base, _) => (&**base, ""),
            _ => continue,
        };
        let Some((field, fieldtype)) = date_field(template, base) else { continue };
        let (code, function) = match fieldtype {
            "Date" if !stored && OF_DATES.binary_search(&name).is_ok() => ("message/date-is-text", "getdate"),
            "Datetime" if !stored && OF_DATES.binary_search(&name).is_ok() => ("message/date-is-text", "get_datetime"),
            "Date" | "Datetime" if stored && (name.is_empty() || OF_TEXTS.binary_search(&name).is_ok()) => {
                ("message/text-of-date", "cstr")
            }
            _ => continue,
        };
        found.push(wrapped(template, code, field, base.span, function));
    }
    if stored {
        found.extend(template.survey.compared.iter().filter_map(|node| compared(template, node)));
    }
    found
}

/// The field of a date that an expression is, not formatted, and its fieldtype.
fn date_field<'a>(template: &'a Template<'_>, node: &Expr) -> Option<(&'a FieldPlace<'a>, &'a str)> {
    let field = template.fields.iter().find(|field| std::ptr::eq(field.node, node))?;
    let fieldtype = field.fieldtype(template.document);
    let is_date = matches!(fieldtype, "Date" | "Datetime") && field.place.how != How::Formatted;
    is_date.then_some((field, fieldtype))
}

fn wrapped(template: &Template<'_>, code: &'static str, field: &FieldPlace<'_>, span: Span, function: &str) -> Finding {
    let written = template.normalised.text.get(span.range()).unwrap_or_default();
    let message = template.say(code, &[("field", &field.place.field)]);
    let finding = Finding::new(Severity::Error, code, message).at(template.original(span));
    template.with_written(finding, span, format!("frappe.utils.{function}({written})"))
}

/// `doc.due_date < frappe.utils.nowdate()`, `doc.due_date == "2026-11-20"`: dates and texts are never equal and cannot be
/// ordered.
fn compared(template: &Template<'_>, node: &Expr) -> Option<Finding> {
    let ExprKind::Compare(first, links) = &node.kind else { return None };
    let [(_, second)] = links.as_slice() else { return None };
    let ((field, _), other) = date_field(template, first)
        .map(|field| (field, second))
        .or_else(|| Some((date_field(template, second)?, first)))?;
    let text = &template.normalised.text;
    let fixed = match &other.kind {
        ExprKind::Const(Value::Str(day)) if day.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("frappe.utils.getdate({})", text.get(other.span.range())?)
        }
        ExprKind::Call(call) if call.arguments.positional.is_empty() => match text.get(call.callee.span.range())? {
            "frappe.utils.nowdate" | "frappe.utils.today" => String::from("frappe.utils.getdate()"),
            _ => return None,
        },
        _ => return None,
    };
    // A moment is neither equal to nor ordered with a day.
    let is_day = field.fieldtype(template.document) == "Date";
    let code = "message/date-compared-with-text";
    let written = text.get(other.span.range())?;
    let message = template.say(code, &[("field", &field.place.field), ("found", written)]);
    let finding = Finding::new(Severity::Error, code, message).at(template.original(node.span));
    Some(if is_day { template.with_written(finding, other.span, fixed) } else { finding })
}
