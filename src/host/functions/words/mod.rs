//! Numbers in words: `in_words` and `money_in_words`.
//!
//! The host asks num2words (`~=0.5.10`), in the person's language. Sites run different versions of it, so a language
//! answers only where 0.5.10 to 0.5.14 agree; `tests/reference/number_words.rs` compares with all of them. One file per
//! language; `germanic` and `iberian` put together what two languages put together alike.

mod arabic;
mod dutch;
mod english;
mod french;
mod german;
mod germanic;
mod iberian;
mod italian;
pub mod money;
mod portuguese;
mod scale;
mod spanish;

use std::rc::Rc;

use super::super::Context;
use super::given::Given;
use super::numbers::convert;
use crate::python::{Arguments, Budget, Int, Outcome, Stop, Value, operators};
use scale::{Group, groups};

/// A language's numbers.
struct Language {
    zero: &'static str,
    /// What stands before a negative number.
    minus: &'static str,
    /// Numbers of so many digits are known.
    digits: usize,
    /// Whether num2words knows no more either: the host takes English then.
    english_beyond: bool,
    /// A number above zero in words, with blanks for hyphens as the host writes it; `None` where the versions of
    /// num2words differ.
    cardinal: fn(&[Group]) -> Option<String>,
}

/// By num2words' names, sorted.
static LANGUAGES: [(&str, &Language); 11] = [
    ("ar", &arabic::ARABIC),
    ("de", &german::GERMAN),
    ("en", &english::ENGLISH),
    ("en_IN", &english::INDIAN),
    ("es", &spanish::SPANISH),
    ("fr", &french::FRENCH),
    ("fr_BE", &french::BELGIAN),
    ("fr_CH", &french::SWISS),
    ("it", &italian::ITALIAN),
    ("nl", &dutch::DUTCH),
    ("pt", &portuguese::PORTUGUESE),
];

/// Languages that a version of num2words has and this engine does not, sorted.
static OTHERS: [&str; 41] = [
    "am", "az", "be", "bn", "by", "ca", "ce", "cs", "cy", "cz", "da", "dk", "eo", "fa", "fi", "he", "hu", "id", "is",
    "ja", "kn", "ko", "kz", "lt", "lv", "no", "pl", "pt_BR", "ro", "ru", "sk", "sl", "sr", "sv", "te", "tet", "tg",
    "th", "tr", "uk", "vi",
];

/// The language that num2words takes for a code: the code itself, or its first two letters. English where it has none.
fn language(code: &str) -> Outcome<&'static Language> {
    let two = code.char_indices().nth(2).and_then(|(end, _)| code.get(..end)).unwrap_or(code);
    for name in [code, two] {
        if let Some((_, language)) = LANGUAGES.iter().find(|(known, _)| *known == name) {
            return Ok(language);
        }
        if OTHERS.binary_search(&name).is_ok() {
            return Err(Stop::unsupported(format!("numbers in words in the language {code}")));
        }
    }
    Ok(&english::ENGLISH)
}

/// `in_words(integer, in_million=True)` (frappe/utils/data.py)
pub fn in_words(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "in_words", &["integer", "in_million"], 1)?;
    let number = given.value();
    let in_million = match given.option() {
        None => true,
        Some(value) => operators::truth(&value)?,
    };
    words_of(context, &number, in_million, budget).map(Value::from)
}

/// `in_words` of a value: lakhs and crores, in English, without `in_million`.
fn words_of(context: &Context, value: &Value, in_million: bool, budget: &Budget) -> Outcome<String> {
    let Value::Int(number) = convert("int", value, budget)? else {
        return Err(Stop::unsupported("in_words"));
    };
    spelled(&number, if in_million { &context.lang } else { "en_IN" })
}

fn spelled(number: &Int, code: &str) -> Outcome<String> {
    let mut language = language(code)?;
    // Most numbers that are too large are so by far.
    let digits = if number.bits() > 128 { None } else { Some(number.to_decimal()?) };
    let digits = digits.as_deref().map(|digits| digits.trim_start_matches('-'));
    let known = |language: &Language| digits.filter(|digits| digits.len() <= language.digits);
    if language.english_beyond && known(language).is_none() {
        language = &english::ENGLISH;
    }
    let Some(digits) = known(language) else {
        return Err(Stop::unsupported("so large a number in words"));
    };
    if number.is_zero() {
        return Ok(language.zero.to_owned());
    }
    let Some(words) = (language.cardinal)(&groups(digits)) else {
        return Err(Stop::unsupported("a number that versions of num2words write differently"));
    };
    if !number.is_negative() {
        return Ok(words);
    }
    let words = [language.minus, " ", &words].concat();
    // The words of a negative number are put together once more.
    Ok(if language.minus == italian::ITALIAN.minus { italian::accented(&words) } else { words })
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, OTHERS};

    #[test]
    fn the_languages_are_sorted_and_named_once() {
        assert!(LANGUAGES.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(OTHERS.is_sorted_by(|a, b| a < b));
        assert!(LANGUAGES.iter().all(|(name, _)| !OTHERS.contains(name)));
    }
}
