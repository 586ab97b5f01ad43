//! Dates and times as the host writes them in its JSON: `2026-11-20`, `2026-11-20 14:05:00.000000`, `9:05:00`.

use crate::python::datetime::{Date, DateTime, Time, TimeDelta};

/// `2026-11-20`
pub fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    Date::new(
        i32::try_from(digits(year)?).ok()?,
        u32::try_from(digits(month)?).ok()?,
        u32::try_from(digits(day)?).ok()?,
    )
}

/// `2026-11-20 14:05:00` with or without microseconds; `T` may stand for the space.
pub fn datetime(text: &str) -> Option<DateTime> {
    let (day, clock) = text.split_once([' ', 'T'])?;
    let microseconds = duration(clock)?;
    let time = Time {
        hour: u32::try_from(microseconds / 3_600_000_000).ok().filter(|hour| *hour < 24)?,
        minute: u32::try_from(microseconds / 60_000_000 % 60).ok()?,
        second: u32::try_from(microseconds / 1_000_000 % 60).ok()?,
        microsecond: u32::try_from(microseconds % 1_000_000).ok()?,
    };
    Some(DateTime { date: date(day)?, time })
}

/// `9:05:00` or `09:05:00.5`: a time of day, which the host reads as the time since midnight.
pub fn timedelta(text: &str) -> Option<TimeDelta> {
    Some(TimeDelta { microseconds: i128::from(duration(text)?) })
}

/// Microseconds in `h:mm:ss[.f]`.
fn duration(text: &str) -> Option<i64> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = clock.split(':');
    let (hours, minutes, seconds) = (digits(parts.next()?)?, digits(parts.next()?)?, digits(parts.next()?)?);
    if parts.next().is_some() || hours > 838 || minutes > 59 || seconds > 59 || fraction.len() > 6 {
        return None;
    }
    let fraction = if fraction.is_empty() { 0 } else { digits(&format!("{fraction:0<6}"))? };
    Some(((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction)
}

fn digits(text: &str) -> Option<i64> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// `2026-11-20`
pub fn day(DateTime { date, .. }: &DateTime) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// `2026-11-20 10:30:00.000000`, as the host stamps a save.
pub fn stamp(moment: &DateTime) -> String {
    format!("{} {}", day(moment), clock(moment))
}

/// `10:30:00.000000`, as the host fills in an empty Time.
pub fn clock(moment: &DateTime) -> String {
    let Time { hour, minute, second, microsecond } = moment.time;
    format!("{hour:02}:{minute:02}:{second:02}.{microsecond:06}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_spellings_are_read() {
        assert_eq!(
            datetime("2024-02-29 23:59:59.5").map(|moment| stamp(&moment)).as_deref(),
            Some("2024-02-29 23:59:59.500000")
        );
        assert_eq!(timedelta("9:05:00").map(|delta| delta.microseconds), Some(32_700_000_000));
        assert_eq!(timedelta("23:59:59.5").map(|delta| delta.microseconds), Some(86_399_500_000));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in ["", "2026-11-20", "2026-11-20 25:00:00", "2026-11-20 1:2", "x"] {
            assert_eq!(datetime(text), None, "{text}");
        }
        for text in ["2026-1-1", "20261120", "2026-11-20-1", "-026-11-20"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
