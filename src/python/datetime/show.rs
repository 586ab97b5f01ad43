//! `str()` and `repr()` of dates, times and differences.

use super::super::Value;
use super::{Date, DateTime, Time, TimeDelta};

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        if self.microsecond == 0 { Ok(()) } else { write!(f, ".{:06}", self.microsecond) }
    }
}

impl std::fmt::Display for DateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.date, self.time)
    }
}

impl std::fmt::Display for TimeDelta {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (days, seconds) = (self.days(), self.seconds());
        if days != 0 {
            write!(f, "{days} day{}, ", if days.abs() == 1 { "" } else { "s" })?;
        }
        write!(f, "{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        if self.subsecond() == 0 { Ok(()) } else { write!(f, ".{:06}", self.subsecond()) }
    }
}

/// `str()` of a date, time, datetime or timedelta; `None` for anything else.
pub fn str(value: &Value) -> Option<String> {
    Some(match value {
        Value::Date(date) => date.to_string(),
        Value::DateTime(moment) => moment.to_string(),
        Value::Time(time) => time.to_string(),
        Value::TimeDelta(delta) => delta.to_string(),
        _ => return None,
    })
}

/// `repr()` of a date, time, datetime or timedelta; `None` for anything else.
pub fn repr(value: &Value) -> Option<String> {
    Some(match value {
        Value::Date(date) => format!("datetime.date({}, {}, {})", date.year, date.month, date.day),
        Value::DateTime(DateTime { date, time }) => {
            let clock = clock(*time);
            format!("datetime.datetime({}, {}, {}, {clock})", date.year, date.month, date.day)
        }
        Value::Time(time) => format!("datetime.time({})", clock(*time)),
        Value::TimeDelta(delta) => {
            let parts = [("days", delta.days()), ("seconds", delta.seconds()), ("microseconds", delta.subsecond())];
            let shown: Vec<_> =
                parts.iter().filter(|(_, value)| *value != 0).map(|(name, value)| format!("{name}={value}")).collect();
            format!("datetime.timedelta({})", if shown.is_empty() { "0".to_owned() } else { shown.join(", ") })
        }
        _ => return None,
    })
}

/// Hour and minute, then seconds and microseconds as far as they are not zero.
fn clock(time: Time) -> String {
    let Time { hour, minute, second, microsecond } = time;
    match (second, microsecond) {
        (0, 0) => format!("{hour}, {minute}"),
        (_, 0) => format!("{hour}, {minute}, {second}"),
        _ => format!("{hour}, {minute}, {second}, {microsecond}"),
    }
}
