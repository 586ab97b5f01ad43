//! Amounts: `fmt_money` and its number formats.

use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::super::{Context, Flavour};
use super::given::Given;
use super::numbers::{cint_of, flt_of, plain_float, remainder_of};
use super::rounding;
use crate::python::operators::{self, Binary};
use crate::python::{Arguments, Budget, Outcome, Stop, Value, compare, float};

/// Number format, decimal mark, thousands separator, decimals.
const NUMBER_FORMATS: [(&str, &str, &str, i64); 11] = [
    ("# ###,##", ",", " ", 2),
    ("# ###.##", ".", " ", 2),
    ("#'###.##", ".", "'", 2),
    ("#, ###.##", ".", ", ", 2),
    ("#,##,###.##", ".", ",", 2),
    ("#,###", "", ",", 0),
    ("#,###.##", ".", ",", 2),
    ("#,###.###", ".", ",", 3),
    ("#.###", "", ".", 0),
    ("#.###,##", ",", ".", 2),
    ("#.########", ".", "", 8),
];

/// Decimal mark, thousands separator and decimals of a number format; an unknown one is read as `#,###.##`.
pub fn number_format_info(format: &str) -> (&'static str, &'static str, i64) {
    let known = NUMBER_FORMATS.iter().find(|(name, ..)| *name == format);
    known.map_or((".", ",", 2), |(_, decimal, thousands, decimals)| (decimal, thousands, *decimals))
}

/// `get_number_format_info(format)`
pub fn get_number_format_info(_: &Rc<Context>, arguments: Arguments, _: &Budget) -> Outcome<Value> {
    let Value::Str(format) = Given::new(arguments, "get_number_format_info", &["format"], 1)?.value() else {
        return Err(Stop::unsupported("get_number_format_info of a value that is no text"));
    };
    let (decimal, thousands, decimals) = number_format_info(&format);
    Ok(Value::tuple(vec![Value::str(decimal), Value::str(thousands), Value::from(decimals)]))
}

/// A site default as a text; empty when there is none.
///
/// # Errors
/// As [`Context::default_of`].
pub fn site_default<'a>(context: &'a Context, name: &str) -> Outcome<&'a str> {
    Ok(context.default_of(name)?.and_then(Json::as_str).unwrap_or_default())
}

/// The number format of the site.
///
/// # Errors
/// As [`Context::default_of`].
pub fn site_number_format(context: &Context) -> Outcome<&str> {
    let format = site_default(context, "number_format")?;
    Ok(if format.is_empty() { "#,###.##" } else { format })
}

/// A site default as `cint` reads it.
pub fn whole_default(context: &Context, name: &str, budget: &Budget) -> Outcome<i64> {
    match context.default_of(name)? {
        None => Ok(0),
        Some(Json::String(text)) => match text.parse() {
            Ok(number) => Ok(number),
            Err(_) if text.is_empty() => Ok(0),
            Err(_) => cint_of(&Value::str(text), budget),
        },
        Some(Json::Number(number)) => number.as_i64().ok_or_else(|| Stop::unsupported("a site default")),
        Some(_) => Err(Stop::unsupported("a site default")),
    }
}

/// How an amount is to be written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style<'a> {
    /// Decimals; the site's when not given.
    pub precision: Option<i64>,
    /// A currency, whose symbol is written.
    pub currency: Option<&'a str>,
    /// A number format; the site's when not given.
    pub format: Option<&'a str>,
}

/// `fmt_money(amount, precision=None, currency=None, format=None)`
pub fn fmt_money(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let mut given = Given::new(arguments, "fmt_money", &["amount", "precision", "currency", "format"], 1)?;
    let (amount, precision) = (given.value(), given.value());
    let (currency, format) = (given.value(), given.value());
    let precision = match &*precision.base() {
        Value::None => None,
        Value::Int(number) => number.to_i64(),
        _ => return Err(Stop::unsupported("fmt_money with a precision that is no int")),
    };
    let style = Style { precision, currency: text(&currency)?, format: text(&format)? };
    written(context, &amount, style, budget).map(Value::from)
}

/// A text that is not empty.
fn text(value: &Value) -> Outcome<Option<&str>> {
    match value {
        Value::Str(text) => Ok(Some(&**text).filter(|text| !text.is_empty())),
        value if !operators::truth(value)? => Ok(None),
        _ => Err(Stop::unsupported("an option of fmt_money that is no text")),
    }
}

/// An amount as the host's `fmt_money` writes it.
///
/// # Errors
/// `Server` for a currency that the page does not have.
pub fn written(context: &Context, amount: &Value, style: Style<'_>, budget: &Budget) -> Outcome<String> {
    let by_currency = context.sysdefaults.get("use_number_format_from_currency");
    if by_currency.is_some_and(|setting| !matches!(setting.as_str(), Some("" | "0")) && setting.as_i64() != Some(0)) {
        return Err(Stop::unsupported("amounts in the number format of their currency"));
    }
    let mut precisions = match style.precision {
        Some(precision) => vec![precision],
        None if style.format.is_some() && context.flavour == Flavour::Frappe => {
            return Err(Stop::unsupported("fmt_money with a number format and no precision"));
        }
        None => default_precisions(context, budget)?,
    };
    let first = precisions.pop().unwrap_or(3);
    let text = with_precision(context, amount, first, style, budget)?;
    for precision in precisions {
        if with_precision(context, amount, precision, style, budget)? != text {
            return Err(Stop::unsupported("an amount without a currency precision of the site"));
        }
    }
    Ok(text)
}

/// What an amount without its own precision may have: the currency precision of the site. Without one it was measured
/// to be 3 where the float precision is 3 as well, so both are tried.
pub fn default_precisions(context: &Context, budget: &Budget) -> Outcome<Vec<i64>> {
    match whole_default(context, "currency_precision", budget)? {
        // Frappe takes the decimals of the number format then (its source).
        0 if context.flavour == Flavour::Frappe => {
            Ok(vec![number_format_info(site_default(context, "number_format")?).2])
        }
        0 => {
            let float_precision = whole_default(context, "float_precision", budget)?;
            Ok(if matches!(float_precision, 0 | 3) { vec![3] } else { vec![float_precision, 3] })
        }
        precision => Ok(vec![precision]),
    }
}

fn with_precision(
    context: &Context,
    amount: &Value,
    mut precision: i64,
    style: Style<'_>,
    budget: &Budget,
) -> Outcome<String> {
    if !(0..=22).contains(&precision) {
        return Err(Stop::unsupported("fmt_money with this precision"));
    }
    let number_format = match style.format {
        Some(format) => format,
        None => site_number_format(context)?,
    };
    let (decimal_mark, thousands, format_decimals) = number_format_info(number_format);
    let amount = match amount {
        Value::Str(_) => flt_of(context, amount, &Value::from(precision), &Value::None, budget)?,
        Value::None => Value::from(0_i64),
        other => other.clone(),
    };
    // A value that is no number fails here, and is taken for 0 where amounts have no decimals.
    let rest = match decimal_mark {
        "" => Value::None,
        _ => operators::binary(Binary::Modulo, &amount, &Value::from(1_i64), budget)?,
    };
    if !decimal_mark.is_empty() && precision > 2 {
        let decimals = match rounding::round(&rest, Some(precision), budget)? {
            Value::Float(rest) => float::repr(rest),
            _ => "0".to_owned(),
        };
        let decimals = decimals.split('.').nth(1).unwrap_or(&decimals).len();
        let decimals = i64::try_from(decimals).unwrap_or(i64::MAX);
        if decimals < 3 {
            precision = match style.currency {
                Some(currency) => currency_decimals(context, currency)?,
                None => format_decimals,
            };
        } else {
            precision = precision.min(decimals);
        }
    }
    let number = plain_float(&amount, budget)?;
    let Value::Float(number) = rounding::round(&Value::Float(number), Some(precision), budget)? else {
        return Err(Stop::unsupported("fmt_money"));
    };
    if !number.is_finite() {
        return Err(Stop::unsupported("fmt_money of a number that is not finite"));
    }
    let fixed = rounding::fixed(number, u32::try_from(precision).unwrap_or(0));
    let fixed = fixed.strip_prefix('-').unwrap_or(&fixed);
    let decimals = fixed.split_once('.').map_or("", |(_, decimals)| decimals);
    // The host takes the whole part from Python's own writing, in which very small and very large numbers have an
    // exponent: 0.00005 has the whole part 5e-05.
    let whole = float::repr(fixed.parse().unwrap_or(0.0));
    let whole = whole.split('.').next().unwrap_or_default();
    let indian = number_format == "#,##,###.##";
    let mut text = grouped(whole, thousands, if indian { 2 } else { 3 });
    if precision > 0 && !decimal_mark.is_empty() {
        text.push_str(decimal_mark);
        text.push_str(decimals);
    }
    // What rounds to zero has no sign, unless its zeros are written.
    if number < 0.0 && text != "0" {
        text.insert(0, '-');
    }
    match style.currency {
        Some(currency) if site_default(context, "hide_currency_symbol")? != "Yes" => symbol(context, currency, &text),
        _ => Ok(text),
    }
}

/// The last three digits, then groups of `size`.
fn grouped(whole: &str, separator: &str, size: usize) -> String {
    let mut groups = Vec::new();
    let mut rest = whole;
    let mut take = 3;
    while rest.len() > take {
        let (before, group) = rest.split_at_checked(rest.len() - take).unwrap_or(("", rest));
        groups.push(group);
        rest = before;
        take = size;
    }
    groups.push(rest);
    groups.reverse();
    groups.join(separator)
}

/// A currency as the page has it.
///
/// # Errors
/// `Server` when it does not: the currency is disabled there, or does not exist.
pub fn currency<'a>(context: &'a Context, name: &str) -> Outcome<&'a Map<String, Json>> {
    let is_it = |doc: &&Map<String, Json>| {
        doc.get("doctype").and_then(Json::as_str) == Some(":Currency")
            && doc.get("name").and_then(Json::as_str) == Some(name)
    };
    context.boot_docs.iter().find(is_it).ok_or(Stop::Server("server/currency"))
}

/// The decimals of a currency's fraction: 2 for a hundredth.
fn currency_decimals(context: &Context, name: &str) -> Outcome<i64> {
    let units = currency(context, name)?.get("fraction_units").and_then(Json::as_i64).filter(|units| *units != 0);
    Ok(i64::try_from(units.unwrap_or(100).to_string().len()).unwrap_or(3) - 1)
}

fn symbol(context: &Context, name: &str, amount: &str) -> Outcome<String> {
    let currency = currency(context, name)?;
    let symbol = currency.get("symbol").and_then(Json::as_str).filter(|symbol| !symbol.is_empty()).unwrap_or(name);
    let symbol = super::translate::translated(context, symbol)?;
    let on_right = match currency.get("symbol_on_right") {
        None | Some(Json::Null) => false,
        Some(Json::Number(number)) => number.as_i64() != Some(0),
        Some(_) => return Err(Stop::unsupported("symbol_on_right")),
    };
    Ok(if on_right { format!("{amount} {symbol}") } else { format!("{symbol} {amount}") })
}

/// `round_based_on_smallest_currency_fraction(value, currency, precision=2)`
pub fn round_based_on_smallest_currency_fraction(
    context: &Rc<Context>,
    arguments: Arguments,
    budget: &Budget,
) -> Outcome<Value> {
    const NAME: &str = "round_based_on_smallest_currency_fraction";
    let mut given = Given::new(arguments, NAME, &["value", "currency", "precision"], 2)?;
    let (value, name) = (given.value(), given.value());
    let precision = given.option().unwrap_or(Value::from(2_i64));
    let smallest = match &name {
        Value::Str(name) => currency(context, name)?.get("smallest_currency_fraction_value").and_then(Json::as_f64),
        _ => return Err(Stop::Server("server/currency")),
    };
    let value = match smallest {
        Some(smallest) if smallest != 0.0 => {
            let smallest = Value::Float(smallest);
            let rest = remainder_of(context, &value, &smallest, &precision, budget)?;
            let half = operators::binary(Binary::Divide, &smallest, &Value::from(2_i64), budget)?;
            // Half of the smallest coin is rounded up (measured on Dodock; other versions round it down).
            let tie = compare::equal(&rest, &half, budget)?;
            if tie && context.flavour == Flavour::Frappe {
                return Err(Stop::unsupported("rounding half of the smallest fraction of a currency"));
            }
            if tie || compare::order(operators::Comparison::Greater, &rest, &half, budget)? {
                let up = operators::binary(Binary::Subtract, &smallest, &rest, budget)?;
                operators::binary(Binary::Add, &value, &up, budget)?
            } else {
                operators::binary(Binary::Subtract, &value, &rest, budget)?
            }
        }
        _ => rounding::rounded_to(context, &value, 0, &Value::None, budget)?,
    };
    flt_of(context, &value, &precision, &Value::None, budget)
}
