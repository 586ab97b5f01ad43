//! A language's names, patterns and relative times, as the host's Babel reads them from CLDR.

pub use super::locale_data::LOCALES;
use crate::python::{Outcome, Stop};

/// What a language calls months, days and distances. Every list is one text, its entries divided by `|`; an entry is
/// empty where versions of Babel differ.
#[derive(Debug)]
pub struct Locale {
    /// `fr`, `pt_BR`
    pub code: &'static str,
    /// `janvier`..., as in a date.
    pub months: &'static str,
    /// `janv.`...
    pub short_months: &'static str,
    /// The month alone.
    pub lone_months: &'static str,
    /// The month alone, short.
    pub lone_short_months: &'static str,
    /// `lundi`..., from Monday.
    pub days: &'static str,
    /// `lun.`..., from Monday.
    pub short_days: &'static str,
    /// Before and after noon.
    pub periods: &'static str,
    /// Patterns of a day: full, long, medium, short.
    pub date_patterns: &'static str,
    /// Patterns of a time: full, long, medium, short.
    pub time_patterns: &'static str,
    /// How a day (`{1}`) and a time (`{0}`) are joined: full, long, medium, short.
    pub joins: &'static str,
    /// For each of year, month, week, day, hour, minute, second: past, future; forms zero, one, two, few, many, other.
    pub relative: [&'static str; 14],
}

/// Other languages that all versions of Babel know, sorted: they write numbers alone as every language does here.
const OTHERS: [&str; 55] = [
    "af", "am", "bg", "bn", "bs", "ca", "cs", "da", "el", "et", "fa", "fi", "gu", "he", "hi", "hr", "hu", "id", "is",
    "ja", "km", "kn", "ko", "lo", "lt", "lv", "mk", "ml", "mr", "ms", "my", "nb", "pl", "ps", "ro", "ru", "rw", "si",
    "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zh", "zh_CN", "zh_TW",
];

/// The locale of one of the host's languages, for a pattern of numbers alone: any language that Babel knows will do.
///
/// # Errors
/// `Unsupported` for a language that Babel may not know.
pub fn for_numbers(language: &str) -> Outcome<&'static Locale> {
    let code = language.replace('-', "_");
    if OTHERS.binary_search(&code.as_str()).is_ok() { locale("en") } else { locale(language) }
}

/// The locale of one of the host's languages (`fr`, `pt-BR`).
///
/// # Errors
/// `Unsupported` for a language that this engine has no data for.
pub fn locale(language: &str) -> Outcome<&'static Locale> {
    let code = language.replace('-', "_");
    LOCALES
        .iter()
        .find(|locale| locale.code == code)
        .ok_or_else(|| Stop::unsupported(format!("dates in the language {language}")))
}

impl Locale {
    /// One entry of a list.
    ///
    /// # Errors
    /// `Unsupported` where versions of Babel differ.
    pub fn entry(&self, list: &'static str, place: usize) -> Outcome<&'static str> {
        match list.split('|').nth(place) {
            Some(entry) if !entry.is_empty() => Ok(entry),
            _ => Err(Stop::unsupported(format!("a name or pattern of the language {}", self.code))),
        }
    }

    /// The plural form of a whole number: a place in zero, one, two, few, many, other. For numbers below a million.
    pub fn plural(&self, number: u64) -> usize {
        let language = self.code.split('_').next().unwrap_or_default();
        match (language, number) {
            ("ar", 0) => 0,
            ("ar", 2) => 2,
            ("ar", _) if number != 1 => match number % 100 {
                3..=10 => 3,
                11..=99 => 4,
                _ => 5,
            },
            ("fr" | "pt", 0) | (_, 1) => 1,
            _ => 5,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::locale_data::PLURALS;
    use super::*;

    #[test]
    fn plural_forms_are_babels() {
        for (code, forms) in PLURALS {
            let locale = LOCALES.iter().find(|locale| locale.code == code).unwrap();
            for (number, form) in forms.chars().enumerate() {
                assert_eq!(locale.plural(number as u64).to_string(), form.to_string(), "{code} {number}");
            }
        }
    }

    #[test]
    fn the_hosts_codes_find_their_locale() {
        assert_eq!(locale("pt-BR").unwrap().code, "pt_BR");
        assert!(locale("tlh").is_err());
        assert!(OTHERS.is_sorted());
    }
}
