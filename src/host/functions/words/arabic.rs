//! Numbers in Arabic, as far as the versions of num2words agree: one group of three digits, the others zero.

use super::Language;
use super::scale::{Group, joined, pick};

/// Arabic.
pub static ARABIC: Language =
    Language { zero: "صفر", minus: "سالب", digits: 18, english_beyond: false, cardinal };

const SMALL: &str = "|واحد|اثنان|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة|أحد عشر|اثنا عشر|ثلاثة عشر|أربعة عشر|\
    خمسة عشر|ستة عشر|سبعة عشر|ثمانية عشر|تسعة عشر";
const TENS: &str = "||عشرون|ثلاثون|أربعون|خمسون|ستون|سبعون|ثمانون|تسعون";
const HUNDREDS: &str = "|مائة|مئتان|ثلاثمائة|أربعمائة|خمسمائة|ستمائة|سبعمائة|ثمانمائة|تسعمائة";
const POWERS: &str = "|ألف|مليون|مليار|تريليون|كوادريليون";
const PLURALS: &str = "|آلاف|ملايين|مليارات|تريليونات|كوادريليونات";
const AND: &str = " و ";

fn cardinal(number: &[Group]) -> Option<String> {
    let [(power, count)] = *number else {
        return None;
    };
    let (hundreds, tens, units) = (count / 100, count / 10 % 10, count % 10);
    // Until 0.5.12 round tens, and those from sixty on, were glued to the hundreds; a single thousand was another word.
    let glued = hundreds > 0 && tens > 1 && (units == 0 || tens > 5);
    if glued || power > 0 && count % 100 == 1 {
        return None;
    }
    let name = pick(POWERS, power);
    if power > 0 && count == 2 {
        return Some([name, "ا"].concat());
    }
    let head = if count == 200 { "مئتا" } else { pick(HUNDREDS, hundreds) };
    let tail = match tens {
        0 | 1 => pick(SMALL, count % 100).to_owned(),
        _ => joined(pick(SMALL, units), AND, pick(TENS, tens)),
    };
    let name = if (3..=10).contains(&count) { pick(PLURALS, power) } else { name };
    Some(joined(&joined(head, AND, &tail), " ", name))
}
