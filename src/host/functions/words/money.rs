//! Amounts in words: `money_in_words`.

use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::super::super::{Context, Flavour};
use super::super::given::Given;
use super::super::money::{currency, number_format_info, site_number_format};
use super::super::numbers::convert;
use super::super::rounding;
use super::super::translate::translated;
use super::words_of;
use crate::python::methods::text_case;
use crate::python::{Arguments, Budget, Outcome, Stop, Value, operators};

/// `money_in_words(number, main_currency=None, fraction_currency=None)`
///
/// The host's rule (frappe/utils/data.py) as Dodock 3.40 answers it: the currency's title goes to the side of its
/// symbol, its fraction is translated. The title is not among what a page is given of a currency, so most amounts are
/// the server's, unless whoever fills the page in has added it.
///
/// # Errors
/// `Server` for what the page does not know of the currency.
pub fn money_in_words(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    const PARAMETERS: [&str; 3] = ["number", "main_currency", "fraction_currency"];
    let mut given = Given::new(arguments, "money_in_words", &PARAMETERS, 1)?;
    let (number, name, fraction) = (given.value(), given.value(), given.value());
    let number = match convert("float", &number, budget) {
        Ok(Value::Float(number)) => number,
        Ok(_) => return Err(Stop::unsupported("money_in_words")),
        // No number, no words.
        Err(Stop::Raise(error)) if error.kind == "ValueError" => return Ok(Value::str("")),
        Err(stop) => return Err(stop),
    };
    if number < 0.0 {
        return Ok(Value::str(""));
    }
    if context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("money_in_words"));
    }
    let name = option(&name)?;
    if !number.is_finite() {
        // Whatever the currency, the words of `nan` are asked for.
        let text = if number.is_nan() { "nan" } else { "inf" };
        return words_of(context, &Value::str(text), true, budget).map(Value::from);
    }
    let name = match (name, context.sysdefaults.get("currency")) {
        (Some(name), _) => name,
        (None, None) => context.default_of("currency").map(|_| "EUR")?,
        (None, Some(Json::String(name))) if !name.is_empty() => name,
        (None, Some(_)) => return Err(Stop::unsupported("a default currency that is no text")),
    };
    let currency = currency(context, name)?;
    let amount = Amount { context, name, currency, budget };
    amount.words(number, option(&fraction)?).map(Value::from)
}

/// A text that was given; `None` for what Python takes as false.
fn option(value: &Value) -> Outcome<Option<&str>> {
    match value {
        Value::Str(text) => Ok(Some(&**text).filter(|text| !text.is_empty())),
        value if !operators::truth(value)? => Ok(None),
        _ => Err(Stop::unsupported("a currency that is no text")),
    }
}

/// The page was not given this of the currency.
const UNKNOWN: Stop = Stop::Server("server/currency");

/// What an amount is written with.
struct Amount<'a> {
    context: &'a Context,
    name: &'a str,
    currency: &'a Map<String, Json>,
    budget: &'a Budget,
}

impl Amount<'_> {
    fn words(&self, number: f64, fraction_name: Option<&str>) -> Outcome<String> {
        let format = match self.text("number_format")? {
            "" => site_number_format(self.context)?,
            format => format,
        };
        let in_million = format != "#,##,###.##";
        let (_, _, decimals) = number_format_info(format);
        let fixed = rounding::fixed(number, u32::try_from(decimals).unwrap_or(0));
        let (main, fraction) = fixed.split_once('.').unwrap_or((&fixed, "00"));
        let cents = || -> Outcome<String> {
            let words = self.titled(fraction, in_million)?;
            Ok(format!("{words} {}", self.fraction(fraction_name)?))
        };
        let whole = match (main, fraction) {
            ("0", "00" | "000") => None,
            ("0", _) => return cents(),
            _ => Some(main),
        };
        let title = self.title()?;
        let whole = match whole {
            None => translated(self.context, "Zero")?.to_owned(),
            Some(whole) => self.titled(whole, in_million)?,
        };
        let mut text = if self.on_right()? { format!("{whole} {title}") } else { format!("{title} {whole}") };
        if main != "0" && fraction.contains(|digit| digit != '0') {
            let and = translated(self.context, "and")?;
            text = format!("{text} {and} {}", cents()?);
        }
        Ok(text)
    }

    /// Digits in words, each with a capital; the host looks the whole up in its translations.
    fn titled(&self, digits: &str, in_million: bool) -> Outcome<String> {
        let words = words_of(self.context, &Value::str(digits), in_million, self.budget)?;
        let words = text_case::title(&words)?;
        Ok(translated(self.context, &words)?.to_owned())
    }

    /// The currency's title, or its name when it has none.
    fn title(&self) -> Outcome<&str> {
        let title = Some(self.text("title")?).filter(|title| !title.is_empty()).unwrap_or(self.name);
        self.untranslated(title)
    }

    /// Whether the currency's symbol, and so its title, stands on the right.
    fn on_right(&self) -> Outcome<bool> {
        match self.currency.get("symbol_on_right") {
            None => Err(UNKNOWN),
            Some(Json::Null) => Ok(false),
            Some(Json::Number(number)) => Ok(number.as_i64() != Some(0)),
            Some(_) => Err(Stop::unsupported("symbol_on_right")),
        }
    }

    /// What a hundredth is called.
    fn fraction<'a>(&'a self, given: Option<&'a str>) -> Outcome<&'a str> {
        match given {
            Some(given) => self.untranslated(given),
            None => {
                let name = Some(self.text("fraction")?).filter(|name| !name.is_empty()).unwrap_or("Cent");
                translated(self.context, name)
            }
        }
    }

    /// A name that was not seen to be translated: one with a translation is not guessed.
    fn untranslated<'a>(&'a self, name: &'a str) -> Outcome<&'a str> {
        if translated(self.context, name)? == name {
            Ok(name)
        } else {
            Err(Stop::unsupported("the name of a currency that has a translation"))
        }
    }

    /// A text of the currency; empty when the page knows that there is none.
    fn text(&self, field: &str) -> Outcome<&str> {
        match self.currency.get(field) {
            None => Err(UNKNOWN),
            Some(Json::Null) => Ok(""),
            Some(Json::String(text)) => Ok(text),
            Some(_) => Err(Stop::unsupported("a field of a currency that is no text")),
        }
    }
}
