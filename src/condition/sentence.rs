//! Why a part of a condition holds or not, in plain words: "doc.total is 12,000, not above 40,000".

use super::explain::Ground;
use super::shown::{cut, value_of, written_day};
use crate::host::Context;
use crate::host::meta::default_field;
use crate::python::operators::{self, Comparison};
use crate::python::{Budget, Value, show};

/// A part of a condition as a sentence names it.
pub struct Side<'a> {
    name: String,
    fieldtype: &'a str,
    /// Whether it is `doc.docstatus`.
    is_docstatus: bool,
    /// Whether it is the year of something, whose digits are not grouped.
    is_year: bool,
}

impl<'a> Side<'a> {
    /// The part with this text, which reads this field. A field has its label; where the text is its plain name, both.
    pub fn new(ground: Ground<'a>, source: &str, field: Option<&str>, plain: bool) -> Self {
        let described = field.and_then(|name| ground.doctype?.field(name));
        let label = described.and_then(|field| field.label.as_deref()).filter(|label| !label.is_empty());
        let name = match label {
            Some(label) if plain => format!("{label} ({source})"),
            Some(label) => label.to_owned(),
            None => cut(source.to_owned()),
        };
        let fieldtype = described.map_or_else(|| field.map_or("", default_field), |field| field.fieldtype.as_str());
        Self { name, fieldtype, is_docstatus: field == Some("docstatus"), is_year: source.ends_with(".year") }
    }

    /// A field of a filter.
    pub fn of_field(ground: Ground<'a>, field: &str) -> Self {
        Self::new(ground, field, Some(field), true)
    }

    fn say(&self, context: &Context, key: &str, value: &str, other: &str) -> String {
        context.language.say(key, &[("part", &self.name), ("value", value), ("other", other)])
    }

    /// A value of this part: a date that is still a text reads as a date.
    fn show(&self, value: &Value, context: &Context) -> Option<String> {
        match value {
            Value::Str(text) if matches!(self.fieldtype, "Date" | "Datetime") => {
                written_day(text, context).or_else(|| value_of(value, context))
            }
            Value::Int(_) if self.is_year => show::repr(value, &Budget::default()).ok(),
            _ => value_of(value, context),
        }
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::None) || value.as_str() == Some("")
}

/// That a part was compared with something that has no value.
pub fn other_unset(context: &Context, side: &Side<'_>, value: &Value, other: &str) -> Option<String> {
    Some(side.say(context, "condition/why-other-unset", &side.show(&value.base(), context)?, &cut(other.to_owned())))
}

/// What a comparison found, as the words of a sentence.
pub fn comparison(
    context: &Context,
    side: &Side<'_>,
    (value, operator, other): (&Value, Comparison, &Value),
    holds: bool,
) -> Option<String> {
    let (base, its) = (value.base(), other.base());
    // A date that was posted is a text: beside one that Python reads in no other way, both are shown as they are written.
    let as_texts = match (&*base, &*its) {
        (Value::Str(_), Value::Str(text)) => written_day(text, context).is_none(),
        _ => false,
    };
    let show = |value: &Value| if as_texts { value_of(value, context) } else { side.show(value, context) };
    let equal = match operator {
        Comparison::Equal | Comparison::Is => Some(holds),
        Comparison::NotEqual | Comparison::IsNot => Some(!holds),
        _ => None,
    };
    if let Some(equal) = equal {
        let say = |key: &str, other: &Value| Some(side.say(context, key, &show(&base)?, &show(other)?));
        let is_tick = match &*its {
            Value::Int(number) => matches!(number.to_i64(), Some(0 | 1)),
            other => matches!(other, Value::Bool(_)),
        };
        if side.fieldtype == "Check" && is_tick {
            return plain(context, side, &base);
        }
        if side.is_docstatus
            && let (Some(state), Some(wanted)) = (docstatus(&base), docstatus(&its))
        {
            let [state, wanted] = [state, wanted].map(|key| context.language.say(key, &[]));
            let key = if equal { "condition/why-docstatus" } else { "condition/why-docstatus-not" };
            return Some(side.say(context, key, &state, &wanted));
        }
        return match (&*base, &*its) {
            (Value::None, Value::Str(text)) if text.is_empty() && !equal => say("condition/why-none-not-empty", &its),
            (Value::Str(text), Value::None) if text.is_empty() && !equal => say("condition/why-empty-not-none", &its),
            (Value::List(rows), Value::None) if rows.borrow().is_empty() => {
                Some(side.say(context, "condition/why-rows-not-none", "", ""))
            }
            _ if is_empty(&base) => Some(side.say(context, "condition/why-unset", "", "")),
            _ if is_empty(&its) => say("condition/why-set", &its),
            _ if equal => say("condition/why-is", &its),
            _ => match (kind_of(&base), kind_of(&its)) {
                // `1` and `"1"` look alike.
                (Some(kind), Some(other)) if kind != other => {
                    let word = |key: &str, value: &Value| of_kind(context, key, value);
                    Some(side.say(context, "condition/why-is-not-kind", &word(kind, &base)?, &word(other, &its)?))
                }
                _ => say("condition/why-is-not", &its),
            },
        };
    }
    let key = match (operator, holds) {
        (Comparison::Greater, true) | (Comparison::LessOrEqual, false) => "condition/why-above",
        (Comparison::Greater, false) => "condition/why-not-above",
        (Comparison::Less, true) | (Comparison::GreaterOrEqual, false) => "condition/why-below",
        (Comparison::Less, false) => "condition/why-not-below",
        (Comparison::GreaterOrEqual, true) => "condition/why-at-least",
        (Comparison::LessOrEqual, true) => "condition/why-at-most",
        (Comparison::In, true) | (Comparison::NotIn, false) => "condition/why-one-of",
        _ => "condition/why-none-of",
    };
    let key = if is_empty(&base) && key != "condition/why-one-of" { "condition/why-unset" } else { key };
    let is_date = !as_texts
        && (matches!(side.fieldtype, "Date" | "Datetime") || matches!(&*base, Value::Date(_) | Value::DateTime(_)));
    let key = match key {
        "condition/why-above" if is_date => "condition/why-after",
        "condition/why-not-above" | "condition/why-at-most" if is_date => "condition/why-not-after",
        "condition/why-below" if is_date => "condition/why-before",
        "condition/why-not-below" | "condition/why-at-least" if is_date => "condition/why-not-before",
        key => key,
    };
    // `doc.status in ()` has nothing to list.
    if key == "condition/why-none-of" && !operators::truth(other).ok()? {
        return None;
    }
    // A date is none of the texts that look like it.
    if key == "condition/why-none-of"
        && let (Some(kind), Some(other_kind)) = (kind_of(&base), kind_of_items(other))
        && kind != other_kind
    {
        let key = "condition/why-none-of-kind";
        return Some(side.say(context, key, &of_kind(context, kind, &base)?, &show(other)?));
    }
    Some(side.say(context, key, &show(&base)?, &show(other)?))
}

/// The words for the kind of the items of a list, when it is one.
fn kind_of_items(list: &Value) -> Option<&'static str> {
    let one_kind = |items: &[Value]| {
        let first = kind_of(items.first()?)?;
        items.iter().all(|item| kind_of(item) == Some(first)).then_some(first)
    };
    match list {
        Value::List(items) => one_kind(&items.borrow()),
        Value::Tuple(items) => one_kind(items),
        _ => None,
    }
}

/// What `low <= value < high` found, when it holds.
pub fn between(
    context: &Context,
    side: &Side<'_>,
    (low, from, value, to, high): (&Value, Comparison, &Value, Comparison, &Value),
) -> Option<String> {
    let (low, high) = match (from, to) {
        (Comparison::Less | Comparison::LessOrEqual, Comparison::Less | Comparison::LessOrEqual) => (low, high),
        (Comparison::Greater | Comparison::GreaterOrEqual, Comparison::Greater | Comparison::GreaterOrEqual) => {
            (high, low)
        }
        _ => return None,
    };
    let mark = context.language.say("condition/between-values", &[]);
    let bounds = format!("{}{mark}{}", side.show(low, context)?, side.show(high, context)?);
    Some(side.say(context, "condition/why-between", &side.show(value, context)?, &bounds))
}

/// What `"x" in doc.title` found, or `doc.status in "Open, Closed"`, whose text is written out.
pub fn within(
    context: &Context,
    (side, value): (&Side<'_>, &Value),
    (text_side, text): (&Side<'_>, &Value),
    (found, written_out): (bool, bool),
) -> Option<String> {
    let (value, text_value) = (value_of(value, context)?, value_of(text, context)?);
    if written_out {
        let key = if found { "condition/why-part-of" } else { "condition/why-no-part-of" };
        return Some(side.say(context, key, &value, &text_value));
    }
    let key = match found {
        true => "condition/why-contains",
        false if is_empty(text) => "condition/why-unset",
        false => "condition/why-not-contains",
    };
    Some(text_side.say(context, key, &text_value, &value))
}

/// Why two values have no order.
pub fn no_order(context: &Context, left: &Value, right: &Value) -> Option<String> {
    let (left, right) = (left.base(), right.base());
    let word = |value: &Value| of_kind(context, kind_of(value)?, value);
    Some(context.language.say("condition/why-no-order", &[("value", &word(&left)?), ("other", &word(&right)?)]))
}

/// The words for the kind of a value, where another kind looks like it.
fn kind_of(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Int(_) | Value::Float(_) => "condition/kind-number",
        Value::Str(_) => "condition/kind-text",
        Value::Date(_) => "condition/kind-date",
        Value::DateTime(_) => "condition/kind-moment",
        Value::TimeDelta(_) | Value::Time(_) => "condition/kind-time",
        Value::List(_) | Value::Tuple(_) => "condition/kind-list",
        _ => return None,
    })
}

/// A value with the words for its kind. A list of rows says by itself what it is.
fn of_kind(context: &Context, key: &str, value: &Value) -> Option<String> {
    let shown = value_of(value, context)?;
    let items = match value {
        Value::List(items) => items.borrow().iter().any(|item| matches!(item, Value::Object(_))),
        _ => false,
    };
    Some(if items { shown } else { context.language.say(key, &[("value", &shown)]) })
}

fn docstatus(value: &Value) -> Option<&'static str> {
    match show::repr(value, &Budget::default()).ok()?.as_str() {
        "0" => Some("condition/docstatus-draft"),
        "1" => Some("condition/docstatus-submitted"),
        "2" => Some("condition/docstatus-cancelled"),
        _ => None,
    }
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
pub fn plain(context: &Context, side: &Side<'_>, value: &Value) -> Option<String> {
    let base = value.base();
    let truth = operators::truth(value).ok()?;
    let is_field = !side.fieldtype.is_empty();
    let count = match &*base {
        Value::List(items) => Some(items.borrow().len()),
        Value::Tuple(items) => Some(items.len()),
        _ => None,
    };
    let key = match (&*base, truth) {
        (_, true) if side.fieldtype == "Check" => "condition/why-ticked",
        (_, false) if side.fieldtype == "Check" => "condition/why-not-ticked",
        (Value::Bool(_), true) => "condition/why-true",
        (Value::Bool(_), false) => "condition/why-false",
        (Value::None | Value::Str(_), false) if is_field => "condition/why-unset",
        (Value::None, _) => "condition/why-false",
        (Value::Str(_), false) => "condition/why-empty",
        _ => match count {
            Some(0) => "condition/why-empty",
            Some(1) => "condition/why-one-entry",
            Some(_) => "condition/why-entries",
            None => "condition/why-is",
        },
    };
    let shown = match (key, count) {
        ("condition/why-is", _) => side.show(&base, context)?,
        (_, Some(count)) => count.to_string(),
        _ => String::new(),
    };
    Some(side.say(context, key, &shown, ""))
}
