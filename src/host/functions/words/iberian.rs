//! How Spanish and Portuguese put numbers together: by millions, each of up to six digits.

use super::scale::{Group, joined, pick};

/// The words of a language.
pub struct Words {
    /// From one on, as far as they are one word.
    pub small: &'static str,
    pub tens: &'static str,
    /// Between tens and units.
    pub tens_and: &'static str,
    /// From a hundred on that something follows.
    pub hundreds: &'static str,
    /// A hundred alone.
    pub hundred: &'static str,
    /// Between the parts of a number.
    pub and: &'static str,
    /// A one before a million.
    pub one: &'static str,
    /// A million, its square...
    pub million: &'static str,
    pub millions: &'static str,
}

/// The number in words.
pub fn cardinal(number: &[Group], words: &Words) -> String {
    let million = |text: String, groups: &[Group]| {
        let power = groups.first().map_or(0, |(power, _)| power / 2);
        let (count, name) = match groups {
            [(thousands, 1)] if power > 0 && thousands.is_multiple_of(2) => {
                (words.one.to_owned(), pick(words.million, power))
            }
            _ => (
                groups.iter().fold(String::new(), |text, group| thousand(&text, *group, words)),
                pick(words.millions, power),
            ),
        };
        joined(&text, words.and, &joined(&count, " ", name))
    };
    number.chunk_by(|(a, _), (b, _)| a / 2 == b / 2).fold(String::new(), million)
}

/// A further group of three digits below a million: thousands, then the rest.
fn thousand(text: &str, (power, count): Group, words: &Words) -> String {
    let thousands = power % 2 == 1;
    let times = if thousands && count == 1 { String::new() } else { below_thousand(count, words) };
    joined(text, words.and, &joined(&times, " ", if thousands { "mil" } else { "" }))
}

fn below_thousand(number: usize, words: &Words) -> String {
    if number == 100 {
        return words.hundred.to_owned();
    }
    let rest = number % 100;
    let small = pick(words.small, rest);
    let tail = if small.is_empty() {
        joined(pick(words.tens, rest / 10), words.tens_and, pick(words.small, rest % 10))
    } else {
        small.to_owned()
    };
    joined(pick(words.hundreds, number / 100), words.and, &tail)
}
