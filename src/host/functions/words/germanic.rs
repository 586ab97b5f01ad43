//! How German and Dutch put numbers together: units before tens, one word below a million.

use super::scale::{Group, joined, long_scale, pick};

/// The words of a language.
pub struct Words {
    /// 1 to 19.
    pub small: &'static str,
    pub tens: &'static str,
    /// A one before tens.
    pub one_and: &'static str,
    /// Between units and tens; the second after an `e`.
    pub and: [&'static str; 2],
    /// A one before a hundred or a thousand.
    pub one_times: &'static str,
    pub hundred: &'static str,
    pub thousand: &'static str,
    /// A one before a million.
    pub one_million: &'static str,
    /// The long scale's endings of one, and of many.
    pub endings: [[&'static str; 2]; 2],
    /// How a million is written: as a noun with a capital, or not.
    pub name: fn(String) -> String,
}

/// The number in words.
pub fn cardinal(number: &[Group], words: &Words) -> Option<String> {
    let part = |text: String, (power, count): &Group| {
        let (power, count) = (*power, *count);
        let [one, many] = words.endings;
        let (alone, name, gap) = match power {
            0 => (None, String::new(), ""),
            1 => (Some(words.one_times), words.thousand.to_owned(), ""),
            _ => (Some(words.one_million), (words.name)(long_scale(power, if count == 1 { one } else { many })), " "),
        };
        let times = match alone {
            Some(alone) if count == 1 => alone.to_owned(),
            _ => below_thousand(count, words),
        };
        // Millions stand apart; all below is one word.
        let glued = number.first().is_none_or(|(highest, _)| *highest < 2) || text.ends_with(words.thousand);
        joined(&text, if glued { "" } else { " " }, &joined(&times, gap, &name))
    };
    Some(number.iter().fold(String::new(), part))
}

fn below_thousand(number: usize, words: &Words) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let (times, hundred) = match hundreds {
        0 => ("", ""),
        1 => (words.one_times, words.hundred),
        _ => (pick(words.small, hundreds), words.hundred),
    };
    let unit = if rest > 20 && rest % 10 == 1 { words.one_and } else { pick(words.small, rest % 10) };
    let [and, after_e] = words.and;
    let and = if unit.ends_with('e') { after_e } else { and };
    let tail =
        if rest < 20 { pick(words.small, rest).to_owned() } else { joined(unit, and, pick(words.tens, rest / 10)) };
    [times, hundred, &tail].concat()
}
