//! Numbers in German.

use super::Language;
use super::germanic::{Words, cardinal};

/// German.
pub static GERMAN: Language =
    Language { minus: "minus", digits: 36, english_beyond: false, cardinal: |number| Some(cardinal(number, &WORDS)) };

static WORDS: Words = Words {
    small: "null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|\
        siebzehn|achtzehn|neunzehn",
    tens: "||zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig",
    one_and: "ein",
    and: ["und", "und"],
    one_times: "ein",
    hundred: "hundert",
    thousand: "tausend",
    one_million: "eine",
    endings: [["illion", "illiarde"], ["illionen", "illiarden"]],
    capital: true,
};
