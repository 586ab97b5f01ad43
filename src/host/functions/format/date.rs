//! `formatdate`, `format_time`, `format_datetime`, `global_date_format`.

use std::rc::Rc;

use super::super::dates::{date_of, moment_of};
use super::super::errors::no_attribute;
use super::super::given::Given;
use super::super::money::site_default;
use super::super::times::time_of;
use super::locale::{List, Locale, find, for_numbers, locale};
use super::pattern::{self, Moment, is_numeric};
use crate::host::{Context, Flavour, zones};
use crate::python::datetime::{Aware, Date, strftime};
use crate::python::operators;
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// Babel's names for the patterns of a language, in the order of the tables.
const NAMED: [&str; 4] = ["full", "long", "medium", "short"];

/// `format_date(string_date=None, format_string=None, lang=None)`, also called `formatdate`.
pub fn format_date(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    const PARAMETERS: [&str; 4] = ["string_date", "format_string", "lang", ""];
    let mut given = Given::lenient(arguments, "format_date", &PARAMETERS, 0)?;
    let (value, format, lang, day_first) = (given.value(), given.value(), given.value(), given.truth()?);
    // Only Dodock has a fourth parameter.
    if day_first && context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("format_date with these arguments"));
    }
    let lang = dodock(context, &lang)?;
    date(context, &value, Style { format: &format, lang, day_first }, budget).map(Value::from)
}

/// How a date or time is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Style<'a> {
    /// A pattern or the name of one; the person's when it is empty.
    pub format: &'a Value,
    /// A language; the person's when not given.
    pub lang: Option<&'a str>,
    /// Whether an ambiguous text begins with the day.
    pub day_first: bool,
}

impl Style<'static> {
    /// The person's own format and language.
    pub const OWN: Self = Self { format: &Value::None, lang: None, day_first: false };
}

/// A language, which only Dodock's functions take.
fn dodock<'a>(context: &Context, lang: &'a Value) -> Outcome<Option<&'a str>> {
    if context.flavour == Flavour::Frappe && !matches!(lang, Value::None) {
        return Err(Stop::unsupported("a date in another language"));
    }
    text(lang)
}

/// A value as `formatdate` writes it: empty for an empty one.
///
/// # Errors
/// The host's error for a text that is no date; Babel's for a pattern that it does not know.
pub fn date(context: &Context, value: &Value, style: Style<'_>, budget: &Budget) -> Outcome<String> {
    if !operators::truth(value)? {
        return Ok(String::new());
    }
    let date = date_of(context, value, style.day_first)?;
    let format = match style.format {
        Value::Int(_) | Value::Bool(true) | Value::Float(_) | Value::List(_) | Value::Tuple(_) | Value::Dict(_)
            if operators::truth(style.format)? =>
        {
            return Err(no_attribute(&style.format.error_name(), "replace"));
        }
        format => text(format)?.map_or_else(|| user_date_format(context), Ok)?,
    };
    let format = format.replace("mm", "MM").replace('Y', "y");
    let language = style.lang.unwrap_or(&context.lang);
    // In the host's own formats what it does for a language that Babel does not know gives the same.
    let locale = if is_plain(&format) && date.is_some() {
        find(context, "en")?
    } else if is_numeric(&format) {
        for_numbers(context, language)?
    } else {
        find(context, language)?
    };
    match (locale, date) {
        (Some(locale), Some(date)) => by_name_or_pattern(&format, date, locale, budget),
        // What the host reads as no day is today for Babel.
        (Some(locale), None) => {
            zones::from_process_today(context, &mut |today| by_name_or_pattern(&format, today, locale, budget))
        }
        (None, Some(date)) => {
            let format = format.replace("MM", "%m").replace("dd", "%d").replace("yyyy", "%Y");
            strftime(&Value::Date(date), &format, budget)
        }
        (None, None) => Err(no_attribute("NoneType", "strftime")),
    }
}

/// The host's own formats.
fn is_plain(format: &str) -> bool {
    matches!(format, "yyyy-MM-dd" | "dd-MM-yyyy" | "dd/MM/yyyy" | "dd.MM.yyyy" | "MM/dd/yyyy" | "MM-dd-yyyy")
}

fn by_name_or_pattern(format: &str, date: Date, locale: Locale, budget: &Budget) -> Outcome<String> {
    let pattern = match NAMED.iter().position(|name| *name == format) {
        Some(place) => locale.entry(List::DATES, place)?,
        None => format,
    };
    pattern::apply(pattern, Moment::day(date), locale, budget)
}

/// A text that is not empty.
fn text(value: &Value) -> Outcome<Option<&str>> {
    match value {
        Value::Str(text) => Ok(Some(&**text).filter(|text| !text.is_empty())),
        value if !operators::truth(value)? => Ok(None),
        _ => Err(Stop::unsupported("a date format or language that is no text")),
    }
}

fn user_date_format(context: &Context) -> Outcome<&str> {
    let format = site_default(context, "date_format")?;
    Ok(if format.is_empty() { "yyyy-mm-dd" } else { format })
}

fn user_time_format(context: &Context) -> Outcome<&str> {
    let format = site_default(context, "time_format")?;
    Ok(if format.is_empty() { "HH:mm:ss" } else { format })
}

/// `get_user_date_format()`
pub fn get_user_date_format(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "get_user_date_format", &[], 0)?;
    user_date_format(context).map(Value::str)
}

/// `get_user_time_format()`
pub fn get_user_time_format(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "get_user_time_format", &[], 0)?;
    user_time_format(context).map(Value::str)
}

/// `format_time(time_string=None, format_string=None, lang=None)`
pub fn format_time(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "format_time", &["time_string", "format_string", "lang"], 0)?;
    let (value, format, lang) = (given.value(), given.value(), given.value());
    let lang = dodock(context, &lang)?;
    time(context, &value, Style { format: &format, lang, day_first: false }, budget).map(Value::from)
}

/// A value as `format_time` writes it: empty for an empty one, which midnight as a difference is too.
///
/// # Errors
/// dateutil's for a text that is no time; Babel's for a pattern that it does not know.
pub fn time(context: &Context, value: &Value, style: Style<'_>, budget: &Budget) -> Outcome<String> {
    let is_zero = value.as_str() == Some("0") && context.flavour == Flavour::Dodock;
    if is_zero || !operators::truth(value)? {
        return Ok(String::new());
    }
    let time = time_of(context, value)?;
    let language = style.lang.unwrap_or(&context.lang);
    let format = text(style.format)?.map_or_else(|| user_time_format(context), Ok)?;
    let locale = if is_numeric(format) { for_numbers(context, language)? } else { find(context, language)? };
    let Some(locale) = locale else { return strftime(&Value::Time(time), "%H:%M:%S", budget) };
    let pattern = match NAMED.iter().position(|name| *name == format) {
        Some(place) => locale.entry(List::TIMES, place)?,
        None => format,
    };
    pattern::apply(pattern, Moment { date: None, time: Some(time), zone: None }, locale, budget)
}

/// `format_datetime(datetime_string, format_string=None, lang=None)`
pub fn format_datetime(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "format_datetime", &["datetime_string", "format_string", "lang"], 1)?;
    let (value, format, lang) = (given.value(), given.value(), given.value());
    let lang = dodock(context, &lang)?;
    datetime(context, &value, Style { format: &format, lang, day_first: false }, budget)
}

/// A value as `format_datetime` writes it: `None` for an empty one.
///
/// # Errors
/// dateutil's for a text that is no date; Babel's for a pattern that it does not know.
pub fn datetime(context: &Context, value: &Value, style: Style<'_>, budget: &Budget) -> Outcome<Value> {
    if !operators::truth(value)? {
        return Ok(Value::None);
    }
    let found = moment_of(context, value)?;
    let language = style.lang.unwrap_or(&context.lang);
    let format = match text(style.format)? {
        Some(format) => format.to_owned(),
        None => format!("{} {}", user_date_format(context)?.replace("mm", "MM"), user_time_format(context)?),
    };
    let locale = if is_numeric(&format) { for_numbers(context, language)? } else { find(context, language)? };
    let aware = found.downcast::<Aware>();
    let moment = match (&found, aware, &locale) {
        (Value::DateTime(moment), ..) => *moment,
        (_, Some(aware), _) => aware.local,
        // What the host reads as no moment is now, in UTC, for Babel.
        (Value::None, _, Some(_)) => zones::utc_now(context)?,
        (other, _, Some(_)) => return Err(no_attribute(&other.error_name(), "tzinfo")),
        (other, _, None) => return Err(no_attribute(&other.error_name(), "strftime")),
    };
    let Some(locale) = locale else {
        return strftime(&Value::DateTime(moment), "%Y-%m-%d %H:%M:%S", budget).map(Value::from);
    };
    let zone = aware.map(|aware| &aware.clock);
    let written = |date, time, pattern: &str| pattern::apply(pattern, Moment { date, time, zone }, locale, budget);
    let (date, time) = (Some(moment.date), Some(moment.time));
    let text = match NAMED.iter().position(|name| *name == format) {
        Some(place) => {
            let clock = written(None, time, locale.entry(List::TIMES, place)?)?;
            let day = written(date, None, locale.entry(List::DATES, place)?)?;
            locale.entry(List::JOINS, place)?.replace('\'', "").replace("{0}", &clock).replace("{1}", &day)
        }
        None => written(date, time, &format)?,
    };
    Ok(Value::from(text))
}

/// `global_date_format(date, format="long")`, also `frappe.format_date`.
pub fn global_date_format(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "global_date_format", &["date", "format", ""], 1)?;
    let (value, format, third) = (given.value(), given.option(), given.option());
    // Dodock takes a third argument and writes in the person's language all the same (measured).
    if third.is_some() && context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("global_date_format with three arguments"));
    }
    let date = date_of(context, &value, false)?;
    let format = match &format {
        None => "long",
        Some(Value::Str(format)) => format,
        Some(_) => return Err(Stop::unsupported("a date format that is no text")),
    };
    let locale = locale(context, &context.lang)?;
    let text = match date {
        Some(date) => by_name_or_pattern(format, date, locale, budget)?,
        None => zones::from_process_today(context, &mut |today| by_name_or_pattern(format, today, locale, budget))?,
    };
    Ok(Value::from(text))
}
