//! `doc.due_date == nowdate()`: on Days Before and Days After a date, which never equals a text; inside a save a text, which
//! never equals a date (host.md 2).

use super::{Subject, called_tool, constant_text};
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::host::{Field, State};
use crate::python::operators::Comparison;

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(state) = subject.state() else { return Vec::new() };
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Compare(first, links) = &node.kind else { continue };
        let [(operator, second)] = links.as_slice() else { continue };
        let sides = [(first.as_ref(), second), (second, first.as_ref())];
        let Some((side, other, field)) = sides.into_iter().find_map(|(side, other)| {
            let field = subject.field(side)?;
            matches!(field.fieldtype.as_str(), "Date" | "Datetime").then_some((side, other, field))
        }) else {
            continue;
        };
        let orders = matches!(
            operator,
            Comparison::Less | Comparison::LessOrEqual | Comparison::Greater | Comparison::GreaterOrEqual
        );
        if !orders && !matches!(operator, Comparison::Equal | Comparison::NotEqual) {
            continue;
        }
        findings.extend(mixed(subject, node, (side, other, field), state, orders));
    }
    findings
}

fn mixed(
    subject: &Subject<'_>,
    node: &Expr,
    (side, other, field): (&Expr, &Expr, &Field),
    state: State,
    orders: bool,
) -> Option<Finding> {
    let is_text = is_text(other);
    let is_moment = is_moment(other);
    let reader = if field.fieldtype == "Date" { "frappe.utils.getdate" } else { "frappe.utils.get_datetime" };
    let (code, place, text) = match state {
        State::Stored if is_text => {
            let now = if field.fieldtype == "Date" { "frappe.utils.getdate()" } else { "frappe.utils.now_datetime()" };
            let text = match called_tool(other) {
                Some("nowdate" | "today") if field.fieldtype == "Date" => String::from(now),
                Some("now") if field.fieldtype == "Datetime" => String::from(now),
                _ => format!("{reader}({})", subject.source(other)),
            };
            ("condition/date-compared-with-text", other, text)
        }
        State::Posted | State::Inserted if is_moment => {
            ("condition/text-compared-with-date", side, format!("{reader}({})", subject.source(side)))
        }
        _ => return None,
    };
    let key = match (code, orders) {
        ("condition/date-compared-with-text", false) => "condition/date-compared-with-text",
        ("condition/date-compared-with-text", true) => "condition/date-ordered-with-text",
        (_, false) => "condition/text-compared-with-date",
        (_, true) => "condition/text-ordered-with-date",
    };
    let message =
        subject.say(key, &[("field", subject.source(side)), ("found", subject.source(other)), ("expected", &text)]);
    let label = subject.say("condition/fix-replace", &[("text", &text)]);
    let severity = if orders { Severity::Error } else { Severity::Warning };
    Some(Finding::new(severity, code, message).at(node.span.clone()).with_fix(label, place.span.clone(), text))
}

/// Whether an expression is a text for sure.
fn is_text(node: &Expr) -> bool {
    if constant_text(node).is_some() {
        return true;
    }
    match called_tool(node) {
        Some("nowdate" | "today" | "now" | "nowtime" | "cstr" | "formatdate" | "format_date" | "get_date_str") => true,
        // These answer in the type of their first argument.
        Some("add_days" | "add_months" | "add_years") => match &node.kind {
            Kind::Call(_, arguments) => arguments.first().is_some_and(|argument| is_text(argument.value())),
            _ => false,
        },
        _ => false,
    }
}

/// Whether an expression is a date or datetime for sure.
fn is_moment(node: &Expr) -> bool {
    match called_tool(node) {
        Some("getdate" | "get_datetime" | "now_datetime") => true,
        Some("add_days" | "add_months" | "add_years") => match &node.kind {
            Kind::Call(_, arguments) => arguments.first().is_some_and(|argument| is_moment(argument.value())),
            _ => false,
        },
        _ => false,
    }
}
