//! Numbers in Dutch.

use super::Language;
use super::germanic::{Words, cardinal};

/// Dutch.
pub static DUTCH: Language = Language {
    zero: "nul",
    minus: "min",
    digits: 36,
    english_beyond: false,
    cardinal: |number| cardinal(number, &WORDS),
};

static WORDS: Words = Words {
    small: "|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|\
        zeventien|achttien|negentien",
    tens: "||twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig",
    one_and: "een",
    and: ["en", "ën"],
    one_times: "",
    hundred: "honderd",
    thousand: "duizend",
    one_million: "een",
    endings: [["iljoen", "iljard"], ["iljoen", "iljard"]],
    name: |name| name,
};
