//! The calendar: days, times of day, and both together.

use super::{DAY, Date, DateTime, Time};

/// Days before each month of a common year.
const BEFORE_MONTH: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Whether the year has a 29 February.
pub fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days of a month; 0 when there is no such month.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 => 28 + u32::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Days before 1 January of the year, counted from 0001-01-01.
fn days_before_year(year: i32) -> i64 {
    let years = i64::from(year) - 1;
    years * 365 + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400)
}

impl Date {
    /// A day, when there is one of that number.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let exists = (1..=9999).contains(&year) && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The day of the year, from 1.
    pub fn day_of_year(self) -> i64 {
        let before = usize::try_from(self.month).ok().and_then(|month| BEFORE_MONTH.get(month.checked_sub(1)?));
        before.copied().unwrap_or(0) + i64::from(self.month > 2 && is_leap(self.year)) + i64::from(self.day)
    }

    /// Days since 0001-01-01, which is 1 (`date.toordinal()`).
    pub fn ordinal(self) -> i64 {
        days_before_year(self.year) + self.day_of_year()
    }

    /// The day of an ordinal; `None` outside the years 1 to 9999.
    pub fn from_ordinal(ordinal: i64) -> Option<Self> {
        if !(1..=3_652_059).contains(&ordinal) {
            return None;
        }
        // An estimate that is at most one year too late.
        let mut year = i32::try_from((ordinal * 400).div_euclid(146_097) + 1).ok()?;
        while days_before_year(year) >= ordinal {
            year -= 1;
        }
        let mut rest = ordinal - days_before_year(year);
        let mut month = 1;
        while rest > i64::from(days_in_month(year, month)) {
            rest -= i64::from(days_in_month(year, month));
            month += 1;
            if month > 12 {
                month = 1;
                year += 1;
            }
        }
        Self::new(year, month, u32::try_from(rest).ok()?)
    }

    /// Monday is 0.
    pub fn weekday(self) -> u32 {
        u32::try_from((self.ordinal() + 6).rem_euclid(7)).unwrap_or(0)
    }

    /// ISO 8601 year, week (1 to 53) and day of the week (Monday is 1).
    pub fn iso_calendar(self) -> (i32, i64, u32) {
        // The week belongs to the year that its Thursday lies in.
        let thursday = self.ordinal() - i64::from(self.weekday()) + 3;
        let year =
            if thursday < 1 { 0 } else { Self::from_ordinal(thursday).map_or(self.year + 1, |thursday| thursday.year) };
        (year, (thursday - days_before_year(year) - 1) / 7 + 1, self.weekday() + 1)
    }
}

impl Time {
    /// A time of day, when there is one.
    pub fn new(hour: u32, minute: u32, second: u32, microsecond: u32) -> Option<Self> {
        let exists = hour < 24 && minute < 60 && second < 60 && microsecond < 1_000_000;
        exists.then_some(Self { hour, minute, second, microsecond })
    }

    /// Microseconds since midnight.
    pub fn microseconds(self) -> i128 {
        let seconds = i128::from(self.hour) * 3600 + i128::from(self.minute) * 60 + i128::from(self.second);
        seconds * 1_000_000 + i128::from(self.microsecond)
    }

    /// The time of day so many microseconds after midnight (a day is taken away as often as needed).
    pub fn from_microseconds(microseconds: i128) -> Self {
        let part =
            |unit: i128, modulus: i128| u32::try_from((microseconds.rem_euclid(DAY) / unit) % modulus).unwrap_or(0);
        Self {
            hour: part(3_600_000_000, 24),
            minute: part(60_000_000, 60),
            second: part(1_000_000, 60),
            microsecond: part(1, 1_000_000),
        }
    }
}

impl DateTime {
    /// Microseconds since the midnight before 0001-01-01 by one day (the ordinal counts from 1).
    pub fn microseconds(self) -> i128 {
        i128::from(self.date.ordinal()) * DAY + self.time.microseconds()
    }

    /// The inverse of [`Self::microseconds`]; `None` outside the years 1 to 9999.
    pub fn from_microseconds(microseconds: i128) -> Option<Self> {
        let date = Date::from_ordinal(i64::try_from(microseconds.div_euclid(DAY)).ok()?)?;
        Some(Self { date, time: Time::from_microseconds(microseconds) })
    }
}
