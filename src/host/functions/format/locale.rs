//! A language's names, patterns and relative times, as the host's Babel reads them from CLDR.
//!
//! A table (about 25 kB gzip for the host's eighty languages) and not the browser's `Intl`: a browser carries another
//! release of CLDR than the host's Babel, and the two differ in names, blanks and patterns from release to release.

use super::locale_data::{KNOWN, LOCALES, PLURALS};
use crate::host::{Context, Flavour};
use crate::python::{Outcome, Stop};

/// A language as Babel knows it.
#[derive(Debug, Clone, Copy)]
pub struct Locale {
    /// `fr`, `pt_BR`
    pub code: &'static str,
    lists: &'static str,
    /// The language without its country.
    parent: &'static str,
    flavour: Flavour,
}

/// A list of a language: its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List(usize);

impl List {
    /// Quarters, abbreviated, in a date.
    pub const QUARTERS: Self = Self(14);
    /// This era, abbreviated.
    pub const ERA: Self = Self(15);
    /// Before and after noon, abbreviated.
    pub const PERIODS: Self = Self(16);
    /// `full`, `long`, `medium` and `short` pattern of a day.
    pub const DATES: Self = Self(17);
    /// The same of a time.
    pub const TIMES: Self = Self(18);
    /// How a day (`{1}`) and a time (`{0}`) are joined.
    pub const JOINS: Self = Self(19);
    /// UTC: short, long, and as a distance from itself.
    pub const UTC: Self = Self(20);
    /// The first day of the week (Monday is 0) and the fewest days of a year's first week.
    pub const WEEK: Self = Self(21);
    /// What stands before and after every distance: in the past, in the future.
    const AROUND: Self = Self(22);
    const RELATIVE: usize = 23;
    const PLURAL: Self = Self(37);
    /// The part of the day in each of its hours, at midnight and at noon; for the languages whose own patterns have it.
    pub const PARTS: Self = Self(38);

    /// Months: wide (0), abbreviated (1) or narrow (2), in a date or alone.
    pub fn months(alone: bool, width: usize) -> Self {
        Self(usize::from(alone) * 3 + width)
    }

    /// Days of the week from Monday: wide (0), abbreviated (1), narrow (2) or short (3).
    pub fn days(alone: bool, width: usize) -> Self {
        Self(6 + usize::from(alone) * 4 + width)
    }
}

/// The locale of one of the host's languages (`fr`, `pt-BR`); `None` for one that Babel does not know.
///
/// # Errors
/// `Unsupported` for a language that Babel may know and this engine has no data for.
pub fn find(context: &Context, language: &str) -> Outcome<Option<Locale>> {
    let code = language.replace('-', "_");
    if let Some((code, lists)) = LOCALES.iter().find(|(known, _)| *known == code) {
        let parent = code.split('_').next().filter(|parent| parent != code);
        let parent = LOCALES.iter().find(|(known, _)| Some(*known) == parent).map_or("", |(_, lists)| lists);
        return Ok(Some(Locale { code, lists, parent, flavour: context.flavour }));
    }
    let unknown = matches!(code.len(), 2 | 3)
        && code.bytes().all(|byte| byte.is_ascii_lowercase())
        && !is_known(&code)
        && context.flavour == Flavour::Dodock;
    if unknown { Ok(None) } else { Err(Stop::unsupported(format!("dates in the language {language}"))) }
}

fn is_known(code: &str) -> bool {
    KNOWN.split(' ').any(|known| known == code)
}

/// The locale of one of the host's languages.
///
/// # Errors
/// Babel's error for a language that it does not know; `Unsupported` as [`find`].
pub fn locale(context: &Context, language: &str) -> Outcome<Locale> {
    let unknown =
        || Stop::raise("babel.core.UnknownLocaleError", format!("unknown locale '{}'", language.replace('-', "_")));
    find(context, language)?.ok_or_else(unknown)
}

/// The locale for a pattern of numbers alone: any language that Babel knows will do.
///
/// # Errors
/// As [`find`].
pub fn for_numbers(context: &Context, language: &str) -> Outcome<Option<Locale>> {
    find(context, if is_known(language) { "en" } else { language })
}

impl Locale {
    /// A list, its entries divided by `|`.
    fn list(&self, list: List) -> Outcome<&'static str> {
        let text = self.lists.split('\n').nth(list.0).unwrap_or("^");
        let text = match (text.strip_prefix('~'), self.flavour) {
            (Some(_), Flavour::Frappe) => {
                return Err(Stop::unsupported(format!("a name or pattern of the language {}", self.code)));
            }
            (Some(text), Flavour::Dodock) => text,
            (None, _) => text,
        };
        if text == "^" && !self.parent.is_empty() {
            return Self { lists: self.parent, parent: "", ..*self }.list(list);
        }
        match text.strip_prefix('=').and_then(|place| place.parse().ok()) {
            Some(place) => self.list(List(place)),
            None => Ok(text),
        }
    }

    /// One entry of a list.
    ///
    /// # Errors
    /// `Unsupported` for one that is not known here.
    pub fn entry(&self, list: List, place: usize) -> Outcome<&'static str> {
        match self.list(list)?.split('|').nth(place) {
            Some(entry) if !entry.is_empty() => Ok(entry),
            _ => Err(Stop::unsupported(format!("a name or pattern of the language {}", self.code))),
        }
    }

    /// A distance of so many years (unit 0), months, weeks, days, hours, minutes or seconds. For counts below ten
    /// thousand.
    ///
    /// # Errors
    /// None in practice.
    pub fn distance(&self, unit: usize, count: u64, future: bool) -> Outcome<String> {
        let around = self.list(List::AROUND)?;
        let mut around = around.split('|').skip(if future { 2 } else { 0 });
        let (start, end) = (around.next().unwrap_or_default(), around.next().unwrap_or_default());
        let list = List(List::RELATIVE + unit * 2 + usize::from(future));
        // A form ends with a mark, so that one with nothing between start and end is not taken for a missing one.
        let form = self.entry(list, self.plural(count)?)?.trim_end_matches('!');
        Ok(format!("{start}{form}{end}").replace("{0}", &count.to_string()))
    }

    /// The first day of the week (Monday is 0) and the fewest days of a year's first week.
    ///
    /// # Errors
    /// None in practice.
    pub fn week(&self) -> Outcome<(i64, i64)> {
        let number = |place| self.entry(List::WEEK, place).map(|number| number.parse().unwrap_or(0));
        Ok((number(0)?, number(1)?))
    }

    /// The plural form of a whole number below ten thousand: a place in zero, one, two, few, many, other.
    ///
    /// # Errors
    /// None in practice.
    fn plural(&self, number: u64) -> Outcome<usize> {
        let forms = self.entry(List::PLURAL, 0)?.parse().ok().and_then(|place: usize| PLURALS.get(place));
        let number = if number < 200 { number } else { 100 + number % 100 };
        let form = forms.and_then(|forms| forms.as_bytes().get(usize::try_from(number).ok()?));
        Ok(form.map_or(5, |form| usize::from(form - b'0')))
    }
}

#[cfg(test)]
pub fn for_tests(code: &str) -> Locale {
    let (code, lists) = LOCALES.iter().find(|(known, _)| *known == code).unwrap();
    let parent = code.split('_').next().filter(|parent| parent != code);
    let parent = LOCALES.iter().find(|(known, _)| Some(*known) == parent).map_or("", |(_, lists)| lists);
    Locale { code, lists, parent, flavour: Flavour::Dodock }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expectations from Babel 2.12.1.
    #[test]
    fn lists_are_found_through_equals_and_parents() {
        assert_eq!(for_tests("fr").entry(List::months(true, 1), 0).unwrap(), "janv.");
        assert_eq!(for_tests("fr_CA").entry(List::months(true, 1), 6).unwrap(), "juill.");
        assert_eq!(for_tests("fr_CA").entry(List::months(true, 0), 7).unwrap(), "août");
        assert_eq!(for_tests("pt_BR").entry(List::UTC, 0).unwrap(), "UTC");
        assert_eq!(for_tests("ar").plural(103).unwrap(), 3);
        assert_eq!(for_tests("ru").plural(21).unwrap(), 1);
        assert_eq!(for_tests("fr").week().unwrap(), (0, 1));
    }

    #[test]
    fn every_list_of_every_language_is_there() {
        for (code, _) in LOCALES {
            for list in 0..=List::PLURAL.0 {
                assert!(!for_tests(code).list(List(list)).unwrap().contains(['^', '~', '=']), "{code} {list}");
            }
        }
    }
}
