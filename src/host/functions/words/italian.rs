//! Numbers in Italian.

use super::Language;
use super::scale::{Group, any_ends_with, joined, long_scale, pick};

/// Italian.
pub static ITALIAN: Language = Language { zero: "zero", minus: "meno", digits: 36, english_beyond: false, cardinal };

const SMALL: &str = "|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|\
    sedici|diciassette|diciotto|diciannove";
const TENS: &str = "||venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta";

fn cardinal(number: &[Group]) -> Option<String> {
    // 21 has lost its `i` since num2words 0.5.11.
    if any_ends_with(number, 21) { None } else { Some(words(number)) }
}

/// The number in words; nothing for zero.
fn words(number: &[Group]) -> String {
    let Some(((power, count), rest)) = number.split_first() else {
        return String::new();
    };
    let (power, count) = (*power, *count);
    let text = match power {
        0 => return below_thousand(count),
        1 if count == 1 => ["mille", &words(rest)].concat(),
        1 => [&below_thousand(count), "mila", &words(rest)].concat(),
        _ => {
            let (count, endings) = match count {
                1 => ("un".to_owned(), ["ilione", "iliardo"]),
                _ => (below_thousand(count), ["ilioni", "iliardi"]),
            };
            let rest = words(rest);
            let and = if rest.contains(" e ") { ", " } else { " e " };
            joined(&joined(&count, " ", &long_scale(power, endings)), and, &rest)
        }
    };
    accented(&text)
}

fn below_thousand(number: usize) -> String {
    let text = match number {
        ..20 => pick(SMALL, number).to_owned(),
        20..100 => elided([pick(TENS, number / 10), pick(SMALL, number % 10)].concat()),
        _ => {
            let times = if number < 200 { "" } else { pick(SMALL, number / 100) };
            elided([times, "cento", &below_thousand(number % 100)].concat())
        }
    };
    accented(&text)
}

/// A vowel falls before `otto`, `ottanta` and `uno`; num2words looks for it in all of the word.
fn elided(text: String) -> String {
    let pairs = [("oo", "o"), ("ao", "o"), ("io", "o"), ("au", "u"), ("iu", "u")];
    pairs.iter().fold(text, |text, (pair, kept)| text.replace(pair, kept))
}

/// A `tre` that ends a longer word has an accent. num2words gives and takes it each time that it puts words together, so
/// that `centoventitre` has none.
pub fn accented(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.strip_suffix("tre") {
        Some(stem) if !stem.is_empty() => [&stem.replace("tré", "tre"), "tré"].concat(),
        _ => word.replace("tré", "tre"),
    });
    words.collect::<Vec<_>>().join(" ")
}
