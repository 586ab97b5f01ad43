//! Reading `2026-11-20` and `2026-11-20 14:05:00.123456`, the forms in which the host stores and posts.

use super::{Date, DateTime, Time};

impl Date {
    /// `2026-11-20`
    pub fn parse_iso(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = digits(parts.next()?, 2)?;
        let day = digits(parts.next()?, 2)?;
        if parts.next().is_some() {
            return None;
        }
        Self::new(i32::try_from(year).ok()?, month, day)
    }
}

impl Time {
    /// `09:05:00` or `09:05:00.123456` (one to six digits of fraction).
    pub fn parse_iso(text: &str) -> Option<Self> {
        let (clock, fraction) = match text.split_once('.') {
            Some((clock, fraction)) => (clock, Some(fraction)),
            None => (text, None),
        };
        let mut parts = clock.split(':');
        let hour = digits(parts.next()?, 2)?;
        let minute = digits(parts.next()?, 2)?;
        let second = digits(parts.next()?, 2)?;
        if parts.next().is_some() {
            return None;
        }
        let microsecond = match fraction {
            Some(fraction) if (1..=6).contains(&fraction.len()) => digits(&format!("{fraction:0<6}"), 6)?,
            Some(_) => return None,
            None => 0,
        };
        Self::new(hour, minute, second, microsecond)
    }
}

impl DateTime {
    /// `2026-11-20 14:05:00`, with `T` in place of the space or a fraction, or a date alone (midnight).
    pub fn parse_iso(text: &str) -> Option<Self> {
        let Some((date, time)) = text.split_once([' ', 'T']) else {
            return Some(Self { date: Date::parse_iso(text)?, time: Time::from_microseconds(0) });
        };
        Some(Self { date: Date::parse_iso(date)?, time: Time::parse_iso(time)? })
    }
}

/// Exactly `count` ASCII digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}
