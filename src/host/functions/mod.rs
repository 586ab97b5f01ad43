//! The functions that the host offers to conditions and messages: `frappe.utils.*`, `frappe.format`, `_`...
//!
//! One family per file; [`UTILS`] is the alphabetical registry of `frappe.utils`. A function computes what Dodock 3.40
//! (frappe/utils/data.py of its time) computes, or answers that it does not know.

mod addresses;
mod as_json;
pub mod cast;
mod clock;
mod date_text;
mod dates;
mod dialogs;
mod errors;
mod files;
pub mod filters;
pub mod format;
mod given;
mod gravatar;
pub mod links;
mod lists;
pub mod markdown;
pub mod money;
mod numbers;
mod page_helpers;
mod periods;
mod relative;
mod rounding;
mod tags;
mod text;
mod times;
mod to_markdown;
pub mod translate;
mod url_join;
mod words;
mod zoned;

pub use given::Given;

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::{Context, Flavour};
use crate::python::{Arguments, Budget, Object, Outcome, Stop, Value};

/// What a function of the host's does.
pub type Run = fn(&Rc<Context>, Arguments, &Budget) -> Outcome<Value>;

/// What stands behind a name of the host's.
#[derive(Clone, Copy)]
enum Entry {
    /// A function.
    Run(Run),
    /// A constant text.
    Text(&'static str),
    /// The host has it and this engine does not.
    Unknown,
}

/// A function of the host's, as a value. Two look-ups of one name are one object there, so they are equal here.
struct HostFunction {
    name: &'static str,
    run: Run,
    context: Rc<Context>,
}

impl std::fmt::Debug for HostFunction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<function {}>", self.name)
    }
}

/// Steps of one call: most functions parse, compute and write.
const CALL_STEPS: u64 = 16;

impl Object for HostFunction {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("function")
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        // A plain function has no attribute without underscores; some of the host's are wrapped and carry more.
        if name.starts_with('_') { Err(Stop::unsupported(format!("{}.{name}", self.name))) } else { Ok(None) }
    }

    fn call(&self, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
        budget.steps(CALL_STEPS)?;
        for argument in &arguments.positional {
            match argument {
                // These functions read a text character by character.
                Value::Str(text) => budget.look_through(text.len().saturating_mul(4))?,
                Value::List(items) => budget.steps(items.borrow().len() as u64 / 16)?,
                _ => {}
            }
        }
        // Python's `Markup` is a `str` of its own: some functions hand it on, some make a plain text of it.
        let marked = |value: &Value| matches!(value, Value::Object(object) if object.type_name() == "Markup");
        let holds = |value: &Value| match value {
            Value::List(items) => items.borrow().iter().any(marked),
            Value::Tuple(items) => items.iter().any(marked),
            value => marked(value),
        };
        if arguments.positional.iter().chain(arguments.keyword.iter().map(|(_, value)| value)).any(holds) {
            return Err(Stop::unsupported(format!("{} of a text that is marked as safe", self.name)));
        }
        // Nobody has looked at what the host's functions make of a number that has no order.
        if arguments.positional.iter().any(|value| matches!(value, Value::Complex(..))) {
            return Err(Stop::unsupported(format!("{} of a complex number", self.name)));
        }
        (self.run)(&self.context, arguments, budget)
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        // By name, because a compiler may lay two functions of one body together.
        let name = |name: &'static str| if name == "formatdate" { "format_date" } else { name };
        Some(other.downcast::<Self>().is_some_and(|other| name(self.name) == name(other.name)))
    }

    fn identical(&self, other: &Value) -> Option<bool> {
        self.equals(other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A function of the host's as a value.
pub fn function(context: &Rc<Context>, name: &'static str, run: Run) -> Value {
    Value::object(HostFunction { name, run, context: Rc::clone(context) })
}

/// `nowdate`, which conditions see by that name alone.
pub fn nowdate(context: &Rc<Context>) -> Value {
    function(context, "nowdate", clock::nowdate)
}

/// `frappe.format` and `frappe.format_value`, which are one function.
pub fn format_value(context: &Rc<Context>) -> Value {
    function(context, "format_value", format::value::format_value)
}

/// `frappe.format_date`
pub fn global_date_format(context: &Rc<Context>) -> Value {
    function(context, "global_date_format", format::date::global_date_format)
}

/// `frappe.get_url`
pub fn get_url(context: &Rc<Context>) -> Value {
    function(context, "get_url", links::get_url)
}

/// `as_json`
pub fn as_json(context: &Rc<Context>) -> Value {
    function(context, "as_json", as_json::as_json)
}

/// The text of `as_json(value)`.
///
/// # Errors
/// `Unsupported` for values whose JSON is not known here.
pub fn json_text(value: &Value, budget: &Budget) -> Outcome<Value> {
    as_json::write(value, 1, budget)
}

/// `frappe.bold`
pub fn bold(context: &Rc<Context>) -> Value {
    function(context, "bold", text::bold)
}

/// A function that messages have by its own name: `resolve_class`...
pub fn page_helper(context: &Rc<Context>, name: &str) -> Option<Value> {
    Some(match name {
        "guess_mimetype" => function(context, "guess_type", page_helpers::guess_mimetype),
        "include_script" => function(context, "include_script", page_helpers::include_script),
        "include_style" => function(context, "include_style", page_helpers::include_style),
        "resolve_class" => function(context, "resolve_class", page_helpers::resolve_class),
        _ => return None,
    })
}

/// `frappe.throw`
pub fn throw(context: &Rc<Context>) -> Value {
    function(context, "throw", dialogs::throw)
}

/// `frappe.msgprint`
pub fn msgprint(context: &Rc<Context>) -> Value {
    function(context, "msgprint", dialogs::msgprint)
}

/// `frappe.get_gravatar`
pub fn get_gravatar(context: &Rc<Context>) -> Value {
    function(context, "get_gravatar_url", gravatar::get_gravatar)
}

/// `frappe.sanitize_html`
pub fn sanitize_html(context: &Rc<Context>) -> Value {
    function(context, "sanitize_html", tags::sanitize_html)
}

/// `html2text`
pub fn html2text(context: &Rc<Context>) -> Value {
    function(context, "html2text", to_markdown::html2text)
}

/// `is_rtl`
pub fn is_rtl(context: &Rc<Context>) -> Value {
    function(context, "is_rtl", text::is_rtl)
}

/// `scrub`
pub fn scrub(context: &Rc<Context>) -> Value {
    function(context, "scrub", text::scrub)
}

/// `frappe.utils.<name>`; `None` when the host has no such name there.
///
/// # Errors
/// `Unsupported` for a name that the host has and this engine does not.
pub fn util(context: &Rc<Context>, name: &str) -> Outcome<Option<Value>> {
    let Ok(place) = UTILS.binary_search_by(|(entry, _)| (*entry).cmp(name)) else {
        // The names of Dodock are known; newer versions of Frappe may have more.
        return match context.flavour {
            Flavour::Dodock => Ok(None),
            Flavour::Frappe => Err(Stop::unsupported(format!("frappe.utils.{name}"))),
        };
    };
    match UTILS.get(place) {
        Some((name, Entry::Run(run))) => Ok(Some(function(context, name, *run))),
        Some((_, Entry::Text(text))) => Ok(Some(Value::str(text))),
        _ => Err(Stop::unsupported(format!("frappe.utils.{name}"))),
    }
}

/// The names of `frappe.utils`.
pub fn util_names() -> impl Iterator<Item = &'static str> {
    UTILS.iter().map(|(name, _)| *name)
}

/// `frappe.utils`, sorted (capitals first): the names that VALID_UTILS of safe_exec.py lets through (Dodock 3.40, as of
/// Frappe 15). Names that came about that time, and the methods of the dict that `frappe.utils` is, are unknown.
static UTILS: &[(&str, Entry)] = &[
    ("DATETIME_FORMAT", Entry::Text("%Y-%m-%d %H:%M:%S.%f")),
    ("DATE_FORMAT", Entry::Text("%Y-%m-%d")),
    ("TIME_FORMAT", Entry::Text("%H:%M:%S.%f")),
    ("add_days", Entry::Run(dates::add_days)),
    ("add_months", Entry::Run(dates::add_months)),
    ("add_to_date", Entry::Run(dates::add_to_date)),
    ("add_trackers_to_url", Entry::Unknown),
    ("add_years", Entry::Run(dates::add_years)),
    ("attach_expanded_links", Entry::Unknown),
    ("ceil", Entry::Run(numbers::ceil)),
    ("cint", Entry::Run(numbers::cint)),
    ("clear", Entry::Unknown),
    ("comma_and", Entry::Run(lists::comma_and)),
    ("comma_or", Entry::Run(lists::comma_or)),
    ("comma_sep", Entry::Run(lists::comma_sep)),
    ("compare", Entry::Run(filters::compare)),
    ("convert_utc_to_system_timezone", Entry::Run(zoned::convert_utc_to_system_timezone)),
    ("copy", Entry::Unknown),
    ("cstr", Entry::Run(text::cstr)),
    ("date_diff", Entry::Run(dates::date_diff)),
    ("encode", Entry::Run(text::encode)),
    ("escape_html", Entry::Run(text::escape_html)),
    ("evaluate_filters", Entry::Run(filters::evaluate_filters)),
    ("expand_relative_urls", Entry::Run(addresses::expand_relative_urls)),
    ("filter_strip_join", Entry::Run(lists::filter_strip_join)),
    ("floor", Entry::Run(numbers::floor)),
    ("flt", Entry::Run(numbers::flt)),
    ("fmt_money", Entry::Run(money::fmt_money)),
    ("format_date", Entry::Run(format::date::format_date)),
    ("format_datetime", Entry::Run(format::date::format_datetime)),
    ("format_duration", Entry::Run(format::duration::format_duration)),
    ("format_time", Entry::Run(format::date::format_time)),
    ("formatdate", Entry::Run(format::date::format_date)),
    ("fromkeys", Entry::Unknown),
    ("generate_hash", Entry::Run(files::generate_hash)),
    ("get", Entry::Unknown),
    ("get_abbr", Entry::Run(text::get_abbr)),
    ("get_absolute_url", Entry::Run(links::get_absolute_url)),
    ("get_date_str", Entry::Run(dates::get_date_str)),
    ("get_datetime", Entry::Run(dates::get_datetime)),
    ("get_datetime_in_timezone", Entry::Run(zoned::get_datetime_in_timezone)),
    ("get_datetime_str", Entry::Run(dates::get_datetime_str)),
    ("get_eta", Entry::Run(zoned::get_eta)),
    ("get_filter", Entry::Run(filters::get_filter)),
    ("get_filtered_list_link", Entry::Unknown),
    ("get_filtered_list_url", Entry::Unknown),
    ("get_first_day", Entry::Run(periods::get_first_day)),
    ("get_first_day_of_week", Entry::Run(periods::get_first_day_of_week)),
    ("get_host_name", Entry::Run(links::get_host_name)),
    ("get_host_name_from_request", Entry::Run(links::get_host_name_from_request)),
    ("get_last_day", Entry::Run(periods::get_last_day)),
    ("get_last_day_of_week", Entry::Run(periods::get_last_day_of_week)),
    ("get_link_to_form", Entry::Run(links::get_link_to_form)),
    ("get_link_to_report", Entry::Run(links::get_link_to_report)),
    ("get_month", Entry::Unknown),
    ("get_number_format_info", Entry::Run(money::get_number_format_info)),
    ("get_quarter_ending", Entry::Run(periods::get_quarter_ending)),
    ("get_quarter_start", Entry::Run(periods::get_quarter_start)),
    ("get_string_between", Entry::Unknown),
    ("get_system_timezone", Entry::Run(clock::get_system_timezone)),
    ("get_thumbnail_base64_for_image", Entry::Run(files::get_thumbnail_base64_for_image)),
    ("get_time", Entry::Run(times::get_time)),
    ("get_time_str", Entry::Run(times::get_time_str)),
    ("get_timedelta", Entry::Run(times::get_timedelta)),
    ("get_timespan_date_range", Entry::Run(periods::get_timespan_date_range)),
    ("get_timestamp", Entry::Run(zoned::get_timestamp)),
    ("get_url", Entry::Run(links::get_url)),
    ("get_url_to_form", Entry::Run(links::get_url_to_form)),
    ("get_url_to_list", Entry::Run(links::get_url_to_list)),
    ("get_url_to_report", Entry::Run(links::get_url_to_report)),
    ("get_url_to_report_with_filters", Entry::Run(links::get_url_to_report_with_filters)),
    ("get_user_date_format", Entry::Run(format::date::get_user_date_format)),
    ("get_user_info_for_avatar", Entry::Run(files::on_server)),
    ("get_user_time_format", Entry::Run(format::date::get_user_time_format)),
    ("get_weekday", Entry::Run(periods::get_weekday)),
    ("get_weekdays", Entry::Run(periods::get_weekdays)),
    ("get_year_start", Entry::Run(periods::get_year_start)),
    ("getdate", Entry::Run(dates::getdate)),
    ("global_date_format", Entry::Run(format::date::global_date_format)),
    ("has_common", Entry::Run(lists::has_common)),
    ("image_to_base64", Entry::Run(files::image_to_base64)),
    ("in_words", Entry::Run(words::in_words)),
    ("is_html", Entry::Run(tags::is_html)),
    ("is_image", Entry::Run(files::is_image)),
    ("is_invalid_date_string", Entry::Run(dates::is_invalid_date_string)),
    ("is_site_link", Entry::Unknown),
    ("is_subset", Entry::Run(lists::is_subset)),
    ("items", Entry::Unknown),
    ("keys", Entry::Unknown),
    ("make_filter_dict", Entry::Run(filters::make_filter_dict)),
    ("make_filter_tuple", Entry::Run(filters::make_filter_tuple)),
    ("markdown", Entry::Run(markdown::md_to_html)),
    ("md_to_html", Entry::Run(markdown::md_to_html)),
    ("money_in_words", Entry::Run(words::money::money_in_words)),
    ("month_diff", Entry::Run(dates::month_diff)),
    ("new_line_sep", Entry::Run(lists::new_line_sep)),
    ("now", Entry::Run(clock::now)),
    ("now_datetime", Entry::Run(clock::now_datetime)),
    ("nowdate", Entry::Run(clock::nowdate)),
    ("nowtime", Entry::Run(clock::nowtime)),
    ("parse_val", Entry::Run(text::parse_val)),
    ("pdf_to_base64", Entry::Run(files::pdf_to_base64)),
    ("pop", Entry::Unknown),
    ("popitem", Entry::Unknown),
    ("pretty_date", Entry::Run(format::pretty::pretty_date)),
    ("quote_urls", Entry::Run(addresses::quote_urls)),
    ("quoted", Entry::Run(links::quoted)),
    ("remainder", Entry::Run(numbers::remainder)),
    ("round_based_on_smallest_currency_fraction", Entry::Run(money::round_based_on_smallest_currency_fraction)),
    ("rounded", Entry::Run(rounding::rounded)),
    ("safe_div", Entry::Run(numbers::safe_div)),
    ("sanitize_column", Entry::Run(filters::sanitize_column)),
    ("scrub_urls", Entry::Run(addresses::scrub_urls)),
    ("setdefault", Entry::Unknown),
    ("sha256_hash", Entry::Unknown),
    ("strip", Entry::Run(text::strip)),
    ("strip_html", Entry::Run(text::strip_html)),
    ("strip_html_tags", Entry::Unknown),
    ("time_diff", Entry::Run(times::time_diff)),
    ("time_diff_in_hours", Entry::Run(times::time_diff_in_hours)),
    ("time_diff_in_seconds", Entry::Run(times::time_diff_in_seconds)),
    ("to_markdown", Entry::Run(to_markdown::to_markdown)),
    ("to_timedelta", Entry::Run(times::to_timedelta)),
    ("today", Entry::Run(clock::today)),
    ("unique", Entry::Run(lists::unique)),
    ("update", Entry::Unknown),
    ("url_contains_port", Entry::Run(links::url_contains_port)),
    ("values", Entry::Unknown),
];

#[cfg(test)]
mod tests {
    use super::UTILS;

    #[test]
    fn the_registry_is_sorted_for_its_search() {
        assert!(UTILS.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
