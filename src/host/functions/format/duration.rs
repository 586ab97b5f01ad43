//! `format_duration`: `1d 3h 26m 5s`.

use std::rc::Rc;

use super::super::given::Given;
use super::super::numbers::cint_of;
use crate::host::{Context, Flavour};
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// `format_duration(seconds, hide_days=False, hide_seconds=False)`; the third is Dodock's own.
pub fn format_duration(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "format_duration", &["seconds", "hide_days", ""], 1)?;
    let seconds = given.value();
    let (hide_days, hide_seconds) = (given.truth()?, given.truth()?);
    if hide_seconds && context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("format_duration without seconds"));
    }
    duration(context, &seconds, hide_days, hide_seconds, budget).map(Value::from)
}

/// A value as the host's `format_duration` writes it: empty for zero and for what is no number.
///
/// # Errors
/// None of the host's.
pub fn duration(
    context: &Context,
    seconds: &Value,
    hide_days: bool,
    hide_seconds: bool,
    budget: &Budget,
) -> Outcome<String> {
    let seconds = cint_of(seconds, budget)?;
    if seconds < 0 && context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("format_duration of a number below zero"));
    }
    // A number below zero has a negative count of days and the rest of a day on top (measured).
    let (days, hours) = if hide_days {
        (0, seconds.div_euclid(3600))
    } else {
        (seconds.div_euclid(86_400), seconds.rem_euclid(86_400) / 3600)
    };
    let parts = [
        (days, "d"),
        (hours, "h"),
        (seconds.rem_euclid(3600) / 60, "m"),
        (if hide_seconds { 0 } else { seconds.rem_euclid(60) }, "s"),
    ];
    let written: Vec<String> =
        parts.iter().filter(|(count, _)| *count != 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    Ok(written.join(" "))
}
