//! `datetime.date`, `datetime`, `time` and `timedelta`: naive, proleptic Gregorian, microseconds.

/// A day. Ordered and hashed by its place in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 1 to 9999
    pub year: i32,
    /// 1 to 12
    pub month: u32,
    /// 1 to 31
    pub day: u32,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// 0 to 23
    pub hour: u32,
    /// 0 to 59
    pub minute: u32,
    /// 0 to 59
    pub second: u32,
    /// 0 to 999999
    pub microsecond: u32,
}

/// A day and a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: Time,
}

/// A difference, in microseconds; Python's bounds are ±999999999 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeDelta {
    /// All of it.
    pub microseconds: i128,
}

impl Date {
    /// A day, when there is one of that number.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        Some(Self { year, month, day })
    }

    /// `2026-11-20`
    pub fn parse_iso(text: &str) -> Option<Self> {
        let _ = text;
        None
    }

    /// Days since 0001-01-01, which is 1 (`date.toordinal()`).
    pub fn ordinal(self) -> i64 {
        0
    }

    /// The day of an ordinal; `None` outside the years 1 to 9999.
    pub fn from_ordinal(ordinal: i64) -> Option<Self> {
        let _ = ordinal;
        None
    }

    /// Monday is 0.
    pub fn weekday(self) -> u32 {
        0
    }
}
