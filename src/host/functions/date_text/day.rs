//! Which of up to three numbers is the year, the month and the day.

use crate::python::datetime::{Date, days_in_month};

/// The numbers of a day in the order in which they were read.
#[derive(Debug, Default)]
pub struct Numbers {
    values: Vec<i64>,
    year: Option<usize>,
    month: Option<usize>,
    /// Whether a year was written with its century.
    pub century: bool,
}

/// What a number is known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    Year,
    Month,
}

/// Year, month and day, as far as the numbers tell them.
pub type Parts = (Option<i64>, Option<i64>, Option<i64>);

impl Numbers {
    pub fn len(&self) -> usize {
        self.values.len()
    }

    fn at(&self, place: usize) -> i64 {
        self.values.get(place).copied().unwrap_or_default()
    }

    /// Adds a number written in digits.
    pub fn text(&mut self, digits: &str, label: Option<Label>) -> Option<()> {
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let value = digits.parse().ok()?;
        self.add(value, digits.len() > 2, label)
    }

    /// Adds a number that may have had decimals, which do not count except to make it more than a hundred.
    pub fn number(&mut self, value: i64, fraction: bool) -> Option<()> {
        self.add(value, value > 100 || value == 100 && fraction, None)
    }

    /// Adds a month by its name.
    pub fn month(&mut self, number: i64) -> Option<()> {
        self.add(number, false, Some(Label::Month))
    }

    fn add(&mut self, value: i64, is_year: bool, mut label: Option<Label>) -> Option<()> {
        if is_year {
            self.century = true;
            if label == Some(Label::Month) {
                return None;
            }
            label = Some(Label::Year);
        }
        self.values.push(value);
        let place = match label {
            Some(Label::Year) => &mut self.year,
            Some(Label::Month) => &mut self.month,
            None => return Some(()),
        };
        // A second year or month is an error.
        if place.replace(self.values.len() - 1).is_some() { None } else { Some(()) }
    }

    /// Whether a number may still be the day.
    pub fn takes_day(&self, value: i64) -> bool {
        let month = self.month.map(|place| self.at(place));
        let last = match (month, self.year.map(|place| self.at(place))) {
            (None, _) => 31,
            (Some(month), year) => {
                // Before a year is known it may be a leap year.
                cut(year.unwrap_or(2000), month, 31).unwrap_or(0)
            }
        };
        (1..=i64::from(last)).contains(&value)
    }

    /// Tells the numbers apart.
    pub fn resolve(&self, day_first: bool) -> Option<Parts> {
        let known = [self.year, self.month];
        let labels = known.iter().flatten().count();
        let count = self.values.len();
        if labels > 0 && (labels == count || count == 3 && labels == 2) {
            let missing = (0..3).find(|place| !known.contains(&Some(*place)));
            let value = |place: Option<usize>| place.map(|place| self.at(place));
            return Some((value(self.year), value(self.month), value(missing.filter(|_| count == 3))));
        }
        let [a, b, c] = [self.at(0), self.at(1), self.at(2)];
        let all = |year, month, day| Some((Some(year), Some(month), Some(day)));
        match (count, self.month) {
            (0, _) => Some((None, None, None)),
            (1 | 2, Some(place)) => {
                let other = if count == 1 { None } else { Some(if place == 0 { b } else { a }) };
                let (year, day) = match other {
                    Some(other) if other > 31 => (Some(other), None),
                    other => (None, other),
                };
                Some((year, Some(self.at(place)), day))
            }
            (1, None) => Some(if a > 31 { (Some(a), None, None) } else { (None, None, Some(a)) }),
            (2, None) if a > 31 => Some((Some(a), Some(b), None)),
            (2, None) if b > 31 => Some((Some(b), Some(a), None)),
            (2, None) if day_first && b <= 12 => Some((None, Some(b), Some(a))),
            (2, None) => Some((None, Some(a), Some(b))),
            (3, Some(0)) if b > 31 => all(b, a, c),
            (3, Some(0)) => all(c, a, b),
            (3, Some(1)) if a > 31 => all(a, b, c),
            (3, Some(1)) => all(c, b, a),
            (3, Some(_)) if b > 31 => all(b, c, a),
            (3, Some(_)) => all(a, c, b),
            (3, None) if a > 31 || self.year == Some(0) => {
                if day_first && c <= 12 {
                    all(a, c, b)
                } else {
                    all(a, b, c)
                }
            }
            (3, None) if a > 12 || day_first && b <= 12 => all(c, b, a),
            (3, None) => all(c, a, b),
            _ => None,
        }
    }
}

/// The day of a month, or the last one when the month is shorter; `None` for a month that there is not.
pub fn cut(year: i64, month: i64, day: u32) -> Option<u32> {
    let month = u32::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    // Years that there are not have the days of one that there is, four centuries apart.
    let year = i32::try_from(2000 + year.rem_euclid(400)).ok()?;
    Some(day.min(days_in_month(year, month)))
}

/// The next such weekday (Monday is 0), or the day itself.
pub fn on_weekday(date: Date, weekday: u32) -> Option<Date> {
    Date::from_ordinal(date.ordinal() + i64::from((7 + weekday - date.weekday()) % 7))
}
