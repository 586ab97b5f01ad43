//! Numbers in English, by thousands or in the Indian way by lakhs and crores.

use super::Language;
use super::scale::{Group, joined, pick};

/// English.
pub static ENGLISH: Language = Language { zero: "zero", minus: "minus", digits: 36, english_beyond: false, cardinal };

/// English as India counts.
pub static INDIAN: Language =
    Language { zero: "zero", minus: "minus", digits: 10, english_beyond: true, cardinal: indian };

const SMALL: &str = "|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|\
    sixteen|seventeen|eighteen|nineteen";
const TENS: &str = "||twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
const POWERS: &str = "|thousand|million|billion|trillion|quadrillion|quintillion|sextillion|septillion|octillion|\
    nonillion|decillion";

fn cardinal(number: &[Group]) -> Option<String> {
    Some(number.iter().fold(String::new(), |text, (power, count)| with_part(&text, *count, pick(POWERS, *power))))
}

fn indian(number: &[Group]) -> Option<String> {
    let value = |(power, count): &Group| Some(u64::try_from(*count).ok()? * 1000_u64.pow(u32::try_from(*power).ok()?));
    let mut rest: u64 = number.iter().map(value).sum::<Option<u64>>()?;
    let mut text = String::new();
    for (scale, name) in [(10_000_000, "crore"), (100_000, "lakh"), (1000, "thousand"), (1, "")] {
        let count = usize::try_from(rest / scale).ok()?;
        rest %= scale;
        if count > 0 {
            text = with_part(&text, count, name);
        }
    }
    Some(text)
}

/// A further part: after a comma, but what is below a hundred after `and`.
fn with_part(text: &str, count: usize, name: &'static str) -> String {
    let and = if name.is_empty() && count < 100 { " and " } else { ", " };
    joined(text, and, &joined(&below_thousand(count), " ", name))
}

fn below_thousand(number: usize) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let tail = match rest {
        ..20 => pick(SMALL, rest).to_owned(),
        _ => joined(pick(TENS, rest / 10), " ", pick(SMALL, rest % 10)),
    };
    let hundred = if hundreds == 0 { "" } else { "hundred" };
    joined(&joined(pick(SMALL, hundreds), " ", hundred), " and ", &tail)
}
