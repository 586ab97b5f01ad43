//! Numbers in German.

use super::Language;
use super::germanic::{Words, cardinal};

/// German.
pub static GERMAN: Language = Language {
    zero: "null",
    minus: "minus",
    digits: 36,
    english_beyond: false,
    cardinal: |number| cardinal(number, &WORDS),
};

static WORDS: Words = Words {
    small: "|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|\
        siebzehn|achtzehn|neunzehn",
    tens: "||zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig",
    one_and: "ein",
    and: ["und", "und"],
    one_times: "ein",
    hundred: "hundert",
    thousand: "tausend",
    one_million: "eine",
    endings: [["illion", "illiarde"], ["illionen", "illiarden"]],
    name: |name| {
        let mut letters = name.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
    },
};
