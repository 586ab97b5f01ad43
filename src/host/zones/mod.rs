//! Time zones as the host's pytz knows them: the clock that a zone shows at an instant.
//!
//! The rules are data (5 kB gzip) and do not come from the browser's `Intl`: the host pins pytz 2022.1, whose zones and
//! rules are of that year, and a browser's are of its own. Instants before the year from which a rule holds, or after
//! 2037 (where pytz's tables end), are not known here.

mod data;

use std::fmt;
use std::rc::Rc;

use super::Context;
use crate::python::datetime::{Aware, Date, DateTime, TimeDelta, Zone as Clock};
use crate::python::{Outcome, Stop};

/// The last year of pytz's tables.
const LAST_YEAR: i32 = 2037;

/// A zone.
#[derive(Clone, Copy)]
pub struct Zone {
    /// `Europe/Paris`
    name: &'static str,
    rule: Rule,
    since: i32,
    /// Whether pytz describes it without a rule.
    is_static: bool,
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Abbreviation and minutes east of Greenwich.
type Offset = (&'static str, i32);

#[derive(Debug, Clone, Copy)]
struct Rule {
    standard: Offset,
    /// The other clock of the year, when it begins and when it ends.
    summer: Option<(Offset, Change, Change)>,
}

/// A day of every year (month, week, day of the week from Sunday) and minutes after its midnight on the clock before.
#[derive(Debug, Clone, Copy)]
struct Change {
    month: u32,
    week: u32,
    weekday: u32,
    minutes: i32,
}

/// A zone by its name in any case; `None` for a name that pytz does not know.
///
/// # Errors
/// `Unsupported` for a zone that versions of pytz know differently.
pub fn find(name: &str) -> Outcome<Option<Zone>> {
    let is_it = |known: &&str| known.eq_ignore_ascii_case(name);
    if data::UNSURE.lines().any(|known| known.eq_ignore_ascii_case(name)) {
        return Err(Stop::unsupported(format!("the time zone {name}")));
    }
    for line in data::ZONES.lines() {
        let mut parts = line.split('|');
        let (Some(rule), Some(since), Some(kind), Some(names)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        if let Some(name) = names.split(' ').find(is_it) {
            let (Some(rule), Ok(since)) = (Rule::parse(rule), since.parse()) else { continue };
            return Ok(Some(Zone { name, rule, since, is_static: kind == "S" }));
        }
    }
    Ok(None)
}

/// Whether some zone is abbreviated so: `EST`, `CEST`. A process in that zone would understand the abbreviation.
pub fn is_abbreviation(text: &str) -> bool {
    // Those of the zones that `UNSURE` lists, beside those of the rules.
    if ["MET", "MEST", "PST", "PDT", "MST", "MDT", "CST", "CDT", "EST", "EDT", "HST"].contains(&text) {
        return true;
    }
    data::ZONES.lines().any(|line| {
        let rule = line.split('|').next().unwrap_or_default();
        let mut words = rule.split(' ');
        words.next() == Some(text) || words.nth(1) == Some(text)
    })
}

impl Rule {
    /// `CET 60 CEST 120 3.5.0 120 10.5.0 180`
    fn parse(text: &'static str) -> Option<Self> {
        let mut words = text.split(' ');
        let standard = (words.next()?, words.next()?.parse().ok()?);
        let Some(name) = words.next() else { return Some(Self { standard, summer: None }) };
        let summer = (name, words.next()?.parse().ok()?);
        let start = Change::parse(words.next()?, words.next()?)?;
        let end = Change::parse(words.next()?, words.next()?)?;
        Some(Self { standard, summer: Some((summer, start, end)) })
    }
}

impl Change {
    fn parse(day: &str, minutes: &str) -> Option<Self> {
        let mut numbers = day.split('.').map(|number| number.parse().ok());
        let (month, week, weekday) = (numbers.next()??, numbers.next()??, numbers.next()??);
        Some(Self { month, week, weekday, minutes: minutes.parse().ok()? })
    }

    /// The instant of a year, in microseconds, when the clock before it is so many minutes ahead.
    fn instant(self, year: i32, offset: i32) -> Option<i128> {
        let first = Date::new(year, self.month, 1)?;
        // Sunday is 0 in a rule and 6 in Python's count.
        let ahead = (self.weekday + 6 - first.weekday()) % 7;
        let mut day = 1 + ahead + (self.week - 1) * 7;
        let last = (28..=31).rev().find(|day| Date::new(year, self.month, *day).is_some())?;
        while day > last {
            day -= 7;
        }
        let date = Date::new(year, self.month, day)?;
        let midnight = DateTime { date, time: crate::python::datetime::Time::from_microseconds(0) };
        Some(midnight.microseconds() + minutes(self.minutes - offset))
    }
}

fn minutes(count: i32) -> i128 {
    i128::from(count) * 60_000_000
}

fn unknown(zone: Zone) -> Stop {
    Stop::unsupported(format!("{} at that time", zone.name))
}

impl Zone {
    /// The clock at an instant, given as a datetime in UTC.
    fn clock(self, utc: DateTime) -> Outcome<(Offset, i32)> {
        let year = utc.date.year;
        if !(self.since..=LAST_YEAR).contains(&year) {
            return Err(unknown(self));
        }
        let Rule { standard, summer } = self.rule;
        let Some((other, start, end)) = summer else { return Ok((standard, 0)) };
        let (Some(start), Some(end)) = (start.instant(year, standard.1), end.instant(year, other.1)) else {
            return Err(unknown(self));
        };
        let now = utc.microseconds();
        let is_summer = if start < end { (start..end).contains(&now) } else { !(end..start).contains(&now) };
        Ok(if is_summer { (other, other.1 - standard.1) } else { (standard, 0) })
    }

    /// An instant, given as a datetime in UTC, on the clock of this zone.
    ///
    /// # Errors
    /// `Unsupported` for a year that the rule does not hold in.
    pub fn at(self, utc: DateTime) -> Outcome<Aware> {
        if self.name == "UTC" {
            return Ok(Aware { local: utc, clock: Clock::Utc });
        }
        let ((abbreviation, offset), dst) = self.clock(utc)?;
        let local = DateTime::from_microseconds(utc.microseconds() + minutes(offset)).ok_or_else(|| unknown(self))?;
        let clock = Clock::Named {
            name: self.name,
            abbreviation,
            offset: offset * 60,
            dst: dst * 60,
            is_static: self.is_static,
        };
        Ok(Aware { local, clock })
    }

    /// Whether one of its clocks has that abbreviation.
    pub fn is_called(self, abbreviation: &str) -> bool {
        self.rule.standard.0 == abbreviation || self.rule.summer.is_some_and(|((name, _), ..)| name == abbreviation)
    }

    /// The instant, as a datetime in UTC, at which the clock of this zone shows `local`.
    ///
    /// # Errors
    /// `Server` for a time that the clock shows twice or never.
    pub fn utc(self, local: DateTime) -> Outcome<DateTime> {
        let mut found = None;
        for (_, offset) in [Some(self.rule.standard), self.rule.summer.map(|(other, ..)| other)].into_iter().flatten() {
            let utc = DateTime::from_microseconds(local.microseconds() - minutes(offset));
            let Some(utc) = utc else { continue };
            if self.at(utc)?.local == local && found.replace(utc).is_some_and(|other| other != utc) {
                return Err(Stop::Server("server/clock"));
            }
        }
        found.ok_or(Stop::Server("server/clock"))
    }
}

/// The site's zone.
///
/// # Errors
/// `Unsupported` when pytz's rules for it are not certain.
pub fn of_site(context: &Context) -> Outcome<Zone> {
    // Without a zone of its own the host takes India's (its source).
    let name = if context.time_zone.is_empty() { "Asia/Kolkata" } else { &context.time_zone };
    find(name)?.ok_or_else(|| Stop::unsupported(format!("the time zone {name}")))
}

/// Now, in UTC.
///
/// # Errors
/// As [`of_site`]; `Server` in the hour that the site's clock shows twice.
pub fn utc_now(context: &Context) -> Outcome<DateTime> {
    of_site(context)?.utc(context.now)
}

/// The days that the clock of the server's process may show. It does not run in the site's zone for certain, nor in UTC.
fn process_days(context: &Context) -> Outcome<Vec<Date>> {
    // The clocks of the world lie between twelve hours behind UTC and fourteen before it. Where UTC is not known, the
    // site's clock is one of them too.
    let (now, behind, ahead) = match utc_now(context) {
        Ok(utc) => (utc, 12, 14),
        Err(_) => (context.now, 26, 26),
    };
    let day_at = |hours: i32| DateTime::from_microseconds(now.microseconds() + minutes(hours * 60));
    let (Some(first), Some(last)) = (day_at(-behind), day_at(ahead)) else { return Err(Stop::Server("server/clock")) };
    Ok((first.date.ordinal()..=last.date.ordinal()).filter_map(Date::from_ordinal).collect())
}

/// What follows from today, where the host takes today from the clock of the server's process and not from the site's:
/// dateutil for what a text does not say, Babel for a day that is not there.
///
/// No setting in the page tells the zone of that process, so that the answer is known only when every day that it may
/// be somewhere gives the same.
///
/// # Errors
/// `Server` when they do not; else what `follows` answers for all of them.
pub fn from_process_today<T: Clone + PartialEq>(
    context: &Context,
    follows: &mut dyn FnMut(Date) -> Outcome<T>,
) -> Outcome<T> {
    let mut common = None;
    for day in process_days(context)? {
        let answer = follows(day);
        if common.get_or_insert_with(|| answer.clone()) != &answer {
            return Err(Stop::Server("server/clock"));
        }
    }
    common.unwrap_or(Err(Stop::Server("server/clock")))
}

/// A number of seconds east of Greenwich as a difference.
pub fn difference(seconds: i32) -> TimeDelta {
    TimeDelta { microseconds: i128::from(seconds) * 1_000_000 }
}

/// `tzoffset('EST', -18000)`: dateutil's zone of a text such as `10:30+02:00`.
pub fn fixed(name: Option<Rc<str>>, seconds: i32) -> Clock {
    Clock::Fixed { name, offset: seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime {
        DateTime::parse_iso(text).unwrap()
    }

    /// Expectations from pytz 2022.1.
    #[test]
    fn clocks_are_those_of_pytz() {
        for (name, utc, expected) in [
            ("Europe/Paris", "2026-03-29 00:59:59", "2026-03-29 01:59:59+01:00"),
            ("Europe/Paris", "2026-03-29 01:00:00", "2026-03-29 03:00:00+02:00"),
            ("europe/paris", "2026-10-25 01:00:00", "2026-10-25 02:00:00+01:00"),
            ("America/New_York", "2026-11-20 09:30:00", "2026-11-20 04:30:00-05:00"),
            ("America/New_York", "2026-07-01 00:00:00", "2026-06-30 20:00:00-04:00"),
            ("Asia/Kolkata", "2026-11-20 09:30:00", "2026-11-20 15:00:00+05:30"),
            ("Australia/Lord_Howe", "2026-01-01 00:00:00", "2026-01-01 11:00:00+11:00"),
            ("Australia/Sydney", "2026-04-04 16:00:00", "2026-04-05 02:00:00+10:00"),
            ("Europe/Dublin", "2026-07-01 00:00:00", "2026-07-01 01:00:00+01:00"),
            ("Asia/Jerusalem", "2026-03-26 23:59:59", "2026-03-27 01:59:59+02:00"),
            ("Asia/Jerusalem", "2026-03-27 00:00:00", "2026-03-27 03:00:00+03:00"),
            ("UTC", "2026-07-01 00:00:00", "2026-07-01 00:00:00+00:00"),
        ] {
            let zone = find(name).unwrap().unwrap();
            assert_eq!(zone.at(moment(utc)).unwrap().to_string(), expected, "{name} {utc}");
        }
    }

    #[test]
    fn what_is_not_certain_is_not_told() {
        assert!(find("Nope/Nope").unwrap().is_none());
        assert!(matches!(find("Europe/Kyiv"), Err(Stop::Unsupported(_))));
        assert!(matches!(find("america/mexico_city"), Err(Stop::Unsupported(_))));
        let paris = find("Europe/Paris").unwrap().unwrap();
        assert!(paris.at(moment("1980-01-01 00:00:00")).is_err());
        assert!(paris.at(moment("2038-01-01 00:00:00")).is_err());
        assert_eq!(paris.utc(moment("2026-11-20 10:30:00")).unwrap(), moment("2026-11-20 09:30:00"));
        assert_eq!(paris.utc(moment("2026-10-25 02:30:00")), Err(Stop::Server("server/clock")));
        assert_eq!(paris.utc(moment("2026-03-29 02:30:00")), Err(Stop::Server("server/clock")));
    }
}
