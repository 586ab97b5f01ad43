//! The blank document on which the host tries a condition when the Notification is saved: a new document as a plain
//! `frappe._dict`, where a missing field is `None` instead of an error (host.md 4).
//!
//! Source: frappe/model/create_new.py and `get_valid_dict` of frappe/model/base_document.py; compared with a running host's
//! for every doctype of its corpus (`blank_document_of_validate_condition`).

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

use super::document_type::{has_value, is_table};
use super::frappe_dict::FrappeDict;
use super::{Context, DocType, Field, Metas, moment};
use crate::python::{Arguments, Budget, Dict, Function, Object, Outcome, Stop, Value, access};

/// `frappe.new_doc(doctype).as_dict()` for the first doctype of `metas`.
pub fn document(metas: &Metas, context: &Context) -> Value {
    let (mut dict, mut unknown, mut unordered) = (Dict::default(), Vec::new(), false);
    dict.set("name", Value::None);
    dict.set("owner", Value::str(&context.user));
    for key in ["creation", "modified", "modified_by"] {
        dict.set(key, Value::None);
    }
    dict.set("docstatus", super::docstatus::docstatus(0));
    dict.set("idx", Value::from(0_i64));
    if let Some(doctype) = metas.main() {
        let (tables, plain): (Vec<&Field>, Vec<&Field>) = (doctype.fields.iter())
            .filter(|field| has_value(&field.fieldtype))
            .partition(|field| is_table(&field.fieldtype));
        for field in plain {
            let value = value(field, doctype, context).unwrap_or_else(|stop| {
                unknown.push((Rc::from(field.fieldname.as_str()), stop));
                Value::None
            });
            dict.set(&field.fieldname, value);
        }
        dict.set("doctype", Value::str(&doctype.name));
        // The names of the tables are a set (measured: their order is not that of the form).
        unordered = tables.len() > 1;
        for field in tables {
            dict.set(&field.fieldname, Value::list(Vec::new()));
        }
    }
    dict.set("__islocal", Value::from(1_i64));
    dict.set("__unsaved", Value::from(1_i64));
    let dict = Value::object(FrappeDict { dict: Value::dict(dict), unordered });
    if unknown.is_empty() { dict } else { Value::object(Blank { dict, unknown }) }
}

/// What a new document holds in a field.
fn value(field: &Field, doctype: &DocType, context: &Context) -> Outcome<Value> {
    if field.is_virtual {
        return Err(Stop::Server("server/method"));
    }
    let fieldtype = field.fieldtype.as_str();
    let default = field.default.as_deref().filter(|default| !default.is_empty());
    // What follows the colon is a doctype, and the value a column of one of its documents.
    if default.is_some_and(|default| default.starts_with(':')) {
        return Err(Stop::Server("server/database"));
    }
    match fieldtype {
        "Time" => return Ok(Value::str(moment::clock(&context.now))),
        "Datetime" if default.is_some_and(|text| text.eq_ignore_ascii_case("now")) => {
            return Ok(Value::DateTime(context.now));
        }
        "Link" if field.options.as_deref() != Some("User") => {
            if let Some(value) = of_person(field, context)? {
                return Ok(value);
            }
        }
        _ => {}
    }
    // The field that names the document to people gets nothing of its own.
    let fixed =
        if doctype.title_field.as_deref() == Some(&field.fieldname) { None } else { fixed(field, default, context) };
    match fieldtype {
        "Check" => Ok(Value::from(i64::from(whole(fixed.as_deref())? != 0))),
        "Int" => whole(fixed.as_deref()).map(Value::from),
        "Currency" | "Float" | "Percent" => number(fixed.as_deref()).map(Value::Float),
        "Long Int" | "Rating" | "Duration" if fixed.is_some() => Err(Stop::unsupported("a new document's number")),
        "Long Int" => Err(Stop::unsupported("a new document's number")),
        _ => Ok(fixed.map_or(Value::None, |text| Value::str(&text))),
    }
}

/// The value that the doctype itself gives to a field (`get_static_default_value`).
fn fixed<'a>(field: &'a Field, default: Option<&'a str>, context: &'a Context) -> Option<Cow<'a, str>> {
    match default {
        Some("__user") => Some(Cow::Borrowed(context.user.as_str())),
        Some("Today") => Some(Cow::Owned(moment::day(&context.now))),
        Some(text) => Some(Cow::Borrowed(text)),
        None => {
            let options =
                field.options.as_deref().filter(|options| !matches!(*options, "" | "[Select]" | "Loading..."));
            let first = options.filter(|_| field.fieldtype == "Select")?.split('\n').next();
            first.map(Cow::Borrowed)
        }
    }
}

/// The value that a person's permissions and defaults give to a link; `None` where they give none. The page has the
/// defaults, but not always the permissions, and hardly the documents that a default must be one of.
fn of_person(field: &Field, context: &Context) -> Outcome<Option<Value>> {
    // Nothing restricts these two (`get_user_permissions`).
    let free = matches!(context.user.as_str(), "Administrator" | "Guest");
    let options = field.options.as_deref().unwrap_or_default();
    let unrestricted = context.user_permissions.as_ref().is_some_and(|permissions| !permissions.contains_key(options));
    if !free && !unrestricted {
        return Err(Stop::Server("server/database"));
    }
    let text = match context.default_of(&field.fieldname)? {
        None => return Ok(None),
        Some(serde_json::Value::String(text)) if text.is_empty() => return Ok(None),
        Some(serde_json::Value::String(text)) => text,
        Some(_) => return Err(Stop::Server("server/database")),
    };
    let is = |doc: &serde_json::Map<String, serde_json::Value>, key: &str, wanted: &str| {
        doc.get(key).and_then(serde_json::Value::as_str).is_some_and(|found| found.trim_start_matches(':') == wanted)
    };
    if context.boot_docs.iter().any(|doc| is(doc, "doctype", options) && is(doc, "name", text)) {
        return Ok(Some(Value::str(text)));
    }
    Err(Stop::Server("server/database"))
}

/// `flt` of a default, which is plain digits as a rule.
fn number(text: Option<&str>) -> Outcome<f64> {
    let Some(text) = text else { return Ok(0.0) };
    let plain = |text: &str| {
        let digits = text.trim().trim_start_matches(['-', '+']);
        digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.chars().all(|digit| digit.is_ascii_digit() || digit == '.')
    };
    match text.trim().parse() {
        Ok(number) if plain(text) => Ok(number),
        _ => Err(Stop::unsupported("a default that is no plain number")),
    }
}

/// `cint` of a default: its decimals are cut off.
fn whole(text: Option<&str>) -> Outcome<i64> {
    let number = number(text)?.trunc();
    #[allow(clippy::cast_possible_truncation, reason = "compared with the bounds of what a float holds exactly")]
    if number.abs() < 9e15 { Ok(number as i64) } else { Err(Stop::unsupported("a very large default")) }
}

/// A blank document of which the page does not know all fields.
#[derive(Debug)]
struct Blank {
    /// A [`FrappeDict`]; what is not known is `None` there.
    dict: Value,
    unknown: Vec<(Rc<str>, Stop)>,
}

/// The methods of a dict that show its values, sorted.
const SHOWING: [&str; 8] = ["clear", "copy", "items", "pop", "popitem", "setdefault", "update", "values"];

impl Blank {
    fn known(&self, key: &str) -> Outcome<()> {
        self.unknown.iter().find(|(name, _)| &**name == key).map_or(Ok(()), |(_, stop)| Err(stop.clone()))
    }

    fn whole<T>(&self) -> Outcome<T> {
        Err(self.unknown.first().map_or(Stop::Server("server/database"), |(_, stop)| stop.clone()))
    }
}

impl Object for Blank {
    fn type_name(&self) -> Cow<'static, str> {
        Cow::Borrowed("_dict")
    }

    fn class_path(&self) -> Outcome<Cow<'static, str>> {
        Ok(Cow::Borrowed("frappe._dict"))
    }

    fn truth(&self) -> Outcome<bool> {
        Ok(true)
    }

    fn repr(&self, _: &Budget) -> Outcome<String> {
        self.whole()
    }

    fn attribute(&self, name: &str) -> Outcome<Option<Value>> {
        // The dict's own methods are what they are, whatever the fields hold: only a call shows a value.
        let own = ["clear", "items", "pop", "popitem", "setdefault", "values"].into_iter().find(|own| *own == name);
        if let (Some(own), Err(stop)) = (own, self.whole::<Value>()) {
            return Ok(Some(Function::builtin(own, move |_: Arguments, _: &Budget| Err(stop.clone()))));
        }
        if SHOWING.binary_search(&name).is_ok() {
            return self.whole();
        }
        if name == "get" {
            let (dict, unknown) = (self.dict.clone(), self.unknown.clone());
            return Ok(Some(Function::builtin("get", move |arguments: Arguments, budget: &Budget| {
                if let Some(Value::Str(key)) = arguments.positional.first()
                    && let Some((_, stop)) = unknown.iter().find(|(name, _)| name == key)
                {
                    return Err(stop.clone());
                }
                access::call_method(&dict, "get", arguments, budget)
            })));
        }
        self.known(name)?;
        access::attribute(&self.dict, name)
    }

    fn item(&self, key: &Value, budget: &Budget) -> Outcome<Value> {
        if let Value::Str(name) = key {
            self.known(name)?;
        }
        access::item(&self.dict, key, budget)
    }

    fn is_iterable(&self) -> bool {
        true
    }

    fn iterate(&self, budget: &Budget) -> Outcome<Vec<Value>> {
        access::iterate(&self.dict, budget)
    }

    fn length(&self) -> Outcome<usize> {
        access::length(&self.dict)
    }

    fn contains(&self, item: &Value, budget: &Budget) -> Option<Outcome<bool>> {
        Some(crate::python::operators::compare(crate::python::operators::Comparison::In, item, &self.dict, budget))
    }

    fn equals(&self, _: &Value) -> Option<bool> {
        None
    }

    fn identical(&self, _: &Value) -> Option<bool> {
        None
    }

    fn set_item(&self, _: &Value, _: Value, _: &Budget) -> Outcome<()> {
        self.whole()
    }

    fn hashable(&self) -> bool {
        false
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
