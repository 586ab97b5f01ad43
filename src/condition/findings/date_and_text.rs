//! `doc.due_date == nowdate()`: on Days Before and Days After a date, which never equals a text; inside a save a text, which
//! never equals a date (host.md 2). A date never equals a moment, and two dates have no number between them.

use super::date_order::{self, Written};
use super::{Subject, called_tool, constant_text, guard};
use crate::condition::ast::{Argument, Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::host::State;
use crate::python::Value;
use crate::python::operators::{Binary, Comparison};

/// What an expression is for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    Text,
    Date,
    Moment,
}

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in subject.nodes() {
        if let Kind::Attribute(value, name) = &node.kind
            && &**name == "days"
        {
            findings.extend(text_difference(subject, node, value));
        }
        let Kind::Compare(first, links) = &node.kind else { continue };
        let mut left = first.as_ref();
        let alone = (links.len() == 1).then_some(node);
        for (operator, right) in links {
            let place = left.span.start..right.span.end;
            let place = alone.map_or(place, |node| node.span.clone());
            match operator {
                Comparison::In | Comparison::NotIn => findings.extend(among(subject, node, left, right)),
                Comparison::Is | Comparison::IsNot => {}
                _ => {
                    let found = mixed(subject, alone, (left, *operator, right))
                        .or_else(|| time(subject, (left, *operator, right)))
                        .or_else(|| time(subject, (right, *operator, left)));
                    findings.extend(found.map(|finding| finding.at(place)));
                    findings.extend(
                        difference(subject, alone, (left, right)).or_else(|| difference(subject, alone, (right, left))),
                    );
                }
            }
            left = right;
        }
    }
    findings
}

/// `alone`: the whole comparison, when it is one of two sides.
fn mixed(
    subject: &Subject<'_>,
    alone: Option<&Expr>,
    (left, operator, right): (&Expr, Comparison, &Expr),
) -> Option<Finding> {
    let orders = !matches!(operator, Comparison::Equal | Comparison::NotEqual);
    let (date, kind, other, its) = match (is(subject, left)?, is(subject, right)?) {
        (kind @ (Is::Date | Is::Moment), Is::Text) => (left, kind, right, Is::Text),
        (Is::Text, kind @ (Is::Date | Is::Moment)) => (right, kind, left, Is::Text),
        (Is::Date, Is::Moment) => (left, Is::Date, right, Is::Moment),
        (Is::Moment, Is::Date) => (right, Is::Date, left, Is::Moment),
        _ => return None,
    };
    let is_field = |side: &Expr| subject.read(side).is_some();
    let (place, expected, is_known) = match constant_text(other).map(date_order::written) {
        // Whether the field is set is what `== ""` asks.
        Some(Written::Empty) if !orders && is_field(date) => match alone {
            Some(node) => {
                let not = if operator == Comparison::Equal { "not " } else { "" };
                (node.span.clone(), format!("{not}{}", subject.source(date)), true)
            }
            None => (other.span.clone(), String::from("None"), true),
        },
        Some(Written::Empty | Written::Unclear | Written::NoDate) => {
            (other.span.clone(), format!("{}(\"2026-11-20\")", tool_of(kind)), false)
        }
        _ => (other.span.clone(), read_as(subject, kind, other), true),
    };
    // A moment is never the midnight that a day begins with.
    let day = (kind == Is::Moment && !orders && is_field(date))
        .then(|| called_tool(other))
        .flatten()
        .filter(|tool| matches!(*tool, "nowdate" | "today"));
    let (place, expected) = match (day, alone) {
        (Some(_), Some(node)) => {
            let sign = if operator == Comparison::Equal { "==" } else { "!=" };
            (node.span.clone(), format!("frappe.utils.getdate({}) {sign} frappe.utils.getdate()", subject.source(date)))
        }
        _ => (place, expected),
    };
    let (code, keys) = match its {
        Is::Text if subject.state() == Some(State::Stored) && is_field(date) => {
            let keys = ["condition/date-compared-with-text", "condition/date-ordered-with-text"];
            ("condition/date-compared-with-text", keys)
        }
        Is::Text if is_field(other) => {
            let keys = ["condition/text-compared-with-date", "condition/text-ordered-with-date"];
            ("condition/text-compared-with-date", keys)
        }
        Is::Text => {
            ("condition/date-compared-with-text", ["condition/date-and-text", "condition/date-and-text-ordered"])
        }
        _ => {
            ("condition/date-compared-with-moment", ["condition/date-and-moment", "condition/date-and-moment-ordered"])
        }
    };
    let key = if orders { keys[1] } else { keys[0] };
    // The sentences about a save speak of the field first, which is the text there.
    let (field, found) = if code == "condition/text-compared-with-date" { (other, date) } else { (date, other) };
    let values = [("field", subject.source(field)), ("found", subject.source(found)), ("expected", expected.as_str())];
    let severity = if orders { Severity::Error } else { Severity::Warning };
    let finding = subject.finding((severity, code), key, other.span.clone(), &values);
    // A field that is ordered fails where it is not set; one that is read by a tool is today there.
    let mut read: Vec<&Expr> = Vec::new();
    read.extend((orders && is_known && is_field(other)).then_some(date));
    read.extend(day.map(|_| date));
    read.push(other);
    Some(if is_known { guard::replaced(subject, finding, alone, &read, (place, &expected)) } else { finding })
}

/// `doc.due_date in ("2026-11-20", nowdate())`.
fn among(subject: &Subject<'_>, node: &Expr, left: &Expr, right: &Expr) -> Option<Finding> {
    let (items, open, close) = match &right.kind {
        Kind::Tuple(items) => (items, "(", if items.len() == 1 { ",)" } else { ")" }),
        Kind::List(items) => (items, "[", "]"),
        Kind::Set(items) => (items, "{", "}"),
        _ => return None,
    };
    let kind = is(subject, left).filter(|kind| *kind != Is::Text)?;
    let is_text = |item: &Expr| is(subject, item) == Some(Is::Text);
    let text = items.iter().find(|item| is_text(item))?;
    // Nobody knows which of two dates is meant, or what a text without a date means; and a field may be empty.
    let is_unclear = |item: &Expr| match constant_text(item) {
        Some(text) => !matches!(date_order::written(text), Written::Date(_)),
        None => is_text(item) && subject.read(item).is_some(),
    };
    let written = |item: &Expr| {
        if is_text(item) { read_as(subject, kind, item) } else { subject.source(item).to_owned() }
    };
    let fixed = format!("{open}{}{close}", items.iter().map(written).collect::<Vec<_>>().join(", "));
    let code = "condition/date-compared-with-text";
    let key = if subject.state() == Some(State::Stored) { code } else { "condition/date-and-text" };
    let expected = read_as(subject, kind, text);
    let values = [("field", subject.source(left)), ("found", subject.source(text)), ("expected", expected.as_str())];
    let finding = subject.finding((Severity::Warning, code), key, node.span.clone(), &values);
    Some(if items.iter().any(is_unclear) { finding } else { subject.replaced(finding, right.span.clone(), fixed) })
}

/// `doc.opening_time > "08:00:00"`: read from the database a time is the length since midnight (host.md 2).
fn time(subject: &Subject<'_>, (side, operator, other): (&Expr, Comparison, &Expr)) -> Option<Finding> {
    let is_time = subject.read(side)?.fieldtype == "Time" && subject.state() == Some(State::Stored);
    if !is_time || is(subject, other) != Some(Is::Text) {
        return None;
    }
    let orders = !matches!(operator, Comparison::Equal | Comparison::NotEqual);
    let (key, severity) = if orders {
        ("condition/time-ordered-with-text", Severity::Error)
    } else {
        ("condition/time-compared-with-text", Severity::Warning)
    };
    let values = [("field", subject.source(side)), ("found", subject.source(other))];
    Some(subject.finding((severity, "condition/date-compared-with-text"), key, other.span.clone(), &values))
}

/// `doc.due_date - frappe.utils.getdate() > 3`: what lies between two dates is no number.
fn difference(subject: &Subject<'_>, alone: Option<&Expr>, (side, other): (&Expr, &Expr)) -> Option<Finding> {
    let code = "condition/date-difference";
    let Kind::Binary(Binary::Subtract, to, from) = &side.kind else { return None };
    let is_number = matches!(&other.kind, Kind::Constant(Value::Int(_) | Value::Float(_)));
    if !is_number || !is_dated(subject, to) || !is_dated(subject, from) {
        return None;
    }
    let expected = days_between(subject, to, from);
    let values = [("expected", expected.as_str()), ("found", subject.source(side))];
    let finding = subject.finding((Severity::Error, code), code, side.span.clone(), &values);
    Some(guard::replaced(subject, finding, alone, &[to, from], (side.span.clone(), &expected)))
}

/// `(doc.due_date - doc.start).days`: while a document is saved both are texts.
fn text_difference(subject: &Subject<'_>, node: &Expr, value: &Expr) -> Option<Finding> {
    let Kind::Binary(Binary::Subtract, to, from) = &value.kind else { return None };
    let is_text = [to, from].into_iter().any(|side| is(subject, side) == Some(Is::Text));
    if !is_text || !is_dated(subject, to) || !is_dated(subject, from) {
        return None;
    }
    let expected = days_between(subject, to, from);
    let values = [("expected", expected.as_str()), ("found", subject.source(node))];
    let code = "condition/date-difference";
    let finding =
        subject.finding((Severity::Error, code), "condition/date-difference-saved", node.span.clone(), &values);
    let around = guard::comparison_around(subject, node);
    Some(guard::replaced(subject, finding, around, &[to, from], (node.span.clone(), &expected)))
}

fn days_between(subject: &Subject<'_>, to: &Expr, from: &Expr) -> String {
    format!("frappe.utils.date_diff({}, {})", subject.source(to), subject.source(from))
}

/// Whether it is a date, a moment, or a text that says one.
fn is_dated(subject: &Subject<'_>, node: &Expr) -> bool {
    matches!(subject.read(node).map(|read| read.fieldtype), Some("Date" | "Datetime"))
        || matches!(called_tool(node), Some("nowdate" | "today" | "now"))
        || is(subject, node).is_some_and(|kind| kind != Is::Text)
}

/// What reads a text as a date or a moment.
fn tool_of(kind: Is) -> &'static str {
    if kind == Is::Date { "frappe.utils.getdate" } else { "frappe.utils.get_datetime" }
}

/// The expression as a date or a moment.
fn read_as(subject: &Subject<'_>, kind: Is, node: &Expr) -> String {
    let source = match constant_text(node).and_then(date_order::other_order) {
        Some(Some(date)) => &*format!("'{date}'"),
        _ => subject.source(node),
    };
    match (kind, called_tool(node)) {
        (Is::Date, Some("nowdate" | "today" | "now_datetime")) => String::from("frappe.utils.getdate()"),
        (Is::Moment, Some("now")) => String::from("frappe.utils.now_datetime()"),
        _ => format!("{}({source})", tool_of(kind)),
    }
}

/// What an expression is, when that is sure.
fn is(subject: &Subject<'_>, node: &Expr) -> Option<Is> {
    if constant_text(node).is_some() {
        return Some(Is::Text);
    }
    if let Some(read) = subject.read(node) {
        return match (read.fieldtype, subject.state()?) {
            ("Date", State::Stored) => Some(Is::Date),
            ("Datetime", State::Stored) => Some(Is::Moment),
            ("Date" | "Datetime", _) => Some(Is::Text),
            _ => None,
        };
    }
    let Kind::Call(_, arguments) = &node.kind else { return None };
    match called_tool(node)? {
        "nowdate" | "today" | "now" | "nowtime" | "cstr" | "formatdate" | "format_date" | "get_date_str" => {
            Some(Is::Text)
        }
        "getdate" => Some(Is::Date),
        "get_datetime" | "now_datetime" => Some(Is::Moment),
        // These answer in the type of their first argument.
        "add_days" | "add_months" | "add_to_date" | "add_years" => {
            let written = |argument: &Argument, wanted: &str| match argument {
                Argument::Keyword(name, value) => &**name == wanted && !is_off(value),
                _ => false,
            };
            if arguments.iter().any(|argument| written(argument, "as_string")) {
                return Some(Is::Text);
            }
            match arguments.first()? {
                Argument::Positional(first) if matches!(first.kind, Kind::Constant(Value::None)) => Some(Is::Moment),
                Argument::Positional(first) => is(subject, first),
                _ => None,
            }
        }
        _ => None,
    }
}

fn is_off(value: &Expr) -> bool {
    matches!(value.kind, Kind::Constant(Value::Bool(false) | Value::None))
        || matches!(&value.kind, Kind::Constant(Value::Int(_)))
}
