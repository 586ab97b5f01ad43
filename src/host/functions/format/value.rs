//! `frappe.format_value`: a value as its fieldtype is shown.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::super::errors::no_attribute;
use super::super::given::Given;
use super::super::markdown;
use super::super::money::{self, Style};
use super::super::numbers::{cint_of, flt_of};
use super::super::text::cstr_of;
use super::super::translate::translated;
use super::{date, duration};
use crate::host::meta::DocField;
use crate::host::{Context, Document, Field, Flavour};
use crate::python::operators::{self, Binary, Comparison, Unary};
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value, show};

/// What is known about a field, from its doctype or from a dict.
#[derive(Debug, Clone, Default)]
pub struct Kind {
    /// `Currency`
    pub fieldtype: String,
    /// Its options; for an amount the field that names its currency.
    pub options: Option<String>,
    /// Its decimals.
    pub precision: Option<i64>,
    /// Whether a duration is shown without days.
    pub hide_days: bool,
    /// Whether zero is shown as nothing.
    pub hide_zero: bool,
}

/// `format_value(value, df=None, doc=None, currency=None, translated=False, format=None)`
pub fn format_value(context: &Rc<Context>, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    const PARAMETERS: [&str; 6] = ["value", "df", "doc", "currency", "translated", "format"];
    let mut given = Given::lenient(arguments, "format_value", &PARAMETERS, 1)?;
    let (value, field, doc, currency) = (given.value(), given.value(), given.value(), given.value());
    let (translate, format) = (given.truth()?, given.value());
    let kind = kind_of(&field, &value, budget)?;
    let currency = match &currency {
        Value::None => currency_of(&kind, &doc)?,
        Value::Str(currency) => Some(currency.to_string()).filter(|currency| !currency.is_empty()),
        _ => return Err(Stop::unsupported("a currency that is no text")),
    };
    let format = match &format {
        Value::None => None,
        Value::Str(format) => Some(&**format),
        _ => return Err(Stop::unsupported("a number format that is no text")),
    };
    shown(context, &value, &kind, Shown { currency, translate, format }, budget)
}

/// How a value is to be shown, besides its field.
#[derive(Debug, Default)]
pub struct Shown<'a> {
    /// The currency of an amount; the site's when not given.
    pub currency: Option<String>,
    /// Whether a text is translated.
    pub translate: bool,
    /// A number format.
    pub format: Option<&'a str>,
}

/// A field of a doctype.
///
/// # Errors
/// `Unsupported` for what was not measured.
pub fn field_kind(field: &Field, budget: &Budget) -> Outcome<Kind> {
    if field.hide_seconds {
        return Err(Stop::unsupported("a duration without seconds"));
    }
    Ok(Kind {
        fieldtype: field.fieldtype.clone(),
        options: field.options.clone().filter(|options| !options.is_empty()),
        precision: match field.precision.as_deref() {
            None | Some("") => None,
            Some(precision) => Some(match precision.parse() {
                Ok(precision) => precision,
                Err(_) => cint_of(&Value::str(precision), budget)?,
            }),
        },
        hide_days: field.hide_days,
        hide_zero: field.hide_zero,
    })
}

/// A fieldtype, a dict that describes a field, or nothing: then the value's own type decides.
pub fn kind_of(field: &Value, value: &Value, budget: &Budget) -> Outcome<Kind> {
    match &*field.base() {
        Value::Str(fieldtype) => Ok(Kind { fieldtype: fieldtype.to_string(), ..Kind::default() }),
        Value::Object(_) => match field.downcast::<DocField>().and_then(DocField::field) {
            Some(field) => field_kind(field, budget),
            None => Err(Stop::unsupported("format_value with this field")),
        },
        field if !operators::truth(field)? => {
            let fieldtype = match &*value.base() {
                Value::DateTime(_) => "Datetime",
                Value::Date(_) => "Date",
                Value::TimeDelta(_) => "Time",
                Value::Int(_) | Value::Bool(_) => "Int",
                Value::Float(_) => "Float",
                _ => "Data",
            };
            Ok(Kind { fieldtype: fieldtype.to_owned(), ..Kind::default() })
        }
        Value::Dict(dict) => {
            let dict = dict.borrow();
            let text = |key: &str| match dict.get_str(key) {
                None | Some(Value::None) => Ok(None),
                Some(Value::Str(text)) => Ok(Some(text.to_string()).filter(|text| !text.is_empty())),
                Some(_) => Err(Stop::unsupported("format_value with a field that is not described by texts")),
            };
            let truth = |key: &str| dict.get_str(key).map_or(Ok(false), operators::truth);
            // A fieldtype that is no text is none that the host knows, and its other keys are not read.
            let fieldtype = dict.get_str("fieldtype").and_then(Value::as_str).unwrap_or_default().to_owned();
            let is_number = matches!(fieldtype.as_str(), "Currency" | "Float");
            Ok(Kind {
                options: if is_number { text("options")? } else { None },
                fieldtype,
                precision: match dict.get_str("precision") {
                    Some(precision) if operators::truth(precision)? => Some(cint_of(precision, budget)?),
                    _ => None,
                },
                hide_days: truth("hide_days")?,
                hide_zero: truth("print_hide_if_no_value")?,
            })
        }
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::List(_) | Value::Tuple(_) => {
            Err(no_attribute(&field.error_name(), "get"))
        }
        _ => Err(Stop::unsupported("format_value with this field")),
    }
}

/// The currency that a document gives to a field of it.
fn currency_of(kind: &Kind, doc: &Value) -> Outcome<Option<String>> {
    let (Some(options), "Currency" | "Float") = (&kind.options, kind.fieldtype.as_str()) else { return Ok(None) };
    match doc {
        doc if !operators::truth(doc)? => Ok(None),
        doc => match doc.downcast::<Document>() {
            Some(document) => field_currency(document, options),
            None => Err(Stop::unsupported("format_value for a doc that is no document")),
        },
    }
}

/// The currency that a field's options name: another field of the document, or `Company:company:default_currency`.
///
/// # Errors
/// `Server` where the host looks another document up.
pub fn field_currency(document: &Document, options: &str) -> Outcome<Option<String>> {
    let text = |fieldname: &str| match document.slot(fieldname).map(crate::host::Slot::get).transpose()? {
        Some(Value::Str(text)) => Ok(Some(text.to_string()).filter(|text| !text.is_empty())),
        Some(value) if operators::truth(&value)? => Err(Stop::unsupported("a currency that is no text")),
        _ => Ok(None),
    };
    if options.contains(':') {
        let mut parts = options.split(':');
        return match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(_), Some(link), Some(_), None) if text(link)?.is_some() => Err(Stop::Server("server/database")),
            _ => Ok(None),
        };
    }
    let currency = text(options)?;
    if currency.is_none() && document.doctype.is_table {
        return Err(Stop::unsupported("the currency of a row without its own"));
    }
    Ok(currency)
}

/// A value as the host shows it.
///
/// # Errors
/// What the host raises for a value that does not fit its fieldtype.
pub fn shown(context: &Context, value: &Value, kind: &Kind, how: Shown<'_>, budget: &Budget) -> Outcome<Value> {
    let value = match value {
        Value::None => Value::str(""),
        Value::Str(text) if how.translate => Value::str(translated(context, text)?),
        Value::Object(_) if how.translate => return Err(Stop::unsupported("translating an object")),
        other => other.clone(),
    };
    let zero = || Ok::<_, Stop>(kind.hide_zero && operators::equals(&value, &Value::from(0_i64), budget)?);
    match kind.fieldtype.as_str() {
        "Date" => date::date(context, &value, date::Style::OWN, budget).map(Value::from),
        "Datetime" => date::datetime(context, &value, date::Style::OWN, budget),
        "Time" => match date::time(context, &value, date::Style::OWN, budget) {
            // Dodock then takes the text for a difference (measured); newer versions take it for seconds.
            Err(Stop::Raise(error)) if error.kind.ends_with("ParserError") => match context.flavour {
                Flavour::Dodock => Err(no_attribute(&value.error_name(), "total_seconds")),
                Flavour::Frappe => Err(Stop::unsupported("a time field whose text is no time")),
            },
            text => text.map(Value::from),
        },
        "Int" | "Float" | "Currency" | "Percent" if zero()? => Ok(Value::str("")),
        "Currency" => amount(context, &value, kind, how, budget).map(Value::from),
        "Float" => float(context, &value, kind, how, budget).map(Value::from),
        "Percent" => {
            let number = flt_of(context, &value, &Value::from(2_i64), &Value::None, budget)?;
            Ok(Value::from(format!("{}%", show::str(&number, budget)?)))
        }
        "Text" | "Small Text" => match &value {
            Value::Str(text) if has_block(text) => Ok(value),
            Value::Str(text) => Ok(Value::from(text.replace('\n', "<br>"))),
            value => plain(value, budget),
        },
        "Markdown Editor" if context.flavour == Flavour::Dodock => markdown::shown(&value, budget).map(Value::from),
        "Markdown Editor" => Err(Stop::unsupported("Markdown")),
        "Duration" => duration::duration(context, &value, kind.hide_days, false, budget).map(Value::from),
        "Text Editor" => Ok(Value::from(format!("<div class='ql-snow'>{}</div>", show::str(&value, budget)?))),
        // Newer versions of the host translate choices, show link titles and join what a table holds.
        "Select" | "Link" | "Dynamic Link" | "Table MultiSelect" if context.flavour == Flavour::Frappe => {
            Err(Stop::unsupported(format!("formatting of a {}", kind.fieldtype)))
        }
        _ => Ok(value),
    }
}

/// A value in a field of texts: it prints as itself, whether the host hands it on as it is or as a text.
fn plain(value: &Value, budget: &Budget) -> Outcome<Value> {
    let text = show::str(value, budget)?;
    if text.contains('\n') || has_block(&text) {
        return Err(Stop::unsupported("a text field whose value is no text"));
    }
    Ok(Value::object(Printed(text)))
}

/// A value of which only the text is known that it prints.
#[derive(Debug)]
struct Printed(String);

impl Printed {
    fn unknown<T>(&self) -> Outcome<T> {
        Err(Stop::unsupported("a text field whose value is no text"))
    }
}

impl Object for Printed {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("str")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        self.unknown()
    }

    fn is_known(&self) -> Outcome<()> {
        self.unknown()
    }

    fn truth(&self) -> Outcome<bool> {
        self.unknown()
    }

    fn str(&self, _budget: &Budget) -> Outcome<String> {
        Ok(self.0.clone())
    }

    fn attribute(&self, _name: &str) -> Outcome<Option<Value>> {
        self.unknown()
    }

    fn item(&self, _key: &Value, _budget: &Budget) -> Outcome<Value> {
        self.unknown()
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, _budget: &Budget) -> Outcome<Vec<Value>> {
        self.unknown()
    }

    fn length(&self) -> Outcome<usize> {
        self.unknown()
    }

    fn binary(&self, _: Binary, _: &Value, _: bool, _: &Budget) -> Option<Outcome<Value>> {
        Some(self.unknown())
    }

    fn unary(&self, _: Unary, _: &Budget) -> Option<Outcome<Value>> {
        Some(self.unknown())
    }

    fn order(&self, _: Comparison, _: &Value, _: &Budget) -> Option<Outcome<bool>> {
        Some(self.unknown())
    }

    fn contains(&self, _: &Value, _: &Budget) -> Option<Outcome<bool>> {
        Some(self.unknown())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn has_block(text: &str) -> bool {
    ["<br", "<div", "<p"].iter().any(|tag| text.contains(tag))
}

fn amount(context: &Context, value: &Value, kind: &Kind, how: Shown<'_>, budget: &Budget) -> Outcome<String> {
    let site = Some(money::site_default(context, "currency")?).filter(|currency| !currency.is_empty());
    let currency = how.currency.as_deref().or(site);
    let style = Style { precision: kind.precision, currency, format: how.format };
    money::written(context, value, style, budget)
}

/// The decimals of a number without its own precision.
///
/// # Errors
/// `Unsupported` for a setting that is no number.
pub fn float_precision(context: &Context, budget: &Budget) -> Outcome<i64> {
    match money::whole_default(context, "float_precision", budget)? {
        0 => Ok(3),
        precision => Ok(precision),
    }
}

fn float(context: &Context, value: &Value, kind: &Kind, how: Shown<'_>, budget: &Budget) -> Outcome<String> {
    let mut precision = kind.precision.map_or_else(|| float_precision(context, budget), Ok)?;
    // 1.000000 is shown as 1.
    if kind.options.is_none() {
        let text = cstr_of(value, budget)?;
        let mut parts = text.split('.');
        let decimals = parts.nth(1);
        let whole = match decimals {
            None => true,
            Some(decimals) => cint_of(&Value::str(decimals), budget)? == 0,
        };
        if whole {
            precision = 0;
        }
    }
    let style = Style { precision: Some(precision), currency: how.currency.as_deref(), format: None };
    money::written(context, value, style, budget)
}
