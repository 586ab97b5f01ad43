//! `formatdate`, `format_time`, `format_datetime`, `global_date_format`.

use std::rc::Rc;

use super::super::dates::{date_of, moment_of};
use super::super::given::Given;
use super::super::money::site_default;
use super::super::times::time_of;
use super::locale::{Locale, for_numbers, locale};
use super::pattern::{self, is_numeric};
use crate::host::{Context, Flavour};
use crate::python::datetime::Date;
use crate::python::operators;
use crate::python::{Arguments, Budget, Outcome, Stop, Value};

/// Babel's names for the patterns of a language, in the order of the tables.
const NAMED: [&str; 4] = ["full", "long", "medium", "short"];

/// `format_date(string_date=None, format_string=None, lang=None)`, also called `formatdate`.
pub fn format_date(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    const PARAMETERS: [&str; 4] = ["string_date", "format_string", "lang", ""];
    let mut given = Given::lenient(arguments, "format_date", &PARAMETERS, 0)?;
    let (value, format, lang, day_first) = (given.value(), given.value(), given.value(), given.truth()?);
    let lang = dodock(context, &lang)?;
    if !day_first || !operators::truth(&value)? {
        return date(context, &value, &format, lang).map(Value::from);
    }
    // Only Dodock has a fourth parameter.
    match date_of(context, &value, true)? {
        Some(day) if context.flavour == Flavour::Dodock => {
            date(context, &Value::Date(day), &format, lang).map(Value::from)
        }
        _ => Err(Stop::unsupported("format_date with these arguments")),
    }
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
/// The host's error for a text that is no date.
pub fn date(context: &Context, value: &Value, format: &Value, lang: Option<&str>) -> Outcome<String> {
    if !operators::truth(value)? {
        return Ok(String::new());
    }
    let date = day(context, value)?;
    let format = match text(format)? {
        Some(format) => format.to_owned(),
        None => user_date_format(context).to_owned(),
    };
    let format = format.replace("mm", "MM").replace('Y', "y");
    let language = lang.unwrap_or(&context.lang);
    if is_plain(&format) {
        return pattern::apply(&format, Some(date), None, locale("en")?);
    }
    let locale = if is_numeric(&format) { for_numbers(language)? } else { locale(language)? };
    by_name_or_pattern(&format, date, locale)
}

/// The host's own formats: what it does for a language that Babel does not know gives the same.
fn is_plain(format: &str) -> bool {
    matches!(
        format,
        "yyyy-MM-dd"
            | "dd-MM-yyyy"
            | "dd/MM/yyyy"
            | "dd.MM.yyyy"
            | "MM/dd/yyyy"
            | "MM-dd-yyyy"
            | "dd/MM/yy"
            | "dd.MM.yy"
    )
}

fn by_name_or_pattern(format: &str, date: Date, locale: &'static Locale) -> Outcome<String> {
    match NAMED.iter().position(|name| *name == format) {
        Some(place) => pattern::apply(locale.entry(locale.date_patterns, place)?, Some(date), None, locale),
        None => pattern::apply(format, Some(date), None, locale),
    }
}

/// The day of a value; what the host reads as no day it then writes as today in another time zone.
fn day(context: &Context, value: &Value) -> Outcome<Date> {
    date_of(context, value, false)?.ok_or_else(|| Stop::unsupported("formatting a value that is no date"))
}

/// A text that is not empty.
fn text(value: &Value) -> Outcome<Option<&str>> {
    match value {
        Value::Str(text) => Ok(Some(&**text).filter(|text| !text.is_empty())),
        value if !operators::truth(value)? => Ok(None),
        _ => Err(Stop::unsupported("a date format or language that is no text")),
    }
}

fn user_date_format(context: &Context) -> &str {
    Some(site_default(context, "date_format")).filter(|format| !format.is_empty()).unwrap_or("yyyy-mm-dd")
}

fn user_time_format(context: &Context) -> &str {
    Some(site_default(context, "time_format")).filter(|format| !format.is_empty()).unwrap_or("HH:mm:ss")
}

/// `get_user_date_format()`
pub fn get_user_date_format(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "get_user_date_format", &[], 0)?;
    Ok(Value::str(user_date_format(context)))
}

/// `get_user_time_format()`
pub fn get_user_time_format(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    Given::new(arguments, "get_user_time_format", &[], 0)?;
    Ok(Value::str(user_time_format(context)))
}

/// `format_time(time_string=None, format_string=None, lang=None)`
pub fn format_time(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "format_time", &["time_string", "format_string", "lang"], 0)?;
    let (value, format, lang) = (given.value(), given.value(), given.value());
    time(context, &value, &format, dodock(context, &lang)?).map(Value::from)
}

/// A value as `format_time` writes it: empty for an empty one, which midnight as a difference is too.
///
/// # Errors
/// dateutil's for a text that is no time.
pub fn time(context: &Context, value: &Value, format: &Value, lang: Option<&str>) -> Outcome<String> {
    if !operators::truth(value)? {
        return Ok(String::new());
    }
    let time = time_of(value)?;
    let language = lang.unwrap_or(&context.lang);
    let format = text(format)?.unwrap_or_else(|| user_time_format(context));
    let locale = if is_numeric(format) { for_numbers(language)? } else { locale(language)? };
    let pattern = match NAMED.iter().position(|name| *name == format) {
        Some(place) => locale.entry(locale.time_patterns, place)?,
        None => format,
    };
    pattern::apply(pattern, None, Some(time), locale)
}

/// `format_datetime(datetime_string, format_string=None)`
pub fn format_datetime(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "format_datetime", &["datetime_string", "format_string"], 1)?;
    let (value, format) = (given.value(), given.value());
    datetime(context, &value, &format)
}

/// A value as `format_datetime` writes it: `None` for an empty one.
///
/// # Errors
/// dateutil's for a text that is no date.
pub fn datetime(context: &Context, value: &Value, format: &Value) -> Outcome<Value> {
    if !operators::truth(value)? {
        return Ok(Value::None);
    }
    let Value::DateTime(moment) = moment_of(context, value)? else {
        return Err(Stop::unsupported("formatting a value that is no datetime"));
    };
    let (date, time) = (Some(moment.date), Some(moment.time));
    let text = match text(format)? {
        None => {
            let pattern = format!("{} {}", user_date_format(context).replace("mm", "MM"), user_time_format(context));
            let locale = if is_numeric(&pattern) { for_numbers(&context.lang)? } else { locale(&context.lang)? };
            pattern::apply(&pattern, date, time, locale)?
        }
        Some(format) => match NAMED.iter().position(|name| *name == format) {
            Some(place) => {
                let locale = locale(&context.lang)?;
                let day = pattern::apply(locale.entry(locale.date_patterns, place)?, date, None, locale)?;
                let clock = pattern::apply(locale.entry(locale.time_patterns, place)?, None, time, locale)?;
                locale.entry(locale.joins, place)?.replace('\'', "").replace("{0}", &clock).replace("{1}", &day)
            }
            None => pattern::apply(format, date, time, locale(&context.lang)?)?,
        },
    };
    Ok(Value::from(text))
}

/// `global_date_format(date, format="long")`, also `frappe.format_date`.
pub fn global_date_format(context: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let mut given = Given::lenient(arguments, "global_date_format", &["date", "format", ""], 1)?;
    let (value, format, third) = (given.value(), given.option(), given.option());
    // Dodock takes a third argument and writes in the person's language all the same (measured).
    if third.is_some() && context.flavour == Flavour::Frappe {
        return Err(Stop::unsupported("global_date_format with three arguments"));
    }
    let date = day(context, &value)?;
    let format = match &format {
        None => "long",
        Some(Value::Str(format)) => format,
        Some(_) => return Err(Stop::unsupported("a date format that is no text")),
    };
    by_name_or_pattern(format, date, locale(&context.lang)?).map(Value::from)
}
