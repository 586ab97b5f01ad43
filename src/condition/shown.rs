//! A value as a person reads it in a sentence: numbers grouped and dates in the order that the site asks for.

use crate::host::Context;
use crate::python::{Budget, Value, show};

/// Longest value in a sentence, in characters.
const LONGEST: usize = 60;

/// A date that is a text, `2026-11-20` or `2026-11-20 10:30:00`, in the site's order.
pub fn written_day(text: &str, context: &Context) -> Option<String> {
    let (date, time) = text.split_once(' ').unwrap_or((text, ""));
    let mut numbers = date.split('-').map(str::parse::<u32>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(date)), None) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return None;
    };
    let shown = day((i32::try_from(year).ok()?, month, date), context);
    Some(match time.get(..5) {
        Some(time) => format!("{shown} {time}"),
        None => shown,
    })
}

/// A text that is not longer than a sentence bears.
pub fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text,
    }
}

/// A value as the person reads it: numbers grouped as on the site, dates in the site's order, an empty value named so.
pub fn value_of(value: &Value, context: &Context) -> Option<String> {
    let text = match value {
        Value::None => context.language.say("condition/value-none", &[]),
        Value::Str(text) if text.is_empty() => context.language.say("condition/value-empty", &[]),
        Value::Str(text) => {
            let line = text.contains('\n').then(|| text.split_whitespace().collect::<Vec<_>>().join(" "));
            context.language.say("condition/value-text", &[("text", line.as_deref().unwrap_or(text))])
        }
        Value::Int(_) | Value::Float(_) => number(&show::repr(value, &Budget::default()).ok()?, context),
        Value::Date(date) => day((date.year, date.month, date.day), context),
        Value::DateTime(moment) => {
            let date = day((moment.date.year, moment.date.month, moment.date.day), context);
            format!("{date} {:02}:{:02}", moment.time.hour, moment.time.minute)
        }
        Value::List(items) => return list(&items.borrow(), context),
        Value::Tuple(items) => return list(items, context),
        Value::TimeDelta(_) => show::str(value, &Budget::default()).ok()?,
        Value::Object(object) => return object.base().and_then(|base| value_of(&base, context)),
        other => show::repr(other, &Budget::default()).ok()?,
    };
    Some(cut(text))
}

fn list(items: &[Value], context: &Context) -> Option<String> {
    if items.is_empty() {
        return Some(context.language.say("condition/value-empty", &[]));
    }
    if items.iter().any(|item| matches!(item, Value::Object(_))) {
        let key = if items.len() == 1 { "condition/value-row" } else { "condition/value-rows" };
        return Some(context.language.say(key, &[("count", &items.len().to_string())]));
    }
    let shown: Option<Vec<String>> = items.iter().take(8).map(|item| in_list(item, context)).collect();
    let more = if items.len() > 8 { ", …" } else { "" };
    Some(format!("{}{more}", shown?.join(", ")))
}

/// An item of a list. A list in it is shown as Python writes it, if that is short: it may hold itself, or be as large as
/// memory allows.
fn in_list(item: &Value, context: &Context) -> Option<String> {
    match item {
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) => {
            Some(show::repr(item, &Budget::of(LONGEST as u64, 8 * LONGEST)).unwrap_or_else(|_| "…".to_owned()))
        }
        _ => value_of(item, context),
    }
}

/// The digits of a Python number, grouped as `number_format` says.
fn number(digits: &str, context: &Context) -> String {
    let format = context.sysdefaults.get("number_format").and_then(|format| format.as_str()).unwrap_or("#,###.##");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return format!("{sign}{digits}");
    }
    let mut signs = format.split('#').filter(|sign| !sign.is_empty());
    // The last sign parts the decimals, unless it is the only one and three places follow it.
    let (group, point) = match (signs.next(), signs.next_back()) {
        (Some(group), Some(point)) if group != point => (group, point),
        (Some(group), _) if format.ends_with("###") => (group, "."),
        (Some(point), None) => ("", point),
        _ => (",", "."),
    };
    let mut grouped = String::new();
    for (index, digit) in whole.char_indices() {
        let left = whole.len() - index;
        let breaks = if format.contains("#,##,###") { left == 3 || left > 3 && left % 2 == 1 } else { left % 3 == 0 };
        if index > 0 && breaks {
            grouped.push_str(if group == " " { "\u{a0}" } else { group });
        }
        grouped.push(digit);
    }
    if decimals.is_empty() || decimals == "0" {
        format!("{sign}{grouped}")
    } else {
        format!("{sign}{grouped}{point}{decimals}")
    }
}

fn day((year, month, day): (i32, u32, u32), context: &Context) -> String {
    let format = context.sysdefaults.get("date_format").and_then(|format| format.as_str()).unwrap_or("yyyy-mm-dd");
    format
        .replace("yyyy", &format!("{year:04}"))
        .replace("mm", &format!("{month:02}"))
        .replace("dd", &format!("{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn context(number_format: &str, date_format: &str) -> Context {
        let site = json!({
            "siteUrl": "https://erp.example.com", "now": "2026-11-20T10:30:00", "lang": "en", "user": { "name": "marie" },
            "sysdefaults": { "number_format": number_format, "date_format": date_format },
        });
        serde_json::from_value::<crate::api::HostContext>(site).unwrap().into_core().unwrap()
    }

    #[test]
    fn numbers_are_grouped_as_the_site_groups_them() {
        let shown = [
            ("#,###.##", "1,234,567.5"),
            ("#.###,##", "1.234.567,5"),
            ("# ###,##", "1\u{a0}234\u{a0}567,5"),
            ("#'###.##", "1'234'567.5"),
            ("#,##,###.##", "12,34,567.5"),
            ("#.###", "1.234.567.5"),
        ];
        for (format, expected) in shown {
            assert_eq!(number("1234567.5", &context(format, "dd/mm/yyyy")), expected, "{format}");
        }
        assert_eq!(number("-40000.0", &context("#,###.##", "")), "-40,000");
        assert_eq!(number("1e+21", &context("#,###.##", "")), "1e+21");
    }

    #[test]
    fn dates_are_written_in_the_order_of_the_site() {
        assert_eq!(day((2026, 11, 5), &context("", "dd/mm/yyyy")), "05/11/2026");
        assert_eq!(day((2026, 11, 5), &context("", "mm-dd-yyyy")), "11-05-2026");
    }
}
