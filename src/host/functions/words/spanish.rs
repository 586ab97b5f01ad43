//! Numbers in Spanish.

use super::Language;
use super::iberian::{self, Words};
use super::scale::{Group, any_ends_with};

/// Spanish. Beyond its last word most versions make the host take English, but 0.5.10 makes it fail.
pub static SPANISH: Language = Language { zero: "cero", minus: "menos", digits: 27, english_beyond: false, cardinal };

static WORDS: Words = Words {
    small: "|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis|\
        diecisiete|dieciocho|diecinueve|veinte|veintiuno|veintidós|veintitrés|veinticuatro|veinticinco|veintiséis|\
        veintisiete|veintiocho|veintinueve",
    tens: "|||treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa",
    tens_and: " y ",
    hundreds: "|ciento|doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos|ochocientos|novecientos",
    hundred: "cien",
    and: " ",
    one: "un",
    million: "|millón|billón|trillón|cuatrillón",
    millions: "|millones|billones|trillones|cuatrillones",
};

fn cardinal(number: &[Group]) -> Option<String> {
    // 16 has its accent since num2words 0.5.11.
    if any_ends_with(number, 16) { None } else { Some(iberian::cardinal(number, &WORDS)) }
}
