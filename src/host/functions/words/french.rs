//! Numbers in French, as in France, in Belgium and in Switzerland.

use super::Language;
use super::scale::{groups, long_scale, pick};

/// French.
pub static FRENCH: Language = language(|number| cardinal(number, &FRANCE));

/// French as in Belgium.
pub static BELGIAN: Language = language(|number| cardinal(number, &Usage { by_twenties: false, tens: BELGIUM }));

/// French as in Switzerland.
pub static SWISS: Language = language(|number| cardinal(number, &Usage { by_twenties: false, tens: SWITZERLAND }));

const fn language(cardinal: fn(u128) -> Option<String>) -> Language {
    Language { minus: "moins", digits: 36, english_beyond: false, cardinal }
}

/// What differs from country to country.
struct Usage {
    /// Whether 70 and 90 are 60 and 80 with ten more, and plurals lose their `s` before a further number.
    by_twenties: bool,
    tens: &'static str,
}

const FRANCE: Usage = Usage { by_twenties: true, tens: "||vingt|trente|quarante|cinquante|soixante||quatre-vingt" };
const BELGIUM: &str = "||vingt|trente|quarante|cinquante|soixante|septante|quatre-vingt|nonante";
const SWITZERLAND: &str = "||vingt|trente|quarante|cinquante|soixante|septante|huitante|nonante";
const SMALL: &str = "zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|\
    dix-sept|dix-huit|dix-neuf";

fn cardinal(number: u128, usage: &Usage) -> Option<String> {
    if number == 0 {
        return Some(pick(SMALL, 0).to_owned());
    }
    let parts = groups(number, 1000).into_iter().map(|(power, count)| match (power, count) {
        (0, _) => below_thousand(count, true, usage),
        (1, 1) => "mille".to_owned(),
        (1, _) => format!("{} mille", below_thousand(count, false, usage)),
        _ => {
            // num2words gives even one million an `s` where it never takes one away.
            let plural = if count > 1 || !usage.by_twenties { "s" } else { "" };
            let name = long_scale(power, ["illion", "illiard"]);
            format!("{} {name}{plural}", below_thousand(count, true, usage))
        }
    });
    Some(parts.collect::<Vec<_>>().join(" "))
}

/// `noun`: no number follows, so that plurals keep their `s`.
fn below_thousand(number: usize, noun: bool, usage: &Usage) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let plural = hundreds > 1 && (!usage.by_twenties || noun && rest == 0);
    let mut text = match hundreds {
        0 => String::new(),
        1 => "cent".to_owned(),
        _ => format!("{} cent{}", pick(SMALL, hundreds), if plural { "s" } else { "" }),
    };
    if rest > 0 {
        if hundreds > 0 {
            text.push(' ');
        }
        text.push_str(&below_hundred(rest, noun, usage));
    }
    text
}

fn below_hundred(number: usize, noun: bool, usage: &Usage) -> String {
    if number < 20 {
        return pick(SMALL, number).to_owned();
    }
    let (mut tens, mut units) = (number / 10, number % 10);
    if usage.by_twenties && matches!(tens, 7 | 9) {
        tens -= 1;
        units += 10;
    }
    let eighty = usage.by_twenties && tens == 8;
    let name = pick(usage.tens, tens);
    match units {
        0 if eighty && noun => format!("{name}s"),
        0 => name.to_owned(),
        1 | 11 if !eighty => format!("{name} et {}", pick(SMALL, units)),
        _ => format!("{name}-{}", pick(SMALL, units)),
    }
}
