//! Numbers in French, as in France, in Belgium and in Switzerland.

use super::Language;
use super::scale::{Group, joined, long_scale, pick};

/// French.
pub static FRENCH: Language = language(|number| cardinal(number, &FRANCE));

/// French as in Belgium.
pub static BELGIAN: Language = language(|number| cardinal(number, &Usage { by_twenties: false, tens: BELGIUM }));

/// French as in Switzerland.
pub static SWISS: Language = language(|number| cardinal(number, &Usage { by_twenties: false, tens: SWITZERLAND }));

const fn language(cardinal: fn(&[Group]) -> Option<String>) -> Language {
    Language { zero: "zéro", minus: "moins", digits: 36, english_beyond: false, cardinal }
}

/// What differs from country to country.
struct Usage {
    /// Whether 70 and 90 are 60 and 80 with ten more, and plurals lose their `s` before a further number.
    by_twenties: bool,
    tens: &'static str,
}

const FRANCE: Usage = Usage { by_twenties: true, tens: "||vingt|trente|quarante|cinquante|soixante||quatre vingt" };
const BELGIUM: &str = "||vingt|trente|quarante|cinquante|soixante|septante|quatre vingt|nonante";
const SWITZERLAND: &str = "||vingt|trente|quarante|cinquante|soixante|septante|huitante|nonante";
const SMALL: &str = "|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|\
    dix sept|dix huit|dix neuf";

fn cardinal(number: &[Group], usage: &Usage) -> Option<String> {
    let part = |text: String, (power, count): &Group| {
        let words = match (power, count) {
            (1, 1) => String::new(),
            (power, count) => below_thousand(*count, *power != 1, usage),
        };
        let name = match power {
            0 => String::new(),
            1 => "mille".to_owned(),
            // num2words gives even one million an `s` where it never takes one away.
            _ if *count > 1 || !usage.by_twenties => long_scale(*power, ["illions", "illiards"]),
            _ => long_scale(*power, ["illion", "illiard"]),
        };
        joined(&text, " ", &joined(&words, " ", &name))
    };
    Some(number.iter().fold(String::new(), part))
}

/// `noun`: no number follows, so that plurals keep their `s`.
fn below_thousand(number: usize, noun: bool, usage: &Usage) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let hundred = match hundreds {
        0 => "",
        1 => "cent",
        _ if !usage.by_twenties || noun && rest == 0 => "cents",
        _ => "cent",
    };
    let times = if hundreds == 1 { "" } else { pick(SMALL, hundreds) };
    joined(&joined(times, " ", hundred), " ", &below_hundred(rest, noun, usage))
}

fn below_hundred(number: usize, noun: bool, usage: &Usage) -> String {
    let (mut tens, mut units) = (number / 10, number % 10);
    if tens < 2 {
        return pick(SMALL, number).to_owned();
    }
    if usage.by_twenties && matches!(tens, 7 | 9) {
        tens -= 1;
        units += 10;
    }
    let eighty = usage.by_twenties && tens == 8;
    let and = match units {
        0 if eighty && noun => return [pick(usage.tens, tens), "s"].concat(),
        1 | 11 if !eighty => " et ",
        _ => " ",
    };
    joined(pick(usage.tens, tens), and, pick(SMALL, units))
}
