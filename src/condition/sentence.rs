//! Why a part of a condition holds or not, in plain words: "doc.total is 12,000, not above 40,000".

use crate::host::Context;
use crate::python::operators::Comparison;
use crate::python::{Budget, Value, show};

/// Longest value in a sentence, in characters.
const LONGEST: usize = 60;

/// What a comparison found, as the words of a sentence.
pub fn comparison(
    context: &Context,
    part: &str,
    (value, operator, other): (&Value, Comparison, &Value),
    holds: bool,
) -> Option<String> {
    let key = match (operator, holds) {
        (Comparison::Greater, true) | (Comparison::LessOrEqual, false) => "condition/why-above",
        (Comparison::Greater, false) => "condition/why-not-above",
        (Comparison::Less, true) | (Comparison::GreaterOrEqual, false) => "condition/why-below",
        (Comparison::Less, false) => "condition/why-not-below",
        (Comparison::GreaterOrEqual, true) => "condition/why-at-least",
        (Comparison::LessOrEqual, true) => "condition/why-at-most",
        (Comparison::Equal | Comparison::Is, true) | (Comparison::NotEqual | Comparison::IsNot, false) => {
            "condition/why-is"
        }
        (Comparison::Equal | Comparison::Is, false) | (Comparison::NotEqual | Comparison::IsNot, true) => {
            "condition/why-is-not"
        }
        // `"x" in doc.title` speaks of the text on the right.
        (Comparison::In | Comparison::NotIn, _) if matches!(other, Value::Str(_)) => return None,
        (Comparison::In, true) | (Comparison::NotIn, false) => "condition/why-one-of",
        (Comparison::In, false) | (Comparison::NotIn, true) => "condition/why-none-of",
    };
    let values = [("part", part), ("value", &value_of(value, context)?), ("other", &value_of(other, context)?)];
    Some(context.language.say(key, &values))
}

/// The comparison with its sides changed; `None` where they cannot be.
pub fn turned(operator: Comparison) -> Option<Comparison> {
    Some(match operator {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        Comparison::Equal | Comparison::NotEqual => operator,
        _ => return None,
    })
}

/// What a part is, as the words of a sentence.
pub fn plain(context: &Context, part: &str, value: &Value) -> Option<String> {
    if matches!(value, Value::None) || value.as_str() == Some("") {
        return Some(context.language.say("condition/why-unset", &[("part", part)]));
    }
    Some(context.language.say("condition/why-is", &[("part", part), ("value", &value_of(value, context)?)]))
}

/// A value as the person reads it: numbers grouped as on the site, dates in the site's order, an empty value named so.
pub fn value_of(value: &Value, context: &Context) -> Option<String> {
    let text = match value {
        Value::None => context.language.say("condition/value-none", &[]),
        Value::Str(text) if text.is_empty() => context.language.say("condition/value-empty", &[]),
        Value::Str(text) => context.language.say("condition/value-text", &[("text", text)]),
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
    Some(match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text,
    })
}

fn list(items: &[Value], context: &Context) -> Option<String> {
    if items.is_empty() {
        return Some(context.language.say("condition/value-empty", &[]));
    }
    if items.iter().any(|item| matches!(item, Value::Object(_))) {
        return Some(context.language.say("condition/value-rows", &[("count", &items.len().to_string())]));
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
    let signs: Vec<&str> = format.split('#').filter(|sign| !sign.is_empty()).collect();
    // The last sign parts the decimals, unless it is the only one and three places follow it.
    let (group, point) = match signs.as_slice() {
        [group, .., point] if group != point => (*group, *point),
        [group, ..] if format.ends_with("###") => (*group, "."),
        [point] => ("", *point),
        _ => (",", "."),
    };
    let mut grouped = String::new();
    for (index, digit) in whole.char_indices() {
        let left = whole.len() - index;
        let breaks = if format.contains("#,##,###") { left == 3 || left > 3 && left % 2 == 1 } else { left % 3 == 0 };
        if index > 0 && breaks {
            grouped.push_str(&group.replace(' ', "\u{a0}"));
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
