//! How Spanish and Portuguese put numbers together: by millions, each of up to six digits.

use super::scale::{groups, pick};

/// The words of a language.
pub struct Words {
    /// From zero on, as far as they are one word.
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
pub fn cardinal(number: u128, words: &Words) -> String {
    let parts = groups(number, 1_000_000).into_iter().map(|(power, count)| match (power, count) {
        (0, _) => below_million(count, words),
        (_, 1) => format!("{} {}", words.one, pick(words.million, power)),
        _ => format!("{} {}", below_million(count, words), pick(words.millions, power)),
    });
    let text = parts.collect::<Vec<_>>().join(words.and);
    if text.is_empty() { pick(words.small, 0).to_owned() } else { text }
}

fn below_million(number: usize, words: &Words) -> String {
    let thousands = match number / 1000 {
        0 => String::new(),
        1 => "mil".to_owned(),
        count => format!("{} mil", below_thousand(count, words)),
    };
    joined(thousands, words.and, below_thousand(number % 1000, words))
}

fn below_thousand(number: usize, words: &Words) -> String {
    if number == 100 {
        return words.hundred.to_owned();
    }
    joined(pick(words.hundreds, number / 100).to_owned(), words.and, below_hundred(number % 100, words))
}

fn below_hundred(number: usize, words: &Words) -> String {
    let small = pick(words.small, number);
    if number == 0 || !small.is_empty() {
        return if number == 0 { String::new() } else { small.to_owned() };
    }
    let unit = number % 10;
    let unit = if unit == 0 { "" } else { pick(words.small, unit) };
    joined(pick(words.tens, number / 10).to_owned(), words.tens_and, unit.to_owned())
}

fn joined(head: String, and: &str, tail: String) -> String {
    let and = if head.is_empty() || tail.is_empty() { "" } else { and };
    head + and + &tail
}
