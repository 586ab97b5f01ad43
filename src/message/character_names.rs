//! Characters by name, for `\N{BULLET}` in a string literal: those that messages use.
//!
//! Source: the Unicode Character Database. It has 34,000 names; a name that is not here is unknown, not an error.

/// Name and character, sorted by name.
const NAMES: &[(&str, char)] = &[
    ("BALLOT X", '\u{2717}'),
    ("BELL", '\u{1f514}'),
    ("BLACK CIRCLE", '\u{25cf}'),
    ("BLACK RIGHT-POINTING TRIANGLE", '\u{25b6}'),
    ("BLACK SQUARE", '\u{25a0}'),
    ("BLACK STAR", '\u{2605}'),
    ("BLACK TELEPHONE", '\u{260e}'),
    ("BULLET", '\u{2022}'),
    ("CALENDAR", '\u{1f4c5}'),
    ("CHECK MARK", '\u{2713}'),
    ("COPYRIGHT SIGN", '\u{a9}'),
    ("CROSS MARK", '\u{274c}'),
    ("DEGREE SIGN", '\u{b0}'),
    ("DIVISION SIGN", '\u{f7}'),
    ("DOWNWARDS ARROW", '\u{2193}'),
    ("E-MAIL SYMBOL", '\u{1f4e7}'),
    ("EM DASH", '\u{2014}'),
    ("EM SPACE", '\u{2003}'),
    ("EN DASH", '\u{2013}'),
    ("ENVELOPE", '\u{2709}'),
    ("EURO SIGN", '\u{20ac}'),
    ("FIRE", '\u{1f525}'),
    ("GREATER-THAN OR EQUAL TO", '\u{2265}'),
    ("GRINNING FACE", '\u{1f600}'),
    ("HEAVY BALLOT X", '\u{2718}'),
    ("HEAVY BLACK HEART", '\u{2764}'),
    ("HEAVY CHECK MARK", '\u{2714}'),
    ("HORIZONTAL ELLIPSIS", '\u{2026}'),
    ("INFINITY", '\u{221e}'),
    ("LEFT DOUBLE QUOTATION MARK", '\u{201c}'),
    ("LEFT RIGHT ARROW", '\u{2194}'),
    ("LEFT SINGLE QUOTATION MARK", '\u{2018}'),
    ("LEFT-POINTING DOUBLE ANGLE QUOTATION MARK", '\u{ab}'),
    ("LEFTWARDS ARROW", '\u{2190}'),
    ("LESS-THAN OR EQUAL TO", '\u{2264}'),
    ("MIDDLE DOT", '\u{b7}'),
    ("MULTIPLICATION SIGN", '\u{d7}'),
    ("NARROW NO-BREAK SPACE", '\u{202f}'),
    ("NO-BREAK SPACE", '\u{a0}'),
    ("NOT EQUAL TO", '\u{2260}'),
    ("PACKAGE", '\u{1f4e6}'),
    ("PARTY POPPER", '\u{1f389}'),
    ("PLUS-MINUS SIGN", '\u{b1}'),
    ("POLICE CARS REVOLVING LIGHT", '\u{1f6a8}'),
    ("POUND SIGN", '\u{a3}'),
    ("REGISTERED SIGN", '\u{ae}'),
    ("RIGHT DOUBLE QUOTATION MARK", '\u{201d}'),
    ("RIGHT SINGLE QUOTATION MARK", '\u{2019}'),
    ("RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK", '\u{bb}'),
    ("RIGHTWARDS ARROW", '\u{2192}'),
    ("ROCKET", '\u{1f680}'),
    ("SINGLE LEFT-POINTING ANGLE QUOTATION MARK", '\u{2039}'),
    ("SINGLE RIGHT-POINTING ANGLE QUOTATION MARK", '\u{203a}'),
    ("TELEPHONE RECEIVER", '\u{1f4de}'),
    ("THIN SPACE", '\u{2009}'),
    ("THUMBS UP SIGN", '\u{1f44d}'),
    ("TRADE MARK SIGN", '\u{2122}'),
    ("TRIANGULAR BULLET", '\u{2023}'),
    ("UPWARDS ARROW", '\u{2191}'),
    ("WARNING SIGN", '\u{26a0}'),
    ("WHITE BULLET", '\u{25e6}'),
    ("WHITE CIRCLE", '\u{25cb}'),
    ("WHITE HEAVY CHECK MARK", '\u{2705}'),
    ("WHITE STAR", '\u{2606}'),
    ("YEN SIGN", '\u{a5}'),
    ("ZERO WIDTH SPACE", '\u{200b}'),
];

/// The character of a name, in whatever case.
pub fn character(name: &str) -> Option<char> {
    let name = name.to_ascii_uppercase();
    let place = NAMES.binary_search_by(|(known, _)| (*known).cmp(&name)).ok()?;
    NAMES.get(place).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, character};

    #[test]
    fn the_names_are_sorted_for_their_search() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(character("bullet"), Some('\u{2022}'));
        assert_eq!(character("NO SUCH NAME"), None);
    }
}
