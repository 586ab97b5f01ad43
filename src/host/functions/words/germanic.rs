//! How German and Dutch put numbers together: units before tens, one word below a million.

use super::scale::{groups, long_scale, pick};

/// The words of a language.
pub struct Words {
    /// 0 to 19.
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
    /// Whether a million is a noun with a capital.
    pub capital: bool,
}

/// The number in words.
pub fn cardinal(number: u128, words: &Words) -> String {
    let (mut parts, mut low) = (Vec::new(), String::new());
    for (power, count) in groups(number, 1000) {
        match power {
            0 => low.push_str(&below_thousand(count, words)),
            1 => {
                low.push_str(&if count == 1 { words.one_times.to_owned() } else { below_thousand(count, words) });
                low.push_str(words.thousand);
            }
            _ => {
                let [one, many] = words.endings;
                let name = long_scale(power, if count == 1 { one } else { many });
                let count = if count == 1 { words.one_million.to_owned() } else { below_thousand(count, words) };
                parts.push(format!("{count} {}", if words.capital { capitalised(&name) } else { name }));
            }
        }
    }
    if !low.is_empty() {
        parts.push(low);
    }
    if parts.is_empty() { pick(words.small, 0).to_owned() } else { parts.join(" ") }
}

fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

fn below_thousand(number: usize, words: &Words) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let head = match hundreds {
        0 => String::new(),
        1 => format!("{}{}", words.one_times, words.hundred),
        _ => format!("{}{}", pick(words.small, hundreds), words.hundred),
    };
    let tens = pick(words.tens, rest / 10);
    let tail = match (rest, rest % 10) {
        (0, _) => String::new(),
        (1..20, _) => pick(words.small, rest).to_owned(),
        (_, 0) => tens.to_owned(),
        (_, unit) => {
            let unit = if unit == 1 { words.one_and } else { pick(words.small, unit) };
            let [and, after_e] = words.and;
            format!("{unit}{}{tens}", if unit.ends_with('e') { after_e } else { and })
        }
    };
    head + &tail
}
