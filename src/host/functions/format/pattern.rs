//! Date patterns (`d MMMM y`, `HH:mm`), as Babel applies them. Source: Babel's documentation of date fields, Unicode TR 35.

use super::locale::Locale;
use crate::python::datetime::{Date, Time};
use crate::python::{Outcome, Stop};

/// Letters that stand for a field; all others are text.
const FIELDS: &str = "GyYuQqMLwWdDFgEecabBhHKkmsSAzZOvVxX";

/// A piece of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// A letter, repeated so many times.
    Field(char, usize),
    Text(String),
}

/// Writes a moment after a pattern. A part that is absent (`None`) may not be asked for.
///
/// # Errors
/// `Unsupported` for a field that this engine does not write, and for what the host writes otherwise (a field of a
/// length that it does not know, a quote that is not closed).
pub fn apply(pattern: &str, date: Option<Date>, time: Option<Time>, locale: &Locale) -> Outcome<String> {
    let mut text = String::new();
    for piece in pieces(pattern)? {
        match piece {
            Piece::Text(literal) => text.push_str(&literal),
            Piece::Field(letter, length) => text.push_str(&field(letter, length, date, time, locale)?),
        }
    }
    Ok(text)
}

/// Whether a pattern writes numbers alone, which no language changes.
pub fn is_numeric(pattern: &str) -> bool {
    let mut months = 0;
    pattern.chars().all(|letter| {
        months = if letter == 'M' { months + 1 } else { 0 };
        months < 3 && (!letter.is_ascii_alphabetic() || "yMdHms".contains(letter)) && letter != '\''
    })
}

fn pieces(pattern: &str) -> Outcome<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut quoted = false;
    let mut letters = pattern.chars().peekable();
    // A quote ends the field before it, even when the same letter follows.
    let mut ended = true;
    while let Some(letter) = letters.next() {
        if letter == '\'' && letters.peek() != Some(&'\'') {
            quoted = !quoted;
            ended = true;
            continue;
        }
        if letter == '\'' {
            letters.next();
        }
        if !quoted && letter != '\'' && FIELDS.contains(letter) {
            match pieces.last_mut() {
                Some(Piece::Field(last, length)) if *last == letter && !ended => *length += 1,
                _ => pieces.push(Piece::Field(letter, 1)),
            }
            ended = false;
            continue;
        }
        match pieces.last_mut() {
            Some(Piece::Text(text)) => text.push(letter),
            _ => pieces.push(Piece::Text(letter.to_string())),
        }
    }
    if quoted { Err(Stop::unsupported("a date pattern whose quote is not closed")) } else { Ok(pieces) }
}

fn field(letter: char, length: usize, date: Option<Date>, time: Option<Time>, locale: &Locale) -> Outcome<String> {
    let unknown = || Stop::unsupported(format!("{} in a date pattern", letter.to_string().repeat(length.min(9))));
    let number = |value: u32| Ok(format!("{value:0length$}"));
    let name = |list: &'static str, place: u32| {
        Ok(locale.entry(list, usize::try_from(place).unwrap_or(usize::MAX))?.to_owned())
    };
    if let Some(Date { year, month, day }) = date {
        match (letter, length) {
            ('y', 2) => return Ok(format!("{:02}", year % 100)),
            ('y', 1..=9) => return Ok(format!("{year:0length$}")),
            ('M' | 'L', 1 | 2) => return number(month),
            ('M', 3) => return name(locale.short_months, month - 1),
            ('M', 4) => return name(locale.months, month - 1),
            ('L', 3) => return name(locale.lone_short_months, month - 1),
            ('L', 4) => return name(locale.lone_months, month - 1),
            ('d', 1 | 2) => return number(day),
            ('D', 1..=3) => return Ok(format!("{:0length$}", Date { year, month, day }.day_of_year())),
            ('Q' | 'q', 1 | 2) => return number((month - 1) / 3 + 1),
            ('E', 1..=3) => return name(locale.short_days, Date { year, month, day }.weekday()),
            ('e', 3) => return name(locale.short_days, Date { year, month, day }.weekday()),
            ('E' | 'e', 4) => return name(locale.days, Date { year, month, day }.weekday()),
            _ => {}
        }
    }
    if let Some(Time { hour, minute, second, .. }) = time {
        match (letter, length) {
            ('H', 1 | 2) => return number(hour),
            ('h', 1 | 2) => return number((hour + 11) % 12 + 1),
            ('K', 1 | 2) => return number(hour % 12),
            ('k', 1 | 2) => return number((hour + 23) % 24 + 1),
            ('m', 1 | 2) => return number(minute),
            ('s', 1 | 2) => return number(second),
            ('a', 1..=3) => return name(locale.periods, u32::from(hour >= 12)),
            _ => {}
        }
    }
    Err(unknown())
}

#[cfg(test)]
mod tests {
    use super::super::locale::locale;
    use super::*;

    /// Expectations from Babel 2.13 to 2.18, which agree.
    #[test]
    fn patterns_are_written_as_babel_writes_them() {
        let date = Date::new(2026, 3, 5);
        let time = Time::new(14, 5, 9, 500_000);
        let fr = locale("fr").unwrap();
        for (pattern, expected) in [
            ("EEEE d MMMM y à H:mm", "jeudi 5 mars 2026 à 14:05"),
            ("d MMM 'à' HH'h'mm", "5 mars à 14h05"),
            ("dd/MM/yyyy", "05/03/2026"),
            ("yy M D", "26 3 64"),
            ("h:mm a", "2:05 PM"),
            ("y''MM", "2026'03"),
            ("'d''d' d", "d'd 5"),
            ("d'd'd", "5d5"),
            ("EEE LLLL", "jeu. mars"),
        ] {
            assert_eq!(apply(pattern, date, time, fr).unwrap(), expected, "{pattern}");
        }
    }

    #[test]
    fn unknown_fields_are_not_guessed() {
        let fr = locale("fr").unwrap();
        for pattern in ["w", "MMMMM", "z", "ddd", "HH", "d 'x"] {
            assert!(matches!(apply(pattern, Date::new(2026, 3, 5), None, fr), Err(Stop::Unsupported(_))), "{pattern}");
        }
    }
}
