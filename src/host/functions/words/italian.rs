//! Numbers in Italian.

use super::Language;
use super::scale::{any_ends_with, groups, long_scale, pick};

/// Italian.
pub static ITALIAN: Language = Language { minus: "meno", digits: 36, english_beyond: false, cardinal };

const SMALL: &str = "|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|\
    sedici|diciassette|diciotto|diciannove";
const TENS: &str = "||venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta";

fn cardinal(number: u128) -> Option<String> {
    // 21 has lost its `i` since num2words 0.5.11.
    match number {
        0 => Some("zero".to_owned()),
        _ if any_ends_with(number, 21) => None,
        _ => Some(words(number)),
    }
}

/// The number in words; nothing for zero.
fn words(number: u128) -> String {
    let Some((power, count)) = groups(number, 1000).first().copied() else {
        return String::new();
    };
    let rest = number - count as u128 * 1000_u128.pow(u32::try_from(power).unwrap_or(0));
    let text = match (power, count) {
        (0, 1..20) => pick(SMALL, count).to_owned(),
        (0, ..100) => elided(&format!("{}{}", pick(TENS, count / 10), pick(SMALL, count % 10))),
        (0, _) => {
            let hundreds = if count < 200 { "" } else { pick(SMALL, count / 100) };
            elided(&format!("{hundreds}cento{}", words(count as u128 % 100)))
        }
        (1, 1) => format!("mille{}", words(rest)),
        (1, _) => format!("{}mila{}", words(count as u128), words(rest)),
        _ => {
            let (count, endings) = match count {
                1 => ("un".to_owned(), ["ilione", "iliardo"]),
                _ => (words(count as u128), ["ilioni", "iliardi"]),
            };
            let rest = words(rest);
            let and = match rest.as_str() {
                "" => "",
                rest if rest.contains(" e ") => ", ",
                _ => " e ",
            };
            format!("{count} {}{and}{rest}", long_scale(power, endings))
        }
    };
    accented(&text)
}

/// A vowel falls before `otto`, `ottanta` and `uno`; num2words looks for it in all of the word.
fn elided(text: &str) -> String {
    let pairs = [("oo", "o"), ("ao", "o"), ("io", "o"), ("au", "u"), ("iu", "u")];
    pairs.iter().fold(text.to_owned(), |text, (pair, kept)| text.replace(pair, kept))
}

/// A `tre` that ends a longer word has an accent. num2words gives and takes it each time that it puts words together, so
/// that `centoventitre` has none.
pub fn accented(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.strip_suffix("tre") {
        Some(stem) if !stem.is_empty() => format!("{}tré", stem.replace("tré", "tre")),
        _ => word.replace("tré", "tre"),
    });
    words.collect::<Vec<_>>().join(" ")
}
