//! Filters by name, alphabetical. One file per family.
//!
//! Sources: `jinja2/filters.py` 3.1.6; `json`, `len`, `int`, `str` and `flt` are the host's own and stand in front of
//! Jinja2's (frappe.utils.jinja.get_jenv).

mod attributes;
mod entities;
mod host;
mod markup;
mod markup_class;
mod number;
mod pprint;
mod select;
mod sequence;
mod text;
mod tojson;
mod urlize;
mod wordwrap;

pub use markup_class::Markup;
pub use pprint::pretty_text;

use super::environment::{Apply, Use};
use crate::python::{Arguments, Budget, Outcome, Stop, Value, access, builtins};

/// The names of all filters.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().map(|(name, _)| *name)
}

/// Name and function, sorted by name.
const FILTERS: &[(&str, Apply)] = &[
    ("abs", number::abs),
    ("abs_url", host::abs_url),
    ("attr", attributes::attr),
    ("batch", sequence::batch),
    ("capitalize", text::capitalize),
    ("center", text::center),
    ("count", sequence::length),
    ("d", sequence::default),
    ("default", sequence::default),
    ("dictsort", sequence::dictsort),
    ("e", markup::escape),
    ("escape", markup::escape),
    ("filesizeformat", number::filesizeformat),
    ("first", sequence::first),
    ("float", number::float),
    ("flt", host::flt),
    ("forceescape", markup::forceescape),
    ("format", text::format),
    ("global_date_format", host::global_date_format),
    ("groupby", sequence::groupby),
    ("indent", text::indent),
    ("int", host::int),
    ("items", sequence::items),
    ("join", sequence::join),
    ("json", host::json),
    ("last", sequence::last),
    ("len", sequence::length),
    ("length", sequence::length),
    ("list", sequence::list),
    ("lower", text::lower),
    ("map", select::map),
    ("markdown", host::markdown),
    ("max", sequence::max),
    ("min", sequence::min),
    ("pprint", pprint::pprint),
    ("random", sequence::random),
    ("reject", select::reject),
    ("rejectattr", select::rejectattr),
    ("replace", text::replace),
    ("reverse", sequence::reverse),
    ("round", number::round),
    ("safe", markup::safe),
    ("select", select::select),
    ("selectattr", select::selectattr),
    ("slice", sequence::slice),
    ("sort", sequence::sort),
    ("str", host::str),
    ("string", text::string),
    ("striptags", markup::striptags),
    ("sum", number::sum),
    ("title", text::title),
    ("tojson", tojson::tojson),
    ("trim", text::trim),
    ("truncate", text::truncate),
    ("unique", sequence::unique),
    ("upper", text::upper),
    ("urlencode", text::urlencode),
    ("urlize", urlize::urlize),
    ("wordcount", text::wordcount),
    ("wordwrap", wordwrap::wordwrap),
    ("xmlattr", markup::xmlattr),
];

/// The filter of a name; `None` when the host has none of it.
pub fn find(name: &str) -> Option<Apply> {
    let index = FILTERS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    FILTERS.get(index).map(|(_, apply)| *apply)
}

/// Jinja2's error about arguments of a filter.
fn argument_error(message: &str) -> Stop {
    Stop::raise("jinja2.exceptions.FilterArgumentError", message)
}

/// Calls a builtin of Python's.
fn python(name: &str, arguments: Arguments, budget: &Budget) -> Outcome<Value> {
    let function = builtins::builtin(name).ok_or_else(|| Stop::unsupported(name))?;
    access::call(&function, arguments, budget)
}

/// Calls the builtin that a filter is.
fn builtin_filter(name: &str, applied: Use<'_>) -> Outcome<Value> {
    python(name, applied.arguments, applied.budget)
}

/// An optional argument, or its default.
fn or(given: Option<Value>, default: impl Into<Value>) -> Value {
    given.unwrap_or_else(|| default.into())
}

/// A value that the parameters require; binding saw to it.
fn required(given: Option<Value>) -> Outcome<Value> {
    given.ok_or_else(|| Stop::unsupported("a missing argument"))
}

/// A small whole number, as a filter's argument.
fn whole(value: &Value) -> Outcome<i64> {
    value.as_i64().ok_or_else(|| Stop::unsupported(format!("{} as a filter's number", value.type_name())))
}

#[cfg(test)]
mod tests {
    use super::FILTERS;

    #[test]
    fn the_registry_is_sorted() {
        assert!(FILTERS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
