//! Numbers in Arabic, as far as the versions of num2words agree: one group of three digits, the others zero.

use super::Language;
use super::scale::{groups, pick};

/// Arabic.
pub static ARABIC: Language = Language { minus: "سالب", digits: 18, english_beyond: false, cardinal };

const SMALL: &str = "صفر|واحد|اثنان|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة|أحد عشر|اثنا عشر|ثلاثة عشر|أربعة عشر|\
    خمسة عشر|ستة عشر|سبعة عشر|ثمانية عشر|تسعة عشر";
const TENS: &str = "||عشرون|ثلاثون|أربعون|خمسون|ستون|سبعون|ثمانون|تسعون";
const HUNDREDS: &str = "|مائة|مئتان|ثلاثمائة|أربعمائة|خمسمائة|ستمائة|سبعمائة|ثمانمائة|تسعمائة";
const POWERS: &str = "|ألف|مليون|مليار|تريليون|كوادريليون";
const PLURALS: &str = "|آلاف|ملايين|مليارات|تريليونات|كوادريليونات";
const AND: &str = " و ";

fn cardinal(number: u128) -> Option<String> {
    let (power, count) = match groups(number, 1000).as_slice() {
        [] => return Some(pick(SMALL, 0).to_owned()),
        [group] => *group,
        _ => return None,
    };
    let (hundreds, tens, units) = (count / 100, count / 10 % 10, count % 10);
    // Until 0.5.12 round tens, and those from sixty on, were glued to the hundreds; a single thousand was another word.
    let glued = hundreds > 0 && tens > 1 && (units == 0 || tens > 5);
    if glued || power > 0 && count % 100 == 1 {
        return None;
    }
    let name = pick(POWERS, power);
    if power > 0 && count == 2 {
        return Some(format!("{name}ا"));
    }
    let mut parts = Vec::new();
    match (hundreds, count % 100) {
        (0, _) => {}
        (2, 0) => parts.push("مئتا"),
        _ => parts.push(pick(HUNDREDS, hundreds)),
    }
    match (tens, units) {
        (0, 0) => {}
        (0 | 1, _) => parts.push(pick(SMALL, count % 100)),
        (_, 0) => parts.push(pick(TENS, tens)),
        _ => parts.extend([pick(SMALL, units), pick(TENS, tens)]),
    }
    let text = parts.join(AND);
    Some(match (power, count) {
        (0, _) => text,
        (_, 3..=10) => format!("{text} {}", pick(PLURALS, power)),
        _ => format!("{text} {name}"),
    })
}
