//! `datetime.date`, `datetime`, `time` and `timedelta`: proleptic Gregorian, microseconds.

mod arithmetic;
mod aware;
mod date;
mod iso;
mod methods;
mod show;
mod strftime;
mod timedelta;

pub use arithmetic::{add, binary, divide_nearest, integer_ratio, subtract};
pub use aware::{Aware, Zone};
pub use date::days_in_month;
pub use methods::{attribute, make_date, make_time, method, total_seconds};
pub use show::{repr, str};
pub use strftime::strftime;

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

/// Microseconds of a day.
pub const DAY: i128 = 86_400_000_000;
