//! `doc.due_date == "20/11/2026"`: while a document is saved a date is a text that begins with its year (host.md 2), and one
//! in another order is never equal to it and stands nowhere in its order.

use super::{Subject, constant_text};
use crate::condition::ast::{Expr, Kind};
use crate::finding::{Finding, Severity};
use crate::host::State;
use crate::python::operators::Comparison;

const CODE: &str = "condition/date-order";

pub fn find(subject: &Subject<'_>) -> Vec<Finding> {
    // Where the document is read from the database, the remark about dates and texts tells.
    if subject.state() == Some(State::Stored) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for node in subject.nodes() {
        let Kind::Compare(first, links) = &node.kind else { continue };
        let mut left = first.as_ref();
        for (operator, right) in links {
            let items = match (operator, &right.kind) {
                (Comparison::In | Comparison::NotIn, Kind::List(items) | Kind::Tuple(items) | Kind::Set(items)) => {
                    items.as_slice()
                }
                (Comparison::In | Comparison::NotIn, _) => &[],
                _ => std::slice::from_ref(right),
            };
            findings.extend(items.iter().filter_map(|item| told(subject, left, item)));
            findings.extend(told(subject, right, left));
            left = right;
        }
    }
    findings
}

fn told(subject: &Subject<'_>, field: &Expr, text: &Expr) -> Option<Finding> {
    let order = other_order(constant_text(text)?)?;
    let fieldtype = subject.read(field)?.fieldtype;
    if !matches!(fieldtype, "Date" | "Datetime") {
        return None;
    }
    let values = [("found", subject.source(text))];
    let finding = subject.finding((Severity::Warning, CODE), CODE, text.span.clone(), &values);
    Some(match order {
        // A moment beside a date says more than the date can be.
        Some(date) if fieldtype == "Datetime" || !date.contains(' ') => {
            subject.replaced(finding, text.span.clone(), format!("'{date}'"))
        }
        _ => finding,
    })
}

/// What a text says to somebody who looks for a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// This date, as the host writes it.
    Date(String),
    /// One of two dates.
    Unclear,
    /// Nothing: the field is asked whether it is set.
    Empty,
    /// Something else, such as “today”.
    NoDate,
}

/// Reads a text as a date in any order.
pub fn written(text: &str) -> Written {
    let text = text.trim();
    if text.is_empty() {
        return Written::Empty;
    }
    match other_order(text) {
        Some(Some(date)) => Written::Date(date),
        Some(None) => Written::Unclear,
        None => {
            let mut rest = text.get(10..).unwrap_or_default().chars();
            let is_plain = text.bytes().take(10).enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
            let ends = matches!(rest.next(), None | Some(' ' | 'T'));
            if is_plain && ends && text.len() >= 10 { Written::Date(text.to_owned()) } else { Written::NoDate }
        }
    }
}

/// A date in another order than year-month-day, as the host writes it; `Some(None)` when it may be two dates, `None` when it
/// is no date in another order.
pub fn other_order(text: &str) -> Option<Option<String>> {
    if !text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (date, time) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), ""));
    let sign = date.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = date.split(sign).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    let day = |year: u32, month: u32, day: u32| {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 31,
        };
        let exists = year > 0 && (1..=12).contains(&month) && (1..=last).contains(&day);
        exists.then(|| format!("{year:04}-{month:02}-{day:02}"))
    };
    let found = match (first.len(), third.len()) {
        (4, 1 | 2) => {
            let plain = sign == '-' && second.len() == 2 && third.len() == 2;
            if plain { return None } else { day(a, b, c) }
        }
        (1 | 2, 4) if second.len() <= 2 => match (day(c, b, a), day(c, a, b)) {
            (Some(one), Some(other)) if one != other => return Some(None),
            (one, other) => one.or(other),
        },
        _ => return None,
    };
    let date = found?;
    Some(clock(time).map(|time| format!("{date}{time}")))
}

/// ` 10:00:00` of `10:00`, nothing of nothing; `None` for anything else.
fn clock(time: &str) -> Option<String> {
    if time.is_empty() {
        return Some(String::new());
    }
    let parts: Vec<&str> = time.split(':').collect();
    let below = |text: &&str, limit: u32| {
        text.len() == 2
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse::<u32>().is_ok_and(|number| number < limit)
    };
    match parts.as_slice() {
        [hour, minute] if below(hour, 24) && below(minute, 60) => Some(format!(" {hour}:{minute}:00")),
        [hour, minute, second] if below(hour, 24) && below(minute, 60) && below(second, 60) => {
            Some(format!(" {hour}:{minute}:{second}"))
        }
        _ => None,
    }
}
