//! `pretty_date`: `il y a 3 semaines`.

use std::rc::Rc;

use super::super::given::Given;
use super::locale::{Locale, locale};
use crate::host::Context;
use crate::python::datetime::{DateTime, TimeDelta};
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Budget, Outcome, Stop, Value, show};

/// Seconds of each unit of [`Locale::distance`]: year, month, week, day, hour, minute, second.
const UNITS: [u32; 7] = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];

/// `pretty_date(iso_datetime)`
pub fn pretty_date(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let value = Given::new(arguments, "pretty_date", &["iso_datetime"], 1)?.value();
    if !operators::truth(&value)? {
        return Ok(Value::str(""));
    }
    let value = match &value {
        Value::Str(text) => {
            let moment = text.contains('.').then(|| DateTime::parse_iso(text).filter(|_| text.contains(' '))).flatten();
            match moment {
                Some(moment) => Value::DateTime(moment),
                None if text.contains('.') => return Err(Stop::unsupported("pretty_date of this text")),
                None => {
                    return Err(Stop::value_error(format!(
                        "time data {} does not match format '%Y-%m-%d %H:%M:%S.%f'",
                        show::repr(&value, budget)?
                    )));
                }
            }
        }
        Value::Object(_) => return Err(Stop::unsupported("pretty_date of an object")),
        _ => value,
    };
    match operators::binary(Binary::Subtract, &value, &Value::DateTime(context.now), budget)? {
        Value::TimeDelta(delta) => distance(delta, locale(context, &context.lang)?).map(Value::from),
        _ => Err(Stop::unsupported("pretty_date of this value")),
    }
}

/// A difference in its largest unit that is nearly full (0.85), with its direction.
fn distance(delta: TimeDelta, locale: Locale) -> Outcome<String> {
    let seconds = delta.days() * 86_400 + delta.seconds();
    let magnitude = f64::from(u32::try_from(seconds.unsigned_abs()).map_err(|_| Stop::unsupported("pretty_date"))?);
    for (place, unit) in UNITS.into_iter().enumerate() {
        let count = magnitude / f64::from(unit);
        if count < 0.85 && unit != 1 {
            continue;
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, not negative and below 2**32"
        )]
        let count = count.round_ties_even() as u64;
        return locale.distance(place, count, seconds >= 0);
    }
    Err(Stop::unsupported("pretty_date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expectations from Babel 2.12.1 (`format_timedelta(delta, add_direction=True)`).
    #[test]
    fn distances_are_babels() {
        for (seconds, code, expected) in [
            (0, "fr", "dans 0 seconde"),
            (-1, "en", "1 second ago"),
            (-50, "en", "50 seconds ago"),
            (-51, "en", "1 minute ago"),
            (-90, "en", "2 minutes ago"),
            (86_400 * 25, "de", "in 4 Wochen"),
            (86_400 * 26, "de", "in 1 Monat"),
            (-86_400 * 19, "ar", "قبل 3 أسابيع"),
            (86_400 * 365 * 2, "es", "dentro de 2 años"),
        ] {
            let delta = TimeDelta { microseconds: i128::from(seconds) * 1_000_000 };
            assert_eq!(distance(delta, super::super::locale::for_tests(code)).unwrap(), expected);
        }
    }
}
