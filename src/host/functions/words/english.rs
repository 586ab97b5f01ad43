//! Numbers in English, by thousands or in the Indian way by lakhs and crores.

use super::Language;
use super::scale::{groups, pick};

/// English.
pub static ENGLISH: Language = Language { minus: "minus", digits: 36, english_beyond: false, cardinal };

/// English as India counts.
pub static INDIAN: Language = Language { minus: "minus", digits: 10, english_beyond: true, cardinal: indian };

const SMALL: &str = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|\
    sixteen|seventeen|eighteen|nineteen";
const TENS: &str = "||twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
const POWERS: &str = "|thousand|million|billion|trillion|quadrillion|quintillion|sextillion|septillion|octillion|\
    nonillion|decillion";

fn cardinal(number: u128) -> Option<String> {
    Some(joined(groups(number, 1000).into_iter().map(|(power, count)| (count, pick(POWERS, power)))))
}

fn indian(number: u128) -> Option<String> {
    let mut rest = usize::try_from(number).ok()?;
    let scales = [(10_000_000, "crore"), (100_000, "lakh"), (1_000, "thousand"), (1, "")];
    let counts = scales.map(|(scale, name)| {
        let count = rest / scale;
        rest %= scale;
        (count, name)
    });
    Some(joined(counts.into_iter().filter(|(count, _)| *count > 0)))
}

/// Commas between the parts, but `and` before what is below a hundred.
fn joined(parts: impl Iterator<Item = (usize, &'static str)>) -> String {
    let mut text = String::new();
    for (count, name) in parts {
        if !text.is_empty() {
            text.push_str(if name.is_empty() && count < 100 { " and " } else { ", " });
        }
        text.push_str(&below_thousand(count));
        if !name.is_empty() {
            text.push(' ');
            text.push_str(name);
        }
    }
    if text.is_empty() { pick(SMALL, 0).to_owned() } else { text }
}

fn below_thousand(number: usize) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let tail = match (rest, rest % 10) {
        (0, _) => String::new(),
        (1..20, _) => pick(SMALL, rest).to_owned(),
        (_, 0) => pick(TENS, rest / 10).to_owned(),
        (_, unit) => format!("{}-{}", pick(TENS, rest / 10), pick(SMALL, unit)),
    };
    match (hundreds, rest) {
        (0, _) => tail,
        (_, 0) => format!("{} hundred", pick(SMALL, hundreds)),
        _ => format!("{} hundred and {tail}", pick(SMALL, hundreds)),
    }
}
